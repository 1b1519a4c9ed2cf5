//! `M_ij(m; p, q) = E_u[S_i S_j]`, `S_i(u) = E_z σ^(i)(m + √p u + √q z)`, `u` and `z` standard normal.
//!
//! At a point: the trapezoid rule on the real line in both variables (Trefethen & Weideman 2014, Theorem 5.1). On a box: Taylor's
//! formula, with `∂_m M_ij = M_(i+1)j + M_i(j+1)`, `∂_q M_ij = ½(M_(i+2)j + M_i(j+2))`, `∂_p M_ij = ∂_q M_ij + M_(i+1)(j+1)`.

use std::sync::LazyLock;

use super::budget;
use super::fixed::Fixed;

/// Derivatives of a higher order are not used.
const HIGHEST: usize = 14;

/// Derivatives of σ are at most `n! e^(-FAR)` where their bound is used in place of a table.
const FAR: i64 = 18;

/// `M_ij` at one point, for `i + j` up to an order.
#[derive(Clone, Debug)]
pub struct Moments {
    order: usize,
    at: [Fixed; 3],
    values: Vec<Fixed>,
}

/// `M_ij` over a box, for `i + j <= 4`.
#[derive(Clone, Debug)]
pub struct Boxed {
    order: usize,
    values: Vec<Fixed>,
}

/// `π`.
pub fn pi() -> Fixed {
    let digits = 3_141_592_653_589_793_238_462_643_383_279;
    let unit = 1_000_000_000_000_000_000_000_000_000_000;
    Fixed::ratio(digits, unit).hull(Fixed::ratio(digits + 1, unit))
}

fn power(x: Fixed, n: usize) -> Fixed {
    (0..n).fold(Fixed::ONE, |product, _| product * x)
}

/// `2 n! λ(n+1)/π^(n+1)`, a bound of `|σ^(n)|` on the real line, and `n! λ(n+1)(2/π)^(n+1)`, one where `|Im| <= π/2`: from the poles of
/// σ. `λ(s) = Σ (2k-1)^(-s)` falls in `s`; `λ(2) = π²/8`, `λ(3) < 1.052`.
static BOUNDS: LazyLock<[[Fixed; 2]; HIGHEST + 1]> = LazyLock::new(|| {
    std::array::from_fn(|n| {
        if n == 0 {
            return [Fixed::ONE; 2];
        }
        let lambda = if n == 1 {
            pi().sqr() * Fixed::ratio(1, 8)
        } else {
            Fixed::ratio(1052, 1000)
        };
        let factorial = (1..=n).fold(lambda, |product, k| product * Fixed::int(k as i64));
        let two = Fixed::int(2);
        [
            two * factorial.over(power(pi(), n + 1)),
            factorial * power(two.over(pi()), n + 1),
        ]
        .map(Fixed::upper)
    })
});

/// Bounds of `|S_n|` for a private variance of at least `q`: of σ's derivative itself, and, by `k` integrations by parts,
/// `S_n = q^(-k/2) E[σ^(n-k) He_k(z)]` with `E|He_k| <= √k!`; for `k = n` the constant 1/2 may be taken from σ.
fn smoothed_bounds(q: Fixed) -> [Fixed; HIGHEST + 1] {
    static ROOTS: LazyLock<[Fixed; HIGHEST + 1]> =
        LazyLock::new(|| std::array::from_fn(|k| Fixed::int(k as i64).sqrt()));
    let mut bounds = BOUNDS.map(|bound| bound[0]);
    if !(q - Fixed::ONE.half()).positive() {
        return bounds;
    }
    let inverse = Fixed::ONE.over(q.sqrt());
    let mut factor = Fixed::ONE;
    for k in 1..=HIGHEST {
        factor = factor * ROOTS[k] * inverse;
        for n in k..=HIGHEST {
            let of = if n == k {
                Fixed::ONE.half()
            } else {
                BOUNDS[n - k][0]
            };
            bounds[n] = bounds[n].min((of * factor).upper());
        }
    }
    bounds
}

fn index(order: usize, i: usize, j: usize) -> usize {
    i * (order + 1) + j
}

/// `σ, σ', …, σ^(order)` at `z`: `(n+1) s_(n+1) = s_n - Σ s_i s_(n-i)` for Taylor's coefficients.
fn derivatives(z: Fixed, order: usize) -> Vec<Fixed> {
    let decay = (-z.abs()).exp();
    let small = decay.over(Fixed::ONE + decay);
    let s = if z.negative() {
        small
    } else {
        Fixed::ONE - small
    };
    let mut taylor = vec![s];
    for n in 0..order {
        let square: Fixed = (0..=n).map(|i| taylor[i] * taylor[n - i]).sum();
        taylor.push((taylor[n] - square).shared_by(n + 1));
    }
    let mut factorial = Fixed::ONE;
    for (n, t) in taylor.iter_mut().enumerate().skip(1) {
        factorial = factorial * Fixed::int(n as i64);
        *t = *t * factorial;
    }
    taylor
}

/// One level of the trapezoid rule: weights at the nodes `-count..=count`, and what has to be added to the sum for a function that is
/// bounded by `strip` on `|Im| <= c` times the normal density, and by `real` on the real line.
struct Rule {
    weights: Vec<Fixed>,
    discretisation: Fixed,
    tail: Fixed,
}

impl Rule {
    /// A step and the half-width `c` of a strip in which `√v |Im| <= π/2`, for an error of about `2^-bits`.
    fn plan(deviation: f64, bits: f64) -> [f64; 2] {
        let l = bits * 0.7 + 3.0;
        let c = (1.57 / deviation).min((2.0 * l).sqrt());
        [std::f64::consts::TAU * c / (l + 0.5 * c * c), c]
    }

    /// `|I - T_h| <= 2 M_c/(e^(2πc/h) - 1)`, and the normal weight grows by `e^(c²/2)` on the strip.
    fn new(step: Fixed, c: Fixed, bits: f64) -> Option<Self> {
        let reach = (bits * 1.4 + 6.0).sqrt();
        let count = (reach / step.approx()).ceil();
        if !(1.0..=400.0).contains(&count) {
            return None;
        }
        let norm = Fixed::ONE.over((pi() + pi()).sqrt());
        let density = |x: Fixed| (-x.sqr().half()).exp() * norm;
        let weights: Vec<Fixed> = (0..=count as i64)
            .map(|k| step * density(step * Fixed::int(k)))
            .collect();
        let exponent = (pi() + pi()) * c.over(step);
        let growth = c.sqr().half() - exponent;
        if !growth.negative() || !exponent.positive() {
            return None;
        }
        let discretisation = (growth.exp() + growth.exp()).over(Fixed::ONE - (-exponent).exp());
        // Beyond the last node, on both sides: at most the integral of the density, which is at most φ(t)/t.
        let t = step * Fixed::int(count as i64);
        Some(Self {
            weights,
            discretisation,
            tail: Fixed::int(2) * density(t).over(t),
        })
    }

    fn weight(&self, k: i64) -> Fixed {
        self.weights[k.unsigned_abs() as usize]
    }

    fn range(&self) -> std::ops::RangeInclusive<i64> {
        let n = self.weights.len() as i64 - 1;
        -n..=n
    }

    fn error(&self, strip: Fixed, real: Fixed) -> Fixed {
        (self.discretisation * strip + self.tail * real).symmetric()
    }
}

impl Moments {
    /// At `m` and at the variances `p = a²`, `q = b²` of `deviations = [a, b]`, all of them points. None if it would take too long.
    pub fn at(m: Fixed, deviations: [Fixed; 2], order: usize, bits: f64) -> Option<Self> {
        let [a, b] = deviations;
        let at = [m, a.sqr(), b.sqr()];
        let (inner, outer) = (b.positive(), a.positive());
        // Both levels share one grid of step `unit`; each takes every so many-th node.
        let plans = [a, b].map(|s| Rule::plan(s.approx().max(1e-9), bits));
        let strides = [(outer, a, plans[0]), (inner, b, plans[1])]
            .map(|(used, s, [h, _])| if used { s.approx() * h } else { f64::INFINITY });
        let unit = strides[0].min(strides[1]);
        let every = strides.map(|s| {
            if s.is_finite() {
                (s / unit).floor().min(1e6) as i64
            } else {
                0
            }
        });
        let unit = if unit.is_finite() {
            Fixed::dyadic((unit * f64::from(1 << 30)) as i64, -30)?
        } else {
            Fixed::ZERO
        };
        let rule = |used: bool, s: Fixed, every: i64, [_, c]: [f64; 2]| -> Option<Option<Rule>> {
            if !used {
                return Some(None);
            }
            let c = Fixed::dyadic((c * f64::from(1 << 20)) as i64, -20)?;
            // In the strip all arguments of σ stay between its poles.
            let between_poles = (c * s).at_most(pi().half().lower());
            if !between_poles {
                return None;
            }
            Rule::new((unit * Fixed::int(every)).over(s), c, bits).map(Some)
        };
        let (outer, inner) = (
            rule(outer, a, every[0], plans[0])?,
            rule(inner, b, every[1], plans[1])?,
        );
        let range = |rule: &Option<Rule>| rule.as_ref().map_or(0..=0, Rule::range);
        let reach = every[0] * range(&outer).end() + every[1] * range(&inner).end();
        if reach > 4_000 {
            return None;
        }
        let count = |rule: &Option<Rule>| {
            rule.as_ref()
                .map_or(1, |rule| 2 * rule.weights.len() as u64)
        };
        let size = order as u64 + 1;
        let cost =
            (2 * reach as u64 + 1) * size * size + count(&outer) * size * (count(&inner) + size);
        budget::spend(cost)?;
        let nodes: Vec<Vec<Fixed>> = (-reach..=reach)
            .map(|k| derivatives(m + unit * Fixed::int(k), order))
            .collect();
        let limits = *BOUNDS;
        let node = |i: i64, j: i64| &nodes[(reach + every[0] * i + every[1] * j) as usize];
        let smoothed: Vec<Vec<Fixed>> = range(&outer)
            .map(|i| match &inner {
                None => node(i, 0).clone(),
                Some(rule) => (0..=order)
                    .map(|n| {
                        let sum: Fixed = rule.range().map(|j| rule.weight(j) * node(i, j)[n]).sum();
                        sum + rule.error(limits[n][1], limits[n][0])
                    })
                    .collect(),
            })
            .collect();
        let mut values = vec![Fixed::ZERO; (order + 1) * (order + 1)];
        for i in 0..=order {
            for j in i..=order - i {
                let product = |s: &[Fixed]| s[i] * s[j];
                let value = match &outer {
                    None => product(&smoothed[0]),
                    Some(rule) => {
                        let sum: Fixed = rule
                            .range()
                            .zip(&smoothed)
                            .map(|(k, s)| rule.weight(k) * product(s))
                            .sum();
                        sum + rule.error(limits[i][1] * limits[j][1], limits[i][0] * limits[j][0])
                    }
                };
                values[index(order, i, j)] = value;
                values[index(order, j, i)] = value;
            }
        }
        Some(Self { order, at, values })
    }

    /// Over `m`, `p`, `q` in a box: with `L = δm ∂_m + δp ∂_p + δq ∂_q` Taylor's formula in the direction of each point of the box,
    /// `M = Σ_(k<K) L^k M/k! + L^K M(ξ)/K!`, by Horner's scheme; `|M_ij(ξ)|` by the bounds of σ's derivatives.
    pub fn over(&self, point: [Fixed; 3]) -> Boxed {
        let [m, p, q] = [0, 1, 2].map(|k| point[k] - self.at[k]);
        let levels = (self.order - 2) / 2;
        let highest = 4 + 2 * levels;
        let limits = smoothed_bounds(self.at[2].lower().min(point[2].lower()));
        let mut values: Vec<Fixed> = (0..=highest)
            .flat_map(|i| (0..=highest).map(move |j| (i, j)))
            .map(|(i, j)| (limits[i] * limits[j]).symmetric())
            .collect();
        let (p, q) = (p.half(), q.half());
        for k in (0..levels).rev() {
            let mut lower = values.clone();
            for i in 0..=4 + 2 * k {
                for j in i..=4 + 2 * k - i {
                    let v = |i: usize, j: usize| values[index(highest, i, j)];
                    let spread = v(i + 2, j) + v(i, j + 2);
                    let mixed = v(i + 1, j + 1);
                    let change =
                        m * (v(i + 1, j) + v(i, j + 1)) + p * (spread + mixed + mixed) + q * spread;
                    let all = self.values[index(self.order, i, j)] + change.shared_by(k + 1);
                    let known = (limits[i] * limits[j]).symmetric();
                    let value = all.meet(known).unwrap_or(Fixed::ENTIRE);
                    lower[index(highest, i, j)] = value;
                    lower[index(highest, j, i)] = value;
                }
            }
            values = lower;
        }
        Boxed {
            order: highest,
            values,
        }
    }
}

impl Boxed {
    /// Bounds for `m` far from 0, if it is: by Cauchy's formula on the circle of radius 1, where `|1 + e^ζ| >= e^(Re ζ)`,
    /// `|σ^(n)(x)| <= n! e^(1-|x|)` for `n >= 1`, whose average is at most `n! e^(1-|m|+(p+q)/2)`; the other factor is bounded as ever. `|M_00| <= 1`.
    pub fn far([m, p, q]: [Fixed; 3]) -> Option<Self> {
        let exponent = Fixed::ONE - m.abs() + (p + q).half();
        if !(exponent + Fixed::int(FAR)).negative() {
            return None;
        }
        let decay = exponent.exp().upper();
        let order = 4;
        let bound = |i: usize, j: usize| {
            let (low, high) = (i.min(j), i.max(j));
            let factorial = Fixed::int((1..=high as i64).product());
            if high == 0 {
                Fixed::ONE
            } else {
                BOUNDS[low][0] * factorial * decay
            }
        };
        let pairs = (0..=order).flat_map(|i| (0..=order).map(move |j| (i, j)));
        Some(Self {
            order,
            values: pairs.map(|(i, j)| bound(i, j).symmetric()).collect(),
        })
    }

    /// `M_ij`, `i + j <= 4`.
    pub fn get(&self, i: usize, j: usize) -> Fixed {
        self.values[index(self.order, i, j)]
    }
}
