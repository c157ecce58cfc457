#!/usr/bin/env python3
"""What the demo says of its forecasts, computed again from the topic and the price files alone.

Usage: recompute.py FORECASTS SCHEMA DATA-FOLDER

FORECASTS is what a foreign reader gave, a record after the other: its size in digits, a line feed, so many bytes, a line feed
(kcat -C -e -q -t stock.forecasts.v1 -f '%S\\n%s\\n'). Prints one JSON object: forecasts, forecasts_sha256, and for each series
forecasts, scores, mase and coverage. Standard library only, with an Avro decoder of its own that reads the schema file, so that
nothing here can share a mistake with the program.
"""
import csv
import datetime
import glob
import gzip
import hashlib
import json
import math
import os
import struct
import sys

FRAME_BYTES = 5  # a zero, then the schema's number
MINUTE_US = 60_000_000
LEVEL = 0.9


class Decoder:
    """Avro's binary encoding (specification 1.11.1), driven by a schema."""

    def __init__(self, schema):
        self.named = {}
        self.schema = schema
        self.collect(schema)

    def collect(self, schema):
        if isinstance(schema, list):
            for branch in schema:
                self.collect(branch)
        elif isinstance(schema, dict):
            if "name" in schema and schema["type"] in ("record", "enum", "fixed"):
                self.named[schema["name"]] = schema
            for field in schema.get("fields", []):
                self.collect(field["type"])
            if "items" in schema:
                self.collect(schema["items"])

    def decode(self, body):
        self.body, self.at = body, 0
        value = self.read(self.schema)
        if self.at != len(body):
            raise ValueError(f"{len(body) - self.at} bytes after the record")
        return value

    def take(self, count):
        if self.at + count > len(self.body):
            raise ValueError("the record ends early")
        self.at += count
        return self.body[self.at - count:self.at]

    def varint(self):
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return (value >> 1) ^ -(value & 1)
            shift += 7

    def read(self, schema):
        if isinstance(schema, list):
            return self.read(schema[self.varint()])
        kind = schema["type"] if isinstance(schema, dict) else schema
        if kind == "record":
            return {field["name"]: self.read(field["type"]) for field in schema["fields"]}
        if kind == "array":
            return self.array(schema["items"])
        if kind == "enum":
            return schema["symbols"][self.varint()]
        if kind == "fixed":
            return self.take(schema["size"])
        if kind == "null":
            return None
        if kind in ("int", "long"):
            return self.varint()
        if kind == "double":
            return struct.unpack("<d", self.take(8))[0]
        if kind == "string":
            return self.take(self.varint()).decode("utf-8")
        if kind == "boolean":
            return self.take(1)[0] == 1
        if kind in self.named:
            return self.read(self.named[kind])
        raise ValueError(f"found type {kind}, which no forecast has")

    def array(self, items):
        values = []
        while (count := self.varint()) != 0:
            if count < 0:
                self.varint()
                count = -count
            values.extend(self.read(items) for _ in range(count))
        return values


def bodies(path):
    """The record bodies of a file of sizes and values, without their frames."""
    with open(path, "rb") as file:
        while line := file.readline():
            value = file.read(int(line))
            if file.read(1) != b"\n" or value[:1] != b"\0":
                raise ValueError(f"{path}: the sizes don't fit, or a frame is missing")
            yield value[FRAME_BYTES:]


def daily_closes(path):
    """Closes by session, keyed by the day; a US session ends on its own day in UTC, too."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        return [(row["dt"], float(row["close"])) for row in csv.DictReader(file)]


def minute_closes(path):
    """Closes of the minutes that had a trade, by symbol, keyed by the end of the minute in microseconds since 1970 UTC."""
    minutes = {}
    with gzip.open(path, "rt", newline="") as file:
        for row in csv.DictReader(file):
            time_us = int(row["ts_ns_utc"]) // 1000
            end_us = (time_us // MINUTE_US + 1) * MINUTE_US
            minutes.setdefault(row["symbol"], {})[end_us] = float(row["price"])
    return {symbol: sorted(closes.items()) for symbol, closes in minutes.items()}


def read_closes(folder):
    """Closes of every series in order, with what identifies a bar."""
    series = {}
    for path in glob.glob(os.path.join(folder, "*.csv")):
        symbol = os.path.splitext(os.path.basename(path))[0]
        series[f"{symbol}/1d/csv"] = daily_closes(path)
    for path in glob.glob(os.path.join(folder, "*_ticks_*.csv.gz")):
        source = os.path.basename(path).split("_ticks_")[0]
        for symbol, closes in minute_closes(path).items():
            series[f"{symbol}/1m/{source}"] = closes
    return series


def bar_key(forecast):
    if forecast["interval"] != "1d":
        return forecast["made_at"]
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=forecast["made_at"])
    return moment.date().isoformat()


def score(forecasts, closes):
    """mase and coverage of the strategy served, each forecast against the bar that followed the one it was made at."""
    place = {key: i for i, (key, _) in enumerate(closes)}
    errors = returns = hits = scores = 0
    for forecast in forecasts:
        at = place[bar_key(forecast)]
        close = closes[at][1]
        if abs(close - forecast["last_close"]) > 1e-9:
            raise ValueError(f"{bar_key(forecast)}: made at a close of {forecast['last_close']}, and the file has {close}")
        if at + 1 == len(closes):
            continue
        actual = closes[at + 1][1]
        served = next(s for s in forecast["strategies"] if s["strategy"] == forecast["served"])
        interval = next(i for i in served["intervals"] if i["level"] == LEVEL)
        y = math.log(actual / close)
        errors += abs(y - served["predicted_return"])
        returns += abs(y)
        above = interval["lower"] is None or interval["lower"] <= actual
        below = interval["upper"] is None or actual <= interval["upper"]
        hits += above and below
        scores += 1
    return {
        "forecasts": len(forecasts),
        "scores": scores,
        "mase": errors / returns if returns else None,
        "coverage": hits / scores if scores else None,
    }


def main(forecasts_path, schema_path, data_folder):
    with open(schema_path, encoding="utf-8") as file:
        decoder = Decoder(json.load(file))
    by_series = {}
    for body in bodies(forecasts_path):
        forecast = decoder.decode(body)
        series = "/".join((forecast["symbol"], forecast["interval"], forecast["source"]))
        by_series.setdefault(series, []).append((forecast["made_at"], body, forecast))
    digest = hashlib.sha256()
    result = {}
    closes = read_closes(data_folder)
    for series in sorted(closes):
        ordered = sorted(by_series.pop(series, []), key=lambda entry: entry[0])
        for _, body, _ in ordered:
            digest.update(body)
        result[series] = score([forecast for _, _, forecast in ordered], closes[series])
    if by_series:
        raise ValueError(f"forecasts of series that no file has: {sorted(by_series)}")
    print(json.dumps({
        "forecasts": sum(one["forecasts"] for one in result.values()),
        "forecasts_sha256": digest.hexdigest(),
        "series": result,
    }))


if __name__ == "__main__":
    main(*sys.argv[1:])
