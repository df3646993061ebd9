//! Poseidon over F with circomlib's parameters for four inputs (t = 5, eight full
//! and sixty partial rounds): `H(a, b, c, d)` of docs/spec.md, section 3.
//!
//! The round constants and the MDS matrix are derived here by the Grain LFSR of the
//! Poseidon paper (appendix F), the procedure circomlib's tables came from; tests
//! compare with a published vector and with an independent library.

use crate::field::Fr;
use ff::{Field, PrimeField};
use std::sync::LazyLock;

/// State width.
pub const WIDTH: usize = 5;
/// Full rounds, half of them before and half after the partial ones.
pub const FULL_ROUNDS: usize = 8;
/// Partial rounds: the S-box touches the first lane only.
pub const PARTIAL_ROUNDS: usize = 60;
/// All rounds.
pub const ROUNDS: usize = FULL_ROUNDS + PARTIAL_ROUNDS;

/// A vector of lanes.
pub type State = [Fr; WIDTH];

/// Round constants and MDS matrix.
#[derive(Debug)]
pub struct Parameters {
    /// Added to the state before the S-box of each round.
    pub constants: [State; ROUNDS],
    /// `mds[i][k]`: the weight of lane k in the next lane i.
    pub mds: [State; WIDTH],
}

/// circomlib's parameters for t = 5.
pub static PARAMETERS: LazyLock<Parameters> = LazyLock::new(Parameters::derive);

/// `H(a, b, c, d)`.
pub fn hash(inputs: [Fr; 4]) -> Fr {
    let [a, b, c, d] = inputs;
    let [out, ..] = permute([Fr::ZERO, a, b, c, d]);
    out
}

/// The Poseidon permutation.
pub fn permute(mut state: State) -> State {
    for (round, constants) in PARAMETERS.constants.iter().enumerate() {
        for (lane, constant) in state.iter_mut().zip(constants) {
            *lane += constant;
        }
        let full = !(FULL_ROUNDS / 2..FULL_ROUNDS / 2 + PARTIAL_ROUNDS).contains(&round);
        let sboxes = if full { WIDTH } else { 1 };
        for lane in state.iter_mut().take(sboxes) {
            *lane = quint(*lane);
        }
        state = mix(&state);
    }
    state
}

/// The S-box, `x^5`.
pub fn quint(x: Fr) -> Fr {
    x.square().square() * x
}

/// The MDS matrix times a state.
pub fn mix(state: &State) -> State {
    PARAMETERS.mds.map(|row| dot(&row, state))
}

fn dot(a: &State, b: &State) -> Fr {
    a.iter().zip(b).map(|(a, b)| *a * b).sum()
}

impl Parameters {
    fn derive() -> Self {
        let mut grain = Grain::new();
        let constants = std::array::from_fn(|_| std::array::from_fn(|_| grain.field_element()));
        let xs: State = std::array::from_fn(|_| grain.field_element_unfiltered());
        let ys: State = std::array::from_fn(|_| grain.field_element_unfiltered());
        // A Cauchy matrix; the sums are not zero for these parameters (a test inverts them).
        let mds = xs.map(|x| ys.map(|y| (x + y).invert().unwrap_or(Fr::ZERO)));
        Self { constants, mds }
    }
}

/// The self-shrinking 80-bit LFSR of the Poseidon paper.
struct Grain(std::collections::VecDeque<bool>);

const FIELD_BITS: usize = 254;

impl Grain {
    fn new() -> Self {
        let mut bits = std::collections::VecDeque::with_capacity(81);
        let mut push = |value: usize, width: usize| {
            for i in (0..width).rev() {
                bits.push_back((value >> i) & 1 == 1);
            }
        };
        push(1, 2); // a prime field
        push(0, 4); // the S-box x^alpha
        push(FIELD_BITS, 12);
        push(WIDTH, 12);
        push(FULL_ROUNDS, 10);
        push(PARTIAL_ROUNDS, 10);
        push((1 << 30) - 1, 30);
        let mut grain = Self(bits);
        for _ in 0..160 {
            grain.step();
        }
        grain
    }

    fn step(&mut self) -> bool {
        let tap = |i: usize| self.0.get(i).copied().unwrap_or(false);
        let bit = tap(62) ^ tap(51) ^ tap(38) ^ tap(23) ^ tap(13) ^ tap(0);
        self.0.pop_front();
        self.0.push_back(bit);
        bit
    }

    /// Bits come in pairs; the second counts when the first is one.
    fn bit(&mut self) -> bool {
        loop {
            let keep = self.step();
            let bit = self.step();
            if keep {
                return bit;
            }
        }
    }

    /// 254 bits, most significant first, as little-endian bytes.
    fn bytes(&mut self) -> [u8; 32] {
        let mut bytes = [0u8; 32];
        for i in (0..FIELD_BITS).rev() {
            if self.bit()
                && let Some(byte) = bytes.get_mut(i / 8)
            {
                *byte |= 1 << (i % 8);
            }
        }
        bytes
    }

    /// Rejects numbers of r and above (round constants).
    fn field_element(&mut self) -> Fr {
        loop {
            if let Some(x) = Option::from(Fr::from_repr(self.bytes())) {
                return x;
            }
        }
    }

    /// Reduces modulo r (matrix entries).
    fn field_element_unfiltered(&mut self) -> Fr {
        self.bytes().iter().rev().fold(Fr::ZERO, |x, byte| {
            x * Fr::from(256) + Fr::from(u64::from(*byte))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field;
    use light_poseidon::{Poseidon, PoseidonBytesHasher};

    #[test]
    fn published_vector() {
        let out = hash([1, 2, 3, 4].map(Fr::from));
        let expected = Fr::from_str_vartime(
            "18821383157269793795438455681495246036402687001665670618754263018637548127333",
        );
        assert_eq!(Some(out), expected);
    }

    #[test]
    fn agrees_with_an_independent_library() {
        let mut oracle = Poseidon::<ark_bn254::Fr>::new_circom(4).unwrap();
        for seed in 0..50u64 {
            let inputs: [Fr; 4] = std::array::from_fn(|i| {
                Fr::from(seed * 7 + i as u64).pow([seed + 3]) - Fr::from(seed)
            });
            let bytes = inputs.map(|x| field::to_be_bytes(&x));
            let expected = oracle
                .hash_bytes_be(&bytes.each_ref().map(|b| &b[..]))
                .unwrap();
            assert_eq!(field::to_be_bytes(&hash(inputs)), expected);
        }
    }

    #[test]
    fn no_matrix_entry_is_degenerate() {
        assert!(
            PARAMETERS
                .mds
                .iter()
                .flatten()
                .all(|x| !bool::from(x.is_zero()))
        );
    }
}
