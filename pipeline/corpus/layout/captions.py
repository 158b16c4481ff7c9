"""Captions by where they stand: said twice, or with a picture credit or a bare name below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.corpus.layout.boilerplate import Kind
from pipeline.corpus.layout.credits import is_person
from pipeline.corpus.layout.datelines import dateline_length
from pipeline.corpus.layout.paragraphs import QUOTED, Paragraph, is_prose

#: A caption has so many characters; said twice, so many paragraphs at most stand between.
CAPTION_CHARS, CAPTION_GAP = range(30, 601), 2
#: A name is a credit below a caption only in a run of so many lines; longer runs are one paragraph a line.
CAPTION_LINES = 6


def find_captions(paragraphs: Sequence[Paragraph], kinds: list[Kind]) -> None:
    """Mark in ``kinds`` the captions that only their place gives away, and the bare names that follow captions.

    ``kinds`` holds what each paragraph is by its own words; only those that are "" so far are looked at.
    """
    lines = [paragraph.line for paragraph in paragraphs]
    size = Counter(paragraph.chunk for paragraph in paragraphs)
    captions: set[str] = set()
    headed = told = False  # a line that may be the headline has come; a paragraph of the body has
    for i, line in enumerate(lines):
        if kinds[i]:
            continue
        if i and kinds[i - 1] == "caption" and is_person(line):
            kinds[i] = "picture credit"
            continue
        if _may_be_caption(line, headed):
            below = i + 1 < len(lines) and paragraphs[i + 1].chunk == paragraphs[i].chunk
            named = headed and below and size[paragraphs[i].chunk] <= CAPTION_LINES and is_person(lines[i + 1])
            signed = i + 1 < len(lines) and kinds[i + 1] == "picture credit" and (below or not told)
            if named or signed or line in captions or _is_said_again(i, lines, kinds):
                kinds[i] = "caption"
                captions.add(line)
                continue
        told = told or (headed and is_prose(line))
        headed = True


def _may_be_caption(line: str, headed: bool) -> bool:
    """Whether the line has a caption's length and tone; one without a final mark only below a headline."""
    if len(line) not in CAPTION_CHARS or line.startswith(QUOTED) or dateline_length(line, first=True):
        return False
    return headed or is_prose(line)


def _is_said_again(i: int, lines: Sequence[str], kinds: Sequence[Kind]) -> bool:
    """Whether the same words follow soon, with nothing but credits and furniture between."""
    for j in range(i + 1, min(len(lines), i + 2 + CAPTION_GAP)):
        if lines[j] == lines[i]:
            return True
        if not kinds[j] and not is_person(lines[j]):
            return False
    return False
