//! Blocks of lines (S5) and of the share of an asset (S6) where a row has limbs for more than one
//! number: six numbers in four rows. A row has one number of 110 bits; what it leaves is half of
//! another, of 131 bits, whose low half is in the row above.
//!
//! | row | its number | the rest | `a` | `b` | operand | `c` | `g` |
//! | --- | --- | --- | --- | --- | --- | --- | --- |
//! | 0 `Stressed` | c_a | share's slack, low | largest share | value | multiplier | stressed value | |
//! | 1 `Counted` | slack of line 1 | share's slack, high | c_a | weight 1 | C | the same | |
//! | 2 `Line` | slack of line 2 | slack of line 4, low | weight 4 | weight 2 | width 1 | less width 1 | groups |
//! | 3 `LastLine` | slack of line 3 | slack of line 4, high | slack of line 2 | weight 3 | width 2 | less width 2 | width 3 |
//!
//! Rows 0 and 2 have the rest in their first limbs and the number in their last; rows 1 and 3 have the
//! number first. `a` takes the numbers of rows 0 and 2 to the row below. So a row reads only the first
//! limbs of the row above: an evaluation in the proof for each, where all limbs were read before.
//!
//! # Soundness
//! Every number is a sum of looked-up limbs (H5), so not negative, and far below r (H3). c_a in `a` is
//! the first number; the lines are those of [`super::super::rules::count`] (H60, H61, H62), the
//! share's slack that of its rule `Share` (H65). Width 3 is a copy of the policy's.

use super::Gates;
use crate::circuit::cells::{Algebra, E, powers};
use crate::circuit::columns::{RowRule, advice, second};
use crate::circuit::layout::Layout;
use crate::circuit::view::View;
use crate::field::two_pow;
use crate::numbers::{ONE_IN_BPS, WIDTH_SCALE};

/// The cells of a row of a block.
struct Block<'a, 'b, 'c> {
    view: &'a mut View<'b, 'c>,
    layout: Layout,
}

impl Block<'_, '_, '_> {
    fn limbs(&mut self, from: usize, to: usize, rotation: i32) -> E {
        let unit = two_pow(self.layout.limb_bits);
        let limbs: Vec<E> = (from..to)
            .map(|limb| self.view.limb(limb, rotation))
            .collect();
        powers(limbs, unit)
    }
    /// The number of a row that has it first.
    fn first(&mut self, rotation: i32) -> E {
        self.limbs(0, self.layout.line_limbs(), rotation)
    }
    /// The number of a row that has it last.
    fn last(&mut self) -> E {
        self.limbs(self.layout.rest_limbs(), self.layout.limbs, 0)
    }
    /// The number in the first limbs of the row above and the last of this one.
    fn halves(&mut self) -> E {
        let rest = self.layout.rest_limbs();
        let low = self.limbs(0, rest, -1);
        let high = self.limbs(self.layout.line_limbs(), self.layout.limbs, 0);
        low + high * two_pow(rest as u32 * self.layout.limb_bits)
    }
    fn a(&mut self, rotation: i32) -> E {
        self.view.advice(advice::A, rotation)
    }
    fn b(&mut self, rotation: i32) -> E {
        self.view.advice(advice::B, rotation)
    }
    fn c(&mut self, rotation: i32) -> E {
        self.view.advice(advice::C, rotation)
    }
    fn g(&mut self) -> E {
        self.view.second(second::G, 0)
    }
    fn operand(&mut self) -> E {
        self.view.advice(self.layout.operand().0, 0)
    }
    /// `(b - b') c`.
    fn step(&mut self) -> E {
        (self.b(0) - self.b(-1)) * self.c(0)
    }
    /// `c - c' + 10^10 operand`.
    fn beyond(&mut self) -> E {
        self.c(0) - self.c(-1) + self.operand() * E::number(WIDTH_SCALE)
    }
}

/// An equation's name, and what is 0.
type Equation = (&'static str, fn(&mut Block<'_, '_, '_>) -> E);

pub(super) fn configure(gates: &mut Gates<'_>, layout: &Layout) {
    let layout = *layout;
    let mut gate = |name, rules: &'static [RowRule], equations: &[Equation]| {
        gates.gate(name, |view| {
            let on = view.any(rules);
            let mut block = Block { view, layout };
            let constraints = equations.iter().map(|(name, e)| (*name, e(&mut block)));
            (on, constraints.collect())
        });
    };
    gate(
        "a number is in the row below",
        &[RowRule::Stressed, RowRule::Line],
        &[("a_next = number", |v| v.a(1) - v.last())],
    );
    gate(
        "a block of lines begins",
        &[RowRule::Stressed],
        &[("c = b operand", |v| v.c(0) - v.b(0) * v.operand())],
    );
    gate(
        "what counts, the first line and the share",
        &[RowRule::Counted],
        &[
            ("c = c'", |v| v.c(0) - v.c(-1)),
            ("number + a = b c", |v| {
                v.first(0) + v.a(0) - v.b(0) * v.c(0)
            }),
            ("halves = a' operand - 10^4 a", |v| {
                let counted = v.a(0) * E::number(ONE_IN_BPS.into());
                v.halves() - v.a(-1) * v.operand() + counted
            }),
        ],
    );
    gate(
        "a width less",
        &[RowRule::Line, RowRule::LastLine],
        &[("c = c' - 10^10 operand", |v| v.beyond())],
    );
    gate(
        "the second line",
        &[RowRule::Line],
        &[("number - number above = (b - b') c", |v| {
            v.last() - v.first(-1) - v.step()
        })],
    );
    gate(
        "the last two lines",
        &[RowRule::LastLine],
        &[
            ("number - a = (b - b') c", |v| {
                v.first(0) - v.a(0) - v.step()
            }),
            ("halves - number = (a' - b) (c - 10^10 g)", |v| {
                let beyond = v.c(0) - v.g() * E::number(WIDTH_SCALE);
                v.halves() - v.first(0) - (v.a(-1) - v.b(0)) * beyond
            }),
        ],
    );
}
