//! Pyth: `/v2/updates/price/latest` of Hermes. A price comes with a confidence interval, which is
//! compared with a limit. What a feed's pair is, it does not say.

use super::decimal::Decimal;
use super::provider::{Context, Observed, Place, Provider, Row};
use super::written::{self, Written};
use crate::codes::Code;
use crate::malformed::Malformed;
use covenant_circuits::json;
use covenant_circuits::numbers::{ONE_IN_BPS, PRICE_EXPONENT};
use num_bigint::BigUint;
use serde::Deserialize;

#[derive(Deserialize)]
struct Updates {
    parsed: Vec<Update>,
}

#[derive(Deserialize)]
struct Update {
    id: String,
    price: PythPrice,
}

/// `price x 10^expo`, give or take `conf x 10^expo`.
#[derive(Deserialize)]
struct PythPrice {
    price: Option<Written>,
    conf: Option<Written>,
    expo: Option<Written>,
    publish_time: Option<Written>,
}

pub(super) fn rows(text: &str, context: &Context<'_>) -> Result<Vec<Row>, Malformed> {
    let updates: Updates = json::from_str(text).map_err(Malformed::secret_json)?;
    context.check_stated()?;
    let row = |(i, update): (usize, Update)| {
        let place = format!("parsed[{i}]");
        let id = Provider::Pyth.id(&update.id).ok_or_else(|| {
            let wrong = Malformed::new(Provider::Pyth.form(), "something else");
            wrong.field(&format!("{place}.id"))
        })?;
        Ok(Row {
            id,
            ticker: None,
            base: None,
            read: update.price.read(context).map_err(|e| e.field("price")),
            place: Place::Part(place),
        })
    };
    updates.parsed.into_iter().enumerate().map(row).collect()
}

impl PythPrice {
    fn read(&self, context: &Context<'_>) -> Result<Observed, Malformed> {
        let price = written::whole("price", self.price.as_ref())?;
        let confidence = written::whole("conf", self.conf.as_ref())?;
        let most = context.rules.max_confidence_bps;
        let allowed = BigUint::from(price) * most;
        if BigUint::from(confidence) * ONE_IN_BPS > allowed {
            let wide = Malformed::new(
                format!("a confidence interval of at most {most} bps of the price {price}"),
                confidence,
            );
            return Err(wide.field("conf").coded(Code::PriceUncertain));
        }
        Ok(Observed {
            price: Decimal::scaled(price, self.decimals()?),
            time: written::seconds("publish_time", self.publish_time.as_ref())?,
            heartbeat: None,
        })
    }

    /// How many digits of the price are after the point.
    fn decimals(&self) -> Result<u32, Malformed> {
        let expo = self.expo.as_ref().map(|Written(text)| text.as_str());
        let read = |text: &str| match text.strip_prefix('-') {
            Some(digits) => json::decimal::parse(digits),
            None => (text == "0").then_some(0),
        };
        let decimals = expo.and_then(read).and_then(|n| u32::try_from(n).ok());
        decimals.filter(|n| *n <= PRICE_EXPONENT).ok_or_else(|| {
            let expected = format!("an exponent from -{PRICE_EXPONENT} to 0");
            let got = expo.map_or("none".into(), |text| format!("{text:?}"));
            Malformed::new(expected, got).field("expo")
        })
    }
}
