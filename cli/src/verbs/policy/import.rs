//! `covenant policy import`: the collateral rules of others as a policy (docs/spec.md, section
//! 10.10a). What a policy cannot say is named, and where leaving it out would make more count than
//! before, nothing is written unless that is accepted.

mod aave;
mod binance;
mod cdm;
mod compound;
mod ladder;
mod report;
mod securities;
mod source;
mod symbols;

use super::node::Node;
use crate::Outcome;
use crate::codes::Code;
use crate::files;
use crate::malformed::Malformed;
use crate::outcome::Failure;
use crate::text::{self, ratio};
use clap::{Args, ValueEnum};
use covenant_circuits::numbers::Ratio;
use ladder::NoLadder;
pub(crate) use report::ImportOutput;
use source::{Left, Source};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Tiers that a policy has for an asset.
const TIERS: usize = covenant_circuits::shape::TIERS;

/// Whose rules.
#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(crate) enum Format {
    /// Compound III (Comet): configuration.json of a deployment
    #[value(name = "compound-v3")]
    Compound,
    /// Aave v3: reserves as UiPoolDataProvider or the subgraph has them
    #[value(name = "aave-v3")]
    Aave,
    /// Binance portfolio margin: GET /sapi/v2/portfolio/collateralRate, or v1
    #[value(name = "binance-tiers")]
    Binance,
    /// FINOS CDM: an EligibleCollateralSpecification, with a list of the securities
    #[value(name = "cdm-eligible-collateral")]
    Cdm,
}

/// Which of a lending protocol's factors becomes the weight.
#[derive(Clone, Copy, Debug, ValueEnum, Default, PartialEq, Eq)]
pub(crate) enum Factor {
    /// What may be borrowed against: the stricter
    #[default]
    Borrow,
    /// Where a loan is liquidated
    Liquidation,
}

/// What `--help` ends with.
const HELP: &str = r#"What a policy cannot say, such as caps in units, is listed, also at the head of the written policy.

Examples:
  covenant policy import configuration.json --format compound-v3 --chain-id 1 --out policy.toml
  covenant policy import rates.json --format binance-tiers --assets assets.csv --out policy.toml
  covenant policy import schedule.json --format cdm-eligible-collateral \
    --securities securities.csv --as-of 2026-11-20 --out policy.toml"#;

/// Write a policy from the collateral rules of a lending protocol, an exchange or a schedule.
#[derive(Args, Debug)]
#[command(after_help = HELP)]
pub(crate) struct Import {
    /// The rules, JSON; several files have different assets
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Whose rules they are
    #[arg(long)]
    format: Format,
    /// The policy's name [default: the format and the files' names]
    #[arg(long)]
    name: Option<String>,
    /// The currency of values
    #[arg(long, value_name = "ASSET", default_value = "iso4217:USD")]
    quote: String,
    /// The smallest ratio; the weights have the haircuts already
    #[arg(long, value_parser = ratio, default_value = "100%")]
    ratio: Ratio,
    /// Lending protocols: the chain of the tokens, such as 1 for Ethereum
    #[arg(long, value_name = "N")]
    chain_id: Option<u64>,
    /// Lending protocols: which factor becomes the weight
    #[arg(long, value_enum, default_value_t)]
    factor: Factor,
    /// Exchanges: what their symbols are, CSV with the columns symbol,asset,decimals
    #[arg(long, value_name = "FILE")]
    assets: Option<PathBuf>,
    /// Exchanges: leave out and list what --assets does not have, rather than refuse it
    #[arg(long)]
    skip_unknown: bool,
    /// Schedules: the securities, CSV with the columns asset,decimals,type and optionally
    /// symbol,country,currency,maturity,rating,issuer_type
    #[arg(long, value_name = "FILE")]
    securities: Option<PathBuf>,
    /// Schedules: the time from which maturities are counted
    #[arg(long, value_name = "TIME", value_parser = text::time)]
    as_of: Option<u64>,
    /// Write the policy although more counts under it than in the source; what that is is listed
    #[arg(long)]
    accept_loss: bool,
    /// The policy to write, TOML; never replaces a file
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Import {
    pub(crate) fn run(self) -> Outcome {
        self.check_options()?;
        let source = self.read()?;
        let mut merged = Vec::new();
        for asset in source.assets.values() {
            let tiers = ladder::merge(&asset.ladder, TIERS)
                .map_err(|e| Failure::of_file(&asset.file, no_ladder(e).field(&asset.place)))?;
            merged.push(tiers);
        }
        let left = source.left_out();
        self.check_loss(&left)?;
        let draft = self.draft(&source, &merged, &left);
        let checked = draft.checked()?;
        files::check_no_input(&self.out, self.inputs())?;
        files::write(&self.out, &checked.text, files::Kind::New)?;
        self.report(&source, &merged, left, &checked)
    }

    fn inputs(&self) -> impl Iterator<Item = &std::path::Path> {
        let more = self.assets.iter().chain(&self.securities);
        self.files.iter().chain(more).map(PathBuf::as_path)
    }

    /// An option that a format does not read is a mistake.
    fn check_options(&self) -> Result<(), Failure> {
        let lending = matches!(self.format, Format::Compound | Format::Aave);
        let exchange = self.format == Format::Binance;
        let schedule = self.format == Format::Cdm;
        let options = [
            ("--chain-id", self.chain_id.is_some(), lending, lending),
            ("--factor", self.factor != Factor::Borrow, lending, false),
            ("--assets", self.assets.is_some(), exchange, exchange),
            ("--skip-unknown", self.skip_unknown, exchange, false),
            (
                "--securities",
                self.securities.is_some(),
                schedule,
                schedule,
            ),
            ("--as-of", self.as_of.is_some(), schedule, false),
        ];
        for (name, given, read, required) in options {
            let said = match (given, read, required) {
                (true, false, _) => "expected none for this format, got one",
                (false, _, true) => "expected one for this format, got none",
                _ => continue,
            };
            return Err(Failure::new(Code::Usage, format!("{name}: {said}")));
        }
        if exchange && self.quote != "iso4217:USD" {
            let said = format!(
                "--quote: expected iso4217:USD, the currency of the tiers, got {:?}",
                self.quote
            );
            return Err(Failure::new(Code::Usage, said));
        }
        Ok(())
    }

    fn read(&self) -> Result<Source, Failure> {
        let mut source = Source::default();
        let chain = self.chain_id.unwrap_or_default();
        let assets = self.assets.as_deref().map(symbols::read).transpose()?;
        let securities = self
            .securities
            .as_deref()
            .map(securities::read)
            .transpose()?;
        for path in &self.files {
            let root = Node::read(path)?;
            source.file.clone_from(path);
            match self.format {
                Format::Compound => compound::read(&root, chain, self.factor, &mut source),
                Format::Aave => aave::read(&root, chain, self.factor, &mut source),
                Format::Binance => binance::read(
                    &root,
                    assets.as_ref().unwrap_or(&BTreeMap::new()),
                    &mut source,
                ),
                Format::Cdm => cdm::read(
                    &root,
                    securities.as_deref().unwrap_or_default(),
                    &cdm::Terms {
                        quote: &self.quote,
                        as_of: self.as_of,
                    },
                    &mut source,
                ),
            }
            .map_err(|e| Failure::of_file(path, e))?;
        }
        if !source.unknown.is_empty() && !self.skip_unknown {
            let symbols: Vec<&str> = source.unknown.iter().map(String::as_str).collect();
            let said = format!(
                "expected every symbol of the rates, or --skip-unknown to leave them out, got none for {}",
                symbols.join(", ")
            );
            let file = self.assets.as_deref().unwrap_or(&self.out);
            return Err(Failure::in_file(file, Code::Malformed, said));
        }
        if source.assets.is_empty() {
            let what: Vec<String> = source.left_out().into_iter().map(|l| l.what).collect();
            let said = format!(
                "expected an asset that counts, got none: {}",
                what.join("; ")
            );
            return Err(Failure::in_file(&source.file, Code::Malformed, said));
        }
        Ok(source)
    }

    /// More may count than in the source only where somebody said so.
    fn check_loss(&self, left: &[Left]) -> Result<(), Failure> {
        let looser = left.iter().filter(|left| left.counts_more);
        let looser: Vec<String> = looser.map(|left| format!("\n  {}", left.what)).collect();
        if looser.is_empty() || self.accept_loss {
            return Ok(());
        }
        let said = format!(
            "a policy cannot say all of this, so that more may count under it than in the source; nothing was written. With --accept-loss it is left out and listed:{}",
            looser.concat()
        );
        Err(Failure::new(Code::LossNotAccepted, said))
    }
}

fn no_ladder(error: NoLadder) -> Malformed {
    match error {
        NoLadder::Empty => Malformed::new("at least one tier", "none"),
        NoLadder::TooLong => {
            let expected = format!("at most {} tiers", ladder::MOST_STEPS);
            Malformed::new(expected, "more")
        }
        NoLadder::End(i) => Malformed::new(
            "tiers that end one after the other, the last without an end",
            format!("another end of tier {i}"),
        ),
        NoLadder::Weight(i) => Malformed::new(
            "rates that never rise from a tier to the next, at most 100 %",
            format!("a higher one in tier {i}"),
        ),
    }
}
