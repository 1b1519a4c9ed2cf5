//! Lipschitz constants of the Hessian on balls, from the data.
//!
//! # Statement
//!
//! With `Φ(m, q) = S_0(m, q)²`, every unit vector `h` and `w` in the ball, the third derivative of `ℓ_X` is
//!
//! ```text
//! -(1/n) Σ_i [ Φ_mmm (x·h)³ + 6ρ² Φ_mmq (x·h)² (w·h) + 12ρ⁴ Φ_mqq (x·h)(w·h)² + 8ρ⁶ Φ_qqq (w·h)³
//!              + 6ρ² Φ_mq (x·h) + 12ρ⁴ Φ_qq (w·h) ],    x = x_i.
//! ```
//!
//! For a symmetric form in three vectors the norm is attained with all three equal (Banach). The first term is at most
//! `hᵀMh` with `M = (1/n) Σ_i t_i ‖x_i‖ x_i x_iᵀ`, `t_i` the supremum of `|Φ_mmm|`; the others are small with
//! `ρ`, and bounded one by one. By `(x·h)² <= (|x_P·h| + ‖x_⊥‖‖h_⊥‖)²` and the Cauchy-Schwarz inequality
//!
//! ```text
//! λ_max(M) <= λ_max(M_P) + b²,    M_P the block in span(e1, e2),   b² = (1/n) Σ_i t_i ‖x_i‖ ‖x_i,⊥‖²:
//! ```
//!
//! `O(n)` for each ball, whatever `d` (lemma 4 of `notes/given_data.md`).

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::RangeInclusive;

use super::enclosure::EmpiricalEnclosure;
use crate::gaussian::smoothed::SmoothedCells;
use crate::interval::Interval;
use crate::interval::rounding::{add_up, mul_up, sub_down};
use crate::model::eigenvalues_symmetric_2x2;

/// Bounds of `|∂^(..) Φ|` on a cell: `mmm, mmq, mqq, qqq, mq, qq`.
type Suprema = [f64; 6];

/// With more cells than this between the outermost means, every constant is infinite.
const MOST_CELLS: i64 = 1 << 19;

/// What [`EmpiricalBall`] needs to know of `A⁻¹`.
#[derive(Clone, Copy, Debug)]
pub struct InverseBounds {
    /// `YᵀY` for `Y = A⁻¹[e1 e2]`: entries 11, 12, 22.
    pub plane: [Interval; 3],
    /// An upper bound of `‖A⁻¹‖`.
    pub norm: f64,
}

/// The balls about one `w`, up to a largest radius.
#[derive(Debug)]
pub struct EmpiricalBall<'a> {
    of: &'a EmpiricalEnclosure<'a>,
    means: Vec<f64>,
    /// The error of a mean is at most this times `‖x_i‖`, and [`EmpiricalEnclosure::underflow`].
    error: f64,
    length: Interval,
    largest: f64,
    cells: SmoothedCells,
    /// The number of the first cell within reach, and what is known of it and of those that follow.
    first: i64,
    suprema: RefCell<Vec<Option<Suprema>>>,
    moments: RefCell<HashMap<u64, Moments>>,
}

/// The sums over the points, for one radius.
#[derive(Clone, Copy, Debug)]
struct Moments {
    /// `λ_max(M_P)`, an upper bound.
    in_plane: f64,
    /// `M_P`: entries 11, 12, 22.
    plane: [Interval; 3],
    /// `b²`, an upper bound.
    off: f64,
    /// The other terms, an upper bound.
    rest: f64,
}

impl Moments {
    const UNKNOWN: Self = Self {
        in_plane: f64::INFINITY,
        plane: [Interval::ENTIRE; 3],
        off: f64::INFINITY,
        rest: f64::INFINITY,
    };
}

impl<'a> EmpiricalBall<'a> {
    /// The balls about `w` of radius at most `largest`.
    #[must_use]
    pub fn about(of: &'a EmpiricalEnclosure<'a>, w: &[f64], largest: f64) -> Self {
        let length = (w.iter().map(|&x| Interval::point(x).sqr()))
            .sum::<Interval>()
            .sqrt();
        let (means, error) = of.means(w, length.sup());
        let reach = Interval::point(largest);
        let lengths = (length - reach).max(Interval::ZERO).hull(length + reach);
        let cells = SmoothedCells::new(of.variance * lengths.sqr());
        let (first, count) = within_reach(of, &cells, &means, error, largest);
        Self {
            first,
            suprema: RefCell::new(vec![None; count]),
            cells,
            of,
            means,
            error,
            length,
            largest,
            moments: RefCell::default(),
        }
    }

    /// An upper bound of the Lipschitz constant of `D²ℓ_X`, in the spectral norm, on the closed ball of this radius.
    #[must_use]
    pub fn lipschitz(&self, radius: f64) -> f64 {
        let m = self.moments(radius);
        add_up(add_up(m.in_plane, m.off), m.rest)
    }

    /// The same for `A⁻¹D²ℓ_X`.
    ///
    /// `|uᵀA⁻¹x_i| |x_i·v| |x_i·h|`, summed with the weights of `M`, is at most
    /// `(‖A⁻¹M_P^½‖ + b‖A⁻¹‖) (λ_max(M_P) + b²)^½`, and `‖A⁻¹M_P^½‖² = λ_max(YᵀY M_P)`.
    #[must_use]
    pub fn preconditioned(&self, radius: f64, inverse: &InverseBounds) -> f64 {
        let m = self.moments(radius);
        if inverse.norm.is_nan() || inverse.norm < 0.0 {
            return f64::INFINITY;
        }
        let norm = Interval::point(inverse.norm);
        let off = Interval::point(m.off).sqrt();
        let [g11, g12, g22] = inverse.plane;
        let [m11, m12, m22] = m.plane;
        // The larger root of λ² - tλ + δ, from trace and determinant of the product of two positive semidefinite
        // matrices; its discriminant is a square.
        let trace = g11 * m11 + Interval::point(2.0) * g12 * m12 + g22 * m22;
        let determinant = (g11 * g22 - g12.sqr()) * (m11 * m22 - m12.sqr());
        let discriminant = trace.sqr() - Interval::point(4.0) * determinant;
        let discriminant = discriminant.max(Interval::ZERO);
        let largest = (trace + discriminant.sqrt()) * Interval::point(0.5);
        let first = largest.max(Interval::ZERO).sqrt() + off * norm;
        let second = (Interval::point(m.in_plane) + Interval::point(m.off)).sqrt();
        let bound = (first * second + Interval::point(m.rest) * norm).sup();
        if bound >= 0.0 { bound } else { f64::INFINITY }
    }

    fn moments(&self, radius: f64) -> Moments {
        let known = (0.0..=self.largest).contains(&radius) && radius < f64::INFINITY;
        if !known {
            return Moments::UNKNOWN;
        }
        // The next radius on a grid bounds this one's constants; each is computed once.
        let radius = next_on_grid(radius).min(self.largest);
        let mut made = self.moments.borrow_mut();
        *(made.entry(radius.to_bits())).or_insert_with(|| self.sum(radius))
    }

    fn sum(&self, radius: f64) -> Moments {
        let x = self.of.points;
        let n = x.nrows();
        let count = Interval::point(n as f64);
        let rho = self.of.variance;
        let mut plane = [Interval::ZERO; 3];
        let mut off = Interval::ZERO;
        // Σ of the suprema times the powers of ‖x_i‖ that stand with them: mmq·x², mqq·x, qqq, mq·x, qq.
        let mut others = [Interval::ZERO; 5];
        let mut known = self.suprema.borrow_mut();
        for (i, &mean) in self.means.iter().enumerate() {
            let size = self.of.sizes.points[i];
            let cells = cells_about(self.of, &self.cells, mean, self.error, radius, size);
            let Some([mmm, mmq, mqq, qqq, mq, qq]) = self.suprema(&mut known, cells) else {
                return Moments::UNKNOWN;
            };
            let norm = Interval::point(size);
            let t = Interval::point(mmm) * norm;
            let (x1, x2) = (Interval::point(x[(i, 0)]), Interval::point(x[(i, 1)]));
            let (first, second) = (t * x1, t * x2);
            plane[0] += first * x1;
            plane[1] += first * x2;
            plane[2] += second * x2;
            off += t * Interval::point(self.of.sizes.off_plane[i]).sqr();
            others[0] += Interval::point(mmq) * norm.sqr();
            others[1] += Interval::point(mqq) * norm;
            others[2] += Interval::point(qqq);
            others[3] += Interval::point(mq) * norm;
            others[4] += Interval::point(qq);
        }
        let plane = plane.map(|x| x / count);
        let length = self.length + Interval::point(radius);
        let c = |x: f64| Interval::point(x);
        let rest = c(6.0) * rho * length * others[0]
            + c(12.0) * rho.sqr() * length.sqr() * others[1]
            + c(8.0) * rho.powi(3) * length.powi(3) * others[2]
            + c(6.0) * rho * others[3]
            + c(12.0) * rho.sqr() * length * others[4];
        let [_, largest] = eigenvalues_symmetric_2x2(plane);
        let upper = |x: Interval| {
            if x.sup() >= 0.0 {
                x.sup()
            } else {
                f64::INFINITY
            }
        };
        Moments {
            in_plane: upper(largest),
            plane,
            off: upper(off / count),
            rest: upper(rest / count),
        }
    }

    /// The largest over these cells; none if one of them is out of reach.
    fn suprema(
        &self,
        known: &mut [Option<Suprema>],
        cells: RangeInclusive<i64>,
    ) -> Option<Suprema> {
        let first = usize::try_from(cells.start().checked_sub(self.first)?).ok()?;
        let last = usize::try_from(cells.end().checked_sub(self.first)?).ok()?;
        let mut largest = [0.0f64; 6];
        for (k, cell) in cells.zip(known.get_mut(first..=last)?) {
            let cell = cell.get_or_insert_with(|| suprema_of(&self.cells.on(k)));
            for (largest, &x) in largest.iter_mut().zip(cell.iter()) {
                *largest = largest.max(x);
            }
        }
        Some(largest)
    }
}

/// The smallest float at least `radius` with five leading bits only: at most 1/16 larger.
fn next_on_grid(radius: f64) -> f64 {
    const LOW: u64 = (1 << 48) - 1;
    f64::from_bits((radius.to_bits() + LOW) & !LOW)
}

/// The cells that hold `w·x` for a point of norm `size` and every `w` of the ball.
fn cells_about(
    of: &EmpiricalEnclosure<'_>,
    cells: &SmoothedCells,
    mean: f64,
    error: f64,
    radius: f64,
    size: f64,
) -> RangeInclusive<i64> {
    let reach = add_up(mul_up(add_up(radius, error), size), of.underflow());
    cells.cell(sub_down(mean, reach))..=cells.cell(add_up(mean, reach))
}

/// The first cell within reach of any point, and how many there are up to the last; none if they are too many.
fn within_reach(
    of: &EmpiricalEnclosure<'_>,
    cells: &SmoothedCells,
    means: &[f64],
    error: f64,
    largest: f64,
) -> (i64, usize) {
    // A mean that is no number belongs to no cell.
    let usable = (0.0..f64::INFINITY).contains(&largest)
        && error < f64::INFINITY
        && means.iter().all(|m| m.is_finite());
    if !usable {
        return (0, 0);
    }
    let (low, high) = (means.iter().zip(&of.sizes.points))
        .map(|(&mean, &size)| cells_about(of, cells, mean, error, largest, size))
        .fold((i64::MAX, i64::MIN), |(low, high), cells| {
            (low.min(*cells.start()), high.max(*cells.end()))
        });
    match high.checked_sub(low) {
        Some(steps @ 0..MOST_CELLS) => (low, steps as usize + 1),
        _ => (0, 0),
    }
}

/// From `S_0, .., S_6`, by `∂_m S_j = S_(j+1)` and `∂_q S_j = ½ S_(j+2)`.
fn suprema_of([s0, s1, s2, s3, s4, s5, s6]: &[Interval; 7]) -> Suprema {
    let c = |x: f64| Interval::point(x);
    [
        c(6.0) * *s1 * *s2 + c(2.0) * *s0 * *s3,
        s2.sqr() + c(2.0) * *s1 * *s3 + *s0 * *s4,
        c(0.5) * (c(2.0) * *s2 * *s3 + *s1 * *s4 + *s0 * *s5),
        c(0.25) * (c(3.0) * *s2 * *s4 + *s0 * *s6),
        *s1 * *s2 + *s0 * *s3,
        c(0.5) * (s2.sqr() + *s0 * *s4),
    ]
    .map(|x| {
        if x.mag() >= 0.0 {
            x.mag()
        } else {
            f64::INFINITY
        }
    })
}
