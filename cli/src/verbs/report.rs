//! `covenant report`: what a bundle proves, and what not, as one HTML file.

use super::Global;
use super::verify::{self, Judgement, Rejected};
use crate::Outcome;
use crate::codes::Code;
use crate::contracts::QueryArgs;
use crate::expect;
use crate::files::{self, Kind};
use crate::keys;
use crate::later::{self, Fresh};
use crate::malformed::Malformed;
use crate::outcome::{Exit, Failure, Report};
use crate::text;
use clap::{Args, ValueEnum};
use covenant_report::{Case, Details, DetailsError, Later, Template, Verdict, html};
use covenant_verifier::bundle;
use covenant_verifier::expect::Expected;
use schemars::JsonSchema;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What `--help` ends with.
const REPORT_HELP: &str = r#"Exit codes: 0 proved (and inside, with --prices), 1 refused or outside, 2 could not tell. With 0 and
with 1 the file is written.
Units: --at is a time: RFC 3339, a date, Unix seconds, or now.

Examples:
  covenant report bundle.json --expect expect.toml --out report.html
  covenant report bundle.json --expect expect.toml --template compliance \
    --details details.toml --out compliance.html
  covenant report bundle.json --expect expect.toml --prices today.json --out today.html"#;

/// Write a report on a bundle: one HTML file that loads nothing, and the same as JSON.
///
/// The bundle is verified as by `verify`. The report says who owes how much to whom, what was
/// proved, by whose word, inside which prices and until when, and what was not proved. Of a bundle
/// that is refused it says NOT PROVED and every reason.
#[derive(Args, Debug)]
#[command(after_help = REPORT_HELP)]
pub(crate) struct ReportVerb {
    /// The bundle
    bundle: PathBuf,
    /// What you expect, TOML or JSON
    #[arg(long, value_name = "FILE")]
    expect: PathBuf,
    /// Where to write the report; replaces an earlier one
    #[arg(long, value_name = "FILE.html")]
    out: PathBuf,
    /// How it is laid out
    #[arg(long, value_enum, default_value_t = Layout::Certificate)]
    template: Layout,
    /// Your own words for title, names, period and maturities, TOML; they are shown as not proved
    #[arg(long, value_name = "FILE")]
    details: Option<PathBuf>,
    /// Later prices of the policy's assets, your own: whether the proof says something at these,
    /// as `watch` tells
    #[arg(long, value_name = "FILE")]
    prices: Option<PathBuf>,
    /// Your ledger of pledges: no account may back another facility
    #[arg(long, value_name = "FILE", requires = "facility")]
    ledger: Option<PathBuf>,
    /// The facility that this proof is for; its own pledges are not in the way
    #[arg(long, value_name = "NAME", requires = "ledger")]
    facility: Option<String>,
    /// Verify as if it were this time [default: now]
    #[arg(long, value_name = "TIME", value_parser = text::time)]
    at: Option<u64>,
    #[command(flatten)]
    query: QueryArgs,
}

/// The layouts of a report.
#[derive(Clone, Copy, ValueEnum, Debug)]
enum Layout {
    /// What was proved, by whose word, until when, and what not
    Certificate,
    /// A reserve's composition by group and maturity against the tokens outstanding
    Reserve,
    /// Eligible classes and advance rates, and what was proved of the loan
    BorrowingBase,
    /// Covenant by covenant: required, found, and on what it rests
    Compliance,
}

impl From<Layout> for Template {
    fn from(layout: Layout) -> Self {
        match layout {
            Layout::Certificate => Self::Certificate,
            Layout::Reserve => Self::Reserve,
            Layout::BorrowingBase => Self::BorrowingBase,
            Layout::Compliance => Self::Compliance,
        }
    }
}

/// The report, as data.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ReportOutput {
    /// Why the exit code is 1, for programs: see docs/errors.md.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code>,
    /// The file that was written.
    file: String,
    /// What it says.
    report: covenant_report::Report,
}

impl ReportVerb {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        self.check_target()?;
        let details = self.details.as_deref().map(details).transpose()?;
        let (mut expected, words) = expect::read_with_words(&self.expect)?;
        if let (Some(path), Some(facility)) = (&self.ledger, &self.facility) {
            verify::pledges_elsewhere(&mut expected, path, facility)?;
        }
        let max_age = expected.max_price_age;
        if self.prices.is_some() {
            // Later prices are judged, not these.
            expected.max_price_age = u64::MAX;
        }
        let now = self.at.unwrap_or_else(text::now);
        let bytes = files::bytes(&self.bundle, bundle::MAX_BYTES as u64)?;
        let Judgement { bundle, verdict } = self.judge(&bytes, &expected, now, global)?;
        if let (Some(path), Some(details), Some(bundle)) = (&self.details, &details, &bundle) {
            let checked = details.check_groups(bundle.policy());
            checked.map_err(|e| of_details(path, e))?;
        }
        let (verified, rejected) = match verdict {
            Ok(verified) => (Some(verified), None),
            Err(rejected) => (None, Some(rejected)),
        };
        let fresh = Fresh {
            now,
            max_age,
            max_skew: expected.max_clock_skew,
        };
        let later = match (&self.prices, &verified) {
            (Some(path), Some(verified)) => Some(later::read(path, verified.policy(), &fresh)?),
            _ => None,
        };
        let refused = rejected.as_ref().map(Rejected::code);
        let verdict = match (&verified, &bundle) {
            (Some(verified), Some(bundle)) => Verdict::Verified {
                bundle,
                verified,
                later: later.as_ref().map(|later| Later {
                    prices: &later.prices,
                    as_of: later.as_of,
                }),
            },
            _ => Verdict::Refused {
                bundle: bundle.as_ref(),
                reasons: rejected.map_or_else(Vec::new, Rejected::into_reasons),
            },
        };
        let case = Case {
            bytes: &bytes,
            expected: &expected,
            words: &words,
            at: now,
            covenant: env!("CARGO_PKG_VERSION"),
        };
        let report = covenant_report::Report::new(case, verdict, self.template.into(), details);
        let report = report.map_err(|e| Failure::new(Code::Internal, e))?;
        let outside = report.finding.as_ref().is_some_and(|f| !f.envelope.inside);
        let code = refused.or(outside.then_some(Code::OutsideEnvelope));
        let page = html(&report).map_err(|e| Failure::new(Code::Internal, e))?;
        files::write(&self.out, &page, Kind::Generated)?;
        let file = self.out.display().to_string();
        let said = match (&report.finding, outside) {
            (None, _) => "NOT PROVED",
            (Some(_), true) => {
                "OUTSIDE: at the later prices nothing is known any more, which is no breach"
            }
            (Some(_), false) => "PROVED",
        };
        let reasons = report.reasons.iter().map(|r| format!("\n  - {}", r.reason));
        let text = format!(
            "{said}; the report is in {file}{}",
            reasons.collect::<String>()
        );
        let exit = code.map_or(Exit::Done, Code::exit);
        Report::new(exit, text, &ReportOutput { code, file, report })
    }

    /// That the report can be written, before the work, and over none of what is read.
    fn check_target(&self) -> Result<(), Failure> {
        files::check_target(&self.out, Kind::Generated, covenant_report::FIRST_LINES)?;
        let others = [&self.prices, &self.details, &self.ledger];
        let inputs = [&self.bundle, &self.expect].into_iter();
        let inputs = inputs.chain(others.into_iter().flatten());
        files::check_no_input(&self.out, inputs.map(PathBuf::as_path))
    }

    fn judge(
        &self,
        bytes: &[u8],
        expected: &Expected,
        now: u64,
        global: &Global,
    ) -> Result<Judgement, Failure> {
        let cache = keys::cache_dir(global.cache_dir.as_deref())?;
        match files::text(&self.bundle, bytes) {
            Ok(text) => verify::judge(&self.bundle, &text, expected, now, &cache, &self.query),
            Err(e) => Ok(Judgement {
                bundle: None,
                verdict: Err(Rejected::unreadable(e)),
            }),
        }
    }
}

/// Reads and checks the author's own words.
fn details(path: &Path) -> Result<Details, Failure> {
    let text = files::read(path, files::MAX_PUBLIC)?;
    let read = toml::from_str::<Details>(&text);
    let read = read.map_err(|e| Failure::of_file(path, Malformed::toml(&text, &e)))?;
    read.check().map_err(|e| of_details(path, e))?;
    Ok(read)
}

fn of_details(path: &Path, error: DetailsError) -> Failure {
    let malformed = Malformed::new(error.expected, error.got).field(&error.field);
    Failure::of_file(path, malformed)
}
