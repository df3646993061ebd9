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
            + Fr::from(asset.may_owe) * pow(153)
            + moves,
        t1 + w1 * pow(64) + t2 * pow(80) + w2 * pow(144),
        t3 + w3 * pow(64) + w4 * pow(80) + Fr::from(asset.held_share) * pow(176),
    ]
}

/// A complete policy that reports its only group, at a grain of 1.
fn reporting() -> Witness {
    let mut asset = asset("a", 10_000, &["g"], json!([{"weight_bps": 10_000}]));
    asset["netting"] = false.into();
    let document = json!({
        "version": 2, "name": "reporting", "quote": "iso4217:USD", "min_ratio_bps": 1, "ratio_step_bps": 1,
        "complete": true, "report_grain": 1, "assets": [asset], "groups": [{"name": "g", "report": true}]
    });
    let policy = Policy::from_json(&document.to_string()).unwrap();
    let holds = [("a", 5_000_000)];
    let openings = vec![covenant_fixtures::account(Kind::Collateral, &holds)];
    let claim = claim(policy, openings, 0, 10_000);
    witness(&claim, &covenant_fixtures::fullest(&claim), [1, 12, 1, 1])
}

/// The header's word: bit 8 is `complete`, bit 16 the report of group 0.
#[test]
fn s8_the_header_cut_another_way_is_refused() {
    let mut w = reporting();
    assert!(accepts(&w));
    assert_eq!(w.groups[0].line, Fr::from(5));
    w.complete += 1 << 8;
    (w.groups[0].reported, w.groups[0].line) = (false, Fr::ZERO);
    w.public[REPORT] = Fr::ZERO;
    assert!(!accepts(&w));
}

#[test]
fn s8_packed_fields_cut_another_way_are_refused() {
    let (_, honest) = roomy();
    // Asset b is in groups 0 and 1.
    let at = (0..2).find(|a| honest.assets[*a].groups[1]).unwrap();
    type Lie = fn(&mut Witness, usize);
    let lies: [(&str, Lie); 8] = [
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
            let of = |p: &PositionWitness| p.entry - p.amount == id * Fr::from(2).pow([128]);
            let position = positions.find(|p| of(p)).unwrap();
            (position.counts, position.amount) = (0, Fr::ZERO);
            w.assets[at].collateral = Default::default();
            w.assets[at].id += Fr::from(2).pow([120]);
            w.assets[at].share -= 1;
        }),
        ("netting over may_owe", |w, at| {
            w.assets[at].netting += 2;
            w.assets[at].may_owe -= 1;
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
        w.groups[0].counted.0 += 1 << 16;
        w.groups[1].counted.0 -= 1;
    });
    refuses("cap over cap", |w| {
        w.groups[0].counted.1 += 1 << 16;
        w.groups[1].counted.1 -= 1;
    });
    refuses("held cap over held cap", |w| {
        w.groups[0].held.1 += 1 << 16;
        w.groups[1].held.1 -= 1;
    });
}
