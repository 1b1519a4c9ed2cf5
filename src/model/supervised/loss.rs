//! The loss of one sample as a function of what the model sees of it.
//!
//! ```text
//! φ(z, F) = -y ln ŷ - (1 - y) ln(1 - ŷ) = ln(1 + e^(εs)),   ŷ = σ(s),   s = F_1 σ(z_1) + F_2 σ(z_2),
//! ```
//!
//! with `z_i = w_i·x` and `ε = 1` for `y = 0`, `ε = -1` for `y = 1`. With `r = ε σ(εs) = ŷ - y`,
//! `q = σ(s)σ(-s)` and `p = q (σ(-s) - σ(s))` (the first three derivatives in `s`),
//!
//! ```text
//! φ_a   = r s_a
//! φ_ab  = q s_a s_b + r s_ab
//! φ_abc = p s_a s_b s_c + q (s_ab s_c + s_ac s_b + s_bc s_a) + r s_abc.
//! ```
//!
//! The variables are numbered `z_1, z_2, F_1, F_2`; mixed derivatives of `s` with indices of both units
//! vanish. Written once: floats, intervals and power series run through it.

use crate::scalar::Scalar;

/// The label `y` of a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// `y = 0`: the side `x^(1) > 0`.
    Zero,
    /// `y = 1`: the side `x^(1) < 0`.
    One,
}

impl Label {
    /// `ε x`: `x` itself for `y = 0`, `-x` for `y = 1`.
    #[inline]
    pub fn signed<T: Scalar>(self, x: T) -> T {
        match self {
            Self::Zero => x,
            Self::One => -x,
        }
    }
}

/// The number of variables `z_1, z_2, F_1, F_2`.
pub const VARIABLES: usize = 4;

/// `φ` at one point, with what its derivatives up to the third are made of.
#[derive(Clone, Copy, Debug)]
pub struct Loss<T> {
    /// Derivatives of `ln(1 + e^(εs))` in `s`: `r`, `q`, `p`.
    outer: [T; 3],
    /// `εs`: the value is `ln(1 + e^(εs))`.
    signed: T,
    /// For each unit: `σ`, `σ'`, `σ''`, `σ'''` at `z_i`.
    units: [[T; 4]; 2],
    weights: [T; 2],
}

impl<T: Scalar> Loss<T> {
    /// At `z = (z_1, z_2)` and `F`.
    #[inline]
    pub fn new(z: [T; 2], weights: [T; 2], label: Label) -> Self {
        let units = z.map(unit);
        let s = weights[0] * units[0][0] + weights[1] * units[1][0];
        let signed = label.signed(s);
        let (up, down) = (signed.sigmoid(), (-signed).sigmoid());
        let q = up * down;
        Self {
            outer: [label.signed(up), q, label.signed(q * (down - up))],
            signed,
            units,
            weights,
        }
    }

    /// `φ`.
    #[inline]
    pub fn value(&self) -> T {
        self.signed.softplus()
    }

    /// `φ_a`.
    #[inline]
    pub fn first(&self, a: usize) -> T {
        self.outer[0] * self.s1(a)
    }

    /// `φ_ab`.
    #[inline]
    pub fn second(&self, a: usize, b: usize) -> T {
        let curved = self.outer[1] * (self.s1(a) * self.s1(b));
        match self.s2(a, b) {
            Some(s_ab) => curved + self.outer[0] * s_ab,
            None => curved,
        }
    }

    /// `φ_abc`.
    #[inline]
    pub fn third(&self, a: usize, b: usize, c: usize) -> T {
        let [r, q, p] = self.outer;
        let mut value = p * (self.s1(a) * self.s1(b) * self.s1(c));
        for (pair, other) in [((a, b), c), ((a, c), b), ((b, c), a)] {
            if let Some(s) = self.s2(pair.0, pair.1) {
                value += q * (s * self.s1(other));
            }
        }
        match self.s3(a, b, c) {
            Some(s_abc) => value + r * s_abc,
            None => value,
        }
    }

    /// `s_a`: `F_i σ'(z_i)` or `σ(z_i)`.
    #[inline]
    fn s1(&self, a: usize) -> T {
        if a < 2 {
            self.weights[a] * self.units[a][1]
        } else {
            self.units[a - 2][0]
        }
    }

    /// `s_ab`, where it is not 0 throughout.
    #[inline]
    fn s2(&self, a: usize, b: usize) -> Option<T> {
        let unit = a % 2;
        match (unit == b % 2, usize::from(a < 2) + usize::from(b < 2)) {
            (true, 2) => Some(self.weights[unit] * self.units[unit][2]),
            (true, 1) => Some(self.units[unit][1]),
            _ => None,
        }
    }

    /// `s_abc`, where it is not 0 throughout.
    #[inline]
    fn s3(&self, a: usize, b: usize, c: usize) -> Option<T> {
        let unit = a % 2;
        let inner = [a, b, c].into_iter().filter(|&v| v < 2).count();
        match (unit == b % 2 && unit == c % 2, inner) {
            (true, 3) => Some(self.weights[unit] * self.units[unit][3]),
            (true, 2) => Some(self.units[unit][2]),
            _ => None,
        }
    }
}

/// `σ, σ', σ'', σ'''` at `z`: with `y = σ(z)σ(-z)` and `e = σ(-z) - σ(z)`, `y, ye, y(e² - 2y)`.
#[inline]
fn unit<T: Scalar>(z: T) -> [T; 4] {
    let (s, t) = (z.sigmoid(), (-z).sigmoid());
    let (y, e) = (s * t, t - s);
    [s, y, y * e, y * (e.sqr() - (y + y))]
}
