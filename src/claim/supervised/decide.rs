//! The chain of evidence for the supervised objective, and its verdict.

use nalgebra::{DMatrix, DVector};

use super::candidates::agreeing_approx;
use super::conditions::{RadiusConditions, radius_conditions};
use super::evidence::{OpposedMinimum, SupervisedContent, SupervisedDistance, SupervisedEvidence};
use super::met::meet;
use super::minimum::{prove_agreeing, prove_opposed};
use super::refusal::refuse;
use super::system::SimplifiedGradient;
use crate::claim::{
    Claim, ClaimCondition, ClaimVerdict, ConditionId, Space, both_sides, krawczyk_in_the_plane,
};
use crate::interval::Interval;
use crate::interval::linalg::{apply, inverse, norm, point_matrix};
use crate::model::supervised::{COORDINATES, Frame, SupervisedParameters};
use crate::theorem::{Upper, Verdict, prove_critical_point};

/// Decides the supervised statement of a claim: the exact objective `L_SL` has, near `w_1 = (a, 0)`, `w_2 = (-a, 0)`,
/// `F = (-f, f)` of the simplified one, exactly one critical point, a local minimum, and it contains `e1` only.
///
/// The verdict is [`ClaimVerdict::Verified`] if the minima of both objectives are proved, each the only critical point of
/// `R^(2d+2)` in a stated set, and every required condition holds; [`ClaimVerdict::Refused`] if it is proved
/// that the simplified objective has no such critical point besides the origin; otherwise inconclusive, with the reason.
///
/// # Example
///
/// ```
/// use minlift::claim::{Claim, ClaimVerdict, supervised};
///
/// let claim = Claim::from_toml("name = \"mine\"\nkind = \"sl\"\nd = 10\ntau = 7\n", "mine.toml")?;
/// let evidence = supervised::decide(&claim);
/// assert_eq!(evidence.verdict, ClaimVerdict::Verified);
/// assert!(evidence.exact.is_some_and(|m| (m.point[0].mid() - 2.63).abs() < 1e-5));
/// # Ok::<(), minlift::claim::ClaimError>(())
/// ```
#[must_use]
pub fn decide(claim: &Claim) -> SupervisedEvidence {
    let mut evidence = SupervisedEvidence::unknown();
    if let Err(reason) = within_the_theory(claim) {
        reason.clone_into(&mut evidence.reason);
        return evidence;
    }
    let exact = claim.supervised();
    let simplified = exact.simplified();
    evidence.met = meet(&simplified, true);

    let found = prove_opposed(&simplified, None).map(|(minimum, _)| minimum);
    let Some(minimum) = found.filter(is_proved) else {
        return without_minimum(evidence, &simplified);
    };
    let minimum = with_full_space(minimum, &simplified);
    let RadiusConditions { conditions, energy } = radius_conditions(minimum.point, &exact);
    evidence.conditions = conditions;

    let guess = minimum.point.map(Interval::mid);
    if let Some((exact_minimum, krawczyk)) = prove_opposed(&exact, Some(guess)) {
        evidence.conditions.push(krawczyk_in_the_plane(krawczyk));
        if is_proved(&exact_minimum) {
            evidence.distance = Some(distance(
                &minimum,
                &exact_minimum,
                energy.as_ref(),
                &evidence.conditions,
            ));
            evidence.content = content(&exact_minimum);
        }
        evidence.exact = Some(exact_minimum);
    }
    evidence.simplified = Some(minimum);
    evidence.agreeing = agreeing_approx(&exact).and_then(|guess| prove_agreeing(&exact, guess));
    conclude(evidence, claim)
}

impl SupervisedEvidence {
    fn unknown() -> Self {
        Self {
            verdict: ClaimVerdict::Inconclusive,
            reason: String::new(),
            advice: None,
            simplified: None,
            met: Vec::new(),
            refusal: None,
            conditions: Vec::new(),
            exact: None,
            distance: None,
            agreeing: None,
            content: None,
        }
    }
}

/// Is it a minimum, alone in a stated set of `R^(2d+2)`?
pub(super) fn is_proved(minimum: &OpposedMinimum) -> bool {
    minimum.verdict == Verdict::ProvedMinimum && minimum.region.is_some()
}

/// The hypotheses of the symmetry argument, and positive penalties.
pub(super) fn within_the_theory(claim: &Claim) -> Result<(), &'static str> {
    if !claim.mirror_symmetric {
        return Err(
            "the supervised statement needs mirror-symmetric weights, p_1 = p_3 and p_2 = p_4: \
                    without them the rows (a, 0), (-a, 0) are not invariant",
        );
    }
    let [p1, p2, p3, p4] = claim.weights;
    let fits = claim.d >= 2
        && claim.beta.certainly_positive()
        && claim.gamma.certainly_positive()
        && claim.tau.certainly_positive()
        && claim.weights.iter().all(|p| p.certainly_positive())
        && (p1 + p2 + p3 + p4).contains(1.0)
        && p1 == p3
        && p2 == p4;
    if fits {
        Ok(())
    } else {
        Err(
            "the theory needs d >= 2, positive beta, gamma and tau, and positive weights with the sum 1",
        )
    }
}

/// No proof in the invariant set was used for this one: Krawczyk's operator in all six coordinates of the plane, from
/// a guess beside the invariant set. Kept only if the opposed minimum lies in its uniqueness box, so that both are one point.
fn with_full_space(
    mut minimum: OpposedMinimum,
    simplified: &SupervisedParameters,
) -> OpposedMinimum {
    let [a, f] = minimum.point.map(Interval::mid);
    let system = SimplifiedGradient::new(simplified);
    let beside = 1e-3;
    let proof = prove_critical_point(&system, &[a, beside, -a, -beside, -f, f]);
    let [a, f] = minimum.point;
    let zero = Interval::ZERO;
    let same = proof.verdict == Verdict::ProvedMinimum
        && ([a, zero, -a, zero, -f, f].iter().zip(&proof.uniqueness)).all(|(x, u)| x.subset_of(*u));
    if same {
        minimum.without_symmetry = proof.enclosure.try_into().ok();
        minimum.uniqueness_in_six = proof.uniqueness.try_into().ok();
    }
    minimum
}

fn without_minimum(
    mut evidence: SupervisedEvidence,
    simplified: &SupervisedParameters,
) -> SupervisedEvidence {
    let refusal = refuse(simplified);
    if refusal.open == 0 {
        evidence.verdict = ClaimVerdict::Refused;
        evidence.reason = format!(
            "proved: the simplified objective has no critical point (a, 0), (-a, 0), (-f, f) besides the \
             origin (each has |a| <= {}, |f| <= {}, and {} boxes of that rectangle were searched)",
            Upper(refusal.bounds[0]),
            Upper(refusal.bounds[1]),
            refusal.boxes
        );
    } else {
        evidence.reason =
            "no minimum (a, 0), (-a, 0), (-f, f) of the simplified objective could be proved in \
                           R^(2d+2), nor that there is none"
                .to_owned();
        evidence.advice =
            Some("the penalties may be near the edge where it ends: move beta or gamma".to_owned());
    }
    evidence.refusal = Some(refusal);
    evidence
}

fn distance(
    near: &OpposedMinimum,
    far: &OpposedMinimum,
    energy: Option<&Frame>,
    conditions: &[ClaimCondition],
) -> SupervisedDistance {
    let [a, f] = [0, 1].map(|i| far.point[i] - near.point[i]);
    let euclidean = (Interval::point(2.0) * (a.sqr() + f.sqr())).sqrt();
    let zero = Interval::ZERO;
    let offset = DVector::from_column_slice(&[a, zero, -a, zero, -f, f]);
    debug_assert_eq!(offset.len(), COORDINATES);
    let in_energy = energy
        .and_then(|frame| inverse(&point_matrix(&frame.basis)).ok())
        .map_or(Interval::ENTIRE, |inverse: DMatrix<Interval>| {
            norm(&apply(&inverse, &offset))
        });
    // The frame of the invariant set has √½ for its unit, up to one rounding.
    let root = Interval::point(std::f64::consts::FRAC_1_SQRT_2);
    let in_plane = (a.sqr() + f.sqr()).sqrt() / root;
    let contained_by = (conditions.iter().enumerate())
        .filter(|(_, c)| {
            let farthest = match (c.space, c.norm) {
                (Space::Plane, _) => in_plane,
                (_, "energy") => in_energy,
                _ => euclidean,
            }
            .sup();
            c.is_about_simplified_minimum()
                && (c.condition.radius.is_some_and(|radius| farthest <= radius)
                    || c.condition.uniqueness_radius.is_some_and(|u| farthest < u))
        })
        .map(|(position, _)| position)
        .collect();
    SupervisedDistance {
        euclidean,
        energy: in_energy,
        contained_by,
    }
}

/// What the rows of an opposed minimum contain; none unless it is proved to be one.
#[must_use]
pub fn content(minimum: &OpposedMinimum) -> Option<SupervisedContent> {
    let a = minimum.point[0];
    let (zero, one) = (Interval::ZERO, Interval::ONE);
    (is_proved(minimum) && a.certainly_positive()).then(|| SupervisedContent {
        coefficients: [[a, zero], [-a, zero]],
        cosines: [[one, zero]; 2],
        projections: [one, zero],
        explanation: "the rows are (a, 0) and (-a, 0) with a > 0 (the set of such points is invariant, and the \
                      minimum is alone in its region of R^(2d+2)): they span the line of e1, so ‖P e1‖ = 1 and \
                      ‖P e2‖ = 0 exactly"
            .to_owned(),
    })
}

fn conclude(mut evidence: SupervisedEvidence, claim: &Claim) -> SupervisedEvidence {
    let proved = evidence.exact.as_ref().filter(|m| is_proved(m));
    let (Some(minimum), Some(distance)) = (proved, &evidence.distance) else {
        let why = evidence.exact.as_ref().map(|m| match &m.verdict {
            Verdict::ProvedMinimum => "no region of R^(2d+2) in which it is alone".to_owned(),
            other => other.to_string(),
        });
        evidence.reason = format!(
            "the minimum (a, 0), (-a, 0), (-f, f) of the exact objective is not proved: {}",
            why.unwrap_or_else(|| "no candidate was found".to_owned())
        );
        evidence.advice = Some("try a smaller rho or a larger d".to_owned());
        return evidence;
    };
    let proves = |position: usize, c: &ClaimCondition| {
        let about_it = c.id == ConditionId::Krawczyk || distance.contained_by.contains(&position);
        about_it && c.condition.holds() && c.norm != "Frobenius"
    };
    let mut proving: Vec<ConditionId> = (evidence.conditions.iter().enumerate())
        .filter(|(position, c)| proves(*position, c))
        .map(|(_, c)| c.id)
        .collect();
    proving.sort_unstable();
    proving.dedup();
    if let Some(&id) = claim.require.iter().find(|id| !proving.contains(id)) {
        let best = (evidence.conditions.iter())
            .filter(|c| c.id == id && c.norm != "Frobenius")
            .max_by(|a, b| a.condition.margin.total_cmp(&b.condition.margin));
        let why = best.map_or("was not evaluated".to_owned(), |c| both_sides(&c.condition));
        evidence.reason = format!(
            "the required condition {} does not prove the supervised minimum: {why}",
            id.name()
        );
        evidence.advice = Some(format!(
            "the minimum itself is proved; drop {} from `require`, or use a larger d",
            id.name()
        ));
        return evidence;
    }
    let names: Vec<_> = proving.into_iter().map(ConditionId::name).collect();
    evidence.verdict = ClaimVerdict::Verified;
    evidence.reason = format!(
        "the exact (population) supervised objective has a proved local minimum with rows (a, 0), (-a, 0), a in \
         [{:?}, {:?}], at distance at most {:?} from the simplified one's; proved by: {}",
        minimum.point[0].inf(),
        minimum.point[0].sup(),
        distance.euclidean.sup(),
        names.join(", ")
    );
    evidence
}
