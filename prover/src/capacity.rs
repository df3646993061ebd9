//! Capacity planning of roll-ups: how many proofs so many accounts take, and what these cost.
//! Counts and bytes follow from the shape; times and memory from a law that was fitted to
//! measurements (`make bench-rollup`).
//!
//! ```
//! use covenant_claims::rollup::RollupShape;
//! use covenant_prover::capacity::{Estimate, Law};
//!
//! let law = Law::measured()?;
//! let estimate = Estimate::new(1_000_000, RollupShape::CREDITORS, &law)?;
//! assert_eq!(estimate.levels, [3907, 16, 1]);
//! println!("{:.0} CPU-seconds", estimate.cpu_seconds);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::rollup;
use covenant_circuits::circuit::program::Program;
use covenant_circuits::circuit::size::Size;
use covenant_circuits::rollup::RollupShape;
use covenant_claims::account::{Commitment, Kind};
use covenant_claims::field::Fr;
use covenant_claims::ident::Hash;
use covenant_claims::rollup::RollupError;
use covenant_claims::statement::Window;
use covenant_verifier::key;
use covenant_verifier::tree::{Branch, Manifest, ManifestError, Node, Step};
use serde::{Deserialize, Serialize};

/// `y = fixed + slope * x`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// At x = 0.
    pub fixed: f64,
    /// For each unit of x.
    pub slope: f64,
    /// The largest deviation of a measured point from the line, relative to the point.
    pub worst: f64,
}

impl Line {
    /// Its y at that x.
    pub fn at(&self, x: f64) -> f64 {
        self.fixed + self.slope * x
    }
}

/// What proofs of roll-ups cost on one machine. x of both lines is the number of advice cells of
/// the circuit, 2^k in each advice column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// The processor.
    pub machine: String,
    /// Threads that may run at once there.
    pub cores: usize,
    /// The commit that was measured.
    pub commit: String,
    /// When, UTC.
    pub date: String,
    /// CPU-seconds of a proof, which is verified before it is handed out.
    pub proof: Line,
    /// Largest resident set of a process that proves one at a time, keys included, bytes.
    pub memory: Line,
    /// CPU-seconds of one account beside the proofs: its opening is read, checked and merged.
    pub account: f64,
    /// CPU-seconds to verify a proof.
    pub verification: f64,
    /// What was measured.
    pub points: Vec<Point>,
}

/// A measured circuit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// The roll-up shape.
    pub shape: String,
    /// It has 2^k rows.
    pub k: u32,
    /// Advice cells.
    pub cells: u64,
    /// CPU-seconds of a proof, the median.
    pub proof: f64,
    /// Largest resident set, bytes.
    pub memory: u64,
}

impl Law {
    /// The law that this build was shipped with.
    ///
    /// # Errors
    /// If the file of the source tree is none, which a test rules out.
    pub fn measured() -> Result<Self, serde_json::Error> {
        serde_json::from_str(include_str!("../rollup-law.json"))
    }
}

/// What a tree of so many accounts takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Accounts that are merged.
    pub accounts: u64,
    /// The roll-up shape of every node.
    pub shape: RollupShape,
    /// Its circuit has 2^k rows.
    pub k: u32,
    /// Proofs of each level, those over the accounts first, the top last.
    pub levels: Vec<u64>,
    /// CPU-seconds of all of it, with `proof_seconds` in it.
    pub cpu_seconds: f64,
    /// CPU-seconds of one proof.
    pub proof_seconds: f64,
    /// CPU-seconds to verify the whole tree.
    pub verify_seconds: f64,
    /// Largest resident set of a process that proves, bytes.
    pub worker_bytes: f64,
    /// Bytes of one proof.
    pub proof_bytes: u64,
    /// Bytes of the manifest.
    pub manifest_bytes: u64,
    /// Bytes of what is published: the manifest and every proof.
    pub published_bytes: u64,
    /// Bytes of the branch that one account's holder is given, its proofs included.
    pub branch_bytes: u64,
}

/// There is no estimate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EstimateError {
    /// Nothing to merge, or a number whose tree nobody could count.
    #[error("accounts: expected 1 to 10^12, got {got}")]
    Accounts {
        /// What was found.
        got: u64,
    },
    /// A tree in which a node has one child never ends.
    #[error("shape: expected at least 2 accounts a proof for more than one account, got {got}")]
    FanIn {
        /// The shape.
        got: RollupShape,
    },
    /// The sample of what is published could not be made.
    #[error("sample manifest: {0}")]
    Manifest(#[from] ManifestError),
    /// The sample of a branch could not be made.
    #[error("sample branch: {0}")]
    Branch(#[from] RollupError),
}

/// Most accounts of an estimate.
const MOST: u64 = 1_000_000_000_000;

impl Estimate {
    /// For accounts that all fit the shape.
    ///
    /// # Errors
    /// If there is nothing to merge, or the shape cannot merge it.
    pub fn new(accounts: u64, shape: RollupShape, law: &Law) -> Result<Self, EstimateError> {
        let levels = levels(accounts, shape)?;
        let proofs: u64 = levels.iter().sum();
        let size = Size::of(shape);
        let cells = cells(&size) as f64;
        let proof_bytes = key::proof_length(&size.constraints) as u64;
        let sample = Sample::new(shape);
        let (one, two) = (sample.manifest(1)?, sample.manifest(2)?);
        let manifest_bytes = one + (two - one) * (proofs - 1);
        let proof_seconds = law.proof.at(cells);
        Ok(Self {
            accounts,
            shape,
            k: size.k,
            cpu_seconds: proofs as f64 * proof_seconds + accounts as f64 * law.account,
            proof_seconds,
            verify_seconds: proofs as f64 * law.verification,
            worker_bytes: law.memory.at(cells),
            proof_bytes,
            manifest_bytes,
            published_bytes: manifest_bytes + proofs * proof_bytes,
            branch_bytes: sample.branch(levels.len(), proof_bytes as usize)?,
            levels,
        })
    }

    /// All proofs of the tree.
    pub fn proofs(&self) -> u64 {
        self.levels.iter().sum()
    }

    /// Wall seconds on so many cores that are busy all the time. No proof waits for another's, so
    /// that only the last round of proofs leaves some of them idle.
    pub fn wall_seconds(&self, cores: u64) -> f64 {
        let cores = cores.max(1);
        let rounds = self.proofs().div_ceil(cores) as f64 * self.proof_seconds;
        let proofs = self.proofs() as f64 * self.proof_seconds;
        rounds + (self.cpu_seconds - proofs) / cores as f64
    }

    /// Its price, of the CPU time alone.
    pub fn price(&self, vcpu_hour: f64) -> f64 {
        self.cpu_seconds / 3600.0 * vcpu_hour
    }
}

/// Advice cells of a circuit.
pub fn cells(size: &Size) -> u64 {
    (size.advice as u64) << size.k
}

/// [`rollup::levels`] of accounts that one tree can merge.
fn levels(accounts: u64, shape: RollupShape) -> Result<Vec<u64>, EstimateError> {
    if !(1..=MOST).contains(&accounts) {
        return Err(EstimateError::Accounts { got: accounts });
    }
    if shape.accounts() < 2 && accounts > 1 {
        return Err(EstimateError::FanIn { got: shape });
    }
    Ok(rollup::levels(accounts, shape))
}

/// The shape of the fewest CPU-seconds for accounts of so many positions, in as many assets: a
/// standard one that holds them, or else the one of most accounts whose circuit has at most 2^k
/// rows. `None` where not even two such accounts fit.
pub fn shape_for(accounts: u64, positions: usize, most_k: u32) -> Option<RollupShape> {
    let standard = RollupShape::STANDARD.into_iter().find(|shape| {
        let enough = accounts <= shape.accounts() as u64 || *shape != RollupShape::SHORT;
        enough && positions <= shape.positions()
    });
    standard.or_else(|| fullest(positions, most_k))
}

/// The shape of most accounts of so many positions whose circuit has at most 2^k rows.
pub fn fullest(positions: usize, most_k: u32) -> Option<RollupShape> {
    let fits = |accounts| {
        let shape = RollupShape::new(accounts, positions, positions).ok()?;
        (Size::of(shape).k <= most_k).then_some(shape)
    };
    let mut found = fits(2)?;
    let mut too_many = found.accounts() * 2;
    while let Some(more) = fits(too_many) {
        (found, too_many) = (more, too_many * 2);
    }
    while too_many - found.accounts() > 1 {
        let middle = (found.accounts() + too_many) / 2;
        match fits(middle) {
            Some(more) => found = more,
            None => too_many = middle,
        }
    }
    Some(found)
}

/// As long as the name of a legal entity is.
const SUBJECT: &str = "lei:00000000000000000000";

/// What is published, with other digits.
struct Sample {
    shape: RollupShape,
    circuit: String,
}

impl Sample {
    fn new(shape: RollupShape) -> Self {
        let program = Program::from(shape);
        let (version, dimensions) = (program.version(), program.dimensions());
        Self {
            shape,
            circuit: format!("{version}/{dimensions}/{:064}", 0),
        }
    }

    fn node(&self, number: u64) -> Node {
        Node {
            circuit: self.circuit.clone(),
            ceremony: key::AZTEC_IGNITION.into(),
            shape: self.shape,
            commitment: Commitment(Fr::from(number)),
            list_root: Fr::from(number),
            proof: Hash::of(&[]),
        }
    }

    /// Bytes of a manifest of so many nodes.
    fn manifest(&self, nodes: u64) -> Result<u64, ManifestError> {
        let top = Commitment(Fr::from(nodes));
        let nodes = (1..=nodes).map(|number| self.node(number)).collect();
        let window = Window::new(1_790_000_000, 1_790_000_000)?;
        let manifest = Manifest::new(Kind::Liability, SUBJECT, window, top, nodes)?;
        Ok(manifest.to_json().len() as u64)
    }

    /// Bytes of a branch of so many levels.
    fn branch(&self, levels: usize, proof: usize) -> Result<u64, RollupError> {
        let child = [Commitment(Fr::from(1))];
        let step = Step::new(self.node(1), vec![0; proof], &child, 0)?;
        let steps = vec![step; levels];
        Ok(Branch { steps }.to_json().len() as u64)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::rollup::TreePlan;
    use covenant_claims::account::{Opening, Position};
    use covenant_claims::ident::HolderReference;
    use covenant_claims::numbers::Amount;

    const AS_OF: u64 = 1_790_000_000;

    fn creditor(number: u64) -> Opening {
        let reference = HolderReference::of(&number.to_string()).unwrap();
        let amount = Amount::new(u128::from(number)).unwrap();
        let owed = vec![Position::new("iso4217:USD", amount).unwrap()];
        Opening::of_holder("lei:TEST", AS_OF, reference, Fr::from(number), owed).unwrap()
    }

    #[test]
    fn a_plan_counts_the_proofs_that_a_tree_has() {
        let shape = RollupShape::new(3, 1, 1).unwrap();
        let window = Window::new(AS_OF, AS_OF).unwrap();
        for accounts in 1..=30 {
            let mut salts = (1..).map(Fr::from);
            let openings = (1..=accounts).map(creditor).collect();
            let plan = TreePlan::new(openings, shape, window, || salts.next().unwrap()).unwrap();
            let proofs: u64 = levels(accounts, shape).unwrap().iter().sum();
            assert_eq!(plan.nodes().len() as u64, proofs, "{accounts} accounts");
        }
    }

    #[test]
    fn a_sample_is_as_long_as_what_is_written() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../verifier/data/tree");
        let read = |name| std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
        let (manifest, branch) = (read("manifest.json"), read("branch.json"));
        let law = Law::measured().unwrap();
        let written = Manifest::from_json(&manifest).unwrap();
        let estimate = Estimate::new(17, RollupShape::SHORT, &law).unwrap();
        assert_eq!(estimate.proofs(), written.nodes().len() as u64);
        // Subjects' names differ in length.
        let (sample, own) = (SUBJECT.len(), written.subject().len());
        assert_eq!(
            estimate.manifest_bytes as usize + own,
            manifest.len() + sample
        );
        assert_eq!(estimate.branch_bytes as usize, branch.len());
    }

    #[test]
    fn what_cannot_be_planned_is_refused() {
        let law = Law::measured().unwrap();
        let refused = |accounts, shape| Estimate::new(accounts, shape, &law).unwrap_err();
        for got in [0, MOST + 1, u64::MAX] {
            let error = refused(got, RollupShape::SHORT);
            assert_eq!(error, EstimateError::Accounts { got });
        }
        let got = RollupShape::new(1, 1, 1).unwrap();
        assert_eq!(refused(2, got), EstimateError::FanIn { got });
    }

    #[test]
    fn the_shape_is_a_standard_one_where_one_holds_the_accounts() {
        assert_eq!(shape_for(16, 12, 14), Some(RollupShape::SHORT));
        assert_eq!(shape_for(17, 12, 14), Some(RollupShape::CREDITORS));
        assert_eq!(shape_for(5, 13, 14), Some(RollupShape::PORTFOLIOS));
        // Accounts of a thousand lots: as many as a circuit of 2^14 rows holds, and no more.
        let large = shape_for(100, 1_000, 14).unwrap();
        assert!(Size::of(large).k <= 14);
        let more = RollupShape::new(large.accounts() + 1, 1_000, 1_000).unwrap();
        assert!(Size::of(more).k > 14);
        assert_eq!(shape_for(100, 100_000, 14), None);
    }
}
