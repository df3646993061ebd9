//! The map of a trace: which section wrote which cell, as a picture.
//!
//! Strips from left to right are runs of rows; in a strip a column of the trace is a column
//! of the picture, a row a row. What a section wrote is one path with one colour, whose
//! tooltip is the section's name.

use covenant_circuits::circuit::builder::TraceBuilder;
use covenant_circuits::circuit::columns::second;
use covenant_circuits::circuit::layout::Layout;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Rows of a strip.
const STRIP: usize = 512;
/// Size of a cell.
const CELL: (usize, usize) = (7, 2);
/// Between strips, for the numbers of rows.
const GAP: usize = 44;
const TOP: usize = 64;
const LEGEND: usize = 330;

/// The clause that a section serves; what serves none is of one family.
fn clause(section: &str) -> &str {
    match section.split(' ').next() {
        Some(clause) if clause.starts_with('S') => clause,
        _ => "",
    }
}

/// Colours by clause, and from section to section of a clause lighter.
fn colour(section: &str, nth: usize) -> String {
    let [red, green, blue] = match clause(section) {
        "S1" => [31, 97, 175],
        "S2" => [14, 138, 132],
        "S3" => [70, 150, 60],
        "S4" => [140, 170, 40],
        "S5" => [226, 170, 10],
        "S6" => [222, 100, 20],
        "S7" => [200, 40, 60],
        "S8" => [112, 66, 160],
        "S9" => [200, 40, 150],
        "S10" => [150, 90, 60],
        _ => [100, 104, 112],
    };
    // Towards white, a sixth of the way a step.
    let lighter = |x: usize| 255 - (255 - x) * (6 - nth.min(5)) / 6;
    format!(
        "#{:02x}{:02x}{:02x}",
        lighter(red),
        lighter(green),
        lighter(blue)
    )
}

/// Names of the first-phase columns, in order.
fn first_phase(layout: &Layout) -> Vec<String> {
    let mut names: Vec<String> = ["a", "b", "c"].map(String::from).into();
    names.extend((0..layout.lanes).map(|lane| format!("x{lane}")));
    names.extend((0..layout.limbs).map(|limb| format!("l{limb}")));
    if layout.is_wide() {
        names.extend(["o", "m"].map(String::from));
    }
    names
}

/// Names of the advice columns of both phases, in order.
pub(crate) fn names(layout: &Layout) -> Vec<String> {
    let mut names = first_phase(layout);
    names.extend(["g", "w", "h", "s"].map(String::from));
    let parts = layout.second_columns() - second::PARTS;
    names.extend((0..parts).map(|part| format!("p{part}")));
    names
}

/// Columns of the map: the first phase, and `g`.
fn drawn(layout: &Layout) -> Vec<String> {
    let mut names = first_phase(layout);
    names.push("g".into());
    names
}

/// Which section wrote each cell: by row, by column.
///
/// The range table and idle lanes go on below everything else; rows that hold nothing but them are
/// left out.
fn cells(trace: &TraceBuilder) -> Vec<Vec<Option<&'static str>>> {
    let layout = trace.layout();
    let columns = drawn(layout).len();
    let mut cells = vec![vec![None; columns]; 1 << layout.k];
    for ((column, row), section) in trace.journal().cells() {
        cells[*row][*column] = Some(*section);
    }
    for (row, section) in trace.journal().register_rows() {
        cells[*row][columns - 1] = Some(*section);
    }
    let filler = ["range table", "idle lanes"];
    let others = |row: &Vec<Option<&str>>| row.iter().flatten().any(|s| !filler.contains(s));
    let last = cells.iter().rposition(others).unwrap_or(0);
    cells.truncate(last + 1);
    cells
}

/// A section's rectangles: runs of neighbouring columns, and of rows that have the same run.
fn rectangles(
    cells: &[Vec<Option<&'static str>>],
) -> BTreeMap<&'static str, Vec<(usize, usize, usize, usize)>> {
    let mut done: BTreeMap<&'static str, Vec<(usize, usize, usize, usize)>> = BTreeMap::new();
    let mut open: BTreeMap<(usize, usize, &'static str), usize> = BTreeMap::new();
    for row in 0..=cells.len() {
        let mut runs = Vec::new();
        let here = cells.get(row).map_or(&[][..], Vec::as_slice);
        let mut column = 0;
        while column < here.len() {
            let section = here[column];
            let end = (column..here.len())
                .find(|c| here[*c] != section)
                .unwrap_or(here.len());
            if let Some(section) = section {
                runs.push((column, end, section));
            }
            column = end;
        }
        let strip_begins = row % STRIP == 0;
        let ended = open
            .keys()
            .filter(|run| strip_begins || !runs.contains(run))
            .copied()
            .collect::<Vec<_>>();
        for run in ended {
            let first = open.remove(&run).unwrap_or(row);
            let (left, right, section) = run;
            let rectangle = (left, first, right - left, row - first);
            done.entry(section).or_default().push(rectangle);
        }
        for run in runs {
            open.entry(run).or_insert(row);
        }
    }
    done
}

/// `0-99, 700-799, ..` of the rows that a section has a cell in.
pub(crate) fn rows_of(rows: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for row in rows {
        match runs.last_mut() {
            Some((_, last)) if *row <= *last + 1 => *last = *row,
            _ => runs.push((*row, *row)),
        }
    }
    let shown: Vec<String> = runs
        .iter()
        .take(3)
        .map(|(first, last)| match first == last {
            true => first.to_string(),
            false => format!("{first}-{last}"),
        })
        .collect();
    let more = if runs.len() > 3 { ", .." } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// Sections in the order of their clauses, with the rows in which each has a cell.
pub(crate) fn sections(trace: &TraceBuilder) -> BTreeMap<&'static str, Vec<usize>> {
    let mut found: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
    for (row, cells) in cells(trace).iter().enumerate() {
        for section in cells.iter().flatten() {
            let rows = found.entry(section).or_default();
            if rows.last() != Some(&row) {
                rows.push(row);
            }
        }
    }
    found
}

/// The picture.
pub(crate) fn svg(name: &str, trace: &TraceBuilder) -> String {
    let layout = trace.layout();
    let (names, cells) = (drawn(layout), cells(trace));
    let strips = cells.len().div_ceil(STRIP);
    let strip_width = names.len() * CELL.0 + GAP;
    let rows = sections(trace);
    let width = (strips * strip_width + LEGEND).max(680);
    let height = TOP + (STRIP.min(cells.len()) * CELL.1).max(30 * rows.len()) + 16;
    let x = |strip: usize, column: usize| GAP + strip * strip_width + column * CELL.0;
    let mut out = String::new();
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    line(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" font-family=\"monospace\" font-size=\"9\" \
         shape-rendering=\"crispEdges\">"
    ));
    line("<!-- Generated by soundness/tests/circuit_docs; do not edit. -->".into());
    line(format!(
        "<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>"
    ));
    let shape = layout.claim().unwrap().dimensions();
    line(format!(
        "<text x=\"{GAP}\" y=\"20\" font-size=\"15\">{name}: shape {shape}, k = {}, {:?}, {} limbs of {} bits, {} rows in use</text>",
        layout.k, layout.profile, layout.limbs, layout.limb_bits, layout.rows_used
    ));
    for strip in 0..strips {
        for (column, name) in names.iter().enumerate() {
            let (x, y) = (x(strip, column) + 6, TOP - 4);
            line(format!(
                "<text x=\"{x}\" y=\"{y}\" font-size=\"7\" transform=\"rotate(-90 {x} {y})\">{name}</text>"
            ));
        }
        let (left, rows) = (x(strip, 0), STRIP.min(cells.len() - strip * STRIP));
        line(format!(
            "<rect x=\"{left}\" y=\"{TOP}\" width=\"{}\" height=\"{}\" fill=\"#f4f4f4\"/>",
            names.len() * CELL.0,
            rows * CELL.1
        ));
        for row in (0..rows).step_by(32) {
            line(format!(
                "<text x=\"{}\" y=\"{}\" font-size=\"8\" text-anchor=\"end\">{}</text>",
                left - 3,
                TOP + row * CELL.1 + 6,
                strip * STRIP + row
            ));
        }
    }
    let mut of_clause: BTreeMap<&str, usize> = BTreeMap::new();
    let legend = strips * strip_width + GAP;
    for (at, (section, rectangles)) in rectangles(&cells).into_iter().enumerate() {
        let nth = of_clause.entry(clause(section)).or_default();
        let colour = colour(section, *nth);
        *nth += 1;
        let mut path = String::new();
        for (column, row, columns, count) in rectangles {
            let (x, y) = (x(row / STRIP, column), TOP + row % STRIP * CELL.1);
            let (w, h) = (columns * CELL.0, count * CELL.1);
            write!(path, "M{x} {y}h{w}v{h}h-{w}z").unwrap();
        }
        let in_rows = rows_of(&rows[section]);
        line(format!(
            "<path fill=\"{colour}\" d=\"{path}\"><title>{section}: rows {in_rows}</title></path>"
        ));
        let y = TOP + 16 + at * 30;
        line(format!(
            "<rect x=\"{legend}\" y=\"{}\" width=\"12\" height=\"12\" fill=\"{colour}\"/>\
             <text x=\"{}\" y=\"{y}\" font-size=\"12\">{section}</text>\
             <text x=\"{}\" y=\"{}\" fill=\"#555\">rows {in_rows}</text>",
            y - 10,
            legend + 18,
            legend + 18,
            y + 12
        ));
    }
    line("</svg>".into());
    out
}
