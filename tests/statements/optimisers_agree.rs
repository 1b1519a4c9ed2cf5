//! Statement: optimisers that know nothing of the proof end, row by row, in the proved uniqueness balls.

use std::sync::OnceLock;

use crate::given::{paper, paper_with};
use minlift::claim::{ClaimVerdict, Evidence};
use minlift::confirm::{
    Confirmation, Initialisation, Landing, Method, Outcome, Plan, RunRecord, Target, Targets,
    confirm,
};

/// Fewer seeds than a report uses.
const FEW: Plan = Plan {
    seeds: 3,
    same_side_seeds: 2,
    solver: minlift::confirm::SolverBudget {
        gradient_goal: 1e-8,
        steps: 300,
        attempts: 4,
        evaluations: 20_000,
    },
    descent_steps: 200_000,
};

fn targets(evidence: &Evidence) -> Targets {
    let exact = evidence.exact.as_ref().expect("proved");
    let target = |c: &minlift::claim::CriticalPoint| Target {
        centre: c.point.map(|x| x.mid()),
        uniqueness_radius: c.uniqueness_radius,
    };
    Targets {
        minima: exact.minima.each_ref().map(target),
        saddle: exact.saddle.as_ref().map(target),
    }
}

fn run(d: u64, targets: &Targets, plan: &Plan) -> Confirmation {
    let objective = paper_with(d, "").exact::<f64>();
    confirm(&objective, 7.0, targets, plan, |_| {})
}

fn of_the_paper() -> &'static (Evidence, Confirmation) {
    static RUNS: OnceLock<(Evidence, Confirmation)> = OnceLock::new();
    RUNS.get_or_init(|| {
        let evidence = paper(10);
        let runs = run(10, &targets(&evidence), &FEW);
        (evidence, runs)
    })
}

#[test]
fn every_run_of_the_papers_claim_arrives() {
    let (evidence, all) = of_the_paper();
    assert_eq!(evidence.verdict, ClaimVerdict::Verified);
    assert_eq!((all.runs.len(), all.left_out.len()), (4 * (3 + 3 + 2), 0));
    let minima = &evidence.exact.as_ref().expect("proved").minima;
    for run in &all.runs {
        assert_eq!(run.outcome, Outcome::Arrived, "{run:?}");
        assert!(run.gradient_norm <= 1e-6);
        // Near the proved minimum, not merely in its ball: |A^-1| is 400.
        assert!(run.distance < 400.0 * 1.1e-6, "{run:?}");
        let second_side = match run.initialisation {
            Initialisation::SameSide => Landing::Positive,
            _ => Landing::Negative,
        };
        // Descent never crosses the axis, which is invariant; a long step of another method may, from
        // a start of region "1" near it.
        let may_cross =
            run.initialisation == Initialisation::One && run.method != Method::GradientDescent;
        if !may_cross {
            assert_eq!(run.landings, [Landing::Positive, second_side], "{run:?}");
        }
        // The value of the two rows is the proved one, up to the square of the distance.
        let proved: f64 = minima.iter().map(|m| m.value.mid()).sum();
        assert!((run.value - proved).abs() < 1e-8, "{run:?}");
    }
}

/// At the published T = 4000 the coordinates off the plane have decayed only to about 1/e: the step is
/// 0.1 and kappa = 0.0025, so `(1 - 0.00025)^4000 = 0.37`.
#[test]
fn gradient_descent_is_not_there_at_the_published_end() {
    let (_, all) = of_the_paper();
    let descents: Vec<&RunRecord> = (all.runs.iter())
        .filter(|run| run.method == Method::GradientDescent)
        .collect();
    assert!(!descents.is_empty());
    for run in descents {
        let published = run.at_published_steps.as_ref().expect("takes longer");
        assert_eq!(published.steps, 4000);
        assert!(run.steps > 10_000, "{}", run.steps);
        let start = minlift::confirm::start(run.initialisation, 10, 7.0, run.seed);
        let off = |w: &[f64]| w.iter().map(|x| x * x).sum::<f64>().sqrt();
        for (i, row) in published.rows.row.iter().enumerate() {
            let w = &start.as_slice()[10 * i..10 * i + 10];
            let decay = row.perpendicular / off(&w[2..]);
            assert!((0.30..0.40).contains(&decay), "{decay}");
        }
    }
}

/// Rows on the same side become the same row, whose span holds each feature only in part.
#[test]
fn on_the_same_side_content_is_lost() {
    let (evidence, all) = of_the_paper();
    let content = evidence.content.as_ref().expect("proved");
    let mut same_side = 0;
    for run in &all.runs {
        let projections = run.content.projections;
        let expected = if run.landings[0] == run.landings[1] {
            same_side += 1;
            content.same_side_projections
        } else {
            content.projections
        };
        for (found, proved) in projections.into_iter().zip(expected) {
            assert!((found - proved.mid()).abs() < 1e-3, "{run:?}");
        }
    }
    assert!((8..16).contains(&same_side), "{same_side}");
}

/// A proof of the wrong place would not survive the runs.
#[test]
fn a_wrong_target_is_contradicted() {
    let (evidence, _) = of_the_paper();
    let mut wrong = targets(evidence);
    wrong.minima[0].centre[0] += 0.2;
    assert!(
        wrong.minima[0].uniqueness_radius < 0.19,
        "else the ball still holds it"
    );
    let plan = Plan {
        seeds: 1,
        same_side_seeds: 0,
        ..FEW
    };
    for run in run(10, &wrong, &plan).runs {
        // Descent has no other goal than to arrive: it spends its budget or becomes stationary.
        if run.method != Method::GradientDescent {
            assert_eq!(run.outcome, Outcome::StationaryElsewhere, "{run:?}");
            assert!(run.contradicts());
        }
        assert_ne!(run.outcome, Outcome::Arrived, "{run:?}");
        assert_eq!(run.landings[0], Landing::Outside);
    }
}

/// Where the minimum is farthest from the simplified one.
#[test]
fn they_agree_in_two_and_in_a_hundred_dimensions() {
    let plan = Plan {
        seeds: 1,
        same_side_seeds: 1,
        ..FEW
    };
    for d in [2, 100] {
        let evidence = paper(d);
        for run in run(d, &targets(&evidence), &plan).runs {
            assert_eq!(run.outcome, Outcome::Arrived, "d = {d}: {run:?}");
        }
    }
}
