//! What the crate `covenant-soundness` needs of the trace's builder: who wrote which cell, a
//! place to lie, and which cells hashing fails at. Behind the feature `testing`, which no release
//! build has.

mod hashing;
mod journal;

pub use hashing::{Fault, Hashed};
pub use journal::{Entry, Journal, lying, lying_about_column};
