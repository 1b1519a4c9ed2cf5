//! What a certificate claims: the parameters as written, and what they mean.

use std::collections::BTreeMap;

use serde_json::Value;

use super::fixed::Fixed;
use super::number::Rational;
use super::row::Row;

/// The parameters of a claim.
#[derive(Clone, Debug)]
pub struct Claim {
    /// `ssl`, `sl`, …
    pub kind: String,
    /// The dimension, or the smallest.
    pub d: u64,
    /// Is it `>=d`?
    pub and_larger: bool,
    /// `τ`.
    pub tau: Fixed,
    /// `α`.
    pub alpha: Fixed,
    /// `β`.
    pub beta: Fixed,
    /// `γ`.
    pub gamma: Fixed,
    /// `ρ²` of the data and of the views.
    pub variances: [Fixed; 2],
    /// `p_k`.
    pub weights: [Fixed; 4],
    /// Are `p_1 = p_3` and `p_2 = p_4`?
    pub mirror_symmetric: bool,
    /// The step of gradient descent.
    pub step: Fixed,
    /// The region of starts.
    pub start: [Fixed; 2],
}

const FIELDS: [&str; 14] = [
    "alpha", "beta", "d", "data", "gamma", "kind", "name", "require", "rho_data", "rho_view",
    "start", "step", "tau", "weights",
];

impl Claim {
    /// Reads the fields. Every one has to be there, and no other.
    pub fn read(fields: &BTreeMap<String, Value>) -> Result<Self, String> {
        if !fields.keys().map(String::as_str).eq(FIELDS) {
            return Err(format!(
                "the claim has other fields than {}",
                FIELDS.join(", ")
            ));
        }
        let text = |field: &str| {
            fields[field]
                .as_str()
                .ok_or(format!("claim.{field} is no text"))
        };
        let bad = |field: &str| {
            format!(
                "claim.{field} = {} is no number of the kind allowed there",
                fields[field]
            )
        };
        let d = text("d")?;
        let and_larger = d.starts_with(">=");
        let d: u64 = d
            .trim_start_matches(">=")
            .parse()
            .ok()
            .filter(|d| (2..=1 << 53).contains(d))
            .ok_or(bad("d"))?;
        let range = |field: &str| interval(text(field)?, Fixed::ONE).ok_or(bad(field));
        let tau = range("tau")?;
        let variance = |field: &str| -> Result<Fixed, String> {
            match text(field)? {
                // A data set from a file has none.
                "" => Ok(Fixed::ZERO),
                "d^(-3/2)" => Ok(published(d)),
                rho => Ok(Rational::parse(rho).ok_or(bad(field))?.fixed().sqr()),
            }
        };
        let weights: Vec<Rational> = fields["weights"]
            .as_array()
            .and_then(|all| all.iter().map(|w| Rational::parse(w.as_str()?)).collect())
            .ok_or(bad("weights"))?;
        let [p1, p2, p3, p4] = weights[..] else {
            return Err(bad("weights"));
        };
        let weights = [p1, p2, p3, p4].map(Rational::fixed);
        let sum = weights.into_iter().sum::<Fixed>() - Fixed::ONE;
        if sum.misses_zero() || weights.iter().any(|w| w.negative()) {
            return Err(bad("weights"));
        }
        let (first, second) = text("start")?.split_once(" x ").ok_or(bad("start"))?;
        let side = |part: &str| interval(part, tau).ok_or(bad("start"));
        let claim = Self {
            kind: text("kind")?.to_owned(),
            d,
            and_larger,
            tau,
            alpha: range("alpha")?,
            beta: range("beta")?,
            gamma: range("gamma")?,
            variances: [variance("rho_data")?, variance("rho_view")?],
            weights,
            mirror_symmetric: p1.same(p3) && p2.same(p4),
            step: range("step")?,
            start: [side(first)?, side(second)?],
        };
        let positive = [claim.tau, claim.alpha, claim.beta, claim.gamma, claim.step]
            .iter()
            .all(|x| x.positive());
        positive
            .then_some(claim)
            .ok_or("tau, alpha, beta, gamma and step have to be positive".into())
    }

    /// The objective of a row with the claim's noise at `v = 1`.
    pub fn exact(&self) -> Row {
        Row::new(self.weights, self.variances[0], self.variances[1])
    }

    /// The objective of a row with `v = ρ²` for data and views alike.
    pub fn family(&self) -> Row {
        Row::new(self.weights, Fixed::ONE, Fixed::ONE)
    }

    /// Are the weights positive and mirror-symmetric?
    pub fn within_the_theory(&self) -> Result<(), String> {
        let holds = self.mirror_symmetric && self.weights.iter().all(|p| p.positive());
        if holds {
            Ok(())
        } else {
            Err("the weights are not positive and mirror-symmetric".into())
        }
    }
}

/// `d^(-3)`.
pub fn published(d: u64) -> Fixed {
    let inverse = Fixed::ratio(1, d.into());
    inverse * inverse * inverse
}

/// `7`, `1/800`, `[6.5, 7.5]`, `[8.5/tau, 9/tau]`.
fn interval(text: &str, tau: Fixed) -> Option<Fixed> {
    let number = |part: &str| match part.trim().strip_suffix("/tau") {
        Some(over) => Some(Rational::parse(over)?.fixed().over(tau)),
        None => Some(Rational::parse(part)?.fixed()),
    };
    let Some(inner) = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
    else {
        return number(text);
    };
    let (lo, hi) = inner.split_once(',')?;
    Fixed::between(number(lo)?.lower(), number(hi)?.upper())
}
