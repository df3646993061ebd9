//! What `policy check` refuses and warns of, and what makes no policy at all (docs/spec.md,
//! section 5).

// A panic in a test is a failing test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod vectors;

use covenant_claims::Policy;
use covenant_claims::ident::{LeiError, check_lei};
use covenant_claims::policy::PolicyError;
use covenant_claims::policy::check::{
    AssetNameError, Basis, Refusal, Warning, check, check_asset_name,
};
use serde_json::{Value, json};

/// Complete, with a report, and nothing wrong with it.
fn good() -> Value {
    json!({
        "version": 2, "name": "reserve", "quote": "iso4217:USD",
        "min_ratio_bps": 10_000, "ratio_step_bps": 500,
        "complete": true, "report_grain": 1_000_000,
        "assets": [
            {
                "asset": "isin:US912797QD26", "symbol": "T-bill", "decimals": 8,
                "groups": ["paper"], "tiers": [{ "weight_bps": 9_950 }],
            },
            {
                "asset": "iso4217:USD", "symbol": "USD", "decimals": 8, "may_owe": true,
                "groups": ["cash"], "tiers": [{ "weight_bps": 10_000 }],
            },
        ],
        "groups": [
            { "name": "paper", "min_held_share_bps": 5_000, "report": true },
            { "name": "cash", "max_held_share_bps": 4_000, "report": true },
        ],
        "scenarios": [
            { "name": "rates", "min_ratio_bps": 10_000, "moves_bps": { "isin:US912797QD26": -150 } },
        ],
    })
}

fn read(document: &Value) -> Result<Policy, PolicyError> {
    Policy::from_json(&document.to_string())
}

fn changed(change: impl FnOnce(&mut Value)) -> Value {
    let mut document = good();
    change(&mut document);
    document
}

fn refused(change: impl FnOnce(&mut Value)) -> Vec<Refusal> {
    check(&read(&changed(change)).unwrap()).unwrap_err()
}

fn warned(change: impl FnOnce(&mut Value)) -> Vec<Warning> {
    let warnings = check(&read(&changed(change)).unwrap()).unwrap();
    assert!(warnings.iter().all(|w| !w.to_string().is_empty()));
    warnings
}

#[test]
fn a_good_policy_passes() {
    assert_eq!(warned(|_| {}), []);
}

#[test]
fn absent_fields_have_their_defaults() {
    let policy = read(&json!({
        "version": 2, "name": "n", "quote": "iso4217:USD",
        "min_ratio_bps": 10_000, "ratio_step_bps": 500,
        "assets": [{
            "asset": "iso4217:USD", "symbol": "USD", "decimals": 8,
            "tiers": [{ "weight_bps": 10_000 }],
        }],
    }))
    .unwrap();
    assert!(!policy.complete());
    assert_eq!(policy.report_grain(), 0);
    let asset = &policy.assets()[0];
    assert!(!asset.netting && !asset.may_owe);
    assert_eq!((asset.max_share, asset.max_held_share), (10_000, 10_000));
    assert_eq!(asset.groups, 0);
    assert_eq!(policy.groups()[0], Default::default());
    let policy =
        read(&changed(
            |d| d["groups"] = json!([{ "name": "g" }, { "name": "paper" }, { "name": "cash" }]),
        ))
        .unwrap();
    let group = policy.groups()[0];
    assert_eq!((group.min_share, group.max_share), (0, 10_000));
    assert_eq!((group.min_held_share, group.max_held_share), (0, 10_000));
    assert!(!group.report);
}

/// A default that is written out is another document, with other terms and another digest, and
/// the same rules.
#[test]
fn terms_are_of_the_document_as_written() {
    let short = read(&good()).unwrap();
    let long = read(&changed(|d| d["assets"][0]["netting"] = json!(false))).unwrap();
    assert_ne!(short.terms(), long.terms());
    assert_ne!(short.digest(), long.digest());
    assert_eq!(short.assets(), long.assets());
}

#[test]
fn malformed_documents_are_none() {
    let json_errors: [fn(&mut Value); 7] = [
        |d| d["assets"][0]["netting"] = Value::Null,
        |d| d["complete"] = json!(1),
        |d| d["report_grain"] = json!(1.0),
        |d| d["report_grain"] = json!(-1),
        |d| d["groups"] = Value::Null,
        |d| d["held"] = json!(1),
        |d| d["groups"][0]["held"] = json!(1),
    ];
    for change in json_errors {
        let error = read(&changed(change)).unwrap_err();
        assert!(matches!(error, PolicyError::Json(_)), "{error}");
    }
    let text = good().to_string();
    for (from, to) in [
        ("\"min_ratio_bps\":10000", "\"min_ratio_bps\":1e4"),
        (":-150}", ":-0}"),
        ("\"complete\":true", "\"complete\":true,\"complete\":true"),
        (":-150}", ":-150,\"isin:US912797QD26\":-150}"),
    ] {
        assert!(text.contains(from), "{from} in {text}");
        let error = Policy::from_json(&text.replace(from, to)).unwrap_err();
        assert!(matches!(error, PolicyError::Json(_)), "{to}: {error}");
    }
}

#[test]
fn rules_that_make_no_policy() {
    let range: [fn(&mut Value); 6] = [
        |d| d["report_grain"] = json!(1u64 << 53),
        |d| {
            d["assets"][0]["tiers"] =
                json!([{ "up_to": 1u64 << 53, "weight_bps": 2 }, { "weight_bps": 1 }])
        },
        |d| d["assets"][0]["max_held_share_bps"] = json!(10_001),
        |d| d["groups"][0]["max_held_share_bps"] = json!(4_999),
        |d| d["groups"][0]["min_share_bps"] = json!(10_001),
        |d| {
            d["assets"] = (0..256)
                .map(|i| {
                    let mut asset = d["assets"][0].clone();
                    asset["asset"] = json!(format!("eip155:1/slip44:{i}"));
                    asset
                })
                .collect()
        },
    ];
    for change in range {
        let mut document = good();
        document["scenarios"] = json!([]);
        change(&mut document);
        let error = first(read(&document).unwrap_err());
        assert!(matches!(error, PolicyError::Range { .. }), "{error}");
    }
    let complete: [fn(&mut Value); 6] = [
        |d| d["assets"][0]["netting"] = json!(true),
        |d| d["complete"] = json!(false),
        |d| d["report_grain"] = json!(0),
        |d| {
            d["complete"] = json!(false);
            d["groups"] = json!([{ "name": "paper" }, { "name": "cash" }]);
        },
        |d| {
            d.as_object_mut().unwrap().remove("complete");
            d["report_grain"] = json!(0);
            d["groups"] = json!([{ "name": "paper", "min_held_share_bps": 1 }, { "name": "cash" }]);
        },
        |d| {
            d["complete"] = json!(false);
            d["report_grain"] = json!(0);
            d["groups"] = json!([{ "name": "paper" }, { "name": "cash" }]);
            d["assets"][1]["max_held_share_bps"] = json!(9_999);
        },
    ];
    for change in complete {
        let error = first(read(&changed(change)).unwrap_err());
        assert!(matches!(error, PolicyError::Complete { .. }), "{error}");
    }
    // Two spellings of one token are one asset twice.
    let twice = changed(|d| {
        for (i, address) in [
            "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",
            "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",
        ]
        .iter()
        .enumerate()
        {
            d["assets"][i]["asset"] = json!(format!("eip155:1/erc20:{address}"));
        }
        d["scenarios"] = json!([]);
    });
    let error = read(&twice).unwrap_err();
    assert!(matches!(error, PolicyError::Duplicate { .. }), "{error}");
    // A move of an asset that is spelled in another way is no listed asset's.
    let error = read(&changed(|d| {
        d["scenarios"][0]["moves_bps"] = json!({ "isin:us912797qd26": -1 })
    }))
    .unwrap_err();
    assert!(matches!(error, PolicyError::Undefined { .. }), "{error}");
}

/// The first of several.
fn first(error: PolicyError) -> PolicyError {
    match error {
        PolicyError::Several { errors } => errors[0].clone(),
        one => one,
    }
}

/// Whoever wrote a document mends it once.
#[test]
fn all_that_is_wrong_with_a_document_is_named() {
    let error = read(&changed(|d| {
        d["min_ratio_bps"] = json!(0);
        d["assets"][0]["decimals"] = json!(37);
        d["assets"][0]["tiers"][0]["weight_bps"] = json!(10_001);
        d["assets"][1]["groups"] = json!(["nobody's"]);
        d["scenarios"][0]["moves_bps"] = json!({ "isin:US912797QD26X": -1 });
    }))
    .unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with("5 errors:\n  min_ratio_bps: "), "{text}");
    for field in [
        "assets[0].decimals",
        "assets[0].tiers[0].weight_bps",
        "assets[1].groups",
        "scenarios[0].moves_bps",
    ] {
        assert!(text.contains(&format!("\n  {field}: ")), "{text}");
    }
}

#[test]
fn names_of_assets() {
    for good in [
        "eip155:1/slip44:60",
        "eip155:1/erc20:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",
        "eip155:1/erc20:0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",
        "eip155:1/erc721:0x06012c8cf97BEaD5deAe237070F9587f8E7A266d/771769",
        "bip122:000000000019d6689c085ae165831e93/slip44:0",
        "cosmos:cosmoshub-3/slip44:118",
        "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdD5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
        "iso4217:USD",
        "deposit:USD/lei:EXMP00BANKAAAAAAAA41",
        "iso4217x:XAU/abc:d",
        "isin:US0378331005",
    ] {
        assert_eq!(check_asset_name(good), Ok(()), "{good}");
    }
    for bad in [
        "ETH",
        "",
        "iso4217:usd",
        "iso4217:USDT",
        "iso4217:US",
        // These forms have no more parts, so that nothing hides a check digit.
        "iso4217:USD/deposit:EXMP00BANKAAAAAAAA41",
        "isin:US0378331006/deposit:EXMP00BANKAAAAAAAA41",
        "ISIN:US0378331005",
        "isin:US037833100",
        "eip155:1",
        "eip155:1/erc20",
        "eip155:1/erc20:",
        "eip155:01/slip44:60",
        "eip155:1/slip44:060",
        "eip155:one/slip44:60",
        "EIP155:1/slip44:60",
        "eip155:1/ERC20:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",
        "eip155:1/erc20:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb4",
        "eip155:1/erc20:a0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",
        "eip155:1/erc721:0x06012c8cf97bead5deae237070f9587f8e7a266d/1/2",
        "eip155:1/slip44:60 ",
        "eip155:1/slip44:６０",
    ] {
        assert!(
            matches!(check_asset_name(bad), Err(AssetNameError::Form { .. })),
            "{bad}"
        );
    }
    let right = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48";
    for kind in ["erc20", "erc721", "token"] {
        let name = |address: &str| format!("eip155:1/{kind}:{address}");
        for good in [right, &right.to_ascii_lowercase()] {
            assert_eq!(check_asset_name(&name(good)), Ok(()), "{kind} {good}");
        }
        for bad in [
            right.replacen('A', "a", 1),
            right.to_ascii_uppercase().replacen('X', "x", 1),
            right.replacen("0x", "0X", 1),
            right.to_ascii_lowercase().replacen("0x", "0X", 1),
        ] {
            let error = check_asset_name(&name(&bad)).unwrap_err();
            let AssetNameError::Checksum { expected, .. } = error else {
                panic!("{kind} {bad}: {error:?}");
            };
            assert_eq!(expected, right);
        }
    }
    // Elsewhere forty digits are no address.
    assert_eq!(
        check_asset_name(&format!("abc:1/erc20:{}", right.to_ascii_uppercase())),
        Ok(())
    );
    assert!(matches!(
        check_asset_name("isin:US0378331006"),
        Err(AssetNameError::CheckDigit { .. })
    ));
    let refusals = refused(|d| {
        d["assets"][0]["asset"] = json!("T-bill");
        d["scenarios"] = json!([]);
    });
    assert!(matches!(
        refusals[..],
        [Refusal::AssetName { index: 0, .. }]
    ));
}

#[test]
fn leis_of_subjects() {
    assert_eq!(check_lei("lei:5493001KJTIIGC8Y1R12"), Ok(()));
    assert_eq!(check_lei("anybody"), Ok(()));
    assert_eq!(
        check_lei("lei:5493001KJTIIGC8Y1R21"),
        Err(LeiError::CheckDigits)
    );
    assert_eq!(check_lei("lei:BORROWER"), Err(LeiError::Form));
}

/// Whatever it is the name of.
#[test]
fn leis_of_every_name() {
    let wrong = "lei:5493001KJTIIGC8Y1R21";
    type At = fn(&mut Value) -> &mut Value;
    let places: [(&str, At); 5] = [
        ("name", |d| &mut d["name"]),
        ("quote", |d| &mut d["quote"]),
        ("assets[0].symbol", |d| &mut d["assets"][0]["symbol"]),
        ("groups[2].name", |d| &mut d["groups"][2]["name"]),
        ("scenarios[0].name", |d| &mut d["scenarios"][0]["name"]),
    ];
    for (place, at) in places {
        let named = |name: &str| {
            changed(|d| {
                let groups = d["groups"].as_array_mut().unwrap();
                groups.push(json!({ "name": "banks" }));
                *at(d) = json!(name);
            })
        };
        assert!(check(&read(&named("lei:5493001KJTIIGC8Y1R12")).unwrap()).is_ok());
        for (name, wanted) in [(wrong, LeiError::CheckDigits), ("lei:", LeiError::Form)] {
            let refusals = check(&read(&named(name)).unwrap()).unwrap_err();
            let [Refusal::Lei { field, error }] = &refusals[..] else {
                panic!("{place}: {refusals:?}");
            };
            assert_eq!((field.as_str(), error), (place, &wanted));
        }
    }
    // Of CAIP-19's form, and no LEI all the same.
    let refusals = refused(|d| {
        d["assets"][0]["asset"] = json!("lei:5493001KJTIIGC8Y1R12/bond:7");
        d["scenarios"] = json!([]);
    });
    assert!(matches!(&refusals[..], [Refusal::Lei { field, .. }] if field == "assets[0].asset"));
}

/// A scenario moves an asset by its id, and the check refuses another spelling of its name.
#[test]
fn moves_are_of_the_id() {
    let checksummed = "eip155:1/erc20:0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48";
    let with = |moves: Value| {
        changed(|d| {
            d["assets"][0]["asset"] = json!(checksummed.to_ascii_lowercase());
            d["scenarios"][0]["moves_bps"] = moves;
        })
    };
    let policy = read(&with(json!({ checksummed: -7 }))).unwrap();
    let moved: Vec<_> = policy.assets().iter().map(|a| &a.multipliers).collect();
    assert!(moved.contains(&&vec![9_993]), "{moved:?}");
    let refusals = check(&policy).unwrap_err();
    assert!(
        matches!(
            refusals[..],
            [Refusal::Alike {
                field: "assets",
                ..
            }]
        ),
        "{refusals:?}"
    );
    let one = read(&with(json!({ checksummed.to_ascii_lowercase(): -7 }))).unwrap();
    assert_eq!(check(&one), Ok(vec![]));
    assert_eq!(one.assets(), policy.assets());
    // Two moves of one id.
    let error = read(&with(
        json!({ checksummed: 0, checksummed.to_ascii_lowercase(): 0 }),
    ));
    assert!(
        matches!(error, Err(PolicyError::Duplicate { .. })),
        "{error:?}"
    );
}

#[test]
fn names_that_differ_in_unicode_form() {
    let refusals = refused(|d| {
        d["groups"] = json!([{ "name": "\u{e9}" }, { "name": "e\u{301}" }]);
        d["assets"][0]["groups"] = json!([]);
        d["assets"][1]["groups"] = json!([]);
    });
    assert!(matches!(
        refusals[..],
        [Refusal::Alike {
            field: "groups",
            ..
        }]
    ));
    let refusals = refused(|d| {
        d["scenarios"] = json!([
            { "name": "5 %", "min_ratio_bps": 10_000 },
            { "name": "５ %", "min_ratio_bps": 10_000 },
        ]);
    });
    assert!(matches!(
        refusals[..],
        [Refusal::Alike {
            field: "scenarios",
            ..
        }]
    ));
}

#[test]
fn floors_of_disjoint_groups() {
    let refusals =
        refused(|d| d["groups"][1] = json!({ "name": "cash", "min_held_share_bps": 5_001 }));
    assert!(
        matches!(&refusals[..], [Refusal::Floors { basis: Basis::Held, groups, got: 10_001 }] if groups.len() == 2)
    );
    let refusals = refused(|d| {
        d["groups"][0]["min_share_bps"] = json!(6_000);
        d["groups"][1]["min_share_bps"] = json!(6_000);
    });
    assert!(matches!(
        refusals[..],
        [Refusal::Floors {
            basis: Basis::Counted,
            got: 12_000,
            ..
        }]
    ));
    // Exactly all of it, and groups that share an asset, can be met.
    warned(|d| d["groups"][1] = json!({ "name": "cash", "min_held_share_bps": 5_000 }));
    warned(|d| {
        d["groups"][1] = json!({ "name": "cash", "min_held_share_bps": 6_000 });
        d["assets"][1]["groups"] = json!(["paper", "cash"]);
    });
}

#[test]
fn worthless_assets_dilute_held_caps() {
    let dust = |held: u32, cap: u32| {
        move |d: &mut Value| {
            d["groups"][1]["max_held_share_bps"] = json!(cap);
            d["assets"].as_array_mut().unwrap().push(json!({
                "asset": "eip155:1/erc20:0x0000000000000000000000000000000000000bad",
                "symbol": "dust", "decimals": 18, "max_held_share_bps": held,
                "tiers": [{ "weight_bps": 0 }],
            }));
        }
    };
    let refusals = refused(dust(101, 9_999));
    assert!(matches!(refusals[..], [Refusal::Dilution { index: 2, .. }]));
    warned(dust(100, 9_999));
    // Without a cap there is nothing to dilute.
    warned(dust(10_000, 10_000));
    // As in the vectors' reserve.
    let vectors = vectors::load();
    let policy = vectors::policy(&vectors["cases"][3]["policy"]);
    let refusals = check(&policy).unwrap_err();
    assert!(
        matches!(refusals[..], [Refusal::Dilution { .. }]),
        "{refusals:?}"
    );
}

#[test]
fn the_policies_of_the_vectors_are_not_malformed() {
    let vectors = vectors::load();
    for case in vectors["cases"].as_array().unwrap().iter().take(3) {
        assert!(check(&vectors::policy(&case["policy"])).is_ok());
    }
    assert!(check(&vectors::policy(&vectors["policy_digests"][0]["policy"])).is_ok());
}

#[test]
fn slips() {
    let warnings = warned(|d| {
        d["quote"] = json!("dollars");
        d["min_ratio_bps"] = json!(9_999);
        d["scenarios"][0] = json!({
            "name": "up", "min_ratio_bps": 85, "moves_bps": { "iso4217:USD": 1 },
        });
        d["assets"][0]["tiers"] = json!([{ "up_to": 1, "weight_bps": 85 }, { "weight_bps": 0 }]);
        d["assets"][1]["groups"] = json!(["paper"]);
    });
    let [
        Warning::Quote { .. },
        Warning::LowRatio {
            scenario: None,
            bps: 9_999,
        },
        Warning::LowRatio {
            scenario: Some(_),
            bps: 85,
        },
        Warning::LowWeight { bps: 85, .. },
        Warning::LowWeight { bps: 0, .. },
        Warning::UpwardMove { bps: 1, .. },
        Warning::ReportOfSeveral { assets: 2, .. },
        Warning::EmptyGroup { .. },
    ] = &warnings[..]
    else {
        panic!("{warnings:?}");
    };
}

#[test]
fn caps_under_which_nothing_fits() {
    let changes: [fn(&mut Value); 4] = [
        // Assets' own caps.
        |d| {
            d["assets"][0]["max_share_bps"] = json!(4_000);
            d["assets"][1]["max_share_bps"] = json!(5_999);
        },
        // Only one of them can count at all.
        |d| {
            d["assets"][0]["tiers"] = json!([{ "weight_bps": 0 }]);
            d["assets"][0]["max_held_share_bps"] = json!(100);
            d["assets"][1]["max_share_bps"] = json!(9_999);
            d["groups"] = json!([{ "name": "paper" }, { "name": "cash" }]);
        },
        // Group by group.
        |d| {
            d["groups"][0]["max_share_bps"] = json!(5_000);
            d["groups"][1]["max_share_bps"] = json!(4_999);
        },
        // A floor of what its members cannot reach.
        |d| {
            d["groups"][0]["min_share_bps"] = json!(5_000);
            d["assets"][0]["max_share_bps"] = json!(4_999);
        },
    ];
    for change in changes {
        let warnings = warned(change);
        let counted = |w: &Warning| {
            matches!(
                w,
                Warning::NothingFits {
                    basis: Basis::Counted,
                    ..
                }
            )
        };
        assert!(warnings.iter().any(counted), "{warnings:?}");
    }
    let warnings = warned(|d| d["assets"][0]["max_held_share_bps"] = json!(5_999));
    assert!(matches!(
        warnings[..],
        [Warning::NothingFits {
            basis: Basis::Held,
            most: 9_999
        }]
    ));
}
