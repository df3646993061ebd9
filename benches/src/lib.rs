//! What a proof costs: claims that fill a shape, clocks, the work that no proof can avoid,
//! and the command line from its start to the bundle it writes. Unpublished.
//!
//! `make bench` runs everything and writes docs/benchmarks.md. Only public functions of
//! the other crates are used, so that a figure is what a user of them gets.

pub mod batch;
pub mod bound;
pub mod claims;
pub mod cold;
pub mod law;
pub mod library;
pub mod machine;
pub mod measure;
pub mod pareto;
pub mod proving;
pub mod report;
pub mod rollup;
pub mod scale;

/// A benchmark stops at the first thing that goes wrong.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;
