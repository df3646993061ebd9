//! At least one lie per clause, told in the witness past the native relation: the
//! circuit itself must reject it. Each test also shows the honest case satisfied, so that
//! it is the lie that fails. (C5; the operators of C4 come with the soundness harness.)

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_circuits::account::Kind;
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::Fr;
use covenant_circuits::ident::Context;
use covenant_circuits::numbers::{Price, Ratio, Value};
use covenant_circuits::policy::Policy;
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::{Claim, ClaimParts};
use covenant_fixtures::mock_witness;
use ff::{Field, PrimeField};
use serde_json::json;

/// The row of the kinds among the public inputs, and of the first commitment.
const KINDS: usize = 6;
const COMMITMENT: usize = Shape::NAMED_INPUTS;

/// Two scenarios, a netted asset, caps and floors; all true.
fn claim() -> Claim {
    claim_without("")
}

/// The same, and without a position in one asset.
fn claim_without(symbol: &str) -> Claim {
    let policy = json!({
        "version": 1, "name": "adversarial", "quote": "iso4217:USD", "min_ratio_bps": 11000, "ratio_step_bps": 500,
        "assets": [
            {"asset": "eip155:1/slip44:60", "symbol": "ETH", "decimals": 18, "netting": false, "max_share_bps": 6000,
             "groups": ["crypto"], "tiers": [{"up_to": 1000, "weight_bps": 8500}, {"weight_bps": 6000}]},
            {"asset": "iso4217:USD", "symbol": "USD", "decimals": 2, "netting": true, "max_share_bps": 10000,
             "groups": ["cash"], "tiers": [{"weight_bps": 10000}]}
        ],
        "groups": [
            {"name": "crypto", "min_share_bps": 0, "max_share_bps": 7000},
            {"name": "cash", "min_share_bps": 3000, "max_share_bps": 10000}
        ],
        "scenarios": [{"name": "fall", "min_ratio_bps": 10500, "moves_bps": {"eip155:1/slip44:60": -5000}}]
    });
    let policy = Policy::from_json(&policy.to_string()).unwrap();
    let prices = policy
        .assets()
        .iter()
        .map(|a| match a.symbol.as_str() {
            "ETH" => Price::new(3_000 * 10u128.pow(18)).unwrap(),
            _ => Price::new(10u128.pow(34)).unwrap(),
        })
        .collect();
    let ether = 10u128.pow(18);
    let mut positions = vec![
        ("eip155:1/slip44:60", 2 * ether),
        ("iso4217:USD", 900_000),
        ("isin:UNLISTED", 77),
        ("iso4217:USD", 100_000),
    ];
    if symbol == "ETH" {
        positions.remove(0);
    }
    let openings = vec![
        covenant_fixtures::account(Kind::Collateral, &positions),
        covenant_fixtures::account(Kind::Liability, &[("iso4217:USD", 300_000)]),
    ];
    let parts = ClaimParts {
        subject: covenant_fixtures::subject(),
        as_of: 1_790_000_000,
        public_debt: Value::new(5_000_000_000).unwrap(),
        ratio: Ratio::new(11_000).unwrap(),
        context: Context::of("test"),
        prices,
    };
    Claim::new(policy, openings, parts).unwrap()
}

fn honest() -> Witness {
    let claim = claim();
    let allocation = covenant_fixtures::fullest(&claim);
    covenant_circuits::relation::check(&claim, &allocation).unwrap();
    let witness = Witness::honest(&claim, &allocation, Shape::new(3, 6, 3, 3).unwrap()).unwrap();
    assert!(accepts(&witness), "the honest case must be satisfied");
    witness
}

fn accepts(witness: &Witness) -> bool {
    mock_witness(witness).verify().is_ok()
}

fn rejects(lie: impl FnOnce(&mut Witness)) {
    let mut witness = honest();
    lie(&mut witness);
    assert!(!accepts(&witness));
}

/// Slot of an asset in digest order.
fn slot(symbol: &str) -> usize {
    claim()
        .policy
        .assets()
        .iter()
        .position(|a| a.symbol == symbol)
        .unwrap()
}

/// The account that is collateral (1) or liability (2).
fn account(witness: &Witness, state: u64) -> usize {
    witness
        .accounts
        .iter()
        .position(|a| a.state == state)
        .unwrap()
}

#[test]
fn s1_another_commitment_subject_or_time() {
    for row in [0, 1, COMMITMENT, COMMITMENT + 1] {
        rejects(|w| w.public[row] += Fr::ONE);
    }
}

#[test]
fn s1_another_blinding_or_entry() {
    rejects(|w| w.accounts[0].blinding += Fr::ONE);
    rejects(|w| {
        let at = account(w, 1);
        w.accounts[at].blocks[0].positions[0].entry += Fr::ONE;
    });
}

#[test]
fn s1_a_used_account_hidden_or_an_unused_one_counted() {
    rejects(|w| {
        let at = account(w, 2);
        w.accounts[at].state = 0;
        for block in &mut w.accounts[at].blocks {
            *block = Default::default();
        }
        w.assets[slot("USD")].liability = Default::default();
    });
    // An account in the unused slot, whose commitment stays 0.
    rejects(|w| {
        let usd = slot("USD");
        let id = w.assets[usd].id;
        let block = &mut w.accounts[2].blocks[0];
        block.state = 1;
        w.accounts[2].state = 1;
        let amount = Fr::from(5);
        let position = &mut w.accounts[2].blocks[0].positions[0];
        (position.counts, position.id, position.amount) = (1, id, amount);
        position.entry = id * Fr::from(2).pow([128]) + amount;
        w.assets[usd].collateral.rest += amount;
        w.assets[usd].collateral.count += Fr::ONE;
    });
}

#[test]
fn s1_a_liability_opened_as_collateral() {
    rejects(|w| {
        let at = account(w, 2);
        w.accounts[at].state = 1;
        for block in w.accounts[at].blocks.iter_mut().filter(|b| b.state == 2) {
            block.state = 1;
            for position in block.positions.iter_mut().filter(|p| p.counts == 2) {
                position.counts = 1;
            }
        }
        let usd = &mut w.assets[slot("USD")];
        usd.collateral.rest += Fr::from(300_000);
        usd.collateral.count += Fr::ONE;
        usd.liability = Default::default();
    });
}

/// C12. The public kinds are those of the accounts, and 0 for the slot that is not used.
#[test]
fn s1_the_public_kinds_are_those_of_the_accounts() {
    let honest = honest();
    let kinds = 1 << account(&honest, 2);
    assert_eq!(honest.public[KINDS], Fr::from(kinds));
    for others in (0..8).filter(|others| *others != kinds) {
        let mut witness = honest.clone();
        witness.public[KINDS] = Fr::from(others);
        assert!(!accepts(&witness), "{others}");
    }
}

/// S8. A price of 0 would make a debt in the asset weigh nothing.
#[test]
fn s8_an_asset_of_the_policy_has_a_price() {
    // An asset that nobody holds or owes: nothing but the clause notices its price.
    let mut witness = Witness::honest(
        &claim_without("ETH"),
        &covenant_fixtures::fullest(&claim_without("ETH")),
        Shape::new(3, 6, 3, 3).unwrap(),
    )
    .unwrap();
    assert!(accepts(&witness));
    let eth = slot("ETH");
    let price = &mut witness.public[COMMITMENT + 3 + eth];
    *price = Fr::ONE;
    witness.assets[eth].inverse = Fr::ONE;
    assert!(accepts(&witness));
    witness.public[COMMITMENT + 3 + eth] = Fr::ZERO;
    for inverse in [Fr::ZERO, Fr::ONE, -Fr::ONE] {
        witness.assets[eth].inverse = inverse;
        assert!(!accepts(&witness));
    }
}

#[test]
fn s1_an_inactive_block_that_counts() {
    rejects(|w| {
        let usd = slot("USD");
        let at = account(w, 2);
        let id = w.assets[usd].id;
        let amount = Fr::from(5);
        let position = &mut w.accounts[at].blocks[1].positions[0];
        (position.counts, position.id, position.amount) = (1, id, amount);
        position.entry = id * Fr::from(2).pow([128]) + amount;
        w.assets[usd].collateral.rest += amount;
        w.assets[usd].collateral.count += Fr::ONE;
    });
}

#[test]
fn s2_more_collateral_or_fewer_liabilities_than_the_positions() {
    rejects(|w| w.assets[slot("ETH")].collateral.rest += Fr::ONE);
    rejects(|w| {
        let usd = &mut w.assets[slot("USD")];
        usd.netted -= Fr::ONE;
        usd.collateral.rest += Fr::ONE;
    });
    rejects(|w| w.assets[slot("USD")].collateral.count += Fr::ONE);
}

#[test]
fn s2_a_liability_left_out() {
    rejects(|w| {
        let at = account(w, 2);
        let position = &mut w.accounts[at].blocks[0].positions[0];
        (position.counts, position.id, position.amount) = (0, Fr::ZERO, Fr::ZERO);
        let usd = &mut w.assets[slot("USD")];
        usd.collateral.rest += usd.netted;
        usd.netted = Fr::ZERO;
        usd.liability = Default::default();
    });
}

#[test]
fn s2_an_entry_split_another_way() {
    // The same entry with an amount of 2^112 and an id one lower.
    rejects(|w| {
        let at = account(w, 1);
        let usd = slot("USD");
        let position = w.accounts[at].blocks[0]
            .positions
            .iter_mut()
            .find(|p| p.counts == 1)
            .unwrap();
        position.id -= Fr::ONE;
        position.amount += Fr::from(2).pow([128]);
        w.assets[usd].collateral.rest += Fr::ONE;
    });
}

#[test]
fn s2_collateral_may_be_left_out_but_never_added() {
    // See the decision record: leaving collateral out counts less, which is allowed.
    let mut witness = honest();
    let (at, usd) = (account(&witness, 1), slot("USD"));
    let id = witness.assets[usd].id;
    let position = witness.accounts[at].blocks[1]
        .positions
        .iter_mut()
        .find(|p| p.counts == 1 && p.id == id)
        .unwrap();
    position.counts = 0;
    (position.id, position.amount) = (Fr::ZERO, Fr::ZERO);
    assert!(!accepts(&witness), "totals must follow the positions");
}

#[test]
fn s3_netting_beyond_the_totals_or_against_the_policy() {
    rejects(|w| {
        let usd = &mut w.assets[slot("USD")];
        usd.netted += Fr::ONE;
        usd.collateral.rest -= Fr::ONE;
        usd.liability.rest -= Fr::ONE;
        // The liability's rest is -1.
        usd.liability.value = Fr::ZERO;
    });
    rejects(|w| w.assets[slot("USD")].netting = 0);
    rejects(|w| w.assets[slot("ETH")].netted = Fr::ONE);
}

#[test]
fn s4_a_value_rounded_up_or_remainders_out_of_range() {
    let divisor = Fr::from_u128(10u128.pow(30));
    rejects(|w| {
        let side = &mut w.assets[slot("ETH")].collateral;
        side.value += Fr::ONE;
        side.remainder -= divisor;
    });
    rejects(|w| {
        let side = &mut w.assets[slot("ETH")].collateral;
        side.value -= Fr::ONE;
        side.remainder += divisor;
    });
    rejects(|w| w.public[COMMITMENT + 3] += Fr::ONE);
}

#[test]
fn s5_tiers_overfull_or_more_than_there_is() {
    let eth = slot("ETH");
    rejects(|w| w.scenarios[0].tiers[eth][0] += Fr::ONE);
    rejects(|w| w.scenarios[1].tiers[eth][3] += Fr::from(1_000_000));
    rejects(|w| {
        // All in the first tier.
        let tiers = &mut w.scenarios[0].tiers[eth];
        tiers[0] += tiers[3];
        tiers[3] = Fr::ZERO;
    });
    rejects(|w| {
        let tiers = &mut w.scenarios[0].tiers[eth];
        tiers[1] -= Fr::ONE;
        tiers[0] += Fr::ONE;
    });
}

#[test]
fn s6_shares_are_those_of_the_policy() {
    let (eth, usd) = (slot("ETH"), slot("USD"));
    // Less of the asset that keeps the shares in balance.
    rejects(|w| {
        w.scenarios[0].tiers[usd] = [
            Fr::from(40_000_000_000_000u64),
            Fr::ZERO,
            Fr::ZERO,
            Fr::ZERO,
        ]
    });
    rejects(|w| w.assets[eth].share = 10_000);
    rejects(|w| w.shares[1] = (0, 10_000));
    rejects(|w| w.assets[eth].groups[0] = false);
    rejects(|w| w.assets[eth].groups[1] = true);
}

#[test]
fn s7_a_higher_ratio_or_debt() {
    rejects(|w| w.public[4] = Fr::from(1_000_000));
    rejects(|w| w.public[3] = Fr::from(1_000_000_000_000u64));
    rejects(|w| w.ratios[0] = 0);
    rejects(|w| w.assets[slot("ETH")].multipliers[0] = 20_000);
}

#[test]
fn s8_every_field_is_bound_by_the_digest() {
    let eth = slot("ETH");
    rejects(|w| w.public[2] += Fr::ONE);
    rejects(|w| w.terms += Fr::ONE);
    rejects(|w| w.assets[eth].weights[0] += 1);
    rejects(|w| w.assets[eth].widths[0] += 1);
    rejects(|w| w.assets[eth].id += Fr::ONE);
    rejects(|w| w.assets[eth].netting = 1);
    // An asset moved one slot on, to another's price.
    rejects(|w| {
        let last = w.assets[1].clone();
        w.assets[2] = last;
        w.assets[1] = covenant_circuits::circuit::witness::AssetWitness {
            inverse: Fr::ONE,
            multipliers: vec![0; 2],
            ..Default::default()
        };
    });
}

#[test]
fn s8_a_policy_with_more_scenarios_than_the_shape_does_not_fit() {
    let claim = claim();
    let allocation = covenant_fixtures::fullest(&claim);
    assert!(Witness::honest(&claim, &allocation, Shape::new(3, 6, 3, 1).unwrap()).is_err());
}

/// C2 and S9: altering any one public input, whatever it is, breaks the proof. The
/// context takes part in no clause; the instance column itself binds it.
#[test]
fn c2_every_public_input_is_constrained() {
    let witness = honest();
    for row in 0..witness.public.len() {
        let mut public = witness.public.clone();
        public[row] += Fr::ONE;
        let mocks = covenant_fixtures::mock_public(&witness, &public);
        assert!(mocks.verify().is_err(), "public input {row}");
    }
}
