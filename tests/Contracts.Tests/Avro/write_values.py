#!/usr/bin/env python3
"""Writes values with Debian's python3-avro, for another implementation to read.

Usage: write_values.py SCHEMAS-FOLDER VALUES OUT-FOLDER

VALUES is a JSON list of {"schema": full name, "values": [Avro JSON, ...]}. For each schema OUT-FOLDER gets <name>.bin (bodies in a
row) and <name>.avro (a container file, deflate). Prints one line for each schema: name, count, and its canonical form as this
implementation has it. Logical types are left out: raw numbers and bytes are written.
"""
import io
import json
import os
import sys

import avro.datafile
import avro.io
import avro.schema


def plain(schema):
    """A schema without logical types."""
    if isinstance(schema, dict):
        return {name: plain(value) for name, value in schema.items() if name != "logicalType"}
    return [plain(branch) for branch in schema] if isinstance(schema, list) else schema


def value_of(schema, shown):
    """A datum of Avro JSON: unions unwrapped, bytes from code points."""
    kind = schema.type
    if kind == "union":
        if shown is None:
            return None
        name, inner = next(iter(shown.items()))
        branch = next(b for b in schema.schemas if getattr(b, "fullname", b.type) == name or b.type == name)
        return value_of(branch, inner)
    if kind == "record":
        return {field.name: value_of(field.type, shown[field.name]) for field in schema.fields}
    if kind == "array":
        return [value_of(schema.items, item) for item in shown]
    if kind in ("bytes", "fixed"):
        return shown.encode("latin-1")
    return float(shown) if kind in ("float", "double") else shown


def main(folder, values, out):
    with open(values, encoding="utf-8") as file:
        groups = json.load(file, parse_int=lambda text: -0.0 if text == "-0" else int(text))
    for group in groups:
        name = group["schema"]
        with open(os.path.join(folder, name + ".avsc"), encoding="utf-8") as file:
            schema = avro.schema.parse(json.dumps(plain(json.load(file))))
        data = [value_of(schema, value) for value in group["values"]]
        body = io.BytesIO()
        for datum in data:
            avro.io.DatumWriter(schema).write(datum, avro.io.BinaryEncoder(body))
        with open(os.path.join(out, name + ".bin"), "wb") as file:
            file.write(body.getvalue())
        file = open(os.path.join(out, name + ".avro"), "wb")
        with avro.datafile.DataFileWriter(file, avro.io.DatumWriter(), schema, "deflate") as writer:
            for datum in data:
                writer.append(datum)
        print(name, len(data), schema.canonical_form)


if __name__ == "__main__":
    main(*sys.argv[1:])
