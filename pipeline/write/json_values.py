"""A claim's values as JSON has them, for claims.jsonl, gold and the review page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any


def json_value(value: object) -> Any:
    """The value of a claim's field for a reader of JSON: days as "2025-06-01", tuples as lists, None as ""."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return "" if value is None else value


def json_default(value: date | Mapping[str, Any]) -> Any:
    """For ``json.dumps(default=...)``: what JSON has no type for. None stays null, so that absent days are absent."""
    return value.isoformat() if isinstance(value, date) else dict(value)
