//! Which cells a table has: all combinations of dimensions and rules for the number of points.

use std::fmt;
use std::str::FromStr;

use super::parameters::{Cell, LARGEST_SAMPLE, ParametersError};

/// A rule for the number of points: `factor * d^power`.
///
/// # Example
///
/// ```
/// use minlift::ensemble::{Cell, Points, cells};
///
/// let rules: Vec<Points> = ["100", "d^2", "4*d^2"].map(|it| it.parse().unwrap()).to_vec();
/// let cells = cells(&[10, 5], &rules)?;
/// let pairs: Vec<_> = cells.iter().map(|cell| (cell.d, cell.n)).collect();
/// assert_eq!(pairs, [(5, 25), (5, 100), (10, 100), (10, 400)]); // 100 and 10^2 are one cell
/// assert!("d^4".parse::<Points>().is_err());
/// # Ok::<(), minlift::ensemble::ParametersError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points {
    factor: u64,
    power: u32,
}

const ALLOWED: &str = "whole numbers from 1, d, d^2, d^3, K*d^2";

/// `d^2`, the paper's.
#[must_use]
pub const fn default_points() -> Points {
    Points {
        factor: 1,
        power: 2,
    }
}

impl Points {
    /// The number of points in dimension `d`.
    ///
    /// # Errors
    ///
    /// More than any data set may have.
    pub fn at(self, d: u64) -> Result<u64, ParametersError> {
        let power = d.checked_pow(self.power);
        power
            .and_then(|it| it.checked_mul(self.factor))
            .ok_or_else(|| {
                let allowed = format!("n d <= {LARGEST_SAMPLE} (2^28)");
                ParametersError::new("n", self, format!("too large for d = {d}"), allowed)
            })
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let power = match self.power {
            0 => return write!(f, "{}", self.factor),
            1 => "d".to_owned(),
            p => format!("d^{p}"),
        };
        match self.factor {
            1 => f.write_str(&power),
            factor => write!(f, "{factor}*{power}"),
        }
    }
}

impl FromStr for Points {
    type Err = ParametersError;

    fn from_str(text: &str) -> Result<Self, ParametersError> {
        let error = |reason| ParametersError::new("n", text, reason, ALLOWED);
        let number = |part: &str| {
            let digits = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| part.parse::<u64>().ok()).flatten()
        };
        let power = |part: &str| match part {
            "d" => Some(1),
            "d^2" => Some(2),
            "d^3" => Some(3),
            _ => None,
        };
        let text = text.trim();
        let rule = match text.split_once('*') {
            Some((factor, rest)) => number(factor.trim()).zip(power(rest.trim())),
            None => match power(text) {
                Some(power) => Some((1, power)),
                None => number(text).map(|factor| (factor, 0)),
            },
        };
        match rule {
            Some((0, _)) => Err(error("out of range")),
            Some((factor, power)) => Ok(Self { factor, power }),
            None => Err(error("no number of points")),
        }
    }
}

/// All combinations, ascending, each once.
///
/// # Errors
///
/// A number of points that overflows.
pub fn cells(dimensions: &[u64], points: &[Points]) -> Result<Vec<Cell>, ParametersError> {
    let mut cells = Vec::with_capacity(dimensions.len() * points.len());
    for &d in dimensions {
        for rule in points {
            cells.push(Cell { d, n: rule.at(d)? });
        }
    }
    cells.sort_unstable();
    cells.dedup();
    Ok(cells)
}
