//! What a proof of each shape costs: rows, columns, bytes, gas by the model of
//! docs/decisions/0004, and CPU-seconds of this process.
//! `cargo run --release -p covenant-prover --example phases -- 5 small 16x66x32x1`
//! proves each shape five times with every position taken; no shapes: those of the docs.

// A panic in a measurement is its failure.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_circuits::account::Kind;
use covenant_circuits::circuit::fit;
use covenant_circuits::ident::Context;
use covenant_circuits::numbers::{Price, Ratio, Value};
use covenant_circuits::policy::Policy;
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::{Claim, ClaimParts, Window};
use covenant_prover::keys::Keys;
use covenant_prover::prove::{Phase, prove};
use halo2curves::bn256::G1Affine;
use serde_json::json;

/// A true claim that takes every position, asset and scenario of the shape.
fn full(shape: Shape) -> Claim {
    let names: Vec<String> = (0..shape.assets())
        .map(|a| format!("isin:TEST{a:04}"))
        .collect();
    let assets: Vec<_> = names
        .iter()
        .map(|name| {
            json!({"asset": name, "symbol": name, "decimals": 18, "netting": false, "may_owe": true,
                "max_share_bps": 10_000, "groups": ["all"],
                "tiers": [{"up_to": 1_000, "weight_bps": 9_000}, {"up_to": 30_000, "weight_bps": 8_000}, {"weight_bps": 7_000}]})
        })
        .collect();
    let scenarios: Vec<_> = (1..shape.scenarios())
        .map(|j| json!({"name": format!("fall {j}"), "min_ratio_bps": 10_000, "moves_bps": {&names[0]: -100 * j as i64}}))
        .collect();
    let policy = json!({"version": 2, "name": "cost", "quote": "iso4217:USD", "min_ratio_bps": 10_500, "ratio_step_bps": 500,
        "assets": assets, "groups": [{"name": "all", "min_share_bps": 0, "max_share_bps": 10_000}], "scenarios": scenarios});
    let policy = Policy::from_json(&policy.to_string()).unwrap();
    let openings = (0..shape.accounts())
        .map(|m| {
            let liability = m + 1 == shape.accounts() && m > 0;
            let kind = if liability {
                Kind::Liability
            } else {
                Kind::Collateral
            };
            let unit = if liability {
                10u128.pow(10) + 7
            } else {
                123_456_789_012_345_678
            };
            let positions: Vec<(&str, u128)> = (0..shape.positions())
                .map(|p| {
                    (
                        names[(p + m) % names.len()].as_str(),
                        unit * (p as u128 + 1),
                    )
                })
                .collect();
            covenant_fixtures::account(kind, &positions)
        })
        .collect();
    let parts = ClaimParts {
        subject: covenant_fixtures::subject(),
        window: Window::at(1_790_000_000),
        public_debt: Value::new(1_000_000).unwrap(),
        ratio: Ratio::new(10_500).unwrap(),
        context: Context::of("cost"),
        prices: vec![Price::new(31_234_567_891_234_567_890).unwrap(); shape.assets()],
    };
    Claim::new(policy, openings, parts).unwrap()
}

/// User and system time of this process in seconds.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap()
        .split_whitespace()
        .collect();
    let ticks = |i: usize| fields[i].parse::<f64>().unwrap();
    (ticks(11) + ticks(12)) / 100.0
}

/// Most memory that this process ever held, in MiB.
fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap();
    line.split_whitespace()
        .nth(1)
        .unwrap()
        .parse::<u64>()
        .unwrap()
        / 1024
}

/// On-chain gas by the model: columns, points and evaluations.
fn gas(keys: &Keys, shape: Shape) -> (String, f64) {
    let cs = halo2_proofs::plonk::VerifyingKey::<G1Affine>::cs(keys.verifying_key());
    let (degree, permuted) = (cs.degree(), cs.permutation().get_columns().len());
    let products = permuted.div_ceil(degree - 2);
    let (advice, fixed) = (cs.num_advice_columns(), cs.num_fixed_columns());
    let points = advice + products + 1 + (degree - 1) + 2;
    let evaluations = cs.advice_queries().len()
        + cs.fixed_queries().len()
        + 1
        + permuted
        + (3 * products).saturating_sub(1);
    let gas = 140.1
        + 6.32 * (fixed + permuted + advice + products + degree + 2) as f64
        + 1.12 * points as f64
        + 0.84 * evaluations as f64
        + 0.32 * shape.public_inputs() as f64;
    let columns = format!(
        "{advice} advice {fixed} fixed {permuted} copied, degree {degree}, {evaluations} evaluations"
    );
    (columns, gas)
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let times: usize = arguments.next().map_or(3, |n| n.parse().unwrap());
    let mut shapes: Vec<Shape> = arguments.map(|s| s.parse().unwrap()).collect();
    if shapes.is_empty() {
        shapes = Shape::STANDARD.to_vec();
        shapes.push(Shape::new(16, 66, 32, 1).unwrap());
    }
    for shape in shapes {
        let layout = fit::smallest(shape);
        let keys = Keys::embedded(shape, None).unwrap();
        let claim = full(shape);
        let satisfied = covenant_fixtures::satisfied(&claim);
        let (mut best, mut length) = (f64::MAX, 0);
        for _ in 0..times {
            let before = cpu_seconds();
            let proof = prove(&keys, &satisfied, &mut |_: Phase| {}).unwrap();
            best = best.min(cpu_seconds() - before);
            length = proof.len();
        }
        let (columns, gas) = gas(&keys, shape);
        println!(
            "{shape}: k {} limbs {} rows {} of {}; {columns}; {length} bytes, gas {gas:.1}k, {best:.2} CPU-s (best of {times}), peak {} MiB",
            layout.k,
            layout.limb_bits,
            layout.rows_used,
            layout.usable(),
            peak_mib()
        );
    }
}
