//! Where a draw begins: a policy, prices and accounts as honest parties could have made them,
//! but for entries of collateral that count for nothing, which may be any element.

use crate::draft::Draft;
use crate::rng::{Rng, two_pow};
use covenant_circuits::field::Fr;
use covenant_circuits::shape::{GROUPS, Shape};
use ff::{Field, PrimeField};

pub fn tag(state: Fr) -> Fr {
    let number = |text: &str| {
        text.bytes().fold(Fr::ZERO, |x, byte| {
            x * Fr::from(256) + Fr::from(u64::from(byte))
        })
    };
    let (collateral, liability) = (
        number("covenant/collateral/v1"),
        number("covenant/liability/v1"),
    );
    collateral + (state - Fr::ONE) * (liability - collateral)
}

pub fn draw(shape: Shape, rng: &mut Rng) -> Draft {
    let mut draft = Draft::blank(shape);
    let f = &mut draft.fields;
    f.subject = Fr::from_u128(rng.bits(120));
    f.as_of = Fr::from(rng.next() >> rng.pick(&[1, 30, 63]));
    f.context = Fr::from_u128(rng.bits(127));
    f.ratio = Fr::from(rng.pick(&[1, 10_000, 11_000, (1 << 20) - 1]));
    policy(&mut draft, rng);
    accounts(&mut draft, rng);
    draft
}

fn policy(draft: &mut Draft, rng: &mut Rng) {
    let f = &mut draft.fields;
    f.terms = rng.field();
    for ratio in &mut f.ratios {
        *ratio = Fr::from(rng.pick(&[0, 1, 9_000, 10_500, 65_535]));
    }
    f.shares = [(Fr::ZERO, Fr::from(10_000)); GROUPS];
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
        f.shares[*g].1 = Fr::from(rng.pick(&[0, 2_500, 5_000, 9_999]));
    }
    if rng.one_in(8) {
        f.shares[rng.below(GROUPS)].0 = Fr::from(rng.pick(&[1, 5_000, 10_000]));
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
        for (g, bit) in asset.groups.iter_mut().enumerate() {
            let member = rng.one_in(8) || (capped.contains(&g) && rng.one_in(2));
            *bit = Fr::from(u64::from(member));
        }
        asset.netting = Fr::from(rng.next() & 1);
        for m in &mut asset.multipliers {
            *m = Fr::from(rng.pick(&[10_000, 10_000, 5_000, 12_000, 0, 65_535]));
        }
        let tiers = 1 + rng.below(4);
        let mut weight = rng.pick(&[10_000u64, 9_000, 5_000, 1]);
        for t in 0..4 {
            asset.weights[t] = Fr::from(weight);
            // Missing tiers stand before the last, with its weight.
            if t + 1 < tiers {
                asset.widths[t] = Fr::from(rng.pick(&[1, 1_000, 1 << 20, (1 << 60) - 1]));
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
        let state = Fr::from(1 + u64::from(liability));
        let account = &mut draft.fields.accounts[m];
        account.state = state;
        account.blinding = rng.field();
        for block in &mut account.blocks[..used] {
            block.state = state;
        }
        for p in 0..3 * used {
            position(draft, rng, m, p, liability);
        }
    }
}

fn position(draft: &mut Draft, rng: &mut Rng, m: usize, p: usize, liability: bool) {
    match rng.below(12) {
        0 | 1 => {}
        2 if !liability => {
            draft.position(m, p).entry =
                Fr::from_u128(rng.bits(120).max(1)) * two_pow(128) + Fr::from_u128(rng.bits(112));
        }
        3 | 4 if !liability => draft.position(m, p).entry = rng.edge(),
        _ => {
            let asset = rng.below(draft.used);
            let amount = amount(draft, rng, asset, liability);
            draft.aim(
                m,
                p,
                asset,
                usize::from(liability),
                Fr::ZERO,
                Fr::from_u128(amount),
            );
        }
    }
}

/// An amount whose value leaves room for others; liabilities are small beside collateral.
pub fn amount(draft: &Draft, rng: &mut Rng, asset: usize, liability: bool) -> u128 {
    let price = crate::decode::integer(&draft.fields.prices[asset]);
    let most = (num_bigint::BigUint::from(10u8).pow(30) << 76u32) / price.max(1u8.into());
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
