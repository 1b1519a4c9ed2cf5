//! Dossiers made by hand. Their numbers are invented; only their shape matters.

use minlift::claim::{
    Claim, ClaimCondition, ClaimKind, ClaimVerdict, ConditionId, Content, CriticalPoint, Evidence,
    ExactEvidence, Expectation, JacobianEvidence, Refusal, Sign, SimplifiedEvidence, Space,
    Spectrum, WrittenClaim,
};
use minlift::confirm::{
    Initialisation, Landing, LeftOut, Method, Outcome, ProjectionEstimate, PublishedState, Rows,
    RunRecord,
};
use minlift::dossier::{Dossier, FigureRef, SelfSupervised, Survey};
use minlift::interval::Interval;
use minlift::theorem::{Condition, Obstacle, Status, Theorem, Verdict};

pub fn interval(lo: f64, hi: f64) -> Interval {
    Interval::new(lo, hi).expect("a test's bounds are in order")
}

fn around(x: f64) -> Interval {
    Interval::ball(x, 3e-11)
}

fn claim() -> Claim {
    let literal = |text: &str| Interval::literal(text).expect("a literal");
    Claim {
        name: "sample".to_owned(),
        kind: ClaimKind::Ssl,
        d: 10,
        and_larger: false,
        tau: literal("7"),
        alpha: literal("1/800"),
        beta: literal("1/800"),
        gamma: literal("1/800"),
        rho_data: interval(0.0316, 0.0317),
        rho_view: interval(0.0316, 0.0317),
        weights: [literal("1/4"); 4],
        mirror_symmetric: true,
        step: literal("1/10"),
        start: [interval(3.1, 3.9), interval(1.21, 1.29)],
        data: None,
        require: vec![],
        expect: Expectation::Verified,
        written: WrittenClaim {
            tau: "7".to_owned(),
            alpha: "1/800".to_owned(),
            beta: "1/800".to_owned(),
            gamma: "1/800".to_owned(),
            rho_data: "d^(-3/2)".to_owned(),
            rho_view: "d^(-3/2)".to_owned(),
            step: "1/10".to_owned(),
            start: "[3.1, 3.9] x [8.5/tau, 9/tau]".to_owned(),
            weights: std::array::from_fn(|_| "1/4".to_owned()),
        },
    }
}

fn minimum(a: f64, b: f64) -> CriticalPoint {
    CriticalPoint {
        point: [around(a), around(b)],
        uniqueness: [Interval::ball(a, 0.0625), Interval::ball(b, 0.0625)],
        uniqueness_radius: 0.062_499_9,
        value: around(-0.61),
        plane_eigenvalues: [around(0.012), around(0.034)],
        kappa: around(0.0025),
        verdict: Verdict::ProvedMinimum,
    }
}

pub fn condition(id: ConditionId, space: Space, left: f64, right: f64) -> ClaimCondition {
    let holds = left <= right;
    ClaimCondition {
        id,
        space,
        norm: "spectral",
        condition: Condition {
            theorem: match id {
                ConditionId::QuantitativeIft => Theorem::QuantitativeIft,
                ConditionId::NewtonKantorovich | ConditionId::Plane => Theorem::NewtonKantorovich,
                ConditionId::Krawczyk => Theorem::Krawczyk,
            },
            inequality: "2 K R |A^-1|^2 <= 1",
            left,
            right,
            margin: right / left,
            status: if holds { Status::Holds } else { Status::Fails },
            free_radius: (id == ConditionId::QuantitativeIft).then_some(1e-4),
            ball: 0.08,
            lipschitz: 0.0123,
            residual: 9.5e-5,
            radius: holds.then_some(0.0071),
            uniqueness_radius: holds.then_some(0.08),
        },
        norm_a: Some(0.034_01),
        norm_a_inverse: Some(400.01),
        largest_uniqueness_radius: holds.then_some(0.5),
    }
}

fn spectrum() -> Spectrum {
    Spectrum {
        determinant_sign: Sign::Positive,
        sigma_min: around(0.0025),
        sigma_max: around(0.034),
        condition: interval(13.59, 13.61),
    }
}

fn run(method: Method, initialisation: Initialisation, seed: u64, outcome: Outcome) -> RunRecord {
    let side = if initialisation == Initialisation::SameSide {
        1.0
    } else {
        -1.0
    };
    let end = Rows::of(&[4.0, 3.0, 1e-7, 4.0 * side, 3.0, 0.0]);
    RunRecord {
        method,
        initialisation,
        seed,
        steps: 30 + seed,
        value: -1.22,
        gradient_norm: 4e-7,
        distance: 2e-5,
        outcome,
        landings: [Landing::Positive, Landing::Negative],
        end,
        content: ProjectionEstimate::of(&end),
        at_published_steps: (method == Method::GradientDescent).then(|| PublishedState {
            steps: 4000,
            value: -1.2,
            gradient_norm: 0.001,
            distance: 1.5,
            rows: end,
            content: ProjectionEstimate::of(&end),
        }),
        note: (outcome == Outcome::NotFinished).then(|| "step budget spent".to_owned()),
    }
}

fn empty(verdict: ClaimVerdict, reason: &str) -> Dossier {
    Dossier {
        claim: claim(),
        ssl: Some(SelfSupervised {
            evidence: Evidence {
                claim: claim(),
                verdict,
                reason: reason.to_owned(),
                advice: None,
                simplified: None,
                refusal: None,
                jacobian: None,
                conditions: vec![],
                exact: None,
                content: None,
            },
            runs: vec![],
            left_out: vec![],
            survey: Survey::default(),
            paths: vec![],
        }),
        sl: None,
        contrast: None,
        given: None,
        family: None,
        figures: vec![],
    }
}

/// The self-supervised side, which every sample has.
pub fn ssl(dossier: &mut Dossier) -> &mut SelfSupervised {
    dossier.ssl.as_mut().expect("the sample has it")
}

/// Changes the claim wherever it stands.
pub fn edit_claim(dossier: &mut Dossier, edit: impl Fn(&mut Claim)) {
    edit(&mut dossier.claim);
    edit(&mut ssl(dossier).evidence.claim);
}

/// Everything computed; one condition fails, as in real life.
pub fn verified() -> Dossier {
    let mut dossier = empty(
        ClaimVerdict::Verified,
        "the minimum of the exact objective is proved",
    );
    let evidence = &mut ssl(&mut dossier).evidence;
    evidence.simplified = Some(SimplifiedEvidence {
        minima: [minimum(4.0, 3.0), minimum(-4.0, 3.0)],
        saddle: Some(CriticalPoint {
            verdict: Verdict::ProvedStationary { index: 1 },
            ..minimum(0.0, 2.0)
        }),
    });
    evidence.jacobian = Some(JacobianEvidence {
        kappa: [around(0.0025); 2],
        plane_eigenvalues: [[around(0.012), around(0.034)]; 2],
        row: spectrum(),
        all: spectrum(),
    });
    evidence.conditions = vec![
        condition(ConditionId::QuantitativeIft, Space::Row, 3.52, 1.0),
        condition(ConditionId::QuantitativeIft, Space::All, 4.75, 1.0),
        condition(ConditionId::NewtonKantorovich, Space::All, 0.012, 0.5),
        condition(ConditionId::Plane, Space::Plane, 0.01, 0.5),
        condition(ConditionId::Krawczyk, Space::Row, 1e-4, 1.0),
    ];
    evidence.exact = Some(ExactEvidence {
        minima: [minimum(4.005, 3.002), minimum(-4.005, 3.002)],
        saddle: None,
        row_distance: [around(0.00539); 2],
        distance: around(0.00762),
        contained_by: vec![2, 3, 4],
    });
    evidence.content = Some(Content {
        coefficients: [
            [around(4.005), around(3.002)],
            [around(-4.005), around(3.002)],
        ],
        cosines: [[around(0.8001), around(0.5998)]; 2],
        projections: [Interval::ONE; 2],
        explanation: "kappa > 0 puts both rows into span(e1, e2), and they are not parallel."
            .to_owned(),
        same_side_projections: [around(0.8001), around(0.5998)],
    });
    for initialisation in Initialisation::ALL {
        for method in [Method::Lbfgs, Method::TrustRegion, Method::GradientDescent] {
            ssl(&mut dossier)
                .runs
                .extend((0..4).map(|seed| run(method, initialisation, seed, Outcome::Arrived)));
        }
    }
    ssl(&mut dossier).runs.push(run(
        Method::TrustRegion,
        Initialisation::One,
        4,
        Outcome::NotFinished,
    ));
    ssl(&mut dossier).left_out.push(LeftOut {
        method: Method::Bfgs,
        reason: "2d = 3000 > 2000".to_owned(),
    });
    dossier.figures.push(FigureRef {
        file: "landscape.svg".to_owned(),
        title: "Landscape of L̃".to_owned(),
        caption: "Contours are estimated, the critical points proved.".to_owned(),
    });
    dossier
}

/// A claim beyond the pitchfork, as its author expects.
pub fn refused() -> Dossier {
    let mut dossier = empty(
        ClaimVerdict::Refused,
        "the simplified objective has no critical point with w⁽¹⁾ > 0",
    );
    edit_claim(&mut dossier, |claim| claim.expect = Expectation::Refused);
    ssl(&mut dossier).evidence.refusal = Some(Refusal {
        disc_radius: 2.117_3,
        boxes_by_gradient: 1234,
        boxes_by_axis: 56,
        boxes_by_disc: 789,
        boxes_open: 0,
    });
    dossier
}

/// A required condition fails, and the exact minimum was not proved.
pub fn inconclusive() -> Dossier {
    let mut dossier = verified();
    ssl(&mut dossier).runs.clear();
    ssl(&mut dossier).left_out.clear();
    edit_claim(&mut dossier, |claim| {
        claim.require = vec![ConditionId::QuantitativeIft];
    });
    let evidence = &mut ssl(&mut dossier).evidence;
    evidence.verdict = ClaimVerdict::Inconclusive;
    evidence.reason = "a required condition fails".to_owned();
    evidence.advice = Some("try a larger d, or do not require quantitative_ift".to_owned());
    evidence.content = None;
    let exact = evidence.exact.as_mut().expect("the sample has it");
    exact.minima[0].verdict = Verdict::Inconclusive(Obstacle {
        hypothesis: "K(X) in the interior of X".to_owned(),
        left: 1.5,
        right: f64::NAN,
        advice: "try a smaller box".to_owned(),
    });
    dossier
}
