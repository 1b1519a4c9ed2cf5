//! The published initialisation.

use minlift::confirm::supervised::supervised_start;
use minlift::confirm::{Initialisation, start};

#[test]
fn signs_are_the_published_ones() {
    let mut weight_signs = [[0; 2]; 2];
    for d in [2, 10, 101] {
        for seed in 0..50 {
            let x = supervised_start(d, seed);
            assert_eq!(x.len(), 2 * d + 2);
            assert!(x[0] > 0.0 && x[d] < 0.0);
            let positive = [x[2 * d], x[2 * d + 1]].map(|f| usize::from(f > 0.0));
            weight_signs[positive[0]][positive[1]] += 1;
        }
    }
    // Nothing is said about F: of 150 starts each quarter has 37 +- 5.
    for count in weight_signs.as_flattened() {
        assert!((15..60).contains(count), "{weight_signs:?}");
    }
}

/// Of 200 000 entries the mean has the standard deviation 0.0022, the second moment 0.0032 and the fourth 0.022.
#[test]
fn entries_are_standard_normal() {
    let x = supervised_start(100_000, 3);
    let moment = |k: i32| x.iter().map(|x| x.powi(k)).sum::<f64>() / x.len() as f64;
    assert!(moment(1).abs() < 0.01);
    assert!((moment(2) - 1.0).abs() < 0.015);
    assert!((moment(4) - 3.0).abs() < 0.1);
}

#[test]
fn the_stream_is_its_own() {
    assert_eq!(supervised_start(10, 5), supervised_start(10, 5));
    assert_ne!(supervised_start(10, 5), supervised_start(10, 6));
    for initialisation in Initialisation::ALL {
        let other = start(initialisation, 10, 7.0, 5);
        assert_ne!(other[2], supervised_start(10, 5)[2]);
    }
}
