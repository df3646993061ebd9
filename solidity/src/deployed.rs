//! Whether what is deployed is what was published. A contract's code differs from the published one
//! where its immutables are, and nowhere else; what these may be is for whoever compares.
//!
//! Code says nothing of storage: what the transaction that deployed it wrote there, no comparison of
//! code shows. The address does, where it was derived from the creation code (CREATE2).

use crate::ProofVerifier;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Runtime code of the hand-written contracts; a test compiles them again and compares (K3).
const DEPLOYED: &str = include_str!("../data/deployed.json");

/// A hand-written contract.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Contract {
    /// CovenantRegistry.
    Registry,
    /// CovenantRouter.
    Router,
    /// CovenantRules, which a registry deploys.
    Rules,
    /// CovenantIdentities, which a registry deploys.
    Identities,
    /// CovenantVerifier, the typed front of a generated verifier.
    Front,
}

/// Immutables by the names that the source gives them.
pub type Immutables = BTreeMap<String, [u8; 32]>;

#[derive(Deserialize)]
struct Published {
    code: String,
    immutables: BTreeMap<String, Vec<usize>>,
}

impl Contract {
    /// Its name in the source.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Registry => "CovenantRegistry",
            Self::Router => "CovenantRouter",
            Self::Rules => "CovenantRules",
            Self::Identities => "CovenantIdentities",
            Self::Front => "CovenantVerifier",
        }
    }

    /// The immutables of code; `None` where the code is not this contract's.
    pub fn immutables(self, code: &[u8]) -> Option<Immutables> {
        let mut all: BTreeMap<String, Published> = serde_json::from_str(DEPLOYED).ok()?;
        let published = all.remove(self.name())?;
        let expected = alloy_primitives::hex::decode(published.code).ok()?;
        let mut rest = code.to_vec();
        let mut found = Immutables::new();
        for (name, places) in published.immutables {
            for place in places {
                let word = rest.get_mut(place..place.checked_add(32)?)?;
                let value: [u8; 32] = (&*word).try_into().ok()?;
                // One immutable is one value wherever it is read.
                if *found.entry(name.clone()).or_insert(value) != value {
                    return None;
                }
                word.fill(0);
            }
        }
        (rest == expected).then_some(found)
    }
}

/// The selector by which a front calls a verifier of so many public inputs, as its immutable has it.
pub fn front_selector(verifier: &ProofVerifier) -> [u8; 32] {
    let signature = format!("verify(uint256[{}],bytes)", verifier.instances());
    let hash = covenant_circuits::ident::keccak256(signature.as_bytes());
    let mut word = [0; 32];
    for (to, from) in word.iter_mut().zip(hash.iter().take(4)) {
        *to = *from;
    }
    word
}
