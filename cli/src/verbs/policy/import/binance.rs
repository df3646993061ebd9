//! Binance portfolio margin: `GET /sapi/v2/portfolio/collateralRate`, whose rates fall with the
//! value that is held, and the flat rates of v1.

use super::super::node::Node;
use super::ladder::LARGEST;
use super::source::{self, Effect, Imported, Source};
use super::symbols::Symbols;
use crate::malformed::Malformed;
use crate::text;
use covenant_circuits::policy::TierRule;

pub(super) fn read(root: &Node, symbols: &Symbols, source: &mut Source) -> Result<(), Malformed> {
    for node in root.list()? {
        let mut fields = node.fields()?;
        let symbol = fields.need("asset")?.text()?;
        let ladder = match fields.take("collateralInfo") {
            Some(tiers) => {
                let said = "tiers are taken for values in USD";
                source.left(Effect::Safe, said, "");
                ladder(&symbol, &tiers, source)?
            }
            None => {
                let (weight, rounded) = fields.need("collateralRate")?.share()?;
                if rounded {
                    rounded_down(&symbol, source);
                }
                source::flat(weight)
            }
        };
        super::compound::unknown(&fields, &symbol, source);
        let Some((name, decimals)) = symbols.get(&symbol) else {
            source.unknown.insert(symbol);
            continue;
        };
        if ladder.iter().all(|tier| tier.weight_bps == 0) {
            source.left(
                Effect::Safe,
                "not in the policy: it counts for nothing",
                &symbol,
            );
            continue;
        }
        let imported = Imported {
            notes: vec![format!("{symbol}: {} tiers of the source", ladder.len())],
            decimals: *decimals,
            ladder,
            max_share_bps: None,
            groups: Vec::new(),
            file: source.file.clone(),
            place: symbol.clone(),
            symbol,
        };
        source.add(name, imported, &node)?;
    }
    Ok(())
}

fn rounded_down(symbol: &str, source: &mut Source) {
    let said =
        "digits of rates beyond a basis point, and of tiers beyond a whole unit: rounded down";
    source.left(Effect::Safe, said, symbol);
}

/// The tiers, and nothing beyond the last where it ends.
fn ladder(symbol: &str, tiers: &Node, source: &mut Source) -> Result<Vec<TierRule>, Malformed> {
    let mut ladder: Vec<TierRule> = Vec::new();
    // Where the tier before ended, as it is written and in whole units; `None` after the last.
    let mut end = Some(("0".to_owned(), 0));
    for tier in tiers.list()? {
        let mut fields = tier.fields()?;
        let floor = fields.need("tierFloor")?;
        let Some((written, from)) = end.take() else {
            return Err(floor.wrong("no tier after one without an end"));
        };
        if !same(&floor.decimal()?, &written) {
            return Err(floor.wrong(&format!("{written}, where the tier before ends")));
        }
        let rate = fields.need("collateralRate")?;
        let (weight_bps, rounded) = rate.share()?;
        if rounded {
            rounded_down(symbol, source);
        }
        if ladder
            .last()
            .is_some_and(|before| weight_bps > before.weight_bps)
        {
            return Err(rate.wrong("a rate at most that of the tier before"));
        }
        if fields.take("cum").is_some() {
            let said = "cum, which follows from the tiers";
            source.left(Effect::Safe, said, "");
        }
        let cap = fields.take("tierCap");
        super::compound::unknown(&fields, symbol, source);
        let Some(cap) = cap else {
            ladder.push(TierRule {
                up_to: None,
                weight_bps,
            });
            continue;
        };
        let written = cap.decimal()?;
        let whole = text::rounded(&written, 0, Some(false)).unwrap_or(u128::MAX);
        if !same(&written, &whole.to_string()) {
            rounded_down(symbol, source);
        }
        // Rates never rise, so that a tier which ends earlier makes nothing count more.
        let up_to = u64::try_from(whole).unwrap_or(u64::MAX).min(LARGEST);
        if up_to < from || (up_to == from && whole <= u128::from(from) && from < LARGEST) {
            return Err(cap.wrong("more than tierFloor, by a whole unit"));
        }
        if up_to > from {
            ladder.push(TierRule {
                up_to: Some(up_to),
                weight_bps,
            });
        }
        end = Some((written, up_to));
    }
    if end.is_some() && !ladder.is_empty() {
        let said = "the end of the last tier: beyond it nothing counts";
        source.left(Effect::Safe, said, "");
        ladder.push(TierRule {
            up_to: None,
            weight_bps: 0,
        });
    }
    Ok(ladder)
}

/// Whether two numbers are the same but for zeros at the end.
fn same(a: &str, b: &str) -> bool {
    let plain = |text: &str| match text.split_once('.') {
        Some((whole, fraction)) => format!("{whole}.{}", fraction.trim_end_matches('0')),
        None => format!("{text}."),
    };
    plain(a) == plain(b)
}
