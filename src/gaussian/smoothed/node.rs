//! `S_0, .., S_11` at one point of the grid.

use std::sync::OnceLock;

use super::{COEFFICIENTS, point};
use crate::gaussian::Activation;
use crate::gaussian::line::{Family, LineScalar};
use crate::gaussian::logistic::{MAX_DERIVATIVE, derivatives_into};
use crate::interval::Interval;
use crate::scalar::Scalar;

/// Up to this variance the heat flow's series is as sharp as the trapezoid rule.
const SERIES_UP_TO: f64 = 0.05;
/// Most terms of the series: `S_11` needs `σ^(11 + 2 terms - 2)`, its remainder one derivative of even order more.
const MOST_TERMS: usize = (MAX_DERIVATIVE - COEFFICIENTS).div_ceil(2);

/// A remainder of `S_2` below this would not be seen.
const NEGLIGIBLE: f64 = 1e-18;

/// How `S_j` is found at the points of the grid, for one variance.
///
/// The series is `S_j(m, q) = Σ_(i<J) (q/2)^i/i! σ^(j+2i)(m) + R`, `|R| <= (q/2)^J/J! sup|σ^(j+2J)|`: the heat
/// equation `∂_q S_j = ½ S_(j+2)` and Taylor's theorem in `q`. Averages of `σ^(n)` are at most its supremum.
#[derive(Clone, Debug)]
pub(super) enum Rule<T> {
    /// `(q/2)^i/i!` and the bounds of the remainders.
    Series(Vec<T>, [f64; COEFFICIENTS]),
    /// The trapezoid rule on the line, at this variance.
    Trapezoid(T),
}

impl Rule<Interval> {
    /// For every non-negative variance in `q`.
    pub(super) fn enclosing(q: Interval) -> Self {
        let q = q.intersection(Interval::NON_NEGATIVE);
        if q.sup() > SERIES_UP_TO || !q.is_bounded() {
            return Self::Trapezoid(q);
        }
        let half = q * Interval::point(0.5);
        let powers = scaled_powers(half, MOST_TERMS + 1);
        let remainder = |terms: usize, j: usize| {
            (powers[terms] * Interval::point(Activation::SIGMOID.bound(j + 2 * terms))).sup()
        };
        // As many as S_2, what the Hessian asks for most, has any use for.
        let terms = (1..=MOST_TERMS)
            .find(|&terms| remainder(terms, 2) < NEGLIGIBLE)
            .or_else(|| {
                (1..=MOST_TERMS).min_by(|&a, &b| remainder(a, 2).total_cmp(&remainder(b, 2)))
            })
            .unwrap_or(1);
        let bounds = std::array::from_fn(|j| remainder(terms, j));
        Self::Series(powers[..terms].to_vec(), bounds)
    }

    /// Enclosures of `S_0, .., S_11` at point `k`.
    pub(super) fn node(&self, k: i64) -> [Interval; COEFFICIENTS] {
        match self {
            Self::Series(powers, remainders) => {
                let Some(Sigmoid {
                    enclosed: sigma, ..
                }) = sigmoid_at(k)
                else {
                    return std::array::from_fn(everywhere);
                };
                std::array::from_fn(|j| {
                    let mut sum = Interval::symmetric(remainders[j]);
                    for (i, &power) in powers.iter().enumerate().rev() {
                        sum += power * sigma[j + 2 * i];
                    }
                    sum.intersection(everywhere(j))
                })
            }
            &Self::Trapezoid(q) => {
                let middle = Interval::point(q.mid());
                let values =
                    Interval::line_averages(&Derivatives, Interval::point(point(k)), middle);
                let values = std::array::from_fn(|j| values[j].intersection(everywhere(j)));
                spread(&values, q - middle)
            }
        }
    }
}

impl Rule<f64> {
    /// For the variance `q`, in floats.
    pub(super) fn floats(q: f64) -> Self {
        if q > SERIES_UP_TO || q.is_nan() {
            return Self::Trapezoid(q);
        }
        let powers = scaled_powers(0.5 * q.max(0.0), MOST_TERMS);
        // As many terms as still count in S_4.
        let counts = |i: usize| powers[i] * Activation::SIGMOID.bound(4 + 2 * i) > 1e-18;
        let terms = (1..powers.len())
            .find(|&i| !counts(i))
            .unwrap_or(powers.len());
        Self::Series(powers[..terms].to_vec(), [0.0; COEFFICIENTS])
    }

    /// `S_0, .., S_11` at point `k`.
    pub(super) fn node(&self, k: i64) -> [f64; COEFFICIENTS] {
        match self {
            Self::Series(powers, _) => {
                let Some(Sigmoid { nearest: sigma, .. }) = sigmoid_at(k) else {
                    return [f64::NAN; COEFFICIENTS];
                };
                let mut sums = [0.0; COEFFICIENTS];
                for (i, &power) in powers.iter().enumerate().rev() {
                    for (j, sum) in sums.iter_mut().enumerate() {
                        *sum += power * sigma[j + 2 * i];
                    }
                }
                sums
            }
            &Self::Trapezoid(q) => trapezoid(point(k), q),
        }
    }
}

/// `S_0, .., S_11` by the trapezoid rule in floats: the poles are `π/√q` away, and the step resolves that to `e^-39`.
fn trapezoid(mean: f64, q: f64) -> [f64; COEFFICIENTS] {
    const MOST: f64 = 1e5;
    let deviation = q.sqrt();
    let step = (0.5 / deviation).min(0.4);
    let count = 9.0 / step;
    let usable = count < MOST;
    if !usable {
        return [f64::NAN; COEFFICIENTS];
    }
    let norm = step / (2.0 * std::f64::consts::PI).sqrt();
    let mut sums = [0.0; COEFFICIENTS];
    let mut values = [0.0; COEFFICIENTS];
    for k in -(count as i32)..=count as i32 {
        let z = f64::from(k) * step;
        let weight = norm * (-0.5 * z * z).exp();
        derivatives_into(mean + deviation * z, &mut values);
        for (sum, value) in sums.iter_mut().zip(&values) {
            *sum += weight * value;
        }
    }
    sums
}

/// `S_j` at every variance `q + Δ` from its values at `q`: the series of the heat equation again, as far as they reach.
fn spread(at: &[Interval; COEFFICIENTS], delta: Interval) -> [Interval; COEFFICIENTS] {
    const MOST: usize = 3;
    let powers = scaled_powers(delta * Interval::point(0.5), MOST + 1);
    std::array::from_fn(|j| {
        let terms = MOST.min((COEFFICIENTS - 1 - j) / 2 + 1);
        let bound = Interval::symmetric(Activation::SIGMOID.bound(j + 2 * terms));
        let mut sum = powers[terms] * bound;
        for i in (0..terms).rev() {
            sum += powers[i] * at[j + 2 * i];
        }
        sum.intersection(everywhere(j))
    })
}

/// What `S_j` is within at every mean and variance.
pub(super) fn everywhere(j: usize) -> Interval {
    match j {
        0 => Interval::UNIT,
        1 => Interval::UNIT * Interval::point(0.25),
        _ => Interval::symmetric(Activation::SIGMOID.bound(j)),
    }
}

/// `h^i/i!` for `i < count`.
fn scaled_powers<T: Scalar>(h: T, count: usize) -> Vec<T> {
    let mut power = T::one();
    let mut powers = Vec::with_capacity(count);
    for i in 0..count {
        if i > 0 {
            power = power * h / T::from_f64(i as f64);
        }
        powers.push(power);
    }
    powers
}

/// `σ^(n)` at a point of the grid, `n <= 32`.
struct Sigmoid {
    enclosed: [Interval; MAX_DERIVATIVE + 1],
    nearest: [f64; MAX_DERIVATIVE + 1],
}

impl Sigmoid {
    fn new(k: i64) -> Self {
        let mut enclosed = [Interval::ZERO; MAX_DERIVATIVE + 1];
        derivatives_into(Interval::point(point(k)), &mut enclosed);
        for (n, value) in enclosed.iter_mut().enumerate() {
            *value = value.intersection(everywhere(n));
        }
        Self {
            nearest: enclosed.map(Interval::mid),
            enclosed,
        }
    }
}

/// The series is used for means up to here: `40 + q/2` of [`last_point`](super::last_point), and a little.
const LAST: i64 = 41 * 16;

/// The same numbers serve every variance: each point is evaluated once. None for points beyond the last.
fn sigmoid_at(k: i64) -> Option<&'static Sigmoid> {
    static POINTS: [OnceLock<Box<Sigmoid>>; 2 * LAST as usize + 1] =
        [const { OnceLock::new() }; 2 * LAST as usize + 1];
    let place = usize::try_from(k.checked_add(LAST)?).ok()?;
    let point = POINTS.get(place)?;
    Some(point.get_or_init(|| Box::new(Sigmoid::new(k))))
}

/// `σ, σ', .., σ^(11)`.
struct Derivatives;

impl Family for Derivatives {
    fn count(&self) -> usize {
        COEFFICIENTS
    }
    fn eval<S: Scalar>(&self, t: S, out: &mut [S]) {
        // y' = yc with c = σ(-t), of which each derivative is that of -y: Leibniz' rule, without a division, which
        // bounds on a strip do not survive.
        let (value, complement) = (t.sigmoid(), (-t).sigmoid());
        out[0] = value;
        for n in 0..COEFFICIENTS - 1 {
            let mut next = out[n] * complement;
            let mut binomial = 1.0;
            for i in 0..n {
                next -= S::from_f64(binomial) * (out[i] * out[n - i]);
                binomial = binomial * (n - i) as f64 / (i + 1) as f64;
            }
            out[n + 1] = next;
        }
    }
    fn strip_half_width(&self) -> f64 {
        // Below π/2, with room for the float tangent's own error.
        std::f64::consts::FRAC_PI_2 * (1.0 - 1e-7)
    }
}
