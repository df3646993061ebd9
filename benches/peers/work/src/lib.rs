//! The work that every peer proves, and the clocks.
//!
//! Accounts are committed to as Covenant commits (docs/spec.md, section 4); amounts have 112 bits,
//! asset ids 120; each asset's total is valued at its public price, rounded down to
//! micro-units, and weighted; the sum is at least ratio times debt. One scenario.
//! `cargo run -p covenant-benches --bin peer-work` writes the file.

use cpu_time::ProcessTime;
use num_bigint::BigUint;
use num_traits::Zero;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Instant;

pub type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

pub const AMOUNT_BITS: usize = 112;
pub const ID_BITS: usize = 120;
pub const VALUE_BITS: usize = 80;
/// 10^30: amount times price in micro-units.
pub const DIVISOR: u128 = 10u128.pow(30);
/// Bits of a remainder below the divisor.
pub const REMAINDER_BITS: usize = 100;
/// Bits of what is left of the sum once ratio times debt is taken.
pub const SLACK_BITS: usize = 120;

/// An asset's public side; ids ascend.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Asset {
    pub id: BigText,
    pub price: BigText,
    pub weight: u64,
}

/// An account: commitments are public, the rest is secret.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Account {
    pub blinding: BigText,
    pub commitment: BigText,
    /// Asset id and amount; one length for all accounts, a multiple of 3.
    pub positions: Vec<(BigText, BigText)>,
}

/// A claim of accounts that cover a debt.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Work {
    pub tag: BigText,
    pub subject: BigText,
    pub as_of: u64,
    pub ratio: u64,
    pub debt: BigText,
    pub assets: Vec<Asset>,
    pub accounts: Vec<Account>,
}

/// A number as decimal text.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BigText(pub BigUint);

impl TryFrom<String> for BigText {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
            .map(Self)
            .map_err(|_| format!("expected a decimal number, got {text:?}"))
    }
}

impl From<BigText> for String {
    fn from(x: BigText) -> Self {
        x.0.to_string()
    }
}

/// What follows from the accounts.
pub struct Totals {
    /// Base units of each asset.
    pub totals: Vec<BigUint>,
    /// Micro-units.
    pub values: Vec<BigUint>,
    pub remainders: Vec<BigUint>,
    /// None if the debt is not covered.
    pub slack: Option<BigUint>,
}

impl Work {
    pub fn read(path: &str) -> Outcome<Self> {
        Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?)
    }

    pub fn positions(&self) -> usize {
        self.accounts.iter().map(|a| a.positions.len()).sum()
    }

    /// The asset's place among the public ones.
    pub fn index(&self, id: &BigText) -> Outcome<usize> {
        self.assets
            .binary_search_by(|a| a.id.cmp(id))
            .map_err(|_| "an asset that is not listed".into())
    }

    pub fn totals(&self) -> Totals {
        let mut by_id: BTreeMap<&BigText, BigUint> = BTreeMap::new();
        for (id, amount) in self.accounts.iter().flat_map(|a| &a.positions) {
            *by_id.entry(id).or_default() += &amount.0;
        }
        let totals: Vec<BigUint> = self
            .assets
            .iter()
            .map(|a| by_id.get(&a.id).cloned().unwrap_or_default())
            .collect();
        let (mut values, mut remainders, mut sum) = (Vec::new(), Vec::new(), BigUint::zero());
        for (total, asset) in totals.iter().zip(&self.assets) {
            let product = total * &asset.price.0;
            values.push(&product / DIVISOR);
            remainders.push(&product % DIVISOR);
            sum += &product / DIVISOR * asset.weight;
        }
        let required = &self.debt.0 * self.ratio;
        let slack = (sum >= required).then(|| sum - required);
        Totals {
            totals,
            values,
            remainders,
            slack,
        }
    }
}

/// Seconds.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Cost {
    pub wall: f64,
    pub cpu: f64,
}

pub fn once<T>(work: impl FnOnce() -> T) -> (Cost, T) {
    let (wall, cpu) = (Instant::now(), ProcessTime::now());
    let result = std::hint::black_box(work());
    (
        Cost {
            wall: wall.elapsed().as_secs_f64(),
            cpu: cpu.elapsed().as_secs_f64(),
        },
        result,
    )
}

pub fn median(costs: &[Cost]) -> Cost {
    let middle = |of: fn(&Cost) -> f64| {
        let mut sorted: Vec<f64> = costs.iter().map(of).collect();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or_default()
    };
    Cost {
        wall: middle(|c| c.wall),
        cpu: middle(|c| c.cpu),
    }
}

/// What a peer says of itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figures {
    pub peer: String,
    pub positions: usize,
    /// Constraints, rows or gates, in the peer's own words.
    pub size: String,
    pub setup: Cost,
    pub proof: Cost,
    pub runs: usize,
    pub verify: Cost,
    pub proof_bytes: usize,
    /// Largest resident set, set-up included, bytes.
    pub peak: u64,
    /// What it does otherwise than Covenant.
    pub note: String,
}

/// Largest resident set so far, bytes; 0 where the system does not tell.
pub fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find_map(|l| l.strip_prefix("VmHWM:"))
        .unwrap_or_default();
    line.trim()
        .trim_end_matches("kB")
        .trim()
        .parse::<u64>()
        .unwrap_or_default()
        * 1024
}

/// `WORK RUNS` from the command line.
pub fn arguments() -> Outcome<(Work, usize)> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("expected the path of the work")?;
    let runs = arguments.next().map_or(Ok(3), |r| r.parse())?;
    Ok((Work::read(&path)?, runs))
}

/// A small true claim for tests, as `peer-work` wrote it.
pub fn example() -> Work {
    serde_json::from_str(include_str!("../example.json")).expect("the example is well-formed")
}

/// A way to make a true claim false.
pub struct Falsify {
    pub name: &'static str,
    pub change: fn(&mut Work),
}

/// What every peer must refuse to prove.
pub const FALSE: [Falsify; 4] = [
    Falsify {
        name: "an amount that was not committed to",
        change: |w| w.accounts[0].positions[0].1.0 += 1u8,
    },
    Falsify {
        name: "an asset that is not listed",
        change: |w| w.assets[0].id.0 += 1u8,
    },
    Falsify {
        name: "a debt that is not covered",
        change: |w| w.debt.0 *= 3u8,
    },
    Falsify {
        name: "another commitment",
        change: |w| w.accounts[1].commitment.0 += 1u8,
    },
];
