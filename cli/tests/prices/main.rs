//! Files of prices as their publishers have them: what is read is read exactly, of the asset and
//! the currency that is meant, and fresh; or it is refused.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../common/mod.rs"]
mod common;

mod ages;
mod formats;
mod names;
mod refused;

use common::{Desk, Run};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// 2026-09-21T14:13:20Z.
const NOW: u64 = 1_790_000_000;
const BTC: &str = "bip122:000000000019d6689c085ae165831e93/slip44:0";
const ETH: &str = "eip155:1/slip44:60";
const PEPE: &str = "eip155:1/erc20:0x6982508145454Ce325dDbE47a25d4ec3d2311933";

/// A desk with the stored files.
fn desk() -> Desk {
    let desk = Desk::new();
    let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/prices");
    for entry in fs::read_dir(stored).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(
            &path,
            desk.path(path.file_name().unwrap().to_str().unwrap()),
        )
        .unwrap();
    }
    desk
}

fn build(desk: &Desk, sources: &str) -> Run {
    desk.run(&format!(
        "prices build {sources} --policy policy.json --as-of {NOW} --out p.json --json"
    ))
}

/// The error of a build that fails and writes nothing.
fn refused(desk: &Desk, sources: &str) -> Value {
    let error = build(desk, sources).expect(2).json();
    assert!(!desk.path("p.json").exists(), "{sources}");
    error
}

/// Writes a file with one text of another replaced, which must be there.
fn changed(desk: &Desk, from: &str, what: &str, with: &str) {
    let text = desk.read(from);
    assert!(text.contains(what), "{from} has no {what}");
    desk.write("changed", text.replacen(what, with, 1));
}

/// That the error has the code and says all of this.
fn says(error: &Value, code: &str, words: &[&str]) {
    assert_eq!(error["code"], code, "{error}");
    let said = error["error"].as_str().unwrap();
    for word in words {
        assert!(said.contains(word), "no {word:?} in {said}");
    }
}

/// What is changed in which file, how it is then read, and what is said.
type Case<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str, &'a [&'a str]);

fn all_refused(cases: &[Case<'_>]) {
    let desk = desk();
    for (file, what, with, sources, code, words) in cases {
        changed(&desk, file, what, with);
        says(&refused(&desk, sources), code, words);
    }
}

const GECKO: &str = "--coingecko changed --assets assets.csv";
const MARKETS: &str = "--coingecko changed --assets assets.csv --quote iso4217:USD";
const METRICS: &str = "--coinmetrics changed";
const CMC: &str = "--coinmarketcap changed --assets assets.csv";
const PYTH: &str = "--pyth changed --assets assets.csv --quote iso4217:USD";
const ROUNDS: &str = "--chainlink changed --feeds feeds.json --assets assets.csv";
const FEEDS: &str = "--chainlink chainlink.json --feeds changed --assets assets.csv";
