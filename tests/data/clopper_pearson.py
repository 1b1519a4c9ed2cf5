"""Exact ends of Clopper-Pearson 95 % intervals, 30 digits: writes clopper_pearson.csv beside itself.

The lower end p solves P(Bin(n, p) >= k) = 1/40, the upper end P(Bin(n, p) <= k) = 1/40. Needs mpmath.
The tails are summed term by term, the equations solved by bisection.
"""

from pathlib import Path

from mpmath import mp, mpf

mp.dps = 50
LEVEL = mpf(1) / 40
CASES = [
    (n, k)
    for n in [1, 2, 3, 7, 20, 100, 1000]
    for k in sorted({0, 1, 2, n // 3, n // 2, n - 2, n - 1, n})
    if 0 <= k <= n
] + [(10000, 1), (10000, 137), (10000, 5000), (10000, 9999), (50000, 2), (50000, 49990)]


def upper_tail(k, n, p):
    """P(Bin(n, p) >= k) for p below k/n: the terms fall from k on."""
    q = 1 - p
    term = mp.binomial(n, k) * p**k * q ** (n - k)
    total = mpf(0)
    for j in range(k, n + 1):
        total += term
        if term < total * mpf(10) ** -48:
            break
        term *= mpf(n - j) / (j + 1) * p / q
    return total


def lower_end(k, n):
    if k == 0:
        return mpf(0)
    below, above = mpf(0), mpf(k) / n
    while above - below > mpf(10) ** -40 * above:
        middle = (below + above) / 2
        if middle == 1 or upper_tail(k, n, middle) > LEVEL:
            above = middle
        else:
            below = middle
    return below


rows = ["n,k,lower,upper"]
for n, k in CASES:
    lower, upper = lower_end(k, n), 1 - lower_end(n - k, n)
    rows.append(f"{n},{k},{mp.nstr(lower, 30)},{mp.nstr(upper, 30)}")
Path(__file__).with_suffix(".csv").write_text("\n".join(rows) + "\n")
