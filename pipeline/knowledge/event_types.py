"""Event types as data: what triggers an event, what it may happen to, how sure the text is, with examples.

A file of models/events/ (or one the user names) describes one type. Nothing of it is code: the engine in
``pipeline.extract.events`` reads any file of this schema.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

from pipeline.errors import BadKnowledge
from pipeline.knowledge.files import check_keys, read_toml
from pipeline.records import Permanence, Status

Form = Literal["verb", "noun", "adjective"]
#: Where the target of a verb stands: object; subject; either (object, else subject); after a preposition; or an
#: activity as object ("cease operations"), whose subject is the target when the activity stands bare.
Frame = Literal["either", "object", "subject", "preposition", "activity"]


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
    those refused. ``named``, ``pronouns``, ``untyped``: whether a named organisation or facility, a pronoun, any other
    noun will do as target; ``bare``: whether it may have none. ``near``: instead of a target, a place after the
    preposition will do where a target of these classes was spoken of shortly before. ``confidence`` is for a typed
    target.
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
    near: frozenset[str] = frozenset()
    named: bool = False
    pronouns: bool = False
    untyped: bool = False
    bare: bool = False
    reverses: bool = False
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
    """A sentence that must match, with what must be found where it is given, as written in ``text``."""

    text: str
    trigger: str
    target: str = ""
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


def load_event_type(path: Path) -> EventType:
    """Read one event type.

    Raises BadKnowledge naming file, line where known, and key when the TOML is broken, a key is unknown or missing, a
    value is of the wrong type, or a trigger refers to a target class that isn't there.
    """
    return _Reader(path).event_type()


class _Reader:
    """One file being read; knows how to name the place of a mistake."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.table = read_toml(path)
        self.lines = path.read_text(encoding="utf-8").splitlines()

    def event_type(self) -> EventType:
        keys = [
            "name",
            "controllers",
            "target",
            "trigger",
            "counter",
            "status",
            "permanence",
            "cause",
            "match",
            "no_match",
        ]
        check_keys(self.table, keys, self._where("", next((key for key in self.table if key not in keys), "")))
        top = self.table
        targets = self._records("target", TargetClass)
        event_type = EventType(
            name=str(self._value(top, "name", "str", "")),
            controllers=self._value(top, "controllers", "frozenset[str]", "") if "controllers" in top else frozenset(),
            targets=tuple(TargetClass(each.kind, each.nouns, each.name or each.kind) for each in targets),
            triggers=tuple(self._records("trigger", Trigger)),
            counter=self._record(self._table("counter"), Counter, "[counter]"),
            status=self._record(self._table("status"), StatusCues, "[status]"),
            permanence=self._record(self._table("permanence"), PermanenceCues, "[permanence]"),
            cause=self._record(self._table("cause"), CauseCues, "[cause]"),
            matches=tuple(self._records("match", Example)),
            non_matches=self._value(top, "no_match", "tuple[str, ...]", "") if "no_match" in top else (),
        )
        self._check_names(event_type)
        return event_type

    def _check_names(self, event_type: EventType) -> None:
        known = {each.name for each in event_type.targets}
        for number, trigger in enumerate(event_type.triggers, 1):
            for key in ("targets", "not_targets", "near"):
                unknown = sorted(getattr(trigger, key) - known)
                if unknown:
                    where = self._where(f"[[trigger]] {number}", key, unknown[0])
                    raise BadKnowledge(
                        f"{where}: no target class {unknown[0]!r}.", f"Known: {', '.join(sorted(known))}."
                    )

    def _table(self, key: str) -> Mapping[str, Any]:
        table = self.table.get(key, {})
        if not isinstance(table, dict):
            raise BadKnowledge(f"{self._where('', key)}: must be a table, [{key}].")
        return table

    def _records(self, key: str, kind: type[Any]) -> list[Any]:
        rows = self.table.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise BadKnowledge(f"{self._where('', key)}: must be tables, each under [[{key}]].")
        return [self._record(row, kind, f"[[{key}]] {number}") for number, row in enumerate(rows, 1)]

    def _record(self, row: Mapping[str, Any], kind: type[Any], place: str) -> Any:
        known: dict[str, Field[Any]] = {each.name: each for each in fields(kind)}
        unknown = next((key for key in row if key not in known), "")
        check_keys(row, known, self._where(place, unknown))
        for name, each in known.items():
            if name not in row and each.default is MISSING and each.default_factory is MISSING:
                raise BadKnowledge(f"{self._where(place, name)}: the key is missing.")
        return kind(**{key: self._value(row, key, str(known[key].type), place) for key in row})

    def _value(self, row: Mapping[str, Any], key: str, kind: str, place: str) -> Any:
        where = self._where(place, key)
        if key not in row:
            raise BadKnowledge(f"{where}: the key is missing.")
        value = row[key]
        wanted, fits, convert = _KINDS[kind]
        if not fits(value):
            raise BadKnowledge(f"{where}: {value!r} is not {wanted}.")
        return convert(value)

    def _where(self, place: str, key: str, value: str = "") -> str:
        line = self._line(place, key, value)
        return ", ".join(part for part in (f"{self.path}{f':{line}' if line else ''}", place, key) if part)

    def _line(self, place: str, key: str, value: str) -> int:
        """The line of the key inside its table; of the table's heading when the key isn't there; 0 when unknown."""
        heading, _, number = place.partition(" ")
        hits = [index for index, line in enumerate(self.lines) if line.strip().startswith(heading)] if heading else [-1]
        nth = int(number) - 1 if number else 0
        if nth >= len(hits):
            return 0
        pattern = re.compile(rf"\s*(?:{re.escape(key)}\s*=|\[+{re.escape(key)}\])") if key else None
        for index in range(hits[nth] + 1, len(self.lines)):
            if self.lines[index].lstrip().startswith("[") and heading:
                break
            if pattern and pattern.match(self.lines[index]):
                later = [at for at in range(index, len(self.lines)) if value and f'"{value}"' in self.lines[at]]
                return (later[0] if later else index) + 1
        return hits[nth] + 1


def _is_strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _one_of(names: tuple[str, ...]) -> tuple[str, Callable[[Any], bool], Callable[[Any], Any]]:
    return f"one of {', '.join(names)}", lambda value: isinstance(value, str) and value in names, str


_KINDS: dict[str, tuple[str, Callable[[Any], bool], Callable[[Any], Any]]] = {
    "str": ("a text", lambda value: isinstance(value, str), str),
    "bool": ("true or false", lambda value: isinstance(value, bool), bool),
    "float": ("a number from 0 to 1", lambda value: type(value) in (int, float) and 0 <= value <= 1, float),
    "tuple[str, ...]": ("a list of texts", _is_strings, tuple),
    "frozenset[str]": ("a list of texts", _is_strings, frozenset),
    "Form": _one_of(get_args(Form)),
    "Frame": _one_of(get_args(Frame)),
    "Permanence": _one_of(get_args(Permanence)),
}
