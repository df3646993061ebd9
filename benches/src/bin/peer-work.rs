//! Writes the claim that the peers prove: `peer-work ACCOUNTS POSITIONS ASSETS FILE`.
//! Every position is collateral in a listed asset; commitments are Covenant's.
#![allow(clippy::print_stderr)]

use covenant_benches::Outcome;
use covenant_circuits::account::{Kind, Opening, Position};
use covenant_circuits::field::{Fr, to_be_bytes};
use covenant_circuits::ident::AssetId;
use covenant_circuits::numbers::{Amount, VALUE_DIVISOR};
use rand_core::{OsRng, RngCore};
use serde_json::json;

const AS_OF: u64 = 1_790_000_000;
const RATIO_BPS: u64 = 12_500;

/// Decimal digits of a field element: nothing else in this crate needs large numbers.
fn decimal(x: &Fr) -> String {
    let mut bytes = to_be_bytes(x);
    let mut digits = Vec::new();
    while bytes.iter().any(|b| *b != 0) {
        let mut rest = 0u32;
        for byte in &mut bytes {
            rest = rest << 8 | u32::from(*byte);
            *byte = u8::try_from(rest / 10).unwrap_or_default();
            rest %= 10;
        }
        digits.push(char::from_digit(rest, 10).unwrap_or('0'));
    }
    if digits.is_empty() {
        digits.push('0');
    }
    digits.iter().rev().collect()
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [accounts, positions, assets, path] = arguments.as_slice() else {
        return Err("expected ACCOUNTS POSITIONS ASSETS FILE".into());
    };
    let (accounts, positions): (usize, usize) = (accounts.parse()?, positions.parse()?);
    let assets: usize = assets.parse()?;
    if !positions.is_multiple_of(3) || accounts * positions == 0 || assets == 0 {
        return Err("expected accounts, assets and a multiple of 3 positions".into());
    }
    let name = |a: usize| format!("eip155:1/erc20:bench-{a:02}");
    let mut listed = (0..assets)
        .map(|a| {
            // 1 to 1,001 units of the quote currency a token of 18 decimals.
            let price = u128::from(100 + OsRng.next_u64() % 100_000) * 10u128.pow(16);
            Ok((
                AssetId::of(&name(a))?.get(),
                price,
                5000 + OsRng.next_u64() % 5000,
            ))
        })
        .collect::<Outcome<Vec<_>>>()?;
    listed.sort_unstable();
    let (mut files, mut totals, mut subject) = (Vec::new(), vec![0u128; assets], None);
    for m in 0..accounts {
        let held = (0..positions)
            .map(|i| {
                let units = u128::from(OsRng.next_u64() % 10_000) * 10u128.pow(18);
                let amount = Amount::new(units + u128::from(OsRng.next_u64() % 1_000_000_000))?;
                Ok(Position::new(&name((m + i) % assets), amount)?)
            })
            .collect::<Outcome<Vec<_>>>()?;
        for position in &held {
            for (total, asset) in totals.iter_mut().zip(&listed) {
                if asset.0 == position.id.get() {
                    *total += position.amount.get();
                }
            }
        }
        let opening = Opening::new(Kind::Collateral, "lei:BENCHMARK", AS_OF, held, OsRng)?;
        subject = Some(opening.subject_id());
        let pairs: Vec<_> = opening
            .positions()
            .iter()
            .map(|p| (p.id.get().to_string(), p.amount.get().to_string()))
            .collect();
        files.push(json!({
            "blinding": decimal(&opening.blinding()),
            "commitment": decimal(&opening.commitment().0),
            "positions": pairs,
        }));
    }
    // Prices are multiples of 10^16, so that this stays within 128 bits.
    let weighted: u128 = totals
        .iter()
        .zip(&listed)
        .map(|(total, (_, price, weight))| {
            let micro = total * (price / 10u128.pow(16)) / (VALUE_DIVISOR / 10u128.pow(16));
            micro * u128::from(*weight)
        })
        .sum();
    let debt = weighted / u128::from(RATIO_BPS) / 2;
    let subject = subject.ok_or("no account")?;
    let assets: Vec<_> = listed
        .iter()
        .map(|(id, price, weight)| json!({ "id": id.to_string(), "price": price.to_string(), "weight": weight }))
        .collect();
    let file = json!({
        "tag": decimal(&Kind::Collateral.tag()),
        "subject": decimal(&subject.get()),
        "as_of": AS_OF,
        "ratio": RATIO_BPS,
        "debt": debt.to_string(),
        "assets": assets,
        "accounts": files,
    });
    std::fs::write(path, serde_json::to_string(&file)? + "\n")?;
    eprintln!("{path}: {accounts} accounts of {positions} positions");
    Ok(())
}
