//! Everything that is checked before a byte is written.

use ff::{Field as _, PrimeField as _};
use group::cofactor::CofactorGroup as _;
use group::prime::PrimeCurveAffine as _;
use group::{Curve as _, Group as _};
use halo2_proofs::arithmetic::{best_fft, best_multiexp};
use halo2_proofs::fft::recursive::FFTData;
use halo2curves::CurveAffine;
use halo2curves::bn256::{Fq, Fr, G1Affine, G2Affine, G2Prepared, multi_miller_loop};
use halo2curves::pairing::MillerLoopResult as _;
use rand_core::OsRng;

use crate::Error;
use crate::derive::{Derived, K, omega};
use crate::source::Source;

/// Aztec Ignition as published: the x coordinate of tau G1.
const TAU_G1_X: &str = "2d360628289ff943ff6bd1a87bbe4e62abe7fb61ba83effd266f22bdcf31e6f9";
/// Aztec Ignition as published: the c0 half of the x coordinate of tau G2.
const TAU_G2_X_C0: &str = "0118c4d5b837bcc2bc89b5b398b5974e9f5944073b32078b7e231fec938883b0";

/// On curve, not the identity, generators, the published pins, powers of one tau, every Lagrange
/// basis a basis of the same polynomials, and the powers that the source carries.
pub(crate) fn verify(derived: &Derived, source: &Source) -> Result<(), Error> {
    let powers = &derived.powers;
    ensure(powers.len() == (1 << K) + 1, || {
        "number of powers".to_owned()
    })?;
    points("powers of tau", powers)?;
    ensure(powers.first() == Some(&G1Affine::generator()), || {
        "power 0 is not the generator".to_owned()
    })?;
    ensure(source.g2 == G2Affine::generator(), || {
        "the G2 generator differs".to_owned()
    })?;
    ensure(
        powers.get(1).map(|p| hex(&p.x)).as_deref() == Some(TAU_G1_X),
        || "tau G1 is not Aztec Ignition's".to_owned(),
    )?;
    ensure(hex(&derived.tau_g2.x.c0) == TAU_G2_X_C0, || {
        "tau G2 is not Aztec Ignition's".to_owned()
    })?;
    ensure(
        bool::from(derived.tau_g2.is_on_curve())
            && bool::from(derived.tau_g2.to_curve().is_torsion_free()),
        || "tau G2 is not in the subgroup".to_owned(),
    )?;
    ensure(one_tau(powers, &derived.tau_g2), || {
        "not the powers of one tau".to_owned()
    })?;
    for (exponent, point) in &source.powers {
        // The source also carries the two powers after the last one here.
        if let Some(power) = powers.get(*exponent) {
            ensure(power == point, || {
                format!("power {exponent} differs from the source")
            })?;
        }
    }
    ensure(derived.lagrange.iter().map(|(k, _)| *k).eq(1..=K), || {
        format!("the Lagrange bases are not those of k = 1 to {K}")
    })?;
    for (k, lagrange) in &derived.lagrange {
        ensure(lagrange.len() == 1 << k, || {
            format!("Lagrange basis for k = {k}: length")
        })?;
        points(&format!("Lagrange basis for k = {k}"), lagrange)?;
        ensure(same_commitment(*k, powers, lagrange), || {
            format!("the Lagrange basis for k = {k} disagrees with the powers")
        })?;
    }
    Ok(())
}

fn ensure(holds: bool, what: impl FnOnce() -> String) -> Result<(), Error> {
    if holds {
        Ok(())
    } else {
        Err(Error::Check(what()))
    }
}

fn points(what: &str, points: &[G1Affine]) -> Result<(), Error> {
    let sound = |p: &G1Affine| bool::from(p.is_on_curve() & !p.is_identity());
    match points.iter().position(|p| !sound(p)) {
        None => Ok(()),
        Some(i) => Err(Error::Check(format!("{what}: bad point {i}"))),
    }
}

/// `e(sum c_i P_(i+1), G2) = e(sum c_i P_i, tau G2)` for random c.
fn one_tau(powers: &[G1Affine], tau_g2: &G2Affine) -> bool {
    let (Some((_, shifted)), Some((_, head))) = (powers.split_first(), powers.split_last()) else {
        return false;
    };
    let c: Vec<Fr> = head.iter().map(|_| Fr::random(OsRng)).collect();
    let left = best_multiexp(&c, shifted).to_affine();
    let right = (-best_multiexp(&c, head)).to_affine();
    multi_miller_loop(&[
        (&left, &G2Prepared::from(G2Affine::generator())),
        (&right, &G2Prepared::from(*tau_g2)),
    ])
    .final_exponentiation()
    .is_identity()
    .into()
}

/// A random polynomial commits to the same point by coefficients and by evaluations.
fn same_commitment(k: u32, powers: &[G1Affine], lagrange: &[G1Affine]) -> bool {
    let coefficients: Vec<Fr> = lagrange.iter().map(|_| Fr::random(OsRng)).collect();
    let Some(powers) = powers.get(..coefficients.len()) else {
        return false;
    };
    let omega = omega(k);
    let data = FFTData::new(
        coefficients.len(),
        omega,
        omega.invert().unwrap_or(Fr::ZERO),
    );
    let mut evaluations = coefficients.clone();
    best_fft(&mut evaluations, omega, k, &data, false);
    best_multiexp(&coefficients, powers) == best_multiexp(&evaluations, lagrange)
}

/// A coordinate, big-endian, in hex.
fn hex(x: &Fq) -> String {
    x.to_repr()
        .iter()
        .rev()
        .map(|b| format!("{b:02x}"))
        .collect()
}
