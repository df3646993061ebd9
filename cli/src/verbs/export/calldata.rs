//! `covenant export calldata`: what a contract takes: bundles, terms, and what ends a coverage.

use super::challenge::Submitted;
use super::context::{Place, id};
use super::{submission, terms};
use crate::Outcome;
use crate::codes::Code;
use crate::files;
use crate::keys;
use crate::outcome::{Failure, Report};
use crate::rpc::{hex, unhex};
use crate::verbs::Global;
use clap::{Args, ValueEnum};
use covenant_solidity::registry::{Terms, verify_calldata};
use covenant_solidity::{ProofVerifier, export};
use covenant_verifier::bundle::{self, Bundle};
use covenant_verifier::key::retired;
use covenant_verifier::signed::Address;
use schemars::JsonSchema;
use serde::Serialize;
use std::path::{Path, PathBuf};

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Call {
    /// `verify` of the generated contract: public inputs and proof
    Proof,
    /// `verify` of CovenantVerifier: a typed statement and the proof
    Verify,
    /// `submit` of CovenantRegistry, with the signatures of the bundle
    Submit,
    /// `open` of CovenantRegistry: a facility of whoever sends it
    Open,
    /// `announceTerms` of CovenantRegistry, of weaker terms
    Announce,
    /// `changeTerms` of CovenantRegistry, from terms to the next ones
    Change,
    /// `challenge` of CovenantRegistry: prices of now are outside of what the bundle proved
    Challenge,
    /// `endRevoked` of CovenantRegistry: a document that the bundle rests on was revoked
    EndRevoked,
}

impl Call {
    fn function(self) -> &'static str {
        match self {
            Self::Proof | Self::Verify => "verify",
            Self::Submit => "submit",
            Self::Open => "open",
            Self::Announce => "announceTerms",
            Self::Change => "changeTerms",
            Self::Challenge => "challenge",
            Self::EndRevoked => "endRevoked",
        }
    }

    /// Options without which it cannot be made.
    fn needs(self) -> &'static [&'static str] {
        const PLACE: [&str; 6] = [
            "BUNDLE",
            "--terms",
            "--chain-id",
            "--registry",
            "--facility",
            "--epoch",
        ];
        match self {
            Self::Proof | Self::Verify => &["BUNDLE"],
            Self::Submit => &[
                PLACE[0],
                PLACE[1],
                PLACE[2],
                PLACE[3],
                PLACE[4],
                PLACE[5],
                "--version",
            ],
            Self::Open => &["--terms", "--salt"],
            Self::Announce => &["--terms", "--facility"],
            Self::Change => &["--terms", "--next", "--facility"],
            Self::Challenge => &[
                PLACE[0], PLACE[1], PLACE[2], PLACE[3], PLACE[4], PLACE[5], "--prices",
            ],
            Self::EndRevoked => &[
                PLACE[0],
                PLACE[1],
                PLACE[2],
                PLACE[3],
                PLACE[4],
                PLACE[5],
                "--document",
            ],
        }
    }

    /// Options that it may have besides.
    fn takes(self) -> &'static [&'static str] {
        match self {
            Self::Submit => &["--rounds"],
            _ => &[],
        }
    }
}

/// Print the calldata of a contract's call, as 0x-hex.
///
/// The proof is not verified here: the contract does that. A bundle of a retired circuit is
/// refused by its name. TERMS is the facility's terms as JSON, with the fields and names of
/// Terms.sol; attestations, undertakings and price signatures are taken from the bundle. To challenge
/// and to end, the bundle is the one that was submitted, with the epoch that it was proved for.
#[derive(Args, Debug)]
#[command(disable_version_flag = true)]
pub(crate) struct Calldata {
    /// The bundle; for proof, verify, submit, challenge and end-revoked
    bundle: Option<PathBuf>,
    /// The call to make
    #[arg(long = "for", value_name = "CALL")]
    call: Call,
    /// The facility's terms, JSON; for all of the registry's
    #[arg(long, value_name = "FILE")]
    terms: Option<PathBuf>,
    /// The number of the bundle's circuit, as versionOf of the registry's router says; for submit
    #[arg(long, value_name = "N")]
    version: Option<u8>,
    /// EIP-155 id of the chain; for submit, challenge and end-revoked, as the next three
    #[arg(long, value_name = "N")]
    chain_id: Option<u64>,
    /// The registry's address
    #[arg(long, value_name = "ADDRESS")]
    registry: Option<Address>,
    /// The facility's id, decimal or 0x-hex; for announce and change too
    #[arg(long, value_name = "N", value_parser = id)]
    facility: Option<u128>,
    /// The facility's epoch, as the registry's facilityOf said when the proof was made
    #[arg(long, value_name = "N")]
    epoch: Option<u64>,
    /// Where the terms have feeds: the rounds that were proved with, 0 for the latest; for submit
    /// [default: 0 for each]
    #[arg(long, value_name = "ROUND", num_args = 1..)]
    rounds: Vec<u128>,
    /// 32 bytes as 0x-hex that make the facility's id, with its owner; for open
    #[arg(long, value_name = "HEX", value_parser = word)]
    salt: Option<[u8; 32]>,
    /// The terms to change to, JSON; for change
    #[arg(long, value_name = "FILE")]
    next: Option<PathBuf>,
    /// Prices of now, as prices build and prices sign write them; for challenge
    #[arg(long, value_name = "FILE")]
    prices: Option<PathBuf>,
    /// The EIP-712 digest of the revoked document; for end-revoked
    #[arg(long, value_name = "HEX", value_parser = word)]
    document: Option<[u8; 32]>,
}

/// Calldata for a contract.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CalldataOutput {
    /// The function that is called.
    function: String,
    /// The bundle's circuit; absent where there is no bundle.
    #[serde(skip_serializing_if = "Option::is_none")]
    circuit: Option<String>,
    /// keccak256 of the terms' encoding, 0x-hex, which the call leaves the facility with or finds;
    /// absent where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    terms: Option<String>,
    /// Bytes of calldata.
    bytes: usize,
    /// 0x-hex.
    calldata: String,
}

impl CalldataOutput {
    /// Of a challenge.
    pub(in crate::verbs) fn challenge(terms: &Terms, data: &[u8]) -> Self {
        Self {
            function: Call::Challenge.function().into(),
            circuit: None,
            terms: Some(hex(&terms.hash())),
            bytes: data.len(),
            calldata: hex(data),
        }
    }
}

/// 32 bytes.
fn word(text: &str) -> Result<[u8; 32], String> {
    let bytes = unhex(text).and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| "expected 0x and 64 hex digits".into())
}

impl Calldata {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        self.check_options()?;
        let bundle = self.bundle.as_deref().map(read).transpose()?;
        let terms = self.terms.as_deref().map(terms::read).transpose()?;
        let next = self.next.as_deref().map(terms::read).transpose()?;
        let data = match (&bundle, &terms) {
            (Some(bundle), None) => self.verifying(bundle, global)?,
            (Some(bundle), Some(terms)) => self.of_bundle(bundle, terms)?,
            (None, Some(terms)) => self.of_terms(terms, next.as_ref())?,
            (None, None) => return Err(self.missing("BUNDLE")),
        };
        let calldata = hex(&data);
        let known = next.as_ref().or(terms.as_ref());
        Report::done(
            calldata.clone(),
            &CalldataOutput {
                function: self.call.function().into(),
                circuit: bundle.map(|bundle| bundle.circuit().into()),
                terms: known.map(|terms| hex(&terms.hash())),
                bytes: data.len(),
                calldata,
            },
        )
    }

    fn verifying(&self, bundle: &Bundle, global: &Global) -> Result<Vec<u8>, Failure> {
        if self.call == Call::Verify {
            return Ok(verify_calldata(bundle.statement(), bundle.proof()));
        }
        let cache = keys::cache_dir(global.cache_dir.as_deref())?;
        let key = keys::verifying(bundle, &cache)?;
        let verifier = ProofVerifier::of(&key).map_err(Failure::of)?;
        export::calldata(bundle, &verifier).map_err(Failure::of)
    }

    fn of_bundle(&self, bundle: &Bundle, terms: &Terms) -> Result<Vec<u8>, Failure> {
        let place = &self.place().ok_or_else(|| self.missing("--epoch"))?;
        let submitted = Submitted {
            bundle,
            terms,
            place,
        };
        match self.call {
            Call::Challenge => {
                let prices = self.prices.as_deref();
                submitted.challenge(prices.ok_or_else(|| self.missing("--prices"))?)
            }
            Call::EndRevoked => {
                let document = self.document.as_ref();
                submitted.end_revoked(document.ok_or_else(|| self.missing("--document"))?)
            }
            _ => {
                let version = self.version.ok_or_else(|| self.missing("--version"))?;
                let made = submission::submission(bundle, terms, place, version, &self.rounds)?;
                Ok(made.submission.calldata(place.facility, terms))
            }
        }
    }

    fn of_terms(&self, terms: &Terms, next: Option<&Terms>) -> Result<Vec<u8>, Failure> {
        let facility = || self.facility.ok_or_else(|| self.missing("--facility"));
        Ok(match self.call {
            Call::Announce => terms.announce_calldata(facility()?),
            Call::Change => {
                let next = next.ok_or_else(|| self.missing("--next"))?;
                terms.change_calldata(facility()?, next)
            }
            _ => terms.open_calldata(self.salt.ok_or_else(|| self.missing("--salt"))?),
        })
    }

    /// Each call has what it needs, and nothing that it would not look at.
    fn check_options(&self) -> Result<(), Failure> {
        let given = [
            ("BUNDLE", self.bundle.is_some()),
            ("--terms", self.terms.is_some()),
            ("--version", self.version.is_some()),
            ("--chain-id", self.chain_id.is_some()),
            ("--registry", self.registry.is_some()),
            ("--facility", self.facility.is_some()),
            ("--epoch", self.epoch.is_some()),
            ("--rounds", !self.rounds.is_empty()),
            ("--salt", self.salt.is_some()),
            ("--next", self.next.is_some()),
            ("--prices", self.prices.is_some()),
            ("--document", self.document.is_some()),
        ];
        let (needs, takes) = (self.call.needs(), self.call.takes());
        for (name, given) in given {
            if !given && needs.contains(&name) {
                return Err(self.missing(name));
            }
            if given && !needs.contains(&name) && !takes.contains(&name) {
                let said = format!("{name}: expected none with --for {}", self.name());
                return Err(Failure::new(Code::Usage, said));
            }
        }
        Ok(())
    }

    fn missing(&self, name: &str) -> Failure {
        let all = self.call.needs().join(", ");
        let said = format!("expected {all} with --for {}, got no {name}", self.name());
        Failure::new(Code::Usage, said)
    }

    fn name(&self) -> String {
        let value = self.call.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().into())
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

fn read(path: &Path) -> Result<Bundle, Failure> {
    let text = files::read(path, bundle::MAX_BYTES as u64)?;
    let bundle = Bundle::from_json(&text).map_err(|e| Failure::of_file(path, e))?;
    match retired(bundle.circuit()) {
        None => Ok(bundle),
        Some(retired) => {
            let said = format!(
                "circuit: {} is retired: {}",
                bundle.circuit(),
                retired.reason
            );
            Err(Failure::new(Code::NotForChain, said).with(|out| out.at("circuit")))
        }
    }
}
