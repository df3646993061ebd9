//! `covenant-farm init`: installs the queue in a database.

use super::{Connection, Report};
use crate::failure::{Exit, Failure};
use crate::schema::{self, Installed, ROLES};
use clap::Args;
use serde_json::json;

/// Install the queue in a database, as somebody who may create schemas and roles
///
/// Run again it changes the settings and nothing else.
#[derive(Args, Debug)]
pub(super) struct Init {
    #[command(flatten)]
    connection: Connection,
    /// Live jobs in each queue beyond which a submission is refused
    #[arg(long, value_name = "N", default_value_t = 1_000_000, value_parser = clap::value_parser!(i64).range(1..))]
    depth: i64,
    /// Deliveries without an answer after which a job is dead
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(i32).range(1..=1000))]
    deliveries: i32,
}

impl Init {
    pub(super) fn run(self) -> Result<Report, Failure> {
        let mut db = self.connection.open()?;
        let installed = schema::install(&mut db, self.depth, self.deliveries)?;
        let said = match installed {
            Installed::Now => "installed",
            Installed::Already => "already installed",
        };
        let roles: Vec<_> = ROLES.iter().map(|(role, _)| *role).collect();
        Ok(Report {
            exit: Exit::Done,
            text: format!("{said}; grant {} to those who log in", roles.join(", ")),
            json: json!({
                "installed": installed == Installed::Now,
                "version": schema::VERSION,
                "depth": self.depth,
                "deliveries": self.deliveries,
                "roles": roles,
            }),
        })
    }
}
