//! An irregular grid on an axis: every value has the same distance from the next.

/// Ascending values, each at its index.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    pub values: Vec<f64>,
}

impl Steps {
    /// The finite ones among these, each once.
    pub fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.filter(|v| v.is_finite()).collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        Self { values }
    }

    /// The index of a value of the grid.
    pub fn index(&self, value: f64) -> Option<usize> {
        self.values.iter().position(|v| *v == value)
    }

    /// Where any value has its place, as a fraction of an index, by its logarithm if `logarithmic` and there is one;
    /// none beyond the ends.
    pub fn place(&self, value: f64, logarithmic: bool) -> Option<f64> {
        if let Some(i) = self.index(value) {
            return Some(i as f64);
        }
        let i = self
            .values
            .windows(2)
            .position(|w| w[0] < value && value < w[1])?;
        let [a, b] = [self.values[i], self.values[i + 1]];
        let part = if logarithmic && a > 0.0 {
            (value / a).ln() / (b / a).ln()
        } else {
            (value - a) / (b - a)
        };
        Some(i as f64 + part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_between_and_beyond() {
        let steps = Steps::of([4.0, 0.0, 1.0, f64::NAN, 1.0].into_iter());
        assert_eq!(steps.values, [0.0, 1.0, 4.0]);
        assert_eq!(steps.index(4.0), Some(2));
        assert_eq!(steps.index(2.0), None);
        assert_eq!(steps.place(2.0, true), Some(1.5));
        assert_eq!(steps.place(0.5, true), Some(0.5));
        for beyond in [-1.0, 5.0, f64::NAN] {
            assert_eq!(steps.place(beyond, true), None);
        }
    }
}
