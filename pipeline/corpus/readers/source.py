"""What is read: a file of the corpus or one inside it, and how much of it has been unpacked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, cast

from pipeline.corpus.document import Document
from pipeline.corpus.limits import HEAD_BYTES, MAX_BYTES, MAX_DEPTH, MAX_EXPANDED, MAX_MEMBERS
from pipeline.errors import UnreadableArticle
from pipeline.settings import Fields

_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class TooMuch(UnreadableArticle):
    """A limit on the whole file was passed: what follows in it is not read."""


class Budget:
    """What one file of the corpus may still unpack. Raises TooMuch when that is used up."""

    def __init__(self) -> None:
        self.expanded = 0
        self.members = 0

    def spend(self, count: int) -> None:
        """Note ``count`` unpacked bytes."""
        self.expanded += count
        if self.expanded > MAX_EXPANDED:
            raise TooMuch(f"it unpacks to more than {MAX_EXPANDED // 1_000_000} MB: the rest is not read", SPLIT)

    def enter(self) -> None:
        """Note a member of an archive."""
        self.members += 1
        if self.members > MAX_MEMBERS:
            raise TooMuch(f"it holds more than {MAX_MEMBERS} files: the rest is not read", SPLIT)


SPLIT = "Unpack it and put the articles into the corpus."


class Counted:
    """A stream that tells the budget what is read from it."""

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, size: int = -1) -> bytes:
        """As a file's; without a size no more than one article may have, and a byte to tell by."""
        data = self._stream.read(MAX_BYTES + 1 if size is None or size < 0 else size)
        self._budget.spend(len(data))
        return data

    def readline(self, size: int = -1) -> bytes:
        """As a file's, within the same bound."""
        line = self._stream.readline(MAX_BYTES + 1 if size is None or size < 0 else size)
        self._budget.spend(len(line))
        return line

    def seek(self, offset: int, whence: int = 0) -> int:
        """As a file's."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """As a file's."""
        return self._stream.tell()


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: its ``name``, the ``part`` of the corpus's file that it is, its bytes as a seekable stream.

    ``url`` and ``charset`` are what an archive of pages says of it.
    """

    name: str
    stream: BinaryIO
    fields: Fields
    budget: Budget
    part: str = ""
    depth: int = 0
    url: str = ""
    charset: str = ""

    def head(self) -> bytes:
        """The first bytes."""
        self.stream.seek(0)
        data = self.stream.read(HEAD_BYTES)
        self.stream.seek(0)
        return data

    def all(self) -> bytes:
        """All bytes. Raises UnreadableArticle when they are more than one article may have."""
        self.stream.seek(0)
        data = self.stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise UnreadableArticle(f"larger than {MAX_BYTES // 1_000_000} MB", "Split it into articles.")
        return data

    def inside(self, name: str, data: bytes | Counted, part: str, *, url: str = "", charset: str = "") -> Source:
        """A file inside this one. Raises UnreadableArticle when it lies too deep."""
        if self.depth >= MAX_DEPTH:
            raise UnreadableArticle(f"packed more than {MAX_DEPTH} times over", SPLIT)
        stream = BytesIO(data) if isinstance(data, bytes) else cast("BinaryIO", data)
        return Source(name, stream, self.fields, self.budget, part, self.depth + 1, url, charset)

    def counted(self, stream: BinaryIO) -> Counted:
        """``stream``, on the account of this source's file."""
        return Counted(stream, self.budget)


@dataclass(frozen=True, slots=True)
class ReadTask:
    """A part of a file to read on its own: ``read`` gives its articles, raises UnreadableArticle or breaks."""

    part: str
    read: Callable[[], Iterator[Document]]
    form: str = ""


def failed_task(part: str, error: UnreadableArticle) -> ReadTask:
    """A part that gives no article."""

    def read() -> Iterator[Document]:
        raise error

    return ReadTask(part, read)


def safe_name(name: str) -> str:
    """A member's name as shown: slashes, nothing that climbs out of the archive or paints the terminal."""
    parts = _ODD.sub("\ufffd", name.replace("\\", "/")).split("/")
    kept = ["__" if part == ".." else part.rstrip(":") for part in parts if part not in ("", ".")]
    return "/".join(kept)[:500] or "unnamed"
