//! Every captured constraint at every row where it is on, with its fixed cells filled in and
//! its cells numbered: cells that copies join have one number, so that copies hold by
//! construction.

use covenant_circuits::field::Fr;
use covenant_circuits::lint::{Captured, Constraint, Place, active};
use ff::Field;
use halo2_proofs::plonk::Expression;
use std::collections::BTreeMap;

/// A polynomial in numbered cells.
#[derive(Clone, Debug)]
pub enum Node {
    Const(Fr),
    Cell(usize),
    Challenge(usize),
    Sum(Box<(Node, Node)>),
    Product(Box<(Node, Node)>),
    Scaled(Box<Node>, Fr),
}

/// A constraint at a row.
pub struct Equation {
    /// Index into the constraints, and the row.
    pub constraint: usize,
    pub row: usize,
    pub node: Node,
    pub cells: Vec<usize>,
    /// Whether it reads a challenge.
    pub challenged: bool,
}

/// The circuit as equations.
pub struct Equations {
    pub all: Vec<Equation>,
    /// Number of each cell.
    pub number: BTreeMap<Place, usize>,
    /// Cells of each number.
    pub places: Vec<Vec<Place>>,
}

impl Equations {
    /// `more` are cells that have a number though no constraint may read them.
    pub fn new(captured: &Captured, constraints: &[Constraint], more: &[Place]) -> Self {
        let active = active(captured, constraints);
        let mut number = BTreeMap::new();
        let mut places: Vec<Vec<Place>> = Vec::new();
        let read = active.iter().flat_map(|a| a.cells.iter().copied());
        let copied = captured.copies.iter().flat_map(|(l, r)| [*l, *r]);
        for place in read.chain(copied).chain(more.iter().copied()) {
            number.entry(place).or_insert_with(|| {
                places.push(vec![place]);
                places.len() - 1
            });
        }
        for (left, right) in &captured.copies {
            let (left, right) = (number[left], number[right]);
            if left != right {
                let moved = std::mem::take(&mut places[right]);
                for place in &moved {
                    number.insert(*place, left);
                }
                places[left].extend(moved);
            }
        }
        let all = active.iter().map(|a| {
            let node = fill(&constraints[a.constraint].poly, captured, a.row, &number);
            let (mut cells, mut challenged) = (Vec::new(), false);
            node.reads(&mut cells, &mut challenged);
            cells.sort_unstable();
            cells.dedup();
            Equation {
                constraint: a.constraint,
                row: a.row,
                node,
                cells,
                challenged,
            }
        });
        Self {
            all: all.collect(),
            number,
            places,
        }
    }
}

fn fill(
    e: &Expression<Fr>,
    captured: &Captured,
    row: usize,
    number: &BTreeMap<Place, usize>,
) -> Node {
    let inner = |e: &Expression<Fr>| fill(e, captured, row, number);
    let at = |rotation: i32| {
        (row as i64 + i64::from(rotation)).rem_euclid(captured.rows as i64) as usize
    };
    // A cell that only a vanished term reads has no number.
    let cell = |place: Place| {
        number
            .get(&place)
            .map_or(Node::Const(Fr::ZERO), |n| Node::Cell(*n))
    };
    match e {
        Expression::Constant(x) => Node::Const(*x),
        Expression::Selector(s) => {
            Node::Const(Fr::from(u64::from(captured.selectors[s.index()][row])))
        }
        Expression::Fixed(q) => Node::Const(captured.fixed[q.column_index()][at(q.rotation().0)]),
        Expression::Advice(q) => cell(Place::Advice(q.column_index(), at(q.rotation().0))),
        Expression::Instance(q) => cell(Place::Instance(q.column_index(), at(q.rotation().0))),
        Expression::Challenge(c) => Node::Challenge(c.index()),
        Expression::Negated(e) => scaled(inner(e), -Fr::ONE),
        Expression::Scaled(e, factor) => scaled(inner(e), *factor),
        Expression::Sum(a, b) => sum(inner(a), inner(b)),
        Expression::Product(a, b) => {
            let a = inner(a);
            if matches!(a, Node::Const(x) if x == Fr::ZERO) {
                return a;
            }
            product(a, inner(b))
        }
    }
}

fn scaled(node: Node, factor: Fr) -> Node {
    match node {
        Node::Const(x) => Node::Const(x * factor),
        Node::Scaled(node, x) => scaled(*node, x * factor),
        _ if factor == Fr::ZERO => Node::Const(Fr::ZERO),
        _ if factor == Fr::ONE => node,
        node => Node::Scaled(Box::new(node), factor),
    }
}

fn sum(a: Node, b: Node) -> Node {
    match (a, b) {
        (Node::Const(a), Node::Const(b)) => Node::Const(a + b),
        (Node::Const(zero), node) | (node, Node::Const(zero)) if zero == Fr::ZERO => node,
        (a, b) => Node::Sum(Box::new((a, b))),
    }
}

fn product(a: Node, b: Node) -> Node {
    match (a, b) {
        (Node::Const(x), node) | (node, Node::Const(x)) => scaled(node, x),
        (a, b) => Node::Product(Box::new((a, b))),
    }
}

impl Node {
    fn reads(&self, cells: &mut Vec<usize>, challenged: &mut bool) {
        match self {
            Self::Const(_) => {}
            Self::Cell(n) => cells.push(*n),
            Self::Challenge(_) => *challenged = true,
            Self::Sum(pair) | Self::Product(pair) => {
                pair.0.reads(cells, challenged);
                pair.1.reads(cells, challenged);
            }
            Self::Scaled(node, _) => node.reads(cells, challenged),
        }
    }

    pub fn value(&self, cells: &[Fr], challenges: &[Fr]) -> Fr {
        match self {
            Self::Const(x) => *x,
            Self::Cell(n) => cells[*n],
            Self::Challenge(n) => challenges[*n],
            Self::Sum(pair) => pair.0.value(cells, challenges) + pair.1.value(cells, challenges),
            Self::Product(pair) => {
                let a = pair.0.value(cells, challenges);
                if a == Fr::ZERO {
                    return a;
                }
                a * pair.1.value(cells, challenges)
            }
            Self::Scaled(node, factor) => node.value(cells, challenges) * factor,
        }
    }

    /// Degree in the cells that `counts` names.
    pub fn degree(&self, counts: &impl Fn(usize) -> bool) -> usize {
        match self {
            Self::Const(_) | Self::Challenge(_) => 0,
            Self::Cell(n) => usize::from(counts(*n)),
            Self::Sum(pair) => pair.0.degree(counts).max(pair.1.degree(counts)),
            Self::Product(pair) => pair.0.degree(counts) + pair.1.degree(counts),
            Self::Scaled(node, _) => node.degree(counts),
        }
    }

    /// The coefficient of a cell in which this is affine.
    pub fn slope(&self, cell: usize) -> Node {
        match self {
            Self::Const(_) | Self::Challenge(_) => Node::Const(Fr::ZERO),
            Self::Cell(n) => Node::Const(Fr::from(u64::from(*n == cell))),
            Self::Sum(pair) => sum(pair.0.slope(cell), pair.1.slope(cell)),
            Self::Product(pair) => {
                let (a, b) = (pair.0.slope(cell), pair.1.slope(cell));
                let zero = |n: &Node| matches!(n, Node::Const(x) if *x == Fr::ZERO);
                match (zero(&a), zero(&b)) {
                    (true, true) => Node::Const(Fr::ZERO),
                    (false, true) => product(a, pair.1.clone()),
                    (true, _) => product(pair.0.clone(), b),
                    (false, false) => sum(product(a, pair.1.clone()), product(pair.0.clone(), b)),
                }
            }
            Self::Scaled(node, factor) => scaled(node.slope(cell), *factor),
        }
    }
}
