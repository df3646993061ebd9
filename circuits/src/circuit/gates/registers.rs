//! The arithmetic of the settlement (S3..S8): one gate with fixed factors, and what else
//! may be asked of its cells.

use super::{Gates, number};
use crate::circuit::columns::{ArithmeticGate, RowRule, fixed};
use crate::circuit::layout::Layout;
use crate::numbers::budget::STRESSED_BITS;
use crate::numbers::{ONE_IN_BPS, WIDTH_SCALE};

pub(super) fn configure(gates: &mut Gates<'_>, layout: &Layout) {
    gates.gate("c follows", |view| {
        let form = view.fixed(fixed::FORM);
        let (a, b, c) = (view.a(0), view.b(0), view.c(0));
        let rest = c - view.fixed(fixed::KC) * view.c(-1);
        let ka = view.fixed(fixed::KA);
        (
            number(1),
            vec![
                (
                    "c = k_c c' + k_a a",
                    ArithmeticGate::Linear.is_on(&form) * (rest.clone() - ka.clone() * a.clone()),
                ),
                (
                    "c = k_c c' + k_a a + b",
                    ArithmeticGate::Plus.is_on(&form)
                        * (rest.clone() - ka.clone() * a.clone() - b.clone()),
                ),
                (
                    "c = k_c c' + k_a a b",
                    ArithmeticGate::Product.is_on(&form) * (rest - ka * a * b),
                ),
            ],
        )
    });
    gates.gate("flags", |view| {
        let (a, b, c) = (view.a(0), view.b(0), view.c(0));
        let base = number(ONE_IN_BPS.into());
        (
            number(1),
            vec![
                ("c = 0", view.on(&[RowRule::Zero]) * c.clone()),
                (
                    "b = c",
                    view.on(&[RowRule::Export, RowRule::WidthExport]) * (b.clone() - c),
                ),
                (
                    "a + b = 10^4",
                    view.on(&[RowRule::Complement]) * (a.clone() + b.clone() - base),
                ),
                (
                    "a + b = k_a",
                    view.on(&[RowRule::Sum]) * (a.clone() + b.clone() - view.fixed(fixed::KA)),
                ),
            ],
        )
    });
    // S5
    let next = layout.number_rows(STRESSED_BITS) as i32;
    gates.gate("tiers", |view| {
        let (a, b, d, above) = (view.a(0), view.b(0), view.d(0), view.d(-1));
        let kept = d.clone() - above.clone();
        let c = view.c(0);
        let width = a.clone() + view.a(next) - b * number(WIDTH_SCALE);
        let mut on = |rule: RowRule| view.on(&[rule]);
        (
            number(1),
            vec![
                ("d = c", on(RowRule::Load) * (d.clone() - c)),
                ("d = d' - a", on(RowRule::Take) * (kept.clone() + a.clone())),
                ("d = d'", (on(RowRule::Keep) + on(RowRule::Width)) * kept),
                ("d' = a", on(RowRule::Finish) * (above - a)),
                ("d = 0", on(RowRule::Finish) * d),
                ("a + next number = 10^10 b", on(RowRule::Width) * width),
            ],
        )
    });
    // S6
    gates.gate("a = b b_next - 10^4 c", |view| {
        let on = view.on(&[RowRule::Cap, RowRule::CapDot]);
        let slack = view.b(0) * view.b(1) - view.c(0) * number(ONE_IN_BPS.into());
        (on, vec![("a = b b_next - 10^4 c", view.a(0) - slack)])
    });
    gates.gate("a = 10^4 c - b b_next", |view| {
        let on = view.on(&[RowRule::Floor]);
        let slack = view.c(0) * number(ONE_IN_BPS.into()) - view.b(0) * view.b(1);
        (on, vec![("a = 10^4 c - b b_next", view.a(0) - slack)])
    });
    // Second phase
    // Id and kind are two values of the pole: what counts as collateral of an id cannot be
    // taken as a liability of another (H33). The ids are distinct (H34); the count may be
    // anything (H38).
    gates.gate("key of an asset", |view| {
        let (collateral, liability) = (view.on(&[RowRule::Key]), view.on(&[RowRule::LiabilityKey]));
        let on = collateral + liability.clone();
        let (used, id, total, count) = (view.a(0), view.b(0), view.c(0), view.d(0));
        let unused = number(1) - used.clone();
        let step = view.g(0) - view.g(-1);
        let weight = total.clone() + view.delta() * count.clone();
        let taken = on.clone() * (step.clone() * (view.gamma() + id) + used * weight)
            + liability * view.rho() * step;
        (
            number(1),
            vec![
                ("(g - g') (gamma + b + rho kind) = -a (c + delta d)", taken),
                ("unused: c = 0", on.clone() * unused.clone() * total),
                ("unused: d = 0", on * unused * count),
            ],
        )
    });
    gates.gate("g = rho^2 g' + rho a + b", |view| {
        let on = view.on(&[RowRule::Pair]);
        let rho = view.rho();
        let value = (view.g(-1) * rho.clone() + view.a(0)) * rho + view.b(0);
        (on, vec![("g = rho^2 g' + rho a + b", view.g(0) - value)])
    });
    gates.gate("g = rho g' + c", |view| {
        let on = view.on(&[RowRule::Horner]);
        let value = view.rho() * view.g(-1) + view.c(0);
        (on, vec![("g = rho g' + c", view.g(0) - value)])
    });
    gates.gate("g = g' + g'' c", |view| {
        let on = view.on(&[RowRule::Dot, RowRule::CapDot]);
        let value = view.g(-1) + view.g(-2) * view.c(0);
        (on, vec![("g = g' + g'' c", view.g(0) - value)])
    });
}
