//! Aztec Ignition to 2^14, compiled in: `data/README.md` says where it comes from.

use std::path::Path;

use super::check::{self, G1_BYTES};
use super::{Ceremony, Srs, SrsError};

/// log2 of the number of embedded powers, but for the last.
pub(super) const K: u32 = 14;

const POWERS: &[u8; G1_BYTES * ((1 << K) + 1)] = include_bytes!("../../data/aztec-ignition-g1.bin");
const TAU_G2: &[u8; check::G2_BYTES] = include_bytes!("../../data/aztec-ignition-g2.bin");
/// The bases of k = 1 to 14 one after another: that of k starts at point 2^k - 2.
const LAGRANGE: &[u8; ((2 << K) - 2) * G1_BYTES] =
    include_bytes!("../../data/aztec-ignition-lagrange.bin");

/// The first 2^k + 1 powers and the Lagrange basis of k.
pub(super) fn read(k: u32) -> Result<Srs, SrsError> {
    let path = Path::new("embedded aztec-ignition");
    check::k_in_range(path, k, K)?;
    let n = 1usize << k;
    let slice = |bytes: &'static [u8], what, first: usize, count: usize| {
        let range = first * G1_BYTES..(first + count) * G1_BYTES;
        let expected = range.end as u64;
        let bytes = bytes.get(range).ok_or_else(|| SrsError::Length {
            path: path.to_owned(),
            what,
            expected,
            got: bytes.len() as u64,
        })?;
        check::g1_points(path, what, 0, bytes)
    };
    // One more than there are rows.
    let powers = slice(POWERS, "powers of tau in G1", 0, n + 1)?;
    let lagrange = slice(LAGRANGE, "lagrange basis", n - 2, n)?;
    let tau_g2 = check::g2_point(path, "powers of tau in G2", 1, TAU_G2)?;

    let ceremony = match powers.as_slice() {
        [one, tau, ..] if *one == halo2curves::bn256::G1Affine::generator() => {
            Ceremony::recognise(tau, &tau_g2)
        }
        _ => {
            return Err(SrsError::Generator {
                path: path.to_owned(),
                group: "G1",
            });
        }
    };
    if ceremony != Ceremony::AztecIgnition {
        return Err(SrsError::Untrusted {
            path: path.to_owned(),
            ceremony,
        });
    }
    Srs::assemble(path, ceremony, k, powers, lagrange, tau_g2)
}
