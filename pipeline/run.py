"""The main job: corpus -> engine -> tables."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from pipeline.article import load_tools
from pipeline.compare import Sketch, find_copies, make_sketch
from pipeline.corpus import find_files, read
from pipeline.engines.local import run_local
from pipeline.errors import ExtractError
from pipeline.records import Rejected, Result
from pipeline.settings import Settings
from pipeline.store import Decision, keep_orphans, read_decisions
from pipeline.write.gather import Gathered
from pipeline.write.report import write_report
from pipeline.write.tables import open_tables

EXAMPLES = "examples"


@dataclass(slots=True)
class Summary:
    """What a run did: counts, wall seconds from the first article on, where the files are.

    ``copies`` counts files with the very text of another, ``same_story`` articles that carry another's story.
    """

    outputs: Path
    read: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    copies: int = 0
    same_story: int = 0
    claims: dict[str, int] = field(default_factory=dict)
    words: int = 0
    seconds: float = 0.0
    undated: int = 0
    examples: bool = False
    orphans: int = 0

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

    What was no plain text is kept in texts/DOC_ID.txt, so that offsets can be looked up.
    Decisions already in claims.csv are kept. Raises ExtractError when nothing can be done: no corpus folder, nothing
    in it, no model, outputs that can't be written to.
    """
    summary = Summary(settings.outputs)
    paths = _articles(settings, summary)
    total = sum(1 for _ in find_files(paths))
    decisions = read_decisions(settings.outputs)
    orphans = dict(decisions)
    tools = load_tools(settings.model, settings.events)
    sketches: list[Sketch] = []
    exact: Counter[str] = Counter()
    gathered = Gathered()
    started = time.perf_counter()
    with open_tables(settings.outputs, decisions) as tables:
        items = read(paths, root=Path(), published=settings.published, fields=settings.fields)
        for done, item in enumerate(run_local(items, tools), 1):
            tables.add(item)
            gathered.add(_decided(item, decisions))
            summary.count(item)
            if isinstance(item, Rejected):
                exact[item.copies_of] += bool(item.copies_of)
            else:
                sketches.append(make_sketch(item.article))
                for claim in item.claims:
                    orphans.pop(claim.claim_id, None)
            if report is not None:
                report(item, done, max(done, total))
        copies = find_copies(sketches, exact)
        tables.finish(copies)
        summary.same_story = sum(bool(copy.first) for copy in copies.values())
        stories = {doc_id: copy.first for doc_id, copy in copies.items() if copy.first}
        write_report(settings.outputs / "report.html", gathered, stories)
    keep_orphans(settings.outputs, orphans)
    summary.orphans = len(orphans)
    summary.seconds = time.perf_counter() - started
    return summary


def _decided(item: Result | Rejected, decisions: Mapping[str, Decision]) -> Result | Rejected:
    """The result with the reviewer's fields of its claims filled in."""
    if isinstance(item, Rejected):
        return item
    found = ((claim, decisions.get(claim.claim_id)) for claim in item.claims)
    return replace(item, claims=tuple(replace(claim, **asdict(made)) if made else claim for claim, made in found))


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
        raise ExtractError(
            f"There is nothing to read in {corpus}.",
            "Put articles in it: text, HTML, PDF, DOCX, mails, archives of these.",
        )
    return here
