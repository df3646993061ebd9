//! Many claims under one key, several of them at a time.
//!
//! A claim alone cannot keep every thread busy: the trace and running products are
//! had one after the other. Side by side, each on its share of the threads, claims can; what
//! that gains is in docs/benchmarks.md. Keys, and what the prover keeps with them, are shared;
//! what a claim takes while it is in flight is not: some 9 MB for `small`, 60 MB for `large`,
//! 2.5 GB for `xlarge`.

use crate::keys::Keys;
use crate::prove::{Phase, ProveError, prove};
use covenant_claims::relation::SatisfiedClaim;
use rayon::ThreadPoolBuilder;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What became of a claim.
type Proved = Result<Vec<u8>, ProveError>;

/// Who watches many proofs being made: told which claim enters which phase, by several threads
/// at once. Nothing it is told is secret.
pub trait BatchObserver: Sync {
    /// A phase of the claim with that index begins.
    fn phase(&self, claim: usize, phase: Phase);
}

impl<F: Fn(usize, Phase) + Sync> BatchObserver for F {
    fn phase(&self, claim: usize, phase: Phase) {
        self(claim, phase);
    }
}

/// Proves each claim as [`prove`] does, verified, and returns the results in the order of the
/// claims. One that fails stops no other.
///
/// At most `in_flight` claims, and no more than the current thread pool has threads, are
/// proved at a time; 1 proves one after the other on all threads.
pub fn prove_all(
    keys: &Keys,
    claims: &[&SatisfiedClaim],
    in_flight: usize,
    observer: &dyn BatchObserver,
) -> Vec<Proved> {
    let threads = rayon::current_num_threads();
    let lanes = in_flight.clamp(1, threads).min(claims.len());
    let next = AtomicUsize::new(0);
    // Once, before all lanes ask for it; an error is each claim's.
    let _ = keys.engine();
    let mut made: BTreeMap<usize, Proved> = thread::scope(|scope| {
        // Threads of their own, and a pool for each: a worker of a shared pool that waits for
        // its claim's columns would begin the next claim, and have both in memory.
        let lanes: Vec<_> = (0..lanes)
            .map(|lane| {
                let share = threads / lanes + usize::from(lane < threads % lanes);
                let next = &next;
                scope.spawn(move || -> Vec<(usize, Proved)> {
                    let pool = ThreadPoolBuilder::new().num_threads(share).build();
                    let taken = || next.fetch_add(1, Ordering::Relaxed);
                    std::iter::repeat_with(taken)
                        .map_while(|i| Some((i, claims.get(i)?)))
                        .map(|(i, claim)| {
                            let one = || one(keys, i, claim, observer);
                            let proved = match &pool {
                                Ok(pool) => pool.install(one),
                                Err(_) => one(),
                            };
                            (i, proved)
                        })
                        .collect()
                })
            })
            .collect();
        let ended = lanes.into_iter().map(thread::ScopedJoinHandle::join);
        ended.flat_map(Result::unwrap_or_default).collect()
    });
    (0..claims.len())
        .map(|i| made.remove(&i).unwrap_or_else(|| Err(panicked())))
        .collect()
}

fn one(keys: &Keys, index: usize, claim: &SatisfiedClaim, observer: &dyn BatchObserver) -> Proved {
    let mut watching = |phase: Phase| observer.phase(index, phase);
    catch_unwind(AssertUnwindSafe(|| prove(keys, claim, &mut watching)))
        .unwrap_or_else(|_| Err(panicked()))
}

/// Without the panic's message, which nobody has read for secrets.
fn panicked() -> ProveError {
    ProveError::Backend("the prover panicked".into())
}
