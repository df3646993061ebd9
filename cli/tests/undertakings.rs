//! What makes a certificate of a proof: creditors that are in it, collateral that is held for the
//! lender, a subject that represents its debt, and documents that can be withdrawn (docs/spec.md,
//! sections 7.5 to 7.7 and 8.2, rows 26 and 31 to 33).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::signing::{NOW, key, signed_basket};
use common::{ACCOUNTS, Desk, Run};
use serde_json::{Value, json};

const UNTIL: u64 = NOW + 30 * 86_400;
const SUBJECTS_KEY: usize = 77;

fn with_key(desk: &Desk, n: usize, line: &str) -> Run {
    let mut command = desk.command();
    command.env("KEY", key(n)).args(line.split_whitespace());
    Desk::run_of(&mut command)
}

fn undertake(desk: &Desk, n: usize, more: &str) -> Run {
    with_key(
        desk,
        n,
        &format!(
            "account undertake {}/account.json --secured-party lender --facility loan-17 --held-until {UNTIL} --key env:KEY --json {more}",
            ACCOUNTS[n]
        ),
    )
}

fn prove(desk: &Desk, accounts: &[&str]) {
    let openings: Vec<String> = accounts
        .iter()
        .map(|a| format!("{a}/opening.json"))
        .collect();
    desk.run(&format!(
        "prove --policy policy.json --prices prices.json --debt 4000000 --ratio 125% --out b.json --opening {}",
        openings.join(" ")
    ))
    .expect(0);
}

fn verify(desk: &Desk) -> Run {
    desk.run(&format!(
        "verify b.json --expect expect.toml --at {} --json",
        NOW + 60
    ))
}

fn expecting(desk: &Desk, more: &str) {
    let before = desk.read("expect.toml");
    desk.write("expect.toml", format!("{before}\n{more}"));
}

fn codes(said: &Value) -> Vec<&str> {
    let all = said["mismatches"].as_array().unwrap();
    all.iter().map(|m| m["code"].as_str().unwrap()).collect()
}

#[test]
fn a_creditor_that_is_left_out_is_missed() {
    let desk = signed_basket();
    expecting(
        &desk,
        "[[must_include]]\nattester = \"attester 3\"\nkind = \"liability\"\n",
    );
    let said = verify(&desk).expect(0).json();
    assert!(
        !said["not_proved"]
            .to_string()
            .contains("nobody was required to be in it")
    );
    prove(&desk, &ACCOUNTS[..3]);
    let said = verify(&desk).expect(1).json();
    assert_eq!(codes(&said), ["required_missing"]);
    assert_eq!(said["code"], "required_missing");
    assert_eq!(said["expected"], "an account of liability by attester 3");
    // By the account's reference and by its commitment too.
    let account: Value = serde_json::from_str(&desk.read("liability-birch/account.json")).unwrap();
    for (field, value) in [
        ("account", &account["attestation"]["account"]),
        ("commitment", &account["commitment"]),
    ] {
        let expect = desk.read("expect.toml");
        let expect = expect.split("[[must_include]]").next().unwrap();
        let by = match field {
            "account" => "attester = \"attester 3\"\nkind = \"liability\"\n",
            _ => "",
        };
        desk.write(
            "expect.toml",
            format!("{expect}[[must_include]]\n{by}{field} = {value}\n"),
        );
        prove(&desk, &ACCOUNTS[..3]);
        assert_eq!(codes(&verify(&desk).expect(1).json()), ["required_missing"]);
        prove(&desk, &ACCOUNTS);
        verify(&desk).expect(0);
    }
}

#[test]
fn collateral_is_held_for_the_lender_where_it_is_required() {
    let desk = signed_basket();
    let mut wording = String::new();
    for n in 0..3 {
        let said = undertake(&desk, n, "").expect(0).json();
        assert_eq!(
            (&said["held_from"], &said["checked"]),
            (&json!(NOW), &json!(true))
        );
        assert!(said["text"].as_str().unwrap().contains("release nothing"));
        wording = said["wording"].as_str().unwrap().to_owned();
    }
    prove(&desk, &ACCOUNTS);
    let required = |until: u64| {
        format!(
            "[undertakings]\nsecured_party = \"lender\"\nfacility = \"loan-17\"\nheld_until = {until}\nwordings = [\"{wording}\"]\n"
        )
    };
    let plain = desk.read("expect.toml");
    expecting(&desk, &required(UNTIL));
    let said = verify(&desk).expect(0).json();
    assert_eq!(
        said["trusting"]
            .to_string()
            .matches("undertakes to hold")
            .count(),
        3
    );
    // Longer than any of them: each is told.
    desk.write("expect.toml", format!("{plain}\n{}", required(UNTIL + 1)));
    let said = verify(&desk).expect(1).json();
    assert_eq!(codes(&said), ["undertaking_missing"; 3]);
    // A wallet signs the same, and is shown the text.
    let shown = undertake_without_key(&desk, "--print-typed-data");
    assert_eq!(shown.expect(0).json()["primaryType"], "ControlUndertaking");
    // What cannot be held, what nobody attested, and what ends before it begins.
    let refused = with_key(
        &desk,
        3,
        "account undertake liability-birch/account.json --secured-party lender --facility x --held-until 2030-01-01 --key env:KEY --json",
    );
    assert_eq!(refused.expect(2).json()["field"], "kind");
    let refused = undertake(&desk, 0, &format!("--held-from {}", UNTIL + 1));
    assert!(
        refused.expect(2).json()["error"]
            .to_string()
            .contains("--held-until")
    );
}

fn undertake_without_key(desk: &Desk, how: &str) -> Run {
    desk.run(&format!(
        "account undertake {}/account.json --secured-party lender --facility loan-17 --held-until {UNTIL} --json {how}",
        ACCOUNTS[0]
    ))
}

#[test]
fn a_text_of_ones_own_is_hashed_as_it_is() {
    let desk = signed_basket();
    desk.write("text", "We hold it.\r\n");
    let said = undertake(&desk, 0, "--wording text").expect(0).json();
    let hash = covenant_circuits::ident::keccak256(b"We hold it.\r\n");
    let hash: String = hash.iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(said["wording"], format!("0x{hash}"));
    for bad in [&b""[..], b" \n", b"\xff"] {
        desk.write("text", bad);
        let said = undertake(&desk, 0, "--wording text").expect(2).json();
        assert_eq!(said["file"], "text");
    }
}

#[test]
fn the_subject_represents_that_there_is_no_other_debt() {
    let desk = signed_basket();
    let line = "represent b.json --key env:KEY --json";
    let said = with_key(&desk, SUBJECTS_KEY, line).expect(0).json();
    assert!(
        said["text"]
            .as_str()
            .unwrap()
            .contains("we owe nothing beyond")
    );
    let (signer, wording) = (&said["signer"], &said["wording"]);
    expecting(
        &desk,
        &format!("[representation]\nkeys = [{signer}]\nwordings = [{wording}]\n"),
    );
    let said = verify(&desk).expect(0).json();
    assert!(said["trusting"].to_string().contains("no other debt"));
    // Of this statement alone.
    prove(&desk, &ACCOUNTS);
    assert_eq!(
        codes(&verify(&desk).expect(1).json()),
        ["representation_missing"]
    );
    // Somebody else's.
    with_key(&desk, 5, line).expect(0);
    assert_eq!(
        codes(&verify(&desk).expect(1).json()),
        ["representation_missing"]
    );
}

#[test]
fn what_its_signer_withdraws_is_refused_from_then_on() {
    let desk = signed_basket();
    let account = format!("{}/account.json", ACCOUNTS[0]);
    let revoke = |n: usize, more: &str| {
        with_key(
            &desk,
            n,
            &format!(
                "account revoke {account} --at {} --key env:KEY --out revoked.json --json {more}",
                NOW + 60
            ),
        )
    };
    let said = revoke(0, "").expect(0).json();
    // Handed to the relying party, whatever the bundle has.
    desk.write("expect.json", {
        let expect: toml::Value = desk
            .read("expect.toml")
            .parse::<toml::Table>()
            .unwrap()
            .into();
        let mut expect = serde_json::to_value(expect).unwrap();
        expect["revocations"] = json!([said["revocation"]]);
        expect.to_string()
    });
    let at = |time: u64| {
        desk.run(&format!(
            "verify b.json --expect expect.json --at {time} --json"
        ))
    };
    at(NOW + 59).expect(0);
    let refused = at(NOW + 60).expect(1).json();
    assert_eq!(codes(&refused), ["revoked"]);
    // Nobody withdraws another's, or what is not there.
    for (n, more) in [(1, ""), (0, "--what undertaking")] {
        let said = revoke(n, more).expect(2).json();
        assert!(said["error"].as_str().unwrap().contains(&account), "{said}");
    }
    undertake(&desk, 0, "").expect(0);
    let shown = desk.run(&format!(
        "account revoke {account} --what undertaking --at {NOW} --print-typed-data --json"
    ));
    let shown = shown.expect(0).json();
    assert_eq!(shown["primaryType"], "Revocation");
    std::fs::remove_file(desk.path("revoked.json")).unwrap();
    let said = revoke(0, "--what undertaking").expect(0).json();
    assert_eq!(said["document"], shown["message"]["document"]);
}
