//! Proving and verifying each standard shape under criterion: `cargo bench -p covenant-benches`.
#![allow(missing_docs, clippy::unwrap_used)]

use covenant_benches::claims::full;
use covenant_circuits::shape::Shape;
use covenant_prover::keys::Keys;
use covenant_prover::prove::{Phase, prove};
use covenant_verifier::key::CircuitKey;
use covenant_verifier::verify::verify_statement;
use criterion::{Criterion, criterion_group, criterion_main};
use std::time::Duration;

fn shapes(criterion: &mut Criterion) {
    for shape in Shape::STANDARD {
        let full = full(shape).unwrap();
        let keys = Keys::embedded(shape, None).unwrap();
        let key = CircuitKey::aztec_ignition(shape, keys.verifying_key().clone()).unwrap();
        let make = || prove(&keys, &full.satisfied, &mut |_: Phase| {}).unwrap();
        let proof = make();
        let mut group = criterion.benchmark_group(shape.to_string());
        group
            .sample_size(10)
            .measurement_time(Duration::from_secs(10));
        group.bench_function("prove", |bench| bench.iter(make));
        group.bench_function("verify", |bench| {
            bench.iter(|| {
                verify_statement(&full.satisfied.claim().statement, &proof, &key).unwrap()
            });
        });
        group.finish();
    }
}

criterion_group!(benches, shapes);
criterion_main!(benches);
