//! A bundle with a real proof, signed by two custodians, a creditor and two of three
//! price sources, and how to change it.
#![allow(dead_code, unreachable_pub, missing_docs)]

pub mod certificate;

use covenant_claims::account::{Commitment, Kind};
use covenant_claims::numbers::{Ratio, Value};
use covenant_claims::shape::Shape;
use covenant_claims::signed::{AccountRef, AccountSalt, Answers, Signer};
use covenant_fixtures::Vectors;
use covenant_keys::SigningKey;
use covenant_prover::keys::Keys;
use covenant_prover::prove::{Phase, bundle, prove};
use covenant_verifier::bundle::{AccountFile, Bundle, PriceSignature, SignedPrices};
use covenant_verifier::expect::{
    Attester, Attesters, Expected, Mismatch, PriceQuorum, PriceSigner, PriceTrust, SelfDeclared,
};
use covenant_verifier::key::CircuitKey;
use covenant_verifier::verify::{Verified, VerifyError, verify};
use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

pub const AS_OF: u64 = 1_790_000_000;
pub const NOW: u64 = AS_OF + 600;
pub const VALID_UNTIL: u64 = AS_OF + 86_400;

pub struct Made {
    /// Not signed at all.
    pub bare: Bundle,
    pub signed: Bundle,
    pub key: CircuitKey,
    pub expected: Expected,
    /// In the order of the commitments.
    pub attesters: Vec<SigningKey>,
    pub sources: Vec<SigningKey>,
}

pub fn role(kind: Kind) -> BTreeSet<Kind> {
    BTreeSet::from([kind])
}

pub static MADE: LazyLock<Made> = LazyLock::new(|| {
    let case = &Vectors::load().list("cases")[0];
    let circuit = Keys::embedded(Shape::SMALL, None).unwrap();
    let claim = covenant_fixtures::claim(case, 12_500);
    let proof = prove(
        &circuit,
        &covenant_fixtures::satisfied(&claim),
        &mut |_: Phase| {},
    )
    .unwrap();
    let prices = covenant_fixtures::prices(case, &claim.policy.document().quote, AS_OF);
    let bare = bundle(&circuit, &claim, prices, proof).unwrap();

    let attesters: Vec<SigningKey> = bare
        .accounts()
        .iter()
        .map(|_| SigningKey::generate().unwrap())
        .collect();
    let sources: Vec<SigningKey> = (0..3).map(|_| SigningKey::generate().unwrap()).collect();
    let accounts: Vec<AccountFile> = bare
        .accounts()
        .iter()
        .enumerate()
        .map(|(i, file)| attest(&attesters[i], file, i, VALID_UNTIL))
        .collect();
    let mut prices = SignedPrices::from(bare.prices().clone());
    for source in &sources[..2] {
        prices = source.sign_prices(prices, bare.policy()).unwrap();
    }
    let signed = bare
        .clone()
        .with_accounts(accounts)
        .unwrap()
        .with_price_signatures(prices.signatures().to_vec())
        .unwrap();
    let expected =
        Expected {
            policy: claim.policy.digest(),
            subject: claim.statement.subject(),
            min_ratio: Ratio::new(12_500).unwrap(),
            min_public_debt: Value::ZERO,
            max_account_age: 7_200,
            max_price_age: 3_600,
            max_clock_skew: 60,
            max_window: 7_200,
            shape: None,
            context: claim.statement.context(),
            attesters: Attesters::new(signed.accounts().iter().enumerate().map(|(i, file)| {
                Attester {
                    name: format!("attester {i}"),
                    keys: one(&attesters[i]),
                    roles: role(file.kind),
                }
            }))
            .unwrap(),
            prices: PriceTrust::Signed(PriceQuorum::new(signers(&sources), 2).unwrap()),
            max_self_declared: SelfDeclared::NONE,
            pledged: HashSet::new(),
            pledged_accounts: Default::default(),
            revocations: Vec::new(),
            contract_answers: Answers::none(),
            trees: Vec::new(),
            must_include: Vec::new(),
            undertakings: None,
            representation: None,
            disabled_circuits: Vec::new(),
        };
    Made {
        bare,
        signed,
        key: CircuitKey::standard(Shape::SMALL).unwrap(),
        expected,
        attesters,
        sources,
    }
});

pub fn signers(keys: &[SigningKey]) -> Vec<PriceSigner> {
    let signer = |(i, key): (usize, &SigningKey)| PriceSigner {
        name: format!("source {i}"),
        keys: one(key),
    };
    keys.iter().enumerate().map(signer).collect()
}

pub fn one(key: &SigningKey) -> BTreeSet<Signer> {
    BTreeSet::from([key.address().into()])
}

pub fn reference(number: usize) -> AccountRef {
    let salt: AccountSalt = format!("0x{}", "5a".repeat(32)).parse().unwrap();
    AccountRef::of(&salt, &format!("account {number}")).unwrap()
}

/// Signed by that key alone.
pub fn attest(key: &SigningKey, file: &AccountFile, number: usize, until: u64) -> AccountFile {
    attest_with(key, file, number, until, None)
}

/// The same, with what is owed on the account.
pub fn attest_with(
    key: &SigningKey,
    file: &AccountFile,
    number: usize,
    until: u64,
    counterpart: Option<Commitment>,
) -> AccountFile {
    let mut file = file.clone();
    file.attestations.clear();
    key.attest_unchecked(file, reference(number), until, counterpart)
        .unwrap()
}

/// Every account of the bundle may be self-declared: two of collateral, one of a liability.
pub fn all_self_declared() -> SelfDeclared {
    SelfDeclared {
        collateral: 2,
        liability: 1,
    }
}

pub fn check(bundle: &Bundle, expected: &Expected, now: u64) -> Result<Verified, VerifyError> {
    verify(bundle, &MADE.key, expected, now)
}

pub fn mismatch(bundle: &Bundle, expected: &Expected, now: u64) -> Mismatch {
    match check(bundle, expected, now).unwrap_err() {
        VerifyError::Mismatch(mismatches) => mismatches.first().clone(),
        other => panic!("{other}"),
    }
}

/// The signed bundle with one account signed anew.
pub fn with_account(i: usize, change: impl Fn(&AccountFile) -> AccountFile) -> Bundle {
    let changed = change(&MADE.signed.accounts()[i]);
    MADE.signed.clone().with_accounts([changed]).unwrap()
}

pub fn with_prices(signatures: Vec<PriceSignature>) -> Bundle {
    let signed = MADE.signed.clone();
    signed.with_price_signatures(signatures).unwrap()
}

pub fn with(change: impl Fn(&mut Expected)) -> Expected {
    let mut expected = MADE.expected.clone();
    change(&mut expected);
    expected
}
