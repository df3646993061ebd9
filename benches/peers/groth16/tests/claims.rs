//! The proof of a true claim verifies; a false claim has none, and the proof of another
//! claim does not serve.

use ark_bn254::{Bn254, Fr};
use ark_groth16::Groth16;
use ark_relations::r1cs::{ConstraintSynthesizer, ConstraintSystem};
use ark_snark::SNARK;
use peer_groth16::Claim;
use rand::rngs::OsRng;
use work::{Work, example};

fn satisfied(work: &Work) -> bool {
    let cs = ConstraintSystem::<Fr>::new_ref();
    Claim(work).generate_constraints(cs.clone()).unwrap();
    cs.is_satisfied().unwrap()
}

#[test]
fn a_true_claim_is_proved_and_no_other_with_its_proof() {
    let work = example();
    let claim = Claim(&work);
    let (pk, vk) = Groth16::<Bn254>::circuit_specific_setup(claim.clone(), &mut OsRng).unwrap();
    let proof = Groth16::<Bn254>::prove(&pk, claim.clone(), &mut OsRng).unwrap();
    let mut public = claim.public();
    assert!(Groth16::<Bn254>::verify(&vk, &public, &proof).unwrap());
    for i in [0, 4, public.len() - 1] {
        let kept = public[i];
        public[i] += Fr::from(1);
        assert!(!Groth16::<Bn254>::verify(&vk, &public, &proof).unwrap(), "input {i}");
        public[i] = kept;
    }
}

#[test]
fn false_claims_do_not_satisfy() {
    assert!(satisfied(&example()));
    for falsify in work::FALSE {
        let mut work = example();
        (falsify.change)(&mut work);
        assert!(!satisfied(&work), "{}", falsify.name);
    }
}
