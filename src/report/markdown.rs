//! The report a person reads: the claim, the verdict, and each step with what it proves.

mod closing;
mod conditions;
mod contrast;
mod given;
mod steps;
mod supervised;

use super::family_sections;
use super::phrases::{NOT_COMPUTED, join, objective, parameters, statement};
use super::table::Table;
use crate::claim::{ClaimKind, ClaimVerdict};
use crate::dossier::{Dossier, FigureRef, SelfSupervised};

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
        let verdict = self.verdict();
        let mut out = format!("# Claim: {}\n\n", sentence(&statement(&self.claim)));
        out.push_str(&format!(
            "**Verdict: {}.** {}\n\n",
            verdict.name(),
            sentence(&self.reason())
        ));
        if let [first, obstacles @ ..] = self.shortfall_parts().as_slice() {
            out.push_str(&format!("**Not as expected.** {}\n\n", sentence(first)));
            for obstacle in obstacles {
                out.push_str(&format!("- {obstacle}\n"));
            }
            out.push_str(if obstacles.is_empty() { "" } else { "\n" });
        }
        if let Some(advice) = self.advice() {
            out.push_str(&format!("**What to try next.** {}\n\n", sentence(&advice)));
        }
        if verdict == ClaimVerdict::Inconclusive {
            out.push_str(
                "Inconclusive is not false: a hypothesis could not be verified, and the minimum \
                 may be there all the same.\n\n",
            );
        }
        let objective = objective(self.claim.kind);
        out.push_str(&format!("**Objective.** The {objective}.\n\n"));
        if let Some(contrast) = &self.contrast {
            out.push_str(&contrast::summary(contrast));
        }
        out.push_str(CONVENTIONS);
        out.push_str(&self.claim_section());
        if let Some(side) = &self.ssl {
            out.push_str(&side.markdown());
        }
        if let Some(side) = &self.sl {
            out.push_str(&supervised::sections(side, &self.claim));
        }
        if let Some(side) = &self.given {
            out.push_str(&given::sections(side));
        }
        if let Some(side) = &self.family {
            for section in family_sections::sections(side, &self.claim) {
                out.push_str(&section.markdown());
            }
        }
        if let Some(contrast) = &self.contrast {
            out.push_str(&contrast::sections(contrast));
        }
        out.push_str(&figures(&self.figures));
        out.push_str(&closing::trusted_base());
        out.push_str(&closing::rerun(&self.claim));
        out.push_str(&closing::limits(&self.claim, verdict));
        out.push_str(closing::to_believe(verdict));
        out
    }

    fn claim_section(&self) -> String {
        let claim = &self.claim;
        let required: Vec<String> = claim
            .require
            .iter()
            .map(|id| id.name().to_owned())
            .collect();
        let mut out = String::from("## The claim\n\n");
        out.push_str(match &claim.data {
            None => {
                "Data x = μ_k + ρ ξ in R^d with ξ ~ N(0, I), the centres μ_k being e₁, e₁ + τ e₂, −e₁, \
                 −e₁ + τ e₂; σ is the logistic function and W has two rows.\n\n"
            }
            Some(data) => super::phrases::given_data(&data.source),
        });
        if claim.kind.has_ssl() || claim.kind.has_family() {
            out.push_str(
                "Self-supervised: two views x′, x″ of one x add independent noise. L(W) = −E⟨σ(Wx′), σ(Wx″)⟩ + \
                 α‖W‖²_F is the exact objective and L̃, the same without noise, the simplified one. Both separate \
                 over rows.\n\n",
            );
        }
        if claim.kind.has_sl() {
            out.push_str(
                "Supervised: the label is y = 0 for the centres e₁, e₁ + τ e₂ and y = 1 for the others, the \
                 prediction ŷ = σ(F·σ(Wx)), nothing is augmented. L_SL(W, F) = E[−y ln ŷ − (1 − y) ln(1 − ŷ)] + \
                 β‖W‖²_F + γ‖F‖² is the exact objective and L̃_SL, the same without noise, the simplified one.\n\n",
            );
        }
        out.push_str(&format!(
            "The statement is about {}. Numbers mean the decimal or fraction that is written.\n\n",
            join(&parameters(claim))
        ));
        let mut table = Table::new(["number", "as written", "enclosed"]);
        let written = &claim.written;
        let (ssl, sl) = (claim.kind.has_ssl(), claim.kind.has_sl());
        let ssl = ssl || claim.kind.has_data() || claim.kind.has_family();
        let drawn = !written.rho_data.is_empty() && !claim.and_larger;
        let descends = matches!(claim.kind, ClaimKind::Global | ClaimKind::Descent);
        for (name, text, value, shown) in [
            ("τ", &written.tau, claim.tau, true),
            ("α", &written.alpha, claim.alpha, ssl),
            ("β", &written.beta, claim.beta, sl),
            ("γ", &written.gamma, claim.gamma, sl),
            ("ρ of the data", &written.rho_data, claim.rho_data, drawn),
            (
                "ρ of the views",
                &written.rho_view,
                claim.rho_view,
                ssl && !claim.and_larger,
            ),
            ("step", &written.step, claim.step, descends),
        ] {
            if !shown {
                continue;
            }
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
        out.push_str(if claim.kind.has_data() {
            "The weights are the frequencies of the centres among the points.\n\n"
        } else if claim.mirror_symmetric {
            "The weights are mirror symmetric: of the self-supervised minimum the second row is the first \
             one's mirror image (−w⁽¹⁾, w⁽²⁾).\n\n"
        } else {
            "The weights are not mirror symmetric: the two rows have different minima, each proved \
             by itself.\n\n"
        });
        if claim.kind.has_family() {
            let expected = super::phrases::expectation(claim.expect);
            out.push_str(&format!("Expected by the claim's author: {expected}.\n\n"));
            return out;
        }
        out.push_str(&format!(
            "Expected by the claim's author: {}. Conditions required: {}.\n\n",
            super::phrases::expectation(claim.expect),
            if required.is_empty() {
                "none in particular; each minimum must be proved by at least one".to_owned()
            } else {
                required.join(", ")
            }
        ));
        out
    }
}

impl SelfSupervised {
    /// Steps 1 to 6.
    fn markdown(&self) -> String {
        let evidence = &self.evidence;
        let mut out = String::new();
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
