//! Proving time against gas, for each layout that a shape can have: fewer columns are cheaper
//! on chain, fewer rows are proved faster.

use crate::Outcome;
use crate::claims::full;
use crate::measure::{Cost, median, once};
use crate::proving::srs;
use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::Profile;
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::shape::Shape;
use covenant_prover::engine::Engine;
use covenant_prover::srs::MAX_EMBEDDED_K;
use covenant_verifier::key::CircuitKey;
use covenant_verifier::transcript::KeccakWrite;
use covenant_verifier::verify::verify_statement;
use halo2_proofs::plonk::{ConstraintSystem, keygen_pk, keygen_vk};
use halo2_proofs::transcript::TranscriptWriterBuffer;
use halo2curves::bn256::Fr;
use rand_core::OsRng;
use serde::{Deserialize, Serialize};

/// A layout, measured.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Point {
    /// Name or dimensions.
    pub shape: String,
    /// The layout's name.
    pub layout: String,
    /// log2 of the number of rows.
    pub k: u32,
    /// Columns, and what verification depends on.
    pub columns: Columns,
    /// Bytes of a proof.
    pub proof_bytes: usize,
    /// A proof, the trace included, without native check and self-verification: median.
    pub proof: Cost,
}

/// What of a constraint system decides the work of its verifier.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Columns {
    /// Advice columns.
    pub advice: usize,
    /// Fixed columns.
    pub fixed: usize,
    /// Columns under the permutation.
    pub copied: usize,
    /// Running products.
    pub products: usize,
    /// The constraint system's degree.
    pub degree: usize,
    /// Evaluations in a proof.
    pub evaluations: usize,
    /// Public inputs.
    pub public: usize,
}

impl Columns {
    /// Of a constraint system, for a shape.
    pub fn of(cs: &ConstraintSystem<Fr>, shape: Shape) -> Self {
        let (degree, copied) = (cs.degree(), cs.permutation().get_columns().len());
        let products = copied.div_ceil(degree.saturating_sub(2).max(1));
        let queries = cs.advice_queries().len() + cs.fixed_queries().len();
        Self {
            advice: cs.num_advice_columns(),
            fixed: cs.num_fixed_columns(),
            copied,
            products,
            degree,
            // The random polynomial's, the sigmas' and the products' too.
            evaluations: queries + 1 + copied + (3 * products).saturating_sub(1),
            public: shape.public_inputs(),
        }
    }

    /// Thousands of gas by the model of docs/decisions/0004-cost.md.
    pub fn gas(&self) -> f64 {
        let commitments = self.fixed + self.copied + self.advice + self.products + self.degree + 2;
        let points = self.advice + self.products + 1 + (self.degree - 1) + 2;
        140.1
            + 6.32 * commitments as f64
            + 1.12 * points as f64
            + 0.84 * self.evaluations as f64
            + 0.32 * self.public as f64
    }
}

/// Its name in a table, and whether it is the one that the shape's keys are made of.
fn name(profile: Profile, shape: Shape) -> String {
    let name = match profile {
        Profile::Wide => "wide",
        Profile::Narrow => "narrow",
    };
    let own = if Profile::of(shape.into()) == profile {
        " (the shape's)"
    } else {
        ""
    };
    format!("{name}{own}")
}

/// Measures a shape in every layout that the embedded ceremony holds; `runs` proofs each.
pub fn measure(shape: Shape, runs: usize) -> Outcome<Vec<Point>> {
    let full = full(shape)?;
    let witness = Witness::honest(full.satisfied.claim(), full.satisfied.allocation(), shape)?;
    let mut points = Vec::new();
    for profile in Profile::ALL {
        let build = || CovenantCircuit::laid_out(fit::smallest_in(shape, profile), &witness);
        let circuit = build();
        // Beyond it no ceremony is at hand to compare with.
        if circuit.layout().k > MAX_EMBEDDED_K {
            continue;
        }
        let srs = srs(circuit.layout().k)?;
        let vk = keygen_vk(srs.params(), &circuit)?;
        let pk = keygen_pk(srs.params(), vk, &circuit)?;
        let engine = Engine::new(&pk, &srs, None)?;
        let (mut costs, mut proof) = (Vec::new(), Vec::new());
        // The first makes what the others share.
        for i in 0..=runs.max(1) {
            let (cost, made) = once(|| {
                let mut transcript = KeccakWrite::init(Vec::new());
                let public: &[Fr] = &witness.public;
                let trace = build();
                let written =
                    engine.prove(&pk, &trace, &[public], OsRng, &mut transcript, &mut |_| {});
                written.map(|()| transcript.finalize())
            });
            proof = made?;
            if i > 0 {
                costs.push(cost);
            }
        }
        let tau = srs.params().s_g2();
        let ceremony = srs.ceremony().to_string();
        let key = CircuitKey::with_tau(shape, &ceremony, tau, pk.get_vk().clone())?;
        verify_statement(&full.satisfied.claim().statement, &proof, &key)?;
        points.push(Point {
            shape: shape.to_string(),
            layout: name(profile, shape),
            k: circuit.layout().k,
            columns: Columns::of(pk.get_vk().cs(), shape),
            proof_bytes: proof.len(),
            proof: median(&costs),
        });
    }
    Ok(points)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use covenant_circuits::circuit::size::Size;

    /// The model is within 6 % of what docs/gas.md measured for the generated verifier.
    #[test]
    fn the_model_is_near_what_was_measured() {
        let document = include_str!("../../docs/gas.md");
        for shape in Shape::STANDARD {
            let row = format!("| `{shape}` | Osaka | generated `verify` | ");
            let (_, rest) = document.split_once(&row).unwrap();
            let measured: f64 = rest.split(' ').next().unwrap().parse().unwrap();
            let model = Columns::of(&Size::of(shape).constraints, shape).gas() * 1e3;
            assert!(
                (model / measured - 1.0).abs() < 0.06,
                "{shape}: {model}, {measured}"
            );
        }
    }
}
