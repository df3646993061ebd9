//! The figures of docs/gas.md: measured here, written with COVENANT_WRITE_GAS=1, and compared
//! within 1 % (a proof's random bytes cost more or less calldata gas).

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod world;

use covenant_circuits::account::{Kind, Opening, Position};
use covenant_circuits::ident::keccak256;
use covenant_circuits::numbers::Amount;
use covenant_circuits::shape::Shape;
use covenant_contracts::folder;
use covenant_solidity::registry::{PolicyEnvelope, Submission, many_calldata, verify_calldata};
use rand_core::OsRng;
use revm::primitives::Address;
use world::{
    AS_OF, DEBT, NOW, World, capped_front_code, circuit, claim, proved_prices, proved_with,
    registry_code, runtime_length,
};

const BEGIN: &str = "<!-- measured -->\n";
const END: &str = "<!-- end -->\n";

/// One row a call: shape, rules, call, transaction, execution, calldata, code, deployment.
fn rows(shape: Shape, osaka: bool) -> Vec<Vec<String>> {
    let mut w = World::of(shape, osaka);
    let made = circuit(shape);
    let s = w.submission(w.facility, 0);
    let proof = {
        let inputs = s.statement.public_inputs(&shape).unwrap();
        made.verifier.calldata(&inputs, &s.proof)
    };
    let typed = verify_calldata(&s.statement, &s.proof);
    let submit = s.calldata(w.facility, &w.terms);
    let hash = keccak256(&made.runtime);
    let front = capped_front_code(shape, w.proof_verifier, hash, 1_000_000);
    let registry = registry_code(w.router);
    let calls = [
        (
            "generated `verify`",
            w.proof_verifier,
            proof,
            made.creation.clone(),
            made.runtime.len(),
        ),
        (
            "typed `verify`",
            w.front,
            typed,
            front,
            runtime_length("CovenantVerifier"),
        ),
        (
            "`submit`",
            w.registry,
            submit,
            registry,
            runtime_length("CovenantRegistry"),
        ),
    ];
    let mut rows: Vec<Vec<String>> = (calls.into_iter())
        .map(|(name, to, data, creation, length)| {
            let (_, deployment) = w.evm.deploy_measured(&creation).unwrap();
            let deployed = [length as u64, deployment].map(|x| x.to_string());
            row(&mut w, osaka, name, to, &data, deployed)
        })
        .collect();
    if shape == Shape::SMALL {
        rows.extend(daily_rows(osaka));
        rows.extend(later_rows(osaka));
    }
    rows
}

/// What a call costs, in its order.
fn row(
    w: &mut World,
    osaka: bool,
    name: &str,
    to: Address,
    data: &[u8],
    deployed: [String; 2],
) -> Vec<String> {
    let shape = w.shape;
    let outcome = w.evm.call(to, data).unwrap();
    assert!(outcome.success, "{shape}, {name}: {outcome:?}");
    let rules = if osaka { "Osaka" } else { "Prague" };
    let mut row = vec![format!("`{shape}`"), rules.to_owned(), name.to_owned()];
    let figures = [outcome.gas, outcome.execution_gas, data.len() as u64];
    row.extend(figures.map(|x| x.to_string()));
    row.extend(deployed);
    row
}

const DAY: u64 = 86_400;

fn none() -> [String; 2] {
    ["–", "–"].map(String::from)
}

/// A facility of four accounts: a custodian's three and a creditor's one, with a price signer. The first
/// day, and the next.
fn daily_rows(osaka: bool) -> Vec<Vec<String>> {
    let mut w = World::of(Shape::SMALL, osaka);
    (w.terms.max_account_age, w.terms.max_price_age) = (2 * DAY, 2 * DAY);
    (w.terms.coverage_seconds, w.terms.price_quorum) = (DAY, 1);
    let facility = w.open(80);
    let coin = (
        "bip122:000000000019d6689c085ae165831e93/slip44:0",
        1_000u128,
    );
    let mut rows = Vec::new();
    for (day, name) in [
        "`submit`, four accounts",
        "`submit`, four accounts, renewed",
    ]
    .into_iter()
    .enumerate()
    {
        let day = day as u64;
        let binding = w.binding(facility, day);
        let subject = "lei:5493001KJTIIGC8Y1R12";
        let position = Position::new(coin.0, Amount::new(coin.1).unwrap()).unwrap();
        let fourth = Opening::new(Kind::Collateral, subject, AS_OF, vec![position], OsRng);
        let further = vec![fourth.unwrap()];
        let context = binding.context().unwrap();
        let (statement, proof) = proved_with(w.shape, context, DEBT, further);
        let mut s = w.attested(binding, statement, proof);
        s.prices.as_of += day * DAY;
        // References stay with their kind, whatever the order of the day's commitments.
        let mut next = [0u8; 2];
        for a in &mut s.attestations {
            a.account = [0x10 * (a.kind + 1) + next[usize::from(a.kind)]; 32];
            next[usize::from(a.kind)] += 1;
            a.valid_until = NOW + 3 * DAY;
        }
        w.sign(&mut s);
        w.evm.set_time(NOW + day * DAY);
        let data = s.calldata(facility, &w.terms);
        let registry = w.registry;
        rows.push(row(&mut w, osaka, name, registry, &data, none()));
    }
    rows
}

/// What follows on a first submission, of the smallest circuit: the next day's, one of three
/// facilities, a challenge by signed prices, a release. With the accounts of the vectors' claim, each
/// by one attester.
fn later_rows(osaka: bool) -> Vec<Vec<String>> {
    let mut w = World::of(Shape::SMALL, osaka);
    let policy = claim().policy;
    w.terms.envelope = PolicyEnvelope::of(&policy).hash();
    (w.terms.max_account_age, w.terms.max_price_age) = (2 * DAY, 2 * DAY);
    w.terms.coverage_seconds = DAY;
    let facilities = [81, 82, 83, 84].map(|salt| w.open(salt));
    let of = |w: &World, n: usize, epoch: u64| {
        let mut s = w.submission(facilities[n], epoch);
        for a in &mut s.attestations {
            a.account[31] = n as u8;
            a.valid_until = NOW + 3 * DAY;
        }
        w.sign(&mut s);
        s
    };
    let mut rows = Vec::new();
    let registry = w.registry;
    let first = of(&w, 0, 0);
    assert!(w.submit(facilities[0], &first).success);
    w.evm.set_time(NOW + DAY);
    let mut s = of(&w, 0, 1);
    s.prices.as_of += DAY;
    w.sign(&mut s);
    let data = s.calldata(facilities[0], &w.terms);
    rows.push(row(
        &mut w,
        osaka,
        "`submit`, renewed",
        registry,
        &data,
        none(),
    ));
    let three: Vec<Submission> = (1..4).map(|n| of(&w, n, 0)).collect();
    let renewals: Vec<_> = (facilities[1..].iter().zip(&three))
        .map(|(facility, s)| (*facility, &w.terms, s))
        .collect();
    let data = many_calldata(&renewals);
    let name = "`submitMany` of three";
    rows.push(row(&mut w, osaka, name, registry, &data, none()));
    let mut present = proved_prices(&s);
    let bitcoin = policy.assets().iter().position(|a| a.symbol == "BTC");
    let price = &mut present[bitcoin.unwrap()];
    *price = *price / 10 * 11;
    let mut challenge = w.challenge(&s, &present).unwrap().unwrap();
    challenge.word = w.signed_prices(&s, NOW + DAY, &present);
    let data = challenge.calldata(facilities[0]);
    rows.push(row(&mut w, osaka, "`challenge`", registry, &data, none()));
    assert!(w.consent(facilities[1]).success);
    let data =
        (covenant_contracts::Arguments::new().number(facilities[1])).call("release(uint128)");
    rows.push(row(&mut w, osaka, "`release`", registry, &data, none()));
    rows
}

fn cells(line: &str) -> Vec<String> {
    let inner = line.trim().trim_matches('|');
    inner.split('|').map(|c| c.trim().to_owned()).collect()
}

#[test]
fn gas_is_as_documented() {
    let path = folder().join("../docs/gas.md");
    let document = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = document.split_once(BEGIN).unwrap();
    let (table, after) = rest.split_once(END).unwrap();
    let mut measured = Vec::new();
    for shape in Shape::STANDARD {
        for osaka in [true, false] {
            measured.extend(rows(shape, osaka));
        }
    }
    if std::env::var_os("COVENANT_WRITE_GAS").is_some() {
        let mut text = String::from(
            "| shape | rules | call | transaction gas | execution gas | calldata bytes | code bytes | deployment gas |\n|---|---|---|---:|---:|---:|---:|---:|\n",
        );
        for row in &measured {
            text.push_str(&format!("| {} |\n", row.join(" | ")));
        }
        let written = format!("{before}{BEGIN}{text}{END}{after}");
        std::fs::write(&path, written).unwrap();
        return;
    }
    let documented: Vec<_> = table.lines().skip(2).map(cells).collect();
    assert_eq!(documented.len(), measured.len());
    for (documented, measured) in documented.iter().zip(&measured) {
        assert_eq!(documented[..3], measured[..3]);
        for (old, new) in documented[3..].iter().zip(&measured[3..]) {
            if new == "–" {
                assert_eq!(old, new);
                continue;
            }
            let (x, y): (f64, f64) = (old.parse().unwrap(), new.parse().unwrap());
            let off = (x - y).abs() / x;
            assert!(
                off <= 0.01,
                "{measured:?}: documented {old}, measured {new}; COVENANT_WRITE_GAS=1 writes docs/gas.md anew"
            );
        }
    }
}
