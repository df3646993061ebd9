//! CoinMarketCap: `/v2/cryptocurrency/quotes/latest`, asked by symbol (a list for each, as several
//! coins have one symbol) or by number (one coin for each).

use super::provider::{Context, Observed, Place, Provider, Row};
use super::written::{self, Written};
use crate::malformed::Malformed;
use covenant_circuits::json;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Response {
    status: Status,
    data: Data,
}

#[derive(Deserialize)]
struct Status {
    error_code: Written,
}

/// By symbol or number.
#[derive(Deserialize)]
#[serde(transparent)]
struct Data(#[serde(deserialize_with = "json::unique_map")] BTreeMap<String, Coins>);

/// One coin, or a list that may be empty.
#[derive(Debug)]
struct Coins(Vec<(String, Coin)>);

#[derive(Deserialize, Debug)]
struct Coin {
    id: Written,
    symbol: String,
    quote: Quotes,
}

/// By currency.
#[derive(Deserialize, Debug)]
#[serde(transparent)]
struct Quotes(#[serde(deserialize_with = "json::unique_map")] BTreeMap<String, Quote>);

#[derive(Deserialize, Debug)]
struct Quote {
    price: Option<Written>,
    last_updated: Option<Written>,
}

impl<'de> Deserialize<'de> for Coins {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<serde_json::value::RawValue>::deserialize(deserializer)?;
        let wrong = |_| serde::de::Error::custom("a coin without id, symbol or quote");
        if raw.get().starts_with('[') {
            let list: Vec<Coin> = serde_json::from_str(raw.get()).map_err(wrong)?;
            let placed = list.into_iter().enumerate();
            return Ok(Self(
                placed.map(|(i, coin)| (format!("[{i}]"), coin)).collect(),
            ));
        }
        let coin = serde_json::from_str(raw.get()).map_err(wrong)?;
        Ok(Self(vec![(String::new(), coin)]))
    }
}

pub(super) fn rows(text: &str, context: &Context<'_>) -> Result<Vec<Row>, Malformed> {
    let response: Response = json::from_str(text).map_err(Malformed::secret_json)?;
    let error = response.status.error_code.0;
    if error != "0" {
        let failed = Malformed::new("0: an answer, not an error", format!("{error:?}"));
        return Err(failed.field("status.error_code"));
    }
    let mut rows = Vec::new();
    for (key, coins) in response.data.0 {
        for (place, coin) in coins.0 {
            let place = format!("data.{key}{place}");
            let id = Provider::CoinMarketCap.id(&coin.id.0).ok_or_else(|| {
                let expected = Provider::CoinMarketCap.form();
                Malformed::new(expected, "something else").field(&format!("{place}.id"))
            })?;
            rows.push(Row {
                id,
                read: coin.read(context),
                ticker: Some(coin.symbol),
                base: None,
                place: Place::Part(place),
            });
        }
    }
    Ok(rows)
}

impl Coin {
    fn read(&self, context: &Context<'_>) -> Result<Observed, Malformed> {
        let (quotes, code) = (&self.quote.0, context.code()?);
        let Some(quote) = quotes.get(code) else {
            let others: Vec<&str> = quotes.keys().map(String::as_str).collect();
            let wrong = context.mismatch(&format!("a quote in {code}"), &others.join(", "));
            return Err(wrong.field("quote"));
        };
        let read = || -> Result<Observed, Malformed> {
            Ok(Observed {
                price: written::price("price", quote.price.as_ref())?,
                time: written::instant("last_updated", quote.last_updated.as_ref())?,
                heartbeat: None,
            })
        };
        read().map_err(|e| e.field(&format!("quote.{code}")))
    }
}
