//! From the files of an institution to a claim.

use crate::codes::Code;
use crate::files;
use crate::outcome::Failure;
use covenant_circuits::account::{Kind, Opening};
use covenant_circuits::ident::Context;
use covenant_circuits::numbers::{Ratio, Value};
use covenant_circuits::policy::Policy;
use covenant_circuits::statement::{Claim, ClaimParts};
use covenant_verifier::bundle::{AccountFile, SignedPrices};
use std::path::{Path, PathBuf};

/// Reads and checks a policy.
pub(crate) fn policy(path: &Path) -> Result<Policy, Failure> {
    let text = files::read(path, files::MAX_PUBLIC)?;
    Policy::from_json(&text).map_err(|e| Failure::of_file(path, e))
}

/// Reads prices and checks that they fit the policy.
pub(crate) fn prices(path: &Path, policy: &Policy) -> Result<SignedPrices, Failure> {
    let text = files::read(path, files::MAX_PUBLIC)?;
    let prices = SignedPrices::from_json(&text).map_err(|e| Failure::of_file(path, e))?;
    prices
        .prices()
        .in_order(policy)
        .map_err(|e| Failure::of_file(path, e))?;
    Ok(prices)
}

/// Reads an opening.
pub(crate) fn opening(path: &Path) -> Result<Opening, Failure> {
    let text = files::read(path, files::MAX_POSITIONS)?;
    Opening::from_json(&text).map_err(|e| Failure::of_file(path, e))
}

/// What a claim is made of, and the files it comes from.
pub(crate) struct Inputs {
    pub(crate) policy: Policy,
    pub(crate) prices: SignedPrices,
    /// With the paths, for messages.
    pub(crate) openings: Vec<(PathBuf, Opening)>,
    /// Signed accounts.
    pub(crate) attested: Vec<AccountFile>,
}

impl Inputs {
    pub(crate) fn read(
        policy: &Path,
        prices: &Path,
        openings: &[PathBuf],
        accounts: &[PathBuf],
    ) -> Result<Self, Failure> {
        Self::under(self::policy(policy)?, prices, openings, accounts)
    }

    /// The same under a policy that was read already.
    pub(crate) fn under(
        policy: Policy,
        prices: &Path,
        openings: &[PathBuf],
        accounts: &[PathBuf],
    ) -> Result<Self, Failure> {
        let prices = self::prices(prices, &policy)?;
        let openings = openings
            .iter()
            .map(|path| Ok((path.clone(), opening(path)?)))
            .collect::<Result<Vec<_>, Failure>>()?;
        let attested = attested(&openings, accounts)?;
        Ok(Self {
            policy,
            prices,
            openings,
            attested,
        })
    }

    /// The claim, with the subject and time of the first account, which must be those of
    /// all (S1), and no account twice.
    pub(crate) fn claim(
        &self,
        public_debt: Value,
        ratio: Ratio,
        context: Context,
    ) -> Result<Claim, Failure> {
        let Some((first_path, first)) = self.openings.first() else {
            return Err(Failure::new(
                Code::Usage,
                "expected at least one opening, got none",
            ));
        };
        for (i, (path, opening)) in self.openings.iter().enumerate() {
            let differs = |field: &str, expected: &str, got: &str| {
                Err(Failure::in_file(
                    path,
                    Code::BasketMixed,
                    format!(
                        "S1: {field}: expected {expected}, as in {}, got {got}",
                        first_path.display()
                    ),
                )
                .differs(field, expected, got))
            };
            if opening.subject() != first.subject() {
                return differs("subject", first.subject(), opening.subject());
            }
            if opening.as_of() != first.as_of() {
                let (expected, got) = (first.as_of().to_string(), opening.as_of().to_string());
                return differs("as_of", &expected, &got);
            }
            let commitment = opening.commitment();
            let earlier = self.openings.iter().take(i);
            if let Some((other, _)) = earlier
                .into_iter()
                .find(|(_, o)| o.commitment() == commitment)
            {
                return Err(Failure::in_file(
                    path,
                    Code::OpeningRepeated,
                    format!(
                        "expected each account once, got the commitment of {} again",
                        other.display()
                    ),
                ));
            }
        }
        let prices = self
            .prices
            .prices()
            .in_order(&self.policy)
            .map_err(Failure::of)?;
        Claim::new(
            self.policy.clone(),
            self.openings.iter().map(|(_, o)| o.clone()).collect(),
            ClaimParts {
                subject: first.subject_id(),
                as_of: first.as_of(),
                public_debt,
                ratio,
                context,
                prices,
            },
        )
        .map_err(Failure::of)
    }

    /// Things that are allowed and probably not meant.
    pub(crate) fn warnings(&self) -> Vec<String> {
        let listed = |name: &str| self.policy.assets().iter().any(|a| a.name == name);
        let mut warnings = Vec::new();
        for (path, opening) in &self.openings {
            for position in opening.positions() {
                if opening.kind() == Kind::Collateral && !listed(&position.asset) {
                    warnings.push(format!(
                        "{}: {} is not in the policy and counts for nothing",
                        path.display(),
                        position.asset
                    ));
                }
            }
        }
        warnings
    }
}

/// The signed accounts of a basket: the files that are named, and the account.json beside
/// each opening.
fn attested(
    openings: &[(PathBuf, Opening)],
    named: &[PathBuf],
) -> Result<Vec<AccountFile>, Failure> {
    let mut found = Vec::new();
    for path in named {
        let file = account(path)?;
        if !openings
            .iter()
            .any(|(_, o)| o.commitment() == file.commitment)
        {
            return Err(Failure::in_file(
                path,
                Code::AccountNotInBasket,
                format!(
                    "expected an account of the basket, got the commitment {}",
                    file.commitment
                ),
            ));
        }
        found.push(file);
    }
    for (path, opening) in openings {
        let commitment = opening.commitment();
        let beside = path.with_file_name("account.json");
        if found.iter().any(|f| f.commitment == commitment) || !beside.is_file() {
            continue;
        }
        let file = account(&beside)?;
        if file.commitment == commitment {
            found.push(file);
        }
    }
    found.retain(|file| file.attestation.is_some());
    Ok(found)
}

fn account(path: &Path) -> Result<AccountFile, Failure> {
    let text = files::read(path, files::MAX_PUBLIC)?;
    let file = AccountFile::from_json(&text).map_err(|e| Failure::of_file(path, e))?;
    if let Some(attestation) = &file.attestation {
        // Better now than at the verifier.
        attestation
            .check(&file)
            .map_err(|e| Failure::of_file(path, e))?;
    }
    Ok(file)
}
