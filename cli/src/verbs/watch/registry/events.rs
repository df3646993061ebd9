//! Events of a facility, read in ranges of blocks that nodes allow.

use super::chain::{Chain, Head};
use crate::contracts::{quantity, word};
use crate::outcome::Failure;
use crate::rpc::{hex, unhex};
use covenant_circuits::ident::Hash;
use covenant_solidity::registry::{Event, topics};
use covenant_verifier::signed::Block;
use serde_json::{Value, json};

/// Most blocks that a node is queried for at once.
const SPAN: u64 = 5_000;

/// An event, and where it is.
pub(super) struct Logged {
    pub(super) block: Block,
    pub(super) index: u64,
    pub(super) transaction: [u8; 32],
    pub(super) event: Event,
}

impl Chain {
    /// The events of a facility from a block on, to the head, in their order. A range that the node
    /// refuses is halved until it takes it.
    pub(super) fn events(&self, head: &Head, id: u128, from: u64) -> Result<Vec<Logged>, Failure> {
        let (mut all, mut from, mut span) = (Vec::new(), from, SPAN);
        while from <= head.block.number {
            let to = head.block.number.min(from.saturating_add(span - 1));
            match self
                .node
                .try_call("eth_getLogs", self.filter(id, from, to))?
            {
                Ok(logs) => {
                    self.add(&mut all, &logs, id, head, (from, to))?;
                    let Some(next) = to.checked_add(1) else { break };
                    from = next;
                }
                Err(_) if span > 1 => span = (span / 2).max(1),
                Err(error) => {
                    return Err(self
                        .node
                        .failed(format!("eth_getLogs: the node says {error}")));
                }
            }
        }
        Ok(all)
    }

    fn filter(&self, id: u128, from: u64, to: u64) -> Value {
        let mut facility = [0; 32];
        for (to, byte) in facility.iter_mut().skip(16).zip(id.to_be_bytes()) {
            *to = byte;
        }
        let events: Vec<String> = topics().iter().map(|topic| hex(topic)).collect();
        json!([{
            "address": hex(&self.registry),
            "fromBlock": format!("{from:#x}"),
            "toBlock": format!("{to:#x}"),
            "topics": [events, hex(&facility)],
        }])
    }

    /// Adds the logs of a range, each of which is of this registry, facility and range.
    fn add(
        &self,
        all: &mut Vec<Logged>,
        logs: &Value,
        id: u128,
        head: &Head,
        range: (u64, u64),
    ) -> Result<(), Failure> {
        let wrong = |said: String| self.node.failed(format!("eth_getLogs: {said}"));
        let logs = logs.as_array();
        let logs = logs.ok_or_else(|| wrong("expected a list, got something else".into()))?;
        for (i, log) in logs.iter().enumerate() {
            let wrong = |said: &str| wrong(format!("[{i}]: {said}"));
            let logged = self.logged(log, id).map_err(|said| wrong(&said))?;
            let number = logged.block.number;
            if number < range.0 || number > range.1 {
                return Err(wrong("expected a block of the range, got another"));
            }
            if number == head.block.number && logged.block != head.block {
                return Err(wrong(
                    "expected the block that is read, got another of its number: the chain was reorganized; look again",
                ));
            }
            let before = all.last().map(|last| (last.block.number, last.index));
            if before.is_some_and(|before| before >= (number, logged.index)) {
                return Err(wrong(
                    "expected events in the order of the chain, each once",
                ));
            }
            all.push(logged);
        }
        Ok(())
    }

    fn logged(&self, log: &Value, id: u128) -> Result<Logged, String> {
        let field = |name: &str| {
            let value = log.get(name).filter(|value| !value.is_null());
            value.ok_or_else(|| format!("expected `{name}`, got none"))
        };
        let wrong = |name: &str, what: &str| format!("{name}: expected {what}, got something else");
        let number = |name: &str| {
            quantity(field(name)?).ok_or_else(|| wrong(name, "a number below 2^64 as 0x-hex"))
        };
        let hash = |name: &str| word(field(name)?).ok_or_else(|| wrong(name, "32 bytes as 0x-hex"));
        if log.get("removed").is_some_and(|removed| *removed != false) {
            return Err(wrong("removed", "false"));
        }
        let address = field("address")?.as_str().and_then(unhex);
        if address.as_deref() != Some(&self.registry[..]) {
            return Err(wrong("address", "the registry's"));
        }
        let listed = field("topics")?.as_array();
        let listed = listed.and_then(|list| list.iter().map(word).collect::<Option<Vec<_>>>());
        let listed = listed.ok_or_else(|| wrong("topics", "a list of 32 bytes each"))?;
        let data = field("data")?.as_str().and_then(unhex);
        let data = data.ok_or_else(|| wrong("data", "0x-hex"))?;
        let (facility, event) = Event::decode(&listed, &data).map_err(|e| e.to_string())?;
        if facility != id {
            return Err(format!(
                "expected an event of the facility {id:#034x}, got one of {facility:#034x}"
            ));
        }
        Ok(Logged {
            block: Block {
                number: number("blockNumber")?,
                hash: Hash(hash("blockHash")?),
            },
            index: number("logIndex")?,
            transaction: hash("transactionHash")?,
            event,
        })
    }
}
