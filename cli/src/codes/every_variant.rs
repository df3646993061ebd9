//! Every error of the libraries has a code. Their enums may grow, so that the compiler cannot
//! demand one for every variant: this test does.

use std::path::Path;

const CODES: &str = concat!(
    include_str!("of_claims.rs"),
    include_str!("of_disclosure.rs"),
    include_str!("of_provers.rs"),
    include_str!("of_verifier.rs"),
);

/// The enums that have codes, where they are declared, and their name here.
const ENUMS: &[(&str, &str, &str)] = &[
    ("claims/src/account.rs", "OpeningError", "OpeningError"),
    ("allocation/src/shortfall.rs", "Shortfall", "Shortfall"),
    ("claims/src/field.rs", "FieldError", "FieldError"),
    ("claims/src/ident.rs", "NameError", "NameError"),
    ("claims/src/policy.rs", "PolicyError", "PolicyError"),
    ("claims/src/prices.rs", "PriceError", "PriceError"),
    (
        "claims/src/relation/answer.rs",
        "Unsatisfied",
        "Unsatisfied",
    ),
    ("claims/src/shape.rs", "ShapeError", "ShapeError"),
    (
        "claims/src/statement.rs",
        "StatementError",
        "StatementError",
    ),
    ("keys/src/key.rs", "KeyError", "SigningKeyError"),
    ("keys/src/keystore.rs", "KeystoreError", "KeystoreError"),
    ("prover/src/keys.rs", "KeyError", "ProvingKeyError"),
    ("prover/src/prove.rs", "ProveError", "ProveError"),
    (
        "prover/src/rollup/files.rs",
        "TreeFileError",
        "TreeFileError",
    ),
    ("prover/src/srs/error.rs", "SrsError", "SrsError"),
    ("verifier/src/bundle/error.rs", "BundleError", "BundleError"),
    (
        "verifier/src/expect/document.rs",
        "ExpectError",
        "ExpectError",
    ),
    ("verifier/src/expect/mismatch.rs", "Mismatch", "Mismatch"),
    ("verifier/src/expect/trust.rs", "TrustError", "TrustError"),
    ("verifier/src/key.rs", "KeyError", "CircuitKeyError"),
    (
        "claims/src/signed/address.rs",
        "AddressError",
        "AddressError",
    ),
    (
        "claims/src/signed/signature.rs",
        "SignatureError",
        "SignatureError",
    ),
    ("claims/src/signed/signer.rs", "SignerError", "SignerError"),
    ("solidity/src/lib.rs", "SolidityError", "SolidityError"),
    ("verifier/src/verify.rs", "ProofError", "ProofError"),
    ("verifier/src/tree.rs", "NodeError", "NodeError"),
    ("verifier/src/tree/branch.rs", "BranchError", "BranchError"),
    (
        "verifier/src/tree/manifest.rs",
        "ManifestError",
        "ManifestError",
    ),
    ("verifier/src/tree/walk.rs", "TreeError", "TreeError"),
    ("claims/src/many.rs", "ManyError", "ManyError"),
    ("claims/src/rollup.rs", "RollupError", "RollupError"),
    (
        "claims/src/rollup/relation.rs",
        "RollupFalse",
        "RollupFalse",
    ),
    (
        "claims/src/signed/error.rs",
        "DocumentError",
        "DocumentError",
    ),
    ("verifier/src/verify.rs", "VerifyError", "VerifyError"),
    (
        "claims/src/signed/opinion.rs",
        "OpinionError",
        "OpinionError",
    ),
    (
        "disclosure/src/disclosure.rs",
        "DisclosureError",
        "DisclosureError",
    ),
    ("disclosure/src/pack/error.rs", "PackError", "PackError"),
    ("disclosure/src/seal.rs", "SealError", "SealError"),
];

/// The variants that an enum declares: capitalised names at the first indentation.
fn variants(source: &str, name: &str) -> Vec<String> {
    let (_, body) = source.split_once(&format!("pub enum {name} {{\n")).unwrap();
    let (body, _) = body.split_once("\n}").unwrap();
    let lines = body.lines().filter_map(|line| line.strip_prefix("    "));
    let named = lines.filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
    let word = |line: &str| {
        line.split(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap()
            .into()
    };
    named.map(word).collect()
}

/// A variant that a library gains must be given a code: `_` gives it none on purpose.
#[test]
fn every_variant_of_the_libraries_errors_is_given_a_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (file, name, here) in ENUMS {
        let source = std::fs::read_to_string(root.join(file)).unwrap();
        let found = variants(&source, name);
        assert!(!found.is_empty(), "{file}: {name}");
        let (_, of) = CODES
            .split_once(&format!("impl Coded for {here} {{"))
            .unwrap();
        let (of, _) = of.split_once("\n    }\n").unwrap();
        for variant in found {
            let arm = format!("Self::{variant}");
            let named = of.match_indices(&arm).any(|(i, _)| {
                let next = of[i + arm.len()..].chars().next();
                !next.is_some_and(char::is_alphanumeric)
            });
            assert!(named, "{name}::{variant} has no code");
        }
    }
}
