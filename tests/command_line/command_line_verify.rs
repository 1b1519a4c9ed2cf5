//! The command line on claims that are claims: verdicts, exit codes, reports.
#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use serde_json::Value;

/// An empty directory of this name, and the program run in it.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("verify-{name}"));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        Self(dir)
    }

    fn claim(&self, file: &str, name: &str, rest: &str) {
        let text = format!("name = \"{name}\"\nd = 10\ntau = 7\n{rest}\n");
        fs::write(self.0.join(file), text).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minlift"));
        command.current_dir(&self.0).args(arguments);
        command
    }

    /// Exit code, standard output, standard error.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let Output {
            status,
            stdout,
            stderr,
        } = self.command(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (status.code().unwrap(), text(stdout), text(stderr))
    }

    fn report(&self, folder: &str) -> Value {
        let text = fs::read_to_string(self.0.join(folder).join("report.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = (fs::read_dir(self.0.join(folder)).unwrap())
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// Names and contents of the files in a folder.
    fn files(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        (self.names(folder).into_iter())
            .map(|name| {
                let bytes = fs::read(self.0.join(folder).join(&name)).unwrap();
                (name, bytes)
            })
            .collect()
    }
}

/// What the paper's claim leaves behind: run once without arguments, then once more over its own report, for
/// programs.
struct Paper {
    first: (i32, String, String),
    claims: Vec<String>,
    files: Vec<(String, Vec<u8>)>,
    second: (i32, String, String),
    files_again: Vec<(String, Vec<u8>)>,
}

const PAPER: &str = "target/verification/paper";

fn paper() -> &'static Paper {
    static PAPER_RUNS: LazyLock<Paper> = LazyLock::new(|| {
        let place = Place::new("paper");
        let first = place.run(&[]);
        let claims = place.names("target/verification");
        let files = place.files(PAPER);
        let second = place.run(&["verify", "--format", "json"]);
        let files_again = place.files(PAPER);
        Paper {
            first,
            claims,
            files,
            second,
            files_again,
        }
    });
    &PAPER_RUNS
}

/// The report among the files of a folder.
fn report_of(files: &[(String, Vec<u8>)]) -> Value {
    let (_, bytes) = (files.iter().find(|(name, _)| name == "report.json")).unwrap();
    serde_json::from_slice(bytes).unwrap()
}

/// Near the pitchfork the neighbouring parameters are refused at once: verified, and surveyed in a tenth of the time.
const QUICK: &str = "alpha = 0.02";

#[test]
fn without_arguments_the_papers_claim_is_verified() {
    let Paper {
        first: (code, stdout, stderr),
        claims,
        files,
        ..
    } = paper();
    assert_eq!((*code, stderr.as_str()), (0, ""));
    // The verdict comes first, and no wall time is in what is compared.
    assert!(stdout.to_lowercase().starts_with("verified"), "{stdout}");
    let report = report_of(files);
    assert_eq!(report["name"], "paper");
    assert_eq!(report["verdict"], "verified");
    let files: Vec<_> = files.iter().map(|(name, _)| name).collect();
    for file in ["report.json", "report.md"] {
        assert!(files.iter().any(|it| *it == file), "{files:?}");
    }
    assert!(files.iter().any(|file| file.ends_with(".svg")), "{files:?}");
    assert!(files.iter().any(|file| file.ends_with(".csv")), "{files:?}");
    assert_eq!(*claims, ["paper"]);
}

#[test]
fn a_second_run_writes_the_same_bytes() {
    let paper = paper();
    assert!(
        paper.files == paper.files_again,
        "a report is deterministic"
    );
    // And so is what is printed: of a minimum that is proved, and of a contrast that is not.
    let place = Place::new("twice");
    place.claim("a.toml", "a", QUICK);
    let open = format!("kind = \"contrast\"\nweights = [0.3, 0.2, 0.2, 0.3]\n{QUICK}");
    place.claim("open.toml", "open", &open);
    let run = || place.run(&["verify", "a.toml", "open.toml", "--out", "reports"]);
    let read = || ["a", "open"].map(|name| place.files(&format!("reports/{name}")));
    let (first, before) = (run(), read());
    assert!(
        first.1.to_lowercase().contains("\ninconclusive  open"),
        "{}",
        first.1
    );
    assert_eq!(first, run());
    assert!(before == read(), "a report is deterministic");
}

#[test]
fn json_is_all_there_is_on_standard_output() {
    // One claim: its report.
    let (code, stdout, _) = &paper().second;
    let report: Value = serde_json::from_str(stdout).unwrap();
    assert_eq!((*code, &report["verdict"]), (0, &"verified".into()));
    assert_eq!(report, report_of(&paper().files_again));
    // Several claims: the list of them, in the order of the command line.
    let place = Place::new("json");
    place.claim("a.toml", "a", QUICK);
    place.claim("b.toml", "b", "alpha = 0.05\nexpect = \"refused\"");
    let (code, stdout, _) = place.run(&["verify", "b.toml", "a.toml", "--format", "json"]);
    let reports: Value = serde_json::from_str(&stdout).unwrap();
    let verdicts = [("b", "refused"), ("a", "verified")];
    assert_eq!((code, reports.as_array().unwrap().len()), (0, 2));
    for (k, (name, verdict)) in verdicts.into_iter().enumerate() {
        assert_eq!(reports[k]["name"], name);
        assert_eq!(reports[k]["verdict"], verdict);
        assert_eq!(
            reports[k],
            place.report(&format!("target/verification/{name}"))
        );
    }
}

#[test]
fn a_claim_that_does_not_come_out_as_expected_is_exit_code_1() {
    let place = Place::new("unexpected");
    // Condition 1 fails for so strong a noise.
    let strict = format!("{QUICK}\nrho = 0.1\nrequire = [\"quantitative_ift\"]");
    place.claim("strict.toml", "strict", &strict);
    let (code, stdout, stderr) = place.run(&["verify", "strict.toml"]);
    assert_eq!(code, 1, "{stdout}{stderr}");
    assert!(
        stderr.starts_with("strict: expected verified, came out "),
        "{stderr}"
    );
    assert!(
        stderr.contains("quantitative_ift"),
        "the condition is named: {stderr}"
    );
    assert_ne!(
        place.report("target/verification/strict")["verdict"],
        "verified"
    );

    // A verified claim is no refusal, and a refused one is not verified.
    place.claim(
        "lost.toml",
        "lost",
        &format!("{QUICK}\nexpect = \"refused\""),
    );
    place.claim("hoped.toml", "hoped", "alpha = 0.05");
    let (code, stdout, stderr) = place.run(&["verify", "lost.toml", "hoped.toml"]);
    assert_eq!(code, 1);
    assert!(
        stderr.contains("lost: expected refused, came out verified"),
        "{stderr}"
    );
    assert!(
        stderr.contains("hoped: expected verified, came out refused"),
        "{stderr}"
    );
    assert!(
        stdout.ends_with("\n0 of 2 claims came out as expected\n"),
        "{stdout}"
    );
    // The others are verified and written all the same.
    assert_eq!(
        place.names("target/verification"),
        ["hoped", "lost", "strict"]
    );
}

/// Points of a file, and points that are drawn.
#[test]
fn claims_about_given_data_are_decided() {
    let place = Place::new("data");
    fs::write(place.0.join("points.csv"), "1,0.1\n1,7\n-1,0\n-1,7\n").unwrap();
    let (code, stdout, stderr) = place.run(&["verify", "--data", "points.csv", "--rho", "0.1"]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(
        stdout.starts_with("VERIFIED") || stdout.starts_with("verified"),
        "{stdout}"
    );
    assert!(
        stdout.contains("krawczyk") && stdout.contains("data from points.csv"),
        "{stdout}"
    );
    assert_eq!(place.names("target/verification"), ["points"]);
    assert_eq!(
        place.report("target/verification/points")["verdict"],
        "verified"
    );
    // The report's claim file says the same again, and what holds for the population is not said of data.
    let report = fs::read_to_string(place.0.join("target/verification/points/report.md")).unwrap();
    assert!(
        report.contains("the n points of a file") && !report.contains("mirror"),
        "{report}"
    );
    let begin = report.find("```toml\n").unwrap() + 8;
    let text = &report[begin..begin + report[begin..].find("```").unwrap()];
    fs::write(place.0.join("points.toml"), text).unwrap();
    let (_, again, _) = place.run(&["verify", "points.toml"]);
    assert_eq!(again, stdout, "{text}");
    let drawn = "kind = \"data\"\nalpha = 0.5\nn = 10\nseed = 3\nnoise = \"broadcast\"";
    place.claim("drawn.toml", "drawn", drawn);
    let (code, stdout, _) = place.run(&["verify", "drawn.toml", "--format", "json"]);
    let report: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((code, &report["verdict"]), (1, &"inconclusive".into()));
}

#[test]
fn required_conditions_that_hold_are_no_obstacle() {
    let place = Place::new("required");
    let easy = format!("{QUICK}\nrequire = [\"krawczyk\", \"plane\"]");
    place.claim("easy.toml", "easy", &easy);
    let (code, stdout, stderr) = place.run(&["verify", "easy.toml", "--out", "reports"]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert_eq!(place.names("reports"), ["easy"]);
}

#[test]
fn a_reader_who_leaves_early_is_no_failure() {
    let place = Place::new("pipe");
    place.claim("b.toml", "b", "alpha = 0.05\nexpect = \"refused\"");
    let mut child = (place.command(&["verify", "b.toml"]))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
    // The report is written all the same.
    assert_eq!(place.report("target/verification/b")["verdict"], "refused");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_under_standard_output_is_exit_code_2() {
    let place = Place::new("full");
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    place.claim("b.toml", "b", "alpha = 0.05\nexpect = \"refused\"");
    let mut command = place.command(&["verify", "b.toml"]);
    let output = command.stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let line = String::from_utf8(output.stderr).unwrap();
    assert!(
        line.starts_with("minlift: standard output cannot be written ("),
        "{line}"
    );
    assert_eq!(line.lines().count(), 1);
}
