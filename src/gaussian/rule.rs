//! Which route computes the averages.

use std::sync::OnceLock;

use super::activation::Activation;
use super::extend::{Offsets, extend, extend_with};
use super::series::SeriesRule;
use super::table::{MAX_ORDER, MomentTable};
use super::trapezoid::{TrapezoidRule, enclose, enclose_on};
use crate::interval::Interval;

/// With this few terms the series costs no more than the trapezoid rule.
const CHEAP_TERMS: usize = 2;
/// The most terms considered where the variances are wide intervals.
const MOST_TERMS: usize = 10;

/// Beyond this radius of `m`, `p` or `q` the trapezoid rule is summed over the ranges on the box as well.
const WIDE: f64 = 1e-3;

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
///    the box by mean value forms, for a wide `m` intersected with the sums over the ranges at each
///    node; if that needs too many nodes, the global bounds.
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
        /// Of `p = c_p n`, `q = c_q n`: needed on wide boxes only.
        tied: Tied,
    },
    GlobalBounds,
}

/// `p = c_p n` and `q = c_q n`, and what follows from it, once it is asked for.
#[derive(Clone, Debug)]
struct Tied {
    factors: [Interval; 2],
    n: Interval,
    order: usize,
    target: f64,
    ranges: OnceLock<Option<Box<Ranges>>>,
}

impl Tied {
    fn table(&self, activation: &Activation, m: Interval) -> Option<MomentTable<Interval>> {
        let ranges = self.ranges.get_or_init(|| {
            Ranges::new(activation, self.factors, self.n, self.order, self.target).map(Box::new)
        });
        ranges.as_ref()?.table(activation, m)
    }
}

/// Variances `c_p s² n` and `c_q s² n` with one `n` and every `s` in `shrink`, and what is left of `p` and `q` beside them.
#[derive(Clone, Debug)]
struct Ranges {
    rule: TrapezoidRule,
    shrink: Interval,
    rest: Offsets,
}

impl Ranges {
    /// For `p = c_p n`, `q = c_q n`.
    fn new(
        activation: &Activation,
        [c_p, c_q]: [Interval; 2],
        n: Interval,
        order: usize,
        target: f64,
    ) -> Option<Self> {
        let n = n.intersection(ZERO_AND_UP);
        let [p, q] = [c_p, c_q].map(|c| c.mid() * n.sup());
        let rule = TrapezoidRule::new(activation, p, q, order, target)?;
        // The floats p and q stand for variances p s², q s² with s² = n/n.sup().
        let largest = Interval::point(n.sup());
        let shrink = (n / largest).sqrt().intersection(UP_TO_ONE);
        // The mean value form reaches from the floats taken to what is meant: with 0, whatever is rounded.
        let rest =
            |c: Interval, at: f64| ((c - Interval::point(at) / largest) * n).hull(Interval::ZERO);
        Some(Self {
            rule,
            shrink,
            rest: Offsets {
                m: Interval::ZERO,
                p: rest(c_p, p),
                q: rest(c_q, q),
            },
        })
    }

    fn table(&self, activation: &Activation, m: Interval) -> Option<MomentTable<Interval>> {
        let on_box = enclose_on(&self.rule, m, self.shrink)?;
        Some(extend(activation, &on_box, self.rest))
    }
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
        Self::along(activation, [p, q], Interval::ONE, order, target)
    }

    /// A rule for `p = c_p n` and `q = c_q n` with one and the same `n` (and every `n`, `c_p`, `c_q` in the intervals): what it knows on
    /// wide boxes is far sharper than for independent `p` and `q`.
    ///
    /// # Panics
    ///
    /// If `order > MAX_ORDER`.
    #[must_use]
    pub fn along(
        activation: &Activation,
        [c_p, c_q]: [Interval; 2],
        n: Interval,
        order: usize,
        target: f64,
    ) -> Self {
        let variance = |c: Interval| (c * n).intersection(ZERO_AND_UP);
        let (p, q) = (variance(c_p), variance(c_q));
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
                    tied: Tied {
                        factors: [c_p, c_q],
                        n,
                        order,
                        target,
                        ranges: OnceLock::new(),
                    },
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
            Kind::Trapezoid { rule, p, q, tied } => {
                let offsets = Offsets {
                    m: offset,
                    p: *p - Interval::point(p.mid()),
                    q: *q - Interval::point(q.mid()),
                };
                let wide = m.rad() > WIDE || p.rad().max(q.rad()) > WIDE;
                let on_box = wide.then(|| tied.table(&self.activation, m)).flatten();
                let centre = enclose(rule, m.mid());
                extend_with(&self.activation, &centre, on_box.as_ref(), offsets)
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
const UP_TO_ONE: Interval = Interval::UNIT;

fn intersect(a: &MomentTable<Interval>, b: &MomentTable<Interval>) -> MomentTable<Interval> {
    let mut both = *a;
    for (i, j) in super::table::pairs(a.order()) {
        both.set(i, j, a.get(i, j).intersection(b.get(i, j)));
    }
    both
}
