//! The manifest of a tree (docs/spec.md, 10.6): every proof by its hash. It has one spelling, so
//! that a tree has one digest.

use covenant_claims::account::{Commitment, Kind};
use covenant_claims::field::{self, Fr};
use covenant_claims::ident::{Hash, NameError, SubjectId};
use covenant_claims::json::{self, JsonError};
use covenant_claims::rollup::{RollupShape, RollupShapeError};
use covenant_claims::statement::{Window, WindowError};
use serde::{Deserialize, Serialize};

/// Times below it have one spelling in RFC 8785.
const TIMES: u64 = 1 << 53;
/// Digits of an element or a hash, with `0x`.
const DIGITS: usize = 66;

/// What is published of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    kind: Kind,
    subject: String,
    window: Window,
    top: Commitment,
    nodes: Vec<Node>,
}

/// A proof of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The circuit's id.
    pub circuit: String,
    /// The ceremony's name.
    pub ceremony: String,
    /// The circuit's shape.
    pub shape: RollupShape,
    /// K'.
    pub commitment: Commitment,
    /// The root of its list.
    pub list_root: Fr,
    /// keccak256 of the proof.
    pub proof: Hash,
}

/// A manifest that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// Not JSON, or not of the form of docs/spec.md, 10.6.
    #[error("{0}")]
    Json(#[from] JsonError),
    /// A version this program does not know.
    #[error("version: expected 2, got {got}")]
    Version {
        /// What was found.
        got: u64,
    },
    /// The subject's name.
    #[error("subject: {0}")]
    Subject(#[from] NameError),
    /// The window.
    #[error("{0}")]
    Window(#[from] WindowError),
    /// A time without one spelling.
    #[error("{field}: expected a time below 2^53, got {got}")]
    Time {
        /// `as_of_from` or `as_of_to`.
        field: &'static str,
        /// What was found.
        got: u64,
    },
    /// An element or a hash.
    #[error("{field}: expected 0x and 64 lower-case hex digits{below}, got {got:?}", below = if *.element { " below r" } else { "" })]
    Digits {
        /// `top`, `nodes[i].commitment` and the like.
        field: String,
        /// Whether it is an element.
        element: bool,
        /// What was found, at most 80 characters of it.
        got: String,
    },
    /// A shape.
    #[error("nodes[{index}].shape: {error}")]
    Shape {
        /// 0-based.
        index: usize,
        /// What is wrong.
        error: RollupShapeError,
    },
    /// Nodes out of order, or one twice.
    #[error("nodes[{index}]: expected commitments that ascend, got one that does not")]
    Order {
        /// 0-based.
        index: usize,
    },
    /// No node.
    #[error("nodes: expected at least one, got none")]
    Empty,
}

impl Manifest {
    /// Of a tree's nodes, in any order.
    ///
    /// # Errors
    /// If the name, a time or the nodes are none that a manifest has.
    pub fn new(
        kind: Kind,
        subject: &str,
        window: Window,
        top: Commitment,
        mut nodes: Vec<Node>,
    ) -> Result<Self, ManifestError> {
        nodes.sort_by_key(|node| field::to_be_bytes(&node.commitment.0));
        Self::checked(kind, subject, window, top, nodes)
    }

    fn checked(
        kind: Kind,
        subject: &str,
        window: Window,
        top: Commitment,
        nodes: Vec<Node>,
    ) -> Result<Self, ManifestError> {
        SubjectId::of(subject)?;
        for (field, got) in [("as_of_from", window.from()), ("as_of_to", window.to())] {
            if got >= TIMES {
                return Err(ManifestError::Time { field, got });
            }
        }
        if nodes.is_empty() {
            return Err(ManifestError::Empty);
        }
        let order = |node: &Node| field::to_be_bytes(&node.commitment.0);
        let pairs = nodes.iter().zip(nodes.iter().skip(1)).zip(1..);
        for ((before, node), index) in pairs {
            if order(before) >= order(node) {
                return Err(ManifestError::Order { index });
            }
        }
        Ok(Self {
            kind,
            subject: subject.into(),
            window,
            top,
            nodes,
        })
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// If it is not in its one spelling.
    pub fn from_json(text: &str) -> Result<Self, ManifestError> {
        let file: ManifestFile = json::from_str(text)?;
        if file.version != 2 {
            return Err(ManifestError::Version { got: file.version });
        }
        let window = Window::new(file.as_of_from, file.as_of_to)?;
        let top = Commitment(element("top", &file.top)?);
        let nodes = file.nodes.into_iter().enumerate();
        let nodes = nodes.map(|(i, node)| node.read(i));
        let nodes = nodes.collect::<Result<_, _>>()?;
        Self::checked(file.kind, &file.subject, window, top, nodes)
    }

    /// Writes it.
    pub fn to_json(&self) -> String {
        // A plain structure always has a form in JSON.
        serde_json::to_string_pretty(&self.file()).unwrap_or_default() + "\n"
    }

    /// keccak256 of its RFC 8785 form: what is published where everybody sees the same.
    pub fn digest(&self) -> Hash {
        Hash::of(&serde_jcs::to_vec(&self.file()).unwrap_or_default())
    }

    /// The kind of all accounts.
    pub fn kind(&self) -> Kind {
        self.kind
    }
    /// Whose accounts they are.
    pub fn subject(&self) -> &str {
        &self.subject
    }
    /// Its id.
    pub fn subject_id(&self) -> SubjectId {
        SubjectId::of(&self.subject).unwrap_or_else(|_| unreachable!("the name was checked"))
    }
    /// When they were taken.
    pub fn window(&self) -> Window {
        self.window
    }
    /// The top K'.
    pub fn top(&self) -> Commitment {
        self.top
    }
    /// The proofs, ascending by commitment.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }
    /// The proof whose merged account that is.
    pub fn node(&self, commitment: Commitment) -> Option<&Node> {
        let order = |commitment: &Commitment| field::to_be_bytes(&commitment.0);
        let key = order(&commitment);
        let at = self
            .nodes
            .binary_search_by_key(&key, |node| order(&node.commitment));
        self.nodes.get(at.ok()?)
    }

    fn file(&self) -> ManifestFile {
        ManifestFile {
            version: 2,
            kind: self.kind,
            subject: self.subject.clone(),
            as_of_from: self.window.from(),
            as_of_to: self.window.to(),
            top: self.top.to_string(),
            nodes: self.nodes.iter().map(NodeFile::of).collect(),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ManifestFile {
    version: u64,
    kind: Kind,
    subject: String,
    as_of_from: u64,
    as_of_to: u64,
    top: String,
    nodes: Vec<NodeFile>,
}

/// A node, as files have it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NodeFile {
    circuit: String,
    ceremony: String,
    shape: String,
    commitment: String,
    list_root: String,
    proof: String,
}

impl NodeFile {
    pub(super) fn of(node: &Node) -> Self {
        Self {
            circuit: node.circuit.clone(),
            ceremony: node.ceremony.clone(),
            shape: node.shape.to_string(),
            commitment: node.commitment.to_string(),
            list_root: field::to_hex(&node.list_root),
            proof: node.proof.to_string(),
        }
    }

    pub(super) fn read(self, index: usize) -> Result<Node, ManifestError> {
        let field = |name: &str| format!("nodes[{index}].{name}");
        let shape = self.shape.parse();
        Ok(Node {
            shape: shape.map_err(|error| ManifestError::Shape { index, error })?,
            commitment: Commitment(element(&field("commitment"), &self.commitment)?),
            list_root: element(&field("list_root"), &self.list_root)?,
            proof: hash(&field("proof"), &self.proof)?,
            circuit: self.circuit,
            ceremony: self.ceremony,
        })
    }
}

fn digits(field: &str, text: &str, element: bool) -> ManifestError {
    ManifestError::Digits {
        field: field.into(),
        element,
        got: text.chars().take(80).collect(),
    }
}

/// An element in its one spelling.
pub(super) fn element(field: &str, text: &str) -> Result<Fr, ManifestError> {
    let element = field::from_hex(text).ok().filter(|_| text.len() == DIGITS);
    element.ok_or_else(|| digits(field, text, true))
}

fn hash(field: &str, text: &str) -> Result<Hash, ManifestError> {
    let hash = text.parse().ok().filter(|_| text.len() == DIGITS);
    hash.ok_or_else(|| digits(field, text, false))
}
