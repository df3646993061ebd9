//! The structured reference string (SRS): powers of a secret tau that a ceremony destroyed.
//!
//! [`Srs::embedded`] needs no file and serves k = 1 to 14; [`import`] reads larger ones from
//! `.ptau` and halo2 `.srs` files and trusts nothing in them; [`Srs::save`] and [`Srs::load`] keep
//! an imported one in a cache directory. An [`Srs`] in hand was checked, names its ceremony, and
//! has one power more than a circuit has rows, which masks the quotient.

mod cache;
mod ceremony;
mod check;
#[cfg(feature = "insecure-dev-srs")]
mod development;
mod embedded;
mod error;
mod import;
mod ptau;
mod raw;
mod reader;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use halo2_proofs::SerdeFormat;
use halo2_proofs::poly::commitment::{Params as _, ParamsProver as _};
use halo2_proofs::poly::kzg::commitment::ParamsKZG;
use halo2curves::bn256::{Bn256, G1Affine, G2Affine};
use halo2curves::serde::SerdeObject as _;

pub use cache::{CacheEntry, list};
pub use ceremony::Ceremony;
pub use error::SrsError;
pub use import::{ImportOptions, import};

/// The smallest k of an [`Srs`].
pub const MIN_K: u32 = 1;

/// The largest k of an [`Srs`]: 2^24 powers are 1 GiB, and as much again for the Lagrange basis.
pub const MAX_K: u32 = 24;

/// The largest k that [`Srs::embedded`] serves.
pub const MAX_EMBEDDED_K: u32 = embedded::K;

/// A checked SRS for circuits of 2^k rows, and the ceremony it comes from.
#[derive(Clone)]
pub struct Srs {
    ceremony: Ceremony,
    params: ParamsKZG<Bn256>,
    /// The Lagrange basis; halo2 does not show its own.
    lagrange: Arc<Vec<G1Affine>>,
    /// The power after the last.
    next: G1Affine,
}

impl Srs {
    /// The SRS of Aztec Ignition that is compiled in, for 1 <= k <= [`MAX_EMBEDDED_K`].
    ///
    /// Reading checks that every point is canonical, finite and on the curve, and that tau G1 and
    /// tau G2 are the published ones. The rest (powers of one tau, Lagrange bases) is checked by
    /// the tool that derives the bytes and by this crate's tests.
    ///
    /// # Errors
    /// [`SrsError::K`] outside that range.
    pub fn embedded(k: u32) -> Result<Self, SrsError> {
        embedded::read(k)
    }

    /// An SRS with a fresh tau that this process knew: proofs made with it prove nothing.
    ///
    /// For 1 <= k <= [`MAX_K`]. Only behind the feature `insecure-dev-srs`; its ceremony is
    /// [`Ceremony::InsecureDevelopment`], named `INSECURE-development` wherever it shows.
    ///
    /// # Errors
    /// [`SrsError::K`] outside that range.
    #[cfg(feature = "insecure-dev-srs")]
    pub fn insecure_development(k: u32) -> Result<Self, SrsError> {
        development::make(k)
    }

    /// Writes the SRS into a cache directory, which is created if missing, and returns the path.
    ///
    /// The file appears whole or not at all; one of the same ceremony and k is replaced.
    ///
    /// # Errors
    /// [`SrsError::Io`].
    pub fn save(&self, dir: impl AsRef<Path>) -> Result<std::path::PathBuf, SrsError> {
        cache::save(self, dir.as_ref())
    }

    /// Reads an SRS of a known ceremony for exactly this k from a cache directory.
    ///
    /// Checks the sha256 that the file records, every point, and the ceremony's pins; the pairing
    /// was checked on [`import`]. An untrusted ceremony is not found here: [`import`] reads its
    /// cache file, as [`list`] names it, with `allow_untrusted`.
    ///
    /// # Errors
    /// [`SrsError::NotCached`] if there is none, else what is wrong with the file.
    pub fn load(dir: impl AsRef<Path>, k: u32) -> Result<Self, SrsError> {
        cache::load(dir.as_ref(), k)
    }

    /// The ceremony that made it.
    #[must_use]
    pub fn ceremony(&self) -> Ceremony {
        self.ceremony
    }

    /// log2 of the number of powers, and of the rows of a circuit.
    #[must_use]
    pub fn k(&self) -> u32 {
        self.params.k()
    }

    /// halo2's parameters.
    #[must_use]
    pub fn params(&self) -> &ParamsKZG<Bn256> {
        &self.params
    }

    /// The powers of tau, times the generator of G1.
    #[must_use]
    pub fn powers(&self) -> &[G1Affine] {
        self.params.get_g()
    }

    /// The same points in the Lagrange basis of the rows.
    #[must_use]
    pub fn lagrange(&self) -> &[G1Affine] {
        &self.lagrange
    }

    /// `tau^(2^k)` times the generator: what masks the pieces of a proof's quotient. There is no
    /// SRS without it.
    #[must_use]
    pub fn next_power(&self) -> G1Affine {
        self.next
    }

    /// Puts checked points together: 2^k of the Lagrange basis, and a power more.
    fn assemble(
        path: &Path,
        ceremony: Ceremony,
        k: u32,
        mut powers: Vec<G1Affine>,
        lagrange: Vec<G1Affine>,
        tau_g2: G2Affine,
    ) -> Result<Self, SrsError> {
        let next = check::next_power(path, k, &powers)?;
        powers.truncate(1 << k);
        let kept = Arc::new(lagrange.clone());
        let params = seed()?.from_parts(k, powers, Some(lagrange), G2Affine::generator(), tau_g2);
        Ok(Self {
            ceremony,
            params,
            lagrange: kept,
            next,
        })
    }
}

/// No points: 2^k of them twice over is no message.
impl fmt::Debug for Srs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Srs")
            .field("ceremony", &self.ceremony)
            .field("k", &self.k())
            .finish_non_exhaustive()
    }
}

/// Any instance, for the sake of `from_parts`, which is a method: halo2's other constructors draw
/// a tau. This one is read from the bytes of k = 0, tau = 1.
fn seed() -> Result<ParamsKZG<Bn256>, SrsError> {
    let g1 = G1Affine::generator().to_raw_bytes();
    let g2 = G2Affine::generator().to_raw_bytes();
    let bytes = [&0u32.to_le_bytes()[..], &g1, &g1, &g2, &g2].concat();
    ParamsKZG::read_custom(&mut bytes.as_slice(), SerdeFormat::RawBytes)
        .map_err(|e| SrsError::io(Path::new("seed"), e))
}
