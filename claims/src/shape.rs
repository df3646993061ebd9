//! Shapes: how many accounts, positions, assets and scenarios a circuit holds
//! (docs/spec.md, section 6). A shape is part of the circuit's identity.

use crate::numbers::{MAX_POSITIONS_LOG2, REPORT_LINES_PER_WORD};
use crate::poseidon::INPUTS;
use std::fmt;
use std::str::FromStr;

/// Groups a policy may define; the same in every shape.
pub const GROUPS: usize = 15;
/// Scenarios a policy may define, beside the base.
pub const MAX_SCENARIOS: usize = 15;
/// Tiers of an asset.
pub const TIERS: usize = 4;
/// Entries that the first block of an account's hash absorbs, beside its header.
pub const FIRST_BLOCK: usize = 12;
/// Entries that every other block absorbs, beside the block before.
pub const PER_BLOCK: usize = 15;
/// Public inputs that hold the report (S10).
pub const REPORT_WORDS: usize = GROUPS / REPORT_LINES_PER_WORD;

const _: () = assert!(FIRST_BLOCK + 4 == INPUTS && PER_BLOCK + 1 == INPUTS);
const _: () = assert!(REPORT_WORDS * REPORT_LINES_PER_WORD == GROUPS);

/// Blocks of the hash of an account of that many positions.
pub const fn blocks_of(positions: usize) -> usize {
    1 + positions.saturating_sub(FIRST_BLOCK).div_ceil(PER_BLOCK)
}

/// Capacity of a circuit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct Shape {
    accounts: usize,
    positions: usize,
    assets: usize,
    scenarios: usize,
}

/// A shape is out of range.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ShapeError {
    /// One of the four numbers is out of range.
    #[error("shape: {field} must be {expected}, got {got}")]
    Range {
        /// Which number.
        field: &'static str,
        /// What it may be.
        expected: &'static str,
        /// What it is.
        got: usize,
    },
    /// Not a name or four numbers.
    #[error(
        "expected small, medium, large, xlarge or ACCOUNTSxPOSITIONSxASSETSxSCENARIOS such as 4x27x8x4, got {got:?}"
    )]
    Text {
        /// What was found.
        got: String,
    },
}

impl Shape {
    /// 4 accounts of 27 positions, 8 assets, 4 scenarios.
    pub const SMALL: Self = Self {
        accounts: 4,
        positions: 27,
        assets: 8,
        scenarios: 4,
    };
    /// 8 accounts of 42 positions, 16 assets, 8 scenarios.
    pub const MEDIUM: Self = Self {
        accounts: 8,
        positions: 42,
        assets: 16,
        scenarios: 8,
    };
    /// 16 accounts of 66 positions, 32 assets, 8 scenarios.
    pub const LARGE: Self = Self {
        accounts: 16,
        positions: 66,
        assets: 32,
        scenarios: 8,
    };
    /// 16 accounts of 4107 positions, 64 assets, 8 scenarios; needs an imported SRS.
    pub const XLARGE: Self = Self {
        accounts: 16,
        positions: 4107,
        assets: 64,
        scenarios: 8,
    };
    /// The shapes with a name, smallest first. All but the last are provable with the
    /// embedded ceremony.
    pub const NAMED: [(&'static str, Self); 4] = [
        ("small", Self::SMALL),
        ("medium", Self::MEDIUM),
        ("large", Self::LARGE),
        ("xlarge", Self::XLARGE),
    ];
    /// The standard shapes, provable with the embedded ceremony.
    pub const STANDARD: [Self; 3] = [Self::SMALL, Self::MEDIUM, Self::LARGE];

    /// A shape of 1 to 64 accounts, one position an account or more (at most 2^17 in all
    /// accounts together), 1 to 64 assets, 1 to 16 scenarios counting the base. Positions fill
    /// their blocks where they are [`FIRST_BLOCK`] and a multiple of [`PER_BLOCK`].
    pub fn new(
        accounts: usize,
        positions: usize,
        assets: usize,
        scenarios: usize,
    ) -> Result<Self, ShapeError> {
        let range = |field, expected, got| {
            Err(ShapeError::Range {
                field,
                expected,
                got,
            })
        };
        if !(1..=64).contains(&accounts) {
            return range("accounts", "1 to 64", accounts);
        }
        if positions == 0 {
            return range("positions", "1 or more", positions);
        }
        if positions.saturating_mul(accounts) > 1 << MAX_POSITIONS_LOG2 {
            return range("positions", "at most 131072 over all accounts", positions);
        }
        if !(1..=64).contains(&assets) {
            return range("assets", "1 to 64", assets);
        }
        if !(1..=MAX_SCENARIOS + 1).contains(&scenarios) {
            return range("scenarios", "1 to 16, counting the base", scenarios);
        }
        Ok(Self {
            accounts,
            positions,
            assets,
            scenarios,
        })
    }

    /// Public inputs before the report: subject, as_of_from, as_of_to, policy digest, public debt,
    /// base ratio, context, kinds.
    pub const NAMED_INPUTS: usize = 8;

    /// M, the number of account slots.
    pub const fn accounts(&self) -> usize {
        self.accounts
    }
    /// P, the largest number of positions of an account.
    pub const fn positions(&self) -> usize {
        self.positions
    }
    /// A, the number of asset slots.
    pub const fn assets(&self) -> usize {
        self.assets
    }
    /// J, the number of scenarios with the base.
    pub const fn scenarios(&self) -> usize {
        self.scenarios
    }
    /// Blocks of the hash of a full account, the first one with the header:
    /// 1 + ceil((P - 12) / 15).
    pub const fn blocks(&self) -> usize {
        blocks_of(self.positions)
    }
    /// Length of the public input vector.
    pub const fn public_inputs(&self) -> usize {
        Self::NAMED_INPUTS + REPORT_WORDS + self.accounts + self.assets
    }
    /// Whether this shape has room for a claim of that size.
    pub const fn holds(
        &self,
        accounts: usize,
        positions: usize,
        assets: usize,
        scenarios: usize,
    ) -> bool {
        accounts <= self.accounts
            && positions <= self.positions
            && assets <= self.assets
            && scenarios <= self.scenarios
    }
    /// The smallest standard shape with room for that many accounts, assets and scenarios:
    /// sizes that the statement shows anyway. A choice by the number of positions would tell
    /// something of an account that nothing else tells.
    pub fn smallest_standard(accounts: usize, assets: usize, scenarios: usize) -> Option<Self> {
        Self::STANDARD
            .into_iter()
            .find(|s| s.holds(accounts, 0, assets, scenarios))
    }
    /// `small`, `medium`, `large` or `xlarge`, where the shape is one of them.
    pub fn name(&self) -> Option<&'static str> {
        Self::NAMED.iter().find(|(_, s)| s == self).map(|(n, _)| *n)
    }
    /// `4x27x8x4`.
    pub fn dimensions(&self) -> String {
        format!(
            "{}x{}x{}x{}",
            self.accounts, self.positions, self.assets, self.scenarios
        )
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => f.write_str(&self.dimensions()),
        }
    }
}

impl FromStr for Shape {
    type Err = ShapeError;
    fn from_str(text: &str) -> Result<Self, ShapeError> {
        if let Some((_, shape)) = Self::NAMED.iter().find(|(n, _)| *n == text) {
            return Ok(*shape);
        }
        let bad = || ShapeError::Text {
            got: text.chars().take(40).collect(),
        };
        let numbers: Vec<usize> = text
            .split('x')
            .map(|n| match n.parse() {
                Ok(number) if n.bytes().all(|c| c.is_ascii_digit()) && !n.starts_with('0') => {
                    Ok(number)
                }
                _ => Err(bad()),
            })
            .collect::<Result<_, _>>()?;
        match numbers.as_slice() {
            [m, p, a, j] => Self::new(*m, *p, *a, *j),
            _ => Err(bad()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_round_trip_and_ranges() {
        for (_, shape) in Shape::NAMED {
            assert_eq!(shape.to_string().parse(), Ok(shape));
            assert_eq!(shape.dimensions().parse(), Ok(shape));
        }
        for bad in [
            "",
            "big",
            "4x18x8",
            "4x0x8x4",
            "0x3x1x1",
            "+4x27x8x4",
            "4x18x8x17",
            "65x3x1x1",
            "04x27x8x4",
            "64x6000x1x1",
        ] {
            assert!(bad.parse::<Shape>().is_err(), "{bad}");
        }
    }

    #[test]
    fn blocks_hold_twelve_entries_and_then_fifteen() {
        for (positions, blocks) in [(1, 1), (12, 1), (13, 2), (27, 2), (28, 3), (4107, 274)] {
            let shape = Shape::new(1, positions, 1, 1).unwrap();
            assert_eq!(shape.blocks(), blocks, "{positions}");
        }
        assert_eq!(Shape::SMALL.public_inputs(), 25);
    }
}
