//! What a claim that is read contains.

use minlift::claim::{Claim, ClaimKind, ConditionId, Expectation, builtin};
use minlift::interval::Interval;

use super::{read, tight, with};

#[test]
fn a_number_is_the_decimal_that_is_written() {
    // 0.1 is not a float, and the nearest float lies above it: one tenth lies
    // strictly between that float and the one below.
    let tenth = read("alpha", "0.1").alpha;
    assert_eq!((tenth.inf(), tenth.sup()), (0.1_f64.next_down(), 0.1));
    for (written, same) in [
        ("0.1", "\"1/10\""),
        ("0.1", "\"0.1\""),
        ("0.1", "1e-1"),
        ("0.1", "1E-1"),
        ("0.1", "0.100_000"),
        ("0.1", "\" 1 / 10 \""),
        ("1", "1.0"),
        ("16", "0x10"),
        ("1000", "1_000"),
        ("+7", "\"+7\""),
    ] {
        assert_eq!(read("tau", written).tau, read("tau", same).tau, "{same}");
    }
    // What lies between two floats stays between them.
    let beyond = read("tau", "1.00000000000000000000000000001").tau;
    assert_eq!((beyond.inf(), beyond.sup()), (1.0, 1.0_f64.next_up()));
    assert!(read("tau", "7").tau.is_point());
    let alpha = read("alpha", "\"1/800\"").alpha;
    assert!(tight(alpha) && alpha.contains(0.00125) && !alpha.is_point());
}

#[test]
fn the_default_noise_is_enclosed() {
    // d^(-3/2) is dyadic for d = 4; for d = 2 and 10 it is irrational: its square d^(-3) is enclosed.
    for (d, rho) in [("4", 0.125), ("16", 1.0 / 64.0)] {
        assert_eq!(read("d", d).rho_data, Interval::point(rho));
    }
    for (d, cube) in [("2", "1/8"), ("10", "0.001"), ("1000000", "1e-18")] {
        let rho = read("d", d).rho_data;
        assert!(Interval::literal(cube).unwrap().subset_of(rho.sqr()), "{d}");
        assert!(rho.width() <= 4.0 * f64::EPSILON * rho.sup(), "{d}");
    }
    // The first digits of 10^(-3/2) = 0.0316227766016837933199889...
    let rho = read("d", "10").rho_view;
    let digits = Interval::literal("0.0316227766016837933199889").unwrap();
    assert!(digits.subset_of(rho) && !rho.is_point());
    assert_eq!(read("d", "10").written.rho_view, "d^(-3/2)");
}

#[test]
fn rho_data_and_rho_view_override_rho() {
    let text = |more: &str| with("name", Some("\"noise\"")) + more;
    let claim = |more: &str| Claim::from_toml(&text(more), "my.toml").unwrap();
    let (half, zero) = (Interval::point(0.5), Interval::ZERO);
    let default = claim("").rho_data;

    let both = claim("rho = 0.5\n");
    assert_eq!((both.rho_data, both.rho_view), (half, half));
    let data = claim("rho_data = 0\n");
    assert_eq!((data.rho_data, data.rho_view), (zero, default));
    assert_eq!(data.written.rho_data, "0");
    assert_eq!(data.written.rho_view, "d^(-3/2)");
    let view = claim("rho = 1\nrho_view = \"1/2\"\n");
    assert_eq!((view.rho_data, view.rho_view), (Interval::ONE, half));
    assert_eq!(view.written.rho_view, "1/2");
}

#[test]
fn equal_weights_are_recognised_as_numbers() {
    let symmetric = |weights: &str| read("weights", weights).mirror_symmetric;
    assert!(symmetric("[0.25, 0.25, 0.25, 0.25]"));
    assert!(symmetric(r#"[0.25, "1/4", "2/8", 2.5e-1]"#));
    assert!(symmetric(r#"["1/3", "1/6", "2/6", "0.1/0.6"]"#));
    assert!(symmetric("[0.4, 0.1, 0.40, 0.1]"));
    assert!(!symmetric("[0.4, 0.1, 0.1, 0.4]"));
    assert!(!symmetric("[0.3, 0.2, 0.25, 0.25]"));
    // The same float, but another number.
    assert!(!symmetric("[0.25, 0.25, 0.25000000000000000000001, 0.25]"));
    assert!(!symmetric(
        r#"["1/3", "1/6", 0.33333333333333333333, "1/6"]"#
    ));
    // One number, one enclosure.
    let claim = read("weights", r#"["1/3", "1/6", "0.1/0.3", "1/6"]"#);
    assert_eq!(claim.weights[0], claim.weights[2]);
    assert!(tight(claim.weights[2]) && claim.mirror_symmetric);
    assert_eq!(claim.written.weights[2], "0.1/0.3");

    let default = Claim::from_toml(&with("weights", None), "my.toml").unwrap();
    assert!(default.mirror_symmetric);
    assert_eq!(default.weights, [Interval::point(0.25); 4]);
    // Tenths add up to 1, although they are no floats.
    assert!(read("weights", "[0.1, 0.2, 0.3, 0.4]").weights[2].contains(0.3));
}

#[test]
fn the_other_fields_are_read() {
    let claim = read("require", r#"["krawczyk", "plane"]"#);
    assert_eq!(claim.require, [ConditionId::Krawczyk, ConditionId::Plane]);
    assert_eq!(claim.expect, Expectation::Verified);
    assert!(read("require", "[]").require.is_empty());
    assert_eq!(read("expect", "\"refused\"").expect, Expectation::Refused);
    assert_eq!(read("d", "9007199254740992").d, 1 << 53);
    assert_eq!(read("d", "1_000_000").d, 1_000_000);
    assert_eq!(read("name", "\"a-b_9\"").name, "a-b_9");
    // The ends of the ranges belong to them.
    for (field, ends) in [
        ("tau", ["1e-6", "1e6"]),
        ("alpha", ["1e-12", "1e6"]),
        ("rho", ["0", "1.0"]),
        ("rho_data", ["-0.0", "\"3/3\""]),
    ] {
        for end in ends {
            let _ = read(field, end);
        }
    }
    // Windows line ends, comments, a byte order mark.
    let text = with("d", Some("20 # twenty")).replace('\n', "\r\n");
    assert_eq!(Claim::from_toml(&text, "my.toml").unwrap().d, 20);
    let text = format!("\u{feff}{}", with("alpha", Some("0.2_5")));
    let alpha = Claim::from_toml(&text, "my.toml").unwrap().alpha;
    assert_eq!(alpha, Interval::point(0.25));
}

#[test]
fn kinds_are_read_and_penalties_have_the_papers_default() {
    let claim = read("kind", "\"contrast\"");
    assert_eq!(claim.kind, ClaimKind::Contrast);
    assert_eq!(read("kind", "\"ssl\"").kind, ClaimKind::Ssl);
    for penalty in [claim.beta, claim.gamma] {
        assert!(penalty.contains(0.00125) && penalty.width() < 1e-18);
    }
    let text = "name = \"a\"\nkind = \"sl\"\nd = 10\ntau = 7\nbeta = 0.01\ngamma = \"1/50\"\n";
    let claim = Claim::from_toml(text, "my.toml").unwrap();
    assert_eq!(claim.kind, ClaimKind::Sl);
    assert!(claim.beta.contains(0.01) && claim.gamma.contains(0.02));
    assert_eq!(
        (&*claim.written.beta, &*claim.written.gamma),
        ("0.01", "1/50")
    );
    let parameters = claim.supervised();
    assert_eq!(
        (parameters.beta, parameters.gamma),
        (claim.beta, claim.gamma)
    );
    // 10^-3: the data noise squared; the views play no role.
    assert!(parameters.variance.contains(0.001));
}

#[test]
fn built_in_claims_are_those_of_the_issue() {
    let claims: Vec<Claim> = (builtin::SOURCES.iter())
        .map(|source| source.claim().unwrap())
        .collect();
    let facts: Vec<_> = (claims.iter())
        .map(|it| {
            (
                it.kind,
                it.d,
                &*it.written.tau,
                &*it.written.alpha,
                it.expect,
            )
        })
        .collect();
    use ClaimKind::{Branch, Contrast, Data, Descent, EveryDimension, Global, Region, Sl, Ssl};
    use Expectation::{Refused, Verified};
    let paper = |kind, d| (kind, d, "7", "1/800", Verified);
    assert_eq!(
        facts,
        [
            paper(Contrast, 10),
            paper(Ssl, 10),
            paper(Sl, 10),
            paper(Ssl, 2),
            paper(Ssl, 5),
            paper(Ssl, 20),
            paper(Ssl, 100),
            paper(Ssl, 1000),
            paper(Ssl, 1_000_000),
            (Ssl, 10, "1.5", "1/800", Verified),
            (Ssl, 10, "3", "1/800", Verified),
            (Ssl, 10, "20", "1/800", Verified),
            paper(Sl, 2),
            paper(Sl, 1_000_000),
            (Contrast, 10, "1.5", "1/800", Verified),
            (Ssl, 10, "7", "0.05", Refused),
            (Ssl, 10, "2.2", "0.02", Refused),
            (Sl, 10, "7", "1/800", Refused),
            paper(EveryDimension, 2),
            paper(Branch, 2),
            (Region, 10, "[6.5, 7.5]", "[0.001, 0.0015]", Verified),
            paper(Global, 10),
            paper(Global, 2),
            paper(Descent, 10),
            paper(Descent, 2),
            (Region, 10, "7", "[0.02, 0.04]", Refused),
            (Descent, 10, "7", "1/800", Refused),
            paper(Data, 10),
            paper(Data, 50),
            paper(Data, 10),
        ]
    );
    for (source, claim) in builtin::SOURCES.iter().zip(&claims) {
        assert_eq!(source.file, format!("{}.toml", claim.name));
        assert!(
            source.text.starts_with("# "),
            "{}: says what becomes true",
            source.file
        );
        let given = claim.kind.has_data();
        assert!(given || claim.mirror_symmetric && claim.require.is_empty());
        assert_eq!(claim.written.rho_data, "d^(-3/2)");
    }
    assert_eq!(Claim::paper().unwrap().name, "paper");
    // No file is left out.
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/verification/claims");
    let names = (std::fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().file_name());
    assert_eq!(names.count(), claims.len());
}
