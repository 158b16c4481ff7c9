"""The files that every run writes into outputs/: claims.csv, mentions.csv, articles.csv, claims.jsonl and texts/.

Which articles carry the same story is known only after the last article, so claims wait in a temporary file until then;
in memory there is no more than one row for each article.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from pipeline.compare import Agreement, Copy
from pipeline.errors import unwritable
from pipeline.outputs import ARTICLES, CLAIMS, CLAIMS_JSONL, MENTIONS, TEXTS
from pipeline.records import DateMention, Mention, Rejected, Result
from pipeline.store import EventNames
from pipeline.text.cells import format_cell, format_row
from pipeline.write.atomic import OutputFiles, write_atomically
from pipeline.write.columns import ARTICLE_COLUMNS, CLAIM_COLUMNS, CLAIM_FIELDS, MENTION_COLUMNS
from pipeline.write.json_values import json_default
from pipeline.write.texts import open_text_copies
from pipeline.write.wording import as_sentences

#: Where in a row of articles.csv the article stands whose story it carries.
_COPIES_OF = ARTICLE_COLUMNS.index("copies_of")


class OutputTables:
    """The open output files of one run: ``add`` every item in the order of the run, then ``finish`` once."""

    def __init__(self, stack: ExitStack, outputs: Path, output_files: OutputFiles) -> None:
        def open_csv(name: str, columns: tuple[str, ...]) -> Any:
            writer = csv.writer(stack.enter_context(write_atomically(outputs / name, output_files)))
            writer.writerow(columns)
            return writer

        self._claims = open_csv(CLAIMS, CLAIM_COLUMNS)
        self._mentions = open_csv(MENTIONS, MENTION_COLUMNS)
        self._articles = open_csv(ARTICLES, ARTICLE_COLUMNS)
        self._json_lines = stack.enter_context(write_atomically(outputs / CLAIMS_JSONL, output_files))
        self._waiting_claims = stack.enter_context(TemporaryFile("w+", encoding="utf-8", dir=outputs))  # noqa: SIM115
        self._article_rows: list[list[str]] = []
        self._text_copies = stack.enter_context(open_text_copies(outputs / TEXTS))

    def add(self, item: Result | Rejected) -> None:
        """Take what one file gave: an article with its claims and mentions, or why it was rejected."""
        if isinstance(item, Rejected):
            self._article_rows.append(_rejected_row(item))
            return
        self._article_rows.append(_article_row(item))
        if item.article.stored:
            self._text_copies.add(item.article)
        for claim in item.claims:
            values = {name: getattr(claim, name) for name in CLAIM_FIELDS}
            self._waiting_claims.write(json.dumps(values, ensure_ascii=False, default=json_default) + "\n")
        mentions: list[Mention | DateMention] = [*item.mentions, *item.dates]
        for mention in sorted(mentions, key=lambda m: (m.start, m.end, isinstance(m, DateMention))):
            self._mentions.writerow(_mention_row(item, mention))

    def finish(self, copies: Mapping[str, Copy], agreement: Mapping[str, Agreement], event_names: EventNames) -> None:
        """Write articles and claims with what only the whole run tells.

        ``copies`` has by ``doc_id`` the articles whose story others carry too, ``agreement`` by ``claim_id`` the claims
        that others make or contradict, ``event_names`` the ids of events across articles.
        """
        for article_row in self._article_rows:
            if copy := copies.get(article_row[0]):
                article_row[_COPIES_OF] = format_cell(copy.first)
            self._articles.writerow(article_row)
        self._waiting_claims.seek(0)
        for line in self._waiting_claims:
            claim = json.loads(line)
            comparison = _comparison(copies.get(claim["doc_id"]), agreement.get(claim["claim_id"]))
            event_id = event_names.event_of(claim["claim_id"], claim["event_id"])
            if event_id != claim["event_id"]:
                comparison["event_id"] = event_id
            if comparison:
                claim |= comparison
                line = json.dumps(claim, ensure_ascii=False) + "\n"
            self._claims.writerow(format_row(claim[name] for name in CLAIM_COLUMNS))
            self._json_lines.write(line)


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


def _comparison(copy: Copy | None, agreement: Agreement | None) -> dict[str, Any]:
    """The columns of a claim that tell how it compares with other articles; empty when nothing is to be told."""
    columns: dict[str, Any] = {}
    if copy:
        columns["copies"] = copy.others
    if agreement:
        columns |= {"independent_sources": agreement.sources, "conflicts_with": agreement.conflicts}
    return columns


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
