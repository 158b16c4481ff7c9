"""No pattern of time expressions begins in a way at which the search for all of them doesn't look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pytest

from pipeline.extract.dates.finder import DATE_PATTERNS, DatePattern
from pipeline.extract.dates.words import OPENING, widen_blanks

_parser: Any = re._parser  # type: ignore[attr-defined]
#: Characters of a beginning that are told; ``OPENING`` looks at as many.
_LENGTH = 3


def beginnings(source: str) -> set[str]:
    """How a match may begin, its first three characters; "\\0" is one that the pattern doesn't name."""
    nodes = _parser.parse(widen_blanks(re.sub(r"\(\?P=\w+\)", "-", source)))
    return {text[:_LENGTH] for text in _begin({""}, nodes)}


def _begin(before: set[str], nodes: Iterable[Any]) -> set[str]:
    """The beginnings after these nodes of a parsed pattern, from those before; what is long enough stays."""
    for operation, argument in nodes:
        short = {text for text in before if len(text) < _LENGTH}
        if short:
            before = before - short | set(_continue(short, str(operation), argument))
    return before


def _continue(before: set[str], operation: str, argument: Any) -> Iterator[str]:
    if operation in ("ASSERT", "ASSERT_NOT", "AT"):
        yield from before
    elif operation == "BRANCH":
        for branch in argument[1]:
            yield from _begin(before, branch)
    elif operation in ("SUBPATTERN", "ATOMIC_GROUP"):
        yield from _begin(before, argument[-1] if operation == "SUBPATTERN" else argument)
    elif operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, nodes = argument
        for count in range(min(most, _LENGTH) + 1):
            if count >= min(least, _LENGTH):
                yield from before
            before = _begin(before, nodes)
    else:
        yield from (text + character for text in before for character in _characters(operation, argument))


def _characters(operation: str, argument: Any) -> set[str]:
    """The characters that a node may match, as far as they are told apart here."""
    if operation == "LITERAL":
        return {chr(argument)}
    if operation != "IN" or str(argument[0][0]) == "NEGATE":
        return {"\0"}
    found = set()
    for kind, value in argument:
        if str(kind) == "LITERAL":
            found.add(chr(value))
        elif str(kind) == "RANGE":
            found |= {chr(code) for code in islice(range(value[0], value[1] + 1), 100)}
        else:
            found.add({"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " "}.get(str(value), "\0"))
    return found


@pytest.mark.parametrize("pattern", DATE_PATTERNS, ids=lambda pattern: pattern.name)
def test_the_search_looks_wherever_the_pattern_may_begin(pattern: DatePattern) -> None:
    begins = beginnings(pattern.source)
    assert begins
    assert [text for text in sorted(begins) if not re.match(OPENING, text)] == []


def test_the_beginnings_of_a_pattern() -> None:
    assert beginnings("(?:may|in) (?=x)(?P<day>[0-2]{1,2})") == {"may", "in "}
    assert beginnings("a?[^b]c") == {"a\0c", "\0c"}
    assert beginnings("(?:ab)*+c") == {"aba", "abc", "c"}
