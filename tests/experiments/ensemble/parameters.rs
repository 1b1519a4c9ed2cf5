//! Absurd parameters are refused one by one, with what is allowed.

use minlift::batch::{Header, Shard};
use minlift::ensemble::{Cell, Parameters, Points, cells, header, parameters, table_name};

use super::stub;

#[test]
fn bounds() {
    let good = stub::parameters(&[(10, 100)], 10);
    good.check().unwrap();
    type Change = fn(&mut Parameters);
    let cases: &[(Change, &str)] = &[
        (
            |it| it.tau = "nan".to_owned(),
            "tau = nan: no number; allowed: a decimal or a fraction from 1e-6 to 1e6",
        ),
        (
            |it| it.tau = "0".to_owned(),
            "tau = 0: out of range; allowed: ",
        ),
        (
            |it| it.tau = "inf".to_owned(),
            "tau = inf: no number; allowed: ",
        ),
        (|it| it.tau = "9".repeat(101), "too long; allowed: "),
        (
            |it| it.tau = "7\n".to_owned(),
            "tau = 7: no number; allowed: ",
        ),
        (
            |it| it.alpha = "1/0".to_owned(),
            "alpha = 1/0: no number; allowed: ",
        ),
        (
            |it| it.alpha = "-1/800".to_owned(),
            "alpha = -1/800: out of range; allowed: ",
        ),
        (
            |it| it.rho_data = Some("2".to_owned()),
            "rho = 2: out of range; allowed: a decimal or a fraction from 0 to 1",
        ),
        (
            |it| it.rho_view = Some("x".to_owned()),
            "rho = x: no number; allowed: ",
        ),
        (|it| it.draws = 0, "draws = 0: out of range; allowed: "),
        (
            |it| it.draws = u64::MAX,
            "draws = 18446744073709551615: too many for 1 cells; allowed: ",
        ),
        (|it| it.cells.clear(), "cells = none: missing; allowed: "),
        (|it| it.cells[0].d = 1, "d = 1: out of range; allowed: "),
        (|it| it.cells[0].n = 0, "n = 0: out of range; allowed: "),
        (
            |it| it.cells[0].n = 1 << 28,
            "n = 268435456: too large for d = 10; allowed: n d <= 268435456",
        ),
        (
            |it| it.cells[0].d = u64::MAX,
            "n = 100: too large for d = 18446744073709551615; allowed: ",
        ),
        (
            |it| it.cells.push(Cell { d: 10, n: 100 }),
            "cells = a list: out of order; allowed: ",
        ),
    ];
    for (change, expected) in cases {
        let mut bad = good.clone();
        change(&mut bad);
        let error = bad.check().unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
    let mut edge = good.clone();
    edge.rho_data = Some("0".to_owned());
    edge.rho_view = Some("1".to_owned());
    edge.cells[0] = Cell { d: 2, n: 1 << 27 };
    edge.draws = 100_000_000;
    edge.check().unwrap();
}

#[test]
fn rules_for_the_number_of_points() {
    for (text, at_ten, shown) in [
        ("100", 100, "100"),
        ("d", 10, "d"),
        ("d^2", 100, "d^2"),
        ("d^3", 1000, "d^3"),
        ("4*d^2", 400, "4*d^2"),
        ("4 * d", 40, "4*d"),
        (" 1*d^2 ", 100, "d^2"),
    ] {
        let rule: Points = text.parse().unwrap();
        assert_eq!(rule.at(10).unwrap(), at_ten, "{text}");
        assert_eq!(rule.to_string(), shown);
    }
    for bad in [
        "", "0", "0*d", "-1", "1.5", "d^4", "d2", "2d", "d*d", "4*", "*d", "n", "nan", "1e3",
    ] {
        let error = bad.parse::<Points>().unwrap_err().to_string();
        assert!(error.starts_with(&format!("n = {bad}: ")), "{error}");
        assert!(
            error.ends_with("allowed: whole numbers from 1, d, d^2, d^3, K*d^2"),
            "{error}"
        );
    }
    let cubic: Points = "d^3".parse().unwrap();
    assert!(cubic.at(1 << 32).is_err());
    assert!(cells(&[1 << 32], &[cubic]).is_err());
}

#[test]
fn parameters_come_back_from_the_header() {
    let mut given = stub::default_table();
    given.rho_view = Some("1/7".to_owned());
    given.seed = u64::MAX;
    let made = header(&given, Shard::WHOLE).unwrap();
    assert_eq!(made.table(), table_name());
    assert_eq!(parameters(&made, "draws.jsonl").unwrap(), given);

    let map = Header::new("map", &given, 6000, Shard::WHOLE).unwrap();
    assert!(
        parameters(&map, "draws.jsonl")
            .unwrap_err()
            .to_string()
            .contains("a table of kind \"map\"")
    );
    let short = Header::new(&table_name(), &given, 5999, Shard::WHOLE).unwrap();
    assert!(
        parameters(&short, "draws.jsonl")
            .unwrap_err()
            .to_string()
            .contains("5999 jobs, not 6000")
    );
    given.draws = 0;
    let bad = Header::new(&table_name(), &given, 0, Shard::WHOLE).unwrap();
    let error = parameters(&bad, "draws.jsonl").unwrap_err().to_string();
    assert!(
        error.starts_with("draws.jsonl, line 1: no header of a table (draws = 0: "),
        "{error}"
    );
}
