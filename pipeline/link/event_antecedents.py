"""What "the closure", "it" and "the mine" stand for: the fullest mention of the target of the same event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.records import Event, EventSubject

#: How a target is spoken of that says itself which one it is.
_TELLING = frozenset({"name", "definite", "possessive", "indefinite", "bare"})
#: How one is spoken of that may stand for another one.
_STANDING_FOR = frozenset({"none", "pronoun", "definite", "compound"})
#: Words at most of a target that is shown in other rows; a longer one tells more than what it is.
_MOST_WORDS = 14
#: Modifiers of a noun that may stand for another one: the "the" of "the mine".
_MOST_MODIFIERS = 1


def name_targets(
    events: Sequence[Event], subjects: Sequence[EventSubject], groups: Sequence[int], text: str
) -> tuple[Event, ...]:
    """The events, with the fullest mention of the same target as antecedent where their own words don't name it.

    ``subjects`` and ``groups`` (see ``group_events``) are parallel to ``events``; ``text`` is the article's.
    """
    fullest: dict[int, int] = {}
    for index, group in enumerate(groups):
        if _is_telling(events[index], subjects[index], text):
            so_far = fullest.setdefault(group, index)
            if _fullness(subjects[index]) > _fullness(subjects[so_far]):
                fullest[group] = index
    named = []
    for event, subject, group in zip(events, subjects, groups, strict=True):
        best = fullest.get(group, -1)
        if best >= 0 and events[best].target != event.target and _stands_for(subject, subjects[best]):
            kind = event.target_kind or events[best].target_kind
            event = replace(event, antecedent=events[best].target, target_kind=kind)
        named.append(event)
    return tuple(named)


def _is_telling(event: Event, subject: EventSubject, text: str) -> bool:
    if event.target is None or subject.reference not in _TELLING or not subject.heads:
        return False
    return len(text[slice(*event.target)].split()) <= _MOST_WORDS


def _fullness(subject: EventSubject) -> tuple[bool, int]:
    return bool(subject.names or subject.owners), len(subject.names) + len(subject.modifiers)


def _stands_for(subject: EventSubject, full: EventSubject) -> bool:
    """Whether a target names nothing itself, or less than the full one does."""
    if subject.reference not in _STANDING_FOR:
        return False
    if subject.reference == "none" or not subject.heads:
        return True
    is_named = bool(subject.names or subject.owners)
    return bool(full.names or full.owners) and not is_named and len(subject.modifiers) <= _MOST_MODIFIERS
