//! Mends a trace as a prover would: from the cells that the prover chooses, every other cell
//! is solved from the captured constraints themselves, so that a planted bug is mended around
//! like anything else. The equations that solved nothing are checked. What a planted bug took
//! away binds nothing; it only says what a builder would put where nothing else says it.

mod digits;
pub mod hash;
mod plan;

use crate::compile::{Equation, Equations, Node};
use crate::rng::words;
use covenant_circuits::circuit::columns::{Config, advice, fixed, second};
use covenant_circuits::circuit::layout::Layout;
use covenant_circuits::field::Fr;
use covenant_circuits::lint::{Captured, Constraint, Place};
use digits::Integer;
use ff::{BatchInvert, Field};
use hash::{Permutation, Tricks};
use plan::{Columns, Planner};
use std::collections::BTreeSet;

enum Step {
    /// The cell in which an equation is affine, with the inverse of its slope where that is
    /// a number.
    Solve {
        equation: usize,
        cell: usize,
        slope: Result<Fr, Node>,
    },
    /// Limbs, lowest first, with their bits; the last takes what is left. Where the equation
    /// was taken away and the number is in no range, they are 0.
    Digits {
        equation: usize,
        scale: Fr,
        limbs: Vec<(usize, u32)>,
        soft: bool,
    },
    /// The cells of a permutation.
    Hash(usize),
}

impl Step {
    /// The equation, and the cells that it determines.
    fn solves(&self) -> (Option<usize>, Vec<usize>) {
        match self {
            Self::Solve { equation, cell, .. } => (Some(*equation), vec![*cell]),
            Self::Digits {
                equation, limbs, ..
            } => (
                Some(*equation),
                limbs.iter().map(|(cell, _)| *cell).collect(),
            ),
            Self::Hash(_) => (None, Vec::new()),
        }
    }

    /// By an equation that binds nothing.
    fn softened(mut self) -> Self {
        if let Self::Digits { soft, .. } = &mut self {
            *soft = true;
        }
        self
    }
}

pub struct Mender {
    pub equations: Equations,
    /// How many of the constraints are the circuit's; the others were taken away.
    required: usize,
    /// What no hash goes into, hashes and what follows from them, and the second phase.
    steps: [Vec<Step>; 3],
    checks: [Vec<usize>; 3],
    pub limbs: Vec<usize>,
    pub constraints: Vec<Constraint>,
    pub permutations: Vec<Permutation>,
    /// Cells of the second phase that nothing determines and that hashing or the register may
    /// feel.
    pub free: Vec<usize>,
    /// Number, its cell of the counts, and the inverse of the number plus 1.
    table: Vec<(usize, Fr)>,
}

/// A mended trace.
pub struct Mended {
    pub cells: Vec<Fr>,
    /// Equations that do not hold. Those of hashes are evaluated only where all others of the first
    /// phase hold, and those of the second phase where the first holds.
    pub broken: Vec<usize>,
}

impl Mender {
    /// `inputs` are the cells that the prover chooses, `removed` what the circuit would have
    /// without its bug.
    pub fn new(
        layout: &Layout,
        config: &Config,
        captured: &Captured,
        mut constraints: Vec<Constraint>,
        removed: Vec<Constraint>,
        inputs: &[Place],
    ) -> Self {
        let required = constraints.len();
        constraints.extend(removed);
        let equations = Equations::new(captured, &constraints);
        let column = |builder: usize| config.advice[builder].index();
        let looked_up = |row: usize| captured.fixed[config.fixed[fixed::TABLE].index()][row];
        let rows = (0..captured.rows).filter(|row| looked_up(*row) != Fr::ZERO);
        let (mut limbs, mut table) = (Vec::new(), Vec::new());
        for row in rows {
            for limb in 0..layout.limbs {
                let place = Place::Advice(column(layout.first_limb() + limb), row);
                limbs.push(equations.number[&place]);
            }
            let place = Place::Advice(column(layout.multiplicities()), row);
            if looked_up(row) != Fr::ONE {
                let number = looked_up(row) - Fr::from(2);
                let inverse = (number + Fr::ONE).invert().unwrap();
                // The table ascends from 0.
                assert_eq!(words(&number)[0], table.len() as u64);
                table.push((equations.number[&place], inverse));
            }
        }
        let second: BTreeSet<usize> = config.second.iter().map(|c| c.index()).collect();
        let in_second = |cell: usize| {
            // The constant 0 is a weight too.
            let mut places = equations.places[cell].iter();
            places.all(|p| matches!(p, Place::Advice(c, _) if second.contains(c)))
        };
        let later: Vec<bool> = (0..equations.places.len()).map(in_second).collect();
        let phase = |e: usize| {
            let equation: &Equation = &equations.all[e];
            equation.challenged || equation.cells.iter().any(|c| later[*c])
        };
        let (bound, removed): (Vec<usize>, Vec<usize>) =
            (0..equations.all.len()).partition(|e| equations.all[*e].constraint < required);
        let (two, one): (Vec<usize>, Vec<usize>) = bound.into_iter().partition(|e| phase(*e));
        let removed: Vec<usize> = removed.into_iter().filter(|e| !phase(*e)).collect();
        let columns = Columns {
            limbs: (layout.first_limb()..layout.first_limb() + layout.limbs)
                .map(column)
                .collect(),
            a: column(advice::A),
            weight: config.second[second::WEIGHT].index(),
            hash: config.second[second::HASH].index(),
            sum: config.second[second::SUM].index(),
        };
        let permutations =
            Permutation::all(layout, config, |place| equations.number[&place]);
        let mut planner = Planner::new(
            &equations,
            &constraints,
            columns,
            layout.hash_end(),
            &later,
            &permutations,
        );
        let mut first = Vec::new();
        // A cell that nothing reads has no number.
        let known = inputs.iter().filter_map(|place| equations.number.get(place));
        let known = known.chain(table.iter().map(|(cell, _)| cell));
        // Lanes that no block takes hash zeros.
        let idle = &permutations[layout.permutations()..];
        let known = known.chain(idle.iter().flat_map(|p| &p.inputs));
        for cell in known {
            planner.learn(*cell, &mut first);
        }
        first.extend(planner.plan(&one, &removed));
        for cell in 0..equations.places.len() {
            if !later[cell] {
                planner.learn(cell, &mut first);
            }
        }
        planner.free.clear();
        let then = planner.plan(&two, &[]);
        let free = std::mem::take(&mut planner.free);
        let above = |cell: &usize| {
            let mut places = equations.places[*cell].iter();
            places.any(|p| matches!(p, Place::Advice(_, row) if *row < layout.hash_end()))
        };
        let free = free.into_iter().filter(above).collect();
        let solved = planner.solved;
        let mut hashed = vec![false; equations.places.len()];
        let made = permutations.iter().flat_map(Permutation::made);
        made.for_each(|cell| hashed[cell] = true);
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for step in first {
            let (equation, cells) = step.solves();
            let mut read = equation.into_iter().flat_map(|e| &equations.all[e].cells);
            if equation.is_none() || read.any(|cell| hashed[*cell]) {
                cells.iter().for_each(|cell| hashed[*cell] = true);
                after.push(step);
            } else {
                before.push(step);
            }
        }
        let reads_hash = |e: &usize| equations.all[*e].cells.iter().any(|cell| hashed[*cell]);
        let (hashes, plain): (Vec<usize>, Vec<usize>) = one.into_iter().partition(reads_hash);
        let checks = [plain, hashes, two].map(|e| e.into_iter().filter(|e| !solved[*e]).collect());
        Self {
            required,
            steps: [before, after, then],
            checks,
            limbs,
            constraints,
            permutations,
            free,
            table,
            equations,
        }
    }

    /// `lies` are put into their cells whatever the equations say; `by_lookup` is whether
    /// the lookup itself is to say that a limb is in no range.
    pub fn mend(
        &self,
        inputs: &[(usize, Fr)],
        lies: &[(usize, Fr)],
        tricks: &Tricks,
        challenges: &[Fr],
        by_lookup: bool,
    ) -> Mended {
        let mut cells = vec![Fr::ZERO; self.equations.places.len()];
        for (cell, value) in inputs.iter().chain(lies) {
            cells[*cell] = *value;
        }
        let lied = |cell: usize| lies.iter().any(|(at, _)| *at == cell);
        let lied = (!lies.is_empty(), lied);
        let mut skipped = self.solve(0, &mut cells, &lied, tricks, challenges);
        self.count(&mut cells, &lied.1);
        let mut broken = self.broken(0, &cells, challenges);
        // The lookup would say so; for its time it is evaluated in some draws, not in all.
        if !by_lookup && self.is_outside(&cells) {
            broken.push(usize::MAX);
        }
        if broken.is_empty() {
            skipped.extend(self.solve(1, &mut cells, &lied, tricks, challenges));
            broken = self.broken(1, &cells, challenges);
        }
        if broken.is_empty() {
            self.second(&mut cells, challenges);
            broken = self.broken(2, &cells, challenges);
        }
        // What a cell that is lied about would have been solved from.
        let holds = |e: &usize| self.equations.all[*e].node.value(&cells, challenges) == Fr::ZERO;
        broken.extend(skipped.into_iter().filter(|e| self.is_required(*e) && !holds(e)));
        if let [equation] = broken[..]
            && equation != usize::MAX
            && self.free(equation, &mut cells, challenges)
        {
            broken = self.broken(2, &cells, challenges);
        }
        Mended { cells, broken }
    }

    /// Makes up for an equation by a cell of the second phase that nothing determines. Says
    /// whether there is one.
    fn free(&self, equation: usize, cells: &mut [Fr], challenges: &[Fr]) -> bool {
        const TRIED: usize = 24;
        let node = &self.equations.all[equation].node;
        let short = node.value(cells, challenges);
        for cell in self.free.iter().take(TRIED) {
            let before = cells[*cell];
            cells[*cell] = before + Fr::ONE;
            self.second(cells, challenges);
            let slope = node.value(cells, challenges) - short;
            let inverse = Option::<Fr>::from(slope.invert());
            cells[*cell] = before - inverse.map_or(Fr::ZERO, |inverse| short * inverse);
            self.second(cells, challenges);
            if inverse.is_some() {
                return true;
            }
        }
        false
    }

    fn solve(
        &self,
        part: usize,
        cells: &mut [Fr],
        (any_lies, lied): &(bool, impl Fn(usize) -> bool),
        tricks: &Tricks,
        challenges: &[Fr],
    ) -> Vec<usize> {
        let mut skipped = Vec::new();
        for step in &self.steps[part] {
            if *any_lies
                && let (Some(equation), solved) = step.solves()
                && solved.into_iter().any(lied)
            {
                skipped.push(equation);
            }
            match step {
                Step::Solve {
                    equation,
                    cell,
                    slope,
                } if !lied(*cell) => {
                    let rest = self.equations.all[*equation].node.value(cells, challenges);
                    let inverse = match slope {
                        Ok(inverse) => *inverse,
                        Err(node) => node.value(cells, challenges).invert().unwrap_or(Fr::ZERO),
                    };
                    cells[*cell] = -rest * inverse;
                }
                Step::Solve { .. } => {}
                Step::Digits {
                    equation,
                    scale,
                    limbs,
                    soft,
                } => {
                    let rest = self.equations.all[*equation].node.value(cells, challenges);
                    let mut rest = Integer(words(&(rest * scale)));
                    for (i, (cell, bits)) in limbs.iter().enumerate() {
                        let last = i + 1 == limbs.len();
                        let digit = if last {
                            rest.element()
                        } else {
                            rest.take(*bits)
                        };
                        if !lied(*cell) {
                            cells[*cell] = digit;
                        }
                    }
                    let last = limbs.last().map_or(Fr::ZERO, |(cell, _)| cells[*cell]);
                    if *soft && !self.in_table(&last) {
                        limbs.iter().for_each(|(cell, _)| cells[*cell] = Fr::ZERO);
                    }
                }
                Step::Hash(p) => self.permutations[*p].put(*p, cells, tricks, lied),
            }
        }
        skipped
    }

    fn is_required(&self, equation: usize) -> bool {
        self.equations.all[equation].constraint < self.required
    }

    /// Whether a limb is in no range.
    fn is_outside(&self, cells: &[Fr]) -> bool {
        self.limbs.iter().any(|limb| !self.in_table(&cells[*limb]))
    }

    pub fn in_table(&self, x: &Fr) -> bool {
        let size = self.table.len() as u64;
        *x == Fr::ZERO || matches!(words(x), [number, 0, 0, 0] if number < size)
    }

    /// How often each number of the range table is in a limb, over the number plus 1.
    fn count(&self, cells: &mut [Fr], lied: &impl Fn(usize) -> bool) {
        let mut counts = vec![0u64; self.table.len()];
        for limb in &self.limbs {
            let limb = cells[*limb];
            if limb == Fr::ZERO {
                counts[0] += 1;
            } else if let [number, 0, 0, 0] = words(&limb)
                && let Some(count) = counts.get_mut(number as usize)
            {
                *count += 1;
            }
        }
        for ((cell, inverse), count) in self.table.iter().zip(counts) {
            if !lied(*cell) {
                cells[*cell] = *inverse * Fr::from(count);
            }
        }
    }

    /// The second phase; equations are affine in all of its cells together, so that slopes
    /// are known beforehand.
    fn second(&self, cells: &mut [Fr], challenges: &[Fr]) {
        let slopes = self.steps[2].iter().map(|step| match step {
            Step::Solve {
                slope: Err(node), ..
            } => node.value(cells, challenges),
            _ => Fr::ONE,
        });
        let mut slopes: Vec<Fr> = slopes.collect();
        slopes.iter_mut().batch_invert();
        for (step, inverse) in self.steps[2].iter().zip(slopes) {
            if let Step::Solve {
                equation,
                cell,
                slope,
            } = step
            {
                let rest = self.equations.all[*equation].node.value(cells, challenges);
                cells[*cell] = -rest * slope.as_ref().copied().unwrap_or(inverse);
            }
        }
    }

    fn broken(&self, phase: usize, cells: &[Fr], challenges: &[Fr]) -> Vec<usize> {
        let checks = self.checks[phase].iter().copied();
        checks
            .filter(|e| self.equations.all[*e].node.value(cells, challenges) != Fr::ZERO)
            .collect()
    }

    /// What of all equations, those too that solved a cell, does not hold when the second
    /// phase is made again under other challenges.
    pub fn broken_under(&self, cells: &[Fr], challenges: &[Fr]) -> Vec<usize> {
        let mut cells = cells.to_vec();
        for step in &self.steps[2] {
            if let Step::Solve { cell, .. } = step {
                cells[*cell] = Fr::ZERO;
            }
        }
        self.second(&mut cells, challenges);
        let all = self.equations.all.iter().enumerate();
        all.filter(|(e, _)| self.is_required(*e))
            .filter(|(_, e)| e.node.value(&cells, challenges) != Fr::ZERO)
            .map(|(e, _)| e)
            .collect()
    }
}
