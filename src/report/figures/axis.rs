//! Axes: from numbers to pixels, and ticks (the last one included).

use super::canvas::{Anchor, Canvas};
use super::clip::{P, Rect, inside};
use super::style::{GRID, INK, SMALL, Stroke, TEXT, power_of_ten};

/// How numbers are spread over an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spread {
    Linear,
    Log,
}

/// One axis: `lo` is at pixel `from`, `hi` at pixel `to`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    pub spread: Spread,
    pub lo: f64,
    pub hi: f64,
    pub from: f64,
    pub to: f64,
}

/// A tick, its label, if it has one.
#[derive(Clone, Debug)]
pub(super) struct Tick {
    pub value: f64,
    pub label: Option<String>,
}

impl Axis {
    /// The pixel of a value; it may lie outside the axis. `None` if the value has none, or
    /// one so far away that a line to it could not be cut reliably.
    pub fn pixel(&self, value: f64) -> Option<f64> {
        let t = match self.spread {
            Spread::Linear => (value - self.lo) / (self.hi - self.lo),
            Spread::Log => (value / self.lo).log10() / (self.hi / self.lo).log10(),
        };
        Some(self.from + t * (self.to - self.from)).filter(|p| p.abs() < 1e9)
    }

    /// Ticks at 1, 2 or 5 times a power of ten, some `count` of them.
    pub fn linear_ticks(&self, count: f64) -> Vec<Tick> {
        let step = nice_step((self.hi - self.lo) / count);
        let decimals = (-step.log10().floor()).max(0.0) as usize;
        let slack = 1e-9 * step;
        let (first, last) = (
            ((self.lo - slack) / step).ceil(),
            ((self.hi + slack) / step).floor(),
        );
        let n = (last - first).clamp(0.0, 100.0) as u32;
        (0..=n)
            .map(|i| {
                let value = (first + f64::from(i)) * step;
                Tick {
                    value,
                    label: Some(decimal(value, decimals)),
                }
            })
            .collect()
    }

    /// A tick at every power of ten, labelled as often as there is room; between them unlabelled ones.
    pub fn decade_ticks(&self, labels: f64) -> Vec<Tick> {
        let decades = (self.hi / self.lo).log10();
        let every = (decades / labels).ceil().max(1.0) as i32;
        self.log_ticks(|exponent, digit| {
            if digit == 1 {
                let room = exponent.rem_euclid(every) == 0;
                Some(if room {
                    power_of_ten(exponent)
                } else {
                    String::new()
                })
            } else if decades < 1.6 && matches!(digit, 2 | 5) {
                Some(format!("{digit}·{}", power_of_ten(exponent)))
            } else {
                (every == 1 && decades < 6.0).then(String::new)
            }
        })
    }

    /// For an axis of whole numbers: 1, 2, 5, 10, 20, …, written out, if there is room.
    pub fn count_ticks(&self) -> Vec<Tick> {
        if self.hi / self.lo > 3e3 {
            return self.decade_ticks(9.0);
        }
        self.log_ticks(|exponent, digit| {
            Some(if matches!(digit, 1 | 2 | 5) {
                format!("{}", f64::from(digit) * 10f64.powi(exponent))
            } else {
                String::new()
            })
        })
    }

    /// The ticks `digit * 10^exponent` in range for which `label` gives a text.
    fn log_ticks(&self, label: impl Fn(i32, i32) -> Option<String>) -> Vec<Tick> {
        let first = self.lo.log10().floor() as i32;
        let last = self.hi.log10().ceil() as i32;
        let slack = 1e-9;
        (first..=last)
            .flat_map(|exponent| (1..=9).map(move |digit| (exponent, digit)))
            .filter_map(|(exponent, digit)| {
                let value: f64 = format!("{digit}e{exponent}").parse().ok()?;
                let within = value >= self.lo * (1.0 - slack) && value <= self.hi * (1.0 + slack);
                let label = label(exponent, digit).filter(|_| within)?;
                Some(Tick {
                    value,
                    label: Some(label).filter(|text| !text.is_empty()),
                })
            })
            .collect()
    }
}

/// The plotting area.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub x: Axis,
    pub y: Axis,
}

impl Frame {
    pub fn rect(&self) -> Rect {
        [self.x.from, self.y.to, self.x.to, self.y.from]
    }

    /// The pixel of a point, which may lie outside the frame.
    pub fn pixel(&self, x: f64, y: f64) -> Option<P> {
        Some((self.x.pixel(x)?, self.y.pixel(y)?))
    }

    /// The pixel of a point in the frame.
    pub fn pixel_inside(&self, x: f64, y: f64) -> Option<P> {
        self.pixel(x, y).filter(|&p| inside(p, self.rect()))
    }

    /// Light lines at the labelled ticks.
    pub fn draw_grid(&self, canvas: &mut Canvas, x: &[Tick], y: &[Tick]) {
        let [left, top, right, bottom] = self.rect();
        let stroke = Stroke::solid(GRID, 1.0);
        for at in x
            .iter()
            .filter(|t| t.label.is_some())
            .filter_map(|t| self.x.pixel(t.value))
        {
            canvas.line((at, top), (at, bottom), stroke);
        }
        for at in y
            .iter()
            .filter(|t| t.label.is_some())
            .filter_map(|t| self.y.pixel(t.value))
        {
            canvas.line((left, at), (right, at), stroke);
        }
    }

    /// The frame, its ticks and their labels, and the titles of the axes.
    pub fn draw(
        &self,
        canvas: &mut Canvas,
        (x, x_title): (&[Tick], &str),
        (y, y_title): (&[Tick], &str),
    ) {
        let [left, top, right, bottom] = self.rect();
        let stroke = Stroke::solid(INK, 1.0);
        canvas.rectangle(self.rect(), stroke);
        let length = |tick: &Tick| if tick.label.is_some() { 5.0 } else { 3.0 };
        for tick in x {
            let Some(at) = self.x.pixel(tick.value) else {
                continue;
            };
            canvas.line((at, bottom), (at, bottom + length(tick)), stroke);
            if let Some(label) = &tick.label {
                canvas.text(label, (at, bottom + 15.0), SMALL, Anchor::Middle);
            }
        }
        let mut widest = 0.0_f64;
        for tick in y {
            let Some(at) = self.y.pixel(tick.value) else {
                continue;
            };
            canvas.line((left - length(tick), at), (left, at), stroke);
            if let Some(label) = &tick.label {
                canvas.text(label, (left - 8.0, at), SMALL, Anchor::End);
                widest = widest.max(super::style::text_width(label, SMALL));
            }
        }
        canvas.text(
            x_title,
            ((left + right) / 2.0, bottom + 35.0),
            TEXT,
            Anchor::Middle,
        );
        if y_title.is_empty() {
            return;
        }
        canvas.upward_text(y_title, (left - widest - 20.0, (top + bottom) / 2.0), TEXT);
    }
}

/// The nearest of 1, 2, 5 times a power of ten at or above `raw`.
fn nice_step(raw: f64) -> f64 {
    let power = 10f64.powf(raw.log10().floor());
    let digit = [1.0, 2.0, 5.0].into_iter().find(|d| d * power >= raw);
    digit.unwrap_or(10.0) * power
}

/// A number with a true minus sign.
pub(super) fn decimal(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        // Minus zero is zero.
        Some(digits) if digits.chars().all(|c| matches!(c, '0' | '.')) => digits.to_owned(),
        Some(digits) => format!("−{digits}"),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(ticks: Vec<Tick>) -> Vec<String> {
        ticks.into_iter().filter_map(|t| t.label).collect()
    }

    fn axis(spread: Spread, lo: f64, hi: f64) -> Axis {
        Axis {
            spread,
            lo,
            hi,
            from: 0.0,
            to: 100.0,
        }
    }

    #[test]
    fn the_first_and_the_last_logarithmic_tick_are_there() {
        let ticks = labels(axis(Spread::Log, 1e-3, 1e3).decade_ticks(10.0));
        assert_eq!(ticks, ["10⁻³", "10⁻²", "10⁻¹", "10⁰", "10¹", "10²", "10³"]);
        let ticks = labels(axis(Spread::Log, 2.0, 1000.0).count_ticks());
        assert_eq!(
            ticks,
            ["2", "5", "10", "20", "50", "100", "200", "500", "1000"]
        );
    }

    #[test]
    fn linear_ticks_are_round_and_zero_has_no_sign() {
        let ticks = labels(axis(Spread::Linear, -0.3, 0.3).linear_ticks(6.0));
        assert_eq!(ticks, ["−0.3", "−0.2", "−0.1", "0.0", "0.1", "0.2", "0.3"]);
    }

    #[test]
    fn a_value_out_of_range_keeps_its_place_outside() {
        let axis = axis(Spread::Log, 1.0, 10.0);
        assert_eq!(axis.pixel(100.0), Some(200.0));
        for nowhere in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(axis.pixel(nowhere), None);
        }
    }
}
