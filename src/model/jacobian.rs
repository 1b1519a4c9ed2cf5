//! The Jacobian of a row's gradient, `κI + U M Uᵀ` with `U = [e1 e2 w]`.

use nalgebra::DMatrix;

use crate::interval::Interval;
use crate::scalar::Scalar;

/// `κI + Σ features_ij e_i e_jᵀ + Σ coupling_i (e_i wᵀ + w e_iᵀ) + radial w wᵀ`.
///
/// Nothing of size `d × d` is stored: in the plane it is a 2×2 block and `κ` on the
/// other `d - 2` coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowJacobian<T> {
    /// `κ`, the eigenvalue on the orthogonal complement of `U`.
    pub kappa: T,
    /// Entries 11, 12, 22 of the block of `e1, e2`.
    pub features: [T; 3],
    /// Coefficients of `e_i wᵀ + w e_iᵀ`.
    pub coupling: [T; 2],
    /// Coefficient of `w wᵀ`.
    pub radial: T,
    /// The first two coordinates of `w`.
    pub plane: [T; 2],
    /// `‖w_⊥‖²`, 0 in the plane.
    pub perp_sqr: T,
}

impl<T: Scalar> RowJacobian<T> {
    /// The 2×2 block of `e1, e2`, `κ` included: entries 11, 12, 22.
    pub fn plane_block(&self) -> [T; 3] {
        let [w1, w2] = self.plane;
        let [c1, c2] = self.coupling;
        let two = T::from_f64(2.0);
        [
            self.kappa + self.features[0] + two * c1 * w1 + self.radial * w1.sqr(),
            self.features[1] + c1 * w2 + c2 * w1 + self.radial * w1 * w2,
            self.kappa + self.features[2] + two * c2 * w2 + self.radial * w2.sqr(),
        ]
    }

    /// The product with `v` at `w`, in `O(d)`: `out = A v`.
    ///
    /// # Panics
    ///
    /// If the lengths differ or are below 2.
    pub fn apply(&self, w: &[T], v: &[T], out: &mut [T]) {
        assert!(w.len() == v.len() && w.len() == out.len() && w.len() >= 2);
        let along = w.iter().zip(v).fold(T::zero(), |sum, (&w, &v)| sum + w * v);
        let [c1, c2] = self.coupling;
        let [f11, f12, f22] = self.features;
        let radial = c1 * v[0] + c2 * v[1] + self.radial * along;
        for ((slot, &w), &v) in out.iter_mut().zip(w).zip(v) {
            *slot = self.kappa * v + radial * w;
        }
        out[0] += f11 * v[0] + f12 * v[1] + c1 * along;
        out[1] += f12 * v[0] + f22 * v[1] + c2 * along;
    }

    /// The matrix in full, for comparisons: `d × d` numbers.
    ///
    /// # Panics
    ///
    /// If `w` has fewer than two coordinates.
    pub fn dense(&self, w: &[T]) -> DMatrix<T>
    where
        T: nalgebra::Scalar,
    {
        assert!(w.len() >= 2);
        DMatrix::from_fn(w.len(), w.len(), |i, j| {
            let mut entry = self.radial * w[i] * w[j];
            if i == j {
                entry += self.kappa;
            }
            if i < 2 {
                entry += self.coupling[i] * w[j];
            }
            if j < 2 {
                entry += self.coupling[j] * w[i];
            }
            if i < 2 && j < 2 {
                entry += self.features[i + j];
            }
            entry
        })
    }
}

/// Enclosures of the two eigenvalues, ascending, of every symmetric matrix `[[a, b], [b, c]]`
/// with entries in the intervals.
///
/// `(a + c)/2 ∓ √(((a - c)/2)² + b²)`; the one of smaller magnitude also as `(ac - b²)` over
/// the other, which does not cancel.
#[must_use]
pub fn eigenvalues_symmetric_2x2([a, b, c]: [Interval; 3]) -> [Interval; 2] {
    let half = Interval::point(0.5);
    let centre = half * (a + c);
    let spread = ((half * (a - c)).sqr() + b.sqr()).sqrt();
    let (low, high) = (centre - spread, centre + spread);
    let determinant = a * c - b.sqr();
    if high.certainly_positive() {
        [low.intersection(determinant / high), high]
    } else if low.certainly_negative() {
        [low, high.intersection(determinant / low)]
    } else {
        [low, high]
    }
}
