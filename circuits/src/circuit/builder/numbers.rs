//! Numbers that are range-checked: their limbs, and the gate of each row.

use super::super::columns::{ExactBits, Range, RowRule, advice, fixed};
use super::super::layout::{WIDTH_BITS, top_limbs};
use super::{AssignedCell, Cell, Free, Size, TraceBuilder};
use crate::field::{self, Fr, two_pow};
use crate::numbers::{MULTIPLIER_BITS, ONE_IN_BPS};
use ff::Field;
use std::ops::Range as Limbs;

impl TraceBuilder {
    /// Rows that a number takes.
    pub fn rows_of(&self, size: Size) -> usize {
        match size {
            Size::Loose(bits) => self.layout.number_rows(bits),
            Size::Exact(top) => self.layout.exact_rows(top.bits()),
        }
    }

    /// A number in `a` from this row down, range-checked; returns how many rows it takes.
    ///
    /// # Soundness
    /// Out: loosely, below 2^200 (H3); exactly, below 2^bits, by a short last limb (H4, H18). Each
    /// limb is looked up (H5, H6).
    ///
    /// # Cost
    /// A row for each `row_bits` of it; [`Self::rows_of`].
    pub fn number(&mut self, row: usize, value: Fr, size: Size) -> (AssignedCell, usize) {
        let held = self.put(advice::A, row, value);
        self.check(row, size);
        (held, self.rows_of(size))
    }

    /// Range-checks the number in `a`.
    fn check(&mut self, row: usize, size: Size) {
        let row_bits = self.layout.row_bits();
        let (bits, top) = match size {
            Size::Loose(bits) => (bits, None),
            Size::Exact(top) => (top.bits(), Some(top)),
        };
        let rows = self.layout.number_rows(bits);
        let mut rest = Digits::of(&self.value(advice::A, row));
        for i in 0..rows {
            if i > 0 {
                self.put(advice::A, row + i, rest.element());
            }
            let last = i + 1 == rows;
            match top {
                Some(top) if last && !bits.is_multiple_of(row_bits) => {
                    self.top_limbs(row + i, &rest, top)
                }
                _ => {
                    self.write_limbs(row + i, &rest, self.layout.limbs);
                    let range = if last { Range::Limbs } else { Range::More };
                    self.fix(fixed::RANGE, row + i, range.value());
                }
            }
            rest = rest.shifted_right(row_bits);
        }
    }

    fn top_limbs(&mut self, at_row: usize, value: &Digits, top: ExactBits) {
        let row = at_row;
        let (limbs, limb_bits) = (self.layout.limbs, self.layout.limb_bits);
        let (full, part) = top_limbs(top.bits(), limbs, limb_bits);
        let used = full + usize::from(part > 0);
        self.write_limbs(row, value, used);
        if part > 0 {
            let limb = self.value(self.limb(full), row);
            let (at, row) = match used < limbs {
                true => (used, row),
                false => (0, row + 1),
            };
            self.put(self.limb(at), row, limb * two_pow(limb_bits - part));
        }
        let range = match top {
            ExactBits::Amount => Range::Amount,
            ExactBits::AssetId => Range::AssetId,
            ExactBits::Value => Range::Value,
            ExactBits::Width | ExactBits::Field => return self.rule(at_row, RowRule::WidthRange),
        };
        self.fix(fixed::RANGE, at_row, range.value());
    }

    /// A number in some limbs of a row.
    pub fn part(&mut self, row: usize, limbs: Limbs<usize>, value: Fr) {
        let digits = Digits::of(&value);
        self.part_from(row, limbs, &digits, 0);
    }

    /// A number in the limbs that a block of lines leaves: the first of a row, the last of the row
    /// below.
    pub fn halves(&mut self, row: usize, value: Fr) {
        let rest = self.layout.rest_limbs();
        let (line, limbs) = (self.layout.line_limbs(), self.layout.limbs);
        let digits = Digits::of(&value);
        self.part_from(row, 0..rest, &digits, 0);
        self.part_from(row + 1, line..limbs, &digits, rest);
    }

    /// Digits of a number from one on, a limb each.
    fn part_from(&mut self, row: usize, limbs: Limbs<usize>, digits: &Digits, first: usize) {
        let bits = self.layout.limb_bits;
        for (i, at) in limbs.enumerate() {
            let limb = digits.bits((first + i) as u32 * bits, bits);
            self.put(self.limb(at), row, Fr::from(limb));
        }
    }

    /// The column of a limb.
    fn limb(&self, at: usize) -> usize {
        self.layout.first_limb() + at
    }

    fn write_limbs(&mut self, row: usize, value: &Digits, count: usize) {
        self.part_from(row, 0..count, value, 0);
    }

    /// Range-checks the fields of 16 bits that stand in `a` and `b` of a row; those that are
    /// no copies are `own`. Where the row has no limbs for them, each is checked elsewhere.
    pub fn fields(&mut self, row: usize, own: &[AssignedCell]) {
        if self.layout.takes_fields() {
            self.fields_here(row);
            return;
        }
        for held in own {
            let size = Size::Exact(ExactBits::Field);
            let row = self.take_less(self.rows_of(size), Free::Bare);
            self.copy(advice::A, row, *held);
            self.check(row, size);
        }
    }

    fn fields_here(&mut self, row: usize) {
        let (bits, each) = (self.layout.limb_bits, self.layout.field_limbs());
        for (i, column) in [advice::A, advice::B].into_iter().enumerate() {
            let value = Digits::of(&self.value(column, row));
            let own = if each == 1 { 1 } else { each - 1 };
            for limb in 0..own {
                let from = limb as u32 * bits;
                let digits = value.bits(from, bits.min(MULTIPLIER_BITS - from));
                self.put(self.limb(i * each + limb), row, Fr::from(digits));
                if each > 1 && limb + 1 == own {
                    let shift = two_pow(own as u32 * bits - MULTIPLIER_BITS);
                    self.put(self.limb(i * each + own), row, Fr::from(digits) * shift);
                }
            }
        }
        self.fix(fixed::RANGE, row, Range::Fields.value());
    }

    /// Range-checks two numbers that make 10^4, in `a` and `b` of a row: any range does that
    /// stays far from r (H50, H51). Narrow.
    pub fn complements(&mut self, row: usize, other: AssignedCell) {
        let size = Size::Loose(MULTIPLIER_BITS);
        self.check(row, size);
        let row = self.take_less(self.rows_of(size), Free::Bare);
        self.copy(advice::A, row, other);
        self.check(row, size);
    }

    /// Range-checks `a`, `b` and the operand of a row to be at most 10^4 (H50, H51). Wide.
    pub fn shares(&mut self, row: usize) {
        let each = 2 * self.layout.share_limbs();
        let columns = [advice::A, advice::B, self.layout.operand().0];
        for (i, column) in columns.into_iter().enumerate() {
            let share = self.value(column, row);
            self.share_limbs(row, i * each, share);
        }
        self.rule(row, RowRule::Complement);
    }

    /// The limbs of a share and of its complement, from one on.
    fn share_limbs(&mut self, row: usize, first: usize, share: Fr) {
        let (each, bits) = (self.layout.share_limbs(), self.layout.limb_bits);
        let complement = Fr::from(u64::from(ONE_IN_BPS)) - share;
        for (i, number) in [share, complement].into_iter().enumerate() {
            let digits = Digits::of(&number);
            for limb in 0..each {
                let at = self.limb(first + i * each + limb);
                self.put(at, row, Fr::from(digits.bits(limb as u32 * bits, bits)));
            }
        }
    }

    /// Range-checks `b` of a row to have exactly the bits of a width, and `a` to be at most 10^4
    /// (H4, H50, H51). Wide.
    pub fn weight_and_width(&mut self, row: usize) {
        let (limbs, bits) = (self.layout.limbs, self.layout.limb_bits);
        let (full, part) = top_limbs(WIDTH_BITS, limbs, bits);
        let width = Digits::of(&self.value(advice::B, row));
        let own = full + usize::from(part > 0);
        self.write_limbs(row, &width, own);
        let mut used = own;
        if part > 0 {
            let last = self.value(self.limb(full), row);
            self.put(self.limb(own), row, last * two_pow(bits - part));
            used += 1;
        }
        let weight = self.value(advice::A, row);
        self.share_limbs(row, used, weight);
        self.rule(row, RowRule::WidthRange);
    }

    /// A number of as many bits as are given, a row's, in `a`, limb by limb; the register
    /// takes them over rho.
    pub fn bits(&mut self, row: usize, bits: &[bool]) -> Cell {
        let mut value = 0;
        for (i, bit) in bits.iter().enumerate() {
            self.put(self.limb(i), row, Fr::from(u64::from(*bit)));
            value |= u64::from(*bit) << i;
        }
        self.put(advice::A, row, Fr::from(value));
        self.register(row, RowRule::Bits)
    }
}

/// The canonical representative of an element, in words of 64 bits.
#[derive(Clone, Copy)]
struct Digits([u64; 4]);

impl Digits {
    fn of(x: &Fr) -> Self {
        let bytes = field::repr(x);
        Self(std::array::from_fn(|i| {
            (0..8).fold(0, |word, j| word | u64::from(bytes[8 * i + j]) << (8 * j))
        }))
    }

    fn word(&self, at: usize) -> u64 {
        self.0.get(at).copied().unwrap_or(0)
    }

    /// `count` bits (fewer than 64), from bit `from`.
    fn bits(&self, from: u32, count: u32) -> u64 {
        let (at, shift) = ((from / 64) as usize, from % 64);
        let low = self.word(at) >> shift;
        let high = match shift {
            0 => 0,
            _ => self.word(at + 1) << (64 - shift),
        };
        (low | high) & ((1 << count) - 1)
    }

    /// Without the lowest bits.
    fn shifted_right(&self, count: u32) -> Self {
        Self(std::array::from_fn(|i| {
            let from = 64 * i as u32 + count;
            self.bits(from, 32) | self.bits(from + 32, 32) << 32
        }))
    }

    fn element(&self) -> Fr {
        let unit = two_pow(64);
        self.0
            .iter()
            .rev()
            .fold(Fr::ZERO, |sum, word| sum * unit + Fr::from(*word))
    }
}
