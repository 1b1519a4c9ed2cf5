//! Lipschitz constants of the Jacobian of a row's gradient on a ball of `R^d`.
//!
//! On a convex set the least Lipschitz constant of `∇²ℓ` is the supremum of its derivative, the
//! symmetric trilinear form
//!
//! ```text
//! D³ℓ(w)[u,u,u] = -Σ p_k [ g_mmm (μu)³ + 6 g_mmn (μu)²(wu) + 12 g_mnn (μu)(wu)² + 8 g_nnn (wu)³
//!                          + 6 g_mn (μu)|u|² + 12 g_nn (wu)|u|² ].
//! ```
//!
//! The derivatives of `g` are *enclosed over the whole ball*, never sampled: the ball is cut
//! into slabs `w·μ_k ∈ [m]`, `‖w‖² ∈ [n]`, the form's coefficients follow, and the norm of the form is bounded.

use super::noise::Partial;
use super::row::{MOST_CENTRES, RowObjective};
use crate::gaussian::{MAX_ORDER, MomentRule, MomentTable};
use crate::interval::Interval;
use crate::interval::rounding::{add_up, div_up, mul_up, sqrt_up, sub_down};

/// Slabs of this half-width in `w·μ` are narrow enough for the mean value forms.
const SLAB: f64 = 0.08;
/// Slabs of this width in the variances are narrow enough.
const VARIANCE_SLAB: f64 = 0.05;
/// Third to sixth derivatives are used; the rest is for the mean value forms. Sixth
/// derivatives come with `ρ⁶`: only strong noise needs them sharp.
const ORDERS: usize = 7;
/// Noise is strong from this variance `ρ²‖w‖²` on.
const STRONG_NOISE: f64 = 0.03;
/// From this variance on the terms of `D³ℓ` cancel: balls of the radii below are cut into squares
/// of side [`CELL`], on which the enclosures keep more of that.
const CANCELLING_NOISE: f64 = 0.5;
/// Beyond this variance no condition on a ball has ever been near to holding.
const HOPELESS_NOISE: f64 = 4.0;
const SMALLEST_CUT: f64 = 0.02;
const LARGEST_CUT: f64 = 0.4;
const CELL: f64 = 0.02;
/// No more squares than this in either direction.
const MOST_CELLS: f64 = 26.0;
/// Error of the moments worth aiming at: third derivatives are of size 1e-2 to 1e-3.
const MOMENT_ERROR: f64 = 2e-7;
/// No more slabs than this: balls so large are far beyond any condition's reach, and
/// their bounds are allowed to be coarse.
const MOST_SLABS: f64 = 32.0;
/// Where this many times more would be needed, slabs gain nothing on the global bounds of the moments.
const TOO_WIDE: f64 = 4.0;

/// The coefficients of `D³ℓ` enclosed over a ball about a point of the plane.
///
/// With `u = (x, z)`, `x` in the plane, `ζ` the component of `z` along `w_⊥`, `s = ‖w_⊥‖`:
/// `C(x,x,x) + ζ s Q(x,x) + ζ² s² a·x + ζ³ s³ b + |z|² c·x + |z|² ζ s e`.
#[derive(Clone, Debug)]
pub struct BallBounds {
    /// `C_111, C_112, C_122, C_222`.
    cubic: [Interval; 4],
    /// `Q_11, Q_12, Q_22`.
    quadratic: [Interval; 3],
    a: [Interval; 2],
    b: Interval,
    c: [Interval; 2],
    e: Interval,
    /// Upper bound of `s`; 0 if there is no direction off the plane.
    s: f64,
    dimension: u64,
    /// The same over pieces that cover the ball, where that pays.
    cells: Vec<Self>,
}

/// Where the coefficients are enclosed: all `w` with these first two coordinates, `w·μ_k`, `‖w‖²` and `‖w_⊥‖`.
struct Region {
    w: [Interval; 2],
    m: [Interval; MOST_CENTRES],
    n: Interval,
    s: f64,
}

impl Region {
    /// The parts of a ball over the squares of a grid in the plane.
    fn cells(
        &self,
        objective: &RowObjective<Interval>,
        centre: [Interval; 2],
        radius: f64,
    ) -> impl Iterator<Item = Self> {
        let per_side = (2.0 * radius / CELL).ceil().min(MOST_CELLS) as u32;
        // [-1, 1] in pieces, times the radius.
        let piece = move |k: u32| {
            (Interval::point(2.0) * fraction(k, per_side) - Interval::ONE) * Interval::point(radius)
        };
        let off_plane = Interval::point(self.s).sqr().hull(Interval::ZERO);
        (0..per_side * per_side).filter_map(move |k| {
            let offset = [piece(k % per_side), piece(k / per_side)];
            let outside =
                (offset[0].sqr() + offset[1].sqr()).inf() > Interval::point(radius).sqr().sup();
            let w = [centre[0] + offset[0], centre[1] + offset[1]];
            (!outside).then(|| Self {
                w,
                m: std::array::from_fn(|k| match objective.centres().get(k) {
                    Some((mu, _)) => self.m[k].intersection(w[0] * mu[0] + w[1] * mu[1]),
                    None => Interval::ZERO,
                }),
                n: self.n.intersection(w[0].sqr() + w[1].sqr() + off_plane),
                s: self.s,
            })
        })
    }
}

/// Which norm of the derivative of the Jacobian is bounded.
#[derive(Clone, Copy, Debug)]
pub enum SecondDerivativeNorm {
    /// `sup |D³ℓ[u, v, ·]|` over unit `u`, `v`: the spectral norm.
    Spectral,
    /// The same after multiplication by `A^-1`: the inverse of the plane's block (11, 12, 22) and `1/κ`.
    Preconditioned {
        /// Entries 11, 12, 22 of the inverse of the block in the plane.
        plane: [Interval; 3],
        /// `1/κ`.
        perp: Interval,
    },
    /// `sup ‖D³ℓ[u]‖_F`: the Frobenius norm.
    Frobenius,
    /// As `Spectral`, for the gradient restricted to the plane.
    Plane,
    /// As `Preconditioned`, for the gradient restricted to the plane.
    PreconditionedPlane([Interval; 3]),
}

/// Ranges of the derivatives of `g` for one centre.
#[derive(Clone, Copy)]
struct Ranges {
    mmm: Interval,
    mmn: Interval,
    mnn: Interval,
    nnn: Interval,
    mn: Interval,
    nn: Interval,
}

impl BallBounds {
    /// Encloses the coefficients over the closed ball of this radius (in `R^d`) about
    /// every point of `centre`, a box in the plane.
    ///
    /// A NaN or infinite radius gives unbounded coefficients.
    #[must_use]
    pub fn new(objective: &RowObjective<Interval>, centre: [Interval; 2], radius: f64) -> Self {
        let reach = Interval::symmetric(radius);
        let length = (centre[0].sqr() + centre[1].sqr()).sqrt() + reach;
        let ball = Region {
            w: centre.map(|x| x + reach),
            m: std::array::from_fn(|k| match objective.centres().get(k) {
                Some((mu, _)) => {
                    let norm = (mu[0].sqr() + mu[1].sqr()).sqrt();
                    centre[0] * mu[0] + centre[1] * mu[1] + reach * norm
                }
                None => Interval::ZERO,
            }),
            n: length.intersection(Interval::NON_NEGATIVE).sqr(),
            s: if objective.dimension() > 2 {
                reach.sup()
            } else {
                0.0
            },
        };
        let mut whole = Self::over(objective, &ball);
        let variance = (ball.n * objective.largest_noise()).sup();
        let cancelling = (CANCELLING_NOISE..HOPELESS_NOISE).contains(&variance);
        if cancelling && (SMALLEST_CUT..LARGEST_CUT).contains(&radius) {
            whole.cells = ball
                .cells(objective, centre, radius)
                .map(|cell| Self::over(objective, &cell))
                .collect();
        }
        whole
    }

    fn over(objective: &RowObjective<Interval>, region: &Region) -> Self {
        let partials = ThirdOrder::new(objective);
        let mut ranges = [None; MOST_CENTRES];
        for (slot, &m) in ranges
            .iter_mut()
            .zip(&region.m)
            .take(objective.centres().len())
        {
            *slot = Some(partials.over(objective, m, region.n));
        }
        Self::assemble(objective, &ranges, region.w, region.s)
    }

    fn assemble(
        objective: &RowObjective<Interval>,
        ranges: &[Option<Ranges>; MOST_CENTRES],
        w: [Interval; 2],
        s: f64,
    ) -> Self {
        let zero = Interval::ZERO;
        let k = |x: f64| Interval::point(x);
        let mut bounds = Self {
            cubic: [zero; 4],
            quadratic: [zero; 3],
            a: [zero; 2],
            b: zero,
            c: [zero; 2],
            e: zero,
            s,
            dimension: objective.dimension(),
            cells: Vec::new(),
        };
        for (&(mu, p), g) in objective.centres().iter().zip(ranges.iter().flatten()) {
            // Symmetrised products over the positions of the indices i <= j <= l.
            for (slot, [i, j, l]) in
                bounds
                    .cubic
                    .iter_mut()
                    .zip([[0, 0, 0], [0, 0, 1], [0, 1, 1], [1, 1, 1]])
            {
                let delta = |a: usize, b: usize| if a == b { Interval::ONE } else { zero };
                let mmw = mu[i] * mu[j] * w[l] + mu[i] * w[j] * mu[l] + w[i] * mu[j] * mu[l];
                let mww = mu[i] * w[j] * w[l] + w[i] * mu[j] * w[l] + w[i] * w[j] * mu[l];
                let m_id = mu[i] * delta(j, l) + mu[j] * delta(i, l) + mu[l] * delta(i, j);
                let w_id = w[i] * delta(j, l) + w[j] * delta(i, l) + w[l] * delta(i, j);
                *slot -= p
                    * (g.mmm * (mu[i] * mu[j] * mu[l])
                        + k(2.0) * g.mmn * mmw
                        + k(4.0) * g.mnn * mww
                        + k(8.0) * g.nnn * (w[i] * w[j] * w[l])
                        + k(2.0) * g.mn * m_id
                        + k(4.0) * g.nn * w_id);
            }
            for (slot, [i, j]) in bounds.quadratic.iter_mut().zip([[0, 0], [0, 1], [1, 1]]) {
                let identity = if i == j { k(12.0) * g.nn } else { zero };
                *slot -= p
                    * (k(6.0) * g.mmn * (mu[i] * mu[j])
                        + k(12.0) * g.mnn * (mu[i] * w[j] + w[i] * mu[j])
                        + k(24.0) * g.nnn * (w[i] * w[j])
                        + identity);
            }
            for i in 0..2 {
                bounds.a[i] -= p * (k(12.0) * g.mnn * mu[i] + k(24.0) * g.nnn * w[i]);
                bounds.c[i] -= p * (k(6.0) * g.mn * mu[i] + k(12.0) * g.nn * w[i]);
            }
            bounds.b -= p * k(8.0) * g.nnn;
            bounds.e -= p * k(12.0) * g.nn;
        }
        bounds
    }

    /// Upper bound of the norm over the ball; may be infinite, never NaN.
    #[must_use]
    pub fn norm(&self, which: SecondDerivativeNorm) -> f64 {
        let whole = self.own_norm(which);
        if self.cells.is_empty() {
            return whole;
        }
        // The supremum over the ball is the largest one over the pieces that cover it.
        let over_cells = self.cells.iter().map(|cell| cell.own_norm(which));
        whole.min(over_cells.fold(0.0, f64::max))
    }

    fn own_norm(&self, which: SecondDerivativeNorm) -> f64 {
        let identity = [Interval::ONE, Interval::ZERO, Interval::ONE];
        let bound = match which {
            SecondDerivativeNorm::Spectral => self.bilinear(identity, Interval::ONE),
            SecondDerivativeNorm::Preconditioned { plane, perp } => self.bilinear(plane, perp),
            SecondDerivativeNorm::Frobenius => self.frobenius(),
            SecondDerivativeNorm::Plane => self.plane_cubic(identity),
            SecondDerivativeNorm::PreconditionedPlane(plane) => self.plane_cubic(plane),
        };
        if bound >= 0.0 { bound } else { f64::INFINITY }
    }

    /// `sup |A^-1 D³ℓ[u, u, ·]|` over unit `u`; for a symmetric bilinear map this is
    /// also the supremum over two unit vectors.
    ///
    /// With `|x| = cos φ`, `|z| = sin φ`, `P` the plane's inverse, `r = 1/κ`:
    /// in the plane `|P C[x,x]| + (2/3) s|P Q| |x||z| + (s²|P a| + |P c|)|z|²/3`,
    /// off it `(r/3)[s|Q||x|² + 2(s²|a| + |c|)|x||z| + 3 s(s²|b| + |e|)|z|²]`.
    fn bilinear(&self, plane: [Interval; 3], perp: Interval) -> f64 {
        let cubic = self.plane_cubic(plane);
        if self.dimension == 2 {
            return cubic;
        }
        let s = Interval::point(self.s);
        let third = Interval::ONE / Interval::point(3.0);
        let two = Interval::point(2.0);
        let on = |v: [Interval; 2]| length(multiply(plane, v));
        let q_columns = [
            multiply(plane, [self.quadratic[0], self.quadratic[1]]),
            multiply(plane, [self.quadratic[1], self.quadratic[2]]),
        ];
        let in_plane = [
            Interval::point(cubic),
            two * third * s * frobenius(q_columns),
            third * (s.sqr() * on(self.a) + on(self.c)),
        ];
        let q_norm = symmetric_norm(self.quadratic);
        let r = perp.abs() * third;
        let off_plane = [
            r * s * q_norm,
            r * two * (s.sqr() * length(self.a) + length(self.c)),
            r * Interval::point(3.0) * s * (s.sqr() * self.b.abs() + self.e.abs()),
        ];
        const PIECES: u32 = 16;
        let mut worst = 0.0f64;
        for k in 0..PIECES {
            let sine = fraction(k, PIECES);
            let cosine = (Interval::ONE - sine.sqr())
                .intersection(Interval::UNIT)
                .sqrt();
            let combine =
                |v: [Interval; 3]| v[0] * cosine.sqr() + v[1] * cosine * sine + v[2] * sine.sqr();
            let norm = (combine(in_plane).sqr() + combine(off_plane).sqr())
                .sqrt()
                .sup();
            worst = larger(worst, norm);
        }
        worst
    }

    /// `sup |P C[x, x]|` over unit `x` in the plane.
    fn plane_cubic(&self, plane: [Interval; 3]) -> f64 {
        let [c111, c112, c122, c222] = self.cubic;
        norm_over_circle(4, |x, y| {
            let (xx, xy, yy) = (x.sqr(), Interval::point(2.0) * x * y, y.sqr());
            let form = [
                c111 * xx + c112 * xy + c122 * yy,
                c112 * xx + c122 * xy + c222 * yy,
            ];
            length(multiply(plane, form))
        })
    }

    /// `sup ‖D³ℓ[u]‖_F` over unit `u`: at most `√(X² + Z²)` with `X` the bound for `u` in the
    /// plane and `Z` the bound for `u` off it (derivation in `notes/lipschitz.md`).
    fn frobenius(&self) -> f64 {
        let [c111, c112, c122, c222] = self.cubic;
        let cubic = norm_over_circle(2, |x, y| {
            frobenius([
                [c111 * x + c112 * y, c112 * x + c122 * y],
                [c112 * x + c122 * y, c122 * x + c222 * y],
            ])
        });
        if self.dimension == 2 {
            return cubic;
        }
        let s = Interval::point(self.s);
        let third = Interval::ONE / Interval::point(3.0);
        let two = Interval::point(2.0);
        let others = Interval::point((self.dimension - 3) as f64);
        let q_norm = third * s * symmetric_norm(self.quadratic);
        let q_frobenius = third
            * s
            * frobenius([
                [self.quadratic[0], self.quadratic[1]],
                [self.quadratic[1], self.quadratic[2]],
            ]);
        let c = third * length(self.c);
        let radial = third * s.sqr() * length(self.a) + c;
        let axis = s * (s.sqr() * self.b.abs() + self.e.abs());
        let e = third * s * self.e.abs();
        let x = Interval::point(cubic).sqr() + two * q_norm.sqr() + radial.sqr() + others * c.sqr();
        let z = q_frobenius.sqr()
            + two * radial.sqr()
            + two * c.sqr()
            + axis.sqr()
            + others * e.sqr()
            + two * e.sqr();
        (x + z).sqrt().sup()
    }
}

/// The derivatives of `g` that `D³ℓ` uses, as polynomials in the moments.
struct ThirdOrder {
    mmm: Partial<Interval>,
    mmn: Partial<Interval>,
    mnn: Partial<Interval>,
    nnn: Partial<Interval>,
    mn: Partial<Interval>,
    nn: Partial<Interval>,
}

impl ThirdOrder {
    fn new(objective: &RowObjective<Interval>) -> Self {
        let partial = |a, b| Partial::new(objective.noise(), a, b);
        Self {
            mmm: partial(3, 0),
            mmn: partial(2, 1),
            mnn: partial(1, 2),
            nnn: partial(0, 3),
            mn: partial(1, 1),
            nn: partial(0, 2),
        }
    }

    /// Hulls over slabs covering `m × n`.
    fn over(&self, objective: &RowObjective<Interval>, m: Interval, n: Interval) -> Ranges {
        let variance = objective.largest_noise().sup();
        let most_variances = MOST_SLABS / 4.0;
        let narrow = m.width() <= TOO_WIDE * MOST_SLABS * 2.0 * SLAB
            && n.width() * variance <= TOO_WIDE * most_variances * VARIANCE_SLAB;
        if !narrow {
            let rule = MomentRule::global_bounds(objective.activation(), ORDERS);
            return self.ranges(&rule.table(m));
        }
        let mut hull: Option<Ranges> = None;
        for n in slabs(n, VARIANCE_SLAB / variance, most_variances) {
            let strong = (n * Interval::point(variance)).sup() > STRONG_NOISE;
            let orders = if strong { MAX_ORDER } else { ORDERS };
            let rule = objective.rule_with(n, orders, MOMENT_ERROR);
            for m in slabs(m, 2.0 * SLAB, MOST_SLABS) {
                let here = self.ranges(&rule.table(m));
                hull = Some(hull.map_or(here, |so_far| so_far.hull(here)));
            }
        }
        hull.unwrap_or(Ranges::UNKNOWN)
    }

    fn ranges(&self, table: &MomentTable<Interval>) -> Ranges {
        Ranges {
            mmm: self.mmm.evaluate(table),
            mmn: self.mmn.evaluate(table),
            mnn: self.mnn.evaluate(table),
            nnn: self.nnn.evaluate(table),
            mn: self.mn.evaluate(table),
            nn: self.nn.evaluate(table),
        }
    }
}

impl Ranges {
    const UNKNOWN: Self = Self {
        mmm: Interval::ENTIRE,
        mmn: Interval::ENTIRE,
        mnn: Interval::ENTIRE,
        nnn: Interval::ENTIRE,
        mn: Interval::ENTIRE,
        nn: Interval::ENTIRE,
    };

    fn hull(self, other: Self) -> Self {
        Self {
            mmm: self.mmm.hull(other.mmm),
            mmn: self.mmn.hull(other.mmn),
            mnn: self.mnn.hull(other.mnn),
            nnn: self.nnn.hull(other.nnn),
            mn: self.mn.hull(other.mn),
            nn: self.nn.hull(other.nn),
        }
    }
}

/// Intervals of width at most `width`, or `most` of them, whose union is `x`; `x` itself if it is
/// unbounded.
fn slabs(x: Interval, width: f64, most: f64) -> impl Iterator<Item = Interval> {
    let count = if x.is_bounded() {
        div_up(x.width(), width).ceil().clamp(1.0, most)
    } else {
        1.0
    };
    let pieces = count as u32;
    let length = sub_down(x.sup(), x.inf());
    let cut = move |k: u32| {
        // Any cuts will do, as long as neighbours share them and the ends are the ends.
        match k {
            0 => x.inf(),
            _ if k == pieces => x.sup(),
            _ => (x.inf() + length * (f64::from(k) / count)).clamp(x.inf(), x.sup()),
        }
    };
    (0..pieces).map(move |k| Interval::new(cut(k), cut(k + 1)).unwrap_or(x))
}

/// `[k/n, (k+1)/n]`.
fn fraction(k: u32, n: u32) -> Interval {
    let n = Interval::point(f64::from(n));
    (Interval::point(f64::from(k)) / n).hull(Interval::point(f64::from(k + 1)) / n)
}

/// Upper bound of `f` over the unit circle, where `f²` is an even trigonometric polynomial of
/// at most this degree in the angle.
///
/// Bernstein: `|(f²)''| <= degree² sup f²`. At the maximum the first derivative vanishes, so a point
/// within the angle `h` of it has `f² >= sup f² (1 - degree² h²/2)`. Points
/// `(1 - t², 2t)/(1 + t²)`, `t = k/32`, are at most `2/32` apart in angle, so some point has `h <= 1/32`.
fn norm_over_circle(degree: i32, f: impl Fn(Interval, Interval) -> Interval) -> f64 {
    const STEPS: i32 = 32;
    let one = Interval::ONE;
    let mut worst = 0.0f64;
    for k in -STEPS..=STEPS {
        let t = Interval::point(f64::from(k) / f64::from(STEPS)); // exact
        let denominator = one + t.sqr();
        let value = f((one - t.sqr()) / denominator, (t + t) / denominator).sup();
        worst = larger(worst, value);
    }
    let h = Interval::point(1.0 / f64::from(STEPS));
    let share = one - Interval::point(0.5 * f64::from(degree * degree)) * h.sqr();
    (Interval::point(worst) / share.sqrt()).sup()
}

/// The larger of two upper bounds of norms; what is no such bound (NaN, or the `-∞` of an
/// empty enclosure) counts as infinite.
fn larger(worst: f64, norm: f64) -> f64 {
    if norm >= 0.0 {
        worst.max(norm)
    } else {
        f64::INFINITY
    }
}

/// The symmetric matrix with entries 11, 12, 22 times a vector.
fn multiply([a, b, c]: [Interval; 3], v: [Interval; 2]) -> [Interval; 2] {
    [a * v[0] + b * v[1], b * v[0] + c * v[1]]
}

fn length(v: [Interval; 2]) -> Interval {
    (v[0].sqr() + v[1].sqr()).sqrt()
}

fn frobenius(m: [[Interval; 2]; 2]) -> Interval {
    (m[0][0].sqr() + m[0][1].sqr() + m[1][0].sqr() + m[1][1].sqr()).sqrt()
}

/// Upper bound of the spectral norm of `[[a, b], [b, c]]`: the larger eigenvalue in magnitude.
fn symmetric_norm([a, b, c]: [Interval; 3]) -> Interval {
    let half_sum = mul_up(0.5, (a + c).mag());
    let half_difference = mul_up(0.5, (a - c).mag());
    let root = sqrt_up(add_up(
        mul_up(half_difference, half_difference),
        mul_up(b.mag(), b.mag()),
    ));
    Interval::point(add_up(half_sum, root))
}
