//! A true claim satisfies the circuit, false ones do not, and other public inputs neither.

use halo2_base::gates::circuit::{CircuitBuilderStage, builder::BaseCircuitBuilder};
use halo2_base::halo2_proofs::dev::MockProver;
use halo2_base::halo2_proofs::halo2curves::bn256::Fr;
use peer_halo2_base::{K, public, sized};
use work::{Work, example};

/// Whether the claim holds for the commitments of another.
fn satisfied(work: &Work, commitments: &[Fr]) -> bool {
    let blank = BaseCircuitBuilder::<Fr>::from_stage(CircuitBuilderStage::Mock);
    let (builder, _) = sized(work, blank);
    let instance = [public(work), commitments.to_vec()].concat();
    MockProver::run(K as u32, &builder, vec![instance])
        .unwrap()
        .verify()
        .is_ok()
}

fn commitments(work: &Work) -> Vec<Fr> {
    let blank = BaseCircuitBuilder::<Fr>::from_stage(CircuitBuilderStage::Mock);
    let (_, instance) = sized(work, blank);
    instance[public(work).len()..].to_vec()
}

#[test]
fn only_a_true_claim_satisfies() {
    let honest = example();
    let committed = commitments(&honest);
    assert!(satisfied(&honest, &committed));
    for falsify in work::FALSE {
        let mut work = example();
        (falsify.change)(&mut work);
        // This system's commitments are not those in the file.
        let mut committed = committed.clone();
        if work.accounts[1].commitment != honest.accounts[1].commitment {
            committed[1] += Fr::one();
        }
        assert!(!satisfied(&work, &committed), "{}", falsify.name);
    }
}
