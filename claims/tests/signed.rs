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
use covenant_claims::ident::{EmptyReference, FacilityId, Hash, HolderReference, SubjectId};
use covenant_claims::numbers::Price;
use covenant_claims::signed::address::AddressError;
use covenant_claims::signed::{
    AccountAttestation, AccountFile, AccountRef, AccountSalt, Address, Answers, Attestation,
    AuditorOpinion, ControlUndertaking, Digest, DocumentError, PriceSnapshot, Representation,
    Revocation, Signature, SignatureError, SignedRevocation, Undertaking,
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
        counterpart: Some(Commitment(field("counterpart"))),
    }
}

fn undertaking(v: &Value) -> ControlUndertaking {
    let m = &v["control_undertaking"]["message"];
    let field = |name: &str| from_hex(m[name].as_str().unwrap()).unwrap();
    ControlUndertaking {
        account: AccountRef::from_field(field("account")).unwrap(),
        subject: SubjectId::from_field(field("subject")).unwrap(),
        secured_party: SubjectId::from_field(field("securedParty")).unwrap(),
        facility: FacilityId::from_field(field("facility")).unwrap(),
        held_from: m["heldFrom"].as_u64().unwrap(),
        held_until: m["heldUntil"].as_u64().unwrap(),
        wording: hash(&m["wording"]),
    }
}

fn representation(v: &Value) -> Representation {
    let m = &v["representation"]["message"];
    Representation {
        subject: SubjectId::from_field(from_hex(m["subject"].as_str().unwrap()).unwrap()).unwrap(),
        statement: hash(&m["statement"]),
        no_other_debt: m["noOtherDebt"].as_bool().unwrap(),
        wording: hash(&m["wording"]),
    }
}

fn revocation(v: &Value) -> Revocation {
    let m = &v["revocation"]["message"];
    Revocation {
        document: hash(&m["document"]),
        at: m["at"].as_u64().unwrap(),
    }
}

fn opinion(v: &Value) -> AuditorOpinion {
    let m = &v["auditor_opinion"]["message"];
    AuditorOpinion {
        subject: SubjectId::from_field(from_hex(m["subject"].as_str().unwrap()).unwrap()).unwrap(),
        statement: hash(&m["statement"]),
        period_from: m["periodFrom"].as_u64().unwrap(),
        period_to: m["periodTo"].as_u64().unwrap(),
        procedures: hash(&m["procedures"]),
        exceptions: hash(&m["exceptions"]),
    }
}

fn hash(v: &Value) -> Hash {
    v.as_str().unwrap().parse().unwrap()
}

fn signature(v: &Value, name: &str) -> Signature {
    v[name]["signature"].as_str().unwrap().parse().unwrap()
}

fn digests(v: &Value) -> [(&'static str, Digest); 6] {
    [
        ("attestation", attestation(v).digest()),
        ("price_snapshot", snapshot(v).digest()),
        ("control_undertaking", undertaking(v).digest()),
        ("representation", representation(v).digest()),
        ("revocation", revocation(v).digest()),
        ("auditor_opinion", opinion(v).digest()),
    ]
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
    for (name, digest) in digests(&v) {
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
        ("control_undertaking", undertaking(&v).typed_data()),
        ("representation", representation(&v).typed_data()),
        ("revocation", revocation(&v).typed_data()),
        ("auditor_opinion", opinion(&v).typed_data()),
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

fn another_account() -> AccountRef {
    AccountRef::of(&AccountSalt::random(rand_core::OsRng), "another").unwrap()
}

/// V6. A document that differs in one field has another digest, so another signer.
#[test]
fn v6_every_field_of_a_document_is_signed() {
    let v = vectors();
    let signer: Address = v["address"].as_str().unwrap().parse().unwrap();
    let good = attestation(&v);
    let one = from_hex("0x1").unwrap();
    let changes: [fn(&mut AccountAttestation); 8] = [
        |a| a.commitment = Commitment(from_hex("0x1").unwrap()),
        |a| a.subject = SubjectId::of("lei:OTHER").unwrap(),
        |a| a.as_of += 1,
        |a| a.valid_until += 1,
        |a| a.kind = Kind::Collateral,
        |a| a.account = another_account(),
        |a| a.counterpart = None,
        |a| a.counterpart = Some(a.commitment),
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

/// V6. The same of the other documents.
#[test]
fn v6_every_field_of_the_other_documents_is_signed() {
    let v = vectors();
    let signer: Address = v["address"].as_str().unwrap().parse().unwrap();
    let one = Hash([1; 32]);
    let changes: [fn(&mut ControlUndertaking); 7] = [
        |u| u.account = another_account(),
        |u| u.subject = u.secured_party,
        |u| u.secured_party = u.subject,
        |u| u.facility = FacilityId::of("another"),
        |u| u.held_from += 1,
        |u| u.held_until += 1,
        |u| u.wording = Hash::of(b"another"),
    ];
    for change in changes {
        let mut changed = undertaking(&v);
        change(&mut changed);
        let by = signature(&v, "control_undertaking").recover(&changed.digest());
        assert_ne!(by, Ok(signer));
    }
    let changes: [&dyn Fn(&mut Representation); 4] = [
        &|r| r.subject = SubjectId::of("lei:OTHER").unwrap(),
        &|r| r.statement = one,
        &|r| r.no_other_debt = false,
        &|r| r.wording = one,
    ];
    for change in changes {
        let mut changed = representation(&v);
        change(&mut changed);
        let by = signature(&v, "representation").recover(&changed.digest());
        assert_ne!(by, Ok(signer));
    }
    let changes: [&dyn Fn(&mut Revocation); 2] = [&|r| r.document = one, &|r| r.at += 1];
    for change in changes {
        let mut changed = revocation(&v);
        change(&mut changed);
        let by = signature(&v, "revocation").recover(&changed.digest());
        assert_ne!(by, Ok(signer));
    }
}

#[test]
fn a_revocation_withdraws_its_signers_document_from_its_time() {
    let v = vectors();
    let revoked = SignedRevocation {
        signer: v["address"].as_str().unwrap().parse().unwrap(),
        document: revocation(&v).document,
        at: revocation(&v).at,
        signature: signature(&v, "revocation").into(),
    };
    assert_eq!(revoked.check(&Answers::none()), Ok(()));
    let (document, signer) = (Hash::from(attestation(&v).digest()), revoked.signer);
    assert!(revoked.withdraws(document, signer, revoked.at));
    assert!(!revoked.withdraws(document, signer, revoked.at - 1));
    let other = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
        .parse()
        .unwrap();
    assert!(!revoked.withdraws(document, other, revoked.at));
    assert!(!revoked.withdraws(Hash([1; 32]), signer, revoked.at));
}

#[test]
fn account_references_are_salted() {
    let reference = &vectors()["reference"];
    let salt: AccountSalt = reference["salt"].as_str().unwrap().parse().unwrap();
    let account = AccountRef::of(&salt, reference["reference"].as_str().unwrap()).unwrap();
    assert_eq!(account.to_string(), reference["account"].as_str().unwrap());
    assert!(!format!("{salt:?}").contains("5a"));
    assert_eq!(*salt.to_hex(), reference["salt"].as_str().unwrap());
    // Any text but none: it need not be a name.
    assert_eq!(AccountRef::of(&salt, ""), Err(EmptyReference));
    assert_eq!(HolderReference::of(""), Err(EmptyReference));
    for text in [" ", "\n", &"7".repeat(1_000)] {
        assert!(AccountRef::of(&salt, text).is_ok() && HolderReference::of(text).is_ok());
    }
}

/// The account file of the vectors' attestation.
fn file(v: &Value) -> AccountFile {
    let attestation = attestation(v);
    let text = serde_json::json!({
        "version": 2,
        "kind": attestation.kind,
        "subject": "lei:5493001KJTIIGC8Y1R12",
        "as_of": attestation.as_of,
        "commitment": attestation.commitment,
    });
    AccountFile::from_json(&text.to_string()).unwrap()
}

fn attested(v: &Value) -> Attestation {
    let document = attestation(v);
    Attestation {
        attester: v["address"].as_str().unwrap().parse().unwrap(),
        account: document.account,
        valid_until: document.valid_until,
        counterpart: document.counterpart,
        signature: signature(v, "attestation").into(),
    }
}

#[test]
fn account_files_carry_attestations_undertakings_and_revocations() {
    let v = vectors();
    let held = undertaking(&v);
    let undertaken = Undertaking {
        attester: v["address"].as_str().unwrap().parse().unwrap(),
        account: held.account,
        secured_party: held.secured_party,
        facility: held.facility,
        held_from: held.held_from,
        held_until: held.held_until,
        wording: held.wording,
        signature: signature(&v, "control_undertaking").into(),
    };
    let revoked = SignedRevocation {
        signer: undertaken.attester,
        document: revocation(&v).document,
        at: revocation(&v).at,
        signature: signature(&v, "revocation").into(),
    };
    let file = file(&v).attested(attested(&v)).unwrap();
    // Again, in the place of the first.
    let file = file.attested(attested(&v)).unwrap();
    assert_eq!(file.attestations.len(), 1);
    let file = file.undertaken(undertaken.clone()).unwrap();
    let file = file.revoked(revoked.clone()).unwrap();
    let text = file.to_json();
    assert_eq!(AccountFile::from_json(&text), Ok(file.clone()));
    // One is an object; a list is read too.
    let mut json: Value = serde_json::from_str(&text).unwrap();
    for list in ["attestation", "undertakings", "revocations"] {
        assert!(json[list].is_object(), "{list}");
        json[list] = serde_json::json!([json[list]]);
    }
    assert_eq!(AccountFile::from_json(&json.to_string()), Ok(file.clone()));
    json["attestation"] = serde_json::json!([json["attestation"][0], json["attestation"][0]]);
    let twice = AccountFile::from_json(&json.to_string());
    assert!(matches!(twice, Err(DocumentError::SameAttester { .. })));
    for bad in [Value::Null, serde_json::json!([]), serde_json::json!(1)] {
        json["attestation"] = bad;
        let read = AccountFile::from_json(&json.to_string());
        assert!(matches!(read, Err(DocumentError::Json(_))), "{read:?}");
    }
    let mut forged = attested(&v);
    forged.counterpart = None;
    let error = file.clone().attested(forged).unwrap_err();
    assert!(matches!(error, DocumentError::Signature { .. }));
    let mut forged = undertaken;
    forged.held_until += 1;
    assert!(file.clone().undertaken(forged).is_err());
    let mut forged = revoked;
    forged.at -= 1;
    assert!(file.revoked(forged).is_err());
}

/// In the file no counterpart is no field; a 0 is read as none.
#[test]
fn a_counterpart_of_zero_is_none() {
    let v = vectors();
    let mut json = serde_json::to_value(attested(&v)).unwrap();
    json["counterpart"] = "0x0".into();
    let read: Attestation = serde_json::from_value(json).unwrap();
    assert_eq!(read.counterpart, None);
    assert!(serde_json::to_value(read).unwrap()["counterpart"].is_null());
    let mut document = attestation(&v);
    document.counterpart = None;
    let typed = document.typed_data();
    let zero = format!("0x{}", "0".repeat(64));
    assert_eq!(typed["message"]["counterpart"], zero);
}

/// Wallets differ in how they write a signature; files hold one form.
#[test]
fn signatures_are_read_in_every_spelling() {
    let v = vectors();
    let canonical = v["attestation"]["signature"].as_str().unwrap();
    let spellings = v["spellings_of_the_attestations_signature"]
        .as_array()
        .unwrap();
    assert_eq!(spellings.len(), 5);
    for spelling in spellings {
        let signature: Signature = spelling.as_str().unwrap().parse().unwrap();
        assert_eq!(signature.to_string(), canonical);
    }
    // The other parity in EIP-2098's form is the highest bit of s.
    let compact: Signature = spellings[4].as_str().unwrap().parse().unwrap();
    let mut bytes = compact.as_bytes()[..64].to_vec();
    bytes[32] |= 0x80;
    let text: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    let other: Signature = text.parse().unwrap();
    assert_eq!(other.as_bytes()[..64], compact.as_bytes()[..64]);
    assert_eq!(other.as_bytes()[64], 28);
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
    // A signature that is not of the form is none where it is read, before any document is.
    let read = |change: &dyn Fn(&mut [u8; 65])| {
        let mut bytes = *good.as_bytes();
        change(&mut bytes);
        Signature::from_bytes(bytes)
            .to_string()
            .parse::<Signature>()
    };
    assert_eq!(read(&|_| {}), Ok(good));
    assert_eq!(read(&|b| *b = twin), Err(SignatureError::HighS));
    for (part, at) in [("r", 0), ("s", 32)] {
        assert_eq!(
            read(&|b| b[at..at + 32].fill(0)),
            Err(SignatureError::Scalar { part })
        );
    }
    for bad in [
        "",
        "0x",
        &text.replacen("0x", "0X", 1),
        &text[..131],
        &text[..128],
        &format!("{text}00"),
        &format!(" {text}"),
        &text.replace('a', "g"),
    ] {
        assert_eq!(
            bad.parse::<Signature>(),
            Err(SignatureError::Format { got: bad.len() })
        );
    }
    for v in ["02", "1a", "1d", "ff"] {
        let got = u8::from_str_radix(v, 16).unwrap();
        assert_eq!(
            format!("{}{v}", &text[..130]).parse::<Signature>(),
            Err(SignatureError::RecoveryByte { got })
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
    assert!(AccountRef::from_field(another_account().get()).is_ok());
    let r_minus_one = "0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000";
    assert!(AccountRef::from_field(from_hex(r_minus_one).unwrap()).is_err());
    let text = format!("\"{r_minus_one}\"");
    let error = serde_json::from_str::<AccountRef>(&text).unwrap_err();
    assert!(error.to_string().contains("248 bits"), "{error}");
}
