"""The first of many things, all of which are counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Counted(Generic[T]):
    """As long as there are things, but with the first of them only: for a table that counts what it doesn't show."""

    def __init__(self, first: Iterable[T] = (), total: int | None = None) -> None:
        self._first = tuple(first)
        self._total = len(self._first) if total is None else total

    def __len__(self) -> int:
        return self._total

    def __iter__(self) -> Iterator[T]:
        return iter(self._first)

    def __getitem__(self, part: slice) -> tuple[T, ...]:
        return self._first[part]
