//! One proof of many claims: calldata of `CovenantManyVerifier` and of `CovenantBatch`.

use super::{Submission, Terms, statement_abi, submit_many};
use crate::abi::{CovenantBatch, CovenantManyVerifier};
use alloy_sol_types::SolCall;
use covenant_circuits::statement::Statement;

fn verify_many(statements: &[&Statement], proof: &[u8]) -> CovenantManyVerifier::verifyManyCall {
    let statements = statements.iter().map(|statement| statement_abi(statement));
    CovenantManyVerifier::verifyManyCall {
        statements: statements.collect(),
        proof: proof.to_vec().into(),
    }
}

/// Calldata of `CovenantManyVerifier.verifyMany`: the statements in the order in which they were
/// proved.
pub fn verify_many_calldata(statements: &[&Statement], proof: &[u8]) -> Vec<u8> {
    verify_many(statements, proof).abi_encode()
}

/// Calldata of `CovenantBatch.submitMany`: one proof of the statements of all these submissions, in
/// their order. Each submission has the version of the circuit of many claims, and an empty proof.
pub fn batch_calldata(proof: &[u8], renewals: &[(u128, &Terms, &Submission)]) -> Vec<u8> {
    let statements: Vec<&Statement> = (renewals.iter())
        .map(|(_, _, submission)| &submission.statement)
        .collect();
    // What the two calls have after their selectors.
    let (proved, renewals) = (verify_many(&statements, proof), submit_many(renewals));
    let arguments = |encoded: Vec<u8>| encoded.get(4..).unwrap_or_default().to_vec();
    CovenantBatch::submitManyCall {
        proved: arguments(proved.abi_encode()).into(),
        renewals: arguments(renewals.abi_encode()).into(),
    }
    .abi_encode()
}
