//! What is in unused places carries nothing, and shapes hold what they say (C8).

use super::*;

/// Room left everywhere, nothing owed and nothing counted: only what ought not to be
/// there can be in the way.
pub(super) fn roomy() -> (Claim, Witness) {
    let scenarios = json!([
        {"name": "s", "min_ratio_bps": 1, "moves_bps": {"a": -1, "b": 1}},
        {"name": "t", "min_ratio_bps": 1, "moves_bps": {}}
    ]);
    let groups = json!([{"name": "g", "min_share_bps": 1, "max_share_bps": 9_999}, {"name": "h", "min_share_bps": 1, "max_share_bps": 9_998}]);
    let tiers = json!([{"up_to": 10, "weight_bps": 9_000}, {"up_to": 20, "weight_bps": 8_000}, {"weight_bps": 7_000}]);
    let assets = vec![
        asset("a", 9_000, &["g"], tiers.clone()),
        asset("b", 8_000, &["g", "h"], tiers),
    ];
    let policy = policy(assets, groups, scenarios);
    let openings = vec![covenant_fixtures::account(
        Kind::Collateral,
        &[("a", 100), ("b", 200)],
    )];
    let claim = claim(policy, openings, 0, 10_000);
    let w = witness(&claim, &nothing_counted(&claim), [2, 6, 3, 4]);
    assert!(accepts(&w));
    (claim, w)
}

pub(super) fn refuses(what: &str, lie: impl FnOnce(&mut Witness)) {
    let (_, mut w) = roomy();
    lie(&mut w);
    assert!(!accepts(&w), "{what}");
}

#[test]
fn c8_an_unused_position_carries_nothing() {
    let id = roomy().1.assets[0].id;
    let entry = id * Fr::from(2).pow([128]) + Fr::from(5);
    for (block, place, what) in [(0, 2, "rest of a used block"), (1, 0, "unused block")] {
        refuses(what, |w| {
            w.accounts[0].blocks[block].positions[place].entry = entry
        });
        // Counted, whether the entry is there or not.
        for entry in [Fr::ZERO, entry] {
            refuses(what, |w| {
                let position = &mut w.accounts[0].blocks[block].positions[place];
                (position.entry, position.counts) = (entry, 1);
                (position.id, position.amount) = (id, Fr::from(5));
                w.assets[0].collateral.rest += Fr::from(5);
                w.assets[0].collateral.value += Fr::from(5);
                w.assets[0].collateral.count += Fr::ONE;
            });
        }
    }
    // Not counted, and yet an amount under the key that an asset has.
    refuses("an amount under the key of an asset", |w| {
        let position = &mut w.accounts[0].blocks[0].positions[2];
        (position.id, position.amount) = (id + Fr::from(2).pow([120]), Fr::from(5));
        w.assets[0].collateral.rest += Fr::from(5);
        w.assets[0].collateral.value += Fr::from(5);
    });
    // An empty position that counts adds nothing but its one to the count of an asset 0.
    refuses("an asset of id 0", |w| {
        w.accounts[0].blocks[0].positions[2].counts = 1
    });
}

#[test]
fn c8_an_unused_account_slot_carries_nothing() {
    let id = roomy().1.assets[0].id;
    for state in [0, 1, 2] {
        refuses("a slot with commitment 0", |w| {
            w.accounts[1].state = state;
            w.accounts[1].blinding = Fr::from(7);
            let block = &mut w.accounts[1].blocks[0];
            block.state = 1;
            let position = &mut block.positions[0];
            (position.counts, position.id, position.amount) = (1, id, Fr::from(5));
            position.entry = id * Fr::from(2).pow([128]) + Fr::from(5);
            w.assets[0].collateral.rest += Fr::from(5);
            w.assets[0].collateral.value += Fr::from(5);
            w.assets[0].collateral.count += Fr::ONE;
        });
    }
    refuses("the first slot hidden", |w| w.accounts.swap(0, 1));
    refuses("a commitment without an account", |w| {
        w.public[8] = Fr::from(5)
    });
}

#[test]
fn c8_an_unused_asset_slot_carries_nothing() {
    refuses("tiers", |w| {
        w.scenarios[0].tiers[2] = [Fr::ONE, Fr::ZERO, Fr::ZERO, Fr::ZERO]
    });
    refuses("value", |w| w.assets[2].collateral.value = Fr::ONE);
    refuses("rest", |w| w.assets[2].collateral.rest = Fr::ONE);
    refuses("everything", |w| {
        let (from, price) = (w.assets[0].clone(), w.public[9]);
        w.assets[2] = from;
        w.public[11] = price;
    });
    refuses("a used slot given up", |w| w.assets[1].used = 0);
    refuses("an unused slot used", |w| w.assets[2].used = 1);
}

#[test]
fn c8_an_unused_scenario_or_group_carries_nothing() {
    refuses("a ratio", |w| w.ratios[2] = 1);
    refuses("a multiplier", |w| w.assets[0].multipliers[2] = 1);
    refuses("shares", |w| w.shares[2] = (0, 1));
    refuses("a member", |w| w.assets[0].groups[2] = true);
}

#[test]
fn c8_empty_accounts_and_full_shapes() {
    let one = || {
        policy(
            vec![asset("a", 10_000, &[], json!([{"weight_bps": 10_000}]))],
            json!([]),
            json!([]),
        )
    };
    // An account without positions covers a debt of 0 and no other.
    let empty = |debt: u64| {
        let claim = claim(
            one(),
            vec![covenant_fixtures::account(Kind::Collateral, &[])],
            0,
            10_000,
        );
        let mut w = witness(&claim, &covenant_fixtures::fullest(&claim), [2, 3, 2, 2]);
        w.public[3] = Fr::from(debt);
        accepts(&w)
    };
    assert!(empty(0) && !empty(1));
    // No place is left in either account, and both count.
    let full = |debt: u128| {
        let accounts = (0..2)
            .map(|_| covenant_fixtures::account(Kind::Collateral, &[("a", 1), ("a", 2), ("a", 3)]));
        let claim = claim(one(), accounts.collect(), 0, 10_000);
        let mut w = witness(&claim, &covenant_fixtures::fullest(&claim), [2, 3, 1, 1]);
        w.public[3] = Fr::from(debt as u64);
        accepts(&w)
    };
    assert!(full(12) && !full(13));
    // One account, position or asset more does not fit.
    let accounts = vec![covenant_fixtures::account(Kind::Collateral, &[("a", 1); 4])];
    let claim = claim(one(), accounts, 0, 10_000);
    let fits = |m, p, a, j| claim.check_fits(&Shape::new(m, p, a, j).unwrap()).is_ok();
    assert!(fits(1, 6, 1, 1) && !fits(1, 3, 1, 1));
}
