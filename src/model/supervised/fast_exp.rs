//! The exponential function four floats at a time, to a few units in the last place.
//!
//! The correctly rounded one costs most of a gradient; averages that are good to `1e-10` have no use for it.

use std::array::from_fn;
use std::f64::consts::LOG2_E;

use crate::scalar::Lanes;

/// `1.5·2^52`: a float plus this has its nearest integer in its lowest bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;
/// `ln 2` in two parts; the first one's last 21 bits are 0, so that its multiples used here are exact.
const LN_2: [f64; 2] = [6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10];

/// `1/k!`.
const TAYLOR: [f64; 13] = {
    let mut coefficients = [1.0; 13];
    let mut k = 1;
    while k < 13 {
        coefficients[k] = coefficients[k - 1] / k as f64;
        k += 1;
    }
    coefficients
};

/// `e^x` for `|x| <= 700`, where neither it nor its inverse leaves the normal numbers.
///
/// `x = k ln 2 + r`, `|r| <= (ln 2)/2`: the Taylor polynomial of degree 12 is `2e-16` off, relatively.
#[inline]
pub(super) fn exp(x: Lanes) -> Lanes {
    let c = |k: usize| Lanes([TAYLOR[k]; 4]);
    let shifted = x * Lanes([LOG2_E; 4]) + Lanes([ROUNDER; 4]);
    let k = shifted - Lanes([ROUNDER; 4]);
    let r = (x - k * Lanes([LN_2[0]; 4])) - k * Lanes([LN_2[1]; 4]);
    // Estrin's scheme: short chains of operations.
    let r2 = r * r;
    let r4 = r2 * r2;
    let low = (c(0) + c(1) * r) + r2 * (c(2) + c(3) * r);
    let middle = (c(4) + c(5) * r) + r2 * (c(6) + c(7) * r);
    let high = (c(8) + c(9) * r) + r2 * (c(10) + c(11) * r) + r4 * c(12);
    let power = from_fn(|i| f64::from_bits(shifted.0[i].to_bits().wrapping_add(1023) << 52));
    (low + r4 * (middle + r4 * high)) * Lanes(power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_exponential_function() {
        for k in -7000..=7000 {
            let x = f64::from(k) * 0.1 + 0.003 * f64::from(k % 7);
            let x = x.clamp(-700.0, 700.0);
            let Lanes([e, at_zero, not_a_number, _]) = exp(Lanes([x, 0.0, f64::NAN, -x]));
            assert!((e / x.exp() - 1.0).abs() < 1e-15, "{x}");
            assert!(at_zero == 1.0 && not_a_number.is_nan());
        }
    }
}
