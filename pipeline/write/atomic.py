"""Write a file beside its place and move it there when it is whole; never over one the user has open or changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from pipeline.knowledge.models import file_digest
from pipeline.outputs import alternative_path, partial_path

_WRITE_BITS = 0o222


@dataclass(slots=True)
class OutputFiles:
    """Where the files of one run go: to their places or, where these are taken, beside them as NAME.new.ENDING.

    ``known`` has SHA-256 digests by name of files whose edits are known: one that changed since is not written over.
    ``taken`` tells, in the end, why which file's place was.
    """

    known: Mapping[str, str] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)

    def changed(self, path: Path) -> bool:
        """Whether somebody wrote into the file since its edits were read."""
        return path.name in self.known and file_digest(path) != self.known[path.name]


@contextmanager
def beside(path: Path, places: OutputFiles) -> Iterator[IO[str]]:
    """The open file; after an error nothing of it stays, and what was in its place before does."""
    part = partial_path(path)
    encoding, newline = ("utf-8-sig", "") if path.suffix == ".csv" else ("utf-8", "\n")
    # A name may hold what is no character; in a page it becomes a reference that a browser shows as unknown.
    errors = "xmlcharrefreplace" if path.suffix == ".html" else "strict"
    try:
        with part.open("w", encoding=encoding, errors=errors, newline=newline) as file:
            yield file
        _settle(part, path, places)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _settle(part: Path, path: Path, places: OutputFiles) -> None:
    """Move the whole file to its place or, where that is taken, beside it."""
    other = alternative_path(path)
    why = _taken(path, places)
    if not why:
        try:
            part.replace(path)
        except PermissionError:
            if not path.exists():
                raise
            why = "it is open in another program"
    if why:
        part.replace(other)
        places.taken[path.name] = why
    elif not places.changed(other):
        with suppress(OSError):  # it is open somewhere: it stays, and is read back again
            other.unlink(missing_ok=True)


def _taken(path: Path, places: OutputFiles) -> str:
    """Why the file in this place must stay; empty when it may go."""
    if not path.exists():
        return ""
    if not path.stat().st_mode & _WRITE_BITS:
        return "it is write-protected"
    if path.with_name(f".~lock.{path.name}#").exists():
        return "LibreOffice has it open"
    return "it was changed while this run went on" if places.changed(path) else ""
