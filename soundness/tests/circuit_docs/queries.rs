//! The table of rules against the constraint system, and against the trace.

use crate::{blank, layouts};
use covenant_circuits::circuit::cells::Query;
use covenant_circuits::circuit::columns::{RowRule, fixed};
use covenant_circuits::circuit::gates;
use covenant_circuits::circuit::layout::Layout;
use covenant_circuits::circuit::rules::{self, Equation, Switch};
use covenant_circuits::field::Fr;
use halo2_proofs::plonk::{ConstraintSystem, Expression};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) fn system(layout: &Layout) -> ConstraintSystem<Fr> {
    let mut system = ConstraintSystem::default();
    gates::configure(&mut system, layout);
    system
}

/// What a polynomial queries, but for the columns that switch it.
pub(crate) fn queries(layout: &Layout, e: &Expression<Fr>) -> BTreeSet<Query> {
    let first_phase = layout.advice_columns();
    let switches = [fixed::RULE, fixed::RULE + 1, fixed::RULE + 2, fixed::FORM];
    let mut found = BTreeSet::new();
    let mut open = vec![e];
    while let Some(e) = open.pop() {
        match e {
            Expression::Advice(q) => {
                found.insert(match q.column_index().checked_sub(first_phase) {
                    None => ("advice", q.column_index(), q.rotation().0),
                    Some(column) => ("second", column, q.rotation().0),
                })
            }
            Expression::Fixed(q) if switches.contains(&q.column_index()) => false,
            Expression::Fixed(q) => found.insert(("fixed", q.column_index(), q.rotation().0)),
            Expression::Instance(q) => found.insert(("instance", q.column_index(), q.rotation().0)),
            Expression::Negated(a) | Expression::Scaled(a, _) => {
                open.push(a);
                false
            }
            Expression::Sum(a, b) | Expression::Product(a, b) => {
                open.extend([&**a, &**b]);
                false
            }
            Expression::Constant(_) | Expression::Selector(_) | Expression::Challenge(_) => false,
        };
    }
    found
}

fn declared(layout: &Layout, equation: &Equation) -> BTreeSet<Query> {
    let cells = equation.cells.iter();
    cells.flat_map(|cell| cell.queries(layout)).collect()
}

#[test]
fn the_declared_cells_are_the_gates_queries() {
    for (name, layout) in layouts() {
        let system = system(&layout);
        let mut table = rules::gates(&layout).peekable();
        for gate in system.gates() {
            let Some(rule) = table.next_if(|rule| rule.name == gate.name()) else {
                continue;
            };
            for (i, equation) in rule.equations.iter().enumerate() {
                let at = format!("{name}: {}: {}", gate.name(), equation.name);
                assert_eq!(gate.constraint_name(i), equation.name, "{at}");
                let mut read = queries(&layout, &gate.polynomials()[i]);
                // Of a mask's limbs some are no bits, where a row has more.
                if rule.name == rules::register::BITS.name {
                    let bits = layout.first_limb() + layout.bits_a_row();
                    let unused = bits..layout.first_limb() + layout.limbs;
                    let top = equation.name.contains("top bit").then_some(bits - 1);
                    let limbs = layout.first_limb()..bits;
                    let more = limbs.filter(|l| top.is_some_and(|top| top != *l));
                    read.extend(unused.chain(more).map(|limb| ("advice", limb, 0)));
                }
                assert_eq!(read, declared(&layout, equation), "{at}");
            }
        }
        assert_eq!(table.next().map(|gate| gate.name), None, "{name}");
    }
}

/// The rules that an equation of the table is switched by, and those of the limbs' gate.
#[test]
fn every_rule_switches_an_equation() {
    let (_, layout) = layouts().remove(0);
    let mut left: BTreeSet<RowRule> = RowRule::ALL.iter().copied().collect();
    for equation in rules::gates(&layout).flat_map(|gate| gate.equations) {
        if let Switch::Rules(rules) = equation.on {
            left.retain(|rule| !rules.contains(rule));
        }
    }
    assert_eq!(
        left,
        [RowRule::Complement, RowRule::WidthRange, RowRule::LastLine].into()
    );
}

/// The clauses that a rule names are those of the sections that use it, over all layouts.
#[test]
fn rules_serve_the_clauses_that_they_name() {
    let mut used: BTreeMap<RowRule, BTreeSet<String>> = BTreeMap::new();
    for (_, layout) in layouts() {
        let trace = blank(&layout);
        for ((column, row), section) in trace.journal().fixed() {
            if *column != fixed::RULE {
                continue;
            }
            let here = std::array::from_fn(|i| trace.fixed()[fixed::RULE + i][*row]);
            let rule = RowRule::ALL.iter().find(|rule| rule.values() == here);
            let rule = *rule.expect("a row has one rule");
            let clauses = used.entry(rule).or_default();
            let clause = section.split(' ').next().unwrap();
            if clause.starts_with('S') {
                clauses.insert(clause.to_owned());
            }
        }
    }
    let mut wrong = Vec::new();
    for rule in RowRule::ALL {
        let named: BTreeSet<String> = rule.clauses().iter().map(ToString::to_string).collect();
        let found = used.remove(rule).unwrap_or_default();
        if found != named {
            wrong.push(format!("{rule:?}: {found:?}, named {named:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
