"""The main job: corpus -> store -> engine -> store -> compare -> tables."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from pipeline.compare import Sketch, find_agreement, find_copies, make_sketch
from pipeline.corpus import find_files, read
from pipeline.errors import ExtractError
from pipeline.knowledge.events.files import load_event_types
from pipeline.records import Article, Rejected, Result
from pipeline.settings import Settings
from pipeline.store import CLAIMS, CLAIMS_BESIDE, ORPHANS, Decision, EditSummary, Orphan, Store, open_outputs, reviewed
from pipeline.store.fingerprint import reading_fingerprint, result_fingerprint
from pipeline.write.atomic import OutputFiles
from pipeline.write.decisions import CONFLICTS, write_conflicts, write_orphans
from pipeline.write.gather import Gathered
from pipeline.write.report import write_report
from pipeline.write.tables import open_tables

EXAMPLES = "examples"


@dataclass(slots=True)
class Summary:
    """What a run did: counts, wall seconds from the first article on, where the files are.

    ``copies`` counts files with the very text of another, ``same_story`` articles that carry another's story.
    ``kept`` counts the articles whose results were in the store already; ``taken`` says which files the results could
    not be written over, and why.
    """

    outputs: Path
    read: int = 0
    kept: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    copies: int = 0
    same_story: int = 0
    claims: dict[str, int] = field(default_factory=dict)
    words: int = 0
    seconds: float = 0.0
    undated: int = 0
    examples: bool = False
    orphans: int = 0
    conflicts: int = 0
    edits: EditSummary = field(default_factory=EditSummary)
    taken: dict[str, str] = field(default_factory=dict)
    told: str = ""

    def count(self, item: Result | Rejected) -> None:
        """Add one article."""
        if isinstance(item, Rejected):
            if item.copies_of:
                self.copies += 1
            else:
                self.rejected.append(item)
            return
        self.read += 1
        self.words += item.words
        self.undated += item.article.published is None
        for claim in item.claims:
            self.claims[claim.claim_type] = self.claims.get(claim.claim_type, 0) + 1


#: Called after every article with what it gave, how many are done and, at least, how many there are.
Report = Callable[[Result | Rejected, int, int], None]


def run(settings: Settings, report: Report | None = None) -> Summary:
    """Read the articles, extract, write claims.csv, mentions.csv, articles.csv, claims.jsonl and report.html.

    What was no plain text is kept in texts/DOC_ID.txt, so that offsets can be looked up. Only what is new or changed is
    extracted; each result is kept as soon as it is there, so a run that is stopped goes on where it was. Decisions
    already in claims.csv are kept. Raises ExtractError when nothing can be done: no corpus folder, nothing in it, no
    model, outputs that can't be written to or that another run is writing to.
    """
    summary = Summary(settings.outputs)
    paths = _articles(settings, summary)
    if settings.events:
        load_event_types(settings.events)  # a mistake in them is found before anything is written
    fingerprint = result_fingerprint(settings)
    with open_outputs(settings.outputs) as store:
        summary.told = store.told
        summary.edits = store.import_edits()
        started = time.perf_counter()
        _fill_tables(settings, paths, store, fingerprint, summary, report)
        summary.seconds = time.perf_counter() - started
    return summary


def _fill_tables(
    settings: Settings,
    paths: list[Path],
    store: Store,
    fingerprint: str,
    summary: Summary,
    report: Report | None,
) -> None:
    results, attachment = store.results(fingerprint), store.attachment()
    readings = store.readings(reading_fingerprint())
    places = OutputFiles(summary.edits.digests)
    total = sum(1 for _ in find_files(paths))
    written: dict[str, Decision] = {}
    sketches: list[Sketch] = []
    exact: Counter[str] = Counter()
    gathered = Gathered()
    items = read(paths, root=Path(), published=settings.published, fields=settings.fields, readings=readings)
    with open_tables(settings.outputs, places) as tables:
        known = (results.find(item) or item if isinstance(item, Article) else item for item in items)
        for done, item in enumerate(_extracted(known, settings), 1):
            if isinstance(item, Result):
                summary.kept += not results.keep(item)
                sketches.append(make_sketch(item.article))
                item = attachment.attach(item)
                written |= reviewed(item)
            else:
                exact[item.copies_of] += bool(item.copies_of)
            tables.add(item)
            gathered.add(item)
            summary.count(item)
            if report is not None:
                report(item, done, max(done, total))
        copies = find_copies(sketches, exact)
        summary.same_story = sum(bool(copy.first) for copy in copies.values())
        stories = {doc_id: copy.first for doc_id, copy in copies.items() if copy.first}
        rejected = {claim_id for claim_id, each in written.items() if each.verdict == "reject"}
        tables.finish(copies, find_agreement((each.claim for each in gathered.claims), stories, rejected))
        write_report(settings.outputs / "report.html", gathered, stories)
    results.finish()
    readings.finish()
    store.written(CLAIMS_BESIDE if CLAIMS in places.taken else CLAIMS, written)
    summary.taken = places.taken
    _write_decisions(settings.outputs, store, list(attachment.orphans()), places, summary)


def _write_decisions(outputs: Path, store: Store, orphans: list[Orphan], places: OutputFiles, summary: Summary) -> None:
    """What was decided on claims that are in no table, or in two ways."""
    summary.orphans = len(orphans)
    write_orphans(outputs / ORPHANS, orphans, places)
    if ORPHANS not in places.taken:
        store.written(ORPHANS, {orphan.claim_id: orphan.decision for orphan in orphans})
    conflicts = store.conflicts()
    summary.conflicts = len(conflicts)
    write_conflicts(outputs / CONFLICTS, conflicts, store.decisions(), places)


def _extracted(items: Iterator[Article | Rejected | Result], settings: Settings) -> Iterator[Rejected | Result]:
    """What each article gives; what is known already passes through, and while all of it is nothing heavy is loaded."""
    for item in items:
        if isinstance(item, Article):
            yield from _engine(chain((item,), items), settings)
            return
        yield item


def _engine(items: Iterator[Article | Rejected | Result], settings: Settings) -> Iterator[Rejected | Result]:
    if settings.workers > 1:
        from pipeline.engines.processes import run_processes

        return run_processes(items, settings.model, settings.events, settings.workers)
    from pipeline.article import load_resources
    from pipeline.engines.local import run_local

    return run_local(items, load_resources(settings.model, settings.events))


def _articles(settings: Settings, summary: Summary) -> list[Path]:
    """What to read: what is named, else all of the corpus; its examples only while nothing else lies there."""
    if settings.articles:
        return list(settings.articles)
    corpus = settings.corpus
    if not corpus.is_dir():
        raise ExtractError(
            f"There is no folder {corpus}.",
            f"Make it and put articles in it (mkdir {corpus}), or name files: extract run ARTICLE.txt",
        )
    try:
        here = sorted(path for path in corpus.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise ExtractError(
            f"The folder {corpus} can't be read: {error.strerror}.", "Change its permissions."
        ) from error
    own = [path for path in here if path.name != EXAMPLES]
    if any(True for _ in find_files(own)):
        return own
    summary.examples = True
    if not any(True for _ in find_files(here)):
        raise ExtractError(f"There is nothing to read in {corpus}.", "Put articles in it as plain-text files (.txt).")
    return here
