"""The main job, ``extract run``: corpus -> store -> engine -> store -> compare -> tables."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import InitVar, dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from sqlite3 import Connection
from threading import Thread

from pipeline.cluster_parts import ClusterRunParts, has_workers_read
from pipeline.compare import ClaimIndex, Copy, EventCollection, StoryIndex, make_sketch
from pipeline.corpus import find_files
from pipeline.engines import Item
from pipeline.engines.capacity import ENOUGH_ARTICLES, can_fork, count_articles, plan_workers
from pipeline.engines.choice import choose_engine
from pipeline.errors import ExtractError
from pipeline.fetching import fetch_articles
from pipeline.knowledge.events.files import load_event_types
from pipeline.outputs import (
    CLAIMS,
    CLAIMS_ALTERNATIVE,
    CONFLICTS,
    EVENTS,
    EVENTS_ALTERNATIVE,
    ORPHANS,
    REPORT,
    SPEAKERS,
    SPEAKERS_ALTERNATIVE,
    WORKBOOK,
    WORKBOOK_ALTERNATIVE,
    alternative_path,
)
from pipeline.provenance import digest_files, record_run
from pipeline.records import Article, Rejected, Result
from pipeline.scratch import open_scratch
from pipeline.selection import Selection, describe_selection, leave_out_earlier, read_files, select_files
from pipeline.settings import WORKBOOK_CLAIMS, Settings
from pipeline.store import Decision, Orphan, Store, UnknownWord, WrittenEvent, open_outputs, reviewed_decisions
from pipeline.store.fingerprint import grouping_fingerprint, reading_fingerprint, result_fingerprint, result_parts
from pipeline.summary import Summary
from pipeline.write.atomic import OutputFiles
from pipeline.write.decisions import write_conflicts, write_orphans
from pipeline.write.event_rows import EventFacts
from pipeline.write.event_table import unclear_cells, write_events
from pipeline.write.event_tally import EventTally
from pipeline.write.gather import ReportData
from pipeline.write.obstacles import find_obstacle
from pipeline.write.report import Heading, origin_lines, prepare_report, write_report
from pipeline.write.schemas import write_schemas
from pipeline.write.speaker_table import unclear_merges, write_speakers
from pipeline.write.stored_events import StoredEvents
from pipeline.write.tables import open_tables

#: The row of a table's first record, as spreadsheets number rows: below the header.
_FIRST_ROW = 2
#: Called after every article with what it gave, how many are done and, at least, how many there are.
ProgressCallback = Callable[[Result | Rejected, int, int], None]
#: Called with the file of the article that is worked on from now on: of those that are not done the first.
FileCallback = Callable[[str], None]


def run(
    settings: Settings,
    report: ProgressCallback | None = None,
    start: Callable[[int], None] | None = None,
    report_file: FileCallback | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Summary:
    """Read the articles, extract, and write claims.csv, claims.xlsx, mentions.csv, articles.csv, claims.jsonl and
    report.html.

    Texts that no plain-text file has are kept in texts/DOC_ID.txt, so that offsets can be looked up. Only what is new
    or changed is extracted; each result is saved as soon as it is there, so a run that was stopped goes on where it
    was. Decisions in claims.csv are imported first and stand in the new tables. ``start`` is called with the number of
    files once all are listed, ``report`` after each article, ``report_file`` when another is worked on, ``tell``
    with a line on what was decided for the user.

    Raises ExtractError when nothing can be done: there is no corpus folder or nothing in it, nothing of what was named
    exists, none of the files could be read and tables of an earlier run would be lost, no model, a mistake in a file of
    event types, or an outputs folder that can't be written to or that another run is writing to. All tables are then
    as they were.
    """
    summary, started = Summary(settings.outputs, corpus=describe_selection(settings)), datetime.now(UTC)
    settings = fetch_articles(settings, tell)
    selection = select_files(settings)
    summary.examples = selection.only_examples
    if start is not None:
        start(selection.total)
    require_event_types(settings)
    fingerprint = result_fingerprint(settings)
    with open_outputs(settings.outputs) as store:
        settings = _with_workers(settings, selection, store.count_results(fingerprint), tell)
        digests: dict[str, str] = {}
        if has_workers_read(settings, selection):
            articles = ClusterRunParts(settings, selection, fingerprint).items(summary.earlier)
            here = replace(settings, engine="local", scheduler="", workers=1)  # for an article whose key comes twice
            write_outputs(here, articles, selection.total, store, fingerprint, summary, report, report_file)
        else:
            readings = store.open_readings(reading_fingerprint())
            files = chain(read_files(selection, selection.paths, settings, readings, digests), selection.empty_folders)
            articles = leave_out_earlier(files, settings.since, summary.earlier)
            write_outputs(settings, articles, selection.total, store, fingerprint, summary, report, report_file)
            readings.finish()
        record_run(settings, summary, started, digest_files(selection, digests))
    return summary


def _with_workers(settings: Settings, selection: Selection, stored: int, tell: Callable[[str], None]) -> Settings:
    """The settings with the number of workers that machine and corpus deserve, where the user has named none.

    ``stored`` results are there already; ``tell`` is called when more than one worker is to do the rest.
    """
    has_own_workers = settings.engine in ("", "processes") or (settings.engine == "dask" and not settings.scheduler)
    if settings.workers is not None or not has_own_workers:
        return settings
    articles = selection.total
    if articles - stored < ENOUGH_ARTICLES:  # a file may hold many
        found = find_files(selection.paths, selection.bounds)
        articles = count_articles(path for path, problem in found if problem is None)
    workers, line = plan_workers(articles - stored, shared=settings.engine != "dask" and can_fork())
    if line:
        tell(line)
    return replace(settings, workers=workers)


def require_event_types(settings: Settings) -> None:
    """Raise BadKnowledge for a mistake in a file of event types, before anything is written."""
    if settings.events:
        load_event_types(settings.events)


def write_outputs(
    settings: Settings,
    articles: Iterator[Item],
    total: int,
    store: Store,
    fingerprint: str,
    summary: Summary,
    report: ProgressCallback | None = None,
    report_file: FileCallback | None = None,
) -> None:
    """Extract what is new and write all tables; each result is saved at once, the rest of the store at the end.

    ``articles`` are those of the run in order, ``total`` is how many files they come from, and ``fingerprint`` that of
    what results depend on. Raises ExtractError as ``run`` does.
    """
    summary.store_notice = store.notice
    summary.edits = store.import_edits()
    started = time.perf_counter()
    results, attachment = store.open_results(fingerprint), store.open_attachment()
    underway = _Underway(report_file)
    output_files, edits = OutputFiles(summary.edits.digests), store.event_edits()
    with open_scratch(settings.outputs) as scratch, open_tables(settings.outputs, output_files) as tables:
        comparison, report_data = _Comparison(scratch, EventCollection(edits.claims)), ReportData(scratch, edits)
        items = (results.find(item) or item if isinstance(item, Article) else item for item in articles)
        for done, item in enumerate(extracted(underway.follow(items), settings), 1):
            underway.finish_first()
            if isinstance(item, Result):
                summary.kept += not results.keep(item)
                item, unsure = without_unsure(attachment.attach(item), settings.min_confidence)
                summary.unsure += unsure
            for collector in (comparison, tables, report_data):
                collector.add(item)
            summary.count(item)
            if report is not None:
                report(item, done, max(done, total))
        if not summary.read and store.has_tables():
            raise _nothing_read(settings, summary)  # before any table is moved into place
        copies = comparison.find_copies()
        stories = {doc_id: copy.first for doc_id, copy in copies.items() if copy.first}
        summary.same_story = len(stories)
        groups = store.open_groups(grouping_fingerprint(fingerprint))
        compared = comparison.events.compare(stories, groups.load())
        events = store.name_events(compared.clusters, compared.edited, edits)
        comparison.claims.name_events(events.event_of)
        contradicted = comparison.claims.compare(stories, compared.polarity)
        workbook = tables.open_workbook() if wants_workbook(settings, comparison.claim_count) else None
        tables.finish(copies, comparison.claims.changes(), workbook)
        wholes = {events.ids[part]: events.ids[whole] for part, whole in compared.parts.items()}
        facts = EventFacts(contradicted, wholes, compared.polarity.undoing, edits, events.formerly)
        rows = StoredEvents(scratch, comparison.claims, stories, facts)
        tally = EventTally()
        watched = tally.watch(rows)
        written_events = write_events(settings.outputs, watched, store.written_events(), output_files, workbook)
        written_speakers = write_speakers(
            settings.outputs, report_data.speakers.speakers(), store.written_speakers(), output_files, workbook
        )
        heading = Heading(lines=origin_lines(summary.corpus))
        write_report(settings.outputs / REPORT, report_data, stories, rows, tally, heading)
    summary.left_out = results.count_left_out(comparison.files_without_result)
    results.finish()
    store.save_event_ids(events)
    groups.save(compared.changes)
    events_file = EVENTS_ALTERNATIVE if EVENTS in output_files.blocked else EVENTS
    store.record_written_events(events_file, written_events)
    summary.unclear_events = unclear_cells(written_events)
    speakers_file = SPEAKERS_ALTERNATIVE if SPEAKERS in output_files.blocked else SPEAKERS
    store.record_written_speakers(speakers_file, written_speakers)
    summary.unclear_speakers = list(unclear_merges(written_speakers))
    summary.blocked = output_files.blocked
    _record_workbook(store, written_events if workbook else None, comparison, output_files, summary)
    claims_file = CLAIMS_ALTERNATIVE if CLAIMS in output_files.blocked else CLAIMS
    store.record_written(claims_file, comparison.decisions)
    summary.unknown_words = [replace(unknown, file=claims_file) for unknown in comparison.unknown_words]
    _write_decisions(settings.outputs, store, list(attachment.orphans()), output_files, summary)
    write_schemas(settings.outputs, output_files)
    summary.seconds = time.perf_counter() - started


def without_unsure(result: Result, min_confidence: float) -> tuple[Result, int]:
    """The result without the claims of less confidence that no reviewer has touched, and how many these are.

    What is decided, noted, corrected or added by hand stays. The claims that stay link to none that does not.
    """
    kept = [claim for claim in result.claims if claim.confidence >= min_confidence or Decision.of(claim)]
    if len(kept) == len(result.claims):
        return result, 0
    ids = {claim.claim_id for claim in kept}
    linked = (replace(claim, links=tuple(link for link in claim.links if link in ids)) for claim in kept)
    return replace(result, claims=tuple(linked)), len(result.claims) - len(kept)


class _Underway:
    """The files whose articles an engine has taken and not yet given back, in order; tells which is the first."""

    def __init__(self, report_file: FileCallback | None) -> None:
        self._report_file = report_file or (lambda _: None)
        self._files: deque[str] = deque()

    def follow(self, items: Iterator[Item]) -> Iterator[Item]:
        """The items, noted as they are taken."""
        for item in items:
            self._files.append(item.article.file if isinstance(item, Result) else item.file)
            if len(self._files) == 1:
                self._report_file(self._files[0])
            yield item

    def finish_first(self) -> None:
        """Note that what the first of them gives is there."""
        self._files.popleft()
        if self._files:
            self._report_file(self._files[0])


@dataclass(slots=True)
class _Comparison:
    """What is kept of every article, most of it in a scratch database, until all are read and can be compared."""

    scratch: InitVar[Connection]
    events: EventCollection  #: of all articles
    stories: StoryIndex = field(init=False)
    claims: ClaimIndex = field(init=False)
    decisions: dict[str, Decision] = field(default_factory=dict)  #: by claim id those that stand in claims.csv
    files_without_result: list[str] = field(default_factory=list)  #: names of what was rejected or a copy
    exact_copies: Counter[str] = field(default_factory=Counter)  #: by file the number of files with its very text
    claim_count: int = 0  #: claims so far, which is the number of rows below the header of claims.csv
    unknown_words: list[UnknownWord] = field(default_factory=list)  #: with their rows in claims.csv, without its name

    def __post_init__(self, scratch: Connection) -> None:
        self.stories, self.claims = StoryIndex(scratch), ClaimIndex(scratch)

    def add(self, item: Result | Rejected) -> None:
        if isinstance(item, Rejected):
            self.files_without_result.append(item.file)
            self.exact_copies[item.copies_of] += bool(item.copies_of)
            return
        self.stories.add(make_sketch(item.article))
        self.events.add(item)
        self.decisions |= reviewed_decisions(item)
        for position, claim in enumerate(item.claims, self.claim_count):
            decision = Decision.of(claim)
            if word := decision.unknown_word:
                self.unknown_words.append(UnknownWord(word, claim.claim_id, row=position + _FIRST_ROW))
            self.claims.add(position, claim, is_rejected=decision.verdict == "reject")
        self.claim_count += len(item.claims)

    def find_copies(self) -> dict[str, Copy]:
        return self.stories.find_copies(self.exact_copies)


def wants_workbook(settings: Settings, claims: int) -> bool:
    """Whether a run that gave so many claims is to write claims.xlsx."""
    return claims <= WORKBOOK_CLAIMS if settings.xlsx is None else settings.xlsx


def _record_workbook(
    store: Store,
    events: list[WrittenEvent] | None,
    comparison: _Comparison,
    output_files: OutputFiles,
    summary: Summary,
) -> None:
    """Record decisions and ``events`` of a new claims.xlsx; without one remove an earlier one, unless it was edited."""
    path = store.outputs / WORKBOOK
    if events is not None:
        file = WORKBOOK_ALTERNATIVE if WORKBOOK in output_files.blocked else WORKBOOK
        store.record_written_workbook(file, comparison.decisions, events)
        summary.workbook = file
    elif store.is_as_written(WORKBOOK) and not find_obstacle(path):
        path.unlink()
    if not path.exists():
        store.forget_written(WORKBOOK)


def _write_decisions(
    outputs: Path, store: Store, orphans: list[Orphan], output_files: OutputFiles, summary: Summary
) -> None:
    """Write the tables of decisions whose claim is in no other table, and of claims that were decided in two ways."""
    summary.orphans = len(orphans)
    write_orphans(outputs / ORPHANS, orphans, output_files)
    if ORPHANS not in output_files.blocked:
        store.record_written(ORPHANS, {orphan.claim_id: orphan.decision for orphan in orphans})
    for row, orphan in enumerate(orphans, _FIRST_ROW):
        if word := orphan.decision.unknown_word:
            file = alternative_path(Path(ORPHANS)).name if ORPHANS in output_files.blocked else ORPHANS
            summary.unknown_words.append(UnknownWord(word, orphan.claim_id, file, row))
    conflicts = store.conflicts()
    summary.conflicts = len(conflicts)
    write_conflicts(outputs / CONFLICTS, conflicts, store.decisions(), output_files)


def extracted(items: Iterator[Item], settings: Settings) -> Iterator[Rejected | Result]:
    """What each article gives, in order. Results and rejections pass through; while there is nothing else, no engine
    is started and neither spaCy nor a model is loaded."""
    for item in items:
        if isinstance(item, Article):
            engine = choose_engine(settings, partial(result_parts, settings))
            if (settings.workers or 1) > 1:  # which load the model at first, while this process waits
                Thread(target=prepare_report).start()
            yield from engine(chain((item,), items))
            return
        yield item


def _nothing_read(settings: Settings, summary: Summary) -> ExtractError:
    """The error for a run that found files but could read none, where tables of an earlier run would be lost."""
    if summary.earlier and not summary.rejected:
        return ExtractError(
            f"All articles were published before {settings.since}, so the tables of the last run were left as they "
            "were.",
            "Give an earlier day with --since, or name other files.",
        )
    count = len(summary.rejected)
    message = "The only file could not be read" if count == 1 else f"None of the {count} files could be read"
    return ExtractError(
        f"{message}, so the tables of the last run were left as they are.",
        "See above why, put that right or name other files, then run again. To have the reasons as a table, name "
        "another folder with --outputs.",
    )
