//! Malicious commitments (C9): see docs/security/soundness.md.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    unreachable_pub
)]

mod agree;
mod circuit;
mod compile;
mod decode;
mod draft;
mod draws;
mod fields;
mod honest;
mod judge;
mod mend;
mod mutate;
mod rng;
mod schemes;

use circuit::{Site, Target};
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::{Layout, Profile};
use covenant_circuits::shape::Shape;
use covenant_soundness::planted::Bug;
use covenant_soundness::tables::Table;
use draws::Tally;
use judge::Verdict;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// One account of one block and one asset, and two of everything with three assets.
fn shapes() -> [Shape; 2] {
    [Shape::new(1, 3, 1, 1), Shape::new(2, 13, 3, 2)].map(Result::unwrap)
}

/// The layouts of those in both profiles, and those that ship and fit the embedded parameters: one
/// of them is narrow, the others have packed lines. So many draws are made of the latter for one
/// of the former. `MALICIOUS_SHAPE` draws in the layout of that shape alone, such as `large`.
fn layouts() -> Vec<(Layout, u64)> {
    if let Ok(name) = std::env::var("MALICIOUS_SHAPE") {
        return vec![(fit::smallest(name.parse::<Shape>().unwrap()), 1)];
    }
    let small = shapes().map(|shape| Profile::ALL.map(|p| (fit::smallest_in(shape, p), 1)));
    let shipped = [Shape::SMALL, Shape::MEDIUM, Shape::LARGE];
    let shipped = shipped.map(|shape| (fit::smallest(shape), SHIPPED));
    small.into_iter().flatten().chain(shipped).collect()
}

/// One draw in a layout that ships for so many of a small one.
const SHIPPED: u64 = 4;

/// The layouts in which bugs are planted: a narrow one, whose gates of lines are those of wide
/// layouts too, and one with packed lines, of the dimensions that ship.
fn planted_layouts() -> [Layout; 2] {
    let [_, shape] = shapes();
    let narrow = fit::smallest_in(shape, Profile::Narrow);
    let shipped = fit::smallest(Shape::MEDIUM);
    let packed = Layout {
        program: shape.into(),
        lanes: 2,
        rows_used: 0,
        ..shipped
    };
    let rows_used = fit::rows_used(&packed);
    let packed = Layout {
        rows_used,
        ..packed
    };
    assert!(packed.packs_lines() && packed.has_room() && rows_used <= packed.usable());
    [narrow, packed]
}

/// Bugs that are looked for at a time.
const THREADS: usize = 2;

/// A number from the environment, of this test alone: `MALICIOUS_DRAWS` of each layout,
/// `MALICIOUS_SEED`, and `MALICIOUS_FROM`, the first draw.
fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |x| x.parse().unwrap())
}

/// A layout in words.
fn words(layout: &Layout) -> String {
    let lines = if layout.packs_lines() { ", packed" } else { "" };
    format!("{} | {:?}{lines}", layout.claim().unwrap(), layout.profile)
}

fn report(target: &Target<'_>, seed: u64, tally: &Tally) {
    for finding in &tally.findings {
        println!(
            "{} seed {seed} draw {}: {:?}",
            words(&target.layout),
            finding.number,
            finding.verdict
        );
        for note in &finding.notes {
            println!("    {note}");
        }
    }
}

#[test]
fn c9_nothing_false_is_accepted() {
    let (count, seed) = (
        setting("MALICIOUS_DRAWS", 400),
        setting("MALICIOUS_SEED", 1),
    );
    let from = setting("MALICIOUS_FROM", 0);
    let mut table = Table::new(
        &format!("Malicious commitments: seed {seed}, nothing planted"),
        "shape | layout | draws | one equation short | two or three | satisfied | true, honest | true, changed | of no verifier's types | digest of no document | schemes | of these one short | false | seconds",
    );
    let mut findings = 0;
    for (layout, share) in layouts() {
        let site = Site::new(layout);
        let target = Target::new(&site, None);
        let begun = Instant::now();
        let tally = draws::run(&target, seed, from..from + count / share, |_| false);
        report(&target, seed, &tally);
        let [satisfied, one, two, three, _] = tally.broken;
        table.row(format!(
            "{} | {} | {one} | {} | {satisfied} | {} | {} | {} | {} | {} | {} | {} | {}",
            words(&layout),
            tally.draws,
            two + three,
            tally.honest,
            tally.changed,
            tally.refused,
            tally.no_policy,
            tally.schemes,
            tally.schemes_near,
            tally.findings.len(),
            begun.elapsed().as_secs(),
        ));
        findings += tally.findings.len();
        // A circuit that refuses all that is drawn shows nothing.
        let (draws, changed) = (tally.draws - tally.schemes, tally.changed);
        assert!(draws < 100 || changed > draws / 40, "{changed} of {draws}");
        // Nor does a scheme that fails for more than its lie.
        let (schemes, near) = (tally.schemes, tally.schemes_near);
        assert!(draws < 100 || near > schemes / 3, "{near} of {schemes}");
    }
    table.print();
    assert_eq!(findings, 0);
}

#[test]
fn c9_planted_bugs_are_found() {
    let (most, seed) = (
        setting("MALICIOUS_MOST", 2000),
        setting("MALICIOUS_SEED", 1),
    );
    let mut table = Table::new(
        &format!(
            "Planted bugs under malicious commitments: seed {seed}, draws until a false statement is accepted"
        ),
        "bug | what is wrong | shape | layout | draws | satisfied before | the false statement",
    );
    let only = std::env::var("MALICIOUS_BUG").unwrap_or_default();
    let sites = planted_layouts().map(Site::new);
    let mut tasks: Vec<(&Site, Bug)> = Vec::new();
    for site in &sites {
        // With one lane there is nothing to keep apart. Where no output is bound, its equation
        // asks for a hash of 0, and nothing at all is accepted.
        let absent =
            |bug: Bug| bug == Bug::OutputSlot || bug == Bug::Sigma && site.layout.lanes == 1;
        let wanted =
            |bug: Bug| only.is_empty() || only.split(',').any(|name| format!("{bug:?}") == name);
        let bugs = Bug::ALL
            .iter()
            .copied()
            .filter(|bug| !absent(*bug) && wanted(*bug));
        tasks.extend(bugs.map(|bug| (site, bug)));
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let i = next.fetch_add(1, Ordering::Relaxed)
            && let Some((site, bug)) = tasks.get(i)
        {
            let target = Target::new(site, Some(*bug));
            let tally = draws::run(&target, seed, 0..most, |verdict| {
                matches!(verdict, Verdict::False(_))
            });
            report(&target, seed, &tally);
            done.push((i, tally));
        }
        done
    };
    let mut done: Vec<(usize, Tally)> = std::thread::scope(|scope| {
        let threads = [0; THREADS].map(|_| scope.spawn(work));
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    });
    done.sort_unstable_by_key(|(i, _)| *i);
    let mut missed = Vec::new();
    for (i, tally) in &done {
        let (site, bug) = tasks[*i];
        let found = tally
            .findings
            .iter()
            .find_map(|finding| match &finding.verdict {
                Verdict::False(why) => Some(why),
                _ => None,
            });
        let Some(why) = found else {
            missed.push((bug, words(&site.layout)));
            continue;
        };
        table.row(format!(
            "{bug:?} | {} | {} | {} | {} | {why}",
            bug.description(),
            words(&site.layout),
            tally.draws,
            tally.honest + tally.changed,
        ));
    }
    assert_eq!(done.len(), tasks.len());
    table.print();
    assert!(missed.is_empty(), "{missed:?}");
}
