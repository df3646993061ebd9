//! What the limbs of a row say about `a` and `b`. That each limb is in the table is the
//! concern of the lookup.

use super::{E, Gates, View, number, powers};
use crate::circuit::columns::{Range, RegisterOp, TierOp, fixed};
use crate::circuit::layout::{Layout, top_limbs};
use crate::field::{Fr, two_pow};
use crate::numbers::{AMOUNT_BITS, ASSET_ID_BITS, VALUE_BITS, WIDTH_BITS};

pub(super) fn configure(gates: &mut Gates<'_>, layout: &Layout) {
    let b = layout.limb_bits;
    let unit = two_pow(b);
    gates.gate("limbs", |view| {
        let on = Range::Limbs.is_on(&view.fixed(fixed::RANGE));
        let value = powers(view.limbs(), unit);
        (on, vec![("a = limbs", view.a(0) - value)])
    });
    gates.gate("limbs and the row below", |view| {
        let on = Range::More.is_on(&view.fixed(fixed::RANGE));
        let value = powers(view.limbs(), unit) + view.a(1) * two_pow(layout.row_bits());
        (on, vec![("a = limbs + a_next * 2^row", view.a(0) - value)])
    });
    gates.gate("two fields of 16 bits", |view| {
        let on = Range::Fields.is_on(&view.fixed(fixed::RANGE));
        let limbs = view.limbs();
        let shift = two_pow(2 * b - 16);
        let field = |at: usize| limbs[at].clone() + limbs[at + 1].clone() * unit;
        let mut constraints = vec![
            ("a = two limbs", view.a(0) - field(0)),
            (
                "the upper limb is short",
                limbs[2].clone() - limbs[1].clone() * shift,
            ),
            ("b = two limbs", view.b(0) - field(3)),
            (
                "the upper limb is short",
                limbs[5].clone() - limbs[4].clone() * shift,
            ),
        ];
        constraints.extend(limbs.iter().skip(6).map(|l| ("unused limb = 0", l.clone())));
        (on, constraints)
    });
    gates.gate("eight bits", |view| {
        let on = RegisterOp::Bits.is_on(&view.fixed(fixed::REGISTER));
        let limbs = view.limbs();
        let value = powers(limbs.clone(), Fr::from(2));
        let rho = view.rho();
        let sum = limbs
            .iter()
            .rev()
            .fold(view.g(-1), |sum, l| sum * rho.clone() + l.clone());
        let mut constraints = vec![
            ("a = bits", view.a(0) - value),
            ("g = bits over rho, after g'", view.g(0) - sum),
        ];
        constraints.extend(
            limbs
                .into_iter()
                .map(|l| ("bit", l.clone() * (l - number(1)))),
        );
        (on, constraints)
    });
    type On = fn(&mut View<'_, '_>) -> E;
    let tops: [(On, u32); 4] = [
        (|v| Range::Amount.is_on(&v.fixed(fixed::RANGE)), AMOUNT_BITS),
        (
            |v| Range::AssetId.is_on(&v.fixed(fixed::RANGE)),
            ASSET_ID_BITS,
        ),
        (|v| Range::Value.is_on(&v.fixed(fixed::RANGE)), VALUE_BITS),
        (
            |v| TierOp::WidthRange.is_on(&v.fixed(fixed::TIER)),
            WIDTH_BITS,
        ),
    ];
    for (on, bits) in tops {
        let (full, part) = top_limbs(bits, b);
        gates.gate("top row of a number", |view| {
            let on = on(view);
            let limbs = view.limbs();
            let used = full + usize::from(part > 0);
            let value = powers(limbs.iter().take(used).cloned(), unit);
            let mut constraints: Vec<(&'static str, E)> = vec![("a = limbs", view.a(0) - value)];
            let mut unused = used;
            if part > 0 {
                let shifted = limbs[full].clone() * two_pow(b - part);
                constraints.push(("the last limb is short", limbs[full + 1].clone() - shifted));
                unused += 1;
            }
            constraints.extend(
                limbs
                    .iter()
                    .skip(unused)
                    .map(|l| ("unused limb = 0", l.clone())),
            );
            (on, constraints)
        });
    }
}
