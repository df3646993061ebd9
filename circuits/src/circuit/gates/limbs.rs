//! What the limbs of a row say about `a` and `b` (H3, H4, H50, H51). That each limb is in the
//! table is the concern of the lookup (H5, H6).

use super::Gates;
use crate::circuit::cells::{E, Row, powers};
use crate::circuit::columns::{Range, RowRule, fixed};
use crate::circuit::layout::{Layout, WIDTH_BITS, top_limbs};
use crate::circuit::rules;
use crate::circuit::view::{constant, number};
use crate::field::{Fr, two_pow};
use crate::numbers::{AMOUNT_BITS, ASSET_ID_BITS, MULTIPLIER_BITS, ONE_IN_BPS, VALUE_BITS};
use ff::Field;

/// What switches the gate of a width.
const WIDTHS: [RowRule; 2] = [RowRule::WidthRange, RowRule::WidthExport];

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
        ];
        // Where `b` has the width, it has a gate of its own.
        let width = (!layout.is_wide()).then(|| (view.on(&WIDTHS), WIDTH_BITS));
        for (on, bits) in tops.into_iter().chain(width) {
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
    match layout.is_wide() {
        true => shares(gates, layout),
        false => gates.gate("complement", |view| {
            let sum = view.a(0) + view.b(0) - number(ONE_IN_BPS.into());
            (view.on(&[RowRule::Complement]), vec![("a + b = 10^4", sum)])
        }),
    }
    gates.rule(&rules::register::BITS, |view| {
        let mut bits = view.limbs();
        let unused = bits.split_off(layout.bits_a_row());
        let top = bits.last().cloned().unwrap_or_else(|| number(0));
        let (column, _) = layout.operand();
        // Of a mask's first row the operand is the used flag (H53).
        let used = layout.is_wide().then(|| view.advice(column, 0) - top);
        let bits = bits
            .into_iter()
            .map(|l| ("bit", l.clone() * (l - number(1))));
        let unused = unused.into_iter().map(|l| ("unused limb = 0", l));
        let used = used.map(|used| ("operand = top bit", used));
        bits.chain(unused).chain(used).collect()
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

/// A number of at most 10^4: it and its complement are sums of looked-up limbs (H50, H51).
fn share(name: &'static str, share: E, limbs: &[E], unit: Fr) -> [(&'static str, E); 2] {
    let (own, other) = limbs.split_at(limbs.len() / 2);
    let complement = number(ONE_IN_BPS.into()) - share.clone();
    [
        (name, share - powers(own.iter().cloned(), unit)),
        (
            "its complement to 10^4 = limbs",
            complement - powers(other.iter().cloned(), unit),
        ),
    ]
}

/// Shares and weights where a row has limbs for three, and widths beside a weight.
fn shares(gates: &mut Gates<'_>, layout: &Layout) {
    let unit = two_pow(layout.limb_bits);
    let (operand, _) = layout.operand();
    gates.gate("shares", |view| {
        let on = view.on(&[RowRule::Complement]);
        let limbs = view.limbs();
        let numbers = [
            ("a = limbs", view.a(0)),
            ("b = limbs", view.b(0)),
            ("operand = limbs", view.advice(operand, 0)),
        ];
        let shares = numbers
            .into_iter()
            .zip(limbs.chunks(2 * layout.share_limbs()));
        let constraints =
            shares.flat_map(|((name, number), limbs)| share(name, number, limbs, unit));
        (on, constraints.collect())
    });
    gates.gate("a weight and a width", |view| {
        let on = view.on(&WIDTHS);
        let limbs = view.limbs();
        let (full, part) = top_limbs(WIDTH_BITS, limbs.len(), layout.limb_bits);
        let own = full + usize::from(part > 0);
        let width = view.b(0) - powers(limbs[..own].iter().cloned(), unit);
        let mut constraints = vec![("b = limbs", width)];
        let mut used = own;
        if part > 0 {
            let short = limbs[own].clone() - limbs[full].clone() * two_pow(layout.limb_bits - part);
            constraints.push(("the last limb is short", short));
            used += 1;
        }
        let weight = &limbs[used..used + 2 * layout.share_limbs()];
        constraints.extend(share("a = limbs", view.a(0), weight, unit));
        (on, constraints)
    });
}
