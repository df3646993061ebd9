//! Everything a relying party checks but the proof, in the order of docs/spec.md, section 8.

use super::trust::{AccountSource, PriceSigner, PriceSource, PriceTrust, Provenance};
use super::{Expected, Mismatch};
use crate::bundle::{AccountFile, Attestation, Bundle};
use covenant_claims::account::Kind;
use covenant_claims::field::{Fr, to_be_bytes, to_hex};
use covenant_claims::prices::Prices;
use covenant_claims::signed::PriceSnapshot;
use std::collections::BTreeMap;

impl Expected {
    /// Checks everything but the proof.
    pub(crate) fn check(&self, bundle: &Bundle, now: u64) -> Result<Provenance, Mismatch> {
        let statement = bundle.statement();
        if self
            .disabled_circuits
            .iter()
            .any(|id| id == bundle.circuit())
        {
            return Err(Mismatch::Disabled {
                got: bundle.circuit().into(),
            });
        }
        let differs =
            |expected: &Fr, got: &Fr| (expected != got).then(|| (to_hex(expected), to_hex(got)));
        if let Some((expected, got)) = differs(&self.policy, &statement.policy()) {
            return Err(Mismatch::Policy { expected, got });
        }
        if let Some((expected, got)) = differs(&self.subject.get(), &statement.subject().get()) {
            return Err(Mismatch::Subject { expected, got });
        }
        let least = self.min_ratio.max(bundle.policy().min_ratio());
        if statement.ratio() < least {
            return Err(Mismatch::Ratio {
                expected: least.bps(),
                got: statement.ratio().bps(),
            });
        }
        if statement.public_debt() < self.min_public_debt {
            return Err(Mismatch::Debt {
                expected: self.min_public_debt.get(),
                got: statement.public_debt().get(),
            });
        }
        if let Some((expected, got)) = differs(&self.context.get(), &statement.context().get()) {
            return Err(Mismatch::Context { expected, got });
        }
        self.check_signatures(bundle)?;
        let accounts = self.check_attesters(bundle)?;
        self.check_valid_until(bundle, &accounts, now)?;
        self.check_age("accounts", statement.as_of(), self.max_account_age, now)?;
        self.check_age("prices", bundle.prices().as_of, self.max_price_age, now)?;
        self.check_double_use(bundle, &accounts)?;
        let prices = self.check_prices(bundle)?;
        Ok(Provenance { accounts, prices })
    }

    /// Every signature in the bundle is by whom it names, whoever that is.
    fn check_signatures(&self, bundle: &Bundle) -> Result<(), Mismatch> {
        let statement = bundle.statement();
        for (i, file) in bundle.accounts().iter().enumerate() {
            if let Some(attestation) = &file.attestation {
                attestation
                    .check_for(file, statement.subject())
                    .map_err(|error| Mismatch::Signature {
                        at: format!("accounts[{i}].attestation"),
                        error,
                    })?;
            }
        }
        let digest = PriceSnapshot {
            policy: statement.policy(),
            as_of: bundle.prices().as_of,
            prices: statement.prices().to_vec(),
        }
        .digest();
        for (i, signed) in bundle.price_signatures().iter().enumerate() {
            signed
                .signature
                .check(&digest, signed.signer)
                .map_err(|error| Mismatch::Signature {
                    at: format!("prices.signatures[{i}]"),
                    error,
                })?;
        }
        Ok(())
    }

    /// Every account is attested by an attester that is accepted for the kind that the proof
    /// shows, but for the self-declared ones that are allowed.
    fn check_attesters(&self, bundle: &Bundle) -> Result<Vec<AccountSource>, Mismatch> {
        let kinds = bundle.statement().kinds();
        let accounts = bundle.accounts().iter().zip(kinds).enumerate();
        for kind in [Kind::Collateral, Kind::Liability] {
            let mut unsigned = accounts
                .clone()
                .filter(|(_, (file, shown))| file.attestation.is_none() && **shown == kind);
            let got = unsigned.clone().count();
            if let Some((index, _)) = unsigned.nth(self.max_self_declared.of(kind)) {
                return Err(Mismatch::SelfDeclared {
                    index,
                    kind,
                    expected: self.max_self_declared.of(kind),
                    got,
                });
            }
        }
        let word = |(index, (file, shown)): (usize, (&AccountFile, &Kind))| {
            let Some(attestation) = &file.attestation else {
                return Ok(AccountSource::SelfDeclared);
            };
            let attester = self.attesters.get(&attestation.attester).ok_or_else(|| {
                Mismatch::UnknownAttester {
                    index,
                    expected: list(self.attesters.iter()),
                    got: attestation.attester,
                }
            })?;
            if !attester.roles.contains(shown) {
                return Err(Mismatch::Role {
                    index,
                    attester: attester.to_string(),
                    expected: list(attester.roles.iter()),
                    got: *shown,
                });
            }
            Ok(AccountSource::Attester {
                address: attester.address,
                name: attester.name.clone(),
            })
        };
        accounts.map(word).collect()
    }

    fn check_valid_until(
        &self,
        bundle: &Bundle,
        words: &[AccountSource],
        now: u64,
    ) -> Result<(), Mismatch> {
        for (index, (file, word)) in bundle.accounts().iter().zip(words).enumerate() {
            if let Some(attestation) = &file.attestation
                && attestation.valid_until < now
            {
                return Err(Mismatch::Expired {
                    index,
                    attester: word.to_string(),
                    expected: now,
                    got: attestation.valid_until,
                });
            }
        }
        Ok(())
    }

    /// No account twice, none that is pledged elsewhere. (That no commitment occurs twice
    /// is a rule of the statement: they ascend strictly. All accounts are as of one time.)
    fn check_double_use(&self, bundle: &Bundle, words: &[AccountSource]) -> Result<(), Mismatch> {
        let mut seen = BTreeMap::new();
        for (index, (file, word)) in bundle.accounts().iter().zip(words).enumerate() {
            if let Some(Attestation {
                attester, account, ..
            }) = &file.attestation
                && let Some(first) = seen.insert((*attester, to_be_bytes(&account.get())), index)
            {
                return Err(Mismatch::SameAccount {
                    index,
                    first,
                    attester: word.to_string(),
                    account: *account,
                });
            }
            let known = |a: &Attestation| self.pledged_accounts.contains(&(a.attester, a.account));
            if self.pledged.contains(&file.commitment)
                || file.attestation.as_ref().is_some_and(known)
            {
                return Err(Mismatch::Pledged {
                    index,
                    got: file.commitment,
                });
            }
        }
        Ok(())
    }

    fn check_prices(&self, bundle: &Bundle) -> Result<PriceSource, Mismatch> {
        match &self.prices {
            PriceTrust::Unsigned => Ok(PriceSource::Nobody),
            PriceTrust::Own(own) => {
                check_own_prices(own, bundle)?;
                Ok(PriceSource::RelyingParty)
            }
            PriceTrust::Signed(quorum) => {
                let signed = |s: &&PriceSigner| {
                    let mut signatures = bundle.price_signatures().iter();
                    signatures.any(|signature| signature.signer == s.address)
                };
                let signers: Vec<PriceSigner> =
                    quorum.signers().iter().filter(signed).cloned().collect();
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

    fn check_age(
        &self,
        what: &'static str,
        as_of: u64,
        largest: u64,
        now: u64,
    ) -> Result<(), Mismatch> {
        let (age, ahead) = (now.saturating_sub(as_of), as_of.saturating_sub(now));
        if ahead > self.max_clock_skew {
            return Err(Mismatch::Future {
                what,
                expected: self.max_clock_skew,
                got: ahead,
            });
        }
        if age > largest {
            return Err(Mismatch::Stale {
                what,
                expected: largest,
                got: age,
            });
        }
        Ok(())
    }
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
    let assets = bundle.policy().assets().iter();
    for (asset, got) in assets.zip(bundle.statement().prices()) {
        let expected = own.prices.get(&asset.name);
        if expected != Some(got) {
            return Err(differs(
                &format!("price of {}", asset.name),
                expected.map_or("none".into(), |p| p.get().to_string()),
                got.get().to_string(),
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
