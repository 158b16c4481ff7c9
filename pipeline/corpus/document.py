"""What a reader gives: one article of a file, as text, before cleaning; or why a part of the file gives none."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.corpus.metadata import Metadata
from pipeline.records import Block


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one article and what the file says about it; it has no name, date of last resort or key yet."""

    #: What every offset counts in, in code points; nothing edits it afterwards.
    text: str
    #: What the file itself says of the article: title, day, publisher, authors.
    metadata: Metadata = field(default_factory=Metadata)
    #: The roles that the format tells: ordered, disjoint, without outer blanks, offsets into ``text``. None leaves
    #: them to the layout, as in plain text.
    blocks: tuple[Block, ...] | None = None
    #: Offset where the article begins; before it stands front matter.
    start: int = 0
    #: Where in the file the article lies ("#3", "/inside.html"); empty when it is all of the file.
    part: str = ""
    #: Words that a page shows outside its menus and that are not in ``text``.
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class UnreadablePart:
    """A part of a file (or all of it) that gives no article, as a record that can be kept and sent.

    The exception for the same, within a process, is ``UnreadableArticle``.
    """

    #: What is wrong with it, for the column "reason" of articles.csv.
    reason: str
    #: What the user can do about it.
    hint: str = ""
    #: Where in the file it lies ("#3", "/inside.html"); empty for all of the file.
    part: str = ""
    #: Its reader was stopped or broke down; another time it may not, so this is not kept from run to run.
    gave_up: bool = False
