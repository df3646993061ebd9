//! A graph as a list of steps, and its values row by row.

use super::graph::{Cell, Graph, Id, Node};
use ff::Field;
use halo2curves::bn256::Fr;
use std::collections::HashMap;

/// Rows that one step takes at a time: its operands stay in a core's cache.
const BLOCK: usize = 32;

type Block = [Fr; BLOCK];

/// Where an operand is.
#[derive(Clone, Copy, Debug)]
enum Operand {
    Cell(Cell),
    Slot(usize),
}

#[derive(Clone, Debug)]
enum Step {
    Product(Operand, Operand),
    Sum(Fr, Vec<(Factor, Operand)>),
}

#[derive(Clone, Copy, Debug)]
enum Factor {
    One,
    MinusOne,
    Other(Fr),
}

/// The steps that compute one value of a graph.
#[derive(Debug)]
pub(super) struct Evaluator {
    /// Each step and the slot it writes.
    steps: Vec<(Step, usize)>,
    slots: usize,
    result: usize,
    /// How many rows columns are padded with.
    reach: usize,
}

/// Columns over a coset, in the order of the rows, with as many rows before the first and
/// after the last as a evaluator reaches.
#[derive(Clone, Debug, Default)]
pub(super) struct Padded(Vec<Fr>);

impl Padded {
    /// Columns go round.
    pub(super) fn new(values: &[Fr], reach: usize) -> Self {
        let n = values.len();
        let before = values.iter().cycle().skip(n - reach % n).take(reach);
        let after = values.iter().cycle().take(reach);
        Self(before.chain(values).chain(after).copied().collect())
    }
}

impl Evaluator {
    /// Everything that `result` needs, in order; slots are used again once their last reader
    /// is done.
    /// `reach` is at least the distance of every row that a cell of the graph is at.
    pub(super) fn of(graph: &Graph, result: Id, reach: usize) -> Self {
        let mut last_use: HashMap<Id, usize> = HashMap::new();
        let mut needed = vec![false; graph.nodes.len()];
        mark(&mut needed, result);
        for (i, node) in graph.nodes.iter().enumerate().rev() {
            if needed.get(i) != Some(&true) {
                continue;
            }
            for operand in operands(node) {
                mark(&mut needed, operand);
                last_use.entry(operand).or_insert(i);
            }
        }
        let mut evaluator = Self {
            steps: Vec::new(),
            slots: 0,
            result: 0,
            reach,
        };
        let mut places: HashMap<Id, Operand> = HashMap::new();
        let mut free: Vec<usize> = Vec::new();
        for (i, node) in graph.nodes.iter().enumerate() {
            if needed.get(i) != Some(&true) {
                continue;
            }
            let place = |id: &Id| places.get(id).copied().unwrap_or(Operand::Slot(0));
            let step = match node {
                Node::Cell(cell) => {
                    places.insert(Id(i), Operand::Cell(*cell));
                    continue;
                }
                Node::Product(a, b) => Step::Product(place(a), place(b)),
                Node::Sum(linear) => {
                    let terms = linear.terms.iter().map(|(id, factor)| {
                        let factor = match *factor {
                            f if f == Fr::ONE => Factor::One,
                            f if f == -Fr::ONE => Factor::MinusOne,
                            f => Factor::Other(f),
                        };
                        (factor, place(id))
                    });
                    Step::Sum(linear.constant, terms.collect())
                }
            };
            for operand in operands(node) {
                if last_use.get(&operand) == Some(&i)
                    && let Some(Operand::Slot(slot)) = places.remove(&operand)
                {
                    free.push(slot);
                }
            }
            let slot = free.pop().unwrap_or_else(|| {
                evaluator.slots += 1;
                evaluator.slots - 1
            });
            places.insert(Id(i), Operand::Slot(slot));
            evaluator.steps.push((step, slot));
            evaluator.result = slot;
        }
        evaluator
    }

    /// The result at every row. The number of rows is a multiple of 32, or below it.
    pub(super) fn run(&self, columns: &[&Padded], rows: usize) -> Vec<Fr> {
        use rayon::prelude::*;
        let mut result = vec![Fr::ZERO; rows];
        result.par_chunks_mut(BLOCK).enumerate().for_each_init(
            || vec![[Fr::ZERO; BLOCK]; self.slots],
            |slots, (i, result)| {
                self.block(columns, i * BLOCK, result.len(), slots);
                if let Some(slot) = slots.get(self.result) {
                    result.copy_from_slice(slot.get(..result.len()).unwrap_or_default());
                }
            },
        );
        result
    }

    fn block(&self, columns: &[&Padded], row: usize, rows: usize, slots: &mut [Block]) {
        for (step, target) in &self.steps {
            let mut value = [Fr::ZERO; BLOCK];
            let get = |operand: &Operand| -> &[Fr] {
                match operand {
                    Operand::Slot(slot) => slots.get(*slot).map_or(&[], |block| &block[..]),
                    Operand::Cell(cell) => {
                        let distance = cell.rotation.unsigned_abs() as usize;
                        let start = if cell.rotation < 0 {
                            row + self.reach - distance
                        } else {
                            row + self.reach + distance
                        };
                        let column = columns.get(cell.column);
                        column
                            .and_then(|c| c.0.get(start..start + rows))
                            .unwrap_or_default()
                    }
                }
            };
            match step {
                Step::Product(a, b) => {
                    for ((value, a), b) in value.iter_mut().zip(get(a)).zip(get(b)) {
                        *value = a * b;
                    }
                }
                Step::Sum(constant, terms) => {
                    value = [*constant; BLOCK];
                    for (factor, operand) in terms {
                        let pairs = value.iter_mut().zip(get(operand));
                        match factor {
                            Factor::One => pairs.for_each(|(sum, x)| *sum += x),
                            Factor::MinusOne => pairs.for_each(|(sum, x)| *sum -= x),
                            Factor::Other(f) => pairs.for_each(|(sum, x)| *sum += *f * x),
                        }
                    }
                }
            }
            if let Some(slot) = slots.get_mut(*target) {
                *slot = value;
            }
        }
    }
}

fn mark(needed: &mut [bool], id: Id) {
    if let Some(needed) = needed.get_mut(id.0) {
        *needed = true;
    }
}

fn operands(node: &Node) -> Vec<Id> {
    match node {
        Node::Cell(_) => Vec::new(),
        Node::Product(a, b) => vec![*a, *b],
        Node::Sum(linear) => linear.terms.keys().copied().collect(),
    }
}
