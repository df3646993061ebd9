//! The HTML of a report and of a simulation: one file, no script, nothing that is loaded. The
//! templates (askama) are checked when this is compiled, and escape every expression through
//! [`crate::escape`]; only plots are put in as they are drawn.

mod simulated;
mod view;

pub use simulated::simulation_html;

use crate::data::{Report, Template};
use crate::plots::{self, Plot};
use askama::Template as _;

/// How every report begins, by which a file is known to be one.
pub const FIRST_LINES: &str = "<!DOCTYPE html>\n<html lang=\"en\" data-covenant=\"report\">\n";

/// A report could not be rendered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// By its template.
    #[error("the report could not be written: {0}")]
    Template(#[from] askama::Error),
    /// A plot.
    #[error("a plot could not be drawn: {0}")]
    Plot(String),
}

/// The page of a report.
#[derive(askama::Template)]
#[template(path = "page.html")]
struct Page<'a> {
    r: &'a Report,
    plots: Plots,
}

/// The plots of a report that was proved.
#[derive(Default)]
struct Plots {
    coverage: Option<Plot>,
    envelope: Option<Plot>,
    held: Option<Plot>,
}

/// A plot with its title, for readers who see it and who do not.
#[derive(askama::Template)]
#[template(path = "figure.html")]
struct Figure<'a> {
    plot: &'a Plot,
}

/// A report as one HTML file.
///
/// # Errors
/// A plot could not be drawn; nothing in a report makes that so.
pub fn html(report: &Report) -> Result<String, RenderError> {
    let plots = match (&report.claim, &report.finding) {
        (Some(claim), Some(finding)) => {
            let inside = finding.envelope.inside.then_some(&finding.envelope);
            let held = (!claim.held.is_empty()).then_some(&claim.held);
            Plots {
                coverage: Some(plots::coverage(claim).map_err(RenderError::Plot)?),
                envelope: drawn(inside.map(plots::envelope))?,
                held: drawn(held.map(|lines| plots::held(lines, claim)))?,
            }
        }
        _ => Plots::default(),
    };
    let page = Page { r: report, plots };
    Ok(page.render()?)
}

fn drawn(plot: Option<Result<Plot, String>>) -> Result<Option<Plot>, RenderError> {
    plot.transpose().map_err(RenderError::Plot)
}

fn figure(plot: Option<&Plot>) -> Result<String, askama::Error> {
    match plot {
        Some(plot) => Figure { plot }.render(),
        None => Ok(String::new()),
    }
}
