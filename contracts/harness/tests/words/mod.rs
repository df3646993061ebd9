//! 256-bit words: aliases modulo r and p, negation, the curve.
#![allow(unreachable_pub, missing_docs)]

/// Order of the scalar field and of the base field.
pub const R: [u64; 4] = [
    0x30644e72e131a029,
    0xb85045b68181585d,
    0x2833e84879b97091,
    0x43e1f593f0000001,
];
pub const P: [u64; 4] = [
    0x30644e72e131a029,
    0xb85045b68181585d,
    0x97816a916871ca8d,
    0x3c208c16d87cfd47,
];

pub fn on_curve(pair: &[u8]) -> bool {
    use ff::PrimeField;
    use halo2curves::CurveAffine;
    use halo2curves::bn256::{Fq, G1Affine};
    let coordinate = |bytes: &[u8]| {
        let mut le: [u8; 32] = bytes.try_into().unwrap();
        le.reverse();
        Option::<Fq>::from(Fq::from_repr(le))
    };
    match (coordinate(&pair[..32]), coordinate(&pair[32..])) {
        (Some(x), Some(y)) => bool::from(G1Affine::from_xy(x, y).is_some()),
        _ => false,
    }
}

/// word + multiple, if it fits 256 bits.
pub fn plus(word: &[u8], modulus: [u64; 4]) -> Option<Vec<u8>> {
    let mut out = vec![0; 32];
    let mut carry = 0u128;
    for i in (0..4).rev() {
        let limb = u64::from_be_bytes(word[8 * i..8 * i + 8].try_into().unwrap());
        let sum = u128::from(limb) + u128::from(modulus[i]) + carry;
        out[8 * i..8 * i + 8].copy_from_slice(&(sum as u64).to_be_bytes());
        carry = sum >> 64;
    }
    (carry == 0).then_some(out)
}

pub fn minus(modulus: [u64; 4], word: &[u8]) -> Vec<u8> {
    let complement: Vec<u8> = word.iter().map(|b| !b).collect();
    let one = [0, 0, 0, 1];
    // modulus + ~word + 1, modulo 2^256.
    let mut out = vec![0; 32];
    let mut carry = 0u128;
    for i in (0..4).rev() {
        let limb = u64::from_be_bytes(complement[8 * i..8 * i + 8].try_into().unwrap());
        let sum = u128::from(limb) + u128::from(modulus[i]) + one[i] + carry;
        out[8 * i..8 * i + 8].copy_from_slice(&(sum as u64).to_be_bytes());
        carry = sum >> 64;
    }
    out
}
