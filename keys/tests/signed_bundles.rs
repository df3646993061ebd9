//! V6 for signed bundles: whoever is unknown, has another role, is out of date, used twice
//! or too few is rejected, each with its own error.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod signed;

use covenant_claims::account::Kind;
use covenant_claims::ident::{FacilityId, Hash};
use covenant_claims::signed::{
    AccountFile, Address, AnySignature, DocumentError, Signature, SignatureError,
    SignedRepresentation, SignedRevocation, Undertaking,
};
use covenant_keys::SigningKey;
use covenant_verifier::bundle::{Bundle, BundleError, SignedPrices};
use covenant_verifier::expect::{
    AccountSource, Attesters, Expected, Mismatch, NamedSigner, Place, PriceQuorum, PriceSource,
    PriceTrust, SelfDeclared,
};
use covenant_verifier::verify::{ProofError, VerifyError};
use serde_json::{Value as Json, json};
use signed::{
    AS_OF, MADE, NOW, VALID_UNTIL, all_self_declared, attest, attest_with, check, mismatch,
    reference, role, signers, with, with_account, with_prices,
};
use std::collections::BTreeSet;

#[test]
fn a_signed_bundle_says_on_whose_word_it_rests() {
    let read = Bundle::from_json(&MADE.signed.to_json()).unwrap();
    assert_eq!(read, MADE.signed);
    let verified = check(&read, &MADE.expected, NOW).unwrap();
    for (i, word) in verified.accounts().iter().enumerate() {
        let expected = AccountSource::Attesters(vec![NamedSigner {
            address: MADE.attesters[i].address().into(),
            name: format!("attester {i}"),
        }]);
        assert_eq!(*word, expected);
    }
    let first_two = [0, 1].map(|i| NamedSigner {
        address: MADE.sources[i].address().into(),
        name: format!("source {i}"),
    });
    let first_two = first_two.to_vec();
    assert_eq!(*verified.prices(), PriceSource::Signers(first_two));
    let trusting = verified.trusting().join("\n");
    for name in [
        "attester 0",
        "attester 1",
        "attester 2",
        "source 0",
        "source 1",
    ] {
        assert!(trusting.contains(name), "{name} in {trusting}");
    }
    assert!(!trusting.contains("source 2") && !trusting.contains("self-declared"));
    assert!(verified.not_proved().len() >= 4);
}

#[test]
fn v6_forged_and_malleated_signatures_are_rejected() {
    // Signed by another key in the attester's name.
    let forger = SigningKey::generate().unwrap();
    let forged = with_account(1, |file| {
        let mut forged = attest(&forger, file, 1, VALID_UNTIL);
        forged.attestations[0].attester = MADE.attesters[1].address().into();
        forged
    });
    let error = mismatch(&forged, &MADE.expected, NOW);
    assert_eq!(
        error,
        Mismatch::Signature {
            at: "accounts[1].attestation".into(),
            error: SignatureError::Forged {
                expected: MADE.attesters[1].address(),
                got: forger.address(),
            },
        }
    );
    assert!(error.to_string().contains(&forger.address().to_string()));
    // The malleated twin of a good one.
    let twin = |signature: &AnySignature| {
        let mut bytes: [u8; 65] = signature.as_bytes().try_into().unwrap();
        let s: [u8; 32] = bytes[32..64].try_into().unwrap();
        let order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
        let mut borrow = 0i16;
        for i in (0..32).rev() {
            let digit = i16::from_str_radix(&order[2 * i..2 * i + 2], 16).unwrap();
            let difference = digit - i16::from(s[i]) - borrow;
            borrow = i16::from(difference < 0);
            bytes[32 + i] = difference.rem_euclid(256) as u8;
        }
        bytes[64] = 55 - bytes[64];
        AnySignature::from(Signature::from_bytes(bytes))
    };
    let malleated = with_account(0, |file| {
        let mut file = file.clone();
        let attestation = &mut file.attestations[0];
        attestation.signature = twin(&attestation.signature);
        file
    });
    assert_eq!(
        mismatch(&malleated, &MADE.expected, NOW),
        Mismatch::Signature {
            at: "accounts[0].attestation".into(),
            error: SignatureError::HighS,
        }
    );
    let mut signatures = MADE.signed.price_signatures().to_vec();
    signatures[1].signature = twin(&signatures[1].signature);
    assert_eq!(
        mismatch(&with_prices(signatures.clone()), &MADE.expected, NOW),
        Mismatch::Signature {
            at: "prices.signatures[1]".into(),
            error: SignatureError::HighS,
        }
    );
    // A bad signature is not passed over because others make the quorum, or none is required.
    let one = PriceQuorum::new(signers(&MADE.sources), 1).unwrap();
    for trust in [PriceTrust::Signed(one), PriceTrust::Unsigned] {
        let lax = with(|e| e.prices = trust.clone());
        let error = mismatch(&with_prices(signatures.clone()), &lax, NOW);
        assert!(matches!(error, Mismatch::Signature { .. }), "{error}");
    }
}

#[test]
fn v6_unknown_attesters_and_wrong_roles_are_rejected() {
    let stranger = SigningKey::generate().unwrap();
    let bundle = with_account(2, |file| attest(&stranger, file, 2, VALID_UNTIL));
    let error = mismatch(&bundle, &MADE.expected, NOW);
    assert!(
        matches!(&error, Mismatch::UnknownAttester { place: Place { account: 2, leaf: None }, got, .. } if *got == stranger.address().into())
    );
    assert!(error.to_string().contains("attester 0"), "{error}");
    // Each account, signed by an attester that is accepted for the other kind alone.
    for (i, file) in MADE.signed.accounts().iter().enumerate() {
        let other = match file.kind {
            Kind::Collateral => Kind::Liability,
            Kind::Liability => Kind::Collateral,
        };
        let swapped = with(|e| {
            let attesters = e.attesters.iter().cloned().map(|mut attester| {
                if attester.keys.contains(&MADE.attesters[i].address().into()) {
                    attester.roles = role(other);
                }
                attester
            });
            e.attesters = Attesters::new(attesters.collect::<Vec<_>>()).unwrap();
        });
        let error = mismatch(&MADE.signed, &swapped, NOW);
        assert!(
            matches!(&error, Mismatch::Role { place, got, .. } if *place == Place::account(i) && *got == file.kind),
            "{error}"
        );
        assert!(
            error.to_string().contains(&format!("attester {i}")),
            "{error}"
        );
    }
    // A liability that the creditor signed, passed off as collateral: it signed no such thing.
    let mut json: Json = serde_json::from_str(&MADE.signed.to_json()).unwrap();
    let i = MADE
        .signed
        .accounts()
        .iter()
        .position(|f| f.kind == Kind::Liability)
        .unwrap();
    json["accounts"][i]["kind"] = json!("collateral");
    let refused = Bundle::from_json(&json.to_string()).unwrap_err();
    let at = format!("accounts[{i}].kind");
    assert!(matches!(&refused, BundleError::Disagrees { field, .. } if *field == at));
    // Nor does the statement say so: the signature is over a liability.
    json["statement"]["kinds"][i] = json!("collateral");
    let bundle = Bundle::from_json(&json.to_string()).unwrap();
    let error = mismatch(&bundle, &MADE.expected, NOW);
    assert!(matches!(error, Mismatch::Signature { .. }), "{error}");
    // Signed as collateral by the creditor, who is accepted for liabilities alone.
    let mut file = bundle.accounts()[i].clone();
    file = attest(&MADE.attesters[i], &file, i, VALID_UNTIL);
    json["accounts"][i] = serde_json::from_str(&file.to_json()).unwrap();
    let bundle = Bundle::from_json(&json.to_string()).unwrap();
    let error = mismatch(&bundle, &MADE.expected, NOW);
    assert!(
        matches!(
            error,
            Mismatch::Role {
                got: Kind::Collateral,
                ..
            }
        ),
        "{error}"
    );
}

/// C12. The second forgery: an account that the proof counts as collateral, with a document
/// that says liability, signed by a creditor's key. Where the attester's role was chosen by the
/// document's kind, this was PROVED.
#[test]
fn forgery_a_creditor_vouches_for_collateral() {
    let kinds = MADE.signed.statement().kinds();
    let at = kinds.iter().position(|k| *k == Kind::Collateral).unwrap();
    let creditor = kinds.iter().position(|k| *k == Kind::Liability).unwrap();
    let mut file = MADE.bare.accounts()[at].clone();
    file.kind = Kind::Liability;
    let file = attest(&MADE.attesters[creditor], &file, 9, VALID_UNTIL);
    let mut json: Json = serde_json::from_str(&MADE.signed.to_json()).unwrap();
    json["accounts"][at] = serde_json::from_str(&file.to_json()).unwrap();
    // The document's kind is not what the proof shows.
    let refused = Bundle::from_json(&json.to_string()).unwrap_err();
    let field_at = format!("accounts[{at}].kind");
    assert!(
        matches!(&refused, BundleError::Disagrees { field, .. } if *field == field_at),
        "{refused}"
    );
    // Everything else agrees where the statement says liability too: then it is another
    // statement than the one that was proved.
    json["statement"]["kinds"][at] = json!("liability");
    let bundle = Bundle::from_json(&json.to_string()).unwrap();
    let error = check(&bundle, &MADE.expected, NOW).unwrap_err();
    assert_eq!(error, VerifyError::Proof(ProofError::False));
    // With the document's kind set right the creditor is not accepted for it.
    let mut file = MADE.bare.accounts()[at].clone();
    file.attestations.clear();
    let file = attest(&MADE.attesters[creditor], &file, 9, VALID_UNTIL);
    let bundle = MADE.signed.clone().with_accounts([file]).unwrap();
    let error = mismatch(&bundle, &MADE.expected, NOW);
    assert!(
        matches!(&error, Mismatch::Role { place, got: Kind::Collateral, .. } if *place == Place::account(at)),
        "{error}"
    );
}

/// The same without a signature: a self-declared account is counted as what the proof shows.
#[test]
fn forgery_self_declared_collateral_passes_for_a_liability() {
    let kinds = MADE.bare.statement().kinds();
    let at = kinds.iter().position(|k| *k == Kind::Collateral).unwrap();
    let liabilities = with(|e| {
        e.max_self_declared = SelfDeclared {
            collateral: 0,
            liability: 3,
        };
        e.prices = PriceTrust::Unsigned;
    });
    let mut json: Json = serde_json::from_str(&MADE.bare.to_json()).unwrap();
    json["accounts"][at]["kind"] = json!("liability");
    assert!(Bundle::from_json(&json.to_string()).is_err());
    let error = mismatch(&MADE.bare, &liabilities, NOW);
    assert!(
        matches!(
            error,
            Mismatch::SelfDeclared {
                kind: Kind::Collateral,
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn v6_expired_stale_and_future_documents_are_rejected() {
    assert!(check(&MADE.signed, &MADE.expected, AS_OF + 3_600).is_ok());
    let window = MADE.signed.statement().window();
    assert!(window.from() < AS_OF && AS_OF < window.to());
    assert!(check(&MADE.signed, &MADE.expected, window.to() - 60).is_ok());
    let patient = with(|e| {
        e.max_account_age = 1 << 30;
        e.max_price_age = 1 << 30;
    });
    assert!(check(&MADE.signed, &patient, VALID_UNTIL).is_ok());
    let error = mismatch(&MADE.signed, &patient, VALID_UNTIL + 1);
    assert!(matches!(
        error,
        Mismatch::Expired {
            place: Place {
                account: 0,
                leaf: None
            },
            got: VALID_UNTIL,
            ..
        }
    ));
    assert!(error.to_string().contains("attester 0"), "{error}");
    // The oldest snapshot that the window allows is judged.
    let age = NOW - window.from();
    for (what, change, age) in [
        (
            "accounts",
            (|e, age| e.max_account_age = age - 1) as fn(&mut Expected, u64),
            age,
        ),
        ("prices", |e, age| e.max_price_age = age - 1, NOW - AS_OF),
    ] {
        let error = mismatch(&MADE.signed, &with(|e| change(e, age)), NOW);
        let (expected, got) = (age - 1, age);
        assert_eq!(
            error,
            Mismatch::Stale {
                what,
                expected,
                got
            }
        );
    }
    let width = window.to() - window.from();
    let error = mismatch(&MADE.signed, &with(|e| e.max_window = width - 1), NOW);
    let (expected, got) = (width - 1, width);
    assert_eq!(error, Mismatch::Window { expected, got });
    // And the newest one that it allows.
    let error = mismatch(&MADE.signed, &MADE.expected, window.to() - 61);
    assert!(matches!(
        error,
        Mismatch::Future {
            what: "accounts",
            expected: 60,
            got: 61
        }
    ));
    // Prices from the future, signed by those who sign prices.
    let mut json: Json = serde_json::from_str(&MADE.signed.to_json()).unwrap();
    let mut prices = MADE.signed.prices().clone();
    prices.as_of = NOW + 61;
    let mut signed = SignedPrices::from(prices);
    for source in &MADE.sources {
        signed = source.sign_prices(signed, MADE.signed.policy()).unwrap();
    }
    json["prices"] = serde_json::from_str(&signed.to_json()).unwrap();
    let bundle = Bundle::from_json(&json.to_string()).unwrap();
    let error = mismatch(&bundle, &MADE.expected, NOW);
    assert!(matches!(
        error,
        Mismatch::Future {
            what: "prices",
            expected: 60,
            got: 61
        }
    ));
}

#[test]
fn v6_no_account_is_used_twice() {
    // One attester signs two commitments for one of its accounts.
    let all_roles = with(|e| {
        let attesters = e.attesters.iter().cloned().map(|mut attester| {
            attester.roles = BTreeSet::from([Kind::Collateral, Kind::Liability]);
            attester
        });
        e.attesters = Attesters::new(attesters.collect::<Vec<_>>()).unwrap();
    });
    let kinds = MADE.signed.statement().kinds();
    assert_eq!(kinds[0], Kind::Liability);
    assert_eq!(kinds[1..], [Kind::Collateral; 2]);
    // Whoever attests it: a reference is the keeper's.
    for key in [1, 2] {
        let twice = with_account(2, |f| attest(&MADE.attesters[key], f, 1, VALID_UNTIL));
        let error = mismatch(&twice, &all_roles, NOW);
        assert_eq!(
            error,
            Mismatch::SameAccount {
                place: Place {
                    account: 2,
                    leaf: None
                },
                first: Place::account(1),
                kind: Kind::Collateral,
                account: reference(1),
            }
        );
    }
    // Another reference at the same attester is another account; what is owed on an account has
    // the account's own reference.
    for (key, number) in [(1, 2), (2, 0), (0, 0)] {
        let other = with_account(2, |f| attest(&MADE.attesters[key], f, number, VALID_UNTIL));
        assert!(check(&other, &all_roles, NOW).is_ok());
    }
    // One commitment twice is not even a statement.
    let mut json: Json = serde_json::from_str(&MADE.signed.to_json()).unwrap();
    json["statement"]["commitments"][1] = json["statement"]["commitments"][0].clone();
    json["accounts"][1] = json["accounts"][0].clone();
    assert!(matches!(
        Bundle::from_json(&json.to_string()).unwrap_err(),
        BundleError::Statement(_)
    ));
    let taken = MADE.signed.accounts()[1].commitment;
    let error = mismatch(&MADE.signed, &with(|e| e.pledged = [taken].into()), NOW);
    assert_eq!(
        error,
        Mismatch::Pledged {
            place: Place::account(1),
            got: taken
        }
    );
    // An account that is pledged is so under any commitment, but not at another attester.
    let attestation = &MADE.signed.accounts()[1].attestations[0];
    let account = attestation.account;
    let pledged = |attester| with(|e| e.pledged_accounts = [(attester, account)].into());
    assert_eq!(
        mismatch(&MADE.signed, &pledged(attestation.attester), NOW),
        Mismatch::Pledged {
            place: Place::account(1),
            got: taken
        }
    );
    assert!(
        check(
            &MADE.signed,
            &pledged(MADE.attesters[0].address().into()),
            NOW
        )
        .is_ok()
    );
    // Nor does another key of the same attester free it.
    let second = SigningKey::generate().unwrap().address();
    let two_keys = Expected {
        attesters: with_keys(1, second),
        ..pledged(second.into())
    };
    let error = mismatch(&MADE.signed, &two_keys, NOW);
    assert!(matches!(
        error,
        Mismatch::Pledged {
            place: Place {
                account: 1,
                leaf: None
            },
            ..
        }
    ));
}

/// The accepted attesters, with another key for one of them.
fn with_keys(i: usize, key: Address) -> Attesters {
    let attesters = MADE.expected.attesters.iter().cloned();
    let attesters = attesters.map(|mut attester| {
        if attester.name == format!("attester {i}") {
            attester.keys.insert(key.into());
        }
        attester
    });
    Attesters::new(attesters.collect::<Vec<_>>()).unwrap()
}

/// What is owed on a collateral account cannot be left at home, once its attester names it.
#[test]
fn v6_counterparts_are_in_the_basket() {
    let accounts = MADE.signed.accounts();
    let [owed, held, other] = [0, 1, 2].map(|i: usize| accounts[i].commitment);
    let named = |i: usize, counterpart| {
        with_account(i, |file| {
            attest_with(&MADE.attesters[i], file, i, VALID_UNTIL, Some(counterpart))
        })
    };
    assert!(check(&named(1, owed), &MADE.expected, NOW).is_ok());
    assert!(check(&named(0, held), &MADE.expected, NOW).is_ok());
    let mut elsewhere = owed;
    elsewhere.0 += covenant_claims::field::Fr::from(1);
    // Of a liability it may be elsewhere: collateral can be left out.
    assert!(check(&named(0, elsewhere), &MADE.expected, NOW).is_ok());
    for (index, counterpart, expected) in [
        (1, elsewhere, Kind::Liability),
        (1, other, Kind::Liability),
        (1, held, Kind::Liability),
        (0, owed, Kind::Collateral),
    ] {
        let error = mismatch(&named(index, counterpart), &MADE.expected, NOW);
        assert!(
            matches!(&error, Mismatch::Counterpart { place: i, counterpart: c, expected: e, .. }
                if (*i, *c, *e) == (Place::account(index), counterpart, expected)),
            "{error}"
        );
    }
    // Of another second it is another snapshot.
    let mut json: Json = serde_json::from_str(&named(1, owed).to_json()).unwrap();
    let mut later = accounts[0].clone();
    later.as_of += 1;
    let later = attest(&MADE.attesters[0], &later, 0, VALID_UNTIL);
    json["accounts"][0] = serde_json::from_str(&later.to_json()).unwrap();
    let bundle = Bundle::from_json(&json.to_string()).unwrap();
    let error = mismatch(&bundle, &MADE.expected, NOW);
    assert!(
        matches!(
            error,
            Mismatch::Counterpart {
                place: Place {
                    account: 1,
                    leaf: None
                },
                ..
            }
        ),
        "{error}"
    );
}

/// One attester counts once, whatever keys it signed with.
#[test]
fn v6_a_quorum_is_of_different_attesters() {
    let second = SigningKey::generate().unwrap();
    let twice = with_account(1, |file| {
        let file = attest(&MADE.attesters[1], file, 1, VALID_UNTIL);
        second
            .attest_unchecked(file, reference(1), VALID_UNTIL, None)
            .unwrap()
    });
    let two_keys = with(|e| e.attesters = with_keys(1, second.address()));
    assert!(check(&twice, &two_keys, NOW).is_ok());
    let error = mismatch(&twice, &MADE.expected, NOW);
    assert!(matches!(
        error,
        Mismatch::UnknownAttester {
            place: Place {
                account: 1,
                leaf: None
            },
            ..
        }
    ));
    let quorum = with(|e| e.attesters = with_keys(1, second.address()).with_quorum(2).unwrap());
    let error = mismatch(&twice, &quorum, NOW);
    let few = |index| Mismatch::AttesterQuorum {
        place: Place::account(index),
        expected: 2,
        got: 1,
    };
    assert_eq!(error, few(0));
    // Both accounts of collateral by both custodians, the liability by both too.
    let everybody = with(|e| {
        let attesters = e.attesters.iter().cloned().map(|mut attester| {
            attester.roles = BTreeSet::from([Kind::Collateral, Kind::Liability]);
            attester
        });
        let attesters = Attesters::new(attesters.collect::<Vec<_>>()).unwrap();
        e.attesters = attesters.with_quorum(2).unwrap();
    });
    let mut bundle = MADE.signed.clone();
    for (i, file) in MADE.signed.accounts().iter().enumerate() {
        assert_eq!(mismatch(&bundle, &everybody, NOW), few(i));
        let next = &MADE.attesters[(i + 1) % 3];
        let file = next.attest_unchecked(file.clone(), reference(i), VALID_UNTIL, None);
        bundle = bundle.with_accounts([file.unwrap()]).unwrap();
    }
    assert!(check(&bundle, &everybody, NOW).is_ok());
    // Of two accounts in one file nobody knows which it is.
    let file = MADE.signed.accounts()[1].clone();
    let next = &MADE.attesters[2];
    for (number, counterpart) in [(7, None), (1, Some(file.commitment))] {
        let file = next
            .attest_unchecked(file.clone(), reference(number), VALID_UNTIL, counterpart)
            .unwrap();
        let error = MADE.signed.clone().with_accounts([file]).unwrap_err();
        assert!(
            matches!(&error, BundleError::Disagrees { field, .. } if field == "accounts[1].attestation"),
            "{error}"
        );
    }
}

/// Whatever a bundle carries is by whom it names, also where nobody asks for it.
#[test]
fn v6_every_document_is_its_signers() {
    let key = &MADE.attesters[1];
    let at = |change: &dyn Fn(&mut AccountFile)| {
        let bundle = with_account(1, |file| {
            let mut file = file.clone();
            change(&mut file);
            file
        });
        match mismatch(&bundle, &MADE.expected, NOW) {
            Mismatch::Signature { at, .. } => at,
            other => panic!("{other}"),
        }
    };
    let signature = MADE.signed.accounts()[1].attestations[0].signature.clone();
    let hash = Hash([7; 32]);
    let revocation = SignedRevocation {
        signer: key.address().into(),
        document: hash,
        at: 0,
        signature: signature.clone(),
    };
    assert_eq!(
        at(&|file| file.revocations.push(revocation.clone())),
        "accounts[1].revocations[0]"
    );
    let undertaking = Undertaking {
        attester: key.address().into(),
        account: reference(1),
        secured_party: MADE.expected.subject,
        facility: FacilityId::of("a facility"),
        held_from: 0,
        held_until: 1,
        wording: hash,
        signature: signature.clone(),
    };
    assert_eq!(
        at(&|file| file.undertakings.push(undertaking.clone())),
        "accounts[1].undertakings"
    );
    let said = SignedRepresentation {
        signer: key.address().into(),
        no_other_debt: true,
        wording: hash,
        signature,
    };
    let bundle = MADE.signed.clone().with_representation(said.clone());
    let error = mismatch(&bundle, &MADE.expected, NOW);
    assert!(matches!(error, Mismatch::Signature { at, .. } if at == "representation"));
    // Signed over this statement of this circuit it is read and kept.
    let statement = MADE.signed.statement();
    let of = statement.hash(MADE.key.id(), &MADE.key.shape()).unwrap();
    let document = said.document(statement.subject(), of);
    let said = SignedRepresentation {
        signature: key.sign(&document.digest()).unwrap().into(),
        ..said
    };
    let bundle = MADE.signed.clone().with_representation(said.clone());
    let read = Bundle::from_json(&bundle.to_json()).unwrap();
    assert_eq!(read.representation(), Some(&said));
    assert!(check(&read, &MADE.expected, NOW).is_ok());
}

#[test]
fn v6_self_declared_accounts_need_leave() {
    let bare = &MADE.bare;
    // Each kind has its own limit; the first account too many is named.
    let places = |kind| {
        let kinds = bare.statement().kinds().iter().enumerate();
        let places: Vec<usize> = kinds.filter(|(_, k)| **k == kind).map(|(i, _)| i).collect();
        places
    };
    let (collateral, liability) = (places(Kind::Collateral), places(Kind::Liability));
    assert_eq!((collateral.len(), liability.len()), (2, 1));
    for (kind, limit, index, got) in [
        (Kind::Collateral, 0, collateral[0], 2),
        (Kind::Collateral, 1, collateral[1], 2),
        (Kind::Liability, 0, liability[0], 1),
    ] {
        let lax = with(|e| {
            e.max_self_declared = all_self_declared();
            match kind {
                Kind::Collateral => e.max_self_declared.collateral = limit,
                Kind::Liability => e.max_self_declared.liability = limit,
            }
        });
        let expected = limit;
        assert_eq!(
            mismatch(bare, &lax, NOW),
            Mismatch::SelfDeclared {
                place: Place::account(index),
                kind,
                expected,
                got
            }
        );
    }
    // Prices that nobody signed need leave of their own.
    let three = with(|e| e.max_self_declared = all_self_declared());
    assert!(matches!(
        mismatch(bare, &three, NOW),
        Mismatch::Quorum { got: 0, .. }
    ));
    let lax = with(|e| {
        e.max_self_declared = all_self_declared();
        e.prices = PriceTrust::Unsigned;
    });
    let verified = check(bare, &lax, NOW).unwrap();
    assert!(
        verified
            .accounts()
            .iter()
            .all(|w| *w == AccountSource::SelfDeclared)
    );
    assert_eq!(*verified.prices(), PriceSource::Nobody);
    assert!(
        verified
            .trusting()
            .join(" ")
            .contains("2 of 2 collateral accounts are self-declared")
    );
    // A signature that is there is checked, leave or not.
    let one = with_account(1, |file| {
        let mut file = file.clone();
        file.attestations[0].valid_until += 1;
        file
    });
    assert!(matches!(
        mismatch(&one, &lax, NOW),
        Mismatch::Signature { .. }
    ));
}

/// What is put together here is checked when it is put together.
#[test]
fn v6_foreign_signatures_and_accounts_are_refused_on_entry() {
    let file = MADE.signed.accounts()[0].clone();
    // An attestation from elsewhere (an HSM, a wallet), over another account.
    let other = MADE.signed.accounts()[1].attestations[0].clone();
    assert!(matches!(
        file.clone().attested(other).unwrap_err(),
        DocumentError::Signature {
            error: SignatureError::Forged { .. },
            ..
        }
    ));
    let own = file.attestations[0].clone();
    assert_eq!(file.clone().attested(own).unwrap(), file);
    let prices = SignedPrices::from(MADE.bare.prices().clone());
    let mut signature = MADE.signed.price_signatures()[0].clone();
    signature.signer = MADE.sources[2].address().into();
    assert!(matches!(
        prices.signed(MADE.bare.policy(), signature).unwrap_err(),
        DocumentError::Signature {
            error: SignatureError::Forged { .. },
            ..
        }
    ));
    // Account files that are not the bundle's.
    let field = |change: fn(&mut covenant_verifier::bundle::AccountFile)| {
        let mut changed = file.clone();
        change(&mut changed);
        match MADE.bare.clone().with_accounts([changed]).unwrap_err() {
            BundleError::Disagrees { field, .. } => field,
            other => panic!("{other}"),
        }
    };
    assert_eq!(field(|f| f.kind = Kind::Collateral), "accounts[0].kind");
    assert_eq!(field(|f| f.as_of += 61), "accounts[0].as_of");
    assert_eq!(field(|f| f.as_of -= 3_601), "accounts[0].as_of");
    assert_eq!(
        field(|f| f.subject = "lei:OTHER".into()),
        "accounts[0].subject"
    );
    assert_eq!(field(|f| f.version = 1), "accounts[0].version");
    let one = covenant_claims::field::Fr::from(1);
    let mut unknown = file.clone();
    unknown.commitment.0 += one;
    assert!(matches!(
        MADE.bare.clone().with_accounts([unknown]).unwrap_err(),
        BundleError::Disagrees { .. }
    ));
}
