//! Norms of the points and of the coordinates: what error bounds and Lipschitz constants need of a data set.

use nalgebra::DMatrix;

use super::sums::roundings_bound;
use crate::interval::Interval;
use crate::interval::rounding::{add_up, mul_up, sqrt_up};

/// Upper bounds of Euclidean norms.
#[derive(Clone, Debug)]
pub(super) struct Sizes {
    /// `‖x_i‖` for every point.
    pub points: Vec<f64>,
    /// `‖x_i,⊥‖`: without the first two coordinates.
    pub off_plane: Vec<f64>,
    /// `(Σ_i x_ij²)^½` for every coordinate.
    pub columns: Vec<f64>,
}

impl Sizes {
    pub(super) fn of(x: &DMatrix<f64>) -> Self {
        let (n, d) = x.shape();
        let mut off_plane = vec![0.0; n];
        let mut plane = vec![0.0; n];
        let mut columns = Vec::with_capacity(d);
        for (j, column) in x.as_slice().chunks_exact(n.max(1)).enumerate() {
            let sums = if j < 2 { &mut plane } else { &mut off_plane };
            for (sum, x) in sums.iter_mut().zip(column) {
                *sum += x * x;
            }
            let square: f64 = super::sums::dot(column, column);
            columns.push(root(square, n));
        }
        let points = plane
            .iter()
            .zip(&off_plane)
            .map(|(p, o)| root(p + o, d + 1))
            .collect();
        for sum in &mut off_plane {
            *sum = root(*sum, d);
        }
        Self {
            points,
            off_plane,
            columns,
        }
    }
}

/// An upper bound of the root of a sum of at most `terms` squares that was taken in floats, in any order: non-negative
/// terms, each with no more than `terms + 1` roundings, and an underflow of at most `2^-1074` each.
fn root(sum: f64, terms: usize) -> f64 {
    let grown = mul_up(
        sum,
        add_up(1.0, mul_up(2.0, roundings_bound(terms + 2).sup())),
    );
    let underflow = mul_up(terms as f64 + 1.0, f64::from_bits(1));
    let bound = add_up(grown, underflow);
    if bound >= 0.0 {
        // No square is lost for good: a NaN would be no bound.
        sqrt_up(bound)
    } else {
        Interval::ENTIRE.sup()
    }
}
