//! Mends a trace as a prover would: from the cells that the prover chooses, every other cell
//! is solved from the captured constraints themselves, so that a planted bug is mended around
//! like anything else. The equations that solved nothing are checked.

use crate::compile::{Equations, Node};
use crate::rng::words;
use covenant_circuits::circuit::columns::{Config, advice, fixed, second};
use covenant_circuits::circuit::layout::Layout;
use covenant_circuits::field::Fr;
use covenant_circuits::lint::{Captured, Constraint, Place};
use ff::{BatchInvert, Field};
use std::collections::BTreeSet;

enum Step {
    /// The cell in which an equation is affine, with the inverse of its slope where that is
    /// a number.
    Solve {
        equation: usize,
        cell: usize,
        slope: Result<Fr, Node>,
    },
    /// Limbs, lowest first, with their bits; the last takes what is left.
    Digits {
        equation: usize,
        scale: Fr,
        limbs: Vec<(usize, u32)>,
    },
}

impl Step {
    /// The equation, and the cells that it determines.
    fn solves(&self) -> (usize, Vec<usize>) {
        match self {
            Self::Solve { equation, cell, .. } => (*equation, vec![*cell]),
            Self::Digits {
                equation, limbs, ..
            } => (*equation, limbs.iter().map(|(cell, _)| *cell).collect()),
        }
    }
}

pub struct Mender {
    pub equations: Equations,
    /// What no hash goes into, hashes and what follows from them, and the second phase.
    steps: [Vec<Step>; 3],
    checks: [Vec<usize>; 3],
    limbs: Vec<usize>,
    /// Number, its cell of the counts, and the inverse of the number plus 1.
    table: Vec<(usize, Fr)>,
}

/// A mended trace.
pub struct Mended {
    pub cells: Vec<Fr>,
    /// Equations that do not hold. Those of hashes are asked only where all others of the first
    /// phase hold, and those of the second phase where the first holds.
    pub broken: Vec<usize>,
}

impl Mender {
    /// `inputs` are the cells that the prover chooses.
    pub fn new(
        layout: &Layout,
        config: &Config,
        captured: &Captured,
        constraints: Vec<Constraint>,
        inputs: &[Place],
    ) -> Self {
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
            let place = Place::Advice(column(layout.counts()), row);
            if looked_up(row) != Fr::ONE {
                let number = looked_up(row) - Fr::from(2);
                let inverse = (number + Fr::ONE).invert().unwrap();
                // The table ascends from 0.
                assert_eq!(words(&number)[0], table.len() as u64);
                table.push((equations.number[&place], inverse));
            }
        }
        let mut known = vec![false; equations.places.len()];
        for place in inputs {
            // A cell that nothing reads has no number.
            if let Some(number) = equations.number.get(place) {
                known[*number] = true;
            }
        }
        for (cell, _) in &table {
            known[*cell] = true;
        }
        let second: BTreeSet<usize> = config.second.iter().map(|c| c.index()).collect();
        let in_second = |cell: usize| {
            let mut places = equations.places[cell].iter();
            places.any(|p| matches!(p, Place::Advice(c, _) if second.contains(c)))
        };
        let later: Vec<bool> = (0..equations.places.len()).map(in_second).collect();
        let phase = |e: usize| {
            let equation: &crate::compile::Equation = &equations.all[e];
            equation.challenged || equation.cells.iter().any(|c| later[*c])
        };
        let (two, one): (Vec<usize>, Vec<usize>) =
            (0..equations.all.len()).partition(|e| phase(*e));
        let limb_columns: BTreeSet<usize> = (layout.first_limb()..layout.d()).map(column).collect();
        let mut planner = Planner {
            equations: &equations,
            constraints: &constraints,
            limb_columns,
            a: column(advice::A),
            g: config.second[second::G].index(),
            sum: config.second[second::SUM].index(),
            later: &later,
            known,
            solved: vec![false; equations.all.len()],
        };
        let first = planner.plan(&one);
        for (cell, known) in planner.known.iter_mut().enumerate() {
            *known |= !later[cell];
        }
        let then = planner.plan(&two);
        let solved = planner.solved;
        let sboxes = (advice::X..layout.first_limb()).map(column);
        let sboxes: BTreeSet<usize> = sboxes.collect();
        let is_sbox = |cell: usize| {
            let mut places = equations.places[cell].iter();
            places.any(|p| matches!(p, Place::Advice(c, _) if sboxes.contains(c)))
        };
        let mut hashed: Vec<bool> = (0..equations.places.len()).map(is_sbox).collect();
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for step in first {
            let (equation, cells) = step.solves();
            let mut read = equations.all[equation].cells.iter();
            if read.any(|cell| hashed[*cell]) {
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
            steps: [before, after, then],
            checks,
            limbs,
            table,
            equations,
        }
    }

    /// `lies` are put into their cells whatever the equations say; `asked` is whether the
    /// lookup itself is to say that a limb is in no range.
    pub fn mend(
        &self,
        inputs: &[(usize, Fr)],
        lies: &[(usize, Fr)],
        challenges: &[Fr; 4],
        asked: bool,
    ) -> Mended {
        let mut cells = vec![Fr::ZERO; self.equations.places.len()];
        for (cell, value) in inputs.iter().chain(lies) {
            cells[*cell] = *value;
        }
        let lied = |cell: usize| lies.iter().any(|(at, _)| *at == cell);
        self.solve(0, &mut cells, &lied, challenges);
        self.count(&mut cells, &lied);
        let mut broken = self.broken(0, &cells, challenges);
        // The lookup would say so: it is asked in some draws, not in all, for its time.
        if !asked && self.is_outside(&cells) {
            broken.push(usize::MAX);
        }
        if broken.is_empty() {
            self.solve(1, &mut cells, &lied, challenges);
            broken = self.broken(1, &cells, challenges);
        }
        if broken.is_empty() {
            self.second(&mut cells, challenges);
            broken = self.broken(2, &cells, challenges);
        }
        Mended { cells, broken }
    }

    fn solve(
        &self,
        part: usize,
        cells: &mut [Fr],
        lied: &impl Fn(usize) -> bool,
        challenges: &[Fr; 4],
    ) {
        for step in &self.steps[part] {
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
                }
            }
        }
    }

    /// Whether a limb is in no range.
    fn is_outside(&self, cells: &[Fr]) -> bool {
        let size = self.table.len() as u64;
        self.limbs.iter().any(|limb| {
            cells[*limb] != Fr::ZERO
                && !matches!(words(&cells[*limb]), [number, 0, 0, 0] if number < size)
        })
    }

    /// How often each number of the range table stands in a limb, over the number plus 1.
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
    fn second(&self, cells: &mut [Fr], challenges: &[Fr; 4]) {
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

    fn broken(&self, phase: usize, cells: &[Fr], challenges: &[Fr; 4]) -> Vec<usize> {
        let checks = self.checks[phase].iter().copied();
        checks
            .filter(|e| self.equations.all[*e].node.value(cells, challenges) != Fr::ZERO)
            .collect()
    }

    /// What of all equations, those too that solved a cell, does not hold when the second
    /// phase is made again under other challenges.
    pub fn broken_under(&self, cells: &[Fr], challenges: &[Fr; 4]) -> Vec<usize> {
        let mut cells = cells.to_vec();
        for step in &self.steps[2] {
            if let Step::Solve { cell, .. } = step {
                cells[*cell] = Fr::ZERO;
            }
        }
        self.second(&mut cells, challenges);
        let all = 0..self.equations.all.len();
        all.filter(|e| self.equations.all[*e].node.value(&cells, challenges) != Fr::ZERO)
            .collect()
    }
}

struct Planner<'a> {
    equations: &'a Equations,
    constraints: &'a [Constraint],
    limb_columns: BTreeSet<usize>,
    a: usize,
    g: usize,
    sum: usize,
    /// Whether a cell is of the second phase.
    later: &'a [bool],
    known: Vec<bool>,
    solved: Vec<bool>,
}

impl Planner<'_> {
    /// Steps that determine every cell of some equations. What no equation determines stays
    /// 0, and is known from there on.
    fn plan(&mut self, equations: &[usize]) -> Vec<Step> {
        let mut steps = Vec::new();
        // Equations that only say that something is 0 determine a cell last.
        for last_resort in [false, true, false, true, false, true] {
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
        // In the order of columns: what a builder puts stands in the first ones.
        let cells = equations.iter().flat_map(|e| &self.equations.all[*e].cells);
        let mut unknown: Vec<usize> = cells.copied().filter(|c| !self.known[*c]).collect();
        unknown.sort_unstable_by_key(|cell| self.equations.places[*cell].iter().min());
        for cell in unknown {
            if std::mem::replace(&mut self.known[cell], true) {
                continue;
            }
            // What follows from the free cell.
            loop {
                let before = steps.len();
                for e in equations {
                    steps.extend(self.step(*e, false));
                }
                if steps.len() == before {
                    break;
                }
            }
        }
        steps
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

    fn digits(&self, e: usize, unknown: &[usize]) -> Option<Step> {
        let equation = &self.equations.all[e];
        let name = self.constraints[equation.constraint].name.as_str();
        if !name.starts_with("a = ") && !name.starts_with("b = ") {
            return None;
        }
        let mut weights = Vec::new();
        for cell in unknown {
            let limb = self.equations.places[*cell]
                .iter()
                .any(|place| match place {
                    Place::Advice(c, _) if self.limb_columns.contains(c) => true,
                    Place::Advice(c, row) => *c == self.a && *row == equation.row + 1,
                    _ => false,
                });
            match equation.node.slope(*cell) {
                Node::Const(x) if limb => weights.push((*cell, x)),
                _ => return None,
            }
        }
        // Of all slopes one is the unit of the others, which are powers of 2 of it.
        let exponents = |unit: Fr| -> Option<Vec<u32>> {
            let inverse: Fr = Option::from(unit.invert())?;
            weights
                .iter()
                .map(|(_, x)| exponent(&(*x * inverse)))
                .collect()
        };
        let (unit, exponents) = weights
            .iter()
            .find_map(|(_, unit)| Some((*unit, exponents(*unit)?)))?;
        let mut limbs: Vec<(u32, usize)> = exponents
            .into_iter()
            .zip(weights.iter().map(|(c, _)| *c))
            .collect();
        limbs.sort_unstable();
        let next: Vec<u32> = limbs
            .iter()
            .skip(1)
            .map(|(x, _)| *x)
            .chain([u32::MAX])
            .collect();
        let limbs = limbs
            .iter()
            .zip(next)
            .map(|((x, cell), next)| (*cell, next - x))
            .collect();
        Some(Step::Digits {
            equation: e,
            scale: -Option::<Fr>::from(unit.invert())?,
            limbs,
        })
    }
}

/// `e` where an element is `2^e`, with `e` below 240: no two such are each other's inverse.
fn exponent(x: &Fr) -> Option<u32> {
    let words = words(x);
    let ones: u32 = words.iter().map(|w| w.count_ones()).sum();
    let at = words.iter().position(|w| *w != 0)?;
    (ones == 1).then(|| 64 * at as u32 + words[at].trailing_zeros())
}

/// What is left of a number whose digits are taken.
struct Integer([u64; 4]);

impl Integer {
    fn take(&mut self, bits: u32) -> Fr {
        let [a, b, c, d] = self.0;
        // Digits have fewer than 64 bits, but for the last, which is not taken here.
        let digit = a & ((1u64 << bits) - 1);
        let join = |low: u64, high: u64| low >> bits | high << (64 - bits);
        self.0 = [join(a, b), join(b, c), join(c, d), d >> bits];
        Fr::from(digit)
    }

    fn element(&self) -> Fr {
        let unit = crate::rng::two_pow(64);
        self.0
            .iter()
            .rev()
            .fold(Fr::ZERO, |sum, word| sum * unit + Fr::from(*word))
    }
}
