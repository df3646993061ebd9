//! False witnesses that one gate alone refuses. Where the trace builder derives a cell from the
//! lie (the shifted limb of a top row, the state of a header) it is overwritten with what a
//! liar would put there, so that every other gate holds: MockProver must name that gate, and
//! no other.

use crate::cases;
use covenant_circuits::account::Kind;
use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::builder::Cell;
use covenant_circuits::circuit::columns::{Range, advice, fixed};
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::Fr;
use covenant_circuits::ident::Context;
use covenant_circuits::numbers::{Price, Ratio, VALUE_DIVISOR, Value};
use covenant_circuits::policy::Policy;
use covenant_circuits::poseidon;
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::{Claim, ClaimParts};
use ff::{Field, PrimeField};
use halo2_proofs::dev::MockProver;
use serde_json::json;

/// Rows among the public inputs: the policy's digest, the kinds, the first commitment.
const DIGEST: usize = 2;
const KINDS: usize = 6;
const COMMITMENT: usize = Shape::NAMED_INPUTS;

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
        if let (Cell::Advice(column, row), Cell::Instance(at @ (DIGEST | COMMITMENT))) =
            (left, right)
        {
            witness.public[*at] = circuit.trace().value(*column, *row);
        }
    }
    witness
}

/// One asset in one account, nothing owed and nothing counted; `state` of its account is that
/// of collateral.
fn plain(amount: Fr, price: Fr, value: Fr) -> Witness {
    let policy = json!({
        "version": 1, "name": "alone", "quote": "iso4217:USD", "min_ratio_bps": 1, "ratio_step_bps": 1,
        "assets": [{"asset": cases::ETHER, "symbol": "ETH", "decimals": 0, "netting": true,
            "max_share_bps": 10000, "groups": [], "tiers": [{"up_to": 1, "weight_bps": 1}, {"weight_bps": 1}]}],
        "groups": [],
        "scenarios": [{"name": "s", "min_ratio_bps": 1, "moves_bps": {}}]
    });
    let parts = ClaimParts {
        subject: covenant_fixtures::subject(),
        as_of: 1_790_000_000,
        public_debt: Value::new(0).unwrap(),
        ratio: Ratio::new(1).unwrap(),
        context: Context::of("alone"),
        prices: vec![Price::new(1).unwrap()],
    };
    let opening = covenant_fixtures::account(Kind::Collateral, &[(cases::ETHER, 1)]);
    let policy = Policy::from_json(&policy.to_string()).unwrap();
    let claim = Claim::new(policy, vec![opening], parts).unwrap();
    let mut w = cases::witness(&claim, Shape::new(1, 3, 1, 2).unwrap());
    let position = &mut w.accounts[0].blocks[0].positions[0];
    position.amount = amount;
    position.entry = position.id * two_pow(128) + amount;
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

/// C6. Amounts, ids, values and widths of one bit too many: the last limb that they may use
/// is in the table, its shifted copy must be that too.
#[test]
fn c6_the_last_limb_of_a_number_is_short() {
    let honest = one();
    assert!(failures(&CovenantCircuit::new(&honest), &honest).is_empty());
    let large = (1u128 << 112) / VALUE_DIVISOR;
    let amount = plain(two_pow(112), Fr::ONE, Fr::from_u128(large));
    let value = plain(two_pow(80), Fr::from_u128(VALUE_DIVISOR), two_pow(80));
    let mut id = honest.clone();
    let (new, position) = (two_pow(120), &mut id.accounts[0].blocks[0].positions[0]);
    id.assets[0].id = new;
    position.id = new;
    position.entry = new * two_pow(128) + position.amount;
    let mut width = honest;
    width.assets[0].widths[0] = 1 << 60;
    for (what, witness, cells) in [
        ("an amount", amount, 1),
        ("a value", value, 1),
        ("an id", bound(id), 1),
        ("a width", bound(width), 1),
    ] {
        let mut circuit = CovenantCircuit::new(&witness);
        let found = outside(&circuit);
        assert_eq!(found.len(), cells, "{what}");
        for (column, row) in found {
            set_limb(&mut circuit, column, row, 0);
        }
        only(
            what,
            &circuit,
            &witness,
            "the last limb of a top row is short",
        );
    }
}

/// S8. A field of 17 bits, whose upper limb is in the table.
#[test]
fn s8_the_upper_limb_of_a_field_is_short() {
    let mut witness = one();
    witness.assets[0].multipliers[0] = 1 << 16;
    let witness = bound(witness);
    let mut circuit = CovenantCircuit::new(&witness);
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
    set_limb(&mut circuit, column, row, upper);
    only("a field", &circuit, &witness, "the upper limb is short");
}

/// S1. The commitment of a liability, whose header says that it is collateral.
#[test]
fn s1_a_header_says_what_its_tag_says() {
    let mut witness = one();
    witness.accounts[0].state = 2;
    witness.public[KINDS] = Fr::ONE;
    let mut witness = bound(witness);
    let circuit = CovenantCircuit::new(&witness);
    let start = circuit.layout().block(circuit.layout().account(0));
    let before = "d = 0 or d of the block before";
    only("a block of another kind", &circuit, &witness, before);
    let mut circuit = circuit;
    let d = circuit.layout().d();
    circuit.trace_mut().tamper(d, start, Fr::ONE);
    // The kind that is shown follows the state: no liability.
    show(&mut circuit, &mut witness, start, Fr::ZERO);
    only("another tag", &circuit, &witness, "b = tag of d");
}

/// The first account's bit of a liability, in every cell that it goes to, and the public kinds
/// with it.
fn show(circuit: &mut CovenantCircuit, witness: &mut Witness, start: usize, kind: Fr) {
    witness.public[KINDS] = kind;
    let bit = Cell::Advice(advice::A, start + 1);
    circuit.trace_mut().tamper(advice::A, start + 1, kind);
    // The register adds the bits up, and takes the public kinds off them at the end.
    for (from, register) in [(bit, kind), (Cell::Instance(KINDS), Fr::ZERO)] {
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

/// S1. Collateral that is shown as a liability by its bit and by everything that copies it: the
/// header alone says otherwise.
#[test]
fn s1_the_bit_of_a_kind_is_the_headers() {
    let mut witness = one();
    let mut circuit = CovenantCircuit::new(&witness);
    let start = circuit.layout().block(circuit.layout().account(0));
    show(&mut circuit, &mut witness, start, Fr::ONE);
    let bit = "a of row 1 = 1 if a liability, else 0";
    only("another kind", &circuit, &witness, bit);
}

/// S1. Positions that no header is before, under a commitment made for them.
#[test]
fn s1_positions_need_a_header() {
    let mut witness = one();
    witness.accounts[0].state = 0;
    let entries = witness.accounts[0].blocks[0].positions.map(|p| p.entry);
    witness.public[COMMITMENT] = poseidon::hash([Fr::ZERO, entries[0], entries[1], entries[2]]);
    let circuit = CovenantCircuit::new(&witness);
    let before = "d = 0 or d of the block before";
    only("no header", &circuit, &witness, before);
}
