"""The largest value of the third derivative of l over balls about a point, found by search.

With g(m, n) = -G(m; rho_x^2 n, rho_a^2 n) as a function of m = w.mu, n = |w|^2,

    D^3 l(w)[u,u,u] = sum_k p_k ( g_mmm (mu.u)^3 + 6 g_mmn (mu.u)^2 (w.u) + 12 g_mnn (mu.u)(w.u)^2
                      + 8 g_nnn (w.u)^3 + 6 g_mn (mu.u)|u|^2 + 12 g_nn (w.u)|u|^2 ),

d/dm <-> x + y, d/dn <-> A (x^2 + y^2) + B x y with A = (rho_x^2 + rho_a^2)/2, B = rho_x^2, where x^i y^j
stands for M_ij. The norm of D^3 l(w) is the maximum over unit u (for a symmetric tensor it is that
over triples u, v, w as well). w and u are described by four coordinates: e1, e2, the direction of
w_perp, and one further direction, which enters through |u|^2 only.

The search runs in doubles; what it finds is evaluated again in multi-precision, so each norm is the
value of |D^3 l(w)[u,u,u]| at the (w, u) printed: a lower bound of the supremum over the ball, which
the search aims to meet to 6 digits (it is a search: nothing is claimed from above).
"""

import numpy as np
from mpmath import mp, mpf

from reference_math import moments, rational


def symbol(a, b, A, B):
    """Coefficients {(i, j): c} of (x + y)^a (A (x^2 + y^2) + B x y)^b."""
    out = {(0, 0): 1}
    for factor, count in (({(1, 0): 1, (0, 1): 1}, a), ({(2, 0): A, (0, 2): A, (1, 1): B}, b)):
        for _ in range(count):
            product = {}
            for (i, j), c in out.items():
                for (k, l), e in factor.items():
                    product[i + k, j + l] = product.get((i + k, j + l), 0) + c * e
            out = product
    return out


ORDERS = {"mmm": (3, 0), "mmn": (2, 1), "mnn": (1, 2), "nnn": (0, 3), "mn": (1, 1), "nn": (0, 2)}


def contract(g, s, t, square):
    """sum over the six terms, s = mu.u, t = w.u, square = |u|^2."""
    return (g["mmm"] * s ** 3 + 6 * g["mmn"] * s ** 2 * t + 12 * g["mnn"] * s * t ** 2 + 8 * g["nnn"] * t ** 3
            + 6 * g["mn"] * s * square + 12 * g["nn"] * t * square)


def third_derivative(w, u, tau, rho_x, rho_a, digits=30):
    """D^3 l(w)[u,u,u] in multi-precision, equal weights; w and u are lists of equal length."""
    n = sum(x * x for x in w)
    A, B = (mpf(rho_x) ** 2 + mpf(rho_a) ** 2) / 2, mpf(rho_x) ** 2
    t, square = sum(x * y for x, y in zip(w, u)), sum(x * x for x in u)
    total = mpf(0)
    for sign in (1, -1):
        for height in (0, tau):
            M = moments(sign * w[0] + height * w[1], mpf(rho_x) ** 2 * n, mpf(rho_a) ** 2 * n, 6, digits)
            g = {name: -sum(c * M[min(k), max(k)] for k, c in symbol(*order, A, B).items())
                 for name, order in ORDERS.items()}
            total += contract(g, sign * u[0] + height * u[1], t, square) / 4
    return total


class Search:
    """Doubles: moments by the trapezoid rule on 41 x 41 nodes (enough for v <= 0.03), vectorised."""

    def __init__(self, tau, rho):
        self.tau, self.v = float(tau), float(rho) ** 2
        self.nodes = np.linspace(-8, 8, 41)
        self.weights = np.exp(-self.nodes ** 2 / 2) * (self.nodes[1] - self.nodes[0]) / np.sqrt(2 * np.pi)

    def derivatives(self, x):
        s = 1 / (1 + np.exp(-x))
        out, poly = [s], np.polynomial.Polynomial([0, 1, -1])
        step = poly
        for _ in range(6):
            out.append(poly(s))
            poly = poly.deriv() * step
        return out

    def coefficients(self, w):
        """[(p_k, mu, {g_...})] at the rows of w (points, 3)."""
        n = (w ** 2).sum(axis=1)
        root = np.sqrt(self.v * n)[:, None]
        out = []
        for sign in (1, -1):
            for height in (0, self.tau):
                m = sign * w[:, 0] + height * w[:, 1]
                # The sum of two nodes lies on one grid: the inner average is a convolution.
                grid = np.linspace(-16, 16, 81)
                f = self.derivatives(m[:, None] + root * grid)
                inner = [np.stack([d[:, j:j + 41] @ self.weights for j in range(41)], axis=1) for d in f]
                M = {}
                for i in range(7):
                    for j in range(7 - i):
                        M[i, j] = (inner[i] * inner[j]) @ self.weights
                g = {name: -sum(c * M[k] for k, c in symbol(*order, self.v, self.v).items())
                     for name, order in ORDERS.items()}
                out.append((0.25, (float(sign), height), g))
        return out

    def norms(self, w, rng, starts=24, sweeps=60):
        """(norm, u) at each row of w: shifted symmetric power iteration u <- T(u,u,.)/|.| + shift u.

        Tensors as full 4 x 4 x 4 arrays, from the cubic form by polarisation.
        """
        points = len(w)
        T = np.zeros((points, 4, 4, 4))
        eye = np.eye(4)
        w4 = np.concatenate([w, np.zeros((points, 1))], axis=1)

        def sym(a, b, c):
            return (np.einsum("pi,pj,pk->pijk", a, b, c) + np.einsum("pi,pj,pk->pijk", a, c, b)
                    + np.einsum("pi,pj,pk->pijk", b, a, c) + np.einsum("pi,pj,pk->pijk", b, c, a)
                    + np.einsum("pi,pj,pk->pijk", c, a, b) + np.einsum("pi,pj,pk->pijk", c, b, a)) / 6

        def unit(a):
            return (np.einsum("pi,jk->pijk", a, eye) + np.einsum("pj,ik->pijk", a, eye)
                    + np.einsum("pk,ij->pijk", a, eye)) / 3

        for weight, mu, g in self.coefficients(w):
            mu4 = np.tile(np.array([mu[0], mu[1], 0, 0]), (points, 1))
            for factor, tensor in ((g["mmm"], sym(mu4, mu4, mu4)), (6 * g["mmn"], sym(mu4, mu4, w4)),
                                   (12 * g["mnn"], sym(mu4, w4, w4)), (8 * g["nnn"], sym(w4, w4, w4)),
                                   (6 * g["mn"], unit(mu4)), (12 * g["nn"], unit(w4))):
                T += weight * factor[:, None, None, None] * tensor
        u = rng.normal(size=(1, starts, 4)).repeat(points, axis=0)
        u /= np.linalg.norm(u, axis=2, keepdims=True)
        shift = 0.5 * np.sqrt((T ** 2).sum(axis=(1, 2, 3)))[:, None, None]
        for _ in range(sweeps):
            u = np.einsum("pijk,psj,psk->psi", T, u, u) + shift * u
            u /= np.linalg.norm(u, axis=2, keepdims=True)
        values = np.einsum("pijk,psi,psj,psk->ps", T, u, u, u)
        best = values.argmax(axis=1)
        rows = np.arange(points)
        return values[rows, best], u[rows, best]

    def supremum(self, centre, radius, rng):
        """Random points of the ball (half of them on its surface), then ever smaller clouds about
        the best four, projected back into the ball. Returns (norm, w, u)."""
        centre = np.array([float(centre[0]), float(centre[1]), 0.0])
        if radius == 0:
            value, u = self.norms(centre[None], rng, 64, 3000)
            return value[0], centre, u[0]
        x = rng.normal(size=(3000, 3))
        x /= np.linalg.norm(x, axis=1, keepdims=True)
        x[1500:] *= rng.uniform(size=(1500, 1)) ** (1 / 3)
        values = np.concatenate([self.norms(centre + radius * part, rng)[0] for part in np.split(x, 10)])
        order = values.argsort()[::-1][:4]
        best, spread = [(values[k], x[k]) for k in order], 0.3
        while spread > 1e-8:
            for k, (value, point) in enumerate(best):
                cloud = point + spread * rng.normal(size=(60, 3))
                cloud /= np.maximum(1, np.linalg.norm(cloud, axis=1, keepdims=True))
                found = self.norms(centre + radius * cloud, rng, 12, 60)[0]
                top = found.argmax()
                if found[top] > value:
                    best[k] = (found[top], cloud[top])
            spread *= 0.6
        value, point = max(best, key=lambda pair: pair[0])
        w = centre + radius * point
        value, u = self.norms(w[None], rng, 64, 3000)
        return value[0], w, u[0]


def rows_for(d, tau, alpha, rho, base, radii):
    search = Search(tau, rho)
    rows = []
    for radius in radii:
        rng = np.random.Generator(np.random.PCG64(20240103))
        value, w, u = search.supremum(base, radius, rng)
        w, u = [mpf(float(x)) for x in w], [mpf(float(x)) for x in u]
        size = mp.sqrt(sum(x * x for x in u))
        u = [x / size for x in u]
        exact = abs(third_derivative(w + [mpf(0)], u, tau, rho, rho))
        assert abs(exact - mpf(float(value))) < mpf(10) ** -9 * exact
        shown = [mp.nstr(x, 17) for x in (*w, *u)]
        print(f"    d = {d}, radius {radius}: {mp.nstr(exact, 12)}", flush=True)
        rows.append([d, tau, alpha, radius, mp.nstr(exact, 10), *shown])
    return rows
