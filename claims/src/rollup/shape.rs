//! Roll-up shapes (docs/spec.md, 8a.1): how many accounts of how many positions become one.

use crate::numbers::MAX_POSITIONS_LOG2;
use crate::shape::blocks_of;
use std::fmt;
use std::str::FromStr;

/// Most positions over all accounts, and most of the merged account.
const MOST: usize = 1 << MAX_POSITIONS_LOG2;

/// Capacity of a roll-up circuit: M accounts of up to P positions become one of up to Q.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct RollupShape {
    accounts: usize,
    positions: usize,
    merged: usize,
}

/// A roll-up shape is out of range, or not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RollupShapeError {
    /// A number is out of range.
    #[error("roll-up shape: {field} must be {expected}, got {got}")]
    Range {
        /// Which number.
        field: &'static str,
        /// What it may be.
        expected: &'static str,
        /// What it is.
        got: usize,
    },
    /// Not of the form `MxP->Q`.
    #[error("expected ACCOUNTSxPOSITIONS->MERGED such as 256x12->12, got {got:?}")]
    Text {
        /// What was found.
        got: String,
    },
}

impl RollupShape {
    /// Public inputs: subject, as_of_from, as_of_to, kind, list root, K'.
    pub const PUBLIC_INPUTS: usize = 6;

    /// 256 accounts of 12 positions become one of 12; for lists of creditors.
    pub const CREDITORS: Self = Self {
        accounts: 256,
        positions: 12,
        merged: 12,
    };
    /// 64 accounts of 57 positions become one of 57; for accounts in many assets.
    pub const PORTFOLIOS: Self = Self {
        accounts: 64,
        positions: 57,
        merged: 57,
    };
    /// 16 accounts of 12 positions become one of 12; for short lists.
    pub const SHORT: Self = Self {
        accounts: 16,
        positions: 12,
        merged: 12,
    };
    /// The standard shapes, whose keys are published.
    pub const STANDARD: [Self; 3] = [Self::SHORT, Self::CREDITORS, Self::PORTFOLIOS];

    /// A shape of 1 account or more, 1 position or more each (at most 2^17 in all accounts
    /// together), and 1 to 2^17 of the merged account.
    ///
    /// # Errors
    /// If a number is out of range.
    pub fn new(accounts: usize, positions: usize, merged: usize) -> Result<Self, RollupShapeError> {
        let range = |field, expected, got| {
            Err(RollupShapeError::Range {
                field,
                expected,
                got,
            })
        };
        if accounts == 0 {
            return range("accounts", "1 or more", accounts);
        }
        if positions == 0 {
            return range("positions", "1 or more", positions);
        }
        if accounts.saturating_mul(positions) > MOST {
            return range("positions", "at most 131072 over all accounts", positions);
        }
        if !(1..=MOST).contains(&merged) {
            return range("merged positions", "1 to 131072", merged);
        }
        Ok(Self {
            accounts,
            positions,
            merged,
        })
    }

    /// M, the slots of the list.
    pub const fn accounts(&self) -> usize {
        self.accounts
    }
    /// P, the largest number of positions of an account.
    pub const fn positions(&self) -> usize {
        self.positions
    }
    /// Q, the largest number of positions of the merged account.
    pub const fn merged(&self) -> usize {
        self.merged
    }
    /// Blocks of the hash of a full merged account.
    pub const fn merged_blocks(&self) -> usize {
        blocks_of(self.merged)
    }
}

impl fmt::Display for RollupShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}->{}", self.accounts, self.positions, self.merged)
    }
}

impl FromStr for RollupShape {
    type Err = RollupShapeError;

    fn from_str(text: &str) -> Result<Self, RollupShapeError> {
        let bad = || RollupShapeError::Text {
            got: text.chars().take(40).collect(),
        };
        let number = |n: &str| match n.parse() {
            Ok(number) if n.bytes().all(|c| c.is_ascii_digit()) && !n.starts_with('0') => {
                Ok(number)
            }
            _ => Err(bad()),
        };
        let (accounts, merged) = text.split_once("->").ok_or_else(bad)?;
        let (accounts, positions) = accounts.split_once('x').ok_or_else(bad)?;
        Self::new(number(accounts)?, number(positions)?, number(merged)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_round_trip_and_ranges() {
        for shape in RollupShape::STANDARD {
            assert_eq!(shape.to_string().parse(), Ok(shape));
        }
        for bad in [
            "",
            "256x12",
            "256->12",
            "256x12-12",
            "0x12->12",
            "256x0->12",
            "256x12->0",
            "256x512->131073",
            "256x513->12",
            "+256x12->12",
            "0256x12->12",
            "256x12->12 ",
            "256x12->12->12",
        ] {
            assert!(bad.parse::<RollupShape>().is_err(), "{bad}");
        }
        assert!("256x512->131072".parse::<RollupShape>().is_ok());
    }
}
