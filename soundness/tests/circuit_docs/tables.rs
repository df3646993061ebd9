//! The generated tables of docs/circuit.md: each is between `<!-- begin NAME -->` and
//! `<!-- end NAME -->`.

use crate::map::{names, rows_of, sections};
use crate::queries::{queries, system};
use crate::{blank, layouts};
use covenant_circuits::circuit::cells::{At, NamedCell, Query, Track};
use covenant_circuits::circuit::columns::RowRule;
use covenant_circuits::circuit::layout::Layout;
use covenant_circuits::circuit::rules::{self, Switch};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The document with every table made anew.
pub(crate) fn filled_in(document: &str) -> String {
    let tables = [
        ("columns", columns()),
        ("rules", rules_table()),
        ("gates", gates()),
        ("other gates", other_gates()),
        ("sections", section_sizes()),
        ("rows", section_rows()),
    ];
    let mut text = document.to_owned();
    for (name, table) in tables {
        let (begin, end) = (
            format!("<!-- begin {name} -->\n"),
            format!("<!-- end {name} -->"),
        );
        let (before, rest) = text.split_once(&begin).expect(name);
        let (_, after) = rest.split_once(&end).expect(name);
        text = format!("{before}{begin}{table}{end}{after}");
    }
    text
}

fn row(out: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    writeln!(out, "| {} |", cells.join(" | ")).unwrap();
}

fn header(names: &[&str]) -> String {
    let mut out = String::new();
    row(
        &mut out,
        &names.iter().map(ToString::to_string).collect::<Vec<_>>(),
    );
    row(&mut out, &vec!["---".to_owned(); names.len()]);
    out
}

fn columns() -> String {
    let mut out = header(&[
        "layout",
        "k",
        "lanes",
        "advice columns, in order",
        "limbs",
        "rows in use",
    ]);
    for (name, layout) in layouts() {
        let columns = names(&layout);
        let cells = [
            format!("`{name}`"),
            layout.k.to_string(),
            layout.lanes.to_string(),
            columns.join(" "),
            format!("{} of {} bits", layout.limbs, layout.limb_bits),
            layout.rows_used.to_string(),
        ];
        row(&mut out, &cells);
    }
    out
}

fn gates_of(rule: RowRule) -> String {
    let (_, layout) = layouts().remove(0);
    let on = |switch: &Switch| matches!(switch, Switch::Rules(rules) if rules.contains(&rule));
    let mut gates: Vec<String> = rules::gates(&layout)
        .filter(|gate| gate.equations.iter().any(|equation| on(&equation.on)))
        .map(|gate| format!("`{}`", gate.name))
        .collect();
    if matches!(rule, RowRule::WidthRange | RowRule::WidthExport) {
        gates.push("`limbs` (narrow)".into());
        gates.push("`a weight and a width` (wide)".into());
    }
    let packed = [
        (RowRule::Stressed, "a block of lines begins"),
        (
            RowRule::Counted,
            "what counts, the first line and the share",
        ),
        (RowRule::Line, "a line"),
        (RowRule::LastLine, "a line"),
        (RowRule::LastLine, "the last line"),
    ];
    let packed = packed.iter().filter(|(of, _)| *of == rule);
    gates.extend(packed.map(|(_, gate)| format!("`{gate}` (packed)")));
    if rule == RowRule::Complement {
        gates.push("`complement` (narrow)".into());
        gates.push("`shares` (wide)".into());
    }
    gates.join(", ")
}

fn rules_table() -> String {
    let mut out = header(&[
        "rule",
        "family",
        "p, q, r",
        "clauses",
        "what it says",
        "gates",
    ]);
    let mut rules = RowRule::ALL.to_vec();
    rules.sort_by_key(|rule| rule.family());
    for rule in rules {
        let cells = [
            format!("`{rule:?}`"),
            format!("{:?}", rule.family()).to_lowercase(),
            rule.point().map(|x| x.to_string()).join(", "),
            rule.clauses().join(", "),
            rule.words().to_owned(),
            gates_of(rule),
        ];
        row(&mut out, &cells);
    }
    out
}

fn place(cell: &NamedCell) -> String {
    let column = match cell.track {
        Track::A => "a",
        Track::B => "b",
        Track::C => "c",
        Track::Operand => "operand",
        Track::Exported => "word",
        Track::Chain => "chain",
        Track::G => "g",
        Track::Weight => "w",
        Track::Hash => "h",
        Track::Sum => "s",
        Track::Limbs => "l",
        Track::Instance => "public",
        Track::Kc => "k_c",
        Track::Ka => "k_a",
    };
    let column = column.to_owned();
    match cell.at {
        At::Row(0) => column,
        At::Row(rows) => format!("{column}[{rows:+}]"),
        At::BlockBefore => format!("{column}[block before]"),
        At::LineBefore => format!("{column}[line before]"),
        At::Counted => format!("{column}[c_a]"),
    }
}

fn gates() -> String {
    let mut out = header(&["gate", "equation", "on at", "reads"]);
    let (_, layout) = layouts().remove(0);
    for gate in rules::gates(&layout) {
        for equation in gate.equations {
            let on = match equation.on {
                Switch::Rules(rules) => rules.iter().map(|r| format!("`{r:?}`")).collect(),
                Switch::Form(form) => vec![format!("form `{form:?}`")],
            };
            let reads: Vec<String> = equation
                .cells
                .iter()
                .map(|cell| format!("`{}` {}", place(cell), cell.name))
                .collect();
            let cells = [
                format!("`{}`", gate.name),
                format!("`{}`", equation.name),
                on.join(", "),
                reads.join("; "),
            ];
            row(&mut out, &cells);
        }
    }
    out
}

/// How many polynomials have one name, and what they query.
type Polynomials = (usize, BTreeSet<Query>);

/// Gates that the table of rules does not have, by layout: how many polynomials of each name,
/// and how many cells they query.
fn other_gates() -> String {
    let mut out = header(&[
        "gate",
        "equation",
        "small, narrow",
        "medium, wide",
        "large, wide",
    ]);
    let shown = ["small", "medium", "large"];
    let shipped: Vec<Layout> = layouts()
        .into_iter()
        .filter(|(name, _)| shown.contains(name))
        .map(|(_, layout)| layout)
        .collect();
    let mut order: Vec<(String, String)> = Vec::new();
    let mut found: BTreeMap<(String, String), BTreeMap<usize, Polynomials>> = BTreeMap::new();
    for (at, layout) in shipped.iter().enumerate() {
        let system = system(layout);
        let known: BTreeSet<(&str, &str)> = rules::gates(layout)
            .flat_map(|gate| gate.equations.iter().map(|e| (gate.name, e.name)))
            .collect();
        for gate in system.gates() {
            for (i, poly) in gate.polynomials().iter().enumerate() {
                if known.contains(&(gate.name(), gate.constraint_name(i))) {
                    continue;
                }
                let name = (gate.name().to_owned(), gate.constraint_name(i).to_owned());
                if !order.contains(&name) {
                    order.push(name.clone());
                }
                let (count, cells) = found.entry(name).or_default().entry(at).or_default();
                *count += 1;
                cells.extend(queries(layout, poly));
            }
        }
    }
    for name in order {
        let mut cells = vec![format!("`{}`", name.0), format!("`{}`", name.1)];
        cells.extend((0..shipped.len()).map(|at| match found[&name].get(&at) {
            Some((1, read)) => format!("1 polynomial, {} queries", read.len()),
            Some((count, read)) => format!("{count} polynomials, {} queries", read.len()),
            None => "none".to_owned(),
        }));
        row(&mut out, &cells);
    }
    out
}

/// Rows, advice cells and copies of each section, by layout.
fn section_sizes() -> String {
    let layouts = layouts();
    let mut names = vec!["section"];
    names.extend(layouts.iter().map(|(name, _)| *name));
    let mut out = header(&names);
    let mut sizes: BTreeMap<&str, BTreeMap<usize, String>> = BTreeMap::new();
    for (at, (_, layout)) in layouts.iter().enumerate() {
        let trace = blank(layout);
        let journal = trace.journal();
        let mut copies: BTreeMap<&str, usize> = BTreeMap::new();
        for number in 0..trace.copies().len() {
            *copies.entry(journal.copy(number)).or_default() += 1;
        }
        for (section, rows) in sections(&trace) {
            let cells = journal
                .cells()
                .iter()
                .filter(|(_, s)| *s == section)
                .count();
            let copies = copies.get(section).copied().unwrap_or(0);
            let size = format!("{} / {cells} / {copies}", rows.len());
            sizes.entry(section).or_default().insert(at, size);
        }
    }
    for (section, by_layout) in sizes {
        let mut cells = vec![section.to_owned()];
        cells.extend((0..layouts.len()).map(|at| by_layout.get(&at).cloned().unwrap_or_default()));
        row(&mut out, &cells);
    }
    out
}

/// Where each section is, by layout.
fn section_rows() -> String {
    let layouts = layouts();
    let mut names = vec!["section"];
    names.extend(layouts.iter().map(|(name, _)| *name));
    let mut out = header(&names);
    let mut rows: BTreeMap<&str, BTreeMap<usize, String>> = BTreeMap::new();
    for (at, (_, layout)) in layouts.iter().enumerate() {
        for (section, found) in sections(&blank(layout)) {
            rows.entry(section).or_default().insert(at, rows_of(&found));
        }
    }
    for (section, by_layout) in rows {
        let mut cells = vec![section.to_owned()];
        cells.extend((0..layouts.len()).map(|at| by_layout.get(&at).cloned().unwrap_or_default()));
        row(&mut out, &cells);
    }
    out
}
