"""outputs/events.csv: a row for each event over all articles, with what became of it and who says so."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.outputs import EVENTS
from pipeline.text.cells import format_row
from pipeline.write.atomic import OutputFiles, write_atomically
from pipeline.write.columns import EVENT_COLUMNS
from pipeline.write.event_rows import EventRow, Stage


def write_events(
    outputs: Path, rows: Iterable[EventRow], formerly: Mapping[str, tuple[str, ...]], output_files: OutputFiles
) -> None:
    """Write events.csv into the folder ``outputs``; it appears whole or not at all.

    ``formerly`` gives by event id the ids that parts of the event had in earlier runs. Raises OSError when the file
    can't be written.
    """
    with write_atomically(outputs / EVENTS, output_files) as file:
        writer = csv.writer(file)
        writer.writerow(EVENT_COLUMNS)
        for row in rows:
            writer.writerow(_cells(row, formerly.get(row.event_id, ())))


def _cells(row: EventRow, formerly: tuple[str, ...]) -> list[str]:
    first = next(iter(row.history), None)
    return format_row((
        row.event_id, row.type, row.target, row.kinds, row.actors, row.places, row.countries, row.first_told,
        row.last_told, row.date_texts, row.date_start, row.date_end, row.status,
        tuple(describe_stage(stage) for stage in row.history), row.affirmed_by, row.denied_by, row.articles,
        row.stories, describe_stage(first) if first else "", row.contradicted,
        row.part_of, formerly,
        tuple(claim.claim_id for claim in row.claims),
    ))  # fmt: skip


def describe_stage(stage: Stage) -> str:
    """A stage in words: "2023-10-30 planned (The Larner)"; without a day "undated"."""
    return f"{stage.day or 'undated'} {stage.status} ({stage.source})"
