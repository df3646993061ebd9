//! C12 at the command line: the kind of every account is what the proof shows, an attester signs
//! what it recomputed, a shape is chosen by what everybody sees, prices are not 0.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod common;

use common::signing::{NOW, SALT_FILE, key, reason, salt, signed_basket, verify};
use common::{ACCOUNTS, Desk, SUBJECT};
use serde_json::{Value, json};

fn edit(desk: &Desk, name: &str, change: impl FnOnce(&mut Value)) -> String {
    let before = desk.read(name);
    let mut json: Value = serde_json::from_str(&before).unwrap();
    change(&mut json);
    desk.write(name, json.to_string());
    before
}

#[test]
fn c12_an_attester_signs_what_it_recomputed() {
    let desk = Desk::basket(NOW);
    salt(&desk);
    let (account, opening) = (
        "collateral-alder/account.json",
        "collateral-alder/opening.json",
    );
    let sign = |rest: &str| {
        let line = format!(
            "account sign {account} --key env:KEY --account ref --salt {SALT_FILE} --valid-until {} --out signed.json {rest}",
            NOW + 60
        );
        let output = desk
            .command()
            .env("KEY", key(0))
            .args(line.split_whitespace())
            .output();
        let output = output.unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code().unwrap(), said)
    };
    // The choice has no default.
    assert_eq!(sign("").0, 2);
    assert_eq!(sign(&format!("--opening {opening} --without-opening")).0, 2);
    for (field, value) in [
        ("kind", json!("liability")),
        ("subject", json!("lei:OTHER")),
        ("as_of", json!(NOW + 1)),
        ("commitment", json!("0x1")),
    ] {
        let before = edit(&desk, account, |json| json[field] = value);
        let (code, said) = sign(&format!("--opening {opening}"));
        assert_eq!(code, 2, "{field}");
        assert!(
            said.contains(account) && said.contains(&format!("{field}: expected")),
            "{said}"
        );
        assert!(!desk.path("signed.json").exists());
        desk.write(account, before);
    }
    // Another account's opening.
    assert_eq!(sign("--opening collateral-quay/opening.json").0, 2);
    assert!(!desk.path("signed.json").exists());
    assert_eq!(sign(&format!("--opening {opening}")).0, 0);
    let recomputed = desk.read("signed.json");
    std::fs::remove_file(desk.path("signed.json")).unwrap();
    assert_eq!(sign("--without-opening").0, 0);
    assert_eq!(desk.read("signed.json"), recomputed);
}

/// The second forgery at the command line: a document that says liability for an account that
/// the proof counts as collateral.
#[test]
fn forgery_a_document_of_another_kind_than_the_proof_shows() {
    let desk = signed_basket();
    let shown = verify(&desk, "b.json", NOW + 60).expect(0).json();
    let kinds: Vec<&str> = shown["kinds"]
        .as_array()
        .unwrap()
        .iter()
        .map(|k| k.as_str().unwrap())
        .collect();
    assert_eq!(kinds.iter().filter(|k| **k == "liability").count(), 1);
    let words = desk.run(&format!(
        "verify b.json --expect expect.toml --at {}",
        NOW + 60
    ));
    assert!(words.expect(0).stdout.contains("  liability   attester 3"));
    let inspected = desk.run("inspect b.json --json").expect(0).json();
    assert_eq!(inspected["statement"]["kinds"], shown["kinds"]);
    // The creditor signs for collateral, as a liability.
    let at = kinds.iter().position(|k| *k == "collateral").unwrap();
    let commitment = shown["commitments"][at].as_str().unwrap();
    let of = |name: &&&str| {
        desk.read(&format!("{name}/account.json"))
            .contains(commitment)
    };
    let name = ACCOUNTS.iter().find(of).unwrap();
    edit(&desk, &format!("{name}/account.json"), |json| {
        json["kind"] = json!("liability");
        json.as_object_mut().unwrap().remove("attestation");
    });
    let line = format!(
        "account sign {name}/account.json --without-opening --key env:KEY --account x --salt {SALT_FILE} --valid-until {}",
        NOW + 86_400
    );
    let creditor = desk
        .command()
        .env("KEY", key(3))
        .args(line.split_whitespace())
        .output();
    assert!(creditor.unwrap().status.success());
    let file: Value = serde_json::from_str(&desk.read(&format!("{name}/account.json"))).unwrap();
    edit(&desk, "b.json", |json| json["accounts"][at] = file);
    let why = reason(verify(&desk, "b.json", NOW + 60), 1);
    assert!(why.contains(&format!("accounts[{at}].kind")), "{why}");
    // Nor does it help to say so in the statement.
    edit(&desk, "b.json", |json| {
        json["statement"]["kinds"][at] = json!("liability")
    });
    let why = reason(verify(&desk, "b.json", NOW + 60), 1);
    assert!(why.contains("does not prove"), "{why}");
}

/// V7. A circuit with a false statement that has a proof is refused by name.
#[test]
fn v7_retired_circuits_are_refused_by_name() {
    let desk = signed_basket();
    edit(&desk, "b.json", |json| {
        let id = json["circuit"]
            .as_str()
            .unwrap()
            .replacen("covenant-2/", "covenant-1/", 1);
        json["circuit"] = json!(id);
    });
    let why = reason(verify(&desk, "b.json", NOW + 60), 1);
    assert!(
        why.contains("covenant-1/") && why.contains("is retired"),
        "{why}"
    );
}

/// P4. Nineteen positions of one account fit no `small`, and nobody is told by the choice of
/// a shape.
#[test]
fn p4_a_shape_is_never_chosen_by_secret_sizes() {
    let desk = Desk::basket(NOW);
    let mut csv = String::from("asset,quantity,decimals\n");
    for n in 0..28 {
        csv.push_str(&format!("iso4217:USD,{}000000,2\n", n + 1));
    }
    desk.write("many.csv", csv);
    desk.run(&format!(
        "account commit many.csv --kind collateral --subject {SUBJECT} --as-of {NOW} --policy policy.json --separate --out many"
    ))
    .expect(0);
    let prove = "prove --policy policy.json --prices prices.json --debt 1000000 --opening many/opening.json --ratio 125% --out b.json --json";
    let refused = desk.run(prove).expect(2);
    let why = format!("{}{}", refused.stdout, refused.stderr);
    assert!(
        why.contains("auto chooses small") && why.contains("27 positions"),
        "{why}"
    );
    assert!(!desk.path("b.json").exists());
    let proved = desk
        .run(&format!("{prove} --shape 1x28x8x4"))
        .expect(0)
        .json();
    assert_eq!(proved["shape"], "1x28x8x4");
}

#[test]
fn s8_a_price_of_zero_is_refused_with_its_asset() {
    let desk = Desk::basket(NOW);
    let asset = "iso4217:USD";
    let csv: String = (desk.read("prices.csv").lines())
        .map(|line| match line.split_once(',') {
            Some((name, _)) if name == asset => format!("{asset},0,2\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    assert!(csv.contains(&format!("{asset},0,2\n")), "{csv}");
    desk.write("zero.csv", csv);
    let built = desk.run(&format!(
        "prices build zero.csv --policy policy.json --as-of {NOW} --out zero.json"
    ));
    let why = built.expect(2).stderr;
    assert!(
        why.contains("zero.csv") && why.contains(asset) && why.contains("above 0"),
        "{why}"
    );
    assert!(!desk.path("zero.json").exists());
    // In a document that was made elsewhere.
    edit(&desk, "prices.json", |json| {
        json["prices"][asset] = json!("0")
    });
    let proved = desk.run(&format!(
        "prove {} --ratio 125% --out b.json",
        Desk::inputs()
    ));
    let why = proved.expect(2).stderr;
    assert!(
        why.contains("prices.json") && why.contains("from 1 to 2^120 - 1"),
        "{why}"
    );
}
