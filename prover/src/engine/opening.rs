//! SHPLONK (Boneh, Drake, Fisch, Gabizon 2020): one proof for values of many polynomials at
//! many points.

use super::domain::powers;
use super::msm::Bases;
use super::vectors::{combine, divide_by_root};
use covenant_verifier::transcript::KeccakWrite;
use group::Curve;
use halo2_proofs::transcript::{Transcript, TranscriptWrite};
use halo2curves::bn256::{Fr, G1Affine};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io;

/// A polynomial, by index, opened at a point, by index.
#[derive(Clone, Copy, Debug)]
pub(super) struct Query {
    pub(super) polynomial: usize,
    pub(super) point: usize,
}

/// The polynomials that are opened at the same points, in the order of the queries: the
/// verifier combines them in it.
struct Set {
    points: Vec<usize>,
    polynomials: Vec<usize>,
}

fn sets(queries: &[Query]) -> Vec<Set> {
    let mut order: Vec<usize> = Vec::new();
    let mut points: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for query in queries {
        let of = points.entry(query.polynomial).or_insert_with(|| {
            order.push(query.polynomial);
            Vec::new()
        });
        of.push(query.point);
    }
    let mut sets: Vec<Set> = Vec::new();
    for polynomial in order {
        let mut points = points.remove(&polynomial).unwrap_or_default();
        points.sort_unstable();
        match sets.iter_mut().find(|set| set.points == points) {
            Some(set) => set.polynomials.push(polynomial),
            None => sets.push(Set {
                points,
                polynomials: vec![polynomial],
            }),
        }
    }
    sets
}

/// `product (u - point)`.
fn vanishing(points: impl IntoIterator<Item = Fr>, u: Fr) -> Fr {
    points.into_iter().map(|point| u - point).product()
}

/// Writes the two points of the opening proof.
///
/// What the verifier subtracts from a polynomial before it divides has a lower degree than
/// what it divides by, so that dropping the remainders is all there is to do.
pub(super) fn open(
    bases: &Bases,
    polynomials: &[&[Fr]],
    points: &[Fr],
    queries: &[Query],
    transcript: &mut KeccakWrite<Vec<u8>>,
) -> io::Result<()> {
    let challenge = |transcript: &mut KeccakWrite<Vec<u8>>| -> Fr {
        *transcript.squeeze_challenge_scalar::<()>()
    };
    let y = challenge(transcript);
    let v = challenge(transcript);
    let sets = sets(queries);
    let of = |indices: &[usize]| -> Vec<Fr> {
        let at = |i: &usize| points.get(*i).copied();
        indices.iter().filter_map(at).collect()
    };

    let sums: Vec<Vec<Fr>> = sets
        .par_iter()
        .map(|set| {
            let members = set.polynomials.iter();
            let members = members.filter_map(|i| polynomials.get(*i).copied());
            combine(powers(y).zip(members))
        })
        .collect();
    let quotients: Vec<Vec<Fr>> = sums
        .par_iter()
        .zip(&sets)
        .map(|(sum, set)| {
            let mut quotient = sum.clone();
            for root in of(&set.points) {
                divide_by_root(&mut quotient, root);
            }
            quotient
        })
        .collect();
    let h = combine(powers(v).zip(quotients.iter().map(Vec::as_slice)));
    transcript.write_point(commit(bases, &h))?;

    let u = challenge(transcript);
    let everywhere = vanishing(points.iter().copied(), u);
    let factors: Vec<Fr> = sets
        .iter()
        .map(|set| {
            let others = (0..points.len()).filter(|i| !set.points.contains(i));
            vanishing(of(&others.collect::<Vec<_>>()), u)
        })
        .collect();
    let first = factors.first().copied().unwrap_or_default();
    let Some(norm) = Option::<Fr>::from(first.invert()) else {
        return Err(io::Error::other("a challenge met a point of the opening"));
    };
    let weights = powers(v).zip(&factors).map(|(v, factor)| v * factor * norm);
    let minus = (-everywhere * norm, h.as_slice());
    let mut linear = combine(
        weights
            .zip(sums.iter().map(Vec::as_slice))
            .chain(std::iter::once(minus)),
    );
    divide_by_root(&mut linear, u);
    transcript.write_point(commit(bases, &linear))
}

fn commit(bases: &Bases, coefficients: &[Fr]) -> G1Affine {
    bases.msm_parallel(coefficients).to_affine()
}
