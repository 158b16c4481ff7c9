"""The day in a date as machines and mastheads write it. What could be two days is none."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

#: The clock of the place where a day begins first; a date beyond it is nowhere published yet.
EARLIEST_ZONE = timedelta(hours=14)
#: Older days are no publication days of news but defaults of some program (1601, 1900, 1904, 1970-01-01).
_DEFAULTS = frozenset({date(1970, 1, 1), date(1904, 1, 1), date(1900, 1, 1), date(1899, 12, 30), date(1601, 1, 1)})
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1)
    for name in names.split()
}  # fmt: skip
_MONTH = rf"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_BASIC = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T ]?\d{2}(?:\d{2}){0,2}(?:\.\d+)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?$")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?{_MONTH},?[ -]?(\d{{4}})\b", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)")


def latest_day() -> date:
    """The latest day that it is anywhere now; what bears a later one was not published on it."""
    return (datetime.now(UTC) + EARLIEST_ZONE).date()


def day_of(value: Any) -> date | None:
    """The day that ``value`` begins with or, in words, holds: ISO 8601, RFC 5322, "3 March 2025", "March 3, 2025",
    "20250303T101500Z", seconds or milliseconds since 1970. The day is that of the zone it is written in.

    None for anything else: for 03/04/2025, which is two days, and for days in the future.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _known(_of_epoch(float(value)))
    if not isinstance(value, str):
        return None
    text = " ".join(value.split())[:200]
    if re.fullmatch(r"\d{10}|\d{13}", text):
        return _known(_of_epoch(float(text)))
    found = _ISO.match(text)
    if found:
        return _known(_day(int(found[1]), int(found[3]), int(found[4])))
    found = _BASIC.match(text)
    if found:
        return _known(_day(int(found[1]), int(found[2]), int(found[3])))
    return day_in_words(text) or _known(_slashed(text))


def day_in_words(text: str) -> date | None:
    """The first whole date with its month in words in ``text``."""
    found = _DAY_MONTH.search(text)
    if found:
        return _known(_day(int(found[3]), _MONTHS[found[2].lower()], int(found[1])))
    found = _MONTH_DAY.search(text)
    return _known(_day(int(found[3]), _MONTHS[found[1].lower()], int(found[2]))) if found else None


def _slashed(text: str) -> date | None:
    """13/11/2024 and 11/13/2024 can be read in one way only; 3/4/2024 in two."""
    found = _SLASHED.match(text)
    if not found:
        return None
    first, second, year = (int(part) for part in found.groups())
    if first == second or first > 12:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _of_epoch(number: float) -> date | None:
    seconds = number / 1000 if number >= 1e11 else number
    if not 1e8 <= seconds < 1e11:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (OverflowError, OSError, ValueError):
        return None


def _known(day: date | None) -> date | None:
    """The day, if an article can have been published on it."""
    return day if day and day.year >= 1600 and day not in _DEFAULTS and day <= latest_day() else None
