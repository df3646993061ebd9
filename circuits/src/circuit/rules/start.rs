//! A block begins: S1, S8 and the public inputs.
//!
//! Row 0 of a block: `a` is the chain value so far, `b` the first input, `d` the state of the
//! block: 0 unused, 1 active (collateral), 2 active (liability). In the header of an account
//! `a` of row 1 is the bit of a liability, for the public kinds. The other inputs are in `b`
//! of the rows that the layout says; a block of positions keeps its state in `d` down to its
//! last position. An inactive block passes the chain value on, and its entries are zero.
//!
//! # Soundness
//! What a permutation absorbs is a block's inputs (`absorb`): nothing but the header, the chain
//! value and the entries or words enters a hash. The state of a header is one of three (H20);
//! its tag (H21) and its public bit (H22) follow from it. The state of a block of positions is 0
//! or that of the block before (H24), and its first input is the chain value (H28). The first
//! block of the policy has the policy's tag, and its flag is 1 (H16, H55).

use super::{Equation, Gate, Switch, Switching};
use crate::account::Kind;
use crate::circuit::cells::{Algebra, At, E, NamedCell, Row, Track, cell};
use crate::circuit::columns::RowRule;
use crate::circuit::view::{View, constant};
use crate::field::Fr;
use crate::ident::{TAG_POLICY, ascii_tag};
use crate::poseidon::PARAMETERS;
use RowRule::{AccountHeader, Flagged, Origin, Policy, Positions, Public};
use ff::{Field, PrimeField};

const PUBLIC: NamedCell = cell("public input, in the trace", Track::A, 0);
const INSTANCE: NamedCell = cell("public input", Track::Instance, 0);
pub(super) const CHAIN: NamedCell = cell("chain value so far", Track::A, 0);
const FIRST_INPUT: NamedCell = cell("first input", Track::B, 0);
const STATE: NamedCell = cell("state", Track::D, 0);
const STATE_BEFORE: NamedCell = NamedCell {
    name: "state of the block before",
    track: Track::D,
    at: At::BlockBefore,
};
const FLAG: NamedCell = cell("bit of a liability; flag of a policy's block", Track::A, 1);
const G: NamedCell = cell("challenge register", Track::G, 0);
const SUM: NamedCell = cell("running sum of the range check", Track::Sum, 0);

const fn input(number: usize) -> NamedCell {
    NamedCell {
        name: match number {
            0 => "input 1",
            1 => "input 2",
            2 => "input 3",
            _ => "input 4",
        },
        track: Track::B,
        at: At::Input(number),
    }
}

const fn sbox(lane: usize) -> NamedCell {
    cell("S-box input of the first row", Track::X(lane), 0)
}

/// `a` of the first rows are the public inputs, where those are not copied.
pub const PUBLIC_INPUT: Gate = Gate {
    name: "public input",
    switching: Switching::Together,
    equations: &[Equation::new(
        "a = public input",
        Switch::Rules(&[Public]),
        &[PUBLIC, INSTANCE],
        |v| v.cell(PUBLIC) - v.cell(INSTANCE),
    )],
};

const ABSORBING: Switch = Switch::Rules(&[AccountHeader, Origin, Policy, Positions, Flagged]);

/// A lane of the permutation's first row: the capacity is 0, the rate takes the inputs.
fn absorbed(view: &mut View<'_, '_>, lane: usize) -> E {
    let input = match lane.checked_sub(1) {
        None => constant(Fr::ZERO),
        Some(number) => view.cell(input(number)),
    };
    let input = input + constant(PARAMETERS.constants[0][lane]);
    view.cell(sbox(lane)) - input
}

/// The first S-box inputs are the block's inputs with the first round's constants.
pub const ABSORB: Gate = Gate {
    name: "absorb",
    switching: Switching::Together,
    equations: &[
        Equation::new("x = input + rc", ABSORBING, &[sbox(0)], |v| absorbed(v, 0)),
        Equation::new("x = input + rc", ABSORBING, &[input(0), sbox(1)], |v| {
            absorbed(v, 1)
        }),
        Equation::new("x = input + rc", ABSORBING, &[input(1), sbox(2)], |v| {
            absorbed(v, 2)
        }),
        Equation::new("x = input + rc", ABSORBING, &[input(2), sbox(3)], |v| {
            absorbed(v, 3)
        }),
        Equation::new("x = input + rc", ABSORBING, &[input(3), sbox(4)], |v| {
            absorbed(v, 4)
        }),
    ],
};

const HEADER: Switch = Switch::Rules(&[AccountHeader, Origin]);

/// 1 for the state 2, 0 for 0 and 1 (H22).
fn is_liability(state: E) -> E {
    state.clone() * (state - E::number(1)) * Fr::TWO_INV
}

/// S1. State, tag and public kind of an account say the same.
pub const ACCOUNT_HEADER: Gate = Gate {
    name: "header of an account",
    switching: Switching::Together,
    equations: &[
        Equation::new("d (d - 1) (d - 2) = 0", HEADER, &[STATE], |v| {
            let state = v.cell(STATE);
            state.clone() * (state.clone() - E::number(1)) * (state - E::number(2))
        }),
        Equation::new("b = tag of d", HEADER, &[FIRST_INPUT, STATE], |v| {
            let (b, state) = (v.cell(FIRST_INPUT), v.cell(STATE));
            let (collateral, liability) = (Kind::Collateral.tag(), Kind::Liability.tag());
            b - (constant(collateral) + (state - E::number(1)) * (liability - collateral))
        }),
        Equation::new(
            "a of row 1 = 1 if a liability, else 0",
            HEADER,
            &[FLAG, STATE],
            |v| v.cell(FLAG) - is_liability(v.cell(STATE)),
        ),
    ],
};

/// Row 0 of the first header, where the lookup's sum and the register begin.
pub const ORIGIN: Gate = Gate {
    name: "origin",
    switching: Switching::Together,
    equations: &[
        Equation::new("a = 0", Switch::Rules(&[Origin]), &[CHAIN], |v| {
            v.cell(CHAIN)
        }),
        Equation::new("g = 0", Switch::Rules(&[Origin]), &[G], |v| v.cell(G)),
        Equation::new("sum = 0", Switch::Rules(&[Origin]), &[SUM], |v| v.cell(SUM)),
    ],
};

/// S8. The policy's first permutation: always active.
pub const POLICY_BEGINS: Gate = Gate {
    name: "policy begins",
    switching: Switching::Together,
    equations: &[
        Equation::new("d = 1", Switch::Rules(&[Policy]), &[STATE], |v| {
            v.cell(STATE) - E::number(1)
        }),
        Equation::new(
            "b = tag of a policy",
            Switch::Rules(&[Policy]),
            &[FIRST_INPUT],
            |v| v.cell(FIRST_INPUT) - constant(ascii_tag(TAG_POLICY)),
        ),
        Equation::new("a of row 1 = 1", Switch::Rules(&[Policy]), &[FLAG], |v| {
            v.cell(FLAG) - E::number(1)
        }),
    ],
};

const FOLLOWING: Switch = Switch::Rules(&[Positions, Flagged]);

/// S1, S8. A block that follows another: it is as active as that one or not at all, and absorbs
/// the chain value.
pub const BLOCK_FOLLOWS: Gate = Gate {
    name: "a block follows",
    switching: Switching::Together,
    equations: &[
        Equation::new(
            "d = 0 or d of the block before",
            FOLLOWING,
            &[STATE, STATE_BEFORE],
            |v| {
                let (state, before) = (v.cell(STATE), v.cell(STATE_BEFORE));
                state.clone() * (state - before)
            },
        ),
        Equation::new("b = a", FOLLOWING, &[FIRST_INPUT, CHAIN], |v| {
            v.cell(FIRST_INPUT) - v.cell(CHAIN)
        }),
    ],
};

const FLAGGED: Switch = Switch::Rules(&[Flagged]);

/// `(d - 1) word`: an unused block has words of 0.
fn unused_word(view: &mut View<'_, '_>, number: usize) -> E {
    (view.cell(STATE) - E::number(1)) * view.cell(input(number))
}

/// S8. A block of the policy: its flag is its state, and an unused one has no words.
pub const POLICY_BLOCK: Gate = Gate {
    name: "a block of the policy",
    switching: Switching::Together,
    equations: &[
        Equation::new("unused: word 1 = 0", FLAGGED, &[STATE, input(1)], |v| {
            unused_word(v, 1)
        }),
        Equation::new("unused: word 2 = 0", FLAGGED, &[STATE, input(2)], |v| {
            unused_word(v, 2)
        }),
        Equation::new("unused: word 3 = 0", FLAGGED, &[STATE, input(3)], |v| {
            unused_word(v, 3)
        }),
        Equation::new("a of row 1 = d", FLAGGED, &[FLAG, STATE], |v| {
            v.cell(FLAG) - v.cell(STATE)
        }),
    ],
};
