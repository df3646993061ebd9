//! The rows of docs/security/hypotheses.md that speak of fixed cells, columns and phases: what
//! the gates take for granted of the trace around them, looked at in built circuits of every
//! width of limbs and of the shapes that ship.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_circuits::circuit::builder::{Cell, TraceBuilder};
use covenant_circuits::circuit::columns::{
    ArithmeticGate, CHALLENGES, Hashing, Range, RowRule, advice, fixed,
};
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::{Layout, MOST_LANES, OUTPUT_SLOT, Profile, top_limbs};
use covenant_circuits::circuit::permutation::{CONSTANTS, OUTPUT, Part, ROWS, part};
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::circuit::{gates, trace};
use covenant_circuits::field::Fr;
use covenant_circuits::shape::Shape;
use ff::Field;
use halo2_proofs::plonk::ConstraintSystem;

/// k, bits of a limb, limbs a row: every kind of limbs that a layout may have. Larger traces
/// have the limbs of one of these.
const LIMBS: [(Profile, u32, u32, usize); 9] = [
    (Profile::Wide, 10, 9, 15),
    (Profile::Wide, 11, 10, 18),
    (Profile::Wide, 12, 11, 12),
    (Profile::Wide, 12, 11, 16),
    (Profile::Wide, 13, 12, 12),
    (Profile::Wide, 14, 13, 12),
    (Profile::Wide, 15, 14, 11),
    (Profile::Narrow, 12, 11, 2),
    (Profile::Narrow, 13, 11, 2),
];

/// Traces of shapes with one of each thing and with several, under all limbs, and those that
/// ship in both profiles.
fn traces() -> Vec<TraceBuilder> {
    let mut layouts = Vec::new();
    for (m, p, a, j) in [(1, 3, 1, 1), (2, 14, 2, 3), (3, 12, 6, 16)] {
        for (profile, k, limb_bits, limbs) in LIMBS {
            let lanes = (1..=if profile == Profile::Wide {
                MOST_LANES
            } else {
                1
            })
                .map(|lanes| Layout {
                    program: Shape::new(m, p, a, j).unwrap().into(),
                    profile,
                    k,
                    lanes,
                    limbs,
                    limb_bits,
                    rows_used: 0,
                });
            layouts.extend(lanes.into_iter().find(Layout::has_room));
        }
    }
    let shipped = Shape::STANDARD.into_iter();
    layouts.extend(shipped.flat_map(|shape| Profile::ALL.map(|w| fit::smallest_in(shape, w))));
    let traces = layouts.iter();
    let traces =
        traces.map(|layout| trace::build(layout, &Witness::blank(layout.claim().unwrap())));
    // Too long for its limbs: no key is made of it.
    let traces: Vec<TraceBuilder> = traces
        .filter(|trace| trace.end() < trace.layout().usable())
        .collect();
    for (profile, _, limb_bits, limbs) in LIMBS {
        let has = |trace: &TraceBuilder| {
            let layout = trace.layout();
            (layout.profile, layout.limb_bits, layout.limbs) == (profile, limb_bits, limbs)
        };
        assert!(traces.iter().any(has), "{limb_bits} x {limbs}");
    }
    traces
}

/// What the fixed cells of a row say.
struct Row<'a>(&'a TraceBuilder, usize);

impl Row<'_> {
    fn fixed(&self, column: usize) -> Fr {
        self.0.fixed()[column][self.1]
    }
    fn table(&self) -> Fr {
        self.fixed(fixed::TABLE)
    }
    fn is(&self, rules: &[RowRule]) -> bool {
        let here = std::array::from_fn(|i| self.fixed(fixed::RULE + i));
        rules.iter().any(|rule| rule.values() == here)
    }
    fn range(&self) -> Option<Range> {
        use Range::{Amount, AssetId, Fields, Limbs, More, Value};
        let all = [Limbs, More, Fields, Amount, AssetId, Value];
        all.into_iter()
            .find(|r| r.value() == self.fixed(fixed::RANGE))
    }
    fn form(&self) -> Option<ArithmeticGate> {
        use ArithmeticGate::{Linear, Plus, Product, Weight};
        let all = [Linear, Plus, Product, Weight];
        all.into_iter()
            .find(|f| f.value() == self.fixed(fixed::FORM))
    }
    /// The exact number of bits whose top row this is.
    fn top(&self) -> Option<u32> {
        match self.range() {
            Some(Range::Amount) => Some(112),
            Some(Range::AssetId) => Some(120),
            Some(Range::Value) => Some(80),
            _ if self.is(&[RowRule::WidthRange, RowRule::WidthExport]) => Some(60),
            _ => None,
        }
    }
}

/// Checks every row of a trace; the first that fails.
fn each_row(trace: &TraceBuilder, holds: impl Fn(&Row<'_>) -> bool) -> Result<(), usize> {
    let rows = 0..trace.layout().usable();
    let failed = rows.into_iter().find(|row| !holds(&Row(trace, *row)));
    failed.map_or(Ok(()), Err)
}

/// Limbs that a gate reads are looked up.
fn h6(trace: &TraceBuilder) -> Result<(), usize> {
    let layout = trace.layout();
    each_row(trace, |row| {
        let mut shares = vec![RowRule::Bits, RowRule::Complement];
        if layout.packs_lines() {
            use RowRule::{Counted, LastLine, Line, Stressed};
            shares.extend([Counted, LastLine, Line, Stressed]);
        }
        let reads = row.range().is_some() || row.top().is_some() || row.is(&shares);
        let borrows = row.top().is_some_and(|bits| {
            let (full, part) = top_limbs(bits, layout.limbs, layout.limb_bits);
            part > 0 && full + 1 == layout.limbs
        });
        let looked_up = |row: &Row<'_>| row.table() != Fr::ZERO;
        (!reads || looked_up(row)) && (!borrows || looked_up(&Row(trace, row.1 + 1)))
    })
}

/// The table is the numbers below 2^b, once each, between the two ends of the lookup.
fn h7(trace: &TraceBuilder) -> Result<(), usize> {
    let layout = trace.layout();
    let (first, last) = (layout.origin(), layout.usable() - 1);
    let mut next = Fr::from(2);
    for row in (0..layout.usable()).map(|row| Row(trace, row)) {
        let inside = (first..last).contains(&row.1);
        let number = row.table() != Fr::ONE && inside;
        let holds = match number {
            true => row.table() == next,
            false => inside || row.table() == Fr::ZERO,
        };
        let ends = row.is(&[RowRule::LookupEnd]) == (row.1 == last)
            && row.is(&[RowRule::Origin]) == (row.1 == first);
        if !holds || !ends {
            return Err(row.1);
        }
        next += Fr::from(u64::from(number));
    }
    match next == Fr::from((1 << layout.limb_bits) + 2) {
        true => Ok(()),
        false => Err(last),
    }
}

/// Switches hold what selects one of their gates, or nothing; limbs write one number. Below the
/// permutations the switch of hashing has constants of the weights.
fn h12(trace: &TraceBuilder) -> Result<(), usize> {
    let layout = *trace.layout();
    each_row(trace, |row| {
        let zero = |column| row.fixed(column) == Fr::ZERO;
        let tops = row.is(&[RowRule::WidthRange, RowRule::WidthExport]);
        let rule = row.is(RowRule::ALL) || (0..3).all(|i| zero(fixed::RULE + i));
        let kinds = (0..=Hashing::COUNT).map(Fr::from);
        let weight = (layout.hash_end()..layout.weights_end()).contains(&row.1);
        let hashing = weight
            || kinds
                .into_iter()
                .any(|kind| row.fixed(fixed::HASHING) == kind);
        !(tops && row.range().is_some())
            && (zero(fixed::RANGE) || row.range().is_some())
            && (zero(fixed::FORM) || row.form().is_some())
            && (row.form() == Some(ArithmeticGate::Weight)) == weight
            && rule
            && hashing
    })
}

fn h13(trace: &TraceBuilder) -> Result<(), usize> {
    let twice = trace.written_twice().first();
    twice.map_or(Ok(()), |(_, row)| Err(*row))
}

/// A register that is taken from above has a form there. The smallest share of a group holds
/// in `c` the group's sum, which the inner product over rho says, and a narrow block's end the chain
/// value; no other row without a form lends its `c` to one. Lines take theirs from lines.
fn h15(trace: &TraceBuilder) -> Result<(), usize> {
    use RowRule::{Block, Counted, FirstLine, Floor, LastLine, Line, Stressed};
    let formed = |row: &Row<'_>| {
        matches!(
            row.form(),
            Some(ArithmeticGate::Linear | ArithmeticGate::Plus | ArithmeticGate::Product)
        )
    };
    let (wide, packed) = (trace.layout().is_wide(), trace.layout().packs_lines());
    // Packed, `Stressed` begins a block; else it holds what `Counted` began with.
    let follow = match packed {
        true => [Counted, LastLine, Line],
        false => [FirstLine, Stressed, Line],
    };
    each_row(trace, |row| {
        let above = row.1.checked_sub(1).map(|above| Row(trace, above));
        let from = |is: &dyn Fn(&Row<'_>) -> bool| above.as_ref().is_some_and(is);
        let takes = formed(row) && row.fixed(fixed::KC) != Fr::ZERO;
        let lines = row.is(&follow);
        (!takes
            || from(&|above| formed(above) || above.is(&[Floor]) || (!wide && above.is(&[Block]))))
            && (!lines || from(&|above| above.is(&[Counted, FirstLine, Stressed, Line])))
    })
}

/// A block ends in the slot of its output, after as many positions as it has; what the end reads of
/// the block before, and of the positions, are copies or the register of the last position.
fn h25(trace: &TraceBuilder) -> Result<(), usize> {
    let layout = trace.layout();
    let copied = |cell: Cell| trace.copies().iter().any(|(_, to)| *to == cell);
    for permutation in 0..layout.permutations() {
        let end = layout.slot(permutation, OUTPUT_SLOT);
        let before = match layout.is_wide() {
            true => {
                let start = layout.slot(permutation, 0);
                let operand = Cell::Advice(layout.operand().0, start);
                [
                    Cell::Advice(advice::A, start),
                    operand,
                    Cell::Register(start),
                ]
            }
            false => [
                Cell::Advice(advice::A, end + 1),
                Cell::Advice(advice::B, end + 1),
                Cell::Register(end - 2),
            ],
        };
        let positions = Row(trace, end - 1).is(&[RowRule::Position]);
        let holds = Row(trace, end).is(&[RowRule::Block])
            && before.into_iter().all(copied)
            && (positions || copied(Cell::Register(end - 1)));
        if !holds {
            return Err(end);
        }
    }
    let count = |rule| {
        (0..layout.usable())
            .filter(|row| Row(trace, *row).is(&[rule]))
            .count()
    };
    let shape = layout.claim().unwrap();
    let enough = count(RowRule::Block) == layout.permutations()
        && count(RowRule::Position) == shape.accounts() * shape.positions()
        && count(RowRule::Header) == shape.accounts()
        && count(RowRule::Must) == shape.accounts();
    if enough { Ok(()) } else { Err(0) }
}

/// Every permutation has the same constants and switches; each of its rows has the weight of its
/// place, by one copy from the table's end of it, the last row and the origin the constant 0. The sum
/// begins and ends where the permutations do, and is on in every row between.
fn h27(trace: &TraceBuilder) -> Result<(), usize> {
    let layout = trace.layout();
    let (start, end) = (layout.hash_start(), layout.hash_end());
    let zero = Cell::Advice(advice::A, layout.origin());
    let mut from = vec![None; layout.usable()];
    for (left, right) in trace.copies() {
        if let Cell::Weight(row) = right
            && from[*row].replace(*left).is_some()
        {
            return Err(*row);
        }
    }
    let weights = layout.hash_end()..layout.weights_end();
    for row in layout.origin()..layout.usable() {
        let here = Row(trace, row);
        let place = row.saturating_sub(start) % ROWS;
        let first = Row(trace, start + place);
        let kind = match part(place) {
            Part::First(_) => Hashing::Absorbs.value(),
            Part::Partial(_) => Hashing::Partial.value(),
            Part::Taken(_) | Part::Output => Fr::ZERO,
            _ if place == OUTPUT_SLOT => Hashing::PutsOut.value(),
            _ => Hashing::Own.value(),
        };
        let same = here.fixed(fixed::HASHING) == kind && here.fixed(fixed::RC) == CONSTANTS[place];
        let holds = match row {
            _ if row < start => from[row] == Some(zero) && here.fixed(fixed::RC) == Fr::ZERO,
            _ if row < end && place == OUTPUT => same && from[row] == Some(zero),
            _ if row < end => {
                let of_table = |cell| matches!(cell, Cell::Weight(at) if weights.contains(&at));
                same && from[row] == from[first.1] && from[row].is_some_and(of_table)
            }
            _ => from[row].is_none(),
        };
        let ends = here.is(&[RowRule::HashEnd]) == (row == end);
        if !holds || !ends || (row < end && here.table() == Fr::ZERO) {
            return Err(row);
        }
    }
    Ok(())
}

fn all(check: fn(&TraceBuilder) -> Result<(), usize>) {
    for trace in traces() {
        assert_eq!(check(&trace), Ok(()), "{:?}: row", trace.layout());
    }
}

#[test]
fn h1_the_field_is_above_two_to_the_253() {
    // The largest element, as its highest byte in 32.
    let bytes = covenant_circuits::field::to_be_bytes(&-Fr::ONE);
    assert!(bytes[0] >= 1 << (253 - 8 * 31));
}

#[test]
fn h6_every_row_of_limbs_is_looked_up() {
    all(h6);
}

#[test]
fn h7_the_table_holds_each_number_once() {
    all(h7);
}

#[test]
fn h10_challenges_come_after_the_first_phase() {
    for profile in Profile::ALL {
        let layout = fit::smallest_in(Shape::SMALL, profile);
        let mut system = ConstraintSystem::default();
        let config = gates::configure(&mut system, &layout);
        assert_eq!(config.advice.len(), layout.advice_columns());
        let phases = system.advice_column_phase();
        assert!(config.advice.iter().all(|c| phases[c.index()] == 0));
        assert!(config.second.iter().all(|c| phases[c.index()] == 1));
        assert_eq!(phases.len(), config.advice.len() + config.second.len());
        assert_eq!(system.challenge_phase(), vec![0; CHALLENGES]);
    }
}

#[test]
fn h12_a_row_is_of_one_kind() {
    all(h12);
}

#[test]
fn h13_no_layout_writes_a_cell_twice() {
    all(h13);
}

#[test]
fn h15_c_is_taken_from_a_row_that_has_it() {
    all(h15);
}

#[test]
fn h25_blocks_end_with_what_they_began_with() {
    all(h25);
}

#[test]
fn h27_every_permutation_has_the_same_equations() {
    all(h27);
}

/// Each check sees a fault of its kind.
#[test]
fn planted_faults_of_the_trace_are_found() {
    for trace in traces().into_iter().take(2 * LIMBS.len()) {
        let layout = *trace.layout();
        let find = |is: &dyn Fn(&Row<'_>) -> bool| {
            let rows = 0..layout.usable();
            rows.into_iter().find(|row| is(&Row(&trace, *row))).unwrap()
        };
        let fixed_to = |column: usize, row: usize, value: Fr| {
            let mut planted = trace.clone();
            planted.fix(column, row, value);
            planted
        };
        let limbs = find(&|row| row.range().is_some());
        assert!(h6(&fixed_to(fixed::TABLE, limbs, Fr::ZERO)).is_err());
        let number = find(&|row| row.table() == Fr::from(7));
        for other in [0, 1, 8, 1 << 40] {
            assert!(h7(&fixed_to(fixed::TABLE, number, Fr::from(other))).is_err());
        }
        let profile = find(&|row| row.is(&[RowRule::WidthRange, RowRule::WidthExport]));
        assert!(h12(&fixed_to(fixed::RANGE, profile, Range::Limbs.value())).is_err());
        assert!(h12(&fixed_to(fixed::FORM, profile, Fr::from(5))).is_err());
        assert!(h12(&fixed_to(fixed::RULE, profile, Fr::from(5))).is_err());
        let hashed = layout.hash_start() + 20;
        assert!(h12(&fixed_to(fixed::HASHING, hashed, Fr::from(5))).is_err());
        assert!(h12(&fixed_to(fixed::FORM, layout.hash_end(), Fr::ZERO)).is_err());
        let begins = find(&|row| {
            let above = row.1.checked_sub(1).map(|above| Row(&trace, above));
            matches!(row.form(), Some(ArithmeticGate::Product))
                && above.is_some_and(|above| {
                    above.form().is_none() && !above.is(&[RowRule::Floor, RowRule::Block])
                })
        });
        assert!(h15(&fixed_to(fixed::KC, begins, Fr::ONE)).is_err());
        let mut planted = trace.clone();
        planted.put(advice::B, layout.slot(0, 0), Fr::ONE);
        assert!(h13(&planted).is_err());
        let mut planted = trace.clone();
        planted.rule(layout.slot(0, 0), RowRule::Zero);
        assert!(h13(&planted).is_err());
        let block = layout.slot(0, OUTPUT_SLOT);
        assert!(h25(&fixed_to(fixed::RULE, block, Fr::from(9))).is_err());
        assert!(h27(&fixed_to(fixed::RC, hashed, Fr::ONE)).is_err());
        assert!(h27(&fixed_to(fixed::HASHING, hashed, Fr::ZERO)).is_err());
        assert!(h27(&fixed_to(fixed::RULE, layout.hash_end(), Fr::from(9))).is_err());
        assert!(h27(&fixed_to(fixed::TABLE, hashed, Fr::ZERO)).is_err());
    }
}

/// The embedded ceremony has powers for the masks of the quotient's pieces up to k = 13.
#[test]
fn shapes_that_ship_keep_their_k() {
    let shapes = [Shape::SMALL, Shape::MEDIUM, Shape::LARGE];
    assert_eq!(shapes.map(|shape| fit::smallest(shape).k), [12, 11, 12]);
}
