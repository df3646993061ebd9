//! What has to be in a basket, and what has to be signed besides (docs/spec.md, section 8.2, rows
//! 31 to 33). Without it whoever is owed something can be left out, nobody has said that the
//! collateral is held, and nobody that there is no other debt.

use super::basket::Basket;
use super::findings::Findings;
use super::{Expected, Mismatch, Place};
use crate::bundle::{AccountFile, Bundle};
use crate::time::date;
use covenant_claims::account::{Commitment, Kind};
use covenant_claims::ident::{FacilityId, Hash, SubjectId};
use covenant_claims::signed::{AccountRef, Signer, Undertaking};
use std::collections::BTreeSet;
use std::fmt;

/// An account that has to be in the basket.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MustInclude {
    /// The one with this commitment.
    Commitment(Commitment),
    /// One that an accepted attester signed for.
    Attester {
        /// The attester's name among those accepted.
        attester: String,
        /// The account's kind, as the proof shows it.
        kind: Kind,
        /// Which of its accounts; any where it is not said.
        account: Option<AccountRef>,
    },
}

/// For whom every collateral account has to be held: a control undertaking over each of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RequiredUndertakings {
    /// For whom they are held.
    pub secured_party: SubjectId,
    /// What they secure.
    pub facility: FacilityId,
    /// Until when at least, Unix seconds.
    pub held_until: u64,
    /// keccak256 of each text that is accepted.
    pub wordings: BTreeSet<Hash>,
}

/// What the subject itself has to say of the statement: that nothing else is owed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RequiredRepresentation {
    /// The subject's keys, as the relying party knows them.
    pub keys: BTreeSet<Signer>,
    /// keccak256 of each text that is accepted.
    pub wordings: BTreeSet<Hash>,
}

/// An undertaking that meets what is required of the account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held {
    /// The account.
    pub place: Place,
    /// The attester that undertook it, as the relying party calls it.
    pub attester: String,
    /// Unix seconds.
    pub from: u64,
    /// Unix seconds.
    pub until: u64,
}

impl fmt::Display for MustInclude {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Commitment(commitment) => write!(f, "the account {commitment}"),
            Self::Attester {
                attester,
                kind,
                account: None,
            } => write!(f, "an account of {kind} by {attester}"),
            Self::Attester {
                attester,
                kind,
                account: Some(account),
            } => write!(f, "the account {account} of {kind} by {attester}"),
        }
    }
}

impl Expected {
    /// Rows 31 to 33. Returns the undertakings that are required and there, one for each
    /// collateral account.
    pub(super) fn check_required(
        &self,
        bundle: &Bundle,
        basket: &Basket<'_>,
        found: &mut Findings,
    ) -> Vec<Held> {
        for required in &self.must_include {
            if !self.includes(basket, required) {
                found.add(Mismatch::Missing {
                    expected: required.to_string(),
                });
            }
        }
        let held = self.check_undertakings(basket, found);
        self.check_representation(bundle, found);
        held
    }

    fn includes(&self, basket: &Basket<'_>, required: &MustInclude) -> bool {
        let mut accounts = basket.all().map(|account| (account.file, account.shown));
        accounts.any(|(file, shown)| match required {
            MustInclude::Commitment(commitment) => file.commitment == *commitment,
            MustInclude::Attester {
                attester,
                kind,
                account,
            } => {
                let mut signed = file.attestations.iter();
                shown == *kind
                    && signed.any(|a| {
                        self.name_of(&a.attester) == Some(attester)
                            && account.is_none_or(|account| account == a.account)
                    })
            }
        })
    }

    /// What the relying party calls whoever signs with that key.
    fn name_of(&self, key: &Signer) -> Option<&str> {
        self.attesters.get(key).map(|a| a.name.as_str())
    }

    fn check_undertakings(&self, basket: &Basket<'_>, found: &mut Findings) -> Vec<Held> {
        let Some(required) = &self.undertakings else {
            return Vec::new();
        };
        let mut held = Vec::new();
        for account in basket.counted().filter(|a| a.shown == Kind::Collateral) {
            let (place, file) = (account.place, account.file);
            // The reasons why each one does not count; the first that has none does.
            let mut refused = Vec::new();
            let accepted =
                file.undertakings
                    .iter()
                    .find_map(|u| match self.refuse(required, file, u) {
                        None => Some(Held {
                            place,
                            attester: self.name_of(&u.attester).unwrap_or_default().into(),
                            from: u.held_from,
                            until: u.held_until,
                        }),
                        Some(reason) => {
                            refused.push(reason);
                            None
                        }
                    });
            match accepted {
                Some(one) => held.push(one),
                None => found.add(Mismatch::Undertaking {
                    place,
                    expected: required.held_until,
                    got: match refused.is_empty() {
                        true => "none".into(),
                        false => refused.join("; "),
                    },
                }),
            }
        }
        held
    }

    /// Why an undertaking does not count for an account. Its signature was checked, over the
    /// statement's subject.
    fn refuse(
        &self,
        required: &RequiredUndertakings,
        file: &AccountFile,
        undertaking: &Undertaking,
    ) -> Option<String> {
        let name = self.name_of(&undertaking.attester);
        let attested = file.attestations.iter().any(|a| {
            name.is_some() && self.name_of(&a.attester) == name && a.account == undertaking.account
        });
        let reason = if !attested {
            format!(
                "one by {}, which is not an accepted attester of that account",
                undertaking.attester
            )
        } else if undertaking.secured_party != required.secured_party {
            "one for another secured party".into()
        } else if undertaking.facility != required.facility {
            "one for another facility".into()
        } else if !required.wordings.contains(&undertaking.wording) {
            format!("one in another wording, {}", undertaking.wording)
        } else if undertaking.held_from > file.as_of {
            format!(
                "one from {} on, after the account's {}",
                date(undertaking.held_from),
                date(file.as_of)
            )
        } else if undertaking.held_until < required.held_until {
            format!("one until {}", date(undertaking.held_until))
        } else {
            return None;
        };
        Some(reason)
    }

    fn check_representation(&self, bundle: &Bundle, found: &mut Findings) {
        let Some(required) = &self.representation else {
            return;
        };
        let got = match bundle.representation() {
            None => "none".into(),
            Some(r) if !required.keys.contains(&r.signer) => {
                format!("one by {}, which is no key of the subject", r.signer)
            }
            Some(r) if !r.no_other_debt => {
                "one that does not say that there is no other debt".into()
            }
            Some(r) if !required.wordings.contains(&r.wording) => {
                format!("one in another wording, {}", r.wording)
            }
            Some(_) => return,
        };
        found.add(Mismatch::Representation { got });
    }
}
