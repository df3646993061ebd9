//! README's, the tutorials' and the examples' commands, run as they are written and in their
//! order, in a copy of what a clone has; what the tutorials show is what is printed. What is not
//! run here is listed, with what runs it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::document::{Document, Elsewhere};
use common::{Desk, copy, example};

/// The lines of README that are not run as written.
const OF_README: &[Elsewhere] = &[
    (
        "git clone https://github.com/covenant-zk/covenant && cd covenant",
        "",
        "nothing; this is a copy of such a clone",
    ),
    (
        "cargo run --release -- demo",
        "covenant demo",
        "this test, with the binary of the tests",
    ),
    ("make test", "", ".ci/run, whose tests these are"),
    (
        "cargo install --path cli --locked",
        "",
        "this test, with the binary of the tests on its path",
    ),
    ("make onchain-demo", "", "make test-contracts"),
];

/// The lines of the custodian's tutorial that need npm.
const OF_CUSTODIAN: &[Elsewhere] = &[
    ("npm ci --silent", "", "make test-js"),
    (
        "node account.mjs",
        "cp ../account/opening.json .",
        "make test-js has `commitment`, not this file",
    ),
    (
        "node attest.mjs sign account.json opening.json \"northbank 7731\" 1797724800 > signed.json",
        "",
        "ethers_and_covenant_accept_each_other in cli/tests/signers.rs",
    ),
    ("node attest.mjs check signed.json", "", "the same"),
];

/// What a clone has, as far as the commands need it.
fn clone() -> Desk {
    let desk = Desk::new();
    for name in ["demo", "custodian", "exports"] {
        copy(&example(name), &desk.path("examples").join(name));
    }
    desk
}

#[test]
fn every_command_of_readme_runs_as_written() {
    let desk = clone();
    let printed = Document::read("README.md", OF_README).run(desk.0.path());
    for left in [
        "bundle.json",
        "next.json",
        "at-130.json",
        "of-5-million.json",
    ] {
        let there = desk.path("story").join(left).is_file();
        assert!(there, "{left}: {printed}");
    }
    // The demo's forgeries are the only bundles that are not proved.
    assert_eq!(printed.matches("NOT PROVED").count(), 4, "{printed}");
    assert!(
        printed.contains("INCLUDED") && !printed.contains("NOT INCLUDED"),
        "{printed}"
    );
}

#[test]
fn tutorial_of_the_borrower() {
    Document::read("docs/tutorials/borrower.md", &[]).run(clone().0.path());
}

/// Three custodians' exports in three conventions, and a policy of `policy init`.
#[test]
fn tutorial_of_exports() {
    Document::read("docs/tutorials/exports.md", &[]).run(clone().0.path());
}

#[test]
fn tutorial_of_the_custodian() {
    Document::read("docs/tutorials/custodian.md", OF_CUSTODIAN).run(clone().0.path());
}

#[test]
fn tutorial_of_the_lender() {
    Document::read("docs/tutorials/lender.md", &[]).run(clone().0.path());
}

#[test]
fn tutorial_of_the_auditor() {
    Document::read("docs/tutorials/auditor.md", &[]).run(clone().0.path());
}

#[test]
fn tutorial_of_the_integrator() {
    Document::read("docs/tutorials/integrator.md", &[]).run(clone().0.path());
}

#[test]
fn the_examples_prove_and_verify_as_their_readmes_say() {
    for name in ["demo", "stablecoin", "lender", "reserve", "treasury-fund"] {
        let desk = Desk::new();
        copy(&example(name), desk.0.path());
        let printed = Document::read(&format!("examples/{name}/README.md"), &[]).run(desk.0.path());
        assert!(
            printed.contains("PROVED") && !printed.contains("NOT PROVED"),
            "{name}: {printed}"
        );
    }
}

/// A name in a sentence that is a command names a verb that there is.
#[test]
fn verbs_that_documents_name_exist() {
    let desk = Desk::new();
    for (name, elsewhere) in [
        ("README.md", OF_README),
        ("docs/tutorials/borrower.md", &[]),
        ("docs/tutorials/exports.md", &[]),
        ("docs/tutorials/custodian.md", OF_CUSTODIAN),
        ("docs/tutorials/lender.md", &[]),
        ("docs/tutorials/auditor.md", &[]),
        ("docs/tutorials/integrator.md", &[]),
    ] {
        for words in Document::read(name, elsewhere).named_commands() {
            let verb = words.split_whitespace().take_while(|word| {
                let letter = |c: char| c.is_ascii_lowercase() || c == '-';
                !word.starts_with('-') && word.chars().all(letter)
            });
            let verb: Vec<&str> = verb.collect();
            desk.run(&format!("{} --help", verb.join(" "))).expect(0);
        }
    }
}
