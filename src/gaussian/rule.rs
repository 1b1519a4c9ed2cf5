//! Which route computes the averages.

use super::activation::Activation;
use super::extend::{Offsets, extend};
use super::series::SeriesRule;
use super::table::{MAX_ORDER, MomentTable};
use super::trapezoid::{TrapezoidRule, enclose};
use crate::interval::Interval;

/// With this few terms the series costs no more than the trapezoid rule.
const CHEAP_TERMS: usize = 2;
/// The most terms considered where the variances are wide intervals.
const MOST_TERMS: usize = 10;

/// The route taken, for reports and tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// No noise: a product of derivatives.
    Product,
    /// The heat flow's series with this many terms.
    Series(usize),
    /// The trapezoid rule with this many nodes.
    Trapezoid(usize),
}

/// Enclosures of `M_ij(m; p, q)` for `i + j <= order`, any `m`, fixed intervals `p`, `q`.
///
/// # Rule
///
/// 1. `p = q = 0`: products of derivatives, exact up to rounding.
/// 2. If two terms of the series (ten where `p` or `q` is a wide interval, such as
///    one that reaches down to 0) leave a remainder of at most `target`, measured on `M_11`: the
///    series. It takes intervals `p` and `q` as they are.
/// 3. Otherwise the trapezoid rule at the midpoints of `p`, `q` and `m`, extended to
///    the box by mean value forms; if that needs too many nodes, the global bounds.
///
/// The mean value forms use the table's own higher orders: ask for a few more than needed on a wide `m`.
#[derive(Clone, Debug)]
pub struct MomentRule {
    activation: Activation,
    order: usize,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Series(Box<SeriesRule>, Route),
    Trapezoid {
        rule: Box<TrapezoidRule>,
        p: Interval,
        q: Interval,
    },
    GlobalBounds,
}

impl MomentRule {
    /// A rule for the variances `p` (shared) and `q` (private), intervals of
    /// non-negative numbers. `target` is the error worth aiming at: near `1e-15` for
    /// points, a fraction of the box's radius for boxes. Any target is sound.
    ///
    /// # Panics
    ///
    /// If `order > MAX_ORDER`.
    #[must_use]
    pub fn new(
        activation: &Activation,
        p: Interval,
        q: Interval,
        order: usize,
        target: f64,
    ) -> Self {
        let variance = |v: Interval| v.intersection(ZERO_AND_UP);
        let (p, q) = (variance(p), variance(q));
        let kind = if p == Interval::ZERO && q == Interval::ZERO {
            Kind::Series(
                Box::new(SeriesRule::new(activation, p, q, order, 1)),
                Route::Product,
            )
        } else if let Some(series) = {
            let wide = |v: Interval| v.width() > 0.5 * v.mid();
            let most = if wide(p) || wide(q) {
                MOST_TERMS
            } else {
                CHEAP_TERMS
            };
            SeriesRule::reaching(activation, p, q, order, target, most)
        } {
            let terms = series.terms();
            Kind::Series(Box::new(series), Route::Series(terms))
        } else {
            match TrapezoidRule::new(activation, p.mid(), q.mid(), order, target) {
                Some(rule) => Kind::Trapezoid {
                    rule: Box::new(rule),
                    p,
                    q,
                },
                None => Kind::GlobalBounds,
            }
        };
        Self {
            activation: *activation,
            order,
            kind,
        }
    }

    /// The rule that knows nothing but `|M_ij| <= sup|φ^(i)| sup|φ^(j)|`.
    ///
    /// # Panics
    ///
    /// If `order > MAX_ORDER`.
    #[must_use]
    pub fn global_bounds(activation: &Activation, order: usize) -> Self {
        assert!(order <= MAX_ORDER, "order {order} exceeds {MAX_ORDER}");
        Self {
            activation: *activation,
            order,
            kind: Kind::GlobalBounds,
        }
    }

    /// The route that was chosen; none if only the global bounds are left.
    #[must_use]
    pub fn route(&self) -> Option<Route> {
        match &self.kind {
            Kind::Series(_, route) => Some(*route),
            Kind::Trapezoid { rule, .. } => Some(Route::Trapezoid(rule.nodes())),
            Kind::GlobalBounds => None,
        }
    }

    /// Enclosures of all `M_ij` for every real number in `m` (and in `p`, `q`).
    #[must_use]
    pub fn table(&self, m: Interval) -> MomentTable<Interval> {
        if !m.is_bounded() {
            return self.global();
        }
        let centre = Interval::point(m.mid());
        let offset = m - centre;
        match &self.kind {
            Kind::Series(series, _) => {
                let on_box = series.table(&self.activation, m);
                if offset == Interval::ZERO {
                    return on_box;
                }
                let offsets = Offsets {
                    m: offset,
                    p: Interval::ZERO,
                    q: Interval::ZERO,
                };
                let mean_value = extend(
                    &self.activation,
                    &series.table(&self.activation, centre),
                    offsets,
                );
                intersect(&on_box, &mean_value)
            }
            Kind::Trapezoid { rule, p, q } => {
                let offsets = Offsets {
                    m: offset,
                    p: *p - Interval::point(p.mid()),
                    q: *q - Interval::point(q.mid()),
                };
                extend(&self.activation, &enclose(rule, m.mid()), offsets)
            }
            Kind::GlobalBounds => self.global(),
        }
    }

    fn global(&self) -> MomentTable<Interval> {
        let entire = MomentTable::filled(self.order, Interval::ENTIRE);
        let offsets = Offsets {
            m: Interval::ZERO,
            p: Interval::ZERO,
            q: Interval::ZERO,
        };
        extend(&self.activation, &entire, offsets)
    }
}

const ZERO_AND_UP: Interval = Interval::NON_NEGATIVE;

fn intersect(a: &MomentTable<Interval>, b: &MomentTable<Interval>) -> MomentTable<Interval> {
    let mut both = *a;
    for (i, j) in super::table::pairs(a.order()) {
        both.set(i, j, a.get(i, j).intersection(b.get(i, j)));
    }
    both
}
