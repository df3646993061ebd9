//! The Halo2 circuit that enforces S1..S9 of a collateral claim, for any [`shape`].
//!
//! docs/spec.md, [`relation`] and [`circuit`] number the clauses in the same order. The
//! relation and the circuit are written independently of each other, from the spec,
//! and tested against each other.
//!
//! The language of the claim is the crate `covenant-claims`, whose modules are offered here
//! too.

pub use covenant_claims::{
    account, field, ident, json, many, numbers, policy, poseidon, prices, relation, rollup, shape,
    statement,
};

pub mod circuit;
pub mod lint;
#[cfg(feature = "testing")]
pub mod testing;
