"""A large run on a cluster: its workers read the articles of some files each and leave what these give as a part.

Parts lie in a folder that all machines share. A part is named by its files and by all that its content depends on, so
that a run which was stopped, or comes again, makes only what is not there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from pathlib import Path
from platform import node
from typing import NamedTuple

from pipeline.corpus import display_path, find_files, read
from pipeline.corpus.folder import absolute_path, is_standard_input
from pipeline.corpus.metadata import sidecars_of
from pipeline.engines import Engine, Item
from pipeline.errors import BadSettings, ExtractError
from pipeline.outputs import PARTS
from pipeline.part_tables import PartItem, find_part_names, read_part_tables, write_part_tables
from pipeline.parts import PartHeader, admit_again, listing_digest
from pipeline.records import Rejected, Result
from pipeline.selection import Selection, describe_selection, leave_out_earlier
from pipeline.serial import dumps, load
from pipeline.settings import Settings
from pipeline.storage import explaining_storage, is_address, open_folder
from pipeline.store.fingerprint import reading_fingerprint, result_parts

#: Files from which on a run by the engine dask on one machine has its workers read by themselves. Reading, sending and
#: gathering take the machine that runs them some 10 ms an article: of two thousand files 20 seconds.
MANY_FILES = 2_000
#: A part ends after a file whose name's digest is a multiple of the first number, about every so many files, or with as
#: many as the second: a file more or less changes one part, not all that follow. 200 short articles take 15 s.
_FILES_PER_PART, _MOST_FILES = 200, 600
#: Hexadecimal digits of a part's name: 128 bits.
_NAME_DIGITS = 32
#: The file in the folder of parts that says which of them make up the last run that was begun there.
_LISTING = "parts.json"


class InputFile(NamedTuple):
    """A file that is read, or a sidecar, as the machine that runs saw it."""

    path: str  #: from the top
    size: int  #: in bytes
    changed: int  #: when it was last changed, in nanoseconds since 1970


@dataclass(frozen=True, slots=True)
class Chunk:
    """The files of one part."""

    name: str  #: of the part: 32 hexadecimal digits
    files: tuple[InputFile, ...]
    sidecars: tuple[InputFile, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How workers read, and where they leave parts; pickled by Dask."""

    folder: str  #: path from the top, or address, of the folder of parts
    root: str  #: the folder from which the names of files count
    bounds: tuple[str, ...]  #: what links may lead to or into
    settings: Settings  #: whose publication day, fields and first day count


def has_workers_read(settings: Settings, selection: Selection) -> bool:
    """Whether workers are to read the articles themselves: where a folder for parts is named, or files are many.

    A cluster that was running before may not see this machine's files, so for it the folder must be named.
    Raises BadSettings where the folder is named but no engine would use it, or workers can't read what is named.
    """
    if not settings.shared:
        is_one_machine = settings.engine == "dask" and not settings.scheduler
        return is_one_machine and selection.total >= MANY_FILES and all(map(_is_named_for_all, selection.paths))
    if settings.engine != "dask":
        raise BadSettings("--shared is for the engine dask alone.", "Add --engine dask, or leave it out.")
    for path in selection.paths:
        if not _is_named_for_all(path):
            raise BadSettings(
                f"Workers can't read {path} under that name.",
                "Name it from the top, as /data/news, or leave out --shared, so that articles are sent to the workers.",
            )
    return True


def _is_named_for_all(path: Path) -> bool:
    """Whether workers, wherever they run, give files there the same names in the outputs; not for "../news" and "-"."""
    is_same = display_path(path, Path()) == display_path(Path(absolute_path(path)), Path())
    return is_same and not is_standard_input(path)


class ClusterRunParts:
    """The parts of a run whose workers read by themselves."""

    def __init__(self, settings: Settings, selection: Selection, fingerprint: str) -> None:
        """Look at all files; raises ExtractError where the folder of parts, or the corpus, can't be used so."""
        self._settings, self._folder = settings, settings.shared or str(settings.outputs / PARTS)
        self._shared = open_folder(self._folder)
        self._reading = Reading(
            folder=self._folder if is_address(self._folder) else absolute_path(Path(self._folder)),
            root=absolute_path(Path()),
            bounds=tuple(map(absolute_path, selection.bounds)),
            settings=settings,
        )
        depends_on = dumps([settings.published, settings.since, settings.fields, reading_fingerprint()])
        names: list[str] = []
        self._entries: list[Chunk | Rejected] = list(_cut(_listed(selection, names), f"{fingerprint} {depends_on}"))
        self._entries += selection.empty_folders
        self._header = PartHeader(
            part=0,
            parts=sum(isinstance(entry, Chunk) for entry in self._entries),
            files=selection.total,
            listing=listing_digest(names),
            fingerprint=fingerprint,
            reading=depends_on,
            corpus=describe_selection(settings),
        )

    def items(self, earlier: list[str]) -> Iterator[Item]:
        """Have workers make the parts that are missing, and give what all gave, as ``read_files`` would have it
        extracted; names of files that were published before the first day are added to ``earlier``.

        Raises ExtractError as ``run_dask`` does, and where a worker doesn't have the same files.
        """
        with explaining_storage(self._folder):
            there = find_part_names(self._shared)
            entries = [entry.name if isinstance(entry, Chunk) else json.loads(dumps(entry)) for entry in self._entries]
            listing = dumps({"header": json.loads(dumps(self._header)), "entries": entries})
            self._shared.put(_LISTING, BytesIO(listing.encode("ascii")))
        chunks = [entry for entry in self._entries if isinstance(entry, Chunk)]
        made = self._make([chunk for chunk in chunks if chunk.name not in there])
        return admit_again(_without_earlier(self._in_order(there, made), earlier))

    def _make(self, missing: Sequence[Chunk]) -> Iterator[None]:
        if not missing:
            return iter(())
        from pipeline.engines.dask_cluster import ClusterRun
        from pipeline.engines.dask_tasks import run_tasks

        settings = self._settings
        run = ClusterRun.of(settings.model, settings.events, settings.article_seconds, _Versions(settings))
        return run_tasks(missing, _Maker(self._reading), run, settings.workers or 1, settings.scheduler)

    def _in_order(self, there: set[str], made: Iterator[None]) -> Iterator[PartItem]:
        for entry in self._entries:
            if isinstance(entry, Rejected):
                yield entry
                continue
            if entry.name not in there:
                next(made)
            yield from read_part_tables(self._shared, entry.name, self._folder)
        next(made, None)  # ends the cluster


class CollectedParts:
    """The parts of a run on a cluster, all there: a context manager, as ``PartFiles`` is."""

    def __init__(self, folder: str) -> None:
        """Raises ExtractError where the folder has no such run, or not all of its parts."""
        self._folder, self._shared = folder, open_folder(folder)
        self.files: list[Path] = []  #: none that run.json could name by their digests
        try:
            with explaining_storage(folder), self._shared.open(_LISTING) as file:
                listing = json.loads(file.read())
            self.header = load(PartHeader, listing["header"])
            self._entries: list[str | Rejected] = [
                entry if isinstance(entry, str) else load(Rejected, entry) for entry in listing["entries"]
            ]
        except (ValueError, KeyError, TypeError) as error:
            raise ExtractError(
                f"{folder}/{_LISTING} can't be read: it is damaged, or of another version of newsclaims.",
                "Run again: extract run --engine dask. Parts that are there stay.",
            ) from error
        with explaining_storage(folder):
            there = find_part_names(self._shared)
        missing = sum(isinstance(entry, str) and entry not in there for entry in self._entries)
        if missing:
            raise ExtractError(
                f"Of the {self.header.parts} parts in {folder} {missing} are missing.",
                "Run again, with the flags of that run: extract run --engine dask. Only what is missing is made.",
            )

    def __enter__(self) -> CollectedParts:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open between two parts."""

    def items(self, earlier: list[str]) -> Iterator[Item]:
        """As ``ClusterRunParts.items``."""
        streams = (
            iter((entry,)) if isinstance(entry, Rejected) else read_part_tables(self._shared, entry, self._folder)
            for entry in self._entries
        )
        return admit_again(_without_earlier(chain.from_iterable(streams), earlier))


def has_cluster_run(folder: str) -> bool:
    """Whether the folder at that path or address has parts of a run on a cluster."""
    if not is_address(folder) and not Path(folder).is_dir():
        return False
    with explaining_storage(folder):
        return is_address(folder) or _LISTING in open_folder(folder).names("")


def _without_earlier(items: Iterable[PartItem], earlier: list[str]) -> Iterator[Result | Rejected]:
    for item in items:
        if isinstance(item, str):
            earlier.append(item)
        else:
            yield item


def _listed(selection: Selection, names: list[str]) -> Iterator[InputFile | Rejected]:
    """The files of a run in order, or why one can't be read; their names are added to ``names``."""
    for path, problem in find_files(selection.paths, selection.bounds):
        name = display_path(path, Path())
        names.append(name)
        if problem is None:
            try:
                yield _look_at(path)
            except OSError as error:  # gone meanwhile
                yield Rejected(name, f"can't be read: {error.strerror}", "Run again.")
        else:
            yield Rejected(name, problem.message, problem.hint)


def _look_at(path: Path) -> InputFile:
    stat = path.stat()
    return InputFile(absolute_path(path), stat.st_size, stat.st_mtime_ns)


def _cut(files: Iterable[InputFile | Rejected], depends_on: str) -> Iterator[Chunk | Rejected]:
    """The files in chunks; what can't be read stands where it was, between two of them."""
    waiting: list[InputFile] = []
    for file in files:
        if isinstance(file, Rejected):
            if waiting:
                yield _chunk(waiting, depends_on)
                waiting = []
            yield file
            continue
        waiting.append(file)
        digest = hashlib.sha256(file.path.encode("utf-8", "surrogateescape")).digest()
        if int.from_bytes(digest[:4]) % _FILES_PER_PART == 0 or len(waiting) == _MOST_FILES:
            yield _chunk(waiting, depends_on)
            waiting = []
    if waiting:
        yield _chunk(waiting, depends_on)


def _chunk(files: Sequence[InputFile], depends_on: str) -> Chunk:
    sidecars = tuple(
        _look_at(sidecar) for file in files for sidecar in sidecars_of(Path(file.path)) if sidecar.is_file()
    )
    content = repr((depends_on, files, sidecars)).encode("utf-8", "surrogatepass")
    return Chunk(hashlib.sha256(content).hexdigest()[:_NAME_DIGITS], tuple(files), sidecars)


# From here on: what runs on the workers.


@dataclass(frozen=True, slots=True)
class _Versions:
    """What workers must have for the same results and the same reading."""

    settings: Settings

    def __call__(self) -> dict[str, str]:
        return {**result_parts(self.settings), "what reads files": reading_fingerprint()}


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes parts: reads the files of a chunk, has their articles extracted, and writes the part."""

    reading: Reading

    def __call__(self, chunk: Chunk, engine: Engine) -> None:
        _require_same(chunk)
        reading = self.reading
        settings, earlier = reading.settings, list[str]()
        articles = read(
            [Path(file.path) for file in chunk.files],
            root=Path(reading.root),
            published=settings.published,
            fields=settings.fields,
            bounds=[Path(bound) for bound in reading.bounds],
        )
        items = engine(leave_out_earlier(articles, settings.since, earlier))
        with explaining_storage(reading.folder):
            write_part_tables(open_folder(reading.folder), chunk.name, chain(items, _each(earlier)))


def _each(names: list[str]) -> Iterator[str]:
    """The names that are there once the first one is asked for."""
    yield from names


def _require_same(chunk: Chunk) -> None:
    """Raise ExtractError where this machine doesn't see the files as the one that runs does."""
    for file in (*chunk.files, *chunk.sidecars):
        try:
            is_same = _look_at(Path(file.path)) == file
        except OSError:
            is_same = False
        if not is_same:
            raise ExtractError(
                f"The worker on {node()} doesn't see {file.path} as this machine does.",
                "Put the corpus where all machines have it under the same path, or leave out --shared: then articles "
                "are sent to the workers. If the file has just been changed, run again.",
            )
