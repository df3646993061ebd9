//! Numbers that are range-checked: their limbs, and the gate of each row.

use super::super::columns::{Range, RegisterOp, Top, advice, fixed};
use super::super::layout::top_limbs;
use super::{Held, Sheet, Size};
use crate::field::{self, Fr, two_pow};
use ff::Field;

impl Sheet {
    /// Rows that a number takes.
    pub fn rows_of(&self, size: Size) -> usize {
        let bits = match size {
            Size::Loose(bits) => bits,
            Size::Exact(top) => top.bits(),
        };
        bits.div_ceil(self.limbs as u32 * self.limb_bits) as usize
    }

    /// A number in `a` from this row down, range-checked; returns how many rows it takes.
    pub fn number(&mut self, row: usize, value: Fr, size: Size) -> (Held, usize) {
        let row_bits = self.limbs as u32 * self.limb_bits;
        let (bits, top) = match size {
            Size::Loose(bits) => (bits, None),
            Size::Exact(top) => (top.bits(), Some(top)),
        };
        let rows = self.rows_of(size);
        let held = self.put(advice::A, row, value);
        let mut rest = Digits::of(&value);
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
                    self.write_limbs(row + i, &rest, self.limbs);
                    let range = if last { Range::Limbs } else { Range::More };
                    self.fix(fixed::RANGE, row + i, range.value());
                }
            }
            rest = rest.shifted_right(row_bits);
        }
        (held, rows)
    }

    fn top_limbs(&mut self, row: usize, value: &Digits, top: Top) {
        let (full, part) = top_limbs(top.bits(), self.limbs, self.limb_bits);
        let used = full + usize::from(part > 0);
        self.write_limbs(row, value, used);
        if part > 0 {
            let shifted = self.value(advice::L + full, row) * two_pow(self.limb_bits - part);
            self.put(advice::L + full + 1, row, shifted);
        }
        let (column, value) = top.gate();
        self.fix(column, row, value);
    }

    fn write_limbs(&mut self, row: usize, value: &Digits, count: usize) {
        let bits = self.limb_bits;
        for i in 0..count {
            let limb = value.bits(i as u32 * bits, bits);
            self.put(advice::L + i, row, Fr::from(limb));
        }
    }

    /// Range-checks the fields of 16 bits that stand in `a` and `b` of a row.
    pub fn fields(&mut self, row: usize) {
        let bits = self.limb_bits;
        let shift = two_pow(2 * self.limb_bits - 16);
        for (column, at) in [(advice::A, 0), (advice::B, 3)] {
            let value = Digits::of(&self.value(column, row));
            let (low, high) = (value.bits(0, bits), value.bits(bits, 16 - bits));
            self.put(advice::L + at, row, Fr::from(low));
            self.put(advice::L + at + 1, row, Fr::from(high));
            self.put(advice::L + at + 2, row, Fr::from(high) * shift);
        }
        self.fix(fixed::RANGE, row, Range::Fields.value());
    }

    /// A number of eight bits in `a`, limb by limb; the register takes them over rho.
    pub fn byte(&mut self, row: usize, bits: [bool; 8]) -> Held {
        let mut value = 0;
        for (i, bit) in bits.iter().enumerate() {
            self.put(advice::L + i, row, Fr::from(u64::from(*bit)));
            value |= u64::from(*bit) << i;
        }
        self.register(row, RegisterOp::Bits);
        self.put(advice::A, row, Fr::from(value))
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
