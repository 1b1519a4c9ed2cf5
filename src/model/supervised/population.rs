//! `L_SL` and its gradient at any `(W, F)`, in floats.
//!
//! Given its centre, `z = Wx` is Gaussian with mean `Wμ_k` and covariance `ρ² W Wᵀ`: an average over the data is one
//! over two normal variables at most, along the eigenvectors of the rows' Gram matrix, and over one where the rows
//! are parallel. By Stein's identity `E φ_(z_i) ξ = ρ Σ_j E φ_(z_i z_j) w_j`, so that
//!
//! ```text
//! ∂L/∂w_i = Σ_k p_k E φ_(z_i) μ_k + Σ_j (ρ² E φ_(z_i z_j) + 2β δ_ij) w_j,      ∂L/∂F_i = E φ_(F_i) + 2γ F_i :
//! ```
//!
//! whatever `d` is, seven averages and a combination of the two rows.

use std::array::from_fn;

use super::jacobian::dot;
use super::normal_rule::{Purpose, rule};
use super::parameters::SupervisedParameters;
use crate::scalar::{Lanes, Scalar};

/// `L_SL` in floats; the simplified objective is the one without noise.
///
/// Averages are good to about `1e-10` while `ρ‖w‖` stays below 2 in every direction ([`Reduced`] has the rows);
/// the number of nodes follows it.
///
/// # Example
///
/// ```
/// use minlift::interval::Interval;
/// use minlift::model::supervised::{PopulationObjective, SupervisedParameters};
///
/// let objective = PopulationObjective::new(&SupervisedParameters {
///     dimension: 3,
///     tau: Interval::point(7.0),
///     beta: Interval::literal("1/800")?,
///     gamma: Interval::literal("1/800")?,
///     variance: Interval::ZERO,
///     weights: [Interval::point(0.25); 4],
/// });
/// // Near the simplified minimum: rows (a, 0, 0), (-a, 0, 0) and F = (-f, f).
/// let x = [2.6279, 0.0, 0.0, -2.6279, 0.0, 0.0, -4.2540, 4.2540];
/// let mut gradient = [0.0; 8];
/// objective.gradient(&x, &mut gradient);
/// assert!((objective.value(&x) - 0.0873948).abs() < 1e-7);
/// assert!(gradient.iter().all(|g| g.abs() < 1e-5));
/// # Ok::<(), minlift::interval::LiteralError>(())
/// ```
#[derive(Clone, Debug)]
pub struct PopulationObjective {
    pub(super) dimension: usize,
    pub(super) tau: f64,
    pub(super) beta: f64,
    pub(super) gamma: f64,
    pub(super) deviation: f64,
    /// `p_k`.
    pub(super) probabilities: Lanes,
}

/// `ε` of the four centres: the loss of label 1 at `F` is that of label 0 at `-F`.
pub(super) const SIGNS: Lanes = Lanes([1.0, 1.0, -1.0, -1.0]);

/// `(W, F)` up to the rotations that fix `e1` and `e2`, under which `L_SL` does not change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reduced {
    /// `(w_i^(1), w_i^(2))` for each row.
    pub plane: [[f64; 2]; 2],
    /// `w_1·w_1, w_1·w_2, w_2·w_2`, over all coordinates.
    pub gram: [f64; 3],
    /// `F`.
    pub output: [f64; 2],
}

/// The gradient at a [`Reduced`] point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReducedGradient {
    /// What the gradient in `w_i` has on `e1, e2` besides a combination of the rows.
    pub plane: [[f64; 2]; 2],
    /// Entries 11, 12, 22 of the symmetric `R`: the combination is `Σ_j R_ij w_j`.
    pub rows: [f64; 3],
    /// The gradient in `F`.
    pub output: [f64; 2],
}

impl ReducedGradient {
    /// Adds the gradient in `w_1` and `w_2` to `out`: `[out_1, out_2] += ∂L/∂[w_1, w_2]`.
    #[inline]
    fn write(&self, rows: [&[f64]; 2], out: [&mut [f64]; 2]) {
        let [r11, r12, r22] = self.rows;
        let mixed = [[r11, r12], [r12, r22]];
        for ((out, [r1, r2]), plane) in out.into_iter().zip(mixed).zip(self.plane) {
            for ((slot, x), y) in out.iter_mut().zip(rows[0]).zip(rows[1]) {
                *slot = r1 * x + r2 * y;
            }
            out[0] += plane[0];
            out[1] += plane[1];
        }
    }

    /// The gradient in each row, for rows of `N >= 2` coordinates.
    #[inline]
    #[must_use]
    pub fn on_rows<const N: usize>(&self, rows: &[[f64; N]; 2]) -> [[f64; N]; 2] {
        let mut out = [[0.0; N]; 2];
        let [first, second] = &mut out;
        self.write([&rows[0], &rows[1]], [first, second]);
        out
    }
}

impl Reduced {
    /// Of `(w_1, w_2, F)`, a vector of length `2d + 2`, `d >= 2`.
    #[must_use]
    pub fn of(x: &[f64]) -> Self {
        let (rows, output) = x.split_at(x.len() - 2);
        let (first, second) = rows.split_at(rows.len() / 2);
        Self::of_rows([first, second], [output[0], output[1]])
    }

    /// Of rows of equal length `>= 2`.
    #[inline]
    #[must_use]
    pub fn of_rows([first, second]: [&[f64]; 2], output: [f64; 2]) -> Self {
        Self {
            plane: [[first[0], first[1]], [second[0], second[1]]],
            gram: [dot(first, first), dot(first, second), dot(second, second)],
            output,
        }
    }
}

impl PopulationObjective {
    /// The objective with the midpoints of these parameters.
    #[must_use]
    pub fn new(parameters: &SupervisedParameters) -> Self {
        Self {
            // A row of more coordinates than that could not be stored.
            dimension: usize::try_from(parameters.dimension).unwrap_or(usize::MAX),
            tau: parameters.tau.mid(),
            beta: parameters.beta.mid(),
            gamma: parameters.gamma.mid(),
            deviation: parameters.variance.mid().max(0.0).sqrt(),
            probabilities: Lanes(parameters.weights.map(|p| p.mid())),
        }
    }

    /// The dimension `d` of a row; `(W, F)` has `2d + 2` coordinates.
    #[must_use]
    pub const fn dimension(&self) -> usize {
        self.dimension
    }

    /// `L_SL(W, F)`.
    #[must_use]
    pub fn value(&self, x: &[f64]) -> f64 {
        self.value_at(&Reduced::of(x))
    }

    /// The gradient of `L_SL`, in the order `w_1, w_2, F`.
    ///
    /// # Panics
    ///
    /// If `x` and `out` are not of the same length `>= 6`.
    pub fn gradient(&self, x: &[f64], out: &mut [f64]) {
        assert!(x.len() == out.len() && x.len() >= 6);
        let gradient = self.gradient_at(&Reduced::of(x));
        let (d, end) = (x.len() / 2 - 1, x.len() - 2);
        let (first, rest) = out.split_at_mut(d);
        let (second, output) = rest.split_at_mut(d);
        gradient.write([&x[..d], &x[d..end]], [first, second]);
        output.copy_from_slice(&gradient.output);
    }

    /// `L_SL` at a reduced point.
    #[must_use]
    pub fn value_at(&self, at: &Reduced) -> f64 {
        let mut sum = Lanes([0.0; 4]);
        let output = self.signed_output(at);
        self.each_node(at, |weight, e1, e2| {
            let [up1, up2] = sigmoids(e1, e2);
            let s = output[0] * up1 + output[1] * up2;
            sum += Lanes([weight; 4]) * Lanes(s.0.map(Scalar::softplus));
        });
        let [f1, f2] = at.output;
        let penalty = self.beta * (at.gram[0] + at.gram[2]) + self.gamma * (f1 * f1 + f2 * f2);
        total(self.probabilities * sum) + penalty
    }

    /// The gradient at a reduced point.
    #[inline]
    #[must_use]
    pub fn gradient_at(&self, at: &Reduced) -> ReducedGradient {
        let zero = Lanes([0.0; 4]);
        let (mut by_output, mut by_z, mut by_zz) = ([zero; 2], [zero; 2], [zero; 3]);
        let output = self.signed_output(at);
        self.each_node(at, |weight, e1, e2| {
            let weight = Lanes([weight; 4]);
            let up = sigmoids(e1, e2);
            let down = [e1 * up[0], e2 * up[1]];
            let [r, rest] = outer(output[0] * up[0] + output[1] * up[1]);
            let r = weight * r;
            // s_i = F_i σ', s_ii = F_i σ'(σ(-z) - σ(z)).
            let slope = [0, 1].map(|i| output[i] * (up[i] * down[i]));
            let bend = [0, 1].map(|i| slope[i] * (down[i] - up[i]));
            let q = r * rest;
            for i in 0..2 {
                by_output[i] += r * up[i];
                by_z[i] += r * slope[i];
            }
            by_zz[0] += q * (slope[0] * slope[0]) + r * bend[0];
            by_zz[1] += q * (slope[0] * slope[1]);
            by_zz[2] += q * (slope[1] * slope[1]) + r * bend[1];
        });
        let variance = self.deviation * self.deviation;
        let [r11, r12, r22] = by_zz.map(|x| variance * total(self.probabilities * x));
        ReducedGradient {
            plane: by_z.map(|x| {
                let Lanes([a, b, c, d]) = self.probabilities * x;
                [(a + b) - (c + d), self.tau * (b + d)]
            }),
            rows: [r11 + 2.0 * self.beta, r12, r22 + 2.0 * self.beta],
            output: self.output_gradient(at, by_output),
        }
    }

    /// The gradient in `F` alone, at a part of the cost.
    #[inline]
    #[must_use]
    pub fn output_gradient_at(&self, at: &Reduced) -> [f64; 2] {
        let mut by_output = [Lanes([0.0; 4]); 2];
        let output = self.signed_output(at);
        self.each_node(at, |weight, e1, e2| {
            let up = sigmoids(e1, e2);
            let [r, _] = outer(output[0] * up[0] + output[1] * up[1]);
            let r = Lanes([weight; 4]) * r;
            by_output[0] += r * up[0];
            by_output[1] += r * up[1];
        });
        self.output_gradient(at, by_output)
    }

    /// From the averages of `φ_F` at signed weights.
    #[inline]
    fn output_gradient(&self, at: &Reduced, by_output: [Lanes; 2]) -> [f64; 2] {
        from_fn(|i| {
            let average = total(self.probabilities * SIGNS * by_output[i]);
            average + 2.0 * self.gamma * at.output[i]
        })
    }

    /// `εF`, centre by centre.
    #[inline]
    fn signed_output(&self, at: &Reduced) -> [Lanes; 2] {
        at.output.map(|f| SIGNS * Lanes([f; 4]))
    }

    /// `w_i·μ_k` for the four centres.
    #[inline]
    pub(super) fn projections(&self, [w1, w2]: [f64; 2]) -> Lanes {
        let hidden = self.tau * w2;
        Lanes([w1, w1 + hidden, -w1, hidden - w1])
    }

    /// Calls `use_node(weight, e^(-z_1), e^(-z_2))` for every node, all centres at once. The exponential of a
    /// sum is a product, so only means and node offsets need one.
    #[inline]
    fn each_node(&self, at: &Reduced, mut use_node: impl FnMut(f64, Lanes, Lanes)) {
        let [b1, b2] = at
            .plane
            .map(|row| decay(self.projections(row), MOST_EXPONENT));
        let [first, second] = principal(at.gram).map(|(scale, along)| {
            let t = self.deviation * scale;
            (t, along.map(|x| t * x))
        });
        let [outer_rule, inner_rule] =
            [first.0, second.0].map(|t| rule(t, at.output, Purpose::Derivatives));
        offsets(outer_rule.half(), first.1, |p, [f1, f2]| {
            let (b1, b2) = (b1 * Lanes([f1; 4]), b2 * Lanes([f2; 4]));
            offsets(inner_rule.half(), second.1, |q, [g1, g2]| {
                use_node(p * q, b1 * Lanes([g1; 4]), b2 * Lanes([g2; 4]));
            });
        });
    }
}

/// Calls `visit(weight, [e^(-a_1 g), e^(-a_2 g)])` for every node `g`.
#[inline]
fn offsets(half: &[[f64; 2]], [a1, a2]: [f64; 2], mut visit: impl FnMut(f64, [f64; 2])) {
    for &[g, weight] in half {
        if g > 0.0 {
            let x = Lanes([a1 * g, a2 * g, -a1 * g, -a2 * g]);
            let Lanes([e1, e2, inverse1, inverse2]) = decay(x, MOST_EXPONENT);
            visit(weight, [e1, e2]);
            visit(weight, [inverse1, inverse2]);
        } else {
            visit(weight, [1.0; 2]);
        }
    }
}

/// Beyond this in either direction a sigmoid is 0 or 1 to 49 digits, and products of six such numbers, three
/// for each unit, must not overflow.
const MOST_EXPONENT: f64 = 115.0;

/// `e^(-x)`, `x` taken as at most `most` in magnitude.
#[inline]
fn decay(x: Lanes, most: f64) -> Lanes {
    Lanes(x.0.map(|x| core_math::exp(-x.clamp(-most, most))))
}

/// `1/(1 + e_1)` and `1/(1 + e_2)` by one division.
#[inline]
fn sigmoids(e1: Lanes, e2: Lanes) -> [Lanes; 2] {
    let one = Lanes([1.0; 4]);
    let (first, second) = (one + e1, one + e2);
    let both = one / (first * second);
    [second * both, first * both]
}

/// `σ(s)` and `σ(-s)`.
#[inline]
fn outer(s: Lanes) -> [Lanes; 2] {
    let one = Lanes([1.0; 4]);
    let e = decay(s, 700.0);
    let up = one / (one + e);
    [up, e * up]
}

/// The square root of each eigenvalue of the Gram matrix, the larger first, with its unit eigenvector.
#[inline]
pub(super) fn principal([a, b, c]: [f64; 3]) -> [(f64, [f64; 2]); 2] {
    let (mean, half) = ((a + c) / 2.0, (a - c) / 2.0);
    let spread = (half * half + b * b).sqrt();
    let large = mean + spread;
    // Cosine and sine of half the angle of (half, b), the larger one first.
    let (cosine, sine) = if spread > 0.0 {
        let big = ((spread + half.abs()) / (2.0 * spread)).sqrt();
        let other = b / (2.0 * spread * big);
        if half >= 0.0 {
            (big, other)
        } else {
            (other, big)
        }
    } else {
        (1.0, 0.0)
    };
    let small = if large > 0.0 {
        ((a * c - b * b) / large).max(0.0)
    } else {
        0.0
    };
    [
        (large.sqrt(), [cosine, sine]),
        (small.sqrt(), [-sine, cosine]),
    ]
}

/// The sum over the four centres.
#[inline]
pub(super) fn total(Lanes([a, b, c, d]): Lanes) -> f64 {
    (a + b) + (c + d)
}
