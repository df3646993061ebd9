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

use covenant_circuits::circuit::columns::{Form, Range, Round, Rule, fixed};
use covenant_circuits::circuit::layout::{Layout, Width};
use covenant_circuits::circuit::sheet::Sheet;
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::circuit::{gates, trace};
use covenant_circuits::field::Fr;
use covenant_circuits::numbers::AMOUNT_BITS;
use covenant_circuits::shape::{POSITIONS_PER_BLOCK, Shape};
use ff::Field;
use halo2_proofs::plonk::ConstraintSystem;

/// k, bits of a limb, limbs a row: every kind of limbs that a layout may have. Larger traces
/// have the limbs of one of these.
const LIMBS: [(Width, u32, u32, usize); 6] = [
    (Width::Wide, 10, 9, 8),
    (Width::Wide, 11, 10, 8),
    (Width::Wide, 12, 11, 9),
    (Width::Wide, 13, 12, 8),
    (Width::Narrow, 12, 11, 2),
    (Width::Narrow, 13, 11, 2),
];

/// Traces of shapes with one of each thing and with several, under all limbs, and those that
/// ship in both widths.
fn traces() -> Vec<Sheet> {
    let mut layouts = Vec::new();
    for (m, p, a, j) in [(1, 3, 1, 1), (2, 6, 2, 3), (3, 3, 3, 16)] {
        for (width, k, limb_bits, limbs) in LIMBS {
            layouts.push(Layout {
                shape: Shape::new(m, p, a, j).unwrap(),
                width,
                k,
                limbs,
                limb_bits,
                rows_used: 0,
            });
        }
    }
    let shipped = Shape::STANDARD.into_iter();
    layouts.extend(shipped.flat_map(|shape| Width::ALL.map(|w| Layout::in_width(shape, w))));
    let traces = layouts.iter();
    let traces = traces.map(|layout| trace::build(layout, &Witness::blank(layout.shape)));
    // Too long for its limbs: no key is made of it.
    let traces: Vec<Sheet> = traces
        .filter(|sheet| sheet.end() < sheet.layout().usable())
        .collect();
    for (width, _, limb_bits, limbs) in LIMBS {
        let has = |sheet: &Sheet| {
            let layout = sheet.layout();
            (layout.width, layout.limb_bits, layout.limbs) == (width, limb_bits, limbs)
        };
        assert!(traces.iter().any(has), "{limb_bits} x {limbs}");
    }
    traces
}

/// What the fixed cells of a row say.
struct Row<'a>(&'a Sheet, usize);

impl Row<'_> {
    fn fixed(&self, column: usize) -> Fr {
        self.0.fixed()[column][self.1]
    }
    fn table(&self) -> Fr {
        self.fixed(fixed::TABLE)
    }
    fn is(&self, rules: &[Rule]) -> bool {
        let here = std::array::from_fn(|i| self.fixed(fixed::RULE + i));
        rules.iter().any(|rule| rule.values() == here)
    }
    fn range(&self) -> Option<Range> {
        use Range::{Amount, AssetId, Fields, Limbs, More, Value};
        let all = [Limbs, More, Fields, Amount, AssetId, Value];
        all.into_iter()
            .find(|r| r.value() == self.fixed(fixed::RANGE))
    }
    fn form(&self) -> Option<Form> {
        use Form::{Linear, Plus, Position, Product};
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
            _ if self.is(&[Rule::WidthRange, Rule::WidthExport]) => Some(60),
            _ => None,
        }
    }
}

fn each_row(check: impl Fn(&Row<'_>, &str)) {
    for sheet in traces() {
        let name = format!("{:?}", sheet.layout());
        (0..sheet.layout().usable()).for_each(|row| check(&Row(&sheet, row), &name));
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
    each_row(|row, name| {
        let (at, layout) = (row.1, row.0.layout());
        if row.range().is_some() || row.top().is_some() || row.is(&[Rule::Bits]) {
            assert_ne!(row.table(), Fr::ZERO, "{name}: row {at}");
        }
        if let Some(bits) = row.top() {
            let top = bits % layout.row_bits();
            let (full, part) = (top / layout.limb_bits, top % layout.limb_bits);
            if part > 0 && full as usize + 1 == layout.limbs {
                assert_ne!(Row(row.0, at + 1).table(), Fr::ZERO, "{name}: row {at}");
            }
        }
    });
}

#[test]
fn h7_the_table_holds_each_number_once() {
    for sheet in traces() {
        let layout = sheet.layout();
        let (first, last) = (layout.block(0), layout.usable() - 1);
        let table = &sheet.fixed()[fixed::TABLE];
        let looked_up = table.iter().enumerate().filter(|(_, t)| **t != Fr::ZERO);
        assert!(looked_up.map(|(row, _)| row).eq(first..last), "{layout:?}");
        let numbers: Vec<Fr> = table[first..last]
            .iter()
            .filter(|t| **t != Fr::ONE)
            .copied()
            .collect();
        let whole = (0..1u64 << layout.limb_bits).map(|t| Fr::from(t + 2));
        assert!(numbers.into_iter().eq(whole), "{layout:?}");
        assert!(Row(&sheet, first).is(&[Rule::Origin]), "{layout:?}");
        assert!(Row(&sheet, last).is(&[Rule::LookupEnd]), "{layout:?}");
    }
}

#[test]
fn h10_challenges_come_after_the_first_phase() {
    for width in Width::ALL {
        let layout = Layout::in_width(Shape::SMALL, width);
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
    each_row(|row, name| {
        let at = row.1;
        let tops = row.is(&[Rule::WidthRange, Rule::WidthExport]);
        assert!(!(tops && row.range().is_some()), "{name}: row {at}");
        // Switches hold what selects one of their gates, or nothing.
        let zero = |column| row.fixed(column) == Fr::ZERO;
        assert!(
            zero(fixed::RANGE) || row.range().is_some(),
            "{name}: row {at}"
        );
        assert!(
            zero(fixed::FORM) || row.form().is_some(),
            "{name}: row {at}"
        );
        let none = (0..3).all(|i| zero(fixed::RULE + i));
        assert!(none || row.is(Rule::ALL), "{name}: row {at}");
        let rounds = [
            Round::Full,
            Round::Entry,
            Round::Partial,
            Round::Exit,
            Round::End,
        ];
        let pair = [row.fixed(fixed::ROUND), row.fixed(fixed::ROUND + 1)];
        let known = pair == [Fr::ZERO; 2] || rounds.iter().any(|r| r.values() == pair);
        assert!(known, "{name}: row {at}");
    });
}

#[test]
fn h13_no_layout_writes_a_cell_twice() {
    for sheet in traces() {
        assert_eq!(sheet.written_twice(), [], "{:?}", sheet.layout());
    }
}

/// The smallest and largest share of a group hold in `c` the group's sum, which the inner
/// product over rho says; no other row without a form lends its `c`.
#[test]
fn h15_c_is_taken_from_a_row_that_has_it() {
    each_row(|row, name| {
        let takes = matches!(row.form(), Some(Form::Linear | Form::Plus | Form::Product))
            && row.fixed(fixed::KC) != Fr::ZERO;
        if takes {
            let above = Row(row.0, row.1 - 1);
            let formed = matches!(
                above.form(),
                Some(Form::Linear | Form::Plus | Form::Product)
            );
            assert!(formed || above.is(&[Rule::Floor]), "{name}: row {}", row.1);
        }
    });
}

#[test]
fn h25_positions_read_their_blocks_state() {
    for sheet in traces() {
        let layout = sheet.layout();
        for permutation in (0..layout.policy()).filter(|p| layout.holds_positions(*p)) {
            let start = layout.block(permutation);
            let positions = (0..POSITIONS_PER_BLOCK).map(|i| start + layout.position(i));
            for row in positions.clone() {
                let form = Row(&sheet, row).form();
                assert!(
                    matches!(form, Some(Form::Position)),
                    "{layout:?}: row {row}"
                );
            }
            assert!(Row(&sheet, start).is(&[Rule::Positions]));
            let last = positions.max().unwrap();
            for row in start + 1..=last {
                assert!(Row(&sheet, row).is(&[Rule::Keep]), "{layout:?}: row {row}");
            }
            // The next position begins below the limbs and the id of this one.
            assert!(layout.exact_rows(AMOUNT_BITS) >= 2);
        }
    }
}
