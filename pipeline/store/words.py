"""Find words that a reviewer wrote in an article, however their program changed quotation marks, dashes and blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.records import Article, Span, Spans
from pipeline.text.normalize import collapse_whitespace, straighten_punctuation
from pipeline.text.reflow import reflow
from pipeline.text.spans import PART_JOIN, overlap_length

#: For each role of ``Claim.spans`` the column whose words the spans hold. To let reviewers correct the place of a
#: further role, add it here and its column to ``corrections``.
ROLE_COLUMNS = {
    "source": "speaker_text", "cue": "cue", "trigger": "trigger", "target": "target", "actor": "actor",
    "place": "place", "date": "date_text", "cause": "cause",
}  # fmt: skip
#: What may be left out around words that are looked for: the reviewer's quotation marks need not be the article's.
_QUOTATION_MARKS = "\"' "


def find_nearest(article: Article, words: str, near: int = 0) -> Spans:
    """The occurrence of the words in the article that is nearest to the offset ``near``; () when there is none."""
    return min(find_in_article(article, words), key=lambda spans: abs(spans[0][0] - near), default=())


def find_in_article(article: Article, words: str) -> Iterator[Spans]:
    """As ``find_words`` in the article's text, across broken lines and hyphenation; offsets are the article's."""
    reflowed = reflow(article)
    for spans in find_words(reflowed.article.text, words):
        yield tuple(map(reflowed.to_source, spans))


def find_words(text: str, words: str) -> Iterator[Spans]:
    """Every place where the words stand in the text, whatever their quotation marks, dashes, blanks and case.

    Words that " [...] " joins are parts: a place has one span for each, and each part is looked for after the one
    before. Matches inside longer words count only where there are no others: "mine" is found in "miners" unless the
    text has the word itself.
    """
    straight = straighten_punctuation(text, hyphens=True)
    first, *others = (
        collapse_whitespace(straighten_punctuation(part, hyphens=True)) for part in words.split(PART_JOIN.strip())
    )
    starts = (
        _find_all(straight, first, whole_words=True)
        or _find_all(straight, first.strip(_QUOTATION_MARKS), whole_words=True)
        or _find_all(straight, first, whole_words=False)
    )
    for start in starts:
        spans = [start]
        for part in others:
            offset = spans[-1][1]
            span = _find_after(straight, part, offset) or _find_after(straight, part.strip(_QUOTATION_MARKS), offset)
            if span is None:
                return
            spans.append(span)
        yield tuple(spans)


def place_roles(
    article: Article, claim_type: str, extent: Span, values: Mapping[str, str | Sequence[str]]
) -> dict[str, Spans]:
    """Spans by role for the words in ``values`` (by column), () for words that the article doesn't have.

    Of several occurrences the nearest to the claim's own words, ``extent``, is taken: for a quote preferably outside
    them (the cue isn't part of the content), for an event preferably inside.
    """
    prefer_outside = claim_type == "quote"

    def distance(spans: Spans) -> tuple[bool, int, int]:
        start, end = spans[0][0], spans[-1][1]
        stands_inside = overlap_length((start, end), extent) > 0
        return stands_inside == prefer_outside, max(start - extent[1], extent[0] - end, 0), start

    placed: dict[str, Spans] = {}
    for role, column in ROLE_COLUMNS.items():
        if column in values:
            value = values[column]
            phrases = [value] if isinstance(value, str) else value
            nearest = (min(find_in_article(article, words), key=distance, default=()) for words in phrases if words)
            placed[role] = tuple(span for spans in nearest for span in spans)
    return placed


def _find_all(straight: str, words: str, *, whole_words: bool) -> list[Span]:
    return [match.span() for match in _pattern(words, whole_words).finditer(straight)] if words else []


def _find_after(straight: str, words: str, offset: int) -> Span | None:
    match = _pattern(words, whole_words=False).search(straight, offset) if words else None
    return match.span() if match else None


def _pattern(words: str, whole_words: bool) -> re.Pattern[str]:
    """The words with any white space between them; ``whole_words``: not as a part of longer ones."""
    before, after = (r"(?<!\w)", r"(?!\w)") if whole_words else ("", "")
    start = before if words[0].isalnum() else ""
    end = after if words[-1].isalnum() else ""
    return re.compile(start + r"\s+".join(map(re.escape, words.split(" "))) + end, re.IGNORECASE)
