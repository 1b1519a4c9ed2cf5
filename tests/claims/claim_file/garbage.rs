//! No text, however strange, breaks the reader.

use minlift::claim::Claim;
use minlift::interval::Interval;
use proptest::prelude::*;

use super::{read, tight, with};

/// Texts that look like claims more often than random characters do.
fn garbage() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        Just("name"),
        Just("d"),
        Just("tau"),
        Just("alpha"),
        Just("rho"),
        Just("weights"),
        Just("require"),
        Just("expect"),
        Just("="),
        Just("="),
        Just("="),
        Just("\n"),
        Just("\n"),
        Just("\""),
        Just("'"),
        Just("["),
        Just("]"),
        Just("{"),
        Just("}"),
        Just(","),
        Just("."),
        Just("7"),
        Just("1/800"),
        Just("\"1/800\""),
        Just("1e-3"),
        Just("0x1F"),
        Just("inf"),
        Just("-"),
        Just("_"),
        Just("e"),
        Just("#"),
        Just("\r"),
        Just("é"),
        Just("\u{2028}"),
        Just("\0"),
        Just("\"\"\""),
        Just("[[a]]"),
        Just("1979-05-27T07:32:00Z"),
        Just(" "),
    ];
    prop_oneof![
        proptest::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat()),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2000,
        rng_seed: proptest::test_runner::RngSeed::Fixed(2),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn garbage_never_panics_and_its_error_is_one_line(text in garbage()) {
        if let Err(error) = Claim::from_toml(&text, "garbage.toml") {
            let message = error.to_string();
            prop_assert!(message.starts_with("garbage.toml: "));
            prop_assert!(!message.chars().any(|c| c.is_control() || c == '\u{2028}'), "{message:?}");
        }
    }

    #[test]
    fn any_value_of_any_field_is_read_or_refused_in_one_line(
        field in prop_oneof![
            Just("name"), Just("d"), Just("tau"), Just("rho"), Just("weights"), Just("require"),
        ],
        value in prop_oneof![
            any::<f64>().prop_map(|x| format!("{x:?}")),
            any::<i64>().prop_map(|x| x.to_string()),
            "\"[0-9eE./+ -]{0,12}\"",
            "[0-9_.eE+-]{1,12}",
        ],
    ) {
        match Claim::from_toml(&with(field, Some(&value)), "my.toml") {
            Ok(claim) => {
                prop_assert!(claim.d >= 2 && claim.tau.certainly_positive());
                prop_assert!(claim.rho_data.subset_of(Interval::new(0.0, 1.0).unwrap()));
            }
            Err(error) => prop_assert_eq!(error.to_string().lines().count(), 1),
        }
    }

    /// A float's shortest decimal is enclosed by the neighbours of that float.
    #[test]
    fn decimals_are_enclosed_tightly(x in 1e-6..1e6_f64) {
        let tau = read("tau", &format!("{x:?}")).tau;
        prop_assert!(tau.contains(x) && tau.subset_of(Interval::new(x.next_down(), x.next_up()).unwrap()));
        prop_assert!(tight(tau));
    }

    /// `a/b = c/d` as decided on the digits agrees with the integers' `a d = c b`.
    #[test]
    fn fractions_are_compared_exactly(
        (a, b, k, c) in (1..1_000_u64, 1..1_000_u64, 1..1_000_000_000_u64, 0..2_u64),
        shift in -30..30_i32,
    ) {
        let (first, second) = (format!("{a}/{b}"), format!("{}e{shift}/{}e{shift}", a * k + c, b * k));
        let same = u128::from(a) * u128::from(b * k) == u128::from(a * k + c) * u128::from(b);
        prop_assert_eq!(Interval::same_literal(&first, &second), Ok(same));
        prop_assert_eq!(same, c == 0);
    }
}
