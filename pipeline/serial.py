"""Records as JSON and back: what the store keeps and what processes send each other. Never pickle: data runs no code.

A record is a list of its fields' values in their order, so both ends must be of one version; the store's fingerprint
sees to that. Where a message may be one of several dataclasses, it is tagged with the name of its class:
``["Rejected", ["a.txt", "the file is empty", "", "", ""]]``.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

R = TypeVar("R")
#: Makes a field's value out of its parsed JSON.
Builder = Callable[[Any], Any]
#: Items of a long tuple that become one line together: some MB of JSON, where those of a whole book would be hundreds.
ITEMS_PER_LINE = 1_000


def dumps(record: Any) -> str:
    """A record (or a list of them) as JSON in ASCII on one line, the same for equal records.

    Raises TypeError for a value that is no dataclass, date, mapping, sequence or plain JSON value.
    """
    return _ENCODER.encode(record)


def loads(kind: type[R], text: str | bytes) -> R:
    """The record of the dataclass ``kind`` that ``dumps`` made the text of. Raises ValueError for anything else."""
    return load(kind, json.loads(text))


def load(kind: type[R], value: Any) -> R:
    """A record out of its parsed JSON, which is used up. Raises ValueError where the shape is another."""
    try:
        record: R = _record_builder(cast(Hashable, kind))(value)
    except (TypeError, AttributeError, KeyError) as error:
        raise ValueError(f"not a {kind.__name__}: {error}") from error
    return record


def dump_fields(record: Any, without: Collection[str] = ()) -> Iterator[str]:
    """The fields of a large record as lines of JSON, [name, value]: see ``load_fields``.

    A tuple of more than ITEMS_PER_LINE items makes several lines, so that no line fills the memory. Fields whose names
    are in ``without`` are left out.
    """
    for field in fields(record):
        if field.name in without:
            continue
        value = getattr(record, field.name)
        if not isinstance(value, tuple):
            yield dumps([field.name, value])
            continue
        for start in range(0, max(len(value), 1), ITEMS_PER_LINE):
            yield dumps([field.name, value[start : start + ITEMS_PER_LINE]])


def load_fields(kind: type[R], lines: Iterable[str], **given: Any) -> R:
    """The record of the dataclass ``kind`` whose fields ``dump_fields`` made the lines of.

    ``given`` are values of fields that it left out. Equal texts in the records of a tuple are kept once, as a sentence
    is that several claims stand in. Raises ValueError where the shape is another.
    """
    hints = get_type_hints(kind)
    values: dict[str, Any] = dict(given)
    texts: dict[str, str] = {}
    try:
        for line in lines:
            name, value = json.loads(line)
            build = _builder(hints[name]) or _identity
            if get_origin(hints[name]) is tuple:
                _share_texts(value, texts)
                values.setdefault(name, []).extend(build(value))
            else:
                values[name] = build(value)
        return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})
    except (TypeError, AttributeError, KeyError) as error:
        raise ValueError(f"not a {kind.__name__}: {error}") from error


def _share_texts(records: list[Any], texts: dict[str, str]) -> None:
    """Replace each text in the records, lists of their fields' values, by the equal one that came first."""
    for record in records:
        if isinstance(record, list):
            record[:] = [texts.setdefault(value, value) if isinstance(value, str) else value for value in record]


def dump_tagged(record: Any) -> list[Any]:
    """A record with the name of its class before it, as a value that ``json.dumps`` takes: see ``load_tagged``."""
    return [type(record).__name__, json.loads(dumps(record))]


def dumps_tagged(record: Any) -> str:
    """A record with the name of its class before it, as JSON in ASCII on one line: see ``loads_tagged``."""
    return dumps([type(record).__name__, record])


def load_tagged(kinds: tuple[type[R], ...], value: Any) -> R:
    """The record of one of the dataclasses ``kinds`` out of its parsed, tagged JSON. Raises ValueError otherwise."""
    try:
        name, values = value
    except TypeError as error:
        raise ValueError("not a tagged record") from error
    kind = next((kind for kind in kinds if kind.__name__ == name), None)
    if kind is None:
        raise ValueError(f"a record of another kind: {name!r}")
    return load(kind, values)


def loads_tagged(kinds: tuple[type[R], ...], text: str | bytes) -> R:
    """The record of one of ``kinds`` that ``dumps_tagged`` made the text of. Raises ValueError for anything else."""
    return load_tagged(kinds, json.loads(text))


def _to_json(value: Any) -> Any:
    """What ``json.dumps`` can't write, one level deep: it comes back for what lies inside."""
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return _values_getter(cast(Hashable, type(value)))(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a {type(value).__name__} can't be part of a record")


#: Made once: ``json.dumps`` makes one for each record.
_ENCODER = json.JSONEncoder(default=_to_json, separators=(",", ":"))


@cache
def _values_getter(kind: Any) -> Callable[[Any], Any]:
    """What gives the values of a dataclass's fields, in their order."""
    names = [field.name for field in fields(kind)]
    return attrgetter(*names) if len(names) > 1 else lambda record: [getattr(record, name) for name in names]


def _builder(kind: Any) -> Builder | None:
    """What makes a value of this type out of parsed JSON; None where JSON has it as it is."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        (present,) = (argument for argument in arguments if argument is not type(None))
        return _optional_builder(_builder(present))
    if kind is date:
        return date.fromisoformat
    if origin is tuple:
        return _tuple_builder(arguments)
    if origin in (dict, Mapping):
        build = _builder(arguments[1]) or _identity
        return lambda value: {key: build(item) for key, item in value.items()}
    return _record_builder(cast(Hashable, kind)) if is_dataclass(kind) else None


def _optional_builder(build: Builder | None) -> Builder | None:
    return build and (lambda value: None if value is None else build(value))


def _tuple_builder(arguments: tuple[Any, ...]) -> Builder:
    build = _builder(arguments[0])
    if build is None:
        return tuple
    return lambda value: tuple([build(item) for item in value])


@cache
def _record_builder(kind: Any) -> Builder:
    """What makes a dataclass out of the list of its fields' values; raises ValueError for a list of another length."""
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    builders = [(index, build) for index, name in enumerate(names) if (build := _builder(hints[name]))]
    is_positional = not any(field.kw_only for field in fields(kind))

    def build_record(values: list[Any]) -> Any:
        if len(values) != len(names):
            raise ValueError(f"{kind.__name__} has {len(names)} fields, not {len(values)}")
        for index, build in builders:
            values[index] = build(values[index])
        return kind(*values) if is_positional else kind(**dict(zip(names, values, strict=True)))

    return build_record


def _identity(value: Any) -> Any:
    return value
