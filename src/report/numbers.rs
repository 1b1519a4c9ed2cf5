//! Numbers as a person reads them, never better than they are.
//!
//! A set is printed as a decimal interval that contains it, a bound as a decimal on its
//! safe side, and an estimate (a float that proves nothing) rounded to nearest, behind
//! a `≈` or in a place marked as estimated. A NaN bounds nothing and is printed as the
//! infinity that is true of every number.

use super::decimal::{Decimal, Toward, leading};
use crate::interval::Interval;

/// A decimal interval that contains `x`, to at most `digits` significant digits.
///
/// Digits common to both ends are written once: `2.7182[12, 47]` is
/// `[2.718212, 2.718247]`, the digits in brackets completing the lower and the upper
/// end. Digits below the first two of the width are left out. A number that is known
/// exactly, and short enough, stands alone.
///
/// # Example
///
/// ```
/// use minlift::{interval::Interval, report::enclosure};
///
/// assert_eq!(enclosure(Interval::literal("1/3")?, 12), "0.33333333333[3, 4]");
/// assert_eq!(enclosure(Interval::new(2.71821234, 2.71824654)?, 12), "2.7182[12, 47]");
/// assert_eq!(enclosure(Interval::point(0.5), 12), "0.5");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn enclosure(x: Interval, digits: usize) -> String {
    let (lo, hi) = (x.inf(), x.sup());
    if x.is_empty() {
        return "empty".to_owned();
    }
    if !x.is_bounded() {
        return format!("[{}, {}]", lower(lo, digits), upper(hi, digits));
    }
    let place = places(lo, hi, digits);
    let below = Decimal::directed(lo, place, Toward::Below);
    let above = Decimal::directed(hi, place, Toward::Above);
    if below == above {
        return below.trimmed().text();
    }
    shared(&below, &above)
        .unwrap_or_else(|| format!("[{}, {}]", lower(lo, digits), upper(hi, digits)))
}

/// The decimal place that shows two digits of the width, within `digits` significant ones.
fn places(lo: f64, hi: f64, digits: usize) -> i64 {
    let by_size = digits.max(1) as i64 - leading(lo.abs().max(hi.abs()));
    let width = hi - lo;
    if width > 0.0 && width.is_finite() {
        by_size.min(2 - leading(width))
    } else {
        by_size
    }
}

/// `2.7182[12, 47]`, if the common digits say something.
fn shared(below: &Decimal, above: &Decimal) -> Option<String> {
    let ((low, power), (high, other_power)) = (below.parts(), above.parts());
    if low.len() != high.len() || power != other_power {
        return None;
    }
    let common = low
        .bytes()
        .zip(high.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    let (prefix, low_rest) = low.split_at(common);
    let high_rest = &high[common..];
    let telling = prefix.contains('.') && prefix.bytes().any(|b| (b'1'..=b'9').contains(&b));
    telling.then(|| format!("{prefix}[{low_rest}, {high_rest}]{power}"))
}

/// A decimal interval that `x` contains: for a region in which something is proved.
///
/// `digits` significant digits, or as many as it takes for something to be left.
#[must_use]
pub fn inside(x: Interval, digits: usize) -> String {
    if x.is_empty() {
        return "empty".to_owned();
    }
    let shown = (digits..=17)
        .find(|&n| reads(&upper(x.inf(), n)) < reads(&lower(x.sup(), n)))
        .unwrap_or(EVERY_DIGIT);
    format!("[{}, {}]", upper(x.inf(), shown), lower(x.sup(), shown))
}

/// No float has more significant digits.
const EVERY_DIGIT: usize = 767;

/// A decimal that is at least `x`, to `digits` significant digits; `∞` if there is none.
#[must_use]
pub fn upper(x: f64, digits: usize) -> String {
    directed(x, digits, Toward::Above)
}

/// A decimal that is at most `x`, to `digits` significant digits; `-∞` if there is none.
#[must_use]
pub fn lower(x: f64, digits: usize) -> String {
    directed(x, digits, Toward::Below)
}

fn directed(x: f64, digits: usize, toward: Toward) -> String {
    if x.is_finite() {
        let place = digits.max(1) as i64 - leading(x);
        return Decimal::directed(x, place, toward).trimmed().text();
    }
    let positive = if x.is_nan() {
        toward == Toward::Above
    } else {
        x > 0.0
    };
    if positive { "∞" } else { "-∞" }.to_owned()
}

/// Both sides of `left <= right`, the left rounded up and the right rounded down, with
/// `digits` digits or, if the inequality holds, as many as let the printed sides show it
/// (strictly, if it holds strictly).
#[must_use]
pub fn sides(left: f64, right: f64, digits: usize) -> (String, String) {
    let shows = |n| {
        let (l, r) = (reads(&upper(left, n)), reads(&lower(right, n)));
        if left < right { l < r } else { l <= r }
    };
    let holds = left <= right;
    let shown = (digits..=17)
        .find(|&n| !holds || shows(n))
        .unwrap_or(digits);
    (upper(left, shown), lower(right, shown))
}

/// A lower bound with `digits` digits, or as many as show on which side of 1 it lies.
#[must_use]
pub fn margin(x: f64, digits: usize) -> String {
    let above = x > 1.0;
    let shown = (digits..=17)
        .find(|&n| !above || reads(&lower(x, n)) > 1.0)
        .unwrap_or(digits);
    lower(x, shown)
}

/// The nearest float to a text of [`directed`], to compare printed numbers that are short.
fn reads(text: &str) -> f64 {
    match text {
        "∞" => f64::INFINITY,
        "-∞" => f64::NEG_INFINITY,
        _ => text.parse().unwrap_or(f64::NAN),
    }
}

/// A float that proves nothing, rounded to nearest; `undefined` for a NaN.
#[must_use]
pub fn estimate(x: f64, digits: usize) -> String {
    if x.is_nan() {
        return "undefined".to_owned();
    }
    // Rounding to nearest is the standard library's; the layout is ours.
    let rounded: f64 = format!("{x:.*e}", digits.max(1) - 1).parse().unwrap_or(x);
    if rounded.is_infinite() {
        return if x > 0.0 { "∞" } else { "-∞" }.to_owned();
    }
    let text = format!("{rounded:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..16).contains(&exponent) {
        format!("{rounded}")
    } else {
        format!("{mantissa}e{exponent}")
    }
}
