//! Bounds as decimals that are still bounds.

use std::fmt;

use crate::interval::Interval;

/// A decimal of five digits not below the float.
pub(crate) struct Upper(pub f64);

/// A decimal of five digits not above the float.
pub(crate) struct Lower(pub f64);

impl fmt::Display for Upper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&outward(self.0, |decimal, x| decimal.inf() >= x, 1.0))
    }
}

impl fmt::Display for Lower {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&outward(self.0, |decimal, x| decimal.sup() <= x, -1.0))
    }
}

/// The nearest decimal if it is on the safe side, else the next one in that direction.
fn outward(x: f64, safe: impl Fn(Interval, f64) -> bool, direction: f64) -> String {
    let nearest = format!("{x:.4e}");
    let exponent = nearest
        .split_once('e')
        .and_then(|(_, e)| e.parse::<i32>().ok());
    let Some(exponent) = exponent else {
        return nearest; // infinite or NaN
    };
    let unit = 10f64.powi(exponent - 4);
    let decimals = [nearest, format!("{:.4e}", x + direction * unit)];
    decimals
        .into_iter()
        .find(|d| Interval::literal(d).is_ok_and(|decimal| safe(decimal, x)))
        .unwrap_or_else(|| format!("{x:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_stay_bounds() {
        assert_eq!(Upper(0.25).to_string(), "2.5000e-1");
        assert_eq!(Upper(1.0 / 3.0).to_string(), "3.3334e-1");
        assert_eq!(Lower(1.0 / 3.0).to_string(), "3.3333e-1");
        assert_eq!(Lower(2.0 / 3.0).to_string(), "6.6666e-1");
        assert_eq!(Upper(9.99999).to_string(), "1.0000e1");
        // The float 0.1 is above one tenth.
        assert_eq!(Upper(0.1).to_string(), "1.0001e-1");
        assert_eq!(Upper(f64::INFINITY).to_string(), "inf");
    }
}
