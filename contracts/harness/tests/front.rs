//! The typed front with little gas: a true proof is never called false.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod world;

use covenant_circuits::shape::Shape;
use covenant_contracts::{Outcome, selector};
use covenant_solidity::registry::verify_calldata;
use revm::primitives::Address;
use world::{World, capped_front_code, hash_of_verifier, reverts};

/// Below the least that a transaction of this calldata may have.
const FROM: u64 = 60_000;
/// With it the generated verifier is given its cap.
const TO: u64 = 1_200_000;

/// How a call of the front ends.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum End {
    /// No transaction: it may not have so little gas.
    Refused,
    OutOfGas,
    NotEnoughGas,
    Accepted,
}

fn end(w: &mut World, front: Address, data: &[u8], limit: u64) -> End {
    let Ok(outcome) = w.evm.call_with_gas(front, data, limit) else {
        return End::Refused;
    };
    match outcome {
        Outcome { success: true, .. } => End::Accepted,
        Outcome { halted: true, .. } => End::OutOfGas,
        outcome => {
            reverts(&outcome, "NotEnoughGas(uint256)");
            End::NotEnoughGas
        }
    }
}

/// A transaction has enough, or is told so: from the least gas up, in steps that become fine
/// where the answer changes.
#[test]
fn a_true_proof_is_never_rejected_for_lack_of_gas() {
    let mut w = World::new();
    let s = w.submission(w.facility, 0);
    let data = verify_calldata(&s.statement, &s.proof);
    let front = w.front;
    let mut seen = Vec::new();
    let mut last = (FROM, End::Refused);
    for limit in (FROM..=TO).step_by(5_000) {
        let now = end(&mut w, front, &data, limit);
        assert!(now >= last.1, "{limit}: {now:?} after {:?}", last.1);
        if now != last.1 {
            for limit in (last.0..limit).step_by(50) {
                end(&mut w, front, &data, limit);
            }
            seen.push(now);
        }
        last = (limit, now);
    }
    println!("{seen:?}");
    assert!(seen.ends_with(&[End::NotEnoughGas, End::Accepted]));
    // The error names the cap.
    let short = w.evm.call_with_gas(front, &data, 300_000).unwrap();
    reverts(&short, "NotEnoughGas(uint256)");
    assert_eq!(short.output.len(), 36);
    assert_eq!(
        short.output[4..],
        [&[0; 24][..], &1_000_000u64.to_be_bytes()].concat()
    );
}

/// With its cap given, what the verifier refuses is false.
#[test]
fn a_false_proof_with_full_gas_is_rejected() {
    let mut w = World::new();
    let s = w.submission(w.facility, 0);
    let front = w.front;
    let good = verify_calldata(&s.statement, &s.proof);
    let limit = TO;
    assert_eq!(end(&mut w, front, &good, limit), End::Accepted);
    let invalid = {
        let mut proof = s.proof.clone();
        let last = proof.len() - 64 * 2 - 1;
        proof[last] ^= 1;
        proof
    };
    let unreduced = {
        let mut proof = s.proof.clone();
        proof[..32].fill(0xff);
        proof
    };
    let shorter = s.proof[..s.proof.len() - 1].to_vec();
    let longer = [s.proof.as_slice(), &[0; 32]].concat();
    for (proof, reason) in [
        (invalid, "ProofInvalid()"),
        (unreduced, "NotCanonical()"),
        (shorter, "WrongLength()"),
        (longer, "WrongLength()"),
        (Vec::new(), "WrongLength()"),
    ] {
        let data = verify_calldata(&s.statement, &proof);
        let outcome = w.evm.call_with_gas(front, &data, limit).unwrap();
        reverts(&outcome, "ProofRejected(bytes4)");
        assert_eq!(outcome.output[4..8], selector(reason), "{reason}");
        assert_eq!(outcome.output[8..], [0; 28]);
    }
}

/// A cap below what a proof costs was given in full: the front's deployer chose it, and more gas
/// in the transaction does not help.
#[test]
fn a_cap_that_is_too_low_is_not_lack_of_gas() {
    let mut w = World::new();
    let s = w.submission(w.facility, 0);
    let data = verify_calldata(&s.statement, &s.proof);
    let front = |w: &mut World, cap| {
        let code = capped_front_code(Shape::SMALL, w.proof_verifier, hash_of_verifier(), cap);
        w.evm.deploy(&code).unwrap()
    };
    let low = front(&mut w, 100_000);
    let outcome = w.evm.call(low, &data).unwrap();
    reverts(&outcome, "ProofRejected(bytes4)");
    // No cap at all: it is never given in full, and a false proof is told so.
    let open = front(&mut w, u128::MAX);
    assert!(w.evm.call(open, &data).unwrap().success);
    let mut proof = s.proof.clone();
    proof[..32].fill(0xff);
    let data = verify_calldata(&s.statement, &proof);
    reverts(&w.evm.call(open, &data).unwrap(), "NotEnoughGas(uint256)");
}
