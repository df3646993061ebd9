//! The language of a collateral claim (assets, accounts, policies, prices,
//! statements), the native relation S1..S9 and the Halo2 circuit that enforces it.
//!
//! docs/spec.md, [`relation`] and [`circuit`] number the clauses in the same order. The
//! relation and the circuit are written independently of each other, from the spec,
//! and tested against each other.

pub mod account;
pub mod allocation;
pub mod circuit;
pub mod field;
pub mod ident;
pub mod json;
pub mod lint;
pub mod numbers;
pub mod policy;
pub mod poseidon;
pub mod prices;
pub mod relation;
pub mod shape;
pub mod statement;
#[cfg(feature = "testing")]
pub mod testing;
