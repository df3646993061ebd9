//! Forged variants of a bundle.

use crate::codes::Code;
use crate::outcome::Failure;
use covenant_circuits::account::{Kind, Opening, Position};
use covenant_circuits::field::to_be_bytes;
use covenant_circuits::numbers::Amount;
use covenant_verifier::bundle::Bundle;
use rand_core::OsRng;
use serde_json::Value;

/// Name, what was done, and the forged bundle.
type Forgery = (&'static str, &'static str, String);

/// The names of all of them; the last is no forged file but a true proof, of less than everything.
pub(super) const NAMES: [&str; 4] = ["price", "commitment", "proof", "creditor"];

/// A raised price, a swapped commitment, a flipped proof byte.
pub(super) fn all(bundle: &str, now: u64) -> Result<Vec<Forgery>, Failure> {
    let [price, commitment, proof, _] = NAMES;
    Ok(vec![
        (
            price,
            "The price of bitcoin is raised to twice what it was.",
            raised_price(bundle)?,
        ),
        (
            commitment,
            "One account's commitment is swapped for that of a richer account.",
            swapped_commitment(bundle, now)?,
        ),
        (
            proof,
            "One byte of the proof is flipped.",
            flipped_byte(bundle)?,
        ),
    ])
}

fn internal(error: impl std::fmt::Display) -> Failure {
    Failure::new(Code::Internal, error)
}

fn edit(bundle: &str, change: impl FnOnce(&mut Value) -> Option<()>) -> Result<String, Failure> {
    let mut json: Value = serde_json::from_str(bundle).map_err(internal)?;
    change(&mut json).ok_or_else(|| internal("the demo's bundle has another form"))?;
    serde_json::to_string_pretty(&json).map_err(internal)
}

fn raised_price(bundle: &str) -> Result<String, Failure> {
    edit(bundle, |json| {
        let prices = json.pointer_mut("/prices/prices")?.as_object_mut()?;
        let (_, price) = prices
            .iter_mut()
            .find(|(name, _)| name.starts_with("bip122:"))?;
        let doubled = price.as_str()?.parse::<u128>().ok()?.checked_mul(2)?;
        *price = doubled.to_string().into();
        Some(())
    })
}

fn swapped_commitment(bundle: &str, now: u64) -> Result<String, Failure> {
    let honest = Bundle::from_json(bundle).map_err(Failure::of)?;
    let subject = honest.accounts().first().map(|a| a.subject.clone());
    let rich = Amount::new(1_000_000_000_000).map_err(Failure::of)?;
    let position = Position::new("iso4217:USD", rich).map_err(Failure::of)?;
    let opening = Opening::new(
        Kind::Collateral,
        &subject.unwrap_or_default(),
        now,
        vec![position],
        OsRng,
    )
    .map_err(Failure::of)?;
    let commitment = opening.commitment();
    let mut accounts = honest.accounts().to_vec();
    if let Some(account) = accounts.iter_mut().find(|a| a.kind == Kind::Collateral) {
        account.commitment = commitment;
    }
    // The forger keeps the order, so that only the proof can give it away.
    accounts.sort_by_key(|a| to_be_bytes(&a.commitment.0));
    edit(bundle, |json| {
        let commitments: Vec<String> = accounts.iter().map(|a| a.commitment.to_string()).collect();
        *json.pointer_mut("/statement/commitments")? = commitments.into();
        *json.pointer_mut("/accounts")? = serde_json::to_value(&accounts).ok()?;
        Some(())
    })
}

fn flipped_byte(bundle: &str) -> Result<String, Failure> {
    edit(bundle, |json| {
        let proof = json.pointer_mut("/proof")?;
        let mut digits = proof.as_str()?.to_owned();
        let last = digits.pop()?;
        digits.push(if last == '0' { '1' } else { '0' });
        *proof = digits.into();
        Some(())
    })
}
