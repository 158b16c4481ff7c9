"""Which mentions in an article are of one event: a closing that is told several times, and its reopening.

Every mention is compared with the groups of mentions before it, by the rules of ``event_group_rules`` over what it
happens to (``event_subjects``). Where nothing ties two mentions, they stay apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter

from pipeline.knowledge.events.words import GroupWords
from pipeline.link.event_group import Group, Pair
from pipeline.link.event_group_rules import APART, GROUP_RULES, is_dated_apart, is_same_at_another_time
from pipeline.link.event_upholding import is_upholding
from pipeline.records import Event, EventSubject
from pipeline.rule_table import first_rule

#: Groups that a mention is compared with, those mentioned last first. Nobody takes up with "the mine" what was spoken
#: of fifty closings ago, and comparing with all would cost the square of their number where an article lists thousands.
_MOST_GROUPS = 50
#: Characters from the last mention of a group within which it has just been told of: about two sentences.
_JUST_TOLD = 250
#: How what no certain event happens to is spoken of: "a closure", "a mine closure".
_ANY = frozenset({"indefinite", "compound"})


def group_events(events: Sequence[Event], subjects: Sequence[EventSubject], words: GroupWords) -> tuple[int, ...]:
    """Of each event the index of the first mention of the same one; its own index where it is mentioned first.

    ``events`` are those of one article in text order, ``subjects`` is parallel to them. Events of different types are
    never one. What only says that all stays as it is ("The pool stays open") joins what the others make one, wherever
    it stands, and changes nothing about it.
    """
    groups_of_type: dict[str, dict[int, Group]] = {}
    first_mentions = list(range(len(events)))
    telling = [index for index, event in enumerate(events) if not is_upholding(event)]
    for position, index in enumerate(telling):
        event, subject = events[index], subjects[index]
        if _is_any(event, subject, words):
            continue
        groups = groups_of_type.setdefault(event.type, {})
        pairs = list(_pairs(position, event, subject, groups, words))
        group = _find_group(pairs)
        if group is None:
            group = Group(index, is_dated_apart=bool(groups) and is_dated_apart(subject, words))
            group.add(position, event, subject)
            for pair in pairs:
                if is_same_at_another_time(pair):
                    group.share_subject(pair.group)
        else:
            group.add(position, event, subject)
        groups.pop(group.first, None)
        groups[group.first] = group  # the last one in the order of the dict
        first_mentions[index] = group.first
    for index, event in enumerate(events):
        if is_upholding(event):
            groups = groups_of_type.get(event.type, {})
            group = _find_group(_pairs(bisect_left(telling, index), event, subjects[index], groups, words))
            first_mentions[index] = group.first if group is not None else index
    return _from_first(first_mentions)


def _pairs(
    position: int, event: Event, subject: EventSubject, groups: dict[int, Group], words: GroupWords
) -> Iterator[Pair]:
    """The mention with each of the groups that were mentioned last."""
    for group in islice(reversed(groups.values()), _MOST_GROUPS):
        yield Pair(position, event, subject, group, words)


def _from_first(groups: Sequence[int]) -> tuple[int, ...]:
    """The groups, each named by its first mention in the text."""
    first: dict[int, int] = {}
    for index, group in enumerate(groups):
        first.setdefault(group, index)
    return tuple(first[group] for group in groups)


def _is_any(event: Event, subject: EventSubject, words: GroupWords) -> bool:
    """Whether it speaks of no certain event: "A closure would be wrong", and not of "a full closure of the border"."""
    if event.status != "hypothetical" or subject.reference not in _ANY:
        return False
    articles = subject.modifiers & words.indefinite
    return bool(articles) and subject.modifiers <= articles | subject.heads


def _find_group(pairs: Iterable[Pair]) -> Group | None:
    """The group that the mention surest belongs to; None when it belongs to none of them."""
    rated = ((first_rule(GROUP_RULES, pair).outcome(pair), _prominence(pair), pair.group) for pair in pairs)
    best = max(rated, key=itemgetter(0, 1), default=None)  # of equals the one mentioned last
    return best[2] if best is not None and best[0] > APART else None


def _prominence(pair: Pair) -> int:
    """Which of several groups is meant: what has just been told of, else the article's topic, which was told of first.

    A mention that names nothing or any site, "the closure", "the facility", is of the group mentioned last, and so is
    what undoes one of two closings of one thing. What is said to stay open was meant to close, not to reopen.
    """
    if is_upholding(pair.event):
        return -("reversed" in pair.group.statuses)
    heads = pair.subject.heads
    is_undoing = pair.event.status == "reversed"
    if pair.subject.reference == "none" or is_undoing or (heads and heads <= pair.words.general):
        return 0
    is_just_told = pair.event.trigger[0] - pair.group.offset <= _JUST_TOLD
    return 1 if is_just_told else -pair.group.first
