//! `minlift verify --latex`: the theorem, its constants read back as they are printed.

use std::path::PathBuf;
use std::process::{Command, Output};

use minlift::claim::family::EveryDimension;
use minlift::claim::{Claim, builtin};
use minlift::interval::Interval;

fn folder(name: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("minlift-latex-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

fn run(arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_minlift");
    Command::new(program).args(arguments).output().unwrap()
}

#[test]
fn the_theorem_is_written_with_constants_that_hold() {
    let dir = folder("theorem");
    let file = dir.join("every-d.toml");
    let source = builtin::SOURCES
        .iter()
        .find(|s| s.file == "every-d.toml")
        .unwrap();
    std::fs::write(&file, source.text).unwrap();
    let out = dir.join("out");
    let [file, out_text] = [&file, &out].map(|path| path.to_str().unwrap().to_owned());
    let output = run(&["verify", &file, "--latex", "--out", &out_text]);
    assert!(output.status.success(), "{output:?}");
    let theorem = std::fs::read_to_string(out.join("every-d/theorem.tex")).unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains(&theorem));
    assert!(theorem.contains("\\begin{theorem}") && theorem.contains("every $d\\ge 2$"));

    // The constant C of ‖w* - w~*‖ <= C rho^2 and the bounds of the coefficients, as printed.
    let evidence = EveryDimension::of(&source.claim().unwrap());
    let after = |mark: &str| {
        let rest = &theorem[theorem.find(mark).expect(mark) + mark.len()..];
        let end = rest
            .find(|c: char| !(c.is_ascii_digit() || ".-e".contains(c)))
            .unwrap();
        Interval::literal(&rest[..end]).unwrap()
    };
    let constant = after("\\|w^*-\\tilde w^*\\|\\le ");
    assert!(constant.inf() >= evidence.constant && constant.sup() < 1.01 * evidence.constant);
    for (mark, bound) in [
        ("a\\ge ", evidence.coefficients[0]),
        ("b\\ge ", evidence.coefficients[1]),
    ] {
        let printed = after(mark);
        assert!(
            printed.sup() <= bound && printed.inf() > 0.99 * bound,
            "{printed}"
        );
    }
    // A second run replaces the report, theorem and all.
    assert!(run(&["verify", &file, "--out", &out_text]).status.success());
    assert!(!out.join("every-d/theorem.tex").exists());
    std::fs::remove_dir_all(dir).unwrap();
}

#[test]
fn a_claim_without_a_theorem_to_state_is_one_line() {
    let output = run(&[
        "verify",
        "--latex",
        "--out",
        folder("none").to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(2));
    let line = String::from_utf8(output.stderr).unwrap();
    assert_eq!(line.lines().count(), 1, "{line}");
    assert!(
        line.contains("--latex: paper is of kind contrast; allowed: "),
        "{line}"
    );
}

/// Every kind that is verified states something without a constant that fails its check.
#[test]
fn every_kind_states_its_theorem() {
    for source in builtin::SOURCES {
        let claim: Claim = source.claim().unwrap();
        let quick = ["box", "global-d10"].contains(&claim.name.as_str());
        if !quick {
            continue;
        }
        let dossier = minlift::dossier::verify(&claim, &|_| {});
        let theorem = dossier.latex().unwrap();
        assert!(theorem.matches("\\begin").count() == theorem.matches("\\end").count());
        assert!(
            !theorem.contains("inf") && !theorem.contains('∞'),
            "{theorem}"
        );
    }
}
