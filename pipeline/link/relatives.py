"""Whether somebody's relative is told of beside a name: "Ada Brandt and her husband", "first lady Ada Brandt"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.knowledge.people import People

#: Whose surname is the president's as well.
_FIRST_LADY = "first lady"


def relative_near(text: str, starts: Sequence[int], before: int, after: int, people: People) -> bool:
    """Whether a word for a relative, or a first lady, stands near one of the places where a name starts.

    ``text`` in lower case; near is ``before`` characters before a place to ``after`` behind it.
    """
    near = (text[max(start - before, 0) : start + after] for start in starts)
    return any(
        _FIRST_LADY in words or any(word.strip(".,;:'’") in people.kin for word in words.split()) for words in near
    )


def title_near(text: str, title: str, bare: str, starts: Sequence[int], before: int, after: int) -> bool:
    """Whether a title stands near one of the places where a name starts, as ``relative_near`` has them.

    Unless ``bare`` is empty, only as a word of its own, and not as that of ``bare``, the title with the bare surname.
    """
    if bare:
        text = re.sub(rf"{re.escape(bare)}|{re.escape(title)}(?=\w)", lambda match: " " * len(match[0]), text)
    return any(title in text[max(start - before, 0) : start + after] for start in starts)
