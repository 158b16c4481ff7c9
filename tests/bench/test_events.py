"""Grouping over made-up corpora with known events: right ones, and the same ones whatever the order of articles."""

from __future__ import annotations

import random

from pipeline.compare import cluster_events, find_parts
from pipeline.knowledge.events.words import load_event_words
from pipeline.knowledge.files import models_folder
from tests.bench.events import events_table, made_up_events, measure

WORDS = load_event_words(models_folder()).groups


def test_most_pairs_are_found_and_few_are_wrong() -> None:
    done = measure(1_000)
    assert done.right > 0.95 * done.pairs
    assert done.wrong < 0.05 * done.right


def test_the_order_of_articles_makes_no_difference() -> None:
    events, _ = made_up_events(600)
    clusters = cluster_events(events, WORDS, {})
    parts = find_parts(events, clusters, WORDS)
    rng = random.Random(3)  # noqa: S311
    for _ in range(5):
        rng.shuffle(events)
        assert cluster_events(events, WORDS, {}) == clusters
        assert find_parts(events, clusters, WORDS) == parts


def test_more_articles_leave_most_events_as_they_were() -> None:
    events, _ = made_up_events(1_020)
    before = {frozenset(members) for members in cluster_events(events[:1_000], WORDS, {})}
    after = {frozenset(members) for members in cluster_events(events, WORDS, {})}
    assert len(before & after) >= len(before) - 20


def test_the_table_has_a_row_for_each_size() -> None:
    table = events_table((200, 300))
    assert [line.split("|")[1].strip() for line in table.splitlines()[2:4]] == ["200", "300"]
