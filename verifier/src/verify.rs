//! Verification: what a relying party checks (docs/spec.md, section 8), in its order.

use crate::bundle::Bundle;
use crate::envelope::Envelope;
use crate::expect::{
    AccountSource, ContractWord, Expected, Held, Merged, Mismatches, MustInclude, PriceSource,
    Provenance,
};
use crate::key::{self, CircuitKey, ManyKey};
use crate::transcript::KeccakRead;
use covenant_circuits::circuit::program::Capacity;
use covenant_circuits::field::Fr;
use covenant_circuits::many::{self, ManyError};
use covenant_circuits::policy::Policy;
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::{Statement, StatementError};
use covenant_claims::signed::{Contract, Signer};
use halo2_proofs::plonk::verify_proof;
use halo2_proofs::poly::kzg::commitment::KZGCommitmentScheme;
use halo2_proofs::poly::kzg::multiopen::VerifierSHPLONK;
use halo2_proofs::poly::kzg::strategy::SingleStrategy;
use halo2_proofs::transcript::TranscriptReadBuffer;
use halo2curves::bn256::Bn256;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Whether a failure means a malformed bundle, one that is not what was expected, a proof that
/// does not prove, or that it cannot be told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Kind {
    /// The bundle cannot be what it says it is.
    Malformed,
    /// The bundle is not the one the relying party expects.
    Mismatched,
    /// The proof does not prove its statement.
    False,
    /// It cannot be told: what a contract says of its signature is not known.
    Unknown,
}

/// A bundle was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// Another circuit than the key's.
    #[error("circuit: expected {expected}, got {got}")]
    Circuit {
        /// The key's id.
        expected: String,
        /// The bundle's.
        got: String,
    },
    /// A circuit with a false statement that has a proof.
    #[error("circuit: {got} is retired: {reason}")]
    Retired {
        /// The bundle's.
        got: String,
        /// Why.
        reason: &'static str,
    },
    /// Another shape than the key's, or than the relying party expects.
    #[error("shape: expected {expected}, got {got}")]
    Shape {
        /// The key's, or the expected one.
        expected: Shape,
        /// The bundle's.
        got: Shape,
    },
    /// Another ceremony than the key's.
    #[error("ceremony: expected {expected}, got {got}")]
    Ceremony {
        /// The key's.
        expected: String,
        /// The bundle's.
        got: String,
    },
    /// Not what the relying party expects.
    #[error("{0}")]
    Mismatch(#[from] Mismatches),
    /// A contract's signature, without the contract's answer among the expectations: neither
    /// accepted nor refused.
    #[error(
        "{at}: only {contract} can tell whether the signature is its own: expected its answer at a block, got none"
    )]
    NotQueried {
        /// `accounts[i].attestation`, `prices.signatures[i]` and the like.
        at: String,
        /// Who is said to have signed.
        contract: Contract,
    },
    /// The statement does not fit the shape.
    #[error("statement: {0}")]
    Statement(#[from] StatementError),
    /// The proof of the statement was refused.
    #[error("{0}")]
    Proof(#[from] ProofError),
}

/// A proof was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProofError {
    /// More or fewer public inputs than the circuit has.
    #[error("public inputs: expected exactly {expected}, got {got}")]
    Inputs {
        /// What the circuit has.
        expected: usize,
        /// What was found.
        got: usize,
    },
    /// A proof of another length.
    #[error("proof: expected exactly {expected} bytes, got {got}")]
    Length {
        /// What the circuit's proofs have.
        expected: usize,
        /// What was found.
        got: usize,
    },
    /// The proof does not verify.
    #[error("proof: it does not prove the statement")]
    False,
}

impl VerifyError {
    /// Malformed, mismatched, false, or not to be told.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Statement(_)
            | Self::Proof(ProofError::Inputs { .. } | ProofError::Length { .. }) => Kind::Malformed,
            Self::Circuit { .. }
            | Self::Retired { .. }
            | Self::Shape { .. }
            | Self::Ceremony { .. }
            | Self::Mismatch(_) => Kind::Mismatched,
            Self::Proof(ProofError::False) => Kind::False,
            Self::NotQueried { .. } => Kind::Unknown,
        }
    }
}

/// Evidence that a bundle was verified against expectations. Only [`verify`] makes it.
#[derive(Clone, Debug)]
pub struct Verified {
    statement: Statement,
    policy: Policy,
    circuit: String,
    shape: Shape,
    ceremony: String,
    prices_as_of: u64,
    accounts: Vec<AccountSource>,
    prices: PriceSource,
    contracts: Vec<ContractWord>,
    held: Vec<Held>,
    merged: Vec<Merged>,
    must_include: Vec<MustInclude>,
    representation: Option<Signer>,
    lapses: Lapses,
}

/// When what was verified ends, whatever prices do. Unix seconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lapses {
    /// The oldest snapshot becomes older than the relying party accepts.
    pub accounts: u64,
    /// The first attestation ends; `None` where all accounts are self-declared.
    pub attestations: Option<u64>,
    /// The first undertaking ends that was required; `None` where none was.
    pub undertakings: Option<u64>,
}

impl Lapses {
    /// The last second at which all of it still holds.
    pub fn first(&self) -> u64 {
        self.reason().0
    }

    /// That second, and what ends with it.
    pub(crate) fn reason(&self) -> (u64, &'static str) {
        let accounts = "the oldest snapshot is as old as is accepted";
        let ends = [
            Some((self.accounts, accounts)),
            self.attestations
                .map(|at| (at, "the first attestation ends")),
            self.undertakings
                .map(|at| (at, "the first undertaking ends")),
        ];
        let first = ends.into_iter().flatten().min_by_key(|(at, _)| *at);
        first.unwrap_or((self.accounts, accounts))
    }
}

/// Verifies a bundle against what the relying party expects, at its own time `now` (Unix
/// seconds). In this order: circuit (retired ones are refused by name), shape, ceremony and
/// size; policy and what it is refused for, subject, ratio, debt and context; signatures;
/// attesters and their roles; `valid_until`; the window and ages on both sides; double use;
/// counterparts; what is required of the basket; the price signers' quorum; trees; the proof. Every mismatch
/// is told, in that order; of what comes before and after, the first.
pub fn verify(
    bundle: &Bundle,
    key: &CircuitKey,
    expected: &Expected,
    now: u64,
) -> Result<Verified, VerifyError> {
    if let Some(retired) = key::retired(bundle.circuit()) {
        return Err(VerifyError::Retired {
            got: bundle.circuit().into(),
            reason: retired.reason,
        });
    }
    if bundle.circuit() != key.id() {
        return Err(VerifyError::Circuit {
            expected: key.id().into(),
            got: bundle.circuit().into(),
        });
    }
    if bundle.shape() != key.shape() {
        return Err(VerifyError::Shape {
            expected: key.shape(),
            got: bundle.shape(),
        });
    }
    if let Some(expected) = expected.shape.filter(|shape| *shape != bundle.shape()) {
        return Err(VerifyError::Shape {
            expected,
            got: bundle.shape(),
        });
    }
    if bundle.ceremony() != key.ceremony() {
        return Err(VerifyError::Ceremony {
            expected: key.ceremony().into(),
            got: bundle.ceremony().into(),
        });
    }
    // Before any signature: at most as many accounts as the circuit holds.
    let hash = bundle.statement().hash(key.id(), &key.shape())?;
    let Provenance {
        accounts,
        prices,
        contracts,
        held,
        merged,
        attested_until,
    } = expected.check(bundle, hash, now)?;
    verify_statement(bundle.statement(), bundle.proof(), key)?;
    Ok(Verified {
        statement: bundle.statement().clone(),
        policy: bundle.policy().clone(),
        circuit: key.id().into(),
        shape: key.shape(),
        ceremony: key.ceremony().into(),
        prices_as_of: bundle.prices().as_of,
        accounts,
        prices,
        contracts,
        lapses: Lapses {
            accounts: bundle
                .statement()
                .window()
                .from()
                .saturating_add(expected.max_account_age),
            attestations: attested_until,
            undertakings: held.iter().map(|held| held.until).min(),
        },
        held,
        merged,
        must_include: expected.must_include.clone(),
        representation: expected
            .representation
            .as_ref()
            .and_then(|_| Some(bundle.representation()?.signer)),
    })
}

/// The proof of a statement, nothing else: [`check_proof`] with the statement's public inputs.
pub fn verify_statement(
    statement: &Statement,
    proof: &[u8],
    key: &CircuitKey,
) -> Result<(), VerifyError> {
    let public = statement.public_inputs(&key.shape())?;
    Ok(check_proof(key, &public, proof)?)
}

/// Statements could not be verified by one proof of them all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyManyError {
    /// No statement or more than the circuit's, or one that has no room.
    #[error("{0}")]
    Statements(#[from] ManyError),
    /// The proof of the statements was refused.
    #[error("{0}")]
    Proof(#[from] ProofError),
}

/// One proof of several statements, in their order, nothing else: [`check_proof`] with the public
/// inputs of all. As [`verify_statement`] it says of no statement that it is the expected one.
///
/// # Errors
/// If there is no statement or more than the key's circuit has claims, or one does not fit; or the
/// proof is not one of all of them.
pub fn verify_many(
    statements: &[&Statement],
    proof: &[u8],
    key: &ManyKey,
) -> Result<(), VerifyManyError> {
    let public = many::public_inputs(statements, key.shape())?;
    Ok(check_proof(key, &public, proof)?)
}

/// The one check of a proof, here and before the prover hands one out: as many public inputs
/// as the circuit has, exact length, strict transcript with nothing left over, one circuit,
/// [`SingleStrategy`] (V1 to V3). What the public inputs say is the caller's to know: see
/// [`verify_statement`].
pub fn check_proof<S: Capacity>(
    key: &CircuitKey<S>,
    public: &[Fr],
    proof: &[u8],
) -> Result<(), ProofError> {
    let expected = key.program().public_inputs();
    if public.len() != expected {
        return Err(ProofError::Inputs {
            expected,
            got: public.len(),
        });
    }
    if proof.len() != key.proof_length() {
        return Err(ProofError::Length {
            expected: key.proof_length(),
            got: proof.len(),
        });
    }
    let verdict = catch_unwind(AssertUnwindSafe(|| proves(public, proof, key)));
    match verdict.unwrap_or(false) {
        true => Ok(()),
        false => Err(ProofError::False),
    }
}

fn proves<S: Capacity>(public: &[Fr], proof: &[u8], key: &CircuitKey<S>) -> bool {
    let params = key.params();
    let mut transcript = KeccakRead::init(proof);
    let verdict = verify_proof::<KZGCommitmentScheme<Bn256>, VerifierSHPLONK<'_, Bn256>, _, _, _>(
        params,
        key.verifying_key(),
        SingleStrategy::new(params),
        &[&[public]],
        &mut transcript,
    );
    verdict.is_ok() && transcript.left() == 0
}

impl Verified {
    /// The statement that was proved.
    pub fn statement(&self) -> &Statement {
        &self.statement
    }
    /// The policy it was proved under.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }
    /// The circuit's id.
    pub fn circuit(&self) -> &str {
        &self.circuit
    }
    /// The shape.
    pub fn shape(&self) -> Shape {
        self.shape
    }
    /// The ceremony of the reference string.
    pub fn ceremony(&self) -> &str {
        &self.ceremony
    }

    /// On whose word each account counts, in the order of the commitments.
    pub fn accounts(&self) -> &[AccountSource] {
        &self.accounts
    }
    /// On whose word the prices rest.
    pub fn prices(&self) -> &PriceSource {
        &self.prices
    }
    /// The signatures of contracts, and the blocks at which they were queried.
    pub fn contracts(&self) -> &[ContractWord] {
        &self.contracts
    }
    /// The undertakings that the relying party required, one for each collateral account and
    /// each leaf of a tree in the place of one; empty where it required none.
    pub fn held(&self) -> &[Held] {
        &self.held
    }
    /// Accounts that are sums of a tree whose leaves were checked in their place, in the order of the
    /// commitments.
    pub fn merged(&self) -> &[Merged] {
        &self.merged
    }
    /// What the relying party required to be in the basket, and is.
    pub fn must_include(&self) -> &[MustInclude] {
        &self.must_include
    }
    /// Who signed the representation that the relying party required; `None` where it required
    /// none.
    pub fn representation(&self) -> Option<Signer> {
        self.representation
    }
    /// The prices' time, Unix seconds.
    pub fn prices_as_of(&self) -> u64 {
        self.prices_as_of
    }

    /// When what was verified ends, whatever prices do.
    pub fn lapses(&self) -> Lapses {
        self.lapses
    }
    /// At which later prices what was proved still says something.
    pub fn envelope(&self) -> Envelope {
        Envelope::of(&self.statement, &self.policy)
    }
}
