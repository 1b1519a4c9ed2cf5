//! `ℓ` as a family in `τ`, `α` and `ρ²`, with all derivatives that a branch of minima needs.
//!
//! In the *feature coordinates* `z = (w^(1), τ w^(2))` the means `m_k = w·μ_k` are `±z_1` and `±z_1 + z_2`: `τ` enters only through
//! `n = ‖w‖² = z_1² + z_2²/τ²`, and a change of `τ` that `w^(2)` makes up for is no change at all. With `v = ρ²`, `V = vn`,
//! `c_i = v ∂_i n` and `ν_k = (±1, 0 or 1)`,
//!
//! ```text
//! ℓ(z)  = α n - Σ p_k G(ν_k·z; V),          V times the unit noise (c_x, c_a),  ∂_V = E its heat operator,
//! ∂_i ℓ = α ∂_i n - Σ p (G_m ν_i + G_V c_i),
//! H_ij  = α ∂_ij n - Σ p (G_mm ν_i ν_j + G_mV (ν_i c_j + c_i ν_j) + G_VV c_i c_j + G_V v ∂_ij n),
//! ```
//!
//! and the derivatives of the last two in `z`, `τ`, `α` and `v` by the product rule. `v = 0` is no special case: that is what lets one
//! box of parameters reach down to the simplified objective. Derivation: `notes/family.md`.

use super::mixture::Mixture;
use super::noise::{Noise, Partial};
use super::row::{ModelScalar, RowObjective};
use crate::gaussian::Activation;
use crate::interval::Interval;

/// The parameters of a family.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FamilyParameters {
    /// `τ > 0`.
    pub tau: Interval,
    /// `α`.
    pub alpha: Interval,
    /// `v = ρ² >= 0`, which scales the unit noise.
    pub variance: Interval,
}

/// The objective of a row for all `τ`, `α`, `ρ²`, restricted to span(e1, e2).
#[derive(Clone, Debug)]
pub struct RowFamily {
    /// In feature coordinates, without penalty, for `n = V` and the unit noise.
    unit: RowObjective<Interval>,
    partials: [Vec<Partial<Interval>>; 4],
}

/// `∂_m^a ∂_V^b G` at one centre for `a + b <= 3`, as far as they were asked for (the rest is 0).
#[derive(Clone, Copy, Debug)]
struct Centre {
    nu: [Interval; 2],
    weight: Interval,
    /// `g[a + b][b]`.
    g: [[Interval; 4]; 4],
}

/// The derivatives of `ℓ` on a box of feature coordinates and parameters.
#[derive(Clone, Debug)]
pub struct FamilyDerivatives {
    centres: Vec<Centre>,
    z: [Interval; 2],
    p: FamilyParameters,
    /// `v ‖w_⊥‖²`.
    beside: Interval,
    /// `1/τ²`.
    q: Interval,
    /// `n`.
    n: Interval,
    /// `∂_i n`.
    dn: [Interval; 2],
}

/// A direction in feature coordinates and parameters.
#[derive(Clone, Copy, Debug)]
pub struct FamilyDirection {
    /// The change of `z`.
    pub z: [Interval; 2],
    /// The change of `τ`, `α`, `v`.
    pub p: [Interval; 3],
    /// The change of `v ‖w_⊥‖²`.
    pub beside: Interval,
}

/// The two conditions of a pitchfork on the axis, see [`FamilyDerivatives::pitchfork`].
#[derive(Clone, Copy, Debug)]
pub struct FamilyPitchfork {
    /// `φ`, which vanishes there.
    pub phi: Interval,
    /// `α_pf`, which is `α` there.
    pub alpha: Interval,
    /// Derivatives of both in `y = z_2`.
    pub by_y: [Interval; 2],
    /// In `τ`.
    pub by_tau: [Interval; 2],
    /// In `v`.
    pub by_variance: [Interval; 2],
}

/// Derivatives in one direction.
#[derive(Clone, Copy, Debug)]
pub struct FamilyChange {
    /// Of the Hessian: entries 11, 12, 22.
    pub hessian: [Interval; 3],
    /// Of the gradient's derivatives in `τ`, `α`, `v`.
    pub sensitivity: [[Interval; 2]; 3],
}

const TWO: Interval = Interval::point(2.0);

impl RowFamily {
    /// With these weights of the paper's four centres, and noise `ρ²` times `unit`.
    ///
    /// # Panics
    ///
    /// Unless one of the unit variances is positive: without noise is `ρ² = 0`.
    #[must_use]
    pub fn new(weights: [Interval; 4], unit: &Noise<Interval>) -> Self {
        assert!(
            unit.data.certainly_positive() || unit.view.certainly_positive(),
            "the unit noise is 0"
        );
        let features = Mixture::paper(Interval::ONE, weights);
        let partials = [0, 1, 2, 3].map(|order: usize| {
            (0..=order)
                .map(|b| Partial::new(unit, order - b, b))
                .collect()
        });
        Self {
            // Neither α nor the dimension enters the averages.
            unit: RowObjective::new(Activation::SIGMOID, &features, Interval::ZERO, unit, 2),
            partials,
        }
    }

    /// The derivatives of `G`, as many as `depth` says, on the box `z × p`.
    #[must_use]
    pub fn at(
        &self,
        z: [Interval; 2],
        p: FamilyParameters,
        depth: FamilyDepth,
    ) -> FamilyDerivatives {
        self.beside(z, p, Interval::ZERO, depth)
    }

    /// The same beside the plane, at `w` with `v ‖w_⊥‖² = beside`, where `V = vn + beside` if `n` is that of the plane.
    #[must_use]
    pub fn beside(
        &self,
        z: [Interval; 2],
        p: FamilyParameters,
        beside: Interval,
        depth: FamilyDepth,
    ) -> FamilyDerivatives {
        let q = p.tau.sqr().recip();
        let n = z[0].sqr() + q * z[1].sqr();
        let spread = (p.variance * n + beside).max(Interval::ZERO);
        let order = depth as usize;
        let m = self.unit.projections(z);
        let list = self.unit.centres();
        let mut centres = Vec::with_capacity(list.len());
        Interval::moments(
            &self.unit,
            &m[..list.len()],
            spread,
            2 * order,
            |k, table| {
                let mut g = [[Interval::ZERO; 4]; 4];
                for (row, partials) in g.iter_mut().zip(&self.partials).take(order + 1).skip(1) {
                    for (slot, partial) in row.iter_mut().zip(partials) {
                        *slot = partial.evaluate(table);
                    }
                }
                let (nu, weight) = list[k];
                centres.push(Centre { nu, weight, g });
            },
        );
        FamilyDerivatives {
            centres,
            z,
            p,
            beside,
            q,
            n,
            dn: [TWO * z[0], TWO * (q * z[1])],
        }
    }
}

/// How many derivatives of `ℓ` are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FamilyDepth {
    /// The gradient.
    Gradient = 1,
    /// And the Hessian, and the gradient's derivatives in the parameters.
    Hessian = 2,
    /// And the Hessian's derivatives in all directions.
    Third = 3,
}

impl FamilyDerivatives {
    /// `c_i = v ∂_i n`.
    fn c(&self) -> [Interval; 2] {
        self.dn.map(|x| self.p.variance * x)
    }

    /// `∂_ij n`: entries 11, 12, 22.
    fn ddn(&self) -> [Interval; 3] {
        [TWO, Interval::ZERO, TWO * self.q]
    }

    /// `∂_i ℓ`.
    #[must_use]
    pub fn gradient(&self) -> [Interval; 2] {
        let sum = self.sum(|c| c.g[1][1]);
        let kappa = self.p.alpha - self.p.variance * sum;
        std::array::from_fn(|i| kappa * self.dn[i] - self.sum(|c| c.g[1][0] * c.nu[i]))
    }

    /// `H`: entries 11, 12, 22.
    #[must_use]
    pub fn hessian(&self) -> [Interval; 3] {
        let (c, ddn) = (self.c(), self.ddn());
        let kappa = self.p.alpha - self.p.variance * self.sum(|k| k.g[1][1]);
        let second = self.sum(|k| k.g[2][2]);
        entries(|i, j, e| {
            let mixed = self.sum(|k| k.g[2][1] * (k.nu[i] * c[j] + c[i] * k.nu[j]));
            let features = self.sum(|k| k.g[2][0] * (k.nu[i] * k.nu[j]));
            kappa * ddn[e] - features - mixed - second * (c[i] * c[j])
        })
    }

    /// The gradient's derivatives in `τ`, `α`, `v`.
    #[must_use]
    pub fn sensitivity(&self) -> [[Interval; 2]; 3] {
        let first = self.sum(|k| k.g[1][1]);
        let by_spread = self.by_spread();
        [
            self.by_q().map(|x| self.q_by_tau() * x),
            self.dn,
            std::array::from_fn(|i| by_spread[i] * self.n - first * self.dn[i]),
        ]
    }

    /// The derivatives in a direction of the Hessian (entries 11, 12, 22) and of the gradient's derivatives in `τ`, `α`, `v`.
    #[must_use]
    pub fn along(&self, direction: &FamilyDirection) -> FamilyChange {
        let (c, ddn, v, n) = (self.c(), self.ddn(), self.p.variance, self.n);
        let [tau, alpha, dv] = direction.p;
        let dz = direction.z;
        let dq = self.q_by_tau() * tau;
        let change_n = self.dn[0] * dz[0] + self.dn[1] * dz[1] + self.z[1].sqr() * dq;
        let spread = v * change_n + n * dv + direction.beside;
        let change_dn = [TWO * dz[0], TWO * (self.q * dz[1] + self.z[1] * dq)];
        let change_c: [Interval; 2] = std::array::from_fn(|i| dv * self.dn[i] + v * change_dn[i]);
        let change_ddn = [Interval::ZERO, Interval::ZERO, TWO * dq];
        // How ∂_m^a ∂_V^b G changes, a + b = order, at each centre.
        let moved = |k: &Centre, order: usize, b: usize| {
            let mean = k.nu[0] * dz[0] + k.nu[1] * dz[1];
            k.g[order + 1][b] * mean + k.g[order + 1][b + 1] * spread
        };
        let first = self.sum(|k| k.g[1][1]);
        let second = self.sum(|k| k.g[2][2]);
        let first_moved = self.sum(|k| moved(k, 1, 1));
        let second_moved = self.sum(|k| moved(k, 2, 2));
        let kappa = self.p.alpha - v * first;
        let kappa_moved = alpha - dv * first - v * first_moved;
        let hessian = entries(|i, j, e| {
            let features = self.sum(|k| moved(k, 2, 0) * (k.nu[i] * k.nu[j]));
            let mixed = self.sum(|k| {
                moved(k, 2, 1) * (k.nu[i] * c[j] + c[i] * k.nu[j])
                    + k.g[2][1] * (k.nu[i] * change_c[j] + change_c[i] * k.nu[j])
            });
            let radial =
                second_moved * (c[i] * c[j]) + second * (change_c[i] * c[j] + c[i] * change_c[j]);
            kappa_moved * ddn[e] + kappa * change_ddn[e] - features - mixed - radial
        });
        let by_spread = self.by_spread();
        let by_spread_moved: [Interval; 2] = std::array::from_fn(|i| {
            let mixed = self.sum(|k| moved(k, 2, 1) * k.nu[i]);
            -(mixed + second_moved * c[i] + second * change_c[i])
        });
        let z2 = self.z[1];
        let spread_by_q = v * z2.sqr();
        let spread_by_q_moved = dv * z2.sqr() + TWO * v * z2 * dz[1];
        let by_q_moved: [Interval; 2] = std::array::from_fn(|i| {
            let factor = if i == 1 {
                TWO * (kappa_moved * z2 + kappa * dz[1])
            } else {
                Interval::ZERO
            };
            by_spread_moved[i] * spread_by_q + by_spread[i] * spread_by_q_moved + factor
        });
        let by_q = self.by_q();
        let q_by_tau_moved = Interval::point(6.0) * self.q.sqr() * tau;
        FamilyChange {
            hessian,
            sensitivity: [
                std::array::from_fn(|i| self.q_by_tau() * by_q_moved[i] + q_by_tau_moved * by_q[i]),
                change_dn,
                std::array::from_fn(|i| {
                    by_spread_moved[i] * n + by_spread[i] * change_n
                        - first_moved * self.dn[i]
                        - first * change_dn[i]
                }),
            ],
        }
    }

    /// `∂_V ∂_i ℓ`, the factors `∂_i n` and `c_i` held fixed but for `V`: `-Σ p (G_mV ν_i + G_VV c_i)`.
    fn by_spread(&self) -> [Interval; 2] {
        let c = self.c();
        let second = self.sum(|k| k.g[2][2]);
        std::array::from_fn(|i| -(self.sum(|k| k.g[2][1] * k.nu[i]) + second * c[i]))
    }

    /// The gradient's derivative in `q`.
    fn by_q(&self) -> [Interval; 2] {
        let kappa = self.p.alpha - self.p.variance * self.sum(|k| k.g[1][1]);
        let spread_by_q = self.p.variance * self.z[1].sqr();
        let [first, second] = self.by_spread().map(|x| x * spread_by_q);
        [first, second + kappa * (TWO * self.z[1])]
    }

    /// The Hessian in `(z_1, z_2, u)`, `u` the unit vector along `w_⊥`: entries 13, 23, 33, and `κ`, the
    /// eigenvalue on what is orthogonal to `w` and the plane.
    ///
    /// `∂_u V = 2v‖w_⊥‖ = 2√v √(v‖w_⊥‖²)`, so that a product of a small `v` and a large `‖w_⊥‖` is known where the factors are not.
    #[must_use]
    pub fn off_the_plane(&self) -> ([Interval; 3], Interval) {
        let v = self.p.variance;
        let slope = TWO * v.sqrt() * self.beside.max(Interval::ZERO).sqrt();
        let kappa = TWO * (self.p.alpha - v * self.sum(|k| k.g[1][1]));
        let [first, second] = self.by_spread();
        let radial = self.sum(|k| k.g[2][2]) * (Interval::point(4.0) * v * self.beside);
        ([first * slope, second * slope, kappa - radial], kappa)
    }

    /// The gradient's derivative in `v ‖w_⊥‖²`.
    #[must_use]
    pub fn by_beside(&self) -> [Interval; 2] {
        self.by_spread()
    }

    /// Where on the axis `z_1 = 0` (which `z` must lie on) minima can merge with a saddle, and the derivatives of that.
    ///
    /// There the means are 0 and `z_2`, `c_1 = 0`, and by the mirror symmetry `∂_1 ℓ = H_12 = 0`. At a critical point with `H_11 = 0`
    ///
    /// ```text
    /// 0 = H_11  = 2κ - Σ p G_mm,              κ = α - v Σ p G_V,
    /// 0 = ∂_2 ℓ = 2κ q z_2 - Σ p G_m ν_2,
    /// ```
    ///
    /// and with the first one in the second `φ = Σ p (q z_2 G_mm - ν_2 G_m) = 0`, without `α`, which then is
    /// `α_pf = v Σ p G_V + ½ Σ p G_mm`. Needs [`FamilyDepth::Third`].
    #[must_use]
    pub fn pitchfork(&self) -> FamilyPitchfork {
        let (v, q, y) = (self.p.variance, self.q, self.z[1]);
        let half = Interval::point(0.5);
        let c = v * self.dn[1];
        // How φ and α_pf change with V at fixed means.
        let by_spread = [
            self.sum(|k| q * y * k.g[3][1] - k.nu[1] * k.g[2][1]),
            self.sum(|k| half * k.g[3][1] + v * k.g[2][2]),
        ];
        // And with the mean of the centres with ν_2 = 1.
        let by_mean = [
            self.sum(|k| k.nu[1] * (q * y * k.g[3][0] - k.nu[1] * k.g[2][0])),
            self.sum(|k| k.nu[1] * (half * k.g[3][0] + v * k.g[2][1])),
        ];
        let second = self.sum(|k| k.g[2][0]);
        let first = self.sum(|k| k.g[1][1]);
        let dq = self.q_by_tau();
        FamilyPitchfork {
            phi: self.sum(|k| q * y * k.g[2][0] - k.nu[1] * k.g[1][0]),
            alpha: v * first + half * second,
            by_y: [
                by_mean[0] + by_spread[0] * c + q * second,
                by_mean[1] + by_spread[1] * c,
            ],
            by_tau: [
                dq * (by_spread[0] * (v * y.sqr()) + y * second),
                dq * (by_spread[1] * (v * y.sqr())),
            ],
            by_variance: [by_spread[0] * self.n, by_spread[1] * self.n + first],
        }
    }

    /// `dq/dτ = -2/τ³`.
    fn q_by_tau(&self) -> Interval {
        -(TWO * self.q / self.p.tau)
    }

    fn sum(&self, term: impl Fn(&Centre) -> Interval) -> Interval {
        self.centres.iter().map(|c| c.weight * term(c)).sum()
    }
}

/// Entries 11, 12, 22.
fn entries(entry: impl Fn(usize, usize, usize) -> Interval) -> [Interval; 3] {
    [entry(0, 0, 0), entry(0, 1, 1), entry(1, 1, 2)]
}
