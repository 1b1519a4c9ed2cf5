//! A symmetric float matrix with a radius of a few non-negative vectors.

use nalgebra::DMatrix;

use super::bounds::{largest, norm_sqr_upper, or_infinite, sum_up};
use super::{LinearError, expect_length};
use crate::interval::Interval;
use crate::interval::rounding::{add_down, add_up, mul_down, mul_up, sqrt_up, sub_down, sub_up};

/// All symmetric real `A` with `|A_jk - mid_jk| <= Σ_l u_l[j] u_l[k] + (j = k) delta`.
///
/// The radius costs `O(d)` storage, and `‖A - mid‖ <= Σ_l ‖u_l‖² + delta` in the spectral norm:
/// the matrix of radii is a sum of positive semidefinite matrices of these norms. An infinite or
/// NaN entry stands for "nothing is known"; every proof then fails.
///
/// # Example
///
/// ```
/// use minlift::interval::Interval;
/// use minlift::linear::EnclosedSymmetric;
/// use nalgebra::dmatrix;
///
/// let mut a = EnclosedSymmetric::point(dmatrix![2.0, 1.0; 1.0, 2.0])?;
/// a.add_identity(Interval::literal("0.1")?);
/// assert!(a.entry(0, 0).contains(2.1) && a.entry(0, 1) == Interval::ONE);
/// assert!(a.norm_radius() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct EnclosedSymmetric {
    /// Exactly symmetric (NaN counted as equal to NaN).
    pub(super) mid: DMatrix<f64>,
    /// Non-negative or infinite, each of the matrix's dimension.
    pub(super) vectors: Vec<Vec<f64>>,
    /// Non-negative or infinite.
    pub(super) diagonal: f64,
}

impl EnclosedSymmetric {
    /// The set whose only member is `mid`.
    ///
    /// # Errors
    ///
    /// Not square, or not symmetric.
    pub fn point(mid: DMatrix<f64>) -> Result<Self, LinearError> {
        Self::new(mid, Vec::new(), 0.0)
    }

    /// The midpoint, the vectors `u_l` and `delta`. A negative or NaN radius counts as infinite.
    ///
    /// # Errors
    ///
    /// Not square, not symmetric, or a vector of another length.
    pub fn new(
        mid: DMatrix<f64>,
        vectors: Vec<Vec<f64>>,
        diagonal: f64,
    ) -> Result<Self, LinearError> {
        let (rows, columns) = mid.shape();
        if rows != columns {
            return Err(LinearError::NotSquare { rows, columns });
        }
        for column in 0..columns {
            for row in column + 1..rows {
                let (a, b) = (mid[(row, column)], mid[(column, row)]);
                if a != b && !(a.is_nan() && b.is_nan()) {
                    return Err(LinearError::NotSymmetric { row, column });
                }
            }
        }
        let mut set = Self {
            mid,
            vectors: Vec::new(),
            diagonal: or_infinite(diagonal),
        };
        for vector in vectors {
            expect_length(rows, vector.len())?;
            set.add_radius(vector.into_iter().map(or_infinite).collect());
        }
        Ok(set)
    }

    /// Encloses the symmetric members of an interval matrix, whose radii are `r_jk`: with
    /// `m_j = max_k r_jk`, `r_jk <= sqrt(m_j) sqrt(m_k)`.
    ///
    /// # Errors
    ///
    /// Not square, or two mirrored entries that do not meet.
    pub fn from_intervals(a: &DMatrix<Interval>) -> Result<Self, LinearError> {
        let (rows, columns) = a.shape();
        if rows != columns {
            return Err(LinearError::NotSquare { rows, columns });
        }
        let mut mid = DMatrix::zeros(rows, columns);
        let mut radii = vec![0.0; rows];
        for column in 0..columns {
            for row in column..rows {
                let entry = a[(row, column)].intersection(a[(column, row)]);
                if entry.is_empty() {
                    return Err(LinearError::NotSymmetric { row, column });
                }
                mid[(row, column)] = entry.mid();
                mid[(column, row)] = entry.mid();
                for j in [row, column] {
                    radii[j] = largest([radii[j], entry.rad()]);
                }
            }
        }
        let vector = radii.into_iter().map(sqrt_up).collect();
        Self::new(mid, vec![vector], 0.0)
    }

    /// Number of rows.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.mid.nrows()
    }

    /// The float matrix in the middle.
    #[must_use]
    pub const fn mid(&self) -> &DMatrix<f64> {
        &self.mid
    }

    /// Upper bound of `‖A - mid‖` in the spectral norm, for every member `A`.
    #[must_use]
    pub fn norm_radius(&self) -> f64 {
        let vectors = self.vectors.iter().map(|u| norm_sqr_upper(u));
        add_up(sum_up(vectors), self.diagonal)
    }

    /// Encloses the entry in row `j` and column `k`.
    ///
    /// # Panics
    ///
    /// If there is no such entry.
    #[must_use]
    pub fn entry(&self, j: usize, k: usize) -> Interval {
        let mid = self.mid[(j, k)];
        let radius = sum_up(self.vectors.iter().map(|u| mul_up(u[j], u[k])));
        let radius = if j == k {
            add_up(radius, self.diagonal)
        } else {
            radius
        };
        if mid.is_finite() {
            Interval::from_bounds(sub_down(mid, radius), add_up(mid, radius))
        } else {
            Interval::ENTIRE
        }
    }

    /// Is every symmetric member of `other` certainly a member?
    #[must_use]
    pub fn contains(&self, other: &DMatrix<Interval>) -> bool {
        let d = self.dimension();
        other.shape() == (d, d)
            && (0..d).all(|k| (k..d).all(|j| self.certainly_holds(j, k, other[(j, k)])))
    }

    fn certainly_holds(&self, j: usize, k: usize, x: Interval) -> bool {
        let radius = self
            .vectors
            .iter()
            .fold(0.0, |sum, u| add_down(sum, mul_down(u[j], u[k])));
        let radius = if j == k {
            add_down(radius, self.diagonal)
        } else {
            radius
        };
        let mid = self.mid[(j, k)];
        !mid.is_finite()
            || x.is_empty()
            || (sub_up(x.sup(), mid) <= radius && sub_up(mid, x.inf()) <= radius)
    }

    /// The set of `A + c I`.
    pub fn add_identity(&mut self, c: Interval) {
        let shift = c.mid();
        let mut error: f64 = 0.0;
        for j in 0..self.dimension() {
            let old = self.mid[(j, j)];
            let new = old + shift;
            // |old + c - new| for every c; NaN and infinities end up infinite.
            let above = sub_up(add_up(old, c.sup()), new);
            let below = sub_up(new, add_down(old, c.inf()));
            error = largest([error, above, below]);
            self.mid[(j, j)] = new;
        }
        self.diagonal = add_up(self.diagonal, error);
    }

    /// The set of `-A`: exact.
    #[must_use]
    pub fn negated(&self) -> Self {
        Self {
            mid: -&self.mid,
            ..self.clone()
        }
    }

    /// Adds `u uᵀ` to the radius; components are non-negative or infinite.
    pub(super) fn add_radius(&mut self, vector: Vec<f64>) {
        if vector.iter().any(|x| *x != 0.0) {
            self.vectors.push(vector);
        }
    }

    /// Are the midpoint and the radius finite? (Else nothing can be proved.)
    pub(super) fn is_bounded(&self) -> bool {
        self.norm_radius().is_finite() && self.mid.iter().all(|x| x.is_finite())
    }
}
