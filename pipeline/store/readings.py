"""What files were read as, found by their bytes and the fingerprint of what reads them: no PDF is parsed twice."""

from __future__ import annotations

import json
import zlib
from sqlite3 import Connection
from typing import Any

from pipeline.store.database import transaction
from pipeline.store.results import FAST_COMPRESSION, KEPT_RUNS, next_run_number


class Readings:
    """The readings of one run: ``find`` before a file is read, ``keep`` after it, ``finish`` at the end.

    What a reading consists of is the corpus's affair; here it is any value that JSON can hold.
    """

    def __init__(self, connection: Connection, fingerprint: str) -> None:
        self._connection = connection
        self._fingerprint = fingerprint
        self._run = next_run_number(connection)
        # File names by the keys that were found or kept in this run: on the disk, as there may be millions.
        connection.execute("DROP TABLE IF EXISTS temp.used_readings")
        connection.execute("CREATE TEMP TABLE used_readings (key TEXT PRIMARY KEY, file TEXT) WITHOUT ROWID")

    def find(self, key: str, file: str) -> Any | None:
        """What a file with this ``key`` (a digest of its bytes and name) was read as; None when it has to be read."""
        key = self._full_key(key)
        row = self._connection.execute("SELECT body FROM readings WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        try:
            reading = json.loads(zlib.decompress(row[0]))
        except (ValueError, TypeError, zlib.error):  # damaged on the disk: it is read again
            self._connection.execute("DELETE FROM readings WHERE key = ?", (key,))
            return None
        self._note(key, file)
        return reading

    def keep(self, key: str, file: str, reading: Any) -> None:
        """Save what a file was read as, in a transaction of its own."""
        key = self._full_key(key)
        body = zlib.compress(json.dumps(reading, separators=(",", ":")).encode("ascii"), FAST_COMPRESSION)
        self._connection.execute("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?)", (key, file, self._run, body))
        self._note(key, file)

    def _note(self, key: str, file: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO temp.used_readings VALUES (?, ?)", (key, file))

    def finish(self) -> None:
        """Record which readings this run used; delete older ones of its files that KEPT_RUNS runs haven't used."""
        with transaction(self._connection):
            self._connection.executemany(
                "UPDATE readings SET used = ?, file = ? WHERE key = ?",
                self._connection.execute("SELECT ?, file, key FROM temp.used_readings", (self._run,)),
            )
            oldest = self._run - KEPT_RUNS
            self._connection.execute(
                "DELETE FROM readings WHERE used < ? AND file IN (SELECT file FROM temp.used_readings)", (oldest,)
            )

    def _full_key(self, key: str) -> str:
        return f"{self._fingerprint} {key}"
