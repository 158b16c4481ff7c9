"""What the reading process and the one that asked it say to each other, a tagged record a line (``pipeline.serial``).

To a ``ReadRequest`` come, for every part of the file, ``PartBegins``, its ``Document`` or ``UnreadablePart``, and
``PartEnds``; last ``FileEnds``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.corpus.document import Document, UnreadablePart
from pipeline.settings import Fields


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """A file to read."""

    #: The file's path as the hexadecimal digits of its bytes: names need not be text on every system.
    path_hex: str
    #: Parts at the beginning that are not read, because one of them stopped an earlier reading process.
    skip: int = 0
    #: Columns and keys that the user named for tables and JSON.
    fields: Fields = field(default_factory=Fields)

    @classmethod
    def of(cls, path: Path, skip: int, fields: Fields) -> ReadRequest:
        """The request to read the file at ``path`` from its part number ``skip`` on."""
        return cls(os.fsencode(path).hex(), skip, fields)

    @property
    def path(self) -> Path:
        """The file's path."""
        return Path(os.fsdecode(bytes.fromhex(self.path_hex)))


@dataclass(frozen=True, slots=True)
class PartBegins:
    """The part number ``number``, from 0, is read now; it lies at ``part`` in the file ("#3", "/inside.html")."""

    number: int
    part: str


@dataclass(frozen=True, slots=True)
class PartEnds:
    """The part number ``number`` is read: what stops the process from here on is not its fault."""

    number: int


@dataclass(frozen=True, slots=True)
class FileEnds:
    """All parts of the file are read."""


#: What the reading process says.
Reply = PartBegins | PartEnds | FileEnds | Document | UnreadablePart
REPLIES: tuple[type[Reply], ...] = (PartBegins, PartEnds, FileEnds, Document, UnreadablePart)
