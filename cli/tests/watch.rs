//! `covenant watch`: where later prices are, again and again, and what a facility's terms make of it
//! (docs/spec.md, section 6a).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::signing::{NOW, key, signed_basket};
use common::{ACCOUNTS, CACHE, Desk, Run, schemas};
use covenant_verifier::signed::{Address, Answers, SignedNotice};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

const BTC: &str = "bip122:000000000019d6689c085ae165831e93/slip44:0";
const ETH: &str = "eip155:1/slip44:60";
const USDC: &str = "eip155:1/erc20:0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48";
const BILL: &str = "isin:US912797Z341";

const TERMS: &str = "version = 1\nfacility = \"loan 17\"\nwarning = \"120%\"\ncall = \"104%\"\ncritical = \"90%\"\nreturn_to = \"125%\"\ncure_period = \"2h\"\nmax_staleness = \"1h\"\n";

/// The proof's prices at a later time, each of an asset at so many basis points of it.
fn later(desk: &Desk, name: &str, at: u64, moves: &[(&str, u128)]) {
    let mut prices: Value = serde_json::from_str(&desk.read("prices.json")).unwrap();
    prices["as_of"] = at.into();
    for (asset, bps) in moves {
        let price = &mut prices["prices"][*asset];
        let moved = price.as_str().unwrap().parse::<u128>().unwrap() / 10_000 * bps;
        *price = moved.to_string().into();
    }
    desk.write(name, prices.to_string());
}

/// The demo's basket, whose accounts and prices are accepted for a day.
fn watched() -> Desk {
    let desk = signed_basket();
    let expect = desk
        .read("expect.toml")
        .replace("_age = \"1h\"", "_age = \"24h\"");
    assert_eq!(expect.matches("24h").count(), 2);
    desk.write("expect.toml", expect);
    desk
}

fn watch(desk: &Desk, more: &str) -> Run {
    desk.run(&format!(
        "watch --bundle b.json --expect expect.toml --json {more}"
    ))
}

fn at(desk: &Desk, moves: &[(&str, u128)]) -> Run {
    later(desk, "later.json", NOW + 60, moves);
    watch(desk, &format!("--prices later.json --at {}", NOW + 90))
}

/// Each line is of the schema of the verb or of errors.
fn lines(run: &Run) -> Vec<Value> {
    let lines = run.stdout.lines();
    let read = |line: &str| {
        let value: Value = serde_json::from_str(line).unwrap();
        let object = value.as_object().unwrap();
        let own = i64::from(object.contains_key("code"));
        let exit = object
            .get("exit")
            .map_or(own, |exit| exit.as_i64().unwrap());
        schemas::check(run.verb.as_deref(), i32::try_from(exit).unwrap(), object);
        value
    };
    lines.map(read).collect()
}

#[test]
fn prices_are_inside_or_outside_or_it_is_not_told() {
    let desk = watched();
    let said = at(&desk, &[]).expect(0).json();
    assert_eq!(said["standing"], "inside");
    assert_eq!(said["ratio_bps"], 12_500);
    assert_eq!(
        said["weights"][0],
        json!({"scenario": "base", "weight": "1"})
    );
    assert_eq!(said["prices_as_of"], NOW + 60);
    // Its snapshots are accepted for a day, as its attestations are valid for one.
    assert_eq!(said["lapses"], NOW + 86_400);
    let margins = said["margins"].as_array().unwrap();
    let margin = |asset: &str| margins.iter().find(|m| m["asset"] == asset).unwrap();
    assert_eq!(margin(BTC)["fall_bps"], 5_000);
    assert_eq!(margin(ETH)["fall_bps"], 5_500);
    assert_eq!(margin(BILL)["fall_bps"], 0);
    assert_eq!(margin(BTC)["rise_bps"], Value::Null);
    // It may be owed, so that its price fixes the mixture.
    assert_eq!(margin(USDC)["fall_bps"], 1_000);
    assert_eq!(margin(USDC)["rise_bps"], 0);
    // A mixture: two fifths of the crash, and what it implies is the crash's.
    let said = at(&desk, &[(BTC, 8_000)]).expect(0).json();
    assert_eq!(said["ratio_bps"], 10_000);
    let said = at(&desk, &[(BTC, 4_999)]).expect(1).json();
    assert_eq!(said["standing"], "outside");
    assert_eq!(said["code"], "outside_envelope");
    assert_eq!(said["vector"].as_array().unwrap().len(), 5);
    let told = desk.run(&format!(
        "watch --bundle b.json --expect expect.toml --prices later.json --at {}",
        NOW + 90
    ));
    assert!(told.expect(1).stdout.contains("That is no breach"));
}

#[test]
fn stale_prices_and_refused_bundles_are_told() {
    let desk = watched();
    for (taken, judged) in [(NOW, NOW + 86_000), (NOW + 90_000, NOW + 60)] {
        later(&desk, "later.json", taken, &[]);
        let run = watch(&desk, &format!("--prices later.json --at {judged}"));
        let within = judged - taken.min(judged) <= 86_400 && taken <= judged;
        if within {
            run.expect(0);
            continue;
        }
        assert_eq!(run.expect(2).json()["code"], "price_stale");
    }
    // Younger than expected of prices, but of the day after what was proved ended.
    later(&desk, "later.json", NOW + 86_500, &[]);
    let said = watch(&desk, &format!("--prices later.json --at {}", NOW + 86_500));
    let said = said.expect(1).json();
    assert_eq!(said["standing"], "refused");
    assert_eq!(said["refused"]["proved"], false);
    assert_eq!(said["code"], said["refused"]["code"]);
    desk.write("later.json", "{}");
    let said = watch(&desk, &format!("--prices later.json --at {}", NOW + 60));
    assert!(
        said.expect(2).json()["file"]
            .as_str()
            .unwrap()
            .ends_with("later.json")
    );
}

#[test]
fn a_folder_is_judged_from_its_oldest_prices_on() {
    let desk = watched();
    std::fs::create_dir(desk.path("feed")).unwrap();
    later(&desk, "feed/b.json", NOW + 100, &[(BTC, 8_000)]);
    later(&desk, "feed/a.json", NOW + 200, &[]);
    desk.write("feed/notes.txt", "no prices");
    let run = watch(&desk, "--prices feed").expect(0);
    let told = lines(&run);
    let ratios: Vec<_> = told.iter().map(|line| &line["ratio_bps"]).collect();
    assert_eq!(ratios, [10_000, 12_500]);
    assert_eq!(told[0]["at"], NOW + 100);
    later(&desk, "feed/c.json", NOW + 300, &[(BILL, 9_999)]);
    let run = watch(&desk, "--prices feed").expect(1);
    assert_eq!(lines(&run)[2]["standing"], "outside");
    desk.write("feed/d.json", "{");
    let run = watch(&desk, "--prices feed").expect(2);
    assert_eq!(lines(&run).len(), 4);
    assert_eq!(lines(&run)[0]["code"], "malformed");
    // Where nothing was judged, nothing is known.
    std::fs::create_dir(desk.path("empty")).unwrap();
    let said = watch(&desk, "--prices empty").expect(2).json();
    assert_eq!(
        (&said["code"], &said["file"]),
        (&"file_not_read".into(), &"empty".into())
    );
    let text = desk.run("watch --bundle b.json --expect expect.toml --prices feed");
    assert_eq!(text.expect(2).stdout.lines().count(), 3);
}

#[test]
fn a_command_prints_prices() {
    let desk = watched();
    later(&desk, "later.json", NOW + 60, &[]);
    let run = |command: &str| {
        let mut watch = desk.command();
        watch.args(["watch", "--bundle", "b.json", "--expect", "expect.toml"]);
        watch.args(["--json", "--at", &(NOW + 90).to_string()]);
        Desk::run_of(watch.args(["--prices-command", command]))
    };
    run("cat later.json").expect(0);
    for (command, told) in [
        ("cat later.json; exit 3", "exit status: 3"),
        ("cat missing.json 2>/dev/null", "expected it to end with 0"),
        ("printf '\\377'", "expected UTF-8"),
        ("head -c 200000000 /dev/zero", "bytes, got more"),
    ] {
        let said = run(command).expect(2).json();
        assert_eq!(said["code"], "command_failed", "{command}: {said}");
        let error = said["error"].as_str().unwrap();
        assert!(
            error.starts_with("--prices-command") && error.contains(told),
            "{error}"
        );
    }
    let said = run("echo '{}'").expect(2).json();
    assert_eq!(said["file"], "--prices-command");
}

#[test]
fn an_interval_sees_new_prices_and_a_new_bundle() {
    // Of this moment, as an interval has no other time.
    let desk = Desk::basket(covenant_now());
    desk.run(&format!(
        "prove {} --ratio 125% --out b.json",
        Desk::inputs()
    ))
    .expect(0);
    std::fs::create_dir(desk.path("feed")).unwrap();
    later(&desk, "feed/a.json", covenant_now(), &[]);
    let line = "watch --bundle b.json --expect expect.toml --json --every 1s --prices feed";
    let mut child = Command::new(env!("CARGO_BIN_EXE_covenant"))
        .current_dir(desk.path("."))
        .env("COVENANT_CACHE_DIR", CACHE)
        .args(line.split_whitespace())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next = || -> Value { serde_json::from_str(&told.next().unwrap().unwrap()).unwrap() };
    assert_eq!(next()["ratio_bps"], 12_500);
    later(&desk, "written.json", covenant_now(), &[(BTC, 8_000)]);
    std::fs::rename(desk.path("written.json"), desk.path("feed/b.json")).unwrap();
    assert_eq!(next()["ratio_bps"], 10_000);
    // Each file is judged once.
    desk.write("torn.json", "{");
    std::fs::rename(desk.path("torn.json"), desk.path("b.json")).unwrap();
    later(&desk, "written.json", covenant_now(), &[]);
    std::fs::rename(desk.path("written.json"), desk.path("feed/c.json")).unwrap();
    let said = next();
    assert_eq!(
        (&said["standing"], &said["code"]),
        (&"refused".into(), &"bundle_malformed".into())
    );
    child.kill().unwrap();
    child.wait().unwrap();
    let run = desk.run(&format!("{line} --times 2"));
    assert_eq!(lines(&run.expect(1)).len(), 3);
    desk.run("watch --bundle b.json --expect expect.toml --prices feed --every 0s")
        .expect(2);
}

fn covenant_now() -> u64 {
    let now = std::time::SystemTime::now();
    now.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}

/// A history of prices, of which each hour has its own.
fn history(desk: &Desk) {
    std::fs::create_dir(desk.path("feed")).unwrap();
    let hour = |n: u64| NOW + n * 3_600;
    later(desk, "feed/0.json", hour(0) + 1, &[]);
    later(desk, "feed/1.json", hour(1), &[(USDC, 9_900)]);
    later(desk, "feed/2.json", hour(2), &[(BTC, 8_000)]);
    later(desk, "feed/3.json", hour(3), &[(USDC, 9_900)]);
    later(desk, "feed/4.json", hour(4), &[(BTC, 4_000)]);
    later(desk, "feed/5.json", hour(5), &[(USDC, 9_900)]);
    later(desk, "feed/6.json", hour(6), &[]);
}

/// `state`, the hour and the hour until which it is to be cured.
fn states(told: &[Value]) -> Vec<(String, u64, Option<u64>)> {
    let hour = |at: &Value| (at.as_u64().unwrap() - NOW) / 3_600;
    let state = |line: &Value| {
        let facility = &line["facility"];
        let until = facility["cure_until"]
            .is_u64()
            .then(|| hour(&facility["cure_until"]));
        let state = facility["state"].as_str().unwrap().to_owned();
        (state, hour(&facility["since"]), until)
    };
    told.iter().map(state).collect()
}

fn state(name: &str, hour: u64, until: Option<u64>) -> (String, u64, Option<u64>) {
    (name.into(), hour, until)
}

#[test]
fn a_facility_goes_from_healthy_to_critical_and_back() {
    let desk = watched();
    history(&desk);
    desk.write("loan.toml", TERMS);
    let line = "watch --bundle b.json --expect expect.toml --prices feed --facility-file loan.toml --log loan.log --json --key env:KEY";
    let run = || {
        let mut command = desk.command();
        Desk::run_of(command.env("KEY", key(9)).args(line.split_whitespace()))
    };
    let told = lines(&run().expect(1));
    assert_eq!(
        states(&told),
        [
            state("healthy", 0, None),
            state("warning", 1, None),
            state("call", 2, Some(4)),
            // Outside, which cures nothing.
            state("lapsed", 4, Some(4)),
            // The cure period is over, and 105 % is not the ratio to return to.
            state("critical", 5, Some(4)),
            state("healthy", 6, None),
        ]
    );
    let key = covenant_keys::SigningKey::from_hex(&key(9)).unwrap();
    let signer: Address = key.address();
    let log = desk.read("loan.log");
    assert_eq!(log.lines().count(), told.len());
    let mut previous = format!("0x{}", "00".repeat(32));
    for (line, told) in log.lines().zip(&told) {
        let change: Value = serde_json::from_str(line).unwrap();
        assert_eq!(change, told["facility"]["change"]);
        let notice: SignedNotice = serde_json::from_value(change["notice"].clone()).unwrap();
        notice.check(&Answers::none()).unwrap();
        assert_eq!(notice.signer, signer.into());
        assert_eq!(notice.notice.previous.to_string(), previous);
        assert_eq!(notice.notice.digest().to_string(), change["digest"]);
        previous = change["digest"].as_str().unwrap().into();
    }
    // It goes on from its last line: what it has seen is not judged again, and nothing changes.
    let again = run().expect(0);
    assert_eq!(lines(&again), [] as [Value; 0]);
    assert_eq!(desk.read("loan.log"), log);
    later(&desk, "feed/7.json", NOW + 7 * 3_600, &[(BTC, 9_000)]);
    let told = lines(&run().expect(0));
    assert_eq!(states(&told), [state("call", 7, Some(9))]);
    assert_eq!(
        told[0]["facility"]["change"]["notice"]["notice"]["previous"],
        previous
    );
    // No prices for more than an hour: stale, and still called.
    let stale = format!(
        "--prices feed/7.json --facility-file loan.toml --log loan.log --at {}",
        NOW + 8 * 3_600 + 1
    );
    let said = watch(&desk, &stale).expect(2).json();
    assert_eq!(
        states(std::slice::from_ref(&said)),
        [state("stale", 8, Some(9))]
    );
    assert_eq!(said["code"], "price_stale");
    assert_eq!(said["facility"]["change"]["notice"].get("signature"), None);
    desk.write("feed/7.json", "{");
    let said = watch(&desk, &stale).expect(2).json();
    assert_eq!(
        (&said["standing"], &said["code"]),
        (&"unknown".into(), &"malformed".into())
    );
    assert_eq!(said["facility"].get("change"), None);
    // Its log is not written before its own time.
    let earlier = format!(
        "--prices feed/6.json --facility-file loan.toml --log loan.log --at {}",
        NOW + 6 * 3_600
    );
    let said = watch(&desk, &earlier).expect(2).json();
    assert_eq!(
        (&said["code"], &said["field"]),
        (&"usage".into(), &"at".into())
    );
    // And past its attestations it has lapsed.
    let over = format!(
        "--prices feed/6.json --facility-file loan.toml --log loan.log --at {}",
        NOW + 86_500
    );
    let said = watch(&desk, &over).expect(1).json();
    assert_eq!(said["facility"]["state"], "lapsed");
    assert_eq!(
        desk.read("loan.log").lines().count(),
        log.lines().count() + 3
    );
}

#[test]
fn a_log_that_somebody_changed_is_refused_and_left_alone() {
    let desk = watched();
    history(&desk);
    desk.write("loan.toml", TERMS);
    let line = "watch --bundle b.json --expect expect.toml --prices feed --facility-file loan.toml --log loan.log --json";
    let run = || {
        let mut command = desk.command();
        let signed = [line, "--key", "env:KEY"].join(" ");
        Desk::run_of(command.env("KEY", key(9)).args(signed.split_whitespace()))
    };
    run().expect(1);
    let log = desk.read("loan.log");
    let all: Vec<&str> = log.lines().collect();
    let without = |n: usize| {
        let kept = all.iter().enumerate().filter(|(i, _)| *i != n);
        kept.map(|(_, line)| format!("{line}\n"))
            .collect::<String>()
    };
    let reordered = [&[all[1], all[0]], &all[2..]].concat().join("\n") + "\n";
    for (changed, field, line) in [
        (log.replacen("\"warning\"", "\"healthy\"", 1), "digest", 2),
        (without(1), "notice.previous", 2),
        (without(0), "notice.previous", 1),
        (reordered, "notice.previous", 1),
        (log.trim_end().to_owned(), "", 6),
        (
            log.replacen("\"signature\":\"0x", "\"signature\":\"0x1", 1),
            "",
            1,
        ),
        (
            log.replace(
                "{\"facility\":\"loan 17\"",
                "{\"x\":1,\"facility\":\"loan 17\"",
            ),
            "",
            1,
        ),
        (log.replacen("{\"facility\"", "[\"facility\"", 1), "", 1),
    ] {
        desk.write("loan.log", &changed);
        let said = run().expect(2).json();
        assert_eq!(said["code"], "malformed", "{said}");
        assert_eq!(
            (&said["file"], &said["line"]),
            (&"loan.log".into(), &line.into()),
            "{said}"
        );
        if !field.is_empty() {
            assert_eq!(said["field"], field, "{said}");
        }
        assert_eq!(desk.read("loan.log"), changed);
    }
    // Another's signature is not its own.
    let signer = format!(
        "{}",
        covenant_keys::SigningKey::from_hex(&key(9))
            .unwrap()
            .address()
    );
    let other = format!(
        "{}",
        covenant_keys::SigningKey::from_hex(&key(8))
            .unwrap()
            .address()
    );
    desk.write("loan.log", log.replacen(&signer, &other, 1));
    assert_eq!(run().expect(2).json()["field"], "signature");
    // Another facility has a log of its own.
    desk.write("loan.log", &log);
    desk.write("loan.toml", TERMS.replace("17", "18"));
    let said = run().expect(2).json();
    assert_eq!(
        (&said["field"], &said["got"]),
        (&"facility".into(), &"\"loan 17\"".into())
    );
    assert_eq!(desk.read("loan.log"), log);
}

#[test]
fn a_facility_file_is_strict() {
    let desk = watched();
    later(&desk, "later.json", NOW + 60, &[]);
    for (from, to, field, got) in [
        ("version = 1", "version = 2", "version", "2"),
        ("\"loan 17\"", "\"\"", "facility", "an empty text"),
        ("\"loan 17\"", "\"0x123456789\"", "", ""),
        ("\"120%\"", "\"120\"", "warning", "\"120\""),
        ("\"120%\"", "\"103%\"", "warning", "one below"),
        ("\"104%\"", "\"89%\"", "call", "one below"),
        ("\"125%\"", "\"103%\"", "return_to", "one below"),
        ("\"90%\"", "0", "critical", "0"),
        ("\"2h\"", "\"2 hours\"", "cure_period", "\"2 hours\""),
        ("\"1h\"", "\"-1h\"", "max_staleness", "\"-1h\""),
    ] {
        assert!(TERMS.contains(from));
        desk.write("loan.toml", TERMS.replace(from, to));
        let run = watch(
            &desk,
            &format!(
                "--prices later.json --facility-file loan.toml --at {}",
                NOW + 90
            ),
        );
        if field.is_empty() {
            run.expect(0);
            continue;
        }
        let said = run.expect(2).json();
        assert_eq!(
            (&said["file"], &said["field"]),
            (&"loan.toml".into(), &field.into()),
            "{said}"
        );
        assert_eq!(said["got"], got, "{said}");
    }
    for text in ["version = 1\n", &format!("{TERMS}colour = \"red\"\n")] {
        desk.write("loan.toml", text);
        let run = watch(
            &desk,
            &format!(
                "--prices later.json --facility-file loan.toml --at {}",
                NOW + 90
            ),
        );
        assert_eq!(run.expect(2).json()["file"], "loan.toml");
    }
}

#[test]
fn openings_tell_what_is_really_covered() {
    let desk = watched();
    later(&desk, "later.json", NOW + 60, &[(BTC, 9_000)]);
    let opening = |account: &&str| format!("{account}/opening.json");
    let openings: Vec<String> = ACCOUNTS.iter().map(opening).collect();
    let with = |openings: &[String]| {
        watch(
            &desk,
            &format!(
                "--prices later.json --at {} --opening {}",
                NOW + 90,
                openings.join(" ")
            ),
        )
    };
    let said = with(&openings).expect(0).json();
    let simulated = desk
        .run(&format!(
            "simulate {} --ratio 125% --json",
            Desk::inputs().replace("prices.json", "later.json")
        ))
        .json();
    let exact = &said["exact"];
    assert_eq!(exact["provable"], simulated["covered"]);
    assert_eq!(exact["scenarios"].as_array().unwrap().len(), 3);
    for (scenario, own) in exact["scenarios"]
        .as_array()
        .unwrap()
        .iter()
        .zip(simulated["scenarios"].as_array().unwrap())
    {
        assert_eq!(scenario["ratio_bps"], own["largest_ratio_bps"]);
        assert_eq!(scenario["headroom"], own["headroom"]);
    }
    // What is known from the proof is less than what is so.
    assert!(said["ratio_bps"].as_u64() < exact["scenarios"][0]["ratio_bps"].as_u64());
    let said = with(&openings[1..]).expect(2).json();
    assert_eq!(said["code"], "other_basket");
    let twice = [&openings[..], &openings[..1]].concat();
    assert_eq!(with(&twice).expect(2).json()["code"], "other_basket");
    let told = desk.run(&format!(
        "watch --bundle b.json --expect expect.toml --prices later.json --at {} --opening {}",
        NOW + 90,
        openings.join(" ")
    ));
    assert!(told.expect(0).stdout.contains("SECRET"));
}
