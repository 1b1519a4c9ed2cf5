//! The sign of a determinant.

use std::cmp::Ordering;

use nalgebra::{DMatrix, LU};

use super::inverse::identity_distance_upper;
use super::{midpoint, point_matrix, product, square_and_bounded};
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
/// By interval elimination with row exchanges; where a pivot meets 0, by float
/// factors `P A ~ L U`. With `Y ~ L^-1` (unit lower triangular) and `X ~ U^-1` (upper triangular),
/// `det Y = 1` and the sign of `det X` is that of its diagonal, exactly; if `|I - Y P A X| < 1`, the segment
/// from `Y P A X` to `I` stays regular, so `det P det X det A > 0`. A matrix that is not square, or has
/// empty or unbounded entries, is [`Sign::Open`].
#[must_use]
pub fn determinant_sign(a: &DMatrix<Interval>) -> Sign {
    if square_and_bounded(a).is_err() {
        return Sign::Open;
    }
    match eliminate(a.clone()) {
        Sign::Open => by_factors(a).unwrap_or(Sign::Open),
        sign => sign,
    }
}

fn by_factors(a: &DMatrix<Interval>) -> Option<Sign> {
    let n = a.nrows();
    let lu = LU::new(midpoint(a));
    let identity = DMatrix::<f64>::identity(n, n);
    let y = lu.l().solve_lower_triangular(&identity)?;
    let x = lu.u().solve_upper_triangular(&identity)?;
    // Triangular by construction, whatever the solver left in the other half.
    let y = DMatrix::from_fn(n, n, |i, j| match i.cmp(&j) {
        Ordering::Less => 0.0,
        Ordering::Equal => 1.0,
        Ordering::Greater => y[(i, j)],
    });
    let x = x.upper_triangle();
    let mut permuted = a.clone();
    lu.p().permute_rows(&mut permuted);
    let near_identity = product(&product(&point_matrix(&y), &permuted), &point_matrix(&x));
    let regular = identity_distance_upper(near_identity) < 1.0;
    if !regular {
        return None;
    }
    let exchanged = lu.p().determinant::<f64>() < 0.0;
    let negative = (0..n).filter(|&i| x[(i, i)] < 0.0).count() % 2 == 1;
    Some(if exchanged == negative {
        Sign::Positive
    } else {
        Sign::Negative
    })
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
