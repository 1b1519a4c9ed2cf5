//! What an atlas is about.

use serde::{Deserialize, Serialize};

use super::record::METHOD;
use crate::batch::{BatchError, Header, Shard};
use crate::claim::one_line;
use crate::ensemble::{ParametersError, number};
use crate::interval::Interval;

/// The kind of table, as it stands in the header of its files: `atlas/` and the [`METHOD`].
#[must_use]
pub fn table_name() -> String {
    format!("atlas/{METHOD}")
}

/// The most cells along an axis.
pub const MOST_ALONG: u64 = 10_000;
/// The most cells of an atlas.
pub const MOST_CELLS: u64 = 10_000_000;
/// The most boxes of parameters for one cell.
pub const MOST_BOXES: u64 = 1_000_000;

/// Which parameter stands on the second axis; `τ` stands on the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Plane {
    /// `α`, for one `ρ`.
    #[default]
    #[serde(rename = "tau-alpha")]
    TauAlpha,
    /// `ρ`, for one `α`.
    #[serde(rename = "tau-rho")]
    TauRho,
}

impl Plane {
    /// Name of the second parameter.
    #[must_use]
    pub const fn second(self) -> &'static str {
        match self {
            Self::TauAlpha => "alpha",
            Self::TauRho => "rho",
        }
    }

    /// Its symbol.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::TauAlpha => "α",
            Self::TauRho => "ρ",
        }
    }
}

/// The parameter that is the same in all cells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fixed {
    /// `ρ`, of the plane `tau-alpha`.
    Rho(String),
    /// `ρ²`, of the plane `tau-alpha`: `10^(-3/2)` has no decimal, its square has.
    RhoSquared(String),
    /// `α`, of the plane `tau-rho`.
    Alpha(String),
}

/// Everything the records of an atlas depend on.
///
/// The numbers are texts, as they are written: `"1/800"` is the fraction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// What stands on the axes.
    pub plane: Plane,
    /// Range of `τ`.
    pub tau: [String; 2],
    /// Range of the second parameter.
    pub second: [String; 2],
    /// The other one.
    pub fixed: Fixed,
    /// Cells along both axes.
    pub cells: [u64; 2],
    /// Boxes of parameters examined before a cell is left open.
    pub budget: u64,
}

const EACH: &str = "a decimal or a fraction";
const TAU: [&str; 2] = ["1e-6", "1e6"];
const ALPHA: [&str; 2] = ["1e-12", "1e6"];
const RHO: [&str; 2] = ["0", "1"];

impl Parameters {
    /// `τ` in `[1, 20]` and `α` in `[0.0001, 0.04]` with `ρ² = 1/1000`, or `ρ` in `[0, 0.4]` with `α = 1/800`; 100 × 100 cells.
    #[must_use]
    pub fn standard(plane: Plane) -> Self {
        let text = |range: [&str; 2]| range.map(str::to_owned);
        let (second, fixed) = match plane {
            Plane::TauAlpha => (["1e-4", "0.04"], Fixed::RhoSquared("1/1000".to_owned())),
            Plane::TauRho => (["0", "0.4"], Fixed::Alpha("1/800".to_owned())),
        };
        Self {
            plane,
            tau: text(["1", "20"]),
            second: text(second),
            fixed,
            cells: [100, 100],
            budget: 400,
        }
    }

    /// Checks that every number is within its bounds.
    ///
    /// # Errors
    ///
    /// `τ` outside `[1e-6, 1e6]`, `α` outside `[1e-12, 1e6]`, `ρ` outside `[0, 1]`, a range that does not ascend, a fixed value that
    /// is not that of the plane, no cells, more than [`MOST_ALONG`] along an axis or [`MOST_CELLS`] in all, a budget of none or more
    /// than [`MOST_BOXES`].
    pub fn check(&self) -> Result<(), ParametersError> {
        range("tau", &self.tau, TAU)?;
        match self.plane {
            Plane::TauAlpha => range("alpha", &self.second, ALPHA)?,
            Plane::TauRho => range("rho", &self.second, RHO)?,
        }
        match (self.plane, &self.fixed) {
            (Plane::TauAlpha, Fixed::Rho(text)) => number("rho", text, RHO)?,
            (Plane::TauAlpha, Fixed::RhoSquared(text)) => number("rho_squared", text, RHO)?,
            (Plane::TauRho, Fixed::Alpha(text)) => number("alpha", text, ALPHA)?,
            (Plane::TauAlpha, Fixed::Alpha(text)) => {
                let allowed = format!("a range LO:HI in the plane tau-alpha, {EACH} each");
                return Err(ParametersError::new("alpha", text, "no range", allowed));
            }
            (Plane::TauRho, Fixed::Rho(text) | Fixed::RhoSquared(text)) => {
                let allowed = format!("a range LO:HI in the plane tau-rho, {EACH} each");
                return Err(ParametersError::new("rho", text, "no range", allowed));
            }
        }
        let [nx, ny] = self.cells;
        let along = 1..=MOST_ALONG;
        let fits = along.contains(&nx) && along.contains(&ny) && nx * ny <= MOST_CELLS;
        if !fits {
            let allowed = format!(
                "NxM with whole numbers from 1 to {MOST_ALONG}, at most {MOST_CELLS} cells"
            );
            let value = format!("{nx}x{ny}");
            return Err(ParametersError::new(
                "cells",
                value,
                "out of range",
                allowed,
            ));
        }
        if !(1..=MOST_BOXES).contains(&self.budget) {
            let allowed = format!("a whole number from 1 to {MOST_BOXES}");
            return Err(ParametersError::new(
                "budget",
                self.budget,
                "out of range",
                allowed,
            ));
        }
        Ok(())
    }

    /// The number of cells.
    #[must_use]
    pub const fn jobs(&self) -> u64 {
        self.cells[0].saturating_mul(self.cells[1])
    }

    /// The parameters in a line, such as `τ in [1, 20], α in [1e-4, 0.04], ρ² = 1/1000, 100 × 100 cells`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let ([tau_lo, tau_hi], [lo, hi], [nx, ny]) = (&self.tau, &self.second, self.cells);
        let fixed = match &self.fixed {
            Fixed::Rho(text) => format!("ρ = {text}"),
            Fixed::RhoSquared(text) => format!("ρ² = {text}"),
            Fixed::Alpha(text) => format!("α = {text}"),
        };
        let symbol = self.plane.symbol();
        format!(
            "τ in [{tau_lo}, {tau_hi}], {symbol} in [{lo}, {hi}], {fixed}, {nx} × {ny} cells, at most {} boxes for a cell",
            self.budget
        )
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

/// Are both ends numbers within bounds, and does the range ascend?
fn range(
    name: &'static str,
    [lo, hi]: &[String; 2],
    bounds: [&'static str; 2],
) -> Result<(), ParametersError> {
    number(name, lo, bounds)?;
    number(name, hi, bounds)?;
    let end = |text: &str| Interval::literal(text).unwrap_or(Interval::ENTIRE);
    if end(lo).certainly_lt(end(hi)) {
        return Ok(());
    }
    let allowed = format!("LO:HI with LO < HI, {EACH} each");
    Err(ParametersError::new(
        name,
        format!("{lo}:{hi}"),
        "does not ascend",
        allowed,
    ))
}
