//! EIP-712 signatures: one accepted form each.
//!
//! 65 bytes r, s, v; then the document: `as_of` (8 bytes), the policy's digest (32 bytes,
//! reduced to 31), prices of 16 bytes each, reduced to 120 bits.

use crate::{Verdict, refused};
use covenant_circuits::field::{Fr, from_be_bytes};
use covenant_circuits::numbers::Price;
use covenant_verifier::signed::{PriceSnapshot, Signature, SignatureError};
use k256::Scalar;
use k256::elliptic_curve::PrimeField;

pub(crate) fn signature(data: &[u8]) -> Verdict {
    if let Ok(text) = std::str::from_utf8(data) {
        match text.parse::<Signature>() {
            // Of the texts for one signature, one is kept.
            Ok(read) => assert_eq!(read.to_string().parse(), Ok(read)),
            Err(e) => {
                refused(&e);
            }
        }
    }
    let Some((bytes, rest)) = data.split_first_chunk::<65>() else {
        return Verdict::Refused;
    };
    let signature = Signature::from_bytes(*bytes);
    let document = document(rest);
    let digest = document.digest();
    let read = signature.to_string().parse::<Signature>();
    let recovered = signature.recover(&digest);
    match (&read, &recovered) {
        (Ok(read), _) if *read == signature => {}
        // A v of 0 or 1 is read as 27 or 28, and nobody's until then; what else is wrong is read first.
        (_, Err(SignatureError::RecoveryByte { got: 0 | 1 })) => {}
        (Err(read), Err(error)) => assert_eq!(read, error),
        (Ok(_), _) | (Err(_), Ok(_)) => panic!("read as {read:?}, recovered as {recovered:?}"),
    }
    let signer = match recovered {
        Ok(signer) => signer,
        Err(e) => return refused(&e),
    };
    assert_eq!(signature.check(&digest, signer), Ok(()));

    // Its twin, n - s under the other v, is the same key's and must not pass.
    let mut twin = *bytes;
    let s: [u8; 32] = bytes[32..64].try_into().unwrap();
    let negated = -Scalar::from_repr(s.into()).unwrap();
    twin[32..64].copy_from_slice(&negated.to_repr());
    twin[64] = 27 + 28 - bytes[64];
    assert_eq!(
        Signature::from_bytes(twin).recover(&digest),
        Err(SignatureError::HighS)
    );
    // Nor does any other last byte, the old 0 and 1 and those of EIP-155 among them.
    for v in [0, 1, 2, 26, 29, 35, 36, 255] {
        let mut other = *bytes;
        other[64] = v;
        let error = Signature::from_bytes(other)
            .check(&digest, signer)
            .unwrap_err();
        assert_eq!(error, SignatureError::RecoveryByte { got: v });
    }
    // Over another document it is not this signer's.
    for change in [
        PriceSnapshot {
            as_of: document.as_of ^ 1,
            ..document.clone()
        },
        PriceSnapshot {
            policy: document.policy + Fr::from(1),
            ..document.clone()
        },
        PriceSnapshot {
            prices: [&document.prices[..], &[Price::MAX]].concat(),
            ..document
        },
    ] {
        assert!(signature.check(&change.digest(), signer).is_err());
    }
    Verdict::Read
}

/// The document that the bytes after the signature stand for.
fn document(rest: &[u8]) -> PriceSnapshot {
    let mut bytes = rest.iter().copied();
    let mut take = |n: usize| -> u128 {
        (0..n).fold(0, |x, _| x << 8 | u128::from(bytes.next().unwrap_or(0)))
    };
    let as_of = take(8) as u64;
    let mut policy = [0u8; 32];
    take(1);
    for half in [1..16, 16..32] {
        let n = half.len();
        let word = take(n).to_be_bytes();
        policy[half].copy_from_slice(&word[16 - n..]);
    }
    let n = rest.len().saturating_sub(40).div_ceil(16).min(8);
    PriceSnapshot {
        policy: from_be_bytes(&policy).unwrap(),
        as_of,
        prices: (0..n)
            .map(|_| Price::new((take(16) >> 8).max(1)).unwrap())
            .collect(),
    }
}
