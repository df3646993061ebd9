//! The vectors of an independent implementation (Python): the ratios that can and cannot be
//! proved, natively and by MockProver. What needs no circuit is tested in
//! claims/tests/conformance.rs.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_circuits::relation;
use covenant_fixtures::Vectors;

#[test]
fn cases_at_the_largest_ratio_and_one_more() {
    for (case, largest) in covenant_fixtures::true_cases() {
        let claim = covenant_fixtures::claim(&case, largest);
        let allocation = covenant_fixtures::fullest(&claim);
        assert_eq!(
            relation::check(&claim, &allocation),
            Ok(()),
            "{}",
            case["name"]
        );
        covenant_fixtures::mock(&claim, &allocation, covenant_fixtures::TINY).assert_satisfied();

        let claim = covenant_fixtures::claim(&case, largest + 1);
        let allocation = covenant_fixtures::fullest(&claim);
        let error = relation::check(&claim, &allocation).unwrap_err();
        assert_eq!(error.clause(), "S7");
        assert!(
            covenant_fixtures::mock(&claim, &allocation, covenant_fixtures::TINY)
                .verify()
                .is_err(),
            "{}",
            case["name"]
        );
    }
}

/// S6. More bitcoin than a held cap of 3 % allows: false at every ratio.
#[test]
fn a_held_cap_that_is_exceeded() {
    let cases = Vectors::load().list("cases").into_iter();
    let false_ones: Vec<_> = cases
        .filter(|case| case["held_shares_hold"] == false)
        .collect();
    assert_eq!(false_ones.len(), 1);
    for case in false_ones {
        let claim = covenant_fixtures::claim(&case, 1);
        let allocation = covenant_fixtures::fullest(&claim);
        let error = relation::check(&claim, &allocation).unwrap_err();
        assert_eq!(error.clause(), "S6", "{error}");
        let mock = covenant_fixtures::mock(&claim, &allocation, covenant_fixtures::TINY);
        assert!(mock.verify().is_err(), "{}", case["name"]);
    }
}

#[test]
fn standard_shapes_are_satisfied() {
    let case = &Vectors::load().list("cases")[0];
    let claim = covenant_fixtures::claim(case, 27_063);
    let allocation = covenant_fixtures::fullest(&claim);
    for shape in covenant_circuits::shape::Shape::STANDARD {
        covenant_fixtures::mock(&claim, &allocation, shape).assert_satisfied();
    }
}
