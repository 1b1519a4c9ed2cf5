//! What a table is about.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::draw::METHOD;
use crate::batch::{BatchError, Header, Shard};
use crate::claim::one_line;
use crate::data::DataNoise;
use crate::interval::Interval;

/// The kind of table, as it stands in the header of its files: `ensemble/` and the [`METHOD`].
#[must_use]
pub fn table_name() -> String {
    format!("ensemble/{METHOD}")
}

/// The most numbers `n d` a data set may have.
pub const LARGEST_SAMPLE: u64 = 1 << 28;

/// The most draws a table may have.
pub const LARGEST_TABLE: u64 = 100_000_000;

/// Everything the records of a table depend on.
///
/// The numbers are texts, as they are written: `"1/800"` is the fraction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// `tau`.
    pub tau: String,
    /// `alpha`.
    pub alpha: String,
    /// The noise of the data; `d^(-3/2)` if there is none.
    pub rho_data: Option<String>,
    /// The noise of the views; `d^(-3/2)` if there is none.
    pub rho_view: Option<String>,
    /// The law of the data's noise.
    pub noise: DataNoise,
    /// The master seed.
    pub seed: u64,
    /// The draws of each cell.
    pub draws: u64,
    /// The cells, ascending.
    pub cells: Vec<Cell>,
}

/// Dimension and number of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Dimension.
    pub d: u64,
    /// Number of points.
    pub n: u64,
}

/// A parameter out of bounds. Every message is one line: name, value, what is allowed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{name} = {value}: {reason}; allowed: {allowed}")]
pub struct ParametersError {
    /// Which parameter.
    pub name: &'static str,
    /// Its value, as written.
    pub value: String,
    /// What is wrong with it.
    pub reason: String,
    /// What is allowed.
    pub allowed: String,
}

impl ParametersError {
    /// With all line breaks taken out of the value.
    #[must_use]
    pub fn new(
        name: &'static str,
        value: impl ToString,
        reason: impl Into<String>,
        allowed: impl Into<String>,
    ) -> Self {
        Self {
            name,
            value: one_line(&value.to_string()).chars().take(60).collect(),
            reason: reason.into(),
            allowed: allowed.into(),
        }
    }
}

impl Parameters {
    /// Checks that every number is within its bounds.
    ///
    /// # Errors
    ///
    /// `tau` outside `[1e-6, 1e6]`, `alpha` outside `[1e-12, 1e6]`, a `rho` outside `[0, 1]`, no
    /// draws, no cells, `d < 2`, `n < 1`, `n d > 2^28`, over `10^8` draws in all, cells that do not
    /// ascend.
    pub fn check(&self) -> Result<(), ParametersError> {
        number("tau", &self.tau, ["1e-6", "1e6"])?;
        number("alpha", &self.alpha, ["1e-12", "1e6"])?;
        for rho in [&self.rho_data, &self.rho_view].into_iter().flatten() {
            number("rho", rho, ["0", "1"])?;
        }
        let range = "out of range";
        if self.draws == 0 {
            let allowed = format!("a whole number from 1 to {LARGEST_TABLE}");
            return Err(ParametersError::new("draws", 0, range, allowed));
        }
        if self.cells.is_empty() {
            return Err(ParametersError::new(
                "cells",
                "none",
                "missing",
                "at least one (d, n)",
            ));
        }
        for cell in &self.cells {
            cell.check()?;
        }
        if !self.cells.is_sorted_by(|a, b| a < b) {
            let allowed = "ascending (d, n), each once";
            return Err(ParametersError::new(
                "cells",
                "a list",
                "out of order",
                allowed,
            ));
        }
        let draws = self.draws.checked_mul(self.cells.len() as u64);
        if draws.is_none_or(|it| it > LARGEST_TABLE) {
            let reason = format!("too many for {} cells", self.cells.len());
            let allowed = format!("at most {LARGEST_TABLE} draws in all cells together");
            return Err(ParametersError::new("draws", self.draws, reason, allowed));
        }
        Ok(())
    }

    /// The fixed parameters in a line, such as
    /// `τ = 7, α = 1/800, ρ = d^(−3/2), isotropic noise, seed 1`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let rho = |rho: &Option<String>| rho.clone().unwrap_or_else(|| "d^(−3/2)".to_owned());
        let (data, view) = (rho(&self.rho_data), rho(&self.rho_view));
        let noise = if data == view {
            format!("ρ = {data}")
        } else {
            format!("ρ_x = {data}, ρ_a = {view}")
        };
        format!(
            "τ = {}, α = {}, {noise}, {} noise, seed {}",
            self.tau,
            self.alpha,
            self.noise.name(),
            self.seed
        )
    }
}

impl Cell {
    fn check(self) -> Result<(), ParametersError> {
        let Self { d, n } = self;
        let range = "out of range";
        if d < 2 {
            let allowed = format!("a whole number from 2 to {LARGEST_SAMPLE}");
            return Err(ParametersError::new("d", d, range, allowed));
        }
        if n < 1 {
            let allowed = format!("a whole number from 1 to {LARGEST_SAMPLE}");
            return Err(ParametersError::new("n", n, range, allowed));
        }
        if d.checked_mul(n).is_none_or(|it| it > LARGEST_SAMPLE) {
            let allowed = format!("n d <= {LARGEST_SAMPLE} (2^28)");
            let reason = format!("too large for d = {d}");
            return Err(ParametersError::new("n", n, reason, allowed));
        }
        Ok(())
    }
}

/// The header of a part of the table's file.
///
/// # Errors
///
/// None in practice: parameters are JSON.
pub fn header(parameters: &Parameters, shard: Shard) -> Result<Header, BatchError> {
    Header::new(&table_name(), parameters, parameters.jobs(), shard)
}

/// The parameters of the table to which a header read from the file `file` belongs.
///
/// # Errors
///
/// The header of another kind of table, or parameters that [`Parameters::check`] refuses.
pub fn parameters(header: &Header, file: &str) -> Result<Parameters, BatchError> {
    let bad = |reason: String| BatchError::Header {
        file: one_line(file),
        reason: one_line(&reason),
    };
    let (is, wanted) = (header.table(), table_name());
    if is != wanted {
        return Err(bad(format!("a table of kind {is:?}, not {wanted:?}")));
    }
    let parameters: Parameters = serde_json::from_value(header.parameters().clone())
        .map_err(|error| bad(error.to_string()))?;
    parameters.check().map_err(|error| bad(error.to_string()))?;
    if header.jobs() != parameters.jobs() {
        return Err(bad(format!(
            "{} jobs, not {}",
            header.jobs(),
            parameters.jobs()
        )));
    }
    Ok(parameters)
}

/// Is the text a number within bounds? Decided on the enclosure of the decimal that is written.
pub(crate) fn number(
    name: &'static str,
    text: &str,
    [lo, hi]: [&str; 2],
) -> Result<(), ParametersError> {
    const LONGEST: usize = 100;
    let allowed = format!("a decimal or a fraction from {lo} to {hi}");
    let error = |reason: &str| ParametersError::new(name, text, reason, allowed.clone());
    if text.len() > LONGEST {
        return Err(error("too long"));
    }
    // A literal may stand among spaces; a parameter is printed and compared as it is written.
    if text.contains(char::is_whitespace) {
        return Err(error("no number"));
    }
    let value = Interval::literal(text).map_err(|_| error("no number"))?;
    let bound = |text| Interval::literal(text).unwrap_or(Interval::ENTIRE);
    if value.certainly_lt(bound(lo)) || bound(hi).certainly_lt(value) {
        return Err(error("out of range"));
    }
    Ok(())
}
