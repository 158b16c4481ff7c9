"""The files of outputs/: claims.csv, mentions.csv, articles.csv, claims.jsonl, written row by row beside and moved."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.cells import row
from pipeline.errors import ExtractError
from pipeline.records import Claim, DateMention, Mention, Rejected, Result
from pipeline.store import CLAIMS
from pipeline.write.beside import Places, beside

_JSON_ONLY = ("spans", "speaker_mention", "links")
CLAIM_COLUMNS = tuple(field.name for field in fields(Claim) if field.name not in _JSON_ONLY)
MENTION_COLUMNS = (
    "doc_id", "file", "start", "end", "text", "label", "use", "canonical", "country", "kind", "value", "granularity",
    "date_start", "date_end", "reason",
)  # fmt: skip
ARTICLE_COLUMNS = (
    "doc_id", "file", "status", "reason", "title", "published", "published_source", "publisher", "url", "language",
    "words", "claims", "copies_of",
)  # fmt: skip


class Tables:
    """The open output files of one run; ``add`` writes what one article gave."""

    def __init__(self, stack: ExitStack, outputs: Path, places: Places) -> None:
        self._claims = csv.writer(stack.enter_context(beside(outputs / CLAIMS, places)))
        self._mentions = csv.writer(stack.enter_context(beside(outputs / "mentions.csv", places)))
        self._articles = csv.writer(stack.enter_context(beside(outputs / "articles.csv", places)))
        self._lines = stack.enter_context(beside(outputs / "claims.jsonl", places))
        self._claims.writerow(CLAIM_COLUMNS)
        self._mentions.writerow(MENTION_COLUMNS)
        self._articles.writerow(ARTICLE_COLUMNS)

    def add(self, item: Result | Rejected) -> None:
        """Write the rows of one article, read or rejected."""
        if isinstance(item, Rejected):
            self._articles.writerow(_rejected_row(item))
            return
        self._articles.writerow(_article_row(item))
        for claim in item.claims:
            self._claims.writerow(row(getattr(claim, name) for name in CLAIM_COLUMNS))
            self._lines.write(json.dumps(_plain(claim), ensure_ascii=False) + "\n")
        named: list[Mention | DateMention] = [*item.mentions, *item.dates]
        for mention in sorted(named, key=lambda m: (m.start, m.end, isinstance(m, DateMention))):
            self._mentions.writerow(_mention_row(item, mention))


@contextmanager
def open_tables(outputs: Path, places: Places) -> Iterator[Tables]:
    """Tables in ``outputs`` (made when missing); the files appear whole at the end or, after an error, not at all.

    ``places`` says which files of the user must stay, and is told what couldn't go to its place. Raises ExtractError
    when the folder can't be written to.
    """
    try:
        outputs.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            yield Tables(stack, outputs, places)
    except OSError as error:
        raise ExtractError(
            f"The results can't be written to {outputs}: {error.strerror or error}.",
            "Close the files in other programs, or name another folder with --outputs.",
        ) from error


def _article_row(item: Result) -> list[str]:
    a = item.article
    return row(
        (a.doc_id, a.file, "read", "", a.title, a.published, a.published_source, a.publisher, a.url, a.language,
         item.words, len(item.claims), "")
    )  # fmt: skip


def _rejected_row(item: Rejected) -> list[str]:
    reason = f"{item.reason} {item.hint}".strip()
    status = "copy" if item.copies_of else "rejected"
    return row(("", item.file, status, reason, "", "", "", "", "", "", "", "", item.copies_of))


def _mention_row(item: Result, mention: Mention | DateMention) -> list[str]:
    article = item.article
    place = (article.doc_id, article.file, mention.start, mention.end, article.text[mention.start : mention.end])
    if isinstance(mention, Mention):
        rest: tuple[Any, ...] = (mention.label, mention.use, mention.canonical, mention.country, "", "", "", "", "")
    else:
        rest = ("DATE", "", "", "", mention.kind, mention.value, mention.granularity, mention.date_start)
        rest = (*rest, mention.date_end)
    return row((*place, *rest, mention.reason))


def _plain(claim: Claim) -> dict[str, Any]:
    """A claim for JSON: dates as ISO text, spans as lists, numbers and booleans raw."""
    return {field.name: _json(getattr(claim, field.name)) for field in fields(claim)}


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _json(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_json(each) for each in value]
    return value


def claims_frame(claims: tuple[Claim, ...]) -> Any:
    """Claims as a pandas DataFrame with the columns of claims.csv, values unguarded; for notebooks."""
    import pandas as pd

    return pd.DataFrame([[getattr(c, name) for name in CLAIM_COLUMNS] for c in claims], columns=list(CLAIM_COLUMNS))
