//! Contracts that sign (ERC-1271): believed by the answer that the relying party recorded for
//! exactly this signature, refused by a negative one, and not told without one (docs/spec.md,
//! sections 7.2 and 8.2).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod signed;

use covenant_claims::ident::Hash;
use covenant_claims::signed::{
    Answer, Answers, Attestation, Block, Contract, ContractSignature, Question, SignatureError,
    SignedRevocation, Signer,
};
use covenant_verifier::bundle::Bundle;
use covenant_verifier::expect::{Attesters, Expected, Mismatch, Place};
use covenant_verifier::verify::{Kind, VerifyError};
use signed::{MADE, NOW, VALID_UNTIL, check, mismatch, reference, with, with_account};

const BLOCK: Block = Block {
    number: 21_000_000,
    hash: Hash([0xb1; 32]),
};

fn contract(chain: u64) -> Contract {
    let address = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    Contract::new(chain, address.parse().unwrap()).unwrap()
}

fn bytes(byte: u8) -> ContractSignature {
    ContractSignature::new(vec![byte; 200]).unwrap()
}

/// Account 1 attested by a contract alone, or by its key too.
fn bundle(with_key: bool) -> Bundle {
    with_account(1, |file| {
        let mut file = file.clone();
        if !with_key {
            file.attestations.clear();
        }
        let counterpart = file.attestations.first().and_then(|a| a.counterpart);
        file.attested(Attestation {
            attester: contract(1).into(),
            account: reference(1),
            valid_until: VALID_UNTIL,
            counterpart,
            signature: bytes(7).into(),
        })
        .unwrap()
    })
}

/// The contract is one of attester 1, or of attester 0.
fn trusting(attester: usize, answers: Answers) -> Expected {
    with(|e| {
        let mut list: Vec<_> = e.attesters.iter().cloned().collect();
        list[attester].keys.insert(contract(1).into());
        let roles = list[1].roles.clone();
        list[attester].roles.extend(roles);
        e.attesters = Attesters::new(list).unwrap();
        e.contract_answers = answers.clone();
    })
}

fn answered(question: Question, valid: bool) -> Answers {
    let mut answers = Answers::none();
    let block = BLOCK;
    answers.record(question, Answer { block, valid });
    answers
}

fn question(bundle: &Bundle) -> Question {
    let questions = MADE.expected.questions(bundle).unwrap();
    let [(at, question)] = &questions[..] else {
        panic!("{questions:?}");
    };
    assert!(at.starts_with("accounts[1].attestation"), "{at}");
    question.clone()
}

#[test]
fn a_contract_is_believed_refused_or_not_told_by_its_recorded_answer() {
    // It survives being written: no answer is in the bundle.
    let bundle = Bundle::from_json(&bundle(false).to_json()).unwrap();
    let asked = question(&bundle);
    let verified = check(&bundle, &trusting(1, answered(asked.clone(), true)), NOW).unwrap();
    let [word] = verified.contracts() else {
        panic!("{:?}", verified.contracts());
    };
    assert_eq!((word.contract, word.block), (contract(1), BLOCK));
    assert!(verified.trusting().join("\n").contains("21000000 (0xb1b1"));

    let refused = mismatch(&bundle, &trusting(1, answered(asked, false)), NOW);
    let Mismatch::Signature { at, error } = refused else {
        panic!("{refused}");
    };
    assert_eq!(at, "accounts[1].attestation");
    assert!(matches!(error, SignatureError::Refused { block, .. } if block == BLOCK));

    let untold = check(&bundle, &trusting(1, Answers::none()), NOW).unwrap_err();
    assert!(
        matches!(&untold, VerifyError::NotQueried { .. }),
        "{untold}"
    );
    assert_eq!(untold.kind(), Kind::Unknown);
}

#[test]
fn an_answer_to_another_question_does_not_count() {
    let bundle = bundle(false);
    let asked = question(&bundle);
    let other = {
        let elsewhere = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359";
        Contract::new(1, elsewhere.parse().unwrap()).unwrap()
    };
    let digest = Question {
        digest: SignedRevocation {
            signer: contract(1).into(),
            document: Hash([1; 32]),
            at: 0,
            signature: bytes(7).into(),
        }
        .revocation()
        .digest(),
        ..asked.clone()
    };
    for question in [
        Question {
            contract: contract(10),
            ..asked.clone()
        },
        Question {
            contract: other,
            ..asked.clone()
        },
        Question {
            signature: bytes(8),
            ..asked.clone()
        },
        digest,
    ] {
        for valid in [true, false] {
            let expected = trusting(1, answered(question.clone(), valid));
            let untold = check(&bundle, &expected, NOW).unwrap_err();
            assert_eq!(untold.kind(), Kind::Unknown, "{untold}");
        }
    }
    // A contract is not the key of the same address, nor that of another chain.
    let key = with(|e| {
        let mut list: Vec<_> = e.attesters.iter().cloned().collect();
        list[1].keys.insert(Signer::Key(contract(1).address()));
        list[1].keys.insert(contract(10).into());
        e.attesters = Attesters::new(list).unwrap();
        e.contract_answers = answered(asked.clone(), true);
    });
    assert!(matches!(
        mismatch(&bundle, &key, NOW),
        Mismatch::UnknownAttester {
            place: Place {
                account: 1,
                leaf: None
            },
            ..
        }
    ));
}

#[test]
fn a_key_and_a_contract_of_different_attesters_make_two() {
    let bundle = bundle(true);
    let answers = answered(question(&bundle), true);
    let two = |attester| {
        let mut expected = trusting(attester, answers.clone());
        let list: Vec<_> = expected.attesters.iter().cloned().collect();
        expected.attesters = Attesters::new(list).unwrap().with_quorum(2).unwrap();
        expected
    };
    // Of one attester they are one, whatever it signed with; the other accounts have one each.
    let missed = |expected: &Expected| match mismatch(&bundle, expected, NOW) {
        Mismatch::AttesterQuorum { place, got, .. } => (place.account, got),
        other => panic!("{other}"),
    };
    assert_eq!(missed(&two(0)), (0, 1));
    assert!(check(&bundle, &trusting(0, answers.clone()), NOW).is_ok());
    assert!(check(&bundle, &trusting(1, answers.clone()), NOW).is_ok());
}

#[test]
fn a_contract_revokes_what_it_signed() {
    let bundle = bundle(false);
    let asked = question(&bundle);
    let revocation = SignedRevocation {
        signer: contract(1).into(),
        document: Hash::from(asked.digest),
        at: NOW,
        signature: bytes(9).into(),
    };
    let mut expected = trusting(1, answered(asked, true));
    expected.revocations = vec![revocation];
    // Before it is known whose the revocation is, nothing is.
    let untold = check(&bundle, &expected, NOW).unwrap_err();
    assert_eq!(untold.kind(), Kind::Unknown, "{untold}");
    let questions = expected.questions(&bundle).unwrap();
    assert_eq!(questions[1].0, "revocations[0] of the expectations");
    let block = BLOCK;
    let answer = |valid| Answer { block, valid };
    expected
        .contract_answers
        .record(questions[1].1.clone(), answer(true));
    assert!(matches!(
        mismatch(&bundle, &expected, NOW),
        Mismatch::Revoked { since: NOW, .. }
    ));
    expected
        .contract_answers
        .record(questions[1].1.clone(), answer(false));
    assert!(matches!(
        mismatch(&bundle, &expected, NOW),
        Mismatch::Signature { .. }
    ));
}
