"""Exact values of log, exp, log1p and expm1 for math.csv: function, bits of x, bits of the correctly rounded value.

Worked out with Python's decimal module at 60 digits, then rounded once to a double. Run: python3 make_math_vectors.py > math.csv
Tolerance in the test: log and exp 1 ulp, log1p and expm1 2 ulp, because that is what PortableMath promises.
"""
import random
import struct
from decimal import Decimal, getcontext

getcontext().prec = 60
getcontext().Emin, getcontext().Emax = -10**9, 10**9


def bits(x):
    return format(struct.unpack("<Q", struct.pack("<d", x))[0], "016x")


def row(name, x, value):
    print(f"{name},{bits(x)},{bits(float(value))}")


chance = random.Random(20260101)
edges = [5e-324, 2.2250738585072014e-308, 2.0e-310, 1.7976931348623157e308, 1.0, 2.0, 0.5, 10.0]
near = [1.0 + s * 2.0**-k for k in range(1, 53) for s in (1, -1)]
near += [1.4142135623730951, 1.414213562373095, 0.7071067811865476, 0.7071067811865475]
for x in edges + near + [chance.uniform(0.5, 2) for _ in range(300)] + [10 ** chance.uniform(-307, 308) for _ in range(300)]:
    row("log", x, Decimal(x).ln())

for x in [0.0, 1.0, -1.0, 709.78, -708.39, -745.1, -720.0, 1e-300, -1e-20] + [chance.uniform(-745, 709) for _ in range(300)] + [
        chance.uniform(-2, 2) for _ in range(300)]:
    row("exp", x, Decimal(x).exp())

small = [s * 10 ** chance.uniform(-18, 0) for _ in range(120) for s in (1, -1)]
for x in [v for v in small if v > -1] + [10 ** chance.uniform(0, 300) for _ in range(60)]:
    row("log1p", x, (1 + Decimal(x)).ln())
for x in small + [chance.uniform(-40, 700) for _ in range(60)]:
    row("expm1", x, Decimal(x).exp() - 1)
