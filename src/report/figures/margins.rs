//! Figure: the margin of each condition against the dimension.

use super::axis::{Axis, Frame, Spread};
use super::canvas::{Anchor, Canvas};
use super::clip::{P, Rect, clip_line};
use super::curve::{Vertex, draw_curve, draw_marks, drawable, log_range, note_missing};
use super::key::ConditionKey;
use super::legend::{Legend, Sample, nothing_to_draw};
use super::style::{GREY, INK, Mark, SMALL, Shape, Stroke, TEXT, TINT, WIDTH, text_width};
use super::table::{Field, Table};
use super::{Figure, FigureError};

/// One evaluation of a condition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MarginPoint {
    /// Dimension.
    pub d: f64,
    /// Certified lower bound of limit / left side.
    pub margin: f64,
    /// Is the condition certified?
    pub holds: bool,
}

/// A condition over the dimensions, in ascending order of `d`.
#[derive(Clone, Debug, PartialEq)]
pub struct MarginCurve {
    /// Which condition.
    pub key: ConditionKey,
    /// Its evaluations.
    pub points: Vec<MarginPoint>,
}

/// The data of [`margins`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarginsData {
    /// The fixed parameters, for the caption, such as `τ = 7, α = 1/800, ρ = d^(−3/2)`.
    pub parameters: String,
    /// The conditions, in the order of the report.
    pub curves: Vec<MarginCurve>,
}

impl MarginPoint {
    /// A point is drawn as proved only if its margin says the same.
    fn certified(&self) -> bool {
        self.holds && self.margin >= 1.0
    }
}

/// Margins beyond these are off the axis: no reader needs 20 decades.
const LIMITS: [f64; 2] = [1e-8, 1e14];
const HEIGHT: f64 = 400.0;

/// Draws each condition's margin against `d` on logarithmic axes, with the line at 1.
///
/// # Errors
///
/// Only if the backend fails; margins that cannot be drawn are noted in the figure.
pub fn margins(data: &MarginsData) -> Result<Figure, FigureError> {
    let points = || data.curves.iter().flat_map(|c| &c.points);
    let title = "Margins of the conditions against the dimension".to_owned();
    let caption = caption(data);
    let mut canvas = Canvas::default();
    let mut legend = Legend::default();

    let labels = data.curves.iter().map(|c| text_width(&c.key.label(), TEXT));
    let right = WIDTH - labels.fold(60.0, f64::max) - 32.0;
    let d = log_range(points().map(|p| p.d), 1.1, [1.0, 1e9]);
    let margin = log_range(points().map(|p| p.margin), 1.0, LIMITS);
    let (x_lo, x_hi) = d.unwrap_or((2.0, 1000.0));
    // The line at 1 is always in view, with room on both sides.
    let (y_lo, y_hi) = margin.map_or((0.1, 10.0), |(lo, hi)| {
        (lo.min(0.3) / 1.6, hi.max(3.0) * 1.6)
    });
    let axis = |lo, hi, from, to| Axis {
        spread: Spread::Log,
        lo,
        hi,
        from,
        to,
    };
    let frame = Frame {
        x: axis(x_lo, x_hi, 76.0, right),
        y: axis(y_lo, y_hi, HEIGHT - 56.0, 16.0),
    };
    let rect = frame.rect();

    let one = frame.y.pixel(1.0).unwrap_or(rect[3]);
    canvas.fill([rect[0], one, rect[2], rect[3]], TINT, 1.0);
    let (x_ticks, y_ticks) = (frame.x.count_ticks(), frame.y.decade_ticks(12.0));
    frame.draw_grid(&mut canvas, &x_ticks, &y_ticks);
    canvas.line((rect[0], one), (rect[2], one), Stroke::solid(INK, 1.5));

    let curves: Vec<Vec<Vertex>> = data.curves.iter().map(|c| vertices(c, &frame)).collect();
    if d.is_none() || margin.is_none() {
        nothing_to_draw(&mut canvas, rect);
    }
    for (curve, vertices) in data.curves.iter().zip(&curves) {
        draw_curve(&mut canvas, rect, &curve.key, vertices);
    }
    for (curve, vertices) in data.curves.iter().zip(&curves) {
        draw_marks(&mut canvas, rect, &curve.key, vertices);
        let undrawable = vertices.iter().filter(|v| v.at.is_none()).count();
        let outside = vertices.iter().filter_map(|v| v.at);
        let outside = outside.filter(|&p| !super::clip::inside(p, rect)).count();
        note_missing(&mut legend, &curve.key.label(), undrawable, outside);
        if curve.points.iter().any(|p| p.holds && !p.certified()) {
            legend.note(format!(
                "{}: reported as holding with a margin that is not 1 or more; drawn as failing.",
                curve.key.label()
            ));
        }
    }
    if d.is_some() && margin.is_some() {
        label_line(&mut canvas, rect, one, &curves);
    }
    label_curves(&mut canvas, rect, data, &curves);
    frame.draw(
        &mut canvas,
        (&x_ticks, "dimension d"),
        (&y_ticks, "margin: certified limit / left side"),
    );

    for (filled, text) in [(true, "certified to hold"), (false, "fails: not certified")] {
        let mark = Mark {
            shape: Shape::Circle,
            colour: GREY,
            radius: 4.0,
            filled,
        };
        let stroke = if filled {
            Stroke::solid(GREY, 2.0)
        } else {
            Stroke::dashed(GREY, 1.5)
        };
        legend.entry(Sample::MarkedLine(stroke, mark), text);
    }
    let bottom = legend.draw(&mut canvas, HEIGHT + 6.0);
    Ok(Figure {
        stem: "margins".to_owned(),
        svg: canvas.finish(bottom.ceil(), &title, &caption)?,
        title,
        caption,
        csv: table(data),
    })
}

fn vertices(curve: &MarginCurve, frame: &Frame) -> Vec<Vertex> {
    let pixel = |p: &MarginPoint| {
        let drawable = drawable(p.d) && drawable(p.margin);
        drawable.then(|| frame.pixel(p.d, p.margin)).flatten()
    };
    let vertex = |p: &MarginPoint| Vertex {
        at: pixel(p),
        holds: p.certified(),
    };
    curve.points.iter().map(vertex).collect()
}

/// Labels the line at 1 where no curve is in the way.
fn label_line(
    canvas: &mut Canvas,
    [left, top, right, bottom]: Rect,
    one: f64,
    curves: &[Vec<Vertex>],
) {
    let text = "margin 1: holds above, fails below";
    let width = text_width(text, SMALL);
    let free = |at: P| {
        let label = [at.0 - 4.0, at.1 - 10.0, at.0 + width + 4.0, at.1 + 10.0];
        let crossed =
            |curve: &Vec<Vertex>| !clip_line(curve.iter().map(|v| v.at), label).is_empty();
        at.1 > top + 10.0 && at.1 < bottom - 10.0 && !curves.iter().any(crossed)
    };
    let x = [
        right - width - 8.0,
        left + 8.0,
        (left + right - width) / 2.0,
    ];
    let places = x
        .into_iter()
        .flat_map(|x| [(x, one + 12.0), (x, one - 12.0)]);
    // If every place is taken, the title of the axis says it as well.
    if let Some(at) = places.into_iter().find(|&at| free(at)) {
        canvas.text(text, at, SMALL, Anchor::Start);
    }
}

/// Names the curves at their right ends, moved apart so that no two names touch.
fn label_curves(canvas: &mut Canvas, rect: Rect, data: &MarginsData, curves: &[Vec<Vertex>]) {
    const SPACING: f64 = 19.0;
    let mut ends: Vec<(P, &ConditionKey, bool)> = data
        .curves
        .iter()
        .zip(curves)
        .filter_map(|(curve, vertices)| {
            let pieces = clip_line(vertices.iter().map(|v| v.at), rect);
            let single = vertices.iter().rev().find_map(|v| v.at);
            let end = pieces.last().and_then(|p| p.last()).copied();
            let end = end.or(single.filter(|&p| super::clip::inside(p, rect)))?;
            let holds = vertices.iter().rev().find(|v| v.at.is_some())?.holds;
            Some((end, &curve.key, holds))
        })
        .collect();
    ends.sort_by(|a, b| a.0.1.total_cmp(&b.0.1));
    let mut rows: Vec<f64> = ends.iter().map(|e| e.0.1).collect();
    spread_out(&mut rows, SPACING, rect[1] + 8.0, rect[3] - 8.0);
    for ((end, key, holds), row) in ends.into_iter().zip(rows) {
        let x = rect[2] + 22.0;
        let mut leader = if holds { key.holding() } else { key.failing() };
        leader.width = 1.0;
        canvas.line((end.0 + 6.0, end.1), (x - 4.0, row), leader);
        canvas.text(&key.label(), (x, row), TEXT, Anchor::Start);
    }
}

/// Moves ascending positions apart to at least `spacing`, as little as a few sweeps find,
/// and keeps them in `[lo, hi]` if they fit.
fn spread_out(rows: &mut [f64], spacing: f64, lo: f64, hi: f64) {
    for _ in 0..200 {
        for i in 1..rows.len() {
            let lack = spacing - (rows[i] - rows[i - 1]);
            if lack > 0.0 {
                rows[i - 1] -= lack / 2.0;
                rows[i] += lack / 2.0;
            }
        }
        if let Some(last) = rows.last_mut() {
            *last = last.min(hi);
        }
        if let Some(first) = rows.first_mut() {
            *first = first.max(lo);
        }
    }
    // What the sweeps left is put right downwards.
    for i in 1..rows.len() {
        rows[i] = rows[i].max(rows[i - 1] + spacing);
    }
}

fn caption(data: &MarginsData) -> String {
    let mut text = format!(
        "Margin of each condition against the dimension d ({}): certified lower bound of the limit \
         over the left side; a condition holds above 1. IFT is the quantitative inverse function \
         theorem; row, W and plane are the coordinates used. Filled marks and solid lines: certified; \
         hollow marks and dashed lines: not. Lines only join the evaluated d.",
        data.parameters
    );
    for curve in &data.curves {
        let label = curve.key.label();
        let fails = curve.points.iter().rposition(|p| !p.certified());
        let from = curve.points.get(fails.map_or(0, |i| i + 1));
        text.push_str(&match from {
            Some(p) => format!(" {label} holds at every d evaluated from {} on.", p.d),
            None => format!(" {label} does not hold at the last d evaluated."),
        });
    }
    text
}

fn table(data: &MarginsData) -> String {
    let mut table = Table::new(&["condition", "space", "label", "d", "margin", "status"]);
    for curve in &data.curves {
        for point in &curve.points {
            table.row(&[
                Field::Text(curve.key.condition.name()),
                Field::Text(curve.key.space.name()),
                Field::Text(&curve.key.label()),
                Field::Number(point.d),
                Field::Number(point.margin),
                Field::Text(if point.certified() {
                    "proved"
                } else {
                    "failing"
                }),
            ]);
        }
    }
    table.finish()
}
