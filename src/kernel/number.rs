//! Numbers as they are written: exact hexadecimal floats in proofs, decimals and fractions in claims.

use ethnum::I256;

use super::fixed::Fixed;

/// A rational number `over/under`, `under > 0`, as a claim writes it.
#[derive(Clone, Copy, Debug)]
pub struct Rational {
    over: i128,
    under: i128,
}

impl Rational {
    /// `1/800`, `0.02`, `-3`, `1e-3`, `1_000_000`.
    pub fn parse(text: &str) -> Option<Self> {
        let (over, under) = text.split_once('/').unwrap_or((text, "1"));
        let ((a, b), (c, d)) = (decimal(over.trim())?, decimal(under.trim())?);
        let (over, under) = (a.checked_mul(d)?, b.checked_mul(c)?);
        let sign = under.signum();
        (sign != 0 && over.unsigned_abs() < 1 << 126).then_some(Self {
            over: over * sign,
            under: under * sign,
        })
    }

    /// An enclosure.
    pub fn fixed(self) -> Fixed {
        Fixed::ratio(self.over, self.under)
    }

    /// Are they the same number?
    pub fn same(self, other: Self) -> bool {
        I256::new(self.over) * I256::new(other.under)
            == I256::new(other.over) * I256::new(self.under)
    }
}

/// Numerator and denominator (a power of ten) of a decimal.
fn decimal(text: &str) -> Option<(i128, i128)> {
    let text = text.replace('_', "");
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().ok()?;
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{part}");
    if digits.len() > 36 || !part.bytes().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let value: i128 = digits.parse().ok()?;
    let shift = exponent.checked_sub(i32::try_from(part.len()).ok()?)?;
    let power = 10_i128.checked_pow(shift.unsigned_abs())?;
    Some(if shift >= 0 {
        (value.checked_mul(power)?, 1)
    } else {
        (value, power)
    })
}

/// The number `[-]0xh.hhhp[+-]d` exactly; none if it is not written so, or no multiple of `2^-104` below `2^22`.
pub fn hex(text: &str) -> Option<Fixed> {
    let (negative, size) = text
        .strip_prefix('-')
        .map_or((false, text), |rest| (true, rest));
    let (mantissa, exponent) = size.strip_prefix("0x")?.split_once('p')?;
    let exponent: i32 = exponent.parse().ok()?;
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{part}");
    if digits.len() > 15 || !digits.bytes().all(|c| c.is_ascii_hexdigit()) {
        return None;
    }
    let value = i64::from_str_radix(&digits, 16).ok()?;
    let exponent = exponent.checked_sub(4 * i32::try_from(part.len()).ok()?)?;
    Fixed::dyadic(if negative { -value } else { value }, exponent)
}
