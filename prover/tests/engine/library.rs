//! halo2-axiom's own prover, with all of its randomness known, and with our masks.
//!
//! Its algorithm is not written again here: `create_proof` runs as it is, over a commitment
//! scheme that is KZG and listens. Two things are between its proofs and ours.
//!
//! - It draws the random polynomial from the thread's generator. The scheme sees that polynomial
//!   when it is committed to; our prover is then given the same one, on a [`Tape`].
//! - Our pieces of the quotient are masked: piece i gains `b_(i+1) X^n - b_i`. The scheme adds
//!   that to the library's commitments. Then the sum of the pieces that is opened at x,
//!   `sum x^(n i) h_i`, gains `B (X^n - x^n)` with `B = sum x^(n i) b_(i+1)`, which is 0 at x, so
//!   that no evaluation changes. By linearity both points of the opening gain a multiple of
//!   `(X^n - x^n) / (X - x)`, which [`Masking`] adds. Where every mask is 0, nothing is added,
//!   and the proof is the library's to the last byte.

use super::Counter;
use covenant_prover::srs::Srs;
use covenant_verifier::transcript::{KeccakChallenge, KeccakWrite};
use ff::{Field, PrimeField};
use group::prime::PrimeCurveAffine;
use group::{Curve, Group};
use halo2_proofs::arithmetic::best_multiexp;
use halo2_proofs::plonk::{Circuit, ConstraintSystem, ProvingKey, create_proof};
use halo2_proofs::poly::commitment::{Blind, CommitmentScheme, Params, ParamsProver, Prover};
use halo2_proofs::poly::kzg::commitment::{KZGCommitmentScheme, ParamsKZG};
use halo2_proofs::poly::kzg::msm::MSMKZG;
use halo2_proofs::poly::kzg::multiopen::ProverSHPLONK;
use halo2_proofs::poly::{Coeff, LagrangeCoeff, Polynomial, ProverQuery, Rotation};
use halo2_proofs::transcript::{
    EncodedChallenge, Transcript, TranscriptWrite, TranscriptWriterBuffer,
};
use halo2curves::bn256::{Bn256, Fr, G1, G1Affine};
use rand_core::RngCore;
use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, Mutex};

/// How many pieces a quotient has.
pub(crate) fn pieces(cs: &ConstraintSystem<Fr>) -> usize {
    cs.degree() - 1
}

/// How many running products the permutation argument has.
pub(crate) fn products(cs: &ConstraintSystem<Fr>) -> usize {
    let columns = cs.permutation().get_columns().len();
    columns.div_ceil(cs.degree() - 2)
}

/// The library's proof, with one mask less than there are pieces, and the randomness that it is
/// made of, in the order in which our prover draws it.
pub(crate) fn proof(
    srs: &Srs,
    key: &ProvingKey<G1Affine>,
    circuit: &impl Circuit<Fr>,
    instances: &[&[Fr]],
    masks: &[Fr],
) -> (Vec<u8>, Tape) {
    let cs = key.get_vk().cs();
    assert_eq!(masks.len(), pieces(cs) - 1);
    let edges = [&[Fr::ZERO], masks, &[Fr::ZERO]].concat();
    let listening = Listening {
        params: srs.params().clone(),
        next: srs.next_power(),
        edges: Arc::new(edges.clone()),
        committed: Arc::default(),
    };
    let mut transcript = Masking {
        inner: KeccakWrite::init(Vec::new()),
        challenges: Vec::new(),
        points: 0,
        key,
        srs,
        edges,
    };
    let mut drawn = Counted(Counter(7), 0);
    create_proof::<Kzg, Shplonk<'_>, KeccakChallenge, _, _, _>(
        &listening,
        key,
        std::slice::from_ref(circuit),
        &[instances],
        &mut drawn,
        &mut transcript,
    )
    .unwrap();
    let committed = listening.committed.lock().unwrap();
    assert_eq!(committed.len(), 1 + pieces(cs));
    let tape = Tape {
        stream: Counter(7),
        // After the products it draws blinding factors alone, which KZG ignores: one for the
        // random polynomial, one for each piece.
        streamed: drawn.1 - ELEMENT * committed.len(),
        then: committed[0].iter().chain(masks).flat_map(wide).collect(),
        given: 0,
    };
    (transcript.inner.finalize(), tape)
}

/// Bytes that an element is drawn from.
const ELEMENT: usize = 64;

/// The bytes that give this element, and no other, when it is drawn.
fn wide(element: &Fr) -> [u8; ELEMENT] {
    let mut bytes = [0; ELEMENT];
    bytes[..32].copy_from_slice(&element.to_repr());
    bytes
}

/// A generator, and how many bytes it gave.
struct Counted(Counter, usize);

/// So many bytes of a generator, then what is written on it, then nothing: to draw more is a
/// failure.
pub(crate) struct Tape {
    stream: Counter,
    streamed: usize,
    then: Vec<u8>,
    given: usize,
}

impl Tape {
    pub(crate) fn is_used_up(&self) -> bool {
        self.given == self.streamed + self.then.len()
    }
}

macro_rules! draws_bytes {
    ($name:ident, $self:ident, $bytes:ident, $fill:block) => {
        impl RngCore for $name {
            fn next_u32(&mut self) -> u32 {
                rand_core::impls::next_u32_via_fill(self)
            }
            fn next_u64(&mut self) -> u64 {
                let mut bytes = [0; 8];
                self.fill_bytes(&mut bytes);
                u64::from_le_bytes(bytes)
            }
            fn fill_bytes(&mut $self, $bytes: &mut [u8]) $fill
            fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core::Error> {
                self.fill_bytes(bytes);
                Ok(())
            }
        }
    };
}

draws_bytes!(Counted, self, bytes, {
    self.1 += bytes.len();
    self.0.fill_bytes(bytes);
});

draws_bytes!(Tape, self, bytes, {
    match self.given.checked_sub(self.streamed) {
        None => self.stream.fill_bytes(bytes),
        Some(at) => bytes.copy_from_slice(&self.then[at..at + bytes.len()]),
    }
    self.given += bytes.len();
});

/// KZG, with our masks, and what it was asked to commit to by coefficients: the random
/// polynomial, then the pieces. (The opening commits with the parameters in it.)
#[derive(Clone, Debug)]
struct Listening {
    params: ParamsKZG<Bn256>,
    /// The commitment to `X^n`.
    next: G1Affine,
    /// The masks between the pieces, with the 0 before the first and after the last.
    edges: Arc<Vec<Fr>>,
    committed: Arc<Mutex<Vec<Vec<Fr>>>>,
}

impl Params<'_, G1Affine> for Listening {
    type MSM = MSMKZG<Bn256>;

    fn k(&self) -> u32 {
        self.params.k()
    }
    fn n(&self) -> u64 {
        self.params.n()
    }
    fn downsize(&mut self, k: u32) {
        self.params.downsize(k);
    }
    fn empty_msm(&self) -> Self::MSM {
        MSMKZG::new()
    }
    fn commit_lagrange(&self, rows: &Polynomial<Fr, LagrangeCoeff>, blind: Blind<Fr>) -> G1 {
        self.params.commit_lagrange(rows, blind)
    }
    fn write<W: io::Write>(&self, to: &mut W) -> io::Result<()> {
        self.params.write(to)
    }
    fn read<R: io::Read>(_: &mut R) -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

impl<'params> ParamsProver<'params, G1Affine> for Listening {
    type ParamsVerifier = ParamsKZG<Bn256>;

    fn new(k: u32) -> Self {
        unreachable!("the test gives its parameters, got k = {k}")
    }
    fn commit(&self, polynomial: &Polynomial<Fr, Coeff>, blind: Blind<Fr>) -> G1 {
        let mut committed = self.committed.lock().unwrap();
        let point = self.params.commit(polynomial, blind);
        let piece = committed.len().checked_sub(1);
        committed.push(polynomial.to_vec());
        match piece {
            None => point,
            Some(i) => point + self.next * self.edges[i + 1] - G1::generator() * self.edges[i],
        }
    }
    fn get_g(&self) -> &[G1Affine] {
        self.params.get_g()
    }
    fn verifier_params(&'params self) -> &'params ParamsKZG<Bn256> {
        &self.params
    }
}

#[derive(Debug)]
struct Kzg;

impl CommitmentScheme for Kzg {
    type Scalar = Fr;
    type Curve = G1Affine;
    type ParamsProver = Listening;
    type ParamsVerifier = ParamsKZG<Bn256>;

    fn new_params(k: u32) -> Listening {
        Listening::new(k)
    }
    fn read_params<R: io::Read>(from: &mut R) -> io::Result<Listening> {
        Listening::read(from)
    }
}

/// The library's SHPLONK, under that scheme.
struct Shplonk<'a>(ProverSHPLONK<'a, Bn256>);

type Library<'a> = KZGCommitmentScheme<Bn256>;

impl<'a> Prover<'a, Kzg> for Shplonk<'a> {
    const QUERY_INSTANCE: bool =
        <ProverSHPLONK<'a, Bn256> as Prover<'a, Library<'a>>>::QUERY_INSTANCE;

    fn new(params: &'a Listening) -> Self {
        Self(ProverSHPLONK::new(&params.params))
    }
    fn create_proof<'com, E, T, R, I>(
        &self,
        rng: R,
        transcript: &mut T,
        queries: I,
    ) -> io::Result<()>
    where
        E: EncodedChallenge<G1Affine>,
        T: TranscriptWrite<G1Affine, E>,
        R: RngCore,
        I: IntoIterator<Item = ProverQuery<'com, G1Affine>> + Clone,
    {
        Prover::<Library<'a>>::create_proof(&self.0, rng, transcript, queries)
    }
}

/// The transcript, which adds to the two points of the opening what the masks add to them.
struct Masking<'a> {
    inner: KeccakWrite<Vec<u8>>,
    challenges: Vec<Fr>,
    points: usize,
    key: &'a ProvingKey<G1Affine>,
    srs: &'a Srs,
    edges: Vec<Fr>,
}

impl Masking<'_> {
    /// What the next point gains.
    fn gain(&self) -> G1 {
        let vk = self.key.get_vk();
        let (cs, n) = (vk.cs(), self.srs.powers().len());
        let before = cs.num_advice_columns() + products(cs) + 1 + pieces(cs);
        let Some(of_opening) = self.points.checked_sub(before) else {
            return G1::identity();
        };
        // After the circuit's challenges: theta, beta, gamma, y; then x and the opening's own.
        let opening = &self.challenges[cs.num_challenges() + 4..];
        let (x, y, v) = (opening[0], opening[1], opening[2]);
        let sets = sets(cs);
        let of_quotient = sets
            .iter()
            .position(|(_, members)| members.contains(&Name::Quotient))
            .unwrap();
        let members = &sets[of_quotient].1;
        let member = members
            .iter()
            .position(|name| *name == Name::Quotient)
            .unwrap();
        // Horner's rule: B = sum x^(n i) b_(i+1).
        let xn = x.pow_vartime([n as u64]);
        let masks = self.edges[1..].iter().rev();
        let sum = masks.fold(Fr::ZERO, |sum, mask| sum * xn + mask);
        let mut factor = sum * y.pow_vartime([member as u64]) * v.pow_vartime([of_quotient as u64]);
        if of_opening == 1 {
            // A set counts with what vanishes on the points that are not its own; the first
            // set's divides all.
            let u = opening[3];
            let others = |set: usize| -> Fr {
                let all: BTreeSet<i32> = sets.iter().flat_map(|(at, _)| at).copied().collect();
                let others = all.difference(&sets[set].0);
                others
                    .map(|at| u - vk.get_domain().rotate_omega(x, Rotation(*at)))
                    .product()
            };
            factor *= others(of_quotient) * others(0).invert().unwrap();
        }
        // (X^n - x^n) / (X - x).
        let mut quotient: Vec<Fr> = std::iter::successors(Some(Fr::ONE), |power| Some(*power * x))
            .take(n)
            .collect();
        quotient.reverse();
        best_multiexp(&quotient, self.srs.powers()) * factor
    }
}

impl Transcript<G1Affine, KeccakChallenge> for Masking<'_> {
    fn squeeze_challenge(&mut self) -> KeccakChallenge {
        let challenge = self.inner.squeeze_challenge();
        self.challenges.push(challenge.get_scalar());
        challenge
    }
    fn common_point(&mut self, point: G1Affine) -> io::Result<()> {
        self.inner.common_point(point)
    }
    fn common_scalar(&mut self, scalar: Fr) -> io::Result<()> {
        self.inner.common_scalar(scalar)
    }
}

impl TranscriptWrite<G1Affine, KeccakChallenge> for Masking<'_> {
    fn write_point(&mut self, point: G1Affine) -> io::Result<()> {
        let point = (point.to_curve() + self.gain()).to_affine();
        self.points += 1;
        self.inner.write_point(point)
    }
    fn write_scalar(&mut self, scalar: Fr) -> io::Result<()> {
        self.inner.write_scalar(scalar)
    }
}

/// A polynomial that is opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Name {
    Advice(usize),
    Product(usize),
    Fixed(usize),
    Sigma(usize),
    Quotient,
    Random,
}

/// The polynomials that are opened at the same rotations, by the order in which halo2's verifier
/// queries them.
fn sets(cs: &ConstraintSystem<Fr>) -> Vec<(BTreeSet<i32>, Vec<Name>)> {
    let advice = cs.advice_queries().iter();
    let mut queries: Vec<(Name, i32)> = advice
        .map(|(column, at)| (Name::Advice(column.index()), at.0))
        .collect();
    let count = products(cs);
    queries.extend((0..count).flat_map(|i| [0, 1].map(|at| (Name::Product(i), at))));
    let last = -(cs.blinding_factors() as i32 + 1);
    queries.extend((0..count).rev().skip(1).map(|i| (Name::Product(i), last)));
    let fixed = cs.fixed_queries().iter();
    queries.extend(fixed.map(|(column, at)| (Name::Fixed(column.index()), at.0)));
    let sigmas = 0..cs.permutation().get_columns().len();
    queries.extend(sigmas.map(|i| (Name::Sigma(i), 0)));
    queries.extend([(Name::Quotient, 0), (Name::Random, 0)]);

    let mut rotations: Vec<(Name, BTreeSet<i32>)> = Vec::new();
    for (name, at) in queries {
        match rotations.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => known.insert(at),
            None => {
                rotations.push((name, BTreeSet::from([at])));
                true
            }
        };
    }
    let mut sets: Vec<(BTreeSet<i32>, Vec<Name>)> = Vec::new();
    for (name, at) in rotations {
        match sets.iter_mut().find(|(known, _)| *known == at) {
            Some((_, members)) => members.push(name),
            None => sets.push((at, vec![name])),
        }
    }
    sets
}
