//! `covenant export calldata`: a bundle as a contract takes it.

use super::context::{Place, id};
use super::{submission, terms};
use crate::Outcome;
use crate::codes::Code;
use crate::files;
use crate::keys;
use crate::outcome::{Failure, Report};
use crate::rpc::hex;
use crate::verbs::Global;
use clap::{Args, ValueEnum};
use covenant_solidity::registry::verify_calldata;
use covenant_solidity::{ProofVerifier, export};
use covenant_verifier::bundle::{self, Bundle};
use covenant_verifier::key::retired;
use covenant_verifier::signed::Address;
use schemars::JsonSchema;
use serde::Serialize;
use std::path::PathBuf;

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Call {
    /// `verify` of the generated contract: public inputs and proof
    Proof,
    /// `verify` of CovenantVerifier: a typed statement and the proof
    Verify,
    /// `submit` of CovenantRegistry, with the signatures of the bundle
    Submit,
}

/// Print the calldata that verifies or submits a bundle, as 0x-hex.
///
/// The proof is not verified here: the contract does that. A bundle of a retired circuit is
/// refused by its name. For `submit`, TERMS is the
/// facility's terms as JSON, with the fields and names of Terms.sol; attestations and price
/// signatures are taken from the bundle.
#[derive(Args, Debug)]
pub(crate) struct Calldata {
    /// The bundle
    bundle: PathBuf,
    /// The contract to call
    #[arg(long = "for", value_name = "CALL")]
    call: Call,
    /// The facility's terms, JSON; for submit
    #[arg(long, value_name = "FILE", requires = "chain_id")]
    terms: Option<PathBuf>,
    /// EIP-155 id of the chain; for submit, as the next three
    #[arg(long, value_name = "N", requires_all = ["registry", "facility", "epoch", "terms"])]
    chain_id: Option<u64>,
    /// The registry's address
    #[arg(long, value_name = "ADDRESS", requires = "chain_id")]
    registry: Option<Address>,
    /// The facility's id, decimal or 0x-hex
    #[arg(long, value_name = "N", value_parser = id, requires = "chain_id")]
    facility: Option<u128>,
    /// The facility's epoch, as the registry's facilityOf says
    #[arg(long, value_name = "N", requires = "chain_id")]
    epoch: Option<u64>,
    /// Where the terms have feeds: the rounds that were proved with, 0 for the latest
    /// [default: 0 for each]
    #[arg(long, value_name = "ROUND", num_args = 1.., requires = "terms")]
    rounds: Vec<u128>,
}

/// Calldata for a contract.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CalldataOutput {
    /// The function that is called.
    function: String,
    /// The bundle's circuit.
    circuit: String,
    /// Bytes of calldata.
    bytes: usize,
    /// 0x-hex.
    calldata: String,
}

impl Calldata {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        let text = files::read(&self.bundle, bundle::MAX_BYTES as u64)?;
        let bundle = Bundle::from_json(&text).map_err(|e| Failure::of_file(&self.bundle, e))?;
        if self.call != Call::Submit && self.terms.is_some() {
            return Err(Failure::new(
                Code::Usage,
                "--terms, --chain-id, --registry, --facility, --epoch: expected only with --for submit",
            ));
        }
        if let Some(retired) = retired(bundle.circuit()) {
            let said = format!(
                "circuit: {} is retired: {}",
                bundle.circuit(),
                retired.reason
            );
            return Err(Failure::new(Code::NotForChain, said).with(|out| out.at("circuit")));
        }
        let (function, data) = match self.call {
            Call::Proof => {
                let cache = keys::cache_dir(global.cache_dir.as_deref())?;
                let key = keys::verifying(&bundle, &cache)?;
                let verifier = ProofVerifier::of(&key).map_err(Failure::of)?;
                let data = export::calldata(&bundle, &verifier).map_err(Failure::of)?;
                ("verify", data)
            }
            Call::Verify => (
                "verify",
                verify_calldata(bundle.statement(), bundle.proof()),
            ),
            Call::Submit => {
                let needed = || {
                    Failure::new(
                        Code::Usage,
                        "expected --terms, --chain-id, --registry, --facility and --epoch with --for submit",
                    )
                };
                let place = self.place().ok_or_else(needed)?;
                let terms = terms::read(self.terms.as_deref().ok_or_else(needed)?)?;
                let made = submission::submission(&bundle, &terms, &place, &self.rounds)?;
                let facility = place.binding().facility;
                ("submit", made.calldata(facility, &terms))
            }
        };
        let calldata = hex(&data);
        Report::done(
            calldata.clone(),
            &CalldataOutput {
                function: function.into(),
                circuit: bundle.circuit().into(),
                bytes: data.len(),
                calldata,
            },
        )
    }

    fn place(&self) -> Option<Place> {
        Some(Place {
            chain_id: self.chain_id?,
            registry: self.registry?,
            facility: self.facility?,
            epoch: self.epoch?,
        })
    }
}
