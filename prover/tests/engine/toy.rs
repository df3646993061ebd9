//! A constraint system unlike the covenant's: three sets of permuted columns, fixed and
//! instance columns among them, two instance columns, gates that look back.

use super::{assert_proves_as_the_library, verifies_under};
use covenant_prover::engine::{Engine, Trace};
use covenant_prover::srs::Srs;
use covenant_verifier::transcript::KeccakWrite;
use ff::Field;
use halo2_proofs::circuit::{Layouter, SimpleFloorPlanner, Value};
use halo2_proofs::plonk::{
    Advice, Challenge, Circuit, Column, ConstraintSystem, Error, Expression, FirstPhase, Fixed,
    Instance, SecondPhase, keygen_pk, keygen_vk,
};
use halo2_proofs::poly::Rotation;
use halo2_proofs::transcript::TranscriptWriterBuffer;
use halo2curves::bn256::Fr;
use rand_core::OsRng;

const ROWS: usize = 9;

/// Row i has `c = a * b`, where b is the a of the row before.
#[derive(Clone)]
struct Toy {
    a: Vec<Fr>,
}

#[derive(Clone)]
struct Config {
    advice: [Column<Advice>; 3],
    second: Column<Advice>,
    fixed: [Column<Fixed>; 2],
    instance: [Column<Instance>; 2],
    challenge: Challenge,
}

impl Toy {
    fn columns(&self) -> [Vec<Fr>; 3] {
        let a = self.a.clone();
        let b: Vec<Fr> = std::iter::once(Fr::from(3))
            .chain(a.iter().copied())
            .take(ROWS)
            .collect();
        let c = a.iter().zip(&b).map(|(a, b)| a * b).collect();
        [a, b, c]
    }
    fn second(&self, challenge: Fr) -> Vec<Fr> {
        let mut sum = Fr::ZERO;
        self.a
            .iter()
            .map(|a| {
                sum = sum * challenge + a;
                sum
            })
            .collect()
    }
    fn public(&self) -> [Vec<Fr>; 2] {
        let [a, _, c] = self.columns();
        [vec![a[0], c[4]], vec![c[ROWS - 1]]]
    }
}

impl Circuit<Fr> for Toy {
    type Config = Config;
    type FloorPlanner = SimpleFloorPlanner;
    type Params = ();

    fn without_witnesses(&self) -> Self {
        self.clone()
    }

    fn configure(meta: &mut ConstraintSystem<Fr>) -> Config {
        let advice = [(); 3].map(|()| meta.advice_column_in(FirstPhase));
        let challenge = meta.challenge_usable_after(FirstPhase);
        let second = meta.advice_column_in(SecondPhase);
        let fixed = [(); 2].map(|()| meta.fixed_column());
        let instance = [(); 2].map(|()| meta.instance_column());
        advice
            .iter()
            .for_each(|column| meta.enable_equality(*column));
        meta.enable_equality(fixed[1]);
        let public = instance.iter();
        public.for_each(|column| meta.enable_equality(*column));
        meta.create_gate("c = a b", |meta| {
            let on = meta.query_fixed(fixed[0], Rotation::cur());
            let [a, b, c] = advice.map(|column| meta.query_advice(column, Rotation::cur()));
            vec![on.clone() * (on - Expression::Constant(Fr::from(3))) * (a * b - c)]
        });
        // Not in the first row, where the switch is 2.
        meta.create_gate("the sum goes on, b is the a before", |meta| {
            let on = meta.query_fixed(fixed[0], Rotation::cur());
            let on = on.clone() * (Expression::Constant(Fr::from(2)) - on);
            let challenge = meta.query_challenge(challenge);
            let [before, a] = [-1, 0].map(|at| meta.query_advice(advice[0], Rotation(at)));
            let [sum, next] = [-1, 0].map(|at| meta.query_advice(second, Rotation(at)));
            let b = meta.query_advice(advice[1], Rotation::cur());
            vec![on.clone() * (next - sum * challenge - a), on * (b - before)]
        });
        Config {
            advice,
            second,
            fixed,
            instance,
            challenge,
        }
    }

    fn synthesize(&self, config: Config, mut layouter: impl Layouter<Fr>) -> Result<(), Error> {
        let cells = layouter.assign_region(
            || "toy",
            |mut region| {
                for row in 0..ROWS {
                    let on = Fr::from(if row == 0 { 2 } else { 1 });
                    region.assign_fixed(config.fixed[0], row, on);
                }
                let three = region.assign_fixed(config.fixed[1], 5, Fr::from(3));
                let mut cells = Vec::new();
                for (column, values) in config.advice.iter().zip(self.columns()) {
                    for (row, value) in values.iter().enumerate() {
                        let cell = region.assign_advice(*column, row, Value::known(*value));
                        cells.push(cell.cell());
                    }
                }
                region.constrain_equal(cells[ROWS], three);
                region.next_phase();
                let challenge = region.get_challenge(config.challenge);
                let mut second = vec![Value::unknown(); ROWS];
                challenge.map(|x| second = self.second(x).into_iter().map(Value::known).collect());
                for (row, value) in second.into_iter().enumerate() {
                    region.assign_advice(config.second, row, value);
                }
                Ok(cells)
            },
        )?;
        layouter.constrain_instance(cells[0], config.instance[0], 0);
        layouter.constrain_instance(cells[2 * ROWS + 4], config.instance[0], 1);
        layouter.constrain_instance(cells[3 * ROWS - 1], config.instance[1], 0);
        Ok(())
    }
}

impl Trace for Toy {
    fn columns(&self, phase: u8, challenges: &[Fr]) -> Vec<Vec<Fr>> {
        match phase {
            0 => Toy::columns(self).to_vec(),
            _ => vec![self.second(challenges[0])],
        }
    }
}

#[test]
fn another_constraint_system() {
    let srs = Srs::embedded(6).unwrap();
    let toy = Toy {
        a: (0..ROWS).map(|i| Fr::from(7 + i as u64)).collect(),
    };
    let vk = keygen_vk(srs.params(), &toy).unwrap();
    let key = keygen_pk(srs.params(), vk, &toy).unwrap();
    let cs = key.get_vk().cs();
    let sets = cs
        .permutation()
        .get_columns()
        .len()
        .div_ceil(cs.degree() - 2);
    assert_eq!((cs.degree(), sets), (4, 3));

    let [first, second] = toy.public();
    assert_proves_as_the_library(&srs, &toy, &[&first, &second], "the toy");

    let engine = Engine::new(&key, &srs, None).unwrap();
    let proves = |toy: &Toy, public: &[Vec<Fr>; 2]| {
        let [first, second] = public;
        let instances = [first.as_slice(), second.as_slice()];
        let mut transcript = KeccakWrite::init(Vec::new());
        engine
            .prove(&key, toy, &instances, OsRng, &mut transcript, &mut |_| {})
            .unwrap();
        verifies_under(&srs, key.get_vk(), &instances, &transcript.finalize())
    };
    let public = toy.public();
    assert!(proves(&toy, &public));
    for column in 0..2 {
        let mut other = public.clone();
        other[column][0] += Fr::ONE;
        assert!(!proves(&toy, &other));
    }
    let other = Toy {
        a: vec![Fr::from(9); ROWS],
    };
    assert!(!proves(&other, &public));
    assert!(proves(&other, &other.public()));
}

/// Arguments that the prover does not know are refused, not left out.
#[test]
fn lookups_are_refused() {
    #[derive(Clone)]
    struct Looked;
    impl Circuit<Fr> for Looked {
        type Config = ();
        type FloorPlanner = SimpleFloorPlanner;
        type Params = ();
        fn without_witnesses(&self) -> Self {
            Self
        }
        fn configure(meta: &mut ConstraintSystem<Fr>) {
            let (a, b) = (meta.advice_column(), meta.fixed_column());
            meta.lookup_any("a in b", |meta| {
                let a = meta.query_advice(a, Rotation::cur());
                vec![(a, meta.query_fixed(b, Rotation::cur()))]
            });
        }
        fn synthesize(&self, (): (), _: impl Layouter<Fr>) -> Result<(), Error> {
            Ok(())
        }
    }
    let srs = Srs::embedded(5).unwrap();
    let vk = keygen_vk(srs.params(), &Looked).unwrap();
    let key = keygen_pk(srs.params(), vk, &Looked).unwrap();
    let error = Engine::new(&key, &srs, None).unwrap_err();
    assert!(error.to_string().contains("lookup"), "{error}");
}
