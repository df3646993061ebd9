//! A tree in the place of a collateral account: its leaves pass what an account of the basket has to
//! pass (R7, docs/spec.md, 8.2), each clause with a basket that fails it.

// A panic in a test is a failing test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod signed;

use covenant_claims::account::{Commitment, Kind, Opening};
use covenant_claims::field::Fr;
use covenant_claims::ident::Hash;
use covenant_claims::rollup::{RollupShape, SatisfiedRollup};
use covenant_claims::shape::Shape;
use covenant_claims::signed::{ControlUndertaking, Revocation};
use covenant_claims::statement::{Claim, ClaimParts, Window};
use covenant_fixtures::Vectors;
use covenant_keys::SigningKey;
use covenant_prover::keys::Keys;
use covenant_prover::prove::{Phase, bundle, prove, prove_rollup};
use covenant_prover::rollup::TreePlan;
use covenant_verifier::bundle::{AccountFile, Bundle};
use covenant_verifier::expect::{
    AccountSource, Attester, Attesters, Expected, Merged, Mismatch, MustInclude, Place, PriceTrust,
    SelfDeclared,
};
use covenant_verifier::key::CircuitKey;
use covenant_verifier::tree::{CollateralTree, Keys as TreeKeys, Tree, TreeError, Walk, walk};
use covenant_verifier::verify::{Verified, VerifyError, verify};
use rand_core::OsRng;
use signed::certificate::{TEXT, UNTIL, facility, held, lender};
use signed::{NOW, VALID_UNTIL, attest, attest_with, one, reference, role};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

struct Made {
    bundle: Bundle,
    key: CircuitKey,
    /// What the tree merges.
    parts: Vec<Opening>,
    tree: Tree,
    /// Where the top is in the bundle.
    top: usize,
    /// Account files of the leaves, not signed, in the order of the walk.
    leaves: Vec<AccountFile>,
    /// Of the leaves, then of the bundle's accounts.
    custodians: Vec<SigningKey>,
    others: Vec<SigningKey>,
    expected: Expected,
}

/// The account's positions as those of two accounts: every other one, and the rest.
fn split(account: &Opening) -> Vec<Opening> {
    let parts = (0..2).map(|part| {
        let positions = account.positions().iter().skip(part).step_by(2);
        let positions = positions.cloned().collect();
        let (subject, as_of) = (account.subject(), account.as_of());
        Opening::new(Kind::Collateral, subject, as_of, positions, OsRng).unwrap()
    });
    parts.collect()
}

/// Two levels: the first account below a merged one, the second beside it.
fn plan(parts: &[Opening], window: Window) -> TreePlan {
    let merging = |openings, salt: u64| {
        let salt = Fr::from(salt);
        SatisfiedRollup::merging(openings, RollupShape::SHORT, window, salt).unwrap()
    };
    let below = merging(vec![parts[0].clone()], 7);
    let top = merging(vec![below.claim().merged.clone(), parts[1].clone()], 8);
    TreePlan::of(vec![below, top])
}

fn walked(plan: &TreePlan, window: Window) -> Tree {
    let keys = Keys::embedded(RollupShape::SHORT, None).unwrap();
    let proofs: Vec<Vec<u8>> = (plan.nodes().iter())
        .map(|node| prove_rollup(&keys, node, &mut |_: Phase| {}).unwrap())
        .collect();
    let manifest = plan.manifest(keys.circuit_key(), &proofs).unwrap();
    let material: BTreeMap<Commitment, _> = proofs
        .into_iter()
        .enumerate()
        .map(|(at, proof)| {
            let node = plan.nodes()[at].claim().statement.merged;
            (node, plan.material(at, proof).unwrap())
        })
        .collect();
    let top = plan.top().unwrap();
    let serves = Walk {
        subject: top.subject_id(),
        window,
        kind: top.kind(),
        top: top.commitment(),
    };
    let mut material = |node| Ok(material[&node].clone());
    let mut met = BTreeSet::new();
    walk(
        &manifest,
        &serves,
        &mut TreeKeys::standard(),
        &mut met,
        &mut material,
        &mut |_| {},
    )
    .unwrap()
}

static MADE: LazyLock<Made> = LazyLock::new(|| {
    let case = &Vectors::load().list("cases")[0];
    let honest = covenant_fixtures::claim(case, 12_500);
    let window = honest.statement.window();
    let mut openings = honest.openings.clone();
    let is_collateral = |o: &Opening| o.kind() == Kind::Collateral && o.positions().len() > 1;
    let first = openings.iter().position(is_collateral).unwrap();
    let parts = split(&openings.remove(first));
    let plan = plan(&parts, window);
    openings.push(plan.top().unwrap().clone());
    let statement = &honest.statement;
    let parts_of_claim = ClaimParts {
        subject: statement.subject(),
        window,
        public_debt: statement.public_debt(),
        ratio: statement.ratio(),
        context: statement.context(),
        prices: statement.prices().to_vec(),
    };
    let claim = Claim::new(honest.policy.clone(), openings, parts_of_claim).unwrap();
    let circuit = Keys::embedded(Shape::SMALL, None).unwrap();
    let satisfied = covenant_fixtures::satisfied(&claim);
    let proof = prove(&circuit, &satisfied, &mut |_: Phase| {}).unwrap();
    let prices = covenant_fixtures::prices(case, &claim.policy.document().quote, signed::AS_OF);
    let bare = bundle(&circuit, &claim, prices, proof).unwrap();
    let tree = walked(&plan, window);
    let top = bare
        .accounts()
        .iter()
        .position(|a| a.commitment == tree.top());
    let top = top.unwrap();

    let key = || SigningKey::generate().unwrap();
    let others: Vec<SigningKey> = bare.accounts().iter().map(|_| key()).collect();
    let custodians: Vec<SigningKey> = parts.iter().map(|_| key()).collect();
    // Everybody signs but for the tree.
    let files = bare.accounts().iter().enumerate();
    let signed = files
        .filter(|(i, _)| *i != top)
        .map(|(i, file)| attest(&others[i], file, i, VALID_UNTIL));
    let signed: Vec<AccountFile> = signed.collect();
    let file = |leaf: &Commitment| {
        let part = parts.iter().find(|part| part.commitment() == *leaf);
        AccountFile::of(part.unwrap())
    };
    let leaves: Vec<AccountFile> = tree.leaves().iter().map(file).collect();
    let attesters = bare.accounts().iter().zip(&others).enumerate();
    let attesters = attesters.map(|(i, (file, key))| Attester {
        name: format!("attester {i}"),
        keys: one(key),
        roles: role(file.kind),
    });
    let attesters = attesters.chain(custodians.iter().enumerate().map(|(i, key)| Attester {
        name: format!("custodian {i}"),
        keys: one(key),
        roles: role(Kind::Collateral),
    }));
    let expected = Expected {
        attesters: Attesters::new(attesters).unwrap(),
        policy: claim.policy.digest(),
        subject: claim.statement.subject(),
        context: claim.statement.context(),
        prices: PriceTrust::Unsigned,
        max_self_declared: SelfDeclared::NONE,
        ..signed::MADE.expected.clone()
    };
    Made {
        bundle: bare.with_accounts(signed).unwrap(),
        key: CircuitKey::standard(Shape::SMALL).unwrap(),
        parts,
        tree,
        top,
        leaves,
        custodians,
        others,
        expected,
    }
});

fn leaf(i: usize) -> Place {
    Place {
        account: MADE.top,
        leaf: Some(i),
    }
}

/// The leaves' files, each by its custodian, with references of their own.
fn attested() -> Vec<AccountFile> {
    let files = MADE.leaves.iter().enumerate();
    files
        .map(|(i, file)| attest(&MADE.custodians[i], file, 10 + i, VALID_UNTIL))
        .collect()
}

/// With one leaf's file changed.
fn with_leaf(i: usize, change: impl Fn(&AccountFile) -> AccountFile) -> Expected {
    let mut files = attested();
    files[i] = change(&files[i]);
    trusting(files, |_| {})
}

fn trusting(files: Vec<AccountFile>, change: impl Fn(&mut Expected)) -> Expected {
    let mut expected = MADE.expected.clone();
    expected.trees = vec![CollateralTree::new(MADE.tree.clone(), files).unwrap()];
    change(&mut expected);
    expected
}

fn check(expected: &Expected) -> Result<Verified, VerifyError> {
    verify(&MADE.bundle, &MADE.key, expected, NOW)
}

fn first(expected: &Expected) -> Mismatch {
    match check(expected).unwrap_err() {
        VerifyError::Mismatch(mismatches) => mismatches.first().clone(),
        other => panic!("{other}"),
    }
}

#[test]
fn leaves_count_in_the_place_of_their_top() {
    // Without the tree its top is an account that nobody signed for.
    let place = Place::account(MADE.top);
    assert!(matches!(first(&MADE.expected), Mismatch::SelfDeclared { place: p, .. } if p == place));

    let verified = check(&trusting(attested(), |_| {})).unwrap();
    let AccountSource::Tree(words) = &verified.accounts()[MADE.top] else {
        panic!("{:?}", verified.accounts());
    };
    let names = words.iter().map(|word| match word {
        AccountSource::Attesters(signers) => signers[0].name.as_str(),
        other => panic!("{other:?}"),
    });
    assert!(names.eq(["custodian 0", "custodian 1"]));
    let merged = Merged {
        account: MADE.top,
        leaves: 2,
        proofs: 2,
    };
    assert_eq!(verified.merged(), [merged]);
    assert_eq!(verified.lapses().attestations, Some(VALID_UNTIL));
    let told = verified.trusting().join("\n");
    assert!(
        told.contains("is the sum of 2 accounts, by 2 further proofs"),
        "{told}"
    );
    assert!(told.contains("custodian 1"), "{told}");
}

#[test]
fn every_leaf_has_to_be_attested_as_an_account_is() {
    let bare = with_leaf(1, |_| MADE.leaves[1].clone());
    assert!(matches!(first(&bare), Mismatch::SelfDeclared { place, .. } if place == leaf(1)));
    let allowed = trusting(vec![attested()[0].clone(), MADE.leaves[1].clone()], |e| {
        e.max_self_declared.collateral = 1;
    });
    assert!(check(&allowed).is_ok());

    let stranger = SigningKey::generate().unwrap();
    let strange = with_leaf(1, |file| attest(&stranger, file, 11, VALID_UNTIL));
    assert!(matches!(first(&strange), Mismatch::UnknownAttester { place, .. } if place == leaf(1)));

    // A creditor signs for no collateral.
    let owed = MADE.bundle.accounts().iter();
    let owed = owed.enumerate().find(|(_, a)| a.kind == Kind::Liability);
    let creditor = &MADE.others[owed.unwrap().0];
    let role = with_leaf(0, |file| attest(creditor, file, 10, VALID_UNTIL));
    assert!(matches!(first(&role), Mismatch::Role { place, .. } if place == leaf(0)));

    let old = with_leaf(0, |file| attest(&MADE.custodians[0], file, 10, NOW - 1));
    assert!(matches!(first(&old), Mismatch::Expired { place, .. } if place == leaf(0)));

    let two = trusting(attested(), |e| {
        e.attesters = e.attesters.clone().with_quorum(2).unwrap();
    });
    assert!(matches!(first(&two), Mismatch::AttesterQuorum { .. }));
}

#[test]
fn a_leaf_whose_signature_is_another_ones_or_withdrawn_is_refused() {
    // The custodian signed for the other leaf.
    let other = with_leaf(0, |file| {
        let mut file = file.clone();
        file.attestations =
            attest(&MADE.custodians[0], &MADE.leaves[1], 10, VALID_UNTIL).attestations;
        file
    });
    let Mismatch::Signature { at, .. } = first(&other) else {
        panic!("{}", first(&other));
    };
    assert_eq!(at, format!("{}.attestation", leaf(0)));

    let files = attested();
    let subject = MADE.bundle.statement().subject();
    let document = files[1].attestations[0]
        .document(&files[1], subject)
        .digest();
    let revocation = Revocation {
        document: Hash::from(document),
        at: NOW,
    };
    let revocation = MADE.custodians[1].revoke(&revocation).unwrap();
    // By the file itself, and by what the relying party has seen.
    let in_file = with_leaf(1, |file| {
        let mut file = file.clone();
        file.revocations.push(revocation.clone());
        file
    });
    let seen = trusting(attested(), |e| e.revocations.push(revocation.clone()));
    for expected in [in_file, seen] {
        assert!(matches!(first(&expected), Mismatch::Revoked { .. }));
    }
}

#[test]
fn nothing_is_counted_twice_across_the_basket_and_its_trees() {
    // One account behind two leaves; and one behind a leaf and another account of the basket.
    let collateral = MADE.bundle.accounts().iter().enumerate();
    let mut collateral = collateral.filter(|(i, a)| a.kind == Kind::Collateral && *i != MADE.top);
    let (other, _) = collateral.next().unwrap();
    for (number, before) in [(10, leaf(0)), (other, Place::account(other))] {
        let twice = with_leaf(1, |file| {
            attest(&MADE.custodians[1], file, number, VALID_UNTIL)
        });
        let Mismatch::SameAccount { place, first, .. } = first(&twice) else {
            panic!("{}", first(&twice));
        };
        let mut both = [place, first];
        let mut expected = [leaf(1), before];
        both.sort();
        expected.sort();
        assert_eq!(both, expected);
    }
    // A leaf that is pledged elsewhere, by its commitment and by its account.
    let commitment = MADE.leaves[1].commitment;
    let signer = MADE.custodians[1].address().into();
    for pledged in [
        trusting(attested(), |e| e.pledged = [commitment].into()),
        trusting(attested(), |e| {
            e.pledged_accounts = [(signer, reference(11))].into();
        }),
    ] {
        assert!(matches!(first(&pledged), Mismatch::Pledged { place, .. } if place == leaf(1)));
    }
    // A merged account within the tree that is pledged elsewhere.
    let below = MADE.tree.merged()[1];
    let pledged = trusting(attested(), |e| e.pledged = [below].into());
    let Mismatch::Tree { tree: 0, got } = first(&pledged) else {
        panic!("{}", first(&pledged));
    };
    assert!(got.contains("is pledged elsewhere"), "{got}");
    // The same tree twice.
    let twice = trusting(attested(), |e| e.trees.push(e.trees[0].clone()));
    let Mismatch::Tree { tree: 1, got } = first(&twice) else {
        panic!("{}", first(&twice));
    };
    assert!(got.contains("is met twice"), "{got}");
}

#[test]
fn what_is_owed_on_a_leaf_has_to_be_in_the_basket() {
    let owed = Commitment(Fr::from(5));
    let left_out = with_leaf(0, |file| {
        attest_with(&MADE.custodians[0], file, 10, VALID_UNTIL, Some(owed))
    });
    assert!(matches!(first(&left_out), Mismatch::Counterpart { place, .. } if place == leaf(0)));
}

#[test]
fn a_leaf_is_in_the_basket_and_is_held() {
    // What has to be in the basket may be in a tree of it.
    let included = trusting(attested(), |e| {
        e.must_include = vec![
            MustInclude::Commitment(MADE.leaves[0].commitment),
            MustInclude::Attester {
                attester: "custodian 1".into(),
                kind: Kind::Collateral,
                account: Some(reference(11)),
            },
        ];
    });
    assert!(check(&included).is_ok());

    let undertaken = |key: &SigningKey, number: usize, file: AccountFile| {
        let document = ControlUndertaking {
            account: reference(number),
            subject: MADE.bundle.statement().subject(),
            secured_party: lender(),
            facility: facility(),
            held_from: file.as_of,
            held_until: UNTIL,
            wording: TEXT,
        };
        key.undertake(file, &document).unwrap()
    };
    let files: Vec<AccountFile> = (attested().into_iter().enumerate())
        .map(|(i, file)| undertaken(&MADE.custodians[i], 10 + i, file))
        .collect();
    let others = MADE.bundle.accounts().iter().enumerate();
    let others = others.filter(|(i, a)| a.kind == Kind::Collateral && *i != MADE.top);
    let others: Vec<AccountFile> = others
        .map(|(i, file)| undertaken(&MADE.others[i], i, file.clone()))
        .collect();
    let bundle = MADE.bundle.clone().with_accounts(others).unwrap();
    let required = |files| trusting(files, |e| e.undertakings = held().undertakings);
    let verified = verify(&bundle, &MADE.key, &required(files.clone()), NOW).unwrap();
    let places: BTreeSet<Place> = verified.held().iter().map(|held| held.place).collect();
    assert!(places.contains(&leaf(0)) && places.contains(&leaf(1)));
    assert!(!places.contains(&Place::account(MADE.top)));
    // One leaf that nobody holds.
    let bare = required(vec![files[0].clone(), attested()[1].clone()]);
    let VerifyError::Mismatch(found) = verify(&bundle, &MADE.key, &bare, NOW).unwrap_err() else {
        panic!("another error");
    };
    assert!(matches!(found.first(), Mismatch::Undertaking { place, .. } if *place == leaf(1)));
}

#[test]
fn files_that_are_not_of_the_leaves_are_refused() {
    let refused =
        |files: Vec<AccountFile>| CollateralTree::new(MADE.tree.clone(), files).unwrap_err();
    let files = attested();
    let [one, two] = files.as_slice() else {
        panic!("{files:?}");
    };
    let leaf = two.commitment;
    assert_eq!(refused(vec![one.clone()]), TreeError::NoFile { leaf });
    let twice = vec![one.clone(), two.clone(), two.clone()];
    assert_eq!(refused(twice), TreeError::FileTwice { leaf });
    let other = MADE.bundle.accounts()[0].clone();
    let got = other.commitment;
    let more = vec![one.clone(), two.clone(), other];
    assert_eq!(refused(more), TreeError::NoLeaf { got });
    type Change = fn(&mut AccountFile);
    let changes: [(&str, Change); 4] = [
        ("leaves[1].kind", |file| file.kind = Kind::Liability),
        ("leaves[1].as_of", |file| file.as_of += 1_000_000),
        ("leaves[1].subject", |file| file.subject = "another".into()),
        ("leaves[1].version", |file| file.version = 1),
    ];
    for (field, change) in changes {
        let mut changed = two.clone();
        change(&mut changed);
        let error = refused(vec![one.clone(), changed]);
        assert!(error.to_string().contains(field), "{error}");
    }
}

#[test]
fn a_tree_of_another_statement_is_refused() {
    // Of no account of this bundle.
    let expected = Expected {
        trees: trusting(attested(), |_| {}).trees,
        ..signed::MADE.expected.clone()
    };
    let VerifyError::Mismatch(found) =
        signed::check(&signed::MADE.signed, &expected, NOW).unwrap_err()
    else {
        panic!("another error");
    };
    let Mismatch::Tree { tree: 0, got } = found.first() else {
        panic!("{found}");
    };
    assert!(got.contains("is no account of the bundle"), "{got}");
    // Of this one's account, and of an earlier window: its leaves may be older than is accepted.
    let window = MADE.bundle.statement().window();
    let wider = Window::new(window.from() - 1, window.to()).unwrap();
    let tree = walked(&plan(&MADE.parts, wider), wider);
    assert_eq!(tree.top(), MADE.tree.top());
    let mut expected = MADE.expected.clone();
    expected.trees = vec![CollateralTree::new(tree, attested()).unwrap()];
    let Mismatch::Tree { tree: 0, got } = first(&expected) else {
        panic!("{}", first(&expected));
    };
    assert!(got.contains("it was walked for another statement"), "{got}");
}
