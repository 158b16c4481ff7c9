"""Days as machines and mastheads write them: every way in which a publication day is read stands here.

=====================  ==========================================================  ================================
function               reads                                                       used for
=====================  ==========================================================  ================================
parse_timestamp        ISO 8601, RFC 5322, a day in words, seconds since 1970      web pages, which compare stamps
parse_day              all that, numbers, 04.03.2025, and 13/11/2024 where its     tables, JSON, feeds, mails, NITF
                       order is known (``find_day_order``)
find_worded_day        the first "4 March 2025" or "March 4, 2025" in a text       datelines, "Published ..." lines
find_day_in_url        /2025/03/04/, /2025/mar/04/, -2025-03-04-, -20250304.       addresses
find_day_in_file_name  2025-03-04, 2025_03_04, 2025.03.04, 20250304                names of files
parse_iso_day          2025-03-04, maybe with a time, and nothing else             front matter, sidecars
=====================  ==========================================================  ================================

A day is the one of the zone that it is written in. What could be two days is none: 03/04/2025, unless it is told or the
other days of its column show whether the day or the month stands first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Literal

from pipeline.text.normalize import collapse_whitespace

#: Which stands first in days of numbers alone, as in 03/04/2025; "" where nothing tells.
DayOrder = Literal["", "day", "month"]

#: The zone in which a day begins first, UTC+14 (Kiribati); a day that hasn't begun there is in the future everywhere.
EARLIEST_ZONE = timedelta(hours=14)
#: Newspapers have been printed since about 1605; tables of old papers are read, too.
EARLIEST_PRINT = date(1600, 1, 1)
#: No page of the web is older than the web; earlier days are zeros of some clock (1980-01-01 that of DOS and ZIP).
EARLIEST_WEB = date(1981, 1, 1)
#: Zeros of other clocks, which empty fields come out as: of Unix, old Macs, spreadsheets, Windows.
_CLOCK_ZEROS = frozenset({date(1970, 1, 1), date(1904, 1, 1), date(1900, 1, 1), date(1899, 12, 30), date(1601, 1, 1)})
#: Characters of a value that are looked at: a date is shorter, and a regular expression isn't run over an article.
_LONGEST_VALUE = 200

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1)
    for name in names.split()
}  # fmt: skip
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_SHORT_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
#: "4 March 2025", "4th of Mar., 2025", "4-Mar-2025"; "March 4, 2025", "Mar. 4th 2025".
_WORDED = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?(?P<month>{_MONTH}),?[ -]?(?P<year>\d{{4}})\b"
    rf"|\b(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year2>\d{{4}})\b",
    re.IGNORECASE,
)
#: "2025-03-04", "2025/3/4", "2025.03.04"; "20250304", maybe with hours, minutes and seconds run on ("20250304093000").
_ISO_DAY = re.compile(
    r"(?P<year>\d{4})(?:([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)"
    r"|(?P<month2>\d\d)(?P<day2>\d\d)(?!\d(?!\d{3}(?:\d\d)?(?!\d))))"
)
#: After the day: "T09:30:00+01:00", " 09:30 GMT", "T093000Z", "093000".
_ISO_TIME = re.compile(r"[T ]*(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?(?!\d)\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?")
_ISO_STRICT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?")
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? ", re.IGNORECASE)
#: Ten digits are seconds since 1970 (September 2001 to 2286), thirteen milliseconds.
_EPOCH = re.compile(r"\d{10}|\d{13}")
#: Seconds since 1970 that a number is taken for: from 1973 on, as smaller numbers are counts; larger ones are
#: milliseconds.
_EPOCH_SECONDS = (1e8, 1e11)
_SLASHED = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
_IN_URL = re.compile(
    rf"[/_-](?:(?P<year>\d{{4}})([/_-])(?P<month>\d{{1,2}}|{_SHORT_MONTH})\2(?P<day>\d{{1,2}})"
    r"|(?P<year2>\d{4})(?P<month2>\d\d)(?P<day2>\d\d))(?=[/_.?#-]|$)",
    re.IGNORECASE,
)
_IN_FILE_NAME = re.compile(r"(?<!\d)(?P<year>\d{4})([-_.]?)(?P<month>\d{2})\2(?P<day>\d{2})(?!\d)")


def latest_day() -> date:
    """The latest day that it is anywhere now; what bears a later one was not published on it."""
    return (datetime.now(UTC) + EARLIEST_ZONE).date()


def is_plausible(day: date, earliest: date = EARLIEST_PRINT) -> bool:
    """Whether an article can have been published on the day.

    It isn't before ``earliest``, which is ``EARLIEST_WEB`` for what only the web has; it has begun somewhere; and it
    is not the zero of some clock, which is what programs write for an empty field.
    """
    return earliest <= day <= latest_day() and day not in _CLOCK_ZEROS


def parse_timestamp(text: str) -> datetime | None:
    """The moment that a text begins with, or whose day it holds in words; midnight where it tells no time.

    Reads ISO 8601 in both its forms, RFC 5322 ("Tue, 4 Mar 2025 09:30:00 GMT"), a day in words anywhere in the text,
    and seconds or milliseconds since 1970. Only with a zone in the text (or since 1970, which is UTC) the result has
    one. It may be implausible: ``is_plausible`` tells. None for anything else.
    """
    text = collapse_whitespace(text)[:_LONGEST_VALUE]
    if weekday := _WEEKDAY.match(text):
        text = text[weekday.end() :]
    for parse in _TIMESTAMP_FORMS:
        matched, stamp = parse(text)
        if matched:
            return stamp
    return None


def parse_day(value: Any, order: DayOrder = "") -> date | None:
    """The plausible publication day in the value of a field: a day, a text or a number; None for anything else.

    What ``parse_timestamp`` reads, numbers (seconds or milliseconds since 1970), and days of numbers alone in the
    ``order`` given. Without one those that can be read in one way only are read (13/11/2024, 11/13/2024, 5/5/2024, but
    not 3/4/2024), and with full stops, which nobody writes otherwise, the day stands first (03.04.2024).
    """
    if isinstance(value, bool):
        return None
    day: date | None = None
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
    elif isinstance(value, int | float):
        stamp = _from_epoch(float(value))
        day = stamp and stamp.date()
    elif isinstance(value, str):
        stamp = parse_timestamp(value)
        day = stamp.date() if stamp else _parse_slashed(value.strip(), order)
    return day if day and is_plausible(day) else None


def find_day_order(values: Iterable[Any]) -> DayOrder:
    """What the days of one column show: 13/11/2024 that the day stands first in all, 11/13/2024 that the month does.

    "" when none shows it, or one shows the day and another the month.
    """
    matches = (_SLASHED.match(value.strip()) for value in values if isinstance(value, str))
    numbers = [(int(match[1]), int(match[3])) for match in matches if match]
    orders: set[DayOrder] = {"day" for first, second in numbers if first > 12 >= second}
    orders |= {"month" for first, second in numbers if second > 12 >= first}
    return orders.pop() if len(orders) == 1 else ""


def find_worded_day(text: str, earliest: date = EARLIEST_PRINT) -> date | None:
    """The first whole day with its month in words in the text; None without one and where it is not plausible."""
    match = _WORDED.search(text)
    day = _day_of_match(match) if match else None
    return day if day and is_plausible(day, earliest) else None


def find_day_in_url(url: str, earliest: date = EARLIEST_PRINT) -> date | None:
    """The first plausible day in an address's path; its host and what follows "?" don't count."""
    path = re.sub(r"^[a-z]+://[^/]*", "", url.strip(), flags=re.IGNORECASE).partition("?")[0]
    days = map(_day_of_match, _IN_URL.finditer(path))
    return next((day for day in days if day and is_plausible(day, earliest)), None)


def find_day_in_file_name(name: str) -> date | None:
    """The day in the name of a file, without its folders: "2024-11-13_plant.txt"; None if it is not plausible."""
    match = _IN_FILE_NAME.search(name)
    day = _day_of_match(match) if match else None
    return day if day and is_plausible(day) else None


def parse_iso_day(text: str) -> date | None:
    """The day of an ISO date or date-time with hyphens, as a user is asked to write it; None for anything else.

    The time of day isn't looked at, nor whether the day is plausible.
    """
    match = _ISO_STRICT.fullmatch(text)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _parse_epoch(text: str) -> tuple[bool, datetime | None]:
    match = _EPOCH.fullmatch(text)
    return match is not None, _from_epoch(float(text)) if match else None


def _parse_iso(text: str) -> tuple[bool, datetime | None]:
    match = _ISO_DAY.match(text)
    day = _day_of_match(match) if match else None
    if match is None or day is None:
        return match is not None, None
    return True, _with_time(day, _ISO_TIME.match(text, match.end()))


def _parse_worded(text: str) -> tuple[bool, datetime | None]:
    match = _WORDED.search(text)
    day = _day_of_match(match) if match else None
    return match is not None, datetime.combine(day, time()) if day else None


def _parse_rfc5322(text: str) -> tuple[bool, datetime | None]:
    """What the others leave: two-digit years, and the form of C's asctime ("Tue Mar 4 09:30:00 2025")."""
    try:
        return True, parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return False, None


#: Tried in this order; each says whether the text has its form, and if so which moment it is (None: an impossible one).
_TIMESTAMP_FORMS: tuple[Callable[[str], tuple[bool, datetime | None]], ...] = (
    _parse_epoch,
    _parse_iso,
    _parse_worded,
    _parse_rfc5322,
)


def _with_time(day: date, clock: re.Match[str] | None) -> datetime:
    """The day at the time that follows it; at midnight where that is none, as 25:00 is."""
    midnight = datetime.combine(day, time())
    if clock is None:
        return midnight
    hour, minute, second, zone = clock.groups()
    offset = "+00:00" if zone in ("Z", "UTC", "GMT") else zone or ""
    try:
        return datetime.fromisoformat(f"{day.isoformat()}T{hour}:{minute}:{second or '00'}{offset}")
    except ValueError:
        return midnight


def _day_of_match(match: re.Match[str]) -> date | None:
    """The day in the groups "year", "month" and "day" of a match, or in those with a 2; None for 30 February."""
    groups = match.groupdict()
    year, month, day = (groups[name] or groups.get(f"{name}2") or "" for name in ("year", "month", "day"))
    number = int(month) if month.isdigit() else _MONTHS[month.lower().rstrip(".")]
    return _make_day(int(year), number, int(day))


def _parse_slashed(text: str, order: DayOrder) -> date | None:
    """13/11/2024 and 11/13/2024 can be read in one way only; 3/4/2024 in two, unless the order is known."""
    match = _SLASHED.match(text)
    if not match:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if not order and match[2] == ".":
        order = "day"
    if first == second or first > 12 or (order == "day" and second <= 12):
        return _make_day(year, second, first)
    return _make_day(year, first, second) if second > 12 or order == "month" else None


def _make_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _from_epoch(number: float) -> datetime | None:
    """The moment that many seconds, or for large numbers milliseconds, after 1970; None for other numbers."""
    low, high = _EPOCH_SECONDS
    seconds = number / 1000 if number >= high else number
    if not low <= seconds < high:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
