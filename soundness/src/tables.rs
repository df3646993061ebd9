//! Tables for docs/security/soundness.md. Tests run side by side and share an output: a table
//! is printed at once, when it is complete, so that no other test's lines are in it.

use std::fmt::Write;

/// A table in the making.
#[derive(Debug)]
pub struct Table(String);

impl Table {
    /// With a title and columns parted by ` | `.
    pub fn new(title: &str, columns: &str) -> Self {
        let rule = "|---".repeat(columns.split(" | ").count());
        Self(format!("\n### {title}\n\n| {columns} |\n{rule}|\n"))
    }

    /// A row, its cells parted by ` | `.
    pub fn row(&mut self, cells: String) {
        // Writing to a string does not fail.
        let _ = writeln!(self.0, "| {cells} |");
    }

    /// To stdout, at once.
    #[allow(clippy::print_stdout)]
    pub fn print(self) {
        println!("{}", self.0);
    }
}
