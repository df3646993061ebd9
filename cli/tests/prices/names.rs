//! Prices are of the asset and in the currency that is meant, and one provider is one source.

use super::{
    BTC, CMC, ETH, FEEDS, GECKO, METRICS, PEPE, all_refused, build, changed, desk, refused, says,
};
use serde_json::json;
use std::fs;

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
