"""Documents as JSON, between the reading process and the one that asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from pipeline.corpus.document import Document, Refused
from pipeline.corpus.metadata import Metadata
from pipeline.records import Block


def dump(found: Document | Refused) -> dict[str, Any]:
    """A reply that ``load`` makes the same of."""
    if isinstance(found, Refused):
        return {"refused": [found.reason, found.hint]}
    known = found.known
    return {
        "text": found.text,
        "known": [
            known.title, known.published.isoformat() if known.published else "", known.published_source,
            known.publisher, known.url, list(known.authors), known.language,
        ],
        "blocks": None if found.blocks is None else [[b.start, b.end, b.role, b.repeated] for b in found.blocks],
        "start": found.start,
        "part": found.part,
    }  # fmt: skip


def load(reply: dict[str, Any], part: str) -> Document | Refused:
    """What a reply says, found in ``part`` of the file."""
    if "refused" in reply:
        reason, hint = reply["refused"]
        return Refused(reason, hint, part)
    title, published, source, publisher, url, authors, language = reply["known"]
    day = date.fromisoformat(published) if published else None
    known = Metadata(title, day, source, publisher, url, tuple(authors), language)
    blocks = None if reply["blocks"] is None else tuple(Block(*block) for block in reply["blocks"])
    return Document(reply["text"], known, blocks, reply["start"], part + reply["part"])
