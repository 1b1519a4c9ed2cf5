//! Figure: the rows that self-supervised and supervised learning arrive at, and what they contain.

use super::bars::draw_bars;
use super::canvas::Canvas;
use super::learned::Learned;
use super::legend::Legend;
use super::rows::{PLANE, draw_rows};
use super::table::{Field, Table};
use super::{Figure, FigureError};
use crate::interval::Interval;

/// What a proved minimum contains: every number enclosed.
///
/// There is no such thing without a proof, so nothing here is drawn hollow.
#[derive(Clone, Debug, PartialEq)]
pub struct LearnedRows {
    /// Which minimum.
    pub minimum: Learned,
    /// Of the exact objective, not of the simplified one?
    pub exact: bool,
    /// `w_i^(j)`.
    pub rows: [[Interval; 2]; 2],
    /// `|w_i^(j)|/‖w_i‖`, the same for both rows.
    pub cosines: [Interval; 2],
    /// `‖P e_j‖`, `P` the projection onto the span of the rows.
    pub projections: [Interval; 2],
}

/// The data of [`contrast`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContrastData {
    /// The fixed parameters, for the caption, such as `τ = 7, d = 10`.
    pub parameters: String,
    /// The proved minima.
    pub minima: Vec<LearnedRows>,
}

impl LearnedRows {
    /// `"exact"` or `"simplified"`.
    #[must_use]
    pub const fn version(&self) -> &'static str {
        if self.exact { "exact" } else { "simplified" }
    }

    pub(super) fn name(&self) -> String {
        format!("{}, {}", self.minimum.name(), self.version())
    }
}

const TITLE: &str = "What self-supervised and supervised minima contain";

/// Draws the rows in the `(w⁽¹⁾, w⁽²⁾)` plane and, below, `‖P e_1‖` and `‖P e_2‖`.
///
/// # Errors
///
/// Only if the backend fails; what cannot be drawn is noted in the figure.
pub fn contrast(data: &ContrastData) -> Result<Figure, FigureError> {
    let mut canvas = Canvas::default();
    let mut legend = Legend::default();
    draw_rows(&mut canvas, &data.minima, &mut legend);
    let exact: Vec<&LearnedRows> = data.minima.iter().filter(|m| m.exact).collect();
    let mut bottom = PLANE[3] + 66.0;
    if exact.is_empty() {
        legend.note("No minimum of the exact objectives is proved, so there are no projections.");
    } else {
        bottom = draw_bars(&mut canvas, &exact, bottom, &mut legend);
    }
    for kind in [Learned::SelfSupervised, Learned::Supervised] {
        for (exact, version) in [(false, "simplified"), (true, "exact")] {
            if !(data.minima.iter()).any(|m| m.minimum == kind && m.exact == exact) {
                legend.note(format!(
                    "{}, {version}: no minimum is proved, so it is not drawn.",
                    kind.name()
                ));
            }
        }
    }
    let bottom = legend.draw(&mut canvas, bottom);
    let caption = caption(data);
    Ok(Figure {
        stem: "contrast".to_owned(),
        title: TITLE.to_owned(),
        svg: canvas.finish(bottom.ceil(), TITLE, &caption)?,
        caption,
        csv: table(data),
    })
}

fn caption(data: &ContrastData) -> String {
    let mut text = format!(
        "Above: the rows w₁, w₂ of W at the proved minima, from the origin, in the plane of e₁ (which decides \
         the label) and e₂ (hidden) ({}); exact objectives heavy and large, simplified ones light and small. \
         Below: the length ‖P e_j‖ of the projection of each feature onto the span of the rows, 1 if the feature is \
         kept whole and 0 if it is lost. Everything drawn is proved, and the enclosures are narrower \
         than the lines; digits in brackets complete the lower and the upper end of an enclosure.",
        data.parameters
    );
    let exact = |kind| (data.minima.iter()).find(|m| m.exact && m.minimum == kind);
    if exact(Learned::SelfSupervised).is_some_and(|m| m.projections[1] == Interval::ONE)
        && exact(Learned::Supervised).is_some_and(|m| m.projections[1] == Interval::ZERO)
    {
        text.push_str(
            " The rows of SSL are not parallel, so they span both features; those of SL lie on the axis of e₁, so \
             nothing of e₂ is left.",
        );
    }
    if exact(Learned::Agreeing).is_some() {
        text.push_str(
            " SL has another proved minimum, at which both units have one row, with a trace of e₂.",
        );
    }
    text
}

fn table(data: &ContrastData) -> String {
    let mut table = Table::new(&[
        "minimum", "version", "quantity", "row", "feature", "lower", "upper", "status",
    ]);
    for minimum in &data.minima {
        let mut row = |quantity, row: &str, feature: usize, value: Interval| {
            table.row(&[
                Field::Text(minimum.minimum.name()),
                Field::Text(minimum.version()),
                Field::Text(quantity),
                Field::Text(row),
                Field::Text(["e1", "e2"][feature]),
                Field::Number(value.inf()),
                Field::Number(value.sup()),
                Field::Text("proved"),
            ]);
        };
        for (name, w) in ["1", "2"].into_iter().zip(minimum.rows) {
            for (j, value) in w.into_iter().enumerate() {
                row("coefficient", name, j, value);
            }
        }
        for (j, value) in minimum.cosines.into_iter().enumerate() {
            row("cosine", "", j, value);
        }
        for (j, value) in minimum.projections.into_iter().enumerate() {
            row("projection", "", j, value);
        }
    }
    table.finish()
}
