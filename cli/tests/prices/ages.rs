//! Every price has a time where its format has them, and is fresh.

use super::{
    BTC, CMC, ETH, FEEDS, GECKO, MARKETS, METRICS, NOW, PEPE, PYTH, ROUNDS, all_refused, build,
    changed, desk, refused, says,
};
use serde_json::{Value, json};
use std::fs;

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
        // A longer age that is allowed does not make a feed's heartbeat longer.
        (
            "chainlink.json",
            "\"1789998000\", \"1789998012\"",
            "\"1789996000\", \"1789996399\"",
            "--chainlink changed --feeds feeds.json --assets assets.csv --max-age 86400s",
            unusable,
            &["expected a round at most 3600 seconds old, got 3601"],
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
