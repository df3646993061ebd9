//! The scalar field F of BN254, and how its elements are written in files:
//! 0x-prefixed lower-case hex of 32 bytes, big-endian (docs/spec.md, section 10).

use ff::PrimeField;
pub use halo2curves::bn256::Fr;
use std::sync::LazyLock;

/// A field element could not be read from text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FieldError {
    /// Not `0x` followed by 1 to 64 lower-case hex digits.
    #[error(
        "expected 0x and 1 to 64 lower-case hex digits, got {got} characters that are not that"
    )]
    Format {
        /// Length of the text that was found (the text itself may be secret).
        got: usize,
    },
    /// The number is not below the order of the field.
    #[error("expected a number below the order r of the BN254 scalar field, got a larger one")]
    NotCanonical,
}

/// Writes an element as `0x` and 64 lower-case hex digits.
pub fn to_hex(x: &Fr) -> String {
    let mut text = String::with_capacity(66);
    text.push_str("0x");
    for byte in x.to_repr().as_ref().iter().rev() {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

/// Reads `0x` and 1 to 64 lower-case hex digits; refuses numbers of r and above.
pub fn from_hex(text: &str) -> Result<Fr, FieldError> {
    let bytes = bytes_from_hex(text).ok_or(FieldError::Format { got: text.len() })?;
    from_be_bytes(&bytes).ok_or(FieldError::NotCanonical)
}

/// The 32 big-endian bytes of a number that is written as `0x` and 1 to 64 lower-case hex digits.
pub(crate) fn bytes_from_hex(text: &str) -> Option<[u8; 32]> {
    let digits = text.strip_prefix("0x")?;
    if digits.is_empty() || digits.len() > 64 {
        return None;
    }
    let mut bytes = [0u8; 32];
    for (i, c) in digits.bytes().rev().enumerate() {
        let nibble = match c {
            b'0'..=b'9' => c - b'0',
            b'a'..=b'f' => c - b'a' + 10,
            _ => return None,
        };
        let byte = bytes.iter_mut().rev().nth(i / 2)?;
        *byte |= nibble << (4 * (i % 2));
    }
    Some(bytes)
}

/// The integer `hi * 2^128 + lo` as an element; `hi` must keep it below r, which
/// all callers ensure by their ranges (`hi` below 2^120). Native only: the circuit has H32.
pub(crate) fn from_parts(hi: u128, lo: u128) -> Fr {
    Fr::from_u128(hi) * two_pow(128) + Fr::from_u128(lo)
}

/// `2^n` as an element, modulo r. The first 256 are kept: a trace needs thousands.
pub fn two_pow(n: u32) -> Fr {
    use ff::Field;
    static POWERS: LazyLock<Vec<Fr>> = LazyLock::new(|| {
        std::iter::successors(Some(Fr::ONE), |x| Some(x.double()))
            .take(256)
            .collect()
    });
    POWERS
        .get(n as usize)
        .copied()
        .unwrap_or_else(|| Fr::from(2).pow_vartime([u64::from(n)]))
}

/// Little-endian bytes of the canonical representative.
pub fn repr(x: &Fr) -> [u8; 32] {
    let mut bytes = [0u8; 32];
    bytes.copy_from_slice(x.to_repr().as_ref());
    bytes
}

/// The element as a `u128`, if it is below 2^128.
pub fn to_u128(x: &Fr) -> Option<u128> {
    let bytes = repr(x);
    let (lo, hi) = bytes.split_at(16);
    if hi.iter().any(|b| *b != 0) {
        return None;
    }
    Some(u128::from_le_bytes(lo.try_into().ok()?))
}

/// The element of 32 big-endian bytes, if it is canonical.
pub fn from_be_bytes(bytes: &[u8; 32]) -> Option<Fr> {
    let mut le = *bytes;
    le.reverse();
    Option::from(Fr::from_repr(le))
}

/// The 32 big-endian bytes of an element.
pub fn to_be_bytes(x: &Fr) -> [u8; 32] {
    let mut bytes = repr(x);
    bytes.reverse();
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use ff::Field;

    #[test]
    fn hex_round_trip_and_bounds() {
        for x in [Fr::ZERO, Fr::ONE, -Fr::ONE, Fr::from(0xabcdef)] {
            assert_eq!(from_hex(&to_hex(&x)), Ok(x));
        }
        assert_eq!(from_hex("0x1"), Ok(Fr::ONE));
        let r = "0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001";
        assert_eq!(from_hex(r), Err(FieldError::NotCanonical));
        for bad in [
            "",
            "0x",
            "1",
            "0xA",
            "0xg",
            &format!("0x{}", "0".repeat(65)),
        ] {
            assert!(
                matches!(from_hex(bad), Err(FieldError::Format { .. })),
                "{bad}"
            );
        }
    }
}
