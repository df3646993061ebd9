//! What is drawn: numbers from a seed, and field elements near the places where a range, a
//! packing or the field ends.

use covenant_circuits::field::Fr;
use ff::{Field, PrimeField};

/// SplitMix64: a draw is named by two numbers and can be made again.
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64, draw: u64) -> Self {
        let mut rng = Self(seed ^ draw.wrapping_mul(0xd134_2543_de82_ef95));
        rng.next();
        rng
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// True once in `n` times.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    pub fn bits(&mut self, bits: u32) -> u128 {
        let x = u128::from(self.next()) << 64 | u128::from(self.next());
        x & (1u128 << bits).wrapping_sub(1)
    }

    /// Any element.
    pub fn field(&mut self) -> Fr {
        (0..4).fold(Fr::ZERO, |x, _| x * two_pow(64) + Fr::from(self.next()))
    }

    /// 0 to 5, with a sign.
    pub fn small(&mut self) -> Fr {
        let x = Fr::from(self.below(6) as u64);
        if self.one_in(2) { -x } else { x }
    }

    /// Where ranges and packings end, r included: `2^b +- x`, `-x`, and now and then anything.
    pub fn edge(&mut self) -> Fr {
        const BITS: [u64; 20] = [
            1, 8, 16, 32, 53, 60, 64, 80, 96, 110, 112, 120, 128, 131, 136, 152, 160, 176, 200, 248,
        ];
        match self.below(8) {
            0 => self.field(),
            1 | 2 => self.small(),
            3 => -(two_pow(self.pick(&BITS)) + self.small()),
            _ => two_pow(self.pick(&BITS)) + self.small(),
        }
    }

    /// A value near another: the ends of ranges away from it.
    pub fn near(&mut self, value: Fr) -> Fr {
        match self.below(4) {
            0 => value + self.small(),
            1 => -value,
            2 => self.edge(),
            _ => value + self.edge(),
        }
    }
}

pub fn two_pow(n: u64) -> Fr {
    Fr::from(2).pow_vartime([n])
}

/// The integer that an element stands for, in 64-bit words, lowest first.
pub fn words(x: &Fr) -> [u64; 4] {
    let bytes = x.to_repr();
    let bytes: &[u8] = bytes.as_ref();
    std::array::from_fn(|i| u64::from_le_bytes(bytes[8 * i..8 * i + 8].try_into().unwrap()))
}
