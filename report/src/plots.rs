//! The plots of a report. Each is drawn twice, for a page and for a phone, and has the same numbers
//! in a table beside it. A value that nobody knows is not drawn: a bar of coverage is what was
//! proved at least, and ends in a mark that says so.

mod bars;

use crate::data::{Claim, Envelope, HeldLine, Margin};
use crate::simulation::{Simulation, Step};
use crate::words::{cents, currency, grouped, movement, percent};
use bars::{Bars, Ink, Mark, Row, Segment};

/// A plot for a wide and for a narrow screen, as SVG.
#[derive(Clone, Debug)]
pub(crate) struct Plot {
    /// What it shows, for those who do not see it.
    pub(crate) title: String,
    /// For a page.
    pub(crate) wide: String,
    /// For a phone.
    pub(crate) narrow: String,
}

/// Nothing can be drawn.
pub(crate) type PlotError = String;

const ALL: f64 = 10_000.0;

/// The ratio that was proved in the base and each scenario, with the policy's smallest.
pub(crate) fn coverage(claim: &Claim) -> Result<Plot, PlotError> {
    let rows = claim.scenarios.iter().map(|s| Row {
        name: s.name.clone(),
        value: format!("at least {}", percent(s.ratio_bps.into())),
        segments: vec![Segment::open(0.0, s.ratio_bps.into(), Ink::Main)],
        marks: vec![Mark::at(s.policy_bps.into())],
    });
    let most = claim.scenarios.iter().map(|s| s.ratio_bps).max();
    Bars {
        title: "What counts, at least, in percent of what is owed, in each scenario".into(),
        unit: "what counts, at least, in % of what is owed".into(),
        from: 0.0,
        to: f64::from(most.unwrap_or_default()).max(ALL) * 1.08,
        tick: ticks_in_percent,
        rows: rows.collect(),
    }
    .draw()
}

/// How far each price may move alone.
pub(crate) fn envelope(envelope: &Envelope) -> Result<Plot, PlotError> {
    let rises = envelope.margins.iter().filter_map(|m| m.rise_bps).max();
    // Where no rise has a bound there is nothing on that side to compare.
    let to = match rises {
        Some(most) => (most as f64).clamp(2_500.0, 3.0 * ALL) * 1.05,
        None => 0.0,
    };
    let bounded = rises.is_some();
    let rows = envelope.margins.iter().map(|margin| {
        let fall = margin.fall_bps.map_or(ALL, f64::from);
        let mut segments = vec![Segment::closed(-fall, 0.0, Ink::Main)];
        if bounded {
            segments.push(match margin.rise_bps {
                Some(bps) => Segment::closed(0.0, (bps as f64).min(to), Ink::Main),
                None => Segment::open(0.0, to, Ink::Light),
            });
        }
        Row {
            name: margin.symbol.clone(),
            value: bounds(margin),
            segments,
            marks: vec![Mark::axis(0.0)],
        }
    });
    Bars {
        title:
            "How far each price may move alone, in percent, for the proof to say something still"
                .into(),
        unit: "move of one price alone, in %".into(),
        from: -ALL,
        to: to.max(1.0),
        tick: ticks_in_percent,
        rows: rows.collect(),
    }
    .draw()
}

/// `−50.00 % to +10.00 %`, in words where there is no bound.
fn bounds(margin: &Margin) -> String {
    let fall = match margin.fall_bps {
        Some(bps) => movement(-i64::from(bps)),
        None => "−100.00\u{a0}%".into(),
    };
    let rise = match margin.rise_bps {
        Some(bps) => movement(i64::try_from(bps).unwrap_or(i64::MAX)),
        None => "any rise".into(),
    };
    let still = |text: String| match text.as_str() {
        "unchanged" => "0.00\u{a0}%".to_owned(),
        _ => text,
    };
    format!("{} … {}", still(fall), still(rise))
}

/// What is held of each reported group, against the public debt where it is in reach.
pub(crate) fn held(lines: &[HeldLine], claim: &Claim) -> Result<Plot, PlotError> {
    let quote = currency(&claim.policy.quote);
    let debt = number(&claim.public_debt);
    let most = lines.iter().map(|line| number(&line.at_least));
    let most = most.fold(0.0, f64::max).max(1.0);
    let in_reach = debt > 0.0 && debt < 3.0 * most;
    let rows = lines.iter().map(|line| Row {
        name: line.group.clone(),
        value: format!("at least {} {quote}", grouped(&line.at_least)),
        segments: vec![Segment::open(0.0, number(&line.at_least), Ink::Main)],
        marks: in_reach.then(|| Mark::at(debt)).into_iter().collect(),
    });
    let title = match in_reach {
        true => {
            format!("What is held of each group, at least, in {quote}; the line is the public debt")
        }
        false => format!("What is held of each group, at least, in {quote}"),
    };
    Bars {
        title,
        unit: format!("held, at least, in {quote}"),
        from: 0.0,
        to: most.max(if in_reach { debt } else { 0.0 }) * 1.08,
        tick: short_amount,
        rows: rows.collect(),
    }
    .draw()
}

/// Actual coverage in each scenario against what is required. Secret.
pub(crate) fn simulated(simulation: &Simulation) -> Result<Plot, PlotError> {
    // A basket that owes nearly nothing would push every mark to the edge.
    const MOST: f64 = 3.0 * ALL;
    let shown = |bps: u64| (bps as f64).min(MOST);
    let scenarios = simulation.scenarios.iter();
    let rows = scenarios.clone().filter_map(|s| {
        let ratio = s.ratio_bps?;
        let ink = match s.covered {
            true => Ink::Main,
            false => Ink::Bad,
        };
        let segment = match ratio as f64 > MOST {
            true => Segment::open(0.0, MOST, ink),
            false => Segment::closed(0.0, shown(ratio), ink),
        };
        Some(Row {
            name: s.name.clone(),
            value: format!(
                "{} of {}",
                percent(ratio),
                percent(s.required_ratio_bps.into())
            ),
            segments: vec![segment],
            marks: vec![Mark::at(shown(s.required_ratio_bps.into()))],
        })
    });
    let all = scenarios.flat_map(|s| [s.ratio_bps.unwrap_or(0), s.required_ratio_bps.into()]);
    Bars {
        title: "SECRET. What counts in percent of what is owed, in each scenario; the line is what is required".into(),
        unit: "what counts, in % of what is owed".into(),
        from: 0.0,
        to: all.map(shown).fold(ALL, f64::max) * 1.05,
        tick: ticks_in_percent,
        rows: rows.collect(),
    }
    .draw()
}

/// What becomes of each asset's value in a scenario. Secret.
pub(crate) fn waterfall(steps: &[Step], scenario: &str, quote: &str) -> Result<Plot, PlotError> {
    let most = steps.iter().map(|step| number(&step.value));
    let most = most.fold(0.0, f64::max).max(1.0);
    let rows = steps.iter().map(|step| {
        let counted = number(&step.counted);
        let uncounted = counted + number(&step.uncounted);
        Row {
            name: step.asset.clone(),
            value: format!("{} of {}", cents(&step.counted), cents(&step.value)),
            segments: vec![
                Segment::closed(0.0, counted, Ink::Main),
                Segment::closed(counted, uncounted, Ink::Light),
                Segment::closed(uncounted, number(&step.value), Ink::Pale),
            ],
            marks: Vec::new(),
        }
    });
    Bars {
        title: format!(
            "SECRET. What counts of each asset's value in {quote}, in the scenario {scenario}"
        ),
        unit: format!("{quote}: counts, kept out by share rules, taken off by haircuts"),
        from: 0.0,
        to: most * 1.05,
        tick: short_amount,
        rows: rows.collect(),
    }
    .draw()
}

/// A decimal, near enough to draw.
fn number(decimal: &str) -> f64 {
    decimal.parse().unwrap_or(0.0)
}

fn ticks_in_percent(bps: f64) -> String {
    format!("{:.0} %", bps / 100.0).replace('-', "−")
}

/// An amount on an axis: 20 bn.
fn short_amount(amount: f64) -> String {
    let units = [(1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k")];
    match units.iter().find(|(size, _)| amount.abs() >= *size) {
        Some((size, unit)) => {
            let number = format!("{:.1}", amount / size);
            format!("{} {unit}", number.trim_end_matches(".0"))
        }
        None => format!("{amount:.0}"),
    }
}
