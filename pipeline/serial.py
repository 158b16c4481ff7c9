"""Records as JSON and back: what the store keeps and what workers are sent. Never pickle: data runs no code.

A record is a list of its fields' values in their order, so both ends must be of one version; the store's fingerprint
sees to that.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

R = TypeVar("R")
Build = Callable[[Any], Any]


def dumps(record: Any) -> str:
    """A record (or a list of them) as JSON in ASCII, the same for equal records."""
    return json.dumps(record, default=_plain, separators=(",", ":"))


def loads(kind: type[R], text: str | bytes) -> R:
    """The record of the dataclass ``kind`` that ``dumps`` made the text of. Raises ValueError for anything else."""
    return load(kind, json.loads(text))


def load(kind: type[R], value: Any) -> R:
    """A record out of its parsed JSON. Raises ValueError where the shape is another."""
    try:
        record: R = _record(cast(Hashable, kind))(value)
    except (TypeError, AttributeError, KeyError) as error:
        raise ValueError(f"no {kind.__name__}: {error}") from error
    return record


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return [getattr(value, field.name) for field in fields(value)]
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no part of a record")


def _builder(kind: Any) -> Build | None:
    """What makes a value of this type out of parsed JSON; None where JSON has it as it is."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        (present,) = (each for each in inside if each is not type(None))
        return _present(_builder(present))
    if kind is date:
        return date.fromisoformat
    if origin is tuple:
        return _tuple(inside)
    if origin in (dict, Mapping):
        build = _builder(inside[1]) or _same
        return lambda value: {key: build(each) for key, each in value.items()}
    return _record(cast(Hashable, kind)) if is_dataclass(kind) else None


def _present(build: Build | None) -> Build | None:
    return build and (lambda value: None if value is None else build(value))


def _tuple(inside: tuple[Any, ...]) -> Build:
    build = _builder(inside[0])
    if build is None:
        return tuple
    return lambda value: tuple([build(each) for each in value])


@cache
def _record(kind: Any) -> Build:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    builds = [(at, build) for at, name in enumerate(names) if (build := _builder(hints[name]))]

    def make(values: list[Any]) -> Any:
        if len(values) != len(names):
            raise ValueError(f"{kind.__name__} has {len(names)} fields, not {len(values)}")
        for at, build in builds:
            values[at] = build(values[at])
        return kind(**dict(zip(names, values, strict=True)))

    return make


def _same(value: Any) -> Any:
    return value
