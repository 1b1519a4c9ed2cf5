//! Figure: how far the exact minimum is from the simplified one, against the noise.

use super::axis::{Axis, Frame, Spread};
use super::canvas::{Anchor, Canvas};
use super::clip::{clip_segment, inside};
use super::curve::{Vertex, draw_curve, draw_marks, drawable, log_range, note_missing};
use super::key::ConditionKey;
use super::legend::{Legend, Sample, nothing_to_draw};
use super::style::{DOTTED, GREY, INK, Mark, SMALL, Shape, Stroke, WIDTH, text_width};
use super::table::{Field, Table};
use super::{Figure, FigureError};

/// The distance at one noise level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DistancePoint {
    /// Standard deviation of the noise.
    pub rho: f64,
    /// Lower end of the enclosure of the distance (or the estimate, if not proved).
    pub lower: f64,
    /// Upper end of the enclosure of the distance (or the estimate, if not proved).
    pub upper: f64,
    /// Is the exact minimum proved, and the distance enclosed?
    pub proved: bool,
}

/// What a condition predicts at one noise level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PredictedRadius {
    /// Standard deviation of the noise.
    pub rho: f64,
    /// The radius of the ball that contains the exact minimum; `None` where the condition fails.
    pub radius: Option<f64>,
}

/// The predictions of a condition, in ascending order of `rho`.
#[derive(Clone, Debug, PartialEq)]
pub struct DistanceCurve {
    /// Which condition.
    pub key: ConditionKey,
    /// Its predictions.
    pub points: Vec<PredictedRadius>,
}

/// The data of [`distance`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DistanceData {
    /// The fixed parameters, for the caption, such as `τ = 7, α = 1/800`.
    pub parameters: String,
    /// The distances, in ascending order of `rho`.
    pub distances: Vec<DistancePoint>,
    /// What each condition predicts.
    pub curves: Vec<DistanceCurve>,
    /// Values of `rho` to point out, with their names, such as `d = 10`.
    pub landmarks: Vec<(f64, String)>,
}

const TITLE: &str = "Distance of the exact from the simplified minimum against the noise";
const HEIGHT: f64 = 420.0;
/// Decades shown below the largest value.
const DECADES: f64 = 1e20;

/// Draws `‖w* − w̃*‖` against `ρ` on logarithmic axes, with the radii the conditions predict.
///
/// # Errors
///
/// Only if the backend fails; numbers that cannot be drawn are noted in the figure.
pub fn distance(data: &DistanceData) -> Result<Figure, FigureError> {
    let mut canvas = Canvas::default();
    let mut legend = Legend::default();
    let predictions = || data.curves.iter().flat_map(|c| &c.points);
    let rhos = || {
        let distances = data.distances.iter().map(|p| p.rho);
        distances.chain(predictions().map(|p| p.rho))
    };
    let values = || {
        let ends = data.distances.iter().flat_map(|p| [p.lower, p.upper]);
        ends.chain(predictions().filter_map(|p| p.radius))
    };
    let largest = values().filter(|v| drawable(*v)).fold(0.0, f64::max);
    let x = log_range(rhos(), 1.15, [1e-30, 1e3]);
    let y = log_range(values(), 1.6, [largest / DECADES, largest]);
    let (x_lo, x_hi) = x.unwrap_or((1e-3, 1.0));
    let (y_lo, y_hi) = y.unwrap_or((1e-6, 1.0));
    let axis = |lo, hi, from, to| Axis {
        spread: Spread::Log,
        lo,
        hi,
        from,
        to,
    };
    let top = if data.landmarks.is_empty() {
        16.0
    } else {
        34.0
    };
    let frame = Frame {
        x: axis(x_lo, x_hi, 84.0, WIDTH - 24.0),
        y: axis(y_lo, y_hi, HEIGHT - 56.0, top),
    };
    let rect = frame.rect();
    let (x_ticks, y_ticks) = (frame.x.decade_ticks(10.0), frame.y.decade_ticks(10.0));
    frame.draw_grid(&mut canvas, &x_ticks, &y_ticks);
    draw_landmarks(&mut canvas, &frame, &data.landmarks);
    if x.is_none() || y.is_none() {
        nothing_to_draw(&mut canvas, rect);
    }

    let mut ends_early = false;
    for curve in &data.curves {
        let vertices = vertices(curve, &frame);
        ends_early |= draw_prediction(&mut canvas, &frame, curve, &vertices);
        let undrawable =
            |p: &&PredictedRadius| p.radius.is_some_and(|r| !(drawable(r) && drawable(p.rho)));
        let undrawable = curve.points.iter().filter(undrawable).count();
        let outside = vertices.iter().filter_map(|v| v.at);
        let outside = outside.filter(|&p| !inside(p, rect)).count();
        note_missing(&mut legend, &curve.key.label(), undrawable, outside);
        if vertices.iter().any(|v| v.at.is_some()) {
            let sample = Sample::MarkedLine(curve.key.holding(), curve.key.mark(true));
            legend.entry(sample, curve.key.label());
        } else {
            legend.note(format!(
                "{}: predicts nothing here, it fails.",
                curve.key.label()
            ));
        }
    }
    draw_distances(&mut canvas, &frame, data, &mut legend);
    if ends_early {
        legend.note("A curve ends, at a bar, where its condition begins to fail: beyond it nothing is predicted.");
    }
    frame.draw(
        &mut canvas,
        (&x_ticks, "noise ρ"),
        (&y_ticks, "‖w* − w̃*‖ and predicted radii"),
    );
    let bottom = legend.draw(&mut canvas, HEIGHT + 6.0);
    let caption = format!(
        "Distance ‖w* − w̃*‖ of the exact from the simplified minimum against the noise ρ ({}), with the \
         radius of the ball that each condition predicts (IFT is the quantitative inverse function \
         theorem; row, W and plane are the coordinates used). Filled marks: proved, with the enclosure \
         as a bar where it is wider than the mark. Hollow marks: not proved. Where a condition fails it \
         predicts nothing, and nothing is drawn.",
        data.parameters
    );
    Ok(Figure {
        stem: "distance".to_owned(),
        title: TITLE.to_owned(),
        svg: canvas.finish(bottom.ceil(), TITLE, &caption)?,
        caption,
        csv: table(data),
    })
}

fn vertices(curve: &DistanceCurve, frame: &Frame) -> Vec<Vertex> {
    let pixel = |p: &PredictedRadius| {
        let radius = p.radius.filter(|r| drawable(*r) && drawable(p.rho))?;
        frame.pixel(p.rho, radius)
    };
    let vertex = |p: &PredictedRadius| Vertex {
        at: pixel(p),
        holds: p.radius.is_some(),
    };
    curve.points.iter().map(vertex).collect()
}

/// Draws one condition; says whether it stops holding somewhere.
fn draw_prediction(
    canvas: &mut Canvas,
    frame: &Frame,
    curve: &DistanceCurve,
    vertices: &[Vertex],
) -> bool {
    let rect = frame.rect();
    draw_curve(canvas, rect, &curve.key, vertices);
    draw_marks(canvas, rect, &curve.key, vertices);
    let mut stops = false;
    for pair in vertices.windows(2) {
        if pair[0].holds == pair[1].holds {
            continue;
        }
        let end = if pair[0].holds { pair[0] } else { pair[1] };
        if let Some((x, y)) = end.at.filter(|&p| inside(p, rect)) {
            let mut stroke = curve.key.holding();
            stroke.width = 2.0;
            let (up, down) = ((y - 10.0).max(rect[1]), (y + 10.0).min(rect[3]));
            canvas.line((x, up), (x, down), stroke);
            stops = true;
        }
    }
    stops
}

fn draw_distances(canvas: &mut Canvas, frame: &Frame, data: &DistanceData, legend: &mut Legend) {
    let rect = frame.rect();
    let (mut undrawable, mut outside) = (0, 0);
    for point in &data.distances {
        // An enclosure that reaches down to 0 is an upper bound: its bar runs to the bottom.
        let bound_only = point.lower <= 0.0 && point.lower.is_finite();
        let lower = if bound_only { frame.y.lo } else { point.lower };
        let drawn = drawable(point.rho) && drawable(lower) && drawable(point.upper);
        let ends = [lower, point.upper].map(|v| frame.pixel(point.rho, v));
        let ([Some(lower), Some(upper)], true) = (ends, drawn) else {
            undrawable += 1;
            continue;
        };
        let (shape, middle) = if bound_only {
            (Shape::TriangleDown, upper)
        } else {
            (Shape::Circle, (lower.0, (lower.1 + upper.1) / 2.0))
        };
        let mark = Mark {
            shape,
            colour: if point.proved { INK } else { GREY },
            radius: 3.0,
            filled: point.proved,
        };
        let stroke = Stroke::solid(mark.colour, 1.5);
        if let Some((a, b)) = clip_segment(lower, upper, rect).filter(|(a, b)| a.1 - b.1 >= 1.0) {
            canvas.line(a, b, stroke);
            for y in [a.1, b.1] {
                let cap = clip_segment((a.0 - 4.0, y), (a.0 + 4.0, y), rect);
                cap.into_iter().for_each(|(a, b)| canvas.line(a, b, stroke));
            }
        }
        if inside(middle, rect) {
            canvas.mark(middle, mark);
            let what = match (bound_only, point.proved) {
                (false, true) => "‖w* − w̃*‖, enclosed",
                (true, true) => "‖w* − w̃*‖, bounded from above",
                (_, false) => "‖w* − w̃*‖, estimated, not proved",
            };
            legend.entry(Sample::Mark(mark), what);
        } else {
            outside += 1;
        }
    }
    note_missing(legend, "‖w* − w̃*‖", undrawable, outside);
}

/// Names some values of the noise above the frame, as far as the names do not touch.
fn draw_landmarks(canvas: &mut Canvas, frame: &Frame, landmarks: &[(f64, String)]) {
    let [left, top, right, bottom] = frame.rect();
    let mut taken: Vec<[f64; 2]> = Vec::new();
    for (rho, name) in landmarks {
        let Some(x) = frame.x.pixel(*rho).filter(|x| *x >= left && *x <= right) else {
            continue;
        };
        let half = text_width(name, SMALL) / 2.0 + 4.0;
        if taken.iter().all(|t| x + half < t[0] || x - half > t[1]) {
            taken.push([x - half, x + half]);
            canvas.line(
                (x, top),
                (x, bottom),
                Stroke {
                    dash: Some(DOTTED),
                    ..Stroke::solid(GREY, 1.0)
                },
            );
            canvas.coloured_text(name, (x, top - 11.0), SMALL, Anchor::Middle, GREY);
        }
    }
}

fn table(data: &DistanceData) -> String {
    let mut table = Table::new(&[
        "quantity",
        "condition",
        "space",
        "rho",
        "lower",
        "upper",
        "status",
    ]);
    for p in &data.distances {
        table.row(&[
            Field::Text("distance"),
            Field::Empty,
            Field::Empty,
            Field::Number(p.rho),
            Field::Number(p.lower),
            Field::Number(p.upper),
            Field::Text(if p.proved { "proved" } else { "estimated" }),
        ]);
    }
    for curve in &data.curves {
        for p in &curve.points {
            table.row(&[
                Field::Text(&format!("radius predicted by {}", curve.key.label())),
                Field::Text(curve.key.condition.name()),
                Field::Text(curve.key.space.name()),
                Field::Number(p.rho),
                Field::Empty,
                p.radius.map_or(Field::Empty, Field::Number),
                Field::Text(if p.radius.is_some() {
                    "proved"
                } else {
                    "failing"
                }),
            ]);
        }
    }
    table.finish()
}
