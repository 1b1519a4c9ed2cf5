//! Rectangles cut in halves until there is no zero in any part.
//!
//! `cuts` writes a binary tree from its root: a digit halves the box across that side, `.` leaves it whole, a letter says in which known
//! point's box it lies.

use std::sync::LazyLock;

use super::dual::Dual;
use super::fixed::Fixed;
use super::piece::Setting;
use super::row::Row;

/// A part of the box, and the sign it ends with.
pub type Leaf = (Vec<Fixed>, char);

/// No tree of cuts is longer: 200 000 parts.
const LONGEST: usize = 400_000;

/// The uncut parts of `whole`. Together they cover it.
pub fn leaves(cuts: &str, whole: &[Fixed]) -> Result<Vec<Leaf>, String> {
    if cuts.len() > LONGEST {
        return Err(format!("`cuts` is longer than {LONGEST} signs"));
    }
    let mut stack = vec![whole.to_vec()];
    let mut leaves = Vec::new();
    for sign in cuts.chars() {
        let mut part = stack.pop().ok_or("`cuts` goes on after the last part")?;
        match sign.to_digit(10).map(|axis| axis as usize) {
            Some(axis) if axis < part.len() && !part[axis].is_point() => {
                let (side, middle) = (part[axis], part[axis].mid());
                let mut second = part.clone();
                second[axis] = middle.hull(side.upper());
                part[axis] = side.lower().hull(middle);
                stack.extend([second, part]);
            }
            Some(axis) => return Err(format!("`cuts` halves a side {axis} that cannot be halved")),
            None => leaves.push((part, sign)),
        }
    }
    if stack.is_empty() {
        Ok(leaves)
    } else {
        Err("`cuts` ends before all parts are settled".into())
    }
}

/// How often a part is halved again before it is given up.
const DEEPEST: usize = 12;

/// Is there no critical point in this box of `(w^(1), τ w^(2))`, for any parameter? With `axis`, none with `w^(1) > 0`.
pub fn no_critical_point(row: &Row, setting: Setting, z: [Fixed; 2], axis: bool) -> bool {
    settled(row, setting, z, axis, DEEPEST)
}

fn settled(row: &Row, setting: Setting, z: [Fixed; 2], axis: bool, depth: usize) -> bool {
    let size = z[0].sqr() + z[1].over(setting.tau).sqr();
    let outside = (radial_bound().over(setting.alpha))
        .upper()
        .at_most(size.lower())
        && size != Fixed::ENTIRE;
    if outside || gradient_misses_zero(row, setting, z) {
        return true;
    }
    if axis {
        // On w^(1) = 0 the first component vanishes: it is w^(1) times an average of H_11 over the segment to there.
        let stretched = setting.at([z[0].hull(Fixed::ZERO), z[1]]);
        if row
            .gradient(&stretched)
            .is_some_and(|[_, over]| over.plane[0].by[0].positive())
        {
            return true;
        }
    }
    let long = usize::from(z[0].radius().at_most(z[1].radius()));
    depth > 0
        && (0..2).all(|k| {
            let mut half = z;
            half[long] = z[long].part(k, 2);
            settled(row, setting, half, axis, depth - 1)
        })
}

/// By a component, by its mean value form, or by a combination of both components.
fn gradient_misses_zero(row: &Row, setting: Setting, z: [Fixed; 2]) -> bool {
    let x = setting.at(z);
    let Some([at, over]) = row.gradient(&x) else {
        return false;
    };
    let misses = |combination: [Fixed; 2]| {
        let [of_at, of_over] = [&at, &over].map(|g| combine(combination, &g.plane));
        let centred: Fixed = (0..5).map(|k| of_over.by[k] * (x[k] - x[k].mid())).sum();
        of_over.value.misses_zero() || (of_at.value + centred).misses_zero()
    };
    let [[a, b], [c, d]] = at.plane.map(|g| [g.by[0].mid(), g.by[1].mid()]);
    let rows = [
        [Fixed::ONE, Fixed::ZERO],
        [Fixed::ZERO, Fixed::ONE],
        [d, -b],
        [-c, a],
    ];
    rows.into_iter().any(misses)
}

fn combine([x, y]: [Fixed; 2], [g, h]: &[Dual; 2]) -> Dual {
    Dual::constant(x) * *g + Dual::constant(y) * *h
}

/// An upper bound of `h(z) = zσ'(z)`: every critical point has `α‖w‖² <= sup h sup σ`, from `w·∇ℓ = 0`. Between two points `δ` apart of
/// `[0, 4]` it is at most the larger of both values and `δ²/8 sup|h''|`, `|h''| = |2σ'' + zσ'''| <= 2/7 + 4/7` there (`|σ''| <= 1/(6√3)`,
/// `|σ'''| <= 1/8`); beyond, `h(z) <= z e^(-z) <= 4 e^(-4)`.
pub fn radial_bound() -> Fixed {
    static BOUND: LazyLock<Fixed> = LazyLock::new(|| {
        let at = |k: i64| {
            let z = Fixed::ratio(k.into(), 100);
            let decay = (-z).exp();
            z * decay.over((Fixed::ONE + decay).sqr())
        };
        let between = Fixed::ratio(6, 7 * 8 * 10_000);
        let beyond = Fixed::int(4) * Fixed::int(-4).exp();
        (0..=400).map(at).fold(beyond, Fixed::max).upper() + between.upper()
    });
    *BOUND
}
