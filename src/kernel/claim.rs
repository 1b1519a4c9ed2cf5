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
    /// Are both written as the same number?
    pub same_noise: bool,
    /// How many points the data set has, if there is one.
    pub points: Option<usize>,
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
        let (kind, written) = (text("kind")?, text("d")?);
        let and_larger = written.starts_with(">=");
        let digits = written.strip_prefix(">=").unwrap_or(written);
        let plain = digits.bytes().all(|c| c.is_ascii_digit());
        let d: u64 = digits
            .parse()
            .ok()
            .filter(|d| plain && (2..=1 << 53).contains(d))
            .ok_or(bad("d"))?;
        // Many dimensions at once are proved for two kinds, with the noise of each; ranges of τ and α for one.
        let rho = [text("rho_data")?, text("rho_view")?];
        let many = matches!(kind, "every-d" | "descent") && rho == [PUBLISHED; 2];
        if and_larger && !many {
            return Err(bad("d"));
        }
        let number = |field: &str| Some(Rational::parse(text(field).ok()?)?.fixed());
        let one = |field: &str| number(field).ok_or(bad(field));
        let range = |field: &str| {
            if kind == "box" {
                interval(text(field)?, None).ok_or(bad(field))
            } else {
                one(field)
            }
        };
        let tau = range("tau")?;
        let variance = |field: &str| -> Result<Fixed, String> {
            match text(field)? {
                // A data set from a file has none.
                "" if kind == "data" && field == "rho_data" => Ok(Fixed::ZERO),
                PUBLISHED => Ok(published(d)),
                rho => Ok(Rational::parse(rho).ok_or(bad(field))?.fixed().sqr()),
            }
        };
        let variances = [variance("rho_data")?, variance("rho_view")?];
        if !variances.iter().all(|v| v.at_most(Fixed::ONE)) {
            return Err("rho_data and rho_view have to be at most 1".into());
        }
        let rationals = rho.map(Rational::parse);
        let same_noise = rho[0] == rho[1] || matches!(rationals, [Some(x), Some(y)] if x.same(y));
        let points = match &fields["data"] {
            Value::Null if kind != "data" => None,
            Value::Object(data) if kind == "data" => Some(
                data.get("n")
                    .and_then(Value::as_str)
                    .and_then(|n| n.parse().ok())
                    .ok_or(bad("data"))?,
            ),
            _ => return Err(bad("data")),
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
        let side = |part: &str| interval(part, Some(tau)).ok_or(bad("start"));
        let claim = Self {
            kind: kind.to_owned(),
            d,
            and_larger,
            tau,
            alpha: range("alpha")?,
            beta: one("beta")?,
            gamma: one("gamma")?,
            variances,
            same_noise,
            points,
            weights,
            mirror_symmetric: p1.same(p3) && p2.same(p4),
            step: one("step")?,
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

/// How the noise of the published simulation is written.
const PUBLISHED: &str = "d^(-3/2)";

/// `d^(-3)`.
pub fn published(d: u64) -> Fixed {
    let inverse = Fixed::ratio(1, d.into());
    inverse * inverse * inverse
}

/// `7`, `1/800`, `[6.5, 7.5]`; where `τ` may be used, `[8.5/tau, 9/tau]`.
fn interval(text: &str, tau: Option<Fixed>) -> Option<Fixed> {
    let number = |part: &str| match part.trim().strip_suffix("/tau") {
        Some(over) => Some(Rational::parse(over)?.fixed().over(tau?)),
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
