//! The relying party's ledger of pledges: an SQLite file that says which commitments back
//! which facility, so that none backs two. Safe under concurrent use.

use crate::codes::Code;
use crate::outcome::Failure;
use covenant_circuits::account::Commitment;
use covenant_circuits::field::from_hex;
use covenant_verifier::bundle::AccountFile;
use covenant_verifier::expect::Attesters;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::path::Path;
use std::time::Duration;

/// What a file must say to be a ledger: "Covn", and the version of its tables.
const APPLICATION_ID: i32 = 0x436f_766e;
const VERSION: i32 = 2;

/// Rows are unique by commitment, and by attester and account where those are known, so that
/// neither a fresh blinding nor another key of the attester pledges an account twice.
const TABLES: &str = "
CREATE TABLE pledges (
    commitment TEXT NOT NULL PRIMARY KEY,
    facility   TEXT NOT NULL,
    attester   TEXT,
    account    TEXT,
    added      INTEGER NOT NULL,
    UNIQUE (attester, account)
) STRICT;
";

/// A ledger that is open.
pub(crate) struct Ledger {
    connection: Connection,
    name: String,
}

/// A pledge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pledge {
    pub(crate) commitment: String,
    pub(crate) facility: String,
    /// The attester's name in the expectations and the hashed account reference, where the
    /// account was signed.
    pub(crate) account: Option<(String, String)>,
    /// Unix seconds.
    pub(crate) added: u64,
}

impl Pledge {
    /// An account pledged to a facility: under the first of its attesters by name, so that the
    /// order of signatures does not matter.
    ///
    /// # Errors
    /// It is signed by a key that is nobody's in the expectations: whose is it then?
    pub(crate) fn of(
        account: &AccountFile,
        facility: &str,
        attesters: &Attesters,
        now: u64,
    ) -> Result<Self, Failure> {
        let named = account.attestations.iter().map(|attestation| {
            let key = &attestation.attester;
            let attester = attesters.get(key).ok_or_else(|| {
                let said = format!(
                    "{}: expected an attester of the expectations, got {key}; nothing was added",
                    account.commitment
                );
                Failure::new(Code::AttesterNotAccepted, said)
            })?;
            Ok((attester.name.clone(), attestation.account.to_string()))
        });
        let named: Vec<(String, String)> = named.collect::<Result<_, Failure>>()?;
        Ok(Self {
            commitment: account.commitment.to_string(),
            facility: facility.into(),
            account: named.into_iter().min(),
            added: now,
        })
    }
}

fn database(name: &str, error: &rusqlite::Error) -> Failure {
    Failure::in_file(Path::new(name), Code::DatabaseFailed, error)
}

impl Ledger {
    /// Opens a ledger; creates one only where `create` says so.
    pub(crate) fn open(path: &Path, create: bool) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let failed = |e: rusqlite::Error| database(&name, &e);
        if !create && !path.is_file() {
            return Err(Failure::in_file(
                path,
                Code::FileNotRead,
                "expected a ledger, got no such file",
            ));
        }
        if path.is_symlink() {
            return Err(Failure::in_file(
                path,
                Code::FileNotRead,
                "expected a file, got a symbolic link",
            ));
        }
        let mut connection = Connection::open(path).map_err(failed)?;
        // Whoever comes second waits.
        connection
            .busy_timeout(Duration::from_secs(30))
            .map_err(failed)?;
        let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = begun.map_err(failed)?;
        let pragma = |name: &str| {
            transaction.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i32>(0))
        };
        let tables: i64 = transaction
            .query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))
            .map_err(failed)?;
        let (id, version) = (
            pragma("application_id").map_err(failed)?,
            pragma("user_version").map_err(failed)?,
        );
        match (tables, id, version) {
            (0, 0, 0) if create => {
                transaction
                    .execute_batch(&format!(
                        "{TABLES} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION};"
                    ))
                    .map_err(failed)?;
            }
            (_, APPLICATION_ID, VERSION) => {}
            (_, APPLICATION_ID, got) => {
                return Err(Failure::in_file(
                    path,
                    Code::NotALedger,
                    format!("expected a ledger of version {VERSION}, got {got}"),
                ));
            }
            _ => {
                return Err(Failure::in_file(
                    path,
                    Code::NotALedger,
                    "expected a ledger of pledges, got another database",
                ));
            }
        }
        transaction.commit().map_err(failed)?;
        Ok(Self { connection, name })
    }

    /// A transaction that nobody else's can come between, and the ledger's name.
    fn begin(&mut self) -> Result<(&str, Transaction<'_>), Failure> {
        let name = self.name.as_str();
        self.connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map(|transaction| (name, transaction))
            .map_err(|e| database(name, &e))
    }

    /// Adds all of the pledges or none: exit code 1 where one backs another facility. Commitments that
    /// back this one already stay as they are; the others are returned.
    pub(crate) fn add(&mut self, pledges: &[Pledge]) -> Result<Vec<String>, Failure> {
        let (name, transaction) = self.begin()?;
        let failed = |e: rusqlite::Error| database(name, &e);
        let mut added = Vec::new();
        for pledge in pledges {
            let (attester, account) = pledge.account.clone().unzip();
            let earlier: Option<(String, String)> = transaction
                .query_row(
                    "SELECT commitment, facility FROM pledges
                     WHERE commitment = ?1 OR (attester = ?2 AND account = ?3)",
                    params![pledge.commitment, attester, account],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .optional()
                .map_err(failed)?;
            if let Some((commitment, facility)) = earlier {
                if (&commitment, &facility) == (&pledge.commitment, &pledge.facility) {
                    continue;
                }
                let what = if commitment == pledge.commitment {
                    format!("the commitment {commitment}")
                } else {
                    format!(
                        "the account of {} (its commitment was {commitment})",
                        pledge.commitment
                    )
                };
                let said =
                    format!("{name}: {what} is pledged to {facility:?} already; nothing was added");
                return Err(Failure::new(Code::AlreadyPledged, said).with(|out| {
                    out.file = Some(name.into());
                    out.added = Some(false);
                    out.commitment = Some(pledge.commitment.clone());
                    out.pledged_to = Some(facility);
                }));
            }
            transaction
                .execute(
                    "INSERT INTO pledges (commitment, facility, attester, account, added)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![
                        pledge.commitment,
                        pledge.facility,
                        attester,
                        account,
                        i64::try_from(pledge.added).unwrap_or(i64::MAX)
                    ],
                )
                .map_err(failed)?;
            added.push(pledge.commitment.clone());
        }
        transaction.commit().map_err(failed)?;
        Ok(added)
    }

    /// Releases every one of the commitments from a facility, or none.
    pub(crate) fn release(
        &mut self,
        commitments: &[String],
        facility: &str,
    ) -> Result<(), Failure> {
        let (name, transaction) = self.begin()?;
        let failed = |e: rusqlite::Error| database(name, &e);
        for commitment in commitments {
            let gone = transaction
                .execute(
                    "DELETE FROM pledges WHERE commitment = ?1 AND facility = ?2",
                    params![commitment, facility],
                )
                .map_err(failed)?;
            if gone == 0 {
                let said = format!(
                    "{name}: the commitment {commitment} is not pledged to {facility:?}; nothing was released"
                );
                return Err(Failure::new(Code::NotPledged, said).with(|out| {
                    out.file = Some(name.into());
                    out.released = Some(false);
                    out.commitment = Some(commitment.clone());
                }));
            }
        }
        transaction.commit().map_err(failed)
    }

    /// Every pledge, by facility and time.
    pub(crate) fn list(&self) -> Result<Vec<Pledge>, Failure> {
        let read = || {
            let mut statement = self.connection.prepare(
                "SELECT commitment, facility, attester, account, added FROM pledges
                 ORDER BY facility, added, commitment",
            )?;
            let rows = statement.query_map([], |row| {
                let (attester, account): (Option<String>, Option<String>) =
                    (row.get(2)?, row.get(3)?);
                Ok(Pledge {
                    commitment: row.get(0)?,
                    facility: row.get(1)?,
                    account: attester.zip(account),
                    added: u64::try_from(row.get::<_, i64>(4)?).unwrap_or(0),
                })
            })?;
            rows.collect::<Result<Vec<_>, _>>()
        };
        read().map_err(|e: rusqlite::Error| database(&self.name, &e))
    }

    /// The commitment of a pledge, as a field element.
    pub(crate) fn commitment(&self, pledge: &Pledge) -> Result<Commitment, Failure> {
        from_hex(&pledge.commitment)
            .map(Commitment)
            .map_err(|e| Failure::of_file(Path::new(&self.name), e))
    }
}
