//! The curve on which the minima merge with the saddle between them, enclosed.
//!
//! On the axis `w^(1) = 0` that happens where `∂_2 ℓ = 0` and `H_11 = 0`. With the second condition in the first, `α` is gone
//! ([`FamilyDerivatives::pitchfork`](crate::model::FamilyDerivatives::pitchfork)), and
//!
//! ```text
//! φ(y; τ, v) = 0,      α_pf(y; τ, v) = α,           y = τ w^(2)
//! ```
//!
//! are two equations for `y` and either `α` (given `τ` and `v = ρ²`) or `v` (given `τ` and `α`). Krawczyk's operator for all `τ` of a
//! range at once ([`crate::theorem::prove_piece_tightly`]) encloses their solution over a column of cells: for every `τ` of the range
//! there is *exactly one* solution `(y, α)`, or `(y, v)`, in the uniqueness box, it lies in the enclosure, and it is a smooth
//! function of `τ`. That there are no other solutions elsewhere is not claimed.

use nalgebra::{DMatrix, DVector};

use super::parameters::{Parameters, Plane};
use crate::claim::family::{CellProver, PlaneFamily};
use crate::interval::Interval;
use crate::model::{FamilyDepth, FamilyParameters, FamilyPitchfork};
use crate::theorem::{Family, prove_piece_tightly};

/// The curve over a column of cells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PitchforkColumn {
    /// The range of `τ`.
    pub tau: Interval,
    /// Encloses `w^(2)` at the pitchfork, for all these `τ`.
    pub w2: Interval,
    /// Encloses the second parameter, for all these `τ`.
    pub second: Interval,
    /// Encloses the second parameter at the middle `τ`.
    pub at_middle: Interval,
}

/// The pitchfork as a zero in `(y, s)`, where `s` is `α` or `v`; parameters `τ` and the other one.
struct Curve<'a> {
    family: &'a PlaneFamily,
    plane: Plane,
}

impl Curve<'_> {
    fn at(&self, x: &[Interval], p: &[Interval], depth: FamilyDepth) -> FamilyPitchfork {
        let get = |v: &[Interval], i: usize| v.get(i).copied().unwrap_or(Interval::ENTIRE);
        let (y, s, tau, fixed) = (get(x, 0), get(x, 1), get(p, 0), get(p, 1));
        let (alpha, variance) = match self.plane {
            Plane::TauAlpha => (s, fixed),
            Plane::TauRho => (fixed, s),
        };
        let p = FamilyParameters {
            tau,
            alpha,
            variance,
        };
        self.family.0.at([Interval::ZERO, y], p, depth).pitchfork()
    }
}

impl Family for Curve<'_> {
    fn dimension(&self) -> usize {
        2
    }

    fn parameters(&self) -> usize {
        2
    }

    fn value(&self, x: &[Interval], p: &[Interval]) -> DVector<Interval> {
        let at = self.at(x, p, FamilyDepth::Hessian);
        let alpha = match self.plane {
            Plane::TauAlpha => x.get(1),
            Plane::TauRho => p.get(1),
        };
        let alpha = alpha.copied().unwrap_or(Interval::ENTIRE);
        DVector::from_column_slice(&[at.phi, at.alpha - alpha])
    }

    fn jacobian(&self, x: &[Interval], p: &[Interval]) -> DMatrix<Interval> {
        let at = self.at(x, p, FamilyDepth::Third);
        let second = match self.plane {
            Plane::TauAlpha => [Interval::ZERO, -Interval::ONE],
            Plane::TauRho => at.by_variance,
        };
        DMatrix::from_row_slice(2, 2, &[at.by_y[0], second[0], at.by_y[1], second[1]])
    }

    fn sensitivity(&self, x: &[Interval], p: &[Interval]) -> DMatrix<Interval> {
        let at = self.at(x, p, FamilyDepth::Third);
        let second = match self.plane {
            Plane::TauAlpha => at.by_variance,
            Plane::TauRho => [Interval::ZERO, -Interval::ONE],
        };
        DMatrix::from_row_slice(2, 2, &[at.by_tau[0], second[0], at.by_tau[1], second[1]])
    }
}

/// The pitchfork over a range of `τ`, of which `guess` is near `(y, s)`; none if it is not proved.
fn enclose(
    curve: &Curve<'_>,
    tau: Interval,
    fixed: Interval,
    guess: [f64; 2],
) -> Option<[Interval; 2]> {
    let piece = prove_piece_tightly(curve, &[tau, fixed], &guess).ok()?;
    let (&[y, s], &[whole_y, whole_s]) = (
        piece.enclosure.first_chunk()?,
        piece.uniqueness.first_chunk()?,
    );
    // Below v = 0 there is no objective, and the enclosures hold for v >= 0 only.
    let within = whole_y.inf() > 0.0 && whole_s.inf() >= 0.0;
    within.then_some([y, s])
}

/// Searches from nothing along the map; in between, a column starts at the solution of its neighbour.
const SEARCHES: u64 = 4;
/// Values of `ρ` among which a sign change of `α_pf - α` is sought.
const STEPS: u32 = 6;

/// Parts into which a column is cut at most, for enclosures that hold over all of it.
const MOST_PARTS: u32 = 64;

/// The pitchfork over each column of cells; `None` where it is not proved.
///
/// A range that had to be halved is enclosed part by part, each with its own uniqueness box, and enclosures of neighbours meet.
/// In the plane `tau-rho` a curve is sought for `ρ` in the range of the atlas only, at four columns, and followed from there.
#[must_use]
pub fn pitchfork(parameters: &Parameters, prover: &CellProver) -> Vec<Option<PitchforkColumn>> {
    let curve = Curve {
        family: prover.family(),
        plane: parameters.plane,
    };
    let fixed = parameters.fixed();
    let mut last: Option<[f64; 2]> = None;
    (0..parameters.cells[0])
        .map(|column| {
            let tau = parameters
                .tau_edge(column)
                .hull(parameters.tau_edge(column + 1));
            let middle = Interval::point(tau.mid());
            let near = last.and_then(|guess| enclose(&curve, middle, fixed, guess));
            let found = near.or_else(|| {
                if column % (parameters.cells[0] / SEARCHES).max(1) != 0 {
                    return None;
                }
                let guess = search(
                    &curve,
                    tau.mid(),
                    fixed.mid(),
                    parameters.second_edge(u64::MAX).sup(),
                )?;
                enclose(&curve, middle, fixed, guess)
            });
            last = found.map(|it| it.map(Interval::mid));
            let at_middle = found?;
            let whole = over(&curve, tau, fixed, at_middle.map(Interval::mid), MOST_PARTS)?;
            let of = |s: Interval| match parameters.plane {
                Plane::TauAlpha => s,
                Plane::TauRho => s.sqrt(),
            };
            Some(PitchforkColumn {
                tau,
                w2: whole[0] / tau,
                second: of(whole[1]),
                at_middle: of(at_middle[1]),
            })
        })
        .collect()
}

/// The hull over a range of `τ`, halved as often as it takes.
fn over(
    curve: &Curve<'_>,
    tau: Interval,
    fixed: Interval,
    guess: [f64; 2],
    parts: u32,
) -> Option<[Interval; 2]> {
    if let Some(whole) = enclose(curve, tau, fixed, guess) {
        return Some(whole);
    }
    if parts < 2 {
        return None;
    }
    let cut = tau.mid();
    let left = over(
        curve,
        Interval::new(tau.inf(), cut).ok()?,
        fixed,
        guess,
        parts / 2,
    )?;
    let right = over(
        curve,
        Interval::new(cut, tau.sup()).ok()?,
        fixed,
        guess,
        parts / 2,
    )?;
    // Each part has its solution at the cut; enclosures that do not meet are of different curves.
    let meet = left
        .iter()
        .zip(&right)
        .all(|(a, b)| !a.intersection(*b).is_empty());
    meet.then(|| [left[0].hull(right[0]), left[1].hull(right[1])])
}

/// Values of `y` among which a sign change of `φ` is sought, and halvings of it.
const GRID: i32 = 32;
const HALVINGS: usize = 40;

/// `(y, s)` in floats; `ρ` only up to `largest`, the end of the map.
fn search(curve: &Curve<'_>, tau: f64, fixed: f64, largest: f64) -> Option<[f64; 2]> {
    let evaluate = |y: f64, v: f64| {
        let q = Interval::point(tau);
        let p = match curve.plane {
            Plane::TauAlpha => [q, Interval::point(v)],
            Plane::TauRho => [q, Interval::point(fixed)],
        };
        let at = curve.at(
            &[Interval::point(y), Interval::point(v)],
            &p,
            FamilyDepth::Hessian,
        );
        [at.phi.mid(), at.alpha.mid()]
    };
    let at_variance = |v: f64| {
        let phi = |y: f64| evaluate(y, v)[0];
        let ys = (0..GRID).map(|k| 0.1 * 1.3_f64.powi(k));
        let (lo, hi) = bracket(ys, &phi)?;
        let y = bisect(lo, hi, &phi);
        Some((y, evaluate(y, v)[1]))
    };
    match curve.plane {
        Plane::TauAlpha => at_variance(fixed).map(|(y, alpha)| [y, alpha]),
        Plane::TauRho => {
            let excess = |rho: f64| at_variance(rho * rho).map_or(f64::NAN, |it| it.1 - fixed);
            let (lo, hi) = bracket(
                (0..=STEPS).map(|k| largest * f64::from(k) / f64::from(STEPS)),
                &excess,
            )?;
            let rho = bisect(lo, hi, &excess);
            let y = at_variance(rho * rho)?.0;
            Some([y, rho * rho])
        }
    }
}

/// The first two neighbours between which `f` changes its sign.
fn bracket(at: impl Iterator<Item = f64>, f: &dyn Fn(f64) -> f64) -> Option<(f64, f64)> {
    let mut last: Option<(f64, f64)> = None;
    for x in at {
        let value = f(x);
        if let Some((before, other)) = last
            && other * value <= 0.0
        {
            return Some((before, x));
        }
        last = Some((x, value));
    }
    None
}

fn bisect(mut lo: f64, mut hi: f64, f: &dyn Fn(f64) -> f64) -> f64 {
    let sign = f(lo) < 0.0;
    for _ in 0..HALVINGS {
        let middle = 0.5 * (lo + hi);
        if (f(middle) < 0.0) == sign {
            lo = middle;
        } else {
            hi = middle;
        }
    }
    0.5 * (lo + hi)
}
