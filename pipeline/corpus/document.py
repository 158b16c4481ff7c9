"""What a reader gives: one article of a file, as text, before cleaning; or why a part of the file gives none."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.corpus.metadata import Metadata
from pipeline.records import Block


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one article and what the file says about it.

    ``text`` is what every offset counts in; nothing edits it afterwards. ``blocks`` are the roles that the format tells
    (ordered, disjoint, without outer blanks, offsets into ``text``); None leaves them to the layout, as in plain text.
    The article begins at ``start``. ``part`` tells where in the file it lies ("#3", "/inside.html"), empty for all.
    """

    text: str
    known: Metadata = field(default_factory=Metadata)
    blocks: tuple[Block, ...] | None = None
    start: int = 0
    part: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A part of a file that gives no article: what is wrong with it and what to do about it.

    ``gave_up``: its reader was stopped or broke down; another time it may not.
    """

    reason: str
    hint: str = ""
    part: str = ""
    gave_up: bool = False
