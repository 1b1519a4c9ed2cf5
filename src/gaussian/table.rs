//! The triangle of averages `M_ij`, `i <= j`, `i + j <= order`.

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
