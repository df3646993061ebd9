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
use covenant_circuits::circuit::witness::{PositionWitness, Witness};
use covenant_circuits::field::Fr;
use covenant_circuits::ident::Context;
use covenant_circuits::numbers::{Price, Ratio, Value};
use covenant_circuits::policy::Policy;
use covenant_circuits::shape::{REPORT_WORDS, Shape};
use covenant_circuits::statement::{Claim, ClaimParts, Window};
use covenant_fixtures::mock_witness;
use ff::{Field, PrimeField};
use serde_json::json;

/// Rows of public inputs.
const FROM: usize = 1;
const TO: usize = 2;
const DIGEST: usize = 3;
const DEBT: usize = 4;
const RATIO: usize = 5;
const KINDS: usize = 7;
const REPORT: usize = Shape::NAMED_INPUTS;
const COMMITMENT: usize = REPORT + REPORT_WORDS;

const AS_OF: u64 = 1_790_000_000;
const ETHER: &str = "eip155:1/slip44:60";
const DOLLAR: &str = "iso4217:USD";

/// Three account slots of two blocks.
fn shape() -> Shape {
    Shape::new(3, 14, 3, 3).unwrap()
}

/// Two scenarios, a netted asset, caps and floors; all true.
fn claim() -> Claim {
    claim_without("")
}

/// The same, and without a position in one asset.
fn claim_without(symbol: &str) -> Claim {
    let policy = json!({
        "version": 2, "name": "adversarial", "quote": DOLLAR, "min_ratio_bps": 11000, "ratio_step_bps": 500,
        "assets": [
            {"asset": ETHER, "symbol": "ETH", "decimals": 18, "max_share_bps": 6000,
             "groups": ["crypto"], "tiers": [{"up_to": 1000, "weight_bps": 8500}, {"weight_bps": 6000}]},
            {"asset": DOLLAR, "symbol": "USD", "decimals": 2, "netting": true, "may_owe": true,
             "groups": ["cash"], "tiers": [{"weight_bps": 10000}]}
        ],
        "groups": [
            {"name": "crypto", "max_share_bps": 7000},
            {"name": "cash", "min_share_bps": 3000}
        ],
        "scenarios": [{"name": "fall", "min_ratio_bps": 10500, "moves_bps": {ETHER: -5000}}]
    });
    let ether = 10u128.pow(18);
    let mut positions = vec![
        (ETHER, 2 * ether),
        (DOLLAR, 900_000),
        ("isin:UNLISTED", 77),
        (DOLLAR, 100_000),
    ];
    // A second block.
    positions.extend([(DOLLAR, 0); 9]);
    if symbol == "ETH" {
        positions.remove(0);
    }
    claimed(&policy, &positions, 5_000_000_000)
}

/// Under a complete policy with a report, which caps what is held of ether.
fn complete(cap: u64) -> Claim {
    let policy = json!({
        "version": 2, "name": "complete", "quote": DOLLAR, "min_ratio_bps": 10000, "ratio_step_bps": 500,
        "complete": true, "report_grain": 100,
        "assets": [
            {"asset": ETHER, "symbol": "ETH", "decimals": 18, "max_held_share_bps": cap,
             "groups": ["crypto"], "tiers": [{"weight_bps": 6000}]},
            {"asset": DOLLAR, "symbol": "USD", "decimals": 2, "may_owe": true,
             "groups": ["cash"], "tiers": [{"weight_bps": 10000}]}
        ],
        "groups": [
            {"name": "crypto", "report": true},
            {"name": "cash", "report": true, "min_held_share_bps": 5000}
        ],
        "scenarios": []
    });
    let positions = [(ETHER, 10u128.pow(18)), (DOLLAR, 900_050)];
    claimed(&policy, &positions, 1_000_000_000)
}

/// An account of those positions, and a liability of 3,000 dollars.
fn claimed(policy: &serde_json::Value, positions: &[(&str, u128)], debt: u128) -> Claim {
    let policy = Policy::from_json(&policy.to_string()).unwrap();
    let prices = policy
        .assets()
        .iter()
        .map(|a| match a.symbol.as_str() {
            "ETH" => Price::new(3_000 * 10u128.pow(18)).unwrap(),
            _ => Price::new(10u128.pow(34)).unwrap(),
        })
        .collect();
    let openings = vec![
        covenant_fixtures::account(Kind::Collateral, positions),
        covenant_fixtures::account(Kind::Liability, &[(DOLLAR, 300_000)]),
    ];
    let parts = ClaimParts {
        subject: covenant_fixtures::subject(),
        window: Window::new(AS_OF - 60, AS_OF + 60).unwrap(),
        public_debt: Value::new(debt).unwrap(),
        ratio: Ratio::new(11_000).unwrap(),
        context: Context::of("test"),
        prices,
    };
    Claim::new(policy, openings, parts).unwrap()
}

fn witness(claim: &Claim) -> Witness {
    let allocation = covenant_fixtures::fullest(claim);
    Witness::honest(claim, &allocation, shape()).unwrap()
}

fn honest() -> Witness {
    let witness = witness(&claim());
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

/// The first account that is collateral (0) or a liability (1).
fn account(witness: &Witness, liability: u64) -> usize {
    witness
        .accounts
        .iter()
        .position(|a| a.liability == liability)
        .unwrap()
}

/// A position of an asset, counted.
fn counted(id: Fr, amount: u64) -> PositionWitness {
    let amount = Fr::from(amount);
    PositionWitness {
        entry: id * Fr::from(2).pow([128]) + amount,
        counts: 1,
        amount,
    }
}

#[test]
fn s1_another_commitment_subject_or_time() {
    for row in [0, COMMITMENT, COMMITMENT + 1] {
        rejects(|w| w.public[row] += Fr::ONE);
    }
    rejects(|w| w.accounts[0].as_of += 1);
    let at = |from: u64, to: u64| {
        let mut w = honest();
        (w.public[FROM], w.public[TO]) = (Fr::from(from), Fr::from(to));
        // The time of an unused slot is any of the window.
        w.accounts[2].as_of = from;
        accepts(&w)
    };
    assert!(at(AS_OF, AS_OF) && at(0, u64::MAX));
    assert!(!at(AS_OF + 1, AS_OF + 1) && !at(AS_OF - 1, AS_OF - 1));
    assert!(!at(AS_OF + 1, u64::MAX) && !at(0, AS_OF - 1));
}

#[test]
fn s1_another_blinding_or_entry() {
    rejects(|w| w.accounts[0].blinding += Fr::ONE);
    rejects(|w| {
        let at = account(w, 0);
        w.accounts[at].blocks[0].positions[0].entry += Fr::ONE;
    });
}

#[test]
fn s1_a_used_account_hidden_or_an_unused_one_counted() {
    rejects(|w| {
        let at = account(w, 1);
        w.accounts[at].blocks[0].active = 0;
        w.assets[slot("USD")].liability = Default::default();
    });
    // An account in the unused slot, whose commitment stays 0.
    rejects(|w| {
        let usd = slot("USD");
        let id = w.assets[usd].id;
        w.accounts[2].blocks[0].active = 1;
        w.accounts[2].blocks[0].positions[0] = counted(id, 5);
        w.assets[usd].collateral.rest += Fr::from(5);
        w.assets[usd].collateral.count += Fr::ONE;
    });
}

#[test]
fn s1_a_liability_opened_as_collateral() {
    rejects(|w| {
        let at = account(w, 1);
        (w.accounts[at].liability, w.accounts[at].every) = (0, 0);
        let usd = &mut w.assets[slot("USD")];
        usd.collateral.rest += Fr::from(300_000);
        usd.collateral.count += Fr::ONE;
        usd.liability = Default::default();
    });
}

/// Every position of a liability counts, and of any account under a complete policy.
#[test]
fn s1_whether_every_position_counts_follows_from_kind_and_policy() {
    for every in [0, 2] {
        rejects(|w| {
            let at = account(w, 1);
            w.accounts[at].every = every;
        });
    }
    rejects(|w| {
        let at = account(w, 0);
        w.accounts[at].every = 1;
    });
    let mut w = witness(&complete(5_000));
    assert!(accepts(&w));
    let at = account(&w, 0);
    w.accounts[at].every = 0;
    assert!(!accepts(&w));
}

/// A complete policy leaves out nothing that is held.
#[test]
fn s2_collateral_left_out_under_a_complete_policy() {
    let leave_out = |w: &mut Witness, symbol: &str| {
        let (at, asset) = (account(w, 0), slot(symbol));
        let id = w.assets[asset].id;
        let positions = w.accounts[at].blocks[0].positions.iter_mut();
        let unit = Fr::from(2).pow([128]).invert().unwrap();
        let mut positions = positions.filter(|p| (p.entry - p.amount) * unit == id);
        let position = positions.next().unwrap();
        (position.counts, position.amount) = (0, Fr::ZERO);
        w.assets[asset].collateral = Default::default();
        for scenario in &mut w.scenarios {
            scenario.counted[asset] = Fr::ZERO;
        }
    };
    // Where the policy is not complete, a smaller total is one of the true total.
    let mut w = honest();
    leave_out(&mut w, "ETH");
    assert!(accepts(&w));
    let mut w = witness(&complete(5_000));
    w.groups[0].line = Fr::ZERO;
    w.public[REPORT] -= Fr::from(30);
    leave_out(&mut w, "ETH");
    assert!(!accepts(&w));
}

/// C12. The public kinds are those of the accounts, and 0 for the slot that is not used.
#[test]
fn s1_the_public_kinds_are_those_of_the_accounts() {
    let honest = honest();
    let kinds = 1 << account(&honest, 1);
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
    let mut witness = witness(&claim_without("ETH"));
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

/// The price of an unused slot is 0, so that nothing there has a value.
#[test]
fn s8_an_unused_slot_has_no_price() {
    for inverse in [Fr::ZERO, Fr::ONE] {
        rejects(|w| {
            w.public[COMMITMENT + 3 + 2] = Fr::ONE;
            w.assets[2].inverse = inverse;
        });
    }
}

#[test]
fn s1_an_inactive_block_that_counts() {
    rejects(|w| {
        let (at, usd) = (account(w, 1), slot("USD"));
        let id = w.assets[usd].id;
        assert_eq!(w.accounts[at].blocks[1].active, 0);
        w.accounts[at].blocks[1].positions[0] = counted(id, 5);
        w.assets[usd].liability.rest += Fr::from(5);
        w.assets[usd].liability.count += Fr::ONE;
    });
    // In a block that is not active it adds nothing.
    let mut w = honest();
    let (at, id) = (account(&w, 1), w.assets[slot("USD")].id);
    w.accounts[at].blocks[1].positions[0] = counted(id, 5);
    assert!(accepts(&w));
}

#[test]
fn s1_a_block_after_one_that_is_not_active() {
    rejects(|w| {
        let at = account(w, 0);
        w.accounts[at].blocks[0].active = 0;
    });
    for active in [1, 2] {
        rejects(|w| {
            let at = account(w, 1);
            w.accounts[at].blocks[1].active = active;
        });
    }
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
    rejects(|w| w.empty.0 += Fr::ONE);
    rejects(|w| w.empty.1 -= Fr::ONE);
}

#[test]
fn s2_a_liability_left_out() {
    let leave_out = |w: &mut Witness| {
        let at = account(w, 1);
        let position = &mut w.accounts[at].blocks[0].positions[0];
        (position.counts, position.amount) = (0, Fr::ZERO);
        let usd = &mut w.assets[slot("USD")];
        // A cent is worth 10^4 micro-units: nothing else is wrong with what is held.
        usd.collateral.rest += usd.netted;
        usd.collateral.value = usd.collateral.rest * Fr::from(10_000);
        usd.netted = Fr::ZERO;
        usd.liability = Default::default();
    };
    rejects(leave_out);
    rejects(|w| {
        leave_out(w);
        let at = account(w, 1);
        w.accounts[at].every = 0;
    });
}

/// A liability in an asset that lacks `may_owe`, whatever the amount, makes the statement false.
#[test]
fn s2_a_liability_in_an_asset_that_may_not_be_owed() {
    for amount in [0, 1] {
        let mut claim = claim();
        let openings = [covenant_fixtures::account(
            Kind::Liability,
            &[(ETHER, amount)],
        )];
        let s = &claim.statement;
        let parts = ClaimParts {
            subject: s.subject(),
            window: s.window(),
            public_debt: Value::new(0).unwrap(),
            ratio: s.ratio(),
            context: s.context(),
            prices: s.prices().to_vec(),
        };
        claim = Claim::new(claim.policy.clone(), openings.to_vec(), parts).unwrap();
        let mut w = witness(&claim);
        for count in [0, 1] {
            let side = &mut w.assets[slot("ETH")].liability;
            (side.rest, side.count) = (Fr::from_u128(amount), Fr::from(count));
            assert!(!accepts(&w), "{amount} {count}");
        }
        w.assets[slot("ETH")].may_owe = 1;
        assert!(!accepts(&w), "{amount}");
    }
}

#[test]
fn s2_an_entry_split_another_way() {
    // The same entry with an amount of 2^128 more and an id one lower.
    rejects(|w| {
        let (at, usd) = (account(w, 0), slot("USD"));
        let position = &mut w.accounts[at].blocks[0].positions[1];
        position.amount += Fr::from(2).pow([128]);
        w.assets[usd].collateral.rest += Fr::ONE;
    });
}

#[test]
fn s2_collateral_may_be_left_out_but_never_added() {
    // See the decision record: leaving collateral out counts less, which is allowed.
    let mut witness = honest();
    let at = account(&witness, 0);
    let position = &mut witness.accounts[at].blocks[0].positions[1];
    assert_eq!(position.counts, 1);
    (position.counts, position.amount) = (0, Fr::ZERO);
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
    rejects(|w| w.public[COMMITMENT + 3 + slot("ETH")] += Fr::ONE);
}

#[test]
fn s5_above_a_line_or_more_than_there_is() {
    let (eth, usd) = (slot("ETH"), slot("USD"));
    for j in [0, 1] {
        for asset in [eth, usd] {
            rejects(|w| w.scenarios[j].counted[asset] += Fr::ONE);
        }
        // Less may count, but not less than nothing.
        let mut w = honest();
        w.scenarios[j].counted[eth] = Fr::ZERO;
        assert!(accepts(&w));
        rejects(|w| w.scenarios[j].counted[eth] = -Fr::ONE);
    }
    // All at the weight of the first tier.
    rejects(|w| {
        let value = w.assets[eth].collateral.value;
        w.scenarios[0].counted[eth] = value * Fr::from(8_500 * 10_000);
    });
}

#[test]
fn s6_counted_shares_are_those_of_the_policy() {
    let (eth, usd) = (slot("ETH"), slot("USD"));
    // Less of the asset that keeps the shares in balance; it still covers the debt.
    rejects(|w| w.scenarios[0].counted[usd] = Fr::from(250_000_000_000_000_000));
    rejects(|w| w.assets[eth].share = 10_000);
    rejects(|w| w.groups[1].counted = (0, 10_000));
    rejects(|w| w.assets[eth].groups[0] = false);
    rejects(|w| w.assets[eth].groups[1] = true);
}

#[test]
fn s6_held_shares_leave_no_choice() {
    // Ether is 2499.89 basis points of what is held.
    assert!(accepts(&witness(&complete(2_500))));
    assert!(!accepts(&witness(&complete(2_499))));
    let with = |lie: fn(&mut Witness, usize)| {
        let mut w = witness(&complete(2_500));
        lie(&mut w, slot("ETH"));
        accepts(&w)
    };
    assert!(!with(|w, eth| w.assets[eth].held_share = 10_000));
    assert!(!with(|w, _| w.groups[1].held.0 = 0));
    assert!(!with(|w, _| w.groups[1].held.1 = 0));
}

#[test]
fn s7_a_higher_ratio_or_debt() {
    rejects(|w| w.public[RATIO] = Fr::from(1_000_000));
    rejects(|w| w.public[DEBT] = Fr::from(1_000_000_000_000u64));
    rejects(|w| w.ratios[0] = 0);
    rejects(|w| w.assets[slot("ETH")].multipliers[0] = 20_000);
}

/// Ether is worth 3,000, dollars 9,000.50, the grain is 100: lines of 30 and 90.
#[test]
fn s10_a_line_is_what_a_group_has_in_grains() {
    let line = |group: usize, line: u64| {
        let mut w = witness(&complete(5_000));
        let unit = Fr::from(2).pow([80 * (group as u64 % 3)]);
        let word = &mut w.public[REPORT + group / 3];
        *word += (Fr::from(line) - w.groups[group].line) * unit;
        w.groups[group].line = Fr::from(line);
        accepts(&w)
    };
    assert!(line(0, 30) && !line(0, 29) && !line(0, 31) && !line(0, 0));
    assert!(line(1, 90) && !line(1, 89) && !line(1, 91));
    // Groups that are not reported, or that the policy lacks.
    assert!(line(2, 0) && !line(2, 1) && line(14, 0) && !line(14, 1));
    // The public word is the lines', at their places.
    for row in REPORT..COMMITMENT {
        let mut w = witness(&complete(5_000));
        w.public[row] += Fr::ONE;
        assert!(!accepts(&w), "{row}");
    }
    // The line of another group's place.
    let mut w = witness(&complete(5_000));
    w.public[REPORT] = Fr::from(90) + Fr::from(30) * Fr::from(2).pow([80]);
    assert!(!accepts(&w));
}

#[test]
fn s8_every_field_is_bound_by_the_digest() {
    let eth = slot("ETH");
    rejects(|w| w.public[DIGEST] += Fr::ONE);
    rejects(|w| w.terms += Fr::ONE);
    rejects(|w| w.assets[eth].weights[0] += 1);
    rejects(|w| w.assets[eth].widths[0] += 1);
    rejects(|w| w.assets[eth].id += Fr::ONE);
    rejects(|w| w.assets[eth].netting = 1);
    rejects(|w| w.assets[eth].may_owe = 1);
    rejects(|w| w.complete = 1);
    rejects(|w| w.grain = 1);
    rejects(|w| w.groups[3].reported = true);
    rejects(|w| w.assets[eth].held_share = 0);
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
    assert!(Witness::honest(&claim, &allocation, Shape::new(3, 14, 3, 1).unwrap()).is_err());
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
