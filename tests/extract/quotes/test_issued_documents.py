"""What a document says that somebody issues is said by him, once: "released a statement saying"."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("The firm released a statement saying that the pier was safe.", ("The firm", "that the pier was safe")),
        ("The bank issued a statement saying its doors would stay open.", ("The bank", "its doors would stay open")),
        ("The bank put out a statement on Friday saying its doors would open.", ("The bank", "its doors would open")),
        ("The council handed out leaflets saying the water was safe.", ("The council", "the water was safe")),
        ("Holm wrote a letter to the council saying the road was unsafe.", ("Holm", "the road was unsafe")),
        ("The guild met and sent an email saying the fair was off.", ("The guild", "the fair was off")),
    ],
)
def test_who_issued_it_says_so(text: str, row: tuple[str, str], parses: Parses) -> None:
    assert sources_and_contents(text, parses) == [row]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("The union received a letter saying the plant would close.", ("a letter", "the plant would close")),
        ("A statement saying the pier was safe was read out.", ("A statement", "the pier was safe")),
        ("The firm released divers saying the pier was safe.", ("The firm", "the pier was safe")),
    ],
)
def test_other_documents_speak_for_themselves(text: str, row: tuple[str, str], parses: Parses) -> None:
    assert row in sources_and_contents(text, parses)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Lund was handed a memo saying the pier leaked.", ("a memo", "the pier leaked")),
        ("The abbot was sent a letter warning him that the roof would fall.", ("a letter", "that the roof would fall")),
        ("The abbot got a letter saying the roof leaked.", ("a letter", "the roof leaked")),
    ],
)
def test_whoever_gets_a_document_does_not_say_so(text: str, row: tuple[str, str], parses: Parses) -> None:
    assert sources_and_contents(text, parses) == [row]
