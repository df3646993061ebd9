//! Exports of custody platforms are read by the name of the platform: every preset on a small file
//! with that platform's field names.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{Desk, Run, SUBJECT};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

const BTC: &str = "bip122:000000000019d6689c085ae165831e93/slip44:0";
const ETH: &str = "eip155:1/slip44:60";
const SOL: &str = "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/slip44:501";
const DOT: &str = "polkadot:91b171bb158e2d3848fa23a9f1c25182/slip44:354";
const USDC: &str = "eip155:1/erc20:0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48";

/// Symbols that the files have and no preset can know.
const ASSETS: &str = include_str!("data/presets/assets.csv");

/// What each preset's file holds, and how many rows it skips.
type Export = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
    u64,
);
const FILES: &[Export] = &[
    (
        "anchorage",
        "json",
        &[(BTC, "10.45234733"), (DOT, "7.5")],
        0,
    ),
    ("binance", "json", &[(BTC, "5"), (SOL, "3.5")], 1),
    (
        "coinbase-prime",
        "json",
        &[(BTC, "109.42"), ("iso4217:USD", "250000.12")],
        1,
    ),
    (
        "copper",
        "json",
        &[(BTC, "3"), (USDC, "1000.5"), (ETH, "42")],
        1,
    ),
    (
        "fireblocks",
        "json",
        &[(BTC, "12.75000001"), (ETH, "100.5")],
        1,
    ),
    ("gate", "json", &[(ETH, "970")], 1),
    (
        "kraken",
        "json",
        &[
            (BTC, "11.1908"),
            (ETH, "0.5"),
            ("iso4217:USD", "171288.61"),
            (DOT, "2.25"),
        ],
        2,
    ),
    (
        "kraken-extended",
        "json",
        &[(BTC, "1.2435"), ("iso4217:USD", "25435.21")],
        1,
    ),
    (
        "mt535",
        "txt",
        &[
            ("isin:GB0002634946", "10.5"),
            ("isin:US0378331005", "22800"),
        ],
        0,
    ),
    ("okx-funding", "json", &[(ETH, "38.11827078")], 1),
    (
        "okx-proof",
        "json",
        &[(BTC, "1.000069"), (ETH, "0.99908176")],
        1,
    ),
    ("ripple-custody", "json", &[("xrpl:0/slip44:144", "25")], 1),
    (
        "semt.002",
        "xml",
        &[
            ("isin:GB0002634946", "10.5"),
            ("isin:US0378331005", "22800"),
        ],
        0,
    ),
];

fn file(name: &str, ending: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/presets/{name}.{ending}"))
}

fn text(name: &str, ending: &str) -> String {
    fs::read_to_string(file(name, ending)).unwrap()
}

/// Reads a text under a preset, for collateral.
fn read(desk: &Desk, preset: &str, text: &str, more: &str) -> Run {
    desk.write("export", text);
    desk.run(&format!(
        "account read export --preset {preset} --kind collateral {more}"
    ))
}

fn totals(output: &Value) -> Vec<(String, String)> {
    let totals = output["totals"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut totals: Vec<_> = totals
        .map(|total| {
            assert_eq!(total["unit"], "whole", "{total}");
            (text(&total["asset"]), text(&total["total"]))
        })
        .collect();
    totals.sort();
    totals
}

#[test]
fn every_preset_reads_its_platforms_file() {
    let desk = Desk::new();
    desk.write("assets.csv", ASSETS);
    let listed = desk.run("account presets --json").expect(0).json();
    let listed = listed["presets"].as_array().unwrap().iter();
    let names: Vec<&str> = listed.map(|p| p["name"].as_str().unwrap()).collect();
    let tested: Vec<&str> = FILES.iter().map(|(name, ..)| *name).collect();
    assert_eq!(names, tested);
    let shown = desk.run("account presets").expect(0).stdout;
    for (name, ending, expected, skipped) in FILES {
        assert!(
            shown.contains(&format!("\n{name}  ")) || shown.starts_with(name),
            "{shown}"
        );
        let more = "--assets assets.csv --json";
        let output = read(&desk, name, &text(name, ending), more)
            .expect(0)
            .json();
        let mut expected: Vec<_> = expected
            .iter()
            .map(|(asset, total)| ((*asset).to_owned(), (*total).to_owned()))
            .collect();
        expected.sort();
        assert_eq!(totals(&output), expected, "{name}");
        assert_eq!(output["skipped"], json!(skipped), "{name}");
        // What is read is what is committed to.
        let _ = fs::remove_dir_all(desk.path("out"));
        let committed = desk.run(&format!(
            "account commit export --preset {name} --assets assets.csv --kind collateral --subject {SUBJECT} --as-of 2026-09-21 --out out --json"
        ));
        let committed = committed.expect(0).json();
        assert_eq!(committed["rows"], output["rows"], "{name}");
        assert_eq!(committed["skipped"], output["skipped"], "{name}");
        let checked = desk.run(&format!(
            "account check out/opening.json --preset {name} --assets assets.csv --totals always"
        ));
        let checked = checked.expect(0).stdout;
        for (_, total) in &expected {
            let whole = total.split('.').next().unwrap();
            let end = whole.get(whole.len().saturating_sub(3)..).unwrap();
            assert!(checked.contains(end), "{name}: {checked}");
        }
    }
}

#[test]
fn account_read_writes_nothing_and_says_why_rows_are_skipped() {
    let desk = Desk::new();
    desk.write("assets.csv", ASSETS);
    let copper = text("copper", "json");
    let shown = read(&desk, "copper", &copper, "--assets assets.csv").expect(0);
    for expected in [
        "1,000.5",
        "3 rows",
        "left out by keep or skip",
        "wallets[3]",
    ] {
        assert!(shown.stdout.contains(expected), "{}", shown.stdout);
    }
    let output = read(&desk, "kraken", &text("kraken", "json"), "--json");
    let reasons = output.expect(0).json()["reasons"].clone();
    assert_eq!(reasons.as_array().unwrap().len(), 2, "{reasons}");
    assert_eq!(reasons[1]["first"], "result.USDT");
    let mut names: Vec<_> = fs::read_dir(desk.path("."))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["assets.csv", "export"]);
}

#[test]
fn symbols_that_may_be_several_assets_are_named_and_not_guessed() {
    let desk = Desk::new();
    let binance = text("binance", "json").replace(
        r#""asset": "USDT", "free": "0.00000000""#,
        r#""asset": "USDT", "free": "7654321.5""#,
    );
    let refused = read(&desk, "binance", &binance, "").expect(2);
    for expected in [
        "\"USDT\" (balances[2])",
        "--assets",
        "symbol,asset,decimals",
    ] {
        assert!(refused.stderr.contains(expected), "{}", refused.stderr);
    }
    assert!(!refused.stderr.contains("7654321"), "{}", refused.stderr);
    // All of them are named at once.
    let two = binance.replace("\"SOL\"", "\"LDBTC\"");
    let refused = read(&desk, "binance", &two, "").expect(2);
    assert!(refused.stderr.contains("\"LDBTC\" (balances[1]), \"USDT\""));
    desk.write(
        "assets.csv",
        "symbol,asset,decimals\nUSDT,eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7,6\n",
    );
    let output = read(&desk, "binance", &binance, "--assets assets.csv --json");
    let output = output.expect(0).json();
    let tether = "eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7";
    assert!(totals(&output).contains(&(tether.into(), "7654321.5".into())));
    // The file goes over what the preset says.
    desk.write(
        "assets.csv",
        "symbol,asset,decimals\nSOL,wrapped:SOL,9\nUSDT,own:T,2\n",
    );
    let output = read(&desk, "binance", &binance, "--assets assets.csv --json");
    let output = output.expect(0).json();
    assert!(totals(&output).contains(&("wrapped:SOL".into(), "3.5".into())));
    // It is for a mapping.
    let refused = desk.run("account read export --kind collateral --assets assets.csv");
    assert!(refused.expect(2).stderr.contains("--preset"));
}

#[test]
fn another_platforms_file_is_refused() {
    let desk = Desk::new();
    for (preset, ..) in FILES {
        for (other, ending, ..) in FILES {
            let same_form = [["kraken", "kraken-extended"]];
            if preset == other
                || same_form
                    .iter()
                    .any(|s| s.contains(preset) && s.contains(other))
            {
                continue;
            }
            let run = read(&desk, preset, &text(other, ending), "");
            assert_eq!(run.code, 2, "{preset} reads {other}: {}", run.stdout);
            assert!(run.stderr.contains("export: "), "{}", run.stderr);
        }
    }
    let run = read(&desk, "kraken", &text("kraken-extended", "json"), "").expect(2);
    assert!(run.stderr.contains("result.XXBT"), "{}", run.stderr);
    let run = read(&desk, "kraken-extended", &text("kraken", "json"), "").expect(2);
    assert!(run.stderr.contains("result."), "{}", run.stderr);
    let run = read(&desk, "metaco", "[]", "").expect(2);
    assert!(run.stderr.contains("ripple-custody"), "{}", run.stderr);
    let both = "account read export --preset gate --mapping m.toml --kind collateral";
    desk.run(both).expect(2);
}

#[test]
fn a_page_of_several_and_an_answer_with_errors_are_refused() {
    let desk = Desk::new();
    for (preset, whole, part, field) in [
        (
            "fireblocks",
            "\"paging\": {}",
            "\"paging\": {\"after\": \"MTAwMA\"}",
            "paging.after",
        ),
        (
            "fireblocks",
            "\"paging\": {}",
            "\"nextUrl\": \"https://api\"",
            "nextUrl",
        ),
        (
            "anchorage",
            "\"next\": null",
            "\"next\": \"/v2/vaults?afterId=1\"",
            "page.next",
        ),
        (
            "ripple-custody",
            "\"nextStartingAfter\": null",
            "\"nextStartingAfter\": \"9b8a\"",
            "nextStartingAfter",
        ),
        (
            "kraken",
            "\"error\": []",
            "\"error\": [\"EAPI:Rate limit\"]",
            "error: expected",
        ),
        (
            "okx-funding",
            "\"code\": \"0\"",
            "\"code\": \"50011\"",
            "code",
        ),
        ("binance", "\"SPOT\",", "\"MARGIN\",", "accountType"),
    ] {
        let text = text(preset, "json");
        assert!(text.contains(whole), "{preset}");
        let refused = read(&desk, preset, &text.replace(whole, part), "").expect(2);
        assert!(refused.stderr.contains(field), "{}", refused.stderr);
    }
}

/// Reads a text under a mapping, for collateral.
fn mapped(desk: &Desk, mapping: &str, text: &str, verb: &str) -> Run {
    desk.write("m.toml", format!("version = 2\n{mapping}"));
    desk.write("export", text);
    let _ = fs::remove_dir_all(desk.path("out"));
    desk.run(&format!(
        "account {verb} export --mapping m.toml --kind collateral"
    ))
}

const DATED: &str = "[columns]\nasset = \"A\"\nquantity = \"Q\"\n[decimals]\n\"iso4217:USD\" = 2\n[as_of]\ncolumn = \"D\"\n";

#[test]
fn the_time_of_a_file_is_used_and_compared() {
    let desk = Desk::new();
    let commit = format!("commit --subject {SUBJECT} --out out --json");
    let text = "A,Q,D\niso4217:USD,1,2026-09-21\niso4217:USD,2,2026-09-21\n";
    let done = mapped(&desk, DATED, text, &commit).expect(0).json();
    assert_eq!(done["as_of"], 1_789_948_800);
    // A time of that day is of that day; another day's is not.
    let on = format!("{commit} --as-of 1790000000");
    let done = mapped(&desk, DATED, text, &on).expect(0).json();
    assert_eq!(done["as_of"], 1_790_000_000);
    let off = format!("{commit} --as-of 1790100000");
    let refused = mapped(&desk, DATED, text, &off).expect(2);
    assert!(refused.stdout.contains("--as-of"), "{}", refused.stdout);
    assert!(!desk.path("out").exists());
    let differ = text.replace("2,2026-09-21", "2,2026-09-20");
    let refused = mapped(&desk, DATED, &differ, "read").expect(2);
    assert!(
        refused.stderr.contains("line 3, column D"),
        "{}",
        refused.stderr
    );
    // An amount in its place is not shown.
    let amounts = text.replace("2026-09-21", "1765432100");
    let refused = mapped(
        &desk,
        DATED,
        &amounts.replace("1765432100", "7654321.5"),
        "read",
    );
    let refused = refused.expect(2);
    assert!(!refused.stderr.contains("7654321"), "{}", refused.stderr);
    let unsaid = "asset = \"A\"\n";
    let plain = format!("[columns]\n{unsaid}quantity = \"Q\"\n[decimals]\n\"iso4217:USD\" = 2\n");
    let refused = mapped(&desk, &plain, text, &commit).expect(2);
    assert!(refused.stdout.contains("--as-of"), "{}", refused.stdout);
    // In JSON it may be beside the rows, and in milliseconds.
    let json = "{\"taken\": 1790000000000, \"rows\": [{\"A\": \"iso4217:USD\", \"Q\": 3}]}";
    let path = "rows = \"rows\"\n[columns]\nasset = \"A\"\nquantity = \"Q\"\n[decimals]\n\"iso4217:USD\" = 2\n[as_of]\npath = \"taken\"\nmilliseconds = true\n";
    let done = mapped(&desk, path, json, &commit).expect(0).json();
    assert_eq!(done["as_of"], 1_790_000_000);
    let seconds = json.replace("1790000000000", "1790000000");
    let refused = mapped(&desk, path, &seconds, "read").expect(2);
    assert!(refused.stderr.contains("taken"), "{}", refused.stderr);
}

#[test]
fn totals_of_a_file_are_compared_with_its_rows() {
    let desk = Desk::new();
    let json = "{\"total\": \"1204.50\", \"rows\": [{\"A\": \"iso4217:USD\", \"Q\": \"1200\"}, {\"A\": \"iso4217:USD\", \"Q\": \"4.5\"}]}";
    let mapping = "rows = \"rows\"\n[columns]\nasset = \"A\"\nquantity = \"Q\"\n[decimals]\n\"iso4217:USD\" = 2\n[control]\n\"iso4217:USD\" = ";
    for (control, code) in [
        ("{ path = \"total\" }", 0),
        ("\"1204.5\"", 0),
        ("\"1204.51\"", 2),
        ("\"1204,5\"", 2),
        ("{ path = \"sum\" }", 2),
    ] {
        let run = mapped(&desk, &format!("{mapping}{control}\n"), json, "read").expect(code);
        assert!(!run.stderr.contains("1204"), "{}", run.stderr);
    }
    let less = json.replace("4.5\"}", "4.4\"}");
    let refused = mapped(
        &desk,
        &format!("{mapping}{{ path = \"total\" }}\n"),
        &less,
        "read",
    );
    assert!(refused.expect(2).stderr.contains("got less"));
}

#[test]
fn the_total_below_a_table_is_compared_with_its_rows() {
    let desk = Desk::new();
    let csv = "A;Konto;Q\niso4217:USD;1;1.200,00\niso4217:USD;2;4,50\nSumme;1.204,50;1.204,50\n";
    let mapping = "delimiter = \";\"\ndecimal = \",\"\nthousands = \".\"\nfooter = 1\n[columns]\nasset = \"A\"\nquantity = \"Q\"\n[decimals]\n\"iso4217:USD\" = 2\n[control]\n\"iso4217:USD\" = ";
    for (control, code) in [
        ("{ footer = 1 }", 0),
        ("{ footer = 1, column = \"Konto\" }", 0),
        ("{ footer = 1, column = \"A\" }", 2),
        ("{ footer = 1, column = \"B\" }", 2),
        ("{ footer = 0 }", 2),
        ("{ footer = 2 }", 2),
        ("{ footer = 1, row = 1 }", 2),
        ("{ path = \"total\" }", 2),
    ] {
        let run = mapped(&desk, &format!("{mapping}{control}\n"), csv, "read");
        assert_eq!(run.code, code, "{control}: {}", run.stderr);
        assert!(!run.stderr.contains("204"), "{}", run.stderr);
    }
    let cut = csv.replace("iso4217:USD;2;4,50\n", "");
    let refused = mapped(&desk, &format!("{mapping}{{ footer = 1 }}\n"), &cut, "read");
    assert!(refused.expect(2).stderr.contains("got less"));
    let json = "[{\"A\": \"iso4217:USD\", \"Q\": \"5\"}]";
    let refused = mapped(
        &desk,
        "[columns]\nasset = \"A\"\nquantity = \"Q\"\n[decimals]\n\"iso4217:USD\" = 2\n[control]\n\"iso4217:USD\" = { footer = 1 }\n",
        json,
        "read",
    );
    assert!(refused.expect(2).stderr.contains("only CSV"));
}

#[test]
fn several_columns_are_added_up_or_name_an_asset_together() {
    let desk = Desk::new();
    let mapping = "[columns]\nasset = [\"A\", \"N\"]\nquantity = [\"F\", \"L\"]\n[assets]\n\"USDC/ETH\" = \"iso4217:USD\"\n[decimals]\n\"iso4217:USD\" = 2\n";
    let text = "A,N,F,L\nUSDC,ETH,1.25,0.5\niso4217:USD,,1,0\n";
    let read = mapped(&desk, mapping, text, "read --json").expect(0).json();
    assert_eq!(
        totals(&read),
        [("iso4217:USD".to_owned(), "2.75".to_owned())]
    );
    // A part that is missing or wrong is no 0.
    for part in [
        "USDC,ETH,1.25,\n",
        "USDC,ETH,1.25,x\n",
        "USDC,ETH,1.25,-1\n",
    ] {
        let refused = mapped(&desk, mapping, &format!("A,N,F,L\n{part}"), "read").expect(2);
        assert!(refused.stderr.contains("line 2"), "{}", refused.stderr);
    }
    for wrong in [
        "negative = \"liability\"\n[columns]\nasset = \"A\"\nquantity = [\"F\", \"L\"]\n",
        "[columns]\nasset = \"A\"\nquantity = [\"F\", \"F\"]\n",
        "[columns]\nasset = \"A\"\nquantity = []\n",
        "face_amounts = true\n[columns]\nasset = \"A\"\nquantity = \"F\"\n",
        "format = \"mt535\"\n[columns]\nasset = \"A\"\n",
        "[columns]\nasset = \"A\"\nquantity = \"F\"\n[as_of]\n",
    ] {
        let refused = mapped(&desk, wrong, text, "read").expect(2);
        assert!(
            refused.stderr.contains("m.toml"),
            "{wrong}: {}",
            refused.stderr
        );
    }
}
