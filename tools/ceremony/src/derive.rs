//! From the source files to halo2's order and to the embedded bytes.

use ff::{Field as _, PrimeField as _};
use group::Curve as _;
use group::prime::PrimeCurveAffine as _;
use halo2_proofs::arithmetic::{best_fft, g_to_lagrange};
use halo2_proofs::fft::recursive::FFTData;
use halo2curves::bn256::{Fr, G1, G1Affine, G2Affine};
use halo2curves::serde::SerdeObject as _;

use crate::Error;
use crate::source::Source;

/// log2 of the number of embedded powers of tau, but for the last: a proof at k = 14 needs one
/// power more than it has rows.
pub(crate) const K: u32 = 14;
/// The Lagrange bases that the source does not carry. A group FFT takes 0.8 s for k = 9 and doubles
/// with each k, so these are embedded too: no first proof waits for one.
const COMPUTED: std::ops::RangeInclusive<u32> = 1..=11;

/// The derived ceremony, in halo2's order.
pub(crate) struct Derived {
    /// tau^i G1 for i <= 2^14.
    pub(crate) powers: Vec<G1Affine>,
    /// tau G2.
    pub(crate) tau_g2: G2Affine,
    /// Lagrange bases for k = 1 to 14, in that order.
    pub(crate) lagrange: Vec<(u32, Vec<G1Affine>)>,
}

impl Derived {
    /// File names and bytes: points raw as halo2curves writes them (x before y, c0 before c1,
    /// each coordinate 32 little-endian bytes in Montgomery form), no header. The Lagrange bases
    /// follow one another, k = 1 first: that of k starts at point 2^k - 2.
    pub(crate) fn files(&self) -> Vec<(&'static str, Vec<u8>)> {
        let raw = |points: &[G1Affine]| -> Vec<u8> {
            points.iter().flat_map(|p| p.to_raw_bytes()).collect()
        };
        let lagrange = self
            .lagrange
            .iter()
            .flat_map(|(_, points)| raw(points))
            .collect();
        vec![
            ("aztec-ignition-g1.bin", raw(&self.powers)),
            ("aztec-ignition-g2.bin", self.tau_g2.to_raw_bytes()),
            ("aztec-ignition-lagrange.bin", lagrange),
        ]
    }
}

/// Reorders the Lagrange bases and recovers the powers of tau from the largest.
pub(crate) fn derive(source: &Source) -> Result<Derived, Error> {
    let mut lagrange = Vec::new();
    for (k, points) in &source.lagrange {
        lagrange.push((*k, reorder(*k, points)?));
    }
    let largest = lagrange
        .iter()
        .find(|(k, _)| *k == K)
        .ok_or_else(|| Error::Check(format!("no Lagrange basis for k = {K}")))?;
    let mut powers = to_powers(&largest.1);
    let next = source.powers.iter().find(|(i, _)| *i == powers.len());
    let (_, next) = next.ok_or_else(|| Error::Check(format!("no power 2^{K}")))?;
    powers.push(*next);
    for k in COMPUTED {
        let head: Vec<G1> = powers.iter().take(1 << k).map(|p| p.to_curve()).collect();
        lagrange.push((k, g_to_lagrange(head, k)));
    }
    lagrange.sort_by_key(|(k, _)| *k);
    Ok(Derived {
        powers,
        tau_g2: source.tau_g2,
        lagrange,
    })
}

/// `halo2[j] = other[index of w_halo2^j]`: both bases are indexed by powers of a primitive 2^k-th
/// root of unity, but not of the same one (7 and 5 are the fields' generators).
fn reorder(k: u32, other: &[G1Affine]) -> Result<Vec<G1Affine>, Error> {
    let halo2 = omega(k);
    let arkworks = arkworks_omega(k);
    let n = 1usize << k;
    let step = std::iter::successors(Some(Fr::ONE), |w| Some(*w * arkworks))
        .take(n)
        .position(|w| w == halo2)
        .ok_or_else(|| Error::Check(format!("the roots of unity for k = {k} do not match")))?;
    (0..n)
        .map(|j| other.get(j * step % n).copied())
        .collect::<Option<_>>()
        .ok_or_else(|| Error::Check(format!("a short Lagrange basis for k = {k}")))
}

/// halo2's primitive 2^k-th root of unity.
pub(crate) fn omega(k: u32) -> Fr {
    (k..Fr::S).fold(Fr::ROOT_OF_UNITY, |w, _| w.square())
}

/// arkworks' primitive 2^k-th root of unity: 5^((r - 1) / 2^k).
fn arkworks_omega(k: u32) -> Fr {
    let mut exponent = [0u64; 4];
    let r_minus_one = (-Fr::ONE).to_repr();
    for (limb, bytes) in exponent.iter_mut().zip(r_minus_one.chunks(8)) {
        *limb = bytes
            .iter()
            .rev()
            .fold(0, |acc, b| acc << 8 | u64::from(*b));
    }
    let odd = Fr::from(5).pow_vartime(exponent_shifted(exponent, Fr::S));
    (k..Fr::S).fold(odd, |w, _| w.square())
}

fn exponent_shifted(limbs: [u64; 4], bits: u32) -> [u64; 4] {
    let [a, b, c, d] = limbs;
    let join = |low: u64, high: u64| low >> bits | high << (64 - bits);
    [join(a, b), join(b, c), join(c, d), d >> bits]
}

/// `tau^i G1 = sum_j w^(ij) L_j(tau) G1`: one group FFT.
fn to_powers(lagrange: &[G1Affine]) -> Vec<G1Affine> {
    let omega = omega(K);
    let omega_inv = omega.invert().unwrap_or(Fr::ZERO);
    let mut points: Vec<G1> = lagrange.iter().map(|p| p.to_curve()).collect();
    let data = FFTData::new(points.len(), omega, omega_inv);
    best_fft(&mut points, omega, K, &data, false);
    let mut powers = vec![G1Affine::identity(); points.len()];
    G1::batch_normalize(&points, &mut powers);
    powers
}
