//! Points from a NumPy array.

use npyz::{DType, Deserialize, NpyFile, NpyHeader, Order, TypeChar};

use super::MOST_NUMBERS;
use super::error::{DataError, Place, Problem};
use super::file::{Found, POINTS, finite, too_large};
use crate::claim::excerpt;

/// NumPy's own limit.
const LONGEST_HEADER: usize = 10_000;
const DTYPES: &str =
    "floats of 32 or 64 bits (f4, f8) or integers of 8 to 64 bits (i1 to i8, u1 to u8)";
const HEADER: &str = "a dictionary of descr, fortran_order and shape, as numpy.save writes it for an \
                      array of shape (n, d)";
/// `2^53`: larger integers need not be floats.
const EXACT: u64 = 1 << 53;

/// The points of a `.npy` file with these bytes.
pub(super) fn parse(bytes: &[u8], file: &str) -> Result<Found, DataError> {
    let (header, data) = header(bytes, file)?;
    let (n, d) = shape(&header, file)?;
    let array = Array {
        file,
        n,
        d,
        order: header.order(),
    };
    let DType::Plain(dtype) = header.dtype() else {
        return Err(array.wrong_dtype(&header));
    };
    let (kind, size) = (dtype.type_char(), dtype.size_field());
    let expected = size.saturating_mul((n * d) as u64);
    let values = match (kind, size) {
        (TypeChar::Float | TypeChar::Int | TypeChar::Uint, _) if expected != data.len() as u64 => {
            return Err(array.wrong_length(data.len(), expected));
        }
        (TypeChar::Float, 8) => array.read(header, data, |x: f64| Ok(x))?,
        (TypeChar::Float, 4) => array.read(header, data, |x: f32| Ok(f64::from(x)))?,
        (TypeChar::Int, 1) => array.read(header, data, |x: i8| Ok(f64::from(x)))?,
        (TypeChar::Int, 2) => array.read(header, data, |x: i16| Ok(f64::from(x)))?,
        (TypeChar::Int, 4) => array.read(header, data, |x: i32| Ok(f64::from(x)))?,
        (TypeChar::Int, 8) => array.read(header, data, |x: i64| {
            exactly(x.unsigned_abs(), x as f64).ok_or_else(|| x.to_string())
        })?,
        (TypeChar::Uint, 1) => array.read(header, data, |x: u8| Ok(f64::from(x)))?,
        (TypeChar::Uint, 2) => array.read(header, data, |x: u16| Ok(f64::from(x)))?,
        (TypeChar::Uint, 4) => array.read(header, data, |x: u32| Ok(f64::from(x)))?,
        (TypeChar::Uint, 8) => array.read(header, data, |x: u64| {
            exactly(x, x as f64).ok_or_else(|| x.to_string())
        })?,
        _ => return Err(array.wrong_dtype(&header)),
    };
    Ok(Found {
        values,
        d,
        classes: None,
    })
}

/// `x`, the float nearest to an integer of this magnitude, if it is that integer: one of at most 53 significant bits.
fn exactly(magnitude: u64, x: f64) -> Option<f64> {
    let odd = magnitude >> magnitude.trailing_zeros().min(63);
    (odd < EXACT).then_some(x)
}

/// The header and the bytes after it.
///
/// The parser underneath takes exponential time in the depth of brackets (it tries each once more for every kind they could
/// be), multiplies the shape without looking, and allocates what the length says; so length, brackets and digits are
/// bounded before it sees anything.
fn header<'a>(bytes: &'a [u8], file: &str) -> Result<(NpyHeader, &'a [u8]), DataError> {
    const MAGIC: &[u8] = b"\x93NUMPY";
    let wrong = |what: &'static str, value: &[u8], problem: &'static str, allowed: &str| {
        let start = &value[..value.len().min(LONGEST_HEADER)];
        DataError::Array {
            file: file.to_owned(),
            what,
            value: excerpt(&String::from_utf8_lossy(start)),
            problem,
            allowed: allowed.to_owned(),
        }
    };
    let Some(rest) = bytes.strip_prefix(MAGIC) else {
        let start = bytes[..bytes.len().min(MAGIC.len())].escape_ascii();
        let start = format!("\"{start}\"");
        let allowed = "\"\\x93NUMPY\", a NumPy array";
        return Err(wrong("magic", start.as_bytes(), "is not NumPy's", allowed));
    };
    let (length, at) = match *rest {
        [1, 0, a, b, ..] => (usize::from(u16::from_le_bytes([a, b])), 4),
        [2 | 3, 0, a, b, c, d, ..] => (u32::from_le_bytes([a, b, c, d]) as usize, 6),
        [major, minor, ..] if !(matches!(major, 1..=3) && minor == 0) => {
            let version = format!("{major}.{minor}");
            let allowed = "1.0, 2.0 or 3.0";
            return Err(wrong("version", version.as_bytes(), "is unknown", allowed));
        }
        _ => return Err(wrong("header", b"", "is cut off", HEADER)),
    };
    let rest = &rest[at..];
    let Some((text, data)) = rest.split_at_checked(length) else {
        return Err(wrong("header", rest, "is cut off", HEADER));
    };
    let none = || wrong("header", text, "is none", HEADER);
    if length > LONGEST_HEADER || !is_harmless(text) {
        return Err(none());
    }
    let header = NpyHeader::from_reader(&bytes[..MAGIC.len() + at + length]);
    Ok((header.map_err(|_| none())?, data))
}

/// Few brackets, and too few digits for an overflow of any product.
fn is_harmless(text: &[u8]) -> bool {
    const MOST_BRACKETS: usize = 6;
    const MOST_DIGITS: usize = 18;
    let count = |wanted: fn(u8) -> bool| text.iter().filter(|&&byte| wanted(byte)).count();
    let hexadecimal = text.windows(2).any(|pair| matches!(pair, b"0x" | b"0X"));
    count(|byte| matches!(byte, b'(' | b'[' | b'{')) <= MOST_BRACKETS
        && count(|byte| byte.is_ascii_digit()) <= MOST_DIGITS
        && !hexadecimal
}

/// `(n, d)`, neither too small nor too large.
fn shape(header: &NpyHeader, file: &str) -> Result<(usize, usize), DataError> {
    let sizes: Vec<String> = header.shape().iter().map(u64::to_string).collect();
    let comma = if sizes.len() == 1 { "," } else { "" };
    let shown = excerpt(&format!("({}{comma})", sizes.join(", ")));
    let &[n, d] = header.shape() else {
        return Err(DataError::Array {
            file: file.to_owned(),
            what: "shape",
            value: shown,
            problem: "is not that of points",
            allowed: "(n, d)".to_owned(),
        });
    };
    if n == 0 {
        return Err(DataError::NoPoints {
            file: file.to_owned(),
            allowed: POINTS.to_owned(),
        });
    }
    if d < 2 {
        let s = if d == 1 { "" } else { "s" };
        return Err(DataError::Dimension {
            file: file.to_owned(),
            place: format!("shape = {shown}"),
            found: format!("{d} coordinate{s}"),
            allowed: POINTS.to_owned(),
        });
    }
    match (usize::try_from(n), usize::try_from(d)) {
        (Ok(rows), Ok(columns)) if n.saturating_mul(d) <= MOST_NUMBERS => Ok((rows, columns)),
        _ => {
            let found = format!("shape = {shown} has {} numbers", n.saturating_mul(d));
            Err(too_large(file, found))
        }
    }
}

/// An array whose shape is known.
struct Array<'a> {
    file: &'a str,
    n: usize,
    d: usize,
    order: Order,
}

impl Array<'_> {
    /// The values point by point; `convert` gives the float, or what is no float.
    fn read<T: Deserialize>(
        &self,
        header: NpyHeader,
        data: &[u8],
        convert: impl Fn(T) -> Result<f64, String>,
    ) -> Result<Vec<f64>, DataError> {
        let length = data.len();
        let cut = || self.wrong_length(length, length as u64);
        let mut values = vec![0.0; self.n * self.d];
        let stored = NpyFile::with_header(header, data).data::<T>();
        for (k, x) in stored.map_err(|_| cut())?.enumerate() {
            let (row, column) = match self.order {
                Order::C => (k / self.d, k % self.d),
                Order::Fortran => (k % self.n, k / self.n),
            };
            let place = || Place::Entry { row, column };
            let x = convert(x.map_err(|_| cut())?).map_err(|value| DataError::Value {
                file: self.file.to_owned(),
                place: place(),
                value,
                problem: Problem::NotAFloat,
                allowed: "integers of at most 53 significant bits, which floats are".to_owned(),
            })?;
            values[row * self.d + column] = finite(x, self.file, place, || x.to_string())?;
        }
        Ok(values)
    }

    fn wrong_dtype(&self, header: &NpyHeader) -> DataError {
        DataError::Array {
            file: self.file.to_owned(),
            what: "dtype",
            value: excerpt(&header.dtype().descr()),
            problem: "is not that of coordinates",
            allowed: DTYPES.to_owned(),
        }
    }

    fn wrong_length(&self, found: usize, expected: u64) -> DataError {
        let (n, d) = (self.n, self.d);
        DataError::Array {
            file: self.file.to_owned(),
            what: "data",
            value: format!("{found} bytes"),
            problem: "does not have the length of the array",
            allowed: format!("{expected} bytes for shape ({n}, {d})"),
        }
    }
}
