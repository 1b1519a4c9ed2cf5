//! Statement: input that no probe can be trained on is refused, with its reason.

use minlift::downstream::{DownstreamError, Population, Representation, Settings, Target, probe};

use super::given::{equal, self_supervised};

#[test]
fn parameters_out_of_range() {
    let quarter = [0.25; 4];
    for (tau, rho, weights) in [
        (f64::NAN, 0.1, quarter),
        (f64::INFINITY, 0.1, quarter),
        (7.0, -0.1, quarter),
        (7.0, f64::NAN, quarter),
        (7.0, f64::INFINITY, quarter),
        (7.0, 0.1, [0.5, 0.5, 0.5, -0.5]),
        (7.0, 0.1, [f64::NAN, 0.5, 0.25, 0.25]),
        (7.0, 0.1, [0.25, 0.25, 0.25, 0.2]),
    ] {
        let refused = Population::new(tau, rho, weights);
        assert!(
            matches!(refused, Err(DownstreamError::OutOfRange { .. })),
            "{refused:?}"
        );
    }
    let message = Population::new(7.0, -0.1, quarter).map_err(|e| e.to_string());
    assert_eq!(
        message,
        Err("rho = -0.1 is not allowed: finite, >= 0".to_owned())
    );
}

#[test]
fn settings_and_rows_out_of_range() {
    let default = Settings::default();
    for settings in [
        Settings {
            penalty: 0.0,
            ..default
        },
        Settings {
            penalty: f64::NAN,
            ..default
        },
        Settings {
            train: 0,
            ..default
        },
        Settings { test: 0, ..default },
        Settings {
            seeds: 0,
            ..default
        },
    ] {
        assert!(
            probe(&self_supervised(), &equal(7.0, 0.1), &settings).is_err(),
            "{settings:?}"
        );
    }
    let rows = Representation::new("not finite", [[1.0, f64::NAN], [0.0, 1.0]]);
    assert!(probe(&rows, &equal(7.0, 0.1), &default).is_err());
}

#[test]
fn a_target_that_does_not_vary() {
    // Without a penalty on the bias there is no minimum.
    let one_label = Population::new(7.0, 0.1, [0.5, 0.5, 0.0, 0.0]).expect("valid");
    let refused = probe(&self_supervised(), &one_label, &Settings::default());
    assert!(matches!(
        refused,
        Err(DownstreamError::OneClass {
            target: Target::Label,
            ..
        })
    ));
    let one_draw = Settings {
        train: 1,
        ..Settings::default()
    };
    let refused = probe(&self_supervised(), &equal(7.0, 0.1), &one_draw).map_err(|e| e.to_string());
    assert_eq!(
        refused,
        Err(
            "the label takes one value only on the data of the training sample of seed 0"
                .to_owned()
        )
    );
}
