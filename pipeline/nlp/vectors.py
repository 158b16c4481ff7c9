"""The table of word vectors, loaded in a third of spaCy's time and without the 50 MB of its dictionary of words.

The md model has vectors of 514,000 words, some of them shared: a file of msgpack says in which row of the table each
word's stands. spaCy makes a dictionary of it; here it becomes two arrays, in which an article's words are looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.vectors import Vectors

    Keys = np.ndarray[Any, np.dtype[np.uint64]]
    Rows = np.ndarray[Any, np.dtype[np.int64]]

#: The file in a model's folder "vocab".
_FILE = "key2row"
#: How msgpack begins a map whose size takes four bytes, as it does from 65,536 entries on.
_LARGE_MAP = 0xDF
#: Nearly all entries: a key of eight bytes and a row of two, each behind the byte that says so (github.com/msgpack).
_ENTRY = np.dtype([("key_size", "u1"), ("key", ">u8"), ("row_size", "u1"), ("row", ">u2")])
#: A run of such entries; possessive, as going back would keep a place for each.
_ENTRIES = re.compile(rb"(?:\xcf.{8}\xcd..)*+", re.DOTALL)
#: Bytes of a whole number by the byte before it; below 128 that byte is the number.
_BYTES = {0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8}
_ITSELF_BELOW = 128
#: Bits of a key below those that it is looked up by.
_LOW_BITS = 48


def load_vectors(vectors: Vectors, folder: Path) -> None:
    """Load ``vectors`` from a model's ``folder``/vocab; words are looked up as in spaCy's own, and can't be added.

    Raises OSError or ValueError as spaCy does for what it can't read.
    """
    vocabulary = folder / "vocab"
    file = vocabulary / _FILE
    data = file.read_bytes() if file.is_file() else b""
    if not data or data[0] != _LARGE_MAP:
        vectors.from_disk(vocabulary, exclude=["strings"])
        return
    vectors.from_disk(vocabulary, exclude=["strings", _FILE])
    vectors.key2row = WordRows(*_read_entries(data))


class WordRows(Mapping[int, int]):
    """The row of each word's vector, by the word's number, a hash of 64 bits."""

    def __init__(self, keys: Keys, rows: Rows) -> None:
        high = (keys >> np.uint64(_LOW_BITS)).astype(np.uint16)
        order = np.argsort(high, kind="stable")  # of numbers this short it is a fast one
        self._keys, self._rows = keys[order], rows[order]
        counts = np.bincount(high, minlength=1 << (64 - _LOW_BITS))
        #: Where the keys with these high bits start, eight or so of a large model; one more at the end.
        self._starts = [0, *np.cumsum(counts).tolist()]

    def __getitem__(self, key: int) -> int:
        start, end = self._starts[key >> _LOW_BITS : (key >> _LOW_BITS) + 2]
        try:
            place = self._keys[start:end].tolist().index(key)
        except ValueError:
            raise KeyError(key) from None
        return int(self._rows[start + place])

    def __iter__(self) -> Iterator[int]:
        return iter(self._keys.tolist())

    def __len__(self) -> int:
        return len(self._keys)


def _read_entries(data: bytes) -> tuple[Keys, Rows]:
    """Keys and rows of a map in msgpack, in the order of the file. Raises ValueError for anything but whole numbers."""
    count, position = int.from_bytes(data[1:5], "big"), 5
    keys, rows = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
    while position < len(data):
        run = _ENTRIES.match(data, position)
        end = run.end() if run else position
        entries = np.frombuffer(data, _ENTRY, (end - position) // _ENTRY.itemsize, position)
        keys.append(entries["key"].astype(np.uint64))
        rows.append(entries["row"].astype(np.int64))
        position = end
        if position < len(data):
            key, position = _read_number(data, position)
            row, position = _read_number(data, position)
            keys.append(np.array([key], np.uint64))
            rows.append(np.array([row], np.int64))
    found = sum(map(len, keys))
    if found != count:
        raise ValueError(f"{_FILE} has {found} entries instead of {count}")
    return np.concatenate(keys), np.concatenate(rows)


def _read_number(data: bytes, position: int) -> tuple[int, int]:
    """The whole number that starts there, and where it ends."""
    first = data[position] if position < len(data) else None
    if first is not None and first < _ITSELF_BELOW:
        return first, position + 1
    if first not in _BYTES:
        raise ValueError(f"{_FILE} has something else than whole numbers, or is cut off")
    end = position + 1 + _BYTES[first]
    return int.from_bytes(data[position + 1 : end], "big"), end
