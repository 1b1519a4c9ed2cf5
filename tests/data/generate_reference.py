"""Writes the reference tables of this folder (multi-precision, independent of the Rust code).

    pip install mpmath numpy gmpy2            # gmpy2 only for speed
    python generate_reference.py              # all tables, about 4 minutes
    python generate_reference.py moments      # one of them

Tables: sigmoid_derivatives, moments, critical_points, unequal_weights, pitchfork,
third_derivative_norm. Each has a header line. Inputs that are doubles stand as hex floats (exact)
and as shortest decimals; all other numbers are decimal strings with 36 significant digits, of which
at least 30 are stable under a finer quadrature (third_derivative_norm: see third_derivative.py; its u, w are
rounded to 17 digits). The output is deterministic. The formulas and quadratures are in
reference_math.py; check_formulas.py tests tables and formulas by other routes.

critical_points and unequal_weights: `kind` and the two eigenvalues belong to the Hessian in the plane
span(e1, e2), kappa is its eigenvalue beside the plane; alpha is the fraction written, rho = d^(-3/2)
(0 for the simplified objective, which does not depend on d); `distance` is that of an exact point from
its simplified counterpart. At d = 2 the axis w^(1) = 0 carries three critical points.
"""

import csv
import pathlib
import random
import sys
import time
from fractions import Fraction

from mpmath import mp, mpf

from reference_math import Objective, moments, pairs, rational, sigmoid_derivatives

FOLDER = pathlib.Path(__file__).resolve().parent
DIGITS = 36
START = time.time()


def text(x):
    """A number as a decimal string; fractions and words stay as they are."""
    if isinstance(x, mpf):
        return "0" if x == 0 else mp.nstr(x, DIGITS, strip_zeros=True)
    return str(x)


def both(x):
    """A double as (hex, decimal)."""
    return float(x).hex(), repr(float(x))


def progress(message):
    print(f"[{time.time() - START:7.1f} s] {message}", flush=True)


def write(name, header, rows):
    with open(FOLDER / f"{name}.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([text(x) for x in row] for row in rows)
    progress(f"{name}.csv: {len(rows)} rows")


# --- 1. sigma and its derivatives -------------------------------------------------------------

def table_sigmoid_derivatives():
    mp.dps = 800  # near 0 the even derivatives are about x: 1 - 2 s must keep its digits at x = 2^-1074
    rng = random.Random(1)
    positive = [2.0 ** -1074, 1e-300, 1e-20, 1e-8, 1e-3, 0.05, 0.1, 0.25, 0.5, 1.0, 1.3169578969248166, 1.5, 2.0,
                2.5, 3.0, 3.8, 5.0, 6.82, 7.0, 10.0, 14.45, 15.0, 20.0, 30.0, 36.7, 40.0, 100.0, 200.0,
                350.0, 700.0, 709.5, 740.0]
    points = sorted([0.0] + positive + [-x for x in positive] + [rng.uniform(-12, 12) for _ in range(6)])
    rows = [[*both(x), *sigmoid_derivatives(x, 16)] for x in points]
    write("sigmoid_derivatives", ["x_hex", "x"] + [f"d{n}" for n in range(17)], rows)


# --- 2. moments -------------------------------------------------------------------------------

def moment_points():
    """(m, p, q): every variance with five values of m, then shared and private variance apart."""
    rng = random.Random(2)
    fixed = [0.0, 3.8, -0.5, 6.82, -20.0, 0.5, -3.8, 14.45]
    points = []
    for k, v in enumerate([1e-18, 1e-9, 1.7e-8, 1e-3, 0.0169, 0.05, 0.1, 0.3, 1.0, 2.1, 4.0, 17.0]):
        chosen = [fixed[(3 * k + i) % 8] for i in range(3)] + [rng.uniform(-9, 9)]
        points += [(m, v, v) for m in chosen]
    points += [(3.8, 0.0169, 0.0169), (0.5, 1.0, 1.0), (0.0, 17.0, 17.0), (0.0, 0.0169, 0.0169), (0.0, 1.0, 1.0),
               (200.0, 0.0169, 0.0169), (200.0, 1.0, 1.0), (200.0, 1e-18, 1e-18)]
    for m in (0.0, 3.8, -3.8, -20.0, 200.0):
        points.append((m, 0.0, 0.0))
    for v in (1e-9, 0.0169, 0.3, 4.0, 17.0):
        points.append((rng.choice(fixed), v, 0.0))
        points.append((rng.choice(fixed), 0.0, v))
        points.append((rng.uniform(-9, 9), v, 0.0))
        points.append((rng.uniform(-9, 9), 0.0, v))
    for p, q in ((0.0169, 0.05), (0.05, 0.0169), (1.0, 0.01), (0.01, 1.0), (4.0, 0.3), (0.3, 4.0), (2.1, 1.7),
                 (17.0, 1e-3), (1e-9, 1.0), (1.0, 1e-18)):
        points.append((rng.choice(fixed), p, q))
    return points


def table_moments():
    mp.dps = 60
    header = ["m_hex", "p_hex", "q_hex", "m", "p", "q"] + [f"M_{i}{j}" for i, j in pairs(8)]
    rows = []
    points = moment_points()
    for n, (m, p, q) in enumerate(points):
        values = moments(m, p, q, 8, DIGITS)
        rows.append([*(both(x)[0] for x in (m, p, q)), *(both(x)[1] for x in (m, p, q)),
                     *(values[k] for k in pairs(8))])
        if n % 10 == 9:
            progress(f"moments: {n + 1} of {len(points)}")
    write("moments", header, rows)


# --- 3. critical points -----------------------------------------------------------------------

ALPHA = Fraction(1, 800)


def power_rho(d):
    """rho = d^(-3/2)."""
    return 1 / (d * mp.sqrt(d))


def follow(make, start, steps):
    """Newton along a homotopy make(t), t = 1/steps, ..., 1: coarse to the last, then accurate."""
    w = start
    for k in range(1, steps):
        objective = make(mpf(k) / steps)
        objective.digits = 16
        w = objective.critical_point(w, coarse=12)[0]
    return make(mpf(1)).critical_point(w)


def axis_points(objective, start=-13.4, stop=13.4, step=0.2):
    """All critical points on w^(1) = 0 seen as sign changes of the second gradient component (|w|
    <= 13.383 at alpha = 1/800 by the a-priori disc), refined by Newton from a bisected
    bracket. The scan avoids 0 by half a step; a pair
    of zeros within one step of 0.2 would be missed."""
    full, objective.digits = objective.digits, 9

    def slope(b):
        return objective.jet([mpf(0), mpf(b)])[1][1]

    brackets, b = [], start + step / 2
    left = slope(b)
    while b < stop:
        right = slope(b + step)
        if (left < 0) != (right < 0):
            brackets.append((b, b + step, left < 0))
        b, left = b + step, right
    starts = []
    for lo, hi, rising in brackets:
        for _ in range(10):
            middle = (lo + hi) / 2
            if (slope(middle) < 0) == rising:
                lo = middle
            else:
                hi = middle
        starts.append((lo + hi) / 2)
    objective.digits = full
    return [objective.critical_point((0, b), axis=True) for b in starts]


def kind(eigenvalues):
    """Of a critical point within the plane span(e1, e2)."""
    return {0: "minimum", 1: "saddle", 2: "maximum"}[sum(x < 0 for x in eigenvalues)]


def table_critical_points():
    mp.dps = 60
    header = ["objective", "kind", "d", "tau", "alpha", "rho", "w1", "w2", "value", "eigenvalue_min", "eigenvalue_max",
              "kappa", "distance"]
    rows = []

    def row(name, d, tau, rho, result, distance=""):
        w, value, eigenvalues, kappa = result
        rows.append([name, kind(eigenvalues), d, tau, ALPHA, rho, *w, value, *eigenvalues, kappa, distance])

    seven = {}
    seven["7"] = Objective(7, ALPHA, 0, 0).critical_point((3.8, 1.5))
    for tau in ("7", "1.5", "3", "20"):
        # From tau = 7, in equal steps of log(tau).
        seven[tau] = follow(lambda t: Objective(7 * (mpf(tau) / 7) ** t, ALPHA, 0, 0), seven["7"][0], 24)
        row("simplified", "", tau, mpf(0), seven[tau])
        for point in axis_points(Objective(mpf(tau), ALPHA, 0, 0)):
            row("simplified", "", tau, mpf(0), point)
        progress(f"critical points: simplified, tau = {tau}")
    cases = [(d, "7") for d in (2, 3, 4, 5, 6, 7, 8, 10, 16, 18, 20, 50, 100, 1000, 10 ** 6)]
    for d, tau in cases + [(10, "1.5"), (10, "3"), (10, "20")]:
        rho, base = power_rho(d), seven[tau][0]
        steps = 24 if d < 10 else 3
        exact = lambda t: Objective(mpf(tau), ALPHA, rho * mp.sqrt(t), rho * mp.sqrt(t))
        found = follow(exact, base, steps)
        row("exact", d, tau, rho, found, mp.hypot(found[0][0] - base[0], found[0][1] - base[1]))
        for point in axis_points(exact(mpf(1))):
            row("exact", d, tau, rho, point)
        progress(f"critical points: d = {d}, tau = {tau}")
    write("critical_points", header, rows)


# --- 4. unequal weights -----------------------------------------------------------------------

def table_unequal_weights():
    """tau = 7, alpha = 1/800, d = 10 and weights (0.3, 0.2, 0.2, 0.3) in the order of the centres
    e1, e1 + tau e2, -e1, -e1 + tau e2: three critical points each, by a homotopy in the weights."""
    mp.dps = 60
    target = [Fraction(3, 10), Fraction(1, 5), Fraction(1, 5), Fraction(3, 10)]
    header = ["objective", "kind", "d", "tau", "alpha", "rho", "weights", "w1", "w2", "value", "eigenvalue_min",
              "eigenvalue_max", "kappa", "distance"]
    rows, base = [], {}
    rho = power_rho(10)
    for name, noise in (("simplified", mpf(0)), ("exact", rho)):
        for label, start in (("right", (3.8, 1.5)), ("left", (-3.8, 1.5)), ("saddle", (0, 1.12))):
            def make(t):
                mixed = [(1 - t) / 4 + t * rational(w) for w in target]
                return Objective(7, ALPHA, noise, noise, mixed)
            w, value, eigenvalues, kappa = follow(make, start, 10)
            if name == "simplified":
                base[label] = w
            distance = mp.hypot(w[0] - base[label][0], w[1] - base[label][1]) if name == "exact" else ""
            rows.append([name, kind(eigenvalues), 10 if name == "exact" else "", 7, ALPHA, noise, "0.3 0.2 0.2 0.3",
                         *w, value, *eigenvalues, kappa, distance])
    write("unequal_weights", header, rows)


# --- 5. pitchfork -----------------------------------------------------------------------------

def table_pitchfork():
    """alpha and b with H_11 = 0 and g_2 = 0 at (0, b), rho = 0, in closed form: with f = sigma^2,

        g_2 = -(tau/2) f'(tau b) + 2 alpha b,   H_11 = -(f''(0) + f''(tau b))/2 + 2 alpha,

    so alpha = tau f'(tau b)/(4 b), and b solves f''(0) + f''(t) = tau^2 f'(t)/t, t = tau b. All
    roots with 0 < t < 60 are listed (beyond, the left side stays at f''(0) = 1/8 and the right
    side decreases); H_22 says which are crossed by a branch of axis minima (H_22 > 0).
    """
    mp.dps = 60
    rows = []

    def f1(t):
        s = sigmoid_derivatives(t, 2)
        return 2 * s[0] * s[1]

    def f2(t):
        s = sigmoid_derivatives(t, 2)
        return 2 * s[1] ** 2 + 2 * s[0] * s[2]

    for tau in ("2", "2.2", "7", "20"):
        def equation(t):
            return f2(mpf(0)) + f2(t) - mpf(tau) ** 2 * f1(t) / t
        grid = [mpf(k) / 50 for k in range(1, 3001)]
        values = [equation(t) for t in grid]
        for k in range(len(grid) - 1):
            if values[k] * values[k + 1] < 0:
                t = mp.findroot(equation, (grid[k], grid[k + 1]), solver="anderson", tol=mpf(10) ** -100)
                b = t / mpf(tau)
                alpha = mpf(tau) * f1(t) / (4 * b)
                rows.append([tau, alpha, b, 2 * alpha - mpf(tau) ** 2 * f2(t) / 2])
    write("pitchfork", ["tau", "alpha", "w2", "hessian_22"], rows)


# --- 6. third derivative ----------------------------------------------------------------------

def table_third_derivative_norm():
    from third_derivative import rows_for
    mp.dps = 40
    rows = []
    base = Objective(7, ALPHA, 0, 0).critical_point((3.8, 1.5))[0]
    for d in (10, 20):
        rows += rows_for(d, 7, ALPHA, power_rho(d), base, (0, 0.01, 0.05, 0.1, 0.3))
        progress(f"third derivative: d = {d}")
    write("third_derivative_norm", ["d", "tau", "alpha", "radius", "norm", "w1", "w2", "w_perp", "u1", "u2", "u3", "u4"],
          rows)


TABLES = {name[len("table_"):]: function for name, function in list(globals().items()) if name.startswith("table_")}

if __name__ == "__main__":
    for chosen in sys.argv[1:] or TABLES:
        TABLES[chosen]()
