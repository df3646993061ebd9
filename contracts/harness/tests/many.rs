//! Ten claims in one proof, in an EVM: what they cover and what it costs, that one false of ten
//! covers nothing, and that nothing counts as proved but what a proof has proved in the same
//! transaction.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod world;

use covenant_circuits::account::{Kind, Opening, Position};
use covenant_circuits::ident::keccak256;
use covenant_circuits::many::{self, ManyShape, SatisfiedMany};
use covenant_circuits::numbers::{Amount, Value};
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::{Claim, ClaimParts, Statement, StatementParts};
use covenant_contracts::{Arguments, Evm, Outcome, codes, compile, folder};
use covenant_prover::keys::Keys;
use covenant_prover::prove::{Phase, prove_many};
use covenant_solidity::ProofVerifier;
use covenant_solidity::artifacts::GAS_CAP;
use covenant_solidity::registry::{
    Submission, Terms, batch_calldata, many_calldata, verify_many_calldata,
};
use covenant_verifier::key::ManyKey;
use covenant_verifier::verify::verify_many;
use rand_core::OsRng;
use revm::primitives::Address;
use serde_json::json;
use std::collections::BTreeMap;
use std::process::Command;
use std::sync::LazyLock;
use world::{AS_OF, DEBT, NOW, World, bytes, claim, code, reverts, router_code, runtime_length};

/// The number that the router gives the circuit of many claims.
const MANY: u8 = 2;
/// The most that a claim may cost, of the whole transaction that verifies ten.
const MOST_GAS: u64 = 75_000;
const SHAPE: ManyShape = ManyShape::SMALL;

const BEGIN: &str = "<!-- many -->\n";
const END: &str = "<!-- end of many -->\n";

/// Keys and the compiled verifier of a shape.
struct Made {
    keys: Keys<ManyShape>,
    verifier: ProofVerifier,
    creation: Vec<u8>,
    runtime: Vec<u8>,
}

impl Made {
    /// Of the circuit as it is built here, as [`world::circuit`].
    fn of(shape: ManyShape) -> Self {
        let keys = Keys::embedded(shape, None).unwrap();
        let key = ManyKey::aztec_ignition(shape, keys.verifying_key().clone()).unwrap();
        let verifier = ProofVerifier::of(&key).unwrap();
        let compiled = compile(&verifier.standard_json()).unwrap();
        let (creation, runtime) = codes(&compiled, &verifier.file_name(), verifier.name()).unwrap();
        Self {
            keys,
            verifier,
            creation,
            runtime,
        }
    }

    /// The typed front of a generated verifier.
    fn front_code(&self, generated: Address) -> Vec<u8> {
        let shape = self.keys.shape();
        let arguments = Arguments::new()
            .address(&bytes(generated))
            .word(keccak256(&self.runtime))
            .bytes(self.keys.circuit().as_bytes())
            .number(shape.claims() as u128)
            .number(shape.claim().accounts() as u128)
            .number(shape.claim().assets() as u128)
            .number(GAS_CAP.into());
        code(
            "src/CovenantManyVerifier.sol",
            "CovenantManyVerifier",
            &arguments,
        )
    }

    fn prove(&self, claims: Vec<Claim>) -> Vec<u8> {
        let claims = claims.iter().map(covenant_fixtures::satisfied);
        let many = SatisfiedMany::new(claims.collect(), self.keys.shape()).unwrap();
        prove_many(&self.keys, &many, &mut |_: Phase| {}).unwrap()
    }
}

static SMALL: LazyLock<Made> = LazyLock::new(|| Made::of(SHAPE));
static TEN: LazyLock<Ten> = LazyLock::new(Ten::new);

/// The contracts, and ten facilities with what is submitted for each: four accounts, of two
/// attesters.
struct Chain {
    w: World,
    generated: Address,
    front: Address,
    batch: Address,
    facilities: Vec<u128>,
}

impl Chain {
    fn new() -> Self {
        Self::on(Evm::new(true))
    }

    fn on(evm: Evm) -> Self {
        let mut w = World::on(evm, Shape::SMALL);
        let generated = w.evm.deploy(&SMALL.creation).unwrap();
        let front = w.evm.deploy(&SMALL.front_code(generated)).unwrap();
        let router = router_code(w.evm.caller, &[w.front, front]);
        w.router = w.evm.deploy(&router).unwrap();
        w.registry = w.new_registry();
        w.terms.price_quorum = 1;
        let batch = w.evm.deploy(&batch_code(front, w.registry)).unwrap();
        let facilities = (0..SHAPE.claims() as u8).map(|salt| w.open(salt)).collect();
        Self {
            w,
            generated,
            front,
            batch,
            facilities,
        }
    }

    fn submit(&mut self, proof: &[u8], submissions: &[Submission]) -> Outcome {
        let data = batch_calldata(proof, &self.renewals(submissions));
        self.w.evm.call(self.batch, &data).unwrap()
    }

    fn renewals<'a>(
        &'a self,
        submissions: &'a [Submission],
    ) -> Vec<(u128, &'a Terms, &'a Submission)> {
        let all = self.facilities.iter().zip(submissions);
        all.map(|(facility, s)| (*facility, &self.w.terms, s))
            .collect()
    }

    fn covered(&mut self) -> usize {
        let facilities = self.facilities.clone();
        facilities
            .into_iter()
            .filter(|f| self.w.is_covered(*f))
            .count()
    }
}

fn batch_code(front: Address, registry: Address) -> Vec<u8> {
    let arguments = Arguments::new()
        .address(&bytes(front))
        .address(&bytes(registry));
    code("src/CovenantBatch.sol", "CovenantBatch", &arguments)
}

/// Ten submissions and the one proof of all of them. Addresses are the same in every chain.
struct Ten {
    claims: Vec<Claim>,
    submissions: Vec<Submission>,
    proof: Vec<u8>,
}

impl Ten {
    fn new() -> Self {
        let chain = Chain::new();
        let w = &chain.w;
        let bindings: Vec<_> = chain.facilities.iter().map(|f| w.binding(*f, 0)).collect();
        let claims: Vec<Claim> = bindings
            .iter()
            .map(|binding| {
                let (vectors, context) = (claim(), binding.context().unwrap());
                let asset = "bip122:000000000019d6689c085ae165831e93/slip44:0";
                let fourth = vec![Position::new(asset, Amount::new(1_000).unwrap()).unwrap()];
                let subject = "lei:5493001KJTIIGC8Y1R12";
                let fourth = Opening::new(Kind::Collateral, subject, AS_OF, fourth, OsRng).unwrap();
                let parts = ClaimParts {
                    subject: vectors.statement.subject(),
                    window: vectors.statement.window(),
                    public_debt: Value::new(DEBT).unwrap(),
                    ratio: vectors.statement.ratio(),
                    context,
                    prices: vectors.statement.prices().to_vec(),
                };
                let openings = vectors.openings.into_iter().chain([fourth]).collect();
                Claim::new(vectors.policy, openings, parts).unwrap()
            })
            .collect();
        let statements: Vec<Statement> = claims.iter().map(|c| c.statement.clone()).collect();
        let proof = SMALL.prove(claims.clone());
        let submissions = (0u8..).zip(bindings).zip(statements);
        let submissions = submissions.map(|((n, binding), statement)| {
            let mut s = w.attested(binding, statement, Vec::new());
            s.version = MANY;
            for a in &mut s.attestations {
                a.account[31] = n;
            }
            w.sign(&mut s);
            s
        });
        let submissions = submissions.collect();
        Self {
            claims,
            submissions,
            proof,
        }
    }

    fn statements(&self) -> Vec<&Statement> {
        self.submissions.iter().map(|s| &s.statement).collect()
    }
}

/// The statement with another public debt.
fn with_debt(s: &Statement, debt: u128) -> Statement {
    let parts = StatementParts {
        subject: s.subject(),
        window: s.window(),
        public_debt: Value::new(debt).unwrap(),
        ratio: s.ratio(),
        context: s.context(),
        kinds: s.kinds().to_vec(),
        report: *s.report(),
        commitments: s.commitments().to_vec(),
        prices: s.prices().to_vec(),
    };
    Statement::new(&claim().policy, parts).unwrap()
}

#[test]
fn f4_ten_claims_in_one_proof_cover_ten_facilities() {
    let mut chain = Chain::new();
    let ten = &*TEN;
    let (inputs, statements) = (public(&ten.statements()), ten.statements());
    let generated = SMALL.verifier.calldata(&inputs, &ten.proof);
    let typed = verify_many_calldata(&statements, &ten.proof);
    let submitted = batch_calldata(&ten.proof, &chain.renewals(&ten.submissions));
    let front = SMALL.front_code(chain.generated);
    let batch = batch_code(chain.front, chain.w.registry);
    assert_eq!(chain.covered(), 0);
    let mut rows = Vec::new();
    for (name, to, data, creation, length) in [
        (
            "generated `verify`",
            chain.generated,
            generated,
            SMALL.creation.clone(),
            SMALL.runtime.len(),
        ),
        (
            "typed `verifyMany`",
            chain.front,
            typed,
            front,
            runtime_length("CovenantManyVerifier"),
        ),
        (
            "`CovenantBatch.submitMany`",
            chain.batch,
            submitted,
            batch,
            runtime_length("CovenantBatch"),
        ),
    ] {
        let (_, deployment) = chain.w.evm.deploy_measured(&creation).unwrap();
        let outcome = chain.w.evm.call(to, &data).unwrap();
        assert!(outcome.success, "{name}: {outcome:?}");
        let each = outcome.gas.div_ceil(SHAPE.claims() as u64);
        println!(
            "{name}: {} gas, {each} each, {} bytes",
            outcome.gas,
            data.len()
        );
        let verifies = name != "`CovenantBatch.submitMany`";
        assert!(!verifies || each <= MOST_GAS, "{name}: {each} each");
        let figures = [outcome.gas, each, outcome.execution_gas, data.len() as u64];
        let code = [length as u64, deployment];
        let figures = figures.into_iter().chain(code).map(|x| x.to_string());
        rows.push(
            [name.to_owned()]
                .into_iter()
                .chain(figures)
                .collect::<Vec<_>>(),
        );
    }
    assert_eq!(chain.covered(), 10);
    documented(&rows);
}

fn public(statements: &[&Statement]) -> Vec<covenant_circuits::field::Fr> {
    many::public_inputs(statements, SHAPE).unwrap()
}

/// docs/gas.md has these figures, within 1 %; COVENANT_WRITE_GAS=1 writes them.
fn documented(rows: &[Vec<String>]) {
    let path = folder().join("../docs/gas.md");
    let document = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = document.split_once(BEGIN).unwrap();
    let (table, after) = rest.split_once(END).unwrap();
    if std::env::var_os("COVENANT_WRITE_GAS").is_some() {
        let mut text = String::from(
            "| call | transaction gas | for each claim | execution gas | calldata bytes | code bytes | deployment gas |\n|---|---:|---:|---:|---:|---:|---:|\n",
        );
        for row in rows {
            text.push_str(&format!("| {} |\n", row.join(" | ")));
        }
        let written = format!("{before}{BEGIN}{text}{END}{after}");
        return std::fs::write(&path, written).unwrap();
    }
    let lines: Vec<&str> = table.lines().skip(2).collect();
    assert_eq!(lines.len(), rows.len());
    for (line, row) in lines.into_iter().zip(rows) {
        let cells: Vec<&str> = line
            .trim()
            .trim_matches('|')
            .split('|')
            .map(str::trim)
            .collect();
        assert_eq!(cells[0], row[0]);
        for (old, new) in cells[1..].iter().zip(&row[1..]) {
            let (x, y): (f64, f64) = (old.parse().unwrap(), new.parse().unwrap());
            assert!(
                (x - y).abs() / x <= 0.01,
                "{row:?}: documented {old}; COVENANT_WRITE_GAS=1 writes docs/gas.md anew"
            );
        }
    }
}

/// One false of ten, in every place: no facility is covered, and the other nine can be no part of
/// a proof that does not verify.
#[test]
fn f4_one_false_of_ten_covers_nothing() {
    let mut chain = Chain::new();
    let ten = &*TEN;
    let key = SMALL.keys.circuit_key();
    verify_many(&ten.statements(), &ten.proof, key).unwrap();
    for at in 0..SHAPE.claims() {
        let mut submissions = ten.submissions.clone();
        // A millionth of a dollar more than was proved; everything else of it would pass.
        submissions[at].statement = with_debt(&submissions[at].statement, DEBT + 1);
        chain.w.sign(&mut submissions[at]);
        let statements: Vec<&Statement> = submissions.iter().map(|s| &s.statement).collect();
        assert!(verify_many(&statements, &ten.proof, key).is_err());
        let data = SMALL.verifier.calldata(&public(&statements), &ten.proof);
        reverts(
            &chain.w.evm.call(chain.generated, &data).unwrap(),
            "ProofInvalid()",
        );
        let outcome = chain.submit(&ten.proof, &submissions);
        reverts(&outcome, "ProofRejected(bytes4)");
        assert_eq!(chain.covered(), 0, "claim {at}");
        // Nor is it taken beside the nine where the proof is of the ten that are true.
        let proved = verify_many_calldata(&ten.statements(), &ten.proof);
        let renewals = many_calldata(&chain.renewals(&submissions));
        let data = Arguments::new().bytes(&proved[4..]).bytes(&renewals[4..]);
        let outcome = chain.w.call(chain.batch, "submitMany(bytes,bytes)", data);
        reverts(&outcome, "NotProved(bytes32)");
        assert_eq!(chain.covered(), 0, "claim {at}");
    }
    // Exchanged statements, and one left out.
    let mut submissions = ten.submissions.clone();
    submissions.swap(3, 4);
    chain.facilities.swap(3, 4);
    reverts(
        &chain.submit(&ten.proof, &submissions),
        "ProofRejected(bytes4)",
    );
    chain.facilities.swap(3, 4);
    let nine = &ten.submissions[..9];
    reverts(&chain.submit(&ten.proof, nine), "ProofRejected(bytes4)");
    assert!(chain.submit(&ten.proof, &ten.submissions).success);
    assert_eq!(chain.covered(), 10);
}

/// Three statements in a circuit of ten: the third is proved eight times, and marked once.
#[test]
fn f4_fewer_statements_are_filled_up() {
    let mut chain = Chain::new();
    let three = &TEN.submissions[..3];
    let proof = SMALL.prove(TEN.claims[..3].to_vec());
    assert!(chain.submit(&proof, three).success);
    assert_eq!(chain.covered(), 3);
    // The last is no other than the one that was repeated.
    let mut chain = Chain::new();
    let four = &TEN.submissions[..4];
    reverts(&chain.submit(&proof, four), "ProofRejected(bytes4)");
    reverts(&chain.submit(&proof, &three[..2]), "ProofRejected(bytes4)");
    assert_eq!(chain.covered(), 0);
}

/// A statement counts as proved in the transaction in which this front verified a proof of it.
#[test]
fn f4_nothing_is_proved_but_by_a_proof_of_this_transaction() {
    let mut chain = Chain::new();
    let ten = &*TEN;
    let first = &ten.submissions[0];
    let facility = chain.facilities[0];
    // Without a proof, and after a transaction with one.
    reverts(&chain.w.submit(facility, first), "NotProved(bytes32)");
    let data = verify_many_calldata(&ten.statements(), &ten.proof);
    assert!(chain.w.evm.call(chain.front, &data).unwrap().success);
    reverts(&chain.w.submit(facility, first), "NotProved(bytes32)");
    // With a proof where none belongs.
    let mut s = first.clone();
    s.proof = ten.proof.clone();
    reverts(&chain.w.submit(facility, &s), "ProofNotEmpty(uint256)");
    // By another front of the same circuit, which is not the router's.
    let other = SMALL.front_code(chain.generated);
    let other = chain.w.evm.deploy(&other).unwrap();
    let batch = batch_code(other, chain.w.registry);
    let (front, own) = (chain.front, chain.batch);
    chain.batch = chain.w.evm.deploy(&batch).unwrap();
    reverts(
        &chain.submit(&ten.proof, &ten.submissions),
        "NotProved(bytes32)",
    );
    chain.batch = own;
    // As a proof of another circuit: a front has one key.
    let mut s = ten.submissions.clone();
    s[9].version = world::VERSION;
    reverts(&chain.submit(&ten.proof, &s), "ProofRejected(bytes4)");
    // No statement, and one more than the circuit has claims.
    for count in [0, 11] {
        let statements = vec![&first.statement; count];
        let data = verify_many_calldata(&statements, &ten.proof);
        let outcome = chain.w.evm.call(front, &data).unwrap();
        reverts(&outcome, "WrongStatements(uint256,uint256)");
    }
    // Each binding is one of a registry, a facility and an epoch: no second time.
    assert!(chain.submit(&ten.proof, &ten.submissions).success);
    reverts(
        &chain.submit(&ten.proof, &ten.submissions),
        "WrongEpoch(uint64,uint64)",
    );
    // A version that was frozen stops the batch, and what it covered.
    let freeze = Arguments::new().number(MANY.into());
    assert!(
        chain
            .w
            .call(chain.w.router, "freezeVersion(uint8)", freeze)
            .success
    );
    assert_eq!(chain.covered(), 0);
    reverts(
        &chain.submit(&ten.proof, &ten.submissions),
        "WrongEpoch(uint64,uint64)",
    );
}

/// The same transactions on anvil, of another implementation of the EVM: what ten claims cost, and that
/// one false of ten covers nothing.
#[test]
#[ignore = "needs anvil, of npm: make onchain-demo"]
fn f4_ten_claims_on_anvil() {
    let mut chain = Chain::on(Evm::recording(true));
    let ten = &*TEN;
    let mut names = BTreeMap::new();
    let mut call = |chain: &mut Chain, name: &'static str, to, data: &[u8]| {
        names.insert(chain.w.evm.sent().len(), name);
        chain.w.evm.call(to, data).unwrap()
    };
    let (generated, front, batch) = (chain.generated, chain.front, chain.batch);
    let data = SMALL
        .verifier
        .calldata(&public(&ten.statements()), &ten.proof);
    assert!(call(&mut chain, "generated verify", generated, &data).success);
    let data = verify_many_calldata(&ten.statements(), &ten.proof);
    assert!(call(&mut chain, "typed verifyMany", front, &data).success);
    let mut submissions = ten.submissions.clone();
    submissions[7].statement = with_debt(&submissions[7].statement, DEBT + 1);
    let data = batch_calldata(&ten.proof, &chain.renewals(&submissions));
    assert!(!call(&mut chain, "one false of ten", batch, &data).success);
    let data = batch_calldata(&ten.proof, &chain.renewals(&ten.submissions));
    assert!(call(&mut chain, "submitMany of ten", batch, &data).success);
    let hex = |bytes: &[u8]| {
        let digits = bytes.iter().map(|b| format!("{b:02x}"));
        format!("0x{}", digits.collect::<String>())
    };
    let sent = chain.w.evm.sent().iter().enumerate();
    let sent = sent.map(|(i, sent)| {
        json!({
            "name": names.get(&i),
            "to": sent.to.map(|to| hex(to.as_slice())),
            "data": hex(&sent.data),
            "reverts": !sent.success,
        })
    });
    let story = json!({
        "caller": hex(chain.w.evm.caller.as_slice()),
        "time": NOW,
        "claims": SHAPE.claims(),
        "transactions": sent.collect::<Vec<_>>(),
    });
    let path = folder().join("../target/many-claims.json");
    std::fs::write(&path, story.to_string()).unwrap();
    let mut node = Command::new("node");
    let node = node
        .args(["dapp/many.mjs"])
        .arg(&path)
        .current_dir(folder());
    assert!(node.status().unwrap().success());
}

/// Of contracts that are not there, a batch is not made.
#[test]
fn f4_a_batch_needs_its_contracts() {
    let mut chain = Chain::new();
    let nobody = Address::with_last_byte(9);
    for (front, registry) in [(nobody, chain.w.registry), (chain.front, nobody)] {
        let code = batch_code(front, registry);
        assert!(chain.w.evm.deploy(&code).is_err());
    }
}
