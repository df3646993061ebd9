//! `covenant export check`: whether deployed code is the published verifier.

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

/// Check that the code at an address is the published verifier of a standard shape.
///
/// Asks a node for the code (eth_getCode over plain HTTP) and compares its keccak256: exit
/// code 0 equal, 1 other code or none, 2 no answer. You trust the node for the answer; query
/// your own.
#[derive(Args, Debug)]
pub(crate) struct Check {
    /// The node's JSON-RPC, http:// only: a node or tunnel of your own
    #[arg(long, value_name = "URL")]
    rpc: String,
    /// The address of the generated verifier
    #[arg(long)]
    address: Address,
    /// small, medium or large
    #[arg(long)]
    shape: Shape,
}

/// Whether the code is the published verifier.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CheckOutput {
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
        let unpublished = || {
            let said = format!(
                "--shape: expected one whose code hash is published (small, medium, large), got {}",
                self.shape
            );
            Failure::new(Code::Usage, said)
        };
        let key = CircuitKey::standard(self.shape).map_err(|_| unpublished())?;
        let expected = published_code_hash(key.id()).ok_or_else(unpublished)?;
        let code = self.code()?;
        let got = hex(&keccak256(&code));
        let (same, bytes) = (got == expected, code.len());
        let text = match (same, code.is_empty()) {
            (true, _) => format!(
                "the code at {} is the published verifier of {}\ncode hash {got}",
                self.address,
                key.id()
            ),
            (false, true) => format!("NOT the published verifier: no code at {}", self.address),
            (false, false) => format!(
                "NOT the published verifier of {}: expected the code hash {expected}, got {got} at {}",
                key.id(),
                self.address
            ),
        };
        let code = match (same, code.is_empty()) {
            (true, _) => None,
            (false, true) => Some(Code::NothingDeployed),
            (false, false) => Some(Code::OtherDeployed),
        };
        let output = CheckOutput {
            same,
            code,
            circuit: key.id().into(),
            address: self.address.to_string(),
            expected: expected.to_string(),
            got,
            code_bytes: bytes,
        };
        Report::new(code.map_or(Exit::Done, Code::exit), text, &output)
    }

    fn code(&self) -> Result<Vec<u8>, Failure> {
        let params = json!([self.address.to_string(), "latest"]);
        Node::new(&self.rpc)?.bytes("eth_getCode", params)
    }
}
