//! What the limbs of a row say about `a` and `b` (H3, H4, H50, H51). That each limb is in the
//! table is the concern of the lookup (H5, H6).

use super::Gates;
use crate::circuit::cells::{E, Row, powers};
use crate::circuit::columns::{Range, RowRule, fixed};
use crate::circuit::layout::{Layout, WIDTH_BITS, top_limbs};
use crate::circuit::rules;
use crate::circuit::view::{constant, number};
use crate::field::{Fr, two_pow};
use crate::numbers::{AMOUNT_BITS, ASSET_ID_BITS, MULTIPLIER_BITS, VALUE_BITS};
use ff::Field;

pub(super) fn configure(gates: &mut Gates<'_>, layout: &Layout) {
    let b = layout.limb_bits;
    let unit = two_pow(b);
    // Each kind of row is a term `on * equation` of a sum: a row is of one kind at most (H12),
    // so every term vanishes by itself.
    gates.gate("limbs", |view| {
        let range = view.fixed(fixed::RANGE);
        let limbs = view.limbs();
        let (a, a_next) = (view.a(0), view.a(1));
        let all = powers(limbs.clone(), unit);
        let zero = || constant(Fr::ZERO);
        let mut value = Range::Limbs.is_on(&range) * (a.clone() - all.clone())
            + Range::More.is_on(&range) * (a.clone() - all - a_next * two_pow(layout.row_bits()));
        let mut short = zero();
        let mut unused: Vec<Option<E>> = vec![None; limbs.len()];
        let tops = [
            (Range::Amount.is_on(&range), AMOUNT_BITS),
            (Range::AssetId.is_on(&range), ASSET_ID_BITS),
            (Range::Value.is_on(&range), VALUE_BITS),
            (
                view.on(&[RowRule::WidthRange, RowRule::WidthExport]),
                WIDTH_BITS,
            ),
        ];
        for (on, bits) in tops {
            let (full, part) = top_limbs(bits, limbs.len(), b);
            let mut used = full + usize::from(part > 0);
            let written = powers(limbs.iter().take(used).cloned(), unit);
            value = value + on.clone() * (a.clone() - written);
            if part > 0 {
                let shifted = limbs[full].clone() * two_pow(b - part);
                // In the row below where this one has no limb left.
                let free = match limbs.get(used) {
                    Some(limb) => limb.clone(),
                    None => view.limb(0, 1),
                };
                short = short + on.clone() * (free - shifted);
                used += 1;
            }
            for sum in unused.iter_mut().skip(used) {
                *sum = Some(sum.take().map_or(on.clone(), |sum| sum + on.clone()));
            }
        }
        let mut constraints = vec![
            ("a = limbs, and the row below where there is more", value),
            ("the last limb of a top row is short", short),
        ];
        constraints.extend(
            unused
                .into_iter()
                .zip(limbs)
                .filter_map(|(on, limb)| Some(("unused limb of a top row = 0", on? * limb))),
        );
        (number(1), constraints)
    });
    if layout.takes_fields() {
        fields(gates, layout);
    }
    gates.rule(&rules::register::BITS, |view| {
        let mut bits = view.limbs();
        let unused = bits.split_off(layout.bits_a_row());
        let bits = bits
            .into_iter()
            .map(|l| ("bit", l.clone() * (l - number(1))));
        let unused = unused.into_iter().map(|l| ("unused limb = 0", l));
        bits.chain(unused).collect()
    });
}

fn fields(gates: &mut Gates<'_>, layout: &Layout) {
    let (b, each) = (layout.limb_bits, layout.field_limbs());
    let unit = two_pow(b);
    gates.gate("two fields of 16 bits", |view| {
        let on = Range::Fields.is_on(&view.fixed(fixed::RANGE));
        let limbs = view.limbs();
        let mut constraints = Vec::new();
        let numbers = [("a = limbs", view.a(0)), ("b = limbs", view.b(0))];
        for ((name, number), limbs) in numbers.into_iter().zip(limbs.chunks(each)) {
            // The last limb is only there to show that the one before it is short.
            let own = if each == 1 { 1 } else { each - 1 };
            constraints.push((name, number - powers(limbs[..own].iter().cloned(), unit)));
            if each > 1 {
                let shift = two_pow(own as u32 * b - MULTIPLIER_BITS);
                let short = limbs[own].clone() - limbs[own - 1].clone() * shift;
                constraints.push(("the upper limb is short", short));
            }
        }
        let unused = limbs.iter().skip(2 * each);
        constraints.extend(unused.map(|l| ("unused limb = 0", l.clone())));
        (on, constraints)
    });
}
