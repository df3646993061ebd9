//! `covenant prove`: from openings to a bundle that anyone can verify.

use super::Global;
use crate::Outcome;
use crate::claim::Inputs;
use crate::files;
use crate::keys;
use crate::outcome::{Failure, Report, note};
use crate::progress::Progress;
use crate::text::{self, debt, percent, ratio};
use crate::words::refusal;
use clap::Args;
use covenant_circuits::field::to_hex;
use covenant_circuits::ident::Context;
use covenant_circuits::numbers::{Ratio, Value};
use covenant_circuits::relation;
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::Claim;
use covenant_prover::prove::{self, ProveError};
use covenant_verifier::bundle::Bundle;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Prove that the accounts cover the debt.
///
/// A claim that is false is refused before anything is proved, with the clause and what is
/// missing. The proof is verified before it is written.
#[derive(Args, Debug)]
pub(crate) struct Prove {
    /// The policy
    #[arg(long, value_name = "FILE")]
    policy: PathBuf,
    /// The prices
    #[arg(long, value_name = "FILE")]
    prices: PathBuf,
    /// The openings of every account in the basket
    #[arg(long = "opening", value_name = "FILE", required = true, num_args = 1..)]
    openings: Vec<PathBuf>,
    /// The base ratio to prove: the policy's smallest or whole steps above it
    #[arg(long, value_parser = ratio)]
    ratio: Ratio,
    /// Debt beside the creditors' accounts, in quote units such as 1000000.50
    #[arg(long, value_name = "N", default_value = "0", value_parser = debt)]
    debt: Value,
    /// What the proof is bound to, such as a verifier's nonce
    #[arg(long, value_name = "TEXT", default_value = "")]
    context: String,
    /// The circuit: auto, small, medium, large, xlarge, or ACCOUNTSxPOSITIONSxASSETSxSCENARIOS
    #[arg(long, value_name = "SHAPE", default_value = "auto")]
    shape: ShapeChoice,
    /// The bundle to write
    #[arg(long, value_name = "BUNDLE")]
    out: PathBuf,
}

/// A shape, or the smallest standard one that fits.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ShapeChoice {
    Auto,
    Given(Shape),
}

impl FromStr for ShapeChoice {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if text == "auto" {
            return Ok(Self::Auto);
        }
        text.parse()
            .map(Self::Given)
            .map_err(|e| format!("auto, or {e}"))
    }
}

impl ShapeChoice {
    fn of(self, claim: &Claim) -> Result<Shape, Failure> {
        match self {
            Self::Given(shape) => {
                claim.check_fits(&shape).map_err(Failure::unknown)?;
                Ok(shape)
            }
            Self::Auto => {
                let (accounts, positions, assets, scenarios) = claim.size();
                Shape::smallest_standard(accounts, positions, assets, scenarios).ok_or_else(|| {
                    Failure::unknown(format!(
                        "expected a claim that fits a standard shape (see covenant shapes), got {accounts} accounts of up to {positions} positions, {assets} assets and {scenarios} scenarios; name a larger one with --shape"
                    ))
                })
            }
        }
    }
}

impl Prove {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        let inputs = Inputs::read(&self.policy, &self.prices, &self.openings)?;
        let claim = inputs.claim(self.debt, self.ratio, Context::of(&self.context))?;
        if !global.json {
            inputs.warnings().iter().for_each(|w| note(w));
        }
        let made = make(
            &inputs,
            &claim,
            self.shape,
            &keys::cache_dir(global.cache_dir.as_deref())?,
            Progress::new(global.json),
        )?;
        files::write(&self.out, &made.to_json())?;
        Ok(Report::done(
            format!(
                "proved: {} accounts cover the debt at {} under {:?} with the circuit {}\nwritten to {} ({} bytes of proof); nothing in it is secret",
                claim.openings.len(),
                percent(self.ratio.bps()),
                claim.policy.document().name,
                made.circuit(),
                self.out.display(),
                made.proof().len(),
            ),
            json!({
                "proved": true,
                "bundle": self.out.display().to_string(),
                "circuit": made.circuit(),
                "shape": made.shape().to_string(),
                "ceremony": made.ceremony(),
                "policy": to_hex(&claim.policy.digest()),
                "ratio_bps": self.ratio.bps(),
                "public_debt": text::plain(self.debt.get(), 6),
                "accounts": claim.openings.len(),
                "proof_bytes": made.proof().len(),
                "warnings": inputs.warnings(),
            }),
        ))
    }
}

/// Refuses what is off the grid, false, or too large; proves the rest.
pub(crate) fn make(
    inputs: &Inputs,
    claim: &Claim,
    shape: ShapeChoice,
    cache: &Path,
    mut progress: Progress,
) -> Result<Bundle, Failure> {
    let ratio = claim.statement.ratio();
    if !claim.policy.on_grid(ratio) {
        let document = claim.policy.document();
        return Err(Failure::unknown(format!(
            "--ratio: expected {} plus a multiple of {}, as the policy says (proofs at fine thresholds would reveal the true ratio), got {}",
            percent(document.min_ratio_bps),
            percent(document.ratio_step_bps),
            percent(ratio.bps())
        )));
    }
    progress.say("checking the claim");
    let counting =
        relation::find_counting(claim).map_err(|e| refusal::refused(&e, &claim.policy))?;
    let shape = shape.of(claim)?;
    progress.say("preparing keys");
    let keys = keys::proving(shape, cache)?;
    let proof =
        prove::prove(&keys, claim, &counting, &mut progress).map_err(|error| match error {
            ProveError::False(u) => refusal::unsatisfied(&u, &claim.policy),
            other => Failure::unknown(other),
        })?;
    prove::bundle(&keys, claim, inputs.prices.clone(), proof).map_err(Failure::unknown)
}
