//! What a reader must trust, how to compute it again, and what is not said.

use crate::claim::{Claim, ClaimKind, ClaimVerdict, Expectation};
use crate::data::{DataSet, Source};

/// What the proofs rest on.
pub(super) fn trusted_base() -> String {
    format!(
        "## Trusted base\n\n\
         The proofs rest on, and only on:\n\n\
         - **IEEE 754 binary64 arithmetic** of the processor: `+ − × ÷ √` and the fused \
         multiply-add round to nearest. Outward rounding is built on these; the rounding mode is \
         never changed.\n\
         - **CORE-MATH** (the `core-math` crate): exp, ln and tanh are correctly rounded.\n\
         - **rustc**, at least {}, and its standard library's exact reading and printing of \
         decimals.\n\
         - **This program**, minlift {}: its derivations are in `notes/`, its tests in `tests/`.\n\n\
         Everything else (optimisers, the floats that find candidates, preconditioners, the \
         figures' curves where they are marked so) may be wrong without making a proved statement \
         false.\n\n",
        env!("CARGO_PKG_RUST_VERSION"),
        env!("CARGO_PKG_VERSION"),
    )
}

/// What somebody must believe who believes nothing of this program.
pub(super) const fn to_believe(verdict: ClaimVerdict) -> &'static str {
    match verdict {
        ClaimVerdict::Verified | ClaimVerdict::Refused => {
            "\n## What has to be believed\n\n\
             - `certificate.json` beside this report holds the data of the proof; `minlift check certificate.json` proves it again with a kernel that \
             shares no arithmetic, formula or code with this program.\n\
             - To be believed are that kernel (`src/kernel`), the 256-bit integers of `ethnum`, the JSON reader, the compiler, and the lemmas on paper that \
             `notes/trust.md` lists.\n\
             - Not in the certificate: the radius conditions, regions of uniqueness other than its boxes, other critical points that a search met, and whatever \
             is marked as estimated.\n"
        }
        ClaimVerdict::Inconclusive => {
            "\n## What has to be believed\n\nNothing was decided: there is no certificate beside this report.\n"
        }
    }
}

/// The claim file and the command.
pub(super) fn rerun(claim: &Claim) -> String {
    format!(
        "## How to run it again\n\n\
         Save as `{name}.toml`:\n\n\
         ```toml\n{file}```\n\n\
         ```sh\ncargo run --release -- verify {name}.toml --out DIR\n```\n\n\
         `DIR/{name}/report.json` holds every number of this report with all its digits, as \
         decimals and as exact hexadecimal floats.\n\n",
        name = claim.name,
        file = claim_file(claim),
    )
}

/// The claim as a claim file. What was left to the default `d^(-3/2)` stays so.
fn claim_file(claim: &Claim) -> String {
    let written = &claim.written;
    let mut out = format!("name = \"{}\"\n", claim.name);
    if claim.kind != ClaimKind::Ssl {
        out.push_str(&format!("kind = \"{}\"\n", claim.kind.name()));
    }
    out.push_str(&format!(
        "d = {}\ntau = {}\n",
        if claim.and_larger {
            format!("\">={}\"", claim.d)
        } else {
            claim.d.to_string()
        },
        number(&written.tau)
    ));
    let views = claim.kind != ClaimKind::Sl;
    if views {
        out.push_str(&format!("alpha = {}\n", number(&written.alpha)));
    }
    if claim.kind.has_sl() {
        for (field, text) in [("beta", &written.beta), ("gamma", &written.gamma)] {
            out.push_str(&format!("{field} = {}\n", number(text)));
        }
    }
    let by_default = |text: &str| text.starts_with('d');
    if claim.kind.has_family() {
        if !claim.and_larger && !by_default(&written.rho_data) {
            out.push_str(&format!("rho = {}\n", number(&written.rho_data)));
        }
        if matches!(claim.kind, ClaimKind::Global | ClaimKind::Descent) {
            out.push_str(&format!("step = {}\n", number(&written.step)));
        }
        if claim.kind == ClaimKind::Descent && !written.start.contains("tau") {
            out.push_str(&format!(
                "start = [{}]\n",
                written.start.replace(" x ", ", ")
            ));
        }
        if claim.expect == Expectation::Refused {
            out.push_str("expect = \"refused\"\n");
        }
        return out;
    }
    for (field, text, shown) in [
        ("rho_data", &written.rho_data, !written.rho_data.is_empty()),
        ("rho_view", &written.rho_view, views),
    ] {
        if shown && !by_default(text) {
            out.push_str(&format!("{field} = {}\n", number(text)));
        }
    }
    if let Some(data) = &claim.data {
        out.push_str(&data_fields(data));
    } else {
        let weights: Vec<String> = written.weights.iter().map(|w| number(w)).collect();
        out.push_str(&format!("weights = [{}]\n", weights.join(", ")));
    }
    if !claim.require.is_empty() {
        let names: Vec<String> = claim
            .require
            .iter()
            .map(|id| format!("\"{}\"", id.name()))
            .collect();
        out.push_str(&format!("require = [{}]\n", names.join(", ")));
    }
    if claim.expect == Expectation::Refused {
        out.push_str("expect = \"refused\"\n");
    }
    out
}

/// Where the data come from, as fields of a claim file.
fn data_fields(data: &DataSet) -> String {
    let from = match &data.source {
        Source::Drawn { seed, noise } => format!("seed = {seed}\nnoise = \"{}\"\n", noise.name()),
        Source::File { path, sha256 } => {
            let path = toml_edit::Value::from(path.as_str());
            format!("file = {path}\nsha256 = \"{sha256}\"\n")
        }
    };
    format!("n = {}\n{from}", data.n())
}

/// A literal as TOML: bare if TOML allows it, in quotes otherwise (`"1/800"`).
fn number(text: &str) -> String {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let canonical = |s: &str| digits(s) && (s == "0" || !s.starts_with('0'));
    if let Some(list) = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        let entries: Vec<String> = list.split(", ").map(number).collect();
        return format!("[{}]", entries.join(", "));
    }
    let bare = match text.split_once('.') {
        Some((whole, fraction)) => canonical(whole) && digits(fraction),
        None => canonical(text),
    };
    if bare {
        text.to_owned()
    } else {
        format!("\"{text}\"")
    }
}

/// What a reader might think was proved, and was not.
pub(super) fn limits(claim: &Claim, verdict: ClaimVerdict) -> String {
    if claim.kind.has_data() {
        return "## What this does not say\n\n\
                - Nothing is said about the population, about other draws of the data, or about \"with high \
                probability\".\n"
            .to_owned();
    }
    if claim.kind.has_family() {
        return "## What this does not say\n\n\
                - The exact objective is the **population** objective, an expectation over data and views. Nothing is said about L_X, the \
                objective of a drawn data set, about learning with labels, or about other noise than isotropic Gaussian of the same \
                strength in data and views.\n\
                - What is open is not refuted, and a proof that goes through up to some parameter says nothing beyond it.\n"
            .to_owned();
    }
    let mut out = String::from(
        "## What this does not say\n\n\
         - The exact objectives are **population** objectives, expectations over data (and views or labels). Nothing is \
         said about L_X, the objective of a drawn data set, nor about \"with high probability\".\n",
    );
    out.push_str(match verdict {
        ClaimVerdict::Refused => {
            "- The refusal is about the simplified objective: it has no minimum of the kind that could be lifted. \
             Whether the exact one has one for other reasons was not examined.\n"
        }
        ClaimVerdict::Verified | ClaimVerdict::Inconclusive => {
            "- Uniqueness is local: in the regions stated, not in the whole space. No basin of \
             attraction is proved; that the optimisers arrive is an observation.\n\
             - A condition that fails proves nothing: neither that there is no minimum, nor that \
             it is far away.\n"
        }
    });
    out.push_str(if claim.kind == ClaimKind::Ssl {
        "- Nothing is said about learning with labels, other noise than isotropic Gaussian, or \
         other parameters than those above.\n"
    } else {
        "- Nothing is said about other noise than isotropic Gaussian, or about parameters between the points \
         that were examined. The supervised objective has other critical points than those shown.\n"
    });
    out
}
