//! Statement: at the paper's parameters SSL has `‖P e2‖ = 1` and SL `‖P e2‖ = 0`, both proved; what follows
//! downstream; and where it ends.

use crate::given::paper_dossier as paper;
use minlift::claim::{Answers, Claim, ClaimVerdict, Found};
use minlift::confirm::supervised::SupervisedOutcome;
use minlift::dossier::verify;
use minlift::downstream::Target;
use minlift::interval::Interval;

fn claim(rest: &str) -> Claim {
    let text = format!("name = \"a\"\nkind = \"contrast\"\nd = 10\n{rest}\n");
    Claim::from_toml(&text, "a.toml").unwrap()
}

#[test]
fn the_contrast_is_a_proved_line() {
    let dossier = paper();
    assert_eq!(dossier.verdict(), ClaimVerdict::Verified);
    let contrast = dossier.contrast.as_ref().unwrap();
    assert!(contrast.proved);
    let line = "SSL: ‖P e₂‖ = 1; SL: ‖P e₂‖ = 0";
    assert!(dossier.text().contains(&format!("  proved: {line}\n")));
    assert!(dossier.markdown().contains(&format!("**Proved: {line}.**")));

    let names: Vec<_> = contrast
        .rows
        .iter()
        .map(|r| (r.objective, r.version))
        .collect();
    let all = [
        ("SSL", "simplified"),
        ("SSL", "exact"),
        ("SL", "simplified"),
        ("SL", "exact"),
    ];
    assert_eq!(names, all);
    let (zero, one) = (Interval::ZERO, Interval::ONE);
    for row in &contrast.rows {
        let expected = if row.objective == "SSL" {
            [one, one]
        } else {
            [one, zero]
        };
        assert_eq!(
            row.projections, expected,
            "{} {}",
            row.objective, row.version
        );
        let [c1, c2] = row.cosines;
        // cos² + cos² = 1, enclosed.
        assert!((c1.sqr() + c2.sqr()).contains(1.0));
    }
}

/// One side alone proves no contrast.
#[test]
fn a_contrast_needs_both_sides() {
    // Beyond the pitchfork SSL has nothing; SL is as it was.
    let refused = verify(&claim("tau = 7\nalpha = 0.05"), &|_| {});
    assert_eq!(refused.verdict(), ClaimVerdict::Refused);
    let contrast = refused.contrast.as_ref().unwrap();
    assert!(!contrast.proved && contrast.downstream.is_none());
    assert!(refused.text().contains("  not proved: SSL"));
    assert!(
        refused
            .reason()
            .contains("self-supervised: proved: the simplified")
    );
    let sl = refused.sl.as_ref().unwrap();
    assert_eq!(sl.evidence.verdict, ClaimVerdict::Verified);
    assert!(
        refused
            .shortfall()
            .is_some_and(|s| s.contains("expected verified, came out refused"))
    );

    // Unequal weights: SSL is proved, SL is out of reach. (A larger alpha than the paper's makes the survey shorter.)
    let open = verify(
        &claim("tau = 7\nalpha = 0.01\nweights = [0.3, 0.2, 0.2, 0.3]"),
        &|_| {},
    );
    assert_eq!(
        open.ssl.as_ref().unwrap().evidence.verdict,
        ClaimVerdict::Verified
    );
    assert_eq!(open.verdict(), ClaimVerdict::Inconclusive);
    assert!(!open.contrast.as_ref().unwrap().proved);
}

#[test]
fn probes_solve_both_tasks_on_ssl_and_the_label_only_on_sl() {
    let contrast = paper().contrast.as_ref().unwrap();
    let downstream = contrast.downstream.as_ref().unwrap();
    let accuracy = |i: usize, target| {
        let found = downstream.representations[i].target(target);
        // Trained to the end, whatever the solver thinks.
        assert!(found.population.gradient_norm < 1e-10);
        (found.population.accuracy, found.fresh.mean)
    };
    for (i, target) in [
        (0, Target::Label),
        (0, Target::HiddenBit),
        (1, Target::Label),
    ] {
        let (population, fresh) = accuracy(i, target);
        assert!(
            population > 1.0 - 1e-9 && fresh > 0.999,
            "{i}, {}: {population}",
            target.name()
        );
    }
    let (population, fresh) = accuracy(1, Target::HiddenBit);
    assert!(
        (population - 0.5).abs() < 1e-12 && (fresh - 0.5).abs() < 0.01,
        "{fresh}"
    );
}

#[test]
fn supervised_runs_end_in_proved_regions() {
    let sl = paper().sl.as_ref().unwrap();
    assert_eq!(sl.runs.len(), 100);
    for run in &sl.runs {
        let SupervisedOutcome::Arrived { region } = run.outcome else {
            panic!("{} {}: {}", run.method.name(), run.seed, run.outcome.name());
        };
        let without_e2 = sl.regions[region].name.starts_with("e1 only");
        let hidden = run.content.projections[1];
        if without_e2 {
            assert!(hidden < 1e-3, "{hidden}");
        } else {
            assert!((hidden - 0.0625).abs() < 1e-3, "{hidden}");
        }
    }
    // The images of a region are different sets with the same shape.
    let [first, exchanged] = [&sl.regions[0], &sl.regions[1]];
    assert_eq!(first.radius, exchanged.radius);
    assert_eq!(first.centre[0], exchanged.centre[2]);
    assert_eq!(first.centre[4], exchanged.centre[5]);
}

/// Statuses at single points: what is proved to be there, proved to be absent, or neither.
#[test]
fn the_map_tells_four_answers_apart() {
    let at = |rest: &str| Answers::at(&claim(rest));
    let answers = at("tau = 7\nalpha = \"1/800\"");
    assert_eq!(answers.ssl, Found::Proved);
    assert_eq!(answers.opposed, Found::Proved);
    assert_eq!(answers.agreeing, Found::Proved);
    assert!((answers.agreeing_hidden - 0.0625).abs() < 1e-3);
    // Beyond the pitchfork of SSL, and beyond the branching point of SL.
    assert_eq!(at("tau = 7\nalpha = 0.05").ssl, Found::ProvedNone);
    let strong = at("tau = 7\nalpha = \"1/800\"\nbeta = 0.07\ngamma = 0.07\nrho = 0");
    assert_eq!(strong.opposed, Found::ProvedNone);
    assert!(strong.agreeing == Found::NotFound && strong.agreeing_hidden.is_nan());
    // Strong noise: the agreeing minimum is gone, nothing is proved about its absence.
    let noisy = at("tau = 7\nalpha = \"1/800\"\nrho = 0.4");
    assert_eq!(noisy.agreeing, Found::NotFound);
    assert_eq!((noisy.ssl, noisy.opposed), (Found::Proved, Found::Proved));
    // Both features about equally strong: the rows of SSL fall onto the axis of e2.
    assert_eq!(
        at("tau = 0.7\nalpha = \"1/800\"\nrho = 0.2").ssl,
        Found::NotFound
    );
}

#[test]
fn the_map_covers_the_ranges_that_were_asked_for() {
    let map = &paper().contrast.as_ref().unwrap().map;
    let axes: Vec<_> = map.panels.iter().map(|p| p.axes).collect();
    assert_eq!(axes, [["τ", "ρ"], ["τ", "α = β = γ"], ["β", "γ"]]);
    for (panel, [x, y]) in map.panels.iter().zip([
        [[0.5, 20.0], [0.0, 0.5]],
        [[0.5, 20.0], [1e-4, 0.05]],
        [[1e-4, 0.05], [1e-4, 0.05]],
    ]) {
        for (axis, range) in [(0, x), (1, y)] {
            let values = panel.points.iter().map(|p| p.at[axis]);
            assert_eq!(values.clone().fold(f64::INFINITY, f64::min), range[0]);
            assert_eq!(values.fold(0.0, f64::max), range[1]);
        }
        // The statement the report makes of the scan.
        assert!(
            panel
                .points
                .iter()
                .all(|p| p.answers.opposed == Found::Proved)
        );
    }
}

/// One picture of the contents, one of the map, with every number behind them.
#[cfg(feature = "cli")]
#[test]
fn the_figures_show_the_contrast_and_the_map() {
    let mut dossier = paper().clone();
    let files = dossier.folder().unwrap();
    let text = |name: &str| {
        let file = files.iter().find(|file| file.name == name).expect(name);
        String::from_utf8(file.bytes.clone()).unwrap()
    };
    for stem in ["contrast", "map", "margins-sl"] {
        assert!(text(&format!("{stem}.svg")).ends_with("</svg>\n"), "{stem}");
        assert!(
            text("report.md").contains(&format!("]({stem}.svg)")),
            "{stem}"
        );
    }
    let contrast = text("contrast.csv");
    assert!(
        contrast
            .lines()
            .any(|line| line.starts_with("SL,exact,") && line.ends_with(",0.0,0.0,proved"))
    );
    let map = text("map.csv");
    let points: usize = (dossier.contrast.as_ref().unwrap().map.panels.iter())
        .map(|panel| panel.points.len())
        .sum();
    assert_eq!(map.lines().count(), 1 + points);
    let count = |status: &str| map.matches(status).count();
    assert_eq!(count("proved none"), 25);
    assert!(count("not found") > 50 && count("floats only") == 0);
    let drawn = text("map.svg");
    for words in [
        "SL, units agree",
        "proved: there is none",
        "floats find it, no proof",
    ] {
        assert!(drawn.contains(words), "{words}");
    }
    // Drawn twice, the same bytes.
    assert_eq!(text("map.svg"), {
        let again = paper().clone().folder().unwrap();
        let file = again
            .into_iter()
            .find(|file| file.name == "map.svg")
            .unwrap();
        String::from_utf8(file.bytes).unwrap()
    });
}

/// Kind `sl` says nothing of the other side, kind `ssl` nothing of this one.
#[test]
fn each_kind_reports_its_own_sides() {
    let json = |kind: &str, more: &str| {
        let text = format!("name = \"a\"\nkind = \"{kind}\"\ntau = 7\n{more}\n");
        let dossier = verify(&Claim::from_toml(&text, "a.toml").unwrap(), &|_| {});
        assert_eq!(dossier.verdict(), ClaimVerdict::Verified);
        let json: serde_json::Value = serde_json::from_str(&dossier.json().unwrap()).unwrap();
        assert_eq!(json["kind"], kind);
        (json, dossier.markdown())
    };
    let (sl, markdown) = json("sl", "d = 100000");
    assert!(sl.get("exact").is_none() && sl.get("runs").is_none() && sl.get("contrast").is_none());
    assert_eq!(sl["supervised"]["verdict"], "verified");
    assert!(sl["claim"].get("alpha").is_none() && sl["claim"].get("beta").is_some());
    assert!(markdown.contains("kind = \"sl\"") && !markdown.contains("alpha ="));
    let (ssl, markdown) = json("ssl", "d = 10\nalpha = 0.02");
    assert!(ssl.get("exact").is_some() && ssl.get("supervised").is_none());
    assert!(ssl["claim"].get("beta").is_none() && !markdown.contains("L_SL"));
}
