//! A worker: lanes that take jobs and prove them, and one thread that renews their leases and
//! carries what became of them: cancelled, or lost to another worker.

use crate::connect::{Db, Target};
use crate::events::Events;
use crate::failure::Failure;
use crate::lanes::Lanes;
use crate::metrics::Metrics;
use crate::queue::{self, End, Lease, Leased, Token};
use crate::work::{Cancel, Child, Opened, Proof, Refusal, Registry};
use covenant_disclosure::seal::{Identity, Recipient, seal_text, unseal};
use rand_core::{OsRng, RngCore};
use serde_json::Value;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How soon a second signal is noticed.
const LOOK: Duration = Duration::from_millis(100);

/// How a worker works.
#[derive(Clone, Debug)]
pub struct Options {
    /// Its name, which results are stored with.
    pub name: String,
    /// What it takes.
    pub lanes: Lanes,
    /// How many jobs at a time.
    pub at_a_time: u16,
    /// How long a lease is, in seconds.
    pub lease_s: u32,
    /// After how many seconds a job that failed here may be tried again.
    pub pause_s: u32,
    /// How often an idle worker looks for a job.
    pub poll: Duration,
    /// For how long a database that cannot be reached is waited for.
    pub patience: Duration,
    /// Whether to end when nothing is left.
    pub drain: bool,
}

/// How many jobs ended how.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Tally {
    /// Proofs that were stored.
    pub done: u64,
    /// Claims that are false.
    pub refused: u64,
    /// Attempts that failed.
    pub failed: u64,
}

/// What ends a worker: the first signal lets its jobs end, the second gives them back.
#[derive(Clone, Default, Debug)]
pub struct Stop {
    /// Take nothing more.
    pub soon: Arc<AtomicBool>,
    /// Give back what is in hand.
    pub now: Arc<AtomicBool>,
}

/// Logs an event of a job.
type Say<'a> = dyn Fn(&str, &[(&str, Value)]) + 'a;

/// What the lanes and the renewing thread share.
struct Shared<'a> {
    target: &'a Target,
    registry: &'a Registry,
    identities: &'a [Identity],
    options: &'a Options,
    stop: &'a Stop,
    metrics: &'a Metrics,
    events: &'a Events,
    held: Mutex<BTreeMap<Token, Cancel>>,
    finished: AtomicBool,
}

/// Works until there is nothing left, or until it is stopped.
pub fn work(
    target: &Target,
    registry: &Registry,
    identities: &[Identity],
    options: &Options,
    stop: &Stop,
    metrics: &Metrics,
    events: &Events,
) -> Result<Tally, Failure> {
    let shared = Shared {
        target,
        registry,
        identities,
        options,
        stop,
        metrics,
        events,
        held: Mutex::default(),
        finished: AtomicBool::new(false),
    };
    // Whatever is wrong with the connection is told at once.
    let first = shared.connect()?;
    let renewing = shared.connect()?;
    events.say("started", &[("at_a_time", options.at_a_time.into())]);
    let tally = thread::scope(|scope| {
        let shared = &shared;
        let renewer = scope.spawn(move || shared.renew(renewing));
        let mut connections = vec![Ok(first)];
        connections.extend((1..options.at_a_time).map(|_| shared.connect()));
        let lanes: Vec<_> = connections
            .into_iter()
            .map(|db| scope.spawn(move || shared.lane(db?)))
            .collect();
        let mut tally = Ok(Tally::default());
        for lane in lanes {
            let ended = lane
                .join()
                .unwrap_or_else(|_| Err(Failure::Machine("a lane panicked".into())));
            tally = match (tally, ended) {
                (Ok(sum), Ok(more)) => Ok(Tally {
                    done: sum.done + more.done,
                    refused: sum.refused + more.refused,
                    failed: sum.failed + more.failed,
                }),
                (Err(failure), _) | (_, Err(failure)) => Err(failure),
            };
        }
        shared.finished.store(true, Ordering::Release);
        renewer.thread().unpark();
        let _ = renewer.join();
        tally
    });
    match &tally {
        Ok(_) => events.say("ended", &[]),
        Err(failure) => events.say("ended", &[("reason", failure.to_string().into())]),
    }
    tally
}

impl Shared<'_> {
    fn connect(&self) -> Result<Db, Failure> {
        Db::open(self.target, self.options.patience, self.stop.soon.clone())
    }

    fn held(&self) -> MutexGuard<'_, BTreeMap<Token, Cancel>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Renews every lease of the process, several times in its length, and at least every two
    /// seconds, as a cancelled job is noticed here too.
    fn renew(&self, mut db: Db) {
        let often = Duration::from_millis(u64::from(self.options.lease_s) * 250);
        let often = often.min(Duration::from_secs(2));
        let mut renewed = Instant::now();
        while !self.finished.load(Ordering::Acquire) {
            thread::park_timeout(often.min(LOOK));
            if self.stop.now.load(Ordering::Acquire) {
                self.held().values().for_each(Cancel::set);
            }
            if renewed.elapsed() < often {
                continue;
            }
            renewed = Instant::now();
            let tokens: Vec<Token> = self.held().keys().copied().collect();
            if tokens.is_empty() {
                continue;
            }
            let before = db.broken;
            match queue::renew(&mut db, &tokens, self.options.lease_s) {
                Ok(gone) => {
                    Metrics::count(&self.metrics.renewed);
                    for (token, _) in gone {
                        if let Some(cancel) = self.held().get(&token) {
                            cancel.set();
                        }
                    }
                }
                // The lanes meet it too, and they end the worker.
                Err(failure) => self
                    .events
                    .say("not renewed", &[("reason", failure.to_string().into())]),
            }
            self.metrics
                .broken
                .fetch_add(db.broken - before, Ordering::Relaxed);
        }
    }

    /// One job after the other.
    fn lane(&self, mut db: Db) -> Result<Tally, Failure> {
        let (mut tally, options) = (Tally::default(), self.options);
        while !self.stop.soon.load(Ordering::Acquire) {
            let mut token = Token::default();
            OsRng.fill_bytes(&mut token);
            let before = db.broken;
            let lease = queue::lease(
                &mut db,
                token,
                &options.name,
                options.lease_s,
                &options.lanes,
            );
            self.metrics
                .broken
                .fetch_add(db.broken - before, Ordering::Relaxed);
            match lease {
                Ok(Lease::Job(job)) => self.job(&mut db, &job, &mut tally)?,
                Ok(Lease::Nothing { left: 0 }) if options.drain => break,
                Ok(Lease::Nothing { .. }) => thread::sleep(options.poll),
                // There was nothing in hand.
                Err(Failure::Stopped) => break,
                Err(failure) => return Err(failure),
            }
        }
        Ok(tally)
    }

    fn job(&self, db: &mut Db, job: &Leased, tally: &mut Tally) -> Result<(), Failure> {
        let (metrics, began, cancel) = (self.metrics, Instant::now(), Cancel::default());
        Metrics::count(&metrics.leased);
        Metrics::count(&metrics.busy);
        let say =
            |event: &str, more: &[(&str, Value)]| self.events.of(event, job.key, &job.trace, more);
        say(
            "leased",
            &[
                ("delivery", job.delivery.into()),
                ("kind", job.spec.kind.clone().into()),
            ],
        );
        self.held().insert(job.token, cancel.clone());
        let proved = catch_unwind(AssertUnwindSafe(|| self.prove(job, &cancel, &say)));
        // A panic's message may have anything in it.
        let proved = proved.unwrap_or_else(|_| Err(Refusal::Failed("the worker panicked".into())));
        let said = proved
            .as_ref()
            .err()
            .map(ToString::to_string)
            .unwrap_or_default();
        let end = match &proved {
            Ok((proof, output)) => Some(End::Done(proof, output.as_deref())),
            Err(Refusal::False { .. } | Refusal::Payload { .. }) => Some(End::Refused(&said)),
            Err(Refusal::Cancelled) if self.stop.now.load(Ordering::Acquire) => Some(End::Released),
            // The database knows already.
            Err(Refusal::Cancelled) => None,
            Err(Refusal::Failed(_)) => Some(End::Failed(&said)),
        };
        // Still renewed while it is told, which may take until the database is back.
        let standing = end
            .map(|end| queue::end(db, job.token, &end, self.options.pause_s))
            .transpose();
        self.held().remove(&job.token);
        metrics.busy.fetch_sub(1, Ordering::Relaxed);
        let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        metrics.working_ms.fetch_add(ms, Ordering::Relaxed);
        let standing = standing?;
        let (event, counter) = match (&proved, standing.as_deref()) {
            (Ok(_), Some("done")) => ("done", &metrics.done),
            (Err(_), Some("refused")) => ("refused", &metrics.refused),
            (Err(Refusal::Cancelled), Some("queued")) => ("released", &metrics.released),
            (Err(_), Some("queued" | "dead")) => ("failed", &metrics.failed),
            (_, None | Some("cancelled")) => ("cancelled", &metrics.cancelled),
            _ => ("lost", &metrics.lost),
        };
        Metrics::count(counter);
        match event {
            "done" => tally.done += 1,
            "refused" => tally.refused += 1,
            "failed" => tally.failed += 1,
            _ => {}
        }
        let standing = standing.map_or(Value::Null, Value::from);
        say(
            event,
            &[
                ("ms", ms.into()),
                ("standing", standing),
                ("reason", said.into()),
            ],
        );
        Ok(())
    }

    /// Opens, proves, and seals what parents need.
    fn prove(
        &self,
        job: &Leased,
        cancel: &Cancel,
        say: &Say<'_>,
    ) -> Result<(Vec<u8>, Option<Vec<u8>>), Refusal> {
        if job.spec.key() != job.key {
            return Err(Refusal::Payload {
                field: "key",
                expected: job.key.to_string(),
                got: job.spec.key().to_string(),
            });
        }
        let unopened = |e| Refusal::Failed(format!("the payload could not be opened here: {e}"));
        let work = self.registry.get(&job.spec.kind);
        let work =
            work.ok_or_else(|| Refusal::Failed("a kind that this worker does not know".into()))?;
        let payload = unseal(&job.sealed, self.identities).map_err(unopened)?;
        let mut children = Vec::new();
        for (proof, output) in &job.children {
            let output = output
                .as_ref()
                .map(|sealed| unseal(sealed, self.identities));
            children.push(Child {
                proof: proof.clone(),
                output: output.transpose().map_err(unopened)?,
            });
        }
        let opened = Opened {
            spec: &job.spec,
            payload: &payload,
            children: &children,
        };
        let mut progress = |phase: &'static str| say("phase", &[("phase", phase.into())]);
        let Proof { proof, output } = work.prove(&opened, cancel, &mut progress)?;
        if cancel.is_set() {
            return Err(Refusal::Cancelled);
        }
        let recipients: Vec<Recipient> = self.identities.iter().map(Identity::recipient).collect();
        let output = output.map(|output| seal_text(&output, &recipients));
        let output = output.transpose();
        Ok((proof, output.map_err(|e| Refusal::Failed(e.to_string()))?))
    }
}

/// A panic's message is not printed: it may quote what was being worked on.
pub fn say_nothing_in_panics() {
    std::panic::set_hook(Box::new(|info| {
        use std::io::Write;
        let at = info.location().map_or(String::new(), |at| {
            format!(" at {}:{}", at.file(), at.line())
        });
        let _ = writeln!(
            std::io::stderr().lock(),
            "{{\"event\":\"panicked\",\"where\":\"{}\"}}",
            at.trim()
        );
    }));
}
