//! Matrix times vector: the float product, one bound for rounding and the vector's radius, the
//! matrix's radius on top.
//!
//! With `x` in `x̄ ± r`, `g = gamma_d` and `S = fl(mid x̄)`,
//!
//! ```text
//! |A x - S|_j <= Σ_k |mid_jk| (g |x̄_k| + r_k) + d eta + Σ_l u_l[j] Σ_k u_l[k] |x_k| + delta |x_j|.
//! ```
//!
//! `notes/linear.md`, lemma 4.

use nalgebra::DMatrix;

use super::bounds::{gamma_upper, lost, sum_up, upward};
use super::rank_two::split;
use super::symmetric::EnclosedSymmetric;
use super::{LinearError, expect_length};
use crate::interval::Interval;
use crate::interval::rounding::{add_up, mul_up, sub_down};

impl EnclosedSymmetric {
    /// Encloses `A x` for every member and every `x` in the given intervals.
    ///
    /// # Errors
    ///
    /// A vector of another length.
    ///
    /// # Example
    ///
    /// ```
    /// use minlift::interval::Interval;
    /// use minlift::linear::EnclosedSymmetric;
    /// use nalgebra::dmatrix;
    ///
    /// let a = EnclosedSymmetric::point(dmatrix![2.0, 1.0; 1.0, 3.0])?;
    /// let y = a.apply(&[1.0, -1.0].map(Interval::point))?;
    /// assert!(y[0].contains(1.0) && y[1].contains(-2.0) && y[1].width() < 1e-14);
    /// # Ok::<(), minlift::linear::LinearError>(())
    /// ```
    pub fn apply(&self, x: &[Interval]) -> Result<Vec<Interval>, LinearError> {
        let d = self.dimension();
        expect_length(d, x.len())?;
        let (mids, mut errors) = products(&self.mid, x);
        let far: Vec<f64> = x.iter().map(|x| x.mag()).collect();
        for u in &self.vectors {
            let along = sum_up(u.iter().zip(&far).map(|(u, x)| mul_up(*u, *x)));
            for (error, u) in errors.iter_mut().zip(u) {
                *error = add_up(*error, mul_up(*u, along));
            }
        }
        for (error, x) in errors.iter_mut().zip(&far) {
            *error = add_up(*error, mul_up(self.diagonal, *x));
        }
        let ball = |(mid, error): (f64, f64)| {
            Interval::from_bounds(sub_down(mid, error), add_up(mid, error))
        };
        Ok(mids.into_iter().zip(errors).map(ball).collect())
    }
}

/// `fl(A x̄)` and a bound of its distance from `A x`, for a float matrix `A`.
fn products(a: &DMatrix<f64>, x: &[Interval]) -> (Vec<f64>, Vec<f64>) {
    let d = x.len();
    let g = gamma_upper(d);
    let (x_mid, x_rad) = split(x);
    let (mut mids, mut errors) = (vec![0.0; d], vec![0.0; d]);
    for k in 0..d {
        let (mid, error) = (x_mid[k], add_up(mul_up(g, x_mid[k].abs()), x_rad[k]));
        let column = &a.as_slice()[k * d..][..d];
        for ((s, t), a) in mids.iter_mut().zip(&mut errors).zip(column) {
            *s += a * mid;
            *t += a.abs() * error;
        }
    }
    // Underflow: d eta/2 in the products themselves, as much again in the sums of errors.
    for t in &mut errors {
        *t = add_up(upward(*t, d, lost(d)), lost(d));
    }
    (mids, errors)
}
