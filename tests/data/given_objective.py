"""The objective of a given data set, its gradient and its Hessian, to 30 digits: the reference of tests/given_objective.rs.

l(w) = -(1/n) sum_i S(w.x_i, rho^2 |w|^2)^2 + alpha |w|^2,  S(m, q) = E sigma(m + sqrt(q) z).

Written from the definition: S by the trapezoid rule with step 1/50, derivatives by differentiating under the average with
respect to w, where m + sqrt(q) z = w.x + rho |w| z is a function of w itself. No formula of the library is used.
Needs mpmath.
"""
import random

from mpmath import exp, mp, mpf, pi, sqrt

mp.dps = 50
H = mpf(1) / 50


def sigmoid(z):
    s = 1 / (1 + exp(-z))
    return s, s * (1 - s), s * (1 - s) * (1 - 2 * s)


NODES = [(k * H, H * exp(-(k * H) ** 2 / 2) / sqrt(2 * pi)) for k in range(-700, 701)]


def smoothed(w, x, rho):
    """S and its first two derivatives with respect to w, through t(w) = w.x + rho |w| z."""
    d = len(w)
    length = sqrt(sum(c * c for c in w))
    unit = [c / length for c in w]
    # grad |w| = u, Hess |w| = (I - u u^T)/|w|
    a = sum(c * e for c, e in zip(w, x))
    s0 = mpf(0)
    # Averages of sigma', sigma' z, sigma'', sigma'' z, sigma'' z^2 are all that is needed.
    e1 = e1z = e2 = e2z = e2zz = mpf(0)
    for z, weight in NODES:
        f, f1, f2 = sigmoid(a + rho * length * z)
        s0 += weight * f
        e1 += weight * f1
        e1z += weight * f1 * z
        e2 += weight * f2
        e2z += weight * f2 * z
        e2zz += weight * f2 * z * z
    grad = [e1 * x[i] + rho * e1z * unit[i] for i in range(d)]
    hess = [[e2 * x[i] * x[j] + rho * e2z * (x[i] * unit[j] + unit[i] * x[j]) + rho * rho * e2zz * unit[i] * unit[j]
             + rho * e1z * ((1 if i == j else 0) - unit[i] * unit[j]) / length
             for j in range(d)] for i in range(d)]
    return s0, grad, hess


def objective(w, points, rho, alpha):
    n, d = len(points), len(w)
    value = alpha * sum(c * c for c in w)
    grad = [2 * alpha * c for c in w]
    hess = [[2 * alpha if i == j else mpf(0) for j in range(d)] for i in range(d)]
    for x in points:
        s, g, h = smoothed(w, x, rho)
        value -= s * s / n
        for i in range(d):
            grad[i] -= 2 * s * g[i] / n
            for j in range(d):
                hess[i][j] -= 2 * (g[i] * g[j] + s * h[i][j]) / n
    return value, grad, hess


def main():
    rng = random.Random(4)
    print("d,n,alpha,rho,points,w,value,gradient,hessian")
    for d, n, rho, scale in [(2, 1, 0.03125, 3), (2, 6, 0.35355, 3), (3, 5, 0.19245, 4), (4, 7, 0.125, 4),
                             (5, 4, 0.0894427, 2), (6, 3, 0.5, 5), (3, 4, 0.0, 4), (3, 4, 1.0, 2)]:
        points = []
        for _ in range(n):
            k = rng.randrange(4)
            x = [rng.gauss(0, 0.1) for _ in range(d)]
            x[0] += 1 if k < 2 else -1
            x[1] += 7 * (k % 2)
            points.append(x)
        for _ in range(2):
            w = [rng.uniform(-scale, scale) if i < 2 else rng.gauss(0, 0.5) for i in range(d)]
            alpha = 0.00125
            value, grad, hess = objective([mpf(c) for c in w], [[mpf(c) for c in x] for x in points], mpf(rho), mpf(alpha))
            text = lambda xs: ";".join(xs)
            print(",".join([str(d), str(n), repr(alpha), repr(rho), text(repr(c) for x in points for c in x),
                            text(repr(c) for c in w), mp.nstr(value, 30), text(mp.nstr(c, 30) for c in grad),
                            text(mp.nstr(hess[i][j], 30) for i in range(d) for j in range(i + 1))]))


main()
