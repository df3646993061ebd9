//! `covenant export check`: whether deployed code is the published verifier.

use super::deployment::{self, RegistryOutput};
use crate::Outcome;
use crate::codes::Code;
use crate::outcome::{Exit, Failure, Report};
use crate::rpc::{Node, hex};
use clap::Args;
use covenant_circuits::ident::keccak256;
use covenant_circuits::shape::Shape;
use covenant_solidity::export::published_code_hash;
use covenant_verifier::key::CircuitKey;
use covenant_verifier::signed::Address;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

/// Check that what is deployed is what was published: a generated verifier, or a registry with all that
/// it rests on.
///
/// Queries a node for code (eth_getCode over plain HTTP) and compares it: exit code 0 equal, 1 other
/// code or none, 2 no answer. You trust the node for the answer; query your own. Of a registry its
/// rules, its identities, its router, and every version's front and generated verifier are compared
/// too, at one block, whatever their immutables are, as far as these may differ.
#[derive(Args, Debug)]
pub(crate) struct Check {
    /// The node's JSON-RPC, http:// only: a node or tunnel of your own
    #[arg(long, value_name = "URL")]
    rpc: String,
    /// The address of a generated verifier
    #[arg(long, requires = "shape", required_unless_present = "registry")]
    address: Option<Address>,
    /// Its circuit's: small, medium or large
    #[arg(long, requires = "address")]
    shape: Option<Shape>,
    /// The address of a registry, in place of a verifier's
    #[arg(long, value_name = "ADDRESS", conflicts_with = "address")]
    registry: Option<Address>,
    /// The number of the block to look at a registry [default: the newest that is finalized]
    #[arg(long, value_name = "N", requires = "registry")]
    block: Option<u64>,
}

/// Whether something is the published one.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum CheckOutput {
    /// A generated verifier.
    Verifier(VerifierOutput),
    /// A registry.
    Registry(RegistryOutput),
}

/// Whether the code is the published verifier.
#[derive(Serialize, JsonSchema)]
pub(crate) struct VerifierOutput {
    /// `false` with exit code 1.
    same: bool,
    /// Why not, for programs: see docs/errors.md.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code>,
    /// The circuit whose verifier is expected.
    circuit: String,
    /// Where the code is.
    address: String,
    /// keccak256 of the published code, 0x-hex.
    expected: String,
    /// keccak256 of the code there, 0x-hex.
    got: String,
    /// Bytes of code there.
    code_bytes: usize,
}

impl Check {
    pub(crate) fn run(self) -> Outcome {
        let node = Node::new(&self.rpc)?;
        if let Some(registry) = self.registry {
            let (text, output) = deployment::check(node, *registry.as_bytes(), self.block)?;
            let exit = output.code().map_or(Exit::Done, Code::exit);
            return Report::new(exit, text, &CheckOutput::Registry(output));
        }
        let missing = || Failure::new(Code::Usage, "expected --address and --shape, or --registry");
        let (address, shape) = self.address.zip(self.shape).ok_or_else(missing)?;
        verifier(&node, address, shape)
    }
}

fn verifier(node: &Node, address: Address, shape: Shape) -> Outcome {
    let unpublished = || {
        let said = format!(
            "--shape: expected one whose code hash is published (small, medium, large), got {shape}"
        );
        Failure::new(Code::Usage, said)
    };
    let key = CircuitKey::standard(shape).map_err(|_| unpublished())?;
    let expected = published_code_hash(key.id()).ok_or_else(unpublished)?;
    let params = json!([address.to_string(), "latest"]);
    let code = node.bytes("eth_getCode", params)?;
    let got = hex(&keccak256(&code));
    let (same, bytes) = (got == expected, code.len());
    let text = match (same, code.is_empty()) {
        (true, _) => format!(
            "the code at {} is the published verifier of {}\ncode hash {got}",
            address,
            key.id()
        ),
        (false, true) => format!("NOT the published verifier: no code at {}", address),
        (false, false) => format!(
            "NOT the published verifier of {}: expected the code hash {expected}, got {got} at {}",
            key.id(),
            address
        ),
    };
    let code = match (same, code.is_empty()) {
        (true, _) => None,
        (false, true) => Some(Code::NothingDeployed),
        (false, false) => Some(Code::OtherDeployed),
    };
    let output = CheckOutput::Verifier(VerifierOutput {
        same,
        code,
        circuit: key.id().into(),
        address: address.to_string(),
        expected: expected.to_string(),
        got,
        code_bytes: bytes,
    });
    Report::new(code.map_or(Exit::Done, Code::exit), text, &output)
}
