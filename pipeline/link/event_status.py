"""The status of an event noun that only takes up what was told before: "the closure" of a mine that is to shut.

It is decided once it is known which mentions are of one event, for nothing about such a noun tells its status.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from pipeline.records import Event, EventSubject, Status

#: What ``Event.status_rule`` says of a status that was decided here.
TAKEN_UP_RULE = "mention that it takes up"
#: Rules of ``extract.events.status_nouns`` that decide where nothing about a noun tells its status, and what they give.
UNDECIDED = frozenset(
    {
        "nothing above",
        "complement of another word",
        "subject of a verb",
        "any other preposition",
        "reaction to it",
        "no other rule",
    }
)
_DEFAULT: Status = "occurred"
#: Statuses that say nothing of the event that "the closure" means: its reopening, that it is off, or only imagined.
_NOT_PASSED_ON: frozenset[Status] = frozenset({"reversed", "denied", "hypothetical"})


def take_up_statuses(
    events: Sequence[Event], subjects: Sequence[EventSubject], groups: Sequence[int]
) -> tuple[Event, ...]:
    """The events, those that take up another mention of the same event with the status of that one.

    It is the last mention before whose own words tell the status, else the first one after. ``subjects`` and ``groups``
    (see ``group_events``) are parallel to ``events``. Of what is told of as one thing and as several, "the chain" and
    "its shops", the status of the one passes on.
    """
    of_one = {group for group, subject in zip(groups, subjects, strict=True) if subject.is_plural is False}
    telling: dict[int, list[int]] = {}
    for index, (event, subject, group) in enumerate(zip(events, subjects, groups, strict=True)):
        is_of_some = bool(subject.is_plural) and group in of_one
        if not _is_undecided(event) and event.status not in _NOT_PASSED_ON and not is_of_some:
            telling.setdefault(group, []).append(index)
    return tuple(
        _with_status_taken_up(event, index, telling.get(group, ()), events)
        if subject.takes_up and _is_undecided(event)
        else event
        for index, (event, subject, group) in enumerate(zip(events, subjects, groups, strict=True))
    )


def _is_undecided(event: Event) -> bool:
    return event.status == _DEFAULT and event.status_rule in UNDECIDED


def _with_status_taken_up(event: Event, index: int, telling: Sequence[int], events: Sequence[Event]) -> Event:
    """``telling``: sorted indices of the mentions of the same event whose own words tell their status."""
    if not telling:
        return event
    status = events[telling[max(bisect_left(telling, index) - 1, 0)]].status
    return replace(event, status=status, status_rule=TAKEN_UP_RULE, reason=f"{event.reason}; {status} as told before")
