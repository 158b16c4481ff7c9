"""What is read: a file of the corpus or one inside it, and how much of it has been unpacked.

A file is taken apart into its parts. A part that must be opened further (an archive in an archive) is a Source, one
that is read as an article is a ReadTask.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, cast

from pipeline.corpus.document import Document, UnreadablePart
from pipeline.corpus.limits import HEAD_BYTES, MAX_BYTES, MAX_DEPTH, MAX_EXPANDED, MAX_MEMBERS
from pipeline.errors import UnreadableArticle
from pipeline.settings import Fields

#: Characters that must not be in a name as shown: controls (they paint the terminal), halves of surrogate pairs.
_UNSAFE_IN_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: Letters of a name as shown; the rest is cut off.
NAME_CHARS = 500

_UNPACK = "Unpack it and put the articles themselves into the corpus."
#: Why a file is not read on, and what to do about it.
EXPANDS_TOO_MUCH = (f"it unpacks to more than {MAX_EXPANDED // 1_000_000} MB: the rest is not read", _UNPACK)
NESTED_TOO_DEEP = (f"it is packed more than {MAX_DEPTH} levels deep", _UNPACK)


class LimitExceeded(UnreadableArticle):
    """A limit on the whole file was passed (unpacked bytes, number of members): what follows in it is not read."""


class Budget:
    """What one file of the corpus may still unpack, all archives inside it counted together.

    ``expanded`` counts the bytes unpacked so far, ``members`` the files met in archives. Both methods raise
    LimitExceeded when the limit is passed.
    """

    def __init__(self) -> None:
        self.expanded = 0
        self.members = 0

    def count_bytes(self, count: int) -> None:
        """Note ``count`` bytes as unpacked."""
        self.expanded += count
        if self.expanded > MAX_EXPANDED:
            raise LimitExceeded(*EXPANDS_TOO_MUCH)

    def count_member(self) -> None:
        """Note one more member of an archive."""
        self.members += 1
        if self.members > MAX_MEMBERS:
            raise LimitExceeded(f"it holds more than {MAX_MEMBERS} files: the rest is not read", _UNPACK)


class CountedStream:
    """A stream of unpacked bytes that counts on the budget what is read from it."""

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, size: int = -1) -> bytes:
        """As a file's; without a size at most what one article may have, and one byte more to tell by."""
        data = self._stream.read(MAX_BYTES + 1 if size is None or size < 0 else size)
        self._budget.count_bytes(len(data))
        return data

    def readline(self, size: int = -1) -> bytes:
        """As a file's, within the same bound."""
        line = self._stream.readline(MAX_BYTES + 1 if size is None or size < 0 else size)
        self._budget.count_bytes(len(line))
        return line

    def seek(self, offset: int, whence: int = 0) -> int:
        """As a file's."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """As a file's."""
        return self._stream.tell()


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: one of the corpus, or one inside it."""

    #: The file's name, of which only the ending is looked at.
    name: str
    #: Its bytes; the stream can be sought, and is read anew from its start by each method.
    stream: BinaryIO
    #: The columns and keys that the user named.
    fields: Fields
    #: What the corpus's file may still unpack, shared by all sources inside it.
    budget: Budget
    #: Where in the corpus's file it lies ("/inside.zip/page.html"), empty for the file itself.
    part: str = ""
    #: How many archives, mails or compressed files it lies in.
    depth: int = 0
    #: The address and charset that an archive of web pages notes for it, empty where unknown.
    url: str = ""
    charset: str = ""

    def read_head(self) -> bytes:
        """The first bytes, at most ``HEAD_BYTES``; enough to tell most kinds of file by."""
        self.stream.seek(0)
        data = self.stream.read(HEAD_BYTES)
        self.stream.seek(0)
        return data

    def read_all(self) -> bytes:
        """All bytes. Raises UnreadableArticle when they are more than one article may have."""
        self.stream.seek(0)
        data = self.stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise too_large("Split it into articles.")
        return data

    def open_inside(
        self, name: str, data: bytes | CountedStream, part: str, *, url: str = "", charset: str = ""
    ) -> Source:
        """A file inside this one, at ``part``. Raises UnreadableArticle when it lies too deep."""
        if self.depth >= MAX_DEPTH:
            raise UnreadableArticle(*NESTED_TOO_DEEP)
        stream = BytesIO(data) if isinstance(data, bytes) else cast("BinaryIO", data)
        return Source(name, stream, self.fields, self.budget, part, self.depth + 1, url, charset)


#: What a task reads: one article, or several of one document.
Reading = Document | tuple[Document | UnreadablePart, ...]


@dataclass(frozen=True, slots=True)
class ReadTask:
    """One article of a file, not read yet: whatever goes wrong in reading it costs no other article.

    ``part`` says where in the file it lies ("#3", "/inside.html"); ``read`` gives the article, or the articles of a
    document that turns out to hold several, each with its place in the document as its part; it raises
    UnreadableArticle, or breaks with any exception of the library that parses it; ``form`` names what is parsed, for
    the message then ("PDF", "mail").
    """

    part: str
    read: Callable[[], Reading]
    form: str = ""


#: A part of a file: one to open further, or one to read.
FilePart = Source | ReadTask


def failed_task(part: str, error: UnreadableArticle) -> ReadTask:
    """A task for a part that is known to give no article: reading it raises ``error``."""

    def read() -> Document:
        raise error

    return ReadTask(part, read)


def too_large(hint: str) -> UnreadableArticle:
    """The error for more bytes than one article may have; ``hint`` says what to do with that kind of file."""
    return UnreadableArticle(f"it is larger than {MAX_BYTES // 1_000_000} MB", hint)


def safe_name(name: str) -> str:
    """A member's name as shown: with slashes, and nothing in it that climbs out of the archive or paints the terminal.

    "../../etc/passwd" becomes "__/__/etc/passwd", an empty name "unnamed".
    """
    parts = _UNSAFE_IN_NAME.sub("\ufffd", name.replace("\\", "/")).split("/")
    kept = ["__" if part == ".." else part.rstrip(":") for part in parts if part not in ("", ".")]
    return "/".join(kept)[:NAME_CHARS] or "unnamed"
