//! The triangle of averages `M_ij`, `i <= j`, `i + j <= order`.

use super::activation::Activation;
use crate::interval::Interval;

/// The largest `i + j` a table can hold.
pub const MAX_ORDER: usize = 10;
/// Number of pairs `i <= j` with `i + j <= MAX_ORDER`.
pub(crate) const ENTRIES: usize = index(0, MAX_ORDER + 1);

/// `M_ij = M_ji` for `i + j <= order`.
#[derive(Clone, Copy, Debug)]
pub struct MomentTable<T> {
    order: usize,
    entries: [T; ENTRIES],
}

/// Position of the pair: pairs ordered by `i + j`, then by the smaller index.
pub(crate) const fn index(i: usize, j: usize) -> usize {
    let (small, sum) = (if i < j { i } else { j }, i + j);
    (sum + 1) * (sum + 1) / 4 + small
}

/// All pairs `i <= j` with `i + j <= order`, by increasing sum.
pub(crate) fn pairs(order: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..=order).flat_map(|sum| (0..=sum / 2).map(move |i| (i, sum - i)))
}

impl<T: Copy> MomentTable<T> {
    /// A table with `fill` everywhere.
    ///
    /// # Panics
    ///
    /// If `order > MAX_ORDER`.
    #[must_use]
    pub fn filled(order: usize, fill: T) -> Self {
        assert!(
            order <= MAX_ORDER,
            "order {order} of a table of moments exceeds {MAX_ORDER}"
        );
        Self {
            order,
            entries: [fill; ENTRIES],
        }
    }

    /// The largest `i + j` in the table.
    #[must_use]
    pub const fn order(&self) -> usize {
        self.order
    }

    /// `M_ij`.
    #[must_use]
    #[inline]
    pub fn get(&self, i: usize, j: usize) -> T {
        debug_assert!(i + j <= self.order);
        self.entries[index(i, j)]
    }

    #[inline]
    pub(crate) fn set(&mut self, i: usize, j: usize, value: T) {
        self.entries[index(i, j)] = value;
    }

    #[inline]
    pub(crate) fn at(&self, position: usize) -> T {
        self.entries[position]
    }
}

impl MomentTable<crate::scalar::Lanes> {
    /// The table of one lane.
    #[must_use]
    #[inline]
    pub fn lane(&self, lane: usize) -> MomentTable<f64> {
        MomentTable {
            order: self.order,
            entries: self.entries.map(|x| x.0[lane]),
        }
    }
}

/// `M_ij(m; 0, 0) = φ^(i) φ^(j)` for `i + j <= 2` at every point of `m`, in a table of any order whose other entries are 0.
///
/// Each is the intersection of the product of the ranges and of the mean value form.
pub(crate) fn products_table(
    activation: &Activation,
    m: Interval,
    order: usize,
) -> MomentTable<Interval> {
    let mut table = MomentTable::filled(order, Interval::ZERO);
    let mut d = [Interval::ZERO; 4];
    activation.derivatives_on(m, &mut d);
    let mut on_box = [d[0].sqr(), d[0] * d[1], d[0] * d[2], d[1].sqr()];
    if !m.is_point() {
        let centre = Interval::point(m.mid());
        let offset = m - centre;
        let mut c = [Interval::ZERO; 3];
        activation.derivatives_into(centre, &mut c);
        let two = Interval::point(2.0);
        let mean_value = [
            c[0].sqr() + two * on_box[1] * offset,
            c[0] * c[1] + (on_box[3] + on_box[2]) * offset,
            c[0] * c[2] + (d[1] * d[2] + d[0] * d[3]) * offset,
            c[1].sqr() + two * (d[1] * d[2]) * offset,
        ];
        for (x, sharper) in on_box.iter_mut().zip(mean_value) {
            *x = x.intersection(sharper);
        }
    }
    for ((i, j), value) in [(0, 0), (0, 1), (0, 2), (1, 1)].into_iter().zip(on_box) {
        if i + j <= order {
            table.set(i, j, value);
        }
    }
    table
}
