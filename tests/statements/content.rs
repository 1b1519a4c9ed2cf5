//! Statement: the minimum contains both features: coefficients and cosines enclosed, both projections exactly 1;
//! if both rows fall to one side the span is a line, and the projections are the cosines.

use crate::given::{paper, references, unequal_references};
use minlift::claim::Content;
use minlift::interval::Interval;
use minlift::model::{cosines, projections};

fn content(d: u64) -> Content {
    paper(d).content.expect("proved")
}

#[test]
fn coefficients_are_the_minimum() {
    for row in references()
        .iter()
        .chain(&unequal_references())
        .filter(|row| row.exact && row.kind == "minimum")
    {
        let found = row.evidence().content.expect("proved");
        let side = usize::from(row.point[0].sup() < 0.0);
        let [a, b] = row.point;
        let length = (a.sqr() + b.sqr()).sqrt();
        for (i, reference) in [a, b].into_iter().enumerate() {
            let coefficient = found.coefficients[side][i];
            assert!(!coefficient.intersection(reference).is_empty());
            // |w^(j)|/|w| by its definition.
            let cosine = found.cosines[side][i];
            let expected = reference.abs() / length;
            assert!(
                !cosine.intersection(expected).is_empty(),
                "{cosine} and {expected}"
            );
            assert!(cosine.width() < 1e-10 && cosine.sup() < 1.0);
        }
    }
}

#[test]
fn both_projections_are_exactly_1_and_the_report_says_why() {
    for d in [2, 10, 1_000_000] {
        let content = content(d);
        assert_eq!(content.projections, [Interval::ONE; 2]);
        assert!(content.explanation.contains("exactly 1"));
        assert!(content.explanation.contains("κ > 0"));
    }
}

/// Rows on one side are the same row: the span is a line, on which `e_j` has the length of its cosine.
#[test]
fn on_the_same_side_the_projections_are_the_cosines() {
    let content = content(10);
    for (projection, cosine) in content
        .same_side_projections
        .into_iter()
        .zip(content.cosines[0])
    {
        assert_eq!(projection, cosine);
        assert!(projection.sup() < 1.0, "both features, but neither in full");
    }
    let [label, hidden] = content.same_side_projections;
    // Their squares add up to 1: the line is a single unit vector.
    assert!((label.sqr() + hidden.sqr()).contains(1.0));
    assert!(
        hidden.certainly_lt(label),
        "the hidden feature is the weaker one"
    );
}

/// `‖P e_j‖ = 1` needs rows that are certainly not parallel.
#[test]
fn parallel_rows_have_no_projection_of_1() {
    let at = |x: f64, y: f64| [Interval::point(x), Interval::point(y)];
    assert_eq!(
        projections([at(3.0, 1.0), at(-3.0, 1.0)]),
        [Interval::ONE; 2]
    );
    for rows in [
        [at(3.0, 1.0), at(3.0, 1.0)],
        [at(3.0, 1.0), at(-6.0, -2.0)],
        [at(0.0, 0.0), at(-3.0, 1.0)],
        // Nearly parallel, and enclosed too widely to tell.
        [
            at(3.0, 1.0),
            [Interval::ball(3.0, 1e-9), Interval::ball(1.0, 1e-9)],
        ],
    ] {
        assert_eq!(projections(rows), [Interval::UNIT; 2], "{rows:?}");
    }
    // A pair that differs by one float is not parallel.
    let near = [at(3.0, 1.0), at(3.0_f64.next_up(), 1.0)];
    assert_eq!(projections(near), [Interval::ONE; 2]);
}

#[test]
fn cosines_stay_sharp_and_within_0_and_1() {
    let [c, s] = cosines([Interval::point(-3.0), Interval::point(4.0)]);
    assert!(c.contains(0.6) && s.contains(0.8) && c.width() < 1e-15);
    let wide = cosines([Interval::ball(1e-8, 1e-7), Interval::point(1.0)]);
    assert!(wide[0].contains(0.0) && wide[1].sup() <= 1.0 && wide[1].inf() > 0.99);
    for x in cosines([Interval::ball(0.0, 1e-3), Interval::ball(0.0, 1e-3)]) {
        assert!(
            Interval::UNIT.subset_of(x) || x.is_empty(),
            "{x}: a row of 0 has no direction"
        );
    }
}
