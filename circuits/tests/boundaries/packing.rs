//! Packed words cut another way (S8): the word stays, a field leaves its range.

use super::unused::{refuses, roomy};
use super::*;

/// w1, w2, w3 of docs/spec.md, section 5, from the witness's fields, beside the multipliers of
/// scenarios that this shape lacks.
fn words(w: &Witness, at: usize) -> [Fr; 3] {
    let asset = &w.assets[at];
    let pow = |n: u64| Fr::from(2).pow([n]);
    let mask: u64 = asset
        .groups
        .iter()
        .enumerate()
        .map(|(g, b)| u64::from(*b) << g)
        .sum();
    let moves: Fr = (0u64..)
        .zip(&asset.multipliers)
        .map(|(j, m)| Fr::from(*m) * pow(160 + 16 * j))
        .sum();
    let [t1, t2, t3] = asset.widths.map(Fr::from);
    let [w1, w2, w3, w4] = asset.weights.map(Fr::from);
    [
        asset.id
            + Fr::from(asset.share) * pow(120)
            + Fr::from(mask) * pow(136)
            + Fr::from(asset.netting) * pow(152)
            + moves,
        t1 + w1 * pow(64) + t2 * pow(80) + w2 * pow(144),
        t3 + w3 * pow(64) + w4 * pow(80),
    ]
}

#[test]
fn s8_packed_fields_cut_another_way_are_refused() {
    let (_, honest) = roomy();
    // Asset b is in groups 0 and 1.
    let at = (0..2).find(|a| honest.assets[*a].groups[1]).unwrap();
    type Lie = fn(&mut Witness, usize);
    let lies: [(&str, Lie); 7] = [
        ("share over mask", |w, at| {
            w.assets[at].share += 1 << 16;
            w.assets[at].groups[0] = false;
        }),
        ("id over share", |w, at| {
            w.assets[at].id += Fr::from(2).pow([120]);
            w.assets[at].share -= 1;
        }),
        // The same, and nothing is held of the asset, so that no position has its old id.
        ("id over share, nothing held", |w, at| {
            let id = w.assets[at].id;
            let mut positions = w.accounts[0].blocks[0].positions.iter_mut();
            let position = positions.find(|p| p.id == id).unwrap();
            (position.counts, position.id, position.amount) = (0, Fr::ZERO, Fr::ZERO);
            w.assets[at].collateral = Default::default();
            w.assets[at].id += Fr::from(2).pow([120]);
            w.assets[at].share -= 1;
        }),
        ("netting over multiplier", |w, at| {
            w.assets[at].netting += 1 << 8;
            w.assets[at].multipliers[0] -= 1;
        }),
        ("multiplier over multiplier", |w, at| {
            w.assets[at].multipliers[0] += 1 << 16;
            w.assets[at].multipliers[1] -= 1;
        }),
        ("weight over width", |w, at| {
            w.assets[at].weights[0] += 1 << 16;
            w.assets[at].widths[1] -= 1;
        }),
        ("weight over weight", |w, at| {
            w.assets[at].weights[2] += 1 << 16;
            w.assets[at].weights[3] -= 1;
        }),
    ];
    for (what, lie) in lies {
        let mut w = honest.clone();
        let before = words(&w, at);
        lie(&mut w, at);
        assert_eq!(words(&w, at), before, "{what}: the lie must keep the words");
        assert!(!accepts(&w), "{what}");
    }
    // The header's words: ratios and shares.
    refuses("ratio over ratio", |w| {
        w.ratios[0] += 1 << 16;
        w.ratios[1] = 0;
    });
    refuses("share over share", |w| {
        w.shares[0].0 += 1 << 16;
        w.shares[1].0 -= 1;
    });
    refuses("cap over cap", |w| {
        w.shares[0].1 += 1 << 16;
        w.shares[1].1 -= 1;
    });
}
