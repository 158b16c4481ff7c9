"""Claims that a reviewer adds by hand: on the review page, or as a row of claims.csv without claim_id."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from itertools import pairwise
from sqlite3 import Connection
from typing import Any

from pipeline.records import Article, Block, Claim, Result, Span, Spans
from pipeline.store.corrections import DAY_COLUMNS, LIST_COLUMNS, TEXT_COLUMNS
from pipeline.store.decision import ClaimSnapshot
from pipeline.store.words import find_nearest, place_roles
from pipeline.text.cells import LIST_JOIN
from pipeline.text.identifiers import hash_id
from pipeline.text.normalize import word_key
from pipeline.text.spans import PART_JOIN, hull

#: What stands in the column ``rule`` of such a claim, and what its id is made with.
MANUAL_RULE = "reviewer"
_REASON = "added by the reviewer"
#: The key of ``ManualClaim.columns`` that has the offset at which the words were selected or last found.
START = "start"
#: The end of a sentence with closing quotation marks and the blanks after it: '." '.
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+")


@dataclass(frozen=True, slots=True)
class ManualClaim:
    """A claim added by hand, as the store keeps it: independent of any run, placed in its article by its words."""

    claim_id: str  #: made of the words that the reviewer gave, so that the same row gets the same id
    snapshot: ClaimSnapshot  #: the words and, as far as they are known, the article
    columns: Mapping[str, str]  #: the other columns that were filled in, lists joined by " | ", and START

    def may_be_in(self, article_file: str, article_id: str) -> bool:
        """Whether to look for it in the article of that file and id: the one that it names, or any while it names none.

        A file's name counts without its folders: "a.txt" is meant by "corpus/a.txt", too.
        """
        file, doc_id = self.snapshot.file, self.snapshot.doc_id
        if file and (file == article_file or article_file.endswith("/" + file)):
            return True
        return doc_id == article_id if doc_id else not file


def manual_claim_from_row(row: Mapping[str, str], to_iso_day: Callable[[str], str]) -> ManualClaim | None:
    """The claim that a row of a table without claim_id adds; None when the row has no words to look for.

    ``to_iso_day`` turns a day as typed in that table into ISO 8601. A row without claim_type adds a quote.
    """
    snapshot = snapshot_from_row(row)
    words = word_key(snapshot.claim_text)
    if not words:
        return None
    snapshot = replace(snapshot, claim_type=snapshot.claim_type or "quote")
    article = snapshot.file or snapshot.doc_id
    claim_id = make_manual_id(article, snapshot.claim_type, snapshot.speaker_text, words)
    return ManualClaim(claim_id, snapshot, columns_to_keep(row, to_iso_day))


def manual_claim_from_span(article: Article, claim_type: str, span: Span, columns: Mapping[str, str]) -> ManualClaim:
    """The claim that a reviewer adds by selecting [start, end) of an article; ``columns`` has its other columns."""
    start, end = span
    speaker_text, claim_text = columns.get("speaker_text", ""), article.text[start:end]
    snapshot = ClaimSnapshot(article.file, article.doc_id, claim_type, speaker_text, claim_text)
    claim_id = make_manual_id(article.doc_id, claim_type, speaker_text, word_key(claim_text), str(start))
    return ManualClaim(claim_id, snapshot, {**columns, START: str(start)})


def make_manual_id(*parts: str) -> str:
    """The claim id of what a reviewer added, from the words of the row: the same row always gets the same id."""
    return hash_id("c", "\0".join((MANUAL_RULE, *parts)))


def snapshot_from_row(row: Mapping[str, str]) -> ClaimSnapshot:
    """What a row of a table says about its claim; missing columns are empty."""
    return ClaimSnapshot(**{field.name: row.get(field.name, "") for field in fields(ClaimSnapshot)})


def columns_to_keep(row: Mapping[str, str], to_iso_day: Callable[[str], str]) -> dict[str, str]:
    """The filled columns of a row that are kept for a claim added by hand, days as ISO 8601, with its last START."""
    columns = {name: row[name] for name in (*TEXT_COLUMNS, *LIST_COLUMNS) if row.get(name)}
    if row.get(START, "").isdecimal():
        columns[START] = row[START]
    return {**columns, **{name: to_iso_day(row[name]) for name in DAY_COLUMNS if row.get(name)}}


def save_manual_claim(connection: Connection, manual: ManualClaim) -> bool:
    """Save it unless the store has it already; whether it is new."""
    row = (manual.claim_id, _to_json(manual.snapshot, manual.columns))
    return connection.execute("INSERT OR IGNORE INTO added VALUES (?, ?)", row).rowcount > 0


def bind_manual_claim(connection: Connection, manual: ManualClaim, article: Article) -> None:
    """Record the article in which its words were found: from now on it is looked for in that one only."""
    snapshot = replace(manual.snapshot, file=article.file, doc_id=article.doc_id)
    if snapshot != manual.snapshot:
        body, about = _to_json(snapshot, manual.columns), json.dumps(asdict(snapshot))
        connection.execute("UPDATE added SET body = ? WHERE claim_id = ?", (body, manual.claim_id))
        connection.execute("UPDATE decisions SET about = ? WHERE claim_id = ?", (about, manual.claim_id))


def delete_manual_claim(connection: Connection, claim_id: str) -> None:
    """Delete a claim added by hand, as one that the rules turn out to find, too."""
    connection.execute("DELETE FROM added WHERE claim_id = ?", (claim_id,))


def has_manual_claim(connection: Connection, claim_id: str) -> bool:
    """Whether a claim of that id was added by hand and is still there."""
    return connection.execute("SELECT 1 FROM added WHERE claim_id = ?", (claim_id,)).fetchone() is not None


def load_manual_claims(connection: Connection) -> dict[str, ManualClaim]:
    """All claims added by hand by claim id, in the order of the ids."""
    manual_claims = {}
    for claim_id, body in connection.execute("SELECT claim_id, body FROM added ORDER BY claim_id").fetchall():
        snapshot, columns = json.loads(body)
        manual_claims[claim_id] = ManualClaim(claim_id, ClaimSnapshot(**snapshot), columns)
    return manual_claims


def _to_json(snapshot: ClaimSnapshot, columns: Mapping[str, str]) -> str:
    return json.dumps([asdict(snapshot), dict(columns)])


def place_manual_claim(manual: ManualClaim, result: Result) -> Claim | None:
    """The claim at its place in the article of ``result``, or None when the article doesn't have its words.

    Of several places it gets the one nearest to where it was selected or last found. People and organisations come
    from the result's mentions, context from the article; everything else is what the reviewer filled in.
    """
    article = result.article
    content = find_nearest(article, manual.snapshot.claim_text, int(manual.columns.get(START, 0)))
    if not content:
        return None
    extent = start, end = hull(content)
    claim_type, values = manual.snapshot.claim_type or "quote", _parse_columns(manual.columns)
    roles = {role: spans for role, spans in place_roles(article, claim_type, extent, values).items() if spans}
    return Claim(
        **values,
        **_context_fields(article, start),
        **_names_inside(result, content),
        claim_type=claim_type,
        claim_text=PART_JOIN.join(article.text[part_start:part_end] for part_start, part_end in content),
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        published_source=article.published_source,
        url=article.url,
        confidence=1.0,
        reason=_REASON,
        rule=MANUAL_RULE,
        claim_id=manual.claim_id,
        doc_id=article.doc_id,
        file=article.file,
        start=start,
        end=end,
        spans={"content": content, **roles},
    )


def _parse_columns(columns: Mapping[str, str]) -> dict[str, Any]:
    """The columns as values of Claim's fields. What is no day after all is left out."""
    values: dict[str, Any] = {name: columns[name] for name in TEXT_COLUMNS if name in columns}
    for name in LIST_COLUMNS:
        values[name] = tuple(filter(None, columns.get(name, "").split(LIST_JOIN)))
    for name in DAY_COLUMNS:
        with suppress(ValueError):
            values[name] = date.fromisoformat(columns.get(name, ""))
    return values


def _context_fields(article: Article, offset: int) -> dict[str, Any]:
    """The sentence that holds the offset, its neighbours and the role of its block, by names of Claim's fields."""
    block = article.block_at(offset)
    before, sentence, after = _split_context(article.text, block or Block(offset, offset, "body"), offset)
    role = block.role if block else ""
    return {"context_before": before, "sentence": sentence, "context_after": after, "block": role}


def _split_context(text: str, block: Block, offset: int) -> tuple[str, str, str]:
    """The sentence of the block that holds the offset, and its neighbours; cut at full stops, for want of a parse."""
    ends = (match.end() for match in _SENTENCE_END.finditer(text, block.start, block.end))
    cuts = [block.start, *ends, block.end]
    sentences = [text[start:end].strip() for start, end in pairwise(cuts)]
    index = max(number for number, cut in enumerate(cuts[:-1]) if cut <= offset)
    return ("", *sentences)[index], sentences[index], (*sentences, "")[index + 1]


def _names_inside(result: Result, content: Spans) -> dict[str, Any]:
    """The names of persons and organisations that lie within the content, by names of Claim's fields."""
    mentions = [
        mention
        for start, end in content
        for mention in result.mentions
        if start <= mention.start and mention.end <= end
    ]
    return {
        "people": _unique(mention.canonical for mention in mentions if mention.label == "PERSON"),
        "organisations": _unique(mention.canonical for mention in mentions if mention.label == "ORG"),
    }


def _unique(values: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, values)))
