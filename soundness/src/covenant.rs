//! Covenant's circuit as a target of the operators. All that depends on its columns is in this
//! file; none of it names a row.

mod after;

use super::planted::Bug;
use super::target::{Columns, Target};
use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::builder::{Cell, TraceBuilder};
use covenant_circuits::circuit::columns::{CHALLENGES, Challenges, Config, advice, fixed, second};
use covenant_circuits::circuit::layout::{Layout, OUTPUT_SLOT};
use covenant_circuits::circuit::permutation::{OUTPUT, ROWS};
use covenant_circuits::circuit::trace::Values;
use covenant_circuits::lint::{Captured, Constraint, LintError, Place, capture, constraints};
use covenant_circuits::testing::{Fault, Hashed, lying, lying_about_column};
use covenant_claims::field::{Fr, to_u128};
use covenant_claims::poseidon;
use ff::Field;
use halo2_proofs::plonk::Expression;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Cells that the gate of hashing reads and that bind nothing: see [`Covenant::is_idle`].
pub const IDLE: &str = "idle lanes";
/// Cells that the caller knows to be of asset slots that no clause uses.
pub const UNUSED: &str = "unused slots";
/// The gate of hashing, and the section of its equations.
pub const HASHING: &str = "hashing";
/// The gate that pins its sum.
pub const HASH_PIN: &str = "hashing begins and ends";
/// The equation of a block of lines that is no line (`gates/lines.rs`).
const SHARE_BESIDE_LINES: &str = "halves = a' operand - 10^4 a";

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
    unused: BTreeSet<Place>,
}

impl Covenant {
    /// Captures the trace of a witness in a layout under the given challenges.
    pub fn new(
        layout: Layout,
        witness: &impl Values,
        challenges: [Fr; CHALLENGES],
    ) -> Result<Self, LintError> {
        Self::of(
            CovenantCircuit::laid_out(layout, witness),
            witness,
            challenges,
        )
    }

    /// The same for a circuit that may have been tampered with.
    pub fn of(
        circuit: CovenantCircuit,
        witness: &impl Values,
        challenges: [Fr; CHALLENGES],
    ) -> Result<Self, LintError> {
        let layout = *circuit.layout();
        let public = [witness.public().to_vec()];
        let capture = capture(layout.k, &circuit, &public, &challenges)?;
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
            challenges: Challenges::of(&challenges),
            trace: RefCell::new(circuit.trace().clone()),
            constraints,
            switches,
            sections: [journal.cells(), journal.fixed()].map(|e| e.iter().copied().collect()),
            copies: copies(circuit.trace()),
            table,
            inputs: BTreeSet::new(),
            unused: BTreeSet::new(),
        })
    }

    /// Cells that `rigidity` holds fixed.
    pub fn with_inputs(mut self, inputs: BTreeSet<Place>) -> Self {
        self.inputs = inputs;
        self
    }

    /// Cells of asset slots that no clause uses, under a section of their own ([`UNUSED`]).
    pub fn with_unused(mut self, unused: BTreeSet<Place>) -> Self {
        self.unused = unused;
        self
    }

    /// The same trace in a circuit with a bug.
    pub fn with_bug(mut self, bug: Bug) -> Self {
        let before = self.captured.copies.clone();
        bug.plant(&self.layout, &mut self.constraints, &mut self.captured);
        // A bug only drops copies.
        let mut kept = self.captured.copies.iter().peekable();
        let sections = before.iter().zip(std::mem::take(&mut self.copies));
        self.copies = sections
            .filter(|(copy, _)| kept.next_if(|kept| kept == copy).is_some())
            .map(|(_, section)| section)
            .collect();
        let switches = self.constraints.iter().map(|c| fixed_at_row(&c.poly));
        self.switches = switches.collect();
        self
    }

    /// The trace's dimensions.
    pub fn layout(&self) -> &Layout {
        &self.layout
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
    pub fn lie(&self, witness: &impl Values, column: usize, row: usize, delta: Fr) -> Columns {
        let trace = lying((column, row), delta, || witness.trace(&self.layout));
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

    /// Whether the code reads a cell of a lane: whether a lie about all cells of a lane changes
    /// any other cell. No cell of a lane need be lied about alone where it does not.
    pub fn reads_lanes(&self, witness: &impl Values) -> bool {
        let honest = self.trace.borrow();
        (advice::X..self.layout.first_limb()).any(|lane| {
            let build = || witness.trace(&self.layout);
            let lied = lying_about_column(lane, Fr::ONE, build);
            let columns = honest.advice().iter().zip(lied.advice()).enumerate();
            columns
                .into_iter()
                .any(|(column, (honest, lied))| column != lane && honest != lied)
        })
    }

    /// Whether a builder's column is a lane.
    pub fn is_of_lane(&self, column: usize) -> bool {
        (advice::X..self.layout.first_limb()).contains(&column)
    }

    /// The first cell of the gadgets that `section` begins the names of, in the order of
    /// writing, that depends on what `change` changes in a witness: where that input enters
    /// the gadget. Of the builder's column, where one is given.
    pub fn enters<W: Values + Clone>(
        &self,
        witness: &W,
        section: &str,
        column: Option<usize>,
        change: impl FnOnce(&mut W),
    ) -> Option<Place> {
        let mut other = witness.clone();
        change(&mut other);
        let other = other.trace(&self.layout);
        let trace = self.trace.borrow();
        let copies = trace.copies().iter().filter_map(|(_, to)| match to {
            Cell::Advice(column, row) => Some((*column, *row)),
            _ => None,
        });
        let copies: BTreeSet<(usize, usize)> = copies.collect();
        // What is copied into a gadget entered another before.
        let ((column, row), _) = trace.journal().cells().iter().find(|((c, r), s)| {
            s.starts_with(section)
                && column.is_none_or(|column| column == *c)
                && trace.value(*c, *r) != other.value(*c, *r)
                && !copies.contains(&(*c, *r))
        })?;
        Some(Place::Advice(self.config.advice[*column].index(), *row))
    }

    /// What of hashing fails by itself: where to look when its sum does not end at 0.
    pub fn hash_faults(&self, advice: &Columns) -> Vec<Fault> {
        let first = |column: usize, row: usize| advice[self.config.advice[column].index()][row];
        let weights = &advice[self.config.second[second::WEIGHT].index()];
        let hashed = Hashed {
            layout: &self.layout,
            lane: &|lane, row| first(advice::X + lane, row),
            slot: &|row| first(advice::B, row),
            weight: &|row| weights[row],
            rho: self.challenges.rho,
        };
        hashed.faults()
    }

    /// Whether a cell is one of those that the gate of hashing reads and that bind nothing: lanes
    /// beside and below the permutations, `b` below them where nobody else wrote it, and weights
    /// and the sum below what is pinned. Tests check that no equation notices them.
    pub fn is_idle(&self, place: Place) -> bool {
        let Place::Advice(column, row) = place else {
            return false;
        };
        if row >= self.layout.usable() {
            return false;
        }
        let below = row >= self.layout.hash_end();
        match (self.first(column), self.second(column)) {
            (Some(i), _) if (advice::X..self.layout.first_limb()).contains(&i) => {
                !self.is_lane(column, row)
            }
            (Some(advice::B), _) => below && self.sections[0].get(&(advice::B, row)) == Some(&IDLE),
            (_, Some(second::WEIGHT)) => row >= self.layout.weights_end(),
            (_, Some(second::HASH)) => row > self.layout.hash_end(),
            _ => false,
        }
    }

    /// Whether a cell is a permutation's, in a lane.
    fn is_lane(&self, column: usize, row: usize) -> bool {
        let lanes = advice::X..self.layout.first_limb();
        let hashed = self.layout.hash_start()..self.layout.hash_end();
        self.first(column).is_some_and(|i| lanes.contains(&i))
            && hashed.contains(&row)
            && (row - hashed.start) % ROWS != OUTPUT
    }

    /// The builder's columns of limbs.
    fn limbs(&self) -> std::ops::Range<usize> {
        let first = self.layout.first_limb();
        first..first + self.layout.limbs
    }

    /// The index of a second-phase column.
    fn second(&self, column: usize) -> Option<usize> {
        self.config.second.iter().position(|c| c.index() == column)
    }

    /// The builder's index of an advice column, if it is of the first phase.
    fn first(&self, column: usize) -> Option<usize> {
        self.config.advice.iter().position(|c| c.index() == column)
    }
}

/// Sections of the copies, which the circuit makes in the builder's order.
fn copies(trace: &TraceBuilder) -> Vec<&'static str> {
    let numbers = 0..trace.copies().len();
    numbers.map(|i| trace.journal().copy(i)).collect()
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

    fn constraints(&self) -> Vec<Constraint> {
        self.constraints.clone()
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
        // Where the change itself is in the second phase, all of it is made anew.
        let second = match changed
            .iter()
            .all(|(column, ..)| self.first(*column).is_some())
        {
            true => self.second_after(&trace, columns, &touched),
            false => trace.second_phase(&self.challenges),
        };
        for (at, row, value) in touched.into_iter().rev() {
            trace.tamper(at, row, value);
        }
        // The sum of hashing first: its pin refuses most changes.
        let places = self.config.second.iter().zip(&second).enumerate();
        let mut places: Vec<_> = places.collect();
        places.sort_by_key(|(at, _)| *at != second::HASH);
        for (_, (column, values)) in places {
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
            let of = |n: usize| {
                let seed = self.captured.challenges[0];
                poseidon::hash([seed, Fr::from(i), Fr::from(n as u64)])
            };
            let challenges: [Fr; CHALLENGES] = std::array::from_fn(of);
            let mut columns = self.captured.advice.clone();
            let second = trace.second_phase(&Challenges::of(&challenges));
            for (column, values) in self.config.second.iter().zip(&second) {
                columns[column.index()][..values.len()].copy_from_slice(values);
            }
            drawn.push((challenges.to_vec(), columns));
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
            i if i < self.layout.first_limb() + self.layout.limbs => {
                format!("limb{}", i - self.layout.first_limb())
            }
            i if i == self.layout.operand().0 => "operand".into(),
            _ => "count of the range table".into(),
        };
        match place {
            Place::Advice(column, _) => match self.first(column) {
                Some(i) => name(i),
                None => match self.second(column) {
                    Some(second::G) => "g".into(),
                    Some(second::WEIGHT) => "weight of hashing".into(),
                    Some(second::HASH) => "sum of hashing".into(),
                    _ => "sum of the range check".into(),
                },
            },
            Place::Instance(_, row) => format!("public input {row}"),
            Place::Fixed(column, _) => format!("fixed {column}"),
        }
    }

    fn section(&self, place: Place) -> &'static str {
        let Place::Advice(column, row) = place else {
            return "public";
        };
        if self.is_idle(place) {
            return IDLE;
        }
        if self.unused.contains(&place) {
            return UNUSED;
        }
        match self.first(column) {
            Some(i) => self.sections[0]
                .get(&(i, row))
                .copied()
                .unwrap_or("unused limb"),
            None => match self.second(column) {
                Some(second::G) => "challenge register",
                Some(second::WEIGHT | second::HASH) => HASHING,
                _ => "range table",
            },
        }
    }

    fn section_of(&self, constraint: usize, row: usize) -> &'static str {
        // Its switch is the range table's, which all rows have.
        if self.constraints[constraint].gate == HASHING {
            return if self.binds_nothing(constraint, row) {
                IDLE
            } else {
                HASHING
            };
        }
        // Packed, the share of an asset is beside its lines, in rows that their rules switch.
        if self.constraints[constraint].name == SHARE_BESIDE_LINES {
            return "S6 asset share";
        }
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

    fn binds_nothing(&self, constraint: usize, row: usize) -> bool {
        // The sum below its pin goes on with any value (idle.rs).
        self.constraints[constraint].gate == HASHING && row >= self.layout.hash_end()
    }

    fn is_looked_up(&self, place: Place) -> bool {
        matches!(place, Place::Advice(column, _)
            if self.first(column).is_some_and(|i| self.limbs().contains(&i)))
    }

    fn is_pinned(&self, place: Place) -> bool {
        matches!(place, Place::Advice(column, row) if self.is_lane(column, row))
    }

    fn joined_faults(&self, gate: &str, advice: &Columns) -> Vec<String> {
        match gate {
            HASH_PIN => self
                .hash_faults(advice)
                .iter()
                .map(Fault::to_string)
                .collect(),
            _ => Vec::new(),
        }
    }

    fn follows(&self) -> Vec<(Vec<Place>, Vec<Place>)> {
        let at = |column: usize, row| Place::Advice(self.config.advice[column].index(), row);
        let permutations = 0..self.layout.room();
        let of = |permutation: usize| {
            let slot = |slot| at(advice::B, self.layout.slot(permutation, slot));
            let (lane, start) = self.layout.lane(permutation);
            let cells = (start..start + OUTPUT).map(|row| at(advice::X + lane, row));
            let made = cells.chain([slot(OUTPUT_SLOT)]);
            ((0..OUTPUT_SLOT).map(slot).collect(), made.collect())
        };
        permutations.map(of).collect()
    }

    fn is_input(&self, place: Place) -> bool {
        self.inputs.contains(&place)
    }
}
