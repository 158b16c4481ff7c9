"""Read the files that describe event types; a mistake in one is named with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import Any, NamedTuple, get_args

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
#: Keys of an example that are one of a few values.
_EXAMPLE_VALUES = {"status": get_args(Status), "permanence": get_args(Permanence)}
#: Keys at the top of a file, those of its tables included.
_TOP_KEYS = (
    "name", "controllers", "target", "trigger", "counter", "status", "permanence", "cause", "match", "no_match",
)  # fmt: skip
#: Keys of a trigger that name target classes.
_CLASS_KEYS = ("targets", "not_targets", "near", "subjects")
#: Lists that must have a word: a trigger without words never fires.
_NOT_EMPTY = frozenset({"words", "nouns", "particles"})
#: What an event type may be called, as it becomes ``claim_type``: "strike", "board-change". Quotes have theirs.
_NAME = re.compile(r"(?!quote$)[a-z][a-z0-9_-]*")
#: Folder of models/ with event types that ship as examples and are read only when named.
_EXAMPLES_FOLDER = "examples"


def load_event_types(further: Sequence[Path] = ()) -> tuple[EventType, ...]:
    """The event types of models/events in the order of their files' names, then those of ``further`` files.

    Each of these is a path or the name of a shipped example, see ``find_event_file``. Raises BadKnowledge as
    ``load_event_type`` does, and for a name that two files give.
    """
    shipped = sorted((models_folder() / "events").glob("*.toml"))
    files: dict[str, Path] = {}
    types: list[EventType] = []
    for path in (*shipped, *(find_event_file(path) for path in further)):
        reader = _EventFile(path)
        event_type = reader.event_type()
        if event_type.name in files:
            raise BadKnowledge(
                f"{reader.locate('', 'name')}: {files[event_type.name]} has an event type {event_type.name!r} already.",
                "Give this one another name, or name the file once.",
            )
        files[event_type.name] = path
        types.append(event_type)
    return tuple(types)


def load_event_type(path: Path) -> EventType:
    """Read one event type.

    Raises BadKnowledge naming file, line where known, and key when the TOML is broken, a key is unknown or missing, a
    value is of the wrong type or an empty list, a trigger refers to a target class that isn't there, or the parts of an
    example aren't in its sentence.
    """
    return _EventFile(path).event_type()


def find_line(path: Path, words: str) -> int:
    """The number, from 1, of the first line of a file that has the words; 0 when none does."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if words in line), 0)


def find_event_file(path: Path) -> Path:
    """The file that a user names: the path itself, or a shipped example by its name, such as "appointment".

    Raises BadKnowledge when there is neither, with the names of the examples.
    """
    folder = models_folder() / _EXAMPLES_FOLDER
    for candidate in (path, folder / path.name, folder / f"{path.name}.toml"):
        if candidate.is_file():
            return candidate
    names = ", ".join(sorted(example.stem for example in folder.glob("*.toml")))
    raise BadKnowledge(f"{path}: there is no such file.", f"Name a .toml file, or an example that ships: {names}.")


class _EventFile:
    """One file being read; knows how to name the place of a mistake.

    A ``place`` is a table of the file as a user finds it: "[status]", "[[trigger]] 2" for the second of several, or ""
    for the top.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.table = read_toml(path)
        self.lines = path.read_text(encoding="utf-8").splitlines()

    def event_type(self) -> EventType:
        """The event type that the file describes. Raises BadKnowledge as ``load_event_type`` says."""
        top = self.table
        self._check_keys(top, _TOP_KEYS, "")
        targets = self._read_records("target", TargetClass)
        event_type = EventType(
            name=str(self._read_value(top, "name", "str", "")),
            controllers=self._read_value(top, "controllers", "frozenset[str]", "")
            if "controllers" in top
            else frozenset(),
            targets=tuple(replace(target, name=target.name or target.kind) for target in targets),
            triggers=tuple(self._read_records("trigger", Trigger)),
            counter=self._read_record(self._read_table("counter"), Counter, "[counter]"),
            status=self._read_record(self._read_table("status"), StatusCues, "[status]"),
            permanence=self._read_record(self._read_table("permanence"), PermanenceCues, "[permanence]"),
            cause=self._read_record(self._read_table("cause"), CauseCues, "[cause]"),
            matches=tuple(self._read_records("match", Example)),
            non_matches=self._read_value(top, "no_match", "tuple[str, ...]", "") if "no_match" in top else (),
        )
        self._check_name(event_type.name)
        self._check_triggers(event_type)
        self._check_examples(event_type)
        return event_type

    def _check_name(self, name: str) -> None:
        if not _NAME.fullmatch(name):
            raise BadKnowledge(
                f"{self.locate('', 'name')}: an event type can't be named {name!r}.",
                'Use small letters, digits, "_" and "-", starting with a letter; "quote" is taken.',
            )

    def _check_triggers(self, event_type: EventType) -> None:
        """Every target class that a trigger names is there, and its frame has what it needs."""
        classes = {target.name for target in event_type.targets}
        for number, trigger in enumerate(event_type.triggers, 1):
            place = f"[[trigger]] {number}"
            if trigger.frame == "preposition" and not trigger.prepositions:
                where = self.locate(place, "frame")
                raise BadKnowledge(
                    f'{where}: the frame "preposition" needs prepositions.',
                    'Name those before the target, such as prepositions = ["from"].',
                )
            for key in _CLASS_KEYS:
                for name in sorted(getattr(trigger, key) - classes):
                    raise BadKnowledge(
                        f"{self.locate(place, key, name)}: there is no target class {name!r}.",
                        f"The target classes of this file are: {', '.join(sorted(classes))}.",
                    )

    def _check_examples(self, event_type: EventType) -> None:
        """Every part of an example is in its sentence; whether the rules find it is for ``extract doctor``."""
        for number, example in enumerate(event_type.matches, 1):
            place = f"[[match]] {number}"
            for key in EXAMPLE_SPANS:
                words = getattr(example, key)
                if words not in example.text:
                    raise BadKnowledge(
                        f"{self.locate(place, key)}: {words!r} isn't in the sentence.",
                        "Copy the words exactly as the sentence has them.",
                    )
            for key, allowed in _EXAMPLE_VALUES.items():
                value = getattr(example, key)
                if value not in ("", *allowed):
                    raise BadKnowledge(f"{self.locate(place, key)}: {value!r} is not one of {', '.join(allowed)}.")

    def _read_table(self, key: str) -> Mapping[str, Any]:
        table = self.table.get(key, {})
        if not isinstance(table, dict):
            raise BadKnowledge(f"{self.locate('', key)}: this must be a table.", f"Start it with the line [{key}].")
        return table

    def _read_records(self, key: str, kind: type[Any]) -> list[Any]:
        """The rows of a repeated table as records of the given kind."""
        rows = self.table.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise BadKnowledge(
                f"{self.locate('', key)}: this must be one or more tables, each starting with the line [[{key}]]."
            )
        return [self._read_record(row, kind, f"[[{key}]] {number}") for number, row in enumerate(rows, 1)]

    def _read_record(self, row: Mapping[str, Any], kind: type[Any], place: str) -> Any:
        """One table as a record, its keys checked against the record's fields."""
        by_name = {field.name: field for field in fields(kind)}
        self._check_keys(row, by_name, place)
        for name, field in by_name.items():
            is_required = field.default is MISSING and field.default_factory is MISSING
            if is_required and name not in row:
                raise self._missing_key(place, name)
        for name in sorted(_NOT_EMPTY & row.keys()):
            if row[name] == []:
                raise BadKnowledge(f"{self.locate(place, name)}: the list is empty.", "Put at least one word in it.")
        return kind(**{key: self._read_value(row, key, str(by_name[key].type), place) for key in row})

    def _check_keys(self, row: Mapping[str, Any], allowed: Collection[str], place: str) -> None:
        unknown = next((key for key in row if key not in allowed), None)
        if unknown is not None:  # only then is its line looked for
            check_keys(row, allowed, self.locate(place, unknown))

    def _read_value(self, row: Mapping[str, Any], key: str, kind: str, place: str) -> Any:
        """A value checked and converted; ``kind`` is the annotation of the record's field."""
        if key not in row:
            raise self._missing_key(place, key)
        value, value_kind = row[key], _VALUE_KINDS[kind]
        if not value_kind.fits(value):
            raise BadKnowledge(f"{self.locate(place, key)}: {value!r} is not {value_kind.description}.")
        return value_kind.convert(value)

    def _missing_key(self, place: str, key: str) -> BadKnowledge:
        return BadKnowledge(f"{self.locate(place, key)}: the key is missing.", f"Add a line {key} = ...")

    def locate(self, place: str, key: str, value: str = "") -> str:
        """The place of a mistake for a message: file with line where known, table, key."""
        line = self._find_line(place, key, value)
        return ", ".join(part for part in (f"{self.path}{f':{line}' if line else ''}", place, key) if part)

    def _find_line(self, place: str, key: str, value: str) -> int:
        """The number of a key's line in a table, or of the table's heading when the key isn't there; 0 when unknown.

        With a ``value`` it is the line from the key on that has the value in quotation marks: lists run over several.
        """
        heading = self._heading_index(place)
        if heading is None:
            return 0
        index = self._key_index(heading + 1, key, in_table=bool(place)) if key else None
        if index is None:
            return heading + 1
        rows = range(index, len(self.lines))
        return next((row for row in rows if value and f'"{value}"' in self.lines[row]), index) + 1

    def _heading_index(self, place: str) -> int | None:
        """The index of a table's heading among the lines, -1 for the top of the file, None when it isn't there."""
        if not place:
            return -1
        heading, _, number = place.partition(" ")
        headings = [index for index, line in enumerate(self.lines) if line.strip().startswith(heading)]
        position = int(number) - 1 if number else 0
        return headings[position] if position < len(headings) else None

    def _key_index(self, first: int, key: str, in_table: bool) -> int | None:
        """The index of the first line that sets the key, from ``first`` up to the end of the table or of the file."""
        pattern = re.compile(rf"\s*(?:{re.escape(key)}\s*=|\[+{re.escape(key)}\])")
        for index in range(first, len(self.lines)):
            if in_table and self.lines[index].lstrip().startswith("["):
                return None
            if pattern.match(self.lines[index]):
                return index
        return None


class _ValueKind(NamedTuple):
    """One type of value: its ``description`` for a message, whether a TOML value ``fits``, how to ``convert`` it."""

    description: str
    fits: Callable[[Any], bool]
    convert: Callable[[Any], Any]


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _is_share(value: Any) -> bool:
    return type(value) in (int, float) and 0 <= value <= 1


def _one_of(names: tuple[str, ...]) -> _ValueKind:
    return _ValueKind(f"one of {', '.join(names)}", lambda value: isinstance(value, str) and value in names, str)


#: Types of values by the annotation of the record's field they are for.
_VALUE_KINDS = {
    "str": _ValueKind("a text", lambda value: isinstance(value, str), str),
    "bool": _ValueKind("true or false", lambda value: isinstance(value, bool), bool),
    "float": _ValueKind("a number from 0 to 1", _is_share, float),
    "tuple[str, ...]": _ValueKind("a list of texts", _is_texts, tuple),
    "frozenset[str]": _ValueKind("a list of texts", _is_texts, frozenset),
    "Form": _one_of(get_args(Form)),
    "Frame": _one_of(get_args(Frame)),
    "Doer": _one_of(get_args(Doer)),
    "Permanence": _one_of(get_args(Permanence)),
}
