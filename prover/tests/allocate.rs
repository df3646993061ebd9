//! From a claim to a satisfied one.

// A panic in a test is a failing test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use covenant_circuits::ident::SubjectId;
use covenant_circuits::relation::Unsatisfied;
use covenant_circuits::statement::{Claim, ClaimParts};
use covenant_fixtures::Vectors;
use covenant_prover::allocate::{Refused, find_allocation, satisfy};

/// The vectors' cases at the largest ratio that is true, and at one more.
#[test]
fn a_claim_is_satisfied_up_to_its_largest_ratio() {
    for (case, largest) in covenant_fixtures::true_cases() {
        satisfy(covenant_fixtures::claim(&case, largest)).unwrap();
        let refused = satisfy(covenant_fixtures::claim(&case, largest + 1)).unwrap_err();
        assert!(matches!(refused, Refused::Shortfall(_)), "{refused}");
    }
}

/// Accounts of somebody else are told before anything about what they cover.
#[test]
fn openings_are_told_of_first() {
    let case = &Vectors::load().list("cases")[0];
    for ratio in [12_500, 1_000_000] {
        let claim = covenant_fixtures::claim(case, ratio);
        let parts = ClaimParts {
            subject: SubjectId::of("lei:OTHER").unwrap(),
            window: claim.statement.window(),
            public_debt: claim.statement.public_debt(),
            ratio: claim.statement.ratio(),
            context: claim.statement.context(),
            prices: claim.statement.prices().to_vec(),
        };
        let other = Claim::new(claim.policy, claim.openings, parts).unwrap();
        let refusals = [find_allocation(&other).map(drop), satisfy(other).map(drop)];
        for refused in refusals.map(Result::unwrap_err) {
            let subject = Refused::Unsatisfied(Unsatisfied::Subject { account: 0 });
            assert_eq!(refused, subject);
        }
    }
}
