//! A synthesis caught in the act: who assigned what, in both phases, with every copy.

use crate::field::Fr;
use ff::Field;
use halo2_proofs::circuit::Value;
use halo2_proofs::plonk::{
    Advice, Any, Assigned, Assignment, Challenge, Circuit, Column, ConstraintSystem, Error, Fixed,
    FloorPlanner, Instance, Selector,
};
use std::fmt;

/// A cell, by column and row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Place {
    /// Of the witness.
    Advice(usize, usize),
    /// Of the circuit.
    Fixed(usize, usize),
    /// Public.
    Instance(usize, usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Advice(c, r) => write!(f, "advice {c} row {r}"),
            Self::Fixed(c, r) => write!(f, "fixed {c} row {r}"),
            Self::Instance(c, r) => write!(f, "instance {c} row {r}"),
        }
    }
}

/// Why a circuit could not be captured.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LintError {
    /// Synthesis failed.
    #[error("synthesis: {0}")]
    Synthesis(#[from] Error),
    /// The circuit has lookup arguments of halo2's own, which are not modelled.
    #[error("expected a circuit without lookup arguments, got {got}")]
    Lookups {
        /// How many.
        got: usize,
    },
    /// More challenges than were given.
    #[error("expected {expected} challenges, got {got}")]
    Challenges {
        /// Of the circuit.
        expected: usize,
        /// Given.
        got: usize,
    },
}

/// Everything a circuit assigned.
#[derive(Clone, Debug)]
pub struct Captured {
    /// The gates, with selectors as they were made.
    pub cs: ConstraintSystem<Fr>,
    /// Rows.
    pub rows: usize,
    /// Rows before the blinding ones.
    pub usable: usize,
    /// Fixed columns.
    pub fixed: Vec<Vec<Fr>>,
    /// Selectors.
    pub selectors: Vec<Vec<bool>>,
    /// Advice columns of both phases.
    pub advice: Vec<Vec<Fr>>,
    /// Whether an advice cell was assigned.
    pub assigned: Vec<Vec<bool>>,
    /// Public inputs, padded with zeros.
    pub instance: Vec<Vec<Fr>>,
    /// The challenges that synthesis was given.
    pub challenges: Vec<Fr>,
    /// Copy constraints in the order in which they were made.
    pub copies: Vec<(Place, Place)>,
    /// Cells assigned more than once.
    pub twice: Vec<Place>,
    /// Cells assigned in the blinding rows or below.
    pub outside: Vec<Place>,
    /// Cells whose value the code is shown with something added (`anchor`).
    #[cfg(feature = "testing")]
    pub(crate) lies: Option<(Place, Fr)>,
}

/// A capture and the circuit's configuration.
#[derive(Clone, Debug)]
pub struct Capture<C> {
    /// What was assigned.
    pub captured: Captured,
    /// The circuit's columns.
    pub config: C,
}

#[cfg(feature = "testing")]
impl Captured {
    /// What the code sees of a cell that it assigned. Leaks a few bytes a cell: the
    /// interface requires a reference that outlives the trace.
    fn shown<'v>(&self, place: Place, to: Value<Assigned<Fr>>) -> Value<&'v Assigned<Fr>> {
        let lie = match self.lies {
            Some((at, delta)) if at == place => delta,
            _ => return to.map(|v| &*Box::leak(Box::new(v))),
        };
        to.map(|v| &*Box::leak(Box::new(Assigned::Trivial(v.evaluate() + lie))))
    }
}

/// Synthesizes a circuit once, both phases with the given challenges.
pub fn capture<C: Circuit<Fr>>(
    k: u32,
    circuit: &C,
    instance: &[Vec<Fr>],
    challenges: &[Fr],
) -> Result<Capture<C::Config>, LintError> {
    let (mut captured, config) = empty::<C>(k, circuit, instance, challenges)?;
    synthesize(&mut captured, circuit, config.clone())?;
    Ok(Capture { captured, config })
}

/// The same while the code is shown a lie about one cell, which keeps its honest value.
#[cfg(feature = "testing")]
pub fn capture_lying<C: Circuit<Fr>>(
    k: u32,
    circuit: &C,
    instance: &[Vec<Fr>],
    challenges: &[Fr],
    lie: (Place, Fr),
) -> Result<Captured, LintError> {
    let (mut captured, config) = empty::<C>(k, circuit, instance, challenges)?;
    captured.lies = Some(lie);
    synthesize(&mut captured, circuit, config)?;
    Ok(captured)
}

fn synthesize<C: Circuit<Fr>>(
    captured: &mut Captured,
    circuit: &C,
    config: C::Config,
) -> Result<(), LintError> {
    let constants = captured.cs.constants().clone();
    Ok(C::FloorPlanner::synthesize(
        captured, circuit, config, constants,
    )?)
}

fn empty<C: Circuit<Fr>>(
    k: u32,
    circuit: &C,
    instance: &[Vec<Fr>],
    challenges: &[Fr],
) -> Result<(Captured, C::Config), LintError> {
    let mut cs = ConstraintSystem::default();
    let config = C::configure_with_params(&mut cs, circuit.params());
    if !cs.lookups().is_empty() {
        return Err(LintError::Lookups {
            got: cs.lookups().len(),
        });
    }
    if challenges.len() < cs.num_challenges() {
        return Err(LintError::Challenges {
            expected: cs.num_challenges(),
            got: challenges.len(),
        });
    }
    let rows = 1usize << k;
    let columns = |n: usize| vec![vec![Fr::ZERO; rows]; n];
    let mut public = columns(cs.num_instance_columns());
    for (to, from) in public.iter_mut().zip(instance) {
        for (to, from) in to.iter_mut().zip(from) {
            *to = *from;
        }
    }
    let captured = Captured {
        rows,
        usable: rows - (cs.blinding_factors() + 1),
        fixed: columns(cs.num_fixed_columns()),
        selectors: vec![vec![false; rows]; cs.num_selectors()],
        advice: columns(cs.num_advice_columns()),
        assigned: vec![vec![false; rows]; cs.num_advice_columns()],
        instance: public,
        challenges: challenges.to_vec(),
        copies: Vec::new(),
        twice: Vec::new(),
        outside: Vec::new(),
        #[cfg(feature = "testing")]
        lies: None,
        cs,
    };
    Ok((captured, config))
}

fn place(column: Column<Any>, row: usize) -> Place {
    match column.column_type() {
        Any::Advice(_) => Place::Advice(column.index(), row),
        Any::Fixed => Place::Fixed(column.index(), row),
        Any::Instance => Place::Instance(column.index(), row),
    }
}

impl Assignment<Fr> for Captured {
    fn enter_region<NR, N>(&mut self, _: N)
    where
        NR: Into<String>,
        N: FnOnce() -> NR,
    {
    }

    fn annotate_column<A, AR>(&mut self, _: A, _: Column<Any>)
    where
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
    }

    fn exit_region(&mut self) {}

    fn enable_selector<A, AR>(&mut self, _: A, selector: &Selector, row: usize) -> Result<(), Error>
    where
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
        let cell = self
            .selectors
            .get_mut(selector.index())
            .and_then(|s| s.get_mut(row));
        *cell.ok_or(Error::BoundsFailure)? = true;
        Ok(())
    }

    fn query_instance(&self, column: Column<Instance>, row: usize) -> Result<Value<Fr>, Error> {
        let value = self.instance.get(column.index()).and_then(|c| c.get(row));
        value.map(|v| Value::known(*v)).ok_or(Error::BoundsFailure)
    }

    fn assign_advice<'v>(
        &mut self,
        column: Column<Advice>,
        row: usize,
        to: Value<Assigned<Fr>>,
    ) -> Value<&'v Assigned<Fr>> {
        let place = Place::Advice(column.index(), row);
        if row >= self.usable {
            self.outside.push(place);
        } else {
            if std::mem::replace(&mut self.assigned[column.index()][row], true) {
                self.twice.push(place);
            }
            let cell = &mut self.advice[column.index()][row];
            to.map(|v| *cell = v.evaluate());
        }
        #[cfg(feature = "testing")]
        return self.shown(place, to);
        // Only tests' circuits read their cells back.
        #[cfg(not(feature = "testing"))]
        Value::unknown()
    }

    fn assign_fixed(&mut self, column: Column<Fixed>, row: usize, to: Assigned<Fr>) {
        if row >= self.usable {
            self.outside.push(Place::Fixed(column.index(), row));
        } else {
            self.fixed[column.index()][row] = to.evaluate();
        }
    }

    fn copy(&mut self, left: Column<Any>, left_row: usize, right: Column<Any>, right_row: usize) {
        self.copies
            .push((place(left, left_row), place(right, right_row)));
    }

    fn fill_from_row(
        &mut self,
        column: Column<Fixed>,
        row: usize,
        to: Value<Assigned<Fr>>,
    ) -> Result<(), Error> {
        let mut value = Fr::ZERO;
        to.map(|v| value = v.evaluate());
        let usable = self.usable;
        for cell in self.fixed[column.index()][..usable].iter_mut().skip(row) {
            *cell = value;
        }
        Ok(())
    }

    fn get_challenge(&self, challenge: Challenge) -> Value<Fr> {
        match self.challenges.get(challenge.index()) {
            Some(value) => Value::known(*value),
            None => Value::unknown(),
        }
    }

    fn push_namespace<NR, N>(&mut self, _: N)
    where
        NR: Into<String>,
        N: FnOnce() -> NR,
    {
    }

    fn pop_namespace(&mut self, _: Option<String>) {}
}
