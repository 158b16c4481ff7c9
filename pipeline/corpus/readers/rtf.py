"""RTF, as word processors of every age write it."""

from __future__ import annotations

from pipeline.corpus.document import Document
from pipeline.corpus.metadata import Metadata
from pipeline.corpus.readers.arrange import arrange_paragraphs
from pipeline.corpus.readers.user_errors import with_details
from pipeline.errors import UnreadableArticle


def read_rtf(data: bytes) -> Document:
    """Read the paragraphs of an RTF file; which of them is a headline or a caption is left to the layout.

    Raises UnreadableArticle for RTF that is damaged or has no text.
    """
    from striprtf.striprtf import rtf_to_text

    # RTF is ASCII; letters beyond it are escapes that name their code page. Some programs write the letters raw.
    try:
        text = rtf_to_text(data.decode("cp1252", "replace"), errors="replace")  # type: ignore[no-untyped-call]
    except (LookupError, ValueError, OverflowError, RecursionError) as error:
        raise UnreadableArticle(with_details("the RTF is damaged", error), "Open it and save it again.") from error
    return arrange_paragraphs(((line, None) for line in text.splitlines()), Metadata())
