//! Which constraints a change breaks: only the gates and copies that touch a changed cell
//! are evaluated. Tests compare it with MockProver on honest and on tampered traces.

use super::target::{Columns, Target};
use covenant_circuits::lint::{Active, Captured, Constraint, Place, active};
use covenant_claims::field::Fr;
use ff::Field;
use halo2_proofs::plonk::Expression;
use halo2_proofs::poly::Rotation;
use std::collections::{BTreeMap, BTreeSet};

/// A constraint that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Violation {
    /// Index of an active constraint.
    Gate(usize),
    /// Index of a class of copies whose cells differ.
    Copy(usize),
}

/// An honest trace with an index from cells to constraints.
pub struct Checker<'a> {
    /// The circuit under test.
    pub target: &'a dyn Target,
    /// Its trace.
    pub trace: &'a Captured,
    /// All constraints.
    pub constraints: Vec<Constraint>,
    /// Where they are on.
    pub active: Vec<Active>,
    /// Whether an active constraint reads no challenge, and of the second phase nothing but copies
    /// of the first.
    pub first_phase: Vec<bool>,
    /// Cells joined by copies, two or more each.
    pub classes: Vec<Vec<Place>>,
    touching: BTreeMap<Place, Vec<usize>>,
    class_of: BTreeMap<Place, usize>,
    phases: Vec<u8>,
}

/// The sections of the range check's own cells.
const RANGE_CHECK: [&str; 2] = ["range table", "unused limb"];

impl<'a> Checker<'a> {
    /// All constraints and copies.
    pub fn new(target: &'a dyn Target) -> Self {
        Self::without(target, |_| false)
    }

    /// Leaves out every constraint and copy of the sections that `off` names: a circuit
    /// with a clause switched off.
    pub fn without(target: &'a dyn Target, off: impl Fn(&str) -> bool) -> Self {
        let trace = target.trace();
        let constraints = target.constraints();
        let mut active = active(trace, &constraints);
        active.retain(|a| !off(target.section_of(a.constraint, a.row)));
        let mut touching: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
        for (i, a) in active.iter().enumerate() {
            for place in &a.cells {
                touching.entry(*place).or_default().push(i);
            }
        }
        let copies = trace.copies.iter().enumerate();
        let classes = classes(
            copies
                .filter(|(i, _)| !off(target.section_of_copy(*i)))
                .map(|(_, pair)| *pair),
        );
        let class_of: BTreeMap<Place, usize> = classes
            .iter()
            .enumerate()
            .flat_map(|(i, class)| class.iter().map(move |p| (*p, i)))
            .collect();
        let phases = trace.cs.advice_column_phase();
        let later = |p: &Place| matches!(p, Place::Advice(c, _) if phases[*c] > 0);
        // What a second-phase cell copies from the first phase is known before the challenges.
        let known = |p: &Place| {
            let class = class_of.get(p).map(|class: &usize| &classes[*class]);
            !later(p) || class.is_some_and(|class| !class.iter().all(later))
        };
        let with_challenge: Vec<bool> = constraints.iter().map(|c| challenged(&c.poly)).collect();
        let first_phase = active
            .iter()
            .map(|a| !with_challenge[a.constraint] && a.cells.iter().all(known))
            .collect();
        Self {
            target,
            trace,
            constraints,
            active,
            first_phase,
            classes,
            touching,
            class_of,
            phases,
        }
    }

    /// Active constraints that read a cell.
    pub fn touching(&self, place: Place) -> &[usize] {
        self.touching.get(&place).map_or(&[], Vec::as_slice)
    }

    /// The class of a cell that copies name.
    pub fn class_of(&self, place: Place) -> Option<usize> {
        self.class_of.get(&place).copied()
    }

    /// A cell and all that copies join to it.
    pub fn joined(&self, place: Place) -> Vec<Place> {
        match self.class_of(place) {
            Some(class) => self.classes[class].clone(),
            None => vec![place],
        }
    }

    /// Whether a cell is assigned after the challenges are drawn.
    pub fn in_second_phase(&self, place: Place) -> bool {
        matches!(place, Place::Advice(c, _) if self.phases[c] > 0)
    }

    /// Every advice cell that a constraint or a copy names, first to last.
    pub fn cells(&self) -> BTreeSet<Place> {
        self.touching
            .keys()
            .chain(self.class_of.keys())
            .filter(|p| matches!(p, Place::Advice(..)))
            .copied()
            .collect()
    }

    /// Those, and advice cells that somebody wrote and nothing names.
    pub fn cells_and_dangling(&self) -> BTreeSet<Place> {
        let mut cells = self.cells();
        for (c, column) in self.trace.assigned.iter().enumerate() {
            let places = (0..column.len()).map(|r| Place::Advice(c, r));
            cells.extend(places.filter(|p| self.target.is_assigned(*p)));
        }
        cells
    }

    /// Public inputs, by row, that no constraint and no copy names (C2).
    pub fn unbound(&self, public_inputs: usize) -> Vec<usize> {
        (0..public_inputs)
            .filter(|row| {
                let place = Place::Instance(0, *row);
                self.touching(place).is_empty() && self.class_of(place).is_none()
            })
            .collect()
    }

    /// Public inputs, by row, that only the gate reads which puts them into the trace, or nothing
    /// (C2).
    pub fn unread(&self, public_inputs: usize) -> Vec<usize> {
        (0..public_inputs)
            .filter(|row| {
                let place = Place::Instance(0, *row);
                let puts = self.touching(place);
                let cells = puts.iter().flat_map(|i| &self.active[*i].cells);
                let held = cells.chain([&place]).flat_map(|cell| self.joined(*cell));
                let mut readers = held.flat_map(|cell| self.touching(cell).iter());
                !readers.any(|i| {
                    let active = &self.active[*i];
                    !puts.contains(i) && !self.target.binds_nothing(active.constraint, active.row)
                })
            })
            .collect()
    }

    /// The value of a cell.
    pub fn value(&self, advice: &Columns, place: Place) -> Fr {
        match place {
            Place::Advice(c, r) => advice[c][r],
            Place::Fixed(c, r) => self.trace.fixed[c][r],
            Place::Instance(c, r) => self.trace.instance[c][r],
        }
    }

    /// Whether an active constraint holds.
    pub fn holds(&self, advice: &Columns, active: usize) -> bool {
        self.residue(advice, active) == Fr::ZERO
    }

    /// The value of an active constraint.
    pub fn residue(&self, advice: &Columns, active: usize) -> Fr {
        let a = &self.active[active];
        self.evaluate(&self.constraints[a.constraint].poly, advice, a.row)
    }

    /// Whether the cells of a class agree.
    pub fn agrees(&self, advice: &Columns, class: usize) -> bool {
        let mut values = self.classes[class].iter().map(|p| self.value(advice, *p));
        let first = values.next();
        values.all(|v| Some(v) == first)
    }

    /// Everything that does not hold.
    pub fn violations(&self, advice: &Columns) -> Vec<Violation> {
        let gates = (0..self.active.len())
            .filter(|i| !self.holds(advice, *i))
            .map(Violation::Gate);
        let copies = (0..self.classes.len())
            .filter(|i| !self.agrees(advice, *i))
            .map(Violation::Copy);
        gates.chain(copies).collect()
    }

    /// The first constraint or copy that touches one of the cells and does not hold.
    pub fn broken(
        &self,
        advice: &Columns,
        changed: &[Place],
        first_phase_only: bool,
    ) -> Option<Violation> {
        for place in changed {
            if let Some(class) = self.class_of(*place)
                && !self.agrees(advice, class)
            {
                return Some(Violation::Copy(class));
            }
        }
        let constraints = changed.iter().flat_map(|p| self.touching(*p));
        constraints
            .copied()
            .find(|i| (!first_phase_only || self.first_phase[*i]) && !self.holds(advice, *i))
            .map(Violation::Gate)
    }

    /// Whether a constraint is part of the range check.
    pub fn is_range_gate(&self, active: usize) -> bool {
        let gate = &self.constraints[self.active[active].constraint].gate;
        self.target.is_range_check(gate)
    }

    /// The same of a violation.
    pub fn is_range_check(&self, violation: Violation) -> bool {
        matches!(violation, Violation::Gate(i) if self.is_range_gate(i))
    }

    /// Cells that only the range check reads, beside equations that bind nothing: its own, and limbs
    /// that nothing else uses.
    pub fn read_by_range_check_alone(&self, place: Place) -> bool {
        let binds = |i: &&usize| {
            let active = &self.active[**i];
            !self.target.binds_nothing(active.constraint, active.row)
        };
        let mut touching = self.touching(place).iter().filter(binds).peekable();
        touching.peek().is_some()
            && self.class_of(place).is_none()
            && touching.all(|i| self.is_range_gate(*i))
    }

    /// Cells of the range check itself: its table, and limbs that no number has. Of a number of a
    /// clause that only the range check reads, the rule that says what it is is missing.
    pub fn is_range_checks_own(&self, place: Place) -> bool {
        RANGE_CHECK.contains(&self.target.section(place)) && self.read_by_range_check_alone(place)
    }

    /// The section of a violation.
    pub fn section(&self, violation: Violation) -> &'static str {
        match violation {
            Violation::Gate(i) => {
                let a = &self.active[i];
                self.target.section_of(a.constraint, a.row)
            }
            Violation::Copy(class) => self.target.section(self.classes[class][0]),
        }
    }

    /// A violation in words: the constraint and its row, or the cells that ought to agree; and where
    /// the constraint is of many equations that challenges join, those that fail.
    pub fn explain(&self, advice: &Columns, violation: Violation) -> Vec<String> {
        match violation {
            Violation::Gate(i) => {
                let active = &self.active[i];
                let c = &self.constraints[active.constraint];
                let mut words = vec![format!("{}: {}, row {}", c.gate, c.name, active.row)];
                words.extend(self.target.joined_faults(&c.gate, advice));
                words
            }
            Violation::Copy(class) => {
                let cells = self.classes[class].iter();
                cells.map(|place| format!("copied: {place}")).collect()
            }
        }
    }

    /// A cell in words: its gadget, its column, and the equations that read it.
    pub fn describe(&self, place: Place) -> String {
        let mut readers: BTreeSet<String> = BTreeSet::new();
        for i in self.touching(place) {
            let c = &self.constraints[self.active[*i].constraint];
            readers.insert(format!("{}: {}", c.gate, c.name));
        }
        let readers: Vec<String> = readers.into_iter().collect();
        format!(
            "[{}] {} {{{}}}{}",
            self.target.section(place),
            self.target.column(place),
            readers.join("; "),
            if self.class_of(place).is_some() {
                " copied"
            } else {
                ""
            }
        )
    }

    fn evaluate(&self, e: &Expression<Fr>, advice: &Columns, row: usize) -> Fr {
        let at = |rotation: Rotation| {
            (row as i64 + i64::from(rotation.0)).rem_euclid(self.trace.rows as i64) as usize
        };
        match e {
            Expression::Constant(x) => *x,
            Expression::Selector(s) => Fr::from(u64::from(self.trace.selectors[s.index()][row])),
            Expression::Fixed(q) => self.trace.fixed[q.column_index()][at(q.rotation())],
            Expression::Advice(q) => advice[q.column_index()][at(q.rotation())],
            Expression::Instance(q) => self.trace.instance[q.column_index()][at(q.rotation())],
            Expression::Challenge(c) => self.trace.challenges[c.index()],
            Expression::Negated(e) => -self.evaluate(e, advice, row),
            Expression::Sum(a, b) => self.evaluate(a, advice, row) + self.evaluate(b, advice, row),
            Expression::Product(a, b) => {
                let a = self.evaluate(a, advice, row);
                if a == Fr::ZERO {
                    a
                } else {
                    a * self.evaluate(b, advice, row)
                }
            }
            Expression::Scaled(e, factor) => self.evaluate(e, advice, row) * factor,
        }
    }
}

fn challenged(e: &Expression<Fr>) -> bool {
    match e {
        Expression::Challenge(_) => true,
        Expression::Negated(e) | Expression::Scaled(e, _) => challenged(e),
        Expression::Sum(a, b) | Expression::Product(a, b) => challenged(a) || challenged(b),
        _ => false,
    }
}

/// Joins cells by copies.
fn classes(copies: impl Iterator<Item = (Place, Place)>) -> Vec<Vec<Place>> {
    let mut neighbours: BTreeMap<Place, Vec<Place>> = BTreeMap::new();
    for (left, right) in copies {
        neighbours.entry(left).or_default().push(right);
        neighbours.entry(right).or_default().push(left);
    }
    let mut seen: BTreeSet<Place> = BTreeSet::new();
    let mut classes = Vec::new();
    for place in neighbours.keys() {
        if !seen.insert(*place) {
            continue;
        }
        let (mut class, mut next) = (Vec::new(), vec![*place]);
        while let Some(p) = next.pop() {
            class.push(p);
            next.extend(neighbours[&p].iter().filter(|n| seen.insert(**n)));
        }
        class.sort_unstable();
        if class.len() > 1 {
            classes.push(class);
        }
    }
    classes
}
