"""outputs/events.csv and events.jsonl: a row for each event over all articles, with what became of it and who says so.

The first columns of the CSV are for people: a name, the event that this one is to be merged into, claims to split off.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.outputs import EVENTS, EVENTS_JSONL
from pipeline.store import UnclearCell, WrittenEvent
from pipeline.text.cells import format_row
from pipeline.write.atomic import OutputFiles, write_atomically
from pipeline.write.columns import EVENT_COLUMNS, EVENT_FIELDS
from pipeline.write.event_rows import EventRow, Stage
from pipeline.write.json_values import json_default
from pipeline.write.workbook import ClaimsWorkbook

#: The row of the first event, as spreadsheets number rows: below the header.
_FIRST_ROW = 2


def write_events(
    outputs: Path,
    rows: Iterable[EventRow],
    written_before: Mapping[str, WrittenEvent],
    output_files: OutputFiles,
    workbook: ClaimsWorkbook | None = None,
) -> list[WrittenEvent]:
    """Write events.csv and events.jsonl into the folder ``outputs``, each whole or not at all, and into the workbook.

    Returns what people may edit in the table, in its order. ``written_before`` has by event id what the last run wrote
    and what was read since: cells that nobody understood stay. Raises OSError when a file can't be written.
    """
    written: list[WrittenEvent] = []
    with (
        write_atomically(outputs / EVENTS, output_files) as table,
        write_atomically(outputs / EVENTS_JSONL, output_files) as json_lines,
    ):
        writer = csv.writer(table)
        writer.writerow(EVENT_COLUMNS)
        for row in rows:
            event, values = _editable(row, written_before.get(row.event_id)), _values(row)
            written.append(event)
            cells = (event.name, event.merge_into, event.split_off, *values)
            writer.writerow(format_row(cells))
            if workbook is not None:
                workbook.add_event(dict(zip(EVENT_COLUMNS, cells, strict=True)))
            line = dict(zip(EVENT_FIELDS, (event.name, *values), strict=True))
            json_lines.write(json.dumps(line, ensure_ascii=False, default=json_default) + "\n")
    return written


def unclear_cells(written: Sequence[WrittenEvent]) -> list[UnclearCell]:
    """The cells that nobody understood, with their rows in the table that was just written."""
    return [
        UnclearCell(event.event_id, column, getattr(event, column), number)
        for number, event in enumerate(written, _FIRST_ROW)
        for column in event.unclear
    ]


def _editable(row: EventRow, before: WrittenEvent | None) -> WrittenEvent:
    """What people may edit of a row, with the cells that couldn't be understood."""
    unclear = before.unclear if before else ()
    return WrittenEvent(
        event_id=row.event_id,
        claim_ids=tuple(claim.claim_id for claim in row.claims),
        name=row.name,
        part_of=row.part_of,
        merge_into=before.merge_into if before and "merge_into" in unclear else "",
        split_off=before.split_off if before and "split_off" in unclear else "",
        unclear=unclear,
    )


def _values(row: EventRow) -> tuple[object, ...]:
    """The values of the columns after those that people edit, as EVENT_COLUMNS has them."""
    first = next(iter(row.history), None)
    return (
        row.event_id, row.type, row.title, row.kinds, row.actors, row.places, row.countries, row.first_told,
        row.last_told, row.date_texts, row.date_start, row.date_end, row.status,
        tuple(describe_stage(stage) for stage in row.history), row.affirmed_by, row.denied_by, row.articles,
        row.stories, describe_stage(first) if first else "", row.contradicted, row.part_of, row.formerly,
        tuple(claim.claim_id for claim in row.claims),
    )  # fmt: skip


def describe_stage(stage: Stage) -> str:
    """A stage in words: "2023-10-30 planned (The Larner)"; without a day "undated"."""
    return f"{stage.day or 'undated'} {stage.status} ({stage.source})"
