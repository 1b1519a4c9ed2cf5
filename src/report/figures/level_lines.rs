//! Drawing and naming the level lines of a landscape.

use super::axis::{Frame, decimal};
use super::canvas::{Anchor, Canvas};
use super::clip::{P, Rect, clip_line, inside, overlap};
use super::contour::{Grid, Level};
use super::landscape::{LandscapeData, PointKind};
use super::legend::{Legend, Sample};
use super::style::{Colour, GREY, INK, SMALL, Stroke, WHITE, text_width};

/// Draws the level lines, low ones dark; returns them cut to the frame.
pub(super) fn draw_levels(
    canvas: &mut Canvas,
    frame: &Frame,
    data: &LandscapeData<'_>,
    grid: &Grid,
    levels: &[Level],
    legend: &mut Legend,
) -> Vec<Vec<Vec<P>>> {
    let cut = |level: f64| -> Vec<Vec<P>> {
        grid.lines(data.objective, level)
            .into_iter()
            .flat_map(|line| {
                clip_line(
                    line.into_iter().map(|(x, y)| frame.pixel(x, y)),
                    frame.rect(),
                )
            })
            .collect()
    };
    let last = levels.len().saturating_sub(1).max(1) as f64;
    let mut lines: Vec<Vec<Vec<P>>> = levels.iter().map(|level| cut(level.value)).collect();
    // A ring so short is hidden by the mark of the minimum.
    for lines in &mut lines {
        lines.retain(|line| line.first() != line.last() || length(line) > 50.0);
    }
    for (i, lines) in lines.iter().enumerate() {
        let stroke = Stroke::solid(shade(i as f64 / last), 1.0);
        lines.iter().for_each(|line| canvas.path(line, stroke));
        if i == 0 {
            let middle = Stroke::solid(shade(0.3), 1.0);
            legend.entry(Sample::Line(middle), "level lines of L̃ (one row)");
        }
    }
    // The level of the saddle separates the valleys.
    let saddle = data
        .points
        .iter()
        .find(|p| p.kind == PointKind::Saddle && p.proved);
    let level = saddle.map(|p| (data.objective)(p.at[0], p.at[1]));
    if let Some(level) = level.filter(|v| v.is_finite()) {
        let stroke = Stroke::solid(INK, 1.25);
        cut(level).iter().for_each(|line| canvas.path(line, stroke));
        legend.entry(Sample::Line(stroke), "level of the saddle");
    }
    lines
}

/// From dark slate to light slate.
fn shade(t: f64) -> Colour {
    let mix = |a: f64, b: f64| (a + t * (b - a)) as u8;
    (mix(52.0, 190.0), mix(84.0, 201.0), mix(120.0, 214.0))
}

/// Writes each level on its longest line, where nothing is in the way.
pub(super) fn label_levels(
    canvas: &mut Canvas,
    frame: &Frame,
    levels: &[Level],
    lines: &[Vec<Vec<P>>],
    taken: &mut Vec<Rect>,
) {
    for (level, lines) in levels.iter().zip(lines) {
        let text = decimal(level.value, level.decimals);
        let (w, h) = (text_width(&text, SMALL) / 2.0 + 1.0, 7.5);
        let Some(line) = lines.iter().max_by_key(|line| line.len()) else {
            continue;
        };
        // A name longer than the line it stands on would hide it.
        if length(line) < 5.0 * w {
            continue;
        }
        let candidates = (0..60).map(|i| line[(i * 37 % 60) * line.len() / 60]);
        let free = candidates
            .map(|p| (p, [p.0 - w, p.1 - h, p.0 + w, p.1 + h]))
            .find(|(_, r)| {
                let within = inside((r[0] - 3.0, r[1] - 3.0), frame.rect())
                    && inside((r[2] + 3.0, r[3] + 3.0), frame.rect());
                let apart = [r[0] - 6.0, r[1] - 4.0, r[2] + 6.0, r[3] + 4.0];
                within && !taken.iter().any(|t| overlap(*t, apart))
            });
        if let Some((at, rect)) = free {
            canvas.fill(rect, WHITE, 0.9);
            canvas.coloured_text(&text, at, SMALL, Anchor::Middle, GREY);
            taken.push(rect);
        }
    }
}

fn length(line: &[P]) -> f64 {
    line.windows(2)
        .map(|w| (w[1].0 - w[0].0).hypot(w[1].1 - w[0].1))
        .sum()
}
