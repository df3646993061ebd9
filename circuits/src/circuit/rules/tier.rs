//! S5: the stressed value is placed into tiers, in the register `d`.
//!
//! # Soundness
//! `d` begins as the stressed value (H60), each tier takes a range-checked number from it that
//! is at most the tier's width (H62), and what is left at the end is a range-checked number too
//! (H61): no more is placed than there is.

use super::{Equation, Gate, Switch, Switching};
use crate::circuit::cells::{Algebra, At, E, NamedCell, Row, Track, cell};
use crate::circuit::columns::RowRule;
use crate::circuit::view::View;
use crate::numbers::WIDTH_SCALE;

const NUMBER: NamedCell = cell("placed here, or slack of a width", Track::A, 0);
const NEXT: NamedCell = NamedCell {
    name: "the number that follows",
    track: Track::A,
    at: At::NextNumber,
};
const WIDTH: NamedCell = cell("width of the tier", Track::B, 0);
const VALUE: NamedCell = cell("stressed value", Track::C, 0);
const LEFT: NamedCell = cell("left to be placed", Track::D, 0);
const LEFT_ABOVE: NamedCell = cell("left, in the row above", Track::D, -1);

/// `d - d'`.
fn change(view: &mut View<'_, '_>) -> E {
    view.cell(LEFT) - view.cell(LEFT_ABOVE)
}

/// The tiers of one asset in one scenario.
pub const TIERS: Gate = Gate {
    name: "tiers",
    switching: Switching::Each,
    equations: &[
        Equation::new(
            "d = c",
            Switch::Rules(&[RowRule::Load]),
            &[LEFT, VALUE],
            |v| v.cell(LEFT) - v.cell(VALUE),
        ),
        Equation::new(
            "d = d' - a",
            Switch::Rules(&[RowRule::Take]),
            &[LEFT, LEFT_ABOVE, NUMBER],
            |v| change(v) + v.cell(NUMBER),
        ),
        Equation::new(
            "d = d'",
            Switch::Rules(&[RowRule::Keep, RowRule::Width]),
            &[LEFT, LEFT_ABOVE],
            change,
        ),
        Equation::new(
            "d' = a",
            Switch::Rules(&[RowRule::Finish]),
            &[LEFT_ABOVE, NUMBER],
            |v| v.cell(LEFT_ABOVE) - v.cell(NUMBER),
        ),
        Equation::new("d = 0", Switch::Rules(&[RowRule::Finish]), &[LEFT], |v| {
            v.cell(LEFT)
        }),
        Equation::new(
            "a + next number = 10^10 b",
            Switch::Rules(&[RowRule::Width]),
            &[NUMBER, NEXT, WIDTH],
            |v| v.cell(NUMBER) + v.cell(NEXT) - v.cell(WIDTH) * E::number(WIDTH_SCALE),
        ),
    ],
};
