//! `covenant watch --registry`: what a registry says of a facility at a block of a node, which is
//! believed for what it says and not for its form. The answers here are encoded by the contracts' own
//! types; the contracts themselves, on a chain, are in `make onchain-demo`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use alloy_primitives::aliases::{U24, U40, U80};
use alloy_primitives::{Address, B256, U256, keccak256};
use alloy_sol_types::{SolCall, SolEvent, SolValue};
use common::node::Node;
use common::{Desk, Run};
use covenant_solidity::abi::{
    Basis, CovenantRegistry as Registry, CovenantRouter as Router, Coverage, Document, Facility,
    Statement,
};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

const REGISTRY: &str = "0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0";
const ROUTER: Address = Address::repeat_byte(0x22);
const OWNER: Address = Address::repeat_byte(0x33);
const ID: u128 = 0x1234;
const NOW: u64 = 1_790_000_000;
const UNTIL: u64 = NOW + 3_600;
const DEBT: u128 = 4_000_000_000_000;
const HEAD: u64 = 20_000;
const GRACE: u64 = 7 * 86_400;

fn hex(bytes: impl AsRef<[u8]>) -> String {
    let digits: String = bytes.as_ref().iter().map(|b| format!("{b:02x}")).collect();
    format!("0x{digits}")
}

fn hash(block: u64) -> String {
    format!("{block:#066x}")
}

/// A chain as its node tells it: one registry with one facility.
#[derive(Clone)]
struct World {
    head: u64,
    time: u64,
    facility: Facility,
    covered: bool,
    paused_until: u64,
    frozen: bool,
    events: Vec<(u64, Vec<B256>, Vec<u8>)>,
}

impl World {
    /// Covered by a proof in block 15,000.
    fn covered() -> Self {
        let statement = statement();
        let mut world = Self {
            head: HEAD,
            time: NOW,
            facility: Facility {
                owner: OWNER,
                fixedDebt: U80::from(DEBT),
                terms: terms_hash(),
                coverage: Coverage {
                    until: U40::from(UNTIL),
                    asOfFrom: U40::from(NOW - 120),
                    window: U24::from(60),
                    debt: U80::from(DEBT),
                    epoch: 7,
                    pledges: 7,
                    version: 1,
                },
                basis: basis(&statement),
                announced: B256::ZERO,
                announcedFrom: 0,
                endedAt: 0,
                uncured: false,
                consented: 0,
            },
            covered: true,
            paused_until: 0,
            frozen: false,
            events: Vec::new(),
        };
        world.emit(15_000, &covered_event(statement));
        world
    }

    fn emit(&mut self, block: u64, event: &impl SolEvent) {
        let log = event.encode_log_data();
        self.events
            .push((block, log.topics().to_vec(), log.data.to_vec()));
    }

    /// What the contracts do when a coverage is ended.
    fn ended(mut self) -> Self {
        self.facility.coverage.until = U40::ZERO;
        self.facility.coverage.epoch = 8;
        self.covered = false;
        self
    }

    fn live(&self) -> bool {
        U40::from(self.time) < self.facility.coverage.until && self.counts()
    }

    fn counts(&self) -> bool {
        self.time >= self.paused_until && !self.frozen
    }

    fn block(&self, name: &Value) -> Value {
        let number = match name.as_str().unwrap() {
            "finalized" => self.head,
            number => u64::from_str_radix(&number[2..], 16).unwrap(),
        };
        if number > self.head {
            return Value::Null;
        }
        json!({ "number": format!("{number:#x}"), "hash": hash(number), "timestamp": format!("{:#x}", self.time) })
    }

    fn call(&self, params: &Value) -> Value {
        let at = json!({ "blockHash": hash(self.head), "requireCanonical": true });
        assert_eq!(
            params[1], at,
            "by its hash, so that the answer is of no other block"
        );
        let to: Address = params[0]["to"].as_str().unwrap().parse().unwrap();
        let data: alloy_primitives::Bytes = params[0]["data"].as_str().unwrap().parse().unwrap();
        let selector: [u8; 4] = data[..4].try_into().unwrap();
        let coverage = &self.facility.coverage;
        let returned = match (to == ROUTER, selector) {
            (false, Registry::routerCall::SELECTOR) => ROUTER.abi_encode(),
            (false, Registry::GRACECall::SELECTOR) => GRACE.abi_encode(),
            (false, Registry::facilityOfCall::SELECTOR) => {
                let call = Registry::facilityOfCall::abi_decode(&data).unwrap();
                match call.facility {
                    ID => self.facility.abi_encode(),
                    _ => Facility::abi_decode(&[0; 16 * 32]).unwrap().abi_encode(),
                }
            }
            (false, Registry::provedDebtCall::SELECTOR) => {
                let call = Registry::provedDebtCall::abi_decode(&data).unwrap();
                match self.live() && (call.facility, call.termsHash) == (ID, self.facility.terms) {
                    true => (coverage.debt, coverage.asOfFrom, coverage.until).abi_encode(),
                    false => (U256::ZERO, 0u64, 0u64).abi_encode(),
                }
            }
            (false, Registry::isCoveredCall::SELECTOR) => {
                let call = Registry::isCoveredCall::abi_decode(&data).unwrap();
                let same = (call.facility, call.termsHash) == (ID, self.facility.terms);
                (self.covered && same).abi_encode()
            }
            (true, Router::pausedUntilCall::SELECTOR) => self.paused_until.abi_encode(),
            (true, Router::countsCall::SELECTOR) => self.counts().abi_encode(),
            (true, Router::versionsCall::SELECTOR) => {
                (Address::repeat_byte(0x44), NOW - 86_400, self.frozen).abi_encode()
            }
            other => panic!("{other:?}"),
        };
        hex(returned).into()
    }

    fn logs(&self, params: &Value) -> Result<Value, Value> {
        let filter = &params[0];
        let number =
            |name: &str| u64::from_str_radix(&filter[name].as_str().unwrap()[2..], 16).unwrap();
        let (from, to) = (number("fromBlock"), number("toBlock"));
        assert!(from <= to && to <= self.head);
        // As nodes of providers do.
        if to - from >= 2_000 {
            return Err(json!({ "code": -32005, "message": "block range is too wide" }));
        }
        assert_eq!(filter["address"], REGISTRY.to_lowercase());
        assert_eq!(filter["topics"][0].as_array().unwrap().len(), 8);
        let facility = filter["topics"][1].as_str().unwrap();
        let found = self
            .events
            .iter()
            .enumerate()
            .filter(|(_, (block, topics, _))| {
                (from..=to).contains(block) && hex(topics[1]) == facility
            });
        Ok(found.map(|(i, event)| log(i, event)).collect())
    }

    fn answer(&self, method: &str, params: &Value) -> Result<Value, Value> {
        Ok(match method {
            "eth_chainId" => "0x1".into(),
            "eth_getBlockByNumber" => self.block(&params[0]),
            "eth_getCode" => {
                let known = [REGISTRY.to_lowercase(), hex(ROUTER)];
                let known = known.iter().any(|known| params[0] == known[..]);
                if known { "0x6001" } else { "0x" }.into()
            }
            "eth_call" => self.call(params),
            "eth_getLogs" => return self.logs(params),
            _ => panic!("{method}"),
        })
    }

    fn node(self) -> Node {
        Node::new(move |method, params| self.answer(method, params))
    }

    /// With answers of its own to some calls.
    fn node_but(self, other: impl Fn(&str, &Value) -> Option<Value> + Send + 'static) -> Node {
        Node::new(move |method, params| match other(method, params) {
            Some(answer) => Ok(answer),
            None => self.answer(method, params),
        })
    }
}

fn log(i: usize, (block, topics, data): &(u64, Vec<B256>, Vec<u8>)) -> Value {
    let topics: Vec<String> = topics.iter().map(hex).collect();
    json!({
        "address": REGISTRY.to_lowercase(), "topics": topics, "data": hex(data),
        "blockNumber": format!("{block:#x}"), "blockHash": hash(*block),
        "transactionHash": hash(0xabc), "transactionIndex": "0x0",
        "logIndex": format!("{i:#x}"), "removed": false,
    })
}

fn statement() -> Statement {
    Statement {
        subject: U256::from(1),
        asOfFrom: NOW - 120,
        asOfTo: NOW - 60,
        policy: U256::from(2),
        publicDebt: DEBT,
        ratioBps: 12_500,
        context: U256::from(3),
        kinds: 8,
        report: [U256::ZERO; 5],
        commitments: (4..8).map(U256::from).collect(),
        prices: vec![10u128.pow(36), 60_000 * 10u128.pow(28)],
    }
}

fn documents() -> Vec<Document> {
    vec![Document {
        signer: OWNER,
        digest: B256::repeat_byte(9),
    }]
}

fn basis(statement: &Statement) -> B256 {
    let basis = Basis {
        ratioBps: statement.ratioBps,
        kinds: statement.kinds,
        pricesAsOf: NOW - 100,
        prices: keccak256(statement.prices.abi_encode()),
        documents: keccak256(documents().abi_encode()),
    };
    keccak256(basis.abi_encode())
}

fn covered_event(statement: Statement) -> Registry::Covered {
    Registry::Covered {
        facility: ID,
        epoch: 7,
        until: UNTIL,
        version: 1,
        statement,
        pricesAsOf: NOW - 100,
        documents: documents(),
    }
}

/// The facility's terms, which cure in two hours.
fn terms_json() -> Value {
    let zero = hex([0; 20]);
    let none = hex([0; 32]);
    json!({
        "subject": 1, "policy": 2, "minRatioBps": 12_500, "circuits": [], "debtSources": [],
        "minPublicDebt": DEBT.to_string(), "beneficiary": zero, "maxAccountAge": 3_600,
        "maxWindow": 60, "maxPriceAge": 3_600, "maxLag": 0, "coverageSeconds": 3_600,
        "attesterQuorum": 1, "priceQuorum": 1,
        "attesters": [{ "signer": OWNER.to_string(), "identity": OWNER.to_string(), "roles": 7 }],
        "feeds": [], "envelope": none, "sequencer": zero, "sequencerGrace": 0, "securedParty": 0,
        "wording": none, "bond": 0, "cureSeconds": 7_200, "hook": zero,
    })
}

fn terms_hash() -> B256 {
    let desk = desk();
    let said = desk.run("export terms terms.json --json").expect(0).json();
    said["hash"].as_str().unwrap().parse().unwrap()
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("terms.json", terms_json().to_string());
    let mut other = terms_json();
    other["minRatioBps"] = 13_000.into();
    desk.write("other.json", other.to_string());
    desk
}

fn watch(url: &str, more: &str) -> Run {
    let facility = match more.contains("--facility") {
        true => "",
        false => "--facility 0x1234",
    };
    desk().run(&format!(
        "watch --registry {REGISTRY} --rpc {url} {facility} {more}"
    ))
}

fn look(world: World, more: &str, exit: i32) -> Value {
    let node = world.node();
    watch(&node.url, &format!("{more} --json"))
        .expect(exit)
        .json()
}

/// Exit code 2 with `node_failed`; its text.
fn failed(node: &Node, more: &str) -> String {
    let said = watch(&node.url, &format!("{more} --json")).expect(2).json();
    assert_eq!(said["code"], "node_failed", "{said}");
    let text = said["error"].as_str().unwrap().to_owned();
    assert!(text.contains(&node.url), "{text}");
    text
}

const SINCE: &str = "--from-block 10000";

#[test]
fn a_covered_facility_is_told_with_what_was_proved() {
    let node = World::covered().node();
    let terms = "--terms terms.json --from-block 10000";
    let said = watch(&node.url, &format!("{terms} --json"))
        .expect(0)
        .json();
    assert_eq!(said["standing"], "covered");
    assert_eq!(said["terms_agreed"], true);
    assert_eq!(said["terms"], hex(terms_hash()));
    assert_eq!(said["registry"], REGISTRY);
    assert_eq!(said["chain_id"], 1);
    assert_eq!(said["facility"], format!("{ID:#034x}"));
    assert_eq!(said["block_number"], HEAD);
    assert_eq!(said["block_hash"], hash(HEAD));
    assert_eq!(said["at"], NOW);
    assert_eq!(said["epoch"], 7);
    let proved = json!({
        "until": UNTIL, "debt": "4000000", "as_of_from": NOW - 120, "as_of_to": NOW - 60,
        "version": 1, "frozen": false, "ratio_bps": 12_500, "prices_as_of": NOW - 100,
        "prices": [format!("1{}", "0".repeat(36)), format!("6{}", "0".repeat(32))],
    });
    assert_eq!(said["proved"], proved);
    let [event] = &said["events"].as_array().unwrap()[..] else {
        panic!("{said}");
    };
    assert_eq!(event["block_number"], 15_000);
    assert_eq!(event["what"]["event"], "covered");
    // The events were read in ranges that the node takes, from the first block to the head.
    let calls = node.calls();
    let ranges: Vec<_> = (calls.iter())
        .filter(|(method, _)| method == "eth_getLogs")
        .map(|(_, params)| params[0]["fromBlock"].clone())
        .collect();
    assert_eq!(ranges.first().unwrap(), "0x2710");
    assert!(ranges.len() > 6, "{ranges:?}");
    let text = watch(&node.url, terms).expect(0).stdout;
    for says in [
        "COVERED",
        "125.00 %",
        "4,000,000",
        "those of --terms",
        "2026-09-21T15:13:20Z",
    ] {
        assert!(text.contains(says), "{says}: {text}");
    }
    // Without a block to read events from, the ratio and the prices are not known.
    let said = look(World::covered(), "", 0);
    assert_eq!(said["proved"]["debt"], "4000000");
    assert!(said["proved"].get("ratio_bps").is_none() && said["terms_agreed"].is_null());
    let text = watch(&node.url, "").expect(0).stdout;
    assert!(text.contains("name a --from-block"), "{text}");
}

#[test]
fn other_terms_are_not_those_that_were_agreed() {
    let said = look(World::covered(), "--terms other.json", 1);
    assert_eq!(said["standing"], "covered");
    assert_eq!(said["terms_agreed"], false);
    assert_eq!(said["code"], "terms_differ");
    let node = World::covered().node();
    let text = watch(&node.url, "--terms other.json").expect(1).stdout;
    assert!(text.contains("UNDER OTHER TERMS"), "{text}");
}

#[test]
fn what_is_not_covered_says_why() {
    let not_covered = |world: World, standing: &str| {
        let said = look(world, SINCE, 1);
        assert_eq!(said["standing"], standing, "{said}");
        assert_eq!(said["code"], "facility_not_covered", "{said}");
        said
    };
    let world = World::covered;
    not_covered(
        World {
            covered: false,
            ..world()
        },
        "debt_above_proved",
    );
    let frozen = World {
        covered: false,
        frozen: true,
        ..world()
    };
    assert_eq!(not_covered(frozen, "frozen")["proved"]["frozen"], true);
    let paused = World {
        covered: false,
        paused_until: NOW + 60,
        ..world()
    };
    assert_eq!(not_covered(paused, "paused")["paused"]["until"], NOW + 60);
    // The end is no part of a coverage.
    let lapsed = World {
        covered: false,
        time: UNTIL,
        ..world()
    };
    let said = not_covered(lapsed, "expired");
    assert_eq!(said["ended"], json!({ "at": UNTIL, "uncured": false }));
    not_covered(world().ended(), "released");
    let mut empty = world().ended();
    empty.facility.coverage = Coverage::abi_decode(&[0; 7 * 32]).unwrap();
    empty.events.clear();
    assert!(not_covered(empty, "nothing_proved").get("proved").is_none());
    let node = world().node();
    let said = watch(&node.url, "--facility 5 --json").expect(1).json();
    assert_eq!(said["standing"], "no_facility");
    assert!(said.get("terms").is_none(), "{said}");
}

#[test]
fn an_early_end_is_told_with_the_time_to_cure() {
    let mut world = World::covered().ended();
    world.facility.endedAt = NOW - 10;
    world.emit(
        16_000,
        &Registry::CoverageEnded {
            facility: ID,
            epoch: 8,
            reason: 0,
            cureBy: NOW + 7_190,
            by: OWNER,
        },
    );
    let said = look(world.clone(), SINCE, 1);
    assert_eq!(said["standing"], "ended");
    let ended = json!({
        "at": NOW - 10, "reason": "prices_outside", "by": OWNER.to_string(),
        "cure_by": NOW + 7_190, "uncured": false,
    });
    assert_eq!(said["ended"], ended);
    assert_eq!(said["events"][1]["what"]["event"], "coverage_ended");
    let node = world.clone().node();
    let text = watch(&node.url, SINCE).expect(1).stdout;
    assert!(text.contains("cures until 2026-09-21T16:13:10Z"), "{text}");
    // The terms tell it without the event, and a pause stops the clock.
    world.paused_until = NOW + 100;
    let said = look(world.clone(), "--terms terms.json", 1);
    let ended = json!({ "at": NOW - 10, "cure_by": NOW + 100 + 7_200, "uncured": false });
    assert_eq!(said["ended"], ended);
    world.facility.uncured = true;
    world.emit(
        17_000,
        &Registry::Uncured {
            facility: ID,
            epoch: 8,
        },
    );
    let said = look(world, SINCE, 1);
    assert_eq!(said["ended"]["uncured"], true);
    assert_eq!(
        said["events"][2]["what"],
        json!({ "event": "uncured", "epoch": 8 })
    );
}

#[test]
fn announced_terms_and_consents_are_told() {
    let mut world = World::covered();
    let announced = B256::repeat_byte(0xaa);
    (world.facility.announced, world.facility.announcedFrom) = (announced, NOW + 86_400);
    let until = NOW + 86_400 + GRACE;
    world.emit(
        16_000,
        &Registry::TermsAnnounced {
            facility: ID,
            terms: announced,
            from: U256::from(NOW + 86_400),
            until: U256::from(until),
        },
    );
    let said = look(world.clone(), SINCE, 0);
    let told = json!({ "terms": hex(announced), "from": NOW + 86_400, "until": until });
    assert_eq!(said["announced"], told);
    assert_eq!(said["events"][1]["what"]["until"], until);
    let node = world.clone().node();
    let text = watch(&node.url, "").expect(0).stdout;
    assert!(
        text.contains("may apply from 2026-09-22T14:13:20Z until"),
        "{text}"
    );
    let mut world = world.ended();
    world.facility.consented = 7;
    world.emit(
        17_000,
        &Registry::ReleaseConsented {
            facility: ID,
            epoch: 8,
        },
    );
    let said = look(world.clone(), SINCE, 1);
    assert_eq!(said["standing"], "released");
    assert_eq!(said["consented"], json!({ "epoch": 7 }));
    world.facility.coverage.pledges = 0;
    world.emit(
        18_000,
        &Registry::PledgesReleased {
            facility: ID,
            epoch: 8,
        },
    );
    world.emit(
        18_001,
        &Registry::CoverageShortened {
            facility: ID,
            until: NOW,
        },
    );
    let said = look(world, SINCE, 1);
    assert!(said.get("consented").is_none());
    let names: Vec<_> = (said["events"].as_array().unwrap().iter())
        .map(|event| event["what"]["event"].as_str().unwrap().to_owned())
        .collect();
    let expected = [
        "covered",
        "terms_announced",
        "release_consented",
        "pledges_released",
        "coverage_shortened",
    ];
    assert_eq!(names, expected);
}

/// Lines of what is printed.
fn lines(run: &Run) -> Vec<Value> {
    let lines = run.stdout.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn several_facilities_are_a_line_each_and_the_largest_exit_code_counts() {
    let node = World::covered().node();
    let run = watch(&node.url, "--facility 0x1234 5 --json").expect(1);
    let said = lines(&run);
    assert_eq!(said.len(), 2);
    assert_eq!(said[0]["standing"], "covered");
    assert_eq!(said[1]["standing"], "no_facility");
    let run = watch(&node.url, "--facility 4660 0x1234").expect(0);
    let line = "covered until 2026-09-21T15:13:20Z, debt 4,000,000";
    assert_eq!(run.stdout.matches(line).count(), 2, "{}", run.stdout);
}

#[test]
fn each_look_tells_what_is_new() {
    let world = Arc::new(Mutex::new(World::covered()));
    let shared = Arc::clone(&world);
    let looks = Mutex::new(0);
    let node = Node::new(move |method, params| {
        let mut world = shared.lock().unwrap();
        if method == "eth_getBlockByNumber" && params[0] == "finalized" {
            let mut looks = looks.lock().unwrap();
            *looks += 1;
            match *looks {
                // A look that fails loses nothing.
                2 => return Err(json!("busy")),
                3 => {
                    world.head += 10;
                    let mut ended = world.clone().ended();
                    ended.facility.endedAt = NOW;
                    *world = ended;
                    let event = Registry::CoverageEnded {
                        facility: ID,
                        epoch: 8,
                        reason: 1,
                        cureBy: NOW + 7_200,
                        by: OWNER,
                    };
                    world.emit(HEAD + 5, &event);
                }
                _ => {}
            }
        }
        world.answer(method, params)
    });
    let run = watch(&node.url, "--every 1s --times 4 --json").expect(2);
    let said = lines(&run);
    assert_eq!(said.len(), 4, "{}", run.stdout);
    assert_eq!(said[0]["events"], json!([]));
    assert_eq!(said[1]["code"], "node_failed");
    assert_eq!(said[2]["standing"], "ended");
    assert_eq!(said[2]["ended"]["reason"], "document_revoked");
    assert_eq!(said[2]["events"].as_array().unwrap().len(), 1);
    // It is told once, and known from then on.
    assert_eq!(said[3]["events"], json!([]));
    assert_eq!(said[3]["ended"], said[2]["ended"]);
}

#[test]
fn a_chain_that_is_reorganized_meanwhile_is_not_told() {
    // The head that was read is another block afterwards.
    let node = World::covered().node_but(|method, params| {
        let again = method == "eth_getBlockByNumber" && params[0] != "finalized";
        again.then(|| json!({ "number": params[0], "hash": hash(1), "timestamp": "0x1" }))
    });
    assert!(failed(&node, "").contains("reorganized"));
    // Between two looks: the events are read again from the start.
    let calls = Mutex::new(0);
    let node = World::covered().node_but(move |method, params| {
        let by_number = method == "eth_getBlockByNumber" && params[0] != "finalized";
        let mut calls = calls.lock().unwrap();
        *calls += u32::from(by_number);
        (by_number && *calls == 2)
            .then(|| json!({ "number": params[0], "hash": hash(1), "timestamp": "0x1" }))
    });
    let run = watch(&node.url, &format!("{SINCE} --every 1s --times 3 --json")).expect(2);
    let said = lines(&run);
    assert_eq!(said[0]["events"].as_array().unwrap().len(), 1);
    assert!(said[1]["error"].to_string().contains("reorganized"));
    assert_eq!(said[2]["events"], said[0]["events"]);
    // A head that goes back.
    let calls = Mutex::new(0);
    let node = World::covered().node_but(move |method, params| {
        let head = method == "eth_getBlockByNumber" && params[0] == "finalized";
        let mut calls = calls.lock().unwrap();
        *calls += u32::from(head);
        (head && *calls == 2)
            .then(|| json!({ "number": "0x1", "hash": hash(1), "timestamp": "0x1" }))
    });
    let run = watch(&node.url, "--every 1s --times 2 --json").expect(2);
    assert_eq!(lines(&run)[1]["code"], "node_failed", "{}", run.stdout);
}

/// Whatever a node says that is not of the one form, or not of the other answers.
#[test]
fn what_a_node_says_in_another_form_is_no_answer() {
    type Answer = fn(&str, &Value) -> Option<Value>;
    fn call(params: &Value, selector: [u8; 4]) -> bool {
        let data = params[0]["data"].as_str().unwrap_or_default();
        data.starts_with(&hex(selector))
    }
    let faults: [(&str, &str, Answer); 16] = [
        ("no chain", "eth_chainId", |m, _| {
            (m == "eth_chainId").then(|| 1.into())
        }),
        ("a signed number", "eth_chainId", |m, _| {
            (m == "eth_chainId").then(|| "0x+1".into())
        }),
        ("no time", "timestamp", |m, _| {
            (m == "eth_getBlockByNumber").then(|| json!({ "number": "0x4e20", "hash": hash(HEAD) }))
        }),
        ("no registry", "no code at the registry", |m, p| {
            (m == "eth_getCode" && p[0] != hex(ROUTER)).then(|| "0x".into())
        }),
        ("no router", "no code at the router", |m, p| {
            (m == "eth_getCode" && p[0] == hex(ROUTER)).then(|| "0x".into())
        }),
        ("a router with dirty bits", "router: ", |m, p| {
            (m == "eth_call" && call(p, Registry::routerCall::SELECTOR))
                .then(|| hex([0x22; 32]).into())
        }),
        ("nothing returned", "facilityOf: ", |m, p| {
            (m == "eth_call" && call(p, Registry::facilityOfCall::SELECTOR)).then(|| "0x".into())
        }),
        ("a facility with a word more", "facilityOf: ", |m, p| {
            (m == "eth_call" && call(p, Registry::facilityOfCall::SELECTOR))
                .then(|| hex([0; 17 * 32]).into())
        }),
        ("a time out of range", "facilityOf: ", |m, p| {
            (m == "eth_call" && call(p, Registry::facilityOfCall::SELECTOR)).then(|| {
                let mut words = vec![0; 16 * 32];
                words[3 * 32 + 26] = 1;
                hex(words).into()
            })
        }),
        ("a bool of 2", "isCovered: ", |m, p| {
            (m == "eth_call" && call(p, Registry::isCoveredCall::SELECTOR))
                .then(|| hex(U256::from(2).abi_encode()).into())
        }),
        ("a pause beyond 64 bits", "pausedUntil: ", |m, p| {
            (m == "eth_call" && call(p, Router::pausedUntilCall::SELECTOR))
                .then(|| hex([1; 32]).into())
        }),
        ("counts that contradicts", "counts: ", |m, p| {
            (m == "eth_call" && call(p, Router::countsCall::SELECTOR))
                .then(|| hex(false.abi_encode()).into())
        }),
        ("another proved debt", "provedDebt: ", |m, p| {
            (m == "eth_call" && call(p, Registry::provedDebtCall::SELECTOR))
                .then(|| hex((U256::from(1), NOW - 120, UNTIL).abi_encode()).into())
        }),
        ("logs that are no list", "eth_getLogs: ", |m, _| {
            (m == "eth_getLogs").then(|| json!({}))
        }),
        ("a log that is none", "eth_getLogs: [0]: ", |m, _| {
            (m == "eth_getLogs").then(|| json!([7]))
        }),
        ("odd hex", "eth_call", |m, _| {
            (m == "eth_call").then(|| "0x1".into())
        }),
    ];
    for (what, names, fault) in faults {
        let node = World::covered().node_but(fault);
        let said = failed(&node, SINCE);
        assert!(said.contains(names), "{what}: {said}");
    }
    // Covered, though nothing is live.
    let mut world = World::covered().ended();
    world.covered = true;
    assert!(failed(&world.node(), "").contains("isCovered: "));
    // A revert is no answer either.
    let node = Node::new(|method, params| match method {
        "eth_call" => Err(json!({ "code": 3, "message": "execution reverted" })),
        _ => World::covered().answer(method, params),
    });
    assert!(failed(&node, "").contains("reverted"));
    let node = Node::new(|method, params| match method {
        "eth_getLogs" => Err(json!({ "code": -32005, "message": "no logs here" })),
        _ => World::covered().answer(method, params),
    });
    assert!(failed(&node, SINCE).contains("no logs here"));
    let said = desk().run(&format!(
        "watch --registry {REGISTRY} --rpc http://127.0.0.1:1 --facility 1 --json"
    ));
    assert_eq!(said.expect(2).json()["code"], "node_failed");
}

/// Each event is the facility's own, in its range and its order, and encoded as events are.
#[test]
fn logs_that_are_not_the_facilitys_events_are_refused() {
    type Change = fn(&mut Value);
    let changes: [(&str, &str, Change); 14] = [
        ("another contract's", "address", |log| {
            log["address"] = hex([1; 20]).into()
        }),
        ("another facility's", "got one of 0x", |log| {
            log["topics"][1] = hex(U256::from(5).abi_encode()).into();
        }),
        ("another event", "topics[0]", |log| {
            log["topics"][0] = hex([7; 32]).into()
        }),
        ("no topics", "topics[0]", |log| log["topics"] = json!([])),
        ("a topic missing", "Covered: ", |log| {
            log["topics"].as_array_mut().unwrap().pop();
        }),
        ("a short topic", "topics: ", |log| {
            log["topics"][1] = "0x1234".into()
        }),
        ("a byte more", "Covered: ", |log| {
            log["data"] = format!("{}00", log["data"].as_str().unwrap()).into();
        }),
        ("a word less", "Covered: ", |log| {
            let data = log["data"].as_str().unwrap();
            log["data"] = data[..data.len() - 64].into();
        }),
        ("no hex", "data: ", |log| log["data"] = "data".into()),
        ("removed", "removed", |log| log["removed"] = true.into()),
        ("of a block before", "range", |log| {
            log["blockNumber"] = "0x1".into()
        }),
        ("no hash", "blockHash", |log| log["blockHash"] = Value::Null),
        ("no place", "logIndex", |log| log["logIndex"] = "17".into()),
        ("no transaction", "transactionHash", |log| {
            log["transactionHash"] = "0x00".into();
        }),
    ];
    let one = |log: Value, list: fn(Value) -> Value| {
        let world = World::covered();
        world.node_but(move |method, params| {
            let number = |name: &str| {
                u64::from_str_radix(&params[0][name].as_str().unwrap()[2..], 16).unwrap()
            };
            if method != "eth_getLogs" || number("toBlock") - number("fromBlock") >= 2_000 {
                return None;
            }
            (number("fromBlock")..=number("toBlock"))
                .contains(&15_000)
                .then(|| list(log.clone()))
        })
    };
    let honest = log(0, &World::covered().events[0]);
    for (what, names, change) in changes {
        let mut log = honest.clone();
        change(&mut log);
        let said = failed(&one(log, |log| json!([log])), SINCE);
        assert!(said.contains("eth_getLogs: [0]: "), "{what}: {said}");
        assert!(said.contains(names), "{what}: {said}");
    }
    let said = failed(&one(honest, |log| json!([log, log])), SINCE);
    assert!(said.contains("[1]: expected events in the order"), "{said}");
    // Of the head, but of another block of its number.
    let mut world = World::covered();
    world.events[0].0 = HEAD;
    let honest = world.clone();
    let node = world.node_but(move |method, params| {
        let answer = honest.answer(method, params).ok()?;
        let mut logs = answer
            .as_array()
            .filter(|_| method == "eth_getLogs")?
            .clone();
        logs.iter_mut()
            .for_each(|log| log["blockHash"] = hash(1).into());
        Some(logs.into())
    });
    assert!(failed(&node, SINCE).contains("reorganized"));
    // Values out of their ranges, which the contracts never emit.
    let mut world = World::covered();
    world.events.clear();
    let mut event = covered_event(statement());
    event.until = 1 << 40;
    world.emit(15_000, &event);
    assert!(failed(&world.clone().node(), SINCE).contains("until"));
    event.until = UNTIL;
    event.statement.publicDebt = 1 << 80;
    world.events.clear();
    world.emit(15_000, &event);
    assert!(failed(&world.node(), SINCE).contains("publicDebt"));
}

/// What the event says was proved is what the registry keeps.
#[test]
fn a_proof_that_the_registry_does_not_keep_is_refused() {
    let changes: [fn(&mut Registry::Covered); 6] = [
        |event| event.statement.ratioBps = 20_000,
        |event| event.statement.prices[0] += 1,
        |event| event.statement.publicDebt += 1,
        |event| event.pricesAsOf += 1,
        |event| event.documents.clear(),
        |event| event.epoch = 6,
    ];
    for (i, change) in changes.into_iter().enumerate() {
        let mut world = World::covered();
        world.events.clear();
        let mut event = covered_event(statement());
        change(&mut event);
        world.emit(15_000, &event);
        let said = failed(&world.node(), SINCE);
        assert!(said.contains("Covered"), "{i}: {said}");
    }
}

#[test]
fn options_that_do_not_go_together_are_refused() {
    let usage = |more: &str| {
        let said = watch("http://127.0.0.1:1", &format!("{more} --json"))
            .expect(2)
            .json();
        assert_eq!(said["code"], "usage", "{more}: {said}");
        said["error"].as_str().unwrap().to_owned()
    };
    usage("--bundle b.json");
    usage("--expect e.toml");
    usage("--at now");
    usage("--rpc http://127.0.0.1:2");
    usage("--times 2");
    usage("--every 0s");
    usage("--block 1 --every 1s");
    usage("--facility x");
    usage("--terms terms.json terms.json");
    let desk = desk();
    for line in [
        format!("watch --registry {REGISTRY} --rpc http://127.0.0.1:1"),
        format!("watch --registry {REGISTRY} --facility 1"),
        "watch --facility 1".into(),
        "watch --bundle b.json --expect e.toml --prices p.json --facility 1".into(),
        "watch".into(),
    ] {
        let said = desk.run(&format!("{line} --json")).expect(2).json();
        assert_eq!(said["code"], "usage", "{line}: {said}");
    }
    let run = watch("http://127.0.0.1:1", "--terms none.json --json").expect(2);
    assert_eq!(run.json()["code"], "file_not_read");
}

/// A block that is named is read, and no other.
#[test]
fn a_block_may_be_named() {
    let world = World::covered();
    let node = world.node();
    let said = watch(&node.url, &format!("--block {HEAD} --json"))
        .expect(0)
        .json();
    assert_eq!(said["block_number"], HEAD);
    assert!(
        node.calls()
            .iter()
            .all(|(_, params)| params[0] != "finalized")
    );
    failed(&node, "--block 20001");
}
