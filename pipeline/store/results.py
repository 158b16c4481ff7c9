"""Results in the store: found by the content of the article and the fingerprint of all that they depend on."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from sqlite3 import Connection

from pipeline.errors import ExtractError
from pipeline.records import Article, Claim, DateMention, EventProfile, Mention, Result
from pipeline.serial import dumps, load, loads
from pipeline.store.database import transaction
from pipeline.store.event_ids import EventNames, load_event_names
from pipeline.store.listing import LISTING_VERSION, ListedArticle, pack_listing, unpack_listing

#: Results and readings of earlier versions of a file, or of other settings, are deleted when more than this many runs
#: in a row haven't used them: trying another model and returning costs nothing, and the store doesn't grow for ever.
KEPT_RUNS = 5
#: zlib's fastest level: it makes results 27 % of their size, the slowest 23 %, and a run compresses all that it makes.
FAST_COMPRESSION = 1
#: Records that become JSON together: some MB of it.
RECORDS_AT_ONCE = 1_000
#: What comes of a result that is damaged on the disk, or was saved by another version.
_UNREADABLE = (ValueError, TypeError, zlib.error)
#: The results that the tables of the last complete run show, with the file's name as it was then.
_SELECT_SHOWN = "SELECT results.article, results.body, shown.file FROM shown JOIN results ON results.id = shown.result"


def next_run_number(connection: Connection) -> int:
    """The number of the run that is going on, counted from 1; a run counts only once it has finished."""
    return 1 + int(connection.execute("SELECT max(run) FROM runs").fetchone()[0] or 0)


class Results:
    """The results of one run. Ask ``find`` before extraction, ``keep`` every result in order, ``finish`` at the end."""

    def __init__(self, connection: Connection, fingerprint: str) -> None:
        self._connection = connection
        self._fingerprint = fingerprint
        self._run = next_run_number(connection)
        # Every kept result and its file's name, in the order of the tables: on the disk, as there may be millions.
        connection.execute("DROP TABLE IF EXISTS temp.kept")
        connection.execute("CREATE TEMP TABLE kept (position INTEGER PRIMARY KEY, result INTEGER, file TEXT)")
        #: Row ids of the results that ``find`` gave and nobody kept yet, by digest of their article.
        self._row_ids: dict[str, int] = {}

    def find(self, article: Article) -> Result | None:
        """The result of the article from an earlier run; None when there is none or it is damaged on the disk.

        A renamed file is found, too: the name is no part of what an article is compared by.
        """
        digest = _digest_without_name(article)
        row = self._connection.execute(
            "SELECT id, body, article, substr(listing, 1, 1) FROM results WHERE content = ? AND fingerprint = ?",
            (digest, self._fingerprint),
        ).fetchone()
        if row is None:
            return None
        try:
            result = _unpack(article, row[1])
            is_whole = _unpack_article(row[2], article.file) == article
        except _UNREADABLE:  # damaged on the disk: it is extracted again
            is_whole = False
        if not is_whole:
            self._connection.execute("DELETE FROM results WHERE id = ?", (row[0],))
            return None
        if row[3] != LISTING_VERSION:  # kept by an earlier version
            values = (pack_listing(result), row[0])
            self._connection.execute("UPDATE results SET listing = ? WHERE id = ?", values)
        self._row_ids[digest] = row[0]
        return result

    def keep(self, result: Result) -> bool:
        """Save a result, in a transaction of its own, as the next one that the tables show; whether it is new."""
        article, digest = result.article, _digest_without_name(result.article)
        row_id = self._row_ids.pop(digest, None)
        is_new = row_id is None
        if row_id is None:
            row_id = self._connection.execute(
                "INSERT OR REPLACE INTO results (content, fingerprint, doc_id, file, used, article, body, listing) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (digest, self._fingerprint, article.doc_id, article.file, self._run, _compress([dumps(article)]),
                 _compress(_dump_body(result)), pack_listing(result)),
            ).lastrowid  # fmt: skip
            assert row_id is not None  # noqa: S101
        self._connection.execute("INSERT INTO temp.kept (result, file) VALUES (?, ?)", (row_id, article.file))
        return is_new

    def count_left_out(self, rejected: Iterable[str] = ()) -> int:
        """How many articles the tables of the last run show that this one has neither read nor ``rejected``.

        Called before ``finish``. An article counts as read under another name or with another text, too; ``rejected``
        are names of files.
        """
        rows = self._connection.execute(
            "SELECT shown.file FROM shown JOIN results ON results.id = shown.result "
            "WHERE shown.file NOT IN (SELECT file FROM temp.kept) AND results.doc_id NOT IN "
            "(SELECT doc_id FROM temp.kept JOIN results ON results.id = kept.result)"
        )
        files = set(rejected)
        return sum(file not in files for (file,) in rows)

    def finish(self) -> None:
        """Record which results the tables show now; delete superseded ones that KEPT_RUNS runs haven't used."""
        with transaction(self._connection):
            self._connection.execute("DELETE FROM shown")
            self._connection.execute("INSERT INTO runs VALUES (?)", (self._run,))
            self._connection.execute("INSERT INTO shown SELECT position - 1, result, file FROM temp.kept")
            self._connection.executemany(
                "UPDATE results SET used = ?, file = ? WHERE id = ?",
                self._connection.execute("SELECT ?, file, result FROM temp.kept", (self._run,)),
            )
            self._connection.execute(
                "DELETE FROM results WHERE used < ? AND file IN (SELECT file FROM shown)", (self._run - KEPT_RUNS,)
            )


def count_results(connection: Connection, fingerprint: str) -> int:
    """How many results with this fingerprint there are."""
    query = "SELECT count(*) FROM results WHERE fingerprint = ?"
    return int(connection.execute(query, (fingerprint,)).fetchone()[0])


def shows_articles(connection: Connection) -> bool:
    """Whether the tables of the last complete run show any article."""
    return connection.execute("SELECT 1 FROM shown LIMIT 1").fetchone() is not None


def load_last_results(connection: Connection) -> Iterator[Result]:
    """The results that the tables of the last complete run show, in their order, without reviewers' decisions."""
    names = load_event_names(connection)
    for article, body, file in connection.execute(f"{_SELECT_SHOWN} ORDER BY shown.position"):
        with _refusing_damage(file):
            result = _unpack(_unpack_article(article, file), body)
        yield _with_event_ids(result, names)


def load_last_result(connection: Connection, doc_id: str, names: EventNames | None = None) -> Result | None:
    """The result of one article that the tables of the last complete run show; None when they don't show it.

    ``names`` are the ids of events if they were loaded before.
    """
    row = connection.execute(f"{_SELECT_SHOWN} WHERE results.doc_id = ?", (doc_id,)).fetchone()
    if row is None:
        return None
    with _refusing_damage(row[2]):
        result = _unpack(_unpack_article(row[0], row[2]), row[1])
    return _with_event_ids(result, names or load_event_names(connection))


def list_last_articles(connection: Connection, names: EventNames) -> Iterator[ListedArticle]:
    """The articles of ``load_last_results`` in their order, with their claims as lists show them.

    ``names`` are the ids of events.
    """
    rows = connection.execute(
        "SELECT results.id, results.doc_id, shown.file, results.listing FROM shown "
        "JOIN results ON results.id = shown.result ORDER BY shown.position"
    )
    for row_id, doc_id, file, listing in rows:
        with _refusing_damage(file):
            if listing.startswith(LISTING_VERSION):
                listed = unpack_listing(listing, doc_id, file)
            else:  # kept by an earlier version
                query = "SELECT article, body FROM results WHERE id = ?"
                article, body = connection.execute(query, (row_id,)).fetchone()
                listed = ListedArticle.of(_unpack(_unpack_article(article, file), body))
        yield listed.with_events(names.event_of)


def claim_ids_of_files(connection: Connection, files: Collection[str]) -> set[str]:
    """The ids of the claims of all results of the files that can be read."""
    claim_ids: set[str] = set()
    for article, body, file in connection.execute("SELECT article, body, file FROM results"):
        if file in files:
            with suppress(*_UNREADABLE):
                claim_ids.update(claim.claim_id for claim in _unpack(_unpack_article(article, file), body).claims)
    return claim_ids


def _with_event_ids(result: Result, names: EventNames) -> Result:
    """The result, its claims with the ids that their events have across articles."""
    claims = tuple(
        claim if event_id == claim.event_id else replace(claim, event_id=event_id)
        for claim in result.claims
        for event_id in [names.event_of(claim.claim_id, claim.event_id)]
    )
    return replace(result, claims=claims)


def load_article(connection: Connection, doc_id: str) -> Article | None:
    """The article of that id as it was last read, also when the tables don't show it any more."""
    row = connection.execute(
        "SELECT article, file FROM results WHERE doc_id = ? ORDER BY used DESC, id DESC LIMIT 1", (doc_id,)
    ).fetchone()
    if row is None:
        return None
    with _refusing_damage(row[1]):
        return _unpack_article(row[0], row[1])


@contextmanager
def _refusing_damage(file: str) -> Iterator[None]:
    """Raise ExtractError for a stored article or result that can't be read; the next run makes it anew."""
    try:
        yield
    except _UNREADABLE as error:
        raise ExtractError(
            f"What the store has of {file} can't be read: it is damaged, or of another version of newsclaims.",
            "Run again: extract run. Decisions are kept.",
        ) from error


def _digest_without_name(article: Article) -> str:
    """SHA-256 of all of the article but its file's name: a renamed file is not extracted again."""
    return hashlib.sha256(dumps(replace(article, file="")).encode("ascii")).hexdigest()


def _dump_body(result: Result) -> Iterator[str]:
    """[claims, mentions, dates, events, words] as JSON, in pieces: of a long article it would fill the memory."""
    opening = "["
    for records in (result.claims, result.mentions, result.dates, result.events):
        yield f"{opening}["
        for start in range(0, len(records), RECORDS_AT_ONCE):
            yield ("," if start else "") + dumps(records[start : start + RECORDS_AT_ONCE])[1:-1]
        yield "]"
        opening = ","
    yield f",{dumps(result.words)}]"


def _compress(pieces: Iterable[str]) -> bytes:
    compressor = zlib.compressobj(FAST_COMPRESSION)
    packed = [compressor.compress(piece.encode("ascii")) for piece in pieces]
    return b"".join([*packed, compressor.flush()])


def _unpack_article(packed: bytes, file: str) -> Article:
    return replace(loads(Article, zlib.decompress(packed)), file=file)


def _unpack(article: Article, body: bytes) -> Result:
    """The result from its compressed JSON; its claims get the article's present file name."""
    claims, mentions, dates, events, words = json.loads(zlib.decompress(body))
    loaded = (load(Claim, values) for values in claims)
    return Result(
        article,
        tuple(claim if claim.file == article.file else replace(claim, file=article.file) for claim in loaded),
        tuple(load(Mention, values) for values in mentions),
        tuple(load(DateMention, values) for values in dates),
        words,
        tuple(load(EventProfile, values) for values in events),
    )
