//! `covenant report`: numbers are read back out of the page and compared with the JSON and with
//! `verify`; of a refused bundle the page has every reason; and `simulate --html` is secret.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::signing::{NOW, signed_basket};
use common::{Desk, copy, example};
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use std::fs;

const TEMPLATES: [&str; 4] = ["certificate", "reserve", "borrowing-base", "compliance"];

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    let texts = select(page, selector).into_iter();
    texts
        .map(|e| e.text().collect::<String>().trim().to_owned())
        .collect()
}

fn all(page: &Html) -> String {
    texts(page, "body").concat()
}

fn page(desk: &Desk, name: &str) -> Html {
    let text = desk.read(name);
    assert!(!text.contains("<script") && !text.contains("href=") && !text.contains("src="));
    assert!(
        !text.contains("url(") && !text.contains("http:"),
        "{name} loads something"
    );
    Html::parse_document(&text)
}

/// `4,000,000.00` as a number in micro-units.
fn micro(shown: &str) -> u128 {
    let digits = shown.replace(',', "");
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    format!("{whole}{fraction:0<6}").parse().unwrap()
}

fn percent(bps: &Value) -> String {
    let bps = bps.as_u64().unwrap();
    format!("{}.{:02}\u{a0}%", bps / 100, bps % 100)
}

/// The numbers of a page are those of its JSON, and these those of verify.
fn agrees(page: &Html, json: &Value, verified: &Value) {
    let (claim, finding) = (&json["report"]["claim"], &json["report"]["finding"]);
    assert_eq!(json["report"]["proved"], true);
    assert_eq!(verified["proved"], true);
    for (one, other) in [
        (&claim["subject"], &verified["subject"]),
        (&claim["public_debt"], &verified["public_debt"]),
        (&claim["policy"]["digest"], &verified["policy"]),
        (&claim["as_of_from"], &verified["as_of_from"]),
        (&claim["circuit"], &verified["circuit"]),
        (&claim["scenarios"][0]["ratio_bps"], &verified["ratio_bps"]),
        (&finding["proved"], &verified["statement"]),
        (&finding["trusting"], &verified["trusting"]),
        (&finding["not_proved"], &verified["not_proved"]),
    ] {
        assert_eq!(one, other);
    }
    let debt = texts(page, "#public-debt").concat();
    assert_eq!(micro(&debt), micro(claim["public_debt"].as_str().unwrap()));
    assert_eq!(texts(page, "#ratio"), [percent(&verified["ratio_bps"])]);
    let scenarios = claim["scenarios"].as_array().unwrap();
    let ratios: Vec<String> = scenarios.iter().map(|s| percent(&s["ratio_bps"])).collect();
    assert_eq!(texts(page, "tr.scenario .ratio"), ratios);
    let margins = finding["envelope"]["margins"].as_array().unwrap();
    let falls = margins.iter().map(|m| match &m["fall_bps"] {
        Value::Null => "any fall".into(),
        bps => percent(bps),
    });
    assert_eq!(
        texts(page, "tr.margin .fall"),
        falls.collect::<Vec<String>>()
    );
    let held = claim["held"].as_array().unwrap();
    assert_eq!(
        held.iter().map(|l| &l["at_least"]).collect::<Vec<_>>(),
        verified["report"]
            .as_array()
            .unwrap()
            .iter()
            .map(|l| &l["held"])
            .collect::<Vec<_>>()
    );
    let said = all(page);
    for commitment in verified["commitments"].as_array().unwrap() {
        assert!(said.contains(commitment.as_str().unwrap()));
    }
    for line in verified["not_proved"].as_array().unwrap() {
        assert!(said.contains(line.as_str().unwrap()), "{line}");
    }
}

#[test]
fn the_page_says_what_verify_says() {
    let desk = signed_basket();
    let args = format!("b.json --expect expect.toml --at {NOW} --json");
    let verified = desk.run(&format!("verify {args}")).expect(0).json();
    for template in TEMPLATES {
        let out = format!("{template}.html");
        let line = format!("report {args} --template {template} --out {out}");
        let json = desk.run(&line).expect(0).json();
        assert_eq!(json["report"]["version"], 1);
        let page = page(&desk, &out);
        agrees(&page, &json, &verified);
        let said = all(&page);
        assert!(
            said.contains("attester 0, attested until 2026-09-22 14:13:20 UTC"),
            "{said}"
        );
        let hash = json["report"]["judged"]["bundle_sha256"].as_str().unwrap();
        assert!(said.contains(hash));
        // A report replaces an earlier one, and nothing else.
        desk.run(&line).expect(0);
    }
    desk.write("mine.html", "<!DOCTYPE html>\n<html lang=\"en\">\n<p>mine");
    let run = desk
        .run(&format!("report {args} --out mine.html"))
        .expect(2);
    assert_eq!(run.json()["code"], "file_exists");
    assert!(desk.read("mine.html").ends_with("mine"));
}

#[test]
fn every_reason_of_a_refusal_is_in_the_page() {
    let desk = signed_basket();
    let expect = desk.read("expect.toml");
    let expect = expect.replace("min_ratio = \"125%\"", "min_ratio = \"200%\"");
    let expect = expect.replace("\"4000000\"", "\"5000000\"");
    desk.write("strict.toml", expect);
    let args = format!("b.json --expect strict.toml --at {}", NOW + 200_000);
    let verified = desk.run(&format!("verify {args} --json")).expect(1).json();
    let reasons = verified["mismatches"].as_array().unwrap();
    assert!(reasons.len() >= 5, "{reasons:?}");
    for template in TEMPLATES {
        let json = desk
            .run(&format!(
                "report {args} --template {template} --out no.html --json"
            ))
            .expect(1)
            .json();
        assert_eq!(json["code"], verified["code"]);
        let found = json["report"]["reasons"].as_array().unwrap();
        assert_eq!(found.len(), reasons.len());
        let page = page(&desk, "no.html");
        let said = all(&page);
        for (reason, found) in reasons.iter().zip(found) {
            assert_eq!(
                (&reason["code"], &reason["reason"]),
                (&found["code"], &found["reason"])
            );
            assert!(
                said.contains(reason["reason"].as_str().unwrap()),
                "{reason}"
            );
        }
        assert_eq!(texts(&page, "#verdict .word"), ["NOT PROVED"]);
        assert!(select(&page, ".proved, figure").is_empty());
        assert!(json["report"].get("finding").is_none());
    }
    // What is no bundle has a page too.
    desk.write("broken.json", "{}");
    desk.run("report broken.json --expect strict.toml --out broken.html")
        .expect(1);
    assert!(all(&page(&desk, "broken.html")).contains("NOT PROVED"));
    // What could not be told has none.
    desk.run("report none.json --expect strict.toml --out none.html")
        .expect(2);
    assert!(!desk.path("none.html").exists());
}

#[test]
fn later_prices_are_inside_or_outside() {
    let desk = signed_basket();
    let later = NOW + 600;
    let prices = |name: &str, btc: &str| {
        let csv = desk.read("prices.csv");
        let lines = csv.lines().map(|line| match line.starts_with("bip122") {
            true => line.replace("94250", btc),
            false => line.to_owned(),
        });
        desk.write(&format!("{name}.csv"), lines.collect::<Vec<_>>().join("\n"));
        desk.run(&format!(
            "prices build {name}.csv --policy policy.json --as-of {later} --out {name}.json"
        ))
        .expect(0);
    };
    prices("near", "80000");
    prices("far", "100");
    let report = |name: &str, code: i32| {
        let line = format!(
            "report b.json --expect expect.toml --at {later} --prices {name}.json --out {name}.html --json"
        );
        let json = desk.run(&line).expect(code).json();
        (json, all(&page(&desk, &format!("{name}.html"))))
    };
    let (json, said) = report("near", 0);
    assert_eq!(json["report"]["finding"]["envelope"]["later"], true);
    assert!(said.contains("INSIDE"), "{said}");
    let (json, said) = report("far", 1);
    assert_eq!(json["code"], "outside_envelope");
    assert_eq!(json["report"]["proved"], true);
    assert!(
        said.contains("OUTSIDE") && said.contains("no breach"),
        "{said}"
    );
    assert!(
        json["report"]["finding"]["envelope"]["margins"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    // Prices that are not fresh are no later ones.
    let line = format!(
        "report b.json --expect expect.toml --at {} --prices near.json --out old.html --json",
        NOW + 3_500 + 3_600
    );
    assert_eq!(desk.run(&line).json()["report"]["proved"], false);
}

/// An example, proved, in a folder of its own; returns what names its bundle.
fn proved(name: &str) -> (Desk, String) {
    let desk = Desk::new();
    copy(&example(name), desk.0.path());
    let readme = desk.read("README.md");
    let block = readme
        .split("```sh")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let run = std::process::Command::new("bash")
        .args(["-euo", "pipefail", "-c", block])
        .current_dir(desk.0.path())
        .env_clear()
        .env(
            "PATH",
            format!(
                "{}:/usr/bin:/bin",
                std::path::Path::new(env!("CARGO_BIN_EXE_covenant"))
                    .parent()
                    .unwrap()
                    .display()
            ),
        )
        .env("COVENANT_CACHE_DIR", common::CACHE)
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{name}: {}",
        String::from_utf8_lossy(&run.stderr)
    );
    let verify = block
        .lines()
        .find(|line| line.starts_with("covenant verify"))
        .unwrap();
    let args = verify.strip_prefix("covenant verify ").unwrap().to_owned();
    (desk, args)
}

#[test]
fn each_template_renders_each_example() {
    for name in ["demo", "stablecoin", "lender", "reserve", "treasury-fund"] {
        let (desk, args) = proved(name);
        let verified = desk.run(&format!("verify {args} --json")).expect(0).json();
        for template in TEMPLATES {
            let line = format!("report {args} --template {template} --out r.html --json");
            let json = desk.run(&line).expect(0).json();
            agrees(&page(&desk, "r.html"), &json, &verified);
        }
        if name != "reserve" {
            continue;
        }
        // Held is never called counted, and maturities are marked as stated.
        let details = "version = 1\ntitle = \"<script>x</script>\\u202e\"\n[[maturity]]\nname = \"up to 90 days\"\ngroups = [\"bills\"]\n";
        desk.write("details.toml", details);
        let line =
            format!("report {args} --template reserve --details details.toml --out r.html --json");
        let json = desk.run(&line).expect(0).json();
        let bucket = &json["report"]["finding"]["maturity"][0];
        assert_eq!(bucket["at_least"], "20300000000");
        let page = page(&desk, "r.html");
        assert_eq!(
            texts(&page, "#stated h2"),
            ["Stated by whoever made this report, not proved"]
        );
        assert!(all(&page).contains("<script>x</script>⟨U+202E⟩"));
        assert!(
            texts(&page, "tr.bucket")
                .concat()
                .contains("20,300,000,000")
        );
        desk.write("details.toml", details.replace("\"bills\"", "\"bonds\""));
        let run = desk.run(&line).expect(2);
        let said = run.json();
        assert_eq!(said["field"], "maturity[0].groups[0]", "{said}");
        desk.write("details.toml", "version = 1\nsecret = 1\n");
        assert_eq!(desk.run(&line).expect(2).json()["line"], 2);
    }
}

#[test]
fn a_simulation_is_marked_as_secret_and_for_its_owner_alone() {
    let desk = Desk::basket(NOW);
    let line = format!("simulate {} --html s.html --json", Desk::inputs());
    let json = desk.run(&line).expect(0).json();
    let page = page(&desk, "s.html");
    assert!(texts(&page, ".secret").concat().starts_with("SECRET"));
    assert_eq!(texts(&page, ".watermark"), ["SECRET"]);
    let ratios: Vec<String> = json["scenarios"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| percent(&s["largest_ratio_bps"]))
        .collect();
    assert_eq!(texts(&page, "tr.scenario .ratio"), ratios);
    let steps: usize = json["scenarios"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["waterfall"].as_array().unwrap().len())
        .sum();
    assert_eq!(select(&page, "tr.step").len(), steps);
    assert_eq!(
        texts(&page, "#largest"),
        [percent(&json["largest_provable_ratio_bps"])]
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(desk.path("s.html"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // A secret replaces nothing.
    let before = desk.read("s.html");
    assert_eq!(desk.run(&line).expect(2).json()["code"], "file_exists");
    assert_eq!(desk.read("s.html"), before);
}
