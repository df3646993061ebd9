//! What an asset counts for (S5), the shares (S6) and the report (S10): slacks, which are numbers
//! and so not negative.
//!
//! # Soundness
//! c_a is a number. A line's slack is `weight_l (stressed - 10^10 (width_1 + .. + width_{l-1}))`
//! more than that of the line before by the difference of the weights, and the first is
//! `weight_1 stressed - c_a`: so that each is what the line is above c_a (H60, H61, H62). Every
//! product here stays far below r (H3, H65).

use super::{Equation, Gate, Switch, Switching};
use crate::circuit::cells::{Algebra, At, E, NamedCell, Row, Track, cell};
use crate::circuit::columns::RowRule::{
    Cap, Counted, FirstLine, Floor, Line, Remainder, Share, Stressed,
};
use crate::circuit::view::View;
use crate::numbers::{ONE_IN_BPS, WIDTH_SCALE};

const NUMBER: NamedCell = cell("slack, a number", Track::A, 0);
const NUMBER_ABOVE: NamedCell = cell("number in the row above", Track::A, -1);
const B: NamedCell = cell("first factor", Track::B, 0);
const OPERAND: NamedCell = cell("second factor", Track::Operand, 0);
const C: NamedCell = cell("sum of the group", Track::C, 0);

const VALUE: NamedCell = cell("value", Track::B, 0);
const MULTIPLIER: NamedCell = cell("multiplier", Track::Operand, 0);
const STRESSED: NamedCell = cell("stressed value beyond the tiers before", Track::C, 0);
const STRESSED_ABOVE: NamedCell = cell("the same, in the row above", Track::C, -1);
const WEIGHT: NamedCell = cell("weight of the line", Track::B, 0);
const WEIGHT_BEFORE: NamedCell = NamedCell {
    name: "weight of the line before",
    track: Track::B,
    at: At::LineBefore,
};
const SLACK_BEFORE: NamedCell = NamedCell {
    name: "slack of the line before; c_a before the first",
    track: Track::A,
    at: At::LineBefore,
};
const TIER: NamedCell = cell("width of the tier before", Track::Operand, 0);
const COUNTED: NamedCell = NamedCell {
    name: "number that follows: c_a, or a value held",
    track: Track::A,
    at: At::Counted,
};

fn bps(term: E) -> E {
    term * E::number(ONE_IN_BPS.into())
}

/// `b operand`.
fn factors(view: &mut View<'_, '_>) -> E {
    view.cell(B) * view.cell(OPERAND)
}

/// S5. c_a and its lines.
pub const LINES: Gate = Gate {
    name: "lines",
    switching: Switching::Each,
    equations: &[
        Equation::new(
            "c = b operand",
            Switch::Rules(&[Counted]),
            &[VALUE, MULTIPLIER, STRESSED],
            |v| v.cell(STRESSED) - v.cell(VALUE) * v.cell(MULTIPLIER),
        ),
        Equation::new(
            "c = c'",
            Switch::Rules(&[FirstLine, Stressed]),
            &[STRESSED, STRESSED_ABOVE],
            |v| v.cell(STRESSED) - v.cell(STRESSED_ABOVE),
        ),
        Equation::new(
            "c = c' - 10^10 operand",
            Switch::Rules(&[Line]),
            &[STRESSED, STRESSED_ABOVE, TIER],
            |v| {
                let above = v.cell(STRESSED_ABOVE) - v.cell(TIER) * E::number(WIDTH_SCALE);
                v.cell(STRESSED) - above
            },
        ),
        Equation::new(
            "a + number before = b c",
            Switch::Rules(&[FirstLine]),
            &[NUMBER, SLACK_BEFORE, WEIGHT, STRESSED],
            |v| {
                let line = v.cell(WEIGHT) * v.cell(STRESSED);
                v.cell(NUMBER) + v.cell(SLACK_BEFORE) - line
            },
        ),
        Equation::new(
            "a - number before = (b - b before) c",
            Switch::Rules(&[Line]),
            &[NUMBER, SLACK_BEFORE, WEIGHT, WEIGHT_BEFORE, STRESSED],
            |v| {
                let weight = v.cell(WEIGHT) - v.cell(WEIGHT_BEFORE);
                v.cell(NUMBER) - v.cell(SLACK_BEFORE) - weight * v.cell(STRESSED)
            },
        ),
    ],
};

/// S6. Shares: of an asset, of a group, of what is held.
pub const SHARES: Gate = Gate {
    name: "shares",
    switching: Switching::Each,
    equations: &[
        Equation::new(
            "a = b operand - 10^4 number that follows",
            Switch::Rules(&[Share]),
            &[NUMBER, B, OPERAND, COUNTED],
            |v| v.cell(NUMBER) - factors(v) + bps(v.cell(COUNTED)),
        ),
        Equation::new(
            "a = 10^4 c - b operand",
            Switch::Rules(&[Floor]),
            &[NUMBER, C, B, OPERAND],
            |v| v.cell(NUMBER) - bps(v.cell(C)) + factors(v),
        ),
        Equation::new(
            "a = b operand - 10^4 c",
            Switch::Rules(&[Cap]),
            &[NUMBER, B, OPERAND, C],
            |v| v.cell(NUMBER) - factors(v) + bps(v.cell(C)),
        ),
    ],
};

/// S10. What a report leaves is below its grain (H69).
pub const REMAINDER: Gate = Gate {
    name: "remainder of a report",
    switching: Switching::Together,
    equations: &[Equation::new(
        "a = operand (b - 1 - a')",
        Switch::Rules(&[Remainder]),
        &[NUMBER, OPERAND, B, NUMBER_ABOVE],
        |v| {
            let left = v.cell(B) - E::number(1) - v.cell(NUMBER_ABOVE);
            v.cell(NUMBER) - v.cell(OPERAND) * left
        },
    )],
};
