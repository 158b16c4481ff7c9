"""Give the reviewed claims away as one file: csv, jsonl or parquet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import ExtractError, no_claims_yet
from pipeline.outputs import CLAIMS_JSONL, partial_path
from pipeline.store import StoredDecision, open_outputs
from pipeline.text.cells import format_row
from pipeline.write.atomic import OutputFiles, beside
from pipeline.write.tables import CLAIM_COLUMNS

#: An edited claim is accepted in the words of its corrected_text.
_ACCEPTED = ("accept", "edit")
_DAYS = ("date_start", "date_end", "published")
_LISTS = ("place", "countries", "date_text", "people", "organisations", "conflicts_with")


@dataclass(frozen=True, slots=True)
class Exported:
    """The file that was written, how many claims are in it, and how many new or changed decisions it took in."""

    path: Path
    claims: int
    decisions: int


def export(outputs: Path, form: str = "csv", *, accepted: bool = False, to: Path | None = None) -> Exported:
    """Write the claims of the last run, with all decisions made since, to ``to`` (accepted.csv or claims_export.csv in
    the outputs when None); with ``accepted`` those decided "accept" or "edit" alone.

    Raises ExtractError when there was no run, the file can't be written, or parquet lacks its library.
    """
    source = outputs / CLAIMS_JSONL
    if not source.is_file():
        raise no_claims_yet(outputs)
    path = to or outputs / f"{'accepted' if accepted else 'claims_export'}.{form}"
    with open_outputs(outputs) as store:
        decisions = store.import_edits().decisions
        claims = list(_claims(source, store.decisions(), accepted))
        path.parent.mkdir(parents=True, exist_ok=True)
        {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet}[form](claims, path)
    return Exported(path, len(claims), decisions)


def _claims(source: Path, decided: Mapping[str, StoredDecision], accepted: bool) -> Iterator[dict[str, Any]]:
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            claim: dict[str, Any] = json.loads(line)
            each = decided.get(claim["claim_id"])
            if each is not None:
                claim |= asdict(each.decision)
            if not accepted or (each is not None and each.decision.verdict in _ACCEPTED):
                yield claim


def _csv(claims: Iterable[Mapping[str, Any]], path: Path) -> None:
    with beside(path, OutputFiles()) as file:
        writer = csv.writer(file)
        writer.writerow(CLAIM_COLUMNS)
        writer.writerows(format_row(claim[name] for name in CLAIM_COLUMNS) for claim in claims)


def _jsonl(claims: Iterable[Mapping[str, Any]], path: Path) -> None:
    with beside(path, OutputFiles()) as file:
        file.writelines(json.dumps(claim, ensure_ascii=False) + "\n" for claim in claims)


def _parquet(claims: list[dict[str, Any]], path: Path) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise ExtractError(
            "Parquet needs the library pyarrow, which is not installed.",
            'Install it (pip install "newsclaims[parquet]"), or export with --format csv or jsonl.',
        ) from error
    kinds = {
        **dict.fromkeys(CLAIM_COLUMNS, pa.string()),
        **dict.fromkeys(_DAYS, pa.date32()),
        **dict.fromkeys(_LISTS, pa.list_(pa.string())),
        **dict.fromkeys(("start", "end", "copies", "independent_sources"), pa.int64()),
        "negated": pa.bool_(),
        "confidence": pa.float64(),
    }
    columns = [_column(pa, [claim[name] for claim in claims], kinds[name]) for name in CLAIM_COLUMNS]
    part = partial_path(path)
    pq.write_table(pa.table(columns, names=list(CLAIM_COLUMNS)), part)
    part.replace(path)


def _column(pa: Any, values: list[Any], kind: Any) -> Any:
    """A column of that type; days are ISO text in claims.jsonl."""
    return pa.array(values, pa.string()).cast(kind) if kind == pa.date32() else pa.array(values, kind)
