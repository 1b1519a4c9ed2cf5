"""High-precision reference values: sigma, its derivatives, the moments M_ij and the objective l.

Nothing here is shared with the Rust code. Everything is multi-precision (mpmath numbers, or
integers that stand for fixed-point numbers), and every quadrature is repeated with a smaller step
and a longer range until both results agree, so that the digits handed out are stable ones. They
are not enclosures: they are what an enclosure has to contain.

Notation (see notes/): M_ij(m; p, q) = E_u[S_i(u) S_j(u)], S_i(u) = E_z sigma^(i)(m + sqrt(p) u + sqrt(q) z),
u, z independent standard normals; p is the shared variance, q the private one.
"""

from fractions import Fraction
from operator import mul

import mpmath
from mpmath import mp, mpf


# --- the activation ---------------------------------------------------------------------------

def derivative_polynomials(order):
    """Q_n with sigma^(n) = s(1-s) Q_n(s) for n = 1..order, as lists of integer coefficients.

    From P_1 = s - s^2 and P_(n+1) = P_n'(s) (s - s^2): Q_1 = 1 and Q_(n+1) = ((s - s^2) Q_n)'.
    """
    q = [None, [1]]
    for _ in range(1, order):
        last = q[-1]
        product = [0] * (len(last) + 2)
        for k, c in enumerate(last):
            product[k + 1] += c
            product[k + 2] -= c
        q.append([k * c for k, c in enumerate(product)][1:])
    return q


POLYNOMIALS = derivative_polynomials(20)


def sigmoid_derivatives(x, order):
    """[sigma(x), ..., sigma^(order)(x)] at the current precision.

    1 - s is computed as sigma(-x), so that the tails keep their relative precision.
    """
    x = mpf(x)
    s, c = 1 / (1 + mp.exp(-x)), 1 / (1 + mp.exp(x))
    out = [s]
    for n in range(1, order + 1):
        if x == 0 and n % 2 == 0:
            out.append(mpf(0))  # odd functions
            continue
        # Use the smaller of s, 1-s as the variable: Q_n(1-s) = (-1)^(n-1) Q_n(s).
        small, sign = (s, 1) if x <= 0 else (c, (-1) ** (n - 1))
        value = mpf(0)
        for k in reversed(POLYNOMIALS[n]):
            value = value * small + k
        out.append(sign * s * c * value)
    return out


def fixed_sigmoid_derivatives(x, order, bits):
    """The same as integers in units of 2^-bits (absolute precision)."""
    one = 1 << bits
    s = int(mp.floor(mp.ldexp(1 / (1 + mp.exp(-x)), bits)))
    t = s * (one - s) >> bits
    out = [s]
    for n in range(1, order + 1):
        value = 0
        for k in reversed(POLYNOMIALS[n]):
            value = (value * s >> bits) + (k << bits)
        out.append(value * t >> bits)
    return out


# --- the moments ------------------------------------------------------------------------------

def pairs(top):
    """All (i, j) with i <= j and i + j <= top, by order and then by i."""
    return [(i, t - i) for t in range(top + 1) for i in range(t // 2 + 1)]


def trapezoid_step(v, digits):
    """A step that makes the trapezoid error about 10^-digits for an integrand with its nearest
    poles at distance pi/sqrt(v): the error is of the size exp(c^2/2 - 2 pi c/h) for each
    admissible half width c < pi/sqrt(v); the best is c = 2 pi/h."""
    need = digits * mp.log(10)
    free = mp.pi * mp.sqrt(2 / need)
    if v == 0 or 2 * mp.pi / free < mpf("0.9") * mp.pi / mp.sqrt(v):
        return free
    c = mpf("0.9") * mp.pi / mp.sqrt(v)
    return 2 * mp.pi * c / (need + c * c / 2)


def gaussian_weights(step, count, bits):
    """step * phi(k step), k = -count..count, in units of 2^-bits; [1] for a variance of zero."""
    if count == 0:
        return [1 << bits]
    scale = step / mp.sqrt(2 * mp.pi)
    return [int(mp.ldexp(scale * mp.exp(-(k * step) ** 2 / 2), bits)) for k in range(-count, count + 1)]


def moments_once(m, p, q, top, step_u, step_z, reach, bits):
    """Double trapezoid rule with given steps on |u|, |z| <= reach. Returns {(i, j): mpf}.

    Where sqrt(p) step_u and sqrt(q) step_z are integer multiples (a and b) of one spacing, sigma is
    evaluated once for each node of the common grid; otherwise at all pairs of nodes.
    """
    root_p, root_q = mp.sqrt(p), mp.sqrt(q)
    a = b = 1
    shared = True
    if p > 0 and q > 0:
        ratio = (root_p * step_u) / (root_q * step_z)
        if ratio >= 1:
            a = int(mp.floor(ratio * (1 + mpf(2) ** -40)))
            step_u = a * root_q * step_z / root_p
        else:
            b = int(mp.floor((1 / ratio) * (1 + mpf(2) ** -40)))
            step_z = b * root_p * step_u / root_q
        shared = max(a, b) <= 8
    count_u = int(mp.ceil(reach / step_u)) if p > 0 else 0
    count_z = int(mp.ceil(reach / step_z)) if q > 0 else 0
    weights_u = gaussian_weights(step_u, count_u, bits)
    weights_z = gaussian_weights(step_z, count_z, bits)

    inner = [[] for _ in range(top + 1)]
    if shared:
        spacing = root_p * step_u / a if p > 0 else root_q * step_z / b
        edge = a * count_u + b * count_z
        grid = [fixed_sigmoid_derivatives(m + k * spacing, top, bits) for k in range(-edge, edge + 1)]
        for i in range(top + 1):
            column = [row[i] for row in grid]
            for j in range(2 * count_u + 1):
                window = column[a * j: a * j + 2 * b * count_z + 1: b]
                inner[i].append(sum(map(mul, weights_z, window)) >> bits)
    else:
        for j in range(-count_u, count_u + 1):
            x = m + root_p * step_u * j
            rows = [fixed_sigmoid_derivatives(x + root_q * step_z * k, top, bits)
                    for k in range(-count_z, count_z + 1)]
            for i in range(top + 1):
                inner[i].append(sum(w * row[i] for w, row in zip(weights_z, rows)) >> bits)

    out = {}
    for i, j in pairs(top):
        weighted = sum(w * (x * y) for w, x, y in zip(weights_u, inner[i], inner[j]))
        out[i, j] = mp.ldexp(mpf(weighted), -3 * bits)
    return out


def moments(m, p, q, top=8, digits=40):
    """{(i, j): M_ij(m; p, q)} for i + j <= top, stable to `digits` significant digits.

    A second run with a step 0.8 times as long and a range longer by 2 must agree to that; else
    both are refined. Values that vanish by symmetry (m = 0, i and j >= 1, i + j odd) are set to 0.
    """
    exact_m, exact_p, exact_q = m, p, q
    # The size of the smallest moment, exp(-2|m|) (or so), decides the fixed-point precision.
    bits = int(3.33 * (digits + 25) + 2.9 * abs(float(m)) * 1.1 + 60)
    with mp.workprec(bits + 60):
        m, p, q = mpf(exact_m), mpf(exact_p), mpf(exact_q)
        goal = digits + 6
        reach = mp.sqrt(2 * goal * mp.log(10)) + 2 * mp.sqrt(max(p, q))
        scale = mpf(1)
        previous = None
        for _ in range(6):
            steps = [scale * trapezoid_step(v, goal) for v in (p, q)]
            current = moments_once(m, p, q, top, steps[0], steps[1], reach, bits)
            for i, j in current:
                if m == 0 and i >= 1 and (i + j) % 2 == 1:
                    assert abs(current[i, j]) < mpf(10) ** (-digits), "symmetry"
                    current[i, j] = mpf(0)
            if previous is not None and all(
                abs(current[k] - previous[k]) <= mpf(10) ** (-digits) * abs(current[k]) for k in current
            ):
                return current
            previous = current
            scale *= mpf("0.8")
            reach += 2
            if p == 0 and q == 0:
                return current
        raise ArithmeticError(f"M_ij not stable at m={m}, p={p}, q={q}")


# --- the objective ----------------------------------------------------------------------------

EQUAL = (Fraction(1, 4),) * 4


def rational(x):
    """A Fraction as an mpf at the current precision; anything else unchanged."""
    return mpf(x.numerator) / x.denominator if isinstance(x, Fraction) else mpf(x)


class Objective:
    """l(w) = -sum p_k G(w.mu_k; rho_x^2 |w|^2, rho_a^2 |w|^2) + alpha |w|^2 in the plane span(e1, e2).

    rho = 0 is the simplified objective. `digits` is the accuracy of the moments.
    """

    def __init__(self, tau, alpha, rho_x, rho_a, weights=EQUAL, digits=40):
        self.tau, self.alpha = rational(tau), rational(alpha)
        self.rho_x2, self.rho_a2 = mpf(rho_x) ** 2, mpf(rho_a) ** 2
        self.weights = [rational(w) for w in weights]
        self.centres = [(mpf(1), mpf(0)), (mpf(1), self.tau), (mpf(-1), mpf(0)), (mpf(-1), self.tau)]
        self.digits = digits

    def moments(self, w, top):
        n = w[0] ** 2 + w[1] ** 2
        cache = {}
        for mu in self.centres:
            m = w[0] * mu[0] + w[1] * mu[1]
            if m not in cache:
                cache[m] = moments(m, self.rho_x2 * n, self.rho_a2 * n, top, self.digits)
            yield self.weights[self.centres.index(mu)], mu, cache[m]

    def value(self, w):
        return self.alpha * (w[0] ** 2 + w[1] ** 2) - sum(p * M[0, 0] for p, _, M in self.moments(w, 0))

    def jet(self, w):
        """(value, gradient (2), Hessian (2 x 2), kappa) by the formulas of the theory."""
        X, A = self.rho_x2, self.rho_a2
        value = self.alpha * (w[0] ** 2 + w[1] ** 2)
        gradient = [2 * self.alpha * x for x in w]
        kappa = 2 * self.alpha
        rest = [[mpf(0)] * 2 for _ in range(2)]
        for weight, mu, M in self.moments(w, 4):
            v = X * (M[0, 2] + M[1, 1]) + A * M[0, 2]                          # d/dn G
            mv = X * (M[0, 3] + 3 * M[1, 2]) + A * (M[0, 3] + M[1, 2])         # d/dm d/dn G
            vv = (X * X * (M[0, 4] / 2 + 2 * M[1, 3] + mpf(3) / 2 * M[2, 2])
                  + 2 * X * A * (M[0, 4] / 2 + M[1, 3] + M[2, 2] / 2)
                  + A * A * (M[0, 4] / 2 + M[2, 2] / 2))                       # d^2/dn^2 G
            mm = 2 * M[0, 2] + 2 * M[1, 1]
            value -= weight * M[0, 0]
            kappa -= 2 * weight * v
            for i in range(2):
                gradient[i] -= weight * (2 * M[0, 1] * mu[i] + 2 * v * w[i])
                for j in range(2):
                    rest[i][j] -= weight * (mm * mu[i] * mu[j] + 2 * mv * (mu[i] * w[j] + w[i] * mu[j])
                                            + 4 * vv * w[i] * w[j])
        hessian = [[rest[i][j] + (kappa if i == j else 0) for j in range(2)] for i in range(2)]
        return value, gradient, hessian, kappa

    def critical_point(self, start, coarse=14, axis=False):
        """Newton's method: first with cheap moments, then with the full accuracy.

        Returns (w, value, eigenvalues in increasing order, kappa); the last step must be below
        10^-(digits - 6). `axis` keeps w^(1) = 0.
        """
        w = [mpf(x) for x in start]
        full = self.digits
        for digits, limit in ((coarse, mpf(10) ** (4 - coarse)), (full, mpf(10) ** (6 - full))):
            self.digits = digits
            for _ in range(60):
                value, g, h, kappa = self.jet(w)
                if axis:
                    step = (mpf(0), g[1] / h[1][1])
                else:
                    det = h[0][0] * h[1][1] - h[0][1] ** 2
                    step = ((h[1][1] * g[0] - h[0][1] * g[1]) / det, (h[0][0] * g[1] - h[0][1] * g[0]) / det)
                w = [w[0] - step[0], w[1] - step[1]]
                if mp.hypot(*step) < limit:
                    break
            else:
                self.digits = full
                raise ArithmeticError("Newton did not settle")
        value, g, h, kappa = self.jet(w)
        assert mp.hypot(*g) < mpf(10) ** (6 - full)
        mean, half = (h[0][0] + h[1][1]) / 2, mp.hypot((h[0][0] - h[1][1]) / 2, h[0][1])
        return w, value, (mean - half, mean + half), kappa
