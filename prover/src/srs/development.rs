//! An SRS of a tau that this process draws, and so knew: for experiments beyond the embedded
//! ceremony.

use std::path::Path;

use ff::{BatchInvert as _, Field as _, PrimeField as _};
use group::Curve as _;
use halo2curves::bn256::{Fr, G1, G1Affine, G2Affine};
use rand_core::OsRng;
use rayon::prelude::*;

use super::{Ceremony, MAX_K, Srs, SrsError, check};

pub(super) fn make(k: u32) -> Result<Srs, SrsError> {
    let path = Path::new("insecure-development");
    check::k_in_range(path, k, MAX_K)?;
    let (n, tau) = (1usize << k, Fr::random(OsRng));
    let powers: Vec<Fr> = powers_of(tau).take(n + 1).collect();
    // L_j(tau) = (tau^n - 1) / n * w^j / (tau - w^j).
    let omega = (k..Fr::S).fold(Fr::ROOT_OF_UNITY, |w, _| w.square());
    let scale = (0..k).fold(tau, |x, _| x.square()) - Fr::ONE;
    let scale = (0..k).fold(scale, |x, _| x * Fr::TWO_INV);
    let mut lagrange: Vec<Fr> = powers_of(omega).take(n).map(|w| tau - w).collect();
    lagrange.iter_mut().batch_invert();
    for (value, w) in lagrange.iter_mut().zip(powers_of(omega)) {
        *value *= scale * w;
    }
    let tau_g2 = (G2Affine::generator() * tau).to_affine();
    let ceremony = Ceremony::InsecureDevelopment;
    Srs::assemble(
        path,
        ceremony,
        k,
        points(&powers),
        points(&lagrange),
        tau_g2,
    )
}

fn powers_of(x: Fr) -> impl Iterator<Item = Fr> {
    std::iter::successors(Some(Fr::ONE), move |power| Some(*power * x))
}

fn points(scalars: &[Fr]) -> Vec<G1Affine> {
    let generator = G1Affine::generator();
    let points: Vec<G1> = scalars.par_iter().map(|s| generator * s).collect();
    let mut affine = vec![G1Affine::default(); points.len()];
    G1::batch_normalize(&points, &mut affine);
    affine
}
