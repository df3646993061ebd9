//! `covenant prove-all`: many claims from one file, each to a bundle of its own.

use super::Global;
use super::prove::{Prove, ProveOutput, Ready};
use crate::Outcome;
use crate::codes::Code;
use crate::files;
use crate::keys;
use crate::malformed::Malformed;
use crate::outcome::{Exit, Failure, FailureOutput, Report};
use crate::progress::Progress;
use clap::{Args, Parser};
use covenant_circuits::shape::Shape;
use covenant_prover::batch::prove_all;
use covenant_prover::prove::Phase;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use toml::Value;

/// What `--help` ends with: the format of the file.
const FORMAT: &str = r#"Each [[claim]] has the options of covenant prove as its keys; paths are relative to where this
is run:

  [[claim]]
  policy = "policy.json"
  prices = "prices.json"
  opening = ["alder/opening.json", "birch/opening.json"]
  ratio = "125%"
  debt = "4000000"
  out = "bundle.json"

A claim that fails stops no other. Exit code 0 if all were proved, else 2 if any could not be
read, else 1."#;

/// Prove many claims in one process.
#[derive(Args, Debug)]
#[command(after_help = FORMAT)]
pub(crate) struct ProveAll {
    /// The claims, as TOML
    claims: PathBuf,
    /// How many are proved at a time, each with memory of its own [default: one for each thread]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    at_a_time: Option<u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    claim: Vec<toml::Table>,
}

/// A table is read as the options that it spells out.
#[derive(Parser)]
#[command(no_binary_name = true, disable_help_flag = true)]
struct Options {
    #[command(flatten)]
    prove: Prove,
}

impl ProveAll {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        let cache = keys::cache_dir(global.cache_dir.as_deref())?;
        let progress = Progress::new(global.tells());
        progress.say("checking the claims");
        let mut outcomes: BTreeMap<usize, Proved> = BTreeMap::new();
        let mut shapes: BTreeMap<Shape, Vec<(usize, Ready)>> = BTreeMap::new();
        let mut names = Vec::new();
        for (i, (name, ready)) in read(&self.claims)?.into_iter().enumerate() {
            names.push(name);
            match ready {
                Ok(ready) => shapes.entry(ready.shape).or_default().push((i, ready)),
                Err(failure) => {
                    outcomes.insert(i, Err(failure));
                }
            }
        }
        let (count, verified) = (outcomes.len(), AtomicUsize::new(0));
        let count = count + shapes.values().map(Vec::len).sum::<usize>();
        for (shape, claims) in shapes {
            progress.say("preparing keys");
            let keys = match keys::proving(shape, &cache) {
                Ok(keys) => keys,
                Err(failure) => {
                    let same = |(i, _)| (i, Err(failure.again()));
                    outcomes.extend(claims.into_iter().map(same));
                    continue;
                }
            };
            let jobs: Vec<_> = claims.iter().map(|(_, r)| &r.satisfied).collect();
            let watch = |_: usize, phase: Phase| {
                if phase == Phase::Verifying {
                    let done = verified.fetch_add(1, Ordering::Relaxed) + 1;
                    progress.say(format!("proving: {done} of {count}"));
                }
            };
            let at_a_time = self.at_a_time.map_or(usize::MAX, usize::from);
            let proofs = prove_all(&keys, &jobs, at_a_time, &watch);
            for ((i, ready), proof) in claims.iter().zip(proofs) {
                outcomes.insert(*i, ready.write(&keys, proof));
            }
        }
        together(names.into_iter().zip(outcomes.into_values()).collect())
    }
}

/// A claim by its bundle, as far as it can be checked without keys.
type Named = (String, Result<Ready, Failure>);

/// The claims of a file.
fn read(path: &Path) -> Result<Vec<Named>, Failure> {
    let text = files::read(path, files::MAX_PUBLIC)?;
    let claims: Claims =
        toml::from_str(&text).map_err(|e| Failure::of_file(path, Malformed::toml(&text, &e)))?;
    if claims.claim.is_empty() {
        return Err(Failure::in_file(
            path,
            Code::Malformed,
            "expected at least one [[claim]], got none",
        ));
    }
    let mut outs = BTreeSet::new();
    let mut ready = |table: &toml::Table| {
        let ready = options(table).and_then(Prove::ready)?;
        if !outs.insert(ready.out.clone()) {
            return Err(Failure::new(
                Code::Usage,
                format!(
                    "--out: expected a bundle for each claim, got {} again",
                    ready.out.display()
                ),
            ));
        }
        Ok(ready)
    };
    let claims = claims.claim.iter().enumerate();
    let named = claims.map(|(i, table)| (name(i, table), ready(table)));
    Ok(named.collect())
}

/// A claim by its number and the bundle that it is to become.
fn name(i: usize, table: &toml::Table) -> String {
    let number = format!("claim {}", i + 1);
    match table.get("out").and_then(Value::as_str) {
        Some(out) => format!("{number}, {out}"),
        None => number,
    }
}

/// The options that a table spells out.
fn options(table: &toml::Table) -> Result<Prove, Failure> {
    let mut arguments = Vec::new();
    for (key, value) in table {
        let values = match value {
            Value::Array(values) => values.as_slice(),
            one => std::slice::from_ref(one),
        };
        for value in values {
            arguments.push(match value {
                Value::Boolean(true) => format!("--{key}"),
                Value::Boolean(false) => continue,
                Value::String(text) => format!("--{key}={text}"),
                Value::Integer(number) => format!("--{key}={number}"),
                _ => {
                    return Err(Failure::new(
                        Code::Usage,
                        format!("--{key}: expected a text, a whole number, true, false or a list of these"),
                    ));
                }
            });
        }
    }
    let options = Options::try_parse_from(arguments).map_err(|error| {
        let said = error.render().to_string();
        // What is wrong, without the usage of a command line.
        let lines = said
            .lines()
            .map(str::trim)
            .take_while(|line| !line.is_empty());
        let said = lines.collect::<Vec<_>>().join(" ");
        Failure::new(Code::Usage, said.strip_prefix("error: ").unwrap_or(&said))
    })?;
    Ok(options.prove)
}

/// What became of a claim.
type Proved = Result<(String, ProveOutput), Failure>;

/// What became of many claims.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ProveAllOutput {
    /// Whether all were proved.
    proved: bool,
    /// The code of the first claim with the exit code of the run; absent if all were proved.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code>,
    /// In the order of the file.
    claims: Vec<ClaimOutput>,
}

/// What became of a claim.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum ClaimOutput {
    /// It was proved: as of `covenant prove`.
    Proved(Box<ProveOutput>),
    /// It was not.
    Failed(Box<FailureOutput>),
}

/// One report of all.
fn together(outcomes: Vec<(String, Proved)>) -> Outcome {
    let (mut lines, mut claims, mut worst) = (Vec::new(), Vec::new(), None);
    for (name, outcome) in outcomes {
        let (said, claim) = match outcome {
            Ok((text, output)) => (text, ClaimOutput::Proved(Box::new(output))),
            Err(failure) => {
                let output = failure.into_output();
                let exit = output.code.exit();
                if worst.is_none_or(|code: Code| code.exit() < exit) {
                    worst = Some(output.code);
                }
                let mark = if exit == Exit::False {
                    "not proved"
                } else {
                    "error"
                };
                let said = format!("{mark}: {}", output.error);
                (said, ClaimOutput::Failed(Box::new(output)))
            }
        };
        lines.push(format!("{name}: {said}"));
        claims.push(claim);
    }
    let output = ProveAllOutput {
        proved: worst.is_none(),
        code: worst,
        claims,
    };
    Report::new(
        worst.map_or(Exit::Done, Code::exit),
        lines.join("\n"),
        &output,
    )
}
