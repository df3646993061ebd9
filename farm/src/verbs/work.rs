//! `covenant-farm work`: a worker.

use super::{Connection, Report};
use crate::events::Events;
use crate::failure::{Exit, Failure};
use crate::job::QueueName;
use crate::lanes::Lanes;
use crate::metrics::Metrics;
use crate::work::Registry;
use crate::worker::{self, Options, Stop, say_nothing_in_panics};
use clap::Args;
use covenant_disclosure::seal::Identity;
use rand_core::{OsRng, RngCore};
use serde_json::json;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Take jobs and prove them, until there are none (--drain) or a signal comes
///
/// SIGTERM or SIGINT: what is in hand is ended, nothing more is taken. A second one: it is given
/// back. Events are logged on stderr, a JSON object a line.
#[derive(Args, Debug)]
pub(super) struct Work {
    #[command(flatten)]
    connection: Connection,
    /// The age identity that opens payloads: a file as age-keygen writes it
    #[arg(long, value_name = "FILE")]
    identity: PathBuf,
    /// The worker's name, which its results are stored with [default: drawn]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// A kind of jobs to take [default: all]
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,
    /// A circuit to take jobs of [default: all that this build proves]
    #[arg(long, value_name = "ID")]
    circuit: Vec<String>,
    /// A queue to take jobs of [default: all]
    #[arg(long, value_enum)]
    queue: Vec<QueueName>,
    /// The memory that a job may need, in megabytes
    #[arg(long, value_name = "N", default_value_t = 1024, value_parser = clap::value_parser!(u32).range(..=1_000_000_000))]
    memory_mb: u32,
    /// How many jobs at a time
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    at_a_time: u16,
    /// How long a lease is: a worker that dies is noticed after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3600))]
    lease: u32,
    /// After how many seconds a job that failed here may be tried again
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u32).range(..=3600))]
    pause: u32,
    /// How often an idle worker looks for a job, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 250, value_parser = clap::value_parser!(u64).range(10..=60_000))]
    poll: u64,
    /// For how many seconds a database that cannot be reached is waited for
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    patience: u64,
    /// End when nothing is left that is queued for this worker or leased to anybody
    #[arg(long)]
    drain: bool,
    /// Serve Prometheus metrics at an address of this machine alone, such as 127.0.0.1:9187
    #[arg(long, value_name = "ADDRESS")]
    metrics: Option<SocketAddr>,
    /// Log nothing
    #[arg(short, long)]
    quiet: bool,
}

impl Work {
    pub(super) fn run(self, registry: &Registry) -> Result<Report, Failure> {
        let text = crate::files::text(&self.identity)?;
        let identities = Identity::read_all(&text);
        let identities =
            identities.map_err(|e| Failure::file(&self.identity, "age identities", e))?;
        let lanes = Lanes::new(
            registry,
            &self.kind,
            &self.circuit,
            &self.queue,
            self.memory_mb,
        )?;
        let name = self.name.clone().unwrap_or_else(drawn);
        if name.is_empty() || name.len() > 100 || name.chars().any(char::is_control) {
            return Err(Failure::at(
                "--name",
                "1 to 100 characters",
                format!("{name:?}"),
            ));
        }
        let events = Events::new(&name, self.quiet);
        let metrics = Arc::new(Metrics::default());
        if let Some(address) = self.metrics {
            let bound = metrics.serve(address)?;
            events.say("metrics", &[("address", bound.to_string().into())]);
        }
        let stop = stopped_by_signals(&events)?;
        say_nothing_in_panics();
        let options = Options {
            name: name.clone(),
            lanes,
            at_a_time: self.at_a_time,
            lease_s: self.lease,
            pause_s: self.pause,
            poll: Duration::from_millis(self.poll),
            patience: Duration::from_secs(self.patience),
            drain: self.drain,
        };
        let target = self.connection.target()?;
        let tally = worker::work(
            &target,
            registry,
            &identities,
            &options,
            &stop,
            &metrics,
            &events,
        )?;
        let bad = tally.refused + tally.failed > 0;
        Ok(Report {
            exit: if bad { Exit::False } else { Exit::Done },
            text: format!(
                "{} done, {} refused, {} failed",
                tally.done, tally.refused, tally.failed
            ),
            json: json!({ "worker": name, "tally": tally }),
        })
    }
}

/// The first signal stops soon, any later one now.
fn stopped_by_signals(events: &Events) -> Result<Stop, Failure> {
    let stop = Stop::default();
    let signals = Signals::new([SIGTERM, SIGINT]);
    let mut signals =
        signals.map_err(|e| Failure::Machine(format!("signals could not be caught: {e}")))?;
    let (told, events) = (stop.clone(), events.clone());
    std::thread::spawn(move || {
        for signal in signals.forever() {
            let again = told.soon.swap(true, Ordering::AcqRel);
            told.now.store(again, Ordering::Release);
            events.say(
                "signal",
                &[("signal", signal.into()), ("give_back", again.into())],
            );
        }
    });
    Ok(stop)
}

fn drawn() -> String {
    let mut bytes = [0; 4];
    OsRng.fill_bytes(&mut bytes);
    format!("worker-{}", crate::job::hex(&bytes))
}
