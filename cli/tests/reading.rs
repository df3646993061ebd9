//! Positions as people have them: what is read is read right or refused, and shown.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod common;

use common::{Desk, Run, SUBJECT};
use std::fs;

fn commit(desk: &Desk, text: &str, more: &str) -> Run {
    desk.write("p.csv", text);
    let _ = fs::remove_dir_all(desk.path("out"));
    desk.run(&format!(
        "account commit p.csv --kind liability --subject {SUBJECT} --as-of 1790000000 --out out {more}"
    ))
}

/// The amounts that an opening has.
fn amounts(desk: &Desk) -> Vec<String> {
    let opening: serde_json::Value = serde_json::from_str(&desk.read("out/opening.json")).unwrap();
    let positions = opening["positions"].as_array().unwrap().iter();
    positions
        .map(|p| p[1].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn numbers_are_read_by_one_convention_or_refused() {
    let desk = Desk::new();
    let mapping = |signs: &str| {
        desk.write(
            "m.toml",
            format!(
                "version = 2\ndelimiter = \";\"\n{signs}\n[columns]\nasset = \"A\"\nquantity = \"Q\"\n[decimals]\n\"iso4217:USD\" = 2\n"
            ),
        );
    };
    for (signs, number, expected) in [
        ("", "1204.50", "120450"),
        ("thousands = \",\"", "1,204.50", "120450"),
        ("thousands = \",\"", "204", "20400"),
        ("decimal = \",\"\nthousands = \".\"", "1.204,50", "120450"),
        ("decimal = \",\"", "2,40", "240"),
        ("thousands = \"'\"", "1'204.5", "120450"),
        ("thousands = \"\u{a0}\"", "1\u{a0}204.5", "120450"),
    ] {
        mapping(signs);
        commit(
            &desk,
            &format!("A;Q\niso4217:USD;{number}\n"),
            "--mapping m.toml",
        )
        .expect(0);
        assert_eq!(amounts(&desk), [expected], "{signs} {number}");
    }
    // Each was read as another amount, a hundred times as large or more.
    for (signs, number) in [
        ("thousands = \",\"", "2,40"),
        ("", "2,40"),
        ("decimal = \",\"\nthousands = \".\"", "1204.50"),
        ("thousands = \",\"", "1,204.5,0"),
        ("thousands = \",\"", "1e6"),
        ("thousands = \",\"", "-5"),
        ("thousands = \",\"", "12,34,567"),
    ] {
        mapping(signs);
        let text = format!("A;Q\r\niso4217:USD;1\r\niso4217:USD;{number}\r\n");
        let refused = commit(&desk, &text, "--mapping m.toml").expect(2);
        let place = "line 3, column quantity";
        assert!(refused.stderr.contains(place), "{}", refused.stderr);
        assert!(!refused.stderr.contains(number), "{}", refused.stderr);
        assert!(!desk.path("out").exists());
    }
    for signs in [
        "thousands = \"e\"",
        "thousands = \"-\"",
        "thousands = \"0\"",
        "thousands = \".\"",
        "decimal = \"e\"",
    ] {
        mapping(signs);
        let refused = commit(&desk, "A;Q\niso4217:USD;1\n", "--mapping m.toml").expect(2);
        assert!(refused.stderr.contains("m.toml"), "{}", refused.stderr);
    }
}

/// `1,204.50` that is not quoted is two cells of a file with commas: 1, and a cell too many.
#[test]
fn a_row_has_as_many_cells_as_the_header() {
    let desk = Desk::new();
    let header = "asset,quantity,decimals\niso4217:USD,5,2\n";
    for row in [
        "iso4217:USD,1,204.50,2",
        "iso4217:USD,1,2,",
        "iso4217:USD,1",
        ",",
    ] {
        let refused = commit(&desk, &format!("{header}{row}\n"), "").expect(2);
        let place = "line 3: expected 3 columns, got ";
        assert!(refused.stderr.contains(place), "{row}: {}", refused.stderr);
        assert!(!desk.path("out").exists());
    }
    commit(&desk, header, "").expect(0);
    assert_eq!(amounts(&desk), ["500"]);
}

#[test]
fn what_was_read_is_shown_to_its_owner() {
    let desk = Desk::new();
    let text =
        "asset,decimals,quantity\niso4217:USD,2,1000.10\niso4217:EUR,2,7\niso4217:USD,2,234.40\n";
    let quiet = commit(&desk, text, "").expect(0);
    assert!(
        quiet.stdout.contains("3 rows, 2 positions"),
        "{}",
        quiet.stdout
    );
    // Not a terminal: a log may keep it.
    assert!(!quiet.stdout.contains("1,234.5"), "{}", quiet.stdout);
    let shown = commit(&desk, text, "--totals always").expect(0).stdout;
    assert!(shown.contains("1,234.5"), "{shown}");
    assert_eq!(amounts(&desk), ["123450", "700"]);
    let checked = desk
        .run("account check out/opening.json --totals always")
        .expect(0);
    assert!(checked.stdout.contains("123,450"), "{}", checked.stdout);
    let apart = commit(&desk, text, "--separate --json").expect(0).json();
    assert_eq!(
        (&apart["rows"], &apart["positions"]),
        (&3.into(), &3.into())
    );
}

#[test]
fn many_rows_of_one_asset_are_one_position() {
    let desk = Desk::new();
    let rows = "iso4217:USD,5\n".repeat(201);
    commit(&desk, &format!("asset,amount\n{rows}"), "").expect(0);
    assert_eq!(amounts(&desk), ["1005"]);
    // Together they may be more than an amount can be.
    let most = "iso4217:USD,5192296858534827628530496329220095\n".repeat(2);
    let refused = commit(&desk, &format!("asset,amount\n{most}"), "").expect(2);
    assert!(refused.stderr.contains("2^112"), "{}", refused.stderr);
    assert!(
        !refused
            .stderr
            .contains("5192296858534827628530496329220095")
    );
}

#[test]
fn control_totals_are_compared_before_anything_is_written() {
    let desk = Desk::new();
    let text = "asset,decimals,quantity\niso4217:USD,2,1000.10\niso4217:USD,2,234.40\n";
    commit(&desk, text, "--control iso4217:USD=1234.5").expect(0);
    for (control, expected) in [
        ("iso4217:USD=1234.51", "got less"),
        ("iso4217:USD=234.4", "got more"),
        ("iso4217:EUR=1", "got none"),
        ("iso4217:USD=1234,5", "--control iso4217:USD"),
        ("iso4217:USD", "ASSET=QUANTITY"),
    ] {
        let refused = commit(&desk, text, &format!("--control {control}")).expect(2);
        assert!(refused.stderr.contains(expected), "{}", refused.stderr);
        assert!(!desk.path("out").exists());
    }
}

#[test]
fn an_account_without_positions_is_committed_to_only_when_told() {
    let desk = Desk::new();
    let refused = commit(&desk, "asset,amount\n", "").expect(2);
    assert!(refused.stderr.contains("--empty"), "{}", refused.stderr);
    assert!(!desk.path("out").exists());
    commit(&desk, "asset,amount\n", "--empty").expect(0);
    assert!(amounts(&desk).is_empty());
    let refused = commit(&desk, "asset,amount\niso4217:USD,5\n", "--empty").expect(2);
    assert!(refused.stderr.contains("--empty"), "{}", refused.stderr);
}

#[test]
fn sources_of_prices_are_counted_once_and_named_as_the_policy_names_them() {
    let desk = Desk::basket(1_790_000_000);
    let build = |sources: &str| {
        desk.run(&format!(
            "prices build {sources} --policy policy.json --as-of 1790000000 --out new.json"
        ))
    };
    fs::copy(desk.path("prices.csv"), desk.path("copy.csv")).unwrap();
    for twice in [
        "prices.csv prices.csv",
        "prices.csv ./prices.csv",
        "prices.csv copy.csv",
    ] {
        let refused = build(twice).expect(2);
        assert!(refused.stderr.contains("twice"), "{}", refused.stderr);
    }
    // Two sources that lie apart are told of in the units of the files.
    let csv = desk.read("prices.csv");
    let line = csv.lines().nth(1).unwrap();
    let price = line.split(',').nth(1).unwrap();
    desk.write(
        "apart.csv",
        csv.replace(line, &line.replace(price, &format!("9{price}"))),
    );
    let refused = build("prices.csv apart.csv").expect(2);
    let plain = match price.contains('.') {
        true => price.trim_end_matches('0').trim_end_matches('.'),
        false => price,
    };
    let shown = format!("got {plain} a whole unit from prices.csv and 9{plain} from apart.csv");
    assert!(refused.stderr.contains(&shown), "{}", refused.stderr);
    // Another case names nothing, and is not left out.
    let usd = csv.replace("iso4217:", "ISO4217:");
    assert_ne!(usd, csv);
    desk.write("case.csv", usd);
    let refused = build("case.csv").expect(2);
    assert!(refused.stderr.contains("iso4217:"), "{}", refused.stderr);
}

#[test]
fn folders_are_taken_for_openings_and_a_hyphen_for_standard_input() {
    let desk = Desk::basket(1_790_000_000);
    let inputs = Desk::inputs().replace("/opening.json", "/");
    desk.run(&format!("simulate {inputs}")).expect(0);
    let checked = desk.run("account check collateral-alder").expect(0);
    assert!(checked.stdout.contains("commitment"), "{}", checked.stdout);
    let mut command = desk.command();
    command.args(["policy", "check", "-"]);
    command.write_stdin(desk.read("policy.json"));
    Desk::run_of(&mut command).expect(0);
    command.write_stdin(desk.read("expect.toml"));
    let refused = Desk::run_of(&mut command).expect(2);
    assert!(refused.stderr.contains("-: "), "{}", refused.stderr);
}

/// Commits under a mapping, as a kind of account.
fn mapped(desk: &Desk, mapping: &str, kind: &str, text: &str) -> Run {
    desk.write("m.toml", format!("version = 2\n{mapping}"));
    desk.write("p.csv", text);
    let _ = fs::remove_dir_all(desk.path("out"));
    desk.run(&format!(
        "account commit p.csv --kind {kind} --subject {SUBJECT} --as-of 1790000000 --mapping m.toml --out out"
    ))
}

#[test]
fn rows_are_found_in_reports_of_many_forms() {
    let desk = Desk::new();
    // Lines above the header, rows of other states, a line of totals.
    let report = "Report of 20 Nov\r\nAccount;17\r\nAsset;State;Balance\r\nUSD;SETTLED;1.204,50\r\nUSD;PENDING;9,00\r\nUSD;SETTLED;2,40\r\nTotal;1.215,90\r\n";
    let mapping = "delimiter = \";\"\nheader = 3\nfooter = 1\ndecimal = \",\"\nthousands = \".\"\nkeep = { State = [\"SETTLED\"] }\n[columns]\nasset = \"Asset\"\nquantity = \"Balance\"\n[assets]\nUSD = \"iso4217:USD\"\n[decimals]\n\"iso4217:USD\" = 2\n";
    let read = mapped(&desk, mapping, "collateral", report).expect(0);
    assert_eq!(amounts(&desk), ["120690"]);
    assert!(read.stdout.contains("1 rows skipped"), "{}", read.stdout);
    let wrong = report.replace("2,40", "2,4,0");
    let refused = mapped(&desk, mapping, "collateral", &wrong).expect(2);
    assert!(
        refused.stderr.contains("line 6, column quantity"),
        "{}",
        refused.stderr
    );
    // A wide table.
    let mapping = "[columns]\n[wide]\nBTC = \"iso4217:XBT\"\nUSD = \"iso4217:USD\"\n[decimals]\n\"iso4217:USD\" = 2\n\"iso4217:XBT\" = 8\n";
    mapped(
        &desk,
        mapping,
        "collateral",
        "Vault,BTC,USD\na,1.5,7\nb,,3\n",
    )
    .expect(0);
    assert_eq!(amounts(&desk), ["150000000", "1000"]);
    // JSON, with the numbers as they are written, and fields within fields.
    let json = r#"{"data": [{"balances": [{"asset": {"code": "USD"}, "total": 1204.50}, {"asset": {"code": "USD"}, "total": 1e-1}]}, {"balances": [{"asset": {"code": "USD"}, "total": "2"}]}]}"#;
    let mapping = "rows = \"data.*.balances\"\nexponents = true\n[columns]\nasset = \"asset.code\"\nquantity = \"total\"\n[assets]\nUSD = \"iso4217:USD\"\n[decimals]\n\"iso4217:USD\" = 2\n";
    mapped(&desk, mapping, "collateral", json).expect(0);
    assert_eq!(amounts(&desk), ["120660"]);
    let refused = mapped(
        &desk,
        mapping,
        "collateral",
        &json.replace("\"2\"", "\"x2\""),
    )
    .expect(2);
    assert!(
        refused.stderr.contains("data[1].balances[0]"),
        "{}",
        refused.stderr
    );
    let refused = mapped(&desk, &mapping.replace("data", "date"), "collateral", json).expect(2);
    assert!(refused.stderr.contains("\"date\""), "{}", refused.stderr);
}

#[test]
fn signs_and_digits_are_read_as_the_mapping_says() {
    let desk = Desk::new();
    let mapping = "asset = \"iso4217:USD\"\nnegative = \"liability\"\nrounding = \"safe\"\n[columns]\nquantity = \"Net\"\n[decimals]\n\"iso4217:USD\" = 2\n";
    let text = "Net\n10.019\n-3.001\n5\n";
    // What is held is rounded down, what is owed up.
    mapped(&desk, mapping, "collateral", text).expect(0);
    assert_eq!(amounts(&desk), ["1501"]);
    mapped(&desk, mapping, "liability", text).expect(0);
    assert_eq!(amounts(&desk), ["301"]);
    for less in ["negative = \"liability\"\n", "rounding = \"safe\"\n"] {
        let strict = mapping.replace(less, "");
        mapped(&desk, &strict, "collateral", text).expect(2);
        assert!(!desk.path("out").exists());
    }
}
