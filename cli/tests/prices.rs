//! Files of prices as their publishers have them: what is read is read exactly, of the asset and
//! the currency that is meant, and fresh; or it is refused.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{Desk, Run};
use serde_json::{Value, json};
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

#[test]
fn every_format_is_read_to_the_last_digit() {
    let desk = desk();
    for (sources, btc, eth, pepe) in [
        (
            "--coingecko coingecko-simple.json --assets assets.csv",
            "942511300000000000000000000000000",
            "3150123456789012345600",
            "7100000000000",
        ),
        (
            "--coingecko coingecko-markets.json --quote iso4217:USD",
            "942505000000000000000000000000000",
            "3150450000000000000000",
            "7100000000000",
        ),
        (
            "--coinmetrics coinmetrics.json",
            "942520464123456789000000000000000",
            "3150500000000000000000",
            "7103450000000",
        ),
        (
            "--coinmetrics coinmetrics.csv --assets assets.csv",
            "942520464123456789000000000000000",
            "3150500000000000000000",
            "7103450000000",
        ),
        (
            "--coinmarketcap coinmarketcap.json --assets assets.csv",
            "942497500000000000000000000000000",
            "3150401234567891000000",
            "7098700000000",
        ),
        (
            "--pyth pyth.json --quote iso4217:USD --assets assets.csv",
            "942501234567800000000000000000000",
            "3150420000000000000000",
            "7101200000000",
        ),
        (
            "--chainlink chainlink.json --feeds feeds.json --assets assets.csv",
            "942491100000000000000000000000000",
            "3150390000000000000000",
            "7099800000000",
        ),
        (
            "--chainlink chainlink.json --feeds feeds.json",
            "942491100000000000000000000000000",
            "3150390000000000000000",
            "7099800000000",
        ),
    ] {
        build(&desk, sources).expect(0).json();
        let built: Value = serde_json::from_str(&desk.read("p.json")).unwrap();
        assert_eq!(
            built,
            json!({
                "version": 2, "quote": "iso4217:USD", "as_of": NOW,
                "prices": { BTC: btc, ETH: eth, PEPE: pepe },
            }),
            "{sources}"
        );
    }
}

#[test]
fn the_median_of_all_providers_is_told_with_its_sources() {
    let desk = desk();
    desk.write(
        "desk.csv",
        format!("asset,price,time\n{BTC},94251,2026-09-21T14:13:00Z\n{ETH},3150.4,2026-09-21T14:13:00Z\n{PEPE},7.1e-6,2026-09-21T14:13:00Z\n"),
    );
    let all = "desk.csv --coingecko coingecko-simple.json --coinmetrics coinmetrics.csv --coinmarketcap coinmarketcap.json --pyth pyth.json --quote iso4217:USD --chainlink chainlink.json --feeds feeds.json --assets assets.csv";
    let output = build(&desk, all).expect(0).json();
    let btc = &output["assets"][0];
    assert_eq!(btc["symbol"], "BTC");
    // The mean of the third and the fourth of six, exact.
    assert_eq!(btc["median"], "94250.56172839");
    let sources = btc["sources"].as_array().unwrap();
    let prices: Vec<&str> = sources
        .iter()
        .map(|s| s["price"].as_str().unwrap())
        .collect();
    assert_eq!(
        prices,
        [
            "94249.11",
            "94249.75",
            "94250.12345678",
            "94251",
            "94251.13",
            "94252.0464123456789"
        ]
    );
    assert_eq!(
        sources[0],
        json!({
            "file": "chainlink.json", "name": "0xf4030086522a5beea4988f8ca5b36dbc97bee88c",
            "price": "94249.11", "time": 1_789_998_012, "age": 1_988,
        })
    );
    assert_eq!(sources[3]["age"], 20);
    assert_eq!(output["ignored"], json!(["31469", "dogecoin"]));
    let text = desk
        .run(&format!(
            "prices build {all} --policy policy.json --as-of {NOW} --out p.json"
        ))
        .expect(0)
        .stdout;
    for word in [
        "94250.56172839",
        "bitcoin",
        "2026-09-21T13:40:12Z",
        "1988 s",
        "dogecoin",
    ] {
        assert!(text.contains(word), "no {word} in {text}");
    }
}

#[test]
fn numbers_of_json_do_not_pass_through_floats() {
    let desk = desk();
    for (number, price) in [
        // The nearest floats are other numbers, some of them integers.
        ("0.1", "100000000000000000"),
        ("0.30000000000000004", "300000000000000040"),
        ("9007199254740993.25", "9007199254740993250000000000000000"),
        ("1e-7", "100000000000"),
        ("1.50E+2", "150000000000000000000"),
        ("123456.789012345678", "123456789012345678000000"),
        ("\"0.1\"", "100000000000000000"),
    ] {
        changed(
            &desk,
            "coingecko-simple.json",
            "3150.1234567890123456",
            number,
        );
        build(&desk, "--coingecko changed --assets assets.csv").expect(0);
        let built: Value = serde_json::from_str(&desk.read("p.json")).unwrap();
        assert_eq!(built["prices"][ETH], price, "{number}");
    }
    fs::remove_file(desk.path("p.json")).unwrap();
    for number in [
        "null",
        "true",
        "-3150",
        "\"3,150\"",
        "\"\"",
        "[3150]",
        "1e41",
    ] {
        changed(
            &desk,
            "coingecko-simple.json",
            "3150.1234567890123456",
            number,
        );
        let error = refused(&desk, "--coingecko changed --assets assets.csv");
        says(
            &error,
            "malformed",
            &["changed: ethereum.usd: expected a decimal price"],
        );
        assert_eq!(error["field"], "ethereum.usd");
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

#[test]
fn every_price_has_a_time_and_is_fresh() {
    let stale = "price_stale";
    all_refused(&[
        (
            "coingecko-simple.json",
            "1789999900",
            "1789996399",
            GECKO,
            stale,
            &[
                "bitcoin: expected a price at most 3600 seconds old",
                "3601, of 2026-09-21T13:13:19Z",
            ],
        ),
        (
            "coingecko-simple.json",
            "1789999900",
            "1790000001",
            GECKO,
            stale,
            &[
                "bitcoin: expected a price of a time up to 2026-09-21T14:13:20Z",
                "2026-09-21T14:13:21Z, after it",
            ],
        ),
        // Milliseconds.
        (
            "coingecko-simple.json",
            "1789999900",
            "1789999900000",
            GECKO,
            stale,
            &["after it"],
        ),
        (
            "coingecko-simple.json",
            ",\"last_updated_at\":1789999890",
            "",
            GECKO,
            "malformed",
            &["ethereum.last_updated_at: expected a time in Unix seconds, got none"],
        ),
        (
            "coingecko-markets.json",
            "\"2026-09-21T14:11:41.000Z\"",
            "null",
            MARKETS,
            "malformed",
            &["[1].last_updated: expected a time such as", "got none"],
        ),
        (
            "coingecko-markets.json",
            "2026-09-21T14:11:41.000Z",
            "2026-09-21T14:11:41",
            MARKETS,
            "malformed",
            &["[1].last_updated"],
        ),
        (
            "coinmetrics.json",
            "14:00:00",
            "13:00:00",
            METRICS,
            stale,
            &["data[0]", "4400"],
        ),
        (
            "coinmetrics.csv",
            "eth,2026-09-21T14:00:00.000000000Z",
            "eth,2026-09-22T00:00:00Z",
            METRICS,
            stale,
            &["line 3: expected a price of a time up to"],
        ),
        (
            "coinmetrics.csv",
            "2026-09-21T14:00:00.000000000Z",
            "",
            METRICS,
            "malformed",
            &["line 2, column time: expected a time"],
        ),
        (
            "coinmarketcap.json",
            "\"last_updated\":\"2026-09-21T14:11:00.000Z\"}}}],\n  \"PEPE\"",
            "\"last_updated\":null}}}],\n  \"PEPE\"",
            CMC,
            "malformed",
            &["data.ETH[0].quote.USD.last_updated", "got none"],
        ),
        (
            "pyth.json",
            "-8,\"publish_time\":1789999990},\"ema",
            "-8,\"publish_time\":1789990000},\"ema",
            PYTH,
            stale,
            &["parsed[0]", "10000"],
        ),
    ]);
    let desk = desk();
    // The age is as long as is said, to the second.
    for (age, code) in [("100s", 0), ("99s", 2)] {
        let only = format!("--coingecko coingecko-simple.json --assets assets.csv --max-age {age}");
        changed(&desk, "coingecko-simple.json", "1789999890", "1789999900");
        let only = only.replace("coingecko-simple.json", "changed");
        let text = desk.read("changed").replace("1789999880", "1789999900");
        desk.write("changed", text);
        build(&desk, &only).expect(code);
    }
    // A table may have times, and then has one in each row.
    let table = |time: &str| {
        format!(
            "asset,price,time\n{BTC},1,2026-09-21T14:13:20Z\n{ETH},1,{time}\n{PEPE},1,2026-09-21T14:13:20Z\n"
        )
    };
    fs::remove_file(desk.path("p.json")).unwrap();
    for (time, code) in [
        ("", "malformed"),
        ("2026-09-21T14:13:21Z", stale),
        ("2026-09-20T14:13:20Z", stale),
    ] {
        desk.write("desk.csv", table(time));
        says(&refused(&desk, "desk.csv"), code, &["desk.csv: line 3"]);
    }
}

#[test]
fn feeds_are_as_old_as_their_heartbeat_allows() {
    let unusable = "price_round_unusable";
    all_refused(&[
        // The heartbeat of this feed is an hour, of another a day.
        (
            "chainlink.json",
            "\"1789998000\", \"1789998012\"",
            "\"1789996000\", \"1789996399\"",
            ROUNDS,
            unusable,
            &[
                "0xf4030086522a5beea4988f8ca5b36dbc97bee88c.updatedAt: expected a round at most 3600 seconds old, got 3601",
            ],
        ),
        (
            "chainlink.json",
            "\"1789950000\", \"1789950012\"",
            "\"1789913000\", \"1789913599\"",
            ROUNDS,
            unusable,
            &["updatedAt"],
        ),
        (
            "chainlink.json",
            "1789999012",
            "1790000001",
            ROUNDS,
            unusable,
            &["after it"],
        ),
        (
            "chainlink.json",
            "\"9424911000000\"",
            "\"-9424911000000\"",
            ROUNDS,
            "malformed",
            &[".answer: expected a whole number"],
        ),
        (
            "chainlink.json",
            "\"9424911000000\"",
            "0",
            ROUNDS,
            unusable,
            &["a positive price"],
        ),
        (
            "chainlink.json",
            ", \"129127208515966867000\"]",
            ", \"129127208515966866999\"]",
            ROUNDS,
            unusable,
            &["answeredInRound"],
        ),
        (
            "chainlink.json",
            ", \"129127208515966867000\"]",
            "]",
            ROUNDS,
            "malformed",
            &["the 5 numbers roundId", "got 4"],
        ),
        (
            "chainlink.json",
            "\"answer\"",
            "\"answers\"",
            ROUNDS,
            "malformed",
            &["answer: expected", "got none"],
        ),
        (
            "chainlink.json",
            "\"0xF4030086522a5bEEa4988F8cA5B36dbC97BeE88c\"",
            "\"0xf4\"",
            ROUNDS,
            "malformed",
            &["the address of a feed's proxy"],
        ),
        (
            "chainlink.json",
            "0x5f4ec3df9cbd43714fe2740f5e3616155c5b8419",
            "0xF4030086522A5BEEA4988F8CA5B36DBC97BEE88C",
            ROUNDS,
            "malformed",
            &["each feed once"],
        ),
        (
            "feeds.json",
            "\"heartbeat\":3600,",
            "",
            FEEDS,
            "malformed",
            &["--feeds.heartbeat", "got none"],
        ),
        (
            "feeds.json",
            "\"quoteAsset\":\"USD\",\"quoteAssetClic\"",
            "\"quoteAsset\":\"\",\"quoteAssetClic\"",
            FEEDS,
            "malformed",
            &["a pair in the directory's entry of BTC / USD"],
        ),
        (
            "feeds.json",
            "0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419",
            "0xF4030086522a5bEEa4988F8cA5B36dbC97BeE88c",
            FEEDS,
            "malformed",
            &["has once"],
        ),
    ]);
    let desk = desk();
    let rounds = "--chainlink chainlink.json --feeds feeds.json";
    // What is said bounds the heartbeats too.
    let error = refused(&desk, &format!("{rounds} --max-age 1h"));
    says(&error, unusable, &["at most 3600 seconds old"]);
    // A feed's file, as the caller printed it; without its feed it is of any.
    let alone =
        "--chainlink 0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419=round-eth.json --feeds feeds.json";
    let mut one: Value = serde_json::from_str(&desk.read("policy.json")).unwrap();
    one["assets"] = json!([one["assets"][1]]);
    desk.write("one.json", one.to_string());
    desk.run(&format!(
        "prices build {alone} --policy one.json --as-of {NOW} --out one-p.json"
    ))
    .expect(0);
    assert!(
        desk.read("one-p.json")
            .contains("\"3150390000000000000000\"")
    );
    let error = refused(&desk, "--chainlink round-eth.json --feeds feeds.json");
    says(&error, "malformed", &["--chainlink 0x...=FILE"]);
    let usage = build(&desk, "--chainlink chainlink.json").expect(2).json();
    says(&usage, "usage", &["--feeds"]);
}

#[test]
fn pairs_and_currencies_are_compared() {
    let other = "currency_mismatch";
    let base = "the symbol of bip122";
    all_refused(&[
        (
            "coingecko-simple.json",
            "\"usd\":94251.13",
            "\"eur\":94251.13,\"gbp\":1",
            GECKO,
            other,
            &[
                "bitcoin: expected a price in usd, as the policy is quoted in iso4217:USD, got eur, gbp",
            ],
        ),
        (
            "coinmetrics.json",
            "ReferenceRateUSD",
            "ReferenceRateEUR",
            METRICS,
            other,
            &[
                "data[0]: expected ReferenceRateUSD",
                "iso4217:USD, got ReferenceRateEUR",
            ],
        ),
        (
            "coinmetrics.csv",
            "ReferenceRateUSD",
            "ReferenceRateEUR",
            METRICS,
            other,
            &["line 2", "ReferenceRateEUR"],
        ),
        (
            "coinmarketcap.json",
            "\"USD\"",
            "\"EUR\"",
            CMC,
            other,
            &["data.BTC[0].quote: expected a quote in USD", "got EUR"],
        ),
        (
            "feeds.json",
            "\"baseAsset\":\"BTC\"",
            "\"baseAsset\":\"WBTC\"",
            FEEDS,
            "malformed",
            &[base, "one of WBTC"],
        ),
        (
            "feeds.json",
            "\"ETH\",\"USD\"",
            "\"ETH\",\"EUR\"",
            FEEDS,
            other,
            &["ETH / EUR and ETH / USD"],
        ),
        (
            "feeds.json",
            "\"quoteAsset\":\"USD\",\"quoteAssetClic\"",
            "\"quoteAsset\":\"EUR\",\"quoteAssetClic\"",
            FEEDS,
            other,
            &["a feed in USD", "BTC / EUR"],
        ),
    ]);
    let desk = desk();
    // The feed of another pair in the other one's place.
    changed(
        &desk,
        "assets.csv",
        "0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419",
        "0xF4030086522a5bEEa4988F8cA5B36dbC97BeE88c",
    );
    let error = refused(
        &desk,
        "--chainlink chainlink.json --feeds feeds.json --assets changed",
    );
    says(&error, "malformed", &["a pair of ETH", "one of BTC"]);
    // A wrapped coin may be priced by another's feed where that is said.
    let tickers = desk.read("policy.json").replace("\"BTC\"", "\"WBTC\"");
    desk.write("policy.json", tickers);
    let rounds = "--chainlink chainlink.json --feeds feeds.json";
    says(
        &refused(&desk, &format!("{rounds} --assets assets.csv")),
        "malformed",
        &["a pair of WBTC"],
    );
    desk.write("tickers.csv", format!("asset,ticker\n{BTC},BTC\n"));
    build(&desk, &format!("{rounds} --assets tickers.csv")).expect(0);
    fs::remove_file(desk.path("p.json")).unwrap();
    desk.write(
        "policy.json",
        desk.read("policy.json").replace("WBTC", "BTC"),
    );
    // Files that do not name their currency.
    for sources in ["--coingecko coingecko-markets.json", "--pyth pyth.json"] {
        let error = refused(&desk, &format!("{sources} --assets assets.csv"));
        says(&error, other, &["--quote iso4217:USD"]);
        let error = refused(
            &desk,
            &format!("{sources} --assets assets.csv --quote iso4217:EUR"),
        );
        says(&error, other, &["expected iso4217:USD", "got iso4217:EUR"]);
    }
    // The same files under a policy in euros.
    let euros = desk
        .read("policy.json")
        .replace("iso4217:USD", "iso4217:EUR");
    desk.write("policy.json", euros);
    for (sources, found) in [
        ("--coingecko coingecko-simple.json", "usd"),
        ("--coinmetrics coinmetrics.csv", "ReferenceRateUSD"),
        ("--coinmarketcap coinmarketcap.json", "USD"),
        ("--chainlink chainlink.json --feeds feeds.json", "BTC / USD"),
    ] {
        let error = refused(&desk, &format!("{sources} --assets assets.csv"));
        says(&error, other, &["iso4217:EUR", found]);
    }
}

#[test]
fn names_are_mapped_and_never_guessed() {
    let desk = desk();
    // Nothing is a ticker here.
    for sources in [
        "--coingecko coingecko-simple.json",
        "--pyth pyth.json --quote iso4217:USD",
    ] {
        let error = refused(&desk, sources);
        says(
            &error,
            "prices_missing",
            &[BTC, "calls nothing BTC: name it in the column", "--assets"],
        );
    }
    // Two coins have the symbol BTC.
    let error = refused(&desk, "--coinmarketcap coinmarketcap.json");
    says(
        &error,
        "malformed",
        &[
            "data.BTC[0]",
            "1 here and 31469 at data.BTC[1]",
            "coinmarketcap in --assets",
        ],
    );
    // Two assets have the symbol ETH.
    changed(
        &desk,
        "policy.json",
        "\"symbol\": \"PEPE\"",
        "\"symbol\": \"eth\"",
    );
    desk.write("policy.json", desk.read("changed"));
    let error = refused(&desk, "--coinmetrics coinmetrics.csv");
    says(
        &error,
        "prices_missing",
        &[ETH, "another asset has its symbol too"],
    );
    build(&desk, "--coinmetrics coinmetrics.csv --assets assets.csv").expect(0);
    fs::remove_file(desk.path("p.json")).unwrap();
    for (what, with, words) in [
        (
            "asset,coingecko",
            "name,coingecko",
            &["line 1", "a first line without asset"] as &[&str],
        ),
        (
            "asset,coingecko",
            "asset,coingeko",
            &["line 1", "\"coingeko\""],
        ),
        (
            "asset,coingecko",
            "asset,pyth",
            &["line 1", "\"pyth\" twice"],
        ),
        (
            ",1,0xe62d",
            ",BTC,0xe62d",
            &[
                "line 2, column coinmarketcap",
                "the number of a coin",
                "\"BTC\"",
            ],
        ),
        (
            "0xe62d",
            "0xz62d",
            &["line 2, column pyth", "64 hexadecimal digits"],
        ),
        (
            "0xF4030086522a5bEEa4988F8cA5B36dbC97BeE88c",
            "0xF403",
            &["line 2, column chainlink"],
        ),
        (
            "eip155:1/slip44:60",
            BTC,
            &["line 3, column asset: expected each asset once"],
        ),
        (
            "bip122:",
            "BIP122:",
            &["line 2, column asset", "as the policy writes it"],
        ),
    ] {
        changed(&desk, "assets.csv", what, with);
        let error = refused(&desk, "--coinmetrics coinmetrics.csv --assets changed");
        says(&error, "malformed", &[&["changed"], words].concat());
    }
    // Assets of other policies are told of.
    let more = format!("{}iso4217:EUR,,eur,,,\n", desk.read("assets.csv"));
    desk.write("more.csv", more);
    let output = build(&desk, "--coinmetrics coinmetrics.csv --assets more.csv")
        .expect(0)
        .json();
    assert_eq!(output["ignored"], json!(["iso4217:EUR"]));
}

#[test]
fn one_provider_is_one_source() {
    let desk = desk();
    let markets = "--coingecko coingecko-simple.json --coingecko coingecko-markets.json --quote iso4217:USD --assets assets.csv";
    says(
        &refused(&desk, markets),
        "malformed",
        &[
            "coingecko-simple.json: bitcoin",
            "at [0] of coingecko-markets.json",
        ],
    );
    let twice = "--coinmetrics coinmetrics.csv --coinmetrics coinmetrics.csv";
    says(
        &refused(&desk, twice),
        "malformed",
        &["line 2", "in line 2 of coinmetrics.csv"],
    );
    // A series has many times of an asset: which is meant is not guessed.
    let series = format!(
        "{}btc,2026-09-21T13:59:00Z,94000\n",
        desk.read("coinmetrics.csv")
    );
    desk.write("series.csv", series);
    says(
        &refused(&desk, "--coinmetrics series.csv"),
        "malformed",
        &["line 2", "in line 5"],
    );
    changed(
        &desk,
        "coingecko-simple.json",
        "\"ethereum\"",
        "\"bitcoin\"",
    );
    says(&refused(&desk, GECKO), "malformed", &["changed: line 1"]);
    // Files of one provider may have an asset each.
    let lines: Vec<String> = desk
        .read("coinmetrics.csv")
        .lines()
        .map(Into::into)
        .collect();
    for (i, name) in [(1, "a.csv"), (2, "b.csv"), (3, "c.csv")] {
        desk.write(name, format!("{}\n{}\n", lines[0], lines[i]));
    }
    let three = "--coinmetrics a.csv --coinmetrics b.csv --coinmetrics c.csv";
    build(&desk, three).expect(0);
    // Which sources lack an asset is told, and how many are needed.
    let fewer = "--coinmetrics a.csv --coinmetrics b.csv --coingecko coingecko-simple.json --assets assets.csv";
    fs::remove_file(desk.path("p.json")).unwrap();
    says(
        &refused(&desk, fewer),
        "prices_missing",
        &[PEPE, "at least 2 sources", "got 1; coinmetrics has no pepe"],
    );
    let output = build(&desk, &format!("{fewer} --min-sources 1"))
        .expect(0)
        .json();
    assert_eq!(
        output["assets"][2]["absent"],
        json!(["coinmetrics has no pepe"])
    );
}

#[test]
fn an_interval_that_is_too_wide_is_refused() {
    let desk = desk();
    // 1 % of 94250.12345678 is 942.5012345678.
    for (conf, limit, code) in [
        ("94250123456", "", 0),
        ("94250123457", "", 2),
        ("4712345678", "--max-confidence-bps 5", 0),
        ("4712506173", "--max-confidence-bps 5", 2),
        ("1", "--max-confidence-bps 0", 2),
    ] {
        changed(&desk, "pyth.json", "4712345678", conf);
        let run = build(&desk, &format!("{PYTH} {limit}")).expect(code);
        if code == 2 {
            let error = run.json();
            says(
                &error,
                "price_uncertain",
                &["price.conf", "a confidence interval of at most"],
            );
        }
    }
    all_refused(&[
        (
            "pyth.json",
            "\"expo\":-8",
            "\"expo\":8",
            PYTH,
            "malformed",
            &["parsed[0].price.expo", "an exponent from -36 to 0"],
        ),
        (
            "pyth.json",
            "\"9425012345678\"",
            "\"-9425012345678\"",
            PYTH,
            "malformed",
            &["parsed[0].price.price"],
        ),
        (
            "pyth.json",
            "\"conf\":\"4712345678\",",
            "",
            PYTH,
            "malformed",
            &["parsed[0].price.conf", "got none"],
        ),
        (
            "pyth.json",
            "e62df6",
            "e62d",
            PYTH,
            "malformed",
            &["parsed[0].id"],
        ),
    ]);
}

#[test]
fn zero_and_what_is_above_the_ceiling_are_refused_in_whole_units() {
    let unusable = "price_unusable";
    all_refused(&[
        (
            "coingecko-simple.json",
            "94251.13",
            "0.00",
            GECKO,
            unusable,
            &[
                "bitcoin: expected a price of bip122",
                "(BTC) above 0, got 0",
            ],
        ),
        (
            "coingecko-simple.json",
            "94251.13",
            "132922799.579",
            GECKO,
            unusable,
            &[
                "at most 132922799.578 iso4217:USD for a whole unit of bip122",
                "(BTC)",
                "8 decimals",
                "larger quote unit",
                "got 132922799.579",
            ],
        ),
        (
            "coingecko-simple.json",
            "3150.1234567890123456",
            "1.33e18",
            GECKO,
            unusable,
            &[
                "at most 1.329 x 10^18 iso4217:USD for a whole unit of eip155:1/slip44:60",
                "got 1330000000000000000",
            ],
        ),
        (
            "coingecko-simple.json",
            "3150.1234567890123456",
            "3150.1234567890123456789",
            GECKO,
            unusable,
            &["at most 36 decimals of eip155:1/slip44:60", "got 18 and 19"],
        ),
        (
            "pyth.json",
            "\"9425012345678\",\"conf\":\"4712345678\"",
            "\"0\",\"conf\":\"0\"",
            PYTH,
            unusable,
            &["parsed[0]", "(BTC) above 0, got 0"],
        ),
    ]);
    let desk = desk();
    // The largest price itself can be written; our own formats say the same.
    let table = |btc: &str| format!("asset,price\n{BTC},{btc}\n{ETH},3150\n{PEPE},7.1e-6\n");
    desk.write("most.csv", table("132922799.5784915872903807060280344575"));
    build(&desk, "most.csv").expect(0);
    assert!(
        desk.read("p.json")
            .contains("\"1329227995784915872903807060280344575\"")
    );
    fs::remove_file(desk.path("p.json")).unwrap();
    desk.write("more.csv", table("132922799.5784915872903807060280344576"));
    says(
        &refused(&desk, "more.csv"),
        unusable,
        &["more.csv: line 2", "at most 132922799.578"],
    );
    desk.write("huge.csv", table(&"9".repeat(60)));
    let error = refused(&desk, "huge.csv");
    says(
        &error,
        unusable,
        &[
            "at most 132922799.578",
            &format!("got {} ...", "9".repeat(40)),
        ],
    );
}

#[test]
fn nothing_of_a_file_that_holds_no_prices_is_shown() {
    let desk = desk();
    let secret = "7654321";
    let files = [
        (
            "opening.json",
            format!(
                r#"{{"version": 2, "kind": "collateral", "subject": "a:{secret}", "positions": [["{BTC}", "{secret}"]], "blinding": "0x{secret}"}}"#
            ),
        ),
        ("positions.json", format!(r#"[["{BTC}", "{secret}"]]"#)),
        ("positions.csv", format!("{BTC},{secret}\n{ETH},{secret}\n")),
        (
            "export.csv",
            format!("Instrument,Balance {secret}\n{BTC},{secret}\n"),
        ),
        ("list.json", format!("[{secret}]")),
        ("text", secret.to_owned()),
    ];
    for (name, text) in files {
        desk.write(name, text);
        for sources in [
            "FILE",
            "--coingecko FILE --quote iso4217:USD",
            "--coinmetrics FILE",
            "--coinmarketcap FILE",
            "--pyth FILE --quote iso4217:USD",
            "--chainlink FILE --feeds feeds.json",
            "--chainlink chainlink.json --feeds FILE",
            "--coinmetrics coinmetrics.csv --assets FILE",
        ] {
            let error = refused(&desk, &sources.replace("FILE", name));
            says(&error, "malformed", &[name]);
            assert!(!error.to_string().contains(secret), "{sources}: {error}");
        }
    }
    // A known column makes it a file of prices, whose header may be shown.
    desk.write("near.csv", format!("asset,prise\n{BTC},{secret}\n"));
    let error = refused(&desk, "near.csv");
    says(&error, "malformed", &["line 1", "\"prise\""]);
    // An answer that is an error is none.
    desk.write("error.json", r#"{"status": {"error_code": 1001, "error_message": "This API Key is invalid."}, "data": {}}"#);
    says(
        &refused(&desk, "--coinmarketcap error.json"),
        "malformed",
        &["status.error_code"],
    );
    let usage = build(&desk, "").expect(2).json();
    says(&usage, "usage", &["SOURCE"]);
}
