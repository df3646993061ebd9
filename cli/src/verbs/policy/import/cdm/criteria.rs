//! What a criterion demands of an instrument and its issuer. Within a list one element has to be
//! met, and of an element every demand. A demand that cannot be judged here is named; it is taken
//! for met, so that an exclusion excludes more, and an inclusion needs `--accept-loss`.

use super::super::super::node::{Fields, Node};
use super::super::securities::Security;
use super::super::source::{Effect, Source};
use super::treatment::Treatment;
use super::{Terms, no_day};
use crate::malformed::Malformed;
use jiff::ToSpan;
use jiff::civil::Date;

/// Whether an instrument is what is demanded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Meets {
    No,
    /// The list of securities does not say.
    Unknown,
    Yes,
}

/// The lists `asset` and `issuer` of a criterion: one of each, where there are any.
pub(super) struct Criteria {
    assets: Vec<Vec<Demand>>,
    issuers: Vec<Vec<Demand>>,
}

/// One of these texts has to be what the column has.
enum Demand {
    /// Such as `Security/Debt`, compared as far as it goes.
    Kind(Vec<String>),
    Country(Vec<String>),
    Currency(Vec<String>),
    IssuerType(Vec<String>),
    Asset(Vec<String>),
    /// The first and the last day on which it may mature.
    Maturity(Option<Date>, Option<Date>),
}

impl Criteria {
    pub(super) fn read(
        asset: Option<Node>,
        issuer: Option<Node>,
        place: &str,
        terms: &Terms<'_>,
        treatment: &Treatment,
        source: &mut Source,
    ) -> Result<Self, Malformed> {
        let mut reader = Reader {
            place,
            terms,
            included: treatment.included,
            source,
        };
        let list = |node: Option<Node>| node.map_or(Ok(Vec::new()), |node| node.list());
        let assets = list(asset)?.into_iter().map(|node| reader.asset(&node));
        let assets = assets.collect::<Result<_, _>>()?;
        let issuers = list(issuer)?.into_iter().map(|node| reader.issuer(&node));
        let issuers = issuers.collect::<Result<_, _>>()?;
        Ok(Self { assets, issuers })
    }

    pub(super) fn meets(&self, security: &Security) -> Meets {
        let every = |demands: &Vec<Demand>| {
            let all = demands.iter().map(|demand| demand.meets(security));
            all.min().unwrap_or(Meets::Yes)
        };
        let one = |of: &[Vec<Demand>]| of.iter().map(every).max().unwrap_or(Meets::Yes);
        one(&self.assets).min(one(&self.issuers))
    }
}

impl Demand {
    fn meets(&self, security: &Security) -> Meets {
        let one_of = |texts: &[String], got: Option<&str>| match got {
            None => Meets::Unknown,
            Some(got) if texts.iter().any(|text| folded(text) == folded(got)) => Meets::Yes,
            Some(_) => Meets::No,
        };
        match self {
            Self::Kind(kinds) => {
                let all = kinds.iter().map(|kind| of_kind(kind, &security.kind));
                all.max().unwrap_or(Meets::No)
            }
            Self::Country(texts) => one_of(texts, security.country.as_deref()),
            Self::Currency(texts) => one_of(texts, security.currency.as_deref()),
            Self::IssuerType(texts) => one_of(texts, security.issuer_type.as_deref()),
            Self::Asset(texts) => one_of(texts, Some(&security.asset)),
            Self::Maturity(first, last) => match security.maturity {
                None => Meets::Unknown,
                Some(date) => {
                    let early = first.is_some_and(|first| date < first);
                    let late = last.is_some_and(|last| date > last);
                    if early || late { Meets::No } else { Meets::Yes }
                }
            },
        }
    }
}

/// Enumerations are written in capitals with underscores or not, as versions of CDM differ.
fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| *c != '_')
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether the kind of a security is the one that is demanded, or a more precise one. A less
/// precise one may be.
fn of_kind(demanded: &str, got: &str) -> Meets {
    let (demanded, got) = (folded(demanded), folded(got));
    let parts = demanded.split('/').zip(got.split('/'));
    let differs = parts.clone().any(|(a, b)| a != b);
    match got.split('/').count() < demanded.split('/').count() {
        _ if differs => Meets::No,
        true => Meets::Unknown,
        false => Meets::Yes,
    }
}

/// What criteria are read with.
struct Reader<'a, 'b> {
    place: &'a str,
    terms: &'a Terms<'a>,
    included: bool,
    source: &'b mut Source,
}

impl Reader<'_, '_> {
    fn asset(&mut self, node: &Node) -> Result<Vec<Demand>, Malformed> {
        let mut fields = node.fields()?;
        let mut demands = Vec::new();
        if let Some(kinds) = fields.take("collateralAssetType") {
            demands.push(self.kinds(&kinds)?);
        }
        for (name, demand) in [
            (
                "assetCountryOfOrigin",
                Demand::Country as fn(Vec<String>) -> Demand,
            ),
            ("denominatedCurrency", Demand::Currency),
        ] {
            if let Some(list) = fields.take(name) {
                demands.push(demand(texts(&list)?));
            }
        }
        if let Some(list) = fields.take("productIdentifier") {
            demands.extend(self.products(&list)?);
        }
        let kind = fields.take("maturityType").map(|kind| kind.text());
        if let Some(range) = fields.take("maturityRange") {
            match kind.transpose()? {
                Some(kind) if folded(&kind) != "remainingmaturity" => {
                    self.unjudged(&format!("a maturity that is counted as {kind}"));
                }
                _ => demands.push(self.maturity(&range)?),
            }
        }
        self.rest(&fields);
        Ok(demands)
    }

    fn issuer(&mut self, node: &Node) -> Result<Vec<Demand>, Malformed> {
        let mut fields = node.fields()?;
        let mut demands = Vec::new();
        if let Some(list) = fields.take("issuerCountryOfOrigin") {
            demands.push(Demand::Country(texts(&list)?));
        }
        if let Some(list) = fields.take("issuerType") {
            let mut kinds = Vec::new();
            for kind in list.list()? {
                let mut fields = kind.fields()?;
                kinds.push(fields.need("issuerType")?.text()?);
                self.rest(&fields);
            }
            demands.push(Demand::IssuerType(kinds));
        }
        self.rest(&fields);
        Ok(demands)
    }

    /// Kinds, as `assetType/securityType`.
    fn kinds(&mut self, list: &Node) -> Result<Demand, Malformed> {
        let mut kinds = Vec::new();
        for node in list.list()? {
            let mut fields = node.fields()?;
            let mut kind = fields.need("assetType")?.text()?;
            if let Some(security) = fields.take("securityType") {
                kind = format!("{kind}/{}", security.text()?);
            }
            for name in ["equityType", "fundType"] {
                if let Some(more) = fields.take(name) {
                    match more.is_object() {
                        true => self.unjudged(name),
                        false => kind = format!("{kind}/{}", more.text()?),
                    }
                }
            }
            self.rest(&fields);
            kinds.push(kind);
        }
        Ok(Demand::Kind(kinds))
    }

    /// ISINs; of products with other identifiers nothing can be told.
    fn products(&mut self, list: &Node) -> Result<Option<Demand>, Malformed> {
        let mut assets = Vec::new();
        for node in list.list()? {
            let mut fields = unwrapped(node)?.fields()?;
            let id = text(&fields.need("identifier")?)?;
            let kind = fields
                .take("source")
                .or_else(|| fields.take("identifierType"));
            let kind = kind.map(|kind| kind.text()).transpose()?;
            if kind.as_deref() != Some("ISIN") {
                let said = "productIdentifier other than an ISIN";
                self.unjudged(said);
                return Ok(None);
            }
            assets.push(format!("isin:{id}"));
        }
        Ok(Some(Demand::Asset(assets)))
    }

    /// Days from the lower to the upper bound. A bound that does not say whether it is itself
    /// within is read so that less counts.
    fn maturity(&mut self, range: &Node) -> Result<Demand, Malformed> {
        let Some(as_of) = self.terms.as_of else {
            return Err(no_day(range));
        };
        let as_of = i64::try_from(as_of)
            .ok()
            .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok())
            .ok_or_else(|| range.wrong("an --as-of before the year 10000"))?
            .to_zoned(jiff::tz::TimeZone::UTC)
            .date();
        let mut fields = range.fields()?;
        let lower = fields.take("lowerBound").map(|b| self.bound(&b, as_of));
        let upper = fields.take("upperBound").map(|b| self.bound(&b, as_of));
        self.rest(&fields);
        let first = lower.transpose()?.map(|(day, within)| match within {
            true => Ok(day),
            false => day.tomorrow(),
        });
        let last = upper.transpose()?.map(|(day, within)| match within {
            true => Ok(day),
            false => day.yesterday(),
        });
        let far = |_| range.wrong("bounds within the calendar");
        let first = first.transpose().map_err(far)?;
        let last = last.transpose().map_err(far)?;
        let said = "remaining maturities are those of --as-of: import it again as they shorten";
        self.source.left(Effect::Safe, said, self.place);
        Ok(Demand::Maturity(first, last))
    }

    fn bound(&mut self, node: &Node, from: Date) -> Result<(Date, bool), Malformed> {
        let mut fields = node.fields()?;
        let period = fields.need("period")?;
        let within = match fields.take("inclusive") {
            Some(flag) => flag.flag()?,
            None => !self.included,
        };
        self.rest(&fields);
        let mut parts = period.fields()?;
        let count = parts.need("periodMultiplier")?.whole(10_000)?;
        let count = i64::try_from(count).unwrap_or_default();
        let unit = parts.need("period")?;
        let span = match unit.text()?.as_str() {
            "D" => count.days(),
            "W" => count.weeks(),
            "M" => count.months(),
            "Y" if count < 9_000 => count.years(),
            _ => return Err(unit.wrong("D, W, M or Y, within the calendar")),
        };
        let day = from.checked_add(span);
        Ok((
            day.map_err(|_| node.wrong("a bound within the calendar"))?,
            within,
        ))
    }

    /// Demands that are not read.
    fn rest(&mut self, fields: &Fields) {
        let names: Vec<String> = fields.names().map(str::to_owned).collect();
        for name in names.iter().filter(|name| *name != "meta") {
            self.unjudged(name);
        }
    }

    fn unjudged(&mut self, what: &str) {
        let effect = match self.included {
            true => Effect::CountsMore,
            false => Effect::Safe,
        };
        let said = format!("{what}: no column of the securities says it, so it is taken for met");
        self.source.left(effect, said, self.place);
    }
}

/// The value of a field with metadata, or the field itself.
fn unwrapped(node: Node) -> Result<Node, Malformed> {
    if !node.is_object() {
        return Ok(node);
    }
    Ok(node.fields()?.take("value").unwrap_or(node))
}

fn text(node: &Node) -> Result<String, Malformed> {
    match node.is_object() {
        true => node.fields()?.need("value")?.text(),
        false => node.text(),
    }
}

/// A list of texts, each perhaps with metadata; or one.
fn texts(node: &Node) -> Result<Vec<String>, Malformed> {
    match node.is_list() {
        true => node.list()?.iter().map(text).collect(),
        false => Ok(vec![text(node)?]),
    }
}
