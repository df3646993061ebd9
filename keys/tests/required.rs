//! What a relying party requires of a basket: whom it has to have, that its collateral is held,
//! and what its subject represents (docs/spec.md, section 8.2, rows 31 to 33); and that every
//! mismatch is told.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod signed;

use covenant_claims::account::Kind;
use covenant_claims::ident::{FacilityId, Hash, SubjectId};
use covenant_claims::signed::ControlUndertaking;
use covenant_keys::SigningKey;
use covenant_verifier::bundle::Bundle;
use covenant_verifier::expect::{Mismatch, MustInclude, Place, RequiredRepresentation};
use covenant_verifier::verify::VerifyError;
use signed::certificate::{
    TEXT, UNTIL, by, held, of_kind, owed, represented, undertaken, undertaken_by,
};
use signed::{MADE, NOW, check, mismatch, one, reference, with};
use std::collections::BTreeSet;

#[test]
fn whoever_has_to_be_in_the_basket_is() {
    let owed = owed();
    let held = of_kind(Kind::Collateral)[0];
    let commitment = |i: usize| MustInclude::Commitment(MADE.signed.accounts()[i].commitment);
    let all = [
        by(owed, Kind::Liability, None),
        by(owed, Kind::Liability, Some(owed)),
        by(held, Kind::Collateral, Some(held)),
        commitment(owed),
        commitment(held),
    ];
    let expected = with(|e| e.must_include = all.to_vec());
    let verified = check(&MADE.signed, &expected, NOW).unwrap();
    assert_eq!(verified.must_include(), all);
    let of = |line: &&String| line.contains("nobody was required to be in it");
    assert_eq!(verified.not_proved().iter().find(of), None);
    let verified = check(&MADE.signed, &MADE.expected, NOW).unwrap();
    assert!(verified.not_proved().iter().any(|line| of(&line)));

    let elsewhere = MustInclude::Commitment(covenant_claims::account::Commitment(
        covenant_claims::field::Fr::from(7),
    ));
    for missing in [
        elsewhere,
        // Another account of the attester, another kind, another attester.
        by(owed, Kind::Liability, Some(held)),
        by(owed, Kind::Collateral, None),
        by(held, Kind::Liability, None),
        by(9, Kind::Liability, None),
    ] {
        let expected = with(|e| e.must_include = vec![missing.clone()]);
        let found = mismatch(&MADE.signed, &expected, NOW);
        let expected = missing.to_string();
        assert_eq!(found, Mismatch::Missing { expected });
    }
}

#[test]
fn every_collateral_account_is_held_as_required() {
    let good = undertaken(|_, _| {});
    // It survives being written.
    let good = Bundle::from_json(&good.to_json()).unwrap();
    let verified = check(&good, &held(), NOW).unwrap();
    let indices: Vec<usize> = verified.held().iter().map(|h| h.place.account).collect();
    assert_eq!(indices, of_kind(Kind::Collateral));
    for (held, i) in verified.held().iter().zip(indices) {
        assert_eq!(held.attester, format!("attester {i}"));
        assert_eq!(
            (held.from, held.until),
            (MADE.signed.accounts()[i].as_of, UNTIL)
        );
    }
    assert!(
        verified
            .trusting()
            .join("\n")
            .contains("undertakes to hold")
    );
    // One that is more than is required, and nothing that is required.
    let more = undertaken(|_, d| (d.held_from, d.held_until) = (0, UNTIL + 1));
    assert!(check(&more, &held(), NOW).is_ok());
    assert!(check(&good, &MADE.expected, NOW).unwrap().held().is_empty());

    let last = *of_kind(Kind::Collateral).last().unwrap();
    type Change = fn(&mut ControlUndertaking);
    let changes: [(&str, Change); 6] = [
        ("secured party", |d| {
            d.secured_party = SubjectId::of("x").unwrap()
        }),
        ("facility", |d| d.facility = FacilityId::of("x")),
        ("wording", |d| d.wording = Hash([2; 32])),
        ("after the account's", |d| d.held_from += 1),
        ("until", |d| d.held_until -= 1),
        ("accepted attester of that account", |d| {
            d.account = reference(9)
        }),
    ];
    for (said, change) in changes {
        // Of one account alone.
        let bad = undertaken(|i, d| {
            if i == last {
                change(d);
            }
        });
        match mismatch(&bad, &held(), NOW) {
            Mismatch::Undertaking { place, got, .. } => {
                assert_eq!(place, Place::account(last));
                assert!(got.contains(said), "{said}: {got}");
            }
            other => panic!("{said}: {other}"),
        }
    }
    let none = mismatch(&MADE.signed, &held(), NOW);
    assert!(
        matches!(&none, Mismatch::Undertaking { got, .. } if got == "none"),
        "{none}"
    );
    // Somebody else's word, though accepted, and nobody's.
    let stranger = SigningKey::generate().unwrap();
    for key in [&stranger, &MADE.attesters[owed()]] {
        let keys: Vec<&SigningKey> = MADE.attesters.iter().map(|_| key).collect();
        let bad = undertaken_by(&keys, |_, _| {});
        let found = mismatch(&bad, &held(), NOW);
        assert!(matches!(found, Mismatch::Undertaking { .. }), "{found}");
    }
    // Signed for another subject.
    let json = good.to_json();
    let mut json: serde_json::Value = serde_json::from_str(&json).unwrap();
    json["accounts"][last]["undertakings"]["held_until"] = (UNTIL + 1).into();
    let bad = Bundle::from_json(&json.to_string()).unwrap();
    let found = mismatch(&bad, &held(), NOW);
    assert!(
        matches!(&found, Mismatch::Signature { at, .. } if at.contains("undertakings")),
        "{found}"
    );
}

#[test]
fn the_subject_represents_what_is_required() {
    let key = SigningKey::generate().unwrap();
    let expected = with(|e| {
        e.representation = Some(RequiredRepresentation {
            keys: one(&key),
            wordings: BTreeSet::from([TEXT]),
        });
    });
    let good = Bundle::from_json(&represented(&key, |_| {}).to_json()).unwrap();
    let verified = check(&good, &expected, NOW).unwrap();
    assert_eq!(verified.representation(), Some(key.address().into()));
    assert!(verified.not_proved()[0].contains("the subject's own word"));
    assert_eq!(
        check(&good, &MADE.expected, NOW).unwrap().representation(),
        None
    );
    let stranger = SigningKey::generate().unwrap();
    for (bundle, said) in [
        (MADE.signed.clone(), "none"),
        (represented(&stranger, |_| {}), "no key of the subject"),
        (
            represented(&key, |r| r.no_other_debt = false),
            "does not say",
        ),
        (represented(&key, |r| r.wording = Hash([2; 32])), "wording"),
    ] {
        match mismatch(&bundle, &expected, NOW) {
            Mismatch::Representation { got } => assert!(got.contains(said), "{said}: {got}"),
            other => panic!("{said}: {other}"),
        }
    }
    // Of another statement.
    let other = represented(&key, |r| r.statement = Hash([2; 32]));
    let found = mismatch(&other, &expected, NOW);
    assert!(
        matches!(&found, Mismatch::Signature { at, .. } if at == "representation"),
        "{found}"
    );
}

#[test]
fn every_mismatch_is_told_in_the_order_of_the_checks() {
    let expected = with(|e| {
        e.min_ratio = covenant_claims::numbers::Ratio::new(13_000).unwrap();
        e.context = covenant_claims::ident::Context::of("another");
        e.max_price_age = 0;
        e.must_include = vec![by(9, Kind::Liability, None)];
        e.undertakings = held().undertakings;
    });
    let error = check(&MADE.signed, &expected, NOW).unwrap_err();
    let VerifyError::Mismatch(all) = &error else {
        panic!("{error}");
    };
    let names: Vec<&str> = all
        .iter()
        .map(|found| match found {
            Mismatch::Ratio { .. } => "ratio",
            Mismatch::Context { .. } => "context",
            Mismatch::Stale { .. } => "stale",
            Mismatch::Missing { .. } => "missing",
            Mismatch::Undertaking { .. } => "undertaking",
            other => panic!("{other}"),
        })
        .collect();
    assert_eq!(
        names,
        [
            "ratio",
            "context",
            "stale",
            "missing",
            "undertaking",
            "undertaking"
        ]
    );
    assert_eq!(error.to_string().matches("; ").count(), names.len() - 1);
}
