//! What has to be believed is as small, and as separate, as notes/trust.md says.

use std::fs;
use std::path::Path;

const NOTE: &str = include_str!("../../notes/trust.md");

fn kernel() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/kernel");
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries
        .map(|path| {
            (
                path.file_name().unwrap().to_str().unwrap().to_owned(),
                fs::read_to_string(&path).unwrap(),
            )
        })
        .collect();
    files.sort();
    files
}

/// Lines that are neither empty nor comment.
fn lines_of_code(text: &str) -> usize {
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim().starts_with("//");
    text.lines().filter(is_code).count()
}

#[test]
fn the_kernel_uses_nothing_else_of_this_crate() {
    for (name, text) in kernel() {
        for line in text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
        {
            let foreign = line.contains("crate::")
                || line.contains("minlift::")
                || line.contains("f64::exp")
                || line.contains("nalgebra");
            assert!(!foreign, "{name}: {line}");
            let used = line.trim().strip_prefix("use ");
            let allowed = ["super::", "std::", "ethnum::", "serde"];
            assert!(
                used.is_none_or(|used| allowed.iter().any(|of| used.starts_with(of))),
                "{name}: {line}"
            );
        }
    }
}

/// The note counts the kernel's lines file by file.
#[test]
fn the_note_counts_the_lines() {
    let mut all = 0;
    for (name, text) in kernel() {
        let count = lines_of_code(&text);
        all += count;
        let row = format!("| `{name}` | {count} |");
        assert!(NOTE.contains(&row), "notes/trust.md lacks {row}");
    }
    let total = format!("| all | {all} |");
    assert!(NOTE.contains(&total), "notes/trust.md lacks {total}");
}
