//! The same claim and circuit under the verifier that snark-verifier generates, to compare gas
//! with: written into docs/gas.md with COVENANT_WRITE_GAS=1, compared within 1 %.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::Fr;
use covenant_circuits::shape::Shape;
use covenant_contracts::{Evm, codes, compile, folder};
use covenant_fixtures::Vectors;
use covenant_prover::keys::Keys;
use halo2_proofs::plonk::create_proof;
use halo2_proofs::poly::commitment::ParamsProver;
use halo2_proofs::poly::kzg::commitment::KZGCommitmentScheme;
use halo2_proofs::poly::kzg::multiopen::ProverSHPLONK;
use halo2_proofs::transcript::TranscriptWriterBuffer;
use halo2curves::bn256::{Bn256, Fq, G1Affine};
use rand_core::OsRng;
use serde_json::json;
use snark_verifier::loader::evm::{EvmLoader, encode_calldata};
use snark_verifier::loader::native::NativeLoader;
use snark_verifier::pcs::kzg::{Bdfg21, KzgAs};
use snark_verifier::system::halo2::transcript::evm::EvmTranscript;
use snark_verifier::system::halo2::{Config, compile as protocol_of};
use snark_verifier::verifier::SnarkVerifier;
use snark_verifier::verifier::plonk::PlonkVerifier;
use std::rc::Rc;

type Stock = PlonkVerifier<KzgAs<Bn256, Bdfg21>>;
type Written = EvmTranscript<G1Affine, NativeLoader, Vec<u8>, Vec<u8>>;

/// Solidity of snark-verifier for the circuit, for SHPLONK.
fn source(keys: &Keys, instances: usize) -> String {
    let params = keys.srs().params();
    let config = Config::kzg().with_num_instance(vec![instances]);
    let protocol = protocol_of(params, keys.verifying_key(), config);
    let key = (params.get_g()[0], params.g2(), params.s_g2()).into();
    let loader = EvmLoader::new::<Fq, Fr>();
    let protocol = protocol.loaded(&loader);
    let mut transcript = EvmTranscript::<_, Rc<EvmLoader>, _, _>::new(&loader);
    let instances = transcript.load_instances(vec![instances]);
    let proof = Stock::read_proof(&key, &protocol, &instances, &mut transcript).unwrap();
    Stock::verify(&key, &protocol, &instances, &proof).unwrap();
    loader
        .solidity_code()
        .replace("pragma solidity 0.8.19", "pragma solidity ^0.8.19")
}

#[test]
fn stock_gas_is_as_documented() {
    let claim = covenant_fixtures::claim(&Vectors::load().list("cases")[0], 12_500);
    let keys = Keys::embedded(Shape::SMALL, None).unwrap();
    let witness =
        Witness::honest(&claim, &covenant_fixtures::fullest(&claim), Shape::SMALL).unwrap();
    let public = claim.statement.public_inputs(&Shape::SMALL).unwrap();
    let mut transcript = Written::init(Vec::new());
    create_proof::<KZGCommitmentScheme<Bn256>, ProverSHPLONK<'_, Bn256>, _, _, _, _>(
        keys.srs().params(),
        keys.proving_key(),
        &[CovenantCircuit::new(&witness)],
        &[&[&public]],
        OsRng,
        &mut transcript,
    )
    .unwrap();
    let proof = transcript.finalize();
    let input = json!({
        "language": "Solidity",
        "sources": { "Stock.sol": { "content": source(&keys, public.len()) } },
        "settings": {
            "optimizer": { "enabled": false },
            "metadata": { "appendCBOR": false, "bytecodeHash": "none" },
            "outputSelection": { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] } },
        },
    });
    let compiled = compile(&input).unwrap();
    let (creation, runtime) = codes(&compiled, "Stock.sol", "Halo2Verifier").unwrap();
    let data = encode_calldata(&[public], &proof);
    let mut figures = Vec::new();
    for osaka in [true, false] {
        let mut evm = Evm::new(osaka);
        evm.lift_code_limits();
        let (address, deployment) = evm.deploy_measured(&creation).unwrap();
        let outcome = evm.call(address, &data).unwrap();
        assert!(outcome.success, "{outcome:?}");
        let mut forged = data.clone();
        forged[31] ^= 1;
        assert!(!evm.call(address, &forged).unwrap().success);
        figures.push([
            outcome.gas,
            outcome.execution_gas,
            data.len() as u64,
            runtime.len() as u64,
            deployment,
        ]);
    }
    let mut table = String::new();
    for (rules, row) in ["Osaka", "Prague"].iter().zip(&figures) {
        let cells = row.map(|x| x.to_string()).join(" | ");
        table.push_str(&format!("| `small` | {rules} | stock | {cells} |\n"));
    }
    println!("{table}");
    let path = folder().join("../docs/gas.md");
    let document = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = document.split_once("<!-- stock -->\n").unwrap();
    let (documented, after) = rest.split_once("<!-- end of stock -->\n").unwrap();
    let head = "| shape | rules | call | transaction gas | execution gas | calldata bytes | code bytes | deployment gas |\n|---|---|---|---:|---:|---:|---:|---:|\n";
    if std::env::var_os("COVENANT_WRITE_GAS").is_some() {
        let text = format!("{before}<!-- stock -->\n{head}{table}<!-- end of stock -->\n{after}");
        std::fs::write(&path, text).unwrap();
        return;
    }
    let numbers = |text: &str| -> Vec<f64> {
        let cells = text.split(['|', '\n']).map(str::trim);
        cells.filter_map(|c| c.parse().ok()).collect()
    };
    let (old, new) = (numbers(documented), numbers(&table));
    assert_eq!(old.len(), new.len());
    for (old, new) in old.iter().zip(&new) {
        assert!(
            (old - new).abs() <= 0.01 * old,
            "documented {old}, measured {new}"
        );
    }
}
