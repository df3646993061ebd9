//! Trees of roll-ups with real proofs: R7 to R9, branches, and the attacks on a naive roll-up.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_circuits::account::{Commitment, Kind, Opening, Position};
use covenant_circuits::field::Fr;
use covenant_circuits::ident::{Hash, HolderReference, SubjectId};
use covenant_circuits::numbers::Amount;
use covenant_circuits::rollup::{RollupShape, SatisfiedRollup, holder_blinding};
use covenant_circuits::statement::Window;
use covenant_prover::keys::Keys;
use covenant_prover::prove::{Phase, prove_rollup};
use covenant_prover::rollup::{TreePlan, branch, levels};
use covenant_verifier::tree::{
    self, Branch, BranchError, Manifest, Material, NodeError, Tree, TreeError, Walk, walk,
};
use covenant_verifier::verify::ProofError;
use ff::Field;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

const SUBJECT: &str = "lei:TEST";
const AS_OF: u64 = 1_790_000_000;
const YEAR: u64 = 31_536_000;

static KEYS: LazyLock<Keys<RollupShape>> =
    LazyLock::new(|| Keys::embedded(RollupShape::SHORT, None).unwrap());

fn window() -> Window {
    Window::new(AS_OF - 3_600, AS_OF).unwrap()
}

fn dollars(amount: u128) -> Vec<Position> {
    vec![Position::new("iso4217:USD", Amount::new(amount).unwrap()).unwrap()]
}

fn holder(name: &str, amount: u128) -> Opening {
    let reference = HolderReference::of(name).unwrap();
    let salt = Fr::random(rand_core::OsRng);
    Opening::of_holder(SUBJECT, AS_OF, reference, salt, dollars(amount)).unwrap()
}

fn merging(openings: Vec<Opening>, window: Window) -> SatisfiedRollup {
    let salt = Fr::random(rand_core::OsRng);
    SatisfiedRollup::merging(openings, RollupShape::SHORT, window, salt).unwrap()
}

/// A tree with everything that travels.
#[derive(Clone)]
struct Proved {
    manifest: Manifest,
    material: BTreeMap<Commitment, Material>,
}

fn prove(nodes: Vec<SatisfiedRollup>) -> Proved {
    let plan = TreePlan::of(nodes);
    let proofs: Vec<Vec<u8>> = plan
        .nodes()
        .iter()
        .map(|node| prove_rollup(&KEYS, node, &mut |_: Phase| {}).unwrap())
        .collect();
    let manifest = plan.manifest(KEYS.circuit_key(), &proofs).unwrap();
    let material = proofs.into_iter().enumerate().map(|(at, proof)| {
        let merged = plan.nodes()[at].claim().statement.merged;
        (merged, plan.material(at, proof).unwrap())
    });
    Proved {
        material: material.collect(),
        manifest,
    }
}

impl Proved {
    fn serves(&self) -> Walk {
        Walk {
            subject: SubjectId::of(SUBJECT).unwrap(),
            window: window(),
            kind: Kind::Liability,
            top: self.manifest.top(),
        }
    }

    fn walk_for(&self, serves: &Walk, met: &mut BTreeSet<Commitment>) -> Result<Tree, TreeError> {
        let mut keys = tree::Keys::standard();
        let mut material = |node| {
            let found = self.material.get(&node).cloned();
            found.ok_or_else(|| "not there".to_owned())
        };
        let mut told = 0;
        let walked = walk(
            &self.manifest,
            serves,
            &mut keys,
            met,
            &mut material,
            &mut |done| told = done,
        );
        if walked.is_ok() {
            assert_eq!(told, self.manifest.nodes().len());
        }
        walked
    }

    fn walk(&self) -> Result<Tree, TreeError> {
        self.walk_for(&self.serves(), &mut BTreeSet::new())
    }

    fn branch(&self, leaf: Commitment) -> Branch {
        branch(&self.manifest, &self.material, leaf).unwrap()
    }

    /// The same in another manifest.
    fn republished(&self, change: impl FnOnce(&mut serde_json::Value)) -> Self {
        let mut json: serde_json::Value = serde_json::from_str(&self.manifest.to_json()).unwrap();
        change(&mut json);
        let manifest = Manifest::from_json(&json.to_string()).unwrap();
        let material = self.material.clone();
        Self { manifest, material }
    }
}

/// Nineteen creditors on two levels; everybody finds itself, a stranger does not.
#[test]
fn a_tree_of_two_levels() {
    let creditors: Vec<Opening> = (0..19u64)
        .map(|i| holder(&format!("customer {i}"), 100 + u128::from(i)))
        .collect();
    let plan = TreePlan::new(creditors.clone(), RollupShape::SHORT, window(), || {
        Fr::random(rand_core::OsRng)
    })
    .unwrap();
    assert_eq!(plan.nodes().len(), 3);
    for (accounts, nodes) in [(1, 1), (16, 1), (17, 3), (256, 17), (257, 20)] {
        let proofs: u64 = levels(accounts as u64, RollupShape::SHORT).iter().sum();
        assert_eq!(proofs as usize, nodes, "{accounts}");
    }
    let total = plan.top().unwrap().positions()[0].amount.get();
    assert_eq!(total, (0..19).map(|i| 100 + i).sum::<u128>());
    let tree = prove(plan.nodes().to_vec());
    let walked = tree.walk().unwrap();
    let leaves: Vec<Commitment> = creditors.iter().map(Opening::commitment).collect();
    assert_eq!(walked.leaves(), leaves);
    assert_eq!(walked.merged().len(), 3);

    let mut keys = tree::Keys::standard();
    for leaf in &leaves {
        let branch = tree.branch(*leaf);
        assert_eq!(branch.verify(&tree.manifest, *leaf, &mut keys), Ok(()));
        let again = Branch::from_json(&branch.to_json()).unwrap();
        assert_eq!(again, branch);
    }
    write_example(&tree, &creditors[17]);
    let stranger = holder("customer 19", 100).commitment();
    assert!(branch(&tree.manifest, &tree.material, stranger).is_none());
    // The branch of one does not serve another.
    let refused = tree
        .branch(leaves[0])
        .verify(&tree.manifest, leaves[1], &mut keys);
    assert!(
        matches!(refused, Err(BranchError::Path { step: 1, .. })),
        "{refused:?}"
    );
    branch_is_strict(&tree, leaves[0]);
    walk_is_strict(&tree);
    manifest_is_strict(&tree);
}

/// What docs and doc tests read, written on demand: `COVENANT_WRITE_TREE=1`.
fn write_example(tree: &Proved, creditor: &Opening) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../verifier/data/tree");
    if std::env::var_os("COVENANT_WRITE_TREE").is_none() {
        return;
    }
    std::fs::create_dir_all(&folder).unwrap();
    let branch = tree.branch(creditor.commitment()).to_json();
    std::fs::write(folder.join("manifest.json"), tree.manifest.to_json()).unwrap();
    std::fs::write(folder.join("branch.json"), branch).unwrap();
    std::fs::write(folder.join("opening.json"), creditor.to_json().as_str()).unwrap();
}

fn branch_is_strict(tree: &Proved, leaf: Commitment) {
    let mut keys = tree::Keys::standard();
    let honest = tree.branch(leaf);
    let mut told = |change: &dyn Fn(&mut Branch)| {
        let mut branch = honest.clone();
        change(&mut branch);
        branch.verify(&tree.manifest, leaf, &mut keys).unwrap_err()
    };
    assert!(matches!(told(&|b| b.steps.clear()), BranchError::Empty));
    type Change<'a> = &'a dyn Fn(&mut Branch);
    let cases: [(Change<'_>, &str); 8] = [
        (&|b| drop(b.steps.pop()), "R6: steps[0]"),
        (&|b| drop(b.steps.remove(0)), "R7: steps[0]"),
        (&|b| b.steps.swap(0, 1), "R7: steps[0]"),
        (&|b| b.steps[1].index += 1, "R6: steps[1]"),
        (&|b| b.steps[1].index += 16, "steps[1].index"),
        (&|b| b.steps[1].siblings[0][3] += Fr::ONE, "R6: steps[1]"),
        (&|b| b.steps[1].siblings.truncate(0), "steps[1].siblings"),
        (&|b| b.steps[1].node.list_root += Fr::ONE, "R7: steps[1]"),
    ];
    for (change, expected) in cases {
        let told = told(change).to_string();
        assert!(told.starts_with(expected), "{told}");
    }
    let told = told(&|b| b.steps[0].proof[0] ^= 1);
    let other = |error: &NodeError| matches!(error, NodeError::OtherProof { .. });
    assert!(
        matches!(&told, BranchError::Proof { step: 0, error } if other(error)),
        "{told}"
    );
    // A merged account is no creditor.
    let merged = tree.manifest.top();
    let told = honest.verify(&tree.manifest, merged, &mut tree::Keys::standard());
    assert_eq!(told, Err(BranchError::Merged { got: merged }));
}

fn walk_is_strict(tree: &Proved) {
    let serves = tree.serves();
    let told = |change: &dyn Fn(&mut Walk)| {
        let mut other = serves;
        change(&mut other);
        tree.walk_for(&other, &mut BTreeSet::new())
            .unwrap_err()
            .to_string()
    };
    assert!(told(&|w| w.subject = SubjectId::of("lei:B").unwrap()).starts_with("R9: subject"));
    assert!(told(&|w| w.kind = Kind::Collateral).starts_with("R9: kind"));
    assert!(told(&|w| w.window = Window::new(AS_OF, AS_OF).unwrap()).starts_with("R9: window"));
    assert!(told(&|w| w.top.0 += Fr::ONE).starts_with("R9: top"));

    // Elsewhere in the basket.
    let leaf = tree.walk().unwrap().leaves()[4];
    let refused = tree.walk_for(&serves, &mut BTreeSet::from([leaf]));
    assert!(matches!(refused, Err(TreeError::Twice { commitment, .. }) if commitment == leaf));

    // Its top is a leaf of another tree of the basket.
    let top = tree.manifest.top();
    let refused = tree.walk_for(&serves, &mut BTreeSet::from([top]));
    assert!(matches!(refused, Err(TreeError::Twice { commitment, .. }) if commitment == top));

    // Lists: one commitment more, one exchanged, zeros at the end, none at all.
    let node = tree.walk().unwrap().merged()[1];
    type Change<'a> = (&'a dyn Fn(&mut Vec<Commitment>), &'a str);
    let changes: [Change<'_>; 3] = [
        (&|list| list.swap(0, 1), "R6"),
        (&|list| list[15].0 = Fr::ZERO, "R6"),
        (&|list| list.push(Commitment(Fr::ONE)), "R6"),
    ];
    for (change, expected) in changes {
        let mut other = tree.clone();
        change(&mut other.material.get_mut(&node).unwrap().list);
        let told = other.walk().unwrap_err().to_string();
        assert!(told.starts_with(expected), "{told}");
    }
    let mut other = tree.clone();
    other.material.remove(&node);
    assert!(matches!(other.walk(), Err(TreeError::Missing { .. })));
}

fn manifest_is_strict(tree: &Proved) {
    let text = tree.manifest.to_json();
    assert_eq!(Manifest::from_json(&text).unwrap(), tree.manifest);
    assert_eq!(
        Manifest::from_json(&text).unwrap().digest(),
        tree.manifest.digest()
    );
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    type Change<'a> = &'a dyn Fn(&mut serde_json::Value);
    let changes: [(Change<'_>, &str); 9] = [
        (&|j| j["version"] = 1.into(), "version"),
        (&|j| j["more"] = 1.into(), "unknown field"),
        (&|j| j["as_of_to"] = (1u64 << 53).into(), "as_of_to"),
        (&|j| j["as_of_to"] = 0.into(), "window"),
        (&|j| j["top"] = "0x1".into(), "top"),
        (
            &|j| j["nodes"][1]["proof"] = "0x12".into(),
            "nodes[1].proof",
        ),
        (
            &|j| j["nodes"][0]["shape"] = "16x12".into(),
            "nodes[0].shape",
        ),
        (
            &|j| j["nodes"].as_array_mut().unwrap().swap(0, 1),
            "nodes[1]: expected",
        ),
        (&|j| j["nodes"] = serde_json::json!([]), "nodes"),
    ];
    for (change, expected) in changes {
        let mut other = json.clone();
        change(&mut other);
        let told = Manifest::from_json(&other.to_string())
            .unwrap_err()
            .to_string();
        assert!(told.contains(expected), "{told} ({expected})");
    }
    // Circuits: retired, another than the shape's, another ceremony, a shape without a key.
    let of_node = |field: &'static str, value: &'static str| {
        let other = tree.republished(|j| j["nodes"][0][field] = value.into());
        other.walk().unwrap_err().to_string()
    };
    assert!(of_node("circuit", "covenant-1/16x12->12/00").contains("retired"));
    assert!(of_node("circuit", "covenant-rollup-2/16x12->12/00").contains("circuit: expected"));
    assert!(of_node("ceremony", "hermez").contains("ceremony: expected"));
    assert!(of_node("shape", "3x1->1").contains("no key"));
}

/// 8a.4. Two creditors of equal balances are shown one opening, and the salt with it: the branch
/// verifies for both, and only the first finds its own reference in the blinding.
#[test]
fn one_opening_shown_to_two_creditors() {
    let [first, second] = ["customer 0", "customer 1"].map(|t| HolderReference::of(t).unwrap());
    let salt = Fr::random(rand_core::OsRng);
    let shown = Opening::of_holder(SUBJECT, AS_OF, first, salt, dollars(100)).unwrap();
    let list = vec![shown.clone(), holder("customer 2", 7)];
    let tree = prove(vec![merging(list, window())]);
    let (leaf, mut keys) = (shown.commitment(), tree::Keys::standard());
    let found = tree.branch(leaf).verify(&tree.manifest, leaf, &mut keys);
    assert_eq!(found, Ok(()));
    assert_eq!(holder_blinding(first, salt), shown.blinding());
    assert_ne!(holder_blinding(second, salt), shown.blinding());
}

/// R5. Two lists with equal totals have two merged accounts, each with its proof: who sees one K'
/// sees one list.
#[test]
fn two_lists_with_equal_totals() {
    let salt = Fr::random(rand_core::OsRng);
    let tops = [("customer 0", 40), ("customer 1", 60)].map(|(name, amount)| {
        let list = vec![holder(name, amount), holder("customer 2", 100 - amount)];
        let merged = SatisfiedRollup::merging(list, RollupShape::SHORT, window(), salt).unwrap();
        assert_eq!(merged.claim().merged.positions(), dollars(100));
        merged.claim().statement.merged
    });
    assert_ne!(tops[0], tops[1]);
}

/// R7. A merged account twice in one list, or beside its own leaf: the proofs are there, and the
/// walk refuses the tree.
#[test]
fn a_merged_account_that_counts_twice() {
    let leaf = holder("customer 0", 100);
    let below = merging(vec![leaf.clone(), holder("customer 1", 5)], window());
    let merged = below.claim().merged.clone();
    for (list, twice) in [
        (vec![merged.clone(), merged.clone()], merged.commitment()),
        (vec![merged.clone(), leaf.clone()], leaf.commitment()),
        (vec![leaf.clone(), leaf.clone()], leaf.commitment()),
    ] {
        let above = merging(list, window());
        let mut nodes = vec![below.clone(), above];
        if nodes[1].claim().openings[0] == leaf {
            nodes.remove(0);
        }
        let tree = prove(nodes);
        let top = tree.manifest.top();
        let refused = tree.walk().unwrap_err();
        match refused {
            TreeError::Twice { commitment, .. } => assert_eq!(commitment, twice, "{top}"),
            other => panic!("{other}"),
        }
    }
}

/// R8. A node that nothing leads to.
#[test]
fn a_node_that_is_not_reached() {
    let nodes = ["customer 0", "customer 1"].map(|name| merging(vec![holder(name, 1)], window()));
    let unreached = nodes[0].claim().statement.merged;
    let tree = prove(nodes.into());
    assert_eq!(tree.walk(), Err(TreeError::Unreached { node: unreached }));
}

/// R1, R9. An account of last year in a tree of today: no roll-up of today's window merges it, and
/// a proof of last year's window is none of today's tree.
#[test]
fn an_account_of_last_year() {
    let old_window = Window::new(AS_OF - YEAR, AS_OF - YEAR).unwrap();
    let reference = HolderReference::of("customer 0").unwrap();
    let blinding = Fr::random(rand_core::OsRng);
    let as_of = AS_OF - YEAR;
    let old = Opening::of_holder(SUBJECT, as_of, reference, blinding, dollars(9)).unwrap();
    let salt = Fr::random(rand_core::OsRng);
    let shape = RollupShape::SHORT;
    let refused = SatisfiedRollup::merging(vec![old.clone()], shape, window(), salt);
    assert!(refused.unwrap_err().to_string().starts_with("R1"));
    let below = merging(vec![old], old_window);
    let merged = below.claim().merged.clone();
    let refused = SatisfiedRollup::merging(vec![merged], shape, window(), salt);
    assert!(refused.unwrap_err().to_string().starts_with("R1"));

    let tree = prove(vec![below]);
    let today = tree.republished(|j| {
        j["as_of_from"] = window().from().into();
        j["as_of_to"] = window().to().into();
    });
    let refused = today.walk().unwrap_err();
    let proof = |error: &NodeError| *error == NodeError::Proof(ProofError::False);
    assert!(
        matches!(&refused, TreeError::Node { error, .. } if proof(error)),
        "{refused}"
    );
    assert_eq!(
        tree.manifest.nodes()[0].proof,
        Hash::of(&tree.material.values().next().unwrap().proof)
    );
}
