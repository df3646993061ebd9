//! The kind `rollup`: many accounts become one, by a tree of proofs, as `covenant rollup build`
//! makes it. An entry of a manifest is a tree, and each of its nodes is a job. No node waits for
//! another: merged accounts follow from openings and salts, so that all are known before anything is
//! proved, and a node's payload is all that its proof needs.

mod tree;

use crate::failure::Failure;
use crate::job::Spec;
use crate::manifest::Fields;
use crate::proving::{Compiled, Kept, clause_of, watched};
use crate::work::{Cancel, Draft, Drafts, Opened, Proof, Refusal, Work};
use covenant_claims::field::{self, Fr};
use covenant_claims::ident::keccak256;
use covenant_claims::json::hex_field;
use covenant_claims::rollup::{RollupError, RollupShape, RollupStatement, SatisfiedRollup};
use covenant_claims::{Opening, Window};
use covenant_prover::Keys;
use covenant_prover::prove::prove_rollup;
use covenant_prover::rollup::smallest;
use covenant_verifier::key::RollupKey;
use covenant_verifier::verify::check_proof;
use group::GroupEncoding;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The standard shapes, and what a worker needs for one: keys, and a proof in flight.
const SHAPES: [(RollupShape, u32); 3] = [
    (RollupShape::SHORT, 256),
    (RollupShape::CREDITORS, 300),
    (RollupShape::PORTFOLIOS, 300),
];

/// Trees of roll-ups in the standard shapes.
pub struct Rollups(Kept<RollupShape, Keys<RollupShape>>);

/// The first line of what is sealed; the openings follow, one a line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    version: u32,
    shape: String,
    as_of_from: u64,
    as_of_to: u64,
    #[serde(with = "hex_field")]
    salt: Fr,
}

impl Rollups {
    /// Keys are kept in a folder, where one is named.
    pub fn new(cache: Option<&Path>) -> Self {
        Self(Kept::new(cache))
    }
}

/// What the key of a node is made of.
fn spec(statement: &RollupStatement, key: &RollupKey) -> Spec {
    let public = statement.public_inputs();
    Spec {
        kind: "rollup".into(),
        circuit: key.id().into(),
        ceremony: keccak256(key.tau_g2().to_bytes().as_ref()),
        public: public.iter().flat_map(field::to_be_bytes).collect(),
    }
}

fn standard(shape: RollupShape) -> Result<&'static RollupKey, Failure> {
    static KEYS: Compiled<RollupKey> = Compiled::new();
    let place = SHAPES.iter().position(|(known, _)| *known == shape);
    KEYS.of(place, || RollupKey::rollup(shape))
}

/// The key of a circuit.
fn by_id(id: &str) -> Option<&'static RollupKey> {
    let keys = SHAPES.iter().map(|(shape, _)| standard(*shape).ok());
    keys.flatten().find(|key| key.id() == id)
}

/// What is sealed of a node.
fn payload(node: &SatisfiedRollup, shape: RollupShape) -> Result<Zeroizing<String>, Failure> {
    let claim = node.claim();
    let header = Header {
        version: 1,
        shape: shape.to_string(),
        as_of_from: claim.statement.window.from(),
        as_of_to: claim.statement.window.to(),
        salt: claim.salt,
    };
    let unwritable = |_| Failure::Machine("the payload could not be written".into());
    let header = serde_json::to_string(&header).map_err(unwritable)?;
    let openings: Vec<_> = claim.openings.iter().map(Opening::to_json).collect();
    let most = header.len() + openings.iter().map(|o| o.len() + 1).sum::<usize>();
    // Of its full length at once, so that no part of it is left where it was before it grew.
    let mut text = Zeroizing::new(String::with_capacity(most));
    text.push_str(&header);
    for opening in openings {
        text.push('\n');
        // A line break inside of a text would be escaped.
        opening.lines().for_each(|line| text.push_str(line.trim()));
    }
    Ok(text)
}

/// The roll-up that was sealed, checked natively.
fn opened(payload: &str) -> Result<(SatisfiedRollup, RollupShape), Refusal> {
    let other = |got: &dyn std::fmt::Display| Refusal::Payload {
        field: "payload",
        expected: "that of a roll-up".into(),
        got: got.to_string(),
    };
    let (header, lines) = payload.split_once('\n').unwrap_or((payload, ""));
    let header: Header = serde_json::from_str(header).map_err(|_| other(&"another header"))?;
    if header.version != 1 {
        return Err(other(&format!("version {}", header.version)));
    }
    let shape = header.shape.parse().map_err(|e| other(&e))?;
    let window = Window::new(header.as_of_from, header.as_of_to).map_err(|e| other(&e))?;
    let openings = lines.lines().map(Opening::from_json);
    // What is wrong may quote what is there.
    let openings = openings.collect::<Result<Vec<_>, _>>();
    let openings = openings.map_err(|_| other(&"an opening that is none"))?;
    let merged = SatisfiedRollup::merging(openings, shape, window, header.salt);
    Ok((merged.map_err(|e| refused(&e))?, shape))
}

/// The clause that fails; no text of these errors has an amount.
fn refused(error: &RollupError) -> Refusal {
    let text = error.to_string();
    match clause_of(&text) {
        Some(clause) => Refusal::False {
            clause: clause.into(),
        },
        None => Refusal::Payload {
            field: "payload",
            expected: "accounts that can be merged".into(),
            got: text,
        },
    }
}

impl Work for Rollups {
    fn kind(&self) -> &'static str {
        "rollup"
    }

    fn circuits(&self) -> Result<Vec<String>, Failure> {
        let ids = SHAPES
            .iter()
            .map(|(shape, _)| Ok(standard(*shape)?.id().to_owned()));
        ids.collect()
    }

    fn draft(&self, entry: &serde_json::Value, folder: &Path) -> Result<Drafts, Failure> {
        let mut fields = Fields::of(entry)?;
        let paths = fields.texts("openings")?;
        let paths: Vec<PathBuf> = paths.iter().map(|path| folder.join(path)).collect();
        let tree = folder.join(fields.text("tree")?);
        let shape = fields.text_or("shape", "")?;
        let (from, to) = (fields.time("as_of_from")?, fields.time("as_of_to")?);
        fields.nothing_else()?;
        let openings = tree::openings(&paths)?;
        let shape = match shape.as_str() {
            "" => smallest(&openings).map_err(|(positions, assets)| {
                let got = format!("{positions} positions and {assets} assets");
                Failure::at("openings", "accounts that fit a standard shape", got)
            })?,
            named => named
                .parse()
                .map_err(|e| Failure::at("shape", "a shape", e))?,
        };
        let key = standard(shape)?;
        let times = openings.iter().map(Opening::as_of);
        let from = from.or(times.clone().min()).unwrap_or_default();
        let window = Window::new(from, to.or(times.max()).unwrap_or_default());
        let window = window.map_err(|e| Failure::at("as_of_from", "a window", e))?;
        let plan = tree::planned(&tree, openings, shape, window)?;
        let memory = SHAPES.iter().find(|(known, _)| *known == shape);
        let jobs = plan.nodes().iter().map(|node| {
            let statement = &node.claim().statement;
            Ok(Draft {
                spec: spec(statement, key),
                payload: payload(node, shape)?,
                memory_mb: memory.map_or(0, |(_, memory)| *memory),
                file: Some(tree::proof(&tree, statement.merged)),
            })
        });
        Ok(Drafts {
            jobs: jobs.collect::<Result<_, Failure>>()?,
            whole: Some(Box::new(move |proofs| {
                tree::complete(&tree, &plan, key, proofs)
            })),
        })
    }

    fn prove(
        &self,
        job: &Opened<'_>,
        cancel: &Cancel,
        progress: &mut dyn FnMut(&'static str),
    ) -> Result<Proof, Refusal> {
        progress("opening");
        let (satisfied, shape) = opened(job.payload)?;
        let other = |got: String| Refusal::Payload {
            field: "public inputs",
            expected: job.spec.key().to_string(),
            got,
        };
        let key = standard(shape).map_err(|e| other(e.to_string()))?;
        let found = spec(&satisfied.claim().statement, key);
        if found != *job.spec {
            return Err(other(found.key().to_string()));
        }
        if cancel.is_set() {
            return Err(Refusal::Cancelled);
        }
        progress("keys");
        let keys = self.0.of(shape, |cache| Keys::embedded(shape, cache))?;
        watched(cancel, progress, |watch| {
            prove_rollup(&keys, &satisfied, watch)
        })
    }

    fn document(&self, expected: &Spec, _: &str, proof: &[u8]) -> Result<Vec<u8>, String> {
        // The spec was made of the openings by this program: nothing of it came from a worker.
        let key = by_id(&expected.circuit).ok_or("no such circuit is known")?;
        let public = expected.public.chunks(32).map(|bytes| {
            let element = bytes.try_into().ok();
            element
                .and_then(field::from_be_bytes)
                .ok_or("public inputs that are none")
        });
        let public = public.collect::<Result<Vec<_>, _>>()?;
        check_proof(key, &public, proof).map_err(|e| e.to_string())?;
        Ok(proof.into())
    }
}
