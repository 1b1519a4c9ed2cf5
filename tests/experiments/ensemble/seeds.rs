//! Seeds: fixed, apart from the rest of the table, all different.

use std::collections::HashSet;

use minlift::ensemble::{Cell, seed};

use super::stub;

#[test]
fn pinned_values() {
    // SplitMix64 chain, computed independently in arbitrary-precision integers.
    for (master, d, n, draw, expected) in [
        (1, 10, 100, 0, 11_979_630_076_626_230_915),
        (1, 10, 100, 999, 18_233_862_896_304_127_624),
        (1, 5, 25, 0, 9_381_828_327_576_158_366),
        (2, 10, 100, 0, 6_611_740_532_246_264_677),
        (1, 50, 2500, 7, 9_138_923_054_797_565_241),
        (0, 2, 1, 0, 13_766_154_714_751_083_392),
    ] {
        assert_eq!(seed(master, Cell { d, n }, draw), expected);
    }
}

#[test]
fn no_two_draws_of_the_default_table_share_a_seed() {
    let parameters = stub::default_table();
    assert_eq!(parameters.jobs(), 6000);
    let seeds: HashSet<u64> = (0..6000).map(|i| parameters.job(i).seed).collect();
    assert_eq!(seeds.len(), 6000);
}

#[test]
fn neighbouring_master_seeds_share_no_draws() {
    let mut seeds = HashSet::new();
    for master in 0..50 {
        for draw in 0..1000 {
            assert!(seeds.insert(seed(master, Cell { d: 10, n: 100 }, draw)));
        }
    }
    // n and d are not exchangeable.
    assert_ne!(
        seed(1, Cell { d: 10, n: 20 }, 0),
        seed(1, Cell { d: 20, n: 10 }, 0)
    );
}

#[test]
fn a_draw_does_not_depend_on_the_rest_of_the_table() {
    let small = stub::parameters(&[(10, 100)], 5);
    let large = stub::parameters(&[(5, 25), (10, 100), (10, 400)], 1000);
    for draw in 0..5 {
        assert_eq!(small.job(draw), large.job(1000 + draw));
    }
    assert_eq!(large.job(2999).cell, Cell { d: 10, n: 400 });
    assert_eq!(large.job(2999).draw, 999);
}
