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
        // Where held shares do not hold, the claim is false at every ratio.
        let held = case["held_shares_hold"].as_bool().unwrap_or(true);
        let at_largest = if held { None } else { Some("S6") };
        let one_more = if held { "S7" } else { "S6" };
        for (ratio, expected) in [(largest, at_largest), (largest + 1, Some(one_more))] {
            let claim = covenant_fixtures::claim(&case, ratio);
            let allocation = covenant_fixtures::fullest(&claim);
            let fails = relation::check(&claim, &allocation).map_err(|error| error.clause());
            let place = format!("{} at {ratio}", case["name"]);
            assert_eq!(fails.err(), expected, "{place}");
            let mock = covenant_fixtures::mock(&claim, &allocation, covenant_fixtures::TINY);
            assert_eq!(mock.verify().is_ok(), expected.is_none(), "{place}");
        }
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
