//! A block ends: its output chains on, or the chain value passes it by; and the end of the
//! range check.
//!
//! # Soundness
//! The chain value after a block is its output where it is active and the value before it where
//! it is not; an account's chain begins at its header, with 0 where the header is unused (H28).
//! The running sum of the range check is 0 at both its ends (H5, H7).

use super::{Equation, Gate, Switch, Switching};
use crate::circuit::cells::{At, E, NamedCell, Row, Track, active, cell};
use crate::circuit::columns::RowRule;

const OUTPUT: NamedCell = cell("output of the permutation", Track::C, 0);
const CHAIN_SO_FAR: NamedCell = NamedCell {
    name: "chain value so far",
    track: Track::A,
    at: At::BlockStart,
};
const STATE: NamedCell = NamedCell {
    name: "state",
    track: Track::D,
    at: At::BlockStart,
};
const NEXT_CHAIN: NamedCell = NamedCell {
    name: "chain value of the next block",
    track: Track::A,
    at: At::NextBlock,
};
const SUM: NamedCell = cell("running sum of the range check", Track::Sum, 0);

/// S1, S8. After a block that follows another.
pub const CHAIN: Gate = Gate {
    name: "chain",
    switching: Switching::Together,
    equations: &[Equation::new(
        "a of the next block = active ? output : a of row 0",
        Switch::Rules(&[RowRule::Hold]),
        &[OUTPUT, CHAIN_SO_FAR, STATE, NEXT_CHAIN],
        |v| {
            let (out, so_far, state) = (v.cell(OUTPUT), v.cell(CHAIN_SO_FAR), v.cell(STATE));
            let result: E = so_far.clone() + active(state) * (out - so_far);
            v.cell(NEXT_CHAIN) - result
        },
    )],
};

/// S1, S8. After a header.
pub const CHAIN_BEGINS: Gate = Gate {
    name: "chain begins",
    switching: Switching::Together,
    equations: &[Equation::new(
        "a of the next block = active ? output : 0",
        Switch::Rules(&[RowRule::First]),
        &[OUTPUT, STATE, NEXT_CHAIN],
        |v| {
            let (out, state) = (v.cell(OUTPUT), v.cell(STATE));
            v.cell(NEXT_CHAIN) - active(state) * out
        },
    )],
};

/// The range check ends.
pub const LOOKUP_ENDS: Gate = Gate {
    name: "lookup ends",
    switching: Switching::Together,
    equations: &[Equation::new(
        "the sum is 0",
        Switch::Rules(&[RowRule::LookupEnd]),
        &[SUM],
        |v| v.cell(SUM),
    )],
};
