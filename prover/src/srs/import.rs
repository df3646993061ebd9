//! From a file that nobody vouches for to a checked [`Srs`].

use std::path::Path;

use group::prime::PrimeCurveAffine as _;
use halo2_proofs::arithmetic::g_to_lagrange;
use halo2curves::bn256::{G1Affine, G2Affine};

use super::reader::Reader;
use super::{Ceremony, Srs, SrsError, cache, check, ptau, raw};

/// What [`import`] may do; there is no default for what security rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportOptions {
    /// The k to cut it down to, from 1 to the file's k; `None` keeps the file's, which must be at
    /// most [`MAX_K`](super::MAX_K). A raw `.srs` of 2^k powers serves k - 1 at most, because a
    /// proof needs one power more than there are rows.
    pub k: Option<u32>,
    /// Whether a ceremony that is not one of [`Ceremony::KNOWN`] is accepted, and then named
    /// untrusted.
    pub allow_untrusted: bool,
}

/// What a file says, its points checked one by one.
pub(super) struct Parts {
    /// log2 of the number of powers.
    pub(super) k: u32,
    /// 2^k, and more where the format has more.
    pub(super) powers: Vec<G1Affine>,
    pub(super) lagrange: Option<Vec<G1Affine>>,
    pub(super) g2: G2Affine,
    pub(super) tau_g2: G2Affine,
}

/// Reads and checks an SRS from a `.ptau` (snarkjs), a halo2 raw `.srs`, or a file that
/// [`Srs::save`] wrote; the content decides which.
///
/// k and the exact length are checked before anything is allocated; then every point (canonical, on
/// the curve, not the identity), the generators, tau G2 (in the subgroup, neither the identity
/// nor the generator), the ceremony, all powers by one pairing over a random linear combination,
/// that there is one more of them than 2^k, and the Lagrange basis, which is computed if the file
/// has none for this k. That takes 2^k k / 2 scalar multiplications, seconds for k = 14:
/// [`Srs::save`] the result.
///
/// # Errors
/// Any [`SrsError`] but [`SrsError::NotCached`].
pub fn import(path: impl AsRef<Path>, options: ImportOptions) -> Result<Srs, SrsError> {
    let path = path.as_ref();
    let mut reader = Reader::open(path)?;
    let unknown = |got: &[u8]| SrsError::UnknownFormat {
        path: path.to_owned(),
        got: format!("0x{}", super::ceremony::hex(got)),
    };
    if reader.len() < 4 {
        return Err(unknown(&[]));
    }
    let start: [u8; 4] = reader.bytes()?;
    let (parts, name) = match start {
        ptau::MAGIC => (ptau::read(&mut reader, options.k)?, None),
        start if cache::MAGIC.starts_with(&start) => {
            let (parts, name) = cache::read(&mut reader)?;
            (parts, Some(name))
        }
        // A small number can only be meant as a k, and gets a message that says so.
        [_, 0, 0, 0] => (raw::read(&mut reader, 0, 0)?, None),
        start => return Err(unknown(&start)),
    };
    check_all(path, parts, name.as_deref(), options)
}

/// The checks of points taken together, the cheap ones first.
fn check_all(
    path: &Path,
    parts: Parts,
    name: Option<&str>,
    options: ImportOptions,
) -> Result<Srs, SrsError> {
    let Parts {
        k: file_k,
        mut powers,
        lagrange,
        g2,
        tau_g2,
    } = parts;
    let k = options.k.unwrap_or(file_k);
    check::k_in_range(path, k, file_k)?;
    let ceremony = identify(path, &powers, &g2, &tau_g2, name)?;
    if !ceremony.is_known() && !options.allow_untrusted {
        return Err(SrsError::Untrusted {
            path: path.to_owned(),
            ceremony,
        });
    }
    check::next_power(path, k, &powers)?;
    check::one_tau(path, &powers, &tau_g2)?;
    powers.truncate((1 << k) + 1);
    let own = powers.get(..1 << k).unwrap_or_default();
    let lagrange = match lagrange {
        Some(lagrange) if k == file_k => {
            check::lagrange(path, k, own, &lagrange)?;
            lagrange
        }
        _ => {
            let lagrange = g_to_lagrange(own.iter().map(|p| p.to_curve()).collect(), k);
            check::not_a_root(path, &lagrange)?;
            lagrange
        }
    };
    Srs::assemble(path, ceremony, k, powers, lagrange, tau_g2)
}

/// The ceremony, after the checks that are cheap: generators, tau G2, and the name if there is one.
pub(super) fn identify(
    path: &Path,
    powers: &[G1Affine],
    g2: &G2Affine,
    tau_g2: &G2Affine,
    name: Option<&str>,
) -> Result<Ceremony, SrsError> {
    let [one, tau, ..] = powers else {
        return Err(SrsError::Powers {
            path: path.to_owned(),
        });
    };
    check::generators(path, one, g2)?;
    check::tau_g2(path, tau_g2)?;
    let ceremony = Ceremony::recognise(tau, tau_g2);
    #[cfg(feature = "insecure-dev-srs")]
    if !ceremony.is_known() && name == Some(&Ceremony::InsecureDevelopment.to_string()) {
        return Ok(Ceremony::InsecureDevelopment);
    }
    match name {
        Some(name) if name != ceremony.to_string() => {
            Err(SrsError::header(path, "ceremony", ceremony, name))
        }
        _ => Ok(ceremony),
    }
}
