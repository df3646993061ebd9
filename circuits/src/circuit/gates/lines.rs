//! Blocks of lines (S5) and of the share of an asset (S6) where a row has limbs for more than one
//! number: six numbers in four rows. The first limbs of a row are one number of 110 bits; what is
//! left of two rows is another, of 131.
//!
//! | row | first limbs | the rest | `a` | `b` | operand | `c` |
//! | --- | --- | --- | --- | --- | --- | --- |
//! | 0 `Stressed` | c_a | share's slack, low | largest share | value | multiplier | stressed value |
//! | 1 `Counted` | slack of line 1 | share's slack, high | c_a | weight 1 | C | the same |
//! | 2 `Line` | slack of line 2 | slack of line 4, low | weight 4 | weight 2 | width 1 | less width 1 |
//! | 3 `LastLine` | slack of line 3 | slack of line 4, high | width 3 | weight 3 | width 2 | less width 2 |
//!
//! # Soundness
//! Every number is a sum of looked-up limbs (H5), so not negative, and far below r (H3). c_a in `a` is
//! the first number; the lines are those of [`super::super::rules::count`] (H60, H61, H62), the
//! share's slack that of its rule `Share` (H65).

use super::Gates;
use crate::circuit::cells::{Algebra, E, powers};
use crate::circuit::columns::{RowRule, advice};
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
        let limbs: Vec<E> = (from..to).map(|limb| self.view.limb(limb, rotation)).collect();
        powers(limbs, unit)
    }
    /// The number in the first limbs.
    fn first(&mut self, rotation: i32) -> E {
        self.limbs(0, self.layout.line_limbs(), rotation)
    }
    /// The number in the other limbs of the row above and of this one.
    fn second(&mut self) -> E {
        let (from, to) = (self.layout.line_limbs(), self.layout.limbs);
        let low = self.limbs(from, to, -1);
        let high = self.limbs(from, to, 0);
        low + high * two_pow((to - from) as u32 * self.layout.limb_bits)
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
    fn operand(&mut self) -> E {
        self.view.advice(self.layout.operand().0, 0)
    }
    /// `number - number before - (b - b before) c`.
    fn line(&mut self) -> E {
        let step = (self.b(0) - self.b(-1)) * self.c(0);
        self.first(0) - self.first(-1) - step
    }
    /// `c - c' + 10^10 operand`.
    fn beyond(&mut self) -> E {
        self.c(0) - self.c(-1) + self.operand() * E::number(WIDTH_SCALE)
    }
}

pub(super) fn configure(gates: &mut Gates<'_>, layout: &Layout) {
    let layout = *layout;
    let mut gate = |name, rules: &'static [RowRule], equations: &[(&'static str, fn(&mut Block<'_, '_, '_>) -> E)]| {
        gates.gate(name, |view| {
            let on = view.any(rules);
            let mut block = Block { view, layout };
            let constraints = equations.iter().map(|(name, e)| (*name, e(&mut block)));
            (on, constraints.collect())
        });
    };
    gate("a block of lines begins", &[RowRule::Stressed], &[
        ("c = b operand", |v| v.c(0) - v.b(0) * v.operand()),
    ]);
    gate("what counts, the first line and the share", &[RowRule::Counted], &[
        ("c = c'", |v| v.c(0) - v.c(-1)),
        ("a = first number above", |v| v.a(0) - v.first(-1)),
        ("first number + a = b c", |v| v.first(0) + v.a(0) - v.b(0) * v.c(0)),
        ("second number = a' operand - 10^4 a", |v| {
            let counted = v.a(0) * E::number(ONE_IN_BPS.into());
            v.second() - v.a(-1) * v.operand() + counted
        }),
    ]);
    gate("a line", &[RowRule::Line, RowRule::LastLine], &[
        ("c = c' - 10^10 operand", |v| v.beyond()),
        ("first number - that above = (b - b') c", |v| v.line()),
    ]);
    gate("the last line", &[RowRule::LastLine], &[
        ("second number - first number = (a' - b) (c - 10^10 a)", |v| {
            let beyond = v.c(0) - v.a(0) * E::number(WIDTH_SCALE);
            v.second() - v.first(0) - (v.a(-1) - v.b(0)) * beyond
        }),
    ]);
}
