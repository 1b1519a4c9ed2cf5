//! The whole argument, from a simplified objective to the exact one, on maps with known answers;
//! and the example of `notes/your_theorem.md`.

use crate::systems::{Bowl, Constant};
use minlift::interval::Interval;
use minlift::scalar::Scalar;
use minlift::theorem::{Autodiff, Gradient, Map, Theorem, Verdict, lift};

#[path = "../../examples/your_theorem.rs"]
#[allow(dead_code, reason = "its main function")]
mod your_theorem;

/// Gradient of `(x^2 - 1)^2/4 + y^2 + shift (x + y)`: for shift 0, minima (+-1, 0), saddle (0, 0).
struct Well {
    shift: f64,
}
impl Map for Well {
    fn dimension(&self) -> usize {
        2
    }
    fn eval<S: Scalar>(&self, x: &[S]) -> Vec<S> {
        let c = S::from_f64;
        vec![
            x[0] * (x[0].sqr() - c(1.0)) + c(self.shift),
            c(2.0) * x[1] + c(self.shift),
        ]
    }
}
impl Gradient for Well {}

fn well(shift: f64) -> Autodiff<Well> {
    Autodiff(Well { shift })
}

/// At (1, 0): A = 2 I, epsilon = s sqrt 2, D^2F = 6x in one entry, so every side is known.
#[test]
fn small_shift_is_lifted_by_every_condition() {
    let s = 0.01;
    let result = lift(&well(0.0), &well(s), &[0.9, 0.1]);
    assert_eq!(result.verdict, Verdict::ProvedMinimum);
    let (epsilon, inverse) = result.residual_and_inverse.unwrap();
    assert!(epsilon >= s * 2f64.sqrt() && epsilon < s * 2f64.sqrt() * (1.0 + 1e-12));
    assert!((0.5..0.5 + 1e-12).contains(&inverse));
    for theorem in [
        Theorem::QuantitativeIft,
        Theorem::NewtonKantorovich,
        Theorem::Krawczyk,
    ] {
        assert!(result.condition(theorem).unwrap().holds(), "{theorem}");
    }
    assert_eq!(
        result.contained_by,
        [Theorem::QuantitativeIft, Theorem::NewtonKantorovich]
    );
    // x^3 - x + s = 0 near 1 (s/2 to first order), y = -s/2.
    let distance = result.distance.unwrap();
    assert!(distance.width() < 1e-13);
    assert!(distance.inf() > s / 2f64.sqrt() && distance.sup() < 1.01 * s / 2f64.sqrt());
    let ift = result.condition(Theorem::QuantitativeIft).unwrap();
    // 2 R K |A^-1|^2 with K = 6 (1 + R) and epsilon/R: they meet at R = 0.0661, margin 4.68.
    assert!(ift.margin > 4.4 && ift.margin < 4.70, "{}", ift.margin);
    assert!(distance.sup() < ift.radius.unwrap());
}

/// The condition 2 K epsilon |A^-1|^2 < 1 fails first; Krawczyk still proves the minimum.
#[test]
fn larger_shift_fails_a_condition_and_says_so() {
    let result = lift(&well(0.0), &well(0.25), &[0.9, 0.1]);
    let ift = result.condition(Theorem::QuantitativeIft).unwrap();
    assert!(!ift.holds() && ift.left > 1.0 && ift.margin < 1.0 && ift.radius.is_none());
    assert!(result.condition(Theorem::Krawczyk).unwrap().holds());
    assert_eq!(result.verdict, Verdict::ProvedMinimum);
    let text = result.to_string();
    assert!(text.starts_with("exact objective: proved minimum"));
    assert!(text.contains("quantitative IFT     FAILS"), "{text}");
}

/// Beyond the fold at `2/(3 sqrt 3) = 0.3849` there is no minimum near (1, 0).
#[test]
fn beyond_the_fold_no_radius_condition_holds() {
    let result = lift(&well(0.0), &well(0.5), &[0.9, 0.1]);
    for theorem in [Theorem::QuantitativeIft, Theorem::NewtonKantorovich] {
        assert!(!result.condition(theorem).unwrap().holds());
    }
    assert!(result.contained_by.is_empty());
    // Newton's iteration may reach the other minimum, near (-1.19, -0.25): then it is far away, and said so.
    if result.verdict.is_proved() {
        assert!(result.distance.unwrap().inf() > 2.0);
        assert!(result.to_string().contains("no radius condition"));
    }
}

#[test]
fn a_saddle_is_lifted_as_a_saddle() {
    let result = lift(&well(0.0), &well(0.01), &[0.05, 0.0]);
    assert_eq!(result.verdict, Verdict::ProvedStationary { index: 1 });
}

#[test]
fn without_a_simplified_point_nothing_is_computed() {
    let bowl = |root, offset| Autodiff(Bowl { root, offset });
    let result = lift(&bowl(1.0, 0.0), &bowl(1.0, -0.01), &[1.0]);
    assert!(
        matches!(&result.verdict, Verdict::Inconclusive(why) if why.hypothesis.starts_with("simplified"))
    );
    assert!(result.conditions.is_empty() && result.exact.is_none() && result.distance.is_none());
    assert!(result.to_string().contains("not computed"));
}

#[test]
fn an_exact_objective_without_bounds_is_inconclusive() {
    for bad in [Interval::EMPTY, Interval::ENTIRE] {
        let result = lift(&well(0.0), &Autodiff(Constant(bad)), &[0.9, 0.1]);
        assert!(
            matches!(result.verdict, Verdict::Inconclusive(_)),
            "{}",
            result.verdict
        );
        assert!(
            result
                .conditions
                .iter()
                .all(|c| !c.holds() && !c.left.is_nan())
        );
        assert!(result.contained_by.is_empty());
    }
    // A constant gradient: regular nowhere.
    let result = lift(&well(0.0), &Autodiff(Constant(Interval::ZERO)), &[0.9, 0.1]);
    assert!(matches!(result.verdict, Verdict::Inconclusive(_)));
}

/// The note quotes what the program prints, line by line.
#[test]
fn the_note_quotes_the_output() {
    let note = include_str!("../../notes/your_theorem.md");
    let output = your_theorem::all_reports().unwrap();
    assert_eq!(output.matches("alpha = ").count(), 3);
    for line in output.lines() {
        assert!(note.contains(line), "not in the note: {line}");
    }
}

/// The note's listing is the file's.
#[test]
fn the_note_quotes_the_source() {
    let note = include_str!("../../notes/your_theorem.md");
    let source = include_str!("../../examples/your_theorem.rs");
    let listing = note
        .split("```rust\n")
        .nth(1)
        .and_then(|t| t.split("```").next())
        .unwrap();
    assert!(
        source.contains(listing.trim_end()),
        "the listing differs from examples/your_theorem.rs"
    );
}
