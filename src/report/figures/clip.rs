//! Cutting lines to a rectangle, and into dashes.
//!
//! Values out of range must be cut off, never clamped: a clamped curve is a false flat
//! line along the frame.

use super::style::Dash;

/// A point in CSS pixels, y downwards.
pub(super) type P = (f64, f64);

/// A rectangle `[left, top, right, bottom]` in CSS pixels.
pub(super) type Rect = [f64; 4];

/// Is the point in the (closed) rectangle? False for NaN.
pub(super) fn inside((x, y): P, [x0, y0, x1, y1]: Rect) -> bool {
    x >= x0 && x <= x1 && y >= y0 && y <= y1
}

/// Do two rectangles overlap?
pub(super) fn overlap(a: Rect, b: Rect) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// The part of the segment in the rectangle (Liang & Barsky 1984), if there is one.
pub(super) fn clip_segment(a: P, b: P, [x0, y0, x1, y1]: Rect) -> Option<(P, P)> {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    // The segment is inside where t * slope <= room, for each of the four sides.
    for (slope, room) in [
        (-dx, a.0 - x0),
        (dx, x1 - a.0),
        (-dy, a.1 - y0),
        (dy, y1 - a.1),
    ] {
        if slope < 0.0 {
            enter = enter.max(room / slope);
        } else if slope > 0.0 {
            leave = leave.min(room / slope);
        } else if room >= 0.0 {
            // Parallel to this side, and on the inner side of it.
        } else {
            return None;
        }
    }
    // Rounding may leave the end a hair outside.
    let at = |t: f64| ((a.0 + t * dx).clamp(x0, x1), (a.1 + t * dy).clamp(y0, y1));
    (enter <= leave).then(|| (at(enter), at(leave)))
}

/// The parts of a line in the rectangle. A `None` or a point that is not finite interrupts it.
pub(super) fn clip_line(points: impl IntoIterator<Item = Option<P>>, rect: Rect) -> Vec<Vec<P>> {
    let mut pieces: Vec<Vec<P>> = Vec::new();
    let mut last: Option<P> = None;
    // Does the current piece end at `last`, inside?
    let mut open = false;
    for point in points {
        let point = point.filter(|p| p.0.is_finite() && p.1.is_finite());
        let (Some(a), Some(b)) = (last, point) else {
            (last, open) = (point, false);
            continue;
        };
        last = point;
        let Some((from, to)) = clip_segment(a, b, rect) else {
            open = false;
            continue;
        };
        match pieces.last_mut() {
            Some(piece) if open => piece.push(to),
            _ => pieces.push(vec![from, to]),
        }
        open = inside(b, rect);
    }
    pieces
}

/// Cuts a line into dashes, measured along it.
pub(super) fn dashes(points: &[P], pattern: Dash) -> Vec<Vec<P>> {
    let mut pieces = Vec::new();
    let mut ink = vec![];
    let (mut index, mut left) = (0, pattern[0]);
    ink.extend(points.first());
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let length = (b.0 - a.0).hypot(b.1 - a.1);
        let mut done = 0.0;
        while length - done > left {
            done += left;
            let t = done / length;
            let cut = (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1));
            if index % 2 == 0 {
                ink.push(cut);
                pieces.push(std::mem::take(&mut ink));
            } else {
                ink = vec![cut];
            }
            index = (index + 1) % pattern.len();
            left = pattern[index];
        }
        left -= length - done;
        if index % 2 == 0 {
            ink.push(b);
        }
    }
    if ink.len() > 1 {
        pieces.push(ink);
    }
    pieces
}

/// The arcs of a circle in the rectangle, as lines.
///
/// Found from the crossings with the four sides, so that they are exact for any radius.
pub(super) fn clip_circle(centre: P, radius: f64, rect: Rect) -> Vec<Vec<P>> {
    use std::f64::consts::TAU;
    let [x0, y0, x1, y1] = rect;
    let mut angles = vec![0.0, TAU];
    for side in [x0, x1] {
        let c = (side - centre.0) / radius;
        if c.abs() <= 1.0 {
            angles.extend([c.acos(), TAU - c.acos()]);
        }
    }
    for side in [y0, y1] {
        let s = (side - centre.1) / radius;
        if s.abs() <= 1.0 {
            let a = s.asin();
            angles.extend([(a + TAU) % TAU, (TAU / 2.0 - a) % TAU]);
        }
    }
    angles.sort_by(f64::total_cmp);
    let at = |t: f64| (centre.0 + radius * t.cos(), centre.1 + radius * t.sin());
    angles
        .windows(2)
        .filter(|w| inside(at((w[0] + w[1]) / 2.0), rect))
        .map(|w| {
            // Chords of this length stay within a sixteenth of a pixel of the arc.
            let chord = (0.5 * radius).sqrt();
            let steps = ((w[1] - w[0]) * radius / chord).ceil().clamp(2.0, 4000.0);
            (0..=steps as u32)
                .map(|i| at(w[0] + (w[1] - w[0]) * f64::from(i) / steps))
                .map(|(x, y)| (x.clamp(x0, x1), y.clamp(y0, y1)))
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: Rect = [0.0, 0.0, 10.0, 10.0];

    #[test]
    fn a_line_that_leaves_is_cut_and_not_bent() {
        let zigzag = [(5.0, 5.0), (15.0, 15.0), (25.0, 5.0), (5.0, 5.0)];
        let pieces = clip_line(zigzag.map(Some), UNIT);
        assert_eq!(
            pieces,
            [
                vec![(5.0, 5.0), (10.0, 10.0)],
                vec![(10.0, 5.0), (5.0, 5.0)]
            ]
        );
    }

    #[test]
    fn gaps_interrupt_and_passing_lines_are_kept() {
        let line = [Some((1.0, 1.0)), Some((2.0, 1.0)), None, Some((3.0, 1.0))];
        assert_eq!(clip_line(line, UNIT), [vec![(1.0, 1.0), (2.0, 1.0)]]);
        // Both ends outside, the middle inside.
        let across = [Some((-5.0, 5.0)), Some((15.0, 5.0))];
        assert_eq!(clip_line(across, UNIT), [vec![(0.0, 5.0), (10.0, 5.0)]]);
        assert!(clip_line([Some((-5.0, 5.0)), Some((5.0, 16.0))], UNIT).is_empty());
    }

    #[test]
    fn dashes_have_their_lengths_around_corners() {
        let pieces = dashes(&[(0.0, 0.0), (4.0, 0.0), (4.0, 7.0)], &[3.0, 2.0]);
        assert_eq!(
            pieces,
            [
                vec![(0.0, 0.0), (3.0, 0.0)],
                vec![(4.0, 1.0), (4.0, 4.0)],
                vec![(4.0, 6.0), (4.0, 7.0)]
            ]
        );
    }

    #[test]
    fn arcs_of_circles_of_any_size_stay_inside_and_on_the_circle() {
        for (centre, radius, arcs) in [
            ((5.0, 5.0), 3.0, 1),
            ((5.0, 5.0), 6.0, 4),
            ((5.0, -1e7), 1e7 + 5.0, 1),
            ((5.0, 5.0), 100.0, 0),
        ] {
            let pieces = clip_circle(centre, radius, UNIT);
            // A circle is cut where the angle is 0, too.
            let joined = pieces.len() - usize::from(arcs == 4 && pieces.len() == 5);
            assert_eq!(joined, arcs, "{radius}");
            for (x, y) in pieces.into_iter().flatten() {
                assert!(inside((x, y), UNIT));
                let off = (x - centre.0).hypot(y - centre.1) - radius;
                assert!(off.abs() < 1e-7 * radius.max(1.0), "{off}");
            }
        }
    }
}
