"""Claims and events as pandas tables, for notebooks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.errors import no_claims_yet
from pipeline.outputs import EVENTS_JSONL
from pipeline.records import Claim
from pipeline.write.columns import CLAIM_COLUMNS, EVENT_FIELDS
from pipeline.write.export_formats import EVENTS_TABLE


def claims_frame(claims: Iterable[Claim]) -> Any:
    """Claims as a pandas DataFrame with the columns of claims.csv.

    Values keep their types (dates, tuples) and are not guarded against formulas as cells of a CSV are.
    """
    import pandas as pd

    rows = [[getattr(claim, name) for name in CLAIM_COLUMNS] for claim in claims]
    return pd.DataFrame(rows, columns=list(CLAIM_COLUMNS))


def events_frame(outputs: str | Path) -> Any:
    """The events of the last run in the folder ``outputs`` as a pandas DataFrame.

    It has the columns of events.csv, but for those in which people merge and split. Values keep their types: days are
    dates (None where unknown), lists are lists. Raises ExtractError when there was no run.
    """
    import pandas as pd

    source = Path(outputs) / EVENTS_JSONL
    if not source.is_file():
        raise no_claims_yet(Path(outputs))
    with source.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for row in rows:
        row.update((name, date.fromisoformat(row[name]) if row[name] else None) for name in EVENTS_TABLE.days)
    return pd.DataFrame(rows, columns=list(EVENT_FIELDS), dtype=object).infer_objects()
