//! `E ψ(m + √v g)` for functions `ψ` of one variable, `g` standard normal.
//!
//! The functions come as a [`Family`], written once over [`Scalar`]; nothing about them is derived by
//! hand. Enclosures take one of three routes: no noise (the values themselves), the Taylor series of the heat
//! flow where `v` is a wide interval such as `[0, v_0]`, and the trapezoid rule otherwise
//! (`notes/line.md`).

mod series;
mod trapezoid;

use crate::interval::Interval;
use crate::interval::rounding::add_up;
use crate::scalar::Scalar;

/// Functions `ψ_1, ψ_2, ..` of one variable.
///
/// Three promises, for every value of whatever parameters the family encloses:
///
/// 1. `eval` computes the functions in any [`Scalar`];
/// 2. each is a sum of products of constants, of `sigmoid` and `softplus` of arguments that depend on `t`,
///    and of powers of `t` itself, **of degree at most [`DEGREE`] in `t`**, a `softplus` counting as one, where its
///    argument is bounded as 0;
/// 3. for `|Im t| <= strip_half_width()`, every argument of `sigmoid` and `softplus` has an imaginary
///    part of at most `π/2`.
///
/// The second and third let [`Modulus`](crate::scalar::Modulus) bound `ψ` on the strip by a polynomial in `|t|` with
/// non-negative coefficients.
pub trait Family {
    /// How many functions there are.
    fn count(&self) -> usize;
    /// Their values at `t`, into the first `count()` places of `out`.
    fn eval<S: Scalar>(&self, t: S, out: &mut [S]);
    /// Half the width of the strip, a lower bound; positive.
    fn strip_half_width(&self) -> f64;
}

/// The highest power of `t` that a [`Family`] may hold.
pub const DEGREE: i32 = 4;

/// `(E g^4)^(1/4) = 3^(1/4)`, rounded up: it bounds `(E |g|^k)^(1/k)` for `k <= 4`.
const FOURTH_MOMENT: f64 = 1.316_074_02;

/// Above this quotient of width and upper end a variance is a wide interval.
const WIDE: f64 = 1e-6;

/// Number types in which averages over a line can be taken.
pub trait LineScalar: Scalar {
    /// `E ψ_k(mean + √variance g)` for every function of the family.
    ///
    /// Over [`Interval`] each result encloses the average for all members of `mean` and (non-negative)
    /// `variance`. Over `f64` it is the value of a sum, without error control.
    fn line_averages<F: Family>(family: &F, mean: Self, variance: Self) -> Vec<Self>;
}

impl LineScalar for Interval {
    fn line_averages<F: Family>(family: &F, mean: Self, variance: Self) -> Vec<Self> {
        let variance = variance.intersection(Self::NON_NEGATIVE);
        let usable = mean.is_bounded() && variance.is_bounded();
        if !usable {
            return vec![Self::ENTIRE; family.count()];
        }
        if variance == Self::ZERO {
            let mut out = vec![Self::ZERO; family.count()];
            family.eval(mean, &mut out);
            return out;
        }
        if variance.width() > WIDE * variance.sup() {
            series::averages(family, mean, variance)
        } else {
            trapezoid::averages(family, mean, variance)
        }
    }
}

impl LineScalar for f64 {
    fn line_averages<F: Family>(family: &F, mean: Self, variance: Self) -> Vec<Self> {
        trapezoid::averages_approx(family, mean, variance)
    }
}

/// `(E (|mean| + ρ|g| + shift)^k)^(1/k)` for `k <= 4` and the standard deviation `ρ`: an upper bound, by Minkowski.
fn reach(mean: Interval, deviation: Interval, shift: f64) -> f64 {
    let noise = (deviation * Interval::point(FOURTH_MOMENT)).sup();
    add_up(add_up(mean.mag(), noise), shift)
}

/// Upper bounds of `E |ψ_k|`, on the shifted line too, from the fourth moment's root `t` of `|t|`: by
/// Lyapunov `E |t|^j <= t^j` for `j <= 4`, and the moduli are polynomials in it.
fn moduli<F: Family>(family: &F, t: f64) -> Vec<f64> {
    use crate::scalar::Modulus;
    let mut out = vec![Modulus(f64::INFINITY); family.count()];
    family.eval(Modulus(t), &mut out);
    out.into_iter()
        .map(|m| if m.0 >= 0.0 { m.0 } else { f64::INFINITY })
        .collect()
}
