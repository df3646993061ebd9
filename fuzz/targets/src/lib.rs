//! The bodies of the fuzz targets: one function a reader, which takes any bytes and panics
//! if an invariant breaks. "No panic" is the least of them: what was read is written and
//! read again equal, errors say something, secrets stay out of them.
//!
//! `fuzz/fuzz_targets` hands them to libFuzzer; `tests/seeded.rs` runs the same bodies over
//! the committed corpus and a fixed sequence of mutations, on stable, in `make test`.

// A panic here is a finding.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod disclosures;
mod documents;
mod expectations;
mod farm;
mod files;
mod golden;
mod imports;
mod keystores;
pub mod mutate;
mod proofs;
mod secrets;
mod signatures;
mod trees;

pub use golden::{NOW, bundle as golden_bundle, expected as golden_expected};

/// What a reader said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It read the input, or accepted it.
    Read,
    /// It refused it with an error.
    Refused,
}

/// What the bytes of a target are, so that a mutator can keep their form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// A JSON document.
    Json,
    /// Other text.
    Text,
    /// Bytes.
    Bytes,
}

/// A fuzz target.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, the corpus's folder.
    pub name: &'static str,
    /// What its input is.
    pub form: Form,
    /// Runs it; panics if an invariant breaks.
    pub run: fn(&[u8]) -> Verdict,
    /// Mutations of each corpus file in `make test`; fewer where a run takes milliseconds.
    pub mutations: u64,
}

/// Every target.
pub const ALL: [Target; 25] = [
    target("bundle", Form::Json, documents::bundle, 300),
    target("policy", Form::Json, documents::policy, 300),
    target("prices", Form::Json, documents::prices, 300),
    target("account", Form::Json, documents::account, 300),
    target("opening", Form::Json, documents::opening, 600),
    target("expect_json", Form::Json, expectations::json, 300),
    target("expect_toml", Form::Text, expectations::toml, 300),
    target("ptau", Form::Bytes, files::ptau, 60),
    target("srs", Form::Bytes, files::srs, 60),
    target("srs_cache", Form::Bytes, files::srs_cache, 60),
    target("keystore", Form::Json, keystores::keystore, 300),
    target("signature", Form::Bytes, signatures::signature, 300),
    target("transcript", Form::Bytes, proofs::transcript, 300),
    target("proof", Form::Bytes, proofs::proof, 20),
    target("positions", Form::Text, imports::positions, 100),
    target("quotes", Form::Text, imports::quotes, 100),
    target("policy_import", Form::Text, imports::policy_import, 100),
    target("token_list", Form::Json, imports::token_list, 100),
    target("disclosure", Form::Json, disclosures::disclosure, 300),
    target("opinion", Form::Json, disclosures::opinion, 300),
    target("pack", Form::Bytes, disclosures::pack, 300),
    target("tree_manifest", Form::Json, trees::manifest, 300),
    target("tree_branch", Form::Json, trees::branch, 100),
    target("farm_manifest", Form::Json, farm::manifest, 300),
    target("farm_payload", Form::Text, farm::payload, 100),
];

const fn target(
    name: &'static str,
    form: Form,
    run: fn(&[u8]) -> Verdict,
    mutations: u64,
) -> Target {
    Target {
        name,
        form,
        run,
        mutations,
    }
}

/// The target of that name.
pub fn by_name(name: &str) -> Target {
    *ALL.iter().find(|t| t.name == name).unwrap()
}

/// An error must say something, on one line or a few.
fn refused(error: &dyn std::fmt::Display) -> Verdict {
    let text = error.to_string();
    assert!(!text.trim().is_empty(), "an error without words");
    assert!(text.len() < 8_192, "an error of {} bytes", text.len());
    Verdict::Refused
}
