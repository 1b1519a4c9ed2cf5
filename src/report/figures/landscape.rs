//! Figure: the simplified objective of one row in the (w⁽¹⁾, w⁽²⁾) plane.

use std::fmt;

use super::axis::{Axis, Frame, Spread};
use super::canvas::{Anchor, Canvas};
use super::clip::{P, Rect, clip_line};
use super::contour::{Grid, Level, levels};
use super::legend::{Legend, Sample, nothing_to_draw};
use super::level_lines::{draw_levels, label_levels};
use super::style::{
    BLUE, GREY, Mark, ORANGE, Shape, Stroke, TEXT, VERMILLION, WHITE, WIDTH, text_width,
};
use super::table::{Field, Table};
use super::window::{Window, around, enlarge, sensible};
use super::{Figure, FigureError};

/// The kind of a critical point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointKind {
    /// A local minimum.
    Minimum,
    /// A saddle.
    Saddle,
    /// Any other stationary point.
    Other,
}

/// A critical point.
#[derive(Clone, Debug, PartialEq)]
pub struct LandscapePoint {
    /// `(w⁽¹⁾, w⁽²⁾)`.
    pub at: [f64; 2],
    /// What it is, or seems to be.
    pub kind: PointKind,
    /// Is that proved?
    pub proved: bool,
    /// Its symbol, such as `w̃₁*`.
    pub label: String,
}

/// A rectangle from which descents start.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// Range of `w⁽¹⁾`.
    pub x: [f64; 2],
    /// Range of `w⁽²⁾`.
    pub y: [f64; 2],
    /// What it is, for the legend.
    pub label: String,
}

/// A descent, as the points it went through (some hundred are enough).
#[derive(Clone, Debug, PartialEq)]
pub struct DescentPath {
    /// `(w⁽¹⁾, w⁽²⁾)`, step by step.
    pub points: Vec<[f64; 2]>,
    /// Did it end in a proved uniqueness ball?
    pub arrived: bool,
    /// What it is, for the legend.
    pub label: String,
}

/// The data of [`landscape`].
pub struct LandscapeData<'a> {
    /// The fixed parameters, for the caption, such as `τ = 7, α = 1/800`.
    pub parameters: String,
    /// The objective of one row; it may return NaN.
    pub objective: &'a dyn Fn(f64, f64) -> f64,
    /// Its critical points.
    pub points: Vec<LandscapePoint>,
    /// Where descents start.
    pub regions: Vec<Region>,
    /// Descents.
    pub paths: Vec<DescentPath>,
    /// What to show; `None`: everything above, with room around it. It is enlarged in one
    /// direction so that both axes have the same scale.
    pub window: Option<Window>,
}

impl fmt::Debug for LandscapeData<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LandscapeData")
            .field("parameters", &self.parameters)
            .field("points", &self.points)
            .field("regions", &self.regions)
            .field("paths", &self.paths)
            .field("window", &self.window)
            .finish_non_exhaustive()
    }
}

const TITLE: &str = "Landscape of the simplified objective";
const FRAME: Rect = [64.0, 14.0, WIDTH - 18.0, 388.0];
/// Cells of the grid; those of the CSV are four times as large.
const CELLS: [usize; 2] = [192, 112];

/// Draws level lines, critical points, initialisation regions and descents.
///
/// # Errors
///
/// Only if the backend fails; what cannot be drawn is noted in the figure.
pub fn landscape(data: &LandscapeData<'_>) -> Result<Figure, FigureError> {
    let mut canvas = Canvas::default();
    let mut legend = Legend::default();
    let window = data.window.filter(sensible);
    let window = enlarge(window.unwrap_or_else(|| around(data)), FRAME);
    let axis = |[lo, hi]: [f64; 2], from, to| Axis {
        spread: Spread::Linear,
        lo,
        hi,
        from,
        to,
    };
    let frame = Frame {
        x: axis(window.x, FRAME[0], FRAME[2]),
        y: axis(window.y, FRAME[3], FRAME[1]),
    };
    let grid = Grid::sample(data.objective, window.x, window.y, CELLS);
    let undefined = grid.nodes().filter(|n| !n.2.is_finite()).count();
    let levels = levels(grid.nodes().map(|n| n.2));
    if levels.is_empty() {
        nothing_to_draw(&mut canvas, FRAME);
    }
    if undefined > 0 {
        legend.note(format!(
            "The objective is not finite at {undefined} of {} grid points; no lines are drawn there.",
            (CELLS[0] + 1) * (CELLS[1] + 1)
        ));
    }

    draw_regions(&mut canvas, &frame, &data.regions, &mut legend, true);
    let lines = draw_levels(&mut canvas, &frame, data, &grid, &levels, &mut legend);
    draw_regions(&mut canvas, &frame, &data.regions, &mut legend, false);
    draw_paths(&mut canvas, &frame, &data.paths, &mut legend);
    let mut taken = draw_points(&mut canvas, &frame, &data.points, &mut legend);
    taken.extend(obstacles(&frame, data));
    label_levels(&mut canvas, &frame, &levels, &lines, &mut taken);
    frame.draw(
        &mut canvas,
        (&frame.x.linear_ticks(10.0), "w⁽¹⁾"),
        (&frame.y.linear_ticks(7.0), "w⁽²⁾"),
    );
    let bottom = legend.draw(&mut canvas, FRAME[3] + 62.0);
    let caption = format!(
        "Level lines of the simplified objective L̃ of one row in the (w⁽¹⁾, w⁽²⁾) plane ({}); the levels \
         lie closer near the minimum. Filled marks: proved critical points; hollow marks: not proved. \
         Descents start at the small rings.",
        data.parameters
    );
    Ok(Figure {
        stem: "landscape".to_owned(),
        title: TITLE.to_owned(),
        svg: canvas.finish(bottom.ceil(), TITLE, &caption)?,
        caption,
        csv: table(data, window, &levels),
    })
}

fn draw_regions(
    canvas: &mut Canvas,
    frame: &Frame,
    regions: &[Region],
    legend: &mut Legend,
    tint: bool,
) {
    let stroke = Stroke::solid(VERMILLION, 1.5);
    for region in regions {
        let corner = |i: usize| frame.pixel(region.x[i], region.y[i]);
        let (Some(a), Some(b)) = (corner(0), corner(1)) else {
            legend.note(format!("{}: not finite and not drawn.", region.label));
            continue;
        };
        let [left, top, right, bottom] = frame.rect();
        if tint {
            let rect = [a.0.max(left), b.1.max(top), b.0.min(right), a.1.min(bottom)];
            if rect[0] < rect[2] && rect[1] < rect[3] {
                canvas.fill(rect, VERMILLION, 0.15);
            }
            continue;
        }
        let outline = [a, (b.0, a.1), b, (a.0, b.1), a];
        let pieces = clip_line(outline.map(Some), frame.rect());
        pieces.iter().for_each(|piece| canvas.path(piece, stroke));
        if pieces.is_empty() {
            legend.note(format!("{}: one lies outside the figure.", region.label));
        } else {
            let sample = Sample::Region(stroke, (0xF9, 0xE7, 0xDB));
            legend.entry(sample, region.label.clone());
        }
    }
}

fn draw_paths(canvas: &mut Canvas, frame: &Frame, paths: &[DescentPath], legend: &mut Legend) {
    for path in paths {
        let stroke = if path.arrived {
            Stroke::solid(ORANGE, 1.75)
        } else {
            Stroke::dashed(ORANGE, 1.75)
        };
        let pixels = path.points.iter().map(|p| frame.pixel(p[0], p[1]));
        for piece in clip_line(thin(pixels), frame.rect()) {
            canvas.path(&piece, stroke);
            let ending = if path.arrived {
                ""
            } else {
                " (did not arrive)"
            };
            legend.entry(Sample::Line(stroke), format!("{}{ending}", path.label));
        }
        let place = |p: &[f64; 2]| frame.pixel(p[0], p[1]);
        if path.points.iter().any(|p| place(p).is_none()) {
            legend.note(format!(
                "{}: points without a finite place interrupt the line.",
                path.label
            ));
        } else if path
            .points
            .iter()
            .any(|p| frame.pixel_inside(p[0], p[1]).is_none())
        {
            legend.note(format!("{}: a part lies outside the figure.", path.label));
        }
    }
    for start in paths.iter().filter_map(|p| p.points.first()) {
        if let Some(at) = frame.pixel_inside(start[0], start[1]) {
            canvas.mark(at, ring());
        }
    }
}

const fn ring() -> Mark {
    Mark {
        shape: Shape::Circle,
        colour: ORANGE,
        radius: 2.8,
        filled: false,
    }
}

/// Leaves out points that a line of this width cannot show; the last one stays.
fn thin(pixels: impl Iterator<Item = Option<P>>) -> Vec<Option<P>> {
    let mut kept: Vec<Option<P>> = Vec::new();
    let mut skipped = None;
    for pixel in pixels {
        if let (Some(a), Some(Some(b))) = (pixel, kept.last())
            && (a.0 - b.0).hypot(a.1 - b.1) < 0.7
        {
            skipped = Some(pixel);
            continue;
        }
        skipped = None;
        kept.push(pixel);
    }
    kept.extend(skipped);
    kept
}

/// Draws and names the critical points; returns the rectangles they occupy.
fn draw_points(
    canvas: &mut Canvas,
    frame: &Frame,
    points: &[LandscapePoint],
    legend: &mut Legend,
) -> Vec<Rect> {
    let mut taken = Vec::new();
    for point in points {
        let (shape, kind) = match point.kind {
            PointKind::Minimum => (Shape::Circle, "minimum"),
            PointKind::Saddle => (Shape::Diamond, "saddle"),
            PointKind::Other => (Shape::Triangle, "stationary point"),
        };
        let mark = Mark {
            shape,
            colour: if point.proved { BLUE } else { GREY },
            radius: 5.0,
            filled: point.proved,
        };
        let Some(at) = frame.pixel_inside(point.at[0], point.at[1]) else {
            legend.note(format!(
                "{} ({kind}) lies outside the figure or is not finite.",
                point.label
            ));
            continue;
        };
        canvas.mark(at, mark);
        let [left, top, right, _] = frame.rect();
        let half = text_width(&point.label, TEXT) / 2.0 + 3.0;
        // Above the mark, or below it where there is no room.
        let above = at.1 - 28.0 > top;
        let (x, y) = (
            at.0.min(right - half).max(left + half),
            at.1 + if above { -17.0 } else { 18.0 },
        );
        let label = [x - half, y - 10.0, x + half, y + 8.0];
        canvas.fill(label, WHITE, 0.8);
        canvas.text(&point.label, (x, y), TEXT, Anchor::Middle);
        let status = if point.proved { "proved" } else { "not proved" };
        legend.entry(Sample::Mark(mark), format!("{kind}, {status}"));
        taken.extend([label, [at.0 - 8.0, at.1 - 8.0, at.0 + 8.0, at.1 + 8.0]]);
    }
    taken
}

/// What the names of the levels must not cover besides the points.
fn obstacles(frame: &Frame, data: &LandscapeData<'_>) -> Vec<Rect> {
    let regions = data.regions.iter().filter_map(|r| {
        let (a, b) = (frame.pixel(r.x[0], r.y[0])?, frame.pixel(r.x[1], r.y[1])?);
        Some([a.0 - 3.0, b.1 - 3.0, b.0 + 3.0, a.1 + 3.0])
    });
    let paths = data.paths.iter().flat_map(|p| &p.points);
    let paths = paths.filter_map(|p| frame.pixel_inside(p[0], p[1]));
    regions
        .chain(paths.map(|p| [p.0 - 2.0, p.1 - 2.0, p.0 + 2.0, p.1 + 2.0]))
        .collect()
}

fn table(data: &LandscapeData<'_>, window: Window, levels: &[Level]) -> String {
    let mut table = Table::new(&["quantity", "label", "w1", "w2", "value", "status"]);
    let mut row = |quantity, label: &str, at: [f64; 2], value: Field<'_>, status| {
        let [x, y] = at.map(Field::Number);
        table.row(&[
            Field::Text(quantity),
            Field::Text(label),
            x,
            y,
            value,
            Field::Text(status),
        ]);
    };
    for point in &data.points {
        let kind = match point.kind {
            PointKind::Minimum => "minimum",
            PointKind::Saddle => "saddle",
            PointKind::Other => "stationary point",
        };
        let value = Field::Number((data.objective)(point.at[0], point.at[1]));
        let status = if point.proved { "proved" } else { "not proved" };
        row(kind, &point.label, point.at, value, status);
    }
    for region in &data.regions {
        for k in 0..2 {
            let corner = ["region lower corner", "region upper corner"][k];
            row(
                corner,
                &region.label,
                [region.x[k], region.y[k]],
                Field::Empty,
                "given",
            );
        }
    }
    for path in &data.paths {
        let status = if path.arrived {
            "arrived"
        } else {
            "not arrived"
        };
        for at in &path.points {
            row("path", &path.label, *at, Field::Empty, status);
        }
    }
    for (x, y, value) in
        Grid::sample(data.objective, window.x, window.y, CELLS.map(|n| n / 4)).nodes()
    {
        row("grid", "", [x, y], Field::Number(value), "estimated");
    }
    for level in levels {
        let fields = [
            Field::Text("level"),
            Field::Empty,
            Field::Empty,
            Field::Empty,
        ];
        let [a, b, c, d] = fields;
        table.row(&[
            a,
            b,
            c,
            d,
            Field::Number(level.value),
            Field::Text("chosen"),
        ]);
    }
    table.finish()
}
