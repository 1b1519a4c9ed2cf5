//! The proved sets as the runs are judged by them.

use minlift::confirm::supervised::{Region, SupervisedOutcome, SupervisedState};

/// `|(2 (w_1^(1) - 1), …)|² + (3|s|)² + |m|² < 1/4`, the rest of the transform mixing two coordinates.
fn region() -> Region {
    let mut transform = [[0.0; 6]; 6];
    for (k, row) in transform.iter_mut().enumerate() {
        row[k] = 1.0;
    }
    transform[0][0] = 2.0;
    transform[5][4] = -1.0;
    Region {
        centre: [1.0, 0.0, -1.0, 0.0, 2.0, 2.0],
        transform,
        beside: [3.0, 1.0],
        radius: 0.5,
        index: 0,
        name: "by hand".to_owned(),
    }
}

/// `d = 4`: rows `(1, 0, a, b)`, `(-1, 0, c, d)` moved by `shift` in the first coordinate.
fn at(shift: f64, [a, b]: [f64; 2], [c, d]: [f64; 2], output: [f64; 2]) -> SupervisedState {
    let [f1, f2] = output;
    SupervisedState::of(&[1.0 + shift, 0.0, a, b, -1.0, 0.0, c, d, f1, f2])
}

#[test]
fn the_inequality_is_the_one_stated() {
    let centre = [2.0, 2.0];
    let zero = [0.0; 2];
    let inside = |state: SupervisedState| region().contains(&state);
    assert!(inside(at(0.0, zero, zero, centre)));
    // The first coordinate counts twice.
    assert!(inside(at(0.24, zero, zero, centre)) && !inside(at(0.26, zero, zero, centre)));
    // u_6 = (F_2 - 2) - (F_1 - 2): moving both alike costs the square of one.
    assert!(inside(at(0.0, zero, zero, [2.45, 2.45])));
    assert!(!inside(at(0.0, zero, zero, [2.45, 2.0])));
    // Equal parts off the plane are s = sqrt(2) (a, b), which counts three times; opposite ones are m.
    let equal = |x: f64| at(0.0, [x, 0.0], [x, 0.0], centre);
    let opposite = |x: f64| at(0.0, [x, 0.0], [-x, 0.0], centre);
    let (limit, other) = (0.5 / 3.0 / 2_f64.sqrt(), 0.5 / 2_f64.sqrt());
    assert!(inside(equal(0.99 * limit)) && !inside(equal(1.01 * limit)));
    assert!(inside(opposite(0.99 * other)) && !inside(opposite(1.01 * other)));
    // Orthogonal ones are half of each: 9 x²/2·2 + x²/2·2.
    let orthogonal = |x: f64| at(0.0, [x, 0.0], [0.0, x], centre);
    let limit = 0.5 / 10_f64.sqrt();
    assert!(inside(orthogonal(0.99 * limit)) && !inside(orthogonal(1.01 * limit)));
    assert!(!inside(at(f64::NAN, zero, zero, centre)));
    assert!(!inside(at(0.0, [f64::NAN, 0.0], zero, centre)));
}

#[test]
fn outcomes() {
    let regions = [
        Region {
            centre: [9.0; 6],
            ..region()
        },
        region(),
    ];
    let here = at(0.0, [0.0; 2], [0.0; 2], [2.0, 2.0]);
    let there = at(0.0, [1.0; 2], [0.0; 2], [2.0, 2.0]);
    let judge = |state, gradient| SupervisedOutcome::of(&regions, state, gradient);
    assert_eq!(judge(&here, 1e-7), SupervisedOutcome::Arrived { region: 1 });
    assert_eq!(judge(&here, 1.1e-7), SupervisedOutcome::NotFinished);
    assert_eq!(judge(&here, f64::NAN), SupervisedOutcome::NotFinished);
    assert_eq!(judge(&there, 1e-8), SupervisedOutcome::StationaryElsewhere);
    assert_eq!(judge(&there, 1e-3), SupervisedOutcome::NotFinished);
}
