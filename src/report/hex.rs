//! Floats as hexadecimal literals, the way C's `%a` writes them: exact and short.

/// The float `x` as `[-]0xh.hhhp[+-]d`, `inf` or `-inf`; trailing zeros are left out and
/// subnormals begin with `0x0.`. Exact: [`from_hex`] gives back the same bits.
///
/// A NaN gives `nan`; no report contains one.
///
/// # Example
///
/// ```
/// use minlift::report::{from_hex, hex};
///
/// assert_eq!(hex(3.0), "0x1.8p+1");
/// assert_eq!(hex(-0.0), "-0x0p+0");
/// assert_eq!(from_hex("0x1.8p+1"), Some(3.0));
/// ```
#[must_use]
pub fn hex(x: f64) -> String {
    let bits = x.to_bits();
    let sign = if x.is_sign_negative() { "-" } else { "" };
    let fraction = bits & FRACTION;
    match (bits >> 52) & 0x7ff {
        0x7ff if fraction != 0 => "nan".to_owned(),
        0x7ff => format!("{sign}inf"),
        0 if fraction == 0 => format!("{sign}0x0p+0"),
        0 => format!("{sign}0x0{}p-1022", hex_fraction(fraction)),
        biased => format!(
            "{sign}0x1{}p{:+}",
            hex_fraction(fraction),
            biased as i64 - 1023
        ),
    }
}

const FRACTION: u64 = (1 << 52) - 1;

fn hex_fraction(fraction: u64) -> String {
    let digits = format!("{fraction:013x}");
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        String::new()
    } else {
        format!(".{digits}")
    }
}

/// The float a hexadecimal literal denotes; `None` if it is malformed, not exactly a float, or a NaN.
#[must_use]
pub fn from_hex(text: &str) -> Option<f64> {
    let (negative, magnitude) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let value = match magnitude {
        "inf" => f64::INFINITY,
        _ => finite(magnitude)?,
    };
    Some(if negative { -value } else { value })
}

fn finite(text: &str) -> Option<f64> {
    let (mantissa, exponent) = text.strip_prefix("0x")?.split_once('p')?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() || fraction.len() > 64 {
        return None;
    }
    let mut integer: u64 = 0;
    for digit in whole.chars().chain(fraction.chars()) {
        integer = integer.checked_mul(16)? + u64::from(digit.to_digit(16)?);
    }
    if integer == 0 {
        return exponent.parse::<i32>().ok().map(|_| 0.0);
    }
    // value = integer 2^exponent with an odd integer: the shortest form.
    let shift = integer.trailing_zeros();
    integer >>= shift;
    let exponent =
        i64::from(exponent.parse::<i32>().ok()?) - 4 * fraction.len() as i64 + i64::from(shift);
    let top = 63 - i64::from(integer.leading_zeros()); // the leading bit is 2^(top + exponent)
    if top > 52 || exponent < -1074 || top + exponent > 1023 {
        return None;
    }
    let bits = if top + exponent >= -1022 {
        let biased = (top + exponent + 1023) as u64;
        (biased << 52) | ((integer << (52 - top)) & FRACTION)
    } else {
        integer << (exponent + 1074)
    };
    Some(f64::from_bits(bits))
}
