//! README's commands, run as they are written and in its order, in a copy of what a clone
//! has. What is not run here is listed, with what runs it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{CACHE, Desk, example};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Lines that are not run as written: the line, what is run in its place, and what runs the
/// line itself.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    (
        "git clone https://github.com/covenant-zk/covenant && cd covenant",
        "",
        "nothing; this is a copy of such a clone",
    ),
    (
        "cargo run --release -- demo",
        "covenant demo",
        "this test, with the binary of the tests",
    ),
    ("make test", "", ".ci/run, whose tests these are"),
    (
        "cargo install --path cli --locked",
        "",
        "this test, with the binary of the tests on its path",
    ),
    ("make onchain-demo", "", "make test-contracts"),
];

/// What README fences, with the language of each block.
fn blocks(readme: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in readme.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(language), None) => open = Some((language.into(), String::new())),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "README has a fence that is not closed");
    blocks
}

fn readme() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    fs::read_to_string(path).unwrap()
}

#[test]
fn every_command_of_readme_runs_as_written() {
    let desk = Desk::new();
    common::copy(&example("demo"), &desk.path("examples/demo"));
    let mut script = String::new();
    let mut met = BTreeSet::new();
    for (language, text) in blocks(&readme()) {
        assert!(
            ["sh", "text"].contains(&language.as_str()),
            "a fence of README is neither sh nor text: {text}"
        );
        if language == "text" {
            assert!(
                !text.contains("covenant "),
                "commands belong into sh: {text}"
            );
            continue;
        }
        assert!(!text.contains("..."), "a command is not complete: {text}");
        for line in text.lines() {
            let instead = match ELSEWHERE.iter().find(|(written, ..)| *written == line) {
                Some((written, instead, _)) => {
                    met.insert(*written);
                    *instead
                }
                None => line,
            };
            script.push_str(instead);
            script.push('\n');
        }
    }
    assert_eq!(met.len(), ELSEWHERE.len(), "README has only {met:?}");
    let bin = Path::new(env!("CARGO_BIN_EXE_covenant")).parent().unwrap();
    let run = Command::new("bash")
        .args(["-euxo", "pipefail", "-c", &script])
        .current_dir(desk.0.path())
        .env_clear()
        .env("PATH", format!("{}:/usr/bin:/bin", bin.display()))
        .env("COVENANT_CACHE_DIR", CACHE)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    let complained = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}{complained}");
    for left in [
        "bundle.json",
        "next.json",
        "at-130.json",
        "of-5-million.json",
    ] {
        assert!(desk.path("story").join(left).is_file(), "{left}: {said}");
    }
    // The demo's forgeries are the only bundles that are not proved.
    assert_eq!(said.matches("NOT PROVED").count(), 3, "{said}");
    assert!(
        said.contains("INCLUDED") && !said.contains("NOT INCLUDED"),
        "{said}"
    );
}

/// A name in the text that is a command names a verb that there is.
#[test]
fn verbs_that_readme_names_exist() {
    let desk = Desk::new();
    let readme = readme();
    let prose = readme.split('`').skip(1).step_by(2);
    for span in prose.filter(|span| !span.contains('\n')) {
        let Some(words) = span.strip_prefix("covenant ") else {
            continue;
        };
        let verb = words.split(' ').take_while(|w| !w.starts_with('-'));
        let verb: Vec<&str> = verb.collect();
        desk.run(&format!("{} --help", verb.join(" "))).expect(0);
    }
}
