//! What has to be in the basket and signed besides, as a file says it.

use super::{ExpectError, field, hash, keys};
use crate::expect::{Attesters, MustInclude, RequiredRepresentation, RequiredUndertakings};
use covenant_claims::account::{Commitment, Kind};
use covenant_claims::ident::{FacilityId, Hash, SubjectId};
use covenant_claims::json;
use covenant_claims::signed::AccountRef;
use serde::Deserialize;
use std::collections::BTreeSet;

/// One of `must_include`: a commitment, or an attester with a kind and perhaps an account.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MustIncludeEntry {
    #[serde(default, deserialize_with = "json::present")]
    commitment: Option<String>,
    #[serde(default, deserialize_with = "json::present")]
    attester: Option<String>,
    #[serde(default, deserialize_with = "json::present")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "json::present")]
    account: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UndertakingsEntry {
    secured_party: String,
    facility: String,
    held_until: u64,
    wordings: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RepresentationEntry {
    keys: Vec<String>,
    wordings: Vec<String>,
}

impl MustIncludeEntry {
    pub(super) fn read(&self, i: usize, attesters: &Attesters) -> Result<MustInclude, ExpectError> {
        let at = |name: &str| format!("must_include[{i}]{name}");
        let (attester, kind) = match (&self.commitment, &self.attester, &self.kind) {
            (Some(text), None, None) if self.account.is_none() => {
                let commitment = hash(&at(".commitment"), text)?;
                return Ok(MustInclude::Commitment(Commitment(commitment)));
            }
            (None, Some(attester), Some(kind)) => (attester, kind),
            _ => {
                let expected = "a commitment, or an attester and a kind, perhaps with an account";
                return Err(field(at(""), expected, "something else"));
            }
        };
        let known: Vec<&str> = attesters.iter().map(|a| a.name.as_str()).collect();
        let accepted = attesters.iter().find(|a| a.name == *attester);
        let Some(accepted) = accepted else {
            let expected = format!("a name of attesters ({})", known.join(", "));
            return Err(field(at(".attester"), expected, attester));
        };
        let kind = role(&at(".kind"), kind)?;
        if !accepted.roles.contains(&kind) {
            let expected = format!("a role of the attester {attester}");
            return Err(field(at(".kind"), expected, kind));
        }
        let account = self.account.as_ref().map(|text| {
            let number = hash(&at(".account"), text)?;
            AccountRef::from_field(number).map_err(|_| field(at(".account"), "248 bits", text))
        });
        Ok(MustInclude::Attester {
            attester: attester.clone(),
            kind,
            account: account.transpose()?,
        })
    }
}

impl UndertakingsEntry {
    pub(super) fn secured_party(&self) -> &str {
        &self.secured_party
    }

    pub(super) fn facility(&self) -> &str {
        &self.facility
    }

    pub(super) fn read(&self) -> Result<RequiredUndertakings, ExpectError> {
        let facility = FacilityId::read(&self.facility);
        let named = "a facility's name, or its id as 0x-hex";
        let facility = facility.map_err(|e| field("undertakings.facility", named, e.got))?;
        Ok(RequiredUndertakings {
            secured_party: SubjectId::of(&self.secured_party)
                .map_err(|e| field("undertakings.secured_party", "a party's name", e))?,
            facility,
            held_until: self.held_until,
            wordings: wordings("undertakings.wordings", &self.wordings)?,
        })
    }
}

impl RepresentationEntry {
    pub(super) fn read(&self) -> Result<RequiredRepresentation, ExpectError> {
        let keys = keys("representation.keys", &self.keys)?;
        if keys.is_empty() {
            return Err(field("representation.keys", "at least one key", "none"));
        }
        Ok(RequiredRepresentation {
            keys,
            wordings: wordings("representation.wordings", &self.wordings)?,
        })
    }
}

/// What an attester is accepted for.
pub(super) fn role(name: &str, text: &str) -> Result<Kind, ExpectError> {
    match text {
        "collateral" => Ok(Kind::Collateral),
        "liability" => Ok(Kind::Liability),
        other => Err(field(name, "\"collateral\" or \"liability\"", other)),
    }
}

/// Hashes of texts; at least one.
fn wordings(name: &str, list: &[String]) -> Result<BTreeSet<Hash>, ExpectError> {
    if list.is_empty() {
        return Err(field(name, "the hash of at least one text", "none"));
    }
    let read = |(i, text): (usize, &String)| {
        let parsed = text.parse();
        parsed.map_err(|e| field(format!("{name}[{i}]"), "the hash of a text", e))
    };
    list.iter().enumerate().map(read).collect()
}
