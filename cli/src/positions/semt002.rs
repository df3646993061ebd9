//! semt.002, ISO 20022: a custody statement of holdings (`SctiesBalCtdyRpt`), version 03 and
//! later. What would be only a part of the holdings is refused: a page of several, a report of
//! changes.

use super::as_of::Taken;
use super::rows::Place;
use super::statement::{Counted, Holding, Statement};
use super::xml::{self, Element};
use crate::malformed::Malformed;
use crate::text;

/// What the namespace begins with, before the version.
const SPACE: &str = "urn:iso:std:iso:20022:tech:xsd:semt.002.001.";
const OLDEST: u32 = 3;

pub(super) fn read(text: &str) -> Result<Statement, Malformed> {
    let root = xml::read(text)?;
    let report = document(&root)?.one("SctiesBalCtdyRpt")?;
    of_report(report).map_err(|e| e.field("SctiesBalCtdyRpt"))
}

/// The document, which may be in an envelope beside its header.
fn document(root: &Element) -> Result<&Element, Malformed> {
    let is_it = |element: &&Element| element.name == "Document";
    let mut found = std::iter::once(root).chain(&root.children).filter(is_it);
    let (Some(document), None) = (found.next(), found.next()) else {
        return Err(Malformed::said("expected one element Document (semt.002)"));
    };
    let version = document.space.strip_prefix(SPACE);
    let version = version.filter(|v| v.len() == 2 && v.bytes().all(|c| c.is_ascii_digit()));
    match version.and_then(|v| v.parse::<u32>().ok()) {
        Some(version) if version >= OLDEST => Ok(document),
        _ => {
            let got: String = document.space.chars().take(80).collect();
            let expected = format!("the namespace {SPACE}03 or a later version");
            Err(Malformed::new(expected, format!("{got:?}")).field("Document"))
        }
    }
}

fn of_report(report: &Element) -> Result<Statement, Malformed> {
    check_whole(report.one("Pgntn")?).map_err(|e| e.field("Pgntn"))?;
    let details = report.one("StmtGnlDtls")?;
    let (as_of, is_active) = general(details).map_err(|e| e.field("StmtGnlDtls"))?;
    let mut holdings = Vec::new();
    let own = report.list("BalForAcct")?;
    for (i, balance) in own.iter().enumerate() {
        let place = format!("BalForAcct[{i}]");
        holdings.push(holding(balance, &place).map_err(|e| e.field(&place))?);
    }
    for (i, account) in report.list("SubAcctDtls")?.iter().enumerate() {
        if !own.is_empty() {
            let said = "expected balances of the account or of its sub-accounts: whether one is within the other is not said";
            return Err(Malformed::said(said).field("SubAcctDtls"));
        }
        for (j, balance) in account.list("BalForSubAcct")?.iter().enumerate() {
            let place = format!("SubAcctDtls[{i}].BalForSubAcct[{j}]");
            holdings.push(holding(balance, &place).map_err(|e| e.field(&place))?);
        }
    }
    if !is_active && !holdings.is_empty() {
        let wrong = Malformed::new("no balances, as ActvtyInd says", "some");
        return Err(wrong.field("StmtGnlDtls.ActvtyInd"));
    }
    Ok(Statement { holdings, as_of })
}

/// That the file is the only page.
fn check_whole(page: &Element) -> Result<(), Malformed> {
    if page.text_of("PgNb")?.parse() != Ok(1) {
        return Err(Malformed::new("page 1, which is the last", "another").field("PgNb"));
    }
    match truth(page, "LastPgInd")? {
        true => Ok(()),
        false => Err(Malformed::new(
            "the last page: a statement is read whole, from one file",
            "a page with others after it",
        )
        .field("LastPgInd")),
    }
}

/// When the statement is of, and whether it has balances.
fn general(details: &Element) -> Result<(Option<Taken>, bool), Malformed> {
    let update = details.one("UpdTp")?.text_of("Cd");
    if update.map_err(|e| e.field("UpdTp"))? != "COMP" {
        let expected = "COMP, a complete statement";
        return Err(Malformed::new(expected, "changes or another kind").field("UpdTp.Cd"));
    }
    let time = details.one("StmtDtTm")?;
    let written = match (time.maybe("Dt")?, time.maybe("DtTm")?) {
        (Some(date), None) => date,
        (None, Some(time)) => time,
        _ => return Err(Malformed::said("expected either Dt or DtTm").field("StmtDtTm")),
    };
    // A time without an offset is of an unknown place: its day is what is known.
    let is_local = !written.text.ends_with('Z') && !has_offset(&written.text);
    let known = match written.text.split_once('T') {
        Some((day, _)) if is_local => day,
        _ => &written.text,
    };
    let as_of = Taken::of(known).map_err(|e| e.field("StmtDtTm"))?;
    let is_active = match details.maybe("ActvtyInd")? {
        None => true,
        Some(_) => truth(details, "ActvtyInd")?,
    };
    Ok((Some(as_of), is_active))
}

/// Whether a time ends like `+01:00`.
fn has_offset(time: &str) -> bool {
    let sign = time.len().checked_sub(6).and_then(|i| time.get(i..=i));
    time.contains('T') && sign.is_some_and(|sign| ["+", "-"].contains(&sign))
}

fn truth(element: &Element, name: &str) -> Result<bool, Malformed> {
    match element.text_of(name)? {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        other => Err(Malformed::new("true or false", text::describe(other)).field(name)),
    }
}

fn holding(balance: &Element, place: &str) -> Result<Holding, Malformed> {
    let security = balance.one("FinInstrmId")?;
    let isin = security.text_of("ISIN");
    let isin = isin.map_err(|e| e.field("FinInstrmId"))?.to_owned();
    let total = balance.one("AggtBal")?;
    let is_short = is_short(total).map_err(|e| e.field("AggtBal"))?;
    let (number, counted) = quantity(total).map_err(|e| e.field("AggtBal"))?;
    if is_short && number.starts_with('-') {
        return Err(
            Malformed::said("expected a number without sign where it is SHOR").field("AggtBal"),
        );
    }
    let sign = if is_short { "-" } else { "" };
    Ok(Holding {
        place: Place::Element(format!("SctiesBalCtdyRpt.{place}")),
        isin,
        number: format!("{sign}{number}"),
        counted,
    })
}

/// Whether the balance is owed rather than held. Two names have been in use.
fn is_short(total: &Element) -> Result<bool, Malformed> {
    let said = match (total.maybe("ShrtLngInd")?, total.maybe("ShrtLngPosInd")?) {
        (None, None) => return Ok(false),
        (Some(said), None) | (None, Some(said)) => said,
        (Some(_), Some(_)) => {
            return Err(Malformed::new("one indicator", "two").field("ShrtLngInd"));
        }
    };
    match said.text.as_str() {
        "SHOR" => Ok(true),
        "LONG" => Ok(false),
        other => Err(Malformed::new("SHOR or LONG", text::describe(other)).field("ShrtLngInd")),
    }
}

/// The number of a balance: in one to three elements `Qty`, as versions differ.
fn quantity(total: &Element) -> Result<(&str, Counted), Malformed> {
    let mut innermost = total.one("Qty")?;
    for _ in 0..2 {
        innermost = innermost.maybe("Qty")?.unwrap_or(innermost);
    }
    let [number] = innermost.children.as_slice() else {
        return Err(
            Malformed::said("expected either Unit or FaceAmt, and nothing else").field("Qty"),
        );
    };
    let counted = match number.name.as_str() {
        "Unit" => Counted::Units,
        "FaceAmt" => Counted::FaceAmount,
        other => {
            let other: String = other.chars().take(40).collect();
            return Err(Malformed::new("Unit or FaceAmt", other).field("Qty"));
        }
    };
    Ok((innermost.text_of(&number.name)?, counted))
}
