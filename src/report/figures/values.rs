//! The axis of values in figures about many draws.

use super::axis::{Axis, Spread, Tick};
use super::curve::{drawable, log_range};
use super::style::power_of_ten;

/// How values are spread over their axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Evenly.
    Linear,
    /// By their logarithms.
    Log,
    /// By their logarithms, with a line at 1, which is always in view: margins.
    Margin,
}

/// Values beyond these are drawn at the edge.
const LIMITS: [f64; 2] = [1e-12, 1e14];

impl Scale {
    /// A range with room for all values that can be drawn, if there are any.
    pub(super) fn range(self, values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
        let (mut lo, mut hi) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.filter(|&it| self.has_place(it)) {
            let value = match self {
                Self::Linear => value,
                Self::Log | Self::Margin => value.clamp(LIMITS[0], LIMITS[1]),
            };
            (lo, hi) = (lo.min(value), hi.max(value));
        }
        if lo > hi {
            return None;
        }
        Some(match self {
            Self::Linear => {
                let room = (0.06 * (hi - lo)).max(1e-4 * lo.abs().max(hi.abs()).max(1.0));
                (lo - room, hi + room)
            }
            Self::Log => (round_down(lo / 1.05), round_up(hi * 1.05)),
            Self::Margin => (round_down(lo / 1.05).min(0.5), round_up(hi * 1.05).max(2.0)),
        })
    }

    pub(super) fn axis(self, range: Option<(f64, f64)>, from: f64, to: f64) -> Axis {
        let (spread, default) = match self {
            Self::Linear => (Spread::Linear, (0.0, 1.0)),
            Self::Log | Self::Margin => (Spread::Log, (0.1, 10.0)),
        };
        let (lo, hi) = range.unwrap_or(default);
        Axis {
            spread,
            lo,
            hi,
            from,
            to,
        }
    }

    pub(super) fn ticks(self, axis: &Axis) -> Vec<Tick> {
        match self {
            Self::Linear => axis.linear_ticks(5.0),
            Self::Log | Self::Margin if (axis.hi / axis.lo).log10() > 3.2 => axis.decade_ticks(9.0),
            Self::Log | Self::Margin => short_ticks(axis),
        }
    }

    /// The value, moved to the edge of the axis if it lies beyond; a NaN is nowhere.
    pub(super) fn within(self, value: f64, axis: &Axis) -> Option<f64> {
        (!value.is_nan()).then(|| value.clamp(axis.lo, axis.hi))
    }

    /// Has the value a place of its own?
    pub(super) fn has_place(self, value: f64) -> bool {
        match self {
            Self::Linear => value.abs() < 1e6,
            Self::Log | Self::Margin => drawable(value),
        }
    }
}

/// A logarithmic range with room on both sides for series side by side.
pub(super) fn abscissas(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let (lo, hi) = log_range(values, 1.1, [1.0, 1e9])?;
    let room = (hi / lo).powf(0.03);
    Some((lo / room, hi * room))
}

/// 1, 2 and 5 times the powers of ten, as plain decimals where these are short.
fn short_ticks(axis: &Axis) -> Vec<Tick> {
    let slack = 1e-9;
    let exponents = axis.lo.log10().floor() as i32..=axis.hi.log10().ceil() as i32;
    exponents
        .flat_map(|exponent| (1..=9).map(move |digit| (exponent, digit)))
        .filter_map(|(exponent, digit)| {
            let value: f64 = format!("{digit}e{exponent}").parse().ok()?;
            let within = axis.lo * (1.0 - slack) <= value && value <= axis.hi * (1.0 + slack);
            let text = match (exponent, digit) {
                (-3..=3, _) => format!("{value}"),
                (_, 1) => power_of_ten(exponent),
                _ => format!("{digit}·{}", power_of_ten(exponent)),
            };
            within.then(|| Tick {
                value,
                label: matches!(digit, 1 | 2 | 5).then_some(text),
            })
        })
        .collect()
}

/// The pixel of the line at 1, if the scale has one.
pub(super) fn reference(scale: Scale, axis: &Axis) -> Option<f64> {
    (scale == Scale::Margin).then(|| axis.pixel(1.0)).flatten()
}

/// The largest of 1, 2, 5 times a power of ten that is at most `x`.
fn round_down(x: f64) -> f64 {
    let power = 10f64.powf(x.log10().floor());
    let digit = [5.0, 2.0].into_iter().find(|digit| digit * power <= x);
    digit.unwrap_or(1.0) * power
}

/// The smallest of 1, 2, 5 times a power of ten that is at least `x`.
fn round_up(x: f64) -> f64 {
    let power = 10f64.powf(x.log10().floor());
    let digit = [1.0, 2.0, 5.0].into_iter().find(|digit| digit * power >= x);
    digit.unwrap_or(10.0) * power
}
