//! Compiles contracts with the pinned solc of npm and runs them on revm: for tests and
//! benches, never for a relying party.

mod arguments;

pub use arguments::{Arguments, selector};

use revm::context::{BlockEnv, CfgEnv, TxEnv};
use revm::context_interface::result::{ExecutionResult, Output};
use revm::database::{CacheDB, EmptyDB};
use revm::handler::{MainnetContext, MainnetEvm};
use revm::primitives::{Address, Bytes, TxKind, U256, hardfork::SpecId};
use revm::{Context, ExecuteCommitEvm, MainBuilder, MainContext};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

/// Compiling or running failed, for another reason than the contract's own.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HarnessError {
    /// node, npm or solc did not run.
    #[error("{command}: {reason}")]
    Command {
        /// What was run.
        command: &'static str,
        /// What it said.
        reason: String,
    },
    /// solc refused the source.
    #[error("solc: {0}")]
    Source(String),
    /// The output lacks what was requested.
    #[error("solc's output has no {0}")]
    Missing(String),
    /// The EVM refused the transaction.
    #[error("transaction: {0}")]
    Transaction(String),
}

/// The folder of the contracts.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(Path::to_path_buf)
        .unwrap_or_default()
}

/// Tests run side by side; one of them installs.
static INSTALL: Mutex<()> = Mutex::new(());

/// Installs the locked npm packages where they are missing.
fn install() -> Result<(), HarnessError> {
    let failed = |reason| HarnessError::Command {
        command: "npm ci",
        reason,
    };
    let _one = INSTALL.lock().map_err(|e| failed(e.to_string()))?;
    let folder = folder();
    if folder.join("node_modules/solc/package.json").exists() {
        return Ok(());
    }
    let output = Command::new("npm")
        .args([
            "ci",
            "--omit=optional",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ])
        .current_dir(&folder)
        .output()
        .map_err(|e| failed(e.to_string()))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(failed(String::from_utf8_lossy(&output.stderr).into())),
    }
}

/// Compiles standard JSON. Installs the locked npm packages first where they are missing.
pub fn compile(input: &Value) -> Result<Value, HarnessError> {
    install()?;
    let failed = |e: std::io::Error| HarnessError::Command {
        command: "node solc.mjs",
        reason: e.to_string(),
    };
    let mut node = Command::new("node")
        .arg("solc.mjs")
        .current_dir(folder())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    if let Some(stdin) = node.stdin.as_mut() {
        stdin
            .write_all(input.to_string().as_bytes())
            .map_err(failed)?;
    }
    let output = node.wait_with_output().map_err(failed)?;
    let compiled: Value =
        serde_json::from_slice(&output.stdout).map_err(|e| HarnessError::Command {
            command: "node solc.mjs",
            reason: e.to_string(),
        })?;
    let errors: Vec<&str> = compiled
        .get("errors")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter(|e| e.get("severity").is_some_and(|s| s == "error"))
        .filter_map(|e| e.get("formattedMessage").and_then(Value::as_str))
        .collect();
    match errors.is_empty() {
        true => Ok(compiled),
        false => Err(HarnessError::Source(errors.join("\n"))),
    }
}

/// Standard JSON of the hand-written contracts and of what their tests put around them.
pub fn sources() -> Result<Value, HarnessError> {
    let mut sources = serde_json::Map::new();
    for part in ["src", "test"] {
        let failed = |e: std::io::Error| HarnessError::Missing(format!("{part}: {e}"));
        for entry in std::fs::read_dir(folder().join(part)).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name = path
                .file_name()
                .and_then(|n| n.to_str())
                .unwrap_or_default();
            if name.ends_with(".sol") && !name.ends_with(".t.sol") {
                let content = std::fs::read_to_string(&path).map_err(failed)?;
                sources.insert(format!("{part}/{name}"), json!({ "content": content }));
            }
        }
    }
    Ok(json!({
        "language": "Solidity",
        "sources": sources,
        "settings": {
            "evmVersion": "cancun",
            "viaIR": true,
            "optimizer": { "enabled": true, "runs": 200 },
            "metadata": { "appendCBOR": false, "bytecodeHash": "none" },
            "outputSelection": { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] } },
        },
    }))
}

/// The creation code and the runtime code of a contract in solc's output.
pub fn codes(
    compiled: &Value,
    file: &str,
    contract: &str,
) -> Result<(Vec<u8>, Vec<u8>), HarnessError> {
    let contracts = compiled.get("contracts").and_then(|c| c.get(file));
    let evm = contracts.and_then(|c| c.get(contract)?.get("evm"));
    let code = |part: &str| {
        evm.and_then(|e| e.get(part)?.get("object")?.as_str())
            .and_then(unhex)
            .filter(|code| !code.is_empty())
            .ok_or_else(|| HarnessError::Missing(format!("{part} of {contract}")))
    };
    Ok((code("bytecode")?, code("deployedBytecode")?))
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    (0..text.len())
        .step_by(2)
        .map(|i| {
            text.get(i..i + 2)
                .and_then(|b| u8::from_str_radix(b, 16).ok())
        })
        .collect()
}

/// How a call ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// Whether it returned.
    pub success: bool,
    /// What it returned, or the error it reverted with.
    pub output: Vec<u8>,
    /// Gas of the whole transaction, with its calldata.
    pub gas: u64,
    /// Gas of execution alone: without the 21,000 and the calldata.
    pub execution_gas: u64,
    /// Whether all gas was burnt.
    pub halted: bool,
    /// The events, in order.
    pub logs: Vec<Logged>,
}

/// An event of a contract.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Logged {
    /// The contract's.
    pub address: Address,
    /// The first is the event's, the others are indexed.
    pub topics: Vec<[u8; 32]>,
    /// What is not indexed.
    pub data: Vec<u8>,
}

/// A transaction as it was sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sent {
    /// `None` where it deployed a contract.
    pub to: Option<Address>,
    /// Calldata, or creation code.
    pub data: Vec<u8>,
    /// Whether it returned.
    pub success: bool,
}

/// An EVM in memory.
pub struct Evm {
    evm: MainnetEvm<MainnetContext<CacheDB<EmptyDB>>>,
    sent: Option<Vec<Sent>>,
    /// Who sends the transactions.
    pub caller: Address,
    chain_id: u64,
}

impl std::fmt::Debug for Evm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Evm").finish_non_exhaustive()
    }
}

/// Gas of a transaction that is given no other limit: below Osaka's cap of 2^24.
pub const GAS_LIMIT: u64 = 16_000_000;

impl Evm {
    /// An empty chain under the rules of Osaka or Prague.
    pub fn new(osaka: bool) -> Self {
        let spec = match osaka {
            true => SpecId::OSAKA,
            false => SpecId::PRAGUE,
        };
        let context: Context<BlockEnv, TxEnv, CfgEnv, _, _, _> = Context::mainnet()
            .with_db(CacheDB::new(EmptyDB::default()))
            .modify_cfg_chained(|cfg| {
                cfg.set_spec_and_mainnet_gas_params(spec);
                cfg.disable_nonce_check = true;
            });
        Self {
            evm: context.build_mainnet(),
            sent: None,
            caller: Address::with_last_byte(0xca),
            chain_id: 1,
        }
    }

    /// The same, which keeps every transaction: for whoever sends them to another chain.
    pub fn recording(osaka: bool) -> Self {
        Self {
            sent: Some(Vec::new()),
            ..Self::new(osaka)
        }
    }

    /// The transactions so far, where it keeps them.
    pub fn sent(&self) -> &[Sent] {
        self.sent.as_deref().unwrap_or_default()
    }

    /// Sets the time of the next blocks, in Unix seconds.
    pub fn set_time(&mut self, now: u64) {
        self.evm
            .ctx
            .modify_block(|block| block.timestamp = U256::from(now));
    }

    /// Makes it another chain.
    pub fn set_chain(&mut self, id: u64) {
        self.evm.ctx.modify_cfg(|cfg| cfg.chain_id = id);
        self.chain_id = id;
    }

    /// Lifts the limits on code that a chain has: to measure what could not be deployed.
    pub fn lift_code_limits(&mut self) {
        self.evm.ctx.modify_cfg(|cfg| {
            cfg.limit_contract_code_size = Some(usize::MAX);
            cfg.limit_contract_initcode_size = Some(usize::MAX);
        });
    }

    /// Deploys a contract.
    pub fn deploy(&mut self, code: &[u8]) -> Result<Address, HarnessError> {
        self.deploy_measured(code).map(|(address, _)| address)
    }

    /// Deploys a contract; its address and the gas of the transaction.
    pub fn deploy_measured(&mut self, code: &[u8]) -> Result<(Address, u64), HarnessError> {
        let result = self.transact(TxKind::Create, code, GAS_LIMIT)?;
        let gas = result.tx_gas_used();
        match result {
            ExecutionResult::Success {
                output: Output::Create(_, Some(address)),
                ..
            } => Ok((address, gas)),
            other => Err(HarnessError::Transaction(format!("{other:?}"))),
        }
    }

    /// Calls a contract.
    pub fn call(&mut self, to: Address, data: &[u8]) -> Result<Outcome, HarnessError> {
        self.call_with_gas(to, data, GAS_LIMIT)
    }

    /// Calls a contract with so much gas for the whole transaction.
    pub fn call_with_gas(
        &mut self,
        to: Address,
        data: &[u8],
        limit: u64,
    ) -> Result<Outcome, HarnessError> {
        let result = self.transact(TxKind::Call(to), data, limit)?;
        let intrinsic: u64 = 21_000
            + data
                .iter()
                .map(|b| if *b == 0 { 4u64 } else { 16 })
                .sum::<u64>();
        let spent = result.gas().total_gas_spent();
        Ok(Outcome {
            success: result.is_success(),
            gas: result.tx_gas_used(),
            execution_gas: spent.saturating_sub(intrinsic),
            halted: result.is_halt(),
            logs: (result.clone().into_logs().into_iter())
                .map(|log| Logged {
                    address: log.address,
                    topics: log.topics().iter().map(|topic| topic.0).collect(),
                    data: log.data.data.to_vec(),
                })
                .collect(),
            output: result.into_output().unwrap_or_default().to_vec(),
        })
    }

    fn transact(
        &mut self,
        kind: TxKind,
        data: &[u8],
        limit: u64,
    ) -> Result<ExecutionResult, HarnessError> {
        let failed = |e: String| HarnessError::Transaction(e);
        let tx = TxEnv::builder()
            .caller(self.caller)
            .kind(kind)
            .gas_limit(limit)
            .gas_price(0)
            .chain_id(Some(self.chain_id))
            .data(Bytes::copy_from_slice(data))
            .build()
            .map_err(|e| failed(format!("{e:?}")))?;
        let result = self
            .evm
            .transact_commit(tx)
            .map_err(|e| failed(format!("{e:?}")))?;
        if let Some(sent) = &mut self.sent {
            sent.push(Sent {
                to: kind.into_to(),
                data: data.to_vec(),
                success: result.is_success(),
            });
        }
        Ok(result)
    }
}
