//! Poseidon over F with circomlib's parameters for sixteen inputs (t = 17, eight full
//! and 68 partial rounds): `H(x_1, .., x_16)` of docs/spec.md, section 3.
//!
//! The round constants and the MDS matrix are derived here by the Grain LFSR of the
//! Poseidon paper (appendix F), the procedure circomlib's tables came from; tests
//! compare with published vectors and with an independent library.

mod partial;

use crate::field::Fr;
use ff::{Field, PrimeField};
use std::array::from_fn;
use std::sync::LazyLock;

/// State width.
pub const WIDTH: usize = 17;
/// Inputs of the hash.
pub const INPUTS: usize = WIDTH - 1;
/// Full rounds, half of them before and half after the partial ones.
pub const FULL_ROUNDS: usize = 8;
/// Partial rounds: the S-box touches the first lane only.
pub const PARTIAL_ROUNDS: usize = 68;
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

/// circomlib's parameters for t = 17.
pub static PARAMETERS: LazyLock<Parameters> = LazyLock::new(Parameters::derive);

/// `H(x_1, .., x_16)`. Fewer inputs are padded with 0; more do not compile:
///
/// ```compile_fail,E0080
/// use covenant_claims::{Fr, poseidon};
///
/// poseidon::hash([Fr::from(0); 17]);
/// ```
pub fn hash<const N: usize>(inputs: [Fr; N]) -> Fr {
    const { assert!(N <= INPUTS) };
    let mut state = [Fr::ZERO; WIDTH];
    for (lane, input) in state.iter_mut().skip(1).zip(inputs) {
        *lane = input;
    }
    let [out, ..] = permute(state);
    out
}

/// The Poseidon permutation.
pub fn permute(mut state: State) -> State {
    let (first, _, last) = PARAMETERS.phases();
    for constants in first {
        state = full_round(&state, constants);
    }
    state = partial::rounds(&state);
    for constants in last {
        state = full_round(&state, constants);
    }
    state
}

fn full_round(state: &State, constants: &State) -> State {
    let mut next = *state;
    for (lane, constant) in next.iter_mut().zip(constants) {
        *lane = quint(*lane + constant);
    }
    mix(&next)
}

/// The S-box, `x^5`.
pub fn quint(x: Fr) -> Fr {
    x.square().square() * x
}

/// The MDS matrix times a state.
pub fn mix(state: &State) -> State {
    PARAMETERS.mds.each_ref().map(|row| dot(row, state))
}

fn dot(a: &State, b: &State) -> Fr {
    a.iter().zip(b).map(|(a, b)| *a * b).sum()
}

impl Parameters {
    fn derive() -> Self {
        let mut grain = Grain::new(WIDTH, PARTIAL_ROUNDS);
        let constants = from_fn(|_| from_fn(|_| grain.field_element()));
        let xs: State = from_fn(|_| grain.field_element_unfiltered());
        let ys: State = from_fn(|_| grain.field_element_unfiltered());
        Self {
            constants,
            mds: xs.map(|x| ys.map(|y| cauchy(x, y))),
        }
    }

    /// The constants of the first full rounds, of the partial ones and of the last full ones.
    fn phases(&self) -> (&[State], &[State], &[State]) {
        let (first, rest) = self.constants.split_at(FULL_ROUNDS / 2);
        let (partial, last) = rest.split_at(PARTIAL_ROUNDS);
        (first, partial, last)
    }
}

/// An entry of a Cauchy matrix. No sum is zero for these parameters: a test looks.
fn cauchy(x: Fr, y: Fr) -> Fr {
    (x + y).invert().unwrap_or(Fr::ZERO)
}

/// The self-shrinking 80-bit LFSR of the Poseidon paper. Bit i of the paper's register is bit
/// `79 - i` here.
struct Grain(u128);

const FIELD_BITS: usize = 254;
const REGISTER: u32 = 80;

impl Grain {
    /// For a state of that width over F, with [`FULL_ROUNDS`] full rounds and so many partial ones.
    fn new(width: usize, partial_rounds: usize) -> Self {
        let fields = [
            (1, 2), // a prime field
            (0, 4), // the S-box x^alpha
            (FIELD_BITS, 12),
            (width, 12),
            (FULL_ROUNDS, 10),
            (partial_rounds, 10),
            ((1 << 30) - 1, 30),
        ];
        let register = fields
            .iter()
            .fold(0, |bits, (value, width)| bits << width | *value as u128);
        let mut grain = Self(register);
        for _ in 0..160 {
            grain.step();
        }
        grain
    }

    fn step(&mut self) -> bool {
        let tap = |i: u32| self.0 >> (REGISTER - 1 - i);
        let bit = (tap(62) ^ tap(51) ^ tap(38) ^ tap(23) ^ tap(13) ^ tap(0)) & 1;
        self.0 = (self.0 << 1 | bit) & ((1 << REGISTER) - 1);
        bit == 1
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
    use light_poseidon::parameters::bn254_x5::get_poseidon_parameters;

    #[test]
    fn published_vector() {
        let out = hash(from_fn::<_, INPUTS, _>(|i| Fr::from(i as u64 + 1)));
        let expected = Fr::from_str_vartime(
            "9989051620750914585850546081941653841776809718687451684622678807385399211877",
        );
        assert_eq!(Some(out), expected);
    }

    #[test]
    fn fewer_inputs_are_padded_with_zeros() {
        let padded = from_fn(|i| Fr::from([1, 2, 3].get(i).copied().unwrap_or(0)));
        assert_eq!(hash([1, 2, 3].map(Fr::from)), hash::<INPUTS>(padded));
    }

    /// The library stops at thirteen lanes. The generator is the same for every width, so it is
    /// compared there; the published vectors are of this width.
    #[test]
    fn the_generator_agrees_with_an_independent_library() {
        use ark_ff::{BigInteger, PrimeField};
        for (width, partial_rounds) in [(2, 56), (3, 57), (5, 60), (13, 65)] {
            let oracle = get_poseidon_parameters::<ark_bn254::Fr>(width as u8).unwrap();
            let oracle_bytes = |x: &ark_bn254::Fr| x.into_bigint().to_bytes_be();
            let mut grain = Grain::new(width, partial_rounds);
            assert_eq!(oracle.ark.len(), width * (FULL_ROUNDS + partial_rounds));
            for constant in &oracle.ark {
                let ours = field::to_be_bytes(&grain.field_element());
                assert_eq!(ours.to_vec(), oracle_bytes(constant));
            }
            let mut draw = || -> Vec<Fr> {
                (0..width)
                    .map(|_| grain.field_element_unfiltered())
                    .collect()
            };
            let (xs, ys) = (draw(), draw());
            for (x, row) in xs.iter().zip(&oracle.mds) {
                for (y, entry) in ys.iter().zip(row) {
                    let ours = field::to_be_bytes(&cauchy(*x, *y));
                    assert_eq!(ours.to_vec(), oracle_bytes(entry));
                }
            }
        }
    }

    /// The permutation as the paper writes it, round by round.
    #[test]
    fn the_shortened_partial_rounds_change_nothing() {
        let (first, partial, last) = PARAMETERS.phases();
        for seed in 0..20u64 {
            let state: State = from_fn(|i| Fr::from(seed + i as u64).pow([seed * 7 + 3]));
            let mut plain = state;
            for constants in first {
                plain = full_round(&plain, constants);
            }
            for constants in partial {
                let mut next: State = from_fn(|i| plain[i] + constants[i]);
                next[0] = quint(next[0]);
                plain = mix(&next);
            }
            for constants in last {
                plain = full_round(&plain, constants);
            }
            assert_eq!(permute(state), plain);
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
