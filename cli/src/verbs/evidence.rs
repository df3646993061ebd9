//! `covenant evidence`: a bundle, what was expected of it, an opinion and documents in one file.

mod check;
mod pack;

use crate::Outcome;
use crate::verbs::Global;
use clap::Subcommand;
use covenant_disclosure::{Pack, pack::Member};
use schemars::JsonSchema;
use serde::Serialize;

pub(crate) use check::CheckOutput;
pub(crate) use pack::PackOutput;

#[derive(Subcommand, Debug)]
pub(crate) enum EvidenceVerb {
    Pack(pack::PackVerb),
    Check(check::Check),
}

impl EvidenceVerb {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        match self {
            Self::Pack(verb) => verb.run(),
            Self::Check(verb) => verb.run(global),
        }
    }
}

/// What is in a pack.
#[derive(Serialize, JsonSchema)]
struct MemberOutput {
    /// Its name.
    name: String,
    /// Bytes.
    size: u64,
    /// SHA-256, 64 hex digits.
    sha256: String,
}

impl MemberOutput {
    fn all(pack: &Pack) -> Vec<Self> {
        let of = |m: Member| Self {
            name: m.name,
            size: m.size,
            sha256: m.sha256,
        };
        pack.members().into_iter().map(of).collect()
    }

    /// Lines for people.
    fn lines(all: &[Self]) -> String {
        let line = |m: &Self| format!("{}  {}\n", m.sha256, m.name);
        all.iter().map(line).collect()
    }
}
