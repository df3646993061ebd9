//! What the quotient's numerator is made of: sums of products of columns, without repetitions.
//!
//! The challenges are numbers by the time a graph is built, so that all constraints under one
//! switch become one sum, whose terms are merged: of a permutation's linear layer, five rows
//! of five factors, five factors are left.

use ff::Field;
use halo2_proofs::plonk::Expression;
use halo2curves::bn256::Fr;
use std::collections::{BTreeMap, HashMap};

/// A column of the evaluation, by index in [`super::columns`]'s order, and the row's distance.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(super) struct Cell {
    pub(super) column: usize,
    pub(super) rotation: i32,
}

/// A value of the graph.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(super) struct Id(pub(super) usize);

/// How a value comes about.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Node {
    /// A column.
    Cell(Cell),
    /// Two values' product.
    Product(Id, Id),
    /// A sum of two terms or more.
    Sum(Linear),
}

/// `constant + sum factor * value`; no factor is 0.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(super) struct Linear {
    pub(super) constant: Fr,
    pub(super) terms: BTreeMap<Id, Fr>,
}

impl Linear {
    /// A number.
    pub(super) fn of(constant: Fr) -> Self {
        let terms = BTreeMap::new();
        Self { constant, terms }
    }

    pub(super) fn scaled(mut self, factor: Fr) -> Self {
        if factor == Fr::ZERO {
            return Self::default();
        }
        self.constant *= factor;
        self.terms.values_mut().for_each(|f| *f *= factor);
        self
    }

    pub(super) fn plus(mut self, other: Self) -> Self {
        self.add(Fr::ONE, &other);
        self
    }

    pub(super) fn minus(mut self, other: Self) -> Self {
        self.add(-Fr::ONE, &other);
        self
    }

    /// The factor that most terms have, up to their sign, where it pays to take it out.
    fn common_factor(&self) -> Fr {
        let has = |factor: Fr| {
            let same = self
                .terms
                .values()
                .filter(|f| **f == factor || **f == -factor);
            same.count()
        };
        let most = self.terms.values().max_by_key(|factor| has(**factor));
        most.filter(|factor| has(**factor) > 1)
            .copied()
            .unwrap_or(Fr::ONE)
    }

    /// Adds `factor * other`.
    fn add(&mut self, factor: Fr, other: &Self) {
        self.constant += other.constant * factor;
        for (id, f) in &other.terms {
            let sum = self.terms.entry(*id).or_insert(Fr::ZERO);
            *sum += *f * factor;
            if *sum == Fr::ZERO {
                self.terms.remove(id);
            }
        }
    }
}

/// Where an expression's columns are, and its challenges.
pub(super) struct Leaves<'a> {
    /// The first fixed column.
    pub(super) fixed: usize,
    /// The first advice column.
    pub(super) advice: usize,
    /// The first instance column.
    pub(super) instance: usize,
    /// The circuit's challenges.
    pub(super) challenges: &'a [Fr],
    /// Expressions that have columns of their own.
    pub(super) known: &'a HashMap<String, usize>,
}

/// Whether an expression is of fixed columns and numbers alone, and its degree above 1: one
/// that is worth a column of its own.
pub(super) fn is_switch(e: &Expression<Fr>) -> bool {
    fn is_fixed(e: &Expression<Fr>) -> bool {
        match e {
            Expression::Constant(_) | Expression::Fixed(_) => true,
            Expression::Negated(e) | Expression::Scaled(e, _) => is_fixed(e),
            Expression::Sum(a, b) | Expression::Product(a, b) => is_fixed(a) && is_fixed(b),
            _ => false,
        }
    }
    e.degree() > 1 && is_fixed(e)
}

/// The name of an expression in [`Leaves::known`].
pub(super) fn name(e: &Expression<Fr>) -> String {
    e.identifier()
}

/// Calls with every largest part of an expression that [`is_switch`].
pub(super) fn each_switch<'a>(e: &'a Expression<Fr>, found: &mut impl FnMut(&'a Expression<Fr>)) {
    if is_switch(e) {
        return found(e);
    }
    match e {
        Expression::Negated(e) | Expression::Scaled(e, _) => each_switch(e, found),
        Expression::Sum(a, b) | Expression::Product(a, b) => {
            each_switch(a, found);
            each_switch(b, found);
        }
        _ => {}
    }
}

/// Calls with every fixed column that an expression has outside of its switches.
pub(super) fn each_fixed(e: &Expression<Fr>, found: &mut impl FnMut(usize)) {
    if is_switch(e) {
        return;
    }
    match e {
        Expression::Fixed(query) => found(query.column_index()),
        Expression::Negated(e) | Expression::Scaled(e, _) => each_fixed(e, found),
        Expression::Sum(a, b) | Expression::Product(a, b) => {
            each_fixed(a, found);
            each_fixed(b, found);
        }
        _ => {}
    }
}

/// The graph. Nodes come after what they are made of.
#[derive(Default, Debug)]
pub(super) struct Graph {
    pub(super) nodes: Vec<Node>,
    ids: HashMap<Node, Id>,
    /// Sums to be multiplied by a switch.
    switched: BTreeMap<Id, Linear>,
    rest: Linear,
}

impl Graph {
    fn node(&mut self, node: Node) -> Id {
        if let Some(id) = self.ids.get(&node) {
            return *id;
        }
        let id = Id(self.nodes.len());
        self.nodes.push(node.clone());
        self.ids.insert(node, id);
        id
    }

    /// A column.
    pub(super) fn cell(&mut self, column: usize, rotation: i32) -> Linear {
        let id = self.node(Node::Cell(Cell { column, rotation }));
        Linear {
            constant: Fr::ZERO,
            terms: BTreeMap::from([(id, Fr::ONE)]),
        }
    }

    /// One value and its factor.
    fn single(&mut self, linear: Linear) -> (Fr, Id) {
        if linear.constant == Fr::ZERO
            && linear.terms.len() == 1
            && let Some((id, factor)) = linear.terms.first_key_value()
        {
            return (*factor, *id);
        }
        // `x - y` and `y - x` are one node.
        let first = linear.terms.values().next().copied();
        let sign = if first == Some(-Fr::ONE) {
            -Fr::ONE
        } else {
            Fr::ONE
        };
        (sign, self.node(Node::Sum(linear.scaled(sign))))
    }

    /// A product.
    pub(super) fn product(&mut self, a: Linear, b: Linear) -> Linear {
        if a.terms.is_empty() {
            return b.scaled(a.constant);
        }
        if b.terms.is_empty() {
            return a.scaled(b.constant);
        }
        let ((factor, a), (other, b)) = (self.single(a), self.single(b));
        let id = self.node(Node::Product(a.min(b), a.max(b)));
        Linear {
            constant: Fr::ZERO,
            terms: BTreeMap::from([(id, factor * other)]),
        }
    }

    /// A gate's expression.
    pub(super) fn expression(&mut self, e: &Expression<Fr>, leaves: &Leaves<'_>) -> Linear {
        if !leaves.known.is_empty()
            && is_switch(e)
            && let Some(column) = leaves.known.get(&name(e))
        {
            return self.cell(*column, 0);
        }
        match e {
            Expression::Constant(x) => Linear::of(*x),
            Expression::Fixed(q) => self.cell(leaves.fixed + q.column_index(), q.rotation().0),
            Expression::Advice(q) => self.cell(leaves.advice + q.column_index(), q.rotation().0),
            Expression::Instance(q) => {
                self.cell(leaves.instance + q.column_index(), q.rotation().0)
            }
            Expression::Challenge(c) => {
                let value = leaves.challenges.get(c.index()).copied();
                Linear::of(value.unwrap_or_default())
            }
            // Keys are made with fixed columns in the place of selectors.
            Expression::Selector(_) => Linear::default(),
            Expression::Negated(a) => self.expression(a, leaves).scaled(-Fr::ONE),
            Expression::Sum(a, b) => {
                let a = self.expression(a, leaves);
                a.plus(self.expression(b, leaves))
            }
            Expression::Product(a, b) => {
                let a = self.expression(a, leaves);
                let b = self.expression(b, leaves);
                self.product(a, b)
            }
            Expression::Scaled(a, factor) => self.expression(a, leaves).scaled(*factor),
        }
    }

    /// Adds `weight * e` to the numerator. Sums are taken apart; a product's first factor is
    /// taken for its switch.
    pub(super) fn constrain(&mut self, e: &Expression<Fr>, leaves: &Leaves<'_>, weight: Fr) {
        match e {
            Expression::Negated(e) => self.constrain(e, leaves, -weight),
            Expression::Scaled(e, factor) => self.constrain(e, leaves, weight * factor),
            Expression::Sum(a, b) => {
                self.constrain(a, leaves, weight);
                self.constrain(b, leaves, weight);
            }
            Expression::Product(switch, e) => {
                let switch = self.expression(switch, leaves);
                if switch.terms.is_empty() {
                    self.constrain(e, leaves, weight * switch.constant);
                } else {
                    let e = self.expression(e, leaves);
                    self.constrain_when(switch, e, weight);
                }
            }
            e => {
                let e = self.expression(e, leaves);
                self.rest.add(weight, &e);
            }
        }
    }

    /// Adds `weight * switch * e` to the numerator.
    pub(super) fn constrain_when(&mut self, switch: Linear, e: Linear, weight: Fr) {
        if switch.terms.is_empty() || e.terms.is_empty() {
            let product = self.product(switch, e);
            self.rest.add(weight, &product);
            return;
        }
        let (factor, switch) = self.single(switch);
        let sum = self.switched.entry(switch).or_default();
        sum.add(weight * factor, &e);
    }

    /// The numerator: every constraint added so far.
    pub(super) fn numerator(&mut self) -> Id {
        let mut total = std::mem::take(&mut self.rest);
        for (switch, sum) in std::mem::take(&mut self.switched) {
            let switch = Linear {
                constant: Fr::ZERO,
                terms: BTreeMap::from([(switch, Fr::ONE)]),
            };
            let factor = sum.common_factor();
            let inverse = Option::<Fr>::from(factor.invert()).unwrap_or(Fr::ONE);
            let product = self.product(switch, sum.scaled(inverse));
            total.add(factor, &product);
        }
        self.node(Node::Sum(total))
    }
}
