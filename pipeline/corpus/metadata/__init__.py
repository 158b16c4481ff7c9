"""What the user says about an article: front matter at the top of the file, or a sidecar NAME.meta.json beside it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.corpus.limits import MAX_SIDECAR
from pipeline.corpus.metadata.days import latest_day, parse_iso_day
from pipeline.errors import UnreadableArticle
from pipeline.text.normalize import collapse_whitespace

#: How the name of a sidecar ends: "ferry.txt.meta.json" or "ferry.meta.json" speaks of "ferry.txt".
SIDECAR = ".meta.json"
#: What front matter and sidecars may say; other keys are passed over.
KEYS = ("title", "published", "publisher", "url", "authors", "language")
#: Lines in which front matter must be closed. It has a few; a second "---" further down is a rule between paragraphs.
FRONT_MATTER_LINES = 100
#: Characters of a line of front matter, on average, that are looked at for its end.
_LINE_CHARS = 500
#: Longer "names" in a byline are sentences.
_LONGEST_NAME = 80

#: "title: Ferry", "Published: 2025-03-04", "x-source: wire". Keys of ours in any case, others in lower case only: a
#: sentence with a colon ("He said: go") is no front matter.
_KEY_LINE = re.compile(rf"(?:([a-z][\w-]*)|((?i:{'|'.join(KEYS)})))\s*:(?:\s(.*)|$)")
#: Other lines that YAML may have: a value that goes on, an item of a list, a comment, a blank line.
_OTHER_YAML_LINE = re.compile(r"\s+\S.*|-\s.*|#.*|\s*")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article besides its text; a field is empty where nothing was said."""

    title: str = ""
    #: The day of publication, in the time zone of whoever wrote it down.
    published: date | None = None
    #: Who gave the day: "front matter", "sidecar", "metadata" (the format's own), "URL", "dateline", "file name",
    #: "--published"; of web pages "metadata", "url" or "page text".
    published_source: str = ""
    #: The newspaper, agency or site.
    publisher: str = ""
    #: The address of the article, as given.
    url: str = ""
    #: The writers' names, one each, in order.
    authors: tuple[str, ...] = ()
    #: The language as declared: "en", "en-GB".
    language: str = ""
    #: The part of the newspaper, maybe with the page: "NEWS; Pg. 4".
    section: str = ""


def parse_front_matter(text: str) -> tuple[Metadata, int]:
    """The metadata between "---" lines at the very top, and the offset where the article begins (0 without any).

    Lines are "key: value", the value quoted or not; unknown keys are passed over. Raises UnreadableArticle, naming the
    line, for a date that is none and for front matter that is opened but never closed.
    """
    if not re.match(r"---[ \t]*\r?\n", text):
        return Metadata(), 0
    values: dict[str, str] = {}
    places = dict.fromkeys(KEYS, "")
    for number, line, end in _numbered_lines(text):
        if line in ("---", "..."):
            return (_build_metadata(values, "front matter", places), end) if number > 2 else (Metadata(), 0)
        pair = _KEY_LINE.fullmatch(line)
        if pair is None and not _OTHER_YAML_LINE.fullmatch(line):
            break
        if pair is not None and (key := (pair[1] or pair[2]).lower()) in KEYS:
            values[key] = _unquote(pair[3] or "")
            places[key] = f"line {number}: "
    if values:
        raise UnreadableArticle(
            'the front matter opened in line 1 is never closed with "---"', 'Add a line "---" after it.'
        )
    return Metadata(), 0


def _numbered_lines(text: str) -> Iterator[tuple[int, str, int]]:
    """The lines below the first that may be front matter: number, line without its end, offset of the next line."""
    lines = text[: FRONT_MATTER_LINES * _LINE_CHARS].splitlines(keepends=True)[: FRONT_MATTER_LINES + 1]
    end = len(lines[0])
    for number, line in enumerate(lines[1:], start=2):
        end += len(line)
        yield number, line.rstrip(), end


def sidecars_of(article: Path) -> tuple[Path, Path]:
    """Where the sidecar of an article may be: NAME.txt.meta.json and NAME.meta.json beside NAME.txt."""
    return article.with_name(article.name + SIDECAR), article.with_name(article.stem + SIDECAR)


def read_sidecar(article: Path, is_allowed: Callable[[Path], bool]) -> Metadata:
    """The metadata in the article's sidecar; empty where there is none that ``is_allowed``.

    Raises UnreadableArticle, naming the file, when it isn't a JSON object of strings or its date is none.
    """
    for path in sidecars_of(article):
        if os.path.lexists(path) and is_allowed(path):
            return _parse_sidecar(_load_sidecar(path), path.name)
    return Metadata()


def split_authors(byline: str) -> list[str]:
    """The names in a byline: "By Ada Brandt and Tove Lund in Larnhaven" has two."""
    line = re.sub(r"^\s*by:?\s+", "", collapse_whitespace(byline), flags=re.IGNORECASE)
    line = re.split(r" in [A-Z]| ?[|(]", line, maxsplit=1)[0]
    names = re.split(r" ?; ?| ?, ?(?:and )?| (?:and|&) ", line)
    return [name for name in names if name and len(name) <= _LONGEST_NAME]


def merge_metadata(first: Metadata, second: Metadata) -> Metadata:
    """Field by field what ``first`` says, and where it says nothing what ``second`` says.

    The day and who gave it belong together and come from the same of the two.
    """
    dated = first if first.published else second
    return Metadata(
        title=first.title or second.title,
        published=dated.published,
        published_source=dated.published_source,
        publisher=first.publisher or second.publisher,
        url=first.url or second.url,
        authors=first.authors or second.authors,
        language=first.language or second.language,
        section=first.section or second.section,
    )


def _load_sidecar(path: Path) -> Any:
    """The value of a sidecar's JSON. Raises UnreadableArticle when it can't be read."""
    hint = f"Fix or delete {path.name}."
    try:
        if not path.is_file():
            raise UnreadableArticle(f"its sidecar {path.name} is not an ordinary file", hint)
        if path.stat().st_size > MAX_SIDECAR:
            raise UnreadableArticle(f"its sidecar {path.name} is larger than {MAX_SIDECAR // 1000} KB", hint)
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        reason = f"its sidecar {path.name} is not JSON: line {error.lineno}: {error.msg}"
        raise UnreadableArticle(reason, hint) from error
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        what = error.strerror if isinstance(error, OSError) else "not JSON in UTF-8"
        raise UnreadableArticle(f"its sidecar {path.name} can't be read: {what}", hint) from error


def _parse_sidecar(value: Any, name: str) -> Metadata:
    """The metadata in a sidecar's JSON value. Raises UnreadableArticle for another shape."""
    if not isinstance(value, dict):
        raise UnreadableArticle(f"its sidecar {name} is not a JSON object", 'Write it as {"title": "..."}.')
    texts: dict[str, str] = {}
    for key in KEYS:
        entry = value.get(key)
        if key == "authors" and isinstance(entry, list) and all(isinstance(author, str) for author in entry):
            entry = "; ".join(entry)
        if not isinstance(entry, str | None):
            raise UnreadableArticle(
                f'its sidecar {name}: "{key}" is not text', f"Put quotation marks around it in {name}, or delete it."
            )
        texts[key] = collapse_whitespace(entry or "")
    return _build_metadata(texts, "sidecar", dict.fromkeys(KEYS, f"its sidecar {name}: "))


def _build_metadata(values: Mapping[str, str], source: str, places: Mapping[str, str]) -> Metadata:
    """The metadata of texts by key; ``places`` says for errors where each was found."""
    published = _parse_published(values.get("published", ""), places["published"])
    return Metadata(
        title=values.get("title", ""),
        published=published,
        published_source=source if published else "",
        publisher=values.get("publisher", ""),
        url=values.get("url", ""),
        authors=tuple(split_authors(values.get("authors", ""))),
        language=values.get("language", ""),
    )


def _parse_published(value: str, place: str) -> date | None:
    """The day that the user gave, None for an empty value. Raises UnreadableArticle for what is no day or to come."""
    if not value:
        return None
    hint = "Write the date as YYYY-MM-DD, or leave it out."
    day = parse_iso_day(value)
    if day is None:
        raise UnreadableArticle(f'{place}"published" is not a date: {value[:60]}', hint)
    if day > latest_day():
        raise UnreadableArticle(f'{place}"published" lies in the future: {value[:60]}', hint)
    return day


def _unquote(value: str) -> str:
    """A YAML scalar on one line, without its quotation marks or the comment after it."""
    value = value.strip()
    if value[:1] in ("'", '"'):
        closing = value.find(value[0], 1)
        if closing > 0 and re.fullmatch(r"\s*(?:#.*)?", value[closing + 1 :]):
            return collapse_whitespace(value[1:closing])
    value = re.sub(r"(?<!\s)\s+#.*$", "", value)
    return "" if value in ("null", "~") else collapse_whitespace(value)
