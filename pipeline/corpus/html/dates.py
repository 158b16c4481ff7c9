"""The day a page was first published: from its metadata, else its address, else the text near its headline.

How days are written is known in ``pipeline.corpus.metadata.days``; here is only which of a page's days is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, TypeGuard

from pipeline.corpus.layout.paragraphs import ends_sentence
from pipeline.corpus.metadata.days import (
    EARLIEST_WEB,
    find_day_in_url,
    find_worded_day,
    is_plausible,
    latest_day,
    parse_timestamp,
)

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
#: Lines below the headline in which the day is looked for: byline, agency, date, share buttons; then comes the story.
BYLINES = 12
#: Blanks in such a line: fewer than this, as a longer line is a sentence that may tell of another day.
BYLINE_BLANKS = 16
#: Stamps this close tell one publication, maybe in two time zones (which are up to 26 hours apart).
SAME_EVENT = timedelta(hours=36)

#: When a page was changed, up to the end of what says so: "Last updated 9 March 2025 at 10:30 GMT".
_CHANGED = re.compile(r"\b(?:last )?(?:updated?|modified|edited|changed|reviewed|revised)\b[^|·•;\n]{0,60}", re.I)
#: What goes before all other days of a line.
_FIRST_PUBLISHED = re.compile(r"\b(?:first|originally) (?:published|posted)\b[^|·•;\n]{0,60}", re.I)


def find_published(
    tree: HtmlElement, stamped: str, modified: str, meta: Mapping[str, str], urls: Sequence[str], lines: Sequence[str]
) -> tuple[date | None, str]:
    """The day and where it comes from: "metadata", "url" or "page text"; (None, "") when the page tells none.

    ``stamped`` and ``modified`` are JSON-LD's datePublished and dateModified, ``meta`` the page's <meta> by name,
    ``lines`` what stands below the headline. The day is the one of the time zone that the page writes. Days that
    haven't begun anywhere are passed over.
    """
    stamp = _choose_stamp(tree, stamped, modified, meta)
    if stamp is not None:
        return stamp.date(), "metadata"
    for url in urls:
        day = find_day_in_url(url, EARLIEST_WEB)
        if day is not None:
            return day, "url"
    day = _find_day_in_lines(lines) or _find_day_in_markup(tree)
    return (day, "page text") if day is not None else (None, "")


def _choose_stamp(tree: HtmlElement, stamped: str, modified: str, meta: Mapping[str, str]) -> datetime | None:
    """JSON-LD's stamp; where that is the day of a revision, the earliest that <meta> or markup tell."""
    values = [stamped, *(meta[name] for name in PUBLISHED if name in meta), *_marked_days(tree)]
    stamps = [stamp for stamp in map(parse_timestamp, values) if _is_plausible_stamp(stamp)]
    if not stamps:
        return None
    first = stamps[0]
    if not modified or stamped != modified:
        return first
    earlier = [stamp for stamp in stamps if _moment(first) - _moment(stamp) > SAME_EVENT]
    return min(earlier, key=_moment, default=first)


def _is_plausible_stamp(stamp: datetime | None) -> TypeGuard[datetime]:
    return stamp is not None and is_plausible(stamp.date(), EARLIEST_WEB)


def _moment(stamp: datetime) -> datetime:
    """The stamp with a zone, so that it can be compared: without one it is taken for UTC."""
    return stamp.replace(tzinfo=UTC) if stamp.tzinfo is None else stamp


def _marked_days(tree: HtmlElement) -> Iterable[str]:
    """What microdata and <time pubdate> mark as the day of publication."""
    for element in tree.iter("time", "span", "div", "meta", "p", "abbr"):
        names = (element.get("itemprop") or "").lower().split()
        if "datepublished" in names or (element.tag == "time" and element.get("pubdate") is not None):
            yield element.get("datetime") or element.get("content") or element.get("title") or element.text_content()


def _find_day_in_lines(lines: Sequence[str]) -> date | None:
    """The first day with its year in a short line, unless it says when the text was changed."""
    short = [line for line in lines[:BYLINES] if line.count(" ") < BYLINE_BLANKS and not ends_sentence(line)]
    first_published = (match[0] for line in short if (match := _FIRST_PUBLISHED.search(line)))
    for words in (*first_published, *(_CHANGED.sub("", line) for line in short)):
        if day := find_worded_day(words, EARLIEST_WEB):
            return day
    return None


def _find_day_in_markup(tree: HtmlElement) -> date | None:
    """What htmldate finds in markup and near the headline, without its search through the whole text."""
    import logging

    from htmldate import find_date
    from lxml.etree import LxmlError

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    latest = latest_day().strftime("%Y-%m-%d")
    try:
        value = find_date(tree, original_date=True, extensive_search=False, max_date=latest)
    except (LxmlError, ValueError, TypeError, AttributeError, LookupError, RecursionError, OverflowError):
        return None
    stamp = parse_timestamp(value) if value else None
    return stamp.date() if _is_plausible_stamp(stamp) else None
