//! Figure: how often something is certified, with its confidence interval.

use super::axis::{Axis, Frame, Spread, Tick};
use super::canvas::{Anchor, Canvas};
use super::curve::drawable;
use super::legend::{Legend, Sample, nothing_to_draw};
use super::style::{SMALL, Stroke, WIDTH, text_width};
use super::table::{Field, Table};
use super::tone::Tone;
use super::values::abscissas;
use super::{Figure, FigureError};
use crate::report::numbers::{lower, upper};

/// How often a statement is certified at one abscissa.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrequencyPoint {
    /// Dimension, or number of points.
    pub x: f64,
    /// In how many draws it is certified.
    pub count: u64,
    /// Of how many.
    pub draws: u64,
    /// Confidence interval of the probability.
    pub interval: [f64; 2],
}

/// A statement, in ascending order of the abscissa.
#[derive(Clone, Debug, PartialEq)]
pub struct FrequencySeries {
    /// What is certified.
    pub label: String,
    /// How it looks.
    pub tone: Tone,
    /// How often.
    pub points: Vec<FrequencyPoint>,
}

/// The data of [`frequency`].
#[derive(Clone, Debug, PartialEq)]
pub struct FrequencyData {
    /// Name of the figure's files.
    pub stem: String,
    /// What is on the axis: `d` or `n`.
    pub axis: &'static str,
    /// The fixed parameters, for the caption.
    pub parameters: String,
    /// The statements.
    pub series: Vec<FrequencySeries>,
}

impl FrequencyPoint {
    fn always(&self) -> bool {
        self.draws > 0 && self.count == self.draws
    }

    fn fraction(&self) -> f64 {
        self.count as f64 / self.draws as f64
    }

    /// A frequency of no draws has no place, nor has an interval outside `[0, 1]`.
    fn has_place(&self) -> bool {
        let [low, high] = self.interval;
        self.draws > 0 && drawable(self.x) && 0.0 <= low && low <= high && high <= 1.0
    }
}

const HEIGHT: f64 = 380.0;
/// Room between the first and the last of neighbouring series, in pixels.
const ABREAST: f64 = 26.0;

/// Draws the fraction of draws in which each statement is certified against `d` or `n`; if there is
/// one abscissa only, one bar below the other.
///
/// # Errors
///
/// Only if the backend fails; what cannot be drawn is noted in the figure.
pub fn frequency(data: &FrequencyData) -> Result<Figure, FigureError> {
    let mut canvas = Canvas::default();
    let mut legend = Legend::default();
    let mut abscissas: Vec<f64> = points(data).map(|p| p.x).filter(|x| drawable(*x)).collect();
    abscissas.sort_by(f64::total_cmp);
    abscissas.dedup();
    for series in &data.series {
        let lost = series.points.iter().filter(|p| !p.has_place()).count();
        if lost > 0 {
            legend.note(format!(
                "{}: no draws at {lost} of the places.",
                series.label
            ));
        }
    }
    let bottom = match abscissas.as_slice() {
        [_] => rows(&mut canvas, data, &mut legend),
        _ => curves(&mut canvas, data, &mut legend),
    };
    let bottom = legend.draw(&mut canvas, bottom);
    let title = match data.axis {
        _ if abscissas.len() == 1 => "How often each statement is certified".to_owned(),
        axis => format!("How often each statement is certified, against {axis}"),
    };
    let caption = format!(
        "Fraction of the drawn data sets for which each statement is certified ({}), with the exact 95 % interval \
         (Clopper–Pearson) of its probability. Filled marks: certified in every draw; hollow marks: not in every \
         draw. Lines only join what was computed: solid between two places with every draw certified. Series \
         at one place are drawn side by side.",
        data.parameters
    );
    Ok(Figure {
        stem: data.stem.clone(),
        svg: canvas.finish(bottom.ceil(), &title, &caption)?,
        title,
        caption,
        csv: table(data),
    })
}

fn points(data: &FrequencyData) -> impl Iterator<Item = &FrequencyPoint> {
    data.series.iter().flat_map(|it| &it.points)
}

fn curves(canvas: &mut Canvas, data: &FrequencyData, legend: &mut Legend) -> f64 {
    let range = abscissas(points(data).map(|p| p.x));
    let (lo, hi) = range.unwrap_or((1.0, 100.0));
    let frame = Frame {
        x: Axis {
            spread: Spread::Log,
            lo,
            hi,
            from: 76.0,
            to: WIDTH - 24.0,
        },
        y: Axis {
            spread: Spread::Linear,
            lo: -0.04,
            hi: 1.04,
            from: HEIGHT - 56.0,
            to: 16.0,
        },
    };
    let x = frame.x.count_ticks();
    let y = unit_ticks();
    frame.draw_grid(canvas, &x, &y);
    if range.is_none() {
        nothing_to_draw(canvas, frame.rect());
    }
    let aside = |i: usize| beside(i, data.series.len(), ABREAST);
    for (i, series) in data.series.iter().enumerate() {
        let place = |p: &FrequencyPoint, at: f64| {
            let pixel = frame.pixel(p.x, at).filter(|_| p.has_place())?;
            Some((pixel.0 + aside(i), pixel.1))
        };
        for pair in series.points.windows(2) {
            let ends = (
                place(&pair[0], pair[0].fraction()),
                place(&pair[1], pair[1].fraction()),
            );
            if let (Some(a), Some(b)) = ends {
                canvas.line(
                    a,
                    b,
                    series.tone.stroke(pair[0].always() && pair[1].always()),
                );
            }
        }
    }
    for (i, series) in data.series.iter().enumerate() {
        for p in &series.points {
            let pixel = |at: f64| frame.pixel(p.x, at).filter(|_| p.has_place());
            let (Some(low), Some(at), Some(high)) = (
                pixel(p.interval[0]),
                pixel(p.fraction()),
                pixel(p.interval[1]),
            ) else {
                continue;
            };
            let x = at.0 + aside(i);
            let bar = Stroke::solid(series.tone.colour(), 1.5);
            canvas.line((x, low.1), (x, high.1), bar);
            for end in [low.1, high.1] {
                canvas.line((x - 3.0, end), (x + 3.0, end), bar);
            }
            canvas.mark((x, at.1), series.tone.mark(p.always()));
        }
        let always = series.points.iter().all(FrequencyPoint::always);
        let sample = Sample::MarkedLine(series.tone.stroke(always), series.tone.mark(always));
        legend.entry(sample, series.label.as_str());
    }
    let title = match data.axis {
        "n" => "number of points n",
        _ => "dimension d",
    };
    frame.draw(canvas, (&x, title), (&y, "fraction of draws certified"));
    HEIGHT + 6.0
}

/// One statement below the other, its count beside it.
fn rows(canvas: &mut Canvas, data: &FrequencyData, legend: &mut Legend) -> f64 {
    const ROW: f64 = 34.0;
    let label = data.series.iter().map(|it| text_width(&it.label, SMALL));
    let left = label.fold(60.0, f64::max) + 32.0;
    let bottom = 16.0 + ROW * data.series.len() as f64;
    let frame = Frame {
        x: Axis {
            spread: Spread::Linear,
            lo: -0.02,
            hi: 1.02,
            from: left,
            to: WIDTH - 226.0,
        },
        y: Axis {
            spread: Spread::Linear,
            lo: data.series.len() as f64,
            hi: 0.0,
            from: bottom,
            to: 16.0,
        },
    };
    let x = unit_ticks();
    let y: Vec<Tick> = (data.series.iter().enumerate())
        .map(|(i, it)| Tick {
            value: i as f64 + 0.5,
            label: Some(it.label.clone()),
        })
        .collect();
    frame.draw_grid(canvas, &x, &[]);
    frame.draw(canvas, (&x, "fraction of draws certified"), (&y, ""));
    for (i, series) in data.series.iter().enumerate() {
        let Some(p) = series.points.iter().find(|p| p.has_place()) else {
            continue;
        };
        let pixel = |at: f64| frame.pixel(at, i as f64 + 0.5);
        let (Some(low), Some(at), Some(high)) = (
            pixel(p.interval[0]),
            pixel(p.fraction()),
            pixel(p.interval[1]),
        ) else {
            continue;
        };
        let bar = Stroke::solid(series.tone.colour(), 1.75);
        canvas.line(low, high, bar);
        for end in [low, high] {
            canvas.line((end.0, end.1 - 4.0), (end.0, end.1 + 4.0), bar);
        }
        canvas.mark(at, series.tone.mark(p.always()));
        let [l, u] = p.interval;
        let text = format!(
            "{} of {}, [{}, {}]",
            p.count,
            p.draws,
            lower(l, 3),
            upper(u, 3)
        );
        canvas.text(&text, (WIDTH - 214.0, at.1), SMALL, Anchor::Start);
    }
    legend.note("Beside the counts: the exact 95 % interval.");
    bottom + 62.0
}

/// Where the `i`-th of `all` series stands beside its place.
pub(super) fn beside(i: usize, all: usize, abreast: f64) -> f64 {
    if all < 2 {
        return 0.0;
    }
    (i as f64 / (all - 1) as f64 - 0.5) * abreast
}

fn unit_ticks() -> Vec<Tick> {
    (0..=5)
        .map(|i| Tick {
            value: f64::from(i) / 5.0,
            label: Some(format!("{:.1}", f64::from(i) / 5.0)),
        })
        .collect()
}

fn table(data: &FrequencyData) -> String {
    let mut table = Table::new(&[
        "statement",
        data.axis,
        "count",
        "draws",
        "fraction",
        "lower",
        "upper",
    ]);
    for series in &data.series {
        for p in &series.points {
            table.row(&[
                Field::Text(&series.label),
                Field::Number(p.x),
                Field::Number(p.count as f64),
                Field::Number(p.draws as f64),
                if p.draws > 0 {
                    Field::Number(p.fraction())
                } else {
                    Field::Empty
                },
                Field::Number(p.interval[0]),
                Field::Number(p.interval[1]),
            ]);
        }
    }
    table.finish()
}
