//! Keys for proving and verifying a shape: compiled in, cached, or rebuilt.

use crate::codes::Code;
use crate::outcome::Failure;
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::program::Capacity;
use covenant_circuits::rollup::RollupShape;
use covenant_circuits::shape::{self, Shape};
use covenant_prover::keys::Keys;
use covenant_prover::srs::{MAX_EMBEDDED_K, Srs};
use covenant_verifier::bundle::Bundle;
use covenant_verifier::key::{CircuitKey, RollupKey};
use covenant_verifier::tree;
use std::path::{Path, PathBuf};

/// More blocks of accounts than a circuit under the embedded ceremony has room for: of a larger
/// tree, keys are not rebuilt.
const MOST_BLOCKS: usize = 1024;

/// Where keys and imported SRSs are kept: `--cache-dir`, or the user's cache directory.
pub(crate) fn cache_dir(given: Option<&Path>) -> Result<PathBuf, Failure> {
    match given {
        Some(dir) => Ok(dir.into()),
        None => dirs::cache_dir()
            .map(|dir| dir.join("covenant"))
            .ok_or_else(|| {
                Failure::new(
                    Code::CacheMissing,
                    "expected a user cache directory, got none; name one with --cache-dir",
                )
            }),
    }
}

/// The SRS for a shape: the embedded one, or one that `srs import` put in the cache.
fn srs(shape: impl Capacity, cache: &Path) -> Result<Srs, Failure> {
    let k = fit::smallest(shape).k;
    if k <= MAX_EMBEDDED_K {
        return Srs::embedded(k).map_err(Failure::of);
    }
    Srs::load(cache.join("srs"), k).map_err(|e| {
        let said = format!(
            "the shape {shape} needs an SRS of k = {k}, beyond the embedded one: {e}; get a .ptau of Hermez or of Perpetual Powers of Tau and run covenant srs import"
        );
        Failure::of(e).saying(said)
    })
}

/// Keys to prove with.
pub(crate) fn proving<S: Capacity>(shape: S, cache: &Path) -> Result<Keys<S>, Failure> {
    let srs = srs(shape, cache)?;
    Keys::new(shape, srs, Some(&cache.join("keys"))).map_err(Failure::of)
}

/// The key that a bundle is to be verified with: see [`verifying_of`].
pub(crate) fn verifying(bundle: &Bundle, cache: &Path) -> Result<CircuitKey, Failure> {
    verifying_of(bundle.shape(), cache)
}

/// The key of a shape: compiled in for the standard shapes, else rebuilt from the shape,
/// never read from a bundle or a file.
pub(crate) fn verifying_of(shape: Shape, cache: &Path) -> Result<CircuitKey, Failure> {
    if let Ok(key) = CircuitKey::standard(shape) {
        return Ok(key);
    }
    let keys = proving(shape, cache)?;
    let (ceremony, tau_g2) = (keys.ceremony().to_string(), keys.srs().params().s_g2());
    CircuitKey::with_tau(shape, &ceremony, tau_g2, keys.verifying_key().clone())
        .map_err(Failure::of)
}

/// The keys of a tree's nodes: compiled in for the standard roll-up shapes, else rebuilt.
pub(crate) fn of_tree(cache: &Path) -> tree::Keys {
    let cache = cache.to_owned();
    tree::Keys::by(move |shape| rollup(shape, &cache).ok())
}

fn rollup(shape: RollupShape, cache: &Path) -> Result<RollupKey, Failure> {
    let compiled_in = RollupKey::rollup(shape);
    // A manifest may name any shape, and the work of a key grows with it.
    let blocks = shape
        .accounts()
        .saturating_mul(shape::blocks_of(shape.positions()));
    if compiled_in.is_ok() || blocks.saturating_add(shape.merged_blocks()) > MOST_BLOCKS {
        return compiled_in.map_err(Failure::of);
    }
    let keys = proving(shape, cache)?;
    let (ceremony, tau_g2) = (keys.ceremony().to_string(), keys.srs().params().s_g2());
    RollupKey::with_tau(shape, &ceremony, tau_g2, keys.verifying_key().clone()).map_err(Failure::of)
}
