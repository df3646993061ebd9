//! The generator on another constraint system than Covenant's: several permutation
//! products, fixed columns at several rotations, one of them all zero, gates without a
//! common factor, one phase, no challenges.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_circuits::field::Fr;
use covenant_circuits::shape::Shape;
use covenant_contracts::{Evm, codes, compile};
use covenant_prover::srs::Srs;
use covenant_solidity::{ProofVerifier, SolidityError};
use covenant_verifier::key::{CircuitKey, aztec_tau_g2};
use covenant_verifier::transcript::{KeccakRead, KeccakWrite};
use halo2_proofs::circuit::{Layouter, SimpleFloorPlanner, Value};
use halo2_proofs::plonk::{
    Advice, Circuit, Column, ConstraintSystem, Error, Expression, Fixed, Instance, create_proof,
    keygen_pk, keygen_vk, verify_proof,
};
use halo2_proofs::poly::Rotation;
use halo2_proofs::poly::kzg::commitment::KZGCommitmentScheme;
use halo2_proofs::poly::kzg::multiopen::{ProverSHPLONK, VerifierSHPLONK};
use halo2_proofs::poly::kzg::strategy::SingleStrategy;
use halo2_proofs::transcript::{TranscriptReadBuffer, TranscriptWriterBuffer};
use halo2curves::bn256::Bn256;
use rand_core::OsRng;

const K: u32 = 6;
const ROWS: usize = 10;

#[derive(Clone)]
struct Config {
    advice: [Column<Advice>; 5],
    on: Column<Fixed>,
    zero: Column<Fixed>,
    instance: Column<Instance>,
}

/// d = a b c in every row, e is the running sum of d; the first two d are public.
#[derive(Clone)]
struct Toy {
    lookup: bool,
}

impl Circuit<Fr> for Toy {
    type Config = Config;
    type FloorPlanner = SimpleFloorPlanner;
    type Params = bool;

    fn params(&self) -> bool {
        self.lookup
    }

    fn without_witnesses(&self) -> Self {
        self.clone()
    }

    fn configure_with_params(meta: &mut ConstraintSystem<Fr>, lookup: bool) -> Config {
        let config = Self::configure(meta);
        if lookup {
            meta.lookup_any("e in e", |meta| {
                let e = meta.query_advice(config.advice[4], Rotation::cur());
                vec![(e.clone(), e)]
            });
        }
        config
    }

    fn configure(meta: &mut ConstraintSystem<Fr>) -> Config {
        let advice = std::array::from_fn(|_| meta.advice_column());
        let (on, zero) = (meta.fixed_column(), meta.fixed_column());
        let instance = meta.instance_column();
        for column in advice {
            meta.enable_equality(column);
        }
        meta.enable_equality(instance);
        meta.create_gate("d = a b c", |meta| {
            let [a, b, c, d, _] = advice.map(|x| meta.query_advice(x, Rotation::cur()));
            let on = meta.query_fixed(on, Rotation::cur());
            vec![on.clone() * a * b * c - on * d]
        });
        meta.create_gate("e_next = e + d", |meta| {
            let next = meta.query_advice(advice[4], Rotation::next());
            let [d, e] = [3, 4].map(|i| meta.query_advice(advice[i], Rotation::cur()));
            let both = meta.query_fixed(on, Rotation::cur()) * meta.query_fixed(on, Rotation(1));
            vec![both * (next - e - d)]
        });
        meta.create_gate("never on", |meta| {
            let zero = meta.query_fixed(zero, Rotation(-1));
            let far = meta.query_advice(advice[0], Rotation(-3));
            let near = meta.query_advice(advice[1], Rotation(2));
            vec![
                zero.clone() * (far.clone() - Expression::Constant(Fr::from(7))),
                zero * (Expression::Constant(-Fr::from(5)) - near * far),
            ]
        });
        Config {
            advice,
            on,
            zero,
            instance,
        }
    }

    fn synthesize(&self, config: Config, mut layouter: impl Layouter<Fr>) -> Result<(), Error> {
        let public = layouter.assign_region(
            || "toy",
            |mut region| {
                let mut sum = 0;
                let mut cells = Vec::new();
                for row in 0..ROWS {
                    let (a, b, c) = (row as u64 + 1, 2, 3);
                    region.assign_fixed(config.on, row, Fr::from(1));
                    region.assign_fixed(config.zero, row, Fr::from(0));
                    let values = [a, b, c, a * b * c, sum];
                    sum += a * b * c;
                    let row_cells: Vec<_> = (config.advice.iter().zip(values))
                        .map(|(column, value)| {
                            region
                                .assign_advice(*column, row, Value::known(Fr::from(value)))
                                .cell()
                        })
                        .collect();
                    cells.push(row_cells);
                }
                for row in 1..ROWS {
                    region.constrain_equal(cells[0][1], cells[row][1]);
                    region.constrain_equal(cells[0][2], cells[row][2]);
                }
                // d of the first row is a of the sixth and e of the second.
                region.constrain_equal(cells[0][3], cells[5][0]);
                region.constrain_equal(cells[0][3], cells[1][4]);
                Ok([cells[0][3], cells[1][3]])
            },
        )?;
        for (row, cell) in public.into_iter().enumerate() {
            layouter.constrain_instance(cell, config.instance, row);
        }
        Ok(())
    }
}

#[test]
fn k3_another_constraint_system() {
    let shape = Shape::new(1, 3, 1, 1).unwrap();
    let srs = Srs::embedded(K).unwrap();
    let toy = Toy { lookup: false };
    let vk = keygen_vk(srs.params(), &toy).unwrap();
    assert!(vk.cs().permutation().get_columns().len() > 2 * (vk.cs().degree() - 2));
    let key = CircuitKey::with_tau(shape, "toy", aztec_tau_g2().unwrap(), vk.clone()).unwrap();
    let pk = keygen_pk(srs.params(), vk, &toy).unwrap();
    let mut public = vec![Fr::from(0); shape.public_inputs()];
    (public[0], public[1]) = (Fr::from(6), Fr::from(12));
    let mut transcript = KeccakWrite::init(Vec::new());
    create_proof::<KZGCommitmentScheme<Bn256>, ProverSHPLONK<'_, Bn256>, _, _, _, _>(
        srs.params(),
        &pk,
        &[toy],
        &[&[&public]],
        OsRng,
        &mut transcript,
    )
    .unwrap();
    let proof = transcript.finalize();
    let native = |public: &[Fr], proof: &[u8]| {
        let mut transcript = KeccakRead::init(proof);
        verify_proof::<KZGCommitmentScheme<Bn256>, VerifierSHPLONK<'_, Bn256>, _, _, _>(
            srs.params(),
            pk.get_vk(),
            SingleStrategy::new(srs.params()),
            &[&[public]],
            &mut transcript,
        )
        .is_ok()
    };
    let verifier = ProofVerifier::of(&key).unwrap();
    assert_eq!(verifier.proof_length(), proof.len());
    let compiled = compile(&verifier.standard_json()).unwrap();
    let (creation, _) = codes(&compiled, &verifier.file_name(), verifier.name()).unwrap();
    let mut evm = Evm::new(true);
    let address = evm.deploy(&creation).unwrap();
    let mut judge = |public: &[Fr], proof: &[u8]| {
        let data = verifier.calldata(public, proof);
        let outcome = evm.call(address, &data).unwrap();
        assert!(!outcome.halted);
        assert_eq!(outcome.success, native(public, proof));
        outcome.success
    };
    assert!(judge(&public, &proof));
    for word in 0..proof.len() / 32 {
        for byte in [0, 15, 31] {
            let mut mutated = proof.clone();
            mutated[32 * word + byte] ^= 1;
            assert!(!judge(&public, &mutated), "word {word}");
        }
    }
    for i in 0..public.len() {
        let mut other = public.clone();
        other[i] += Fr::from(1);
        assert!(!judge(&other, &proof), "public input {i}");
    }
}

#[test]
fn what_the_generator_does_not_write_is_refused() {
    let shape = Shape::new(1, 3, 1, 1).unwrap();
    let srs = Srs::embedded(K).unwrap();
    let vk = keygen_vk(srs.params(), &Toy { lookup: true }).unwrap();
    let key = CircuitKey::with_tau(shape, "toy", aztec_tau_g2().unwrap(), vk).unwrap();
    let refused = ProofVerifier::of(&key).unwrap_err();
    assert!(matches!(refused, SolidityError::Unsupported { .. }));
}
