//! No bytes, however strange, break the readers.

use proptest::prelude::*;

use super::Place;
use super::npy::{file, npy};

/// Texts that look like points more often than random characters do.
fn lines() -> impl Strategy<Value = Vec<u8>> {
    const TOKENS: [&[u8]; 18] = [
        b"1",
        b"-2.5e3",
        b",",
        b",",
        b",",
        b"\n",
        b"\n",
        b"\r\n",
        b"\r",
        b"\"",
        b"#",
        b" ",
        b"nan",
        b"label",
        b"\xef\xbb\xbf",
        b"\xff",
        b"\0",
        b";",
    ];
    let token = proptest::sample::select(&TOKENS[..]);
    prop_oneof![
        proptest::collection::vec(token, 0..60).prop_map(|tokens| tokens.concat()),
        proptest::collection::vec(any::<u8>(), 0..200),
    ]
}

fn arrays() -> impl Strategy<Value = Vec<u8>> {
    let descr = prop_oneof![
        Just("'<f8'"),
        Just("'>i4'"),
        Just("'|u1'"),
        Just("'<f4'"),
        Just("[('a', '<f8')]"),
        Just("'|O'")
    ];
    let whole = (
        (descr, any::<bool>(), 0..5_u64, 0..5_u64),
        proptest::collection::vec(any::<u8>(), 0..200),
        proptest::option::of((0..200_usize, any::<u8>())),
        0..200_usize,
    )
        .prop_map(|((descr, fortran, n, d), data, flip, cut)| {
            let mut bytes = npy(descr, fortran, &format!("({n}, {d})"), &data);
            if let Some((at, byte)) = flip {
                let at = at % bytes.len();
                bytes[at] = byte;
            }
            bytes.truncate(bytes.len().saturating_sub(cut / 50));
            bytes
        });
    let token = prop_oneof![
        Just("{"),
        Just("}"),
        Just("("),
        Just(")"),
        Just("["),
        Just("]"),
        Just("'descr'"),
        Just("'shape'"),
        Just("'fortran_order'"),
        Just(":"),
        Just(","),
        Just("True"),
        Just("'<f8'"),
        Just("9"),
        Just("2"),
        Just("0x"),
        Just("-"),
        Just("+"),
        Just("1e9"),
        Just("\\"),
        Just("'"),
        Just("b"),
        Just("\"\"\""),
        Just("None"),
        Just("é"),
    ];
    let header = (1..4_u8, proptest::collection::vec(token, 0..60))
        .prop_map(|(version, tokens)| file(version, &tokens.concat(), &[0; 64]));
    prop_oneof![
        whole,
        header,
        proptest::collection::vec(any::<u8>(), 0..200),
        proptest::collection::vec(any::<u8>(), 0..200)
            .prop_map(|rest| [&b"\x93NUMPY"[..], &rest].concat()),
    ]
}

fn check(place: &Place, name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    match place.read(name, bytes) {
        Ok(data) => {
            prop_assert!(data.n() >= 1 && data.d() >= 2);
            prop_assert!(data.points.iter().all(|x| x.is_finite()));
            prop_assert_eq!(data.centres.len(), data.n());
            prop_assert_eq!(data.counts().iter().sum::<u64>(), data.n() as u64);
        }
        Err(error) => {
            let message = error.to_string();
            prop_assert!(message.contains("; allowed: "));
            prop_assert!(
                !message.chars().any(|c| c.is_control() || c == '\u{2028}'),
                "{message:?}"
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2000,
        rng_seed: proptest::test_runner::RngSeed::Fixed(3),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_text_is_read_or_refused_in_one_line(bytes in lines()) {
        let place = Place(env!("CARGO_TARGET_TMPDIR").into());
        check(&place, "garbage.csv", &bytes)?;
    }

    #[test]
    fn any_array_is_read_or_refused_in_one_line(bytes in arrays()) {
        let place = Place(env!("CARGO_TARGET_TMPDIR").into());
        check(&place, "garbage.npy", &bytes)?;
    }
}
