//! `covenant prove-all`: many claims from one file, with one exit code for all.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{ACCOUNTS, Desk};

const NOW: u64 = 1_790_000_000;

/// A claim over the demo's basket, which covers 4,000,000 at 125% and not at 130%.
fn claim(ratio: &str, out: &str) -> String {
    let openings = ACCOUNTS.map(|a| format!("{a}/opening.json"));
    format!(
        "[[claim]]\npolicy = \"policy.json\"\nprices = \"prices.json\"\nopening = {openings:?}\n\
         debt = 4000000\nratio = \"{ratio}\"\nout = \"{out}\"\n"
    )
}

#[test]
fn each_claim_is_proved_or_says_why_not() {
    let desk = Desk::basket(NOW);
    let verify = |bundle: &str, code: i32| {
        let line = format!("verify {bundle} --expect expect.toml --at {NOW}");
        desk.run(&line).expect(code);
    };
    let both = claim("125%", "a.json") + &claim("125%", "b.json") + "context = \"other\"\n";
    desk.write("claims.toml", both);
    let made = desk.run("prove-all claims.toml --json").expect(0).json();
    assert_eq!(made["proved"], true);
    for (i, bundle) in ["a.json", "b.json"].into_iter().enumerate() {
        assert_eq!(made["claims"][i]["bundle"], bundle);
        assert_eq!(made["claims"][i]["proved"], true);
    }
    verify("a.json", 0);
    // The expectations ask for the empty context.
    verify("b.json", 1);

    // A false claim between true ones: the others are proved, nothing is written for it.
    let three = [
        claim("125%", "c.json"),
        claim("130%", "false.json"),
        claim("125%", "d.json"),
    ];
    desk.write("claims.toml", three.concat());
    let made = desk.run("prove-all claims.toml --at-a-time 1 --json");
    let made = made.expect(1).json();
    assert_eq!(made["proved"], false);
    let proved = made["claims"].as_array().unwrap().iter();
    let proved: Vec<bool> = proved.map(|c| c["proved"] == true).collect();
    assert_eq!(proved, [true, false, true]);
    let alone = desk.run(&format!(
        "prove {} --ratio 130% --out false.json --json",
        Desk::inputs()
    ));
    assert_eq!(made["claims"][1], alone.expect(1).json());
    assert!(!desk.path("false.json").exists());
    verify("c.json", 0);
    verify("d.json", 0);

    // One that cannot be read weighs more than one that is false.
    let unreadable = claim("125%", "e.json").replace("prices.json", "nowhere.json");
    desk.write(
        "claims.toml",
        claim("130%", "f.json") + &unreadable + &claim("125%", "g.json"),
    );
    let told = desk.run("prove-all claims.toml").expect(2);
    let lines: Vec<&str> = told.stdout.lines().collect();
    assert!(
        lines[0].starts_with("claim 1, f.json: not proved: "),
        "{lines:?}"
    );
    assert!(
        lines
            .iter()
            .any(|l| l.starts_with("claim 2, e.json: error: nowhere.json")),
        "{lines:?}"
    );
    assert!(
        lines
            .iter()
            .any(|l| l.starts_with("claim 3, g.json: proved: ")),
        "{lines:?}"
    );
    verify("g.json", 0);
}

#[test]
fn files_that_are_no_claims_are_refused() {
    let desk = Desk::basket(NOW);
    let good = claim("125%", "a.json");
    for (text, expected) in [
        ("", "missing field"),
        ("claim = []\n", "at least one [[claim]]"),
        ("claim = 5\n", "sequence"),
        ("rest = 1\n", "unknown field"),
    ] {
        desk.write("claims.toml", text);
        let told = desk.run("prove-all claims.toml").expect(2);
        assert!(told.stderr.contains(expected), "{}", told.stderr);
    }
    for (text, expected) in [
        (good.clone() + "colour = \"red\"\n", "--colour"),
        (good.clone() + "account = 1.5\n", "--account: expected"),
        (good.clone() + "help = \"x\"\n", "--help"),
        (good.replace("ratio = \"125%\"\n", ""), "--ratio"),
        (good.replace("125%", "125.01%"), "multiple"),
        (good.replace("125%", "lots"), "expected a ratio"),
        (good.replace("policy.json", "prices.json"), "prices.json"),
    ] {
        desk.write("claims.toml", &text);
        let told = desk.run("prove-all claims.toml --json").expect(2).json();
        let error = told["claims"][0]["error"].as_str().unwrap();
        assert!(error.contains(expected) && !error.contains('\n'), "{error}");
        assert!(!error.contains("Usage"), "{error}");
    }
    assert!(!desk.path("a.json").exists());
    // Two claims for one file.
    desk.write("claims.toml", good.clone() + &good);
    let told = desk.run("prove-all claims.toml --json").expect(2).json();
    assert_eq!(told["claims"][0]["proved"], true);
    assert!(
        told["claims"][1]["error"]
            .as_str()
            .unwrap()
            .contains("a.json again")
    );
    desk.run("prove-all nowhere.toml").expect(2);
    let help = desk.run("prove-all --help").expect(0).stdout;
    assert!(help.contains("[[claim]]"), "{help}");
    desk.run("prove-all claims.toml --at-a-time 0").expect(2);
}

/// Naming a secret file by mistake shows nothing of it.
#[test]
fn p2_the_wrong_file_is_not_quoted() {
    let desk = Desk::basket(NOW);
    let opening = desk.read("collateral-alder/opening.json");
    let blinding = opening.split("\"blinding\"").nth(1).unwrap();
    let blinding: String = blinding.split('"').nth(1).unwrap()[2..].to_owned();
    assert!(blinding.len() > 50);
    for json in ["", " --json"] {
        let told = desk
            .run(&format!("prove-all collateral-alder/opening.json{json}"))
            .expect(2);
        let said = told.stdout + &told.stderr;
        assert!(said.contains("opening.json"), "{said}");
        assert!(!said.contains(&blinding), "{said}");
    }
}
