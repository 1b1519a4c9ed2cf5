"""Is what a certificate says true? A judge for mutated certificates, independent of prover and checker.

    referee.py IN.jsonl OUT.jsonl

Each line of IN is {"id": .., "certificate": {..}}, each line of OUT {"id": .., "true": true or false, "why": ".."}. Needs numpy and mpmath.

The judge finds critical points itself (a scan of the disc that holds them all, or Newton's method from several starts) and looks whether the
statements hold: at points, at several values of every parameter that is an interval, on grids of boxes. Nothing here is rigorous. Gaussian averages
are trapezoid sums, in floats for grids and with some 30 digits where a stated number may be sharp (coefficients, cosines, distances, eigenvalues of
the supervised Hessian, the minima of a data set). Which claim is meant is read off the claim as written: a claim for every d >= d0 is judged at
several d, and a noise is what `rho_data` and `rho_view` say. A certificate that cannot be read, or whose proof is of another kind than its claim, is
false. Fields that state nothing (`preconditioner`, `name`, `require`, the seed, ..) are ignored. Answers depend on the line alone; caches make repeated
parameters cheap.
"""

import itertools
import json
import math
import os
import re
import sys
from fractions import Fraction
from operator import mul

# Small matrices: threads would only get in each other's way.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import mpmath
import numpy as np
from mpmath import mp, mpf

mp.prec = 140
BITS = 140  # of fixed-point numbers
ONE = 1 << BITS


HEX = re.compile(r"(-?)0x([0-9a-fA-F]+)\.?([0-9a-fA-F]*)p([+-]?\d{1,4})")


class Untrue(Exception):
    """A statement does not hold; the argument says which."""


def need(holds, why):
    if not holds:
        raise Untrue(why)


# ---------------------------------------------------------------- numbers


def number(text):
    """A decimal or a fraction of decimals, exactly."""
    over, _, under = text.replace("_", "").partition("/")
    return Fraction(over.strip()) / Fraction(under.strip() or "1")


def span(text, tau=None):
    """`7`, `1/800`, `[6.5, 7.5]`, `[8.5/tau, 9/tau]`: the two ends."""

    def end(part):
        part = part.strip()
        return number(part[:-4]) / tau if part.endswith("/tau") else number(part)

    ends = [end(part) for part in text[1:-1].split(",")] if text.startswith("[") else [end(text)] * 2
    need(len(ends) == 2 and ends[0] <= ends[1], "an interval of the claim is no interval")
    return tuple(ends)


def exact(text):
    """A hexadecimal float `[-]0xh.hhhp[+-]d`, exactly."""
    match = HEX.fullmatch(text)
    need(match, f"{text[:40]!r} is no hexadecimal float")
    sign, whole, part, exponent = match.groups()
    value = Fraction(int(whole + part, 16)) * Fraction(2) ** (int(exponent) - 4 * len(part))
    return -value if sign else value


def ends(pair):
    lo, hi = map(exact, pair)
    need(lo <= hi, "an interval's ends are the wrong way round")
    return lo, hi


def box(ranges):
    return tuple(ends(r) for r in ranges)


def floats(x):
    return tuple((float(lo), float(hi)) for lo, hi in x)


def inside(x, box):
    return all(lo <= x <= hi for x, (lo, hi) in zip(x, box))


def within(x, y):
    """Is the box `x` in the box `y`?"""
    return all(b[0] <= a[0] and a[1] <= b[1] for a, b in zip(x, y))


def big(x):
    """A fraction or float with all digits of the working precision."""
    x = Fraction(x)
    return mpf(x.numerator) / x.denominator


def samples(pair, count=3):
    """Some values of an interval, both ends among them; one if it is no wider than a rounding."""
    lo, hi = pair
    if hi - lo <= abs(hi) * Fraction(1, 2**40):
        return [lo if lo == hi else (lo + hi) / 2]
    return [lo + (hi - lo) * Fraction(k, count - 1) for k in range(count)]


# ---------------------------------------------------------------- the claim


class Claim:
    def __init__(self, fields):
        text = fields["d"]
        self.larger = text.startswith(">=")
        self.d = int(text.removeprefix(">="))
        need(self.d >= 2, "d is below 2")
        self.kind = fields["kind"]
        self.tau, self.alpha, self.beta, self.gamma, self.step = (
            span(fields[name]) for name in ("tau", "alpha", "beta", "gamma", "step")
        )
        positive = (self.tau, self.alpha, self.beta, self.gamma, self.step)
        need(all(x[0] > 0 for x in positive), "a parameter is not positive")
        self.rho = (fields["rho_data"], fields["rho_view"])
        self.weights = tuple(number(p) for p in fields["weights"])
        need(len(self.weights) == 4 and sum(self.weights) == 1, "the weights do not add up to 1")
        need(min(self.weights) >= 0, "a weight is negative")
        self.mirror = self.weights[:2] == self.weights[2:]
        self.parts = fields["start"].split(" x ")
        self.start(self.tau[0])
        self.variances()
        count = (fields["data"] or {}).get("n")
        self.count = None if count is None else int(count)

    def start(self, tau):
        need(len(self.parts) == 2, "the region of starts is no product")
        return tuple(span(part, tau) for part in self.parts)

    def variances(self, d=None):
        """Of data and views in dimension `d`."""
        d = d or self.d

        def variance(rho):
            return Fraction(0) if rho == "" else Fraction(1, d**3) if rho == "d^(-3/2)" else number(rho) ** 2

        return tuple(map(variance, self.rho))

    def dimensions(self):
        """The dimension, or some of those meant by `>=d`."""
        d = self.d
        return sorted({d, d + 1, d + 2, 2 * d, 10 * d, 10**6 * d}) if self.larger else [d]

    def noise(self, d=None):
        """The common variance."""
        data, views = self.variances(d)
        need(data == views, "data and views have different noise")
        return data

    def objectives(self, noisy=True):
        """The row's objective for some of the parameters that are meant."""
        for d in self.dimensions() if noisy else [self.d]:
            c = self.variances(d) if noisy else (Fraction(0), Fraction(0))
            for tau, alpha in itertools.product(samples(self.tau), samples(self.alpha)):
                yield Objective(self.weights, c, tau, alpha)

    def of_family(self, tau, alpha, noise):
        return Objective(self.weights, (noise, noise), tau, alpha)

    def of_theory(self):
        need(self.mirror and min(self.weights) > 0, "the weights are not positive and mirror-symmetric")


# ---------------------------------------------------------------- Gaussian averages in floats


def sigmoid_derivatives(z, order):
    with np.errstate(over="ignore"):
        s = 1 / (1 + np.exp(-z))
    t = s * (1 - s)
    c = 1 - 2 * s
    levels = [s, t, t * c]
    return levels + [t * (1 - 6 * t), levels[2] * (1 - 12 * t)] if order > 2 else levels


def rule(largest, accuracy):
    """Step and reach of the trapezoid rule for a standard normal variable; poles are `π/√largest` away."""
    c = math.sqrt(2 * accuracy)
    reach = c
    if largest > 0:
        c = min(c, 0.9 * math.pi / math.sqrt(largest))
    return 2 * math.pi * c / (accuracy + c * c / 2), reach


def plan(cx, ca, largest, accuracy):
    """Nodes `scale √V` apart, the weights of the outer and the inner average, and how many nodes an outer one is from the next."""
    used = [math.sqrt(c) for c in (cx, ca) if c > 0]
    if not used or largest == 0:
        return 0.0, np.ones(1), np.ones(1), 1
    h, reach = rule(max(cx, ca) * largest, accuracy)
    scale = h * min(used)

    def weights(step):
        need(step * 2000 > reach, "the noises of data and views are too different for this judge")
        k = np.arange(-math.ceil(reach / step), math.ceil(reach / step) + 1)
        w = np.exp(-((k * step) ** 2) / 2)
        return w / w.sum()

    outer, inner, stride = np.ones(1), np.ones(1), 1
    if ca > 0:
        inner = weights(scale / math.sqrt(ca))
    if cx > 0:
        step = scale / math.sqrt(cx)
        if ca > 0:
            # What is averaged already has no poles, and grows like e^(y²/2q) for each factor.
            growth = 0.5 + cx / ca
            c = math.sqrt(accuracy / growth)
            stride = max(1, math.floor(math.pi * c / accuracy / step))
        outer = weights(step * stride)
    return scale, outer, inner, stride


def smoothed(m, v, cx, ca, order, accuracy):
    """`E σ^(i)(m + √p u + √q z)` over `z` at the nodes `u`, `p = cx v`, `q = ca v`; and the weights of the nodes."""
    scale, outer, inner, stride = plan(cx, ca, float(v.max(initial=0.0)), accuracy)
    reach = (stride * (len(outer) - 1) + len(inner) - 1) // 2
    z = m[:, None] + (scale * np.sqrt(v))[:, None] * np.arange(-reach, reach + 1)
    levels = sigmoid_derivatives(z, order)
    if len(inner) > 1:
        spread = np.zeros((2 * reach + 1, len(outer)))
        for j in range(len(outer)):
            spread[stride * j : stride * j + len(inner), j] = inner
        levels = [s @ spread for s in levels]
    return levels, outer


def moments(m, v, cx, ca, pairs, accuracy):
    """`E_u[S_i S_j]` for all pairs, at points with `p = cx v`, `q = ca v`."""
    out = np.empty((len(pairs), len(m)))
    by_size = np.argsort(v, kind="stable")
    for part in np.array_split(by_size, max(1, math.ceil(len(m) / 2000))):
        s, weights = smoothed(m[part], v[part], cx, ca, max(map(max, pairs)), accuracy)
        for k, (i, j) in enumerate(pairs):
            out[k, part] = (s[i] * s[j]) @ weights
    return out


# ---------------------------------------------------------------- the objective of a row

SIGNS = np.array([1.0, 1.0, -1.0, -1.0])
HIDDEN = np.array([0.0, 1.0, 0.0, 1.0])
FIRST = ((0, 1), (0, 2), (1, 1))
SECOND = FIRST + ((0, 3), (1, 2), (0, 4), (1, 3), (2, 2))
FINE, COARSE = 36, 22
LARGEST_RADIAL = None


def largest_radial():
    """`sup zσ'(z)`: every critical point has `α‖w‖²` at most that."""
    global LARGEST_RADIAL
    if LARGEST_RADIAL is None:
        z = mpmath.findroot(lambda z: 1 - z * mpmath.tanh(z / 2), 1.5)
        LARGEST_RADIAL = z / (4 * mpmath.cosh(z / 2) ** 2)
    return LARGEST_RADIAL


class Objective:
    """`ℓ(w) = -Σ p_k E[S(w·μ_k + √p u, q)²] + α‖w‖²`, `p = c_x‖w‖²`, `q = c_a‖w‖²`, in the plane of both features."""

    found = {}  # all critical points
    near = {}  # points found in some box
    refined = {}
    convex = {}

    def __init__(self, weights, variances, tau, alpha):
        need(min(variances) >= 0, "a variance is negative")
        self.exact = (weights, variances, tau, alpha)
        self.p = np.array([float(p) for p in weights])
        self.cx, self.ca = map(float, variances)
        self.tau, self.alpha = float(tau), float(alpha)
        self.mirror = weights[:2] == weights[2:]
        self.key = (tuple(self.p), self.cx, self.ca, self.tau, self.alpha)

    def averages(self, x, y, y_beside, pairs, accuracy):
        """Those of all centres, `V = ‖w‖² + (what lies beside the plane)`."""
        m = x[:, None] * SIGNS + self.tau * y[:, None] * HIDDEN
        v = np.repeat(x * x + y * y + y_beside, 4)
        return moments(m.ravel(), v, self.cx, self.ca, pairs, accuracy).reshape(len(pairs), -1, 4)

    def gradient(self, x, y, beside=0.0, accuracy=FINE):
        m01, m02, m11 = self.averages(x, y, np.zeros_like(x) + beside, FIRST, accuracy)
        g_m = 2 * m01
        kappa = 2 * self.alpha - 2 * ((self.cx * (m02 + m11) + self.ca * m02) @ self.p)
        return (
            kappa * x - (g_m * SIGNS) @ self.p,
            kappa * y - self.tau * ((g_m * HIDDEN) @ self.p),
            kappa,
        )

    def derivatives(self, x, y, beside=0.0, accuracy=FINE):
        """Gradient, Hessian in `(w^(1), w^(2), ‖w_⊥‖)`, `κ`; `‖w_⊥‖² = beside`."""
        beside = np.zeros_like(x) + beside
        m01, m02, m11, m03, m12, m04, m13, m22 = self.averages(x, y, beside, SECOND, accuracy)
        cx, ca, p = self.cx, self.ca, self.p
        g_m, g_mm = 2 * m01, 2 * (m02 + m11)
        # `V` enters as p = c_x V and q = c_a V: ∂_V = ½ c_x (∂_1 + ∂_2)² + ½ c_a (∂_1² + ∂_2²) on the product of both factors.
        g_v = cx * (m02 + m11) + ca * m02
        g_mv = cx * (m03 + 3 * m12) + ca * (m03 + m12)
        g_vv = (
            cx * cx * (m04 / 2 + 2 * m13 + 1.5 * m22)
            + 2 * cx * ca * (m04 / 2 + m13 + m22 / 2)
            + ca * ca * (m04 + m22) / 2
        )
        kappa = 2 * self.alpha - 2 * (g_v @ p)
        mean = [(g_mv * SIGNS) @ p, self.tau * ((g_mv * HIDDEN) @ p), np.zeros_like(x)]
        w = [x, y, np.sqrt(beside)]
        bend = g_vv @ p
        square = {
            (0, 0): g_mm @ p,
            (0, 1): self.tau * ((g_mm * SIGNS * HIDDEN) @ p),
            (1, 1): self.tau**2 * ((g_mm * HIDDEN) @ p),
        }
        hessian = np.empty((len(x), 3, 3))
        for i, j in itertools.combinations_with_replacement(range(3), 2):
            entry = -2 * (mean[i] * w[j] + w[i] * mean[j]) - 4 * bend * w[i] * w[j] - square.get((i, j), 0)
            hessian[:, i, j] = hessian[:, j, i] = entry + (kappa if i == j else 0)
        gradient = np.stack(
            [kappa * x - (g_m * SIGNS) @ p, kappa * y - self.tau * ((g_m * HIDDEN) @ p)], axis=1
        )
        return gradient, hessian, kappa

    def newton(self, x, y, steps=40):
        """Critical points from these starts; NaN where there is no convergence."""
        w = np.stack([x, y], axis=1).astype(float)
        done = np.zeros(len(w), bool)
        scale = np.array([1.0, self.tau])
        for k in range(steps):
            todo = np.flatnonzero(~done & np.isfinite(w[:, 0]))
            if not len(todo):
                break
            g, h, _ = self.derivatives(w[todo, 0], w[todo, 1])
            h = h[:, :2, :2]
            determinant = h[:, 0, 0] * h[:, 1, 1] - h[:, 0, 1] ** 2
            with np.errstate(all="ignore"):
                step = (
                    np.stack(
                        [
                            h[:, 0, 1] * g[:, 1] - h[:, 1, 1] * g[:, 0],
                            h[:, 0, 1] * g[:, 0] - h[:, 0, 0] * g[:, 1],
                        ],
                        axis=1,
                    )
                    / determinant[:, None]
                )
                size = np.abs(step * scale).max(axis=1)
                step *= np.minimum(1, 1 / np.maximum(size, 1e-300))[:, None]
                w[todo] += step
                away = np.hypot(w[todo, 0], w[todo, 1]) > 2 * self.radius() + 1
            w[todo[away | ~np.isfinite(step).all(axis=1)]] = np.nan
            done[todo] = size < 1e-11
        w[~done] = np.nan
        if self.mirror:
            w[np.abs(w[:, 0]) < 1e-8, 0] = 0.0
        return w

    def radius(self):
        return math.sqrt(float(largest_radial()) / self.alpha)

    def all(self):
        """All critical points, from the cells of a grid where neither component keeps its sign."""
        if self.key not in self.found:
            r = self.radius() * 1.001
            # The averages change over lengths of the order of 1 in `(w^(1), τ w^(2))`.
            pitch = 0.4 * max(1, math.sqrt(r * r * self.tau / 4000))
            xs = np.linspace(-r, r, 2 * math.ceil(r / pitch) + 2)
            if self.mirror:
                xs = xs[xs > -2 * (xs[1] - xs[0])]
            ys = np.linspace(-r, r, 2 * max(40, math.ceil(r * self.tau / pitch)) + 2)
            x, y = (a.ravel() for a in np.meshgrid(xs, ys, indexing="ij"))
            g1, g2, _ = self.gradient(x, y, accuracy=COARSE)
            shape = (len(xs), len(ys))

            def mixed(g):
                """Cells whose corners, or those of a neighbour, have both signs."""
                positive = g.reshape(shape) > 0
                some = np.zeros((shape[0] - 1, shape[1] - 1), bool)
                every = np.ones_like(some)
                for i, j in itertools.product((0, 1), repeat=2):
                    corner = positive[i : i + shape[0] - 1, j : j + shape[1] - 1]
                    some |= corner
                    every &= corner
                cells = np.pad(some & ~every, 1)
                return np.any(
                    [cells[i : i + shape[0] - 1, j : j + shape[1] - 1] for i in range(3) for j in range(3)],
                    axis=0,
                )

            i, j = np.nonzero(mixed(g1) & mixed(g2))
            starts = [(xs[i] + xs[i + 1]) / 2, (ys[j] + ys[j + 1]) / 2]
            w = self.newton(*starts) if len(i) else np.empty((0, 2))
            w = w[np.isfinite(w[:, 0])]
            if self.mirror:
                w = np.concatenate([w, w * np.array([-1.0, 1.0])])
            points = []
            for x, y in w[np.lexsort((w[:, 1], w[:, 0]))]:
                if all(abs(x - a) + abs(y - b) > 1e-6 for a, b in points):
                    points.append((float(x), float(y)))
            self.found[self.key] = points
        return self.found[self.key]

    def inside(self, points, box):
        """Those in a box of `(w^(1), τ w^(2))`."""
        return [w for w in points if inside((w[0], self.tau * w[1]), box)]

    def only(self, near, alone):
        """The critical point in `near`, which has to be the only one in `alone`."""
        need(within(near, alone), "`alone` does not hold `near`")
        near, alone = floats(near), floats(alone)
        if (self.key, near) not in self.near:
            for count in (1, 4):
                w = self.newton(*self.grid(near, count))
                hits = self.inside([(float(x), float(y)) for x, y in w if math.isfinite(x)], near)
                if hits:
                    break
            self.near[self.key, near] = hits[:1]
        need(self.near[self.key, near], "there is no critical point in `near`")
        w = self.near[self.key, near][0]
        need(self.is_alone(alone, w), "it is not the only one in `alone`")
        return w

    def grid(self, box, count):
        """`count²` points of a box: all edges among them, or its middle."""
        sides = [np.linspace(lo, hi, count) if count > 1 else np.array([(lo + hi) / 2]) for lo, hi in box]
        x, z = (a.ravel() for a in np.meshgrid(*sides, indexing="ij"))
        return x, z / self.tau

    def is_alone(self, box, point):
        """Is there no other critical point?"""
        if any(hi - lo > wide for (lo, hi), wide in zip(box, (3, 4))):
            return len(self.inside(self.all(), box)) == 1
        if (self.key, box) not in self.convex:
            _, h, _ = self.derivatives(*self.grid(box, 6), accuracy=COARSE)
            positive = (h[:, 0, 0] > 0) & (h[:, 0, 0] * h[:, 1, 1] > h[:, 0, 1] ** 2)
            single = bool(positive.all())
            if not single:
                w = self.newton(*self.grid(box, 6))
                w = self.inside([tuple(w) for w in w[np.isfinite(w[:, 0])]], box)
                single = all(math.dist(u, point) < 1e-6 for u in w)
            self.convex[self.key, box] = single
        return self.convex[self.key, box]

    def at(self, w):
        """Hessian in the plane and `κ` at a point."""
        _, h, kappa = self.derivatives(np.array([w[0]]), np.array([w[1]]))
        return h[0, :2, :2], kappa[0]

    def index(self, w):
        return int((np.linalg.eigvalsh(self.at(w)[0]) < 0).sum())

    def minimum(self, near, alone, sign=1):
        """The only critical point, which has to be a local minimum of R^d on its side of `w^(1) = 0`."""
        w = self.only(near, alone)
        h, kappa = self.at(w)
        need(w[0] * sign > 0, "it is on the wrong side of w^(1) = 0")
        need(np.linalg.eigvalsh(h)[0] > 0 and kappa > 0, "it is no minimum")
        return w

    def speed(self, w):
        """`|dw*/dv|` for the common variance `v`: differences of the gradient, one-sided at 0."""
        need(self.cx == self.ca, "data and views have different noise")
        weights, (v, _), tau, alpha = self.exact
        e = max(float(v), 1e-3) * 1e-3
        places = [0, 1, 2, 3, 4] if v < 2 * e else [-2, -1, 1, 2]
        rates = [-25 / 12, 4, -3, 4 / 3, -1 / 4] if v < 2 * e else [1 / 12, -2 / 3, 2 / 3, -1 / 12]
        change = np.zeros(2)
        for k, rate in zip(places, rates):
            c = v + Fraction(e) * k
            other = Objective(weights, (c, c), tau, alpha)
            g1, g2, _ = other.gradient(np.array([w[0]]), np.array([w[1]]))
            change += rate / e * np.array([g1[0], g2[0]])
        return float(np.linalg.norm(np.linalg.solve(self.at(w)[0], change)))

    def sharp(self, w):
        """The critical point with some 30 digits."""
        key = (self.key, round(w[0], 6), round(w[1], 6))
        if key not in self.refined:
            x = [mpf(w[0]), mpf(w[1])]
            h = self.at(w)[0]
            for _ in range(2):
                g = self.sharp_gradient(x)
                step = np.linalg.solve(h, np.array([float(g[0] * 2**40), float(g[1] * 2**40)]))
                x = [a - mpf(s) / 2**40 for a, s in zip(x, step)]
            self.refined[key] = x
        return self.refined[key]

    def sharp_gradient(self, w):
        weights, variances, tau, alpha = self.exact
        p, c, tau, alpha = [big(p) for p in weights], [big(c) for c in variances], big(tau), big(alpha)
        n = w[0] ** 2 + w[1] ** 2
        g, kappa = [mpf(0), mpf(0)], 2 * alpha
        for k in range(4):
            sign, hidden = (1, 1, -1, -1)[k], (0, 1, 0, 1)[k]
            m01, m02, m11 = sharp_moments(sign * w[0] + hidden * tau * w[1], c[0] * n, c[1] * n)
            g[0] -= p[k] * sign * 2 * m01
            g[1] -= p[k] * hidden * tau * 2 * m01
            kappa -= 2 * p[k] * (c[0] * (m02 + m11) + c[1] * m02)
        return [g + kappa * x for g, x in zip(g, w)]


# ---------------------------------------------------------------- averages with 30 digits


def fixed(x):
    return int(mpmath.nint(mpmath.ldexp(x, BITS)))


def fixed_sigmoid(z):
    s = fixed(1 / (1 + mpmath.exp(-z)))
    t = s * (ONE - s) >> BITS
    return s, t, t * (ONE - 2 * s) >> BITS


def fixed_weights(step, reach):
    n = math.ceil(reach / float(step))
    w = [mpmath.exp(-((k * step) ** 2) / 2) for k in range(-n, n + 1)]
    total = sum(w)
    return [fixed(x / total) for x in w]


def sharp_levels(m, p, q):
    """`E σ^(i)(m + √p u + √q z)` over `z` at the nodes `u`, for `i <= 2`, in fixed point; and the weights of the nodes."""
    used = [mpmath.sqrt(c) for c in (p, q) if c > 0]
    if not used:
        return [[s] for s in fixed_sigmoid(m)], [ONE]
    h, reach = rule(float(max(p, q)), 74)
    delta = mpf(h) * min(used)
    outer = fixed_weights(delta / mpmath.sqrt(p), reach) if p > 0 else [ONE]
    inner = fixed_weights(delta / mpmath.sqrt(q), reach) if q > 0 else [ONE]
    n = (len(outer) + len(inner) - 2) // 2
    levels = zip(*(fixed_sigmoid(m + k * delta) for k in range(-n, n + 1)))
    return [
        [sum(map(mul, inner, s[j : j + len(inner)])) >> BITS for j in range(len(outer))] for s in levels
    ], outer


def sharp_moments(m, p, q):
    """`M_01`, `M_02`, `M_11`."""
    s, outer = sharp_levels(m, p, q)
    return [
        mpmath.ldexp(mpf(sum(w * (a * b >> BITS) for w, a, b in zip(outer, s[i], s[j])) >> BITS), -BITS)
        for i, j in FIRST
    ]


# ---------------------------------------------------------------- minimum, branch, region


def judge_minimum(claim, proof):
    stated = [tuple(map(box, proof[name])) for name in ("coefficients", "cosines")]
    for noiseless in claim.objectives(noisy=False):
        noisy = [o for o in claim.objectives() if o.exact[2:] == noiseless.exact[2:]]
        for row, sign in ((0, 1), (1, -1)):
            plane = proof["simplified"][row]
            start = noiseless.sharp(noiseless.minimum(box(plane["near"]), box(plane["alone"]), sign))
            plane = proof["exact"][row]
            for exact_objective in noisy:
                w = exact_objective.minimum(box(plane["near"]), box(plane["alone"]), sign)
                w = exact_objective.sharp(w)
                distance = mpmath.hypot(w[0] - start[0], w[1] - start[1])
                need(distance <= big(exact(proof["distance"][row])), f"row {row + 1}: the distance is larger")
                cosines = [abs(x) / mpmath.hypot(*w) for x in w]
                for name, values, given in zip(("coefficient", "cosine"), (w, cosines), stated):
                    for x, (lo, hi) in zip(values, given[row]):
                        need(big(lo) <= x <= big(hi), f"row {row + 1}: a {name} is not in its interval")


def judge_branch(claim, proof):
    claim.of_theory()
    need(claim.larger == (claim.kind == "every-d"), "the claim is not of one dimension, or not of every one")
    target = max(claim.noise(d) for d in claim.dimensions())
    pieces = [(ends(p["noise"]), box(p["plane"]["near"]), box(p["plane"]["alone"])) for p in proof["pieces"]]
    need(pieces, "there are no pieces")
    need(pieces[0][0][0] == 0 and pieces[-1][0][1] >= target, "the pieces do not reach from 0 to the claim's noise")
    for (a, *_), (b, *_) in zip(pieces, pieces[1:]):
        need(b[0] <= a[1], "there is a gap between pieces")
    constant = float(exact(proof["constant"]))
    coefficients, cosines = ([float(exact(x)) for x in proof[name]] for name in ("coefficients", "cosines"))
    first = (box(proof["simplified"]["near"]), box(proof["simplified"]["alone"]))
    for tau, alpha in itertools.product(samples(claim.tau), samples(claim.alpha)):
        at = Objective(claim.weights, (Fraction(0), Fraction(0)), tau, alpha)
        w = at.minimum(*first)
        need(at.inside([w], floats(pieces[0][2])), "the first piece does not begin with the simplified minimum")
        for k, (noise, near, alone) in enumerate(pieces):
            here = f"piece {k + 1}: "
            values = samples(noise, 3)
            if noise[0] <= target < noise[1]:
                values.append(target)
            for v in values:
                at = claim.of_family(tau, alpha, v)
                w = in_box(at, near, alone, here)
                if v > target:
                    continue
                need(speed(at, w) <= constant, here + "|dw*/dv| is larger than `constant`")
                length = math.hypot(*w)
                for x, low, cosine in zip(w, coefficients, cosines):
                    need(x >= low, here + "a coefficient is smaller")
                    need(abs(x) / length >= cosine, here + "a cosine is smaller")
            if k:
                before = pieces[k - 1]
                lo, hi = max(before[0][0], noise[0]), min(before[0][1], noise[1])
                need(lo <= hi, here + "it does not meet the piece before")
                for v in samples((lo, hi), 2):
                    at = claim.of_family(tau, alpha, v)
                    w = in_box(at, before[1], before[2], here)
                    need(at.inside([w], floats(alone)), here + "it is not the minimum of the piece before")


def in_box(at, near, alone, here):
    try:
        return at.minimum(near, alone)
    except Untrue as why:
        raise Untrue(here + str(why)) from None


SPEEDS = {}


def speed(at, w):
    key = (at.key, w)
    if key not in SPEEDS:
        SPEEDS[key] = at.speed(w)
    return SPEEDS[key]


def tiling(cuts, whole):
    """The uncut parts and their signs: a digit halves that side, anything else ends a part; in preorder."""
    stack, leaves = [whole], []
    for sign in cuts:
        need(stack, "`cuts` goes on after the last part")
        part = stack.pop()
        if sign in "0123456789":
            side = int(sign)
            need(side < len(part) and part[side][0] < part[side][1], "`cuts` halves a side that cannot be halved")
            lo, hi = part[side]
            middle = (lo + hi) / 2
            for half in ((middle, hi), (lo, middle)):
                stack.append(part[:side] + (half,) + part[side + 1 :])
        else:
            leaves.append((part, sign))
    need(not stack, "`cuts` ends before all parts are settled")
    return leaves


def judge_region(claim, proof):
    claim.of_theory()
    whole = tuple(ends(proof[name]) for name in ("tau", "alpha", "noise"))
    noise = max(claim.noise(d) for d in claim.dimensions())
    need(within((claim.tau, claim.alpha, (Fraction(0), noise)), whole), "the box does not hold the claim's")
    leaves = tiling(proof["cuts"], whole)
    need(all(sign == "." for _, sign in leaves), "a part is no piece")
    need(len(leaves) == len(proof["pieces"]), "there are not as many pieces as parts")
    pieces = [(box(p["near"]), box(p["alone"])) for p in proof["pieces"]]
    constant = float(exact(proof["constant"]))
    for k, ((part, _), plane) in enumerate(zip(leaves, pieces)):
        here = f"part {k + 1}: "
        for parameters in corners(part):
            at = claim.of_family(*parameters)
            w = in_box(at, *plane, here)
            need(speed(at, w) <= constant, here + "|dw*/dv| is larger than `constant`")
        for j in range(k):
            shared = [(max(a[0], b[0]), min(a[1], b[1])) for a, b in zip(part, leaves[j][0])]
            if all(lo <= hi for lo, hi in shared):
                for parameters in corners(shared, ends_only=True):
                    at = claim.of_family(*parameters)
                    w = in_box(at, *plane, here)
                    need(at.inside([w], floats(pieces[j][1])), here + f"it is not the minimum of part {j + 1}")


def corners(part, ends_only=False):
    """The corners of a box of parameters, and its middle."""
    sides = [samples(side, 2) for side in part]
    points = list(itertools.product(*sides))
    if len(points) > 1 and not ends_only:
        points.append(tuple((lo + hi) / 2 for lo, hi in part))
    return points


# ---------------------------------------------------------------- all critical points, or none


def rectangle_of(reach, tau, alpha):
    """`[0, reach_0] × [-reach_1, reach_1]`, which has to hold the half disc for these parameters."""
    across, along = map(exact, reach)
    radius = mpmath.sqrt(largest_radial() / big(alpha))
    holds = radius <= big(across) and radius * big(tau) <= big(along)
    need(holds, "the rectangle does not hold the disc of all critical points")
    return ((Fraction(0), across), (-along, along))


def judge_absence(claim, proof):
    claim.of_theory()
    part = tuple(ends(proof[name]) for name in ("tau", "alpha", "noise"))

    def meets(a, b):
        return a[0] <= b[1] and b[0] <= a[1]

    if claim.kind == "box":
        about = meets(claim.tau, part[0]) and meets(claim.alpha, part[1]) and part[2][0] <= claim.noise()
    else:
        about = within((claim.tau, claim.alpha), part[:2]) and part[2] == (0, 0)
    need(about, "what is refuted is not what is claimed")
    leaves = tiling(proof["cuts"], rectangle_of(proof["reach"], part[0][1], part[1][0]))
    need(all(sign == "." for _, sign in leaves), "a part is not without critical points")
    for parameters in corners(part):
        at = claim.of_family(*parameters)
        need(all(x < 1e-6 for x, _ in at.all()), "there is a critical point with w^(1) > 0")


def judge_global(claim, proof, verified):
    claim.of_theory()
    points = [(box(p["near"]), box(p["alone"])) for p in proof["points"]]
    indices = proof["indices"]
    need(len(points) == len(indices), "there are not as many indices as points")
    on_axis = [alone[0][0] == -alone[0][1] for _, alone in points]
    right = [k for k, axis in enumerate(on_axis) if not axis]
    if verified:
        need(len(right) == 1 and indices[right[0]] == 0, "not exactly one point with w^(1) > 0, a minimum")
        need(len(points) > 1, "no point on the axis")
        factor = 1 / (3 * mpmath.sqrt(3)) + mpf(1) / 8
        hidden = claim.tau[1] ** 2 * (claim.weights[1] + claim.weights[3])
        noise = max(sum(claim.variances(d)) for d in claim.dimensions())
        bound = 2 * big(claim.alpha[1]) + factor * big(max(Fraction(1), hidden) + noise)
        need(big(claim.step[1]) * bound <= 1, "the step is not below 1/Λ")
    else:
        need(len(right) != 1, "exactly one point has w^(1) > 0")
    leaves = tiling(proof["cuts"], rectangle_of(proof["reach"], claim.tau[1], claim.alpha[0]))
    for part, sign in leaves:
        if sign != ".":
            k = ord(sign) - ord("a")
            need(0 <= k < len(points), "a part names no point")
            need(within(part, points[k][1]), f"a part is not in the box of point {k + 1}")
    empty = [floats(part) for part, sign in leaves if sign == "."]
    for at in claim.objectives():
        found = []
        for k, plane in enumerate(points):
            here = f"point {k + 1}: "
            try:
                w = at.only(*plane)
            except Untrue as why:
                raise Untrue(here + str(why)) from None
            need(at.index(w) == indices[k], here + "the number of negative eigenvalues is another")
            need((abs(w[0]) < 1e-8) == on_axis[k] and w[0] >= 0, here + "it is on the axis, or is not")
            if on_axis[k] and verified:
                need(at.at(w)[0][0, 0] < 0, here + "the second derivative across the axis is not negative")
            need(all(math.dist(w, u) > 1e-7 for u in found), here + "it is one of those before")
            found.append(w)
        for w in at.all():
            if w[0] >= 0:
                listed = any(math.dist(w, u) < 1e-6 for u in found)
                need(listed, f"({w[0]:.6g}, {w[1]:.6g}) is a critical point that is not listed")
        for w in found:
            bare = any(inside((w[0], at.tau * w[1]), part) for part in empty)
            need(not bare, "a part that is said to be empty holds a point")


# ---------------------------------------------------------------- gradient descent


def judge_descent(claim, sets):
    claim.of_theory()
    need(sets, "there is no set")
    for k, part in enumerate(sets):
        last = k + 1 == len(sets)
        need(part["d"] == claim.d + k, "the sets are not those of the claim's dimensions")
        need(part["and_all_larger"] == (claim.larger and last), "not all larger dimensions, or not only the claim's")
    need(claim.larger or len(sets) == 1, "more sets than dimensions")
    for part in sets:
        try:
            judge_set(claim, part)
        except Untrue as why:
            raise Untrue(f"d = {part['d']}: {why}") from None


def judge_set(claim, part):
    d, larger = part["d"], part["and_all_larger"]
    low, high = map(exact, part["spectrum"])
    largest = list(map(exact, part["largest"]))
    rate, beside = exact(part["rate"]), exact(part["beside"])
    rectangle, noise = box(part["rectangle"]), ends(part["noise"])
    plane = (box(part["minimum"]["near"]), box(part["minimum"]["alone"]))
    for step in samples(claim.step, 2):
        need(step * largest[0] <= 1 and step * largest[1] <= 1 and step * largest[2] <= 2, "the step is too large")
        need(low > 0 and step * high < 2, "the step is too large, or the smallest eigenvalue not positive")
        need(max(abs(1 - step * low), abs(1 - step * high)) <= rate < 1, "the factor is larger than the one stated")
    dimensions = [*range(d, d + 60), 2 * d + 60, 100 * d, 10**6 * d] if larger else [d]
    for n in dimensions:
        v = claim.noise(n)
        need(noise[0] <= v <= noise[1], "the noise is not in its interval")
        if n > 2 and v > 0:
            tail = mpmath.gammainc(mpf(n - 2) / 2, big(beside / v) / 2, mpmath.inf, regularized=True)
            need(tail <= mpf(10) ** -9, "the set is too small beside the plane")
        need(n == 2 or v > 0, "without noise no set is large enough beside the plane")
    noises = samples(noise)
    flat = not larger and d == 2
    shares = np.array([0.0]) if flat else np.linspace(0, 1, 5) * float(beside)
    scales = (float(low), float(high), *map(float, largest))
    for tau, alpha in itertools.product(samples(claim.tau), samples(claim.alpha)):
        need(within(claim.start(tau), rectangle), "the rectangle does not hold the starts")
        for v in noises:
            at = claim.of_family(tau, alpha, v)
            w = at.minimum(*plane)
            side = floats(rectangle)
            need(all(lo < x < hi for x, (lo, hi) in zip(w, side)), "the minimum is not in the rectangle's interior")
            key = (at.key, flat, not larger and d == 3, side, tuple(shares), scales)
            if key not in SETS:
                SETS[key] = judge_spectrum(at, float(v), flat, not larger and d == 3, side, shares, scales)
            need(SETS[key] is None, SETS[key])


SETS = {}


def judge_spectrum(at, v, flat, three, side, shares, scales):
    """What fails on a grid of the set, or None. `V` is `‖w‖² + y/v`; for v = 0 the averages see y alone."""
    low, high, *largest = scales
    xs, ys = (np.linspace(lo, hi, 13) for lo, hi in side)
    x, y, share = (a.ravel() for a in np.meshgrid(xs, ys, shares, indexing="ij"))
    if v == 0:
        # The limit: p = q = y, and no coupling.
        gradient, hessian, kappa = limit(at, x, y, share)
    else:
        gradient, hessian, kappa = at.derivatives(x, y, share / v)
    if flat:
        hessian = hessian[:, :2, :2]
    eigenvalues = np.linalg.eigvalsh(hessian)
    if eigenvalues.min() < low or eigenvalues.max() > high:
        return "an eigenvalue is beyond the bounds stated"
    if hessian[:, 0, 0].max() > largest[0] or hessian[:, 1, 1].max() > largest[1]:
        return "a second derivative is larger than the bound stated"
    if not flat:
        if kappa.min() <= 0 or kappa.max() > largest[2]:
            return "κ is not positive, or larger than the bound stated"
        if not three and (kappa.min() < low or kappa.max() > high):
            return "κ is beyond the bounds stated"
    for axis, (values, ends_of) in enumerate(((x, xs), (y, ys))):
        for end, sign in ((ends_of[0], -1), (ends_of[-1], 1)):
            if (sign * gradient[values == end, axis]).min() <= 0:
                return "the gradient does not point outward on an edge"
    return None


def limit(at, x, y, share):
    """`v = 0` with `v‖w_⊥‖²` given: `σ` is averaged over the noise beside the plane, whose derivative in `w` is 0."""
    gradient = np.empty((len(x), 2))
    hessian = np.zeros((len(x), 3, 3))
    m = x[:, None] * SIGNS + at.tau * y[:, None] * HIDDEN
    m01, m02, m11 = moments(m.ravel(), np.repeat(share, 4), 1.0, 1.0, FIRST, FINE).reshape(3, -1, 4)
    g_m, g_mm, p = 2 * m01, 2 * (m02 + m11), at.p
    kappa = np.full(len(x), 2 * at.alpha)
    gradient[:, 0] = kappa * x - (g_m * SIGNS) @ p
    gradient[:, 1] = kappa * y - at.tau * ((g_m * HIDDEN) @ p)
    hessian[:, 0, 0] = kappa - g_mm @ p
    hessian[:, 0, 1] = hessian[:, 1, 0] = -at.tau * ((g_mm * SIGNS * HIDDEN) @ p)
    hessian[:, 1, 1] = kappa - at.tau**2 * ((g_mm * HIDDEN) @ p)
    hessian[:, 2, 2] = kappa
    return gradient, hessian, kappa


def judge_stays(claim, plane):
    claim.of_theory()
    for tau, alpha in itertools.product(samples(claim.tau), samples(claim.alpha)):
        at = claim.of_family(tau, alpha, claim.noise())
        w = at.only(box(plane["near"]), box(plane["alone"]))
        need(at.index(w) > 0, "it has no negative eigenvalue")
        need(inside(w, floats(claim.start(tau))), "it is not in the region of starts")


def judge_repels(claim, plane):
    claim.of_theory()
    for tau, alpha in itertools.product(samples(claim.tau), samples(claim.alpha)):
        at = claim.of_family(tau, alpha, claim.noise())
        w = at.minimum(box(plane["near"]), box(plane["alone"]))
        steepest = float(np.linalg.eigvalsh(at.at(w)[0])[-1])
        need(steepest * float(claim.step[0]) > 2, "the step times the largest eigenvalue is not above 2")


# ---------------------------------------------------------------- the supervised objective


class Opposed:
    """`L_SL` at `w_1 = (a, 0)`, `w_2 = (-a, 0)`, `F = (-f, f)`: `E ln(1 + e^(-f tanh(ax/2))) + 2βa² + 2γf²`, `x = 1 + ρξ`.

    With mirror-symmetric weights both classes have the same share in it, and its critical points are critical for all coordinates.
    """

    found = {}
    refined = {}
    alone = {}

    def __init__(self, claim, variance, tau, beta, gamma):
        self.exact = (claim.weights, variance, tau, beta, gamma)
        self.rho, self.beta, self.gamma = math.sqrt(variance), float(beta), float(gamma)
        self.key = (self.rho, self.beta, self.gamma)

    def nodes(self, a, f, accuracy):
        if self.rho == 0:
            return np.zeros(1), np.ones(1)
        a, f = max(a, 1e-6), max(f, 1e-6)
        away = 0.9 * min(math.pi, 2 * math.atan(math.pi / f)) / (a * self.rho)
        c = min(math.sqrt(2 * accuracy), away)
        h = 2 * math.pi * c / (accuracy + c * c / 2)
        n = math.ceil(math.sqrt(2 * accuracy) / h)
        u = np.arange(-n, n + 1) * h
        w = np.exp(-u * u / 2)
        return u, w / w.sum()

    def derivatives(self, a, f, accuracy=34):
        """Gradient and Hessian in `(a, f)`."""
        u, weights = self.nodes(float(np.abs(a).max()), float(np.abs(f).max()), accuracy)
        x = 1 + self.rho * u
        t = np.tanh(a[:, None] * x / 2)
        slope = x / 2 * (1 - t * t)  # dt/da
        bend = -x * t * slope
        hat = 1 / (1 + np.exp(f[:, None] * t))
        q = hat * (1 - hat)
        column = f[:, None]
        by_a = (-hat * column * slope) @ weights + 4 * self.beta * a
        by_f = (-hat * t) @ weights + 4 * self.gamma * f
        gradient = np.stack([by_a, by_f], axis=1)
        aa = (q * column**2 * slope**2 - hat * column * bend) @ weights + 4 * self.beta
        af = (q * column * slope * t - hat * slope) @ weights
        ff = (q * t * t) @ weights + 4 * self.gamma
        return gradient, aa, af, ff

    def newton(self, a, f):
        w = np.stack([a, f], axis=1).astype(float)
        done = np.zeros(len(w), bool)
        farthest = 1.5 * max(self.reach()) + 1
        for _ in range(60):
            todo = np.flatnonzero(~done & np.isfinite(w[:, 0]))
            if not len(todo):
                break
            g, aa, af, ff = self.derivatives(w[todo, 0], w[todo, 1])
            with np.errstate(all="ignore"):
                determinant = aa * ff - af * af
                step = np.stack([af * g[:, 1] - ff * g[:, 0], af * g[:, 0] - aa * g[:, 1]], axis=1)
                step /= determinant[:, None]
                size = np.abs(step).max(axis=1)
                w[todo] += step * np.minimum(1, 1 / np.maximum(size, 1e-300))[:, None]
            w[todo[~np.isfinite(size) | (np.abs(w[todo]).max(axis=1) > farthest)]] = np.nan
            done[todo] = size < 1e-11
        w[~done] = np.nan
        return w[np.isfinite(w[:, 0])]

    def reach(self):
        """Bounds of `a` and `f` at critical points: `4γf² <= -min sσ(s)`, `2βa² <= |f| sup uσ'(u)` without noise."""
        f = math.sqrt(0.2784645427610738 / (4 * self.gamma))
        return math.sqrt(f * float(largest_radial()) / (2 * self.beta)) * (1 + 3 * self.rho), f

    def all(self):
        """All critical points that Newton's method finds from a grid; with `(a, f)` also `(-a, -f)` is one."""
        if self.key not in self.found:
            a, f = self.reach()
            # Dense near the origin, where the objective bends.
            across, along = a * np.linspace(-1, 1, 41) ** 3, f * np.linspace(0, 1, 13)
            points = []
            found = np.concatenate([self.newton(np.full(13, a), along) for a in across])
            for x, y in np.concatenate([found, -found]):
                if all(abs(x - c) + abs(y - e) > 1e-6 for c, e in points):
                    points.append((float(x), float(y)))
            self.found[self.key] = points
        return self.found[self.key]

    def only(self, plane):
        near, alone = box(plane["near"]), box(plane["alone"])
        need(within(near, alone), "supervised: `alone` does not hold `near`")
        near, alone = floats(near), floats(alone)
        hits = [w for w in self.all() if inside(w, near)]
        if not hits:
            w = self.newton(*(np.array([(lo + hi) / 2]) for lo, hi in near))
            hits = [(float(a), float(b)) for a, b in w if inside((a, b), near)]
        need(hits, "supervised: there is no critical point in `near`")
        need(self.is_alone(alone, hits[0]), "supervised: it is not the only one in `alone`")
        return hits[0]

    def is_alone(self, alone, hit):
        if (self.key, alone) not in self.alone:
            a, f = (g.ravel() for g in np.meshgrid(*(np.linspace(lo, hi, 9) for lo, hi in alone)))
            others = [*self.all(), *(tuple(w) for w in self.newton(a, f))]
            self.alone[self.key, alone] = all(math.dist(w, hit) < 1e-6 for w in others if inside(w, alone))
        return self.alone[self.key, alone]

    def sharp_nodes(self, a, f):
        variance = self.exact[1]
        if variance == 0:
            return [(mpf(1), mpf(1))]
        rho = mpmath.sqrt(big(variance))
        c = min(12.0, 0.9 * min(math.pi, 2 * math.atan(math.pi / abs(f))) / (abs(a) * float(rho)))
        h = 2 * math.pi * c / (72 + c * c / 2)
        n = math.ceil(12 / h)
        u = [k * mpf(h) for k in range(-n, n + 1)]
        w = [mpmath.exp(-u * u / 2) for u in u]
        total = sum(w)
        return [(1 + rho * u, w / total) for u, w in zip(u, w)]

    def sharp(self, w):
        key = (self.key, round(w[0], 6), round(w[1], 6))
        if key not in self.refined:
            beta, gamma = map(big, self.exact[3:])
            nodes = self.sharp_nodes(*w)
            _, aa, af, ff = self.derivatives(np.array([w[0]]), np.array([w[1]]))
            h = np.array([[aa[0], af[0]], [af[0], ff[0]]])
            a, f = map(mpf, w)
            for _ in range(2):
                g = [4 * beta * a, 4 * gamma * f]
                for x, weight in nodes:
                    t = mpmath.tanh(a * x / 2)
                    hat = weight / (1 + mpmath.exp(f * t))
                    g[0] -= hat * f * x / 2 * (1 - t * t)
                    g[1] -= hat * t
                step = np.linalg.solve(h, np.array([float(x * 2**40) for x in g]))
                a, f = a - mpf(step[0]) / 2**40, f - mpf(step[1]) / 2**40
            self.refined[key] = (a, f)
        return self.refined[key]

    eigenvalues = {}

    def smallest_eigenvalue(self, point, d):
        """On all `2d + 2` coordinates: both rows in `(x^(1), x^(2), one coordinate beside)`, and the outputs."""
        weights, variance, tau, beta, gamma = self.exact
        key = (self.key, tau, weights, point, d == 2)
        if key in self.eigenvalues:
            return self.eigenvalues[key]
        tau, rho2 = big(tau), big(variance)
        a, f = point
        h = mpmath.zeros(8)
        for share, hidden, sign, y in (
            (weights[0] + weights[1], weights[1], 1, 0),
            (weights[2] + weights[3], weights[3], -1, 1),
        ):
            first = tau * big(hidden / share)
            second = tau * first + rho2
            for node, weight in self.sharp_nodes(float(a), float(f)):
                x = sign * node
                c = big(share) * weight
                s = 1 / (1 + mpmath.exp(-a * x))
                outputs, outer = (s, 1 - s), (-f, f)
                slopes = (s * (1 - s), s * (1 - s))
                bends = [slopes[i] * (1 - 2 * outputs[i]) for i in (0, 1)]
                hat = 1 / (1 + mpmath.exp(f * (2 * s - 1)))
                e, q = hat - y, hat * (1 - hat)
                mean = (x, first, mpf(0))
                square = ((x * x, x * first, 0), (x * first, second, 0), (0, 0, rho2))
                for i, j in itertools.product((0, 1), repeat=2):
                    factor = q * outer[i] * slopes[i] * outer[j] * slopes[j]
                    if i == j:
                        factor += e * outer[i] * bends[i]
                    for k, l in itertools.product(range(3), repeat=2):
                        h[3 * i + k, 3 * j + l] += c * factor * square[k][l]
                    # Output i, row j.
                    factor = q * outputs[i] * outer[j] * slopes[j] + (e * slopes[j] if i == j else 0)
                    for k in range(3):
                        h[6 + i, 3 * j + k] += c * factor * mean[k]
                        h[3 * j + k, 6 + i] += c * factor * mean[k]
                    h[6 + i, 6 + j] += c * q * outputs[i] * outputs[j]
        for k in range(8):
            h[k, k] += 2 * big(beta if k < 6 else gamma)
        kept = [0, 1, 3, 4, 6, 7] if d == 2 else list(range(8))
        matrix = mpmath.matrix([[h[i, j] for j in kept] for i in kept])
        self.eigenvalues[key] = min(mpmath.eigsy(matrix, eigvals_only=True))
        return self.eigenvalues[key]


def opposed(claim, noisy):
    """The objective for some of the parameters that are meant, with the dimension."""
    for d in claim.dimensions():
        variance = claim.variances(d)[0] if noisy else Fraction(0)
        for tau, beta, gamma in itertools.product(*map(samples, (claim.tau, claim.beta, claim.gamma))):
            yield (d, tau, beta, gamma), Opposed(claim, variance, tau, beta, gamma)


def judge_supervised(claim, proof):
    claim.of_theory()
    least = exact(proof["smallest_eigenvalue"])
    need(least >= 0, "supervised: the bound of the eigenvalues is negative")
    noisy = dict(opposed(claim, True))
    for parameters, at in opposed(claim, False):
        points = []
        for plane, at, bound in (
            (proof["simplified"], at, 0),
            (proof["exact"], noisy[parameters], least),
        ):
            w = at.only(plane)
            need(w[0] > 0 and w[1] > 0, "supervised: a or f is not positive")
            points.append(at.sharp(w))
            smallest = at.smallest_eigenvalue(points[-1], parameters[0])
            need(smallest > 0 and smallest >= big(bound), "supervised: the smallest eigenvalue is smaller")
        away = mpmath.sqrt(2) * mpmath.hypot(points[0][0] - points[1][0], points[0][1] - points[1][1])
        need(away <= big(exact(proof["distance"])), "supervised: the distance is larger")


def judge_supervised_absence(claim, proof):
    claim.of_theory()
    a, f = map(exact, proof["reach"])
    need(a > 0 and f > 0, "the rectangle is empty")
    s = mpmath.findroot(lambda s: 1 + s / (1 + mpmath.exp(s)), -1.3)
    least = -s / (1 + mpmath.exp(-s))
    beta, gamma = big(claim.beta[0]), big(claim.gamma[0])
    holds = 4 * gamma * big(f) ** 2 >= least and 2 * beta * big(a) ** 2 >= big(f) * largest_radial()
    need(holds, "the rectangle does not hold all critical points")
    origin = box(proof["origin"]["alone"])
    need(all(lo < 0 < hi for lo, hi in origin), "the box does not hold the origin")
    leaves = tiling(proof["cuts"], ((-a, a), (Fraction(0), f)))
    for part, sign in leaves:
        need(sign in ".a", "a part is not settled")
        need(sign == "." or within(part, origin), "a part is not in the box of the origin")
        need(sign == "a" or not inside((0, 0), part), "a part that is said to be empty holds the origin")
    for _, at in opposed(claim, False):
        w = at.only(proof["origin"])
        need(math.hypot(*w) < 1e-6, "the critical point is not the origin")
        need(all(math.hypot(*w) < 1e-6 for w in at.all()), "there is another critical point")


# ---------------------------------------------------------------- a data set


class Given:
    """`ℓ_X(w) = -(1/n) Σ S(w·x_i, ρ²‖w‖²)² + α‖w‖²`."""

    refined = {}

    def __init__(self, points, variance, alpha):
        self.x = np.array([[float(x) for x in row] for row in points])
        self.exact = (points, variance, alpha)
        self.variance, self.alpha = float(variance), float(alpha)
        self.key = (self.x.tobytes(), self.x.shape, self.variance, self.alpha)

    def derivatives(self, w):
        x, n, r = self.x, len(self.x), self.variance
        norm = w @ w
        s, _ = smoothed(x @ w, np.full(n, norm), 0.0, r, 4, FINE)
        s0, s1, s2, s3, s4 = (s[:, 0] for s in s)
        kappa = 2 * self.alpha - 2 * r / n * (s0 @ s2)
        gradient = kappa * w - 2 / n * (x.T @ (s0 * s1))
        along = x.T @ (s1 * s2 + s0 * s3)
        hessian = -2 / n * (
            (x.T * (s1 * s1 + s0 * s2)) @ x
            + r * (np.outer(along, w) + np.outer(w, along))
            + r * r * (s2 @ s2 + s0 @ s4) * np.outer(w, w)
        )
        return gradient, hessian + kappa * np.eye(len(w))

    def newton(self, w):
        for _ in range(60):
            g, h = self.derivatives(w)
            try:
                step = np.linalg.solve(h, g)
            except np.linalg.LinAlgError:
                return None
            w = w - step * min(1, 1 / max(np.linalg.norm(step), 1e-300))
            if not np.isfinite(w).all() or np.linalg.norm(w) > 1e4:
                return None
            if np.linalg.norm(step) < 1e-12:
                return w
        return None

    def sharp(self, w):
        key = (self.key, tuple(np.round(w, 6)))
        if key not in self.refined:
            points, variance, alpha = self.exact
            variance, alpha = big(variance), big(alpha)
            h = self.derivatives(w)[1]
            u = [mpf(float(x)) for x in w]
            rows = [[mpf(x.numerator) / x.denominator for x in row] for row in points]
            for _ in range(2):
                q = variance * sum(x * x for x in u)
                kappa, g = 2 * alpha, [mpf(0)] * len(u)
                for row in rows:
                    s, _ = sharp_levels(mpmath.fdot(row, u), mpf(0), q)
                    s = [mpmath.ldexp(mpf(s[0]), -BITS) for s in s]
                    kappa -= 2 * variance * s[0] * s[2] / len(rows)
                    slope = 2 * s[0] * s[1] / len(rows)
                    g = [a - slope * b for a, b in zip(g, row)]
                g = [a + kappa * b for a, b in zip(g, u)]
                step = np.linalg.solve(h, np.array([float(x * 2**40) for x in g]))
                u = [a - mpf(float(b)) / 2**40 for a, b in zip(u, step)]
            self.refined[key] = u
        return self.refined[key]


def judge_data(claim, proof):
    points = [[exact(x) for x in row] for row in proof["points"]]
    need(points and not claim.larger, "there are no points, or they are of one dimension")
    need(claim.count in (None, len(points)), "there are not as many points as the claim says")
    need(all(len(row) == claim.d for row in points), "the points are not of the claim's dimension")
    need(all(len(minimum["centre"]) == claim.d for minimum in proof["exact"]), "a centre is of another dimension")
    simplified = {}
    for at in claim.objectives(noisy=False):
        for row, sign in ((0, 1), (1, -1)):
            plane = proof["simplified"][row]
            w = at.minimum(box(plane["near"]), box(plane["alone"]), sign)
            simplified.setdefault(row, []).append((at.exact[3], at.sharp(w)))
    for alpha in samples(claim.alpha):
        at = Given(points, claim.variances()[1], alpha)
        for row, sign in ((0, 1), (1, -1)):
            here = f"row {row + 1}: "
            centre = [exact(x) for x in proof["exact"][row]["centre"]]
            half = exact(proof["exact"][row]["half_width"])
            need(half >= 0, here + "the half-width is negative")
            middle, half_width = np.array([float(x) for x in centre]), float(half)
            starts = [middle]
            if half_width > 1e-3:
                d = len(middle)
                starts += [middle + half_width * np.array([(k >> j & 1) * 2 - 1 for j in range(d)]) for k in range(4)]
                starts += [middle + half_width * s * np.eye(d)[k] for k in range(d) for s in (-1, 1)]
            known = []
            for w in map(at.newton, starts):
                if w is not None and all(np.abs(w - u).max() > 1e-7 for u in known):
                    known.append(w)
            near = [w for w in known if np.abs(w - middle).max() < 2 * half_width + 1e-6]
            held = []
            for w in near:
                u = at.sharp(w)
                if all(abs(a - big(c)) <= big(half) for a, c in zip(u, centre)):
                    held.append((w, u))
            need(len(held) == 1, here + "not exactly one critical point in the box")
            w, u = held[0]
            need(np.linalg.eigvalsh(at.derivatives(w)[1])[0] > 0, here + "it is no minimum")
            need(u[0] * sign > 0, here + "it is on the wrong side of w^(1) = 0")
            for at_alpha, start in simplified[row]:
                if at_alpha == alpha:
                    away = [a - b for a, b in zip(u, start)] + u[2:]
                    distance = mpmath.sqrt(sum(x * x for x in away))
                    need(distance <= big(exact(proof["distance"][row])), here + "the distance is larger")


# ---------------------------------------------------------------- systems of polynomials


def judge_system(claim, proof):
    near = box(proof["near"])
    n = len(near)
    equations = [[(number(t["coefficient"]), t["exponents"]) for t in terms] for terms in claim["equations"]]
    need(len(equations) == n, "there are not as many equations as unknowns")
    fits = all(len(e) == n and min(e, default=0) >= 0 for terms in equations for _, e in terms)
    need(fits, "an exponent is missing or negative")

    def evaluate(x):
        value, slope = [mpf(0)] * n, mpmath.zeros(n)
        for i, terms in enumerate(equations):
            for c, exponents in terms:
                value[i] += big(c) * mpmath.fprod(x**e for x, e in zip(x, exponents))
                for k in range(n):
                    if exponents[k]:
                        lower = [e - (j == k) for j, e in enumerate(exponents)]
                        slope[i, k] += big(c) * exponents[k] * mpmath.fprod(x**e for x, e in zip(x, lower))
        return mpmath.matrix(value), slope

    def newton(x):
        for _ in range(80):
            value, slope = evaluate(x)
            try:
                step = mpmath.lu_solve(slope, value)
            except ZeroDivisionError:
                return None
            x = [a - b for a, b in zip(x, step)]
            if max(map(abs, x)) > 1e9:
                return None
            if max(map(abs, step)) < mpf(10) ** -30:
                return x
        return None

    ends_of = [(big(lo), big(hi)) for lo, hi in near]
    shares = [[0.5] * n, *itertools.islice(itertools.product((0.02, 0.98), repeat=n), 32)]
    # Points of a lattice, spread over the box.
    shares += [[(k * math.sqrt(prime)) % 1 for prime in (2, 3, 5, 7, 11, 13)[:n]] for k in range(1, 41) if n <= 6]
    zeros = []
    for share in shares:
        x = newton([lo + (hi - lo) * mpf(s) for (lo, hi), s in zip(ends_of, share)])
        held = x is not None and all(lo <= a <= hi for a, (lo, hi) in zip(x, ends_of))
        if held and all(max(abs(a - b) for a, b in zip(x, z)) > mpf(10) ** -15 for z in zeros):
            zeros.append(x)
    need(len(zeros) == 1, f"{len(zeros)} zeros found in the box")


# ---------------------------------------------------------------- certificates


def judge(certificate):
    """Raises if a statement does not hold."""
    need(certificate["format"] == "minlift certificate 1", "the format is another")
    verified = certificate["proves"] == "verified"
    need(verified or certificate["proves"] == "refused", "neither verified nor refused")
    need(len(certificate["proof"]) == 1, "not exactly one proof")
    ((name, proof),) = certificate["proof"].items()
    if name == "system":
        need(verified and certificate["claim"]["kind"] == "system", "a proof of another kind")
        return judge_system(certificate["claim"], proof)
    claim = Claim(certificate["claim"])
    match (claim.kind, verified, name):
        case ("ssl", True, "minimum"):
            judge_minimum(claim, proof)
        case ("sl", True, "supervised"):
            judge_supervised(claim, proof)
        case ("contrast", True, "contrast"):
            judge_minimum(claim, proof["ssl"])
            judge_supervised(claim, proof["sl"])
        case ("ssl" | "contrast" | "data" | "box", False, "absence"):
            judge_absence(claim, proof)
        case ("sl" | "contrast", False, "supervised-absence"):
            judge_supervised_absence(claim, proof)
        case ("data", True, "data"):
            judge_data(claim, proof)
        case ("every-d" | "branch", True, "branch"):
            judge_branch(claim, proof)
        case ("box", True, "region"):
            judge_region(claim, proof)
        case ("global", _, "global"):
            judge_global(claim, proof, verified)
        case ("descent", True, "descent"):
            judge_descent(claim, proof["sets"])
        case ("descent", False, "stays"):
            judge_stays(claim, proof)
        case ("descent", False, "repels"):
            judge_repels(claim, proof)
        case _:
            raise Untrue("the proof is of another kind than the claim")


def verdict(certificate):
    try:
        judge(certificate)
        return True, "every statement holds"
    except Untrue as why:
        return False, str(why)
    except (KeyError, TypeError, ValueError, IndexError, ZeroDivisionError, OverflowError, AttributeError) as error:
        return False, f"it cannot be read: {type(error).__name__}: {error}"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as lines, open(sys.argv[2], "w", encoding="utf-8") as out:
        for line in lines:
            if line.strip():
                given = json.loads(line)
                true, why = verdict(given["certificate"])
                out.write(json.dumps({"id": given["id"], "true": true, "why": why}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
