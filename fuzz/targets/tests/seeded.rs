//! Every target over its committed corpus and a fixed sequence of mutations of it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_fuzz_targets::mutate::{Sequence, mutate};
use covenant_fuzz_targets::{ALL, Target, Verdict, by_name, golden_bundle};
use std::path::PathBuf;

fn corpus(target: &Target) -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../corpus")
        .join(target.name);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut inputs: Vec<(String, Vec<u8>)> = files
        .into_iter()
        .map(|path| (path.display().to_string(), std::fs::read(path).unwrap()))
        .collect();
    // The stored proof changes with the circuit, so that it is no corpus file.
    if target.name == "bundle" {
        inputs.push(("golden.json".into(), golden_bundle().to_json().into_bytes()));
    }
    inputs
}

/// What a target takes an input for, or the name of the input that broke an invariant.
fn verdict(target: &Target, name: &str, data: &[u8]) -> Verdict {
    let ran = std::panic::catch_unwind(|| (target.run)(data));
    ran.unwrap_or_else(|_| panic!("{}: {name}: {}", target.name, String::from_utf8_lossy(data)))
}

fn run(name: &str) {
    let target = by_name(name);
    let mut verdicts = [0u64; 2];
    for (file, data) in corpus(&target) {
        let mut tell = |v: Verdict| verdicts[usize::from(v == Verdict::Read)] += 1;
        tell(verdict(&target, &file, &data));
        let mut last = data.clone();
        for n in 0..target.mutations {
            let mut sequence = Sequence::from(n);
            // Every fourth on top of the one before.
            let from = if n % 4 == 3 { &last } else { &data };
            let mutated = mutate(from, target.form, &mut sequence);
            tell(verdict(&target, &format!("{file}, mutation {n}"), &mutated));
            last = mutated;
        }
    }
    println!("{name}: {} refused, {} read", verdicts[0], verdicts[1]);
    assert!(
        verdicts[0] > 0 && verdicts[1] > 0,
        "{name}: {verdicts:?}: one of the paths was not taken"
    );
}

macro_rules! targets {
    ($($name:ident),* $(,)?) => {
        $(#[test] fn $name() { run(stringify!($name)); })*
        #[test]
        fn every_target_is_run() {
            let mut run = vec![$(stringify!($name)),*];
            let mut all: Vec<&str> = ALL.iter().map(|t| t.name).collect();
            run.sort_unstable();
            all.sort_unstable();
            assert_eq!(run, all);
        }
    };
}

targets!(
    bundle,
    policy,
    prices,
    account,
    opening,
    expect_json,
    expect_toml,
    ptau,
    srs,
    srs_cache,
    keystore,
    signature,
    transcript,
    proof,
    positions,
    quotes,
    policy_import,
    token_list,
    disclosure,
    opinion,
    pack,
    tree_manifest,
    tree_branch,
    farm_manifest,
    farm_payload,
);

/// libFuzzer's targets are these, one file each.
#[test]
fn every_target_has_a_fuzzer() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fuzz_targets");
    let manifest = std::fs::read_to_string(folder.join("../Cargo.toml")).unwrap();
    for target in ALL {
        let text = std::fs::read_to_string(folder.join(format!("{}.rs", target.name))).unwrap();
        assert!(
            text.contains(&format!("\"{}\"", target.name)),
            "{}",
            target.name
        );
        assert!(
            manifest.contains(&format!("name = \"{}\"", target.name)),
            "{}",
            target.name
        );
    }
}
