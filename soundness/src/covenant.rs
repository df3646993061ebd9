//! Covenant's circuit as a target of the operators. All that depends on its columns is in this
//! file; none of it names a row.

use super::target::{Columns, Target};
use covenant_circuits::circuit::builder::{Cell, TraceBuilder};
use covenant_circuits::circuit::columns::Challenges;
use covenant_circuits::circuit::columns::{Config, advice, fixed, second};
use covenant_circuits::circuit::layout::Layout;
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::circuit::{CovenantCircuit, trace};
use covenant_circuits::lint::{Captured, Constraint, LintError, Place, capture, constraints};
use covenant_circuits::testing::lying;
use covenant_claims::field::{Fr, to_u128};
use covenant_claims::poseidon;
use ff::Field;
use halo2_proofs::plonk::Expression;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// A witness in the circuit, captured.
pub struct Covenant {
    layout: Layout,
    config: Config,
    captured: Captured,
    challenges: Challenges,
    /// Honest, but for what an operator changes and changes back.
    trace: RefCell<TraceBuilder>,
    constraints: Vec<Constraint>,
    /// Fixed columns that a constraint reads at its own row.
    switches: Vec<Vec<usize>>,
    /// Sections of advice and of fixed cells, by the builder's columns.
    sections: [BTreeMap<(usize, usize), &'static str>; 2],
    /// Sections of copies, in the order in which the circuit makes them.
    copies: Vec<&'static str>,
    /// Row of each number of the range table.
    table: BTreeMap<u64, usize>,
    inputs: BTreeSet<Place>,
}

impl Covenant {
    /// Captures the trace of a witness in a layout under the given challenges.
    pub fn new(layout: Layout, witness: &Witness, challenges: [Fr; 4]) -> Result<Self, LintError> {
        Self::of(
            CovenantCircuit::laid_out(layout, witness),
            witness,
            challenges,
        )
    }

    /// The same for a circuit that may have been tampered with.
    pub fn of(
        circuit: CovenantCircuit,
        witness: &Witness,
        challenges: [Fr; 4],
    ) -> Result<Self, LintError> {
        let layout = *circuit.layout();
        let public = [witness.public.clone()];
        let capture = capture(layout.k, &circuit, &public, &challenges)?;
        let [rho, beta, gamma, delta] = challenges;
        let journal = circuit.trace().journal();
        let constraints = constraints(&capture.captured.cs);
        let switches = constraints.iter().map(|c| fixed_at_row(&c.poly)).collect();
        let table_column = capture.config.fixed[fixed::TABLE].index();
        let mut table = BTreeMap::new();
        for (row, value) in capture.captured.fixed[table_column].iter().enumerate() {
            if let Some(number) = to_u128(&(*value - Fr::from(2))).and_then(|x| x.try_into().ok()) {
                table.entry(number).or_insert(row);
            }
        }
        Ok(Self {
            layout,
            config: capture.config,
            captured: capture.captured,
            challenges: Challenges {
                rho,
                beta,
                gamma,
                delta,
            },
            trace: RefCell::new(circuit.trace().clone()),
            constraints,
            switches,
            sections: [journal.cells(), journal.fixed()].map(|e| e.iter().copied().collect()),
            copies: copies(circuit.trace()),
            table,
            inputs: BTreeSet::new(),
        })
    }

    /// Cells that `rigidity` holds fixed.
    pub fn with_inputs(mut self, inputs: BTreeSet<Place>) -> Self {
        self.inputs = inputs;
        self
    }

    /// The circuit's columns.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Cells that the trace's builder wrote, as (place, builder's column, row).
    pub fn written(&self) -> Vec<(Place, usize, usize)> {
        let trace = self.trace.borrow();
        let cells = trace.journal().cells().iter();
        cells
            .map(|((c, r), _)| (Place::Advice(self.config.advice[*c].index(), *r), *c, *r))
            .collect()
    }

    /// Fixed cells that two gadgets claimed.
    pub fn clashes(&self) -> usize {
        self.trace.borrow().journal().clashes().len()
    }

    /// The first phase of the same witness when the code is told a lie about one cell, while
    /// the cell keeps its honest value. The second phase stays as it was.
    pub fn lie(&self, witness: &Witness, column: usize, row: usize, delta: Fr) -> Columns {
        let trace = lying((column, row), delta, || trace::build(&self.layout, witness));
        let mut columns = self.captured.advice.clone();
        for (to, from) in self.config.advice.iter().zip(trace.advice()) {
            columns[to.index()][..from.len()].copy_from_slice(from);
        }
        let honest = self.trace.borrow().value(column, row);
        let at = self.config.advice[column].index();
        let lied = std::mem::replace(&mut columns[at][row], honest);
        self.recount(&mut columns, &mut vec![(at, row, lied)]);
        columns
    }

    /// The first cell of the gadgets that `section` begins the names of, in the order of
    /// writing, that depends on what `change` changes in a witness: where that input enters
    /// the gadget.
    pub fn enters(
        &self,
        witness: &Witness,
        section: &str,
        change: impl FnOnce(&mut Witness),
    ) -> Option<Place> {
        let mut other = witness.clone();
        change(&mut other);
        let other = trace::build(&self.layout, &other);
        let trace = self.trace.borrow();
        let ((column, row), _) = trace.journal().cells().iter().find(|((c, r), s)| {
            s.starts_with(section) && trace.value(*c, *r) != other.value(*c, *r)
        })?;
        Some(Place::Advice(self.config.advice[*column].index(), *row))
    }

    /// The builder's index of an advice column, if it is of the first phase.
    fn first(&self, column: usize) -> Option<usize> {
        self.config.advice.iter().position(|c| c.index() == column)
    }
}

/// Sections of the copies. The circuit makes them in the builder's order, those of public
/// inputs last.
fn copies(trace: &TraceBuilder) -> Vec<&'static str> {
    let public = |cell: &Cell| matches!(cell, Cell::Instance(_));
    let copies = trace.copies().iter().enumerate();
    let (last, first): (Vec<_>, Vec<_>) = copies.partition(|(_, (l, r))| public(l) || public(r));
    let all = first.into_iter().chain(last);
    all.map(|(i, _)| trace.journal().copy(i)).collect()
}

/// Fixed columns that an expression reads at its own row.
fn fixed_at_row(e: &Expression<Fr>) -> Vec<usize> {
    fn collect(e: &Expression<Fr>, found: &mut Vec<usize>) {
        match e {
            Expression::Fixed(q) if q.rotation().0 == 0 => found.push(q.column_index()),
            Expression::Negated(e) | Expression::Scaled(e, _) => collect(e, found),
            Expression::Sum(a, b) | Expression::Product(a, b) => {
                collect(a, found);
                collect(b, found);
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(e, &mut found);
    found.dedup();
    found
}

impl Target for Covenant {
    fn trace(&self) -> &Captured {
        &self.captured
    }

    fn recount(&self, columns: &mut Columns, changed: &mut Vec<(usize, usize, Fr)>) {
        let counts = self.config.advice[self.layout.multiplicities()].index();
        let mut more = Vec::new();
        for (column, row, before) in changed.iter() {
            if !self.is_looked_up(Place::Advice(*column, *row)) {
                continue;
            }
            for (number, step) in [(*before, -Fr::ONE), (columns[*column][*row], Fr::ONE)] {
                // The gate takes the count times the number plus 1.
                let step = step * (number + Fr::ONE).invert().unwrap_or(Fr::ZERO);
                let number = to_u128(&number).and_then(|x| u64::try_from(x).ok());
                if let Some(at) = number.and_then(|n| self.table.get(&n)) {
                    let cell = &mut columns[counts][*at];
                    more.push((counts, *at, *cell));
                    *cell += step;
                }
            }
        }
        changed.extend(more);
    }

    fn second_phase(&self, columns: &mut Columns, changed: &mut Vec<(usize, usize, Fr)>) {
        let mut trace = self.trace.borrow_mut();
        let mut touched = Vec::new();
        for (column, row, _) in changed.iter() {
            if let Some(at) = self.first(*column) {
                touched.push((at, *row, trace.value(at, *row)));
                trace.tamper(at, *row, columns[*column][*row]);
            }
        }
        if touched.is_empty() {
            return;
        }
        let second = trace.second_phase(&self.challenges);
        for (at, row, value) in touched.into_iter().rev() {
            trace.tamper(at, row, value);
        }
        for (column, values) in self.config.second.iter().zip(&second) {
            let column = column.index();
            for (row, value) in values.iter().enumerate() {
                if columns[column][row] != *value {
                    changed.push((column, row, columns[column][row]));
                    columns[column][row] = *value;
                }
            }
        }
    }

    fn redrawn(&self, count: usize) -> Vec<(Vec<Fr>, Columns)> {
        let trace = self.trace.borrow();
        let mut drawn = Vec::new();
        for i in 1..=count as u64 {
            let of = |n: u64| {
                poseidon::hash([
                    self.captured.challenges[0],
                    Fr::from(i),
                    Fr::from(n),
                    Fr::ZERO,
                ])
            };
            let [rho, beta, gamma, delta] = [of(0), of(1), of(2), of(3)];
            let challenges = Challenges {
                rho,
                beta,
                gamma,
                delta,
            };
            let mut columns = self.captured.advice.clone();
            let second = trace.second_phase(&challenges);
            for (column, values) in self.config.second.iter().zip(&second) {
                columns[column.index()][..values.len()].copy_from_slice(values);
            }
            drawn.push((vec![rho, beta, gamma, delta], columns));
        }
        drawn
    }

    fn is_assigned(&self, place: Place) -> bool {
        let Place::Advice(column, row) = place else {
            return false;
        };
        self.first(column)
            .is_some_and(|i| self.sections[0].contains_key(&(i, row)))
    }

    fn column(&self, place: Place) -> String {
        let name = |i: usize| match i {
            advice::A => "a".into(),
            advice::B => "b".into(),
            advice::C => "c".into(),
            i if i < self.layout.first_limb() => format!("x{}", i - advice::X),
            i if i < self.layout.d() => format!("limb{}", i - self.layout.first_limb()),
            i if i == self.layout.d() => "d".into(),
            _ => "count of the range table".into(),
        };
        match place {
            Place::Advice(column, _) => match self.first(column) {
                Some(i) => name(i),
                None if column == self.config.second[second::G].index() => "g".into(),
                None => "sum of the range check".into(),
            },
            Place::Instance(_, row) => format!("public input {row}"),
            Place::Fixed(column, _) => format!("fixed {column}"),
        }
    }

    fn section(&self, place: Place) -> &'static str {
        let Place::Advice(column, row) = place else {
            return "public";
        };
        match self.first(column) {
            Some(i) => self.sections[0]
                .get(&(i, row))
                .copied()
                .unwrap_or("unused limb"),
            None if column == self.config.second[second::G].index() => "challenge register",
            None => "range table",
        }
    }

    fn section_of(&self, constraint: usize, row: usize) -> &'static str {
        let columns = self.switches[constraint].iter().filter_map(|column| {
            let at = self
                .config
                .fixed
                .iter()
                .position(|c| c.index() == *column)?;
            let on = self.captured.fixed[*column][row] != Fr::ZERO;
            self.sections[1].get(&(at, row)).copied().filter(|_| on)
        });
        columns.into_iter().next().unwrap_or("everywhere")
    }

    fn section_of_copy(&self, number: usize) -> &'static str {
        self.copies.get(number).copied().unwrap_or("")
    }

    fn is_range_check(&self, gate: &str) -> bool {
        gate.starts_with("lookup")
    }

    fn is_looked_up(&self, place: Place) -> bool {
        matches!(place, Place::Advice(column, _)
            if self.first(column).is_some_and(|i| (self.layout.first_limb()..self.layout.d()).contains(&i)))
    }

    fn is_input(&self, place: Place) -> bool {
        self.inputs.contains(&place)
    }
}

impl Covenant {
    /// The constraints, as the operators number them.
    pub fn constraints(&self) -> &[Constraint] {
        &self.constraints
    }
}
