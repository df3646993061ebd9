//! What the crate `covenant-soundness` needs of the trace's builder: who wrote which cell, and
//! a place to lie. Behind the feature `testing`, which no release build has.

mod journal;

pub use journal::{Entry, Journal, lying};
