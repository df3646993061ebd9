//! That the account files of a bundle are those of its statement (docs/spec.md, section 8).

use super::{AccountFile, Attestation, BundleError};
use covenant_claims::account::{Commitment, Kind};
use covenant_claims::field::to_hex;
use covenant_claims::ident::SubjectId;
use covenant_claims::statement::{Statement, Window};

/// Every account is that of its commitment, of the statement's subject, of a time in its window
/// and of the kind that the proof shows. Its attestations agree about what they do not sign.
pub(super) fn check_accounts(
    statement: &Statement,
    accounts: &[AccountFile],
) -> Result<(), BundleError> {
    let disagrees = |field: String, expected: String, got: String| {
        Err(BundleError::Disagrees {
            field,
            expected,
            got,
        })
    };
    if accounts.len() != statement.commitments().len() {
        let (expected, got) = (statement.commitments().len(), accounts.len());
        return disagrees(
            "accounts".into(),
            format!("{expected} accounts"),
            got.to_string(),
        );
    }
    let slots = statement.commitments().iter().zip(statement.kinds());
    let about = (statement.subject(), statement.window());
    for (i, (account, (commitment, kind))) in accounts.iter().zip(slots).enumerate() {
        check_account(
            account,
            (*commitment, *kind),
            about,
            &format!("accounts[{i}]"),
        )?;
    }
    Ok(())
}

/// One account file: of that commitment and kind, of the subject, of a time in the window. `at` is
/// where it is, for messages.
pub(crate) fn check_account(
    account: &AccountFile,
    (commitment, kind): (Commitment, Kind),
    (subject, window): (SubjectId, Window),
    at: &str,
) -> Result<(), BundleError> {
    let disagrees = |field: &str, expected: String, got: String| {
        Err(BundleError::Disagrees {
            field: format!("{at}.{field}"),
            expected,
            got,
        })
    };
    if account.version != 2 {
        return disagrees("version", "2".into(), account.version.to_string());
    }
    if account.commitment != commitment {
        let got = account.commitment.to_string();
        return disagrees("commitment", commitment.to_string(), got);
    }
    if account.kind != kind {
        return disagrees("kind", kind.to_string(), account.kind.to_string());
    }
    if !window.contains(account.as_of) {
        let (from, to) = (window.from(), window.to());
        let expected = format!("a time in the window {from} to {to}");
        return disagrees("as_of", expected, account.as_of.to_string());
    }
    if SubjectId::of(&account.subject).ok() != Some(subject) {
        let got = account.subject.clone();
        return disagrees("subject", to_hex(&subject.get()), got);
    }
    account.check_lists()?;
    check_same_account(account, format!("{at}.attestation"))
}

/// That all attestations of an account are of one account and name one counterpart.
fn check_same_account(file: &AccountFile, field: String) -> Result<(), BundleError> {
    let Some((first, others)) = file.attestations.split_first() else {
        return Ok(());
    };
    let about = |a: &Attestation| match a.counterpart {
        Some(counterpart) => format!(
            "the account {} with the counterpart {counterpart}",
            a.account
        ),
        None => format!("the account {} without a counterpart", a.account),
    };
    let same = |a: &&Attestation| a.account == first.account && a.counterpart == first.counterpart;
    match others.iter().find(|a| !same(a)) {
        Some(other) => Err(BundleError::Disagrees {
            field,
            expected: about(first),
            got: about(other),
        }),
        None => Ok(()),
    }
}
