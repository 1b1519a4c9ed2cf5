//! Reports say what the evidence holds, verdict first, and no printed number claims more than it may.

use crate::samples;
use minlift::claim::{ClaimVerdict, ConditionId, Expectation, Space};
use minlift::confirm::Outcome;
use minlift::dossier::Dossier;
use minlift::interval::Interval;
use minlift::report::from_hex;
use serde_json::Value;

fn json(dossier: &Dossier) -> Value {
    let text = dossier.json().expect("serialises");
    serde_json::from_str(&text).expect("parses")
}

fn read_set(value: &Value) -> Interval {
    let end = |key: &str| from_hex(value[key].as_str().expect("a string")).expect("a hex float");
    Interval::new(end("lo_hex"), end("hi_hex")).expect("an interval")
}

#[test]
fn text_and_markdown_put_the_verdict_first() {
    for (dossier, verdict) in [
        (samples::verified(), "verified"),
        (samples::refused(), "refused"),
        (samples::inconclusive(), "inconclusive"),
    ] {
        assert!(dossier.text().starts_with(verdict), "{}", dossier.text());
        let markdown = dossier.markdown();
        let after_title = markdown.split_once("\n\n").expect("a title").1;
        assert!(after_title.starts_with(&format!("**Verdict: {verdict}.**")));
        let json = dossier.json().expect("serialises");
        assert!(json.starts_with(&format!("{{\n  \"verdict\": \"{verdict}\"")));
    }
}

#[test]
fn every_format_says_that_the_objective_is_the_population_one() {
    for dossier in [
        samples::verified(),
        samples::refused(),
        samples::inconclusive(),
    ] {
        assert!(dossier.text().contains("population objective L"));
        assert!(dossier.text().contains("L_X"));
        assert!(dossier.markdown().contains("**population** objective"));
        assert!(dossier.markdown().contains("L_X"));
        assert_eq!(json(&dossier)["objective"], "population");
    }
}

#[test]
fn a_verified_claim_in_the_terminal() {
    insta::assert_snapshot!(samples::verified().text());
}

#[test]
fn a_refused_claim_in_the_terminal() {
    insta::assert_snapshot!(samples::refused().text());
}

#[test]
fn an_inconclusive_claim_in_the_terminal() {
    insta::assert_snapshot!(samples::inconclusive().text());
}

#[test]
fn a_verified_claim_in_markdown() {
    insta::assert_snapshot!(samples::verified().markdown());
}

#[test]
fn a_refused_claim_in_markdown() {
    insta::assert_snapshot!(samples::refused().markdown());
}

#[test]
fn an_inconclusive_claim_in_markdown() {
    insta::assert_snapshot!(samples::inconclusive().markdown());
}

#[test]
fn the_json_of_a_verified_claim_follows_the_schema() {
    let report = json(&samples::verified());
    assert_eq!(report["schema"], "minlift-report/1");
    assert_eq!(report["name"], "sample");
    assert_eq!(report["claim"]["alpha"]["written"], "1/800");
    assert_eq!(report["simplified"]["minimum"]["verdict"], "proved minimum");
    assert_eq!(report["simplified"]["saddle"]["index"], 1);
    assert_eq!(report["jacobian"]["determinant_sign"], "positive");
    assert_eq!(report["jacobian"]["space"], "W");
    let failing = &report["conditions"][1];
    assert_eq!(failing["id"], "quantitative_ift");
    assert_eq!(failing["space"], "W");
    assert_eq!(failing["holds"], false);
    assert_eq!(failing["left"]["upper"], "4.75");
    assert_eq!(failing["right"]["lower"], "1.0");
    assert_eq!(
        failing["margin"]["lower_hex"],
        minlift::report::hex(1.0 / 4.75)
    );
    assert!(
        failing.get("radius").is_none(),
        "a failing condition predicts nothing"
    );
    for key in ["R", "K", "epsilon", "ball", "norm"] {
        assert!(failing.get(key).is_some(), "{key}");
    }
    assert_eq!(
        report["exact"]["contained_by"],
        serde_json::json!(["newton_kantorovich", "plane", "krawczyk"])
    );
    assert_eq!(report["runs"].as_array().map(Vec::len), Some(37));
    assert_eq!(report["runs"][0]["estimated"]["gradient_norm"], 4e-7);
    assert!(report["runs"][0].get("gradient_norm").is_none());
}

#[test]
fn intervals_come_back_from_json_bit_by_bit() {
    let mut dossier = samples::verified();
    let report = json(&dossier);
    let evidence = &samples::ssl(&mut dossier).evidence;
    let exact = evidence.exact.as_ref().expect("the sample has it");
    assert_eq!(read_set(&report["exact"]["distance"]), exact.distance);
    for j in 0..2 {
        let point = exact.minima[0].point[j];
        let read = &report["exact"]["minimum"]["point"][j];
        assert_eq!(read_set(read), point);
        // The shortest decimals, rounded to nearest, are the same floats.
        let decimal = |key: &str| read[key].as_str().and_then(|s| s.parse::<f64>().ok());
        assert_eq!(decimal("lo"), Some(point.inf()));
        assert_eq!(decimal("hi"), Some(point.sup()));
    }
    assert_eq!(read_set(&report["claim"]["alpha"]), evidence.claim.alpha);
}

#[test]
fn nothing_is_null_or_nan_whatever_the_floats_are() {
    let mut dossier = samples::inconclusive();
    let evidence = &mut samples::ssl(&mut dossier).evidence;
    evidence.conditions[0].condition.left = f64::INFINITY;
    evidence.conditions[0].condition.margin = f64::NAN;
    evidence.conditions[0].condition.lipschitz = f64::NAN;
    evidence.conditions[0].condition.ball = f64::NAN;
    if let Some(simplified) = &mut evidence.simplified {
        simplified.minima[0].value = Interval::ENTIRE;
        simplified.minima[0].kappa = Interval::EMPTY;
    }
    let runs = samples::ssl(&mut samples::verified()).runs.clone();
    samples::ssl(&mut dossier).runs = runs;
    samples::ssl(&mut dossier).runs[0].value = f64::NAN;
    samples::ssl(&mut dossier).runs[0].distance = f64::NEG_INFINITY;
    samples::ssl(&mut dossier).runs[0].gradient_norm = f64::NAN;
    let text = dossier.json().expect("serialises");
    assert!(!text.contains("null"));
    for rendered in [&text, &dossier.text(), &dossier.markdown()] {
        assert!(
            !rendered.contains("NaN") && !rendered.contains("\"nan\""),
            "{rendered}"
        );
    }
    let report = json(&dossier);
    assert_eq!(report["conditions"][0]["left"]["upper"], "inf");
    // A NaN bounds nothing, so the bound becomes the one that is always true.
    assert_eq!(report["conditions"][0]["K"]["upper"], "inf");
    assert_eq!(report["conditions"][0]["margin"]["lower_hex"], "-inf");
    assert_eq!(report["runs"][0]["estimated"]["value"], "undefined");
    assert_eq!(report["runs"][0]["estimated"]["distance"], "-inf");
    // The largest gradient norm of a group is not the largest of those that are numbers.
    assert!(dossier.text().contains("undefined"));
}

#[test]
fn what_was_not_computed_is_absent_or_says_so() {
    let dossier = samples::refused();
    let report = json(&dossier);
    for key in ["simplified", "jacobian", "exact", "content"] {
        assert!(report.get(key).is_none(), "{key}");
        let named = report["not_computed"].as_array().expect("a list");
        assert!(named.contains(&Value::from(key)), "{key}");
    }
    assert_eq!(report["refusal"]["boxes_open"], 0);

    let mut bare = samples::verified();
    samples::ssl(&mut bare).evidence.simplified = None;
    samples::ssl(&mut bare).evidence.jacobian = None;
    samples::ssl(&mut bare).evidence.conditions.clear();
    samples::ssl(&mut bare).evidence.exact = None;
    samples::ssl(&mut bare).evidence.content = None;
    samples::ssl(&mut bare).runs.clear();
    assert_eq!(bare.text().matches("not computed").count(), 6);
    assert_eq!(bare.markdown().matches("not computed").count(), 6);
}

#[test]
fn a_refusal_with_open_boxes_is_not_called_a_proof() {
    let mut dossier = samples::refused();
    samples::ssl(&mut dossier).evidence.verdict = ClaimVerdict::Inconclusive;
    samples::ssl(&mut dossier)
        .evidence
        .refusal
        .as_mut()
        .expect("the sample has it")
        .boxes_open = 3;
    assert!(dossier.text().contains("3 left open: not a proof"));
    assert!(dossier.markdown().contains("**not** a proof"));
    assert!(!samples::refused().markdown().contains("**not** a proof"));
}

#[test]
fn a_shortfall_names_the_required_condition_with_both_sides() {
    let shortfall = samples::inconclusive()
        .shortfall()
        .expect("not as expected");
    assert!(
        shortfall.contains("quantitative_ift (W, spectral) fails"),
        "{shortfall}"
    );
    assert!(
        shortfall.contains("left side at most 4.75, right side at least 1,"),
        "{shortfall}"
    );
    // Conditions that hold, and an obstacle's missing side.
    assert!(!shortfall.contains("newton_kantorovich"));
    assert!(
        shortfall.contains("left side: at most 1.5; right side: no bound"),
        "{shortfall}"
    );

    let mut missing = samples::inconclusive();
    samples::ssl(&mut missing)
        .evidence
        .conditions
        .retain(|c| c.id != ConditionId::QuantitativeIft);
    let shortfall = missing.shortfall().expect("not as expected");
    assert!(shortfall.contains("quantitative_ift is required and was not computed"));
}

#[test]
fn an_expectation_is_met_only_by_its_own_verdict() {
    assert_eq!(samples::verified().shortfall(), None);
    assert_eq!(samples::refused().shortfall(), None);
    let mut dossier = samples::inconclusive();
    samples::edit_claim(&mut dossier, |claim| claim.expect = Expectation::Refused);
    assert!(dossier.shortfall().is_some(), "inconclusive is not refused");
    let mut dossier = samples::verified();
    samples::edit_claim(&mut dossier, |claim| claim.expect = Expectation::Refused);
    assert_eq!(
        dossier.shortfall().as_deref(),
        Some("expected refused, came out verified")
    );
}

#[test]
fn a_run_stationary_elsewhere_is_a_shortfall_and_one_at_the_saddle_is_not() {
    let mut dossier = samples::verified();
    samples::ssl(&mut dossier).runs[2].outcome = Outcome::StationaryAtSaddle;
    assert_eq!(dossier.shortfall(), None);
    samples::ssl(&mut dossier).runs[2].outcome = Outcome::StationaryElsewhere;
    let shortfall = dossier.shortfall().expect("not as expected");
    assert!(
        shortfall.contains("L-BFGS from initialisation 0, seed 2"),
        "{shortfall}"
    );
    assert!(dossier.text().contains("1 stationary elsewhere"));
}

#[test]
fn without_mirror_symmetry_both_rows_are_shown() {
    let mut dossier = samples::verified();
    assert_eq!(dossier.text().matches("by symmetry").count(), 2);
    samples::edit_claim(&mut dossier, |claim| claim.mirror_symmetric = false);
    assert_eq!(dossier.text().matches("by symmetry").count(), 0);
    assert!(dossier.text().contains("w* = (-4.00"));
    assert!(dossier.markdown().contains("w*, row 2"));
}

#[test]
fn failing_conditions_are_shown_failing() {
    let mut dossier = samples::verified();
    assert_eq!(dossier.text().matches("FAILS").count(), 2);
    assert_eq!(dossier.markdown().matches("**FAILS**").count(), 2);
    samples::ssl(&mut dossier).evidence.conditions = vec![samples::condition(
        ConditionId::Krawczyk,
        Space::Row,
        0.999_999_99,
        1.0,
    )];
    // A margin just above 1 is printed with the digits that show it.
    assert!(dossier.text().contains("1.00000001"), "{}", dossier.text());
}

#[test]
fn the_markdown_holds_a_claim_file_and_links_its_figures() {
    let mut dossier = samples::verified();
    samples::edit_claim(&mut dossier, |claim| {
        claim.written.rho_view = "0.05".to_owned();
        claim.require = vec![ConditionId::Krawczyk];
    });
    let markdown = dossier.markdown();
    let file = markdown
        .split_once("```toml\n")
        .and_then(|(_, rest)| rest.split_once("```"))
        .expect("a TOML block")
        .0;
    let table: toml_edit::DocumentMut = file.parse().expect("TOML");
    assert_eq!(table["name"].as_str(), Some("sample"));
    assert_eq!(table["d"].as_integer(), Some(10));
    assert_eq!(table["alpha"].as_str(), Some("1/800"));
    assert!(
        table.get("rho_data").is_none(),
        "the default stays a default"
    );
    assert_eq!(table["rho_view"].as_float(), Some(0.05));
    assert_eq!(
        table["weights"].as_array().map(toml_edit::Array::len),
        Some(4)
    );
    assert_eq!(table["require"][0].as_str(), Some("krawczyk"));
    assert!(markdown.contains("![Landscape of L̃](landscape.svg)"));
}

#[test]
fn json_keys_come_in_the_order_of_the_schema() {
    let text = samples::verified().json().expect("serialises");
    let keys = [
        "verdict",
        "reason",
        "schema",
        "name",
        "objective",
        "claim",
        "not_computed",
        "simplified",
        "jacobian",
        "conditions",
        "exact",
        "content",
        "runs",
        "runs_left_out",
        "figures",
    ];
    let at: Vec<usize> = keys
        .iter()
        .map(|key| {
            text.find(&format!("\n  \"{key}\": "))
                .unwrap_or_else(|| panic!("{key}"))
        })
        .collect();
    assert!(at.is_sorted(), "{at:?}");
    assert_eq!(text, samples::verified().json().expect("serialises"));
}

#[test]
fn the_json_of_an_inconclusive_claim() {
    insta::assert_snapshot!(samples::inconclusive().json().expect("serialises"));
}

#[test]
fn a_uniqueness_region_is_reported_only_where_it_is_proved() {
    let dossier = samples::inconclusive();
    let exact = &json(&dossier)["exact"];
    assert!(exact["minimum"].get("uniqueness_box").is_none());
    assert!(exact["minimum_row_2"].get("uniqueness_box").is_some());
    let after = dossier.text();
    let (_, section) = after.split_once("4 exact objective").expect("section 4");
    assert!(!section.contains("unique in"));
}
