//! The honest prover's allocation: the existential choices of S3 (netting), S5 (tiers) and with them S6 (shares), made so
//! that S3 to S7 hold in every scenario, or the reason why that cannot be.
//!
//! Plain integers in and out; nothing here knows of circuits. An allocation that this module returns has been checked
//! exactly; the circuit checks it again. Everything is deterministic.

mod cuts;
mod netting;
mod problem;
mod report;
mod search;
mod shares;
mod shortfall;
mod simplex;
mod tiers;

use std::fmt;

use num_bigint::BigUint;

pub use problem::{AssetInput, GroupInput, Problem, TierInput};
pub use report::{Binding, LargestCounted, breaking_drop_bps, largest_counted, largest_ratio};
pub use shortfall::{Clause, Quantity, Shortfall, Which};

/// A choice that satisfies S3 to S7. Secret; `Debug` prints nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Allocation {
    /// `n_a` of S3, in base units.
    pub netted: Vec<u128>,
    /// One for each scenario, the base first.
    pub scenarios: Vec<ScenarioAllocation>,
}

/// S5 to S7 of one scenario. Value is in 10^-10 of the quote currency, counted value in 10^-14.
#[derive(Clone, PartialEq, Eq)]
pub struct ScenarioAllocation {
    /// Index of the scenario.
    pub scenario: usize,
    /// `x_1 .. x_4` for each asset, below 2^96.
    pub tiers: Vec<[u128; 4]>,
    /// `u` for each asset, below 2^96.
    pub uncounted: Vec<u128>,
    /// `c_a` for each asset, below 2^110.
    pub counted: Vec<u128>,
    /// C, the sum of the `c_a`; below 2^126.
    pub total: u128,
    /// Right-hand side of S7; at most `total`.
    pub required: BigUint,
}

impl fmt::Debug for Allocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Allocation").finish_non_exhaustive()
    }
}

impl fmt::Debug for ScenarioAllocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScenarioAllocation").finish_non_exhaustive()
    }
}

impl fmt::Debug for LargestCounted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LargestCounted").finish_non_exhaustive()
    }
}

/// An allocation that satisfies S3 to S7 in every scenario.
///
/// # Errors
/// [`Shortfall::Uncovered`] and [`Shortfall::ValueOverflow`] mean that there is none, [`Shortfall::Undecided`] that none
/// was found and none excluded, [`Shortfall::OutOfRange`] that the question makes no sense.
pub fn solve(problem: &Problem) -> Result<Allocation, Shortfall> {
    netting::decide(&problem::Instance::new(problem, None)?)
}
