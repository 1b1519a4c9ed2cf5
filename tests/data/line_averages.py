"""Averages E psi(m + sqrt(v) g) over a standard normal g, to 22 digits, for the loss of one sample and some of its
derivatives times powers of t, at random lengths, output weights, means and variances.

The derivatives come from sympy, the averages from Gauss-Legendre rules on pieces (the library uses the trapezoid
rule and a series). All parameters are floats, written exactly. Needs mpmath and sympy:

    python3 tests/data/line_averages.py > tests/data/line_averages.csv
"""

import random

import sympy
from mpmath import mp, mpf

mp.dps = 34
z1, z2, f1, f2, eps = sympy.symbols("z1 z2 f1 f2 eps")
s = f1 / (1 + sympy.exp(-z1)) + f2 / (1 + sympy.exp(-z2))
phi = sympy.log(1 + sympy.exp(eps * s))
# Name, variables of the derivative, power of t.
FUNCTIONS = [
    ("", [], 0),
    ("0", [z1], 1),
    ("2", [f1], 0),
    ("01", [z1, z2], 2),
    ("00", [z1, z1], 0),
    ("13", [z2, f2], 1),
    ("001", [z1, z1, z2], 3),
    ("111", [z2, z2, z2], 3),
    ("233", [f1, f2, f2], 0),
    ("022", [z1, f1, f1], 1),
]
derivatives = []
for _, variables, _ in FUNCTIONS:
    derivative = phi
    for variable in variables:
        derivative = sympy.diff(derivative, variable)
    derivatives.append(derivative)
evaluate = sympy.lambdify([z1, z2, f1, f2, eps], derivatives, "mpmath", cse=True)

REACH, PIECES, NODES = 12, 96, 24


def legendre(n):
    """Nodes and weights on [-1, 1] by Newton's method."""
    rule = []
    for k in range(n):
        x = mp.cos(mp.pi * (k + mpf(3) / 4) / (n + mpf(1) / 2))
        for _ in range(60):
            p0, p1 = mpf(1), x
            for j in range(2, n + 1):
                p0, p1 = p1, ((2 * j - 1) * x * p1 - (j - 1) * p0) / j
            slope = n * (x * p1 - p0) / (x * x - 1)
            step = p1 / slope
            x -= step
            if abs(step) < mpf(10) ** -33:
                break
        rule.append((x, 2 / ((1 - x * x) * slope**2)))
    return rule


RULE = legendre(NODES)


def averages(lengths, weights, label, mean, variance, pieces):
    rho = mp.sqrt(variance)
    half = mpf(REACH) / pieces
    sums = [mpf(0)] * len(FUNCTIONS)
    for piece in range(pieces):
        centre = -REACH + (2 * piece + 1) * half
        for x, weight in RULE:
            g = centre + half * x
            t = mean + rho * g
            density = half * weight * mp.exp(-g * g / 2) / mp.sqrt(2 * mp.pi)
            values = evaluate(lengths[0] * t, lengths[1] * t, *weights, label)
            for k, (_, _, power) in enumerate(FUNCTIONS):
                sums[k] += density * values[k] * t**power
    return sums


def main():
    draw = random.Random(8)
    print("length_1,length_2,weight_1,weight_2,label,mean,variance,function,value")
    for case in range(40):
        lengths = [draw.uniform(-6, 6) for _ in range(2)]
        weights = [draw.uniform(-8, 8) for _ in range(2)]
        if case % 8 == 0:
            lengths[1] = -lengths[0]
            weights[1] = -weights[0]
        if case % 8 == 1:
            lengths[0] = 0.0
        if case % 8 == 2:
            weights = [40 * w for w in weights]
        label = draw.choice([1, -1])
        mean = draw.uniform(-3, 3)
        variance = 10 ** draw.uniform(-6, 0.3)
        arguments = ([mpf(x) for x in lengths], [mpf(x) for x in weights], label, mpf(mean), mpf(variance))
        values = averages(*arguments, PIECES)
        coarse = averages(*arguments, PIECES * 3 // 4)
        head = ",".join(repr(x) for x in [*lengths, *weights, label, mean, variance])
        for (name, _, _), value, other in zip(FUNCTIONS, values, coarse):
            # Two rules agree, and nothing beyond 12 deviations matters.
            assert abs(value - other) <= mpf(10) ** -24 * (1 + abs(value)), (head, name, value, other)
            print(f"{head},d{name},{mp.nstr(value, 22, strip_zeros=False)}")


main()
