//! What all kinds that prove have in common: keys that are made once, and a prover that stops where
//! the job was cancelled.

use crate::failure::Failure;
use crate::work::{Cancel, Proof, Refusal};
use covenant_prover::{KeyError, Observer, Phase, ProveError};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Keys by their shape, each made by the first job that needs them.
pub(crate) struct Kept<S, K> {
    cache: Option<PathBuf>,
    keys: Mutex<BTreeMap<S, Arc<K>>>,
}

impl<S: Ord, K> Kept<S, K> {
    /// In a folder too, where one is named.
    pub(crate) fn new(cache: Option<&Path>) -> Self {
        Self {
            cache: cache.map(Into::into),
            keys: Mutex::new(BTreeMap::new()),
        }
    }

    /// Those of a shape.
    pub(crate) fn of(
        &self,
        shape: S,
        make: impl FnOnce(Option<&Path>) -> Result<K, KeyError>,
    ) -> Result<Arc<K>, Refusal> {
        // One makes them, the others wait: they would only make the same.
        let mut kept = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(keys) = kept.get(&shape) {
            return Ok(keys.clone());
        }
        let keys = Arc::new(make(self.cache.as_deref()).map_err(failed)?);
        kept.insert(shape, keys.clone());
        Ok(keys)
    }
}

/// The compiled-in verifying keys of a kind's shapes, in their order; each is read once, which takes
/// longer than to verify a proof with it.
pub(crate) struct Compiled<K>([OnceLock<K>; 3]);

impl<K> Compiled<K> {
    /// None read yet.
    pub(crate) const fn new() -> Self {
        Self([const { OnceLock::new() }; 3])
    }

    /// That of a shape, by its place in the kind's list.
    pub(crate) fn of<E: std::fmt::Display>(
        &self,
        place: Option<usize>,
        read: impl FnOnce() -> Result<K, E>,
    ) -> Result<&K, Failure> {
        let expected = "a standard shape";
        let kept = place.and_then(|place| self.0.get(place));
        let kept = kept.ok_or_else(|| Failure::at("shape", expected, "another"))?;
        if let Some(key) = kept.get() {
            return Ok(key);
        }
        let key = read().map_err(|e| Failure::at("shape", expected, e))?;
        Ok(kept.get_or_init(|| key))
    }
}

fn failed(error: KeyError) -> Refusal {
    Refusal::Failed(error.to_string())
}

/// Proves, tells the phases, and stops at the next one where the job was cancelled.
pub(crate) fn watched(
    cancel: &Cancel,
    progress: &mut dyn FnMut(&'static str),
    prove: impl FnOnce(&mut dyn Observer) -> Result<Vec<u8>, ProveError>,
) -> Result<Proof, Refusal> {
    let mut watch = |phase: Phase| {
        progress(name(phase));
        if cancel.is_set() {
            // The only way out of a proof that has begun. It is no panic: no message is printed,
            // and it ends below.
            resume_unwind(Box::new(Refusal::Cancelled));
        }
    };
    let proved = catch_unwind(AssertUnwindSafe(|| prove(&mut watch)));
    match proved {
        _ if cancel.is_set() => Err(Refusal::Cancelled),
        Ok(Ok(proof)) => Ok(Proof {
            proof,
            output: None,
        }),
        Ok(Err(
            e @ (ProveError::OffGrid { .. } | ProveError::Statement(_) | ProveError::Rollup(_)),
        )) => Err(Refusal::Payload {
            field: "claim",
            expected: "one that can be proved".into(),
            got: e.to_string(),
        }),
        Ok(Err(e)) => Err(Refusal::Failed(e.to_string())),
        // A panic's message may have anything in it.
        Err(_) => Err(Refusal::Failed("the prover panicked".into())),
    }
}

/// `S7` of `S7: and more`.
pub(crate) fn clause_of(text: &str) -> Option<&str> {
    let (clause, _) = text.split_once(':')?;
    let digits = clause.strip_prefix(['S', 'R'])?;
    let named = (1..=2).contains(&digits.len()) && digits.bytes().all(|c| c.is_ascii_digit());
    named.then_some(clause)
}

fn name(phase: Phase) -> &'static str {
    match phase {
        Phase::Witness => "witness",
        Phase::Committing => "committing",
        Phase::Quotient => "quotient",
        Phase::Opening => "opening commitments",
        Phase::Verifying => "verifying",
        _ => "proving",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_has_the_clause_and_no_amount() {
        for (text, clause) in [
            ("S7: scenario 2: 123456789 is missing", "S7"),
            ("R1: account 3 is another subject's", "R1"),
        ] {
            assert_eq!(clause_of(text), Some(clause));
        }
        for other in ["123456789: of 5", "S: 5", "S123: 5", "S1 5", "5 S1: 5"] {
            assert_eq!(clause_of(other), None, "{other}");
        }
    }
}
