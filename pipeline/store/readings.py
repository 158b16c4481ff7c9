"""What files were read as, by their bytes and what reads them."""

from __future__ import annotations

import json
import sqlite3
import zlib
from typing import Any

from pipeline.store.database import transaction
from pipeline.store.results import KEPT_RUNS, next_run

_QUICK = 1


class Readings:
    """The readings of one run: ``find`` before a file is read, ``keep`` after it, ``finish`` at the end."""

    def __init__(self, base: sqlite3.Connection, fingerprint: str) -> None:
        self._base = base
        self._fingerprint = fingerprint
        self._run = next_run(base)
        self._used: dict[str, str] = {}

    def find(self, key: str, file: str) -> Any | None:
        """What was read of a file with this ``key`` (its bytes and name), as JSON gives it; None when it wasn't."""
        key = f"{self._fingerprint} {key}"
        row = self._base.execute("SELECT body FROM readings WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        try:
            found = json.loads(zlib.decompress(row[0]))
        except (ValueError, zlib.error):  # damaged on the disk: read anew
            self._base.execute("DELETE FROM readings WHERE key = ?", (key,))
            return None
        self._used[key] = file
        return found

    def keep(self, key: str, file: str, found: Any) -> None:
        """Keep what was read, in a transaction of its own."""
        key = f"{self._fingerprint} {key}"
        body = zlib.compress(json.dumps(found, separators=(",", ":")).encode("ascii"), _QUICK)
        self._base.execute("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?)", (key, file, self._run, body))
        self._used[key] = file

    def finish(self) -> None:
        """Note what was asked for; what the files of this run were before goes after some runs."""
        with transaction(self._base):
            self._base.executemany(
                "UPDATE readings SET used = ?, file = ? WHERE key = ?",
                [(self._run, file, key) for key, file in self._used.items()],
            )
            old = [(file, self._run - KEPT_RUNS) for file in set(self._used.values())]
            self._base.executemany("DELETE FROM readings WHERE file = ? AND used < ?", old)
