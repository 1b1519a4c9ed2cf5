//! Inertia of symmetric interval matrices, by LDL^T and by eigenvalues.
//!
//! If elimination without exchanges runs through with pivots `d_1 .. d_n` none
//! of which contains 0, every symmetric member is `L D L^T` with the pivots on
//! the diagonal of `D`; by Sylvester's law its inertia is the signs of `d`.

use nalgebra::DMatrix;

use super::eigen::symmetric_eigenvalues;
use super::{LinalgError, symmetric_part};
use crate::interval::Interval;

/// How many eigenvalues of each sign; none is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inertia {
    /// Number of positive eigenvalues.
    pub positive: usize,
    /// Number of negative eigenvalues: the index of a critical point.
    pub negative: usize,
}

/// The inertia shared by every symmetric member of `a`, which are then all regular.
///
/// First by LDL^T; where a pivot meets 0 (as it can for an indefinite matrix
/// that is far from singular) by enclosing the eigenvalues.
///
/// # Errors
///
/// [`LinalgError::OpenInertia`] with the eigenvalue that could not be separated from
/// 0; no symmetric member; entries empty or unbounded.
///
/// # Example
///
/// ```
/// use minlift::interval::{Interval, linalg};
/// use nalgebra::DMatrix;
///
/// let saddle = DMatrix::from_row_slice(2, 2, &[0.0, 1.0, 1.0, 0.0]).map(Interval::point);
/// let inertia = linalg::inertia(&saddle)?;
/// assert_eq!((inertia.positive, inertia.negative), (1, 1));
/// # Ok::<(), linalg::LinalgError>(())
/// ```
pub fn inertia(a: &DMatrix<Interval>) -> Result<Inertia, LinalgError> {
    let s = symmetric_part(a)?;
    let n = s.nrows();
    if let Some(pivots) = ldlt_pivots(&s) {
        let negative = pivots.iter().filter(|d| d.certainly_negative()).count();
        return Ok(Inertia {
            positive: n - negative,
            negative,
        });
    }
    let mut negative = 0;
    for (index, &eigenvalue) in symmetric_eigenvalues(&s)?.iter().enumerate() {
        if eigenvalue.certainly_negative() {
            negative += 1;
        } else if !eigenvalue.certainly_positive() {
            return Err(LinalgError::OpenInertia { index, eigenvalue });
        }
    }
    Ok(Inertia {
        positive: n - negative,
        negative,
    })
}

/// The pivots of interval LDL^T without exchanges (lower triangle only), or
/// `None` as soon as one of them is not separated from 0.
#[must_use]
pub fn ldlt_pivots(s: &DMatrix<Interval>) -> Option<Vec<Interval>> {
    if s.nrows() != s.ncols() {
        return None;
    }
    let n = s.nrows();
    let mut work = s.clone();
    let mut pivots = Vec::with_capacity(n);
    for k in 0..n {
        let pivot = work[(k, k)];
        let separated = pivot.certainly_positive() || pivot.certainly_negative();
        if !(separated && pivot.is_bounded()) {
            return None;
        }
        pivots.push(pivot);
        for j in k + 1..n {
            // Row j of L; the diagonal update uses a square, which is sharper.
            let l = work[(j, k)] / pivot;
            let square = work[(j, k)].sqr() / pivot;
            work[(j, j)] -= square;
            for i in j + 1..n {
                let update = work[(i, k)] * l;
                work[(i, j)] -= update;
            }
        }
    }
    Some(pivots)
}
