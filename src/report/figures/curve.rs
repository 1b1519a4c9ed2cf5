//! Curves of conditions on logarithmic axes: ranges, holding and failing parts, notes.

use super::canvas::Canvas;
use super::clip::{P, Rect, clip_line, inside};
use super::key::ConditionKey;
use super::legend::Legend;

/// Marks nearer than this to the last one (CSS pixels) are left out.
const MARK_DISTANCE: f64 = 11.0;

/// A vertex of a curve; no pixel means that its value cannot be drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Vertex {
    pub at: Option<P>,
    pub holds: bool,
}

/// Draws a curve: solid between two neighbours that both hold, dashed otherwise.
pub(super) fn draw_curve(canvas: &mut Canvas, rect: Rect, key: &ConditionKey, curve: &[Vertex]) {
    let segments: Vec<bool> = curve.windows(2).map(|w| w[0].holds && w[1].holds).collect();
    let mut start = 0;
    while start < segments.len() {
        let holds = segments[start];
        let run = segments[start..]
            .iter()
            .take_while(|s| **s == holds)
            .count();
        let stroke = if holds { key.holding() } else { key.failing() };
        let line = curve[start..=start + run].iter().map(|v| v.at);
        for piece in clip_line(line, rect) {
            canvas.path(&piece, stroke);
        }
        start += run;
    }
}

/// Marks on a curve, thinned where they would touch; both sides of a change are kept.
pub(super) fn draw_marks(canvas: &mut Canvas, rect: Rect, key: &ConditionKey, curve: &[Vertex]) {
    let mut last: Option<P> = None;
    for (i, vertex) in curve.iter().enumerate() {
        let Some(at) = vertex.at.filter(|&p| inside(p, rect)) else {
            continue;
        };
        let changes = |j: Option<usize>| {
            j.and_then(|j| curve.get(j))
                .is_some_and(|other| other.holds != vertex.holds)
        };
        let near = last.is_some_and(|p| (p.0 - at.0).hypot(p.1 - at.1) < MARK_DISTANCE);
        if !near || changes(i.checked_sub(1)) || changes(Some(i + 1)) {
            canvas.mark(at, key.mark(vertex.holds));
            last = Some(at);
        }
    }
}

/// The smallest range that has all these values and `padding` (a factor) on both sides,
/// but none outside `limits`. Values that are not positive and finite do not count.
pub(super) fn log_range(
    values: impl Iterator<Item = f64>,
    padding: f64,
    limits: [f64; 2],
) -> Option<(f64, f64)> {
    let (lo, hi) = values
        .filter(|v| drawable(*v))
        .map(|v| v.clamp(limits[0], limits[1]))
        .fold((f64::INFINITY, 0.0_f64), |(lo, hi), v| {
            (lo.min(v), hi.max(v))
        });
    (lo <= hi).then(|| (lo / padding, hi * padding))
}

/// Has the number a place on a logarithmic axis? Subnormal and huge ones have none: a
/// padded range around them would not be finite.
pub(super) fn drawable(value: f64) -> bool {
    value > 1e-300 && value < 1e300
}

/// Notes how many values of a curve are not shown, and why.
pub(super) fn note_missing(legend: &mut Legend, what: &str, undrawable: usize, outside: usize) {
    let are = |n: usize| if n == 1 { "value is" } else { "values are" };
    if undrawable > 0 {
        legend.note(format!(
            "{what}: {undrawable} {} not positive and finite and not drawn.",
            are(undrawable)
        ));
    }
    if outside > 0 {
        legend.note(format!(
            "{what}: {outside} {} outside the axes.",
            are(outside)
        ));
    }
}
