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

use circuit::Target;
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::Profile;
use covenant_circuits::shape::Shape;
use covenant_soundness::planted::Bug;
use covenant_soundness::tables::Table;
use draws::Tally;
use judge::Verdict;
use std::time::Instant;

/// One account of one block and one asset, and two of everything with two scenarios.
fn shapes() -> [Shape; 2] {
    [Shape::new(1, 3, 1, 1), Shape::new(2, 6, 2, 3)].map(Result::unwrap)
}

/// A number from the environment, of this test alone: `MALICIOUS_DRAWS` of each layout,
/// `MALICIOUS_SEED`, and `MALICIOUS_FROM`, the first draw.
fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |x| x.parse().unwrap())
}

fn report(target: &Target, seed: u64, tally: &Tally) {
    let (shape, profile) = (target.layout.shape, target.layout.profile);
    for finding in &tally.findings {
        println!(
            "{shape} {profile:?} seed {seed} draw {}: {:?}",
            finding.number, finding.verdict
        );
        for note in &finding.notes {
            println!("    {note}");
        }
    }
}

#[test]
fn c9_nothing_false_is_accepted() {
    let (count, seed) = (
        setting("MALICIOUS_DRAWS", 1000),
        setting("MALICIOUS_SEED", 1),
    );
    let from = setting("MALICIOUS_FROM", 0);
    let mut table = Table::new(
        &format!("Malicious commitments: seed {seed}, nothing planted"),
        "shape | layout | draws | one equation short | two or three | satisfied | true, honest | true, changed | of no verifier's types | digest of no document | schemes | of these one short | false | seconds",
    );
    let mut findings = 0;
    for shape in shapes() {
        for profile in Profile::ALL {
            let target = Target::new(fit::smallest_in(shape, profile), None);
            let begun = Instant::now();
            let tally = draws::run(&target, seed, from..from + count, |_| false);
            report(&target, seed, &tally);
            let [satisfied, one, two, three, _] = tally.broken;
            table.row(format!(
                "{shape} | {profile:?} | {} | {one} | {} | {satisfied} | {} | {} | {} | {} | {} | {} | {} | {}",
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
            assert!(draws < 200 || changed > draws / 40, "{changed} of {draws}");
            // Nor does a scheme that fails for more than its lie.
            let (schemes, near) = (tally.schemes, tally.schemes_near);
            assert!(draws < 200 || near > schemes / 2, "{near} of {schemes}");
        }
    }
    table.print();
    assert_eq!(findings, 0);
}

#[test]
fn c9_planted_bugs_are_found() {
    let (most, seed) = (
        setting("MALICIOUS_MOST", 4000),
        setting("MALICIOUS_SEED", 1),
    );
    let mut table = Table::new(
        &format!(
            "Planted bugs under malicious commitments: seed {seed}, draws until a false statement is accepted"
        ),
        "bug | what is wrong | layout | draws | satisfied before | the false statement",
    );
    let mut missed = Vec::new();
    let only = std::env::var("MALICIOUS_BUG").unwrap_or_default();
    let wanted = Bug::ALL.iter().filter(|bug| match only.as_str() {
        "" => true,
        only => format!("{bug:?}") == only,
    });
    for bug in wanted {
        for profile in Profile::ALL {
            let [_, shape] = shapes();
            let target = Target::new(fit::smallest_in(shape, profile), Some(*bug));
            let tally = draws::run(&target, seed, 0..most, |verdict| {
                matches!(verdict, Verdict::False(_))
            });
            let satisfied = tally.honest + tally.changed;
            let found = tally
                .findings
                .iter()
                .find_map(|finding| match &finding.verdict {
                    Verdict::False(why) => Some((finding, why)),
                    _ => None,
                });
            let Some((_, why)) = found else {
                missed.push((bug, profile));
                continue;
            };
            table.row(format!(
                "{bug:?} | {} | {profile:?} | {} | {satisfied} | {why}",
                bug.description(),
                tally.draws,
            ));
            report(&target, seed, &tally);
        }
    }
    table.print();
    assert!(missed.is_empty(), "{missed:?}");
}
