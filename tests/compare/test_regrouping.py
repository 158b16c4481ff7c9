"""A grouping that goes on from the last one: what a grouping of everything gives, without comparing everything."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pipeline.compare import (
    EventInArticle,
    Regrouped,
    cluster_events,
    event_clusters,
    event_keys,
    event_parts,
    find_parts,
    regroup,
    regrouping,
)
from pipeline.compare.event_pairs import match_events
from pipeline.records import Occasion
from pipeline.store import schema
from pipeline.store.grouping import Groups
from tests.compare.test_event_pairs import ALIKE, FIRST, WORDS, event

#: Names in the articles of made-up events.
_PEOPLE = tuple(f"person {number}" for number in range(24))
_TABLES = ("grouped_events", "event_pairs")


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    with closing(empty_store()) as connection:
        yield connection


def empty_store() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript("".join(schema.UPGRADES))
    return connection


def go_on(
    database: sqlite3.Connection,
    events: Sequence[EventInArticle],
    stories: Mapping[str, str] | None = None,
    edited: Mapping[str, str] | None = None,
    rules: str = "rules",
) -> Regrouped:
    """Group the events, going on from what the store has, and save what came of it."""
    groups = Groups(database, rules)
    grouped = regroup(events, WORDS, stories or {}, edited or {}, groups.load())
    groups.save(grouped.changes)
    return grouped


def made_up(rng: random.Random, number: int) -> EventInArticle:
    """An event of few towns, owners and people, so that many share each key."""
    is_plural = rng.random() < 0.5
    begun = FIRST + timedelta(rng.randrange(120))
    return event(
        f"e{number:03}",
        rng.choice(("mine", "pit", "plant")),
        days=None if rng.random() < 0.1 else rng.randrange(120),
        context=tuple(rng.sample(_PEOPLE, 6)),
        mentions=rng.randint(1, 3),
        towns=tuple(rng.sample(("larn", "alder", "osk", "harwick"), rng.randint(0, 1))),
        owners=tuple(rng.sample(("brandt", "blake", "dahl", "ek"), rng.randint(0, 1))),
        actors=("council",) if rng.random() < 0.2 else (),
        is_plural=is_plural,
        counts=(rng.randint(2, 4),) if is_plural and rng.random() < 0.4 else (),
        is_generic=rng.random() < 0.05,
        occasion=Occasion(begun=((begun, begun),)) if rng.random() < 0.3 else Occasion(),
    )


def changed_corpus(rng: random.Random, corpus: dict[str, EventInArticle]) -> dict[str, EventInArticle]:
    """The corpus with some events more, some fewer, and some told otherwise."""
    corpus = dict(corpus)
    for _ in range(rng.choice((0, 1, 3, 8))):
        new = made_up(rng, rng.randrange(90))
        if rng.random() < 0.5:
            corpus[new.profile.event_id] = new
        else:
            corpus.pop(rng.choice(sorted(corpus)))
    return corpus


@pytest.mark.parametrize("seed", range(4))
def test_the_outcome_is_that_of_a_grouping_of_everything(
    seed: int, database: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over many runs with copies, people's merges and names of which there are too many, with few neighbours each."""
    monkeypatch.setattr(event_keys, "MOST_NEIGHBOURS", 3)
    monkeypatch.setattr(event_parts, "_MOST_WHOLES", 1)
    monkeypatch.setattr(event_clusters, "_MOST_ARTICLES", 16)
    monkeypatch.setattr(event_clusters, "_MOST_EVENTS", 14)
    rng = random.Random(seed)  # noqa: S311
    corpus = {new.profile.event_id: new for new in (made_up(rng, number) for number in range(50))}
    edited: dict[str, str] = {}
    for _ in range(12):
        events = rng.sample(sorted(corpus.values(), key=event_keys.day_and_id), len(corpus))
        stories = {events[0].doc_id: events[1].story}
        if rng.random() < 0.3:
            edited = {rng.choice(events).profile.event_id: rng.choice("uvw") for _ in range(8)}
        grouped = go_on(database, events, stories, edited)
        clusters = cluster_events(events, WORDS, stories, edited)
        assert grouped.clusters == clusters
        assert grouped.parts == find_parts(events, clusters, WORDS)
        with closing(empty_store()) as anew:
            go_on(anew, events, stories, edited)
            assert kept_rows(database) == kept_rows(anew)
        corpus = changed_corpus(rng, corpus)


def kept_rows(database: sqlite3.Connection) -> list[list[Any]]:
    return [database.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall() for table in _TABLES]  # noqa: S608


def mines(count: int) -> list[EventInArticle]:
    """Mines of one owner, each of other people and in a town of its own."""
    return [
        event(f"m{number:03}", "mine", towns=(f"town{number}",), owners=("brandt",), days=number)
        for number in range(count)
    ]


def test_only_what_is_new_is_compared(database: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[frozenset[str]] = []

    def noted(first: EventInArticle, second: EventInArticle, words: Any) -> Any:
        compared.append(frozenset((first.profile.event_id, second.profile.event_id)))
        return match_events(first, second, words)

    monkeypatch.setattr(regrouping, "match_events", noted)
    events = [event(f"a{number}", "mine", owners=("brandt",), counts=(number,)) for number in range(2, 12)]
    go_on(database, events)
    assert len(compared) == 45
    compared.clear()
    assert not go_on(database, events).changes.events
    assert compared == []
    new = event("n", "mine", owners=("brandt",), counts=(2,))
    grouped = go_on(database, [*events, new])
    assert len(compared) == 10
    assert all("n" in pair for pair in compared)
    assert grouped.changes.events.keys() == {"n"}
    assert ["a2", "n"] in grouped.clusters


def test_what_comes_between_two_neighbours_parts_them_and_joins_them_when_it_goes(
    database: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_keys, "MOST_NEIGHBOURS", 2)
    first, last = (event(name, "mine", owners=("brandt",), days=days) for name, days in (("a", 0), ("z", 20)))
    between = [event(name, "pool", owners=("brandt",), days=9, kinds=("shop or office",)) for name in "mno"]
    assert ["a", "z"] in go_on(database, [first, last, between[0]]).clusters
    assert ["a", "z"] not in go_on(database, [first, last, *between]).clusters
    assert ["a", "z"] in go_on(database, [first, last, between[1]]).clusters


def test_a_name_that_becomes_too_frequent_ties_none_of_those_before(
    database: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_clusters, "_MOST_ARTICLES", 3)
    alike = [event(f"{number}", "mine", context=ALIKE, counts=(number // 2,)) for number in range(4)]
    assert go_on(database, alike[:3]).clusters == [["0", "1"], ["2"]]
    assert len(go_on(database, alike).clusters) == 4
    assert go_on(database, alike[1:]).clusters == [["1"], ["2", "3"]]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE grouped_events SET cluster = 'nobody'",
        "UPDATE grouped_events SET digest = '', keys = 'no JSON'",
        "UPDATE event_pairs SET score = 'much'",
        "DELETE FROM grouped_events WHERE event_id = 'a'",
        "DELETE FROM grouping",
    ],
)
def test_what_makes_no_sense_is_decided_anew(damage: str, database: sqlite3.Connection) -> None:
    events = [event("a", "mine", names=("alder",)), event("b", "mine", names=("alder",)), *mines(3)]
    go_on(database, events)
    rows = kept_rows(database)
    database.execute(damage)
    assert go_on(database, events).clusters == cluster_events(events, WORDS, {})
    assert kept_rows(database) == rows


def test_other_rules_decide_everything_anew(database: sqlite3.Connection) -> None:
    go_on(database, mines(4))
    assert go_on(database, mines(3), rules="other rules").changes.is_anew
    assert len(kept_rows(database)[0]) == 3
    assert not go_on(database, mines(3), rules="other rules").changes.events


def test_an_event_that_is_told_otherwise_is_another(database: sqlite3.Connection) -> None:
    told = event("b", "mine", names=("alder",))
    events = [event("a", "mine", names=("alder",)), told]
    assert go_on(database, events).clusters == [["a", "b"]]
    otherwise = replace(told, profile=replace(told.profile, years=(1990,)))
    events[0] = replace(events[0], profile=replace(events[0].profile, years=(2020,)))
    assert go_on(database, [events[0], otherwise]).clusters == [["a"], ["b"]]


def test_a_part_has_another_whole_where_one_between_them_goes(
    database: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_parts, "_MOST_WHOLES", 1)
    whole = event("a", "mine", owners=("brandt",), is_plural=True, counts=(5,))
    between = event("b", "school", owners=("brandt",), is_plural=True, counts=(2,), days=1, kinds=("school",))
    part = event("c", "mine", names=("alder",), owners=("brandt",), days=2)
    assert go_on(database, [whole, between, part]).parts == {}
    assert go_on(database, [whole, part]).parts == {"c": "a"}


def test_what_somebody_had_joined_to_an_event_keeps_it_apart_no_longer(database: sqlite3.Connection) -> None:
    joined = event("a", "mine", names=("alder",), owners=("dahl",))
    unnamed = event("b", "mine", owners=("brandt",), days=1)
    other = event("c", "mine", names=("osk",), owners=("brandt",), days=2)
    edited = {"a": "e1", "b": "e1"}
    assert go_on(database, [joined, unnamed, other], edited=edited).clusters == [["a", "b"], ["c"]]
    assert go_on(database, [unnamed, other], edited=edited).clusters == [["b", "c"]]
