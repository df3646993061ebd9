//! Prices that cannot be used, and files that hold none.

use super::{BTC, ETH, GECKO, PEPE, PYTH, all_refused, build, changed, desk, refused, says};
use std::fs;

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
