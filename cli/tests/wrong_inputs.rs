//! What people give the command by mistake: each is told by its file, what was expected and what
//! was found; nothing is written or replaced, nothing panics.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod common;

use common::{Desk, Run, SUBJECT};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const TIME: u64 = 1_790_000_000;

/// A file that a verb reads, by its name on the desk, and a command that reads it as `bad`.
struct Reader {
    good: &'static str,
    line: &'static str,
    json: bool,
}

const fn json(good: &'static str, line: &'static str) -> Reader {
    Reader {
        good,
        line,
        json: true,
    }
}

const fn text(good: &'static str, line: &'static str) -> Reader {
    Reader {
        good,
        line,
        json: false,
    }
}

const READERS: [Reader; 15] = [
    json("policy.json", "policy check bad"),
    json("policy.json", "policy explain bad"),
    json(
        "prices.json",
        "simulate --policy policy.json --prices bad --opening collateral-alder --debt 1",
    ),
    json("collateral-alder/opening.json", "account check bad"),
    json(
        "collateral-alder/account.json",
        "account sign bad --without-opening --print-typed-data --account-hash 0x0000000000000000000000000000000000000000000000000000000000000005 --valid-until 2030-01-01",
    ),
    json("bundle.json", "inspect bad"),
    json("bundle.json", "verify bad --expect expect.toml --at TIME"),
    json("policy.json", "policy diff policy.json bad"),
    json("custodian.key", "keys address bad --password-file password"),
    text("expect.toml", "expect check bad"),
    text(
        "positions.csv",
        "account commit bad --kind collateral --subject SUBJECT --as-of TIME --out out",
    ),
    text(
        "mapping.toml",
        "account commit positions.csv --mapping bad --kind collateral --subject SUBJECT --as-of TIME --out out",
    ),
    text(
        "prices.csv",
        "prices build bad --policy policy.json --as-of TIME --out out.json",
    ),
    text("claims.toml", "prove-all bad"),
    text(
        "salt",
        "account sign collateral-alder/account.json --without-opening --print-typed-data --account ours --salt bad --valid-until 2030-01-01",
    ),
];

/// A desk with a good file of every kind.
fn desk() -> Desk {
    let desk = Desk::basket(TIME);
    desk.write(
        "bundle.json",
        include_str!("../../verifier/data/golden.json"),
    );
    desk.write("password", "x\n");
    desk.run("keys new --out custodian.key --password-file password")
        .expect(0);
    common::signing::salt(&desk);
    desk.write("positions.csv", "asset,amount\niso4217:USD,5\n");
    desk.write(
        "mapping.toml",
        "version = 2\n[columns]\nasset = \"asset\"\namount = \"amount\"\n",
    );
    desk.write("claims.toml", "[[claim]]\nout = \"x.json\"\n");
    desk
}

/// Everything in a folder, by name.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.display().to_string();
        match path.is_dir() {
            true => all.extend(contents(&path)),
            false => {
                all.insert(name, fs::read(&path).unwrap_or_default());
            }
        }
    }
    all
}

fn line(template: &str) -> String {
    template
        .replace("SUBJECT", SUBJECT)
        .replace("TIME", &TIME.to_string())
}

/// Runs a command that must fail, tell all of that, and leave everything as it was; or what is
/// wrong with what it did.
fn refused(desk: &Desk, command: &str, exits: &[i32], told: &[&str]) -> Result<Run, String> {
    let before = contents(desk.0.path());
    let run = desk.run(command);
    let said = format!("{}{}", run.stdout, run.stderr);
    let missing = told.iter().find(|words| !said.contains(**words));
    let wrong = if !exits.contains(&run.code) {
        format!("exit code {}", run.code)
    } else if let Some(words) = missing {
        format!("no {words:?}")
    } else if said.contains("internal error") {
        "an internal error".into()
    } else if contents(desk.0.path()) != before {
        "something was written".into()
    } else {
        return Ok(run);
    };
    Err(format!("{wrong}: {command}\n{said}"))
}

/// What a test found wrong, all of it.
fn none_wrong(wrong: &[String]) {
    assert!(
        wrong.is_empty(),
        "{} cases:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

type Damage = (&'static str, fn(&Path, &str), &'static [&'static str]);

/// What happens to any file.
const ANY: [Damage; 4] = [
    ("missing", |_, _| {}, &["could not be read"]),
    (
        "not UTF-8",
        |path, _| fs::write(path, b"\xff\xfe1\x000").unwrap(),
        &["UTF-8"],
    ),
    (
        "too large",
        |path, _| fs::File::create(path).unwrap().set_len(17 << 20).unwrap(),
        &["bytes"],
    ),
    ("empty", |path, _| fs::write(path, "").unwrap(), &[]),
];

/// What happens to a JSON document.
const JSON: [Damage; 5] = [
    (
        "cut off",
        |path, good| fs::write(path, &good[..good.len() / 2]).unwrap(),
        &["line"],
    ),
    (
        "a list",
        |path, good| fs::write(path, format!("[{good}]")).unwrap(),
        &[],
    ),
    (
        "followed by more",
        |path, good| fs::write(path, format!("{good} x")).unwrap(),
        &["line"],
    ),
    (
        "with a field that nobody knows",
        |path, good| fs::write(path, good.replacen('{', "{\"surprise\": 1,", 1)).unwrap(),
        &["surprise"],
    ),
    (
        "of another version",
        |path, good| {
            let mut document: serde_json::Value = serde_json::from_str(good).unwrap();
            document["version"] = 99.into();
            fs::write(path, document.to_string()).unwrap();
        },
        &["version", "99"],
    ),
];

#[test]
fn damaged_files_are_named_and_nothing_is_written() {
    let desk = desk();
    let (mut cases, mut wrong) = (0, Vec::new());
    for reader in &READERS {
        let good = desk.read(reader.good);
        let more = if reader.json { &JSON[..] } else { &[] };
        for (name, damage, told) in ANY.iter().chain(more) {
            let command = line(reader.line);
            // An opening's own words are redacted.
            let redacted =
                *name == "with a field that nobody knows" && reader.good.contains("opening");
            // A keystore has other fields than ours, as other programs write them.
            let foreign = *name == "with a field that nobody knows" && reader.good.contains(".key");
            if foreign {
                continue;
            }
            let _ = fs::remove_file(desk.path("bad"));
            damage(&desk.path("bad"), &good);
            // A keystore that is not there is said in other words.
            let told = match (redacted, *name == "missing" && reader.good.contains(".key")) {
                (true, _) => &[][..],
                (_, true) => &["expected a keystore file, got none"],
                _ => *told,
            };
            // What a bundle without its form proves is nothing, rather than unknown.
            let unread = ["missing", "not UTF-8", "too large"].contains(name);
            let exit = if reader.good == "bundle.json" && !unread {
                1
            } else {
                2
            };
            cases += 1;
            let run = match refused(&desk, &command, &[exit], told) {
                Ok(run) => run,
                Err(said) => {
                    wrong.push(format!("{} {name}: {said}", reader.good));
                    continue;
                }
            };
            // A verdict goes to stdout, with the file in its words.
            if command.starts_with("verify") {
                assert!(run.stdout.contains("bad") || exit == 2, "{}", run.stdout);
                continue;
            }
            assert!(run.stdout.is_empty(), "{}", run.stdout);
            if !run.stderr.contains("bad") {
                wrong.push(format!("{} {name}: no file: {}", reader.good, run.stderr));
            }
            let json = desk.run(&format!("{command} --json"));
            assert_eq!(json.code, exit);
            let json = json.json();
            if json["file"] != "bad" {
                wrong.push(format!("{} {name}: {command}: {json}", reader.good));
            }
        }
    }
    println!("{cases} cases");
    assert!(cases > 100);
    none_wrong(&wrong);
}

/// Files to write, the command, its exit code, and what it must tell.
type Case = (
    &'static [(&'static str, &'static str)],
    &'static str,
    i32,
    &'static [&'static str],
);

const COMMIT: &str = "account commit p.csv --kind collateral --subject SUBJECT --as-of TIME --policy policy.json --out out";
const MAPPED: &str = "account commit p.csv --mapping m.toml --kind collateral --subject SUBJECT --as-of TIME --policy policy.json --out out";
/// Accounts whose time is in milliseconds, has not come, and is in thousands of seconds.
const MILLISECONDS: &str = r#"{"version":2,"kind":"collateral","subject":"lei:EXMP00COVENANTDEMO73","as_of":1790000000000,"commitment":"0x5"}"#;
const AHEAD: &str = r#"{"version":2,"kind":"collateral","subject":"lei:EXMP00COVENANTDEMO73","as_of":3786912000,"commitment":"0x5"}"#;
const BEFORE: &str = r#"{"version":2,"kind":"collateral","subject":"lei:EXMP00COVENANTDEMO73","as_of":1790000,"commitment":"0x5"}"#;
/// Prices of the demo's assets whose time has not come.
const PRICED_AHEAD: &str = r#"{"version":2,"quote":"iso4217:USD","as_of":3786912000,"prices":{"bip122:000000000019d6689c085ae165831e93/slip44:0":"1","eip155:1/slip44:60":"1","eip155:1/erc20:0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48":"1","isin:US912797Z341":"1","iso4217:USD":"1"}}"#;
const BUILD: &str = "prices build q.csv --policy policy.json --as-of TIME --out out.json";
const QUANTITIES: &str =
    "version = 2\nthousands = \",\"\n[columns]\nasset = \"a\"\nquantity = \"q\"\n";

const CASES: [Case; 59] = [
    // Positions.
    (
        &[("p.csv", "asset,amount\niso4217:USD,1.5\n")],
        COMMIT,
        2,
        &["p.csv: line 2", "amount", "whole number of base units"],
    ),
    (
        &[("p.csv", "asset,amount\niso4217:USD,-5\n")],
        COMMIT,
        2,
        &["line 2", "amount"],
    ),
    (
        &[("p.csv", "asset,amount\niso4217:USD,1e6\n")],
        COMMIT,
        2,
        &["line 2", "amount"],
    ),
    (
        &[("p.csv", "asset,amount\niso4217:USD,0x10\n")],
        COMMIT,
        2,
        &["line 2", "amount"],
    ),
    (
        &[("p.csv", "asset,amount\niso4217:USD,\n")],
        COMMIT,
        2,
        &["line 2", "amount"],
    ),
    (
        &[("p.csv", "asset,amount\niso4217:USD,007\n")],
        COMMIT,
        2,
        &["line 2", "amount"],
    ),
    (
        &[(
            "p.csv",
            "asset,amount\niso4217:USD,5192296858534827628530496329220096\n",
        )],
        COMMIT,
        2,
        &["line 2", "2^112"],
    ),
    (
        &[(
            "p.csv",
            "asset,amount\r\niso4217:USD,5\r\niso4217:USD,x\r\n",
        )],
        COMMIT,
        2,
        &["line 3", "amount"],
    ),
    (
        &[("p.csv", "asset,quantity\niso4217:USD,1.005\n")],
        COMMIT,
        2,
        &["line 2", "quantity", "at most 2 digits"],
    ),
    (
        &[("p.csv", "asset,quantity\niso4217:USD,\"1,000.00\"\n")],
        COMMIT,
        2,
        &["line 2", "quantity"],
    ),
    (
        &[("p.csv", "asset,quantity\niso4217:CHF,1\n")],
        COMMIT,
        2,
        &["decimals of iso4217:CHF"],
    ),
    (
        &[("p.csv", "asset,quantity,decimals\niso4217:USD,1,3\n")],
        COMMIT,
        2,
        &["decimals of iso4217:USD", "the policy's 2", "got 3"],
    ),
    (
        &[("p.csv", "asset,quantity,decimals\niso4217:USD,1,two\n")],
        COMMIT,
        2,
        &["line 2", "decimals", "0 to 36"],
    ),
    (
        &[("p.csv", "asset;amount\niso4217:USD;5\n")],
        COMMIT,
        2,
        &["p.csv: line 1"],
    ),
    (
        &[("p.csv", "asset,amount,memo\niso4217:USD,5,x\n")],
        COMMIT,
        2,
        &["line 1", "memo"],
    ),
    (
        &[("p.csv", "asset,amount\niso4217:USD,5,6\n")],
        COMMIT,
        2,
        &["line 2", "expected 2 columns, got 3"],
    ),
    (
        &[("p.csv", "asset,amount\n")],
        COMMIT,
        2,
        &["p.csv", "--empty"],
    ),
    (&[("p.csv", "iso4217:USD,5\n")], COMMIT, 2, &["line 1"]),
    (
        &[("p.csv", "asset,amount\n ,5\n")],
        COMMIT,
        2,
        &["line 2", "asset"],
    ),
    (
        &[("p.csv", "[[\"iso4217:USD\", 5]]")],
        COMMIT,
        2,
        &["p.csv"],
    ),
    (
        &[(
            "p.csv",
            "[{\"asset\":\"iso4217:USD\",\"amount\":\"1\",\"quantity\":\"1\"}]",
        )],
        COMMIT,
        2,
        &["p.csv", "[0]"],
    ),
    (
        &[("p.csv", "asset,amount\niso4217:USD,5\n")],
        "account commit p.csv --kind collateral --subject SUBJECT --as-of TIME --policy policy.json --control iso4217:USD=6 --out out",
        2,
        &["p.csv: iso4217:USD", "control total", "got less"],
    ),
    (
        &[("p.csv", "asset,amount\niso4217:USD,5\n")],
        "account commit p.csv --kind collateral --subject SUBJECT --as-of TIME --policy policy.json --empty --out out",
        2,
        &["--empty"],
    ),
    // Mappings.
    (
        &[
            ("p.csv", "a,q\niso4217:USD,\"2,40\"\n"),
            ("m.toml", QUANTITIES),
        ],
        MAPPED,
        2,
        &["p.csv: line 2", "quantity"],
    ),
    (
        &[
            ("p.csv", "a,q\niso4217:USD,1.204.50\n"),
            ("m.toml", QUANTITIES),
        ],
        MAPPED,
        2,
        &["p.csv: line 2", "quantity"],
    ),
    (
        &[("p.csv", "a,q\niso4217:USD,1e6\n"), ("m.toml", QUANTITIES)],
        MAPPED,
        2,
        &["p.csv: line 2", "quantity"],
    ),
    (
        &[("p.csv", "a,q\niso4217:USD,-5\n"), ("m.toml", QUANTITIES)],
        MAPPED,
        2,
        &["p.csv: line 2", "quantity"],
    ),
    (
        &[("p.csv", "a,b\niso4217:USD,5\n"), ("m.toml", QUANTITIES)],
        MAPPED,
        2,
        &["p.csv: line 1", "a column \"q\""],
    ),
    (
        &[
            ("p.csv", "a,q,q\niso4217:USD,5,6\n"),
            ("m.toml", QUANTITIES),
        ],
        MAPPED,
        2,
        &["p.csv: line 1", "\"q\" is there twice"],
    ),
    (
        &[
            ("p.csv", "{\"rows\":{}}"),
            (
                "m.toml",
                "version = 2\nrows = \"rows\"\n[columns]\nasset = \"a\"\nquantity = \"q\"\n",
            ),
        ],
        MAPPED,
        2,
        &["p.csv", "rows", "a list"],
    ),
    (
        &[
            ("p.csv", "a,q\n"),
            (
                "m.toml",
                "version = 1\n[columns]\nasset = \"a\"\nquantity = \"q\"\n",
            ),
        ],
        MAPPED,
        2,
        &["m.toml", "version", "expected 2, got 1"],
    ),
    (
        &[
            ("p.csv", "a,q\n"),
            (
                "m.toml",
                "version = 2\nthousands = \".\"\n[columns]\nasset = \"a\"\nquantity = \"q\"\n",
            ),
        ],
        MAPPED,
        2,
        &["m.toml"],
    ),
    (
        &[
            ("p.csv", "a,q\n"),
            ("m.toml", "version = 2\n[columns]\nasset = \"a\"\n"),
        ],
        MAPPED,
        2,
        &["m.toml", "amount", "quantity"],
    ),
    (
        &[
            ("p.csv", "a,q\n"),
            (
                "m.toml",
                "version = 2\nheader = 0\n[columns]\nasset = \"a\"\nquantity = \"q\"\n",
            ),
        ],
        MAPPED,
        2,
        &["m.toml", "header", "from 1"],
    ),
    (
        &[
            ("p.csv", "a,q\n"),
            (
                "m.toml",
                "version = 2\nheader = 9\n[columns]\nasset = \"a\"\nquantity = \"q\"\n",
            ),
        ],
        MAPPED,
        2,
        &["p.csv", "a header in line 9"],
    ),
    // Prices.
    (
        &[("q.csv", "asset,price\niso4217:USD,0\n")],
        BUILD,
        2,
        &["q.csv", "iso4217:USD", "above 0"],
    ),
    (
        &[("q.csv", "asset,price\niso4217:USD,-1\n")],
        BUILD,
        2,
        &["q.csv"],
    ),
    (
        &[("q.csv", "asset,price\niso4217:USD,1\niso4217:USD,1\n")],
        BUILD,
        2,
        &["q.csv", "again"],
    ),
    (
        &[("q.csv", "asset,price\niso4217:usd,1\n")],
        BUILD,
        2,
        &["q.csv", "\"iso4217:USD\", as the policy writes it"],
    ),
    (
        &[("q.csv", "asset,price\niso4217:USD,1\n")],
        BUILD,
        2,
        &["at least 1 sources"],
    ),
    (
        &[("q.csv", "asset,price\niso4217:USD,1\n")],
        "prices build q.csv --policy policy.json --as-of 1790000000000 --out out.json",
        2,
        &["--as-of", "13 digits"],
    ),
    (
        &[],
        "prices build prices.csv --policy policy.json --as-of 2999-01-01 --out out.json",
        2,
        &["--as-of", "a hundred years"],
    ),
    (
        &[],
        "prices build prices.csv --policy policy.json --as-of 2090-01-01 --out out.json",
        2,
        &["--as-of", "a time that has come", "2090-01-01T00:00:00Z"],
    ),
    (
        &[("q.csv", "asset,quantity,decimals\niso4217:USD,1,2\n")],
        "account commit q.csv --kind collateral --subject SUBJECT --as-of 2090-01-01 --out out",
        2,
        &["--as-of", "a time that has come", "2090-01-01T00:00:00Z"],
    ),
    (
        &[("a.json", MILLISECONDS)],
        "account sign a.json --without-opening --print-typed-data --account-hash 0x05 --valid-until 2099-01-01",
        2,
        &["a.json", "as_of", "a time that has come", "1790000000000 s"],
    ),
    (
        &[("a.json", AHEAD)],
        "account sign a.json --without-opening --print-typed-data --account-hash 0x05 --valid-until 2099-01-01",
        2,
        &[
            "a.json",
            "as_of",
            "a time that has come",
            "2090-01-01T00:00:00Z",
        ],
    ),
    (
        &[("a.json", BEFORE)],
        "account sign a.json --without-opening --print-typed-data --account-hash 0x05 --valid-until 2099-01-01",
        2,
        &[
            "a.json",
            "as_of",
            "a time that has come",
            "1970-01-21T17:13:20Z",
        ],
    ),
    (
        &[("q.json", PRICED_AHEAD)],
        "prices sign q.json --policy policy.json --print-typed-data",
        2,
        &[
            "q.json",
            "as_of",
            "a time that has come",
            "2090-01-01T00:00:00Z",
        ],
    ),
    (
        &[],
        "prices build prices.csv --policy policy.json --as-of TIME --out policy.json",
        2,
        &["policy.json"],
    ),
    // Openings and claims.
    (
        &[],
        "simulate --policy policy.json --prices prices.json --opening collateral-alder collateral-alder --debt 1",
        2,
        &["collateral-alder/opening.json", "each account once"],
    ),
    (
        &[],
        "prove --policy policy.json --prices prices.json --opening collateral-alder --debt 1 --ratio 125% --out collateral-alder/opening.json",
        2,
        &["collateral-alder/opening.json"],
    ),
    (
        &[],
        "prove --policy policy.json --prices prices.json --opening collateral-alder --debt 1 --ratio 125% --out custodian.key",
        2,
        &["custodian.key"],
    ),
    (
        &[],
        "prove --policy policy.json --prices prices.json --opening collateral-alder --debt 1 --ratio 125% --out nowhere/b.json",
        2,
        &["nowhere/b.json"],
    ),
    (
        &[],
        "prove --policy policy.json --prices prices.json --opening collateral-alder --debt 1 --ratio 125.5% --out b.json",
        2,
        &["--ratio", "plus a multiple of", "125.50 %"],
    ),
    (
        &[],
        "prove --policy policy.json --prices prices.json --opening collateral-alder --debt -1 --ratio 125% --out b.json",
        2,
        &["--debt"],
    ),
    (
        &[],
        "prove --policy policy.json --prices prices.json --opening collateral-alder --debt 1,000 --ratio 125% --out b.json",
        2,
        &["--debt"],
    ),
    (
        &[],
        "prove --policy policy.json --prices prices.json --opening collateral-alder --debt 1 --ratio 1.25 --out b.json",
        2,
        &["--ratio", "125%"],
    ),
    (
        &[("pledges.txt", "a ledger is a database\n")],
        "ledger list --ledger pledges.txt",
        2,
        &["pledges.txt", "not a database"],
    ),
    (
        &[],
        "keys address custodian.key --password-file salt",
        2,
        &["custodian.key", "password"],
    ),
];

#[test]
fn slips_are_told_by_file_field_expected_and_found() {
    let desk = desk();
    let mut wrong = Vec::new();
    for (files, command, exit, told) in &CASES {
        for (name, text) in *files {
            desk.write(name, text);
        }
        if let Err(said) = refused(&desk, &line(command), &[*exit], told) {
            wrong.push(format!("{files:?}\n{said}"));
        }
        for (name, _) in *files {
            fs::remove_file(desk.path(name)).unwrap();
        }
        // What was written although it should not have been stays out of the other cases.
        for name in ["out", "out.json", "b.json", "p.toml"] {
            let _ = fs::remove_dir_all(desk.path(name));
            let _ = fs::remove_file(desk.path(name));
        }
    }
    none_wrong(&wrong);
}

/// Memory is taken away step by step: what does not suffice is said, and nothing is left behind.
#[cfg(unix)]
#[test]
fn memory_that_runs_out_is_told() {
    let desk = Desk::basket(TIME);
    let before = contents(desk.0.path());
    let covenant = env!("CARGO_BIN_EXE_covenant");
    let prove = format!(
        "prove {} --ratio 125% --out out.json --json",
        Desk::inputs()
    );
    let limited = |megabytes: usize, line: &str| {
        let mut command = assert_cmd::Command::new("bash");
        let limited = format!("ulimit -v {}; exec {covenant} {line}", megabytes * 1024);
        command
            .args(["-c", &limited])
            .current_dir(desk.0.path())
            .env("RAYON_NUM_THREADS", "2")
            .env("COVENANT_CACHE_DIR", common::CACHE);
        command
    };
    // A command that is not even loaded tells nothing; how large it is depends on its build.
    let loads = |megabytes: &usize| {
        let output = limited(*megabytes, "completions bash").output().unwrap();
        output.status.success()
    };
    let least = (40..400).step_by(20).find(loads).unwrap() + 20;
    let mut told = 0;
    for megabytes in (least..=least + 300).step_by(60) {
        let run = Desk::run_of(&mut limited(megabytes, &prove));
        println!("{megabytes} MB: {} {}", run.code, run.stdout);
        match run.code {
            0 => fs::remove_file(desk.path("out.json")).unwrap(),
            2 => told += usize::from(run.stdout.contains("\"out_of_memory\"")),
            code => panic!("exit code {code} with {megabytes} MB: {}", run.stderr),
        }
        assert!(contents(desk.0.path()) == before, "{megabytes} MB");
    }
    assert!(told > 0);
}
