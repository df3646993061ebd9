//! Files of others, by the verbs that read them: exports of custodians and statements of holdings,
//! what providers of prices publish, collateral rules of others, token lists.
//!
//! An input is several files with a line `---` between them; the first says how the second is read.

use crate::Verdict;
use covenant_circuits::policy::Policy;
use covenant_cli::run;
use covenant_verifier::bundle::SignedPrices;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// What the stored files' symbols stand for.
const SYMBOLS: &str = include_str!("../../../cli/tests/data/presets/assets.csv");
/// Policy and names for the stored files of prices, and Chainlink's directory and rounds.
const PRICED: &str = include_str!("../../../cli/tests/data/prices/policy.json");
const NAMES: &str = include_str!("../../../cli/tests/data/prices/assets.csv");
const FEEDS: &str = include_str!("../../../cli/tests/data/prices/feeds.json");
/// The time of the stored files of prices.
const AS_OF: &str = "1790000000";

/// A folder with the files of an input, which go when it goes.
struct Folder(tempfile::TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            fs::write(folder.path(name), text).unwrap();
        }
        folder
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    /// Runs a verb, words such as `@FILE` standing for files of the folder; whether it is done, and its
    /// JSON object. Nothing but `OUT` may be new, and that only where it is done.
    fn run(&self, words: &[&str]) -> (bool, Value) {
        let named = |word: &&str| match word.strip_prefix('@') {
            Some(name) => self.path(name),
            None => (*word).to_owned(),
        };
        let words: Vec<String> = words.iter().map(named).collect();
        let mut before = self.names();
        let (exit, said) = run(words.iter().map(String::as_str));
        let done = exit == 0;
        assert!(done || exit == 2, "exit code {exit} of {words:?}: {said}");
        let object: Value =
            serde_json::from_str(&said).unwrap_or_else(|_| panic!("no JSON of {words:?}: {said}"));
        assert_ne!(object["code"], "internal", "{said}");
        let mut after = self.names();
        if done {
            before.retain(|name| name != "OUT");
            after.retain(|name| name != "OUT");
        }
        assert_eq!(before, after, "{words:?}: {said}");
        (done, object)
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// That the policy in `OUT` passes the check of policies.
    fn valid_policy(&self) -> Value {
        let (valid, object) = self.run(&["policy", "check", "@OUT", "--json"]);
        assert!(valid, "{object}");
        object
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(Path::new(&self.path(name))).unwrap()
    }
}

/// The parts of an input.
fn parts<const N: usize>(data: &[u8]) -> Option<[&str; N]> {
    let text = std::str::from_utf8(data).ok()?;
    let parts: Vec<&str> = text.splitn(N, "\n---\n").collect();
    parts.try_into().ok()
}

fn verdict(done: bool) -> Verdict {
    match done {
        true => Verdict::Read,
        false => Verdict::Refused,
    }
}

/// That an error tells no amount: no number of four digits and more with a fraction of two digits
/// and more that is in the file.
fn assert_no_amount(file: &str, object: &Value) {
    let said = object["error"].as_str().unwrap();
    let number = |c: char| c.is_ascii_digit() || c == '.';
    for word in file.split(|c| !number(c)) {
        if let Some((whole, fraction)) = word.split_once('.')
            && whole.len() >= 4
            && fraction.len() >= 2
            && !fraction.contains('.')
        {
            assert!(!said.contains(word), "an amount is told: {said}");
        }
    }
}

/// A preset's name or a mapping, and an account's positions.
pub(crate) fn positions(data: &[u8]) -> Verdict {
    let Some([how, file]) = parts(data) else {
        return Verdict::Refused;
    };
    let folder = Folder::with(&[("MAPPING", how), ("FILE", file), ("SYMBOLS", SYMBOLS)]);
    let preset = !how.contains(['=', '\0', '\n']) && !how.starts_with('-');
    let mut done = false;
    for kind in ["collateral", "liability"] {
        let mut words = vec!["account", "read", "@FILE", "--kind", kind, "--json"];
        words.extend(match preset {
            true => ["--preset", how, "--assets", "@SYMBOLS"],
            false => ["--mapping", "@MAPPING", "--assets", "@SYMBOLS"],
        });
        if preset && how.is_empty() {
            words.truncate(6);
        }
        let (one, object) = folder.run(&words);
        match one {
            true => {
                // What is shown adds up in whole numbers, and the same is read again.
                let totals = object["totals"].as_array().unwrap();
                let rows = object["rows"].as_u64().unwrap();
                assert!(totals.len() as u64 <= rows, "{object}");
                assert_eq!(folder.run(&words), (true, object));
            }
            false => assert_no_amount(file, &object),
        }
        done |= one;
    }
    verdict(done)
}

/// An option of `prices build`, and a file of prices.
pub(crate) fn quotes(data: &[u8]) -> Verdict {
    let Some([option, file]) = parts(data) else {
        return Verdict::Refused;
    };
    let folder = Folder::with(&[
        ("POLICY", PRICED),
        ("NAMES", NAMES),
        ("FEEDS", FEEDS),
        ("FILE", file),
    ]);
    let source: &[&str] = match option {
        "own" => &["@FILE"],
        "coingecko" => &["--coingecko", "@FILE"],
        "coinmetrics" => &["--coinmetrics", "@FILE"],
        "coinmarketcap" => &["--coinmarketcap", "@FILE"],
        "pyth" => &["--pyth", "@FILE"],
        _ => &["--chainlink", "@FILE", "--feeds", "@FEEDS"],
    };
    let rest = [
        "--policy",
        "@POLICY",
        "--as-of",
        AS_OF,
        "--out",
        "@OUT",
        "--assets",
        "@NAMES",
        "--quote",
        "iso4217:USD",
        "--json",
    ];
    let words = [&["prices", "build"], source, &rest].concat();
    let (done, _) = folder.run(&words);
    if done {
        let policy = Policy::from_json(PRICED).unwrap();
        let written = SignedPrices::from_json(&folder.read("OUT")).unwrap();
        let prices = written.prices().in_order(&policy).unwrap();
        assert!(prices.iter().all(|price| price.get() > 0));
    }
    verdict(done)
}

/// A format of `policy import`, its file, and the symbols or the securities that it needs.
pub(crate) fn policy_import(data: &[u8]) -> Verdict {
    let Some([format, file, more]) = parts(data) else {
        return Verdict::Refused;
    };
    let folder = Folder::with(&[("FILE", file), ("MORE", more)]);
    let options: &[&str] = match format {
        "binance-tiers" => &["--assets", "@MORE"],
        "cdm-eligible-collateral" => &["--securities", "@MORE", "--as-of", "2026-11-20"],
        _ => &["--chain-id", "1"],
    };
    let format = match format {
        "aave-v3" | "binance-tiers" | "cdm-eligible-collateral" => format,
        _ => "compound-v3",
    };
    let words = ["policy", "import", "@FILE", "--format", format, "--json"];
    let words = [&words, options, &["--out", "@OUT"]].concat();
    let (strict, _) = folder.run(&words);
    let mut done = strict;
    if strict {
        fs::remove_file(folder.path("OUT")).unwrap();
    }
    let (loose, object) = folder.run(&[&words[..], &["--accept-loss"]].concat());
    assert!(
        loose || !strict,
        "what counts no more is refused with --accept-loss"
    );
    if loose {
        folder.valid_policy();
        // More counts only where that had to be accepted.
        let left = object["left_out"].as_array().unwrap();
        assert_eq!(strict, left.iter().all(|left| left["counts_more"] == false));
        done = true;
    }
    verdict(done)
}

/// A token list, for `policy init`.
pub(crate) fn token_list(data: &[u8]) -> Verdict {
    let Ok(file) = std::str::from_utf8(data) else {
        return Verdict::Refused;
    };
    let folder = Folder::with(&[("FILE", file)]);
    let words = "policy init --template crypto-lender --token-list @FILE --json --out @OUT";
    let assets =
        "--asset iso4217:USD --asset eip155:1/slip44:60 --asset USDC=stablecoin --asset WBTC";
    let words: Vec<&str> = words.split(' ').chain(assets.split(' ')).collect();
    let (done, object) = folder.run(&words);
    if done {
        let assets = folder.valid_policy()["assets"].clone();
        assert_eq!(object["assets"].as_array().unwrap().len(), assets);
    }
    verdict(done)
}
