//! Whatever is fed to it: an answer or one line, never a panic, in bounded memory.

use std::fs;

use minlift::check::{CheckError, check, check_file};
use proptest::prelude::*;
use serde_json::Value;

use super::base::{certificate, certificates, check_with_hash};

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes);
        prop_assert!(check(&text, None).is_err());
    }

    #[test]
    fn json_like(text in "[\\[\\]{}\":,a-z0-9.x+-]{0,200}") {
        prop_assert!(check(&text, None).is_err());
    }

    /// A certificate cut off, or with bytes of another in it.
    #[test]
    fn spliced(which in 0usize..14, other in 0usize..14, cut in 0.0f64..1.0, take in 0usize..60) {
        let (a, b) = (&certificates()[which].1, &certificates()[other].1);
        let at = (cut * a.len() as f64) as usize;
        let piece: String = b.chars().skip(at % b.len()).take(take).collect();
        let text: String = a.chars().take(at).chain(piece.chars()).chain(a.chars().skip(at + take)).collect();
        // What is accepted of such may well be true: `mutation` looks into that.
        if let Ok(outcome) = check(&text, None) {
            prop_assert!(outcome.rejected.is_some() || outcome.proved.len() == outcome.of);
        }
        // The last sign is the end of the line.
        let truncated: String = a.chars().take(at.min(a.len() - 2)).collect();
        prop_assert!(check(&truncated, None).is_err());
    }

    /// Numbers of any size in every place of a claim.
    #[test]
    fn claims(field in 0usize..9, value in "(-?[0-9]{1,40}(\\.[0-9]{0,40})?(e-?[0-9]{1,3})?(/[0-9]{1,30})?)|>=[0-9]{1,20}|\\[[0-9]{1,5}, [0-9]{1,5}\\]|d\\^\\(-3/2\\)|inf|nan|") {
        let name = ["alpha", "beta", "d", "gamma", "rho_data", "rho_view", "start", "step", "tau"][field];
        let mut certificate = certificate("sl");
        certificate["claim"][name] = value.into();
        prop_assert!(check_with_hash(certificate).is_ok());
    }
}

#[test]
fn absurd_numbers() {
    for text in [
        "0x1p+9999999999",
        "0x1p-1074",
        "0x1.fffffffffffffp+1023",
        "-0x0p+0",
        "inf",
        "nan",
        "1.5",
        "",
        "0x",
        "0xp",
        "0x1.p",
        "0x1p",
        "é",
    ] {
        let mut certificate = certificate("ssl");
        certificate["proof"]["minimum"]["distance"][0] = text.into();
        let outcome = check_with_hash(certificate);
        assert!(
            outcome.map_or(true, |outcome| !outcome.is_accepted()),
            "{text}"
        );
    }
    // Not a number of a proof at all.
    for value in [
        Value::Null,
        1.into(),
        true.into(),
        serde_json::json!([]),
        serde_json::json!({}),
    ] {
        let mut certificate = certificate("ssl");
        certificate["proof"]["minimum"]["distance"][0] = value;
        assert!(check_with_hash(certificate).is_err());
    }
}

#[test]
fn nesting_and_size_are_limited() {
    let deep = "[".repeat(1_000_000);
    assert!(check(&deep, None).is_err());
    let deep = format!("{{\"claim\":{}", "{\"a\":".repeat(100_000));
    assert!(check(&deep, None).is_err());

    let folder = std::env::temp_dir().join(format!("minlift-check-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("large.json");
    fs::write(&file, vec![b'['; 100_000_000]).unwrap();
    assert!(matches!(
        check_file(&file, 64_000_000, None),
        Err(CheckError::TooLarge {
            largest: 64_000_000,
            ..
        })
    ));
    // Within the limit it is read, and ends at the nesting.
    assert!(matches!(
        check_file(&file, 200_000_000, None),
        Err(CheckError::NoCertificate { .. })
    ));
    fs::write(&file, [0xff, 0xfe]).unwrap();
    assert!(matches!(
        check_file(&file, 64_000_000, None),
        Err(CheckError::Unreadable { .. })
    ));
    assert!(matches!(
        check_file(&folder, 64_000_000, None),
        Err(CheckError::Unreadable { .. })
    ));
    fs::remove_dir_all(&folder).unwrap();
}

/// Sizes that fit no claim are found out before anything is allocated for them.
#[test]
fn dimensions_that_do_not_fit() {
    let mut data = certificate("data");
    data["claim"]["d"] = "9007199254740992".into();
    assert!(!check_with_hash(data).unwrap().is_accepted());
    let mut global = certificate("global");
    global["proof"]["global"]["cuts"] = "0".repeat(2_000_000).into();
    assert!(!check_with_hash(global).unwrap().is_accepted());
}
