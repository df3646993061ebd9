//! Shared by the tests of this crate: the vectors, claims made from them, and the
//! allocation that counts all it can.
#![allow(dead_code, unreachable_pub, missing_docs)]

use covenant_circuits::account::{Kind, Opening, Position};
use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::Profile;
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::ident::{Context, SubjectId};
use covenant_circuits::numbers::{Amount, Price, Ratio, Value, WIDTH_SCALE};
use covenant_circuits::policy::Policy;
use covenant_circuits::prices::Prices;
use covenant_circuits::relation::{self, Allocation, SatisfiedClaim, ScenarioAllocation};
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::{Claim, ClaimParts};
use halo2_proofs::dev::{MockProver, VerifyFailure};
use halo2curves::bn256::Fr;
use serde_json::{Value as Json, json};

/// Small enough for many runs of MockProver.
pub const TINY: Shape = Shape::SMALL;

pub struct Vectors(Json);

impl Vectors {
    pub fn load() -> Self {
        Self(serde_json::from_str(include_str!("../data/conformance.json")).unwrap())
    }
    pub fn list(&self, key: &str) -> Vec<Json> {
        self.0[key].as_array().unwrap().clone()
    }
}

pub fn strings(list: &Json) -> Vec<String> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|x| x.as_str().unwrap().to_owned())
        .collect()
}

pub fn opening(account: &Json) -> Opening {
    let file = json!({
        "version": 1,
        "kind": account["kind"],
        "subject": account["subject"],
        "as_of": account["as_of"],
        "blinding": account["blinding"],
        "positions": account["positions"],
    });
    Opening::from_json(&file.to_string()).unwrap()
}

pub fn prices(case: &Json, quote: &str, as_of: u64) -> Prices {
    Prices {
        quote: quote.into(),
        as_of,
        prices: case["prices"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(a, p)| {
                (
                    a.clone(),
                    Price::new(p.as_str().unwrap().parse().unwrap()).unwrap(),
                )
            })
            .collect(),
    }
}

pub fn claim(case: &Json, ratio: u32) -> Claim {
    let policy = Policy::from_json(&case["policy"].to_string()).unwrap();
    let openings: Vec<Opening> = case["accounts"]
        .as_array()
        .unwrap()
        .iter()
        .map(opening)
        .collect();
    let as_of = openings[0].as_of();
    let prices = prices(case, &policy.document().quote, as_of);
    let parts = ClaimParts {
        subject: openings[0].subject_id(),
        as_of,
        public_debt: Value::new(case["public_debt"].as_str().unwrap().parse().unwrap()).unwrap(),
        ratio: Ratio::new(ratio).unwrap(),
        context: Context::of("a test"),
        prices: prices.in_order(&policy).unwrap(),
    };
    Claim::new(policy, openings, parts).unwrap()
}

/// Nets all that may be netted and fills tiers in order; exact where no share binds.
pub fn fullest(claim: &Claim) -> Allocation {
    let totals = relation::totals(claim).unwrap_or_default();
    let assets = claim.policy.assets();
    let netted: Vec<u128> = assets
        .iter()
        .zip(&totals)
        .map(|(a, t)| {
            if a.netting {
                t.collateral.min(t.liability)
            } else {
                0
            }
        })
        .collect();
    let values = relation::values(claim, &totals, &netted).unwrap_or_default();
    let scenarios = (0..claim.policy.scenarios())
        .map(|j| ScenarioAllocation {
            tiers: assets
                .iter()
                .zip(&values)
                .enumerate()
                .map(|(a, (asset, value))| {
                    let mut left = value.collateral * u128::from(relation::multiplier(claim, j, a));
                    std::array::from_fn(|l| {
                        let room = if l == 3 {
                            u128::MAX
                        } else {
                            u128::from(asset.tiers[l].width) * WIDTH_SCALE
                        };
                        let x = left.min(room);
                        left -= x;
                        x
                    })
                })
                .collect(),
        })
        .collect();
    Allocation { netted, scenarios }
}

/// The claim with that allocation, as the prover takes it.
pub fn satisfied(claim: &Claim) -> SatisfiedClaim {
    SatisfiedClaim::new(claim.clone(), fullest(claim)).unwrap()
}

/// The circuit in every profile: they must agree on every witness.
pub struct Mocks(Vec<MockProver<Fr>>);

impl Mocks {
    pub fn verify(&self) -> Result<(), Vec<VerifyFailure>> {
        let mut verdicts = self.0.iter().map(MockProver::verify);
        let first = verdicts.next().unwrap();
        for verdict in verdicts {
            assert_eq!(first.is_ok(), verdict.is_ok(), "{first:?} {verdict:?}");
        }
        first
    }

    pub fn assert_satisfied(&self) {
        self.0.iter().for_each(MockProver::assert_satisfied);
    }
}

pub fn mock(claim: &Claim, allocation: &Allocation, shape: Shape) -> Mocks {
    let witness = Witness::honest(claim, allocation, shape).unwrap();
    mock_witness(&witness)
}

pub fn mock_witness(witness: &Witness) -> Mocks {
    mock_public(witness, &witness.public)
}

/// The same beside other public inputs than the witness has.
pub fn mock_public(witness: &Witness, public: &[Fr]) -> Mocks {
    mock_in(&Profile::ALL, witness, public)
}

/// The same in some profiles.
pub fn mock_in(profiles: &[Profile], witness: &Witness, public: &[Fr]) -> Mocks {
    let mocks = profiles.iter().map(|profile| {
        let profile = *profile;
        let circuit = CovenantCircuit::laid_out(fit::smallest_in(witness.shape, profile), witness);
        assert!(
            circuit.trace().written_twice().is_empty(),
            "{profile:?} {:?}",
            circuit.trace().written_twice()
        );
        MockProver::run(circuit.layout().k, &circuit, vec![public.to_vec()]).unwrap()
    });
    Mocks(mocks.collect())
}

pub fn account(kind: Kind, positions: &[(&str, u128)]) -> Opening {
    let positions = positions
        .iter()
        .map(|(asset, amount)| Position::new(asset, Amount::new(*amount).unwrap()).unwrap())
        .collect();
    Opening::new(kind, "lei:TEST", 1_790_000_000, positions, rand_core::OsRng).unwrap()
}

pub fn subject() -> SubjectId {
    SubjectId::of("lei:TEST").unwrap()
}
