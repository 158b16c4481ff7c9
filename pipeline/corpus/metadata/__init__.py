"""What the user says about an article: front matter at the top of the file, or a sidecar NAME.meta.json beside it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.corpus.metadata.days import latest_day
from pipeline.errors import UnreadableArticle

SIDECAR = ".meta.json"
KEYS = ("title", "published", "publisher", "url", "authors", "language")
#: Front matter is a few lines; a second "---" further down is a rule between paragraphs.
FRONT_MATTER_LINES = 100

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?")
_KEY = re.compile(rf"(?:([a-z][\w-]*)|((?i:{'|'.join(KEYS)})))\s*:(?:\s(.*)|$)")
_FILLER = re.compile(r"\s+\S.*|-\s.*|#.*|\s*")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article; empty where nothing was said. ``published_source`` says who gave the date."""

    title: str = ""
    published: date | None = None
    published_source: str = ""
    publisher: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""


def front_matter(text: str) -> tuple[Metadata, int]:
    """The metadata between "---" lines at the very top, and the offset where the article begins (0 without any).

    Lines are "key: value", the value quoted or not; unknown keys are passed over. Raises UnreadableArticle, naming the
    line, for a date that is none and for front matter that is opened but never closed.
    """
    if not re.match(r"---[ \t]*\r?\n", text):
        return Metadata(), 0
    values: dict[str, str] = {}
    lines = text[: FRONT_MATTER_LINES * 500].splitlines(keepends=True)[: FRONT_MATTER_LINES + 1]
    at = len(lines[0])
    where = dict.fromkeys(KEYS, "")
    for number, line in enumerate(lines[1:], start=2):
        at += len(line)
        content = line.rstrip()
        if content in ("---", "..."):
            return (_metadata(values, "front matter", where), at) if number > 2 else (Metadata(), 0)
        pair = _KEY.fullmatch(content)
        if pair is None and not _FILLER.fullmatch(content):
            break
        if pair is not None and (key := (pair[1] or pair[2]).lower()) in KEYS:
            values[key] = _unquoted(pair[3] or "")
            where[key] = f"line {number}: "
    if values:
        raise UnreadableArticle('front matter opened in line 1 is never closed with "---"', "Add the closing line.")
    return Metadata(), 0


def sidecar(article: Path) -> Metadata:
    """The metadata in NAME.txt.meta.json or NAME.meta.json beside NAME.txt; empty without such a file.

    Raises UnreadableArticle, naming the file, when it is no JSON object of texts or its date is none.
    """
    for name in (article.name + SIDECAR, article.stem + SIDECAR):
        path = article.with_name(name)
        if os.path.lexists(path):
            return _read_sidecar(path)
    return Metadata()


def split_authors(byline: str) -> list[str]:
    """The names in a byline: "By Ada Brandt and Tove Lund in Larnhaven" has two."""
    line = re.sub(r"^\s*by:?\s+", "", " ".join(byline.split()), flags=re.IGNORECASE)
    line = re.split(r" in [A-Z]| ?[|(]", line, maxsplit=1)[0]
    parts = re.split(r" ?; ?| ?, ?(?:and )?| (?:and|&) ", line)
    return [part for part in parts if part and len(part) <= 80]


def combined(first: Metadata, second: Metadata) -> Metadata:
    """Field by field what ``first`` says, and where it says nothing what ``second`` says."""
    dated = first if first.published else second
    return Metadata(
        title=first.title or second.title,
        published=dated.published,
        published_source=dated.published_source,
        publisher=first.publisher or second.publisher,
        url=first.url or second.url,
        authors=first.authors or second.authors,
        language=first.language or second.language,
    )


def _read_sidecar(path: Path) -> Metadata:
    mend = f"Mend or delete {path.name}."
    try:
        if not path.is_file():
            raise UnreadableArticle(f"its sidecar {path.name} is no ordinary file", mend)
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        reason = f"its sidecar {path.name} is no JSON: line {error.lineno}: {error.msg}"
        raise UnreadableArticle(reason, mend) from error
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        what = error.strerror if isinstance(error, OSError) else "no JSON in UTF-8"
        raise UnreadableArticle(f"its sidecar {path.name} can't be read: {what}", mend) from error
    if not isinstance(found, dict):
        raise UnreadableArticle(f"its sidecar {path.name} is no JSON object", 'Write it as {"title": "..."}.')
    values: dict[str, str] = {}
    for key in KEYS:
        value = found.get(key)
        if key == "authors" and isinstance(value, list) and all(isinstance(name, str) for name in value):
            value = "; ".join(value)
        if not isinstance(value, str | None):
            raise UnreadableArticle(f'its sidecar {path.name}: "{key}" is no text', mend)
        values[key] = " ".join((value or "").split())
    return _metadata(values, "sidecar", dict.fromkeys(KEYS, f"its sidecar {path.name}: "))


def _metadata(values: Mapping[str, str], source: str, where: Mapping[str, str]) -> Metadata:
    published = _day(values.get("published", ""), where["published"])
    return Metadata(
        title=values.get("title", ""),
        published=published,
        published_source=source if published else "",
        publisher=values.get("publisher", ""),
        url=values.get("url", ""),
        authors=tuple(split_authors(values.get("authors", ""))),
        language=values.get("language", ""),
    )


def _day(value: str, where: str) -> date | None:
    """The day of an ISO date or date-time; None for an empty value. The time of day isn't looked at."""
    if not value:
        return None
    hint = "Write the date as YYYY-MM-DD, or leave it out."
    shape = _DATE.fullmatch(value)
    try:
        day = date.fromisoformat(shape[1]) if shape else None
    except ValueError:
        day = None
    if day is None:
        raise UnreadableArticle(f'{where}"published" is no date: {value[:60]}', hint)
    if day > latest_day():
        raise UnreadableArticle(f'{where}"published" lies in the future: {value[:60]}', hint)
    return day


def _unquoted(value: str) -> str:
    """A YAML scalar on one line, without its quotation marks or the comment after it."""
    value = value.strip()
    if value[:1] in ("'", '"'):
        closed = value.find(value[0], 1)
        if closed > 0 and re.fullmatch(r"\s*(?:#.*)?", value[closed + 1 :]):
            return " ".join(value[1:closed].split())
    value = re.sub(r"(?<!\s)\s+#.*$", "", value)
    return "" if value in ("null", "~") else " ".join(value.split())
