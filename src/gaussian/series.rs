//! `M_ij` for small variances: the Taylor series of the heat flow.
//!
//! # Statement
//!
//! With `D = ½p(∂x + ∂y)² + ½q(∂x² + ∂y²)` and `f(x, y) = φ^(i)(x) φ^(j)(y)`,
//!
//! ```text
//! M_ij(m; p, q) = (e^D f)(m, m) = Σ_(k<J) (D^k f)(m, m)/k! + R,
//! |R| <= Σ |coefficients of D^J/J!| sup|φ^(a)| sup|φ^(b)|.
//! ```
//!
//! Why: `R` is an average of `e^(tD) D^J f / J!` over `t`, and a Gaussian average is
//! at most the supremum. The series is asymptotic: more terms need not help.

use super::activation::Activation;
use super::logistic::{LogisticScalar, MAX_DERIVATIVE};
use super::table::{MomentTable, index, pairs};
use crate::interval::Interval;

/// The coefficients of `E^k/k!`, `E = ½p(∂x + ∂y)² + ½q(∂x² + ∂y²)`, for `k < terms`: entry `a` of
/// power `k` belongs to `∂x^a ∂y^(2k-a)`. The series is taken at `D = nE`.
#[derive(Clone, Debug)]
pub struct HeatSeries<T> {
    terms: usize,
    coefficients: Vec<T>,
}

impl<T: LogisticScalar> HeatSeries<T> {
    /// The first `terms` powers for variances `p` (shared) and `q` (private) per unit of `n`.
    #[must_use]
    pub fn new(p: T, q: T, terms: usize) -> Self {
        let mut coefficients = Vec::with_capacity(terms * terms);
        let mut power = vec![T::one()];
        for k in 0..terms {
            coefficients.extend_from_slice(&power);
            power = next_power(&power, p, q, k + 1);
        }
        Self {
            terms,
            coefficients,
        }
    }

    /// How many powers there are.
    #[must_use]
    pub const fn terms(&self) -> usize {
        self.terms
    }

    /// The sums of the first `terms` terms at `D = nE` for all `i + j <= order`, from
    /// `derivatives[k] = φ^(k)(m)`, `k <= order + 2(terms - 1)`.
    #[inline]
    pub fn sums(&self, derivatives: &[T], order: usize, n: T, terms: usize) -> MomentTable<T> {
        let mut table = MomentTable::filled(order, T::zero());
        for (i, j) in pairs(order) {
            table.set(i, j, self.sum(derivatives, i, j, n, terms));
        }
        table
    }

    #[inline]
    fn sum(&self, derivatives: &[T], i: usize, j: usize, n: T, terms: usize) -> T {
        let mut total = T::zero();
        for k in (1..terms).rev() {
            let row = &self.coefficients[k * k..(k + 1) * (k + 1)];
            let left = &derivatives[i..=i + 2 * k];
            let right = &derivatives[j..=j + 2 * k];
            let mut power = row[0] * (left[0] * right[2 * k]);
            for a in 1..=2 * k {
                power += row[a] * (left[a] * right[2 * k - a]);
            }
            total = (total + power) * n;
        }
        total + derivatives[i] * derivatives[j]
    }
}

/// `D^k/k!` from `D^(k-1)/(k-1)!`: `D = A(∂x² + ∂y²) + p ∂x∂y`, `A = (p + q)/2`.
fn next_power<T: LogisticScalar>(previous: &[T], p: T, q: T, k: usize) -> Vec<T> {
    let inverse = T::from_f64(k as f64).recip();
    let a = (p + q) * T::from_f64(0.5) * inverse;
    let b = p * inverse;
    let mut next = vec![T::zero(); previous.len() + 2];
    for (n, &c) in previous.iter().enumerate() {
        next[n] += a * c;
        next[n + 1] += b * c;
        next[n + 2] += a * c;
    }
    next
}

/// The series with its remainders: enclosures for every `m`.
#[derive(Clone, Debug)]
pub struct SeriesRule {
    series: HeatSeries<Interval>,
    remainder: MomentTable<f64>,
}

impl SeriesRule {
    /// With a fixed number of terms, for the non-negative variances in `p` and `q` (for others
    /// there is no average, and the remainder would not hold).
    ///
    /// # Panics
    ///
    /// If a derivative beyond the table would be needed: `order + 2 terms > MAX_DERIVATIVE`.
    #[must_use]
    pub fn new(
        activation: &Activation,
        p: Interval,
        q: Interval,
        order: usize,
        terms: usize,
    ) -> Self {
        let (p, q) = (
            p.intersection(Interval::NON_NEGATIVE),
            q.intersection(Interval::NON_NEGATIVE),
        );
        let mut series = HeatSeries::new(p, q, terms + 1);
        let mut remainder = MomentTable::filled(order, 0.0);
        for (i, j) in pairs(order) {
            remainder.set(
                i,
                j,
                remainder_bound(activation, &series.coefficients, terms, i, j),
            );
        }
        series.terms = terms;
        Self { series, remainder }
    }

    /// The fewest terms, at most `most`, whose remainder for `M_11` is at most `target`; none
    /// if there is no such number or a derivative beyond the table would be needed.
    #[must_use]
    pub fn reaching(
        activation: &Activation,
        p: Interval,
        q: Interval,
        order: usize,
        target: f64,
        most: usize,
    ) -> Option<Self> {
        // The remainder of M_11 needs derivative 2 terms + 1.
        let most = most.min((MAX_DERIVATIVE - order.max(1)) / 2);
        let series = HeatSeries::new(p, q, most + 1);
        (1..=most)
            .find(|&terms| remainder_bound(activation, &series.coefficients, terms, 1, 1) <= target)
            .map(|terms| Self::new(activation, p, q, order, terms))
    }

    /// How many powers of `D` are used.
    #[must_use]
    pub const fn terms(&self) -> usize {
        self.series.terms
    }

    /// Enclosures of `M_ij` at every point of `m`.
    #[must_use]
    pub fn table(&self, activation: &Activation, m: Interval) -> MomentTable<Interval> {
        let order = self.remainder.order();
        let mut derivatives = [Interval::ZERO; MAX_DERIVATIVE + 1];
        let derivatives = &mut derivatives[..order + 2 * self.series.terms - 1];
        activation.derivatives_on(m, derivatives);
        let mut table = self
            .series
            .sums(derivatives, order, Interval::ONE, self.series.terms);
        for (i, j) in pairs(order) {
            let r = self.remainder.at(index(i, j));
            table.set(i, j, table.get(i, j) + Interval::symmetric(r));
        }
        table
    }
}

fn remainder_bound(
    activation: &Activation,
    coefficients: &[Interval],
    terms: usize,
    i: usize,
    j: usize,
) -> f64 {
    let row = &coefficients[terms * terms..(terms + 1) * (terms + 1)];
    row.iter()
        .enumerate()
        .map(|(a, c)| {
            let bounds = Interval::point(activation.bound(i + a))
                * Interval::point(activation.bound(j + 2 * terms - a));
            c.abs() * bounds
        })
        .sum::<Interval>()
        .sup()
}
