//! The page of a simulation. Secret.

use super::view::{Number, advance, count};
use super::{RenderError, figure};
use crate::data::AssetTerms;
use crate::plots::{self, Plot};
use crate::simulation::Simulation;
use crate::words;
use askama::Template as _;

#[derive(askama::Template)]
#[template(path = "simulation.html")]
struct Page<'a> {
    s: &'a Simulation,
    coverage: Option<Plot>,
    waterfalls: Vec<Plot>,
}

/// A simulation as one HTML file, marked as secret on every screen and page. Whoever writes it keeps
/// it from others.
///
/// # Errors
/// A plot could not be drawn; nothing in a simulation makes that so.
pub fn simulation_html(simulation: &Simulation) -> Result<String, RenderError> {
    let owing = simulation.scenarios.iter().any(|s| s.ratio_bps.is_some());
    let coverage = owing.then(|| plots::simulated(simulation)).transpose();
    let quote = words::currency(&simulation.policy.quote);
    let scenarios = simulation.scenarios.iter();
    let waterfalls = scenarios.map(|s| plots::waterfall(&s.steps, &s.name, quote));
    let page = Page {
        s: simulation,
        coverage: coverage.map_err(RenderError::Plot)?,
        waterfalls: waterfalls
            .collect::<Result<_, _>>()
            .map_err(RenderError::Plot)?,
    };
    Ok(page.render()?)
}

impl Page<'_> {
    fn date(&self, time: impl Number) -> String {
        words::date(time.number())
    }

    fn percent(&self, bps: impl Number) -> String {
        words::percent(bps.number())
    }

    fn cents(&self, decimal: &str) -> String {
        words::cents(decimal)
    }

    fn amount(&self, decimal: &str) -> String {
        words::grouped(decimal)
    }

    fn quote(&self) -> &str {
        words::currency(&self.s.policy.quote)
    }

    fn count(&self, n: impl std::borrow::Borrow<usize>, what: &str) -> String {
        count(n.borrow(), what)
    }

    fn advance(&self, asset: &AssetTerms) -> String {
        advance(asset)
    }

    fn figure(&self, plot: &Option<Plot>) -> Result<String, askama::Error> {
        figure(plot.as_ref())
    }

    fn figure_at(
        &self,
        plots: &[Plot],
        index: impl std::borrow::Borrow<usize>,
    ) -> Result<String, askama::Error> {
        figure(plots.get(*index.borrow()))
    }
}
