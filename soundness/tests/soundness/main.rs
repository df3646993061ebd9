//! The soundness harness over the circuit of this crate (C3, C4): `make soundness`.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    unreachable_pub
)]

mod allowed;
mod cases;
mod clauses;
mod false_witnesses;
mod hashing;
mod idle;
mod inputs;
mod isolation;
mod many;
mod operators;
mod planted_bugs;
mod rollup;
mod single_gate;
mod unused;
