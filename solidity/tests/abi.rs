//! The ABI that this crate uses is the compiled contracts' own: names, types and order.

// A panic in a test is a failing test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use alloy_primitives::{Bytes, U256};
use alloy_sol_types::{SolCall, SolStruct};
use covenant_circuits::field::{Fr, to_be_bytes};
use covenant_circuits::shape::Shape;
use covenant_solidity::abi::AggregatorV3Interface::AggregatorV3InterfaceCalls;
use covenant_solidity::abi::BackedToken::BackedTokenCalls;
use covenant_solidity::abi::CovenantBatch::CovenantBatchCalls;
use covenant_solidity::abi::CovenantManyVerifier::CovenantManyVerifierCalls;
use covenant_solidity::abi::CovenantRegistry::{CovenantRegistryCalls, CovenantRegistryEvents};
use covenant_solidity::abi::CovenantRouter::CovenantRouterCalls;
use covenant_solidity::abi::CovenantVerifier::CovenantVerifierCalls;
use covenant_solidity::abi::IDebtSource::IDebtSourceCalls;
use covenant_solidity::registry::Round;
use covenant_solidity::{ProofVerifier, abi};
use covenant_verifier::key::CircuitKey;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const REGISTRY: &str = include_str!("../data/CovenantRegistry.json");
const FRONT: &str = include_str!("../data/CovenantVerifier.json");
const MANY: &str = include_str!("../data/CovenantManyVerifier.json");
const BATCH: &str = include_str!("../data/CovenantBatch.json");
const ROUTER: &str = include_str!("../data/CovenantRouter.json");
const TOKEN: &str = include_str!("../data/BackedToken.json");
const SOURCE: &str = include_str!("../data/TokenDebt.json");

fn entries(artifact: &str) -> Vec<Value> {
    let artifact: Value = serde_json::from_str(artifact).unwrap();
    artifact["abi"].as_array().unwrap().clone()
}

/// `uint256` of a word, `(uint64,bytes)[]` of a list of tuples.
fn type_of(parameter: &Value) -> String {
    let kind = parameter["type"].as_str().unwrap();
    match kind.strip_prefix("tuple") {
        Some(list) => format!("({}){list}", types_of(&parameter["components"])),
        None => kind.into(),
    }
}

fn types_of(parameters: &Value) -> String {
    let types: Vec<String> = (parameters.as_array().unwrap().iter())
        .map(type_of)
        .collect();
    types.join(",")
}

fn signatures(artifact: &str, kind: &str) -> BTreeSet<String> {
    (entries(artifact).iter())
        .filter(|entry| entry["type"] == kind)
        .map(|f| {
            format!(
                "{}({})",
                f["name"].as_str().unwrap(),
                types_of(&f["inputs"])
            )
        })
        .collect()
}

/// EIP-712's text of every structure, such as `Feed(address feed,uint8 assetDecimals)`.
fn structures(artifact: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut left: Vec<Value> = (entries(artifact).iter())
        .flat_map(|entry| {
            let part = |name: &str| entry[name].as_array().cloned().unwrap_or_default();
            [part("inputs"), part("outputs")].concat()
        })
        .collect();
    while let Some(parameter) = left.pop() {
        let Some(parts) = parameter["components"].as_array() else {
            continue;
        };
        let name = named(&parameter);
        let name = name.trim_end_matches("[]").to_owned();
        let members: Vec<String> = (parts.iter())
            .map(|part| format!("{} {}", named(part), part["name"].as_str().unwrap()))
            .collect();
        found.insert(name.clone(), format!("{name}({})", members.join(",")));
        left.extend(parts.iter().cloned());
    }
    found
}

/// The type, by its name where it is a structure.
fn named(parameter: &Value) -> String {
    let internal = parameter["internalType"].as_str().unwrap();
    match internal.strip_prefix("struct ") {
        Some(name) => name.rsplit('.').next().unwrap().into(),
        None => parameter["type"].as_str().unwrap().into(),
    }
}

#[test]
fn functions_and_events_are_those_of_the_contracts() {
    let contained = |artifact: &str, kind: &str, ours: &[&str]| {
        let all = signatures(artifact, kind);
        for signature in ours {
            assert!(all.contains(*signature), "{signature}");
        }
    };
    let function = "function";
    contained(REGISTRY, function, CovenantRegistryCalls::SIGNATURES);
    contained(FRONT, function, CovenantVerifierCalls::SIGNATURES);
    contained(MANY, function, CovenantManyVerifierCalls::SIGNATURES);
    contained(BATCH, function, CovenantBatchCalls::SIGNATURES);
    contained(ROUTER, function, CovenantRouterCalls::SIGNATURES);
    contained(TOKEN, function, BackedTokenCalls::SIGNATURES);
    contained(SOURCE, function, IDebtSourceCalls::SIGNATURES);
    contained(REGISTRY, "event", CovenantRegistryEvents::SIGNATURES);
    // Chainlink's, of which there is no contract here.
    let feed = ["decimals()", "latestRoundData()"];
    assert_eq!(AggregatorV3InterfaceCalls::SIGNATURES, feed);
}

/// Which arguments of events are topics: decoding goes by it.
#[test]
fn events_have_the_topics_of_the_contracts() {
    let topics: BTreeMap<String, usize> = (entries(REGISTRY).iter())
        .filter(|entry| entry["type"] == "event")
        .map(|event| {
            let inputs = event["inputs"].as_array().unwrap();
            let indexed = inputs.iter().filter(|i| i["indexed"] == true).count();
            (event["name"].as_str().unwrap().to_owned(), indexed)
        })
        .collect();
    for (name, count) in [
        ("FacilityOpened", 2),
        ("TermsAnnounced", 1),
        ("TermsChanged", 1),
        ("Covered", 3),
        ("CoverageEnded", 2),
        ("CoverageShortened", 1),
        ("Uncured", 1),
        ("ReleaseConsented", 1),
        ("PledgesReleased", 1),
    ] {
        assert_eq!(topics[name], count, "{name}");
    }
}

#[test]
fn structures_are_those_of_the_contracts() {
    let mut contracts = structures(REGISTRY);
    contracts.extend(structures(FRONT));
    let ours = [
        abi::Attester::eip712_root_type(),
        abi::Feed::eip712_root_type(),
        abi::Terms::eip712_root_type(),
        abi::Binding::eip712_root_type(),
        abi::Signatures::eip712_root_type(),
        abi::Attestation::eip712_root_type(),
        abi::Undertaking::eip712_root_type(),
        abi::Prices::eip712_root_type(),
        abi::Submission::eip712_root_type(),
        abi::Renewal::eip712_root_type(),
        abi::Document::eip712_root_type(),
        abi::Basis::eip712_root_type(),
        abi::Envelope::eip712_root_type(),
        abi::Coverage::eip712_root_type(),
        abi::Facility::eip712_root_type(),
        abi::Statement::eip712_root_type(),
    ];
    let ours: BTreeSet<String> = ours.into_iter().map(Into::into).collect();
    assert_eq!(ours, contracts.into_values().collect());
}

alloy_sol_types::sol! {
    function verify(uint256[25] instances, bytes proof) external view returns (bool);
}

/// The one call whose type depends on the circuit.
#[test]
fn calldata_of_a_generated_verifier() {
    let key = CircuitKey::standard(Shape::SMALL).unwrap();
    let verifier = ProofVerifier::of(&key).unwrap();
    let inputs: Vec<Fr> = (1..=25).map(|i| -Fr::from(i)).collect();
    let words: Vec<U256> = (inputs.iter())
        .map(|x| U256::from_be_bytes(to_be_bytes(x)))
        .collect();
    for length in [0, 1, 31, 32, 33, verifier.proof_length()] {
        let proof = vec![0xab; length];
        let expected = verifyCall {
            instances: words.clone().try_into().unwrap(),
            proof: Bytes::from(proof.clone()),
        };
        assert_eq!(verifier.calldata(&inputs, &proof), expected.abi_encode());
    }
}

#[test]
fn rounds_have_80_bits() {
    assert_eq!(Round::new(0), Some(Round::LATEST));
    assert!(Round::new((1 << 80) - 1).is_some());
    assert_eq!(Round::new(1 << 80), None);
    assert_eq!(Round::new(u128::MAX), None);
}
