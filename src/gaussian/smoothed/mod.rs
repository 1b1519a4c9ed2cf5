//! The sigmoid under Gaussian noise of a *fixed* variance, at many means.
//!
//! ```text
//! S_j(m, q) = E_z σ^(j)(m + √q z),   z standard normal,   S_j = ∂_m^j S_0,   ∂_q S_j = ½ S_(j+2).
//! ```
//!
//! An objective on `n` data points needs `S_0, .., S_4` at `n` means and one `q`. So the averages are taken at the
//! points `k/16` of a grid only, and a Taylor polynomial of degree 7 leads from the nearest of them to `m`:
//!
//! ```text
//! S_j(m) = Σ_(i<8) S_(j+i)(k/16) δ^i/i! + R,   δ = m - k/16,   |δ| <= 1/32,   |R| <= sup|σ^(j+8)| δ^8/8!.
//! ```
//!
//! The remainder is below `1e-14`. Eight multiplications and additions for each of five numbers, on coefficients
//! that lie beside each other: no exponential function is left. Floats and enclosures share the scheme; the
//! enclosure's polynomial is the float one with a proved bound of everything that it leaves out
//! (`notes/given_data.md`).
//!
//! | type | what it gives |
//! |---|---|
//! | [`SmoothedTable`] | `S_0, .., S_4` in floats |
//! | [`SmoothedEnclosure`] | enclosures of them, at means that are known up to a radius |
//! | [`SmoothedCells`] | enclosures of `S_0, .., S_6` on whole cells of the grid |

mod cells;
mod enclosure;
mod node;
mod table;

pub use cells::SmoothedCells;
pub use enclosure::SmoothedEnclosure;
pub use table::SmoothedTable;

/// `S_0, .., S_4` are what value, gradient and Hessian of a function of `S_0` need.
pub const ORDERS: usize = 5;
/// What third derivatives need: `S_0, .., S_6`.
pub const CELL_ORDERS: usize = 7;

/// Distance of the grid's points; a power of two, so that the points are exact.
pub(crate) const SPACING: f64 = 1.0 / 16.0;
/// No mean is further than this from its point of the grid.
const HALF: f64 = SPACING / 2.0;
/// Taylor coefficients kept: `S_0, .., S_11` at each point of the grid.
const COEFFICIENTS: usize = 12;
/// Terms of the Taylor polynomials.
const TERMS: usize = COEFFICIENTS - ORDERS + 1;

/// Means beyond this have no number that is exact; none of them is tabulated.
const OUT_OF_REACH: f64 = 1e9;

/// The point of the grid next to `m`: its number, for `|m| < 2^40`.
///
/// Adding and subtracting `1.5 2^52` rounds to the nearest integer, ties to the even one.
#[inline(always)]
pub(crate) fn nearest(m: f64) -> i64 {
    const ROUND: f64 = 6_755_399_441_055_744.0;
    ((m * (1.0 / SPACING) + ROUND) - ROUND) as i64
}

/// Point `k` of the grid, exactly.
#[inline(always)]
pub(crate) fn point(k: i64) -> f64 {
    k as f64 * SPACING
}

/// The largest number of a point that is tabulated for variances up to `q`: beyond it `e^(q/2 - |m|) < e^-40`.
fn last_point(q: f64) -> u64 {
    let reach = 40.0 + 0.5 * q;
    if reach < 1e4 {
        (reach / SPACING) as u64
    } else {
        (1e4 / SPACING) as u64
    }
}

/// `Σ_i coefficients[j + i] δ^i/i!` for `j < 5`, in floats.
#[inline(always)]
fn taylor(coefficients: &[f64; COEFFICIENTS], delta: f64) -> [f64; ORDERS] {
    const RECIPROCALS: [f64; TERMS] = {
        let mut r = [1.0; TERMS];
        let mut i = 1;
        while i < TERMS {
            r[i] = 1.0 / i as f64;
            i += 1;
        }
        r
    };
    let mut sums = [0.0; ORDERS];
    let mut power = 1.0;
    for i in 0..TERMS {
        if i > 0 {
            power *= delta * RECIPROCALS[i];
        }
        for (j, sum) in sums.iter_mut().enumerate() {
            *sum += power * coefficients[i + j];
        }
    }
    sums
}

/// The points of the grid that some means need, and what is stored for each.
#[derive(Clone, Debug)]
struct Grid<N> {
    first: i64,
    nodes: Vec<Option<N>>,
}

impl<N> Grid<N> {
    /// Makes what is stored for the point next to every mean, each once, up to number `last` on both sides.
    fn new(means: &[f64], last: u64, mut make: impl FnMut(i64) -> N) -> Self {
        let (least, greatest) = (means.iter())
            .filter(|m| m.abs() < OUT_OF_REACH)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), &m| {
                (a.min(m), b.max(m))
            });
        if least > greatest {
            return Self {
                first: 0,
                nodes: Vec::new(),
            };
        }
        let last = i64::try_from(last).unwrap_or(i64::MAX);
        let (low, high) = (
            nearest(least).clamp(-last, last),
            nearest(greatest).clamp(-last, last),
        );
        let count = usize::try_from(high - low + 1).unwrap_or(0);
        let mut nodes: Vec<Option<N>> = std::iter::repeat_with(|| None).take(count).collect();
        for &m in means {
            let place = usize::try_from(nearest(m).wrapping_sub(low));
            if let Some(slot @ None) = place.ok().and_then(|place| nodes.get_mut(place))
                && m.is_finite()
            {
                *slot = Some(make(nearest(m)));
            }
        }
        Self { first: low, nodes }
    }

    #[inline(always)]
    fn get(&self, k: i64) -> Option<&N> {
        let place = usize::try_from(k.wrapping_sub(self.first)).ok()?;
        self.nodes.get(place)?.as_ref()
    }
}
