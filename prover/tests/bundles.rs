//! A bundle from prover to verifier, and what must not pass (V1, V2, V6, V7, Files).

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_circuits::account::Kind;
use covenant_circuits::field::{Fr, to_hex};
use covenant_circuits::ident::{Context, SubjectId};
use covenant_circuits::numbers::{Ratio, Value};
use covenant_circuits::policy::Policy;
use covenant_circuits::shape::Shape;
use covenant_fixtures::Vectors;
use covenant_prover::keys::Keys;
use covenant_prover::prove::{Phase, bundle, prove};
use covenant_verifier::bundle::{Bundle, BundleError, MAX_ASSETS, MAX_BYTES};
use covenant_verifier::expect::{Attesters, Expected, Mismatch, PriceTrust, SelfDeclared};
use covenant_verifier::key::CircuitKey;
use covenant_verifier::signed::Answers;
use covenant_verifier::verify::{ProofError, VerifyError, verify, verify_statement};
use ff::PrimeField;
use std::collections::HashSet;
use std::sync::LazyLock;

const NOW: u64 = 1_790_000_600;

/// Of every snapshot and of the prices; the statement's window is wider.
const AS_OF: u64 = 1_790_000_000;

struct Made {
    bundle: Bundle,
    key: CircuitKey,
    expected: Expected,
}

static MADE: LazyLock<Made> = LazyLock::new(|| {
    let case = &Vectors::load().list("cases")[0];
    let keys = Keys::embedded(Shape::SMALL, None).unwrap();
    let claim = covenant_fixtures::claim(case, 12_500);
    let proof = prove(
        &keys,
        &covenant_fixtures::satisfied(&claim),
        &mut |_: Phase| {},
    )
    .unwrap();
    let prices = covenant_fixtures::prices(case, &claim.policy.document().quote, AS_OF);
    let expected = Expected {
        policy: claim.policy.digest(),
        subject: claim.statement.subject(),
        min_ratio: Ratio::new(12_500).unwrap(),
        min_public_debt: Value::ZERO,
        max_account_age: 7_200,
        max_price_age: 3_600,
        max_clock_skew: 60,
        max_window: 7_200,
        shape: Some(Shape::SMALL),
        context: claim.statement.context(),
        attesters: Attesters::new([]).unwrap(),
        prices: PriceTrust::Unsigned,
        max_self_declared: SelfDeclared {
            collateral: 4,
            liability: 4,
        },
        pledged: HashSet::new(),
        pledged_accounts: Default::default(),
        revocations: Vec::new(),
        contract_answers: Answers::none(),
        trees: Vec::new(),
        must_include: Vec::new(),
        undertakings: None,
        representation: None,
        disabled_circuits: Vec::new(),
    };
    let bundle = bundle(&keys, &claim, prices, proof).unwrap();
    let key = CircuitKey::standard(Shape::SMALL).unwrap();
    Made {
        bundle,
        key,
        expected,
    }
});

fn proves(proof: &[u8]) -> bool {
    verify_statement(MADE.bundle.statement(), proof, &MADE.key).is_ok()
}

#[test]
fn a_bundle_is_verified_after_a_round_trip() {
    let read = Bundle::from_json(&MADE.bundle.to_json()).unwrap();
    assert_eq!(read, MADE.bundle);
    let verified = verify(&read, &MADE.key, &MADE.expected, NOW).unwrap();
    assert_eq!(verified.statement(), MADE.bundle.statement());
    assert_eq!(verified.proved().len(), 1 + 2 + 2);
    assert!(!verified.trusting().is_empty() && !verified.not_proved().is_empty());
}

#[test]
fn the_proof_has_the_computed_length() {
    assert_eq!(MADE.bundle.proof().len(), MADE.key.proof_length());
    assert!(MADE.key.proof_length() < 4_096);
}

/// V2. A byte more or less, and every single-bit flip of a point's or scalar's top and
/// bottom byte; all bits of the first points.
#[test]
fn v2_mutated_proofs_are_rejected() {
    let proof = MADE.bundle.proof();
    assert!(proves(proof));
    let length = |p: &[u8]| {
        let error = verify_statement(MADE.bundle.statement(), p, &MADE.key).unwrap_err();
        assert!(matches!(
            error,
            VerifyError::Proof(ProofError::Length { .. })
        ));
    };
    length(&proof[..proof.len() - 1]);
    length(&[proof, &[0]].concat());
    length(&[]);
    let flips = (0..proof.len())
        .filter(|i| i % 32 == 0 || i % 32 == 31 || *i < 128)
        .flat_map(|i| [(i, 0), (i, 7)]);
    for (byte, bit) in flips {
        let mut mutated = proof.to_vec();
        mutated[byte] ^= 1 << bit;
        assert!(!proves(&mutated), "byte {byte} bit {bit}");
    }
}

/// V2. Scalars and coordinates that stand for the same number modulo r or p.
#[test]
fn v2_no_alias_of_a_word_is_accepted() {
    let add = |word: &[u8], modulus: [u8; 32]| -> Option<Vec<u8>> {
        let mut carry = 0u16;
        let mut out = vec![0; 32];
        for i in (0..32).rev() {
            let sum = u16::from(word[i]) + u16::from(modulus[i]) + carry;
            out[i] = sum as u8;
            carry = sum >> 8;
        }
        (carry == 0).then_some(out)
    };
    let minus_one = |repr: &[u8]| {
        let mut bytes = [0u8; 32];
        bytes.copy_from_slice(repr);
        bytes.reverse();
        bytes[31] += 1;
        bytes
    };
    let r = minus_one((-Fr::from(1)).to_repr().as_ref());
    let p = minus_one((-halo2curves::bn256::Fq::from(1)).to_repr().as_ref());
    let proof = MADE.bundle.proof();
    let mut tried = 0;
    for modulus in [r, p] {
        for at in (0..proof.len()).step_by(32) {
            if let Some(alias) = add(&proof[at..at + 32], modulus) {
                let mut mutated = proof.to_vec();
                mutated[at..at + 32].copy_from_slice(&alias);
                assert!(!proves(&mutated), "word at {at}");
                tried += 1;
            }
        }
    }
    assert!(tried > 100);
    // The identity, and a negated point.
    let mut identity = proof.to_vec();
    identity[..64].fill(0);
    assert!(!proves(&identity));
}

/// V6. Each expectation is checked, and times on both sides.
#[test]
fn v6_every_expectation_is_checked() {
    let check = |change: &dyn Fn(&mut Expected), now: u64| {
        let mut expected = MADE.expected.clone();
        change(&mut expected);
        verify(&MADE.bundle, &MADE.key, &expected, now).unwrap_err()
    };
    let window = MADE.bundle.statement().window();
    macro_rules! rejects {
        ($change:expr, $pattern:pat) => {
            rejects!($change, NOW, $pattern)
        };
        ($change:expr, $now:expr, $pattern:pat) => {{
            let error = check(&$change, $now);
            let VerifyError::Mismatch(all) = &error else {
                panic!("{error}");
            };
            assert!(matches!(all.first(), $pattern), "{error}");
        }};
    }
    rejects!(
        |e: &mut Expected| e.policy += Fr::from(1),
        Mismatch::Policy { .. }
    );
    rejects!(
        |e: &mut Expected| e.subject = SubjectId::of("lei:OTHER").unwrap(),
        Mismatch::Subject { .. }
    );
    rejects!(
        |e: &mut Expected| e.min_ratio = Ratio::new(12_501).unwrap(),
        Mismatch::Ratio { .. }
    );
    rejects!(
        |e: &mut Expected| e.min_public_debt = Value::MAX,
        Mismatch::Debt { .. }
    );
    rejects!(
        |e: &mut Expected| e.context = Context::of("another"),
        Mismatch::Context { .. }
    );
    rejects!(
        |e: &mut Expected| e.max_account_age = NOW - window.from() - 1,
        Mismatch::Stale {
            what: "accounts",
            ..
        }
    );
    rejects!(
        |e: &mut Expected| e.max_price_age = 599,
        Mismatch::Stale { what: "prices", .. }
    );
    rejects!(
        |e: &mut Expected| e.max_window = window.to() - window.from() - 1,
        Mismatch::Window { .. }
    );
    // The newest snapshot, by the end of the window, though the oldest is long past.
    rejects!(
        |_: &mut Expected| (),
        window.to() - 61,
        Mismatch::Future {
            what: "accounts",
            ..
        }
    );
    let exact = Expected {
        max_account_age: NOW - window.from(),
        max_window: window.to() - window.from(),
        shape: None,
        ..MADE.expected.clone()
    };
    verify(&MADE.bundle, &MADE.key, &exact, NOW).unwrap();
    let error = check(&|e| e.shape = Some(Shape::MEDIUM), NOW);
    assert!(matches!(error, VerifyError::Shape { .. }), "{error}");
    rejects!(
        |e: &mut Expected| e.max_self_declared.collateral = 0,
        Mismatch::SelfDeclared {
            kind: Kind::Collateral,
            ..
        }
    );
    rejects!(
        |e: &mut Expected| e.max_self_declared.liability = 0,
        Mismatch::SelfDeclared {
            kind: Kind::Liability,
            ..
        }
    );
    rejects!(
        |e: &mut Expected| e.disabled_circuits = vec![MADE.key.id().into()],
        Mismatch::Disabled { .. }
    );
}

/// V6, V7. Any public field of the bundle changed.
#[test]
fn v6_every_field_of_the_bundle_is_bound() {
    let json: serde_json::Value = serde_json::from_str(&MADE.bundle.to_json()).unwrap();
    let mut changes: Vec<(&str, serde_json::Value)> = vec![
        ("/circuit", "covenant-0".into()),
        ("/shape", "8x42x16x8".into()),
        ("/ceremony", "hermez".into()),
        ("/statement/subject", "0x1".into()),
        ("/statement/as_of_from", 1_789_996_401.into()),
        ("/statement/as_of_from", AS_OF.saturating_add(1).into()),
        ("/statement/as_of_to", 1_790_000_059.into()),
        ("/statement/as_of_to", 1_789_996_399.into()),
        ("/statement/kinds/0", "collateral".into()),
        ("/statement/policy", "0x1".into()),
        ("/statement/public_debt", "149999999999999".into()),
        ("/statement/ratio_bps", 13_000.into()),
        ("/statement/context", "0x1".into()),
        ("/statement/commitments/0", "0x1".into()),
        ("/policy/name", "other".into()),
        ("/policy/min_ratio_bps", 12_499.into()),
        ("/prices/quote", "iso4217:EUR".into()),
        (
            "/prices/prices/iso4217:USD",
            "10000000000000000000000000000000001".into(),
        ),
        ("/accounts/0/commitment", "0x1".into()),
        ("/accounts/0/subject", "lei:OTHER".into()),
        ("/accounts/0/as_of", 1.into()),
        ("/version", 1.into()),
    ];
    let mut flipped = json["proof"].as_str().unwrap().to_owned();
    let last = if flipped.ends_with('0') { '1' } else { '0' };
    flipped.pop();
    flipped.push(last);
    changes.push(("/proof", flipped.into()));
    for (path, value) in changes {
        let mut changed = json.clone();
        *changed
            .pointer_mut(path)
            .unwrap_or_else(|| panic!("{path}")) = value;
        let verdict = Bundle::from_json(&changed.to_string())
            .map_err(|e| e.to_string())
            .and_then(|b| {
                // The relying party expects what the honest bundle says, whatever this one says.
                verify(&b, &MADE.key, &MADE.expected, NOW)
                    .map(|_| ())
                    .map_err(|e| e.to_string())
            });
        assert!(verdict.is_err(), "{path}");
    }
}

/// V6. What no proof shows, judged before the proof: the policy's grid, and what policy check
/// refuses.
#[test]
fn v6_the_policy_is_checked_and_its_grid() {
    let json: serde_json::Value = serde_json::from_str(&MADE.bundle.to_json()).unwrap();
    let mismatch = |json: &serde_json::Value| {
        let bundle = Bundle::from_json(&json.to_string()).unwrap();
        let expected = Expected {
            policy: bundle.policy().digest(),
            ..MADE.expected.clone()
        };
        match verify(&bundle, &MADE.key, &expected, NOW).unwrap_err() {
            VerifyError::Mismatch(mismatches) => mismatches.first().clone(),
            other => panic!("{other}"),
        }
    };
    let mut finer = json.clone();
    finer["statement"]["ratio_bps"] = 12_501.into();
    let grid = Mismatch::Grid {
        least: 12_500,
        step: 500,
        got: 12_501,
    };
    assert_eq!(mismatch(&finer), grid);

    let mut refused = json.clone();
    refused["policy"]["scenarios"][0]["name"] = "\u{fb01}nal".into();
    refused["policy"]["scenarios"][1]["name"] = "final".into();
    let policy = Policy::from_json(&refused["policy"].to_string()).unwrap();
    refused["statement"]["policy"] = to_hex(&policy.digest()).into();
    let got = mismatch(&refused);
    assert!(matches!(got, Mismatch::Check { .. }), "{got}");
}

/// A report has a line for each group of the policy; a window does not end before it begins.
#[test]
fn files_a_statement_is_of_its_policy() {
    let json: serde_json::Value = serde_json::from_str(&MADE.bundle.to_json()).unwrap();
    let error = |path: &str, value: serde_json::Value| {
        let mut changed = json.clone();
        changed["statement"][path] = value;
        Bundle::from_json(&changed.to_string()).unwrap_err()
    };
    let report = error("report", serde_json::json!(["0"]));
    let (expected, got) = (0, 1);
    assert_eq!(report, BundleError::Report { expected, got });
    let window = error("as_of_to", 1.into());
    assert!(matches!(window, BundleError::Window(_)), "{window}");
    let null = error("report", serde_json::Value::Null);
    assert!(matches!(null, BundleError::Json(_)), "{null}");
}

/// Files. Hostile documents are refused with a message.
#[test]
fn files_hostile_bundles_are_refused() {
    let good = MADE.bundle.to_json();
    let twice = good.replacen("\"version\": 2,", "\"version\": 2, \"version\": 2,", 1);
    let key_twice = good.replacen(
        "\"iso4217:USD\": \"1",
        "\"iso4217:USD\": \"1\", \"iso4217:USD\": \"1",
        1,
    );
    let cases = [
        twice,
        key_twice,
        good.replacen("\"version\": 2,", "\"version\": 2.0,", 1),
        good.replacen("\"version\": 2,", "\"version\": 2e400,", 1),
        good.replacen("\"version\": 2,", "\"version\": 01,", 1),
        good.replacen("\"version\": 2,", "\"version\": 2, \"extra\": 0,", 1),
        good.replacen("\"public_debt\": \"1", "\"public_debt\": \"01", 1),
        good.replacen("\"proof\": \"0x", "\"proof\": \"0xA", 1),
        good[..good.len() / 2].to_owned(),
        String::new(),
        "[".repeat(100_000),
        " ".repeat((1 << 20) + 1),
    ];
    for case in cases {
        assert_ne!(case, good);
        let error = Bundle::from_json(&case).unwrap_err();
        assert!(!error.to_string().is_empty());
    }
}

/// V5. A bundle of nearly 1 MiB takes under a second, whatever it is full of.
#[test]
fn v5_large_bundles_are_refused_at_once() {
    let good: serde_json::Value = serde_json::from_str(&MADE.bundle.to_json()).unwrap();
    let fill = |path: &str, items: &dyn Fn(usize) -> serde_json::Value| {
        let mut json = good.clone();
        let size = good.to_string().len();
        let each = items(1_000_000).to_string().len() + 1;
        let list: Vec<_> = (0..((1 << 20) - 2 * size) / each).map(items).collect();
        *json.pointer_mut(path).unwrap() = list.into();
        json.to_string()
    };
    let asset = good["policy"]["assets"][0].clone();
    let account = good["accounts"][0].clone();
    let group = |i: usize| serde_json::json!({ "name": format!("g{i}"), "min_share_bps": 0, "max_share_bps": 1 });
    let cases = [
        fill("/policy/assets", &|i| {
            let mut asset = asset.clone();
            asset["asset"] = format!("a{i}").into();
            asset
        }),
        fill("/policy/groups", &group),
        fill("/accounts", &|_| account.clone()),
        fill("/statement/commitments", &|i| format!("0x{i:064x}").into()),
        fill("/policy/assets/0/groups", &|i| format!("g{i}").into()),
        "[".repeat(1 << 20),
        format!("{{\"proof\": \"0x{}\"}}", "00".repeat((1 << 19) - 20)),
    ];
    for text in cases {
        assert!(
            text.len() > 700_000 && text.len() <= 1 << 20,
            "{}",
            text.len()
        );
        let begun = std::time::Instant::now();
        let refused = Bundle::from_json(&text).is_err_and(|e| !e.to_string().is_empty());
        assert!(refused);
        assert!(begun.elapsed().as_secs() < 1, "{:?}", begun.elapsed());
    }
    // Nothing but the size is wrong: blanks after a bundle, to the limit and one beyond.
    let mut text = MADE.bundle.to_json();
    text.extend(std::iter::repeat_n(' ', MAX_BYTES - text.len()));
    assert_eq!(Bundle::from_json(&text).unwrap(), MADE.bundle);
    let error = Bundle::from_json(&(text + " ")).unwrap_err();
    assert!(matches!(error, BundleError::TooLarge { .. }), "{error}");
    // More assets than a circuit holds, in a small file.
    let mut json = good.clone();
    let many = (0..=MAX_ASSETS).map(|i| {
        let mut asset = asset.clone();
        asset["asset"] = format!("a{i}").into();
        asset
    });
    json["policy"]["assets"] = many.collect();
    let error = Bundle::from_json(&json.to_string()).unwrap_err();
    assert!(
        matches!(error, BundleError::TooManyAssets { .. }),
        "{error}"
    );
}

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../verifier/data/golden.json");

/// A proof that was made once still verifies. Proofs are never the same twice, so it is
/// stored: after a change of the circuit, `COVENANT_WRITE_KEYS=1 cargo test -p covenant-prover`.
fn golden() -> Bundle {
    if std::env::var_os("COVENANT_WRITE_KEYS").is_some() {
        std::fs::write(GOLDEN, MADE.bundle.to_json()).unwrap();
    }
    Bundle::from_json(&std::fs::read_to_string(GOLDEN).unwrap()).unwrap()
}

#[test]
fn v2_the_golden_proof_verifies() {
    verify(&golden(), &MADE.key, &MADE.expected, NOW).unwrap();
}

/// V2. All single-bit flips; minutes long, so for `make test-full`.
#[test]
#[ignore = "minutes"]
fn v2_all_single_bit_flips_of_the_golden_proof_are_rejected() {
    use rayon::prelude::*;
    let golden = golden();
    let accepted: Vec<usize> = (0..8 * golden.proof().len())
        .into_par_iter()
        .filter(|bit| {
            let mut mutated = golden.proof().to_vec();
            mutated[bit / 8] ^= 1 << (bit % 8);
            proves(&mutated)
        })
        .collect();
    assert!(accepted.is_empty(), "{accepted:?}");
}
