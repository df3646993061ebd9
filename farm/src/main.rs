//! The command `covenant-farm`.

use covenant_farm::claim::Claims;
use covenant_farm::rollup::Rollups;
use covenant_farm::{Registry, run};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    // The cache of the command `covenant`: keys are the same for everybody, and are checked.
    let cache = std::env::var_os("COVENANT_CACHE_DIR").map(|dir| PathBuf::from(dir).join("keys"));
    let cache = cache.as_deref();
    let registry = Registry::new(vec![
        Box::new(Claims::new(cache)),
        Box::new(Rollups::new(cache)),
    ]);
    let outcome = run(std::env::args_os(), &registry);
    // Whoever closed the pipe does not read why.
    let _ = std::io::stdout().write_all(outcome.out.as_bytes());
    let _ = std::io::stderr().write_all(outcome.err.as_bytes());
    ExitCode::from(outcome.exit as u8)
}
