//! Tables, once for the terminal and for Markdown.

/// A head and rows of the same length.
pub(super) struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new<S: Into<String>>(head: impl IntoIterator<Item = S>) -> Self {
        Self {
            head: head.into_iter().map(Into::into).collect(),
            rows: Vec::new(),
        }
    }

    pub(super) fn row<S: Into<String>>(&mut self, cells: impl IntoIterator<Item = S>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Columns aligned by spaces, each line indented.
    pub(super) fn text(&self, indent: usize) -> String {
        let mut widths: Vec<usize> = self.head.iter().map(|cell| columns(cell)).collect();
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(columns(cell));
            }
        }
        let mut out = String::new();
        for row in std::iter::once(&self.head).chain(&self.rows) {
            let mut line = " ".repeat(indent);
            for (cell, &width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.push_str(&" ".repeat(width + 2 - columns(cell)));
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// A GitHub table, with an empty line after it.
    pub(super) fn markdown(&self) -> String {
        let mut out = markdown_row(&self.head);
        out.push_str(&"|---".repeat(self.head.len()));
        out.push_str("|\n");
        for row in &self.rows {
            out.push_str(&markdown_row(row));
        }
        out.push('\n');
        out
    }
}

fn markdown_row(cells: &[String]) -> String {
    let mut out = String::new();
    for cell in cells {
        out.push_str("| ");
        // A bar would end the cell, as in |A^-1|; the norm's own sign is ‖.
        out.push_str(&cell.replace('|', "\\|"));
        out.push(' ');
    }
    out + "|\n"
}

/// How many columns a terminal needs: a combining tilde takes none.
pub(super) fn columns(text: &str) -> usize {
    text.chars()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .count()
}
