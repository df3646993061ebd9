//! The arithmetic of the settlement (S3..S8): one gate with fixed factors, and what else
//! may be asked of its cells.

use super::{Gates, number};
use crate::circuit::columns::{Bound, Flag, RegisterOp, TierOp, fixed};
use crate::circuit::layout::Layout;
use crate::numbers::budget::STRESSED_BITS;
use crate::numbers::{ONE_IN_BPS, WIDTH_SCALE};

pub(super) fn configure(gates: &mut Gates<'_>, layout: &Layout) {
    gates.gate("c = k_c c' + k_a a + k_b b + k_ab a b + k_1", |view| {
        let (a, b) = (view.a(0), view.b(0));
        let value = view.fixed(fixed::KC) * view.c(-1)
            + view.fixed(fixed::KA) * a.clone()
            + view.fixed(fixed::KB) * b.clone()
            + view.fixed(fixed::KAB) * a * b
            + view.fixed(fixed::K1);
        (view.fixed(fixed::ON), vec![("c", view.c(0) - value)])
    });
    gates.gate("c = 0", |view| {
        let on = Flag::Zero.is_on(&view.fixed(fixed::FLAG));
        (on, vec![("c = 0", view.c(0))])
    });
    gates.gate("b = c", |view| {
        let on = Flag::Export.is_on(&view.fixed(fixed::FLAG));
        (on, vec![("b = c", view.b(0) - view.c(0))])
    });
    gates.gate("a is 0 or 1", |view| {
        let on = Flag::Bool.is_on(&view.fixed(fixed::FLAG));
        let a = view.a(0);
        (on, vec![("a (a - 1) = 0", a.clone() * (a - number(1)))])
    });
    gates.gate("a + b = 10^4", |view| {
        let on = Flag::Complement.is_on(&view.fixed(fixed::FLAG));
        (
            on,
            vec![(
                "a + b = 10^4",
                view.a(0) + view.b(0) - number(ONE_IN_BPS.into()),
            )],
        )
    });
    // S5
    gates.gate("d = a b", |view| {
        let on = TierOp::Load.is_on(&view.fixed(fixed::TIER));
        (on, vec![("d = a b", view.d(0) - view.a(0) * view.b(0))])
    });
    gates.gate("d = d' - a", |view| {
        let on = TierOp::Take.is_on(&view.fixed(fixed::TIER));
        (on, vec![("d = d' - a", view.d(0) - view.d(-1) + view.a(0))])
    });
    gates.gate("d = d'", |view| {
        let on = TierOp::Keep.is_on(&view.fixed(fixed::TIER));
        (on, vec![("d = d'", view.d(0) - view.d(-1))])
    });
    gates.gate("d' = a", |view| {
        let on = TierOp::Finish.is_on(&view.fixed(fixed::TIER));
        (
            on,
            vec![("d' = a", view.d(-1) - view.a(0)), ("d = 0", view.d(0))],
        )
    });
    let back = -(layout.number_rows(STRESSED_BITS) as i32);
    gates.gate("x + slack = 10^10 width", |view| {
        let on = Bound::Width.is_on(&view.fixed(fixed::BOUND));
        let sum = view.a(0) + view.a(back);
        (
            on,
            vec![(
                "a + a of the tier = 10^10 b",
                sum - view.b(0) * number(WIDTH_SCALE),
            )],
        )
    });
    // S6
    gates.gate("a = b b_next - 10^4 c", |view| {
        let on = Bound::Cap.is_on(&view.fixed(fixed::BOUND));
        let slack = view.b(0) * view.b(1) - view.c(0) * number(ONE_IN_BPS.into());
        (on, vec![("a = b b_next - 10^4 c", view.a(0) - slack)])
    });
    gates.gate("a = 10^4 c - b b_next", |view| {
        let on = Bound::Floor.is_on(&view.fixed(fixed::BOUND));
        let slack = view.c(0) * number(ONE_IN_BPS.into()) - view.b(0) * view.b(1);
        (on, vec![("a = 10^4 c - b b_next", view.a(0) - slack)])
    });
    // Second phase
    gates.gate("key of an asset", |view| {
        let on = RegisterOp::Key.is_on(&view.fixed(fixed::REGISTER));
        let (used, key, total, count) = (view.a(0), view.b(0), view.c(0), view.d(0));
        let unused = number(1) - used.clone();
        let step = view.g(0) - view.g(-1);
        let weight = total.clone() + view.delta() * count.clone();
        (
            on,
            vec![
                (
                    "(g - g') (gamma + b) = -a (c + delta d)",
                    step * (view.gamma() + key) + used * weight,
                ),
                ("unused: c = 0", unused.clone() * total),
                ("unused: d = 0", unused * count),
            ],
        )
    });
    gates.gate("g = rho^2 g' + rho a + b", |view| {
        let on = RegisterOp::Pair.is_on(&view.fixed(fixed::REGISTER));
        let rho = view.rho();
        let value = (view.g(-1) * rho.clone() + view.a(0)) * rho + view.b(0);
        (on, vec![("g = rho^2 g' + rho a + b", view.g(0) - value)])
    });
    gates.gate("g = rho g' + c", |view| {
        let on = RegisterOp::Horner.is_on(&view.fixed(fixed::REGISTER));
        let value = view.rho() * view.g(-1) + view.c(0);
        (on, vec![("g = rho g' + c", view.g(0) - value)])
    });
    gates.gate("g = g' + g'' c", |view| {
        let on = RegisterOp::Dot.is_on(&view.fixed(fixed::REGISTER));
        let value = view.g(-1) + view.g(-2) * view.c(0);
        (on, vec![("g = g' + g'' c", view.g(0) - value)])
    });
}
