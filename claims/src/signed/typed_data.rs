//! Documents as `eth_signTypedData_v4` takes them: the JSON that a wallet or HSM shows to
//! the person who signs, and hashes to the same digest.

use super::document::{
    AccountAttestation, ControlUndertaking, DOMAIN_NAME, DOMAIN_VERSION, PriceSnapshot,
    Representation, Revocation, counterpart_field, kind_number,
};
use crate::field::to_hex;
use serde_json::{Value, json};

impl AccountAttestation {
    /// `types, domain, primaryType, message`. Integers of 64 bits are decimal text, as
    /// JSON numbers lose digits above 2^53 in JavaScript.
    pub fn typed_data(&self) -> Value {
        wrap(
            &Self::type_text(),
            json!({
                "commitment": self.commitment.to_string(),
                "subject": to_hex(&self.subject.get()),
                "asOf": self.as_of.to_string(),
                "validUntil": self.valid_until.to_string(),
                "kind": kind_number(self.kind),
                "account": self.account.to_string(),
                "counterpart": to_hex(&counterpart_field(self.counterpart)),
            }),
        )
    }
}

impl PriceSnapshot {
    /// `types, domain, primaryType, message`; integers as decimal text.
    pub fn typed_data(&self) -> Value {
        let prices: Vec<String> = self.prices.iter().map(|p| p.get().to_string()).collect();
        wrap(
            &Self::type_text(),
            json!({
                "policy": to_hex(&self.policy),
                "asOf": self.as_of.to_string(),
                "prices": prices,
            }),
        )
    }
}

impl ControlUndertaking {
    /// `types, domain, primaryType, message`; integers as decimal text.
    pub fn typed_data(&self) -> Value {
        wrap(
            &Self::type_text(),
            json!({
                "account": self.account.to_string(),
                "subject": to_hex(&self.subject.get()),
                "securedParty": to_hex(&self.secured_party.get()),
                "facility": to_hex(&self.facility.get()),
                "heldFrom": self.held_from.to_string(),
                "heldUntil": self.held_until.to_string(),
                "wording": self.wording.to_string(),
            }),
        )
    }
}

impl Representation {
    /// `types, domain, primaryType, message`.
    pub fn typed_data(&self) -> Value {
        wrap(
            &Self::type_text(),
            json!({
                "subject": to_hex(&self.subject.get()),
                "statement": self.statement.to_string(),
                "noOtherDebt": self.no_other_debt,
                "wording": self.wording.to_string(),
            }),
        )
    }
}

impl Revocation {
    /// `types, domain, primaryType, message`; integers as decimal text.
    pub fn typed_data(&self) -> Value {
        wrap(
            &Self::type_text(),
            json!({
                "document": self.document.to_string(),
                "at": self.at.to_string(),
            }),
        )
    }
}

/// `text` is EIP-712's encodeType of a structure without structures inside, such as
/// `Name(bytes32 a,uint64 b)`.
pub(super) fn wrap(text: &str, message: Value) -> Value {
    let (name, rest) = text.split_once('(').unwrap_or((text, ""));
    let members: Vec<Value> = rest
        .trim_end_matches(')')
        .split(',')
        .filter_map(|member| member.split_once(' '))
        .map(|(kind, name)| json!({ "name": name, "type": kind }))
        .collect();
    json!({
        "types": {
            "EIP712Domain": [
                { "name": "name", "type": "string" },
                { "name": "version", "type": "string" },
            ],
            name: members,
        },
        "domain": { "name": DOMAIN_NAME, "version": DOMAIN_VERSION },
        "primaryType": name,
        "message": message,
    })
}
