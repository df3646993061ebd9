//! Signed baskets: keys by number, and expectations that trust exactly their addresses.

use super::{ACCOUNTS, Desk, Run};
use serde_json::Value;

pub const NOW: u64 = 1_790_000_000;

/// A hex key for tests, by number.
pub fn key(n: usize) -> String {
    format!("{:064x}", n + 42)
}

/// Where the attesters of a desk have their salt.
pub const SALT_FILE: &str = "salt";

/// A salt for references of accounts; the same for all tests.
pub fn salt(desk: &Desk) -> String {
    let salt = format!("0x{}", "5a".repeat(32));
    desk.write(SALT_FILE, format!("{salt}\n"));
    salt
}

/// Signs every account of a basket and the prices; returns expectations that name the
/// signers, in the style of `expect.toml` at hand.
pub fn sign(desk: &Desk, accounts: &[&str], until: u64) -> String {
    salt(desk);
    let mut attesters = String::new();
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
                "account sign {account}/account.json --opening {account}/opening.json --key env:KEY --account ref-{n} --salt {SALT_FILE} --valid-until {until} --json"
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
        attesters.push_str(&format!(
            "[[attesters]]\nname = \"attester {n}\"\nkeys = [{}]\nroles = [\"{kind}\"]\n",
            json["attester"]
        ));
    }
    let n = accounts.len();
    let json = signed(
        "prices sign prices.json --policy policy.json --key env:KEY --json".into(),
        n,
    );
    format!(
        "[prices]\nquorum = 1\nsigners = [{{ name = \"source\", keys = [{}] }}]\n{attesters}",
        json["signers"][0]
    )
}

/// The demo's basket, signed, proved, with expectations that trust exactly its signers.
pub fn signed_basket() -> Desk {
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

pub fn trusting(desk: &Desk, trust: &str) {
    let base = desk.read("expect.toml");
    let base = base.split("max_self_declared").next().unwrap();
    desk.write("expect.toml", format!("{base}{trust}"));
}

pub fn verify(desk: &Desk, bundle: &str, at: u64) -> Run {
    desk.run(&format!(
        "verify {bundle} --expect expect.toml --at {at} --json"
    ))
}

pub fn reason(run: Run, code: i32) -> String {
    let json = run.expect(code).json();
    json["reason"]
        .as_str()
        .or(json["error"].as_str())
        .unwrap()
        .to_owned()
}

/// The other signature of the same key over the same document.
pub fn high_s(signature: &str) -> String {
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
