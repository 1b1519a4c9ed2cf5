//! The sections of a statement about many objectives, once for the terminal and for Markdown.

mod branch;
mod descent;
mod dimensions;
mod global;
mod region;

use super::table::Table;
use super::text::{push, section};
use crate::claim::Claim;
use crate::claim::family::FamilyEvidence;
use crate::dossier::Family;

/// A title, what is printed under it, and whether that is enclosed, bounded or estimated.
pub(super) struct Section {
    title: String,
    mark: &'static str,
    /// For Markdown only.
    prose: String,
    items: Vec<(String, String)>,
    table: Option<Table>,
}

impl Section {
    fn new(title: impl Into<String>, mark: &'static str, prose: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            mark,
            prose: prose.into(),
            items: Vec::new(),
            table: None,
        }
    }

    fn item(mut self, label: &str, value: impl Into<String>) -> Self {
        self.items.push((label.to_owned(), value.into()));
        self
    }

    fn table(mut self, table: Table) -> Self {
        self.table = Some(table);
        self
    }

    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        section(&mut out, &self.title, self.mark);
        for (label, value) in &self.items {
            push(&mut out, &format!("  {label}: "), value);
        }
        if let Some(table) = &self.table {
            out.push_str(&table.text(2));
        }
        out
    }

    pub(super) fn markdown(&self) -> String {
        let mut out = format!("## {} ({})\n\n", self.title, self.mark);
        if !self.prose.is_empty() {
            out.push_str(&format!("{}\n\n", self.prose));
        }
        for (label, value) in &self.items {
            out.push_str(&format!("- {label}: {value}\n"));
        }
        out.push_str(if self.items.is_empty() { "" } else { "\n" });
        if let Some(table) = &self.table {
            out.push_str(&table.markdown());
        }
        out
    }
}

/// The sections of a side.
pub(super) fn sections(side: &Family, claim: &Claim) -> Vec<Section> {
    match &side.evidence {
        FamilyEvidence::Dimensions(evidence) => dimensions::sections(evidence),
        FamilyEvidence::Branch(evidence) => branch::sections(evidence),
        FamilyEvidence::Region(evidence) => region::sections(evidence),
        FamilyEvidence::Global(evidence) => global::sections(evidence, claim),
        FamilyEvidence::Descent(evidence) => descent::sections(evidence, side.run.as_ref()),
    }
}
