//! Statement: whatever the parameters, a decision is reached without a panic; and a verified claim's minimum is a
//! critical point of the objective's definition.

use crate::given::claim;
use crate::given::independent::Independent;
use minlift::claim::{Claim, ClaimVerdict, decide};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

/// Powers of ten, and the ends of what a claim may say.
fn decimal(low: i32, high: i32) -> impl Strategy<Value = String> {
    (1_u32..10, low..high).prop_map(|(digit, exponent)| format!("{digit}e{exponent}"))
}

fn noise() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => Just("0".to_owned()),
        1 => Just("1".to_owned()),
        4 => (1_u32..1000).prop_map(|k| format!("\"{k}/1000\"")),
        2 => decimal(-12, -1),
    ]
}

/// Equal, mirror symmetric, or without symmetry; 20ths that add up to 1.
fn weights() -> impl Strategy<Value = String> {
    let list = |p: [u32; 4]| format!("[{}]", p.map(|p| format!("\"{p}/20\"")).join(", "));
    prop_oneof![
        Just("[0.25, 0.25, 0.25, 0.25]".to_owned()),
        (1_u32..10).prop_map(move |p| list([p, 10 - p, p, 10 - p])),
        (1_u32..6, 1_u32..6, 1_u32..6).prop_map(move |(a, b, c)| list([a, b, c, 20 - a - b - c])),
    ]
}

fn given() -> impl Strategy<Value = Claim> {
    let d = prop_oneof![2_u64..6, 6_u64..200, Just(1_000_000), Just(1 << 53)];
    let tau =
        prop_oneof![2 => decimal(-6, 6), 3 => (1_u32..300).prop_map(|k| format!("\"{k}/10\""))];
    let alpha =
        prop_oneof![2 => decimal(-12, 6), 3 => (1_u32..400).prop_map(|k| format!("\"{k}/10000\""))];
    (d, tau, alpha, noise(), noise(), weights()).prop_map(|(d, tau, alpha, data, view, weights)| {
        claim(&format!(
            "d = {d}\ntau = {tau}\nalpha = {alpha}\nrho_data = {data}\nrho_view = {view}\nweights = {weights}"
        ))
    })
}

/// `|grad l|` at the claimed minima, and at points around them, by quadrature of the definition.
fn looks_like_a_minimum(claim: &Claim, point: [f64; 2]) -> Result<(), TestCaseError> {
    let objective = Independent::of(claim, 120);
    let w = [point[0], point[1], 0.0];
    for g in objective.gradient(&w) {
        prop_assert!(g.abs() < 1e-8, "gradient {:e} at {:?}", g, point);
    }
    let here = objective.value(&w);
    for k in 0..8 {
        let (sine, cosine) = (f64::from(k) * std::f64::consts::FRAC_PI_4).sin_cos();
        let step = 1e-3;
        for off in [[cosine, sine, 0.0], [cosine * 0.5, sine * 0.5, 0.8]] {
            let there: Vec<f64> = w.iter().zip(off).map(|(w, u)| w + step * u).collect();
            let rise = objective.value(&there) - here;
            // Curvature below what the quadrature sees says nothing.
            prop_assert!(rise > -1e-12, "falls by {:e} from {:?}", -rise, point);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(Config {
        cases: 48,
        rng_seed: RngSeed::Fixed(2401_03214),
        failure_persistence: None,
        ..Config::default()
    })]

    #[test]
    fn a_verified_minimum_is_one(claim in given()) {
        let evidence = decide(&claim);
        prop_assert!(!evidence.reason.is_empty());
        match evidence.verdict {
            ClaimVerdict::Verified => {
                let exact = evidence.exact.expect("a verified claim has a minimum");
                for minimum in exact.minima {
                    prop_assert!(minimum.verdict.is_proved());
                    looks_like_a_minimum(&claim, minimum.point.map(|x| x.mid()))?;
                }
            }
            ClaimVerdict::Refused => {
                prop_assert_eq!(evidence.refusal.map(|r| r.boxes_open), Some(0));
            }
            ClaimVerdict::Inconclusive => prop_assert!(evidence.advice.is_some()),
        }
    }
}

/// The ends of the allowed ranges, all at once.
#[test]
fn the_corners_of_the_ranges_are_decided() {
    use ClaimVerdict::{Refused, Verified};
    for (tau, alpha, rho, expected) in [
        // So large a penalty leaves nothing off the axis, whatever the noise.
        ("1e-6", "1e6", "1", Refused),
        ("1e6", "1e6", "0", Refused),
        ("1e6", "1e6", "1", Refused),
        // So small a one leaves a minimum, and without noise there is nothing to lift.
        ("1e6", "1e-12", "0", Verified),
    ] {
        for d in ["2", "9007199254740992"] {
            let fields = format!("d = {d}\ntau = {tau}\nalpha = {alpha}\nrho = {rho}");
            let evidence = decide(&claim(&fields));
            assert_eq!(evidence.verdict, expected, "{fields}: {}", evidence.reason);
        }
    }
}
