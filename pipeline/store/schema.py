"""The tables of a store, as upgrades from version to version, and how to tell which of them a database has."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache

#: The schema as upgrades: entry n makes version n + 1 of the tables out of version n; an empty database is version 0.
#: The version is SQLite's ``user_version``. Stores of users exist in every version, so entries are only ever added.
UPGRADES = (
    """
    CREATE TABLE runs (run INTEGER PRIMARY KEY);
    CREATE TABLE readings (
        key TEXT PRIMARY KEY, file TEXT NOT NULL, used INTEGER NOT NULL, body BLOB NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE results (
        id INTEGER PRIMARY KEY, content TEXT NOT NULL, fingerprint TEXT NOT NULL, doc_id TEXT NOT NULL,
        file TEXT NOT NULL, used INTEGER NOT NULL, article BLOB NOT NULL, body BLOB NOT NULL,
        UNIQUE (content, fingerprint)
    );
    CREATE INDEX readings_file ON readings (file);
    CREATE INDEX results_doc ON results (doc_id);
    CREATE TABLE shown (position INTEGER PRIMARY KEY, result INTEGER NOT NULL, file TEXT NOT NULL);
    CREATE TABLE decisions (
        claim_id TEXT PRIMARY KEY, decision TEXT NOT NULL, corrected_text TEXT NOT NULL, note TEXT NOT NULL,
        reviewer TEXT NOT NULL, decided_at TEXT NOT NULL, version INTEGER NOT NULL, about TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE history (
        id INTEGER PRIMARY KEY, claim_id TEXT NOT NULL, decision TEXT NOT NULL, corrected_text TEXT NOT NULL,
        note TEXT NOT NULL, reviewer TEXT NOT NULL, decided_at TEXT NOT NULL, origin TEXT NOT NULL,
        saved_at TEXT NOT NULL
    );
    CREATE INDEX history_claim ON history (claim_id);
    CREATE TABLE conflicts (
        id INTEGER PRIMARY KEY, claim_id TEXT NOT NULL, decision TEXT NOT NULL, corrected_text TEXT NOT NULL,
        note TEXT NOT NULL, reviewer TEXT NOT NULL, decided_at TEXT NOT NULL, origin TEXT NOT NULL
    );
    CREATE INDEX conflicts_claim ON conflicts (claim_id);
    CREATE TABLE written (
        file TEXT NOT NULL, claim_id TEXT NOT NULL, decision TEXT NOT NULL, corrected_text TEXT NOT NULL,
        note TEXT NOT NULL, reviewer TEXT NOT NULL, decided_at TEXT NOT NULL, PRIMARY KEY (file, claim_id)
    ) WITHOUT ROWID;
    CREATE TABLE tables (file TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE added (claim_id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
    """,
    """
    ALTER TABLE decisions ADD COLUMN corrections TEXT NOT NULL DEFAULT '';
    ALTER TABLE history ADD COLUMN corrections TEXT NOT NULL DEFAULT '';
    ALTER TABLE conflicts ADD COLUMN corrections TEXT NOT NULL DEFAULT '';
    ALTER TABLE written ADD COLUMN corrections TEXT NOT NULL DEFAULT '';
    """,
    """
    CREATE TABLE events (member TEXT PRIMARY KEY, event_id TEXT NOT NULL) WITHOUT ROWID;
    """,
    """
    CREATE TABLE event_edits (
        id INTEGER PRIMARY KEY, event_id TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, reviewer TEXT NOT NULL,
        origin TEXT NOT NULL, saved_at TEXT NOT NULL
    );
    CREATE INDEX event_edits_event ON event_edits (event_id);
    CREATE TABLE written_events (
        event_id TEXT PRIMARY KEY, name TEXT NOT NULL, merge_into TEXT NOT NULL, split_off TEXT NOT NULL,
        unclear TEXT NOT NULL, claim_ids TEXT NOT NULL, part_of TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
    """
    ALTER TABLE results ADD COLUMN listing BLOB NOT NULL DEFAULT x'';
    """,
    """
    CREATE TABLE written_speakers (
        speaker_id TEXT PRIMARY KEY, name TEXT NOT NULL, merge_into TEXT NOT NULL, is_unclear INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE grouping (fingerprint TEXT NOT NULL);
    CREATE TABLE grouped_events (
        event_id TEXT PRIMARY KEY, digest TEXT NOT NULL, cluster TEXT NOT NULL, keys TEXT
    ) WITHOUT ROWID;
    CREATE TABLE event_pairs (
        kind TEXT NOT NULL, first TEXT NOT NULL, second TEXT NOT NULL, score REAL NOT NULL,
        PRIMARY KEY (kind, first, second)
    ) WITHOUT ROWID;
    """,
)
#: The columns of each table as SQLite describes them, and of each index their numbers.
Schema = dict[str, tuple[tuple[object, ...], ...]]


def read_schema(connection: sqlite3.Connection) -> Schema:
    """The tables and indices that the database has, without SQLite's own."""
    rows = connection.execute("SELECT type, name FROM sqlite_master WHERE type IN ('table', 'index')").fetchall()
    pragmas = {"table": "table_info", "index": "index_info"}
    return {
        name: tuple(connection.execute(f"PRAGMA {pragmas[kind]}({_quoted(name)})").fetchall())
        for kind, name in rows
        if not name.startswith("sqlite_")
    }


def find_version_fault(connection: sqlite3.Connection, version: int) -> str:
    """Why the tables can't be those of a store of that version; empty when they are, or when there are none yet.

    A version that this program doesn't know yet is one unless the tables are those of its own last version, for then
    the number is wrong.
    """
    actual, schemas = read_schema(connection), _schemas(UPGRADES)
    if not 0 <= version <= _MAX_VERSION:
        return f"its version is {version}"
    if version > len(UPGRADES):
        is_ours = UPGRADES and all(actual.get(name) == columns for name, columns in schemas[-1].items())
        return f"its version is {version}, but its tables are of version {len(UPGRADES)}" if is_ours else ""
    if version == 0:
        return "its version is missing" if actual else ""
    for name, columns in schemas[version].items():
        if actual.get(name) != columns:
            return f"{name} is missing or changed"
    return ""


def table_statements() -> dict[str, str]:
    """By table of the current version the statement that makes it, as SQLite keeps it."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript("".join(UPGRADES))
        return dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())


#: Greater than any version will be: a number above it is no version.
_MAX_VERSION = 1_000


@cache
def _schemas(upgrades: tuple[str, ...]) -> tuple[Schema, ...]:
    """The schema of every version, that of an empty database first."""
    with closing(sqlite3.connect(":memory:")) as connection:
        schemas = [read_schema(connection)]
        for upgrade in upgrades:
            connection.executescript(upgrade)
            schemas.append(read_schema(connection))
    return tuple(schemas)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
