//! The figures of a table.

use super::parameters::Cell;
use super::record::{Condition, DrawRecord, Quantity, Statement};
use super::slices::{Slice, slices};
use super::summary::{CellSummary, Summary};
use crate::batch::Table;
use crate::ensemble::quantiles;
use crate::report::figures::{
    DistributionData, DistributionPanel, DistributionSeries, Figure, FigureError, FrequencyData,
    FrequencyPoint, FrequencySeries, Scale, SpreadData, SpreadPanel, SpreadPoint, SpreadSeries,
    Tone, distribution, frequency, spread,
};

/// For each slice of the table (cells on a curve `n = c d^p`, cells of one `d`, single cells): how often
/// each statement is certified, and the distributions of distance, margins and content.
///
/// # Errors
///
/// Only if the backend fails.
pub fn gallery(summary: &Summary, table: &Table<DrawRecord>) -> Result<Vec<Figure>, FigureError> {
    let source = Source { summary, table };
    let mut figures = vec![];
    for slice in slices(&summary.parameters.cells) {
        figures.push(frequency(&source.frequencies(&slice))?);
        for kind in [Kind::Distance, Kind::Margins, Kind::Content] {
            figures.push(match &slice {
                Slice::AgainstDimension(_, cells) => {
                    spread(&source.spread(kind, &slice, "d", cells))?
                }
                Slice::AgainstPoints(_, cells) => spread(&source.spread(kind, &slice, "n", cells))?,
                Slice::Alone(cell) => distribution(&source.distribution(kind, &slice, *cell))?,
            });
        }
    }
    Ok(figures)
}

/// What a figure of distributions is about.
#[derive(Clone, Copy)]
enum Kind {
    Distance,
    Margins,
    Content,
}

/// A number in a figure.
struct Number {
    label: &'static str,
    tone: Tone,
    certified: bool,
    /// On the axis of the figure: margins themselves, where tables have their logarithms.
    value: fn(&DrawRecord) -> Option<f64>,
}

struct Panel {
    title: &'static str,
    scale: Scale,
    numbers: Vec<Number>,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Distance => "distance",
            Self::Margins => "margins",
            Self::Content => "content",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Distance => "Distance from the simplified minimum",
            Self::Margins => "Margins of the conditions",
            Self::Content => "What the minimum contains",
        }
    }

    const fn meaning(self) -> &'static str {
        match self {
            Self::Distance => {
                "Certified upper bounds of ‖W*(X) − W̃*‖ (Frobenius norm), over the draws in which W*(X) is proved"
            }
            Self::Margins => {
                "Certified lower bounds of limit over left side, over the draws in which the condition was evaluated; \
                 a condition holds above 1"
            }
            Self::Content => {
                "Above: the coefficients of the rows on e₁ (that of the second row with the other sign) and on e₂, midpoints \
                 of their enclosures. Below: certified lower bounds of the lengths ‖P e₁‖, ‖P e₂‖ of the features' \
                 projections onto the span of the rows. Over the draws in which W*(X) is proved"
            }
        }
    }

    fn panels(self) -> Vec<Panel> {
        let number = |label, tone, certified, value| Number {
            label,
            tone,
            certified,
            value,
        };
        match self {
            Self::Distance => vec![Panel {
                title: "‖W*(X) − W̃*‖, at most",
                scale: Scale::Log,
                numbers: vec![number("distance", Tone::Ink, true, |it| {
                    Quantity::Distance.value(it)
                })],
            }],
            Self::Margins => vec![Panel {
                title: "margin, at least",
                scale: Scale::Margin,
                numbers: vec![
                    number("IFT", Tone::Blue, true, |it| {
                        margin(it, Condition::QuantitativeIft)
                    }),
                    number("Newton–Kantorovich", Tone::Vermillion, true, |it| {
                        margin(it, Condition::NewtonKantorovich)
                    }),
                    number("Krawczyk", Tone::Purple, true, |it| {
                        margin(it, Condition::Krawczyk)
                    }),
                ],
            }],
            Self::Content => vec![
                Panel {
                    title: "on e₁",
                    scale: Scale::Linear,
                    numbers: vec![
                        number("w₁⁽¹⁾", Tone::Blue, false, |it| {
                            Quantity::W11.value(it)
                        }),
                        number("−w₂⁽¹⁾", Tone::Purple, false, |it| {
                            Quantity::W21.value(it).map(|x| -x)
                        }),
                    ],
                },
                Panel {
                    title: "on e₂",
                    scale: Scale::Linear,
                    numbers: vec![
                        number("w₁⁽²⁾", Tone::Vermillion, false, |it| {
                            Quantity::W12.value(it)
                        }),
                        number("w₂⁽²⁾", Tone::Green, false, |it| {
                            Quantity::W22.value(it)
                        }),
                    ],
                },
                Panel {
                    title: "projections",
                    scale: Scale::Linear,
                    numbers: vec![
                        number("‖P e₁‖", Tone::Ink, true, |it| {
                            Quantity::Projection1.value(it)
                        }),
                        number("‖P e₂‖", Tone::Orange, true, |it| {
                            Quantity::Projection2.value(it)
                        }),
                    ],
                },
            ],
        }
    }
}

/// A NaN bounds nothing and counts as the worst margin there can be, as in tables.
fn margin(draw: &DrawRecord, id: Condition) -> Option<f64> {
    let margin = draw.condition(id)?.margin;
    Some(if margin.is_nan() {
        f64::NEG_INFINITY
    } else {
        margin
    })
}

struct Source<'a> {
    summary: &'a Summary,
    table: &'a Table<DrawRecord>,
}

impl Source<'_> {
    fn cell(&self, cell: Cell) -> Option<&CellSummary> {
        self.summary.cells.iter().find(|it| it.cell == cell)
    }

    fn records(&self, cell: Cell) -> impl Iterator<Item = &DrawRecord> {
        let parameters = &self.summary.parameters;
        let place = parameters.cells.iter().position(|it| *it == cell);
        let range = place.map_or(0..0, |k| {
            let first = k as u64 * parameters.draws;
            first..first + parameters.draws
        });
        self.table.records.range(range).map(|(_, record)| record)
    }

    fn parameters(&self, slice: &Slice) -> String {
        format!("{}, {}", slice.fixed(), self.summary.parameters.in_words())
    }

    fn frequencies(&self, slice: &Slice) -> FrequencyData {
        let (axis, cells): (_, &[Cell]) = match slice {
            Slice::AgainstDimension(_, cells) => ("d", cells),
            Slice::AgainstPoints(_, cells) => ("n", cells),
            Slice::Alone(cell) => ("d", std::slice::from_ref(cell)),
        };
        let series = |statement: Statement| FrequencySeries {
            label: statement.label().to_owned(),
            tone: tone(statement),
            points: (cells.iter())
                .filter_map(|&cell| {
                    let frequency = self.cell(cell)?.frequency(statement)?;
                    Some(FrequencyPoint {
                        x: abscissa(axis, cell),
                        count: frequency.count,
                        draws: frequency.draws,
                        interval: frequency.interval,
                    })
                })
                .collect(),
        };
        FrequencyData {
            stem: format!("frequency-{}", slice.stem()),
            axis,
            parameters: self.parameters(slice),
            series: Statement::ALL.map(series).to_vec(),
        }
    }

    fn spread(&self, kind: Kind, slice: &Slice, axis: &'static str, cells: &[Cell]) -> SpreadData {
        let series = |number: Number| SpreadSeries {
            label: number.label.to_owned(),
            tone: number.tone,
            certified: number.certified,
            points: (cells.iter())
                .filter_map(|&cell| {
                    let values: Vec<f64> = self.records(cell).filter_map(number.value).collect();
                    Some(SpreadPoint {
                        x: abscissa(axis, cell),
                        draws: values.len() as u64,
                        quantiles: quantiles(values)?.all(),
                    })
                })
                .collect(),
        };
        SpreadData {
            stem: format!("{}-{}", kind.name(), slice.stem()),
            title: kind.title().to_owned(),
            axis,
            explanation: self.explanation(kind, slice),
            panels: (kind.panels().into_iter())
                .map(|panel| SpreadPanel {
                    title: panel.title.to_owned(),
                    scale: panel.scale,
                    series: panel.numbers.into_iter().map(series).collect(),
                })
                .collect(),
        }
    }

    fn distribution(&self, kind: Kind, slice: &Slice, cell: Cell) -> DistributionData {
        let series = |number: Number| DistributionSeries {
            label: number.label.to_owned(),
            tone: number.tone,
            certified: number.certified,
            values: self.records(cell).filter_map(number.value).collect(),
        };
        DistributionData {
            stem: format!("{}-{}", kind.name(), slice.stem()),
            title: kind.title().to_owned(),
            explanation: self.explanation(kind, slice),
            panels: (kind.panels().into_iter())
                .map(|panel| DistributionPanel {
                    title: panel.title.to_owned(),
                    scale: panel.scale,
                    series: panel.numbers.into_iter().map(series).collect(),
                })
                .collect(),
        }
    }

    fn explanation(&self, kind: Kind, slice: &Slice) -> String {
        format!("{} ({}).", kind.meaning(), self.parameters(slice))
    }
}

const fn tone(statement: Statement) -> Tone {
    match statement {
        Statement::QuantitativeIft => Tone::Blue,
        Statement::NewtonKantorovich => Tone::Vermillion,
        Statement::Krawczyk => Tone::Purple,
        Statement::Proved => Tone::Green,
        Statement::Nearby => Tone::Ink,
    }
}

fn abscissa(axis: &str, cell: Cell) -> f64 {
    let x = if axis == "n" { cell.n } else { cell.d };
    x as f64
}
