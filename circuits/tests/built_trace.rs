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

use covenant_circuits::circuit::builder::TraceBuilder;
use covenant_circuits::circuit::columns::{ArithmeticGate, Range, Round, RowRule, fixed};
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::{Layout, Profile};
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::circuit::{gates, trace};
use covenant_circuits::field::Fr;
use covenant_circuits::numbers::AMOUNT_BITS;
use covenant_circuits::shape::{POSITIONS_PER_BLOCK, Shape};
use ff::Field;
use halo2_proofs::plonk::ConstraintSystem;

/// k, bits of a limb, limbs a row: every kind of limbs that a layout may have. Larger traces
/// have the limbs of one of these.
const LIMBS: [(Profile, u32, u32, usize); 6] = [
    (Profile::Wide, 10, 9, 8),
    (Profile::Wide, 11, 10, 8),
    (Profile::Wide, 12, 11, 9),
    (Profile::Wide, 13, 12, 8),
    (Profile::Narrow, 12, 11, 2),
    (Profile::Narrow, 13, 11, 2),
];

/// Traces of shapes with one of each thing and with several, under all limbs, and those that
/// ship in both profiles.
fn traces() -> Vec<TraceBuilder> {
    let mut layouts = Vec::new();
    for (m, p, a, j) in [(1, 3, 1, 1), (2, 6, 2, 3), (3, 3, 3, 16)] {
        for (profile, k, limb_bits, limbs) in LIMBS {
            layouts.push(Layout {
                shape: Shape::new(m, p, a, j).unwrap(),
                profile,
                k,
                limbs,
                limb_bits,
                rows_used: 0,
            });
        }
    }
    let shipped = Shape::STANDARD.into_iter();
    layouts.extend(shipped.flat_map(|shape| Profile::ALL.map(|w| fit::smallest_in(shape, w))));
    let traces = layouts.iter();
    let traces = traces.map(|layout| trace::build(layout, &Witness::blank(layout.shape)));
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
        use ArithmeticGate::{Linear, Plus, Position, Product};
        let all = [Linear, Plus, Product, Position];
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
        let reads = row.range().is_some() || row.top().is_some() || row.is(&[RowRule::Bits]);
        let borrows = row.top().is_some_and(|bits| {
            let top = bits % layout.row_bits();
            let (full, part) = (top / layout.limb_bits, top % layout.limb_bits);
            part > 0 && full as usize + 1 == layout.limbs
        });
        let looked_up = |row: &Row<'_>| row.table() != Fr::ZERO;
        (!reads || looked_up(row)) && (!borrows || looked_up(&Row(trace, row.1 + 1)))
    })
}

/// The table is the numbers below 2^b, once each, between the two ends of the lookup.
fn h7(trace: &TraceBuilder) -> Result<(), usize> {
    let layout = trace.layout();
    let (first, last) = (layout.block(0), layout.usable() - 1);
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

/// Switches hold what selects one of their gates, or nothing; limbs write one number.
fn h12(trace: &TraceBuilder) -> Result<(), usize> {
    use Round::{End, Entry, Exit, Full, Partial};
    each_row(trace, |row| {
        let zero = |column| row.fixed(column) == Fr::ZERO;
        let tops = row.is(&[RowRule::WidthRange, RowRule::WidthExport]);
        let rule = row.is(RowRule::ALL) || (0..3).all(|i| zero(fixed::RULE + i));
        let pair = [row.fixed(fixed::ROUND), row.fixed(fixed::ROUND + 1)];
        let rounds = [Full, Entry, Partial, Exit, End].map(Round::values);
        !(tops && row.range().is_some())
            && (zero(fixed::RANGE) || row.range().is_some())
            && (zero(fixed::FORM) || row.form().is_some())
            && rule
            && (pair == [Fr::ZERO; 2] || rounds.contains(&pair))
    })
}

fn h13(trace: &TraceBuilder) -> Result<(), usize> {
    let twice = trace.written_twice().first();
    twice.map_or(Ok(()), |(_, row)| Err(*row))
}

/// A register that is taken from above has a form there. The smallest share of a group holds
/// in `c` the group's sum, which the inner product over rho says; no other row without a form
/// lends its `c`.
fn h15(trace: &TraceBuilder) -> Result<(), usize> {
    let formed = |row: &Row<'_>| {
        matches!(
            row.form(),
            Some(ArithmeticGate::Linear | ArithmeticGate::Plus | ArithmeticGate::Product)
        )
    };
    each_row(trace, |row| {
        let takes = formed(row) && row.fixed(fixed::KC) != Fr::ZERO;
        !takes
            || row.1.checked_sub(1).is_some_and(|above| {
                let above = Row(trace, above);
                formed(&above) || above.is(&[RowRule::Floor])
            })
    })
}

/// From a block's first row to its last position `d` is kept.
fn h25(trace: &TraceBuilder) -> Result<(), usize> {
    let layout = trace.layout();
    for permutation in (0..layout.policy()).filter(|p| layout.holds_positions(*p)) {
        let start = layout.block(permutation);
        let positions = (0..POSITIONS_PER_BLOCK).map(|i| start + layout.position(i));
        let form = |row| Row(trace, row).form();
        let first = Row(trace, start).is(&[RowRule::Positions]);
        let all = positions
            .clone()
            .all(|row| matches!(form(row), Some(ArithmeticGate::Position)));
        if !first || !all {
            return Err(start);
        }
        let last = positions.max().unwrap_or(start);
        if let Some(row) = (start + 1..=last).find(|row| !Row(trace, *row).is(&[RowRule::Keep])) {
            return Err(row);
        }
    }
    // The next position begins below the limbs and the id of the one before.
    match layout.exact_rows(AMOUNT_BITS) >= 2 {
        true => Ok(()),
        false => Err(0),
    }
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
        assert_eq!(system.challenge_phase(), vec![0; 4]);
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
fn h25_positions_read_their_blocks_state() {
    all(h25);
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
        assert!(h12(&fixed_to(fixed::ROUND, profile, Fr::from(3))).is_err());
        let begins = find(&|row| {
            let above = row.1.checked_sub(1).map(|above| Row(&trace, above));
            matches!(row.form(), Some(ArithmeticGate::Product))
                && above.is_some_and(|above| above.form().is_none() && !above.is(&[RowRule::Floor]))
        });
        assert!(h15(&fixed_to(fixed::KC, begins, Fr::ONE)).is_err());
        let mut planted = trace.clone();
        planted.put(0, layout.block(0), Fr::ONE);
        assert!(h13(&planted).is_err());
        let mut planted = trace.clone();
        planted.rule(layout.block(0), RowRule::Zero);
        assert!(h13(&planted).is_err());
        let kept = layout.block(1) + 1;
        assert!(h25(&fixed_to(fixed::RULE, kept, Fr::ZERO)).is_err());
    }
}

/// The embedded ceremony has powers for the masks of the quotient's pieces up to k = 13.
#[test]
fn shapes_that_ship_keep_their_k() {
    let shapes = [Shape::SMALL, Shape::MEDIUM, Shape::LARGE];
    assert_eq!(shapes.map(|shape| fit::smallest(shape).k), [12, 12, 13]);
}
