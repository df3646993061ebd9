//! Which polynomials there are: the order of the columns that a [`Evaluator`] reads, and of the
//! polynomials that are opened.

use super::domain::{Domain, powers};
use super::evaluator::{Evaluator, Padded};
use super::graph::{Graph, Leaves, Linear, each_fixed, each_switch, name};
use super::opening::Query;
use ff::{Field, PrimeField};
use halo2_proofs::plonk::{Any, ConstraintSystem, Expression, ProvingKey};
use halo2curves::bn256::{Fr, G1Affine};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};

/// Index of the first column of each kind. What does not depend on the witness comes first:
/// fixed columns, sigmas, `l_0`, `l_last`, `l_active`, X, and switches: whatever gates make of
/// fixed columns alone.
#[derive(Debug)]
pub(super) struct Columns {
    sigmas: usize,
    lagrange: usize,
    switches: Vec<Expression<Fr>>,
    /// Columns of the switches, by name.
    known: HashMap<String, usize>,
    /// Fixed columns that gates also use otherwise than in switches.
    used: BTreeSet<usize>,
    advice: usize,
    instances: usize,
    products: usize,
    end: usize,
    degree: usize,
    reach: usize,
}

/// What is opened, and where.
pub(super) struct Openings {
    /// Each point is x times omega to such a power.
    pub(super) rotations: Vec<i32>,
    /// Whose values are in the proof, in its order.
    pub(super) evaluated: Vec<Query>,
    /// Everything that is opened, in the verifier's order.
    pub(super) queries: Vec<Query>,
}

impl Columns {
    /// With columns for switches, or with gates that compute them anew.
    pub(super) fn of(cs: &ConstraintSystem<Fr>, keep_switches: bool) -> Self {
        let permuted = cs.permutation().get_columns().len();
        let degree = cs.degree();
        let sets = permuted.div_ceil(degree - 2);
        let lagrange = cs.num_fixed_columns() + permuted;
        let (mut switches, mut known) = (Vec::new(), HashMap::new());
        let mut used = BTreeSet::new();
        for e in cs.gates().iter().flat_map(|gate| gate.polynomials()) {
            if !keep_switches {
                continue;
            }
            each_switch(e, &mut |switch| {
                known.entry(name(switch)).or_insert_with(|| {
                    switches.push(switch.clone());
                    lagrange + 3 + switches.len()
                });
            });
            each_fixed(e, &mut |column| {
                used.insert(column);
            });
        }
        let permuted_columns = cs.permutation().get_columns().into_iter();
        let fixed = permuted_columns.filter(|c| matches!(c.column_type(), Any::Fixed));
        used.extend(fixed.map(|column| column.index()));
        if !keep_switches {
            used.extend(0..cs.num_fixed_columns());
        }
        let advice = lagrange + 4 + switches.len();
        let instances = advice + cs.num_advice_columns();
        let products = instances + cs.num_instance_columns();
        let queried = cs.advice_queries().iter().map(|(_, at)| at.0);
        let queried = queried.chain(cs.fixed_queries().iter().map(|(_, at)| at.0));
        let queried = queried.chain(cs.instance_queries().iter().map(|(_, at)| at.0));
        let of_products = if sets > 1 { last_row(cs) } else { 1 };
        let reach = queried.chain([of_products, 1]).map(i32::unsigned_abs).max();
        Self {
            sigmas: cs.num_fixed_columns(),
            lagrange,
            switches,
            known,
            used,
            advice,
            instances,
            products,
            end: products + sets,
            degree,
            reach: reach.unwrap_or(1) as usize,
        }
    }

    /// The quotient's pieces.
    pub(super) fn pieces(&self) -> usize {
        self.degree - 1
    }
    /// How many columns a running product takes.
    pub(super) fn set_size(&self) -> usize {
        self.degree - 2
    }
    /// How far from a row constraints look.
    pub(super) fn reach(&self) -> usize {
        self.reach
    }

    /// What the quotient is of: gates, then the permutation's constraints, folded by powers of
    /// y, the last constraint's being 1.
    pub(super) fn evaluator(
        &self,
        cs: &ConstraintSystem<Fr>,
        challenges: &[Fr],
        (beta, gamma): (Fr, Fr),
        y: Fr,
    ) -> Evaluator {
        let leaves = Leaves {
            fixed: 0,
            advice: self.advice,
            instance: self.instances,
            challenges,
            known: &self.known,
        };
        let mut graph = Graph::default();
        let gates: Vec<_> = cs.gates().iter().flat_map(|g| g.polynomials()).collect();
        let of_permutation = self.permutation(cs, &mut graph, beta, gamma);
        let mut weights: Vec<Fr> = powers(y).take(gates.len() + of_permutation.len()).collect();
        weights.reverse();
        let (of_gates, of_rest) = weights.split_at(gates.len());
        for (gate, weight) in gates.iter().zip(of_gates) {
            graph.constrain(gate, &leaves, *weight);
        }
        for ((switch, e), weight) in of_permutation.into_iter().zip(of_rest) {
            graph.constrain_when(switch, e, *weight);
        }
        let numerator = graph.numerator();
        Evaluator::of(&graph, numerator, self.reach)
    }

    /// The permutation argument, each constraint with its switch.
    fn permutation(
        &self,
        cs: &ConstraintSystem<Fr>,
        graph: &mut Graph,
        beta: Fr,
        gamma: Fr,
    ) -> Vec<(Linear, Linear)> {
        let sets = self.end - self.products;
        if sets == 0 {
            return Vec::new();
        }
        let [l_0, l_last, l_active, x] = std::array::from_fn(|i| graph.cell(self.lagrange + i, 0));
        let product = |graph: &mut Graph, i: usize, at: i32| graph.cell(self.products + i, at);
        let first = product(graph, 0, 0);
        let last = product(graph, sets - 1, 0);
        let square = graph.product(last.clone(), last.clone());
        let mut constraints = vec![
            (l_0.clone(), Linear::of(Fr::ONE).minus(first)),
            (l_last, square.minus(last)),
        ];
        for i in 1..sets {
            let before = product(graph, i - 1, last_row(cs));
            let chained = product(graph, i, 0).minus(before);
            constraints.push((l_0.clone(), chained));
        }
        let columns = cs.permutation().get_columns();
        let identities: Vec<Fr> = powers(Fr::DELTA)
            .map(|d| d * beta)
            .take(columns.len())
            .collect();
        for (i, set) in columns.chunks(self.set_size()).enumerate() {
            let mut left = product(graph, i, 1);
            let mut right = product(graph, i, 0);
            for (j, column) in set.iter().enumerate() {
                let j = i * self.set_size() + j;
                let of_kind = match column.column_type() {
                    Any::Advice(_) => self.advice,
                    Any::Instance => self.instances,
                    Any::Fixed => 0,
                };
                let value = graph
                    .cell(of_kind + column.index(), 0)
                    .plus(Linear::of(gamma));
                let sigma = graph.cell(self.sigmas + j, 0).scaled(beta);
                let identity = identities.get(j).copied().unwrap_or_default();
                left = graph.product(left, value.clone().plus(sigma));
                right = graph.product(right, value.plus(x.clone().scaled(identity)));
            }
            constraints.push((l_active.clone(), left.minus(right)));
        }
        constraints
    }

    /// The order of the polynomials: advice, instances, products (the witness), fixed columns,
    /// sigmas, the quotient, the random polynomial.
    pub(super) fn openings(&self, cs: &ConstraintSystem<Fr>) -> Openings {
        let witness = self.end - self.advice;
        let (fixed, sigmas) = (witness, witness + self.sigmas);
        let quotient = witness + self.lagrange;
        let mut rotations: Vec<i32> = Vec::new();
        let mut at = |polynomial: usize, rotation: i32| {
            let known = rotations.iter().position(|r| *r == rotation);
            let point = known.unwrap_or_else(|| {
                rotations.push(rotation);
                rotations.len() - 1
            });
            Query { polynomial, point }
        };
        let of_advice: Vec<Query> = cs
            .advice_queries()
            .iter()
            .map(|(column, rotation)| at(column.index(), rotation.0))
            .collect();
        let of_fixed: Vec<Query> = cs
            .fixed_queries()
            .iter()
            .map(|(column, rotation)| at(fixed + column.index(), rotation.0))
            .collect();
        let of_sigmas: Vec<Query> = (sigmas..quotient).map(|i| at(i, 0)).collect();
        let products = self.products - self.advice..witness;
        let count = products.len();
        let here_and_next: Vec<[Query; 2]> = products.map(|i| [at(i, 0), at(i, 1)]).collect();
        let lasts: Vec<Query> = here_and_next
            .iter()
            .take(count.saturating_sub(1))
            .map(|[here, _]| at(here.polynomial, last_row(cs)))
            .collect();
        let (of_quotient, of_random) = (at(quotient, 0), at(quotient + 1, 0));

        let by_product = here_and_next.iter().enumerate();
        let product_values = by_product.flat_map(|(i, pair)| pair.iter().chain(lasts.get(i)));
        let evaluated = of_advice
            .iter()
            .chain(&of_fixed)
            .chain([&of_random])
            .chain(&of_sigmas)
            .chain(product_values);
        let queries = of_advice
            .iter()
            .chain(here_and_next.as_flattened())
            .chain(lasts.iter().rev())
            .chain(&of_fixed)
            .chain(&of_sigmas)
            .chain([&of_quotient, &of_random]);
        Openings {
            evaluated: evaluated.copied().collect(),
            queries: queries.copied().collect(),
            rotations,
        }
    }
}

/// The rotation from row 0 to the last row that is not blinded.
fn last_row(cs: &ConstraintSystem<Fr>) -> i32 {
    -(i32::try_from(cs.blinding_factors()).unwrap_or(i32::MAX) + 1)
}

/// What does not depend on the witness, coset after coset.
pub(super) struct FixedCosets<'a> {
    columns: &'a Columns,
    domain: &'a Domain,
    polynomials: Vec<&'a [Fr]>,
    coset: usize,
    switches: Vec<Evaluator>,
}

impl<'a> FixedCosets<'a> {
    pub(super) fn new(
        key: &'a ProvingKey<G1Affine>,
        columns: &'a Columns,
        domain: &'a Domain,
    ) -> Self {
        let fixed = key.fixed_polys().iter();
        let polynomials = fixed.chain(key.permutation().polys()).chain([
            key.l0(),
            key.l_last(),
            key.l_active_row(),
        ]);
        let leaves = Leaves {
            fixed: 0,
            advice: 0,
            instance: 0,
            challenges: &[],
            known: &HashMap::new(),
        };
        let programs = columns.switches.iter().map(|switch| {
            let mut graph = Graph::default();
            graph.constrain(switch, &leaves, Fr::ONE);
            let value = graph.numerator();
            Evaluator::of(&graph, value, columns.reach)
        });
        Self {
            columns,
            domain,
            polynomials: polynomials.map(|p| &p[..]).collect(),
            coset: 0,
            switches: programs.collect(),
        }
    }
}

/// The columns on the next coset; those that no evaluator reads are empty.
impl Iterator for FixedCosets<'_> {
    type Item = Vec<Padded>;

    fn next(&mut self) -> Option<Vec<Padded>> {
        let (j, reach) = (self.coset, self.columns.reach);
        let x = self.domain.coset(j)?;
        self.coset += 1;
        let mut columns: Vec<Padded> = self
            .polynomials
            .par_iter()
            .map(|polynomial| Padded::new(&self.domain.evaluate_on(j, polynomial), reach))
            .chain(rayon::iter::once(Padded::new(&x, reach)))
            .collect();
        let read: Vec<&Padded> = columns.iter().collect();
        let switches: Vec<Padded> = self
            .switches
            .iter()
            .map(|evaluator| Padded::new(&evaluator.run(&read, self.domain.n()), reach))
            .collect();
        for (i, column) in columns.iter_mut().enumerate().take(self.columns.sigmas) {
            if !self.columns.used.contains(&i) {
                *column = Padded::default();
            }
        }
        columns.extend(switches);
        Some(columns)
    }
}
