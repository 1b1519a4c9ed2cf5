//! Small certificates, one of each kind, made by the program.

use std::sync::LazyLock;

use minlift::certificate::claim_sha256;
use minlift::check::{Outcome, check};
use minlift::claim::Claim;
use minlift::claim::ClaimKind;
use minlift::claim::family::{BranchEvidence, FamilyEvidence};
use minlift::dossier::{Dossier, Family, Given, SelfSupervised, Supervised};
use serde_json::Value;

/// Claims whose proofs are small.
pub const CLAIMS: [(&str, &str); 14] = [
    ("ssl", "d = 10\ntau = 7\nalpha = '1/800'"),
    (
        "ssl-unequal",
        "d = 20\ntau = 3\nalpha = '1/200'\nweights = ['3/10', '1/5', '1/5', '3/10']\nrho_view = 0.01",
    ),
    ("sl", "kind = 'sl'\nd = 10\ntau = 7"),
    (
        "contrast",
        "kind = 'contrast'\nd = 2\ntau = 3\nalpha = '1/200'\nrho = 0.01",
    ),
    (
        "data",
        "kind = 'data'\nd = 3\ntau = 3\nalpha = '1/100'\nn = 8\nseed = 3\nrho = 0.01",
    ),
    ("every-d", "d = '>=20'\ntau = 7\nalpha = '1/800'"),
    (
        "branch",
        "kind = 'branch'\nd = 10\ntau = 3\nalpha = '1/100'\nrho = 0.2",
    ),
    (
        "box",
        "kind = 'box'\nd = 50\ntau = [2.95, 3.05]\nalpha = [0.0099, 0.0101]",
    ),
    (
        "global",
        "kind = 'global'\nd = 1000\ntau = 3\nalpha = '1/50'",
    ),
    (
        "descent",
        "kind = 'descent'\nd = 10\ntau = 7\nalpha = '1/800'",
    ),
    (
        "refused-ssl",
        "d = 10\ntau = 7\nalpha = 0.05\nexpect = 'refused'",
    ),
    (
        "refused-sl",
        "kind = 'sl'\nd = 10\ntau = 7\nbeta = 0.07\ngamma = 0.07\nexpect = 'refused'",
    ),
    (
        "refused-box",
        "d = 10\ntau = 7\nalpha = [0.045, 0.06]\nexpect = 'refused'",
    ),
    (
        "refused-descent",
        "kind = 'descent'\nd = 10\ntau = 7\nalpha = '1/800'\nstart = [[-0.5, 3.9], [0.8, 1.6]]\nexpect = 'refused'",
    ),
];

/// The proof alone: no runs, no figures, and of a branch little more than the claim asks for.
fn proof(claim: Claim) -> Dossier {
    let evidence = match claim.kind {
        ClaimKind::Branch => Some(FamilyEvidence::Branch(Box::new(BranchEvidence::within(
            &claim, 1,
        )))),
        _ => FamilyEvidence::of(&claim, &|_, _| ()),
    };
    Dossier {
        ssl: claim
            .kind
            .has_ssl()
            .then(|| SelfSupervised::proof_only(&claim)),
        sl: claim.kind.has_sl().then(|| Supervised::proof_only(&claim)),
        given: claim.kind.has_data().then(|| Given::proof_only(&claim)),
        family: evidence.map(|evidence| Family {
            evidence,
            run: None,
        }),
        contrast: None,
        figures: vec![],
        claim,
    }
}

/// The certificates, as text.
pub fn certificates() -> &'static [(&'static str, String)] {
    static ALL: LazyLock<Vec<(&str, String)>> = LazyLock::new(|| {
        let make = |(name, fields): (&'static str, &str)| {
            let claim = Claim::from_toml(&format!("name = '{name}'\n{fields}\n"), name).unwrap();
            let dossier = proof(claim);
            let text = dossier.certificate();
            (
                name,
                text.unwrap_or_else(|| panic!("{name}: {}", dossier.reason())),
            )
        };
        CLAIMS.into_iter().map(make).collect()
    });
    &ALL
}

/// One of them, as JSON.
pub fn certificate(name: &str) -> Value {
    let text = &certificates().iter().find(|(of, _)| *of == name).unwrap().1;
    serde_json::from_str(text).unwrap()
}

/// Checks JSON, after the hash is made to fit the claim: hashes only tell which claim it is.
pub fn check_with_hash(mut certificate: Value) -> Result<Outcome, String> {
    certificate["claim_sha256"] = claim_sha256(&certificate["claim"]).into();
    check(&certificate.to_string(), None)
}

#[test]
fn every_kind_is_accepted_and_small() {
    for (name, text) in certificates() {
        let begun = std::time::Instant::now();
        let outcome = check(text, None).unwrap();
        println!("{name}: {} bytes, {:?}", text.len(), begun.elapsed());
        assert!(outcome.is_accepted(), "{name}: {:?}", outcome.rejected);
        assert!(text.len() < 100_000, "{name}: {} bytes", text.len());
        assert_eq!(outcome.proved.len(), outcome.of);
    }
}

#[test]
fn writing_a_certificate_is_deterministic() {
    let (name, fields) = CLAIMS[6];
    let claim = Claim::from_toml(&format!("name = '{name}'\n{fields}\n"), name).unwrap();
    assert_eq!(
        proof(claim).certificate().as_ref(),
        Some(&certificates()[6].1)
    );
}

/// Every shard is accepted, and together they prove each statement once.
#[test]
fn shards_make_up_the_whole() {
    let text = certificate("branch").to_string();
    let of = check(&text, None).unwrap().of;
    let shards = (1..=3).map(|k| check(&text, Some(format!("{k}/3").parse().unwrap())).unwrap());
    let proved: Vec<usize> = shards
        .map(|outcome| {
            assert!(outcome.is_accepted());
            outcome.proved.len()
        })
        .collect();
    assert_eq!(proved.iter().sum::<usize>(), of);
    assert!(proved.iter().all(|n| *n > 0));
}
