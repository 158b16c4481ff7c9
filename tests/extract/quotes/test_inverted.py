"""Attributions at a sentence's end with the verb first: "The bridge will stay shut, announced the roads agency."."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import rows_of, sources_and_contents


@pytest.mark.parametrize(
    ("content", "verb", "source", "rest"),
    [
        ("The bridge will not reopen before Easter", "announced", "the roads agency", " on Friday"),
        ("The vaccine was safe in all age groups", "concluded", "the panel", ""),
        ("The party has no future without young members", "warned", "its outgoing chair", ""),
        ("Nobody will be left behind", "promised", "the transport minister", ""),
        ("The striker was never offside", "insisted", "coach Rui Tavares", ""),
        ("Both pumps failed within an hour", "testified", "the night foreman", ""),
        ("A merger would cost three thousand jobs", "estimated", "the union", ""),
        ("More snow is on the way", "predicted", "the Met Office", ""),
        ("The plant never met its own targets", "admitted", "chief executive Ida Kern", " on Monday"),
        ("Interest rates have peaked for good", "believes", "the bank's chief economist", ""),
        ("The second innings was a shambles", "wrote", "the Aue Herald", ""),
        ("Rents in the old town have doubled since 2019", "found", "a survey by the tenants' league", ""),
        ("The old quarry would make a fine lake", "suggested", "one resident", ""),
        ("Last spring, Taland (the smallest of the islands) lost its ferry", "reported", "Radio Aue", ""),
    ],
)
def test_the_verb_stands_first(content: str, verb: str, source: str, rest: str, parses: Parses) -> None:
    assert (source, verb, content) in rows_of(f"{content}, {verb} {source}{rest}.", parses)


@pytest.mark.parametrize(
    "text",
    [
        "The firm grew, opened two shops, hired a manager.",
        "She stood up, thanked the crowd.",
        "The bell rang, called the children.",
        "He closed the door, told nobody.",
        "The flood came at night, followed by the army.",
        "The troupe packed its bags, left the town.",
        "The judge sat down, opened the file.",
        "The keeper came in, lit the lamp, read the paper.",
        "The champion jumped first, set a record.",
        "The victim grew wary and, instead of paying, alerted the bank.",
        "Relief workers feared the worst season in years, issued a map.",
    ],
)
def test_verbs_in_a_row_are_none(text: str, parses: Parses) -> None:
    assert not any(
        content.count(" ") > 2 and text.startswith(content) for _, content in sources_and_contents(text, parses)
    )
