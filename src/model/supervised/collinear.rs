//! Points at which both rows are multiples of one vector.
//!
//! # Statement
//!
//! Let `w_i = ℓ_i u` with a unit vector `u` of the plane span(e1, e2), and `v = u^⊥` in it. Then `z_i = ℓ_i t` with
//! `t = u·x`, and for each centre `t ~ N(u·μ, ρ²)`, `s = v·x ~ N(v·μ, ρ²)` and the other coordinates of `x` are
//! independent. Every derivative of `L_SL` is therefore a sum of one-dimensional Gaussian averages times moments:
//!
//! ```text
//! ∂^n L = Σ_k p_k E[φ_(ab..)(ℓ_1 t, ℓ_2 t, F) t^i] E[s^j] (+ penalties),
//! ```
//!
//! one factor `t`, `s` or `x_⊥` for each derivative by a row. The minimum that sees `e1` only is such a point (`u = e1`,
//! `ℓ = (a, -a)`), and so are the one in which both units agree (`ℓ_1 = ℓ_2`) and the origin.

use super::loss::Label;
use super::parameters::SupervisedParameters;
use super::sample::{POSITIONS, Parameter, SampleFamily};
use crate::gaussian::line::LineScalar;
use crate::interval::Interval;

/// The coordinates `w_1·u, w_1·v, w_2·u, w_2·v, F_1, F_2`.
pub const COORDINATES: usize = 6;
/// The first of them belong to the rows.
const ROWS: usize = 4;

/// A point `(ℓ_1 u, ℓ_2 u, F)`.
#[derive(Clone, Copy, Debug)]
pub struct Collinear<T> {
    /// The unit vector `u` in the plane.
    pub direction: [T; 2],
    /// `ℓ_1`, `ℓ_2`.
    pub lengths: [T; 2],
    /// `F`.
    pub weights: [T; 2],
}

/// How many derivatives are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// The value and the gradient.
    Gradient = 1,
    /// And the Jacobian of the gradient.
    Jacobian = 2,
    /// And its derivative.
    Third = 3,
}

/// Derivatives of `L_SL` at a collinear point, in the coordinates `w_1·u, w_1·v, w_2·u, w_2·v, F_1, F_2` and, beside them,
/// pairs `(w_1·e, w_2·e)` for each of the `d - 2` unit vectors `e` off the plane.
#[derive(Clone, Debug)]
pub struct LocalDerivatives<T> {
    /// `L_SL`.
    pub value: T,
    /// The gradient; it vanishes off the plane.
    pub gradient: [T; COORDINATES],
    /// The Jacobian of the gradient on the six coordinates.
    pub jacobian: [[T; COORDINATES]; COORDINATES],
    /// Entries 11, 12, 22 of the same 2×2 block for each pair off the plane.
    pub beside: [T; 3],
    /// The third derivative on the six coordinates.
    pub third: [[[T; COORDINATES]; COORDINATES]; COORDINATES],
    /// Derivatives of `beside` in the six coordinates.
    pub third_beside: [[T; 3]; COORDINATES],
}

/// Number types of collinear points: `f64` and [`Interval`].
#[allow(private_bounds, reason = "a sealed trait: two number types are meant")]
pub trait CollinearScalar: LineScalar + Parameter + PartialEq {}
impl CollinearScalar for f64 {}
impl CollinearScalar for Interval {}

impl<T: CollinearScalar> Collinear<T> {
    /// The derivatives up to `order` (the others are 0); over [`Interval`], enclosures for every member
    /// of the point and of the parameters.
    #[must_use]
    pub fn derivatives(&self, of: &SupervisedParameters, order: Order) -> LocalDerivatives<T> {
        let [c, s] = self.direction;
        let (tau, variance) = (T::constant(of.tau), T::constant(of.variance));
        let mut sum = LocalDerivatives::zero();
        // Centres with the same `u·μ` and label share their averages.
        let mut known: Vec<(T, Label, Vec<T>)> = Vec::new();
        for (k, &weight) in of.weights.iter().enumerate() {
            let label = if k < 2 { Label::Zero } else { Label::One };
            let (mut along, mut across) = (label.signed(c), label.signed(-s));
            if k % 2 == 1 && s != T::zero() {
                along += tau * s;
            }
            if k % 2 == 1 {
                across += tau * c;
            }
            let found = known
                .iter()
                .position(|(t, l, _)| *l == label && *t == along);
            let position = found.unwrap_or_else(|| {
                let family = SampleFamily {
                    lengths: self.lengths,
                    weights: self.weights,
                    label,
                    order,
                };
                known.push((along, label, T::line_averages(&family, along, variance)));
                known.len() - 1
            });
            let sample = Sample {
                averages: &known[position].2,
                across: [
                    T::one(),
                    across,
                    across.sqr() + variance,
                    across * (across.sqr() + T::from_f64(3.0) * variance),
                ],
                variance,
                probability: T::constant(weight),
            };
            sum.add(&sample, order);
        }
        sum.penalise(self, T::constant(of.beta), T::constant(of.gamma));
        sum
    }
}

/// The averages of one centre.
struct Sample<'a, T> {
    averages: &'a [T],
    /// `E[s^j]`.
    across: [T; 4],
    variance: T,
    probability: T,
}

/// The variable of `φ` that a coordinate moves, and whether it does so by `t`, by `s` or by itself.
#[derive(Clone, Copy)]
enum Factor {
    T,
    S,
    One,
}

const FACTORS: [(usize, Factor); COORDINATES] = [
    (0, Factor::T),
    (0, Factor::S),
    (1, Factor::T),
    (1, Factor::S),
    (2, Factor::One),
    (3, Factor::One),
];

impl<T: CollinearScalar> Sample<'_, T> {
    /// `p E[φ_.. t^i] E[s^j]` for the product of these coordinates' factors, `φ_..` at this position.
    fn term<const N: usize>(&self, position: usize, coordinates: [usize; N]) -> T {
        let (mut powers_of_t, mut powers_of_s) = (0, 0);
        for c in coordinates {
            match FACTORS[c].1 {
                Factor::T => powers_of_t += 1,
                Factor::S => powers_of_s += 1,
                Factor::One => {}
            }
        }
        self.probability * self.averages[position + powers_of_t] * self.across[powers_of_s]
    }
}

impl<T: CollinearScalar> LocalDerivatives<T> {
    fn zero() -> Self {
        let zero = T::zero();
        Self {
            value: zero,
            gradient: [zero; COORDINATES],
            jacobian: [[zero; COORDINATES]; COORDINATES],
            beside: [zero; 3],
            third: [[[zero; COORDINATES]; COORDINATES]; COORDINATES],
            third_beside: [[zero; 3]; COORDINATES],
        }
    }

    fn add(&mut self, sample: &Sample<'_, T>, order: Order) {
        const PAIRS: [[usize; 2]; 3] = [[0, 0], [0, 1], [1, 1]];
        let variable = |i: usize| FACTORS[i].0;
        self.value += sample.probability * sample.averages[0];
        for i in 0..COORDINATES {
            let a = variable(i);
            self.gradient[i] += sample.term(POSITIONS.first[a], [i]);
            if order >= Order::Jacobian {
                for j in 0..=i {
                    let entry = sample.term(POSITIONS.second[a][variable(j)], [i, j]);
                    self.jacobian[i][j] += entry;
                    if i != j {
                        self.jacobian[j][i] += entry;
                    }
                }
            }
            if order >= Order::Third {
                self.add_third(sample, i);
                for (slot, [b, c]) in self.third_beside[i].iter_mut().zip(PAIRS) {
                    *slot += sample.variance * sample.term(POSITIONS.third[a][b][c], [i]);
                }
            }
        }
        if order >= Order::Jacobian {
            for (slot, [a, b]) in self.beside.iter_mut().zip(PAIRS) {
                let average = sample.averages[POSITIONS.second[a][b]];
                *slot += sample.variance * (sample.probability * average);
            }
        }
    }

    fn add_third(&mut self, sample: &Sample<'_, T>, i: usize) {
        let variable = |i: usize| FACTORS[i].0;
        for j in 0..=i {
            for k in 0..=j {
                let position = POSITIONS.third[variable(i)][variable(j)][variable(k)];
                let entry = self.third[i][j][k] + sample.term(position, [i, j, k]);
                for [x, y, z] in [
                    [i, j, k],
                    [i, k, j],
                    [j, i, k],
                    [j, k, i],
                    [k, i, j],
                    [k, j, i],
                ] {
                    self.third[x][y][z] = entry;
                }
            }
        }
    }

    /// `β‖W‖_F² + γ‖F‖²`.
    fn penalise(&mut self, at: &Collinear<T>, beta: T, gamma: T) {
        let two = T::from_f64(2.0);
        let [l1, l2] = at.lengths;
        let [f1, f2] = at.weights;
        self.value += beta * (l1.sqr() + l2.sqr()) + gamma * (f1.sqr() + f2.sqr());
        for (i, (weight, x)) in [
            (0, (beta, l1)),
            (2, (beta, l2)),
            (4, (gamma, f1)),
            (5, (gamma, f2)),
        ] {
            self.gradient[i] += two * weight * x;
        }
        for i in 0..COORDINATES {
            let weight = if i < ROWS { beta } else { gamma };
            self.jacobian[i][i] += two * weight;
        }
        self.beside[0] += two * beta;
        self.beside[2] += two * beta;
    }
}
