//! Openings of accounts of one statement, as they are handed to an auditor (docs/spec.md, section
//! 10.15), and that they are those of a bundle.
//!
//! Both sides compare: who discloses, before anything is sealed, and who opens, with the bundle that it
//! has from elsewhere. Openings are secret: no error tells an amount, a name or a blinding.

use covenant_claims::account::{Commitment, Kind, Opening, OpeningError};
use covenant_claims::field::to_hex;
use covenant_claims::ident::Hash;
use covenant_claims::json::{self, JsonError};
use covenant_claims::statement::{StatementError, Window, WindowError};
use covenant_verifier::bundle::{AccountFile, Bundle};
use covenant_verifier::time::date;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::HashSet;
use zeroize::Zeroizing;

/// The only version of the format.
const VERSION: u64 = 1;

/// Largest disclosure that is read, in bytes: sixteen accounts of thousands of positions and more.
pub const MAX_BYTES: usize = 64 << 20;

/// Most openings of a disclosure: more accounts than the widest standard shape has.
pub const MAX_OPENINGS: usize = 256;

/// Openings, and which statement they are said to be of. It has no `Debug`: it is secret.
pub struct Disclosure {
    statement: Hash,
    window: Window,
    openings: Vec<Opening>,
}

/// A disclosure could not be read, or is not one of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DisclosureError {
    /// Larger than any disclosure.
    #[error("expected at most {MAX_BYTES} bytes, got {got}")]
    TooLarge {
        /// Its size.
        got: usize,
    },
    /// Not JSON, or not of the form of docs/spec.md, section 10.15.
    #[error("{0}")]
    Json(#[from] JsonError),
    /// A version this program does not know.
    #[error("version: expected {VERSION}, got {got}")]
    Version {
        /// What was found.
        got: u64,
    },
    /// The period ends before it begins.
    #[error("{0}")]
    Window(#[from] WindowError),
    /// An opening is not one. Lines and columns are counted from where it begins.
    #[error("openings[{index}]: {error}")]
    Opening {
        /// 0-based.
        index: usize,
        /// What is wrong with it.
        error: OpeningError,
    },
    /// No opening, or more than there can be accounts.
    #[error("openings: expected 1 to {MAX_OPENINGS}, got {got}")]
    Count {
        /// How many.
        got: usize,
    },
    /// The bundle's statement has no hash.
    #[error("the bundle's statement: {0}")]
    OfBundle(#[from] StatementError),
    /// Of another statement than the bundle's.
    #[error("statement: expected that of the bundle, {expected}, got {got}")]
    Statement {
        /// The hash of the bundle's.
        expected: Hash,
        /// What it says it is of.
        got: Hash,
    },
    /// Of another period than the bundle's snapshots.
    #[error(
        "as_of_from, as_of_to: expected the window of the bundle, {} to {}, got {} to {}",
        date(*.expected_from), date(*.expected_to), date(*.from), date(*.to)
    )]
    Period {
        /// Start of the bundle's window, Unix seconds.
        expected_from: u64,
        /// Its end.
        expected_to: u64,
        /// What it says the period's start is.
        from: u64,
        /// And its end.
        to: u64,
    },
    /// An opening's commitment is not in the bundle: it is of another account, or was altered.
    #[error(
        "openings[{index}]: expected the opening of an account of the bundle, got one whose commitment is {got}"
    )]
    NotOfBundle {
        /// 0-based.
        index: usize,
        /// What it opens.
        got: Commitment,
    },
    /// One account twice.
    #[error("openings[{index}]: expected every account once, got {commitment} again")]
    Repeated {
        /// 0-based.
        index: usize,
        /// Which.
        commitment: Commitment,
    },
    /// The bundle shows the account as the other kind.
    #[error("openings[{index}].kind: expected {expected}, as the bundle shows it, got {got}")]
    Kind {
        /// 0-based.
        index: usize,
        /// The bundle's.
        expected: Kind,
        /// The opening's.
        got: Kind,
    },
    /// Of another subject than the bundle's.
    #[error("openings[{index}].subject: expected the bundle's, {expected}, got {got}")]
    Subject {
        /// 0-based.
        index: usize,
        /// The bundle's, 0x-hex.
        expected: String,
        /// The opening's, 0x-hex.
        got: String,
    },
    /// Not of the time that the bundle says of the account.
    #[error(
        "openings[{index}].as_of: expected {}, as the bundle says, got {}",
        date(*.expected), date(*.got)
    )]
    AsOf {
        /// 0-based.
        index: usize,
        /// The bundle's, Unix seconds.
        expected: u64,
        /// The opening's.
        got: u64,
    },
}

impl DisclosureError {
    /// Which opening it is about, 0-based; `None` where it is about all.
    pub fn index(&self) -> Option<usize> {
        match self {
            Self::Opening { index, .. }
            | Self::NotOfBundle { index, .. }
            | Self::Repeated { index, .. }
            | Self::Kind { index, .. }
            | Self::Subject { index, .. }
            | Self::AsOf { index, .. } => Some(*index),
            _ => None,
        }
    }
}

impl Disclosure {
    /// Openings of accounts of a bundle, in any order.
    ///
    /// # Errors
    /// An opening is not one of the bundle's: nothing is sealed that whoever opens it would refuse.
    pub fn of(bundle: &Bundle, openings: Vec<Opening>) -> Result<Self, DisclosureError> {
        let disclosure = Self {
            statement: hash(bundle)?,
            window: bundle.statement().window(),
            openings,
        };
        compare(&disclosure, bundle)?;
        Ok(disclosure)
    }

    /// The hash of the statement that it says it is of.
    pub fn statement(&self) -> Hash {
        self.statement
    }

    /// The period that it says it is of: the window of the statement's snapshots.
    pub fn window(&self) -> Window {
        self.window
    }

    /// Reads a disclosure. Whether its openings are those of a bundle, [`Disclosed::by`] tells.
    pub fn from_json(text: &str) -> Result<Self, DisclosureError> {
        if text.len() > MAX_BYTES {
            return Err(DisclosureError::TooLarge { got: text.len() });
        }
        // What stands in a wrong place may be a secret.
        let file: File<'_> = json::from_str(text).map_err(JsonError::redacted)?;
        if file.version != VERSION {
            return Err(DisclosureError::Version { got: file.version });
        }
        check_count(file.openings.len())?;
        let opening = |(index, raw): (usize, &&RawValue)| {
            let opening = Opening::from_json(raw.get());
            opening.map_err(|error| DisclosureError::Opening { index, error })
        };
        Ok(Self {
            statement: file.statement,
            window: Window::new(file.as_of_from, file.as_of_to)?,
            openings: (file.openings.iter().enumerate())
                .map(opening)
                .collect::<Result<_, _>>()?,
        })
    }

    /// Writes a disclosure. The text is secret.
    pub fn to_json(&self) -> Zeroizing<String> {
        let Self {
            statement,
            window,
            openings,
        } = self;
        let openings: Vec<_> = openings.iter().map(Opening::to_json).collect();
        let openings: Vec<&str> = openings.iter().map(|text| text.trim_end()).collect();
        let openings = Zeroizing::new(openings.join(",\n"));
        Zeroizing::new(format!(
            "{{\n\"version\": {VERSION},\n\"statement\": \"{statement}\",\n\"as_of_from\": {},\n\"as_of_to\": {},\n\"openings\": [\n{}\n]\n}}\n",
            window.from(),
            window.to(),
            *openings
        ))
    }
}

/// The openings stay in the text that they were read from, which is wiped: nothing is copied.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'a> {
    version: u64,
    statement: Hash,
    as_of_from: u64,
    as_of_to: u64,
    #[serde(borrow)]
    openings: Vec<&'a RawValue>,
}

/// That an auditor was shown what lies behind commitments of a bundle: made by the comparison alone.
/// It says nothing of the bundle's proof, which `verify` checks.
pub struct Disclosed {
    accounts: Vec<DisclosedAccount>,
    undisclosed: Vec<usize>,
}

/// An account that was disclosed.
pub struct DisclosedAccount {
    /// Its place among the bundle's accounts, 0-based.
    pub index: usize,
    /// What its commitment opens to. Secret.
    pub opening: Opening,
}

impl Disclosed {
    /// Compares a disclosure with a bundle that came from elsewhere.
    ///
    /// # Errors
    /// It is of another statement or another period, or one of its openings is none of the bundle's.
    pub fn by(disclosure: Disclosure, bundle: &Bundle) -> Result<Self, DisclosureError> {
        let places = compare(&disclosure, bundle)?;
        let opened = places.iter().copied().zip(disclosure.openings);
        let mut accounts: Vec<_> = opened
            .map(|(index, opening)| DisclosedAccount { index, opening })
            .collect();
        accounts.sort_by_key(|account| account.index);
        let all = 0..bundle.accounts().len();
        Ok(Self {
            accounts,
            undisclosed: all.filter(|index| !places.contains(index)).collect(),
        })
    }

    /// The accounts that were disclosed, in the order of the bundle.
    pub fn accounts(&self) -> &[DisclosedAccount] {
        &self.accounts
    }

    /// The places of the others among the bundle's accounts, 0-based, ascending.
    pub fn undisclosed(&self) -> &[usize] {
        &self.undisclosed
    }
}

fn hash(bundle: &Bundle) -> Result<Hash, StatementError> {
    let statement = bundle.statement();
    statement.hash(bundle.circuit(), &bundle.shape())
}

fn check_count(got: usize) -> Result<(), DisclosureError> {
    match (1..=MAX_OPENINGS).contains(&got) {
        true => Ok(()),
        false => Err(DisclosureError::Count { got }),
    }
}

/// The place of each opening's account in the bundle. The commitment is recomputed from the opening,
/// whose ranges its type has; it fixes kind, subject and time, and these are compared besides, as a
/// bundle whose proof was not verified may show anything beside a commitment.
fn compare(disclosure: &Disclosure, bundle: &Bundle) -> Result<Vec<usize>, DisclosureError> {
    let (expected, got) = (hash(bundle)?, disclosure.statement);
    if expected != got {
        return Err(DisclosureError::Statement { expected, got });
    }
    let (expected, got) = (bundle.statement().window(), disclosure.window);
    if expected != got {
        return Err(DisclosureError::Period {
            expected_from: expected.from(),
            expected_to: expected.to(),
            from: got.from(),
            to: got.to(),
        });
    }
    check_count(disclosure.openings.len())?;
    let mut met = HashSet::new();
    let openings = disclosure.openings.iter().enumerate();
    openings
        .map(|(index, opening)| {
            let commitment = opening.commitment();
            if !met.insert(commitment) {
                return Err(DisclosureError::Repeated { index, commitment });
            }
            let mut slots = bundle.accounts().iter().enumerate();
            let found = slots.find(|(_, account)| account.commitment == commitment);
            let (place, account) = found.ok_or(DisclosureError::NotOfBundle {
                index,
                got: commitment,
            })?;
            compare_account(index, opening, account, bundle)?;
            Ok(place)
        })
        .collect()
}

/// That the account's public side is that of its opening. A bundle's account is of its statement's
/// kind and subject, and of a time in its window (section 10.6).
fn compare_account(
    index: usize,
    opening: &Opening,
    account: &AccountFile,
    bundle: &Bundle,
) -> Result<(), DisclosureError> {
    if opening.kind() != account.kind {
        return Err(DisclosureError::Kind {
            index,
            expected: account.kind,
            got: opening.kind(),
        });
    }
    let subject = bundle.statement().subject();
    if opening.subject_id() != subject {
        return Err(DisclosureError::Subject {
            index,
            expected: to_hex(&subject.get()),
            got: to_hex(&opening.subject_id().get()),
        });
    }
    if opening.as_of() != account.as_of {
        return Err(DisclosureError::AsOf {
            index,
            expected: account.as_of,
            got: opening.as_of(),
        });
    }
    Ok(())
}
