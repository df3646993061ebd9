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
    for case in Vectors::load().list("cases") {
        let largest: u32 = covenant_fixtures::strings(&case["largest_ratio_bps"])[0]
            .parse()
            .unwrap();
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

#[test]
fn standard_shapes_are_satisfied() {
    let case = &Vectors::load().list("cases")[0];
    let claim = covenant_fixtures::claim(case, 27_063);
    let allocation = covenant_fixtures::fullest(&claim);
    for shape in covenant_circuits::shape::Shape::STANDARD {
        covenant_fixtures::mock(&claim, &allocation, shape).assert_satisfied();
    }
}
