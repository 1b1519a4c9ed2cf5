//! Statement: the simplified objective has a local minimum `(a, b)` with `a > 0` and its mirror image, each
//! the only critical point of `R^d` above a stated box; between them lies a saddle.

use crate::given::{assert_encloses, paper, paper_with, references, unequal_references};
use minlift::claim::{CriticalPoint, SimplifiedEvidence};
use minlift::interval::Interval;
use minlift::theorem::Verdict;

/// The decimals that begin with these digits.
fn begins(digits: &str) -> Interval {
    let last = digits.len() - digits.find('.').unwrap() - 1;
    let place = Interval::literal(&format!("1e-{last}")).unwrap();
    let start = Interval::literal(digits).unwrap();
    let end = if digits.starts_with('-') {
        start - place
    } else {
        start + place
    };
    start.hull(end)
}

fn simplified(d: u64) -> SimplifiedEvidence {
    paper(d)
        .simplified
        .expect("proved at the paper's parameters")
}

#[test]
fn the_figures_of_the_theory_are_enclosed() {
    let found = simplified(10);
    let [first, second] = &found.minima;
    let is = |what: &str, x: Interval, digits: &str| {
        assert!(
            x.subset_of(begins(digits)),
            "{what}: {x} is not {digits}..."
        );
        assert!(x.width() < 1e-13, "{what}: {x} is wide");
    };
    is("a", first.point[0], "3.8162036966");
    is("b", first.point[1], "1.5198619344");
    is("value", first.value, "-0.7178279189");
    is("eigenvalue 1", first.plane_eigenvalues[0], "0.0114311");
    is("eigenvalue 2", first.plane_eigenvalues[1], "0.0298251");
    is("mirror image of a", second.point[0], "-3.8162036966");
    assert_eq!(second.point[0], -first.point[0]);
    assert_eq!(second.point[1], first.point[1]);
    assert_eq!(second.value, first.value);
    // Off the plane the Hessian is 2 alpha = 1/400.
    assert_encloses(
        "kappa",
        first.kappa,
        Interval::literal("1/400").unwrap(),
        1e-17,
    );

    let saddle = found.saddle.expect("found");
    assert_eq!(saddle.verdict, Verdict::ProvedStationary { index: 1 });
    assert!(saddle.point[0].contains(0.0) && saddle.point[0].width() < 1e-13);
    is("saddle", saddle.point[1], "1.1178");
    assert!(saddle.plane_eigenvalues[0].certainly_negative());
    assert!(saddle.plane_eigenvalues[1].certainly_positive());
}

#[test]
fn every_reference_is_enclosed_and_classified() {
    let (mut minima, mut saddles) = (0, 0);
    for row in references()
        .iter()
        .chain(&unequal_references())
        .filter(|row| !row.exact)
    {
        let what = format!("tau = {}, weights {:?}", row.tau, row.weights);
        let found = row.evidence().simplified.expect(&what);
        let (expected, here): (Verdict, &CriticalPoint) = if row.kind == "minimum" {
            minima += 1;
            let side = usize::from(row.point[0].sup() < 0.0);
            (Verdict::ProvedMinimum, &found.minima[side])
        } else {
            saddles += 1;
            let saddle = found.saddle.as_ref().expect(&what);
            (Verdict::ProvedStationary { index: 1 }, saddle)
        };
        assert_eq!(here.verdict, expected, "{what}");
        for i in 0..2 {
            assert_encloses(&what, here.point[i], row.point[i], 1e-12);
            assert_encloses(&what, here.plane_eigenvalues[i], row.eigenvalues[i], 1e-13);
        }
        assert_encloses(&what, here.value, row.value, 1e-13);
        assert_encloses(&what, here.kappa, row.kappa, 1e-16);
    }
    assert!(
        minima >= 6 && saddles >= 5,
        "{minima} minima, {saddles} saddles"
    );
}

/// The simplified objective knows neither `d` nor the noise.
#[test]
fn it_is_the_same_in_every_dimension() {
    let ten = simplified(10);
    for d in [2, 100, 1_000_000] {
        let other = simplified(d);
        assert_eq!(other.minima[0].point, ten.minima[0].point, "d = {d}");
        assert_eq!(other.minima[0].verdict, Verdict::ProvedMinimum);
    }
}

/// Uniqueness, looked at from outside: on the stated box the gradient map is injective, so two
/// points never share a value, and the other critical points lie outside.
#[test]
fn the_uniqueness_box_holds_one_critical_point() {
    let found = simplified(10);
    let floats = paper_with(10, "").simplified::<f64>();
    let [minimum, _] = &found.minima;
    let saddle = found.saddle.clone().expect("found");
    for (here, other) in [(minimum, &saddle), (&saddle, minimum)] {
        let inside = |p: [Interval; 2]| (0..2).all(|i| p[i].subset_of(here.uniqueness[i]));
        assert!(inside(here.point) && !inside(other.point));
        assert!(here.uniqueness_radius > 0.1, "{}", here.uniqueness_radius);
        let at = |i: usize, j: usize| {
            let share = |k: usize, x: Interval| x.inf() + x.width() * k as f64 / 8.0;
            [share(i, here.uniqueness[0]), share(j, here.uniqueness[1])]
        };
        let grid: Vec<[f64; 2]> = (0..81).map(|k| at(k / 9, k % 9)).collect();
        let mut least = f64::INFINITY;
        for (k, &x) in grid.iter().enumerate() {
            for &y in &grid[..k] {
                let ([f1, f2], _) = floats.gradient(x, 0.0);
                let ([g1, g2], _) = floats.gradient(y, 0.0);
                let quotient = (f1 - g1).hypot(f2 - g2) / (x[0] - y[0]).hypot(x[1] - y[1]);
                least = least.min(quotient);
            }
        }
        assert!(least > 1e-3, "nearly equal gradients: {least:e}");
    }
}
