//! Statement: every built-in claim comes out as its file expects, by the proof alone.

use std::sync::OnceLock;

use minlift::claim::empirical::{self, EmpiricalEvidence};
use minlift::claim::supervised::{self, SupervisedEvidence};
use minlift::claim::{Claim, ClaimVerdict, ConditionId, Evidence, Expectation, builtin, decide};

fn claims() -> Vec<Claim> {
    (builtin::SOURCES.iter())
        .map(|source| source.claim().unwrap())
        .collect()
}

/// The self-supervised sides.
fn decided() -> &'static [Evidence] {
    static ALL: OnceLock<Vec<Evidence>> = OnceLock::new();
    ALL.get_or_init(decide_all)
}

fn decide_all() -> Vec<Evidence> {
    (claims().iter())
        .filter(|claim| claim.kind.has_ssl())
        .map(decide)
        .collect()
}

/// The supervised sides.
fn supervised() -> Vec<(Claim, SupervisedEvidence)> {
    (claims().into_iter())
        .filter(|claim| claim.kind.has_sl())
        .map(|claim| {
            let evidence = supervised::decide(&claim);
            (claim, evidence)
        })
        .collect()
}

#[test]
fn every_supervised_side_comes_out_as_expected() {
    let all = supervised();
    assert_eq!(all.len(), 6);
    for (claim, evidence) in &all {
        let name = &claim.name;
        let expected = match claim.expect {
            Expectation::Verified => ClaimVerdict::Verified,
            Expectation::Refused => ClaimVerdict::Refused,
        };
        assert_eq!(evidence.verdict, expected, "{name}: {}", evidence.reason);
        assert!(evidence.advice.is_none(), "{name}: nothing to try next");
        if expected == ClaimVerdict::Refused {
            assert!(evidence.refusal.as_ref().is_some_and(|r| r.open == 0));
            assert!(evidence.exact.is_none() && evidence.content.is_none());
            continue;
        }
        // Nothing is left out of the chain.
        let exact = evidence.exact.as_ref().expect(name);
        assert!(exact.point.iter().all(|x| x.width() < 1e-11), "{name}");
        assert!(
            exact.region.is_some() && exact.without_symmetry.is_some(),
            "{name}"
        );
        let simplified = evidence.simplified.as_ref().expect(name);
        assert!(simplified.uniqueness_in_six.is_some(), "{name}");
        assert!(
            evidence.content.is_some() && evidence.distance.is_some(),
            "{name}"
        );
        for id in ConditionId::ALL {
            assert!(
                evidence.conditions.iter().any(|c| c.id == id),
                "{name}: {}",
                id.name()
            );
        }
    }
}

#[test]
fn every_built_in_claim_comes_out_as_expected() {
    let all = decided();
    assert_eq!(all.len(), 14);
    let mut refused = Vec::new();
    for evidence in all {
        let name = &evidence.claim.name;
        let expected = match evidence.claim.expect {
            Expectation::Verified => ClaimVerdict::Verified,
            Expectation::Refused => ClaimVerdict::Refused,
        };
        assert_eq!(evidence.verdict, expected, "{name}: {}", evidence.reason);
        assert!(evidence.advice.is_none(), "{name}: nothing to try next");
        assert_eq!(
            evidence.refusal.is_some(),
            expected == ClaimVerdict::Refused,
            "{name}"
        );
        if expected == ClaimVerdict::Refused {
            refused.push(name.as_str());
            continue;
        }
        // Nothing is left out of the chain: steps 1 to 5.
        assert!(
            evidence
                .simplified
                .as_ref()
                .is_some_and(|s| s.saddle.is_some()),
            "{name}"
        );
        assert!(
            evidence.jacobian.is_some() && evidence.content.is_some(),
            "{name}"
        );
        let exact = evidence.exact.as_ref().expect(name);
        for minimum in &exact.minima {
            for x in minimum.point {
                assert!(x.width() <= 1e-10, "{name}: {x}");
            }
        }
        for id in ConditionId::ALL {
            assert!(
                evidence.conditions.iter().any(|c| c.id == id),
                "{name}: {}",
                id.name()
            );
        }
        // No condition but the fourth is needed for the verdict; it always holds here.
        let krawczyk = evidence
            .conditions
            .iter()
            .find(|c| c.id == ConditionId::Krawczyk);
        assert!(krawczyk.is_some_and(|c| c.condition.holds()), "{name}");
    }
    assert_eq!(refused, ["refused-tau-7", "refused-tau-2_2"]);
}

/// The reason names what proves it: at the paper's own dimension that is not condition 1.
#[test]
fn the_papers_claim_is_not_proved_by_condition_1() {
    let all = decided();
    let reason = |name: &str| {
        let evidence = all.iter().find(|e| e.claim.name == name);
        evidence.expect(name).reason.clone()
    };
    assert!(
        !reason("paper").contains("quantitative_ift"),
        "{}",
        reason("paper")
    );
    assert!(reason("paper").contains("newton_kantorovich"));
    assert!(reason("paper-d20").contains("quantitative_ift"));
    assert!(reason("paper-d2").ends_with("proved by: krawczyk"));
}

/// The same run gives the same evidence, to the last bit.
#[test]
fn deciding_is_deterministic() {
    assert_eq!(format!("{:?}", decide_all()), format!("{:?}", decided()));
}

/// The claims about given data.
fn given() -> Vec<(Claim, EmpiricalEvidence)> {
    (claims().into_iter())
        .filter(|claim| claim.kind.has_data())
        .map(|claim| {
            let evidence = empirical::decide(&claim);
            (claim, evidence)
        })
        .collect()
}

#[test]
fn every_claim_about_given_data_comes_out_as_expected() {
    let all = given();
    assert_eq!(all.len(), 3);
    for (claim, evidence) in &all {
        let name = &claim.name;
        assert_eq!(claim.expect, Expectation::Verified, "{name}");
        assert_eq!(
            evidence.verdict,
            ClaimVerdict::Verified,
            "{name}: {}",
            evidence.reason
        );
        assert_eq!(evidence.conditions.len(), 5, "{name}");
        let exact = evidence.exact.as_ref().expect(name);
        for m in &exact.minima {
            assert!(m.is_minimum && m.radius < 1e-10, "{name}: {m:?}");
            assert!(
                m.uniqueness_radius > 1e-3,
                "{name}: {}",
                m.uniqueness_radius
            );
        }
        let content = evidence.content.as_ref().expect(name);
        for p in content.projections {
            assert!(
                p.inf() > 0.98 && p.sup() < 1.0 && p.width() < 1e-9,
                "{name}: {p}"
            );
        }
    }
}
