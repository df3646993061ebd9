//! Chainlink rounds by address of the feed, as `cast call --json` and other callers of
//! `latestRoundData` print them, joined with Chainlink's public directory of feeds: which pair a
//! feed is of, its decimals, and how long until it must be updated.

use super::decimal::Decimal;
use super::provider::{Context, Observed, Place, Provider, Row};
use super::round::Round;
use super::written::{self, Written};
use crate::codes::Code;
use crate::files;
use crate::malformed::Malformed;
use crate::outcome::Failure;
use covenant_circuits::json;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::path::Path;

/// The directory, by address of a feed's proxy; several entries may have the same.
pub(super) struct Directory(BTreeMap<String, Vec<Feed>>);

/// An entry of `feeds-mainnet.json` and its like. Any field may be missing or null.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Feed {
    name: Option<String>,
    proxy_address: Option<String>,
    decimals: Option<Written>,
    heartbeat: Option<Written>,
    /// Base and quote, or two empty texts.
    pair: Option<Vec<Option<String>>>,
    docs: Option<Docs>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Docs {
    base_asset: Option<String>,
    quote_asset: Option<String>,
}

impl Directory {
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let text = files::read(path, files::MAX_POSITIONS)?;
        let feeds: Vec<Feed> =
            json::from_str(&text).map_err(|e| Failure::of_file(path, Malformed::secret_json(e)))?;
        let mut found: BTreeMap<String, Vec<Feed>> = BTreeMap::new();
        for feed in feeds {
            let address = feed.proxy_address.as_deref();
            if let Some(address) = address.and_then(|text| Provider::Chainlink.id(text)) {
                found.entry(address).or_default().push(feed);
            }
        }
        Ok(Self(found))
    }

    fn feed(&self, address: &str) -> Result<&Feed, Malformed> {
        match self.0.get(address).map(Vec::as_slice) {
            Some([feed]) => Ok(feed),
            None | Some([]) => Err(Malformed::new("a feed of the directory (--feeds)", address)),
            Some(several) => Err(Malformed::new(
                "a feed that the directory (--feeds) has once",
                format!("{address} {} times", several.len()),
            )),
        }
    }
}

/// The numbers that `latestRoundData` returns, in its order.
const NUMBERS: [&str; 5] = [
    "roundId",
    "answer",
    "startedAt",
    "updatedAt",
    "answeredInRound",
];

/// Rounds by address, or one round alone where its feed was named with the file.
pub(super) fn rows(
    text: &str,
    feed: Option<&str>,
    directory: &Directory,
    context: &Context<'_>,
) -> Result<Vec<Row>, Malformed> {
    let rounds = match feed {
        Some(feed) => {
            let round: Box<RawValue> = json::from_str(text).map_err(Malformed::secret_json)?;
            vec![(feed.to_owned(), round)]
        }
        None => by_address(text)?,
    };
    let row = |(address, round): (String, Box<RawValue>)| {
        let pair = directory.feed(&address).and_then(Feed::pair);
        let base = pair.as_ref().map(|(base, _)| (*base).to_owned()).ok();
        let quoted = pair
            .as_ref()
            .is_ok_and(|(_, quote)| is_quote(quote, context));
        Row {
            // Of feeds that are not named, those in another currency are none of an asset.
            ticker: base.clone().filter(|_| quoted),
            base,
            read: observed(&address, &round, directory, context),
            place: Place::Part(address.clone()),
            id: address,
        }
    };
    Ok(rounds.into_iter().map(row).collect())
}

#[derive(Deserialize)]
#[serde(transparent)]
struct ByAddress(#[serde(deserialize_with = "json::unique_map")] BTreeMap<String, Box<RawValue>>);

fn by_address(text: &str) -> Result<Vec<(String, Box<RawValue>)>, Malformed> {
    if text.trim_start().starts_with('[') {
        return Err(Malformed::new(
            "rounds by address of their feed, or the address before the file: --chainlink 0x...=FILE",
            "a list",
        ));
    }
    let rounds: ByAddress = json::from_str(text).map_err(Malformed::secret_json)?;
    let mut found: Vec<(String, Box<RawValue>)> = Vec::new();
    for (address, round) in rounds.0 {
        // Of a file that is something else, nothing is quoted.
        let address = Provider::Chainlink
            .id(&address)
            .ok_or_else(|| Malformed::new(Provider::Chainlink.form(), "another field"))?;
        if found.iter().any(|(other, _)| *other == address) {
            return Err(Malformed::new("each feed once", format!("{address} again")));
        }
        found.push((address, round));
    }
    Ok(found)
}

fn is_quote(quote: &str, context: &Context<'_>) -> bool {
    context
        .code()
        .is_ok_and(|code| code.eq_ignore_ascii_case(quote))
}

fn observed(
    address: &str,
    round: &RawValue,
    directory: &Directory,
    context: &Context<'_>,
) -> Result<Observed, Malformed> {
    let feed = directory.feed(address)?;
    let (base, quote) = feed.pair()?;
    let code = context.code()?;
    if !is_quote(quote, context) {
        let got = format!("{base} / {quote}");
        return Err(context.mismatch(&format!("a feed in {code}"), &got));
    }
    let of_feed = |name, number: &Option<Written>| {
        let number = written::whole(name, number.as_ref());
        number.map_err(|e| e.field("--feeds"))
    };
    let most = |name: &str| Malformed::new("a number below 2^32", "more").field(name);
    let decimals = u32::try_from(of_feed("decimals", &feed.decimals)?);
    let decimals = decimals.map_err(|_| most("--feeds.decimals"))?;
    let heartbeat = u32::try_from(of_feed("heartbeat", &feed.heartbeat)?);
    let heartbeat = heartbeat.map_err(|_| most("--feeds.heartbeat"))?.into();
    let (answer, time) = numbers(round)?.check(Some(heartbeat), context.rules)?;
    Ok(Observed {
        price: Decimal::scaled(answer, decimals),
        time,
        heartbeat: Some(heartbeat),
    })
}

/// A list of the five numbers, or an object with their names.
fn numbers(round: &RawValue) -> Result<Round, Malformed> {
    let wrong = |got: &str| {
        let expected = format!("the {} numbers {}", NUMBERS.len(), NUMBERS.join(", "));
        Malformed::new(expected, got)
    };
    let named: BTreeMap<String, Written> = if round.get().starts_with('[') {
        let list: Vec<Written> =
            serde_json::from_str(round.get()).map_err(|_| wrong("another list"))?;
        if list.len() != NUMBERS.len() {
            return Err(wrong(&list.len().to_string()));
        }
        let names = NUMBERS.iter().map(|name| (*name).to_owned());
        names.zip(list).collect()
    } else {
        let fields: written::Fields =
            serde_json::from_str(round.get()).map_err(|_| wrong("something else"))?;
        fields.0
    };
    let number = |name: &str| written::whole(name, named.get(name));
    Ok(Round {
        round: number("roundId")?,
        answer: number("answer")?,
        started: number("startedAt")?,
        updated: number("updatedAt")?,
        answered_in: number("answeredInRound")?,
    })
}

impl Feed {
    /// Base and quote, as the directory says in one place or two.
    fn pair(&self) -> Result<(&str, &str), Malformed> {
        let pair = match self.pair.as_deref() {
            Some([Some(base), Some(quote)]) => named(Some(base), Some(quote)),
            _ => None,
        };
        let docs = self.docs.as_ref();
        let docs =
            docs.and_then(|docs| named(docs.base_asset.as_deref(), docs.quote_asset.as_deref()));
        let same = |(a, b): (&str, &str), (c, d): (&str, &str)| {
            a.eq_ignore_ascii_case(c) && b.eq_ignore_ascii_case(d)
        };
        let name = self.name.as_deref().unwrap_or("no name");
        match (pair, docs) {
            (Some(pair), Some(docs)) if !same(pair, docs) => Err(Malformed::new(
                format!("the same pair twice in the directory's entry of {name}"),
                format!("{} / {} and {} / {}", pair.0, pair.1, docs.0, docs.1),
            )
            .coded(Code::CurrencyMismatch)),
            (Some(pair), _) | (None, Some(pair)) => Ok(pair),
            (None, None) => Err(Malformed::new(
                format!("a pair in the directory's entry of {name}"),
                "none",
            )),
        }
    }
}

/// Base and quote, where there are both.
fn named<'a>(base: Option<&'a str>, quote: Option<&'a str>) -> Option<(&'a str, &'a str)> {
    let there = |text: &&str| !text.is_empty();
    Some((base.filter(there)?, quote.filter(there)?))
}
