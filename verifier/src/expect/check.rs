//! Everything a relying party checks but the proof, in the order of docs/spec.md, section 8.

use super::basket::{Account, Basket};
use super::findings::Findings;
use super::revocations::check_revoked;
use super::signatures::{check_signatures, of_bundle};
use super::trust::{AccountSource, NamedSigner, PriceSource, PriceTrust, Provenance};
use super::{Expected, Mismatch, Place};
use crate::bundle::{Attestation, Bundle};
use crate::expect::PriceSigner;
use crate::verify::VerifyError;
use covenant_claims::account::Kind;
use covenant_claims::field::{Fr, to_be_bytes, to_hex};
use covenant_claims::ident::Hash;
use covenant_claims::numbers::Price;
use covenant_claims::policy::check::check;
use covenant_claims::prices::{PriceError, Prices, whole_price};
use covenant_claims::signed::Signer;
use covenant_claims::statement::Window;
use std::collections::{BTreeMap, BTreeSet};

impl Expected {
    /// Checks everything but the proof; every reason to refuse is told. `hash` is that of the
    /// bundle's statement.
    pub(crate) fn check(
        &self,
        bundle: &Bundle,
        hash: Hash,
        now: u64,
    ) -> Result<Provenance, VerifyError> {
        let statement = bundle.statement();
        let mut found = Findings::default();
        let agreed = self.check_statement(bundle, &mut found);
        let answers = &self.contract_answers;
        let basket = Basket::of(bundle, &self.trees);
        let signed = of_bundle(bundle, &basket, hash);
        let mut contracts = check_signatures(signed, answers, &mut found);
        let accounts = self.check_attesters(&basket, &mut found);
        self.check_valid_until(&basket, now, &mut found);
        contracts.extend(check_revoked(self, bundle, &basket, hash, now, &mut found));
        self.check_window(statement.window(), now, &mut found);
        let prices = bundle.prices().as_of;
        found.note(self.check_skew("prices", prices, now));
        found.note(check_age("prices", prices, self.max_price_age, now));
        self.check_double_use(&basket, &mut found);
        check_counterparts(&basket, &mut found);
        let held = self.check_required(bundle, &basket, &mut found);
        // Under another policy the relying party's own prices say nothing.
        let compared = agreed || !matches!(self.prices, PriceTrust::Own(_));
        let prices = compared.then(|| self.check_prices(bundle));
        let prices = prices.and_then(|prices| found.note(prices));
        let merged = self.check_trees(bundle, &mut found);
        let counted = basket.counted();
        let attestations = counted.flat_map(|account| &account.file.attestations);
        let attested_until = attestations.map(|a| a.valid_until).min();
        found.end()?;
        Ok(Provenance {
            merged,
            attested_until,
            accounts,
            prices: prices.unwrap_or(PriceSource::Nobody),
            contracts,
            held,
        })
    }

    /// The statement's own fields, rows 17 to 21; whether its policy is the one that was agreed
    /// on. What is said of another policy is not looked at.
    fn check_statement(&self, bundle: &Bundle, found: &mut Findings) -> bool {
        let statement = bundle.statement();
        let mut disabled = self.disabled_circuits.iter();
        if disabled.any(|id| id == bundle.circuit()) {
            let got = bundle.circuit().into();
            found.add(Mismatch::Disabled { got });
        }
        let differs =
            |expected: &Fr, got: &Fr| (expected != got).then(|| (to_hex(expected), to_hex(got)));
        let policy = bundle.policy();
        let other = differs(&self.policy, &statement.policy());
        let agreed = other.is_none();
        if let Some((expected, got)) = other {
            found.add(Mismatch::Policy { expected, got });
        } else if let Err(refusals) = check(policy) {
            found.add(Mismatch::Check { refusals });
        }
        if let Some((expected, got)) = differs(&self.subject.get(), &statement.subject().get()) {
            found.add(Mismatch::Subject { expected, got });
        }
        let ratio = statement.ratio();
        let least = match agreed {
            true => self.min_ratio.max(policy.min_ratio()),
            false => self.min_ratio,
        };
        if ratio < least {
            found.add(Mismatch::Ratio {
                expected: least.bps(),
                got: ratio.bps(),
            });
        } else if agreed && !policy.on_grid(ratio) {
            found.add(Mismatch::Grid {
                least: policy.min_ratio().bps(),
                step: policy.document().ratio_step_bps,
                got: ratio.bps(),
            });
        }
        if statement.public_debt() < self.min_public_debt {
            found.add(Mismatch::Debt {
                expected: self.min_public_debt.get(),
                got: statement.public_debt().get(),
            });
        }
        if let Some((expected, got)) = differs(&self.context.get(), &statement.context().get()) {
            found.add(Mismatch::Context { expected, got });
        }
        agreed
    }

    /// Every account is attested by enough attesters, all of them accepted for the kind that the
    /// proof shows, but for the self-declared ones that are allowed. Returns the word for each
    /// account of the bundle.
    fn check_attesters(&self, basket: &Basket<'_>, found: &mut Findings) -> Vec<AccountSource> {
        for kind in [Kind::Collateral, Kind::Liability] {
            let unsigned = |a: &Account<'_>| a.file.attestations.is_empty() && a.shown == kind;
            let mut unsigned = basket.counted().filter(unsigned);
            let got = unsigned.clone().count();
            if let Some(first) = unsigned.nth(self.max_self_declared.of(kind)) {
                found.add(Mismatch::SelfDeclared {
                    place: first.place,
                    kind,
                    expected: self.max_self_declared.of(kind),
                    got,
                });
            }
        }
        let mut words: Vec<AccountSource> = Vec::new();
        for account in basket.all() {
            if account.walked {
                words.push(AccountSource::Tree(Vec::new()));
                continue;
            }
            let word = self.word(account, found);
            // A top is before its leaves.
            match (account.place.leaf, words.last_mut()) {
                (Some(_), Some(AccountSource::Tree(leaves))) => leaves.push(word),
                _ => words.push(word),
            }
        }
        words
    }

    /// On whose word an account counts.
    fn word(&self, account: Account<'_>, found: &mut Findings) -> AccountSource {
        let Account {
            place, file, shown, ..
        } = account;
        if file.attestations.is_empty() {
            return AccountSource::SelfDeclared;
        }
        let all = file.attestations.iter();
        let signers = all.filter_map(|a| found.note(self.attester(place, a, shown)));
        let signers: Vec<NamedSigner> = signers.collect();
        let different: BTreeSet<&str> = signers.iter().map(|s| s.name.as_str()).collect();
        // Where somebody is not accepted, that is told.
        let all_accepted = signers.len() == file.attestations.len();
        if all_accepted && different.len() < self.attesters.quorum() {
            found.add(Mismatch::AttesterQuorum {
                place,
                expected: self.attesters.quorum(),
                got: different.len(),
            });
        }
        AccountSource::Attesters(signers)
    }

    /// Who signed an attestation, where it is accepted for the kind that the proof shows.
    fn attester(
        &self,
        place: Place,
        attestation: &Attestation,
        shown: Kind,
    ) -> Result<NamedSigner, Mismatch> {
        let address = attestation.attester;
        let attester = self
            .attesters
            .get(&address)
            .ok_or_else(|| Mismatch::UnknownAttester {
                place,
                expected: list(self.attesters.iter()),
                got: address,
            })?;
        if !attester.roles.contains(&shown) {
            return Err(Mismatch::Role {
                place,
                attester: attester.to_string(),
                expected: list(attester.roles.iter()),
                got: shown,
            });
        }
        Ok(NamedSigner {
            address,
            name: attester.name.clone(),
        })
    }

    fn check_valid_until(&self, basket: &Basket<'_>, now: u64, found: &mut Findings) {
        for Account { place, file, .. } in basket.counted() {
            for attestation in file.attestations.iter().filter(|a| a.valid_until < now) {
                let key = attestation.attester;
                let name = self.attesters.get(&key).map(|a| a.name.clone());
                found.add(Mismatch::Expired {
                    place,
                    attester: format!("{} ({key})", name.unwrap_or_default()),
                    expected: now,
                    got: attestation.valid_until,
                });
            }
        }
    }

    /// The newest snapshot is not from the future, the oldest not too old, and they are not too
    /// far apart.
    fn check_window(&self, window: Window, now: u64, found: &mut Findings) {
        found.note(self.check_skew("accounts", window.to(), now));
        found.note(check_age(
            "accounts",
            window.from(),
            self.max_account_age,
            now,
        ));
        let width = window.to() - window.from();
        if width > self.max_window {
            found.add(Mismatch::Window {
                expected: self.max_window,
                got: width,
            });
        }
    }

    /// No account twice, whoever attested it, none that is pledged elsewhere. (That no commitment
    /// occurs twice is a rule of the statement: they ascend strictly.)
    fn check_double_use(&self, basket: &Basket<'_>, found: &mut Findings) {
        let mut seen = BTreeMap::new();
        for Account { place, file, .. } in basket.all() {
            // Reading the bundle saw to it that all attestations are of one account.
            if let Some(Attestation { account, .. }) = file.attestations.first()
                && let Some(first) = seen.insert((file.kind, to_be_bytes(&account.get())), place)
            {
                found.add(Mismatch::SameAccount {
                    place,
                    first,
                    kind: file.kind,
                    account: *account,
                });
            }
            if self.pledged.contains(&file.commitment)
                || file.attestations.iter().any(|a| self.is_pledged(a))
            {
                found.add(Mismatch::Pledged {
                    place,
                    got: file.commitment,
                });
            }
        }
    }

    /// Under any key of the attester.
    fn is_pledged(&self, attestation: &Attestation) -> bool {
        let pledged = |key: Signer| self.pledged_accounts.contains(&(key, attestation.account));
        let attester = self.attesters.get(&attestation.attester);
        pledged(attestation.attester)
            || attester.is_some_and(|a| a.keys.iter().any(|key| pledged(*key)))
    }

    fn check_prices(&self, bundle: &Bundle) -> Result<PriceSource, Mismatch> {
        match &self.prices {
            PriceTrust::Unsigned => Ok(PriceSource::Nobody),
            PriceTrust::Own(own) => {
                check_own_prices(own, bundle)?;
                Ok(PriceSource::RelyingParty)
            }
            PriceTrust::Signed(quorum) => {
                let key = |s: &PriceSigner| {
                    let mut signatures = bundle.price_signatures().iter();
                    let used = signatures.find(|signature| s.keys.contains(&signature.signer))?;
                    Some(NamedSigner {
                        address: used.signer,
                        name: s.name.clone(),
                    })
                };
                let signers: Vec<NamedSigner> = quorum.signers().iter().filter_map(key).collect();
                if signers.len() < quorum.quorum() {
                    return Err(Mismatch::Quorum {
                        expected: quorum.quorum(),
                        got: signers.len(),
                        accepted: list(quorum.signers().iter()),
                    });
                }
                Ok(PriceSource::Signers(signers))
            }
        }
    }

    fn check_skew(&self, what: &'static str, time: u64, now: u64) -> Result<(), Mismatch> {
        let ahead = time.saturating_sub(now);
        if ahead > self.max_clock_skew {
            return Err(Mismatch::Future {
                what,
                expected: self.max_clock_skew,
                got: ahead,
            });
        }
        Ok(())
    }
}

fn check_age(what: &'static str, as_of: u64, largest: u64, now: u64) -> Result<(), Mismatch> {
    let age = now.saturating_sub(as_of);
    if age > largest {
        return Err(Mismatch::Stale {
            what,
            expected: largest,
            got: age,
        });
    }
    Ok(())
}

/// What is owed on a collateral account is in the basket, where its attester names it; and what a
/// liability is named the other side of is collateral, where it is in the basket. Both of one
/// time. Reading the bundle saw to it that all attestations of an account name the same.
fn check_counterparts(basket: &Basket<'_>, found: &mut Findings) {
    for Account { place, file, .. } in basket.all() {
        let first = file.attestations.first();
        let Some(counterpart) = first.and_then(|a| a.counterpart) else {
            continue;
        };
        let mut files = basket.all().map(|account| account.file);
        let other = files.find(|other| other.commitment == counterpart);
        let (expected, got) = match (file.kind, other) {
            (Kind::Collateral, None) => (Kind::Liability, "nothing".into()),
            (Kind::Liability, None) => continue,
            (kind, Some(other)) => {
                let expected = match kind {
                    Kind::Collateral => Kind::Liability,
                    Kind::Liability => Kind::Collateral,
                };
                if other.kind == expected && other.as_of == file.as_of {
                    continue;
                }
                let got = format!("{} as of {}, not {}", other.kind, other.as_of, file.as_of);
                (expected, got)
            }
        };
        found.add(Mismatch::Counterpart {
            place,
            counterpart,
            expected,
            got,
        });
    }
}

/// A price as people read it: those of base units have dozens of digits.
fn whole_unit(price: Price, decimals: u32) -> String {
    format!("{} for a whole unit", whole_price(price, decimals))
}

/// The bundle's prices of the policy's assets are the relying party's own.
fn check_own_prices(own: &Prices, bundle: &Bundle) -> Result<(), Mismatch> {
    let got = bundle.prices();
    let differs = |what: &str, expected: String, got: String| Mismatch::OwnPrices {
        what: what.into(),
        expected,
        got,
    };
    if own.quote != got.quote {
        return Err(differs("currency", own.quote.clone(), got.quote.clone()));
    }
    if own.as_of != got.as_of {
        let (expected, got) = (own.as_of.to_string(), got.as_of.to_string());
        return Err(differs("time", expected, got));
    }
    // By asset, whatever spelling of an address either side uses.
    let expected = own.in_order(bundle.policy()).map_err(|error| match error {
        PriceError::Missing { asset } => {
            let expected = "none".into();
            differs(&format!("price of {asset}"), expected, "one".into())
        }
        other => differs("prices", other.to_string(), "one for each asset".into()),
    })?;
    let assets = bundle.policy().assets().iter();
    for (asset, (expected, got)) in assets.zip(expected.iter().zip(bundle.statement().prices())) {
        if expected != got {
            return Err(differs(
                &format!("price of {}", asset.name),
                whole_unit(*expected, asset.decimals),
                whole_unit(*got, asset.decimals),
            ));
        }
    }
    Ok(())
}

fn list<T: ToString>(items: impl Iterator<Item = T>) -> String {
    let items: Vec<String> = items.map(|item| item.to_string()).collect();
    if items.is_empty() {
        "none".into()
    } else {
        items.join(", ")
    }
}
