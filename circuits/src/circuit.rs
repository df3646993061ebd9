//! The circuit that enforces S1..S9 for one shape.
//!
//! The trace has three tracks side by side. Poseidon fills five columns, twenty rows a
//! permutation; or one, and five times the rows. Range-checked limbs fill eight or nine
//! more, or two. Two copyable columns `a`, `b`, two registers `c`, `d` and a second-phase
//! register `g` carry everything else: the positions of the accounts next to the
//! permutations that absorb them, and the settlement (S3..S8) in the rows between. See
//! docs/decisions/0002-arithmetization.md.
//!
//! - [`cells`]: cells by name, and what equations over them are written in
//! - [`columns`]: the columns, and fixed columns that switch several gates
//! - [`rules`]: the table of what may hold of a row: cells, equations, clauses
//! - [`gates`]: every constraint, named by its equation
//! - [`layout`]: the dimensions of a trace
//! - [`fit`]: the smallest layout that holds a shape
//! - [`builder`]: the one door by which values and copies enter the trace
//! - [`size`]: rows and columns of a shape
//! - [`witness`]: the prover's values, from a claim and an allocation
//! - [`trace`]: which values go where, clause by clause

// Rows and columns come from the layout of the shape, never from input.
#![allow(clippy::indexing_slicing)]

pub mod builder;
pub mod cells;
pub mod columns;
pub mod fit;
pub mod gates;
pub mod layout;
pub mod poseidon_trace;
pub mod rules;
pub mod size;
pub mod trace;
mod view;
pub mod witness;

use crate::field::Fr;
use crate::shape::Shape;
use builder::TraceBuilder;
use columns::Config;
use halo2_proofs::circuit::{Layouter, SimpleFloorPlanner, Value};
use halo2_proofs::plonk::{Circuit, ConstraintSystem, Error};
use layout::Layout;
use witness::Witness;

/// Version of the arithmetization; part of every circuit id.
pub const CIRCUIT_VERSION: &str = "covenant-1.1";

/// The circuit of a shape, with the prover's values.
#[derive(Clone, Debug)]
pub struct CovenantCircuit {
    layout: Layout,
    trace: TraceBuilder,
}

impl CovenantCircuit {
    /// The circuit without a witness, as key generation needs it.
    pub fn blank(shape: Shape) -> Self {
        Self::new(&Witness::blank(shape))
    }

    /// The circuit with a witness. Whether it satisfies the constraints is for the
    /// constraints to say.
    pub fn new(witness: &Witness) -> Self {
        Self::laid_out(fit::smallest(witness.shape), witness)
    }

    /// The same in another layout of the shape than its standard's.
    pub fn laid_out(layout: Layout, witness: &Witness) -> Self {
        let trace = trace::build(&layout, witness);
        Self { layout, trace }
    }

    /// The trace's dimensions.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The trace, for tests that tamper with it.
    pub fn trace_mut(&mut self) -> &mut TraceBuilder {
        &mut self.trace
    }

    /// The trace.
    pub fn trace(&self) -> &TraceBuilder {
        &self.trace
    }
}

/// What `configure` needs to know: the layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Params(pub Layout);

impl Params {
    /// Of a shape's standard.
    pub fn of(shape: Shape) -> Self {
        Self(fit::smallest(shape))
    }
}

impl Default for Params {
    fn default() -> Self {
        Self::of(Shape::SMALL)
    }
}

impl Circuit<Fr> for CovenantCircuit {
    type Config = Config;
    type FloorPlanner = SimpleFloorPlanner;
    type Params = Params;

    fn params(&self) -> Params {
        Params(self.layout)
    }

    fn without_witnesses(&self) -> Self {
        Self::laid_out(self.layout, &Witness::blank(self.layout.shape))
    }

    fn configure_with_params(meta: &mut ConstraintSystem<Fr>, params: Params) -> Config {
        gates::configure(meta, &params.0)
    }

    fn configure(meta: &mut ConstraintSystem<Fr>) -> Config {
        Self::configure_with_params(meta, Params::default())
    }

    fn synthesize(&self, config: Config, mut layouter: impl Layouter<Fr>) -> Result<(), Error> {
        // One region at row 0: rows are absolute, and nothing is placed by the planner
        // (regions of this planner overlap in silence).
        let cells = layouter.assign_region(
            || "covenant",
            |mut region| {
                let trace = &self.trace;
                for (column, values) in config.fixed.iter().zip(trace.fixed()) {
                    for (row, value) in values.iter().enumerate() {
                        region.assign_fixed(*column, row, *value);
                    }
                }
                let mut assigned = Vec::with_capacity(trace.advice().len());
                for (column, values) in config.advice.iter().zip(trace.advice()) {
                    let mut cells = Vec::with_capacity(values.len());
                    for (row, value) in values.iter().enumerate() {
                        cells.push(
                            region
                                .assign_advice(*column, row, Value::known(*value))
                                .cell(),
                        );
                    }
                    assigned.push(cells);
                }
                region.next_phase();
                let [rho, beta, gamma, delta] = config.challenges.map(|c| region.get_challenge(c));
                let challenges =
                    rho.zip(beta)
                        .zip(gamma.zip(delta))
                        .map(|((rho, beta), (gamma, delta))| columns::Challenges {
                            rho,
                            beta,
                            gamma,
                            delta,
                        });
                let mut second = None;
                challenges.map(|c| second = Some(trace.second_phase(&c)));
                let known = second.is_some();
                let second = second.unwrap_or_else(|| trace.second_phase_blank());
                let mut second_cells = Vec::new();
                for (column, values) in config.second.iter().zip(&second) {
                    let mut cells = Vec::with_capacity(values.len());
                    for (row, value) in values.iter().enumerate() {
                        let value = if known {
                            Value::known(*value)
                        } else {
                            Value::unknown()
                        };
                        cells.push(region.assign_advice(*column, row, value).cell());
                    }
                    second_cells.push(cells);
                }
                let at = |cell: &builder::Cell| match cell {
                    builder::Cell::Advice(column, row) => Some(assigned[*column][*row]),
                    builder::Cell::Register(row) => Some(second_cells[0][*row]),
                    builder::Cell::Instance(_) => None,
                };
                let mut public = Vec::new();
                for (left, right) in trace.copies() {
                    match (left, at(left), right, at(right)) {
                        (_, Some(l), _, Some(r)) => region.constrain_equal(l, r),
                        (_, Some(l), builder::Cell::Instance(row), None)
                        | (builder::Cell::Instance(row), None, _, Some(l)) => {
                            public.push((l, *row))
                        }
                        _ => {}
                    }
                }
                Ok(public)
            },
        )?;
        for (cell, row) in cells {
            layouter.constrain_instance(cell, config.instance, row);
        }
        Ok(())
    }
}
