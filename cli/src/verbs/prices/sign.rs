//! `covenant prices sign`: a source stands behind prices.

use crate::Outcome;
use crate::claim;
use crate::files;
use crate::outcome::{Failure, Report};
use crate::signer::{Signer, SignerArgs};
use crate::verbs::account::pretty;
use clap::Args;
use covenant_verifier::bundle::{PriceSignature, snapshot};
use serde_json::json;
use std::path::PathBuf;

/// Sign prices as their source: EIP-712 PriceSnapshot over secp256k1, for one policy.
#[derive(Args, Debug)]
pub(crate) struct Sign {
    /// The prices
    prices: PathBuf,
    /// The policy whose assets they are for
    #[arg(long, value_name = "FILE")]
    policy: PathBuf,
    #[command(flatten)]
    signer: SignerArgs,
    /// Where to write the signed prices [default: in place]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Sign {
    pub(crate) fn run(self) -> Outcome {
        let policy = claim::policy(&self.policy)?;
        let prices = claim::prices(&self.prices, &policy)?;
        let failed = |e: &dyn std::fmt::Display| Failure::in_file(&self.prices, e);
        let signed = match self.signer.signer()? {
            Signer::Print => {
                let document = snapshot(prices.prices(), &policy).map_err(|e| failed(&e))?;
                let data = document.typed_data();
                return Ok(Report::done(pretty(&data), data));
            }
            Signer::Key(key) => key.sign_prices(prices, &policy).map_err(|e| failed(&e))?,
            Signer::External(signer, signature) => prices
                .signed(&policy, PriceSignature { signer, signature })
                .map_err(|e| failed(&e))?,
        };
        let out = self.out.as_ref().unwrap_or(&self.prices);
        files::write(out, &signed.to_json())?;
        let signers: Vec<String> = signed
            .signatures()
            .iter()
            .map(|s| s.signer.to_string())
            .collect();
        Ok(Report::done(
            format!("signed by {}, in {}", signers.join(", "), out.display()),
            json!({ "signers": signers, "out": out.display().to_string() }),
        ))
    }
}
