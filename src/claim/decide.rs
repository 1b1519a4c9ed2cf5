//! The chain of evidence: steps 1 to 5, and the verdict.

use super::candidates::{critical_point_approx, minimum_approx};
use super::conditions::{RowData, radius_conditions};
use super::critical::{prove_critical_point, reflect};
use super::evidence::{
    Claim, ClaimCondition, ClaimVerdict, ConditionId, Content, CriticalPoint, Evidence,
    ExactEvidence, JacobianEvidence, SimplifiedEvidence, Space, Spectrum,
};
use super::plane::PlaneGradient;
use super::refusal::refuse;
use crate::interval::Interval;
use crate::interval::linalg::Sign;
use crate::model::{cosines, projections};
use crate::theorem::{Condition, Verdict};

/// Decides a claim about the population objective by computation: everything it asserts is
/// enclosed or bounded rigorously.
///
/// The verdict is [`ClaimVerdict::Verified`] if the minima of the exact objective are
/// proved, at least one condition proves them to be near `W̃*`, and every required condition holds;
/// [`ClaimVerdict::Refused`] if it is proved that the simplified objective has no critical point with
/// `w^(1) > 0`; otherwise inconclusive, with the reason.
///
/// # Example
///
/// ```
/// use minlift::claim::{Claim, ClaimVerdict, decide};
///
/// let claim = Claim::from_toml("name = \"mine\"\nd = 20\ntau = 7\nalpha = \"1/800\"\n", "mine.toml")?;
/// let evidence = decide(&claim);
/// assert_eq!(evidence.verdict, ClaimVerdict::Verified);
/// # Ok::<(), minlift::claim::ClaimError>(())
/// ```
#[must_use]
pub fn decide(claim: &Claim) -> Evidence {
    let mut evidence = Evidence {
        claim: claim.clone(),
        verdict: ClaimVerdict::Inconclusive,
        reason: String::new(),
        advice: None,
        simplified: None,
        refusal: None,
        jacobian: None,
        conditions: Vec::new(),
        exact: None,
        content: None,
    };
    let simplified = claim.simplified_plane();
    let exact = claim.exact_plane();

    let found = prove_minima(claim, &simplified, mirrored(claim.initialisation_approx()));
    let Some((minima, _)) = found.filter(|(minima, _)| all_proved(minima)) else {
        return without_simplified_minimum(evidence, &simplified);
    };
    evidence.simplified = Some(SimplifiedEvidence {
        saddle: prove_saddle(&simplified, &minima),
        minima: minima.clone(),
    });

    // By the mirror symmetry one row tells about both; W still has two.
    let rows = minima
        .each_ref()
        .map(|m| RowData::new(exact.enclosed(), m.point));
    evidence.jacobian = Some(jacobian_evidence(&rows));
    evidence.conditions = if claim.mirror_symmetric {
        let [first, _] = &rows;
        radius_conditions(&[first, first])
    } else {
        let [first, second] = &rows;
        radius_conditions(&[first, second])
    };

    let starts = minima.each_ref().map(|m| m.point.map(Interval::mid));
    if let Some((exact_minima, krawczyk)) = prove_minima(claim, &exact, starts) {
        evidence.conditions.push(ClaimCondition {
            id: ConditionId::Krawczyk,
            space: Space::Plane,
            norm: "maximum",
            condition: krawczyk,
            norm_a: None,
            norm_a_inverse: None,
            largest_uniqueness_radius: None,
        });
        let distances = exact_evidence(&minima, exact_minima, &evidence.conditions);
        let distances = ExactEvidence {
            saddle: prove_saddle(&exact, &distances.minima),
            ..distances
        };
        evidence.content = Some(content(&distances.minima));
        evidence.exact = Some(distances);
    }
    conclude(evidence)
}

/// The two starting points, or guesses, that mirror each other.
fn mirrored([x, y]: [f64; 2]) -> [[f64; 2]; 2] {
    [[x, y], [-x, y]]
}

/// Finds and proves the minimum on each side, with the weaker of the two Krawczyk conditions.
fn prove_minima(
    claim: &Claim,
    system: &PlaneGradient,
    starts: [[f64; 2]; 2],
) -> Option<([CriticalPoint; 2], Condition)> {
    let prove = |start: [f64; 2]| {
        let guess = minimum_approx(system.floats(), start)?;
        let (critical, condition) = prove_critical_point(system, guess);
        // On the wrong side, or on the axis, it is not the minimum that is asked for.
        let side = critical.point[0] * Interval::point(start[0]);
        side.certainly_positive().then_some((critical, condition))
    };
    let first = prove(starts[0])?;
    let second = if claim.mirror_symmetric {
        (reflect(&first.0), first.1.clone())
    } else {
        prove(starts[1])?
    };
    let weaker = if second.1.margin < first.1.margin {
        second.1
    } else {
        first.1
    };
    Some(([first.0, second.0], weaker))
}

fn all_proved(minima: &[CriticalPoint; 2]) -> bool {
    minima.iter().all(|m| m.verdict == Verdict::ProvedMinimum)
}

/// Between the minima, from a few starting points; only a proved saddle is reported.
fn prove_saddle(system: &PlaneGradient, minima: &[CriticalPoint; 2]) -> Option<CriticalPoint> {
    let [w1, w2] = minima.each_ref().map(|m| m.point.map(Interval::mid));
    let middle = [0.5 * (w1[0] + w2[0]), 0.5 * (w1[1] + w2[1])];
    [0.75, 1.0, 0.5, 0.25].into_iter().find_map(|share| {
        let guess = critical_point_approx(system.floats(), [middle[0], share * middle[1]])?;
        let (critical, _) = prove_critical_point(system, guess);
        (critical.verdict == Verdict::ProvedStationary { index: 1 }).then_some(critical)
    })
}

/// No minimum with `w^(1) > 0` was proved: is there provably none?
fn without_simplified_minimum(mut evidence: Evidence, simplified: &PlaneGradient) -> Evidence {
    let refusal = refuse(simplified.enclosed(), evidence.claim.mirror_symmetric);
    if refusal.boxes_open == 0 {
        evidence.verdict = ClaimVerdict::Refused;
        evidence.reason = format!(
            "proved: the simplified objective has no critical point with w^(1) > 0 (every critical \
             point lies in the disc of radius {:.4}, and no box of it can hold one)",
            refusal.disc_radius
        );
    } else {
        evidence.reason = format!(
            "no minimum of the simplified objective with w^(1) > 0 could be proved, and {} boxes of \
             the disc that holds every critical point stay undecided",
            refusal.boxes_open
        );
        evidence.advice = Some(
            "the parameters may lie at the pitchfork, where the minima merge with the saddle: \
             move alpha away from it"
                .to_owned(),
        );
    }
    evidence.refusal = Some(refusal);
    evidence
}

fn jacobian_evidence(rows: &[RowData<'_>; 2]) -> JacobianEvidence {
    let extremes = |values: &[Interval]| {
        let first = values.first().copied().unwrap_or(Interval::ENTIRE);
        (
            values.iter().fold(first, |a, &b| a.min(b)),
            values.iter().fold(first, |a, &b| a.max(b)),
        )
    };
    let values: Vec<_> = rows
        .iter()
        .flat_map(|row| row.singular_values(Space::Row))
        .collect();
    let (sigma_min, sigma_max) = extremes(&values);
    let spectrum = |determinant_sign| Spectrum {
        determinant_sign,
        sigma_min,
        sigma_max,
        condition: sigma_max / sigma_min,
    };
    let signs = rows.each_ref().map(determinant_sign);
    JacobianEvidence {
        kappa: rows.each_ref().map(|row| row.jacobian.kappa),
        plane_eigenvalues: rows.each_ref().map(|row| row.plane_eigenvalues),
        row: spectrum(if signs[0] == signs[1] {
            signs[0]
        } else {
            Sign::Open
        }),
        all: spectrum(product_of_signs(signs[0], signs[1])),
    }
}

/// Sign of `λ_1 λ_2 κ^(d-2)`.
fn determinant_sign(row: &RowData<'_>) -> Sign {
    let sign = |x: Interval| {
        if x.certainly_positive() {
            Sign::Positive
        } else if x.certainly_negative() {
            Sign::Negative
        } else {
            Sign::Open
        }
    };
    let plane = product_of_signs(
        sign(row.plane_eigenvalues[0]),
        sign(row.plane_eigenvalues[1]),
    );
    match (row.objective.dimension() - 2, sign(row.jacobian.kappa)) {
        (0, _) => plane,
        (_, Sign::Open) => Sign::Open,
        (others, Sign::Negative) if others % 2 == 1 => product_of_signs(plane, Sign::Negative),
        _ => plane,
    }
}

fn product_of_signs(a: Sign, b: Sign) -> Sign {
    match (a, b) {
        (Sign::Open, _) | (_, Sign::Open) => Sign::Open,
        _ if a == b => Sign::Positive,
        _ => Sign::Negative,
    }
}

fn exact_evidence(
    simplified: &[CriticalPoint; 2],
    minima: [CriticalPoint; 2],
    conditions: &[ClaimCondition],
) -> ExactEvidence {
    let row_distance: [Interval; 2] = std::array::from_fn(|i| {
        let (near, far) = (simplified[i].point, minima[i].point);
        ((far[0] - near[0]).sqr() + (far[1] - near[1]).sqr()).sqrt()
    });
    let distance = (row_distance[0].sqr() + row_distance[1].sqr()).sqrt();
    let contained_by = conditions
        .iter()
        .enumerate()
        .filter(|(_, c)| {
            let farthest = match c.space {
                Space::All => distance.sup(),
                Space::Row | Space::Plane => row_distance[0].sup().max(row_distance[1].sup()),
            };
            c.is_about_simplified_minimum()
                && c.condition.radius.is_some_and(|radius| farthest <= radius)
        })
        .map(|(position, _)| position)
        .collect();
    ExactEvidence {
        minima,
        saddle: None,
        row_distance,
        distance,
        contained_by,
    }
}

fn content(minima: &[CriticalPoint; 2]) -> Content {
    let rows = minima.each_ref().map(|m| m.point);
    let spans = projections(rows);
    let explanation = if spans == [Interval::ONE; 2] {
        "both rows lie in span(e1, e2) (κ > 0 there, so w_⊥ = 0) and are not parallel (their \
         determinant is not 0): they span the plane, and both projections are exactly 1"
    } else {
        "the rows may be parallel: their determinant's enclosure contains 0"
    };
    Content {
        coefficients: rows,
        cosines: rows.map(cosines),
        projections: spans,
        explanation: explanation.to_owned(),
        same_side_projections: cosines(rows[0]),
    }
}

fn conclude(mut evidence: Evidence) -> Evidence {
    let Some(exact) = &evidence.exact else {
        evidence.reason =
            "no minimum of the exact objective was found near that of the simplified one"
                .to_owned();
        evidence.advice =
            Some("the noise may be too strong: try a smaller rho or a larger d".to_owned());
        return evidence;
    };
    if let Some(open) = exact
        .minima
        .iter()
        .find(|m| m.verdict != Verdict::ProvedMinimum)
    {
        evidence.reason = format!(
            "the minimum of the exact objective is not proved: {}",
            open.verdict
        );
        evidence.advice = Some("try a smaller rho or a larger d".to_owned());
        return evidence;
    }
    // The plane has two entries, theorem 1 and theorem 2 in two variables: either will do.
    let failing = evidence.claim.require.iter().find_map(|&id| {
        let entries = || {
            evidence
                .conditions
                .iter()
                .filter(move |c| c.id == id && decides(c))
        };
        let best = entries().max_by(|a, b| a.condition.margin.total_cmp(&b.condition.margin));
        best.filter(|_| !entries().any(|c| c.condition.holds()))
            .map(|c| (id, c))
    });
    if let Some((id, c)) = failing {
        evidence.reason = format!(
            "the required condition {} fails in {}: {} has left side {:.6e}, right side {:.6e}, margin {:.4}",
            id.name(),
            c.space.name(),
            c.condition.inequality,
            c.condition.left,
            c.condition.right,
            c.condition.margin
        );
        evidence.advice = Some(format!(
            "the minimum itself is proved; drop {} from `require`, or use a larger d",
            id.name()
        ));
        return evidence;
    }
    if !evidence.conditions.iter().any(|c| c.condition.holds()) {
        evidence.reason = "no condition proves the minimum".to_owned();
        return evidence;
    }
    let mut holding: Vec<_> = evidence
        .conditions
        .iter()
        .filter(|c| decides(c) && c.condition.holds())
        .map(|c| c.id.name())
        .collect();
    holding.dedup();
    evidence.verdict = ClaimVerdict::Verified;
    evidence.reason = format!(
        "the exact (population) objective has a proved local minimum at distance at most {:?} from the \
         simplified one's; proved by: {}",
        exact.distance.sup(),
        holding.join(", ")
    );
    evidence
}

/// Does this entry speak for its condition? For `W` (the paper's statement) in the
/// spectral norm, or in the plane; the row and the Frobenius norm are shown beside it.
fn decides(c: &ClaimCondition) -> bool {
    c.space != Space::Row && c.norm != "Frobenius"
}
