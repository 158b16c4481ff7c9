"""Decisions typed into the tables while the review is open: the page tells of them, and can read them at once."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from pipeline.outputs import EDITABLE_TABLES, EVENT_TABLES, SPEAKER_TABLES, WORKBOOKS
from pipeline.store import EditSummary, Store, open_outputs


class TableWatch:
    """Tells which tables in the folder ``outputs`` somebody has edited since they were last written or read."""

    def __init__(self, outputs: Path, store: Store) -> None:
        self._outputs, self._store = outputs, store
        #: By name of a table its size and time of change when it was last found unedited.
        self._unedited: dict[str, tuple[int, int]] = {}
        self._read_digests: dict[str, str] = {}

    def edited(self) -> list[str]:
        """The names of the edited tables.

        An unedited one is compared anew only when its size or time has changed; an edited one each time, for a run that
        is about to end has written it and not recorded that yet.
        """
        names = []
        for name in (*EDITABLE_TABLES, *EVENT_TABLES, *SPEAKER_TABLES, *WORKBOOKS):
            with suppress(FileNotFoundError):
                facts = (self._outputs / name).stat()
                seen = (facts.st_size, facts.st_mtime_ns)
                if self._unedited.get(name) == seen:
                    continue
                if self._store.edited_digest(name) in ("", self._read_digests.get(name)):
                    self._unedited[name] = seen
                else:
                    names.append(name)
        return names

    def read(self) -> EditSummary:
        """Read the edits, as the next run would. Raises ExtractError while a run goes on or for an unreadable table."""
        with open_outputs(self._outputs) as store:
            summary = store.import_edits()
        self._read_digests = dict(summary.digests)
        return summary
