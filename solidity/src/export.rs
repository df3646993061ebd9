//! What `covenant export` writes: everything to compile, deploy and call the verifier of a
//! circuit, as files of text.

use crate::{ProofVerifier, Result, SOLC_VERSION};
use covenant_circuits::statement::StatementError;
use covenant_verifier::bundle::Bundle;
use covenant_verifier::key::CircuitKey;
use serde_json::{Value, json};

/// The compiler's whole input for the hand-written contracts: every source with all that it imports,
/// OpenZeppelin's too, and the settings. Written from `contracts/src` by `make contract-docs`, and compared
/// by `make lint`.
const CONTRACTS: &str = include_str!("../data/contracts.input.json");

/// Where the sources' imports are among the files.
const REMAPPINGS: &str = "@openzeppelin/=lib/@openzeppelin/\n";

/// Code hashes of the standard shapes, which a test compiles again and compares (K3).
const PUBLISHED: &str = include_str!("../data/manifest.json");

/// A file to write: its relative path and its text.
pub type File = (String, String);

/// The files of a circuit's verifier: generated source, compiler input, ABI and
/// manifest; and the sources of all contracts around it.
pub fn files(key: &CircuitKey) -> Result<Vec<File>> {
    let verifier = ProofVerifier::of(key)?;
    let name = verifier.name();
    let mut files = vec![
        (verifier.file_name(), verifier.source().to_owned()),
        (
            format!("{name}.input.json"),
            pretty(&verifier.standard_json()),
        ),
        (format!("{name}.abi.json"), pretty(&abi(&verifier))),
        ("manifest.json".into(), pretty(&manifest(key, &verifier))),
    ];
    files.push(("contracts.input.json".into(), CONTRACTS.to_owned()));
    files.push(("remappings.txt".into(), REMAPPINGS.to_owned()));
    files.extend(sources());
    Ok(files)
}

/// The hand-written contracts and what they import, where `REMAPPINGS` finds them.
fn sources() -> Vec<File> {
    let input: Value = serde_json::from_str(CONTRACTS).unwrap_or_default();
    let Some(sources) = input.get("sources").and_then(Value::as_object) else {
        return Vec::new();
    };
    let file = |(path, source): (&String, &Value)| {
        let text = source.get("content")?.as_str()?.to_owned();
        let library = path.starts_with('@');
        let place = if library {
            format!("lib/{path}")
        } else {
            path.clone()
        };
        Some((place, text))
    };
    sources.iter().filter_map(file).collect()
}

/// Calldata of the generated contract's `verify` for a bundle. The bundle is not verified.
pub fn calldata(
    bundle: &Bundle,
    verifier: &ProofVerifier,
) -> std::result::Result<Vec<u8>, StatementError> {
    let inputs = bundle.statement().public_inputs(&bundle.shape())?;
    Ok(verifier.calldata(&inputs, bundle.proof()))
}

/// keccak256 of the runtime code, where it is published: for the standard shapes, of one claim and of
/// many.
pub fn published_code_hash(circuit: &str) -> Option<String> {
    let published: Value = serde_json::from_str(PUBLISHED).ok()?;
    let lists = ["verifiers", "many"].map(|list| published.get(list)?.as_array());
    let found = (lists.into_iter().flatten().flatten())
        .find(|v| v.get("circuit").is_some_and(|c| c == circuit))?;
    Some(found.get("code_hash")?.as_str()?.to_owned())
}

fn manifest(key: &CircuitKey, verifier: &ProofVerifier) -> Value {
    let shape = key.shape();
    json!({
        "version": 1,
        "circuit": key.id(),
        "shape": shape.to_string(),
        "ceremony": key.ceremony(),
        "contract": verifier.name(),
        "solc": SOLC_VERSION,
        "code_hash": published_code_hash(key.id()),
        "public_inputs": verifier.instances(),
        "proof_bytes": verifier.proof_length(),
        "front": { "accounts": shape.accounts(), "assets": shape.assets() },
    })
}

/// The generated contract's ABI.
pub fn abi(verifier: &ProofVerifier) -> Value {
    let argument =
        |name: &str, kind: String| json!({ "name": name, "type": kind, "internalType": kind });
    let error = |name: &str| json!({ "type": "error", "name": name, "inputs": [] });
    let mut entries: Vec<Value> = [
        "NotCanonical",
        "PrecompileFailed",
        "ProofInvalid",
        "WrongLength",
    ]
    .into_iter()
    .map(error)
    .collect();
    entries.push(json!({
        "type": "function",
        "name": "verify",
        "stateMutability": "view",
        "inputs": [
            argument("instances", format!("uint256[{}]", verifier.instances())),
            argument("proof", "bytes".into()),
        ],
        "outputs": [argument("", "bool".into())],
    }));
    Value::Array(entries)
}

fn pretty(value: &Value) -> String {
    // Printing a value cannot fail; the compact form takes its place.
    serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string()) + "\n"
}
