//! Figure: at which parameters which minimum is there.

use super::canvas::{Anchor, Canvas};
use super::learned::Learned;
use super::legend::{Legend, Sample, nothing_to_draw};
use super::map_panel::{HEIGHT, Panel, status_mark};
use super::map_reading::{noted_hidden, reading};
use super::style::{DOTTED, GREY, INK, Mark, SMALL, Shape, Stroke, TEXT, WIDTH};
use super::table::{Field, Table};
use super::{Figure, FigureError};
use crate::claim::Found;

/// The parameters of a point, all of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapParameters {
    /// Dimension.
    pub d: f64,
    /// Strength of the hidden feature.
    pub tau: f64,
    /// Standard deviation of the data noise.
    pub rho_data: f64,
    /// Standard deviation of the view noise.
    pub rho_view: f64,
    /// Penalty of the self-supervised objective.
    pub alpha: f64,
    /// Penalty on `W` of the supervised objective.
    pub beta: f64,
    /// Penalty on `F` of the supervised objective.
    pub gamma: f64,
}

/// What is known at one point of a grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapMark {
    /// The two parameters of the grid.
    pub at: [f64; 2],
    /// All parameters.
    pub parameters: MapParameters,
    /// What is known about each minimum, in the order of [`Learned::ALL`].
    pub found: [Found; 3],
    /// `‖P e_2‖` of the minimum at which the units agree: an estimate; NaN if there is none.
    pub hidden: f64,
}

/// A grid of two parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct MapGrid {
    /// Names of the two parameters.
    pub axes: [String; 2],
    /// Is the scale between the values of an axis logarithmic?
    pub logarithmic: [bool; 2],
    /// The claim's own parameters, if they lie in the plane of the grid.
    pub claim: Option<[f64; 2]>,
    /// Its points.
    pub points: Vec<MapMark>,
}

/// The data of [`map`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapData {
    /// The claim's parameters, for the caption.
    pub parameters: String,
    /// The grids.
    pub grids: Vec<MapGrid>,
}

const TITLE: &str = "Where the contrast holds";
const LEFT: f64 = 92.0;
const GAP: f64 = 16.0;
const TOP: f64 = 50.0;

/// Draws one row of panels for each grid, one column for each kind of minimum. The points stand at equal distances.
///
/// # Errors
///
/// Only if the backend fails; what cannot be drawn is noted in the figure.
pub fn map(data: &MapData) -> Result<Figure, FigureError> {
    let mut canvas = Canvas::default();
    let mut legend = Legend::default();
    let width = (WIDTH - 16.0 - LEFT - 2.0 * GAP) / 3.0;
    let column = |k: usize| LEFT + k as f64 * (width + GAP);
    for (k, kind) in Learned::ALL.into_iter().enumerate() {
        let middle = column(k) + width / 2.0;
        canvas.text(kind.name(), (middle, 16.0), TEXT, Anchor::Middle);
        let content = ["e₁ and e₂", "e₁ only", "e₁ and a trace of e₂"][k];
        canvas.coloured_text(content, (middle, 34.0), SMALL, Anchor::Middle, GREY);
    }
    let mut top = TOP;
    for (i, grid) in data.grids.iter().enumerate() {
        let letter = letter(i);
        let undrawable = (grid.points.iter())
            .filter(|p| !p.at.iter().all(|x| x.is_finite()))
            .count();
        if undrawable > 0 {
            legend.note(format!(
                "{letter}: {undrawable} points have no finite place and are not drawn."
            ));
        }
        let mut below = top;
        for (k, kind) in Learned::ALL.into_iter().enumerate() {
            let panel = Panel::new(grid, [column(k), top], width);
            panel.draw(&mut canvas, grid, kind, k);
            below = panel.below();
            if k > 0 {
                continue;
            }
            panel.draw_left(&mut canvas, grid);
            canvas.text(&letter, (24.0, top + 4.0), TEXT, Anchor::Start);
            if let Some(at) = grid.claim.filter(|&at| panel.place(grid, at).is_none()) {
                legend.note(format!(
                    "{letter}: this claim, at ({}, {}), lies outside of the grid.",
                    at[0], at[1]
                ));
            }
        }
        top = below + 14.0;
    }
    if data.grids.iter().all(|grid| grid.points.is_empty()) {
        nothing_to_draw(&mut canvas, [LEFT, top, WIDTH - 16.0, top + HEIGHT]);
        top += HEIGHT + 24.0;
    }
    explain(&mut legend, data);
    let bottom = legend.draw(&mut canvas, top + 6.0);
    let caption = caption(data);
    Ok(Figure {
        stem: "map".to_owned(),
        title: TITLE.to_owned(),
        svg: canvas.finish(bottom.ceil(), TITLE, &caption)?,
        caption,
        csv: table(data),
    })
}

/// `(a)`, `(b)`, …
pub(super) fn letter(index: usize) -> String {
    let letter = u8::try_from(index).ok().filter(|i| *i < 26);
    format!("({})", char::from(b'a' + letter.unwrap_or(25)))
}

fn explain(legend: &mut Legend, data: &MapData) {
    for (found, text) in [
        (Found::Proved, "proved to be there"),
        (Found::Floats, "floats find it, no proof"),
        (Found::NotFound, "floats find none, no proof"),
        (Found::ProvedNone, "proved: there is none"),
    ] {
        let grey = Mark {
            shape: Shape::Circle,
            colour: GREY,
            radius: 4.5,
            filled: true,
        };
        legend.entry(Sample::Mark(status_mark(grey, found)), text);
    }
    if data.grids.iter().any(|grid| grid.claim.is_some()) {
        let stroke = Stroke {
            dash: Some(DOTTED),
            ..Stroke::solid(INK, 1.0)
        };
        legend.entry(Sample::Line(stroke), "this claim");
    }
    if let Some(note) = noted_hidden(data) {
        legend.note(note);
    }
}

fn caption(data: &MapData) -> String {
    format!(
        "Which local minima the exact objectives have at other parameters (the claim's own: {}), one column for \
         each kind of minimum, the parameters not on the axes being the claim's; the values of the grids \
         stand at equal distances. What is proved is proved at points, not in regions: \
         a filled mark is a strict local minimum proved at these parameters, a cross a proof that there is none, and \
         nothing is said about parameters between the marks. {}",
        data.parameters,
        reading(data)
    )
}

fn table(data: &MapData) -> String {
    let mut table = Table::new(&[
        "panel",
        "d",
        "tau",
        "rho_data",
        "rho_view",
        "alpha",
        "beta",
        "gamma",
        "ssl",
        "sl",
        "sl_units_agree",
        "sl_units_agree_P_e2_estimated",
    ]);
    for grid in &data.grids {
        let name = format!("({}, {})", grid.axes[0], grid.axes[1]);
        for point in &grid.points {
            let p = &point.parameters;
            let numbers = [p.d, p.tau, p.rho_data, p.rho_view, p.alpha, p.beta, p.gamma];
            let mut fields = vec![Field::Text(&name)];
            fields.extend(numbers.map(Field::Number));
            fields.extend(point.found.map(|found| Field::Text(found.name())));
            fields.push(if point.hidden.is_nan() {
                Field::Empty
            } else {
                Field::Number(point.hidden)
            });
            table.row(&fields);
        }
    }
    table.finish()
}
