//! Each line binds where the value ends in its tier, and there it alone does (S5): in layouts whose
//! lines are packed and in others.

use super::*;
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::Profile;

/// One asset of four tiers, each a quote unit wide but the last, of which all counts that may.
fn full(amount: u128, shape: [usize; 4]) -> Witness {
    let tiers = json!([
        {"up_to": 1, "weight_bps": 9_000}, {"up_to": 2, "weight_bps": 7_000},
        {"up_to": 3, "weight_bps": 4_000}, {"weight_bps": 1_000}
    ]);
    let policy = policy(vec![asset("a", 10_000, &[], tiers)], json!([]), json!([]));
    let openings = vec![covenant_fixtures::account(
        Kind::Collateral,
        &[("a", amount)],
    )];
    let claim = claim(policy, openings, 0, 10_000);
    witness(&claim, &covenant_fixtures::fullest(&claim), shape)
}

#[test]
fn s5_each_line_binds_alone_in_its_tier() {
    let shapes = [([1, 12, 1, 1], false), ([3, 14, 3, 3], true)];
    for (shape, packed) in shapes {
        let [m, p, a, j] = shape;
        let layout = fit::smallest_in(Shape::new(m, p, a, j).unwrap(), Profile::Wide);
        assert_eq!(layout.packs_lines(), packed, "{shape:?}");
        for amount in [500_000, 1_500_000, 2_500_000, 5_000_000] {
            let mut w = full(amount, shape);
            assert!(accepts(&w), "{shape:?} {amount}");
            w.scenarios[0].counted[0] += Fr::ONE;
            assert!(!accepts(&w), "{shape:?} {amount}");
        }
    }
}
