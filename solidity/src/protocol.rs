//! What a verifier of a key does, in the order of the transcript: which words a proof has
//! and where, when challenges are drawn, what is opened where. All of it follows from the
//! verifying key.

use crate::SolidityError;
use covenant_circuits::circuit::program::Capacity;
use covenant_circuits::field::Fr;
use covenant_verifier::key::CircuitKey;
use ff::Field;
use halo2_proofs::plonk::{Any, ConstraintSystem};
use halo2_proofs::poly::Rotation;
use halo2curves::bn256::G1Affine;

/// A challenge of the transcript.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Challenge {
    /// Of a gate, by index.
    Circuit(usize),
    Theta,
    Beta,
    Gamma,
    /// Folds the identities.
    Y,
    /// Where all is evaluated.
    X,
    /// Folds the polynomials of a set of SHPLONK.
    SetFold,
    /// Folds the sets of SHPLONK.
    Sets,
    /// Where SHPLONK evaluates.
    U,
}

/// So many words of the proof are absorbed, then these challenges drawn.
#[derive(Clone, Debug)]
pub(crate) struct Round {
    pub(crate) words: usize,
    pub(crate) challenges: Vec<Challenge>,
}

/// A polynomial's commitment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Commitment {
    /// A point of the proof, by index.
    Proof(usize),
    /// A fixed column's, by index.
    Fixed(usize),
    /// A permutation polynomial's, by index.
    Sigma(usize),
    /// The quotient, folded from its pieces.
    Quotient,
}

/// An evaluation: a word of the proof, or the quotient's, which the verifier computes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Evaluation {
    Proof(usize),
    Quotient,
}

/// Polynomials that are opened at the same points.
#[derive(Clone, Debug)]
pub(crate) struct Set {
    /// Rotations of x, in the order of the evaluations.
    pub(crate) rotations: Vec<i32>,
    pub(crate) members: Vec<(Commitment, Vec<Evaluation>)>,
}

/// A permutation product: its evaluations here, at the next row and, save for the last
/// product, at the last usable row.
#[derive(Clone, Debug)]
pub(crate) struct Product {
    pub(crate) point: usize,
    pub(crate) here: usize,
    pub(crate) next: usize,
    pub(crate) last: Option<usize>,
}

/// The protocol of one verifying key.
#[derive(Debug)]
pub(crate) struct Protocol<'a> {
    pub(crate) cs: &'a ConstraintSystem<Fr>,
    pub(crate) fixed: &'a [G1Affine],
    pub(crate) sigmas: &'a [G1Affine],
    pub(crate) digest: Fr,
    pub(crate) k: u32,
    pub(crate) omega: Fr,
    /// Length of the instance column.
    pub(crate) instances: usize,
    pub(crate) rounds: Vec<Round>,
    /// Points before the evaluations.
    pub(crate) points: usize,
    pub(crate) evaluations: usize,
    /// First advice evaluation is word 0; the others by index of the query.
    pub(crate) fixed_from: usize,
    pub(crate) sigmas_from: usize,
    pub(crate) products: Vec<Product>,
    /// First piece of the quotient, and how many there are.
    pub(crate) pieces: (usize, usize),
    pub(crate) sets: Vec<Set>,
}

impl<'a> Protocol<'a> {
    pub(crate) fn of<S: Capacity>(key: &'a CircuitKey<S>) -> Result<Self, SolidityError> {
        let vk = key.verifying_key();
        let cs = vk.cs();
        supported(cs)?;
        let columns = cs.permutation().get_columns();
        let chunk = cs.degree() - 2;

        // Points, phase by phase, and the challenges after each phase.
        let mut rounds = Rounds::default();
        let phases = cs.advice_column_phase();
        let mut advice = vec![0; phases.len()];
        let mut points = 0;
        for phase in 0..=phases.iter().copied().max().unwrap_or(0) {
            for (point, _) in advice.iter_mut().zip(&phases).filter(|(_, p)| **p == phase) {
                *point = points;
                points += 1;
                rounds.absorb(2);
            }
            for (index, _) in (0..).zip(cs.challenge_phase()).filter(|(_, p)| *p == phase) {
                rounds.draw(Challenge::Circuit(index));
            }
        }
        rounds.draw(Challenge::Theta);
        rounds.draw(Challenge::Beta);
        rounds.draw(Challenge::Gamma);
        let products_from = points;
        let product_count = columns.len().div_ceil(chunk);
        let random = products_from + product_count;
        rounds.absorb(2 * (product_count + 1));
        rounds.draw(Challenge::Y);
        let pieces = (random + 1, cs.degree() - 1);
        rounds.absorb(2 * pieces.1);
        rounds.draw(Challenge::X);
        let points = pieces.0 + pieces.1;

        // Evaluations.
        let fixed_from = cs.advice_queries().len();
        let random_evaluation = fixed_from + cs.fixed_queries().len();
        let sigmas_from = random_evaluation + 1;
        let mut evaluations = sigmas_from + columns.len();
        let mut take = || {
            evaluations += 1;
            evaluations - 1
        };
        let products: Vec<Product> = (0..product_count)
            .map(|i| Product {
                point: products_from + i,
                here: take(),
                next: take(),
                last: (i + 1 < product_count).then(&mut take),
            })
            .collect();
        rounds.absorb(evaluations);
        rounds.draw(Challenge::SetFold);
        rounds.draw(Challenge::Sets);
        rounds.absorb(2);
        rounds.draw(Challenge::U);

        // What is opened, in halo2's order.
        let mut sets = Sets::default();
        for (i, (column, at)) in cs.advice_queries().iter().enumerate() {
            let point = advice.get(column.index()).copied().unwrap_or(0);
            sets.open(Commitment::Proof(point), *at, Evaluation::Proof(i));
        }
        for product in &products {
            let commitment = Commitment::Proof(product.point);
            sets.open(commitment, Rotation::cur(), Evaluation::Proof(product.here));
            sets.open(
                commitment,
                Rotation::next(),
                Evaluation::Proof(product.next),
            );
        }
        let last_row = Rotation(-i32::try_from(cs.blinding_factors() + 1).unwrap_or(0));
        for product in products.iter().rev() {
            if let Some(last) = product.last {
                let commitment = Commitment::Proof(product.point);
                sets.open(commitment, last_row, Evaluation::Proof(last));
            }
        }
        for (i, (column, at)) in cs.fixed_queries().iter().enumerate() {
            let commitment = Commitment::Fixed(column.index());
            sets.open(commitment, *at, Evaluation::Proof(fixed_from + i));
        }
        for i in 0..columns.len() {
            let evaluation = Evaluation::Proof(sigmas_from + i);
            sets.open(Commitment::Sigma(i), Rotation::cur(), evaluation);
        }
        sets.open(Commitment::Quotient, Rotation::cur(), Evaluation::Quotient);
        sets.open(
            Commitment::Proof(random),
            Rotation::cur(),
            Evaluation::Proof(random_evaluation),
        );

        Ok(Self {
            cs,
            fixed: vk.fixed_commitments(),
            sigmas: vk.permutation().commitments(),
            digest: vk.transcript_repr(),
            k: vk.get_domain().k(),
            omega: vk.get_domain().get_omega(),
            instances: key.program().public_inputs(),
            rounds: rounds.done,
            points,
            evaluations,
            fixed_from,
            sigmas_from,
            products,
            pieces,
            sets: sets.finish(),
        })
    }

    /// omega^rotation.
    pub(crate) fn root(&self, rotation: i32) -> Fr {
        let power = self.omega.pow_vartime([u64::from(rotation.unsigned_abs())]);
        match rotation < 0 {
            true => power.invert().unwrap_or(Fr::ZERO),
            false => power,
        }
    }

    /// Bytes of a proof.
    pub(crate) fn proof_length(&self) -> usize {
        64 * (self.points + 2) + 32 * self.evaluations
    }

    /// Rotations that anything is opened at, ascending.
    pub(crate) fn rotations(&self) -> Vec<i32> {
        let mut all: Vec<i32> = self
            .sets
            .iter()
            .flat_map(|s| s.rotations.iter().copied())
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// What the generator writes: one instance column, read where it is; no lookups of
/// halo2.
fn supported(cs: &ConstraintSystem<Fr>) -> Result<(), SolidityError> {
    let here = |queries: &[(_, Rotation)]| queries.iter().all(|(_, at)| *at == Rotation::cur());
    let unsupported = |what| Err(SolidityError::Unsupported { what });
    if cs.num_instance_columns() != 1 || !here(cs.instance_queries()) {
        return unsupported("one instance column, queried at the current row");
    }
    if !cs.lookups().is_empty() {
        return unsupported("no lookup arguments");
    }
    if cs.degree() < 3 || cs.permutation().get_columns().is_empty() {
        return unsupported("a permutation argument");
    }
    let columns = cs.permutation().get_columns();
    let queried = columns.iter().all(|column| match column.column_type() {
        Any::Advice(_) => (cs.advice_queries().iter())
            .any(|(c, at)| c.index() == column.index() && *at == Rotation::cur()),
        Any::Fixed => (cs.fixed_queries().iter())
            .any(|(c, at)| c.index() == column.index() && *at == Rotation::cur()),
        Any::Instance => true,
    });
    match queried {
        true => Ok(()),
        false => unsupported("permuted columns queried at the current row"),
    }
}

#[derive(Default)]
struct Rounds {
    done: Vec<Round>,
    words: usize,
}

impl Rounds {
    fn absorb(&mut self, words: usize) {
        self.words += words;
    }

    fn draw(&mut self, challenge: Challenge) {
        if self.words == 0
            && let Some(round) = self.done.last_mut()
        {
            round.challenges.push(challenge);
        } else {
            self.done.push(Round {
                words: std::mem::take(&mut self.words),
                challenges: vec![challenge],
            });
        }
    }
}

#[derive(Default)]
struct Sets {
    opened: Vec<(Commitment, Vec<(i32, Evaluation)>)>,
}

impl Sets {
    fn open(&mut self, commitment: Commitment, at: Rotation, evaluation: Evaluation) {
        match self.opened.iter_mut().find(|(c, _)| *c == commitment) {
            Some((_, openings)) => openings.push((at.0, evaluation)),
            None => self.opened.push((commitment, vec![(at.0, evaluation)])),
        }
    }

    /// Grouped by the points they are opened at, in the order of first appearance.
    fn finish(self) -> Vec<Set> {
        let mut sets: Vec<Set> = Vec::new();
        for (commitment, mut openings) in self.opened {
            openings.sort_unstable_by_key(|(at, _)| *at);
            let rotations: Vec<i32> = openings.iter().map(|(at, _)| *at).collect();
            let member = (commitment, openings.into_iter().map(|(_, e)| e).collect());
            match sets.iter_mut().find(|s| s.rotations == rotations) {
                Some(set) => set.members.push(member),
                None => sets.push(Set {
                    rotations,
                    members: vec![member],
                }),
            }
        }
        sets
    }
}
