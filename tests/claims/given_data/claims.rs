//! Claims of kind `data`: fields, files beside the claim, and what is refused.

use std::path::Path;

use minlift::claim::{Claim, ClaimKind, ConditionId, Expectation, one_line};
use minlift::data::{DataNoise, DataSet, Source};
use minlift::interval::Interval;

use super::{Place, bits, hash};

const DRAWN: &str = "name = \"a\"\nkind = \"data\"\nd = 10\ntau = 7\nalpha = \"1/800\"\n";
const OF_FILE: &str = "name = \"a\"\nkind = \"data\"\ntau = 7\nalpha = \"1/800\"\n";

fn claim(more: &str) -> Claim {
    let text = format!("{DRAWN}{more}\n");
    Claim::from_toml(&text, "a.toml").unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn error_of(text: &str, file: &str) -> String {
    let message = Claim::from_toml(text, file).unwrap_err().to_string();
    assert_eq!(message, one_line(&message), "one line");
    assert!(message.len() < 700, "readable: {message}");
    message
}

#[track_caller]
fn refused(more: &str, expected: &str) {
    let message = error_of(&format!("{DRAWN}{more}\n"), "a.toml");
    assert_eq!(message, format!("a.toml: {expected}"), "{more}");
}

fn data(claim: &Claim) -> &DataSet {
    claim.data.as_deref().unwrap()
}

#[test]
fn drawn_data_are_those_of_the_library() {
    let drawn = claim("n = \"d^2\"\nseed = 1");
    assert_eq!(
        (drawn.kind, drawn.d, data(&drawn).n()),
        (ClaimKind::Data, 10, 100)
    );
    assert!(!drawn.kind.has_ssl() && !drawn.kind.has_sl() && drawn.kind.has_data());
    let expected = DataSet::draw(100, 10, 7.0, drawn.rho_data.mid(), DataNoise::Isotropic, 1);
    assert_eq!(*data(&drawn), expected);
    assert_eq!(drawn.rho_data, drawn.rho_view);
    assert_eq!(drawn.written.rho_data, "d^(-3/2)");
    assert_eq!(bits(data(&claim("n = 100\nseed = 1"))), bits(&expected));
    assert_eq!(
        bits(data(&claim("n = 100\nseed = 1\nnoise = 'isotropic'"))),
        bits(&expected)
    );

    // The view noise is the objective's alone.
    let views = claim("n = 100\nseed = 1\nrho_view = 0.5");
    assert_eq!(
        (bits(data(&views)), views.rho_view.mid()),
        (bits(&expected), 0.5)
    );
    for (more, rho) in [
        ("rho = 0.25", 0.25),
        ("rho_data = \"1/8\"", 0.125),
        ("rho = 1\nrho_data = 0", 0.0),
    ] {
        let noisy = claim(&format!(
            "n = 5\nseed = 9223372036854775807\nnoise = \"broadcast\"\n{more}"
        ));
        let seed = i64::MAX as u64;
        let expected = DataSet::draw(5, 10, 7.0, rho, DataNoise::Broadcast, seed);
        assert_eq!(*data(&noisy), expected, "{more}");
        let noise = DataNoise::Broadcast;
        assert_eq!(data(&noisy).source, Source::Drawn { seed, noise });
    }
    let required = claim(
        "n = 1\nseed = 0\nrequire = [\"krawczyk\", \"quantitative_ift\", \"newton_kantorovich\"]\nexpect = \"refused\"",
    );
    assert_eq!(required.require.len(), 3);
    assert_eq!(required.require[0], ConditionId::Krawczyk);
    assert_eq!(required.expect, Expectation::Refused);
    // Population claims have no data.
    let text = "name = \"a\"\nd = 10\ntau = 7\nalpha = 1\n";
    assert!(Claim::from_toml(text, "a.toml").unwrap().data.is_none());
}

#[test]
fn weights_are_the_observed_frequencies() {
    let drawn = claim("n = 1000\nseed = 3");
    let counts = data(&drawn).counts();
    for (k, count) in counts.into_iter().enumerate() {
        let written = format!("{count}/1000");
        let frequency = Interval::literal(&written).unwrap();
        assert_eq!(drawn.weights[k], frequency, "as tight as can be");
        assert_eq!(drawn.written.weights[k], written);
    }
    assert!(!drawn.mirror_symmetric);
    // One point: frequencies 0 and 1, exactly.
    let one = claim("n = 1\nseed = 0");
    let k = usize::from(data(&one).centres[0]);
    for (i, weight) in one.weights.into_iter().enumerate() {
        assert_eq!(
            weight,
            if i == k {
                Interval::ONE
            } else {
                Interval::ZERO
            }
        );
    }
    assert!(!one.mirror_symmetric);

    let place = Place::new("frequencies");
    place.write("points.csv", "1,0\n1,7\n1,7\n-1,0\n-1,7\n-1,7\n");
    let text = format!("{OF_FILE}file = 'points.csv'");
    let path = place.write("a.toml", text);
    let symmetric = Claim::from_file(&path).unwrap();
    assert!(symmetric.mirror_symmetric);
    assert_eq!(symmetric.weights[0], symmetric.weights[2]);
    assert!(symmetric.weights[0].contains(1.0 / 6.0) && symmetric.weights[0].width() < 1e-16);
    assert_eq!(symmetric.written.weights, ["1/6", "2/6", "1/6", "2/6"]);
}

#[test]
fn a_file_is_looked_for_beside_the_claim() {
    let place = Place::new("beside");
    std::fs::create_dir(place.0.join("below")).unwrap();
    let points = place.write("below/points.csv", "1,0,2\n-1,7,3\n");
    let read = DataSet::read(&points, 7.0).unwrap();
    let path = place.write("a.toml", format!("{OF_FILE}file = \"below/points.csv\"\n"));
    let claim = Claim::from_file(&path).unwrap();
    assert_eq!((claim.d, data(&claim).n()), (3, 2));
    assert_eq!(data(&claim).points, read.points);
    // Named as the claim names it: reports do not depend on the folder.
    let source = Source::File {
        path: "below/points.csv".to_owned(),
        sha256: hash(&read).to_owned(),
    };
    assert_eq!(data(&claim).source, source);
    // The noise of the data is unknown, that of the views d^(-3/2).
    assert_eq!(
        (claim.rho_data, &*claim.written.rho_data),
        (Interval::ZERO, "")
    );
    assert!(claim.rho_view.contains(27.0_f64.sqrt().recip()));
    assert_eq!(claim.written.rho_view, "d^(-3/2)");

    // The text's file says where it would stand; an absolute path stands anywhere.
    let text = format!("{OF_FILE}rho = 0.5\nfile = \"points.csv\"\n");
    let file = place.0.join("below/anything.toml");
    let claim = Claim::from_toml(&text, file.to_str().unwrap()).unwrap();
    assert_eq!((claim.d, claim.rho_view), (3, Interval::point(0.5)));
    let text = format!("{OF_FILE}file = {:?}\n", points.to_str().unwrap());
    assert_eq!(Claim::from_toml(&text, "a.toml").unwrap().d, 3);
    // What is written beside the file and agrees with it.
    let upper = hash(&read).to_ascii_uppercase();
    let text = format!(
        "{OF_FILE}file = \"points.csv\"\nd = 3\nn = 2\nsha256 = \"{upper}\"\nrho_view = 0\n"
    );
    assert!(Claim::from_toml(&text, file.to_str().unwrap()).is_ok());
    // A file of d^2 points.
    place.write("square.csv", "1,0\n".repeat(4));
    let text = format!("{OF_FILE}file = \"square.csv\"\nn = \"d^2\"\n");
    let file = place.0.join("a.toml");
    assert!(Claim::from_toml(&text, file.to_str().unwrap()).is_ok());
}

#[test]
fn a_file_that_is_another_one_is_refused() {
    let place = Place::new("mismatch");
    let points = place.write("points.csv", "1,0,2\n-1,7,3\n");
    let hash = hash(&DataSet::read(&points, 7.0).unwrap()).to_owned();
    let file = place.0.join("a.toml");
    let shown = points.display();
    let other = "0".repeat(64);
    for (more, expected) in [
        ("d = 4", format!("d = 4 does not match {shown}, whose d is 3; allowed: 3, or no d")),
        ("n = 3", format!("n = 3 does not match {shown}, whose n is 2; allowed: 2, or no n")),
        ("n = \"d^2\"", format!("n = \"d^2\" does not match {shown}, whose n is 2; allowed: 2, or no n")),
        (
            &format!("sha256 = \"{other}\""),
            format!("sha256 = \"{other}\" does not match {shown}, whose sha256 is {hash}; allowed: {hash}, or no sha256"),
        ),
        ("sha256 = \"abc\"", "sha256 = \"abc\" is not allowed; allowed: 64 hexadecimal digits".to_owned()),
        (
            &format!("sha256 = \"{}\"", "g".repeat(64)),
            format!("sha256 = \"{}\" is not allowed; allowed: 64 hexadecimal digits", "g".repeat(64)),
        ),
        ("sha256 = 7", "sha256 = 7 is an integer; allowed: 64 hexadecimal digits".to_owned()),
        ("seed = 1", "seed = 1 has no meaning beside file; allowed: seed for data that are drawn, without file".to_owned()),
        ("noise = \"broadcast\"", "noise = \"broadcast\" has no meaning beside file; allowed: noise for data that are drawn, without file".to_owned()),
        ("rho_data = 0", "rho_data = 0 has no meaning beside file; allowed: rho_data for data that are drawn, without file".to_owned()),
        ("n = 0", "n = 0 is out of range; allowed: an integer from 1 to 16777216 (2^24), or \"d^2\"".to_owned()),
        ("d = 1", "d = 1 is out of range; allowed: an integer from 2 to 9007199254740992 (2^53)".to_owned()),
    ] {
        let text = format!("{OF_FILE}file = \"points.csv\"\n{more}\n");
        let message = error_of(&text, file.to_str().unwrap());
        assert_eq!(message, format!("{}: {expected}", file.display()), "{more}");
    }
}

#[test]
fn a_file_that_is_no_data_set_is_named_twice() {
    let place = Place::new("no-data");
    let points = place.write("points.csv", "1,0,2\n-1,x,3\n");
    let path = place.write("a.toml", format!("{OF_FILE}file = \"points.csv\"\n"));
    assert_eq!(
        Claim::from_file(&path).unwrap_err().to_string(),
        format!(
            "{}: file = \"points.csv\" is no data set: {}: line 2, column 2 = x is not a number; \
             allowed: a finite decimal, at most 1.797e308 in size",
            path.display(),
            points.display()
        )
    );
    for (file, reason) in [
        ("absent.csv", "No such file"),
        ("..", "its name ends in neither"),
        ("a\\u0000.csv", ""),
    ] {
        let message = error_of(&format!("{OF_FILE}file = \"{file}\"\n"), "somewhere/a.toml");
        assert!(
            message.starts_with("somewhere/a.toml: file = "),
            "{message}"
        );
        assert!(
            message.contains(&format!("cannot be read ({reason}")),
            "{message}"
        );
    }
    assert_eq!(
        error_of(&format!("{OF_FILE}file = 3\n"), "a.toml"),
        "a.toml: file = 3 is an integer; allowed: the path of a .csv or .npy file"
    );
}

#[test]
fn fields_of_drawn_data_are_checked() {
    let n = "an integer from 1 to 16777216 (2^24), or \"d^2\"";
    let seed = "an integer from 0 to 9223372036854775807 (2^63 - 1)";
    for (more, expected) in [
        ("", format!("seed is missing; allowed: {seed}, or file instead")),
        ("n = 100", format!("seed is missing; allowed: {seed}, or file instead")),
        ("seed = 1", format!("n is missing; allowed: {n}")),
        ("seed = -1\nn = 1", format!("seed = -1 is out of range; allowed: {seed}")),
        ("seed = 1.0\nn = 1", format!("seed = 1.0 is a float; allowed: {seed}")),
        ("seed = \"1\"\nn = 1", format!("seed = \"1\" is a string; allowed: {seed}")),
        ("seed = 1\nn = 0", format!("n = 0 is out of range; allowed: {n}")),
        ("seed = 1\nn = -5", format!("n = -5 is out of range; allowed: {n}")),
        ("seed = 1\nn = 16777217", format!("n = 16777217 is out of range; allowed: {n}")),
        ("seed = 1\nn = 1e2", format!("n = 1e2 is a float; allowed: {n}")),
        ("seed = 1\nn = \"d^3\"", format!("n = \"d^3\" is not allowed; allowed: {n}")),
        ("seed = 1\nn = \"100\"", format!("n = \"100\" is not allowed; allowed: {n}")),
        ("seed = 1\nn = [1]", format!("n = [1] is a list; allowed: {n}")),
        ("seed = 1\nn = 1\nnoise = \"loud\"", "noise = \"loud\" is not allowed; allowed: \"isotropic\" or \"broadcast\"".to_owned()),
        ("seed = 1\nn = 1\nnoise = 1", "noise = 1 is an integer; allowed: \"isotropic\" or \"broadcast\"".to_owned()),
        (
            &format!("seed = 1\nn = 1\nsha256 = \"{}\"", "0".repeat(64)),
            format!("sha256 = \"{}\" has no meaning without file; allowed: sha256 beside file", "0".repeat(64)),
        ),
        (
            "seed = 1\nn = 1\nrequire = [\"plane\"]",
            "require = \"plane\" is not allowed; allowed: a list of quantitative_ift, newton_kantorovich, krawczyk, each at most once".to_owned(),
        ),
        ("seed = 1\nn = 1\nrho = 2", "rho = 2 is out of range; allowed: a number from 0 to 1, a decimal or a quoted fraction such as \"1/800\" (at most 1000 characters)".to_owned()),
        ("seed = 1\nn = 1\nweights = [1]", "weights = [1] has no meaning for kind = \"data\"; allowed: with kind = \"ssl\" or \"sl\" or \"contrast\"".to_owned()),
        ("seed = 1\nn = 1\nbeta = 1", "beta = 1 has no meaning for kind = \"data\"; allowed: with kind = \"sl\" or \"contrast\"".to_owned()),
        ("seed = 1\nn = 1\ngamma = 1", "gamma = 1 has no meaning for kind = \"data\"; allowed: with kind = \"sl\" or \"contrast\"".to_owned()),
    ] {
        refused(more, &expected);
    }
    for field in [
        "n = 1",
        "seed = 1",
        "noise = \"isotropic\"",
        "file = \"a.csv\"",
        "sha256 = \"\"",
    ] {
        for kind in ["ssl", "sl", "contrast"] {
            let text = format!("kind = \"{kind}\"\n{field}\n");
            let expected = format!(
                "a.toml: {field} has no meaning for kind = \"{kind}\"; allowed: with kind = \"data\""
            );
            assert_eq!(error_of(&text, "a.toml"), expected);
        }
    }
    let text = DRAWN.replace("d = 10\n", "n = 1\nseed = 1\n");
    assert!(error_of(&text, "a.toml").starts_with("a.toml: d is missing; allowed: an integer"));
    let text = DRAWN.replace("alpha = \"1/800\"", "n = 1\nseed = 1\n");
    assert!(error_of(&text, "a.toml").starts_with("a.toml: alpha is missing; allowed: "));
}

/// Terabytes are refused before anything is drawn.
#[test]
fn sizes_are_checked_before_anything_is_drawn() {
    let begun = std::time::Instant::now();
    for (d, n, expected) in [
        (
            "1000",
            "16777216",
            "n = 16777216 (with d = 1000: 16777216000 numbers) is out of range; allowed: n d at most 268435456 (2^28)",
        ),
        (
            "9007199254740992",
            "2",
            "n = 2 (with d = 9007199254740992: 18014398509481984 numbers) is out of range; allowed: n d at most 268435456 (2^28)",
        ),
        (
            "9007199254740992",
            "16777216",
            "n = 16777216 (with d = 9007199254740992: 18446744073709551615 numbers) is out of range; allowed: n d at most 268435456 (2^28)",
        ),
        (
            "5000",
            "\"d^2\"",
            "n = \"d^2\" (with d = 5000: 25000000 points) is out of range; allowed: an integer from 1 to 16777216 (2^24), or \"d^2\"",
        ),
        (
            "700",
            "\"d^2\"",
            "n = \"d^2\" (with d = 700: 343000000 numbers) is out of range; allowed: n d at most 268435456 (2^28)",
        ),
    ] {
        let text = DRAWN.replace("d = 10", &format!("d = {d}\nn = {n}\nseed = 1"));
        assert_eq!(error_of(&text, "a.toml"), format!("a.toml: {expected}"));
    }
    // Whatever else is wrong is found before as well.
    let text = DRAWN.replace("d = 10", "d = 500\nn = \"d^2\"\nseed = 1\nexpect = 3");
    assert!(error_of(&text, "a.toml").contains("expect = 3 is an integer"));
    assert!(begun.elapsed().as_secs() < 5);
}

#[test]
fn the_command_lines_claim_is_that_of_a_claim_file() {
    let place = Place::new("of-data-file");
    let path = place.write("My Points (2).csv", "1,0\n1,7\n-1,0\n-1,7\n");
    let claim = Claim::of_data_file(&path, None, "6.5", "1/400", None).unwrap();
    assert_eq!(
        (&*claim.name, claim.kind, claim.d),
        ("my-points--2", ClaimKind::Data, 2)
    );
    assert_eq!(
        (&*claim.written.tau, &*claim.written.alpha),
        ("6.5", "1/400")
    );
    assert_eq!(claim.written.rho_view, "d^(-3/2)");
    assert!(claim.mirror_symmetric && claim.require.is_empty());
    assert_eq!(claim.expect, Expectation::Verified);
    let text = format!(
        "name = \"b\"\nkind = \"data\"\ntau = 6.5\nalpha = \"1/400\"\nrho_view = 0.25\nfile = {path:?}\n"
    );
    let same = Claim::from_toml(&text, "b.toml").unwrap();
    let claim = Claim::of_data_file(&path, Some("b"), "6.5", "1/400", Some("0.25")).unwrap();
    assert_eq!(format!("{claim:?}"), format!("{same:?}"));

    let shown = path.display();
    let error = |tau: &str, alpha: &str, rho: Option<&str>, name: Option<&str>| {
        let error = Claim::of_data_file(&path, name, tau, alpha, rho).unwrap_err();
        error.to_string().replace(&format!("{shown}: "), "")
    };
    assert!(
        error("0", "1", None, None)
            .starts_with("tau = \"0\" is out of range; allowed: a number from 1e-6")
    );
    assert!(
        error("7\n", "a\"\nd = 3", None, None).starts_with("alpha = "),
        "no field slips in"
    );
    assert!(error("7", "1", Some("2"), None).starts_with("rho_view = \"2\" is out of range"));
    assert!(error("7", "1", None, Some("B c")).starts_with("name = \"B c\" is not allowed"));
    let absent = Path::new("no such.csv");
    let line = Claim::of_data_file(absent, None, "7", "1", None)
        .unwrap_err()
        .to_string();
    assert!(
        line.starts_with("no such.csv: cannot be read (No such file"),
        "{line}"
    );
    for (file, name) in [
        ("é.csv", "data"),
        ("Ab_c-9.csv", "ab_c-9"),
        ("--.csv", "data"),
        (&format!("{}.csv", "a".repeat(100)), &"a".repeat(64)),
    ] {
        let path = place.write(file, "1,0\n");
        assert_eq!(
            Claim::of_data_file(&path, None, "7", "1", None)
                .unwrap()
                .name,
            name
        );
    }
}

#[test]
fn the_claims_about_data_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("verification/claims");
    for (name, n, d, noise) in [
        ("data-d10", 100, 10, DataNoise::Isotropic),
        ("data-d50", 2500, 50, DataNoise::Isotropic),
        ("data-broadcast", 100, 10, DataNoise::Broadcast),
    ] {
        let claim = Claim::from_file(&folder.join(format!("{name}.toml"))).unwrap();
        let data = data(&claim);
        assert_eq!((&*claim.name, data.n(), data.d()), (name, n, d));
        assert_eq!((&*claim.written.tau, &*claim.written.alpha), ("7", "1/800"));
        assert_eq!(data.source, Source::Drawn { seed: 1, noise });
    }
}
