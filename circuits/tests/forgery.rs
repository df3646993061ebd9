//! The forgeries that `covenant-1` proved, and their variants, as traces: each witness is
//! consistent in all else, so that only what was repaired refuses it (the equation is named).
//! Real proofs of them, against the verifier and the contracts, are in
//! contracts/harness/tests/forgery.rs; documents in keys/tests/signed_bundles.rs. What
//! happened is told in docs/security/2026-11-kinds.md.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_circuits::account::{Kind, commit};
use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::Profile;
use covenant_circuits::circuit::witness::{AccountWitness, Witness};
use covenant_circuits::field::{Fr, to_be_bytes};
use covenant_circuits::ident::Context;
use covenant_circuits::numbers::{Price, Ratio, Value};
use covenant_circuits::policy::Policy;
use covenant_circuits::relation;
use covenant_circuits::shape::{REPORT_WORDS, Shape};
use covenant_circuits::statement::{Claim, ClaimParts, Window};
use ff::Field;
use halo2_proofs::dev::{MockProver, VerifyFailure};
use serde_json::json;

/// Rows of public inputs.
const KINDS: usize = 7;
const COMMITMENTS: usize = Shape::NAMED_INPUTS + REPORT_WORDS;

fn two_pow(n: u64) -> Fr {
    Fr::from(2).pow([n])
}

fn shape() -> Shape {
    Shape::new(3, 13, 3, 2).unwrap()
}

/// A collateral account that covers a debt, and a creditor's account that is netted in part.
fn honest() -> Witness {
    let asset = |name: &str, netting: bool| {
        json!({"asset": name, "symbol": name, "decimals": 6, "netting": netting, "may_owe": true,
            "max_share_bps": 10_000, "groups": [], "tiers": [{"weight_bps": 10_000}]})
    };
    let policy = json!({
        "version": 2, "name": "forgery", "quote": "iso4217:USD", "min_ratio_bps": 1,
        "ratio_step_bps": 1, "assets": [asset("a", false), asset("b", true)], "groups": [],
        "scenarios": [{"name": "fall", "min_ratio_bps": 5_000, "moves_bps": {"a": -5_000}}]
    });
    let policy = Policy::from_json(&policy.to_string()).unwrap();
    let openings = vec![
        covenant_fixtures::account(
            Kind::Collateral,
            &[("a", 500), ("b", 300), ("a", 700), ("b", 9)],
        ),
        covenant_fixtures::account(Kind::Liability, &[("b", 40)]),
    ];
    let parts = ClaimParts {
        subject: covenant_fixtures::subject(),
        window: Window::new(1_790_000_000, 1_790_000_000).unwrap(),
        public_debt: Value::new(1_000).unwrap(),
        ratio: Ratio::new(10_000).unwrap(),
        context: Context::of("forgery"),
        prices: vec![Price::new(10u128.pow(30)).unwrap(); 2],
    };
    let claim = Claim::new(policy, openings, parts).unwrap();
    let allocation = covenant_fixtures::fullest(&claim);
    relation::check(&claim, &allocation).unwrap();
    Witness::honest(&claim, &allocation, shape()).unwrap()
}

/// Accounts by ascending commitment, with the public inputs that follow from them.
fn publish(witness: &mut Witness) {
    let mut slots: Vec<(Fr, AccountWitness)> = Vec::new();
    let mut unused = Vec::new();
    for account in witness.accounts.drain(..) {
        if account.blocks[0].active == 0 {
            unused.push(account);
            continue;
        }
        let tag = match account.liability {
            0 => Kind::Collateral.tag(),
            _ => Kind::Liability.tag(),
        };
        let as_of = Fr::from(account.as_of);
        let header = [tag, witness.public[0], as_of, account.blinding];
        let blocks = account.blocks.iter().filter(|b| b.active == 1);
        let positions = blocks.flat_map(|b| &b.positions);
        let entries: Vec<Fr> = positions.map(|p| p.entry).collect();
        slots.push((commit(header, &entries), account));
    }
    slots.sort_by_key(|(h, _)| to_be_bytes(h));
    let mut kinds = 0;
    for (m, (h, account)) in slots.iter().enumerate() {
        witness.public[COMMITMENTS + m] = *h;
        kinds += account.liability << m;
    }
    witness.public[KINDS] = Fr::from(kinds);
    witness.accounts = slots.into_iter().map(|(_, account)| account).collect();
    witness.accounts.extend(unused);
}

/// The account of a kind commits under the other kind's tag, to ids that are 2^120 away, so that
/// `id + (kind - 1) 2^120` stays what it was. No account opens the commitment.
fn disguise(witness: &mut Witness, liability: u64) {
    let at = used(witness, liability);
    disguise_account(witness, at);
}

/// The used account of a kind.
fn used(witness: &Witness, liability: u64) -> usize {
    let mut accounts = witness.accounts.iter();
    let is = |a: &AccountWitness| a.liability == liability && a.blocks[0].active == 1;
    accounts.position(is).unwrap()
}

fn disguise_account(witness: &mut Witness, at: usize) {
    let account = &mut witness.accounts[at];
    let off = match account.liability {
        0 => -two_pow(120),
        _ => two_pow(120),
    };
    account.liability = 1 - account.liability;
    account.every = account.liability;
    let (mut empty, mut all) = (0, 0);
    let every = account.every;
    for block in &mut account.blocks {
        for position in &mut block.positions {
            if block.active == 0 {
                position.counts = every;
                continue;
            }
            if position.counts == 1 && position.entry != Fr::ZERO {
                position.entry += off * two_pow(128);
            } else {
                // As an empty position of a liability, or uncounted.
                position.counts = every;
                empty += 1;
            }
            all += 1;
        }
    }
    assert!(empty > 0 && empty < all);
    let step = Fr::from(empty);
    witness.empty.1 += if account.liability == 1 { step } else { -step };
}

/// What does not hold of a trace in either profile.
fn failures(witness: &Witness) -> [Vec<VerifyFailure>; 2] {
    Profile::ALL.map(|profile| {
        let circuit = CovenantCircuit::laid_out(fit::smallest_in(witness.shape, profile), witness);
        let public = vec![witness.public.clone()];
        let prover = MockProver::run(circuit.layout().k, &circuit, public).unwrap();
        prover.verify().err().unwrap_or_default()
    })
}

/// Refused, and by nothing but copies: the sums of S2 do not end where they began, or a public
/// input is another one.
#[track_caller]
fn refused_by_copies(witness: &Witness) {
    for failures in failures(witness) {
        assert!(!failures.is_empty(), "a forgery is accepted");
        for failure in failures {
            let copy = matches!(failure, VerifyFailure::Permutation { .. });
            assert!(copy, "{failure}");
        }
    }
}

/// Refused, and by nothing but that equation.
#[track_caller]
fn refused_by(witness: &Witness, equation: &str) {
    for failures in failures(witness) {
        assert!(!failures.is_empty(), "a forgery is accepted");
        for failure in failures {
            assert!(failure.to_string().contains(equation), "{failure}");
        }
    }
}

#[test]
fn forgery_needs_an_honest_case_that_is_accepted() {
    let mut witness = honest();
    publish(&mut witness);
    assert!(failures(&witness).iter().all(Vec::is_empty));
}

/// The first forgery: what a liability account lists counts as collateral.
#[test]
fn forgery_a_liability_counts_as_collateral() {
    let mut witness = honest();
    disguise(&mut witness, 0);
    publish(&mut witness);
    refused_by_copies(&witness);
}

/// The first without a disguise: the creditor's account is opened as it is, and its amounts are added
/// to what is held.
#[test]
fn forgery_what_is_owed_is_added_to_what_is_held() {
    let mut witness = honest();
    let asset = witness.assets.iter_mut().find(|a| a.netting == 1).unwrap();
    // A base unit is worth a micro-unit.
    let more = asset.liability.rest + asset.netted + asset.netted;
    asset.collateral.rest += more;
    asset.collateral.value += more;
    asset.collateral.count += asset.liability.count;
    asset.liability = Default::default();
    asset.netted = Fr::ZERO;
    // The account's empty positions count too.
    witness.empty = (witness.empty.0 + witness.empty.1, Fr::ZERO);
    refused_by_copies(&witness);
}

/// The first one's mirror: collateral counts as what is owed.
#[test]
fn forgery_collateral_counts_as_a_liability() {
    let mut witness = honest();
    disguise(&mut witness, 1);
    publish(&mut witness);
    refused_by_copies(&witness);
}

/// Both at once, so that every pair of id and kind occurs as often as before.
#[test]
fn forgery_both_kinds_are_exchanged() {
    let mut witness = honest();
    for at in [used(&witness, 0), used(&witness, 1)] {
        disguise_account(&mut witness, at);
    }
    publish(&mut witness);
    refused_by_copies(&witness);
}

/// A part of an account: one position alone has a wrong id and a wrong kind.
#[test]
fn forgery_one_position_in_another_account_of_the_other_kind() {
    let mut witness = honest();
    let (collateral, liability) = (used(&witness, 0), used(&witness, 1));
    let position = &mut witness.accounts[collateral].blocks[0].positions[0];
    let taken = std::mem::take(position);
    let position = &mut witness.accounts[liability].blocks[0].positions[1];
    position.amount = taken.amount;
    position.entry = taken.entry - two_pow(248);
    witness.empty.1 -= Fr::ONE;
    publish(&mut witness);
    refused_by_copies(&witness);
}

/// The second forgery, in the circuit: the public kinds are not the file's word. Every word
/// but the true one is refused, a bit of the unused slot and numbers beyond r - 1 among them.
#[test]
fn forgery_other_kinds_are_shown_than_were_committed_to() {
    let mut witness = honest();
    publish(&mut witness);
    let kinds = witness.public[KINDS];
    let words = (0..16).map(Fr::from);
    for other in words.chain([-Fr::ONE, -kinds, kinds + two_pow(64), kinds * Fr::from(2)]) {
        if other != kinds {
            witness.public[KINDS] = other;
            refused_by(&witness, "c = 0");
        }
    }
}

/// A price of 0 makes a debt in the asset free; so does a list of prices that is too short.
#[test]
fn forgery_a_price_of_zero_makes_a_debt_free() {
    let mut witness = honest();
    publish(&mut witness);
    let asset = witness.assets.iter().position(|a| a.netting == 1).unwrap();
    witness.public[COMMITMENTS + 3 + asset] = Fr::ZERO;
    let slot = &mut witness.assets[asset];
    for side in [&mut slot.collateral, &mut slot.liability] {
        (side.value, side.remainder) = (Fr::ZERO, Fr::ZERO);
    }
    for scenario in &mut witness.scenarios {
        scenario.counted[asset] = Fr::ZERO;
    }
    for inverse in [Fr::ZERO, Fr::ONE, -Fr::ONE, two_pow(120)] {
        witness.assets[asset].inverse = inverse;
        refused_by(&witness, "a b = operand");
    }
}
