//! Statement: where the simplified objective has no critical point with `w^(1) > 0` the claim is refused, by a
//! proof; what merely could not be proved is inconclusive.

use crate::given::{claim, paper_decided};
use minlift::claim::{ClaimVerdict, Evidence, builtin, decide};
use minlift::theorem::Verdict;

fn is_refused_by_proof(evidence: &Evidence) {
    let refusal = evidence.refusal.as_ref().expect("a refusal has a proof");
    assert_eq!(evidence.verdict, ClaimVerdict::Refused);
    assert_eq!(refusal.boxes_open, 0, "every box is decided");
    assert!(evidence.reason.contains("no critical point with w^(1) > 0"));
    assert!(evidence.simplified.is_none() && evidence.exact.is_none());
    // The search covered a disc that holds every critical point: ‖w‖² <= 0.2238717.../alpha.
    let alpha = evidence.claim.alpha;
    assert!(refusal.disc_radius * refusal.disc_radius * alpha.sup() >= 0.2238717);
    assert!(refusal.disc_radius * refusal.disc_radius * alpha.inf() < 0.2239);
}

#[test]
fn the_two_built_in_refusals_are_proofs() {
    let mut refused = 0;
    for source in &builtin::SOURCES {
        let claim = source.claim().unwrap();
        if source.file.starts_with("refused-") && claim.kind.has_ssl() {
            let evidence = decide(&claim);
            is_refused_by_proof(&evidence);
            let refusal = evidence.refusal.expect("checked");
            assert!(
                refusal.boxes_by_axis > 0,
                "the axis cannot be excluded by the gradient"
            );
            assert!(refusal.boxes_by_gradient > 0);
            refused += 1;
        }
    }
    assert_eq!(refused, 2);
}

/// The refusal looked at from outside: Newton's iteration from a grid of the half disc never ends at
/// a critical point off the axis.
#[test]
fn a_search_finds_nothing_where_a_claim_is_refused() {
    let refused = (builtin::SOURCES.iter())
        .filter(|source| source.file.starts_with("refused-"))
        .map(|source| source.claim().unwrap());
    for claim in refused.filter(|claim| claim.kind.has_ssl()) {
        let floats = claim.simplified::<f64>();
        let radius = decide(&claim).refusal.expect("refused").disc_radius;
        let mut on_axis = 0;
        for k in 0..400 {
            let (i, j) = (f64::from(k / 20), f64::from(k % 20));
            let mut w = [radius * (i + 0.5) / 20.0, radius * (j - 9.5) / 10.0];
            for _ in 0..100 {
                let ([g1, g2], _) = floats.gradient(w, 0.0);
                let [a, b, c] = floats.jacobian(w, 0.0).plane_block();
                let determinant = a * c - b * b;
                let step = [
                    (c * g1 - b * g2) / determinant,
                    (a * g2 - b * g1) / determinant,
                ];
                let scale = (0.3 / step[0].hypot(step[1])).min(1.0);
                w = [w[0] - scale * step[0], w[1] - scale * step[1]];
            }
            let ([g1, g2], _) = floats.gradient(w, 0.0);
            if g1.hypot(g2) < 1e-12 {
                assert!(w[0].abs() < 1e-6, "{}: critical point at {w:?}", claim.name);
                on_axis += 1;
            }
        }
        assert!(on_axis > 100, "{}: {on_axis} searches ended", claim.name);
    }
}

/// At the pitchfork the minima merge with the saddle. Just below it they are still there, just
/// above they are not; neither side is mistaken for the other.
#[test]
fn beside_the_pitchfork_both_sides_are_told_apart() {
    for line in include_str!("../data/pitchfork.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let (tau, alpha): (&str, f64) = (cells[0], cells[1].parse().unwrap());
        for relative in [1e-2, 1e-3, 1e-4] {
            let at = |alpha: f64| decide(&claim(&format!("d = 10\ntau = {tau}\nalpha = {alpha}")));
            is_refused_by_proof(&at(alpha * (1.0 + relative)));
            let below = at(alpha * (1.0 - relative));
            assert_ne!(
                below.verdict,
                ClaimVerdict::Refused,
                "tau = {tau}, -{relative}"
            );
            let simplified = below.simplified.expect("the minimum is there");
            assert_eq!(simplified.minima[0].verdict, Verdict::ProvedMinimum);
        }
    }
}

/// So near to it that boxes do not suffice: never refused below, never verified above.
#[test]
fn at_the_pitchfork_nothing_is_claimed() {
    let line = include_str!("../data/pitchfork.csv")
        .lines()
        .find(|l| l.starts_with("7,"))
        .unwrap();
    let alpha: f64 = line.split(',').nth(1).unwrap().parse().unwrap();
    for relative in [1e-6, 1e-9] {
        let at = |alpha: f64| decide(&claim(&format!("d = 1000000\ntau = 7\nalpha = {alpha:?}")));
        let (below, above) = (at(alpha * (1.0 - relative)), at(alpha * (1.0 + relative)));
        assert_ne!(below.verdict, ClaimVerdict::Refused, "-{relative}");
        assert_ne!(above.verdict, ClaimVerdict::Verified, "+{relative}");
        assert!(above.simplified.is_none(), "+{relative}");
    }
}

/// No noise, no dimension and no requirement makes the paper's simplified minimum go away.
#[test]
fn the_papers_parameters_are_never_refused() {
    for (d, more) in [
        (2, ""),
        (3, "rho = 0"),
        (10, "rho = 0.42"),
        (10, "rho = 1"),
        (1_000_000, "rho = 1"),
        (10, "require = [\"quantitative_ift\"]"),
        (10, "expect = \"refused\""),
    ] {
        let evidence = paper_decided(d, more);
        assert_ne!(evidence.verdict, ClaimVerdict::Refused, "d = {d}, {more}");
        assert!(evidence.refusal.is_none(), "d = {d}, {more}");
    }
}

/// Without mirror symmetry the axis is not invariant: the argument beside it must not be used. Where
/// the only critical point has `w^(1) > 0`, however small, nothing is refused.
#[test]
fn unequal_weights_with_a_critical_point_are_inconclusive() {
    for weights in [
        "0.3, 0.2, 0.2, 0.3",
        "0.3, 0.3, 0.2, 0.2",
        "0.2501, 0.25, 0.2499, 0.25",
    ] {
        let given = claim(&format!(
            "d = 10\ntau = 7\nalpha = 0.05\nweights = [{weights}]"
        ));
        let floats = given.simplified::<f64>();
        let mut w = [0.1, 0.3];
        for _ in 0..20_000 {
            let ([g1, g2], _) = floats.gradient(w, 0.0);
            w = [w[0] - 0.1 * g1, w[1] - 0.1 * g2];
        }
        assert!(w[0] > 1e-6, "{weights}: descends to {w:?}");
        let evidence = decide(&given);
        assert_eq!(evidence.verdict, ClaimVerdict::Inconclusive, "{weights}");
        assert!(evidence.advice.is_some());
        let refusal = evidence.refusal.expect("attempted");
        assert_eq!(refusal.boxes_by_axis, 0, "{weights}");
        assert!(refusal.boxes_open > 0, "{weights}");
    }
}
