//! The committed corpus: seeds made here from the vectors, the examples and the tests' data,
//! beside what fuzzing found and was kept. `COVENANT_WRITE_CORPUS=1 cargo test -p
//! covenant-fuzz-targets --test corpus` writes the seeds.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_circuits::account::Opening;
use covenant_circuits::field::Fr;
use covenant_circuits::numbers::Price;
use covenant_disclosure::{Disclosure, Pack};
use covenant_fuzz_targets::{ALL, Verdict, by_name, golden_bundle};
use covenant_keys::SigningKey;
use covenant_prover::srs::Srs;
use covenant_verifier::signed::PriceSnapshot;
use ff::PrimeField;
use halo2_proofs::SerdeFormat;
use halo2curves::bn256::Fq;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Largest corpus of all targets together, in bytes.
const LARGEST: u64 = 1 << 20;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> Vec<u8> {
    std::fs::read(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

type Seed = (&'static str, String, Vec<u8>);

fn pretty(value: &Value) -> Vec<u8> {
    (serde_json::to_string_pretty(value).unwrap() + "\n").into_bytes()
}

fn seeds() -> Vec<Seed> {
    let mut seeds: Vec<Seed> = Vec::new();
    for example in ["demo", "lender", "reserve", "stablecoin", "treasury-fund"] {
        let file = |name: &str| read(&format!("examples/{example}/{name}"));
        seeds.push(("policy", example.into(), file("policy.json")));
        seeds.push(("expect_toml", example.into(), file("expect.toml")));
        let table: toml::Table =
            toml::from_str(std::str::from_utf8(&file("expect.toml")).unwrap()).unwrap();
        seeds.push((
            "expect_json",
            example.into(),
            pretty(&serde_json::to_value(table).unwrap()),
        ));
    }
    imports(&mut seeds);
    documents(&mut seeds);
    disclosures(&mut seeds);
    expectations(&mut seeds);
    signatures(&mut seeds);
    references(&mut seeds);
    proofs(&mut seeds);
    for name in ["wiki-pbkdf2", "wiki-scrypt"] {
        seeds.push((
            "keystore",
            name.into(),
            read(&format!("keys/tests/data/{name}.json")),
        ));
    }
    seeds.push((
        "keystore",
        "ethers".into(),
        read("examples/custodian/testdata/ethers-keystore.json"),
    ));
    seeds
}

/// The files that the tests of the command read, behind how they are read.
fn imports(seeds: &mut Vec<Seed>) {
    let data = |path: &str| read(&format!("cli/tests/data/{path}"));
    let parts = |parts: &[&[u8]]| parts.join(&b"\n---\n"[..]);
    let presets = std::fs::read_dir(root().join("cli/tests/data/presets")).unwrap();
    for entry in presets {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if name != "assets" {
            let seed = parts(&[name.as_bytes(), &std::fs::read(&path).unwrap()]);
            seeds.push(("positions", name.into(), seed));
        }
    }
    for (name, how, file) in [
        (
            "own",
            "",
            "asset,decimals,quantity\nAAA,2,1204.50\nBBB,0,3\n",
        ),
        (
            "german",
            "version = 2\ndelimiter = \";\"\ndecimal = \",\"\nthousands = \".\"\nnegative = \"liability\"\n[columns]\nasset = \"Titel\"\nquantity = \"Menge\"\n[assets]\nA = \"AAA\"\n[decimals]\nAAA = 2",
            "Titel;Menge\nA;1.204,50\nA;-2,40\n",
        ),
        (
            "wide",
            "version = 2\nexponents = true\nrounding = \"safe\"\n[wide]\nBTC = \"BBB\"\nUSD = \"AAA\"\n[decimals]\nAAA = 2\nBBB = 8",
            "Day,BTC,USD\n1,1.5e-8,1204.567\n2,,3\n",
        ),
    ] {
        let seed = parts(&[how.as_bytes(), file.as_bytes()]);
        seeds.push(("positions", name.into(), seed));
    }
    for (name, option, file) in [
        ("coingecko-simple", "coingecko", "coingecko-simple.json"),
        ("coingecko-markets", "coingecko", "coingecko-markets.json"),
        ("coinmetrics-json", "coinmetrics", "coinmetrics.json"),
        ("coinmetrics-csv", "coinmetrics", "coinmetrics.csv"),
        ("coinmarketcap", "coinmarketcap", "coinmarketcap.json"),
        ("pyth", "pyth", "pyth.json"),
        ("chainlink", "chainlink", "chainlink.json"),
    ] {
        let file = data(&format!("prices/{file}"));
        seeds.push(("quotes", name.into(), parts(&[option.as_bytes(), &file])));
    }
    for (format, file, more) in [
        ("compound-v3", "comet.json", "symbols.csv"),
        ("aave-v3", "aave.json", "symbols.csv"),
        ("binance-tiers", "binance.json", "symbols.csv"),
        ("cdm-eligible-collateral", "schedule.json", "securities.csv"),
    ] {
        let [file, more] = [file, more].map(|name| data(&format!("policies/{name}")));
        let seed = parts(&[format.as_bytes(), &file, &more]);
        seeds.push(("policy_import", format.into(), seed));
    }
    seeds.push(("token_list", "short".into(), data("policies/tokens.json")));
}

fn documents(seeds: &mut Vec<Seed>) {
    let vectors: Value = serde_json::from_slice(&read("fixtures/data/conformance.json")).unwrap();
    for (i, case) in vectors["cases"].as_array().unwrap().iter().enumerate() {
        seeds.push(("policy", format!("vector-{i}"), pretty(&case["policy"])));
        let accounts = case["accounts"].as_array().unwrap().iter().take(3);
        for (j, account) in accounts.enumerate() {
            let mut opening = account.clone();
            let fields = opening.as_object_mut().unwrap();
            fields.retain(|key, _| {
                ["kind", "subject", "as_of", "blinding", "positions"].contains(&key.as_str())
            });
            fields.insert("version".into(), 2.into());
            seeds.push(("opening", format!("vector-{i}-{j}"), pretty(&opening)));
        }
    }
    let golden = golden_bundle();
    for (name, file) in ["ethers-account", "rust-account"]
        .map(|n| (n, format!("examples/custodian/testdata/{n}.json")))
    {
        seeds.push(("account", name.into(), read(&file)));
    }
    // The stored bundle without what changes with the circuit.
    let mut bundle: Value = serde_json::from_str(&golden.to_json()).unwrap();
    (bundle["circuit"], bundle["proof"]) = ("covenant-0".into(), "0x00ff".into());
    seeds.push(("bundle", "no-proof".into(), pretty(&bundle)));
    seeds.push((
        "account",
        "self-declared".into(),
        golden.accounts()[0].to_json().into_bytes(),
    ));
    let key = SigningKey::from_hex(&format!("{:064x}", 42)).unwrap();
    let unsigned = covenant_verifier::bundle::SignedPrices::from(golden.prices().clone());
    seeds.push(("prices", "unsigned".into(), unsigned.to_json().into_bytes()));
    let signed = key.sign_prices(unsigned, golden.policy()).unwrap();
    seeds.push(("prices", "signed".into(), signed.to_json().into_bytes()));
}

/// Of the first case's accounts, which are those of the stored bundle.
fn disclosures(seeds: &mut Vec<Seed>) {
    let vectors: Value = serde_json::from_slice(&read("fixtures/data/conformance.json")).unwrap();
    let accounts = vectors["cases"][0]["accounts"].as_array().unwrap();
    let opening = |account: &Value| {
        let mut opening = account.clone();
        let fields = opening.as_object_mut().unwrap();
        fields.remove("commitment");
        fields.insert("version".into(), 2.into());
        Opening::from_json(&opening.to_string()).unwrap()
    };
    let openings: Vec<Opening> = accounts.iter().map(opening).collect();
    for (name, openings) in [("all", &openings[..]), ("one", &openings[..1])] {
        // Its statement's hash changes with the circuit.
        let disclosure = Disclosure::of(golden_bundle(), openings.to_vec()).unwrap();
        let hash = disclosure.statement().to_string();
        let text = disclosure.to_json().replace(&hash, "0x01");
        seeds.push(("disclosure", name.into(), text.into_bytes()));
    }
    let of = &vectors["eip712"]["auditor_opinion"];
    let message = &of["message"];
    let opinion = json!({
        "version": 1, "subject": message["subject"], "statement": message["statement"],
        "period_from": message["periodFrom"], "period_to": message["periodTo"],
        "procedures": "We confirmed every balance with its custodian.\n", "exceptions": "",
        "signer": vectors["eip712"]["address"], "signature": of["signature"],
    });
    seeds.push(("opinion", "vector".into(), pretty(&opinion)));
    let document = ("policy.json".to_owned(), b"{}\n".to_vec());
    for (name, documents) in [("bare", vec![]), ("document", vec![document])] {
        let [bundle, expectations] = [b"{}".to_vec(), b"version = 2\n".to_vec()];
        let pack = Pack::new(bundle, expectations, pretty(&opinion), documents).unwrap();
        seeds.push(("pack", name.into(), pack.to_bytes().unwrap()));
    }
}

fn expectations(seeds: &mut Vec<Seed>) {
    let statement = golden_bundle().statement();
    let hex = covenant_circuits::field::to_hex;
    let full = json!({
        "version": 2,
        "policy": hex(&statement.policy()),
        "subject": golden_bundle().accounts()[0].subject,
        "min_ratio": "125%",
        "min_public_debt": "1",
        "max_account_age": 3600, "max_price_age": "60m", "max_clock_skew": "60s",
        "max_window": "2h", "shape": "small",
        "context_hash": hex(&statement.context().get()),
        "max_self_declared_collateral": 3,
        "max_self_declared_liability": 1,
        "attester_quorum": 1,
        "attesters": [{"name": "attester", "keys": ["0x5409ed021d9299bf6814279a6a1411a7e866a631"], "roles": ["collateral", "liability"]}],
        "prices": {"own": "prices.json"},
        "pledged": ["0x01"],
        "disabled_circuits": ["covenant-0"],
    });
    let mut quorum = full.clone();
    quorum["prices"] = json!({"quorum": 1, "signers": [{"name": "source", "keys": ["0x5409ed021d9299bf6814279a6a1411a7e866a631"]}]});
    let mut disabled = full.clone();
    disabled["disabled_circuits"] = json!(["covenant-0", "covenant-1"]);
    for (name, value) in [("full", full), ("quorum", quorum), ("disabled", disabled)] {
        seeds.push(("expect_json", name.into(), pretty(&value)));
        seeds.push((
            "expect_toml",
            name.into(),
            toml::to_string(&value).unwrap().into_bytes(),
        ));
    }
}

/// Signatures over the documents that the target reads after them.
fn signatures(seeds: &mut Vec<Seed>) {
    for (n, prices) in [(0u64, 0usize), (1, 1), (2, 3)] {
        let key = SigningKey::from_hex(&format!("{:064x}", 7 + n)).unwrap();
        let document = PriceSnapshot {
            policy: Fr::from(n),
            as_of: 1_790_000_000 + n,
            prices: (0..prices)
                .map(|i| Price::new(1000 + i as u128).unwrap())
                .collect(),
        };
        let mut bytes = key.sign(&document.digest()).unwrap().as_bytes().to_vec();
        bytes.extend(document.as_of.to_be_bytes());
        bytes.extend([0; 24]);
        bytes.extend(n.to_be_bytes());
        for price in &document.prices {
            bytes.extend((price.get() << 8).to_be_bytes());
        }
        assert_eq!((by_name("signature").run)(&bytes), Verdict::Read);
        seeds.push(("signature", format!("signed-{n}"), bytes));
    }
    let text = format!("0x{}", "1b".repeat(65));
    seeds.push(("signature", "text".into(), text.into_bytes()));
}

/// Small strings cut from the embedded ceremony, and one of a tau that is known.
fn references(seeds: &mut Vec<Seed>) {
    for k in [2, 3] {
        let srs = Srs::embedded(k).unwrap();
        let mut raw = Vec::new();
        srs.params()
            .write_custom(&mut raw, SerdeFormat::RawBytes)
            .unwrap();
        seeds.push(("ptau", format!("ignition-{k}"), ptau(&raw, k)));
        let folder = tempfile::tempdir().unwrap();
        let cached = std::fs::read(srs.save(folder.path()).unwrap()).unwrap();
        seeds.push(("srs_cache", format!("ignition-{k}"), cached));
        seeds.push(("srs", format!("ignition-{k}"), raw));
    }
}

/// A `.ptau` of power k - 1 from the points of a raw `.srs` of 2^k.
fn ptau(raw: &[u8], k: u32) -> Vec<u8> {
    // The modulus p, little-endian.
    let digits = <Fq as PrimeField>::MODULUS.trim_start_matches("0x");
    let byte = |i: usize| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).unwrap();
    let modulus: Vec<u8> = (0..32).rev().map(byte).collect();
    let power = k - 1;
    let points = (2usize << power) - 1;
    let mut header = 32u32.to_le_bytes().to_vec();
    header.extend(modulus);
    header.extend(power.to_le_bytes());
    header.extend(28u32.to_le_bytes());
    let mut g1 = raw[4..][..64 * (1 << k)].to_vec();
    g1.resize(64 * points, 0);
    let mut g2 = raw[raw.len() - 256..].to_vec();
    g2.resize(128 << power, 0);
    let mut bytes = b"ptau".to_vec();
    bytes.extend(1u32.to_le_bytes());
    bytes.extend(4u32.to_le_bytes());
    for (kind, data) in [(1u32, header), (7, vec![0xee; 10]), (3, g2), (2, g1)] {
        bytes.extend(kind.to_le_bytes());
        bytes.extend((data.len() as u64).to_le_bytes());
        bytes.extend(data);
    }
    bytes
}

/// The empty program, and one of each operation.
fn proofs(seeds: &mut Vec<Seed>) {
    seeds.push(("proof", "unchanged".into(), Vec::new()));
    for operation in 0..16u8 {
        let program = [&[operation, 3, 0, 1, 0][..], &[operation; 32]].concat();
        seeds.push(("proof", format!("operation-{operation:02}"), program));
    }
    for field in 0..8u8 {
        seeds.push(("proof", format!("field-{field}"), vec![14, field, 0, 1, 0]));
    }
    let read = |plan: [u8; 8], bytes: &[u8]| [&plan[..], bytes].concat();
    // Points, a challenge, a scalar.
    let generator = [&[0; 31][..], &[1], &[0; 31][..], &[2]].concat();
    seeds.push((
        "transcript",
        "points".into(),
        read(
            [0b1010_0010, 3, 0, 0, 0, 0, 0, 0],
            &[&generator[..], &generator].concat(),
        ),
    ));
    seeds.push((
        "transcript",
        "scalars".into(),
        read(
            [0b0110_0101, 0b1110, 0, 0, 0, 0, 0, 0],
            &[&[0; 32][..], &[0x2f; 32], &[0x30; 32], &[0; 64]].concat(),
        ),
    ));
    seeds.push((
        "transcript",
        "mixed".into(),
        read(
            [0b0001_0100, 0b0110_1001, 0, 0, 0, 0, 0, 0],
            &[&[7; 32][..], &generator, &[9; 32], &generator, &[1; 96]].concat(),
        ),
    ));
}

#[test]
fn the_corpus_has_its_seeds_and_is_small() {
    let corpus = root().join("fuzz/corpus");
    let write = std::env::var_os("COVENANT_WRITE_CORPUS").is_some();
    for (target, name, bytes) in seeds() {
        let folder = corpus.join(target);
        let path = folder.join(name);
        if write {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &bytes).unwrap();
        }
        let stored = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert!(stored == bytes, "{}: write the corpus anew", path.display());
    }
    let folder_size = |path: &Path| -> u64 {
        let entries = std::fs::read_dir(path).unwrap();
        entries.map(|e| e.unwrap().metadata().unwrap().len()).sum()
    };
    let sizes = ALL.map(|t| folder_size(&corpus.join(t.name)));
    assert!(sizes.iter().sum::<u64>() < LARGEST, "{sizes:?}");
    assert!(sizes.iter().all(|n| *n > 0), "{sizes:?}");
}
