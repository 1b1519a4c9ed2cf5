//! `report.json`: every number with all its digits, each saying what it is.
//!
//! The schema is described in `notes/report.md`. Keys come in the order of the fields
//! below. What was not computed is left out and named under `not_computed`; no
//! value is ever `null` or NaN.

mod conditions;
mod contrast;
mod critical;
mod family;
mod given;
mod layout;
mod number;
mod runs;
mod supervised;

use serde::{Serialize, Serializer};

use self::conditions::Condition;
use self::contrast::Contrast;
use self::critical::{Content, Exact, Jacobian, Simplified};
use self::family::Family;
use self::given::Given;
use self::number::{Set, Upper, Written};
use self::runs::Run;
use self::supervised::Supervised;
use super::phrases;
use crate::claim::{Claim, ClaimKind, Evidence};
use crate::dossier::{Dossier, SelfSupervised};

/// Name and version of the schema; the number grows when a reader would have to change.
pub const SCHEMA: &str = "minlift-report/1";

#[derive(Serialize)]
struct Report<'a> {
    verdict: &'static str,
    reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shortfall: Option<String>,
    schema: &'static str,
    name: &'a str,
    kind: &'static str,
    objective: &'static str,
    claim: ClaimView<'a>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    ssl: Option<SelfSupervisedView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    supervised: Option<Supervised<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contrast: Option<Contrast>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given: Option<Given<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family: Option<Family<'a>>,
    figures: Vec<Figure<'a>>,
}

#[derive(Serialize)]
struct SelfSupervisedView<'a> {
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
}

#[derive(Serialize)]
struct ClaimView<'a> {
    d: u64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    and_larger: bool,
    tau: Written<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alpha: Option<Written<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    beta: Option<Written<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gamma: Option<Written<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rho_data: Option<Written<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rho_view: Option<Written<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<Written<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<&'a str>,
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
        let claim = &dossier.claim;
        Self {
            verdict: dossier.verdict().name(),
            reason: dossier.reason(),
            advice: dossier.advice(),
            shortfall: dossier.shortfall(),
            schema: SCHEMA,
            name: &claim.name,
            kind: claim.kind.name(),
            objective: supervised::objective(claim.kind),
            claim: ClaimView::from(claim),
            ssl: dossier.ssl.as_ref().map(SelfSupervisedView::from),
            supervised: dossier.sl.as_ref().map(Supervised::new),
            contrast: dossier.contrast.as_ref().map(Contrast::from),
            given: dossier.given.as_ref().map(Given::from),
            family: dossier.family.as_ref().map(Family::from),
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

impl<'a> From<&'a SelfSupervised> for SelfSupervisedView<'a> {
    fn from(side: &'a SelfSupervised) -> Self {
        let evidence = &side.evidence;
        let conditions = &evidence.conditions;
        Self {
            not_computed: not_computed(evidence, side.runs.is_empty()),
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
            runs: side.runs.iter().map(Run::from).collect(),
            runs_left_out: side.left_out.iter().map(runs::LeftOut::from).collect(),
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
        let (ssl, sl) = (claim.kind.has_ssl(), claim.kind.has_sl());
        let ssl = ssl || claim.kind.has_data() || claim.kind.has_family();
        let descends = matches!(claim.kind, ClaimKind::Global | ClaimKind::Descent);
        let one = !claim.and_larger;
        let number = |written: &'a String, enclosure| Written {
            written,
            enclosure: Set::from(enclosure),
        };
        Self {
            d: claim.d,
            and_larger: claim.and_larger,
            tau: number(&written.tau, claim.tau),
            alpha: (ssl).then(|| number(&written.alpha, claim.alpha)),
            beta: (sl).then(|| number(&written.beta, claim.beta)),
            gamma: (sl).then(|| number(&written.gamma, claim.gamma)),
            rho_data: (one).then(|| number(&written.rho_data, claim.rho_data)),
            rho_view: (ssl && one).then(|| number(&written.rho_view, claim.rho_view)),
            step: (descends).then(|| number(&written.step, claim.step)),
            start: (claim.kind == ClaimKind::Descent).then_some(written.start.as_str()),
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
