"""Results in the store: by the content of the article and the fingerprint of all that made them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import replace

from pipeline.records import Article, Claim, DateMention, Mention, Result
from pipeline.serial import dumps, load, loads
from pipeline.store.database import transaction

#: Earlier versions of an article, and results of other settings, are kept for so many runs that didn't ask for them.
KEPT_RUNS = 5
_QUICK = 1


def next_run(base: sqlite3.Connection) -> int:
    """The number of the run that is going on; it counts only once it has finished."""
    return 1 + int(base.execute("SELECT max(run) FROM runs").fetchone()[0] or 0)


class Results:
    """The results of one run: what is known already, what is new, and in the end which of them the tables show."""

    def __init__(self, base: sqlite3.Connection, fingerprint: str) -> None:
        self._base = base
        self._fingerprint = fingerprint
        self._run = next_run(base)
        self._shown: list[tuple[int, str]] = []
        self._known: dict[str, int] = {}

    def find(self, article: Article) -> Result | None:
        """The result of the article, when it was made before and can be read."""
        content = _content(article)
        row = self._base.execute(
            "SELECT id, body FROM results WHERE content = ? AND fingerprint = ?", (content, self._fingerprint)
        ).fetchone()
        if row is None:
            return None
        try:
            result = _result(article, row[1])
        except (ValueError, zlib.error):  # damaged on the disk: made anew
            self._base.execute("DELETE FROM results WHERE id = ?", (row[0],))
            return None
        self._known[content] = row[0]
        return result

    def keep(self, result: Result) -> bool:
        """Keep a result, in a transaction of its own, as the next one that the tables show; whether it is new."""
        article, content = result.article, _content(result.article)
        number = self._known.get(content)
        new = number is None
        if number is None:
            body = dumps([result.claims, result.mentions, result.dates, result.words])
            number = self._base.execute(
                "INSERT OR REPLACE INTO results (content, fingerprint, doc_id, file, used, article, body) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (content, self._fingerprint, article.doc_id, article.file, self._run, _packed(dumps(article)),
                 _packed(body)),
            ).lastrowid  # fmt: skip
            assert number is not None  # noqa: S101
        self._shown.append((number, article.file))
        return new

    def finish(self) -> None:
        """Note what the tables show now; superseded results that no run asked for lately go."""
        with transaction(self._base):
            self._base.execute("DELETE FROM shown")
            self._base.execute("INSERT INTO runs VALUES (?)", (self._run,))
            rows = [(at, number, file) for at, (number, file) in enumerate(self._shown)]
            self._base.executemany("INSERT INTO shown VALUES (?, ?, ?)", rows)
            self._base.executemany(
                "UPDATE results SET used = ?, file = ? WHERE id = ?",
                [(self._run, file, number) for number, file in self._shown],
            )
            self._base.execute(
                "DELETE FROM results WHERE used < ? AND file IN (SELECT file FROM shown)", (self._run - KEPT_RUNS,)
            )


def shown(base: sqlite3.Connection) -> Iterator[Result]:
    """The results that the tables of the last whole run show, in their order."""
    rows = base.execute(
        "SELECT results.article, results.body, shown.file FROM shown JOIN results ON results.id = shown.result "
        "ORDER BY shown.position"
    )
    for article, body, file in rows:
        yield _result(replace(loads(Article, zlib.decompress(article)), file=file), body)


def find_shown(base: sqlite3.Connection, doc_id: str) -> Result | None:
    """The result of one article that the tables of the last whole run show."""
    row = base.execute(
        "SELECT results.article, results.body, shown.file FROM shown JOIN results ON results.id = shown.result "
        "WHERE results.doc_id = ?",
        (doc_id,),
    ).fetchone()
    return _result(replace(loads(Article, zlib.decompress(row[0])), file=row[2]), row[1]) if row else None


def find_article(base: sqlite3.Connection, doc_id: str) -> Article | None:
    """The article of that doc_id as it was last read."""
    row = base.execute(
        "SELECT article, file FROM results WHERE doc_id = ? ORDER BY used DESC, id DESC LIMIT 1", (doc_id,)
    ).fetchone()
    return replace(loads(Article, zlib.decompress(row[0])), file=row[1]) if row else None


def _content(article: Article) -> str:
    """All of the article but what it is called: a renamed file is not read anew."""
    return hashlib.sha256(dumps(replace(article, file="")).encode("ascii")).hexdigest()


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode("ascii"), _QUICK)


def _result(article: Article, body: bytes) -> Result:
    claims, mentions, dates, words = json.loads(zlib.decompress(body))
    built = (load(Claim, values) for values in claims)
    return Result(
        article,
        tuple(each if each.file == article.file else replace(each, file=article.file) for each in built),
        tuple(load(Mention, values) for values in mentions),
        tuple(load(DateMention, values) for values in dates),
        words,
    )
