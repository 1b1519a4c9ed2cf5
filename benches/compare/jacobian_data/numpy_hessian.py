"""The Hessian of a data set's one-row objective in NumPy: times, by two products and by signed symmetric updates.

The objective, for a row w of R^d and one drawn pair of views x'_i, x''_i of each of n points:

    f(w) = -1/n sum_i sigma(a_i) sigma(b_i) + alpha |w|^2,    a_i = w . x'_i,    b_i = w . x''_i.

Its Hessian is -1/n sum_i (x'_i, x''_i) M_i (x'_i, x''_i)^T + 2 alpha I with the 2 x 2 matrices

    M_i = [ sigma''(a) sigma(b)     sigma'(a) sigma'(b)  ]
          [ sigma'(a) sigma'(b)     sigma(a) sigma''(b)  ].

The problem and the timing are those of the other scripts in this folder as well. See README.md.
"""

import os

for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM"):
    os.environ[f"{name}_NUM_THREADS"] = "1"
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import argparse
import time

import numpy as np

TAU, ALPHA, POINTS = 7.0, 1.0 / 800.0, 10_000
CENTRES = np.array([[1.0, 0.0], [1.0, TAU], [-1.0, 0.0], [-1.0, TAU]])


def problem(d):
    """A row near the minimum, and both views of all points."""
    rng = np.random.default_rng(1)
    rho = float(d) ** -1.5
    x = rho * rng.standard_normal((POINTS, d))
    x[:, :2] += CENTRES[rng.integers(4, size=POINTS)]
    views = [x + rho * rng.standard_normal((POINTS, d)) for _ in range(2)]
    w = 0.1 / np.sqrt(d) * rng.standard_normal(d)
    w[:2] = 3.8, 1.5
    return w, *views


def derivatives(z):
    """sigma and its first two derivatives."""
    s = 0.5 * (1.0 + np.tanh(0.5 * z))
    slope = s * (1.0 - s)
    return s, slope, slope * (1.0 - 2.0 * s)


def forms(w, left, right):
    """The entries (1,1), (2,2) and (1,2) of -M_i/n."""
    s, s1, s2 = derivatives(left @ w)
    t, t1, t2 = derivatives(right @ w)
    return tuple(entry / -len(left) for entry in (s2 * t, s * t2, s1 * t1))


def by_two_products(w, left, right):
    p, q, r = (entry[:, None] for entry in forms(w, left, right))
    matrix = left.T @ (p * left + r * right) + right.T @ (r * left + q * right)
    matrix[np.diag_indices(len(w))] += 2.0 * ALPHA
    return matrix


def by_signed_updates(w, left, right):
    """Each M_i = sum of two signed squares (its eigenvectors): one symmetric update for each sign."""
    from scipy.linalg.blas import dsyrk

    p, q, r = forms(w, left, right)
    angle = 0.5 * np.arctan2(2.0 * r, p - q)
    c, s = np.cos(angle), np.sin(angle)
    mean, radius = 0.5 * (p + q), np.hypot(0.5 * (p - q), r)
    weights = np.concatenate([mean + radius, mean - radius])
    scale = np.sqrt(np.abs(weights))
    n = len(left)
    rows = np.empty((2 * n, len(w)))
    np.multiply(left, (c * scale[:n])[:, None], out=rows[:n])
    rows[:n] += (s * scale[:n])[:, None] * right
    np.multiply(left, (-s * scale[n:])[:, None], out=rows[n:])
    rows[n:] += (c * scale[n:])[:, None] * right
    # The transpose of a C array is a Fortran array: nothing is copied. Only the upper triangle is computed.
    positive = weights > 0.0
    upper = dsyrk(1.0, rows[positive].T)
    upper = dsyrk(-1.0, rows[~positive].T, beta=1.0, c=upper, overwrite_c=True)
    matrix = np.triu(upper) + np.triu(upper, 1).T
    matrix[np.diag_indices(len(w))] += 2.0 * ALPHA
    return matrix


def median_ms(run, most=15, budget=20.0):
    """Median wall time of run() in milliseconds over at most so many calls or seconds, after one to warm up."""
    run()
    times, begun = [], time.perf_counter()
    while not times or (len(times) < most and time.perf_counter() - begun < budget):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return 1e3 * float(np.median(times)), len(times)


def dimensions(default=(10, 100, 1000)):
    parser = argparse.ArgumentParser()
    parser.add_argument("--dimensions", type=int, nargs="+", default=list(default))
    parser.add_argument("--all", action="store_true", help="also what takes over a minute")
    return parser.parse_args()


def table(methods, arguments, skip=lambda name, d: False):
    """Times of all methods, name -> function of (d, w, left, right) that returns a run; values against NumPy's."""
    print(f"n = {POINTS}, one thread, medians\n{'d':>6}  {'method':<28}{'ms':>12}{'runs':>6}  largest difference")
    worst = 0.0
    for d in arguments.dimensions:
        w, left, right = problem(d)
        reference = by_two_products(w, left, right)
        for name, prepare in methods.items():
            if skip(name, d) and not arguments.all:
                print(f"{d:>6}  {name:<28}{'(--all)':>12}")
                continue
            run = prepare(w, left, right)
            gap = float(np.abs(np.asarray(run()) - reference).max())
            worst = max(worst, gap)
            took, runs = median_ms(run)
            print(f"{d:>6}  {name:<28}{took:>12.3f}{runs:>6}  {gap:.1e}", flush=True)
    if not worst < 1e-11:
        raise SystemExit(f"disagreement: {worst:.1e}")


if __name__ == "__main__":
    methods = {"NumPy, two products": lambda w, a, b: lambda: by_two_products(w, a, b)}
    try:
        import scipy  # noqa: F401
    except ImportError:
        print("SciPy is not installed: no signed updates")
    else:
        methods["SciPy, signed dsyrk"] = lambda w, a, b: lambda: by_signed_updates(w, a, b)
    table(methods, dimensions())
