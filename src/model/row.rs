//! The objective of one row: value, gradient, Jacobian of the gradient.
//!
//! ```text
//! ∇ℓ  = κ w - Σ p_k g_m μ_k,                                   κ = 2α - 2 Σ p_k g_n,
//! ∇²ℓ = κ I - Σ p_k [ g_mm μ_k μ_kᵀ + 2 g_mn (μ_k wᵀ + w μ_kᵀ) + 4 g_nn w wᵀ ].
//! ```

use std::fmt::Debug;

use super::jacobian::RowJacobian;
use super::mixture::Mixture;
use super::noise::{Noise, Partial};
use crate::gaussian::{Activation, MomentRule, MomentTable, MomentsApprox, products_table};
use crate::interval::Interval;
use crate::scalar::{Lanes, Scalar};

/// `ℓ` for given parameters; the simplified objective is the one without noise.
#[derive(Clone, Debug)]
pub struct RowObjective<T: ModelScalar> {
    activation: Activation,
    centres: Vec<([T; 2], T)>,
    alpha: T,
    noise: Noise<T>,
    dimension: u64,
    /// Is there no noise, so that all derivatives in `n` are 0?
    quiet: bool,
    partials: Partials<T>,
    prepared: T::Prepared,
}

/// The polynomials of the derivatives that gradients and Jacobians use.
#[derive(Clone, Debug)]
struct Partials<T> {
    m: Partial<T>,
    n: Partial<T>,
    mm: Partial<T>,
    mn: Partial<T>,
    nn: Partial<T>,
}

/// Averages over the centres, up to the order that was asked for (the rest is 0).
#[derive(Clone, Copy, Debug)]
pub struct Averages<T> {
    /// `Σ p g`.
    pub value: T,
    /// `Σ p g_m μ`.
    pub m: [T; 2],
    /// `Σ p g_n`.
    pub n: T,
    /// `Σ p g_mm μ μᵀ`: entries 11, 12, 22.
    pub mm: [T; 3],
    /// `Σ p g_mn μ`.
    pub mn: [T; 2],
    /// `Σ p g_nn`.
    pub nn: T,
}

/// How many derivatives of `ℓ` are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// The value.
    Value,
    /// And the gradient.
    Gradient,
    /// And the Jacobian of the gradient.
    Jacobian,
}

impl Depth {
    /// The largest `i + j` of the `M_ij` involved.
    const fn order(self) -> usize {
        match self {
            Self::Value => 0,
            Self::Gradient => 2,
            Self::Jacobian => 4,
        }
    }
}

/// Number types the model runs in: floats guess, intervals decide.
pub trait ModelScalar: Scalar {
    /// What can be computed once per objective.
    type Prepared: Clone + Debug + Send + Sync;

    /// Prepares tables for this activation and noise.
    fn prepare(activation: &Activation, noise: &Noise<Self>) -> Self::Prepared;

    /// Calls `use_table(k, table)` with the moments at `m[k]`, for every `k`.
    fn moments(
        objective: &RowObjective<Self>,
        m: &[Self],
        n: Self,
        order: usize,
        use_table: impl FnMut(usize, &MomentTable<Self>),
    );
}

impl<T: ModelScalar> RowObjective<T> {
    /// The objective with these parameters in `R^dimension`.
    ///
    /// # Panics
    ///
    /// If the mixture has more than 8 centres.
    #[must_use]
    pub fn new(
        activation: Activation,
        mixture: &Mixture,
        alpha: Interval,
        noise: &Noise<Interval>,
        dimension: u64,
    ) -> Self {
        assert!(
            mixture.centres().len() <= MOST_CENTRES,
            "a mixture of at most {MOST_CENTRES} centres"
        );
        let quiet = noise.data == Interval::ZERO && noise.view == Interval::ZERO;
        let noise = noise.constant::<T>();
        let partial = |a, b| Partial::new(&noise, a, b);
        Self {
            activation,
            centres: mixture
                .centres()
                .iter()
                .map(|c| (c.mu.map(T::constant), T::constant(c.weight)))
                .collect(),
            alpha: T::constant(alpha),
            partials: Partials {
                m: partial(1, 0),
                n: partial(0, 1),
                mm: partial(2, 0),
                mn: partial(1, 1),
                nn: partial(0, 2),
            },
            prepared: T::prepare(&activation, &noise),
            noise,
            dimension,
            quiet,
        }
    }

    /// The dimension `d` of a row.
    #[must_use]
    pub const fn dimension(&self) -> u64 {
        self.dimension
    }

    /// `α`.
    #[must_use]
    pub const fn alpha(&self) -> T {
        self.alpha
    }

    /// The noise variances.
    #[must_use]
    pub const fn noise(&self) -> &Noise<T> {
        &self.noise
    }

    /// The activation.
    #[must_use]
    pub const fn activation(&self) -> &Activation {
        &self.activation
    }

    /// The centres `(μ_k, p_k)`.
    #[must_use]
    pub fn centres(&self) -> &[([T; 2], T)] {
        &self.centres
    }

    /// `m_k = w·μ_k` for `w` with these first two coordinates.
    pub(crate) fn projections(&self, plane: [T; 2]) -> [T; MOST_CENTRES] {
        let mut m = [T::zero(); MOST_CENTRES];
        for (slot, (mu, _)) in m.iter_mut().zip(&self.centres) {
            *slot = plane[0] * mu[0] + plane[1] * mu[1];
        }
        m
    }

    /// The averages at `w` with first two coordinates `plane` and `‖w_⊥‖² = perp_sqr`.
    pub fn averages(&self, plane: [T; 2], perp_sqr: T, depth: Depth) -> Averages<T> {
        let n = plane[0].sqr() + plane[1].sqr() + perp_sqr;
        let m = self.projections(plane);
        let zero = T::zero();
        let mut sum = Averages {
            value: zero,
            m: [zero; 2],
            n: zero,
            mm: [zero; 3],
            mn: [zero; 2],
            nn: zero,
        };
        let order = depth.order();
        T::moments(self, &m[..self.centres.len()], n, order, |k, table| {
            let (mu, p) = self.centres[k];
            sum.value += p * table.get(0, 0);
            if depth >= Depth::Gradient {
                let g_m = p * self.partials.m.evaluate(table);
                sum.m[0] += g_m * mu[0];
                sum.m[1] += g_m * mu[1];
                if !self.quiet {
                    sum.n += p * self.partials.n.evaluate(table);
                }
            }
            if depth >= Depth::Jacobian {
                let g_mm = p * self.partials.mm.evaluate(table);
                sum.mm[0] += g_mm * mu[0].sqr();
                sum.mm[1] += g_mm * (mu[0] * mu[1]);
                sum.mm[2] += g_mm * mu[1].sqr();
                if self.quiet {
                    return;
                }
                let g_mn = p * self.partials.mn.evaluate(table);
                sum.mn[0] += g_mn * mu[0];
                sum.mn[1] += g_mn * mu[1];
                sum.nn += p * self.partials.nn.evaluate(table);
            }
        });
        sum
    }

    /// `ℓ(w)`.
    pub fn value(&self, plane: [T; 2], perp_sqr: T) -> T {
        let n = plane[0].sqr() + plane[1].sqr() + perp_sqr;
        self.alpha * n - self.averages(plane, perp_sqr, Depth::Value).value
    }

    /// The gradient's first two coordinates and `κ`: its other coordinates are `κ w_⊥`.
    #[inline]
    pub fn gradient(&self, plane: [T; 2], perp_sqr: T) -> ([T; 2], T) {
        let sum = self.averages(plane, perp_sqr, Depth::Gradient);
        let kappa = self.kappa(&sum);
        let gradient = [kappa * plane[0] - sum.m[0], kappa * plane[1] - sum.m[1]];
        (gradient, kappa)
    }

    /// The Jacobian of the gradient, in structured form.
    pub fn jacobian(&self, plane: [T; 2], perp_sqr: T) -> RowJacobian<T> {
        let sum = self.averages(plane, perp_sqr, Depth::Jacobian);
        let two = T::from_f64(2.0);
        RowJacobian {
            kappa: self.kappa(&sum),
            features: sum.mm.map(|x| -x),
            coupling: sum.mn.map(|x| -(two * x)),
            radial: -(T::from_f64(4.0) * sum.nn),
            plane,
            perp_sqr,
        }
    }

    fn kappa(&self, sum: &Averages<T>) -> T {
        T::from_f64(2.0) * (self.alpha - sum.n)
    }
}

/// The most centres a mixture may have.
pub(crate) const MOST_CENTRES: usize = 8;

impl ModelScalar for Interval {
    type Prepared = ();

    fn prepare(_: &Activation, _: &Noise<Self>) -> Self::Prepared {}

    fn moments(
        objective: &RowObjective<Self>,
        m: &[Self],
        n: Self,
        order: usize,
        mut use_table: impl FnMut(usize, &MomentTable<Self>),
    ) {
        if objective.largest_noise() == Self::ZERO {
            // The coefficients of all derivatives in n are 0: what they multiply need not be known.
            for (k, &m) in m.iter().enumerate() {
                use_table(k, &products_table(&objective.activation, m, order));
            }
            return;
        }
        // A wide variance costs orders as a wide mean does.
        let spread = objective.largest_noise() * n;
        let radius = m.iter().fold(spread.rad(), |r: f64, x| r.max(x.rad()));
        let rule = objective.rule(n, order, radius);
        for (k, &m) in m.iter().enumerate() {
            use_table(k, &rule.table(m));
        }
    }
}

impl RowObjective<Interval> {
    /// The larger one of the two noise variances.
    pub(crate) fn largest_noise(&self) -> Interval {
        self.noise.data.max(self.noise.view)
    }

    /// The rule for boxes on which `w·μ` has this radius: orders beyond `order` make
    /// the mean value forms higher, and errors far below the box's own width are not worth aiming at.
    pub(crate) fn rule(&self, n: Interval, order: usize, radius: f64) -> MomentRule {
        let slack = match radius {
            r if r < 1e-9 => 1,
            r if r < 1e-3 => 2,
            // The ranges at the nodes do what orders would.
            _ => 1,
        };
        self.rule_with(n, order + slack, (1e-5 * radius).clamp(2e-16, 1e-6))
    }

    /// The rule for tables of exactly this order, aiming at this error.
    pub(crate) fn rule_with(&self, n: Interval, order: usize, target: f64) -> MomentRule {
        let Noise { data, view } = self.noise;
        MomentRule::along(&self.activation, [data, view], n, order, target)
    }
}

/// Float tables for gradients and for Jacobians.
#[derive(Clone, Debug)]
pub struct PreparedFloats {
    by_order: [MomentsApprox; 2],
}

/// Errors aimed at in floats, for gradients and for Jacobians: far below what an optimiser can see.
const FLOAT_TARGETS: [f64; 2] = [1e-12, 1e-13];

impl ModelScalar for f64 {
    type Prepared = PreparedFloats;

    fn prepare(activation: &Activation, noise: &Noise<Self>) -> Self::Prepared {
        let tables =
            |order, target| MomentsApprox::new(activation, noise.data, noise.view, order, target);
        PreparedFloats {
            by_order: [tables(2, FLOAT_TARGETS[0]), tables(4, FLOAT_TARGETS[1])],
        }
    }

    #[inline]
    fn moments(
        objective: &RowObjective<Self>,
        m: &[Self],
        n: Self,
        order: usize,
        mut use_table: impl FnMut(usize, &MomentTable<Self>),
    ) {
        let tables = &objective.prepared.by_order[usize::from(order > 2)];
        for (block, m) in m.chunks(4).enumerate() {
            let mut four = [0.0; 4];
            four[..m.len()].copy_from_slice(m);
            let lanes: MomentTable<Lanes> = tables.tables(four, n);
            for lane in 0..m.len() {
                use_table(4 * block + lane, &lanes.lane(lane));
            }
        }
    }
}
