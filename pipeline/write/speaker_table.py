"""outputs/speakers.csv: a row for each speaker over all articles. Its first columns are for people: a name, a merge."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from pathlib import Path

from pipeline.outputs import SPEAKERS
from pipeline.store import WrittenSpeaker
from pipeline.text.cells import format_row
from pipeline.write.atomic import OutputFiles, write_atomically
from pipeline.write.columns import SPEAKER_COLUMNS
from pipeline.write.speaker_rows import Speaker
from pipeline.write.workbook import ClaimsWorkbook

#: The row of the first speaker, as spreadsheets number rows: below the header.
_FIRST_ROW = 2
#: Roles of one speaker that are listed, the most frequent first.
_MAX_ROLES = 5


def write_speakers(
    outputs: Path,
    speakers: Iterable[Speaker],
    written_before: Mapping[str, WrittenSpeaker],
    output_files: OutputFiles,
    workbook: ClaimsWorkbook | None = None,
) -> list[WrittenSpeaker]:
    """Write speakers.csv into the folder, whole or not at all, and the sheet of speakers of the workbook.

    ``speakers`` come as ``SpeakerTally.speakers`` gives them. Returns what people may edit in the table.
    ``written_before`` has by id what the last run wrote and what was read since: cells that nobody understood stay.
    Raises OSError.
    """
    written: list[WrittenSpeaker] = []
    with write_atomically(outputs / SPEAKERS, output_files) as table:
        writer = csv.writer(table)
        writer.writerow(SPEAKER_COLUMNS)
        for speaker in filter(attrgetter("name"), speakers):
            before = written_before.get(speaker.speaker_id)
            unclear = before.merge_into if before is not None and before.is_unclear else ""
            written.append(WrittenSpeaker(speaker.speaker_id, speaker.given_name, unclear, bool(unclear)))
            cells = (speaker.given_name, unclear, *_values(speaker))
            writer.writerow(format_row(cells))
            if workbook is not None:
                workbook.add_speaker(dict(zip(SPEAKER_COLUMNS, cells, strict=True)))
    return written


def unclear_merges(written: Iterable[WrittenSpeaker]) -> Iterator[tuple[int, str]]:
    """The cells that nobody understood: number of the row in the table that was just written, and its words."""
    for number, speaker in enumerate(written, _FIRST_ROW):
        if speaker.is_unclear:
            yield number, speaker.merge_into


def _values(speaker: Speaker) -> tuple[object, ...]:
    """The values of the columns after those that people edit, as SPEAKER_COLUMNS has them."""
    numbers = (speaker.decided.get(name, 0) for name in ("accepted", "rejected", "undecided"))
    return (
        speaker.speaker_id, speaker.name, speaker.spellings, next(iter(speaker.types), ""), speaker.countries,
        speaker.roles[:_MAX_ROLES], sum(speaker.decided.values()), speaker.all_articles, *numbers, speaker.first_said,
        speaker.last_said, speaker.merged,
    )  # fmt: skip
