//! snarkjs's `.ptau`: "ptau", version and number of sections (u32), then sections of a type (u32),
//! a size (u64) and that many bytes, all little-endian.
//!
//! Section 1: the size of a coordinate (32), the modulus, the power P, the ceremony's power. 2: the
//! 2^(P+1) - 1 powers of tau in G1. 3: 2^P in G2. Points are little-endian Montgomery coordinates,
//! halo2curves' raw bytes. The rest is skipped, the Lagrange sections too: their order differs.

use ff::{Field as _, PrimeField as _};
use halo2curves::bn256::Fq;

use super::check::{G1_BYTES, G2_BYTES, k_in_range};
use super::import::Parts;
use super::reader::Reader;
use super::{MAX_K, SrsError};

/// The first bytes of the file.
pub(super) const MAGIC: [u8; 4] = *b"ptau";

const VERSION: u32 = 1;
/// snarkjs writes 11.
const MAX_SECTIONS: u32 = 64;
/// The largest power there can be: r - 1 is divisible by 2^28.
const MAX_POWER: u32 = 28;

/// A section's place: its first byte and its size.
#[derive(Clone, Copy)]
struct Section {
    start: u64,
    size: u64,
}

/// Reads the first 2^k powers and the one after them; k is P without a `k`.
pub(super) fn read(reader: &mut Reader, k: Option<u32>) -> Result<Parts, SrsError> {
    let [header, g1, g2] = sections(reader)?;
    let power = power(reader, header)?;
    let k = k.unwrap_or(power);
    k_in_range(reader.path(), k, power.min(MAX_K))?;
    let n1 = (2u64 << power) - 1;
    let n2 = 1u64 << power;
    expect_size(reader, "section 2 (tau in G1)", g1, n1 * G1_BYTES as u64)?;
    expect_size(reader, "section 3 (tau in G2)", g2, n2 * G2_BYTES as u64)?;

    reader.seek(g2.start)?;
    let (g2_one, tau_g2) = (
        reader.g2_point("powers of tau in G2", 0)?,
        reader.g2_point("powers of tau in G2", 1)?,
    );
    reader.seek(g1.start)?;
    Ok(Parts {
        k,
        powers: reader.g1_points("powers of tau in G1", (1 << k) + 1)?,
        lagrange: None,
        g2: g2_one,
        tau_g2,
    })
}

/// Sections 1, 2 and 3, each there exactly once; the last section ends with the file.
fn sections(reader: &mut Reader) -> Result<[Section; 3], SrsError> {
    reader.seek(0)?;
    let magic: [u8; 4] = reader.bytes()?;
    if magic != MAGIC {
        let got = super::ceremony::hex(&magic);
        return Err(SrsError::header(reader.path(), "magic", "ptau", got));
    }
    let version = reader.u32()?;
    if version != VERSION {
        return Err(SrsError::header(reader.path(), "version", VERSION, version));
    }
    let count = reader.u32()?;
    if !(3..=MAX_SECTIONS).contains(&count) {
        let expected = format!("3 to {MAX_SECTIONS}");
        return Err(SrsError::header(
            reader.path(),
            "number of sections",
            expected,
            count,
        ));
    }
    let mut found: [Option<Section>; 3] = [None; 3];
    let mut at = 12u64;
    for _ in 0..count {
        reader.seek(at)?;
        let (kind, size) = (reader.u32()?, reader.u64()?);
        let start = at.saturating_add(12);
        at = start.saturating_add(size);
        if at > reader.len() {
            return Err(SrsError::Length {
                path: reader.path().to_owned(),
                what: cut_off(kind),
                expected: size,
                got: reader.len().saturating_sub(start),
            });
        }
        let slot = (kind as usize)
            .checked_sub(1)
            .and_then(|i| found.get_mut(i));
        if let Some(slot) = slot {
            if slot.is_some() {
                return Err(SrsError::header(
                    reader.path(),
                    "sections",
                    "each once",
                    kind,
                ));
            }
            *slot = Some(Section { start, size });
        }
    }
    reader.expect_len(at)?;
    match found {
        [Some(header), Some(g1), Some(g2)] => Ok([header, g1, g2]),
        _ => Err(SrsError::header(
            reader.path(),
            "sections",
            "1, 2 and 3",
            "one of them missing",
        )),
    }
}

/// What a section is that the file ends within.
fn cut_off(kind: u32) -> &'static str {
    match kind {
        1 => "section 1 (header), cut off",
        2 => "section 2 (tau in G1), cut off",
        3 => "section 3 (tau in G2), cut off",
        4..=6 => "sections 4 to 6 (alpha and beta), cut off",
        7 => "section 7 (contributions), cut off",
        12..=15 => "sections 12 to 15 (Lagrange points), cut off",
        _ => "a section, cut off",
    }
}

/// The power P of the header, which is for BN254's base field.
fn power(reader: &mut Reader, section: Section) -> Result<u32, SrsError> {
    expect_size(reader, "section 1 (header)", section, 4 + 32 + 4 + 4)?;
    reader.seek(section.start)?;
    let width = reader.u32()?;
    if width != 32 {
        return Err(SrsError::header(
            reader.path(),
            "section 1: bytes of a coordinate",
            "32, of the curve BN254 (bn128)",
            match width {
                48 => "48, as of BLS12-381".into(),
                other => other.to_string(),
            },
        ));
    }
    // p - 1 differs from p in the lowest bit alone, and a canonical encoding of p there is none.
    let mut modulus = (-Fq::ONE).to_repr();
    if let Some(low) = modulus.first_mut() {
        *low |= 1;
    }
    let got: [u8; 32] = reader.bytes()?;
    if got != modulus {
        return Err(SrsError::header(
            reader.path(),
            "section 1: curve (its modulus, little-endian)",
            format!("BN254 (bn128), {}", super::ceremony::hex(&modulus)),
            super::ceremony::hex(&got),
        ));
    }
    let power = reader.u32()?;
    k_in_range(reader.path(), power, MAX_POWER)?;
    Ok(power)
}

fn expect_size(
    reader: &Reader,
    what: &'static str,
    section: Section,
    expected: u64,
) -> Result<(), SrsError> {
    if section.size == expected {
        return Ok(());
    }
    Err(SrsError::Length {
        path: reader.path().to_owned(),
        what,
        expected,
        got: section.size,
    })
}
