//! A claim that is false: accounts by their files, and what would make it true. For the prover's
//! own eyes.

use super::coverage::{Coverage, Step, waterfall_table};
use super::refusal;
use super::remedy::{Remedies, remedies};
use crate::claim::Inputs;
use crate::outcome::Failure;
use covenant_allocation::Shortfall;
use covenant_circuits::relation::Unsatisfied;
use covenant_circuits::statement::Claim;
use covenant_prover::allocate::Refused;
use std::path::Path;

/// Why the claim of these files cannot be proved.
pub(crate) fn failed(inputs: &Inputs, claim: &Claim, refused: &Refused) -> Failure {
    let failure = refusal::refused(refused, &claim.policy);
    match refused {
        Refused::Unsatisfied(reason) => match file(inputs, claim, reason) {
            Some((account, path)) => {
                let said = reason.to_string();
                let name = path.display().to_string();
                let said = said.replacen(&format!("account {account}"), &name, 1);
                failure
                    .saying(format!("the claim is false. {said}"))
                    .with(|out| out.file = Some(name))
            }
            None => failure,
        },
        // The verdict does not rest on what explains it.
        Refused::Shortfall(Shortfall::Uncovered { .. }) => match explained(claim) {
            Ok((text, steps, remedies)) => failure.adding(&text).with(|out| {
                out.waterfall = Some(steps);
                out.remedies = remedies;
            }),
            Err(_) => failure,
        },
        _ => failure,
    }
}

/// The account that a clause fails for, as it counts them, and its file.
fn file<'a>(inputs: &'a Inputs, claim: &Claim, reason: &Unsatisfied) -> Option<(usize, &'a Path)> {
    let account = match reason {
        Unsatisfied::Opening { account }
        | Unsatisfied::Subject { account }
        | Unsatisfied::Kind { account, .. }
        | Unsatisfied::AsOf { account, .. }
        | Unsatisfied::UnlistedLiability { account, .. }
        | Unsatisfied::UnlistedCollateral { account, .. }
        | Unsatisfied::MayNotOwe { account, .. } => *account,
        _ => return None,
    };
    let commitment = claim.openings.get(account)?.commitment();
    let mut files = inputs.openings.iter();
    let (path, _) = files.find(|(_, opening)| opening.commitment() == commitment)?;
    Some((account, path))
}

/// The waterfall of the scenario that misses most, and what would make the claim true.
fn explained(claim: &Claim) -> Result<(String, Vec<Step>, Option<Remedies>), Failure> {
    let coverage = Coverage::of(claim)?;
    let remedies = remedies(&coverage)?;
    let mut text = String::new();
    let mut steps = Vec::new();
    if let Some(tightest) = coverage.tightest() {
        steps = coverage.waterfall(tightest);
        let table = waterfall_table(&claim.policy, &steps);
        text.push_str(&format!(
            "\n\nhow much of each asset counts, {}\n{table}",
            tightest.name
        ));
    }
    if let Some(remedies) = &remedies {
        let words = remedies.text(&claim.policy, claim.statement.ratio());
        text.push_str(&format!("\n\n{words}"));
    }
    Ok((text, steps, remedies))
}
