//! The generated verifiers against the native one (K3).

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

#[path = "../../../circuits/tests/common/mod.rs"]
mod common;

use common::Vectors;
use covenant_circuits::field::to_be_bytes;
use covenant_circuits::shape::Shape;
use covenant_contracts::{Evm, codes, compile};
use covenant_prover::keys::Keys;
use covenant_prover::prove::{Phase, prove};
use covenant_verifier::key::CircuitKey;
use covenant_verifier::solidity::ProofVerifier;

fn calldata(instances: &[[u8; 32]], proof: &[u8]) -> Vec<u8> {
    let n = instances.len();
    let signature = format!("verify(uint256[{n}],bytes)");
    let mut out = covenant_circuits::ident::keccak256(signature.as_bytes())[..4].to_vec();
    out.extend(instances.concat());
    let mut word = |x: usize| {
        out.extend([0; 24]);
        out.extend((x as u64).to_be_bytes());
    };
    word(32 * (n + 1));
    word(proof.len());
    out.extend(proof);
    out
}

#[test]
fn real_proofs_are_accepted() {
    let case = &Vectors::load().list("cases")[0];
    let claim = common::claim(case, 12_500);
    for shape in Shape::STANDARD {
        let keys = Keys::embedded(shape, None).unwrap();
        let key = CircuitKey::aztec_ignition(shape, keys.verifying_key().clone()).unwrap();
        let verifier = ProofVerifier::of(&key).unwrap();
        if let Some(dir) = std::env::var_os("DUMP") {
            std::fs::write(std::path::Path::new(&dir).join(verifier.file_name()), verifier.source()).unwrap();
        }
        let compiled = compile(&verifier.standard_json()).unwrap();
        let (creation, runtime) = codes(&compiled, &verifier.file_name(), verifier.name()).unwrap();
        let proof = prove(&keys, &claim, &common::fullest(&claim), &mut |_: Phase| {}).unwrap();
        let instances: Vec<[u8; 32]> = claim
            .statement
            .public_inputs(&shape)
            .unwrap()
            .iter()
            .map(to_be_bytes)
            .collect();
        let data = calldata(&instances, &proof);
        for osaka in [true, false] {
            let mut evm = Evm::new(osaka);
            let address = evm.deploy(&creation).unwrap();
            let outcome = evm.call(address, &data).unwrap();
            println!("{shape} code {} data {} {outcome:?}", runtime.len(), data.len());
            assert!(outcome.success);
        }
    }
}
