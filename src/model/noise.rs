//! Partial derivatives of `g(m, n) = G(m; ρ_x² n, ρ_a² n)` as combinations of the `M_ij`.
//!
//! Let `x^i y^j` stand for `M_ij`. Then `∂_m` is multiplication by `x + y` and `∂_n` by
//! `E = A(x² + y²) + B xy`, `A = (ρ_x² + ρ_a²)/2`, `B = ρ_x²` (the heat equation), so
//!
//! ```text
//! ∂_m^a ∂_n^b g = (x + y)^a E^b.
//! ```

use crate::gaussian::MomentTable;
use crate::interval::Interval;
use crate::scalar::Scalar;

/// Noise variances: `ρ_x²` of the data, `ρ_a²` of the views.
#[derive(Clone, Copy, Debug)]
pub struct Noise<T> {
    /// `ρ_x²`, shared by the two views.
    pub data: T,
    /// `ρ_a²`, private to each view.
    pub view: T,
}

impl Noise<Interval> {
    /// No noise: the simplified objective.
    pub const NONE: Self = Self {
        data: Interval::ZERO,
        view: Interval::ZERO,
    };

    /// The same noise in another number type.
    #[must_use]
    pub fn constant<T: Scalar>(&self) -> Noise<T> {
        Noise {
            data: T::constant(self.data),
            view: T::constant(self.view),
        }
    }
}

/// The polynomial `(x + y)^a E^b` of one partial derivative, of degree `N = a + 2b`.
#[derive(Clone, Debug)]
pub struct Partial<T> {
    degree: usize,
    /// Coefficients of `x^i y^(N-i)` for `i <= N/2`; those of the mirrored terms are equal and added.
    coefficients: Vec<T>,
}

impl<T: Scalar> Partial<T> {
    /// `∂_m^a ∂_n^b g`.
    #[must_use]
    pub fn new(noise: &Noise<T>, a: usize, b: usize) -> Self {
        let e = (noise.data + noise.view) * T::from_f64(0.5);
        let mut coefficients = vec![T::one()];
        for _ in 0..b {
            coefficients = multiply(&coefficients, &[e, noise.data, e]);
        }
        for _ in 0..a {
            coefficients = multiply(&coefficients, &[T::one(), T::one()]);
        }
        let degree = a + 2 * b;
        coefficients.truncate(degree / 2 + 1);
        for (i, c) in coefficients.iter_mut().enumerate() {
            if 2 * i != degree {
                *c += *c;
            }
        }
        Self {
            degree,
            coefficients,
        }
    }

    /// Its value on a table of moments of order at least `a + 2b`.
    #[inline]
    pub fn evaluate(&self, table: &MomentTable<T>) -> T {
        let mut value = T::zero();
        for (i, &c) in self.coefficients.iter().enumerate() {
            value += c * table.get(i, self.degree - i);
        }
        value
    }
}

fn multiply<T: Scalar>(left: &[T], right: &[T]) -> Vec<T> {
    let mut product = vec![T::zero(); left.len() + right.len() - 1];
    for (i, &l) in left.iter().enumerate() {
        for (j, &r) in right.iter().enumerate() {
            product[i + j] += l * r;
        }
    }
    product
}
