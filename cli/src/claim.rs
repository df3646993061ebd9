//! From the files of an institution to a claim.

use crate::codes::Code;
use crate::files;
use crate::malformed::Malformed;
use crate::outcome::Failure;
use crate::text::{self, percent};
use clap::Args;
use covenant_circuits::account::{Kind, Opening};
use covenant_circuits::ident::Context;
use covenant_circuits::numbers::{Ratio, Value};
use covenant_circuits::policy::{Policy, PolicyDocument};
use covenant_circuits::statement::{Claim, ClaimParts, Window};
use covenant_verifier::bundle::{AccountFile, SignedPrices};
use std::path::{Path, PathBuf};

/// That the claim's ratio is on the policy's grid: proofs at fine thresholds would reveal the true
/// ratio.
pub(crate) fn check_grid(claim: &Claim) -> Result<(), Failure> {
    let ratio = claim.statement.ratio();
    if claim.policy.on_grid(ratio) {
        return Ok(());
    }
    let document = claim.policy.document();
    let said = format!(
        "--ratio: expected {} plus a multiple of {}, as the policy says (proofs at fine thresholds would reveal the true ratio), got {}",
        percent(document.min_ratio_bps),
        percent(document.ratio_step_bps),
        percent(ratio.bps())
    );
    Err(Failure::new(Code::RatioOffGrid, said))
}

/// Reads and checks a policy: JSON, or the same document in TOML, which may have comments.
pub(crate) fn policy(path: &Path) -> Result<Policy, Failure> {
    let text = files::read(path, files::MAX_PUBLIC)?;
    let is_json = path.extension().is_some_and(|ext| ext == "json");
    if is_json || text.trim_start().starts_with('{') {
        return Policy::from_json(&text).map_err(|e| Failure::of_file(path, e));
    }
    policy_of_toml(&text).map_err(|e| e.at_file(path))
}

/// A policy in TOML: the fields of the JSON document by their names. Its terms are those of the
/// JSON document, since they are taken of what is written and not of how.
pub(crate) fn policy_of_toml(text: &str) -> Result<Policy, Failure> {
    let document: PolicyDocument =
        toml::from_str(text).map_err(|e| Failure::of(Malformed::toml(text, &e)))?;
    Policy::new(document).map_err(Failure::of)
}

/// Reads prices and checks that they fit the policy.
pub(crate) fn prices(path: &Path, policy: &Policy) -> Result<SignedPrices, Failure> {
    prices_of(path, &files::read(path, files::MAX_PUBLIC)?, policy)
}

/// The same of a text; the path is for messages.
pub(crate) fn prices_of(path: &Path, text: &str, policy: &Policy) -> Result<SignedPrices, Failure> {
    let prices = SignedPrices::from_json(text).map_err(|e| Failure::of_file(path, e))?;
    prices
        .prices()
        .in_order(policy)
        .map_err(|e| Failure::of_file(path, e))?;
    Ok(prices)
}

/// Reads an opening, or that of a folder that `account commit` made.
pub(crate) fn opening(path: &Path) -> Result<Opening, Failure> {
    let path = &files::in_folder(path, "opening.json");
    let text = files::read(path, files::MAX_POSITIONS)?;
    Opening::from_json(&text).map_err(|e| Failure::of_file(path, e))
}

/// The window of a claim: how far apart its snapshots may lie, which everybody sees.
#[derive(Args, Clone, Copy, Default, Debug)]
pub(crate) struct WindowArgs {
    /// The start of the window of snapshots, as --as-of of account commit [default: the earliest
    /// of the openings]
    #[arg(long, value_name = "TIME", value_parser = text::time)]
    as_of_from: Option<u64>,
    /// Its end [default: the latest of the openings]
    #[arg(long, value_name = "TIME", value_parser = text::time)]
    as_of_to: Option<u64>,
}

impl WindowArgs {
    /// Why a snapshot is not in the window, where it is not.
    fn misses(self, path: &Path, as_of: u64) -> Option<Failure> {
        let got = text::date(as_of);
        let (option, expected) = match (self.as_of_from, self.as_of_to) {
            (Some(from), _) if as_of < from => {
                ("--as-of-from", format!("{} or later", text::date(from)))
            }
            (_, Some(to)) if as_of > to => ("--as-of-to", format!("{} or earlier", text::date(to))),
            _ => return None,
        };
        let said = format!("S1: as_of: expected {expected}, as {option} says, got {got}");
        let failure = Failure::in_file(path, Code::BasketMixed, said);
        Some(failure.differs("as_of", &expected, &got))
    }

    /// The window of some snapshots.
    pub(crate) fn around(
        self,
        times: impl Iterator<Item = u64> + Clone,
    ) -> Result<Window, Failure> {
        let from = self.as_of_from.or(times.clone().min()).unwrap_or_default();
        let to = self.as_of_to.or(times.max()).unwrap_or_default();
        Window::new(from, to).map_err(|e| Failure::new(Code::Usage, e))
    }
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
            .map(|path| Ok((files::in_folder(path, "opening.json"), opening(path)?)))
            .collect::<Result<Vec<_>, Failure>>()?;
        commit_to_all(&openings);
        let attested = attested(&openings, accounts)?;
        Ok(Self {
            policy,
            prices,
            openings,
            attested,
        })
    }

    /// The claim, with the subject of the first account, which must be that of all, and no
    /// account twice. The window is that of all snapshots unless its ends are given (S1).
    pub(crate) fn claim(
        &self,
        window: WindowArgs,
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
            if let Some(failure) = window.misses(path, opening.as_of()) {
                return Err(failure);
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
                window: window.around(self.openings.iter().map(|(_, o)| o.as_of()))?,
                public_debt,
                ratio,
                context,
                prices,
            },
        )
        .map_err(Failure::of)
    }

    /// The files of the accounts that no attester signed.
    pub(crate) fn self_declared(&self) -> Vec<String> {
        let signed = |commitment| self.attested.iter().any(|f| f.commitment == commitment);
        let own = self
            .openings
            .iter()
            .filter(|(_, o)| !signed(o.commitment()));
        own.map(|(path, _)| path.display().to_string()).collect()
    }

    /// Things that are allowed and probably not meant.
    pub(crate) fn warnings(&self) -> Vec<String> {
        let listed = |id| self.policy.assets().iter().any(|a| a.id == id);
        let mut warnings = Vec::new();
        // Under a complete policy this is no warning: the claim is false (S2).
        if self.policy.complete() {
            return warnings;
        }
        for (path, opening) in &self.openings {
            for position in opening.positions() {
                if opening.kind() == Kind::Collateral && !listed(position.id) {
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

/// Has every opening compute its commitment, on all cores: they are needed again and again, and each
/// remembers its own.
fn commit_to_all(openings: &[(PathBuf, Opening)]) {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = openings.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        for share in openings.chunks(share) {
            let work = move || {
                for (_, opening) in share {
                    opening.commitment();
                }
            };
            // Without a thread, whoever needs one first computes it.
            let _ = std::thread::Builder::new().spawn_scoped(scope, work);
        }
    });
}

/// The signed accounts of a basket: the files that are named, and the account.json beside
/// each opening.
fn attested(
    openings: &[(PathBuf, Opening)],
    named: &[PathBuf],
) -> Result<Vec<AccountFile>, Failure> {
    let mut found = Vec::new();
    for path in named {
        let path = &files::in_folder(path, "account.json");
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
    found.retain(|file| !file.attestations.is_empty());
    Ok(found)
}

fn account(path: &Path) -> Result<AccountFile, Failure> {
    let text = files::read(path, files::MAX_PUBLIC)?;
    let file = AccountFile::from_json(&text).map_err(|e| Failure::of_file(path, e))?;
    for attestation in &file.attestations {
        // Better now than at the verifier. Whether a contract signed, the verifier queries.
        attestation
            .check_key(&file)
            .map_err(|e| Failure::of_file(path, e))?;
    }
    Ok(file)
}
