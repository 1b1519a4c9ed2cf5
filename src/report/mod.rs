//! Reports: the same [`Dossier`] as text for a terminal, as JSON and as Markdown.
//!
//! Nothing is computed here and nothing is decided: a report says what the evidence holds,
//! says "not computed" where it holds nothing, and depends on nothing else (no clock, no
//! order of threads or maps). Printed numbers keep the promise of the number they stand
//! for: sets are rounded outward, bounds to their safe side.
//!
//! | module | what it holds |
//! |---|---|
//! | `text`, `supervised_text`, `contrast_text`, `given_text` | the terminal: verdict first, then each side |
//! | `family_sections` | both reports of a statement about many objectives |
//! | `given_tables` | what both reports print about a data set |
//! | `json` | the schema of `report.json` (described in `notes/report.md`) |
//! | `markdown` | the report a person reads |
//! | `latex` | the theorem as a LaTeX statement, its constants checked as printed |
//! | `numbers`, `decimal`, `hex` | enclosures, bounds and estimates as decimals; exact floats |
//! | `runs` | the optimisers' runs, put together |
//! | `phrases`, `table` | what the formats share |
//! | `figures`, `gallery` | how figures are drawn; which of a dossier's data they show |
//! | `folder`, `files` | the files of a claim's folder, written whole or not at all |

#[cfg(feature = "cli")]
mod contrast_gallery;
mod contrast_text;
mod decimal;
mod family_sections;
#[cfg(feature = "cli")]
pub mod figures;
pub mod files;
#[cfg(feature = "cli")]
mod folder;
#[cfg(feature = "cli")]
mod gallery;
mod given_tables;
mod given_text;
mod hex;
mod json;
pub mod latex;
mod markdown;
mod numbers;
mod phrases;
mod runs;
mod supervised_runs;
mod supervised_text;
mod table;
mod text;

#[cfg(feature = "cli")]
pub use folder::RenderError;
pub use hex::{from_hex, hex};
pub use json::SCHEMA;
pub use numbers::{enclosure, estimate, inside, lower, margin, sides, upper};

use crate::claim::ClaimVerdict;
use crate::dossier::Dossier;

impl Dossier {
    /// Why the claim's outcome is not the one its author expects; `None` if it is.
    ///
    /// The sentence names what is in the way with both sides (unproved minima, failing
    /// conditions) or the runs that became stationary where no critical point was proved.
    #[must_use]
    pub fn shortfall(&self) -> Option<String> {
        let parts = self.shortfall_parts();
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    fn shortfall_parts(&self) -> Vec<String> {
        if phrases::matches_expectation(self) {
            let stray = self.ssl.as_ref().and_then(|side| runs::stray(&side.runs));
            return stray.into_iter().collect();
        }
        let mut parts = vec![format!(
            "expected {}, came out {}",
            phrases::expectation(self.claim.expect),
            self.verdict().name()
        )];
        if let Some(side) = &self.ssl
            && side.evidence.verdict == ClaimVerdict::Inconclusive
        {
            parts.extend(phrases::obstacles(&side.evidence));
        }
        if let Some(side) = &self.sl
            && side.evidence.verdict == ClaimVerdict::Inconclusive
        {
            parts.extend(phrases::supervised_obstacles(&side.evidence, &self.claim));
        }
        if let Some(side) = &self.given
            && side.evidence.verdict == ClaimVerdict::Inconclusive
        {
            parts.extend(phrases::given_obstacles(&side.evidence));
        }
        parts
    }
}
