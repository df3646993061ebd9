//! Each clause of the native relation, where it holds by the least and where it fails by the
//! least (docs/spec.md, section 6).

// A panic in a test is a failing test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod vectors;

use covenant_claims::policy::Policy;
use covenant_claims::prices::{PriceError, Prices, largest_price, scaled_price, whole_price};
use covenant_claims::relation::{
    self, Allocation, Counted, ShareError, Unsatisfied, line, most_counted,
};
use covenant_claims::statement::{NO_REPORT, StatementError};
use covenant_claims::{
    Amount, Claim, ClaimParts, Context, Kind, Opening, Position, Price, Ratio, ReportLine,
    Statement, StatementParts, Value, Window,
};
use num_bigint::BigUint;
use serde_json::{Value as Json, json};
use vectors::fullest;

const AS_OF: u64 = 1_790_000_000;
const USD: &str = "iso4217:USD";
const EUR: &str = "iso4217:EUR";
const CHF: &str = "iso4217:CHF";
/// Micro-units of a whole one.
const ONE: u128 = 1_000_000;

/// Three currencies, one base unit of each a micro-unit of the quote currency.
fn document() -> Json {
    let asset = |name: &str| {
        json!({
            "asset": name, "symbol": &name[8..], "decimals": 6,
            "tiers": [{ "weight_bps": 10_000 }],
        })
    };
    json!({
        "version": 2, "name": "three", "quote": USD, "min_ratio_bps": 10_000, "ratio_step_bps": 500,
        "assets": [asset(USD), asset(EUR), asset(CHF)],
    })
}

fn asset<'a>(document: &'a mut Json, name: &str) -> &'a mut Json {
    let assets = document["assets"].as_array_mut().unwrap();
    assets.iter_mut().find(|a| a["asset"] == name).unwrap()
}

fn policy(change: impl FnOnce(&mut Json)) -> Policy {
    let mut document = document();
    change(&mut document);
    Policy::from_json(&document.to_string()).unwrap()
}

fn account(kind: Kind, positions: &[(&str, u128)]) -> Opening {
    let positions = positions
        .iter()
        .map(|(asset, amount)| Position::new(asset, Amount::new(*amount).unwrap()).unwrap())
        .collect();
    Opening::new(kind, "lei:A", AS_OF, positions, rand_core::OsRng).unwrap()
}

fn held(positions: &[(&str, u128)]) -> Opening {
    account(Kind::Collateral, positions)
}

fn owed(positions: &[(&str, u128)]) -> Opening {
    account(Kind::Liability, positions)
}

/// A claim of 100 % against a public debt in whole units.
fn claim(policy: &Policy, debt: u128, openings: Vec<Opening>) -> Claim {
    let parts = ClaimParts {
        subject: openings[0].subject_id(),
        window: Window::at(AS_OF),
        public_debt: Value::new(debt * ONE).unwrap(),
        ratio: Ratio::new(10_000).unwrap(),
        context: Context::of("a test"),
        prices: policy
            .assets()
            .iter()
            .map(|a| scaled_price(&a.name, 1, 0, a.decimals).unwrap())
            .collect(),
    };
    Claim::new(policy.clone(), openings, parts).unwrap()
}

fn answer(claim: &Claim) -> Result<(), Unsatisfied> {
    relation::check(claim, &fullest(claim))
}

#[test]
fn s2_collateral_outside_the_policy() {
    let held = || vec![held(&[(USD, 100 * ONE), ("iso4217:JPY", 0)])];
    assert_eq!(answer(&claim(&policy(|_| {}), 100, held())), Ok(()));
    let complete = policy(|d| d["complete"] = json!(true));
    let error = answer(&claim(&complete, 100, held())).unwrap_err();
    assert!(
        matches!(error, Unsatisfied::UnlistedCollateral { .. }),
        "{error}"
    );
}

/// Whatever the amount.
#[test]
fn s2_liabilities_that_may_not_be_owed() {
    let policy = policy(|d| asset(d, USD)["may_owe"] = json!(true));
    let with = |asset, amount| {
        let openings = vec![held(&[(USD, 100 * ONE)]), owed(&[(asset, amount)])];
        answer(&claim(&policy, 0, openings))
    };
    assert_eq!(with(USD, 100 * ONE), Ok(()));
    assert_eq!(with(USD, 100 * ONE + 1).unwrap_err().clause(), "S7");
    for amount in [0, 1] {
        let error = with(EUR, amount).unwrap_err();
        assert!(matches!(error, Unsatisfied::MayNotOwe { .. }), "{error}");
        let error = with("iso4217:JPY", amount).unwrap_err();
        assert!(
            matches!(error, Unsatisfied::UnlistedLiability { .. }),
            "{error}"
        );
    }
}

#[test]
fn s3_netting_is_at_most_the_lesser_total_where_the_policy_nets() {
    for (netting, most) in [(true, 30 * ONE), (false, 0)] {
        let policy = policy(|d| {
            *asset(d, USD) = json!({
                "asset": USD, "symbol": "USD", "decimals": 6, "netting": netting, "may_owe": true,
                "tiers": [{ "weight_bps": 10_000 }],
            });
        });
        let claim = claim(
            &policy,
            0,
            vec![held(&[(USD, 50 * ONE)]), owed(&[(USD, 30 * ONE)])],
        );
        let index = policy.assets().iter().position(|a| a.name == USD).unwrap();
        let netting = |n: u128| {
            let mut allocation = fullest(&claim);
            allocation.netted[index] = n;
            for scenario in &mut allocation.scenarios {
                scenario.counted[index] = (50 * ONE).saturating_sub(n) * 10_000 * 10_000;
            }
            relation::check(&claim, &allocation)
        };
        assert_eq!(netting(0), Ok(()));
        assert_eq!(netting(most), Ok(()));
        let error = netting(most + 1).unwrap_err();
        assert!(
            matches!(error, Unsatisfied::Netting { most: m, .. } if m == most),
            "{error}"
        );
    }
}

#[test]
fn s4_values_are_rounded_against_the_prover_and_below_2_80() {
    let policy = policy(|d| asset(d, USD)["may_owe"] = json!(true));
    let index = policy.assets().iter().position(|a| a.name == USD).unwrap();
    let openings = [held(&[(USD, 3)]), owed(&[(USD, 3)])];
    let totals = relation::totals(&policy, &openings).unwrap();
    let valued = |price: u128, totals: &[_]| {
        let prices = vec![Price::new(price).unwrap(); 3];
        relation::values(&policy, &prices, totals, &[0; 3]).map(|v| v[index])
    };
    // Half a micro-unit each.
    let value = valued(5 * 10u128.pow(29), &totals).unwrap();
    assert_eq!((value.collateral, value.liability), (1, 2));
    let openings = [held(&[(USD, 1 << 80)])];
    let totals = relation::totals(&policy, &openings).unwrap();
    let error = valued(10u128.pow(30), &totals).unwrap_err();
    assert_eq!(error.clause(), "S4");
    let openings = [held(&[(USD, (1 << 80) - 1)])];
    let totals = relation::totals(&policy, &openings).unwrap();
    assert!(valued(10u128.pow(30), &totals).is_ok());
}

/// The lowest line is what filling the tiers in order counts.
#[test]
fn s5_lines_count_what_tiers_in_order_count() {
    let tiered = policy(|d| {
        asset(d, USD)["tiers"] = json!([
            { "up_to": 10, "weight_bps": 9_000 },
            { "up_to": 30, "weight_bps": 8_000 },
            { "up_to": 60, "weight_bps": 8_000 },
            { "weight_bps": 500 },
        ]);
        asset(d, EUR)["tiers"] = json!([{ "up_to": 1, "weight_bps": 10_000 }, { "weight_bps": 0 }]);
    });
    for asset in tiered.assets() {
        for multiplier in [0u32, 1, 9_999, 10_000, 25_000, 65_535] {
            for value in
                (0..80u128).flat_map(|whole| [whole * ONE, whole * ONE + 1, whole * ONE / 3])
            {
                let mut left: BigUint = BigUint::from(value) * multiplier;
                let mut in_order = BigUint::ZERO;
                for (l, tier) in asset.tiers.iter().enumerate() {
                    let width = BigUint::from(tier.width) * 10u64.pow(10);
                    let x = if l < 3 {
                        left.clone().min(width)
                    } else {
                        left.clone()
                    };
                    left -= &x;
                    in_order += x * tier.weight;
                }
                let most = most_counted(asset, value, multiplier);
                assert_eq!(BigUint::from(most), in_order, "{} {value}", asset.name);
            }
        }
        assert_eq!(line(asset, 1, 1, 4), None);
    }
}

#[test]
fn s5_no_asset_counts_for_more_than_its_lines() {
    let tiered = policy(|d| {
        asset(d, USD)["tiers"] =
            json!([{ "up_to": 10, "weight_bps": 9_000 }, { "weight_bps": 5_000 }]);
    });
    let claim = claim(&tiered, 0, vec![held(&[(USD, 20 * ONE)])]);
    let index = tiered.assets().iter().position(|a| a.name == USD).unwrap();
    let counting = |c: u128| {
        let mut allocation = fullest(&claim);
        allocation.scenarios[0].counted[index] = c;
        relation::check(&claim, &allocation)
    };
    let most = (10 * 9_000 + 10 * 5_000) * ONE * 10_000;
    assert_eq!(counting(most), Ok(()));
    let error = counting(most + 1).unwrap_err();
    assert_eq!(error.clause(), "S5");
    assert!(
        error.to_string().contains("at most 14 of the quote"),
        "{error}"
    );
}

/// An allocation of the base alone, by name.
fn counting(policy: &Policy, whole: &[(&str, u128)]) -> Allocation {
    let of = |name: &str| {
        whole
            .iter()
            .find(|(n, _)| *n == name)
            .map_or(0, |(_, c)| *c)
    };
    Allocation {
        netted: vec![0; 3],
        scenarios: vec![Counted {
            counted: policy
                .assets()
                .iter()
                .map(|a| of(&a.name) * ONE * 10_000 * 10_000)
                .collect(),
        }],
    }
}

#[test]
fn s6_counted_shares() {
    let capped = policy(|d| {
        asset(d, USD)["max_share_bps"] = json!(5_000);
        asset(d, EUR)["groups"] = json!(["g"]);
        asset(d, CHF)["groups"] = json!(["g"]);
        d["groups"] = json!([{ "name": "g", "min_share_bps": 5_000, "max_share_bps": 8_000 }]);
    });
    let hoard = || {
        vec![held(&[
            (USD, 1_000 * ONE),
            (EUR, 1_000 * ONE),
            (CHF, 1_000 * ONE),
        ])]
    };
    let claim = claim(&capped, 100, hoard());
    let check = |whole: &[(&str, u128)]| relation::check(&claim, &counting(&capped, whole));
    // More may be held than counts.
    assert_eq!(check(&[(USD, 50), (EUR, 25), (CHF, 25)]), Ok(()));
    assert_eq!(check(&[(USD, 20), (EUR, 80)]), Ok(()));
    let share = ShareError {
        got: 5_050,
        least: 0,
        most: 5_000,
    };
    assert_eq!(
        check(&[(USD, 51), (EUR, 25), (CHF, 25)]),
        Err(Unsatisfied::AssetShare {
            scenario: 0,
            asset: USD.into(),
            share
        })
    );
    let share = ShareError {
        got: 8_020,
        least: 5_000,
        most: 8_000,
    };
    assert_eq!(
        check(&[(USD, 20), (EUR, 81)]),
        Err(Unsatisfied::GroupShare {
            scenario: 0,
            group: "g".into(),
            share
        })
    );
}

#[test]
fn s6_a_floor_of_what_counts() {
    let floored = policy(|d| {
        asset(d, EUR)["groups"] = json!(["g"]);
        d["groups"] = json!([{ "name": "g", "min_share_bps": 5_000 }]);
    });
    let openings = || vec![held(&[(USD, 1_000 * ONE), (EUR, 1_000 * ONE)])];
    let claim = claim(&floored, 100, openings());
    let check = |whole: &[(&str, u128)]| relation::check(&claim, &counting(&floored, whole));
    assert_eq!(check(&[(USD, 50), (EUR, 50)]), Ok(()));
    let share = ShareError {
        got: 4_950,
        least: 5_000,
        most: 10_000,
    };
    assert_eq!(
        check(&[(USD, 51), (EUR, 50)]),
        Err(Unsatisfied::GroupShare {
            scenario: 0,
            group: "g".into(),
            share
        })
    );
}

/// What is held cannot be left uncounted to keep a held share.
#[test]
fn s6_held_shares() {
    let reserve = policy(|d| {
        d["complete"] = json!(true);
        asset(d, USD)["max_held_share_bps"] = json!(5_000);
        asset(d, EUR)["groups"] = json!(["g"]);
        d["groups"] = json!([
            { "name": "g", "min_held_share_bps": 3_000, "max_held_share_bps": 6_000 },
        ]);
    });
    let check = |usd: u128, eur: u128, chf: u128| {
        let openings = vec![held(&[(USD, usd), (EUR, eur)]), held(&[(CHF, chf)])];
        let claim = claim(&reserve, 0, openings);
        // Nothing has to count.
        relation::check(&claim, &counting(&reserve, &[]))
    };
    assert_eq!(check(50, 30, 20), Ok(()));
    assert_eq!(check(20, 60, 20), Ok(()));
    assert_eq!(check(0, 0, 0), Ok(()));
    let error = check(51, 30, 20).unwrap_err();
    assert!(matches!(error, Unsatisfied::AssetHeld { .. }), "{error}");
    for (usd, eur, chf) in [(50, 29, 21), (20, 61, 19)] {
        let error = check(usd, eur, chf).unwrap_err();
        assert!(matches!(error, Unsatisfied::GroupHeld { .. }), "{error}");
    }
}

#[test]
fn s7_says_what_is_missing() {
    let claim = claim(
        &policy(|_| {}),
        100,
        vec![held(&[(USD, 99 * ONE + 500_000)])],
    );
    let error = answer(&claim).unwrap_err();
    let missing = "falls short of the requirement by 0.5 of the quote currency";
    assert!(error.to_string().contains(missing), "{error}");
}

#[test]
fn s7_scenarios_move_collateral_and_debt() {
    let stressed = policy(|d| {
        asset(d, EUR)["may_owe"] = json!(true);
        d["scenarios"] = json!([
            { "name": "euro doubles", "min_ratio_bps": 10_000, "moves_bps": { EUR: 10_000 } },
        ]);
    });
    let check = |usd: u128| {
        let openings = vec![held(&[(USD, usd * ONE)]), owed(&[(EUR, 50 * ONE)])];
        answer(&claim(&stressed, 0, openings))
    };
    assert_eq!(check(100), Ok(()));
    let error = check(99).unwrap_err();
    assert!(
        matches!(error, Unsatisfied::Coverage { scenario: 1, .. }),
        "{error}"
    );
}

fn reported() -> Policy {
    policy(|d| {
        d["complete"] = json!(true);
        d["report_grain"] = json!(10);
        asset(d, USD)["groups"] = json!(["a", "b"]);
        asset(d, EUR)["groups"] = json!(["b"]);
        d["groups"] = json!([{ "name": "a", "report": true }, { "name": "b", "report": true }, { "name": "c" }]);
    })
}

fn parts(claim: &Claim, report: [ReportLine; 15]) -> StatementParts {
    let statement = &claim.statement;
    StatementParts {
        subject: statement.subject(),
        window: statement.window(),
        public_debt: statement.public_debt(),
        ratio: statement.ratio(),
        context: statement.context(),
        commitments: statement.commitments().to_vec(),
        kinds: statement.kinds().to_vec(),
        report,
        prices: statement.prices().to_vec(),
    }
}

#[test]
fn s10_the_report_is_what_is_held() {
    let policy = reported();
    let openings = vec![
        held(&[(USD, 39 * ONE + 999_999)]),
        held(&[(EUR, 1), (CHF, 100 * ONE)]),
    ];
    let mut claim = claim(&policy, 1, openings);
    let mut report = NO_REPORT;
    // 39.999999 in a, a micro-unit more in b.
    (report[0], report[1]) = (ReportLine::new(3).unwrap(), ReportLine::new(4).unwrap());
    assert_eq!(claim.statement.report(), &report);
    assert_eq!(answer(&claim), Ok(()));
    for (group, line) in [(0, 2), (0, 4), (1, 3), (1, 0)] {
        let mut other = report;
        other[group] = ReportLine::new(line).unwrap();
        claim.statement = Statement::new(&policy, parts(&claim, other)).unwrap();
        let error = answer(&claim).unwrap_err();
        assert_eq!(error.clause(), "S10", "{error}");
    }
    // A group without report, and one that the policy lacks.
    for group in [2, 14] {
        let mut other = report;
        other[group] = ReportLine::new(1).unwrap();
        let error = Statement::new(&policy, parts(&claim, other)).unwrap_err();
        assert!(
            matches!(error, StatementError::Report { got: 1, .. }),
            "{error}"
        );
    }
}

/// A claim without values has no report; the clause before it is named.
#[test]
fn s10_a_claim_that_fails_earlier_says_so() {
    let claim = claim(&reported(), 1, vec![held(&[("iso4217:JPY", 1)])]);
    assert_eq!(answer(&claim).unwrap_err().clause(), "S2");
}

#[test]
fn prices_are_of_assets_in_any_spelling() {
    let lower = "eip155:1/erc20:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48";
    let capitals = "eip155:1/erc20:0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48";
    let policy = policy(|d| {
        asset(d, EUR)["asset"] = json!(lower);
    });
    let one = Price::new(1).unwrap();
    let prices = |names: &[&str]| Prices {
        quote: USD.into(),
        as_of: AS_OF,
        prices: names.iter().map(|name| ((*name).into(), one)).collect(),
    };
    assert!(prices(&[USD, CHF, capitals]).in_order(&policy).is_ok());
    let missing = prices(&[USD, CHF]).in_order(&policy);
    assert!(matches!(missing, Err(PriceError::Missing { .. })));
    let twice = prices(&[USD, CHF, capitals, lower]);
    assert!(matches!(
        twice.in_order(&policy),
        Err(PriceError::Spelling { .. })
    ));
    assert!(matches!(twice.checked(), Err(PriceError::Spelling { .. })));
}

#[test]
fn a_price_of_a_whole_unit_is_shown_exactly() {
    for (mantissa, price_decimals, decimals, text) in [
        (312_345, 2, 18, "3123.45"),
        (1, 0, 0, "1"),
        (1, 0, 36, "1"),
        (71, 7, 18, "0.0000071"),
        (1, 36, 0, "0.000000000000000000000000000000000001"),
        (94_251_130, 3, 8, "94251.13"),
    ] {
        let price = scaled_price("a:b", mantissa, price_decimals, decimals).unwrap();
        assert_eq!(whole_price(price, decimals), text);
    }
}

#[test]
fn the_largest_price_of_a_whole_unit() {
    assert_eq!(largest_price(0), "1.329");
    assert_eq!(largest_price(2), "132.922");
    assert_eq!(largest_price(18), "1329227995784915872.903");
    assert!(scaled_price("iso4217:XAU", 132, 0, 2).is_ok());
    let error = scaled_price("iso4217:XAU", 133, 0, 2).unwrap_err();
    assert!(matches!(error, PriceError::TooLarge { decimals: 2, .. }));
    let told = error.to_string();
    assert!(
        told.contains("132.922") && told.contains("8 decimals"),
        "{told}"
    );
}
