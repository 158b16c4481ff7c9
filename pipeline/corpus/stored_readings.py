"""What files were read as, kept from run to run: a file whose bytes and name are the same isn't read anew."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from typing import Any, Protocol

from pipeline.corpus.document import Document, UnreadablePart
from pipeline.corpus.limits import MAX_BYTES
from pipeline.serial import dump_tagged, load_tagged
from pipeline.settings import Fields

_OUTCOMES: tuple[type[Document | UnreadablePart], ...] = (Document, UnreadablePart)


class ReadingStore(Protocol):
    """Where is kept, from run to run, what files were read as; ``pipeline.store.readings`` has one."""

    def find(self, key: str, file: str) -> Any | None:
        """What was kept under the key, as JSON gives it; None when nothing was. ``file`` is what it is called now."""

    def keep(self, key: str, file: str, reading: Any) -> None:
        """Keep a value that JSON can hold, until the file has been something else for some runs."""


def reading_key(name: str, fields: Fields, data: bytes) -> str:
    """All that a reading depends on besides the program: SHA-256 over the file's name, the named fields, its bytes."""
    about = json.dumps([name, astuple(fields)]).encode("ascii")
    return hashlib.sha256(about + b"\0" + data).hexdigest()


def read_or_recall(
    path: Path,
    file: str,
    outcomes: Iterator[Document | UnreadablePart],
    readings: ReadingStore,
    key: str,
    before: os.stat_result,
) -> Iterator[Document | UnreadablePart]:
    """What the file was read as before, else ``outcomes``, which are kept as they come.

    Not kept is what a reader gave up on, what comes to more than ``MAX_BYTES`` characters of text, and what was read
    of a file that isn't any more as it was ``before``.
    """
    earlier = readings.find(key, file)
    if earlier is not None:
        yield from (load_tagged(_OUTCOMES, value) for value in earlier)
        return
    collected: list[Document | UnreadablePart] = []
    size = 0
    for outcome in outcomes:
        size += len(outcome.text) if isinstance(outcome, Document) else 0
        if size <= MAX_BYTES:
            collected.append(outcome)
        yield outcome
    if size <= MAX_BYTES and not any(map(_gave_up, collected)) and is_unchanged(before, path.stat()):
        readings.keep(key, file, [dump_tagged(outcome) for outcome in collected])


def is_unchanged(before: os.stat_result, after: os.stat_result) -> bool:
    """Whether a file has the same size and time of change as before, as far as its system tells."""
    return (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)


def _gave_up(outcome: Document | UnreadablePart) -> bool:
    return isinstance(outcome, UnreadablePart) and outcome.gave_up
