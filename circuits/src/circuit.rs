//! The circuit that enforces S1..S10 for one shape, once or for many claims, or R1..R6 for one
//! roll-up shape.
//!
//! The trace has three tracks side by side. Permutations of Poseidon fill lanes, a column each,
//! 221 rows a permutation; `b` beside them has what they absorb and put out. Range-checked limbs
//! fill two columns, or nine to fifteen. Copyable columns `a`, `b` and, where limbs are many, the
//! operand, the register `c` and a second-phase register `g` carry everything else: the
//! positions of the accounts, and the settlement (S3 to S8, S10) in the rows that slots leave.
//! See docs/decisions/0012-second-edition.md.
//!
//! - [`cells`]: cells by name, and what equations over them are written in
//! - [`columns`]: the columns, and fixed columns that switch several gates
//! - [`permutation`]: the cells and equations of a permutation
//! - [`weights`]: what they are taken times in the one sum that they are
//! - [`rules`]: the table of what may hold of a row: cells, equations, clauses
//! - [`gates`]: every constraint, named by its equation
//! - [`program`]: what a trace is of
//! - [`layout`]: the dimensions of a trace
//! - [`fit`]: the smallest layout that holds a shape
//! - [`builder`]: the one door by which values and copies enter the trace
//! - [`size`]: rows and columns of a shape
//! - [`witness`]: the prover's values, from a claim and an allocation
//! - [`many`]: the same of many claims
//! - [`rollup`]: the same of a roll-up
//! - [`trace`]: which values go where, clause by clause

// Rows and columns come from the layout of the shape, never from input.
#![allow(clippy::indexing_slicing)]

pub mod builder;
pub mod cells;
pub mod columns;
pub mod fit;
pub mod gates;
pub mod layout;
pub mod many;
pub mod permutation;
pub mod program;
pub mod rollup;
pub mod rules;
pub mod size;
pub mod trace;
mod view;
pub mod weights;
pub mod witness;

use crate::field::Fr;
use crate::shape::Shape;
use builder::TraceBuilder;
use columns::Config;
use halo2_proofs::circuit::{Layouter, SimpleFloorPlanner, Value};
use halo2_proofs::plonk::{Circuit, ConstraintSystem, Error};
use layout::Layout;
use program::Program;
use trace::Values;
use witness::Witness;

/// Version of the arithmetization; part of every circuit id.
pub const CIRCUIT_VERSION: &str = "covenant-2";

/// The circuit of a shape, with the prover's values.
#[derive(Clone, Debug)]
pub struct CovenantCircuit {
    layout: Layout,
    trace: TraceBuilder,
}

impl CovenantCircuit {
    /// The circuit without a witness, as key generation needs it.
    pub fn blank(program: impl Into<Program>) -> Self {
        Self::blank_in(fit::smallest(program))
    }

    /// The same in a given layout.
    pub fn blank_in(layout: Layout) -> Self {
        let trace = trace::blank(&layout);
        Self { layout, trace }
    }

    /// The circuit with a witness. Whether it satisfies the constraints is for the
    /// constraints to say.
    pub fn new(witness: &Witness) -> Self {
        Self::laid_out(fit::smallest(witness.shape), witness)
    }

    /// The same in another layout of the shape than its standard's.
    pub fn laid_out(layout: Layout, witness: &impl Values) -> Self {
        let trace = witness.trace(&layout);
        Self { layout, trace }
    }

    /// The circuit of a trace that was written otherwise, for tests that lie.
    #[cfg(feature = "testing")]
    pub fn of_trace(layout: Layout, trace: TraceBuilder) -> Self {
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
    pub fn of(program: impl Into<Program>) -> Self {
        Self(fit::smallest(program))
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
        Self::blank_in(self.layout)
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
        layouter.assign_region(
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
                let challenges = config.challenges.map(|c| region.get_challenge(c));
                let challenges: Value<Vec<Fr>> = challenges.into_iter().collect();
                let challenges = challenges.map(|challenges| columns::Challenges::of(&challenges));
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
                    builder::Cell::Advice(column, row) => assigned[*column][*row],
                    builder::Cell::Register(row) => second_cells[columns::second::G][*row],
                    builder::Cell::Weight(row) => second_cells[columns::second::WEIGHT][*row],
                };
                for (left, right) in trace.copies() {
                    region.constrain_equal(at(left), at(right));
                }
                Ok(())
            },
        )
    }
}
