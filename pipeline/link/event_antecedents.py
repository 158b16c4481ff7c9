"""What "the closure", "it" and "the mine" stand for: the fullest mention of the target of the same event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.records import Event, EventSubject, Span

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
        if _name_of(events[index], subjects[index], text) is not None:
            so_far = fullest.setdefault(group, index)
            if _fullness(subjects[index]) > _fullness(subjects[so_far]):
                fullest[group] = index
    named = []
    for event, subject, group in zip(events, subjects, groups, strict=True):
        best = fullest.get(group, -1)
        if best >= 0 and _stands_for(subject, subjects[best]):
            name, kind = _name_of(events[best], subjects[best], text), event.target_kind or events[best].target_kind
            event = replace(event, antecedent=name, target_kind=kind) if name != event.target else event
        named.append(event)
    return tuple(named)


def _name_of(event: Event, subject: EventSubject, text: str) -> Span | None:
    """The words of a mention that tell what happens to: the target, or what a pronoun stands for; None for neither."""
    span = event.antecedent or event.target
    if span is None or subject.reference == "none" or not subject.heads:
        return None
    return span if len(text[slice(*span)].split()) <= _MOST_WORDS else None


def _fullness(subject: EventSubject) -> tuple[bool, bool, int]:
    is_named = bool(subject.names or subject.owners)
    return is_named, subject.reference in _TELLING, len(subject.names) + len(subject.modifiers)


def _stands_for(subject: EventSubject, full: EventSubject) -> bool:
    """Whether a target names nothing itself, or less than the full one does."""
    if subject.reference not in _STANDING_FOR:
        return False
    if subject.reference == "none" or not subject.heads:
        return True
    is_named = bool(subject.names or subject.owners)
    return bool(full.names or full.owners) and not is_named and len(subject.modifiers) <= _MOST_MODIFIERS
