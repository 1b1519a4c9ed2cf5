//! The command line: bad input is one line and exit code 2, and touches nothing.
#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const CLAIM: &str = "name = \"mine\"\nd = 10\ntau = 7\nalpha = \"1/800\"\n";

/// An empty directory of this name, and the program run in it.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("line-{name}"));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        Self(dir)
    }

    fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.0.join(file), bytes).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minlift"));
        command.current_dir(&self.0).args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// The one line with which the program refuses these arguments.
    #[track_caller]
    fn refused(&self, arguments: &[&str]) -> String {
        one_line(&self.run(arguments))
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = (fs::read_dir(&self.0).unwrap())
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

#[track_caller]
fn one_line(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty(), "nothing on standard output");
    let line = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(line.lines().count(), 1, "{line:?}");
    line.trim_end().to_owned()
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let place = Place::new("unreadable");
    fs::create_dir(place.0.join("folder.toml")).unwrap();
    place.write("latin1.toml", b"name = \"caf\xe9\"");
    place.write("long.toml", "# long\n".repeat(200_000));
    let allowed = "allowed: a claim file (TOML, UTF-8, at most 1 MiB)";
    for (file, reason) in [
        ("absent.toml", "No such file"),
        ("folder.toml", "it is a directory"),
        ("latin1.toml", "byte 11 is not UTF-8"),
        ("long.toml", "it is larger than 1 MiB"),
        ("absent/claim.toml", ""),
        ("two\nlines.toml", ""),
    ] {
        let line = place.refused(&["verify", file]);
        let file = file.replace('\n', "\\n");
        let expected = format!("minlift: {file}: cannot be read ({reason}");
        assert!(line.starts_with(&expected), "{line}");
        assert!(line.ends_with(allowed), "{line}");
    }
    assert!(!place.0.join("target").exists(), "no output directory");
}

#[test]
fn a_bad_claim_names_file_field_value_and_what_is_allowed() {
    let place = Place::new("bad-claim");
    for (text, expected) in [
        (
            CLAIM.replace("10", "1"),
            "d = 1 is out of range; allowed: an integer from 2",
        ),
        (
            CLAIM.replace("tau", "Tau"),
            "Tau = 7 is an unknown field; allowed: name, kind, d, tau,",
        ),
        (CLAIM.replace("= 7", "="), "line 3, tau =: "),
        (
            format!("{CLAIM}d = 3\n"),
            "line 5, d = 3: duplicate key; allowed: ",
        ),
        (String::new(), "name is missing; allowed: "),
    ] {
        place.write("bad.toml", text);
        let line = place.refused(&["verify", "bad.toml"]);
        assert!(
            line.starts_with(&format!("minlift: bad.toml: {expected}")),
            "{line}"
        );
    }
    assert_eq!(place.names(), ["bad.toml"]);
}

#[test]
fn all_files_are_read_before_any_work_begins() {
    let place = Place::new("read-first");
    place.write("good.toml", CLAIM);
    place.write("bad.toml", "name = 7");
    for arguments in [
        &["verify", "good.toml", "bad.toml", "--out", "reports"][..],
        &["verify", "bad.toml", "good.toml", "--out", "reports"],
        &["verify", "--all", "bad.toml", "--out", "reports"],
        &[
            "verify",
            "--all",
            "good.toml",
            "absent.toml",
            "--out",
            "reports",
        ],
    ] {
        place.refused(arguments);
        assert_eq!(
            place.names(),
            ["bad.toml", "good.toml"],
            "nothing is written"
        );
    }
}

#[test]
fn a_bad_file_of_points_is_one_line_with_its_place() {
    let place = Place::new("points");
    place.write("a.csv", "x1,x2\n1,0\n-1,high\n");
    place.write("b.npy", b"\x93NUMPX");
    place.write("good.csv", "1,0\n-1,7\n");
    let number = "allowed: a finite decimal, at most 1.797e308 in size";
    let file = "allowed: a file of points, .csv or .npy, of at most 2 GiB";
    for (arguments, expected) in [
        (
            &["verify", "--data", "a.csv"][..],
            format!("a.csv: line 3, column 2 (x2) = high is not a number; {number}"),
        ),
        (
            &["verify", "--data", "b.npy", "--tau", "3"],
            "b.npy: magic = \"\\x93NUMPX\" is not NumPy's; allowed: \"\\x93NUMPY\", a NumPy array"
                .to_owned(),
        ),
        (
            &["verify", "--data", "c.txt"],
            format!("c.txt: cannot be read (its name ends in neither .csv nor .npy); {file}"),
        ),
        (
            &["verify", "--data", "a\nb.csv"],
            format!("a\\nb.csv: cannot be read (No such file or directory (os error 2)); {file}"),
        ),
    ] {
        assert_eq!(place.refused(arguments), format!("minlift: {expected}"));
    }
    for (option, value, expected) in [
        (
            "--tau",
            "0",
            "tau = \"0\" is out of range; allowed: a number from 1e-6 to 1e6",
        ),
        (
            "--tau",
            "-7",
            "tau = \"-7\" is out of range; allowed: a number from 1e-6 to 1e6",
        ),
        (
            "--alpha",
            "1/0",
            "alpha = \"1/0\" is out of range; allowed: a number from 1e-12 to 1e6",
        ),
        (
            "--alpha",
            "x",
            "alpha = \"x\" is not a finite decimal or fraction; allowed: ",
        ),
        (
            "--rho",
            "1.5",
            "rho_view = \"1.5\" is out of range; allowed: a number from 0 to 1",
        ),
    ] {
        let line = place.refused(&["verify", "--data", "good.csv", option, value]);
        assert!(
            line.starts_with(&format!("minlift: good.csv: {expected}")),
            "{line}"
        );
    }
    // A claim file that names points, in its own folder.
    fs::create_dir(place.0.join("claims")).unwrap();
    place.write(
        "claims/mine.toml",
        "name = \"mine\"\nkind = \"data\"\ntau = 7\nalpha = 1\nfile = \"a.csv\"\n",
    );
    place.write("claims/a.csv", "1\n");
    assert_eq!(
        place.refused(&["verify", "claims/mine.toml"]),
        "minlift: claims/mine.toml: file = \"a.csv\" is no data set: claims/a.csv: line 1 = 1 has 1 coordinate; \
         allowed: at least two, apart by commas"
    );
    // The name is taken, and nothing is written.
    place.write("good.toml", CLAIM.replace("mine", "good"));
    assert_eq!(
        place.refused(&["verify", "good.toml", "--data", "good.csv"]),
        "minlift: good.csv: name = good is also the name in good.toml; allowed: names unique in one run"
    );
    let kept = ["a.csv", "b.npy", "claims", "good.csv", "good.toml"];
    assert_eq!(place.names(), kept, "nothing is written");
}

#[test]
fn names_are_unique_in_one_run() {
    let place = Place::new("unique");
    place.write("a.toml", CLAIM);
    place.write("b.toml", CLAIM.replace("d = 10", "d = 20"));
    place.write("paper.toml", CLAIM.replace("mine", "paper"));
    for (arguments, taken) in [
        (
            &["verify", "a.toml", "b.toml"][..],
            "b.toml: name = mine is also the name in a.toml",
        ),
        (
            &["verify", "a.toml", "a.toml"],
            "a.toml: name = mine is also the name in a.toml",
        ),
        (
            &["verify", "paper.toml", "--all"],
            "paper.toml: name = paper is also the name in the built-in paper.toml",
        ),
    ] {
        let line = place.refused(arguments);
        assert_eq!(
            line,
            format!("minlift: {taken}; allowed: names unique in one run")
        );
    }
    assert_eq!(place.names(), ["a.toml", "b.toml", "paper.toml"]);
}

#[test]
fn an_output_directory_that_cannot_be_written_is_named() {
    let place = Place::new("output");
    place.write("file", "mine");
    for out in ["file", "file/below"] {
        let line = place.refused(&["verify", "--out", out]);
        assert!(
            line.starts_with(&format!("minlift: --out: {out} cannot be written (")),
            "{line}"
        );
        assert!(
            line.ends_with("; allowed: a directory to write in"),
            "{line}"
        );
    }
    assert_eq!(fs::read_to_string(place.0.join("file")).unwrap(), "mine");
}

#[test]
fn somebody_elses_folder_is_never_replaced() {
    let place = Place::new("foreign");
    fs::create_dir(place.0.join("tau-3")).unwrap();
    place.write("tau-3/thesis.tex", "ten years");
    // It is the ninth built-in claim: the eight before it are not written either.
    let line = place.refused(&["verify", "--all", "--out", "."]);
    assert!(
        line.contains("tau-3 holds thesis.tex, which no report does; allowed: "),
        "{line}"
    );
    assert_eq!(place.names(), ["tau-3"]);
    let kept = fs::read_to_string(place.0.join("tau-3/thesis.tex")).unwrap();
    assert_eq!(kept, "ten years");
}

#[test]
fn wrong_usage_is_one_line_as_well() {
    let place = Place::new("usage");
    for (arguments, expected) in [
        (&["prove"][..], "unrecognized subcommand 'prove'"),
        (&["verify", "--fast"], "unexpected argument '--fast' found"),
        (
            &["verify", "--format", "xml"],
            "invalid value 'xml' for '--format <FORMAT>' [possible values: text, json]",
        ),
        (
            &["verify", "--out"],
            "a value is required for '--out <DIR>' but none was supplied",
        ),
        (
            &["verify", "--all", "--all"],
            "the argument '--all' cannot be used multiple times",
        ),
        (
            &["verify", "--tau", "7"],
            "the following required arguments were not provided: --data <POINTS>",
        ),
        (
            &["verify", "--all", "--alpha", "1"],
            "the following required arguments were not provided: --data <POINTS>",
        ),
        (
            &["verify", "--rho", "0"],
            "the following required arguments were not provided: --data <POINTS>",
        ),
        (
            &["verify", "--data"],
            "a value is required for '--data <POINTS>' but none was supplied",
        ),
    ] {
        let line = place.refused(arguments);
        assert_eq!(line, format!("minlift: {expected}; see minlift --help"));
    }
    let line = place.refused(&["verify", "--out", ""]);
    assert!(line.contains("--out <DIR>"), "{line}");
    assert!(place.names().is_empty());
}

#[test]
fn help_and_version_go_to_standard_output() {
    let place = Place::new("help");
    let version = concat!("minlift ", env!("CARGO_PKG_VERSION"), "\n");
    let usage = "minlift [verify [CLAIM.toml ...] [--all] [--out DIR] [--format text|json]]";
    for (arguments, expected) in [
        (&["--version"][..], version),
        (&["--help"], usage),
        (&["help"], usage),
        (&["help", "verify"], "[default: target/verification]"),
        (&["verify", "-h"], "[possible values: text, json]"),
    ] {
        let output = place.run(arguments);
        assert_eq!(output.status.code(), Some(0));
        assert!(output.stderr.is_empty());
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains(expected), "{text}");
    }
    assert!(place.names().is_empty());
}

#[cfg(unix)]
#[test]
fn a_path_that_is_no_utf8_is_shown_all_the_same() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let place = Place::new("path");
    let path = OsStr::from_bytes(b"caf\xe9.toml");
    let output = place.command(&["verify"]).arg(path).output().unwrap();
    let line = one_line(&output);
    assert!(
        line.starts_with("minlift: caf\u{fffd}.toml: cannot be read ("),
        "{line}"
    );
}

#[test]
fn a_closed_standard_error_does_not_change_the_exit_code() {
    let place = Place::new("closed");
    let mut child = (place.command(&["verify", "absent.toml"]))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(2));
}
