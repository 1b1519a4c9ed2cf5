//! NumPy arrays.

use minlift::data::{DataNoise, DataSet};

use super::{Place, bits};

/// A `.npy` file, format 1.0, written by hand.
pub(crate) fn npy(descr: &str, fortran: bool, shape: &str, data: &[u8]) -> Vec<u8> {
    let order = if fortran { "True" } else { "False" };
    let header = format!("{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}");
    file(1, &header, data)
}

pub(crate) fn file(version: u8, header: &str, data: &[u8]) -> Vec<u8> {
    let before = if version == 1 { 10 } else { 12 };
    let padding = 63 - (before + header.len()) % 64;
    let header = format!("{header}{}\n", " ".repeat(padding));
    let mut bytes = b"\x93NUMPY".to_vec();
    bytes.extend([version, 0]);
    match version {
        1 => bytes.extend((header.len() as u16).to_le_bytes()),
        _ => bytes.extend((header.len() as u32).to_le_bytes()),
    }
    bytes.extend(header.as_bytes());
    bytes.extend(data);
    bytes
}

fn doubles(values: &[f64]) -> Vec<u8> {
    values.iter().flat_map(|x| x.to_le_bytes()).collect()
}

#[test]
fn what_is_written_comes_back_in_either_order_and_byte_order() {
    let place = Place::new("npy");
    for (n, d) in [(1, 2), (20, 3), (2, 1000)] {
        let drawn = DataSet::draw(n, d, 7.0, 0.03, DataNoise::Isotropic, 4);
        let shape = format!("({n}, {d})");
        let by_rows: Vec<f64> = drawn.points.transpose().iter().copied().collect();
        let by_columns: Vec<f64> = drawn.points.iter().copied().collect();
        let big: Vec<u8> = by_columns.iter().flat_map(|x| x.to_be_bytes()).collect();
        for bytes in [
            npy("'<f8'", false, &shape, &doubles(&by_rows)),
            npy("'<f8'", true, &shape, &doubles(&by_columns)),
            npy("'>f8'", true, &shape, &big),
            file(
                2,
                &format!("{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}}}"),
                &doubles(&by_rows),
            ),
            file(
                3,
                &format!("{{\"shape\": {shape}, \"fortran_order\": True, \"descr\": \"<f8\"}}"),
                &doubles(&by_columns),
            ),
        ] {
            let read = place.data("a.npy", bytes);
            assert_eq!((read.n(), read.d()), (n, d));
            assert_eq!(bits(&read), bits(&drawn));
            assert_eq!(read.centres, drawn.centres);
        }
    }
}

#[test]
fn every_type_that_floats_can_hold_is_read() {
    let place = Place::new("dtypes");
    let expected = [1.0, 2.0, 3.0, 100.0];
    macro_rules! check {
        ($($descr:literal: $type:ty, $bytes:ident;)*) => {$(
            let data: Vec<u8> = [1 as $type, 2 as $type, 3 as $type, 100 as $type]
                .iter().flat_map(|x| x.$bytes()).collect();
            let read = place.data("a.npy", npy($descr, false, "(2, 2)", &data));
            assert_eq!(bits(&read), expected.map(f64::to_bits), $descr);
        )*};
    }
    check! {
        "'|i1'": i8, to_le_bytes; "'|u1'": u8, to_le_bytes;
        "'<i2'": i16, to_le_bytes; "'>i2'": i16, to_be_bytes; "'<u2'": u16, to_le_bytes;
        "'<i4'": i32, to_le_bytes; "'>u4'": u32, to_be_bytes; "'<i8'": i64, to_le_bytes;
        "'>i8'": i64, to_be_bytes; "'<u8'": u64, to_le_bytes; "'<f4'": f32, to_le_bytes;
        "'>f4'": f32, to_be_bytes; "'<f8'": f64, to_le_bytes; "'>f8'": f64, to_be_bytes;
    }
    // A float of 32 bits is one of 64 bits: the tenth of 32 bits, not one tenth.
    let data: Vec<u8> = [0.1_f32, -0.0]
        .iter()
        .flat_map(|x| x.to_le_bytes())
        .collect();
    let read = place.data("a.npy", npy("'<f4'", false, "(1, 2)", &data));
    assert_eq!(
        bits(&read),
        [f64::from(0.1_f32).to_bits(), (-0.0_f64).to_bits()]
    );
}

/// An integer of more than 53 bits would be rounded: then the data would not be what the file says.
#[test]
fn integers_that_are_no_floats_are_refused() {
    let place = Place::new("integers");
    let signed = |x: i64| {
        npy(
            "'<i8'",
            false,
            "(1, 2)",
            &[7_i64.to_le_bytes(), x.to_le_bytes()].concat(),
        )
    };
    for x in [
        0,
        1 << 53,
        -(1 << 53),
        (1 << 53) + 2,
        i64::MIN,
        i64::MAX & !0x7ff,
    ] {
        let read = place.data("a.npy", signed(x));
        assert_eq!(read.points[(0, 1)] as i128, i128::from(x));
    }
    for x in [(1 << 53) + 1, -(1 << 53) - 1, i64::MAX, i64::MIN + 1] {
        assert_eq!(
            place.refused("a.npy", signed(x)),
            format!(
                "a.npy: entry [0, 1] = {x} is not a float; allowed: integers of at most 53 significant bits, which floats are"
            )
        );
    }
    let unsigned = |x: u64| {
        npy(
            "'<u8'",
            false,
            "(1, 2)",
            &[7_u64.to_le_bytes(), x.to_le_bytes()].concat(),
        )
    };
    assert_eq!(
        place.data("a.npy", unsigned(1 << 63)).points[(0, 1)],
        2.0_f64.powi(63)
    );
    assert!(
        place
            .refused("a.npy", unsigned(u64::MAX))
            .contains("= 18446744073709551615 is not a float")
    );
}

#[test]
fn numbers_that_are_not_finite_are_named_by_their_index() {
    let place = Place::new("not-finite");
    let allowed = "allowed: a finite decimal, at most 1.797e308 in size";
    let values = [1.0, 2.0, 3.0, 4.0, f64::NAN, 6.0];
    for (bytes, expected) in [
        (
            npy("'<f8'", false, "(3, 2)", &doubles(&values)),
            "entry [2, 0] = NaN",
        ),
        (
            npy("'<f8'", true, "(3, 2)", &doubles(&values)),
            "entry [1, 1] = NaN",
        ),
        (
            npy(
                "'<f8'",
                false,
                "(1, 2)",
                &doubles(&[0.0, f64::NEG_INFINITY]),
            ),
            "entry [0, 1] = -inf",
        ),
    ] {
        assert_eq!(
            place.refused("a.npy", bytes),
            format!("a.npy: {expected} is not finite; {allowed}")
        );
    }
}

#[test]
fn shapes_that_are_not_those_of_points_are_refused() {
    let place = Place::new("shapes");
    let two = "allowed: at least one point of at least two coordinates";
    let not = "is not that of points; allowed: (n, d)";
    for (shape, expected) in [
        ("()", format!("shape = () {not}")),
        ("(4,)", format!("shape = (4,) {not}")),
        ("(2, 2, 1)", format!("shape = (2, 2, 1) {not}")),
        ("(0, 2)", format!("there is no point in it; {two}")),
        ("(0, 0)", format!("there is no point in it; {two}")),
        ("(4, 1)", format!("shape = (4, 1) has 1 coordinate; {two}")),
        ("(4, 0)", format!("shape = (4, 0) has 0 coordinates; {two}")),
        (
            "(268435456, 2)",
            "shape = (268435456, 2) has 536870912 numbers; allowed: at most 268435456 (2^28)".to_owned(),
        ),
        (
            "(1000000, 1000000)",
            "shape = (1000000, 1000000) has 1000000000000 numbers; allowed: at most 268435456 (2^28)".to_owned(),
        ),
        (
            "(2, 3)",
            "data = 32 bytes does not have the length of the array; allowed: 48 bytes for shape (2, 3)".to_owned(),
        ),
        (
            "(1, 2)",
            "data = 32 bytes does not have the length of the array; allowed: 16 bytes for shape (1, 2)".to_owned(),
        ),
    ] {
        let bytes = npy("'<f8'", false, shape, &doubles(&[1.0; 4]));
        assert_eq!(place.refused("a.npy", bytes), format!("a.npy: {expected}"));
    }
}

#[test]
fn other_types_are_refused() {
    let place = Place::new("types");
    let allowed = "is not that of coordinates; allowed: floats of 32 or 64 bits (f4, f8) or integers of \
                   8 to 64 bits (i1 to i8, u1 to u8)";
    for (descr, size) in [
        ("'<f2'", 2),
        ("'<f16'", 16),
        ("'|b1'", 1),
        ("'<c16'", 16),
        ("'<U3'", 12),
        ("'|S8'", 8),
        ("'<m8[s]'", 8),
    ] {
        let line = place.refused("a.npy", npy(descr, false, "(2, 2)", &vec![0; 4 * size]));
        assert_eq!(line, format!("a.npy: dtype = {descr} {allowed}"));
    }
    let line = place.refused("a.npy", npy("'|O'", false, "(2, 2)", b"pickle"));
    assert_eq!(line, format!("a.npy: dtype = '|O' {allowed}"));
    let record = "[('x', '<f8'), ('y', '<f8')]";
    let line = place.refused("a.npy", npy(record, false, "(2, 2)", &[0; 64]));
    assert!(
        line.starts_with("a.npy: dtype = [('x', '<f8')") && line.ends_with(allowed),
        "{line}"
    );
}

#[test]
fn what_is_no_numpy_file_is_refused() {
    let place = Place::new("no-npy");
    let whole = npy("'<f8'", false, "(2, 2)", &doubles(&[1.0; 4]));
    let header = "allowed: a dictionary of descr, fortran_order and shape, as numpy.save writes it for an \
                  array of shape (n, d)";
    for (bytes, expected) in [
        (
            &b""[..],
            "magic = \"\" is not NumPy's; allowed: \"\\x93NUMPY\", a NumPy array".to_owned(),
        ),
        (
            b"1,2\n3,4\n",
            "magic = \"1,2\\n3,\" is not NumPy's; allowed: \"\\x93NUMPY\", a NumPy array"
                .to_owned(),
        ),
        (
            b"PK\x03\x04zip",
            "magic = \"PK\\x03\\x04zi\" is not NumPy's; allowed: \"\\x93NUMPY\", a NumPy array"
                .to_owned(),
        ),
        (
            b"\x93NUMPY\x04\x00\x10\x00",
            "version = 4.0 is unknown; allowed: 1.0, 2.0 or 3.0".to_owned(),
        ),
        (
            b"\x93NUMPY\x01\x07\x10\x00",
            "version = 1.7 is unknown; allowed: 1.0, 2.0 or 3.0".to_owned(),
        ),
        (&whole[..6], format!("header =  is cut off; {header}")),
        (&whole[..9], format!("header =  is cut off; {header}")),
    ] {
        assert_eq!(place.refused("a.npy", bytes), format!("a.npy: {expected}"));
    }
    // Cut anywhere, or with a byte too many.
    for length in 0..whole.len() {
        let _ = place.refused("a.npy", &whole[..length]);
    }
    let mut longer = whole.clone();
    longer.push(0);
    assert!(
        place
            .refused("a.npy", longer)
            .contains("data = 33 bytes does not have the length")
    );
    for text in [
        "",
        "[]",
        "{}",
        "{'descr': '<f8', 'fortran_order': False}",
        "{'descr': '<f8', 'fortran_order': 0, 'shape': (2, 2)}",
        "{'descr': 'f8', 'fortran_order': False, 'shape': (2, 2)}",
        "{'descr': 8, 'fortran_order': False, 'shape': (2, 2)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2, -2)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': '22'}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2.0)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (9999999999, 9999999999)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (0xFFFFFFFFFFFFFFFF, 0xFFFF)}",
    ] {
        let line = place.refused("a.npy", file(1, text, &[0; 32]));
        assert!(
            line.contains("header = ") && line.ends_with(&format!("is none; {header}")),
            "{line}"
        );
    }
    // Deep enough for a recursive parser to fall, and a length of 4 GiB.
    for open in ["(", "[", "{", "{'a':", "-", "((((0,),),),)", "'"] {
        let _ = place.refused("a.npy", file(3, &open.repeat(1_000_000), &[]));
        let _ = place.refused("a.npy", file(1, &open.repeat(9_000 / open.len()), &[]));
        let _ = place.refused("a.npy", file(1, &open.repeat(100), &[]));
        // As deep as is let through.
        let text = format!("{}{}", open.repeat(6), " ".repeat(9_000));
        let _ = place.refused("a.npy", file(1, &text, &[]));
        let text = format!("{}1{}1", open.repeat(6), "+1".repeat(8));
        let _ = place.refused("a.npy", file(1, &text, &[]));
    }
    let mut long = b"\x93NUMPY\x02\x00\xff\xff\xff\xff".to_vec();
    long.extend([b' '; 100]);
    assert!(place.refused("a.npy", long).contains("is cut off"));
}
