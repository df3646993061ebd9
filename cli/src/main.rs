//! `covenant`, the command: see `covenant --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    covenant_cli::main()
}
