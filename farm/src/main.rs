//! The command `covenant-farm`.

use covenant_farm::{Registry, claim::Claims, run};
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let registry = Registry::new(vec![Box::new(Claims::new())]);
    let outcome = run(std::env::args_os(), &registry);
    // Whoever closed the pipe does not read the exit code's reason either.
    let _ = std::io::stdout().write_all(outcome.out.as_bytes());
    let _ = std::io::stderr().write_all(outcome.err.as_bytes());
    ExitCode::from(outcome.exit as u8)
}
