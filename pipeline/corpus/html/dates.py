"""The day a page was first published: from its metadata, else its address, else the text near its headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from pipeline.corpus.layout.paragraphs import ends_sentence

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Names of <meta> for the first publication, in the order they are believed.
PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "datecreated",
    "article.published", "publishdate", "publish_date", "publish-date", "published_date", "pubdate",
    "publication_date", "originalpublicationdate", "article_date_original", "cxenseparse:recs:publishtime",
    "dc.date", "date", "article:published", "rnews:datepublished",
)  # fmt: skip
#: The day stands in one of the twelve lines below the headline, among byline, section and buttons for sharing.
BYLINES = 12
#: A line with the day has at most 16 words: "Published 4 March 2025 at 9.30, updated 5 March 2025".
BYLINE_WORDS = 16
#: Two stamps at most 36 hours apart tell one publication, maybe in two time zones; a day and a half is more than the
#: widest difference of zones (26 hours) and less than most revisions.
SAME_EVENT = timedelta(hours=36)
#: Earlier days are stamps of empty fields: 1970-01-01 is second 0 of Unix, 1980-01-01 of DOS.
EARLIEST = date(1981, 1, 1)
#: The offset of the place where a day begins first (UTC+14, Kiribati); a later date has begun nowhere yet.
_EARLIEST_ZONE = timedelta(hours=14)

_ISO = re.compile(
    r"(\d{4})[-/]?(\d\d)[-/]?(\d\d)(?:[T ]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?(?!\d)"
)
_EPOCH = re.compile(r"1[0-9]{9}(?:[0-9]{3})?")
_MONTHS = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_WORDED = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}|{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?),? (\d{{4}})\b", re.I
)
_CHANGED = re.compile(r"\W*(?:last )?(?:updated?|modified|edited|changed|reviewed)\b", re.I)
_IN_URL = re.compile(
    r"[/_-](20[0-3]\d|19[89]\d)([/_-]?)(\d\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))\2(\d{1,2})(?=[/_.?#-]|$)",
    re.I,
)


def find_published(
    tree: HtmlElement, stamped: str, modified: str, meta: Mapping[str, str], urls: Sequence[str], lines: Sequence[str]
) -> tuple[date | None, str]:
    """Find the day of first publication and where it comes from: "metadata", "url" or "page text".

    ``stamped`` and ``modified`` are JSON-LD's time stamps, ``meta`` the page's <meta> by name, ``urls`` its addresses,
    ``lines`` what stands below the headline. The day is the one of the time zone that the page writes in. Days that
    haven't begun anywhere are passed over; (None, "") when the page tells no day.
    """
    published = _from_metadata(tree, stamped, modified, meta)
    if published is not None:
        return published.date(), "metadata"
    for url in urls:
        day = day_in_url(url)
        if day is not None and _is_possible(day):
            return day, "url"
    day = _from_lines(lines) or _from_markup(tree)
    return (day, "page text") if day is not None else (None, "")


def parse_stamp(value: str) -> datetime | None:
    """A time stamp as machines and people write it in metadata; None for what is no full date."""
    value = value.strip()
    try:
        if _EPOCH.fullmatch(value):
            return datetime.fromtimestamp(int(value[:10]), UTC)
        if shape := _ISO.match(value):
            return _from_iso(shape)
        if worded := _WORDED.search(value):
            day, month, other, first, year = worded.groups()
            return datetime(int(year), _MONTHS[(month or other)[:3].lower()], int(day or first))
        return parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None


def _from_iso(shape: re.Match[str]) -> datetime:
    year, month, day, hour, minute, second, zone = shape.groups()
    offset = "+00:00" if zone in ("Z", "UTC", "GMT") else zone or ""
    text = f"{year}-{month}-{day}T{hour or '00'}:{minute or '00'}:{second or '00'}{offset}"
    return datetime.fromisoformat(text)


def day_in_url(url: str) -> date | None:
    """The day in an address such as /2024/05/31/ or /2024/may/31/."""
    for shape in _IN_URL.finditer(url.partition("?")[0]):
        year, _, month, day = shape.groups()
        number = int(month) if month.isdigit() else _MONTHS[month.lower()]
        try:
            return date(int(year), number, int(day))
        except ValueError:
            continue
    return None


def _is_possible(day: date) -> bool:
    return EARLIEST <= day <= (datetime.now(UTC) + _EARLIEST_ZONE).date()


def _from_metadata(tree: HtmlElement, stamped: str, modified: str, meta: Mapping[str, str]) -> datetime | None:
    """JSON-LD's stamp, unless the page's <meta> or markup tell of an earlier publication.

    They are believed against it only where JSON-LD gives the day of the change as that of publication.
    """
    values = [stamped, *(meta[name] for name in PUBLISHED if name in meta), *_marked_stamps(tree)]
    stamps = [stamp for stamp in map(parse_stamp, values) if stamp is not None and _is_possible(stamp.date())]
    if not stamps:
        return None
    first = stamps[0]
    is_revision = bool(modified) and stamped == modified
    earlier = [stamp for stamp in stamps if _to_instant(first) - _to_instant(stamp) > SAME_EVENT]
    return min(earlier, key=_to_instant) if earlier and is_revision else first


def _to_instant(stamp: datetime) -> datetime:
    """The stamp as a point in time; one without a zone is taken for UTC, so that any two can be compared."""
    return stamp.replace(tzinfo=UTC) if stamp.tzinfo is None else stamp


def _marked_stamps(tree: HtmlElement) -> Iterable[str]:
    """Microdata and <time pubdate>: marked as the day of publication."""
    for element in tree.iter("time", "span", "div", "meta", "p", "abbr"):
        names = (element.get("itemprop") or "").lower().split()
        if "datepublished" in names or (element.tag == "time" and element.get("pubdate") is not None):
            yield element.get("datetime") or element.get("content") or element.get("title") or element.text_content()


def _from_lines(lines: Sequence[str]) -> date | None:
    """The first day with its year in a short line, unless it says when the text was changed."""
    for line in lines[:BYLINES]:
        if line.count(" ") >= BYLINE_WORDS or ends_sentence(line) or _CHANGED.match(line):
            continue
        if worded := _WORDED.search(line):
            stamp = parse_stamp(worded[0])
            if stamp is not None and _is_possible(stamp.date()):
                return stamp.date()
    return None


def _from_markup(tree: HtmlElement) -> date | None:
    """What htmldate finds in markup and near the headline, without its search through the whole text."""
    import logging

    from htmldate import find_date
    from lxml.etree import LxmlError

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    latest = (datetime.now(UTC) + _EARLIEST_ZONE).strftime("%Y-%m-%d")
    try:
        day = find_date(tree, original_date=True, extensive_search=False, max_date=latest)
    except (LxmlError, ValueError, TypeError, AttributeError, LookupError, RecursionError, OverflowError):
        return None
    stamp = parse_stamp(day) if day else None
    return stamp.date() if stamp is not None and _is_possible(stamp.date()) else None
