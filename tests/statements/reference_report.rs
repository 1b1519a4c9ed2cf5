//! Statement: the committed report of the paper's claim still is what the program says: the same verdicts,
//! enclosures that overlap and are no wider, margins within 1 %. Not the same bytes.

use std::sync::OnceLock;

use crate::given::paper_dossier;
use minlift::interval::Interval;
use minlift::report::from_hex;
use serde_json::{Map, Value};

/// Relative change of a bound that is still the same statement.
const NEAR: f64 = 0.01;
/// How many times wider an enclosure may become.
const WIDER: f64 = 10.0;

fn committed() -> Value {
    let text = include_str!("../../verification/reports/paper/report.json");
    serde_json::from_str(text).unwrap()
}

fn computed() -> &'static Value {
    static REPORT: OnceLock<Value> = OnceLock::new();
    REPORT.get_or_init(|| {
        let mut dossier = paper_dossier().clone();
        dossier.folder().unwrap(); // names the figures
        serde_json::from_str(&dossier.json().unwrap()).unwrap()
    })
}

/// Where two reports say different things, and how.
fn differences(committed: &Value, computed: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare("", committed, computed, &mut found);
    found
}

fn compare(at: &str, old: &Value, new: &Value, found: &mut Vec<String>) {
    match (old, new) {
        (Value::Object(a), Value::Object(b)) => {
            let keys = |m: &Map<String, Value>| m.keys().cloned().collect::<Vec<_>>();
            if keys(a) != keys(b) {
                found.push(format!("{at}: {:?} and {:?}", keys(a), keys(b)));
            } else if let (Some(a), Some(b)) = (set(old), set(new)) {
                // Rounding alone may make the widest of the thin ones a little wider.
                let slack = 1e-14 * (1.0 + a.mag());
                if a.intersection(b).is_empty() || b.width() > WIDER * a.width() + slack {
                    found.push(format!("{at}: {a} and {b}"));
                }
            } else if let (Some(a), Some(b)) = (bound(old), bound(new)) {
                if !((a - b).abs() <= NEAR * a.abs() || a == b) {
                    found.push(format!("{at}: {a} and {b}"));
                }
            } else {
                for (key, value) in a {
                    // What optimisers estimate, and how long they took, depends on the processor.
                    if key != "estimated" && key != "steps" {
                        compare(&format!("{at}.{key}"), value, &b[key], found);
                    }
                }
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (k, (a, b)) in a.iter().zip(b).enumerate() {
                compare(&format!("{at}[{k}]"), a, b, found);
            }
        }
        (Value::String(a), Value::String(b)) if at == ".reason" => {
            // A sentence with a bound in it: the words, without the digits.
            let words = |s: &str| s.replace(|c: char| c.is_ascii_digit(), "");
            if words(a) != words(b) {
                found.push(format!("{at}: {a:?} and {b:?}"));
            }
        }
        _ if old == new => {}
        _ => found.push(format!("{at}: {old} and {new}")),
    }
}

fn float(value: &Value, key: &str) -> Option<f64> {
    from_hex(value.get(key)?.as_str()?)
}

fn set(value: &Value) -> Option<Interval> {
    Interval::new(float(value, "lo_hex")?, float(value, "hi_hex")?).ok()
}

/// An upper or lower bound, or a float that was chosen.
fn bound(value: &Value) -> Option<f64> {
    ["upper_hex", "lower_hex", "exact_hex"]
        .iter()
        .find_map(|key| float(value, key))
}

#[test]
fn the_committed_report_is_what_the_program_says() {
    let found = differences(&committed(), computed());
    assert!(
        found.is_empty(),
        "the report has drifted ({} places); verification/reports/README.md says how to renew it:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn its_verdict_stands_in_the_markdown_too() {
    let markdown = include_str!("../../verification/reports/paper/report.md");
    assert!(markdown.contains("**Verdict: verified.**"));
    assert_eq!(committed()["verdict"], "verified");
    let files = concat!(env!("CARGO_MANIFEST_DIR"), "/verification/reports/paper");
    for figure in committed()["figures"].as_array().unwrap() {
        let file = std::path::Path::new(files).join(figure["file"].as_str().unwrap());
        assert!(file.is_file(), "{}", file.display());
    }
}

/// The comparison itself: each kind of drift is noticed, and only there.
#[test]
fn tampering_is_noticed() {
    let original = committed();
    assert_eq!(differences(&original, &original), Vec::<String>::new());
    let changed = |path: &str, value: Value| {
        let mut tampered = original.clone();
        *tampered.pointer_mut(path).expect(path) = value;
        differences(&original, &tampered)
    };
    let hex = |x: f64| {
        let (mantissa, exponent) = (x.to_bits() & ((1 << 52) - 1), (x.to_bits() >> 52) & 0x7ff);
        Value::from(format!("0x1.{mantissa:013x}p{}", exponent as i32 - 1023)) // normal and positive
    };
    let read = |path: &str| from_hex(original.pointer(path).unwrap().as_str().unwrap()).unwrap();

    assert_eq!(changed("/verdict", "refused".into()).len(), 1);
    assert_eq!(changed("/conditions/0/holds", true.into()).len(), 1);
    assert_eq!(changed("/runs/3/outcome", "not finished".into()).len(), 1);
    assert_eq!(changed("/runs/3/steps", 1.into()).len(), 0);
    let margin = "/conditions/4/margin/lower_hex";
    assert_eq!(changed(margin, hex(read(margin) * 1.02)).len(), 1);
    assert_eq!(changed(margin, hex(read(margin) * 1.002)).len(), 0);
    // An enclosure elsewhere, and one that is too wide.
    let end = "/exact/minimum/point/0/hi_hex";
    assert_eq!(changed(end, hex(read(end) + 1e-9)).len(), 1);
    let start = "/exact/minimum/point/0/lo_hex";
    let mut tampered = original.clone();
    *tampered.pointer_mut(start).unwrap() = hex(read(start) + 1e-6);
    *tampered.pointer_mut(end).unwrap() = hex(read(end) + 1e-6);
    assert_eq!(differences(&original, &tampered).len(), 1);
    assert!(!changed("/exact/distance", Value::Null).is_empty());
}
