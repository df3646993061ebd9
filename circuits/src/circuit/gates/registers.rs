//! The arithmetic of the settlement (S3..S8): one gate with fixed factors, and what else
//! may be asked of its cells.

use super::{Gates, constant, number};
use crate::circuit::columns::{BlockEdge, BlockStart, Flag, Form, RegisterOp, TierOp, fixed};
use crate::circuit::layout::Layout;
use crate::field::two_pow;
use crate::numbers::budget::STRESSED_BITS;
use crate::numbers::{ASSET_ID_BITS, ONE_IN_BPS, WIDTH_SCALE};

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
                    Form::Linear.is_on(&form) * (rest.clone() - ka.clone() * a.clone()),
                ),
                (
                    "c = k_c c' + k_a a + b",
                    Form::Plus.is_on(&form) * (rest.clone() - ka.clone() * a.clone() - b.clone()),
                ),
                (
                    "c = k_c c' + k_a a b",
                    Form::Product.is_on(&form) * (rest - ka * a * b),
                ),
            ],
        )
    });
    gates.gate("flags", |view| {
        let flag = view.fixed(fixed::FLAG);
        let (a, b, c) = (view.a(0), view.b(0), view.c(0));
        let base = number(ONE_IN_BPS.into());
        (
            number(1),
            vec![
                ("c = 0", Flag::Zero.is_on(&flag) * c.clone()),
                ("b = c", Flag::Export.is_on(&flag) * (b.clone() - c)),
                (
                    "a + b = 10^4",
                    Flag::Complement.is_on(&flag) * (a.clone() + b.clone() - base),
                ),
                (
                    "a + b = k_a",
                    Flag::Sum.is_on(&flag) * (a.clone() + b.clone() - view.fixed(fixed::KA)),
                ),
                (
                    "b = a + 2^120",
                    Flag::LiabilityKey.is_on(&flag) * (b - a - constant(two_pow(ASSET_ID_BITS))),
                ),
            ],
        )
    });
    // S5
    let next = layout.number_rows(STRESSED_BITS) as i32;
    gates.gate("tiers", |view| {
        let op = view.fixed(fixed::TIER);
        let (a, b, d, above) = (view.a(0), view.b(0), view.d(0), view.d(-1));
        let kept = d.clone() - above.clone();
        let width = a.clone() + view.a(next) - b * number(WIDTH_SCALE);
        let on = |o: TierOp| o.is_on(&op);
        (
            number(1),
            vec![
                ("d = c", on(TierOp::Load) * (d.clone() - view.c(0))),
                ("d = d' - a", on(TierOp::Take) * (kept.clone() + a.clone())),
                ("d = d'", (on(TierOp::Keep) + on(TierOp::Width)) * kept),
                ("d' = a", on(TierOp::Finish) * (above - a)),
                ("d = 0", on(TierOp::Finish) * d),
                ("a + next number = 10^10 b", on(TierOp::Width) * width),
            ],
        )
    });
    // S6
    gates.gate("a = b b_next - 10^4 c", |view| {
        let on = BlockStart::Cap.is_on(&view.fixed(fixed::START));
        let slack = view.b(0) * view.b(1) - view.c(0) * number(ONE_IN_BPS.into());
        (on, vec![("a = b b_next - 10^4 c", view.a(0) - slack)])
    });
    gates.gate("a = 10^4 c - b b_next", |view| {
        let on = BlockEdge::Floor.is_on(&view.fixed(fixed::EDGE));
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
