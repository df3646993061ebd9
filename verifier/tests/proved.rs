//! The circuits that ship are those of which `make formal` proved the theorems.

#![allow(clippy::unwrap_used)]

use serde_json::Value;

/// A changed circuit has another verifying key, and so another id.
#[test]
fn the_proofs_are_about_the_circuits_that_ship() {
    let proved: Value =
        serde_json::from_str(include_str!("../../tools/formal/proved.json")).unwrap();
    let shipped = [
        ("small", include_str!("../data/small.id")),
        ("medium", include_str!("../data/medium.id")),
        ("large", include_str!("../data/large.id")),
        (
            "rollup-16x12-12",
            include_str!("../data/rollup-16x12-12.id"),
        ),
        (
            "rollup-256x12-12",
            include_str!("../data/rollup-256x12-12.id"),
        ),
        (
            "rollup-64x57-57",
            include_str!("../data/rollup-64x57-57.id"),
        ),
    ];
    assert_eq!(proved["circuits"].as_object().unwrap().len(), shipped.len());
    for (name, id) in shipped {
        assert_eq!(
            proved["circuits"][name],
            *id.trim(),
            "{name} has changed: run make formal"
        );
    }
}
