"""Captions by where they stand: said twice, or with a picture credit or a bare name below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.corpus.layout.boilerplate import LineKind
from pipeline.corpus.layout.credits import is_person
from pipeline.corpus.layout.datelines import dateline_length
from pipeline.corpus.layout.paragraphs import QUOTED, Paragraph, is_prose

#: Characters that a caption has: shorter lines are names and sections, longer ones paragraphs of the story.
CAPTION_CHARS = range(30, 601)
#: Paragraphs (credits, boilerplate) that may stand between a caption and its repetition.
CAPTION_GAP = 2
#: A bare name is a credit below a caption only in a run of at most this many lines without a blank line between them;
#: longer runs are texts with one paragraph a line.
CAPTION_LINES = 6


def find_captions(paragraphs: Sequence[Paragraph], kinds: list[LineKind]) -> None:
    """Mark in ``kinds`` the captions that only their place gives away, and the bare names that follow captions.

    ``kinds`` holds what each paragraph is by its own words; only those that are "" so far are looked at. Left alone is
    a line that nothing but its length speaks for.
    """
    chunk_sizes = Counter(paragraph.chunk for paragraph in paragraphs)
    captions: set[str] = set()
    headline_seen = body_seen = False
    for index, paragraph in enumerate(paragraphs):
        line = paragraph.line
        if kinds[index]:
            continue
        if index and kinds[index - 1] == "caption" and is_person(line):
            kinds[index] = "picture credit"
            continue
        if _may_be_caption(line, headline_seen) and (
            line in captions
            or _is_repeated_soon(index, paragraphs, kinds)
            or _has_credit_below(index, paragraphs, kinds, body_seen)
            or (headline_seen and _has_name_below(index, paragraphs, chunk_sizes))
        ):
            kinds[index] = "caption"
            captions.add(line)
            continue
        body_seen = body_seen or (headline_seen and is_prose(line))
        headline_seen = True


def _may_be_caption(line: str, headline_seen: bool) -> bool:
    """Whether the line has a caption's length and tone; one without a final mark only below a headline."""
    if len(line) not in CAPTION_CHARS or line.startswith(QUOTED) or dateline_length(line, first=True):
        return False
    return headline_seen or is_prose(line)


def _is_repeated_soon(index: int, paragraphs: Sequence[Paragraph], kinds: Sequence[LineKind]) -> bool:
    """Whether the same words follow soon, with nothing but credits and boilerplate between."""
    for below in range(index + 1, min(len(paragraphs), index + 2 + CAPTION_GAP)):
        if paragraphs[below].line == paragraphs[index].line:
            return True
        if not kinds[below] and not is_person(paragraphs[below].line):
            return False
    return False


def _has_credit_below(index: int, paragraphs: Sequence[Paragraph], kinds: Sequence[LineKind], body_seen: bool) -> bool:
    """Whether a picture credit follows: once the body has begun, right below and not after a blank line."""
    is_credit = index + 1 < len(paragraphs) and kinds[index + 1] == "picture credit"
    return is_credit and (not body_seen or _is_next_line_close(index, paragraphs))


def _has_name_below(index: int, paragraphs: Sequence[Paragraph], chunk_sizes: Counter[int]) -> bool:
    """Whether a person's bare name stands right below, in a short run of lines."""
    short = chunk_sizes[paragraphs[index].chunk] <= CAPTION_LINES
    return short and _is_next_line_close(index, paragraphs) and is_person(paragraphs[index + 1].line)


def _is_next_line_close(index: int, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a paragraph follows without a blank line between."""
    return index + 1 < len(paragraphs) and paragraphs[index + 1].chunk == paragraphs[index].chunk
