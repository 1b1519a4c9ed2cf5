//! One panel of the close view: discs, boxes and the two minima, on equal scales.

use super::axis::{Axis, Frame, Spread, Tick};
use super::canvas::{Anchor, Canvas};
use super::clip::{P, Rect, clip_circle, clip_line, inside};
use super::legend::{Legend, Sample};
use super::style::{GREY, INK, Mark, Shape, Stroke, TEXT, TINT, WHITE, power_of_ten, text_width};
use super::zoom::{Disc, DiscMeaning, UniquenessBox, ZoomData};

/// Which of the panels.
#[derive(Clone, Copy, Debug)]
pub(super) enum View {
    /// The only one.
    Only,
    /// (a), everything.
    Wide,
    /// (b), the two minima.
    Close,
}

impl View {
    const fn name(self) -> Option<&'static str> {
        match self {
            Self::Only => None,
            Self::Wide => Some("(a)"),
            Self::Close => Some("(b)"),
        }
    }
}

/// A square centred at `w̃*`.
pub(super) struct Panel {
    frame: Frame,
    /// Half its side, in the units of `w`.
    pub half: f64,
    /// Power of ten of the tick labels.
    power: i32,
    ticks: Vec<Tick>,
}

impl Panel {
    pub fn new(half: f64, [left, top]: [f64; 2], side: f64) -> Self {
        let axis = |from, to| Axis {
            spread: Spread::Linear,
            lo: -half,
            hi: half,
            from,
            to,
        };
        let frame = Frame {
            x: axis(left, left + side),
            y: axis(top + side, top),
        };
        // Between a tenth and a hundred plain decimals are easier to read.
        let power = match half.log10().floor() as i32 {
            -1..=1 => 0,
            power => power,
        };
        let unit = 10f64.powi(power);
        let scaled = Axis {
            lo: -half / unit,
            hi: half / unit,
            ..frame.x
        };
        let ticks = scaled.linear_ticks(side / 42.0).into_iter().map(|t| Tick {
            value: t.value * unit,
            ..t
        });
        Self {
            ticks: ticks.collect(),
            frame,
            half,
            power,
        }
    }

    pub fn draw(&self, canvas: &mut Canvas, data: &ZoomData, legend: &mut Legend, view: View) {
        let frame = &self.frame;
        let rect = frame.rect();
        let origin = data.simplified.at;
        let relative = |at: [f64; 2]| [at[0] - origin[0], at[1] - origin[1]];
        frame.draw_grid(canvas, &self.ticks, &self.ticks);
        for b in &data.boxes {
            self.draw_box(
                canvas,
                relative([b.x[0], b.y[0]]),
                relative([b.x[1], b.y[1]]),
                b,
                legend,
            );
        }
        for (turn, disc) in data.discs.iter().enumerate() {
            self.draw_disc(canvas, relative(disc.centre), (disc, turn), legend);
        }
        let simplified = (data.simplified, Shape::Diamond, "w̃*");
        let exact = data.exact.map(|e| (e, Shape::Circle, "w*"));
        let mut names: Vec<(P, &str)> = Vec::new();
        for (point, shape, symbol) in std::iter::once(simplified).chain(exact) {
            let mark = Mark {
                shape,
                colour: if point.proved { INK } else { GREY },
                radius: 4.0,
                filled: point.proved,
            };
            let [x, y] = relative(point.at);
            let Some(at) = frame.pixel_inside(x, y) else {
                legend.note(format!(
                    "{symbol} lies outside the figure or is not finite."
                ));
                continue;
            };
            canvas.mark(at, mark);
            names.push((at, symbol));
            let (what, status) = (
                if shape == Shape::Diamond {
                    "simplified minimum"
                } else {
                    "exact minimum"
                },
                if point.proved { "proved" } else { "not proved" },
            );
            legend.entry(Sample::Mark(mark), format!("{symbol}, {what}, {status}"));
        }
        // In the wide panel the two cannot be told apart.
        if !matches!(view, View::Wide) {
            name_points(canvas, &names);
        }
        let unit = match self.power {
            0 => String::new(),
            n => format!(" [{}]", power_of_ten(n)),
        };
        frame.draw(
            canvas,
            (&self.ticks, &format!("w⁽¹⁾ − w̃*⁽¹⁾{unit}")),
            (&self.ticks, &format!("w⁽²⁾ − w̃*⁽²⁾{unit}")),
        );
        if let Some(name) = view.name() {
            canvas.text(name, (rect[0], rect[1] - 14.0), TEXT, Anchor::Start);
        }
    }

    fn draw_disc(
        &self,
        canvas: &mut Canvas,
        centre: [f64; 2],
        (disc, turn): (&Disc, usize),
        legend: &mut Legend,
    ) {
        let Some(radius) = disc.radius else { return };
        let pixels = self.frame.pixel(centre[0], centre[1]);
        let (Some(at), true) = (pixels, radius > 0.0 && radius.is_finite()) else {
            legend.note(format!(
                "{}: its ball has no positive, finite radius and is not drawn.",
                disc.name()
            ));
            return;
        };
        let rect = self.frame.rect();
        let radius = radius / self.half * (rect[2] - rect[0]) / 2.0;
        let mut stroke = disc.key.holding();
        stroke.width = match disc.meaning {
            DiscMeaning::Existence => 2.5,
            DiscMeaning::Uniqueness => 1.0,
        };
        // Below a pixel and a half a circle is only a dot.
        if radius < 1.5 {
            return;
        }
        let arcs = clip_circle(at, radius, rect);
        if [-radius, radius]
            .iter()
            .all(|r| inside((at.0 + r, at.1 + r), rect))
        {
            canvas.ring(at, radius, stroke);
        } else {
            arcs.iter().for_each(|arc| canvas.path(arc, stroke));
        }
        let mark = Mark {
            radius: 3.0,
            ..disc.key.mark(true)
        };
        // The mark tells the spaces apart; each disc has its own direction for it.
        let angle = 3.7 + 0.7 * turn as f64;
        let wanted = (at.0 + radius * angle.cos(), at.1 + radius * angle.sin());
        let longest = arcs.iter().max_by_key(|arc| arc.len());
        if let Some(arc) = longest {
            let place = if inside(wanted, rect) {
                wanted
            } else {
                arc[arc.len() / 2]
            };
            if radius > 12.0 {
                canvas.mark(place, mark);
            }
            legend.entry(Sample::MarkedLine(stroke, mark), disc.name());
        }
    }

    fn draw_box(
        &self,
        canvas: &mut Canvas,
        lower: [f64; 2],
        upper: [f64; 2],
        b: &UniquenessBox,
        legend: &mut Legend,
    ) {
        let (lower, upper) = (
            self.frame.pixel(lower[0], lower[1]),
            self.frame.pixel(upper[0], upper[1]),
        );
        let (Some(a), Some(c)) = (lower, upper) else {
            legend.note(format!(
                "{}: its box is not finite and not drawn.",
                b.name()
            ));
            return;
        };
        if (c.0 - a.0).max(a.1 - c.1) < 2.0 {
            return;
        }
        let rect = self.frame.rect();
        let stroke = if b.proved {
            Stroke::solid(GREY, 1.25)
        } else {
            Stroke::dashed(GREY, 1.25)
        };
        if b.proved {
            let tinted: Rect = [
                a.0.max(rect[0]),
                c.1.max(rect[1]),
                c.0.min(rect[2]),
                a.1.min(rect[3]),
            ];
            if tinted[0] < tinted[2] && tinted[1] < tinted[3] {
                canvas.fill(tinted, TINT, 0.8);
            }
        }
        let outline = [a, (c.0, a.1), c, (a.0, c.1), a];
        for piece in clip_line(outline.map(Some), rect) {
            canvas.path(&piece, stroke);
            let tint = if b.proved { TINT } else { WHITE };
            legend.entry(Sample::Region(stroke, tint), b.name());
        }
    }
}

/// Names the points on opposite sides, so that the names do not touch; one name if the
/// points cannot be told apart.
fn name_points(canvas: &mut Canvas, names: &[(P, &str)]) {
    let mut name = |text: &str, (x, y): P| {
        let half = text_width(text, TEXT) / 2.0;
        canvas.fill([x - half, y - 9.0, x + half, y + 8.0], WHITE, 0.8);
        canvas.text(text, (x, y), TEXT, Anchor::Middle);
    };
    match *names {
        [(a, first), (b, second)] if (a.0 - b.0).hypot(a.1 - b.1) < 6.0 => {
            name(
                &format!("{first}, {second}"),
                (a.0.max(b.0), a.1.min(b.1) - 17.0),
            );
        }
        [(a, first), (b, second)] => {
            let away = if a.0 <= b.0 { 17.0 } else { -17.0 };
            name(first, (a.0 - away, a.1 - 3.0));
            name(second, (b.0 + away, b.1 - 3.0));
        }
        _ => names
            .iter()
            .for_each(|(p, text)| name(text, (p.0, p.1 - 17.0))),
    }
}
