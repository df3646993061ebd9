//! The generated verifiers: committed as generated, equal in verdict to the native one
//! (K3), and cheap to refuse.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod words;

use covenant_circuits::account::Kind;
use covenant_circuits::circuit::program::Capacity;
use covenant_circuits::field::Fr;
use covenant_circuits::ident::{Context, SubjectId, keccak256};
use covenant_circuits::many::ManyShape;
use covenant_circuits::numbers::{Price, Ratio, Value};
use covenant_circuits::policy::Policy;
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::{Statement, StatementParts, Window};
use covenant_contracts::{Evm, Outcome, codes, compile, folder, selector, sources};
use covenant_fixtures::Vectors;
use covenant_prover::keys::Keys;
use covenant_prover::prove::{Phase, prove};
use covenant_solidity::{ProofVerifier, SOLC_VERSION, export};
use covenant_verifier::key::{CircuitKey, ManyKey};
use covenant_verifier::verify::verify_statement;
use revm::primitives::Address;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use words::{P, R, minus, on_curve, plus};

struct Deployed {
    key: CircuitKey,
    verifier: ProofVerifier,
    policy: Policy,
    statement: Statement,
    proof: Vec<u8>,
    evm: Evm,
    address: Address,
}

impl Deployed {
    fn new(shape: Shape, osaka: bool) -> Self {
        let claim = covenant_fixtures::claim(&Vectors::load().list("cases")[0], 12_500);
        let keys = Keys::embedded(shape, None).unwrap();
        let key = CircuitKey::standard(shape).unwrap();
        let verifier = ProofVerifier::of(&key).unwrap();
        let compiled = compile(&verifier.standard_json()).unwrap();
        let (creation, _) = codes(&compiled, &verifier.file_name(), verifier.name()).unwrap();
        let proof = prove(
            &keys,
            &covenant_fixtures::satisfied(&claim),
            &mut |_: Phase| {},
        )
        .unwrap();
        let mut evm = Evm::new(osaka);
        let address = evm.deploy(&creation).unwrap();
        Self {
            key,
            verifier,
            policy: claim.policy,
            statement: claim.statement,
            proof,
            evm,
            address,
        }
    }

    fn public(&self) -> Vec<Fr> {
        self.statement.public_inputs(&self.key.shape()).unwrap()
    }

    fn calldata(&self) -> Vec<u8> {
        self.verifier.calldata(&self.public(), &self.proof)
    }

    /// Where the proof begins in the calldata.
    fn proof_at(&self) -> usize {
        4 + 32 * self.verifier.instances() + 64
    }

    fn call(&mut self, data: &[u8]) -> Outcome {
        let outcome = self.evm.call(self.address, data).unwrap();
        // Refusing never burns all gas, and success says so.
        assert!(!outcome.halted);
        let mut one = [0; 32];
        one[31] = 1;
        assert_eq!(outcome.success, outcome.output == one);
        outcome
    }

    /// The verdicts on a proof of the statement; equal.
    fn judge(&mut self, proof: &[u8]) -> Outcome {
        let native = verify_statement(&self.statement, proof, &self.key).is_ok();
        let data = self.verifier.calldata(&self.public(), proof);
        let outcome = self.call(&data);
        assert_eq!(native, outcome.success, "native and EVM disagree");
        outcome
    }

    fn is_point(&self, word: usize) -> bool {
        let words = self.proof.len() / 32;
        let evaluations = {
            let cs_points = self.points();
            2 * cs_points..words - 4
        };
        !evaluations.contains(&word)
    }

    /// Points before the evaluations: the words that are no pair on the curve end them.
    fn points(&self) -> usize {
        let pairs = self.proof.chunks_exact(64);
        pairs.take_while(|pair| on_curve(pair)).count()
    }
}

fn error(name: &str) -> Vec<u8> {
    selector(&format!("{name}()")).to_vec()
}

/// What `covenant-solidity` has compiled in: the generated files and the hashes of their code. (Sources:
/// `make contract-docs`.) After a change of the circuit or of a
/// contract: `COVENANT_WRITE_SOLIDITY=1 cargo test -p covenant-contracts k3_`.
#[test]
fn k3_generated_contracts_are_the_committed_ones() {
    let data = folder().join("../solidity/data");
    let mut files = Vec::new();
    let mut manifest = Vec::new();
    for shape in Shape::STANDARD {
        let key = CircuitKey::standard(shape).unwrap();
        let entry = generated(&key, &mut files);
        if std::env::var_os("COVENANT_WRITE_SOLIDITY").is_none() {
            let exported = export::files(&key).unwrap();
            let manifest = exported.iter().find(|(f, _)| f == "manifest.json").unwrap();
            assert!(manifest.1.contains(entry["code_hash"].as_str().unwrap()));
        }
        manifest.push(entry);
    }
    let many: Vec<Json> = (ManyShape::STANDARD.iter())
        .map(|shape| generated(&ManyKey::many(*shape).unwrap(), &mut files))
        .collect();
    let mut deployed = BTreeMap::new();
    let mut input = sources().unwrap();
    input["settings"]["outputSelection"] = json!({ "*": {
        "": ["ast"],
        "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode"],
    } });
    let compiled = compile(&input).unwrap();
    for (file, name) in [
        ("CovenantVerifier", "CovenantVerifier"),
        ("CovenantManyVerifier", "CovenantManyVerifier"),
        ("CovenantBatch", "CovenantBatch"),
        ("CovenantRegistry", "CovenantRegistry"),
        ("CovenantRouter", "CovenantRouter"),
        ("CovenantRules", "CovenantRules"),
        ("CovenantIdentities", "CovenantIdentities"),
        ("BackedToken", "BackedToken"),
        ("DebtSources", "TokenDebt"),
    ] {
        let file = format!("src/{file}.sol");
        let artifact = artifact(&compiled, &file, name);
        files.push((format!("{name}.json"), artifact));
        let contract = &compiled["contracts"][&file][name];
        deployed.insert(name, deployed_code(&compiled, contract));
    }
    files.push((
        "deployed.json".into(),
        serde_json::to_string_pretty(&deployed).unwrap() + "\n",
    ));
    let manifest = json!({
        "version": 1,
        "solc": SOLC_VERSION,
        "verifiers": manifest,
        "many": many,
    });
    files.push((
        "manifest.json".into(),
        serde_json::to_string_pretty(&manifest).unwrap() + "\n",
    ));
    for (name, content) in files {
        let path = data.join(name);
        if std::env::var_os("COVENANT_WRITE_SOLIDITY").is_some() {
            std::fs::write(&path, content).unwrap();
            continue;
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == content,
            "{} is of another circuit or contract: write it anew with COVENANT_WRITE_SOLIDITY=1",
            path.display()
        );
    }
}

/// The generated contract of a key and its artifact, as files, and its entry of the manifest.
fn generated<S: Capacity>(key: &CircuitKey<S>, files: &mut Vec<(String, String)>) -> Json {
    let shape = key.shape();
    let verifier = ProofVerifier::of(key).unwrap();
    assert_eq!(verifier, ProofVerifier::of(key).unwrap());
    let input = verifier.standard_json();
    let compiled = compile(&input).unwrap();
    let (_, runtime) = codes(&compiled, &verifier.file_name(), verifier.name()).unwrap();
    assert!(runtime.len() <= 24_576, "{shape}: {}", runtime.len());
    let contract = &compiled["contracts"][verifier.file_name()][verifier.name()];
    assert_eq!(contract["abi"], export::abi(&verifier));
    let hash: String = keccak256(&runtime)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    let code_hash = format!("0x{hash}");
    if std::env::var_os("COVENANT_WRITE_SOLIDITY").is_none() {
        let published = export::published_code_hash(key.id());
        assert_eq!(published.as_ref(), Some(&code_hash));
    }
    files.push((verifier.file_name(), verifier.source().to_owned()));
    let artifact = artifact(&compiled, &verifier.file_name(), verifier.name());
    files.push((format!("{}.json", verifier.name()), artifact));
    json!({
        "shape": shape.to_string(),
        "circuit": key.id(),
        "ceremony": key.ceremony(),
        "contract": verifier.name(),
        "code_hash": code_hash,
        "code_bytes": runtime.len(),
        "public_inputs": verifier.instances(),
        "proof_bytes": verifier.proof_length(),
    })
}

/// The code that a contract runs by, with zeros where its immutables are, and where those are by name.
fn deployed_code(compiled: &Json, contract: &Json) -> Json {
    let code = &contract["evm"]["deployedBytecode"];
    let references = code["immutableReferences"].as_object();
    let immutables: BTreeMap<String, Vec<u64>> = (references.into_iter().flatten())
        .map(|(id, places)| {
            let id = id.parse().unwrap();
            let mut sources = compiled["sources"].as_object().unwrap().values();
            let name = sources.find_map(|source| declared(&source["ast"], id));
            let places = places.as_array().unwrap().iter();
            let starts = places.map(|place| {
                assert_eq!(place["length"], 32);
                place["start"].as_u64().unwrap()
            });
            (name.unwrap(), starts.collect())
        })
        .collect();
    json!({
        "code": format!("0x{}", code["object"].as_str().unwrap()),
        "immutables": immutables,
    })
}

/// The name of what a source declares by a number.
fn declared(node: &Json, id: u64) -> Option<String> {
    if node["id"] == id && node["nodeType"] == "VariableDeclaration" {
        return Some(node["name"].as_str()?.to_owned());
    }
    match node {
        Json::Array(nodes) => nodes.iter().find_map(|node| declared(node, id)),
        Json::Object(fields) => fields.values().find_map(|node| declared(node, id)),
        _ => None,
    }
}

/// ABI and creation code of a contract, as `covenant export artifacts` hands them out.
fn artifact(compiled: &Json, file: &str, name: &str) -> String {
    let (creation, runtime) = codes(compiled, file, name).unwrap();
    assert!(runtime.len() <= 24_576, "{name}: {}", runtime.len());
    let hex: String = creation.iter().map(|b| format!("{b:02x}")).collect();
    let artifact = json!({
        "contract": name,
        "solc": SOLC_VERSION,
        "abi": compiled["contracts"][file][name]["abi"],
        "bytecode": format!("0x{hex}"),
    });
    serde_json::to_string_pretty(&artifact).unwrap() + "\n"
}

/// The optimizer's Yul step runs out of stack, with via-IR or without; via-IR alone compiles,
/// to code of another hash, which the front refuses.
#[test]
fn k3_other_settings_do_not_give_the_published_code() {
    let key = CircuitKey::standard(Shape::SMALL).unwrap();
    let verifier = ProofVerifier::of(&key).unwrap();
    for (via_ir, optimizer, compiles) in [
        (false, true, false),
        (true, true, false),
        (true, false, true),
    ] {
        let mut input = verifier.standard_json();
        input["settings"]["viaIR"] = json!(via_ir);
        input["settings"]["optimizer"] = json!({ "enabled": optimizer });
        match compile(&input) {
            Ok(compiled) => {
                assert!(compiles);
                let codes = codes(&compiled, &verifier.file_name(), verifier.name());
                let hash = keccak256(&codes.unwrap().1);
                let hex: String = hash.iter().map(|b| format!("{b:02x}")).collect();
                let published = export::published_code_hash(key.id()).unwrap();
                assert_ne!(published, format!("0x{hex}"));
            }
            Err(refused) => {
                assert!(
                    !compiles && refused.to_string().contains("too deep"),
                    "{refused}"
                );
            }
        }
    }
}

#[test]
fn real_proofs_of_every_standard_shape_are_accepted() {
    for shape in Shape::STANDARD {
        for osaka in [true, false] {
            let mut d = Deployed::new(shape, osaka);
            let data = d.calldata();
            let outcome = d.call(&data);
            assert!(outcome.success);
            println!(
                "{shape}, {}: {} gas, of which {} execution; {} bytes of calldata",
                if osaka { "Osaka" } else { "Prague" },
                outcome.gas,
                outcome.execution_gas,
                data.len()
            );
        }
    }
}

/// K3. Every word of the proof changed in several ways, and its length.
#[test]
fn k3_verdicts_agree_on_mutated_proofs() {
    let mut d = Deployed::new(Shape::SMALL, true);
    let proof = d.proof.clone();
    let accepted = d.judge(&proof);
    assert!(accepted.success);
    let (mut cases, mut dearest) = (0, 0);
    let mut refused = |d: &mut Deployed, mutated: &[u8]| {
        let outcome = d.judge(mutated);
        assert!(!outcome.success);
        // At most what accepting costs, and little where the input is malformed.
        assert!(outcome.execution_gas < accepted.execution_gas + 10_000);
        if outcome.output != error("ProofInvalid") {
            dearest = dearest.max(outcome.execution_gas);
        }
        cases += 1;
        outcome
    };
    for word in 0..proof.len() / 32 {
        let range = 32 * word..32 * word + 32;
        for bit in [0, 1, 7, 97, 128, 200, 253, 254, 255] {
            let mut mutated = proof.clone();
            mutated[range.start + 31 - bit / 8] ^= 1 << (bit % 8);
            refused(&mut d, &mutated);
        }
        let modulus = if d.is_point(word) { P } else { R };
        let mut aliased = proof.clone();
        while let Some(alias) = plus(&aliased[range.clone()], modulus) {
            aliased[range.clone()].copy_from_slice(&alias);
            let outcome = refused(&mut d, &aliased);
            assert_eq!(outcome.output, error("NotCanonical"));
        }
        for fill in [0, 0xff] {
            let mut mutated = proof.clone();
            mutated[range.clone()].fill(fill);
            refused(&mut d, &mutated);
        }
    }
    let points = d.points();
    let starts = (0..points)
        .map(|i| 64 * i)
        .chain([proof.len() - 128, proof.len() - 64]);
    for at in starts {
        let mut identity = proof.clone();
        identity[at..at + 64].fill(0);
        assert_eq!(refused(&mut d, &identity).output, error("NotCanonical"));
        let mut negated = proof.clone();
        let y = minus(P, &proof[at + 32..at + 64]);
        negated[at + 32..at + 64].copy_from_slice(&y);
        assert_eq!(refused(&mut d, &negated).output, error("ProofInvalid"));
        let mut generator = proof.clone();
        generator[at..at + 64].fill(0);
        generator[at + 31] = 1;
        generator[at + 63] = 2;
        assert_eq!(refused(&mut d, &generator).output, error("ProofInvalid"));
    }
    for cut in (1..=64).chain([128, 1_000, proof.len()]) {
        refused(&mut d, &proof[..proof.len() - cut]);
    }
    for more in 1..=64 {
        refused(&mut d, &[proof.as_slice(), &vec![0; more]].concat());
    }
    println!("{cases} cases; a malformed proof costs at most {dearest} gas of execution");
    assert!(cases > 1_000 && dearest < 10_000);
}

/// K1, K3. Public inputs, the ABI's offsets, bytes too few or too many.
#[test]
fn k1_calldata_is_exact_and_canonical() {
    let mut d = Deployed::new(Shape::SMALL, true);
    let data = d.calldata();
    let (instances, at) = (d.verifier.instances(), d.proof_at());
    let mut refused = |mutated: &[u8]| {
        let outcome = d.call(mutated);
        assert!(!outcome.success);
        outcome
    };
    for i in 0..instances {
        let range = 4 + 32 * i..36 + 32 * i;
        let mut aliased = data.clone();
        while let Some(alias) = plus(&aliased[range.clone()], R) {
            aliased[range.clone()].copy_from_slice(&alias);
            let outcome = refused(&aliased);
            assert_eq!(outcome.output, error("NotCanonical"));
            assert!(outcome.execution_gas < 10_000);
        }
        for bit in [0, 3, 64, 247] {
            let mut mutated = data.clone();
            mutated[range.start + 31 - bit / 8] ^= 1 << (bit % 8);
            assert_eq!(refused(&mutated).output, error("ProofInvalid"));
        }
    }
    // The proof's offset and length.
    for word in [at - 64, at - 32] {
        for byte in word..word + 32 {
            for bit in 0..8 {
                let mut mutated = data.clone();
                mutated[byte] ^= 1 << bit;
                assert!(refused(&mutated).execution_gas < 10_000);
            }
        }
    }
    // A shifted offset that still points at the same bytes.
    for shift in [32usize, 64, 320] {
        let mut shifted = data.clone();
        let offset = (at - 64 - 4 + 32 + shift) as u64;
        shifted[at - 40 - 16..at - 32 - 16].fill(0);
        shifted[at - 40..at - 32].copy_from_slice(&offset.to_be_bytes());
        let tail = shifted.split_off(at - 32);
        shifted.extend(vec![0; shift]);
        shifted.extend(tail);
        assert_eq!(refused(&shifted).output, error("WrongLength"));
    }
    for cut in [1, 4, 31, 32, 64, data.len() - 4, data.len()] {
        assert!(refused(&data[..data.len() - cut]).execution_gas < 10_000);
    }
    for more in [1, 31, 32, 64] {
        let longer = [data.as_slice(), &vec![0; more]].concat();
        assert_eq!(refused(&longer).output, error("WrongLength"));
    }
    let mut other = data.clone();
    other[0] ^= 1;
    refused(&other);
}

/// V6 on chain: another statement in any one field.
#[test]
fn k3_verdicts_agree_on_other_statements() {
    let mut d = Deployed::new(Shape::SMALL, true);
    let s = d.statement.clone();
    let parts = || StatementParts {
        subject: s.subject(),
        window: s.window(),
        public_debt: s.public_debt(),
        ratio: s.ratio(),
        context: s.context(),
        commitments: s.commitments().to_vec(),
        kinds: s.kinds().to_vec(),
        report: *s.report(),
        prices: s.prices().to_vec(),
    };
    let mut others = vec![
        StatementParts {
            subject: SubjectId::of("lei:OTHER").unwrap(),
            ..parts()
        },
        StatementParts {
            window: Window::new(s.window().from() + 1, s.window().to()).unwrap(),
            ..parts()
        },
        StatementParts {
            window: Window::new(s.window().from(), s.window().to() + 1).unwrap(),
            ..parts()
        },
        StatementParts {
            public_debt: Value::new(s.public_debt().get() + 1).unwrap(),
            ..parts()
        },
        StatementParts {
            ratio: Ratio::new(s.ratio().bps() - 1).unwrap(),
            ..parts()
        },
        StatementParts {
            context: Context::of("another"),
            ..parts()
        },
        StatementParts {
            commitments: s.commitments()[1..].to_vec(),
            kinds: s.kinds()[1..].to_vec(),
            ..parts()
        },
    ];
    for i in 0..s.prices().len() {
        let mut prices = s.prices().to_vec();
        prices[i] = Price::new(prices[i].get() + 1).unwrap();
        others.push(StatementParts { prices, ..parts() });
    }
    for i in 0..s.kinds().len() {
        let mut kinds = s.kinds().to_vec();
        kinds[i] = match kinds[i] {
            Kind::Collateral => Kind::Liability,
            Kind::Liability => Kind::Collateral,
        };
        others.push(StatementParts { kinds, ..parts() });
    }
    let proof = d.proof.clone();
    assert!(d.judge(&proof).success);
    for other in others {
        d.statement = Statement::new(&d.policy, other).unwrap();
        assert_eq!(d.judge(&proof).output, error("ProofInvalid"));
    }
}

/// V7. A proof of one circuit under another circuit's contract.
#[test]
fn v7_circuits_do_not_mix() {
    let small = Deployed::new(Shape::SMALL, true);
    let mut medium = Deployed::new(Shape::MEDIUM, true);
    let foreign = small.calldata();
    assert!(!medium.call(&foreign).success);
    assert!(!medium.judge(&small.proof.clone()).success);
}
