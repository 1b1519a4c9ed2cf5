//! Both sides beside each other, for the terminal.

use super::numbers::{enclosure, estimate};
use super::phrases::DIGITS;
use super::table::Table;
use super::text::{absent, push, section};
use crate::claim::Found;
use crate::dossier::{Contrast, ContrastMap, MapPoint};
use crate::downstream::{Downstream, Target};

/// The line that the claim is about.
pub(super) const PROVED: &str = "SSL: ‖P e₂‖ = 1; SL: ‖P e₂‖ = 0";

/// What is proved, in one line.
pub(super) fn summary(contrast: &Contrast) -> String {
    let mut out = String::new();
    if contrast.proved {
        push(&mut out, "  proved: ", PROVED);
    } else {
        push(&mut out, "  not proved: ", PROVED);
    }
    out
}

/// Sections C1 to C3.
pub(super) fn sections(contrast: &Contrast) -> String {
    let mut out = String::new();
    section(&mut out, "C1 what the proved minima contain", "enclosed");
    out.push_str(&contents(contrast).text(2));

    section(
        &mut out,
        "C2 linear probes on the features σ(Wx)",
        "estimated, but for the last line",
    );
    match &contrast.downstream {
        Some(downstream) => {
            push(&mut out, "  ", &training(downstream));
            out.push_str(&probes(downstream).text(2));
            push(&mut out, "  ", CHANCE);
        }
        None => absent(&mut out),
    }

    section(
        &mut out,
        "C3 other parameters",
        "counts of proved and unproved points",
    );
    out.push_str(&map(&contrast.map).text(2));
    for line in remarks(&contrast.map) {
        push(&mut out, "  ", &line);
    }
    out
}

/// Why no probe does better on the supervised side.
pub(super) const CHANCE: &str = "proved: at the SL minimum the features depend on x⁽¹⁾ alone, which is independent of the hidden bit, so no \
     prediction of the bit from them is right more often than the more frequent bit is";

/// The table of coefficients, cosines and projections.
pub(super) fn contents(contrast: &Contrast) -> Table {
    let mut table = Table::new([
        "",
        "",
        "w₁⁽¹⁾",
        "w₁⁽²⁾",
        "w₂⁽¹⁾",
        "w₂⁽²⁾",
        "|cos| e₁",
        "|cos| e₂",
        "‖P e₁‖",
        "‖P e₂‖",
    ]);
    for row in &contrast.rows {
        let [[a, b], [c, d]] = row.coefficients;
        let ([p, q], [r, s]) = (row.cosines, row.projections);
        let numbers = [a, b, c, d, p, q, r, s].map(|x| enclosure(x, DIGITS));
        let names = [row.objective.to_owned(), row.version.to_owned()];
        table.row(names.into_iter().chain(numbers));
    }
    table
}

/// How probes are trained.
pub(super) fn training(downstream: &Downstream) -> String {
    let settings = &downstream.settings;
    format!(
        "logistic loss + λ|v|², λ = {}, trained by argmin on the population and on {} samples of {}; tested on {} fresh points each",
        estimate(settings.penalty, 3),
        settings.seeds,
        settings.train,
        settings.test
    )
}

/// The table of accuracies.
pub(super) fn probes(downstream: &Downstream) -> Table {
    let mut table = Table::new([
        "features",
        "target",
        "chance",
        "population",
        "samples (mean)",
        "95 %",
        "smallest margin (logit)",
        "‖∇‖",
    ]);
    for report in &downstream.representations {
        for target in Target::ALL {
            let found = report.target(target);
            let [low, high] = found.fresh.interval;
            let margin = (found.population.margins.iter())
                .map(|margin| margin.logit)
                .fold(f64::INFINITY, f64::min);
            table.row([
                report.representation.name.clone(),
                target.name().to_owned(),
                estimate(found.chance, 4),
                estimate(found.population.accuracy, 10),
                estimate(found.fresh.mean, 5),
                format!("{} to {}", estimate(low, 5), estimate(high, 5)),
                estimate(margin, 3),
                estimate(found.population.gradient_norm, 2),
            ]);
        }
    }
    table
}

/// One of the three answers at a point.
type Answer = fn(&MapPoint) -> Found;

/// How many points of each panel have which answer.
pub(super) fn map(map: &ContrastMap) -> Table {
    let mut table = Table::new([
        "parameters",
        "points",
        "minimum",
        "proved",
        "floats only",
        "not found",
        "proved none",
    ]);
    for panel in &map.panels {
        let names: [(&str, Answer); 3] = [
            ("SSL, e₁ and e₂", |p| p.answers.ssl),
            ("SL, e₁ only", |p| p.answers.opposed),
            ("SL, units agree (some e₂)", |p| p.answers.agreeing),
        ];
        for (name, of) in names {
            let count = |found: Found| {
                let n = panel.points.iter().filter(|p| of(p) == found).count();
                if n == 0 {
                    "–".to_owned()
                } else {
                    n.to_string()
                }
            };
            table.row([
                format!("({}, {})", panel.axes[0], panel.axes[1]),
                panel.points.len().to_string(),
                name.to_owned(),
                count(Found::Proved),
                count(Found::Floats),
                count(Found::NotFound),
                count(Found::ProvedNone),
            ]);
        }
    }
    table
}

/// What the counts do not show.
pub(super) fn remarks(map: &ContrastMap) -> Vec<String> {
    let points = || map.panels.iter().flat_map(|panel| &panel.points);
    let mut out = Vec::new();
    let lost = points()
        .filter(|p| p.answers.opposed != Found::Proved)
        .count();
    if lost == 0 && points().next().is_some() {
        out.push("at every point of the scan SL has a proved minimum without e₂".to_owned());
    }
    let most = points()
        .filter(|p| p.answers.agreeing == Found::Proved)
        .map(|p| p.answers.agreeing_hidden)
        .fold(f64::NAN, f64::max);
    if most > 0.0 {
        out.push(format!(
            "SL keeps a trace of e₂ where its units agree: ‖P e₂‖ is at most {} at the proved points of the scan (estimated)",
            estimate(most, 3)
        ));
    }
    out
}
