"""Which mentions that say that all stays as it is ("The pool stays open") are denials of an event that is told.

By themselves such words deny nothing: most shops are open. They count where the article tells of the event itself for
the same thing, and neither that it has been undone since nor, in its own voice, that it has come about.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from pipeline.extract.events.denials import UPHELD_RULE
from pipeline.knowledge.events.words import GroupWords
from pipeline.records import Event, EventSubject, Status

#: Who says it: the names, or else the words for those who are quoted; () for the article itself.
Voice = tuple[str, ...]


#: What an article that itself says that all stays as it is would contradict.
_COME_ABOUT: frozenset[Status] = frozenset({"occurred", "ongoing"})
#: How what was told of is taken up, with whatever words before the noun: "the swimming pool" after "the pool".
_TAKING_UP = frozenset({"definite", "possessive", "pronoun", "none"})


@dataclass(slots=True)
class _Told:
    """What the other mentions of one event say of it: put together once, as an article may have thousands."""

    modifiers: set[frozenset[str]] = field(default_factory=set)  #: of what it happens to, as ``EventSubject.modifiers``
    statuses: set[Status] = field(default_factory=set)
    is_told: bool = False  #: whether one tells of the event itself, not only of its undoing
    at_odds: set[Voice] = field(default_factory=set)  #: who tells that it has come about or was undone
    is_disputed: bool = False  #: whether somebody is quoted with it that it has come about

    def add(self, event: Event, subject: EventSubject, voice: Voice) -> None:
        self.modifiers.add(subject.modifiers)
        self.statuses.add(event.status)
        self.is_told |= not event.undoes
        if event.status in _COME_ABOUT or event.status == "reversed":
            self.at_odds.add(voice)
        self.is_disputed |= bool(voice) and event.status in _COME_ABOUT


def founded(
    events: Sequence[Event],
    subjects: Sequence[EventSubject],
    groups: Sequence[int],
    voices: Sequence[Voice],
    words: GroupWords,
) -> list[int]:
    """The indices of the events without mentions of what stays as it is that deny nothing told.

    ``subjects``, ``groups`` (see ``group_events``) and ``voices`` are parallel to ``events``.
    """
    told: dict[int, _Told] = {}
    for event, subject, group, voice in zip(events, subjects, groups, voices, strict=True):
        if not is_upholding(event):
            told.setdefault(group, _Told()).add(event, subject, voice)

    def is_founded(index: int) -> bool:
        event, others = events[index], told.get(groups[index])
        if others is None or not others.is_told or event.status != "denied":
            return False
        # Who means to keep the parks open denies no closing of years ago.
        is_past = event.denial == "plan" and others.statuses == {"occurred"}
        is_all = _is_all_of_it(subjects[index], others.modifiers, words)
        return is_all and not is_past and not _is_at_odds(voices[index], others)

    return [index for index, event in enumerate(events) if not is_upholding(event) or is_founded(index)]


def is_upholding(event: Event) -> bool:
    """Whether its words only say that all stays as it is."""
    return event.status_rule == UPHELD_RULE


def _is_all_of_it(subject: EventSubject, modifiers: Collection[frozenset[str]], words: GroupWords) -> bool:
    """Whether it is what closes that stays open, not others, some or a part of it: "the other shops", "food shops"."""
    if subject.modifiers & (words.others | words.remaining):
        return False
    if subject.reference in _TAKING_UP:
        return True
    narrowing = subject.modifiers - subject.heads - subject.names
    return not narrowing or any(narrowing <= of_other for of_other in modifiers)


def _is_at_odds(voice: Voice, told: _Told) -> bool:
    """Whether it has been undone since, or whoever says that it stays so tells that it has come about.

    Where one says that it has come about and another that it has not, what the article tells of its undoing counts not.
    """
    if voice in told.at_odds:
        return True
    return not (voice and told.is_disputed) and "reversed" in told.statuses
