"""PDF with a text layer, by PDFium. Characters come with their boxes, so that lines, columns, paragraphs and what
repeats on every page are told by where they stand.

Words parted by a hyphen at a line's end are joined; headers, footers and page numbers stand after the text, as footer,
so that a sentence that runs over the page stays whole; so do pages that are tables, row by row, from which no claims
come: a cell says nothing by itself. Title, author and dates among the file's properties are those of
the file, not of the article, and are not used.

Lengths are in points (1/72 inch), measured from the page's lower left corner. Shares were set by hand on the
development files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.corpus.document import Document
from pipeline.corpus.limits import MAX_PAGES
from pipeline.corpus.metadata import Metadata
from pipeline.corpus.readers.arrange import Paragraph, arrange_paragraphs
from pipeline.corpus.readers.pdf_lines import Line, read_page
from pipeline.corpus.readers.pdf_tables import is_table, join_rows
from pipeline.corpus.readers.press_export import split_lines
from pipeline.corpus.readers.source import Reading
from pipeline.errors import UnreadableArticle
from pipeline.records import Role
from pipeline.text.normalize import mask_numbers

#: Running heads and page numbers stand in the top or bottom 12 % of a page's height.
MARGIN = 0.12
#: Lines of two pages stand at the same height when these multiples of 4 points are neighbours.
HEIGHT_STEP = 4
#: A line in the margin repeats when it is on three pages, whatever their number: odd and even pages may differ.
REPEATED_PAGES = 3

#: A headline's letters are at least 1.25 times as large as most of the text's ...
HEADLINE_SIZE = 1.25
#: ... a subheading's 1.08 times: 10.8 points over a text in 10.
SUBHEADING_SIZE = 1.08
#: Letters of at least 95 % of the largest size are as large; sizes are rounded.
LARGEST_SHARE = 0.95
#: The headline is among the first twelve paragraphs,
OPENING_PARAGRAPHS = 12
#: ... has at most 250 characters,
HEADLINE_CHARS = 250
#: ... and as a rule at least three blanks (four words): a masthead may be larger, but it is short.
HEADLINE_BLANKS = 3
#: A subheading has at most 120 characters.
SUBHEADING_CHARS = 120

#: Letters of two lines whose sizes differ by more than 6 % are not of one paragraph.
SIZE_TOLERANCE = 0.06
#: A gap between lines of one paragraph is at most 1.35 times the usual one.
LINE_GAP = 1.35
#: A usual gap is at least 1.1 times the letters' size, even where lines are set closer.
MIN_LINE_GAP = 1.1
#: Lines of one column are less than four letter sizes apart.
COLUMN_STEP = 4
#: After the end of a sentence a gap of 1.7 letter sizes begins a paragraph.
WIDE_GAP = 1.7
#: A line that begins 0.6 letter sizes to the right of the one above is indented.
INDENT = 0.6
#: A line of a paragraph, other than the last, reaches at least 85 % of its column's width.
FULL_WIDTH = 0.85
#: A column is as wide as the line longer than 80 % of the page's lines; a few may run across columns.
COLUMN_QUANTILE = 0.8

#: A line that is a page number: "7", "Page 7 of 12", "- 7 -".
_PAGE_NUMBER = re.compile(r"(?:page |p\. ?|[-–—] ?)?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?(?: ?[-–—])?", re.IGNORECASE)
#: A final mark, maybe with quotation marks or brackets behind it.
_SENTENCE_END = re.compile(r"[.!?:][\"”’')\]]*$")
#: Compounds with these are written with a hyphen, so that one at a line's end is the word's own.
_HYPHEN_PREFIXES = frozenset(
    "all cross ex half high low long mid non part self short vice well so-called anti two three".split()
)
#: Where this share of the letters has no name in its font (U+FFFD, private use), the text is not readable.
_UNNAMED_SHARE = 0.2

#: What to do about a PDF without readable text, and about a damaged one.
_RECOGNISE = "Run text recognition over it (OCR, for example ocrmypdf) and use its result instead."
_SAVE_AGAIN = "Open it and save or print it as PDF again."
#: Why a PDF is not read, and what to do about it.
WITH_PASSWORD = ("the PDF is protected with a password", "Save it without its password.")
DAMAGED = ("the PDF is damaged or cut off", _SAVE_AGAIN)
DAMAGED_PAGE = ("a page of the PDF is damaged", _SAVE_AGAIN)
TOO_MANY_PAGES = (f"the PDF has more than {MAX_PAGES} pages", "Split it into articles.")
UNNAMED_LETTERS = ("the PDF's fonts don't say which letters they draw", _RECOGNISE)

#: The lines of a page in reading order.
_Page = list[Line]


class _SizedText(NamedTuple):
    """A paragraph on one line, and the size of its letters."""

    text: str
    size: float


def read_pdf(data: bytes) -> Document:
    """Read the text of all pages as one article, in reading order.

    The largest letters of the opening make the headline, large short lines subheadings; running heads and page numbers
    come last, as footer. Raises UnreadableArticle for a PDF that is encrypted, damaged, too long, or has no readable
    text (scanned images).
    """
    return _read_document(_read_pages(data))


def read_pdf_or_export(data: bytes) -> Reading:
    """As ``read_pdf``; of a press database's export, every article in it."""
    pages = _read_pages(data)
    return split_lines(_export_lines(pages)) or _read_document(pages)


def _export_lines(pages: list[_Page]) -> list[str]:
    """The lines without running heads, a blank one where a paragraph ends."""
    boilerplate = _find_boilerplate(pages)
    gaps = sorted(gap for page in pages for pair in pairwise(page) if (gap := _measure_gap(*pair)) > 0)
    usual_gap = gaps[len(gaps) // 4] if gaps else 0.0
    lines: list[str] = []
    last: Line | None = None
    for page in pages:
        width = _column_width(page)
        for line in page:
            if line in boilerplate:
                continue
            if last is not None and not _is_continued(last, line, usual_gap, width):
                lines.append("")
            lines.append(line.text.rstrip())
            last = line
    return lines


def _read_document(pages: list[_Page]) -> Document:
    lines = [line for page in pages for line in page]
    text = "\n".join(line.text for line in lines)
    _check_text(text, len(pages))
    boilerplate = _find_boilerplate(pages)
    body = [[line for line in page if line not in boilerplate] for page in pages]
    prose = [page for page in body if not is_table(page)]
    paragraphs: list[Paragraph] = [*_with_roles(list(_join_paragraphs(prose, text)), _usual_size(lines))]
    paragraphs += [(row, "navigation") for page in body if is_table(page) for row in join_rows(page)]
    paragraphs += [(line.text, "footer") for line in lines if line in boilerplate]
    return arrange_paragraphs(paragraphs, Metadata())


def _check_text(text: str, page_count: int) -> None:
    if not text.strip():
        pages = f"{page_count} page{'s' * (page_count != 1)}"
        raise UnreadableArticle(f"the PDF has no text, only {pages} of images", _RECOGNISE)
    unnamed = sum(ch == "\ufffd" or "\ue000" <= ch <= "\uf8ff" for ch in text)
    if unnamed > _UNNAMED_SHARE * len(text):
        raise UnreadableArticle(*UNNAMED_LETTERS)


def _read_pages(data: bytes) -> list[_Page]:
    """The lines of every page. Raises UnreadableArticle for what PDFium can't open or read."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableArticle(*(WITH_PASSWORD if "password" in str(error).lower() else DAMAGED)) from error
    try:
        if len(document) > MAX_PAGES:
            raise UnreadableArticle(*TOO_MANY_PAGES)
        return [read_page(document, number) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise UnreadableArticle(*DAMAGED_PAGE) from error
    finally:
        document.close()


def _find_boilerplate(pages: Sequence[_Page]) -> set[Line]:
    """Lines in the margins that are a page number, or stand on other pages too (digits apart) at the same height."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counts.update({(_shape_of(line), _height_step(line)) for line in page if _in_margin(line)})
    enough = min(REPEATED_PAGES, max(2, len(pages) // 2))
    return {
        line
        for page in pages
        for line in page
        if _in_margin(line) and (_PAGE_NUMBER.fullmatch(line.text.strip()) or _count_alike(line, counts) >= enough)
    }


def _count_alike(line: Line, counts: Counter[tuple[str, int]]) -> int:
    """On how many pages a line of the same shape stands at about the same height."""
    step = _height_step(line)
    return sum(counts[_shape_of(line), step + neighbour] for neighbour in (-1, 0, 1))


def _height_step(line: Line) -> int:
    return round(line.middle / HEIGHT_STEP)


def _in_margin(line: Line) -> bool:
    return line.middle < MARGIN * line.page_height or line.middle > (1 - MARGIN) * line.page_height


def _shape_of(line: Line) -> str:
    return mask_numbers(line.text.strip().lower())


def _usual_size(lines: Sequence[Line]) -> float:
    """The size that most of the characters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def _join_paragraphs(pages: Sequence[_Page], all_text: str) -> Iterator[_SizedText]:
    """The paragraphs that the lines make up; ``all_text`` is the whole text, to look up hyphened words in."""
    gaps = sorted(gap for page in pages for pair in pairwise(page) if (gap := _measure_gap(*pair)) > 0)
    usual_gap = gaps[len(gaps) // 4] if gaps else 0.0  # the most are within paragraphs, but not on a short page
    text = ""
    last: Line | None = None
    for page in pages:
        width = _column_width(page)
        for line in page:
            if last is not None and _is_continued(last, line, usual_gap, width):
                text = _join_lines(text, line.text, all_text)
            else:
                if last is not None:
                    yield _SizedText(text, last.size)
                text = line.text
            last = line
    if last is not None:
        yield _SizedText(text, last.size)


def _measure_gap(above: Line, below: Line) -> float:
    """From line to line in one column, in points; 0 where the text goes on elsewhere."""
    step = above.middle - below.middle
    overlaps = below.left < above.right and above.left < below.right
    return step if 0 < step < COLUMN_STEP * max(above.size, 1) and overlaps else 0.0


def _column_width(page: _Page) -> float:
    widths = sorted(line.right - line.left for line in page)
    return widths[int(COLUMN_QUANTILE * (len(widths) - 1))] if widths else 0.0


def _is_continued(above: Line, below: Line, usual_gap: float, width: float) -> bool:
    """Whether ``below`` continues the paragraph of ``above``, in a column of that ``width``."""
    if abs(above.size - below.size) > SIZE_TOLERANCE * max(above.size, below.size):
        return False
    is_short = above.right - above.left < FULL_WIDTH * width
    gap = _measure_gap(above, below)
    if not gap:
        return _is_continued_elsewhere(above, below, is_full=above.right - above.left > FULL_WIDTH * width)
    if usual_gap and gap > LINE_GAP * max(usual_gap, MIN_LINE_GAP * above.size):
        return False
    if above.hyphen:
        return True
    is_indented = below.left - above.left > INDENT * below.size
    if _SENTENCE_END.search(above.text):
        return gap <= WIDE_GAP * above.size and not is_indented and not is_short
    return below.text[:1].islower() or not (is_short and is_indented)


def _is_continued_elsewhere(above: Line, below: Line, *, is_full: bool) -> bool:
    """Whether the paragraph goes on in another column or on another page: only a sentence that has not ended does."""
    return not _SENTENCE_END.search(above.text) and (below.text[:1].islower() or is_full)


def _join_lines(text: str, next_line: str, all_text: str) -> str:
    """The two with a blank between them, or as one word where a hyphen parts it at the line's end.

    The hyphen stays when it is the word's own: before a capital, after a prefix such as "well-", in a compound that
    ``all_text`` has elsewhere.
    """
    if not text.endswith("-"):
        return f"{text} {next_line}"
    first = re.split(r"[\s\"“‘(—–]", text)[-1][:-1]
    second = re.split(r"[\s,.;:!?\"”’)—–]", next_line)[0]
    is_compound = first.lower() in _HYPHEN_PREFIXES or f"{first}-{second}" in all_text or "-" in first
    if is_compound or not next_line[:1].islower():
        return text + next_line
    return text[:-1] + next_line


def _with_roles(paragraphs: Sequence[_SizedText], usual_size: float) -> Iterator[Paragraph]:
    """The paragraphs with the roles that the size of their letters gives; the layout decides on the others."""
    headline = _find_headline(paragraphs[:OPENING_PARAGRAPHS], usual_size)
    for index, paragraph in enumerate(paragraphs):
        yield paragraph.text, _role_by_size(paragraph, index, headline, usual_size)


def _find_headline(opening: Sequence[_SizedText], usual_size: float) -> int | None:
    """The index of the headline: the first of the largest paragraphs that has some words, else the first large one."""
    largest = max((paragraph.size for paragraph in opening), default=0.0)
    if largest < HEADLINE_SIZE * usual_size:
        return None
    wordy = [index for index, paragraph in enumerate(opening) if _is_wordy_and_large(paragraph, usual_size)]
    as_large = [
        index
        for index, paragraph in enumerate(opening)
        if paragraph.size >= LARGEST_SHARE * largest and len(paragraph.text) <= HEADLINE_CHARS
    ]
    candidates = [index for index in as_large if index in wordy] or wordy or as_large
    return candidates[0] if candidates else None


def _is_wordy_and_large(paragraph: _SizedText, usual_size: float) -> bool:
    return paragraph.size >= HEADLINE_SIZE * usual_size and paragraph.text.count(" ") >= HEADLINE_BLANKS


def _role_by_size(paragraph: _SizedText, index: int, headline: int | None, usual_size: float) -> Role | None:
    """The role of a paragraph; a large short line above the headline is a masthead, so navigation."""
    if headline is None:
        return None
    if index == headline:
        return "headline"
    is_large = paragraph.size >= SUBHEADING_SIZE * usual_size
    if is_large and len(paragraph.text) <= SUBHEADING_CHARS and not _SENTENCE_END.search(paragraph.text):
        return "subheading" if index > headline else "navigation"
    return None
