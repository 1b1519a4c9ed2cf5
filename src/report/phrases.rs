//! What is said in more than one format: the statement, a condition's two sides, why a claim fell short.

use super::numbers::{enclosure, lower, margin, sides, upper};
use crate::claim::empirical::EmpiricalEvidence;
use crate::claim::supervised::SupervisedEvidence;
use crate::claim::{
    Claim, ClaimCondition, ClaimKind, ClaimVerdict, CriticalPoint, Evidence, Expectation, Sign,
};
use crate::data::{DataNoise, Source};
use crate::dossier::Dossier;
use crate::interval::Interval;
use crate::theorem::{Obstacle, Verdict};

/// Significant digits of an enclosure.
pub(super) const DIGITS: usize = 12;
/// Significant digits of a one-sided bound.
pub(super) const BOUND_DIGITS: usize = 5;

/// What is said where nothing was computed.
pub(super) const NOT_COMPUTED: &str = "not computed";

/// Which objectives the statements are about; it stands in every format.
pub(super) fn objective(kind: ClaimKind) -> String {
    const SSL: &str = "population objective L (expectation over data and views)";
    const SL: &str =
        "population objective L_SL (expectation over data and labels, no augmentation)";
    let which = match kind {
        ClaimKind::Ssl
        | ClaimKind::EveryDimension
        | ClaimKind::Branch
        | ClaimKind::Region
        | ClaimKind::Global
        | ClaimKind::Descent => SSL.to_owned(),
        ClaimKind::Sl => SL.to_owned(),
        ClaimKind::Contrast => format!("{SSL} and {SL}"),
        ClaimKind::Data => {
            return "objective L_X of the given data set (expectation over views); the population objective is \
                    not covered"
                .to_owned();
        }
    };
    format!("{which}; the objective L_X of a drawn data set is not covered")
}

/// `τ = 7, α = 1/800, d = 10, ρ = d^(-3/2)`: the numbers as written.
pub(super) fn parameters(claim: &Claim) -> Vec<String> {
    let written = &claim.written;
    let mut out = vec![format!("τ = {}", written.tau)];
    let views = claim.kind != ClaimKind::Sl;
    if views {
        out.push(format!("α = {}", written.alpha));
    }
    if claim.kind.has_sl() && written.beta == written.gamma {
        out.push(format!("β = γ = {}", written.beta));
    } else if claim.kind.has_sl() {
        out.push(format!("β = {}", written.beta));
        out.push(format!("γ = {}", written.gamma));
    }
    out.push(dimension(claim));
    if written.rho_data == written.rho_view || !views {
        out.push(format!("ρ = {}", written.rho_data));
    } else {
        if !written.rho_data.is_empty() {
            out.push(format!("ρ_x = {} (data)", written.rho_data));
        }
        out.push(format!("ρ_a = {} (views)", written.rho_view));
    }
    if matches!(claim.kind, ClaimKind::Global | ClaimKind::Descent) {
        out.push(format!("step {} on the mean objective", written.step));
    }
    if claim.kind == ClaimKind::Descent {
        out.push(format!("starts (w⁽¹⁾, w⁽²⁾) in {}", written.start));
    }
    if let Some(data) = &claim.data {
        out.push(format!("n = {}", data.n()));
        out.push(match &data.source {
            Source::Drawn { seed, noise } => {
                format!("seed {seed} with {} data noise", noise.name())
            }
            Source::File { path, sha256 } => format!("data from {path} (SHA-256 {sha256})"),
        });
    }
    if !all_equal(&written.weights) {
        out.push(format!("weights {}", written.weights.join(", ")));
    }
    out
}

/// `d = 10`, or `every d ≥ 2`.
pub(super) fn dimension(claim: &Claim) -> String {
    if claim.and_larger {
        format!("every d ≥ {}", claim.d)
    } else {
        format!("d = {}", claim.d)
    }
}

/// Where given data come from, and what their objective is.
pub(super) const fn given_data(source: &Source) -> &'static str {
    match source {
        Source::Drawn {
            noise: DataNoise::Isotropic,
            ..
        } => {
            "Data: n points drawn once as x = μ_k + ρ ξ in R^d with ξ ~ N(0, I), the centres μ_k being e₁, e₁ + τ e₂, \
             −e₁, −e₁ + τ e₂ with probability 1/4 each. L_X is the mean over these points, its expectation over the \
             views only; σ is the logistic function and W has two rows.\n\n"
        }
        Source::Drawn {
            noise: DataNoise::Broadcast,
            ..
        } => {
            "Data: n points drawn once as x = μ_k + ρ g (1, …, 1) in R^d with g ~ N(0, 1), one number for all \
             coordinates, the centres μ_k being e₁, e₁ + τ e₂, −e₁, −e₁ + τ e₂ with probability 1/4 each. L_X is the \
             mean over these points, its expectation over the views only, whose noise is isotropic; σ is the \
             logistic function and W has two rows.\n\n"
        }
        Source::File { .. } => {
            "Data: the n points of a file, each assigned to the nearest of the centres e₁, e₁ + τ e₂, −e₁, −e₁ + τ e₂ \
             (of its class, if the file has labels). L_X is the mean over these points, its expectation over the views \
             only; σ is the logistic function and W has two rows.\n\n"
        }
    }
}

fn all_equal(texts: &[String]) -> bool {
    texts.windows(2).all(|pair| pair[0] == pair[1])
}

/// The claim as a sentence, without its full stop.
pub(super) fn statement(claim: &Claim) -> String {
    let ssl = "the exact objective L has near the minimum W̃* of the simplified objective L̃ \
               exactly one critical point W*, a local minimum";
    let sl = "the exact supervised objective L_SL has near the minimum with rows (±a, 0) of its simplified \
              form exactly one critical point, a local minimum, and its rows are (±a, 0) too";
    let what = match claim.kind {
        ClaimKind::Ssl => ssl.to_owned(),
        ClaimKind::Sl => sl.to_owned(),
        ClaimKind::Contrast => {
            format!("{ssl}, whose rows span e₁ and e₂, while {sl}: they contain e₁ only")
        }
        ClaimKind::EveryDimension => format!("{ssl}; its rows span e₁ and e₂"),
        ClaimKind::Region => {
            format!("for all of these parameters {ssl}, and a smooth branch of minima joins the two")
        }
        ClaimKind::Branch => {
            "a smooth branch of local minima over ρ² joins the minimum of the exact objective ℓ of a row to that of the              simplified one"
                .to_owned()
        }
        ClaimKind::Global => {
            "the exact objective ℓ of a row has exactly one critical point w* with w⁽¹⁾ > 0, a local minimum, and this half-space is              its basin for the gradient flow and for gradient descent with the step stated"
                .to_owned()
        }
        ClaimKind::Descent => {
            "gradient descent on the exact objective ℓ of a row contracts to its minimum w* at a proved rate from every start              of the region"
                .to_owned()
        }
        ClaimKind::Data => {
            "the objective L_X of the data set has a local minimum W*, one row on each side of w⁽¹⁾ = 0, at a stated distance \
             from the minimum W̃* of the simplified objective L̃ and alone in a stated ball"
                .to_owned()
        }
    };
    format!("at {}, {what}", join(&parameters(claim)))
}

/// `a, b and c`.
pub(super) fn join(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// `(a, b)`, enclosed.
pub(super) fn point(p: &[Interval; 2]) -> String {
    format!("({}, {})", enclosure(p[0], DIGITS), enclosure(p[1], DIGITS))
}

/// Enclosures one after the other.
pub(super) fn list(xs: &[Interval]) -> String {
    let texts: Vec<String> = xs.iter().map(|&x| enclosure(x, DIGITS)).collect();
    texts.join(", ")
}

/// A verdict in words; an obstacle with both sides.
pub(super) fn verdict(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Inconclusive(why) => format!("inconclusive: {}", obstacle(why)),
        proved => proved.to_string(),
    }
}

/// The hypothesis that could not be verified, both sides, and what to try.
pub(super) fn obstacle(why: &Obstacle) -> String {
    let side = |x: f64, text: String| {
        if x.is_nan() {
            "no bound".to_owned()
        } else {
            text
        }
    };
    format!(
        "{} not verified (left side: {}; right side: {}); {}",
        why.hypothesis,
        side(
            why.left,
            format!("at most {}", upper(why.left, BOUND_DIGITS))
        ),
        side(
            why.right,
            format!("at least {}", lower(why.right, BOUND_DIGITS))
        ),
        why.advice
    )
}

/// A determinant's sign in words.
pub(super) const fn sign(sign: Sign) -> &'static str {
    match sign {
        Sign::Positive => "positive",
        Sign::Negative => "negative",
        Sign::Open => "open",
    }
}

/// `quantitative_ift (W, spectral)`.
pub(super) fn condition_name(c: &ClaimCondition) -> String {
    format!("{} ({}, {})", c.name(), c.space.name(), c.norm)
}

/// `holds`, or what cannot be overlooked.
pub(super) fn status(c: &ClaimCondition) -> &'static str {
    if c.condition.holds() {
        "holds"
    } else {
        "FAILS"
    }
}

/// Left side (rounded up), right side (rounded down), margin (rounded down).
pub(super) fn condition_numbers(c: &ClaimCondition) -> [String; 3] {
    let (left, right) = sides(c.condition.left, c.condition.right, BOUND_DIGITS);
    [left, right, margin(c.condition.margin, BOUND_DIGITS)]
}

/// A condition with its inequality and both sides, in a sentence.
pub(super) fn condition_sides(c: &ClaimCondition) -> String {
    let [left, right, margin] = condition_numbers(c);
    format!(
        "{} {}: {}, left side at most {left}, right side at least {right}, margin at least {margin}",
        condition_name(c),
        if c.condition.holds() {
            "holds"
        } else {
            "fails"
        },
        c.condition.inequality,
    )
}

/// Does the verdict match what the claim's author expects?
pub(super) fn matches_expectation(dossier: &Dossier) -> bool {
    matches!(
        (dossier.claim.expect, dossier.verdict()),
        (Expectation::Verified, ClaimVerdict::Verified)
            | (Expectation::Refused, ClaimVerdict::Refused)
    )
}

/// The name of an expectation in claims and reports.
pub(super) const fn expectation(expect: Expectation) -> &'static str {
    match expect {
        Expectation::Verified => "verified",
        Expectation::Refused => "refused",
    }
}

/// What stands in the way of "verified", with both sides: unproved minima, required
/// conditions that fail or were not evaluated and, if none is required, all that fail.
pub(super) fn obstacles(evidence: &Evidence) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(simplified) = &evidence.simplified {
        out.extend(unproved("w̃*", &simplified.minima));
    }
    if let Some(exact) = &evidence.exact {
        out.extend(unproved("w*", &exact.minima));
    }
    let required = &evidence.claim.require;
    for id in required {
        if !evidence.conditions.iter().any(|c| c.id == *id) {
            out.push(format!("{} is required and was not computed", id.name()));
        }
    }
    let failing = evidence.conditions.iter().filter(|c| !c.condition.holds());
    out.extend(
        failing
            .filter(|c| required.is_empty() || required.contains(&c.id))
            .map(condition_sides),
    );
    out
}

/// The same for a given data set.
pub(super) fn given_obstacles(evidence: &EmpiricalEvidence) -> Vec<String> {
    let required = &evidence.claim.require;
    (evidence.conditions.iter())
        .filter(|c| !c.condition.holds())
        .filter(|c| required.is_empty() || required.contains(&c.id))
        .map(condition_sides)
        .collect()
}

/// The same for the supervised side.
pub(super) fn supervised_obstacles(evidence: &SupervisedEvidence, claim: &Claim) -> Vec<String> {
    let mut out = Vec::new();
    for (name, minimum) in [
        ("simplified supervised minimum", &evidence.simplified),
        ("exact supervised minimum", &evidence.exact),
    ] {
        if let Some(m) = minimum
            && m.verdict != Verdict::ProvedMinimum
        {
            out.push(format!("{name}: {}", verdict(&m.verdict)));
        }
    }
    let required = &claim.require;
    let failing = evidence.conditions.iter().filter(|c| !c.condition.holds());
    out.extend(
        failing
            .filter(|c| required.is_empty() || required.contains(&c.id))
            .map(condition_sides),
    );
    out
}

fn unproved<'a>(
    name: &'a str,
    minima: &'a [CriticalPoint; 2],
) -> impl Iterator<Item = String> + 'a {
    minima
        .iter()
        .enumerate()
        .filter(|(_, minimum)| minimum.verdict != Verdict::ProvedMinimum)
        .map(move |(i, minimum)| format!("{name} of row {}: {}", i + 1, verdict(&minimum.verdict)))
}
