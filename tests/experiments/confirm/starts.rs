//! The published starting regions.

use minlift::confirm::initialisation::{HIDDEN_RANGE, LABEL_RANGE};
use minlift::confirm::{Initialisation, start};

const TAU: f64 = 7.0;

#[test]
fn regions_hold_what_they_should() {
    for d in [2, 10, 101] {
        for seed in 0..50 {
            for initialisation in Initialisation::ALL {
                let w = start(initialisation, d, TAU, seed);
                assert_eq!(w.len(), 2 * d);
                let second_sign = if initialisation == Initialisation::SameSide {
                    1.0
                } else {
                    -1.0
                };
                for (row, sign) in [(w.rows(0, d), 1.0), (w.rows(d, d), second_sign)] {
                    assert!(row[0] * sign > 0.0 && row[1] > 0.0, "{initialisation:?}");
                    if initialisation != Initialisation::One {
                        assert!(LABEL_RANGE.contains(&(row[0] * sign)));
                        let hidden = row[1] * TAU;
                        assert!(hidden > HIDDEN_RANGE.start - 1e-12);
                        assert!(hidden < HIDDEN_RANGE.end + 1e-12);
                    }
                }
            }
        }
    }
}

/// The entries off the plane are standard normal: over 200 000 of them the mean has the
/// standard deviation 0.0022, the second moment 0.0032 and the fourth 0.022.
#[test]
fn other_entries_are_standard_normal() {
    let w = start(Initialisation::Zero, 100_000, TAU, 3);
    let moment = |k: i32| w.iter().map(|x| x.powi(k)).sum::<f64>() / w.len() as f64;
    assert!(moment(1).abs() < 0.01);
    assert!((moment(2) - 1.0).abs() < 0.015);
    assert!((moment(4) - 3.0).abs() < 0.1);
}

#[test]
fn seeds_fix_the_start_and_different_seeds_differ() {
    for initialisation in Initialisation::ALL {
        assert_eq!(
            start(initialisation, 10, TAU, 5),
            start(initialisation, 10, TAU, 5)
        );
        assert_ne!(
            start(initialisation, 10, TAU, 5),
            start(initialisation, 10, TAU, 6)
        );
        for other in Initialisation::ALL {
            // Not even off the plane do two regions share a point.
            let third = |i| start(i, 10, TAU, 5)[2];
            assert_eq!(
                third(initialisation) == third(other),
                initialisation == other
            );
        }
    }
}
