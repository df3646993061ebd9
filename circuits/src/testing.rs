//! The soundness harness: makes a circuit prove that it enforces what it says (C3, C4).
//! Behind the feature `testing`, which no release build has.
//!
//! - [`target`]: what the operators work on: a captured trace and how to name its cells
//! - [`checker`]: which constraints a change breaks, without running MockProver
//! - [`mutate`], [`rigidity`], [`repair`], [`anchor`]; and the lint, [`crate::lint`]
//! - [`covenant`]: the circuit of this crate as a target
//! - [`planted`]: bugs that whatever looks for bugs must find
//! - [`report`] makes tables

// Rows and columns come from captured traces. A test tool may stop.
#![allow(clippy::indexing_slicing)]

pub mod anchor;
pub mod checker;
pub mod covenant;
mod journal;
pub mod mutate;
pub mod planted;
pub mod repair;
pub mod report;
pub mod rigidity;
pub mod target;

pub use journal::{Entry, Journal};
