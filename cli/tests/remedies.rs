//! A claim that is false is told what would make it true, and what it is told is true.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod common;

use common::{Desk, SUBJECT};
use num_bigint::BigUint;
use serde_json::Value;

const TIME: u64 = 1_790_000_000;

/// A basket under the demo's policy with this debt, as `simulate` is given it.
fn simulate(debt: &str, ratio: &str, more: &str) -> String {
    let inputs = Desk::inputs().replace("--debt 4000000", &format!("--debt {debt}"));
    format!("simulate {inputs}{more} --ratio {ratio} --json")
}

/// Text of a number with decimals, in its last places.
fn units(text: &Value, decimals: usize) -> BigUint {
    let text = text.as_str().unwrap();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    assert!(fraction.len() <= decimals, "{text}");
    format!("{whole}{fraction:0<decimals$}").parse().unwrap()
}

/// Micro-units as the command reads them.
fn micro(n: &BigUint) -> String {
    let text = format!("{n:0>7}");
    let (whole, fraction) = text.split_at(text.len() - 6);
    format!("{whole}.{fraction}")
}

#[test]
fn what_a_false_claim_is_told_would_make_it_true() {
    let desk = Desk::basket(TIME);
    let ratio = "150%";
    let refused = desk
        .run(&format!(
            "prove {} --ratio {ratio} --out bundle.json --json",
            Desk::inputs()
        ))
        .expect(1)
        .json();
    let remedies = &refused["remedies"];
    assert_eq!(
        *remedies,
        desk.run(&simulate("4000000", ratio, "")).expect(1).json()["remedies"]
    );

    // Less debt: just that much.
    let largest = units(&remedies["largest_debt"], 6);
    let repaid = units(&remedies["repay"], 6) + &largest;
    assert_eq!(micro(&repaid), "4000000.000000");
    desk.run(&simulate(&micro(&largest), ratio, "")).expect(0);
    desk.run(&simulate(&micro(&(&largest + 1u8)), ratio, ""))
        .expect(1);

    // A lower ratio: the largest on the grid.
    let bps = remedies["largest_ratio_bps"].as_u64().unwrap();
    desk.run(&simulate("4000000", &format!("{bps}bps"), ""))
        .expect(0);
    let step = step(&desk);
    desk.run(&simulate("4000000", &format!("{}bps", bps + step), ""))
        .expect(1);

    // More of an asset: each of them, and not a thousandth less.
    let top_ups = remedies["top_ups"].as_array().unwrap();
    assert!(!top_ups.is_empty());
    let values: Vec<_> = top_ups.iter().map(|t| units(&t["value"], 6)).collect();
    assert!(values.is_sorted(), "{values:?}");
    for (i, top_up) in top_ups.iter().enumerate() {
        let (asset, decimals) = rule(&desk, &top_up["asset"]);
        let amount = units(&top_up["quantity"], decimals);
        for (name, amount, exit) in [
            ("enough", amount.clone(), 0),
            ("little", &amount - (&amount / 1000u32 + 1u8), 1),
        ] {
            let (file, out) = (format!("{name}{i}.csv"), format!("{name}{i}"));
            desk.write(&file, format!("asset,amount\n{asset},{amount}\n"));
            desk.run(&format!("account commit {file} --kind collateral --subject {SUBJECT} --as-of {TIME} --policy policy.json --out {out}")).expect(0);
            desk.run(&simulate("4000000", ratio, &format!(" {out}/opening.json")))
                .expect(exit);
        }
    }
}

fn policy(desk: &Desk) -> Value {
    serde_json::from_str(&desk.read("policy.json")).unwrap()
}

fn step(desk: &Desk) -> u64 {
    policy(desk)["ratio_step_bps"].as_u64().unwrap()
}

/// Name and decimals of an asset by its symbol.
fn rule(desk: &Desk, symbol: &Value) -> (String, usize) {
    let policy = policy(desk);
    let mut assets = policy["assets"].as_array().unwrap().iter();
    let rule = assets.find(|rule| rule["symbol"] == *symbol).unwrap();
    let decimals = rule["decimals"].as_u64().unwrap();
    (
        rule["asset"].as_str().unwrap().into(),
        usize::try_from(decimals).unwrap(),
    )
}

#[test]
fn a_waterfall_adds_up() {
    let desk = Desk::basket(TIME);
    let json = desk.run(&simulate("4000000", "125%", "")).expect(0).json();
    for scenario in json["scenarios"].as_array().unwrap() {
        let steps = scenario["waterfall"].as_array().unwrap();
        assert!(!steps.is_empty());
        let mut sum = BigUint::ZERO;
        for step in steps {
            let of = |name: &str| units(&step[name], 14);
            let left = of("value") - of("haircut") - of("uncounted");
            assert_eq!(left, of("counted"), "{step}");
            sum += left;
        }
        assert_eq!(sum, units(&scenario["counted"], 14));
        assert_eq!(scenario["covered"], true);
        assert!(!scenario["headroom"].as_str().unwrap().starts_with('-'));
    }
}

#[test]
fn simulate_refuses_what_prove_refuses() {
    let desk = Desk::basket(TIME);
    for (ratio, more, code) in [
        ("125.01%", "", "ratio_off_grid"),
        ("125%", " --shape 1x1x1x1", "does_not_fit"),
    ] {
        let simulated = desk.run(&simulate("4000000", ratio, more)).expect(2).json();
        let line = simulate("4000000", ratio, more).replacen("simulate", "prove", 1);
        let refused = desk
            .run(&format!("{line} --out bundle.json"))
            .expect(2)
            .json();
        assert_eq!(simulated["code"], code, "{simulated}");
        assert_eq!(simulated, refused);
    }
}

#[test]
fn likely_slips_are_refused_unless_they_are_meant() {
    let desk = Desk::basket(TIME);
    let collateral = "--policy policy.json --prices prices.json --opening collateral-alder --ratio 125% --out bundle.json";
    let refused = desk.run(&format!("prove {collateral}")).expect(2);
    assert!(refused.stderr.contains("--no-debt"), "{}", refused.stderr);
    let (day, two) = (TIME + 86_400, TIME + 86_401);
    for (at, exit) in [(day, 1), (two, 2)] {
        desk.run(&format!(
            "prices build prices.csv --policy policy.json --as-of {at} --out later{at}.json"
        ))
        .expect(0);
        let inputs = Desk::inputs().replace("prices.json", &format!("later{at}.json"));
        // Beyond what is covered, so that nothing is proved.
        let run = desk.run(&format!("prove {inputs} --ratio 300% --out bundle.json"));
        let run = run.expect(exit);
        let meant = desk.run(&format!(
            "prove {inputs} --ratio 300% --distant-prices --out bundle.json"
        ));
        assert_eq!(run.stderr.contains("--distant-prices"), exit == 2);
        meant.expect(1);
    }
}

#[test]
fn an_account_is_named_by_its_file() {
    let desk = Desk::basket(TIME);
    desk.write("owed.csv", "asset,amount\neip155:1/slip44:2,5\n");
    desk.run(&format!(
        "account commit owed.csv --kind liability --subject {SUBJECT} --as-of {TIME} --out owed"
    ))
    .expect(0);
    let run = desk
        .run(&format!(
            "prove {} owed --ratio 125% --out bundle.json --json",
            Desk::inputs()
        ))
        .expect(1)
        .json();
    let error = run["error"].as_str().unwrap();
    assert!(
        error.contains("S2: owed/opening.json has a liability"),
        "{error}"
    );
    assert_eq!(run["file"], "owed/opening.json");
}

#[test]
fn many_claims_are_named_and_quiet_is_quiet() {
    let desk = Desk::basket(TIME);
    let claim = |out: &str| {
        format!(
            "[[claim]]\npolicy = \"policy.json\"\nprices = \"prices.json\"\nopening = \"collateral-alder\"\nratio = \"300%\"\ndebt = \"4000000\"\ndistant-prices = false\nout = \"{out}\"\n"
        )
    };
    desk.write("claims.toml", claim("one.json") + &claim("two.json"));
    let run = desk.run("prove-all claims.toml").expect(1);
    let text = run.stdout;
    assert!(text.contains("claim 1, one.json: not proved"), "{text}");
    assert!(text.contains("claim 2, two.json: not proved"), "{text}");
    let quiet = desk.run("policy check policy.json -q").expect(0);
    assert_eq!((&*quiet.stdout, &*quiet.stderr), ("", ""));
    desk.run("policy check policy.json -q --json").expect(2);
    let broken = desk.run("policy check prices.json --quiet").expect(2);
    assert!(broken.stderr.contains("prices.json"), "{}", broken.stderr);
}
