//! SECURITY-REQUIREMENTS "Files", P2 and P3 at the command line: hostile input and output
//! are clear errors, nothing is half-written, no secret shows.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod common;

use common::{Desk, SUBJECT};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};

const NOW: u64 = 1_790_000_000;

/// Names left in a directory.
fn names(desk: &Desk, dir: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(desk.path(dir))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn files_secrets_are_private_and_never_overwritten() {
    let desk = Desk::basket(NOW);
    let opening = desk.path("collateral-alder/opening.json");
    let mode = fs::metadata(&opening).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let before = fs::read(&opening).unwrap();
    let again = format!(
        "account commit p.csv --kind collateral --subject {SUBJECT} --as-of 1790000000 --out collateral-alder"
    );
    desk.write("p.csv", "asset,amount\niso4217:USD,5\n");
    let refused = desk.run(&again).expect(2);
    assert!(
        refused.stderr.contains("opening.json"),
        "{}",
        refused.stderr
    );
    assert_eq!(fs::read(&opening).unwrap(), before);
    assert_eq!(
        names(&desk, "collateral-alder"),
        ["account.json", "opening.json"]
    );
}

#[test]
fn files_hostile_output_is_refused_and_nothing_is_left() {
    let desk = Desk::basket(NOW);
    let prove = format!("prove {} --ratio 125% --out", Desk::inputs());
    let before = names(&desk, ".");
    // A symbolic link, to a file or to nowhere.
    desk.write("victim", "untouched");
    symlink(desk.path("victim"), desk.path("link")).unwrap();
    symlink(desk.path("nowhere"), desk.path("dangling")).unwrap();
    for out in ["link", "dangling"] {
        let run = desk.run(&format!("{prove} {out}")).expect(2);
        assert!(run.stderr.contains("symbolic link"), "{}", run.stderr);
    }
    assert_eq!(desk.read("victim"), "untouched");
    assert!(!desk.path("nowhere").exists());
    // A directory, a missing directory.
    fs::create_dir(desk.path("dir")).unwrap();
    desk.run(&format!("{prove} dir")).expect(2);
    let missing = desk.run(&format!("{prove} none/b.json")).expect(2);
    assert!(missing.stderr.contains("none/b.json"), "{}", missing.stderr);
    // Read-only.
    let sealed = desk.write("sealed.json", "old");
    fs::set_permissions(&sealed, fs::Permissions::from_mode(0o444)).unwrap();
    let run = desk.run(&format!("{prove} sealed.json")).expect(2);
    assert!(run.stderr.contains("read-only"), "{}", run.stderr);
    assert_eq!(desk.read("sealed.json"), "old");
    let mut after = names(&desk, ".");
    after.retain(|n| !["victim", "link", "dangling", "dir", "sealed.json"].contains(&n.as_str()));
    assert_eq!(after, before, "nothing half-written");
}

#[test]
fn files_what_is_written_replaces_nothing_but_its_own_kind() {
    let desk = Desk::basket(NOW);
    desk.write("password", "not a secret");
    desk.run("keys new --out k.key --password-file password")
        .expect(0);
    desk.write("notes.txt", "years of work");
    let prove = format!("prove {} --ratio 125% --out", Desk::inputs());
    let build = format!("prices build prices.csv --policy policy.json --as-of {NOW} --out");
    let account = "collateral-alder/account.json";
    let sign = format!(
        "account sign {account} --opening collateral-alder/opening.json --key k.key --password-file password --account 1 --salt s --valid-until {} --out",
        NOW + 9
    );
    desk.run("keys salt --out s").expect(0);
    let targets = [
        "collateral-alder/opening.json",
        "k.key",
        "s",
        "policy.json",
        "prices.csv",
        "expect.toml",
        "notes.txt",
    ];
    let account_is_no = [&prove, &build].map(|verb| (verb, account));
    let prices_are_no = [&prove, &sign].map(|verb| (verb, "prices.json"));
    let all = [&prove, &build, &sign].map(|verb| targets.map(|target| (verb, target)));
    let pairs = all
        .into_iter()
        .flatten()
        .chain(account_is_no)
        .chain(prices_are_no);
    for (verb, target) in pairs {
        let before = desk.read(target);
        let refused = desk.run(&format!("{verb} {target}")).expect(2);
        assert!(refused.stderr.contains(target), "{}", refused.stderr);
        assert!(
            refused.stderr.contains("left as it is"),
            "{}",
            refused.stderr
        );
        assert!(desk.read(target) == before, "{verb} {target}");
    }
    // What is of the kind is replaced, and what is empty.
    desk.write("empty", "");
    desk.run(&format!("{build} empty")).expect(0);
    desk.run(&format!("{build} prices.json")).expect(0);
    desk.run(&format!("{sign} {account}")).expect(0);
}

#[test]
fn files_a_demo_removes_what_a_demo_wrote_and_nothing_else() {
    let desk = Desk::new();
    desk.run("demo --dir d").expect(0);
    desk.write("d/notes.txt", "years of work");
    desk.write("d/alder/more.txt", "more of it");
    desk.run("demo --dir d").expect(0);
    assert_eq!(desk.read("d/notes.txt"), "years of work");
    assert_eq!(desk.read("d/alder/more.txt"), "more of it");
    // A file of the demo's that somebody changed is theirs.
    desk.write("d/policy.json", "mine");
    let bundle = desk.read("d/bundle.json");
    let refused = desk.run("demo --dir d").expect(2);
    assert!(refused.stderr.contains("policy.json"), "{}", refused.stderr);
    assert_eq!(desk.read("d/policy.json"), "mine");
    assert_eq!(desk.read("d/bundle.json"), bundle);
}

#[test]
fn p2_a_bundle_appears_whole_or_not_at_all() {
    let desk = Desk::basket(NOW);
    let prove = format!("prove {} --out b.json --ratio", Desk::inputs());
    desk.run(&format!("{prove} 130%")).expect(1);
    assert!(!desk.path("b.json").exists());
    desk.run(&format!("{prove} 125%")).expect(0);
    let first = desk.read("b.json");
    // A refused claim leaves an earlier bundle alone; a proved one replaces it.
    desk.run(&format!("{prove} 130%")).expect(1);
    assert_eq!(desk.read("b.json"), first);
    desk.run(&format!("{prove} 125%")).expect(0);
    let second = desk.read("b.json");
    assert_ne!(second, first);
    desk.run(&format!("verify b.json --expect expect.toml --at {NOW}"))
        .expect(0);
    // A write that the kernel cuts off at the first block leaves the earlier bundle alone.
    let cut = std::process::Command::new("/bin/sh")
        .args([
            "-c",
            "ulimit -c 0; ulimit -f 1; exec \"$0\" \"$@\"",
            env!("CARGO_BIN_EXE_covenant"),
        ])
        .args(format!("{prove} 125%").split_whitespace())
        .current_dir(desk.0.path())
        .env_clear()
        .env("COVENANT_CACHE_DIR", common::CACHE)
        .output()
        .unwrap();
    assert!(!cut.status.success());
    assert_eq!(desk.read("b.json"), second);
}

#[test]
fn files_names_that_are_not_utf8_are_named_in_errors_and_work() {
    let desk = Desk::basket(NOW);
    let odd = std::ffi::OsStr::from_bytes(b"pol\xfficy.json");
    let args = |path: &std::ffi::OsStr| vec!["policy".into(), "digest".into(), path.to_owned()];
    let run = desk.args(args(odd)).expect(2);
    assert!(run.stderr.contains("icy.json"), "{}", run.stderr);
    fs::copy(desk.path("policy.json"), desk.0.path().join(odd)).unwrap();
    desk.args(args(odd)).expect(0);
}

#[test]
fn files_hostile_input_is_refused_with_the_file_and_the_place() {
    let desk = Desk::basket(NOW);
    let policy = desk.read("policy.json");
    let swap = |from: &str, to: &str| {
        let text = policy.replacen(from, to, 1);
        assert_ne!(text, policy, "{from}");
        text
    };
    let cases: Vec<(String, &str)> = vec![
        (
            swap("{ \"version\": 2,", "{ \"version\": 2, \"version\": 2,"),
            "duplicate field",
        ),
        (
            swap("\"min_ratio_bps\": 11000", "\"min_ratio_bps\": 11000.0"),
            "floating point",
        ),
        (
            swap("\"min_ratio_bps\": 11000", "\"min_ratio_bps\": 1e400"),
            "out of range",
        ),
        (
            swap("\"min_ratio_bps\": 11000", "\"min_ratio_bps\": 011000"),
            "invalid number",
        ),
        (
            swap("\"min_ratio_bps\": 11000", "\"min_ratio_bps\": -1"),
            "u32",
        ),
        (
            swap("\"version\": 2,", "\"version\": 2, \"extra\": 0,"),
            "unknown field `extra`",
        ),
        (
            swap("\"version\": 2,", "\"version\": 1,"),
            "version: expected 2, got 1",
        ),
        (
            swap("-5000,", "-5000, \"eip155:1/slip44:60\": 1,"),
            "duplicate key",
        ),
        (policy[..policy.len() / 2].to_owned(), "EOF"),
        (String::new(), "EOF"),
        ("[".repeat(50_000), "line 1"),
    ];
    for (text, expected) in cases {
        desk.write("bad.json", text);
        let run = desk.run("policy check bad.json").expect(2);
        assert!(run.stderr.contains("bad.json"), "{}", run.stderr);
        assert!(run.stderr.contains(expected), "{expected}: {}", run.stderr);
    }
    desk.write("bad.json", b"\xff\xfe");
    assert!(
        desk.run("policy check bad.json")
            .expect(2)
            .stderr
            .contains("UTF-8")
    );
    // A gigabyte that takes no room on disk, a directory, a device.
    let huge = fs::File::create(desk.path("huge.json")).unwrap();
    huge.set_len(1 << 30).unwrap();
    for verb in [
        "policy check",
        "inspect",
        "account check",
        "verify --expect expect.toml",
        "srs check",
    ] {
        let run = desk.run(&format!("{verb} huge.json")).expect(2);
        assert!(run.stderr.contains("huge.json"), "{}", run.stderr);
        desk.run(&format!("{verb} .")).expect(2);
        desk.run(&format!("{verb} /dev/zero")).expect(2);
    }
    // Refused by what it is, before a byte of it is read.
    for (path, expected) in [
        ("huge.json", "got 1073741824"),
        ("/dev/zero", "regular file"),
    ] {
        let run = desk.run(&format!("policy check {path}")).expect(2);
        assert!(run.stderr.contains(expected), "{}", run.stderr);
    }
    // Expectations.
    let good = desk.read("expect.toml");
    for (bad, expected) in [
        (good.replace("125%", "125"), "min_ratio"),
        (good.replace("version = 2", "version = 1"), "version"),
        (
            good.replace("\"policy.json\"", "\"none.json\""),
            "none.json",
        ),
        (format!("surplus = 1\n{good}"), "surplus"),
        (good.replace("\"1h\"", "\"soon\""), "max_account_age"),
        (format!("version = 2\n{good}"), "duplicate"),
    ] {
        desk.write("bad.toml", bad);
        let run = desk.run("verify b.json --expect bad.toml").expect(2);
        assert!(run.stderr.contains("bad.toml") || run.stderr.contains("none.json"));
        assert!(run.stderr.contains(expected), "{expected}: {}", run.stderr);
    }
}

/// P3. Amounts and blindings appear in no output, error or file but the opening: as
/// decimal, hex or bytes.
#[test]
fn p3_canary_no_secret_shows() {
    const AMOUNT: u128 = 918_273_645_546_372_819;
    let desk = Desk::basket(NOW);
    let csv = format!("asset,amount\niso4217:USD,{AMOUNT}\n");
    desk.write("canary.csv", &csv);
    let commit =
        format!("account commit canary.csv --kind collateral --subject {SUBJECT} --as-of {NOW}");
    let mut runs = vec![desk.run(&format!("{commit} --out canary")).expect(0)];
    let opening: serde_json::Value =
        serde_json::from_str(&desk.read("canary/opening.json")).unwrap();
    let blinding = opening["blinding"]
        .as_str()
        .unwrap()
        .trim_start_matches("0x")
        .to_owned();
    assert_eq!(blinding.len(), 64);
    let inputs = Desk::inputs().replace("collateral-alder", "canary");
    for tail in [
        "--ratio 125% --out b.json",
        "--ratio 125% --out b.json --json",
        "--ratio 5000% --out c.json",
        "--ratio 112% --out c.json",
        "--ratio 125% --shape 1x3x1x1 --out c.json",
        "--ratio 125% --out none/c.json",
    ] {
        runs.push(desk.run(&format!("prove {inputs} {tail}")));
    }
    runs.push(
        desk.run(&format!("verify b.json --expect expect.toml --at {NOW}"))
            .expect(0),
    );
    runs.push(desk.run("inspect b.json").expect(0));
    runs.push(desk.run("account check canary/opening.json").expect(0));
    runs.push(desk.run(&format!("{commit} --out canary")).expect(2));
    // Files with a slip in them.
    for (name, text) in [
        (
            "slip.csv",
            csv.replace(&AMOUNT.to_string(), &format!("{AMOUNT}x")),
        ),
        (
            "slip.csv",
            csv.replace(&AMOUNT.to_string(), &format!("0{AMOUNT}")),
        ),
        (
            "slip.csv",
            csv.replace(&AMOUNT.to_string(), &format!("{AMOUNT},{AMOUNT}")),
        ),
        ("slip.csv", csv.replace("amount", "quantity")),
        ("slip.csv", format!("[[\"iso4217:USD\", {AMOUNT}]]")),
        // No header; and in the place of a mapping.
        ("slip.csv", format!("{AMOUNT},iso4217:USD\n")),
    ] {
        desk.write(name, text);
        let slip = commit.replace("canary.csv", "slip.csv");
        for more in ["", " --mapping slip.csv"] {
            runs.push(desk.run(&format!("{slip}{more} --out slip")).expect(2));
        }
    }
    // In the place of terms.
    desk.write("slip.json", format!("[[\"iso4217:USD\", \"{AMOUNT}\"]]"));
    let registry = "0x00112233445566778899aabbccddeeff00112233";
    let place = format!("--chain-id 1 --registry {registry} --facility 1 --epoch 0");
    let calldata = "export calldata b.json --for submit --version 1 --terms slip.json";
    runs.push(desk.run(&format!("{calldata} {place}")).expect(2));
    let whole = opening.to_string();
    for slip in [
        whole.replace(&format!("\"{AMOUNT}\""), &AMOUNT.to_string()),
        whole.replace(&AMOUNT.to_string(), &format!("{AMOUNT}.5")),
        whole.replace(&blinding, &format!("{blinding}ff")),
        whole.replace(&blinding, &blinding.to_uppercase()),
        whole.replace("\"iso4217:USD\"", &AMOUNT.to_string()),
        whole.replace("\"blinding\":\"", "\"blinding\":[\""),
    ] {
        assert_ne!(slip, whole);
        desk.write("slip.json", slip);
        let run = desk.run("account check slip.json");
        runs.push(run);
    }
    let secrets = [
        AMOUNT.to_string(),
        format!("{AMOUNT:x}"),
        blinding.to_lowercase(),
        blinding.trim_start_matches('0').to_lowercase(),
    ];
    for run in &runs {
        let shown = format!("{}{}", run.stdout, run.stderr).to_lowercase();
        for secret in &secrets {
            assert!(!shown.contains(secret), "{shown}");
        }
        // Not in parts either.
        assert!(!shown.contains(&blinding.to_lowercase()[8..40]), "{shown}");
    }
    // Every file but the openings and the canary's own input; the cache too.
    let bytes = [
        AMOUNT.to_be_bytes()[6..].to_vec(),
        AMOUNT.to_le_bytes()[..10].to_vec(),
        (0..64)
            .step_by(2)
            .map(|i| u8::from_str_radix(&blinding[i..i + 2], 16).unwrap())
            .collect(),
    ];
    let mut files = Vec::new();
    collect(desk.0.path(), &mut files);
    files.retain(|p| {
        let name = p.file_name().unwrap().to_str().unwrap();
        !["opening.json", "canary.csv", "slip.csv", "slip.json"].contains(&name)
    });
    assert!(files.len() > 8);
    for file in files {
        let content = fs::read(&file).unwrap();
        for needle in secrets
            .iter()
            .map(|s| s.as_bytes().to_vec())
            .chain(bytes.clone())
        {
            let found = content
                .windows(needle.len())
                .any(|w| w == needle.as_slice());
            assert!(!found, "{}", file.display());
        }
    }
}

fn collect(dir: &std::path::Path, into: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, into);
        } else {
            into.push(path);
        }
    }
}
