"""A report of a part of the last run, to be mailed: made anew of what the store has, with all decisions made since.

It is the page that a run writes, of fewer articles or claims. What could not be read stands in the run's own report.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from sqlite3 import Connection

from pipeline.compare import ClaimIndex, Polarity, StoryIndex, make_sketch
from pipeline.errors import BadSettings, ExtractError, no_claims_yet
from pipeline.outputs import CLAIMS_JSONL, RUN_RECORD, own_files
from pipeline.records import Claim, Denial, Result
from pipeline.scratch import open_scratch
from pipeline.store import Decision, EditSummary, Store, open_outputs
from pipeline.write.column_values import verdict
from pipeline.write.destination import find_destination
from pipeline.write.event_rows import EventFacts, EventRow
from pipeline.write.event_tally import EventTally
from pipeline.write.gather import ReportData
from pipeline.write.report import TITLE, Heading, make_page, origin_lines, page_pieces
from pipeline.write.stored_events import StoredEvents
from pipeline.write.wording import counted

#: The file in the outputs where the report goes unless the user names another.
_NAME = "report_selected.html"
#: Verdicts that count as accepted, as for ``extract export --accepted``.
_ACCEPTING = ("accept", "edit")


@dataclass(frozen=True, slots=True)
class ReportSelection:
    """Which claims of the last run a report is to show; without any condition all of them."""

    accepted: bool = False  #: only those decided "accept" or "edit"
    first_day: date | None = None  #: only those of articles published on that day or later
    last_day: date | None = None  #: or on that day or earlier
    event: str = ""  #: only those of the event of that id, and the quotes that they stand in
    min_confidence: float = 0  #: as ``Settings.min_confidence``

    def takes_day(self, day: date | None) -> bool:
        """Whether an article published on that day is in the report; one without a known day, only if any day is."""
        if self.first_day is None and self.last_day is None:
            return True
        return day is not None and (self.first_day or date.min) <= day <= (self.last_day or date.max)

    def select(self, result: Result) -> Result | None:
        """The article with the claims that are in the report; None when the article isn't."""
        kept = [claim for claim in result.claims if self._takes(claim)]
        if self.event:
            events = [claim for claim in kept if self.event == (claim.event_id or claim.claim_id)]
            if not events:
                return None
            ids = {claim.claim_id for claim in events} | {link for claim in events for link in claim.links}
            kept = [claim for claim in kept if claim.claim_id in ids]
        ids = {claim.claim_id for claim in kept}
        linked = (replace(claim, links=tuple(link for link in claim.links if link in ids)) for claim in kept)
        return replace(result, claims=tuple(linked))

    def _takes(self, claim: Claim) -> bool:
        if self.accepted:
            return verdict(claim) in _ACCEPTING
        return claim.confidence >= self.min_confidence or bool(Decision.of(claim))


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """What was written: the report at ``path`` has ``claims`` claims of ``articles`` articles.

    ``edits`` is what was read from the tables before. ``is_stream``: the path is a pipe or a device.
    """

    path: Path
    claims: int
    articles: int
    edits: EditSummary
    is_stream: bool


def write_selected_report(
    outputs: Path, selection: ReportSelection, *, title: str = "", to: Path | None = None
) -> ReportSummary:
    """Write a report of the last run to ``to``, else into the outputs; decisions made in the tables are read first.

    Copies of a story and contradictions are those among the articles that are in it. Raises ExtractError when there was
    no run, the days are in the wrong order, nothing is left to show or the file can't be written.
    """
    if selection.first_day and selection.last_day and selection.first_day > selection.last_day:
        raise BadSettings(
            f"The report can't begin on {selection.first_day} and end on {selection.last_day}.",
            "Give the earlier day with --from, the later one with --to.",
        )
    if not (outputs / CLAIMS_JSONL).is_file():
        raise no_claims_yet(outputs)
    destination = find_destination(to or outputs / _NAME, "--file", _NAME, own_files(outputs))
    with open_outputs(outputs) as store:
        edits = store.import_edits()
        with open_scratch(outputs) as scratch:
            gathered = _gather(store, selection, scratch)
            if not (gathered.data.claims if selection.accepted else gathered.data.article_count):
                raise _nothing_selected(selection, outputs)
            pieces = list(gathered.page(lambda event: _heading(outputs, selection, title, gathered.undated, event)))
    with destination.open() as file:  # with the store closed: nobody may be reading a pipe yet
        file.writelines(piece.encode("utf-8", "xmlcharrefreplace") for piece in pieces)
    data = gathered.data
    return ReportSummary(destination.path, data.claims, data.article_count, edits, destination.is_stream)


@dataclass(slots=True)
class _Gathered:
    """What the report is made of."""

    scratch: Connection
    data: ReportData
    stories: StoryIndex
    index: ClaimIndex
    facts: EventFacts
    undoing: set[str] = field(default_factory=set)  #: as ``Polarity``, of all claims
    taking_up: set[str] = field(default_factory=set)
    denials: dict[str, Denial] = field(default_factory=dict)
    undated: int = 0  #: articles that are left out because nobody knows their day

    def add(self, result: Result) -> None:
        """Take an article with the claims that are to be shown."""
        self.stories.add(make_sketch(result.article))
        for profile in result.events:
            self.undoing.update(profile.undoing)
            self.taking_up.update(profile.taking_up)
            self.denials.update(profile.denials)
        for position, claim in enumerate(result.claims, self.data.claims):
            self.index.add(position, claim, is_rejected=verdict(claim) == "reject")
        self.data.add(result)

    def page(self, make_heading: Callable[[EventRow | None], Heading]) -> Iterator[str]:
        """The page, piece by piece; ``make_heading`` gets the first event, None without any."""
        stories = {doc_id: copy.first for doc_id, copy in self.stories.find_copies(Counter()).items() if copy.first}
        self.index.name_events(lambda _, event_id: event_id)
        contradicted = self.index.compare(stories, Polarity(self.undoing, self.taking_up, self.denials))
        facts = replace(self.facts, contradicted=contradicted, undoing=self.undoing)
        rows = StoredEvents(self.scratch, self.index, stories, facts)
        tally = EventTally()
        first: EventRow | None = None
        for row in tally.watch(rows):
            first = first or row
        return page_pieces(make_page(self.data, stories, rows, tally, make_heading(first)))


def _gather(store: Store, selection: ReportSelection, scratch: Connection) -> _Gathered:
    facts = EventFacts(edits=store.event_edits())
    gathered = _Gathered(scratch, ReportData(scratch, facts.edits), StoryIndex(scratch), ClaimIndex(scratch), facts)
    attachment = store.open_attachment()
    for result in store.last_results():
        day = result.article.published
        if not selection.takes_day(day):
            gathered.undated += day is None
            continue
        selected = selection.select(attachment.attach(result))
        if selected is not None:
            gathered.add(selected)
    return gathered


def _nothing_selected(selection: ReportSelection, outputs: Path) -> ExtractError:
    days = _days(selection)
    published = f" in the articles published {days}" if days else ""
    if selection.event:
        accepted = " with an accepted claim" if selection.accepted else ""
        return ExtractError(
            f"The last run in {outputs} has no event {selection.event}{accepted}{published}.",
            "Ids of events are in the column event_id of claims.csv and events.csv.",
        )
    if selection.accepted:
        return ExtractError(
            f"Nobody has accepted a claim{published}.",
            "Accept some in extract review or in the column decision of claims.csv, or leave --accepted out.",
        )
    if not days:
        return ExtractError(f"There are no articles in {outputs} yet.", "Run first: extract run")
    return ExtractError(
        f"No article of the last run was published {days}.",
        "Publication days are in the column published of articles.csv.",
    )


def _days(selection: ReportSelection) -> str:
    """The days of the report: "from 2025-03-01 to 2025-03-31"; empty for any."""
    if selection.first_day and selection.last_day:
        return f"from {selection.first_day} to {selection.last_day}"
    if selection.first_day:
        return f"on {selection.first_day} or later"
    return f"on {selection.last_day} or earlier" if selection.last_day else ""


def _heading(outputs: Path, selection: ReportSelection, title: str, undated: int, event: EventRow | None) -> Heading:
    lines = [*_origin(outputs)]
    if selection.event and event is not None:
        lines.append(f"Only the event “{event.title}” ({selection.event}) and the quotes that tell of it.")
    if selection.accepted:
        lines.append("Only claims that a reviewer accepted.")
    if days := _days(selection):
        is_counted = undated and not selection.event
        left_out = f"; {counted(undated, 'article')} without a known day left out" if is_counted else ""
        lines.append(f"Only articles published {days}{left_out}.")
    return Heading(" ".join(title.split()) or TITLE, tuple(lines))


def _origin(outputs: Path) -> tuple[str, ...]:
    """Of which corpus, read on which day, by the record of the run; nothing where that can't be read."""
    try:
        record = json.loads((outputs / RUN_RECORD).read_text(encoding="utf-8"))
        corpus, day = str(record["corpus"]), date.fromisoformat(record["finished"][:10])
    except (OSError, ValueError, TypeError, KeyError):
        return ()
    return origin_lines(corpus, day)
