//! Krawczyk's operator `K = m - Y F(m) + (I - Y F'(X))(X - m)`: where it lies in the interior of `X` there is exactly one zero of `F` in
//! `X`, it lies in `K`, and every matrix in `F'(X)` is regular. Symmetric matrices: definite, and how many negative eigenvalues.

use super::fixed::Fixed;

/// Rows of a matrix.
pub type Matrix = Vec<Vec<Fixed>>;

/// A matrix near the inverse of the middle of a 2 × 2 matrix.
pub fn approximate_inverse(h: &[Vec<Fixed>]) -> Option<Matrix> {
    let [a, b, c, d] = [h[0][0], h[0][1], h[1][0], h[1][1]].map(Fixed::mid);
    let determinant = (a * d - b * c).mid();
    let entries = [[d, -b], [-c, a]].map(|row| row.map(|x| x.over(determinant).mid()));
    determinant
        .misses_zero()
        .then(|| entries.map(Vec::from).to_vec())
}

/// `Y A`.
pub fn product(y: &[Vec<Fixed>], a: &[Vec<Fixed>]) -> Matrix {
    let columns = a.first().map_or(0, Vec::len);
    let entry = |row: &Vec<Fixed>, j: usize| row.iter().zip(a).map(|(y, a)| *y * a[j]).sum();
    y.iter()
        .map(|row| (0..columns).map(|j| entry(row, j)).collect())
        .collect()
}

/// `Y f`.
pub fn apply(y: &[Vec<Fixed>], f: &[Fixed]) -> Vec<Fixed> {
    y.iter()
        .map(|row| row.iter().zip(f).map(|(y, f)| *y * *f).sum())
        .collect()
}

/// The operator on `x`, from `step ⊃ Y F(m)` and `slope ⊃ Y F'(X)`.
pub fn image(x: &[Fixed], step: &[Fixed], slope: &[Vec<Fixed>]) -> Vec<Fixed> {
    let offset: Vec<Fixed> = x.iter().map(|x| *x - x.mid()).collect();
    let contraction = |i: usize| -> Fixed {
        let unit = |j| if i == j { Fixed::ONE } else { Fixed::ZERO };
        (0..x.len())
            .map(|j| (unit(j) - slope[i][j]) * offset[j])
            .sum()
    };
    (0..x.len())
        .map(|i| x[i].mid() - step[i] + contraction(i))
        .collect()
}

/// Does the image lie in the interior of the box?
pub fn contracts(image: &[Fixed], x: &[Fixed]) -> bool {
    image.len() == x.len() && image.iter().zip(x).all(|(k, x)| k.interior(*x))
}

/// Is every matrix in `a` regular? By its determinant for two rows, by `‖I - A‖ < 1` in the maximum norm beyond.
pub fn regular(a: &[Vec<Fixed>]) -> bool {
    if let [first, second] = a
        && first.len() == 2
        && second.len() == 2
    {
        return (first[0] * second[1] - first[1] * second[0]).misses_zero();
    }
    a.iter().enumerate().all(|(i, row)| {
        let off = |j| if i == j { Fixed::ONE } else { Fixed::ZERO };
        let sum: Fixed = row
            .iter()
            .enumerate()
            .map(|(j, x)| (off(j) - *x).abs())
            .sum();
        (Fixed::ONE - sum).positive()
    })
}

/// The number of negative eigenvalues of every symmetric matrix in `a`, by the signs of the pivots of `L D Lᵀ` (Sylvester). None if one of
/// them may vanish.
pub fn negative_eigenvalues(mut a: Matrix) -> Option<usize> {
    let mut negative = 0;
    for k in 0..a.len() {
        let pivot = a[k][k];
        if !pivot.misses_zero() {
            return None;
        }
        negative += usize::from(pivot.negative());
        let (above, below) = a.split_at_mut(k + 1);
        let column: Vec<Fixed> = below.iter().map(|row| row[k]).collect();
        for (i, row) in below.iter_mut().enumerate() {
            let factor = column[i].over(pivot);
            for (x, of) in row[above.len()..].iter_mut().zip(&column[..=i]) {
                *x = *x - factor * *of;
            }
        }
    }
    Some(negative)
}

/// Is every symmetric matrix in `a` positive definite?
pub fn positive_definite(a: Matrix) -> bool {
    negative_eigenvalues(a) == Some(0)
}
