//! What a basket really covers at later prices, for whoever has its openings. Secret.

use crate::claim;
use crate::codes::Code;
use crate::explain::coverage::Coverage;
use crate::outcome::Failure;
use crate::table::table;
use crate::text::{cents, percent, plain};
use covenant_allocation::{breaking_drop_bps, largest_ratio};
use covenant_circuits::account::{Commitment, Opening};
use covenant_circuits::numbers::Price;
use covenant_circuits::statement::{Claim, ClaimParts};
use covenant_verifier::verify::Verified;
use schemars::JsonSchema;
use serde::Serialize;
use std::path::PathBuf;

/// What is really covered. Derived from secrets.
#[derive(Serialize, JsonSchema)]
pub(super) struct Exact {
    /// Whether a new proof could be made at these prices, at the ratio that was proved.
    provable: bool,
    /// The base and the scenarios, from these prices on.
    scenarios: Vec<ExactScenario>,
}

/// A scenario at later prices. Derived from secrets.
#[derive(Serialize, JsonSchema)]
struct ExactScenario {
    /// Its name.
    scenario: String,
    /// The largest ratio that is covered, rounded down; absent without debt.
    #[serde(skip_serializing_if = "Option::is_none")]
    ratio_bps: Option<u64>,
    /// The ratio that was proved of it.
    required_ratio_bps: u32,
    /// What counts less what is required, with its sign, in quote units.
    headroom: String,
    /// The smallest further fall of all prices that would breach it; absent if none would.
    #[serde(skip_serializing_if = "Option::is_none")]
    breaking_drop_bps: Option<u16>,
}

/// The openings of a basket.
pub(super) struct Basket(Vec<Opening>);

impl Basket {
    /// Reads openings, of which there may be none.
    pub(super) fn read(paths: &[PathBuf]) -> Result<Option<Self>, Failure> {
        let read: Result<Vec<_>, _> = paths.iter().map(|path| claim::opening(path)).collect();
        Ok(Some(read?).filter(|all| !all.is_empty()).map(Self))
    }

    /// What is covered at these prices, by the proof's own basket, debt and ratio.
    pub(super) fn at(&self, verified: &Verified, prices: &[Price]) -> Result<Exact, Failure> {
        let statement = verified.statement();
        let mut own: Vec<Commitment> = self.0.iter().map(Opening::commitment).collect();
        own.sort_by_key(ToString::to_string);
        if own != statement.commitments() {
            let got = own.iter().filter(|k| statement.commitments().contains(k));
            let (expected, got) = (statement.commitments().len(), got.count());
            let said = format!(
                "--opening: expected the openings of all {expected} accounts of the bundle and no others, got {} of which {got} are its own",
                own.len()
            );
            return Err(Failure::new(Code::OtherBasket, said));
        }
        let claim = Claim::new(
            verified.policy().clone(),
            self.0.clone(),
            ClaimParts {
                subject: statement.subject(),
                window: statement.window(),
                public_debt: statement.public_debt(),
                ratio: statement.ratio(),
                context: statement.context(),
                prices: prices.to_vec(),
            },
        );
        let claim = claim.map_err(Failure::of)?;
        let coverage = Coverage::of(&claim)?;
        let scenarios = coverage.scenarios.iter().enumerate().map(|(j, scenario)| {
            let problem = &coverage.problem;
            let most = largest_ratio(problem, j);
            ExactScenario {
                scenario: scenario.name.clone(),
                ratio_bps: most.ok().flatten(),
                required_ratio_bps: scenario.required_ratio,
                headroom: scenario.headroom(plain),
                breaking_drop_bps: breaking_drop_bps(problem, Some(j)).unwrap_or_default(),
            }
        });
        Ok(Exact {
            provable: coverage.covered,
            scenarios: scenarios.collect(),
        })
    }
}

impl Exact {
    /// For the borrower's own eyes.
    pub(super) fn text(&self) -> String {
        let header = [
            "scenario",
            "covers",
            "required",
            "headroom",
            "breaks at a fall of",
        ];
        let mut shown = table(header, 1..5);
        for s in &self.scenarios {
            let none = || "no debt".to_string();
            shown.add_row([
                s.scenario.clone(),
                s.ratio_bps.map_or_else(none, percent),
                percent(s.required_ratio_bps),
                match s.headroom.strip_prefix('-') {
                    Some(missing) => format!("-{}", cents(missing)),
                    None => cents(&s.headroom),
                },
                s.breaking_drop_bps.map_or_else(|| "none".into(), percent),
            ]);
        }
        let again = match self.provable {
            true => "a new proof can be made at these prices, at the same ratio",
            false => "no new proof can be made at these prices and the same ratio",
        };
        format!("SECRET: what the openings really cover at these prices\n{shown}\n{again}")
    }
}
