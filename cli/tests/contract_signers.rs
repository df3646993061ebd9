//! Contracts that sign (ERC-1271) at the command line: `verify --rpc` queries them at one block,
//! and whatever is no answer leaves the verdict open (docs/spec.md, sections 7.2 and 8.2). The
//! contracts themselves, on a chain, are in `make onchain-demo`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::node::Node;
use common::signing::{NOW, SALT_FILE, signed_basket};
use common::{ACCOUNTS, Desk, Run};
use serde_json::{Value, json};
use tiny_http::Response;

const WALLET: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const SIGNATURE: &str = "0x77777777777777";
const BLOCK: u64 = 0x0140_6f40;
const YES: &str = "0x1626ba7e00000000000000000000000000000000000000000000000000000000";

fn hash() -> String {
    format!("0x{}", "b1".repeat(32))
}

/// The demo's basket, whose first account is signed by its key and by a wallet contract on chain
/// 1, which is the attester `wallet`.
fn desk() -> Desk {
    let desk = signed_basket();
    let said = wallet_signs(&desk, 0, ACCOUNTS[0]).json();
    assert_eq!(said["checked"], false);
    let expect = desk.read("expect.toml");
    desk.write(
        "expect.toml",
        format!(
            "{expect}[[attesters]]\nname = \"wallet\"\nkeys = [\"eip155:1:{WALLET}\"]\nroles = [\"collateral\"]\n"
        ),
    );
    prove(&desk);
    desk
}

fn wallet_signs(desk: &Desk, n: usize, account: &str) -> Run {
    desk.run(&format!(
        "account sign {account}/account.json --opening {account}/opening.json --account ref-{n} --salt {SALT_FILE} --valid-until {} --signer eip155:1:{WALLET} --signature {SIGNATURE} --json",
        NOW + 86_400
    ))
    .expect(0)
}

fn prove(desk: &Desk) {
    desk.run(&format!(
        "prove {} --ratio 125% --out b.json",
        Desk::inputs()
    ))
    .expect(0);
}

/// Where the wallet's signature is in the bundle, whose accounts are in the order of their
/// commitments.
fn place(desk: &Desk) -> String {
    let json = |file: &str| serde_json::from_str::<Value>(&desk.read(file)).unwrap();
    let own = json(&format!("{}/account.json", ACCOUNTS[0]))["commitment"].clone();
    let bundle = json("b.json");
    let all = bundle["statement"]["commitments"].as_array().unwrap();
    let at = all.iter().position(|commitment| *commitment == own);
    format!("accounts[{}].attestation[1]", at.unwrap())
}

/// A node of a chain whose wallet returns this, or whose call fails so.
fn chain(id: &'static str, returned: Result<Value, Value>) -> Node {
    Node::new(move |method, params| match method {
        "eth_chainId" => Ok(id.into()),
        "eth_getBlockByNumber" => {
            assert!(
                ["finalized", "0x1406f40"]
                    .map(Value::from)
                    .contains(&params[0])
            );
            Ok(json!({ "number": format!("{BLOCK:#x}"), "hash": hash() }))
        }
        "eth_getCode" => {
            assert_eq!(params[0], WALLET);
            Ok("0x6001".into())
        }
        "eth_call" => {
            assert_eq!(params[0]["to"], WALLET);
            let data = params[0]["data"].as_str().unwrap();
            // isValidSignature(bytes32,bytes), and the signature's bytes after their length.
            assert!(data.starts_with("0x1626ba7e"), "{data}");
            assert!(data.contains(&format!("07{}", &SIGNATURE[2..])), "{data}");
            returned.clone()
        }
        _ => panic!("{method}"),
    })
}

fn verify(desk: &Desk, more: &str) -> Run {
    desk.run(&format!(
        "verify b.json --expect expect.toml --at {} --json {more}",
        NOW + 60
    ))
}

#[test]
fn a_wallet_that_says_yes_counts_at_the_block_that_was_queried() {
    let desk = desk();
    // What was signed is what the wallet is queried for: the same digest at each block.
    let mut data = Vec::new();
    for more in ["", "--block 21000000"] {
        let node = chain("0x1", Ok(YES.into()));
        let said = verify(&desk, &format!("--rpc {} {more}", node.url))
            .expect(0)
            .json();
        let [contract] = &said["contracts"].as_array().unwrap()[..] else {
            panic!("{said}");
        };
        assert_eq!(contract["signer"], format!("eip155:1:{WALLET}"));
        assert_eq!(contract["at"], place(&desk));
        assert_eq!(contract["block_number"], BLOCK);
        assert_eq!(contract["block_hash"], hash());
        assert!(said["trusting"].to_string().contains(&hash()), "{said}");
        let calls = node.calls();
        let at = |method| calls.iter().find(|(m, _)| m == method).unwrap().1.clone();
        let block = if more.is_empty() {
            "finalized"
        } else {
            "0x1406f40"
        };
        assert_eq!(at("eth_getBlockByNumber")[0], block);
        // By its hash, so that a reorganized block is an error and no answer (EIP-1898).
        for method in ["eth_getCode", "eth_call"] {
            let place = json!({ "blockHash": hash(), "requireCanonical": true });
            assert_eq!(at(method)[1], place);
        }
        data.push(at("eth_call")[0]["data"].clone());
    }
    assert_eq!(data[0], data[1]);
}

/// Every account needs two attesters: its key's and the wallet.
#[test]
fn a_quorum_is_reached_by_a_key_and_a_contract() {
    let desk = desk();
    let expect = desk.read("expect.toml");
    let two = expect.replace(
        &format!("keys = [\"eip155:1:{WALLET}\"]\nroles = [\"collateral\"]"),
        &format!("keys = [\"eip155:1:{WALLET}\"]\nroles = [\"collateral\", \"liability\"]"),
    );
    desk.write("expect.toml", format!("attester_quorum = 2\n{two}"));
    let node = chain("0x1", Ok(YES.into()));
    let rpc = format!("--rpc {}", node.url);
    // One account has its two, the others have not.
    let said = verify(&desk, &rpc).expect(1).json();
    assert_eq!(said["code"], "attester_quorum_missed", "{said}");
    for (n, account) in ACCOUNTS.iter().enumerate().skip(1) {
        wallet_signs(&desk, n, account);
    }
    prove(&desk);
    let said = verify(&desk, &rpc).expect(0).json();
    assert_eq!(said["contracts"].as_array().unwrap().len(), ACCOUNTS.len());
    let queried = node.calls();
    let queried = queried.iter().filter(|(method, _)| method == "eth_call");
    // None for the first bundle, which is refused whatever the wallet says.
    assert_eq!(queried.count(), ACCOUNTS.len());
    let node = chain("0x1", Ok("0x".into()));
    let said = verify(&desk, &format!("--rpc {}", node.url))
        .expect(1)
        .json();
    assert_eq!(said["code"], "signature_refused", "{said}");
}

#[test]
fn a_wallet_that_says_anything_else_did_not_sign() {
    let desk = desk();
    let revert = json!({ "code": 3, "message": "execution reverted", "data": "0x" });
    let older = json!({ "code": -32000, "message": "VM Exception: revert" });
    for returned in [
        Ok("0x".into()),
        Ok("0x1626ba7e".into()),
        Ok(format!("{}00", YES).into()),
        Ok(YES.replace("ba7e", "ba7f").into()),
        Ok(YES.replace("0000", "0001").into()),
        Err(revert),
        Err(older),
    ] {
        let node = chain("0x1", returned.clone());
        let said = verify(&desk, &format!("--rpc {}", node.url))
            .expect(1)
            .json();
        assert_eq!(said["code"], "signature_refused", "{returned:?}: {said}");
        assert_eq!(said["field"], place(&desk));
        assert!(said["reason"].to_string().contains(&hash()), "{said}");
    }
}

/// Exit code 2 with that error code; the text names the node or the signature.
fn open(run: Run, code: &str) -> String {
    let said = run.expect(2).json();
    assert_eq!(said["code"], code, "{said}");
    said["error"].as_str().unwrap().to_owned()
}

#[test]
fn without_an_answer_it_cannot_be_told() {
    let desk = desk();
    let said = open(verify(&desk, ""), "contract_not_queried");
    assert!(
        said.contains(&place(&desk)) && said.contains("--rpc"),
        "{said}"
    );
    let elsewhere = chain("0xa", Ok(YES.into()));
    let said = open(
        verify(&desk, &format!("--rpc {}", elsewhere.url)),
        "contract_not_queried",
    );
    assert!(
        said.contains("chain 1") && said.contains("got of 10"),
        "{said}"
    );
    let failing = [
        json!({ "code": -32000, "message": "missing trie node" }),
        json!({ "code": -32005, "message": "limit exceeded" }),
        json!("no"),
    ];
    for error in failing {
        let node = chain("0x1", Err(error.clone()));
        let said = open(verify(&desk, &format!("--rpc {}", node.url)), "node_failed");
        assert!(
            said.contains(&node.url) && said.contains(&error.to_string()),
            "{said}"
        );
    }
    let strange = chain("0x1", Ok(17.into()));
    open(
        verify(&desk, &format!("--rpc {}", strange.url)),
        "node_failed",
    );
    // Nobody there, and two of the same chain.
    let said = open(verify(&desk, "--rpc http://127.0.0.1:1"), "node_failed");
    assert!(said.contains("http://127.0.0.1:1"), "{said}");
    let (one, two) = (chain("0x1", Ok(YES.into())), chain("0x1", Ok(YES.into())));
    let both = format!("--rpc {} --rpc {}", one.url, two.url);
    open(verify(&desk, &both), "usage");
    open(verify(&desk, &format!("{both} --block 1")), "usage");
    open(verify(&desk, "--block 1"), "usage");
}

/// A node that does not keep to the protocol, or to the question.
#[test]
fn a_node_that_answers_something_else_is_not_believed() {
    let desk = desk();
    type Answer = fn(&str) -> Option<Value>;
    let faults: [(&str, Answer); 6] = [
        ("no code", |method| {
            (method == "eth_getCode").then(|| "0x".into())
        }),
        ("another block", |method| {
            (method == "eth_getBlockByNumber")
                .then(|| json!({ "number": "0x1406f41", "hash": hash() }))
        }),
        ("no block", |method| {
            (method == "eth_getBlockByNumber").then_some(Value::Null)
        }),
        ("a block without a hash", |method| {
            (method == "eth_getBlockByNumber").then(|| json!({ "number": "0x1406f40" }))
        }),
        ("a chain of text", |method| {
            (method == "eth_chainId").then(|| "mainnet".into())
        }),
        ("odd hex", |method| {
            (method == "eth_call").then(|| "0x162".into())
        }),
    ];
    for (what, fault) in faults {
        let node = Node::new(move |method, _| {
            Ok(fault(method).unwrap_or_else(|| match method {
                "eth_chainId" => "0x1".into(),
                "eth_getBlockByNumber" => {
                    json!({ "number": "0x1406f40", "hash": hash() })
                }
                "eth_getCode" => "0x6001".into(),
                _ => YES.into(),
            }))
        });
        let run = verify(&desk, &format!("--rpc {} --block 21000000", node.url));
        let said = open(run, "node_failed");
        assert!(said.contains(&node.url), "{what}: {said}");
    }
    for body in ["", "<html>", "[]", "{}", "{\"result\":"] {
        let node = Node::raw(move |_, _| Response::from_string(body));
        open(verify(&desk, &format!("--rpc {}", node.url)), "node_failed");
    }
    // A redirect is not followed: who is queried, the relying party decides.
    let other = chain("0x1", Ok(YES.into()));
    let to = other.url.clone();
    let node = Node::raw(move |_, _| {
        let header = format!("location: {to}")
            .parse::<tiny_http::Header>()
            .unwrap();
        Response::from_string("")
            .with_status_code(307)
            .with_header(header)
    });
    open(verify(&desk, &format!("--rpc {}", node.url)), "node_failed");
    assert!(other.calls().is_empty());
}

/// What is refused for another reason, is refused without a query.
#[test]
fn nobody_is_queried_where_the_verdict_does_not_depend_on_it() {
    let desk = desk();
    let expect = desk.read("expect.toml");
    desk.write("expect.toml", expect.replace("\"125%\"", "\"126%\""));
    let node = chain("0x1", Ok(YES.into()));
    let said = verify(&desk, &format!("--rpc {}", node.url))
        .expect(1)
        .json();
    assert_eq!(said["code"], "ratio_too_low", "{said}");
    assert!(node.calls().is_empty());
}
