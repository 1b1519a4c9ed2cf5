//! The numbers of a figure as CSV (RFC 4180 quoting, `\n` as line end).

/// A table that grows row by row.
#[derive(Debug)]
pub(super) struct Table {
    text: String,
}

/// One field.
#[derive(Clone, Copy, Debug)]
pub(super) enum Field<'a> {
    Text(&'a str),
    /// Shortest decimals that read back as the same double; `NaN`, `inf` and `-inf` as such.
    Number(f64),
    /// Not applicable.
    Empty,
}

impl Table {
    pub fn new(header: &[&str]) -> Self {
        let mut text = header.join(",");
        text.push('\n');
        Self { text }
    }

    pub fn row(&mut self, fields: &[Field<'_>]) {
        for (i, field) in fields.iter().enumerate() {
            if i > 0 {
                self.text.push(',');
            }
            match *field {
                Field::Text(t) if t.contains([',', '"', '\n', '\r']) => {
                    self.text.push('"');
                    self.text.push_str(&t.replace('"', "\"\""));
                    self.text.push('"');
                }
                Field::Text(t) => self.text.push_str(t),
                Field::Number(x) => self.text.push_str(&format!("{x:?}")),
                Field::Empty => {}
            }
        }
        self.text.push('\n');
    }

    pub fn finish(self) -> String {
        self.text
    }
}
