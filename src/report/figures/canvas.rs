//! The drawing surface: operations in CSS pixels, written by plotters' SVG backend.
//!
//! The backend rounds every coordinate to a whole unit, so the drawing is made
//! [`SCALE`] times too large and shown through a `viewBox`. It also knows no dashes; they
//! are cut here.

use plotters::prelude::{DrawingBackend, FontTransform, RGBColor, SVGBackend, ShapeStyle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, TextStyle};

use super::FigureError;
use super::clip::{P, dashes};
use super::style::{Colour, FONTS, INK, Mark, SCALE, Shape, Stroke, WHITE, WIDTH};

/// Where a text is attached, horizontally; vertically it is always centred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

#[derive(Debug)]
enum Op {
    Path(Vec<P>, Stroke),
    Fill(Vec<P>, Colour, f64),
    Circle(P, f64, Colour, Option<f64>),
    Ring(P, f64, Stroke),
    Text {
        text: String,
        at: P,
        size: f64,
        anchor: Anchor,
        colour: Colour,
        upwards: bool,
    },
}

/// A list of things to draw.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    ops: Vec<Op>,
}

impl Canvas {
    /// A line through points that have already been cut to where they may be.
    pub fn path(&mut self, points: &[P], stroke: Stroke) {
        match stroke.dash {
            None => self.ops.push(Op::Path(points.to_vec(), stroke)),
            Some(dash) => self.ops.extend(
                dashes(points, dash)
                    .into_iter()
                    .map(|piece| Op::Path(piece, stroke)),
            ),
        }
    }

    pub fn line(&mut self, from: P, to: P, stroke: Stroke) {
        self.path(&[from, to], stroke);
    }

    pub fn rectangle(&mut self, [x0, y0, x1, y1]: [f64; 4], stroke: Stroke) {
        self.path(&[(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], stroke);
    }

    /// A whole circle; one that may leave the frame must be cut to a path.
    pub fn ring(&mut self, centre: P, radius: f64, stroke: Stroke) {
        self.ops.push(Op::Ring(centre, radius, stroke));
    }

    pub fn fill(&mut self, [x0, y0, x1, y1]: [f64; 4], colour: Colour, opacity: f64) {
        let corners = vec![(x0, y0), (x1, y0), (x1, y1), (x0, y1)];
        self.ops.push(Op::Fill(corners, colour, opacity));
    }

    /// A mark, with a thin white rim that keeps it apart from what lies under it.
    pub fn mark(&mut self, at: P, mark: Mark) {
        let Mark {
            shape,
            colour,
            radius,
            filled,
        } = mark;
        let line = 1.6;
        if shape == Shape::Circle {
            self.ops.push(Op::Circle(at, radius + 1.0, WHITE, None));
            if filled {
                self.ops.push(Op::Circle(at, radius, colour, None));
            } else {
                let inner = radius - line / 2.0;
                self.ops.push(Op::Circle(at, inner, colour, Some(line)));
            }
            return;
        }
        if shape == Shape::Cross {
            for (colour, width) in [(WHITE, line + 2.4), (colour, line)] {
                for slope in [-1.0, 1.0] {
                    let end = |r: f64| (at.0 + r, at.1 + slope * r);
                    self.line(end(-radius), end(radius), Stroke::solid(colour, width));
                }
            }
            return;
        }
        let outline = |r: f64| -> Vec<P> {
            // Corners at these multiples of r; the areas are about those of the circle.
            let corners: &[P] = match shape {
                Shape::Circle | Shape::Cross | Shape::Square => {
                    &[(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)]
                }
                Shape::Diamond => &[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)],
                Shape::Triangle => &[(0.0, -1.25), (1.15, 0.75), (-1.15, 0.75)],
                Shape::TriangleDown => &[(0.0, 1.25), (1.15, -0.75), (-1.15, -0.75)],
            };
            corners
                .iter()
                .map(|(x, y)| (at.0 + r * x, at.1 + r * y))
                .collect()
        };
        self.ops.push(Op::Fill(outline(radius + 1.2), WHITE, 1.0));
        if filled {
            self.ops.push(Op::Fill(outline(radius), colour, 1.0));
        } else {
            let mut rim = outline(radius - line / 2.0);
            rim.push(rim[0]);
            // Closes the last corner as well.
            rim.push(rim[1]);
            self.ops.push(Op::Path(rim, Stroke::solid(colour, line)));
        }
    }

    pub fn text(&mut self, text: &str, at: P, size: f64, anchor: Anchor) {
        self.coloured_text(text, at, size, anchor, INK);
    }

    pub fn coloured_text(&mut self, text: &str, at: P, size: f64, anchor: Anchor, colour: Colour) {
        self.ops.push(Op::Text {
            text: printable(text),
            at,
            size,
            anchor,
            colour,
            upwards: false,
        });
    }

    /// A text that reads from bottom to top, centred at `at`.
    pub fn upward_text(&mut self, text: &str, at: P, size: f64) {
        self.upward_text_from(text, at, size, Anchor::Middle);
    }

    /// A text that reads from bottom to top; [`Anchor::End`] is its upper end.
    pub fn upward_text_from(&mut self, text: &str, at: P, size: f64, anchor: Anchor) {
        self.ops.push(Op::Text {
            text: printable(text),
            at,
            size,
            anchor,
            colour: INK,
            upwards: true,
        });
    }

    /// The SVG, `WIDTH` by `height` CSS pixels, with a title and a description for readers
    /// that do not show it.
    pub fn finish(self, height: f64, title: &str, caption: &str) -> Result<String, FigureError> {
        let size = (unit(WIDTH) as u32, unit(height) as u32);
        let mut drawn = String::new();
        {
            let mut backend = SVGBackend::with_string(&mut drawn, size);
            self.emit(&mut backend, size)
                .and_then(|()| Ok(backend.present()?))
                .map_err(FigureError::Backend)?;
        }
        // The backend's own root element would show the units as pixels.
        let body = drawn.split_once('\n').map_or("", |(_, body)| body);
        Ok(format!(
            "<svg width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {} {}\" \
             stroke-linejoin=\"round\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\">\n\
             <title>{}</title>\n<desc>{}</desc>\n{body}",
            size.0,
            size.1,
            escape(title),
            escape(caption),
        ))
    }

    fn emit(
        self,
        backend: &mut SVGBackend<'_>,
        (width, height): (u32, u32),
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let all =
            [(0, 0), (width, 0), (width, height), (0, height)].map(|(x, y)| (x as i32, y as i32));
        backend.fill_polygon(all, &style(WHITE, 1.0, 0.0))?;
        for op in self.ops {
            match op {
                Op::Path(points, stroke) => {
                    let mut units: Vec<_> = points.into_iter().map(round).collect();
                    units.dedup();
                    if units.len() > 1 {
                        backend.draw_path(units, &style(stroke.colour, 1.0, stroke.width))?;
                    }
                }
                Op::Fill(points, colour, opacity) => {
                    let units: Vec<_> = points.into_iter().map(round).collect();
                    backend.fill_polygon(units, &style(colour, opacity, 0.0))?;
                }
                Op::Ring(at, radius, stroke) => {
                    let style = style(stroke.colour, 1.0, stroke.width);
                    backend.draw_circle(round(at), unit(radius) as u32, &style, false)?;
                }
                Op::Circle(at, radius, colour, rim) => {
                    let radius = unit(radius) as u32;
                    if let Some(width) = rim {
                        backend.draw_circle(round(at), radius, &style(WHITE, 1.0, 0.0), true)?;
                        let style = style(colour, 1.0, width);
                        backend.draw_circle(round(at), radius, &style, false)?;
                    } else {
                        backend.draw_circle(round(at), radius, &style(colour, 1.0, 0.0), true)?;
                    }
                }
                Op::Text {
                    text,
                    at,
                    size,
                    anchor,
                    colour,
                    upwards,
                } => {
                    // The backend divides the size by 1.24.
                    let size = size * SCALE * 1.24;
                    let family = FontFamily::Name(FONTS);
                    let mut font = FontDesc::new(family, size, FontStyle::Normal);
                    if upwards {
                        font = font.transform(FontTransform::Rotate270);
                    }
                    let horizontal = match anchor {
                        Anchor::Start => HPos::Left,
                        Anchor::Middle => HPos::Center,
                        Anchor::End => HPos::Right,
                    };
                    let colour = rgb(colour);
                    let style = TextStyle::from(font)
                        .color(&colour)
                        .pos(Pos::new(horizontal, VPos::Center));
                    backend.draw_text(&text, &style, round(at))?;
                }
            }
        }
        Ok(())
    }
}

fn rgb((r, g, b): Colour) -> RGBColor {
    RGBColor(r, g, b)
}

fn style(colour: Colour, opacity: f64, width: f64) -> ShapeStyle {
    ShapeStyle {
        color: rgb(colour).mix(opacity),
        filled: true,
        stroke_width: unit(width) as u32,
    }
}

/// CSS pixels to units. The cast saturates, so nothing overflows.
fn unit(pixels: f64) -> i32 {
    (pixels * SCALE).round() as i32
}

fn round((x, y): P) -> (i32, i32) {
    (unit(x), unit(y))
}

/// Without control characters, which XML forbids.
fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

fn escape(text: &str) -> String {
    printable(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
