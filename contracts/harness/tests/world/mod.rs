//! A chain with the contracts on it, a facility, attesters with keys, and real proofs.
#![allow(dead_code, unreachable_pub, missing_docs)]

use covenant_circuits::account::{Kind, Opening};
use covenant_circuits::field::{Fr, to_be_bytes};
use covenant_circuits::ident::{Context, keccak256};
use covenant_circuits::numbers::{Price, Value};
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::{Claim, ClaimParts, Statement};
use covenant_contracts::{Arguments, Evm, Outcome, codes, compile, selector, sources};
use covenant_fixtures::Vectors;
use covenant_prover::keys::Keys;
use covenant_prover::prove::{Phase, prove};
use covenant_solidity::ProofVerifier;
use covenant_solidity::abi::{Basis, Document};
use covenant_solidity::registry::{
    Attestation, Attester, Binding, Challenge, PolicyEnvelope, PriceWord, Signatures, Submission,
    Terms, VectorError, documents_hash, prices_hash,
};
use covenant_verifier::envelope::{Envelope, Standing};
use covenant_verifier::key::CircuitKey;
use ff::PrimeField;
use k256::ecdsa::SigningKey;
use revm::primitives::Address;
use serde_json::Value as Json;
use std::collections::{BTreeMap, HashMap};
use std::sync::{LazyLock, Mutex};

pub const AS_OF: u64 = 1_790_000_000;
pub const NOW: u64 = AS_OF + 600;
pub const DELAY: u64 = 86_400;
pub const DEBT: u128 = 150_000_000_000_000;
/// Whoever consents before collateral is released while there is debt.
pub const BENEFICIARY: Address = Address::with_last_byte(0xbe);
/// The number of the circuit that the worlds prove with.
pub const VERSION: u8 = 1;
pub const NONE: [u8; 20] = [0; 20];

static COMPILED: LazyLock<Json> = LazyLock::new(|| compile(&sources().unwrap()).unwrap());
static CIRCUITS: Mutex<BTreeMap<Shape, &'static Deployable>> = Mutex::new(BTreeMap::new());

/// The keys of a shape and its compiled verifier.
pub struct Deployable {
    pub keys: Keys,
    pub verifier: ProofVerifier,
    pub creation: Vec<u8>,
    pub runtime: Vec<u8>,
    pub key: CircuitKey,
}

/// Made once for all tests.
pub fn circuit(shape: Shape) -> &'static Deployable {
    CIRCUITS.lock().unwrap().entry(shape).or_insert_with(|| {
        // Of the circuit as it is built here: with a defence taken out of it, forgeries must
        // show. That it is the published one, `verifiers.rs` and C1 say.
        let keys = Keys::embedded(shape, None).unwrap();
        let key = CircuitKey::aztec_ignition(shape, keys.verifying_key().clone()).unwrap();
        let verifier = ProofVerifier::of(&key).unwrap();
        let compiled = compile(&verifier.standard_json()).unwrap();
        let (creation, runtime) = codes(&compiled, &verifier.file_name(), verifier.name()).unwrap();
        Box::leak(Box::new(Deployable {
            keys,
            verifier,
            creation,
            runtime,
            key,
        }))
    })
}

type Proofs = HashMap<(Shape, [u8; 32], u128), (Statement, Vec<u8>)>;
static PROOFS: LazyLock<Mutex<Proofs>> = LazyLock::new(Mutex::default);

pub struct World {
    pub evm: Evm,
    pub shape: Shape,
    pub proof_verifier: Address,
    pub front: Address,
    pub router: Address,
    pub registry: Address,
    pub terms: Terms,
    pub facility: u128,
    keys: Vec<(SigningKey, Attester)>,
}

pub fn claim() -> Claim {
    covenant_fixtures::claim(&Vectors::load().list("cases")[0], 12_500)
}

/// A claim of the vectors for a context and a public debt, and its proof.
pub fn proved(shape: Shape, context: Context, debt: u128) -> (Statement, Vec<u8>) {
    let name = (shape, to_be_bytes(&context.get()), debt);
    let mut proofs = PROOFS.lock().unwrap();
    proofs
        .entry(name)
        .or_insert_with(|| proved_with(shape, context, debt, Vec::new()))
        .clone()
}

/// The same with further accounts, and not kept.
pub fn proved_with(
    shape: Shape,
    context: Context,
    debt: u128,
    further: Vec<Opening>,
) -> (Statement, Vec<u8>) {
    let claim = claim();
    let parts = ClaimParts {
        subject: claim.statement.subject(),
        window: claim.statement.window(),
        public_debt: Value::new(debt).unwrap(),
        ratio: claim.statement.ratio(),
        context,
        prices: claim.statement.prices().to_vec(),
    };
    let openings = claim.openings.into_iter().chain(further).collect();
    let claim = Claim::new(claim.policy, openings, parts).unwrap();
    let proof = prove(
        &circuit(shape).keys,
        &covenant_fixtures::satisfied(&claim),
        &mut |_: Phase| {},
    )
    .unwrap();
    (claim.statement, proof)
}

pub fn code(file: &str, contract: &str, arguments: &Arguments) -> Vec<u8> {
    let (mut creation, _) = codes(&COMPILED, file, contract).unwrap();
    creation.extend(arguments.encode());
    creation
}

pub fn bytes(address: Address) -> [u8; 20] {
    address.into_array()
}

pub fn hash_of_verifier() -> [u8; 32] {
    keccak256(&circuit(Shape::SMALL).runtime)
}

pub fn front_code(verifier: Address, hash: [u8; 32]) -> Vec<u8> {
    capped_front_code(Shape::SMALL, verifier, hash, 1_000_000)
}

pub fn capped_front_code(shape: Shape, verifier: Address, hash: [u8; 32], gas: u128) -> Vec<u8> {
    let arguments = Arguments::new()
        .address(&bytes(verifier))
        .word(hash)
        .bytes(circuit(shape).key.id().as_bytes())
        .number(shape.accounts() as u128)
        .number(shape.assets() as u128)
        .number(gas);
    code("src/CovenantVerifier.sol", "CovenantVerifier", &arguments)
}

pub fn circuit_hash() -> [u8; 32] {
    keccak256(circuit(Shape::SMALL).key.id().as_bytes())
}

impl World {
    pub fn new() -> Self {
        Self::of(Shape::SMALL, true)
    }

    /// With another circuit, or under Prague.
    pub fn of(shape: Shape, osaka: bool) -> Self {
        Self::on(Evm::new(osaka), shape)
    }

    /// On a chain on which nothing has happened yet.
    pub fn on(mut evm: Evm, shape: Shape) -> Self {
        evm.set_time(NOW);
        let made = circuit(shape);
        let proof_verifier = evm.deploy(&made.creation).unwrap();
        let hash = keccak256(&made.runtime);
        let front = capped_front_code(shape, proof_verifier, hash, 1_000_000);
        let front = evm.deploy(&front).unwrap();
        let mut keys: Vec<(SigningKey, Attester)> = [(1u8, 1), (2, 1), (3, 2), (4, 4 | 2), (5, 4)]
            .map(|(seed, roles)| {
                let key = SigningKey::from_slice(&[seed; 32]).unwrap();
                let point = key.verifying_key().to_encoded_point(false);
                let signer = keccak256(&point.as_bytes()[1..])[12..].try_into().unwrap();
                let attester = Attester {
                    signer,
                    identity: signer,
                    roles,
                };
                (key, attester)
            })
            .into();
        keys.sort_by_key(|(_, k)| k.identity);
        let claim = claim();
        let terms = Terms {
            subject: to_be_bytes(&claim.statement.subject().get()),
            policy: to_be_bytes(&claim.policy.digest()),
            min_ratio_bps: 12_000,
            circuits: Vec::new(),
            debt_sources: Vec::new(),
            min_public_debt: DEBT,
            beneficiary: bytes(BENEFICIARY),
            max_account_age: 7_200,
            max_window: 7_200,
            max_price_age: 1_800,
            max_lag: 0,
            coverage_seconds: 7_200,
            attester_quorum: 1,
            price_quorum: 2,
            attesters: keys.iter().map(|(_, k)| *k).collect(),
            feeds: Vec::new(),
            envelope: [0; 32],
            sequencer: NONE,
            sequencer_grace: 0,
            secured_party: [0; 32],
            wording: [0; 32],
            bond: 0,
            cure_seconds: 3_600,
            hook: NONE,
        };
        let router = router_code(evm.caller, &[front]);
        let router = evm.deploy(&router).unwrap();
        let mut world = Self {
            router,
            registry: Address::ZERO,
            shape,
            evm,
            proof_verifier,
            front,
            terms,
            facility: 0,
            keys,
        };
        world.registry = world.new_registry();
        world.facility = world.open(1);
        world
    }

    /// With the same router.
    pub fn new_registry(&mut self) -> Address {
        let code = registry_code(self.router);
        self.evm.deploy(&code).unwrap()
    }

    pub fn id_of(&self, salt: u8) -> u128 {
        let encoded = Arguments::new()
            .address(&bytes(self.evm.caller))
            .word([salt; 32])
            .encode();
        u128::from_be_bytes(keccak256(&encoded)[..16].try_into().unwrap())
    }

    /// Opens a facility with the present terms.
    pub fn open(&mut self, salt: u8) -> u128 {
        let outcome = self.open_with(salt);
        assert!(outcome.success, "{outcome:?}");
        self.id_of(salt)
    }

    pub fn open_with(&mut self, salt: u8) -> Outcome {
        let data = self.terms.open_calldata([salt; 32]);
        self.evm.call(self.registry, &data).unwrap()
    }

    pub fn binding(&self, facility: u128, epoch: u64) -> Binding {
        Binding {
            chain_id: 1,
            registry: bytes(self.registry),
            facility,
            epoch,
        }
    }

    /// What an honest subject submits for a facility at an epoch.
    pub fn submission(&self, facility: u128, epoch: u64) -> Submission {
        self.submission_of(self.binding(facility, epoch), DEBT)
    }

    pub fn submission_of(&self, binding: Binding, debt: u128) -> Submission {
        let (statement, proof) = proved(self.shape, binding.context().unwrap(), debt);
        self.attested(binding, statement, proof)
    }

    /// A proof with the attestations that its statement needs.
    pub fn attested(&self, binding: Binding, statement: Statement, proof: Vec<u8>) -> Submission {
        let kinds = statement.kinds().iter().enumerate();
        let mut submission = Submission {
            binding,
            version: VERSION,
            undertakings: Vec::new(),
            attestations: kinds
                .map(|(i, kind)| Attestation {
                    as_of: AS_OF,
                    valid_until: NOW + 5_000,
                    kind: u8::from(*kind == Kind::Liability),
                    account: [0x40 + i as u8; 32],
                    counterpart: [0; 32],
                    signed: Signatures::default(),
                })
                .collect(),
            prices: PriceWord {
                as_of: AS_OF,
                ..PriceWord::default()
            },
            statement,
            proof,
        };
        self.sign(&mut submission);
        submission
    }

    /// Every signature anew, by the first attesters that have the role.
    pub fn sign(&self, s: &mut Submission) {
        for i in 0..s.attestations.len() {
            let role = 1 << s.attestations[i].kind;
            let digest = account_digest(&s.statement, i, &s.attestations[i]);
            let quorum = self.terms.attester_quorum.into();
            s.attestations[i].signed = self.signatures(digest, role, quorum);
        }
        if self.terms.feeds.is_empty() {
            let digest = prices_digest(&s.statement, s.prices.as_of);
            s.prices.signed = self.signatures(digest, 4, self.terms.price_quorum.into());
        }
    }

    pub fn signatures(&self, digest: [u8; 32], role: u8, quorum: usize) -> Signatures {
        let mut signed = Signatures::default();
        let able = self.keys.iter().enumerate();
        for (i, (key, _)) in able.filter(|(_, (_, k))| k.roles & role != 0).take(quorum) {
            signed.attesters.push(i as u8);
            signed.signatures.push(signature(key, digest));
        }
        signed
    }

    /// A place of an attester with the role.
    pub fn place(&self, role: u8) -> u8 {
        let found = self.keys.iter().position(|(_, k)| k.roles & role != 0);
        found.unwrap() as u8
    }

    pub fn submit(&mut self, facility: u128, submission: &Submission) -> Outcome {
        let data = submission.calldata(facility, &self.terms);
        self.evm.call(self.registry, &data).unwrap()
    }

    pub fn call(&mut self, to: Address, signature: &str, arguments: Arguments) -> Outcome {
        self.evm.call(to, &arguments.call(signature)).unwrap()
    }

    /// Under the present terms.
    pub fn is_covered(&mut self, facility: u128) -> bool {
        let arguments = Arguments::new().number(facility).word(self.terms.hash());
        let outcome = self.call(self.registry, "isCovered(uint128,bytes32)", arguments);
        assert!(outcome.success);
        outcome.output[31] == 1
    }

    /// Every signature of a submission, in the registry's order.
    pub fn documents(&self, s: &Submission) -> Vec<Document> {
        let accounts = (s.attestations.iter().enumerate())
            .map(|(i, a)| (account_digest(&s.statement, i, a), &a.signed));
        let prices = prices_digest(&s.statement, s.prices.as_of);
        let words = accounts.chain([(prices, &s.prices.signed)]);
        words
            .flat_map(|(digest, signed)| {
                let places = signed.attesters.iter();
                places.map(move |place| Document {
                    signer: self.terms.attesters[usize::from(*place)].signer.into(),
                    digest: digest.into(),
                })
            })
            .collect()
    }

    pub fn basis(&self, s: &Submission) -> Basis {
        Basis {
            ratioBps: s.statement.ratio().bps(),
            kinds: s.statement.kinds_word(),
            pricesAsOf: s.prices.as_of,
            prices: prices_hash(&proved_prices(s)).into(),
            documents: documents_hash(&self.documents(s)).into(),
        }
    }

    /// What anybody sends who sees that these prices are outside, with nobody's signatures yet;
    /// `None` where they are inside.
    pub fn challenge(
        &self,
        s: &Submission,
        present: &[u128],
    ) -> Option<Result<Challenge<'_>, VectorError>> {
        let policy = claim().policy;
        let prices: Vec<Price> = (present.iter()).map(|p| Price::new(*p).unwrap()).collect();
        let standing = Envelope::of(&s.statement, &policy).at(&prices).unwrap();
        let Standing::Outside { vector } = standing else {
            return None;
        };
        let envelope = PolicyEnvelope::of(&policy);
        let proved = proved_prices(s);
        let owes = s.statement.kinds_word() != 0;
        let vector = envelope.vector(owes, &proved, present, &vector);
        Some(vector.map(|vector| Challenge {
            terms: &self.terms,
            basis: self.basis(s),
            proved,
            envelope,
            word: PriceWord::default(),
            present: present.to_vec(),
            vector,
        }))
    }

    /// The word of the terms' price signers on prices.
    pub fn signed_prices(&self, s: &Submission, as_of: u64, prices: &[u128]) -> PriceWord {
        let digest = listed_prices_digest(&s.statement, as_of, prices);
        PriceWord {
            rounds: Vec::new(),
            as_of,
            signed: self.signatures(digest, 4, self.terms.price_quorum.into()),
        }
    }

    /// What the beneficiary says, so that the pledges of the last proof may go.
    pub fn consent(&mut self, facility: u128) -> Outcome {
        let data = self.terms.consent_calldata(facility);
        self.by(BENEFICIARY, |w| w.evm.call(w.registry, &data).unwrap())
    }

    /// The owner's, which nothing but debt stands against.
    pub fn release(&mut self, facility: u128) -> Outcome {
        let release = Arguments::new().number(facility);
        self.call(self.registry, "release(uint128)", release)
    }

    /// With another sender.
    pub fn by<T>(&mut self, caller: Address, act: impl FnOnce(&mut Self) -> T) -> T {
        let own = std::mem::replace(&mut self.evm.caller, caller);
        let done = act(self);
        self.evm.caller = own;
        done
    }
}

/// Those of the statement, in digest order.
pub fn proved_prices(s: &Submission) -> Vec<u128> {
    s.statement.prices().iter().map(|p| p.get()).collect()
}

/// A router whose first versions are these fronts'.
pub fn router_code(admin: Address, fronts: &[Address]) -> Vec<u8> {
    let fronts: Vec<[u8; 32]> = (fronts.iter()).map(|front| front.into_word().0).collect();
    let arguments = Arguments::new()
        .address(&bytes(admin))
        .number(DELAY.into())
        .words(&fronts);
    code("src/CovenantRouter.sol", "CovenantRouter", &arguments)
}

pub fn registry_code(router: Address) -> Vec<u8> {
    let arguments = Arguments::new()
        .address(&bytes(router))
        .number(DELAY.into());
    code("src/CovenantRegistry.sol", "CovenantRegistry", &arguments)
}

pub fn signature(key: &SigningKey, digest: [u8; 32]) -> Vec<u8> {
    let (signature, id) = key.sign_prehash_recoverable(&digest).unwrap();
    let mut out = signature.to_vec();
    out.push(27 + id.to_byte());
    out
}

fn typed(struct_hash: [u8; 32]) -> [u8; 32] {
    let domain = Arguments::new()
        .word(keccak256(b"EIP712Domain(string name,string version)"))
        .word(keccak256(b"Covenant"))
        .word(keccak256(b"1"))
        .encode();
    keccak256(&[b"\x19\x01".as_slice(), &keccak256(&domain), &struct_hash].concat())
}

pub fn account_digest(s: &Statement, index: usize, a: &Attestation) -> [u8; 32] {
    let fields = Arguments::new()
        .word(keccak256(b"AccountAttestation(bytes32 commitment,bytes32 subject,uint64 asOf,uint64 validUntil,uint8 kind,bytes32 account,bytes32 counterpart)"))
        .element(&s.commitments()[index].0)
        .element(&s.subject().get())
        .number(a.as_of.into())
        .number(a.valid_until.into())
        .number(a.kind.into())
        .word(a.account)
        .word(a.counterpart);
    typed(keccak256(&fields.encode()))
}

pub fn prices_digest(s: &Statement, as_of: u64) -> [u8; 32] {
    let prices: Vec<u128> = s.prices().iter().map(|p| p.get()).collect();
    listed_prices_digest(s, as_of, &prices)
}

/// What a price signer signs, of whatever list of prices.
pub fn listed_prices_digest(s: &Statement, as_of: u64, prices: &[u128]) -> [u8; 32] {
    let prices: Vec<u8> = (prices.iter())
        .flat_map(|p| to_be_bytes(&Fr::from_u128(*p)))
        .collect();
    let fields = Arguments::new()
        .word(keccak256(
            b"PriceSnapshot(bytes32 policy,uint64 asOf,uint128[] prices)",
        ))
        .element(&s.policy())
        .number(as_of.into())
        .word(keccak256(&prices));
    typed(keccak256(&fields.encode()))
}

/// What the signer of a document signs to withdraw it.
pub fn revocation_digest(document: [u8; 32], at: u64) -> [u8; 32] {
    let fields = Arguments::new()
        .word(keccak256(b"Revocation(bytes32 document,uint64 at)"))
        .word(document)
        .number(at.into());
    typed(keccak256(&fields.encode()))
}

#[track_caller]
pub fn reverts(outcome: &Outcome, error: &str) {
    assert!(!outcome.success && !outcome.halted, "expected {error}");
    assert!(
        outcome.output.get(..4) == Some(&selector(error)),
        "expected {error}, got 0x{}",
        outcome
            .output
            .iter()
            .take(68)
            .map(|b| format!("{b:02x}"))
            .collect::<String>()
    );
}

/// Bytes of a hand-written contract's code.
pub fn runtime_length(contract: &str) -> usize {
    let file = format!("src/{contract}.sol");
    codes(&COMPILED, &file, contract).unwrap().1.len()
}
