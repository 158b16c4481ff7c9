"""What "the closure", "it" and "the mine" stand for: the fullest mention of the target of the same event, its actor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.knowledge.events.words import EventWords
from pipeline.link.event_upholding import is_upholding
from pipeline.records import Event, EventSubject, Span, Speaker

#: How a target is spoken of that says itself which one it is.
_TELLING = frozenset({"name", "definite", "possessive", "indefinite", "bare"})
#: How one is spoken of that may stand for another one.
_STANDING_FOR = frozenset({"none", "pronoun", "definite", "compound"})
#: Types of speakers who say "we" of themselves.
_FIRMS = ("organisation", "media", "government")
#: Words at most of a target that is shown in other rows; a longer one tells more than what it is.
_MOST_WORDS = 14
#: Modifiers of a noun that may stand for another one: the "the" of "the mine".
_MOST_MODIFIERS = 1


def name_targets(
    events: Sequence[Event], subjects: Sequence[EventSubject], groups: Sequence[int], text: str
) -> tuple[Event, ...]:
    """The events, with the fullest mention of the same target as antecedent where their own words don't name it.

    ``subjects`` and ``groups`` (see ``group_events``) are parallel to ``events``; ``text`` is the article's. Several
    things are seldom the same ones as are named later ("the shops", further down "its shops in Osk"): of them only
    earlier mentions count, if there are any.
    """
    names = [_name_of(event, subject, text) for event, subject in zip(events, subjects, strict=True)]
    fullest: dict[int, int] = {}
    for index, group in enumerate(groups):
        _note_fuller(fullest, group, index, names, subjects)
    of_several = {group for group, subject in zip(groups, subjects, strict=True) if subject.is_plural}
    fullest_so_far: dict[int, int] = {}
    named = []
    for index, (event, subject, group) in enumerate(zip(events, subjects, groups, strict=True)):
        _note_fuller(fullest_so_far, group, index, names, subjects)
        best = fullest.get(group, index)
        if group in of_several:
            best = fullest_so_far.get(group, best)
        name = names[best]
        if name is not None and name != event.target and _stands_for(subject, subjects[best]):
            event = replace(event, antecedent=name, target_kind=event.target_kind or events[best].target_kind)
        named.append(event)
    return tuple(named)


def name_speaking_firms(
    events: Sequence[Event],
    reporters: Sequence[int | None],
    speakers: Sequence[Sequence[Speaker]],
    text: str,
    words: EventWords,
) -> tuple[Event, ...]:
    """The events, with the firm that speaks as antecedent of "we": '"We will cease trading in May," Larn Mills said.'

    ``reporters`` has for each event the index of the quote that reports it, ``speakers`` those of each quote; ``text``
    is the article's. Whom a person speaks for is not told.
    """
    named = []
    for event, reporter in zip(events, reporters, strict=True):
        speaker = speakers[reporter][0] if reporter is not None and speakers[reporter] else None
        is_we = event.target is not None and text[slice(*event.target)].lower() in words.targets.speaking_pronouns
        is_firm = speaker is not None and speaker.type in _FIRMS and speaker.mention is not None
        named.append(replace(event, antecedent=speaker.mention) if is_we and is_firm and speaker else event)
    return tuple(named)


def name_actors(
    events: Sequence[Event],
    actors: Sequence[Speaker | None],
    subjects: Sequence[EventSubject],
    groups: Sequence[int],
) -> tuple[Speaker | None, ...]:
    """The actors, of an event noun without one that takes up a mention before it the actor told there last.

    Whoever closes a mine need not be who reopens it or keeps it open, so that a closing takes up a closing, a reopening
    a reopening.
    All is parallel to ``events``.
    """
    told: dict[tuple[int, bool, bool], Speaker] = {}
    named: list[Speaker | None] = []
    for event, actor, subject, group in zip(events, actors, subjects, groups, strict=True):
        key = (group, event.status == "reversed", is_upholding(event))
        if actor is not None:
            told[key] = actor
        named.append(actor or (told.get(key) if subject.takes_up else None))
    return tuple(named)


def _note_fuller(
    fullest: dict[int, int], group: int, index: int, names: Sequence[Span | None], subjects: Sequence[EventSubject]
) -> None:
    """Note for the group the mention at ``index`` where it says more of the target than the one noted.

    What is told of as one thing and as several, "the chain" and "its shops", is named as one.
    """
    if names[index] is None:
        return
    noted = fullest.setdefault(group, index)
    numbers = (subjects[index].is_plural, subjects[noted].is_plural)
    if None not in numbers and numbers[0] != numbers[1]:
        is_fuller = not subjects[index].is_plural
    else:
        is_fuller = _fullness(subjects[index]) > _fullness(subjects[noted])
    if is_fuller:
        fullest[group] = index


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
