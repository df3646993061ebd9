//! The prover against halo2-axiom's own.

// A panic in a test is a failing test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod library;
mod toy;

use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::columns::{advice, second};
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::Profile;
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::Fr;
use covenant_circuits::ident::keccak256;
use covenant_circuits::shape::Shape;
use covenant_fixtures::Vectors;
use covenant_prover::engine::msm::Bases;
use covenant_prover::engine::{Engine, Trace};
use covenant_prover::keys::Keys;
use covenant_prover::srs::Srs;
use covenant_verifier::transcript::{KeccakRead, KeccakWrite};
use ff::Field;
use group::{Curve, Group};
use halo2_proofs::arithmetic::best_multiexp;
use halo2_proofs::plonk::{
    Circuit, ConstraintSystem, VerifyingKey, keygen_pk, keygen_vk, verify_proof,
};
use halo2_proofs::poly::kzg::commitment::KZGCommitmentScheme;
use halo2_proofs::poly::kzg::multiopen::VerifierSHPLONK;
use halo2_proofs::poly::kzg::strategy::SingleStrategy;
use halo2_proofs::transcript::{TranscriptReadBuffer, TranscriptWriterBuffer};
use halo2curves::bn256::{Bn256, G1, G1Affine};
use rand_core::{OsRng, RngCore};
use std::collections::HashSet;

/// The same numbers every time, of keccak256 over a counter.
struct Counter(u64);

impl RngCore for Counter {
    fn next_u32(&mut self) -> u32 {
        self.next_u64() as u32
    }
    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.fill_bytes(&mut bytes);
        u64::from_le_bytes(bytes)
    }
    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            self.0 += 1;
            chunk.copy_from_slice(&keccak256(&self.0.to_le_bytes())[..chunk.len()]);
        }
    }
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

fn ours(keys: &Keys, trace: &impl Trace, public: &[Fr], rng: impl RngCore) -> Vec<u8> {
    let mut transcript = KeccakWrite::init(Vec::new());
    keys.engine()
        .unwrap()
        .prove(
            keys.proving_key(),
            trace,
            &[public],
            rng,
            &mut transcript,
            &mut |_| {},
        )
        .unwrap();
    transcript.finalize()
}

fn verifies(keys: &Keys, public: &[Fr], proof: &[u8]) -> bool {
    verifies_under(keys.srs(), keys.verifying_key(), &[public], proof)
}

fn verifies_under(
    srs: &Srs,
    key: &VerifyingKey<G1Affine>,
    instances: &[&[Fr]],
    proof: &[u8],
) -> bool {
    let mut transcript = KeccakRead::init(proof);
    verify_proof::<KZGCommitmentScheme<Bn256>, VerifierSHPLONK<'_, Bn256>, _, _, _>(
        srs.params(),
        key,
        SingleStrategy::new(srs.params()),
        &[instances],
        &mut transcript,
    )
    .is_ok()
}

fn honest_witness(shape: Shape) -> Witness {
    let case = &Vectors::load().list("cases")[0];
    let claim = covenant_fixtures::claim(case, 12_500);
    Witness::honest(&claim, &covenant_fixtures::fullest(&claim), shape).unwrap()
}

fn honest(shape: Shape) -> (CovenantCircuit, Vec<Fr>) {
    let witness = honest_witness(shape);
    (CovenantCircuit::new(&witness), witness.public.clone())
}

/// Fails with the part of the proof in which ours first differs from the library's.
fn assert_same(ours: &[u8], theirs: &[u8], cs: &ConstraintSystem<Fr>, what: &str) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    let points = [
        ("advice", cs.num_advice_columns()),
        ("running products", library::products(cs)),
        ("the random polynomial", 1),
        ("the quotient's pieces", library::pieces(cs)),
    ];
    let mut end = 0;
    let mut parts: Vec<(&str, usize)> = Vec::new();
    for (part, count) in points {
        end += 64 * count;
        parts.push((part, end));
    }
    parts.push(("evaluations", ours.len() - 2 * 64));
    parts.push(("the opening", ours.len()));
    if let Some(at) = (0..ours.len()).find(|i| ours[*i] != theirs[*i]) {
        let part = parts.iter().find(|(_, end)| at < *end).unwrap().0;
        panic!("{what}: differs from the library's in {part}, at byte {at}");
    }
}

/// Under the same randomness, every byte of a proof is the library's: without masks on the
/// quotient's pieces, which it does not have, and with them, as its algorithm would have them.
fn assert_proves_as_the_library(
    srs: &Srs,
    circuit: &(impl Circuit<Fr> + Trace),
    instances: &[&[Fr]],
    what: &str,
) {
    let vk = keygen_vk(srs.params(), circuit).unwrap();
    let key = keygen_pk(srs.params(), vk, circuit).unwrap();
    let cs = key.get_vk().cs();
    let engine = Engine::new(&key, srs, None).unwrap();
    let count = library::pieces(cs) - 1;
    let mut rng = Counter(1 << 50);
    let masks: Vec<Fr> = (0..count).map(|_| Fr::random(&mut rng)).collect();
    for (masks, how) in [(vec![Fr::ZERO; count], "without"), (masks, "with")] {
        let (theirs, mut tape) = library::proof(srs, &key, circuit, instances, &masks);
        let mut transcript = KeccakWrite::init(Vec::new());
        engine
            .prove(
                &key,
                circuit,
                instances,
                &mut tape,
                &mut transcript,
                &mut |_| {},
            )
            .unwrap();
        let ours = transcript.finalize();
        assert_same(&ours, &theirs, cs, &format!("{what} {how} masks"));
        assert!(tape.is_used_up(), "{what} {how} masks: less is drawn");
        assert!(
            verifies_under(srs, key.get_vk(), instances, &ours),
            "{what} {how} masks"
        );
    }
}

#[test]
fn proofs_are_the_librarys() {
    for (shape, profile) in [
        (Shape::SMALL, Profile::Narrow),
        (Shape::SMALL, Profile::Wide),
        (Shape::MEDIUM, Profile::Wide),
    ] {
        let witness = honest_witness(shape);
        let layout = fit::smallest_in(shape, profile);
        let circuit = CovenantCircuit::laid_out(layout, &witness);
        let srs = Srs::embedded(layout.k).unwrap();
        let what = format!("{shape} {profile:?}, k = {}", layout.k);
        assert_proves_as_the_library(&srs, &circuit, &[&witness.public], &what);
    }
}

/// Blinding is fresh: two proofs of one claim have no word in common.
#[test]
fn two_proofs_of_one_claim_share_nothing() {
    let keys = Keys::embedded(Shape::SMALL, None).unwrap();
    let (circuit, public) = honest(Shape::SMALL);
    let [a, b] = [(); 2].map(|()| ours(&keys, &circuit, &public, OsRng));
    let words: HashSet<&[u8]> = a.chunks(32).collect();
    assert_eq!(words.len(), a.len() / 32);
    assert!(b.chunks(32).all(|word| !words.contains(word)));
}

/// What is given as randomness is what blinds: nothing else enters a proof.
#[test]
fn randomness_comes_from_the_generator_alone() {
    let keys = Keys::embedded(Shape::SMALL, None).unwrap();
    let (circuit, public) = honest(Shape::SMALL);
    let a = ours(&keys, &circuit, &public, Counter(0));
    assert_eq!(a, ours(&keys, &circuit, &public, Counter(0)));
    assert_ne!(a, ours(&keys, &circuit, &public, Counter(1 << 40)));
}

/// A generator that counts what it gives, and gives other bytes from a place on.
struct Turning {
    given: usize,
    turn: usize,
    streams: [Counter; 2],
}

impl RngCore for &mut Turning {
    fn next_u32(&mut self) -> u32 {
        rand_core::impls::next_u32_via_fill(self)
    }
    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.fill_bytes(&mut bytes);
        u64::from_le_bytes(bytes)
    }
    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        let stream = usize::from(self.given >= self.turn);
        self.given += bytes.len();
        self.streams[stream].fill_bytes(bytes);
    }
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

/// The last numbers drawn are the masks of the quotient's pieces: with others, every piece is
/// another point, and nothing before them is. The proof verifies all the same.
#[test]
fn the_quotients_pieces_are_masked() {
    let keys = Keys::embedded(Shape::SMALL, None).unwrap();
    let (circuit, public) = honest(Shape::SMALL);
    let turning = |turn| {
        let mut rng = Turning {
            given: 0,
            turn,
            streams: [Counter(0), Counter(1 << 40)],
        };
        let proof = ours(&keys, &circuit, &public, &mut rng);
        assert!(verifies(&keys, &public, &proof));
        (proof, rng.given)
    };
    let (first, given) = turning(usize::MAX);
    let cs = keys.verifying_key().cs();
    let pieces = cs.degree() - 1;
    // 64 bytes an element; one mask less than there are pieces.
    let (second, _) = turning(given - 64 * (pieces - 1));
    let (unchanged, _) = turning(given);
    assert_eq!(first, unchanged);
    let products = cs
        .permutation()
        .get_columns()
        .len()
        .div_ceil(cs.degree() - 2);
    let before = 64 * (cs.num_advice_columns() + products + 1);
    assert_eq!(first[..before], second[..before]);
    for piece in 0..pieces {
        let at = before + 64 * piece..before + 64 * (piece + 1);
        assert_ne!(first[at.clone()], second[at], "piece {piece}");
    }
}

#[test]
fn proofs_of_other_statements_and_traces_do_not_verify() {
    let keys = Keys::embedded(Shape::SMALL, None).unwrap();
    let (circuit, public) = honest(Shape::SMALL);
    let proof = ours(&keys, &circuit, &public, OsRng);
    assert!(verifies(&keys, &public, &proof));
    for i in 0..public.len() {
        let mut other = public.clone();
        other[i] += Fr::ONE;
        assert!(!verifies(&keys, &other, &proof), "public input {i}");
    }
    for phase in 0..2 {
        let tampered = Tampered(&circuit, phase);
        let proof = ours(&keys, &tampered, &public, OsRng);
        assert!(!verifies(&keys, &public, &proof), "phase {phase}");
    }
}

/// A trace with one cell of a phase changed: an S-box input, or the running sum of limbs.
struct Tampered<'a>(&'a CovenantCircuit, u8);

impl Trace for Tampered<'_> {
    fn columns(&self, phase: u8, challenges: &[Fr]) -> Vec<Vec<Fr>> {
        let mut columns = self.0.columns(phase, challenges);
        if phase == self.1 {
            let column = if phase == 0 { advice::X } else { second::SUM };
            columns[column][1_000] += Fr::ONE;
        }
        columns
    }
}

/// Kept multiples, buckets, small sums and plain points against the library's routine.
#[test]
fn sums_are_the_librarys() {
    let srs = Srs::embedded(11).unwrap();
    let mut points = srs.powers().to_vec();
    // Points that are equal, or cancel out, meet in one bucket.
    for i in (0..1_000).step_by(5) {
        points[i + 1] = points[i];
        points[i + 2] = -points[i];
    }
    let edge = [
        Fr::ZERO,
        Fr::ONE,
        -Fr::ONE,
        Fr::from(2).invert().unwrap(),
        Fr::from(1 << 10),
        -Fr::from(1 << 10),
        Fr::from(u64::MAX),
    ];
    let random = |i: usize| match i % 4 {
        0 => edge[(i / 4) % edge.len()],
        1 => Fr::from(i as u64),
        _ => Fr::random(OsRng),
    };
    for count in [1, 2, 3, 31, 47, 48, 49, 200, 1_024, 2_048] {
        let own = points[..count].to_vec();
        let scalar_sets: [Vec<Fr>; 5] = [
            (0..count).map(random).collect(),
            (0..count).map(|_| Fr::random(OsRng)).collect(),
            vec![Fr::ZERO; count],
            vec![Fr::from(3); count],
            (0..count).map(|i| Fr::from(i as u64 % 5)).collect(),
        ];
        for (what, bases) in [
            ("plain", Bases::plain(own.clone())),
            ("multiples", Bases::with_multiples(own.clone())),
        ] {
            for (i, scalars) in scalar_sets.iter().enumerate() {
                let expected = best_multiexp(scalars, &own).to_affine();
                let got = bases.msm(scalars).to_affine();
                assert_eq!(got, expected, "{what}, {count} points, set {i}");
                let got = bases.msm_parallel(scalars).to_affine();
                assert_eq!(got, expected, "{what} in parallel, {count} points, set {i}");
                let fewer = &scalars[..count / 2];
                let expected = best_multiexp(fewer, &own[..count / 2]).to_affine();
                assert_eq!(bases.msm(fewer).to_affine(), expected, "{what}, fewer");
            }
        }
    }
    let nothing = Bases::plain(Vec::new()).msm(&[]);
    assert_eq!(nothing, G1::identity());
    assert_eq!(
        Bases::with_multiples(vec![G1Affine::generator()]).msm(&[Fr::from(5)]),
        G1::generator() * Fr::from(5)
    );
}

/// A file of multiples is used if it is whole and of these points, and made again otherwise.
#[test]
fn a_damaged_file_of_multiples_is_made_again() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("multiples");
    let srs = Srs::embedded(5).unwrap();
    let scalars: Vec<Fr> = (0..32).map(|_| Fr::random(OsRng)).collect();
    let sum = |points: &[G1Affine]| Bases::cached(points.to_vec(), &path).msm(&scalars);
    let expected = best_multiexp(&scalars, srs.powers());
    assert_eq!(sum(srs.powers()), expected);
    let whole = std::fs::read(&path).unwrap();
    assert_eq!(sum(srs.powers()), expected);
    assert_eq!(std::fs::read(&path).unwrap(), whole);

    let mut flipped = whole.clone();
    *flipped.last_mut().unwrap() ^= 1;
    for damaged in [&flipped, &whole[..whole.len() - 64], &whole[..10], &[]] {
        std::fs::write(&path, damaged).unwrap();
        assert_eq!(sum(srs.powers()), expected);
        assert_eq!(std::fs::read(&path).unwrap(), whole);
    }
    // Another basis under the same name.
    let lagrange = best_multiexp(&scalars, srs.lagrange());
    assert_eq!(sum(srs.lagrange()), lagrange);
    assert_ne!(std::fs::read(&path).unwrap(), whole);
    assert_eq!(sum(srs.lagrange()), lagrange);
}
