"""Claims that the reviewer adds by hand: a row of claims.csv without claim_id, with words of an article."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from itertools import pairwise
from typing import Any

from pipeline.records import Article, Block, Claim, Result, Span
from pipeline.store.corrections import DAYS, LISTS, TEXTS
from pipeline.store.decision import ClaimSnapshot
from pipeline.store.words import find_in, place_roles
from pipeline.text.cells import LIST_JOIN
from pipeline.text.normalize import word_key
from pipeline.text.spans import PART_JOIN, hull

#: What stands in ``rule`` of such a claim.
ADDED_RULE = "reviewer"
_REASON = "added by the reviewer"
#: What ``given`` may have beside columns: the offset at which the words were selected.
START = "start"
_STOP = re.compile(r"[.!?][\"'”’)]*\s+")


@dataclass(frozen=True, slots=True)
class ManualClaim:
    """A claim added by hand: ``about`` has its words and, once known, its article; ``given`` the other columns."""

    claim_id: str
    about: ClaimSnapshot
    given: Mapping[str, str]

    def meant(self, article: Article) -> bool:
        """Whether it may be of this article: the one it names, or any while it names none."""
        file = self.about.file
        if file and (file == article.file or article.file.endswith("/" + file)):
            return True
        return self.about.doc_id == article.doc_id if self.about.doc_id else not file


def added_by(row: Mapping[str, str], day: Callable[[str], str]) -> ManualClaim | None:
    """The claim that a row without claim_id adds; None when it has no words. ``day`` makes ISO of a typed day."""
    about = about_row(row)
    if not word_key(about.claim_text):
        return None
    about = replace(about, claim_type=about.claim_type or "quote")
    parts = (about.file or about.doc_id, about.claim_type, about.speaker_text, word_key(about.claim_text))
    return ManualClaim(new_id(*parts), about, given(row, day))


def added_at(article: Article, claim_type: str, span: Span, values: Mapping[str, str]) -> ManualClaim:
    """The claim that a reviewer adds by selecting [start, end) of an article; ``values`` has its other columns."""
    start, end = span
    about = ClaimSnapshot(
        article.file, article.doc_id, claim_type, values.get("speaker_text", ""), article.text[start:end]
    )  # fmt: skip
    claim_id = new_id(article.doc_id, claim_type, about.speaker_text, word_key(about.claim_text), str(start))
    return ManualClaim(claim_id, about, {**values, START: str(start)})


def new_id(*parts: str) -> str:
    """The claim id of what the reviewer added: of the row's words, so that the same row has the same."""
    digest = hashlib.sha256("\0".join((ADDED_RULE, *parts)).encode("utf-8", "surrogatepass")).digest()
    return "c" + base64.b32encode(digest).decode("ascii").lower()[:15]


def about_row(row: Mapping[str, str]) -> ClaimSnapshot:
    """What a row of a table says of its claim."""
    return ClaimSnapshot(**{field.name: row.get(field.name, "") for field in fields(ClaimSnapshot)})


def given(row: Mapping[str, str], day: Callable[[str], str]) -> dict[str, str]:
    """The columns of a row that are kept for a claim added by hand; days as ISO, ``start`` as where it was last."""
    texts = {name: row[name] for name in (*TEXTS, *LISTS) if row.get(name)}
    if row.get(START, "").isdecimal():
        texts[START] = row[START]
    return {**texts, **{name: day(row[name]) for name in DAYS if row.get(name)}}


def keep_added(base: sqlite3.Connection, added: ManualClaim) -> bool:
    """Keep it unless it is kept already; whether it is new."""
    body = json.dumps([asdict(added.about), dict(added.given)])
    return base.execute("INSERT OR IGNORE INTO added VALUES (?, ?)", (added.claim_id, body)).rowcount > 0


def bind_added(base: sqlite3.Connection, added: ManualClaim, article: Article) -> None:
    """Note the article in which its words were found: from now on it is of that one."""
    about = replace(added.about, file=article.file, doc_id=article.doc_id)
    if about != added.about:
        body = json.dumps([asdict(about), dict(added.given)])
        base.execute("UPDATE added SET body = ? WHERE claim_id = ?", (body, added.claim_id))
        base.execute("UPDATE decisions SET about = ? WHERE claim_id = ?", (json.dumps(asdict(about)), added.claim_id))


def drop_added(base: sqlite3.Connection, claim_id: str) -> None:
    """Forget a claim added by hand: it is one of the machine's after all."""
    base.execute("DELETE FROM added WHERE claim_id = ?", (claim_id,))


def load_added(base: sqlite3.Connection) -> dict[str, ManualClaim]:
    """Claims added by hand by claim id, in the order of the ids."""
    rows = base.execute("SELECT claim_id, body FROM added ORDER BY claim_id").fetchall()
    bodies = {claim_id: json.loads(body) for claim_id, body in rows}
    return {
        claim_id: ManualClaim(claim_id, ClaimSnapshot(**about), columns)
        for claim_id, (about, columns) in bodies.items()
    }


def place_manual_claim(added: ManualClaim, result: Result) -> Claim | None:
    """The claim at its place in the article, or None when its words aren't there."""
    article = result.article
    spans = find_in(article, added.about.claim_text, int(added.given.get(START, 0)))
    if not spans:
        return None
    start, end = hull(spans)
    values, kind = _fields(added.given), added.about.claim_type or "quote"
    roles = {role: found for role, found in place_roles(article, kind, (start, end), values).items() if found}
    block = article.block_at(start)
    before, sentence, after = _sentences(article.text, block or Block(start, end, "body"), start)
    inside = [m for a, b in spans for m in result.mentions if a <= m.start and m.end <= b]
    return Claim(
        **values,
        claim_type=kind,
        claim_text=PART_JOIN.join(article.text[a:b] for a, b in spans),
        people=_unique(m.canonical for m in inside if m.label == "PERSON"),
        organisations=_unique(m.canonical for m in inside if m.label == "ORG"),
        context_before=before,
        sentence=sentence,
        context_after=after,
        block=block.role if block else "",
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        published_source=article.published_source,
        confidence=1.0,
        reason=_REASON,
        rule=ADDED_RULE,
        claim_id=added.claim_id,
        doc_id=article.doc_id,
        file=article.file,
        start=start,
        end=end,
        spans={"content": spans, **roles},
    )


def _sentences(text: str, block: Block, at: int) -> tuple[str, str, str]:
    """The sentence of the block that holds the offset, and its neighbours; cut at stops, as there is no parse here."""
    cuts = [block.start, *(match.end() for match in _STOP.finditer(text, block.start, block.end)), block.end]
    pieces = [text[a:b].strip() for a, b in pairwise(cuts)]
    here = max(number for number, cut in enumerate(cuts[:-1]) if cut <= at)
    return ("", *pieces)[here], pieces[here], (*pieces, "")[here + 1]


def _fields(columns: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {name: columns[name] for name in TEXTS if name in columns}
    for name in LISTS:
        values[name] = tuple(filter(None, columns.get(name, "").split(LIST_JOIN)))
    for name in DAYS:
        with suppress(ValueError):  # no day after all: left empty
            values[name] = date.fromisoformat(columns.get(name, ""))
    return values


def _unique(values: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, values)))
