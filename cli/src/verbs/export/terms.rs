//! Terms of a facility as JSON: the fields of `Terms` in Terms.sol under the same names, so
//! that one object serves `open` in a dApp and `covenant export calldata`. `covenant export terms`
//! tells their hash, and whether they fit a policy.

use super::submission::refused;
use crate::Outcome;
use crate::claim;
use crate::files;
use crate::malformed::Malformed;
use crate::outcome::{Failure, Report};
use crate::rpc::hex;
use crate::table::table;
use clap::Args;
use covenant_circuits::field::to_be_bytes;
use covenant_circuits::json;
use covenant_circuits::policy::Policy;
use covenant_solidity::registry::{Attester, Feed, PolicyEnvelope, Terms};
use covenant_verifier::signed::Address;
use num_bigint::BigUint;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// Most attesters and most feeds: the places of attesters are bytes, and a policy has fewer assets.
/// Of circuits and debt sources the contract takes fewer.
const MAX_LIST: usize = 256;

type Parsed<T> = Result<T, Malformed>;

/// Print the hash of a facility's terms, and whether they fit a policy.
///
/// The hash is what whoever relies on a facility pins. With the policy, its digest, its envelope and
/// its assets in digest order are printed too: feeds are listed in that order, and a challenge needs
/// terms with that envelope. Terms that contradict the policy are refused, by field.
#[derive(Args, Debug)]
pub(crate) struct TermsVerb {
    /// The terms, JSON, with the fields and names of Terms.sol: all of them, none by default
    terms: PathBuf,
    /// The policy of the facility
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
}

/// Terms of a facility.
#[derive(Serialize, JsonSchema)]
pub(crate) struct TermsOutput {
    /// keccak256 of their encoding, 0x-hex: what isCovered is queried with.
    hash: String,
    /// What they must have of the policy, where one was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<PolicyTerms>,
}

/// What terms have of a policy.
#[derive(Serialize, JsonSchema)]
pub(in crate::verbs) struct PolicyTerms {
    /// Its digest, 0x-hex.
    policy: String,
    /// The hash of its envelope, 0x-hex.
    envelope: String,
    /// Whether the terms have that envelope, so that prices can be challenged; else theirs is 0.
    challenges: bool,
    /// Its assets in digest order.
    assets: Vec<PlacedAsset>,
}

/// An asset in digest order.
#[derive(Serialize, JsonSchema)]
struct PlacedAsset {
    /// Its place, from 0: of its price and of its feed.
    place: usize,
    /// Its name.
    asset: String,
    /// Its short name.
    symbol: String,
    /// Decimals of the base unit: assetDecimals of its feed.
    decimals: u32,
}

impl TermsVerb {
    pub(crate) fn run(self) -> Outcome {
        let terms = read(&self.terms)?;
        let hash = hex(&terms.hash());
        let mut text = format!("terms  {hash}");
        let mut output = TermsOutput { hash, policy: None };
        if let Some(path) = &self.policy {
            let policy = claim::policy(path)?;
            let fits = of_policy(&terms, &policy)?;
            let mut shown = table(["place", "asset", "name", "decimals"], 3..4);
            for a in &fits.assets {
                shown.add_row([
                    a.place.to_string(),
                    a.symbol.clone(),
                    a.asset.clone(),
                    a.decimals.to_string(),
                ]);
            }
            let challenges = match fits.challenges {
                true => "in the terms",
                false => "not in the terms: nobody may challenge",
            };
            text = format!(
                "{text}\npolicy  {}\nenvelope  {}, {challenges}\n{shown}",
                fits.policy, fits.envelope
            );
            output.policy = Some(fits);
        }
        Report::done(text, &output)
    }
}

/// Refuses terms of another policy.
pub(in crate::verbs) fn of_policy(terms: &Terms, policy: &Policy) -> Result<PolicyTerms, Failure> {
    let digest = to_be_bytes(&policy.digest());
    let envelope = PolicyEnvelope::of(policy).hash();
    if terms.policy != digest {
        let expected = format!("{}, the policy's digest", hex(&digest));
        return Err(refused("policy", &expected, hex(&terms.policy)));
    }
    if terms.envelope != [0; 32] && terms.envelope != envelope {
        let expected = format!("{}, the policy's, or 0 for none", hex(&envelope));
        return Err(refused("envelope", &expected, hex(&terms.envelope)));
    }
    let (feeds, assets) = (terms.feeds.len(), policy.assets());
    if feeds != 0 && feeds != assets.len() {
        let expected = format!("one for each of the policy's {} assets", assets.len());
        return Err(refused("feeds", &expected, feeds));
    }
    for (i, (feed, asset)) in terms.feeds.iter().zip(assets).enumerate() {
        if u32::from(feed.asset_decimals) != asset.decimals {
            let field = format!("feeds[{i}].assetDecimals");
            let expected = format!("{}, of {}", asset.decimals, asset.symbol);
            return Err(refused(&field, &expected, feed.asset_decimals));
        }
    }
    let placed = assets.iter().enumerate().map(|(place, asset)| PlacedAsset {
        place,
        asset: asset.name.clone(),
        symbol: asset.symbol.clone(),
        decimals: asset.decimals,
    });
    Ok(PolicyTerms {
        policy: hex(&digest),
        envelope: hex(&envelope),
        challenges: terms.envelope == envelope,
        assets: placed.collect(),
    })
}

/// Reads terms. Every message names the field.
pub(in crate::verbs) fn read(path: &Path) -> Result<Terms, Failure> {
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
        circuits: fields.items("circuits", Fields::word)?,
        debt_sources: fields.items("debtSources", Fields::address)?,
        min_public_debt: fields.number("minPublicDebt")?,
        beneficiary: fields.address("beneficiary")?,
        max_account_age: fields.number("maxAccountAge")?,
        max_window: fields.number("maxWindow")?,
        max_price_age: fields.number("maxPriceAge")?,
        max_lag: fields.number("maxLag")?,
        coverage_seconds: fields.number("coverageSeconds")?,
        attester_quorum: fields.number("attesterQuorum")?,
        price_quorum: fields.number("priceQuorum")?,
        attesters: fields.list("attesters", |attester| {
            Ok(Attester {
                signer: attester.address("signer")?,
                identity: attester.address("identity")?,
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
        secured_party: fields.word("securedParty")?,
        wording: fields.word("wording")?,
        bond: fields.number("bond")?,
        cure_seconds: fields.number("cureSeconds")?,
        hook: fields.address("hook")?,
    };
    fields.finish()?;
    for (i, pair) in terms.attesters.windows(2).enumerate() {
        if let [a, b] = pair
            && a.identity >= b.identity
        {
            let place = format!("attesters[{}].identity", i + 1);
            let order = "expected attesters by ascending identity, each once";
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

    fn array(&mut self, field: &str) -> Parsed<(String, Vec<Value>)> {
        let (name, value) = self.take(field)?;
        let Value::Array(items) = value else {
            return Err(Malformed::new("a list", kind(&value)).field(&name));
        };
        if items.len() > MAX_LIST {
            let got = items.len();
            return Err(Malformed::new(format!("at most {MAX_LIST}"), got).field(&name));
        }
        Ok((name, items))
    }

    /// A list of objects.
    fn list<T>(&mut self, field: &str, one: impl Fn(&mut Fields) -> Parsed<T>) -> Parsed<Vec<T>> {
        let (name, items) = self.array(field)?;
        (items.iter().enumerate())
            .map(|(i, item)| {
                let mut fields = Fields::of(item, &format!("{name}[{i}]"))?;
                let item = one(&mut fields)?;
                fields.finish().map(|()| item)
            })
            .collect()
    }

    /// A list of what a field is.
    fn items<T>(
        &mut self,
        field: &str,
        one: impl Fn(&mut Fields, &str) -> Parsed<T>,
    ) -> Parsed<Vec<T>> {
        let (name, items) = self.array(field)?;
        (items.into_iter().enumerate())
            .map(|(i, item)| {
                let place = format!("{name}[{i}]");
                let mut alone = Fields {
                    prefix: self.prefix.clone(),
                    left: Map::from_iter([(place.clone(), item)]),
                };
                one(&mut alone, &place)
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
