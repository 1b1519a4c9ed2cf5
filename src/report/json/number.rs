//! The four kinds of number: a set, a bound, an exact float, an estimate.

use serde::{Serialize, Serializer};

use crate::interval::Interval;
use crate::report::hex;

/// The shortest decimal that reads back to `x`; `inf` and `-inf`.
fn shortest(x: f64) -> String {
    format!("{x:?}")
}

/// `{lo, hi, lo_hex, hi_hex}`; the empty set has `lo = inf`, `hi = -inf`.
#[derive(Serialize)]
pub(super) struct Set {
    lo: String,
    hi: String,
    lo_hex: String,
    hi_hex: String,
}

impl From<Interval> for Set {
    fn from(x: Interval) -> Self {
        Self {
            lo: shortest(x.inf()),
            hi: shortest(x.sup()),
            lo_hex: hex(x.inf()),
            hi_hex: hex(x.sup()),
        }
    }
}

/// Enclosures in order.
pub(super) fn sets<const N: usize>(xs: [Interval; N]) -> Vec<Set> {
    xs.into_iter().map(Set::from).collect()
}

/// A number of the claim: its text, and the enclosure of what it means.
#[derive(Serialize)]
pub(super) struct Written<'a> {
    pub(super) written: &'a str,
    #[serde(flatten)]
    pub(super) enclosure: Set,
}

/// `{upper, upper_hex}`: the quantity is at most this. A NaN bounds nothing: `inf`.
pub(super) struct Upper(pub(super) f64);

/// `{lower, lower_hex}`: the quantity is at least this. A NaN bounds nothing: `-inf`.
pub(super) struct Lower(pub(super) f64);

/// `{exact, exact_hex}`: a float that was chosen, no rounding involved.
pub(super) struct ExactFloat(pub(super) f64);

/// A float without any guarantee: a JSON number, or `"inf"`, `"-inf"`, `"undefined"`.
pub(super) struct Estimated(pub(super) f64);

/// Estimates in order.
pub(super) fn estimates<const N: usize>(xs: [f64; N]) -> Vec<Estimated> {
    xs.into_iter().map(Estimated).collect()
}

#[derive(Serialize)]
struct UpperView {
    upper: String,
    upper_hex: String,
}

#[derive(Serialize)]
struct LowerView {
    lower: String,
    lower_hex: String,
}

#[derive(Serialize)]
struct ExactView {
    exact: String,
    exact_hex: String,
}

impl Serialize for Upper {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bound = if self.0.is_nan() {
            f64::INFINITY
        } else {
            self.0
        };
        UpperView {
            upper: shortest(bound),
            upper_hex: hex(bound),
        }
        .serialize(serializer)
    }
}

impl Serialize for Lower {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bound = if self.0.is_nan() {
            f64::NEG_INFINITY
        } else {
            self.0
        };
        LowerView {
            lower: shortest(bound),
            lower_hex: hex(bound),
        }
        .serialize(serializer)
    }
}

impl Serialize for ExactFloat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_nan() {
            return "undefined".serialize(serializer);
        }
        ExactView {
            exact: shortest(self.0),
            exact_hex: hex(self.0),
        }
        .serialize(serializer)
    }
}

impl Serialize for Estimated {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_nan() {
            "undefined".serialize(serializer)
        } else if self.0.is_infinite() {
            shortest(self.0).serialize(serializer)
        } else {
            self.0.serialize(serializer)
        }
    }
}
