//! `policy import`: the collateral rules of others are read as they are, what a policy cannot say
//! is named, and nothing counts more than in the source unless somebody accepts it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod common;

use common::{Desk, Run};
use serde_json::Value;
use std::fs;
use std::path::Path;

const COMET: &str = "comet.json --format compound-v3 --chain-id 1";
const AAVE: &str = "aave.json --format aave-v3 --chain-id 1";
const BINANCE: &str = "binance.json --format binance-tiers --assets symbols.csv";
const CDM: &str =
    "schedule.json --format cdm-eligible-collateral --securities securities.csv --as-of 2026-11-20";

fn desk() -> Desk {
    let desk = Desk::new();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/policies");
    for entry in fs::read_dir(data).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), desk.0.path().join(entry.file_name())).unwrap();
    }
    desk
}

/// Always to a file that is not there.
fn import(desk: &Desk, rest: &str) -> Run {
    let _ = fs::remove_file(desk.path("p.toml"));
    desk.run(&format!("policy import {rest} --out p.toml"))
}

/// What was written, as data; it passes the policy check.
fn written(desk: &Desk) -> Value {
    desk.run("policy check p.toml").expect(0);
    let table: toml::Table = desk.read("p.toml").parse().unwrap();
    serde_json::to_value(table).unwrap()
}

fn asset<'a>(policy: &'a Value, symbol: &str) -> &'a Value {
    let mut assets = policy["assets"].as_array().unwrap().iter();
    assets.find(|asset| asset["symbol"] == symbol).unwrap()
}

/// An import of a changed file is refused with these words, and nothing is written.
fn refused(desk: &Desk, file: &str, (from, to): (&str, &str), line: &str, expected: &str) {
    let text = desk.read(file);
    let changed = text.replacen(from, to, 1);
    assert!(
        from.is_empty() || changed != text,
        "{from} is not in {file}"
    );
    desk.write(file, changed);
    let run = import(desk, line).expect(2);
    assert!(
        run.stderr.contains(expected),
        "{from} to {to}: {}",
        run.stderr
    );
    assert!(!desk.path("p.toml").exists());
    desk.write(file, text);
}

fn lines(json: &Value, more: bool) -> Vec<String> {
    let left = json["left_out"].as_array().unwrap().iter();
    let left = left.filter(|left| left["counts_more"] == more);
    left.map(|left| left["what"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn compound_markets_are_read_with_the_stricter_factor() {
    let desk = desk();
    let run = import(&desk, COMET).expect(2);
    for cap in [
        "WBTC: supplyCap",
        "2,100",
        "WETH: supplyCap",
        "350,000",
        "--accept-loss",
    ] {
        assert!(run.stderr.contains(cap), "{cap}: {}", run.stderr);
    }
    let json = import(&desk, &format!("{COMET} --json")).expect(2).json();
    assert_eq!(json["code"], "loss_not_accepted");
    assert!(!desk.path("p.toml").exists());
    let json = import(&desk, &format!("{COMET} --accept-loss --json"))
        .expect(0)
        .json();
    assert_eq!(lines(&json, true).len(), 2);
    let left = lines(&json, false).join("\n");
    for said in [
        "liquidateCF",
        "liquidationFactor",
        "priceFeed",
        "debt in USDC",
        "borrowMin",
        "interest",
    ] {
        assert!(left.contains(said), "{said}: {left}");
    }
    let policy = written(&desk);
    assert_eq!(asset(&policy, "WBTC")["tiers"][0]["weight_bps"], 7_000);
    // 0.82555 is rounded down, and said to be.
    assert_eq!(asset(&policy, "WETH")["tiers"][0]["weight_bps"], 8_255);
    assert!(left.contains("WETH: digits of borrowCF"), "{left}");
    assert_eq!(
        asset(&policy, "WBTC")["asset"],
        "eip155:1/erc20:0x2260FAC5E5542a773Aa44fBCfeDf7C193bc2C599"
    );
    assert_eq!(asset(&policy, "WBTC")["decimals"], 8);
    // What the output says, the file says in a comment.
    let text = desk.read("p.toml");
    for left in json["left_out"].as_array().unwrap() {
        let what = left["what"].as_str().unwrap();
        let line = text.lines().find(|line| line.contains(what)).unwrap();
        let more = line.starts_with("# - COUNTS MORE: ");
        assert_eq!(more, left["counts_more"] == true, "{line}");
    }
    import(
        &desk,
        &format!("{COMET} --factor liquidation --accept-loss"),
    )
    .expect(0);
    assert_eq!(
        asset(&written(&desk), "WBTC")["tiers"][0]["weight_bps"],
        7_800
    );
}

#[test]
fn a_compound_market_that_is_none_is_refused() {
    let desk = desk();
    let line = format!("{COMET} --accept-loss");
    for (change, expected) in [
        (
            ("0xC02aaA", "0xC02aAA"),
            "comet.json: assets.WETH.address: address: the capital letters",
        ),
        (
            ("0x2260fac5", "0x0x2260"),
            "assets.WBTC.address: address: expected 0x and 40",
        ),
        (
            (
                "0x2260fac5e5542a773aa44fbcfedf7c193bc2c599",
                "0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
            ),
            "placeholder",
        ),
        (
            (
                "0x2260fac5e5542a773aa44fbcfedf7c193bc2c599",
                "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
            ),
            "each asset once in all files",
        ),
        (
            ("\"decimals\": \"8\"", "\"decimals\": \"37\""),
            "assets.WBTC.decimals: expected a whole number from 0 to 36, got \"37\"",
        ),
        (
            ("\"borrowCF\": 0.7,", "\"borrowCF\": 70,"),
            "assets.WBTC.borrowCF: expected a share from 0 to 1",
        ),
        (
            ("\"borrowCF\": 0.7,", "\"borrowCF\": 1.00001,"),
            "assets.WBTC.borrowCF",
        ),
        (
            ("\"borrowCF\": 0.7,", "\"borrowCF\": -0.7,"),
            "assets.WBTC.borrowCF",
        ),
        (
            ("\"borrowCF\": 0.7,", "\"borrowCF\": 0.79,"),
            "assets.WBTC.liquidateCF: expected at least borrowCF",
        ),
        (
            ("\"borrowCF\": 0.7,", ""),
            "assets.WBTC: expected a field \"borrowCF\"",
        ),
        (
            (
                "\"borrowCF\": 0.7,",
                "\"borrowCF\": 0.7, \"borrowCF\": 0.1,",
            ),
            "keys are all different",
        ),
        (("\"2100e8\"", "\"some\""), "assets.WBTC.supplyCap"),
        (
            ("\"2100e8\"", "\"0.5e0\""),
            "assets.WBTC.supplyCap: expected a whole number",
        ),
        (("\"assets\": {", "\"assets\": ["), "line"),
        (
            ("\"assets\"", "\"collateral\""),
            "expected a field \"assets\"",
        ),
    ] {
        refused(&desk, "comet.json", change, &line, expected);
    }
    // What this program does not know may limit what counts.
    let change = ("\"liquidationFactor\": 0.95,", "\"perAccountCap\": 5,");
    refused(
        &desk,
        "comet.json",
        change,
        COMET,
        "WBTC: the field \"perAccountCap\"",
    );
    desk.write("none.json", r#"{"baseToken": "USDC", "assets": {}}"#);
    let line = "none.json --format compound-v3 --chain-id 1";
    refused(
        &desk,
        "none.json",
        ("", ""),
        line,
        "expected an asset that counts, got none",
    );
    refused(
        &desk,
        "comet.json",
        ("", ""),
        &format!("{line} comet.json comet.json"),
        "each asset once",
    );
}

#[test]
fn aave_reserves_are_read_with_the_loan_to_value() {
    let desk = desk();
    let json = import(&desk, &format!("{AAVE} --json")).expect(0).json();
    assert_eq!(lines(&json, true), Vec::<String>::new());
    let left = lines(&json, false).join("\n");
    for said in [
        "GHO: not in the policy: it is not enabled as collateral",
        "e-mode",
        "siloed",
        "the liquidation threshold",
    ] {
        assert!(left.contains(said), "{said}: {left}");
    }
    let policy = written(&desk);
    assert_eq!(policy["assets"].as_array().unwrap().len(), 2);
    assert_eq!(asset(&policy, "WETH")["tiers"][0]["weight_bps"], 8_050);
    assert_eq!(asset(&policy, "USDC")["decimals"], 6);
    import(&desk, &format!("{AAVE} --factor liquidation")).expect(0);
    assert_eq!(
        asset(&written(&desk), "USDC")["tiers"][0]["weight_bps"],
        8_000
    );
    // The list alone, and as the subgraph wraps it.
    let document: Value = serde_json::from_str(&desk.read("aave.json")).unwrap();
    let list = &document["reservesData"];
    desk.write("list.json", list.to_string());
    desk.write(
        "graph.json",
        serde_json::json!({ "data": { "reserves": list } }).to_string(),
    );
    for file in ["list.json", "graph.json"] {
        let line = AAVE.replace("aave.json", file);
        import(&desk, &format!("{line} --name x")).expect(0);
        assert_eq!(written(&desk)["assets"], policy["assets"]);
    }
}

#[test]
fn what_limits_an_aave_reserve_is_not_left_out_in_silence() {
    let desk = desk();
    for (change, expected) in [
        (
            ("\"supplyCap\": \"0\"", "\"supplyCap\": \"1800000\""),
            "WETH: supplyCap: all accounts together may supply at most 1,800,000",
        ),
        (
            ("\"debtCeiling\": \"0\"", "\"debtCeiling\": \"100\""),
            "WETH: isolation mode",
        ),
        (
            ("\"eModeCategoryId\"", "\"perAccountCap\""),
            "WETH: the field \"perAccountCap\"",
        ),
        (
            ("\"8050\"", "\"0.805\""),
            "reservesData[0].baseLTVasCollateral: expected a whole number from 0 to 10000",
        ),
        (
            ("\"8050\"", "\"8400\""),
            "reservesData[0].reserveLiquidationThreshold: expected at least",
        ),
        (
            ("\"8050\"", "{\"type\": \"BigNumber\", \"hex\": \"0x1\"}"),
            "baseLTVasCollateral",
        ),
        (
            (
                "\"baseLTVasCollateral\"",
                "\"ltv\": \"1\", \"baseLTVasCollateral\"",
            ),
            "only one of",
        ),
        (
            ("\"baseLTVasCollateral\": \"8050\",", ""),
            "expected one of the fields",
        ),
        (
            ("\"isPaused\": false", "\"isPaused\": \"no\""),
            "isPaused: expected true or false",
        ),
        (
            ("\"reservesData\"", "\"pools\""),
            "expected one of the fields",
        ),
        (
            (
                "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2\",\n      \"name\"",
                "0xC02aaa39b223fe8d0a0e5c4f27ead9083c756cc2\",\n      \"name\"",
            ),
            "reservesData[0].underlyingAsset: address: the capital",
        ),
    ] {
        refused(&desk, "aave.json", change, AAVE, expected);
    }
    for (change, expected) in [
        (
            ("\"isPaused\": false", "\"isPaused\": true"),
            "WETH: not in the policy: it is paused",
        ),
        (
            ("\"isActive\": true", "\"isActive\": false"),
            "WETH: not in the policy: it is not active",
        ),
    ] {
        let text = desk.read("aave.json");
        desk.write("aave.json", text.replacen(change.0, change.1, 1));
        let said = import(&desk, AAVE).expect(0).stdout;
        assert!(said.contains(expected), "{said}");
        desk.write("aave.json", text);
    }
}

#[test]
fn ladders_of_an_exchange_are_merged_so_that_nothing_counts_more() {
    let desk = desk();
    refused(
        &desk,
        "binance.json",
        ("", ""),
        BINANCE,
        "symbols.csv: expected every symbol of the rates, or --skip-unknown",
    );
    let json = import(&desk, &format!("{BINANCE} --skip-unknown --json"))
        .expect(0)
        .json();
    assert_eq!(json["skipped"], serde_json::json!(["PEPE2"]));
    let policy = written(&desk);
    let text = desk.read("p.toml");
    assert!(
        text.contains("Skipped, as no asset is known for them: PEPE2"),
        "{text}"
    );
    // Five tiers and nothing beyond: 0.95, 0.94, 0.9, 0.85, 0.6 and 0.
    let tiers = asset(&policy, "BTC")["tiers"].as_array().unwrap();
    assert_eq!(tiers.len(), 4);
    let counted = |tiers: &[(u64, u64)], value: u64| {
        let mut from = 0;
        let widths = tiers.iter().map(|(end, weight)| {
            let width = value.min(*end).saturating_sub(from);
            from = *end;
            width * weight
        });
        widths.sum::<u64>()
    };
    let ours: Vec<(u64, u64)> = tiers
        .iter()
        .map(|t| {
            (
                t["up_to"].as_u64().unwrap_or(u64::MAX),
                t["weight_bps"].as_u64().unwrap(),
            )
        })
        .collect();
    let theirs = [
        (10, 9_500),
        (20, 9_400),
        (50, 9_000),
        (100, 8_500),
        (200, 6_000),
        (u64::MAX, 0),
    ];
    let theirs = theirs.map(|(end, weight)| (u64::saturating_mul(end, 1_000_000), weight));
    let mut worst = 0.0f64;
    for value in (1..=400).map(|n| n * 1_000_000) {
        let (before, after) = (counted(&theirs, value), counted(&ours, value));
        assert!(after <= before, "{value}");
        worst = worst.max((before - after) as f64 / before as f64);
    }
    let btc = json["assets"]
        .as_array()
        .unwrap()
        .iter()
        .find(|a| a["symbol"] == "BTC")
        .unwrap();
    assert_eq!(
        (&btc["tiers_before"], &btc["tiers"]),
        (&6.into(), &4.into())
    );
    let told = btc["largest_loss_millionths"].as_u64().unwrap();
    assert_eq!(told, (worst * 1e6).ceil() as u64);
    assert!(text.contains("6 tiers are merged into 4"), "{text}");
    // A short one is as it was, and ends.
    assert_eq!(
        asset(&policy, "USDT")["tiers"],
        serde_json::json!([{ "up_to": 50_000_000, "weight_bps": 9_999 }, { "weight_bps": 0 }])
    );
    assert!(
        lines(&json, false)
            .iter()
            .any(|line| line.contains("beyond it nothing counts"))
    );
    // The flat rates of v1.
    desk.write("v1.json", r#"[{"asset": "BTC", "collateralRate": "0.95"}]"#);
    import(&desk, &BINANCE.replace("binance.json", "v1.json")).expect(0);
    assert_eq!(
        asset(&written(&desk), "BTC")["tiers"],
        serde_json::json!([{ "weight_bps": 9_500 }])
    );
}

#[test]
fn a_ladder_that_is_none_is_refused() {
    let desk = desk();
    let line = format!("{BINANCE} --skip-unknown");
    for (change, expected) in [
        (
            ("\"0.9400\"", "\"0.9600\""),
            "binance.json: [0].collateralInfo[1].collateralRate: expected a rate at most that of the tier before",
        ),
        (
            ("\"0.9400\"", "\"94\""),
            "[0].collateralInfo[1].collateralRate: expected a share",
        ),
        (
            (
                "\"tierFloor\": \"10000000.0000\"",
                "\"tierFloor\": \"10000001.0000\"",
            ),
            "[0].collateralInfo[1].tierFloor: expected 10000000.0000, where the tier before ends",
        ),
        (
            ("\"tierFloor\": \"0.0000\"", "\"tierFloor\": \"5.0000\""),
            "[0].collateralInfo[0].tierFloor: expected 0",
        ),
        (
            ("\"tierCap\": \"10000000.0000\"", "\"tierCap\": \"0.5\""),
            "[0].collateralInfo[0].tierCap: expected more than tierFloor",
        ),
        (
            ("\"tierCap\": \"10000000.0000\",", ""),
            "[0].collateralInfo[1].tierFloor: expected no tier after one without an end",
        ),
        (
            ("\"collateralInfo\"", "\"tiers\""),
            "[0]: expected a field \"collateralRate\"",
        ),
        (("[\n", "{\"data\": [\n"), "binance.json: line"),
    ] {
        refused(&desk, "binance.json", change, &line, expected);
    }
    refused(
        &desk,
        "binance.json",
        ("\"cum\": \"0.0000\"", "\"userCap\": \"1\""),
        &line,
        "BTC: the field \"userCap\"",
    );
    refused(
        &desk,
        "binance.json",
        ("\"USDT\"", "\"BTC\""),
        &line,
        "each asset once",
    );
    for (change, expected) in [
        (
            ("symbol,", "ticker,"),
            "symbols.csv: line 1: expected the column \"symbol\" once",
        ),
        (
            ("USDT,", "BTC,"),
            "symbols.csv: line 3, column symbol: expected each symbol once",
        ),
        (
            (",8\n", ",eight\n"),
            "symbols.csv: line 2, column decimals: expected 0 to 36, got \"eight\"",
        ),
        (
            ("0xdAC17F", "0xdAC17f"),
            "symbols.csv: line 3, column asset",
        ),
        (
            ("BTC,bip122", ",bip122"),
            "symbols.csv: line 2, column symbol: expected a text, got nothing",
        ),
    ] {
        refused(&desk, "symbols.csv", change, &line, expected);
    }
}

#[test]
fn fractions_of_an_exchange_are_rounded_down_and_told() {
    let desk = desk();
    let text = desk.read("binance.json");
    let text = text.replace("\"0.9999\"", "\"0.99995\"").replace(
        "\"50000000.0000\", \"collateralRate\": \"0.99995\"",
        "\"50000000.7500\", \"collateralRate\": \"0.99995\"",
    );
    desk.write("binance.json", text);
    let json = import(&desk, &format!("{BINANCE} --skip-unknown --json"))
        .expect(0)
        .json();
    assert_eq!(
        asset(&written(&desk), "USDT")["tiers"],
        serde_json::json!([{ "up_to": 50_000_000, "weight_bps": 9_999 }, { "weight_bps": 0 }])
    );
    assert!(
        lines(&json, false)
            .iter()
            .any(|line| line.starts_with("USDT: digits of rates")),
        "{json}"
    );
}

#[test]
fn a_schedule_is_applied_to_the_securities_that_there_are() {
    let desk = desk();
    let json = import(&desk, &format!("{CDM} --json")).expect(0).json();
    let policy = written(&desk);
    let weight = |symbol| {
        asset(&policy, symbol)["tiers"][0]["weight_bps"]
            .as_u64()
            .unwrap()
    };
    assert_eq!(weight("USD"), 9_950);
    // 0.5 % and 8 % for another currency.
    assert_eq!(weight("EUR"), 9_150);
    assert_eq!(weight("T-bill Dec 2026"), 9_900);
    // Two criteria: 1 / 1.05 is the lower.
    assert_eq!(weight("T-bill Feb 2027"), 9_523);
    assert_eq!(policy["assets"].as_array().unwrap().len(), 4);
    for bill in ["T-bill Dec 2026", "T-bill Feb 2027"] {
        assert_eq!(asset(&policy, bill)["max_share_bps"], 4_000);
        assert_eq!(
            asset(&policy, bill)["groups"],
            serde_json::json!(["criteria[1]"])
        );
    }
    assert_eq!(
        policy["groups"],
        serde_json::json!([{ "name": "criteria[1]", "max_share_bps": 9_000 }])
    );
    let left = lines(&json, false).join("\n");
    for said in [
        "a share: not in the policy: nothing includes it",
        "Bund: not in the policy: criteria[3] excludes it",
        "T-bill Feb 2027: several criteria include it",
        "criteria[1]: remaining maturities are those of --as-of",
        "fxHaircutPercentage",
        "partyRole",
        "concentration limits are of what counts",
    ] {
        assert!(left.contains(said), "{said}: {left}");
    }
    // A year later the bills are gone.
    let later = CDM.replace("2026-11-20", "2027-11-20");
    import(&desk, &later).expect(0);
    let symbols: Vec<Value> = written(&desk)["assets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| a["symbol"].clone())
        .collect();
    assert!(!symbols.contains(&"T-bill Dec 2026".into()), "{symbols:?}");
}

#[test]
fn what_a_schedule_demands_and_nobody_can_judge_is_refused_or_accepted_aloud() {
    let desk = desk();
    let included = "\"maturityType\"";
    for (change, expected) in [
        (
            (included, "\"agencyRating\": [{}], \"maturityType\""),
            "criteria[1]: agencyRating: no column",
        ),
        (
            (included, "\"listing\": {}, \"maturityType\""),
            "criteria[1]: listing",
        ),
        (
            ("\"REMAINING_MATURITY\"", "\"ORIGINAL_MATURITY\""),
            "criteria[1]: a maturity that is counted as ORIGINAL_MATURITY",
        ),
        (
            (
                "\"securityType\": \"DEBT\"",
                "\"securityType\": \"DEBT\", \"debtType\": {}",
            ),
            "criteria[1]: debtType",
        ),
        (
            (
                "\"issuerCountryOfOrigin\"",
                "\"issuerName\": [], \"issuerCountryOfOrigin\"",
            ),
            "criteria[1]: issuerName",
        ),
        (
            ("\"source\": \"ISIN\"", "\"source\": \"CUSIP\""),
            "criteria[2]: productIdentifier other than an ISIN",
        ),
        (
            (
                "\"concentrationLimitType\": \"Asset\"",
                "\"concentrationLimitType\": \"IssuerOrCountry\"",
            ),
            "criteria[1]: a concentration limit by something else",
        ),
        (
            (
                "\"percentageLimit\": { \"upper",
                "\"valueLimit\": {}, \"percentageLimit\": { \"upper",
            ),
            "criteria[1]: a concentration limit as a value",
        ),
        (
            (
                "{ \"upperBound\": { \"number\": 0.4",
                "{ \"lowerBound\": {}, \"upperBound\": { \"number\": 0.4",
            ),
            "criteria[1]: a smallest share",
        ),
        (
            (
                "\"asset\": [{\n        \"collateralAssetType\": [{ \"assetType\": \"CASH\"",
                "\"appliesTo\": [\"PARTY_1\"], \"asset\": [{\n        \"collateralAssetType\": [{ \"assetType\": \"CASH\"",
            ),
            "criteria[0]: appliesTo",
        ),
        (
            ("\"fxHaircutPercentage\"", "\"newHaircut\""),
            "criteria[0]: the field \"newHaircut\"",
        ),
    ] {
        refused(&desk, "schedule.json", change, CDM, expected);
        let text = desk.read("schedule.json");
        desk.write("schedule.json", text.replacen(change.0, change.1, 1));
        import(&desk, &format!("{CDM} --accept-loss")).expect(0);
        let said = desk.read("p.toml");
        assert!(
            said.contains(&format!("# - COUNTS MORE: {expected}")),
            "{said}"
        );
        desk.write("schedule.json", text);
    }
    // In an exclusion it excludes more.
    let text = desk.read("schedule.json");
    desk.write(
        "schedule.json",
        text.replace("\"assetCountryOfOrigin\": [\"DE\"]", "\"agencyRating\": []"),
    );
    refused(
        &desk,
        "schedule.json",
        ("", ""),
        CDM,
        "expected an asset that counts, got none",
    );
}

#[test]
fn a_schedule_that_is_none_is_refused() {
    let desk = desk();
    for (change, expected) in [
        (
            ("\"haircutPercentage\": 0.005", "\"haircutPercentage\": 2"),
            "schedule.json: criteria[0].treatment.valuationTreatment.haircutPercentage: expected a haircut as a decimal below 1",
        ),
        (
            (
                "\"haircutPercentage\": 0.005",
                "\"haircutPercentage\": \"-1\"",
            ),
            "haircutPercentage",
        ),
        (
            ("1.05", "0.95"),
            "marginPercentage: expected a margin as a decimal from 1 on",
        ),
        (
            ("\"number\": 0.4", "\"number\": 40"),
            "upperBound.number: expected a share from 0 to 1",
        ),
        (
            ("\"isIncluded\": false", "\"included\": false"),
            "criteria[3].treatment: expected a field \"isIncluded\"",
        ),
        (
            (
                "\"asset\": [{\n",
                "\"collateralCriteria\": {}, \"asset\": [{\n",
            ),
            "criteria[0].collateralCriteria: expected criteria in the lists",
        ),
        (
            ("\"period\": \"D\"", "\"period\": \"T\""),
            "maturityRange.lowerBound.period.period: expected D, W, M or Y",
        ),
        (
            ("\"periodMultiplier\": 1,", "\"periodMultiplier\": 1.5,"),
            "periodMultiplier",
        ),
        (
            ("\"criteria\"", "\"rules\""),
            "expected a field \"criteria\"",
        ),
    ] {
        refused(&desk, "schedule.json", change, CDM, expected);
    }
    let no_day = CDM.replace(" --as-of 2026-11-20", "");
    refused(
        &desk,
        "schedule.json",
        ("", ""),
        &no_day,
        "expected --as-of",
    );
    // A security without what is demanded is not counted, and said to be.
    let text = desk.read("securities.csv");
    desk.write(
        "securities.csv",
        text.replace(
            ",USD,2026-12-17,AA+,SovereignCentralBank",
            ",USD,,AA+,SovereignCentralBank",
        ),
    );
    let said = import(&desk, CDM).expect(0).stdout;
    assert!(
        said.contains("T-bill Dec 2026: not counted under criteria[1]"),
        "{said}"
    );
    // One whose country is not known may be what is excluded.
    desk.write(
        "securities.csv",
        text.replace(
            "T-bill Dec 2026,8,Security/Debt,US",
            "T-bill Dec 2026,8,Security/Debt,",
        ),
    );
    let said = import(&desk, CDM).expect(0).stdout;
    assert!(
        said.contains("T-bill Dec 2026, Bund: not in the policy: criteria[3] excludes it"),
        "{said}"
    );
}

#[test]
fn options_belong_to_formats_and_nothing_is_overwritten() {
    let desk = desk();
    for (line, expected) in [
        (
            "comet.json --format compound-v3".to_owned(),
            "--chain-id: expected one",
        ),
        (
            "aave.json --format aave-v3".into(),
            "--chain-id: expected one",
        ),
        (
            "binance.json --format binance-tiers".into(),
            "--assets: expected one",
        ),
        (
            "schedule.json --format cdm-eligible-collateral".into(),
            "--securities: expected one",
        ),
        (
            format!("{BINANCE} --chain-id 1"),
            "--chain-id: expected none",
        ),
        (
            format!("{BINANCE} --factor liquidation"),
            "--factor: expected none",
        ),
        (
            format!("{COMET} --assets symbols.csv"),
            "--assets: expected none",
        ),
        (
            format!("{COMET} --skip-unknown"),
            "--skip-unknown: expected none",
        ),
        (
            format!("{COMET} --securities securities.csv"),
            "--securities: expected none",
        ),
        (
            format!("{COMET} --as-of 2026-11-20"),
            "--as-of: expected none",
        ),
        (
            format!("{BINANCE} --quote iso4217:EUR"),
            "--quote: expected iso4217:USD",
        ),
        ("comet.json --format other".into(), "invalid value"),
        ("--format compound-v3 --chain-id 1".into(), "FILE"),
        (
            "none.json --format compound-v3 --chain-id 1".into(),
            "none.json",
        ),
        (format!("{AAVE} --name \u{1}"), "name"),
    ] {
        let run = import(&desk, &line).expect(2);
        assert!(run.stderr.contains(expected), "{line}: {}", run.stderr);
        assert!(!desk.path("p.toml").exists());
    }
    desk.write("mine.toml", "mine");
    for out in ["mine.toml", "aave.json", "nowhere/p.toml"] {
        let run = desk
            .run(&format!("policy import {AAVE} --out {out}"))
            .expect(2);
        assert!(run.stderr.contains(out), "{}", run.stderr);
    }
    assert_eq!(desk.read("mine.toml"), "mine");
}
