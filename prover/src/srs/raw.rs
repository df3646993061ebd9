//! halo2's raw `.srs`, as `ParamsKZG::write_custom` writes it with `SerdeFormat::RawBytes`: k
//! (little-endian u32), 2^k powers of tau in G1, the Lagrange basis, G2, tau G2. No magic.

use super::check::{G1_BYTES, G2_BYTES, k_in_range};
use super::import::Parts;
use super::reader::Reader;
use super::{MAX_K, SrsError};

/// Bytes of a raw SRS for this k.
pub(super) fn len(k: u32) -> u64 {
    let n = 1u64 << k.min(MAX_K);
    4 + 2 * n * G1_BYTES as u64 + 2 * G2_BYTES as u64
}

/// Reads the SRS that starts at byte `start`; so many bytes of the file follow it.
pub(super) fn read(reader: &mut Reader, start: u64, after: u64) -> Result<Parts, SrsError> {
    reader.seek(start)?;
    reader.start_digest();
    let k = reader.u32()?;
    k_in_range(reader.path(), k, MAX_K)?;
    reader.expect_len(start.saturating_add(len(k)).saturating_add(after))?;
    let n = 1usize << k;
    Ok(Parts {
        k,
        powers: reader.g1_points("powers of tau in G1", n)?,
        lagrange: Some(reader.g1_points("lagrange basis", n)?),
        g2: reader.g2_point("powers of tau in G2", 0)?,
        tau_g2: reader.g2_point("powers of tau in G2", 1)?,
    })
}
