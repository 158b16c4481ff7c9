"""The files that every run writes into outputs/: claims.csv, mentions.csv, articles.csv, claims.jsonl and texts/.

Which articles carry the same story is known only after the last article, so rows of articles and claims wait in
temporary files until then, as they are to stand; in memory there is only the article that was just added.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import islice, pairwise
from operator import attrgetter, itemgetter
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from pipeline.compare import Copy
from pipeline.errors import unwritable
from pipeline.outputs import ARTICLES, CLAIMS, CLAIMS_JSONL, MENTIONS, TEXTS, WORKBOOK
from pipeline.records import DateMention, Mention, Rejected, Result
from pipeline.text.cells import format_cell, format_row, remove_guard
from pipeline.write.atomic import OutputFiles, syncing, write_atomically, write_bytes_atomically
from pipeline.write.columns import ARTICLE_COLUMNS, CLAIM_COLUMNS, CLAIM_FIELDS, MENTION_COLUMNS
from pipeline.write.json_values import json_default
from pipeline.write.texts import open_text_copies
from pipeline.write.wording import as_sentences
from pipeline.write.workbook import ClaimsWorkbook, open_claims_workbook

#: Where in a row of articles.csv these stand.
_CLAIM_COUNT, _COPIES_OF = ARTICLE_COLUMNS.index("claims"), ARTICLE_COLUMNS.index("copies_of")
#: The values of a claim in the order of its fields, and of these those that have a column.
_claim_values, _claim_cells = attrgetter(*CLAIM_FIELDS), itemgetter(*CLAIM_COLUMNS)
#: Made once: ``json.dumps`` makes one for each claim.
_ENCODER = json.JSONEncoder(ensure_ascii=False, default=json_default)
#: By the number of a claim's row, from 0, what only the comparison of all articles tells of it: columns and values.
ClaimChange = tuple[int, Mapping[str, Any]]
_NO_CHANGE: ClaimChange = (-1, {})


class OutputTables:
    """The open output files of one run: ``add`` every item in the order of the run, then ``finish`` once."""

    def __init__(self, stack: ExitStack, outputs: Path, output_files: OutputFiles) -> None:
        self._stack, self._outputs, self._output_files = stack, outputs, output_files

        def open_table(name: str, columns: tuple[str, ...]) -> IO[str]:
            table = stack.enter_context(write_atomically(outputs / name, output_files))
            csv.writer(table).writerow(columns)
            return table

        def open_waiting() -> IO[str]:
            return stack.enter_context(TemporaryFile("w+", encoding="utf-8", newline="", dir=outputs))

        self._claims = open_table(CLAIMS, CLAIM_COLUMNS)
        mentions, articles = open_table(MENTIONS, MENTION_COLUMNS), open_table(ARTICLES, ARTICLE_COLUMNS)
        self._mentions, self._articles = csv.writer(mentions), csv.writer(articles)
        self._json_lines = stack.enter_context(write_atomically(outputs / CLAIMS_JSONL, output_files))
        self._waiting_articles, self._waiting_rows, self._waiting_lines = (open_waiting() for _ in range(3))
        self._article_rows, self._claim_rows = map(csv.writer, (self._waiting_articles, self._waiting_rows))
        self._files = (self._claims, mentions, articles, self._json_lines)
        self._text_copies = stack.enter_context(open_text_copies(outputs / TEXTS))
        #: Ids of the articles whose text is in texts/.
        self._copied_texts: set[str] = set()

    def add(self, item: Result | Rejected) -> None:
        """Take what one file gave: an article with its claims and mentions, or why it was rejected."""
        if isinstance(item, Rejected):
            self._article_rows.writerow(_rejected_row(item))
            return
        self._article_rows.writerow(_article_row(item))
        if item.article.stored:
            self._text_copies.add(item.article)
            self._copied_texts.add(item.article.doc_id)
        for claim in item.claims:
            values = dict(zip(CLAIM_FIELDS, _claim_values(claim), strict=True))
            self._waiting_lines.write(_ENCODER.encode(values) + "\n")
            self._claim_rows.writerow(format_row(_claim_cells(values)))
        mentions: list[Mention | DateMention] = [*item.mentions, *item.dates]
        for mention in sorted(mentions, key=lambda m: (m.start, m.end, isinstance(m, DateMention))):
            self._mentions.writerow(_mention_row(item, mention))

    def open_workbook(self) -> ClaimsWorkbook:
        """Open claims.xlsx, which appears with the tables: for ``finish`` to add claims and articles, then events."""
        stream = self._stack.enter_context(write_bytes_atomically(self._outputs / WORKBOOK, self._output_files))
        return self._stack.enter_context(open_claims_workbook(stream, self._outputs, self._text_path))

    def _text_path(self, doc_id: str, file: str) -> str:
        """Where the text of an article lies, as a path from the outputs; empty where a link couldn't lead there."""
        if doc_id in self._copied_texts:
            return f"{TEXTS}/{doc_id}.txt"
        try:
            path = Path(os.path.relpath(file, self._outputs)).as_posix()
        except ValueError:  # on Windows, on another drive
            return ""
        return path if path.isprintable() and "#" not in path else ""

    def finish(
        self, copies: Mapping[str, Copy], changes: Iterable[ClaimChange], workbook: ClaimsWorkbook | None = None
    ) -> None:
        """Write articles and claims with what only the whole run tells, into the ``workbook``, too, where there is one.

        ``copies`` has by ``doc_id`` the articles whose story others carry too, ``changes`` are in the order of claims.
        From then on the tables go to the disk, while other files are made.
        """
        for file in (self._waiting_articles, self._waiting_rows, self._waiting_lines):
            file.seek(0)
        first, pending = 0, iter(changes)
        changed, columns = next(pending, _NO_CHANGE)
        for article_row in csv.reader(self._waiting_articles):
            copy = copies.get(article_row[0])
            if copy:
                article_row[_COPIES_OF] = format_cell(copy.first)
            self._articles.writerow(article_row)
            if workbook is not None:
                workbook.add_article(dict(zip(ARTICLE_COLUMNS, map(remove_guard, article_row), strict=True)))
            claims = int(article_row[_CLAIM_COUNT] or 0)
            if copy is None and workbook is None and not first <= changed < first + claims:
                self._copy_claims(claims)
                first += claims
                continue
            copied = {"copies": copy.others} if copy else {}
            for number in range(first, first + claims):
                if number == changed:
                    self._write_claim({**copied, **columns}, workbook)
                    changed, columns = next(pending, _NO_CHANGE)
                else:
                    self._write_claim(copied, workbook)
            first += claims
        self._stack.enter_context(syncing(self._files))

    def _copy_claims(self, count: int) -> None:
        """Write the next waiting claims as they are."""
        self._claims.writelines(islice(self._waiting_rows, count))
        self._json_lines.writelines(islice(self._waiting_lines, count))

    def _write_claim(self, columns: Mapping[str, Any], workbook: ClaimsWorkbook | None) -> None:
        """Write the next waiting claim, with these columns changed."""
        row, line = self._waiting_rows.readline(), self._waiting_lines.readline()
        if columns:
            (cells,) = csv.reader([row])
            for name, value in columns.items():
                cells[_CLAIM_CELLS[name]] = format_cell(value)
            csv.writer(self._claims).writerow(cells)
            line = _with_columns(line, columns)
        else:
            self._claims.write(row)
        self._json_lines.write(line)
        if workbook is not None:
            workbook.add_claim(json.loads(line))


#: By its name where in a row of claims.csv a column stands.
_CLAIM_CELLS = {name: place for place, name in enumerate(CLAIM_COLUMNS)}
#: By its name the column that comes after it in a line of claims.jsonl.
_NEXT_FIELD = dict(pairwise(CLAIM_FIELDS))


def _with_columns(line: str, columns: Mapping[str, Any]) -> str:
    """A line of claims.jsonl with these columns changed; what is between them isn't read.

    No text has ``, "copies": `` in it: within texts quotation marks are written with a backslash.
    """
    for name, value in columns.items():
        before = f', "{name}": '
        start = line.index(before) + len(before)
        end = line.index(f', "{_NEXT_FIELD[name]}": ', start)
        line = line[:start] + json.dumps(value, ensure_ascii=False) + line[end:]
    return line


@contextmanager
def open_tables(outputs: Path, output_files: OutputFiles) -> Iterator[OutputTables]:
    """Open the tables of a run in the folder ``outputs``, which is made when missing.

    The files appear complete when the block ends or, after an error, not at all. ``output_files`` says which files of
    the user must not be replaced, and learns which could not be. Raises ExtractError when the folder can't be written.
    """
    try:
        outputs.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            yield OutputTables(stack, outputs, output_files)
    except OSError as error:
        raise unwritable(outputs, error) from error


def _article_row(result: Result) -> list[str]:
    article = result.article
    return format_row((
        article.doc_id, article.file, "read", "", article.title, article.published, article.published_source,
        article.publisher, article.authors, article.url, article.language, result.words, len(result.claims), "",
        article.section, article.left_out or "",
    ))  # fmt: skip


def _rejected_row(rejected: Rejected) -> list[str]:
    reason = as_sentences(rejected.reason, rejected.hint)
    status = "copy" if rejected.copies_of else "rejected"
    cells = ("", rejected.file, status, reason, *[""] * 6, rejected.language, "", "", rejected.copies_of, "", "")
    return format_row(cells)


def _mention_row(result: Result, mention: Mention | DateMention) -> list[str]:
    article = result.article
    place = (article.doc_id, article.file, mention.start, mention.end, article.text[mention.start : mention.end])
    if isinstance(mention, Mention):
        values: tuple[Any, ...] = (mention.label, mention.use, mention.canonical, mention.country, "", "", "", "", "")
    else:
        days = (mention.date_start, mention.date_end)
        values = ("DATE", "", "", "", mention.kind, mention.value, mention.granularity, *days)
    return format_row((*place, *values, mention.reason))
