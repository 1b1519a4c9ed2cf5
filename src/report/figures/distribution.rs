//! Figure: the distribution of numbers over the draws of one cell.

use super::axis::{Axis, Frame, Spread, Tick};
use super::canvas::Canvas;
use super::clip::P;
use super::legend::{Legend, Sample, nothing_to_draw};
use super::style::{INK, Mark, Stroke, WIDTH};
use super::table::{Field, Table};
use super::tone::Tone;
use super::values::Scale;
use super::{Figure, FigureError};

/// A number of the draws.
#[derive(Clone, Debug, PartialEq)]
pub struct DistributionSeries {
    /// Which number.
    pub label: String,
    /// How it looks.
    pub tone: Tone,
    /// Is the number certified, or only a float?
    pub certified: bool,
    /// Its values, in any order.
    pub values: Vec<f64>,
}

/// Numbers with a common axis.
#[derive(Clone, Debug, PartialEq)]
pub struct DistributionPanel {
    /// What is on the axis of values.
    pub title: String,
    /// How the values are spread over it.
    pub scale: Scale,
    /// The numbers.
    pub series: Vec<DistributionSeries>,
}

/// The data of [`distribution`].
#[derive(Clone, Debug, PartialEq)]
pub struct DistributionData {
    /// Name of the figure's files.
    pub stem: String,
    /// What it shows, in a few words.
    pub title: String,
    /// What the numbers are and which parameters are fixed, for the caption.
    pub explanation: String,
    /// One below the other.
    pub panels: Vec<DistributionPanel>,
}

/// A curve has at most so many steps; more could not be seen.
const STEPS: usize = 500;

/// Draws empirical distribution functions: at a value stands the fraction of draws that are at most this.
///
/// # Errors
///
/// Only if the backend fails; what cannot be drawn is noted in the figure.
pub fn distribution(data: &DistributionData) -> Result<Figure, FigureError> {
    let mut canvas = Canvas::default();
    let mut legend = Legend::default();
    let height = if data.panels.len() > 1 { 200.0 } else { 300.0 };
    let mut top = 16.0;
    for panel in &data.panels {
        draw_panel(&mut canvas, panel, [top, top + height], &mut legend);
        top += height + 62.0;
    }
    let bottom = legend.draw(&mut canvas, top);
    let caption = format!(
        "{} At each value stands the fraction of the draws whose number is at most this; marks are medians. \
         Filled marks and solid lines: certified numbers; hollow marks and dashed lines: floats.",
        data.explanation
    );
    Ok(Figure {
        stem: data.stem.clone(),
        title: data.title.clone(),
        svg: canvas.finish(bottom.ceil(), &data.title, &caption)?,
        caption,
        csv: table(data),
    })
}

fn draw_panel(
    canvas: &mut Canvas,
    panel: &DistributionPanel,
    [top, bottom]: [f64; 2],
    legend: &mut Legend,
) {
    let range = panel
        .scale
        .range(panel.series.iter().flat_map(|it| it.values.iter().copied()));
    let frame = Frame {
        x: panel.scale.axis(range, 76.0, WIDTH - 32.0),
        y: Axis {
            spread: Spread::Linear,
            lo: -0.03,
            hi: 1.03,
            from: bottom,
            to: top,
        },
    };
    let x = panel.scale.ticks(&frame.x);
    let y: Vec<Tick> = (0..=4)
        .map(|i| Tick {
            value: f64::from(i) / 4.0,
            label: Some(format!("{}", f64::from(i) / 4.0)),
        })
        .collect();
    frame.draw_grid(canvas, &x, &y);
    if range.is_none() {
        nothing_to_draw(canvas, frame.rect());
    } else if let Some(at) = super::values::reference(panel.scale, &frame.x) {
        let rect = frame.rect();
        canvas.line((at, rect[1]), (at, rect[3]), Stroke::solid(INK, 1.5));
    }
    let mut medians: Vec<(P, Mark)> = vec![];
    for series in &panel.series {
        draw_series(canvas, &frame, panel.scale, series, legend, &mut medians);
    }
    // Above all curves.
    for (at, mark) in medians {
        canvas.mark(at, mark);
    }
    frame.draw(canvas, (&x, &panel.title), (&y, "fraction of draws"));
}

fn draw_series(
    canvas: &mut Canvas,
    frame: &Frame,
    scale: Scale,
    series: &DistributionSeries,
    legend: &mut Legend,
    medians: &mut Vec<(P, Mark)>,
) {
    if series.values.is_empty() {
        legend.note(format!("{}: no draw has it.", series.label));
        return;
    }
    let stroke = series.tone.stroke(series.certified);
    let mark = series.tone.mark(series.certified);
    legend.entry(Sample::MarkedLine(stroke, mark), series.label.as_str());
    let steps = steps(&series.values);
    let mut path: Vec<P> = vec![];
    let (mut before, mut median) = (0.0, None);
    let mut lost = 0;
    for &(value, fraction) in &steps {
        let place = scale
            .within(value, &frame.x)
            .filter(|_| scale.has_place(value));
        let pixels = place
            .and_then(|value| Some([frame.pixel(value, before)?, frame.pixel(value, fraction)?]));
        match pixels {
            Some(both) => path.extend(both),
            None => lost += 1,
        }
        if before < 0.5 && fraction >= 0.5 {
            median = place.and_then(|value| frame.pixel(value, 0.5));
        }
        before = fraction;
    }
    canvas.path(&path, stroke);
    medians.extend(median.map(|at| (at, mark)));
    if lost > 0 {
        let label = &series.label;
        legend.note(format!(
            "{label}: {lost} of {} steps have no place on the axis.",
            steps.len()
        ));
    }
}

/// The steps `(value, fraction at most this)` of the empirical distribution function, thinned to some.
fn steps(values: &[f64]) -> Vec<(f64, f64)> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let (n, all) = (sorted.len(), sorted.len().min(STEPS));
    (1..=all)
        .map(|i| {
            let rank = (i * n).div_ceil(all);
            (sorted[rank - 1], rank as f64 / n as f64)
        })
        .collect()
}

fn table(data: &DistributionData) -> String {
    let mut table = Table::new(&["number", "value", "fraction", "draws", "status"]);
    for series in data.panels.iter().flat_map(|it| &it.series) {
        for (value, fraction) in steps(&series.values) {
            table.row(&[
                Field::Text(&series.label),
                Field::Number(value),
                Field::Number(fraction),
                Field::Number(series.values.len() as f64),
                Field::Text(if series.certified {
                    "certified"
                } else {
                    "float"
                }),
            ]);
        }
    }
    table.finish()
}
