//! `covenant export context`: what a facility's next proof must be made for (S9).

use crate::Outcome;
use crate::codes::Code;
use crate::outcome::{Failure, Report};
use clap::Args;
use covenant_circuits::field::to_hex;
use covenant_circuits::ident::{Context, FacilityId};
use covenant_solidity::registry::Binding;
use covenant_verifier::signed::Address;
use schemars::JsonSchema;
use serde::Serialize;

/// Where a proof counts: on one chain, in one registry, for one facility, once.
#[derive(Args, Clone, Copy, Debug)]
pub(in crate::verbs) struct Place {
    /// EIP-155 id of the chain
    #[arg(long, value_name = "N")]
    pub(in crate::verbs) chain_id: u64,
    /// The registry's address
    #[arg(long, value_name = "ADDRESS")]
    pub(in crate::verbs) registry: Address,
    /// The facility's id, decimal or 0x-hex
    #[arg(long, value_name = "N", value_parser = id)]
    pub(in crate::verbs) facility: u128,
    /// The facility's epoch, as the registry's facilityOf says
    #[arg(long, value_name = "N")]
    pub(in crate::verbs) epoch: u64,
}

impl Place {
    pub(super) fn binding(&self) -> Binding {
        Binding {
            chain_id: self.chain_id,
            registry: *self.registry.as_bytes(),
            facility: self.facility,
            epoch: self.epoch,
        }
    }

    /// How undertakings name the facility.
    pub(super) fn facility_id(&self) -> Result<FacilityId, Failure> {
        self.binding()
            .facility_id()
            .ok_or_else(|| Failure::new(Code::Internal, "expected a name below 2^248, got another"))
    }

    pub(super) fn context(&self) -> Result<Context, Failure> {
        self.binding().context().ok_or_else(|| {
            Failure::new(
                Code::Internal,
                "expected a context below 2^248, got another",
            )
        })
    }
}

/// A facility's id in a registry.
pub(in crate::verbs) fn id(text: &str) -> Result<u128, String> {
    match text.strip_prefix("0x") {
        Some(digits) => u128::from_str_radix(digits, 16),
        None => text.parse(),
    }
    .map_err(|_| "expected a number below 2^128, decimal or 0x-hex".into())
}

/// Print the context that a facility's next proof must be made for.
///
/// It is what `contextOf` of the registry says, computed without a node. For `covenant prove
/// --context-hash`.
#[derive(Args, Debug)]
pub(crate) struct ContextVerb {
    #[command(flatten)]
    place: Place,
}

/// A context.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ContextOutput {
    /// 0x and 64 hex digits.
    context: String,
    /// How undertakings name the facility, whatever its epoch: for `covenant account undertake
    /// --facility`.
    facility: String,
}

impl ContextVerb {
    pub(crate) fn run(self) -> Outcome {
        let context = to_hex(&self.place.context()?.get());
        let facility = to_hex(&self.place.facility_id()?.get());
        Report::done(context.clone(), &ContextOutput { context, facility })
    }
}
