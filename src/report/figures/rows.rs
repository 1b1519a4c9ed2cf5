//! The upper part of the contrast: rows as lines from the origin.

use super::axis::{Axis, Frame, Spread};
use super::canvas::{Anchor, Canvas};
use super::clip::{P, Rect, clip_segment, inside, overlap};
use super::contrast::LearnedRows;
use super::learned::Learned;
use super::legend::{Legend, Sample, nothing_to_draw};
use super::style::{GREY, Mark, Stroke, TEXT, WIDTH, light, text_width};
use super::window::{Window, enlarge};
use crate::interval::Interval;
use crate::report::numbers::upper;

/// Where the plane is drawn.
pub(super) const PLANE: Rect = [64.0, 14.0, WIDTH - 18.0, 258.0];

/// Both rows of a minimum in pixels.
struct Drawn<'a> {
    of: &'a LearnedRows,
    ends: [P; 2],
}

/// Draws the rows; simplified ones lighter and smaller, on top.
pub(super) fn draw_rows(canvas: &mut Canvas, minima: &[LearnedRows], legend: &mut Legend) {
    let frame = frame(minima);
    let rect = frame.rect();
    let ticks = (frame.x.linear_ticks(10.0), frame.y.linear_ticks(5.0));
    frame.draw_grid(canvas, &ticks.0, &ticks.1);
    let origin = frame.pixel_inside(0.0, 0.0).unwrap_or((rect[0], rect[3]));
    let axis = Stroke::solid(GREY, 1.0);
    canvas.line((rect[0], origin.1), (rect[2], origin.1), axis);
    canvas.line((origin.0, rect[1]), (origin.0, rect[3]), axis);

    let mut drawn: Vec<Drawn<'_>> = Vec::new();
    for of in minima {
        let end = |i: usize| drawable(of.rows[i]).and_then(|[x, y]| frame.pixel_inside(x, y));
        match (end(0), end(1)) {
            (Some(a), Some(b)) => drawn.push(Drawn { of, ends: [a, b] }),
            _ => legend.note(format!(
                "{}: the rows are not finite, or too long, and are not drawn.",
                of.name()
            )),
        }
    }
    // Later ones lie on top.
    drawn.sort_by_key(|d| !d.of.exact);
    let exact_first = drawn;
    for one in &exact_first {
        for end in one.ends {
            canvas.line(origin, end, stroke(one.of));
        }
    }
    for one in &exact_first {
        for end in one.ends {
            canvas.mark(end, mark(one.of));
        }
    }
    if exact_first.is_empty() {
        nothing_to_draw(canvas, rect);
    }
    name_rows(canvas, rect, origin, &exact_first);
    for kind in Learned::ALL {
        for one in exact_first.iter().filter(|d| d.of.minimum == kind) {
            legend.entry(
                Sample::MarkedLine(stroke(one.of), mark(one.of)),
                one.of.name(),
            );
        }
        note_distance(legend, kind, &exact_first);
    }
    frame.draw(
        canvas,
        (&ticks.0, "w⁽¹⁾, along e₁ (the label)"),
        (&ticks.1, "w⁽²⁾, along e₂ (hidden)"),
    );
}

fn stroke(of: &LearnedRows) -> Stroke {
    let colour = of.minimum.colour();
    if of.exact {
        Stroke::solid(colour, 3.0)
    } else {
        Stroke::solid(light(colour), 1.25)
    }
}

fn mark(of: &LearnedRows) -> Mark {
    let full = of.minimum.mark(7.0, true);
    if of.exact {
        full
    } else {
        let colour = light(full.colour);
        Mark {
            radius: 3.5,
            colour,
            ..full
        }
    }
}

/// The middle of the enclosures; none if they say too little for a drawing.
fn drawable(row: [Interval; 2]) -> Option<[f64; 2]> {
    let fine = |x: &Interval| x.is_bounded() && !x.is_empty() && x.mag() < 1e6;
    row.iter().all(fine).then(|| row.map(Interval::mid))
}

/// Both axes on one scale, the origin in view.
fn frame(minima: &[LearnedRows]) -> Frame {
    let points = minima.iter().flat_map(|m| m.rows).filter_map(drawable);
    let (mut wide, mut low, mut high) = (0.0_f64, 0.0_f64, 0.0_f64);
    for [x, y] in points {
        wide = wide.max(x.abs());
        (low, high) = (low.min(y), high.max(y));
    }
    let size = wide.max(high - low);
    let size = if size > 1e-6 { size } else { 1.0 };
    let window = Window {
        x: [-wide - 0.2 * size, wide + 0.2 * size],
        y: [low - 0.14 * size, high + 0.14 * size],
    };
    let window = enlarge(window, PLANE);
    let axis = |[lo, hi]: [f64; 2], from, to| Axis {
        spread: Spread::Linear,
        lo,
        hi,
        from,
        to,
    };
    Frame {
        x: axis(window.x, PLANE[0], PLANE[2]),
        y: axis(window.y, PLANE[3], PLANE[1]),
    }
}

/// Writes the names beside the marks, where they cover nothing; else the legend has to do.
fn name_rows(canvas: &mut Canvas, rect: Rect, origin: P, drawn: &[Drawn<'_>]) {
    let ends = || drawn.iter().flat_map(|d| d.ends);
    let mut taken: Vec<Rect> = ends()
        .map(|(x, y)| [x - 9.0, y - 9.0, x + 9.0, y + 9.0])
        .collect();
    let named = |one: &&Drawn<'_>| {
        let twin = |d: &Drawn<'_>| d.of.exact && d.of.minimum == one.of.minimum;
        one.of.exact || !drawn.iter().any(twin)
    };
    for one in drawn.iter().filter(named) {
        let name = one.of.minimum.name();
        let labels = if one.ends[0] == one.ends[1] {
            vec![(one.ends[0], format!("{name}: w₁ = w₂"))]
        } else {
            let label = |i: usize| (one.ends[i], format!("{name}: {}", ["w₁", "w₂"][i]));
            vec![label(0), label(1)]
        };
        for ((x, y), text) in labels {
            let half = text_width(&text, TEXT) / 2.0 + 2.0;
            let side = half + 14.0;
            let places = [
                (x, y - 19.0),
                (x, y + 19.0),
                (x + side, y),
                (x - side, y),
                (x - half, y + 20.0),
                (x + half, y + 20.0),
            ];
            let free = |&(x, y): &P| {
                let place = [x - half, y - 9.0, x + half, y + 9.0];
                inside((place[0], place[1]), rect)
                    && inside((place[2], place[3]), rect)
                    && !taken.iter().any(|other| overlap(*other, place))
                    && !ends().any(|end| clip_segment(origin, end, place).is_some())
            };
            if let Some(at) = places.into_iter().find(free) {
                taken.push([at.0 - half, at.1 - 9.0, at.0 + half, at.1 + 9.0]);
                canvas.text(&text, at, TEXT, Anchor::Middle);
            }
        }
    }
}

/// Says how far apart what looks like one point is.
fn note_distance(legend: &mut Legend, kind: Learned, drawn: &[Drawn<'_>]) {
    let find = |exact| (drawn.iter()).find(|d| d.of.minimum == kind && d.of.exact == exact);
    let (Some(simplified), Some(exact)) = (find(false), find(true)) else {
        return;
    };
    let apart = (0..2).all(|i| {
        let (a, b) = (simplified.ends[i], exact.ends[i]);
        (a.0 - b.0).hypot(a.1 - b.1) >= 1.0
    });
    if apart {
        return;
    }
    let distance = (simplified.of.rows.iter().zip(&exact.of.rows))
        .map(|(a, b)| ((a[0] - b[0]).sqr() + (a[1] - b[1]).sqr()).sqrt().sup())
        .fold(0.0, f64::max);
    legend.note(format!(
        "{}: each simplified row is within {} of the exact one, which is less than a pixel.",
        kind.name(),
        upper(distance, 3)
    ));
}
