//! `report.json`: every number with all its digits, each saying what it is.
//!
//! The schema is described in `notes/report.md`. Keys come in the order of the fields
//! below. What was not computed is left out and named under `not_computed`; no
//! value is ever `null` or NaN.

mod conditions;
mod critical;
mod layout;
mod number;
mod runs;

use serde::{Serialize, Serializer};

use self::conditions::Condition;
use self::critical::{Content, Exact, Jacobian, Simplified};
use self::number::{Set, Upper, Written};
use self::runs::Run;
use super::phrases;
use crate::claim::{Claim, Evidence};
use crate::dossier::Dossier;

/// Name and version of the schema; the number grows when a reader would have to change.
pub const SCHEMA: &str = "minlift-report/1";

#[derive(Serialize)]
struct Report<'a> {
    verdict: &'static str,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shortfall: Option<String>,
    schema: &'static str,
    name: &'a str,
    objective: &'static str,
    claim: ClaimView<'a>,
    not_computed: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<Refusal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    simplified: Option<Simplified>,
    #[serde(skip_serializing_if = "Option::is_none")]
    jacobian: Option<Jacobian>,
    conditions: Vec<Condition<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exact: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Content<'a>>,
    runs: Vec<Run<'a>>,
    runs_left_out: Vec<runs::LeftOut<'a>>,
    figures: Vec<Figure<'a>>,
}

#[derive(Serialize)]
struct ClaimView<'a> {
    d: u64,
    tau: Written<'a>,
    alpha: Written<'a>,
    rho_data: Written<'a>,
    rho_view: Written<'a>,
    weights: Vec<Written<'a>>,
    mirror_symmetric: bool,
    require: Vec<&'static str>,
    expect: &'static str,
}

#[derive(Serialize)]
struct Refusal {
    disc_radius: Upper,
    boxes_by_gradient: usize,
    boxes_by_axis: usize,
    boxes_by_disc: usize,
    boxes_open: usize,
}

#[derive(Serialize)]
struct Figure<'a> {
    file: &'a str,
    title: &'a str,
    caption: &'a str,
}

impl Dossier {
    /// The report as JSON (schema [`SCHEMA`]), indented, with a line feed at the end.
    ///
    /// # Errors
    ///
    /// None that the data can cause: the error is the serialiser's own.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        let mut out = Vec::new();
        let mut serializer =
            serde_json::Serializer::with_formatter(&mut out, layout::Layout::default());
        self.serialize(&mut serializer)?;
        out.push(b'\n');
        String::from_utf8(out).map_err(serde::ser::Error::custom)
    }
}

/// As [`Dossier::json`]: several dossiers can be written as one array.
impl Serialize for Dossier {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Report::from(self).serialize(serializer)
    }
}

impl<'a> From<&'a Dossier> for Report<'a> {
    fn from(dossier: &'a Dossier) -> Self {
        let evidence = &dossier.evidence;
        let conditions = &evidence.conditions;
        Self {
            verdict: evidence.verdict.name(),
            reason: &evidence.reason,
            advice: evidence.advice.as_deref(),
            shortfall: dossier.shortfall(),
            schema: SCHEMA,
            name: &evidence.claim.name,
            objective: "population",
            claim: ClaimView::from(&evidence.claim),
            not_computed: not_computed(evidence, dossier.runs.is_empty()),
            refusal: evidence.refusal.as_ref().map(|r| Refusal {
                disc_radius: Upper(r.disc_radius),
                boxes_by_gradient: r.boxes_by_gradient,
                boxes_by_axis: r.boxes_by_axis,
                boxes_by_disc: r.boxes_by_disc,
                boxes_open: r.boxes_open,
            }),
            simplified: evidence.simplified.as_ref().map(Simplified::from),
            jacobian: evidence.jacobian.as_ref().map(Jacobian::from),
            conditions: conditions.iter().map(Condition::from).collect(),
            exact: evidence.exact.as_ref().map(|e| Exact::new(e, conditions)),
            content: evidence.content.as_ref().map(Content::from),
            runs: dossier.runs.iter().map(Run::from).collect(),
            runs_left_out: dossier.left_out.iter().map(runs::LeftOut::from).collect(),
            figures: dossier
                .figures
                .iter()
                .map(|f| Figure {
                    file: &f.file,
                    title: &f.title,
                    caption: &f.caption,
                })
                .collect(),
        }
    }
}

fn not_computed(evidence: &Evidence, no_runs: bool) -> Vec<&'static str> {
    let no_saddle = evidence
        .simplified
        .as_ref()
        .is_none_or(|s| s.saddle.is_none());
    [
        ("simplified", evidence.simplified.is_none()),
        ("simplified.saddle", no_saddle),
        ("refusal", evidence.refusal.is_none()),
        ("jacobian", evidence.jacobian.is_none()),
        ("conditions", evidence.conditions.is_empty()),
        ("exact", evidence.exact.is_none()),
        ("content", evidence.content.is_none()),
        ("runs", no_runs),
    ]
    .into_iter()
    .filter_map(|(name, absent)| absent.then_some(name))
    .collect()
}

impl<'a> From<&'a Claim> for ClaimView<'a> {
    fn from(claim: &'a Claim) -> Self {
        let written = &claim.written;
        let number = |written: &'a String, enclosure| Written {
            written,
            enclosure: Set::from(enclosure),
        };
        Self {
            d: claim.d,
            tau: number(&written.tau, claim.tau),
            alpha: number(&written.alpha, claim.alpha),
            rho_data: number(&written.rho_data, claim.rho_data),
            rho_view: number(&written.rho_view, claim.rho_view),
            weights: written
                .weights
                .iter()
                .zip(claim.weights)
                .map(|(text, weight)| number(text, weight))
                .collect(),
            mirror_symmetric: claim.mirror_symmetric,
            require: claim.require.iter().map(|id| id.name()).collect(),
            expect: phrases::expectation(claim.expect),
        }
    }
}
