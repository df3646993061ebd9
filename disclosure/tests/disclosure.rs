//! A disclosure opens accounts of one bundle and of no other, and is sealed to whom it is for
//! (docs/spec.md, section 10.15).

// A panic in a test is a failing test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use covenant_claims::account::Opening;
use covenant_disclosure::seal::{MAX_KEYS, seal_text};
use covenant_disclosure::{
    Disclosed, Disclosure, DisclosureError, Identity, Recipient, SealError, seal, unseal,
};
use covenant_verifier::bundle::Bundle;
use serde_json::{Value, json};

const GOLDEN: &str = include_str!("../../verifier/data/golden.json");

fn bundle() -> Bundle {
    Bundle::from_json(GOLDEN).unwrap()
}

/// The golden bundle with changes.
fn changed(change: impl FnOnce(&mut Value)) -> Bundle {
    let mut file: Value = serde_json::from_str(GOLDEN).unwrap();
    change(&mut file);
    Bundle::from_json(&file.to_string()).unwrap()
}

/// The openings of the golden bundle's accounts, as files, in its order.
fn files() -> Vec<Value> {
    let text = include_str!("../../fixtures/data/conformance.json");
    let v: Value = serde_json::from_str(text).unwrap();
    let accounts = v["cases"][0]["accounts"].as_array().unwrap().iter();
    accounts
        .map(|a| {
            json!({
                "version": 2, "kind": a["kind"], "subject": a["subject"], "as_of": a["as_of"],
                "blinding": a["blinding"], "positions": a["positions"],
            })
        })
        .collect()
}

fn opening(file: &Value) -> Opening {
    Opening::from_json(&file.to_string()).unwrap()
}

fn openings() -> Vec<Opening> {
    files().iter().map(opening).collect()
}

/// A disclosure of every account, as its file.
fn payload() -> Value {
    let disclosure = Disclosure::of(&bundle(), openings()).unwrap();
    serde_json::from_str(&disclosure.to_json()).unwrap()
}

fn opened(payload: &Value, bundle: &Bundle) -> Result<Disclosed, DisclosureError> {
    Disclosed::by(Disclosure::from_json(&payload.to_string())?, bundle)
}

fn refused(payload: &Value, bundle: &Bundle) -> DisclosureError {
    match opened(payload, bundle) {
        Ok(_) => panic!("it was taken"),
        Err(e) => e,
    }
}

#[test]
fn all_or_some_accounts_are_disclosed() {
    let all = opened(&payload(), &bundle()).unwrap();
    assert_eq!(all.accounts().len(), 3);
    assert!(all.undisclosed().is_empty());
    // In any order, and told in the bundle's.
    let some: Vec<Opening> = openings().into_iter().rev().take(2).collect();
    let some = Disclosure::of(&bundle(), some).unwrap();
    let text = some.to_json();
    let some = Disclosed::by(Disclosure::from_json(&text).unwrap(), &bundle()).unwrap();
    let places: Vec<usize> = some.accounts().iter().map(|a| a.index).collect();
    assert_eq!(
        (places.as_slice(), some.undisclosed()),
        (&[1, 2][..], &[0][..])
    );
    for account in some.accounts() {
        let commitment = bundle().accounts()[account.index].commitment;
        assert_eq!(account.opening.commitment(), commitment);
    }
}

/// What was altered opens another commitment, wherever it was.
#[test]
fn a_wrong_opening_is_refused() {
    let changes: [fn(&mut Value); 6] = [
        |o| o["blinding"] = json!("0x1"),
        |o| o["as_of"] = json!(1_790_000_001),
        |o| o["subject"] = json!("lei:OTHER"),
        |o| o["kind"] = json!("collateral"),
        |o| o["positions"][0][1] = json!("1"),
        |o| o["positions"] = json!([]),
    ];
    for change in changes {
        let mut payload = payload();
        change(&mut payload["openings"][0]);
        let said = refused(&payload, &bundle());
        assert!(
            matches!(said, DisclosureError::NotOfBundle { index: 0, .. }),
            "{said}"
        );
        // Nor is it sealed.
        let wrong = vec![opening(&payload["openings"][0])];
        assert!(Disclosure::of(&bundle(), wrong).is_err());
    }
}

#[test]
fn an_opening_out_of_range_is_refused_by_its_place() {
    let mut payload = payload();
    payload["openings"][1]["positions"][0][1] = json!("5192296858534827628530496329220096");
    let said = refused(&payload, &bundle());
    assert!(
        matches!(said, DisclosureError::Opening { index: 1, .. }),
        "{said}"
    );
    assert!(said.to_string().starts_with("openings[1]: "), "{said}");
    assert!(
        !said.to_string().contains("5192296858"),
        "a secret is told: {said}"
    );
}

#[test]
fn the_same_opening_twice_is_refused() {
    let mut payload = payload();
    payload["openings"][2] = payload["openings"][0].clone();
    let said = refused(&payload, &bundle());
    assert!(
        matches!(said, DisclosureError::Repeated { index: 2, .. }),
        "{said}"
    );
}

/// The debt is not the disclosed accounts', and yet it is another statement.
#[test]
fn another_bundle_is_refused() {
    let other = changed(|b| b["statement"]["public_debt"] = json!("1"));
    let said = refused(&payload(), &other);
    assert!(matches!(said, DisclosureError::Statement { .. }), "{said}");
    // Another circuit is another statement; another proof is not.
    let other = changed(|b| b["circuit"] = json!("covenant-0"));
    let said = refused(&payload(), &other);
    assert!(matches!(said, DisclosureError::Statement { .. }), "{said}");
    let same = changed(|b| b["proof"] = json!("0x00"));
    assert!(opened(&payload(), &same).is_ok());
}

#[test]
fn another_period_is_refused() {
    for field in ["as_of_from", "as_of_to"] {
        let mut payload = payload();
        payload[field] = json!(1_790_000_000);
        let said = refused(&payload, &bundle());
        assert!(
            matches!(said, DisclosureError::Period { .. }),
            "{field}: {said}"
        );
    }
    let mut payload = payload();
    payload["as_of_to"] = json!(1);
    let said = refused(&payload, &bundle());
    assert!(matches!(said, DisclosureError::Window(_)), "{said}");
}

/// A bundle whose proof nobody verified may show anything beside a commitment. The disclosure is of
/// its statement, so that only the account differs.
#[test]
fn what_the_bundle_shows_of_an_account_is_compared() {
    let disclosing = |bundle: &Bundle, openings: Vec<Opening>| {
        let said = Disclosure::of(bundle, openings);
        said.err().unwrap()
    };
    let kind = changed(|b| {
        b["statement"]["kinds"][0] = json!("collateral");
        b["accounts"][0]["kind"] = json!("collateral");
        b["accounts"][0]
            .as_object_mut()
            .unwrap()
            .remove("attestation");
    });
    let said = disclosing(&kind, openings());
    assert!(
        matches!(said, DisclosureError::Kind { index: 0, .. }),
        "{said}"
    );
    let as_of = changed(|b| b["accounts"][1]["as_of"] = json!(1_790_000_001));
    let said = disclosing(&as_of, openings());
    assert!(
        matches!(said, DisclosureError::AsOf { index: 1, .. }),
        "{said}"
    );
    let other = covenant_claims::ident::SubjectId::of("lei:OTHER").unwrap();
    let other = covenant_claims::field::to_hex(&other.get());
    let subject = changed(|b| {
        b["statement"]["subject"] = json!(other);
        for account in b["accounts"].as_array_mut().unwrap() {
            account["subject"] = json!("lei:OTHER");
        }
    });
    let said = disclosing(&subject, openings());
    assert!(
        matches!(said, DisclosureError::Subject { index: 0, .. }),
        "{said}"
    );
}

#[test]
fn what_is_no_disclosure_is_refused() {
    let none = DisclosureError::Count { got: 0 };
    assert_eq!(
        Disclosure::of(&bundle(), Vec::new()).err(),
        Some(none.clone())
    );
    let mut empty = payload();
    empty["openings"] = json!([]);
    assert_eq!(refused(&empty, &bundle()), none);
    let mut many = payload();
    many["openings"] = json!(vec![files()[0].clone(); 257]);
    assert_eq!(
        refused(&many, &bundle()),
        DisclosureError::Count { got: 257 }
    );
    let mut version = payload();
    version["version"] = json!(2);
    assert_eq!(
        refused(&version, &bundle()),
        DisclosureError::Version { got: 2 }
    );
    for (from, to, expected) in [
        ("{", "{\"secret-7741\": 1,", "unknown field, expected"),
        (
            "\"statement\"",
            "\"version\": 1, \"statement\"",
            "duplicate field `version`",
        ),
        (
            "\"as_of_from\":1789996400",
            "\"as_of_from\":1.5",
            "expected",
        ),
    ] {
        let text = payload().to_string();
        assert!(text.contains(from), "{from}");
        let said = Disclosure::from_json(&text.replacen(from, to, 1))
            .err()
            .unwrap();
        assert!(said.to_string().contains(expected), "{said}");
        assert!(
            !said.to_string().contains("7741"),
            "a secret is told: {said}"
        );
    }
    // In an opening: a field more, a field twice.
    for (to, expected) in [
        (
            "\"blinding\": \"0x7741\", \"blinding\"",
            "duplicate field `blinding`",
        ),
        ("\"x7741\": 1, \"blinding\"", "unknown field, expected"),
    ] {
        let text = payload().to_string().replacen("\"blinding\"", to, 1);
        let said = Disclosure::from_json(&text).err().unwrap();
        assert!(
            matches!(said, DisclosureError::Opening { index: 0, .. }),
            "{said}"
        );
        assert!(said.to_string().contains(expected), "{said}");
        assert!(
            !said.to_string().contains("7741"),
            "a secret is told: {said}"
        );
    }
    let whole = payload().to_string();
    assert!(Disclosure::from_json(&whole[..whole.len() - 1]).is_err());
    assert!(Disclosure::from_json(&format!("{whole} {{}}")).is_err());
}

#[test]
fn it_opens_for_each_recipient_and_nobody_else() {
    let [one, two, other] = [(); 3].map(|()| Identity::generate());
    let disclosure = Disclosure::of(&bundle(), openings()).unwrap();
    let sealed = seal(&disclosure, &[one.recipient(), two.recipient()]).unwrap();
    for identity in [one, two] {
        let text = unseal(&sealed, &[identity]).unwrap();
        assert!(*text == *disclosure.to_json());
    }
    assert_eq!(
        unseal(&sealed, &[other]).err(),
        Some(SealError::NotForThisKey)
    );
    // No text is in the clear.
    let readable = String::from_utf8_lossy(&sealed);
    assert!(!readable.contains("blinding") && !readable.contains("openings"));
}

#[test]
fn an_altered_or_cut_file_does_not_open() {
    let text = "a".repeat(70_000);
    let key = Identity::generate().to_file();
    let identity = || Identity::read_all(&key).unwrap();
    let sealed = seal_text(&text, &[identity()[0].recipient()]).unwrap();
    let opened = |bytes: &[u8]| unseal(bytes, &identity()).map(|text| text.len());
    assert_eq!(opened(&sealed), Ok(70_000));
    for at in (0..sealed.len())
        .step_by(89)
        .chain(sealed.len() - 20..sealed.len())
    {
        let mut altered = sealed.clone();
        altered[at] ^= 1;
        assert!(opened(&altered).is_err(), "byte {at}");
    }
    for length in [0, 1, 21, 100, 200, sealed.len() / 2, sealed.len() - 1] {
        assert!(opened(&sealed[..length]).is_err(), "{length} bytes");
    }
    // At a chunk's end, age's own check of the last one finds it.
    let chunk = sealed.len() - (70_000 - 65_536 + 16);
    assert_eq!(opened(&sealed[..chunk]), Err(SealError::Damaged));
    let longer = [sealed, vec![0]].concat();
    assert_eq!(opened(&longer), Err(SealError::Damaged));
    assert_eq!(
        opened(b"age-encryption.org/v2\n"),
        Err(SealError::NotSealed)
    );
    assert_eq!(opened(GOLDEN.as_bytes()), Err(SealError::NotSealed));
}

#[test]
fn keys_are_read_strictly_and_never_told() {
    let identity = Identity::generate();
    let (file, recipient) = (identity.to_file(), identity.recipient().to_string());
    let read = Identity::read_all(&file).unwrap();
    assert_eq!(read[0].recipient().to_string(), recipient);
    let all = format!("# two\n\n{recipient}\n  {recipient}\n");
    assert_eq!(Recipient::read_all(&all).unwrap().len(), 2);
    let secret = file.lines().last().unwrap();
    let cut = &secret[..secret.len() - 1];
    for wrong in [cut, "ssh-ed25519 AAAA", "age1qqqq", "nonsense"] {
        for said in [
            Identity::read_all(&format!("\n{wrong}\n")).err().unwrap(),
            Recipient::read_all(&format!("\n{wrong}\n")).err().unwrap(),
        ] {
            let said = format!("{said} {said:?}");
            assert!(said.contains("line 2"), "{said}");
            assert!(!said.contains(wrong), "{said}");
        }
    }
    // A secret in the place of a recipient is not told either.
    let said = format!("{:?}", Recipient::read_all(secret).err().unwrap());
    assert!(!said.contains(&secret[20..]), "{said}");
    assert_eq!(
        Recipient::read_all("# none\n").err(),
        Some(SealError::Count { got: 0 })
    );
    let many = format!("{recipient}\n").repeat(MAX_KEYS + 1);
    let got = MAX_KEYS + 1;
    assert_eq!(
        Recipient::read_all(&many).err(),
        Some(SealError::Count { got })
    );
    assert_eq!(seal_text("a", &[]).err(), Some(SealError::Count { got: 0 }));
    assert_eq!(unseal(b"", &[]).err(), Some(SealError::Count { got: 0 }));
}
