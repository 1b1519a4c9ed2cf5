//! The lower part of the contrast: how much of each feature the rows keep.

use super::axis::{Axis, Frame, Spread, Tick};
use super::canvas::{Anchor, Canvas};
use super::contrast::LearnedRows;
use super::legend::Legend;
use super::style::{SMALL, light};
use crate::interval::Interval;
use crate::report::numbers::enclosure;

/// Left and right end of each panel; the values stand right of it.
const PANELS: [[f64; 2]; 2] = [[150.0, 298.0], [438.0, 586.0]];
const ROW: f64 = 27.0;

/// Draws one panel for `‖P e_1‖` and one for `‖P e_2‖`; returns where they end.
pub(super) fn draw_bars(
    canvas: &mut Canvas,
    minima: &[&LearnedRows],
    top: f64,
    legend: &mut Legend,
) -> f64 {
    let height = ROW * minima.len() as f64;
    for (j, [left, right]) in PANELS.into_iter().enumerate() {
        let frame = Frame {
            x: Axis {
                spread: Spread::Linear,
                lo: 0.0,
                hi: 1.0,
                from: left,
                to: right,
            },
            y: Axis {
                spread: Spread::Linear,
                lo: minima.len() as f64,
                hi: 0.0,
                from: top + height,
                to: top,
            },
        };
        let x = frame.x.linear_ticks(4.0);
        let y: Vec<Tick> = (minima.iter().enumerate())
            .map(|(i, minimum)| Tick {
                value: i as f64 + 0.5,
                // Once is enough.
                label: (j == 0).then(|| minimum.minimum.name().to_owned()),
            })
            .collect();
        frame.draw_grid(canvas, &x, &[]);
        frame.draw(canvas, (&x, ["‖P e₁‖", "‖P e₂‖"][j]), (&y, ""));
        for (i, minimum) in minima.iter().enumerate() {
            let middle = top + ROW * (i as f64 + 0.5);
            draw_bar(canvas, &frame, middle, minimum, j, legend);
        }
    }
    top + height + 62.0
}

fn draw_bar(
    canvas: &mut Canvas,
    frame: &Frame,
    y: f64,
    minimum: &LearnedRows,
    feature: usize,
    legend: &mut Legend,
) {
    let value = minimum.projections[feature];
    let [left, _, right, _] = frame.rect();
    if value.is_empty() || !value.is_bounded() || value.inf() > 1.0 || value.sup() < 0.0 {
        legend.note(format!(
            "{}: ‖P e{}‖ is not a length between 0 and 1 and is not drawn.",
            minimum.minimum.name(),
            ["₁", "₂"][feature]
        ));
        return;
    }
    let pixel = |x: f64| left + x.clamp(0.0, 1.0) * (right - left);
    let colour = minimum.minimum.colour();
    let (lower, upper) = (pixel(value.inf()), pixel(value.sup()));
    for (from, to, colour) in [(left, lower, colour), (lower, upper, light(colour))] {
        if to - from >= 0.5 {
            canvas.fill([from, y - 5.0, to, y + 5.0], colour, 1.0);
        }
    }
    canvas.mark((pixel(value.mid()), y), minimum.minimum.mark(6.0, true));
    canvas.text(&written(value), (right + 12.0, y), SMALL, Anchor::Start);
}

/// What is proved about the value.
fn written(value: Interval) -> String {
    let sign = if value.is_point() { "=" } else { "∈" };
    format!("{sign} {}", enclosure(value, 5))
}
