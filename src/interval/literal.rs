//! The number that is written: decimals and fractions, enclosed outward.

use std::cmp::Ordering;

use thiserror::Error;

use super::Interval;
use super::natural::Natural;
use super::rounding::integer_and_exponent;

/// The longest text that is read as a number, in bytes.
pub const MAX_LITERAL_LENGTH: usize = 1000;

/// Why a text is no number.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LiteralError {
    /// Not of the form `[+-]digits[.digits][e[+-]digits]`, or two of those joined by `/`.
    #[error("{0:?} is not a decimal or a fraction of decimals")]
    Syntax(String),
    /// Larger than every float, or a quotient by 0.
    #[error("{0:?} is outside the range of finite floats")]
    Range(String),
    /// More than [`MAX_LITERAL_LENGTH`] bytes.
    #[error("a number of {0} characters: at most {MAX_LITERAL_LENGTH} are read")]
    TooLong(usize),
}

impl Interval {
    /// The tightest interval around the decimal or fraction written in `text`.
    ///
    /// `"0.1"` is one tenth, not the nearest float; `"1/800"` and `"0.5/400"` are fractions.
    /// A number too small for a float is enclosed like any other. As in TOML, an underscore
    /// may stand between two digits.
    ///
    /// # Errors
    ///
    /// Anything else, numbers beyond the largest float, division by 0, texts of over
    /// [`MAX_LITERAL_LENGTH`] bytes.
    ///
    /// # Example
    ///
    /// ```
    /// use minlift::interval::Interval;
    ///
    /// let alpha = Interval::literal("1/800")?;
    /// assert!(alpha.contains(0.00125) && alpha.inf() < alpha.sup());
    /// assert!(Interval::literal("0.5")?.is_point());
    /// assert_eq!(Interval::literal("1e-400")?.inf(), 0.0);
    /// assert!(Interval::literal("nan").is_err());
    /// # Ok::<(), minlift::interval::LiteralError>(())
    /// ```
    pub fn literal(text: &str) -> Result<Self, LiteralError> {
        if text.len() > MAX_LITERAL_LENGTH {
            return Err(LiteralError::TooLong(text.len()));
        }
        let syntax = || LiteralError::Syntax(text.to_owned());
        let range = || LiteralError::Range(text.to_owned());
        let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
        let a = Decimal::parse(numerator.trim()).ok_or_else(syntax)?;
        let b = Decimal::parse(denominator.trim()).ok_or_else(syntax)?;
        if b.digits.is_zero() {
            return Err(range());
        }
        let size = magnitude(&a, &b).ok_or_else(range)?;
        Ok(if a.negative == b.negative {
            size
        } else {
            -size
        })
    }
}

impl Interval {
    /// Do both texts write the same real number? Decided exactly: `a/b = c/d` when `a d = c b`.
    ///
    /// # Errors
    ///
    /// As [`Interval::literal`].
    ///
    /// # Example
    ///
    /// ```
    /// use minlift::interval::Interval;
    ///
    /// assert!(Interval::same_literal("2/6", "0.1/0.3")?);
    /// assert!(!Interval::same_literal("1/3", "0.3333333333333333333333")?);
    /// # Ok::<(), minlift::interval::LiteralError>(())
    /// ```
    pub fn same_literal(a: &str, b: &str) -> Result<bool, LiteralError> {
        let (a_over, a_under) = fraction(a)?;
        let (b_over, b_under) = fraction(b)?;
        Ok(a_over.times(&b_under).same(&b_over.times(&a_under)))
    }
}

/// Numerator and denominator of a text that [`Interval::literal`] accepts.
fn fraction(text: &str) -> Result<(Decimal, Decimal), LiteralError> {
    Interval::literal(text)?;
    let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
    let part = |token: &str| {
        Decimal::parse(token.trim()).ok_or_else(|| LiteralError::Syntax(text.to_owned()))
    };
    Ok((part(numerator)?, part(denominator)?))
}

/// `digits * 10^exponent`; the digits start with a nonzero one, `length` in number.
struct Decimal {
    negative: bool,
    digits: Natural,
    length: i64,
    exponent: i64,
}

impl Decimal {
    fn parse(token: &str) -> Option<Self> {
        let bytes = token.as_bytes();
        let underscores_between_digits = (0..bytes.len()).filter(|&i| bytes[i] == b'_').all(|i| {
            let digit =
                |j: Option<usize>| j.and_then(|j| bytes.get(j)).is_some_and(u8::is_ascii_digit);
            digit(i.checked_sub(1)) && digit(Some(i + 1))
        });
        if !underscores_between_digits {
            return None;
        }
        let token = token.replace('_', "");
        let (negative, unsigned) = match token.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, token.strip_prefix('+').unwrap_or(&token)),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let mut digits = Natural::zero();
        let mut length = 0;
        for c in whole.chars().chain(fraction.chars()) {
            digits.multiply_add(10, c.to_digit(10)?);
            length += i64::from(!digits.is_zero());
        }
        Some(Self {
            negative,
            digits,
            length,
            exponent: exponent - fraction.len() as i64,
        })
    }
}

impl Decimal {
    fn times(&self, other: &Self) -> Self {
        Self {
            negative: self.negative != other.negative,
            digits: self.digits.times(&other.digits),
            length: 0, // not used of products
            exponent: self.exponent + other.exponent,
        }
    }

    fn same(&self, other: &Self) -> bool {
        if self.digits.is_zero() || other.digits.is_zero() {
            return self.digits.is_zero() && other.digits.is_zero();
        }
        let (low, high) = if self.exponent <= other.exponent {
            (self, other)
        } else {
            (other, self)
        };
        // Products have at most 2000 digits: exponents further apart cannot make up for that.
        match u32::try_from(high.exponent - low.exponent) {
            Ok(apart) if apart <= 2000 => {
                self.negative == other.negative
                    && low.digits == high.digits.clone().times_power_of_ten(apart)
            }
            _ => false,
        }
    }
}

/// The exponent, cut to `+-10^12`: with at most 1000 digits in the text, everything
/// beyond is too large, too small or zero all the same.
fn parse_exponent(text: &str) -> Option<i64> {
    const LIMIT: i64 = 1_000_000_000_000;
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() {
        return None;
    }
    let mut value = 0;
    for c in digits.chars() {
        value = (10 * value + i64::from(c.to_digit(10)?)).min(LIMIT);
    }
    Some(sign * value)
}

/// The tightest interval around `|a / b|`, `b != 0`; none beyond the largest float.
fn magnitude(a: &Decimal, b: &Decimal) -> Option<Interval> {
    if a.digits.is_zero() {
        return Some(Interval::ZERO);
    }
    let ten = a.exponent - b.exponent;
    // 10^(order - 1) < |a / b| < 10^(order + 1)
    let order = a.length - b.length + ten;
    if order > 310 {
        return None;
    }
    let (below, exact) = if order < -330 {
        (0.0, false)
    } else {
        // Now |ten| < 2500.
        let power = |digits: &Natural, n: i64| {
            digits
                .clone()
                .times_power_of_ten(u32::try_from(n).unwrap_or(0))
        };
        float_below(&power(&a.digits, ten), &power(&b.digits, -ten))
    };
    let above = if exact { below } else { below.next_up() };
    above.is_finite().then_some(Interval {
        lo: below,
        hi: above,
    })
}

/// The largest finite float `f <= n / d`, and whether it is equal.
fn float_below(n: &Natural, d: &Natural) -> (f64, bool) {
    // Nonnegative floats are ordered like their bits: bisect, with f(low) <= n/d < f(high).
    let (mut low, mut high) = (0, f64::INFINITY.to_bits());
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        match compare_float(f64::from_bits(middle), n, d) {
            Ordering::Greater => high = middle,
            Ordering::Equal => return (f64::from_bits(middle), true),
            Ordering::Less => low = middle,
        }
    }
    (f64::from_bits(low), false)
}

/// `f` against `n / d`, for finite `f >= 0`.
fn compare_float(f: f64, n: &Natural, d: &Natural) -> Ordering {
    let Some((m, e)) = integer_and_exponent(f) else {
        return Ordering::Greater;
    };
    let (up, down) = (e.max(0).unsigned_abs(), e.min(0).unsigned_abs());
    d.times_float(m, up).cmp(&n.shifted(down))
}
