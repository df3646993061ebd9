//! `covenant watch --registry`: a facility of the published contracts, on an EVM behind a node of the
//! test's own, from cover to challenge to cure; and nodes that do not keep to the protocol.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation
)]

mod common;

use common::node::Node;
use common::signing::{NOW, SALT_FILE, salt};
use common::{ACCOUNTS, Desk, Run, SUBJECT};
use covenant_circuits::field::to_hex;
use covenant_circuits::ident::SubjectId;
use covenant_contracts::{Arguments, Evm, Logged};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::mpsc::{Sender, channel};

const DELAY: u128 = 86_400;
const BTC: &str = "bip122:000000000019d6689c085ae165831e93/slip44:0";
const SALT: &str = "0x1111111111111111111111111111111111111111111111111111111111111111";

fn hex(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    format!("0x{digits}")
}

fn unhex(text: &str) -> Vec<u8> {
    let digits = text.strip_prefix("0x").unwrap();
    let byte = |i| u8::from_str_radix(&digits[i..i + 2], 16).unwrap();
    (0..digits.len()).step_by(2).map(byte).collect()
}

/// An artifact of the published contracts, deployed with these arguments.
fn code(name: &str, arguments: &Arguments) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../solidity/data");
    let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
    let artifact: Value = serde_json::from_str(&text).unwrap();
    let mut code = unhex(artifact["bytecode"].as_str().unwrap());
    code.extend(arguments.encode());
    code
}

/// A chain, whose transactions are blocks of their own.
struct World {
    evm: Evm,
    block: u64,
    time: u64,
    deployed: Vec<[u8; 20]>,
    logs: Vec<(u64, Logged)>,
    router: [u8; 20],
    registry: [u8; 20],
}

impl World {
    fn new() -> Self {
        let mut world = Self {
            evm: Evm::new(true),
            block: 1_000,
            time: NOW + 60,
            deployed: Vec::new(),
            logs: Vec::new(),
            router: [0; 20],
            registry: [0; 20],
        };
        world.at(NOW + 60);
        let manifest = std::fs::read_to_string(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../solidity/data/manifest.json"),
        );
        let manifest: Value = serde_json::from_str(&manifest.unwrap()).unwrap();
        let small = &manifest["verifiers"][0];
        assert_eq!(small["shape"], "small");
        let verifier = world.deploy(&code("CovenantProofSmall", &Arguments::new()));
        let hash: [u8; 32] = unhex(small["code_hash"].as_str().unwrap())
            .try_into()
            .unwrap();
        let front = Arguments::new()
            .address(&verifier)
            .word(hash)
            .bytes(small["circuit"].as_str().unwrap().as_bytes())
            .number(4)
            .number(8)
            .number(1_000_000);
        let front = world.deploy(&code("CovenantVerifier", &front));
        let mut word = [0; 32];
        word[12..].copy_from_slice(&front);
        let admin: [u8; 20] = world.evm.caller.into_array();
        let router = Arguments::new()
            .address(&admin)
            .number(DELAY)
            .words(&[word]);
        world.router = world.deploy(&code("CovenantRouter", &router));
        let registry = Arguments::new().address(&world.router).number(DELAY);
        world.registry = world.deploy(&code("CovenantRegistry", &registry));
        world
    }

    fn at(&mut self, time: u64) {
        self.time = time;
        self.evm.set_time(time);
    }

    fn deploy(&mut self, code: &[u8]) -> [u8; 20] {
        self.block += 1;
        let address = self.evm.deploy(code).unwrap().into_array();
        self.deployed.push(address);
        address
    }

    /// A transaction, which must not fail.
    fn send(&mut self, to: [u8; 20], data: &[u8]) -> Vec<u8> {
        self.block += 1;
        let outcome = self.evm.call(to.into(), data).unwrap();
        assert!(outcome.success, "{}", hex(&outcome.output));
        let logs = outcome.logs.into_iter().map(|log| (self.block, log));
        self.logs.extend(logs);
        outcome.output
    }

    fn hash(block: u64) -> String {
        format!("0x{block:064x}")
    }

    /// What a node answers.
    fn answer(&mut self, method: &str, params: &Value) -> Result<Value, Value> {
        let place = |at: &Value| {
            let here = json!({ "blockHash": Self::hash(self.block), "requireCanonical": true });
            assert_eq!(*at, here, "{method}");
        };
        let address = |text: &Value| -> [u8; 20] {
            unhex(&text.as_str().unwrap().to_lowercase())
                .try_into()
                .unwrap()
        };
        Ok(match method {
            "eth_chainId" => "0x1".into(),
            "eth_getBlockByNumber" => {
                let number = match params[0].as_str().unwrap() {
                    "finalized" | "latest" => self.block,
                    number => u64::from_str_radix(&number[2..], 16).unwrap(),
                };
                json!({
                    "number": format!("{number:#x}"),
                    "hash": Self::hash(number),
                    "timestamp": format!("{:#x}", self.time),
                })
            }
            "eth_getCode" => {
                place(&params[1]);
                match self.deployed.contains(&address(&params[0])) {
                    true => "0x6001".into(),
                    false => "0x".into(),
                }
            }
            "eth_call" => {
                place(&params[1]);
                let data = unhex(params[0]["data"].as_str().unwrap());
                let outcome = self
                    .evm
                    .call(address(&params[0]["to"]).into(), &data)
                    .unwrap();
                if !outcome.success {
                    return Err(json!({ "code": 3, "message": "execution reverted" }));
                }
                hex(&outcome.output).into()
            }
            "eth_getLogs" => {
                let filter = &params[0];
                let number = |name: &str| {
                    let text = filter[name].as_str().unwrap();
                    u64::from_str_radix(&text[2..], 16).unwrap()
                };
                let (from, to) = (number("fromBlock"), number("toBlock"));
                // As many nodes do.
                if to - from >= 5_000 {
                    return Err(json!({ "code": -32005, "message": "range too large" }));
                }
                let wanted = |place: usize, topic: &[u8; 32]| {
                    let all = filter["topics"][place].as_array().unwrap();
                    all.contains(&hex(topic).into())
                };
                let logs = self.logs.iter().enumerate().filter(|(_, (block, log))| {
                    (from..=to).contains(block)
                        && log.address.into_array() == address(&filter["address"])
                        && log.topics.len() > 1
                        && wanted(0, &log.topics[0])
                        && wanted(1, &log.topics[1])
                });
                logs.map(|(i, (block, log))| {
                    json!({
                        "address": hex(&log.address.into_array()),
                        "topics": log.topics.iter().map(|t| hex(t)).collect::<Vec<_>>(),
                        "data": hex(&log.data),
                        "blockNumber": format!("{block:#x}"),
                        "blockHash": Self::hash(*block),
                        "logIndex": format!("{i:#x}"),
                        "removed": false,
                    })
                })
                .collect()
            }
            _ => panic!("{method}"),
        })
    }
}

type Job = Box<dyn FnOnce(&mut World) + Send>;

/// The chain on a thread of its own, as its EVM cannot leave it.
#[derive(Clone)]
struct Chain(Sender<Job>);

impl Chain {
    fn new() -> Self {
        let (jobs, all) = channel::<Job>();
        std::thread::spawn(move || {
            let mut world = World::new();
            all.iter().for_each(|job| job(&mut world));
        });
        Self(jobs)
    }

    fn on<T: Send + 'static>(&self, act: impl FnOnce(&mut World) -> T + Send + 'static) -> T {
        let (done, result) = channel();
        let job = move |world: &mut World| done.send(act(world)).unwrap();
        self.0.send(Box::new(job)).unwrap();
        result.recv().unwrap()
    }

    fn answer(&self, method: &str, params: &Value) -> Result<Value, Value> {
        let (method, params) = (method.to_owned(), params.clone());
        self.on(move |world| world.answer(&method, &params))
    }

    fn node(&self) -> Node {
        self.node_but(|_, _, answer| answer)
    }

    /// A node that changes answers.
    fn node_but(
        &self,
        fault: impl Fn(&str, &Value, Result<Value, Value>) -> Result<Value, Value> + Send + 'static,
    ) -> Node {
        let chain = self.clone();
        Node::new(move |method, params| fault(method, params, chain.answer(method, params)))
    }

    fn send(&self, data: Vec<u8>) {
        self.on(move |world| world.send(world.registry, &data));
    }

    fn registry(&self) -> String {
        hex(&self.on(|world| world.registry))
    }
}

/// The demo's basket, a facility with its terms, and the chain.
struct Story {
    desk: Desk,
    chain: Chain,
    facility: String,
}

impl Story {
    fn keyed(desk: &Desk, line: String) -> Value {
        let mut command = desk.command();
        let run = Desk::run_of(
            command
                .env("KEY", format!("0x{}", "11".repeat(32)))
                .args(line.split_whitespace()),
        );
        serde_json::from_str(&run.expect(0).stdout).unwrap()
    }

    fn calldata(&self, line: &str) -> Vec<u8> {
        let said = self.desk.run(&format!("export calldata {line} --json"));
        unhex(said.expect(0).json()["calldata"].as_str().unwrap())
    }

    /// A facility under terms that let anybody challenge, with signed prices.
    fn opened() -> Self {
        Self::under(|_, _| Vec::new())
    }

    /// The same under terms with these feeds.
    fn under(feeds: impl Fn(&Chain, &[Value]) -> Vec<Value>) -> Self {
        let desk = Desk::basket(NOW);
        salt(&desk);
        let mut signer = Value::Null;
        for account in ACCOUNTS {
            let line = format!(
                "account sign {account}/account.json --opening {account}/opening.json --key env:KEY --account {account} --salt {SALT_FILE} --valid-until {} --json",
                NOW + 80_000
            );
            signer = Self::keyed(&desk, line)["attester"].clone();
        }
        let subject = SubjectId::of(SUBJECT).unwrap();
        let digest = desk
            .run("policy digest policy.json --json")
            .expect(0)
            .json();
        let (zero, none) = (
            format!("0x{}", "0".repeat(40)),
            format!("0x{}", "0".repeat(64)),
        );
        let mut terms = json!({
            "subject": to_hex(&subject.get()), "policy": digest["digest"],
            "minRatioBps": 12_500, "circuits": [], "debtSources": [],
            "minPublicDebt": "4000000000000", "beneficiary": signer,
            "maxAccountAge": 86_400, "maxWindow": 0, "maxPriceAge": 3_600, "maxLag": 0,
            "coverageSeconds": 7_200, "attesterQuorum": 1, "priceQuorum": 1,
            "attesters": [{ "signer": signer, "identity": signer, "roles": 7 }],
            "feeds": [], "envelope": none, "sequencer": zero, "sequencerGrace": 0,
            "securedParty": "0", "wording": none, "bond": 0, "cureSeconds": 3_600, "hook": zero,
        });
        desk.write("terms.json", terms.to_string());
        let said = desk.run("export terms terms.json --policy policy.json --json");
        let policy = said.expect(0).json()["policy"].clone();
        terms["envelope"] = policy["envelope"].clone();
        let chain = Chain::new();
        terms["feeds"] = feeds(&chain, policy["assets"].as_array().unwrap()).into();
        desk.write("terms.json", terms.to_string());
        let mut story = Self {
            desk,
            chain,
            facility: String::new(),
        };
        let open = story.calldata(&format!("--for open --terms terms.json --salt {SALT}"));
        let id = story
            .chain
            .on(move |world| world.send(world.registry, &open));
        story.facility = hex(&id[16..]);
        story
    }

    /// The demo's prices at a time, bitcoin at so many basis points, signed.
    fn prices(&self, file: &str, at: u64, bps: u128) {
        let mut prices: Value = serde_json::from_str(&self.desk.read("prices.json")).unwrap();
        prices["as_of"] = at.into();
        prices.as_object_mut().unwrap().remove("signatures");
        let price = &mut prices["prices"][BTC];
        let moved = price.as_str().unwrap().parse::<u128>().unwrap() / 10_000 * bps;
        *price = moved.to_string().into();
        self.desk.write(file, prices.to_string());
        let line = format!("prices sign {file} --policy policy.json --key env:KEY --json");
        Self::keyed(&self.desk, line);
    }

    /// Proves for the facility's epoch with these prices, and submits.
    fn submit(&self, epoch: u64, prices: &str) {
        let place = format!(
            "--chain-id 1 --registry {} --facility {} --epoch {epoch}",
            self.chain.registry(),
            self.facility
        );
        let context = self.desk.run(&format!("export context {place} --json"));
        let context = context.expect(0).json()["context"]
            .as_str()
            .unwrap()
            .to_owned();
        let inputs = Desk::inputs().replace("prices.json", prices);
        let bundle = format!("b{epoch}.json");
        self.desk
            .run(&format!(
                "prove {inputs} --ratio 125% --context-hash {context} --out {bundle}"
            ))
            .expect(0);
        let submit = format!("{bundle} --for submit --terms terms.json --version 1 {place}");
        self.chain.send(self.calldata(&submit));
    }

    fn watch(&self, node: &Node, more: &str) -> Run {
        let time = self.chain.on(|world| world.time);
        self.desk.run(&format!(
            "watch --registry {} --rpc {} --facility {} --at {time} {more}",
            self.chain.registry(),
            node.url,
            self.facility
        ))
    }

    /// What is told with that exit code.
    fn told(&self, exit: i32, more: &str) -> Value {
        let run = self.watch(&self.chain.node(), &format!("--json {more}"));
        run.expect(exit).json()
    }
}

fn names(said: &Value) -> Vec<&str> {
    let events = said["events"].as_array().unwrap();
    events
        .iter()
        .map(|e| e["event"].as_str().unwrap())
        .collect()
}

#[test]
fn a_facility_from_cover_to_challenge_to_cure() {
    let story = Story::opened();
    let said = story.told(1, "--terms terms.json");
    assert_eq!(
        (&said["state"], &said["code"]),
        (&"not_proved".into(), &"facility_not_covered".into())
    );
    assert_eq!(names(&said), ["FacilityOpened"]);

    story.prices("p0.json", NOW, 10_000);
    story.submit(0, "p0.json");
    let said = story.told(0, "--terms terms.json");
    assert_eq!(said["state"], "covered");
    assert_eq!(said["coverage"]["until"], NOW + 60 + 7_200);
    assert_eq!(said["coverage"]["debt"], "4000000");
    assert_eq!(said["coverage"]["ratio_bps"], 12_500);
    assert_eq!(said["coverage"]["prices_as_of"], NOW);
    assert_eq!(said["debt"], "4000000");
    assert_eq!(names(&said), ["FacilityOpened", "Covered"]);
    // Without the event, its block is too early: what the registry keeps is told.
    let said = story.told(0, "--from-block 999999");
    assert_eq!(said["coverage"].get("ratio_bps"), None);
    let text = story.watch(&story.chain.node(), "").expect(0).stdout;
    assert!(
        text.contains("COVERED") && text.contains("4,000,000 at 125"),
        "{text}"
    );
    // Under other terms it is not covered.
    let terms = story.desk.read("terms.json");
    story
        .desk
        .write("other.json", terms.replace("12500", "12000"));
    assert_eq!(story.told(1, "--terms other.json")["state"], "other_terms");
    // It is over, though the node's block is of before.
    let late = format!("--at {}", NOW + 60 + 7_200);
    let node = story.chain.node();
    let line = format!(
        "watch --registry eip155:1:{} --rpc {} --facility {} --max-block-age 3h --json {late}",
        story.chain.registry(),
        node.url,
        story.facility
    );
    assert_eq!(story.desk.run(&line).expect(1).json()["state"], "lapsed");

    let judged = "--terms terms.json --policy policy.json --prices now.json";
    story.chain.on(|world| world.at(NOW + 600));
    story.prices("now.json", NOW + 500, 8_000);
    let said = story.told(0, judged);
    assert_eq!(said["prices"]["inside"], true);
    assert_eq!(said["prices"]["ratio_bps"], 10_000);
    story.prices("now.json", NOW + 500, 4_000);
    let said = story.told(1, &format!("{judged} --challenge challenge.json"));
    assert_eq!(
        (&said["state"], &said["code"]),
        (&"outside".into(), &"outside_envelope".into())
    );
    assert_eq!(said["challenge"]["file"], "challenge.json");
    // Too old to be judged, though the facility is covered.
    story.chain.on(|world| world.at(NOW + 4_200));
    let said = story.told(2, judged);
    assert_eq!(
        (&said["state"], &said["code"]),
        (&"prices_unknown".into(), &"price_stale".into())
    );
    story.chain.on(|world| world.at(NOW + 700));

    // What is written ends the coverage.
    let challenge: Value = serde_json::from_str(&story.desk.read("challenge.json")).unwrap();
    assert_eq!(challenge["function"], "challenge");
    story
        .chain
        .send(unhex(challenge["calldata"].as_str().unwrap()));
    let said = story.told(1, "");
    assert_eq!(said["state"], "ended");
    assert_eq!(said["ended"]["at"], NOW + 700);
    assert_eq!(said["ended"]["cure_by"], NOW + 700 + 3_600);
    let last = said["events"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&last["event"], &last["why"]),
        (&"CoverageEnded".into(), &"prices_outside".into())
    );

    // A new proof at prices of after cures it.
    story.chain.on(|world| world.at(NOW + 900));
    story.prices("p2.json", NOW + 800, 10_000);
    story.submit(2, "p2.json");
    let said = story.told(0, "");
    assert_eq!(
        (&said["state"], &said["epoch"]),
        (&"covered".into(), &3.into())
    );
    assert_eq!(said.get("ended"), None);

    // Weaker terms are announced, submissions are paused, and the version is frozen.
    let announce = format!(
        "--for announce --terms other.json --facility {}",
        story.facility
    );
    story.chain.send(story.calldata(&announce));
    let said = story.told(0, "");
    assert_eq!(said["announced"]["from"], NOW + 900 + 86_400);
    assert_eq!(said["announced"]["until"], NOW + 900 + 8 * 86_400);
    assert_eq!(said["announced"]["open"], false);
    story.chain.on(|world| {
        let pause = Arguments::new().number(1).call("setPaused(bool)");
        world.send(world.router, &pause)
    });
    let said = story.told(1, "");
    assert_eq!(
        (&said["state"], &said["paused_until"]),
        (&"paused".into(), &(NOW + 900 + 3 * 86_400).into())
    );
    story.chain.on(|world| {
        let freeze = Arguments::new().number(1).call("freezeVersion(uint8)");
        world.send(world.router, &freeze)
    });
    assert_eq!(story.told(1, "")["state"], "frozen");
}

/// A feed whose answer and time are set by a call of two words; round 1, 8 decimals.
fn feed_code() -> Vec<u8> {
    let runtime = unhex(
        "0x36604014603c57\
         5f3560e01c63feaf968c14601d57\
         60085f5260205ff3\
         5b60015f525f5460205260015460405260015460605260016080 5260a05ff3\
         5b5f355f55602035600155 00"
            .replace(' ', "")
            .as_str(),
    );
    let mut code = vec![
        0x60,
        u8::try_from(runtime.len()).unwrap(),
        0x80,
        0x60,
        9,
        0x5f,
        0x39,
        0x5f,
        0xf3,
    ];
    code.extend(runtime);
    code
}

#[test]
fn prices_of_the_terms_feeds_are_read_at_the_block() {
    let prices: Value = {
        let desk = Desk::basket(NOW);
        serde_json::from_str(&desk.read("prices.json")).unwrap()
    };
    let answer = move |asset: &Value, bps: u128| {
        let price = &prices["prices"][asset["asset"].as_str().unwrap()];
        let price: u128 = price.as_str().unwrap().parse().unwrap();
        let decimals = u32::try_from(asset["decimals"].as_u64().unwrap()).unwrap();
        let unit = 10_u128.pow(36 - 8 - decimals);
        assert_eq!(price % unit, 0);
        price / unit * bps / 10_000
    };
    let placed = std::cell::RefCell::new(Vec::new());
    let set = |chain: &Chain, feed: [u8; 20], answer: u128, time: u64| {
        let words = Arguments::new().number(answer).number(time.into()).encode();
        chain.on(move |world| world.send(feed, &words));
    };
    let story = Story::under(|chain, assets| {
        let made = assets.iter().map(|asset| {
            let feed = chain.on(|world| world.deploy(&feed_code()));
            set(chain, feed, answer(asset, 10_000), NOW);
            placed.borrow_mut().push((feed, asset.clone()));
            json!({ "feed": hex(&feed), "assetDecimals": asset["decimals"], "maxAge": 3_600 })
        });
        made.collect()
    });
    story.submit(0, "prices.json");
    let judged = "--terms terms.json --policy policy.json --challenge challenge.json";
    let said = story.told(0, judged);
    assert_eq!(said["prices"]["ratio_bps"], 12_500, "{said}");
    assert_eq!(said["coverage"].get("prices_as_of"), None);
    // Prices of a file are none of the registry's.
    let said = story.told(2, &format!("{judged} --prices prices.json"));
    assert_eq!(
        (&said["state"], &said["code"]),
        (&"prices_unknown".into(), &"usage".into())
    );
    let placed = placed.into_inner();
    let bitcoin = placed.iter().find(|(_, asset)| asset["asset"] == BTC);
    let (feed, asset) = bitcoin.unwrap().clone();
    let chain = &story.chain;
    set(chain, feed, answer(&asset, 8_000), NOW + 30);
    assert_eq!(story.told(0, judged)["prices"]["ratio_bps"], 10_000);
    // Stale, of the future, and no price.
    for (price, time, code) in [
        (answer(&asset, 8_000), NOW - 3_600, "price_stale"),
        (answer(&asset, 8_000), NOW + 61, "price_round_unusable"),
        (answer(&asset, 8_000), 0, "price_round_unusable"),
        (0, NOW + 30, "price_unusable"),
        (1 << 120, NOW + 30, "price_unusable"),
    ] {
        set(chain, feed, price, time);
        let said = story.told(2, judged);
        assert_eq!(
            (&said["state"], &said["code"]),
            (&"prices_unknown".into(), &code.into())
        );
    }
    set(chain, feed, answer(&asset, 4_000), NOW + 30);
    let said = story.told(1, judged);
    assert_eq!(said["state"], "outside");
    let challenge: Value = serde_json::from_str(&story.desk.read("challenge.json")).unwrap();
    chain.send(unhex(challenge["calldata"].as_str().unwrap()));
    assert_eq!(story.told(1, judged)["state"], "ended");
}

#[test]
fn changes_are_lines_and_a_chain_that_was_reorganized_is_told() {
    let story = Story::opened();
    let chain = story.chain.clone();
    // The third look finds another block where the first one was.
    let looks = std::sync::atomic::AtomicU64::new(0);
    let node = story.chain.node_but(move |method, params, answer| {
        let mut answer = answer?;
        if method == "eth_getBlockByNumber" && params[0] == "finalized" {
            match looks.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
                0 => {}
                1 => {
                    chain.on(|world| world.block += 1);
                    answer["number"] = format!("{:#x}", chain.on(|world| world.block)).into();
                    answer["hash"] = World::hash(chain.on(|world| world.block)).into();
                }
                _ => answer["number"] = "0x1".into(),
            }
        }
        Ok(answer)
    });
    let line = format!(
        "watch --registry {} --rpc {} --facility {} --max-block-age 1000d --every 1s --times 3 --json",
        story.chain.registry(),
        node.url,
        story.facility
    );
    let run = story.desk.run(&line).expect(2);
    let lines: Vec<Value> = (run.stdout.lines())
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    // Nothing changed at the second look.
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(lines[0]["state"], "not_proved");
    assert_eq!(lines[1]["code"], "node_failed");
    assert!(
        lines[1]["error"].as_str().unwrap().contains("reorganized"),
        "{lines:?}"
    );
}

#[test]
fn a_node_that_answers_something_else_is_not_believed() {
    let story = Story::opened();
    let node = story.chain.node();
    let said = story.watch(&node, "--json").expect(1).json();
    assert_eq!(said["state"], "not_proved");
    type Fault = fn(&str, &Value, Value) -> Result<Value, Value>;
    let on = |method: &'static str, fault: Fault| (method, fault);
    let faults: Vec<(&str, Fault, &str)> = vec![
        ("eth_getCode", |_, _, _| Ok("0x".into()), "no code at"),
        (
            "eth_getBlockByNumber",
            |_, _, mut b| {
                b["timestamp"] = Value::Null;
                Ok(b)
            },
            "timestamp",
        ),
        (
            "eth_getBlockByNumber",
            |_, _, mut b| {
                b["timestamp"] = "0x1".into();
                Ok(b)
            },
            "stays behind",
        ),
        (
            "eth_getBlockByNumber",
            |_, p, mut b| {
                if p[0] != "finalized" {
                    b["hash"] = World::hash(7).into();
                }
                Ok(b)
            },
            "reorganized",
        ),
        (
            "eth_call",
            |_, _, _| Err(json!({ "code": 3, "message": "execution reverted" })),
            "got a revert",
        ),
        (
            "eth_call",
            |_, _, _| Err(json!({ "code": -32000, "message": "header not found" })),
            "header not found",
        ),
        (
            "eth_call",
            |_, _, c| Ok(format!("{}00", c.as_str().unwrap()).into()),
            "got something else",
        ),
        ("eth_call", |_, _, _| Ok("0x".into()), "got something else"),
        ("eth_call", |_, _, _| Ok(7.into()), "0x-hex"),
        // Covered, as one function says; nothing proved, as another does.
        (
            "eth_call",
            |_, p, c| {
                Ok(match p[0]["data"].as_str().unwrap().len() {
                    138 if c.as_str().unwrap().len() == 66 => {
                        format!("0x{}1", "0".repeat(63)).into()
                    }
                    _ => c,
                })
            },
            "contradicts itself",
        ),
        ("eth_getLogs", |_, _, _| Ok(json!({})), "a list of logs"),
        (
            "eth_getLogs",
            |_, _, mut l| {
                l[0]["address"] = hex(&[7; 20]).into();
                Ok(l)
            },
            "the registry alone",
        ),
        (
            "eth_getLogs",
            |_, _, mut l| {
                l[0]["removed"] = true.into();
                Ok(l)
            },
            "removed",
        ),
        (
            "eth_getLogs",
            |_, _, mut l| {
                l[0]["blockNumber"] = "0xffffff".into();
                Ok(l)
            },
            "blocks that were queried",
        ),
        (
            "eth_getLogs",
            |_, _, mut l| {
                l[0]["blockHash"] = World::hash(7).into();
                Ok(l)
            },
            "reorganized",
        ),
        (
            "eth_getLogs",
            |_, _, mut l| {
                l[0]["topics"][0] = hex(&[7; 32]).into();
                Ok(l)
            },
            "an event",
        ),
        (
            "eth_getLogs",
            |_, _, mut l| {
                l[0]["topics"][1] = hex(&[0; 32]).into();
                Ok(l)
            },
            "facilities that were queried",
        ),
        (
            "eth_getLogs",
            |_, _, mut l| {
                l[0]["topics"][1] = hex(&[7; 32]).into();
                Ok(l)
            },
            "the fields of the event",
        ),
        (
            "eth_getLogs",
            |_, _, mut l| {
                l[0]["data"] = format!("{}00", l[0]["data"].as_str().unwrap()).into();
                Ok(l)
            },
            "the fields of the event",
        ),
        (
            "eth_getLogs",
            |_, _, l| {
                let one = l[0].clone();
                Ok(json!([one, one]))
            },
            "order of the chain",
        ),
        (
            "eth_getLogs",
            |_, _, _| Err(json!({ "code": -32005, "message": "limit" })),
            "limit",
        ),
    ];
    let last = story
        .chain
        .on(|world| world.logs.len() as u64 + world.block);
    assert!(last > 1_000);
    for (method, fault, told) in faults {
        let (method, fault) = on(method, fault);
        let node = story
            .chain
            .node_but(move |m, params, answer| match m == method {
                // What is empty has nothing to break.
                true if m == "eth_getLogs" && answer.as_ref().is_ok_and(|l| l == &json!([])) => {
                    answer
                }
                true => fault(m, params, answer?),
                false => answer,
            });
        let said = story
            .watch(&node, "--json --from-block 1000")
            .expect(2)
            .json();
        assert_eq!(said["code"], "node_failed", "{method}: {said}");
        let error = said["error"].as_str().unwrap();
        assert!(
            error.contains(told) && error.contains(&node.url),
            "{told}: {error}"
        );
    }
    // Another chain than the registry's, and nobody there.
    for (registry, url) in [
        (
            format!("eip155:10:{}", story.chain.registry()),
            node.url.clone(),
        ),
        (story.chain.registry(), "http://127.0.0.1:1".into()),
    ] {
        let line = format!(
            "watch --registry {registry} --rpc {url} --facility {} --json",
            story.facility
        );
        let said = story.desk.run(&line).expect(2).json();
        assert_eq!(said["code"], "node_failed", "{said}");
    }
    // A facility that nobody opened.
    let line = format!(
        "watch --registry {} --rpc {} --facility 7 --at {} --json",
        story.chain.registry(),
        node.url,
        NOW + 60
    );
    assert_eq!(story.desk.run(&line).expect(1).json()["state"], "not_open");
}

#[test]
fn options_that_do_not_go_together_are_refused() {
    let desk = Desk::new();
    let registry = format!("0x{}", "9".repeat(40));
    let base = format!("watch --registry {registry} --rpc http://127.0.0.1:1 --facility 7");
    for line in [
        format!("{base} --bundle b.json"),
        format!("{base} --log l --facility-file f"),
        format!("{base} --facility 7"),
        format!("{base} --challenge c.json"),
        format!("{base} --prices p.json"),
        format!("{base} --block 1 --every 1s"),
        format!("{base} --block 1 --latest"),
        format!("{base} --rpc http://127.0.0.1:2"),
        format!("{base} --every 0s"),
        format!("watch --registry {registry} --facility 7"),
        format!("watch --registry {registry} --rpc http://127.0.0.1:1"),
        "watch --facility 7".into(),
        "watch --bundle b.json --expect e.toml".into(),
    ] {
        let said = desk.run(&format!("{line} --json")).expect(2).json();
        assert_eq!(said["code"], "usage", "{line}: {said}");
    }
}
