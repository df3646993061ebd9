//! Where a draw begins: a policy, prices and accounts as honest parties could have made them,
//! but for entries of collateral that count for nothing, which may be any element.

use crate::draft::Draft;
use crate::rng::{Rng, two_pow};
use covenant_circuits::field::Fr;
use covenant_circuits::shape::{GROUPS, Shape};
use ff::{Field, PrimeField};

pub fn draw(shape: Shape, rng: &mut Rng) -> Draft {
    let mut draft = Draft::blank(shape);
    let f = &mut draft.fields;
    f.subject = Fr::from_u128(rng.bits(120));
    let from = rng.next() >> rng.pick(&[1, 30, 63]);
    let length = rng.pick(&[0, 1, 3_600, 1 << 40]);
    f.window = [from, from + length].map(Fr::from);
    f.context = Fr::from_u128(rng.bits(127));
    f.ratio = Fr::from(rng.pick(&[1, 10_000, 11_000, (1 << 20) - 1]));
    for account in &mut f.accounts {
        let any = rng.next() % (length + 1);
        let after = rng.pick(&[0, length, any]);
        account.as_of = Fr::from(from + after);
    }
    policy(&mut draft, rng);
    assets(&mut draft, rng);
    accounts(&mut draft, rng);
    draft
}

fn policy(draft: &mut Draft, rng: &mut Rng) {
    let f = &mut draft.fields;
    f.terms = rng.field();
    for ratio in &mut f.ratios {
        *ratio = Fr::from(rng.pick(&[0, 1, 9_000, 10_500, 65_535]));
    }
    let all = [Fr::ZERO, Fr::from(10_000)];
    for group in &mut f.groups {
        (group.counted, group.held) = (all, all);
    }
    if rng.one_in(8) {
        f.groups[rng.below(GROUPS)].counted[0] = Fr::from(rng.pick(&[1, 5_000, 10_000]));
    }
    if !rng.one_in(3) {
        return;
    }
    f.complete = Fr::ONE;
    if rng.one_in(4) {
        f.groups[rng.below(GROUPS)].held[0] = Fr::from(rng.pick(&[1, 5_000]));
    }
    if rng.one_in(4) {
        f.groups[rng.below(GROUPS)].held[1] = Fr::from(rng.pick(&[0, 2_500]));
    }
    if rng.one_in(3) {
        return;
    }
    f.grain = Fr::from(rng.pick(&[1, 1_000, 1 << 30, (1 << 53) - 1]));
    for group in &mut f.groups {
        group.reported = Fr::from(u64::from(rng.one_in(2)));
    }
}

fn assets(draft: &mut Draft, rng: &mut Rng) {
    let f = &mut draft.fields;
    let slots = f.assets.len();
    let count = if rng.one_in(4) {
        1 + rng.below(slots)
    } else {
        slots
    };
    let mut ids: Vec<u128> = (0..count)
        .map(|_| match rng.below(8) {
            0 => 1 + rng.bits(2),
            1 => (1 << 120) - 1 - rng.bits(2),
            _ => rng.bits(120).max(1),
        })
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let capped: Vec<usize> = (0..rng.below(3)).map(|_| rng.below(GROUPS)).collect();
    for g in &capped {
        f.groups[*g].counted[1] = Fr::from(rng.pick(&[0, 2_500, 5_000, 9_999]));
    }
    draft.used = ids.len();
    for (asset, id) in f.assets.iter_mut().zip(ids) {
        asset.used = Fr::ONE;
        asset.used_bit = Fr::ONE;
        asset.id = Fr::from_u128(id);
        asset.share = Fr::from(match rng.below(10) {
            0 => 0,
            1..4 if slots > 1 => rng.pick(&[5_000, 9_000, 9_999]),
            _ => 10_000,
        });
        asset.held_share = Fr::from(10_000);
        if f.complete == Fr::ONE && rng.one_in(3) {
            asset.held_share = Fr::from(rng.pick(&[0, 3_000, 9_999]));
        }
        for (g, bit) in asset.groups.iter_mut().enumerate() {
            let member = rng.one_in(8) || (capped.contains(&g) && rng.one_in(2));
            *bit = Fr::from(u64::from(member));
        }
        if f.complete == Fr::ZERO {
            asset.netting = Fr::from(rng.next() & 1);
        }
        asset.may_owe = Fr::from(u64::from(!rng.one_in(4)));
        for m in &mut asset.multipliers {
            *m = Fr::from(rng.pick(&[10_000, 10_000, 5_000, 12_000, 0, 65_535]));
        }
        let tiers = 1 + rng.below(4);
        let mut weight = rng.pick(&[10_000u64, 9_000, 5_000, 1]);
        for t in 0..4 {
            asset.weights[t] = Fr::from(weight);
            // Missing tiers stand before the last, with its weight.
            if t + 1 < tiers {
                asset.widths[t] = Fr::from(rng.pick(&[1, 1_000, 1 << 20, (1 << 53) - 1]));
                weight = weight * rng.pick(&[1, 2, 4]) / 4;
            }
        }
    }
    for (price, _) in f.prices.iter_mut().zip(0..draft.used) {
        *price = Fr::from_u128(match rng.below(6) {
            0 => 1,
            1 => (1 << 120) - 1 - rng.bits(2),
            2 => 10u128.pow(30),
            3 => rng.bits(110).max(1),
            _ => 10u128.pow(34),
        });
    }
}

fn accounts(draft: &mut Draft, rng: &mut Rng) {
    let slots = draft.fields.accounts.len();
    let count = if rng.one_in(8) {
        rng.below(slots + 1)
    } else {
        slots
    };
    for m in 0..count {
        let liability = rng.one_in(if m == 0 { 5 } else { 3 });
        let blocks = draft.fields.accounts[m].blocks.len();
        let used = if rng.one_in(6) {
            rng.below(blocks + 1)
        } else {
            blocks
        };
        draft.open(m, liability, used);
        draft.fields.accounts[m].blinding = rng.field();
    }
    draft.oblige();
    for m in 0..count {
        for p in 0..draft.shape.positions() {
            let (block, _) = Draft::place(p);
            if draft.fields.accounts[m].blocks[block].active == Fr::ONE {
                position(draft, rng, m, p);
            }
        }
    }
}

fn position(draft: &mut Draft, rng: &mut Rng, m: usize, p: usize) {
    let liability = draft.is_liability(m);
    let every = draft.fields.accounts[m].every == Fr::ONE;
    match rng.below(12) {
        0..5 => {}
        5 if !every => {
            let entry =
                Fr::from_u128(rng.bits(120).max(1)) * two_pow(128) + Fr::from_u128(rng.bits(112));
            draft.uncount(m, p, entry);
        }
        6 | 7 if !every => {
            let entry = rng.edge();
            draft.uncount(m, p, entry);
        }
        _ => {
            let asset = rng.below(draft.used);
            if liability && draft.fields.assets[asset].may_owe == Fr::ZERO {
                return;
            }
            let amount = amount(draft, rng, asset, liability);
            let side = usize::from(liability);
            draft.aim(m, p, asset, side, Fr::ZERO, Fr::from_u128(amount));
        }
    }
}

/// An amount whose value leaves room for others; liabilities are small beside collateral.
pub fn amount(draft: &Draft, rng: &mut Rng, asset: usize, liability: bool) -> u128 {
    let price = crate::decode::integer(&draft.fields.prices[asset]);
    let most = (num_bigint::BigUint::from(10u8).pow(30) << 74u32) / price.max(1u8.into());
    let most = u128::try_from(most)
        .unwrap_or(u128::MAX)
        .min((1 << 112) - 1);
    let most = if liability { most >> 24 } else { most };
    match rng.below(10) {
        0 => 0,
        1 => 1.min(most),
        2 => most,
        _ => rng.bits(112).min(most) >> rng.pick(&[0, 0, 1, 8]),
    }
}
