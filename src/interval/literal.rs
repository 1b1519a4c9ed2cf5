//! The number that is written: decimals and fractions, enclosed outward.

use thiserror::Error;

use super::Interval;

/// Why a text is no number.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LiteralError {
    /// Not of the form `[+-]digits[.digits][e[+-]digits]`, or two of those joined by `/`.
    #[error("{0:?} is not a decimal or a fraction of decimals")]
    Syntax(String),
    /// Too large for a float, or a quotient by 0.
    #[error("{0:?} is outside the range of finite floats")]
    Range(String),
}

impl Interval {
    /// The tightest interval around the decimal or fraction written in `text`.
    ///
    /// `"0.1"` is one tenth, not the nearest float; `"1/800"` and `"0.5/400"` are fractions.
    ///
    /// # Errors
    ///
    /// Anything else, numbers beyond the floats and division by 0.
    ///
    /// # Example
    ///
    /// ```
    /// use minlift::interval::Interval;
    ///
    /// let alpha = Interval::literal("1/800")?;
    /// assert!(alpha.contains(0.00125) && alpha.inf() < alpha.sup());
    /// assert!(Interval::literal("0.5")?.is_point());
    /// # Ok::<(), minlift::interval::LiteralError>(())
    /// ```
    pub fn literal(text: &str) -> Result<Self, LiteralError> {
        let trimmed = text.trim();
        let Some((numerator, denominator)) = trimmed.split_once('/') else {
            return decimal(trimmed, text);
        };
        let quotient = decimal(numerator.trim(), text)? / decimal(denominator.trim(), text)?;
        if quotient.is_bounded() {
            Ok(quotient)
        } else {
            Err(LiteralError::Range(text.to_owned()))
        }
    }

    /// Do both texts write the same real number? Decided exactly: `a/b = c/d` when
    /// `a d = c b`, a product of decimals (schoolbook: quadratic in their lengths).
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
        Ok(a_over.times(&b_under) == b_over.times(&a_under))
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

fn decimal(token: &str, whole: &str) -> Result<Interval, LiteralError> {
    let syntax = || LiteralError::Syntax(whole.to_owned());
    let written = Decimal::parse(token).ok_or_else(syntax)?;
    // `parse` of the standard library rounds to nearest.
    let nearest: f64 = token.parse().map_err(|_| syntax())?;
    if !nearest.is_finite() {
        return Err(LiteralError::Range(whole.to_owned()));
    }
    // The standard library prints every digit of a float when asked to.
    let printed = format!("{:.1074}", nearest.abs());
    let float = Decimal::parse(&printed).ok_or_else(syntax)?;
    let bounds = match written.magnitude_cmp(&float) {
        std::cmp::Ordering::Equal => (nearest, nearest),
        std::cmp::Ordering::Greater if written.negative => (nearest.next_down(), nearest),
        std::cmp::Ordering::Less if !written.negative => (nearest.next_down(), nearest),
        _ => (nearest, nearest.next_up()),
    };
    Interval::new(bounds.0, bounds.1).map_err(|_| LiteralError::Range(whole.to_owned()))
}

/// `0.digits * 10^exponent`, without leading or trailing zeros; no digits is 0.
#[derive(PartialEq)]
struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    exponent: i64,
}

impl Decimal {
    fn parse(token: &str) -> Option<Self> {
        let (negative, rest) = match token.as_bytes().first()? {
            b'-' => (true, &token[1..]),
            b'+' => (false, &token[1..]),
            _ => (false, token),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((m, e)) => (m, e.parse::<i32>().ok()?),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = || whole.bytes().chain(fraction.bytes());
        if all().next().is_none() || !all().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let leading = all().take_while(|&b| b == b'0').count();
        let mut digits: Vec<u8> = all().skip(leading).collect();
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        let exponent = i64::from(exponent) + whole.len() as i64 - leading as i64;
        let exponent = if digits.is_empty() { 0 } else { exponent };
        Some(Self {
            negative,
            digits,
            exponent,
        })
    }

    fn magnitude_cmp(&self, other: &Self) -> std::cmp::Ordering {
        match (self.digits.is_empty(), other.digits.is_empty()) {
            (true, true) => std::cmp::Ordering::Equal,
            (true, false) => std::cmp::Ordering::Less,
            (false, true) => std::cmp::Ordering::Greater,
            // Without trailing zeros, equal exponents compare as texts.
            (false, false) => (self.exponent, &self.digits).cmp(&(other.exponent, &other.digits)),
        }
    }

    fn times(&self, other: &Self) -> Self {
        let value = |digit: u8| u32::from(digit - b'0');
        let mut places = vec![0; self.digits.len() + other.digits.len()];
        for (i, &a) in self.digits.iter().enumerate().rev() {
            let mut carry = 0;
            for (k, &b) in other.digits.iter().enumerate().rev() {
                let sum = places[i + k + 1] + value(a) * value(b) + carry;
                places[i + k + 1] = sum % 10;
                carry = sum / 10;
            }
            places[i] = carry;
        }
        let leading = places.iter().take_while(|&&place| place == 0).count();
        let mut digits: Vec<u8> = (places.iter().skip(leading))
            .map(|&place| b'0' + place as u8)
            .collect();
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        let zero = digits.is_empty();
        Self {
            negative: !zero && self.negative != other.negative,
            // 0.a * 0.b has as many places as a and b together.
            exponent: match zero {
                true => 0,
                false => self.exponent + other.exponent - leading as i64,
            },
            digits,
        }
    }
}
