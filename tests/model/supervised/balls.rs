//! The bound of the third derivative over balls, against what a search finds by another route: differences of the
//! float Jacobian, whose tests share nothing with the enclosures.

use minlift::claim::supervised::{Agreeing, InvariantSet, Opposed, Restricted};
use minlift::interval::Interval;
use minlift::model::supervised::{
    Collinear, Frame, LineBounds, Order, PopulationObjective, SupervisedParameters, ThirdDerivative,
};
use minlift::theorem::prove_critical_point;
use rand::{Rng, SeedableRng};
use rand_distr::StandardNormal;
use rand_xoshiro::Xoshiro256PlusPlus;

use super::given::parameters;

/// A map `ϑ -> θ_0 + Bϑ` of all `2d + 2` coordinates, for opposed points (`u = e1`) and agreeing ones alike.
struct Chart<'a> {
    frame: &'a Frame,
    direction: [f64; 2],
    d: usize,
}

impl Chart<'_> {
    /// `Bϑ` in the coordinates `(w_1, w_2, F)`.
    fn push(&self, t: &[f64]) -> Vec<f64> {
        let (d, [c, s]) = (self.d, self.direction);
        let m = self.frame.basis.ncols();
        let six: Vec<f64> = (0..6)
            .map(|i| (0..m).map(|j| self.frame.basis[(i, j)] * t[j]).sum())
            .collect();
        let mut x = vec![0.0; 2 * d + 2];
        for (row, at) in [(0, 0), (d, 2)] {
            x[row] = c * six[at] - s * six[at + 1];
            x[row + 1] = s * six[at] + c * six[at + 1];
        }
        (x[2 * d], x[2 * d + 1]) = (six[4], six[5]);
        if let Some([plus, minus]) = self.frame.beside {
            let root = std::f64::consts::FRAC_1_SQRT_2;
            for k in 0..d - 2 {
                let (p, q) = (plus * t[m + 2 * k], minus * t[m + 2 * k + 1]);
                x[2 + k] = root * (p + q);
                x[d + 2 + k] = root * (p - q);
            }
        }
        x
    }

    /// `Bᵀx`.
    fn pull(&self, x: &[f64]) -> Vec<f64> {
        let n = self.count();
        (0..n)
            .map(|j| {
                let mut unit = vec![0.0; n];
                unit[j] = 1.0;
                self.push(&unit).iter().zip(x).map(|(b, x)| b * x).sum()
            })
            .collect()
    }

    fn count(&self) -> usize {
        let beside = if self.frame.beside.is_some() {
            2 * (self.d - 2)
        } else {
            0
        };
        self.frame.basis.ncols() + beside
    }
}

/// `D³L[U, U, ·]` at `θ_0 + Bϑ`, in the chart.
fn third(objective: &PopulationObjective, chart: &Chart<'_>, at: &[f64], u: &[f64]) -> Vec<f64> {
    const STEP: f64 = 2e-3;
    let direction = chart.push(u);
    let length = direction.iter().map(|x| x * x).sum::<f64>().sqrt();
    let h = STEP / length.max(1.0);
    let ends = [h, -h].map(|h| {
        let x: Vec<f64> = at.iter().zip(&direction).map(|(x, u)| x + h * u).collect();
        let (jacobian, rows) = objective.jacobian(&x);
        let mut out = vec![0.0; x.len()];
        jacobian.apply(&rows, &direction, &mut out);
        out
    });
    let slope: Vec<f64> = ends[0]
        .iter()
        .zip(&ends[1])
        .map(|(a, b)| (a - b) / (2.0 * h))
        .collect();
    chart.pull(&slope)
}

/// The largest `|D³L[U, U, U]|` that power iterations from random points and directions find in the ball.
fn searched(
    objective: &PopulationObjective,
    chart: &Chart<'_>,
    centre: &[f64],
    radius: f64,
    tries: u64,
) -> f64 {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(7);
    let n = chart.count();
    let mut best = 0.0f64;
    let mut normal = |length: f64| -> Vec<f64> {
        // Half of the tries in the plane, where the third derivative is.
        let plane = rng.random::<bool>();
        let v: Vec<f64> = (0..n)
            .map(|j| {
                if plane && j >= 6 {
                    0.0
                } else {
                    rng.sample(StandardNormal)
                }
            })
            .collect();
        let size = v.iter().map(|x| x * x).sum::<f64>().sqrt();
        v.iter().map(|x| length * x / size).collect()
    };
    for _ in 0..tries {
        let offset = normal(radius);
        let at: Vec<f64> = centre
            .iter()
            .zip(chart.push(&offset))
            .map(|(c, b)| c + b)
            .collect();
        let mut u = normal(1.0);
        for _ in 0..12 {
            let g = third(objective, chart, &at, &u);
            let value: f64 = g.iter().zip(&u).map(|(g, u)| g * u).sum();
            best = best.max(value.abs());
            let size = g.iter().map(|x| x * x).sum::<f64>().sqrt();
            if size < 1e-12 {
                break;
            }
            u = g.iter().map(|x| x / size).collect();
        }
    }
    best
}

fn point<S: InvariantSet>(
    of: &SupervisedParameters,
    guess: &[f64],
) -> (Collinear<Interval>, Vec<f64>) {
    let proof = prove_critical_point(&Restricted::<S>::new(of.clone()), guess);
    assert!(proof.verdict.is_proved());
    let at = S::point(&proof.enclosure);
    let d = of.dimension as usize;
    let ([c, s], [l1, l2]) = (
        at.direction.map(Interval::mid),
        at.lengths.map(Interval::mid),
    );
    let mut x = vec![0.0; 2 * d + 2];
    (x[0], x[1], x[d], x[d + 1]) = (l1 * c, l1 * s, l2 * c, l2 * s);
    (x[2 * d], x[2 * d + 1]) = (at.weights[0].mid(), at.weights[1].mid());
    (at, x)
}

/// The bound over the searched supremum, for the Euclidean and the energy frame.
fn factors<S: InvariantSet>(d: u64, guess: &[f64], radii: [[f64; 2]; 2]) -> Vec<f64> {
    let of = parameters(d, (d as f64).powf(-1.5));
    let objective = PopulationObjective::new(&of);
    let (at, centre) = point::<S>(&of, guess);
    let local = at.derivatives(&of, Order::Third);
    let line = LineBounds::new(&at, &of);
    let frames = [Frame::euclidean(d), Frame::energy(&local, d).unwrap()];
    let mut found = Vec::new();
    for (frame, radii) in frames.iter().zip(radii) {
        let bound = ThirdDerivative::new(&local, frame, &line);
        let chart = Chart {
            frame,
            direction: at.direction.map(Interval::mid),
            d: d as usize,
        };
        for radius in radii {
            let searched = searched(&objective, &chart, &centre, radius, 40);
            let upper = bound.lipschitz(radius);
            // The differences are good to about 1e-4.
            assert!(
                searched <= upper * 1.001,
                "d = {d}, {radius}: {searched} > {upper}"
            );
            found.push(upper / searched);
        }
    }
    found
}

/// Sound, and not by a mile. The radii are those of the conditions and regions: zero, and the largest of use.
#[test]
fn the_bound_over_the_ball_exceeds_what_a_search_finds() {
    let opposed = [
        (2, [2.9, 4.33], [[0.0, 0.01], [0.0, 0.004]]),
        (3, [2.71, 4.28], [[0.0, 0.01], [0.0, 0.005]]),
        (10, [2.63, 4.25], [[0.0, 0.01], [0.0, 0.0064]]),
        (100, [2.63, 4.25], [[0.0, 0.01], [0.0, 0.007]]),
    ];
    for (d, guess, radii) in opposed {
        let found = factors::<Opposed>(d, &guess, radii);
        println!("opposed, d = {d}: {found:.3?}");
        let [at_centre, on_ball, energy, energy_on_ball] = found[..] else {
            panic!("four factors");
        };
        assert!(at_centre < 2.0 && energy < 2.0, "{found:?}");
        assert!(on_ball < 6.0 && energy_on_ball < 15.0, "{found:?}");
    }
    let found = factors::<Agreeing>(10, &[3.7, -0.23, -2.1], [[0.0, 0.005], [0.0, 0.002]]);
    println!("agreeing, d = 10: {found:.3?}");
    assert!(found[0] < 2.0 && found[2] < 2.0, "{found:?}");
}

/// The region's own inequality, `r K(r) < μ` with `μ` near 1 in energy coordinates, by the public parts. (Random points do not
/// tell: the bound has a factor of ten to spare.)
#[test]
fn the_radius_of_the_region_satisfies_its_inequality() {
    for d in [2u64, 3, 10, 100] {
        let text = format!("name = \"a\"\nkind = \"sl\"\nd = {d}\ntau = 7\n");
        let claim = minlift::claim::Claim::from_toml(&text, "a.toml").unwrap();
        let exact = minlift::claim::supervised::decide(&claim).exact.unwrap();
        let (of, radius) = (claim.supervised(), exact.region.unwrap().radius);
        let at = Opposed::point(&exact.point);
        let local = at.derivatives(&of, Order::Third);
        let frame = Frame::energy(&local, d).unwrap();
        let line = LineBounds::new(&at, &of);
        let bound = ThirdDerivative::new(&local, &frame, &line);
        let reached = radius * bound.lipschitz(radius);
        assert!((0.5..1.0).contains(&reached), "d = {d}: {reached}");
    }
}

/// The proved region holds no second critical point: the float Hessian is positive definite at random points of it, and the
/// gradient does not vanish away from the centre.
#[test]
fn the_hessian_is_positive_definite_throughout_the_region() {
    for d in [2u64, 3, 10] {
        let text = format!("name = \"a\"\nkind = \"sl\"\nd = {d}\ntau = 7\n");
        let claim = minlift::claim::Claim::from_toml(&text, "a.toml").unwrap();
        let evidence = minlift::claim::supervised::decide(&claim);
        let region = evidence.exact.unwrap().region.unwrap();
        let objective = PopulationObjective::new(&claim.supervised());
        let transform = nalgebra::DMatrix::from_fn(6, 6, |i, j| region.transform[i][j]);
        let back = transform.try_inverse().unwrap();
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(d);
        let n = d as usize;
        for _ in 0..200 {
            let count = 6 + 2 * (n - 2);
            let v: Vec<f64> = (0..count).map(|_| rng.sample(StandardNormal)).collect();
            let size = v.iter().map(|x| x * x).sum::<f64>().sqrt();
            // On the edge of the region, where it is hardest.
            let v: Vec<f64> = v.iter().map(|x| 0.999 * region.radius * x / size).collect();
            let plane = &back * nalgebra::DVector::from_column_slice(&v[..6]);
            let mut x = vec![0.0; 2 * n + 2];
            for (i, at) in [0, 1, n, n + 1, 2 * n, 2 * n + 1].into_iter().enumerate() {
                x[at] = region.centre[i] + plane[i];
            }
            let root = std::f64::consts::FRAC_1_SQRT_2;
            for k in 0..n - 2 {
                let (p, q) = (
                    v[6 + 2 * k] / region.beside[0],
                    v[7 + 2 * k] / region.beside[1],
                );
                x[2 + k] = root * (p + q);
                x[n + 2 + k] = root * (p - q);
            }
            let (jacobian, rows) = objective.jacobian(&x);
            assert!(jacobian.dense(&rows).cholesky().is_some(), "d = {d}");
            let mut gradient = vec![0.0; 2 * n + 2];
            objective.gradient(&x, &mut gradient);
            assert!(gradient.iter().any(|g| g.abs() > 1e-6), "d = {d}");
        }
    }
}
