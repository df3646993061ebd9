//! Randomness of the quotient's pieces, as PLONK adds it (eprint 2019/953, round 3): what one piece
//! has in excess at X^n, the next has less at 1. halo2 leaves its pieces without;
//! docs/decisions/0007-quotient-masking.md says what they show then.

use super::msm::Bases;
use crate::srs::Srs;
use ff::Field;
use halo2curves::bn256::{Fr, G1, G1Affine};
use rand_core::RngCore;
use rayon::prelude::*;

/// Adds a mask between every two pieces, which gives all but the last one coefficient more.
pub(super) fn add(pieces: &mut [Vec<Fr>], rng: &mut impl RngCore) {
    let last = pieces.len().saturating_sub(1);
    let mut before = Fr::ZERO;
    for (i, piece) in pieces.iter_mut().enumerate() {
        if let Some(constant) = piece.first_mut() {
            *constant -= before;
        }
        if i < last {
            before = Fr::random(&mut *rng);
            piece.push(before);
        }
    }
}

/// What commits to the coefficient of X^n, where n is the number of rows.
#[derive(Clone, Copy)]
pub(super) struct Masks {
    rows: usize,
    next_power: G1Affine,
}

impl Masks {
    pub(super) fn new(srs: &Srs) -> Self {
        Self {
            rows: srs.powers().len(),
            next_power: srs.next_power(),
        }
    }

    /// Commitments to masked pieces.
    pub(super) fn commit(&self, powers: &Bases, pieces: &[Vec<Fr>]) -> Vec<G1> {
        let commit = |piece: &Vec<Fr>| {
            let (own, excess) = piece.split_at(self.rows.min(piece.len()));
            let beyond = excess.iter().map(|mask| self.next_power * mask);
            beyond.fold(powers.msm(own), |sum, point| sum + point)
        };
        pieces.par_iter().map(commit).collect()
    }
}
