//! Floats in JSON that come back bit for bit: infinities and NaN as `"inf"`, `"-inf"`, `"nan"`.
//!
//! For fields of type `f64`, pairs of such, options of such, and so on:
//!
//! ```
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize, Deserialize)]
//! struct Record {
//!     #[serde(with = "minlift::batch::float")]
//!     range: Option<[f64; 2]>,
//! }
//!
//! let text = serde_json::to_string(&Record { range: Some([0.1, f64::INFINITY]) })?;
//! assert_eq!(text, r#"{"range":[0.1,"inf"]}"#);
//! let back: Record = serde_json::from_str(&text)?;
//! assert_eq!(back.range, Some([0.1, f64::INFINITY]));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! Of a NaN only that it is one is kept, not its sign and payload.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A float, or pairs and options of what consists of floats.
pub trait Floats: Sized {
    /// The same shape, as it is written.
    type Written: Serialize + for<'de> Deserialize<'de>;
    /// To what is written.
    fn written(&self) -> Self::Written;
    /// From what is written.
    fn read(written: Self::Written) -> Self;
}

/// One float as it is written.
#[derive(Clone, Copy, Debug)]
pub struct Number(f64);

impl Floats for f64 {
    type Written = Number;

    fn written(&self) -> Number {
        Number(*self)
    }

    fn read(written: Number) -> Self {
        written.0
    }
}

impl<T: Floats> Floats for [T; 2] {
    type Written = [T::Written; 2];

    fn written(&self) -> Self::Written {
        [self[0].written(), self[1].written()]
    }

    fn read(written: Self::Written) -> Self {
        written.map(T::read)
    }
}

impl<T: Floats> Floats for Option<T> {
    type Written = Option<T::Written>;

    fn written(&self) -> Self::Written {
        self.as_ref().map(T::written)
    }

    fn read(written: Self::Written) -> Self {
        written.map(T::read)
    }
}

/// For `#[serde(with = "...")]`.
///
/// # Errors
///
/// The serialiser's.
pub fn serialize<T: Floats, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.written().serialize(serializer)
}

/// For `#[serde(with = "...")]`.
///
/// # Errors
///
/// What is neither a number nor one of the three words.
pub fn deserialize<'de, T: Floats, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::Written::deserialize(deserializer).map(T::read)
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            x if x.is_finite() => serializer.serialize_f64(x),
            x if x.is_nan() => serializer.serialize_str("nan"),
            x if x > 0.0 => serializer.serialize_str("inf"),
            _ => serializer.serialize_str("-inf"),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl Visitor<'_> for Reader {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(r#"a number, "inf", "-inf" or "nan""#)
    }

    fn visit_f64<E: Error>(self, x: f64) -> Result<f64, E> {
        Ok(x)
    }

    fn visit_u64<E: Error>(self, x: u64) -> Result<f64, E> {
        Ok(x as f64)
    }

    fn visit_i64<E: Error>(self, x: i64) -> Result<f64, E> {
        Ok(x as f64)
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<f64, E> {
        match word {
            "inf" => Ok(f64::INFINITY),
            "-inf" => Ok(f64::NEG_INFINITY),
            "nan" => Ok(f64::NAN),
            other => Err(E::invalid_value(serde::de::Unexpected::Str(other), &self)),
        }
    }
}
