"""What a run did, counted on the way, and the lines that tell it at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.outputs import (
    ARTICLES,
    CLAIMS,
    CLAIMS_JSONL,
    CONFLICTS,
    EVENTS,
    MENTIONS,
    ORPHANS,
    REPORT,
    SPEAKERS,
    WORKBOOK,
    alternative_path,
)
from pipeline.records import Rejected, Result
from pipeline.settings import WORKBOOK_CLAIMS
from pipeline.store import EditSummary, UnclearCell, UnknownWord
from pipeline.text.workbook_cells import MAX_ROWS
from pipeline.write.wording import counted, excerpt, printable

#: Characters of a row's words that a message shows.
_WORDS_SHOWN = 80
#: Words that are no decision which are listed one by one: about a screenful. Of more, their number.
_UNKNOWN_WORDS_SHOWN = 20


@dataclass(slots=True)
class Summary:
    """What a run did; printed, it is the lines that the command prints at its end."""

    outputs: Path  #: the folder that the results are in
    corpus: str = ""  #: what was read, as the report says it: ``selection.describe_selection``
    read: int = 0  #: number of articles that gave a result
    kept: int = 0  #: number of those whose result was in the store already
    rejected: list[Rejected] = field(default_factory=list)  #: files that gave no article, without copies
    earlier: list[str] = field(default_factory=list)  #: files of articles published before the day of --since
    copies: int = 0  #: number of files with the very text of another
    same_story: int = 0  #: number of articles that carry the story of another
    claims: dict[str, int] = field(default_factory=dict)  #: number of claims by claim_type
    unsure: int = 0  #: number of claims that are in no table because of ``min_confidence``
    words: int = 0  #: number of words in the blocks that were read
    seconds: float = 0.0  #: wall time from the first file to the finished tables
    undated: int = 0  #: number of articles without a publication day
    examples: bool = False  #: whether the examples were read because nothing else was in the corpus
    orphans: int = 0  #: number of decisions whose claim is in no table of this run
    unknown_words: list[UnknownWord] = field(default_factory=list)  #: decisions of the tables that aren't understood
    unclear_events: list[UnclearCell] = field(default_factory=list)  #: cells of events.csv that aren't understood
    #: Rows of speakers.csv whose merge_into isn't understood, as spreadsheets count, each with what stands there.
    unclear_speakers: list[tuple[int, str]] = field(default_factory=list)
    conflicts: int = 0  #: number of losing versions of claims that were decided in two ways
    edits: EditSummary = field(default_factory=EditSummary)  #: what was imported from the tables first
    blocked: dict[str, str] = field(default_factory=dict)  #: tables that couldn't be written over, and why
    store_notice: str = ""  #: a sentence when the store had to be upgraded or replaced
    changed_model_files: list[str] = field(default_factory=list)  #: files of the model that aren't as pinned
    workbook: str = ""  #: name of the workbook that was written; empty for none
    left_out: int = 0  #: number of articles that the tables of the last run had and these don't

    def __str__(self) -> str:
        return "\n".join(summary_lines(self))

    def count(self, item: Result | Rejected) -> None:
        """Add what one article gave to the counts."""
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


@dataclass(slots=True)
class PartSummary:
    """What a run of one part did."""

    part: int  #: number of the part, from 1
    parts: int  #: number of all parts
    path: Path  #: the part file
    files: int = 0  #: number of files of this part
    read: int = 0  #: number of articles that gave a result
    kept: int = 0  #: number of those whose result was in the store already
    rejected: list[Rejected] = field(default_factory=list)  #: what gave no article, without copies
    earlier: list[str] = field(default_factory=list)  #: files of articles published before the day of --since
    claims: int = 0  #: number of claims
    seconds: float = 0.0  #: wall time

    def count(self, item: Result | Rejected) -> None:
        """Add what one article gave to the counts."""
        if isinstance(item, Result):
            self.read += 1
            self.claims += len(item.claims)
        elif not item.copies_of:
            self.rejected.append(item)


def part_lines(summary: PartSummary) -> Iterator[str]:
    """Tell in plain lines what a run of one part did, and what to do once all parts are there."""
    kept = f" ({summary.kept} of them unchanged)" if summary.kept else ""
    yield (
        f"Part:     {summary.part} of {summary.parts}, {counted(summary.files, 'file')}: {summary.read} articles read"
        f"{kept}, {len(summary.rejected)} rejected, {counted(summary.claims, 'claim')} in {summary.seconds:.1f} s."
    )
    if summary.earlier:
        yield f"Earlier:  {counted(len(summary.earlier), 'article')} published before the day of --since left out."
    yield f"Results:  {printable(str(summary.path))}"
    yield "Next:     when all parts are there: extract collect FOLDERS --outputs outputs"


def summary_lines(summary: Summary) -> Iterator[str]:
    """Tell in plain lines what a run did, where the results are and what to do next; README.md shows an example."""
    if summary.examples:
        yield "Nothing but the examples lies in the corpus, so these were read. Put your own articles beside them."
    copies = f", {summary.copies} the same as another" if summary.copies else ""
    kept = f" ({summary.kept} of them unchanged)" if summary.kept else ""
    yield f"Articles: {summary.read} read{kept}, {len(summary.rejected)} rejected{copies}."
    if summary.earlier:
        yield f"Earlier:  {counted(len(summary.earlier), 'article')} published before the day of --since left out."
    if summary.same_story:
        yield f"Stories:  {summary.same_story} articles carry the story of another: see copies_of in articles.csv."
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(summary.claims.items()))
    yield f"Claims:   {sum(summary.claims.values())}{f' ({kinds})' if kinds else ''}."
    if summary.unsure:
        yield (
            f"Unsure:   {counted(summary.unsure, 'undecided claim')} under min_confidence left out of the tables; "
            "extract review has them."
        )
    speed = summary.words / summary.seconds if summary.seconds else 0.0
    yield f"Words:    {summary.words:,} in {summary.seconds:.1f} s, {speed:,.0f} a second."
    if summary.undated:
        yield (
            f'Undated:  {summary.undated}; there "last week" has no dates. Give the day with --published YYYY-MM-DD, '
            "in a front matter or a NAME.meta.json."
        )
    if summary.left_out:
        left_out = counted(summary.left_out, "article")
        yield (
            f"Tables:   they show this run alone, without {left_out} of the last run. What was found and decided there "
            "is kept and returns when they are named again."
        )
    yield from _workbook_lines(summary)
    yield from _decision_lines(summary)
    yield from problem_lines(summary)
    names = (CLAIMS, WORKBOOK, EVENTS, SPEAKERS, MENTIONS, ARTICLES, CLAIMS_JSONL, REPORT)
    written = [_written_name(name, summary) for name in names if name != WORKBOOK or summary.workbook]
    yield f"Results:  {printable(str(summary.outputs))}/{', '.join(written)}"
    sheet = summary.workbook or written[0]
    yield (
        f"Next:     decide in the browser (extract review) or in the first columns of {sheet}, then run again; "
        f"{REPORT} shows it all."
    )


def problem_lines(summary: Summary) -> Iterator[str]:
    """The lines that are printed with --quiet, too: what the user has to know or to put right."""
    yield from edit_problem_lines(summary.edits, summary.outputs)
    if summary.changed_model_files:
        files = counted(len(summary.changed_model_files), "file")
        yield (
            f"Model:    not as it was measured: {files} changed or missing, first "
            f"{printable(summary.changed_model_files[0])}. Run extract doctor, which says what to do."
        )
    yield from unknown_word_lines(summary.unknown_words, summary.outputs)
    yield from _unclear_event_lines(summary)
    yield from _unclear_speaker_lines(summary)
    for name, obstacle in summary.blocked.items():
        new_name = _written_name(name, summary)
        yield f"Blocked:  {name} was not replaced ({obstacle}); the new version is {summary.outputs}/{new_name}."


def edit_problem_lines(edits: EditSummary, outputs: Path) -> Iterator[str]:
    """What was not read of the edits in the folder ``outputs``, and what became of a damaged store."""
    if edits.store_notice:
        yield f"Store:    {printable(edits.store_notice)}"
    for cut in edits.cut_tables:
        words = excerpt(" | ".join(cut.row.cells), _WORDS_SHOWN)
        yield printable(
            f"Cut off:  {cut.name} ends in the middle of row {cut.row.number} ({words}), so that row was not read. "
            f"The file is kept as {outputs}/{cut.copy}: enter again what you had written in that row or below it."
        )
    for name, copy in edits.kept_workbooks:
        yield printable(f"Read:     {outputs}/{name} was there before; its decisions are read. A copy is kept: {copy}.")
    for name, table in edits.unread:
        yield printable(
            f"Unread:   {outputs}/{name} isn't read. If decisions are in it, save it as CSV under the name {table} in "
            "that folder and run again; otherwise move it elsewhere."
        )


def unknown_word_lines(unknown_words: Sequence[UnknownWord], outputs: Path) -> Iterator[str]:
    """Where a word stands that is no decision, and what to write instead; tables are named as files of ``outputs``."""
    count = len(unknown_words)
    if not count:
        return
    verbs = "is not understood and counts" if count == 1 else "are not understood and count"
    decisions = counted(count, "decision")
    yield f"Unclear:  {decisions} {verbs} as undecided. Write accept, reject, edit or unsure instead of:"
    for unknown in unknown_words[:_UNKNOWN_WORDS_SHOWN]:
        place = f"claim {unknown.claim_id}"
        if unknown.row:
            place = f"row {unknown.row} of {outputs}/{unknown.file}, {place}"
        yield printable(f'          "{excerpt(unknown.word, _WORDS_SHOWN)}" ({place})')
    if count > _UNKNOWN_WORDS_SHOWN:
        yield f"          ... and {count - _UNKNOWN_WORDS_SHOWN} more: sort the table by the column decision."


def _unclear_event_lines(summary: Summary) -> Iterator[str]:
    """Which cells of events.csv are no event or no claims of it, and what to write instead."""
    if summary.unclear_events:
        count = counted(len(summary.unclear_events), "cell")
        yield (
            f"Unclear:  {count} of {_written_name(EVENTS, summary)} changed nothing. Write in merge_into the event_id "
            "of another event, in split_off some of the event's claim_ids, instead of:"
        )
    for cell in summary.unclear_events[:_UNKNOWN_WORDS_SHOWN]:
        words = excerpt(cell.words, _WORDS_SHOWN)
        yield printable(f'          "{words}" (row {cell.row}, {cell.column} of event {cell.event_id})')


def _unclear_speaker_lines(summary: Summary) -> Iterator[str]:
    """Which cells of speakers.csv are no speaker, and what to write instead."""
    if summary.unclear_speakers:
        count = counted(len(summary.unclear_speakers), "cell")
        yield (
            f"Unclear:  {count} of {_written_name(SPEAKERS, summary)} changed nothing. Write in merge_into the "
            "speaker_id of another speaker, instead of:"
        )
    for row, words in summary.unclear_speakers[:_UNKNOWN_WORDS_SHOWN]:
        yield printable(f'          "{excerpt(words, _WORDS_SHOWN)}" (row {row})')


def _workbook_lines(summary: Summary) -> Iterator[str]:
    """What claims.xlsx lacks because there are too many claims for it."""
    claims = sum(summary.claims.values())
    if summary.workbook and claims >= MAX_ROWS:
        yield f"Workbook: {summary.workbook} has the first {MAX_ROWS - 1:,} claims, as Excel reads no more rows."
    if not summary.workbook and claims > WORKBOOK_CLAIMS:
        yield (
            f"Workbook: {WORKBOOK} was not written for {claims:,} claims; extract run --xlsx writes it, "
            "extract export --format xlsx a sheet of claims."
        )


def _written_name(name: str, summary: Summary) -> str:
    """The name under which this run wrote a table: "claims.new.csv" where claims.csv couldn't be replaced."""
    return alternative_path(Path(name)).name if name in summary.blocked else name


def _decision_lines(summary: Summary) -> Iterator[str]:
    """Lines about decisions that are not simply in claims.csv."""
    outputs = printable(str(summary.outputs))
    if summary.edits.decisions or summary.edits.manual_claims:
        edits = summary.edits
        added = f"{edits.manual_claims} claims added by hand"
        yield f"Reviewed: {edits.decisions} decisions and {added} imported from the tables."
    if summary.edits.events:
        yield f"Events:   {counted(summary.edits.events, 'edit')} imported from {EVENTS}: names, merges, splits."
    if summary.edits.speakers:
        yield f"Speakers: {counted(summary.edits.speakers, 'edit')} imported from {SPEAKERS}: names, merges."
    if summary.orphans:
        yield f"Kept:     {summary.orphans} decisions whose claim is not in this run: {outputs}/{ORPHANS}."
    if summary.conflicts:
        yield (
            f"Conflict: {summary.conflicts} claims were decided in two ways; {CLAIMS} has one, "
            f"{outputs}/{CONFLICTS} both. Decide them again to settle it."
        )
