//! A report's files are there whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use minlift::report::files::{
    FilesError, MARKER, ReportFile, check_replaceable, prepare, write_folder,
};

/// A path of this name at which nothing is.
fn scratch(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("files-{name}"));
    let _ = fs::remove_dir_all(&dir);
    dir
}

fn report(text: &str) -> Vec<ReportFile> {
    [
        "report.md",
        MARKER,
        "figures/margins.svg",
        "figures/margins.csv",
    ]
    .map(|name| ReportFile::new(name, format!("{name}: {text}")))
    .to_vec()
}

/// The report that stands at `folder`; every file must be of the same one.
fn standing(folder: &Path) -> String {
    let read = |file: &ReportFile| {
        let text = fs::read_to_string(folder.join(&file.name)).unwrap();
        text.strip_prefix(&format!("{}: ", file.name))
            .unwrap()
            .to_owned()
    };
    let mut texts: Vec<String> = report("").iter().map(read).collect();
    texts.dedup();
    assert_eq!(texts.len(), 1, "files of different reports");
    texts.remove(0)
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = (fs::read_dir(dir).unwrap())
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_report_is_written_and_replaced_whole() {
    let dir = scratch("replaced").join("not/there/yet");
    let folder = write_folder(&dir, "paper", &report("first")).unwrap();
    assert_eq!(folder, dir.join("paper"));
    assert_eq!(standing(&folder), "first");

    // A file that the new report does not have goes with the old report.
    fs::write(folder.join("figures/old.csv"), "").unwrap();
    write_folder(&dir, "paper", &report("second")).unwrap();
    assert_eq!(standing(&folder), "second");
    assert!(!folder.join("figures/old.csv").exists());

    write_folder(&dir, "other", &report("third")).unwrap();
    assert_eq!(standing(&folder), "second");
    assert_eq!(names(&dir), ["other", "paper"], "no temporaries are left");
}

#[test]
fn if_a_file_cannot_be_written_the_old_report_stays() {
    let dir = scratch("stays");
    let folder = write_folder(&dir, "paper", &report("old")).unwrap();
    for bad in [
        "../escape.md",
        "/absolute.md",
        "",
        "report.md",
        "report.md/below.md",
    ] {
        let mut files = report("new");
        files.push(ReportFile::new(bad, "x"));
        let error = write_folder(&dir, "paper", &files).unwrap_err();
        assert!(matches!(error, FilesError::Write { .. }), "{error}");
        assert_eq!(error.to_string().lines().count(), 1);
        assert_eq!(standing(&folder), "old");
        assert_eq!(names(&dir), ["paper"]);
        // Nor does a first report appear in part.
        assert!(write_folder(&dir, "fresh", &files).is_err());
        assert_eq!(names(&dir), ["paper"]);
    }
}

#[test]
fn only_reports_are_replaced() {
    let dir = scratch("foreign");
    let refused = |name: &str, found: &str| {
        for error in [
            check_replaceable(&dir, name).unwrap_err(),
            write_folder(&dir, name, &report("new")).unwrap_err(),
        ] {
            let expected = format!(
                "--out: {} holds {found}; allowed: ",
                dir.join(name).display()
            );
            assert!(error.to_string().starts_with(&expected), "{error}");
        }
    };
    // Somebody's sources.
    fs::create_dir_all(dir.join("src/deep")).unwrap();
    fs::write(dir.join("src/deep/main.rs"), "fn main() {}").unwrap();
    refused("src", "deep/main.rs, which no report does");
    // A report with somebody's file in it.
    let folder = write_folder(&dir, "paper", &report("old")).unwrap();
    fs::write(folder.join("figures/thesis.tex"), "").unwrap();
    refused("paper", "figures/thesis.tex, which no report does");
    assert_eq!(standing(&folder), "old");
    // Data that only looks like a report.
    fs::create_dir_all(dir.join("data")).unwrap();
    fs::write(dir.join("data/measured.csv"), "1").unwrap();
    refused("data", "files but no report.json");
    // No folder.
    fs::write(dir.join("file"), "").unwrap();
    refused("file", "something that is not a folder");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&folder, dir.join("link")).unwrap();
        refused("link", "something that is not a folder");
    }
    // An empty folder is nobody's loss.
    fs::create_dir_all(dir.join("empty")).unwrap();
    write_folder(&dir, "empty", &report("new")).unwrap();
    assert_eq!(standing(&dir.join("empty")), "new");
}

#[test]
fn a_directory_that_cannot_be_made_is_one_line() {
    let dir = scratch("blocked");
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join("file"), "").unwrap();
    for blocked in [dir.join("file"), dir.join("file/below")] {
        let error = prepare(&blocked).unwrap_err().to_string();
        assert!(error.starts_with(&format!("--out: {} cannot be written (", blocked.display())));
        assert!(error.ends_with("; allowed: a directory to write in"));
        assert_eq!(error.lines().count(), 1);
    }
    prepare(&dir.join("new")).unwrap();
    assert_eq!(names(&dir), ["file", "new"]);
    assert!(names(&dir.join("new")).is_empty(), "the probe is gone");
}

#[test]
fn a_reader_never_sees_part_of_a_report() {
    let dir = scratch("watched");
    let long = "a long report ".repeat(10_000);
    let reports = 40;
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for k in 0..reports {
                write_folder(&dir, &k.to_string(), &report(&long)).unwrap();
            }
        });
        for k in 0..reports {
            let folder = dir.join(k.to_string());
            while !folder.exists() {
                std::hint::spin_loop();
            }
            assert_eq!(standing(&folder), long);
        }
    });
}

#[test]
fn of_several_writers_one_report_stays() {
    let dir = scratch("crowded");
    std::thread::scope(|scope| {
        for writer in 1..=4 {
            let dir = &dir;
            scope.spawn(move || {
                for _ in 0..25 {
                    write_folder(dir, "paper", &report(&writer.to_string())).unwrap();
                }
            });
        }
    });
    standing(&dir.join("paper"));
    assert_eq!(names(&dir), ["paper"], "no temporaries are left");
}
