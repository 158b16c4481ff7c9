"""Paragraphs of known and unknown roles to one text with blocks: what the format doesn't tell, the layout does."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from pipeline.corpus.document import Document
from pipeline.corpus.layout.blocks import find_blocks
from pipeline.corpus.layout.paragraphs import ends_sentence
from pipeline.corpus.metadata import Metadata
from pipeline.errors import UnreadableArticle
from pipeline.records import Block, Role
from pipeline.text.normalize import alphanumeric_key, blank_invalid, unfold

#: The words of one paragraph and its role, None where only the layout can tell.
Paragraph = tuple[str, Role | None]
#: What stands between two paragraphs in the text.
SEPARATOR = "\n\n"
#: A title stands among the first eight lines that aren't blank, or it is not in the text.
OPENING_LINES = 8
#: Lines of a text, blank ones counted, among which those are looked for.
TITLE_LINES = 20
#: Why a file gives no article, and what to do about it.
NO_TEXT = ("there is no text in it", "Open it; if it shows an article, save that as a .txt file.")


def arrange_paragraphs(paragraphs: Iterable[Paragraph], metadata: Metadata) -> Document:
    """Join the paragraphs that aren't blank to a Document, a blank line between them.

    Paragraphs with a role keep it; where any has one, the Document's blocks are filled in from the layout, else they
    are left to it (None). Raises UnreadableArticle when all paragraphs are blank.
    """
    texts: list[str] = []
    given: list[Block] = []
    start = 0
    for words, role in paragraphs:
        text = unfold(blank_invalid(words)).strip()
        if not text:
            continue
        if role:
            given.append(Block(start, start + len(text), role))
        texts.append(text)
        start += len(text) + len(SEPARATOR)
    if not texts:
        raise UnreadableArticle(*NO_TEXT)
    joined = SEPARATOR.join(texts) + "\n"
    return Document(joined, metadata, _fill_in_blocks(joined, given) if given else None)


def arrange_text(text: str, metadata: Metadata) -> Document:
    """Make a Document of a text that came in one piece, its title on top as headline when it isn't there anyway.

    Raises UnreadableArticle when the text is blank.
    """
    text = unfold(blank_invalid(text)).strip("\n")
    if not text.strip():
        raise UnreadableArticle(*NO_TEXT)
    if not _lacks_title([line for line in text.splitlines()[:TITLE_LINES] if line.strip()], metadata.title):
        return Document(text + "\n", metadata)
    title = unfold(blank_invalid(metadata.title))
    titled = f"{title}{SEPARATOR}{text}\n"
    return Document(titled, metadata, _fill_in_blocks(titled, [Block(0, len(title), "headline")]))


def with_title(paragraphs: Iterable[Paragraph], title: str) -> list[Paragraph]:
    """The paragraphs with the title on top as headline, when it is not among the first ones."""
    paragraphs = list(paragraphs)
    texts = [words for words, _ in paragraphs if words.strip()]
    return [(title, "headline"), *paragraphs] if _lacks_title(texts, title) else paragraphs


def _lacks_title(lines: list[str], title: str) -> bool:
    """Whether there is a title, and none of the first lines has its words; case and marks don't count."""
    title_letters = alphanumeric_key(title)
    return bool(title_letters) and all(alphanumeric_key(line) != title_letters for line in lines[:OPENING_LINES])


def _fill_in_blocks(text: str, given: list[Block]) -> tuple[Block, ...]:
    """The layout's blocks, those inside a given one with its role; one headline, the format's if it has one."""
    starts = [block.start for block in given]
    has_headline = any(block.role == "headline" for block in given)
    blocks: list[Block] = []
    for block in find_blocks(text):
        index = bisect_right(starts, block.start) - 1
        if index >= 0 and block.end <= given[index].end:
            block = replace(block, role=given[index].role)
        elif has_headline and block.role == "headline":
            words = text[block.start : block.end]
            block = replace(block, role="body" if ends_sentence(words) else "subheading")
        blocks.append(block)
    return tuple(blocks)
