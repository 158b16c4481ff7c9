"""Who is told, and what happened meanwhile, is no part of what is told."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import quotes_of, sources_and_contents

TOLD = [
    ("Lund told reporters as he left the abbey that the bell was cracked.", "that the bell was cracked"),
    ("Lund told a crowd gathered at the gate that the bell was cracked.", "that the bell was cracked"),
    ("Lund confirmed for the first time that the bell was cracked.", "that the bell was cracked"),
    ("Lund told the jury he knew that the bell was stolen.", "he knew that the bell was stolen"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "content"), TOLD)
def test_the_clause_begins_at_that(text: str, content: str, parses: Parses) -> None:
    assert content in [told for _, told in sources_and_contents(text, parses)]


DIRECTED = [
    ("Wardens are asking anyone with a key to ring the abbey.", "to ring the abbey"),
    ("Wardens ask anyone who saw the thief to ring them.", "to ring them"),
    ("Wardens urged people living near the weir to leave.", "to leave"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "content"), DIRECTED)
def test_whoever_is_asked_is_left_out(text: str, content: str, parses: Parses) -> None:
    assert [told for _, told in sources_and_contents(text, parses)] == [content]
    assert [quote.stance for quote in quotes_of(text, parses)] == ["demands"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Clerks were told by email that the mill would close.", "that the mill would close"),
        ("Guests have been told their rooms are safe.", "their rooms are safe"),
        ("He rang the abbot but was told the bell was cracked.", "the bell was cracked"),
    ],
)
def test_whoever_is_told_does_not_say_so(text: str, content: str, parses: Parses) -> None:
    assert ("", content) in sources_and_contents(text, parses)


SILENT = [
    ("Lund said the weir was safe but declined to give details.", "the weir was safe"),
    ("Lund said the mill would go but gave no date.", "the mill would go"),
    ("Lund said the weir was safe but refused to be interviewed.", "the weir was safe"),
    ("The mill shut after its owner warned that trade was slow and after two clerks left.", "that trade was slow"),
    ('"We lost," Lund said, and the hall fell silent.', '"We lost,"'),
    ('"We lost," Lund recalled, her hands folded in her lap.', '"We lost,"'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "content"), SILENT)
def test_what_else_happened_is_left_out(text: str, content: str, parses: Parses) -> None:
    assert content in [told for _, told in sources_and_contents(text, parses)]
