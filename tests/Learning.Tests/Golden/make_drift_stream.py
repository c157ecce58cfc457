"""The stream of the examples in River's documentation of ADWIN and Page-Hinkley, for drift-river-12345.csv: one value a line.

There ADWIN fires at index 1023 and Page-Hinkley at 1006, and nowhere else (docstrings of river.drift.ADWIN and river.drift.PageHinkley).
Run: python3 make_drift_stream.py > drift-river-12345.csv
"""
import random

chance = random.Random(12345)
for value in chance.choices([0, 1], k=1000) + chance.choices(range(4, 8), k=1000):
    print(value)
