//! Figure: how numbers of many draws are distributed, against the dimension or the number of points.

use super::axis::{Axis, Frame, Spread};
use super::canvas::Canvas;
use super::clip::P;
use super::curve::drawable;
use super::frequency::beside;
use super::legend::{Legend, Sample, nothing_to_draw};
use super::style::{INK, Stroke, WIDTH, light};
use super::table::{Field, Table};
use super::tone::Tone;
use super::values::{Scale, abscissas, reference};
use super::{Figure, FigureError};

/// Quantiles at one abscissa.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpreadPoint {
    /// Dimension, or number of points.
    pub x: f64,
    /// How many draws have the number.
    pub draws: u64,
    /// Minimum, 5 %, median, 95 %, maximum.
    pub quantiles: [f64; 5],
}

/// A number, in ascending order of the abscissa.
#[derive(Clone, Debug, PartialEq)]
pub struct SpreadSeries {
    /// Which number.
    pub label: String,
    /// How it looks.
    pub tone: Tone,
    /// Is the number certified, or only a float?
    pub certified: bool,
    /// Its quantiles.
    pub points: Vec<SpreadPoint>,
}

/// Numbers with a common axis.
#[derive(Clone, Debug, PartialEq)]
pub struct SpreadPanel {
    /// What is on the axis of values.
    pub title: String,
    /// How the values are spread over it.
    pub scale: Scale,
    /// The numbers.
    pub series: Vec<SpreadSeries>,
}

/// The data of [`spread`].
#[derive(Clone, Debug, PartialEq)]
pub struct SpreadData {
    /// Name of the figure's files.
    pub stem: String,
    /// What it shows, in a few words, without the axis.
    pub title: String,
    /// What is on the axis: `d` or `n`.
    pub axis: &'static str,
    /// What the numbers are and which parameters are fixed, for the caption.
    pub explanation: String,
    /// One below the other.
    pub panels: Vec<SpreadPanel>,
}

/// Draws quantiles: a line from minimum to maximum, a box from the 5 % to the 95 % quantile, a
/// mark at the median.
///
/// # Errors
///
/// Only if the backend fails; what cannot be drawn is noted in the figure.
pub fn spread(data: &SpreadData) -> Result<Figure, FigureError> {
    let mut canvas = Canvas::default();
    let mut legend = Legend::default();
    let height = if data.panels.len() > 1 { 230.0 } else { 310.0 };
    let mut top = 16.0;
    for panel in &data.panels {
        draw_panel(&mut canvas, data, panel, [top, top + height], &mut legend);
        top += height + 62.0;
    }
    let bottom = legend.draw(&mut canvas, top);
    let title = format!("{}, against {}", data.title, data.axis);
    let caption = format!(
        "{} Lines reach from the smallest to the largest value of the draws, boxes from the 5 % to the 95 % quantile, \
         marks are medians (all are values of draws, nothing is interpolated). Filled marks and solid lines: \
         certified numbers; hollow marks and dashed lines: floats. Series at one place are drawn side by side.",
        data.explanation
    );
    Ok(Figure {
        stem: data.stem.clone(),
        svg: canvas.finish(bottom.ceil(), &title, &caption)?,
        title,
        caption,
        csv: table(data),
    })
}

fn draw_panel(
    canvas: &mut Canvas,
    data: &SpreadData,
    panel: &SpreadPanel,
    [top, bottom]: [f64; 2],
    legend: &mut Legend,
) {
    let points = || panel.series.iter().flat_map(|it| &it.points);
    // All panels share the abscissas.
    let everywhere = data
        .panels
        .iter()
        .flat_map(|it| &it.series)
        .flat_map(|it| &it.points);
    let x_range = abscissas(everywhere.map(|p| p.x));
    let y_range = panel.scale.range(points().flat_map(|p| p.quantiles));
    let (x_lo, x_hi) = x_range.unwrap_or((1.0, 100.0));
    let frame = Frame {
        x: Axis {
            spread: Spread::Log,
            lo: x_lo,
            hi: x_hi,
            from: 90.0,
            to: WIDTH - 24.0,
        },
        y: panel.scale.axis(y_range, bottom, top),
    };
    let (x, y) = (frame.x.count_ticks(), panel.scale.ticks(&frame.y));
    frame.draw_grid(canvas, &x, &y);
    if y_range.is_none() {
        nothing_to_draw(canvas, frame.rect());
    } else if let Some(at) = reference(panel.scale, &frame.y) {
        let rect = frame.rect();
        canvas.line((rect[0], at), (rect[2], at), Stroke::solid(INK, 1.5));
    }
    for (i, series) in panel.series.iter().enumerate() {
        let aside = beside(
            i,
            panel.series.len(),
            14.0 * (panel.series.len() as f64 - 1.0),
        );
        draw_series(canvas, &frame, panel, series, aside, legend);
    }
    let title = match data.axis {
        "n" => "number of points n",
        _ => "dimension d",
    };
    frame.draw(canvas, (&x, title), (&y, &panel.title));
}

fn draw_series(
    canvas: &mut Canvas,
    frame: &Frame,
    panel: &SpreadPanel,
    series: &SpreadSeries,
    aside: f64,
    legend: &mut Legend,
) {
    let pixels = |p: &SpreadPoint| -> Option<[P; 5]> {
        let mut pixels = [(0.0, 0.0); 5];
        for (pixel, value) in pixels.iter_mut().zip(p.quantiles) {
            let value = panel.scale.within(value, &frame.y)?;
            let (x, y) = frame.pixel(p.x, value).filter(|_| drawable(p.x))?;
            *pixel = (x + aside, y);
        }
        Some(pixels)
    };
    let places: Vec<Option<[P; 5]>> = series.points.iter().map(pixels).collect();
    let stroke = series.tone.stroke(series.certified);
    let own = |p: &SpreadPoint| panel.scale.has_place(p.quantiles[2]);
    for (pair, points) in places.windows(2).zip(series.points.windows(2)) {
        if let ([Some(a), Some(b)], true) = (pair, points.iter().all(own)) {
            let thin = Stroke {
                width: 1.0,
                ..stroke
            };
            canvas.line(a[2], b[2], thin);
        }
    }
    let colour = series.tone.colour();
    for (place, point) in places.iter().zip(&series.points) {
        let Some([minimum, q05, median, q95, maximum]) = *place else {
            continue;
        };
        canvas.line(minimum, maximum, Stroke::solid(colour, 1.25));
        let rect = [q05.0 - 4.5, q95.1, q05.0 + 4.5, q05.1];
        if rect[3] - rect[1] > 1.0 {
            canvas.fill(rect, light(colour), 1.0);
            canvas.rectangle(rect, Stroke::solid(colour, 1.0));
        }
        if own(point) {
            canvas.mark(median, series.tone.mark(series.certified));
        }
    }
    if series.points.is_empty() {
        legend.note(format!("{}: no draw has it.", series.label));
        return;
    }
    let sample = Sample::MarkedLine(stroke, series.tone.mark(series.certified));
    legend.entry(sample, series.label.as_str());
    let all = || series.points.iter().flat_map(|p| p.quantiles);
    let beyond = all().filter(|&it| !panel.scale.has_place(it)).count();
    if beyond > 0 {
        legend.note(format!(
            "{}: {beyond} of {} quantiles are beyond every axis (infinite, or not positive on a logarithmic one); \
             lines and boxes end at the edge there.",
            series.label,
            all().count()
        ));
    }
}

fn table(data: &SpreadData) -> String {
    let mut table = Table::new(&[
        "number", data.axis, "draws", "minimum", "q05", "median", "q95", "maximum", "status",
    ]);
    for series in data.panels.iter().flat_map(|it| &it.series) {
        for p in &series.points {
            let mut row = vec![
                Field::Text(&series.label),
                Field::Number(p.x),
                Field::Number(p.draws as f64),
            ];
            row.extend(p.quantiles.map(Field::Number));
            row.push(Field::Text(if series.certified {
                "certified"
            } else {
                "float"
            }));
            table.row(&row);
        }
    }
    table.finish()
}
