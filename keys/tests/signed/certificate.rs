//! What makes a certificate of the signed bundle: undertakings for its collateral, a representation
//! by its subject, and expectations that require them.

use super::{AS_OF, MADE, one, reference, with};
use covenant_claims::account::Kind;
use covenant_claims::ident::{FacilityId, Hash, SubjectId};
use covenant_claims::signed::{ControlUndertaking, Representation};
use covenant_keys::SigningKey;
use covenant_verifier::bundle::Bundle;
use covenant_verifier::expect::{
    Expected, MustInclude, RequiredRepresentation, RequiredUndertakings,
};
use std::collections::BTreeSet;

pub const UNTIL: u64 = AS_OF + 90 * 86_400;
pub const TEXT: Hash = Hash([0x77; 32]);

pub fn lender() -> SubjectId {
    SubjectId::of("a lender").unwrap()
}

pub fn facility() -> FacilityId {
    FacilityId::of("loan 17")
}

/// Which accounts are collateral, and which is owed.
pub fn of_kind(kind: Kind) -> Vec<usize> {
    let files = MADE.signed.accounts().iter().enumerate();
    files
        .filter(|(_, file)| file.kind == kind)
        .map(|(i, _)| i)
        .collect()
}

pub fn owed() -> usize {
    of_kind(Kind::Liability)[0]
}

pub fn by(i: usize, kind: Kind, account: Option<usize>) -> MustInclude {
    MustInclude::Attester {
        attester: format!("attester {i}"),
        kind,
        account: account.map(reference),
    }
}

/// What account i's attester undertakes, changed.
pub fn undertaken(change: impl Fn(usize, &mut ControlUndertaking)) -> Bundle {
    undertaken_by(&MADE.attesters.iter().collect::<Vec<_>>(), change)
}

pub fn undertaken_by(
    keys: &[&SigningKey],
    change: impl Fn(usize, &mut ControlUndertaking),
) -> Bundle {
    let files = of_kind(Kind::Collateral).into_iter().map(|i| {
        let mut document = ControlUndertaking {
            account: reference(i),
            subject: MADE.signed.statement().subject(),
            secured_party: lender(),
            facility: facility(),
            held_from: MADE.signed.accounts()[i].as_of,
            held_until: UNTIL,
            wording: TEXT,
        };
        change(i, &mut document);
        keys[i]
            .undertake(MADE.signed.accounts()[i].clone(), &document)
            .unwrap()
    });
    MADE.signed.clone().with_accounts(files).unwrap()
}

pub fn held() -> Expected {
    with(|e| {
        e.undertakings = Some(RequiredUndertakings {
            secured_party: lender(),
            facility: facility(),
            held_until: UNTIL,
            wordings: BTreeSet::from([TEXT, Hash([1; 32])]),
        });
    })
}

pub fn represented(key: &SigningKey, change: impl Fn(&mut Representation)) -> Bundle {
    let statement = MADE.signed.statement();
    let mut document = Representation {
        subject: statement.subject(),
        statement: statement.hash(MADE.key.id(), &MADE.key.shape()).unwrap(),
        no_other_debt: true,
        wording: TEXT,
    };
    change(&mut document);
    let representation = key.represent(&document).unwrap();
    MADE.signed.clone().with_representation(representation)
}

/// A certificate, and expectations that require all of it.
pub fn certified() -> (Bundle, Expected) {
    let key = SigningKey::generate().unwrap();
    let representation = represented(&key, |_| {}).representation().unwrap().clone();
    let bundle = undertaken(|_, _| {}).with_representation(representation);
    let owed = owed();
    let mut expected = held();
    expected.must_include = vec![
        MustInclude::Commitment(MADE.signed.accounts()[owed].commitment),
        by(owed, Kind::Liability, Some(owed)),
    ];
    expected.representation = Some(RequiredRepresentation {
        keys: one(&key),
        wordings: BTreeSet::from([TEXT]),
    });
    (bundle, expected)
}
