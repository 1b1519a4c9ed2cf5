//! All methods together, and how their end points are judged.

use minlift::confirm::descent::descend;
use minlift::confirm::{
    Confirmation, Initialisation, Landing, Method, Outcome, Plan, RowObjective, RowState, Rows,
    SolverBudget, Target, Targets, confirm,
};

use super::double_well::{DoubleWell, Punctured};

const TAU: f64 = 7.0;

fn few() -> Plan {
    Plan {
        seeds: 3,
        same_side_seeds: 2,
        ..Plan::default()
    }
}

fn run(objective: &dyn RowObjective, targets: &Targets, plan: &Plan) -> Confirmation {
    confirm(objective, TAU, targets, plan, |_| {})
}

#[test]
fn every_method_arrives_from_every_region() {
    for d in [2, 3, 10] {
        let objective = DoubleWell::new(d);
        let targets = objective.targets();
        let all = run(&objective, &targets, &few());
        assert_eq!(all.left_out, []);
        assert_eq!(all.runs.len(), 4 * (3 + 3 + 2));
        for run in &all.runs {
            assert_eq!(run.outcome, Outcome::Arrived, "{run:?}");
            assert!(run.gradient_norm <= 1e-6 && run.distance < 1e-3, "{run:?}");
            assert!(run.steps > 0 && !run.contradicts());
            let row_value = |i: usize| objective.value(&run.end.row[i].representative(d));
            assert!((run.value - row_value(0) - row_value(1)).abs() < 1e-14);
            let descends = run.method == Method::GradientDescent;
            assert_eq!(
                run.at_published_steps.is_some(),
                descends && run.steps >= 4000
            );
        }
    }
}

/// Rows of opposite signs span the plane of e1 and e2; rows on one side span a line.
#[test]
fn same_side_loses_content() {
    let objective = DoubleWell::new(10);
    let targets = objective.targets();
    let all = run(&objective, &targets, &few());
    let [a, b] = targets.minima[0].centre;
    let cosines = [a / a.hypot(b), b / a.hypot(b)];
    let mut same_side = 0;
    for run in &all.runs {
        let estimate = &run.content;
        for row in &estimate.cosines {
            assert!((row[0] - cosines[0]).abs() < 1e-3 && (row[1] - cosines[1]).abs() < 1e-3);
        }
        let expected = match run.landings {
            [Landing::Positive, Landing::Negative] => (2, [1.0; 2]),
            [Landing::Positive, Landing::Positive] => (1, cosines),
            other => panic!("{other:?}"),
        };
        let same = expected.0 == 1;
        assert_eq!(run.initialisation == Initialisation::SameSide, same);
        same_side += usize::from(same);
        assert_eq!(estimate.span_dimension, expected.0, "{run:?}");
        for (p, q) in estimate.projections.iter().zip(&expected.1) {
            assert!((p - q).abs() < 1e-3, "{run:?}");
        }
    }
    assert_eq!(same_side, 8);
}

/// Descent's iterate at the published number of steps has not shed what lies off the plane.
#[test]
fn published_state_is_recorded_beside_the_end() {
    let objective = DoubleWell::new(10);
    let all = run(&objective, &objective.targets(), &few());
    let descents = all
        .runs
        .iter()
        .filter(|run| run.method == Method::GradientDescent);
    for run in descents {
        let published = run.at_published_steps.as_ref().unwrap();
        assert_eq!(published.steps, 4000);
        assert!(published.distance > run.distance && published.value > run.value);
        assert!(published.gradient_norm > run.gradient_norm);
        for (then, now) in published.rows.row.iter().zip(&run.end.row) {
            assert!(then.perpendicular > now.perpendicular);
        }
    }
}

#[test]
fn same_seeds_give_the_same_records_on_any_number_of_threads() {
    let objective = DoubleWell::new(10);
    let targets = objective.targets();
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap().install(|| run(&objective, &targets, &few()))
    };
    let one = on(1);
    assert_eq!(one, on(3));
    let order: Vec<_> = one
        .runs
        .iter()
        .map(|run| (run.initialisation, run.method, run.seed))
        .collect();
    assert_eq!(order[0], (Initialisation::Zero, Method::Lbfgs, 0));
    assert_eq!(order[3], (Initialisation::Zero, Method::TrustRegion, 0));
    assert_eq!(
        order[31],
        (Initialisation::SameSide, Method::GradientDescent, 1)
    );
}

#[test]
fn progress_counts_every_run() {
    let objective = DoubleWell::new(3);
    let calls = std::sync::Mutex::new(Vec::new());
    let count = |done| calls.lock().unwrap().push(done);
    let all = confirm(&objective, TAU, &objective.targets(), &few(), count);
    let mut calls = calls.into_inner().unwrap();
    calls.sort_unstable();
    assert_eq!(calls, (1..=all.runs.len()).collect::<Vec<_>>());
}

#[test]
fn bfgs_is_left_out_with_a_reason_above_two_thousand_coordinates() {
    let plan = Plan {
        seeds: 1,
        same_side_seeds: 0,
        ..Plan::default()
    };
    for (d, left_out) in [(1000, false), (1001, true)] {
        let objective = DoubleWell::new(d);
        let all = run(&objective, &objective.targets(), &plan);
        assert!(all.runs.iter().all(|run| run.outcome == Outcome::Arrived));
        let has_bfgs = all.runs.iter().any(|run| run.method == Method::Bfgs);
        assert_eq!(has_bfgs, !left_out);
        assert_eq!(all.left_out.len(), usize::from(left_out));
        if let Some(entry) = all.left_out.first() {
            assert_eq!(entry.method, Method::Bfgs);
            assert!(entry.reason.contains("2002"), "{}", entry.reason);
        }
    }
}

#[test]
fn a_minimum_that_was_not_proved_contradicts_the_claim() {
    let objective = DoubleWell::new(10);
    let far = |w1| Target {
        centre: [w1, 50.0],
        uniqueness_radius: 1.0,
    };
    let targets = Targets {
        minima: [far(40.0), far(-40.0)],
        saddle: None,
    };
    let plan = Plan {
        seeds: 1,
        same_side_seeds: 1,
        ..Plan::default()
    };
    let all = run(&objective, &targets, &plan);
    for run in &all.runs {
        assert_eq!(run.outcome, Outcome::StationaryElsewhere, "{run:?}");
        assert_eq!(run.landings, [Landing::Outside; 2]);
        assert!(run.contradicts());
    }
}

#[test]
fn a_spent_budget_is_not_a_contradiction() {
    let objective = DoubleWell::new(10);
    let plan = Plan {
        solver: SolverBudget {
            steps: 2,
            attempts: 1,
            ..SolverBudget::default()
        },
        descent_steps: 10,
        ..few()
    };
    for plan in [
        plan,
        Plan {
            solver: SolverBudget {
                evaluations: 5,
                ..SolverBudget::default()
            },
            ..plan
        },
    ] {
        let all = run(&objective, &objective.targets(), &plan);
        for run in &all.runs {
            assert_eq!(run.outcome, Outcome::NotFinished, "{run:?}");
            assert!(run.steps <= 10 && run.note.is_some() && !run.contradicts());
            assert!(run.gradient_norm > 1e-6 && run.at_published_steps.is_none());
        }
    }
}

/// Every run ends, and none that met a NaN is taken for an arrival.
#[test]
fn a_gradient_that_is_not_a_number_never_arrives() {
    let well = DoubleWell::new(10);
    let targets = well.targets();
    let everywhere = Punctured {
        well: well.clone(),
        hole: f64::INFINITY,
    };
    for run in &run(&everywhere, &targets, &few()).runs {
        assert_eq!(run.outcome, Outcome::NotFinished, "{run:?}");
        assert!(run.note.is_some() && run.gradient_norm.is_nan());
        assert_eq!(run.steps, 0);
    }
    // Starts and minima lie outside the hole, but region "1" starts inside it as well.
    let around_the_axis = Punctured { well, hole: 0.5 };
    let all = run(&around_the_axis, &targets, &Plan { seeds: 10, ..few() });
    let outcomes = |i: Initialisation| {
        let runs = all.runs.iter().filter(move |run| run.initialisation == i);
        runs.map(|run| run.outcome).collect::<Vec<_>>()
    };
    assert!(outcomes(Initialisation::One).contains(&Outcome::NotFinished));
    assert!(outcomes(Initialisation::One).contains(&Outcome::Arrived));
    for run in &all.runs {
        if run.gradient_norm.is_nan() {
            assert_eq!(run.outcome, Outcome::NotFinished);
        }
    }
}

/// The hyperplane w^(1) = 0 is invariant, so descent from it ends at the saddle.
#[test]
fn the_proved_saddle_is_no_contradiction_but_an_unproved_one_is() {
    let objective = DoubleWell::new(3);
    let mut targets = objective.targets();
    let on_the_axis = [0.0, 1.0, 0.5, 0.0, 2.0, -0.5];
    let descent = descend(&objective, &on_the_axis, &targets, 50_000);
    assert_eq!(descent.steps, 50_000, "a saddle is no arrival");
    let (outcome, landings) = targets.classify(&descent.end, descent.gradient_norm);
    assert_eq!(outcome, Outcome::StationaryAtSaddle);
    assert_eq!(landings, [Landing::Saddle; 2]);
    targets.saddle = None;
    let (outcome, _) = targets.classify(&descent.end, descent.gradient_norm);
    assert_eq!(outcome, Outcome::StationaryElsewhere);
}

#[test]
fn end_points_are_judged_row_by_row_in_the_whole_space() {
    let targets = DoubleWell::new(10).targets();
    let at = |target: Target, perpendicular| RowState {
        plane: target.centre,
        perpendicular,
    };
    let [positive, negative] = targets.minima;
    let saddle = targets.saddle.unwrap();
    let outside = RowState {
        plane: [30.0, 0.0],
        perpendicular: 0.0,
    };
    let cases = [
        (at(positive, 0.0), at(negative, 0.0), 1e-6, Outcome::Arrived),
        (at(negative, 0.0), at(negative, 0.0), 0.0, Outcome::Arrived),
        (
            at(positive, 0.0),
            at(negative, 0.0),
            1.1e-6,
            Outcome::NotFinished,
        ),
        (
            at(positive, 0.0),
            at(negative, 0.0),
            f64::NAN,
            Outcome::NotFinished,
        ),
        (
            at(positive, 0.0),
            at(negative, 0.0),
            f64::INFINITY,
            Outcome::NotFinished,
        ),
        (
            at(positive, 0.0),
            at(saddle, 0.0),
            1e-7,
            Outcome::StationaryAtSaddle,
        ),
        // The radius is 0.5: what lies off the plane counts.
        (
            at(positive, 0.49),
            at(negative, 0.0),
            1e-7,
            Outcome::Arrived,
        ),
        (
            at(positive, 0.51),
            at(negative, 0.0),
            1e-7,
            Outcome::StationaryElsewhere,
        ),
        (at(saddle, 0.0), outside, 1e-7, Outcome::StationaryElsewhere),
        (
            at(positive, f64::NAN),
            at(negative, 0.0),
            1e-7,
            Outcome::StationaryElsewhere,
        ),
    ];
    for (first, second, gradient_norm, expected) in cases {
        let rows = Rows {
            row: [first, second],
            perpendicular_dot: 0.0,
        };
        assert_eq!(
            targets.classify(&rows, gradient_norm).0,
            expected,
            "{rows:?}"
        );
    }
    let rows = Rows {
        row: [at(positive, 3.0), at(negative, 4.0)],
        perpendicular_dot: 0.0,
    };
    assert_eq!(targets.distance(&rows), 5.0);
}
