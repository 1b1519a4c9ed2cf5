//! Directed rounding of a float to a decimal, on the digits themselves.
//!
//! A float is a finite decimal of at most 767 significant digits. They are all written
//! out, cut at the wanted place, and the last digit kept is raised by one if something
//! other than 0 was cut off and the rounding goes away from 0. No float arithmetic is
//! involved, so nothing can be lost.

/// Which way a printed number may differ from the float.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Toward {
    /// The decimal is at most the float.
    Below,
    /// The decimal is at least the float.
    Above,
}

/// `(-1)^negative * 0.d1 d2 d3 ... * 10^exponent`, every digit of a finite float.
struct Expansion {
    negative: bool,
    digits: Vec<u8>,
    exponent: i64,
}

impl Expansion {
    fn of(x: f64) -> Self {
        // 766 digits after the first one: exact for every finite float.
        let text = format!("{:.766e}", x.abs());
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let mut digits: Vec<u8> = mantissa
            .bytes()
            .filter(u8::is_ascii_digit)
            .map(|b| b - b'0')
            .collect();
        while digits.last() == Some(&0) {
            digits.pop();
        }
        Self {
            negative: x < 0.0,
            digits,
            exponent: exponent.parse::<i64>().unwrap_or(0) + 1,
        }
    }
}

/// The number `(-1)^negative * N * 10^-place`, `N` an integer in decimal digits without leading zeros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    place: i64,
}

/// The exponent `e` of `|x| = 0.d1 d2 ... * 10^e`, `d1 != 0`; 0 for 0. `x` is finite.
pub(super) fn leading(x: f64) -> i64 {
    if x == 0.0 {
        0
    } else {
        Expansion::of(x).exponent
    }
}

impl Decimal {
    /// The multiple of `10^-place` nearest to the finite float `x` on the given side.
    pub(super) fn directed(x: f64, place: i64, toward: Toward) -> Self {
        let exact = Expansion::of(x);
        let kept = usize::try_from(exact.exponent + place).unwrap_or(0);
        let mut digits: Vec<u8> = exact.digits.iter().copied().take(kept).collect();
        let cut = exact.digits.len() > kept;
        if !exact.digits.is_empty() {
            digits.resize(kept, 0);
        }
        if cut && exact.negative == (toward == Toward::Below) {
            increment(&mut digits);
        }
        let negative = exact.negative && !digits.is_empty();
        Self {
            negative,
            digits,
            place,
        }
    }

    /// The same number without zeros at the end of its fraction.
    pub(super) fn trimmed(mut self) -> Self {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
            self.place -= 1;
        }
        self
    }

    /// The number as a literal: plain, or scientific if it is very small or very large.
    pub(super) fn text(&self) -> String {
        let (mantissa, exponent) = self.parts();
        mantissa + &exponent
    }

    /// Mantissa with sign and point, and the power of ten (`"e-7"`, or nothing).
    pub(super) fn parts(&self) -> (String, String) {
        let sign = if self.negative { "-" } else { "" };
        if self.digits.is_empty() {
            return ("0".to_owned(), String::new());
        }
        let digits: String = self.digits.iter().map(|d| char::from(b'0' + d)).collect();
        let whole = digits.len() as i64 - self.place; // digits before the point
        if (-3..=16).contains(&whole) {
            (format!("{sign}{}", pointed(&digits, whole)), String::new())
        } else {
            let mantissa = format!("{sign}{}", pointed(&digits, 1));
            (mantissa, format!("e{}", whole - 1))
        }
    }
}

/// Puts the point after the first `whole` digits; zeros fill what is missing.
fn pointed(digits: &str, whole: i64) -> String {
    let len = digits.len() as i64;
    if whole <= 0 {
        format!("0.{}{digits}", "0".repeat(-whole as usize))
    } else if whole >= len {
        format!("{digits}{}", "0".repeat((whole - len) as usize))
    } else {
        let (head, tail) = digits.split_at(whole as usize);
        format!("{head}.{tail}")
    }
}

fn increment(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return;
        }
        *digit = 0;
    }
    digits.insert(0, 1);
}
