//! A registry as a node tells it, at one block of its chain. The node is believed for what it says and
//! not for how it says it: every answer has the one form that it can have, or is none.

use crate::contracts::{by_hash, chain_id, header, quantity};
use crate::outcome::Failure;
use crate::rpc::{Node, hex};
use covenant_solidity::registry::{FacilityState, Read};
use covenant_verifier::signed::{Address, Block};
use serde_json::json;

/// The chain's node, and the registry.
pub(super) struct Chain {
    pub(super) node: Node,
    pub(super) registry: [u8; 20],
}

/// What is the same for every facility, at one block.
pub(super) struct Head {
    pub(super) chain: u64,
    pub(super) block: Block,
    /// The block's own time, Unix seconds.
    pub(super) time: u64,
    router: [u8; 20],
    /// Unix seconds.
    pub(super) paused_until: u64,
}

/// What the contracts say of a facility, at one block.
pub(super) struct State {
    pub(super) facility: FacilityState,
    /// Whether it is covered under the terms that it has.
    pub(super) covered: bool,
    /// Whether the version that was proved with is frozen.
    pub(super) frozen: bool,
    /// Unix seconds until which announced terms may be applied.
    pub(super) announced_until: Option<u64>,
}

impl Chain {
    pub(super) fn of(node: Node, registry: &Address) -> Self {
        let registry = *registry.as_bytes();
        Self { node, registry }
    }

    /// The block with that number, or the newest that is finalized; with code at the registry and
    /// at its router.
    pub(super) fn head(&self, number: Option<u64>) -> Result<Head, Failure> {
        let chain = chain_id(&self.node)?;
        let (block, found) = header(&self.node, number)?;
        let time = found.get("timestamp").and_then(quantity).ok_or_else(|| {
            let said = "eth_getBlockByNumber: expected the block's `timestamp` as 0x-hex, got something else";
            self.node.failed(said)
        })?;
        self.has_code(&block, &self.registry, "registry")?;
        let router = self.read(&block, &self.registry, &Read::router())?;
        self.has_code(&block, &router, "router")?;
        let paused_until = self.read(&block, &router, &Read::paused_until())?;
        Ok(Head {
            chain,
            block,
            time,
            router,
            paused_until,
        })
    }

    /// The block that the chain has in place of one that was read; `None` where it has it still.
    pub(super) fn other_than(&self, block: &Block) -> Result<Option<Block>, Failure> {
        let (now, _) = header(&self.node, Some(block.number))?;
        Ok(Some(now).filter(|now| now != block))
    }

    /// What was read may be of no chain.
    pub(super) fn reorganized(&self, block: &Block, now: &Block) -> Failure {
        self.node.failed(format!(
            "expected the block {block} to stay, got {now} in its place: the chain was reorganized; look again"
        ))
    }

    /// What is known of a facility, without its events.
    pub(super) fn state(&self, head: &Head, id: u128) -> Result<State, Failure> {
        let block = &head.block;
        let registry = &self.registry;
        let facility = self.read(block, registry, &Read::facility_of(id))?;
        let proved = self.read(block, registry, &Read::proved_debt(id, facility.terms))?;
        let covered = self.read(block, registry, &Read::is_covered(id, facility.terms))?;
        let counts = self.read(block, &head.router, &Read::counts(facility.version))?;
        let version = self.read(block, &head.router, &Read::version(facility.version))?;
        let announced_until = match facility.announced == [0; 32] {
            true => None,
            false => {
                let grace = self.read(block, registry, &Read::grace())?;
                let until = facility.announced_from.checked_add(grace);
                Some(until.ok_or_else(|| self.contradiction("GRACE", "a time below 2^64"))?)
            }
        };
        if (facility.owner == [0; 20]) != (facility.terms == [0; 32]) {
            let expected = "an owner and terms, or neither";
            return Err(self.contradiction("facilityOf", expected));
        }
        if facility.version != 0 && version.verifier == [0; 20] {
            return Err(self.contradiction("versions", "a verifier of the facility's version"));
        }
        let paused = head.time < head.paused_until;
        if counts == (paused || version.frozen) {
            let expected = "what pausedUntil and versions say";
            return Err(self.contradiction("counts", expected));
        }
        let live = facility.owner != [0; 20] && head.time < facility.until && counts;
        let kept = match live {
            true => (facility.debt, facility.as_of_from, facility.until),
            false => (0, 0, 0),
        };
        if (proved.debt, proved.as_of_from, proved.until) != kept {
            return Err(self.contradiction("provedDebt", "what facilityOf says"));
        }
        if covered && !live {
            return Err(self.contradiction("isCovered", "what facilityOf says"));
        }
        Ok(State {
            facility,
            covered,
            frozen: version.frozen,
            announced_until,
        })
    }

    /// An answer that contradicts another one.
    pub(super) fn contradiction(&self, call: &str, expected: &str) -> Failure {
        let said = format!("{call}: expected {expected}, got an answer that contradicts it");
        self.node.failed(said)
    }

    fn has_code(&self, block: &Block, address: &[u8; 20], what: &str) -> Result<(), Failure> {
        let params = json!([hex(address), by_hash(block)]);
        match self.node.bytes("eth_getCode", params)?.is_empty() {
            false => Ok(()),
            true => Err(self.node.failed(format!(
                "no code at the {what} {} at the block {block}",
                hex(address)
            ))),
        }
    }

    /// Calls a contract at the block, by its hash.
    fn read<T>(&self, block: &Block, to: &[u8; 20], read: &Read<T>) -> Result<T, Failure> {
        let call = json!({ "to": hex(to), "data": hex(read.calldata()) });
        let returned = self.node.bytes("eth_call", json!([call, by_hash(block)]))?;
        read.decode(&returned).ok_or_else(|| {
            self.node.failed(format!(
                "{}: expected what the function returns, got {} other bytes from {}",
                read.name(),
                returned.len(),
                hex(to)
            ))
        })
    }
}
