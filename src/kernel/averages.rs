//! Averages over `x^(1) = ±1 + ρu`, `u` standard normal, of what the supervised gradient and Hessian are made of: sums over cells of `u`, on
//! each Taylor's formula at the middle, its last term over the whole cell.

use super::budget;
use super::fixed::Fixed;
use super::moments::pi;

/// Terms of a Taylor polynomial, the remainder among them.
const TERMS: usize = 9;
type Jet = [Fixed; TERMS];

fn times(x: &Jet, y: &Jet) -> Jet {
    std::array::from_fn(|n| (0..=n).map(|i| x[i] * y[n - i]).sum())
}

fn scaled(c: Fixed, x: &Jet) -> Jet {
    x.map(|x| c * x)
}

fn sum(x: &Jet, y: &Jet) -> Jet {
    std::array::from_fn(|n| x[n] + y[n])
}

fn constant(c: Fixed) -> Jet {
    std::array::from_fn(|n| if n == 0 { c } else { Fixed::ZERO })
}

/// `σ` of one number; it increases.
fn sigmoid(z: Fixed) -> Fixed {
    let at = |z: Fixed| {
        let decay = (-z.abs()).exp();
        let small = decay.over(Fixed::ONE + decay);
        if z.negative() {
            small
        } else {
            Fixed::ONE - small
        }
    };
    at(z.lower()).hull(at(z.upper()))
}

/// `σ(x)`: `y' = y(1 - y)x'`.
fn sigmoid_jet(x: &Jet) -> Jet {
    let mut y = constant(sigmoid(x[0]));
    let mut slope = constant(y[0] * (Fixed::ONE - y[0]));
    for n in 0..TERMS - 1 {
        let product: Fixed = (0..=n)
            .map(|i| slope[i] * x[n + 1 - i] * Fixed::int((n + 1 - i) as i64))
            .sum();
        y[n + 1] = product.shared_by(n + 1);
        let square: Fixed = (0..=n + 1).map(|i| y[i] * y[n + 1 - i]).sum();
        slope[n + 1] = y[n + 1] - square;
    }
    y
}

/// Averages over one value of `x^(1)`'s sign, of these with the powers of `x^(1)` named; `e = ŷ - y`, `h = σ(ax)`.
#[derive(Clone, Copy)]
pub struct Averages {
    /// `e h_1`, `e h_2`.
    pub output: [Fixed; 2],
    /// `e f h' x`.
    pub weight: Fixed,
    /// `ŷ(1-ŷ) f² h'²` by 1, x, x².
    pub curved: [Fixed; 3],
    /// `e f h_1''` by 1, x, x².
    pub bent: [Fixed; 3],
    /// `ŷ(1-ŷ) h_i f h'` by 1, x.
    pub mixed: [[Fixed; 2]; 2],
    /// `e h'` by 1, x.
    pub slope: [Fixed; 2],
    /// `ŷ(1-ŷ) h_i h_j` for 11, 12, 22.
    pub outputs: [Fixed; 3],
}

/// All of them as one list.
const COUNT: usize = 18;

fn integrands(a: Fixed, f: Fixed, y: Fixed, x: &Jet) -> [Jet; COUNT] {
    let one = constant(Fixed::ONE);
    let h1 = sigmoid_jet(&scaled(a, x));
    let h2 = sum(&one, &scaled(-Fixed::ONE, &h1));
    let slope = times(&h1, &h2);
    let second = times(&slope, &sum(&h2, &scaled(-Fixed::ONE, &h1)));
    // z = f (h_2 - h_1).
    let hat = sigmoid_jet(&scaled(f, &sum(&h2, &scaled(-Fixed::ONE, &h1))));
    let error = sum(&hat, &constant(-y));
    let weight = times(&hat, &sum(&one, &scaled(-Fixed::ONE, &hat)));
    let slanted = scaled(f, &slope);
    let times_x = |g: &Jet| times(g, x);
    let [e1, e2] = [&h1, &h2].map(|h| times(&error, h));
    let es = times(&error, &slope);
    let curved = times(&weight, &times(&slanted, &slanted));
    let bent = scaled(f, &times(&error, &second));
    let mixed = [&h1, &h2].map(|h| times(&times(&weight, h), &slanted));
    let [w11, w12, w22] =
        [(&h1, &h1), (&h1, &h2), (&h2, &h2)].map(|(g, h)| times(&weight, &times(g, h)));
    let (cx, bx, ex) = (times_x(&curved), times_x(&bent), times_x(&es));
    let pull = scaled(f, &ex);
    [
        e1,
        e2,
        pull,
        curved,
        cx,
        times_x(&cx),
        bent,
        bx,
        times_x(&bx),
        mixed[0],
        times_x(&mixed[0]),
        mixed[1],
        times_x(&mixed[1]),
        es,
        ex,
        w11,
        w12,
        w22,
    ]
}

/// `E g(sign + ρu)` for all of [`integrands`].
pub fn averages(a: Fixed, f: Fixed, y: Fixed, sign: Fixed, rho: Fixed) -> Averages {
    let at = |u: Fixed| {
        let mut x = constant(sign + rho * u);
        x[1] = rho;
        x
    };
    let cells = if rho == Fixed::ZERO { 1 } else { 300 };
    let affordable = budget::spend(2_000 * cells).is_some();
    let mut total = [if affordable {
        Fixed::ZERO
    } else {
        Fixed::ENTIRE
    }; COUNT];
    if !affordable {
        // Nothing is known of what was not computed.
    } else if rho == Fixed::ZERO {
        total = integrands(a, f, y, &at(Fixed::ZERO)).map(|g| g[0]);
    } else {
        // Narrow cells where x moves fast.
        let half_count: i64 = if rho.at_most(Fixed::ratio(1, 10)) {
            64
        } else {
            144
        };
        let reach = Fixed::int(9);
        let width = reach.over(Fixed::int(half_count)).upper();
        let norm = Fixed::ONE.over((pi() + pi()).sqrt());
        for k in -half_count..half_count {
            let cell = (width * Fixed::int(k)).hull(width * Fixed::int(k + 1));
            let middle = cell.mid();
            let [at_middle, over] = [middle, cell].map(|u| {
                let density = normal_jet(u, norm);
                integrands(a, f, y, &at(u)).map(|g| times(&g, &density))
            });
            let radius = cell.radius();
            for (total, (at_middle, over)) in total.iter_mut().zip(at_middle.iter().zip(&over)) {
                // ∫ t^n over [-r, r] is 2 r^(n+1)/(n+1) for even n, 0 for odd.
                let mut power = radius + radius;
                for n in (0..TERMS).step_by(2) {
                    let coefficient = if n + 1 == TERMS {
                        over[n]
                    } else {
                        at_middle[n]
                    };
                    *total = *total + (coefficient * power).shared_by(n + 1);
                    power = power * radius * radius;
                }
            }
        }
        // Beyond the cells: |g| <= (1 + f + f²)(1 + |x| + x²) <= (1 + f + f²)(3 + ρ)² u², and ∫ u² φ = 2(tφ(t) + Q(t)) <= 2(t + 1/t)φ(t).
        let t = width * Fixed::int(half_count);
        let density = (-t.sqr().half()).exp() * norm;
        let size = (Fixed::ONE + f.abs() + f.sqr()) * (Fixed::int(3) + rho).sqr();
        let rest = (Fixed::int(2) * size * (t + Fixed::ONE.over(t)) * density).symmetric();
        total = total.map(|x| x + rest);
    }
    let [
        e1,
        e2,
        pull,
        c0,
        c1,
        c2,
        b0,
        b1,
        b2,
        m10,
        m11,
        m20,
        m21,
        s0,
        s1,
        w11,
        w12,
        w22,
    ] = total;
    Averages {
        output: [e1, e2],
        weight: pull,
        curved: [c0, c1, c2],
        bent: [b0, b1, b2],
        mixed: [[m10, m11], [m20, m21]],
        slope: [s0, s1],
        outputs: [w11, w12, w22],
    }
}

/// `φ(u + t)`: `g' = -(u + t) g`.
fn normal_jet(u: Fixed, norm: Fixed) -> Jet {
    let mut g = constant((-u.sqr().half()).exp() * norm);
    for n in 0..TERMS - 1 {
        let before = if n == 0 { Fixed::ZERO } else { g[n - 1] };
        g[n + 1] = -(u * g[n] + before).shared_by(n + 1);
    }
    g
}
