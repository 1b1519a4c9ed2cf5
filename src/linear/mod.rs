//! Verified linear algebra at the speed of the machine's matrix products.
//!
//! [`interval::linalg`](crate::interval::linalg) keeps an interval per entry, which suits small
//! matrices. Here a symmetric matrix is a float matrix with a radius of a *few vectors*,
//!
//! ```text
//! |A_jk - mid_jk| <= Σ_l u_l[j] u_l[k] + (j = k) delta,    so    ‖A - mid‖ <= Σ_l ‖u_l‖² + delta,
//! ```
//!
//! and every `d³` step is one product or factorisation in plain floats. No factorisation
//! is trusted: what is returned follows from a residual whose rounding is bounded a priori.
//!
//! | module | what it holds |
//! |---|---|
//! | `gram` | `Xᵀ diag(w) X` in floats, the same bits for any number of threads |
//! | `enclosed_gram` | the same, enclosed for intervals of weights |
//! | `symmetric` | the matrix with its radius: entries, norm of the radius, shifts |
//! | `rank_two` | adding `c wᵀ + w cᵀ + g w wᵀ` |
//! | `apply` | matrix times vector |
//! | `definite` | lower bounds of the smallest eigenvalue, positive definiteness |
//! | `extreme` | both extreme eigenvalues from both sides |
//! | `inverse` | approximate inverse, singular values, linear systems |
//! | `kernels` | the float products, and what is assumed of them |
//! | `bounds` | sums in floats turned into upper bounds |
//!
//! **What is assumed of the float products**: conventional ones, each entry a sum of the products
//! in some order and grouping, each operation rounded to nearest, fused or not, subnormals kept. Proofs:
//! `notes/linear.md`.

mod apply;
mod bounds;
mod definite;
mod enclosed_gram;
mod extreme;
mod gram;
mod inverse;
mod kernels;
mod rank_two;
mod solve;
mod symmetric;

pub use definite::{is_positive_definite, smallest_eigenvalue_lower};
pub use enclosed_gram::enclosed_gram;
pub use extreme::{extreme_eigenvalues, rayleigh_quotient};
pub use gram::{weighted_gram, weighted_gram_with};
pub use inverse::{
    Preconditioner, enclosed_solve, inverse_norm_upper, smallest_singular_value_lower,
};
pub use solve::solve_approx;
pub use symmetric::EnclosedSymmetric;

use thiserror::Error;

/// Why a statement about a matrix with a radius could not be made.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum LinearError {
    /// The statement is about square matrices.
    #[error("a {rows} x {columns} matrix is not square")]
    NotSquare {
        /// Number of rows.
        rows: usize,
        /// Number of columns.
        columns: usize,
    },
    /// Two mirrored entries of the midpoint differ.
    #[error("entries ({row}, {column}) and ({column}, {row}) differ: not symmetric")]
    NotSymmetric {
        /// Row of the entry.
        row: usize,
        /// Column of the entry.
        column: usize,
    },
    /// A vector does not fit the matrix.
    #[error("a vector of length {found} where {expected} components are needed")]
    Dimension {
        /// What the matrix asks for.
        expected: usize,
        /// What was given.
        found: usize,
    },
    /// A matrix without rows has no eigenvalue.
    #[error("a 0 x 0 matrix has no eigenvalue")]
    NoEigenvalue,
    /// An entry or the radius is infinite or not a number, so nothing is known about the matrix.
    #[error("an entry or the radius is not finite: nothing is known about the matrix")]
    NotBounded,
    /// `‖I - C A‖ < 1` could not be verified for the approximate inverse `C`.
    #[error("regularity not verified: |I - C A| <= {left:e}, needed below {right}")]
    NotProvedRegular {
        /// Upper bound of the left side; infinite if there was no approximate inverse.
        left: f64,
        /// The right side, 1.
        right: f64,
    },
}

fn expect_length(expected: usize, found: usize) -> Result<(), LinearError> {
    if expected == found {
        Ok(())
    } else {
        Err(LinearError::Dimension { expected, found })
    }
}
