#!/usr/bin/env python3
"""Records of a topic as another Avro implementation reads them, beside what kstock consume --json printed.

Usage: decode_topic.py SCHEMAS-FOLDER RECORDS JSON-LINES EVERY

RECORDS is what a foreign reader gave, for each record size and bytes of the key, then of the value
(kcat -C -e -q -f '%K\\n%k\\n%S\\n%s\\n'); JSON-LINES is the program's own output for the same topic. Both are in order within a
symbol. Each EVERY-th record of a symbol, and its first and last, are decoded by python3-avro with the schema files and must be equal.
Prints one JSON object: records, decoded, schemas. Logical types are left out, so that raw numbers and bytes are compared.
"""
import io
import json
import os
import struct
import sys

import avro.io
import avro.schema

FRAME = struct.Struct(">BI")


def plain(schema):
    """A schema without logical types."""
    if isinstance(schema, dict):
        return {name: plain(value) for name, value in schema.items() if name != "logicalType"}
    return [plain(branch) for branch in schema] if isinstance(schema, list) else schema


def load(folder):
    """Schema and reader by the number in the frame."""
    readers = {}
    with open(os.path.join(folder, "ids.txt"), encoding="utf-8") as file:
        for number, name in (line.split() for line in file if line.strip()):
            with open(os.path.join(folder, name + ".avsc"), encoding="utf-8") as text:
                schema = avro.schema.parse(json.dumps(plain(json.load(text))))
            readers[int(number)] = (name, schema, avro.io.DatumReader(schema))
    return readers


def read_sized(file):
    line = file.readline()
    if not line:
        return None
    value = file.read(int(line))
    if file.read(1) != b"\n":
        raise ValueError("the sizes don't fit")
    return value


def read_records(path):
    """Values by key, in order."""
    records = {}
    with open(path, "rb") as file:
        while (key := read_sized(file)) is not None:
            records.setdefault(key.decode("utf-8"), []).append(read_sized(file))
    return records


def read_lines(path):
    lines = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            # The key of a position is source/symbol, the first two fields of that record; of all others the symbol.
            key = "/".join([record["source"], record["symbol"]]) if next(iter(record)) == "source" else record["symbol"]
            lines.setdefault(key, []).append(line)
    return lines


def branch_of(schema, value):
    """The branch of a union that a value was written as: here it is null or one other."""
    others = [branch for branch in schema.schemas if branch.type != "null"]
    if value is None:
        return None
    if len(others) != 1:
        raise ValueError(f"found a union of {len(others)} types; expected null and one")
    return others[0]


def check(schema, value, shown, where):
    """Fails where the value and its JSON form (the specification's) differ."""
    kind = schema.type
    if kind == "union":
        branch = branch_of(schema, value)
        if branch is None:
            expect(shown is None, where, value, shown)
            return
        expect(isinstance(shown, dict) and len(shown) == 1, where, value, shown)
        check(branch, value, next(iter(shown.values())), where)
    elif kind == "record":
        expect(list(shown) == [field.name for field in schema.fields], where, value, shown)
        for field in schema.fields:
            check(field.type, value[field.name], shown[field.name], f"{where}.{field.name}")
    elif kind == "array":
        expect(len(value) == len(shown), where, value, shown)
        for i, (one, other) in enumerate(zip(value, shown)):
            check(schema.items, one, other, f"{where}[{i}]")
    elif kind in ("bytes", "fixed"):
        expect(value == shown.encode("latin-1"), where, value, shown)
    elif kind == "float":
        expect(struct.pack("<f", value) == struct.pack("<f", shown), where, value, shown)
    elif kind == "double":
        expect(struct.pack("<d", value) == struct.pack("<d", shown), where, value, shown)
    else:
        expect(value == shown and isinstance(value, bool) == isinstance(shown, bool), where, value, shown)


def expect(equal, where, value, shown):
    if not equal:
        raise SystemExit(f"{where}: python3-avro reads {value!r}, kstock shows {shown!r}")


def main(folder, records_path, lines_path, every):
    readers = load(folder)
    records, lines = read_records(records_path), read_lines(lines_path)
    expect({k: len(v) for k, v in records.items()} == {k: len(v) for k, v in lines.items()}, "records by key",
           {k: len(v) for k, v in records.items()}, {k: len(v) for k, v in lines.items()})
    decoded, names = 0, set()
    for symbol in sorted(records):
        last = len(records[symbol]) - 1
        for i, value in enumerate(records[symbol]):
            magic, number = FRAME.unpack(value[:FRAME.size])
            if i % int(every) and i != last and readers[number][0] in names:
                continue
            expect(magic == 0, f"{symbol}, record {i}", magic, 0)
            name, schema, reader = readers[number]
            body = io.BytesIO(value[FRAME.size:])
            datum = reader.read(avro.io.BinaryDecoder(body))
            expect(body.read() == b"", f"{symbol}, record {i}", "bytes after the end", "")
            check(schema, datum, json.loads(lines[symbol][i]), f"{symbol}, record {i}, {name}")
            decoded += 1
            names.add(name)
    print(json.dumps({"records": sum(map(len, records.values())), "decoded": decoded, "schemas": sorted(names)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
