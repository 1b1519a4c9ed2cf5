//! The population accuracy of a fixed probe.
//!
//! # What is computed
//!
//! The probability that the probe predicts 1 given the centre, `P(g(μ_k + ρξ) > 0)`, `g(x) = v·σ(Wx) + c`.
//! `ξ = tp + uq` in an orthonormal basis; with `n_i = v_i w_i` the unit vector `p` is the bisector of `n_1` and
//! `n_2`, at the angle `ω/2` from both, so that `g` increases with `t`. As `t → ±∞` it tends to limits that do not
//! depend on `u`. So either it changes sign for no `u`, or for each `u` at one place `T(u)`, analytic in `u`, and
//!
//! ```text
//! P(g > 0 | k) = E_u Φ(-T(u)),      |T'| <= tan(ω/2).
//! ```
//!
//! The inner integral is exact; the outer one is adaptive, and begins with panels fine enough for the bound on
//! `T'` around the places where `T = 0` can be. If the rows are parallel, `g` depends on `t` alone, the bisector may
//! not exist (`ω = π`), and the probability is a sum of `Φ` at the at most three sign changes of `g`.

use super::crossings::{Line, REACH, crossings};
use super::population::{Population, Target};
use super::probe::{Probe, Representation};
use super::quadrature::{Estimate, gaussian_average, normal_cdf};

/// What the two rules of the outer quadrature may differ by. The value is that of the better one.
const TOLERANCE: f64 = 1e-12;

/// Rows at a smaller angle (its sine) count as parallel: the direction that is left out moves the boundary by
/// about as much, in standard deviations.
const PARALLEL: f64 = 1e-12;

/// How often a probe predicts 1, centre by centre: floats, with an estimated error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PredictionRates {
    /// `P(prediction = 1 | k)`.
    pub ones: [f64; 4],
    /// Estimate of the largest error of the four: what two quadrature rules differ by.
    pub error_estimate: f64,
}

impl PredictionRates {
    /// `P(prediction = target)`.
    #[must_use]
    pub fn accuracy(&self, population: &Population, target: Target) -> f64 {
        let weights = population.weights();
        (0..4)
            .map(|k| {
                let right = if target.is_one(k) {
                    self.ones[k]
                } else {
                    1.0 - self.ones[k]
                };
                weights[k] * right
            })
            .sum()
    }
}

/// `P(prediction = 1 | k)` for the four centres, to about `1e-12`.
///
/// Where `g` touches 0 along a whole boundary without changing sign, the rates are discontinuous in the probe, and
/// no accuracy is claimed near such a probe.
#[must_use]
pub fn prediction_rates_approx(
    probe: &Probe,
    representation: &Representation,
    population: &Population,
) -> PredictionRates {
    let plane = Plane::new(probe, representation);
    let mut rates = PredictionRates {
        ones: [0.0; 4],
        error_estimate: 0.0,
    };
    for (k, centre) in population.centres().into_iter().enumerate() {
        let z = representation.pre_activations(centre);
        let rate = if population.rho() > 0.0 {
            plane.rate(probe, z, population.rho())
        } else {
            Estimate {
                value: f64::from(u8::from(probe.logit(z) > 0.0)),
                error: 0.0,
            }
        };
        rates.ones[k] = rate.value.clamp(0.0, 1.0); // rounding may leave [0, 1]
        rates.error_estimate = rates.error_estimate.max(rate.error);
    }
    rates
}

/// The basis `(p, q)`: how fast the pre-activations change along each direction.
struct Plane {
    /// `w_i·p`.
    along: [f64; 2],
    /// `w_i·q`; None if the rows are parallel and nothing changes along `q`.
    across: Option<[f64; 2]>,
    /// `cos(ω/2)`: `1/|T'|` is at least about this.
    cosine: f64,
}

impl Plane {
    fn new(probe: &Probe, representation: &Representation) -> Self {
        let rows = representation.rows;
        let units = [0, 1].map(|i| unit(rows[i].map(|w| probe.weights[i] * w)));
        let (p, cosine) = match units {
            [Some(a), Some(b)] => {
                let sine = a[0] * b[1] - a[1] * b[0];
                if sine.abs() <= PARALLEL {
                    return Self::parallel(rows, a);
                }
                let p = bisector(a, b);
                (p, p[0] * a[0] + p[1] * a[1])
            }
            // One feature is not looked at, or constant: the other one is monotone.
            [Some(a), None] | [None, Some(a)] => return Self::parallel(rows, a),
            [None, None] => return Self::parallel(rows, [1.0, 0.0]),
        };
        Self {
            along: rows.map(|w| w[0] * p[0] + w[1] * p[1]),
            across: Some(rows.map(|w| w[1] * p[0] - w[0] * p[1])),
            cosine,
        }
    }

    fn parallel(rows: [[f64; 2]; 2], p: [f64; 2]) -> Self {
        Self {
            along: rows.map(|w| w[0] * p[0] + w[1] * p[1]),
            across: None,
            cosine: 1.0,
        }
    }

    /// `P(g > 0)` around the point with pre-activations `z`.
    fn rate(&self, probe: &Probe, z: [f64; 2], rho: f64) -> Estimate {
        let line = Line {
            at_zero: z,
            slope: self.along.map(|b| rho * b),
        };
        let Some(across) = self.across.map(|k| k.map(|k| rho * k)) else {
            return Estimate {
                value: mass_of_positive(probe, &line),
                error: 0.0,
            };
        };
        let sideways = Line {
            at_zero: z,
            slope: across,
        };
        gaussian_average(
            |u| {
                let line = Line {
                    at_zero: sideways.at(u),
                    slope: line.slope,
                };
                // The one sign change is from - to +.
                match increasing_zero(probe, &line) {
                    Some(t) => normal_cdf(-t),
                    None => f64::from(u8::from(probe.logit(line.at_zero) > 0.0)),
                }
            },
            &self.panels(probe, &sideways),
            TOLERANCE,
        )
    }

    /// Panels of length 1, and around each `u` with `T(u) = 0` panels that shrink to the length `cos(ω/2)/4`:
    /// there `Φ(-T(u))` may rise from 0 to 1 within a few times `cos(ω/2)`.
    fn panels(&self, probe: &Probe, sideways: &Line) -> Vec<f64> {
        let mut points: Vec<f64> = (0..=18).map(|i| f64::from(i) - REACH).collect();
        for place in crossings(probe, sideways) {
            points.push(place);
            let mut length = 0.25 * self.cosine;
            while length < 1.0 {
                points.extend([place - length, place + length]);
                length *= 2.0;
            }
        }
        points.retain(|u| u.abs() <= REACH);
        points.sort_by(f64::total_cmp);
        points.dedup();
        points
    }
}

/// `P(g > 0)` along a line with a standard normal `t`: a sum of `Φ` at the sign changes.
fn mass_of_positive(probe: &Probe, line: &Line) -> f64 {
    let mut mass = 0.0;
    let mut left = f64::NEG_INFINITY;
    for right in crossings(probe, line).into_iter().chain([f64::INFINITY]) {
        let inside = 0.5 * (left.max(-REACH) + right.min(REACH));
        if probe.logit(line.at(inside)) > 0.0 {
            // Of the two tails the smaller one, so that nothing cancels.
            mass += if left > 0.0 {
                normal_cdf(-left) - normal_cdf(-right)
            } else {
                normal_cdf(right) - normal_cdf(left)
            };
        }
        left = right;
    }
    mass
}

/// The zero of an increasing logit on `[-REACH, REACH]`, by Newton's method inside a bracket; None if it keeps
/// its sign there.
fn increasing_zero(probe: &Probe, line: &Line) -> Option<f64> {
    let (mut low, mut high) = (-REACH, REACH);
    if probe.logit(line.at(low)) > 0.0 || probe.logit(line.at(high)) <= 0.0 {
        return None;
    }
    let mut t = 0.0;
    for _ in 0..100 {
        let z = line.at(t);
        let g = probe.logit(z);
        if g > 0.0 {
            high = t;
        } else {
            low = t;
        }
        let slope: f64 = (0..2)
            .map(|i| {
                let e = (-z[i].abs()).exp();
                probe.weights[i] * line.slope[i] * e / ((1.0 + e) * (1.0 + e))
            })
            .sum();
        let newton = t - g / slope;
        // In the positive form: a slope of 0 or NaN goes to the middle.
        let next = if newton > low && newton < high {
            newton
        } else {
            0.5 * (low + high)
        };
        if (next - t).abs() <= 1e-15 * (1.0 + t.abs()) {
            return Some(next);
        }
        t = next;
    }
    Some(t)
}

/// The unit vector halfway between two unit vectors that are not parallel. For an obtuse angle it is found as the
/// normal of their difference: their sum may be all rounding.
fn bisector(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    let p = if a[0] * b[0] + a[1] * b[1] > 0.0 {
        [a[0] + b[0], a[1] + b[1]]
    } else {
        let normal = [b[1] - a[1], a[0] - b[0]];
        let side = normal[0] * a[0] + normal[1] * a[1];
        normal.map(|x| x * side.signum())
    };
    let norm = p[0].hypot(p[1]);
    p.map(|x| x / norm)
}

fn unit(n: [f64; 2]) -> Option<[f64; 2]> {
    let norm = n[0].hypot(n[1]);
    (norm > 0.0).then(|| n.map(|x| x / norm))
}
