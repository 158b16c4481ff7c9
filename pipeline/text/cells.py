"""What may stand in a cell of a CSV that a spreadsheet opens: one line, no formula, not too long."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from pipeline.text.hyphenation import join_broken_words

#: Characters of the longest cell. Excel cuts cells at 32,767; what is cut here stands whole in claims.jsonl.
CELL_LIMIT = 32_000
#: What a cell that was cut ends with.
CUT = " [cut: see claims.jsonl]"
#: What stands between the items of a list in one cell.
LIST_JOIN = " | "
#: What makes a spreadsheet compute a cell, full-width forms included (OWASP's list for CSV injection).
_FORMULA = tuple("=+-@\t\r＝＋－＠")
#: What a cell that needs an apostrophe begins with: one that has one, too.
_GUARDED = frozenset((*_FORMULA, "'"))
#: A line break of any kind with the blanks around it.
_BREAKS = re.compile(r"(?:(?<![ \t])[ \t]+)?[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\s*")
#: C0 and C1 control characters but tab and line breaks.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")


def format_cell(value: object) -> str:
    """A field's value as cell text that a spreadsheet shows as it is.

    Lists are joined by ``LIST_JOIN``, days are ISO 8601, numbers with a fraction have two places, true is "yes" and
    false and None are empty. Text comes on one line, without control characters but tabs, guarded by an apostrophe
    where it looks like a formula ("=1+1" is "'=1+1"), and cut at ``CELL_LIMIT`` characters.
    """
    if isinstance(value, str):
        is_plain = not value or (value[0] not in _GUARDED and len(value) <= CELL_LIMIT and value.isprintable())
        return value if is_plain else _format_text(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, (tuple, list)):
        return format_cell(LIST_JOIN.join(str(item) for item in value))
    return str(value)


def format_row(values: Iterable[object]) -> list[str]:
    """The values of a row, each as ``format_cell`` has it."""
    return [format_cell(value) for value in values]


def remove_guard(text: str) -> str:
    """A cell's text without the apostrophe that ``format_cell`` puts before what looks like a formula."""
    return text[1:] if _is_guarded(text) else text


def _is_guarded(text: str) -> bool:
    return text.startswith("'") and text[1:].startswith((*_FORMULA, "'"))


def _format_text(text: str) -> str:
    if not text.isprintable():  # what is printable has no break, control or invisible character
        text = _BREAKS.sub(" ", join_broken_words(_CONTROL.sub("", text)))
    if text.startswith(_FORMULA) or _is_guarded(text):
        text = "'" + text
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - len(CUT)] + CUT
