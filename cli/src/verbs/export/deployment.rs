//! Whether a registry, and all that it rests on, is what was published: its own parts, its router, and
//! the front and the generated verifier of every version.

use crate::codes::Code;
use crate::contracts::{by_hash, chain, named_block};
use crate::outcome::Failure;
use crate::rpc::{Node, hex};
use crate::text;
use covenant_circuits::ident::keccak256;
use covenant_circuits::shape::Shape;
use covenant_solidity::ProofVerifier;
use covenant_solidity::artifacts::GAS_CAP;
use covenant_solidity::deployed::{Contract, Immutables, front_selector};
use covenant_solidity::export::published_code_hash;
use covenant_solidity::registry::{Answer, Call, Version as RouterVersion};
use covenant_verifier::key::CircuitKey;
use covenant_verifier::signed::Block;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use std::fmt::Display;

/// Whether a registry is the published one, with all that it rests on.
#[derive(Serialize, JsonSchema)]
pub(crate) struct RegistryOutput {
    /// `false` with exit code 1.
    same: bool,
    /// Why not, for programs: see docs/errors.md.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code>,
    /// EIP-155 id of the node's chain.
    chain_id: u64,
    /// Number of the block at which all was read.
    block_number: u64,
    /// Its hash, 0x-hex.
    block_hash: String,
    /// The registry, what it deployed, and its router.
    contracts: Vec<Part>,
    /// Seconds that weaker terms wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    terms_delay: Option<u64>,
    /// Seconds that new versions wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    versions_delay: Option<u64>,
    /// The router's versions.
    versions: Vec<Version>,
}

impl RegistryOutput {
    /// Why it is not the published one.
    pub(super) fn code(&self) -> Option<Code> {
        self.code
    }
}

/// A contract.
#[derive(Serialize, JsonSchema)]
struct Part {
    /// Its name in the source.
    name: &'static str,
    /// Where it is, 0x-hex.
    address: String,
    /// What differs; absent where it is the published one.
    #[serde(skip_serializing_if = "Option::is_none")]
    differs: Option<String>,
}

/// A version of the router.
#[derive(Serialize, JsonSchema)]
struct Version {
    /// Its number, for `export calldata --version`.
    version: u8,
    /// The front's address, 0x-hex.
    front: String,
    /// The generated verifier's address, 0x-hex; absent where the front is another contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    proof_verifier: Option<String>,
    /// The circuit's id; absent where none that is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    circuit: Option<String>,
    /// Unix seconds from which its proofs count.
    from: u64,
    /// Whether its proofs count no more.
    frozen: bool,
    /// What differs; absent where front and verifier are the published ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    differs: Option<String>,
}

/// A front that may be met: of a standard shape.
struct Standard {
    circuit: String,
    shape: Shape,
    code_hash: String,
    selector: [u8; 32],
}

/// A chain at one block.
struct Chain {
    node: Node,
    block: Block,
}

type Address = [u8; 20];

/// Looks at a registry at the newest finalized block, or the one with that number.
pub(super) fn check(
    node: Node,
    registry: Address,
    number: Option<u64>,
) -> Result<(String, RegistryOutput), Failure> {
    let chain_id = chain(&node)?;
    let name = number.map_or("finalized".into(), |number| format!("{number:#x}"));
    let (block, _) = named_block(&node, &name, number)?;
    let chain = Chain { node, block };
    let mut output = RegistryOutput {
        same: true,
        code: None,
        chain_id,
        block_number: block.number,
        block_hash: block.hash.to_string(),
        contracts: Vec::new(),
        terms_delay: None,
        versions_delay: None,
        versions: Vec::new(),
    };
    let mut add = |contract, address| chain.part(contract, address, &mut output.contracts);
    let missing = chain.code(&registry)?.is_empty();
    if let Some(found) = add(Contract::Registry, registry)? {
        output.terms_delay = number_of(&found, "delay");
        add(Contract::Rules, address_of(&found, "rules"))?;
        let identities = address_of(&found, "identities");
        let named = add(Contract::Identities, identities)?;
        if let Some(named) = named.filter(|named| address_of(named, "registry") != registry) {
            let other = hex(&address_of(&named, "registry"));
            let differs = format!("it is of another registry, {other}");
            if let Some(last) = output.contracts.last_mut() {
                last.differs = Some(differs);
            }
        }
        let router = address_of(&found, "router");
        let mut add = |contract, address| chain.part(contract, address, &mut output.contracts);
        if let Some(found) = add(Contract::Router, router)? {
            output.versions_delay = number_of(&found, "delay");
            output.versions = chain.versions(&router)?;
        }
    }
    let parts = output.contracts.iter().filter_map(|p| p.differs.as_ref());
    let versions = output.versions.iter().filter_map(|v| v.differs.as_ref());
    output.same = parts.chain(versions).next().is_none() && !output.versions.is_empty();
    output.code = match (output.same, missing) {
        (true, _) => None,
        (false, true) => Some(Code::NothingDeployed),
        (false, false) => Some(Code::OtherDeployed),
    };
    Ok((words(&output, &registry), output))
}

impl Chain {
    fn code(&self, address: &Address) -> Result<Vec<u8>, Failure> {
        let params = json!([hex(address), by_hash(&self.block)]);
        self.node.bytes("eth_getCode", params)
    }

    /// What the router returned.
    fn call(&self, to: &Address, call: Call) -> Result<Vec<u8>, Failure> {
        let call = json!({ "to": hex(to), "data": hex(&call.calldata()) });
        self.node
            .bytes("eth_call", json!([call, by_hash(&self.block)]))
    }

    /// It is no answer of the function.
    fn wrong(&self, to: &Address, e: impl Display) -> Failure {
        self.node.failed(format!("{}: {e}", hex(to)))
    }

    /// Adds a contract; its immutables where it is the published one.
    fn part(
        &self,
        contract: Contract,
        address: Address,
        parts: &mut Vec<Part>,
    ) -> Result<Option<Immutables>, Failure> {
        let (found, differs) = self.immutables(contract, &address)?;
        parts.push(Part {
            name: contract.name(),
            address: hex(&address),
            differs,
        });
        Ok(found)
    }

    fn immutables(
        &self,
        contract: Contract,
        address: &Address,
    ) -> Result<(Option<Immutables>, Option<String>), Failure> {
        let code = self.code(address)?;
        let found = contract.immutables(&code);
        let differs = match (&found, code.is_empty()) {
            (Some(_), _) => None,
            (None, true) => Some("there is no code".into()),
            (None, false) => Some(format!(
                "expected the published code of {}, got another, whose keccak256 is {}",
                contract.name(),
                hex(&keccak256(&code))
            )),
        };
        Ok((found, differs))
    }

    fn versions(&self, router: &Address) -> Result<Vec<Version>, Failure> {
        let count = Call::VersionCount;
        let returned = self.call(router, count)?;
        let count = count.number(&returned).map_err(|e| self.wrong(router, e))?;
        let expected = "versionCount: expected a number below 256, got a greater one";
        let count = u8::try_from(count).map_err(|_| self.wrong(router, expected))?;
        let standard = standard()?;
        let one = |number| self.version(router, number, &standard);
        (1..=count).map(one).collect()
    }

    fn version(
        &self,
        router: &Address,
        number: u8,
        standard: &[Standard],
    ) -> Result<Version, Failure> {
        let returned = self.call(router, Call::Versions(number))?;
        let found = RouterVersion::read(&returned).map_err(|e| self.wrong(router, e))?;
        let mut version = Version {
            version: number,
            front: hex(&found.front),
            proof_verifier: None,
            circuit: None,
            from: found.from,
            frozen: found.frozen,
            differs: None,
        };
        let (front, differs) = self.immutables(Contract::Front, &found.front)?;
        version.differs = differs;
        let Some(front) = front else {
            return Ok(version);
        };
        let verifier = address_of(&front, "proofVerifier");
        version.proof_verifier = Some(hex(&verifier));
        let word = |name: &str| front.get(name).copied().unwrap_or_default();
        let circuit = word("circuit");
        let known = standard
            .iter()
            .find(|s| keccak256(s.circuit.as_bytes()) == circuit);
        let Some(known) = known else {
            let other = hex(&circuit);
            version.differs = Some(format!("no published circuit's id has the hash {other}"));
            return Ok(version);
        };
        version.circuit = Some(known.circuit.clone());
        let (accounts, assets) = (known.shape.accounts() as u64, known.shape.assets() as u64);
        let fits = number_of(&front, "accounts") == Some(accounts)
            && number_of(&front, "assets") == Some(assets)
            && word("_selector") == known.selector
            && number_of(&front, "gasCap").is_none_or(|cap| cap >= GAS_CAP);
        let code = hex(&keccak256(&self.code(&verifier)?));
        version.differs = if !fits {
            Some(
                "the front has other slots, another call or less gas than the circuit needs".into(),
            )
        } else if hex(&word("codeHash")) != known.code_hash || code != known.code_hash {
            Some(format!(
                "expected a generated verifier with the code hash {}, got {code}",
                known.code_hash
            ))
        } else {
            None
        };
        Ok(version)
    }
}

fn standard() -> Result<Vec<Standard>, Failure> {
    let one = |shape| {
        let key = CircuitKey::standard(shape).map_err(Failure::of)?;
        let verifier = ProofVerifier::of(&key).map_err(Failure::of)?;
        Ok(Standard {
            circuit: key.id().into(),
            shape,
            code_hash: published_code_hash(key.id()).unwrap_or_default(),
            selector: front_selector(&verifier),
        })
    };
    Shape::STANDARD.into_iter().map(one).collect()
}

/// The address of an immutable; that of nobody, where it is none.
fn address_of(found: &Immutables, name: &str) -> Address {
    let word = found.get(name).copied().unwrap_or_default();
    match word {
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, address @ ..] => address,
        _ => [0; 20],
    }
}

/// The number of an immutable, below 2^64.
fn number_of(found: &Immutables, name: &str) -> Option<u64> {
    let word = found.get(name)?;
    let (high, low) = word.split_at(24);
    let small = high.iter().all(|byte| *byte == 0);
    Some(u64::from_be_bytes(low.try_into().ok()?)).filter(|_| small)
}

fn words(output: &RegistryOutput, registry: &Address) -> String {
    let (address, block) = (hex(registry), output.block_number);
    let mut lines = vec![match output.same {
        true => format!("the registry {address} is the published one, at block {block}"),
        false => format!("NOT the published registry: {address}, at block {block}"),
    }];
    for part in &output.contracts {
        let said = part.differs.as_deref().unwrap_or("the published code");
        lines.push(format!("{} {}: {said}", part.name, part.address));
    }
    for version in &output.versions {
        let circuit = version.circuit.as_deref().unwrap_or("no known circuit");
        let state = match version.frozen {
            true => "frozen".into(),
            false => format!("counts from {}", text::date(version.from)),
        };
        let said = version.differs.as_deref().unwrap_or("as published");
        lines.push(format!(
            "version {}: {circuit}, {state}, front {}: {said}",
            version.version, version.front
        ));
    }
    if output.same {
        lines.push(
            "not shown: what the deploying transactions wrote to storage; addresses derived from the creation code (CREATE2) do"
                .into(),
        );
    }
    lines.join("\n")
}
