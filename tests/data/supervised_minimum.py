"""The minimum (a, 0), (-a, 0), (-f, f) of L_SL at tau = 7, beta = gamma = 1/800, rho = d^(-3/2) (d = 0: no noise), to 22
digits: Newton's method in 40 digits on

    L(a, f) = E ln(1 + exp(-f tanh(a (1 + rho g)/2))) + 2 beta a^2 + 2 gamma f^2,

which is L_SL there, both labels contributing alike. Needs mpmath:

    python3 tests/data/supervised_minimum.py > tests/data/supervised_minimum.csv
"""

from mpmath import mp, mpf

mp.dps = 40
PENALTY = mpf(1) / 800
POINTS = [mpf(k) / 2 for k in range(-28, 29)]


def average(rho, of):
    if rho == 0:
        return of(mpf(1))
    density = lambda g: mp.exp(-g * g / 2) / mp.sqrt(2 * mp.pi)
    return mp.quad(lambda g: density(g) * of(1 + rho * g), POINTS, method="gauss-legendre", maxdegree=5)


def value(rho, a, f):
    mean = average(rho, lambda x: mp.log1p(mp.exp(-f * mp.tanh(a * x / 2))))
    return mean + 2 * PENALTY * (a * a + f * f)


def gradient(rho, a, f):
    slope = lambda s: 1 / (1 + mp.exp(-s))

    def by_a(x):
        t = mp.tanh(a * x / 2)
        return -slope(-f * t) * f * (1 - t * t) * x / 2

    def by_f(x):
        t = mp.tanh(a * x / 2)
        return -slope(-f * t) * t

    return [
        average(rho, by_a) + 4 * PENALTY * a,
        average(rho, by_f) + 4 * PENALTY * f,
    ]


def main():
    print("d,a,f,value")
    for d in [0, 2, 3, 5, 8, 10, 100]:
        rho = mpf(d) ** mpf("-1.5") if d else mpf(0)
        start = {2: (mpf("2.9"), mpf("4.33")), 3: (mpf("2.71"), mpf("4.28"))}.get(d, (mpf("2.63"), mpf("4.25")))
        a, f = mp.findroot(lambda a, f: gradient(rho, a, f), start, tol=mpf(10) ** -60, maxsteps=30, verify=False)
        residual = max(abs(x) for x in gradient(rho, a, f))
        assert residual < mpf(10) ** -28, (d, residual)
        digits = [mp.nstr(x, 22, strip_zeros=False) for x in [a, f, value(rho, a, f)]]
        print(",".join([str(d), *digits]))


main()
