"""Read the files that describe event types; a mistake in one is named with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any, get_args

from pipeline.errors import BadKnowledge
from pipeline.knowledge.events.types import (
    CauseCues,
    Counter,
    Doer,
    EventType,
    Example,
    Form,
    Frame,
    PermanenceCues,
    StatusCues,
    TargetClass,
    Trigger,
)
from pipeline.knowledge.files import check_keys, models_folder, read_toml
from pipeline.records import Permanence, Status

#: Keys of an example that are words of its sentence.
EXAMPLE_SPANS = ("trigger", "target", "antecedent", "actor", "place", "cause")
_NOT_EMPTY = {"words", "nouns", "particles"}

#: What an event type may be called: it becomes ``claim_type``. Quotes have that word.
_NAME = re.compile(r"(?!quote$)[a-z][a-z0-9_-]*")
#: Event types that ship as examples and are read only when named.
_SHIPPED = "examples"


def load_event_types(further: Sequence[Path] = ()) -> tuple[EventType, ...]:
    """The event types of models/events, then those of further files, each a path or the name of a shipped example.

    Raises BadKnowledge as load_event_type does, and for a name that two files give.
    """
    known: dict[str, tuple[Path, EventType]] = {}
    for path in (*sorted((models_folder() / "events").glob("*.toml")), *(event_file(path) for path in further)):
        reader = _Reader(path)
        event_type = reader.event_type()
        if event_type.name in known:
            other = known[event_type.name][0]
            raise BadKnowledge(
                f"{reader.where('', 'name')}: {other} has an event type {event_type.name!r} already.",
                "Give this one another name, or name the file once.",
            )
        known[event_type.name] = (path, event_type)
    return tuple(event_type for _, event_type in known.values())


def load_event_type(path: Path) -> EventType:
    """Read one event type.

    Raises BadKnowledge naming file, line where known, and key when the TOML is broken, a key is unknown or missing, a
    value is of the wrong type or says nothing, a trigger refers to a target class that isn't there, or the parts of an
    example don't stand in its sentence.
    """
    return _Reader(path).event_type()


def line_of(path: Path, words: str) -> int:
    """The first line of the file that has the words, counted from 1; 0 when none does."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if words in line), 0)


def event_file(path: Path) -> Path:
    """The file meant: the path itself, or a shipped example by its name. Raises BadKnowledge when there is neither."""
    shipped = models_folder() / _SHIPPED
    for found in (path, shipped / path.name, shipped / f"{path.name}.toml"):
        if found.is_file():
            return found
    names = ", ".join(sorted(each.stem for each in shipped.glob("*.toml")))
    raise BadKnowledge(f"{path}: there is no such file.", f"Name a .toml file, or an example that ships: {names}.")


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
        self._check_keys(self.table, keys, "")
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
        if not _NAME.fullmatch(event_type.name):
            raise BadKnowledge(
                f"{self.where('', 'name')}: {event_type.name!r} can't be a name.",
                'Small letters, digits, "_" and "-", a letter first; "quote" is taken.',
            )
        self._check_names(event_type)
        self._check_examples(event_type)
        return event_type

    def _check_names(self, event_type: EventType) -> None:
        known = {each.name for each in event_type.targets}
        for number, trigger in enumerate(event_type.triggers, 1):
            if trigger.frame == "preposition" and not trigger.prepositions:
                where = self.where(f"[[trigger]] {number}", "frame")
                raise BadKnowledge(f'{where}: the frame "preposition" needs prepositions = [...].')
            for key in ("targets", "not_targets", "near", "subjects"):
                unknown = sorted(getattr(trigger, key) - known)
                if unknown:
                    where = self.where(f"[[trigger]] {number}", key, unknown[0])
                    raise BadKnowledge(
                        f"{where}: no target class {unknown[0]!r}.", f"Known: {', '.join(sorted(known))}."
                    )

    def _check_examples(self, event_type: EventType) -> None:
        """Every part of an example stands in its sentence; whether the rules find it is for ``extract doctor``."""
        for number, example in enumerate(event_type.matches, 1):
            for key in EXAMPLE_SPANS:
                words = getattr(example, key)
                if words not in example.text:
                    where = self.where(f"[[match]] {number}", key)
                    raise BadKnowledge(f"{where}: {words!r} doesn't stand in the sentence.")
            for key, known in (("status", get_args(Status)), ("permanence", get_args(Permanence))):
                if getattr(example, key) not in ("", *known):
                    raise BadKnowledge(f"{self.where(f'[[match]] {number}', key)}: not one of {', '.join(known)}.")

    def _table(self, key: str) -> Mapping[str, Any]:
        table = self.table.get(key, {})
        if not isinstance(table, dict):
            raise BadKnowledge(f"{self.where('', key)}: must be a table, [{key}].")
        return table

    def _records(self, key: str, kind: type[Any]) -> list[Any]:
        rows = self.table.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise BadKnowledge(f"{self.where('', key)}: must be tables, each under [[{key}]].")
        return [self._record(row, kind, f"[[{key}]] {number}") for number, row in enumerate(rows, 1)]

    def _record(self, row: Mapping[str, Any], kind: type[Any], place: str) -> Any:
        known: dict[str, Field[Any]] = {each.name: each for each in fields(kind)}
        self._check_keys(row, known, place)
        for name, each in known.items():
            if name not in row and each.default is MISSING and each.default_factory is MISSING:
                raise BadKnowledge(f"{self.where(place, name)}: the key is missing.")
        for name in sorted(_NOT_EMPTY & row.keys()):
            if row[name] == []:
                raise BadKnowledge(f"{self.where(place, name)}: the list is empty, so it says nothing.")
        return kind(**{key: self._value(row, key, str(known[key].type), place) for key in row})

    def _check_keys(self, row: Mapping[str, Any], known: Collection[str], place: str) -> None:
        unknown = next((key for key in row if key not in known), None)
        if unknown is not None:  # only then is its line looked for
            check_keys(row, known, self.where(place, unknown))

    def _value(self, row: Mapping[str, Any], key: str, kind: str, place: str) -> Any:
        if key not in row:
            raise BadKnowledge(f"{self.where(place, key)}: the key is missing.")
        value = row[key]
        wanted, fits, convert = _KINDS[kind]
        if not fits(value):
            raise BadKnowledge(f"{self.where(place, key)}: {value!r} is not {wanted}.")
        return convert(value)

    def where(self, place: str, key: str, value: str = "") -> str:
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
    "Doer": _one_of(get_args(Doer)),
    "Permanence": _one_of(get_args(Permanence)),
}
