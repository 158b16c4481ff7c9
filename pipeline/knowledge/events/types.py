"""Event types as data: what triggers an event, what it may happen to, how sure the text is, with examples.

A file of models/events/ (or one the user names) describes one type. Nothing of it is code: the engine in
``pipeline.extract.events`` reads any file of this schema.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipeline.records import Permanence, Status

Form = Literal["verb", "noun", "adjective"]
#: Where the target of a verb stands: object; subject; either (object, else subject); after a preposition; an
#: activity as object ("cease operations"), whose subject is the target when the activity stands bare; or what the
#: object is made or called ("named her chair", "was appointed as a judge").
Frame = Literal["either", "object", "subject", "preposition", "activity", "complement"]
#: Whom the column actor names: whoever brings the event about, or whoever it happens to ("she was appointed judge").
Doer = Literal["agent", "undergoer"]


@dataclass(frozen=True, slots=True)
class TargetClass:
    """Nouns that name one sort of target. ``name`` is what triggers refer to, ``kind`` what the table shows."""

    kind: str
    nouns: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that may state the event.

    ``words`` are lemmas (adjectives: the form itself). ``particles``: one must follow ("" allows none). ``tail``: one
    of these phrases must follow. ``targets`` are the names of target classes allowed (empty: all), ``not_targets``
    those refused; ``subjects`` are the classes that the subject of an activity must be of (empty: any). ``named``,
    ``pronouns``, ``untyped``: whether a named organisation or facility, a pronoun, any other noun will do as target;
    ``bare``: whether it may have none. ``near``: instead of a target, a place after the preposition will do where a
    target of these classes was spoken of shortly before. ``actor``: see ``Doer``.
    ``confidence`` is for a typed target.
    """

    rule: str
    form: Form
    words: tuple[str, ...]
    frame: Frame = "either"
    particles: tuple[str, ...] = ("",)
    tail: tuple[str, ...] = ()
    prepositions: tuple[str, ...] = ()
    targets: frozenset[str] = frozenset()
    not_targets: frozenset[str] = frozenset()
    not_subjects: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    named: bool = False
    pronouns: bool = False
    untyped: bool = False
    bare: bool = False
    reverses: bool = False
    actor: Doer = "agent"
    permanence: Permanence = "unspecified"
    confidence: float = 0.8


@dataclass(frozen=True, slots=True)
class Counter:
    """What makes it no event: ``nouns`` as target; ``phrases`` around the trigger (words or
    lemmas, "=a" the word only, "a|b" either, "#" a number)."""

    nouns: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusCues:
    """Lemmas that govern or modify a trigger and settle its status; ``transparent`` ones pass on their own.

    ``future_in_past`` modals mean planned under a past report, else hypothetical; ``hypothetical`` are conjunctions;
    ``adverbs`` that hold a state now make it ongoing.
    """

    planned: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()
    threatened: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    ongoing: frozenset[str] = frozenset()
    reversed: frozenset[str] = frozenset()
    occurred: frozenset[str] = frozenset()
    transparent: frozenset[str] = frozenset()
    hypothetical: frozenset[str] = frozenset()
    future_in_past: frozenset[str] = frozenset()
    adverbs: frozenset[str] = frozenset()

    def by_lemma(self) -> dict[str, Status]:
        """Every governing or modifying lemma with the status it gives."""
        return {lemma: status for status in _GOVERNED for lemma in getattr(self, status)}


_GOVERNED: tuple[Status, ...] = ("planned", "possible", "threatened", "denied", "ongoing", "reversed", "occurred")


@dataclass(frozen=True, slots=True)
class PermanenceCues:
    """Words about the trigger that settle permanence; ``permanent_nearby`` count anywhere in the sentence."""

    permanent: frozenset[str] = frozenset()
    temporary: frozenset[str] = frozenset()
    permanent_nearby: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CauseCues:
    """``connectors`` (prepositions or conjunctions, maybe of several words) before a cause; ``weak`` ones only
    right on the trigger or its governor; ``nouns`` that cause but don't act."""

    connectors: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    nouns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that must match, with what must be found where it is given, as written in ``text``.

    ``antecedent`` is what a pronoun or bare noun as target stands for.
    """

    text: str
    trigger: str
    target: str = ""
    target_kind: str = ""
    antecedent: str = ""
    actor: str = ""
    place: str = ""
    cause: str = ""
    status: str = ""
    permanence: str = ""


@dataclass(frozen=True, slots=True)
class EventType:
    """One event type as its file describes it."""

    name: str
    targets: tuple[TargetClass, ...]
    triggers: tuple[Trigger, ...]
    counter: Counter = field(default_factory=Counter)
    status: StatusCues = field(default_factory=StatusCues)
    permanence: PermanenceCues = field(default_factory=PermanenceCues)
    cause: CauseCues = field(default_factory=CauseCues)
    #: Subjects of these verbs act when the event is their noun object ("announced the closure").
    controllers: frozenset[str] = frozenset()
    matches: tuple[Example, ...] = ()
    non_matches: tuple[str, ...] = ()
