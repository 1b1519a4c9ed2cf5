//! `minlift check`: exit codes and what is printed.

use std::fs;
use std::process::{Command, Output};

use super::base::certificate;

fn minlift(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_minlift"))
        .args(words)
        .output()
        .unwrap()
}

#[test]
fn accepted_rejected_unreadable() {
    let folder = std::env::temp_dir().join(format!("minlift-check-line-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, text: String| {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let good = write("good.json", certificate("ssl").to_string());
    let mut wrong = certificate("ssl");
    wrong["proof"]["minimum"]["distance"][0] = "0x1p-20".into();
    let bad = write("bad.json", wrong.to_string());
    let none = write("none.json", "{}".to_owned());
    let said = |output: &Output| String::from_utf8(output.stdout.clone()).unwrap();

    let output = minlift(&["check", &good]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        said(&output).starts_with("accepted: ")
            && said(&output).contains("the claim is proved, by "),
        "{}",
        said(&output)
    );
    let output = minlift(&["check", "--shard", "1/2", "--statements", &good]);
    assert_eq!(output.status.code(), Some(0));
    assert!(said(&output).contains("if the other shards are accepted as well"));
    let output = minlift(&["check", &good, &bad]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("rejected: ") && said(&output).contains("because: row 1")
            || said(&output).contains("the distance"),
        "{}",
        said(&output)
    );
    for words in [
        &["check", &none][..],
        &["check", "no-such-file.json"],
        &["check"],
        &["check", "--max-size", "10", &good],
        &["check", "--max-size", "x", &good],
        &["check", "--shard", "3/2", &good],
    ] {
        let output = minlift(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(error.lines().count(), 1, "{error}");
        assert!(
            error.contains("allowed") || error.contains("--help"),
            "{error}"
        );
    }
    fs::remove_dir_all(&folder).unwrap();
}
