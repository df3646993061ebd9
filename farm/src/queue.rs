//! The four functions of the database (`sql/farm.sql`), typed.

use crate::connect::Db;
use crate::failure::Failure;
use crate::job::{Key, QueueName, Spec, hex};
use crate::lanes::Lanes;
use postgres::Row;
use postgres::types::Json;
use serde::Deserialize;
use serde_json::{Value, json};

/// What a lease is held by: drawn by the worker, so that asking again gives the same job.
pub type Token = [u8; 16];

/// What is asked of jobs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Request {
    /// Put them into the queue, where they are not.
    Submit,
    /// Again those that are dead, cancelled, or done wrongly.
    Retry,
    /// Never, unless they have ended.
    Cancel,
}

/// A job as it is submitted.
pub struct Sealed {
    /// Its key.
    pub key: Key,
    /// What the key is made of.
    pub spec: Spec,
    /// How soon it is wanted.
    pub queue: QueueName,
    /// What a worker needs, in megabytes.
    pub memory_mb: u32,
    /// Whose results it needs.
    pub children: Vec<Key>,
    /// Sealed to the workers' key.
    pub sealed: Vec<u8>,
    /// The sha256 of a proof that is to be made again, because it is wrong.
    pub wrong: Option<String>,
}

/// A job that was leased.
pub struct Leased {
    /// By which it is held.
    pub token: Token,
    /// Its key, as the database says.
    pub key: Key,
    /// What the key is made of, as the database says.
    pub spec: Spec,
    /// Sealed to the workers' key.
    pub sealed: Vec<u8>,
    /// 1 for the first time.
    pub delivery: i32,
    /// The submission's, for logs.
    pub trace: String,
    /// Proofs and sealed outputs of its children.
    pub children: Vec<(Vec<u8>, Option<Vec<u8>>)>,
}

/// What a worker gets.
pub enum Lease {
    /// A job.
    Job(Box<Leased>),
    /// None now, and how many there are that are queued for its lanes or leased to anybody.
    Nothing {
        /// That number.
        left: i64,
    },
}

/// How a lease ended, as the worker says.
pub enum End<'a> {
    /// With a proof, and a sealed output for parents.
    Done(&'a [u8], Option<&'a [u8]>),
    /// The claim is false.
    Refused(&'a str),
    /// Not here, not now.
    Failed(&'a str),
    /// The worker goes.
    Released,
}

/// How many jobs of a queue are how far.
#[derive(Deserialize, serde::Serialize, Clone, PartialEq, Eq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// The queue.
    pub queue: String,
    /// How many live ones it takes.
    pub depth: u64,
    /// Queued, and ready to be taken.
    pub ready: u64,
    /// Queued, and waiting for children.
    pub waiting: u64,
    /// With a worker.
    pub leased: u64,
    /// Proved.
    pub done: u64,
    /// False.
    pub refused: u64,
    /// Delivered too often.
    pub dead: u64,
    /// Not wanted any more.
    pub cancelled: u64,
}

/// How a job is.
#[derive(Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(deny_unknown_fields)]
pub struct JobState {
    /// queued, leased, done, refused, dead or cancelled.
    pub state: String,
    /// Its queue.
    pub queue: String,
    /// Its kind.
    pub kind: String,
    /// Who has it or had it last.
    pub worker: Option<String>,
    /// How often it was delivered.
    pub deliveries: u32,
    /// Why it ended, or came back.
    pub reason: Option<String>,
    /// The submission's.
    pub trace: String,
    /// Children without a result.
    pub waits_for: Vec<Waits>,
}

/// A child without a result.
#[derive(Deserialize, serde::Serialize, Clone, PartialEq, Eq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Waits {
    /// Its key, in hex.
    pub key: String,
    /// Its state.
    pub state: String,
}

/// A result that nobody verified yet.
pub struct Found {
    /// Whose.
    pub key: Key,
    /// Who made it.
    pub worker: String,
    /// The proof.
    pub proof: Vec<u8>,
    /// Sealed to the workers' key.
    pub output: Option<Vec<u8>>,
}

/// Asks for jobs; what became of each.
pub fn request(
    db: &mut Db,
    what: Request,
    jobs: &[Sealed],
    trace: &str,
) -> Result<Vec<(Key, String)>, Failure> {
    let name = match what {
        Request::Submit => "submit",
        Request::Retry => "retry",
        Request::Cancel => "cancel",
    };
    let described: Vec<Value> = jobs.iter().map(described).collect();
    let (described, sealed) = (
        Json(described),
        jobs.iter().map(|j| &j.sealed[..]).collect::<Vec<_>>(),
    );
    let query = "SELECT key, outcome FROM farm.request($1, $2, $3, $4)";
    let rows = db.call(|c| c.query(query, &[&name, &described, &sealed, &trace]))?;
    rows.iter()
        .map(|row| Ok((Key::of_bytes(get(row, 0)?)?, get(row, 1)?)))
        .collect()
}

fn described(job: &Sealed) -> Value {
    let children: Vec<_> = job.children.iter().map(|key| hex(&key.0)).collect();
    let mut described = json!({
        "key": hex(&job.key.0),
        "kind": job.spec.kind,
        "circuit": job.spec.circuit,
        "ceremony": hex(&job.spec.ceremony),
        "public": hex(&job.spec.public),
        "queue": job.queue.name(),
        "memory_mb": job.memory_mb,
        "children": children,
    });
    if let (Some(wrong), Value::Object(fields)) = (&job.wrong, &mut described) {
        fields.insert("wrong".into(), wrong.clone().into());
    }
    described
}

/// Takes a job that one of the lanes can do.
pub fn lease(
    db: &mut Db,
    token: Token,
    worker: &str,
    seconds: u32,
    lanes: &Lanes,
) -> Result<Lease, Failure> {
    let (lanes, seconds) = (
        Json(lanes.described()),
        i32::try_from(seconds).unwrap_or(i32::MAX),
    );
    let query = "SELECT key, kind, circuit, ceremony, public, sealed, delivery, trace, children, \
        proofs, outputs, \"left\" FROM farm.lease($1, $2, $3, $4)";
    let row = db.call(|c| c.query_one(query, &[&&token[..], &worker, &seconds, &lanes]))?;
    let Some(key) = get::<Option<&[u8]>>(&row, 0)? else {
        return Ok(Lease::Nothing {
            left: get(&row, 11)?,
        });
    };
    let ceremony: &[u8] = get(&row, 3)?;
    let proofs = get::<Option<Vec<Option<Vec<u8>>>>>(&row, 9)?.unwrap_or_default();
    let outputs = get::<Option<Vec<Option<Vec<u8>>>>>(&row, 10)?.unwrap_or_default();
    let proofs = proofs
        .into_iter()
        .map(|proof| proof.ok_or_else(|| answer("a child without a proof")));
    Ok(Lease::Job(Box::new(Leased {
        token,
        key: Key::of_bytes(key)?,
        spec: Spec {
            kind: get(&row, 1)?,
            circuit: get(&row, 2)?,
            ceremony: ceremony
                .try_into()
                .map_err(|_| answer("a ceremony of another length"))?,
            public: get(&row, 4)?,
        },
        sealed: get(&row, 5)?,
        delivery: get(&row, 6)?,
        trace: get(&row, 7)?,
        children: proofs
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .zip(outputs)
            .collect(),
    })))
}

/// Holds leases for so many seconds from now; those that are not held any more.
pub fn renew(db: &mut Db, tokens: &[Token], seconds: u32) -> Result<Vec<(Token, String)>, Failure> {
    let standing = report(db, "renew", tokens, seconds, None, None, None)?;
    Ok(standing
        .into_iter()
        .filter(|(_, standing)| standing != "held")
        .collect())
}

/// Ends a lease; how the job is then. `pause` is after how many seconds it may be tried again.
pub fn end(db: &mut Db, token: Token, end: &End<'_>, pause: u32) -> Result<String, Failure> {
    let (what, proof, output, reason) = match end {
        End::Done(proof, output) => ("done", Some(*proof), *output, None),
        End::Refused(reason) => ("refused", None, None, Some(*reason)),
        End::Failed(reason) => ("failed", None, None, Some(*reason)),
        End::Released => ("released", None, None, None),
    };
    let standing = report(db, what, &[token], pause, proof, output, reason)?;
    let standing = standing.into_iter().next().map(|(_, standing)| standing);
    standing.ok_or_else(|| answer("no row"))
}

fn report(
    db: &mut Db,
    what: &str,
    tokens: &[Token],
    seconds: u32,
    proof: Option<&[u8]>,
    output: Option<&[u8]>,
    reason: Option<&str>,
) -> Result<Vec<(Token, String)>, Failure> {
    let tokens: Vec<&[u8]> = tokens.iter().map(|token| &token[..]).collect();
    let seconds = i32::try_from(seconds).unwrap_or(i32::MAX);
    let query = "SELECT lease, standing FROM farm.report($1, $2, $3, $4, $5, $6)";
    let rows =
        db.call(|c| c.query(query, &[&what, &tokens, &seconds, &proof, &output, &reason]))?;
    let rows = rows.iter().map(|row| {
        let token: &[u8] = get(row, 0)?;
        let token = token
            .try_into()
            .map_err(|_| answer("a lease of another length"))?;
        Ok((token, get(row, 1)?))
    });
    rows.collect()
}

/// How many jobs of each queue are how far.
pub fn counts(db: &mut Db) -> Result<Vec<Counts>, Failure> {
    look(db, "queues", &[], about)
}

/// How jobs are; of those that are not there, nothing.
pub fn jobs(db: &mut Db, keys: &[Key]) -> Result<Vec<(Key, JobState)>, Failure> {
    look(db, "jobs", keys, |row| {
        Ok((Key::of_bytes(get(row, 0)?)?, about(row)?))
    })
}

/// Results; of jobs without one, nothing.
pub fn results(db: &mut Db, keys: &[Key]) -> Result<Vec<Found>, Failure> {
    #[derive(Deserialize)]
    struct Maker {
        worker: String,
    }
    look(db, "results", keys, |row| {
        Ok(Found {
            key: Key::of_bytes(get(row, 0)?)?,
            worker: about::<Maker>(row)?.worker,
            proof: get(row, 2)?,
            output: get(row, 3)?,
        })
    })
}

fn look<T>(
    db: &mut Db,
    what: &str,
    keys: &[Key],
    read: impl Fn(&Row) -> Result<T, Failure>,
) -> Result<Vec<T>, Failure> {
    let keys: Vec<&[u8]> = keys.iter().map(|key| &key.0[..]).collect();
    let query = "SELECT key, about, proof, output FROM farm.look($1, $2)";
    let rows = db.call(|c| c.query(query, &[&what, &keys]))?;
    rows.iter().map(read).collect()
}

fn about<T: serde::de::DeserializeOwned>(row: &Row) -> Result<T, Failure> {
    let Json(about) = get::<Json<Value>>(row, 1)?;
    serde_json::from_value(about).map_err(|e| answer(&e.to_string()))
}

fn get<'a, T: postgres::types::FromSql<'a>>(row: &'a Row, column: usize) -> Result<T, Failure> {
    row.try_get(column).map_err(|e| answer(&e.to_string()))
}

fn answer(got: &str) -> Failure {
    Failure::Answer { got: got.into() }
}
