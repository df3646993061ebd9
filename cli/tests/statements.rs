//! Statements of holdings, semt.002 and MT535: what is only a part, cut off or not what it says is
//! refused.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{Desk, Run};
use serde_json::Value;
use std::fs;
use std::path::Path;

const SHARE: &str = "US0378331005";

/// Decimals of what the statements hold.
const POLICY_OF: &str =
    "symbol,asset,decimals\nUS0378331005,isin:US0378331005,2\nGB0002634946,isin:GB0002634946,4\n";

fn statement(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/presets");
    fs::read_to_string(folder.join(name)).unwrap()
}

/// Reads a text by a mapping of the format, as a kind of account.
fn read(desk: &Desk, format: &str, more: &str, kind: &str, text: &str) -> Run {
    desk.write("assets.csv", POLICY_OF);
    desk.write(
        "m.toml",
        format!("version = 2\nformat = {format:?}\n{more}"),
    );
    desk.write("statement", text);
    desk.run(&format!(
        "account read statement --mapping m.toml --assets assets.csv --kind {kind} --json"
    ))
}

fn total(output: &Value, isin: &str) -> String {
    let totals = output["totals"].as_array().unwrap();
    let found = totals.iter().find(|t| t["asset"] == format!("isin:{isin}"));
    found.unwrap()["total"].as_str().unwrap().to_owned()
}

/// Each change of the statement is refused, with these words.
fn refused(format: &str, name: &str, changes: &[(&str, &str, &str)]) {
    let desk = Desk::new();
    let text = statement(name);
    for (from, to, expected) in changes {
        assert!(text.contains(from), "{from}");
        let run = read(&desk, format, "", "collateral", &text.replacen(from, to, 1));
        assert_eq!(run.code, 2, "{from} -> {to}: {}", run.stdout);
        assert!(
            run.stdout.contains(expected),
            "{from} -> {to}: {}",
            run.stdout
        );
        assert!(!run.stdout.contains("22792"), "{}", run.stdout);
        run.json();
    }
}

#[test]
fn holdings_of_one_isin_are_added_up_and_the_date_is_the_statements() {
    let desk = Desk::new();
    for (format, name) in [("semt.002", "semt.002.xml"), ("mt535", "mt535.txt")] {
        let output = read(&desk, format, "", "collateral", &statement(name))
            .expect(0)
            .json();
        assert_eq!(total(&output, SHARE), "22800", "{name}");
        assert_eq!(total(&output, "GB0002634946"), "10.5", "{name}");
        assert_eq!(output["as_of"], 1_789_948_800, "{name}");
        assert_eq!(output["rows"], 3);
        // Without a mapping it is known by its beginning; decimals are needed from somewhere.
        let run = desk
            .run("account read statement --kind collateral")
            .expect(2);
        assert!(run.stderr.contains("decimals of isin:"), "{}", run.stderr);
        // Lines end as on Windows too.
        let windows = statement(name).replace('\n', "\r\n");
        let output = read(&desk, format, "", "collateral", &windows)
            .expect(0)
            .json();
        assert_eq!(total(&output, SHARE), "22800");
        // A statement is no table, and a table no statement.
        desk.write(
            "m.toml",
            "version = 2\n[columns]\nasset = \"A\"\nquantity = \"Q\"\n",
        );
        let run = desk.run("account read statement --mapping m.toml --kind collateral");
        assert!(run.expect(2).stderr.contains("expected CSV or JSON"));
        let run = read(&desk, format, "", "collateral", "asset,amount\nA,1\n").expect(2);
        assert!(run.stdout.contains("got CSV"), "{}", run.stdout);
    }
}

#[test]
fn face_amounts_are_read_where_a_mapping_says_so() {
    let desk = Desk::new();
    let semt = statement("semt.002.xml")
        .replace("<Unit>22792</Unit>", "<FaceAmt>22792</FaceAmt>")
        .replace("<Unit>8</Unit>", "<FaceAmt>8</FaceAmt>");
    let swift = statement("mt535.txt")
        .replace("UNIT/22792,", "FAMT/22792,")
        .replace("UNIT/8,", "FAMT/8,");
    for (format, text, one) in [
        ("semt.002", semt, ("<FaceAmt>8</FaceAmt>", "<Unit>8</Unit>")),
        ("mt535", swift, ("FAMT/8,", "UNIT/8,")),
    ] {
        let run = read(&desk, format, "", "collateral", &text).expect(2);
        assert!(run.stdout.contains("face_amounts = true"), "{}", run.stdout);
        let more = "face_amounts = true\n";
        let output = read(&desk, format, more, "collateral", &text)
            .expect(0)
            .json();
        assert_eq!(total(&output, SHARE), "22800");
        // One ISIN in both is not added up.
        let run = read(
            &desk,
            format,
            more,
            "collateral",
            &text.replace(one.0, one.1),
        )
        .expect(2);
        assert!(
            run.stdout.contains("a face amount, as before"),
            "{}",
            run.stdout
        );
    }
}

#[test]
fn what_is_short_is_owed() {
    let desk = Desk::new();
    let semt = statement("semt.002.xml").replace(">LONG<", ">SHOR<");
    let swift = statement("mt535.txt").replace("UNIT/22792,", "UNIT/N22792,");
    for (format, text) in [("semt.002", semt), ("mt535", swift)] {
        let run = read(&desk, format, "", "collateral", &text).expect(2);
        assert!(!run.stdout.contains("22792"), "{}", run.stdout);
        let more = "negative = \"liability\"\n";
        let output = read(&desk, format, more, "collateral", &text)
            .expect(0)
            .json();
        assert_eq!(
            (total(&output, SHARE), &output["skipped"]),
            ("8".into(), &1.into())
        );
        let output = read(&desk, format, more, "liability", &text)
            .expect(0)
            .json();
        assert_eq!(
            (total(&output, SHARE), &output["skipped"]),
            ("22792".into(), &2.into())
        );
    }
}

#[test]
fn semt002_hostile_or_incomplete() {
    let doctype = "?>\n<!DOCTYPE Document [<!ENTITY x \"9\">]>";
    refused(
        "semt.002",
        "semt.002.xml",
        &[
            ("?>", doctype, "no document type definition"),
            ("A &amp; B", "&x;", "no entities"),
            ("&#169;", "&#0;", "no entities"),
            ("<LastPgInd>true", "<LastPgInd>false", "Pgntn.LastPgInd"),
            ("<PgNb>1", "<PgNb>2", "Pgntn.PgNb"),
            (
                "<Pgntn><PgNb>1</PgNb><LastPgInd>true</LastPgInd></Pgntn>",
                "",
                "Pgntn",
            ),
            (
                "<LastPgInd>true</LastPgInd>",
                "<LastPgInd>true</LastPgInd><LastPgInd>false</LastPgInd>",
                "several",
            ),
            ("<Cd>COMP", "<Cd>DELT", "UpdTp.Cd"),
            ("<ActvtyInd>true", "<ActvtyInd>false", "ActvtyInd"),
            ("<Dt>2026-09-21</Dt>", "<Dt>21.9.2026</Dt>", "StmtDtTm"),
            (
                "<Dt>2026-09-21</Dt>",
                "<Dt>2026-09-21</Dt><DtTm>2026-09-21T00:00:00Z</DtTm>",
                "either Dt or DtTm",
            ),
            ("US0378331005", "US0378331004", "check digit"),
            ("US0378331005", "US037833100", "isin:US0378331005"),
            ("<ISIN>US0378331005</ISIN>", "", "FinInstrmId.ISIN"),
            (
                "<ISIN>US0378331005</ISIN>",
                "<ISIN>US0378331005</ISIN><ISIN>GB0002634946</ISIN>",
                "several",
            ),
            (
                "<Unit>22792</Unit>",
                "<Unit>22792</Unit><FaceAmt>1</FaceAmt>",
                "either Unit or FaceAmt",
            ),
            (
                "<Unit>22792</Unit>",
                "<AmtsdVal>22792</AmtsdVal>",
                "got AmtsdVal",
            ),
            (
                "<Unit>22792</Unit>",
                "<Unit>22792.5.1</Unit>",
                "BalForAcct[0].quantity",
            ),
            ("<Unit>22792</Unit>", "<Unit>22792<x/></Unit>", "a text"),
            (
                "<Unit>22792</Unit>",
                "<Unit>-22792</Unit>",
                "BalForAcct[0].quantity",
            ),
            ("<ShrtLngInd>LONG", "<ShrtLngInd>BOTH", "SHOR or LONG"),
            ("semt.002.001.11", "semt.002.001.02", "Document"),
            ("semt.002.001.11", "semt.003.001.11", "Document"),
            ("<BalForAcct>", "<BalForAcct xmlns=\"\">", "BalForAcct"),
            ("</Document>", "", "cut off"),
            ("</Document>", "</Document><Document/>", "one root element"),
            ("</Document>", "</Document>7", "outside of the root"),
            (
                "</SctiesBalCtdyRpt>",
                "<SubAcctDtls><BalForSubAcct/></SubAcctDtls></SctiesBalCtdyRpt>",
                "SubAcctDtls",
            ),
        ],
    );
    let desk = Desk::new();
    let text = statement("semt.002.xml");
    let deep = text.replace(
        "<SfkpgAcct>",
        &format!("{}{}<SfkpgAcct>", "<a>".repeat(50), "</a>".repeat(50)),
    );
    let run = read(&desk, "semt.002", "", "collateral", &deep).expect(2);
    assert!(run.stdout.contains("within one another"), "{}", run.stdout);
    // Cut off anywhere, it is never a smaller statement.
    let lines: Vec<&str> = text.lines().collect();
    for end in 1..lines.len() {
        let part = lines[..end].join("\n");
        read(&desk, "semt.002", "", "collateral", &part).expect(2);
    }
    // What is of another namespace, or unknown, is not read.
    let more = text.replace(
        "<AggtBal><Qty>",
        "<New>5</New><o:AggtBal xmlns:o=\"urn:other\"/><AggtBal><Qty>",
    );
    let output = read(&desk, "semt.002", "", "collateral", &more)
        .expect(0)
        .json();
    assert_eq!(total(&output, SHARE), "22800");
    // In an envelope, with a prefix, and with a time.
    let envelope = text
        .replace("<Document xmlns=", "<Envelope><AppHdr/><Document xmlns=")
        .replace("</Document>", "</Document></Envelope>")
        .replace(
            "<Dt>2026-09-21</Dt>",
            "<DtTm>2026-09-21T16:13:20.5+02:00</DtTm>",
        );
    let output = read(&desk, "semt.002", "", "collateral", &envelope)
        .expect(0)
        .json();
    assert_eq!(output["as_of"], 1_790_000_000);
    let sub_accounts = text
        .replacen("<BalForAcct>", "<SubAcctDtls><BalForSubAcct>", 1)
        .replacen("</BalForAcct>", "</BalForSubAcct></SubAcctDtls>", 1);
    let (before, rest) = sub_accounts.split_once("<BalForAcct>").unwrap();
    let (_, after) = rest.rsplit_once("</BalForAcct>").unwrap();
    let output = read(
        &desk,
        "semt.002",
        "",
        "collateral",
        &format!("{before}{after}"),
    );
    assert_eq!(total(&output.expect(0).json(), SHARE), "22792");
}

#[test]
fn mt535_hostile_or_incomplete() {
    refused(
        "mt535",
        "mt535.txt",
        &[
            (":28E:1/ONLY", ":28E:1/MORE", ":28E:1/ONLY"),
            (":28E:1/ONLY", ":28E:2/LAST", ":28E:1/ONLY"),
            (":28E:1/ONLY\n", "", "a field :28E:"),
            (":28E:1/ONLY\n", ":28E:1/ONLY\n:28E:1/ONLY\n", "two"),
            ("{2:O535", "{2:O536", "type 535"),
            (":23G:NEWM", ":23G:CANC", ":23G:NEWM"),
            (":CODE//COMP", ":CODE//DELT", ":CODE//COMP"),
            (":ACTI//Y", ":ACTI//N", ":ACTI//N"),
            (":STAT//20260921", ":STAT//20261321", "line 7"),
            (":STAT//20260921", ":STAT//2026", "line 7"),
            ("ISIN US0378331005", "ISIN US0378331004", "check digit"),
            (":35B:ISIN US0378331005", ":35B:/US/AGGRAVAI", "line 18"),
            (":35B:ISIN GB0002634946\n", "", "a field :35B:"),
            (":93B::AGGR//UNIT/22792,\n", "", "a field :93B::AGGR"),
            ("UNIT/22792,", "UNIT/22792", "one comma"),
            ("UNIT/22792,", "UNIT/22.792,", "one comma"),
            ("UNIT/22792,", "UNIT/22,792,", "one comma"),
            ("UNIT/22792,", "UNIT/-22792,", "one comma"),
            ("UNIT/22792,", "UNIT/N22792,", "quantity"),
            ("AGGR//UNIT/22792,", "AGGR//AMOR/22792,", "//FAMT/"),
            ("AGGR//UNIT/22792,", "AGGR/BANK/UNIT/22792,", "//FAMT/"),
            (
                ":93B::AGGR//UNIT/22792,\n",
                ":93B::AGGR//UNIT/22792,\n:93B::AGGR//UNIT/1,\n",
                "two",
            ),
            (":16R:SUBSAFE", ":16R:SUBACCT", "a block FIN by itself"),
            (
                ":16S:FIN\n:16R:FIN\n:35B:ISIN GB0002634946\n:93B::AGGR//UNIT/10,5\n",
                ":16S:FIN\n:35B:ISIN GB0002634946\n:93B::AGGR//UNIT/10,5\n:16R:FIN\n",
                "a block FIN around",
            ),
            (":16S:SUBBAL\n", "", "innermost block"),
            (":16S:SUBSAFE\n", "", "cut off"),
            ("-}{5:{CHK:521A0E3826D3}}", "", "cut off"),
            (
                "-}{5:{CHK:521A0E3826D3}}",
                "-}\n:16R:GENL\n",
                "nothing after",
            ),
        ],
    );
    let desk = Desk::new();
    let text = statement("mt535.txt");
    let lines: Vec<&str> = text.lines().collect();
    for end in 1..lines.len() {
        let part = lines[..end].join("\n");
        read(&desk, "mt535", "", "collateral", &part).expect(2);
    }
    // As banks send it to their customers: without headers, holdings outside of sub-accounts.
    let bare = ":16R:GENL\n:28E:1/ONLY\n:98C::STAT//20260921173000\n:16S:GENL\n:16R:FIN\n:35B:ISIN US0378331005|/DE/865985|EXAMPLE\n:93B::AGGR//UNIT/16,82\n:16S:FIN\n-\n";
    let output = read(&desk, "mt535", "", "collateral", bare)
        .expect(0)
        .json();
    assert_eq!(
        (total(&output, SHARE), &output["as_of"]),
        ("16.82".into(), &1_789_948_800.into())
    );
}

/// Bytes of a statement that are changed, doubled, taken out or cut off.
fn mutated(text: &[u8], state: &mut u64) -> Vec<u8> {
    let mut next = |below: usize| {
        // Knuth's linear congruential generator: the same changes in every run.
        *state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(*state >> 33).unwrap() % below
    };
    let (at, length) = (next(text.len()), 1 + next(40));
    let end = (at + length).min(text.len());
    let (before, part, after) = (&text[..at], &text[at..end], &text[end..]);
    match next(4) {
        0 => [before, &[b"<>&/:,-N0"[next(9)]], &text[at + 1..]].concat(),
        1 => [before, part, part, after].concat(),
        2 => [before, after].concat(),
        _ => before.to_vec(),
    }
}

#[test]
fn changed_statements_are_read_or_refused_and_never_a_bug() {
    let desk = Desk::new();
    let mut state = 2;
    for (format, name) in [("semt.002", "semt.002.xml"), ("mt535", "mt535.txt")] {
        read(&desk, format, "", "collateral", &statement(name)).expect(0);
        let mut refused = 0;
        for _ in 0..250 {
            let changed = mutated(statement(name).as_bytes(), &mut state);
            desk.write("statement", &changed);
            let run = desk.run("account read statement --mapping m.toml --assets assets.csv --kind collateral --json");
            assert!(
                [0, 2].contains(&run.code),
                "{}",
                String::from_utf8_lossy(&changed)
            );
            let said = run.json();
            assert_ne!(
                said["code"],
                "internal",
                "{}",
                String::from_utf8_lossy(&changed)
            );
            refused += i32::from(run.code == 2);
        }
        assert!(refused > 100, "{name}: {refused}");
    }
}
