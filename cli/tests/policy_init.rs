//! `policy init`: a policy to start from, which the policy check has nothing against, or none.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod common;

use common::{Desk, Run};
use std::fs;
use std::path::Path;

const TEMPLATES: [&str; 3] = ["stablecoin-reserve", "crypto-lender", "fund"];
/// An asset of each class.
const ALL: &str = "--asset iso4217:USD --asset iso4217:EUR --asset isin:US912797Z341=treasury,symbol=T-bill --asset isin:US0378331005=fund --asset USDC=stablecoin --asset bip122:000000000019d6689c085ae165831e93/slip44:0 --asset eip155:1/slip44:60 --asset WBTC";

fn desk() -> Desk {
    let desk = Desk::new();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/policies");
    fs::copy(data.join("tokens.json"), desk.path("tokens.json")).unwrap();
    desk
}

fn init(desk: &Desk, rest: &str) -> Run {
    desk.run(&format!("policy init {rest}"))
}

/// That a policy is valid and there is nothing to warn of.
fn check(desk: &Desk, file: &str) -> serde_json::Value {
    let json = desk
        .run(&format!("policy check {file} --json"))
        .expect(0)
        .json();
    assert_eq!(json["warnings"], serde_json::json!([]), "{json}");
    json
}

#[test]
fn every_template_passes_the_check_without_a_warning() {
    let desk = desk();
    for template in TEMPLATES {
        for (file, assets) in [("few.toml", ""), ("all.toml", ALL)] {
            let file = format!("{template}-{file}");
            let line =
                format!("--template {template} --token-list tokens.json {assets} --out {file}");
            let said = init(&desk, &format!("{line} --json")).expect(0).json();
            let checked = check(&desk, &file);
            assert_eq!(said["digest"], checked["digest"]);
            let numbers = desk.read(&file);
            let numbers = numbers.lines().filter(|line| {
                let value = line.split_once(" = ").map(|(_, value)| value);
                !line.starts_with('#')
                    && !line.starts_with("version")
                    && (line.contains("weight_bps")
                        || value.is_some_and(|v| {
                            v.starts_with(|c: char| c.is_ascii_digit() || c == '-')
                        }))
            });
            let numbers: Vec<&str> = numbers.collect();
            assert!(numbers.len() >= 4, "{numbers:?}");
            for line in numbers {
                assert!(line.contains(" # REVIEW: "), "{line}");
            }
        }
    }
}

#[test]
fn a_policy_in_toml_is_the_policy_in_json() {
    let desk = desk();
    let line = format!("--template stablecoin-reserve --token-list tokens.json {ALL}");
    init(&desk, &format!("{line} --out p.toml")).expect(0);
    let document: toml::Table = desk.read("p.toml").parse().unwrap();
    desk.write("p.json", serde_json::to_string(&document).unwrap());
    let same = desk
        .run("policy diff p.toml p.json --json")
        .expect(0)
        .json();
    assert_eq!(same["same"], true);
    assert_eq!(same["before"], same["after"]);
    // A field that no policy has, a number that is none, another version.
    let text = desk.read("p.toml");
    for (from, to, expected) in [
        (
            "version = 2",
            "version = 2\nextra = 1",
            "unknown field `extra`",
        ),
        ("version = 2", "version = 3", "version: expected 2"),
        (
            "min_ratio_bps = 10000",
            "min_ratio_bps = 1e4",
            "invalid type",
        ),
        (
            "min_ratio_bps = 10000",
            "min_ratio_bps = -1",
            "invalid value",
        ),
        ("ratio_step_bps = 50", "min_ratio_bps = 50", "duplicate key"),
        ("ratio_step_bps = 50", "", "missing field `ratio_step_bps`"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        desk.write("bad.toml", changed);
        let refused = desk.run("policy check bad.toml").expect(2);
        assert!(
            refused.stderr.contains("bad.toml: ") && refused.stderr.contains(expected),
            "{}",
            refused.stderr
        );
    }
}

#[test]
fn accounts_are_proved_under_a_policy_in_toml() {
    let desk = desk();
    let line = "--template crypto-lender --ratio 125% --name Facility --out p.toml";
    init(&desk, line).expect(0);
    assert!(desk.read("p.toml").contains("min_ratio_bps = 12500"));
    desk.write(
        "c.csv",
        "asset,quantity\niso4217:USD,1000\neip155:1/slip44:60,1.5\n",
    );
    let commit = "account commit c.csv --kind collateral --subject a:b --as-of 1790000000 --policy p.toml --out c";
    let said = desk.run(&format!("{commit} --json")).expect(0).json();
    assert_eq!(said["warnings"], serde_json::json!([]));
    let prices = "asset,price\niso4217:USD,1\neip155:1/slip44:60,3000\nbip122:000000000019d6689c085ae165831e93/slip44:0,90000\n";
    desk.write("prices.csv", prices);
    desk.run("prices build prices.csv --policy p.toml --as-of 1790000000 --out prices.json")
        .expect(0);
    desk.run("simulate --policy p.toml --prices prices.json --debt 2000 --opening c --ratio 125%")
        .expect(0);
}

#[test]
fn a_token_list_says_names_decimals_and_addresses() {
    let desk = desk();
    let line = "--template crypto-lender --token-list tokens.json --asset iso4217:USD --asset WBTC --asset eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7=stablecoin";
    let text = init(&desk, line).expect(0).stdout;
    // Written with its checksum, although the list has none.
    for expected in [
        "asset = \"eip155:1/erc20:0x2260FAC5E5542a773Aa44fBCfeDf7C193bc2C599\"",
        "asset = \"eip155:1/erc20:0xdAC17F958D2ee523a2206206994597C13D831ec7\"",
        "symbol = \"WBTC\"\ndecimals = 8",
        "# USDT (Tether USD)",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    // A name of somebody else's stays in its comment.
    let list = desk.read("tokens.json");
    desk.write("tokens.json", list.replace("Wrapped BTC", "x\\n[[groups]]"));
    let json = init(&desk, &format!("{line} --json")).expect(0).json();
    assert!(
        json["policy"]
            .as_str()
            .unwrap()
            .contains("# WBTC (x [[groups]])")
    );
    for (from, to, line, expected) in [
        (
            "0xA0b8",
            "0xa0b8",
            "",
            "tokens[0].address: address: the capital letters",
        ),
        (
            "0xA0b8",
            "0xA0b",
            "",
            "tokens[0].address: address: expected 0x and 40 hex digits",
        ),
        (
            "\"decimals\": 8",
            "\"decimals\": 37",
            "",
            "tokens[1].decimals: expected a whole number from 0 to 36, got 37",
        ),
        (
            "\"decimals\": 8",
            "\"decimals\": 8.5",
            "",
            "tokens[1].decimals",
        ),
        (
            "\"chainId\": 10",
            "\"chain\": 10",
            "",
            "tokens[3]: expected a field \"chainId\"",
        ),
        ("\"tokens\"", "\"token\"", "", "expected a field \"tokens\""),
        (
            "",
            "",
            "--asset USDT",
            "the list has several: eip155:1/erc20:0xdAC17F958D2ee523a2206206994597C13D831ec7, eip155:10/",
        ),
        ("", "", "--asset ETH", "placeholder"),
        ("", "", "--asset DAI", "got neither"),
        (
            "",
            "",
            "--asset WBTC=decimals=18",
            "decimals: expected 8, as the token list says, got 18",
        ),
        (
            "",
            "",
            "--asset WBTC --asset eip155:1/erc20:0x2260fac5e5542a773aa44fbcfedf7c193bc2c599",
            "each asset once",
        ),
        (
            "",
            "",
            "--asset eip155:1/erc20:0x2260fac5e5542a773aa44fbcfedf7c193bc2C599",
            "the capital letters",
        ),
    ] {
        desk.write("t.json", list.replacen(from, to, 1));
        let line = format!("--template crypto-lender --token-list t.json {line} --out no.toml");
        let refused = init(&desk, &line).expect(2);
        assert!(
            refused.stderr.contains(expected),
            "{expected}: {}",
            refused.stderr
        );
        assert!(!desk.path("no.toml").exists());
    }
}

#[test]
fn what_a_policy_has_to_know_is_told_or_refused() {
    let desk = desk();
    let template = "--template crypto-lender";
    for (line, expected) in [
        ("", "--template"),
        ("--template bank", "invalid value 'bank'"),
        (
            &format!("{template} --asset isin:US912797Z341"),
            "expected a class",
        ),
        (
            &format!("{template} --asset isin:US912797Z342=treasury"),
            "check digit",
        ),
        (&format!("{template} --asset USDC"), "--token-list"),
        (
            &format!(
                "{template} --asset eip155:1/erc20:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"
            ),
            "decimals=N",
        ),
        (
            &format!(
                "{template} --asset eip155:1/erc20:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48=decimals=6"
            ),
            "symbol=TEXT",
        ),
        (
            &format!("{template} --asset eip155:1/slip44:60=decimals=8"),
            "expected 18",
        ),
        (
            &format!("{template} --asset iso4217:USD=money"),
            "one of cash, currency",
        ),
        (
            &format!("{template} --asset iso4217:USD=cash,cash"),
            "each once",
        ),
        (
            &format!("{template} --asset iso4217:USD=decimals=99"),
            "0 to 36",
        ),
        (
            &format!("{template} --asset iso4217:USD=price=1"),
            "each once",
        ),
        (&format!("{template} --asset =cash"), "got nothing"),
        (&format!("{template} --quote dollars"), "--quote"),
        (&format!("{template} --ratio 0%"), "--ratio"),
        // Under the template nothing could count, or less than the debt would do.
        (&format!("{template} --ratio 90%"), "90.00 %"),
        (
            "--template stablecoin-reserve --asset eip155:1/slip44:60",
            "the largest",
        ),
    ] {
        let refused = init(&desk, &format!("{line} --out no.toml")).expect(2);
        assert!(
            refused.stderr.contains(expected),
            "{line}: {}",
            refused.stderr
        );
        assert!(!desk.path("no.toml").exists());
    }
}

#[test]
fn nothing_is_overwritten() {
    let desk = desk();
    desk.write("there.toml", "mine");
    let line = "--template fund --token-list tokens.json --out";
    for out in ["there.toml", "tokens.json", "nowhere/p.toml"] {
        let refused = init(&desk, &format!("{line} {out}")).expect(2);
        assert!(refused.stderr.contains(out), "{}", refused.stderr);
    }
    assert_eq!(desk.read("there.toml"), "mine");
}
