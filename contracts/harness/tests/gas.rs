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

use covenant_circuits::ident::keccak256;
use covenant_circuits::shape::Shape;
use covenant_contracts::{Arguments, folder};
use covenant_solidity::registry::verify_calldata;
use world::{DELAY, World, bytes, capped_front_code, circuit, code, runtime_length};

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
    let registry = Arguments::new()
        .address(&bytes(w.evm.caller))
        .number(DELAY.into());
    let front = capped_front_code(shape, w.proof_verifier, hash, 1_000_000);
    let registry = code("src/CovenantRegistry.sol", "CovenantRegistry", &registry);
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
    (calls.into_iter())
        .map(|(name, to, data, creation, length)| {
            let (_, deployment) = w.evm.deploy_measured(&creation).unwrap();
            let outcome = w.evm.call(to, &data).unwrap();
            assert!(outcome.success, "{shape}, {name}: {outcome:?}");
            let rules = if osaka { "Osaka" } else { "Prague" };
            let mut row = vec![format!("`{shape}`"), rules.to_owned(), name.to_owned()];
            let figures = [
                outcome.gas,
                outcome.execution_gas,
                data.len() as u64,
                length as u64,
                deployment,
            ];
            row.extend(figures.map(|x| x.to_string()));
            row
        })
        .collect()
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
            let (x, y): (f64, f64) = (old.parse().unwrap(), new.parse().unwrap());
            let off = (x - y).abs() / x;
            assert!(
                off <= 0.01,
                "{measured:?}: documented {old}, measured {new}; COVENANT_WRITE_GAS=1 writes docs/gas.md anew"
            );
        }
    }
}
