//! The Jacobian of `∇L_SL` on all `2d + 2` coordinates, as a core of ten coordinates and a 2×2 matrix beside it.
//!
//! With `x` as in the mixture and `φ` the loss of one sample,
//!
//! ```text
//! ∂²L/∂F_i∂F_j = E φ_(F_i F_j) + 2γ δ_ij,
//! ∂²L/∂F_i∂w_j = E φ_(F_i z_j) x,
//! ∂²L/∂w_i∂w_j = E φ_(z_i z_j) x xᵀ + 2β δ_ij I.
//! ```
//!
//! `φ` sees the noise only along the rows. In the directions beside `e1`, `e2` and the rows the noise is independent
//! of everything, with mean 0 and variance `ρ²`: there the matrix is `c_ij I`, `c_ij = ρ² E φ_(z_i z_j) + 2β δ_ij`.

use std::array::from_fn;

use nalgebra::DMatrix;

use crate::scalar::Scalar;

/// The number of core coordinates: four a row and the two output weights.
pub const CORE: usize = 10;

/// Two directions `q3`, `q4` beside `e1` and `e2` that span the rows' parts off the plane.
///
/// Each is a unit vector or 0, orthogonal to the other; only the coordinates from the third on are stored.
#[derive(Clone, Debug, PartialEq)]
pub struct RowBasis<T> {
    directions: [Vec<T>; 2],
}

impl<T: Scalar> RowBasis<T> {
    /// For rows in the plane `span(e1, e2)` of `R^d`, `d >= 2`: no direction is needed.
    #[must_use]
    pub fn in_plane(d: usize) -> Self {
        let nothing = vec![T::zero(); d.saturating_sub(2)];
        Self {
            directions: [nothing.clone(), nothing],
        }
    }

    /// The dimension `d`.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.directions[0].len() + 2
    }

    /// `(v·e1, v·e2, v·q3, v·q4)`.
    ///
    /// # Panics
    ///
    /// If `v` is not of length `d`.
    #[must_use]
    pub fn coordinates(&self, v: &[T]) -> [T; 4] {
        assert!(v.len() == self.dimension());
        let [third, fourth] = self.directions.each_ref().map(|q| dot(q, &v[2..]));
        [v[0], v[1], third, fourth]
    }

    /// Coordinate `k` of the basis vector `a` of `e1, e2, q3, q4`.
    fn entry(&self, k: usize, a: usize) -> T {
        match (k.checked_sub(2), a.checked_sub(2)) {
            (Some(k), Some(a)) => self.directions[a][k],
            (None, None) if k == a => T::one(),
            _ => T::zero(),
        }
    }
}

impl RowBasis<f64> {
    /// By Gram and Schmidt from the rows, of equal length `d >= 2`.
    #[must_use]
    pub fn of(rows: [&[f64]; 2]) -> Self {
        let third = normalised(rows[0][2..].to_vec(), 0.0);
        let mut fourth = rows[1][2..].to_vec();
        let before = dot(&fourth, &fourth).sqrt();
        // Twice is enough (W. Kahan): what is left is orthogonal to working precision.
        for _ in 0..2 {
            let along = dot(&third, &fourth);
            for (x, q) in fourth.iter_mut().zip(&third) {
                *x -= along * q;
            }
        }
        // What is left of parallel rows is rounding.
        let fourth = normalised(fourth, 1e-13 * before);
        Self {
            directions: [third, fourth],
        }
    }
}

/// `v/‖v‖`, or 0 if the norm is not above `least`.
fn normalised(mut v: Vec<f64>, least: f64) -> Vec<f64> {
    let norm = dot(&v, &v).sqrt();
    let factor = if norm > least { norm.recip() } else { 0.0 };
    v.iter_mut().for_each(|x| *x *= factor);
    v
}

/// The symmetric matrix that is `core` in the coordinates `(w_1·B, w_2·B, F)`, `B = (e1, e2, q3, q4)`, and
/// `c_ij I` between the parts of `w_i` and `w_j` orthogonal to `B`.
///
/// Where a direction of the frame is 0, or `d < 4`, the core has its coordinates all the same, with the entries
/// of a direction beside the rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SupervisedJacobian<T> {
    /// The entries in the ten core coordinates.
    pub core: [[T; CORE]; CORE],
    /// `c_11, c_12, c_22`.
    pub beside: [T; 3],
}

impl<T: Scalar> SupervisedJacobian<T> {
    /// The entries in the coordinates `w_1^(1), w_1^(2), w_2^(1), w_2^(2), F_1, F_2`.
    #[must_use]
    pub fn plane_block(&self) -> [[T; 6]; 6] {
        const PLANE: [usize; 6] = [0, 1, 4, 5, 8, 9];
        PLANE.map(|i| PLANE.map(|j| self.core[i][j]))
    }

    /// `out = A v` in `O(d)`, both in the order `w_1, w_2, F`.
    ///
    /// # Panics
    ///
    /// If `v` and `out` are not both of length `2d + 2`.
    pub fn apply(&self, frame: &RowBasis<T>, v: &[T], out: &mut [T]) {
        let d = frame.dimension();
        assert!(v.len() == 2 * d + 2 && out.len() == 2 * d + 2);
        let parts = [&v[..d], &v[d..2 * d]];
        let along = parts.map(|part| frame.coordinates(part));
        let inner: [T; CORE] = from_fn(|k| match k {
            0..8 => along[k / 4][k % 4],
            _ => v[2 * d + k - 8],
        });
        let image = self.core.map(|row| dot(&row, &inner));
        let [c11, c12, c22] = self.beside;
        for (i, [c1, c2]) in [[c11, c12], [c12, c22]].into_iter().enumerate() {
            let out = &mut out[i * d..(i + 1) * d];
            // What the core says beyond `c_ij I`.
            let more: [T; 4] =
                from_fn(|a| image[4 * i + a] - (c1 * along[0][a] + c2 * along[1][a]));
            for ((slot, &x), &y) in out.iter_mut().zip(parts[0]).zip(parts[1]) {
                *slot = c1 * x + c2 * y;
            }
            out[0] += more[0];
            out[1] += more[1];
            let [third, fourth] = &frame.directions;
            for ((slot, &p), &q) in out[2..].iter_mut().zip(third).zip(fourth) {
                *slot += more[2] * p + more[3] * q;
            }
        }
        out[2 * d..].copy_from_slice(&image[8..]);
    }

    /// The matrix in full, for comparisons: `(2d + 2)²` numbers.
    #[must_use]
    pub fn dense(&self, frame: &RowBasis<T>) -> DMatrix<T>
    where
        T: nalgebra::Scalar,
    {
        let d = frame.dimension();
        let [c11, c12, c22] = self.beside;
        let zero = T::zero();
        DMatrix::from_fn(2 * d + 2, 2 * d + 2, |row, column| {
            let ((i, k), (j, l)) = ((row / d, row % d), (column / d, column % d));
            // For `d = 2` the output weights come out as a third row.
            match (row < 2 * d, column < 2 * d) {
                (true, true) => {
                    let c = [c11, c12, c22][i + j];
                    let mut entry = if k == l { c } else { zero };
                    for a in 0..4 {
                        for b in 0..4 {
                            let core = self.core[4 * i + a][4 * j + b];
                            let more = if a == b { core - c } else { core };
                            entry += more * frame.entry(k, a) * frame.entry(l, b);
                        }
                    }
                    entry
                }
                (true, false) => (0..4).fold(zero, |sum, a| {
                    sum + frame.entry(k, a) * self.core[4 * i + a][8 + column - 2 * d]
                }),
                (false, true) => (0..4).fold(zero, |sum, b| {
                    sum + self.core[8 + row - 2 * d][4 * j + b] * frame.entry(l, b)
                }),
                (false, false) => self.core[8 + row - 2 * d][8 + column - 2 * d],
            }
        })
    }
}

/// The scalar product, in four independent sums so that long rows are not held up by latency.
pub(super) fn dot<T: Scalar>(a: &[T], b: &[T]) -> T {
    let ((a4, a_rest), (b4, b_rest)) = (a.as_chunks::<4>(), b.as_chunks::<4>());
    let mut sums = [T::zero(); 4];
    for (x, y) in a4.iter().zip(b4) {
        for ((sum, &x), &y) in sums.iter_mut().zip(x).zip(y) {
            *sum += x * y;
        }
    }
    let rest = a_rest.iter().zip(b_rest);
    let rest = rest.fold(T::zero(), |sum, (&x, &y)| sum + x * y);
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}
