//! The norm of a second derivative as a bilinear map.
//!
//! `|T| = sup |T[u, v]|` over unit `u, v`, which is `sup_w N(w)` over unit `w` with
//! `N(w) = |sum_i w_i M_i|_2`, `M_i` the symmetric matrix of component `i`. `N` is convex, so
//! its supremum over the ball is at most its maximum over the corners of any
//! polytope around the ball.

use nalgebra::DMatrix;

use crate::interval::Interval;
use crate::interval::linalg::symmetric_spectral_norm_upper;
use crate::interval::rounding::{add_up, mul_up, sqrt_up};
use crate::scalar::Scalar;

/// `T_ijk = d_j d_k F_i`, symmetric in `j` and `k`.
#[derive(Clone, Debug)]
pub(crate) struct SecondDerivative<S> {
    n: usize,
    entries: Vec<S>,
}

impl<S: Scalar> SecondDerivative<S> {
    pub(crate) fn new(n: usize, fill: S) -> Self {
        Self {
            n,
            entries: vec![fill; n * n * n],
        }
    }

    /// Sets `T_ijk = T_ikj`.
    pub(crate) fn set(&mut self, i: usize, j: usize, k: usize, entry: S) {
        let n = self.n;
        self.entries[(i * n + j) * n + k] = entry;
        self.entries[(i * n + k) * n + j] = entry;
    }

    fn get(&self, i: usize, j: usize, k: usize) -> S {
        self.entries[(i * self.n + j) * self.n + k]
    }

    /// The second derivative of `C F`.
    pub(crate) fn multiplied_by(&self, left: impl Fn(usize, usize) -> S) -> Self {
        let mut result = Self::new(self.n, S::zero());
        for i in 0..self.n {
            for j in 0..self.n {
                for k in 0..=j {
                    let mut sum = S::zero();
                    for l in 0..self.n {
                        sum += left(i, l) * self.get(l, j, k);
                    }
                    result.set(i, j, k, sum);
                }
            }
        }
        result
    }

    /// Entry `(j, k)` of `sum_i w_i M_i`.
    fn combined(&self, w: &[f64], j: usize, k: usize) -> S {
        let mut sum = S::zero();
        for (i, &w) in w.iter().enumerate() {
            sum += S::from_f64(w) * self.get(i, j, k);
        }
        sum
    }
}

/// The corners, up to sign, of a polytope around the unit ball of `R^n`; none for `n > 3`.
#[derive(Debug)]
pub(crate) struct BilinearNorm {
    corners: Vec<Vec<f64>>,
}

/// Half the sides of the polygon around the disc: an overestimate of `1/cos(pi/16) = 1.02`.
const HALF_SIDES: usize = 8;
/// The same for rings and meridian in space: `1/cos(pi/12)^2 = 1.07`.
const HALF_SIDES_IN_SPACE: usize = 6;

impl BilinearNorm {
    pub(crate) fn new(n: usize) -> Self {
        let corners = match n {
            1 => vec![vec![1.0]],
            2 => polygon(HALF_SIDES),
            3 => ring_polytope(),
            _ => Vec::new(),
        };
        Self { corners }
    }

    /// Upper bound of `|T|`; NaN or infinite if an entry is empty or unbounded.
    ///
    /// `sqrt(sum_i |M_i|^2)`, which follows from Cauchy-Schwarz; up to three dimensions, where
    /// that is above `enough`, by the polytope, within a few per cent.
    pub(crate) fn upper(&self, t: &SecondDerivative<Interval>, enough: f64) -> f64 {
        let n = t.n;
        if t.entries.iter().any(|x| x.is_empty()) {
            return f64::NAN;
        }
        let square = (0..n).fold(0.0, |sum, i| {
            let size = symmetric_upper(n, |j, k| t.get(i, j, k));
            add_up(sum, mul_up(size, size))
        });
        let coarse = sqrt_up(square);
        if coarse <= enough || self.corners.is_empty() {
            return coarse;
        }
        let sharp = self
            .corners
            .iter()
            .map(|w| symmetric_upper(n, |j, k| t.combined(w, j, k)))
            .fold(0.0, f64::max);
        coarse.min(sharp)
    }

    /// A lower estimate of `|T|` in floats: where alternating maximisation ends.
    pub(crate) fn approx(&self, t: &SecondDerivative<f64>) -> f64 {
        let n = t.n;
        if n == 2 {
            // At the polygon's corners, drawn onto the circle.
            return self.corners.iter().fold(0.0, |best: f64, w| {
                let length = |x: f64, y: f64| (x * x + y * y).sqrt();
                let m = |j, k| t.combined(w, j, k) / length(w[0], w[1]);
                let (mean, half) = (0.5 * (m(0, 0) + m(1, 1)), 0.5 * (m(0, 0) - m(1, 1)));
                best.max(mean.abs() + length(half, m(1, 0)))
            });
        }
        let mut best = 0.0f64;
        for start in 0..=n {
            // Start at each axis and at the diagonal.
            let mut v = vec![if start == n { 1.0 } else { 0.1 }; n];
            if start < n {
                v[start] = 1.0;
            }
            normalise(&mut v);
            let mut u = v.clone();
            let mut size = 0.0;
            for _ in 0..6 {
                let mut w: Vec<f64> = (0..n).map(|i| form(t, i, &u, &v)).collect();
                size = normalise(&mut w);
                let m = |x: &[f64]| -> Vec<f64> {
                    (0..n)
                        .map(|j| (0..n).map(|k| t.combined(&w, j, k) * x[k]).sum())
                        .collect()
                };
                u = m(&v);
                normalise(&mut u);
                v = m(&u);
                normalise(&mut v);
            }
            if size > best {
                best = size;
            }
        }
        best
    }
}

fn form(t: &SecondDerivative<f64>, i: usize, u: &[f64], v: &[f64]) -> f64 {
    let n = u.len();
    (0..n)
        .map(|j| u[j] * (0..n).map(|k| t.get(i, j, k) * v[k]).sum::<f64>())
        .sum()
}

fn normalise(v: &mut [f64]) -> f64 {
    let size = v.iter().map(|x| x * x).sum::<f64>().sqrt();
    if size > 0.0 {
        v.iter_mut().for_each(|x| *x /= size);
    }
    size
}

/// Upper bound of the largest absolute eigenvalue of the symmetric members of an `n x n` matrix.
fn symmetric_upper(n: usize, entry: impl Fn(usize, usize) -> Interval) -> f64 {
    match n {
        1 => entry(0, 0).mag(),
        2 => {
            let (a, b, c) = (entry(0, 0), entry(1, 0).mag(), entry(1, 1));
            // (a + c)/2 + sqrt(((a - c)/2)^2 + b^2) grows with a and c.
            larger_upper(a.sup(), b, c.sup()).max(larger_upper(-a.inf(), b, -c.inf()))
        }
        _ => symmetric_spectral_norm_upper(&DMatrix::from_fn(n, n, entry)),
    }
}

/// Upper bound of the larger eigenvalue of `[a b; b c]`.
fn larger_upper(a: f64, b: f64, c: f64) -> f64 {
    let point = Interval::point;
    let (half, a, c) = (point(0.5), point(a), point(c));
    (half * (a + c) + ((half * (a - c)).sqr() + point(b).sqr()).sqrt()).sup()
}

/// The corners `(cos, sin)/cos(pi/2m)` of a regular `2m`-gon around the unit disc, half of them.
///
/// Correctly rounded floats move a corner by less than `1e-15`, and moving every
/// corner by less than `e` shrinks the hull's inscribed ball by less than `e`: the
/// factor `1 + 1e-12` covers it.
fn polygon(half_sides: usize) -> Vec<Vec<f64>> {
    let m = half_sides as f64;
    let length = (1.0 + 1e-12) / core_math::cospi(0.5 / m);
    (0..half_sides)
        .map(|k| {
            let turn = k as f64 / m;
            vec![
                length * core_math::cospi(turn),
                length * core_math::sinpi(turn),
            ]
        })
        .collect()
}

/// A polytope around the ball of `R^3`: rings of polygons at the heights of the
/// corners of a polygon in the half-plane. `(y, z)` with `|y| = s` has `(s, z)` in the
/// polygon, hence is a combination of points of the rings' discs.
fn ring_polytope() -> Vec<Vec<f64>> {
    let ring = polygon(HALF_SIDES_IN_SPACE);
    let mut corners = Vec::new();
    for meridian in polygon(HALF_SIDES_IN_SPACE) {
        let (radius, height) = (meridian[0], meridian[1]);
        if height.abs() < 1e-9 {
            // Up to sign, half of the equator.
            corners.extend(
                ring.iter()
                    .map(|w| vec![radius * w[0], radius * w[1], height]),
            );
            continue;
        }
        if radius.abs() < 1e-9 {
            // The pole; cospi(1/2) is exactly 0.
            corners.push(vec![0.0, 0.0, height]);
            continue;
        }
        // Up to the sign of the whole vector every ring point is needed; radius < 0 repeats the ring.
        if radius < 0.0 {
            continue;
        }
        for w in &ring {
            for sign in [1.0, -1.0] {
                corners.push(vec![sign * radius * w[0], sign * radius * w[1], height]);
            }
        }
    }
    corners
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `u -> max_corner <u, corner>` is the support function of the polytope: at least 1 everywhere.
    #[test]
    fn the_polytopes_contain_the_ball_and_little_more() {
        for n in [2, 3] {
            let norm = BilinearNorm::new(n);
            for s in 0..2000 {
                let (a, b) = (f64::from(s) * 0.618, (f64::from(s) / 1000.0 - 1.0).acos());
                let u = match n {
                    2 => vec![a.cos(), a.sin()],
                    _ => vec![a.cos() * b.sin(), a.sin() * b.sin(), b.cos()],
                };
                let support = norm
                    .corners
                    .iter()
                    .map(|w| w.iter().zip(&u).map(|(x, y)| x * y).sum::<f64>().abs())
                    .fold(0.0, f64::max);
                assert!((1.0..=1.08).contains(&support), "{n}: {support} at {u:?}");
            }
        }
    }

    #[test]
    fn the_norm_of_complex_squaring_is_two() {
        // F = (x^2 - y^2, 2 x y): |F''[u, v]| = 2 |u| |v|.
        let mut t = SecondDerivative::new(2, 0.0);
        t.set(0, 0, 0, 2.0);
        t.set(0, 1, 1, -2.0);
        t.set(1, 1, 0, 2.0);
        let mut wide = SecondDerivative::new(2, Interval::ZERO);
        for (to, from) in wide.entries.iter_mut().zip(&t.entries) {
            *to = Interval::point(*from);
        }
        let norm = BilinearNorm::new(2);
        assert!((norm.approx(&t) - 2.0).abs() < 1e-12);
        let upper = norm.upper(&wide, 0.0);
        assert!((2.0..2.05).contains(&upper), "{upper}");
    }
}
