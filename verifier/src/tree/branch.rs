//! A creditor's own branch: from the top of a tree to its account, without the lists. What it does
//! not see cannot subtract (R8), since every amount is a number and every sum is checked.

use super::manifest::{ManifestError, NodeFile, element};
use super::{Keys, Manifest, Node, NodeError, check_node};
use covenant_claims::account::Commitment;
use covenant_claims::field::{Fr, to_hex};
use covenant_claims::json::{self, JsonError};
use covenant_claims::{poseidon, rollup};
use serde::{Deserialize, Serialize};

/// From the top of a tree to one of its leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The top first.
    pub steps: Vec<Step>,
}

/// A node on the way, and where the next commitment is in its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The node, as the manifest has it.
    pub node: Node,
    /// Its proof.
    pub proof: Vec<u8>,
    /// The slot of the next commitment, from 0.
    pub index: usize,
    /// The other fifteen children on each level, from the leaves up, in their order.
    pub siblings: Vec<[Fr; SIBLINGS]>,
}

const SIBLINGS: usize = rollup::ARITY - 1;

/// A branch was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BranchError {
    /// Not JSON, or not of its form.
    #[error("{0}")]
    Json(#[from] JsonError),
    /// A version this program does not know.
    #[error("version: expected 2, got {got}")]
    Version {
        /// What was found.
        got: u64,
    },
    /// A node of it.
    #[error("steps[{step}]: {error}")]
    Malformed {
        /// 0-based, from the top.
        step: usize,
        /// What is wrong.
        error: ManifestError,
    },
    /// A proof that is not bytes in hex, or siblings of another number.
    #[error("steps[{step}].{field}: expected {expected}, got {got}")]
    Field {
        /// 0-based, from the top.
        step: usize,
        /// Which field.
        field: &'static str,
        /// What belongs there.
        expected: String,
        /// What was found.
        got: String,
    },
    /// A branch without steps.
    #[error("steps: expected at least one, got none")]
    Empty,
    /// A step's node is not the one that belongs there.
    #[error("R7: steps[{step}]: expected the node of {expected} as the manifest has it, got {got}")]
    Node {
        /// 0-based, from the top.
        step: usize,
        /// The top, or what the step before leads to.
        expected: Commitment,
        /// The step's.
        got: Commitment,
    },
    /// A path to another list root.
    #[error("R6: steps[{step}]: expected a path to the list root {expected}, got {got}")]
    Path {
        /// 0-based, from the top.
        step: usize,
        /// The node's.
        expected: String,
        /// Of the path.
        got: String,
    },
    /// A merged account in the place of a leaf: the branch ends too early.
    #[error("the branch ends at {got}, which is a merged account")]
    Merged {
        /// Where it ends.
        got: Commitment,
    },
    /// A proof was refused.
    #[error("steps[{step}]: {error}")]
    Proof {
        /// 0-based, from the top.
        step: usize,
        /// Why.
        error: NodeError,
    },
}

impl Branch {
    /// That the leaf is in the tree: every proof from the top to it, and its place in each list.
    ///
    /// # Errors
    /// The first reason to refuse it, from the leaf's side of each step on.
    pub fn verify(
        &self,
        manifest: &Manifest,
        leaf: Commitment,
        keys: &mut Keys,
    ) -> Result<(), BranchError> {
        if self.steps.is_empty() {
            return Err(BranchError::Empty);
        }
        if manifest.node(leaf).is_some() {
            return Err(BranchError::Merged { got: leaf });
        }
        let nexts = self.steps.iter().skip(1).map(|step| step.node.commitment);
        let mut expected = manifest.top();
        for ((step, at), next) in self.steps.iter().zip(0..).zip(nexts.chain([leaf])) {
            let got = step.node.commitment;
            if got != expected || manifest.node(got) != Some(&step.node) {
                return Err(BranchError::Node {
                    step: at,
                    expected,
                    got,
                });
            }
            step.check_path(at, next)?;
            let refused = |error| BranchError::Proof { step: at, error };
            check_node(manifest, &step.node, &step.proof, keys).map_err(refused)?;
            expected = next;
        }
        Ok(())
    }

    /// Reads a branch.
    ///
    /// # Errors
    /// If it is none.
    pub fn from_json(text: &str) -> Result<Self, BranchError> {
        let file: BranchFile = json::from_str(text)?;
        if file.version != 2 {
            return Err(BranchError::Version { got: file.version });
        }
        let steps = file.steps.into_iter().enumerate();
        let steps = steps.map(|(at, step)| step.read(at));
        let steps: Vec<Step> = steps.collect::<Result<_, _>>()?;
        match steps.is_empty() {
            true => Err(BranchError::Empty),
            false => Ok(Self { steps }),
        }
    }

    /// Writes it.
    pub fn to_json(&self) -> String {
        let steps = self.steps.iter().map(StepFile::of).collect();
        let file = BranchFile { version: 2, steps };
        // A plain structure always has a form in JSON.
        serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
    }
}

impl Step {
    /// The place of a commitment in a node's list.
    ///
    /// # Errors
    /// If the list has no such slot, or more slots than the shape.
    pub fn new(
        node: Node,
        proof: Vec<u8>,
        list: &[Commitment],
        index: usize,
    ) -> Result<Self, rollup::RollupError> {
        let siblings = rollup::list_path(list, node.shape.accounts(), index)?;
        Ok(Self {
            node,
            proof,
            index,
            siblings,
        })
    }

    fn check_path(&self, step: usize, child: Commitment) -> Result<(), BranchError> {
        let slots = self.node.shape.accounts();
        let depth = rollup::depth(slots) as usize;
        let field = |field, expected: String, got: String| BranchError::Field {
            step,
            field,
            expected,
            got,
        };
        if self.index >= slots {
            let expected = format!("a slot from 0 to {}", slots - 1);
            return Err(field("index", expected, self.index.to_string()));
        }
        if self.siblings.len() != depth {
            let expected = format!("{depth} levels");
            return Err(field("siblings", expected, self.siblings.len().to_string()));
        }
        let mut index = self.index;
        let root = self.siblings.iter().fold(child.0, |node, siblings| {
            let mut children = siblings.to_vec();
            children.insert(index % rollup::ARITY, node);
            index /= rollup::ARITY;
            let mut inputs = [Fr::default(); rollup::ARITY];
            inputs.copy_from_slice(&children);
            poseidon::hash(inputs)
        });
        match root == self.node.list_root {
            true => Ok(()),
            false => Err(BranchError::Path {
                step,
                expected: to_hex(&self.node.list_root),
                got: to_hex(&root),
            }),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BranchFile {
    version: u64,
    steps: Vec<StepFile>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StepFile {
    node: NodeFile,
    proof: String,
    index: u32,
    siblings: Vec<Vec<String>>,
}

impl StepFile {
    fn of(step: &Step) -> Self {
        let bytes = step.proof.iter().map(|byte| format!("{byte:02x}"));
        let levels = step.siblings.iter();
        Self {
            node: NodeFile::of(&step.node),
            proof: format!("0x{}", bytes.collect::<String>()),
            // A list has at most 2^17 slots.
            index: step.index as u32,
            siblings: levels
                .map(|level| level.iter().map(to_hex).collect())
                .collect(),
        }
    }

    fn read(self, step: usize) -> Result<Step, BranchError> {
        let malformed = |error| BranchError::Malformed { step, error };
        let proof = bytes(&self.proof).ok_or_else(|| BranchError::Field {
            step,
            field: "proof",
            expected: "0x and lower-case hex digits, two a byte".into(),
            got: self.proof.chars().take(40).collect(),
        })?;
        let levels = self.siblings.into_iter().map(|level| {
            let got = level.len();
            let level = level.iter().map(|text| element("siblings", text));
            let level: Vec<Fr> = level.collect::<Result<_, _>>().map_err(malformed)?;
            level.try_into().map_err(|_| BranchError::Field {
                step,
                field: "siblings",
                expected: format!("{SIBLINGS} a level"),
                got: got.to_string(),
            })
        });
        Ok(Step {
            siblings: levels.collect::<Result<_, _>>()?,
            node: self.node.read(step).map_err(malformed)?,
            proof,
            index: self.index as usize,
        })
    }
}

/// Bytes in lower-case hex.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("0x")?.as_bytes();
    let digit = |c: u8| match c {
        b'0'..=b'9' => Some(c - b'0'),
        b'a'..=b'f' => Some(c - b'a' + 10),
        _ => None,
    };
    let pairs = digits.chunks(2).map(|pair| match pair {
        [high, low] => Some(16 * digit(*high)? + digit(*low)?),
        _ => None,
    });
    pairs.collect()
}
