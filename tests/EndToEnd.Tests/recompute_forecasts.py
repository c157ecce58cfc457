"""Recomputes MASE, coverage and Winkler score of forecasts.csv from the CSVs of prices alone, and holds report.csv against them.

    recompute_forecasts.py forecasts.csv report.csv FOLDER[=SOURCE]...

Knows nothing of the program but the columns of its two files: a forecast's label is the close of the row that follows the row of the
trading day on which it was made. Standard library only. Ends with code 1 where a number differs by more than 1e-9 of its size.
"""
import csv
import datetime
import decimal
import glob
import json
import math
import os
import sys

TOLERANCE = 1e-9
RESTART_DAYS = 30
FIRST_BAR = 500
ROUNDED = decimal.Decimal("0.000001")


def price(text):
    """A price as the stream has it: six decimals, halves to even."""
    return float(decimal.Decimal(text).quantize(ROUNDED, rounding=decimal.ROUND_HALF_EVEN))


def closes(path):
    """Days and closes of a file in either layout."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = [{name.lower(): value for name, value in row.items()} for row in csv.DictReader(file)]
    return [(row.get("dt") or row["date"], price(row["close"])) for row in rows]


def bars(folders):
    """By symbol and source: day -> (number since the series began or restarted, close, next close or None)."""
    series = {}
    for text in folders:
        folder, _, source = text.partition("=")
        for path in sorted(glob.glob(os.path.join(folder, "*.csv"))):
            rows = closes(path)
            known, number, last = {}, 0, None
            for i, (day, close) in enumerate(rows):
                date = datetime.date.fromisoformat(day)
                number = 1 if last is None or (date - last).days > RESTART_DAYS else number + 1
                known[day] = [number, close, None]
                if i > 0 and number > 1:
                    known[rows[i - 1][0]][2] = close
                last = date
            series[(os.path.splitext(os.path.basename(path))[0], source or "csv")] = known
    return series


class Sums:
    """Of one strategy and level over some rows."""

    def __init__(self):
        self.rows = self.hits = self.bounded = 0
        self.errors = self.returns = self.winkler = 0.0

    def add(self, row, last, actual):
        y = math.log(actual) - math.log(last)
        predicted = math.log(float(row["predicted_close"])) - math.log(last)
        self.rows += 1
        self.errors += abs(y - predicted)
        self.returns += abs(y)
        lower, upper = row["lower"], row["upper"]
        if row["kind"] == "unbounded":
            if lower or upper:
                raise ValueError(f"{row}: an unbounded interval with a bound")
            self.hits += 1
            return
        lower, upper = float(lower), float(upper)
        self.hits += lower <= actual <= upper
        low, high = math.log(lower) - math.log(last), math.log(upper) - math.log(last)
        self.bounded += 1
        self.winkler += high - low + 2 / (1 - float(row["level"])) * max(0.0, low - y, y - high)

    def scores(self):
        return {
            "rows": self.rows,
            "mase": self.errors / self.returns if self.returns else None,
            "coverage": self.hits / self.rows,
            "winkler": self.winkler / self.bounded if self.bounded else None,
            "unbounded": self.rows - self.bounded,
        }


def recompute(forecasts_path, series):
    """Scores by (series or pooled, period, strategy, level), and how many labels were compared."""
    cells, labels = {}, 0
    with open(forecasts_path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["interval"] != "1d":
                continue
            number, close, actual = series[(row["symbol"], row["source"])][row["made_on"]]
            if float(row["last_close"]) != close:
                raise ValueError(f"{row}: the file has a close of {close}")
            if actual is None:
                if row["actual_close"]:
                    raise ValueError(f"{row}: a label that the file doesn't have")
                continue
            if float(row["actual_close"]) != actual:
                raise ValueError(f"{row}: the file has a next close of {actual}")
            labels += 1
            if number < FIRST_BAR:
                continue
            name = "/".join((row["symbol"], row["interval"], row["source"]))
            for scope in (name, "pooled"):
                for period in (row["made_on"][:4], "all"):
                    cells.setdefault((scope, period, row["strategy"], row["level"]), Sums()).add(row, close, actual)
    return cells, labels


def differs(ours, theirs):
    if ours is None or theirs == "":
        return (ours is None) != (theirs == "")
    return abs(ours - float(theirs)) > TOLERANCE * max(1.0, abs(ours))


def main(forecasts_path, report_path, *folders):
    cells, labels = recompute(forecasts_path, bars(folders))
    compared, faults = 0, []
    with open(report_path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["interval"] != "1d":
                continue
            key = (row["series"], row["period"], row["strategy"], row["level"])
            scores = cells.pop(key).scores()
            compared += len(scores)
            faults += [(key, name, value, row[name]) for name, value in scores.items() if differs(value, row[name])]
    faults += [(key, "missing in the report", None, None) for key in cells]
    for fault in faults[:20]:
        print(fault, file=sys.stderr)
    print(json.dumps({"labels": labels, "numbers": compared, "different": len(faults)}))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
