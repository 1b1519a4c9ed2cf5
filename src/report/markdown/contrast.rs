//! Both sides beside each other.

use super::absent;
use crate::dossier::Contrast;
use crate::report::contrast_text::{CHANCE, PROVED, contents, map, probes, remarks, training};

/// The line that the claim is about.
pub(super) fn summary(contrast: &Contrast) -> String {
    if contrast.proved {
        format!("**Proved: {PROVED}.**\n\n")
    } else {
        format!("Not proved: {PROVED}.\n\n")
    }
}

/// Sections C1 to C3.
pub(super) fn sections(contrast: &Contrast) -> String {
    let mut out = String::from("## C1. What the proved minima contain (enclosed)\n\n");
    if contrast.rows.is_empty() {
        out = absent(out);
    } else {
        out.push_str(&contents(contrast).markdown());
        out.push_str(&summary(contrast));
    }
    out.push_str("## C2. What the features are good for: linear probes (estimated)\n\n");
    match &contrast.downstream {
        Some(downstream) => {
            out.push_str(&format!(
                "The learned representation σ(Wx) of the exact minima is frozen. Probe: {}. The label is y, the hidden bit \
                 whether the centre holds e₂. Derivations: `notes/downstream.md`.\n\n",
                training(downstream)
            ));
            out.push_str(&probes(downstream).markdown());
            out.push_str(&format!("{CHANCE}.\n\n"));
        }
        None => out = absent(out),
    }
    out.push_str("## C3. Where the contrast holds (points, not regions)\n\n");
    out.push_str(
        "Which minima the exact objectives have at other parameters. Proved: a strict local minimum of that kind is proved at the \
         point. Floats only: found by descent, not proved. Not found: descent finds none, and nothing is proved. Nothing is said about \
         what lies between the points. The SSL minimum is one with w⁽¹⁾ > 0; every critical point of ℓ has w⁽²⁾ ≠ 0 (`notes/supervised.md`).\n\n",
    );
    out.push_str(&map(&contrast.map).markdown());
    for line in remarks(&contrast.map) {
        out.push_str(&format!("- {line}\n"));
    }
    out.push('\n');
    out
}
