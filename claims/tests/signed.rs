//! Signed documents against the published vectors, and strict reading of addresses and
//! signatures (docs/spec.md, section 7).

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_claims::account::{Commitment, Kind};
use covenant_claims::field::from_hex;
use covenant_claims::ident::SubjectId;
use covenant_claims::numbers::Price;
use covenant_claims::signed::address::AddressError;
use covenant_claims::signed::{
    AccountAttestation, AccountRef, Address, PriceSnapshot, Signature, SignatureError,
};
use k256::elliptic_curve::PrimeField;
use serde_json::Value;

fn vectors() -> Value {
    let text = include_str!("../../fixtures/data/conformance.json");
    serde_json::from_str::<Value>(text).unwrap()["eip712"].take()
}

fn attestation(v: &Value) -> AccountAttestation {
    let m = &v["attestation"]["message"];
    let field = |name: &str| from_hex(m[name].as_str().unwrap()).unwrap();
    AccountAttestation {
        commitment: Commitment(field("commitment")),
        subject: SubjectId::from_field(field("subject")).unwrap(),
        as_of: m["asOf"].as_u64().unwrap(),
        valid_until: m["validUntil"].as_u64().unwrap(),
        kind: [Kind::Collateral, Kind::Liability][m["kind"].as_u64().unwrap() as usize],
        account: AccountRef::from_field(field("account")).unwrap(),
    }
}

fn snapshot(v: &Value) -> PriceSnapshot {
    let m = &v["price_snapshot"]["message"];
    PriceSnapshot {
        policy: from_hex(m["policy"].as_str().unwrap()).unwrap(),
        as_of: m["asOf"].as_u64().unwrap(),
        prices: m["prices"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| Price::new(p.as_str().unwrap().parse().unwrap()).unwrap())
            .collect(),
    }
}

#[test]
fn documents_have_the_published_digests_and_signers() {
    let v = vectors();
    let address: Address = v["address"].as_str().unwrap().parse().unwrap();
    for (name, digest) in [
        ("attestation", attestation(&v).digest()),
        ("price_snapshot", snapshot(&v).digest()),
    ] {
        assert_eq!(digest.to_string(), v[name]["digest"].as_str().unwrap());
        let signature: Signature = v[name]["signature"].as_str().unwrap().parse().unwrap();
        assert_eq!(signature.recover(&digest), Ok(address));
    }
}

#[test]
fn typed_data_carries_the_message_of_the_vectors() {
    let v = vectors();
    // Numbers of the vectors are small enough to be JSON numbers; ours are text.
    let text = |v: &Value| match v {
        Value::Array(list) => list
            .iter()
            .map(|x| x.as_str().unwrap().to_owned())
            .collect(),
        Value::String(s) => vec![s.clone()],
        other => vec![other.to_string()],
    };
    for (name, typed) in [
        ("attestation", attestation(&v).typed_data()),
        ("price_snapshot", snapshot(&v).typed_data()),
    ] {
        let message = v[name]["message"].as_object().unwrap();
        assert_eq!(typed["message"].as_object().unwrap().len(), message.len());
        for (field, value) in message {
            assert_eq!(text(&typed["message"][field]), text(value), "{field}");
        }
        let primary = typed["primaryType"].as_str().unwrap();
        assert_eq!(
            typed["types"][primary].as_array().unwrap().len(),
            message.len()
        );
        assert_eq!(typed["domain"]["name"], "Covenant");
        assert_eq!(typed["domain"]["version"], "1");
    }
    let typed = snapshot(&v).typed_data();
    assert_eq!(typed["types"]["PriceSnapshot"][2]["type"], "uint128[]");
}

/// V6. A document that differs in one field has another digest, so another signer.
#[test]
fn v6_every_field_of_a_document_is_signed() {
    let v = vectors();
    let signer: Address = v["address"].as_str().unwrap().parse().unwrap();
    let good = attestation(&v);
    let one = from_hex("0x1").unwrap();
    let changes: [fn(&mut AccountAttestation); 6] = [
        |a| a.commitment = Commitment(from_hex("0x1").unwrap()),
        |a| a.subject = SubjectId::of("lei:OTHER").unwrap(),
        |a| a.as_of += 1,
        |a| a.valid_until += 1,
        |a| a.kind = Kind::Liability,
        |a| a.account = AccountRef::of("another"),
    ];
    let signature: Signature = v["attestation"]["signature"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    for change in changes {
        let mut changed = good.clone();
        change(&mut changed);
        assert_ne!(signature.recover(&changed.digest()), Ok(signer));
    }
    let signature: Signature = v["price_snapshot"]["signature"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let good = snapshot(&v);
    let changes: [&dyn Fn(&mut PriceSnapshot); 5] = [
        &|p| p.policy += one,
        &|p| p.as_of -= 1,
        &|p| p.prices[1] = Price::new(p.prices[1].get() + 1).unwrap(),
        &|p| p.prices.swap(0, 1),
        &|p| p.prices.push(Price::new(1).unwrap()),
    ];
    for change in changes {
        let mut changed = good.clone();
        change(&mut changed);
        assert_ne!(signature.recover(&changed.digest()), Ok(signer));
    }
}

/// V6. Forged, malleated and malformed signatures, each with its own error.
#[test]
fn v6_signatures_have_one_accepted_form() {
    let v = vectors();
    let signer: Address = v["address"].as_str().unwrap().parse().unwrap();
    let digest = attestation(&v).digest();
    let text = v["attestation"]["signature"].as_str().unwrap();
    let good: Signature = text.parse().unwrap();
    assert_eq!(good.to_string(), text);
    let with = |change: &dyn Fn(&mut [u8; 65])| {
        let mut bytes = *good.as_bytes();
        change(&mut bytes);
        Signature::from_bytes(bytes).recover(&digest)
    };
    // The other s with the other v is the malleated twin: a lax reader takes it.
    let mut twin = *good.as_bytes();
    let mut s = [0u8; 32];
    s.copy_from_slice(&twin[32..64]);
    let negated = -k256::Scalar::from_repr(s.into()).unwrap();
    twin[32..64].copy_from_slice(&negated.to_repr());
    twin[64] = 27 + 28 - twin[64];
    assert_eq!(
        Signature::from_bytes(twin).recover(&digest),
        Err(SignatureError::HighS)
    );
    for v in [0, 1, 26, 29, 30, 255] {
        assert_eq!(
            with(&|b| b[64] = v),
            Err(SignatureError::RecoveryByte { got: v })
        );
    }
    let order = {
        let mut n = (-k256::Scalar::ONE).to_repr();
        n[31] += 1;
        n
    };
    for (part, at) in [("r", 0), ("s", 32)] {
        assert_eq!(
            with(&|b| b[at..at + 32].fill(0)),
            Err(SignatureError::Scalar { part })
        );
        assert_eq!(
            with(&|b| b[at..at + 32].copy_from_slice(&order)),
            Err(SignatureError::Scalar { part })
        );
    }
    // Any single bit: another signer, or none.
    for bit in 0..65 * 8 {
        assert_ne!(with(&|b| b[bit / 8] ^= 1 << (bit % 8)), Ok(signer), "{bit}");
    }
    // 5 is not the x of a point of the curve.
    let r_five = with(&|b| {
        b[..32].fill(0);
        b[31] = 5;
    });
    assert_eq!(r_five, Err(SignatureError::NoKey));
    for bad in [
        "",
        "0x",
        &text[2..],
        &text[..131],
        &format!("{text}00"),
        &text.to_uppercase(),
        &text.replace('a', "A"),
        &text.replace('a', "g"),
    ] {
        assert_eq!(
            bad.parse::<Signature>(),
            Err(SignatureError::Format { got: bad.len() })
        );
    }
}

#[test]
fn addresses_are_read_strictly() {
    // The examples of EIP-55.
    for text in [
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
        // All capitals, and right so.
        "0x52908400098527886E0F7030069857D2E4169EE7",
    ] {
        let address: Address = text.parse().unwrap();
        assert_eq!(address.to_string(), text);
        assert_eq!(text.to_lowercase().parse(), Ok(address));
    }
    let wrong = "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    assert!(matches!(
        wrong.parse::<Address>(),
        Err(AddressError::Checksum { .. })
    ));
    let capitals = "0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED";
    assert!(matches!(
        capitals.parse::<Address>(),
        Err(AddressError::Checksum { .. })
    ));
    for bad in [
        "",
        "0x",
        "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0X5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAedd",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BéAe",
    ] {
        assert!(
            matches!(bad.parse::<Address>(), Err(AddressError::Format { .. })),
            "{bad}"
        );
    }
    let zero = format!("0x{}", "0".repeat(40));
    assert_eq!(zero.parse::<Address>(), Err(AddressError::Zero));
}

#[test]
fn account_references_are_248_bits() {
    assert!(AccountRef::from_field(AccountRef::of("x").get()).is_ok());
    let r_minus_one = "0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000";
    assert!(AccountRef::from_field(from_hex(r_minus_one).unwrap()).is_err());
    let text = format!("\"{r_minus_one}\"");
    let error = serde_json::from_str::<AccountRef>(&text).unwrap_err();
    assert!(error.to_string().contains("248 bits"), "{error}");
}
