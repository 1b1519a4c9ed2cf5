//! From a dossier to its figures: what is drawn, and which of it is proved.

use super::contrast_gallery;
use super::figures::{
    ConditionKey, DescentPath, Disc, DiscMeaning, DistanceCurve, DistanceData, DistancePoint,
    Figure, FigureError, LandscapeData, LandscapePoint, MarginCurve, MarginPoint, MarginsData,
    PointKind, PredictedRadius, Region, UniquenessBox, Window, ZoomData, ZoomPoint, distance,
    landscape, margins, zoom,
};
use crate::claim::{ClaimCondition, CriticalPoint, Evidence, Space};
use crate::confirm::Initialisation;
use crate::dossier::{Dossier, Given, Sample, SelfSupervised, Supervised};
use crate::interval::Interval;
use crate::theorem::Verdict;

/// All figures of a dossier; those whose data were not computed are left out.
pub(super) fn gallery(dossier: &Dossier) -> Result<Vec<Figure>, FigureError> {
    let mut figures = match &dossier.ssl {
        Some(side) => self_supervised(side)?,
        None => Vec::new(),
    };
    if let Some(side) = &dossier.sl {
        figures.extend(supervised(side, dossier)?);
    }
    if let Some(side) = &dossier.given {
        figures.extend(given(side)?);
    }
    if let Some(contrast) = &dossier.contrast {
        figures.extend(contrast_gallery::figures(contrast, dossier)?);
    }
    Ok(figures)
}

/// The minima of the first row, projected to the plane of the features.
fn given(side: &Given) -> Result<Option<Figure>, FigureError> {
    let evidence = &side.evidence;
    let Some(simplified) = evidence.simplified.as_ref().map(|s| &s.minima[0]) else {
        return Ok(None);
    };
    let exact = evidence.exact.as_ref().map(|exact| &exact.minima[0]);
    let centre = mid(simplified.point);
    let discs = (evidence.conditions.iter())
        .filter(|c| c.space != Space::All && c.is_about_simplified_minimum())
        .flat_map(|c| {
            let disc = |meaning, radius| Disc {
                key: ConditionKey::from(c),
                meaning,
                centre,
                radius,
            };
            [
                disc(DiscMeaning::Existence, c.condition.radius),
                disc(DiscMeaning::Uniqueness, c.condition.uniqueness_radius),
            ]
        })
        .collect();
    // The square inside the ball's section with the plane through its centre.
    let boxes = (exact.iter())
        .map(|m| {
            let half = m.uniqueness_radius * std::f64::consts::FRAC_1_SQRT_2 * (1.0 - 1e-9);
            let side = |x: f64| [x - half, x + half];
            UniquenessBox {
                x: side(m.centre[0]),
                y: side(m.centre[1]),
                label: "w*(X) is unique".to_owned(),
                proved: true,
            }
        })
        .collect();
    let claim = &evidence.claim;
    let n = claim.data.as_ref().map_or(0, |data| data.n());
    let mut figure = zoom(&ZoomData {
        parameters: format!(
            "given data, τ = {}, α = {}, d = {}, n = {n}",
            claim.written.tau, claim.written.alpha, claim.d
        ),
        row: 1,
        simplified: ZoomPoint {
            at: centre,
            proved: true,
        },
        exact: exact.map(|m| ZoomPoint {
            at: [m.centre[0], m.centre[1]],
            proved: m.is_minimum,
        }),
        discs,
        boxes,
    })?;
    figure.title = "The minimum of L_X and that of the simplified objective, close up".to_owned();
    figure.caption = format!(
        "{} w*(X) is shown by its projection to span(e₁, e₂): it also has a part off the plane, which the distance in \
         the report counts.",
        figure.caption
    );
    Ok(Some(figure))
}

/// The margins of the supervised conditions; nothing without a simplified minimum.
fn supervised(side: &Supervised, dossier: &Dossier) -> Result<Option<Figure>, FigureError> {
    if side.over_dimension.is_empty() {
        return Ok(None);
    }
    let written = &dossier.claim.written;
    let mut figure = margins(&MarginsData {
        parameters: format!(
            "supervised, τ = {}, β = {}, γ = {}, ρ = d^(-3/2)",
            written.tau, written.beta, written.gamma
        ),
        curves: margin_curves(&side.over_dimension),
    })?;
    figure.stem = "margins-sl".to_owned();
    figure.title = "Margins of the supervised conditions against the dimension".to_owned();
    Ok(Some(figure))
}

fn self_supervised(dossier: &SelfSupervised) -> Result<Vec<Figure>, FigureError> {
    let evidence = &dossier.evidence;
    let mut figures = Vec::new();
    if evidence.simplified.is_some() {
        figures.push(landscape_figure(dossier)?);
    }
    if let Some(data) = zoom_data(evidence) {
        figures.push(zoom(&data)?);
    }
    let survey = &dossier.survey;
    if survey
        .over_dimension
        .iter()
        .any(|sample| !sample.conditions.is_empty())
    {
        figures.push(margins(&MarginsData {
            parameters: format!("{}, ρ = d^(-3/2)", feature_parameters(evidence)),
            curves: margin_curves(&survey.over_dimension),
        })?);
    }
    if survey
        .over_noise
        .iter()
        .any(|sample| sample.distance.is_some())
    {
        figures.push(distance(&distance_data(dossier))?);
    }
    Ok(figures)
}

fn feature_parameters(evidence: &Evidence) -> String {
    let written = &evidence.claim.written;
    format!("τ = {}, α = {}", written.tau, written.alpha)
}

fn mid(point: [Interval; 2]) -> [f64; 2] {
    point.map(Interval::mid)
}

fn landscape_figure(dossier: &SelfSupervised) -> Result<Figure, FigureError> {
    let evidence = &dossier.evidence;
    let objective = evidence.claim.simplified::<f64>();
    let mut points = Vec::new();
    if let Some(simplified) = &evidence.simplified {
        let mark = |critical: &CriticalPoint, kind, label: &str| LandscapePoint {
            at: mid(critical.point),
            kind,
            proved: critical.verdict.is_proved(),
            label: label.to_owned(),
        };
        let [first, second] = &simplified.minima;
        points.push(mark(first, PointKind::Minimum, "w̃₁*"));
        points.push(mark(second, PointKind::Minimum, "w̃₂*"));
        let saddle = simplified.saddle.as_ref();
        points.extend(saddle.map(|saddle| mark(saddle, PointKind::Saddle, "saddle")));
    }
    let tau = evidence.claim.tau.mid();
    let region = |x, label: &str| Region {
        x,
        y: [8.5 / tau, 9.0 / tau],
        label: label.to_owned(),
    };
    let regions = vec![
        region([3.1, 3.9], "initialisation 0, row 1"),
        region([-3.9, -3.1], "initialisation 0, row 2"),
    ];
    let paths = dossier
        .paths
        .iter()
        .map(|path| DescentPath {
            points: path.points.clone(),
            arrived: path.arrived,
            label: match path.initialisation {
                Initialisation::Zero => "descent on L from region 0",
                Initialisation::One => "descent on L from region 1",
                Initialisation::SameSide => "descent on L, same side",
            }
            .to_owned(),
        })
        .collect();
    let tallest = points.iter().fold(9.0 / tau, |y: f64, p| y.max(p.at[1]));
    let widest = points.iter().fold(3.9, |x: f64, p| x.max(p.at[0].abs()));
    landscape(&LandscapeData {
        parameters: feature_parameters(evidence),
        objective: &|x, y| objective.value([x, y], 0.0),
        points,
        regions,
        paths,
        window: Some(Window {
            x: [-1.25 * widest, 1.25 * widest],
            y: [-0.35 * tallest, 1.45 * tallest],
        }),
    })
}

/// Row 1: the balls each condition predicts about `w̃*`, and the boxes about both minima.
fn zoom_data(evidence: &Evidence) -> Option<ZoomData> {
    let simplified = &evidence.simplified.as_ref()?.minima[0];
    let exact = evidence.exact.as_ref().map(|exact| &exact.minima[0]);
    let point = |critical: &CriticalPoint| ZoomPoint {
        at: mid(critical.point),
        proved: critical.verdict == Verdict::ProvedMinimum,
    };
    let discs = evidence
        .conditions
        .iter()
        .filter(|c| {
            c.space != Space::All && c.is_about_simplified_minimum() && c.norm != "Frobenius"
        })
        .flat_map(|c| {
            let disc = |meaning, radius| Disc {
                key: ConditionKey::from(c),
                meaning,
                centre: mid(simplified.point),
                radius,
            };
            [
                disc(DiscMeaning::Existence, c.condition.radius),
                disc(
                    DiscMeaning::Uniqueness,
                    c.largest_uniqueness_radius
                        .or(c.condition.uniqueness_radius),
                ),
            ]
        })
        .collect();
    let unique = |critical: &CriticalPoint, label: &str| UniquenessBox {
        x: [critical.uniqueness[0].inf(), critical.uniqueness[0].sup()],
        y: [critical.uniqueness[1].inf(), critical.uniqueness[1].sup()],
        label: label.to_owned(),
        proved: critical.verdict.is_proved(),
    };
    let mut boxes = vec![unique(simplified, "w̃* is unique")];
    boxes.extend(exact.map(|exact| unique(exact, "w* is unique")));
    let claim = &evidence.claim;
    Some(ZoomData {
        parameters: format!(
            "{}, d = {}, ρ = {}",
            feature_parameters(evidence),
            claim.d,
            claim.written.rho_data
        ),
        row: 1,
        simplified: point(simplified),
        exact: exact.map(point),
        discs,
        boxes,
    })
}

/// One curve for every condition that occurs, in the order of the report.
fn margin_curves(samples: &[Sample]) -> Vec<MarginCurve> {
    keys(samples, |_| true)
        .into_iter()
        .map(|key| MarginCurve {
            key,
            points: samples
                .iter()
                .filter_map(|sample| {
                    let c = find(sample, key)?;
                    Some(MarginPoint {
                        d: sample.parameter,
                        margin: c.condition.margin,
                        holds: c.condition.holds(),
                    })
                })
                .collect(),
        })
        .collect()
}

fn distance_data(dossier: &SelfSupervised) -> DistanceData {
    let samples = &dossier.survey.over_noise;
    let one_row = |c: &ClaimCondition| {
        c.space != Space::All && c.norm != "Frobenius" && c.is_about_simplified_minimum()
    };
    let curves = keys(samples, one_row)
        .into_iter()
        .map(|key| DistanceCurve {
            key,
            points: samples
                .iter()
                .map(|sample| PredictedRadius {
                    rho: sample.parameter,
                    radius: find(sample, key).and_then(|c| c.condition.radius),
                })
                .collect(),
        })
        .collect();
    let claim = &dossier.evidence.claim;
    DistanceData {
        parameters: format!(
            "{}, d = {}; one row",
            feature_parameters(&dossier.evidence),
            claim.d
        ),
        distances: samples
            .iter()
            .filter_map(|sample| {
                let distance = sample.distance?;
                Some(DistancePoint {
                    rho: sample.parameter,
                    lower: distance.inf(),
                    upper: distance.sup(),
                    proved: true,
                })
            })
            .collect(),
        curves,
        landmarks: vec![(
            claim.rho_view.mid(),
            format!("ρ of this claim, d = {}", claim.d),
        )],
    }
}

fn keys(samples: &[Sample], wanted: impl Fn(&ClaimCondition) -> bool) -> Vec<ConditionKey> {
    let mut keys = Vec::new();
    for c in samples
        .iter()
        .flat_map(|sample| &sample.conditions)
        .filter(|c| wanted(c))
    {
        let key = ConditionKey::from(c);
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

fn find(sample: &Sample, key: ConditionKey) -> Option<&ClaimCondition> {
    sample
        .conditions
        .iter()
        .find(|c| ConditionKey::from(*c) == key)
}
