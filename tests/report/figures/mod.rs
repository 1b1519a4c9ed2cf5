//! The figures: well-formed, legible, deterministic, and honest about what is proved.

#![cfg(feature = "cli")]

mod sample;
mod svg;

use minlift::claim::Space;
use minlift::report::figures::*;
use minlift::theorem::Theorem;

/// The colours of the inverse function theorem, of points of a landscape, of descents.
const BLUE: &str = "#0072B2";
const ORANGE: &str = "#E69F00";
const VERMILLION: &str = "#D55E00";
/// Numbers that no figure can show.
const HOSTILE: [f64; 8] = [
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    0.0,
    -1.0,
    1e-320,
    1.7e308,
    -1.7e308,
];

fn all() -> Vec<Figure> {
    vec![
        landscape(&sample::landscape_data()).unwrap(),
        zoom(&sample::zoom_data()).unwrap(),
        margins(&sample::margins_data()).unwrap(),
        distance(&sample::distance_data()).unwrap(),
    ]
}

/// Well-formed, 720 px wide, legible, and nothing outside of the drawing.
fn check(figure: &Figure) -> Vec<svg::Element> {
    let elements = svg::read(&figure.svg);
    let root = &elements[0];
    assert_eq!(root.number("width"), 720.0);
    let view: Vec<f64> = root.attributes["viewBox"]
        .split(' ')
        .map(|n| n.parse().unwrap())
        .collect();
    // Four units to a pixel: the backend's whole numbers are quarters of a pixel.
    let scale = view[2] / root.number("width");
    assert_eq!((scale, view[3]), (4.0, 4.0 * root.number("height")));
    for e in &elements {
        if e.name == "text" {
            assert!(e.number("font-size") / scale >= 12.0 - 1e-9, "{e:?}");
        }
        for [x, y] in e.positions() {
            let within = (0.0..=view[2]).contains(&x) && (0.0..=view[3]).contains(&y);
            assert!(within, "{}: {x} {y} in {e:?}", figure.stem);
        }
    }
    elements
}

#[test]
fn svgs_are_well_formed_and_legible() {
    for figure in all() {
        let elements = check(&figure);
        assert!(elements.len() > 50, "{}", figure.stem);
        assert_eq!(elements[1].text, figure.title);
        assert_eq!(elements[2].text, figure.caption);
    }
    let mut odd = sample::margins_data();
    odd.parameters = "<a> & \"b\"\u{7}".to_owned();
    check(&margins(&odd).unwrap());
}

#[test]
fn figures_are_deterministic() {
    assert_eq!(all(), all());
}

#[test]
fn symbols_are_those_of_the_paper() {
    let texts: Vec<String> = all().iter().map(|f| svg::text(&check(f))).collect();
    for (text, symbols) in texts.iter().zip([
        ["w⁽¹⁾", "w⁽²⁾", "w̃₁*", "L̃"],
        ["w̃*", "w*", "w⁽¹⁾ − w̃*⁽¹⁾", "(b)"],
        ["1000", "margin 1", "Krawczyk, row", "IFT, W"],
        ["ρ", "‖w* − w̃*‖", "d = 10", "10⁻⁸"],
    ]) {
        for symbol in symbols {
            assert!(text.contains(symbol), "{symbol} in {text}");
        }
    }
}

/// Lines of this colour lie in the frame, and none runs along its edge.
fn assert_cut(elements: &[svg::Element], colour: &str) {
    let [left, top, right, bottom] = svg::frames(elements)[0];
    let mut seen = 0;
    for line in svg::lines(elements, colour) {
        // The samples in the legend are below the frame.
        if line[0][1] > bottom + 20.0 {
            continue;
        }
        seen += 1;
        for [x, y] in &line {
            assert!(
                *x >= left && *x <= right && *y >= top && *y <= bottom,
                "{x} {y}"
            );
        }
        for pair in line.windows(2) {
            for (k, edges) in [(0, [left, right]), (1, [top, bottom])] {
                let along = edges.iter().any(|e| pair[0][k] == *e && pair[1][k] == *e);
                assert!(!along, "a clamped line: {pair:?}");
            }
        }
    }
    assert!(seen > 0, "no line in {colour}");
}

fn curve(points: &[(f64, f64, bool)]) -> MarginsData {
    let point = |&(d, margin, holds): &(f64, f64, bool)| MarginPoint { d, margin, holds };
    MarginsData {
        parameters: "τ = 7".to_owned(),
        curves: vec![MarginCurve {
            key: sample::key(Theorem::QuantitativeIft, Space::Row),
            points: points.iter().map(point).collect(),
        }],
    }
}

#[test]
fn margins_out_of_range_are_cut_off_where_they_leave() {
    // The axes end at 1e-8 and 1e14, with a padding of 1.6.
    let figure = margins(&curve(&[
        (2.0, 1e-30, false),
        (20.0, 10.0, true),
        (200.0, 1e30, true),
        (300.0, 1e40, true),
        (1000.0, 1e28, true),
    ]))
    .unwrap();
    let elements = check(&figure);
    assert_cut(&elements, BLUE);
    let [left, top, right, _] = svg::frames(&elements)[0];
    let solid =
        svg::lines(&elements, BLUE).max_by_key(|l| (l[0][0] - l[l.len() - 1][0]).abs() as i64);
    let solid = solid.unwrap();
    // It leaves at the top where the straight line from (20, 10) to (200, 1e30) does.
    let t = ((1.6e14_f64).log10() - 1.0) / 29.0;
    let x = |d: f64| left + (right - left) * (d * 1.1 / 2.0).ln() / (500.0 * 1.21_f64).ln();
    assert_eq!(solid.len(), 2);
    assert_eq!(solid[1][1], top);
    assert!((solid[1][0] - (x(20.0) + t * (x(200.0) - x(20.0)))).abs() <= 1.5);
    assert!(svg::text(&elements).contains("4 values are outside the axes"));
}

#[test]
fn distances_out_of_range_are_cut_off() {
    let mut data = sample::distance_data();
    data.curves.truncate(1);
    data.curves[0].points = [
        (1e-4, 1e-60),
        (3e-4, 1e-50),
        (1e-3, 1e-3),
        (1e-2, 1.0),
        (1e-1, 1e-50),
    ]
    .map(|(rho, radius)| PredictedRadius {
        rho,
        radius: Some(radius),
    })
    .to_vec();
    let elements = check(&distance(&data).unwrap());
    assert_cut(&elements, BLUE);
    assert!(svg::text(&elements).contains("3 values are outside the axes"));
}

#[test]
fn paths_and_regions_out_of_the_window_are_cut_off() {
    let mut data = sample::landscape_data();
    data.window = Some(Window {
        x: [-2.0, 2.0],
        y: [0.0, 2.0],
    });
    data.paths[2]
        .points
        .extend([[1e300, 0.0], [0.0, 1.0], [f64::NAN, 0.0]]);
    data.regions[0].x = [1.0, 900.0];
    let figure = landscape(&data).unwrap();
    let elements = check(&figure);
    assert_cut(&elements, ORANGE);
    assert_cut(&elements, VERMILLION);
    let text = svg::text(&elements);
    for note in [
        "w̃₁* (minimum) lies outside",
        "interrupt the line",
        "one lies outside the figure",
    ] {
        assert!(text.contains(note), "{note}: {text}");
    }
}

#[test]
fn balls_and_boxes_larger_than_a_panel_are_cut_off() {
    let mut data = sample::zoom_data();
    // Only its arcs in the corners of the close panel can be seen there.
    data.discs[5].radius = Some(0.016);
    let elements = check(&zoom(&data).unwrap());
    let frames = svg::frames(&elements);
    assert_eq!(frames.len(), 2);
    // Both axes have one scale: a square of the same range.
    for [left, top, right, bottom] in &frames {
        assert_eq!(right - left, bottom - top);
    }
    let inside = |[x, y]: [f64; 2]| {
        let within = |f: &[f64; 4]| x >= f[0] && x <= f[2] && y >= f[1] && y <= f[3];
        frames.iter().any(within)
    };
    let lowest = frames[0][3] + 100.0;
    // Thin lines as well: everything green above the legend.
    let green = |e: &&svg::Element| e.name == "polyline" && e.is("stroke", "#009E73");
    let arcs = elements.iter().filter(green).map(svg::Element::points);
    let arcs: Vec<_> = arcs.filter(|l| l[0][1] < lowest).collect();
    assert!(arcs.len() >= 4);
    assert!(arcs.into_iter().flatten().all(inside));
}

#[test]
fn a_failing_condition_is_dashed_and_hollow() {
    let failing = [(2.0, 1e-3, false), (30.0, 0.1, false), (1000.0, 0.5, false)];
    let elements = check(&margins(&curve(&failing)).unwrap());
    assert!(!svg::has_filled(&elements, BLUE));
    for line in svg::lines(&elements, BLUE) {
        // A dash is 6 px, 24 units.
        let length: f64 = line
            .windows(2)
            .map(|w| (w[1][0] - w[0][0]).hypot(w[1][1] - w[0][1]))
            .sum();
        assert!(length <= 30.0, "{length}");
    }
    let holding = failing.map(|(d, margin, _)| (d, 1e4 * margin, true));
    let elements = check(&margins(&curve(&holding)).unwrap());
    assert!(svg::has_filled(&elements, BLUE));
    assert_eq!(svg::lines(&elements, BLUE).count(), 1);
}

#[test]
fn a_margin_that_contradicts_its_status_is_not_drawn_as_proved() {
    let figure = margins(&curve(&[(2.0, 0.5, true), (3.0, f64::NAN, true)])).unwrap();
    let elements = check(&figure);
    assert!(!svg::has_filled(&elements, BLUE));
    assert!(svg::text(&elements).contains("drawn as failing"));
    assert!(!figure.csv.contains("proved"));
    // A margin above 1 that is not certified fails all the same.
    let elements = check(&margins(&curve(&[(2.0, 5.0, false)])).unwrap());
    assert!(!svg::has_filled(&elements, BLUE));
}

#[test]
fn where_a_condition_fails_nothing_is_predicted() {
    let mut data = sample::distance_data();
    for curve in &mut data.curves[..2] {
        curve.points.iter_mut().for_each(|p| p.radius = None);
    }
    let figure = distance(&data).unwrap();
    assert!(!figure.svg.contains(BLUE));
    assert!(svg::text(&check(&figure)).contains("IFT, W: predicts nothing here"));

    let mut data = sample::zoom_data();
    data.discs.iter_mut().for_each(|d| d.radius = None);
    let figure = zoom(&data).unwrap();
    assert!(!figure.svg.contains(VERMILLION));
    assert!(svg::text(&check(&figure)).contains("Newton–Kantorovich, row: fails"));
}

#[test]
fn points_without_proof_are_hollow() {
    let mut data = sample::landscape_data();
    data.points.iter_mut().for_each(|p| p.proved = false);
    let elements = check(&landscape(&data).unwrap());
    let filled = |elements: &[svg::Element]| {
        let colours = [BLUE, "#222222", "#6B6B6B"];
        colours
            .iter()
            .any(|colour| svg::has_filled(elements, colour))
    };
    assert!(!filled(&elements));
    assert!(svg::text(&elements).contains("minimum, not proved"));
    assert!(!svg::text(&elements).contains("level of the saddle"));

    let mut data = sample::zoom_data();
    data.simplified.proved = false;
    data.exact = data.exact.map(|e| ZoomPoint { proved: false, ..e });
    assert!(!filled(&check(&zoom(&data).unwrap())));

    let mut data = sample::distance_data();
    data.curves.clear();
    assert!(filled(&check(&distance(&data).unwrap())));
    data.distances.iter_mut().for_each(|p| p.proved = false);
    assert!(!filled(&check(&distance(&data).unwrap())));
}

#[test]
fn hostile_numbers_leave_a_note_and_no_trace() {
    for figure in all() {
        assert!(!has_note(&svg::text(&check(&figure))), "{}", figure.stem);
    }
    for x in HOSTILE {
        let noted = |figure: Figure| {
            let text = svg::text(&check(&figure));
            assert!(has_note(&text), "{}: {x}: {text}", figure.stem);
        };
        let mut data = sample::margins_data();
        data.curves[0].points[3].margin = x;
        noted(margins(&data).unwrap());
        let mut data = sample::margins_data();
        data.curves[0].points[3].d = x;
        noted(margins(&data).unwrap());

        let mut data = sample::distance_data();
        data.distances[3].upper = x;
        data.curves[0].points[5].radius = Some(x);
        noted(distance(&data).unwrap());
        let mut data = sample::distance_data();
        data.distances[3].rho = x;
        data.landmarks[0].0 = x;
        noted(distance(&data).unwrap());

        let mut data = sample::zoom_data();
        data.discs[1].radius = Some(x);
        noted(zoom(&data).unwrap());
        if x.abs() > 1.0 || x.is_nan() {
            let mut data = sample::zoom_data();
            data.boxes[0].x[1] = x;
            noted(zoom(&data).unwrap());
            let mut data = sample::zoom_data();
            data.exact = Some(ZoomPoint {
                at: [x, 1.0],
                proved: true,
            });
            noted(zoom(&data).unwrap());
            let mut data = sample::zoom_data();
            data.simplified.at[1] = x;
            noted(zoom(&data).unwrap());

            let mut data = sample::landscape_data();
            data.points[0].at[0] = x;
            noted(landscape(&data).unwrap());
            let mut data = sample::landscape_data();
            data.regions[0].y[1] = x;
            noted(landscape(&data).unwrap());
            let mut data = sample::landscape_data();
            data.paths[0].points[4][0] = x;
            noted(landscape(&data).unwrap());
        }
        let mut data = sample::landscape_data();
        let objective = move |a: f64, b: f64| if a > 1.0 { x } else { sample::objective(a, b) };
        data.objective = &objective;
        check(&landscape(&data).unwrap());
        let constant = move |_: f64, _: f64| x;
        data.objective = &constant;
        noted(landscape(&data).unwrap());
        data.window = Some(Window {
            x: [x, 1.0],
            y: [0.0, x],
        });
        check(&landscape(&data).unwrap());
    }
}

/// Does the figure say that something is missing from it?
fn has_note(text: &str) -> bool {
    let notes = [
        "not drawn",
        "no data",
        "outside",
        "not visible",
        "interrupt",
        "not finite",
    ];
    notes.iter().any(|note| text.contains(note))
}

#[test]
fn no_data_leave_a_note() {
    let figures = [
        margins(&MarginsData::default()).unwrap(),
        margins(&curve(&[])).unwrap(),
        distance(&DistanceData::default()).unwrap(),
        zoom(&ZoomData {
            discs: vec![],
            boxes: vec![],
            exact: None,
            ..sample::zoom_data()
        })
        .unwrap(),
        landscape(&LandscapeData {
            parameters: String::new(),
            objective: &|_, _| f64::NAN,
            points: vec![],
            regions: vec![],
            paths: vec![],
            window: None,
        })
        .unwrap(),
    ];
    for figure in figures {
        let text = svg::text(&check(&figure));
        assert!(text.contains("no data to draw"), "{}: {text}", figure.stem);
    }
}

#[test]
fn csv_numbers_read_back_exactly() {
    let mut data = sample::margins_data();
    data.curves[0].points[0].margin = f64::NAN;
    data.curves[0].points[1].margin = f64::INFINITY;
    data.curves[0].points[2].margin = 5e-324;
    data.curves[0].points[4].margin = 0.1 + 0.2;
    let figure = margins(&data).unwrap();
    let rows = records(&figure.csv);
    assert_eq!(
        rows[0],
        ["condition", "space", "label", "d", "margin", "status"]
    );
    let mut rows = rows[1..].iter();
    for curve in &data.curves {
        for point in &curve.points {
            let row = rows.next().unwrap();
            assert_eq!(row[0], curve.key.condition.name());
            assert_eq!(row[1], curve.key.space.name());
            let number = |k: usize| row[k].parse::<f64>().unwrap().to_bits();
            assert_eq!(number(3), point.d.to_bits());
            assert_eq!(number(4), point.margin.to_bits());
            let proved = point.holds && point.margin >= 1.0;
            assert_eq!(row[5], if proved { "proved" } else { "failing" });
        }
    }
    assert!(rows.next().is_none());
}

#[test]
fn csv_fields_are_quoted_and_rows_are_complete() {
    let mut data = sample::zoom_data();
    data.boxes[0].label = "a \"box\", unique".to_owned();
    let rows = records(&zoom(&data).unwrap().csv);
    assert_eq!(rows.last().unwrap()[1], "a \"box\", unique");
    // The failing disc has no radius.
    let failing: Vec<_> = rows.iter().filter(|r| r[9] == "failing").collect();
    assert_eq!(failing.len(), 1);
    assert_eq!(failing[0][8], "");
    for figure in all() {
        let rows = records(&figure.csv);
        assert!(rows.len() > 5);
        assert!(
            rows.iter().all(|r| r.len() == rows[0].len()),
            "{}",
            figure.stem
        );
    }
}

/// Reads CSV with quoted fields.
fn records(csv: &str) -> Vec<Vec<String>> {
    let record = |line: &str| {
        let mut fields = vec![String::new()];
        let mut quoted = false;
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    fields.last_mut().unwrap().push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => fields.push(String::new()),
                c => fields.last_mut().unwrap().push(c),
            }
        }
        fields
    };
    csv.lines().map(record).collect()
}

#[test]
#[ignore = "writes the figures to target/figures, to be looked at"]
fn write_figures() {
    let folder = std::path::Path::new("target/figures");
    std::fs::create_dir_all(folder).unwrap();
    for figure in all() {
        std::fs::write(folder.join(format!("{}.svg", figure.stem)), &figure.svg).unwrap();
        std::fs::write(folder.join(format!("{}.csv", figure.stem)), &figure.csv).unwrap();
    }
}
