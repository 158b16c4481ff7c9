"""The files of outputs/: claims.csv, mentions.csv, articles.csv, claims.jsonl, written beside and moved.

Claims wait in a file of their own until the run knows which articles carry the same story; nothing waits in memory but
one row an article.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from pipeline.compare import Agreement, Copy
from pipeline.errors import unwritable
from pipeline.outputs import ARTICLES, CLAIMS, CLAIMS_JSONL, MENTIONS, TEXTS
from pipeline.records import Claim, DateMention, Mention, Rejected, Result
from pipeline.text.cells import format_cell, format_row
from pipeline.write.atomic import OutputFiles, beside
from pipeline.write.texts import texts_beside

_JSON_ONLY = ("spans", "speaker_mention", "links")
_FIELDS = tuple(field.name for field in fields(Claim))
CLAIM_COLUMNS = tuple(name for name in _FIELDS if name not in _JSON_ONLY)
MENTION_COLUMNS = (
    "doc_id", "file", "start", "end", "text", "label", "use", "canonical", "country", "kind", "value", "granularity",
    "date_start", "date_end", "reason",
)  # fmt: skip
ARTICLE_COLUMNS = (
    "doc_id", "file", "status", "reason", "title", "published", "published_source", "publisher", "authors", "url",
    "language", "words", "claims", "copies_of",
)  # fmt: skip


class Tables:
    """The open output files of one run; ``add`` takes what one article gave, ``finish`` what all of them tell."""

    def __init__(self, stack: ExitStack, outputs: Path, places: OutputFiles) -> None:
        self._claims = csv.writer(stack.enter_context(beside(outputs / CLAIMS, places)))
        self._mentions = csv.writer(stack.enter_context(beside(outputs / MENTIONS, places)))
        self._articles = csv.writer(stack.enter_context(beside(outputs / ARTICLES, places)))
        self._lines = stack.enter_context(beside(outputs / CLAIMS_JSONL, places))
        self._waiting = stack.enter_context(TemporaryFile("w+", encoding="utf-8", dir=outputs))  # noqa: SIM115
        self._rows: list[list[str]] = []
        self._texts = stack.enter_context(texts_beside(outputs / TEXTS))
        self._claims.writerow(CLAIM_COLUMNS)
        self._mentions.writerow(MENTION_COLUMNS)
        self._articles.writerow(ARTICLE_COLUMNS)

    def add(self, item: Result | Rejected) -> None:
        """Take the rows of one article, read or rejected."""
        if isinstance(item, Rejected):
            self._rows.append(_rejected_row(item))
            return
        self._rows.append(_article_row(item))
        if item.article.stored:
            self._texts.add(item.article)
        for claim in item.claims:
            raw = {name: getattr(claim, name) for name in _FIELDS}
            self._waiting.write(json.dumps(raw, ensure_ascii=False, default=_plain) + "\n")
        named: list[Mention | DateMention] = [*item.mentions, *item.dates]
        for mention in sorted(named, key=lambda m: (m.start, m.end, isinstance(m, DateMention))):
            self._mentions.writerow(_mention_row(item, mention))

    def finish(self, copies: Mapping[str, Copy], agreement: Mapping[str, Agreement]) -> None:
        """Write articles and claims.

        ``copies`` has by ``doc_id`` the articles whose story others carry too, ``agreement`` by ``claim_id`` the claims
        that others make or contradict.
        """
        for written in self._rows:
            copy = copies.get(written[0])
            self._articles.writerow([*written[:-1], format_cell(copy.first)] if copy else written)
        self._waiting.seek(0)
        for line in self._waiting:
            claim = json.loads(line)
            copy, each = copies.get(claim["doc_id"]), agreement.get(claim["claim_id"])
            if copy:
                claim["copies"] = copy.others
            if each:
                claim |= {"independent_sources": each.sources, "conflicts_with": each.conflicts}
            if copy or each:
                line = json.dumps(claim, ensure_ascii=False) + "\n"
            self._claims.writerow(format_row(claim[name] for name in CLAIM_COLUMNS))
            self._lines.write(line)


@contextmanager
def open_tables(outputs: Path, places: OutputFiles) -> Iterator[Tables]:
    """Tables in ``outputs`` (made when missing); the files appear whole at the end or, after an error, not at all.

    ``places`` says which files of the user must stay, and is told what couldn't go to its place. Raises ExtractError
    when the folder can't be written to.
    """
    try:
        outputs.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            yield Tables(stack, outputs, places)
    except OSError as error:
        raise unwritable(outputs, error) from error


def _article_row(item: Result) -> list[str]:
    a = item.article
    return format_row(
        (a.doc_id, a.file, "read", "", a.title, a.published, a.published_source, a.publisher, a.authors, a.url,
         a.language, item.words, len(item.claims), "")
    )  # fmt: skip


def _rejected_row(item: Rejected) -> list[str]:
    reason = f"{item.reason} {item.hint}".strip()
    status = "copy" if item.copies_of else "rejected"
    return format_row(("", item.file, status, reason, *[""] * 6, item.language, "", "", item.copies_of))


def _mention_row(item: Result, mention: Mention | DateMention) -> list[str]:
    article = item.article
    place = (article.doc_id, article.file, mention.start, mention.end, article.text[mention.start : mention.end])
    if isinstance(mention, Mention):
        rest: tuple[Any, ...] = (mention.label, mention.use, mention.canonical, mention.country, "", "", "", "", "")
    else:
        rest = ("DATE", "", "", "", mention.kind, mention.value, mention.granularity, mention.date_start)
        rest = (*rest, mention.date_end)
    return format_row((*place, *rest, mention.reason))


def _plain(value: date | Mapping[str, Any]) -> Any:
    """What JSON has no word for: dates as ISO text."""
    return value.isoformat() if isinstance(value, date) else dict(value)


def claims_frame(claims: tuple[Claim, ...]) -> Any:
    """Claims as a pandas DataFrame with the columns of claims.csv, values unguarded; for notebooks."""
    import pandas as pd

    return pd.DataFrame([[getattr(c, name) for name in CLAIM_COLUMNS] for c in claims], columns=list(CLAIM_COLUMNS))
