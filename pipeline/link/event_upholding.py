"""Which mentions that say that all stays as it is ("The pool stays open") are denials of an event that is told.

By themselves such words deny nothing: most shops are open. They count where the article tells of the event itself for
the same thing, and neither that it has been undone since nor, in its own voice, that it has come about.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extract.events.denials import UPHELD_RULE
from pipeline.knowledge.events.words import GroupWords
from pipeline.records import Event, EventSubject, Status

#: Who says it: the names, or else the words for those who are quoted; () for the article itself.
Voice = tuple[str, ...]


class _Told(NamedTuple):
    """Another mention of the event, and who says it."""

    event: Event
    voice: Voice


#: What an article that itself says that all stays as it is would contradict.
_COME_ABOUT: frozenset[Status] = frozenset({"occurred", "ongoing"})
#: How what was told of is taken up, with whatever words before the noun: "the swimming pool" after "the pool".
_TAKING_UP = frozenset({"definite", "possessive", "pronoun", "none"})


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
    members: dict[int, list[int]] = {}
    for index, group in enumerate(groups):
        if not is_upholding(events[index]):
            members.setdefault(group, []).append(index)

    def is_founded(index: int) -> bool:
        others = members.get(groups[index], ())
        is_denial = events[index].status == "denied" and not all(events[other].undoes for other in others)
        told = [_Told(events[other], voices[other]) for other in others]
        is_past = events[index].denial == "plan" and all(events[other].status == "occurred" for other in others)
        is_all = _is_all_of_it(subjects[index], [subjects[other] for other in others], words)
        # Who means to keep the parks open denies no closing of years ago.
        return is_denial and is_all and not is_past and not _is_at_odds(voices[index], told)

    return [index for index, event in enumerate(events) if not is_upholding(event) or is_founded(index)]


def is_upholding(event: Event) -> bool:
    """Whether its words only say that all stays as it is."""
    return event.status_rule == UPHELD_RULE


def _is_all_of_it(subject: EventSubject, told: Sequence[EventSubject], words: GroupWords) -> bool:
    """Whether it is what closes that stays open, not others, some or a part of it: "the other shops", "food shops"."""
    if subject.modifiers & (words.others | words.remaining):
        return False
    if subject.reference in _TAKING_UP:
        return True
    narrowing = subject.modifiers - subject.heads - subject.names
    return not narrowing or any(narrowing <= mention.modifiers for mention in told)


def _is_at_odds(voice: Voice, told: Sequence[_Told]) -> bool:
    """Whether it has been undone since, or whoever says that it stays so tells that it has come about.

    Where one says that it has come about and another that it has not, what the article tells of its undoing counts not.
    """
    own = [event.status for event, of_event in told if of_event == voice]
    if "reversed" in own or not _COME_ABOUT.isdisjoint(own):
        return True
    is_disputed = bool(voice) and any(event.status in _COME_ABOUT and of_event for event, of_event in told)
    return not is_disputed and any(event.status == "reversed" for event, _ in told)
