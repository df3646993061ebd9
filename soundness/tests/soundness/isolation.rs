//! What joins two claims of one proof: nothing but constants, and the sums that go over all rows.

use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::builder::{Cell, TraceBuilder};
use covenant_circuits::circuit::columns::{CHALLENGES, advice, second};
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::{Layout, Profile};
use covenant_circuits::circuit::program::Program;
use covenant_circuits::circuit::trace::blank;
use covenant_circuits::field::Fr;
use covenant_circuits::lint::{Place, active, capture, constraints};
use covenant_circuits::many::ManyShape;
use covenant_circuits::shape::Shape;
use ff::Field;
use std::collections::BTreeMap;

/// Whose a cell is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Whose {
    /// A constant's, with its number.
    Constant(usize),
    /// A cell of those that hold for all rows together.
    Everybody,
    /// A claim's, with its number in the order in which the claim is written.
    Of(usize, usize),
}

/// Each cell of a trace, by the order in which it was written: public inputs and constants, the
/// claims one after the other, then what all traces end with.
struct Owners {
    advice: BTreeMap<(usize, usize), Whose>,
    register: BTreeMap<usize, Whose>,
}

impl Owners {
    fn of(layout: &Layout, trace: &TraceBuilder) -> Self {
        let (claims, inputs) = (layout.program.claims(), layout.public_rows());
        let own = inputs / claims;
        let journal = trace.journal();
        let sections: Vec<&str> = journal.cells().iter().map(|(_, s)| *s).collect();
        let end = sections.iter().position(|s| *s == "hashing");
        // Permutations that no block takes are written in that section; where there are none, the
        // range table comes next.
        let table = sections.iter().position(|s| *s == "range table").unwrap();
        let end = end.unwrap_or(table);
        let constants = sections.iter().rposition(|s| *s == "constants").unwrap() + 1;
        assert_eq!((end - constants) % claims, 0);
        let each = (end - constants) / claims;
        let mut advice = BTreeMap::new();
        for (i, (cell, _)) in journal.cells().iter().enumerate() {
            let whose = match i {
                _ if i < inputs => Whose::Of(i / own, i % own),
                _ if i < constants => Whose::Constant(i - inputs),
                _ if i >= end => Whose::Everybody,
                _ => Whose::Of((i - constants) / each, own + (i - constants) % each),
            };
            advice.insert(*cell, whose);
        }
        let rows: Vec<usize> = journal
            .register_rows()
            .iter()
            .map(|(row, _)| *row)
            .collect();
        // The first is the origin.
        let each = (rows.len() - 1) / claims;
        let mut register = BTreeMap::from([(rows[0], Whose::Everybody)]);
        for (i, row) in rows[1..].iter().enumerate() {
            register.insert(*row, Whose::Of(i / each, i % each));
        }
        Self { advice, register }
    }

    fn at(&self, cell: &Cell) -> (bool, Whose) {
        match cell {
            Cell::Advice(column, row) => (false, self.advice[&(*column, *row)]),
            Cell::Register(row) => (true, self.register[row]),
            Cell::Weight(_) => (true, Whose::Everybody),
        }
    }
}

/// A claim's copies among its own cells and from constants, in their order.
fn copies_of(owners: &Owners, trace: &TraceBuilder, claim: usize) -> Vec<[(bool, Whose); 2]> {
    let relative = |(register, whose)| match whose {
        Whose::Of(_, number) => (register, Whose::Of(0, number)),
        _ => (register, whose),
    };
    let copies = trace
        .copies()
        .iter()
        .map(|(a, b)| [owners.at(a), owners.at(b)]);
    let own = copies.filter(|ends| {
        ends.iter()
            .any(|(_, whose)| matches!(whose, Whose::Of(of, _) if *of == claim))
    });
    own.map(|ends| ends.map(relative)).collect()
}

fn layouts() -> Vec<Layout> {
    let shapes = [(Shape::new(1, 3, 1, 1), 2), (Shape::new(2, 13, 6, 2), 3)];
    let shapes = shapes.map(|(claim, claims)| ManyShape::new(claim.unwrap(), claims).unwrap());
    let layouts = shapes.map(|shape| Profile::ALL.map(|p| fit::smallest_in(shape, p)));
    layouts.into_iter().flatten().collect()
}

/// H86. Every claim is written as a claim alone is: the same cells in the same columns, of the same
/// sections, with the same copies. No copy joins two claims.
#[test]
fn h86_each_claim_is_written_as_a_claim_alone() {
    for layout in layouts() {
        let Program::Many(shape) = layout.program else {
            panic!("not of many claims");
        };
        let alone = fit::smallest_in(shape.claim(), layout.profile);
        // Fields of 16 bits and lines have rows by the limbs there are.
        let alone = Layout {
            k: layout.k,
            lanes: layout.lanes,
            limbs: layout.limbs,
            limb_bits: layout.limb_bits,
            ..alone
        };
        let (one, many) = (blank(&alone), blank(&layout));
        let (of_one, of_many) = (Owners::of(&alone, &one), Owners::of(&layout, &many));
        let written = |owners: &Owners, trace: &TraceBuilder, claim: usize| {
            let cells = trace.journal().cells().iter();
            let own = cells.filter_map(|((column, row), section)| {
                match owners.advice[&(*column, *row)] {
                    // Lanes are taken in turn.
                    Whose::Of(of, number) if of == claim => {
                        let lane = (advice::X..layout.first_limb()).contains(column);
                        Some((number, if lane { advice::X } else { *column }, *section))
                    }
                    _ => None,
                }
            });
            own.collect::<Vec<_>>()
        };
        let expected = (written(&of_one, &one, 0), copies_of(&of_one, &one, 0));
        assert!(expected.0.len() > 500 && expected.1.len() > 100);
        for claim in 0..shape.claims() {
            let got = (
                written(&of_many, &many, claim),
                copies_of(&of_many, &many, claim),
            );
            assert!(
                got == expected,
                "{shape} {:?}: claim {claim}",
                layout.profile
            );
        }
        let joined =
            many.copies()
                .iter()
                .filter(|(a, b)| match (of_many.at(a).1, of_many.at(b).1) {
                    (Whose::Of(a, _), Whose::Of(b, _)) => a != b,
                    _ => false,
                });
        assert_eq!(joined.count(), 0, "{shape} {:?}", layout.profile);
    }
}

/// H86. No equation reads cells of two claims, but the sum of hashing, which goes over all lanes and rows.
#[test]
fn h86_no_equation_reads_two_claims() {
    // Its equation names every lane, and the permutations of a row's lanes are of several claims.
    const GLOBAL: [&str; 1] = ["hashing"];
    for layout in layouts() {
        let circuit = CovenantCircuit::blank_in(layout);
        let captured = capture(layout.k, &circuit, &[], &[Fr::ONE; CHALLENGES]).unwrap();
        let (config, trace) = (captured.config, captured.captured);
        let owners = Owners::of(&layout, circuit.trace());
        let mut columns = BTreeMap::new();
        for (i, column) in config.advice.iter().enumerate() {
            columns.insert(column.index(), i);
        }
        let register = config.second[second::G].index();
        let constraints = constraints(&trace.cs);
        let (mut seen, mut global) = (0, 0);
        for active in active(&trace, &constraints) {
            let constraint = &constraints[active.constraint];
            let mut of: Vec<usize> = Vec::new();
            for cell in &active.cells {
                let whose = match *cell {
                    Place::Advice(column, row) if column == register => owners.register.get(&row),
                    Place::Advice(column, row) => columns
                        .get(&column)
                        .and_then(|column| owners.advice.get(&(*column, row))),
                    _ => None,
                };
                if let Some(Whose::Of(claim, _)) = whose {
                    of.push(*claim);
                }
            }
            of.sort_unstable();
            of.dedup();
            if of.len() > 1 {
                assert!(
                    GLOBAL.contains(&constraint.gate.as_str()),
                    "{:?}: {} of {} at row {} reads claims {of:?}",
                    layout.profile,
                    constraint.name,
                    constraint.gate,
                    active.row
                );
                global += 1;
            }
            seen += usize::from(of.len() == 1);
        }
        println!(
            "{}: {seen} of one claim, {global} of hashing",
            layout.program
        );
        assert!(seen > 1_000);
    }
}
