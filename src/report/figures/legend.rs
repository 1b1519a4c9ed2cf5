//! A legend in rows below the plot, and the notes below that.

use super::canvas::{Anchor, Canvas};
use super::style::{Colour, GREY, Mark, SMALL, Stroke, TINT, WIDTH, text_width};

/// What stands before the text of an entry.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sample {
    Line(Stroke),
    Mark(Mark),
    MarkedLine(Stroke, Mark),
    /// A rectangle: outline and tint.
    Region(Stroke, Colour),
}

/// Entries that flow into rows.
#[derive(Debug, Default)]
pub(super) struct Legend {
    entries: Vec<(Sample, String)>,
    notes: Vec<String>,
}

const ROW: f64 = 20.0;
const NOTE: f64 = 17.0;
const GAP: f64 = 22.0;
const LEFT: f64 = 24.0;

impl Legend {
    /// Adds an entry unless the same text is there already.
    pub fn entry(&mut self, sample: Sample, text: impl Into<String>) {
        let text = text.into();
        if !self.entries.iter().any(|(_, other)| *other == text) {
            self.entries.push((sample, text));
        }
    }

    pub fn note(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !self.notes.contains(&text) {
            self.notes.push(text);
        }
    }

    /// Is there an entry or a note that begins like this?
    pub fn has(&self, text: &str) -> bool {
        self.entries.iter().any(|(_, other)| other == text)
            || self.notes.iter().any(|other| other.starts_with(text))
    }

    /// Draws everything below `top`; returns where it ends.
    pub fn draw(&self, canvas: &mut Canvas, top: f64) -> f64 {
        let mut y = top;
        let mut x = LEFT;
        for (sample, text) in &self.entries {
            let sample_width = match sample {
                Sample::Line(_) | Sample::MarkedLine(..) => 30.0,
                Sample::Mark(_) => 12.0,
                Sample::Region(..) => 18.0,
            };
            let width = sample_width + 6.0 + text_width(text, SMALL);
            if x > LEFT && x + width > WIDTH - LEFT / 2.0 {
                (x, y) = (LEFT, y + ROW);
            }
            match *sample {
                Sample::Line(stroke) => canvas.line((x, y), (x + sample_width, y), stroke),
                Sample::Mark(mark) => canvas.mark((x + sample_width / 2.0, y), mark),
                Sample::MarkedLine(stroke, mark) => {
                    canvas.line((x, y), (x + sample_width, y), stroke);
                    canvas.mark((x + sample_width / 2.0, y), mark);
                }
                Sample::Region(stroke, tint) => {
                    let rect = [x, y - 5.0, x + sample_width, y + 5.0];
                    canvas.fill(rect, tint, 1.0);
                    canvas.rectangle(rect, stroke);
                }
            }
            canvas.text(text, (x + sample_width + 6.0, y), SMALL, Anchor::Start);
            x += width + GAP;
        }
        if !self.entries.is_empty() {
            y += ROW;
        }
        for line in self.notes.iter().flat_map(|note| wrap(note)) {
            canvas.coloured_text(&line, (LEFT, y), SMALL, Anchor::Start, GREY);
            y += NOTE;
        }
        y
    }
}

/// Breaks a note at spaces into lines that fit.
fn wrap(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let longer = match lines.last() {
            Some(line) if !line.is_empty() => format!("{line} {word}"),
            _ => word.to_owned(),
        };
        if text_width(&longer, SMALL) > WIDTH - 2.0 * LEFT {
            lines.push(word.to_owned());
        } else if let Some(line) = lines.last_mut() {
            *line = longer;
        }
    }
    lines
}

/// A box that says that there is nothing to draw, in the middle of a frame.
pub(super) fn nothing_to_draw(canvas: &mut Canvas, [x0, y0, x1, y1]: [f64; 4]) {
    canvas.fill([x0, y0, x1, y1], TINT, 1.0);
    let middle = ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
    canvas.coloured_text("no data to draw", middle, SMALL, Anchor::Middle, GREY);
}
