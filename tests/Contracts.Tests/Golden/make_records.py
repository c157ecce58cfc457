"""Writes records.json: one value of each record of schemas/, encoded by Debian's python3-avro.

Run from this folder: /usr/bin/python3 make_records.py
Values are in Avro's JSON encoding; bytes and fixed are strings of code points 0 to 255.
"""
import io
import json
import pathlib

import avro
import avro.io
import avro.schema

SCHEMAS = pathlib.Path(__file__).resolve().parents[3] / "schemas"
SERIES = {"symbol": "AAPL", "interval": "1d", "source": "csv"}
SHA = "".join(chr(i * 7 % 256) for i in range(32))


def price(micros):
    return micros.to_bytes(8, "big", signed=True).decode("latin-1")


def nullable(value):
    return None if value is None else {"double": value}


def intervals(point):
    return [
        {"level": 0.5, "lower": nullable(point - 1.25), "upper": nullable(point + 1.25), "kind": "WARMING"},
        {"level": 0.8, "lower": nullable(point - 2.5), "upper": nullable(point + 2.5), "kind": "BOUNDED"},
        {"level": 0.95, "lower": None, "upper": None, "kind": "UNBOUNDED"},
    ]


def row(end):
    return {"bar_end": end, "target_end": end + 86_400_000_000, "close": 187.25, "target_close": 189.1,
            "target_return": 0.009831, "scale": 0.0123, "features": [0.5, -1.25, 3.0]}


VALUES = {
    "Tick": {"symbol": "SPY", "source": "iex", "event_time": 1572442200123456, "price": price(303_210_000), "size": 100, "sequence": 7422},
    "SourceBar": {"symbol": "BRK.B", "source": "csv", "interval": "1d", "start": 1572442200000000, "end": 1572465600000000,
                  "open": price(212_000_001), "high": price(213_500_000), "low": price(211_250_000), "close": price(212_999_999),
                  "volume": 3_000_000_000, "sequence": 1},
    "Watermark": {"symbol": "日本", "source": "feed", "time": -1, "sequence": 9_007_199_254_740_993},
    "CorporateAction": {"symbol": "AAPL", "source": "csv", "kind": "DIVIDEND", "effective": 1402320600000000,
                        "price_factor": 1 / 7, "volume_factor": 7.0, "sequence": 12},
    "IngestPosition": {"source": "csv", "symbol": "AAPL", "event_time": 1572465600000000, "sequence": 64},
    "RawPayload": {"symbol": "MSFT", "source": "web", "fetched_at": 1572465600000001, "content_type": "application/json",
                   "payload": "".join(map(chr, range(256)))},
    "Bar": {**SERIES, "start": 1572442200000000, "end": 1572465600000000, "open": price(1), "high": price(999_999_999_999_999_999),
            "low": price(-1), "close": price(0), "volume": 0, "ticks": 407},
    "MicroBatch": {**SERIES, "bar_end": 1572465600000000, "target_time": 1572552000000000, "restarted": True, "close": 187.25,
                   "scale": 0.0123, "range_volatility": 0.0111, "volatility_inputs": [0.1, 0.2, 0.3, -0.4],
                   "features": [1.5, -0.0, 0.015625], "rows": [row(1572379200000000), row(1572465600000000)],
                   "fingerprint": -6_148_914_691_236_517_206, "epoch": 6_148_914_691_236_517_205, "provisional": True, "remaining_share": 0.25},
    "ModelPromotion": {**SERIES, "model_id": SHA, "trained_until": 1572379200000000, "effective_from": 1572465600000000,
                       "fingerprint": 5, "artefact": "\x00\x01\xfe\xff", "hybrid_artefact": "", "decision": "{\"p\":0.01}", "initial": True},
    "Forecast": {**SERIES, "made_at": 1572465600000000, "target_time": 1572552000000000, "last_close": 187.25, "scale": 0.0123,
                 "served": "online", "drift": "ALARM", "fingerprint": 1, "epoch": -1, "strategies": [
                     {"strategy": "naive", "predicted_return": 0.0, "predicted_close": 187.25, "model_id": None, "steps": 0,
                      "weight": 0.0, "intervals": intervals(187.25)},
                     {"strategy": "online", "predicted_return": 0.001, "predicted_close": 187.4373, "model_id": {"kafka.stock.Sha256": SHA},
                      "steps": 3210, "weight": 1.0, "intervals": []}], "provisional": True},
    "Score": {**SERIES, "made_at": 1572465600000000, "target_end": 1572552000000000, "last_close": 187.25, "actual_close": 189.1,
              "actual_return": 0.009831, "count": 42, "loss": None, "skipped_steps": 1, "served": "online", "epoch": -1, "strategies": [
                  {"strategy": "naive", "predicted_return": 0.0, "absolute_error": 0.009831, "mase": {"double": 1.0}, "intervals": [
                      {"level": 0.9, "kind": "BOUNDED", "hit": True, "winkler": {"double": 0.04}, "coverage": 0.9, "coverage_bound": 0.01},
                      {"level": 0.95, "kind": "EMPTY", "hit": False, "winkler": None, "coverage": 0.0, "coverage_bound": 1.0}]},
                  {"strategy": "drift", "predicted_return": 1e-05, "absolute_error": 0.0098, "mase": None, "intervals": []}],
              "provisional": False, "regret": -1.5, "regret_bound": 12.25},
    "DriftAlarm": {**SERIES, "at": 1572465600000000, "detector": "page-hinkley", "strategy": "online", "before": 0.75, "after": 1.5, "count": 1006},
    "FoldProgress": {"next_offset": 9_223_372_036_854_775_807, "epoch": -9_223_372_036_854_775_808},
    "FoldStatePart": {**SERIES, "slot": 300, "covered_offset": 12_345, "format_version": 1, "fingerprint": 77, "bytes": "state\x80"},
    "FoldSkip": {"offset": 81_220, "reason": "price of –4.2"},
    "FoldEpoch": {"epoch": 77, "options": "seed=1\nhorizon=1"},
    "ReferenceBar": {"symbol": "SPY", "source": "csv", "interval": "1d", "start": 1572442200000000, "end": 1572465600000000,
                     "open": price(302_000_001), "high": price(303_500_000), "low": price(301_250_000), "close": price(302_999_999),
                     "volume": 3_000_000_001, "sequence": 2},
    "RetrainDecision": {"interval": "1d", "decided_at": 1572465600000000, "effective_from": 1572552000000000, "trigger": "month",
                        "promoted": True, "reason": "not worse", "gate": "off", "recipe": "default", "series": 2, "days": 63, "rows": 126,
                        "candidate_loss": {"double": 0.75}, "champion_loss": {"double": 0.76}, "naive_loss": None,
                        "versus_champion": {"double": -0.01}, "versus_champion_upper": {"double": 0.002}, "versus_naive": None,
                        "versus_naive_upper": None, "margin": {"double": 0.0038}, "models": [
                            {"symbol": "AAPL", "source": "csv", "model_id": SHA, "rows": 1000, "trained_until": 1572379200000000}],
                        "checks": [{"check": "jumps", "status": "warned", "rows": 3269, "bad": 2, "acknowledged": 1,
                                    "named": ["AAPL/1d/csv 2000-09-29T20:00:00Z: close 25.75", "IBM/1d/csv 2000-10-18T20:00:00Z: –"]}],
                        "evidence": [
                            {"strategy": "aggregate", "days": 2520, "rows": 7560, "e_naive": {"double": 2.5}, "e_naive_max": {"double": 41.0},
                             "e_online": {"double": 1.0142320547350045e-304}, "e_online_max": {"double": 1.0142320547350045e304}},
                            {"strategy": "naive", "days": 0, "rows": 0, "e_naive": None, "e_naive_max": None, "e_online": None,
                             "e_online_max": None}]},
}


def plain(schema, value):
    """From the JSON encoding to what python3-avro takes: no branch names, bytes as bytes."""
    if schema.type == "union":
        return None if value is None else plain(schema.schemas[1], next(iter(value.values())))
    if schema.type == "record":
        return {field.name: plain(field.type, value[field.name]) for field in schema.fields}
    if schema.type == "array":
        return [plain(schema.items, item) for item in value]
    if schema.type in ("bytes", "fixed"):
        return value.encode("latin-1")
    return value


def without_logical_types(schema):
    """Bits are compared here, not what they mean."""
    if isinstance(schema, dict):
        return {key: without_logical_types(value) for key, value in schema.items() if key not in ("logicalType", "precision", "scale")}
    return [without_logical_types(item) for item in schema] if isinstance(schema, list) else schema


def encode(name, value):
    text = (SCHEMAS / f"kafka.stock.{name}.avsc").read_text()
    schema = avro.schema.parse(json.dumps(without_logical_types(json.loads(text))))
    out = io.BytesIO()
    avro.io.DatumWriter(schema).write(plain(schema, value), avro.io.BinaryEncoder(out))
    return out.getvalue()


cases = [{"schema": f"kafka.stock.{name}", "value": value, "bytes_hex": encode(name, value).hex()} for name, value in VALUES.items()]
pathlib.Path("records.json").write_text(
    "[\n" + ",\n".join(json.dumps(case, ensure_ascii=True) for case in cases) + "\n]\n")
print(f"python3-avro {avro.__version__}: {len(cases)} records")
