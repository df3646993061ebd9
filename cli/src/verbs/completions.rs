//! `covenant completions SHELL`.

use super::Cli;
use crate::Outcome;
use crate::outcome::{Failure, Report};
use clap::{Args, CommandFactory};
use serde_json::json;

/// Print a completion script for a shell.
#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// Which shell
    shell: clap_complete::Shell,
}

impl Completions {
    pub(crate) fn run(self) -> Outcome {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "covenant", &mut script);
        let script = String::from_utf8(script).map_err(Failure::unknown)?;
        let json = json!({ "shell": self.shell.to_string(), "script": script });
        Ok(Report::done(script, json))
    }
}
