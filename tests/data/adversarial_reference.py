"""Writes moments_adversarial.csv: M_ij at points chosen to break an enclosure, for sigmoid and tanh.

    pip install python-flint
    python adversarial_reference.py           # about two minutes

Independent of reference_math.py and of the Rust code: ball arithmetic (Arb) throughout, phi^(n) as
a polynomial in phi by phi' = P_1(phi) (sigmoid: s - s^2, tanh: 1 - t^2), each activation from its own
definition, and a plain double sum over u and z: no shared grid. Each entry is summed twice, the second
time with steps 0.83 times as long over a longer range; the two must agree to 1e-32 times the largest
entry of the row (or 1), else the script stops. That is the accuracy of every entry, absolute, not relative
(an entry that vanishes by symmetry stands as 0): values an enclosure has to contain up to that,
not enclosures. Inputs are doubles, written as hex floats.
"""

import csv
import math
import pathlib
import random
import sys

from flint import arb, ctx

TOP = 10
FOLDER = pathlib.Path(__file__).resolve().parent


def polynomials(first):
    """phi^(n) = P_n(phi), n = 0..TOP, integer coefficients, lowest power first."""
    rows = [[0, 1]]
    for _ in range(TOP):
        slope = [k * c for k, c in enumerate(rows[-1])][1:]
        out = [0] * (len(slope) + 2)
        for k, c in enumerate(slope):
            for a, b in enumerate(first):
                out[k + a] += c * b
        rows.append(out)
    return rows


TABLES = {"sigmoid": polynomials([0, 1, -1]), "tanh": polynomials([1, 0, -1])}


def value(name, x):
    return 1 / (1 + (-x).exp()) if name == "sigmoid" else x.tanh()


def derivatives(name, x):
    y = value(name, x)
    out = []
    for row in TABLES[name]:
        total = arb(0)
        for c in reversed(row):
            total = total * y + c
        out.append(total)
    return out


def nodes(v, pole, scale, reach):
    """[(weight, offset)] of the trapezoid rule for a normal variable of variance v."""
    if v == 0:
        return [(arb(1), arb(0))]
    need = 50 * math.log(10)
    c = min(0.9 * pole / math.sqrt(v), math.sqrt(2 * need))
    step = arb(scale * 2 * math.pi * c / (need + c * c / 2))
    count = int(math.ceil(reach / float(step)))
    root = arb(v).sqrt()
    norm = step / (2 * arb.pi()).sqrt()
    return [(norm * (-(step * k) ** 2 / 2).exp(), root * step * k) for k in range(-count, count + 1)]


def moments(name, m, p, q, scale, reach):
    pole = math.pi if name == "sigmoid" else math.pi / 2
    outer, inner = nodes(p, pole, scale, reach), nodes(q, pole, scale, reach)
    sums = {(i, t - i): arb(0) for t in range(TOP + 1) for i in range(t // 2 + 1)}
    for w, a in outer:
        average = [arb(0)] * (TOP + 1)
        for v, b in inner:
            for n, d in enumerate(derivatives(name, arb(m) + a + b)):
                average[n] += v * d
        for i, j in sums:
            sums[i, j] += w * average[i] * average[j]
    return sums


def points():
    rng = random.Random(20)
    chosen = [  # shared and private variance far apart, one of them tiny, one of them missing
        ("sigmoid", 0.0, 1e-320, 1.0), ("sigmoid", 0.7, 1.0, 1e-320), ("sigmoid", -1.3, 5e-324, 0.25),
        ("sigmoid", 2.1, 3e-310, 5e-324), ("sigmoid", 1.0, 1e-307, 2.0), ("tanh", 0.4, 1e-318, 0.5),
        ("sigmoid", 1.1, 300.0, 0.0), ("sigmoid", -2.3, 0.0, 300.0), ("sigmoid", 5.0, 40.0, 1e-3),
        ("sigmoid", 5.0, 1e-3, 40.0), ("sigmoid", -12.0, 9.0, 9.0), ("sigmoid", 35.0, 2.0, 0.5),
        ("tanh", 0.3, 1.0, 1.0), ("tanh", -3.1, 0.2, 2.0), ("tanh", 12.0, 0.05, 0.0), ("tanh", 0.0, 0.0, 1e-3),
        ("tanh", 1.5, 1e-4, 0.8), ("tanh", -0.8, 6.0, 0.02), ("tanh", 0.25, 0.01, 0.0),
    ]
    for k in range(22):
        p, q = (10 ** rng.uniform(-4, 0.9) for _ in range(2))
        chosen.append(("tanh" if k % 3 == 0 else "sigmoid", rng.uniform(-6, 6), p, q))
    return chosen


def text(x, m, i, j, name):
    vanishes = m == 0.0 and (i + j) % 2 == 1 and (i >= 1 or name == "tanh")
    return "0" if vanishes else x.mid().str(30, radius=False)


def main():
    ctx.prec = 260
    with open(FOLDER / "moments_adversarial.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        keys = [(i, t - i) for t in range(TOP + 1) for i in range(t // 2 + 1)]
        writer.writerow(["activation", "m_hex", "p_hex", "q_hex", *(f"M_{i}_{j}" for i, j in keys)])
        for name, m, p, q in points():
            first, second = moments(name, m, p, q, 1.0, 15.2), moments(name, m, p, q, 0.83, 15.9)
            size = max(abs(float(x.mid())) for x in second.values())
            for k in keys:
                gap = abs(float((first[k] - second[k]).mid()))
                assert gap <= 1e-32 * max(size, 1.0), (name, m, p, q, k, gap)
                assert float(second[k].rad()) < 1e-45, "precision"
            writer.writerow([name, *(float(x).hex() for x in (m, p, q)), *(text(second[k], m, *k, name) for k in keys)])
            print(name, m, p, q, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
