"""Export the claims of the last run, with all decisions made since, as one file to hand on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import no_claims_yet
from pipeline.outputs import CLAIMS_JSONL
from pipeline.store import EditSummary, StoredDecision, open_outputs
from pipeline.write.export_formats import DEFAULT_FORMAT, FORMATS

#: Verdicts that count as accepted: an edited claim is accepted in the words of its corrected_text.
_ACCEPTING = ("accept", "edit")


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """What an export did: the file at ``path`` holds ``claims`` claims.

    ``edits`` is what was read from the tables before.
    """

    path: Path
    claims: int
    edits: EditSummary


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
    path = to or outputs / f"{'accepted' if accepted else 'claims_export'}.{file_format}"
    with open_outputs(outputs) as store:
        edits = store.import_edits()
        claims = list(_read_claims(source, store.decisions(), accepted))
        path.parent.mkdir(parents=True, exist_ok=True)
        FORMATS[file_format](claims, path)
    return ExportSummary(path, len(claims), edits)


def _read_claims(source: Path, decisions: Mapping[str, StoredDecision], accepted: bool) -> Iterator[dict[str, Any]]:
    """The lines of claims.jsonl with today's decisions in the reviewer's columns."""
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            claim: dict[str, Any] = json.loads(line)
            stored = decisions.get(claim["claim_id"])
            if stored is not None:
                claim |= asdict(stored.decision)
            if not accepted or (stored is not None and stored.decision.verdict in _ACCEPTING):
                yield claim
