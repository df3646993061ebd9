//! In which order cells are solved, and from which equations.

use super::Step;
use crate::compile::{Equations, Node};
use covenant_circuits::lint::{Constraint, Place};
use std::collections::BTreeSet;

pub struct Planner<'a> {
    pub equations: &'a Equations,
    pub constraints: &'a [Constraint],
    pub limb_columns: BTreeSet<usize>,
    pub a: usize,
    pub g: usize,
    pub sum: usize,
    /// Whether a cell is of the second phase.
    pub later: &'a [bool],
    pub known: Vec<bool>,
    pub solved: Vec<bool>,
}

impl Planner<'_> {
    /// Steps that determine every cell of some equations. What no equation determines, nor one
    /// of those that were `removed`, stays 0, and is known from there on.
    pub fn plan(&mut self, equations: &[usize], removed: &[usize]) -> Vec<Step> {
        let mut steps = Vec::new();
        // Equations that only say that something is 0 determine a cell last.
        for last_resort in [false, true, false, true, false, true] {
            loop {
                self.follow(equations, last_resort, &mut steps);
                let more = removed.iter().find_map(|e| self.step(*e, false));
                let Some(more) = more else { break };
                steps.push(more);
            }
        }
        // In the order of columns: what a builder puts is in the first ones.
        let cells = equations.iter().flat_map(|e| &self.equations.all[*e].cells);
        let mut unknown: Vec<usize> = cells.copied().filter(|c| !self.known[*c]).collect();
        unknown.sort_unstable_by_key(|cell| self.equations.places[*cell].iter().min());
        for cell in unknown {
            if !std::mem::replace(&mut self.known[cell], true) {
                self.follow(equations, false, &mut steps);
            }
        }
        steps
    }

    /// Everything that follows from the cells that are known.
    fn follow(&mut self, equations: &[usize], last_resort: bool, steps: &mut Vec<Step>) {
        loop {
            let before = steps.len();
            for e in equations {
                steps.extend(self.step(*e, last_resort));
            }
            if steps.len() == before {
                break;
            }
        }
    }

    fn step(&mut self, e: usize, last_resort: bool) -> Option<Step> {
        let equation = &self.equations.all[e];
        if self.solved[e] {
            return None;
        }
        let unknown: Vec<usize> = equation
            .cells
            .iter()
            .copied()
            .filter(|c| !self.known[*c])
            .collect();
        let step = match unknown[..] {
            [] => return None,
            [cell] => {
                if equation.node.degree(&|c| c == cell) != 1
                    || (!last_resort && !self.prefers(e, cell))
                {
                    return None;
                }
                let slope = match equation.node.slope(cell) {
                    Node::Const(x) => Ok(Option::from(x.invert())?),
                    // `state (state - before)` says little about either.
                    _ if !last_resort && !self.later[cell] => return None,
                    node => Err(node),
                };
                if self.later[cell] {
                    let degree = equation.node.degree(&|c| self.later[c]);
                    assert_eq!(degree, 1, "the second phase is not affine");
                }
                Step::Solve {
                    equation: e,
                    cell,
                    slope,
                }
            }
            _ => self.digits(e, &unknown)?,
        };
        self.solved[e] = true;
        for cell in unknown {
            self.known[cell] = true;
        }
        Some(step)
    }

    /// Whether this is the equation from which the builder would compute the cell.
    fn prefers(&self, e: usize, cell: usize) -> bool {
        let equation = &self.equations.all[e];
        let name = self.constraints[equation.constraint].name.as_str();
        if !self.later[cell] {
            return name != "c = 0";
        }
        let places = &self.equations.places[cell];
        name != "the sum is 0"
            && places.iter().any(|place| match place {
                Place::Advice(c, row) if *c == self.g => *row == equation.row,
                Place::Advice(c, row) if *c == self.sum => {
                    *row == equation.row + 1 || name == "sum = 0"
                }
                Place::Advice(_, row) => *row == equation.row,
                _ => false,
            })
    }
}
