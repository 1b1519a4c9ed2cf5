"""Checks the tables of this folder and the formulas behind them by other routes.

    pip install mpmath python-flint numpy gmpy2
    python check_formulas.py                  # about 10 minutes; exit code 1 if anything disagrees
    python check_formulas.py strip            # one check

Other routes: integrals as enclosures by Arb (acb.integral) and by nested Gauss-Legendre rules in place
of the trapezoid rule; difference quotients of G in place of the formulas with M_ij; sampled values
beside each bound. Each line says what was compared and how closely it agrees.
"""

import csv
import pathlib
import random
import sys
from fractions import Fraction

import flint
from mpmath import mp, mpc, mpf

from reference_math import Objective, POLYNOMIALS, moments, pairs, sigmoid_derivatives
from third_derivative import ORDERS, symbol, third_derivative

FOLDER = pathlib.Path(__file__).resolve().parent
failures = []


def report(what, holds, detail):
    print(f"{'ok  ' if holds else 'FAIL'} {what}: {detail}", flush=True)
    if not holds:
        failures.append(what)


def close(a, b, digits):
    return abs(a - b) <= mpf(10) ** -digits * max(abs(a), abs(b))


def table(name):
    with open(FOLDER / f"{name}.csv") as file:
        return list(csv.DictReader(file))


# --- sigma ------------------------------------------------------------------------------------

def check_sigmoid():
    """Taylor coefficients of Arb power series in place of the polynomials P_n."""
    flint.ctx.prec, flint.ctx.cap = 4000, 17
    mp.dps = 60
    worst = mpf(0)
    for row in table("sigmoid_derivatives"):
        x = flint.arb(float.fromhex(row["x_hex"]))
        series = 1 / (1 + flint.arb_series([-x, -1]).exp())
        for n in range(17):
            value = series[n] * int(mp.factorial(n))
            exact, shown = mpf(value.str(45, radius=False)), mpf(row[f"d{n}"])
            if shown == 0:
                assert abs(exact) < mpf(10) ** -500
            else:
                worst = max(worst, abs(exact - shown) / abs(shown))
    report("sigmoid_derivatives.csv against Arb power series", worst < mpf(10) ** -34,
           f"largest relative difference {mp.nstr(worst, 3)}")


# --- moments ----------------------------------------------------------------------------------

def arb_sigma(z, i, analytic):
    s = 1 / (1 + (-z).exp())
    if i == 0:
        return s
    value = flint.acb(0)
    for c in reversed(POLYNOMIALS[i]):
        value = value * s + c
    return value * s * (1 - s)


def check_moments_arb():
    """Rows with p = 0 or q = 0 by a rigorous one-dimensional integral (Arb), plus its tail 2 max|f| Q(R)."""
    flint.ctx.prec = 400
    mp.dps = 60
    worst, count = mpf(0), 0
    for row in table("moments"):
        m, p, q = (float.fromhex(row[f"{x}_hex"]) for x in "mpq")
        if (p > 0) == (q > 0):
            continue
        root = flint.arb(max(p, q)).sqrt()

        def mean(f):
            def integrand(z, analytic):
                x = flint.acb(m) + root * z
                # exp(-x) may wrap a pole only where 1 + exp(-x) contains 0; Arb returns nan there by itself
                return f(x) * (-z * z / 2).exp()
            value = flint.acb.integral(integrand, flint.acb(-20), flint.acb(20), rel_tol=flint.arb(2) ** -200,
                                       abs_tol=flint.arb(2) ** -290, eval_limit=10 ** 6)
            return value.real / (2 * flint.arb.pi()).sqrt()

        for i, j in ((0, 0), (0, 1), (0, 2), (1, 1), (1, 3), (2, 2), (0, 8), (4, 4)):
            if p > 0:   # q = 0: the mean of a product
                value = mean(lambda x: arb_sigma(x, i, True) * arb_sigma(x, j, True))
            else:       # p = 0: the product of means
                value = mean(lambda x: arb_sigma(x, i, True)) * mean(lambda x: arb_sigma(x, j, True))
            middle, radius = mpf(value.mid().str(60, radius=False)), mpf(value.rad().str(5, radius=False))
            shown = mpf(row[f"M_{i}{j}"])
            if shown == 0:
                assert abs(middle) < mpf(10) ** -40
                continue
            difference = abs(middle - shown) / abs(shown)
            assert radius < mpf(10) ** -33 * abs(shown), (m, p, q, i, j, radius)
            worst, count = max(worst, difference), count + 1
    report("moments.csv (p = 0 or q = 0) against Arb integrals", worst < mpf(10) ** -32,
           f"{count} values, largest relative difference {mp.nstr(worst, 3)}")


def check_moments_nested():
    """Two variances: nested Gauss-Legendre rules, 20 nodes on each panel of length 1 in |u|, |z| <= 13
    (poles are at distance pi/2 or more, so a panel's relative error is below 7^-40)."""
    mp.dps = 36
    grid, gauss = [], []
    for k in range(-13, 13):
        for x, w in gauss_legendre(20):
            z = k + (1 + x) / 2
            grid.append(z)
            gauss.append(w / 2 * mp.exp(-z * z / 2) / mp.sqrt(2 * mp.pi))
    rows = [r for r in table("moments") if 0 < float(r["p"]) <= 4 and 0 < float(r["q"]) <= 4 and abs(float(r["m"])) < 7]
    checks = [("3.8", "0.0169"), ("0.5", "1.0")]
    rows = rows[4::6] + [r for r in rows if r["p"] == r["q"] and (r["m"], r["p"]) in checks]
    wanted = [(0, 0), (0, 2), (1, 1), (1, 2), (2, 2), (0, 4)]
    worst, count = mpf(0), 0
    for row in rows:
        m, p, q = (mpf(float.fromhex(row[f"{x}_hex"])) for x in "mpq")
        shifts = [mp.sqrt(q) * z for z in grid]
        total = {k: mpf(0) for k in wanted}
        for u, wu in zip(grid, gauss):
            x = m + mp.sqrt(p) * u
            values = [fast_derivatives(x + shift) for shift in shifts]
            inner = [mp.fdot(gauss, [v[n] for v in values]) for n in range(5)]
            for i, j in wanted:
                total[i, j] += wu * inner[i] * inner[j]
        for i, j in wanted:
            shown = mpf(row[f"M_{i}{j}"])
            if shown != 0:
                worst, count = max(worst, abs(total[i, j] - shown) / abs(shown)), count + 1
            else:
                assert abs(total[i, j]) < mpf(10) ** -25
    report("moments.csv (p, q > 0) against nested Gauss-Legendre", worst < mpf(10) ** -25,
           f"{len(rows)} points, {count} values, largest relative difference {mp.nstr(worst, 3)}")


def fast_derivatives(x):
    s = 1 / (1 + mp.exp(-x))
    t = s * (1 - s)
    return s, t, t * (1 - 2 * s), t * (1 + s * (6 * s - 6)), t * (1 + s * (s * (36 - 24 * s) - 14))


def gauss_legendre(count):
    """Nodes and weights on [-1, 1] by Newton on P_count."""
    out = []
    for k in range(count):
        x = mp.cos(mp.pi * (k + mpf(3) / 4) / (count + mpf(1) / 2))
        for _ in range(60):
            a, b = mpf(1), x
            for n in range(2, count + 1):
                a, b = b, ((2 * n - 1) * x * b - (n - 1) * a) / n
            slope = count * (x * b - a) / (x * x - 1)
            step = b / slope
            x -= step
            if abs(step) < mpf(10) ** (5 - mp.dps):
                break
        out.append((x, 2 / ((1 - x * x) * slope ** 2)))
    return out


def check_values():
    mp.dps = 60
    a, b = (moments(mpf(m), mpf(v), mpf(v), 0)[0, 0] for m, v in (("3.8", "0.0169"), ("0.5", "1")))
    report("G(3.8; 0.0169), G(0.5; 1)", close(a, mpf("0.95604354845836139"), 16) and close(b, mpf("0.37966203249770276"), 16),
           f"{mp.nstr(a, 22)}, {mp.nstr(b, 22)} (decimal arguments)")
    rows = {(r["objective"], r["kind"], r["d"], r["tau"]): r for r in table("critical_points")}
    simple, ten = rows["simplified", "minimum", "", "7"], rows["exact", "minimum", "10", "7"]
    for name, shown, figure in (
        ("w1", simple["w1"], "3.8162036966"), ("w2", simple["w2"], "1.5198619344"), ("value", simple["value"], "-0.7178279189"),
        ("eigenvalue", simple["eigenvalue_min"], "0.0114311"), ("eigenvalue", simple["eigenvalue_max"], "0.0298251"),
        ("saddle", rows["simplified", "saddle", "", "7"]["w2"], "1.1178"), ("w1 at d = 10", ten["w1"], "3.8207155939"),
        ("w2 at d = 10", ten["w2"], "1.5215988741"),
    ):
        report(f"stated figure, {name}", shown.startswith(figure), f"{shown[:18]} begins with {figure}")
    firsts = [mp.nstr(mpf(rows["exact", "minimum", str(d), "7"]["w1"]), 4) for d in (2, 3, 4, 5)]
    report("stated figure, w1 at d = 2..5", firsts == ["3.672", "3.912", "3.876", "3.85"], ", ".join(firsts))
    fork = {r["tau"]: mpf(r["alpha"]) for r in table("pitchfork")}
    stated = {"7": "0.02835", "2": "0.01766", "20": "0.03073"}
    report("stated figure, pitchfork", all(abs(fork[t] - mpf(a)) < mpf("5e-6") for t, a in stated.items()),
           ", ".join(f"tau {t}: {mp.nstr(a, 7)}" for t, a in fork.items()))
    # z sigma'(z): its maximum; and 0 < G_m = 2 M_01 <= 8/27 = max 2 s^2 (1 - s).
    z = mp.findroot(lambda z: sigmoid_derivatives(z, 2)[1] + z * sigmoid_derivatives(z, 2)[2], mpf("1.5"))
    best = z * sigmoid_derivatives(z, 1)[1]
    report("stated figure, sup z sigma'(z) <= 0.2238717, radius <= 13.383", mpf("0.2238716") < best < mpf("0.2238717") and mp.sqrt(800 * best) < mpf("13.383"),
           f"{mp.nstr(best, 12)}, {mp.nstr(mp.sqrt(800 * best), 9)} (both stated figures are rounded up)")
    slopes = [2 * mpf(r["M_01"]) for r in table("moments")]
    report("0 < G_m <= 8/27", all(0 < x <= mpf(8) / 27 for x in slopes), f"largest in the table {mp.nstr(max(slopes), 6)}, 8/27 = {mp.nstr(mpf(8) / 27, 6)}")


# --- derivatives ------------------------------------------------------------------------------

def brute_value(w, tau, alpha, rho_x, rho_a, weights):
    """l(w) for w of any length from M_00 alone."""
    n = sum(x * x for x in w)
    out = alpha * n
    for weight, (sign, height) in zip(weights, ((1, 0), (1, tau), (-1, 0), (-1, tau))):
        out -= weight * moments(sign * w[0] + height * w[1], rho_x ** 2 * n, rho_a ** 2 * n, 0, 70)[0, 0]
    return out


def difference(f, order, h):
    """Central differences of order 1, 2, 3 with error O(h^6) or better."""
    rules = {1: ({1: 45, 2: -9, 3: 1}, 60, 1), 2: ({0: -490, 1: 270, 2: -27, 3: 2}, 180, 2),
             3: ({1: -488, 2: 338, 3: -72, 4: 7}, 240, 3)}
    coefficients, scale, power = rules[order]
    total = mpf(0)
    for k, c in coefficients.items():
        if k == 0:
            total += c * f(mpf(0))
        else:
            total += c * (f(k * h) + (-1) ** order * f(-k * h))
    return total / (scale * h ** power)


def check_derivatives():
    """Gradient, Hessian, kappa and D^3 by the formulas against difference quotients of M_00, at
    rho_x = rho_a and rho_x != rho_a, one of them 0 included; w in R^3, with and without w_perp."""
    mp.dps = 80
    h = mpf(10) ** -8   # truncation h^6 = 1e-48; rounding 1e-70/h^3
    cases = [((mpf("1.3"), mpf("0.4")), mpf("0.3"), mpf("0.3"), [Fraction(1, 4)] * 4),
             ((mpf("3.8"), mpf("1.5")), mpf("0.05"), mpf("0.2"), [Fraction(3, 10), Fraction(1, 5), Fraction(1, 5), Fraction(3, 10)]),
             ((mpf("-2.1"), mpf("0.7")), mpf("0.4"), mpf(0), [Fraction(1, 4)] * 4),
             ((mpf("0.2"), mpf("-0.3")), mpf(0), mpf("0.5"), [Fraction(1, 10), Fraction(2, 5), Fraction(3, 10), Fraction(1, 5)])]
    tau, alpha = mpf(7), mpf(1) / 800
    for w, rho_x, rho_a, weights in cases:
        numbers = [mpf(x.numerator) / x.denominator for x in weights]
        value, g, H, kappa = Objective(tau, alpha, rho_x, rho_a, weights, 60).jet(w)

        def along(direction, base):
            return lambda t: brute_value([x + t * y for x, y in zip(base, direction)], tau, alpha, rho_x, rho_a, numbers)

        base = [*w, mpf(0)]
        e1, e2, e3, both = (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0)
        worst = max(abs(difference(along(e, base), 1, h) - x) for e, x in ((e1, g[0]), (e2, g[1]), (e3, mpf(0))))
        seconds = [(e1, H[0][0]), (e2, H[1][1]), (both, H[0][0] + H[1][1] + 2 * H[0][1]), (e3, kappa)]
        worst2 = max(abs(difference(along(e, base), 2, h) - x) for e, x in seconds)
        report(f"gradient, Hessian, kappa at w = {mp.nstr(w, 3)}, rho_x {mp.nstr(rho_x, 2)}, rho_a {mp.nstr(rho_a, 2)}",
               worst < mpf(10) ** -36 and worst2 < mpf(10) ** -36, f"differences {mp.nstr(worst, 2)}, {mp.nstr(worst2, 2)}")
        if numbers[0] == mpf(1) / 4:
            base, u = [*w, mpf("0.6")], (mpf("0.7"), mpf("-0.4"), mpf("0.9"))
            a, b = difference(along(u, base), 3, mpf(10) ** -7), third_derivative(base, list(u), tau, rho_x, rho_a, 50)
            report("third derivative, the same point with w_perp = 0.6", close(a, b, 28), f"{mp.nstr(a, 12)}, relative difference {mp.nstr(abs(a / b - 1), 2)}")
            # Beside the plane: the other components of the gradient are kappa(w) w_perp.
            n = sum(x * x for x in base)
            slope = difference(along((0, 0, 1), base), 1, h)
            v = mpf(0)
            for sign, height in ((1, 0), (1, tau), (-1, 0), (-1, tau)):
                M = moments(sign * w[0] + height * w[1], rho_x ** 2 * n, rho_a ** 2 * n, 2, 60)
                v += (rho_x ** 2 * (M[0, 2] + M[1, 1]) + rho_a ** 2 * M[0, 2]) / 4
            report("gradient beside the plane = kappa w_perp", abs(slope - (2 * alpha - 2 * v) * base[2]) < mpf(10) ** -36, mp.nstr(slope, 12))


# --- bounds -----------------------------------------------------------------------------------

def odd_zeta(s):
    """lambda(s) = sum (2k - 1)^(-s)."""
    return (1 - mpf(2) ** -s) * mp.zeta(s)


def real_bound(n):
    """sup |sigma^(n)| on the real line <= 2 n! lambda(n+1)/pi^(n+1), 1 for n = 0."""
    return mpf(1) if n == 0 else 2 * mp.factorial(n) * odd_zeta(n + 1) / mp.pi ** (n + 1)


def pole_sum(n, c):
    """n! sum_k ((2k+1) pi - c)^-(n+1) + ((2k+1) pi + c)^-(n+1), n >= 1, by Hurwitz zeta values."""
    return mp.factorial(n) * (mp.zeta(n + 1, (mp.pi - c) / (2 * mp.pi)) + mp.zeta(n + 1, (mp.pi + c) / (2 * mp.pi))) / (2 * mp.pi) ** (n + 1)


def check_strip():
    """|sigma^(n)| on |Im z| <= c against its bound: n = 0..12, c up to 3 pi/4, sampled maxima on a
    grid (the maximum over the strip lies on its edge: sigma^(n) is bounded and analytic there)."""
    mp.dps = 30
    for n in range(13):
        ratios = []
        for c in (mpf(0), mp.pi / 8, mp.pi / 4, mp.pi / 2, mpf(2), 3 * mp.pi / 4):
            if n == 0:
                bound = mpf(1) if c <= mp.pi / 2 else 1 / mp.sin(c)
            else:
                bound = pole_sum(n, c)
            best = max(abs(complex_derivative(mpc(mpf(k) / 16, c), n)) for k in range(-320, 321))
            ratios.append(best / bound)
        report(f"|sigma^({n})| in strips", max(ratios) <= 1 + mpf(10) ** -20, "sampled maximum / bound " + " ".join(mp.nstr(r, 4) for r in ratios))
    half = max(abs(pole_sum(n, mp.pi / 2) / (mp.factorial(n) * odd_zeta(n + 1) * (2 / mp.pi) ** (n + 1)) - 1) for n in range(1, 13))
    report("bound at c = pi/2 is n! lambda(n+1) (2/pi)^(n+1)", half < mpf(10) ** -25, mp.nstr(half, 3))
    zero = max(abs(pole_sum(n, mpf(0)) / real_bound(n) - 1) for n in range(1, 13))
    report("bound at c = 0 is 2 n! lambda(n+1)/pi^(n+1)", zero < mpf(10) ** -25, mp.nstr(zero, 3))
    values = [real_bound(n) for n in (1, 3, 5)]
    report("its values for n = 1, 3, 5", all(abs(x - y) < mpf(10) ** -25 for x, y in zip(values, (0.25, 0.125, 0.25))), str([mp.nstr(x, 8) for x in values]))


def complex_derivative(z, n):
    s = 1 / (1 + mp.exp(-z))
    if n == 0:
        return s
    value = mpc(0)
    for c in reversed(POLYNOMIALS[n]):
        value = value * s + c
    return value * s * (1 - s)


def strip_constant(n):
    """C_n: |sigma^(n)| <= C_n on |Im| <= pi/2."""
    return mpf(1) if n == 0 else mp.factorial(n) * odd_zeta(n + 1) * (2 / mp.pi) ** (n + 1)


def check_trapezoid():
    """Actual error of the double trapezoid rule (tails negligible) against 2 M_c/(exp(2 pi c/h) - 1).

    Inner integral: e_i <= 2 C_i exp(c^2/2)/(...), c = min(pi/(2 sqrt q), 2 pi/h). Outer: the same with C_i C_j
    and p, plus, for S~ = S + e in place of S, sup|S_i| e_j + sup|S_j| e_i + e_i e_j (times the sum of the outer
    weights, which is 1 + 2 exp(-2 pi^2/h^2) + ... and is bounded by 1 + 1e-3 for h <= 1.6)."""
    mp.dps = 50
    worst = {}
    for m, p, q in ((3.8, 0.0169, 0.0169), (0.5, 1.0, 1.0), (-0.5, 4.0, 4.0), (1.7, 17.0, 17.0), (0.0, 0.3, 2.1), (3.8, 2.1, 0.05), (0.7, 1.0, 1e-9)):
        reference = moments(m, p, q, 4, 40)
        for h in (mpf(1) / 4, mpf(1) / 2, mpf(3) / 4, mpf(1), mpf(5) / 4):
            m_, p_, q_ = mpf(m), mpf(p), mpf(q)
            hu, hz = h, h
            if p != q:  # keep the pair of steps as they are: no common grid is needed for the bound
                hu, hz = h, h * mpf(3) / 4
            approximate = moments_plain(m_, p_, q_, 4, hu, hz)
            bounds = {}
            for i, j in pairs(4):
                def part(v, step, size):
                    c = min(mp.pi / (2 * mp.sqrt(v)), 2 * mp.pi / step)
                    return 2 * size * mp.exp(c * c / 2) / mp.expm1(2 * mp.pi * c / step)
                ei, ej = part(q_, hz, strip_constant(i)), part(q_, hz, strip_constant(j))
                outer = part(p_, hu, strip_constant(i) * strip_constant(j))
                si, sj = real_bound(i), real_bound(j)
                bounds[i, j] = outer + mpf("1.001") * (si * ej + sj * ei + ei * ej)
                error = abs(approximate[i, j] - reference[i, j])
                worst[m, p, q, float(h), i, j] = error / (bounds[i, j] + mpf(10) ** -38)
    top = max(worst, key=worst.get)
    report("trapezoid error bound", worst[top] <= 1, f"{len(worst)} cases, largest error/bound {mp.nstr(worst[top], 3)} at {top}")


def moments_plain(m, p, q, top, hu, hz):
    """The double trapezoid sum on |u|, |z| <= 15 in floating multi-precision, no common grid."""
    out = {k: mpf(0) for k in pairs(top)}
    ku, kz = int(15 / hu), int(15 / hz)
    wz = [hz * mp.exp(-(k * hz) ** 2 / 2) / mp.sqrt(2 * mp.pi) for k in range(-kz, kz + 1)]
    cache = {}
    for a in range(-ku, ku + 1):
        inner = [mpf(0)] * 5
        for b in range(-kz, kz + 1):
            key = a + b if p == q and hu == hz else (a, b)
            if key not in cache:
                cache[key] = fast_derivatives(m + mp.sqrt(p) * hu * a + mp.sqrt(q) * hz * b)
            for n in range(5):
                inner[n] += wz[b + kz] * cache[key][n]
        wu = hu * mp.exp(-(a * hu) ** 2 / 2) / mp.sqrt(2 * mp.pi)
        for i, j in out:
            out[i, j] += wu * inner[i] * inner[j]
    return out


def check_series():
    """|M_ij - partial sum| against the remainder: D = p (x+y)^2/2 + q (x^2+y^2)/2 applied k times, over k!."""
    mp.dps = 60
    worst, lines = mpf(0), []
    for m, p, q in ((3.8, 0.0169, 0.0169), (0.5, 0.0169, 0.0169), (0.5, 0.1, 0.1), (-0.5, 0.05, 0.05), (6.82, 0.1, 0.1),
                    (0.3, 0.05, 0.0), (0.3, 0.0, 0.05), (1.1, 0.0169, 0.05), (1.1, 1e-3, 1e-9)):
        reference = moments(m, p, q, 4, 45)
        p, q = mpf(p), mpf(q)
        A, B = (p + q) / 2, p
        top = 30
        d = sigmoid_derivatives20(mpf(m), 4 + 2 * top)
        best = {}
        for i, j in pairs(4):
            total = mpf(0)
            for J in range(1, top):
                total += sum(c * d[a + i] * d[b + j] for (a, b), c in symbol(0, J - 1, A, B).items()) / mp.factorial(J - 1)
                remainder = sum(c * real_bound(a + i) * real_bound(b + j) for (a, b), c in symbol(0, J, A, B).items()) / mp.factorial(J)
                error = abs(total - reference[i, j])
                worst = max(worst, error / (remainder + mpf(10) ** -44))
                if (i, j) not in best or remainder < best[i, j][0]:
                    best[i, j] = (remainder, J)
        lines.append(f"v = {mp.nstr(p, 3)},{mp.nstr(q, 3)}: " + " ".join(f"M_{i}{j} {mp.nstr(best[i, j][0], 2)}(J={best[i, j][1]})" for i, j in ((0, 0), (0, 1), (0, 4))))
        if m == 3.8:
            lines += [f"v = 0.0169, J = {J}: " + " ".join(
                f"M_{i}{j} {mp.nstr(sum(c * real_bound(a + i) * real_bound(b + j) for (a, b), c in symbol(0, J, A, B).items()) / mp.factorial(J), 2)}"
                for i, j in ((0, 0), (0, 1), (1, 1), (0, 2))) for J in (6, 8, 10)]
    report("series remainder bound", worst <= 1, f"largest error/remainder {mp.nstr(worst, 4)}")
    for line in lines:
        print("     remainder,", line)


def sigmoid_derivatives20(x, order):
    """Like sigmoid_derivatives, for any order (Taylor coefficients by Arb)."""
    flint.ctx.prec, flint.ctx.cap = 600, order + 1
    series = 1 / (1 + flint.arb_series([-flint.arb(float(x)), -1]).exp())
    return [mpf(series[n].str(60, radius=False)) * mp.factorial(n) for n in range(order + 1)]


def check_condition_1():
    """Condition 1 at tau = 7, alpha = 1/800: 2 K eps |A^-1|^2 with K the largest |D^3 l| found on the ball of
    radius 2 eps |A^-1| about w~* (a lower bound of the smallest admissible K; eps times sqrt 2 for W). An
    estimate, not a proof, of where the condition begins to hold; R is just above eps."""
    import numpy as np
    from third_derivative import Search
    mp.dps = 40
    alpha = Fraction(1, 800)
    base = Objective(7, alpha, 0, 0).critical_point((3.8, 1.5))[0]
    lines = {"row": {}, "W": {}}
    for d in (10, 15, 16, 17, 18, 19):
        rho = mpf(d) ** mpf("-1.5")
        value, g, H, kappa = Objective(7, alpha, rho, rho, digits=25).jet(base)
        mean, half = (H[0][0] + H[1][1]) / 2, mp.hypot((H[0][0] - H[1][1]) / 2, H[0][1])
        inverse = 1 / min(kappa, mean - half)
        for name, epsilon in (("row", mp.hypot(*g)), ("W", mp.sqrt(2) * mp.hypot(*g))):
            K = Search(7, rho).supremum(base, float(2 * epsilon * inverse), np.random.Generator(np.random.PCG64(1)))[0]
            lines[name][d] = float(2 * K * epsilon * inverse ** 2)
    for name, first in (("row", 16), ("W", 18)):
        holds = all((value < 1) == (d >= first) for d, value in lines[name].items())
        report(f"condition 1 for {name} begins to hold at d = {first}", holds,
               ", ".join(f"d = {d}: {value:.3f}" for d, value in lines[name].items()))


CHECKS = {name[len("check_"):]: function for name, function in list(globals().items()) if name.startswith("check_")}

if __name__ == "__main__":
    for chosen in sys.argv[1:] or CHECKS:
        CHECKS[chosen]()
    print("all agree" if not failures else f"{len(failures)} disagreements: {failures}")
    sys.exit(1 if failures else 0)
