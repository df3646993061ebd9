//! Mends a trace as a prover would: from the cells that the prover chooses, every other cell
//! is solved from the captured constraints themselves, so that a planted bug is mended around
//! like anything else. The equations that solved nothing are checked. What a planted bug took
//! away binds nothing; it only says what a builder would put where nothing else says it.

mod build;
mod digits;
pub mod hash;
mod plan;
mod step;

use crate::compile::Equations;
use crate::rng::words;
use covenant_circuits::field::Fr;
use digits::Integer;
use ff::{BatchInvert, Field};
use hash::{Permutation, Tricks};
use step::Step;

pub struct Mender {
    pub equations: Equations,
    /// How many of the constraints are the circuit's; the others were taken away.
    required: usize,
    /// Names of the constraints.
    names: Vec<String>,
    /// What no hash goes into, hashes and what follows from them, and the second phase.
    steps: [Vec<Step>; 3],
    checks: [Vec<usize>; 3],
    limbs: Vec<usize>,
    pub permutations: Vec<Permutation>,
    /// Cells of the second phase that nothing determines and that hashing or the register may
    /// feel.
    free: Vec<usize>,
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
        broken.extend(
            skipped
                .into_iter()
                .filter(|e| self.is_required(*e) && !holds(e)),
        );
        if self.free(&broken, &mut cells, challenges) {
            broken = self.broken(2, &cells, challenges);
        }
        Mended { cells, broken }
    }

    /// Makes up for the one equation that is broken, where it is of the second phase, by a cell
    /// of that phase that nothing determines. Says whether there is one.
    fn free(&self, broken: &[usize], cells: &mut [Fr], challenges: &[Fr]) -> bool {
        const TRIED: usize = 8;
        let [equation] = *broken else { return false };
        if self.checks[2].binary_search(&equation).is_err() {
            return false;
        }
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
                    soft,
                } if !lied(*cell) => {
                    let rest = self.equations.all[*equation].node.value(cells, challenges);
                    let inverse = match slope {
                        Ok(inverse) => *inverse,
                        Err(node) => node.value(cells, challenges).invert().unwrap_or(Fr::ZERO),
                    };
                    let value = -rest * inverse;
                    let outside = *soft && words(&value)[3] != 0;
                    cells[*cell] = if outside { Fr::ZERO } else { value };
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
                        let most = Fr::from(self.table.len() as u64 - 1);
                        limbs.iter().for_each(|(cell, _)| cells[*cell] = most);
                    }
                }
                Step::Hash(p) => self.permutations[*p].put(*p, cells, tricks, lied),
            }
        }
        skipped
    }

    /// The gate and name of an equation.
    pub fn name(&self, equation: usize) -> String {
        match self.equations.all.get(equation) {
            Some(e) => self.names[e.constraint].clone(),
            None => "a limb is in no range".into(),
        }
    }

    fn is_required(&self, equation: usize) -> bool {
        self.equations.all[equation].constraint < self.required
    }

    /// Whether a limb is in no range.
    fn is_outside(&self, cells: &[Fr]) -> bool {
        self.limbs.iter().any(|limb| !self.in_table(&cells[*limb]))
    }

    fn in_table(&self, x: &Fr) -> bool {
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
        // A cell is solved from what an equation leaves where the cell is 0.
        for step in &self.steps[2] {
            if let Step::Solve { cell, .. } = step {
                cells[*cell] = Fr::ZERO;
            }
        }
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
                ..
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
        let broken = |cells: &[Fr]| -> Vec<usize> {
            let all = self.equations.all.iter().enumerate();
            all.filter(|(e, _)| self.is_required(*e))
                .filter(|(_, e)| e.node.value(cells, challenges) != Fr::ZERO)
                .map(|(e, _)| e)
                .collect()
        };
        let first = broken(&cells);
        // What the prover likes in this phase it chooses again.
        match self.free(&first, &mut cells, challenges) {
            true => broken(&cells),
            false => first,
        }
    }
}
