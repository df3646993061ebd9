//! The verbs from end to end, as text and as JSON, with their exit codes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod common;

use common::{Desk, vectors};
use serde_json::Value;

const NOW: u64 = 1_790_000_000;

#[test]
fn the_demo_proves_verifies_and_rejects_forgeries() {
    let desk = Desk::new();
    let told = desk.run("demo").expect(0);
    for part in ["PROVED", "NOT PROVED", "covenant prove", "not proved"] {
        assert!(told.stdout.contains(part), "{part}");
    }
    // What is about to be proved is said before it is, and nothing else.
    let mut notes = told.stderr.lines();
    assert!(
        notes.all(|line| line.starts_with("note: proving that what counts of ")),
        "{}",
        told.stderr
    );
    assert!(desk.path("covenant-demo/alder/opening.json").is_file());
    // A second run makes its own directory anew; a foreign one it leaves alone.
    let json = desk.run("demo --json").expect(0).json();
    assert_eq!(json["proved"], true);
    assert_eq!(json["forgeries"].as_array().unwrap().len(), 4);
    let left_out = json["forgeries"][3]["reason"].as_str().unwrap();
    assert!(
        left_out.contains("an account of liability by birch"),
        "{left_out}"
    );
    desk.write("mine/thesis.txt", "years of work");
    let refused = desk.run("demo --dir mine").expect(2);
    assert!(refused.stderr.contains("mine"), "{}", refused.stderr);
    assert_eq!(desk.read("mine/thesis.txt"), "years of work");
}

#[test]
fn a_basket_is_simulated_proved_verified_and_inspected() {
    let desk = Desk::basket(NOW);
    let inputs = Desk::inputs();
    let simulated = desk
        .run(&format!("simulate {inputs} --json"))
        .expect(0)
        .json();
    assert_eq!(simulated["covered"], true);
    assert_eq!(simulated["largest_provable_ratio_bps"], 12_500);
    let scenarios = simulated["scenarios"].as_array().unwrap();
    assert_eq!(scenarios.len(), 3);
    assert_eq!(scenarios[0]["name"], "base");
    for (j, largest) in [12_647, 11_198, 12_766].into_iter().enumerate() {
        assert_eq!(scenarios[j]["largest_ratio_bps"], largest);
        assert_eq!(scenarios[j]["covered"], true);
        assert!(scenarios[j]["breaking_drop_bps"].as_u64().unwrap() > 0);
        assert!(!scenarios[j]["binding"].as_array().unwrap().is_empty());
    }
    assert_eq!(scenarios[0]["debt"], "17598480");
    let proved = desk.run(&format!("prove {inputs} --ratio 125% --out b.json --json"));
    let proved = proved.expect(0).json();
    assert_eq!(proved["shape"], "small");
    let verify = format!("verify b.json --expect expect.toml --at {NOW}");
    let verified = desk.run(&format!("{verify} --json")).expect(0).json();
    assert_eq!(verified["proved"], true);
    assert_eq!(verified["ratio_bps"], 12_500);
    let words = desk.run(&verify).expect(0).stdout;
    assert!(words.starts_with("PROVED"), "{words}");
    assert!(words.contains("not proved"), "{words}");
    let inspected = desk.run("inspect b.json --json").expect(0).json();
    assert_eq!(inspected["verified"], false);
    assert_eq!(inspected["statement"]["ratio_bps"], 12_500);
    assert!(
        desk.run("inspect b.json")
            .expect(0)
            .stdout
            .contains("NOT VERIFIED")
    );
    // What was expected otherwise is exit code 1, with a reason that names it.
    let stale = desk.run(&format!(
        "verify b.json --expect expect.toml --at {} --json",
        NOW + 3_601
    ));
    let stale = stale.expect(1).json();
    assert_eq!(stale["proved"], false);
    assert!(stale["reason"].as_str().unwrap().contains("age"), "{stale}");
    // A bundle that cannot be read leaves open what it proves.
    let missing = desk
        .run("verify none.json --expect expect.toml --json")
        .expect(2);
    assert!(
        missing.json()["error"]
            .as_str()
            .unwrap()
            .contains("none.json")
    );
}

#[test]
fn a_false_claim_is_refused_with_clause_and_shortfall() {
    let desk = Desk::basket(NOW);
    let inputs = Desk::inputs();
    let refused = desk.run(&format!("prove {inputs} --ratio 130% --out b.json --json"));
    let json = refused.expect(1).json();
    assert_eq!(json["proved"], false);
    assert_eq!(json["clause"], "S6");
    assert_eq!(json["scenario"], "base");
    // 130 % of 17,598,480 less what counts.
    assert_eq!(json["required"], "22878024");
    assert!(
        json["shortfall"].as_str().unwrap().starts_with("621220"),
        "{json}"
    );
    assert!(!desk.path("b.json").exists());
    let words = desk
        .run(&format!("prove {inputs} --ratio 130% --out b.json"))
        .expect(1);
    assert!(words.stderr.contains("crypto"), "{}", words.stderr);
    let more = inputs.replace("--debt 4000000", "--debt 40000000");
    let json = desk.run(&format!("prove {more} --ratio 110% --out b.json --json"));
    assert_eq!(json.expect(1).json()["clause"], "S7");
    let simulated = desk
        .run(&format!("simulate {more} --json"))
        .expect(1)
        .json();
    assert_eq!(simulated["covered"], false);
    // P4: a ratio off the grid is not even tried.
    let off = desk
        .run(&format!("prove {inputs} --ratio 112.5% --out b.json"))
        .expect(2);
    assert!(
        off.stderr.contains("110.00 % plus a multiple of 5.00 %"),
        "{}",
        off.stderr
    );
    // A shape that is too small, and one that is none.
    let small = desk.run(&format!(
        "prove {inputs} --ratio 125% --shape 3x27x8x4 --out b.json"
    ));
    assert!(small.expect(2).stderr.contains("holds 3 accounts, got 4"));
    desk.run(&format!(
        "prove {inputs} --ratio 125% --shape big --out b.json"
    ))
    .expect(2);
}

#[test]
fn a_shape_of_ones_own_proves_and_verifies() {
    let desk = Desk::basket(NOW);
    let inputs = Desk::inputs();
    desk.run(&format!(
        "prove {inputs} --ratio 110% --shape 4x6x5x3 --out b.json"
    ))
    .expect(0);
    let expect = desk.read("expect.toml").replace("125%", "110%");
    desk.write("expect.toml", expect);
    desk.run(&format!("verify b.json --expect expect.toml --at {NOW}"))
        .expect(0);
}

#[test]
fn conformance_vectors_pass_through_the_command_line() {
    let desk = Desk::new();
    let vectors = vectors();
    let as_opening = |account: &Value| {
        let mut file = account.clone();
        file.as_object_mut().unwrap().remove("commitment");
        file["version"] = 2.into();
        file.to_string()
    };
    for account in vectors["accounts"].as_array().unwrap() {
        desk.write("opening.json", as_opening(account));
        let json = desk
            .run("account check opening.json --json")
            .expect(0)
            .json();
        assert_eq!(json["commitment"], padded(&account["commitment"]));
    }
    for entry in vectors["policy_digests"].as_array().unwrap() {
        desk.write("policy.json", entry["policy"].to_string());
        let json = desk
            .run("policy digest policy.json --json")
            .expect(0)
            .json();
        assert_eq!(json["digest"], padded(&entry["digest"]));
        desk.run("policy check policy.json --json").expect(0).json();
        desk.run("policy explain policy.json --json")
            .expect(0)
            .json();
    }
    for case in vectors["cases"].as_array().unwrap() {
        desk.write("policy.json", case["policy"].to_string());
        let mut openings = String::new();
        for (i, account) in case["accounts"].as_array().unwrap().iter().enumerate() {
            desk.write(&format!("o{i}.json"), as_opening(account));
            openings.push_str(&format!(" o{i}.json"));
        }
        let prices = serde_json::json!({
            "version": 2, "quote": case["policy"]["quote"], "as_of": NOW, "prices": case["prices"],
        });
        desk.write("prices.json", prices.to_string());
        let micro: u128 = case["public_debt"].as_str().unwrap().parse().unwrap();
        let list = ratios(&case["largest_ratio_bps"]);
        let required = case["policy"]["scenarios"].as_array().unwrap().iter();
        let required = std::iter::once(&case["policy"]).chain(required);
        let required = required.map(|rule| rule["min_ratio_bps"].as_u64().unwrap());
        let composed = case["held_shares_hold"] != false;
        let covered = composed
            && list
                .iter()
                .zip(required)
                .all(|(most, least)| *most >= least);
        let json = desk
            .run(&format!(
                "simulate --policy policy.json --prices prices.json --debt {}.{:06} --opening{openings} --json",
                micro / 1_000_000,
                micro % 1_000_000
            ))
            .expect(i32::from(!covered))
            .json();
        assert_eq!(json["covered"], covered);
        assert_eq!(json["broken"].is_string(), !composed, "{}", case["name"]);
        for (j, largest) in case["largest_ratio_bps"]
            .as_array()
            .unwrap()
            .iter()
            .enumerate()
        {
            let found = json["scenarios"][j]["largest_ratio_bps"].to_string();
            assert_eq!(found, largest.as_str().unwrap(), "{}", case["name"]);
        }
    }
}

/// Hex in the vectors has no fixed number of digits.
fn padded(hex: &Value) -> String {
    let digits = hex.as_str().unwrap().trim_start_matches("0x");
    format!("0x{digits:0>64}")
}

fn ratios(list: &Value) -> Vec<u64> {
    let list = list.as_array().unwrap().iter();
    list.map(|ratio| ratio.as_str().unwrap().parse().unwrap())
        .collect()
}

/// A worthless token that may be held without bound dilutes what is capped: nobody agrees to that.
#[test]
fn a_policy_that_nobody_should_agree_to_is_refused() {
    let desk = Desk::new();
    let vectors = vectors();
    let mut policy = vectors["cases"][3]["policy"].clone();
    desk.write("policy.json", policy.to_string());
    let json = desk.run("policy check policy.json --json").expect(1).json();
    assert_eq!(json["valid"], false);
    assert_eq!(json["code"], "policy_refused");
    assert!(json["refusals"][0].as_str().unwrap().contains("dilutes"));
    let init = "expect init --policy policy.json --subject lei:X --out expect.toml";
    desk.run(init).expect(1);
    assert!(!desk.path("expect.toml").exists());
    let dust = policy["assets"].as_array_mut().unwrap().last_mut().unwrap();
    assert_eq!(dust["symbol"], "dust");
    dust["max_held_share_bps"] = 100.into();
    desk.write("policy.json", policy.to_string());
    let json = desk.run("policy check policy.json --json").expect(0).json();
    assert_eq!(json["complete"], true);
    // Whether a share is of what counts or of what is held is always said.
    let words = desk.run("policy explain policy.json").expect(0).stdout;
    assert!(words.contains("dust counts at 0.00 % of its value; at most 1.00 % of what is held"));
    assert!(words.contains("at least 50.00 % and at most 100.00 % of what is held"));
    assert!(words.contains("in units of 1,000,000 USD"));
}

#[test]
fn policies_are_compared_in_words() {
    let desk = Desk::basket(NOW);
    let changed = desk
        .read("policy.json")
        .replace("\"min_ratio_bps\": 11000", "\"min_ratio_bps\": 10500")
        .replace("\"max_share_bps\": 2000", "\"max_share_bps\": 3000")
        .replace("-5500", "-6000");
    desk.write("changed.json", changed);
    let words = desk
        .run("policy diff policy.json changed.json")
        .expect(0)
        .stdout;
    for part in [
        "the smallest ratio falls from 110.00 % to 105.00 %",
        "USDC: at most 30.00 % of what counts instead of 20.00 %",
        "crypto halves: BTC down 50.00 %, ETH down 60.00 %",
    ] {
        assert!(words.contains(part), "{words}");
    }
    let json = desk
        .run("policy diff policy.json policy.json --json")
        .expect(0)
        .json();
    assert_eq!(json["same"], true);
}

#[test]
fn shapes_and_mistakes_have_json() {
    let desk = Desk::new();
    let shapes = desk.run("shapes --json").json();
    let small = &shapes["shapes"][0];
    assert_eq!(small["name"], "small");
    for field in [
        "accounts",
        "positions",
        "assets",
        "scenarios",
        "k",
        "advice",
        "fixed",
        "rows_used",
        "proof_bytes",
    ] {
        assert!(small[field].as_u64().unwrap() > 0, "{field}");
    }
    assert!(
        small["circuit"]
            .as_str()
            .unwrap()
            .starts_with("covenant-2/4x27x8x4/")
    );
    let usage = desk.run("prove --json --ratio 5").expect(2);
    assert!(usage.json()["error"].as_str().unwrap().contains("125%"));
    desk.run("nonsense").expect(2);
}
