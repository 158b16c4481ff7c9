"""Plain text and Markdown: the decoded file as it is, front matter on top told apart."""

from __future__ import annotations

from pipeline.corpus.detect.decoding import decode_text
from pipeline.corpus.document import Document
from pipeline.corpus.metadata import parse_front_matter
from pipeline.corpus.readers.markdown import MARKDOWN_ENDINGS, find_markdown_blocks
from pipeline.errors import UnreadableArticle

#: Why a file gives no article, and what to do about it.
ONLY_FRONT_MATTER = ("there is nothing but front matter in it", "Put the article's text below the front matter.")


def read_text(data: bytes, name: str = "") -> Document:
    """Decode a text file; its text is the Document's, unchanged, and the article begins behind the front matter.

    ``name`` is the file's: with a Markdown ending, Markdown's marks give the blocks their roles; else the blocks are
    left to the layout (None). Raises UnreadableArticle for what is no text and for front matter without an article.
    """
    text = decode_text(data)
    metadata, start = parse_front_matter(text)
    if not text[start:].strip():
        raise UnreadableArticle(*ONLY_FRONT_MATTER)
    blocks = find_markdown_blocks(text, start) if name.lower().endswith(MARKDOWN_ENDINGS) else None
    return Document(text, metadata, blocks, start)
