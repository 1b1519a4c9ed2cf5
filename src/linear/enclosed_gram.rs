//! `Xᵀ diag(w) X` for every `w` in intervals: the float product and a radius of one vector.
//!
//! With weights `|w_i - mid_i| <= rad_i` and `g = gamma_(n+1)`, the float product `P` of the
//! midpoints satisfies
//!
//! ```text
//! |Σ_i w_i x_ij x_ik - P_jk| <= Σ_i (g |mid_i| + rad_i) |x_ij| |x_ik| + eta t_j t_k <= u_j u_k,
//! u_j = sqrt(Σ_i (g |mid_i| + rad_i) x_ij²) + sqrt(eta) t_j,    t_j = Σ_i (1 + |x_ij|),
//! ```
//!
//! by Cauchy and Schwarz: `O(n d)` beside the product. `notes/linear.md`, lemma 2.

use nalgebra::DMatrix;
use rayon::prelude::*;

use super::bounds::{ETA, gamma_upper, or_infinite, sum, upward};
use super::symmetric::EnclosedSymmetric;
use super::{LinearError, expect_length, weighted_gram};
use crate::interval::rounding::{add_up, mul_up, sqrt_up};

/// `2^-537`, the root of `eta`.
const ROOT_ETA: f64 = f64::from_bits((1023 - 537) << 52);
/// Numbers of entries from which the columns are shared among threads.
const PARALLEL: usize = 1 << 17;

/// Encloses `Xᵀ diag(w) X` for all `w` with `|w_i - mid_i| <= rad_i`; `X` is exact.
///
/// A negative or NaN radius counts as infinite.
///
/// # Errors
///
/// The weights or their radii are not one per row.
///
/// # Example
///
/// ```
/// use minlift::linear::enclosed_gram;
/// use nalgebra::dmatrix;
///
/// let x = dmatrix![1.0, 2.0; 3.0, 4.0];
/// let gram = enclosed_gram(&x, &[1.0, -0.5], &[0.0, 0.25])?;
/// assert!(gram.entry(0, 1).contains(2.0 - 0.75 * 12.0)); // w = (1, -0.75)
/// # Ok::<(), minlift::linear::LinearError>(())
/// ```
pub fn enclosed_gram(
    x: &DMatrix<f64>,
    weights_mid: &[f64],
    weights_rad: &[f64],
) -> Result<EnclosedSymmetric, LinearError> {
    let n = x.nrows();
    expect_length(n, weights_mid.len())?;
    expect_length(n, weights_rad.len())?;
    let g = gamma_upper(n + 1);
    let errors: Vec<f64> = weights_mid
        .iter()
        .zip(weights_rad)
        .map(|(w, r)| g * w.abs() + or_infinite(*r))
        .collect();
    let radius = |j: usize| radius(&x.as_slice()[j * n..][..n], &errors);
    let vector = if x.len() < PARALLEL {
        (0..x.ncols()).map(radius).collect()
    } else {
        (0..x.ncols()).into_par_iter().map(radius).collect()
    };
    let mut set = EnclosedSymmetric {
        mid: weighted_gram(x, weights_mid),
        vectors: Vec::new(),
        diagonal: 0.0,
    };
    set.add_radius(vector);
    Ok(set)
}

/// `u_j` for a column of `X`, from above.
fn radius(column: &[f64], errors: &[f64]) -> f64 {
    let n = column.len();
    let reach = upward(sum(column, f64::abs) + n as f64, n + 1, 0.0);
    // A term c x x passes the two roundings of c, two products and n - 1 additions; underflow takes
    // (x² + |x| + 1) eta/2 at most.
    let squares = sum_of_squares(column, errors);
    let squares = upward(squares, n + 3, mul_up(ETA, mul_up(reach, reach)));
    add_up(sqrt_up(squares), mul_up(ROOT_ETA, reach))
}

/// `Σ fl(fl(c_i x_i) x_i)` in eight interleaved sums.
fn sum_of_squares(x: &[f64], c: &[f64]) -> f64 {
    let ((xs, x_rest), (cs, c_rest)) = (x.as_chunks::<8>(), c.as_chunks::<8>());
    let mut sums = [0.0; 8];
    for (x, c) in xs.iter().zip(cs) {
        for l in 0..8 {
            sums[l] += c[l] * x[l] * x[l];
        }
    }
    let rest: f64 = x_rest.iter().zip(c_rest).map(|(x, c)| c * x * x).sum();
    sums.iter().sum::<f64>() + rest
}
