//! The contract around the body, and the compiler's input.

use crate::body::Body;
use crate::protocol::Protocol;
use crate::{Result, SolidityError};
use alloy_primitives::U256;
use covenant_circuits::circuit::program::{Capacity, Program};
use covenant_circuits::field::{Fr, to_be_bytes};
use covenant_circuits::ident::keccak256;
use covenant_circuits::shape::Shape;
use covenant_verifier::key::CircuitKey;
use serde_json::{Value, json};

/// The compiler that the published code hashes are of, as npm's `solc` names it.
pub const SOLC_VERSION: &str = "0.8.37";

/// A generated contract: `verify(uint256[N] instances, bytes proof) returns (bool)`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProofVerifier {
    name: String,
    source: String,
    instances: usize,
    proof_length: usize,
}

impl ProofVerifier {
    /// The contract of a circuit: of a claim, of many claims, or of a roll-up.
    pub fn of<S: Capacity>(key: &CircuitKey<S>) -> Result<Self> {
        let protocol = Protocol::of(key)?;
        if protocol.proof_length() != key.proof_length() {
            return Err(SolidityError::Unsupported {
                what: "proofs of the length that the native verifier expects",
            });
        }
        let mut body = Body::new(&protocol);
        body.check_length();
        body.check_words();
        body.transcript();
        let power = body.power_of_x();
        let points = body.points();
        let less_one = body.less_one(power);
        let lagrange = body.inverses(power, &[less_one, points.x, points.others]);
        let quotient = body.identities(&lagrange, less_one)?;
        let terms = body.scalars(&points, power, quotient);
        body.pairing(&terms, &key.tau_g2())?;
        let name = contract_name(key.program());
        Ok(Self {
            source: source(&name, key, &protocol, &body.code.finish()),
            name,
            instances: protocol.instances,
            proof_length: protocol.proof_length(),
        })
    }

    /// The contract's name, such as `CovenantProofSmall`.
    pub fn name(&self) -> &str {
        &self.name
    }
    /// The source's file name.
    pub fn file_name(&self) -> String {
        format!("{}.sol", self.name)
    }
    /// The Solidity source.
    pub fn source(&self) -> &str {
        &self.source
    }
    /// Length of the public input array.
    pub fn instances(&self) -> usize {
        self.instances
    }
    /// Bytes of a proof.
    pub fn proof_length(&self) -> usize {
        self.proof_length
    }

    /// Calldata of `verify`. The contract refuses arrays of another length.
    ///
    /// How many public inputs there are depends on the circuit, so no type of [`abi`](crate::abi)
    /// is this call: the words of the array in place, then offset, length and bytes of the proof.
    pub fn calldata(&self, instances: &[Fr], proof: &[u8]) -> Vec<u8> {
        let signature = format!("verify(uint256[{}],bytes)", self.instances);
        let selector = keccak256(signature.as_bytes());
        let mut data: Vec<u8> = selector.iter().take(4).copied().collect();
        data.extend(instances.iter().flat_map(to_be_bytes));
        data.extend(U256::from(32 * (instances.len() + 1)).to_be_bytes::<32>());
        data.extend(U256::from(proof.len()).to_be_bytes::<32>());
        data.extend(proof);
        data.resize(4 + (data.len() - 4).next_multiple_of(32), 0);
        data
    }

    /// solc's standard-JSON input: source, settings, nothing else.
    pub fn standard_json(&self) -> Value {
        json!({
            "language": "Solidity",
            "sources": { self.file_name(): { "content": self.source } },
            "settings": compiler_settings(),
        })
    }
}

/// The one setting that generated contracts are compiled with. No metadata: the code hash
/// depends on the code alone. No Yul optimizer: it cannot keep the body's values within
/// reach of the stack.
pub fn compiler_settings() -> Value {
    json!({
        "evmVersion": "cancun",
        "viaIR": false,
        "optimizer": { "enabled": false },
        "metadata": { "appendCBOR": false, "bytecodeHash": "none" },
        "outputSelection": { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] } },
    })
}

fn contract_name(program: Program) -> String {
    let suffix = match program {
        Program::Claim(shape) => capitalised(shape),
        Program::Many(shape) => format!("Many{}{}", shape.claims(), capitalised(shape.claim())),
        Program::Rollup(shape) => format!("Rollup{}", shape.to_string().replace("->", "x")),
    };
    format!("CovenantProof{suffix}")
}

/// `Small`, or `4x27x8x3` where the shape has no name.
fn capitalised(shape: Shape) -> String {
    match shape.name() {
        Some(name) => {
            let (first, rest) = name.split_at(name.len().min(1));
            format!("{}{rest}", first.to_ascii_uppercase())
        }
        None => shape.dimensions(),
    }
}

fn source<S: Capacity>(
    name: &str,
    key: &CircuitKey<S>,
    protocol: &Protocol<'_>,
    body: &str,
) -> String {
    let (instances, length) = (protocol.instances, protocol.proof_length());
    format!(
        r#"// SPDX-License-Identifier: MIT OR Apache-2.0
// Generated from the verifying key. Do not edit.
pragma solidity ^0.8.30;

/// @title Verifier of proofs of the circuit {circuit}
/// @notice KZG with the ceremony {ceremony}. Halo2 with the keccak transcript and SHPLONK.
/// @dev Says only that the public inputs are true of some secret. Whoever calls it builds the
/// public inputs itself, from values it checked (S9); see ICovenantVerifier.
contract {name} {{
    /// @notice The calldata is not exactly {instances} public inputs and a proof of {length} bytes.
    error WrongLength();
    /// @notice A scalar is not below r, or a point is not on the curve.
    error NotCanonical();
    /// @notice A precompile failed or was not given enough gas.
    error PrecompileFailed();
    /// @notice The proof does not prove the statement.
    error ProofInvalid();

    /// @notice Returns true if the proof proves the statement; reverts otherwise.
    /// @param instances The public inputs, each below r.
    /// @param proof Exactly {length} bytes.
    function verify(uint256[{instances}] calldata instances, bytes calldata proof)
        external
        view
        returns (bool)
    {{
        // Both are read from calldata, at places that are checked first.
        (instances, proof);
        assembly {{
{body}        }}
    }}
}}
"#,
        circuit = key.id(),
        ceremony = key.ceremony(),
    )
}
