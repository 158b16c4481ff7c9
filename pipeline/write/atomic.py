"""Write a file under a temporary name and move it into place once it is complete.

A reader never sees half a file, and a file that the user has open, protected or edited meanwhile is never replaced:
the new version then goes next to it as NAME.new.ENDING.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import IO, BinaryIO

from pipeline.files import create_file, replace_file, sync
from pipeline.knowledge.models import file_digest
from pipeline.outputs import alternative_path, partial_path
from pipeline.write.obstacles import find_obstacle


@dataclass(slots=True)
class OutputFiles:
    """What one run knows of the files it is about to replace, and which of them it had to leave alone.

    ``imported_digests`` gives by file name ("claims.csv") the SHA-256 digest of the version whose edits were read into
    the store: a file with another digest was edited since, and replacing it would lose that edit. ``blocked`` is filled
    while writing: by file name, why the file stayed ("LibreOffice has it open") and the new one was put next to it.
    """

    imported_digests: Mapping[str, str] = field(default_factory=dict)
    blocked: dict[str, str] = field(default_factory=dict)

    def is_edited(self, path: Path) -> bool:
        """Whether somebody wrote into the file after its edits were read; false for a file that was never read."""
        return path.name in self.imported_digests and file_digest(path) != self.imported_digests[path.name]


@contextmanager
def write_atomically(path: Path, output_files: OutputFiles) -> Iterator[IO[str]]:
    """Open a text file for writing that replaces ``path`` when the block ends without an error.

    The text is UTF-8, with a byte order mark for .csv because Excel needs one. After an error nothing of the new file
    stays, and what stood at ``path`` still does. Where ``path`` may not be replaced, the new file becomes
    NAME.new.ENDING and ``output_files.blocked`` says why. A link at ``path`` is replaced, not followed. Raises OSError
    when neither can be written.
    """
    encoding, newline = ("utf-8-sig", "") if path.suffix == ".csv" else ("utf-8", "\n")
    # A file name may hold bytes that are no text; in HTML these become references that a browser shows as unknown.
    errors = "xmlcharrefreplace" if path.suffix == ".html" else "strict"
    with write_bytes_atomically(path, output_files) as file:
        text = TextIOWrapper(file, encoding=encoding, errors=errors, newline=newline)
        yield text
        text.detach()


@contextmanager
def write_bytes_atomically(path: Path, output_files: OutputFiles) -> Iterator[BinaryIO]:
    """Open a file for writing bytes that replaces ``path``, or is put next to it, just as ``write_atomically`` does."""
    part = partial_path(path)
    try:
        with create_file(part) as file:
            yield file
            sync(file)
        _move_into_place(part, path, output_files)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


@contextmanager
def syncing(files: Iterable[IO[str]]) -> Iterator[None]:
    """Have complete files on the disk by the end of the block, which doesn't wait for it before and writes to none.

    Raises OSError at the end when a file couldn't be written.
    """
    with ThreadPoolExecutor(1) as threads:
        waiting = [threads.submit(sync, file) for file in files]
        yield
        for written in waiting:
            written.result()


def _move_into_place(part: Path, path: Path, output_files: OutputFiles) -> None:
    """Rename the complete file to ``path`` or, where that is blocked, to NAME.new.ENDING."""
    alternative = alternative_path(path)
    obstacle = _obstacle(path, output_files)
    if not obstacle:
        try:
            replace_file(part, path)
        except PermissionError:
            if not path.exists():
                raise
            obstacle = "it is open in another program"
    if obstacle:
        replace_file(part, alternative)
        output_files.blocked[path.name] = obstacle
    elif not output_files.is_edited(alternative):
        with suppress(OSError):  # it is open somewhere: it stays, and the next run reads its edits
            alternative.unlink(missing_ok=True)


def _obstacle(path: Path, output_files: OutputFiles) -> str:
    """Why the file must not be replaced, as the end of a sentence; empty when it may be."""
    if not path.exists():
        return ""
    return find_obstacle(path) or ("it was changed while this run went on" if output_files.is_edited(path) else "")
