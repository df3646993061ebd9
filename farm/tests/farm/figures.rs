//! The figures of docs/farm.md: `make farm-run` and `make farm-engine`. Nothing is asserted of how
//! long something takes; that the results hold is.

use crate::claims;
use crate::harness::{Farm, Worker, names, toy};
use crate::trees::{covenant, creditor, holder, line};
use covenant_claims::field::{Fr, to_hex};
use covenant_claims::prices::scaled_price;
use covenant_claims::{Amount, Kind, Opening, Position, Prices};
use rand_core::{OsRng, RngCore};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;
use std::time::Instant;

const SUBJECT: &str = "lei:EXCHANGE";
const AS_OF: u64 = 1_790_000_000;
const ASSETS: [&str; 12] = [
    "USD", "EUR", "GBP", "CHF", "JPY", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "SGD",
];

fn number(name: &str, default: usize) -> usize {
    let given = std::env::var(name).ok();
    given.map_or(default, |text| text.parse().unwrap())
}

fn below(most: usize) -> usize {
    OsRng.next_u32() as usize % most
}

fn position(asset: &str, amount: u128) -> Position {
    Position::new(&format!("iso4217:{asset}"), Amount::new(amount).unwrap()).unwrap()
}

/// One to twelve positions of different assets.
fn drawn() -> Vec<Position> {
    let mut assets = ASSETS.to_vec();
    let amount = || u128::from(OsRng.next_u64() >> 20);
    (0..=below(ASSETS.len()))
        .map(|_| position(assets.swap_remove(below(assets.len())), amount()))
        .collect()
}

/// A farm whose server logs as a server does that is not under suspicion.
fn farm() -> Farm {
    let farm = Farm::new();
    farm.sql("ALTER SYSTEM SET log_statement = 'none'");
    farm.sql("ALTER SYSTEM SET log_min_duration_statement = -1");
    farm.sql("SELECT pg_reload_conf()");
    farm
}

/// The command as it is run by default, on one thread.
fn worker(farm: &Farm, name: &str) -> Worker {
    let mut command = claims::command(farm);
    command.env("RAYON_NUM_THREADS", "1");
    command.arg("work").args(farm.as_user("worker"));
    command.args(["--name", name, "--drain", "--identity"]);
    command.arg(farm.identity_file());
    Worker::spawn(command)
}

fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

fn bytes(folder: &Path) -> u64 {
    let files = names(folder).into_iter().map(|name| folder.join(name));
    files
        .map(|path| match path.is_dir() {
            true => bytes(&path),
            false => path.metadata().unwrap().len(),
        })
        .sum()
}

/// Creditors of one to twelve positions, merged by four workers on one thread each, 256 a list. The
/// tree is verified, a hundred of them find themselves, and a second run proves nothing.
#[test]
#[ignore = "minutes; COVENANT_FARM_CREDITORS says how many, 300 by default"]
fn f2_creditors_through_four_workers() {
    let count = number("COVENANT_FARM_CREDITORS", 300);
    let farm = farm();
    let mut chosen = BTreeMap::new();
    let places: BTreeSet<usize> = (0..100).map(|_| below(count)).collect();
    let mut file = std::io::BufWriter::new(fs::File::create(farm.path("creditors.jsonl")).unwrap());
    for i in 0..count {
        let (opening, salt) = creditor(i, drawn());
        file.write_all(line(&opening).as_bytes()).unwrap();
        if places.contains(&i) {
            chosen.insert(i, (opening, salt));
        }
    }
    file.into_inner().unwrap().sync_all().unwrap();
    let openings = farm.path("creditors.jsonl").metadata().unwrap().len();
    let job = json!({
        "kind": "rollup", "name": "creditors", "openings": ["creditors.jsonl"], "tree": "tree",
        "shape": "256x12->12",
    });
    let manifest = farm.manifest("tree.json", &[job]);
    keys_are_cached(&farm);

    let began = Instant::now();
    let submitted = claims::submit(&farm, "submit", &manifest);
    let nodes = submitted["counts"]["submitted"].as_u64().unwrap();
    let submitting = began.elapsed().as_secs_f64();
    let sealed = farm.count("SELECT sum(octet_length(sealed))::bigint FROM farm.jobs");
    let (began, before) = (Instant::now(), farm.server.cpu());
    let mut workers = ["a", "b", "c", "d"].map(|name| worker(&farm, name));
    let costs = std::thread::scope(|scope| {
        let each = workers.each_mut();
        let each = each.map(|worker| scope.spawn(move || worker.measured()));
        each.map(|one| one.join().unwrap())
    });
    let proving = began.elapsed().as_secs_f64();
    let database = farm.server.cpu() - before;
    for (worker, cost) in workers.iter().zip(&costs) {
        assert_eq!(cost.exit, Some(0), "{}", worker.log());
    }
    farm.assert_each_done_once(nodes as i64);
    let proofs = farm.count("SELECT sum(octet_length(proof))::bigint FROM farm.results");
    let stored = farm.count("SELECT pg_database_size('farm')");
    let began = Instant::now();
    let (exit, said) = claims::verb(&farm, "submitter", &["fetch", &manifest]);
    assert_eq!((exit, said["written"].as_u64()), (0, Some(nodes)), "{said}");
    let fetching = began.elapsed().as_secs_f64();

    let cpu: f64 = costs.iter().map(|cost| cost.cpu_s).sum();
    let of = |what: &dyn Fn(&crate::harness::Cost) -> String| {
        costs.iter().map(what).collect::<Vec<_>>().join(" ")
    };
    say(&format!(
        "creditors        {count}, in {nodes} nodes of 256x12->12"
    ));
    say(&format!("submit           {submitting:.1} s"));
    say(&format!("four workers     {proving:.1} s"));
    say(&format!("fetch            {fetching:.1} s"));
    say(&format!(
        "CPU of workers   {} s",
        of(&|cost| format!("{:.1}", cost.cpu_s))
    ));
    say(&format!(
        "CPU a creditor   {:.2} ms",
        1000.0 * cpu / count as f64
    ));
    say(&format!("CPU of database  {database:.1} s"));
    say(&format!(
        "memory a worker  {} MB",
        of(&|cost| cost.peak_mb.to_string())
    ));
    say(&format!(
        "openings         {openings} bytes, sealed {sealed}"
    ));
    say(&format!(
        "proofs           {proofs} bytes; database {stored}; tree {}",
        bytes(&farm.path("tree"))
    ));
    found(&farm, &chosen);

    let again = claims::submit(&farm, "submit", &manifest);
    assert_eq!(again["counts"], json!({ "done": nodes }));
    let mut idle = worker(&farm, "idle");
    assert_eq!(idle.measured().exit, Some(0));
    assert!(!idle.log().contains("\"leased\""), "{}", idle.log());
    say("second run       nothing proved");
}

/// Keys are made once for a machine: no worker is charged for them.
fn keys_are_cached(farm: &Farm) {
    let (one, _) = creditor(0, drawn());
    fs::write(farm.path("one.json"), one.to_json().as_bytes()).unwrap();
    let [one, out] = ["one.json", "warm"].map(|name| farm.path(name).display().to_string());
    let build = format!("rollup build --opening {one} --shape 256x12->12 --out {out}");
    let (exit, said) = covenant(farm, &build, &[]);
    assert_eq!(exit, 0, "{said}");
}

/// `rollup verify`, and the chosen creditors' branches of a bundle that counts the tree's top.
fn found(farm: &Farm, chosen: &BTreeMap<usize, (Opening, Fr)>) {
    let path = |name: &str| farm.path(name).display().to_string();
    let began = Instant::now();
    let (exit, walked) = covenant(farm, &format!("rollup verify {}", path("tree")), &[]);
    assert_eq!(exit, 0, "{walked}");
    say(&format!(
        "rollup verify    {:.1} s, {} accounts, {} proofs",
        began.elapsed().as_secs_f64(),
        walked["leaves"],
        walked["proofs"]
    ));
    let bundle = claim(farm);
    let began = Instant::now();
    for (i, (opening, salt)) in chosen {
        let [own, salted, mine] = ["own.json", "salt", &format!("mine-{i}")].map(path);
        fs::write(&own, opening.to_json().as_bytes()).unwrap();
        fs::write(&salted, to_hex(salt) + "\n").unwrap();
        let tree = path("tree");
        let branch = format!("rollup branch {tree} --opening {own} --out {mine}");
        let (exit, said) = covenant(farm, &branch, &[]);
        assert_eq!(exit, 0, "{said}");
        let included = format!("account included {own} {bundle} --branch {mine} --salt {salted}");
        let (exit, said) = covenant(farm, &included, &["--holder", &holder(*i)]);
        assert_eq!((exit, &said["included"]), (0, &json!(true)), "{i}: {said}");
    }
    say(&format!(
        "included         {} creditors, {:.1} s",
        chosen.len(),
        began.elapsed().as_secs_f64()
    ));
}

/// A claim, through the farm too, that enough is held for what the tree's top owes; its bundle.
fn claim(farm: &Farm) -> String {
    let held = Opening::new(
        Kind::Collateral,
        SUBJECT,
        AS_OF,
        vec![position("USD", 1 << 70)],
        OsRng,
    );
    fs::write(farm.path("held.json"), held.unwrap().to_json().as_bytes()).unwrap();
    let assets = ASSETS.map(|asset| {
        json!({
            "asset": format!("iso4217:{asset}"), "symbol": asset, "decimals": 6, "may_owe": true,
            "tiers": [{ "weight_bps": 10000 }],
        })
    });
    let policy = json!({
        "version": 2, "name": "currencies", "quote": "iso4217:USD", "min_ratio_bps": 10000,
        "ratio_step_bps": 500, "assets": assets,
    });
    let prices = ASSETS.map(|asset| {
        let name = format!("iso4217:{asset}");
        let price = scaled_price(&name, 1, 0, 6).unwrap();
        (name, price)
    });
    let prices = Prices {
        quote: "iso4217:USD".into(),
        as_of: AS_OF,
        prices: BTreeMap::from(prices),
    };
    fs::write(farm.path("policy.json"), policy.to_string()).unwrap();
    fs::write(farm.path("prices.json"), prices.to_json()).unwrap();
    let job = json!({
        "kind": "claim", "name": "covered", "policy": "policy.json", "prices": "prices.json",
        "openings": ["held.json", "tree/secret/opening.json"], "ratio_bps": 10000, "debt": "0",
        "context": "creditors", "shape": "medium",
    });
    let manifest = farm.manifest("covered.jobs.json", &[job]);
    claims::submit(farm, "submit", &manifest);
    let mut last = worker(farm, "last");
    assert_eq!(last.measured().exit, Some(0), "{}", last.log());
    let (exit, said) = claims::verb(farm, "submitter", &["fetch", &manifest]);
    assert_eq!((exit, &said["written"]), (0, &json!(1)), "{said}");
    farm.path("covered.json").display().to_string()
}

/// What the farm itself takes beside the prover, at `small`: of the database, what it takes while
/// claims are proved; of a worker, what jobs take it that are as large as claims and prove nothing.
#[test]
#[ignore = "a minute; COVENANT_FARM_CLAIMS says how many claims, 4 by default"]
fn f2_what_the_engine_takes_at_small() {
    let count = number("COVENANT_FARM_CLAIMS", 4);
    let farm = farm();
    claims::account(&farm);
    let claim = |i: usize| claims::claim(&format!("claim-{i}"), &format!("{}", 4_000_000 + i));
    let warm = farm.manifest("warm.json", &[claim(count)]);
    claims::submit(&farm, "submit", &warm);
    assert_eq!(worker(&farm, "warm").measured().exit, Some(0));
    let jobs: Vec<Value> = (0..count).map(claim).collect();
    let manifest = farm.manifest("claims.json", &jobs);
    claims::submit(&farm, "submit", &manifest);
    let sealed = farm
        .count("SELECT avg(octet_length(sealed))::bigint FROM farm.jobs WHERE sealed IS NOT NULL");
    let before = farm.server.cpu();
    let mut proving = worker(&farm, "proving");
    let cost = proving.measured();
    assert_eq!(cost.exit, Some(0), "{}", proving.log());
    let database = (farm.server.cpu() - before) / count as f64;
    let whole = cost.cpu_s / count as f64;

    let farm = crate::figures::farm();
    let empty = 200;
    let jobs: Vec<Value> = (0..empty)
        .map(|i| {
            let mut job = toy(&format!("toy-{i}"), 0);
            job["padding"] = "x".repeat(sealed as usize).into();
            job
        })
        .collect();
    farm.submit(&farm.manifest("toys.json", &jobs));
    let mut idle = farm.worker("toys", &["--drain"]);
    let toys = idle.measured();
    assert_eq!(toys.exit, Some(0), "{}", idle.log());
    let engine = toys.cpu_s / f64::from(empty);
    let ms = |seconds: f64| 1000.0 * seconds;
    say(&format!(
        "claims           {count} at small, {sealed} bytes sealed"
    ));
    say(&format!(
        "CPU of a worker  {:.0} ms a claim, keys and start of the process among it",
        ms(whole)
    ));
    say(&format!(
        "  of the farm    {:.2} ms a job, over {empty} that prove nothing",
        ms(engine)
    ));
    say(&format!("CPU of database  {:.2} ms a claim", ms(database)));
    say(&format!(
        "the engine       {:.2} %",
        100.0 * (engine + database) / (whole + database)
    ));
}

/// How many ticks a second the times of `/proc` are in.
static TICKS: LazyLock<f64> = LazyLock::new(|| {
    let output = Command::new("getconf").arg("CLK_TCK").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.trim().parse().unwrap()
});

/// State, and CPU in seconds, of a process: its own, and with that of children that were waited for.
pub(crate) fn cpu_of(pid: &str) -> Option<(char, f64, f64)> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name before it may have any character.
    let (_, rest) = stat.rsplit_once(") ")?;
    let fields: Vec<&str> = rest.split(' ').collect();
    let ticks_at = |i: usize| fields[i].parse::<f64>().unwrap();
    let (own, all) = (ticks_at(11) + ticks_at(12), ticks_at(13) + ticks_at(14));
    Some((
        fields[0].chars().next()?,
        own / *TICKS,
        (own + all) / *TICKS,
    ))
}
