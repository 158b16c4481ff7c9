"""outputs/claims.xlsx: claims, events, speakers and articles for Excel and LibreOffice, to read and decide in.

Rows are written as they come and not kept. Nothing in the file is a formula, and the same claims give the same bytes.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from pipeline.outputs import PARTIAL_SUFFIX, WORKBOOK
from pipeline.text.cells import LIST_JOIN
from pipeline.text.workbook_cells import (
    MAX_LINKS,
    MAX_ROWS,
    cell_day,
    cell_number,
    cell_text,
    is_address,
    is_empty,
)
from pipeline.write.columns import ARTICLE_COLUMNS, CLAIM_COLUMNS, EVENT_COLUMNS, EVENT_FIELDS, SPEAKER_COLUMNS
from pipeline.write.export_formats import CLAIMS_TABLE, EVENTS_TABLE, SPEAKERS_TABLE, Table

#: The day that the file says it was made on: always the same, so that the same claims give the same bytes.
_MADE = datetime(2000, 1, 1)
#: Colour of the cells that are the reviewer's to fill in: a light yellow.
_EDITABLE_COLOUR = "#FFF9DB"
_HEADER_COLOUR = "#E8ECF0"
_WIDTH = 12
#: Excel's number of that size of paper.
_A4 = 9
#: Rows below the last claim that offer the choice of decisions, too: for claims that a reviewer adds.
_ROWS_TO_ADD = 200
#: Points that a line of text takes, and the most lines that a row shows: a screen's height. LibreOffice shows rows as
#: high as the file says, so they are told; Excel would find out by itself.
_LINE_HEIGHT, _MOST_LINES = 15, 20
#: Characters that fit on a line for each unit of a column's width: words that don't fit leave it partly empty.
_FILLED = 0.95
_DECISION_HELP = "accept, reject, edit or unsure; empty: undecided. For edit write the right words into corrected_text."


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet looks: its columns in order, and what is special about some."""

    name: str
    table: Table
    columns: tuple[str, ...]
    widths: Mapping[str, int]  #: in characters; _WIDTH where a column isn't named
    frozen: int  #: how many columns stay in sight
    editable: tuple[str, ...] = ()  #: the reviewer's columns
    folded: tuple[str, ...] = ()  #: columns of the machine, at the end, folded away
    printed: int = 0  #: how many columns are printed; 0: all that aren't folded

    def width(self, column: str) -> int:
        """The width of a column in characters."""
        return self.widths.get(column, _WIDTH)


#: What is read to decide, in its order, and how wide; the columns after these are folded.
_CLAIM_WIDTHS = {
    "decision": 11, "speaker": 22, "claim_text": 58, "sentence": 58, "title": 28, "published": 11, "event_status": 12,
    "corrected_text": 30, "note": 30, "reviewer": 12, "decided_at": 12, "claim_type": 11, "publisher": 18, "url": 28,
    "confidence": 10, "noise": 14,
}  # fmt: skip
_FOLDED_CLAIM_COLUMNS = tuple(name for name in CLAIM_COLUMNS if name not in _CLAIM_WIDTHS)
CLAIMS_LAYOUT = Layout(
    name="Claims",
    table=CLAIMS_TABLE,
    columns=(*_CLAIM_WIDTHS, *_FOLDED_CLAIM_COLUMNS),
    widths=_CLAIM_WIDTHS,
    frozen=3,
    editable=("decision", "corrected_text", "note", "reviewer", "decided_at"),
    folded=_FOLDED_CLAIM_COLUMNS,
    printed=7,
)
_FOLDED_EVENT_COLUMNS = ("date_text", "history", "first_reported", "part_of", "formerly", "event_id", "claim_ids")
EVENTS_LAYOUT = Layout(
    name="Events",
    table=EVENTS_TABLE,
    columns=(*(name for name in EVENT_COLUMNS if name not in _FOLDED_EVENT_COLUMNS), *_FOLDED_EVENT_COLUMNS),
    widths={
        "name": 24, "merge_into": 18, "split_off": 18, "what": 40, "who": 24, "place": 24, "affirmed_by": 30,
        "denied_by": 30,
    },
    frozen=1,
    editable=("name", "merge_into", "split_off"),
    folded=_FOLDED_EVENT_COLUMNS,
)  # fmt: skip
#: What people edit in speakers.csv alone, and ids; that of a row stands last.
_LEFT_OUT_OF_SPEAKERS = ("name", "merge_into", "speaker_id", "merged")
SPEAKERS_LAYOUT = Layout(
    name="Speakers",
    table=SPEAKERS_TABLE,
    columns=(*(name for name in SPEAKER_COLUMNS if name not in _LEFT_OUT_OF_SPEAKERS), "speaker_id"),
    widths={"speaker": 30, "spellings": 40, "speaker_role": 40, "speaker_type": 14},
    frozen=1,
)
ARTICLES_LAYOUT = Layout(
    name="Articles",
    table=Table(ARTICLE_COLUMNS, days=("published",), numbers=("words", "claims", "left_out")),
    columns=("title", *(name for name in ARTICLE_COLUMNS if name != "title")),
    widths={"title": 40, "file": 30, "reason": 30, "url": 28, "publisher": 18},
    frozen=1,
)


#: Gives for an article's ``doc_id`` and ``file`` where its text lies, as a path from the workbook's folder; empty for
#: none.
ArticleLink = Callable[[str, str], str]


class ClaimsWorkbook:
    """The sheets of an open workbook (see ``open_claims_workbook``): add claims, events, speakers and articles, each in
    the order of its sheet; ``finish`` ends them."""

    def __init__(self, book: Any, article_link: ArticleLink) -> None:
        self._article_link = article_link
        self._claims, self._events, self._speakers, self._articles = (
            Sheet(book, layout) for layout in (CLAIMS_LAYOUT, EVENTS_LAYOUT, SPEAKERS_LAYOUT, ARTICLES_LAYOUT)
        )

    def add_claim(self, claim: Mapping[str, Any]) -> None:
        """Add a claim, as a line of claims.jsonl has it."""
        self._claims.add(claim, self._links_of(claim))

    def add_event(self, event: Mapping[str, Any]) -> None:
        """Add an event: the values of EVENT_COLUMNS."""
        self._events.add(event)

    def add_speaker(self, speaker: Mapping[str, Any]) -> None:
        """Add a speaker: the values of SPEAKER_COLUMNS."""
        self._speakers.add(speaker)

    def add_article(self, article: Mapping[str, Any]) -> None:
        """Add an article: the values of ARTICLE_COLUMNS."""
        self._articles.add(article, self._links_of(article))

    def finish(self) -> None:
        """End the sheets."""
        for sheet in (self._claims, self._events, self._speakers, self._articles):
            sheet.finish()

    def _links_of(self, row: Mapping[str, Any]) -> dict[str, str]:
        """What cells of the row lead to: the title to the article's text, the address to itself."""
        text = self._article_link(row["doc_id"], row["file"]) if row["doc_id"] else ""
        return {"title": f"external:{text}" if text else "", "url": row["url"] if is_address(row["url"]) else ""}


@contextmanager
def open_claims_workbook(stream: BinaryIO, folder: Path, article_link: ArticleLink) -> Iterator[ClaimsWorkbook]:
    """A workbook to fill; what was added is in the stream when the block ends without an error.

    Rows wait in a temporary folder in ``folder``, not in memory; those that a killed run has left there are removed.
    Raises OSError when something can't be written.
    """
    for leftover in folder.glob(f"{WORKBOOK}.*{PARTIAL_SUFFIX}"):
        if leftover.is_dir() and not leftover.is_symlink():
            shutil.rmtree(leftover, ignore_errors=True)
    with open_book(stream, folder) as book:
        workbook = ClaimsWorkbook(book, article_link)
        yield workbook
        workbook.finish()


def write_table_workbook(rows: Sequence[Mapping[str, Any]], stream: BinaryIO, table: Table) -> None:
    """Write one sheet with the rows of ``table``: claims or events as ``extract export`` has them."""
    layout = CLAIMS_LAYOUT
    if table is not CLAIMS_TABLE:
        columns = tuple(name for name in EVENTS_LAYOUT.columns if name in EVENT_FIELDS)
        layout = replace(EVENTS_LAYOUT, table=table, columns=columns, editable=())
    with open_book(stream) as book:
        sheet = Sheet(book, layout)
        for row in rows:
            address = str(row.get("url", ""))
            sheet.add(row, {"url": address} if is_address(address) else {})
        sheet.finish()


@contextmanager
def open_book(stream: BinaryIO, folder: Path | None = None) -> Iterator[Any]:
    """An empty workbook in which text is text, whatever it looks like; it is in the stream when the block ends.

    Rows wait in a temporary folder, in ``folder`` if one is given. Raises OSError when something can't be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    # What an error leaves open can't be removed on Windows.
    with TemporaryDirectory(
        prefix=f"{WORKBOOK}.", suffix=PARTIAL_SUFFIX, dir=folder, ignore_cleanup_errors=True
    ) as temporary:
        options = {
            "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False, "tmpdir": temporary,
        }  # fmt: skip
        book = xlsxwriter.Workbook(stream, options)
        book.set_properties({"created": _MADE, "title": "newsclaims"})
        try:
            yield book
            book.close()
        except FileCreateError as error:  # made of the OSError
            raise OSError(str(error)) from error
        finally:
            _close_waiting_rows(book)


def _close_waiting_rows(book: Any) -> None:
    """Close the files in which rows wait, which XlsxWriter leaves open when a workbook isn't finished."""
    for sheet in book.worksheets():
        with suppress(OSError):  # a full disk, again
            sheet.row_data_fh.close()


class Sheet:
    """A sheet of an open workbook whose rows are added one by one."""

    def __init__(self, workbook: Any, layout: Layout) -> None:
        from pipeline.write.text_sheet import TextSheet

        self._layout = layout
        self._sheet = workbook.add_worksheet(layout.name, TextSheet)
        self._row = 0
        self._links = 0
        self._formats = _Formats.of(workbook)
        typed = {*layout.table.days, *layout.table.numbers, *layout.table.fractions, *layout.folded}
        self._wrapped = tuple((name, layout.width(name) * _FILLED) for name in layout.columns if name not in typed)
        self._cells = tuple((name, self._writer_of(name)) for name in layout.columns)
        self._start()

    @property
    def is_full(self) -> bool:
        """Whether the sheet has as many rows as Excel can read."""
        return self._row + 1 >= MAX_ROWS

    def add(self, row: Mapping[str, Any], links: Mapping[str, str] | None = None) -> None:
        """Add a row; ``links`` has by column what its cell leads to. Rows beyond those that Excel can read are left
        out."""
        if self.is_full:
            return
        self._row += 1
        lines = max(math.ceil(_length(row[name]) / width) for name, width in self._wrapped)
        if lines > 1:
            self._sheet.set_row(self._row, _LINE_HEIGHT * min(lines, _MOST_LINES))
        for heights in (self._sheet.row_info, self._sheet.row_sizes):
            heights.pop(self._row - 2, None)  # it is written: the library would keep it for the pictures of a sheet
        for column, (name, write) in enumerate(self._cells):
            value = row[name]
            if is_empty(value):
                continue
            link = links.get(name, "") if links else ""
            if link and self._links < MAX_LINKS:
                self._links += 1
                text = cell_text(value)
                self._sheet.write_url(self._row, column, link, self._formats.link, text)
            else:
                write(column, value)

    def finish(self) -> None:
        """Add what needs to know the last row: the filter, and the choice of decisions."""
        layout = self._layout
        self._sheet.autofilter(0, 0, self._row, len(layout.columns) - 1)
        printed = layout.printed or len(layout.columns) - len(layout.folded)
        self._sheet.print_area(0, 0, self._row, printed - 1)
        if "decision" in layout.columns:
            column = layout.columns.index("decision")
            choice = {
                "validate": "list", "source": ["accept", "reject", "edit", "unsure"], "error_type": "information",
                "error_title": "Another word", "error_message": _DECISION_HELP,
            }  # fmt: skip
            last_row = min(self._row + _ROWS_TO_ADD, MAX_ROWS - 1)
            self._sheet.data_validation(1, column, last_row, column, choice)

    def _start(self) -> None:
        """The header, the widths, what is frozen and what is folded."""
        layout, formats = self._layout, self._formats
        for column, name in enumerate(layout.columns):
            is_folded = name in layout.folded
            options = {"level": 1, "hidden": True} if is_folded else {}
            shown = formats.editable if name in layout.editable else None
            self._sheet.set_column(column, column, layout.width(name), shown, options)
            self._sheet.write_string(0, column, name, formats.header)
        if layout.folded:
            end = len(layout.columns)
            self._sheet.set_column(end, end, None, None, {"collapsed": True})
        self._sheet.freeze_panes(1, layout.frozen)
        self._sheet.set_landscape()
        self._sheet.set_paper(_A4)
        self._sheet.fit_to_pages(1, 0)  # one page wide, as many as it takes long
        self._sheet.repeat_rows(0)

    def _writer_of(self, name: str) -> Callable[[int, Any], None]:
        """What writes a cell of the column."""
        layout, table = self._layout, self._layout.table
        writers = (
            (layout.editable, self._write_editable),
            (table.days, self._write_day),
            (table.numbers, self._write_number),
            (table.fractions, self._write_fraction),
            (layout.folded, self._write_text),
        )
        return next((write for names, write in writers if name in names), self._write_wrapped)

    def _write_text(self, column: int, value: Any) -> None:
        self._sheet.write_string(self._row, column, cell_text(value), self._formats.text)

    def _write_wrapped(self, column: int, value: Any) -> None:
        self._sheet.write_string(self._row, column, cell_text(value), self._formats.wrapped)

    def _write_editable(self, column: int, value: Any) -> None:
        self._sheet.write_string(self._row, column, cell_text(value), self._formats.editable)

    def _write_day(self, column: int, value: Any) -> None:
        day = cell_day(value)
        if day is None:
            self._write_text(column, value)
        else:
            self._sheet.write_datetime(self._row, column, day, self._formats.day)

    def _write_number(self, column: int, value: Any) -> None:
        number = cell_number(value)
        if number is None:
            self._write_text(column, value)
        else:
            self._sheet.write_number(self._row, column, number, self._formats.text)

    def _write_fraction(self, column: int, value: Any) -> None:
        self._sheet.write_number(self._row, column, value, self._formats.fraction)


def _length(value: Any) -> int:
    """How many characters the text of a cell has, about."""
    if isinstance(value, str):
        return len(value)
    return sum(len(str(item)) + len(LIST_JOIN) for item in value) if isinstance(value, list | tuple) else 1


@dataclass(frozen=True, slots=True)
class _Formats:
    """The formats of cells in one workbook."""

    header: Any
    text: Any
    wrapped: Any
    editable: Any  #: yellow, and text whatever is typed: 4.3. stays 4.3.
    link: Any
    day: Any
    fraction: Any

    @classmethod
    def of(cls, workbook: Any) -> _Formats:
        """New formats, added to the workbook."""

        def add(**properties: Any) -> Any:
            return workbook.add_format({"valign": "top", **properties})

        return cls(
            header=add(bold=True, bg_color=_HEADER_COLOUR, bottom=1, text_wrap=True),
            text=add(),
            wrapped=add(text_wrap=True),
            editable=add(text_wrap=True, num_format="@", bg_color=_EDITABLE_COLOUR, border=4, border_color="#D8D2B0"),
            link=add(text_wrap=True, font_color="#0B57D0", underline=1),
            day=add(num_format="yyyy-mm-dd", align="left"),
            fraction=add(num_format="0.00"),
        )
