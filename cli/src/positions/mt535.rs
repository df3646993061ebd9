//! MT535, SWIFT: a statement of holdings. Blocks begin with `:16R:NAME` and end with `:16S:NAME`;
//! what would be only a part of the holdings is refused: a page of several, a report of changes,
//! a file that is cut off.

use super::as_of::Taken;
use super::rows::Place;
use super::statement::{Counted, Holding, Statement};
use crate::malformed::Malformed;
use crate::text;

/// A field: its tag, such as `93B`, and what is after the second colon.
struct Field {
    line: u64,
    tag: String,
    /// With the lines that continue it.
    text: String,
}

impl Field {
    /// What is after a qualifier: of `:98A::STAT//20261120`, for `:STAT//`, the date.
    fn after(&self, tag: &str, qualifier: &str) -> Option<&str> {
        let text = self.text.strip_prefix(qualifier);
        text.filter(|_| self.tag == tag)
    }
}

pub(super) fn read(text: &str) -> Result<Statement, Malformed> {
    let lines = text::lines(text);
    let fields = fields(&lines)?;
    let mut open: Vec<&str> = Vec::new();
    let mut statement = Statement::default();
    let mut general = General::default();
    let mut holding = Draft::default();
    for field in &fields {
        let wrong = |e: Malformed| e.line(field.line);
        match (field.tag.as_str(), open.as_slice()) {
            ("16R", _) => {
                open.push(&field.text);
                if is_holding(&open) {
                    holding = Draft::new(field.line);
                } else if field.text == "FIN" {
                    let said = "expected a block FIN by itself or in a block SUBSAFE";
                    return Err(wrong(Malformed::said(said)));
                }
            }
            ("16S", _) => {
                if open.last() != Some(&field.text.as_str()) {
                    let wrong = Malformed::said("expected the end of the innermost block, :16S:");
                    return Err(wrong.line(field.line));
                }
                if is_holding(&open) {
                    let finished = std::mem::take(&mut holding);
                    statement.holdings.push(finished.finish()?);
                }
                open.pop();
            }
            (_, ["GENL"]) => general.read(field).map_err(wrong)?,
            (_, open) if is_holding(open) => holding.read(field).map_err(wrong)?,
            // A holding whose block is not marked would be left out.
            ("35B", open) if !open.contains(&"FIN") => {
                return Err(wrong(Malformed::said(
                    "expected a block FIN around a field :35B:",
                )));
            }
            (_, []) => {
                return Err(wrong(Malformed::said(
                    "expected a block, :16R:, around each field",
                )));
            }
            _ => {}
        }
    }
    if let Some(name) = open.last() {
        let name: String = name.chars().take(16).collect();
        let said = format!("expected the end of the block, :16S:{name}: the file is cut off");
        return Err(Malformed::said(said));
    }
    general.check(&statement)?;
    statement.as_of = general.as_of;
    Ok(statement)
}

/// Whether the innermost block is that of a holding, and not one within it.
fn is_holding(open: &[&str]) -> bool {
    matches!(open, ["FIN"] | ["SUBSAFE", "FIN"])
}

/// The fields of the message's text, to its end.
fn fields(text: &str) -> Result<Vec<Field>, Malformed> {
    let mut fields: Vec<Field> = Vec::new();
    let mut lines = text.trim_end().lines().zip(1..);
    let mut is_ended = false;
    for (line, number) in lines.by_ref() {
        let line = match fields.is_empty() {
            true => body(line).map_err(|e| e.line(number))?,
            false => line.trim_end(),
        };
        if line.is_empty() && fields.is_empty() {
            continue;
        }
        if line == "-" || line.starts_with("-}") {
            is_ended = true;
            break;
        }
        let tagged = line.strip_prefix(':').and_then(|rest| rest.split_once(':'));
        let tagged = tagged.filter(|(tag, _)| (2..=3).contains(&tag.len()));
        match (tagged, fields.last_mut()) {
            (Some((tag, text)), _) => fields.push(Field {
                line: number,
                tag: tag.into(),
                text: text.into(),
            }),
            (None, Some(field)) => {
                field.text.push('\n');
                field.text.push_str(line);
            }
            (None, None) => return Err(Malformed::said("expected a field, :16R:").line(number)),
        }
    }
    if let Some((_, number)) = lines.find(|(line, _)| !line.trim().is_empty()) {
        return Err(Malformed::said("expected nothing after the message").line(number));
    }
    match is_ended {
        true => Ok(fields),
        false => Err(Malformed::said(
            "expected the end of the message, -} or a line with a hyphen: the file is cut off",
        )),
    }
}

/// A line without the message's header blocks, which have to be of an MT535.
fn body(line: &str) -> Result<&str, Malformed> {
    let line = line.trim();
    if !line.starts_with('{') {
        return Ok(line);
    }
    if let Some((_, kind)) = line.split_once("{2:")
        && !kind.starts_with("O535")
        && !kind.starts_with("I535")
    {
        return Err(Malformed::new("a message of type 535", "another"));
    }
    Ok(line.split_once("{4:").map_or("", |(_, body)| body))
}

/// What block A says of the whole statement.
#[derive(Default)]
struct General {
    is_there: bool,
    page: Option<String>,
    as_of: Option<Taken>,
    is_empty: bool,
}

impl General {
    fn read(&mut self, field: &Field) -> Result<(), Malformed> {
        self.is_there = true;
        let twice = |what: &str| Err(Malformed::new(format!("one field {what}"), "two"));
        match (field.tag.as_str(), field.text.as_str()) {
            ("28E", page) => match self.page.replace(page.trim().into()) {
                None => Ok(()),
                Some(_) => twice(":28E:"),
            },
            ("23G", function) if function.trim() != "NEWM" => Err(Malformed::new(
                ":23G:NEWM, a new statement",
                "another function",
            )),
            ("22F", ":CODE//COMP") | ("17B", ":ACTI//Y") => Ok(()),
            ("22F", code) if code.starts_with(":CODE/") => {
                let expected = ":22F::CODE//COMP, a complete statement";
                Err(Malformed::new(expected, "changes or another kind"))
            }
            ("17B", ":ACTI//N") => {
                self.is_empty = true;
                Ok(())
            }
            ("98A" | "98C" | "98E", date) => match date.strip_prefix(":STAT//") {
                None => Ok(()),
                Some(_) if self.as_of.is_some() => twice(":98A::STAT"),
                Some(date) => {
                    self.as_of = Some(day(date)?);
                    Ok(())
                }
            },
            _ => Ok(()),
        }
    }

    fn check(&self, statement: &Statement) -> Result<(), Malformed> {
        match self.page.as_deref() {
            Some(page) if page.trim_start_matches('0') == "1/ONLY" => {}
            Some(_) => {
                let expected = ":28E:1/ONLY: a statement is read whole, from one file";
                return Err(Malformed::new(expected, "a page of several"));
            }
            None if self.is_there => return Err(Malformed::new("a field :28E:", "none")),
            None => return Err(Malformed::new("a block :16R:GENL", "none")),
        }
        match self.is_empty && !statement.holdings.is_empty() {
            true => Err(Malformed::new("no holdings, as :17B::ACTI//N says", "some")),
            false => Ok(()),
        }
    }
}

/// `20261120`, and perhaps a time of day: it is of an unknown place, so that the day is known.
fn day(date: &str) -> Result<Taken, Malformed> {
    let wrong = || Malformed::new("a date such as 20261120", text::describe(date));
    let parts = [date.get(..4), date.get(4..6), date.get(6..8)];
    let [Some(year), Some(month), Some(day)] = parts else {
        return Err(wrong());
    };
    Taken::of(&format!("{year}-{month}-{day}"))
}

/// A holding that is being read.
#[derive(Default)]
struct Draft {
    line: u64,
    isin: Option<String>,
    number: Option<(String, Counted)>,
}

impl Draft {
    fn new(line: u64) -> Self {
        Self {
            line,
            ..Self::default()
        }
    }

    fn read(&mut self, field: &Field) -> Result<(), Malformed> {
        if field.tag == "35B" {
            let first = field.text.lines().next().unwrap_or_default();
            let isin = first.strip_prefix("ISIN ").unwrap_or_default();
            // Some banks write the lines of a field in one, with bars between.
            let isin = isin.split('|').next().unwrap_or_default().trim();
            if isin.is_empty() {
                return Err(Malformed::new(
                    ":35B:ISIN and an ISIN",
                    "another identifier",
                ));
            }
            return match self.isin.replace(isin.into()) {
                None => Ok(()),
                Some(_) => Err(Malformed::new("one field :35B: of a holding", "two")),
            };
        }
        if field.tag == "93B" && field.text.starts_with(":AGGR/") {
            let number = number(field)?;
            if self.number.replace(number).is_some() {
                return Err(Malformed::new("one field :93B::AGGR of a holding", "two"));
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<Holding, Malformed> {
        let missing = |what: &str| Malformed::new(what, "none in the holding").line(self.line);
        let isin = self.isin.ok_or_else(|| missing("a field :35B:"))?;
        let (number, counted) = self.number.ok_or_else(|| missing("a field :93B::AGGR"))?;
        Ok(Holding {
            place: Place::Line(self.line),
            isin,
            number,
            counted,
        })
    }
}

/// `:AGGR//UNIT/1000,` or `:AGGR//FAMT/N250000,5`: with one comma, and N where it is negative.
fn number(field: &Field) -> Result<(String, Counted), Malformed> {
    let units = field.after("93B", ":AGGR//UNIT/");
    let face = field.after("93B", ":AGGR//FAMT/");
    let (text, counted) = match (units, face) {
        (Some(text), _) => (text, Counted::Units),
        (_, Some(text)) => (text, Counted::FaceAmount),
        _ => {
            return Err(Malformed::new(
                ":93B::AGGR//UNIT/ or //FAMT/",
                "another type",
            ));
        }
    };
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('N') {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    let expected = "digits with one comma, such as 1000, or N250,5";
    let wrong = || Malformed::new(expected, text::describe(text)).field(":93B::AGGR");
    let (whole, fraction) = digits.split_once(',').ok_or_else(wrong)?;
    let all = |s: &str| s.bytes().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !all(whole) || !all(fraction) {
        return Err(wrong());
    }
    let point = if fraction.is_empty() { "" } else { "." };
    Ok((format!("{sign}{whole}{point}{fraction}"), counted))
}
