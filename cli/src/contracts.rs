//! Contracts that signed (ERC-1271) are queried at one block of each chain: the newest finalized
//! one, or one that is named. The answers are recorded with the block's number and hash.

use crate::codes::Code;
use crate::outcome::Failure;
use crate::rpc::{Node, hex, unhex};
use clap::Args;
use covenant_circuits::ident::Hash;
use covenant_verifier::signed::{Answer, Answers, Block, Question};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Which nodes to query, and at which block.
#[derive(Args, Default, Debug)]
pub(crate) struct QueryArgs {
    /// A node's JSON-RPC, http:// only, through which contracts are queried whether they signed; for several
    /// chains, several times
    #[arg(long, value_name = "URL")]
    rpc: Vec<String>,
    /// The block at which they are queried, by its number; with one --rpc [default: the newest that
    /// is finalized]
    #[arg(long, value_name = "N", requires = "rpc")]
    block: Option<u64>,
}

/// A node, and the block of its chain at which it is queried.
struct At {
    node: Node,
    block: Block,
}

impl QueryArgs {
    /// Whether there is a node to query.
    pub(crate) fn any(&self) -> bool {
        !self.rpc.is_empty()
    }

    /// Whether a block is named.
    pub(crate) fn names_block(&self) -> bool {
        self.block.is_some()
    }

    /// Puts every question, each with the place of its signature.
    pub(crate) fn run(&self, questions: Vec<(String, Question)>) -> Result<Answers, Failure> {
        if self.block.is_some() && self.rpc.len() > 1 {
            let said = "--block: expected with one --rpc, as every chain has blocks of its own";
            return Err(Failure::new(Code::Usage, said));
        }
        let mut nodes = self.nodes()?;
        let (mut queried, mut answers) = (BTreeMap::new(), Answers::none());
        for (place, question) in questions {
            let chain = question.contract.chain();
            if let Some(node) = nodes.remove(&chain) {
                let block = block(&node, self.block)?;
                queried.insert(chain, At { node, block });
            }
            let Some(at) = queried.get(&chain) else {
                return Err(no_node(
                    &place,
                    &question,
                    nodes.keys().chain(queried.keys()),
                ));
            };
            let answer = at.query(&question)?;
            answers.record(question, answer);
        }
        Ok(answers)
    }

    /// The only node that is named, with the number of the block that is.
    pub(crate) fn only(&self) -> Result<(Node, Option<u64>), Failure> {
        match &self.rpc[..] {
            [url] => Ok((Node::new(url)?, self.block)),
            other => {
                let said = format!("--rpc: expected one node, got {}", other.len());
                Err(Failure::new(Code::Usage, said))
            }
        }
    }

    /// By the chains that they are of.
    fn nodes(&self) -> Result<BTreeMap<u64, Node>, Failure> {
        let mut nodes = BTreeMap::new();
        for url in &self.rpc {
            let node = Node::new(url)?;
            let chain = chain(&node)?;
            if nodes.insert(chain, node).is_some() {
                let said = format!("--rpc: expected one node for a chain, got two of {chain}");
                return Err(Failure::new(Code::Usage, said));
            }
        }
        Ok(nodes)
    }
}

fn no_node<'a>(place: &str, question: &Question, chains: impl Iterator<Item = &'a u64>) -> Failure {
    let contract = question.contract;
    let expected = format!("a node of the chain {}", contract.chain());
    let chains: Vec<String> = chains.map(u64::to_string).collect();
    let got = format!("of {}", chains.join(", "));
    let said = format!("{place}: expected {expected}, with --rpc, to query {contract}, got {got}");
    Failure::new(Code::ContractNotQueried, said).differs(place, expected, got)
}

/// The chain that a node says it is of.
pub(crate) fn chain(node: &Node) -> Result<u64, Failure> {
    let chain = node.call("eth_chainId", json!([]))?;
    quantity(&chain).ok_or_else(|| {
        node.failed("eth_chainId: expected a number below 2^64 as 0x-hex, got another")
    })
}

/// The block with that number, or the newest that is finalized.
fn block(node: &Node, number: Option<u64>) -> Result<Block, Failure> {
    let name = number.map_or("finalized".into(), |number| format!("{number:#x}"));
    named_block(node, &name, number).map(|(block, _)| block)
}

/// The block with that name, and that number where it has to have one; with its time in Unix seconds,
/// where the node tells it.
pub(crate) fn named_block(
    node: &Node,
    name: &str,
    number: Option<u64>,
) -> Result<(Block, Option<u64>), Failure> {
    let found = node.call("eth_getBlockByNumber", json!([name, false]))?;
    let field = |name| found.get(name).filter(|value| !value.is_null());
    let hash = field("hash").and_then(Value::as_str).and_then(unhex);
    let block = field("number").and_then(quantity).zip(hash);
    let block = block.and_then(|(number, hash)| {
        let hash = Hash(hash.try_into().ok()?);
        Some(Block { number, hash })
    });
    let wanted = |block: &Block| number.is_none_or(|number| block.number == number);
    let time = field("timestamp").and_then(quantity);
    block.filter(wanted).map(|block| (block, time)).ok_or_else(|| {
        node.failed(format!(
            "eth_getBlockByNumber: expected the number and hash of the block {name}, got something else"
        ))
    })
}

/// How a call names a block by its hash, so that the answer is of no other (EIP-1898).
pub(crate) fn by_hash(block: &Block) -> Value {
    json!({ "blockHash": block.hash.to_string(), "requireCanonical": true })
}

/// A number of `0x` and hex digits.
pub(crate) fn quantity(value: &Value) -> Option<u64> {
    u64::from_str_radix(value.as_str()?.strip_prefix("0x")?, 16).ok()
}

impl At {
    /// Queries the contract at this block, by its hash, so that the answer is of no other (EIP-1898).
    fn query(&self, question: &Question) -> Result<Answer, Failure> {
        let Self { node, block } = self;
        let contract = question.contract;
        let at = by_hash(block);
        let address = contract.address().to_string();
        if node.bytes("eth_getCode", json!([address, at]))?.is_empty() {
            let said =
                format!("no code at {contract} at the block {block}, so that it cannot tell");
            return Err(node.failed(said));
        }
        let call = json!({ "to": address, "data": hex(&question.calldata()) });
        let valid = match node.try_call("eth_call", json!([call, at]))? {
            Ok(returned) => {
                let returned = returned.as_str().and_then(unhex);
                let returned = returned.ok_or_else(|| {
                    node.failed("eth_call: expected 0x-hex in `result`, got something else")
                })?;
                Question::is_yes(&returned)
            }
            Err(error) if reverted(&error) => false,
            Err(error) => return Err(node.failed(format!("eth_call: the node says {error}"))),
        };
        Ok(Answer {
            block: *block,
            valid,
        })
    }
}

/// Whether an error says that the contract reverted, rather than that the node failed: code 3, or
/// among older nodes the word.
pub(crate) fn reverted(error: &Value) -> bool {
    let message = error.get("message").and_then(Value::as_str);
    let says = message.is_some_and(|text| text.to_ascii_lowercase().contains("revert"));
    error.get("code").and_then(Value::as_i64) == Some(3) || says
}
