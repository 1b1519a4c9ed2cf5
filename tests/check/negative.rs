//! Wrong certificates, each with the place where it has to be caught.

use serde_json::{Value, json};

use super::base::{certificate, check_with_hash};
use minlift::check::check;

/// The reason for which a certificate is rejected.
fn rejection(certificate: Value) -> String {
    let outcome = check_with_hash(certificate).expect("it can be read");
    let rejection = outcome.rejected.expect("it must not be accepted");
    format!(
        "{} {}",
        rejection.statement.unwrap_or_default(),
        rejection.reason
    )
}

fn changed(name: &str, at: &str, value: Value) -> Value {
    let mut certificate = certificate(name);
    *certificate.pointer_mut(at).expect(at) = value;
    certificate
}

#[test]
fn another_claims_body() {
    let mut ssl = certificate("ssl");
    ssl["claim"] = certificate("ssl-unequal")["claim"].clone();
    assert!(rejection(ssl).contains("row 1"));
    let mut descent = certificate("descent");
    descent["proof"] = certificate("refused-descent")["proof"].clone();
    assert!(rejection(descent).contains("cannot be verified"));
    let mut refused = certificate("ssl");
    refused["proves"] = "refused".into();
    assert!(rejection(refused).contains("cannot be refused"));
    let mut alpha = certificate("ssl");
    alpha["claim"]["alpha"] = "1/801".into();
    assert!(rejection(alpha).contains("row 1"));
}

#[test]
fn a_hash_that_is_not_the_claims() {
    let mut certificate = certificate("ssl");
    certificate["claim"]["name"] = "other".into();
    let outcome = check(&certificate.to_string(), None).unwrap();
    assert!(outcome.rejected.unwrap().reason.contains("claim_sha256"));
}

#[test]
fn one_unit_in_the_last_place() {
    let mut certificate: Value =
        serde_json::from_str(include_str!("../data/certificates/by_hand.json")).unwrap();
    let mut with = |lo: &str| {
        certificate["proof"]["system"]["near"] = json!([
            [lo, "0x1.0000000000001p+0"],
            ["0x1.fffffffffffffp-1", "0x1.0000000000001p+0"]
        ]);
        certificate.clone()
    };
    // The zero is (1, 1) exactly: it is inside of a box that begins one unit before, and on the edge of one that begins there.
    assert!(
        check_with_hash(with("0x1.fffffffffffffp-1"))
            .unwrap()
            .is_accepted()
    );
    assert!(rejection(with("0x1p+0")).contains("exactly one zero"));
}

#[test]
fn a_swapped_box() {
    let mut ssl = certificate("ssl");
    let [one, two] = [0, 1].map(|row| ssl["proof"]["minimum"]["exact"][row].clone());
    ssl["proof"]["minimum"]["exact"] = json!([two, one]);
    assert!(rejection(ssl).contains("row 1"));
    let mut simplified = certificate("ssl");
    simplified["proof"]["minimum"]["exact"][0] =
        simplified["proof"]["minimum"]["simplified"][0].clone();
    assert!(rejection(simplified).contains("near"));
}

#[test]
fn a_gap_in_a_branch() {
    let pieces = |certificate: &mut Value| {
        certificate["proof"]["branch"]["pieces"]
            .as_array_mut()
            .unwrap()
            .clone()
    };
    let mut branch = certificate("branch");
    let all = pieces(&mut branch);
    assert!(all.len() >= 3, "{} pieces", all.len());
    for gone in 0..2 {
        let mut fewer = all.clone();
        fewer.remove(gone);
        branch["proof"]["branch"]["pieces"] = fewer.into();
        let reason = rejection(branch.clone());
        assert!(
            reason.contains("gap") || reason.contains("reach"),
            "{reason}"
        );
    }
    let mut swapped = all.clone();
    swapped.swap(0, 1);
    branch["proof"]["branch"]["pieces"] = swapped.into();
    assert!(rejection(branch.clone()).contains("reach"));
    branch["proof"]["branch"]["pieces"] = json!([]);
    assert!(rejection(branch).contains("no pieces"));
}

#[test]
fn a_missing_piece_of_a_subdivision() {
    let cuts = certificate("global")["proof"]["global"]["cuts"]
        .as_str()
        .unwrap()
        .to_owned();
    let with = |cuts: &str| rejection(changed("global", "/proof/global/cuts", cuts.into()));
    assert!(with(&cuts[..cuts.len() - 1]).contains("before all parts"));
    assert!(with(&format!("{cuts}.")).contains("after the last part"));
    let letter = cuts.find('a').unwrap();
    assert!(with(&format!("{}b{}", &cuts[..letter], &cuts[letter + 1..])).contains("not settled"));
    assert!(with(&format!("{}z{}", &cuts[..letter], &cuts[letter + 1..])).contains("not settled"));
    assert!(with(&format!("{}é{}", &cuts[..letter], &cuts[letter + 1..])).contains("not settled"));
    assert!(with(&format!("{}7{}", &cuts[..letter], &cuts[letter + 1..])).contains("side 7"));
    let mut fewer = certificate("global");
    fewer["proof"]["global"]["points"]
        .as_array_mut()
        .unwrap()
        .pop();
    fewer["proof"]["global"]["indices"]
        .as_array_mut()
        .unwrap()
        .pop();
    rejection(fewer);
    rejection(changed("global", "/proof/global/reach/0", "0x1p+0".into()));
    rejection(changed(
        "refused-ssl",
        "/proof/absence/reach/1",
        "0x1p+0".into(),
    ));
}

#[test]
fn bounds_that_are_too_good() {
    for (name, at, value) in [
        ("ssl", "/proof/minimum/distance/0", "0x1p-20"),
        (
            "ssl",
            "/proof/minimum/coefficients/0/0/1",
            "0x1.e90d35659fd4bp+1",
        ),
        (
            "ssl",
            "/proof/minimum/cosines/1/1/1",
            "0x1.7ade410596910p-2",
        ),
        ("sl", "/proof/supervised/distance", "0x1p-20"),
        ("sl", "/proof/supervised/smallest_eigenvalue", "0x1p-8"),
        ("data", "/proof/data/distance/1", "0x1p-30"),
        ("data", "/proof/data/points/0/0", "0x1p+1"),
        ("data", "/proof/data/exact/0/half_width", "0x0p+0"),
        ("branch", "/proof/branch/constant", "0x1p-1"),
        ("every-d", "/proof/branch/coefficients/0", "0x1p+2"),
        ("every-d", "/proof/branch/cosines/1", "0x1p-1"),
        ("box", "/proof/region/constant", "0x1p-1"),
        ("box", "/proof/region/tau/0", "0x1.8p+1"),
        ("descent", "/proof/descent/sets/0/rate", "0x1.fp-1"),
        ("descent", "/proof/descent/sets/0/spectrum/0", "0x1p-7"),
        ("descent", "/proof/descent/sets/0/spectrum/1", "0x1p-7"),
        ("descent", "/proof/descent/sets/0/beside", "0x1p-6"),
        ("descent", "/proof/descent/sets/0/rectangle/0/0", "0x1p+0"),
        ("descent", "/proof/descent/sets/0/rectangle/1/0", "0x1.4p+0"),
    ] {
        let reason = rejection(changed(name, at, value.into()));
        println!("{name} {at}: {reason}");
    }
    rejection(changed("descent", "/proof/descent/sets/0/d", 11.into()));
    rejection(changed(
        "descent",
        "/proof/descent/sets/0/and_all_larger",
        true.into(),
    ));
    rejection(changed("global", "/proof/global/indices/0", 0.into()));
}

/// What holds for one kind of claim says nothing about another.
#[test]
fn proofs_of_other_kinds() {
    let kinds = ["ssl", "sl", "data", "branch", "box", "global", "descent"];
    for kind in kinds {
        for other in kinds.into_iter().filter(|other| *other != kind) {
            let mut mixed = certificate(kind);
            mixed["proof"] = certificate(other)["proof"].clone();
            rejection(mixed);
        }
    }
}

/// Claims that say more, or something else, than their proof is about.
#[test]
fn claims_that_say_more() {
    let claims: [(&str, &str, Value); 11] = [
        ("ssl", "d", ">=10".into()),
        ("global", "d", ">=1000".into()),
        ("every-d", "rho_data", "1/2".into()),
        ("every-d", "rho_view", "0.011180339887".into()),
        ("ssl", "alpha", "1/800/tau".into()),
        ("ssl", "tau", "[6.9, 7.1]".into()),
        ("ssl", "rho_view", "".into()),
        ("ssl", "rho_data", "1.5".into()),
        ("ssl", "data", json!({"n": "8"})),
        (
            "data",
            "data",
            json!({"n": "9", "noise": "isotropic", "seed": "3"}),
        ),
        ("data", "data", Value::Null),
    ];
    for (kind, field, value) in claims {
        println!(
            "{kind} {field}: {}",
            rejection(changed(kind, &format!("/claim/{field}"), value))
        );
    }
    rejection(changed(
        "data",
        "/proof/data/exact/0/half_width",
        "-0x1p-30".into(),
    ));
}

/// Of two fields of one name a reader would see one, and the checker prove the other.
#[test]
fn a_field_that_is_there_twice() {
    let text = certificate("ssl").to_string();
    let twice = text.replace("\"tau\":\"7\"", "\"tau\":\"3\",\"tau\":\"7\"");
    assert!(twice.len() > text.len());
    assert!(check(&twice, None).unwrap_err().contains("twice"));
}

#[test]
fn noise_that_is_none() {
    for noise in [["-0x1p-8", "0x0p+0"], ["0x0p+0", "0x1p+7"]] {
        let certificate = changed("refused-box", "/proof/absence/noise", json!(noise));
        assert!(check_with_hash(certificate).unwrap_err().contains("noise"));
    }
}
