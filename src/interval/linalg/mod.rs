//! Verified linear algebra on interval vectors and matrices.
//!
//! A `DMatrix<Interval>` stands for the set of all real matrices whose entries
//! lie in its entries; every function here makes a statement about *each* of
//! them (or each symmetric one, where it says so). Floating-point
//! decompositions serve as guesses only: what is returned is a bound whatever
//! they produced, and a bad guess costs sharpness, never truth.
//!
//! | module | what it holds |
//! |---|---|
//! | `product` | matrix products in plain floats with an a-priori rounding bound |
//! | `norms` | Euclidean and Frobenius norm, upper bounds of the spectral norm |
//! | `inverse` | regularity, enclosure of the inverse, bound of its norm |
//! | `ldlt` | inertia and definiteness of symmetric matrices |
//! | `eigen` | all eigenvalues of symmetric matrices, singular values |
//! | `determinant` | its sign |
//!
//! Proofs: `notes/linear_algebra.md`.

mod determinant;
mod eigen;
mod inverse;
mod ldlt;
mod norms;
mod product;

pub use determinant::{Sign, determinant_sign};
pub use eigen::{singular_values, symmetric_eigenvalues};
pub use inverse::{
    inverse, inverse_approx, inverse_norm_upper, regularity_upper, symmetric_inverse_norm_upper,
};
pub use ldlt::{Inertia, inertia, ldlt_pivots};
pub use norms::{
    frobenius_norm, infinity_norm_upper, norm, one_norm_upper, spectral_norm_upper,
    symmetric_spectral_norm_upper,
};
pub use product::{apply, point_matrix, product};

use nalgebra::DMatrix;
use thiserror::Error;

use super::Interval;

/// Why a statement about an interval matrix could not be proved.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum LinalgError {
    /// The statement is about square matrices.
    #[error("a {rows} x {columns} matrix is not square")]
    NotSquare {
        /// Number of rows.
        rows: usize,
        /// Number of columns.
        columns: usize,
    },
    /// An entry is empty or unbounded, so nothing is known about the matrix.
    #[error("entry ({row}, {column}) is {entry}, not a bounded interval")]
    NotBounded {
        /// Row of the entry.
        row: usize,
        /// Column of the entry.
        column: usize,
        /// The entry.
        entry: Interval,
    },
    /// Two mirrored entries do not meet: no member of the set is symmetric.
    #[error("entries ({row}, {column}) and ({column}, {row}) are disjoint: no member is symmetric")]
    NotSymmetric {
        /// Row of the entry.
        row: usize,
        /// Column of the entry.
        column: usize,
    },
    /// `|I - R A| < 1` could not be verified for the approximate inverse `R`.
    #[error("regularity not verified: |I - R A| <= {left:e}, needed below {right}")]
    NotProvedRegular {
        /// Upper bound of the left side; infinite if there was no approximate inverse.
        left: f64,
        /// The right side, 1.
        right: f64,
    },
    /// An eigenvalue is not separated from 0, so the inertia is open.
    #[error("inertia open: eigenvalue {index} lies in {eigenvalue}, not separated from 0")]
    OpenInertia {
        /// Position in ascending order.
        index: usize,
        /// Its enclosure.
        eigenvalue: Interval,
    },
}

/// The float matrix of the midpoints.
#[must_use]
pub fn midpoint(a: &DMatrix<Interval>) -> DMatrix<f64> {
    a.map(Interval::mid)
}

fn square_and_bounded(a: &DMatrix<Interval>) -> Result<usize, LinalgError> {
    if a.nrows() != a.ncols() {
        return Err(LinalgError::NotSquare {
            rows: a.nrows(),
            columns: a.ncols(),
        });
    }
    all_bounded(a)?;
    Ok(a.nrows())
}

fn all_bounded(a: &DMatrix<Interval>) -> Result<(), LinalgError> {
    for column in 0..a.ncols() {
        for row in 0..a.nrows() {
            let entry = a[(row, column)];
            if !entry.is_bounded() {
                return Err(LinalgError::NotBounded { row, column, entry });
            }
        }
    }
    Ok(())
}

/// The tightest interval matrix around the symmetric members of `a`: mirrored
/// entries are intersected.
///
/// # Errors
///
/// Not square, an entry empty or unbounded, or no symmetric member at all.
pub fn symmetric_part(a: &DMatrix<Interval>) -> Result<DMatrix<Interval>, LinalgError> {
    let n = square_and_bounded(a)?;
    let mut s = a.clone();
    for column in 0..n {
        for row in column + 1..n {
            let both = a[(row, column)].intersection(a[(column, row)]);
            if both.is_empty() {
                return Err(LinalgError::NotSymmetric { row, column });
            }
            s[(row, column)] = both;
            s[(column, row)] = both;
        }
    }
    Ok(s)
}
