"""Export the claims of the last run, with all decisions made since, or its events, as one file to hand on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from pipeline.errors import no_claims_yet
from pipeline.outputs import CLAIMS_JSONL, EVENTS_JSONL, own_files
from pipeline.records import Article, Claim
from pipeline.store import Decision, EditSummary, Store, StoredDecision, UnknownWord, open_outputs
from pipeline.write.destination import Destination, find_destination
from pipeline.write.exchange import EXCHANGE_FORMATS, AnnotatedArticle, ExportedRun
from pipeline.write.export_formats import CLAIMS_TABLE, DEFAULT_FORMAT, EVENTS_TABLE, FORMATS
from pipeline.write.partitions import write_partitions
from pipeline.write.reviewed import as_reviewed

#: Verdicts that count as accepted: an edited claim is accepted in the words of its corrected_text.
_ACCEPTING = ("accept", "edit")


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """What an export did: the file at ``path`` holds ``claims`` claims, or that many events.

    ``edits`` is what was read from the tables before, ``unknown_words`` are those of the last run's claims that are no
    decision. ``is_stream``: the path is a pipe or a device, maybe the standard output itself.
    """

    path: Path
    claims: int
    edits: EditSummary
    unknown_words: list[UnknownWord]
    is_stream: bool = False


def choose_format(to: Path | None) -> str:
    """The format of a file that is named without one, by what its name ends in; DEFAULT_FORMAT for other endings."""
    endings = dict(zip(FORMATS, FORMATS, strict=True)) | {kind.suffix: name for name, kind in EXCHANGE_FORMATS.items()}
    name = to.name.lower() if to is not None else ""
    fitting = (ending for ending in endings if name.endswith(f".{ending}"))
    return endings.get(max(fitting, key=len, default=""), DEFAULT_FORMAT)


def export_claims(
    outputs: Path, file_format: str = DEFAULT_FORMAT, *, accepted: bool = False, to: Path | None = None
) -> ExportSummary:
    """Write the claims of the last run to ``to`` in one of FORMATS; decisions made in the tables are read first.

    With ``accepted`` only claims decided "accept" or "edit" are written. Without ``to`` the file is accepted.FORMAT or
    claims_export.FORMAT in the outputs. Raises ExtractError when there was no run, the file can't be written, or a
    library for the format is missing.
    """
    source = outputs / CLAIMS_JSONL
    if not source.is_file():
        raise no_claims_yet(outputs)
    name = f"{'accepted' if accepted else 'claims_export'}.{file_format}"
    destination = find_destination(to or outputs / name, "--to", name, own_files(outputs))
    with open_outputs(outputs) as store:
        edits = store.import_edits()
        decisions = store.decisions()
        claims = list(_read_claims(source, decisions))
    words = ((claim["claim_id"], Decision(claim["decision"]).unknown_word) for claim in claims)
    unknown_words = [UnknownWord(word, claim_id) for claim_id, word in words if word]
    if accepted:
        accepted_ids = {key for key, stored in decisions.items() if stored.decision.verdict in _ACCEPTING}
        claims = [claim for claim in claims if claim["claim_id"] in accepted_ids]
    with destination.open() as file:  # with the store closed: nobody may be reading a pipe yet
        FORMATS[file_format](claims, file, CLAIMS_TABLE)
    _record_workbook(outputs, destination)
    return ExportSummary(destination.path, len(claims), edits, unknown_words, destination.is_stream)


def export_partitions(
    outputs: Path, keys: Sequence[str], *, accepted: bool = False, to: Path | None = None
) -> ExportSummary:
    """Write the claims of the last run as a folder of parquet files, parted by ``keys`` as PARTITIONS has them.

    Claims are read one after another, whatever their number. Without ``to`` the folder is "accepted" or "claims_export"
    in the outputs. Raises as ``export_claims``.
    """
    source = outputs / CLAIMS_JSONL
    if not source.is_file():
        raise no_claims_yet(outputs)
    folder = to or outputs / ("accepted" if accepted else "claims_export")
    selection = _Selection("accepted" if accepted else "all")
    with open_outputs(outputs) as store:
        edits = store.import_edits()
        decisions = store.decisions()
    write_partitions(selection.rows(_read_claims(source, decisions)), folder, keys)
    return ExportSummary(folder, selection.count, edits, selection.unknown_words)


def export_events(outputs: Path, file_format: str = DEFAULT_FORMAT, *, to: Path | None = None) -> ExportSummary:
    """Write the events of the last run to ``to`` in one of FORMATS, with the names that people gave them since.

    Merges and splits are read from the tables, too; events have them after the next run. Without ``to`` the file is
    events_export.FORMAT in the outputs. Raises as ``export_claims``.
    """
    source = outputs / EVENTS_JSONL
    if not source.is_file():
        raise no_claims_yet(outputs)
    name = f"events_export.{file_format}"
    destination = find_destination(to or outputs / name, "--to", name, own_files(outputs))
    with open_outputs(outputs) as store:
        edits = store.import_edits()
        events = list(_read_events(source, store.event_edits().names))
    with destination.open() as file:
        FORMATS[file_format](events, file, EVENTS_TABLE)
    _record_workbook(outputs, destination)
    return ExportSummary(destination.path, len(events), edits, [], destination.is_stream)


def export_exchange(
    outputs: Path, file_format: str, *, accepted: bool = False, to: Path | None = None
) -> ExportSummary:
    """Write the claims of the last run to ``to`` for another tool, in one of EXCHANGE_FORMATS, with all decisions.

    The format says which claims it takes: all, those not rejected, or those accepted, as with ``accepted``. Raises as
    ``export_claims``.
    """
    source = outputs / CLAIMS_JSONL
    if not source.is_file():
        raise no_claims_yet(outputs)
    exchange = EXCHANGE_FORMATS[file_format]
    name = f"{'accepted' if accepted else 'claims_export'}.{exchange.suffix}"
    destination = find_destination(to or outputs / name, "--to", name, own_files(outputs))
    selection = _Selection("accepted" if accepted else exchange.claims)
    with TemporaryFile() as whole:  # formats seek, which a pipe can't
        with open_outputs(outputs) as store:
            edits = store.import_edits()
            decisions = store.decisions()
            rows = (row for row in _read_claims(source, decisions) if selection.takes(Decision(row["decision"])))
            events = list(_read_events(outputs / EVENTS_JSONL, store.event_edits().names))
            exchange.load_writer()(ExportedRun(selection.annotated_articles(store), rows, events), whole)
        whole.seek(0)
        with destination.open() as file:  # with the store closed: nobody may be reading a pipe yet
            shutil.copyfileobj(whole, file)
    return ExportSummary(destination.path, selection.count, edits, selection.unknown_words, destination.is_stream)


def _record_workbook(outputs: Path, destination: Destination) -> None:
    """Record a workbook in the outputs as written here: unless it is edited, nobody needs to be told it isn't read."""
    path = destination.path
    if not destination.is_stream and path.suffix == ".xlsx" and path.parent == outputs:
        with open_outputs(outputs) as store:
            store.record_written(path.name, {})


@dataclass(slots=True)
class _Selection:
    """Which claims are exported, and what was seen of them meanwhile."""

    claims: str  #: as ``ExchangeFormat.claims``
    count: int = 0  #: claims so far
    unknown_words: list[UnknownWord] = field(default_factory=list)  #: words in the column ``decision`` that are none

    def takes(self, decision: Decision) -> bool:
        """Whether a claim with that decision is exported."""
        if self.claims == "accepted":
            return decision.verdict in _ACCEPTING
        return self.claims == "all" or decision.verdict != "reject"

    def rows(self, claims: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Those of the claims, as lines of claims.jsonl have them, that are exported."""
        for claim in claims:
            decision = Decision(claim["decision"])
            if decision.unknown_word:
                self.unknown_words.append(UnknownWord(decision.unknown_word, claim["claim_id"]))
            if self.takes(decision):
                self.count += 1
                yield claim

    def annotated_articles(self, store: Store) -> Iterator[AnnotatedArticle]:
        """The articles of the last run with their claims as a reviewer left them, and those that reviewers added."""
        attachment = store.open_attachment()
        for result in store.last_results():
            claims = []
            for claim in attachment.attach(result).claims:
                decision = Decision.of(claim)
                if decision.unknown_word:
                    self.unknown_words.append(UnknownWord(decision.unknown_word, claim.claim_id))
                if self.takes(decision):
                    claims.append(_with_corrected_places(result.article, claim))
            self.count += len(claims)
            yield AnnotatedArticle(result.article, tuple(claims))


def _with_corrected_places(article: Article, claim: Claim) -> Claim:
    """The claim where its corrected words stand; where the article doesn't have them, where it was found."""
    return as_reviewed(article, claim) or claim


def _read_events(source: Path, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The lines of events.jsonl with the names that people gave since."""
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            yield _with_name(json.loads(line), names)


def _with_name(event: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    name = names.get(event["event_id"])
    return event | {"name": name, "what": name} if name else event


def _read_claims(source: Path, decisions: Mapping[str, StoredDecision]) -> Iterator[dict[str, Any]]:
    """The lines of claims.jsonl with today's decisions in the reviewer's columns."""
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            claim: dict[str, Any] = json.loads(line)
            stored = decisions.get(claim["claim_id"])
            if stored is not None:
                claim |= asdict(stored.decision)
            yield claim
