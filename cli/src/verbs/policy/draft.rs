//! A policy that is written for people: TOML with a comment at every number that says what it
//! does, and above every rule where it comes from.

use crate::claim;
use crate::codes::Code;
use crate::explain::check as checked;
use crate::outcome::Failure;
use crate::text::{commas, percent};
use covenant_circuits::numbers::ONE_IN_BPS;
use covenant_circuits::policy::check;
use covenant_circuits::policy::{AssetRule, GroupRule, Policy, PolicyDocument, ScenarioRule};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A document, and what is said of its parts.
pub(super) struct Draft {
    pub(super) document: PolicyDocument,
    /// Above everything else, a line each.
    pub(super) head: Vec<String>,
    /// Above the rule of an asset, a group or a scenario of this name.
    pub(super) notes: BTreeMap<String, Vec<String>>,
    /// Before what a number does: that somebody has to look at it.
    pub(super) mark: &'static str,
}

/// A policy as it is to be written, read back and checked.
pub(super) struct Checked {
    pub(super) text: String,
    pub(super) policy: Policy,
    pub(super) warnings: Vec<String>,
}

impl Draft {
    /// The text, after it was read back as every verb reads it: it says what the document says, and
    /// the policy check refuses nothing.
    pub(super) fn checked(&self) -> Result<Checked, Failure> {
        // What is wrong with a rule is said in the document's own terms.
        Policy::new(self.document.clone()).map_err(Failure::of)?;
        let text = self.text();
        let policy = claim::policy_of_toml(&text).map_err(|e| e.coded(Code::Internal))?;
        if *policy.document() != self.document {
            let said = "the policy that was written is read as another";
            return Err(Failure::new(Code::Internal, said));
        }
        let warnings = check::check(&policy).map_err(|refusals| {
            let refusals: Vec<String> = refusals.iter().map(ToString::to_string).collect();
            Failure::new(Code::Malformed, refusals.join("; "))
        })?;
        Ok(Checked {
            text,
            warnings: warnings.iter().map(checked::warning).collect(),
            policy,
        })
    }

    fn text(&self) -> String {
        let mut out = Lines {
            text: String::new(),
            mark: self.mark,
        };
        let document = &self.document;
        let quote = document.quote.trim_start_matches("iso4217:");
        for line in &self.head {
            out.comment(line);
        }
        out.field("version", document.version);
        out.field("name", quoted(&document.name));
        out.field("quote", quoted(&document.quote));
        let least = percent(document.min_ratio_bps);
        let says = format!("what counts must be at least {least} of the debt");
        out.number("min_ratio_bps", document.min_ratio_bps, &says);
        let step = percent(document.ratio_step_bps);
        let says = format!("higher ratios are proved in steps of {step}, so that none is exact");
        out.number("ratio_step_bps", document.ratio_step_bps, &says);
        if let Some(complete) = document.complete {
            let says = "accounts are listed in full, so that shares of what is held can be limited";
            out.number("complete", complete, says);
        }
        if let Some(grain) = document.report_grain {
            let units = commas(&grain.to_string());
            let says =
                format!("proofs show what is held of a reported group in units of {units} {quote}");
            out.number("report_grain", grain, &says);
        }
        for rule in &document.assets {
            out.above("assets", self.notes.get(&rule.asset));
            asset(&mut out, rule, quote);
        }
        for rule in document.groups() {
            out.above("groups", self.notes.get(&rule.name));
            group(&mut out, rule);
        }
        for rule in document.scenarios() {
            out.above("scenarios", self.notes.get(&rule.name));
            scenario(&mut out, rule, document);
        }
        out.text
    }
}

/// A text as TOML quotes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.into()).to_string()
}

fn asset(out: &mut Lines, rule: &AssetRule, quote: &str) {
    out.field("asset", quoted(&rule.asset));
    out.field("symbol", quoted(&rule.symbol));
    let says = format!("one {} is 10^{} base units", rule.symbol, rule.decimals);
    out.number("decimals", rule.decimals, &says);
    if let Some(may_owe) = rule.may_owe {
        out.number("may_owe", may_owe, "a debt may be in it");
    }
    if let Some(netting) = rule.netting {
        let says = "debt in it is first set off against what is held of it";
        out.number("netting", netting, says);
    }
    if let Some(most) = rule.max_share_bps {
        let says = format!("at most {} of what counts", percent(most));
        out.number("max_share_bps", most, &says);
    }
    if let Some(most) = rule.max_held_share_bps {
        let says = format!("at most {} of what is held", percent(most));
        out.number("max_held_share_bps", most, &says);
    }
    if let Some(groups) = &rule.groups {
        let groups: Vec<String> = groups.iter().map(|name| quoted(name)).collect();
        out.field("groups", format!("[{}]", groups.join(", ")));
    }
    out.line("tiers = [");
    let mut before = false;
    for tier in &rule.tiers {
        let weight = percent(tier.weight_bps);
        let haircut = percent(ONE_IN_BPS.saturating_sub(tier.weight_bps));
        let (fields, says) = match tier.up_to {
            Some(up_to) => {
                let end = commas(&up_to.to_string());
                (
                    format!("up_to = {up_to}, weight_bps = {}", tier.weight_bps),
                    format!("value up to {end} {quote} counts at {weight} (haircut {haircut})"),
                )
            }
            None => {
                let of = if before { "the rest" } else { "it" };
                let fields = format!("weight_bps = {}", tier.weight_bps);
                (
                    fields,
                    format!("{of} counts at {weight} (haircut {haircut})"),
                )
            }
        };
        out.says(&format!("  {{ {fields} }},"), &says);
        before = true;
    }
    out.line("]");
}

fn group(out: &mut Lines, rule: &GroupRule) {
    out.field("name", quoted(&rule.name));
    for (name, share, says) in [
        (
            "min_share_bps",
            rule.min_share_bps,
            "at least {} of what counts",
        ),
        (
            "max_share_bps",
            rule.max_share_bps,
            "at most {} of what counts",
        ),
        (
            "min_held_share_bps",
            rule.min_held_share_bps,
            "at least {} of what is held",
        ),
        (
            "max_held_share_bps",
            rule.max_held_share_bps,
            "at most {} of what is held",
        ),
    ] {
        if let Some(share) = share {
            out.number(name, share, &says.replace("{}", &percent(share)));
        }
    }
    if let Some(report) = rule.report {
        out.number(
            "report",
            report,
            "proofs show what is held of it, rounded down",
        );
    }
}

fn scenario(out: &mut Lines, rule: &ScenarioRule, document: &PolicyDocument) {
    out.field("name", quoted(&rule.name));
    let least = percent(rule.min_ratio_bps);
    let says = format!("what counts must then still be at least {least} of the debt");
    out.number("min_ratio_bps", rule.min_ratio_bps, &says);
    if rule.moves_bps.is_none() {
        return;
    }
    out.line("[scenarios.moves_bps]");
    for (asset, bps) in rule.moves_bps() {
        let found = document.assets.iter().find(|rule| rule.asset == asset);
        let symbol = found.map_or(asset, |rule| &rule.symbol);
        let way = if bps < 0 { "falls" } else { "rises" };
        let says = format!("{symbol} {way} by {}", percent(bps.unsigned_abs()));
        out.says(&format!("{} = {bps}", quoted(asset)), &says);
    }
}

struct Lines {
    text: String,
    mark: &'static str,
}

impl Lines {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A comment stays on its line, whatever a name of somebody else's has in it.
    fn comment(&mut self, line: &str) {
        let line = line.replace(char::is_control, " ");
        self.line(format!("# {line}").trim_end());
    }

    fn field(&mut self, name: &str, value: impl std::fmt::Display) {
        // Writing to a text does not fail.
        let _ = writeln!(self.text, "{name} = {value}");
    }

    fn number(&mut self, name: &str, value: impl std::fmt::Display, says: &str) {
        self.says(&format!("{name} = {value}"), says);
    }

    fn says(&mut self, line: &str, says: &str) {
        let says = says.replace(char::is_control, " ");
        let line = format!("{line} # {}{says}", self.mark);
        self.line(&line);
    }

    fn above(&mut self, table: &str, notes: Option<&Vec<String>>) {
        self.line("");
        for note in notes.into_iter().flatten() {
            self.comment(note);
        }
        self.line(&format!("[[{table}]]"));
    }
}
