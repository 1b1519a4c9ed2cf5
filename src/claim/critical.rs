//! From a zero in the plane to a critical point in `R^d`.

use super::evidence::CriticalPoint;
use super::plane::PlaneGradient;
use crate::interval::Interval;
use crate::interval::rounding::sub_down;
use crate::model::eigenvalues_symmetric_2x2;
use crate::theorem::{
    Condition, Obstacle, System, Verdict, krawczyk, prove_critical_point as prove_in_plane,
};

/// Proves a critical point near `guess`; also returns Krawczyk's condition in the plane.
///
/// By theory section 3 every critical point of `R^d` lies in the plane, so uniqueness in a planar
/// box `P` is uniqueness in `P × R^(d-2)`; off the plane the Hessian is `κ` times the identity.
pub(super) fn prove_critical_point(
    system: &PlaneGradient,
    guess: [f64; 2],
) -> (CriticalPoint, Condition) {
    let (critical, condition) = prove_critical_point_only(system, guess);
    let condition = best_krawczyk(system, &critical.point).unwrap_or(condition);
    (critical, condition)
}

/// The same with the condition of the box that was proved, whatever its margin.
pub(super) fn prove_critical_point_only(
    system: &PlaneGradient,
    guess: [f64; 2],
) -> (CriticalPoint, Condition) {
    let proof = prove_in_plane(system, &guess);
    let pair = |v: &[Interval], unproved: Interval| match v {
        [x, y] => [*x, *y],
        _ => [unproved; 2],
    };
    // Without a proof it may lie anywhere, and is unique nowhere.
    let point = pair(&proof.enclosure, Interval::ENTIRE);
    let uniqueness = pair(&proof.uniqueness, Interval::EMPTY);
    let objective = system.enclosed();
    let jacobian = objective.jacobian(point, Interval::ZERO);
    let verdict = off_the_plane(proof.verdict, jacobian.kappa, objective.dimension());
    let critical = CriticalPoint {
        point,
        uniqueness,
        uniqueness_radius: inscribed_radius(point, uniqueness),
        value: objective.value(point, Interval::ZERO),
        plane_eigenvalues: eigenvalues_symmetric_2x2(jacobian.plane_block()),
        kappa: jacobian.kappa,
        verdict,
    };
    (critical, proof.condition)
}

/// Krawczyk's condition on the cube about the middle of `point` with the best margin: a
/// cube too small is filled by rounding errors, one too large by the change of the Jacobian.
/// None if `point` does not lie in it: what it proves could then be about another zero.
pub(super) fn best_krawczyk<S: System>(system: &S, point: &[Interval]) -> Option<Condition> {
    const RADII: [f64; 4] = [1e-4, 1e-5, 1e-6, 1e-7];
    let cube = |radius: f64| -> Vec<Interval> {
        (point.iter())
            .map(|x| Interval::ball(x.mid(), radius))
            .collect()
    };
    RADII
        .into_iter()
        .map(cube)
        .filter(|x| point.iter().zip(x).all(|(p, x)| p.subset_of(*x)))
        .map(|x| krawczyk(system, &x).condition)
        .max_by(|a, b| a.margin.total_cmp(&b.margin))
        .filter(Condition::holds)
}

/// The mirror image under `w^(1) -> -w^(1)`, a symmetry of the objective if `p_1 = p_3`, `p_2 = p_4`.
pub(super) fn reflect(critical: &CriticalPoint) -> CriticalPoint {
    let mirror = |[x, y]: [Interval; 2]| [-x, y];
    CriticalPoint {
        point: mirror(critical.point),
        uniqueness: mirror(critical.uniqueness),
        ..critical.clone()
    }
}

/// The verdict in `R^d` from the one in the plane and `κ`, which has multiplicity `d - 2`.
fn off_the_plane(plane: Verdict, kappa: Interval, dimension: u64) -> Verdict {
    let others = dimension.saturating_sub(2);
    if others == 0 || kappa.certainly_positive() {
        return plane;
    }
    match plane {
        proved @ (Verdict::ProvedMinimum | Verdict::ProvedStationary { .. }) => {
            let in_plane = if let Verdict::ProvedStationary { index } = proved {
                index
            } else {
                0
            };
            match usize::try_from(others) {
                Ok(others) if kappa.certainly_negative() => Verdict::ProvedStationary {
                    index: in_plane + others,
                },
                _ => Verdict::Inconclusive(Obstacle {
                    hypothesis: "0 < κ, the Hessian off the plane".to_owned(),
                    left: 0.0,
                    right: kappa.inf(),
                    advice: "the sign of κ is open: try a larger α".to_owned(),
                }),
            }
        }
        other => other,
    }
}

/// A lower bound of the distance from the middle of `point` to the edges of `uniqueness`.
fn inscribed_radius(point: [Interval; 2], uniqueness: [Interval; 2]) -> f64 {
    let room =
        |p: Interval, u: Interval| sub_down(p.mid(), u.inf()).min(sub_down(u.sup(), p.mid()));
    room(point[0], uniqueness[0])
        .min(room(point[1], uniqueness[1]))
        .max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Claim, ClaimError};

    /// `κ` has the sign of `w^(2)` at a critical point: below the axis each coordinate off the plane
    /// is one more direction of descent. The noise is that of `d = 2`, where a maximum lies below.
    #[test]
    fn a_negative_kappa_counts_in_the_index() -> Result<(), ClaimError> {
        let text = "name = \"a\"\nd = 5\ntau = 7\nalpha = \"1/800\"\nrho = 0.35355339059327376\n";
        let system = Claim::from_toml(text, "a.toml")?.exact_plane();
        let (maximum, _) = prove_critical_point(&system, [0.0, -0.5639]);
        assert!(maximum.kappa.certainly_negative(), "κ = {}", maximum.kappa);
        assert_eq!(maximum.verdict, Verdict::ProvedStationary { index: 2 + 3 });
        let (saddle, _) = prove_critical_point(&system, [0.0, 2.711]);
        assert!(saddle.kappa.certainly_positive(), "κ = {}", saddle.kappa);
        assert_eq!(saddle.verdict, Verdict::ProvedStationary { index: 1 });
        // A sign that is open leaves the verdict open.
        let open = off_the_plane(Verdict::ProvedMinimum, Interval::symmetric(1e-3), 5);
        assert!(matches!(open, Verdict::Inconclusive(_)));
        let planar = off_the_plane(Verdict::ProvedMinimum, Interval::symmetric(1e-3), 2);
        assert_eq!(planar, Verdict::ProvedMinimum);
        Ok(())
    }
}
