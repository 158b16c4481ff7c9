"""Ids of events: kept when an event grows, by the larger part when it falls apart or is joined to another."""

from __future__ import annotations

from itertools import permutations

from pipeline.store.event_ids import name_events


def test_a_new_event_is_named_by_its_first_member() -> None:
    names = name_events({}, [["b", "a"], ["c"]])
    assert (names.ids, names.formerly) == ({"b": "b", "a": "b", "c": "c"}, {})


def test_an_event_that_grows_keeps_its_id() -> None:
    names = name_events({"b": "b"}, [["a", "b", "c"]])
    assert (names.ids, names.formerly) == (dict.fromkeys("abc", "b"), {})


def test_events_that_are_joined_have_the_id_that_most_had() -> None:
    known = {"a": "a", "b": "b", "c": "b"}
    for order in permutations("abc"):
        names = name_events(known, [list(order)])
        assert (names.ids, names.formerly) == (dict.fromkeys("abc", "b"), {"b": ("a",)})


def test_of_an_event_that_falls_apart_the_larger_part_keeps_the_id() -> None:
    known = dict.fromkeys("abc", "a")
    for clusters in permutations([["a"], ["b", "c"]]):
        names = name_events(known, clusters)
        # The id "a" is taken, though it is that of the article's own event.
        assert names.ids["b"] == names.ids["c"] == "a"
        assert names.ids["a"] != "a"
        assert names.formerly == {names.ids["a"]: ("a",)}
