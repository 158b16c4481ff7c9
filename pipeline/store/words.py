"""Where words that a reviewer wrote stand in an article, however their program changed quotation marks and blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.records import Article, Span, Spans
from pipeline.text.normalize import collapse_whitespace, straighten_punctuation
from pipeline.text.reflow import reflow
from pipeline.text.spans import PART_JOIN, overlap_length

#: The column whose words a role's spans hold.
WORDS_OF = {
    "source": "speaker_text", "cue": "cue", "trigger": "trigger", "target": "target", "actor": "actor",
    "place": "place", "date": "date_text", "cause": "cause",
}  # fmt: skip


def find_in(article: Article, words: str, near: int = 0) -> Spans:
    """The place of the words nearest to the offset, as ``places_in`` has them; () when not all of them are there."""
    return min(places_in(article, words), key=lambda spans: abs(spans[0][0] - near), default=())


def places_in(article: Article, words: str) -> Iterator[Spans]:
    """``find_all`` in an article's text with its broken lines and hyphens overlooked; offsets are the article's."""
    read = reflow(article)
    for spans in find_all(read.article.text, words):
        yield tuple(map(read.to_source, spans))


def find_all(text: str, words: str) -> Iterator[Spans]:
    """Every place where the words stand; quotation marks, dashes, blanks and case may differ.

    Parts joined by " [...] " are looked for one after the other. Words inside longer ones count only where there are no
    others.
    """
    straight = straighten_punctuation(text, hyphens=True)
    first, *others = (
        collapse_whitespace(straighten_punctuation(part, hyphens=True)) for part in words.split(PART_JOIN.strip())
    )
    starts = _all(straight, first) or _all(straight, first.strip("\"' ")) or _all(straight, first, whole=False)
    for start in starts:
        found = [start]
        for part in others:
            span = _find(straight, part, found[-1][1]) or _find(straight, part.strip("\"' "), found[-1][1])
            if span is None:
                return
            found.append(span)
        yield tuple(found)


def place_roles(article: Article, kind: str, own: Span, values: Mapping[str, str | Sequence[str]]) -> dict[str, Spans]:
    """Spans by role for the words in ``values`` (by column), each nearest to the claim's own words; () for none.

    Of a quote they stand beside its ``own`` words if they can, of an event inside.
    """
    apart = kind == "quote"

    def distance(spans: Spans) -> tuple[bool, int, int]:
        start, end = spans[0][0], spans[-1][1]
        return (overlap_length((start, end), own) > 0) == apart, max(start - own[1], own[0] - end, 0), start

    placed: dict[str, Spans] = {}
    for role, column in WORDS_OF.items():
        if column in values:
            words = values[column]
            each = [words] if isinstance(words, str) else words
            nearest = (min(places_in(article, one), key=distance, default=()) for one in each if one)
            placed[role] = tuple(span for spans in nearest for span in spans)
    return placed


def _all(straight: str, words: str, *, whole: bool = True) -> list[Span]:
    return [match.span() for match in _pattern(words, whole).finditer(straight)] if words else []


def _find(straight: str, words: str, at: int) -> Span | None:
    match = _pattern(words, whole=False).search(straight, at) if words else None
    return match.span() if match else None


def _pattern(words: str, whole: bool) -> re.Pattern[str]:
    """The words with any blanks between them; ``whole``: not as a part of longer ones."""
    start, end = (r"(?<!\w)", r"(?!\w)") if whole else ("", "")
    head, tail = start if words[0].isalnum() else "", end if words[-1].isalnum() else ""
    return re.compile(head + r"\s+".join(map(re.escape, words.split(" "))) + tail, re.IGNORECASE)
