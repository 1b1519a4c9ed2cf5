//! A certificate that no program wrote: `x² + y = 2`, `x + y² = 2` near `(1, 1)`.

use minlift::check::check;
use serde_json::Value;

const BY_HAND: &str = include_str!("../data/certificates/by_hand.json");

#[test]
fn it_is_accepted() {
    let outcome = check(BY_HAND, None).unwrap();
    assert!(outcome.is_accepted(), "{:?}", outcome.rejected);
    assert_eq!(
        outcome.proved,
        ["the system has exactly one zero in the box"]
    );
}

/// Each change makes the statement false, or leaves it without a proof.
#[test]
fn a_wrong_one_is_rejected() {
    let changes: [(&str, Value); 5] = [
        ("/proof/system/near/0/1", "0x1.ffp-1".into()),
        ("/proof/system/near/1/0", "-0x1p+3".into()),
        ("/proof/system/preconditioner/0/0", "0x0p+0".into()),
        ("/claim/equations/0/2/coefficient", "-3".into()),
        ("/claim/equations/1/1/exponents", serde_json::json!([2, 0])),
    ];
    for (at, value) in changes {
        let mut certificate: Value = serde_json::from_str(BY_HAND).unwrap();
        *certificate.pointer_mut(at).unwrap() = value;
        let rejected = |outcome: Result<minlift::check::Outcome, String>| {
            outcome.map_or(true, |o| !o.is_accepted())
        };
        assert!(rejected(super::base::check_with_hash(certificate)), "{at}");
    }
}
