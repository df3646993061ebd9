//! `covenant shapes`: the standard circuits and their sizes.

use crate::Outcome;
use crate::outcome::Report;
use crate::table::table;
use clap::Args;
use covenant_circuits::circuit::size::Size;
use covenant_circuits::shape::Shape;
use covenant_prover::srs::MAX_EMBEDDED_K;
use covenant_verifier::key::{self, CircuitKey};
use schemars::JsonSchema;
use serde::Serialize;

/// The standard circuits and their sizes.
#[derive(Args, Debug)]
pub(crate) struct Shapes {}

/// The standard circuits.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ShapesOutput {
    /// From small to large.
    shapes: Vec<ShapeOutput>,
}

/// A standard circuit.
#[derive(Serialize, JsonSchema)]
struct ShapeOutput {
    /// Its name.
    name: String,
    /// Most accounts.
    accounts: usize,
    /// Most positions in an account.
    positions: usize,
    /// Most assets.
    assets: usize,
    /// Most scenarios, with the base.
    scenarios: usize,
    /// It has 2^k rows.
    k: u32,
    /// Advice columns.
    advice: usize,
    /// Fixed columns.
    fixed: usize,
    /// Rows that it uses.
    rows_used: usize,
    /// Bytes of a proof.
    proof_bytes: usize,
    /// Its id; null where no key is compiled in, as the id needs an SRS to be computed.
    circuit: Option<String>,
}

impl Shapes {
    pub(crate) fn run(self) -> Outcome {
        let header = [
            "shape",
            "accounts",
            "positions",
            "assets",
            "scenarios",
            "k",
            "advice",
            "fixed",
            "rows",
            "proof bytes",
        ];
        let mut table = table(header, 1..10);
        let mut shapes = Vec::new();
        for (name, shape) in Shape::NAMED {
            let size = Size::of(shape);
            let circuit = CircuitKey::standard(shape).ok().map(|k| k.id().to_owned());
            let proof_bytes = key::proof_length(&size.constraints);
            table.add_row([
                name.to_owned(),
                shape.accounts().to_string(),
                shape.positions().to_string(),
                shape.assets().to_string(),
                shape.scenarios().to_string(),
                size.k.to_string(),
                size.advice.to_string(),
                size.fixed.to_string(),
                size.rows_used.to_string(),
                proof_bytes.to_string(),
            ]);
            shapes.push(ShapeOutput {
                name: name.into(),
                accounts: shape.accounts(),
                positions: shape.positions(),
                assets: shape.assets(),
                scenarios: shape.scenarios(),
                k: size.k,
                advice: size.advice,
                fixed: size.fixed,
                rows_used: size.rows_used,
                proof_bytes,
                circuit,
            });
        }
        let text = format!(
            "{table}\npositions are per account; scenarios count the base; shapes of k <= {MAX_EMBEDDED_K} are proved with the embedded ceremony, larger ones need covenant srs import"
        );
        Report::done(text, &ShapesOutput { shapes })
    }
}
