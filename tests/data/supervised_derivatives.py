"""Derivatives of L_SL at collinear points, to 25 digits: w_i = l_i u, u = (cos, sin) as the floats given.

The derivatives of the loss come from sympy, the averages over t = u.x from the trapezoid rule in 40 digits (step
1/48 up to 12 standard deviations), the moments across from their closed forms. Needs mpmath and sympy:

    python3 tests/data/supervised_derivatives.py > tests/data/supervised_derivatives.csv
"""

import itertools
import random

import sympy
from mpmath import mp, mpf

mp.dps = 40
z1, z2, f1, f2, eps = sympy.symbols("z1 z2 f1 f2 eps")
variables = [z1, z2, f1, f2]
s = f1 / (1 + sympy.exp(-z1)) + f2 / (1 + sympy.exp(-z2))
phi = sympy.log(1 + sympy.exp(eps * s))
orders = [()] + [c for n in (1, 2, 3) for c in itertools.combinations_with_replacement(range(4), n)]
derivatives = []
for index in orders:
    derivative = phi
    for a in index:
        derivative = sympy.diff(derivative, variables[a])
    derivatives.append(derivative)
evaluate = sympy.lambdify([*variables, eps], derivatives, "mpmath", cse=True)

# The coordinates w_1.u, w_1.v, w_2.u, w_2.v, F_1, F_2: the variable they move, and whether by t or by s.
FACTORS = [(0, "t"), (0, "s"), (1, "t"), (1, "s"), (2, ""), (3, "")]


def averages(l, f, label, mean, variance):
    """E[phi_index t^k] for each index and k = 0..3."""
    step, rho = mpf(1) / 48, mp.sqrt(variance)
    reach = 12 * 48 if variance else 0
    sums = {index: [mpf(0)] * 4 for index in orders}
    total = mpf(0)
    for k in range(-reach, reach + 1):
        weight = mp.exp(-((k * step) ** 2) / 2)
        total += weight
        t = mean + rho * k * step
        values = evaluate(l[0] * t, l[1] * t, f[0], f[1], label)
        for index, value in zip(orders, values):
            for power in range(4):
                sums[index][power] += weight * value * t**power
    return {index: [x / total for x in powers] for index, powers in sums.items()}


def entry(case, samples, coordinates):
    """The entry of the derivative in these coordinates, penalties left out."""
    value = mpf(0)
    for probability, average, moments, _ in samples:
        index = tuple(sorted(FACTORS[c][0] for c in coordinates))
        powers = [FACTORS[c][1] for c in coordinates]
        value += probability * average[index][powers.count("t")] * moments[powers.count("s")]
    return value


def main():
    random.seed(1)
    print("tau,variance,p1,p2,p3,p4,c,s,l1,l2,f1,f2,entry,value")
    for n in range(24):
        tau = random.choice([0.5, 1.5, 7.0, 20.0])
        variance = random.choice([0.0, 0.001, 0.015625, 0.125, 0.25])
        weights = random.choice([[0.25] * 4, [0.375, 0.125, 0.25, 0.25]])
        if n % 3 == 0:
            c, s_ = 1.0, 0.0
        else:
            # A Pythagorean pair in floats is a unit vector to rounding; the vectors are taken as they are.
            c, s_ = random.choice([(0.6, 0.8), (0.96, -0.28), (-0.8, 0.6)])
        l = [random.uniform(-5, 5) for _ in range(2)]
        f = [random.uniform(-6, 6) for _ in range(2)]
        samples = []
        mu = [(1, 0), (1, tau), (-1, 0), (-1, tau)]
        for k, (x, y) in enumerate(mu):
            along = mpf(c) * x + mpf(s_) * mpf(y)
            across = -mpf(s_) * x + mpf(c) * mpf(y)
            v = mpf(variance)
            moments = [mpf(1), across, across**2 + v, across * (across**2 + 3 * v)]
            label = 1 if k < 2 else -1
            average = averages([mpf(x) for x in l], [mpf(x) for x in f], label, along, v)
            samples.append((mpf(weights[k]), average, moments, v))
        head = ",".join(repr(x) for x in [tau, variance, *weights, c, s_, *l, *f])
        entries = [()] + [e for m in (1, 2, 3) for e in itertools.combinations_with_replacement(range(6), m)]
        if n % 4:
            entries = entries[:28] + random.sample(entries[28:], 12)
        for coordinates in entries:
            value = entry(None, samples, coordinates)
            name = "".join(str(x) for x in coordinates) or "value"
            print(f"{head},{name},{mp.nstr(value, 25)}")
        # Beside the plane: rho^2 E[phi_zz], and its derivative in w_1.u.
        for pair in [(0, 0), (0, 1), (1, 1)]:
            beside = sum(p * v * a[pair][0] for p, a, _, v in samples)
            print(f"{head},b{pair[0]}{pair[1]},{mp.nstr(beside, 25)}")
            third = sum(p * v * a[tuple(sorted((0, *pair)))][1] for p, a, _, v in samples)
            print(f"{head},t{pair[0]}{pair[1]},{mp.nstr(third, 25)}")


main()
