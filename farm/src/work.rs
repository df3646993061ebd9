//! What is done for a kind of job, by submitters and by workers.

use crate::failure::Failure;
use crate::job::Spec;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use zeroize::Zeroizing;

/// A kind of job. One type for both sides, so that they cannot disagree about a payload.
pub trait Work: Send + Sync {
    /// Its name in manifests and keys.
    fn kind(&self) -> &'static str;

    /// The circuits that this build proves.
    fn circuits(&self) -> Result<Vec<String>, Failure>;

    /// Submitter: the jobs of an entry in a manifest, whose paths are relative to `folder`.
    fn draft(&self, entry: &Value, folder: &Path) -> Result<Drafts, Failure>;

    /// Worker: the proof of an opened job. `progress` is told the phases by names that say nothing
    /// secret. Where `cancel` says so, it ends as soon as it can.
    fn prove(
        &self,
        job: &Opened<'_>,
        cancel: &Cancel,
        progress: &mut dyn FnMut(&'static str),
    ) -> Result<Proof, Refusal>;

    /// Submitter: verifies a proof and makes the file that is handed out of it.
    ///
    /// # Errors
    /// Why it was not accepted, as the verifier says.
    fn document(&self, spec: &Spec, payload: &str, proof: &[u8]) -> Result<Vec<u8>, String>;
}

/// What is written once every proof of an entry was verified, in the order of its jobs.
pub type Whole = Box<dyn FnOnce(&[Vec<u8>]) -> Result<(), Failure>>;

/// The jobs of an entry.
pub struct Drafts {
    /// One or more.
    pub jobs: Vec<Draft>,
    /// Where they make something together.
    pub whole: Option<Whole>,
}

impl From<Draft> for Drafts {
    fn from(job: Draft) -> Self {
        Self {
            jobs: vec![job],
            whole: None,
        }
    }
}

/// A job before it is sealed.
pub struct Draft {
    /// What its key is made of.
    pub spec: Spec,
    /// Secret: what the worker needs.
    pub payload: Zeroizing<String>,
    /// What a worker needs to have, in megabytes.
    pub memory_mb: u32,
    /// Where what becomes of it is written, and stays once it is: in a folder of its entry's own.
    /// Otherwise that is `NAME.json`, wherever `fetch` is told.
    pub file: Option<PathBuf>,
}

/// A job as a worker has it.
pub struct Opened<'a> {
    /// What its key is made of.
    pub spec: &'a Spec,
    /// Secret.
    pub payload: &'a str,
    /// The results of its children, in its order.
    pub children: &'a [Child],
}

/// The result of a child.
pub struct Child {
    /// Its proof, which nobody has verified yet.
    pub proof: Vec<u8>,
    /// Secret: what it left for its parents.
    pub output: Option<Zeroizing<String>>,
}

/// What a worker makes.
pub struct Proof {
    /// The proof.
    pub proof: Vec<u8>,
    /// Secret: what parents need. It is sealed before it is stored.
    pub output: Option<Zeroizing<String>>,
}

/// Why a worker made no proof. The texts are stored and shown: they have no amounts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The claim is false: it is never tried again.
    #[error("{clause}: the claim is false")]
    False {
        /// `S7`.
        clause: String,
    },
    /// The payload is not that of the job: it is never tried again.
    #[error("{field}: expected {expected}, got {got}")]
    Payload {
        /// What differs.
        field: &'static str,
        /// What the job says.
        expected: String,
        /// What the payload has; nothing secret.
        got: String,
    },
    /// It failed here, and may succeed elsewhere.
    #[error("{0}")]
    Failed(String),
    /// It was cancelled, or the lease was lost.
    #[error("cancelled")]
    Cancelled,
}

/// Whether to go on.
#[derive(Clone, Default, Debug)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// From here on it is cancelled.
    pub fn set(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Whether it is.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// The kinds that a program knows.
pub struct Registry(Vec<Box<dyn Work>>);

impl Registry {
    /// Of these kinds.
    pub fn new(kinds: Vec<Box<dyn Work>>) -> Self {
        Self(kinds)
    }

    /// All of them.
    pub fn kinds(&self) -> impl Iterator<Item = &dyn Work> {
        self.0.iter().map(AsRef::as_ref)
    }

    /// The kind with that name.
    pub fn get(&self, kind: &str) -> Option<&dyn Work> {
        self.kinds().find(|work| work.kind() == kind)
    }

    /// Their names, for messages.
    pub fn names(&self) -> String {
        let names: Vec<_> = self.kinds().map(Work::kind).collect();
        names.join(" or ")
    }
}
