//! Which collateral to count, so that a claim holds: netting (S3), tiers (S5) and shares (S6), chosen so that every
//! scenario is covered (S7), or the reason why that cannot be.
//!
//! Exact, deterministic, and plain integers in and out: nothing here knows of claims or circuits. What [`solve`] finds
//! was checked in whole numbers; the relation and the circuit check it again, each in its own way.
//!
//! 100 units worth one quote unit each, of which 80 % counts, cover a debt of 64 quote units at a ratio of 125 %:
//!
//! ```
//! use covenant_allocation::{AssetInput, GroupInput, Problem, Shortfall, TierInput, ranges, solve};
//!
//! let tier = TierInput { width: 0, weight_bps: 8_000 };
//! let asset = AssetInput {
//!     collateral: 100,
//!     liability: 0,
//!     price: 10u128.pow(36),
//!     netting: false,
//!     max_share_bps: ranges::ONE_IN_BPS,
//!     groups: 0,
//!     tiers: [tier; ranges::TIERS],
//!     multipliers: vec![10_000],
//! };
//! let no_group = GroupInput { min_share_bps: 0, max_share_bps: 0 };
//! let mut problem = Problem {
//!     assets: vec![asset],
//!     groups: [no_group; ranges::GROUPS],
//!     public_debt: 64_000_000,
//!     ratios_bps: vec![12_500],
//! };
//!
//! // 80 quote units count, in units of 10^-14.
//! let solution = solve(&problem)?;
//! assert_eq!(solution.counted, [[80 * 10u128.pow(14)]]);
//!
//! // One micro-unit more of debt is 12 500 * 10 000 units too many.
//! problem.public_debt += 1;
//! let Err(Shortfall::Uncovered { missing, .. }) = solve(&problem) else {
//!     return Err("covered?".into());
//! };
//! assert_eq!(missing, 125_000_000u32.into());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod cuts;
mod netting;
mod problem;
pub mod ranges;
mod remedies;
mod report;
mod search;
mod shares;
mod shortfall;
mod simplex;
mod tiers;

pub use problem::{AssetInput, GroupInput, Problem, TierInput};
pub use remedies::{largest_debt, smallest_top_up};
pub use report::{Binding, LargestCounted, breaking_drop_bps, largest_counted, largest_ratio};
pub use shortfall::{Clause, Quantity, Shortfall, Which};

use std::fmt;

/// Choices that satisfy S3 to S7. Secret; `Debug` prints nothing of them.
#[derive(Clone, PartialEq, Eq)]
pub struct Solution {
    /// `n_a` of S3 for each asset, in base units.
    pub netted: Vec<u128>,
    /// `c_a` of S5 for each scenario, the base first, and each asset, in 10^-14 of the quote currency.
    pub counted: Vec<Vec<u128>>,
}

impl fmt::Debug for Solution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Solution").finish_non_exhaustive()
    }
}

/// Choices that satisfy S3 to S7 in every scenario.
///
/// # Errors
/// [`Shortfall::Uncovered`] and [`Shortfall::ValueOverflow`] mean that there are none, [`Shortfall::Undecided`] that none
/// were found and none excluded, [`Shortfall::OutOfRange`] that the question makes no sense.
pub fn solve(problem: &Problem) -> Result<Solution, Shortfall> {
    let decided = netting::decide(&problem::Instance::new(problem, None)?)?;
    Ok(Solution {
        netted: decided.netted,
        counted: decided.scenarios.into_iter().map(|s| s.counted).collect(),
    })
}
