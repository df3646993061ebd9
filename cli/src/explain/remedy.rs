//! What would make a claim true that is false: less debt, a lower ratio, or more of one asset, each
//! alone and as little of it as will do. For the prover's own eyes.

use super::coverage::{Coverage, held};
use super::refusal::quote;
use crate::outcome::Failure;
use crate::table::table;
use crate::text::{grouped_exact, percent, plain};
use covenant_allocation::{Shortfall, largest_debt, largest_ratio, smallest_top_up};
use covenant_circuits::numbers::{RATIO_BITS, Ratio, VALUE_DIVISOR};
use covenant_circuits::policy::Policy;
use covenant_circuits::relation::{self, Totals, Unsatisfied};
use covenant_circuits::statement::{Claim, ClaimParts};
use covenant_prover::allocate;
use num_bigint::BigUint;
use num_integer::Integer;
use schemars::JsonSchema;
use serde::Serialize;

/// Decimals of values (docs/spec.md, section 2).
const VALUE_DECIMALS: usize = 6;

/// What would make a claim true, each alone. Quote units, exact. Derived from secrets.
#[derive(Serialize, JsonSchema, Debug)]
pub(crate) struct Remedies {
    /// The largest debt beside the creditors' accounts that is covered at the claim's ratio; null
    /// if even none of it leaves a scenario that is not covered.
    largest_debt: Option<String>,
    /// How much of that debt would have to be repaid; null where repaying does not help.
    repay: Option<String>,
    /// The largest ratio on the policy's grid that can be proved; null if there is none.
    largest_ratio_bps: Option<u32>,
    /// By asset the smallest amount that would do, the cheapest first. Assets of which no amount
    /// would do are left out.
    top_ups: Vec<TopUp>,
}

/// More of an asset.
#[derive(Serialize, JsonSchema, Debug)]
struct TopUp {
    /// The asset's symbol.
    asset: String,
    /// How much more of it, in whole units.
    quantity: String,
    /// Its value at the claim's prices, in quote units, rounded up.
    value: String,
}

/// The remedies of a claim that no allocation makes true. None where the composition of what is
/// held is not the policy's: no ratio and no debt mends that.
pub(crate) fn remedies(coverage: &Coverage<'_>) -> Result<Option<Remedies>, Failure> {
    let (claim, problem) = (coverage.claim, &coverage.problem);
    let policy = &claim.policy;
    if coverage.covered || composed(claim, coverage.totals()).is_err() {
        return Ok(None);
    }
    let refuse = |e: Shortfall| super::refusal::shortfall(&e, policy);
    let debt = largest_debt(problem).map_err(refuse)?;
    let public = claim.statement.public_debt().get();
    let base = largest_ratio(problem, 0).map_err(refuse)?;
    Ok(Some(Remedies {
        largest_debt: debt.map(|debt| plain(debt, VALUE_DECIMALS)),
        repay: debt.map(|debt| plain(public.saturating_sub(debt), VALUE_DECIMALS)),
        largest_ratio_bps: largest_provable(claim, base).map(Ratio::bps),
        top_ups: top_ups(coverage)?,
    }))
}

/// Whether the composition of what is held is the policy's (S6).
fn composed(claim: &Claim, totals: &[Totals]) -> Result<(), Unsatisfied> {
    relation::check_held(&claim.policy, &held(claim, totals)?)
}

fn top_ups(coverage: &Coverage<'_>) -> Result<Vec<TopUp>, Failure> {
    let claim = coverage.claim;
    let mut found: Vec<(BigUint, TopUp)> = Vec::new();
    for (a, (asset, price)) in claim
        .policy
        .assets()
        .iter()
        .zip(claim.statement.prices())
        .enumerate()
    {
        let amount = smallest_top_up(&coverage.problem, a)
            .map_err(|e| super::refusal::shortfall(&e, &claim.policy))?;
        let Some(amount) = amount else { continue };
        // More of one asset may be more of it than may be held.
        let mut after = coverage.totals().to_vec();
        if let Some(totals) = after.get_mut(a) {
            totals.collateral = totals.collateral.saturating_add(amount);
        }
        if composed(claim, &after).is_err() {
            continue;
        }
        let value = (BigUint::from(amount) * price.get()).div_ceil(&VALUE_DIVISOR.into());
        let top_up = TopUp {
            asset: asset.symbol.clone(),
            quantity: plain(amount, asset.decimals as usize),
            value: plain(value.clone(), VALUE_DECIMALS),
        };
        found.push((value, top_up));
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(found.into_iter().map(|(_, top_up)| top_up).collect())
}

/// The largest ratio on the policy's grid at which the whole claim holds.
pub(crate) fn largest_provable(claim: &Claim, base: Option<u64>) -> Option<Ratio> {
    let document = claim.policy.document();
    let (min, step) = (document.min_ratio_bps, document.ratio_step_bps);
    let top = base.unwrap_or(u64::MAX).min((1 << RATIO_BITS) - 1) as u32;
    let mut ratio = min.checked_add(top.checked_sub(min)? / step * step)?;
    // Netting is chosen once for all scenarios, so the base's own largest ratio can be out
    // of reach by a step.
    for _ in 0..4 {
        let parts = ClaimParts {
            subject: claim.statement.subject(),
            window: claim.statement.window(),
            public_debt: claim.statement.public_debt(),
            ratio: Ratio::new(ratio).ok()?,
            context: claim.statement.context(),
            prices: claim.statement.prices().to_vec(),
        };
        let tried = Claim::new(claim.policy.clone(), claim.openings.clone(), parts).ok()?;
        if allocate::satisfy(tried).is_ok() {
            return Ratio::new(ratio).ok();
        }
        ratio = ratio.checked_sub(step).filter(|r| *r >= min)?;
    }
    None
}

impl Remedies {
    /// In words, under a heading.
    pub(crate) fn text(&self, policy: &Policy, ratio: Ratio) -> String {
        let quote = quote(policy);
        let mut text = String::from("what would make it true, each alone:");
        match (&self.repay, &self.largest_debt) {
            (Some(repay), Some(debt)) => text.push_str(&format!(
                "\n  repay {} {quote} of the debt beside the creditors' accounts, so that {} is left",
                grouped_exact(repay),
                grouped_exact(debt)
            )),
            _ => text.push_str("\n  repaying the debt beside the creditors' accounts is not enough"),
        }
        match self.largest_ratio_bps {
            Some(bps) => text.push_str(&format!(
                "\n  prove {} rather than {}, where that is enough for the verifier",
                percent(bps),
                percent(ratio.bps())
            )),
            None => text.push_str("\n  no ratio on the policy's grid can be proved"),
        }
        if self.top_ups.is_empty() {
            text.push_str("\n  no amount of any one asset is enough");
            return text;
        }
        let mut rows = table(["add", "quantity", &format!("worth, {quote}")], 1..3);
        for top_up in &self.top_ups {
            let figures = [&top_up.quantity, &top_up.value].map(|text| grouped_exact(text));
            let [quantity, value] = figures;
            rows.add_row([top_up.asset.clone(), quantity, value]);
        }
        text.push_str(&format!("\n{rows}"));
        text
    }
}
