"""Which names of speakers are one speaker's across articles, and which are not."""

from __future__ import annotations

import pytest

from pipeline.compare.speakers import SpeakerGroups, speaker_name
from pipeline.knowledge.files import models_folder
from pipeline.knowledge.people import load_titles
from pipeline.store import EventEdits

TITLES = load_titles(models_folder())


def joined(*names: str, kind: str = "person", edits: EventEdits | None = None) -> list[list[str]]:
    """The names by speaker, each from an article of its own."""
    keys = [speaker_name(name, kind, "", f"d{number}", TITLES) for number, name in enumerate(names)]
    groups = SpeakerGroups(keys, edits or EventEdits())
    by_id: dict[str, list[str]] = {}
    for name, key in zip(names, keys, strict=True):
        by_id.setdefault(groups.id_of(key), []).append(name)
    return list(by_id.values())


@pytest.mark.parametrize(
    "names",
    [
        ("Oren K. Blake", "Oren Blake", "Oren K Blake"),
        ("Senator Oren Blake", "Sen. Oren Blake", "Oren Blake", "Mr. Oren Blake", "Dr. Oren K. Blake"),
        ("Ada J.R. Brandt", "Ada J. R. Brandt", "Ada J. Brandt", "Ada Brandt"),
        ("José Núñez", "Jose Nunez", "JOSÉ NÚÑEZ"),
        ("Siobhán O’Dea", "Siobhan O'Dea"),
        ("Ada  Brandt", "Ada Brandt"),
    ],
)
def test_titles_middle_initials_accents_and_blanks_tell_nobody_apart(names: tuple[str, ...]) -> None:
    assert joined(*names) == [list(names)]


@pytest.mark.parametrize(
    "names",
    [
        ("Blake", "Blake"),
        ("Mr. Blake", "Blake", "Oren Blake"),
        ("Oren Blake", "Mara Blake", "O. Blake"),
        ("Oren Blake Jr.", "Oren Blake"),
        ("Oren Karl Blake", "Oren Blake"),
        ("Oren K. Blake", "Oren M. Blake", "Oren Blake"),
        ("a nurse", "a nurse"),
        ("The nurse", "the nurse"),
    ],
)
def test_surnames_descriptions_and_other_names_join_nobody(names: tuple[str, ...]) -> None:
    assert joined(*names) == [[name] for name in names]


def test_organisations_are_one_by_their_whole_names_and_the_company_is_one_articles() -> None:
    assert joined("Larn Shipping", "LARN SHIPPING", kind="organisation") == [["Larn Shipping", "LARN SHIPPING"]]
    assert joined("Dr. K. Oetlin", "K. Oetlin", kind="organisation") == [["Dr. K. Oetlin"], ["K. Oetlin"]]
    assert joined("the company", "the company", kind="organisation") == [["the company"], ["the company"]]
    assert joined("The Larner", "The Larner", kind="media") == [["The Larner", "The Larner"]]
    assert joined("Greenwater", "Greenwater", kind="organisation") == [["Greenwater", "Greenwater"]]


@pytest.mark.parametrize(
    ("kind", "countries", "speakers"),
    [
        ("government", ("NOR", "NOR", ""), 1),
        ("government", ("NOR", "THA", ""), 3),
        ("organisation", ("NOR", "THA", ""), 1),
    ],
)
def test_an_office_of_two_countries_is_two(kind: str, countries: tuple[str, ...], speakers: int) -> None:
    keys = [speaker_name("Foreign Ministry", kind, country, "d1", TITLES) for country in countries]
    groups = SpeakerGroups(keys, EventEdits())
    assert len({groups.id_of(key) for key in keys}) == speakers


def test_a_surname_is_one_within_its_article() -> None:
    keys = {speaker_name(name, "person", "", "d1", TITLES) for name in ("Blake", "Mr. Blake")}
    assert len(keys) == 1


def test_what_people_merged_stays_one_and_names_stay() -> None:
    keys = [speaker_name(name, "person", "", "d1", TITLES) for name in ("Oren Blake", "O. Blake")]
    first, second = (SpeakerGroups(keys, EventEdits()).id_of(key) for key in keys)
    groups = SpeakerGroups(keys, EventEdits({first: "Blake, the captain"}, {second: first}))
    assert [groups.id_of(key) for key in keys] == [first, first]
    assert (groups.given_name(first), groups.given_name(second)) == ("Blake, the captain", "")
