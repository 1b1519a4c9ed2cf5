//! `Taylor` against nested dual numbers, `Modulus` against complex numbers of the strip.

use std::f64::consts::{FRAC_PI_2, PI};
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

use minlift::gaussian::line::Family;
use minlift::interval::Interval;
use minlift::model::supervised::Label;
use minlift::scalar::{Dual, Modulus, Scalar, Taylor};
use proptest::prelude::*;

use super::averages::Functions;

const FORMULAS: usize = 12;

/// Formulas of one variable near 1.
fn formula<S: Scalar>(which: usize, t: S) -> S {
    let c = |x: f64| S::from_f64(x);
    match which {
        0 => t.exp() * t,
        1 => (t + c(2.0)).ln(),
        2 => (t.sqr() + c(1.0)).sqrt(),
        3 => (t + c(1.5)).recip(),
        4 => (c(2.0) * t).tanh(),
        5 => (c(-3.0) * t + c(0.5)).sigmoid(),
        6 => (c(2.5) * t).softplus(),
        7 => (t + c(1.25)).powi(-3),
        8 => t.powi(4) - t,
        9 => (t + c(1.0)) / (t.sqr() + c(2.0)),
        10 => ((t.sigmoid() - c(0.5)) * c(6.0)).softplus(),
        _ => t.sqr().exp().sqrt(),
    }
}

type Nested = Dual<Dual<Dual<f64>>>;

/// `f, f', f'', f'''`.
fn derivatives(which: usize, t: f64) -> [f64; 4] {
    let one = Dual::fixed(Dual::fixed(1.0));
    let t = Nested {
        value: Dual {
            value: Dual::variable(t),
            slope: Dual::fixed(1.0),
        },
        slope: one,
    };
    let f = formula(which, t);
    [
        f.value.value.value,
        f.value.value.slope,
        f.value.slope.slope,
        f.slope.slope.slope,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn coefficients_are_derivatives(which in 0..FORMULAS, t in -1.2..3.0f64) {
        let series = formula(which, Taylor::<f64, 4>::variable(t)).coefficients;
        let exact = derivatives(which, t);
        for ((c, d), factorial) in series.into_iter().zip(exact).zip([1.0, 1.0, 2.0, 6.0]) {
            let gap = (factorial * c - d).abs();
            prop_assert!(gap <= 1e-11 * (1.0 + d.abs()), "{which}, {t}: {series:?}, {exact:?}");
        }
    }

    /// Over a box, the coefficients at each of its points.
    #[test]
    fn coefficients_over_a_box(which in 0..FORMULAS, t in -1.1..3.0f64, r in 0.0..0.1f64, part in -1.0..1.0f64) {
        let over = formula(which, Taylor::<Interval, 9>::variable(Interval::ball(t, r))).coefficients;
        let at = formula(which, Taylor::<Interval, 9>::variable(Interval::point(t + r * part))).coefficients;
        for (over, at) in over.into_iter().zip(at) {
            prop_assert!(!over.intersection(at).is_empty(), "{which}: {over}, {at}");
            prop_assert!(r > 1e-3 || at.width() < 1e-8 * (1.0 + at.mag()), "{which}: {at}");
        }
    }

    /// `|ψ(t)|` for complex `t` of the strip, each function and the two at its root.
    #[test]
    fn moduli_bound_the_strip(
        lengths in [-6.0..6.0f64, -6.0..6.0f64],
        weights in [-9.0..9.0f64, -9.0..9.0f64],
        x in -8.0..8.0f64,
        part in -1.0..1.0f64,
        label in any::<bool>(),
    ) {
        let functions = Functions {
            lengths,
            weights,
            label: if label { Label::Zero } else { Label::One },
        };
        let t = Complex(x, part * functions.strip_half_width().min(10.0));
        let mut values = [Complex::zero(); 10];
        functions.eval(t, &mut values);
        let mut bounds = [Modulus(0.0); 10];
        // A bound of |t| is put in, not t.
        functions.eval(Modulus(t.modulus() * (1.0 + 1e-15)), &mut bounds);
        for (value, bound) in values.iter().zip(bounds) {
            prop_assert!(value.modulus() <= bound.0 * (1.0 + 1e-12), "{value:?} > {bound:?}");
        }
        let z = Complex(4.0 * x, part * FRAC_PI_2);
        prop_assert!(z.sigmoid().modulus() <= 1.0 + 1e-15);
        prop_assert!(z.softplus().modulus() <= Modulus(z.modulus()).softplus().0);
    }
}

/// The strip is as wide as it can be: just beyond it `|σ| <= 1` fails, and within it 1 is reached.
#[test]
fn the_strip_is_no_wider() {
    let at = |y: f64| Complex(8.0, y).sigmoid().modulus();
    assert!(at(FRAC_PI_2 - 1e-3) <= 1.0 && at(FRAC_PI_2) > 0.999_999);
    assert!(at(FRAC_PI_2 + 1e-2) > 1.0 && Complex(0.0, 0.9 * PI).sigmoid().modulus() > 3.0);
}

/// A box on which a function is not defined throughout gives no coefficient that says anything.
#[test]
fn outside_the_domain_nothing_is_known() {
    let boxes = [(0.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (-1.0, 1.0)];
    for (low, high) in boxes {
        let t = Taylor::<Interval, 4>::variable(Interval::new(low, high).unwrap());
        let all = [t.recip(), t.powi(-1), t.ln()];
        for (which, series) in all.iter().enumerate() {
            for c in series.coefficients {
                assert_eq!(c, Interval::ENTIRE, "{which} on [{low}, {high}]");
            }
        }
        for c in &t.sqrt().coefficients[1..] {
            assert_eq!(*c, Interval::ENTIRE, "root on [{low}, {high}]");
        }
    }
}

#[test]
fn what_has_no_bound_is_infinite() {
    let one = Modulus(1.0);
    for unknown in [one / one, one.ln(), one.tanh(), one.powi(-1), one.recip()] {
        assert_eq!(unknown.0, f64::INFINITY);
    }
    assert_eq!(Modulus::constant(Interval::EMPTY).0, f64::INFINITY);
    assert_eq!(Modulus::constant(Interval::new(-3.0, 2.0).unwrap()).0, 3.0);
    assert!(Modulus(f64::NAN).softplus().0.is_nan());
}

/// Short of a domain check, softplus over intervals at the ends of the floats.
#[test]
fn softplus_at_the_ends() {
    for x in [-1e308, -800.0, -40.0, 0.0, 40.0, 800.0, 1e308] {
        let y = Interval::point(x).softplus();
        assert!(y.inf() >= 0.0 && y.contains(x.softplus()), "{x}: {y}");
        assert!(y.width() <= 1e-15 * (1.0 + y.mag()), "{x}: {y}");
    }
    assert_eq!(Interval::ENTIRE.softplus(), Interval::NON_NEGATIVE);
    assert!(f64::NAN.softplus().is_nan());
}

/// A complex number `x + iy`.
#[derive(Clone, Copy, Debug)]
struct Complex(f64, f64);

impl Complex {
    fn modulus(self) -> f64 {
        self.0.hypot(self.1)
    }
}

impl Neg for Complex {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0, -self.1)
    }
}

impl Add for Complex {
    type Output = Self;
    fn add(self, b: Self) -> Self {
        Self(self.0 + b.0, self.1 + b.1)
    }
}

impl Sub for Complex {
    type Output = Self;
    fn sub(self, b: Self) -> Self {
        Self(self.0 - b.0, self.1 - b.1)
    }
}

impl Mul for Complex {
    type Output = Self;
    fn mul(self, b: Self) -> Self {
        Self(self.0 * b.0 - self.1 * b.1, self.0 * b.1 + self.1 * b.0)
    }
}

impl Div for Complex {
    type Output = Self;
    fn div(self, b: Self) -> Self {
        let size = b.0 * b.0 + b.1 * b.1;
        let product = self * Self(b.0, -b.1);
        Self(product.0 / size, product.1 / size)
    }
}

impl AddAssign for Complex {
    fn add_assign(&mut self, b: Self) {
        *self = *self + b;
    }
}

impl SubAssign for Complex {
    fn sub_assign(&mut self, b: Self) {
        *self = *self - b;
    }
}

impl MulAssign for Complex {
    fn mul_assign(&mut self, b: Self) {
        *self = *self * b;
    }
}

impl Scalar for Complex {
    fn constant(c: Interval) -> Self {
        Self(c.mid(), 0.0)
    }
    fn from_f64(x: f64) -> Self {
        Self(x, 0.0)
    }
    fn sqr(self) -> Self {
        self * self
    }
    fn powi(self, n: i32) -> Self {
        assert!(n >= 0, "not needed");
        (0..n).fold(Self::one(), |power, _| power * self)
    }
    fn sqrt(self) -> Self {
        let (r, angle) = (self.modulus().sqrt(), self.1.atan2(self.0) / 2.0);
        Self(r * angle.cos(), r * angle.sin())
    }
    fn exp(self) -> Self {
        let r = self.0.exp();
        Self(r * self.1.cos(), r * self.1.sin())
    }
    fn ln(self) -> Self {
        Self(self.modulus().ln(), self.1.atan2(self.0))
    }
    fn tanh(self) -> Self {
        let twice = self + self;
        Self::from_f64(2.0) * twice.sigmoid() - Self::one()
    }
    /// By the exponential that does not overflow.
    fn sigmoid(self) -> Self {
        if self.0 >= 0.0 {
            Self::one() / (Self::one() + (-self).exp())
        } else {
            let e = self.exp();
            e / (Self::one() + e)
        }
    }
    fn softplus(self) -> Self {
        if self.0 > 0.0 {
            self + (Self::one() + (-self).exp()).ln()
        } else {
            (Self::one() + self.exp()).ln()
        }
    }
}
