//! Tables: what each operator tried, and what survived.

use std::collections::BTreeMap;
use std::fmt::Write;

/// Counts of one gadget under one operator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Cells that were tried.
    pub cells: usize,
    /// Changes that were tried.
    pub tried: usize,
    /// Cells that no enabled gate reads, or that only the range check reads: found by
    /// rule, not listed.
    pub structural: usize,
    /// Cells of which a change went unnoticed.
    pub survivors: usize,
}

/// What an operator found.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// By gadget.
    pub counts: BTreeMap<&'static str, Counts>,
    /// Each survivor in words.
    pub survivors: Vec<String>,
}

impl Findings {
    /// The counts of a gadget.
    pub fn of(&mut self, section: &'static str) -> &mut Counts {
        self.counts.entry(section).or_default()
    }

    /// Records a cell that survived.
    pub fn survivor(&mut self, section: &'static str, words: String) {
        self.of(section).survivors += 1;
        self.survivors.push(words);
    }

    /// All gadgets together.
    pub fn total(&self) -> Counts {
        self.counts
            .values()
            .fold(Counts::default(), |sum, c| Counts {
                cells: sum.cells + c.cells,
                tried: sum.tried + c.tried,
                structural: sum.structural + c.structural,
                survivors: sum.survivors + c.survivors,
            })
    }

    /// A Markdown table, with the survivors below it, equal ones once.
    pub fn table(&self, title: &str) -> String {
        let mut out = format!(
            "\n### {title}\n\n| gadget | cells | tried | by rule | survivors |\n|---|---|---|---|---|\n"
        );
        let total = self.total();
        let rows = self.counts.iter().map(|(n, c)| (*n, c));
        for (name, c) in rows.chain(std::iter::once(("all", &total))) {
            let _ = writeln!(
                out,
                "| {name} | {} | {} | {} | {} |",
                c.cells, c.tried, c.structural, c.survivors
            );
        }
        let mut same: BTreeMap<&String, usize> = BTreeMap::new();
        for s in &self.survivors {
            *same.entry(s).or_default() += 1;
        }
        for (words, count) in same {
            let _ = writeln!(out, "- {count} x {words}");
        }
        out
    }
}
