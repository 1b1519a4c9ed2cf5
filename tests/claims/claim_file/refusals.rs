//! What is wrong is said in one line: file, field, value, what is allowed.

use minlift::claim::Claim;

use super::{read, with};

fn error_of(text: &str) -> String {
    let message = Claim::from_toml(text, "my.toml").unwrap_err().to_string();
    assert_eq!(message.lines().count(), 1, "one line: {message:?}");
    assert!(!message.contains('\r'), "one line: {message:?}");
    assert!(message.len() < 500, "readable: {message}");
    message
}

/// The error for this value names file, field, value and what is allowed.
#[track_caller]
fn refused(field: &str, value: &str, problem: &str, allowed: &str) {
    let message = error_of(&with(field, Some(value)));
    let expected = format!("my.toml: {field} = {value} {problem}; allowed: {allowed}");
    assert!(
        message.starts_with(&expected),
        "\n{message}\ndoes not begin with\n{expected}"
    );
}

#[test]
fn numbers_out_of_range_are_refused() {
    const OUT: &str = "is out of range";
    for (field, least, most, outside) in [
        ("tau", "1e-6", "1e6", ["0", "-1", "1000000.000001"]),
        ("alpha", "1e-12", "1e6", ["0.0", "-0.1", "1e7"]),
        (
            "rho",
            "0",
            "1",
            ["-1e-300", "1.0000000000000000000001", "2"],
        ),
        ("rho_data", "0", "1", ["-0.5", "\"-1/800\"", "\"800/799\""]),
        ("rho_view", "0", "1", ["-1", "1.5", "9223372036854775807"]),
    ] {
        let allowed = format!("a number from {least} to {most}, a decimal or a quoted fraction");
        for value in outside {
            refused(field, value, OUT, &allowed);
        }
    }
    // Not even the literal's enclosure is a pair of floats.
    for value in ["\"1e400\"", "\"1/0\"", "\"1/1e-400\"", "\"1e300/1e-300\""] {
        refused("tau", value, OUT, "a number from 1e-6");
    }
    refused("alpha", "1e-400", OUT, "a number from 1e-12");
    for value in ["1", "0", "-7", "9007199254740993", "0x1"] {
        let allowed = "an integer from 2 to 9007199254740992 (2^53)";
        refused("d", value, OUT, allowed);
    }
}

#[test]
fn what_writes_no_number_is_refused() {
    const NONE: &str = "is not a finite decimal or fraction";
    for value in [
        "inf",
        "-inf",
        "nan",
        "+nan",
        "\"inf\"",
        "\"NaN\"",
        "\"\"",
        "\" \"",
        "\"1/\"",
        "\"/2\"",
        "\"1/2/3\"",
        "\"1//2\"",
        "\"seven\"",
        "\"0x10\"",
        "\"1_\"",
        "\"1 000\"",
        "\"1e\"",
        "\"1e1e1\"",
        "\"--1\"",
        "\"٧\"",
        "\"7%\"",
    ] {
        refused("tau", value, NONE, "a number from 1e-6 to 1e6");
        refused("rho_view", value, NONE, "a number from 0 to 1");
    }
    // Longer than any number that is meant.
    let long = format!("0.{}1", "0".repeat(2000));
    let message = error_of(&with("rho", Some(&long)));
    assert!(message.contains("rho = 0.000") && message.contains("at most 1000 characters"));
    assert!(message.contains('…'), "{message}");
}

#[test]
fn wrong_types_are_refused() {
    let number = "a number from 1e-6 to 1e6";
    for (value, found) in [
        ("true", "a boolean"),
        ("{ a = 7 }", "a table"),
        ("1979-05-27", "a date or time"),
    ] {
        refused("tau", value, &format!("is {found}"), number);
    }
    // A list is an interval of a box of parameters.
    refused("tau", "[7]", "has 1 entries", "[least, most], least < most");
    for (value, found) in [
        ("10.0", "a float"),
        ("\"10\"", "a string"),
        ("nan", "a float"),
    ] {
        refused("d", value, &format!("is {found}"), "an integer from 2");
    }
    refused("name", "7", "is an integer", "1 to 64 of the characters");
    refused(
        "weights",
        "0.25",
        "is a float",
        "four numbers that sum to 1",
    );
    refused(
        "require",
        "\"plane\"",
        "is a string",
        "a list of quantitative_ift",
    );
    refused(
        "expect",
        "true",
        "is a boolean",
        "\"verified\" or \"refused\"",
    );
    let message = error_of(&with("require", Some("[\"plane\", 7]")));
    assert!(message.contains("require = 7 is an integer; allowed: a list of"));
    // Tables by header and by dots.
    let message = error_of("[tau]\nx = 1\n");
    assert!(message.starts_with("my.toml: name is missing; allowed: 1 to 64"));
    let message = error_of(&with("tau", None).replace("d = 10", "d = 10\ntau.x = 1"));
    assert!(
        message.starts_with("my.toml: tau = { … } is a table; allowed: a number"),
        "{message}"
    );
}

#[test]
fn names_are_folder_names() {
    let allowed = "1 to 64 of the characters a-z, 0-9, _ and -";
    let long = format!("\"{}\"", "a".repeat(65));
    for value in [
        "\"\"",
        "\"Paper\"",
        "\"a b\"",
        "\"..\"",
        "\"a/b\"",
        "\"a.b\"",
        "\"é\"",
        "'a\\b'",
        "\"a\\u0000\"",
        &long,
    ] {
        refused("name", value, "is not allowed", allowed);
    }
    let _ = read("name", &format!("\"{}\"", "a".repeat(64)));
}

#[test]
fn unknown_names_are_refused() {
    refused(
        "expect",
        "\"proved\"",
        "is not allowed",
        "\"verified\" or \"refused\"",
    );
    refused(
        "expect",
        "\"Verified\"",
        "is not allowed",
        "\"verified\" or",
    );
    let allowed =
        "a list of quantitative_ift, newton_kantorovich, plane, krawczyk, each at most once";
    let message = error_of(&with("require", Some("[\"plane\", \"kantorovich\"]")));
    assert_eq!(
        message,
        format!("my.toml: require = \"kantorovich\" is not allowed; allowed: {allowed}")
    );
    refused(
        "require",
        "[\"plane\", \"plane\"]",
        "repeats an entry",
        allowed,
    );
    let fields = "name, kind, d, tau, alpha, beta, gamma, rho, rho_data, rho_view, step, start, weights, \
                  n, seed, noise, file, sha256, require, expect";
    for field in ["Tau", "delta", "\"\"", "\"d \""] {
        let message = error_of(&with(field, Some("7")));
        let field = field.trim_matches('"').trim();
        let expected = format!("my.toml: {field} = 7 is an unknown field; allowed: {fields}");
        assert_eq!(message, expected);
    }
    let message = error_of(&(with("expect", None) + "[model]\ntau = 7\n"));
    assert!(
        message.contains("model = { … } is an unknown field"),
        "{message}"
    );
}

/// Whoever writes a number expects it to be used.
#[test]
fn fields_of_another_kind_are_refused() {
    for (field, value) in [("beta", "0.01"), ("gamma", "\"1/800\"")] {
        let message = error_of(&with(field, Some(value)));
        let expected = format!(
            "my.toml: {field} = {value} has no meaning for kind = \"ssl\"; \
             allowed: with kind = \"sl\" or \"contrast\""
        );
        assert_eq!(message, expected);
    }
    // The base claim has an alpha.
    let message = error_of(&with("kind", Some("\"sl\"")));
    assert!(
        message.ends_with(
            "has no meaning for kind = \"sl\"; allowed: with kind = \"ssl\" or \"contrast\" or \"data\" or \
             \"every-d\" or \"branch\" or \"box\" or \"global\" or \"descent\""
        ),
        "{message}"
    );
    let text = "name = \"a\"\nkind = \"sl\"\nd = 10\ntau = 7\nrho_view = 0.1\n";
    assert!(error_of(text).contains("rho_view = 0.1 has no meaning"));
    refused(
        "kind",
        "\"SL\"",
        "is not allowed",
        "\"ssl\", \"sl\", \"contrast\", \"data\", \"every-d\", \"branch\", \"box\", \"global\", \"descent\"",
    );
    refused(
        "kind",
        "3",
        "is an integer",
        "\"ssl\", \"sl\", \"contrast\", \"data\", \"every-d\", \"branch\", \"box\", \"global\", \"descent\"",
    );
    for (field, value) in [("beta", "0"), ("gamma", "-1"), ("beta", "2e6")] {
        let text = format!("name = \"a\"\nkind = \"sl\"\nd = 10\ntau = 7\n{field} = {value}\n");
        assert!(error_of(&text).contains("is out of range; allowed: a number from 1e-12 to 1e6"));
    }
}

#[test]
fn weights_are_four_probabilities() {
    let allowed = "four numbers that sum to 1, each from 1e-300 to 1";
    for (value, n) in [("[]", 0), ("[1]", 1), ("[0.5, 0.3, 0.2]", 3)] {
        refused("weights", value, &format!("has {n} entries"), allowed);
    }
    let five = "[0.2, 0.2, 0.2, 0.2, 0.2]";
    refused("weights", five, "has 5 entries", allowed);
    for (value, sum) in [
        ("[0.25, 0.25, 0.25, 0.250000000000001]", "1.00000000000000"),
        ("[0.1, 0.2, 0.3, 0.3]", "0.8"),
        ("[1, 1, 1, 1]", "4.0"),
    ] {
        let message = error_of(&with("weights", Some(value)));
        let expected = format!("my.toml: weights = {value} has the sum [{sum}");
        assert!(message.starts_with(&expected), "{message}");
        assert!(message.contains(allowed));
    }
    for (value, entry) in [
        ("[0.5, 0, 0.25, 0.25]", "(entry 2) = 0 is out of range"),
        (
            "[0.5, 0.75, 0.25, -0.5]",
            "(entry 4) = -0.5 is out of range",
        ),
        (
            "[nan, 0.75, 0.25, -0.5]",
            "(entry 1) = nan is not a finite decimal",
        ),
        ("[0.5, 0.25, [0.25], 0.5]", "(entry 3) = [0.25] is a list"),
    ] {
        let message = error_of(&with("weights", Some(value)));
        assert!(
            message.starts_with(&format!("my.toml: weights {entry}")),
            "{message}"
        );
        assert!(message.contains(allowed));
    }
}

#[test]
fn missing_fields_are_named() {
    for field in ["name", "d", "tau", "alpha"] {
        let message = error_of(&with(field, None));
        assert!(message.starts_with(&format!("my.toml: {field} is missing; allowed: ")));
    }
    assert!(error_of("").starts_with("my.toml: name is missing"));
}

#[test]
fn what_is_no_toml_is_one_line_with_its_place() {
    for (text, line, shown) in [
        ("d = 10\nd = 20\n", 2, "d = 20: duplicate key"),
        ("d = 10\n\n  tau = \n", 3, "tau ="),
        ("d = 10\r\ntau = 7 8\r\n", 2, "tau = 7 8"),
        ("name = \"a\nd = 7", 1, "name = \"a"),
        ("d 10", 1, "d 10"),
        ("tau = .5", 1, "tau = .5"),
        ("tau = 1__0", 1, "tau = 1__0"),
        ("d = 99999999999999999999", 1, "d = 99999999999999999999"),
        ("weights = [0.25, 0.25", 1, "weights = [0.25, 0.25"),
        ("\u{7}", 1, "\\u{7}"),
    ] {
        let message = error_of(text);
        let expected = format!("my.toml: line {line}, {shown}");
        assert!(message.starts_with(&expected), "{message}\n{expected}");
        assert!(message.ends_with("; allowed: TOML in which each field stands once"));
    }
    let deep = format!("weights = {}", "[".repeat(100_000));
    assert!(error_of(&deep).starts_with("my.toml: line 1"));
    // Neither the file's name nor a key can break the line.
    let error = Claim::from_toml("\"a\\nb\" = 1", "two\nlines.toml").unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with(r"two\nlines.toml: a\nb = 1 is an unknown")
    );
}
