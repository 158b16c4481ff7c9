"""A run in parts, on as many machines as there are: ``extract run --part 3/50`` each, then ``extract collect``."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from pipeline.cluster_parts import CollectedParts, has_cluster_run
from pipeline.corpus import display_path, find_files
from pipeline.errors import BadSettings
from pipeline.fetching import fetch_articles
from pipeline.parts import Part, PartFiles, PartHeader, find_parts, listing_digest, write_part
from pipeline.provenance import digest_paths, record_run
from pipeline.records import Article, Rejected, Result
from pipeline.run_job import ProgressCallback, extracted, require_event_types, write_outputs
from pipeline.selection import Selection, describe_selection, leave_out_earlier, read_files, select_files
from pipeline.serial import dumps
from pipeline.settings import Settings
from pipeline.store import Store, open_outputs
from pipeline.store.fingerprint import reading_fingerprint, result_fingerprint
from pipeline.summary import PartSummary, Summary


def run_part(
    settings: Settings,
    part: Part,
    report: ProgressCallback | None = None,
    start: Callable[[int], None] | None = None,
) -> PartSummary:
    """Extract one part of what ``run`` would, and write it to one file in the outputs for ``collect``.

    Every ``part.parts``-th file is read; results are saved as soon as they are there, so that a part that was stopped
    goes on where it was. Raises ExtractError as ``run`` does.
    """
    started = time.perf_counter()
    settings = fetch_articles(settings)
    selection = select_files(settings)
    listed = [path for path, _ in find_files(selection.paths, selection.bounds)]
    own = {position: path for position, path in enumerate(listed) if part.takes(position)}
    if start is not None:
        start(len(own))
    require_event_types(settings)
    fingerprint = result_fingerprint(settings)
    header = PartHeader(
        part=part.part,
        parts=part.parts,
        files=len(listed),
        listing=listing_digest(display_path(path, Path()) for path in listed),
        fingerprint=fingerprint,
        reading=dumps([settings.published, settings.since, settings.fields, reading_fingerprint()]),
        corpus=describe_selection(settings),
    )
    summary = PartSummary(part.part, part.parts, settings.outputs / part.file_name(), len(own))
    with open_outputs(settings.outputs) as store:
        items = _extract_own(settings, selection, own, store, summary, fingerprint)
        write_part(summary.path, header, _reported(chain(items, _empty_folders(selection, header)), summary, report))
    summary.seconds = time.perf_counter() - started
    return summary


def _extract_own(
    settings: Settings,
    selection: Selection,
    own: Mapping[int, Path],
    store: Store,
    summary: PartSummary,
    fingerprint: str,
) -> Iterator[tuple[int, Result | Rejected]]:
    """What the files of a part give, each with its file's position; every result is saved before it is given."""
    results, readings = store.open_results(fingerprint), store.open_readings(reading_fingerprint())
    files = read_files(selection, list(own.values()), settings, readings)
    articles = leave_out_earlier(files, settings.since, summary.earlier)
    items = (results.find(item) or item if isinstance(item, Article) else item for item in articles)
    positions = _Positions(own)
    for item in extracted(items, settings):
        if isinstance(item, Result):
            summary.kept += not results.keep(item)
        yield positions.find(item.article.file if isinstance(item, Result) else item.file), item
    results.finish()
    readings.finish()


def _empty_folders(selection: Selection, header: PartHeader) -> Iterator[tuple[int, Rejected]]:
    """The folders that have nothing in them, which the first part tells of, after all files."""
    if header.part == 1:
        yield from ((header.files, folder) for folder in selection.empty_folders)


def _reported(
    items: Iterable[tuple[int, Result | Rejected]], summary: PartSummary, report: ProgressCallback | None
) -> Iterator[tuple[int, Result | Rejected]]:
    for done, (position, item) in enumerate(items, 1):
        summary.count(item)
        if report is not None:
            report(item, done, max(done, summary.files))
        yield position, item


class _Positions:
    """Of articles that come in the order of their files, the position of each one's file."""

    def __init__(self, files: Mapping[int, Path]) -> None:
        self._files = deque((position, display_path(path, Path())) for position, path in sorted(files.items()))

    def find(self, file: str) -> int:
        """The position of an article's file; ``file`` is the file's name, with the article's part where it has many."""
        while True:
            position, name = self._files[0]
            if file == name or file.startswith((f"{name}#", f"{name}/")):
                return position
            self._files.popleft()


def collect(
    paths: Sequence[Path | str],
    settings: Settings,
    report: ProgressCallback | None = None,
    start: Callable[[int], None] | None = None,
) -> Summary:
    """Write what ``run`` would have written from all parts of a run, which ``paths`` (files or folders) hold.

    Of a run whose workers read by themselves it is the one path or address of the folder that they share. Copies,
    events and who confirms whom are found over all of them. Raises ExtractError when a part is missing, comes
    twice, can't be read or was made by other versions or of another corpus than the others or this installation, and as
    ``run`` does; all tables are then as they were.
    """
    require_event_types(settings)
    fingerprint = result_fingerprint(settings)
    started = datetime.now(UTC)
    with _open_parts(paths) as parts:
        if parts.header.fingerprint != fingerprint:
            raise BadSettings(
                "The parts were made by another version of newsclaims, model, event types or libraries than these.",
                "Collect them with the same versions, --model and --events as extract run --part had.",
            )
        summary = Summary(settings.outputs, corpus=parts.header.corpus)
        if start is not None:
            start(parts.header.files)
        with open_outputs(settings.outputs) as store:
            items = parts.items(summary.earlier)
            write_outputs(settings, items, parts.header.files, store, fingerprint, summary, report)
            record_run(settings, summary, started, digest_paths(parts.files))
    return summary


def _open_parts(paths: Sequence[Path | str]) -> PartFiles | CollectedParts:
    """The parts of ``extract run --part``, or those that the workers of a cluster left."""
    if len(paths) == 1 and has_cluster_run(str(paths[0])):
        return CollectedParts(str(paths[0]))
    return PartFiles(find_parts([Path(path) for path in paths]))
