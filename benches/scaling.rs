//! The Jacobian of `L_X` over dimensions and numbers of points: `cargo bench --bench scaling`.
//!
//! Not a criterion benchmark: each case is run for about a second, the fastest run counts. It prints a table and writes
//! `target/tmp/scaling.csv` and `target/tmp/scaling.svg` (with the feature `cli`); `notes/performance.md` shows a copy.
//!
//! Rates are the `n d²` multiplications and additions of the symmetric product over the time of the whole Jacobian, evaluation of the
//! `S_j` included; `dgemm` is the rate of a full product of the same library with the same columns, `2 n d²`.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::time::Instant;

use faer::linalg::matmul::matmul;
use faer::{Accum, Mat, MatRef, Par};
use minlift::data::{DataNoise, DataSet};
use minlift::interval::Interval;
use minlift::model::empirical::{EmpiricalEnclosure, EmpiricalObjective};

/// Numbers of points at `d = 100`, and dimensions at `n = 10 000`.
const CASES: [(usize, usize); 11] = [
    (10, 10_000),
    (20, 10_000),
    (50, 10_000),
    (100, 10_000),
    (200, 10_000),
    (500, 10_000),
    (1000, 10_000),
    (100, 100),
    (100, 1_000),
    (100, 30_000),
    (100, 100_000),
];
const SECONDS: f64 = 1.0;

struct Row {
    d: usize,
    n: usize,
    /// Seconds: float on one thread, on all, enclosed on one, the full product.
    times: [f64; 4],
}

impl Row {
    /// Thousand millions of multiplications and additions a second.
    fn rate(&self, k: usize) -> f64 {
        let work = (self.n * self.d * self.d) as f64 * 1e-9;
        work * if k == 3 { 2.0 } else { 1.0 } / self.times[k]
    }
}

fn fastest(mut run: impl FnMut()) -> f64 {
    let begun = Instant::now();
    let mut best = f64::INFINITY;
    while begun.elapsed().as_secs_f64() < SECONDS {
        let start = Instant::now();
        run();
        best = best.min(start.elapsed().as_secs_f64());
    }
    best
}

fn measure(d: usize, n: usize) -> Row {
    let rho = (d as f64).powf(-1.5);
    let data = DataSet::draw(n, d, 7.0, rho, DataNoise::Isotropic, 1);
    let objective = EmpiricalObjective::new(&data.points, 0.00125, rho * rho);
    let enclosure = EmpiricalEnclosure::new(
        &data.points,
        Interval::point(0.00125),
        Interval::point(rho * rho),
    );
    let mut w = vec![1e-4; d];
    w[..2].copy_from_slice(&[3.8, 1.5]);
    let one = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a pool of one thread");
    let float = || {
        black_box(objective.hessian(black_box(&w)).matrix());
    };
    let x = MatRef::from_column_major_slice(data.points.as_slice(), n, d);
    let mut full = Mat::<f64>::zeros(d, d);
    let times = [
        one.install(|| fastest(float)),
        fastest(float),
        one.install(|| {
            fastest(|| {
                let _ = black_box(enclosure.at(black_box(&w)));
            })
        }),
        fastest(|| {
            let into = full.as_mut();
            matmul(
                into,
                Accum::Replace,
                black_box(x).transpose(),
                x,
                1.0,
                Par::Seq,
            );
        }),
    ];
    Row { d, n, times }
}

fn main() {
    // `cargo test --benches` and `cargo bench --no-run` only want to know that it builds.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let mut csv = String::from(
        "d,n,float_ms,float_all_threads_ms,enclosed_ms,dgemm_gflops,float_gflops,float_all_threads_gflops,enclosed_gflops\n",
    );
    println!(
        "    d       n     float  all threads  enclosed   GFLOP/s  of dgemm  two threads  enclosed/float"
    );
    let mut rows = Vec::new();
    for (d, n) in CASES {
        let row = measure(d, n);
        let [float, all, enclosed, _] = row.times;
        println!(
            "{d:5} {n:7} {:9.3} {:12.3} {:9.3} {:9.1} {:8.0}% {:11.2}x {:14.2}x   (ms)",
            1e3 * float,
            1e3 * all,
            1e3 * enclosed,
            row.rate(0),
            100.0 * row.rate(0) / row.rate(3),
            float / all,
            enclosed / float,
        );
        let _ = writeln!(
            csv,
            "{d},{n},{},{},{},{},{},{},{}",
            1e3 * float,
            1e3 * all,
            1e3 * enclosed,
            row.rate(3),
            row.rate(0),
            row.rate(1),
            row.rate(2)
        );
        rows.push(row);
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target/tmp");
    let written =
        fs::create_dir_all(folder).and_then(|()| fs::write(format!("{folder}/scaling.csv"), csv));
    if let Err(error) = written {
        eprintln!("{folder}/scaling.csv: {error}");
    }
    #[cfg(feature = "cli")]
    if let Err(error) = draw(&rows, &format!("{folder}/scaling.svg")) {
        eprintln!("{folder}/scaling.svg: {error}");
    }
}

/// Two panels: against `d` at 10 000 points, against `n` in 100 dimensions.
#[cfg(feature = "cli")]
fn draw(rows: &[Row], path: &str) -> Result<(), Box<dyn std::error::Error>> {
    use plotters::prelude::*;
    let root = SVGBackend::new(path, (980, 420)).into_drawing_area();
    root.fill(&WHITE)?;
    let colours = [
        RGBColor(0, 90, 160),
        RGBColor(210, 110, 0),
        RGBColor(20, 130, 80),
        RGBColor(120, 120, 120),
    ];
    let names = [
        "float, one thread",
        "float, all threads",
        "enclosed, one thread",
        "full product (dgemm)",
    ];
    let panels = root.split_evenly((1, 2));
    let against_d: Vec<&Row> = rows.iter().filter(|row| row.n == 10_000).collect();
    let mut against_n: Vec<&Row> = rows.iter().filter(|row| row.d == 100).collect();
    against_n.sort_by_key(|row| row.n);
    let top = rows
        .iter()
        .flat_map(|row| (0..4).map(|k| row.rate(k)))
        .fold(1.0, f64::max)
        * 1.45; // room for the legend
    for (panel, (title, points, by_d)) in panels.iter().zip([
        ("n = 10 000, against d", against_d, true),
        ("d = 100, against n", against_n, false),
    ]) {
        let place = |row: &Row| if by_d { row.d as f64 } else { row.n as f64 };
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            continue;
        };
        let mut chart = ChartBuilder::on(panel)
            .caption(title, ("sans-serif", 16))
            .margin(12)
            .x_label_area_size(36)
            .y_label_area_size(48)
            .build_cartesian_2d((place(first)..place(last)).log_scale(), 0.0..top)?;
        chart
            .configure_mesh()
            .x_desc(if by_d { "d" } else { "n" })
            .y_desc("GFLOP/s (multiplications and additions of the product)")
            .light_line_style(WHITE)
            .draw()?;
        for (k, (name, colour)) in names.into_iter().zip(colours).enumerate() {
            chart
                .draw_series(LineSeries::new(
                    points.iter().map(|row| (place(row), row.rate(k))),
                    colour.stroke_width(2),
                ))?
                .label(name)
                .legend(move |(x, y)| {
                    PathElement::new([(x, y), (x + 18, y)], colour.stroke_width(2))
                });
            chart.draw_series(
                points
                    .iter()
                    .map(|row| Circle::new((place(row), row.rate(k)), 3, colour.filled())),
            )?;
        }
        chart
            .configure_series_labels()
            .position(SeriesLabelPosition::UpperLeft)
            .background_style(WHITE.mix(0.8))
            .draw()?;
    }
    root.present()?;
    Ok(())
}
