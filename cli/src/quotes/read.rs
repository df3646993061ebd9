//! The files that are named, read: each of our own is a source, and all of one provider are one.

use super::feeds::{self, Directory};
use super::names::Names;
use super::provider::{self, Context, Provider, Row};
use super::{
    Ignored, Quote, Rules, Said, Source, chainlink, coingecko, coinmarketcap, coinmetrics, pyth,
    table,
};
use crate::files;
use crate::malformed::Malformed;
use crate::outcome::Failure;
use covenant_circuits::ident::keccak256;
use covenant_circuits::policy::Policy;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What is read.
#[derive(Debug)]
pub(crate) struct Given {
    /// Files of our own formats, each of them a source.
    pub(crate) own: Vec<PathBuf>,
    /// Files of others; those of one provider are one source.
    pub(crate) provided: Vec<Provided>,
    /// Chainlink's directory of feeds.
    pub(crate) feeds: Option<PathBuf>,
    /// What providers call the policy's assets.
    pub(crate) assets: Option<PathBuf>,
}

/// The files of a provider.
#[derive(Debug)]
pub(crate) struct Provided {
    pub(crate) provider: Provider,
    pub(crate) files: Vec<ProviderFile>,
}

/// A file, and the feed that it is of where the command line says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProviderFile {
    pub(crate) feed: Option<String>,
    pub(crate) path: PathBuf,
}

impl ProviderFile {
    /// `FILE`, or `0x...=FILE` where a file has one round of a feed and does not name it.
    pub(crate) fn of_argument(text: &str) -> Self {
        let named = text.split_once('=');
        let named = named.and_then(|(feed, path)| Some((Provider::Chainlink.id(feed)?, path)));
        match named {
            Some((feed, path)) => Self {
                feed: Some(feed),
                path: path.into(),
            },
            None => Self {
                feed: None,
                path: text.into(),
            },
        }
    }
}

/// A file of our own, and its hash.
fn read_own(path: &Path, policy: &Policy, rules: &Rules) -> Result<([u8; 32], Source), Failure> {
    let text = files::read(path, files::MAX_PUBLIC)?;
    let found = if text.trim_start().starts_with('{') {
        chainlink::read(&text, policy, rules)
    } else {
        table::read(&text, policy, rules)
    };
    let (said, ignored) = found.map_err(|e| Failure::of_file(path, e))?;
    let quote = |(asset, said): (String, Said)| {
        let quote = Quote {
            file: path.into(),
            name: None,
            price: said.price,
            time: said.time,
        };
        (asset, quote)
    };
    let label = path.display().to_string();
    let quotes: BTreeMap<_, _> = said.into_iter().map(quote).collect();
    let missing = policy
        .assets()
        .iter()
        .filter(|a| !quotes.contains_key(&a.name));
    let absent = missing.map(|a| (a.name.clone(), format!("{label} does not list it")));
    let source = Source {
        absent: absent.collect(),
        label,
        quotes,
        ignored,
    };
    Ok((keccak256(text.as_bytes()), source))
}

fn read_provided(
    provided: &Provided,
    directory: Option<&Directory>,
    names: &Names,
    policy: &Policy,
    rules: &Rules,
) -> Result<Source, Failure> {
    let context = Context {
        quote: &policy.document().quote,
        rules,
    };
    let mut read: Vec<(PathBuf, Vec<Row>)> = Vec::new();
    for file in &provided.files {
        let text = files::read(&file.path, files::MAX_POSITIONS)?;
        let rows = match (provided.provider, directory) {
            (Provider::CoinGecko, _) => coingecko::rows(&text, &context),
            (Provider::CoinMetrics, _) => coinmetrics::rows(&text, &context),
            (Provider::CoinMarketCap, _) => coinmarketcap::rows(&text, &context),
            (Provider::Pyth, _) => pyth::rows(&text, &context),
            (Provider::Chainlink, Some(directory)) => {
                feeds::rows(&text, file.feed.as_deref(), directory, &context)
            }
            (Provider::Chainlink, None) => {
                Err(Malformed::new("Chainlink's directory (--feeds)", "none"))
            }
        };
        let rows = rows.map_err(|e| Failure::of_file(&file.path, e))?;
        read.push((file.path.clone(), rows));
    }
    provider::source(provided.provider, &read, policy, names, &context)
}

/// Every source, once, and how often files were given again.
pub(super) fn all(
    given: &Given,
    policy: &Policy,
    rules: &Rules,
) -> Result<(Vec<Source>, usize, Vec<Ignored>), Failure> {
    let mut hashes = Vec::new();
    let mut sources = Vec::new();
    for path in &given.own {
        let (hash, source) = read_own(path, policy, rules)?;
        // The same file again, or a copy of it, is no second source.
        if !hashes.contains(&hash) {
            hashes.push(hash);
            sources.push(source);
        }
    }
    let again = given.own.len() - sources.len();
    let names = match &given.assets {
        Some(path) => Names::read(path, policy)?,
        None => Names::default(),
    };
    let directory = given.feeds.as_deref().map(Directory::read).transpose()?;
    for provided in &given.provided {
        let source = read_provided(provided, directory.as_ref(), &names, policy, rules)?;
        sources.push(source);
    }
    let ignored = names.ignored.into_iter().map(|name| Ignored {
        source: "--assets".into(),
        name,
    });
    Ok((sources, again, ignored.collect()))
}
