//! Aave v3: reserves with the field names of `UiPoolDataProvider`, of the subgraph, or of the
//! protocol's own market configurations.

use super::super::node::{Fields, Node};
use super::Factor;
use super::compound::unknown;
use super::source::{self, Effect, Imported, Source};
use crate::malformed::Malformed;
use crate::text::percent;

/// Names under which the list of reserves is.
const LISTS: &[&str] = &["reservesData", "reserves"];

/// State, interest and debt of a reserve: not about what its token counts for.
const OF_NO_CONCERN: &[&str] = &[
    "id",
    "originalId",
    "name",
    "liquidityIndex",
    "variableBorrowIndex",
    "liquidityRate",
    "variableBorrowRate",
    "stableBorrowRate",
    "lastUpdateTimestamp",
    "aTokenAddress",
    "stableDebtTokenAddress",
    "variableDebtTokenAddress",
    "interestRateStrategyAddress",
    "availableLiquidity",
    "totalPrincipalStableDebt",
    "averageStableRate",
    "stableDebtLastUpdateTimestamp",
    "totalScaledVariableDebt",
    "priceInMarketReferenceCurrency",
    "priceOracle",
    "variableRateSlope1",
    "variableRateSlope2",
    "stableRateSlope1",
    "stableRateSlope2",
    "baseStableBorrowRate",
    "baseVariableBorrowRate",
    "optimalUsageRatio",
    "accruedToTreasury",
    "unbacked",
    "isolationModeTotalDebt",
    "flashLoanEnabled",
    "debtCeilingDecimals",
    "reserveFactor",
    "borrowingEnabled",
    "stableBorrowRateEnabled",
    "virtualAccActive",
    "virtualUnderlyingBalance",
    "deficit",
    "borrowableInIsolation",
    "liquidationProtocolFee",
    "reserveLiquidationBonus",
    "liquidationBonus",
    "isFrozen",
    "isSiloedBorrowing",
    "siloedBorrowing",
    "borrowCap",
    "eModeLtv",
    "eModeLiquidationThreshold",
    "eModeLiquidationBonus",
    "eModePriceSource",
    "eModeLabel",
    "eModes",
    "eModeCategoryId",
];

pub(super) fn read(
    root: &Node,
    chain: u64,
    factor: Factor,
    source: &mut Source,
) -> Result<(), Malformed> {
    for said in [
        "e-mode, under which correlated assets count more",
        "siloed borrowing and borrow caps, which are about debt",
        "liquidation bonuses, interest, fees and the state of the pool",
        "the oracles: prices are those of the prices file",
        "frozen reserves are read like others: what was supplied goes on counting",
    ] {
        source.left(Effect::Safe, said, "");
    }
    for node in reserves(root)? {
        reserve(&node, chain, factor, source)?;
    }
    Ok(())
}

/// The list itself, or the one that a document, or its `data`, has.
fn reserves(root: &Node) -> Result<Vec<Node>, Malformed> {
    if root.is_list() {
        return root.list();
    }
    let mut fields = root.fields()?;
    match fields.take("data") {
        Some(data) => data.fields()?.need_one(LISTS)?.list(),
        None => fields.need_one(LISTS)?.list(),
    }
}

fn reserve(node: &Node, chain: u64, factor: Factor, source: &mut Source) -> Result<(), Malformed> {
    let mut fields = node.fields()?;
    let symbol = fields.need("symbol")?.text()?;
    let name = source::token(
        chain,
        &fields.need_one(&["underlyingAsset", "tokenAddress"])?,
    )?;
    let decimals = fields
        .need_one(&["decimals", "reserveDecimals"])?
        .whole(source::MOST_DECIMALS)?;
    let ltv = fields
        .need_one(&["baseLTVasCollateral", "baseLTVAsCollateral", "ltv"])?
        .whole(10_000)?;
    let threshold = fields.need_one(&["reserveLiquidationThreshold", "liquidationThreshold"])?;
    let liquidation = threshold.whole(10_000)?;
    if ltv > liquidation {
        return Err(threshold.wrong(&format!("at least the loan-to-value, {ltv}")));
    }
    let off = without(&mut fields)?;
    limits(&mut fields, &symbol, source)?;
    fields.ignore(OF_NO_CONCERN);
    unknown(&fields, &symbol, source);
    let (what, other, weight) = match factor {
        Factor::Borrow => ("loan-to-value", "liquidation threshold", ltv),
        Factor::Liquidation => ("liquidation threshold", "loan-to-value", liquidation),
    };
    let said = format!("the {other}: the weight is the {what}, as --factor says");
    source.left(Effect::Safe, said, "");
    if let Some(why) = off.or((weight == 0).then_some("counts for nothing")) {
        let said = format!("not in the policy: it {why}");
        source.left(Effect::Safe, said, &symbol);
        return Ok(());
    }
    let weight = u32::try_from(weight).unwrap_or_default();
    let imported = Imported {
        notes: vec![format!("{symbol}: a {what} of {}", percent(weight))],
        decimals: u32::try_from(decimals).unwrap_or_default(),
        ladder: source::flat(weight),
        max_share_bps: None,
        groups: Vec::new(),
        file: source.file.clone(),
        place: symbol.clone(),
        symbol,
    };
    source.add(&name, imported, node)
}

/// Why a reserve is no collateral, where it is none.
fn without(fields: &mut Fields) -> Result<Option<&'static str>, Malformed> {
    let mut why = None;
    for (name, wanted, said) in [
        (
            "usageAsCollateralEnabled",
            true,
            "is not enabled as collateral",
        ),
        ("isActive", true, "is not active"),
        ("isPaused", false, "is paused"),
    ] {
        if let Some(flag) = fields.take(name) {
            let as_wanted = flag.flag()? == wanted;
            why = why.or((!as_wanted).then_some(said));
        }
    }
    Ok(why)
}

/// Caps that no policy has. In both, 0 is none.
fn limits(fields: &mut Fields, symbol: &str, source: &mut Source) -> Result<(), Malformed> {
    if let Some(cap) = fields.take("supplyCap") {
        let number = cap.decimal()?;
        if number.bytes().any(|c| c != b'0' && c != b'.') {
            let units = source::units(&number);
            let said = format!("supplyCap: all accounts together may supply at most {units}");
            source.left(Effect::CountsMore, said, symbol);
        }
    }
    if let Some(ceiling) = fields.take("debtCeiling") {
        let number = ceiling.decimal()?;
        if number.bytes().any(|c| c != b'0' && c != b'.') {
            let said = "isolation mode (debtCeiling): it may back no loan with other collateral, and all loans on it are capped";
            source.left(Effect::CountsMore, said, symbol);
        }
    }
    Ok(())
}
