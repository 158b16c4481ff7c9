"""The file of --log-file, to which every run adds what it read and said, a line each with its time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, TYPE_CHECKING

from pipeline.errors import BadSettings, ExtractError
from pipeline.progress import ReportCallback
from pipeline.write.wording import printable

if TYPE_CHECKING:
    from pipeline.records import Rejected, Result
    from pipeline.settings import Settings


class Log:
    """An open log, or one that is written nowhere."""

    def __init__(self, file: IO[str] | None) -> None:
        self._file = file

    def write(self, *lines: str) -> None:
        """Add lines, each with the local time; they are in the file when this returns."""
        if self._file is None:
            return
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        self._file.writelines(f"{now} {printable(line)}\n" for line in lines)
        self._file.flush()

    def following(self, report: ReportCallback) -> ReportCallback:
        """The callback, after which a line says what an article gave."""
        from pipeline.records import Rejected

        if self._file is None:
            return report

        def report_and_write(item: Result | Rejected, done: int, total: int) -> None:
            report(item, done, total)
            if isinstance(item, Rejected):
                self.write(f"Not read: {item.file}: {item.reason}. {item.hint}".rstrip())
            else:
                self.write(f"{done}/{total} {item.article.file}: {len(item.claims)} claims")

        return report_and_write


@contextmanager
def open_log(settings: Settings) -> Iterator[Log]:
    """The log that the settings name. What ends the block early is in it, too.

    Raises BadSettings when the file can't be written or is one that a run writes itself.
    """
    from pipeline.outputs import own_files
    from pipeline.write.destination import find_destination

    if settings.log_file is None:
        yield Log(None)
        return
    path = find_destination(settings.log_file, "--log-file", "run.log", own_files(settings.outputs)).path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a", encoding="utf-8")
    except OSError as error:
        raise BadSettings(
            f"{path} can't be written: {error.strerror or error}.", "Name another file with --log-file."
        ) from error
    with file:
        log = Log(file)
        log.write(f"Started:  {' '.join(sys.argv[1:])}")
        try:
            yield log
        except ExtractError as error:
            log.write(f"Failed:   {error.message} {error.hint}".rstrip())
            raise
        log.write("Ended.")
