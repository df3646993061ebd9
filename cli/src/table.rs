//! Tables as every verb shows them.

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};

/// A rule above, below the header and at the end: none between rows, whose numbers are read down.
const RULED: TableStyle = TableStyle::new()
    .top_border(LineStyle::none().fill('─').junction('─'))
    .header_separator(LineStyle::none().fill('═').junction('═'))
    .bottom_border(LineStyle::none().fill('─').junction('─'));

/// Fewer columns than any table can do with.
const NARROWEST: u16 = 20;

/// A table with a header; the columns with a number in `right` are aligned to the right.
pub(crate) fn table<const N: usize>(header: [&str; N], right: std::ops::Range<usize>) -> Table {
    let mut table = Table::new();
    table.load_style(RULED).set_header(header);
    // As wide as COLUMNS says, for whoever writes it to a file or has a narrow screen.
    let columns = std::env::var("COLUMNS").ok();
    if let Some(width) = columns
        .and_then(|text| text.parse().ok())
        .filter(|w| *w >= NARROWEST)
    {
        table
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(width);
    }
    for column in right {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}
