//! One panel of the map: a kind of minimum over a grid of two parameters.

use super::canvas::{Anchor, Canvas};
use super::clip::{P, Rect};
use super::learned::Learned;
use super::map::MapGrid;
use super::steps::Steps;
use super::style::{DOTTED, GREY, INK, Mark, SMALL, Shape, Stroke, TEXT, text_width};
use crate::claim::Found;
use crate::report::numbers::estimate;

/// Height of a panel.
pub(super) const HEIGHT: f64 = 144.0;
/// Tick labels nearer than this would touch.
const LINE: f64 = 14.0;

/// The geometry of a panel.
pub(super) struct Panel {
    rect: Rect,
    steps: [Steps; 2],
}

impl Panel {
    pub fn new(grid: &MapGrid, [left, top]: [f64; 2], width: f64) -> Self {
        let steps = [0, 1].map(|k| Steps::of(grid.points.iter().map(|p| p.at[k])));
        Self {
            rect: [left, top, left + width, top + HEIGHT],
            steps,
        }
    }

    /// Where the panel ends with its labels.
    pub fn below(&self) -> f64 {
        let widest = (self.steps[0].values.iter())
            .map(|&value| text_width(&written(value), SMALL))
            .fold(0.0, f64::max);
        self.rect[3] + 12.0 + widest + 20.0
    }

    /// Width and height of a cell.
    fn cell(&self) -> [f64; 2] {
        let [left, top, right, bottom] = self.rect;
        let count = |k: usize| self.steps[k].values.len().max(1) as f64;
        [(right - left) / count(0), (bottom - top) / count(1)]
    }

    fn pixel(&self, [i, j]: [f64; 2]) -> P {
        let [width, height] = self.cell();
        let [left, _, _, bottom] = self.rect;
        (left + (i + 0.5) * width, bottom - (j + 0.5) * height)
    }

    /// The pixel of parameters that need not belong to the grid; none outside of it.
    pub fn place(&self, grid: &MapGrid, at: [f64; 2]) -> Option<P> {
        let [x, y] = [0, 1].map(|k| self.steps[k].place(at[k], grid.logarithmic[k]));
        Some(self.pixel([x?, y?]))
    }

    /// The frame, the marks of this kind of minimum, and the first parameter below.
    pub fn draw(&self, canvas: &mut Canvas, grid: &MapGrid, kind: Learned, index: usize) {
        let [left, top, right, bottom] = self.rect;
        if let Some((x, y)) = grid.claim.and_then(|at| self.place(grid, at)) {
            let stroke = Stroke {
                dash: Some(DOTTED),
                ..Stroke::solid(INK, 1.0)
            };
            canvas.line((x, top), (x, bottom), stroke);
            canvas.line((left, y), (right, y), stroke);
        }
        let radius = 0.29 * self.cell()[0].min(self.cell()[1]);
        let full = kind.mark(radius.min(5.0), true);
        for point in &grid.points {
            let [i, j] = [0, 1].map(|k| self.steps[k].index(point.at[k]));
            if let (Some(i), Some(j)) = (i, j) {
                let at = self.pixel([i as f64, j as f64]);
                canvas.mark(at, status_mark(full, point.found[index]));
            }
        }
        let stroke = Stroke::solid(INK, 1.0);
        canvas.rectangle(self.rect, stroke);
        for (i, _) in self.steps[1].values.iter().enumerate() {
            let y = self.pixel([0.0, i as f64]).1;
            canvas.line((left - 3.0, y), (left, y), stroke);
        }
        let mut last = f64::NEG_INFINITY;
        for (i, &value) in self.steps[0].values.iter().enumerate() {
            let x = self.pixel([i as f64, 0.0]).0;
            canvas.line((x, bottom), (x, bottom + 3.0), stroke);
            if x - last >= LINE {
                last = x;
                let at = (x, bottom + 7.0);
                canvas.upward_text_from(&written(value), at, SMALL, Anchor::End);
            }
        }
        let title = ((left + right) / 2.0, self.below() - 8.0);
        canvas.text(&grid.axes[0], title, TEXT, Anchor::Middle);
    }

    /// The second parameter, left of the panel.
    pub fn draw_left(&self, canvas: &mut Canvas, grid: &MapGrid) {
        let [left, top, _, bottom] = self.rect;
        let mut widest = 0.0_f64;
        let mut last = f64::INFINITY;
        for (i, &value) in self.steps[1].values.iter().enumerate() {
            let y = self.pixel([0.0, i as f64]).1;
            if last - y >= LINE {
                last = y;
                let text = written(value);
                widest = widest.max(text_width(&text, SMALL));
                canvas.text(&text, (left - 8.0, y), SMALL, Anchor::End);
            }
        }
        let title = (left - widest - 20.0, (top + bottom) / 2.0);
        canvas.upward_text(&grid.axes[1], title, TEXT);
    }
}

/// What is known, as a mark: filled and hollow as everywhere; a dot where nothing is known, a cross where nothing is.
pub(super) fn status_mark(full: Mark, found: Found) -> Mark {
    match found {
        Found::Proved => full,
        Found::Floats => Mark {
            filled: false,
            ..full
        },
        Found::NotFound => Mark {
            shape: Shape::Circle,
            colour: GREY,
            radius: 1.25,
            filled: true,
        },
        Found::ProvedNone => Mark {
            shape: Shape::Cross,
            colour: INK,
            radius: 0.8 * full.radius,
            filled: true,
        },
    }
}

fn written(value: f64) -> String {
    estimate(value, 4)
}
