"""Where words that a reviewer wrote stand in an article, however their program changed quotation marks and blanks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.claims import PART_JOIN
from pipeline.records import Article, Span, Spans
from pipeline.smooth import smooth

#: The column whose words a role's spans hold.
WORDS_OF = {
    "source": "speaker_text", "cue": "cue", "trigger": "trigger", "target": "target", "actor": "actor",
    "place": "place", "date": "date_text", "cause": "cause",
}  # fmt: skip
#: Places tried for the first of several parts.
_TRIED = 50
_STRAIGHT = str.maketrans({**dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‐‑–—―", "-")})


def find_in(article: Article, words: str, near: int = 0) -> Spans:
    """``find_words`` in an article's text with its broken lines and hyphens overlooked; offsets are the article's."""
    read = smooth(article)
    return tuple(map(read.back, find_words(read.article.text, words, read.forth((near, near))[0])))


def find_words(text: str, words: str, near: int = 0) -> Spans:
    """Where the words stand, of several places the nearest to the offset; () when not all of them are there.

    Quotation marks, dashes, blanks and case may differ. Parts joined by " [...] " are looked for one after the other.
    """
    straight = text.translate(_STRAIGHT)
    first, *others = (" ".join(part.translate(_STRAIGHT).split()) for part in words.split(PART_JOIN.strip()))
    starts = _all(straight, first) or _all(straight, first.strip("\"' ")) or _all(straight, first, whole=False)
    for start in sorted(starts, key=lambda span: abs(span[0] - near))[:_TRIED]:
        found = [start]
        for part in others:
            span = _find(straight, part, found[-1][1]) or _find(straight, part.strip("\"' "), found[-1][1])
            if span is None:
                break
            found.append(span)
        else:
            return tuple(found)
    return ()


def place_roles(article: Article, near: int, values: Mapping[str, str | Sequence[str]]) -> dict[str, Spans]:
    """Spans by role for the words in ``values`` (by column), each at its place nearest to the offset; () for none."""
    placed: dict[str, Spans] = {}
    for role, column in WORDS_OF.items():
        if column in values:
            words = values[column]
            each = [words] if isinstance(words, str) else words
            placed[role] = tuple(span for one in each if one for span in find_in(article, one, near))
    return placed


def plain(words: str) -> str:
    """The words alone, in lower case: what two rows must share to speak of the same."""
    return " ".join(re.findall(r"\w+", words.casefold()))


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
