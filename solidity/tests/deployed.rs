//! Code with immutables is recognized whatever these are, and no other code is.

// A panic in a test is a failing test.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use covenant_solidity::deployed::Contract;
use serde_json::Value;
use std::collections::BTreeMap;

const ALL: [Contract; 5] = [
    Contract::Registry,
    Contract::Router,
    Contract::Rules,
    Contract::Identities,
    Contract::Front,
];

/// Published code with zeros for immutables, and the places of these.
fn published(contract: Contract) -> (Vec<u8>, BTreeMap<String, Vec<usize>>) {
    let all: Value = serde_json::from_str(include_str!("../data/deployed.json")).unwrap();
    let one = &all[contract.name()];
    let code = alloy_primitives::hex::decode(one["code"].as_str().unwrap()).unwrap();
    let places = serde_json::from_value(one["immutables"].clone()).unwrap();
    (code, places)
}

/// The same as it would be deployed: every immutable another number.
fn deployed(contract: Contract) -> (Vec<u8>, BTreeMap<String, [u8; 32]>) {
    let (mut code, places) = published(contract);
    let mut values = BTreeMap::new();
    for (n, (name, places)) in places.into_iter().enumerate() {
        let value = [n as u8 + 1; 32];
        for place in places {
            code[place..place + 32].copy_from_slice(&value);
        }
        values.insert(name, value);
    }
    (code, values)
}

#[test]
fn immutables_are_read_and_may_be_anything() {
    for contract in ALL {
        let (code, values) = deployed(contract);
        assert_eq!(contract.immutables(&code), Some(values), "{contract:?}");
    }
    let names = |contract| deployed(contract).1.into_keys().collect::<Vec<_>>();
    let registry = ["delay", "identities", "router", "rules"];
    assert_eq!(names(Contract::Registry), registry);
    assert_eq!(names(Contract::Rules), [""; 0]);
}

#[test]
fn no_other_code_passes() {
    for contract in ALL {
        let (code, _) = deployed(contract);
        let (_, places) = published(contract);
        let inside = |at: usize| {
            let mut all = places.values().flatten();
            all.any(|place| (*place..place + 32).contains(&at))
        };
        // Each time the published code is parsed: not at every byte.
        for at in (0..code.len()).step_by(61).filter(|at| !inside(*at)) {
            let mut other = code.clone();
            other[at] ^= 1;
            assert_eq!(contract.immutables(&other), None, "{contract:?} at {at}");
        }
        for other in [&code[..code.len() - 1], &[], &[&code[..], &[0]].concat()] {
            assert_eq!(contract.immutables(other), None);
        }
        // One immutable that is two values.
        for places in places.values().filter(|places| places.len() > 1) {
            let mut other = code.clone();
            other[places[1]] ^= 1;
            assert_eq!(contract.immutables(&other), None);
        }
        for other in ALL.into_iter().filter(|other| *other != contract) {
            assert_eq!(other.immutables(&code), None);
        }
    }
}
