//! Figure: the two minima and what is proved about them, close up.

use super::canvas::{Anchor, Canvas};
use super::key::ConditionKey;
use super::legend::{Legend, nothing_to_draw};
use super::panel::{Panel, View};
use super::style::{GREY, SMALL, Stroke, WIDTH};
use super::table::{Field, Table};
use super::{Figure, FigureError};

/// A critical point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ZoomPoint {
    /// `(w⁽¹⁾, w⁽²⁾)`.
    pub at: [f64; 2],
    /// Is it proved?
    pub proved: bool,
}

/// What a disc says about the exact minimum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiscMeaning {
    /// It lies in here.
    Existence,
    /// It is the only one in here.
    Uniqueness,
}

/// A ball of a condition, as its section with the plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Disc {
    /// Which condition.
    pub key: ConditionKey,
    /// What it says.
    pub meaning: DiscMeaning,
    /// Its centre.
    pub centre: [f64; 2],
    /// Its radius; `None` if the condition fails: then nothing is predicted or drawn.
    pub radius: Option<f64>,
}

/// A box in which there is exactly one critical point.
#[derive(Clone, Debug, PartialEq)]
pub struct UniquenessBox {
    /// Range of `w⁽¹⁾`.
    pub x: [f64; 2],
    /// Range of `w⁽²⁾`.
    pub y: [f64; 2],
    /// What is unique in it, for the legend.
    pub label: String,
    /// Is it proved?
    pub proved: bool,
}

/// The data of [`zoom`], for one row of `W`.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoomData {
    /// The fixed parameters, for the caption, such as `τ = 7, α = 1/800, d = 10`.
    pub parameters: String,
    /// 1 or 2.
    pub row: usize,
    /// `w̃*`, the minimum of the simplified objective.
    pub simplified: ZoomPoint,
    /// `w*`, the minimum of the exact objective, if there is one.
    pub exact: Option<ZoomPoint>,
    /// The conditions' balls.
    pub discs: Vec<Disc>,
    /// Boxes.
    pub boxes: Vec<UniquenessBox>,
}

const TITLE: &str = "The exact and the simplified minimum, close up";
/// A second panel is drawn if the largest thing is so many times the smallest panel.
const RATIO: f64 = 4.0;
/// Sizes below this are lost in the rounding of the coordinates.
const SMALLEST: f64 = 1e-14;
/// Larger ones say nothing about the neighbourhood of a minimum.
const LARGEST: f64 = 1e6;
/// Things up to so many times the distance belong in the close view.
const CLOSE: f64 = 3.0;

/// Draws the proved balls and boxes about `w̃*` and `w*`, both axes on one scale; in two
/// panels if their sizes are far apart.
///
/// # Errors
///
/// Only if the backend fails; what cannot be drawn is noted in the figure.
pub fn zoom(data: &ZoomData) -> Result<Figure, FigureError> {
    let mut canvas = Canvas::default();
    let mut legend = Legend::default();
    let extents = extents(data);
    let distance = data
        .exact
        .map(|e| reach(data, e.at))
        .filter(|r| (SMALLEST..LARGEST).contains(r));
    let largest = extents
        .iter()
        .copied()
        .fold(0.0, f64::max)
        .max(distance.unwrap_or(0.0));
    // What is of the size of the distance belongs in the close view.
    let scale = distance
        .or(extents.iter().copied().reduce(f64::min))
        .unwrap_or(0.0);
    let close = extents
        .iter()
        .copied()
        .filter(|r| *r <= CLOSE * scale)
        .fold(scale, f64::max);
    let fine = data.simplified.at.iter().all(|v| v.is_finite()) && largest > 0.0;

    let bottom = if !fine {
        nothing_to_draw(&mut canvas, [64.0, 14.0, WIDTH - 18.0, 300.0]);
        legend.note(
            "Nothing about the minimum has a finite size above the resolution of its coordinates.",
        );
        316.0
    } else if largest > RATIO * close {
        let side = 256.0;
        let wide = Panel::new(1.15 * largest, [84.0, 34.0], side);
        let narrow = Panel::new(1.25 * close, [84.0 + side + 104.0, 34.0], side);
        wide.draw(&mut canvas, data, &mut legend, View::Wide);
        narrow.draw(&mut canvas, data, &mut legend, View::Close);
        // Where (b) lies in (a), if it can be seen.
        let half = side / 2.0 * narrow.half / wide.half;
        if half > 1.0 {
            let (x, y) = (84.0 + side / 2.0, 34.0 + side / 2.0);
            canvas.rectangle(
                [x - half, y - half, x + half, y + half],
                Stroke::solid(GREY, 1.0),
            );
        }
        let place = (
            84.0 + side / 2.0 + half.max(9.0) + 6.0,
            34.0 + side / 2.0 + 14.0,
        );
        canvas.coloured_text("(b)", place, SMALL, Anchor::Start, GREY);
        34.0 + side + 62.0
    } else {
        let side = 360.0;
        let panel = Panel::new(1.2 * largest, [(WIDTH - side) / 2.0 + 20.0, 16.0], side);
        panel.draw(&mut canvas, data, &mut legend, View::Only);
        16.0 + side + 62.0
    };
    for disc in data.discs.iter().filter(|d| d.radius.is_none()) {
        legend.note(format!(
            "{}: fails, so it predicts no ball.",
            disc.key.label()
        ));
    }
    let discs = data
        .discs
        .iter()
        .filter(|d| d.radius.is_some())
        .map(Disc::name);
    for name in discs.chain(data.boxes.iter().map(UniquenessBox::name)) {
        if !legend.has(&name) {
            legend.note(format!("{name}: not visible at this scale."));
        }
    }
    let bottom = legend.draw(&mut canvas, bottom);
    let caption = format!(
        "The minimum w̃* of the simplified and w* of the exact objective, row {} ({}), with the balls and \
         boxes proved, as sections with the (w⁽¹⁾, w⁽²⁾) plane; coordinates relative to w̃*. Heavy circles: \
         w* lies inside; thin circles: there is no other critical point inside. A condition that fails predicts \
         nothing and is not drawn. Filled marks: proved; hollow marks: not.",
        data.row, data.parameters
    );
    Ok(Figure {
        stem: format!("zoom-row{}", data.row),
        title: TITLE.to_owned(),
        svg: canvas.finish(bottom.ceil(), TITLE, &caption)?,
        caption,
        csv: table(data),
    })
}

impl Disc {
    pub(super) fn name(&self) -> String {
        let what = match self.meaning {
            DiscMeaning::Existence => "w* inside",
            DiscMeaning::Uniqueness => "no other inside",
        };
        format!("{}: {what}", self.key.label())
    }
}

impl UniquenessBox {
    pub(super) fn name(&self) -> String {
        let status = if self.proved { "" } else { " (not proved)" };
        format!("{}{status}", self.label)
    }
}

/// How far a point is from `w̃*` in the larger coordinate.
fn reach(data: &ZoomData, at: [f64; 2]) -> f64 {
    let [x, y] = data.simplified.at;
    (at[0] - x).abs().max((at[1] - y).abs())
}

/// How far everything with a size reaches from `w̃*`.
fn extents(data: &ZoomData) -> Vec<f64> {
    let discs = data
        .discs
        .iter()
        .filter_map(|d| Some(reach(data, d.centre) + d.radius?));
    let boxes = data
        .boxes
        .iter()
        .map(|b| reach(data, [b.x[0], b.y[0]]).max(reach(data, [b.x[1], b.y[1]])));
    discs
        .chain(boxes)
        .filter(|r| (SMALLEST..LARGEST).contains(r))
        .collect()
}

fn table(data: &ZoomData) -> String {
    let mut table = Table::new(&[
        "quantity",
        "label",
        "condition",
        "space",
        "w1_lo",
        "w1_hi",
        "w2_lo",
        "w2_hi",
        "radius",
        "status",
    ]);
    let mut row = |quantity,
                   label: &str,
                   key: Option<&ConditionKey>,
                   x: [f64; 2],
                   y: [f64; 2],
                   radius,
                   status| {
        let [a, b, c, d] = [x[0], x[1], y[0], y[1]].map(Field::Number);
        table.row(&[
            Field::Text(quantity),
            Field::Text(label),
            key.map_or(Field::Empty, |k| Field::Text(k.condition.name())),
            key.map_or(Field::Empty, |k| Field::Text(k.space.name())),
            a,
            b,
            c,
            d,
            radius,
            Field::Text(status),
        ]);
    };
    let proved = |p: bool| if p { "proved" } else { "not proved" };
    let exact = data.exact.map(|e| (e, "w*"));
    for (point, symbol) in std::iter::once((data.simplified, "w̃*")).chain(exact) {
        let [x, y] = point.at;
        row(
            "point",
            symbol,
            None,
            [x, x],
            [y, y],
            Field::Empty,
            proved(point.proved),
        );
    }
    for disc in &data.discs {
        let [x, y] = disc.centre;
        let quantity = match disc.meaning {
            DiscMeaning::Existence => "existence ball",
            DiscMeaning::Uniqueness => "uniqueness ball",
        };
        let (radius, status) = match disc.radius {
            Some(radius) => (Field::Number(radius), "proved"),
            None => (Field::Empty, "failing"),
        };
        row(
            quantity,
            &disc.key.label(),
            Some(&disc.key),
            [x, x],
            [y, y],
            radius,
            status,
        );
    }
    for b in &data.boxes {
        row(
            "uniqueness box",
            &b.label,
            None,
            b.x,
            b.y,
            Field::Empty,
            proved(b.proved),
        );
    }
    table.finish()
}
