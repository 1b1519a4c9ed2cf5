//! The report a person reads: the claim, the verdict, and each step with what it proves.

mod closing;
mod conditions;
mod steps;

use super::phrases::{NOT_COMPUTED, OBJECTIVE, join, parameters, statement};
use super::table::Table;
use crate::claim::ClaimVerdict;
use crate::dossier::{Dossier, FigureRef};

/// How a report is read, said once.
const CONVENTIONS: &str = "\
Every number here is marked. **Enclosed**: a set that is proved to contain the exact value, \
rounded outward when printed; `2.7182[12, 47]` means the interval from 2.718212 to 2.718247. \
**Bound**: a proved one-sided bound, rounded to its safe side (left sides, Lipschitz constants, \
residuals and predicted radii up; right sides, margins and uniqueness radii down). **Estimated**: \
a float that proves nothing.\n\n";

impl Dossier {
    /// The report as GitHub Markdown; the verdict follows the title.
    ///
    /// Figures are linked relative to the report's own folder.
    #[must_use]
    pub fn markdown(&self) -> String {
        let evidence = &self.evidence;
        let mut out = format!("# Claim: {}\n\n", sentence(&statement(&evidence.claim)));
        out.push_str(&format!(
            "**Verdict: {}.** {}\n\n",
            evidence.verdict.name(),
            sentence(&evidence.reason)
        ));
        if let [first, obstacles @ ..] = self.shortfall_parts().as_slice() {
            out.push_str(&format!("**Not as expected.** {}\n\n", sentence(first)));
            for obstacle in obstacles {
                out.push_str(&format!("- {obstacle}\n"));
            }
            out.push_str(if obstacles.is_empty() { "" } else { "\n" });
        }
        if let Some(advice) = &evidence.advice {
            out.push_str(&format!("**What to try next.** {}\n\n", sentence(advice)));
        }
        if evidence.verdict == ClaimVerdict::Inconclusive {
            out.push_str(
                "Inconclusive is not false: a hypothesis could not be verified, and the minimum \
                 may be there all the same.\n\n",
            );
        }
        out.push_str(&format!("**Objective.** The {OBJECTIVE}.\n\n"));
        out.push_str(CONVENTIONS);
        out.push_str(&self.claim_section());
        if let Some(refusal) = &evidence.refusal {
            out.push_str(&steps::refusal(refusal, evidence.verdict));
        }
        if evidence.verdict != ClaimVerdict::Refused {
            out.push_str(&steps::simplified(evidence));
            out.push_str(&steps::jacobian(evidence));
            out.push_str(&conditions::conditions(evidence));
            out.push_str(&steps::exact(evidence));
            out.push_str(&steps::content(evidence));
            out.push_str(&steps::optimisers(self));
        }
        out.push_str(&figures(&self.figures));
        out.push_str(&closing::trusted_base());
        out.push_str(&closing::rerun(&evidence.claim));
        out.push_str(&closing::limits(evidence.verdict));
        out
    }

    fn claim_section(&self) -> String {
        let claim = &self.evidence.claim;
        let required: Vec<String> = claim
            .require
            .iter()
            .map(|id| id.name().to_owned())
            .collect();
        let mut out = String::from("## The claim\n\n");
        out.push_str(&format!(
            "Data x = μ_k + ρ ξ in R^d with ξ ~ N(0, I), the centres μ_k being e₁, e₁ + τ e₂, −e₁, \
             −e₁ + τ e₂; two views x′, x″ of one x add independent noise. With σ the logistic \
             function and W of two rows, L(W) = −E⟨σ(Wx′), σ(Wx″)⟩ + α‖W‖²_F is the exact \
             objective and L̃, the same without noise, the simplified one. Both separate over rows.\n\n\
             The statement is about {}. Numbers mean the decimal or fraction that is written.\n\n",
            join(&parameters(claim))
        ));
        let mut table = Table::new(["number", "as written", "enclosed"]);
        let written = &claim.written;
        for (name, text, value) in [
            ("τ", &written.tau, claim.tau),
            ("α", &written.alpha, claim.alpha),
            ("ρ of the data", &written.rho_data, claim.rho_data),
            ("ρ of the views", &written.rho_view, claim.rho_view),
        ] {
            table.row([
                name.to_owned(),
                text.clone(),
                super::enclosure(value, super::phrases::DIGITS),
            ]);
        }
        for (i, (text, &value)) in written.weights.iter().zip(&claim.weights).enumerate() {
            table.row([
                format!("weight of centre {}", i + 1),
                text.clone(),
                super::enclosure(value, super::phrases::DIGITS),
            ]);
        }
        out.push_str(&table.markdown());
        out.push_str(if claim.mirror_symmetric {
            "The weights are mirror symmetric: the second row's minimum is the first one's mirror \
             image (−w⁽¹⁾, w⁽²⁾).\n\n"
        } else {
            "The weights are not mirror symmetric: the two rows have different minima, each proved \
             by itself.\n\n"
        });
        out.push_str(&format!(
            "Expected by the claim's author: {}. Conditions required: {}.\n\n",
            super::phrases::expectation(claim.expect),
            if required.is_empty() {
                "none in particular; the minimum of L must be proved by at least one".to_owned()
            } else {
                required.join(", ")
            }
        ));
        out
    }
}

/// With a capital letter and a full stop.
fn sentence(text: &str) -> String {
    let mut chars = text.trim().trim_end_matches('.').chars();
    let first: String = chars
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}.", chars.as_str())
}

fn figures(figures: &[FigureRef]) -> String {
    if figures.is_empty() {
        return String::new();
    }
    let mut out = String::from("## Figures\n\n");
    for figure in figures {
        out.push_str(&format!(
            "![{title}]({file})\n\n*{title}.* {caption}\n\n",
            title = figure.title,
            file = figure.file,
            caption = figure.caption
        ));
    }
    out
}

fn absent(mut out: String) -> String {
    out.push_str(NOT_COMPUTED);
    out.push_str(".\n\n");
    out
}
