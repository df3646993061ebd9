//! Structured reference strings from files nobody vouches for.

use crate::{Verdict, refused};
use covenant_prover::srs::{ImportOptions, Srs, SrsError, import};
use halo2_proofs::SerdeFormat;
use sha2::{Digest, Sha256};
use std::io::Write;

/// Bytes before the points of a cached SRS, and where the digest of the rest is.
const CACHE_HEADER: usize = 8 + 4 + 4 + 64 + 32;
const CACHE_DIGEST: std::ops::Range<usize> = CACHE_HEADER - 32..CACHE_HEADER;

pub(crate) fn ptau(data: &[u8]) -> Verdict {
    read(data, None)
}

/// Cut down by one, as a raw SRS must be.
pub(crate) fn srs(data: &[u8]) -> Verdict {
    read(data, data.first().map(|k| u32::from(*k).saturating_sub(1)))
}

/// With the digest put right, so that what it covers is reached.
pub(crate) fn srs_cache(data: &[u8]) -> Verdict {
    let mut data = data.to_vec();
    if let Some(rest) = data.get(CACHE_HEADER..) {
        let digest = Sha256::digest(rest);
        data[CACHE_DIGEST].copy_from_slice(&digest);
    }
    read(&data, None)
}

fn raw(srs: &Srs) -> Vec<u8> {
    let mut bytes = Vec::new();
    srs.params()
        .write_custom(&mut bytes, SerdeFormat::RawBytes)
        .unwrap();
    bytes
}

fn try_import(data: &[u8], k: Option<u32>, allow_untrusted: bool) -> Result<Srs, SrsError> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(data).unwrap();
    import(file.path(), ImportOptions { k, allow_untrusted })
}

fn read(data: &[u8], k: Option<u32>) -> Verdict {
    // Reading 2^12 powers and more is work, not another path.
    if data.len() > 1 << 18 {
        return Verdict::Refused;
    }
    let (trusted, untrusted) = (try_import(data, k, false), try_import(data, k, true));
    let srs = match untrusted {
        Ok(srs) => srs,
        Err(e) => {
            assert!(trusted.is_err(), "accepted only when less is allowed");
            return refused(&e);
        }
    };
    // An unknown ceremony takes leave; a known one has the points of the embedded one.
    assert_eq!(trusted.is_ok(), srs.ceremony().is_known());
    if srs.ceremony().is_known() && srs.ceremony() == Srs::embedded(1).unwrap().ceremony() {
        let embedded = Srs::embedded(srs.k()).unwrap();
        assert_eq!(raw(&srs), raw(&embedded), "not the ceremony it is named");
        assert_eq!(srs.next_power(), embedded.next_power());
    }
    // What was read can be kept and read again.
    let folder = tempfile::tempdir().unwrap();
    let path = srs.save(folder.path()).unwrap();
    let again = import(
        path,
        ImportOptions {
            k: None,
            allow_untrusted: true,
        },
    )
    .unwrap();
    assert_eq!(raw(&again), raw(&srs));
    assert_eq!(again.next_power(), srs.next_power());
    assert_eq!(again.ceremony(), srs.ceremony());
    Verdict::Read
}
