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
    let w = witness(&claim, &nothing_counted(&claim), [2, 13, 3, 4]);
    assert!(accepts(&w));
    (claim, w)
}

pub(super) fn refuses(what: &str, lie: impl FnOnce(&mut Witness)) {
    let (_, mut w) = roomy();
    lie(&mut w);
    assert!(!accepts(&w), "{what}");
}

/// An asset's side grows by five base units in one more position.
fn five_more(w: &mut Witness) {
    let side = &mut w.assets[0].collateral;
    side.rest += Fr::from(5);
    side.value += Fr::from(5);
    side.count += Fr::ONE;
}

#[test]
fn c8_an_unused_position_carries_nothing() {
    let id = roomy().1.assets[0].id;
    for (block, place, what) in [(0, 2, "rest of a used block"), (1, 0, "unused block")] {
        refuses(what, |w| {
            w.accounts[0].blocks[block].positions[place] = counted(id, 5);
            five_more(w);
        });
        // Counted without the entry.
        refuses(what, |w| {
            let position = &mut w.accounts[0].blocks[block].positions[place];
            (position.counts, position.amount) = (1, Fr::from(5));
            five_more(w);
        });
    }
    refuses("an entry in the rest of a used block", |w| {
        w.accounts[0].blocks[0].positions[2].entry = counted(id, 5).entry
    });
    // Not counted, and yet a total.
    refuses("an amount that does not count", |w| {
        w.accounts[0].blocks[0].positions[2].amount = Fr::from(5);
        five_more(w);
    });
    // An empty position that counts adds nothing but its one to the count of the id 0.
    refuses("an asset of id 0", |w| {
        w.accounts[0].blocks[0].positions[2].counts = 1
    });
    let (_, mut w) = roomy();
    w.accounts[0].blocks[0].positions[2].counts = 1;
    w.empty.0 += Fr::ONE;
    assert!(accepts(&w));
    // With an amount, it has an entry of id 0: that counts for nothing, and is not empty.
    w.accounts[0].blocks[0].positions[2].amount = Fr::from(5);
    assert!(!accepts(&w));
}

/// What a block that is not active seems to have is in no account.
#[test]
fn c8_an_unused_block_adds_nothing() {
    let (_, mut w) = roomy();
    let id = w.assets[0].id;
    w.accounts[0].blocks[1].positions[0] = counted(id, 5);
    assert!(accepts(&w));
    five_more(&mut w);
    assert!(!accepts(&w));
}

#[test]
fn c8_an_unused_account_slot_carries_nothing() {
    let id = roomy().1.assets[0].id;
    for (active, liability) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        refuses("a slot with commitment 0", |w| {
            w.accounts[1].liability = liability;
            w.accounts[1].every = liability;
            w.accounts[1].blinding = Fr::from(7);
            w.accounts[1].blocks[0].active = active;
            w.accounts[1].blocks[0].positions[0] = counted(id, 5);
            five_more(w);
        });
    }
    refuses("the first slot hidden", |w| w.accounts.swap(0, 1));
    refuses("a commitment without an account", |w| {
        w.public[COMMITMENT + 1] = Fr::from(5)
    });
}

#[test]
fn c8_an_unused_asset_slot_carries_nothing() {
    const PRICE: usize = COMMITMENT + 2;
    refuses("what counts", |w| w.scenarios[0].counted[2] = Fr::ONE);
    refuses("value", |w| w.assets[2].collateral.value = Fr::ONE);
    refuses("netted", |w| w.assets[2].netted = Fr::ONE);
    refuses("a price", |w| w.public[PRICE + 2] = Fr::ONE);
    refuses("everything", |w| {
        let (from, price) = (w.assets[0].clone(), w.public[PRICE]);
        w.assets[2] = from;
        w.public[PRICE + 2] = price;
    });
    refuses("a used slot given up", |w| w.assets[1].used = 0);
    refuses("an unused slot used", |w| w.assets[2].used = 1);
    // A total of nothing: no key takes it, and it has no price.
    let (_, mut w) = roomy();
    w.assets[2].collateral.rest = Fr::ONE;
    w.assets[2].liability.rest = Fr::from(7);
    w.assets[2].collateral.count = Fr::ONE;
    assert!(accepts(&w));
}

#[test]
fn c8_an_unused_scenario_or_group_carries_nothing() {
    refuses("a ratio", |w| w.ratios[2] = 1);
    refuses("a multiplier", |w| w.assets[0].multipliers[2] = 1);
    refuses("shares", |w| w.groups[2].counted = (0, 1));
    refuses("held shares", |w| w.groups[2].held = (0, 1));
    refuses("a report", |w| w.groups[2].reported = true);
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
        let mut w = witness(&claim, &covenant_fixtures::fullest(&claim), [2, 12, 2, 2]);
        w.public[DEBT] = Fr::from(debt);
        accepts(&w)
    };
    assert!(empty(0) && !empty(1));
    // No place is left in either account, and both count.
    let full = |debt: u128| {
        let accounts =
            (0..2).map(|_| covenant_fixtures::account(Kind::Collateral, &[("a", 3); 12]));
        let claim = claim(one(), accounts.collect(), 0, 10_000);
        let mut w = witness(&claim, &covenant_fixtures::fullest(&claim), [2, 12, 1, 1]);
        w.public[DEBT] = Fr::from(debt as u64);
        accepts(&w)
    };
    assert!(full(72) && !full(73));
    // One account, position or asset more does not fit.
    let accounts = vec![covenant_fixtures::account(
        Kind::Collateral,
        &[("a", 1); 13],
    )];
    let claim = claim(one(), accounts, 0, 10_000);
    let fits = |m, p, a, j| claim.check_fits(&Shape::new(m, p, a, j).unwrap()).is_ok();
    assert!(fits(1, 27, 1, 1) && !fits(1, 12, 1, 1));
}
