//! The soundness harness: makes a circuit prove that it enforces what it says (C3, C4, C9).
//!
//! - [`target`]: what the operators work on: a captured trace and how to name its cells
//! - [`checker`]: which constraints a change breaks, without running MockProver
//! - [`mutate`], [`rigidity`], [`repair`], [`anchor`]; and the lint, [`covenant_circuits::lint`]
//! - [`covenant`]: Covenant's circuit as a target
//! - [`planted`]: bugs that whatever looks for bugs must find
//! - [`report`] and [`tables`] make tables
//!
//! docs/security/soundness.md says what each finds and what it cannot find; `make soundness`
//! runs them all. The emitted constraints of a circuit with a bug are other ones:
//!
//! ```
//! use covenant_circuits::lint::emitted::{Emitted, layouts};
//! use covenant_soundness::planted::{Bug, emitted};
//!
//! let (_, layout) = layouts()?.remove(1);
//! let with_bug = emitted(layout, Bug::ZeroPrice)?;
//! assert_ne!(with_bug.text(), Emitted::of(layout)?.text());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

// Rows and columns come from captured traces. A test tool may stop.
#![allow(clippy::indexing_slicing)]

pub mod anchor;
pub mod checker;
pub mod covenant;
pub mod mutate;
pub mod planted;
pub mod repair;
pub mod report;
pub mod rigidity;
pub mod tables;
pub mod target;
