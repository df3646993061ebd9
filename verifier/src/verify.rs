//! Verification: what a relying party checks (docs/spec.md, section 8), in its order.

use crate::bundle::Bundle;
use crate::envelope::Envelope;
use crate::expect::{
    AccountSource, ContractWord, Expected, Held, Mismatches, MustInclude, PriceSource, Provenance,
};
use crate::key::{self, CircuitKey};
use crate::transcript::KeccakRead;
use covenant_circuits::account;
use covenant_circuits::field::Fr;
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
use std::collections::{BTreeMap, BTreeSet};
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
        let others = [self.attestations, self.undertakings];
        others.into_iter().flatten().fold(self.accounts, u64::min)
    }
}

/// Verifies a bundle against what the relying party expects, at its own time `now` (Unix
/// seconds). In this order: circuit (retired ones are refused by name), shape, ceremony and
/// size; policy and what it is refused for, subject, ratio, debt and context; signatures;
/// attesters and their roles; `valid_until`; the window and ages on both sides; double use;
/// counterparts; what is required of the basket; the price signers' quorum; the proof. Every mismatch
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
    } = expected.check(bundle, hash, now)?;
    verify_statement(bundle.statement(), bundle.proof(), key)?;
    let attestations = bundle.accounts().iter().flat_map(|file| &file.attestations);
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
            attestations: attestations.map(|a| a.valid_until).min(),
            undertakings: held.iter().map(|held| held.until).min(),
        },
        held,
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

/// The one check of a proof, here and before the prover hands one out: as many public inputs
/// as the circuit has, exact length, strict transcript with nothing left over, one circuit,
/// [`SingleStrategy`] (V1 to V3). What the public inputs say is the caller's to know: see
/// [`verify_statement`].
pub fn check_proof(key: &CircuitKey, public: &[Fr], proof: &[u8]) -> Result<(), ProofError> {
    if public.len() != key.shape().public_inputs() {
        return Err(ProofError::Inputs {
            expected: key.shape().public_inputs(),
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

fn proves(public: &[Fr], proof: &[u8], key: &CircuitKey) -> bool {
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
    /// The undertakings that the relying party required, one for each collateral account; empty
    /// where it required none.
    pub fn held(&self) -> &[Held] {
        &self.held
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

    /// What was proved, a sentence a line.
    pub fn proved(&self) -> Vec<String> {
        let ratio = |bps: u32| format!("{}.{:02} %", bps / 100, bps % 100);
        let quote = self.policy.document().quote.as_str();
        let quote = quote.strip_prefix("iso4217:").unwrap_or(quote);
        let debt = self.statement.public_debt().get();
        let (whole, cents) = (debt / 1_000_000, format!("{:06}", debt % 1_000_000));
        let cents = cents.trim_end_matches('0');
        let owed = self.statement.kinds().iter();
        let owed = owed.filter(|kind| **kind == account::Kind::Liability);
        let owed = owed.count();
        let mut lines = vec![format!(
            "What counts of {} committed accounts of collateral, valued at the prices in the bundle under the policy {:?}, covers a debt of {whole}.{cents:0<2} {quote} and what {owed} committed accounts of liabilities are owed at {}.",
            self.accounts.len() - owed,
            self.policy.document().name,
            ratio(self.statement.ratio().bps()),
        )];
        for (j, required) in (1..).zip(self.policy.scenario_ratios()) {
            lines.push(format!(
                "In the scenario {:?} it covers them at {}.",
                self.policy.scenario_name(j),
                ratio((*required).into())
            ));
        }
        if self.policy.complete() {
            lines.push(
                "The collateral accounts hold nothing that the policy does not list, and what they hold meets its rules on held shares.".into(),
            );
        }
        let grain = self.policy.report_grain();
        for (g, line) in self.statement.report().iter().enumerate() {
            let reported = self
                .policy
                .groups()
                .get(g)
                .is_some_and(|group| group.report);
            if let Some(name) = self.policy.group_name(g).filter(|_| reported) {
                lines.push(format!(
                    "Of the group {name:?} they hold {} times {grain} {quote}, rounded down, at these prices.",
                    line.get()
                ));
            }
        }
        let window = self.statement.window();
        let accounts = match window.to() - window.from() {
            0 => format!("Accounts are as of {}", window.from()),
            _ => format!("Accounts are as of {} to {}", window.from(), window.to()),
        };
        lines.push(format!(
            "{accounts}, prices as of {} (Unix seconds).",
            self.prices_as_of
        ));
        lines
    }

    /// Whose word it rests on, a sentence a line.
    pub fn trusting(&self) -> Vec<String> {
        let mut attesters: BTreeMap<(String, account::Kind), usize> = BTreeMap::new();
        let mut own: BTreeMap<account::Kind, usize> = BTreeMap::new();
        let mut total: BTreeMap<account::Kind, usize> = BTreeMap::new();
        for (word, kind) in self.accounts.iter().zip(self.statement.kinds()) {
            *total.entry(*kind).or_default() += 1;
            match word {
                AccountSource::Attesters(signers) => {
                    for signer in signers {
                        *attesters.entry((signer.to_string(), *kind)).or_default() += 1;
                    }
                }
                AccountSource::SelfDeclared => *own.entry(*kind).or_default() += 1,
            }
        }
        let of = |kind| total.get(kind).copied().unwrap_or_default();
        let mut lines: Vec<String> = attesters
            .iter()
            .map(|((attester, kind), n)| {
                format!("{attester} signed for {n} of {} {kind} accounts.", of(kind))
            })
            .collect();
        lines.extend(own.iter().map(|(kind, n)| {
            format!(
                "{n} of {} {kind} accounts are self-declared: the subject alone says what is in them.",
                of(kind)
            )
        }));
        lines.push(match &self.prices {
            PriceSource::Signers(signers) => {
                let names: Vec<String> = signers.iter().map(ToString::to_string).collect();
                format!("The prices are signed by {}.", names.join(", "))
            }
            PriceSource::RelyingParty => "The prices are the relying party's own.".into(),
            PriceSource::Nobody => {
                "The prices are the bundle's; no accepted signer is required.".into()
            }
        });
        let contracts = self.contracts.iter().map(|word| {
            let ContractWord { contract, block, .. } = word;
            format!("{contract} takes its signature as its own at its block {block}, by the word of the node that was queried.")
        });
        lines.extend(contracts.collect::<BTreeSet<String>>());
        let held = self.held.iter().map(|held| {
            format!(
                "{} undertakes to hold accounts[{}] for the secured party from {} to {} (Unix seconds).",
                held.attester, held.index, held.from, held.until
            )
        });
        lines.extend(held);
        lines.extend(self.representation.map(|signer| {
            format!("The subject represents that there is no other debt, signed by {signer}.")
        }));
        lines.push(format!(
            "The proof rests on BN254, KZG with the ceremony {} (one honest participant), Poseidon and keccak256.",
            self.ceremony
        ));
        lines
    }

    /// What it does not say, a sentence a line.
    pub fn not_proved(&self) -> Vec<String> {
        let self_declared = self.accounts.contains(&AccountSource::SelfDeclared);
        let window = self.statement.window();
        let mut lines = vec![match self.representation {
            Some(_) => "That there is no other debt, beyond the subject's own word for it.",
            None => {
                "That there is no other debt than the public figure and the creditors' accounts in the basket."
            }
        }];
        if self.must_include.is_empty() {
            lines.push("That any creditor is in the basket: nobody was required to be in it.");
        }
        lines.extend([
            "That there are no other accounts: all of it, held shares and reports too, is of the basket only.",
            match self.held.is_empty() {
                true => "That the collateral was not lent to the subject for the snapshot, and is still there: nobody was required to hold it.",
                false => "That the collateral was not lent to the subject for the snapshot.",
            },
            "That the accounts are not pledged elsewhere, beyond the commitments the relying party knows of.",
            "That attesters of accounts and sources of prices tell the truth.",
        ]);
        if !self.policy.complete() {
            lines.push(
                "How much the accounts hold beyond what counts: counted is at most what is held.",
            );
        }
        // What is undertaken from each snapshot to the end of the window did not move in it.
        let stayed = !self.held.is_empty() && self.held.iter().all(|h| h.until >= window.to());
        if window.from() < window.to() && !stayed {
            lines.push("That nothing moved between accounts within the window, so that it is in two of them.");
            lines.push("That no debt was made after a creditor's snapshot whose proceeds are in a later one.");
        }
        if self_declared {
            lines.push("That the self-declared accounts exist.");
        }
        if self.prices == PriceSource::Nobody {
            lines.push("That the prices are anybody's but the subject's.");
        }
        lines.into_iter().map(String::from).collect()
    }
}
