//! What must not be proved: each is refused, or left open with the reason.

use minlift::claim::family::{
    BranchEvidence, DescentEvidence, FamilyEvidence, GlobalEvidence, RegionEvidence,
};
use minlift::claim::{Claim, ClaimVerdict};
use minlift::theorem::CoverLimits;

fn claim(fields: &str) -> Claim {
    Claim::from_toml(&format!("name = 'a'\n{fields}"), "a.toml").unwrap()
}

fn error(fields: &str) -> String {
    let error = Claim::from_toml(&format!("name = 'a'\n{fields}"), "a.toml").unwrap_err();
    let line = error.to_string();
    assert!(
        !line.contains('\n') && line.starts_with("a.toml: "),
        "{line}"
    );
    line
}

#[test]
fn a_box_that_touches_the_pitchfork_is_open_and_one_across_it_refused() {
    let limits = CoverLimits {
        boxes: 150,
        depth: 8,
        after_refusal: 2,
    };
    let touching = claim("d = 10\ntau = 7\nalpha = [0.0282, 0.0285]");
    let evidence = RegionEvidence::within(&touching, limits, &|_, _| {});
    assert_eq!(evidence.decision.verdict, ClaimVerdict::Inconclusive);
    assert!(
        evidence.decision.reason.contains("open"),
        "{}",
        evidence.decision.reason
    );
    assert!(evidence.decision.advice.unwrap().contains("pitchfork"));
    let across = claim("d = 10\ntau = 7\nalpha = [0.02, 0.04]");
    let evidence = RegionEvidence::within(&across, limits, &|_, _| {});
    assert_eq!(evidence.decision.verdict, ClaimVerdict::Refused);
    assert!(!evidence.cover.refused.is_empty());
}

#[test]
fn a_step_that_is_too_large_is_not_proved_and_one_that_repels_is_refused() {
    let with = |step: &str| {
        let fields = format!("kind = 'descent'\nd = 10\ntau = 7\nalpha = '1/800'\nstep = {step}");
        DescentEvidence::of(&claim(&fields))
    };
    let too_large = with("10");
    assert_eq!(too_large.decision.verdict, ClaimVerdict::Inconclusive);
    let row = &too_large.rows[0];
    assert!(row.largest_step > 1.0 && row.largest_step < 10.0);
    assert!(
        too_large
            .decision
            .reason
            .contains("larger than the largest one")
    );
    // Just below the largest step it goes through.
    assert_eq!(with("3").decision.verdict, ClaimVerdict::Verified);
    let repels = with("100");
    assert_eq!(repels.decision.verdict, ClaimVerdict::Refused);
    assert!(repels.decision.reason.contains("repelled"));
}

#[test]
fn a_region_that_holds_the_saddle_is_refused() {
    let fields =
        "kind = 'descent'\nd = 10\ntau = 7\nalpha = '1/800'\nstart = [[-0.5, 3.9], [0.8, 1.6]]";
    let evidence = DescentEvidence::of(&claim(fields));
    assert_eq!(evidence.decision.verdict, ClaimVerdict::Refused);
    assert!(evidence.decision.reason.contains("another critical point"));
    // Beside the saddle, but not with it: no proof, no refusal.
    let fields =
        "kind = 'descent'\nd = 10\ntau = 7\nalpha = '1/800'\nstart = [[0.05, 3.9], [0.8, 1.6]]";
    let evidence = DescentEvidence::of(&claim(fields));
    assert_eq!(
        evidence.decision.verdict,
        ClaimVerdict::Inconclusive,
        "{}",
        evidence.decision.reason
    );
}

#[test]
fn beyond_the_pitchfork_there_is_no_basin_and_no_branch() {
    let global = GlobalEvidence::of(&claim("kind = 'global'\nd = 10\ntau = 7\nalpha = 0.05"));
    assert_eq!(
        global.decision.verdict,
        ClaimVerdict::Refused,
        "{}",
        global.decision.reason
    );
    assert_eq!(global.open, 0);
    let branch = BranchEvidence::of(&claim("kind = 'branch'\nd = 10\ntau = 7\nalpha = 0.05"));
    assert_eq!(branch.decision.verdict, ClaimVerdict::Inconclusive);
    // A step that is too large for the lemma is said to be the hypothesis that fails.
    let step = GlobalEvidence::of(&claim(
        "kind = 'global'\nd = 10\ntau = 7\nalpha = '1/800'\nstep = 0.2",
    ));
    assert_eq!(step.decision.verdict, ClaimVerdict::Inconclusive);
    assert!(step.decision.reason.contains("the step is below"));
}

/// Every kind decides without panic whatever the parser lets through.
#[test]
fn absurd_parameters_are_decided_without_panic() {
    let kinds = ["every-d", "branch", "global", "descent"];
    for (tau, alpha) in [("1e-6", "1e6"), ("1e6", "1e6")] {
        for kind in kinds {
            let d = if kind == "every-d" {
                "'>=9007199254740992'"
            } else {
                "10"
            };
            let fields = format!("kind = '{kind}'\nd = {d}\ntau = {tau}\nalpha = {alpha}");
            let evidence = FamilyEvidence::of(&claim(&fields), &|_, _| {}).unwrap();
            assert!(!evidence.decision().reason.is_empty(), "{fields}");
        }
    }
}

#[test]
fn bad_fields_are_one_line() {
    for (fields, wanted) in [
        (
            "d = '>=1'\ntau = 7\nalpha = 0.1",
            "d = '>=1' is not allowed",
        ),
        ("d = '> 2'\ntau = 7\nalpha = 0.1", "not allowed"),
        ("d = '>='\ntau = 7\nalpha = 0.1", "not allowed"),
        (
            "d = '>=99999999999999999999'\ntau = 7\nalpha = 0.1",
            "not allowed",
        ),
        (
            "kind = 'every-d'\nd = 10\ntau = 7\nalpha = 0.1",
            "d = 10 is an integer",
        ),
        (
            "kind = 'branch'\nd = '>=2'\ntau = 7\nalpha = 0.1",
            "d = '>=2' is a string",
        ),
        (
            "d = '>=2'\nrho = 0.1\ntau = 7\nalpha = 0.1",
            "rho = 0.1 has no meaning",
        ),
        (
            "kind = 'descent'\nd = '>=2'\nrho = 0.1\ntau = 7\nalpha = 0.1",
            "rho = 0.1 has no meaning",
        ),
        ("d = 10\ntau = [7]\nalpha = 0.1", "has 1 entries"),
        ("d = 10\ntau = [7, 7]\nalpha = 0.1", "out of range"),
        ("d = 10\ntau = [8, 7]\nalpha = 0.1", "least < most"),
        (
            "kind = 'ssl'\nd = 10\ntau = [6, 7]\nalpha = 0.1",
            "tau = [6, 7] is a list",
        ),
        (
            "kind = 'box'\nd = 10\ntau = [6, 'x']\nalpha = 0.1",
            "not a finite decimal",
        ),
        (
            "kind = 'box'\nd = 10\ntau = [6, 7]\nalpha = 0.1\nweights = [0.25, 0.25, 0.25, 0.25]",
            "weights",
        ),
        (
            "kind = 'box'\nd = 10\ntau = [6, 7]\nalpha = 0.1\nrequire = ['plane']",
            "require",
        ),
        (
            "kind = 'descent'\nd = 10\ntau = 7\nalpha = 0.1\nstep = 0",
            "step = 0 is out of range",
        ),
        (
            "kind = 'descent'\nd = 10\ntau = 7\nalpha = 0.1\nstep = -1",
            "step = -1 is out of range",
        ),
        (
            "kind = 'descent'\nd = 10\ntau = 7\nalpha = 0.1\nstart = [1, 2]",
            "start",
        ),
        (
            "kind = 'descent'\nd = 10\ntau = 7\nalpha = 0.1\nstart = [[1, 2]]",
            "start",
        ),
        (
            "kind = 'branch'\nd = 10\ntau = 7\nalpha = 0.1\nstep = 1",
            "no meaning for kind",
        ),
    ] {
        let line = error(fields);
        assert!(line.contains(wanted), "{fields}\n{line}");
        assert!(line.contains("allowed: "), "{line}");
    }
}
