//! Where each field enters the circuit.

use super::Fields;
use crate::rng::Rng;
use covenant_circuits::circuit::builder::TraceBuilder;
use covenant_circuits::circuit::columns::{Config, advice};
use covenant_circuits::circuit::layout::Layout;
use covenant_circuits::circuit::trace;
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::Fr;
use covenant_circuits::lint::Place;
use covenant_circuits::shape::{GROUPS, Shape};
use ff::Field;
use std::ops::Range;

/// A witness without meaning, no two fields of which have the same value.
fn marked(shape: Shape) -> Witness {
    let mut w = Witness::blank(shape);
    let mut rng = Rng::new(0x006d_6172_6b65_6421, 0);
    w.public.iter_mut().for_each(|x| *x = rng.field());
    for account in &mut w.accounts {
        account.liability = rng.next() >> 1;
        account.every = rng.next() >> 1;
        account.as_of = rng.next();
        account.blinding = rng.field();
        for block in &mut account.blocks {
            block.active = rng.next() >> 1;
            for p in &mut block.positions {
                (p.entry, p.amount) = (rng.field(), rng.field());
                p.counts = rng.next() >> 1;
            }
        }
    }
    w.empty = (rng.field(), rng.field());
    (w.terms, w.complete, w.grain) = (rng.field(), rng.next(), rng.next());
    w.ratios.iter_mut().for_each(|x| *x = rng.next());
    for group in &mut w.groups {
        group.counted = (rng.next(), rng.next());
        group.held = (rng.next(), rng.next());
        group.line = rng.field();
    }
    for asset in &mut w.assets {
        (asset.used, asset.share, asset.netting) = (rng.next(), rng.next(), rng.next());
        (asset.held_share, asset.may_owe) = (rng.next(), rng.next());
        (asset.id, asset.netted, asset.inverse) = (rng.field(), rng.field(), rng.field());
        asset.multipliers.iter_mut().for_each(|x| *x = rng.next());
        asset.widths.iter_mut().for_each(|x| *x = rng.next());
        asset.weights.iter_mut().for_each(|x| *x = rng.next());
        for side in [&mut asset.collateral, &mut asset.liability] {
            (side.rest, side.count) = (rng.field(), rng.field());
            (side.value, side.remainder) = (rng.field(), rng.field());
        }
    }
    for scenario in &mut w.scenarios {
        scenario.counted.iter_mut().for_each(|c| *c = rng.field());
    }
    w
}

/// Finds bits by changing them: each has a number, and is changed in the traces whose number
/// is a bit of that number.
struct Finder<'a> {
    layout: &'a Layout,
    witness: &'a Witness,
    trace: &'a TraceBuilder,
}

impl Finder<'_> {
    /// For each of the changes, the cells of some columns and a section that differ where it
    /// is made, and only there, in the order of writing.
    fn cells(
        &self,
        count: usize,
        columns: Range<usize>,
        section: &str,
        change: &dyn Fn(&mut Witness, usize),
    ) -> Vec<Vec<(usize, usize)>> {
        let written = self.trace.journal().cells().iter();
        let cells: Vec<(usize, usize)> = written
            .filter(|((c, _), s)| columns.contains(c) && *s == section)
            .map(|(cell, _)| *cell)
            .collect();
        let mut seen = vec![0usize; cells.len()];
        for bit in 0..=count.ilog2() {
            let mut other = self.witness.clone();
            let changed = (0..count).filter(|i| (i + 1) >> bit & 1 == 1);
            changed.for_each(|i| change(&mut other, i));
            let other = trace::build(self.layout, &other);
            for ((column, row), seen) in cells.iter().zip(&mut seen) {
                let differs = self.trace.value(*column, *row) != other.value(*column, *row);
                *seen |= usize::from(differs) << bit;
            }
        }
        let of = |i: usize| cells.iter().zip(&seen).filter(move |(_, s)| **s == i + 1);
        (0..count)
            .map(|i| of(i).map(|(cell, _)| *cell).collect())
            .collect()
    }
}

/// The first cell beside the limbs that the builder gives each field's value, in the order of
/// [`Fields::visit`]. Bits are found by changing them.
pub fn places(layout: &Layout, config: &Config) -> Vec<Place> {
    let shape = layout.claim().unwrap();
    let witness = marked(shape);
    let trace = trace::build(layout, &witness);
    let cells = trace.journal().cells();
    let place =
        |(column, row): (usize, usize)| Some(Place::Advice(config.advice[column].index(), row));
    let limbs = layout.first_limb()..layout.first_limb() + layout.limbs;
    let find_in = |section: &str, value: Fr| {
        let beside = cells
            .iter()
            .filter(|((c, _), s)| !limbs.contains(c) && s.starts_with(section));
        let mut found = beside.filter(|((c, r), _)| trace.value(*c, *r) == value);
        found.next().and_then(|(cell, _)| place(*cell))
    };
    let finder = Finder {
        layout,
        witness: &witness,
        trace: &trace,
    };
    let mut found = Fields::<Option<Place>>::blank(shape);
    const BITS: usize = GROUPS + 1;
    let masks = finder.cells(
        shape.assets() * BITS,
        limbs.clone(),
        "S8 fields",
        &|w, i| {
            let asset = &mut w.assets[i / BITS];
            match asset.groups.get_mut(i % BITS) {
                Some(bit) => *bit = true,
                None => asset.used = 1,
            }
        },
    );
    for (i, cells) in masks.into_iter().enumerate() {
        let asset = &mut found.assets[i / BITS];
        let bit = asset
            .groups
            .get_mut(i % BITS)
            .unwrap_or(&mut asset.used_bit);
        *bit = place(cells[0]);
    }
    // In each scenario a group's sum is in the register, and as many rows below it in each.
    let column = |c: usize| c..c + 1;
    let member = |w: &mut Witness, group: usize| w.assets[0].groups[group] = true;
    let sums = finder.cells(GROUPS, column(advice::C), "S6 group shares", &member);
    let held = finder.cells(GROUPS, column(advice::A), "S6 held shares", &member);
    let reported = finder.cells(GROUPS, column(advice::A), "S8 fields", &|w, group| {
        w.groups[group].reported = true;
    });
    for (g, ((sums, held), reported)) in sums.into_iter().zip(held).zip(reported).enumerate() {
        let each = sums.len() / shape.scenarios();
        for (j, scenario) in found.scenarios.iter_mut().enumerate() {
            scenario.groups[g] = place(sums[j * each]);
        }
        found.groups[g].sum = place(held[0]);
        found.groups[g].reported = place(reported[0]);
    }
    let public = witness.public.len();
    let instance = |row: usize| Some(Place::Instance(config.instance.index(), row));
    found.subject = instance(0);
    found.window = [instance(1), instance(2)];
    [found.debt, found.ratio, found.context] = [instance(4), instance(5), instance(6)];
    for (a, price) in found.prices.iter_mut().enumerate() {
        *price = instance(public - shape.assets() + a);
    }
    let mut values = Fields::of(&witness);
    // The builder's totals take all assets.
    values.assets.iter_mut().for_each(|a| a.used_bit = Fr::ONE);
    values.add_up();
    // Where there is one asset, these are equal to totals.
    for (to, from) in found.assets.iter_mut().zip(&values.assets) {
        to.sides[0].value = find_in("S4 value", from.sides[0].value);
    }
    for (to, from) in found.scenarios.iter_mut().zip(&values.scenarios) {
        to.counted = from
            .counted
            .iter()
            .map(|c| find_in("S5 lines", *c))
            .collect();
    }
    let mut all = values.list().into_iter();
    let mut list = Vec::new();
    found.visit(|name, place| {
        let value = all.next().unwrap();
        let place = place.or_else(|| find_in("", *value));
        list.push(place.unwrap_or_else(|| panic!("{name} is not in the trace")));
    });
    let mut distinct = list.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), list.len(), "a cell for each field");
    list
}
