//! Bounds of the fourth derivative on balls.
//!
//! # Statement
//!
//! Along a direction `U` let `D = |(U_(z_1), U_(z_2))|`, `U_(z_i) = u_i·x`, and `G = |U_F|`. The logit's derivatives satisfy
//!
//! ```text
//! |s'| <= a_1 D + b_1 G,      |s^(k)| <= a_k D^k + k b_k D^(k-1) G   (k >= 2),
//! a_1² = Σ (F_i σ'_i)²,  b_1² = Σ σ_i²,   a_k = max |F_i σ_i^(k)|,  b_k = max |σ_i^(k-1)|,
//! ```
//!
//! and those of `φ` follow by Faà di Bruno: a polynomial in `D` of degree 4. Given `t`, `D` is bounded in `L^n` by Minkowski, so
//! that `E[D^j | t] <= D_n(t)^j` for `j <= n`:
//!
//! ```text
//! D_n(t)² = β_t² t² + 2c|t| |s|_n + β_s² |s|_n² + ρ² b² γ_n²,       |s|_n <= |v·μ| + ρ γ_n,      γ_n = (E|g|^n)^(1/n),
//! ```
//!
//! `β_t`, `β_s` the norms of the rows of `B` that move `w·u`, `w·v`, `c` that of their product, `b` the larger of `b_±`.
//!
//! At a point of the ball of radius `r`, unless one of three Gaussians exceeds 8 standard deviations,
//!
//! ```text
//! |z_i - ℓ_i t| <= r (β_t |t| + β_s (|v·μ| + 8ρ) + 8ρ b),        |F_i - F_(0,i)| <= r β_F.
//! ```
//!
//! So on slabs of `t` the coefficients are enclosed over intervals of that width about `ℓ_i t`. The exception has a probability
//! `P` below `6 e^-32/(8√(2π))`, and by Cauchy-Schwarz adds at most `√P` times the polynomial with global coefficients at `D_8`.

use nalgebra::DMatrix;

use super::collinear::Collinear;
use super::frame::Frame;
use super::loss::Label;
use super::parameters::SupervisedParameters;
use crate::gaussian::Activation;
use crate::gaussian::activation::pi;
use crate::interval::Interval;
use crate::interval::linalg::{point_matrix, product, spectral_norm_upper};
use crate::interval::rounding::{add_up, mul_up, sqrt_up};
use crate::scalar::Modulus;

/// `γ_4 = 3^(1/4) = 1.31607..`, rounded up.
const GAMMA_4: f64 = 1.316_1;
/// `γ_8 = 105^(1/8) = 1.78916..`, rounded up.
const GAMMA_8: f64 = 1.789_2;
/// Slabs reach from `-REACH` to `REACH` standard deviations.
const REACH: f64 = 8.0;
/// `√(6 e^-32/(8 √(2π))) = 6.16e-8`, rounded up.
const ROOT_OF_EXCEPTION: f64 = 6.2e-8;
/// Slabs of one standard deviation are at least this many, and at most `MOST_SLABS`; in between, no wider than 0.2 in `z`.
const FEWEST_SLABS: f64 = 1.0;
const MOST_SLABS: f64 = 4.0;
const SLABS_PER_UNIT: f64 = 5.0;

/// What the bounds need to know about the point, for any frame and any ball.
#[derive(Clone, Debug)]
pub struct LineBounds {
    centres: Vec<Centre>,
    at: Collinear<Interval>,
    /// `ρ`, an upper bound.
    deviation: f64,
}

#[derive(Clone, Debug)]
struct Centre {
    label: Label,
    probability: f64,
    /// `|u·μ|`, `|v·μ|`.
    along: f64,
    across: f64,
    slabs: Vec<Slab>,
    /// The probability beyond the slabs, with the factor by which the polynomial grows there.
    tail: f64,
}

/// A set of values of `t` that has at most this probability.
#[derive(Clone, Copy, Debug)]
struct Slab {
    t: Interval,
    probability: f64,
}

impl LineBounds {
    /// For every member of the point and the parameters.
    #[must_use]
    pub fn new(at: &Collinear<Interval>, of: &SupervisedParameters) -> Self {
        let deviation = of.variance.intersection(Interval::NON_NEGATIVE).sqrt();
        let [c, s] = at.direction;
        let longest = at.lengths[0].mag().max(at.lengths[1].mag());
        let centres = (of.weights.iter().enumerate())
            .map(|(k, weight)| {
                let label = if k < 2 { Label::Zero } else { Label::One };
                let hidden = if k % 2 == 1 { of.tau } else { Interval::ZERO };
                let along = label.signed(c) + hidden * s;
                let (slabs, tail) = slabs(along, deviation, longest);
                Centre {
                    label,
                    probability: weight.sup(),
                    along: along.mag(),
                    across: (label.signed(-s) + hidden * c).mag(),
                    slabs,
                    tail,
                }
            })
            .collect();
        Self {
            centres,
            at: *at,
            deviation: deviation.sup(),
        }
    }

    /// A bound of `|D⁴L|` on the closed ball of this radius in this frame.
    #[must_use]
    pub fn fourth(&self, frame: &Frame, radius: f64) -> f64 {
        let lengths = Lengths::new(frame);
        let (rho, beside) = (self.deviation, lengths.beside);
        let outputs = mul_up(radius, lengths.output);
        let at = Collinear {
            weights: self.at.weights.map(|f| f + Interval::symmetric(outputs)),
            ..self.at
        };
        let anywhere = Curve::everywhere(at.weights.map(Interval::mag));
        let far = mul_up(REACH, rho);
        let mut sum = 0.0;
        for centre in &self.centres {
            let mut inner = 0.0;
            let across = add_up(centre.across, mul_up(rho, GAMMA_4));
            let sideways = add_up(
                mul_up(lengths.across, add_up(centre.across, far)),
                mul_up(beside, far),
            );
            for slab in &centre.slabs {
                let t = slab.t.mag();
                let reach = mul_up(radius, add_up(mul_up(lengths.along, t), sideways));
                let curve = Curve::on(&at, centre.label, slab.t, reach);
                let d = lengths.moved(t, across, mul_up(rho, GAMMA_4));
                let value = curve.fourth(d, lengths.output);
                inner = add_up(inner, mul_up(slab.probability, value));
            }
            let end = add_up(centre.along, far);
            let d = lengths.moved(end, across, mul_up(rho, GAMMA_4));
            let tail = mul_up(centre.tail, anywhere.fourth(d, lengths.output));
            let noise = mul_up(rho, GAMMA_8);
            let (t, s) = (add_up(centre.along, noise), add_up(centre.across, noise));
            let d = lengths.moved(t, s, noise);
            let exception = mul_up(ROOT_OF_EXCEPTION, anywhere.fourth(d, lengths.output));
            let value = add_up(inner, add_up(tail, exception));
            sum = add_up(sum, mul_up(centre.probability, value));
        }
        sum
    }
}

/// Norms of the parts of a frame.
struct Lengths {
    /// `β_t`, `β_s`, `c`.
    along: f64,
    across: f64,
    mixed: f64,
    /// `b`.
    beside: f64,
    /// `β_F`, of the rows that move `F`.
    output: f64,
}

impl Lengths {
    fn new(frame: &Frame) -> Self {
        let rows = |indices: [usize; 2]| {
            point_matrix(&DMatrix::from_fn(2, frame.basis.ncols(), |i, j| {
                frame.basis[(indices[i], j)]
            }))
        };
        let (t, s) = (rows([0, 2]), rows([1, 3]));
        Self {
            along: spectral_norm_upper(&t),
            across: spectral_norm_upper(&s),
            mixed: spectral_norm_upper(&product(&t, &s.transpose())),
            beside: frame.beside.map_or(0.0, |[p, m]| p.abs().max(m.abs())),
            output: spectral_norm_upper(&rows([4, 5])),
        }
    }

    /// `D_n(t)` from `|t|`, `|s|_n` and `ρ γ_n`.
    fn moved(&self, t: f64, across: f64, noise: f64) -> f64 {
        let square = |x: f64, y: f64| {
            let product = mul_up(x, y);
            mul_up(product, product)
        };
        let twice = mul_up(mul_up(2.0, self.mixed), mul_up(t, across));
        let plane = add_up(
            square(self.along, t),
            add_up(twice, square(self.across, across)),
        );
        sqrt_up(add_up(plane, square(self.beside, noise)))
    }
}

/// Slabs about `mean`, and the bound of what lies beyond: the polynomial grows at most like
/// `(g/REACH)^4 <= e^(4(g - REACH)/REACH)`.
fn slabs(mean: Interval, deviation: Interval, longest: f64) -> (Vec<Slab>, f64) {
    if deviation == Interval::ZERO {
        let whole = Slab {
            t: mean,
            probability: 1.0,
        };
        return (vec![whole], 0.0);
    }
    let root = (Interval::point(2.0) * pi()).sqrt();
    let density = |g: f64| (-(Interval::point(g).sqr() * Interval::point(0.5))).exp() / root;
    let wanted = (SLABS_PER_UNIT * deviation.sup() * longest).ceil();
    // Powers of two: slabs share their edges exactly.
    let mut per_deviation = FEWEST_SLABS;
    while per_deviation < wanted.min(MOST_SLABS) {
        per_deviation *= 2.0;
    }
    let width = 1.0 / per_deviation;
    let count = (REACH * per_deviation) as usize;
    let mut slabs = Vec::with_capacity(2 * count);
    for k in 0..count {
        let near = k as f64 * width;
        let far = near + width;
        // Beyond 1 the density is convex: its integral is at most that of the chord. Elsewhere, as everywhere,
        // it falls: at most its value at the near end.
        let height = if near >= 1.0 {
            ((density(near) + density(far)) * Interval::point(0.5)).sup()
        } else {
            density(near).sup()
        };
        for sign in [1.0, -1.0] {
            let ends = Interval::point(sign * near).hull(Interval::point(sign * far));
            slabs.push(Slab {
                t: mean + deviation * ends,
                probability: mul_up(width, height),
            });
        }
    }
    let rate = Interval::point(REACH) - Interval::point(4.0) / Interval::point(REACH);
    let tail = Interval::point(2.0) * density(REACH) / rate;
    (slabs, tail.sup())
}

/// `a_k`, `b_k` (from `k = 1`) and the bounds of the first four derivatives of `ln(1 + e^s)`.
#[derive(Clone, Copy, Debug)]
struct Curve {
    a: [f64; 4],
    b: [f64; 4],
    outer: [f64; 4],
}

impl Curve {
    /// On a set of `t`, for all `z_i` within `reach` of `ℓ_i t`.
    fn on(at: &Collinear<Interval>, label: Label, t: Interval, reach: f64) -> Self {
        let units = at.lengths.map(|l| {
            let mut derivatives = [Interval::ZERO; 5];
            let z = l * t + Interval::symmetric(reach);
            Activation::SIGMOID.derivatives_on(z, &mut derivatives);
            derivatives
        });
        let logit = at.weights[0] * units[0][0] + at.weights[1] * units[1][0];
        let mut outer = [Interval::ZERO; 4];
        Activation::SIGMOID.derivatives_on(label.signed(logit), &mut outer);
        let magnitude = |i: usize, k: usize| units[i][k].mag();
        Self::from_units(
            magnitude,
            at.weights.map(Interval::mag),
            outer.map(Interval::mag),
        )
    }

    /// On the whole line, from the global bounds.
    fn everywhere(weights: [f64; 2]) -> Self {
        let bound = |k: usize| Activation::SIGMOID.bound(k);
        Self::from_units(|_, k| bound(k), weights, std::array::from_fn(bound))
    }

    fn from_units(
        derivative: impl Fn(usize, usize) -> f64,
        weights: [f64; 2],
        outer: [f64; 4],
    ) -> Self {
        let both = |k: usize, term: &dyn Fn(usize, usize) -> f64| {
            let (x, y) = (term(0, k), term(1, k));
            if k == 1 {
                sqrt_up(add_up(mul_up(x, x), mul_up(y, y)))
            } else {
                x.max(y)
            }
        };
        let weighted = |i: usize, k: usize| mul_up(weights[i], derivative(i, k));
        let lower = |i: usize, k: usize| derivative(i, k - 1);
        Self {
            a: std::array::from_fn(|k| both(k + 1, &weighted)),
            b: std::array::from_fn(|k| both(k + 1, &lower)),
            outer,
        }
    }

    /// Bounds of the first four derivatives of the logit.
    fn logit(&self, d: f64, g: f64) -> [Modulus; 4] {
        let mut power = Modulus(1.0);
        std::array::from_fn(|index| {
            let k = (index + 1) as f64;
            let mixed = Modulus(k) * Modulus(self.b[index]) * power * Modulus(g);
            power *= Modulus(d);
            Modulus(self.a[index]) * power + mixed
        })
    }

    fn fourth(&self, d: f64, g: f64) -> f64 {
        let [s1, s2, s3, s4] = self.logit(d, g);
        let [p1, p2, p3, p4] = self.outer.map(Modulus);
        let n = Modulus;
        (p1 * s4
            + p2 * (n(4.0) * s1 * s3 + n(3.0) * s2 * s2)
            + p3 * n(6.0) * s1 * s1 * s2
            + p4 * s1 * s1 * s1 * s1)
            .0
    }
}
