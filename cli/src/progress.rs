//! Progress on stderr, only where that is a terminal, without --json and --quiet.

use covenant_prover::prove::{Observer, Phase};
use indicatif::{ProgressBar, ProgressStyle};
use std::borrow::Cow;
use std::io::IsTerminal;
use std::time::Duration;

/// A spinner that names what is being done.
pub(crate) struct Progress(Option<ProgressBar>);

impl Progress {
    pub(crate) fn new(tells: bool) -> Self {
        Self((tells && std::io::stderr().is_terminal()).then(|| {
            let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})")
                .unwrap_or_else(|_| ProgressStyle::default_spinner());
            let bar = ProgressBar::new_spinner().with_style(style);
            bar.enable_steady_tick(Duration::from_millis(100));
            bar
        }))
    }

    pub(crate) fn say(&self, what: impl Into<Cow<'static, str>>) {
        if let Some(bar) = &self.0 {
            bar.set_message(what);
        }
    }
}

impl Observer for Progress {
    fn phase(&mut self, phase: Phase) {
        self.say(match phase {
            Phase::Witness => "laying out the trace",
            Phase::Committing => "committing to the trace",
            Phase::Quotient => "computing the quotient",
            Phase::Opening => "opening the commitments",
            Phase::Verifying => "verifying the own proof",
            _ => "working",
        });
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
