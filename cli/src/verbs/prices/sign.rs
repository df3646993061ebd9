//! `covenant prices sign`: a source vouches for prices.

use crate::Outcome;
use crate::claim;
use crate::files;
use crate::formats;
use crate::outcome::{Failure, Report};
use crate::signer::{Signer, SignerArgs, check_taken, unchecked};
use crate::verbs::account::pretty;
use clap::Args;
use covenant_verifier::bundle::{PriceSignature, snapshot};
use schemars::JsonSchema;
use serde::Serialize;
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

/// What was signed, or is to be signed elsewhere.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum SignOutput {
    /// A signature was attached.
    Signed {
        /// Everyone whose signature the file has.
        signers: Vec<String>,
        /// Those of them that are contracts: only they can tell whether it is their signature.
        not_checked: Vec<String>,
        /// The file that was written.
        out: String,
    },
    /// With `--print-typed-data`.
    TypedData(#[schemars(with = "formats::TypedData")] serde_json::Value),
}

impl Sign {
    pub(crate) fn run(self) -> Outcome {
        let policy = claim::policy(&self.policy)?;
        let prices = claim::prices(&self.prices, &policy)?;
        check_taken(&self.prices, prices.prices().as_of)?;
        let signed = match self.signer.signer()? {
            Signer::Print => {
                let document = snapshot(prices.prices(), &policy)
                    .map_err(|e| Failure::of_file(&self.prices, e))?;
                let data = document.typed_data();
                return Report::done(pretty(&data), &SignOutput::TypedData(data));
            }
            Signer::Key(key) => {
                (key.sign_prices(prices, &policy)).map_err(|e| Failure::of_file(&self.prices, e))?
            }
            Signer::External(signer, signature) => prices
                .signed(&policy, PriceSignature { signer, signature })
                .map_err(|e| Failure::of_file(&self.prices, e))?,
        };
        let out = self.out.as_ref().unwrap_or(&self.prices);
        files::write(out, &signed.to_json(), files::Kind::Prices)?;
        let last = signed.signatures().last().map(|s| unchecked(&s.signer));
        let unchecked = last.unwrap_or_default();
        let signers: Vec<String> = signed
            .signatures()
            .iter()
            .map(|s| s.signer.to_string())
            .collect();
        let contracts = signed
            .signatures()
            .iter()
            .filter_map(|s| s.signer.contract());
        let not_checked = contracts.map(|contract| contract.to_string()).collect();
        Report::done(
            format!(
                "signed by {}, in {}{unchecked}",
                signers.join(", "),
                out.display()
            ),
            &SignOutput::Signed {
                out: out.display().to_string(),
                signers,
                not_checked,
            },
        )
    }
}
