//! A proof that for no parameter of a box `ℓ` has a critical point with `w^(1) > 0`.
//!
//! # Statement
//!
//! As in [`crate::claim`]'s refusal of a single objective, but in feature coordinates `z = (w^(1), τ w^(2))`, in which `τ` hardly
//! enters, and for all parameters `P` of a box at once. Every critical point satisfies `z_1² + z_2²/τ² <= R/α`, `R = sup zφ'(z) sup|φ|`.
//! The half disc `z_1 >= 0` of the largest such radius is bisected, and a box `Z` discarded if
//!
//! 1. it lies outside of the disc for every parameter, or
//! 2. a component of `g = ∇ℓ`, or of `Y g` with some matrix `Y`, cannot vanish on `Z × P`: plainly, or by the mean value form
//!    `g(m; c) + ∂_z g(Z; P)(Z - m) + ∂_p g(Z; P)(P - c)`, or
//! 3. `H_11 > 0` on `Z × P`, `Z` stretched to the axis `z_1 = 0`, where `g_1` vanishes by the mirror symmetry: then `g_1 > 0` on `Z`
//!    except on the axis.
//!
//! If nothing is left, there is no critical point with `w^(1) > 0` in the plane, hence (theory section 3) none in `R^d`.

use super::plane::{PlaneFamily, parameters};
use crate::gaussian::Activation;
use crate::interval::Interval;
use crate::model::{FamilyDepth, FamilyDerivatives, FamilyParameters};

/// Boxes narrower than this, as a part of the disc, are not halved.
const NARROWEST: f64 = 1e-6;

/// Is it proved, with at most `budget` boxes of `z`? The weights must be mirror-symmetric.
pub(super) fn is_absent(family: &PlaneFamily, p: &[Interval], budget: usize) -> bool {
    let p = parameters(p);
    let radius_sqr = Interval::point(Activation::SIGMOID.radial_bound()) / p.alpha;
    let radius = radius_sqr.sqrt().sup();
    let reach = (Interval::point(radius) * p.tau).sup();
    let (Ok(right), Ok(full)) = (Interval::new(0.0, radius), Interval::new(-reach, reach)) else {
        return false;
    };
    if !(p.tau.certainly_positive() && radius.is_finite() && reach.is_finite()) {
        return false;
    }
    let search = Search {
        family,
        p,
        centre: middle(&p),
        radius_sqr: radius_sqr.sup(),
    };
    let mut stack = vec![[right, full]];
    let mut examined = 0;
    while let Some(z) = stack.pop() {
        examined += 1;
        if search.is_discarded(z) {
            continue;
        }
        let narrow = z[0].width() < NARROWEST * radius && z[1].width() < NARROWEST * reach;
        if narrow || examined + stack.len() >= budget || search.is_futile(z) {
            return false;
        }
        stack.extend(halves(z, [radius, reach]));
    }
    true
}

struct Search<'a> {
    family: &'a PlaneFamily,
    p: FamilyParameters,
    centre: FamilyParameters,
    radius_sqr: f64,
}

impl Search<'_> {
    fn at(&self, z: [Interval; 2], p: FamilyParameters) -> FamilyDerivatives {
        self.family.0.at(z, p, FamilyDepth::Hessian)
    }

    fn is_discarded(&self, z: [Interval; 2]) -> bool {
        let n = z[0].sqr() + (z[1] / self.p.tau).sqr();
        if n.inf() > self.radius_sqr {
            return true;
        }
        let on_box = self.at(z, self.p);
        if misses_zero(on_box.gradient()) {
            return true;
        }
        let touches = z[0].inf() <= 0.0;
        if touches && on_box.hessian()[0].certainly_positive() {
            return true;
        }
        if self.centred_misses_zero(z, &on_box) {
            return true;
        }
        let stretched = || [z[0].hull(Interval::ZERO), z[1]];
        !touches && self.at(stretched(), self.p).hessian()[0].certainly_positive()
    }

    /// The mean value form, plain and multiplied by an approximate inverse of `∂_z g`.
    fn centred_misses_zero(&self, z: [Interval; 2], on_box: &FamilyDerivatives) -> bool {
        let m = z.map(|x| Interval::point(x.mid()));
        let middle = self.family.0.at(m, self.centre, FamilyDepth::Gradient);
        let (value, [a, b, c]) = (middle.gradient(), on_box.hessian());
        let by_p = on_box.sensitivity();
        let widths = [
            self.p.tau - self.centre.tau,
            self.p.alpha - self.centre.alpha,
            self.p.variance - self.centre.variance,
        ];
        let offset = [z[0] - m[0], z[1] - m[1]];
        // A row of a matrix times the form; its products come before the widths.
        let row = |y: [f64; 2]| {
            let y = y.map(Interval::point);
            let times = |v: [Interval; 2]| y[0] * v[0] + y[1] * v[1];
            let parameters: Interval = by_p.iter().zip(widths).map(|(s, w)| times(*s) * w).sum();
            times(value) + times([a, b]) * offset[0] + times([b, c]) * offset[1] + parameters
        };
        if row([1.0, 0.0]).mig() > 0.0 || row([0.0, 1.0]).mig() > 0.0 {
            return true;
        }
        let (a, b, c) = (a.mid(), b.mid(), c.mid());
        let determinant = a * c - b * b;
        let rows = [[c, -b], [-b, a]].map(|row| row.map(|x| x / determinant));
        let usable = rows.iter().flatten().all(|x| x.is_finite());
        usable && rows.iter().any(|&y| row(y).mig() > 0.0)
    }

    /// On the axis even a point is not discarded: then neither will be the halves that hold it.
    fn is_futile(&self, z: [Interval; 2]) -> bool {
        if z[0].inf() > 0.0 {
            return false;
        }
        let axis = self.at([Interval::ZERO, Interval::point(z[1].mid())], self.p);
        !misses_zero(axis.gradient()) && !axis.hessian()[0].certainly_positive()
    }
}

fn misses_zero(g: [Interval; 2]) -> bool {
    g.iter().any(|g| g.mig() > 0.0)
}

fn middle(p: &FamilyParameters) -> FamilyParameters {
    let point = |x: Interval| Interval::point(x.mid());
    FamilyParameters {
        tau: point(p.tau),
        alpha: point(p.alpha),
        variance: point(p.variance),
    }
}

/// Halves across the side that is the longer part of the disc.
fn halves(z: [Interval; 2], scale: [f64; 2]) -> [[Interval; 2]; 2] {
    let long = usize::from(z[1].width() * scale[0] > z[0].width() * scale[1]);
    let cut = z[long].mid();
    [(z[long].inf(), cut), (cut, z[long].sup())].map(|(lo, hi)| {
        let mut half = z;
        half[long] = Interval::new(lo, hi).unwrap_or(z[long]);
        half
    })
}
