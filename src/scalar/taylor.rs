//! Truncated power series in one variable.

use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

use super::Scalar;
use crate::interval::Interval;

/// `Σ_(k<N) c_k h^k`: the Taylor coefficients `c_k = f^(k)(t)/k!` of a formula at a point `t`.
///
/// Over [`Interval`] the coefficients are enclosures, at every point of `t` if `t` is a box.
/// The elementary functions follow from their differential equations, coefficient by coefficient.
///
/// # Example
///
/// ```
/// use minlift::scalar::{Scalar, Taylor};
///
/// let t = Taylor::<f64, 4>::variable(2.0);
/// let cube = t * t * t; // (2 + h)^3 = 8 + 12 h + 6 h^2 + h^3
/// assert_eq!(cube.coefficients, [8.0, 12.0, 6.0, 1.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Taylor<T, const N: usize> {
    /// `c_0, c_1, ..`.
    pub coefficients: [T; N],
}

impl<T: Scalar, const N: usize> Taylor<T, N> {
    /// The variable `t + h`.
    pub fn variable(t: T) -> Self {
        let mut series = Self::fixed(t);
        if N > 1 {
            series.coefficients[1] = T::one();
        }
        series
    }

    /// The constant `c`.
    pub fn fixed(c: T) -> Self {
        let mut coefficients = [T::zero(); N];
        if let Some(first) = coefficients.first_mut() {
            *first = c;
        }
        Self { coefficients }
    }

    fn zip(self, b: Self, f: impl Fn(T, T) -> T) -> Self {
        Self {
            coefficients: std::array::from_fn(|k| f(self.coefficients[k], b.coefficients[k])),
        }
    }

    fn map(self, f: impl Fn(T) -> T) -> Self {
        Self {
            coefficients: self.coefficients.map(f),
        }
    }

    /// The series `y` with `y_0 = first` and `y' = u' g`, where `coefficient(k, y)` is `g_k` and may use `y_0..=y_k`.
    fn integrate(self, first: T, mut coefficient: impl FnMut(usize, &[T; N]) -> T) -> Self {
        let u = &self.coefficients;
        let mut y = [T::zero(); N];
        let mut g = [T::zero(); N];
        if N > 0 {
            y[0] = first;
        }
        for k in 1..N {
            g[k - 1] = coefficient(k - 1, &y);
            let mut sum = T::zero();
            for j in 1..=k {
                sum += T::from_f64(j as f64) * u[j] * g[k - j];
            }
            y[k] = sum / T::from_f64(k as f64);
        }
        Self { coefficients: y }
    }
}

/// `Σ_(j<=k) a_j b_(k-j)`.
fn convolve<T: Scalar, const N: usize>(a: &[T; N], b: &[T; N], k: usize) -> T {
    let mut sum = a[0] * b[k];
    for j in 1..=k {
        sum += a[j] * b[k - j];
    }
    sum
}

impl<T: Scalar, const N: usize> Neg for Taylor<T, N> {
    type Output = Self;
    fn neg(self) -> Self {
        self.map(|c| -c)
    }
}

impl<T: Scalar, const N: usize> Add for Taylor<T, N> {
    type Output = Self;
    fn add(self, b: Self) -> Self {
        self.zip(b, |x, y| x + y)
    }
}

impl<T: Scalar, const N: usize> Sub for Taylor<T, N> {
    type Output = Self;
    fn sub(self, b: Self) -> Self {
        self.zip(b, |x, y| x - y)
    }
}

impl<T: Scalar, const N: usize> Mul for Taylor<T, N> {
    type Output = Self;
    fn mul(self, b: Self) -> Self {
        Self {
            coefficients: std::array::from_fn(|k| convolve(&self.coefficients, &b.coefficients, k)),
        }
    }
}

impl<T: Scalar, const N: usize> Div for Taylor<T, N> {
    type Output = Self;
    /// `q_k = (a_k - Σ_(j<k) q_j b_(k-j)) / b_0`.
    fn div(self, b: Self) -> Self {
        let mut q = [T::zero(); N];
        for k in 0..N {
            let mut rest = self.coefficients[k];
            for (&earlier, &later) in q[..k].iter().zip(b.coefficients[1..=k].iter().rev()) {
                rest -= earlier * later;
            }
            q[k] = rest / b.coefficients[0];
        }
        Self { coefficients: q }
    }
}

impl<T: Scalar, const N: usize> AddAssign for Taylor<T, N> {
    fn add_assign(&mut self, b: Self) {
        *self = *self + b;
    }
}

impl<T: Scalar, const N: usize> SubAssign for Taylor<T, N> {
    fn sub_assign(&mut self, b: Self) {
        *self = *self - b;
    }
}

impl<T: Scalar, const N: usize> MulAssign for Taylor<T, N> {
    fn mul_assign(&mut self, b: Self) {
        *self = *self * b;
    }
}

impl<T: Scalar, const N: usize> Scalar for Taylor<T, N> {
    fn constant(c: Interval) -> Self {
        Self::fixed(T::constant(c))
    }
    fn from_f64(x: f64) -> Self {
        Self::fixed(T::from_f64(x))
    }
    fn sqr(self) -> Self {
        let mut square = self * self;
        // The square of an interval knows its sign.
        if let (Some(slot), Some(&c)) = (square.coefficients.first_mut(), self.coefficients.first())
        {
            *slot = c.sqr();
        }
        square
    }
    /// `r_0 = 1/u_0`, `r_k = -r_0 Σ_(j<k) r_j u_(k-j)`: over intervals, defined only where `u_0` has no zero.
    fn recip(self) -> Self {
        let mut r = [T::zero(); N];
        for k in 0..N {
            r[k] = if k == 0 {
                self.first().recip()
            } else {
                let mut sum = T::zero();
                let later = self.coefficients[1..=k].iter().rev();
                for (&earlier, &later) in r[..k].iter().zip(later) {
                    sum += earlier * later;
                }
                -(r[0] * sum)
            };
        }
        Self { coefficients: r }
    }
    fn powi(self, n: i32) -> Self {
        let mut power = Self::one();
        for _ in 0..n.unsigned_abs() {
            power *= self;
        }
        if n < 0 { power.recip() } else { power }
    }
    /// `r_k = (u_k - Σ_(0<j<k) r_j r_(k-j)) / (2 r_0)`.
    fn sqrt(self) -> Self {
        let mut r = [T::zero(); N];
        for k in 0..N {
            r[k] = if k == 0 {
                self.coefficients[0].sqrt()
            } else {
                let mut rest = self.coefficients[k];
                for j in 1..k {
                    rest -= r[j] * r[k - j];
                }
                rest * (r[0] + r[0]).recip()
            };
        }
        Self { coefficients: r }
    }
    /// `y' = u' y`.
    fn exp(self) -> Self {
        let first = self.first().exp();
        self.integrate(first, |k, y| y[k])
    }
    /// `y' = u'/u`.
    fn ln(self) -> Self {
        let reciprocal = self.recip();
        let first = self.first().ln();
        self.integrate(first, |k, _| reciprocal.coefficients[k])
    }
    /// `y' = 4 σ(2u) σ(-2u) u'`.
    fn tanh(self) -> Self {
        let twice = self + self;
        let slope = Self::from_f64(4.0) * twice.sigmoid() * (-twice).sigmoid();
        let first = self.first().tanh();
        self.integrate(first, |k, _| slope.coefficients[k])
    }
    /// `y' = u' σ(u) σ(-u)`, and the coefficients of `σ(-u) = 1 - y` are those of `-y` but for the first.
    fn sigmoid(self) -> Self {
        let first = self.first();
        let complement = (-first).sigmoid();
        self.integrate(first.sigmoid(), |k, y| {
            let mut sum = y[k] * complement;
            for j in 0..k {
                sum -= y[j] * y[k - j];
            }
            sum
        })
    }
    /// `y' = u' σ(u)`.
    fn softplus(self) -> Self {
        let slope = self.sigmoid();
        self.integrate(self.first().softplus(), |k, _| slope.coefficients[k])
    }
}

impl<T: Scalar, const N: usize> Taylor<T, N> {
    fn first(&self) -> T {
        self.coefficients.first().copied().unwrap_or(T::zero())
    }
}
