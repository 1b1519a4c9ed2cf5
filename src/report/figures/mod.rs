//! The figures of a report: from plain data to an SVG and the numbers in it as CSV.
//!
//! Each figure is a pure function of its data: no clock, no font, no order of a hash map,
//! so the same data give the same bytes.
//!
//! What is proved and what is not never look alike. The rules, the same in all figures:
//!
//! * solid lines and filled marks: the statement is certified;
//! * dashed lines and hollow marks: it is not (a condition that fails, a point without proof);
//! * between two neighbours of a curve the line is solid only if the statement holds at both;
//! * numbers that cannot be drawn (not finite, not positive on a logarithmic axis) are
//!   counted in a note below the figure and kept in the CSV.
//!
//! Colours are those of Okabe and Ito (*Color Universal Design*, 2008), which stay apart
//! under the common forms of colour-blindness; no distinction rests on colour alone.

mod atlas;
mod axis;
mod bars;
mod canvas;
mod clip;
mod contour;
mod contrast;
mod curve;
mod distance;
mod distribution;
mod frequency;
mod key;
mod landscape;
mod learned;
mod legend;
mod level_lines;
mod map;
mod map_panel;
mod map_reading;
mod margins;
mod panel;
mod rows;
mod spread;
mod steps;
mod style;
mod table;
mod tone;
mod values;
mod window;
mod zoom;

pub use atlas::{AtlasData, AtlasTile, atlas};
pub use contrast::{ContrastData, LearnedRows, contrast};
pub use distance::{DistanceCurve, DistanceData, DistancePoint, PredictedRadius, distance};
pub use distribution::{DistributionData, DistributionPanel, DistributionSeries, distribution};
pub use frequency::{FrequencyData, FrequencyPoint, FrequencySeries, frequency};
pub use key::ConditionKey;
pub use landscape::{DescentPath, LandscapeData, LandscapePoint, PointKind, Region, landscape};
pub use learned::Learned;
pub use map::{MapData, MapGrid, MapMark, MapParameters, map};
pub use margins::{MarginCurve, MarginPoint, MarginsData, margins};
pub use spread::{SpreadData, SpreadPanel, SpreadPoint, SpreadSeries, spread};
pub use tone::Tone;
pub use values::Scale;
pub use window::Window;
pub use zoom::{Disc, DiscMeaning, UniquenessBox, ZoomData, ZoomPoint, zoom};

/// A figure, ready to be written to `<stem>.svg` and `<stem>.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Name of its files, without extension.
    pub stem: String,
    /// What it shows, in a few words.
    pub title: String,
    /// How to read it: a paragraph of plain text.
    pub caption: String,
    /// The drawing, 720 px wide.
    pub svg: String,
    /// Its data: one header line, fields in shortest decimals that read back exactly.
    pub csv: String,
}

/// Why a figure could not be made. Data that cannot be drawn are no error: they are noted in it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FigureError {
    /// The SVG backend reported an error.
    #[error("the SVG backend failed")]
    Backend(#[source] Box<dyn std::error::Error + Send + Sync>),
}
