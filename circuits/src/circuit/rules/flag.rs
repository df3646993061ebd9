//! The arithmetic of the settlement (S3 to S8): the register `c`, with fixed factors, and what
//! its row must fulfil beside.
//!
//! # Soundness
//! `c` is a linear or bilinear form of copied or range-checked cells of its row
//! and of `c` above (H15); the bit budget of `numbers` keeps each below r (H2, H3), so
//! that `c = 0`, `b = c` and the slacks of S6 are statements about integers.

use super::{Equation, Gate, Switch, Switching};
use crate::circuit::cells::{Algebra, E, NamedCell, Row, Track, cell};
use crate::circuit::columns::{ArithmeticGate, RowRule};
use crate::circuit::view::View;

const A: NamedCell = cell("first term", Track::A, 0);
const B: NamedCell = cell("second term", Track::B, 0);
const C: NamedCell = cell("register", Track::C, 0);
const C_ABOVE: NamedCell = cell("register above", Track::C, -1);
const WORD: NamedCell = cell("word", Track::Exported, 0);
const OPERAND: NamedCell = cell("the condition, a bit", Track::Operand, 0);
const KC: NamedCell = cell("k_c, fixed", Track::Kc, 0);
const KA: NamedCell = cell("k_a, fixed", Track::Ka, 0);

/// `c - k_c c'`.
fn beyond_above(view: &mut View<'_, '_>) -> E {
    let c = view.cell(C);
    c - view.cell(KC) * view.cell(C_ABOVE)
}

/// The register follows from the row above.
pub const ARITHMETIC: Gate = Gate {
    name: "c follows",
    switching: Switching::Each,
    equations: &[
        Equation::new(
            "c = k_c c' + k_a a",
            Switch::Form(ArithmeticGate::Linear),
            &[C, KC, C_ABOVE, KA, A],
            |v| beyond_above(v) - v.cell(KA) * v.cell(A),
        ),
        Equation::new(
            "c = k_c c' + k_a a + b",
            Switch::Form(ArithmeticGate::Plus),
            &[C, KC, C_ABOVE, KA, A, B],
            |v| beyond_above(v) - v.cell(KA) * v.cell(A) - v.cell(B),
        ),
        Equation::new(
            "c = k_c c' + k_a a b",
            Switch::Form(ArithmeticGate::Product),
            &[C, KC, C_ABOVE, KA, A, B],
            |v| beyond_above(v) - v.cell(KA) * v.cell(A) * v.cell(B),
        ),
    ],
};

/// What a row's `a`, `b` and `c` have to be.
pub const FLAGS: Gate = Gate {
    name: "flags",
    switching: Switching::Each,
    equations: &[
        Equation::new(
            "c = 0",
            Switch::Rules(&[RowRule::Zero, RowRule::ZeroDot]),
            &[C],
            |v| v.cell(C),
        ),
        Equation::new(
            "word = c",
            Switch::Rules(&[RowRule::Export, RowRule::WidthExport]),
            &[WORD, C],
            |v| v.cell(WORD) - v.cell(C),
        ),
        Equation::new(
            "a + b = k_a",
            Switch::Rules(&[RowRule::Sum]),
            &[A, B, KA],
            |v| v.cell(A) + v.cell(B) - v.cell(KA),
        ),
        Equation::new(
            "a + operand + c = b",
            Switch::Rules(&[RowRule::Adds]),
            &[A, OPERAND, C, B],
            |v| v.cell(A) + v.cell(OPERAND) + v.cell(C) - v.cell(B),
        ),
        Equation::new(
            "a b = operand",
            Switch::Rules(&[RowRule::Priced]),
            &[A, B, OPERAND],
            |v| v.cell(A) * v.cell(B) - v.cell(OPERAND),
        ),
        Equation::new(
            "(1 - operand) a = 0",
            Switch::Rules(&[RowRule::OnlyIf, RowRule::Priced]),
            &[A, OPERAND],
            |v| (E::number(1) - v.cell(OPERAND)) * v.cell(A),
        ),
    ],
};
