//! Terms of a facility as JSON: the fields of `Terms` in Terms.sol under the same names, so
//! that one object serves `open` in a dApp and `covenant export calldata`.

use crate::files;
use crate::malformed::Malformed;
use crate::outcome::Failure;
use covenant_circuits::json;
use covenant_solidity::registry::{Attester, Feed, Terms};
use covenant_verifier::signed::Address;
use num_bigint::BigUint;
use serde_json::{Map, Value};
use std::path::Path;

/// Most attesters and most feeds: their places are bytes.
const MAX_LIST: usize = 256;

type Parsed<T> = Result<T, Malformed>;

/// Reads terms. Every message names the field.
pub(super) fn read(path: &Path) -> Result<Terms, Failure> {
    let text = files::read(path, files::MAX_PUBLIC)?;
    let value: Value = json::from_str(&text).map_err(|e| Failure::of_file(path, e))?;
    terms(&value).map_err(|e| Failure::of_file(path, e))
}

fn terms(value: &Value) -> Parsed<Terms> {
    let mut fields = Fields::of(value, "")?;
    let terms = Terms {
        subject: fields.word("subject")?,
        policy: fields.word("policy")?,
        min_ratio_bps: fields.number("minRatioBps")?,
        verifier: fields.address("verifier")?,
        debt_token: fields.address("debtToken")?,
        min_public_debt: fields.number("minPublicDebt")?,
        max_account_age: fields.number("maxAccountAge")?,
        max_window: fields.number("maxWindow")?,
        max_price_age: fields.number("maxPriceAge")?,
        coverage_seconds: fields.number("coverageSeconds")?,
        attester_quorum: fields.number("attesterQuorum")?,
        price_quorum: fields.number("priceQuorum")?,
        attesters: fields.list("attesters", |attester| {
            Ok(Attester {
                signer: attester.address("signer")?,
                roles: attester.number("roles")?,
            })
        })?,
        feeds: fields.list("feeds", |feed| {
            Ok(Feed {
                feed: feed.address("feed")?,
                asset_decimals: feed.number("assetDecimals")?,
                max_age: feed.number("maxAge")?,
            })
        })?,
        envelope: fields.word("envelope")?,
        sequencer: fields.address("sequencer")?,
        sequencer_grace: fields.number("sequencerGrace")?,
    };
    fields.finish()?;
    for (i, pair) in terms.attesters.windows(2).enumerate() {
        if let [a, b] = pair
            && a.signer >= b.signer
        {
            let place = format!("attesters[{}].signer", i + 1);
            let order = "expected attesters by ascending address, each once";
            return Err(Malformed::said(order).field(&place));
        }
    }
    Ok(terms)
}

/// What a value is, without quoting it: a file that is named by mistake may be secret, or long.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The fields of an object, taken one by one.
struct Fields {
    prefix: String,
    left: Map<String, Value>,
}

impl Fields {
    fn of(value: &Value, prefix: &str) -> Parsed<Self> {
        let object = value.as_object().ok_or_else(|| {
            let wrong = Malformed::new("an object", kind(value));
            match prefix {
                "" => wrong,
                _ => wrong.field(prefix),
            }
        })?;
        Ok(Self {
            prefix: prefix.into(),
            left: object.clone(),
        })
    }

    fn name(&self, field: &str) -> String {
        match self.prefix.is_empty() {
            true => field.into(),
            false => format!("{}.{field}", self.prefix),
        }
    }

    fn take(&mut self, field: &str) -> Parsed<(String, Value)> {
        let name = self.name(field);
        match self.left.remove(field) {
            Some(value) => Ok((name, value)),
            None => Err(Malformed::new("this field", "none").field(&name)),
        }
    }

    fn big(&mut self, field: &str) -> Parsed<(String, BigUint)> {
        let (name, value) = self.take(field)?;
        let number = match &value {
            Value::Number(n) => n.as_u64().map(BigUint::from),
            Value::String(text) => match text.strip_prefix("0x") {
                Some(digits) => BigUint::parse_bytes(digits.as_bytes(), 16),
                None => BigUint::parse_bytes(text.as_bytes(), 10),
            },
            _ => None,
        };
        number
            .ok_or_else(|| {
                let expected = "a whole number, or text of one in decimal or 0x-hex";
                Malformed::new(expected, &value).field(&name)
            })
            .map(|number| (name, number))
    }

    fn number<T: TryFrom<BigUint>>(&mut self, field: &str) -> Parsed<T> {
        let (name, number) = self.big(field)?;
        let got = number.to_string();
        let bits = 8 * size_of::<T>();
        T::try_from(number)
            .map_err(|_| Malformed::new(format!("a number below 2^{bits}"), got).field(&name))
    }

    fn word(&mut self, field: &str) -> Parsed<[u8; 32]> {
        let (name, number) = self.big(field)?;
        let bytes = number.to_bytes_be();
        let mut word = [0; 32];
        let start = (word.len())
            .checked_sub(bytes.len())
            .ok_or_else(|| Malformed::new("a number below 2^256", &number).field(&name))?;
        for (to, from) in word.iter_mut().skip(start).zip(bytes) {
            *to = from;
        }
        Ok(word)
    }

    /// The zero address means none.
    fn address(&mut self, field: &str) -> Parsed<[u8; 20]> {
        let (name, value) = self.take(field)?;
        let text = value
            .as_str()
            .ok_or_else(|| Malformed::new("an address as text", &value).field(&name))?;
        let zero = |digits: &str| digits.len() == 40 && digits.bytes().all(|d| d == b'0');
        if text.strip_prefix("0x").is_some_and(zero) {
            return Ok([0; 20]);
        }
        match text.parse::<Address>() {
            Ok(address) => Ok(*address.as_bytes()),
            Err(e) => Err(Malformed::said(e.to_string()).field(&name)),
        }
    }

    fn list<T>(&mut self, field: &str, one: impl Fn(&mut Fields) -> Parsed<T>) -> Parsed<Vec<T>> {
        let (name, value) = self.take(field)?;
        let items = value
            .as_array()
            .ok_or_else(|| Malformed::new("a list", kind(&value)).field(&name))?;
        if items.len() > MAX_LIST {
            let got = items.len();
            return Err(Malformed::new(format!("at most {MAX_LIST}"), got).field(&name));
        }
        (items.iter().enumerate())
            .map(|(i, item)| {
                let mut fields = Fields::of(item, &format!("{name}[{i}]"))?;
                let item = one(&mut fields)?;
                fields.finish().map(|()| item)
            })
            .collect()
    }

    fn finish(self) -> Parsed<()> {
        match self.left.keys().next() {
            None => Ok(()),
            Some(other) => Err(
                Malformed::said("expected no such field; see Terms in Terms.sol")
                    .field(&self.name(other)),
            ),
        }
    }
}
