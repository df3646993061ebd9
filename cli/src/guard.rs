//! When memory runs out, the allocator aborts a process or the kernel kills it, and nothing in the
//! process can say so. Verbs that need much of it therefore run in a child of this process, which
//! says what became of it.

use crate::codes::Code;
use crate::outcome::{Exit, Failure};
use std::process::{Command, ExitCode, ExitStatus};

/// Set for the child.
const CHILD: &str = "COVENANT_GUARDED";

/// How often a child looks whether it still has a parent.
#[cfg(unix)]
const LOOK: std::time::Duration = std::time::Duration::from_millis(200);

/// Runs the same command in a child, unless this process is one: its exit code.
pub(crate) fn run(wants_json: bool) -> Option<ExitCode> {
    if std::env::var_os(CHILD).is_some() {
        end_with_parent();
        return None;
    }
    // Without a path of its own there is nothing to run in a child.
    let own = std::env::current_exe().ok()?;
    let status = Command::new(own)
        .args(std::env::args_os().skip(1))
        .env(CHILD, "1")
        .status()
        .ok()?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Some(match code {
        Some(code) => code.into(),
        None => Failure::new(Code::OutOfMemory, reason(status))
            .print(wants_json)
            .into(),
    })
}

/// What a child that did not end by itself came to.
fn reason(status: ExitStatus) -> String {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    #[cfg(not(unix))]
    let signal: Option<i32> = None;
    let how = match signal {
        Some(6) => "aborted, as happens when there is no memory left".to_owned(),
        Some(9) => "killed, as the system does when there is no memory left".to_owned(),
        Some(signal) => format!("ended by signal {signal}"),
        None => format!("ended with {status}"),
    };
    format!(
        "expected enough memory, got too little: the work was {how}. What it was about to write was not written; a smaller --shape, or fewer claims at a time, need less"
    )
}

/// A child whose parent was killed must not go on by itself.
fn end_with_parent() {
    #[cfg(unix)]
    {
        let parent = std::os::unix::process::parent_id();
        std::thread::spawn(move || {
            while std::os::unix::process::parent_id() == parent {
                std::thread::sleep(LOOK);
            }
            std::process::exit(Exit::Unknown as i32);
        });
    }
}
