"""Move a damaged store aside and copy into a new one what reviewers did, as far as it can be read."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from pipeline.files import copy_file, replace_file
from pipeline.outputs import partial_path
from pipeline.store.damage import MAX_COUNT
from pipeline.store.database import transaction, unused_path
from pipeline.store.decision import DECISION_FIELDS, ClaimSnapshot, Decision
from pipeline.store.schema import table_statements

#: Of each table that only reviewers could restore: its columns, and those that it is sorted by.
_TABLES = {
    "history": (("id", "claim_id", *DECISION_FIELDS, "origin", "saved_at"), "id"),
    "decisions": (("claim_id", *DECISION_FIELDS, "version", "about"), "claim_id"),
    "conflicts": (("id", "claim_id", *DECISION_FIELDS, "origin"), "id"),
    "added": (("claim_id", "body"), "claim_id"),
    "event_edits": (("id", "event_id", "kind", "body", "reviewer", "origin", "saved_at"), "id"),
    "written": (("file", "claim_id", *DECISION_FIELDS), "file, claim_id"),
}
#: Numbers; all other columns are text.
_NUMBERS = ("id", "version")
#: Bytes of a database's header that are the same in every store, by offset: SQLite's name, how it writes and reads
#: (WAL), shares of a page, the format of the schema, no incremental vacuum, UTF-8. Where one is damaged, SQLite reads
#: nothing or nonsense.
_HEADER = {
    0: b"SQLite format 3\0", 18: b"\x02\x02\x00\x40\x20\x20", 44: b"\0\0\0\4", 52: b"\0\0\0\0", 56: b"\0\0\0\1",
    64: b"\0\0\0\0",
}  # fmt: skip
#: Offset of the size of a page, and the size that SQLite gives new databases.
_PAGE_SIZE_OFFSET, _PAGE_SIZE = 16, b"\x10\x00"

#: Where such a version of a decision comes from that doesn't agree with another.
_ORIGIN = "a damaged store"

Row = dict[str, object]


def move_aside(path: Path, replacement: Path) -> Path:
    """Name the database claims.damaged-1.db, claims.damaged-2.db..., and put the replacement into its place.

    A process that is killed here leaves one of the two in that place. Returns the new path.
    """
    target = unused_path(path.with_name(f"{path.stem}.damaged-1{path.suffix}"))
    try:
        target.hardlink_to(path)
    except OSError:  # a file system without such links
        copy_file(path, partial_path(target), target)
    for ending in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).replace(target.with_name(target.name + ending))
    replace_file(replacement, path)
    return target


def salvage(connection: sqlite3.Connection, damaged: Path) -> int:
    """Copy what reviewers did out of a damaged store into a new one; the number of decisions that it has then.

    The damaged file itself is left as it is: a copy is read, its header mended.
    """
    with tempfile.TemporaryDirectory(dir=damaged.parent, prefix=f"{damaged.stem}.") as folder:
        copy = _copy_mended(damaged, Path(folder))
        _mend_schema(copy)
        with closing(sqlite3.connect(copy)) as old:
            old.text_factory = lambda data: data.decode("utf-8", "replace")
            with suppress(sqlite3.Error):
                old.execute("PRAGMA writable_schema = ON")  # tables that can be read are, whatever others look like
            rows = {table: _read_rows(old, table) for table in _TABLES}
    _settle_decisions(rows)
    with transaction(connection, durable=True):
        for table, table_rows in rows.items():
            for row in table_rows:
                names, marks = ", ".join(row), ", ".join("?" * len(row))
                connection.execute(
                    f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})",  # noqa: S608
                    tuple(row.values()),
                )
    return int(connection.execute("SELECT count(*) FROM decisions").fetchone()[0])


def _copy_mended(damaged: Path, folder: Path) -> Path:
    """A copy of the store, its journal beside it, with the bytes in its header that every store has."""
    copy = folder / damaged.name
    for ending in ("", "-wal"):
        source = damaged.with_name(damaged.name + ending)
        if source.exists():
            shutil.copyfile(source, copy.with_name(copy.name + ending))
    with copy.open("r+b") as file:
        size = int.from_bytes(file.read(_PAGE_SIZE_OFFSET + 2)[_PAGE_SIZE_OFFSET:])
        if size & (size - 1) or (size < 512 and size != 1):
            file.seek(_PAGE_SIZE_OFFSET)
            file.write(_PAGE_SIZE)
        for offset, data in _HEADER.items():
            file.seek(offset)
            file.write(data)
    return copy


def _mend_schema(copy: Path) -> None:
    """Describe the tables as those of a store of the current version are: what an upgrade adds stands last."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        for table, statement in table_statements().items():
            connection.execute(
                "UPDATE sqlite_master SET name = ?1, tbl_name = ?1, sql = ?2 "
                "WHERE type = 'table' AND (name = ?1 OR tbl_name = ?1)",
                (table, statement),
            )


def _read_rows(connection: sqlite3.Connection, table: str) -> list[Row]:
    """The rows of a table that can be read and are of the right kind."""
    columns, key = _TABLES[table]
    rows = [dict(zip(columns, values, strict=True)) for values in _walk(connection, table, columns, key)]
    return [row for row in rows if _is_sound(row)]


def _walk(connection: sqlite3.Connection, table: str, names: tuple[str, ...], key: str) -> Iterator[tuple[object, ...]]:
    """The rows from the first on and, where one can't be read, from the last back."""
    query = f"SELECT {', '.join(names)} FROM {table} ORDER BY "  # noqa: S608
    try:
        yield from connection.execute(query + key)
    except sqlite3.Error:
        with suppress(sqlite3.Error):
            yield from connection.execute(query + ", ".join(f"{name} DESC" for name in key.split(", ")))


def _is_sound(row: Row) -> bool:
    """Whether the values are of the kinds that a store has, and JSON where that is expected."""
    for name, value in row.items():
        if name in _NUMBERS:
            if not isinstance(value, int) or not 0 < value < MAX_COUNT:
                return False
        elif not isinstance(value, str):
            return False
    if "kind" in row:
        return _is_event_edit(str(row["body"]))
    return not row.get("body") or _is_manual_claim(str(row["body"]))


def _is_event_edit(body: str) -> bool:
    try:
        edit = json.loads(body)
    except ValueError:
        return False
    return isinstance(edit, dict) and all(isinstance(edit.get(key, {}), dict) for key in ("claims", "before"))


def _is_manual_claim(body: str) -> bool:
    try:
        snapshot, columns = json.loads(body)
        ClaimSnapshot(**snapshot)
        return isinstance(columns, dict)
    except (ValueError, TypeError):
        return False


def _settle_decisions(rows: dict[str, list[Row]]) -> None:
    """Make decisions and history agree: what only the history has is a decision again, and of two versions one stands
    and the other is a conflict, for the reviewer to see.

    What was last written into the tables is kept only for decisions of which there are not two versions: of all others
    the tables' rows are read as new.
    """
    last = {row["claim_id"]: _decision(row) for row in rows["history"]}
    decisions = {row["claim_id"]: row for row in rows["decisions"]}
    sure = set()
    for claim_id, row in decisions.items():
        row["about"] = _readable_snapshot(str(row.get("about", "")))
        if claim_id not in last or _decision(row) == last[claim_id]:
            sure.add(claim_id)
            continue
        stands, other = _choose(_decision(row), last[claim_id])
        row |= asdict(stands)
        rows["conflicts"].append({"claim_id": claim_id, **asdict(other), "origin": _ORIGIN})
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        rows["history"].append({"claim_id": claim_id, **asdict(stands), "origin": _ORIGIN, "saved_at": now})
    for claim_id, decision in last.items():
        if claim_id not in decisions and decision:
            rows["decisions"].append({"claim_id": claim_id, **asdict(decision), "version": 1, "about": "{}"})
    rows["written"] = [row for row in rows["written"] if row["claim_id"] in sure]


def _choose(current: Decision, last: Decision) -> tuple[Decision, Decision]:
    """Of two versions the one that stands first: the current one, unless only the last of the history makes sense."""
    return (last, current) if last.verdict and not current.verdict else (current, last)


def _decision(row: Row) -> Decision:
    return Decision(**{name: str(row.get(name, "")) for name in DECISION_FIELDS})


def _readable_snapshot(about: str) -> str:
    """The snapshot as JSON; an empty one where it can't be read."""
    try:
        ClaimSnapshot(**json.loads(about))
    except (ValueError, TypeError):
        return "{}"
    return about
