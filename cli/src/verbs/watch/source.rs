//! Where later prices come from: a file, a folder of them, or what a command prints.

use crate::claim;
use crate::codes::Code;
use crate::files;
use crate::outcome::Failure;
use clap::Args;
use covenant_circuits::policy::Policy;
use covenant_verifier::bundle::SignedPrices;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

/// Most files of a folder that are looked at.
const MOST_FILES: usize = 100_000;
/// How long a command may take.
const LONGEST: Duration = Duration::from_secs(60);
/// How often it is looked at meanwhile.
const TICK: Duration = Duration::from_millis(20);

/// One of these, or with a registry whose terms have feeds none.
#[derive(Args, Debug)]
#[group(required = false, multiple = false, id = "source")]
pub(super) struct SourceArgs {
    /// Later prices of the policy's assets, your own, as prices build writes them; or a folder of
    /// such files, .json: the oldest first, each judged at its own time
    #[arg(long, value_name = "FILE|FOLDER")]
    prices: Option<PathBuf>,
    /// A command of the shell that prints such prices, within a minute
    #[arg(long, value_name = "COMMAND")]
    prices_command: Option<String>,
}

/// Where prices come from, and which were seen.
pub(super) struct Source {
    from: From,
    /// Files of a folder as they were: one that is written again is read again.
    seen: BTreeSet<(PathBuf, Option<SystemTime>, u64)>,
}

enum From {
    File(PathBuf),
    Folder(PathBuf),
    Command(String),
}

/// What is read of the source before the policy is known.
pub(super) struct Given {
    /// Named in errors.
    path: PathBuf,
    text: Result<String, Failure>,
    /// The prices' own time, of a folder's file that is read the first time.
    pub(super) own_time: Option<u64>,
}

impl SourceArgs {
    /// Whether one is named.
    pub(super) fn any(&self) -> bool {
        self.prices.is_some() || self.prices_command.is_some()
    }

    pub(super) fn source(&self) -> Source {
        let from = match (&self.prices, &self.prices_command) {
            (Some(path), _) if path.is_dir() => From::Folder(path.clone()),
            (Some(path), _) => From::File(path.clone()),
            (None, command) => From::Command(command.clone().unwrap_or_default()),
        };
        let seen = BTreeSet::new();
        Source { from, seen }
    }
}

impl Source {
    /// What there is now, of a folder what was not there before.
    pub(super) fn next(&mut self) -> Result<Vec<Given>, Failure> {
        match &self.from {
            From::File(path) => Ok(vec![Given::of_file(path)]),
            From::Command(command) => Ok(vec![Given {
                path: "--prices-command".into(),
                text: output_of(command),
                own_time: None,
            }]),
            From::Folder(folder) => {
                let mut all = Vec::new();
                for path in listed(folder)? {
                    let found = path.metadata().ok();
                    let changed = found.as_ref().and_then(|found| found.modified().ok());
                    let length = found.map_or(0, |found| found.len());
                    if self.seen.insert((path.clone(), changed, length)) {
                        all.push(Given::of_file(&path).timed());
                    }
                }
                // Files that cannot be read have no time, and come first.
                all.sort_by(|a, b| (a.own_time, &a.path).cmp(&(b.own_time, &b.path)));
                Ok(all)
            }
        }
    }

    /// Nothing of it was judged.
    pub(super) fn empty(&self) -> Failure {
        let said = "expected prices that were not judged before, got none";
        match &self.from {
            From::File(path) | From::Folder(path) => {
                Failure::in_file(path, Code::FileNotRead, said)
            }
            From::Command(_) => Failure::new(Code::CommandFailed, said),
        }
    }

    /// Whether it is a folder, whose files have been there at times of their own.
    pub(super) fn is_folder(&self) -> bool {
        matches!(self.from, From::Folder(_))
    }
}

impl Given {
    fn of_file(path: &Path) -> Self {
        let text = files::read(path, files::MAX_PUBLIC);
        Self {
            path: path.into(),
            text: text.map(|text| (*text).clone()),
            own_time: None,
        }
    }

    /// With the prices' own time, where they can be read.
    fn timed(mut self) -> Self {
        self.text = self.text.and_then(|text| {
            let read = SignedPrices::from_json(&text);
            let read = read.map_err(|e| Failure::of_file(&self.path, e))?;
            self.own_time = Some(read.prices().as_of);
            Ok(text)
        });
        self
    }

    /// What cannot be read is not judged.
    pub(super) fn readable(self) -> Result<Self, Failure> {
        match self.text {
            Ok(_) => Ok(self),
            Err(failure) => Err(failure),
        }
    }

    /// The file that errors name.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The prices, which fit the policy.
    pub(super) fn prices(self, policy: &Policy) -> Result<SignedPrices, Failure> {
        claim::prices_of(&self.path, &self.text?, policy)
    }
}

/// The files of a folder that end in .json.
fn listed(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |e: std::io::Error| {
        let said = format!("could not be listed: {e}");
        Failure::in_file(folder, Code::FileNotRead, said)
    };
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|ext| ext == "json") {
            all.push(path);
        }
        if all.len() > MOST_FILES {
            let said = format!("expected at most {MOST_FILES} files, got more");
            return Err(Failure::in_file(folder, Code::FileTooLarge, said));
        }
    }
    Ok(all)
}

/// What a command prints, at most as much as a file of prices has. It is ended when its time is
/// over.
fn output_of(command: &str) -> Result<String, Failure> {
    let failed =
        |said: String| Failure::new(Code::CommandFailed, format!("--prices-command: {said}"));
    let (shell, flag) = match cfg!(windows) {
        true => ("cmd", "/C"),
        false => ("sh", "-c"),
    };
    let mut child = Command::new(shell)
        .args([flag, command])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| failed(format!("the shell could not be run: {e}")))?;
    let printed = child.stdout.take().map(|out| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            let read = out.take(files::MAX_PUBLIC + 1).read_to_end(&mut bytes);
            read.map(|_| bytes)
        })
    });
    let status = wait(&mut child).map_err(failed)?;
    let bytes = printed.and_then(|thread| thread.join().ok()?.ok());
    let bytes = bytes.ok_or_else(|| failed("what it printed could not be read".into()))?;
    if bytes.len() as u64 > files::MAX_PUBLIC {
        let most = files::MAX_PUBLIC;
        return Err(failed(format!("expected at most {most} bytes, got more")));
    }
    if !status.success() {
        return Err(failed(format!("expected it to end with 0, got {status}")));
    }
    String::from_utf8(bytes).map_err(|_| failed("expected UTF-8, got other bytes".into()))
}

fn wait(child: &mut Child) -> Result<std::process::ExitStatus, String> {
    let started = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if started.elapsed() < LONGEST => std::thread::sleep(TICK),
            other => {
                // It may have ended meanwhile.
                let _ = child.kill();
                let _ = child.wait();
                return Err(match other {
                    Err(e) => format!("it could not be waited for: {e}"),
                    _ => format!("expected it to end within {} seconds", LONGEST.as_secs()),
                });
            }
        }
    }
}
