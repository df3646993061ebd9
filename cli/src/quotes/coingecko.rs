//! CoinGecko: `/simple/price` with `include_last_updated_at=true`, which names the currency, and
//! `/coins/markets`, which does not.

use super::provider::{Context, Observed, Place, Row};
use super::written::{self, Fields, Written};
use crate::malformed::Malformed;
use covenant_circuits::json;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What `/simple/price` adds to the currency in names of fields that are no prices.
const NO_PRICE: [&str; 4] = ["_market_cap", "_24h_vol", "_24h_change", "last_updated_at"];

#[derive(Deserialize)]
#[serde(transparent)]
struct Simple(#[serde(deserialize_with = "json::unique_map")] BTreeMap<String, Fields>);

#[derive(Deserialize)]
struct Market {
    id: String,
    symbol: String,
    current_price: Option<Written>,
    last_updated: Option<Written>,
}

pub(super) fn rows(text: &str, context: &Context<'_>) -> Result<Vec<Row>, Malformed> {
    match text.trim_start().starts_with('[') {
        true => markets(text, context),
        false => simple(text, context),
    }
}

fn simple(text: &str, context: &Context<'_>) -> Result<Vec<Row>, Malformed> {
    let coins: Simple = json::from_str(text).map_err(Malformed::secret_json)?;
    let currency = context.code()?.to_ascii_lowercase();
    let row = |(id, fields): (String, Fields)| Row {
        read: of_fields(&fields, &currency, context),
        place: Place::Part(id.clone()),
        id,
        ticker: None,
        base: None,
    };
    Ok(coins.0.into_iter().map(row).collect())
}

fn of_fields(
    fields: &Fields,
    currency: &str,
    context: &Context<'_>,
) -> Result<Observed, Malformed> {
    let fields = &fields.0;
    let Some(price) = fields.get(currency) else {
        let is_price = |name: &&String| !NO_PRICE.iter().any(|end| name.ends_with(end));
        let others: Vec<&str> = fields.keys().filter(is_price).map(String::as_str).collect();
        let got = match others.is_empty() {
            true => "no price".into(),
            false => others.join(", "),
        };
        return Err(context.mismatch(&format!("a price in {currency}"), &got));
    };
    Ok(Observed {
        price: written::price(currency, Some(price))?,
        time: written::seconds("last_updated_at", fields.get("last_updated_at"))?,
        heartbeat: None,
    })
}

fn markets(text: &str, context: &Context<'_>) -> Result<Vec<Row>, Malformed> {
    let coins: Vec<Market> = json::from_str(text).map_err(Malformed::secret_json)?;
    context.check_stated()?;
    let row = |(i, coin): (usize, Market)| Row {
        read: coin.read(),
        id: coin.id,
        ticker: Some(coin.symbol),
        base: None,
        place: Place::Part(format!("[{i}]")),
    };
    Ok(coins.into_iter().enumerate().map(row).collect())
}

impl Market {
    fn read(&self) -> Result<Observed, Malformed> {
        Ok(Observed {
            price: written::price("current_price", self.current_price.as_ref())?,
            time: written::instant("last_updated", self.last_updated.as_ref())?,
            heartbeat: None,
        })
    }
}
