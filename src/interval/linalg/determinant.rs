//! The sign of a determinant.

use nalgebra::DMatrix;

use super::inverse::inverse_approx;
use super::{midpoint, point_matrix, regularity_upper, square_and_bounded};
use crate::interval::Interval;

/// Sign of a determinant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Proved positive.
    Positive,
    /// Proved negative.
    Negative,
    /// Not decided by the enclosure.
    Open,
}

/// The sign of `det A` shared by all members of `a`.
///
/// By interval elimination with row exchanges; where a pivot meets 0, by
/// elimination on a float approximate inverse `R`: if `|I - R A| < 1` the segment from `R A`
/// to `I` stays regular, so `det R det A > 0`. A matrix that is not square, or has
/// empty or unbounded entries, is [`Sign::Open`].
#[must_use]
pub fn determinant_sign(a: &DMatrix<Interval>) -> Sign {
    if square_and_bounded(a).is_err() {
        return Sign::Open;
    }
    match eliminate(a.clone()) {
        Sign::Open if regularity_upper(a) < 1.0 => {
            inverse_approx(&midpoint(a)).map_or(Sign::Open, |r| eliminate(point_matrix(&r)))
        }
        sign => sign,
    }
}

fn eliminate(mut work: DMatrix<Interval>) -> Sign {
    let n = work.nrows();
    let mut negative = false;
    for k in 0..n {
        // The row whose pivot is farthest from 0.
        let mut row = k;
        for i in k + 1..n {
            if work[(i, k)].mig() > work[(row, k)].mig() {
                row = i;
            }
        }
        if row != k {
            work.swap_rows(row, k);
            negative = !negative;
        }
        let pivot = work[(k, k)];
        if pivot.certainly_negative() {
            negative = !negative;
        } else if !pivot.certainly_positive() {
            return Sign::Open;
        }
        for i in k + 1..n {
            let factor = work[(i, k)] / pivot;
            for j in k + 1..n {
                let update = factor * work[(k, j)];
                work[(i, j)] -= update;
            }
        }
    }
    if negative {
        Sign::Negative
    } else {
        Sign::Positive
    }
}
