//! The same averages in floats, for finding candidates: no error control.

use super::activation::Activation;
use super::logistic::MAX_DERIVATIVE;
use super::series::HeatSeries;
use super::table::MomentTable;
use super::trapezoid::Nodes;
use crate::scalar::Lanes;

/// Beyond this many terms the trapezoid rule is the faster one.
const MOST_TERMS: usize = 15;

/// Floats near `M_ij(m; p n, q n)` for fixed variances `p`, `q` per unit of `n`, four `m` at a time.
#[derive(Clone, Debug)]
pub struct MomentsApprox {
    activation: Activation,
    order: usize,
    shared: f64,
    private: f64,
    target: f64,
    series: HeatSeries<Lanes>,
    /// `reach[J]`: the largest `n` for which `J` terms are enough.
    reach: [f64; MOST_TERMS + 1],
}

impl MomentsApprox {
    /// For `i + j <= order`, aiming at errors near `target`.
    #[must_use]
    pub fn new(
        activation: &Activation,
        shared: f64,
        private: f64,
        order: usize,
        target: f64,
    ) -> Self {
        let lanes = |x: f64| Lanes([x; 4]);
        let mut reach = [0.0; MOST_TERMS + 1];
        let v = shared.max(private);
        let mut factorial = 1.0;
        for (terms, slot) in reach.iter_mut().enumerate().skip(1) {
            factorial *= terms as f64;
            // Remainder: about (3v/2)^J/J! times the size of a derivative of order 2J + 1.
            let size = activation.bound(2 * terms + 1) / factorial;
            let admissible = order + 2 * (terms - 1) <= MAX_DERIVATIVE;
            *slot = if admissible {
                (target / size).powf(1.0 / terms as f64) / (1.5 * v)
            } else {
                0.0
            };
        }
        Self {
            activation: *activation,
            order,
            shared,
            private,
            target,
            series: HeatSeries::new(lanes(shared), lanes(private), MOST_TERMS),
            reach,
        }
    }

    /// The tables at four values of `m`, at `n`.
    #[inline]
    #[must_use]
    pub fn tables(&self, m: [f64; 4], n: f64) -> MomentTable<Lanes> {
        match (1..=MOST_TERMS).find(|&terms| n <= self.reach[terms]) {
            Some(terms) => self.by_series(m, n, terms),
            None => self.by_trapezoid(m, n),
        }
    }

    #[inline]
    fn by_series(&self, m: [f64; 4], n: f64, terms: usize) -> MomentTable<Lanes> {
        let mut derivatives = [Lanes([0.0; 4]); MAX_DERIVATIVE + 1];
        let derivatives = &mut derivatives[..=self.order + 2 * (terms - 1)];
        self.activation.derivatives_into(Lanes(m), derivatives);
        self.series
            .sums(derivatives, self.order, Lanes([n; 4]), terms)
    }

    #[cold]
    fn by_trapezoid(&self, m: [f64; 4], n: f64) -> MomentTable<Lanes> {
        let (p, q) = (self.shared * n, self.private * n);
        match Nodes::new(&self.activation, p, q, self.order, self.target) {
            Some(nodes) => {
                let sums = m.map(|m| nodes.sums(m));
                let mut table = MomentTable::filled(self.order, Lanes([0.0; 4]));
                for (i, j) in super::table::pairs(self.order) {
                    table.set(i, j, Lanes(std::array::from_fn(|k| sums[k].get(i, j))));
                }
                table
            }
            // No finite variance: no candidate to find.
            None => MomentTable::filled(self.order, Lanes([f64::NAN; 4])),
        }
    }
}
