//! Figure: a plane of parameters, cell by cell.

use super::axis::{Axis, Frame, Spread};
use super::canvas::Canvas;
use super::clip::{Rect, clip_line};
use super::legend::{Legend, Sample, nothing_to_draw};
use super::style::{BLUE, Colour, GREY, INK, ORANGE, Stroke, WHITE, WIDTH, light};
use super::{Figure, FigureError};
use crate::report::numbers::estimate;

/// A cell of the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtlasTile {
    /// Column and row.
    pub at: [f64; 2],
    /// 0 proved, 1 refused, 2 open.
    pub tone: usize,
}

/// The data of [`atlas`].
#[derive(Clone, Debug, PartialEq)]
pub struct AtlasData {
    /// The parameters, for the caption.
    pub parameters: String,
    /// Symbol of the second parameter.
    pub second: &'static str,
    /// Ranges of both axes.
    pub ranges: [[f64; 2]; 2],
    /// Cells along both axes.
    pub cells: [f64; 2],
    /// The cells.
    pub tiles: Vec<AtlasTile>,
    /// The pitchfork, column by column.
    pub curve: Vec<Option<[f64; 2]>>,
    /// The shares of the three answers.
    pub percent: [f64; 3],
}

const TITLE: &str = "Where the exact objective has its minimum";
const FRAME: Rect = [70.0, 14.0, WIDTH - 18.0, 470.0];
const NAMES: [&str; 3] = [
    "proved for every parameter of the cell",
    "refused for every parameter",
    "open",
];

/// Draws the cells and the curve.
///
/// # Errors
///
/// Only if the backend fails.
pub fn atlas(data: &AtlasData) -> Result<Figure, FigureError> {
    let mut canvas = Canvas::default();
    let mut legend = Legend::default();
    let axis = |[lo, hi]: [f64; 2], from, to| Axis {
        spread: Spread::Linear,
        lo,
        hi,
        from,
        to,
    };
    let frame = Frame {
        x: axis(data.ranges[0], FRAME[0], FRAME[2]),
        y: axis(data.ranges[1], FRAME[3], FRAME[1]),
    };
    // Refused cells are light, so that they differ from proved ones in grey print too; open ones are dark.
    let tones: [Colour; 3] = [light(BLUE), WHITE, INK];
    for (k, (tone, name)) in tones.into_iter().zip(NAMES).enumerate() {
        let label = format!("{name} ({} %)", estimate(data.percent[k], 3));
        legend.entry(Sample::Region(Stroke::solid(GREY, 0.75), tone), label);
    }
    if data.tiles.is_empty() {
        nothing_to_draw(&mut canvas, FRAME);
    }
    for run in runs(&data.tiles) {
        let [width, height] = [0, 1].map(|k| {
            let [left, top, right, bottom] = FRAME;
            [right - left, bottom - top][k] / data.cells[k]
        });
        let (x, y) = (FRAME[0] + run.column * width, FRAME[3] - run.first * height);
        let rect = [x, y - run.count * height, x + width, y];
        canvas.fill(rect, tones[run.tone.min(2)], 1.0);
    }
    let stroke = Stroke::solid(ORANGE, 2.0);
    let pixels = data.curve.iter().map(|it| {
        let [x, y] = (*it)?;
        frame.pixel(x, y)
    });
    let pieces = clip_line(pixels, frame.rect());
    pieces.iter().for_each(|piece| canvas.path(piece, stroke));
    if !pieces.is_empty() {
        legend.entry(Sample::Line(stroke), "pitchfork, enclosed");
    }
    let gaps = data.curve.iter().filter(|it| it.is_none()).count();
    if gaps > 0 {
        legend.note(format!("The pitchfork is not enclosed in {gaps} columns."));
    }
    frame.draw(
        &mut canvas,
        (&frame.x.linear_ticks(10.0), "τ"),
        (&frame.y.linear_ticks(8.0), data.second),
    );
    let bottom = legend.draw(&mut canvas, FRAME[3] + 62.0);
    let caption = format!(
        "Each cell is a box of parameters ({}): proved, a local minimum with w⁽¹⁾ > 0 for every parameter in it; refused, no critical \
         point with w⁽¹⁾ > 0 for any. The line is the enclosed pitchfork, narrower than it is drawn.",
        data.parameters
    );
    Ok(Figure {
        stem: "atlas".to_owned(),
        title: TITLE.to_owned(),
        svg: canvas.finish(bottom.ceil(), TITLE, &caption)?,
        caption,
        csv: String::new(),
    })
}

/// Cells of one column with the same answer, one above the other: one rectangle without seams.
struct Run {
    column: f64,
    first: f64,
    count: f64,
    tone: usize,
}

fn runs(tiles: &[AtlasTile]) -> Vec<Run> {
    let mut runs: Vec<Run> = vec![];
    for tile in tiles {
        let [column, row] = tile.at;
        match runs.last_mut() {
            Some(run)
                if run.column == column
                    && run.tone == tile.tone
                    && run.first + run.count == row =>
            {
                run.count += 1.0;
            }
            _ => runs.push(Run {
                column,
                first: row,
                count: 1.0,
                tone: tile.tone,
            }),
        }
    }
    runs
}
