//! Statement: the radius conditions 1 to 4 at the paper's parameters: which hold and which fail,
//! dimension by dimension, with both sides. (Their Lipschitz constants: `lipschitz_over_the_ball.rs`.)

use std::sync::OnceLock;

use crate::given::independent::Independent;
use crate::given::{condition, paper, paper_with};
use minlift::claim::{ClaimCondition, ConditionId, Evidence, Space};
use minlift::theorem::Theorem;
use nalgebra::Vector2;

const DIMENSIONS: [u64; 14] = [2, 3, 4, 5, 6, 7, 10, 15, 16, 17, 18, 20, 100, 1_000_000];

fn all() -> &'static [(u64, Evidence)] {
    static ALL: OnceLock<Vec<(u64, Evidence)>> = OnceLock::new();
    ALL.get_or_init(|| DIMENSIONS.iter().map(|&d| (d, paper(d))).collect())
}

fn at(d: u64) -> &'static Evidence {
    &all().iter().find(|(it, _)| *it == d).expect("computed").1
}

fn one(d: u64, id: ConditionId, space: Space) -> &'static ClaimCondition {
    condition(at(d), id, space)[0]
}

fn by_theorem(d: u64, theorem: Theorem) -> &'static ClaimCondition {
    let plane = condition(at(d), ConditionId::Plane, Space::Plane);
    plane
        .into_iter()
        .find(|c| c.condition.theorem == theorem)
        .expect("the plane has both theorems")
}

/// Holds from `first` on and fails below, with the margin on the right side of 1.
#[track_caller]
fn begins_at(first: u64, what: &str, of: impl Fn(u64) -> &'static ClaimCondition) {
    for d in DIMENSIONS {
        let c = &of(d).condition;
        assert_eq!(
            c.holds(),
            d >= first,
            "{what} at d = {d}: margin {}",
            c.margin
        );
        assert_eq!(c.holds(), c.margin > 1.0, "{what} at d = {d}");
        assert_eq!(c.radius.is_some(), c.holds(), "{what} at d = {d}");
    }
}

#[test]
fn each_condition_begins_to_hold_where_it_does() {
    let ift = |space| move |d| one(d, ConditionId::QuantitativeIft, space);
    begins_at(16, "inverse function theorem, row", ift(Space::Row));
    begins_at(18, "inverse function theorem, W", ift(Space::All));
    let kantorovich = |space| move |d| one(d, ConditionId::NewtonKantorovich, space);
    begins_at(5, "Newton-Kantorovich, row", kantorovich(Space::Row));
    begins_at(6, "Newton-Kantorovich, W", kantorovich(Space::All));
    begins_at(7, "inverse function theorem, plane", |d| {
        by_theorem(d, Theorem::QuantitativeIft)
    });
    begins_at(5, "Newton-Kantorovich, plane", |d| {
        by_theorem(d, Theorem::NewtonKantorovich)
    });
    begins_at(2, "Krawczyk", |d| {
        one(d, ConditionId::Krawczyk, Space::Plane)
    });
}

/// Margins from both sides: a bound that became better than the truth would show as well.
#[test]
fn margins_are_where_they_were_measured() {
    use ConditionId::{NewtonKantorovich, QuantitativeIft};
    let within = |what: &str, c: &ClaimCondition, low: f64, high: f64| {
        let margin = c.condition.margin;
        assert!((low..high).contains(&margin), "{what}: {margin}");
    };
    // The paper's own dimension: condition 1 fails, with the best R, by a factor of 2 for a row, 2.5 for W.
    within("row", one(10, QuantitativeIft, Space::Row), 0.45, 0.5);
    within("W", one(10, QuantitativeIft, Space::All), 0.37, 0.42);
    within("plane", by_theorem(10, Theorem::QuantitativeIft), 2.0, 2.7);
    within("N-K", one(10, NewtonKantorovich, Space::Row), 14.0, 18.0);
    // Where it begins.
    within("15", one(15, QuantitativeIft, Space::Row), 0.7, 1.0);
    within("16", one(16, QuantitativeIft, Space::Row), 1.0, 1.1);
    within("17", one(17, QuantitativeIft, Space::All), 0.8, 1.0);
    within("18", one(18, QuantitativeIft, Space::All), 1.0, 1.2);
}

/// The definitions of both sides, recomputed from the parts the report shows.
#[test]
fn both_sides_are_what_the_theorems_say() {
    for (d, evidence) in all() {
        for c in &evidence.conditions {
            let (it, what) = (&c.condition, format!("{:?} {:?} at d = {d}", c.id, c.space));
            let close =
                |x: f64, y: f64| assert!((x / y - 1.0).abs() < 1e-12, "{what}: {x} and {y}");
            assert!(it.margin * it.left <= it.right, "{what}");
            close(it.margin, it.right / it.left);
            match it.theorem {
                Theorem::QuantitativeIft => {
                    let (r, inverse) = (it.free_radius.unwrap(), c.norm_a_inverse.unwrap());
                    close(it.ball, 2.0 * r * inverse);
                    let slope = 2.0 * r * it.lipschitz * inverse * inverse;
                    close(it.left, slope.max(it.residual / r));
                    if let Some(radius) = it.radius {
                        close(radius, 2.0 * it.residual * inverse);
                        assert!(it.residual < r && radius < it.ball, "{what}");
                    }
                }
                Theorem::NewtonKantorovich => {
                    close(it.left, it.lipschitz * it.residual);
                    if let Some(radius) = it.radius {
                        let root = (1.0 - 2.0 * it.left).sqrt();
                        close(radius, 2.0 * it.residual / (1.0 + root));
                        assert!(radius <= it.ball, "{what}");
                    }
                }
                Theorem::Krawczyk => assert!(it.left < 1.0 && it.right == 1.0, "{what}"),
            }
        }
    }
}

/// `A` and `K` of `W` are those of a row; `epsilon` and `eta` are larger by `sqrt 2`.
#[test]
fn the_whole_of_w_has_sqrt_2_times_the_residual() {
    for id in [ConditionId::QuantitativeIft, ConditionId::NewtonKantorovich] {
        for (d, _) in all() {
            let (row, w) = (one(*d, id, Space::Row), one(*d, id, Space::All));
            let quotient = w.condition.residual / row.condition.residual;
            assert!((quotient - 2f64.sqrt()).abs() < 1e-12, "{id:?} at d = {d}");
            assert_eq!(row.norm_a_inverse, w.norm_a_inverse, "{id:?} at d = {d}");
            assert!(
                w.condition.margin < row.condition.margin,
                "{id:?} at d = {d}"
            );
        }
    }
    // Hubbard's norm adds up instead: sqrt(2) times, and weaker than the spectral one.
    let frobenius = |d, space| {
        let mut all = at(d).conditions.iter();
        all.find(|c| c.norm == "Frobenius" && c.space == space)
            .expect("shown")
    };
    for d in [10, 100] {
        let (row, w) = (frobenius(d, Space::Row), frobenius(d, Space::All));
        let quotient = w.norm_a_inverse.unwrap() / row.norm_a_inverse.unwrap();
        assert!((quotient - 2f64.sqrt()).abs() < 1e-12);
        let spectral = one(d, ConditionId::QuantitativeIft, Space::Row);
        assert!(row.condition.margin < spectral.condition.margin);
    }
}

/// The residuals and `|A^-1|` against quadrature of the definition.
#[test]
fn residuals_and_inverse_are_those_of_the_objective() {
    let objective = Independent::of(&paper_with(10, ""), 10);
    let minimum = &at(10).simplified.as_ref().expect("proved").minima[0];
    let w = [minimum.point[0].mid(), minimum.point[1].mid(), 0.0];
    let gradient = objective.gradient(&w);
    let block = objective.hessian(&w);
    let plane = block.fixed_view::<2, 2>(0, 0).clone_owned();
    let step = plane.try_inverse().expect("regular") * Vector2::new(gradient[0], gradient[1]);
    let close = |x: f64, y: f64| assert!((x / y - 1.0).abs() < 1e-7, "{x} and {y}");
    let row = one(10, ConditionId::QuantitativeIft, Space::Row);
    close(row.condition.residual, gradient[0].hypot(gradient[1]));
    close(row.norm_a_inverse.unwrap(), 1.0 / block[(2, 2)]);
    let newton = one(10, ConditionId::NewtonKantorovich, Space::Row);
    close(newton.condition.residual, step.norm());
}
