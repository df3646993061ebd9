//! Many claims at a time: each has the result that it has alone.

// A panic in a test is a failing test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use covenant_circuits::relation::SatisfiedClaim;
use covenant_circuits::shape::Shape;
use covenant_fixtures::Vectors;
use covenant_prover::batch::prove_all;
use covenant_prover::keys::Keys;
use covenant_prover::prove::{Phase, ProveError, prove};
use covenant_verifier::key::CircuitKey;
use covenant_verifier::verify::verify_statement;
use std::collections::BTreeMap;
use std::sync::Mutex;

const WHOLE: [Phase; 5] = [
    Phase::Witness,
    Phase::Committing,
    Phase::Quotient,
    Phase::Opening,
    Phase::Verifying,
];

fn job(case: usize, ratio: u32) -> SatisfiedClaim {
    covenant_fixtures::satisfied(&covenant_fixtures::claim(
        &Vectors::load().list("cases")[case],
        ratio,
    ))
}

/// Each case at its policy's largest step that is true, and off the grid below it. There are
/// no false ones: none is of the type that the prover takes.
fn jobs() -> Vec<SatisfiedClaim> {
    let cases = Vectors::load().list("cases");
    let (mut jobs, mut kinds) = (Vec::new(), [0; 2]);
    for (i, case) in cases.iter().enumerate().take(4) {
        let largest: u32 = covenant_fixtures::strings(&case["largest_ratio_bps"])[0]
            .parse()
            .unwrap();
        let policy = covenant_fixtures::claim(case, largest).policy;
        let document = policy.document();
        let (min, step) = (document.min_ratio_bps, document.ratio_step_bps);
        let Some(steps) = largest.checked_sub(min).map(|over| over / step) else {
            continue;
        };
        let on = min + step * steps;
        for (kind, ratio) in [on, on - 1].into_iter().enumerate() {
            // A step of one basis point has no ratio off it.
            let ready = job(i, ratio);
            if kind == 0 || !policy.on_grid(ready.claim().statement.ratio()) {
                jobs.push(ready);
                kinds[kind] += 1;
            }
        }
    }
    assert!(kinds.iter().all(|n| *n > 0), "{kinds:?}");
    jobs
}

/// By reference, as [`prove_all`] takes them.
fn refs(jobs: &[SatisfiedClaim]) -> Vec<&SatisfiedClaim> {
    jobs.iter().collect()
}

fn threads<T: Send>(count: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(count)
        .build()
        .unwrap();
    pool.install(work)
}

/// On the grid and off it, in any order: what [`prove`] says, in the claims' order, and
/// the phases that it tells of.
#[test]
fn each_claim_has_its_own_result() {
    let keys = Keys::embedded(Shape::SMALL, None).unwrap();
    let key = CircuitKey::standard(Shape::SMALL).unwrap();
    let jobs = jobs();
    let alone: Vec<_> = jobs
        .iter()
        .map(|claim| prove(&keys, claim, &mut |_: Phase| {}))
        .collect();
    for in_flight in [1, 3, usize::MAX] {
        let seen: Mutex<BTreeMap<usize, Vec<Phase>>> = Mutex::default();
        let observer =
            |i: usize, phase: Phase| seen.lock().unwrap().entry(i).or_default().push(phase);
        let together = threads(3, || prove_all(&keys, &refs(&jobs), in_flight, &observer));
        assert_eq!(together.len(), jobs.len());
        let seen = seen.into_inner().unwrap();
        for (i, (got, expected)) in together.iter().zip(&alone).enumerate() {
            let phases = seen.get(&i).map(Vec::as_slice).unwrap_or_default();
            match (got, expected) {
                (Ok(proof), Ok(_)) => {
                    assert_eq!(phases, WHOLE, "claim {i}");
                    for (j, other) in jobs.iter().enumerate() {
                        let verified =
                            verify_statement(&other.claim().statement, proof, &key).is_ok();
                        assert_eq!(verified, i == j, "the proof of {i} for the claim {j}");
                    }
                }
                (Err(got), Err(expected)) => {
                    assert_eq!(got.to_string(), expected.to_string(), "claim {i}");
                    assert!(
                        matches!(got, ProveError::OffGrid { .. }),
                        "claim {i}: {got}"
                    );
                    assert!(phases.is_empty(), "claim {i}");
                }
                _ => panic!("claim {i}: {got:?}, alone {expected:?}"),
            }
        }
    }
}

/// No claim begins while as many as allowed are being proved.
#[test]
fn no_more_are_in_flight_than_allowed() {
    let keys = Keys::embedded(Shape::SMALL, None).unwrap();
    let jobs: Vec<SatisfiedClaim> = (0..6).map(|_| job(0, 12_500)).collect();
    for (in_flight, most) in [(1, 1), (2, 2), (9, 4)] {
        let running = Mutex::new((0usize, 0usize));
        let observer = |_: usize, phase: Phase| {
            let mut running = running.lock().unwrap();
            match phase {
                Phase::Witness => running.0 += 1,
                // Its last: the lane takes the next claim only after it.
                Phase::Verifying => running.0 -= 1,
                _ => {}
            }
            running.1 = running.1.max(running.0);
        };
        let made = threads(4, || prove_all(&keys, &refs(&jobs), in_flight, &observer));
        assert!(made.iter().all(Result::is_ok));
        let (running, seen) = running.into_inner().unwrap();
        assert_eq!(running, 0);
        assert!(seen <= most && (seen > 1) == (most > 1), "{seen} of {most}");
    }
    assert!(prove_all(&keys, &[], 4, &|_: usize, _: Phase| {}).is_empty());
}

/// A claim whose prover panics is one that is not proved; the others are.
#[test]
fn a_panic_is_one_claims() {
    let keys = Keys::embedded(Shape::SMALL, None).unwrap();
    let jobs: Vec<SatisfiedClaim> = (0..4).map(|_| job(0, 12_500)).collect();
    let observer = |i: usize, phase: Phase| {
        assert!((i, phase) != (1, Phase::Witness), "a secret of 31337");
    };
    let made = threads(2, || prove_all(&keys, &refs(&jobs), 2, &observer));
    let proved: Vec<bool> = made.iter().map(Result::is_ok).collect();
    assert_eq!(proved, [true, false, true, true]);
    let error = made[1].as_ref().unwrap_err();
    assert!(matches!(error, ProveError::Backend(_)), "{error}");
    assert!(!format!("{error} {error:?}").contains("31337"));
}

/// Errors name clauses and assets: no blinding, no amount.
#[test]
fn errors_hold_no_secret() {
    let keys = Keys::embedded(Shape::SMALL, None).unwrap();
    let jobs = jobs();
    let made = prove_all(&keys, &refs(&jobs), 2, &|_: usize, _: Phase| {});
    let (mut errors, mut amounts) = (0, 0);
    for (ready, error) in jobs
        .iter()
        .zip(&made)
        .filter_map(|(j, r)| Some((j, r.as_ref().err()?)))
    {
        errors += 1;
        let said = format!("{error} {error:?}");
        for opening in &ready.claim().openings {
            let file: serde_json::Value =
                serde_json::from_slice(opening.to_json().as_bytes()).unwrap();
            let blinding = file["blinding"].as_str().unwrap();
            assert!(
                blinding.len() > 60 && !said.contains(&blinding[2..]),
                "{said}"
            );
            for position in opening.positions() {
                let amount = position.amount.get().to_string();
                // Shorter ones are in other numbers by chance.
                assert!(amount.len() < 6 || !said.contains(&amount), "{said}");
                amounts += usize::from(amount.len() >= 6);
            }
        }
    }
    assert!(errors > 0 && amounts > 0);
}
