//! In which order cells are solved, and from which equations.

use super::hash::Permutation;
use super::step::Step;
use crate::compile::{Equations, Node};
use covenant_circuits::lint::{Constraint, Place};
use std::collections::{BTreeMap, BTreeSet};

/// Columns that the planner has to know, by index of the constraint system.
pub struct Columns {
    pub limbs: BTreeSet<usize>,
    pub a: usize,
    pub weight: usize,
    pub hash: usize,
    pub sum: usize,
}

pub struct Planner<'a> {
    pub equations: &'a Equations,
    pub constraints: &'a [Constraint],
    pub columns: Columns,
    /// The row after the last permutation.
    pub hash_end: usize,
    /// Whether a cell is of the second phase.
    pub later: &'a [bool],
    pub permutations: &'a [Permutation],
    pub known: Vec<bool>,
    pub solved: Vec<bool>,
    /// Cells that no equation determines: what the prover likes.
    pub free: Vec<usize>,
    /// Equations that read a cell, and permutations that absorb it.
    readers: Vec<Vec<usize>>,
    absorbers: BTreeMap<usize, Vec<usize>>,
    /// How many cells of an equation are not known, and of a permutation's inputs.
    unknown: Vec<usize>,
    missing: Vec<usize>,
    queue: BTreeSet<usize>,
}

impl<'a> Planner<'a> {
    pub fn new(
        equations: &'a Equations,
        constraints: &'a [Constraint],
        columns: Columns,
        hash_end: usize,
        later: &'a [bool],
        permutations: &'a [Permutation],
    ) -> Self {
        let mut readers = vec![Vec::new(); equations.places.len()];
        for (e, equation) in equations.all.iter().enumerate() {
            equation
                .cells
                .iter()
                .for_each(|cell| readers[*cell].push(e));
        }
        let mut absorbers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut missing = Vec::new();
        for (p, permutation) in permutations.iter().enumerate() {
            let inputs: BTreeSet<usize> = permutation.inputs.iter().copied().collect();
            missing.push(inputs.len());
            inputs
                .into_iter()
                .for_each(|cell| absorbers.entry(cell).or_default().push(p));
        }
        Self {
            equations,
            constraints,
            columns,
            hash_end,
            later,
            permutations,
            known: vec![false; equations.places.len()],
            solved: vec![false; equations.all.len()],
            free: Vec::new(),
            readers,
            absorbers,
            unknown: equations.all.iter().map(|e| e.cells.len()).collect(),
            missing,
            queue: BTreeSet::new(),
        }
    }

    /// A cell has a value from here on; so have those of a permutation that had waited for it.
    pub fn learn(&mut self, cell: usize, steps: &mut Vec<Step>) {
        let mut cells = vec![cell];
        while let Some(cell) = cells.pop() {
            if std::mem::replace(&mut self.known[cell], true) {
                continue;
            }
            for e in &self.readers[cell] {
                self.unknown[*e] -= 1;
                self.queue.insert(*e);
            }
            for p in self.absorbers.get(&cell).into_iter().flatten() {
                self.missing[*p] -= 1;
                if self.missing[*p] == 0 {
                    steps.push(Step::Hash(*p));
                    cells.extend(self.permutations[*p].made());
                }
            }
        }
    }

    /// Steps that determine every cell of some equations: first what a builder would compute it
    /// from, then what the equations that were `removed` say, then what any other equation says.
    /// What nothing determines stays 0, in the order of columns: what a builder puts is in the
    /// first ones.
    pub fn plan(&mut self, equations: &[usize], removed: &[usize]) -> Vec<Step> {
        let mut steps = Vec::new();
        let wanted: BTreeSet<usize> = equations.iter().copied().collect();
        let cells: BTreeSet<usize> = equations
            .iter()
            .flat_map(|e| self.equations.all[*e].cells.iter().copied())
            .filter(|cell| !self.known[*cell])
            .collect();
        let mut cells: Vec<usize> = cells.into_iter().collect();
        cells.sort_unstable_by_key(|cell| self.equations.places[*cell].iter().min());
        let of_weights = |cell: &usize| {
            let mut places = self.equations.places[*cell].iter();
            places.all(|p| matches!(p, Place::Advice(c, _) if *c == self.columns.weight))
        };
        let weights: Vec<usize> = cells.iter().copied().filter(of_weights).collect();
        let (mut weights, mut cells) = (weights.into_iter(), cells.into_iter());
        self.queue = wanted.clone();
        loop {
            while let Some(e) = self.queue.pop_first() {
                if wanted.contains(&e) {
                    self.take(self.step(e, false), &mut steps);
                }
            }
            let more = removed.iter().find_map(|e| {
                let constraint = &self.constraints[self.equations.all[*e].constraint];
                Some(
                    self.step(*e, false)?
                        .softened(constraint.name.contains("number")),
                )
            });
            // A weight that nothing determines is the prover's: no sum says what it is.
            if more.is_none()
                && let Some(weight) = weights.find(|cell| !self.known[*cell])
            {
                self.free.push(weight);
                self.learn(weight, &mut steps);
                continue;
            }
            let more = more.or_else(|| {
                let mut alone = wanted.iter().filter(|e| self.unknown[**e] == 1);
                alone.find_map(|e| self.step(*e, true))
            });
            if more.is_some() {
                self.take(more, &mut steps);
                continue;
            }
            let Some(free) = cells.find(|cell| !self.known[*cell]) else {
                break;
            };
            self.free.push(free);
            self.learn(free, &mut steps);
        }
        steps
    }

    fn take(&mut self, step: Option<Step>, steps: &mut Vec<Step>) {
        let Some(step) = step else { return };
        let (equation, cells) = step.solves();
        if let Some(equation) = equation {
            self.solved[equation] = true;
        }
        steps.push(step);
        for cell in cells {
            self.learn(cell, steps);
        }
    }

    fn step(&self, e: usize, last_resort: bool) -> Option<Step> {
        let equation = &self.equations.all[e];
        if self.solved[e] || self.unknown[e] == 0 {
            return None;
        }
        let unknown: Vec<usize> = equation
            .cells
            .iter()
            .copied()
            .filter(|c| !self.known[*c])
            .collect();
        let [cell] = unknown[..] else {
            return self.digits(e, &unknown);
        };
        if equation.node.degree(&|c| c == cell) != 1 || (!last_resort && !self.prefers(e, cell)) {
            return None;
        }
        let slope = match equation.node.slope(cell) {
            Node::Const(x) => Ok(Option::from(x.invert())?),
            // `active (active - before)` says little about either.
            _ if !last_resort && !self.later[cell] => return None,
            node => Err(node),
        };
        if self.later[cell] {
            let degree = equation.node.degree(&|c| self.later[c]);
            assert_eq!(degree, 1, "the second phase is not affine");
        }
        Some(Step::Solve {
            equation: e,
            cell,
            slope,
            soft: false,
        })
    }

    /// Whether this is the equation from which the builder would compute the cell.
    fn prefers(&self, e: usize, cell: usize) -> bool {
        let equation = &self.equations.all[e];
        let constraint = &self.constraints[equation.constraint];
        if !self.later[cell] {
            return true;
        }
        let row = equation.row;
        if constraint.name == "the sum is 0" {
            return row == self.hash_end;
        }
        let of_weights = constraint.gate == "weights";
        let columns = &self.columns;
        self.equations.places[cell].iter().any(|place| match place {
            Place::Advice(c, at) if *c == columns.weight => of_weights && *at == row,
            Place::Advice(c, at) if *c == columns.hash && row >= self.hash_end => *at == row + 1,
            Place::Advice(c, at) if *c == columns.sum => {
                *at == row + 1 || constraint.name == "sum = 0"
            }
            Place::Advice(_, at) => *at == row,
            _ => false,
        })
    }
}
