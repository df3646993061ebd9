//! A registry at one block of its chain, over a node that is not trusted for form. Every read is at
//! the block's hash (EIP-1898), so that all are of one state.

use crate::contracts::{self, QueryArgs, quantity, reverted};
use crate::outcome::Failure;
use crate::rpc::{Node, hex, unhex};
use crate::text;
use covenant_circuits::ident::Hash;
use covenant_solidity::registry::{Answer, Call, Event};
use covenant_verifier::expect::quantity::Duration;
use covenant_verifier::signed::{Address, Block};
use serde_json::{Value, json};
use std::fmt::Display;

/// Blocks whose events are read at once at most. Nodes that allow fewer say so, and are read by halves.
const SPAN: u64 = 10_000;

/// Which block is read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Which {
    Finalized,
    Latest,
    Number(u64),
}

/// A node, and the registry that is watched through it.
pub(super) struct Chain {
    node: Node,
    /// EIP-155 id, as the node says it.
    pub(super) id: u64,
    pub(super) registry: Address,
    pub(super) which: Which,
    /// How old the block may be, seconds.
    max_age: u64,
    span: u64,
}

/// A block, at which everything is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    pub(super) block: Block,
    /// Unix seconds.
    pub(super) time: u64,
}

/// An event of a facility, and where it is.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) facility: u128,
    pub(super) block: u64,
    pub(super) event: Event,
}

/// What there is to know of where a registry is.
pub(super) struct Wanted<'a> {
    pub(super) query: &'a QueryArgs,
    /// The chain that the registry has to be on, where one was named.
    pub(super) chain: Option<u64>,
    pub(super) registry: Address,
    pub(super) latest: bool,
    pub(super) max_age: u64,
}

impl Chain {
    pub(super) fn open(wanted: &Wanted<'_>) -> Result<Self, Failure> {
        let (node, number) = wanted.query.only()?;
        let id = contracts::chain(&node)?;
        let chain = Self {
            node,
            id: wanted.chain.unwrap_or(id),
            registry: wanted.registry,
            which: match number {
                Some(number) => Which::Number(number),
                None if wanted.latest => Which::Latest,
                None => Which::Finalized,
            },
            max_age: wanted.max_age,
            span: SPAN,
        };
        chain.check_chain(id)?;
        Ok(chain)
    }

    /// How it is named: on its chain.
    pub(super) fn name(&self) -> String {
        format!("eip155:{}:{}", self.id, self.registry)
    }

    fn check_chain(&self, got: u64) -> Result<(), Failure> {
        let expected = self.id;
        match expected == got {
            true => Ok(()),
            false => Err(self.failed(format!(
                "eth_chainId: expected a node of the chain {expected}, got one of {got}"
            ))),
        }
    }

    /// The block that is read now, of a node that is up to date; there is a contract at the registry's
    /// address.
    pub(super) fn at(&self, now: u64) -> Result<At, Failure> {
        // Behind one URL there may be many nodes.
        self.check_chain(contracts::chain(&self.node)?)?;
        let (name, number) = match self.which {
            Which::Finalized => ("finalized".into(), None),
            Which::Latest => ("latest".into(), None),
            Which::Number(number) => (format!("{number:#x}"), Some(number)),
        };
        let (block, time) = contracts::named_block(&self.node, &name, number)?;
        let time = time.ok_or_else(|| {
            self.failed(format!(
                "eth_getBlockByNumber: expected the timestamp of the block {name}, got something else"
            ))
        })?;
        let at = At { block, time };
        // A block that was named may be of any time.
        if number.is_none() && now.saturating_sub(time) > self.max_age {
            let (max, now, got) = (Duration(self.max_age), text::date(now), text::date(time));
            return Err(self.failed(format!(
                "expected a block at most {max} old at {now}, got {block} of {got}: the node stays behind"
            )));
        }
        self.check_code(at, self.registry.as_bytes(), "registry")?;
        Ok(at)
    }

    /// That the chain still has this block.
    pub(super) fn check_canonical(&self, block: Block) -> Result<(), Failure> {
        let (name, number) = (format!("{:#x}", block.number), Some(block.number));
        let (now, _) = contracts::named_block(&self.node, &name, number)?;
        match now == block {
            true => Ok(()),
            false => Err(self.failed(format!(
                "the chain was reorganized meanwhile: expected the block {block}, got {now}"
            ))),
        }
    }

    /// That there is a contract at an address.
    pub(super) fn check_code(&self, at: At, address: &[u8; 20], what: &str) -> Result<(), Failure> {
        let place = json!([hex(address), at.place()]);
        match self.node.bytes("eth_getCode", place)?.is_empty() {
            false => Ok(()),
            true => Err(self.failed(format!(
                "no code at {}, the {what}, at the block {}",
                hex(address),
                at.block
            ))),
        }
    }

    /// What a contract returned; nothing where it reverted.
    pub(super) fn try_call(
        &self,
        at: At,
        to: &[u8; 20],
        call: Call,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let call = json!({ "to": hex(to), "data": hex(&call.calldata()) });
        match self.node.try_call("eth_call", json!([call, at.place()]))? {
            Ok(returned) => {
                let returned = returned.as_str().and_then(unhex);
                returned.map(Some).ok_or_else(|| {
                    self.failed("eth_call: expected 0x-hex in `result`, got something else")
                })
            }
            Err(error) if reverted(&error) => Ok(None),
            Err(error) => Err(self.failed(format!("eth_call: the node says {error}"))),
        }
    }

    /// What a contract returned that does not revert.
    pub(super) fn bytes(&self, at: At, to: &[u8; 20], call: Call) -> Result<Vec<u8>, Failure> {
        let returned = self.try_call(at, to, call)?;
        returned.ok_or_else(|| {
            let name = call.name();
            self.failed(format!(
                "{name} of {}: expected an answer, got a revert",
                hex(to)
            ))
        })
    }

    /// The same as what it is.
    pub(super) fn read<A: Answer>(&self, at: At, to: &[u8; 20], call: Call) -> Result<A, Failure> {
        let returned = self.bytes(at, to, call)?;
        A::read(&returned).map_err(|e| self.wrong(to, e))
    }

    /// It is no answer of the function.
    pub(super) fn wrong(&self, at: &[u8; 20], e: impl Display) -> Failure {
        self.failed(format!("{}: {e}", hex(at)))
    }

    /// The events of facilities in these blocks, the first first.
    pub(super) fn events(
        &mut self,
        facilities: &[u128],
        from: u64,
        at: At,
    ) -> Result<Vec<Told>, Failure> {
        let (mut next, mut all) = (from, Vec::new());
        while next <= at.block.number {
            let to = at.block.number.min(next.saturating_add(self.span - 1));
            let filter = json!({
                "address": self.registry.to_string(),
                "fromBlock": format!("{next:#x}"),
                "toBlock": format!("{to:#x}"),
                "topics": [
                    Event::topics().map(|topic| hex(&topic)),
                    facilities.iter().map(|f| hex(&word(*f))).collect::<Vec<_>>(),
                ],
            });
            match self.node.try_call("eth_getLogs", json!([filter]))? {
                Ok(logs) => {
                    let logs = logs.as_array().ok_or_else(|| {
                        self.failed("eth_getLogs: expected a list of logs, got something else")
                    })?;
                    let mut last = None;
                    for log in logs {
                        let (place, told) = self.told(log, facilities, (next, to), at)?;
                        if last.is_some_and(|last| place <= last) {
                            return Err(self.failed(
                                "eth_getLogs: expected logs in the order of the chain, got another",
                            ));
                        }
                        last = Some(place);
                        all.push(told);
                    }
                    next = to + 1;
                }
                // More than it gives at once.
                Err(_) if self.span > 1 => self.span = self.span.div_ceil(2),
                Err(error) => {
                    return Err(self.failed(format!("eth_getLogs: the node says {error}")));
                }
            }
        }
        Ok(all)
    }

    /// A log that was queried, with its block and its place there.
    fn told(
        &self,
        log: &Value,
        facilities: &[u128],
        (from, to): (u64, u64),
        at: At,
    ) -> Result<((u64, u64), Told), Failure> {
        let wrong = |what: &str| self.failed(format!("eth_getLogs: expected {what}"));
        let field = |name: &str| log.get(name).filter(|value| !value.is_null());
        let bytes = |name: &str| field(name).and_then(Value::as_str).and_then(unhex);
        if bytes("address").as_deref() != Some(self.registry.as_bytes().as_slice()) {
            return Err(wrong("logs of the registry alone"));
        }
        if field("removed").is_some_and(|removed| *removed != Value::Bool(false)) {
            return Err(wrong("logs of the chain, got a removed one"));
        }
        let number = |name: &str| field(name).and_then(quantity);
        let block = number("blockNumber").filter(|n| (from..=to).contains(n));
        let block = block.ok_or_else(|| wrong("logs of the blocks that were queried"))?;
        let index = number("logIndex").ok_or_else(|| wrong("a log's place in its block"))?;
        let hash = bytes("blockHash").and_then(|hash| <[u8; 32]>::try_from(hash).ok());
        let hash = hash.ok_or_else(|| wrong("the hash of a log's block"))?;
        if block == at.block.number && Hash(hash) != at.block.hash {
            let block = at.block;
            return Err(self.failed(format!(
                "the chain was reorganized meanwhile: expected a log of the block {block}, got one of {}",
                hex(&hash)
            )));
        }
        let topics = field("topics").and_then(Value::as_array);
        let topics = topics.and_then(|all| {
            let topic = |topic: &Value| <[u8; 32]>::try_from(unhex(topic.as_str()?)?).ok();
            all.iter().map(topic).collect::<Option<Vec<_>>>()
        });
        let topics = topics.ok_or_else(|| wrong("topics of 32 bytes"))?;
        let data = bytes("data").ok_or_else(|| wrong("a log's data as 0x-hex"))?;
        let read = Event::decode(&topics, &data);
        let (facility, event) = read.map_err(|e| self.failed(format!("eth_getLogs: {e}")))?;
        if !facilities.contains(&facility) {
            return Err(wrong("logs of the facilities that were queried"));
        }
        let told = Told {
            facility,
            block,
            event,
        };
        Ok(((block, index), told))
    }

    /// The node did not answer as it should have.
    pub(super) fn failed(&self, what: impl Display) -> Failure {
        self.node.failed(what)
    }

    /// Two answers that do not go together.
    pub(super) fn contradicts(&self, what: impl Display) -> Failure {
        self.failed(format!("the node contradicts itself: {what}"))
    }
}

impl At {
    fn place(self) -> Value {
        contracts::by_hash(&self.block)
    }
}

/// A number as a word.
fn word(n: u128) -> [u8; 32] {
    let mut word = [0; 32];
    let (_, low) = word.split_at_mut(16);
    low.copy_from_slice(&n.to_be_bytes());
    word
}
