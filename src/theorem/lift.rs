//! From a critical point of a simplified objective to one of the exact objective.
//!
//! The whole argument for maps of moderate dimension, densely: prove and classify the
//! zero `x0` of the simplified gradient; enclose value `F(x0)` and Jacobian `A = DF(x0)` of the exact
//! one *over the enclosure of `x0`*; check the quantitative inverse function theorem,
//! Newton-Kantorovich and Krawczyk; enclose the distance.

use std::fmt;

use nalgebra::DMatrix;

use super::condition::{Condition, Theorem};
use super::inverse_function::quantitative_ift;
use super::krawczyk::value_enclosure;
use super::newton_kantorovich::newton_kantorovich;
use super::printing::{Lower, Upper};
use super::second_order::{classify, prove_critical_point};
use super::system::{Gradient, LipschitzJacobian, System};
use super::verdict::{Obstacle, Verdict};
use super::zero::ZeroProof;
use crate::interval::Interval;
use crate::interval::linalg::{apply, inverse, norm, symmetric_inverse_norm_upper};

/// What was computed about the pair; what was not computed is absent.
#[derive(Clone, Debug)]
pub struct Lift {
    /// The critical point of the simplified objective.
    pub simplified: ZeroProof,
    /// The critical point of the exact objective that Newton's iteration finds from there.
    pub exact: Option<ZeroProof>,
    /// Upper bounds of `|F(x0)|` and `|A^-1|` for the exact gradient `F` at the simplified point `x0`.
    pub residual_and_inverse: Option<(f64, f64)>,
    /// The radius conditions at `x0` and Krawczyk's for the exact point, holding or not.
    pub conditions: Vec<Condition>,
    /// Encloses the distance of the two points.
    pub distance: Option<Interval>,
    /// The holding radius conditions whose predicted ball contains the exact point.
    pub contained_by: Vec<Theorem>,
    /// What is proved about the exact objective.
    pub verdict: Verdict,
}

/// Proves that the exact objective has a critical point near that of the simplified one.
///
/// Both maps are gradients. `guess` is a float near the simplified critical point.
///
/// # Returns
///
/// The verdict is about the exact objective:
///
/// * proved minimum (or stationary point of an index): if a radius condition holds, exactly one critical point in
///   its ball about `x0`, of that kind; otherwise the point Krawczyk's test proves, at the stated distance
///   (no condition then ties it to `x0`);
/// * inconclusive, with the failing hypothesis, both sides and advice.
///
/// # Panics
///
/// If the dimensions of the two systems and of `guess` differ.
pub fn lift<S, E>(simplified: &S, exact: &E, guess: &[f64]) -> Lift
where
    S: System + Gradient + ?Sized,
    E: LipschitzJacobian + Gradient + ?Sized,
{
    assert_eq!(simplified.dimension(), exact.dimension(), "dimensions");
    let start = prove_critical_point(simplified, guess);
    let mut result = Lift {
        verdict: start.verdict.clone(),
        simplified: start,
        exact: None,
        residual_and_inverse: None,
        conditions: Vec::new(),
        distance: None,
        contained_by: Vec::new(),
    };
    if !result.simplified.verdict.is_proved() {
        if let Verdict::Inconclusive(why) = &mut result.verdict {
            why.hypothesis = format!("simplified objective: {}", why.hypothesis);
        }
        return result;
    }
    let x0 = result.simplified.enclosure.clone();
    let jacobian = exact.jacobian(&x0);
    result.radius_conditions(exact, &x0, &jacobian);
    result.exact_point(exact, &x0);
    result.decide(&jacobian);
    result
}

impl Lift {
    /// The condition of one theorem, if it was evaluated.
    #[must_use]
    pub fn condition(&self, theorem: Theorem) -> Option<&Condition> {
        self.conditions.iter().find(|c| c.theorem == theorem)
    }

    fn radius_conditions<E: LipschitzJacobian + ?Sized>(
        &mut self,
        exact: &E,
        x0: &[Interval],
        jacobian: &DMatrix<Interval>,
    ) {
        let value = value_enclosure(exact, x0);
        let residual = norm(&value).sup();
        let norm_inverse = symmetric_inverse_norm_upper(jacobian).unwrap_or(f64::INFINITY);
        if residual >= 0.0 {
            self.residual_and_inverse = Some((residual, norm_inverse));
        }
        self.conditions
            .push(quantitative_ift(norm_inverse, residual, |r| {
                exact.lipschitz(None, x0, r)
            }));
        let newton = match inverse(jacobian) {
            Ok(inverse) => {
                let eta = norm(&apply(&inverse, &value)).sup();
                newton_kantorovich(eta, |r| exact.lipschitz(Some(&inverse), x0, r))
            }
            Err(_) => newton_kantorovich(f64::NAN, |_| f64::NAN),
        };
        self.conditions.push(newton);
    }

    fn exact_point<E: System + Gradient + ?Sized>(&mut self, exact: &E, x0: &[Interval]) {
        let middle: Vec<f64> = x0.iter().map(|c| c.mid()).collect();
        let proof = prove_critical_point(exact, &middle);
        self.conditions.push(proof.condition.clone());
        if !proof.enclosure.is_empty() {
            let difference = proof.enclosure.iter().zip(x0).map(|(a, b)| *a - *b);
            let distance = norm(&nalgebra::DVector::from_iterator(x0.len(), difference));
            self.distance = Some(distance);
            // The exact point within the uniqueness ball is the zero the theorem predicts,
            // which lies within the radius.
            let reach = distance.sup();
            self.contained_by = self
                .conditions
                .iter()
                .filter(|c| c.theorem != Theorem::Krawczyk)
                .filter(|c| {
                    c.radius.is_some_and(|r| reach <= r)
                        || c.uniqueness_radius.is_some_and(|u| reach < u)
                })
                .map(|c| c.theorem)
                .collect();
        }
        self.exact = Some(proof);
    }

    fn decide(&mut self, jacobian: &DMatrix<Interval>) {
        let ball = self
            .conditions
            .iter()
            .filter(|c| c.theorem != Theorem::Krawczyk && c.holds())
            .filter_map(|c| c.radius)
            .fold(f64::INFINITY, f64::min);
        let proved = self.exact.as_ref().filter(|e| e.verdict.is_proved());
        let ours = !self.contained_by.is_empty();
        self.verdict = match proved {
            // One zero in the ball, and this one is in it; or no ball at all.
            Some(exact) if ours || ball == f64::INFINITY => exact.verdict.clone(),
            _ if ball < f64::INFINITY => {
                // The zero in the ball; the Jacobian is regular there, so it has the inertia of A.
                if !ours {
                    self.exact = None;
                    self.distance = Interval::new(0.0, ball).ok();
                    self.contained_by.clear();
                }
                classify(jacobian)
            }
            _ => Verdict::Inconclusive(self.obstacle()),
        };
    }

    /// The exact point's own obstacle if it has one, else the condition nearest to holding.
    fn obstacle(&self) -> Obstacle {
        if let Some(Verdict::Inconclusive(why)) = self.exact.as_ref().map(|e| &e.verdict) {
            let mut why = why.clone();
            why.hypothesis = format!("exact objective: {}", why.hypothesis);
            return why;
        }
        let best = self
            .conditions
            .iter()
            .max_by(|a, b| a.margin.total_cmp(&b.margin));
        Obstacle {
            hypothesis: best
                .map_or("a radius condition", |c| c.inequality)
                .to_owned(),
            left: best.map_or(f64::NAN, |c| c.left),
            right: best.map_or(f64::NAN, |c| c.right),
            advice: "bring the simplified objective nearer to the exact one".to_owned(),
        }
    }
}

impl fmt::Display for Lift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "exact objective: {}", self.verdict)?;
        point(f, "simplified point", Some(&self.simplified))?;
        point(f, "exact point", self.exact.as_ref())?;
        match self.distance {
            Some(d) => writeln!(
                f,
                "distance          between {} and {}",
                Lower(d.inf()),
                Upper(d.sup())
            )?,
            None => writeln!(f, "distance          not computed")?,
        }
        if self.conditions.is_empty() {
            return writeln!(f, "conditions        not computed");
        }
        writeln!(
            f,
            "conditions (bounds, rounded outward: left <=, right >=, margin >=, radius <=)"
        )?;
        for c in &self.conditions {
            write!(
                f,
                "  {:<20} {:<6} left {:>10}  right {:>10}  margin {:>10}",
                c.theorem.to_string(),
                if c.holds() { "holds" } else { "FAILS" },
                Upper(c.left).to_string(),
                Lower(c.right).to_string(),
                Lower(c.margin).to_string(),
            )?;
            match c.radius {
                Some(r) => writeln!(f, "  radius {:>10}", Upper(r).to_string())?,
                None => writeln!(f)?,
            }
        }
        let names: Vec<String> = self.contained_by.iter().map(Theorem::to_string).collect();
        if !names.is_empty() {
            writeln!(f, "predicted by      {}", names.join(", "))
        } else if self.exact.is_some() {
            writeln!(
                f,
                "predicted by      no radius condition: nothing ties it to the simplified point"
            )
        } else {
            writeln!(
                f,
                "predicted by      a radius condition alone: the exact point was not isolated"
            )
        }
    }
}

fn point(f: &mut fmt::Formatter<'_>, name: &str, proof: Option<&ZeroProof>) -> fmt::Result {
    let Some(proof) = proof else {
        return writeln!(f, "{name:<17} not computed");
    };
    // Why is said once, by the verdict.
    if let Verdict::Inconclusive(_) = proof.verdict {
        writeln!(f, "{name:<17} not proved")?;
    } else {
        writeln!(f, "{name:<17} {}", proof.verdict)?;
    }
    for (i, x) in proof.enclosure.iter().enumerate() {
        writeln!(f, "  x{} in {x}", i + 1)?;
    }
    Ok(())
}
