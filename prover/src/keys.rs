//! Keys of a circuit: deterministic in the shape and the ceremony, cached on disk with an
//! integrity check, rebuilt when the cached ones are not of this circuit.

use crate::cache;
use crate::engine::{Engine, EngineError};
use crate::srs::{Ceremony, MAX_EMBEDDED_K, Srs, SrsError};
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::Layout;
use covenant_circuits::circuit::program::{Capacity, Program};
use covenant_circuits::circuit::{CovenantCircuit, Params};
use covenant_circuits::lint::lint_circuit;
use covenant_claims::field;
use covenant_claims::shape::Shape;
use covenant_verifier::key::CircuitKey;
use halo2_proofs::SerdeFormat;
use halo2_proofs::plonk::{ProvingKey, VerifyingKey, keygen_pk, keygen_vk};
use halo2curves::bn256::G1Affine;
use sha2::{Digest, Sha256};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// First bytes of a cached key, with the version of its format.
const MAGIC: &cache::Magic = b"covenant-key-v1\n";

/// Keys could not be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// No structured reference string is large enough.
    #[error("the shape {shape} needs an SRS of k = {expected}: {error}")]
    Srs {
        /// The shape.
        shape: String,
        /// Its k.
        expected: u32,
        /// What is wrong.
        error: SrsError,
    },
    /// The SRS has another size than the circuit.
    #[error("the shape {shape} needs an SRS of k = {expected}, got one of k = {got}")]
    Size {
        /// The shape.
        shape: String,
        /// The circuit's k.
        expected: u32,
        /// The SRS's k.
        got: u32,
    },
    /// No proof under the key could be verified.
    #[error("{0}")]
    Verifying(#[from] covenant_verifier::key::KeyError),
    /// halo2 could not generate keys.
    #[error("key generation failed: {0}")]
    Generation(String),
}

/// What proving with a shape and a ceremony needs.
pub struct Keys<S = Shape> {
    shape: S,
    layout: Layout,
    srs: Srs,
    key: ProvingKey<G1Affine>,
    verifying: CircuitKey<S>,
    engine: OnceLock<Engine>,
    cache: Option<PathBuf>,
}

impl<S: Capacity> std::fmt::Debug for Keys<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys")
            .field("circuit", &self.circuit())
            .finish_non_exhaustive()
    }
}

impl<S: Capacity> Keys<S> {
    /// The keys of a shape under the embedded ceremony, from the cache directory where
    /// they are there and whole.
    pub fn embedded(shape: S, cache: Option<&Path>) -> Result<Self, KeyError> {
        let k = fit::smallest(shape).k;
        let srs = Srs::embedded(k).map_err(|error| KeyError::Srs {
            shape: shape.to_string(),
            expected: k,
            error,
        })?;
        Self::new(shape, srs, cache)
    }

    /// The keys of a shape under any ceremony; the SRS must have the circuit's k.
    pub fn new(shape: S, srs: Srs, cache: Option<&Path>) -> Result<Self, KeyError> {
        let blank = CovenantCircuit::blank(shape);
        let layout = *blank.layout();
        let expected = layout.k;
        if srs.k() != expected {
            return Err(KeyError::Size {
                shape: shape.to_string(),
                expected,
                got: srs.k(),
            });
        }
        let identity = identity(&blank, &srs);
        let path = cache.map(|dir| cached_path(dir, shape.into(), srs.ceremony()));
        if let Some(key) = path.as_deref().and_then(|p| read(p, &identity, layout)) {
            return Self::of(shape, layout, srs, key, cache);
        }
        let key = generate(&blank, &srs)?;
        if let Some(path) = path {
            // A cache that cannot be written costs time, not correctness.
            let _ = cache::write(
                &path,
                MAGIC,
                &identity,
                &key.to_bytes(SerdeFormat::RawBytes),
            );
        }
        Self::of(shape, layout, srs, key, cache)
    }

    fn of(
        shape: S,
        layout: Layout,
        srs: Srs,
        key: ProvingKey<G1Affine>,
        cache: Option<&Path>,
    ) -> Result<Self, KeyError> {
        let (ceremony, tau_g2) = (srs.ceremony().to_string(), srs.params().s_g2());
        let verifying = CircuitKey::with_tau(shape, &ceremony, tau_g2, key.get_vk().clone())?;
        Ok(Self {
            shape,
            layout,
            srs,
            key,
            verifying,
            engine: OnceLock::new(),
            cache: cache.map(Path::to_owned),
        })
    }

    /// The shape.
    pub fn shape(&self) -> S {
        self.shape
    }
    /// The trace's dimensions.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }
    /// The circuit's id.
    pub fn circuit(&self) -> String {
        self.verifying.id().into()
    }
    /// The ceremony.
    pub fn ceremony(&self) -> Ceremony {
        self.srs.ceremony()
    }
    /// The structured reference string.
    pub fn srs(&self) -> &Srs {
        &self.srs
    }
    /// The proving key.
    pub fn proving_key(&self) -> &ProvingKey<G1Affine> {
        &self.key
    }
    /// What proofs under this key share: made by the first of them.
    pub fn engine(&self) -> Result<&Engine, EngineError> {
        if let Some(engine) = self.engine.get() {
            return Ok(engine);
        }
        let engine = Engine::new(&self.key, &self.srs, self.cache.as_deref())?;
        Ok(self.engine.get_or_init(|| engine))
    }
    /// What proofs under this key are verified with.
    pub fn circuit_key(&self) -> &CircuitKey<S> {
        &self.verifying
    }
    /// The verifying key.
    pub fn verifying_key(&self) -> &VerifyingKey<G1Affine> {
        self.key.get_vk()
    }
}

/// Keys are made only of a trace that passes the lint (C3). Who assigns what depends on the
/// shape alone, so the blank trace stands for every witness, and no secret is read. Cells
/// written twice, and rules of a row lost to another, are refused at every k (H13); the rest of
/// the lint takes a copy of the trace, which of larger ones would be too much memory, and they
/// differ only in length (H14).
fn lint(blank: &CovenantCircuit) -> Result<(), KeyError> {
    if let Some((column, row)) = blank.trace().written_twice().first() {
        return Err(KeyError::Generation(format!(
            "the trace is unsound: column {column}, row {row} is written twice"
        )));
    }
    if blank.layout().k > MAX_EMBEDDED_K {
        return Ok(());
    }
    let findings = lint_circuit(blank).map_err(|e| KeyError::Generation(e.to_string()))?;
    match findings.first() {
        None => Ok(()),
        Some(finding) => Err(KeyError::Generation(format!(
            "the trace is unsound: {finding}"
        ))),
    }
}

fn generate(blank: &CovenantCircuit, srs: &Srs) -> Result<ProvingKey<G1Affine>, KeyError> {
    lint(blank)?;
    catch_unwind(AssertUnwindSafe(|| {
        let vk = keygen_vk(srs.params(), blank)?;
        keygen_pk(srs.params(), vk, blank)
    }))
    .map_err(|_| KeyError::Generation("the proof system panicked".into()))?
    .map_err(|e| KeyError::Generation(e.to_string()))
}

/// What makes a cached key this circuit's: version, shape, ceremony, gates, fixed columns
/// and copies.
fn identity(blank: &CovenantCircuit, srs: &Srs) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(blank.layout().program.version());
    hash.update(format!("{:?}{}", blank.layout(), srs.ceremony()));
    let mut cs = halo2_proofs::plonk::ConstraintSystem::default();
    let layout = blank.layout();
    covenant_circuits::circuit::gates::configure(&mut cs, layout);
    hash.update(format!("{:?}", cs.pinned()));
    for column in blank.trace().fixed() {
        for value in column {
            hash.update(field::to_be_bytes(value));
        }
    }
    hash.update(format!("{:?}", blank.trace().copies()));
    hash.finalize().into()
}

fn cached_path(dir: &Path, program: Program, ceremony: Ceremony) -> PathBuf {
    let name = cache::file_name(&ceremony.to_string());
    // No `>` in the name of a file: some systems have none.
    let dimensions = program.dimensions().replace("->", "-");
    dir.join(format!("{}-{dimensions}-{name}.key", program.version()))
}

/// The cached key, if it is whole and of this circuit.
fn read(path: &Path, identity: &[u8; 32], layout: Layout) -> Option<ProvingKey<G1Affine>> {
    let payload = cache::read(path, MAGIC, identity)?;
    catch_unwind(AssertUnwindSafe(|| {
        ProvingKey::from_bytes::<CovenantCircuit>(&payload, SerdeFormat::RawBytes, Params(layout))
            .ok()
    }))
    .ok()?
}
