"""What a reader gives: one article of a file, as text, before cleaning."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.corpus.metadata import Metadata
from pipeline.records import Block


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one article and what the file says about it.

    ``text`` is what every offset counts in; nothing edits it afterwards. ``blocks`` are the roles that the format tells
    (ordered, disjoint, without outer blanks, offsets into ``text``); None leaves them to the layout, as in plain text.
    The article begins at ``start``. ``part`` tells where in the file it lies ("#3", "/inside.html").
    """

    text: str
    known: Metadata = field(default_factory=Metadata)
    blocks: tuple[Block, ...] | None = None
    start: int = 0
    part: str = ""
