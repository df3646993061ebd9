//! What is solved from what, and what is checked, found once for a circuit.

use super::Mender;
use super::hash::Permutation;
use super::plan::{Columns, Planner};
use crate::compile::{Equation, Equations};
use crate::rng::words;
use covenant_circuits::circuit::columns::{Config, advice, fixed, second};
use covenant_circuits::circuit::layout::Layout;
use covenant_circuits::field::Fr;
use covenant_circuits::lint::{Captured, Constraint, Place};
use ff::Field;
use std::collections::BTreeSet;

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
        let mut more = inputs.to_vec();
        let mut see = |place| {
            more.push(place);
            0
        };
        Permutation::all(layout, config, &mut see);
        let equations = Equations::new(captured, &constraints, &more);
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
        let permutations = Permutation::all(layout, config, &mut |place| equations.number[&place]);
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
        let known = inputs
            .iter()
            .filter_map(|place| equations.number.get(place));
        let known = known.chain(table.iter().map(|(cell, _)| cell));
        // Lanes that no block takes hash zeros.
        let idle = &permutations[layout.permutations()..];
        let known = known.chain(idle.iter().flat_map(|p| &p.inputs));
        for cell in known {
            planner.learn(*cell, &mut first);
        }
        first.extend(planner.plan(&one, &removed));
        let earlier = later.iter().enumerate().filter(|(_, later)| !**later);
        for (cell, _) in earlier {
            planner.learn(cell, &mut first);
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
            names: constraints
                .iter()
                .map(|c| format!("{}: {}", c.gate, c.name))
                .collect(),
            steps: [before, after, then],
            checks,
            limbs,
            permutations,
            free,
            table,
            equations,
        }
    }
}
