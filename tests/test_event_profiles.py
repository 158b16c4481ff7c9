"""What an article says of an event, in words that can be compared with those of other articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.corpus import make_article
from pipeline.event_profiles import build_event_profiles
from pipeline.knowledge.events.words import load_event_words
from pipeline.knowledge.files import models_folder
from pipeline.records import Claim, Days, Event, EventProfile, EventSubject, Linked, Mention, Occasion

WORDS = load_event_words(models_folder()).groups


def profile_of(text: str, subject: EventSubject, *mentions: tuple[str, str, str, str]) -> EventProfile:
    """The profile of an event whose trigger is the text's first word; mentions are (words, label, full name, code)."""
    article = make_article(text, file="orme.txt")
    trigger = (0, len(text.split()[0]))
    event = Event(type="closure", trigger=trigger, target_kind="plant or mine", undoes=text.startswith("Reopened"))
    event = replace(event, denial="plan" if text.startswith("No ") else "")
    found = tuple(
        Mention(start, start + len(words), label, full_name, country=code)  # type: ignore[arg-type]
        for words, label, full_name, code in mentions
        for start in [text.index(words)]
    )
    linked = Linked(
        mentions=found, dates=(), quotes=(), speakers=(), events=(event,), reporters=(None,), actors=(None,),
        subjects=(subject,), groups=(0,), sentences=(),
    )  # fmt: skip
    claim = Claim(
        claim_type="closure", event_id="e1", spans={"trigger": (trigger,)}, claim_text="", confidence=1.0,
        claim_id="c1", doc_id=article.doc_id, file=article.file, start=0, end=1,
    )  # fmt: skip
    (profile,) = build_event_profiles(article, linked, [claim], WORDS)
    return profile


@pytest.mark.parametrize(
    ("written", "full_name", "words"),
    [
        ("HWL", "Harbour Workers of Larn", {"hwl", "harbour", "workers", "larn"}),
        ("Harbour Workers of Larn", "Harbour Workers of Larn", {"hwl", "harbour", "workers", "larn"}),
        # "General" and "Inc." tell nothing, but are letters of a name.
        ("GMI", "General Mining Inc.", {"gmi", "mining", "gm"}),
        # One word has no initials.
        ("Brandt", "Brandt Inc.", {"brandt"}),
    ],
)
def test_an_owner_is_known_by_full_name_and_initials(written: str, full_name: str, words: set[str]) -> None:
    owners = frozenset(word.lower() for word in written.split())
    profile = profile_of(
        f"Closed: the mine of {written}.", EventSubject(owners=owners), (written, "ORG", full_name, "")
    )
    assert set(profile.owners) == words


def test_a_town_has_the_country_that_it_lies_in() -> None:
    mentions = ("Alder", "PLACE", "Alder", "NOR"), ("Denmark", "COUNTRY", "Denmark", "DNK")
    profile = profile_of("Closed: the Alder mine, not Denmark.", EventSubject(names=frozenset({"alder"})), *mentions)
    assert (profile.towns, profile.located, profile.countries) == (("alder",), ("NOR",), ())


@pytest.mark.parametrize(
    ("text", "subject", "undoing", "taking_up"),
    [
        ("Reopened: the mine.", EventSubject(reference="definite"), ("c1",), ()),
        ("Closed: the mine.", EventSubject(reference="definite"), (), ()),
        # "the closure", "a closure order".
        ("Closure is near.", EventSubject(reference="definite", takes_up=True), (), ("c1",)),
        ("Closure is near.", EventSubject(reference="none"), (), ("c1",)),
    ],
)
def test_which_claims_undo_and_which_only_take_up(
    text: str, subject: EventSubject, undoing: tuple[str, ...], taking_up: tuple[str, ...]
) -> None:
    profile = profile_of(text, subject)
    assert (profile.undoing, profile.taking_up) == (undoing, taking_up)


def test_what_every_state_has_is_the_states_own() -> None:
    jordan = ("Jordan", "COUNTRY", "Jordan", "JOR")
    airspace = profile_of(
        "Closed its airspace: Jordan.", EventSubject(heads=frozenset({"airspace"}), firm="JOR"), jordan
    )
    assert (airspace.owners, airspace.countries) == (("jor",), ("JOR",))
    mine = profile_of("Closed its mine: Jordan.", EventSubject(heads=frozenset({"mine"}), firm="JOR"), jordan)
    assert (mine.owners, mine.countries) == ((), ())


MARCH, MAY = ((date(2025, month, 1), date(2025, month, 28)) for month in (3, 5))


@pytest.mark.parametrize(("second", "names"), [(MAY, ("alder",)), (MARCH, ())])
def test_what_closes_twice_has_its_name_both_times(second: Days, names: tuple[str, ...]) -> None:
    article = make_article("The Alder mine closed in March. The mine closed in May.", file="orme.txt")
    mine = EventSubject(heads=frozenset({"mine"}), names=frozenset({"alder"}), occasion=Occasion(begun=(MARCH,)))
    subjects = (mine, replace(mine, names=frozenset(), occasion=Occasion(begun=(second,))))
    triggers = ((15, 21), (41, 47))
    linked = Linked(
        events=tuple(Event(type="closure", trigger=trigger) for trigger in triggers),
        reporters=(None, None), actors=(None, None), subjects=subjects, groups=(0, 1),
    )  # fmt: skip
    claims = [
        Claim(
            claim_type="closure", event_id=f"e{trigger[0]}", spans={"trigger": (trigger,)}, claim_text="",
            confidence=1.0, claim_id=f"c{trigger[0]}", doc_id=article.doc_id, file=article.file, start=0, end=1,
        )
        for trigger in triggers
    ]  # fmt: skip
    assert build_event_profiles(article, linked, claims, WORDS)[1].names == names


def test_which_claims_deny_and_what() -> None:
    assert profile_of("No closure is planned.", EventSubject(reference="none")).denials == {"c1": "plan"}
    assert profile_of("Closure is near.", EventSubject(reference="none")).denials == {}
