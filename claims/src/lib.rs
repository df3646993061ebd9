//! The language of a collateral claim, without the circuit: numbers in their ranges,
//! identifiers, accounts and their commitments, policies and their digest, prices,
//! statements, the native relation S1..S10, and the documents that attesters and sources of
//! prices sign. docs/spec.md, [`relation`] and the circuit number the clauses in the same order.
//!
//! A borrower with 125 dollars at a custodian claims that they cover a debt of 100 at 125 %:
//!
//! ```
//! use covenant_claims::{
//!     Allocation, Amount, Claim, ClaimParts, Context, Kind, Opening, Policy, Position, Ratio,
//!     SatisfiedClaim, Value, Window, prices::scaled_price, Counted,
//! };
//! use rand_core::OsRng;
//!
//! let policy = Policy::from_json(r#"{
//!     "version": 2, "name": "dollars", "quote": "iso4217:USD",
//!     "min_ratio_bps": 10000, "ratio_step_bps": 500,
//!     "assets": [{
//!         "asset": "iso4217:USD", "symbol": "USD", "decimals": 6,
//!         "tiers": [{ "weight_bps": 10000 }]
//!     }]
//! }"#)?;
//!
//! // The custodian's snapshot of the account: secret, but for its commitment.
//! let as_of = 1_790_000_000;
//! let dollars = Position::new("iso4217:USD", Amount::new(125_000_000)?)?;
//! let opening = Opening::new(Kind::Collateral, "lei:BORROWER", as_of, vec![dollars], OsRng)?;
//! let commitment = opening.commitment();
//!
//! let parts = ClaimParts {
//!     subject: opening.subject_id(),
//!     window: Window::at(as_of),
//!     public_debt: Value::new(100_000_000)?,
//!     ratio: Ratio::new(12_500)?,
//!     context: Context::of("the lender's nonce"),
//!     prices: vec![scaled_price("iso4217:USD", 1, 0, 6)?],
//! };
//! let claim = Claim::new(policy, vec![opening], parts)?;
//! assert_eq!(claim.statement.commitments(), [commitment]);
//!
//! // All of it counts: micro-units, times 10^4 of its price, times 10^4 of its weight.
//! let allocation = Allocation {
//!     netted: vec![0],
//!     scenarios: vec![Counted { counted: vec![125_000_000 * 10_000 * 10_000] }],
//! };
//! let satisfied = SatisfiedClaim::new(claim, allocation)?;
//! assert_eq!(satisfied.claim().statement.ratio().bps(), 12_500);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod account;
mod check_digits;
pub mod field;
pub mod ident;
pub mod json;
pub mod many;
pub mod numbers;
pub mod policy;
pub mod poseidon;
pub mod prices;
pub mod relation;
pub mod rollup;
pub mod shape;
pub mod signed;
pub mod statement;

pub use account::{Commitment, Kind, Opening, Position};
pub use field::Fr;
pub use ident::{AssetId, Context, FacilityId, Hash, HolderReference, SubjectId};
pub use numbers::{Amount, Price, Ratio, ReportLine, Value};
pub use policy::Policy;
pub use prices::Prices;
pub use relation::{Allocation, Counted, SatisfiedClaim, Unsatisfied};
pub use shape::Shape;
pub use signed::{AccountFile, AccountRef, Address, Attestation, Signature, SignedPrices};
pub use statement::{Claim, ClaimParts, Statement, StatementParts, Window};
