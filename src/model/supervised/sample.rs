//! The functions of `t` whose Gaussian averages make up the derivatives at a collinear point.

use super::collinear::Order;
use super::loss::{Label, Loss, VARIABLES};
use crate::gaussian::line::Family;
use crate::interval::Interval;
use crate::interval::rounding::{div_down, mul_up};
use crate::scalar::Scalar;

/// `φ`, then `φ_a t^i`, `φ_ab t^i`, `φ_abc t^i` for `a <= b <= c` and all `i` up to the number of indices
/// that are a `z`.
#[derive(Clone, Copy, Debug)]
pub(super) struct SampleFamily<T> {
    /// `ℓ_1`, `ℓ_2`.
    pub(super) lengths: [T; 2],
    /// `F`.
    pub(super) weights: [T; 2],
    pub(super) label: Label,
    pub(super) order: Order,
}

/// Where the averages of `φ_a t^0`, `φ_ab t^0`, `φ_abc t^0` stand; indices in any order.
#[derive(Debug)]
pub(super) struct Positions {
    pub(super) first: [usize; VARIABLES],
    pub(super) second: [[usize; VARIABLES]; VARIABLES],
    pub(super) third: [[[usize; VARIABLES]; VARIABLES]; VARIABLES],
    /// How many functions there are up to each order.
    counts: [usize; 4],
}

/// The positions, the same for every family.
pub(super) static POSITIONS: Positions = positions();

/// How many of the indices are a `z`.
const fn inner(a: usize) -> usize {
    if a < 2 { 1 } else { 0 }
}

const fn positions() -> Positions {
    let mut p = Positions {
        first: [0; VARIABLES],
        second: [[0; VARIABLES]; VARIABLES],
        third: [[[0; VARIABLES]; VARIABLES]; VARIABLES],
        counts: [1, 0, 0, 0],
    };
    let mut next = 1;
    let mut a = 0;
    while a < VARIABLES {
        p.first[a] = next;
        next += 1 + inner(a);
        a += 1;
    }
    p.counts[1] = next;
    a = 0;
    while a < VARIABLES {
        let mut b = a;
        while b < VARIABLES {
            p.second[a][b] = next;
            p.second[b][a] = next;
            next += 1 + inner(a) + inner(b);
            b += 1;
        }
        a += 1;
    }
    p.counts[2] = next;
    a = 0;
    while a < VARIABLES {
        let mut b = a;
        while b < VARIABLES {
            let mut c = b;
            while c < VARIABLES {
                p.third[a][b][c] = next;
                p.third[a][c][b] = next;
                p.third[b][a][c] = next;
                p.third[b][c][a] = next;
                p.third[c][a][b] = next;
                p.third[c][b][a] = next;
                next += 1 + inner(a) + inner(b) + inner(c);
                c += 1;
            }
            b += 1;
        }
        a += 1;
    }
    p.counts[3] = next;
    p
}

/// Parameters that a family can have: floats or intervals.
pub(super) trait Parameter: Scalar {
    /// The number itself, as a constant of another number type.
    fn embed<S: Scalar>(self) -> S;
    /// An upper bound of its magnitude.
    fn magnitude(self) -> f64;
}

impl Parameter for f64 {
    fn embed<S: Scalar>(self) -> S {
        S::from_f64(self)
    }
    fn magnitude(self) -> f64 {
        self.abs()
    }
}

impl Parameter for Interval {
    fn embed<S: Scalar>(self) -> S {
        S::constant(self)
    }
    fn magnitude(self) -> f64 {
        self.mag()
    }
}

impl<T: Parameter> Family for SampleFamily<T> {
    fn count(&self) -> usize {
        POSITIONS.counts[self.order as usize]
    }

    fn eval<S: Scalar>(&self, t: S, out: &mut [S]) {
        let z = self.lengths.map(|l| l.embed::<S>() * t);
        let loss = Loss::new(z, self.weights.map(T::embed), self.label);
        let square = t.sqr();
        let powers = [S::one(), t, square, square * t];
        let mut slots = out.iter_mut();
        let mut put = |derivative: S, inner: usize| {
            for (power, slot) in powers[..=inner].iter().zip(slots.by_ref()) {
                *slot = derivative * *power;
            }
        };
        put(loss.value(), 0);
        for a in 0..VARIABLES {
            put(loss.first(a), inner(a));
        }
        if self.order >= Order::Jacobian {
            for a in 0..VARIABLES {
                for b in a..VARIABLES {
                    put(loss.second(a, b), inner(a) + inner(b));
                }
            }
        }
        if self.order >= Order::Third {
            for a in 0..VARIABLES {
                for b in a..VARIABLES {
                    for c in b..VARIABLES {
                        put(loss.third(a, b, c), inner(a) + inner(b) + inner(c));
                    }
                }
            }
        }
    }

    /// The largest `r` found with `|ℓ_i| r <= π/2` and `Σ |F_i| tan(|ℓ_i| r/2) <= π`.
    ///
    /// `σ = (1 + tanh(z/2))/2` and `|Im tanh(x + iy)| = |sin 2y|/(cosh 2x + cos 2y) <= tan |y|` for `|y| < π/2`,
    /// so the second makes `|Im s| <= π/2` for the logit `s = Σ F_i σ(ℓ_i t)`; `tan` grows and is convex.
    fn strip_half_width(&self) -> f64 {
        // Below π/2 and π, with room for the float tangent's own error.
        const HALF_PI: f64 = std::f64::consts::FRAC_PI_2 * (1.0 - 1e-7);
        const PI: f64 = std::f64::consts::PI * (1.0 - 1e-7);
        let lengths = self.lengths.map(Parameter::magnitude);
        let weights = self.weights.map(Parameter::magnitude);
        let longest = lengths[0].max(lengths[1]);
        let widest = if longest > 0.0 {
            div_down(HALF_PI, longest)
        } else {
            WIDEST
        };
        let admissible = |r: f64| {
            let imaginary: f64 = (0..2)
                .map(|i| weights[i] * (0.5 * mul_up(lengths[i], r)).tan())
                .sum();
            imaginary * (1.0 + 1e-12) <= PI
        };
        let (mut low, mut high) = (0.0, widest.min(WIDEST));
        if admissible(high) {
            return high;
        }
        for _ in 0..30 {
            let middle = 0.5 * (low + high);
            if admissible(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// Wider strips are of no use: the moduli grow with the strip.
const WIDEST: f64 = 10.0;
