"""S_j(m, q) = E σ^(j)(m + √q z), j = 0..6, to 30 digits: the reference of tests/given_data/averages.rs.

Needs mpmath. The trapezoid rule with step 1/50 errs by less than e^-200 here; σ^(j) from Taylor coefficients of the
logistic equation, in 60-digit arithmetic.
"""
import random

from mpmath import exp, mp, mpf, pi, sqrt

mp.dps = 60
ORDERS = 7


def derivatives(z):
    """σ, σ', .., σ^(6) at z, by y' = y (1 - y), coefficient by coefficient."""
    y = [1 / (1 + exp(-z))]
    for k in range(ORDERS - 1):
        y.append((y[k] - sum(y[i] * y[k - i] for i in range(k + 1))) / (k + 1))
    factorial = mpf(1)
    out = []
    for k, c in enumerate(y):
        if k > 0:
            factorial *= k
        out.append(factorial * c)
    return out


def averages(m, q):
    if q == 0:
        return derivatives(m)
    h = mpf(1) / 50
    sums = [mpf(0)] * ORDERS
    for k in range(-800, 801):
        z = k * h
        weight = h * exp(-z * z / 2) / sqrt(2 * pi)
        for j, value in enumerate(derivatives(m + sqrt(q) * z)):
            sums[j] += weight * value
    return sums


def main():
    rng = random.Random(20)
    print("m,q," + ",".join(f"s{j}" for j in range(ORDERS)))
    variances = [0.0, 1e-9, 0.0003, 0.0169, 0.049, 0.051, 0.136, 0.9, 4.25, 17.0]
    for q in variances:
        means = [0.0, 1 / 32, -1 / 32] + [rng.uniform(-1, 1) * s for s in (0.1, 1, 3, 5, 8, 15, 25, 39)]
        means += [41.5, -43.25]
        for m in means:
            row = averages(mpf(m), mpf(q))
            print(f"{m!r},{q!r}," + ",".join(mp.nstr(x, 30) for x in row))


main()
