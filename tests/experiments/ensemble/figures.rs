//! The figures: well-formed, inside their frames, without NaN, with their data beside them.

use std::collections::BTreeSet;
use std::fs;

use minlift::ensemble::{DrawRecord, Job, Parameters, gallery, summary_files};
use minlift::report::figures::Figure;

use super::stub;
use super::summary::filled;

#[path = "../../report/figures/svg.rs"]
#[allow(dead_code, reason = "shared with tests that use the rest")]
mod svg;

fn drawn(
    name: &str,
    parameters: &Parameters,
    prove: &(dyn Fn(&Job) -> DrawRecord + Sync),
) -> Vec<Figure> {
    let (summary, table) = filled(name, parameters, prove);
    let figures = gallery(&summary, &table).unwrap();
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("ensemble-{name}"));
    for file in summary_files(&summary, &table).unwrap() {
        fs::write(folder.join(&file.name), &file.bytes).unwrap();
    }
    for figure in &figures {
        check(figure);
    }
    let stems: BTreeSet<&String> = figures.iter().map(|it| &it.stem).collect();
    assert_eq!(stems.len(), figures.len());
    assert_eq!(
        gallery(&summary, &table).unwrap(),
        figures,
        "the same bytes"
    );
    figures
}

fn check(figure: &Figure) {
    let name = &figure.stem;
    let elements = svg::read(&figure.svg);
    assert!(
        !figure.svg.contains("NaN") && !figure.svg.contains("inf\""),
        "{name}"
    );
    let height = elements[0].number("height");
    for element in &elements {
        for [x, y] in element.positions() {
            let inside = (0.0..=4.0 * 720.0).contains(&x) && (0.0..=4.0 * height).contains(&y);
            assert!(inside, "{name}: {element:?}");
        }
    }
    assert!(!svg::frames(&elements).is_empty(), "{name}");
    let columns = figure.csv.lines().next().unwrap().split(',').count();
    assert!(
        figure
            .csv
            .lines()
            .all(|line| line.split(',').count() == columns),
        "{name}"
    );
}

fn stems(figures: &[Figure]) -> Vec<&str> {
    figures.iter().map(|it| it.stem.as_str()).collect()
}

#[test]
fn against_the_dimension() {
    let mut parameters = stub::default_table();
    parameters.draws = 200;
    let figures = drawn("figures-d", &parameters, &stub::prove);
    assert_eq!(
        stems(&figures),
        [
            "frequency-d-n-d2",
            "distance-d-n-d2",
            "margins-d-n-d2",
            "content-d-n-d2"
        ]
    );
    assert_eq!(figures[0].csv.lines().count(), 1 + 5 * 6);
    assert!(
        figures[0]
            .csv
            .starts_with("statement,d,count,draws,fraction,lower,upper\n")
    );
    let text = svg::text(&svg::read(&figures[0].svg));
    for label in [
        "IFT",
        "Newton–Kantorovich",
        "Krawczyk",
        "proved",
        "proved nearby",
        "dimension d",
    ] {
        assert!(text.contains(label), "{text}");
    }
    // Squares, triangles, diamonds: no condition is lost, a NaN margin or not.
    let margins = svg::read(&figures[2].svg);
    for colour in ["#0072B2", "#D55E00", "#CC79A7"] {
        assert!(svg::lines(&margins, colour).count() >= 6, "{colour}");
    }
    // Minima of margins are -inf: such lines end at the edge, and that is said.
    assert!(svg::text(&svg::read(&figures[2].svg)).contains("quantiles are beyond every axis"));
}

#[test]
fn against_the_number_of_points() {
    let parameters = stub::parameters(&[(10, 50), (10, 100), (10, 400), (10, 1600)], 200);
    let figures = drawn("figures-n", &parameters, &stub::prove);
    assert_eq!(
        stems(&figures),
        [
            "frequency-n-d-10",
            "distance-n-d-10",
            "margins-n-d-10",
            "content-n-d-10"
        ]
    );
    assert!(figures[1].csv.starts_with("number,n,draws,minimum,"));
}

#[test]
fn both_ways() {
    let cells: Vec<(u64, u64)> = [10, 20, 30]
        .into_iter()
        .flat_map(|d| [100, 400, 900].map(|n| (d, n)))
        .collect();
    let figures = drawn("figures-both", &stub::parameters(&cells, 40), &stub::prove);
    assert_eq!(figures.len(), 4 * (3 + 3));
}

#[test]
fn one_cell_alone() {
    let figures = drawn(
        "figures-alone",
        &stub::parameters(&[(10, 100)], 1000),
        &stub::prove,
    );
    assert_eq!(
        stems(&figures),
        [
            "frequency-d-10-n-100",
            "distance-d-10-n-100",
            "margins-d-10-n-100",
            "content-d-10-n-100"
        ]
    );
    assert!(
        figures[1]
            .csv
            .starts_with("number,value,fraction,draws,status\n")
    );
    assert!(figures[1].csv.lines().count() <= 501);
    let text = svg::text(&svg::read(&figures[0].svg));
    assert!(text.contains(" of 1000, ["), "{text}");
}

#[test]
fn nothing_to_draw_is_said() {
    for (name, cells) in [
        ("figures-nothing", &[(5, 25), (10, 100)][..]),
        ("figures-nothing-alone", &[(10, 100)]),
    ] {
        let figures = drawn(name, &stub::parameters(cells, 10), &stub::nothing);
        for figure in &figures[1..] {
            let text = svg::text(&svg::read(&figure.svg));
            assert!(
                text.contains("no data to draw") && text.contains("no draw has it"),
                "{text}"
            );
        }
    }
}

#[test]
fn extreme_numbers_do_no_harm() {
    let wild = |job: &Job| {
        let x = [
            f64::INFINITY,
            f64::NAN,
            -0.0,
            1e300,
            5e-324,
            -1e300,
            1.0,
            1e-20,
        ][(job.draw % 8) as usize];
        let mut draw = stub::prove(job);
        draw.distance = Some([x, x]);
        draw.coefficients = Some([[x, -x], [1.0, x]]);
        draw.projections = Some([[x, x], [1.0, 1.0]]);
        for condition in &mut draw.conditions {
            condition.margin = x;
        }
        draw
    };
    drawn(
        "figures-wild",
        &stub::parameters(&[(5, 25), (10, 100)], 64),
        &wild,
    );
    drawn(
        "figures-wild-alone",
        &stub::parameters(&[(5, 25)], 64),
        &wild,
    );
    drawn(
        "figures-single",
        &stub::parameters(&[(5, 25), (6, 36)], 1),
        &stub::prove,
    );
}
