"""A run in parts: what each part of a corpus gave, in one file, and all parts together in the order of one run.

A part file is gzipped JSON Lines. Its first line is the PartHeader; each further line is [position, kind, record]: what
an article gave, with the position of its file among all files of the corpus. It is there whole or not at all.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from heapq import merge
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from pipeline.corpus import RepeatFilter
from pipeline.engines import Item
from pipeline.errors import BadSettings, ExtractError
from pipeline.files import create_file, replace_file, sync
from pipeline.outputs import partial_path
from pipeline.records import Rejected, Result
from pipeline.serial import dumps, load, loads

_PATTERN = "part-*-of-*.jsonl.gz"
#: zlib's fastest level, as in the store: files of 27 % instead of 23 % of the JSON's size, in a third of the time.
_COMPRESSION = 1
#: How many missing parts a message names.
_NUMBERS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a run: every ``parts``-th file from the ``part``-th on, counted from 1."""

    part: int
    parts: int

    def takes(self, position: int) -> bool:
        """Whether the file at this position of the corpus, counted from 0, belongs to this part."""
        return position % self.parts == self.part - 1

    def file_name(self) -> str:
        """ "part-0003-of-0050.jsonl.gz"."""
        return f"part-{self.part:04}-of-{self.parts:04}.jsonl.gz"


@dataclass(frozen=True, slots=True)
class PartHeader:
    """What all parts of one run must have in common, and which of them this is."""

    part: int  #: number of the part, from 1
    parts: int  #: number of all parts
    files: int  #: number of all files of the corpus
    listing: str  #: SHA-256 digest of their names in order
    fingerprint: str  #: what results depend on: ``store.fingerprint.result_fingerprint``
    reading: str  #: what else decides how files are read, as text: publication day and fields of tables
    corpus: str  #: what is read, as a report says it: ``selection.describe_selection``


def parse_part(text: str) -> Part:
    """The part that "3/50" names. Raises BadSettings for anything else."""
    match = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text.strip())
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        raise BadSettings(f"{text!r} is no part of a run.", "Write its number and that of all parts: --part 3/50")
    return Part(int(match[1]), int(match[2]))


def listing_digest(names: Iterable[str]) -> str:
    """SHA-256 in hex of the names of all files in order."""
    digest = hashlib.sha256()
    for name in names:
        digest.update(f"{len(name)} {name}".encode())
    return digest.hexdigest()


def write_part(path: Path, header: PartHeader, items: Iterable[tuple[int, Result | Rejected]]) -> None:
    """Write a part file; after an error nothing of it stays, and what stood there does. Raises OSError."""
    unfinished = partial_path(path)
    try:
        with create_file(unfinished) as file:
            # No time and no name in it: equal parts are equal files.
            with (
                gzip.GzipFile("", "wb", _COMPRESSION, file, mtime=0) as packed,
                TextIOWrapper(packed, "ascii") as lines,
            ):
                lines.write(f"{dumps(header)}\n")
                for position, item in items:
                    lines.write(f"{dumps([position, type(item).__name__, item])}\n")
            sync(file)
        replace_file(unfinished, path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise


def find_parts(paths: Sequence[Path]) -> list[Path]:
    """The part files among ``paths`` and in its folders, each once. Raises ExtractError where a path has none."""
    files: dict[Path, None] = {}
    for path in paths:
        inside = sorted(path.glob(_PATTERN)) if path.is_dir() else [path] if path.is_file() else []
        if not inside:
            raise ExtractError(
                f"There is no part of a run in {path}.", "Name the folders that extract run --part wrote, or the files."
            )
        files |= dict.fromkeys(inside)
    return list(files)


class PartFiles:
    """All parts of a run, opened: whole, of one corpus, read by the same rules. A context manager that closes them.

    Raises ExtractError, naming the file, where a part is missing, comes twice, can't be read or belongs to another run.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self.files = paths
        self._stack = ExitStack()
        self._files: list[tuple[Path, IO[str]]] = []
        try:
            headers = [self._open(path) for path in paths]
            self.header = _common_header(list(zip(paths, headers, strict=True)))
        except BaseException:
            self._stack.close()
            raise

    def __enter__(self) -> PartFiles:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def items(self, _: list[str] | None = None) -> Iterator[Item]:
        """What all articles gave, as one run would have given it: in its order, copies named after their first file.

        What was published earlier than the run was to begin was left out by each part, so that no name is given back.
        """
        streams = [_read_items(path, file) for path, file in self._files]
        return admit_again(item for _, item in merge(*streams, key=lambda entry: entry[0]))

    def _open(self, path: Path) -> PartHeader:
        try:
            file = self._stack.enter_context(gzip.open(path, "rt", encoding="ascii"))  # noqa: SIM115
            header = loads(PartHeader, file.readline())
        except (OSError, EOFError, ValueError, zlib.error) as error:
            raise _unreadable(path, error) from error
        self._files.append((path, file))
        return header


def admit_again(items: Iterable[Result | Rejected]) -> Iterator[Item]:
    """What parts gave, in the order of a run, as that run would have given it: copies named after their first file.

    An article whose key another part has, too, comes as an Article, to be extracted anew: its claims' ids depend on the
    key.
    """
    repeats = RepeatFilter()
    for item in items:
        if isinstance(item, Rejected):
            yield repeats.admit_copy(item) if item.copies_of else item
            continue
        article = item.article
        own = replace(article, key=article.key.removesuffix(f" {article.doc_id}"))
        admitted = repeats.admit(own)
        yield item if admitted == article else admitted


def _read_items(path: Path, file: IO[str]) -> Iterator[tuple[int, Result | Rejected]]:
    try:
        for line in file:
            position, kind, values = json.loads(line)
            yield position, load(Result, values) if kind == Result.__name__ else load(Rejected, values)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> ExtractError:
    return ExtractError(
        f"{path} can't be read as a part of a run: {' '.join(str(error).split()) or type(error).__name__}.",
        "Run that part again, or leave the file out if it is none.",
    )


def _common_header(parts: Sequence[tuple[Path, PartHeader]]) -> PartHeader:
    """The header that all share. Raises ExtractError as PartFiles does."""
    first_path, first = parts[0]
    paths: dict[int, Path] = {}
    for path, header in parts:
        for name, what in _DIFFERENCES.items():
            if getattr(header, name) != getattr(first, name):
                raise ExtractError(
                    f"{path} and {first_path} are not parts of one run: {what}.",
                    "Run one of the two again, with the corpus, flags and versions of the other parts.",
                )
        if header.part in paths:
            raise ExtractError(f"{path} and {paths[header.part]} are the same part.", "Name only one of them.")
        paths[header.part] = path
    missing = [str(number) for number in range(1, first.parts + 1) if number not in paths]
    if missing:
        shown = ", ".join(missing[:_NUMBERS_SHOWN]) + (" and more" if len(missing) > _NUMBERS_SHOWN else "")
        which = f"part {shown} is" if len(missing) == 1 else f"{len(missing)} are"
        raise ExtractError(
            f"Of the {first.parts} parts {which} missing{'' if len(missing) == 1 else f': {shown}'}.",
            f"Run what is missing: extract run --part {missing[0]}/{first.parts} --outputs FOLDER",
        )
    return replace(first, part=0)


#: By a header's field, what differs between two files that have different values there.
_DIFFERENCES = {
    "parts": "they count another number of parts",
    "listing": "the corpus had other files",
    "reading": "--published or the names of fields differ",
    "fingerprint": "they were made by other versions of newsclaims, model, event types or libraries",
}
