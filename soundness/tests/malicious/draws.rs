//! Draws, one after another: made, mended, and judged where every constraint holds.

use crate::circuit::{Target, challenges};
use crate::decode::Hashes;
use crate::draft::Draft;
use crate::judge::{Allocation, Verdict, judge};
use crate::rng::Rng;
use crate::{honest, mutate, schemes};
use covenant_circuits::field::Fr;
use std::collections::BTreeSet;
use std::ops::Range;

/// What became of a number of draws.
#[derive(Default)]
pub struct Tally {
    pub draws: u64,
    /// Draws that break that many equations: 0, 1, 2, 3, more.
    pub broken: [u64; 5],
    /// Satisfied and unchanged, or true after some change, or of no verifier's types.
    pub honest: u64,
    pub changed: u64,
    pub refused: u64,
    /// True under a digest that no policy document has.
    pub no_policy: u64,
    /// Draws that begin with a scheme, and those of them that break one equation.
    pub schemes: u64,
    pub schemes_near: u64,
    pub findings: Vec<Finding>,
}

/// A satisfied circuit whose statement is not true.
pub struct Finding {
    pub number: u64,
    pub verdict: Verdict,
    pub notes: Vec<String>,
}

pub struct Outcome {
    /// Equations that do not hold, the range check counted once.
    pub broken: Vec<usize>,
    pub verdict: Option<Verdict>,
    pub notes: Vec<String>,
    pub scheme: bool,
}

/// Makes one draw; the same seed and number make the same.
pub fn one(target: &Target<'_>, seed: u64, number: u64) -> Outcome {
    let rng = &mut Rng::new(seed, number);
    let mut draft = honest::draw(target.layout.claim().unwrap(), rng);
    let mut knobs = mutate::knobs(rng);
    let scheme = rng.one_in(2);
    let changes = if scheme {
        schemes::play(&mut draft, target, &mut knobs, rng);
        // What fits is mostly left alone.
        usize::from(rng.one_in(8))
    } else {
        rng.pick(&[0, 1, 1, 1, 2, 2, 2, 3])
    };
    let mut after = 0;
    let mut others = 0;
    for _ in 0..changes {
        match rng.below(12) {
            0..8 => mutate::early(&mut draft, target, rng),
            8 | 9 => mutate::unsettled(&mut draft, &mut knobs, rng),
            10 => after += 1,
            _ => others += 1,
        }
    }
    draft.settle(&knobs);
    for _ in 0..after {
        mutate::late(&mut draft, rng);
    }
    let challenges = challenges(rng);
    if others > 0 {
        // A cell that the builder computes, near the value that it has.
        let honest = target.mend(
            &draft.fields,
            &draft.lies,
            &draft.tricks,
            &challenges,
            false,
        );
        for _ in 0..others {
            let cell = rng.pick(&target.others);
            let value = rng.near(honest.cells[cell]);
            draft.lies.push((cell, value));
            let places = &target.mender.equations.places[cell];
            draft.notes.push(format!("a lie about {}", places[0]));
        }
    }
    let by_lookup = rng.one_in(16);
    let mended = target.mend(
        &draft.fields,
        &draft.lies,
        &draft.tricks,
        &challenges,
        by_lookup,
    );
    let mut broken = mended.broken;
    let mut verdict = broken
        .is_empty()
        .then(|| verdict(target, &draft, &mended.cells));
    if verdict.is_some() && (verdict != Some(Verdict::True) || rng.one_in(16)) {
        // Every equation holds, whatever the transcript draws.
        let again = crate::circuit::challenges(rng);
        broken = target.mender.broken_under(&mended.cells, &again);
        verdict = verdict.filter(|_| broken.is_empty());
    }
    Outcome {
        broken,
        verdict,
        notes: draft.notes,
        scheme,
    }
}

fn verdict(target: &Target<'_>, draft: &Draft, cells: &[Fr]) -> Verdict {
    let taken = target.hashed(cells, &draft.tricks).into_iter();
    let hashes = Hashes::of(taken.chain(draft.hidden.clone()));
    let fields = &draft.fields;
    let allocation = Allocation {
        netted: fields.assets.iter().map(|a| a.netted).collect(),
        counted: fields.scenarios.iter().map(|s| s.counted.clone()).collect(),
    };
    judge(
        &target.public_inputs(cells),
        target.layout.claim().unwrap(),
        &hashes,
        &allocation,
    )
}

/// Draws until one is found of which `stop` says so.
pub fn run(
    target: &Target<'_>,
    seed: u64,
    numbers: Range<u64>,
    stop: impl Fn(&Verdict) -> bool,
) -> Tally {
    let mut tally = Tally::default();
    // `MALICIOUS_WHY` has each scheme say which equations it breaks.
    let why = std::env::var_os("MALICIOUS_WHY").is_some();
    for number in numbers {
        let outcome = one(target, seed, number);
        tally.draws += 1;
        let broken = outcome.broken.len();
        if why && outcome.scheme && broken > 0 {
            let names = outcome.broken.iter().map(|e| target.mender.name(*e));
            let names: BTreeSet<String> = names.collect();
            println!("draw {number}, {broken}: {names:?} by {:?}", outcome.notes);
        }
        tally.broken[broken.min(4)] += 1;
        tally.schemes += u64::from(outcome.scheme);
        tally.schemes_near += u64::from(outcome.scheme && broken == 1);
        match outcome.verdict {
            None => {}
            Some(Verdict::Refused) => tally.refused += 1,
            Some(Verdict::NoPolicy(_)) => tally.no_policy += 1,
            Some(Verdict::True) if outcome.notes.is_empty() => tally.honest += 1,
            Some(Verdict::True) => tally.changed += 1,
            Some(verdict) => {
                let stop = stop(&verdict);
                tally.findings.push(Finding {
                    number,
                    verdict,
                    notes: outcome.notes,
                });
                if stop {
                    break;
                }
            }
        }
    }
    tally
}
