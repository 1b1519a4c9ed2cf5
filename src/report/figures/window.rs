//! The part of the plane that a landscape shows.

use super::clip::Rect;
use super::landscape::LandscapeData;

/// A rectangle of the plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Range of `w⁽¹⁾`.
    pub x: [f64; 2],
    /// Range of `w⁽²⁾`.
    pub y: [f64; 2],
}

pub(super) fn sensible(window: &Window) -> bool {
    let fine = |[lo, hi]: [f64; 2]| hi - lo > 1e-9 && lo.abs() < 1e9 && hi.abs() < 1e9;
    fine(window.x) && fine(window.y)
}

/// Everything there is to show, and a third of it around. Descents do not count: one that
/// runs away must not make the rest small.
pub(super) fn around(data: &LandscapeData<'_>) -> Window {
    let corners = data
        .regions
        .iter()
        .flat_map(|r| [[r.x[0], r.y[0]], [r.x[1], r.y[1]]]);
    let starts = data.paths.iter().filter_map(|p| p.points.first().copied());
    let all: Vec<[f64; 2]> = data
        .points
        .iter()
        .map(|p| p.at)
        .chain(corners)
        .chain(starts)
        .collect();
    let range = |k: usize| {
        let values = all.iter().map(|p| p[k]).filter(|v| v.abs() < 1e6);
        let (lo, hi) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), v| {
            (lo.min(v), hi.max(v))
        });
        if lo > hi {
            return [-1.0, 1.0];
        }
        let room = 0.33 * (hi - lo).max(0.3);
        [lo - room, hi + room]
    };
    Window {
        x: range(0),
        y: range(1),
    }
}

/// Enlarges a window to the proportions of the frame.
pub(super) fn enlarge(mut window: Window, [left, top, right, bottom]: Rect) -> Window {
    let size = |[lo, hi]: [f64; 2]| hi - lo;
    let wanted = (right - left) / (bottom - top);
    let spread = |range: &mut [f64; 2], size: f64| {
        let more = (size - (range[1] - range[0])) / 2.0;
        *range = [range[0] - more, range[1] + more];
    };
    let (width, height) = (size(window.x), size(window.y));
    if width < wanted * height {
        spread(&mut window.x, wanted * height);
    } else {
        spread(&mut window.y, width / wanted);
    }
    window
}
