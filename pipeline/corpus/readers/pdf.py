"""PDF with a text layer, by PDFium. Characters come with their boxes, so that lines, columns, paragraphs and what
repeats on every page are told by where they stand.

Words parted by a hyphen at a line's end are joined; headers, footers and page numbers stand after the text, as footer,
so that a sentence that runs over the page stays whole. Title, author and dates among the file's properties are those of
the file, not of the article, and are not used.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from pipeline.corpus.document import Document
from pipeline.corpus.limits import MAX_PAGES
from pipeline.corpus.metadata import Metadata
from pipeline.corpus.readers.arrange import Part, arrange
from pipeline.corpus.readers.pdf_lines import Line, read_page
from pipeline.errors import UnreadableArticle
from pipeline.records import Role
from pipeline.text.normalize import mask_numbers

#: The share of a page's height at top and bottom where running heads and page numbers stand.
MARGIN = 0.12
#: A headline's letters are at least so much larger than most of the text's, a subheading's so much.
HEADLINE_SIZE, SUBHEADING_SIZE = 1.25, 1.08
#: A gap between lines of one paragraph is at most so much of what is usual.
LINE_GAP = 1.35
#: After the end of a sentence a gap of so many letters' size begins a paragraph.
WIDE_GAP = 1.7
#: A line of a paragraph reaches at least so much of its column's width, but the last.
FULL_WIDTH = 0.85

_PAGE_NUMBER = re.compile(r"(?:page |p\. ?|[-–—] ?)?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?(?: ?[-–—])?", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:][\"”’')\]]*$")
#: Compounds with these are written with a hyphen, so that one at a line's end is the word's own.
_PREFIXES = frozenset(
    "all cross ex half high low long mid non part self short vice well so-called anti two three".split()
)
#: Letters that no font names: this share of them and the text is not readable.
_UNNAMED_SHARE = 0.2


def read_pdf(data: bytes) -> Document:
    """The text of all pages. Raises UnreadableArticle for an encrypted, broken or image-only PDF."""
    pages = _pages(data)
    lines = [line for page in pages for line in page]
    letters = "\n".join(line.text for line in lines)
    if not letters.strip():
        raise UnreadableArticle(
            f"a PDF without text, {len(pages)} page{'s' * (len(pages) != 1)} of images",
            "Run text recognition over it (OCR, for example ocrmypdf) and put the result here.",
        )
    if sum(ch == "\ufffd" or "\ue000" <= ch <= "\uf8ff" for ch in letters) > _UNNAMED_SHARE * len(letters):
        raise UnreadableArticle("a PDF whose fonts don't name their letters", "Run text recognition over it (OCR).")
    furniture = _furniture(pages)
    body = [[line for line in page if line not in furniture] for page in pages]
    usual = _usual_size(lines)
    parts: list[Part] = [*_with_headline(list(_paragraphs(body, letters)), usual)]
    parts += [(line.text, "footer") for page in pages for line in page if line in furniture]
    return arrange(parts, Metadata())


def _pages(data: bytes) -> list[list[Line]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableArticle("a PDF with a password", "Save it without its password.") from error
        raise UnreadableArticle("a broken or cut off PDF", "Open it and save or print it as PDF again.") from error
    try:
        if len(document) > MAX_PAGES:
            raise UnreadableArticle(f"a PDF of more than {MAX_PAGES} pages", "Split it into articles.")
        return [read_page(document, number) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise UnreadableArticle("a PDF with a broken page", "Open it and save or print it as PDF again.") from error
    finally:
        document.close()


def _furniture(pages: list[list[Line]]) -> set[Line]:
    """Lines in the margins that are a page number, or stand on other pages too (digits apart) at the same height."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({(_shape(line), round(line.middle / 4)) for line in page if _in_margin(line)})
    found: set[Line] = set()
    for page in pages:
        for line in page:
            if not _in_margin(line):
                continue
            place = round(line.middle / 4)
            times = sum(seen[_shape(line), place + step] for step in (-1, 0, 1))
            # On odd and even pages different lines may run, so three times is enough whatever the number of pages.
            if _PAGE_NUMBER.fullmatch(line.text.strip()) or times >= min(3, max(2, len(pages) // 2)):
                found.add(line)
    return found


def _in_margin(line: Line) -> bool:
    return line.middle < MARGIN * line.page_height or line.middle > (1 - MARGIN) * line.page_height


def _shape(line: Line) -> str:
    return mask_numbers(line.text.strip().lower())


def _usual_size(lines: list[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def _paragraphs(pages: list[list[Line]], letters: str) -> Iterator[tuple[str, float]]:
    """Each paragraph on one line, with the size of its letters."""
    gaps = sorted(gap for page in pages for pair in pairwise(page) if (gap := _gap(*pair)) > 0)
    usual = gaps[len(gaps) // 4] if gaps else 0.0  # the most are within paragraphs, but not on a short page
    text, last = "", None
    for page in pages:
        width = _column_width(page)
        for line in page:
            if last is not None and _goes_on(last, line, usual, width):
                text = _joined(text, line.text, letters)
            else:
                if last is not None:
                    yield text, last.size
                text = line.text
            last = line
    if last is not None:
        yield text, last.size


def _gap(above: Line, below: Line) -> float:
    """From line to line in one column; 0 where the text goes on elsewhere."""
    step = above.middle - below.middle
    return step if 0 < step < 4 * max(above.size, 1) and below.left < above.right and above.left < below.right else 0.0


def _column_width(page: list[Line]) -> float:
    widths = sorted(line.right - line.left for line in page)
    return widths[int(0.8 * (len(widths) - 1))] if widths else 0.0


def _goes_on(above: Line, below: Line, usual: float, width: float) -> bool:
    """Whether ``below`` continues the paragraph of ``above``."""
    if abs(above.size - below.size) > 0.06 * max(above.size, below.size):
        return False
    gap = _gap(above, below)
    if not gap:  # another column or page: only a sentence that has not ended goes on there
        return not _ENDS.search(above.text) and (
            below.text[:1].islower() or above.right - above.left > FULL_WIDTH * width
        )
    if usual and gap > LINE_GAP * max(usual, 1.1 * above.size):
        return False
    if above.hyphen:
        return True
    indented = below.left - above.left > 0.6 * below.size
    ended = bool(_ENDS.search(above.text))
    if ended and gap > WIDE_GAP * above.size:
        return False
    short = above.right - above.left < FULL_WIDTH * width
    return not (ended and (indented or short)) and not (short and not below.text[:1].islower() and indented)


def _joined(text: str, more: str, letters: str) -> str:
    """The two lines with a blank, or as one word where a hyphen parts it at the line's end."""
    if not text.endswith("-"):
        return f"{text} {more}"
    first = re.split(r"[\s\"“‘(—–]", text)[-1][:-1]
    second = re.split(r"[\s,.;:!?\"”’)—–]", more)[0]
    if not more[:1].islower() or first.lower() in _PREFIXES or f"{first}-{second}" in letters or "-" in first:
        return text + more
    return text[:-1] + more


def _with_headline(paragraphs: list[tuple[str, float]], usual: float) -> Iterator[Part]:
    """The largest letters of the opening make the headline, large short paragraphs subheadings."""
    opening = paragraphs[:12]
    largest = max((size for _, size in opening), default=0.0)
    headline = None
    if largest >= HEADLINE_SIZE * usual:
        candidates = [i for i, (text, size) in enumerate(opening) if size >= 0.95 * largest and len(text) <= 250]
        # A masthead may be larger than the headline, but it is short.
        named = [i for i, (text, size) in enumerate(opening) if size >= HEADLINE_SIZE * usual and text.count(" ") >= 3]
        headline = next(iter([i for i in candidates if i in named] or named or candidates), None)
    for i, (text, size) in enumerate(paragraphs):
        role: Role | None = None
        if i == headline:
            role = "headline"
        elif size >= SUBHEADING_SIZE * usual and len(text) <= 120 and not _ENDS.search(text) and headline is not None:
            role = "subheading" if i > headline else "navigation"
        yield text, role
