//! Tables for docs/security/soundness.md. Tests run side by side and share an output: a table
//! is printed at once, when it is complete, so that no other test's lines stand in it.

use std::fmt::Write;

pub struct Table(String);

impl Table {
    pub fn new(title: &str, columns: &str) -> Self {
        let rule = "|---".repeat(columns.split(" | ").count());
        Self(format!("\n### {title}\n\n| {columns} |\n{rule}|\n"))
    }

    /// A row, its cells parted by ` | `.
    pub fn row(&mut self, cells: String) {
        writeln!(self.0, "| {cells} |").unwrap();
    }

    pub fn print(self) {
        println!("{}", self.0);
    }
}
