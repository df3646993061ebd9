//! The manifest of a tree of roll-ups, which has one spelling, and a creditor's branch of it.

use crate::{Verdict, refused};
use covenant_circuits::account::{Commitment, Opening};
use covenant_verifier::tree::{Branch, Keys, Manifest};
use std::sync::LazyLock;

static MANIFEST: LazyLock<Manifest> = LazyLock::new(|| {
    Manifest::from_json(include_str!("../../../verifier/data/tree/manifest.json")).unwrap()
});
static BRANCH: LazyLock<Branch> = LazyLock::new(|| {
    Branch::from_json(include_str!("../../../verifier/data/tree/branch.json")).unwrap()
});
static LEAF: LazyLock<Commitment> = LazyLock::new(|| {
    let opening = include_str!("../../../verifier/data/tree/opening.json");
    Opening::from_json(opening).unwrap().commitment()
});

/// A manifest of another digest is another manifest.
pub(crate) fn manifest(data: &[u8]) -> Verdict {
    let Ok(text) = std::str::from_utf8(data) else {
        return Verdict::Refused;
    };
    let manifest = match Manifest::from_json(text) {
        Ok(manifest) => manifest,
        Err(e) => return refused(&e),
    };
    let read = Manifest::from_json(&manifest.to_json()).unwrap();
    assert!(read == manifest, "a round trip changed the manifest");
    assert_eq!(
        manifest == *MANIFEST,
        manifest.digest() == MANIFEST.digest()
    );
    // Under any other the stored branch is none, unless what was changed is not on its way.
    if let Err(e) = BRANCH.verify(&manifest, *LEAF, &mut Keys::standard()) {
        refused(&e);
    } else {
        assert_eq!(manifest.top(), MANIFEST.top());
        assert_eq!(manifest.subject_id(), MANIFEST.subject_id());
        assert_eq!(manifest.window(), MANIFEST.window());
        assert_eq!(manifest.kind(), MANIFEST.kind());
    }
    Verdict::Read
}

/// Nothing but the stored branch leads to its leaf.
pub(crate) fn branch(data: &[u8]) -> Verdict {
    let Ok(text) = std::str::from_utf8(data) else {
        return Verdict::Refused;
    };
    let branch = match Branch::from_json(text) {
        Ok(branch) => branch,
        Err(e) => return refused(&e),
    };
    let read = Branch::from_json(&branch.to_json()).unwrap();
    assert!(read == branch, "a round trip changed the branch");
    match branch.verify(&MANIFEST, *LEAF, &mut Keys::standard()) {
        Ok(()) => assert!(branch == *BRANCH),
        Err(e) => {
            refused(&e);
        }
    }
    Verdict::Read
}
