//! Every format is read to the last digit, and the median of all is told with its sources.

use super::{BTC, ETH, NOW, PEPE, build, changed, desk, refused, says};
use serde_json::{Value, json};
use std::fs;

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

#[test]
fn the_forms_that_a_format_has_give_the_same_prices() {
    let desk = desk();
    let same = |first: &str, file: &str, text: String, second: &str| {
        build(&desk, first).expect(0);
        let expected = desk.read("p.json");
        desk.write(file, text);
        build(&desk, second).expect(0);
        assert_eq!(desk.read("p.json"), expected, "{second}");
    };
    // Coins that were asked for by number, without lists.
    let by_symbol: Value = serde_json::from_str(&desk.read("coinmarketcap.json")).unwrap();
    let coin = |symbol: &str| by_symbol["data"][symbol][0].to_string();
    let by_number = format!(
        r#"{{"status": {{"error_code": 0}}, "data": {{"1": {}, "1027": {}, "24478": {}}}}}"#,
        coin("BTC"),
        coin("ETH"),
        coin("PEPE").replace("7.0987e-6", "0.0000070987")
    );
    let mapped = "--coinmarketcap coinmarketcap.json --assets assets.csv";
    // One coin has each symbol now, so that no mapping is needed.
    same(
        mapped,
        "numbers.json",
        by_number,
        "--coinmarketcap numbers.json",
    );
    // The rate without a currency is in dollars.
    let rates = desk
        .read("coinmetrics.csv")
        .replace("ReferenceRateUSD", "ReferenceRate");
    let first = "--coinmetrics coinmetrics.csv";
    same(first, "rates.csv", rates, "--coinmetrics rates.csv");
    // Other columns, lines of Windows, and an index as pandas writes it.
    let lines = desk.read("coinmetrics.csv");
    let lines: Vec<String> = lines
        .lines()
        .enumerate()
        .map(|(i, line)| format!("{i},{line},x"))
        .collect();
    let pandas = lines.join("\r\n").replacen("0,asset", ",asset", 1);
    same(first, "pandas.csv", pandas, "--coinmetrics pandas.csv");
    // A feed's round in a file of its own beside the others.
    let rounds = desk.read("chainlink.json");
    let without: String = rounds
        .lines()
        .filter(|line| !line.contains("0x5f4e"))
        .map(|line| format!("{line}\n"))
        .collect();
    let feeds = "--feeds feeds.json --assets assets.csv";
    same(
        &format!("--chainlink chainlink.json {feeds}"),
        "without.json",
        without,
        &format!(
            "--chainlink without.json --chainlink 0x5F4EC3DF9CBD43714FE2740F5E3616155C5B8419=round-eth.json {feeds}"
        ),
    );
}
