//! A zero of a system of polynomials with rational coefficients: what a certificate written by hand can hold.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::fixed::Fixed;
use super::format::{Range, System};
use super::krawczyk::{Matrix, apply, contracts, image, product};
use super::number::Rational;
use super::obligation::{Obligation, ensure};

/// `coefficient x_1^(e_1) x_2^(e_2) …`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    coefficient: String,
    exponents: Vec<u32>,
}

/// One zero in the box.
pub fn obligations<'a>(
    claim: &'a BTreeMap<String, Value>,
    proof: &'a System,
) -> Result<Vec<Obligation<'a>>, String> {
    ensure(
        claim
            .keys()
            .map(String::as_str)
            .eq(["equations", "kind", "name"])
            && claim["kind"] == "system",
        "the claim is not one of equations",
    )?;
    let equations: Vec<Vec<Term>> = serde_json::from_value(claim["equations"].clone())
        .map_err(|error| format!("claim.equations: {error}"))?;
    let n = proof.near.len();
    let square = equations.len() == n
        && proof.preconditioner.len() == n
        && proof.preconditioner.iter().all(|row| row.len() == n);
    let fits = |term: &Term| term.exponents.len() == n && term.exponents.iter().all(|e| *e <= 64);
    ensure(
        square && n <= 64 && equations.iter().flatten().all(fits),
        "equations, box and preconditioner do not fit together",
    )?;
    let coefficients = equations
        .iter()
        .map(|terms| {
            terms
                .iter()
                .map(|t| {
                    Some((
                        Rational::parse(&t.coefficient)?.fixed(),
                        t.exponents.clone(),
                    ))
                })
                .collect()
        })
        .collect::<Option<Vec<Vec<_>>>>();
    let equations = coefficients.ok_or("a coefficient is no rational number")?;
    Ok(vec![Obligation::new(
        "the system has exactly one zero in the box",
        move || {
            let x: Vec<Fixed> = proof.near.iter().map(|x| Range::fixed(*x)).collect();
            let y: Matrix = proof
                .preconditioner
                .iter()
                .map(|row| row.iter().map(|y| y.0).collect())
                .collect();
            let power = |x: Fixed, e: u32| (0..e).fold(Fixed::ONE, |p, _| p * x);
            // The derivative by `by`, or the value.
            let sum = |terms: &[(Fixed, Vec<u32>)], x: &[Fixed], by: Option<usize>| -> Fixed {
                terms
                    .iter()
                    .map(|(coefficient, exponents)| {
                        exponents
                            .iter()
                            .enumerate()
                            .fold(*coefficient, |product, (k, &e)| match by {
                                Some(by) if by == k => {
                                    product
                                        * Fixed::int(e.into())
                                        * power(x[k], e.saturating_sub(1))
                                }
                                _ => product * power(x[k], e),
                            })
                    })
                    .sum()
            };
            let middle: Vec<Fixed> = x.iter().map(|x| x.mid()).collect();
            let value: Vec<Fixed> = equations
                .iter()
                .map(|terms| sum(terms, &middle, None))
                .collect();
            let slope: Matrix = equations
                .iter()
                .map(|terms| (0..n).map(|k| sum(terms, &x, Some(k))).collect())
                .collect();
            ensure(
                contracts(&image(&x, &apply(&y, &value), &product(&y, &slope)), &x),
                "Krawczyk's operator does not map the box into its interior",
            )
        },
    )])
}
