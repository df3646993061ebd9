//! Coin Metrics: the reference rates of `/timeseries/asset-metrics`, as JSON or CSV. The metric's
//! name ends with the currency; without an end it is in dollars.

use super::provider::{Context, Observed, Place, Provider, Row};
use super::written::{self, Fields, Written};
use crate::malformed::Malformed;
use crate::positions::csv_error;
use crate::text;
use covenant_circuits::json;
use serde::Deserialize;

/// The metric, before the currency.
const RATE: &str = "ReferenceRate";
/// The currency of the metric without one.
const UNNAMED: &str = "USD";

#[derive(Deserialize)]
struct Response {
    data: Vec<Fields>,
}

pub(super) fn rows(text: &str, context: &Context<'_>) -> Result<Vec<Row>, Malformed> {
    match text.trim_start().starts_with('{') {
        true => {
            let response: Response = json::from_str(text).map_err(Malformed::secret_json)?;
            let rows = response.data.into_iter().enumerate();
            rows.map(|(i, fields)| row(&fields, Place::Part(format!("data[{i}]")), context))
                .collect()
        }
        false => of_csv(text, context),
    }
}

fn of_csv(text: &str, context: &Context<'_>) -> Result<Vec<Row>, Malformed> {
    let lines = text::lines(text);
    let mut reader = csv::ReaderBuilder::new().from_reader(lines.as_bytes());
    let header = reader.headers().map_err(csv_error)?.clone();
    for name in ["asset", "time"] {
        match header.iter().filter(|found| *found == name).count() {
            1 => {}
            0 => {
                let expected = format!("the columns asset, time and a {RATE} such as {RATE}USD");
                let got = format!("a first line without {name}");
                return Err(Malformed::new(expected, got).line(1));
            }
            _ => return Err(Malformed::new("each column once", format!("{name:?} twice")).line(1)),
        }
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(csv_error)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = record.iter().map(|cell| Written(cell.trim().to_owned()));
        let names = header.iter().map(ToOwned::to_owned);
        // Of other columns with one name the last is kept; a rate twice is refused below.
        let fields = Fields(names.zip(cells).collect());
        let rates = header.iter().filter(|name| name.starts_with(RATE));
        if fields.0.keys().filter(|n| n.starts_with(RATE)).count() != rates.count() {
            return Err(Malformed::new("each rate once", "one of them twice").line(1));
        }
        rows.push(row(&fields, Place::Line(line), context)?);
    }
    Ok(rows)
}

fn row(fields: &Fields, place: Place, context: &Context<'_>) -> Result<Row, Malformed> {
    let asset = fields.0.get("asset").map(|Written(asset)| asset.as_str());
    let asset = asset.ok_or_else(|| {
        let missing = Malformed::new("the name of an asset, such as btc", "none").field("asset");
        match &place {
            Place::Part(part) => missing.field(part),
            Place::Line(line) => missing.line(*line),
        }
    })?;
    Ok(Row {
        id: Provider::CoinMetrics.id(asset).unwrap_or_default(),
        ticker: Some(asset.to_owned()),
        base: None,
        place,
        read: read(fields, context),
    })
}

fn read(fields: &Fields, context: &Context<'_>) -> Result<Observed, Malformed> {
    let (fields, code) = (&fields.0, context.code()?);
    let named = format!("{RATE}{code}");
    let metric = match fields.contains_key(&named) {
        false if code == UNNAMED && fields.contains_key(RATE) => RATE,
        _ => &named,
    };
    let Some(price) = fields.get(metric) else {
        let rates = fields.keys().filter(|name| name.starts_with(RATE));
        let others: Vec<&str> = rates.map(String::as_str).collect();
        let got = match others.is_empty() {
            true => "no rate".into(),
            false => others.join(", "),
        };
        return Err(context.mismatch(&named, &got));
    };
    Ok(Observed {
        price: written::price(metric, Some(price))?,
        time: written::instant("time", fields.get("time"))?,
        heartbeat: None,
    })
}
