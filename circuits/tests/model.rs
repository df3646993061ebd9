//! Random small claims with the native relation's verdicts, as JSON lines, for the
//! independent model in tools/model to decide again (`make model`).

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod model_common;

use covenant_allocation::{Shortfall, largest_counted, largest_ratio};
use covenant_circuits::field::to_hex;
use covenant_circuits::relation::{self, Allocation};
use covenant_circuits::statement::Claim;
use covenant_prover::allocate::{self, Refused};
use model_common::{Draw, Sketch};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// Where `make model` reads, under target/.
const OUTPUT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/model/claims.jsonl");

/// The number that the environment sets, or the default.
fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |x| x.parse().unwrap())
}

/// Moves the base ratio or a scenario's to the largest that can be covered, or one beside.
fn to_the_edge(sketch: &mut Sketch, draw: &mut Draw) {
    let Ok(claim) = sketch.claim() else { return };
    let Ok(totals) = relation::totals(&claim.policy, &claim.openings) else {
        return;
    };
    let problem = allocate::problem(&claim, &totals);
    let scenarios: Vec<usize> = (0..claim.policy.scenarios())
        .filter(|_| draw.chance(2))
        .collect();
    for j in scenarios {
        if let Ok(Some(largest)) = largest_ratio(&problem, j) {
            let wanted = largest.saturating_add(draw.below(3)).saturating_sub(1);
            sketch.set_ratio(j, wanted);
        }
    }
}

/// A ratio of 1 basis point of just the debt that the most that counts covers, in some
/// scenario, or one micro-unit beside: the equations hold with equality, to the last unit.
fn to_the_unit(sketch: &mut Sketch, draw: &mut Draw) {
    let Ok(claim) = sketch.claim() else { return };
    let j = draw.index(claim.policy.scenarios());
    for other in 0..claim.policy.scenarios() {
        sketch.set_ratio(other, u64::from(other == j));
    }
    let Ok(claim) = sketch.claim() else { return };
    let Ok(totals) = relation::totals(&claim.policy, &claim.openings) else {
        return;
    };
    let assets = claim.policy.assets().iter().zip(&totals);
    let netted: Vec<u128> = assets
        .map(|(a, t)| u128::from(a.netting) * t.collateral.min(t.liability))
        .collect();
    let Ok(most) = largest_counted(&allocate::problem(&claim, &totals), &netted, j) else {
        return;
    };
    let prices = claim.statement.prices();
    let Ok(values) = relation::values(&claim.policy, prices, &totals, &netted) else {
        return;
    };
    let owed: u128 = values
        .iter()
        .enumerate()
        .map(|(a, v)| v.liability * u128::from(relation::multiplier(&claim, j, a)))
        .sum();
    let debt = most.total.saturating_sub(owed) / 10_000;
    let beside = draw.pick(&[0, 1, 2]);
    sketch.set_debt((debt + beside).saturating_sub(1));
}

fn allocation_json(allocation: &Allocation) -> Json {
    let text = |x: &u128| x.to_string();
    json!({
        "netted": allocation.netted.iter().map(text).collect::<Vec<_>>(),
        "counted": allocation.scenarios.iter().map(|s| {
            s.counted.iter().map(text).collect::<Vec<_>>()
        }).collect::<Vec<_>>(),
    })
}

/// Zeros for what could not be counted, because S2 or S4 fails before it.
fn whole(claim: &Claim, mut allocation: Allocation) -> Allocation {
    let assets = claim.policy.assets().len();
    allocation.netted.resize(assets, 0);
    for scenario in &mut allocation.scenarios {
        scenario.counted.resize(assets, 0);
    }
    allocation
}

/// An allocation, as found or with one number moved, and what the relation says of it.
fn judged(claim: &Claim, mut allocation: Allocation, draw: &mut Draw) -> Json {
    let step = [1, 10_000, 1 << 40, 10u128.pow(30)][draw.index(4)];
    let up = draw.chance(2);
    let change = |x: &mut u128| {
        *x = if up {
            x.saturating_add(step)
        } else {
            x.saturating_sub(step)
        }
    };
    if !allocation.netted.is_empty() {
        let asset = draw.index(allocation.netted.len());
        match draw.index(4) {
            0 => {}
            1 => change(&mut allocation.netted[asset]),
            _ => {
                let j = draw.index(allocation.scenarios.len());
                change(&mut allocation.scenarios[j].counted[asset]);
            }
        }
    }
    let answer = relation::check(claim, &allocation);
    json!({
        "allocation": allocation_json(&allocation),
        "fails": answer.err().map(|e| e.clause().to_owned()),
    })
}

/// One line: the claim, its commitments and digest, the verdict, and judged allocations.
fn line(sketch: &Sketch, draw: &mut Draw) -> Json {
    let mut line = sketch.json();
    let fields = line.as_object_mut().unwrap();
    fields.insert(
        "policy_digest".into(),
        to_hex(&sketch.policy().digest()).into(),
    );
    let Ok(claim) = sketch.claim() else {
        fields.insert("verdict".into(), false.into());
        return line;
    };
    let found = allocate::find_allocation(&claim);
    let verdict = match &found {
        // What is held is judged with the allocation, not by the search for one.
        Ok(allocation) => json!(relation::check(&claim, allocation).is_ok()),
        Err(Refused::Shortfall(Shortfall::Undecided { .. })) => json!("undecided"),
        Err(_) => json!(false),
    };
    fields.insert("verdict".into(), verdict);
    let start = found.unwrap_or_else(|_| covenant_fixtures::fullest(&claim));
    let start = whole(&claim, start);
    let judged: Vec<_> = (0..3)
        .map(|_| judged(&claim, start.clone(), draw))
        .collect();
    fields.insert("judged".into(), judged.into());
    line
}

/// The clauses that an allocation can fail by: S8 and S9 hold of every claim that is read.
const CLAUSES: [&str; 8] = ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S10"];

/// What was written.
#[derive(Default)]
struct Tally {
    verdicts: BTreeMap<String, u64>,
    /// Judged allocations by the first clause that fails, "none" where they hold.
    fails: BTreeMap<String, u64>,
}

impl Tally {
    fn add(&mut self, line: &Json) {
        let verdict = line["verdict"].to_string();
        *self.verdicts.entry(verdict).or_default() += 1;
        for judged in line["judged"].as_array().into_iter().flatten() {
            let clause = judged["fails"].as_str().unwrap_or("none");
            *self.fails.entry(clause.to_owned()).or_default() += 1;
        }
    }

    /// Without enough of everything, agreement would say little.
    fn check(&self, count: u64) {
        println!("claims: {:?}", self.verdicts);
        println!("allocations: {:?}", self.fails);
        let verdicts = |verdict| self.verdicts.get(verdict).copied().unwrap_or(0);
        assert!(verdicts("true") * 5 > count && verdicts("false") * 5 > count);
        let fails = |clause| self.fails.get(clause).copied().unwrap_or(0);
        let seldom: Vec<&str> = CLAUSES
            .into_iter()
            .filter(|c| fails(*c) * 100 < count)
            .collect();
        assert!(seldom.is_empty(), "{seldom:?}");
    }
}

#[test]
#[ignore = "writes the claims that `make model` compares"]
fn claims_for_the_model() {
    let (count, seed) = (setting("MODEL_CLAIMS", 1_000), setting("MODEL_SEED", 1));
    std::fs::create_dir_all(Path::new(OUTPUT).parent().unwrap()).unwrap();
    let mut file = std::io::BufWriter::new(std::fs::File::create(OUTPUT).unwrap());
    let mut draw = Draw(seed);
    let mut tally = Tally::default();
    for _ in 0..count {
        let mut sketch = Sketch::random(&mut draw);
        match draw.index(4) {
            0 => {}
            1 => to_the_unit(&mut sketch, &mut draw),
            _ => to_the_edge(&mut sketch, &mut draw),
        }
        let line = line(&sketch, &mut draw);
        tally.add(&line);
        writeln!(file, "{line}").unwrap();
    }
    file.flush().unwrap();
    tally.check(count);
}
