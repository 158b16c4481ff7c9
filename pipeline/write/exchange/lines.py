"""JSON written piece by piece, so that memory doesn't grow with the corpus."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from pipeline.write.json_values import json_default


def to_json(value: Any) -> bytes:
    """The value as JSON on one line, in UTF-8; days are ISO 8601."""
    return json.dumps(value, ensure_ascii=False, default=json_default).encode()


def write_lines(values: Iterable[Any], stream: BinaryIO) -> None:
    """Write one JSON value a line."""
    stream.writelines(to_json(value) + b"\n" for value in values)


def write_array(values: Iterable[Any], stream: BinaryIO) -> None:
    """Write a JSON array, one of the values a line."""
    stream.write(b"[")
    for number, value in enumerate(values):
        stream.write((b",\n" if number else b"\n") + to_json(value))
    stream.write(b"\n]\n")


def without_empty(values: dict[str, Any]) -> dict[str, Any]:
    """The dictionary without the keys whose values are empty or unknown; 0 and false stay."""
    return {key: value for key, value in values.items() if value or value == 0}
