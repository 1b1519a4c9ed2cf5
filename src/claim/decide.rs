//! The chain of evidence: steps 1 to 5, and the verdict.

use super::candidates::{critical_point_approx, minimum_approx};
use super::conditions::{RowData, radius_conditions};
use super::critical::{prove_critical_point, reflect};
use super::evidence::{
    Claim, ClaimCondition, ClaimVerdict, ConditionId, Content, CriticalPoint, Evidence,
    ExactEvidence, JacobianEvidence, Refusal, SimplifiedEvidence, Space, Spectrum,
};
use super::plane::PlaneGradient;
use super::refusal::refuse;
use crate::interval::Interval;
use crate::interval::linalg::Sign;
use crate::model::{cosines, projections};
use crate::theorem::{Condition, Lower, Upper, Verdict};

/// Decides a claim about the population objective by computation: everything it asserts is
/// enclosed or bounded rigorously.
///
/// The verdict is [`ClaimVerdict::Verified`] if the minima of both objectives are proved, the
/// distance between them is enclosed, and every required condition proves *these* minima of the exact
/// one; [`ClaimVerdict::Refused`] if it is proved that the simplified objective has no critical
/// point with `w^(1) > 0`; otherwise inconclusive, with the reason.
///
/// A condition proves them if it holds and they lie in the ball in which it has exactly one zero;
/// condition 3, `plane`, is condition 1 or 2 in two variables: one of its two entries is enough.
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
    if !within_the_theory(claim) {
        evidence.reason = "the theory needs d >= 2, alpha > 0, tau > 0 and positive weights with \
                           the sum 1, those of mirrored centres equal if the claim says so"
            .to_owned();
        return evidence;
    }
    let simplified = claim.simplified_plane();
    let exact = claim.exact_plane();

    let found = prove_minima(
        claim,
        &simplified,
        mirrored(claim.initialisation_approx()),
        prove_critical_point,
    );
    let minima = match found {
        Ok((minima, _)) if all_proved(&minima) => minima,
        _ => return without_simplified_minimum(evidence, &simplified),
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
    match prove_minima(claim, &exact, starts, prove_critical_point) {
        Ok((exact_minima, condition)) => {
            evidence.conditions.push(krawczyk_in_the_plane(condition));
            let distances = exact_evidence(&minima, exact_minima, &evidence.conditions);
            let distances = ExactEvidence {
                saddle: prove_saddle(&exact, &distances.minima),
                ..distances
            };
            if all_proved(&distances.minima) {
                evidence.content = Some(content(&distances.minima));
            }
            evidence.exact = Some(distances);
        }
        // What fails is shown failing.
        Err(failed) => (evidence.conditions).extend(failed.map(krawczyk_in_the_plane)),
    }
    conclude(evidence)
}

/// What the parser promises, for claims that do not come from it: `tau > 0` and positive weights put every
/// critical point in the plane, `alpha > 0` and their sum bound it.
fn within_the_theory(claim: &Claim) -> bool {
    let [p1, p2, p3, p4] = claim.weights;
    claim.d >= 2
        && claim.alpha.certainly_positive()
        && claim.tau.certainly_positive()
        && claim.weights.iter().all(|p| p.certainly_positive())
        && (p1 + p2 + p3 + p4).contains(1.0)
        && (!claim.mirror_symmetric || (p1 == p3 && p2 == p4))
}

pub(super) fn krawczyk_in_the_plane(condition: Condition) -> ClaimCondition {
    ClaimCondition {
        id: ConditionId::Krawczyk,
        space: Space::Plane,
        norm: "maximum",
        condition,
        norm_a: None,
        norm_a_inverse: None,
        largest_uniqueness_radius: None,
    }
}

/// The two starting points, or guesses, that mirror each other.
pub(super) fn mirrored([x, y]: [f64; 2]) -> [[f64; 2]; 2] {
    [[x, y], [-x, y]]
}

/// Finds and proves the minimum on each side, with the weaker of the two Krawczyk conditions; otherwise
/// Krawczyk's condition, if it is what failed.
pub(super) fn prove_minima(
    claim: &Claim,
    system: &PlaneGradient,
    starts: [[f64; 2]; 2],
    how: fn(&PlaneGradient, [f64; 2]) -> (CriticalPoint, Condition),
) -> Result<([CriticalPoint; 2], Condition), Option<Condition>> {
    let prove = |start: [f64; 2]| {
        let guess = minimum_approx(system.floats(), start).ok_or(None)?;
        let (critical, condition) = how(system, guess);
        // On the wrong side, or on the axis, it is not the minimum that is asked for.
        let side = critical.point[0] * Interval::point(start[0]);
        if side.certainly_positive() {
            Ok((critical, condition))
        } else {
            Err(Some(condition).filter(|c| !c.holds()))
        }
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
    Ok(([first.0, second.0], weaker))
}

pub(super) fn all_proved(minima: &[CriticalPoint; 2]) -> bool {
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

fn without_simplified_minimum(mut evidence: Evidence, simplified: &PlaneGradient) -> Evidence {
    let without = without_minimum(simplified, evidence.claim.mirror_symmetric);
    evidence.verdict = without.verdict;
    evidence.reason = without.reason;
    evidence.advice = without.advice;
    evidence.refusal = Some(without.refusal);
    evidence
}

/// What follows if no minimum of the simplified objective was proved.
pub(super) struct WithoutMinimum {
    pub verdict: ClaimVerdict,
    pub reason: String,
    pub advice: Option<String>,
    pub refusal: Refusal,
}

/// No minimum with `w^(1) > 0` was proved: is there provably none?
pub(super) fn without_minimum(
    simplified: &PlaneGradient,
    mirror_symmetric: bool,
) -> WithoutMinimum {
    let refusal = refuse(simplified.enclosed(), mirror_symmetric);
    if refusal.boxes_open == 0 {
        WithoutMinimum {
            verdict: ClaimVerdict::Refused,
            reason: format!(
                "proved: the simplified objective has no critical point with w^(1) > 0 (every critical \
                 point lies in the disc of radius {}, and no box of it can hold one)",
                Upper(refusal.disc_radius)
            ),
            advice: None,
            refusal,
        }
    } else {
        WithoutMinimum {
            verdict: ClaimVerdict::Inconclusive,
            reason: format!(
                "no minimum of the simplified objective with w^(1) > 0 could be proved, and {} boxes of \
                 the disc that holds every critical point stay undecided",
                refusal.boxes_open
            ),
            advice: Some(
                "the parameters may lie at the pitchfork, where the minima merge with the saddle: \
                 move alpha away from it"
                    .to_owned(),
            ),
            refusal,
        }
    }
}

fn jacobian_evidence(rows: &[RowData<'_>; 2]) -> JacobianEvidence {
    let extremes = |values: &[Interval]| {
        let first = values.first().copied().unwrap_or(Interval::ENTIRE);
        (
            values.iter().fold(first, |a, &b| a.min(b)),
            values.iter().fold(first, |a, &b| a.max(b)),
        )
    };
    let values = rows.each_ref().map(|row| row.singular_values(Space::Row));
    let (sigma_min, sigma_max) = extremes(&values.concat());
    let condition_of_row = values.each_ref().map(|values| {
        let (least, greatest) = extremes(values);
        greatest / least
    });
    let spectrum = |determinant_sign, condition| Spectrum {
        determinant_sign,
        sigma_min,
        sigma_max,
        condition,
    };
    let signs = rows.each_ref().map(determinant_sign);
    JacobianEvidence {
        kappa: rows.each_ref().map(|row| row.jacobian.kappa),
        plane_eigenvalues: rows.each_ref().map(|row| row.plane_eigenvalues),
        row: spectrum(
            if signs[0] == signs[1] {
                signs[0]
            } else {
                Sign::Open
            },
            condition_of_row[0].max(condition_of_row[1]),
        ),
        all: spectrum(product_of_signs(signs[0], signs[1]), sigma_max / sigma_min),
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
                Space::All | Space::Joint => distance.sup(),
                Space::Row | Space::Plane => row_distance[0].sup().max(row_distance[1].sup()),
            };
            // A zero in the ball with exactly one zero is the one predicted to lie within `radius`.
            // Krawczyk's box is about w*, not about w̃*: it predicts no distance.
            c.is_about_simplified_minimum()
                && (c.condition.radius.is_some_and(|radius| farthest <= radius)
                    || c.condition.uniqueness_radius.is_some_and(|u| farthest < u))
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
            "no minimum of the exact objective was proved near that of the simplified one"
                .to_owned();
        let failed = evidence
            .conditions
            .iter()
            .find(|c| c.id == ConditionId::Krawczyk);
        if let Some(c) = failed {
            evidence.reason = format!("{}: {}", evidence.reason, both_sides(&c.condition));
        }
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
    let deciding = || {
        evidence
            .conditions
            .iter()
            .enumerate()
            .filter(|(_, c)| decides(c))
    };
    let mut proving: Vec<_> = deciding()
        .filter(|(position, c)| {
            // Krawczyk's test is about the minimum itself, the others about the zero in their ball.
            let about_it = c.id == ConditionId::Krawczyk || exact.contained_by.contains(position);
            about_it && c.condition.holds()
        })
        .map(|(_, c)| c.id)
        .collect();
    proving.dedup();
    if let Some(&id) = (evidence.claim.require.iter()).find(|id| !proving.contains(id)) {
        let best = deciding()
            .map(|(_, c)| c)
            .filter(|c| c.id == id)
            .max_by(|a, b| a.condition.margin.total_cmp(&b.condition.margin));
        evidence.reason = required_falls_short(id, best);
        evidence.advice = Some(format!(
            "the minimum itself is proved; drop {} from `require`, or use a larger d",
            id.name()
        ));
        return evidence;
    }
    if proving.is_empty() {
        evidence.reason = "no condition proves the minimum".to_owned();
        return evidence;
    }
    let proving: Vec<_> = proving.into_iter().map(ConditionId::name).collect();
    evidence.verdict = ClaimVerdict::Verified;
    evidence.reason = format!(
        "the exact (population) objective has a proved local minimum at distance at most {:?} from the \
         simplified one's; proved by: {}",
        exact.distance.sup(),
        proving.join(", ")
    );
    evidence
}

/// Why a required condition does not prove the minimum; `of` is the entry that speaks for it.
pub(super) fn required_falls_short(id: ConditionId, of: Option<&ClaimCondition>) -> String {
    let why = of.map_or("was not evaluated".to_owned(), |c| {
        let how = if c.condition.holds() {
            "holds for another zero than the minimum that was found"
        } else {
            "fails"
        };
        format!("{how} in {}: {}", c.space.name(), both_sides(&c.condition))
    });
    format!("the required condition {} {why}", id.name())
}

/// Both sides of a condition, as decimals that are still bounds.
pub(super) fn both_sides(c: &Condition) -> String {
    format!(
        "{} has left side {}, right side {}, margin {}",
        c.inequality,
        Upper(c.left),
        Lower(c.right),
        Lower(c.margin)
    )
}

/// Does this entry speak for its condition? For `W` (the paper's statement) in the
/// spectral norm, or in the plane; the row and the Frobenius norm are shown beside it.
fn decides(c: &ClaimCondition) -> bool {
    c.space != Space::Row && c.norm != "Frobenius"
}
