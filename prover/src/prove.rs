//! Proving a claim: one that was checked natively ([`SatisfiedClaim`]), proved, then verified
//! before anyone sees it.

use crate::engine::{Stage, Trace};
use crate::keys::Keys;
use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::columns::Challenges;
use covenant_circuits::circuit::many::ManyWitness;
use covenant_circuits::circuit::program::Capacity;
use covenant_circuits::circuit::rollup::RollupWitness;
use covenant_circuits::circuit::witness::Witness;
use covenant_claims::many::{self, ManyError, ManyShape, SatisfiedMany};
use covenant_claims::prices::Prices;
use covenant_claims::relation::SatisfiedClaim;
use covenant_claims::rollup::{RollupFalse, RollupShape, SatisfiedRollup};
use covenant_claims::statement::{Claim, StatementError};
use covenant_verifier::bundle::{AccountFile, Bundle, BundleError, BundleParts};
use covenant_verifier::transcript::KeccakWrite;
use covenant_verifier::verify::{ProofError, check_proof};
use halo2_proofs::transcript::TranscriptWriterBuffer;
use halo2curves::bn256::Fr;
use rand_core::OsRng;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What the prover is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Phase {
    /// Computing the trace.
    Witness,
    /// Committing to the trace.
    Committing,
    /// Computing and committing to the quotient.
    Quotient,
    /// Opening the commitments.
    Opening,
    /// Verifying the own proof.
    Verifying,
}

/// Who watches a proof being made. Nothing it is told is secret.
pub trait Observer {
    /// A phase begins.
    fn phase(&mut self, phase: Phase);
}

impl<F: FnMut(Phase)> Observer for F {
    fn phase(&mut self, phase: Phase) {
        self(phase);
    }
}

/// A claim was not proved.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProveError {
    /// The ratio is off the policy's grid.
    #[error(
        "the ratio must be {min} basis points plus a multiple of {step}: proofs at fine thresholds reveal the true ratio, got {got}"
    )]
    OffGrid {
        /// The policy's smallest ratio.
        min: u32,
        /// The policy's step.
        step: u32,
        /// What was requested.
        got: u32,
    },
    /// The claim does not fit the circuit.
    #[error("{0}")]
    Statement(#[from] StatementError),
    /// The claims have no room in the circuit.
    #[error("{0}")]
    Many(#[from] ManyError),
    /// One of many claims.
    #[error("claim {claim}: {error}")]
    OfClaim {
        /// 0-based, in the order of the claims.
        claim: usize,
        /// Why it is not proved.
        error: Box<ProveError>,
    },
    /// The keys are of another shape than the claims were checked for.
    #[error("many claims: expected the shape of the keys, {expected}, got {got}")]
    ManyShape {
        /// The keys'.
        expected: ManyShape,
        /// The claims'.
        got: ManyShape,
    },
    /// The roll-up has no room in the circuit.
    #[error("{0}")]
    Rollup(#[from] RollupFalse),
    /// The proof system failed.
    #[error("proving failed: {0}")]
    Backend(String),
    /// The proof that was made does not verify; it is not returned.
    #[error("the proof that was made does not verify and was thrown away; please report this: {0}")]
    SelfCheck(#[from] ProofError),
}

/// Proves a claim whose ratio lies on the policy's grid.
///
/// That the claim is true was checked natively when its type was made (P2): the first of
/// two defences, before the proof's own verification.
pub fn prove(
    keys: &Keys,
    satisfied: &SatisfiedClaim,
    observer: &mut dyn Observer,
) -> Result<Vec<u8>, ProveError> {
    on_grid(satisfied.claim())?;
    prove_off_grid(keys, satisfied, observer)
}

/// Whether a claim's ratio lies on its policy's grid.
fn on_grid(claim: &Claim) -> Result<(), ProveError> {
    let (ratio, document) = (claim.statement.ratio(), claim.policy.document());
    match claim.policy.on_grid(ratio) {
        true => Ok(()),
        false => Err(ProveError::OffGrid {
            min: document.min_ratio_bps,
            step: document.ratio_step_bps,
            got: ratio.bps(),
        }),
    }
}

/// Proves a claim at any ratio. Repeated proofs at fine thresholds reveal the true ratio:
/// [`prove`] refuses them.
pub fn prove_off_grid(
    keys: &Keys,
    satisfied: &SatisfiedClaim,
    observer: &mut dyn Observer,
) -> Result<Vec<u8>, ProveError> {
    observer.phase(Phase::Witness);
    let (claim, shape) = (satisfied.claim(), keys.shape());
    let witness = Witness::honest(claim, satisfied.allocation(), shape)?;
    let public = claim.statement.public_inputs(&shape)?;
    let circuit = CovenantCircuit::laid_out(*keys.layout(), &witness);
    checked(keys, &circuit, &public, observer)
}

/// Proves several claims at once, each of which was checked natively when the type was made (P2).
///
/// # Errors
/// If a ratio is off its policy's grid, the keys are of another shape, or the proof system fails.
pub fn prove_many(
    keys: &Keys<ManyShape>,
    satisfied: &SatisfiedMany,
    observer: &mut dyn Observer,
) -> Result<Vec<u8>, ProveError> {
    let (expected, got) = (keys.shape(), satisfied.shape());
    if got != expected {
        return Err(ProveError::ManyShape { expected, got });
    }
    for (claim, satisfied) in satisfied.claims().iter().enumerate() {
        on_grid(satisfied.claim()).map_err(|error| ProveError::OfClaim {
            claim,
            error: Box::new(error),
        })?;
    }
    observer.phase(Phase::Witness);
    let witness = ManyWitness::honest(satisfied)?;
    let public = many::public_inputs(&satisfied.statements(), got)?;
    let circuit = CovenantCircuit::laid_out(*keys.layout(), &witness);
    checked(keys, &circuit, &public, observer)
}

/// Proves a roll-up: R1 to R6, checked natively when its type was made (P2).
///
/// # Errors
/// If the claim has no room in the keys' shape, or the proof system fails.
pub fn prove_rollup(
    keys: &Keys<RollupShape>,
    satisfied: &SatisfiedRollup,
    observer: &mut dyn Observer,
) -> Result<Vec<u8>, ProveError> {
    observer.phase(Phase::Witness);
    let claim = satisfied.claim();
    let witness = RollupWitness::honest(claim, keys.shape())?;
    let circuit = CovenantCircuit::laid_out(*keys.layout(), &witness);
    checked(keys, &circuit, &claim.statement.public_inputs(), observer)
}

/// The proof of a circuit, once a verifier has accepted it.
fn checked<S: Capacity>(
    keys: &Keys<S>,
    circuit: &CovenantCircuit,
    public: &[Fr],
    observer: &mut dyn Observer,
) -> Result<Vec<u8>, ProveError> {
    let mut stage = |stage| match stage {
        Stage::Committing => observer.phase(Phase::Committing),
        Stage::Quotient => observer.phase(Phase::Quotient),
        Stage::Opening => observer.phase(Phase::Opening),
    };
    let proof = catch_unwind(AssertUnwindSafe(|| {
        create(keys, circuit, public, &mut stage)
    }))
    .map_err(|_| ProveError::Backend("the proof system panicked".into()))??;
    observer.phase(Phase::Verifying);
    self_checked(keys, public, proof)
}

fn create<S: Capacity>(
    keys: &Keys<S>,
    circuit: &CovenantCircuit,
    public: &[Fr],
    stage: &mut dyn FnMut(Stage),
) -> Result<Vec<u8>, ProveError> {
    let mut transcript = KeccakWrite::init(Vec::new());
    keys.engine()
        .map_err(|e| ProveError::Backend(e.to_string()))?
        .prove(
            keys.proving_key(),
            circuit,
            &[public],
            OsRng,
            &mut transcript,
            stage,
        )
        .map_err(|e| ProveError::Backend(e.to_string()))?;
    Ok(transcript.finalize())
}

impl Trace for CovenantCircuit {
    fn columns(&self, phase: u8, challenges: &[Fr]) -> Vec<Vec<Fr>> {
        match (phase, challenges) {
            (0, _) => self.trace().advice().to_vec(),
            (_, &[_, _, _, _, _, _]) => self.trace().second_phase(&Challenges::of(challenges)),
            _ => Vec::new(),
        }
    }
}

/// The proof, if a verifier accepts it: by the verifier's own check, so that nothing leaves
/// here that is refused elsewhere.
fn self_checked<S: Capacity>(
    keys: &Keys<S>,
    public: &[Fr],
    proof: Vec<u8>,
) -> Result<Vec<u8>, ProveError> {
    check_proof(keys.circuit_key(), public, &proof)?;
    Ok(proof)
}

/// The bundle of a proof: the statement, the policy, the prices and the public side of
/// each account. `prices` must be those of the claim.
pub fn bundle(
    keys: &Keys,
    claim: &Claim,
    prices: Prices,
    proof: Vec<u8>,
) -> Result<Bundle, BundleError> {
    let accounts = claim.openings.iter().map(AccountFile::of).collect();
    Bundle::new(BundleParts {
        circuit: keys.circuit(),
        shape: keys.shape(),
        ceremony: keys.ceremony().to_string(),
        statement: claim.statement.clone(),
        policy: claim.policy.clone(),
        prices,
        accounts,
        proof,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use covenant_circuits::shape::Shape;

    /// V2. The self-check is as strict as a verifier: a byte more, another encoding of a scalar
    /// or other public inputs are refused, of a proof that halo2 alone would read.
    #[test]
    fn v2_the_self_check_is_the_verifiers_own() {
        let golden = include_str!("../../verifier/data/golden.json");
        let bundle = Bundle::from_json(golden).unwrap();
        let keys = Keys::embedded(Shape::SMALL, None).unwrap();
        let public = bundle.statement().public_inputs(&Shape::SMALL).unwrap();
        let proof = bundle.proof().to_vec();
        let length = proof.len();
        let judge = |public: &[Fr], proof: &[u8]| match self_checked(&keys, public, proof.to_vec())
        {
            Ok(kept) => {
                assert_eq!(kept, proof);
                None
            }
            Err(ProveError::SelfCheck(why)) => Some(why),
            Err(other) => panic!("{other}"),
        };
        assert_eq!(judge(&public, &proof), None);
        let longer = [proof.as_slice(), &[0]].concat();
        let (expected, got) = (length, length + 1);
        assert_eq!(
            judge(&public, &longer),
            Some(ProofError::Length { expected, got })
        );
        let shorter = &proof[..length - 1];
        let got = length - 1;
        assert_eq!(
            judge(&public, shorter),
            Some(ProofError::Length { expected, got })
        );
        // halo2 fills up with zeros, and would see the same evaluations.
        let mut padded = public.clone();
        padded.push(Fr::from(0));
        let (expected, got) = (public.len(), padded.len());
        assert_eq!(
            judge(&padded, &proof),
            Some(ProofError::Inputs { expected, got })
        );
        let mut changed = proof;
        changed[length - 1] ^= 1;
        assert_eq!(judge(&public, &changed), Some(ProofError::False));
    }
}
