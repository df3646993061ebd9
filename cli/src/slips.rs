//! What is allowed and may be a slip. It is said before anything is proved, and where it is likely
//! to be one it is refused without the option that says that it is meant.

use crate::claim::Inputs;
use crate::codes::Code;
use crate::outcome::Failure;
use crate::text::date;
use clap::Args;
use covenant_circuits::account::Kind;
use covenant_circuits::field::to_hex;
use covenant_circuits::statement::Claim;

/// How far from the window of the accounts prices may be without a word, in seconds: an hour.
const NEAR: u64 = 3_600;
/// How far without an option: a day.
const FAR: u64 = 86_400;

/// That something unlikely is meant.
#[derive(Args, Clone, Copy, Default, Debug)]
pub(crate) struct Meant {
    /// Prove although nothing is owed: without a debt and without creditors' accounts
    #[arg(long)]
    no_debt: bool,
    /// Use prices that were taken more than a day before or after the accounts
    #[arg(long)]
    distant_prices: bool,
}

impl Meant {
    /// That the claim is no likely slip, or that the slip is meant.
    pub(crate) fn check(self, inputs: &Inputs, claim: &Claim) -> Result<(), Failure> {
        let owes = claim.openings.iter().any(|o| o.kind() == Kind::Liability);
        let nothing = claim.statement.public_debt().get() == 0 && !owes;
        if nothing && !self.no_debt {
            let said = "--debt: expected a debt, creditors' accounts, or --no-debt to prove that what counts covers nothing, got none of them";
            return Err(Failure::new(Code::Usage, said));
        }
        let apart = apart(inputs, claim);
        if apart > FAR && !self.distant_prices {
            let window = claim.statement.window();
            let said = format!(
                "--prices: expected prices within a day of the accounts, which are of {} to {}, or --distant-prices, got {}",
                date(window.from()),
                date(window.to()),
                date(inputs.prices.prices().as_of)
            );
            return Err(Failure::new(Code::Usage, said));
        }
        Ok(())
    }
}

/// How far the prices are from the window of the accounts, in seconds.
fn apart(inputs: &Inputs, claim: &Claim) -> u64 {
    let (window, taken) = (claim.statement.window(), inputs.prices.prices().as_of);
    let before = window.from().saturating_sub(taken);
    before.max(taken.saturating_sub(window.to()))
}

/// What a claim's files leave open, for whoever proves it.
pub(crate) fn notes(inputs: &Inputs, claim: &Claim) -> Vec<String> {
    let mut notes = inputs.warnings();
    let own = inputs.self_declared();
    if !own.is_empty() {
        notes.push(format!(
            "no attester signed {}: whoever verifies has to take the subject's word for it",
            own.join(", ")
        ));
    }
    if apart(inputs, claim) > NEAR {
        notes.push(format!(
            "the prices are of {}, the accounts of {} to {}",
            date(inputs.prices.prices().as_of),
            date(claim.statement.window().from()),
            date(claim.statement.window().to())
        ));
    }
    notes
}

/// Which accounts of a basket somebody signed, and who.
pub(crate) fn signers(inputs: &Inputs) -> Vec<(String, Vec<String>)> {
    let accounts = inputs.attested.iter().map(|file| {
        let who = file.attestations.iter().map(|a| a.attester.to_string());
        (to_hex(&file.commitment.0), who.collect())
    });
    accounts.collect()
}
