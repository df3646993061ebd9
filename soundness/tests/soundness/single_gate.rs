//! False witnesses that one gate alone refuses. Where the trace builder derives a cell from the
//! lie (the shifted limb of a top row, the output of a permutation) it is overwritten with what a
//! liar would put there, so that every other gate holds: MockProver must name that gate, and
//! no other.

use crate::cases;
use covenant_circuits::account::Kind;
use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::builder::Cell;
use covenant_circuits::circuit::columns::{Range, advice, fixed};
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::{Layout, OUTPUT_SLOT, Profile};
use covenant_circuits::circuit::permutation;
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::Fr;
use covenant_circuits::ident::Context;
use covenant_circuits::numbers::{Price, Ratio, VALUE_DIVISOR, Value};
use covenant_circuits::policy::Policy;
use covenant_circuits::shape::{REPORT_WORDS, Shape};
use covenant_circuits::statement::{Claim, ClaimParts};
use ff::{Field, PrimeField};
use halo2_proofs::dev::MockProver;
use serde_json::json;

/// Rows among the public inputs: the policy's digest, the kinds, the first commitment.
const DIGEST: usize = 3;
const KINDS: usize = 7;
const COMMITMENT: usize = Shape::NAMED_INPUTS + REPORT_WORDS;

fn shape() -> Shape {
    Shape::new(1, 3, 1, 2).unwrap()
}

/// Limbs of 11 bits, which end every kind of number in the middle of a limb.
fn layouts() -> [Layout; 2] {
    let wide = Layout {
        k: 12,
        lanes: 5,
        limbs: 12,
        limb_bits: 11,
        ..fit::smallest_in(shape(), Profile::Wide)
    };
    [wide, fit::smallest_in(shape(), Profile::Narrow)]
}

fn two_pow(n: u64) -> Fr {
    Fr::from(2).pow([n])
}

/// The number that an element below 2^128 stands for.
fn to_u128(x: &Fr) -> Option<u128> {
    let bytes = x.to_repr();
    let (low, high) = bytes.as_ref().split_at(16);
    let number = u128::from_le_bytes(low.try_into().unwrap());
    high.iter().all(|b| *b == 0).then_some(number)
}

/// What does not hold of a trace.
fn failures(circuit: &CovenantCircuit, witness: &Witness) -> Vec<String> {
    let prover =
        MockProver::run(circuit.layout().k, circuit, vec![witness.public.clone()]).unwrap();
    let failures = prover.verify().err().unwrap_or_default();
    failures.iter().map(ToString::to_string).collect()
}

fn only(what: &str, circuit: &CovenantCircuit, witness: &Witness, equation: &str) {
    let failures = failures(circuit, witness);
    assert!(!failures.is_empty(), "{what}: accepted");
    let others: Vec<&String> = failures.iter().filter(|f| !f.contains(equation)).collect();
    assert!(others.is_empty(), "{what}: {others:?}");
}

/// With the digest and the commitment that follow from the witness.
fn bound(mut witness: Witness) -> Witness {
    let circuit = CovenantCircuit::new(&witness);
    for (left, right) in circuit.trace().copies() {
        if let (Cell::Advice(column, row), Cell::Advice(advice::A, at @ (DIGEST | COMMITMENT))) =
            (left, right)
        {
            witness.public[*at] = circuit.trace().value(*column, *row);
        }
    }
    witness
}

/// A collateral account of those positions under a complete policy of one asset; nothing owed.
fn honest(positions: &[(&str, u128)]) -> Witness {
    let policy = json!({
        "version": 2, "name": "alone", "quote": "iso4217:USD", "min_ratio_bps": 1, "ratio_step_bps": 1,
        "complete": true,
        "assets": [{"asset": cases::ETHER, "symbol": "ETH", "decimals": 0,
            "tiers": [{"up_to": 1, "weight_bps": 1}, {"weight_bps": 1}]}],
        "scenarios": [{"name": "s", "min_ratio_bps": 1}]
    });
    let parts = ClaimParts {
        subject: covenant_fixtures::subject(),
        window: cases::window(),
        public_debt: Value::new(0).unwrap(),
        ratio: Ratio::new(1).unwrap(),
        context: Context::of("alone"),
        prices: vec![Price::new(1).unwrap()],
    };
    let opening = covenant_fixtures::account(Kind::Collateral, positions);
    let policy = Policy::from_json(&policy.to_string()).unwrap();
    let claim = Claim::new(policy, vec![opening], parts).unwrap();
    cases::witness(&claim, shape())
}

/// One asset in one account, nothing counted.
fn plain(amount: Fr, price: Fr, value: Fr) -> Witness {
    let mut w = honest(&[(cases::ETHER, 1)]);
    let id = w.assets[0].id;
    let position = &mut w.accounts[0].blocks[0].positions[0];
    position.amount = amount;
    position.entry = id * two_pow(128) + amount;
    w.public[COMMITMENT + 1] = price;
    w.assets[0].inverse = price.invert().unwrap();
    let side = &mut w.assets[0].collateral;
    side.rest = amount;
    side.value = value;
    side.remainder = amount * price - value * Fr::from_u128(VALUE_DIVISOR);
    bound(w)
}

/// The honest witness: an amount of one, worth nothing.
fn one() -> Witness {
    plain(Fr::ONE, Fr::ONE, Fr::ZERO)
}

/// Puts a number of the table into a limb, and counts it there.
fn set_limb(circuit: &mut CovenantCircuit, column: usize, row: usize, limb: u64) {
    let table = 1u128 << circuit.layout().limb_bits;
    let trace = circuit.trace_mut();
    let before = to_u128(&trace.value(column, row)).filter(|x| *x < table);
    let mut counts = vec![(u128::from(limb), Fr::ONE)];
    if let Some(before) = before {
        assert_ne!(before, u128::from(limb));
        counts.push((before, -Fr::ONE));
    }
    for (number, more) in counts {
        // A number is in the table plus 2, and its count divided by it plus 1.
        let plus = |x: u128| Fr::from_u128(number + x);
        let mut table = trace.fixed()[fixed::TABLE].iter();
        let at = table.position(|entry| *entry == plus(2)).unwrap();
        let cell = (trace.layout().multiplicities(), at);
        let count = trace.value(cell.0, cell.1) + more * plus(1).invert().unwrap();
        trace.tamper(cell.0, cell.1, count);
    }
    trace.tamper(column, row, Fr::from(limb));
}

/// The limbs that are not in the table.
fn outside(circuit: &CovenantCircuit) -> Vec<(usize, usize)> {
    let table = 1u128 << circuit.layout().limb_bits;
    let layout = circuit.layout();
    let columns = circuit.trace().advice().iter().enumerate();
    let limbs = columns.skip(layout.first_limb()).take(layout.limbs);
    limbs
        .flat_map(|(c, column)| column.iter().enumerate().map(move |(r, x)| (c, r, x)))
        .filter(|(_, _, x)| to_u128(x).is_none_or(|x| x >= table))
        .map(|(c, r, _)| (c, r))
        .collect()
}

/// C6. Amounts, ids, values, widths and, narrow, fields of one bit too many: the last limb that
/// they may use is in the table, its shifted copy must be that too.
#[test]
fn c6_the_last_limb_of_a_number_is_short() {
    let honest = one();
    let large = (1u128 << 112) / VALUE_DIVISOR;
    let amount = plain(two_pow(112), Fr::ONE, Fr::from_u128(large));
    let value = plain(two_pow(80), Fr::from_u128(VALUE_DIVISOR), two_pow(80));
    let mut id = honest.clone();
    let (new, position) = (two_pow(120), &mut id.accounts[0].blocks[0].positions[0]);
    id.assets[0].id = new;
    position.entry = new * two_pow(128) + position.amount;
    let mut width = honest.clone();
    width.assets[0].widths[0] = 1 << 60;
    let mut field = honest.clone();
    field.assets[0].multipliers[0] = 1 << 16;
    for layout in layouts() {
        let circuit = CovenantCircuit::laid_out(layout, &honest);
        assert_eq!(failures(&circuit, &honest), Vec::<String>::new());
        for (what, witness) in [
            ("an amount", amount.clone()),
            ("a value", value.clone()),
            ("an id", bound(id.clone())),
            ("a width", bound(width.clone())),
            ("a field", bound(field.clone())),
        ] {
            let mut circuit = CovenantCircuit::laid_out(layout, &witness);
            if what == "a field" && layout.is_wide() {
                lengthen_field(&mut circuit);
            } else {
                let found = outside(&circuit);
                assert_eq!(found.len(), 1, "{what}");
                for (column, row) in found {
                    set_limb(&mut circuit, column, row, 0);
                }
            }
            only(what, &circuit, &witness, "short");
        }
    }
}

/// Wide, a field of 17 bits whose upper limb is in the table.
fn lengthen_field(circuit: &mut CovenantCircuit) {
    let trace = circuit.trace();
    let rows = 0..trace.end();
    let mut cells = Vec::new();
    for row in rows.filter(|r| trace.fixed()[fixed::RANGE][*r] == Range::Fields.value()) {
        for (column, limb) in [(advice::A, 1), (advice::B, 4)] {
            if trace.value(column, row) == two_pow(16) {
                cells.push((trace.layout().first_limb() + limb, row));
            }
        }
    }
    let [(column, row)] = cells[..] else {
        panic!("{cells:?}");
    };
    let upper = 1 << (16 - circuit.layout().limb_bits);
    set_limb(circuit, column, row, upper);
}

/// S1. Collateral whose commitment is that of a liability: all else is as a collateral's.
#[test]
fn s1_a_header_says_what_its_tag_says() {
    for layout in layouts() {
        let mut witness = one();
        let mut circuit = CovenantCircuit::laid_out(layout, &witness);
        let slot = |slot| layout.slot(layout.account(0, 0), slot);
        let trace = circuit.trace_mut();
        let mut inputs = std::array::from_fn(|i| trace.value(advice::B, slot(i)));
        inputs[0] = Kind::Liability.tag();
        let cells = permutation::cells(&inputs);
        let (lane, start) = layout.lane(layout.account(0, 0));
        for (row, x) in cells.lane.iter().enumerate() {
            trace.tamper(advice::X + lane, start + row, *x);
        }
        let end = slot(OUTPUT_SLOT);
        trace.tamper(advice::B, slot(0), inputs[0]);
        let mut chain = vec![(advice::B, end), (advice::A, COMMITMENT)];
        match layout.is_wide() {
            true => chain.push((layout.operand().0, end)),
            false => chain.extend([(advice::C, end), (advice::C, end + 1), (advice::A, end + 2)]),
        }
        for (column, row) in chain {
            trace.tamper(column, row, cells.output);
        }
        witness.public[COMMITMENT] = cells.output;
        only("another tag", &circuit, &witness, "b = tag of the kind");
    }
}

/// S1. Collateral that is shown as a liability by its bit and by everything that copies it: the
/// tag alone says otherwise. It is empty, so that its positions are empty ones of a liability.
#[test]
fn s1_the_bit_of_a_kind_is_the_tags() {
    for layout in layouts() {
        let mut witness = honest(&[]);
        witness.empty = (witness.empty.1, witness.empty.0);
        let mut circuit = CovenantCircuit::laid_out(layout, &witness);
        let start = layout.slot(layout.account(0, 0), 0);
        show(&mut circuit, &mut witness, start + 1, Fr::ONE);
        only("another kind", &circuit, &witness, "b = tag of the kind");
    }
}

/// The first account's bit of a liability, in every cell that it goes to, and the public kinds
/// with it.
fn show(circuit: &mut CovenantCircuit, witness: &mut Witness, bit: usize, kind: Fr) {
    witness.public[KINDS] = kind;
    // The register adds the bits up, and takes the public kinds off them at the end.
    for (row, register) in [(bit, kind), (KINDS, Fr::ZERO)] {
        let from = Cell::Advice(advice::A, row);
        circuit.trace_mut().tamper(advice::A, row, kind);
        let copies = circuit.trace().copies().iter();
        let copies: Vec<Cell> = copies
            .filter(|(l, _)| *l == from)
            .map(|(_, r)| *r)
            .collect();
        for cell in copies {
            if let Cell::Advice(column, row) = cell {
                circuit.trace_mut().tamper(column, row, kind);
                circuit.trace_mut().tamper(advice::C, row, register);
            }
        }
    }
}
