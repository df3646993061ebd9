//! Public inputs, and where columns begin and end.
//!
//! # Soundness
//! Range checks (H5), hashing (H27) and the challenge register are sums that begin at 0 in the
//! origin's row. Those of hashing end at 0 in the row after the last permutation; what the
//! column says below is not used. Those of range checks end in the last row.

use super::{Equation, Gate, Switch, Switching};
use crate::circuit::cells::{NamedCell, Row, Track, cell};
use crate::circuit::columns::RowRule::{HashEnd, LookupEnd, Origin, Public};

const PUBLIC: NamedCell = cell("public input, in the trace", Track::A, 0);
const INSTANCE: NamedCell = cell("public input", Track::Instance, 0);
const G: NamedCell = cell("challenge register", Track::G, 0);
const HASH: NamedCell = cell("sum of hashing", Track::Hash, 0);
const SUM: NamedCell = cell("running sum of the range check", Track::Sum, 0);
const ZERO: NamedCell = cell("the constant 0", Track::A, 0);

/// `a` of the first rows are the public inputs.
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

/// Where sums begin.
pub const ORIGIN: Gate = Gate {
    name: "origin",
    switching: Switching::Together,
    equations: &[
        Equation::new("a = 0", Switch::Rules(&[Origin]), &[ZERO], |v| v.cell(ZERO)),
        Equation::new("g = 0", Switch::Rules(&[Origin]), &[G], |v| v.cell(G)),
        Equation::new("sum = 0", Switch::Rules(&[Origin]), &[SUM], |v| v.cell(SUM)),
    ],
};

/// Where the equations of hashing begin and end.
pub const HASHING: Gate = Gate {
    name: "hashing begins and ends",
    switching: Switching::Together,
    equations: &[Equation::new(
        "the sum is 0",
        Switch::Rules(&[Origin, HashEnd]),
        &[HASH],
        |v| v.cell(HASH),
    )],
};

/// The range check ends.
pub const LOOKUP_ENDS: Gate = Gate {
    name: "lookup ends",
    switching: Switching::Together,
    equations: &[Equation::new(
        "the sum is 0",
        Switch::Rules(&[LookupEnd]),
        &[SUM],
        |v| v.cell(SUM),
    )],
};
