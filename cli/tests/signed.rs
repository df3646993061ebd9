//! SPEC sections 7 and 8 at the command line: signed accounts and prices, expectations, and
//! what must not pass.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod common;

use common::{ACCOUNTS, Desk, SUBJECT, example};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

const NOW: u64 = 1_790_000_000;

/// A hex key for tests, by number.
fn key(n: usize) -> String {
    format!("{:064x}", n + 42)
}

/// Signs every account of a basket and the prices; returns expectations that name the
/// signers, in the style of `expect.toml` at hand.
fn sign(desk: &Desk, accounts: &[&str], until: u64) -> String {
    let mut keepers = String::new();
    let signed = |args: String, n: usize| {
        let output = desk
            .command()
            .env("KEY", key(n))
            .args(args.split_whitespace())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    for (n, account) in accounts.iter().enumerate() {
        let json = signed(
            format!(
                "account sign {account}/account.json --key env:KEY --account ref-{n} --valid-until {until} --json"
            ),
            n,
        );
        let kind = account
            .rsplit('/')
            .next()
            .unwrap()
            .split('-')
            .next()
            .unwrap();
        keepers.push_str(&format!(
            "[[keepers]]\naddress = {}\nname = \"keeper {n}\"\nroles = [\"{kind}\"]\n",
            json["keeper"]
        ));
    }
    let n = accounts.len();
    let json = signed(
        "prices sign prices.json --policy policy.json --key env:KEY --json".into(),
        n,
    );
    format!(
        "[prices]\nquorum = 1\nsigners = [{{ address = {}, name = \"source\" }}]\n{keepers}",
        json["signers"][0]
    )
}

/// The demo's basket, signed, proved, with expectations that trust exactly its signers.
fn signed_basket() -> Desk {
    let desk = Desk::basket(NOW);
    let trust = sign(&desk, &ACCOUNTS, NOW + 86_400);
    trusting(&desk, &trust);
    desk.run(&format!(
        "prove {} --ratio 125% --out b.json",
        Desk::inputs()
    ))
    .expect(0);
    desk
}

fn trusting(desk: &Desk, trust: &str) {
    let base = desk.read("expect.toml");
    let base = base.split("max_self_declared").next().unwrap();
    desk.write("expect.toml", format!("{base}{trust}"));
}

fn verify(desk: &Desk, bundle: &str, at: u64) -> common::Run {
    desk.run(&format!(
        "verify {bundle} --expect expect.toml --at {at} --json"
    ))
}

fn reason(run: common::Run, code: i32) -> String {
    let json = run.expect(code).json();
    json["reason"]
        .as_str()
        .or(json["error"].as_str())
        .unwrap()
        .to_owned()
}

#[test]
fn a_signed_basket_is_verified_by_whose_word_it_rests_on() {
    let desk = signed_basket();
    let json = verify(&desk, "b.json", NOW + 60).expect(0).json();
    assert_eq!(json["proved"], true);
    let trusting = json["trusting"].to_string();
    for n in 0..4 {
        assert!(trusting.contains(&format!("keeper {n}")), "{trusting}");
    }
    assert!(trusting.contains("source"), "{trusting}");
}

/// V6: every field of a signed bundle, edited alone, is rejected with a reason.
#[test]
fn v6_every_edit_of_a_signed_bundle_is_rejected() {
    let desk = signed_basket();
    let good: Value = serde_json::from_str(&desk.read("b.json")).unwrap();
    let mut leaves = Vec::new();
    walk(&good, String::new(), &mut leaves);
    assert!(leaves.len() > 80, "{}", leaves.len());
    for path in leaves {
        let mut bad = good.clone();
        let leaf = bad.pointer_mut(&path).unwrap();
        *leaf = match &*leaf {
            Value::Number(n) => (n.as_i64().unwrap() + 1).into(),
            Value::Bool(b) => (!b).into(),
            Value::String(s) => {
                // The last digit or letter becomes another.
                let mut s = s.clone();
                let last = s.pop().unwrap();
                s.push(if last == '1' { '2' } else { '1' });
                s.into()
            }
            _ => unreachable!(),
        };
        desk.write("bad.json", bad.to_string());
        let why = reason(verify(&desk, "bad.json", NOW + 60), 1);
        assert!(!why.is_empty(), "{path}");
    }
    // Removed, swapped.
    for (path, field) in [
        ("/accounts/0", "attestation"),
        ("/prices", "signatures"),
        ("/statement", "context"),
        ("", "proof"),
    ] {
        let mut bad = good.clone();
        bad.pointer_mut(path)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .remove(field)
            .unwrap();
        desk.write("bad.json", bad.to_string());
        verify(&desk, "bad.json", NOW + 60).expect(1);
    }
    let mut bad = good.clone();
    let (first, second) = (
        good["accounts"][0]["attestation"].clone(),
        good["accounts"][1]["attestation"].clone(),
    );
    bad["accounts"][0]["attestation"] = second;
    bad["accounts"][1]["attestation"] = first;
    desk.write("bad.json", bad.to_string());
    assert!(reason(verify(&desk, "bad.json", NOW + 60), 1).contains("accounts[0].attestation"));
}

fn walk(json: &Value, at: String, into: &mut Vec<String>) {
    match json {
        Value::Object(map) => map.iter().for_each(|(k, v)| {
            let k = k.replace('~', "~0").replace('/', "~1");
            walk(v, format!("{at}/{k}"), into);
        }),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(i, v)| walk(v, format!("{at}/{i}"), into)),
        _ => into.push(at),
    }
}

#[test]
fn each_abuse_of_a_signature_has_its_own_error() {
    let desk = signed_basket();
    for (at, expected) in [
        (NOW + 3_601, "age of at most 3600 seconds"),
        (NOW - 61, "ahead"),
    ] {
        let why = reason(verify(&desk, "b.json", at), 1);
        assert!(why.contains(expected), "{why}");
    }
    let expect = desk.read("expect.toml");
    // Expired, though young enough.
    desk.write("expect.toml", expect.replace("\"1h\"", "\"7d\""));
    let why = reason(verify(&desk, "b.json", NOW + 86_401), 1);
    assert!(why.contains("keeper") && why.contains("valid"), "{why}");
    // Another keeper, another role, another price source.
    for (from, to, expected) in [
        ("[\"liability\"]", "[\"collateral\"]", "liability"),
        ("quorum = 1", "quorum = 2", "quorum"),
    ] {
        let changed = expect.replace(from, to);
        assert_ne!(changed, expect);
        desk.write("expect.toml", changed);
        let run = verify(&desk, "b.json", NOW);
        let code = run.code;
        let why = reason(run, code);
        assert!(code != 0 && why.contains(expected), "{why}");
    }
    let without = expect.replacen("[[keepers]]", "#", 1);
    let cut: String = without
        .lines()
        .scan(false, |skip, line| {
            if line == "#" {
                *skip = true;
            } else if line.starts_with("[[") {
                *skip = false;
            }
            Some(if *skip {
                String::new()
            } else {
                format!("{line}\n")
            })
        })
        .collect();
    desk.write("expect.toml", cut);
    let why = reason(verify(&desk, "b.json", NOW), 1);
    assert!(why.contains("keeper"), "{why}");
    desk.write("expect.toml", &expect);
    // The malleated twin of a signature: s becomes n - s, v the other.
    let mut bad: Value = serde_json::from_str(&desk.read("b.json")).unwrap();
    let signature = &mut bad["accounts"][0]["attestation"]["signature"];
    *signature = high_s(signature.as_str().unwrap()).into();
    desk.write("bad.json", bad.to_string());
    let why = reason(verify(&desk, "bad.json", NOW), 1);
    assert!(why.contains("lower half"), "{why}");
}

/// The other signature of the same key over the same document.
fn high_s(signature: &str) -> String {
    let n = num_bigint::BigUint::parse_bytes(
        b"fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
        16,
    )
    .unwrap();
    let s = num_bigint::BigUint::parse_bytes(&signature.as_bytes()[66..130], 16).unwrap();
    let v = if signature.ends_with("1b") {
        "1c"
    } else {
        "1b"
    };
    format!("{}{:0>64}{v}", &signature[..66], (n - s).to_str_radix(16))
}

#[test]
fn external_signers_are_shown_typed_data_and_return_a_signature() {
    let desk = Desk::basket(NOW);
    let sign = format!(
        "account sign collateral-alder/account.json --account ref --valid-until {}",
        NOW + 60
    );
    let before = desk.read("collateral-alder/account.json");
    let data = desk
        .run(&format!("{sign} --print-typed-data --json"))
        .expect(0)
        .json();
    assert_eq!(data["primaryType"], "AccountAttestation");
    assert_eq!(data["domain"]["name"], "Covenant");
    assert_eq!(desk.read("collateral-alder/account.json"), before);
    // What a wallet returned, here from our own key.
    let output = desk
        .command()
        .env("KEY", key(0))
        .args(format!("{sign} --key env:KEY --out signed.json").split_whitespace())
        .output()
        .unwrap();
    assert!(output.status.success());
    let signed: Value = serde_json::from_str(&desk.read("signed.json")).unwrap();
    let attestation = &signed["attestation"];
    let (keeper, signature) = (
        attestation["keeper"].as_str().unwrap(),
        attestation["signature"].as_str().unwrap(),
    );
    desk.run(&format!("{sign} --signer {keeper} --signature {signature}"))
        .expect(0);
    assert_eq!(
        desk.read("collateral-alder/account.json"),
        desk.read("signed.json")
    );
    // Another's signature, the malleated one, a short one.
    let other = "0xae3DfFEE97f92db0201d11CB8877C89738353bCE".replace("ae", "Ae");
    desk.run(&format!("{sign} --signer {other} --signature {signature}"))
        .expect(2);
    let run = desk.run(&format!(
        "{sign} --signer {keeper} --signature {}",
        high_s(signature)
    ));
    assert!(run.expect(2).stderr.contains("lower half"));
    desk.run(&format!("{sign} --signer {keeper} --signature 0x12"))
        .expect(2);
}

#[test]
fn keystores_are_made_read_and_guarded() {
    let desk = Desk::new();
    desk.write("password", "correct horse\n");
    desk.write("wrong", "battery staple\n");
    desk.write("empty", "\n");
    let made = desk
        .run("keys new --out k.json --password-file password --json")
        .expect(0)
        .json();
    let address = desk
        .run("keys address k.json --password-file password --json")
        .expect(0)
        .json();
    assert_eq!(made["address"], address["address"]);
    let wrong = desk
        .run("keys address k.json --password-file wrong")
        .expect(2);
    assert!(wrong.stderr.contains("password"), "{}", wrong.stderr);
    desk.run("keys new --out k.json --password-file password")
        .expect(2);
    desk.run("keys new --out l.json --password-file empty")
        .expect(2);
    assert!(!desk.path("l.json").exists());
    let none = desk.run("keys address env:NO_SUCH_KEY").expect(2);
    assert!(none.stderr.contains("NO_SUCH_KEY"), "{}", none.stderr);
    let bad = desk
        .command()
        .env("BAD", "1234")
        .args(["keys", "address", "env:BAD"])
        .output()
        .unwrap();
    assert_eq!(bad.status.code(), Some(2));
    assert!(!String::from_utf8_lossy(&bad.stderr).contains("1234"));
}

/// Each example, signed end to end: accounts, prices, expectations that allow nobody else.
#[test]
fn the_examples_are_signed_end_to_end() {
    for name in ["demo", "stablecoin", "lender", "treasury-fund"] {
        let desk = Desk::new();
        let facts: toml::Table = fs::read_to_string(example(name).join("facts.toml"))
            .unwrap()
            .parse()
            .unwrap();
        let fact = |key: &str| facts[key].as_str().unwrap().to_owned();
        for file in ["policy.json", "prices.csv"] {
            fs::copy(example(name).join(file), desk.path(file)).unwrap();
        }
        let mut accounts = Vec::new();
        for entry in fs::read_dir(example(name).join("accounts")).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let kind = stem.split('-').next().unwrap();
            desk.run(&format!(
                "account commit {} --kind {kind} --subject {} --as-of {} --policy policy.json --out {stem}",
                path.display(), fact("subject"), fact("as_of"),
            ))
            .expect(0);
            accounts.push(stem);
        }
        desk.run(&format!(
            "prices build prices.csv --policy policy.json --as-of {} --out prices.json",
            fact("prices_as_of")
        ))
        .expect(0);
        let names: Vec<&str> = accounts.iter().map(String::as_str).collect();
        let trust = sign(&desk, &names, 1_900_000_000);
        let ratio = facts["ratio_bps"].as_integer().unwrap();
        desk.write("expect.toml", format!(
            "version = 1\npolicy = \"policy.json\"\nsubject = \"{}\"\nmin_ratio = {ratio}\nmin_public_debt = \"{}\"\nmax_account_age = \"24h\"\nmax_price_age = \"24h\"\nmax_clock_skew = \"1m\"\ncontext = \"signed\"\n{trust}",
            fact("subject"), fact("public_debt"),
        ));
        let openings: Vec<String> = accounts
            .iter()
            .map(|a| format!("{a}/opening.json"))
            .collect();
        desk.run(&format!(
            "prove --policy policy.json --prices prices.json --debt {} --ratio {ratio}bps --context signed --out b.json --opening {}",
            fact("public_debt"), openings.join(" "),
        ))
        .expect(0);
        let verify = format!(
            "verify b.json --expect expect.toml --at {} --json",
            fact("as_of")
        );
        desk.run(&verify).expect(0);
        // One signature less.
        let mut bad: Value = serde_json::from_str(&desk.read("b.json")).unwrap();
        bad["accounts"][0]
            .as_object_mut()
            .unwrap()
            .remove("attestation")
            .unwrap();
        desk.write("b.json", bad.to_string());
        assert!(reason(desk.run(&verify), 1).contains("self-declared"));
    }
}

#[test]
fn a_creditor_finds_its_own_account() {
    let desk = signed_basket();
    let included = |opening: &str| desk.run(&format!("account included {opening} b.json --json"));
    let json = included("liability-birch/opening.json").expect(0).json();
    assert_eq!(
        (&json["included"], &json["kind"]),
        (&true.into(), &"liability".into())
    );
    included("collateral-quay/opening.json").expect(0);
    // An account that was left out, and the same positions with another blinding.
    desk.run(&format!(
        "account commit {} --kind liability --subject {SUBJECT} --as-of {NOW} --policy policy.json --out other",
        example("demo/accounts/liability-birch.csv").display()
    ))
    .expect(0);
    assert!(reason(included("other/opening.json"), 1).contains("does not count"));
    // Included in a bundle whose proof does not hold.
    let mut bad: Value = serde_json::from_str(&desk.read("b.json")).unwrap();
    bad["statement"]["public_debt"] = "0".into();
    desk.write("b.json", bad.to_string());
    assert!(reason(included("liability-birch/opening.json"), 1).contains("proof"));
}

#[test]
fn proving_again_needs_only_the_new_documents() {
    let desk = signed_basket();
    desk.run(&format!(
        "prices build prices.csv --policy policy.json --as-of {} --out prices2.json",
        NOW + 600
    ))
    .expect(0);
    let openings = ACCOUNTS.map(|a| format!("{a}/opening.json")).join(" ");
    let json = desk
        .run(&format!(
            "prove --from b.json --prices prices2.json --opening {openings} --out b2.json --json"
        ))
        .expect(0)
        .json();
    assert_eq!(
        (&json["ratio_bps"], &json["public_debt"]),
        (&12_500.into(), &"4000000".into())
    );
    assert_eq!(json["signed_accounts"], 4);
    let expect = desk.read("expect.toml");
    let head = expect.split("[prices]").next().unwrap();
    let keepers = &expect[expect.find("[[keepers]]").unwrap()..];
    desk.write(
        "expect.toml",
        format!("{head}[prices]\nallow_unsigned = true\n{keepers}"),
    );
    verify(&desk, "b2.json", NOW + 600).expect(0);
}

#[test]
fn expectations_begin_with_nobody_trusted() {
    let desk = Desk::basket(NOW);
    let init = format!("expect init --policy policy.json --subject {SUBJECT} --out mine.toml");
    desk.run(&init).expect(0);
    assert!(desk.read("mine.toml").contains("# Whose word"));
    // It names no price signer yet, so it is refused; and it is not overwritten.
    let run = desk.run("expect check mine.toml").expect(2);
    assert!(run.stderr.contains("prices"), "{}", run.stderr);
    desk.run(&init).expect(2);
    let own = desk
        .read("mine.toml")
        .replace("quorum = 1\nsigners = [", "allow_unsigned = true\n#")
        .replace("\n]\n# or, in", "\n# or, in");
    desk.write("mine.toml", own);
    desk.run("expect check mine.toml").expect(0);
    desk.run(&format!(
        "prove {} --ratio 125% --out b.json",
        Desk::inputs()
    ))
    .expect(0);
    let why = reason(
        desk.run(&format!(
            "verify b.json --expect mine.toml --at {NOW} --json"
        )),
        1,
    );
    assert!(
        why.contains("self-declared") || why.contains("debt"),
        "{why}"
    );
}

/// ethers signs what `covenant verify` accepts, and checks what `covenant` signed.
#[test]
fn ethers_and_covenant_accept_each_other() {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/custodian");
    if !scripts.join("node_modules/ethers").is_dir() {
        let status = Command::new("npm")
            .args(["ci", "--silent"])
            .current_dir(&scripts)
            .status()
            .unwrap();
        assert!(status.success(), "npm ci");
    }
    let desk = signed_basket();
    let attest = |args: &[&str]| {
        Command::new("node")
            .arg(scripts.join("attest.mjs"))
            .args(args)
            .env("KEEPER_KEY", format!("0x{}", key(0)))
            .current_dir(desk.0.path())
            .output()
            .unwrap()
    };
    // Ours, checked there.
    let checked = attest(&["check", "collateral-quay/account.json"]);
    assert!(
        checked.status.success(),
        "{}",
        String::from_utf8_lossy(&checked.stderr)
    );
    // Theirs, accepted here: keeper 0's account, signed anew.
    let until = (NOW + 7_200).to_string();
    let path = format!("{}/account.json", ACCOUNTS[0]);
    let signed = attest(&["sign", &path, "by ethers", &until]);
    assert!(
        signed.status.success(),
        "{}",
        String::from_utf8_lossy(&signed.stderr)
    );
    let ours = desk.read(&path);
    desk.write(&path, &signed.stdout);
    assert_ne!(desk.read(&path), ours);
    desk.run(&format!(
        "prove {} --ratio 125% --out b.json",
        Desk::inputs()
    ))
    .expect(0);
    verify(&desk, "b.json", NOW + 60).expect(0);
}
