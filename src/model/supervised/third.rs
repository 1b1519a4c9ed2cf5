//! Bounds of the third derivative over balls about a collinear point.
//!
//! # Statement
//!
//! In a frame, on the closed ball of radius `r` about `θ_0`,
//!
//! ```text
//! |D³L| <= k_3 + r k_4(r),
//! ```
//!
//! `k_3` a bound of `|D³L|` at `θ_0` and `k_4(r)` of `|D⁴L|` on the ball. All norms are those of symmetric multilinear
//! forms on a Hilbert space, where the supremum is attained on the diagonal (Banach 1938): it is enough to bound
//! `D^nL[U, .., U]`. `k_3` comes from the enclosed tensor, `k_4` from [`LineBounds`] (`notes/supervised.md`).

use nalgebra::DMatrix;

use super::collinear::{COORDINATES, LocalDerivatives};
use super::frame::{Frame, rotate};
use super::line_bounds::LineBounds;
use crate::interval::Interval;
use crate::interval::linalg::{
    LinalgError, inverse, product, spectral_norm_upper, symmetric_inverse_norm_upper,
    symmetric_spectral_norm_upper,
};
use crate::interval::rounding::{add_up, mul_up, sqrt_up};

/// Upper bounds of `|D³L|` in one frame.
#[derive(Clone, Debug)]
pub struct ThirdDerivative<'a> {
    frame: &'a Frame,
    line: &'a LineBounds,
    /// Slices `T_i` of the tensor on the frame's `m` coordinates.
    slices: Vec<DMatrix<Interval>>,
    /// For each of the `m` coordinates the derivative of the block beside the plane.
    beside: Vec<DMatrix<Interval>>,
    /// `k_3`.
    at_centre: f64,
}

impl<'a> ThirdDerivative<'a> {
    /// From the derivatives up to the third at `θ_0`.
    #[must_use]
    pub fn new(of: &LocalDerivatives<Interval>, frame: &'a Frame, line: &'a LineBounds) -> Self {
        let slices = slices(of, &frame.basis);
        let beside = match frame.beside {
            Some(scales) => slices_beside(of, &frame.basis, scales),
            None => Vec::new(),
        };
        let norm = |slices: &[DMatrix<Interval>]| {
            root_of_squares(slices.iter().map(symmetric_spectral_norm_upper))
        };
        Self {
            at_centre: with_beside(norm(&slices), norm(&beside)),
            slices,
            beside,
            frame,
            line,
        }
    }

    /// A Lipschitz constant of the Jacobian on the ball of this radius.
    #[must_use]
    pub fn lipschitz(&self, radius: f64) -> f64 {
        self.lipschitz_with(radius, self.fourth(radius))
    }

    /// `k_4` on the ball of this radius.
    #[must_use]
    pub fn fourth(&self, radius: f64) -> f64 {
        if radius >= 0.0 && radius.is_finite() {
            self.line.fourth(self.frame, radius)
        } else {
            f64::INFINITY
        }
    }

    /// `k_3 + r k_4` for a known `k_4` of this or a larger ball.
    #[must_use]
    pub fn lipschitz_with(&self, radius: f64, fourth: f64) -> f64 {
        add_up(self.at_centre, mul_up(radius, fourth))
    }

    /// Lipschitz constants of `A⁻¹ DF`, `A` the Jacobian at `θ_0`.
    ///
    /// # Errors
    ///
    /// If `A` cannot be inverted.
    pub fn preconditioned(
        &self,
        of: &LocalDerivatives<Interval>,
    ) -> Result<Preconditioned, LinalgError> {
        let jacobian = self.frame.jacobian(of);
        let inverse_plane = inverse(&jacobian)?;
        let mut norm_inverse = symmetric_inverse_norm_upper(&jacobian)?;
        let combined = |parts: &[DMatrix<Interval>]| {
            root_of_squares((0..inverse_plane.nrows()).map(|i| {
                let sum = parts
                    .iter()
                    .enumerate()
                    .map(|(l, part)| part.map(|x| x * inverse_plane[(i, l)]))
                    .reduce(|a, b| a + b);
                sum.map_or(0.0, |sum| symmetric_spectral_norm_upper(&sum))
            }))
        };
        let plane = match [combined(&self.slices), combined(&self.beside)] {
            [a, b] if a >= b => a,
            [a, b] if b > a => b,
            // `f64::max` would drop the NaN.
            _ => f64::NAN,
        };
        let mut mixed = 0.0;
        if let Some(block) = self.frame.block_beside(of) {
            let inverse_beside = inverse(&block)?;
            norm_inverse = norm_inverse.max(symmetric_inverse_norm_upper(&block)?);
            mixed = root_of_squares(
                self.beside
                    .iter()
                    .map(|n| spectral_norm_upper(&product(&inverse_beside, n))),
            );
        }
        // (a pp' + n qq')² + k²(pq' + p'q)² for unit vectors (p, q), (p', q').
        let at_centre = root_of_squares([plane, mixed].into_iter());
        Ok(Preconditioned {
            at_centre,
            norm_inverse,
        })
    }
}

/// Lipschitz constants of `A⁻¹ DF`.
#[derive(Clone, Copy, Debug)]
pub struct Preconditioned {
    /// `|A⁻¹ D²F|` at the centre.
    at_centre: f64,
    /// `|A⁻¹|`.
    norm_inverse: f64,
}

impl Preconditioned {
    /// On the ball of this radius, from `k_4` of this or a larger ball.
    #[must_use]
    pub fn at(&self, radius: f64, fourth: f64) -> f64 {
        let growth = mul_up(radius, fourth);
        add_up(self.at_centre, mul_up(self.norm_inverse, growth))
    }
}

/// `max (τp³ + 3νpq²)` over `p² + q² = 1`: `τ` if `τ >= 2ν`, and at most `τ + 2ν/√3` always (`p - p³ <= 2/(3√3)`).
fn with_beside(plane: f64, beside: f64) -> f64 {
    if plane >= mul_up(2.0, beside) {
        plane
    } else {
        add_up(plane, mul_up(1.154_700_6, beside))
    }
}

/// `√(Σ x²)`, rounded up: it bounds `|Σ u_i T_i|` over unit `u` when the `x` bound the slices. NaN if one is.
fn root_of_squares(bounds: impl Iterator<Item = f64>) -> f64 {
    sqrt_up(bounds.fold(0.0, |sum, x| add_up(sum, mul_up(x, x))))
}

/// `T[B e_i, B ·, B ·]`.
fn slices(of: &LocalDerivatives<Interval>, basis: &DMatrix<f64>) -> Vec<DMatrix<Interval>> {
    let b = basis.map(Interval::point);
    let half: Vec<DMatrix<Interval>> = (0..COORDINATES)
        .map(|l| {
            let slice = DMatrix::from_fn(COORDINATES, COORDINATES, |j, k| of.third[l][j][k]);
            product(&b.transpose(), &product(&slice, &b))
        })
        .collect();
    combine(&half, basis)
}

fn slices_beside(
    of: &LocalDerivatives<Interval>,
    basis: &DMatrix<f64>,
    scales: [f64; 2],
) -> Vec<DMatrix<Interval>> {
    let rotated: Vec<_> = of.third_beside.iter().map(|n| rotate(*n, scales)).collect();
    combine(&rotated, basis)
}

/// `Σ_l B_li part_l` for each column `i`.
fn combine(parts: &[DMatrix<Interval>], basis: &DMatrix<f64>) -> Vec<DMatrix<Interval>> {
    (basis.column_iter())
        .map(|column| {
            let (rows, columns) = parts[0].shape();
            let mut sum = DMatrix::from_element(rows, columns, Interval::ZERO);
            for (&b, part) in column.iter().zip(parts) {
                if b != 0.0 {
                    sum += part.map(|x| x * Interval::point(b));
                }
            }
            sum
        })
        .collect()
}
