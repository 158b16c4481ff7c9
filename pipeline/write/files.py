"""Files that appear whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


@contextmanager
def beside(path: Path, encoding: str, errors: str = "strict") -> Iterator[IO[str]]:
    """A text file written beside ``path`` and moved there at the end; after an error ``path`` is as it was."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding=encoding, errors=errors, newline="" if path.suffix == ".csv" else "\n") as file:
            yield file
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
