"""Tightest float bounds of interval operations, by exact rationals and Arb.

Needs python-flint 0.9 (any version with `arb`); run from anywhere:

    python3 tests/data/generate_interval.py

Every float is written as the 16 hexadecimal digits of its bits. `down` is the
largest float below the exact value, `up` the smallest above.
"""

import csv
import math
import pathlib
import random
import struct
from fractions import Fraction

from flint import arb, ctx, fmpz

HERE = pathlib.Path(__file__).parent
MAX = float.fromhex("0x1.fffffffffffffp1023")
MIN_NORMAL = 2.0**-1022
MIN = 2.0**-1074
rng = random.Random(20240517)


def bits(x):
    return struct.pack(">d", x).hex()


def directed(value):
    """The tightest float bounds of a rational."""
    try:
        near = float(value)
    except OverflowError:
        near = math.inf if value > 0 else -math.inf
    if math.isinf(near):
        return (MAX, math.inf) if value > 0 else (-math.inf, -MAX)
    exact = Fraction(near)
    if exact == value:
        return near, near
    if exact < value:
        return near, math.nextafter(near, math.inf)
    return math.nextafter(near, -math.inf), near


def directed_ball(ball):
    """The tightest float bounds of the number in an Arb ball that is narrow enough."""
    ends = []
    for end in (ball.lower(), ball.upper()):
        man, exp = (int(part) for part in end.man_exp())
        size = man.bit_length() + exp
        if man and size > 1100:
            ends.append(directed(Fraction(2) ** 1100 * (1 if man > 0 else -1)))
        elif man and size < -1200:
            ends.append(directed(Fraction(1 if man > 0 else -1, 2**1200)))
        else:
            ends.append(directed(Fraction(man) * Fraction(2) ** exp))
    assert ends[0] == ends[1], ball
    return ends[0]


def directed_root(x):
    man, exp = fmpz(int(Fraction(x) * 2**1074)), -1074
    root = (man << 2400).isqrt()  # sqrt(x) 2^(537 + 1200), rounded down
    low = Fraction(int(root), 2 ** (537 + 1200))
    if low * low == Fraction(x):
        return directed(low)
    assert exp == -1074
    high = low + Fraction(1, 2 ** (537 + 1200))
    # Never a float, so both round alike; the outer ones are right even if `low` is a float.
    return directed(low)[0], directed(high)[1]


def any_float(low=-1074, high=1023):
    x = math.ldexp(rng.uniform(1, 2), rng.randint(low, high))
    return x if rng.random() < 0.5 else -x


CORNERS = [
    MIN, 3 * MIN, MIN_NORMAL - MIN, MIN_NORMAL, MIN_NORMAL + MIN, 2.0**-600, 2.0**-537,
    math.nextafter(2.0**-511, 1), math.nextafter(1, 0), 1.0, math.nextafter(1, 2), 1.5, 3.0, 0.1,
    math.nextafter(2.0**512, math.inf), 2.0**600, 2.0**970, 2.0**1023, math.nextafter(MAX, 0), MAX,
]


def corner():
    return rng.choice(CORNERS) * rng.choice([-1, 1])


def pairs(product_exponent):
    """Random pairs, corner pairs, and pairs whose result has a chosen exponent."""
    out = [(any_float(), any_float()) for _ in range(40)]
    out += [(any_float(-20, 20), any_float(-20, 20)) for _ in range(40)]
    out += [(corner(), corner()) for _ in range(60)]
    out += [(corner(), any_float(-30, 30)) for _ in range(30)]
    for target in [*range(-1080, -1015, 2), -1000, -975, -968, -961, -950, *range(1018, 1026)]:
        e = rng.randint(max(-1000, target - 900), min(900, target + 1000))
        f = product_exponent(target, e)
        if -1074 <= f <= 1023:
            out.append((any_float(e, e), any_float(f, f)))
    return out


def arithmetic():
    rows = []
    sums = pairs(lambda target, e: max(-1074, min(1023, e - rng.randint(0, 60))))
    for _ in range(40):  # next to a tie: the second operand is about half a unit of the first
        a = any_float(-900, 900)
        half = math.ulp(a) / 2
        b = rng.choice([half, math.nextafter(half, 0), math.nextafter(half, math.inf)])
        sums.append((a, b * rng.choice([-1, 1])))
    top = 3 * 2.0**970
    sums += [(MAX, -top), (-top, MAX), (-MAX, top), (MAX, 2.0**970), (MAX, 2.0**969), (MAX, MAX)]
    for a, b in sums:
        rows.append(("add", a, b, *directed(Fraction(a) + Fraction(b))))
    for a, b in pairs(lambda target, e: target - e):
        rows.append(("mul", a, b, *directed(Fraction(a) * Fraction(b))))
    for _ in range(25):  # short significands: exact products and products next to a tie
        a = math.ldexp(rng.randrange(2**26, 2**27), rng.randint(-600, 400))
        b = math.ldexp(rng.randrange(2**26, 2**27), rng.choice([rng.randint(-500, 400), -480]))
        rows.append(("mul", a, b, *directed(Fraction(a) * Fraction(b))))
    for a, b in pairs(lambda target, e: e - target):
        rows.append(("div", a, b, *directed(Fraction(a) / Fraction(b))))
    for _ in range(25):  # exact quotients and their neighbours
        b = float(rng.randrange(1, 2**26))
        a = b * rng.randrange(1, 2**26)
        a = math.ldexp(rng.choice([a, math.nextafter(a, 0)]), rng.choice([-1060, -600, 0, 900]))
        rows.append(("div", a, b, *directed(Fraction(a) / Fraction(b))))
    roots = [abs(any_float()) for _ in range(60)] + CORNERS
    roots += [math.ldexp(rng.randrange(1, 2**26) ** 2, 2 * rng.randint(-537, 400)) for _ in range(20)]
    roots += [math.nextafter(float(rng.randrange(1, 2**26) ** 2), 0) for _ in range(20)]
    for x in roots:
        rows.append(("sqrt", x, 0.0, *directed_root(x)))
    return rows


def powers():
    rows = []
    cases = [(any_float(-60, 60), rng.choice([-1, 1]) * rng.randint(2, 17)) for _ in range(80)]
    cases += [(float(rng.randrange(-40, 40) or 7), rng.randint(2, 12)) for _ in range(40)]
    cases += [(math.ldexp(rng.choice([1, 3, 5, 7]), rng.randint(-90, 90)),
               rng.choice([-1, 1]) * rng.randint(2, 14)) for _ in range(40)]
    cases += [(corner(), rng.choice([-1, 1]) * rng.randint(2, 9)) for _ in range(40)]
    for n in (2**31 - 1, 2**31 - 2, -(2**31), -(2**31) + 1, 1000003, -65537):
        step = rng.uniform(1, 500) / abs(n)
        cases += [(1 + step, n), (1 - step, n), (-1 - step, n), (math.nextafter(1, 2), n), (1.0, n), (-1.0, n), (2.0, n)]
    # Close to the ends of the range of floats.
    for n in (2, 3, 5, 8):
        for end in (2.0**1023, MIN_NORMAL, 2.0**-1073):
            x = end ** (1 / n)
            cases += [(x, n), (math.nextafter(x, 0), n), (-x, n), (1 / x, -n)]
    ctx.prec = 700
    for x, n in cases:
        if abs(n) <= 40:
            bounds = directed(Fraction(x) ** n)
        elif abs(x) in (1.0, 2.0):
            value = Fraction(x)
            bounds = directed(value ** (n % 2)) if abs(x) == 1 else directed_ball(arb(x) ** n)
        else:
            bounds = directed_ball(arb(x) ** n)
        rows.append((x, n, *bounds))
    return rows


def elementary():
    ctx.prec = 5000
    rows = []

    def add(name, xs, f):
        for x in xs:
            # Beyond 1500 all but the logarithm round as they do there.
            cut = x if name == "ln" else max(-1500.0, min(1500.0, x))
            rows.append((name, x, *directed_ball(f(arb(cut)))))

    tiny = [MIN, -MIN, 3e-310, -MIN_NORMAL, 1e-200, -1e-100, 1e-20, -1e-16, 2.0**-53, -(2.0**-54)]
    wide = [rng.uniform(-745.2, 709.8) for _ in range(60)]
    narrow = [rng.uniform(-5, 5) for _ in range(60)]
    add("exp", tiny + wide + narrow + [709.782712893384, 709.7827128933841, 710.0, 1e300, -708.4,
        -708.3964185322641, -744.44, -745.13, -745.1332191019412, -745.14, -800.0, -1e300, 1.0, -1.0], arb.exp)
    add("ln", [abs(any_float()) for _ in range(60)] + CORNERS[:9] + CORNERS[10:]
        + [1 + rng.uniform(-1e-3, 1e-3) for _ in range(30)] + [rng.uniform(0.1, 9) for _ in range(40)], arb.log)
    add("tanh", tiny + narrow + [rng.uniform(-22, 22) for _ in range(40)] + [19.0, 19.1, -30.0, 800.0, -1e300], arb.tanh)
    add("sigmoid", tiny + wide + narrow + [rng.uniform(-45, 45) for _ in range(60)]
        + [0.0, 36.0, 36.7, 36.8, 37.0, 37.5, -36.7, 40.0, 100.0, 700.0, 720.0, 745.5, 900.0, 1e300, -30.0, -300.0,
           -667.0, -667.7, -667.75, -668.0, -700.0, -708.0, -709.0, -720.0, -740.0, -744.9, -745.1, -745.2, -750.0, -1e300],
        lambda x: 1 / (1 + (-x).exp()) if x > -100 else x.exp() / (1 + x.exp()))
    return rows


def literals():
    texts = ["0", "-0.0", "+0", "0e999999999999999999999", "0.1", "-0.1", "0.3", "1/800", "-1/3", "1/-3", "0.1/0.3",
             "1_000", "12_345.678_9", "1/7", "2/3e5", "1e308", "1.7976931348623157e308", "4.9e-324", "2.4703282292062327e-324",
             "5e-324", "1e-400", "-1e-400", "1e-99999999999", "2.2250738585072014e-308", "2.2250738585072011e-308",
             "9007199254740993", "9007199254740992.5", "0.5", ".5", "5.", "1E2", "1e+2", "1e-2", "1e400/1e400", "3e5000/2e5001",
             "123456789012345678901234567890", "0.000000000000000000000000000000000000001", " 7 / 8 ", "0/5", "-0/5",
             "1." + "0" * 300 + "1", "0." + "9" * 400, "1" * 300 + "e-300", "179769313486231570814527423731704356798070e267"]
    for _ in range(60):
        digits = rng.randrange(10 ** rng.randint(1, 40))
        texts.append(f"{rng.choice(['', '-'])}{digits}e{rng.randint(-330, 250)}")
    for _ in range(20):
        texts.append(repr(abs(any_float(-300, 300))))
        texts.append(f"{rng.randrange(1, 10**9)}/{rng.randrange(1, 10**9)}")
    rows = []
    for text in texts:
        parts = [part.strip().replace("_", "") for part in text.split("/")]
        mantissas = [part.lower().split("e")[0] for part in parts]
        exponents = [int((part.lower().split("e") + ["0"])[1]) for part in parts]
        value = Fraction(mantissas[0]) / (Fraction(mantissas[1]) if len(parts) == 2 else 1)
        exponent = exponents[0] - (exponents[1] if len(parts) == 2 else 0)
        value *= Fraction(10) ** max(exponent, -2000) if value else 0
        rows.append((text, *directed(value)))
    return rows


def write(name, header, rows):
    with open(HERE / name, "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        for row in rows:
            out.writerow([bits(x) if isinstance(x, float) else x for x in row])


write("interval_arithmetic.csv", ["operation", "a", "b", "down", "up"], arithmetic())
write("interval_power.csv", ["x", "n", "down", "up"], powers())
write("interval_elementary.csv", ["function", "x", "down", "up"], elementary())
write("interval_literal.csv", ["text", "down", "up"], literals())
