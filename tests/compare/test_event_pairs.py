"""Which events of two articles are one: by names, by who is behind them, by what the articles have in common."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest

from pipeline.compare import EventInArticle, Match, cluster_events, event_keys, regrouping
from pipeline.compare.event_pairs import FAR_DAYS, NEAR_DAYS, match_events
from pipeline.knowledge.events.words import load_event_words
from pipeline.knowledge.files import models_folder
from pipeline.records import EventProfile, Occasion

WORDS = load_event_words(models_folder()).groups
FIRST = date(2025, 3, 1)
#: Names that two articles on one matter share.
ALIKE = ("ada brandt", "per dahl", "orme council", "brandt shipping")
#: "closed on Monday", in the first and in the second of two years.
EARLY, LATE = (Occasion(begun=((day, day),)) for day in (FIRST, FIRST + timedelta(300)))
#: "has closed again".
AGAIN = Occasion(is_repeated=True)


def event(
    event_id: str, *heads: str, days: int | None = 0, context: tuple[str, ...] = (), **fields: Any
) -> EventInArticle:
    """An event of an article of its own, published some days after FIRST; ``context`` are names in the article."""
    values: dict[str, Any] = {
        "type": "closure",
        "mentions": 1,
        "is_plural": False,
        "kinds": ("plant or mine",),
    } | fields
    full_names = frozenset(values.pop("full_names", ()))
    profile = EventProfile(event_id=event_id, heads=heads, **values)
    return EventInArticle(
        profile=profile,
        doc_id=f"d{event_id}",
        story=f"{event_id}.txt",
        published=None if days is None else FIRST + timedelta(days),
        names=frozenset(context),
        heads=frozenset(heads),
        told=frozenset((*profile.names, *profile.towns)),
        sides=frozenset((*profile.owners, *profile.actors)),
        full_names=full_names,
    )


@pytest.mark.parametrize(
    ("rule", "first", "second"),
    [
        # "the Alder mine", "its mine at Alder".
        ("same name and noun", event("a", "mine", names=("alder",)), event("b", "mine", names=("alder",), days=300)),
        # "the mine in Larn", "the Larn pit".
        ("same name and kind", event("a", "mine", towns=("larn",)), event("b", "pit", towns=("larn",), days=300)),
        # "a pipeline in the Larns", "Larn Gas's pipeline, the Larn Access".
        (
            "name and owner",
            event("a", "pipeline", towns=("larns",), context=ALIKE),
            event("b", "pipeline", names=("larn", "access"), owners=("larn", "gas"), context=ALIKE),
        ),
        # "its mines", closed in one week of March, in an article of March and in one of December.
        (
            "same side and noun",
            event("a", "mine", owners=("brandt",), is_plural=True, occasion=EARLY),
            event("b", "mine", owners=("brandt",), is_plural=True, occasion=EARLY, days=280),
        ),
        # "closed again" a week later, and of both.
        (
            "same name and noun",
            event("a", "mine", names=("alder",)),
            event("b", "mine", names=("alder",), occasion=AGAIN, days=7),
        ),
        (
            "same name and noun",
            event("a", "mine", names=("alder",), occasion=AGAIN),
            event("b", "mine", names=("alder",), occasion=AGAIN, days=40),
        ),
        # "the Alder site", "the Alder mine".
        ("same name and kind", event("a", "site", names=("alder",)), event("b", "mine", names=("alder",))),
        # "Brandt's mine", "its mine".
        ("same side and noun", event("a", "mine", owners=("brandt",)), event("b", "mine", owners=("brandt",), days=9)),
        (
            "same side and noun",
            event("a", "mine", actors=("dahl",), context=ALIKE),
            event("b", "mine", actors=("dahl",), context=ALIKE[:2]),
        ),
        ("same side and kind", event("a", "mine", owners=("brandt",)), event("b", "pit", owners=("brandt",))),
        # "a mine in the Alders", "the Alder Coal mine".
        (
            "name and owner",
            event("a", "mine", towns=("alders",), context=ALIKE[:2]),
            event("b", "mine", "site", owners=("alder", "coal"), context=ALIKE, days=20),
        ),
        # "the government" of two articles on one matter.
        ("same noun in articles alike", event("a", "mine", context=ALIKE), event("b", "mine", context=ALIKE, days=20)),
        # "the mine" in an article that names Alder.
        (
            "noun for what has a name",
            event("a", "mine", names=("alder",), context=ALIKE),
            event("b", "mine", context=(*ALIKE, "the alder mine")),
        ),
        # "the mine" in Norway, "the Alder mine", which lies there.
        (
            "noun for what has a name",
            event("a", "mine", towns=("alder",), located=("NOR",), context=ALIKE),
            event("b", "mine", countries=("NOR",), context=ALIKE),
        ),
        # "the mines", "the mines in Larn".
        (
            "noun for what has a name",
            event("a", "mine", towns=("larn",), is_plural=True, context=ALIKE),
            event("b", "mine", is_plural=True, context=(*ALIKE, "larn")),
        ),
        # "the Alder facilities", "the Alder mine".
        (
            "same name and kind",
            event("a", "facility", names=("alder",), is_plural=True),
            event("b", "mine", names=("alder",)),
        ),
        # "the Larn mine", "Larn's mine in the Larn valley".
        (
            "same name and noun",
            event("a", "mine", towns=("larn",), full_names=("larn",)),
            event("b", "mine", towns=("larn",), full_names=("larn valley", "osk")),
        ),
    ],
)
def test_what_is_one_event(rule: str, first: EventInArticle, second: EventInArticle) -> None:
    for one, two in permutations((first, second)):
        match = match_events(one, two, WORDS)
        assert (match.rule, match.score >= 0.5) == (rule, True)
        assert cluster_events([one, two], WORDS, {}) == [["a", "b"]]


@pytest.mark.parametrize(
    ("rule", "first", "second"),
    [
        ("no pair", event("a", "mine", names=("alder",)), event("b", "mine", names=("alder",), type="strike")),
        # "a closure would be wrong".
        ("no pair", event("a", "mine", names=("alder",)), event("b", "mine", names=("alder",), is_generic=True)),
        ("one and several", event("a", "mine", names=("alder",)), event("b", "mine", names=("alder",), is_plural=True)),
        (
            "other count",
            event("a", "mine", owners=("brandt",), counts=(3,)),
            event("b", "mine", owners=("brandt",), counts=(2,)),
        ),
        (
            "another year",
            event("a", "mine", names=("alder",), years=(2013,)),
            event("b", "mine", names=("alder",), years=(2018,)),
        ),
        # "closed on Monday", and ten months later "closed on Sunday".
        (
            "other days",
            event("a", "mine", names=("alder",), occasion=EARLY),
            event("b", "mine", names=("alder",), occasion=LATE, days=300),
        ),
        (
            "once more",
            event("a", "mine", names=("alder",)),
            event("b", "mine", names=("alder",), occasion=AGAIN, days=40),
        ),
        (
            "other names",
            event("a", "mine", towns=("larn",), context=ALIKE),
            event("b", "mine", towns=("osk",), context=ALIKE),
        ),
        # "the Norwegian embassy", "the Danish embassy", in articles on one matter.
        (
            "another country",
            event("a", "embassy", countries=("NOR",), context=ALIKE),
            event("b", "embassy", countries=("DNK",), context=ALIKE),
        ),
        (
            "other owner",
            event("a", "mine", owners=("brandt",), context=ALIKE),
            event("b", "mine", owners=("blake",), context=ALIKE),
        ),
        # "a pipeline in the Larns", "Larn Gas's Osk pipeline"
        (
            "other names",
            event("a", "pipeline", towns=("larns",), context=ALIKE),
            event("b", "pipeline", towns=("osk",), owners=("larn", "gas"), context=ALIKE),
        ),
        # "the maternity ward of Alder Hospital", "Alder Hospital".
        ("a part", event("a", "ward", names=("alder",)), event("b", "hospital", names=("alder",))),
        ("nothing named", event("a", context=ALIKE), event("b", context=ALIKE)),
        # A town has many schools.
        (
            "no other rule",
            event("a", "school", towns=("larn",)),
            event("b", "school", towns=("larn",), days=NEAR_DAYS + 1),
        ),
        (
            "no other rule",
            event("a", "mine", names=("alder",)),
            event("b", "mine", names=("alder",), days=FAR_DAYS + 1),
        ),
        (
            "no other rule",
            event("a", "mine", owners=("brandt",)),
            event("b", "mine", owners=("brandt",), days=NEAR_DAYS + 1),
        ),
        # "a shop in Alder", "the Alder Foods shop": there are many. "Alder Coal's mine" months later.
        (
            "no other rule",
            event("a", "shop", towns=("alder",), context=ALIKE),
            event("b", "shop", owners=("alder", "foods"), context=ALIKE),
        ),
        (
            "no other rule",
            event("a", "mine", towns=("alder",), context=ALIKE),
            event("b", "mine", owners=("alder", "coal"), context=ALIKE, days=NEAR_DAYS + 1),
        ),
        ("no other rule", event("a", "mine", context=ALIKE), event("b", "mine", context=ALIKE[:2])),
        # Undated articles have to be tied by names.
        ("no other rule", event("a", "mine", context=ALIKE), event("b", "mine", context=ALIKE, days=None)),
        # A chain closes shops in March and others in May.
        (
            "no other rule",
            event("a", "shop", owners=("brandt",), is_plural=True),
            event("b", "shop", owners=("brandt",), is_plural=True, days=31),
        ),
        # "the Alder mine" isn't in the country of "the mine".
        (
            "no other rule",
            event("a", "mine", towns=("alder",), located=("NOR",), context=ALIKE),
            event("b", "mine", countries=("DNK",), context=(*ALIKE, "alder")),
        ),
        # Larn Park and Larn Hall.
        (
            "no other rule",
            event("a", "park", names=("larn", "park"), full_names=("larn park",)),
            event("b", "site", names=("larn", "hall"), full_names=("larn hall",)),
        ),
        # "the mines" takes up no single one.
        (
            "no other rule",
            event("a", "mine", names=("alder",), context=ALIKE, is_plural=None),
            event("b", "mine", context=(*ALIKE, "the alder mine"), is_plural=True),
        ),
    ],
)
def test_what_is_not(rule: str, first: EventInArticle, second: EventInArticle) -> None:
    for one, two in permutations((first, second)):
        match = match_events(one, two, WORDS)
        assert (match.rule, match.score) == (rule, 0)
        assert len(cluster_events([one, two], WORDS, {})) == 2


def test_two_copies_of_a_story_tell_of_the_same_events() -> None:
    copies = [event("a", "school", days=None), event("b", "school", days=None)]
    assert len(cluster_events(copies, WORDS, {})) == 2
    assert cluster_events(copies, WORDS, {"db": "a.txt"}) == [["a", "b"]]


def test_an_event_of_one_year_does_not_tie_those_of_two_others_together() -> None:
    mines = [
        event("a", "mine", names=("alder",), years=(2013,)),
        event("b", "mine", names=("alder",)),
        event("c", "mine", names=("alder",), years=(2018,), mentions=2),
    ]
    for order in permutations(mines):
        assert cluster_events(order, WORDS, {}) == [["a"], ["b", "c"]]


def test_an_undated_event_does_not_tie_two_occasions_together() -> None:
    mines = [
        event("a", "mine", names=("alder",), occasion=EARLY),
        event("b", "mine", names=("alder",), mentions=2),
        event("c", "mine", names=("alder",), occasion=LATE),
    ]
    for order in permutations(mines):
        assert cluster_events(order, WORDS, {}) == [["a", "b"], ["c"]]


def test_events_that_agree_in_their_days_are_joined_first() -> None:
    # "will close the mine again on Monday, after it closed in March and reopened", "has reopened the mine".
    day = FIRST + timedelta(25)
    again = Occasion(planned=((day, day),), planned_on=day)
    before = Occasion(begun=EARLY.begun, undone_by=FIRST + timedelta(10))
    first = in_one_article(
        event("a", "mine", names=("alder",), occasion=again, mentions=9, days=25),
        event("b", "mine", names=("alder",), occasion=before, days=25),
    )
    reopened = event("c", "mine", names=("alder",), occasion=Occasion(undone_by=FIRST + timedelta(30)), days=30)
    for order in permutations([*first, reopened]):
        assert cluster_events(order, WORDS, {}) == [["a"], ["b", "c"]]


def test_names_that_are_in_all_articles_tie_none() -> None:
    few = [event(f"{number:03}", "mine", context=ALIKE, counts=(number % 2,)) for number in range(50)]
    many = [event(f"{number:03}", "mine", context=ALIKE, counts=(number % 2,)) for number in range(51)]
    assert len(cluster_events(few, WORDS, {})) == 2
    assert len(cluster_events(many, WORDS, {})) == len(many)


def test_a_town_of_many_events_ties_only_articles_on_one_matter() -> None:
    few = [event(f"{number:03}", "mine", towns=("larn",), days=number, years=(number,)) for number in range(29)]
    first, second = event("a", "mine", towns=("larn",), days=900), event("b", "mine", towns=("larn",), days=901)
    assert ["a", "b"] in cluster_events([*few[1:], first, second], WORDS, {})
    many = [*few, event("m", "mine", towns=("larn",), years=(1900,))]
    assert ["a"] in cluster_events([*many, first, second], WORDS, {})
    alike = [event(name, "mine", towns=("larn",), days=900, context=ALIKE) for name in "ab"]
    assert ["a", "b"] in cluster_events([*many, *alike], WORDS, {})


def test_owners_in_one_town_are_told_apart() -> None:
    first, second = (event(owner, "shop", towns=("larn",), owners=(owner,)) for owner in ("brandt", "blake"))
    assert match_events(first, second, WORDS).rule == "other owner"


def test_two_events_of_one_article_are_one_only_where_a_name_says_so() -> None:
    named = [event("a", "mine", names=("alder",)), event("b", "mine", names=("alder",), actors=("dahl",))]
    assert cluster_events(in_one_article(*named), WORDS, {}) == [["a", "b"]]
    others = [event("a", "mine", names=("alder",), actors=("brandt",)), named[1]]
    assert len(cluster_events(in_one_article(*others), WORDS, {})) == 2
    unnamed = [event("a", "mine", owners=("brandt",)), event("b", "mine", owners=("brandt",), mentions=3)]
    other = event("c", "mine", owners=("brandt",), days=1)
    for order in permutations([*in_one_article(*unnamed), other]):
        assert cluster_events(order, WORDS, {}) == [["a"], ["b", "c"]]


def in_one_article(first: EventInArticle, *others: EventInArticle) -> list[EventInArticle]:
    return [first, *(EventInArticle(**fields_of(event) | {"doc_id": first.doc_id}) for event in others)]


def fields_of(event: EventInArticle) -> dict[str, Any]:
    return {name: getattr(event, name) for name in EventInArticle.__slots__}


def test_the_earliest_article_names_an_event() -> None:
    mines = [event("a", "mine", names=("alder",), days=None), event("b", "mine", names=("alder",), days=5),
             event("c", "mine", names=("alder",))]  # fmt: skip
    for order in permutations(mines):
        assert cluster_events(order, WORDS, {}) == [["c", "b", "a"]]


def test_a_name_that_thousands_share_costs_no_square(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[Match] = []

    def counted(*pair: Any) -> Match:
        compared.append(match_events(*pair))
        return compared[-1]

    monkeypatch.setattr(regrouping, "match_events", counted)
    mines = [event(f"{number:05}", "mine", owners=("brandt",), counts=(number,)) for number in range(2, 2000)]
    assert len(cluster_events(mines, WORDS, {})) == len(mines)
    assert 0 < len(compared) <= len(mines) * event_keys.MOST_NEIGHBOURS
