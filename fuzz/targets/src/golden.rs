//! The stored proof that the verifier's targets bend.

use covenant_circuits::numbers::Value;
use covenant_circuits::shape::Shape;
use covenant_verifier::bundle::Bundle;
use covenant_verifier::expect::{Attesters, Expected, PriceTrust, SelfDeclared};
use covenant_verifier::key::CircuitKey;
use covenant_verifier::signed::Answers;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Shortly after the stored bundle's snapshot, Unix seconds.
pub const NOW: u64 = 1_790_000_600;

static BUNDLE: LazyLock<Bundle> = LazyLock::new(|| {
    Bundle::from_json(include_str!("../../../verifier/data/golden.json")).unwrap()
});
static KEY: LazyLock<CircuitKey> = LazyLock::new(|| CircuitKey::standard(Shape::SMALL).unwrap());
static EXPECTED: LazyLock<Expected> = LazyLock::new(|| {
    let statement = BUNDLE.statement();
    Expected {
        policy: BUNDLE.policy().digest(),
        subject: statement.subject(),
        min_ratio: statement.ratio(),
        min_public_debt: Value::new(statement.public_debt().get()).unwrap(),
        max_account_age: NOW - statement.window().from(),
        max_price_age: 3_600,
        max_clock_skew: 60,
        max_window: statement.window().to() - statement.window().from(),
        shape: None,
        context: statement.context(),
        attesters: Attesters::new([]).unwrap(),
        prices: PriceTrust::Own(BUNDLE.prices().clone()),
        max_self_declared: SelfDeclared {
            collateral: statement.commitments().len(),
            liability: statement.commitments().len(),
        },
        pledged: HashSet::new(),
        pledged_accounts: Default::default(),
        revocations: Vec::new(),
        contract_answers: Answers::none(),
        trees: Vec::new(),
        must_include: Vec::new(),
        undertakings: None,
        representation: None,
        disabled_circuits: Vec::new(),
    }
});

/// The stored bundle.
pub fn bundle() -> &'static Bundle {
    &BUNDLE
}

pub(crate) fn key() -> &'static CircuitKey {
    &KEY
}

/// Expectations that it meets at [`NOW`].
pub fn expected() -> &'static Expected {
    &EXPECTED
}
