//! `covenant completions SHELL`.

use super::Cli;
use crate::Outcome;
use crate::codes::Code;
use crate::outcome::{Failure, Report};
use clap::{Args, CommandFactory};
use schemars::JsonSchema;
use serde::Serialize;

/// Print a completion script for a shell.
#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// Which shell
    shell: clap_complete::Shell,
}

/// A script.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CompletionsOutput {
    /// For which shell.
    shell: String,
    /// The script.
    script: String,
}

impl Completions {
    pub(crate) fn run(self) -> Outcome {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "covenant", &mut script);
        let script = String::from_utf8(script).map_err(|e| Failure::new(Code::Internal, e))?;
        let output = CompletionsOutput {
            shell: self.shell.to_string(),
            script: script.clone(),
        };
        Report::done(script, &output)
    }
}
