//! Compound III (Comet): `deployments/NETWORK/MARKET/configuration.json`.

use super::super::node::{Fields, Node};
use super::Factor;
use super::source::{self, Effect, Imported, Source};
use crate::malformed::Malformed;
use crate::text::{self, percent};

/// Fields of the market that are about its debt and its governance, not about what counts.
const OF_THE_MARKET: &[&str] = &[
    "name",
    "symbol",
    "governor",
    "pauseGuardian",
    "storeFrontPriceFactor",
    "targetReserves",
    "rates",
    "tracking",
    "rewardToken",
    "rewardTokenAddress",
    "baseTokenAddress",
];

pub(super) fn read(
    root: &Node,
    chain: u64,
    factor: Factor,
    source: &mut Source,
) -> Result<(), Malformed> {
    let mut market = root.fields()?;
    let assets = market.need("assets")?.fields()?;
    let base = market.need("baseToken")?.text()?;
    market.ignore(OF_THE_MARKET);
    if market.take("borrowMin").is_some() {
        source.left(Effect::Safe, "the smallest loan (borrowMin)", "");
    }
    if market.take("baseTokenPriceFeed").is_some() {
        let said = "the oracles (priceFeed): prices are those of the prices file";
        source.left(Effect::Safe, said, "");
    }
    let said = format!(
        "debt in {base}: no asset may be owed, the debt is named in the quote currency (--debt)"
    );
    source.left(Effect::Safe, said, "");
    let said = "interest, reserves, rewards and governance of the market";
    source.left(Effect::Safe, said, "");
    unknown(&market, "", source);
    for (symbol, node) in assets.into_nodes() {
        asset(&symbol, &node, chain, factor, source)?;
    }
    Ok(())
}

fn asset(
    symbol: &str,
    node: &Node,
    chain: u64,
    factor: Factor,
    source: &mut Source,
) -> Result<(), Malformed> {
    let mut fields = node.fields()?;
    let name = source::token(chain, &fields.need("address")?)?;
    let decimals = fields.need("decimals")?.whole(source::MOST_DECIMALS)?;
    let liquidate = fields.need("liquidateCF")?;
    let (borrow, liquidation) = (fields.need("borrowCF")?.share()?, liquidate.share()?);
    if borrow > liquidation {
        let expected = format!("at least borrowCF, {}", percent(borrow.0));
        return Err(liquidate.wrong(&expected));
    }
    let (field, other, (weight, rounded)) = match factor {
        Factor::Borrow => ("borrowCF", "liquidateCF", borrow),
        Factor::Liquidation => ("liquidateCF", "borrowCF", liquidation),
    };
    let said = format!("{other}: the weight is {field}, as --factor says");
    source.left(Effect::Safe, said, "");
    if rounded {
        let said = format!("digits of {field} beyond a basis point: rounded down");
        source.left(Effect::Safe, said, symbol);
    }
    if fields.take("liquidationFactor").is_some() {
        let said = "liquidationFactor: what a liquidation credits";
        source.left(Effect::Safe, said, symbol);
    }
    let cap = fields.need("supplyCap")?;
    let units = text::scaled(&cap.decimal()?, 0)
        .map_err(|_| cap.wrong("a whole number of base units, such as 7000e8"))?;
    let whole = text::exact(units, usize::try_from(decimals).unwrap_or_default());
    let said = format!("supplyCap: all accounts together may supply at most {whole}");
    source.left(Effect::CountsMore, said, symbol);
    fields.ignore(&["priceFeed"]);
    unknown(&fields, symbol, source);
    let imported = Imported {
        symbol: symbol.into(),
        decimals: u32::try_from(decimals).unwrap_or_default(),
        ladder: source::flat(weight),
        max_share_bps: None,
        groups: Vec::new(),
        notes: vec![format!("{symbol}: {field} of {}", percent(weight))],
        file: source.file.clone(),
        place: symbol.into(),
    };
    source.add(&name, imported, node)
}

/// A field that this program does not know may limit what counts.
pub(super) fn unknown(fields: &Fields, of: &str, source: &mut Source) {
    for name in fields.names() {
        let said = format!("the field {name:?}, which this program does not know");
        source.left(Effect::CountsMore, said, of);
    }
}
