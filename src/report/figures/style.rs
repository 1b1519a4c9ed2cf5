//! Colours, sizes and marks shared by the figures.

/// An RGB colour.
pub(super) type Colour = (u8, u8, u8);

/// Width of every figure in CSS pixels.
pub(super) const WIDTH: f64 = 720.0;
/// Units of the SVG per CSS pixel: the backend rounds to whole units.
pub(super) const SCALE: f64 = 4.0;
/// Size of labels and titles, in CSS pixels.
pub(super) const TEXT: f64 = 13.0;
/// Size of tick labels and notes, in CSS pixels: the smallest text there is.
pub(super) const SMALL: f64 = 12.0;
/// The first of these has every symbol used here; its metrics are those of
/// [`text_width`] (Verdana shares them).
pub(super) const FONTS: &str = "DejaVu Sans, Verdana, Arial, sans-serif";

pub(super) const WHITE: Colour = (0xFF, 0xFF, 0xFF);
pub(super) const INK: Colour = (0x22, 0x22, 0x22);
pub(super) const GREY: Colour = (0x6B, 0x6B, 0x6B);
pub(super) const GRID: Colour = (0xE6, 0xE6, 0xE6);
pub(super) const TINT: Colour = (0xF4, 0xF4, 0xF4);

/// The Okabe-Ito colours used for data (its yellow is too light on white).
pub(super) const BLUE: Colour = (0x00, 0x72, 0xB2);
pub(super) const VERMILLION: Colour = (0xD5, 0x5E, 0x00);
pub(super) const GREEN: Colour = (0x00, 0x9E, 0x73);
pub(super) const PURPLE: Colour = (0xCC, 0x79, 0xA7);
pub(super) const ORANGE: Colour = (0xE6, 0x9F, 0x00);

/// The colour, mixed with as much white.
pub(super) fn light((r, g, b): Colour) -> Colour {
    let mix = |c: u8| c / 2 + 0x7F;
    (mix(r), mix(g), mix(b))
}

/// Lengths of ink and gap, alternating, in CSS pixels.
pub(super) type Dash = &'static [f64];
/// Not certified.
pub(super) const DASHED: Dash = &[6.0, 4.0];
/// Only points something out.
pub(super) const DOTTED: Dash = &[1.5, 3.0];

/// A line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    pub colour: Colour,
    /// In CSS pixels.
    pub width: f64,
    pub dash: Option<Dash>,
}

impl Stroke {
    pub const fn solid(colour: Colour, width: f64) -> Self {
        Self {
            colour,
            width,
            dash: None,
        }
    }

    pub const fn dashed(colour: Colour, width: f64) -> Self {
        Self {
            colour,
            width,
            dash: Some(DASHED),
        }
    }
}

/// The shape of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Circle,
    Square,
    Diamond,
    Triangle,
    TriangleDown,
    /// Two strokes; neither filled nor hollow.
    Cross,
}

/// A mark at a point.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub shape: Shape,
    pub colour: Colour,
    /// Half its size, in CSS pixels.
    pub radius: f64,
    /// Filled means proved; a hollow mark is white inside.
    pub filled: bool,
}

/// Width of a text, in CSS pixels: advance widths of DejaVu Sans, rounded up.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    let em: f64 = text
        .chars()
        .map(|c| match c {
            '\u{300}'..='\u{36f}' => 0.0,
            'i' | 'j' | 'l' | '\'' => 0.28,
            ' ' | ',' | '.' | ':' | ';' | '|' | 'I' => 0.34,
            '⁰'..='₎' | '²' | '³' | '¹' => 0.40,
            'f' | 't' | 'r' => 0.42,
            's' | 'z' | 'c' => 0.56,
            'k' | 'v' | 'x' | 'y' => 0.60,
            '(' | ')' | '[' | ']' | '-' | '/' | '‖' | '*' => 0.50,
            'm' | 'w' | 'M' | 'W' | '−' | '<' | '>' | '=' | '≥' | '≤' | '×' => 0.90,
            'A'..='Z' => 0.72,
            _ => 0.64,
        })
        .sum();
    em * size
}

/// `10ⁿ` in superscript digits.
pub(super) fn power_of_ten(n: i32) -> String {
    let digits: String = n
        .to_string()
        .chars()
        .map(|c| match c {
            '-' => '⁻',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '0' => '⁰',
            // Superscript 4 to 9 follow each other in Unicode, in order.
            d => char::from_u32(0x2070 + d.to_digit(10).unwrap_or(0)).unwrap_or(d),
        })
        .collect();
    format!("10{digits}")
}
