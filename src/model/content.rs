//! What the rows of a minimum contain: cosines and projections of the features.

use crate::interval::Interval;

/// `|w^(j)|/‖w‖` for a row `w` in span(e1, e2).
///
/// Computed as `1/√(1 + (w^(i)/w^(j))²)` where `w^(j)` is away from 0, which uses each
/// coordinate once; never above 1.
#[must_use]
pub fn cosines(row: [Interval; 2]) -> [Interval; 2] {
    let cosine = |own: Interval, other: Interval| {
        let value = if own.mig() > 0.0 {
            ((other / own).sqr() + Interval::ONE).sqrt().recip()
        } else {
            own.abs() / (own.sqr() + other.sqr()).sqrt()
        };
        value.intersection(Interval::UNIT)
    };
    [cosine(row[0], row[1]), cosine(row[1], row[0])]
}

/// `‖P e_1‖` and `‖P e_2‖`, `P` the orthogonal projector on the span of two rows in span(e1, e2).
///
/// If the determinant of the rows is not 0 the span is the whole plane and both are
/// exactly 1. If the rows may be parallel the enclosure is `[0, 1]`.
#[must_use]
pub fn projections(rows: [[Interval; 2]; 2]) -> [Interval; 2] {
    let determinant = rows[0][0] * rows[1][1] - rows[0][1] * rows[1][0];
    if determinant.mig() > 0.0 {
        [Interval::ONE; 2]
    } else {
        [Interval::UNIT; 2]
    }
}
