//! The checks that make points an SRS. Each names the file in its error.

use std::path::Path;

use ff::{BatchInvert as _, Field as _, FromUniformBytes as _, PrimeField as _};
use group::cofactor::CofactorGroup as _;
use group::prime::PrimeCurveAffine as _;
use group::{Curve as _, Group as _};
use halo2_proofs::arithmetic::best_multiexp;
use halo2curves::bn256::{Fr, G1Affine, G2Affine, G2Prepared, multi_miller_loop};
use halo2curves::pairing::MillerLoopResult as _;
use halo2curves::serde::SerdeObject as _;
use rand_core::{OsRng, RngCore as _};
use rayon::prelude::*;

use super::{MIN_K, SrsError};

/// Bytes of a raw point of G1.
pub(super) const G1_BYTES: usize = 64;
/// Bytes of a raw point of G2.
pub(super) const G2_BYTES: usize = 128;

/// `MIN_K <= k <= max`.
pub(super) fn k_in_range(path: &Path, k: u32, max: u32) -> Result<(), SrsError> {
    if (MIN_K..=max).contains(&k) {
        return Ok(());
    }
    Err(SrsError::K {
        path: path.to_owned(),
        min: MIN_K,
        max,
        got: k,
    })
}

/// Raw points of G1, each canonical, on the curve (so in the group) and not the identity. A last
/// incomplete point is ignored: the caller knows the length.
pub(super) fn g1_points(
    path: &Path,
    what: &'static str,
    first: usize,
    bytes: &[u8],
) -> Result<Vec<G1Affine>, SrsError> {
    let point = |raw: &[u8]| G1Affine::from_raw_bytes(raw).filter(|p| !bool::from(p.is_identity()));
    bytes
        .par_chunks_exact(G1_BYTES)
        .map(point)
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| SrsError::Point {
            path: path.to_owned(),
            what,
            index: first
                + bytes
                    .chunks_exact(G1_BYTES)
                    .take_while(|raw| point(raw).is_some())
                    .count(),
        })
}

/// A raw point of G2, canonical and on the twist; the subgroup is another check.
pub(super) fn g2_point(
    path: &Path,
    what: &'static str,
    index: usize,
    bytes: &[u8],
) -> Result<G2Affine, SrsError> {
    G2Affine::from_raw_bytes(bytes)
        .filter(|p| !bool::from(p.is_identity()))
        .ok_or_else(|| SrsError::Point {
            path: path.to_owned(),
            what,
            index,
        })
}

/// The first points are the generators.
pub(super) fn generators(path: &Path, g1: &G1Affine, g2: &G2Affine) -> Result<(), SrsError> {
    let group = if *g1 != G1Affine::generator() {
        "G1"
    } else if *g2 != G2Affine::generator() {
        "G2"
    } else {
        return Ok(());
    };
    Err(SrsError::Generator {
        path: path.to_owned(),
        group,
    })
}

/// tau G2 is in the subgroup, and neither the identity nor the generator.
pub(super) fn tau_g2(path: &Path, point: &G2Affine) -> Result<(), SrsError> {
    let got = if bool::from(point.is_identity()) {
        "tau is 0"
    } else if *point == G2Affine::generator() {
        "tau is 1"
    } else if !bool::from(point.to_curve().is_torsion_free()) {
        "tau G2 is not in the subgroup"
    } else {
        return Ok(());
    };
    Err(SrsError::Tau {
        path: path.to_owned(),
        got,
    })
}

/// All powers at once: `e(sum c^i P_(i+1), G2) = e(sum c^i P_i, tau G2)` for a random c. Points
/// that are not the powers of one tau pass for at most 2^k of the r values of c.
pub(super) fn one_tau(path: &Path, powers: &[G1Affine], tau_g2: &G2Affine) -> Result<(), SrsError> {
    let failed = || SrsError::Powers {
        path: path.to_owned(),
    };
    let (_, shifted) = powers.split_first().ok_or_else(failed)?;
    let (_, head) = powers.split_last().ok_or_else(failed)?;
    let c = powers_of(challenge(path)?, head.len());
    let left = best_multiexp(&c, shifted).to_affine();
    let right = (-best_multiexp(&c, head)).to_affine();
    let product = multi_miller_loop(&[
        (&left, &G2Prepared::from(G2Affine::generator())),
        (&right, &G2Prepared::from(*tau_g2)),
    ])
    .final_exponentiation();
    if bool::from(product.is_identity()) {
        Ok(())
    } else {
        Err(failed())
    }
}

/// `tau^(2^k)` times the generator: the first power that commits to no coefficient of a column,
/// and the one that masks the pieces of a quotient.
pub(super) fn next_power(path: &Path, k: u32, powers: &[G1Affine]) -> Result<G1Affine, SrsError> {
    let missing = || SrsError::NextPower {
        path: path.to_owned(),
        k,
        expected: (1u64 << k).saturating_add(1),
        got: powers.len() as u64,
    };
    powers.get(1 << k).copied().ok_or_else(missing)
}

/// The polynomial sum c^i X^i, for a random c, commits to the same point by its coefficients and
/// by its evaluations `(c^n - 1) / (c w^j - 1)`. Another basis passes for at most 2^k values of c.
pub(super) fn lagrange(
    path: &Path,
    k: u32,
    powers: &[G1Affine],
    lagrange: &[G1Affine],
) -> Result<(), SrsError> {
    let c = challenge(path)?;
    let omega = (k..Fr::S).fold(Fr::ROOT_OF_UNITY, |w, _| w.square());
    let numerator = (0..k).fold(c, |x, _| x.square()) - Fr::ONE;
    let mut evaluations: Vec<Fr> = std::iter::successors(Some(c), |x| Some(*x * omega))
        .take(lagrange.len())
        .map(|x| x - Fr::ONE)
        .collect();
    evaluations.iter_mut().batch_invert();
    for e in &mut evaluations {
        *e *= numerator;
    }
    let coefficients = powers_of(c, powers.len());
    if powers.len() == lagrange.len()
        && best_multiexp(&coefficients, powers) == best_multiexp(&evaluations, lagrange)
    {
        Ok(())
    } else {
        Err(SrsError::Lagrange {
            path: path.to_owned(),
        })
    }
}

/// No Lagrange polynomial vanishes at tau: else tau is a 2^k-th root of unity, which anyone finds.
pub(super) fn not_a_root(path: &Path, lagrange: &[G1Affine]) -> Result<(), SrsError> {
    if lagrange.iter().any(|p| bool::from(p.is_identity())) {
        return Err(SrsError::Tau {
            path: path.to_owned(),
            got: "tau is a root of unity",
        });
    }
    Ok(())
}

/// A random scalar from the operating system.
fn challenge(path: &Path) -> Result<Fr, SrsError> {
    let mut bytes = [0; 64];
    OsRng
        .try_fill_bytes(&mut bytes)
        .map_err(|e| SrsError::io(path, std::io::Error::other(e)))?;
    Ok(Fr::from_uniform_bytes(&bytes))
}

fn powers_of(c: Fr, n: usize) -> Vec<Fr> {
    std::iter::successors(Some(Fr::ONE), |x| Some(*x * c))
        .take(n)
        .collect()
}
