"""What may stand in a cell of a CSV that a spreadsheet opens: one line, no formula, not too long."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from pipeline.text.hyphenation import join_broken_words

#: Excel cuts cells at 32,767 characters; what is cut here stands whole in claims.jsonl.
CELL_LIMIT = 32_000
CUT = " [cut: see claims.jsonl]"
LIST_JOIN = " | "
_FORMULA = tuple("=+-@\t\r＝＋－＠")
_BREAKS = re.compile(r"(?:(?<![ \t])[ \t]+)?[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\s*")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")


def cell(value: object) -> str:
    """A field's value as cell text: lists joined by " | ", dates as ISO, booleans as yes or empty."""
    if isinstance(value, str):
        return _guard(value) if value else value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, (tuple, list)):
        return cell(LIST_JOIN.join(str(each) for each in value))
    return str(value)


def unguard(text: str) -> str:
    """A cell's text without the guard that ``cell`` puts before what looks like a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith((*_FORMULA, "'")) else text


def _guard(text: str) -> str:
    if not text.isprintable():  # what is printable has no break, control or invisible character
        text = _BREAKS.sub(" ", join_broken_words(_CONTROL.sub("", text)))
    if text.startswith(_FORMULA) or (text.startswith("'") and text[1:].startswith((*_FORMULA, "'"))):
        text = "'" + text
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - len(CUT)] + CUT


def row(values: Iterable[object]) -> list[str]:
    """A row of cells."""
    return [cell(value) for value in values]
