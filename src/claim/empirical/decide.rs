//! The chain of evidence for one data set, and the verdict.

use super::content::{content, off_plane};
use super::evidence::{EmpiricalEvidence, EmpiricalExact, EmpiricalMinimum};
use super::row::{Linearisation, Proof, prove_minimum, widest};
use crate::claim::conditions::largest;
use crate::claim::critical::prove_critical_point_only;
use crate::claim::decide::{
    all_proved, both_sides, mirrored, prove_minima, required_falls_short, without_minimum,
};
use crate::claim::{
    Claim, ClaimCondition, ClaimVerdict, ConditionId, CriticalPoint, SimplifiedEvidence, Space,
};
use crate::interval::Interval;
use crate::linear::LinearError;
use crate::model::empirical::{EmpiricalBall, EmpiricalEnclosure, EmpiricalObjective};
use crate::theorem::{Condition, newton_kantorovich, quantitative_ift};

/// Decides a claim about a data set by computation: everything it asserts is enclosed or bounded rigorously.
///
/// The verdict is [`ClaimVerdict::Verified`] if for both rows the minimum of `ℓ_X` is proved, the distance to the
/// simplified one's is enclosed, and every required condition proves *these* minima;
/// [`ClaimVerdict::Refused`] if the simplified objective provably has no critical point with `w^(1) > 0`; otherwise
/// inconclusive, with the reason.
///
/// # Example
///
/// ```
/// use minlift::claim::{Claim, ClaimVerdict, empirical};
///
/// let text = "name = 'mine'\nkind = 'data'\nd = 10\nn = 'd^2'\nseed = 1\ntau = 7\nalpha = '1/800'";
/// let evidence = empirical::decide(&Claim::from_toml(text, "mine.toml")?);
/// assert_eq!(evidence.verdict, ClaimVerdict::Verified);
/// # Ok::<(), minlift::claim::ClaimError>(())
/// ```
#[must_use]
pub fn decide(claim: &Claim) -> EmpiricalEvidence {
    let mut evidence = EmpiricalEvidence {
        claim: claim.clone(),
        verdict: ClaimVerdict::Inconclusive,
        reason: String::new(),
        advice: None,
        simplified: None,
        refusal: None,
        rows: None,
        conditions: Vec::new(),
        exact: None,
        content: None,
    };
    let Some(data) = claim.data.clone() else {
        evidence.reason = "the claim has no data".to_owned();
        return evidence;
    };
    let usable =
        claim.alpha.certainly_positive() && claim.tau.certainly_positive() && data.d() >= 2;
    if !usable {
        evidence.reason = "the theory needs d >= 2, alpha > 0 and tau > 0".to_owned();
        return evidence;
    }
    if !claim.weights.iter().all(|p| p.certainly_positive()) {
        evidence.reason =
            "a centre has no point: the simplified objective of the theory needs all four"
                .to_owned();
        evidence.advice = Some("use more points".to_owned());
        return evidence;
    }
    let simplified = claim.simplified_plane();
    let minima = match prove_minima(
        claim,
        &simplified,
        mirrored(claim.initialisation_approx()),
        prove_critical_point_only,
    ) {
        Ok((minima, _)) if all_proved(&minima) => minima,
        _ => {
            let none = without_minimum(&simplified, claim.mirror_symmetric);
            evidence.verdict = none.verdict;
            evidence.reason = none.reason;
            evidence.advice = none.advice;
            evidence.refusal = Some(none.refusal);
            return evidence;
        }
    };
    evidence.simplified = Some(SimplifiedEvidence {
        // It is of no use here.
        saddle: None,
        minima: minima.clone(),
    });

    let variance = claim.rho_view.sqr();
    let objective = EmpiricalEnclosure::new(&data.points, claim.alpha, variance);
    let floats = EmpiricalObjective::new(&data.points, claim.alpha.mid(), variance.mid());
    let centres = minima.each_ref().map(|m| embed(m, data.d()));
    let row = |w: &[f64]| {
        let at = Linearisation::at(&objective, w);
        let proof = prove_minimum(&floats, &objective, w);
        (at, proof)
    };
    let (first, second) = rayon::join(|| row(&centres[0]), || row(&centres[1]));
    let proofs = [first.1, second.1];
    match (first.0, second.0) {
        (Ok(first), Ok(second)) => {
            let rows = [first, second];
            evidence.conditions = transfer_conditions(&objective, &centres, &rows);
            evidence.rows = Some(rows.each_ref().map(Linearisation::evidence));
        }
        (Err(error), _) | (_, Err(error)) => evidence.reason = not_linearised(&error),
    }
    evidence.conditions.extend(krawczyk(&proofs));
    if let [Some(first), Some(second)] = proofs
        && let (Some(first), Some(second)) = (first.minimum, second.minimum)
    {
        let minima = [first, second];
        evidence.content = Some(content(&minima));
        evidence.exact = evidence
            .simplified
            .as_ref()
            .map(|s| exact(&s.minima, minima, &evidence.conditions));
    }
    conclude(evidence)
}

/// The float vector next to the simplified minimum.
fn embed(minimum: &CriticalPoint, d: usize) -> Vec<f64> {
    let mut w = vec![0.0; d];
    for (w, x) in w.iter_mut().zip(minimum.point) {
        *w = x.mid();
    }
    w
}

fn not_linearised(error: &LinearError) -> String {
    format!("the Jacobian at the simplified minimum is not proved to be invertible: {error}")
}

/// Conditions 1 and 2 about `w̃*`, for the worse row and for `W`.
fn transfer_conditions(
    objective: &EmpiricalEnclosure<'_>,
    centres: &[Vec<f64>; 2],
    rows: &[Linearisation; 2],
) -> Vec<ClaimCondition> {
    let norms = |of: fn(&Linearisation) -> f64| rows.each_ref().map(of);
    let residual = norms(|row| row.expansion.gradient_norm_upper());
    let steps = norms(|row| row.newton_step);
    let inverse = largest(norms(|row| row.inverse_norm).into_iter());
    // One size for both rows: what W asks for is more than what a row does.
    let widest = widest(gather(Space::All, residual), inverse);
    let balls: [EmpiricalBall<'_>; 2] =
        std::array::from_fn(|i| EmpiricalBall::about(objective, &centres[i], widest));
    let norm_a = largest(
        rows.iter()
            .flat_map(|row| row.eigenvalues.map(Interval::mag)),
    );
    let lipschitz = |r: f64| largest(balls.iter().map(|ball| ball.lipschitz(r)));
    let preconditioned = |r: f64| {
        let each = balls.iter().zip(rows);
        largest(each.map(|(ball, row)| ball.preconditioned(r, &row.inverse)))
    };
    let mut all = Vec::new();
    for space in [Space::Row, Space::All] {
        let condition = quantitative_ift(inverse, gather(space, residual), lipschitz);
        all.push(ClaimCondition {
            id: ConditionId::QuantitativeIft,
            space,
            norm: "spectral",
            condition,
            norm_a: Some(norm_a),
            norm_a_inverse: Some(inverse),
            largest_uniqueness_radius: None,
        });
    }
    for space in [Space::Row, Space::All] {
        let condition = newton_kantorovich(gather(space, steps), preconditioned);
        all.push(ClaimCondition {
            id: ConditionId::NewtonKantorovich,
            space,
            norm: "spectral",
            condition,
            norm_a: None,
            norm_a_inverse: None,
            largest_uniqueness_radius: None,
        });
    }
    all
}

/// The larger bound for a row, the root of the sum of squares for `W`.
fn gather(space: Space, bounds: [f64; 2]) -> f64 {
    if space == Space::All {
        let sum: Interval = bounds.map(|b| Interval::point(b).sqr()).into_iter().sum();
        sum.sqrt().sup()
    } else {
        largest(bounds.into_iter())
    }
}

/// Krawczyk's condition, the weaker of the two rows'.
fn krawczyk(proofs: &[Option<Proof>; 2]) -> Option<ClaimCondition> {
    let [Some(first), Some(second)] = proofs else {
        return None;
    };
    let weaker: &Condition = if second.condition.left > first.condition.left {
        &second.condition
    } else {
        &first.condition
    };
    Some(ClaimCondition {
        id: ConditionId::Krawczyk,
        space: Space::Row,
        norm: "spectral",
        condition: weaker.clone(),
        norm_a: None,
        norm_a_inverse: None,
        largest_uniqueness_radius: None,
    })
}

fn exact(
    simplified: &[CriticalPoint; 2],
    minima: [EmpiricalMinimum; 2],
    conditions: &[ClaimCondition],
) -> EmpiricalExact {
    let row_distance: [Interval; 2] = std::array::from_fn(|i| {
        let plane: Interval = (0..2)
            .map(|j| (minima[i].coordinate(j) - simplified[i].point[j]).sqr())
            .sum();
        (plane + off_plane(&minima[i]).sqr()).sqrt()
    });
    let distance = (row_distance[0].sqr() + row_distance[1].sqr()).sqrt();
    // The conditions' balls are about the float vectors next to w̃*.
    let from_centre: [f64; 2] = std::array::from_fn(|i| {
        let plane: Interval = (0..2)
            .map(|j| {
                (minima[i].coordinate(j) - Interval::point(simplified[i].point[j].mid())).sqr()
            })
            .sum();
        (plane + off_plane(&minima[i]).sqr()).sqrt().sup()
    });
    let contained_by = (conditions.iter().enumerate())
        .filter(|(_, c)| {
            let farthest = gather(c.space, from_centre);
            c.is_about_simplified_minimum()
                && (c.condition.radius.is_some_and(|radius| farthest <= radius)
                    || c.condition.uniqueness_radius.is_some_and(|u| farthest < u))
        })
        .map(|(position, _)| position)
        .collect();
    EmpiricalExact {
        off_plane: minima.each_ref().map(off_plane),
        minima,
        row_distance,
        distance,
        contained_by,
    }
}

fn conclude(mut evidence: EmpiricalEvidence) -> EmpiricalEvidence {
    let advice =
        "the data may be too few or too noisy: try a larger n, a smaller rho or a larger d";
    let Some(exact) = &evidence.exact else {
        if evidence.reason.is_empty() {
            evidence.reason =
                "no minimum of L_X was proved near that of the simplified objective".to_owned();
            let failed = (evidence.conditions.iter()).find(|c| c.id == ConditionId::Krawczyk);
            if let Some(c) = failed {
                evidence.reason = format!("{}: {}", evidence.reason, both_sides(&c.condition));
            }
        }
        evidence.advice = Some(advice.to_owned());
        return evidence;
    };
    if !exact.is_proved() {
        evidence.reason = if exact.minima.iter().all(|m| m.is_minimum) {
            "minima of L_X are proved, but not one on each side of w^(1) = 0: Newton's method left the side of a row"
        } else {
            "a critical point of L_X is proved, but not that it is a minimum"
        }
        .to_owned();
        evidence.advice = Some(advice.to_owned());
        return evidence;
    }
    let speaks = |c: &ClaimCondition| c.space == Space::All || c.id == ConditionId::Krawczyk;
    let proving: Vec<ConditionId> = (evidence.conditions.iter().enumerate())
        .filter(|(position, c)| {
            let about_it = c.id == ConditionId::Krawczyk || exact.contained_by.contains(position);
            speaks(c) && about_it && c.condition.holds()
        })
        .map(|(_, c)| c.id)
        .collect();
    if let Some(&id) = (evidence.claim.require.iter()).find(|id| !proving.contains(id)) {
        let entry = (evidence.conditions.iter()).find(|c| c.id == id && speaks(c));
        evidence.reason = required_falls_short(id, entry);
        evidence.advice = Some(format!(
            "the minimum itself is proved; drop {} from `require`, or use more points or a larger d",
            id.name()
        ));
        return evidence;
    }
    let names: Vec<_> = proving.into_iter().map(ConditionId::name).collect();
    evidence.verdict = ClaimVerdict::Verified;
    evidence.reason = format!(
        "the objective of this data set has a proved local minimum at distance at most {:?} from the simplified \
         one's; proved by: {}",
        exact.distance.sup(),
        names.join(", ")
    );
    evidence
}
