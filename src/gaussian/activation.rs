//! Activation functions, with every bound the Gaussian averages need.

use std::f64::consts::PI;
use std::sync::OnceLock;

use super::logistic::{LogisticScalar, MAX_DERIVATIVE, absolute_sums, derivatives_into};
use crate::interval::Interval;

/// Upper bound of `sup zσ'(z) = 0.2238717...`, enclosed in a test.
pub(crate) const SUP_Z_SIGMA_PRIME: f64 = 0.22388;
/// A little more than 1: covers the rounding of short float evaluations of bounds.
pub(crate) const INFLATE: f64 = 1.0 + 1e-9;

/// An affine image of the logistic sigmoid: `φ(z) = shift + gain σ(slope z)`.
///
/// `shift`, `gain` and `slope` are small powers of two (or 0), so that scaling by
/// them is exact. [`Activation::SIGMOID`] and [`Activation::TANH`] are the two in use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Activation {
    name: &'static str,
    shift: f64,
    gain: f64,
    slope: f64,
}

/// Half-widths, in units of the distance to the nearest pole, of the strips on
/// which activations are bounded: the trapezoid rule picks the best of them.
pub(crate) const STRIPS: [f64; 4] = [0.5, 0.625, 0.75, 0.84375];

impl Activation {
    /// `σ(z) = 1/(1 + e^-z)`.
    pub const SIGMOID: Self = Self {
        name: "sigmoid",
        shift: 0.0,
        gain: 1.0,
        slope: 1.0,
    };
    /// `tanh z = 2σ(2z) - 1`.
    pub const TANH: Self = Self {
        name: "tanh",
        shift: -1.0,
        gain: 2.0,
        slope: 2.0,
    };

    /// Its name in reports.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// `φ^(n)(z)`, `n = 0, 1, ..`, into `out`; enclosures over [`Interval`].
    #[inline]
    pub fn derivatives_into<T: LogisticScalar>(&self, z: T, out: &mut [T]) {
        let slope = T::from_f64(self.slope);
        derivatives_into(slope * z, out);
        if *self == Self::SIGMOID {
            return;
        }
        let mut factor = T::from_f64(self.gain);
        for slot in out.iter_mut() {
            *slot *= factor;
            factor *= slope;
        }
        if let Some(value) = out.first_mut() {
            *value += T::from_f64(self.shift);
        }
    }

    /// `φ^(n)` over an interval, each entry the intersection of the polynomial's
    /// range, the global bound and the mean value form
    /// `φ^(n)(c) + φ^(n+1)(Z)(Z - c)`, from the highest derivative down.
    pub fn derivatives_on(&self, z: Interval, out: &mut [Interval]) {
        self.derivatives_into(z, out);
        if z.width() < 1e-12 {
            return;
        }
        let centre = Interval::point(z.mid());
        let offset = z - centre;
        let mut at_centre = [Interval::ZERO; MAX_DERIVATIVE + 1];
        let at_centre = &mut at_centre[..out.len()];
        self.derivatives_into(centre, at_centre);
        for n in (0..out.len()).rev() {
            let next = match out.get(n + 1) {
                Some(&next) => next,
                None if n < MAX_DERIVATIVE => Interval::symmetric(self.bound(n + 1)),
                None => Interval::ENTIRE,
            };
            out[n] = out[n]
                .intersection(at_centre[n] + next * offset)
                .intersection(Interval::symmetric(self.bound(n)));
        }
    }

    /// Upper bound of `sup |φ^(n)|` over the real line.
    ///
    /// For `n >= 1` from the pole expansion of `σ`: `|σ^(n)| <= 2 n! λ(n+1)/π^(n+1)`,
    /// `λ(s) = Σ_(k>=1) (2k-1)^-s`; equality for odd `n`.
    #[must_use]
    pub fn bound(&self, n: usize) -> f64 {
        self.scaled(n, constants().real[n])
    }

    /// Upper bound of `sup zφ'(z) · sup |φ|` over the real line: with it, `‖w‖²` times the
    /// penalty's weight is bounded at every critical point.
    ///
    /// `zφ'(z) = gain · (slope z) σ'(slope z)`, and `sup zσ'(z) < 0.22388` (where `z tanh(z/2) = 1`).
    #[must_use]
    pub fn radial_bound(&self) -> f64 {
        self.gain * SUP_Z_SIGMA_PRIME * self.bound(0)
    }

    /// Half-width of strip number `strip` of [`STRIPS`].
    pub(crate) fn strip_half_width(&self, strip: usize) -> Interval {
        pi() * Interval::point(STRIPS[strip]) / Interval::point(self.slope)
    }

    /// Upper bound of `|φ^(n)(x + iy)|` for `|y|` up to the half-width of the strip.
    ///
    /// `σ^(n)(z) = (-1)^n n! Σ_k (z - iπ(2k+1))^-(n+1)`, so with `r` the half-width over
    /// `π` the bound is `n! π^-(n+1) Σ_(k>=0) [(2k+1-r)^-(n+1) + (2k+1+r)^-(n+1)]`; for
    /// `n = 0`, `|σ| <= 1` up to `r = 1/2` and `|σ| <= 1/sin(πr)` beyond.
    pub(crate) fn strip_bound(&self, strip: usize, n: usize) -> f64 {
        self.scaled(n, constants().strip[strip][n])
    }

    /// Upper bound of the error of [`derivatives_into`](Self::derivatives_into) in
    /// floats, at a float `z` that is itself off by half a unit in the last place.
    pub(crate) fn float_error(&self, n: usize) -> f64 {
        let scaled = self.gain * self.slope.powi(n as i32) * constants().rounding[n];
        let affine = if n == 0 {
            f64::EPSILON * (self.shift.abs() + self.gain)
        } else {
            0.0
        };
        (scaled + affine) * INFLATE
    }

    fn scaled(&self, n: usize, sigma_bound: f64) -> f64 {
        if n == 0 {
            self.shift.abs().max((self.shift + self.gain).abs()).max(
                // On a strip |σ| may exceed 1.
                if sigma_bound > 1.0 {
                    self.shift.abs() + self.gain * sigma_bound
                } else {
                    0.0
                },
            )
        } else {
            self.gain * self.slope.powi(n as i32) * sigma_bound
        }
    }
}

/// An enclosure of `π`: the float below and its successor.
pub(crate) fn pi() -> Interval {
    Interval::point(PI).hull(Interval::point(PI.next_up()))
}

struct Constants {
    real: [f64; MAX_DERIVATIVE + 1],
    strip: [[f64; MAX_DERIVATIVE + 1]; STRIPS.len()],
    rounding: [f64; MAX_DERIVATIVE + 1],
}

fn constants() -> &'static Constants {
    static CONSTANTS: OnceLock<Constants> = OnceLock::new();
    CONSTANTS.get_or_init(|| Constants {
        real: std::array::from_fn(|n| if n == 0 { 1.0 } else { pole_sum(n, 0.0) }),
        strip: STRIPS.map(|r| {
            std::array::from_fn(|n| match n {
                0 if r <= 0.5 => 1.0,
                0 => INFLATE / (PI * r).sin(),
                _ => pole_sum(n, r),
            })
        }),
        rounding: std::array::from_fn(rounding_error),
    })
}

/// `n! π^-(n+1) Σ_(k>=0) [(2k+1-r)^-(n+1) + (2k+1+r)^-(n+1)]`, rounded up: 200 terms and
/// the integral of the rest: for a convex summand `Σ_(k>=K) f(k) <= ∫_(K-1/2)^∞ f`, so
/// `Σ_(k>=K) (2k+1-r)^-s <= (2K-r)^(1-s) / (2(s-1))`, likewise with `+r`.
fn pole_sum(n: usize, r: f64) -> f64 {
    const TERMS: i32 = 200;
    let s = n as i32 + 1;
    let mut sum = 0.0;
    for k in 0..TERMS {
        let odd = f64::from(2 * k + 1);
        sum += (odd - r).powi(-s) + (odd + r).powi(-s);
    }
    let end = f64::from(2 * TERMS);
    sum += ((end - r).powi(1 - s) + (end + r).powi(1 - s)) / f64::from(2 * (s - 1));
    let factorial: f64 = (1..=n).map(|k| k as f64).product();
    // Fewer than 10^3 roundings, each of relative size 1e-15 or less.
    sum * factorial / PI.powi(s) * INFLATE
}

/// Bound of the float error of `σ^(n)` at a node `x` rounded to nearest.
///
/// Node: `u sup |x σ^(n+1)(x)|`, at most `u sup zσ'(z) Q_(n+1)` with `Q` the sum of absolute
/// coefficients, since `|σ^(n+1)| <= y Q_(n+1)`. Evaluation: `y` off by `9u`, `e` by
/// `6u`, Horner's rule with `2m + 4` roundings (`notes/gaussian.md`).
fn rounding_error(n: usize) -> f64 {
    const U: f64 = f64::EPSILON / 2.0;
    let underflow = 1e-300;
    let evaluation = if n == 0 {
        4.0 * U
    } else {
        let (sum, weighted) = absolute_sums(n);
        let degree = ((n - 1) / 2) as f64;
        0.25 * U * ((2.0 * degree + 4.0) * sum + 9.0 * (sum + weighted) + 6.0 * sum)
    };
    let node = match n {
        0 => SUP_Z_SIGMA_PRIME,
        _ if n < MAX_DERIVATIVE => SUP_Z_SIGMA_PRIME * absolute_sums(n + 1).0,
        _ => f64::INFINITY,
    };
    (evaluation + U * node) * 1.001 + underflow
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radial_constant_bounds_the_supremum() {
        // zσ'(z) on [0, 40] in pieces; beyond, z e^-z < 1e-15. It is odd times even: negative for z < 0.
        let mut largest = 0.0f64;
        for k in 0..40_000 {
            let piece = Interval::new(f64::from(k) / 1000.0, f64::from(k + 1) / 1000.0).unwrap();
            let centre = Interval::point(piece.mid());
            let mut d = [Interval::ZERO; 3];
            SIGMOID.derivatives_on(piece, &mut d);
            let slope = d[1] + piece * d[2];
            SIGMOID.derivatives_into(centre, &mut d);
            largest = largest.max((centre * d[1] + slope * (piece - centre)).sup());
        }
        assert!(
            largest < SUP_Z_SIGMA_PRIME && largest > 0.22387,
            "{largest}"
        );
    }

    const SIGMOID: Activation = Activation::SIGMOID;

    #[test]
    fn global_bounds_are_sharp_for_odd_orders() {
        for (n, exact) in [(1, 0.25), (3, 0.125), (5, 0.25)] {
            let bound = SIGMOID.bound(n);
            assert!(
                bound >= exact && bound < exact * (1.0 + 1e-8),
                "order {n}: {bound}"
            );
        }
    }

    /// `|σ^(n)(x + iy)|` for even or odd `n` from `y A_n(y)` and `e y B_n(y)` in complex floats.
    fn modulus(n: usize, x: f64, y: f64) -> f64 {
        let times = |a: (f64, f64), b: (f64, f64)| (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0);
        let sigma = |x: f64, y: f64| {
            let (re, im) = (1.0 + (-x).exp() * y.cos(), -(-x).exp() * y.sin());
            (re / re.hypot(im).powi(2), -im / re.hypot(im).powi(2))
        };
        let (s, t) = (sigma(x, y), sigma(-x, -y));
        let (product, e) = (times(s, t), (t.0 - s.0, t.1 - s.1));
        let mut value = (0.0, 0.0);
        for k in (0..=n.saturating_sub(1) / 2).rev() {
            value = times(value, product);
            value.0 += f64::coefficient(n, k);
        }
        value = match n {
            0 => s,
            _ if n % 2 == 1 => times(product, value),
            _ => times(times(e, product), value),
        };
        value.0.hypot(value.1)
    }

    #[test]
    fn strip_bounds_hold_and_are_attained_at_odd_orders() {
        for (strip, r) in STRIPS.into_iter().enumerate() {
            for n in 0..=10 {
                let bound = SIGMOID.strip_bound(strip, n);
                let mut largest = 0.0f64;
                for k in -400..=400 {
                    for edge in [0.9, 1.0] {
                        largest = largest.max(modulus(n, f64::from(k) / 100.0, PI * r * edge));
                    }
                }
                assert!(
                    largest <= bound * (1.0 + 1e-10),
                    "{n}, {r}: {largest} > {bound}"
                );
                if n % 2 == 1 || n == 0 && r > 0.5 {
                    assert!(largest > 0.9999 * bound, "{n}, {r}: {largest}, {bound}");
                }
            }
        }
    }

    #[test]
    fn float_errors_are_bounded() {
        let text = include_str!("../../tests/data/sigmoid_derivatives.csv");
        let mut used = [0.0f64; 11];
        for line in text.lines().skip(1) {
            let cells: Vec<_> = line.split(',').collect();
            let x: f64 = cells[1].parse().unwrap();
            let mut d = [0.0; 11];
            SIGMOID.derivatives_into(x, &mut d);
            for (n, value) in d.into_iter().enumerate() {
                let exact = Interval::literal(cells[n + 2]).unwrap();
                let error = (Interval::point(value) - exact).mig();
                used[n] = used[n].max(error / SIGMOID.float_error(n));
            }
        }
        assert!(used.iter().all(|u| (1e-4..=1.0).contains(u)), "{used:?}");
    }
}
