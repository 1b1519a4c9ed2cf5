//! Approximate inverses with a proved defect, singular values, linear systems.
//!
//! Let `C` be any float matrix and `‖I - C A‖ <= delta < 1` for every member `A`. Then `A` is regular,
//!
//! ```text
//! ‖A^-1‖ <= ‖C‖/(1 - delta),    ‖A^-1 r‖ <= ‖C r‖/(1 - delta),
//! ```
//!
//! and the smallest singular value, for a symmetric matrix the smallest absolute eigenvalue, is
//! at least `(1 - delta)/‖C‖`. `notes/linear.md`, lemmas 6 and 7.

use nalgebra::DMatrix;

use super::bounds::{gamma_upper, lost, norm_sqr_upper, sum_up};
use super::definite::{
    End, bounded_eigenproblem, lower, norm_upper, proved_definite, row_sum_upper,
};
use super::symmetric::EnclosedSymmetric;
use super::{LinearError, expect_length, kernels};
use crate::interval::Interval;
use crate::interval::rounding::{add_up, div_down, div_up, mul_up, sqrt_up, sub_down, sub_up};

/// A symmetric float matrix `C` near the inverses of a set's members, with a proof of how near.
///
/// It borrows the set, so that its bounds cannot be used for another one.
///
/// # Example
///
/// ```
/// use minlift::interval::Interval;
/// use minlift::linear::{EnclosedSymmetric, Preconditioner};
/// use nalgebra::dmatrix;
///
/// let a = EnclosedSymmetric::point(dmatrix![0.0, 2.0; 2.0, 3.0])?; // indefinite
/// let c = Preconditioner::new(&a)?;
/// assert!(c.defect_upper() < 1e-14);
/// let x = c.solve(&[4.0, 8.0].map(Interval::point))?;
/// assert!(x[0].contains(1.0) && x[1].contains(2.0) && x[0].width() < 1e-14);
/// # Ok::<(), minlift::linear::LinearError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Preconditioner<'a> {
    set: &'a EnclosedSymmetric,
    inverse: EnclosedSymmetric,
    defect: f64,
    norm: f64,
}

impl<'a> Preconditioner<'a> {
    /// The inverse of the midpoint in floats, by Cholesky or, failing that, LU.
    ///
    /// # Errors
    ///
    /// An entry or the radius is not finite, or the defect is not proved to be below 1.
    pub fn new(set: &'a EnclosedSymmetric) -> Result<Self, LinearError> {
        if !set.is_bounded() {
            return Err(LinearError::NotBounded);
        }
        let c = match kernels::cholesky(&set.mid, 1.0, 0.0) {
            Some(factor) => kernels::inverse_of_cholesky(&factor),
            None if set.dimension() > 0 => kernels::inverse_of_indefinite(&set.mid),
            None => set.mid.clone(),
        };
        let inverse = EnclosedSymmetric {
            mid: c,
            vectors: Vec::new(),
            diagonal: 0.0,
        };
        let norm = frobenius_upper(&inverse.mid).min(norm_upper(&inverse));
        let defect = defect(set, &inverse, norm);
        if defect < 1.0 {
            Ok(Self {
                set,
                inverse,
                defect,
                norm,
            })
        } else {
            Err(LinearError::NotProvedRegular {
                left: defect,
                right: 1.0,
            })
        }
    }

    /// The float matrix `C`, symmetric.
    #[must_use]
    pub const fn matrix(&self) -> &DMatrix<f64> {
        &self.inverse.mid
    }

    /// Upper bound below 1 of `‖I - C A‖` for every member `A`.
    #[must_use]
    pub const fn defect_upper(&self) -> f64 {
        self.defect
    }

    /// Upper bound of `‖C‖`, without an eigenvalue: the Frobenius norm or the row sums.
    #[must_use]
    pub const fn norm_upper(&self) -> f64 {
        self.norm
    }

    /// Upper bound of `‖A^-1‖` for every member, from [`norm_upper`](Self::norm_upper);
    /// [`inverse_norm_upper`] is sharper.
    #[must_use]
    pub fn inverse_norm_upper(&self) -> f64 {
        self.grown(self.norm)
    }

    /// Upper bound of `‖A^-1 b‖` for every member and every `b` in the given intervals.
    ///
    /// # Errors
    ///
    /// A vector of another length.
    pub fn solution_norm_upper(&self, b: &[Interval]) -> Result<f64, LinearError> {
        Ok(self.grown(length_upper(&self.inverse.apply(b)?)))
    }

    /// Encloses `C b`.
    ///
    /// # Errors
    ///
    /// A vector of another length.
    pub fn apply(&self, b: &[Interval]) -> Result<Vec<Interval>, LinearError> {
        self.inverse.apply(b)
    }

    /// Encloses `A^-1 b` for every member and every `b` in the given intervals:
    /// `y ± ‖C (b - A y)‖/(1 - delta)` around a float solution `y`.
    ///
    /// # Errors
    ///
    /// A vector of another length.
    pub fn solve(&self, b: &[Interval]) -> Result<Vec<Interval>, LinearError> {
        expect_length(self.set.dimension(), b.len())?;
        // Two corrections with an enclosed residual: y is a float vector, whatever it is.
        let mut y = vec![0.0; b.len()];
        for _ in 0..2 {
            let correction = self.inverse.apply(&self.residual(&y, b)?)?;
            for (y, c) in y.iter_mut().zip(correction) {
                *y += c.mid();
            }
        }
        let radius = self.solution_norm_upper(&self.residual(&y, b)?)?;
        Ok(y.into_iter().map(|y| Interval::ball(y, radius)).collect())
    }

    /// Encloses `b - A y`.
    fn residual(&self, y: &[f64], b: &[Interval]) -> Result<Vec<Interval>, LinearError> {
        let points: Vec<Interval> = y.iter().map(|y| Interval::point(*y)).collect();
        let image = self.set.apply(&points)?;
        Ok(b.iter().zip(image).map(|(b, a)| *b - a).collect())
    }

    /// `norm/(1 - delta)`, rounded up; the denominator is positive.
    fn grown(&self, norm: f64) -> f64 {
        div_up(norm, sub_down(1.0, self.defect))
    }
}

/// Encloses `A^-1 b` for every member and every `b` in the given intervals.
///
/// [`Preconditioner::solve`] for one right side.
///
/// # Errors
///
/// A vector of another length, an entry or the radius not finite, or regularity not proved.
pub fn enclosed_solve(a: &EnclosedSymmetric, b: &[Interval]) -> Result<Vec<Interval>, LinearError> {
    Preconditioner::new(a)?.solve(b)
}

/// Upper bound of `‖A^-1‖` for every member: `1/lambda_min` where that is proved to be positive, else
/// from an approximate inverse.
///
/// # Errors
///
/// No rows, an entry or the radius not finite, or regularity not proved.
///
/// # Example
///
/// ```
/// use minlift::linear::{EnclosedSymmetric, inverse_norm_upper};
/// use nalgebra::dmatrix;
///
/// let a = EnclosedSymmetric::point(dmatrix![0.0, 2.0; 2.0, 3.0])?; // eigenvalues -1 and 4
/// let bound = inverse_norm_upper(&a)?;
/// assert!(bound >= 1.0 && bound < 1.0 + 1e-13);
/// # Ok::<(), minlift::linear::LinearError>(())
/// ```
pub fn inverse_norm_upper(a: &EnclosedSymmetric) -> Result<f64, LinearError> {
    Ok(div_up(1.0, smallest_singular_value_lower(a)?))
}

/// Positive lower bound of the smallest singular value of every member.
///
/// # Errors
///
/// No rows, an entry or the radius not finite, or regularity not proved.
pub fn smallest_singular_value_lower(a: &EnclosedSymmetric) -> Result<f64, LinearError> {
    bounded_eigenproblem(a)?;
    let definite = [End::Smallest, End::Largest]
        .into_iter()
        .find(|end| proved_definite(a, *end));
    if let Some(end) = definite {
        let values = kernels::eigenvalues_approx(a.mid());
        let bound = lower(a, end, end.guess(values.as_deref())).bound;
        if bound > 0.0 {
            return Ok(bound);
        }
    }
    let c = Preconditioner::new(a)?;
    let bound = div_down(sub_down(1.0, c.defect), spectral_norm_upper(&c.inverse));
    if bound > 0.0 {
        Ok(bound)
    } else {
        Err(LinearError::NotProvedRegular {
            left: c.defect,
            right: 1.0,
        })
    }
}

/// The largest absolute eigenvalue, from above; the radius is finite.
fn spectral_norm_upper(a: &EnclosedSymmetric) -> f64 {
    let values = kernels::eigenvalues_approx(a.mid());
    [End::Smallest, End::Largest]
        .map(|end| -lower(a, end, end.guess(values.as_deref())).bound)
        .into_iter()
        .fold(0.0, f64::max)
}

/// `‖I - C A‖` from above (lemma 6); infinite if anything overflows.
fn defect(set: &EnclosedSymmetric, inverse: &EnclosedSymmetric, norm: f64) -> f64 {
    let (d, c) = (set.dimension(), &inverse.mid);
    let mut product = kernels::product(c, &set.mid);
    let mut diagonal = 0.0;
    for j in 0..d {
        let entry = product[(j, j)];
        let on = sub_up(1.0, entry).abs().max(sub_down(1.0, entry).abs());
        diagonal = add_up(diagonal, mul_up(on, on));
        product[(j, j)] = 0.0;
    }
    let distance = sqrt_up(add_up(diagonal, norm_sqr_upper(product.as_slice())));
    let absolute = mul_up(frobenius_upper(c), frobenius_upper(&set.mid))
        .min(mul_up(norm_upper(inverse), row_sum_upper(&set.mid)));
    let rounding = add_up(mul_up(gamma_upper(d), absolute), mul_up(d as f64, lost(d)));
    sum_up([distance, rounding, mul_up(norm, set.norm_radius())])
}

fn frobenius_upper(a: &DMatrix<f64>) -> f64 {
    sqrt_up(norm_sqr_upper(a.as_slice()))
}

/// Upper bound of the length of every vector in the given intervals.
fn length_upper(v: &[Interval]) -> f64 {
    sqrt_up(sum_up(v.iter().map(|x| mul_up(x.mag(), x.mag()))))
}
