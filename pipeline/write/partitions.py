"""Claims as a folder of parquet files, one folder for each day, publisher or the like, as Arrow, DuckDB and Spark read
it ("hive partitioning"): claims/published=2025-03-04/claims-0.parquet."""

from __future__ import annotations

import json
import os
import re
import shutil
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from pipeline.errors import ExtractError
from pipeline.files import sync_folder
from pipeline.outputs import PARTIAL_SUFFIX
from pipeline.write.export_formats import CLAIMS_TABLE, Row, import_pyarrow, parquet_arrays, parquet_schema

#: Rows that are in memory at once, and of a row group of a file; each takes some 10 kB, so these take 50 MB.
_BATCH = 5_000
#: What readers take for "unknown" in the name of a folder.
_UNKNOWN = "__HIVE_DEFAULT_PARTITION__"
#: What may tell the folders apart, with what a claim's row has for it; None goes to the folder of unknown values. All
#: but "year" and "month" are columns, which are then in the names of the folders alone, as readers expect.
PARTITIONS: Mapping[str, Callable[[Row], Any]] = {
    "published": lambda row: row["published"] or None,
    "year": lambda row: row["published"][:4] if row["published"] else None,
    "month": lambda row: row["published"][:7] if row["published"] else None,
    "publisher": lambda row: row["publisher"] or None,
    "claim_type": lambda row: row["claim_type"],
}
_FILE = re.compile(r"claims-\d+\.parquet")


def write_partitions(rows: Iterable[Row], folder: Path, keys: Sequence[str]) -> None:
    """Write claims as parquet files into ``folder``/KEY=VALUE/..., a level for each of ``keys``, which PARTITIONS has.

    ``folder`` is new, or one that an earlier call wrote: it is replaced once the new one is whole. Rows wait in a
    temporary file; of each 8 bytes are kept in memory, and of one folder at a time _BATCH rows. Raises ExtractError
    where anything else stands there, it can't be written, or pyarrow is missing.
    """
    pa = import_pyarrow()
    real = Path(os.path.realpath(folder))
    _require_own(folder, real)
    try:
        with TemporaryFile() as spool:
            places = _spool(rows, spool, keys)
            new = _make_beside(real)
            try:
                for values in sorted(places, key=lambda values: [value or "" for value in values]):
                    part = new.joinpath(*map(_folder_name, keys, values))
                    part.mkdir(parents=True, exist_ok=True)
                    _write_part(pa, part, _read_back(spool, places[values]), keys)
                _replace(new, real)
            finally:
                shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise ExtractError(
            f"{folder} can't be written: {error.strerror or error}.", "Name another folder with --to."
        ) from error


def _spool(rows: Iterable[Row], spool: IO[bytes], keys: Sequence[str]) -> dict[tuple[str | None, ...], array[int]]:
    """Write rows to a file, a line each; the offsets of the lines by the values of the keys."""
    places: dict[tuple[str | None, ...], array[int]] = {}
    offset = 0
    for row in rows:
        values = tuple(PARTITIONS[key](row) for key in keys)
        places.setdefault(values, array("Q")).append(offset)
        offset += spool.write(json.dumps(row).encode() + b"\n")
    return places


def _read_back(spool: IO[bytes], offsets: Iterable[int]) -> Iterator[Row]:
    for offset in offsets:
        spool.seek(offset)
        yield json.loads(spool.readline())


def _folder_name(key: str, value: str | None) -> str:
    """The folder of a value, "publisher=A%2FB": what is no letter, digit or hyphen is escaped as in addresses."""
    if value is None:
        return f"{key}={_UNKNOWN}"
    return f"{key}=" + re.sub(r"[^\w-]", lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), value)


def _write_part(pa: Any, folder: Path, rows: Iterable[Row], keys: Sequence[str]) -> None:
    """Write the rows of one folder; a file of other rows stays, as where names differ in capitals alone and the file
    system doesn't tell them apart."""
    import pyarrow.parquet as pq

    schema = parquet_schema(pa, CLAIMS_TABLE)
    schema = pa.schema([field for field in schema if field.name not in keys])
    path = folder / f"claims-{len(list(folder.iterdir()))}.parquet"
    with path.open("xb") as file, pq.ParquetWriter(file, schema) as writer:
        remaining = iter(rows)
        while batch := list(islice(remaining, _BATCH)):
            writer.write_table(pa.table(parquet_arrays(pa, batch, schema), schema=schema))


def _require_own(folder: Path, real: Path) -> None:
    """Raise ExtractError unless nothing, an empty folder or an earlier export stands at ``real``."""
    if not real.exists():
        return
    if not real.is_dir():
        raise ExtractError(f"{folder} is no folder.", "Name a new folder with --to.")
    try:
        stray = next(filter(_is_foreign, real.rglob("*")), None)
    except OSError as error:
        raise ExtractError(
            f"{folder} can't be read: {error.strerror or error}.", "Name a new folder with --to."
        ) from error
    if stray is not None:
        raise ExtractError(
            f"{folder} is a folder with other things in it ({stray.relative_to(real)}), which would be lost.",
            f"Name a new folder: --to {folder / 'claims'}",
        )


def _is_foreign(path: Path) -> bool:
    """Whether an export would not have made it: neither KEY=VALUE nor a file of claims."""
    if path.is_symlink():
        return True
    if path.is_dir():
        return path.name.partition("=")[0] not in PARTITIONS
    return not _FILE.fullmatch(path.name)


def _make_beside(path: Path) -> Path:
    """A new folder with a name of its own beside ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        candidate = path.with_name(f"{path.name}.{number}{PARTIAL_SUFFIX}")
        try:
            candidate.mkdir()
        except FileExistsError:
            number += 1
        else:
            return candidate


def _replace(new: Path, path: Path) -> None:
    """Put a finished folder in the place of an earlier one, which is put back where that fails."""
    if not path.exists():
        new.rename(path)
        sync_folder(path.parent)
        return
    old = _make_beside(path)
    try:
        path.rename(old / path.name)
        try:
            new.rename(path)
        except OSError:
            (old / path.name).rename(path)
            raise
        sync_folder(path.parent)
    finally:
        shutil.rmtree(old, ignore_errors=True)
