//! Hashes that the contracts make of terms, envelopes and prices, and how undertakings name a
//! facility: against the numbers of docs/spec.md, which the independent model checks too.

// A panic in a test is a failing test.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use alloy_primitives::{U256, hex, keccak256};
use covenant_circuits::field::to_be_bytes;
use covenant_fixtures::{Vectors, claim};
use covenant_solidity::Binding;
use covenant_solidity::registry::{PolicyEnvelope, prices_hash};

/// The table of section 6a.2, and its first row from the numbers that it shows.
#[test]
fn envelopes_and_prices_hash_as_in_the_specification() {
    let cases = Vectors::load().list("cases");
    for (case, ratio, terms, prices) in [
        (
            0,
            12_500,
            "4f39b49fcb9d334e4ebcee6e3f75634831eaaccfdc0a295219e88312b8aa9a86",
            "da44f9dd703e89429e71e4e5d7a0914719721b691c2e63b95d1b4507644c2c41",
        ),
        (
            3,
            11_000,
            "15c04ba123d183bc2d639f28369923354ee653d4e9ac00a544f2e8a69c30e5ba",
            "7d4bd0163ca974832106133ed92f7185d5f787d47d927ea97a22a08a91450159",
        ),
    ] {
        let claim = claim(&cases[case], ratio);
        let proved: Vec<u128> = (claim.statement.prices().iter()).map(|p| p.get()).collect();
        assert_eq!(
            hex::encode(PolicyEnvelope::of(&claim.policy).hash()),
            terms,
            "case {case}"
        );
        assert_eq!(hex::encode(prices_hash(&proved)), prices, "case {case}");
    }
    let shown = PolicyEnvelope {
        ratios: vec![10_500, 11_000],
        multipliers: vec![10_000, 10_000, 3_500, 4_000, 9_850, 10_000, 10_000, 10_000],
        owed: U256::from(10),
        weightless: U256::ZERO,
    };
    assert_eq!(PolicyEnvelope::of(&claim(&cases[0], 12_500).policy), shown);
}

/// As section 7 says: words that are written out here.
#[test]
fn a_facility_has_a_name_for_undertakings() {
    let binding = Binding {
        chain_id: 10,
        registry: [0x22; 20],
        facility: 0x1234,
        epoch: 3,
    };
    let mut words = [0; 128];
    words[..32].copy_from_slice(&hex!(
        "adc3a2001f2303b995d2fc4d2efeb476708005da3faef1ffd2111a84612f0877"
    ));
    words[63] = 10;
    words[76..96].fill(0x22);
    words[126..].copy_from_slice(&[0x12, 0x34]);
    let mut name = [0; 32];
    name[1..].copy_from_slice(&keccak256(words)[..31]);
    let id = binding.facility_id().unwrap();
    assert_eq!(to_be_bytes(&id.get()), name);
    assert_eq!(
        Binding {
            epoch: 4,
            ..binding
        }
        .facility_id(),
        Some(id)
    );
    assert_ne!(
        Binding {
            chain_id: 1,
            ..binding
        }
        .facility_id(),
        Some(id)
    );
}
