//! Natural numbers of any size: just what comparing a decimal with a float takes.

use std::cmp::Ordering;

/// Little-endian digits in base `2^32`, without leading zeros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Natural(Vec<u32>);

impl Natural {
    pub(super) const fn zero() -> Self {
        Self(Vec::new())
    }

    pub(super) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// `self * factor + term`.
    pub(super) fn multiply_add(&mut self, factor: u32, term: u32) {
        let mut carry = u64::from(term);
        for digit in &mut self.0 {
            carry += u64::from(*digit) * u64::from(factor);
            *digit = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
        // A zero factor leaves zeros on top.
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    /// `self * other`, schoolbook.
    pub(super) fn times(&self, other: &Self) -> Self {
        let mut product = Self::zero();
        for &digit in other.0.iter().rev() {
            let mut term = self.clone();
            term.multiply_add(digit, 0);
            product = product.shifted(32).plus(&term);
        }
        product
    }

    /// `self * 10^n`.
    pub(super) fn times_power_of_ten(mut self, n: u32) -> Self {
        for _ in 0..n {
            self.multiply_add(10, 0);
        }
        self
    }

    /// `self * factor * 2^shift`.
    pub(super) fn times_float(&self, factor: u64, shift: u32) -> Self {
        let mut low = self.clone();
        low.multiply_add(factor as u32, 0);
        let mut high = self.clone();
        high.multiply_add((factor >> 32) as u32, 0);
        let sum = low.plus(&high.shifted(32));
        sum.shifted(shift)
    }

    pub(super) fn shifted(&self, by: u32) -> Self {
        if self.is_zero() {
            return Self::zero();
        }
        let mut digits = vec![0; (by / 32) as usize];
        digits.extend(&self.0);
        let mut result = Self(digits);
        result.multiply_add(1 << (by % 32), 0);
        result
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        let digit = |n: &Self, i: usize| u64::from(n.0.get(i).copied().unwrap_or(0));
        let mut digits = Vec::new();
        let mut carry = 0;
        for i in 0..self.0.len().max(other.0.len()) {
            carry += digit(self, i) + digit(other, i);
            digits.push(carry as u32);
            carry >>= 32;
        }
        if carry > 0 {
            digits.push(carry as u32);
        }
        Self(digits)
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0
            .len()
            .cmp(&other.0.len())
            .then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
