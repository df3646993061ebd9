//! Files of expectations: read exactly or refused with the field, expected and got.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_circuits::account::{Commitment, Kind};
use covenant_circuits::field::{from_hex, to_hex};
use covenant_circuits::ident::{Context, FacilityId, Hash, SubjectId};
use covenant_circuits::numbers::Ratio;
use covenant_circuits::prices::Prices;
use covenant_circuits::shape::Shape;
use covenant_verifier::expect::document::{ExpectError, ExpectedFile, PolicySource, Resolved};
use covenant_verifier::expect::{
    Attester, Expected, MustInclude, PriceSigner, PriceTrust, SelfDeclared, TemplateParts,
    TemplatePrices, TemplateUndertakings, TrustError, template, to_fill,
};

use std::collections::BTreeSet;

const A: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const B: &str = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359";

const FILE: &str = r#"
version = 2
policy = "0x2234905dd4c1be984aacf2ab62101b9fa9c4d80fd364386d4c44566426afd73e"
subject = "lei:5493001KJTIIGC8Y1R12"
min_ratio = "125.5%"
min_public_debt = "150000000"
max_account_age = "24h"
max_price_age = 3600
max_clock_skew = "1m"
max_window = "2h"
shape = "small"
context = "a nonce"
max_self_declared_collateral = 2
max_self_declared_liability = 1
pledged = ["0x1", "0x2"]
disabled_circuits = ["covenant-0"]

[prices]
quorum = 1
signers = [
    { name = "a source", keys = ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"] },
    { name = "another", keys = ["0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359"] },
]

[[attesters]]
name = "a custodian"
keys = ["0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", "0x0000000000000000000000000000000000000007"]
roles = ["collateral"]

[[attesters]]
name = "a prime broker"
keys = ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"]
roles = ["collateral", "liability"]
"#;

fn read(text: &str) -> Result<Expected, ExpectError> {
    ExpectedFile::from_toml(text)?.to_expected(Resolved::default())
}

#[test]
fn toml_and_json_give_the_same_expectations() {
    let expected = read(FILE).unwrap();
    assert_eq!(
        to_hex(&expected.policy),
        "0x2234905dd4c1be984aacf2ab62101b9fa9c4d80fd364386d4c44566426afd73e"
    );
    assert_eq!(
        expected.subject,
        SubjectId::of("lei:5493001KJTIIGC8Y1R12").unwrap()
    );
    assert_eq!(expected.min_ratio, Ratio::new(12_550).unwrap());
    assert_eq!(expected.min_public_debt.get(), 150_000_000_000_000);
    assert_eq!(expected.max_account_age, 86_400);
    assert_eq!(expected.max_price_age, 3_600);
    assert_eq!(expected.max_clock_skew, 60);
    assert_eq!(expected.max_window, 7_200);
    assert_eq!(expected.shape, Some(Shape::SMALL));
    assert_eq!(expected.context, Context::of("a nonce"));
    let declared = expected.max_self_declared;
    assert_eq!((declared.collateral, declared.liability), (2, 1));
    let two = ["0x1", "0x2"].map(|x| Commitment(from_hex(x).unwrap()));
    assert_eq!(expected.pledged, two.into());
    assert_eq!(expected.disabled_circuits, ["covenant-0"]);
    let PriceTrust::Signed(quorum) = &expected.prices else {
        panic!("{:?}", expected.prices)
    };
    assert_eq!(quorum.quorum(), 1);
    let signers: Vec<String> = quorum.signers().iter().map(ToString::to_string).collect();
    assert_eq!(
        signers,
        [format!("a source ({A})"), format!("another ({B})")]
    );
    assert_eq!(quorum.signers()[0].keys, [A.parse().unwrap()].into());
    assert_eq!(expected.attesters.quorum(), 1);
    let broker = expected.attesters.get(&A.parse().unwrap()).unwrap();
    assert_eq!(broker.roles, [Kind::Collateral, Kind::Liability].into());
    let custodian = expected.attesters.get(&B.parse().unwrap()).unwrap();
    assert_eq!(custodian.roles, [Kind::Collateral].into());
    // Whichever key it signs with.
    let other = "0x0000000000000000000000000000000000000007";
    let same = expected.attesters.get(&other.parse().unwrap());
    assert_eq!(same, Some(custodian));

    let value: toml::Value = toml::from_str(FILE).unwrap();
    let json = serde_json::to_string(&value).unwrap();
    let file = ExpectedFile::from_json(&json).unwrap();
    let same = file.to_expected(Resolved::default()).unwrap();
    assert_eq!(format!("{same:?}").len(), format!("{expected:?}").len());
    assert_eq!(same.attesters, expected.attesters);
    assert_eq!(same.prices, expected.prices);
    assert_eq!(same.pledged, expected.pledged);
}

/// V6. Every field: what is wrong there is said by its name.
#[test]
fn v6_every_field_is_checked_by_name() {
    for (from, to, name) in [
        ("policy = \"0x22", "policy = \"0xZZ", "policy"),
        ("policy = \"0x22", "policy = \"0xff", "policy"),
        ("lei:5493001KJTIIGC8Y1R12", "", "subject"),
        ("\"125.5%\"", "\"125,5%\"", "min_ratio"),
        ("\"125.5%\"", "\"0%\"", "min_ratio"),
        ("\"125.5%\"", "1048576", "min_ratio"),
        ("\"150000000\"", "\"1e9\"", "min_public_debt"),
        (
            "\"150000000\"",
            "\"1208925819614629174706176\"",
            "min_public_debt",
        ),
        ("\"24h\"", "\"24 hours\"", "max_account_age"),
        ("= 3600", "= \"3600\"", "max_price_age"),
        ("\"1m\"", "\"1M\"", "max_clock_skew"),
        ("\"2h\"", "\"2 h\"", "max_window"),
        ("\"small\"", "\"tiny\"", "shape"),
        ("context = \"a nonce\"", "", "context"),
        (
            "\"a nonce\"",
            "\"a nonce\"\ncontext_hash = \"0x1\"",
            "context",
        ),
        ("context = \"a nonce\"", "context = \"0x1\"", "context"),
        (
            "context = \"a nonce\"",
            "context_hash = \"a nonce\"",
            "context_hash",
        ),
        (
            "context = \"a nonce\"",
            "context_hash = \"0x2234905dd4c1be984aacf2ab62101b9fa9c4d80fd364386d4c44566426afd73e\"",
            "context_hash",
        ),
        ("\"0x2\"", "\"2\"", "pledged[1]"),
        ("quorum = 1\n", "", "prices.quorum"),
        (
            "quorum = 1\n",
            "quorum = 1\nown = \"prices.json\"\n",
            "prices",
        ),
        (
            "quorum = 1\n",
            "quorum = 1\nallow_unsigned = true\n",
            "prices",
        ),
        (
            "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\"] }",
            "5aAeb\"] }",
            "prices.signers[0].keys[0]",
        ),
        (
            "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\"]\n",
            "5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\"]\n",
            "attesters[1].keys[0]",
        ),
        (
            "0x0000000000000000000000000000000000000007",
            "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
            "attesters[0].keys[1]",
        ),
        ("[\"collateral\"]", "[\"Collateral\"]", "attesters[0].roles"),
    ] {
        let text = FILE.replacen(from, to, 1);
        assert_ne!(text, FILE, "{from}");
        match read(&text).unwrap_err() {
            ExpectError::Field {
                field,
                expected,
                got,
            } => {
                assert_eq!(field, name, "{from} -> {to}");
                assert!(!expected.is_empty() && !got.is_empty());
            }
            other => panic!("{from} -> {to}: {other}"),
        }
    }
    type Is = fn(&TrustError) -> bool;
    for (from, to, is) in [
        (
            "[\"collateral\"]",
            "[]",
            (|e| matches!(e, TrustError::NoRole { .. })) as Is,
        ),
        ("quorum = 1", "quorum = 0", |e| {
            matches!(
                e,
                TrustError::Quorum {
                    expected: 2,
                    got: 0
                }
            )
        }),
        ("quorum = 1", "quorum = 3", |e| {
            matches!(
                e,
                TrustError::Quorum {
                    expected: 2,
                    got: 3
                }
            )
        }),
        (
            "fb6916095ca1df60bb79ce92ce3ea74c37c5d359",
            "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
            |e| matches!(e, TrustError::SameKey { .. }),
        ),
        (
            "fB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
            "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
            |e| matches!(e, TrustError::SameKey { .. }),
        ),
        ("a prime broker", "a custodian", |e| {
            matches!(e, TrustError::SameName { .. })
        }),
        (
            "[\"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\"]\n",
            "[]\n",
            |e| matches!(e, TrustError::NoKey { .. }),
        ),
        ("pledged = ", "attester_quorum = 0\npledged = ", |e| {
            matches!(
                e,
                TrustError::Quorum {
                    expected: 2,
                    got: 0
                }
            )
        }),
        ("pledged = ", "attester_quorum = 3\npledged = ", |e| {
            matches!(
                e,
                TrustError::Quorum {
                    expected: 2,
                    got: 3
                }
            )
        }),
        ("a custodian", "", |e| matches!(e, TrustError::Name(_))),
    ] {
        match read(&FILE.replacen(from, to, 1)).unwrap_err() {
            ExpectError::Trust { error, .. } => assert!(is(&error), "{from} -> {to}: {error}"),
            other => panic!("{from} -> {to}: {other}"),
        }
    }
}

/// Files. Hostile files are refused with a line.
#[test]
fn files_hostile_expectations_are_refused() {
    for (from, to) in [
        ("version = 2", "version = 2\nextra = 1"),
        ("version = 2", "version = 2\nversion = 2"),
        ("version = 2", "version = 2.0"),
        ("version = 2", "version = -1"),
        ("version = 2", ""),
        ("max_price_age = 3600", "max_price_age = 3600.0"),
        ("max_price_age = 3600", "max_price_age = -1"),
        ("max_price_age = 3600", "max_price_age = true"),
        ("max_price_age = 3600", ""),
        ("max_window = \"2h\"", ""),
        ("quorum = 1", "quorum = 1\nextra = 1"),
        (
            "name = \"a custodian\"",
            "name = \"a custodian\"\nextra = 1",
        ),
        ("name = \"a custodian\"", ""),
        ("subject = ", "subject = \""),
    ] {
        let text = FILE.replacen(from, to, 1);
        assert_ne!(text, FILE, "{from}");
        let error = read(&text).unwrap_err();
        assert!(
            matches!(error, ExpectError::Toml { .. }),
            "{from} -> {to}: {error}"
        );
    }
    let line = match read(&FILE.replacen("max_price_age = 3600", "max_price_age = true", 1)) {
        Err(ExpectError::Toml { line, message }) => {
            assert!(message.contains("whole number"), "{message}");
            line
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(line, 8);
    let one = FILE.replacen("version = 2", "version = 1", 1);
    assert_eq!(read(&one).unwrap_err(), ExpectError::Version { got: 1 });
    let large = format!("{FILE}# {}", " ".repeat(1 << 20));
    assert!(matches!(
        read(&large).unwrap_err(),
        ExpectError::TooLarge { .. }
    ));
    for text in [
        "",
        "{",
        "[]",
        "{\"version\": 2, \"version\": 2}",
        &"[".repeat(100_000),
    ] {
        assert!(matches!(
            ExpectedFile::from_json(text).unwrap_err(),
            ExpectError::Json(_)
        ));
        assert!(ExpectedFile::from_toml(text).is_err());
    }
}

/// Unsigned prices and self-declared accounts are accepted only where it is said.
#[test]
fn v6_nothing_is_trusted_by_default() {
    let (top, _) = FILE.split_once("[prices]").unwrap();
    let top = top.replacen("max_self_declared_collateral = 2", "", 1);
    let top = top.replacen("max_self_declared_liability = 1", "", 1);
    assert!(matches!(read(&top).unwrap_err(), ExpectError::Toml { .. }));
    match read(&format!("{top}[prices]\n")).unwrap_err() {
        ExpectError::Field { field, .. } => assert_eq!(field, "prices"),
        other => panic!("{other}"),
    }
    let unsigned = read(&format!("{top}[prices]\nallow_unsigned = true\n")).unwrap();
    assert_eq!(unsigned.prices, PriceTrust::Unsigned);
    assert_eq!(unsigned.max_self_declared, SelfDeclared::NONE);
    assert_eq!(unsigned.attesters.iter().count(), 0);
}

#[test]
fn paths_are_for_the_caller_to_read() {
    let (top, _) = FILE.split_once("[prices]").unwrap();
    let text = top.replacen(
        "0x2234905dd4c1be984aacf2ab62101b9fa9c4d80fd364386d4c44566426afd73e",
        "our/policy.json",
        1,
    );
    let file = ExpectedFile::from_toml(&format!("{text}[prices]\nown = \"p.json\"\n")).unwrap();
    assert_eq!(file.policy(), Ok(PolicySource::Path("our/policy.json")));
    assert_eq!(file.prices_path(), Some("p.json"));
    let own = Prices {
        quote: "iso4217:USD".into(),
        as_of: 1,
        prices: Default::default(),
    };
    let policy = from_hex("0x5").unwrap();
    let field = |resolved: Resolved| match file.to_expected(resolved).unwrap_err() {
        ExpectError::Field { field, .. } => field,
        other => panic!("{other}"),
    };
    let resolved = Resolved {
        policy: None,
        prices: Some(own.clone()),
    };
    assert_eq!(field(resolved), "policy");
    let resolved = Resolved {
        policy: Some(policy),
        prices: None,
    };
    assert_eq!(field(resolved), "prices.own");
    let resolved = Resolved {
        policy: Some(policy),
        prices: Some(own.clone()),
    };
    let expected = file.to_expected(resolved).unwrap();
    assert_eq!(expected.policy, policy);
    assert_eq!(expected.prices, PriceTrust::Own(own));
}

/// The template carries what it is given, whatever is in it, and trusts nobody yet.
#[test]
fn the_template_is_complete_but_for_whom_to_trust() {
    let policy = from_hex("0x2234905dd4c1be984aacf2ab62101b9fa9c4d80fd364386d4c44566426afd73e");
    let policy = policy.unwrap();
    for (subject, context) in [
        ("lei:5493001KJTIIGC8Y1R12", "a nonce"),
        ("a \"quoted\" # name \\ and more", "''' \"\"\" = [prices]"),
    ] {
        let text = template(&TemplateParts {
            policy,
            policy_name: "a policy\nmax_self_declared_collateral = 9",
            quote: "iso4217:USD",
            subject,
            min_ratio: Ratio::new(12_505).unwrap(),
            min_public_debt: "0",
            max_window: 0,
            context,
            attesters: &[],
            prices: TemplatePrices::Signers(&[]),
            undertakings: None,
            representation: None,
        });
        assert!(text.lines().all(|l| l.len() <= 120), "{text}");
        // No signer, so a quorum of one cannot be met: refused until it is filled in.
        match read(&text).unwrap_err() {
            ExpectError::Trust { field, error } => {
                assert_eq!(field, "prices");
                assert_eq!(
                    error,
                    TrustError::Quorum {
                        expected: 0,
                        got: 1
                    }
                );
            }
            other => panic!("{other}"),
        }
        // Its own comments, taken out, are right.
        let (trusted, required) = text.split_once("# Who has to be in the basket").unwrap();
        let filled = trusted
            .replace(
                "#   { name = \"a source of prices\", keys = [\"0x...\"]",
                &format!("{{ name = \"a source of prices\", keys = [\"{A}\"]"),
            )
            .replace("# [[attesters]]", "[[attesters]]")
            .replace("# keys = [\"0x...\"]", &format!("keys = [\"{B}\"]"))
            .replace("# shape = ", "shape = ")
            .replace("# name = ", "name = ")
            .replace("# roles = ", "roles = ");
        let wording = format!("wordings = [\"0x{}\"]", "11".repeat(32));
        let required = required
            .replace("# [[must_include]]", "[[must_include]]")
            .replace("# attester = \"a creditor\"", "attester = \"a custodian\"")
            .replace("# kind = \"liability\"", "kind = \"collateral\"")
            .replace("# [undertakings]", "[undertakings]")
            .replace("# secured_party = ", "secured_party = ")
            .replace("# facility = ", "facility = ")
            .replace("# held_until = ", "held_until = ")
            .replace("# [representation]", "[representation]")
            .replace("# keys = [\"0x...\"]", &format!("keys = [\"{B}\"]"))
            .replace("# wordings = [\"0x...\"]", &wording);
        let filled = format!("{filled}# Who has to be in the basket{required}");
        let expected = read(&filled).unwrap();
        assert_eq!(expected.must_include.len(), 1);
        assert!(expected.undertakings.is_some() && expected.representation.is_some());
        assert_eq!(expected.policy, policy);
        assert_eq!(expected.subject, SubjectId::of(subject).unwrap());
        assert_eq!(expected.context, Context::of(context));
        assert_eq!(expected.min_ratio.bps(), 12_505);
        assert_eq!(expected.max_self_declared, SelfDeclared::NONE);
        assert_eq!(expected.max_window, 0);
        assert_eq!(expected.shape, Some(Shape::SMALL));
        assert_eq!(expected.attesters.iter().count(), 1);
    }
}

/// Whom it is told to trust is in it as given, and nothing is left to fill.
#[test]
fn the_template_names_whom_it_is_given() {
    let [a, b] = [A, B].map(|key| key.parse().unwrap());
    let custodian = Attester {
        name: "a \"custodian\" = [x]".into(),
        keys: [a].into(),
        roles: [Kind::Collateral, Kind::Liability].into(),
    };
    let source = PriceSigner {
        name: "a source".into(),
        keys: [b].into(),
    };
    let parts = TemplateParts {
        policy: from_hex("0x01").unwrap(),
        policy_name: "a policy",
        quote: "iso4217:USD",
        subject: "lei:5493001KJTIIGC8Y1R12",
        min_ratio: Ratio::new(12_505).unwrap(),
        min_public_debt: "1500000.5",
        max_window: 86_400,
        context: "",
        attesters: std::slice::from_ref(&custodian),
        prices: TemplatePrices::Signers(std::slice::from_ref(&source)),
        undertakings: None,
        representation: None,
    };
    let expected = read(&template(&parts)).unwrap();
    assert_eq!(to_fill(&parts), []);
    assert_eq!(expected.attesters.iter().collect::<Vec<_>>(), [&custodian]);
    let PriceTrust::Signed(quorum) = &expected.prices else {
        panic!("{:?}", expected.prices)
    };
    assert_eq!(quorum.signers(), std::slice::from_ref(&source));
    assert_eq!(expected.max_window, 86_400);
    assert_eq!(expected.min_public_debt.get(), 1_500_000_500_000);

    let own = TemplateParts {
        prices: TemplatePrices::Own("our prices.json"),
        ..parts
    };
    let file = ExpectedFile::from_toml(&template(&own)).unwrap();
    assert_eq!(file.prices_path(), Some("our prices.json"));
    // What is missing is named by its line.
    let nobody = TemplateParts {
        attesters: &[],
        prices: TemplatePrices::Signers(&[]),
        ..parts
    };
    let text = template(&nobody);
    let lines: Vec<&str> = text.lines().collect();
    let missing = to_fill(&nobody);
    let starts: Vec<&str> = missing.iter().map(|(line, _)| lines[line - 1]).collect();
    assert_eq!(starts, ["signers = [", "# [[attesters]]"]);
    // What is required is written as it is read.
    let creditor = Attester {
        name: "birch".into(),
        keys: custodian.keys.clone(),
        roles: BTreeSet::from([Kind::Liability]),
    };
    let wording = Hash([7; 32]);
    let required = TemplateParts {
        attesters: std::slice::from_ref(&creditor),
        undertakings: Some(TemplateUndertakings {
            secured_party: "our \"desk\"",
            facility: "loan 17",
            held_until: 1_800_000_000,
            wording,
        }),
        representation: Some((&source.keys, wording)),
        ..parts
    };
    let expected = read(&template(&required)).unwrap();
    let birch = MustInclude::Attester {
        attester: "birch".into(),
        kind: Kind::Liability,
        account: None,
    };
    assert_eq!(expected.must_include, [birch]);
    let undertakings = expected.undertakings.unwrap();
    assert_eq!(undertakings.held_until, 1_800_000_000);
    assert_eq!(undertakings.facility, FacilityId::of("loan 17"));
    assert_eq!(
        undertakings.secured_party,
        SubjectId::of("our \"desk\"").unwrap()
    );
    let representation = expected.representation.unwrap();
    assert_eq!(representation.keys, source.keys);
    for wordings in [undertakings.wordings, representation.wordings] {
        assert_eq!(wordings, BTreeSet::from([wording]));
    }
}
