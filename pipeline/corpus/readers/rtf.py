"""RTF, as word processors of every age write it."""

from __future__ import annotations

from pipeline.corpus.document import Document
from pipeline.corpus.metadata import Metadata
from pipeline.corpus.readers.arrange import arrange
from pipeline.errors import UnreadableArticle


def read_rtf(data: bytes) -> Document:
    """The paragraphs, a blank line between them. Raises UnreadableArticle when there is no text."""
    from striprtf.striprtf import rtf_to_text

    # RTF is ASCII; letters beyond it are escapes that name their code page. Some programs write the letters raw.
    try:
        text = rtf_to_text(data.decode("cp1252", "replace"), errors="replace")  # type: ignore[no-untyped-call]
    except (LookupError, ValueError, OverflowError, RecursionError) as error:
        raise UnreadableArticle(f"broken RTF: {error}", "Open it and save it again.") from error
    return arrange(((line, None) for line in text.splitlines()), Metadata())
