//! One claim from its parameters to everything its report says.
//!
//! The proofs ([`crate::claim::decide`], [`crate::claim::supervised::decide`]) decide; the optimisers
//! ([`crate::confirm`]) and the surveys of neighbouring parameters stand beside them.

mod contrast;
mod family;
mod given;
mod map;
mod objective;
mod paths;
mod self_supervised;
mod supervised;
mod survey;

pub use contrast::{Contrast, ContrastRow};
pub use family::Family;
pub use given::Given;
pub use map::{ContrastMap, MapPanel, MapPoint};
pub use paths::{Path, descent_paths};
pub use self_supervised::SelfSupervised;
pub use supervised::Supervised;
pub use survey::{Sample, Survey};

use crate::claim::{Claim, ClaimVerdict};

/// Everything a report is made from.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The claim.
    pub claim: Claim,
    /// The self-supervised side; none if the claim does not speak of it.
    pub ssl: Option<SelfSupervised>,
    /// The supervised side; none if the claim does not speak of it.
    pub sl: Option<Supervised>,
    /// Both sides beside each other; none unless the claim speaks of both.
    pub contrast: Option<Contrast>,
    /// The objective of a data set; none if the claim speaks of none.
    pub given: Option<Given>,
    /// A statement about many objectives; none if the claim makes no such.
    pub family: Option<Family>,
    /// Figures that lie beside the report.
    pub figures: Vec<FigureRef>,
}

/// A figure beside the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureRef {
    /// Path relative to the report.
    pub file: String,
    /// What it shows, in a few words.
    pub title: String,
    /// How it is read, and which of it is proved.
    pub caption: String,
}

/// How far [`verify`] has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: &'static str,
    /// Parts of this stage that are done.
    pub done: usize,
    /// Parts of this stage.
    pub total: usize,
}

/// Decides `claim`, lets the optimisers run, and surveys its neighbourhood.
///
/// `report` hears of progress, possibly from several threads; nothing that
/// is computed depends on it. A run that is stationary where no critical point is proved makes a
/// verified claim inconclusive.
#[must_use]
pub fn verify(claim: &Claim, report: &(dyn Fn(Progress) + Sync)) -> Dossier {
    let ssl = (claim.kind.has_ssl()).then(|| SelfSupervised::of(claim, report));
    let sl = (claim.kind.has_sl()).then(|| Supervised::of(claim, report));
    let given = (claim.kind.has_data()).then(|| Given::of(claim, report));
    let family = Family::of(claim, report);
    let contrast = match (&ssl, &sl) {
        (Some(ssl), Some(sl)) => Some(Contrast::of(claim, ssl, sl, report)),
        _ => None,
    };
    Dossier {
        claim: claim.clone(),
        ssl,
        sl,
        contrast,
        given,
        family,
        figures: Vec::new(),
    }
}

/// One side's verdict, reason and advice.
type Side<'a> = (&'static str, ClaimVerdict, &'a str, Option<&'a str>);

impl Dossier {
    fn sides(&self) -> Vec<Side<'_>> {
        let ssl = self.ssl.as_ref().map(|side| {
            let e = &side.evidence;
            (
                "self-supervised",
                e.verdict,
                e.reason.as_str(),
                e.advice.as_deref(),
            )
        });
        let sl = self.sl.as_ref().map(|side| {
            let e = &side.evidence;
            (
                "supervised",
                e.verdict,
                e.reason.as_str(),
                e.advice.as_deref(),
            )
        });
        let given = self.given.as_ref().map(|side| {
            let e = &side.evidence;
            (
                "given data",
                e.verdict,
                e.reason.as_str(),
                e.advice.as_deref(),
            )
        });
        let family = self.family.as_ref().map(|side| {
            let e = side.evidence.decision();
            ("family", e.verdict, e.reason.as_str(), e.advice.as_deref())
        });
        ssl.into_iter()
            .chain(sl)
            .chain(given)
            .chain(family)
            .collect()
    }

    /// Verified if every side is, refused if one is; otherwise inconclusive.
    pub fn verdict(&self) -> ClaimVerdict {
        let sides = self.sides();
        if sides.iter().any(|side| side.1 == ClaimVerdict::Refused) {
            ClaimVerdict::Refused
        } else if !sides.is_empty() && sides.iter().all(|side| side.1 == ClaimVerdict::Verified) {
            ClaimVerdict::Verified
        } else {
            ClaimVerdict::Inconclusive
        }
    }

    /// Why, in one sentence for each side.
    #[must_use]
    pub fn reason(&self) -> String {
        self.combine(|side| Some(side.2))
    }

    /// What to try next, if the verdict is inconclusive.
    #[must_use]
    pub fn advice(&self) -> Option<String> {
        let advice = self.combine(|side| side.3);
        (!advice.is_empty()).then_some(advice)
    }

    /// What a side says; of several sides each with its name.
    fn combine<'a>(&'a self, what: impl Fn(&Side<'a>) -> Option<&'a str>) -> String {
        let sides = self.sides();
        let parts: Vec<String> = sides
            .iter()
            .filter_map(|side| {
                let text = what(side)?;
                Some(if sides.len() > 1 {
                    format!("{}: {text}", side.0)
                } else {
                    text.to_owned()
                })
            })
            .collect();
        parts.join("; ")
    }
}
