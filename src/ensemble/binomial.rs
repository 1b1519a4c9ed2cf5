//! The exact confidence interval of a probability.

use crate::interval::Interval;
use crate::interval::rounding::sub_up;

/// The 95 % interval of Clopper and Pearson (Biometrika 26, 1934) for a probability `p` of which `n`
/// independent trials showed `k` successes, rounded outward.
///
/// Its ends `l`, `u` are certified to satisfy
///
/// ```text
/// P(Bin(n, l) >= k) <= 1/40  (l = 0 if k = 0),   P(Bin(n, u) <= k) <= 1/40  (u = 1 if k = n),
/// ```
///
/// with the tails enclosed by interval arithmetic, so it covers `p` with probability at least 95 % for
/// every `p` and `n`: `p` lies below `l` only if `k` is so large that `P(Bin(n, p) >= k) < 1/40`, and likewise
/// above. It is within a relative `1e-9` of the exact ends for `n` up to `10^5`. `k > n` counts as
/// `k = n`; without a trial the interval is `[0, 1]`. The work grows with `n`.
///
/// # Example
///
/// ```
/// use minlift::ensemble::clopper_pearson;
///
/// let [low, high] = clopper_pearson(1000, 1000);
/// // For k = n the lower end is (1/40)^(1/n).
/// assert!(high == 1.0 && (low - 0.025_f64.powf(1e-3)).abs() < 1e-12);
/// ```
#[must_use]
pub fn clopper_pearson(k: u64, n: u64) -> [f64; 2] {
    let k = k.min(n);
    // The upper end is 1 minus the lower one of the failures.
    [lower(k, n), sub_up(1.0, lower(n - k, n)).min(1.0)]
}

/// The larger the better, but certainly `P(Bin(n, p) >= k) <= 1/40`.
fn lower(k: u64, n: u64) -> f64 {
    if k == 0 {
        return 0.0;
    }
    let Ok(level) = Interval::literal("1/40") else {
        return 0.0;
    };
    let small = |p: f64| p == 0.0 || upper_tail(k, n, p).is_some_and(|tail| tail <= level.inf());
    // At k/n the tail is far above the level. The first guess only saves steps.
    let (trials, successes) = (n as f64, k as f64);
    let mut above = successes / trials;
    let deviation = (above * (1.0 - above) / trials).sqrt();
    let guess = above - 3.0 * deviation - 5.0 / trials;
    let mut below = if guess > 0.0 && small(guess) {
        guess
    } else {
        0.0
    };
    for _ in 0..200 {
        if above - below <= 1e-13 * above {
            break;
        }
        let middle = below + 0.5 * (above - below);
        if middle <= below || middle >= above {
            break;
        }
        if small(middle) {
            below = middle;
        } else {
            above = middle;
        }
    }
    below
}

/// An upper bound of `P(Bin(n, p) >= k)` for `k >= 1` and `0 < p < k/n`.
///
/// The terms `t_j = C(n, j) p^j q^(n-j)` fall from `j = k` on, by the factors `r_j = (n-j)/(j+1) p/q`, which
/// fall as well and are below 1. So the terms from `j` on sum to at most `t_j/(1 - r_j)`.
fn upper_tail(k: u64, n: u64, p: f64) -> Option<f64> {
    let p = Interval::point(p);
    let q = Interval::ONE - p;
    let odds = p / q;
    let mut term = probability(k, n, p, q);
    let mut sum = Interval::ZERO;
    let mut j = k;
    loop {
        let ratio = number(n - j) / number(j + 1) * odds;
        let left = Interval::ONE - ratio;
        if !left.certainly_positive() {
            return None;
        }
        let rest = term / left;
        if rest.sup() <= 1e-17 * sum.sup() || j == n {
            let sup = (sum + rest).sup();
            return sup.is_finite().then_some(sup);
        }
        sum += term;
        term *= ratio;
        j += 1;
    }
}

/// An enclosure of `C(n, k) p^k q^(n-k)`; factors above and below 1 alternate, so that nothing
/// overflows, and the partial products are not far below the smaller of the result and `p q`.
fn probability(k: u64, n: u64, p: Interval, q: Interval) -> Interval {
    let few = k.min(n - k);
    let mut left = [k, n - k];
    let mut product = Interval::ONE;
    for i in 1..=few {
        product *= number(n - few + i) / number(i);
        while product.inf() > 1.0 {
            let which = usize::from(left[0] == 0);
            if left[which] == 0 {
                break;
            }
            left[which] -= 1;
            product *= [p, q][which];
        }
    }
    for (base, mut times) in [p, q].into_iter().zip(left) {
        while times > 0 {
            let step = times.min(1 << 20) as i32;
            product *= base.powi(step);
            times -= step as u64;
        }
    }
    product
}

/// `n`, exactly (below `2^53`), else enclosed.
fn number(n: u64) -> Interval {
    let nearest = n as f64;
    if n <= 1 << 53 {
        Interval::point(nearest)
    } else {
        Interval::new(nearest.next_down(), nearest.next_up()).unwrap_or(Interval::ENTIRE)
    }
}
