"""Prints forecasts that kcat reads, with nothing but Python's standard library:

    kcat -C -q -e -b HOST:PORT -t stock.forecasts.v1 -D "" -f "%R%s" | python3 samples/read_forecasts.py

%R is the length of a value in four bytes, big-endian. A value is a zero byte, the schema's number in four bytes, and the Avro body.
"""
import json
import pathlib
import struct
import sys
from datetime import datetime, timedelta, timezone

SCHEMAS = pathlib.Path(__file__).resolve().parent.parent / "schemas"
FORECAST = "kafka.stock.Forecast"


def load(name):
    return json.loads((SCHEMAS / f"{name}.avsc").read_text(encoding="utf-8"))


def number_of(name):
    lines = (SCHEMAS / "ids.txt").read_text(encoding="utf-8").split("\n")
    return next(int(line.split()[0]) for line in lines if line.split()[1:] == [name])


class Body:
    """An Avro body, read by its schema: https://avro.apache.org/docs/1.11.1/specification/#binary-encoding"""

    def __init__(self, data):
        self.data, self.at, self.named = data, 0, {}

    def take(self, count):
        self.at += count
        if count < 0 or self.at > len(self.data):
            raise ValueError("the body ends too early")
        return self.data[self.at - count:self.at]

    def long(self):
        value, shift = 0, 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return (value >> 1) ^ -(value & 1)

    def read(self, schema):
        if isinstance(schema, list):
            return self.read(schema[self.long()])
        if isinstance(schema, str):
            return self.plain(schema)
        if "name" in schema:
            self.named[schema["name"]] = schema
        kind = schema["type"]
        if kind == "record":
            return {field["name"]: self.read(field["type"]) for field in schema["fields"]}
        if kind == "array":
            return self.array(schema["items"])
        if kind == "enum":
            return schema["symbols"][self.long()]
        if kind == "fixed":
            return self.take(schema["size"]).hex()
        return self.read(kind)

    def plain(self, name):
        if name == "null":
            return None
        if name in ("int", "long"):
            return self.long()
        if name == "double":
            return struct.unpack("<d", self.take(8))[0]
        if name == "string":
            return self.take(self.long()).decode("utf-8")
        return self.read(self.named[name])

    def array(self, items):
        values = []
        while (count := self.long()) != 0:
            if count < 0:
                count, _ = -count, self.long()
            values += [self.read(items) for _ in range(count)]
        return values


def values(stream):
    while length := stream.read(4):
        yield stream.read(struct.unpack(">i", length)[0])


def main():
    schema, number = load(FORECAST), number_of(FORECAST)
    for value in values(sys.stdin.buffer):
        magic, schema_id = struct.unpack(">bi", value[:5])
        if magic != 0 or schema_id != number:
            continue
        forecast = Body(value[5:]).read(schema)
        served = next(one for one in forecast["strategies"] if one["strategy"] == forecast["served"])
        interval = next(one for one in served["intervals"] if one["level"] == 0.9)
        target = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(microseconds=forecast["target_time"])
        print(f"{forecast['symbol']}/{forecast['interval']}/{forecast['source']} {target:%Y-%m-%d %H:%M} "
              f"{served['predicted_close']:.4f} {interval['lower']} {interval['upper']}")


if __name__ == "__main__":
    main()
