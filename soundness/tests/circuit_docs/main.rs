//! docs/circuit.md and docs/maps are of this circuit: the tables of rules, gates and sections
//! and the maps of the trace are made here and compared with what is there; and what the table
//! of rules says of the gates is what the constraint system has.
//!
//! After a change that is meant: COVENANT_WRITE_CIRCUIT=1 with this test.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod map;
mod queries;
mod tables;

use covenant_circuits::circuit::builder::TraceBuilder;
use covenant_circuits::circuit::layout::{Layout, Profile};
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::circuit::{fit, trace};
use covenant_circuits::shape::Shape;
use std::path::{Path, PathBuf};

/// The layouts that docs/circuit.md is about, by name: those that ship, and the smallest of
/// both profiles, in which one of each thing is in sight.
fn layouts() -> Vec<(&'static str, Layout)> {
    let smallest = Shape::new(1, 3, 1, 1).unwrap();
    vec![
        (
            "smallest-narrow",
            fit::smallest_in(smallest, Profile::Narrow),
        ),
        ("smallest-wide", fit::smallest_in(smallest, Profile::Wide)),
        ("small", fit::smallest(Shape::SMALL)),
        ("medium", fit::smallest(Shape::MEDIUM)),
        ("large", fit::smallest(Shape::LARGE)),
    ]
}

fn blank(layout: &Layout) -> TraceBuilder {
    trace::build(layout, &Witness::blank(layout.claim().unwrap()))
}

fn docs(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../docs")
        .join(name)
}

/// Writes the file where that is requested; else it must say the same already.
fn compare(path: &Path, made: &str) {
    if std::env::var_os("COVENANT_WRITE_CIRCUIT").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, made).unwrap();
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        found == made,
        "{} is of another circuit; COVENANT_WRITE_CIRCUIT=1 with this test writes it anew",
        path.display()
    );
}

#[test]
fn the_tables_are_of_this_circuit() {
    let path = docs("circuit.md");
    let text = std::fs::read_to_string(&path).expect("docs/circuit.md");
    compare(&path, &tables::filled_in(&text));
}

#[test]
fn the_maps_are_of_this_circuit() {
    for (name, layout) in layouts() {
        let svg = map::svg(name, &blank(&layout));
        compare(&docs(&format!("maps/{name}.svg")), &svg);
    }
}
