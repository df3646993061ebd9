//! Horizontal bars, one row a name: drawn by plotters, without fonts of the machine. Colours are
//! those of a print on white; the page's style replaces them on a dark screen, by their value.

use super::{Plot, PlotError};
use crate::escape::visible;
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// A colour by its role. src/templates/style.css knows each value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ink {
    /// What a row is about.
    Main,
    /// Beside it.
    Light,
    /// Beside that.
    Pale,
    /// What is not enough.
    Bad,
}

const TEXT: RGBColor = RGBColor(0x1B, 0x1F, 0x24);
const MUTED: RGBColor = RGBColor(0x57, 0x60, 0x6A);
const GRID: RGBColor = RGBColor(0xD0, 0xD7, 0xDE);
const MARK: RGBColor = RGBColor(0xB4, 0x23, 0x18);

impl Ink {
    fn colour(self) -> RGBColor {
        match self {
            Self::Main => RGBColor(0x1F, 0x5F, 0xA8),
            Self::Light => RGBColor(0x8F, 0xBC, 0xE6),
            Self::Pale => RGBColor(0xD9, 0xE2, 0xEC),
            Self::Bad => RGBColor(0xA4, 0x4A, 0x1E),
        }
    }
}

/// A part of a bar.
pub(super) struct Segment {
    from: f64,
    to: f64,
    ink: Ink,
    open: bool,
}

impl Segment {
    /// It ends where it ends.
    pub(super) fn closed(from: f64, to: f64, ink: Ink) -> Self {
        let open = false;
        Self {
            from,
            to,
            ink,
            open,
        }
    }

    /// At least so much: how much more is not known, which an arrow says.
    pub(super) fn open(from: f64, to: f64, ink: Ink) -> Self {
        let open = true;
        Self {
            from,
            to,
            ink,
            open,
        }
    }
}

/// A line across a bar.
pub(super) struct Mark {
    at: f64,
    colour: RGBColor,
    width: u32,
}

impl Mark {
    /// What is required.
    pub(super) fn at(at: f64) -> Self {
        let (colour, width) = (MARK, 2);
        Self { at, colour, width }
    }

    /// Where moves begin.
    pub(super) fn axis(at: f64) -> Self {
        let (colour, width) = (MUTED, 1);
        Self { at, colour, width }
    }
}

/// A name, its value in words, and the bar.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) segments: Vec<Segment>,
    pub(super) marks: Vec<Mark>,
}

/// A plot of bars on one axis.
pub(super) struct Bars {
    pub(super) title: String,
    pub(super) unit: String,
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) tick: fn(f64) -> String,
    pub(super) rows: Vec<Row>,
}

const WIDE: u32 = 720;
const NARROW: u32 = 340;
/// Left and right of the bars, for the ends of the axis' labels and an arrow.
const SIDE: u32 = 18;
/// Below the bars, for the axis' labels and the unit.
const BELOW: u32 = 44;
/// A line of text, and the bar under it, in pixels.
const LINE: u32 = 19;
const BAR: u32 = 16;
const GAP: u32 = 10;
/// Plotters writes it as 13 pixels: it divides sizes by 1.24.
const TEXT_SIZE: i32 = 16;
/// About the width of such a letter.
const LETTER: usize = 7;

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Chart<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

impl Bars {
    pub(super) fn draw(&self) -> Result<Plot, PlotError> {
        Ok(Plot {
            title: visible(&self.title),
            wide: self.svg(WIDE)?,
            narrow: self.svg(NARROW)?,
        })
    }

    fn svg(&self, width: u32) -> Result<String, PlotError> {
        let letters = (width - 2 * SIDE) as usize / LETTER;
        let long = |row: &Row| row.name.chars().count() + row.value.chars().count() + 3 > letters;
        let lines = match self.rows.iter().any(long) {
            true => 2,
            false => 1,
        };
        let row = lines * LINE + BAR + GAP;
        let rows = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let height = rows.saturating_mul(row).saturating_add(BELOW + 6);
        let mut svg = String::new();
        {
            let area = SVGBackend::with_string(&mut svg, (width, height)).into_drawing_area();
            self.fill(&area, lines, row, letters)
                .and_then(|()| area.present().map_err(|e| e.to_string()))?;
        }
        Ok(content(&svg, width, height))
    }

    fn fill(&self, area: &Area<'_>, lines: u32, row: u32, letters: usize) -> Result<(), PlotError> {
        let height = (self.rows.len() as f64) * f64::from(row);
        let mut chart = ChartBuilder::on(area)
            .margin_left(SIDE)
            .margin_right(SIDE)
            .margin_top(6)
            .x_label_area_size(BELOW)
            .build_cartesian_2d(self.from..self.to, 0.0..height)
            .map_err(|e| e.to_string())?;
        let label = ("sans-serif", 15).into_font().color(&MUTED);
        let labels = if letters > 60 { 9 } else { 5 };
        chart
            .configure_mesh()
            .disable_y_mesh()
            .disable_y_axis()
            .x_labels(labels)
            .x_label_formatter(&|x| (self.tick)(*x))
            .x_label_style(label.clone())
            .x_desc(visible(&self.unit))
            .axis_desc_style(label)
            .axis_style(GRID)
            .bold_line_style(GRID)
            .light_line_style(TRANSPARENT)
            .draw()
            .map_err(|e| e.to_string())?;
        for (i, one) in self.rows.iter().enumerate() {
            // Upwards, from the lower end.
            let top = height - i as f64 * f64::from(row);
            self.row(&mut chart, one, (top, lines, letters))?;
        }
        Ok(())
    }

    fn row(
        &self,
        chart: &mut Chart<'_, '_>,
        row: &Row,
        (top, lines, letters): (f64, u32, usize),
    ) -> Result<(), PlotError> {
        let text = |anchor: HPos, size: i32| {
            let pos = Pos::new(anchor, VPos::Bottom);
            let font = ("sans-serif", size).into_font();
            font.color(&TEXT).pos(pos)
        };
        let line = f64::from(LINE);
        let bar = top - f64::from(lines) * line;
        let room = match lines {
            1 => letters.saturating_sub(row.value.chars().count() + 2),
            _ => letters,
        };
        let (anchor, at, y) = match lines {
            1 => (HPos::Right, self.to, top - line + 2.0),
            _ => (HPos::Left, self.from, top - 2.0 * line + 2.0),
        };
        let names = [
            Text::new(
                cut(&row.name, room),
                (self.from, top - line + 2.0),
                text(HPos::Left, TEXT_SIZE),
            ),
            Text::new(cut(&row.value, letters), (at, y), text(anchor, TEXT_SIZE)),
        ];
        let failed = |e: &dyn std::fmt::Display| e.to_string();
        chart.draw_series(names).map_err(|e| failed(&e))?;
        let height = f64::from(BAR);
        for segment in &row.segments {
            let ink = segment.ink.colour();
            let body = Rectangle::new(
                [(segment.from, bar), (segment.to, bar - height)],
                ink.filled(),
            );
            chart.draw_series([body]).map_err(|e| failed(&e))?;
            if segment.open {
                // Its point is 8 pixels on, wherever the axis ends.
                let arrow = EmptyElement::at((segment.to, bar))
                    + Polygon::new(
                        vec![(2, 0), (2, BAR as i32), (10, BAR as i32 / 2)],
                        ink.filled(),
                    );
                chart.draw_series([arrow]).map_err(|e| failed(&e))?;
            }
        }
        for mark in &row.marks {
            let style = mark.colour.stroke_width(mark.width);
            let points = vec![(mark.at, bar + 3.0), (mark.at, bar - height - 3.0)];
            let across = PathElement::new(points, style);
            chart.draw_series([across]).map_err(|e| failed(&e))?;
        }
        Ok(())
    }
}

/// The text as it is seen, no longer than so many letters.
fn cut(text: &str, letters: usize) -> String {
    let text = visible(text);
    match text.chars().count() > letters {
        true => text
            .chars()
            .take(letters.saturating_sub(1))
            .chain(['…'])
            .collect(),
        false => text,
    }
}

/// What plotters drew, in an element that scales with the page. The page's own title is its label.
fn content(svg: &str, width: u32, height: u32) -> String {
    let inner = svg.split_once('>').map_or("", |(_, rest)| rest);
    let inner = inner
        .rsplit_once("</svg>")
        .map_or(inner, |(inner, _)| inner);
    format!(r#"<svg viewBox="0 0 {width} {height}" aria-hidden="true">{inner}</svg>"#)
}
